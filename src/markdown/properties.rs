//! Property tests on random texts assembled from Markdown syntax.

use super::plain_text::plain_text;
use super::*;
use proptest::prelude::*;
use pulldown_cmark::{Parser, html};
use std::collections::HashSet;

/// Fragments with a meaning in Markdown, in HTML, or for emphasis next to Japanese.
const PIECES: &[&str] = &[
    "*",
    "**",
    "***",
    "_",
    "__",
    "`",
    "```\n",
    "~",
    "~~",
    "\\",
    "「",
    "」",
    "（",
    "）",
    "。",
    "、",
    "％",
    "%",
    "・",
    "—",
    "重要",
    "です",
    "ア",
    "한",
    "葛\u{E0100}",
    "か\u{3099}",
    "a",
    "B1",
    " ",
    "　",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "    ",
    "> ",
    "- ",
    "* ",
    "1. ",
    "# ",
    "## ",
    "### ",
    "---\n",
    "===\n",
    "[",
    "]",
    "(",
    ")",
    "![",
    "](",
    "](program:a)",
    "](a.jpg \"t\")",
    "](javascript:alert(1))",
    "](https://example.jp/)",
    "<https://example.jp/>",
    "<a@example.jp>",
    "[^1]",
    "[^1]: ",
    "[^あ]",
    "\n\n[^あ]: ",
    "[x]",
    "\n\n[x]: y\n",
    "| a | b |\n|---|:-:|\n",
    "| |\n|---|\n",
    "|",
    "\\|",
    "<script>",
    "</script>",
    "<b>",
    "<img onerror=x>",
    "<div>\n",
    "<!--",
    "-->",
    "<?",
    "<![CDATA[",
    "\"",
    "'",
    "&amp;",
    "&lt;",
    "&#0;",
    "&#x1D000;",
    "&#118784;",
    "&",
    "\u{1D000}",
    "\u{1D001}",
    "\u{1D0F5}",
    "\u{E000}",
    "\0",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

/// Text without headings, links, tables, HTML and footnotes, which is rendered exactly as by CommonMark.
fn english() -> impl Strategy<Value = String> {
    "([a-z]{1,3}|[ \n.,()%*_~`\\\\!?\"'-]|\\*\\*|\n\n|\n> |\n\\* |\n1\\. |&amp;){0,40}"
}

fn page(text: &str) -> String {
    let resolve = |destination: &str| Some(Resolved { href: destination.to_owned(), title: None, size: None });
    let options = RenderOptions {
        top_heading: 2,
        id_prefix: "",
        resolve: &resolve,
        texts: &InterfaceTexts::embedded("ja").unwrap(),
        ruby: false,
    };
    to_html(text, &options, &mut PageState::default())
}

/// The tags of a page, without their angle brackets.
fn tags(page: &str) -> impl Iterator<Item = &str> {
    page.split('<').skip(1).map(|rest| rest.split_once('>').expect("unterminated tag").0)
}

/// Checks that every tag is one that the module emits, and that tags are balanced.
fn check_tags(page: &str) -> Result<(), TestCaseError> {
    const KNOWN: &[&str] = &[
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "a",
        "em",
        "strong",
        "code",
        "pre",
        "ul",
        "ol",
        "li",
        "blockquote",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "div",
        "sup",
        "br",
        "hr",
        "img",
        "figure",
        "figcaption",
    ];
    let mut open: Vec<&str> = Vec::new();
    for tag in tags(page) {
        if let Some(name) = tag.strip_prefix('/') {
            prop_assert_eq!(open.pop(), Some(name), "{}", page);
            continue;
        }
        let name = tag.split(' ').next().unwrap_or_default();
        prop_assert!(KNOWN.contains(&name), "<{}> in {}", tag, page);
        prop_assert!(name != "a" || !open.contains(&"a"), "nested link: {}", page);
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    prop_assert!(open.is_empty(), "{:?} not closed in {}", open, page);
    Ok(())
}

/// Values of an attribute in document order.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let begin = format!(" {attribute}=\"");
    tags(page).filter_map(|tag| Some(tag.split_once(&begin)?.1.split('"').next().unwrap_or_default())).collect()
}

fn count(text: &str, char: char) -> usize {
    text.matches(char).count()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn emits_only_known_balanced_tags(text in text()) {
        check_tags(&page(&text))?;
    }

    #[test]
    fn ids_are_unique_and_footnote_links_resolve(text in text()) {
        let page = page(&text);
        let ids = values(&page, "id");
        let unique: HashSet<_> = ids.iter().collect();
        prop_assert_eq!(unique.len(), ids.len(), "{}", page);
        for href in values(&page, "href") {
            if let Some(id) = href.strip_prefix("#fn") {
                prop_assert!(unique.contains(&format!("fn{id}").as_str()), "{} in {}", href, page);
            }
        }
        let names = values(&page, "aria-label");
        let regions: Vec<_> = names.iter().filter(|name| name.starts_with("表")).collect();
        prop_assert_eq!(regions.iter().collect::<HashSet<_>>().len(), regions.len(), "{}", page);
    }

    #[test]
    fn rejects_javascript_urls(text in text()) {
        let page = page(&text);
        for href in values(&page, "href").into_iter().chain(values(&page, "src")) {
            prop_assert!(!href.trim_start().starts_with("javascript"), "{}", page);
        }
    }

    #[test]
    fn heading_levels_are_never_skipped(text in text()) {
        let page = page(&text);
        let mut above = 1;
        for tag in tags(&page).filter(|tag| tag.starts_with('h') && *tag != "hr /") {
            let level: u8 = tag[1..2].parse().expect("heading level");
            prop_assert!(level <= above + 1, "h{} after h{}: {}", level, above, page);
            above = level;
        }
    }

    #[test]
    fn links_and_headings_are_never_empty(text in text()) {
        let page = page(&text);
        for element in ["a", "h2", "h3", "h4"] {
            for rest in page.split(&format!("<{element} ")).skip(1) {
                let (_, rest) = rest.split_once('>').expect("unterminated tag");
                let (content, _) = rest.split_once(&format!("</{element}>")).expect("no end tag");
                let texts = format!(">{content}<");
                let mut texts = texts.split('>').filter_map(|rest| Some(rest.split_once('<')?.0));
                let is_empty = texts.all(|text| text.trim().is_empty()) && !content.contains("<img ");
                prop_assert!(!is_empty, "{} in {}", element, page);
            }
        }
    }

    #[test]
    fn renders_english_text_as_commonmark(text in english()) {
        let mut expect = String::new();
        html::push_html(&mut expect, Parser::new(&text));
        prop_assume!(!expect.contains("<h1") && !expect.contains("<h2"));
        prop_assert_eq!(page(&text), expect);
    }

    #[test]
    fn keeps_marker_characters_of_the_text(
        text in "([*]{1,3}|「|」|重要|a|%|\u{1D000}|\u{1D001}|&#x1D000;|&#X1d001;|&#118786;| |\n){0,30}",
    ) {
        // Character references in code are not decoded.
        let spelled = |text: &str| {
            let text = text.replace("&amp;#", "&#").replace("&#x1D000;", "\u{1D000}");
            text.replace("&#X1d001;", "\u{1D001}").replace("&#118786;", "\u{1D002}")
        };
        let page = page(&text);
        for marker in '\u{1D000}'..='\u{1D003}' {
            prop_assert_eq!(count(&spelled(&page), marker), count(&spelled(&text), marker), "{}", page);
        }
    }

    #[test]
    fn offsets_point_into_the_text(text in text()) {
        for link in links(&text) {
            let written = text.get(link.range.clone()).expect("range within the text");
            let begins = if link.image { "![" } else { "[" };
            prop_assert!(written.starts_with(begins) || written.starts_with('<'), "{:?}", written);
        }
    }

    #[test]
    fn sections_cover_the_text_in_order(text in text()) {
        let split = split(&text);
        let mut end = 0;
        prop_assert_eq!(split.lead.start, 0);
        prop_assert!(text.get(split.lead.clone()).is_some());
        end = end.max(split.lead.end);
        for part in &split.sections {
            prop_assert!(text.get(part.title_range.clone()).is_some() && text.get(part.body.clone()).is_some());
            prop_assert!(end <= part.title_range.start && part.title_range.end <= part.body.start, "{:?}", split);
            end = part.body.end;
        }
        prop_assert_eq!(end, text.len());
    }

    #[test]
    fn plain_text_is_trimmed(text in text()) {
        let plain = plain_text(&text);
        prop_assert!(plain == plain.trim(), "{:?}", plain);
    }

    #[test]
    fn excerpt_is_a_prefix_of_the_plain_text(text in text(), max_chars in 0..20_usize) {
        let plain = plain_text(&text).split_whitespace().collect::<Vec<_>>().join(" ");
        let first: String = plain.chars().take(max_chars).collect();
        let expect = if first == plain { plain } else { first + "…" };
        prop_assert_eq!(excerpt(&text, max_chars), expect);
    }
}
