//! `site.toml` and `glossary.toml`.

use super::files::ContentFiles;
use super::front_matter::Toml;
use super::table::Table;
use crate::diagnostic::{Diagnostic, Sources, Span};
use crate::model::{GlossaryTerm, Site};
use crate::say;

/// The site; without a `site.toml` it has the plainest settings.
pub(super) fn site(files: &ContentFiles, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Site {
    let plain = Site {
        title: "しるべ".to_owned(),
        description: None,
        lang: "ja".to_owned(),
        permanent: true,
        theme: None,
        span: Span::default(),
    };
    let Some(id) = files.site else { return plain };
    let (site, mut found) = Toml::whole(id, sources).read(|table| {
        let site = Site {
            title: table.required("title").unwrap_or_else(|| plain.title.clone()),
            description: table.text("description"),
            lang: table.choice("lang", &[("ja", "ja"), ("en", "en")]).unwrap_or("ja").to_owned(),
            permanent: table.get("permanent").and_then(|item| item.flag()).unwrap_or(true),
            theme: table.text("theme"),
            span: Span::new(id, 0..0),
        };
        table.end();
        site
    });
    diagnostics.append(&mut found);
    site
}

/// The glossary, in the order in which it is written.
pub(super) fn glossary(
    files: &ContentFiles,
    sources: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<GlossaryTerm> {
    let Some(id) = files.glossary else { return Vec::new() };
    let (terms, mut found) = Toml::whole(id, sources).read(|table| {
        let terms: Vec<_> = table.tables("term").into_iter().filter_map(term).collect();
        table.end();
        for (place, term) in terms.iter().enumerate() {
            if terms.iter().take(place).any(|earlier: &GlossaryTerm| earlier.term == term.term) {
                let word = &term.term;
                let message = say!(ja: "用語「{word}」が二つあります", en: "the term `{word}` stands twice");
                let help = say!(ja: "一つにまとめてください", en: "keep one of them");
                table.file.report(Diagnostic::error("duplicate-id", term.span, message).help(help));
            }
        }
        terms
    });
    diagnostics.append(&mut found);
    terms
}

fn term(table: Table<'_>) -> Option<GlossaryTerm> {
    let term = table.required("term");
    let meaning = table.required("meaning");
    let made = (table.text("reading"), table.texts("also"), table.span);
    table.end();
    let (reading, also, span) = made;
    Some(GlossaryTerm { term: term?, reading, meaning: meaning?, also, span })
}
