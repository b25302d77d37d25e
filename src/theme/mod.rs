//! Themes: rendering of views to pages.
//!
//! A theme has three folders: `templates/` (Tera), `assets/` (styles, images, scripts; published
//! unchanged, except that the default style sheets are compacted) and `texts/` (interface texts, one
//! file per language). The default theme is embedded in the program. A site's own theme overrides its files individually, and its texts key by key;
//! `assets/site.css` is loaded in addition to the style sheet of the default theme.
//!
//! Templates can only use the data of their view; they cannot load anything. An unknown name is an
//! error, and all values are escaped except generated markup of type
//! [`Html`](crate::site::view::Html).

mod compact;
mod embedded;
mod error;
mod filters;
mod fragments;
mod inline_texts;
mod limits;
mod logo_size;
mod phrases;
mod read;
mod recursion;
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
use crate::per_thread::PerThread;
use crate::site::{Url, View, address};
use crate::texts::InterfaceTexts;
use error::{OwnTemplate, OwnTemplates};
use filters::AssetAddresses;
use fragments::Fragments;
use limits::Limits;
use serde::Serialize;
use site::SiteView;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use tera::{Context, Kwargs, State, Tera, Value};

/// A file of a site's own theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeFile {
    /// Path relative to the theme's folder, with `/`: `templates/layout.html`.
    pub path: String,
    /// Content.
    pub bytes: Vec<u8>,
    /// Source for diagnostics; `None` for images of the site and for files that are not UTF-8.
    pub source: Option<SourceId>,
}

/// Style sheet of charts that are published as images, in the default theme.
pub(crate) fn default_chart_style() -> &'static str {
    embedded::text(embedded::CHART_STYLE).unwrap_or_default()
}

/// A loaded theme, ready to render pages of one site.
pub struct Theme {
    tera: Tera,
    texts: InterfaceTexts,
    /// `site` in templates.
    site: Value,
    /// Values that all pages use, copied for each thread: Tera counts the references to a value whenever it is used, so
    /// that threads which share it wait for each other.
    by_thread: PerThread<OnceLock<PageValues>>,
    fragments: Fragments,
    assets: BTreeMap<String, Cow<'static, [u8]>>,
    own_templates: OwnTemplates,
    limits: Arc<Limits>,
}

/// Values that all pages use.
#[derive(Clone)]
struct PageValues {
    /// Texts: `t` in templates.
    texts: Value,
    /// `site` in templates.
    site: Value,
}

/// A file of either theme during loading.
struct File {
    bytes: Cow<'static, [u8]>,
    source: Option<SourceId>,
    is_embedded: bool,
}

impl Theme {
    /// Loads the default theme with the files of `overrides` in place of its own, in the language of `site`. The
    /// search script is included only if the site has a search, the styles of embedded charts only if it offers them.
    ///
    /// # Errors
    /// All errors in the files of `overrides` that can be detected in one run.
    pub fn load(site: &Site, overrides: &[ThemeFile]) -> Result<Self, Vec<Diagnostic>> {
        let embedded = embedded::FILES.iter().filter(|(path, _)| !path.starts_with("texts/"));
        let embedded = embedded.filter(|(path, _)| site.search || *path != embedded::SEARCH);
        let embedded = embedded.filter(|(path, _)| site.embed || !embedded::EMBED_STYLES.contains(path));
        let mut files: BTreeMap<&str, File> = embedded
            .map(|(path, _)| (*path, File { bytes: embedded::published(path), source: None, is_embedded: true }))
            .collect();
        for file in overrides {
            let (bytes, source) = (Cow::Owned(file.bytes.clone()), file.source);
            files.insert(&file.path, File { bytes, source, is_embedded: false });
        }
        // Names of the default theme come first, so that a clash is reported at the site's own file.
        let mut files: Vec<(&str, File)> = files.into_iter().collect();
        files.sort_by_key(|(_, file)| !file.is_embedded);
        let mut texts = InterfaceTexts::for_site(site);
        let is_embedded_language = InterfaceTexts::languages().any(|lang| lang == site.lang);
        let mut has_texts = is_embedded_language;
        let (mut templates, mut assets, mut own_templates) = (BTreeMap::new(), BTreeMap::new(), OwnTemplates::new());
        let (mut errors, mut reserved) = (Vec::new(), PathRegistry::default());
        for (path, file) in files {
            if let Some(name) = path.strip_prefix("assets/") {
                let clashing = reserved.reserve(name).err();
                let (why, folder) =
                    (name.split('/').find_map(file_name::invalid_component_reason), site.theme.as_deref());
                errors.extend(why.map(|why| error::invalid_name(path, folder, why)));
                errors.extend(clashing.map(|other| error::duplicate_name(path, folder, &other)));
                assets.insert(name.to_owned(), file.bytes);
                continue;
            }
            let Ok(text) = String::from_utf8(file.bytes.into_owned()) else {
                errors.push(error::not_utf8(path, site.theme.as_deref()));
                continue;
            };
            if let Some(name) = path.strip_prefix("templates/") {
                let own = file.source.map(|source| OwnTemplate::new(source, text.clone()));
                templates.insert(name.to_owned(), own.as_ref().map_or(text, |own| own.limited.text.clone()));
                own_templates.extend(own.map(|own| (name.to_owned(), own)));
                continue;
            }
            match texts::language(path) {
                Some(lang) if lang == site.lang => {
                    errors.append(&mut texts::apply(&mut texts, path, &text, !is_embedded_language, file.source));
                    has_texts = true;
                }
                // Texts of another language are only validated.
                Some(lang) if let Some(mut other) = InterfaceTexts::embedded(lang) => {
                    errors.append(&mut texts::apply(&mut other, path, &text, false, file.source));
                }
                _ => errors.push(error::unused_file(path, site.theme.as_deref())),
            }
        }
        if !has_texts {
            errors.push(error::no_texts(site));
        }
        site::add_accent(site, &mut assets);
        let addresses = AssetAddresses::new(&assets);
        for (name, template) in &mut templates {
            if !own_templates.contains_key(name) {
                *template = inline_texts::inline(template, &texts);
            }
        }
        let limits = Arc::new(Limits::new());
        let fragments = Fragments::new(templates.keys());
        let loaded = SiteView::new(site, &assets).and_then(|site| {
            let site = Value::try_from_serializable(&site);
            let site = site.map_err(|reason| error::from_tera(&reason, None, &own_templates))?;
            Ok((site, engine((&addresses, &limits), templates, &own_templates)?))
        });
        match loaded {
            Ok((site, tera)) if errors.is_empty() => {
                let by_thread = PerThread::new(OnceLock::new);
                Ok(Self { tera, texts, site, by_thread, fragments, assets, own_templates, limits })
            }
            Ok(_) => Err(errors),
            Err(mut more) => {
                errors.append(&mut more);
                Err(errors)
            }
        }
    }

    /// Renders a page and adds `lang` attributes to text whose language differs from that of the site.
    ///
    /// `buffer` is reused between pages to avoid an allocation for each.
    ///
    /// # Errors
    /// Errors in the template that depend on the values of this page.
    pub fn render_page<'b>(&self, view: &View<'_>, buffer: &'b mut Vec<u8>) -> Result<Cow<'b, [u8]>, Vec<Diagnostic>> {
        let fragments = self.fragments.markup(&view.layout().shared(), |template, data| {
            let mut buffer = Vec::new();
            self.render(template, data, None, &mut buffer)?;
            Ok(String::from_utf8_lossy(&buffer).into_owned())
        })?;
        let html = self.render(view.template(), view, Some(fragments), buffer)?;
        Ok(if view.mixes_languages() {
            html::annotate_lang(&String::from_utf8_lossy(html)).into_bytes().into()
        } else {
            html.into()
        })
    }

    /// Renders `data`, which must serialize to a map, with a template into `buffer`.
    ///
    /// # Errors
    /// Errors in the template, or data that cannot be serialized.
    pub fn render_template<'b>(
        &self,
        template: &str,
        data: &impl Serialize,
        buffer: &'b mut Vec<u8>,
    ) -> Result<&'b [u8], Vec<Diagnostic>> {
        self.render(template, data, None, buffer)
    }

    /// Renders a template into `buffer`; a page with its `fragments`.
    fn render<'b>(
        &self,
        template: &str,
        data: &impl Serialize,
        fragments: Option<Value>,
        buffer: &'b mut Vec<u8>,
    ) -> Result<&'b [u8], Vec<Diagnostic>> {
        buffer.clear();
        let rendered = Context::from_serialize(data).and_then(|mut context| {
            let PageValues { texts, site } = self.page_values()?;
            context.insert_value("t", texts);
            context.insert_value("site", site);
            if let Some(fragments) = fragments {
                context.insert_value("fragments", fragments);
            }
            self.tera.render_to(template, &context, self.limits.page(buffer))
        });
        rendered.map_err(|reason| error::from_tera(&reason, Some(template), &self.own_templates))?;
        if Limits::is_too_large(buffer) {
            return Err(vec![error::too_large_page(template, &self.own_templates)]);
        }
        Ok(buffer)
    }

    /// Values for pages that are rendered on the current thread.
    fn page_values(&self) -> tera::TeraResult<PageValues> {
        let copy = self.by_thread.get();
        if let Some(values) = copy.and_then(OnceLock::get) {
            return Ok(values.clone());
        }
        let texts = Value::try_from_serializable(&self.texts)?;
        let values = PageValues { texts, site: unshared(&self.site) };
        Ok(match copy {
            Some(copy) => copy.get_or_init(|| values).clone(),
            None => values,
        })
    }

    /// Returns true if a page has exceeded the limits of rendering. Other pages probably do so too, which takes long.
    pub fn exceeds_limits(&self) -> bool {
        self.limits.are_exceeded()
    }

    /// Texts of the theme in the language of the site.
    pub fn texts(&self) -> &InterfaceTexts {
        &self.texts
    }

    /// Style sheet of charts that are published as images.
    pub fn chart_style(&self) -> Cow<'_, str> {
        let name = embedded::CHART_STYLE.strip_prefix("assets/").unwrap_or_default();
        self.assets.get(name).map_or(Cow::Borrowed(""), |bytes| String::from_utf8_lossy(bytes))
    }

    /// Files that are published unchanged, with their URLs, sorted by path.
    pub fn assets(&self) -> impl Iterator<Item = (Url, &[u8])> {
        self.assets.iter().map(|(name, bytes)| (address::theme_asset(name), &bytes[..]))
    }
}

/// Copy of a value that shares nothing with it.
fn unshared(value: &Value) -> Value {
    if let Some(map) = value.as_map() {
        return map.iter().map(|(key, value)| (key.clone(), unshared(value))).collect::<tera::Map>().into();
    }
    if let Some(items) = value.as_array() {
        return items.iter().map(unshared).collect::<Vec<_>>().into();
    }
    match value.as_str() {
        Some(text) if value.is_safe() => Value::safe_string(text),
        Some(text) => text.into(),
        None => value.clone(),
    }
}

/// Creates a Tera instance with filters and templates.
///
/// Tera stops at the first template that it cannot parse. That template is then replaced by the one of
/// the default theme, so that errors in other templates are reported in the same run.
fn engine(
    helpers: (&AssetAddresses, &Arc<Limits>),
    mut templates: BTreeMap<String, String>,
    own_templates: &OwnTemplates,
) -> Result<Tera, Vec<Diagnostic>> {
    let mut errors = Vec::new();
    loop {
        let mut diagnostics = match try_engine(helpers, &templates) {
            Ok(tera) if errors.is_empty() => return Ok(tera),
            Ok(_) => return Err(errors),
            Err(reason) => error::from_tera(&reason, None, own_templates),
        };
        let has_error = |source| diagnostics.iter().filter_map(Diagnostic::span).any(|span| span.source == source);
        let broken = own_templates.iter().find(|(_, own)| has_error(own.source)).map(|(name, _)| name);
        let default = broken.and_then(|name| Some((name.clone(), embedded::text(&format!("templates/{name}"))?)));
        errors.append(&mut diagnostics);
        match default {
            Some((name, text)) if templates.get(&name).is_some_and(|current| current != text) => {
                templates.insert(name, text.to_owned());
            }
            _ => return Err(errors),
        }
    }
}

fn try_engine(
    (addresses, limits): (&AssetAddresses, &Arc<Limits>),
    templates: &BTreeMap<String, String>,
) -> tera::TeraResult<Tera> {
    let mut tera = Tera::default();
    // Filters are registered first, because templates are validated when they are added.
    tera.register_filter("fill", filters::fill);
    tera.register_filter("ruby", filters::ruby);
    tera.register_filter("phrases", filters::phrases);
    let addresses = addresses.clone();
    tera.register_filter("asset", move |name: &str, _: Kwargs, _: &State<'_>| addresses.get(name));
    let steps = Arc::clone(limits);
    tera.register_function(limits::STEP, move |_: Kwargs, _: &State<'_>| steps.take(1).map(|()| String::new()));
    let kept = Arc::clone(limits);
    tera.register_filter(limits::KEPT, move |value: Value, _: Kwargs, _: &State<'_>| kept.keep(value));
    tera.add_raw_templates(templates)?;
    Ok(tera)
}
