//! Themes: how views become pages.
//!
//! A theme is a folder of three: `templates/` (Tera), `assets/` (styles, pictures,
//! scripts; published as they are) and `texts/` (its words, one file a language). The
//! default theme is part of the program; a site's own theme replaces it file by file, and
//! the texts one by one; `assets/site.css` is added to the style of the default theme.
//!
//! Templates print what a view holds and nothing else: they cannot fetch. A misspelt name
//! is an error, and everything is escaped except what
//! [`Html`](crate::site::view::Html) marks as markup of our own.

mod embedded;
mod error;
mod filters;
mod picture;
mod read;
mod site;
mod tags;
mod texts;

#[cfg(test)]
mod tests;

pub use read::read;

use crate::diagnostic::{Diagnostic, SourceId};
use crate::file_name::{self, PathRegistry};
use crate::html;
use crate::model::Site;
use crate::site::{Url, View, address};
use crate::texts::Texts;
use error::OwnTemplates;
use serde::Serialize;
use site::SiteView;
use std::borrow::Cow;
use std::collections::BTreeMap;
use tera::{Context, Tera, Value};

/// A file of a site's own theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeFile {
    /// Its path below the theme's folder, with `/`: `templates/layout.html`.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// The source as which it was read, so that mistakes in it can be shown.
    pub source: Option<SourceId>,
}

/// A theme, ready to draw pages of one site.
pub struct Theme {
    tera: Tera,
    texts: Texts,
    assets: BTreeMap<String, Cow<'static, [u8]>>,
    own: OwnTemplates,
}

/// A file of either theme on its way in.
struct File {
    bytes: Cow<'static, [u8]>,
    source: Option<SourceId>,
}

impl Theme {
    /// The default theme with the files of `own` in place of those of the same path, for a
    /// site in the language and of the title that `site` gives, with the search or without.
    ///
    /// # Errors
    /// All mistakes in the files of `own`, as far as they can be told at once.
    pub fn load(site: &Site, own: &[ThemeFile]) -> Result<Self, Vec<Diagnostic>> {
        let embedded = embedded::FILES.iter().filter(|(path, _)| !path.starts_with("texts/"));
        let embedded = embedded.filter(|(path, _)| site.search || *path != embedded::SEARCH);
        let mut files: BTreeMap<&str, File> =
            embedded.map(|(path, bytes)| (*path, File { bytes: Cow::Borrowed(bytes), source: None })).collect();
        for file in own {
            files.insert(&file.path, File { bytes: Cow::Owned(file.bytes.clone()), source: file.source });
        }
        let mut texts = Texts::of_site(site);
        let is_embedded = Texts::languages().any(|lang| lang == site.lang);
        let mut has_texts = is_embedded;
        let (mut templates, mut assets, mut own) = (BTreeMap::new(), BTreeMap::new(), OwnTemplates::new());
        let (mut mistakes, mut taken) = (Vec::new(), PathRegistry::default());
        for (path, file) in files {
            if let Some(name) = path.strip_prefix("assets/") {
                let name_is_taken = taken.reserve(name).err();
                let (why, folder) = (name.split('/').find_map(file_name::invalid_part), site.theme.as_deref());
                mistakes.extend(why.map(|why| error::name(path, folder, why)));
                mistakes.extend(name_is_taken.map(|other| error::name_twice(path, folder, &other)));
                assets.insert(name.to_owned(), file.bytes);
                continue;
            }
            let Ok(text) = String::from_utf8(file.bytes.into_owned()) else {
                mistakes.push(error::not_text(path, site.theme.as_deref()));
                continue;
            };
            if let Some(name) = path.strip_prefix("templates/") {
                own.extend(file.source.map(|source| (name.to_owned(), (source, text.clone()))));
                templates.insert(name.to_owned(), text);
                continue;
            }
            match texts::language(path) {
                Some(lang) if lang == site.lang => {
                    mistakes.append(&mut texts::apply(&mut texts, path, &text, !is_embedded, file.source));
                    has_texts = true;
                }
                // Texts of another language are only validated.
                Some(lang) if let Some(mut other) = Texts::embedded(lang) => {
                    mistakes.append(&mut texts::apply(&mut other, path, &text, false, file.source));
                }
                _ => mistakes.push(error::not_of_theme(path, site.theme.as_deref())),
            }
        }
        if !has_texts {
            mistakes.push(error::no_texts(site));
        }
        site::add_accent(site, &mut assets);
        let tera = SiteView::new(site, &assets).and_then(|site| engine(&site, &texts, templates, &own));
        match tera {
            Ok(tera) if mistakes.is_empty() => Ok(Self { tera, texts, assets, own }),
            Ok(_) => Err(mistakes),
            Err(mut found) => {
                mistakes.append(&mut found);
                Err(mistakes)
            }
        }
    }

    /// Renders a page, with words in another language than the frame annotated.
    ///
    /// It is drawn into `buffer`, so that whoever draws page after page needs no room for each.
    ///
    /// # Errors
    /// A mistake in the template that shows only with the values of this page.
    pub fn draw<'b>(&self, view: &View<'_>, buffer: &'b mut Vec<u8>) -> Result<Cow<'b, [u8]>, Vec<Diagnostic>> {
        let html = self.render(view.template(), view, buffer)?;
        Ok(if view.is_mixed() {
            html::annotate_lang(&String::from_utf8_lossy(html)).into_bytes().into()
        } else {
            html.into()
        })
    }

    /// Draws `data`, which must serialise to a map, with one template into `buffer`.
    ///
    /// # Errors
    /// A mistake in the template, or data that cannot be serialised.
    pub fn render<'b>(
        &self,
        template: &str,
        data: &impl Serialize,
        buffer: &'b mut Vec<u8>,
    ) -> Result<&'b [u8], Vec<Diagnostic>> {
        buffer.clear();
        let rendered =
            Context::from_serialize(data).and_then(|context| self.tera.render_to(template, &context, &mut *buffer));
        rendered.map_err(|reason| error::of_tera(&reason, Some(template), &self.own))?;
        Ok(buffer)
    }

    /// The words of the theme in the language of the site.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// The files that are published as they are, with where, in order of path.
    pub fn assets(&self) -> impl Iterator<Item = (Url, &[u8])> {
        self.assets.iter().map(|(name, bytes)| (address::theme_asset(name), &bytes[..]))
    }
}

/// Tera with the filters and the templates, and with what all pages of the site share.
///
/// Tera stops at the first template that it cannot read. That one is then replaced by the one of
/// the default theme, so that mistakes in the others are found in the same run.
fn engine(
    site: &SiteView<'_>,
    texts: &Texts,
    mut templates: BTreeMap<String, String>,
    own: &OwnTemplates,
) -> Result<Tera, Vec<Diagnostic>> {
    let mut mistakes = Vec::new();
    loop {
        let mut found = match try_engine(site, texts, &templates) {
            Ok(tera) if mistakes.is_empty() => return Ok(tera),
            Ok(_) => return Err(mistakes),
            Err(reason) => error::of_tera(&reason, None, own),
        };
        let is_flawed = |source| found.iter().filter_map(Diagnostic::span).any(|span| span.source == source);
        let flawed = own.iter().find(|(_, (source, _))| is_flawed(*source)).map(|(name, _)| name);
        let default = flawed.and_then(|name| Some((name.clone(), embedded::text(&format!("templates/{name}"))?)));
        mistakes.append(&mut found);
        match default {
            Some((name, text)) if templates.get(&name).is_some_and(|there| there != text) => {
                templates.insert(name, text.to_owned());
            }
            _ => return Err(mistakes),
        }
    }
}

fn try_engine(site: &SiteView<'_>, texts: &Texts, templates: &BTreeMap<String, String>) -> tera::TeraResult<Tera> {
    let mut tera = Tera::default();
    // Templates are checked when they are added, so filters come first.
    tera.register_filter("fill", filters::fill);
    tera.add_raw_templates(templates)?;
    // `Context::insert` would panic where a value cannot be serialised.
    tera.global_context().insert_value("site", Value::try_from_serializable(site)?);
    tera.global_context().insert_value("t", Value::try_from_serializable(texts)?);
    Ok(tera)
}
