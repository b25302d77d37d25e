//! Cases of `emphasis.md` and `page.md`, and tests of splitting, links and plain text.

use super::plain_text::plain_text;
use super::*;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

/// Resolver of the page that the cases assume.
fn resolve(destination: &str) -> Option<Resolved> {
    match destination {
        "program:kaigo-yosei" => Some(Resolved {
            href: "../programs/kaigo-yosei/index.html".to_owned(),
            title: Some("介護人材養成支援事業".to_owned()),
            size: None,
        }),
        "photo.jpg" => Some(Resolved { href: "photo.jpg".to_owned(), title: None, size: Some((640, 480)) }),
        "map.svg" => Some(Resolved { href: "map.svg".to_owned(), title: None, size: None }),
        _ => None,
    }
}

fn html(text: &str, page: &mut PageState<'_>) -> String {
    let options = RenderOptions {
        top_heading: 3,
        id_prefix: "",
        resolve: &resolve,
        texts: &InterfaceTexts::embedded("ja").unwrap(),
        ruby: false,
    };
    to_html(text, &options, page)
}

/// Code blocks of a specification: language, text and line number.
fn blocks(specification: &str) -> Vec<(String, String, usize)> {
    let mut blocks = Vec::new();
    let mut open = None;
    for (event, range) in Parser::new(specification).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                let line = 1 + specification[..range.start].matches('\n').count();
                open = Some((language.to_string(), String::new(), line));
            }
            Event::Text(text) => {
                if let Some((_, code, _)) = &mut open {
                    code.push_str(&text);
                }
            }
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => blocks.extend(open.take()),
            _ => {}
        }
    }
    blocks
}

/// Runs all cases and reports every failure.
fn run(name: &str, specification: &str, at_least: usize) {
    let blocks = blocks(specification);
    let mut failures = String::new();
    for pair in blocks.chunks(2) {
        let [(markdown, text, line), (html_is, expect, _)] = pair else { panic!("{name}: Markdown without HTML") };
        assert_eq!((markdown.as_str(), html_is.as_str()), ("markdown", "html"), "{name}:{line}");
        let got = html(text, &mut PageState::default());
        if got.trim_end() != expect.trim_end() {
            failures.push_str(&format!("{name}:{line}\n{text}  expected\n{expect}  got\n{got}\n"));
        }
    }
    assert!(blocks.len() >= 2 * at_least, "{name}: fewer cases than expected");
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn renders_emphasis_next_to_japanese() {
    run("emphasis.md", include_str!("emphasis.md"), 40);
}

#[test]
fn renders_texts_within_a_page() {
    run("page.md", include_str!("page.md"), 20);
}

#[test]
fn ids_are_unique_across_texts_of_a_page() {
    let mut page = PageState::default();
    let options = RenderOptions {
        top_heading: 4,
        id_prefix: "r5-",
        resolve: &resolve,
        texts: &InterfaceTexts::embedded("en").unwrap(),
        ruby: false,
    };
    let text = "## 成果\n\n注[^1]\n\n[^1]: あ";
    let first = to_html(text, &options, &mut page);
    let second = to_html(text, &options, &mut page);
    assert!(first.starts_with("<h4 id=\"成果\">"), "{first}");
    assert!(first.contains("<a id=\"r5-fnref-1\" href=\"#r5-fn-1\" aria-label=\"Footnote 1\">1</a>"), "{first}");
    assert!(second.starts_with("<h4 id=\"成果-2\">"), "{second}");
    assert!(second.contains("<a id=\"r5-fnref-1-2\" href=\"#r5-fn-1-2\""), "{second}");
}

/// Checks the lead and the sections of a text, each with its title, the source of the title, and its body.
fn check_split(text: &str, lead: &str, sections: &[(&str, &str, &str)]) {
    let split = split(text);
    assert_eq!(&text[split.lead], lead);
    let got: Vec<_> = split
        .sections
        .iter()
        .map(|part| (part.title.as_str(), &text[part.title_range.clone()], &text[part.body.clone()]))
        .collect();
    assert_eq!(got, sections);
}

#[test]
fn splits_a_sheet_at_headings_of_level_2() {
    check_split("", "", &[]);
    check_split("前文のみ\n", "前文のみ\n", &[]);
    check_split(
        "前文\n\n## 事業実績\n\n補助した。\n### 内訳\n25名\n## 課題 ##\n",
        "前文\n\n",
        &[("事業実績", "事業実績", "\n補助した。\n### 内訳\n25名\n"), ("課題", "課題", "")],
    );
    check_split("実績\n----\n本文\r\n\r\n## 次\r\n本文", "", &[("実績", "実績", "本文\r\n\r\n"), ("次", "次", "本文")]);
}

#[test]
fn strips_markup_from_titles() {
    check_split(
        "##   **「重要」**な `x` と [資料](a.pdf)\nは**（一）**の",
        "",
        &[("「重要」な x と 資料", "**「重要」**な `x` と [資料](a.pdf)", "は**（一）**の")],
    );
    check_split("##\n本文", "", &[("", "##\n", "本文")]);
}

#[test]
fn does_not_split_at_nested_headings() {
    for text in
        ["```\n## 一\n```\n", "- ## 一\n", "> ## 一\n", "    ## 一\n", "注[^1]\n\n[^1]: ## 一\n", "##一\n", "\\## 一\n"]
    {
        check_split(text, text, &[]);
    }
}

fn check_links(text: &str, expect: &[(&str, &str, bool)]) {
    let links = links(text);
    let got: Vec<_> =
        links.iter().map(|link| (link.destination.as_str(), &text[link.range.clone()], link.image)).collect();
    assert_eq!(got, expect);
}

#[test]
fn finds_links_with_their_ranges() {
    check_links(
        "**「一」**の[事業](program:kaigo-yosei \"題\")と**（二）**の![写真](a%20b.jpg)",
        &[
            ("program:kaigo-yosei", "[事業](program:kaigo-yosei \"題\")", false),
            ("a%20b.jpg", "![写真](a%20b.jpg)", true),
        ],
    );
    check_links(
        "<kikaku@example.jp> [資料] [![図](z.png)](goal:2)\n\n[資料]: hyo.pdf",
        &[
            ("mailto:kikaku@example.jp", "<kikaku@example.jp>", false),
            ("hyo.pdf", "[資料]", false),
            ("goal:2", "[![図](z.png)](goal:2)", false),
            ("z.png", "![図](z.png)", true),
        ],
    );
    check_links("`[一](a)` \\[二](b) [三][四]", &[]);
}

fn check_plain_text(text: &str, expect: &str) {
    assert_eq!(plain_text(text), expect);
}

#[test]
fn extracts_plain_text() {
    check_plain_text("", "");
    check_plain_text(
        "## **「成果」**の*概要*\n\n補助した\n[資料](a.pdf)と`x`。  \n次",
        "「成果」の概要\n補助した資料とx。 次",
    );
    check_plain_text("- 一\n- 二\n  - 三\n\n> 四\n\n***\n\n    五\n", "一\n二\n三\n四\n五");
    check_plain_text("| 年度 | 件数 |\n|---|---|\n| R4 | |\n| R5 | 3 |", "年度 件数\nR4\nR5 3");
    check_plain_text("観光[^1]![写真](a.jpg)<b>\n\n[^1]: 千人", "観光写真<b>\n千人");
}

#[test]
fn quotes_the_first_sentence_of_a_text() {
    let check = |text: &str, expect: Option<&str>| assert_eq!(first_sentence(text, 12).as_deref(), expect, "{text}");
    check("雨で**中止**した。\n次は秋。", Some("雨で中止した。"));
    check("（略。）のため「待て。」と。次", Some("（略。）のため「待て。」…"));
    check("# 見出し\n\n| 年 |\n|---|\n| 3 |\n\n- 人手が不足\n- 予算も", Some("人手が不足"));
    check("改行の\nある文。", Some("改行のある文。"));
    check("理由は一文では書き切れないほど長い。", Some("理由は一文では書き切れな…"));
    check("| 表 |\n|---|\n| だけ |", None);
    check("", None);
}
