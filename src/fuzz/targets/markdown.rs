//! Texts: their HTML is well formed, has only expected elements and attributes, and no address that runs a script.

use super::{Features, read};
use crate::fuzz::Target;
use crate::markdown::{PageState, RenderOptions, Resolved, excerpt, to_html};
use crate::texts::InterfaceTexts;
use std::sync::LazyLock;

pub(in crate::fuzz) const TARGET: Target = Target {
    name: "markdown",
    pieces: &[
        "# ",
        "## ",
        "- ",
        "1. ",
        "> ",
        "    ",
        "```",
        "~~~",
        "`",
        "*",
        "**",
        "_",
        "~~",
        "| a | b |\n|---|---|\n",
        "|",
        "\n\n",
        "\\",
        "[x](y)",
        "[x](javascript:hit())",
        "[x](JaVa\tScript:hit())",
        "[x](data:text/html,x)",
        "[x](//evil.example)",
        "![x](photo.jpg)",
        "![x](map.svg \"t\")",
        "[^1]",
        "[^1]: 注\n",
        "<b>",
        "<script>hit()</script>",
        "<img src=x onerror=hit()>",
        "<!--",
        "-->",
        "<https://example.jp/>",
        "<javascript:hit()>",
        "&lt;",
        "&#x6a;",
        "&#0;",
        "{漢字|かんじ}",
        "{|",
        "program:tenken",
        "「",
        "」",
        "。",
        "**「強調」**",
        "---\n",
        "===\n",
        "- [ ] ",
        "[x]: y\n",
        "[x]",
        "\u{0}",
        "![",
        "](",
        "\"onfocus=hit()autofocus\t'",
    ],
    inputs: 500,
    run,
};

static TEXTS: LazyLock<InterfaceTexts> = LazyLock::new(|| InterfaceTexts::embedded("ja").unwrap());

/// Attributes that rendered Markdown may have.
const ATTRIBUTES: [&str; 23] = [
    "href",
    "src",
    "alt",
    "title",
    "id",
    "class",
    "width",
    "height",
    "start",
    "scope",
    "role",
    "aria-label",
    "aria-labelledby",
    "aria-describedby",
    "aria-hidden",
    "lang",
    "rel",
    "loading",
    "tabindex",
    "type",
    "checked",
    "disabled",
    "value",
];
const ELEMENTS: [&str; 45] = [
    "html",
    "head",
    "body",
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "code",
    "em",
    "strong",
    "del",
    "a",
    "img",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "hr",
    "br",
    "sup",
    "sub",
    "div",
    "span",
    "section",
    "figure",
    "figcaption",
    "ruby",
    "rt",
    "rp",
    "input",
    "aside",
    "dl",
    "dt",
    "dd",
    "wbr",
    "s",
];

fn run(input: &[u8]) -> Features {
    let Ok(text) = std::str::from_utf8(input) else { return Features::from(["not UTF-8".to_owned()]) };
    let mut features = Features::new();
    for ruby in [false, true] {
        let options = RenderOptions { top_heading: 3, id_prefix: "x-", resolve: &resolve, texts: &TEXTS, ruby };
        let render = || {
            let mut page = PageState { passages: Some(Vec::new()), ..PageState::default() };
            let html = to_html(text, &options, &mut page);
            (html, page.passages)
        };
        let (html, passages) = render();
        assert_eq!((&html, &passages), (&render().0, &render().1), "the same text, another result");
        features.extend(check(&html));
    }
    let _ = excerpt(text, 40);
    let sheet = format!("+++\n+++\n## 成果\n{text}");
    features.extend(read(&[("mura/policies/1/2023.md", sheet.as_bytes())]).1);
    features
}

fn resolve(destination: &str) -> Option<Resolved> {
    match destination {
        "program:tenken" => {
            Some(Resolved { href: "tenken.html".to_owned(), title: Some("点検".to_owned()), size: None })
        }
        "photo.jpg" => Some(Resolved { href: "photo.jpg".to_owned(), title: None, size: Some((640, 480)) }),
        "map.svg" => Some(Resolved { href: "map.svg".to_owned(), title: None, size: None }),
        _ => None,
    }
}

/// Asserts that HTML can run nothing; returns its elements, each within its parent.
fn check(html: &str) -> Features {
    let page = scraper::Html::parse_document(html);
    let mut features = Features::new();
    for node in page.tree.nodes() {
        let Some(element) = node.value().as_element() else { continue };
        let name = element.name();
        assert!(ELEMENTS.contains(&name), "<{name}> in {html}");
        for (attribute, value) in element.attrs() {
            assert!(ATTRIBUTES.contains(&attribute), "{attribute} of <{name}> in {html}");
            let plain: String = value.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
            let plain = plain.to_ascii_lowercase();
            let runs = ["javascript:", "vbscript:", "data:"].iter().any(|scheme| plain.starts_with(scheme));
            assert!(!(runs && ["href", "src"].contains(&attribute)), "{attribute}={value:?} in {html}");
            features.insert(format!("{name} {attribute}"));
        }
        let parent = node.parent().and_then(|parent| Some(parent.value().as_element()?.name()));
        features.insert(format!("{} {name}", parent.unwrap_or_default()));
    }
    features
}
