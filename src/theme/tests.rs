//! What a site's own theme may replace, and how mistakes in it are told.

use super::{Theme, ThemeFile};
use crate::diagnostic::SourceId;
use crate::model::Site;
use serde::Serialize;

fn site(lang: &str) -> Site {
    let (title, lang) = ("甲市の計画".to_owned(), lang.to_owned());
    Site { title, lang, ..Site::default() }
}

fn file(path: &str, text: &str) -> ThemeFile {
    ThemeFile { path: path.to_owned(), bytes: text.as_bytes().to_vec(), source: Some(SourceId(7)) }
}

#[derive(Serialize)]
struct Data {
    name: &'static str,
    count: u32,
}

const DATA: Data = Data { name: "<甲>", count: 3 };

/// What the template says of [`DATA`], or the mistake with the text it points at.
fn render(template: &str) -> Result<String, (String, String)> {
    let own = [file("templates/own.html", template)];
    let place = |mistakes: Vec<crate::diagnostic::Diagnostic>| {
        let mistake = &mistakes[0];
        let place = mistake.span.and_then(|span| template.get(span.range())).unwrap_or_default();
        (mistake.message.en.clone(), place.to_owned())
    };
    let theme = Theme::load(&site("ja"), &own).map_err(place)?;
    theme.render("own.html", &DATA).map_err(place)
}

#[test]
fn the_default_theme_is_whole_in_both_languages() {
    for lang in ["ja", "en"] {
        let theme = Theme::load(&site(lang), &[]).unwrap();
        let assets: Vec<String> = theme.assets().map(|(url, _)| url.path().to_owned()).collect();
        assert!(assets.contains(&"assets/style.css".to_owned()));
    }
    assert_ne!(Theme::load(&site("ja"), &[]).unwrap().texts(), Theme::load(&site("en"), &[]).unwrap().texts());
}

#[test]
fn the_default_theme_asks_nothing_of_other_hosts() {
    for (path, bytes) in super::embedded::FILES {
        let text = std::str::from_utf8(bytes).unwrap().replace("http://www.w3.org/2000/svg", "");
        let text = text.replace("<script defer src=\"{{ root }}assets/", "");
        for sign in ["http:", "https:", "url(", "@import", "<script"] {
            let only_a_selector = sign == "http:" || text.contains("[href^=\"http\"]");
            assert!(!text.contains(sign) || only_a_selector, "{sign} in {path}");
        }
    }
}

#[test]
fn templates_are_escaped_and_share_the_site_and_the_texts() {
    assert_eq!(render("{{ name }}").unwrap(), "&lt;甲&gt;");
    assert_eq!(render("{{ site.title }} {{ t.home }}").unwrap(), "甲市の計画 ホーム");
    assert_eq!(render("{{ t.page | fill(page=count) }}").unwrap(), "3ページ");
}

#[test]
fn a_file_of_the_same_path_replaces_that_of_the_default_theme() {
    let own =
        [file("assets/style.css", "p {}"), file("assets/crest.svg", "<svg/>"), file("templates/404.html", "無い")];
    let theme = Theme::load(&site("ja"), &own).unwrap();
    let assets: Vec<(String, &[u8])> = theme.assets().map(|(url, bytes)| (url.path().to_owned(), bytes)).collect();
    assert!(assets.contains(&("assets/style.css".to_owned(), &b"p {}"[..])));
    assert!(assets.contains(&("assets/crest.svg".to_owned(), &b"<svg/>"[..])));
    assert_eq!(theme.render("404.html", &DATA).unwrap(), "無い");
}

#[test]
fn mistakes_in_templates_are_told_at_their_place() {
    let (message, place) = render("日本語の後の{{ nmae }}").unwrap_err();
    assert!(message.contains("own.html") && message.contains("nmae"), "{message}");
    assert_eq!(place, "nmae");
    let (message, place) = render("一行目\n日本語{{ name | shout }}").unwrap_err();
    assert_eq!((&*message, &*place), ("theme file own.html: Unknown filter `shout`", "shout"));
    let (message, _) = render("{{ t.page | fill(pge=1) }}").unwrap_err();
    assert!(message.contains("page"), "{message}");
    assert!(render("{{ t.hoem }}").is_err());
}

#[test]
fn texts_must_be_complete_and_known() {
    let told = |text: &str| {
        let mistakes = Theme::load(&site("ja"), &[file("texts/ja.toml", text)]).err().unwrap();
        (mistakes[0].message.en.clone(), mistakes[0].span)
    };
    let ja = super::embedded::FILES.iter().find(|(path, _)| *path == "texts/ja.toml").unwrap().1;
    let ja = std::str::from_utf8(ja).unwrap();
    assert!(told("home = \"x\"").0.contains("`about` is missing"));
    let text = format!("{ja}\nhoem = \"x\"\n");
    let (message, span) = told(&text);
    assert!(message.contains("no text `hoem`"), "{message}");
    assert_eq!(span.map(|span| (span.source, &text[span.range()])), Some((SourceId(7), "hoem")));
}

#[test]
fn a_file_that_would_never_be_used_is_a_mistake() {
    let mistakes = Theme::load(&site("ja"), &[file("style.css", "p {}"), file("layout.html", "")]).err().unwrap();
    assert_eq!(mistakes.len(), 2);
}
