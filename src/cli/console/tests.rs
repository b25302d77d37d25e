//! Tests of the rendering of diagnostics in each format.

use super::*;
use crate::diagnostic::Rule;
use snapbox::{IntoData, assert_data_eq, str};

/// Renders diagnostics in all formats and both languages; returns those in JSON, one per line.
pub(crate) fn render_in_all_formats(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let sources = LocatedSources { sources, folder: Path::new("content") };
    let mut json = String::new();
    for lang in [Lang::Ja, Lang::En] {
        for format in [Format::Text, Format::Short, Format::Github] {
            Console { lang, format }.render(diagnostics, &sources, &Renderer::plain());
        }
        json += &Console { lang, format: Format::Json }.render(diagnostics, &sources, &Renderer::plain());
    }
    json
}

const SHEET: &str = "+++\nactual.H27 = \"１８,104 (H27\"\r\n指標 = 3\n+++\n本文\n";

/// Renders a diagnostic at the bytes `range` of `text`, 100 columns wide.
fn render(text: &str, range: std::ops::Range<usize>, format: Format, lang: Lang) -> String {
    let mut sources = Sources::default();
    let source = sources.add("policies/3/2019.md", text);
    let message = say!(ja: "この値は読めません", en: "cannot read this value");
    let help = say!(ja: "`\"18,104 (H27)\"` のように書きます", en: "write it like `\"18,104 (H27)\"`");
    let diagnostic = Diagnostic::new(Rule::NotAValue, Span::new(source, range), message).help(help);
    let located = LocatedSources { sources: &sources, folder: Path::new("kitakami") };
    Console { lang, format }.render(&[diagnostic], &located, &Renderer::plain().term_width(WIDTH))
}

fn at(text: &str, needle: &str) -> std::ops::Range<usize> {
    let start = text.find(needle).unwrap();
    start..start + needle.len()
}

#[test]
fn text_underlines_wide_characters_in_the_source_line() {
    assert_data_eq!(
        render(SHEET, at(SHEET, "\"１８,104 (H27\""), Format::Text, Lang::Ja),
        str![[r#"
エラー[not-a-value]: この値は読めません
 --> kitakami/policies/3/2019.md:2:14
  |
2 | actual.H27 = "１８,104 (H27"
  |              ^^^^^^^^^^^^^^^
  |
  = ヒント: `"18,104 (H27)"` のように書きます

エラー1件、警告0件

"#]]
    );
    assert_data_eq!(
        render(SHEET, at(SHEET, "指標"), Format::Text, Lang::En),
        str![[r#"
error[not-a-value]: cannot read this value
 --> kitakami/policies/3/2019.md:3:1
  |
3 | 指標 = 3
  | ^^^^
  |
  = help: write it like `"18,104 (H27)"`

1 error, 0 warnings

"#]]
    );
}

#[test]
fn short_is_one_line() {
    assert_data_eq!(
        render(SHEET, at(SHEET, "(H27"), Format::Short, Lang::Ja),
        str![[r#"
kitakami/policies/3/2019.md:2:22: error[not-a-value]: この値は読めません
エラー1件、警告0件

"#]]
    );
}

#[test]
fn json_counts_columns_in_characters() {
    assert_data_eq!(render(SHEET, at(SHEET, "(H27"), Format::Json, Lang::En), str![[r#"
{"path":"kitakami/policies/3/2019.md","line":2,"column":22,"end_line":2,"end_column":26,"severity":"error","rule":"not-a-value","message":"cannot read this value","help":"write it like `\"18,104 (H27)\"`"}

"#]].raw());
}

#[test]
fn trims_a_long_line_around_the_span() {
    let paragraph = "本市の人口は減少を続けており、若者の転出が目立つ。".repeat(80);
    let start = paragraph.char_indices().nth(1000).unwrap().0;
    assert_data_eq!(
        render(&paragraph, start..start + 12, Format::Text, Lang::Ja),
        str![[r#"
エラー[not-a-value]: この値は読めません
 --> kitakami/policies/3/2019.md:1:1001
  |
1 | ... は減少を続けており、若者の転出が目立つ。本市の人口は減少を続けており、若者の転出が目立つ...
  |                                             ^^^^^^^^
  |
  = ヒント: `"18,104 (H27)"` のように書きます

エラー1件、警告0件

"#]]
    );
    let last = paragraph.len() - 3..paragraph.len();
    assert_data_eq!(
        render(&paragraph, last, Format::Text, Lang::Ja),
        str![[r#"
エラー[not-a-value]: この値は読めません
 --> kitakami/policies/3/2019.md:1:2000
  |
1 | ... 人口は減少を続けており、若者の転出が目立つ。
  |                                               ^^
  |
  = ヒント: `"18,104 (H27)"` のように書きます

エラー1件、警告0件

"#]]
    );
}

#[test]
fn shows_the_beginning_of_a_long_span() {
    let paragraph = "本市の人口は減少を続けており、若者の転出が目立つ。".repeat(80);
    assert_data_eq!(
        render(&paragraph, 0..paragraph.len(), Format::Text, Lang::Ja),
        str![[r#"
エラー[not-a-value]: この値は読めません
 --> kitakami/policies/3/2019.md:1:1
  |
1 | 本市の人口は減少を続けており、若者の転出が目立つ。本市の人口は減少を続けており、若者の転出が...
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = ヒント: `"18,104 (H27)"` のように書きます

エラー1件、警告0件

"#]]
    );
}

#[test]
fn shows_the_first_line_of_a_multiline_span() {
    assert_data_eq!(
        render(SHEET, 0..SHEET.len(), Format::Text, Lang::Ja),
        str![[r#"
エラー[not-a-value]: この値は読めません
 --> kitakami/policies/3/2019.md:1:1
  |
1 | +++
  | ^^^
  |
  = ヒント: `"18,104 (H27)"` のように書きます

エラー1件、警告0件

"#]]
    );
}

#[test]
fn omits_the_source_without_a_location() {
    let message = say!(ja: "事業がありません", en: "there is no program");
    let diagnostic = Diagnostic::new(Rule::BarePolicy, Location::Unknown, message);
    let shown = |format| {
        let console = Console { lang: Lang::Ja, format };
        let located = LocatedSources { sources: &Sources::default(), folder: Path::new("content") };
        console.render(std::slice::from_ref(&diagnostic), &located, &Renderer::plain())
    };
    assert_data_eq!(
        shown(Format::Text),
        str![[r#"
警告[bare-policy]: 事業がありません
 |
 = 確度: 確実

エラー0件、警告1件

"#]]
    );
    assert_data_eq!(
        shown(Format::Short),
        str![[r#"
warning[bare-policy]: 事業がありません（確実）
エラー0件、警告1件

"#]]
    );
    assert_data_eq!(shown(Format::Json), str![[r#"
{"path":null,"line":null,"column":null,"end_line":null,"end_column":null,"severity":"warning","rule":"bare-policy","confidence":"certain","message":"事業がありません","help":null}

"#]].raw());
}

#[test]
fn invalid_spans_do_not_panic() {
    let text = "ア\tb\u{1b}[31m\r\n\nい";
    for start in 0..text.len() + 4 {
        for end in 0..text.len() + 4 {
            for format in [Format::Text, Format::Short, Format::Json] {
                let rendered = render(text, start..end, format, Lang::Ja);
                assert!(rendered.contains("この値は読めません"), "{start}..{end}");
                assert!(!rendered.contains('\u{1b}'), "{start}..{end}: escape sequences must not reach the terminal");
            }
        }
    }
    render("", 3..9, Format::Text, Lang::En);
    render("a", usize::MAX..usize::MAX, Format::Text, Lang::En);
}

#[test]
fn github_is_one_workflow_command_per_line() {
    assert_data_eq!(
        render(SHEET, at(SHEET, "(H27"), Format::Github, Lang::En),
        str![[r#"
::error file=kitakami/policies/3/2019.md,line=2,endLine=2,col=22,endColumn=26,title=not-a-value::cannot read this value%0Awrite it like `"18,104 (H27)"`
1 error, 0 warnings

"#]]
    );
}

#[test]
fn github_escapes_its_delimiters() {
    assert_eq!(github::message("100% を\n超える: a,b"), "100%25 を%0A超える: a,b");
    assert_eq!(github::property("a:b,c%"), "a%3Ab%2Cc%25");
}

/// Renders a diagnostic about a whole file.
fn render_path(path: &str, folder: &str, format: Format) -> String {
    let message = say!(ja: "読まれません", en: "it is not read");
    let diagnostic = Diagnostic::new(Rule::MisnamedFile, Location::Path(path.to_owned()), message);
    let located = LocatedSources { sources: &Sources::default(), folder: Path::new(folder) };
    Console { lang: Lang::En, format }.render(&[diagnostic], &located, &Renderer::plain())
}

#[test]
fn shows_only_the_path_of_a_diagnostic_about_a_file() {
    let shown = |format| render_path("a/2024.md.txt", "content", format);
    assert_data_eq!(
        shown(Format::Text),
        str![[r#"
error[misnamed-file]: it is not read
--> content/a/2024.md.txt

1 error, 0 warnings

"#]]
    );
    let first = |format| shown(format).lines().next().unwrap().to_owned();
    assert_eq!(first(Format::Short), "content/a/2024.md.txt: error[misnamed-file]: it is not read");
    assert_eq!(first(Format::Github), "::error file=content/a/2024.md.txt,title=misnamed-file::it is not read");
    assert!(first(Format::Json).starts_with(r#"{"path":"content/a/2024.md.txt","line":null,"#));
    let folder = render_path("", "content", Format::Short);
    assert!(folder.starts_with("content: error[misnamed-file]"), "{folder}");
}

#[test]
fn escapes_control_characters_in_every_format() {
    const CONTROLS: &str = "\u{1b}[31m\u{9b}2J\u{7f}\u{0}\u{85}\u{202e}\u{2066}\u{61c}\u{200f}\u{7}";
    let text = format!("name = \"{CONTROLS}\"\n");
    let mut sources = Sources::default();
    let source = sources.add(format!("a{CONTROLS}.md"), text.as_str());
    let message = say!(ja: "値{CONTROLS}", en: "value {CONTROLS}");
    let diagnostics = [Location::Span(Span::new(source, 7..text.len() - 1)), Location::Path(format!("b{CONTROLS}"))]
        .map(|location| Diagnostic::new(Rule::NotAValue, location, message.clone()).help(message.clone()));
    let folder = format!("content{CONTROLS}");
    let located = LocatedSources { sources: &sources, folder: Path::new(&folder) };
    for format in [Format::Text, Format::Short, Format::Json, Format::Github] {
        for reason in [None, Some(CONTROLS)] {
            let console = Console { lang: Lang::Ja, format };
            let entries = diagnostics.iter().map(|diagnostic| Entry { diagnostic, reason });
            let rendered: String = entries.map(|entry| console.entry(&entry, &located, &Renderer::plain())).collect();
            assert!(!rendered.contains(is_control), "{format:?}: {rendered:?}");
            if format == Format::Json {
                let record: serde_json::Value = serde_json::from_str(rendered.lines().next().unwrap()).unwrap();
                assert!(record["message"].as_str().unwrap().contains(CONTROLS), "JSON must preserve the characters");
            } else {
                assert!(rendered.contains("\\u{1b}[31m") && rendered.contains("\\u{9b}2J"), "{format:?}: {rendered}");
            }
        }
    }
}

#[test]
fn underlines_the_right_column_after_a_replaced_character() {
    let text = "a\u{9b}b = 1\n";
    assert_data_eq!(
        render(text, at(text, "= 1"), Format::Text, Lang::En),
        str![[r#"
error[not-a-value]: cannot read this value
 --> kitakami/policies/3/2019.md:1:5
  |
1 | a�b = 1
  |     ^^^
  |
  = help: write it like `"18,104 (H27)"`

1 error, 0 warnings

"#]]
    );
}

#[test]
fn acknowledged_findings_show_their_reason() {
    let mut sources = Sources::default();
    let source = sources.add("a/2023.md", SHEET);
    let message = say!(ja: "合いません", en: "it does not add up");
    let help = say!(ja: "比べてください", en: "compare them");
    let diagnostic = Diagnostic::new(Rule::PartSum, Span::new(source, at(SHEET, "指標")), message).help(help);
    let located = LocatedSources { sources: &sources, folder: Path::new("content") };
    let shown = |format, lang| {
        let entry = Entry { diagnostic: &diagnostic, reason: Some("資料のとおり") };
        Console { lang, format }.entry(&entry, &located, &Renderer::plain())
    };
    assert_data_eq!(
        shown(Format::Text, Lang::Ja),
        str![[r#"
確認済み[part-sum]: 合いません
 --> content/a/2023.md:3:1
  |
3 | 指標 = 3
  | ^^^^
  |
  = 確度: 確実
  = 理由: 資料のとおり


"#]]
    );
    assert_data_eq!(
        shown(Format::Short, Lang::En),
        str![[r#"
content/a/2023.md:3:1: acknowledged[part-sum]: it does not add up (certain) (reason: 資料のとおり)

"#]]
    );
    assert_data_eq!(
        shown(Format::Github, Lang::En),
        str![[r#"
::notice file=content/a/2023.md,line=3,endLine=3,col=1,endColumn=3,title=part-sum::it does not add up (certain)%0Areason: 資料のとおり

"#]]
    );
    assert_data_eq!(shown(Format::Json, Lang::En), str![[r#"
{"path":"content/a/2023.md","line":3,"column":1,"end_line":3,"end_column":3,"severity":"acknowledged","rule":"part-sum","confidence":"certain","message":"it does not add up","help":"compare them","reason":"資料のとおり"}

"#]].raw());
}
