//! Language of texts on an English site with Japanese content: every text is marked with its language.

use crate::support::sites::{ENGLISH, pages};
use crate::support::{is_japanese, page, root};
use rayon::prelude::*;
use scraper::{ElementRef, Html};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A text or spoken attribute of a page.
struct PageText {
    path: String,
    text: String,
    /// The `lang` of the nearest element that has one.
    lang: String,
    /// The name of the attribute; `None` for text.
    attribute: Option<&'static str>,
    /// True if its element can contain no other elements, so that it cannot mix languages.
    text_only: bool,
}

/// Attributes that screen readers read aloud.
const SPOKEN_ATTRIBUTES: [&str; 5] = ["alt", "title", "placeholder", "aria-label", "aria-description"];

/// All texts on the pages of the five reports with the English texts of the theme.
static SITE: LazyLock<Vec<PageText>> = LazyLock::new(|| {
    let pages: Vec<_> = pages(&ENGLISH).collect();
    pages.par_iter().flat_map_iter(|(path, bytes)| texts_of(path, &page(bytes))).collect()
});

fn texts_of(path: &str, html: &Html) -> Vec<PageText> {
    assert_eq!(html.root_element().attr("lang"), Some("en"), "{path}");
    let mut all = Vec::new();
    for node in html.tree.nodes() {
        let ancestors: Vec<ElementRef<'_>> =
            ElementRef::wrap(node).into_iter().chain(node.ancestors().filter_map(ElementRef::wrap)).collect();
        let lang = ancestors.iter().find_map(|element| element.attr("lang")).unwrap_or_default().to_owned();
        let is_inside = |names: &[&str]| ancestors.iter().any(|element| names.contains(&element.value().name()));
        let mut add = |attribute, text: &str| {
            let (path, text, lang) = (path.to_owned(), text.trim().to_owned(), lang.clone());
            all.push(PageText { path, text, lang, attribute, text_only: is_inside(&["title", "option", "svg"]) });
        };
        match (node.value().as_text(), node.value().as_element()) {
            (Some(text), _) if !is_inside(&["script", "style"]) => add(None, text),
            (_, Some(element)) => {
                SPOKEN_ATTRIBUTES
                    .iter()
                    .filter_map(|name| Some((*name, element.attr(name)?)))
                    .for_each(|(name, text)| add(Some(name), text));
            }
            _ => {}
        }
    }
    all
}

#[test]
fn theme_texts_are_english() {
    let texts: BTreeSet<&str> = SITE.iter().map(|text| text.text.as_str()).collect();
    for expected in ["Skip to the content", "Home", "Glossary", "Indicators", "FY2019"] {
        assert!(texts.contains(expected), "{expected}");
    }
}

#[test]
fn all_japanese_is_marked_as_japanese() {
    let stray: Vec<_> = SITE.iter().filter(|text| is_japanese(&text.text) && text.lang != "ja").collect();
    let shown = stray.iter().take(20).map(|text| {
        let attribute = text.attribute.map(|name| format!(" ({name})")).unwrap_or_default();
        format!("{}{attribute}: {}\n", text.path, text.text)
    });
    assert!(stray.is_empty(), "{} texts\n{}", stray.len(), shown.collect::<String>());
}

#[test]
fn english_theme_texts_are_not_marked_as_japanese() {
    let theme = std::fs::read_to_string(root().join("themes/default/texts/en.toml")).unwrap();
    let theme: BTreeMap<String, String> = toml::from_str(&theme).unwrap();
    let pieces = theme.values().flat_map(|pattern| pattern.split(['{', '}']).step_by(2)).map(str::trim);
    let pieces: BTreeSet<&str> = pieces.filter(|piece| piece.contains(|c: char| c.is_ascii_alphabetic())).collect();
    let phrases: Vec<&str> = pieces.iter().copied().filter(|piece| piece.split(' ').count() > 2).collect();
    let japanese = SITE.iter().filter(|text| text.lang == "ja" && text.attribute.is_none() && !text.text_only);
    let mut seen = BTreeSet::new();
    for text in japanese.filter(|text| seen.insert(&text.text)) {
        let phrase = phrases.iter().find(|phrase| text.text.contains(**phrase));
        assert!(!pieces.contains(text.text.as_str()) && phrase.is_none(), "{}: {}", text.path, text.text);
    }
}

#[test]
fn years_use_the_english_format() {
    for text in SITE.iter() {
        // The Japanese format is 令和元年度（2019年度）; the reports print years differently.
        let mut rests = text.text.split("年度（").skip(1);
        let is_japanese_year = rests.any(|rest| rest.get(4..).is_some_and(|rest| rest.starts_with("年度）")));
        assert!(!is_japanese_year, "{}: {}", text.path, text.text);
    }
}
