//! Diagnostics as they look on the screen.

use super::*;
use crate::diagnostic::Rule;
use snapbox::{IntoData, assert_data_eq, str};

const SHEET: &str = "+++\nactual.H27 = \"１８,104 (H27\"\r\n指標 = 3\n+++\n本文\n";

/// One diagnostic at the bytes `range` of `text`, as it is drawn on a screen of 100 columns.
fn draw(text: &str, range: std::ops::Range<usize>, format: Format, lang: Lang) -> String {
    let mut sources = Sources::default();
    let source = sources.add("policies/3/2019.md", text);
    let message = say!(ja: "この値は読めません", en: "cannot read this value");
    let help = say!(ja: "`\"18,104 (H27)\"` のように書きます", en: "write it like `\"18,104 (H27)\"`");
    let diagnostic = Diagnostic::new(Rule::NotAValue, Span::new(source, range), message).help(help);
    let shelf = LocatedSources { sources: &sources, folder: Path::new("kitakami") };
    Console { lang, format }.draw(&[diagnostic], &shelf, &Renderer::plain().term_width(WIDTH))
}

fn at(text: &str, needle: &str) -> std::ops::Range<usize> {
    let start = text.find(needle).unwrap();
    start..start + needle.len()
}

#[test]
fn shows_the_line_and_underlines_wide_characters() {
    assert_data_eq!(
        draw(SHEET, at(SHEET, "\"１８,104 (H27\""), Format::Text, Lang::Ja),
        str![[r#"
エラー[not-a-value]: この値は読めません
 --> kitakami/policies/3/2019.md:2:14
  |
2 | actual.H27 = "１８,104 (H27"
  |              ^^^^^^^^^^^^^^^
  |
  = ヒント: `"18,104 (H27)"` のように書きます

エラー 1 件、警告 0 件

"#]]
    );
    assert_data_eq!(
        draw(SHEET, at(SHEET, "指標"), Format::Text, Lang::En),
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
fn short_is_one_line_for_editors() {
    assert_data_eq!(
        draw(SHEET, at(SHEET, "(H27"), Format::Short, Lang::Ja),
        str![[r#"
kitakami/policies/3/2019.md:2:22: error[not-a-value]: この値は読めません
エラー 1 件、警告 0 件

"#]]
    );
}

#[test]
fn json_counts_characters() {
    assert_data_eq!(draw(SHEET, at(SHEET, "(H27"), Format::Json, Lang::En), str![[r#"
{"path":"kitakami/policies/3/2019.md","line":2,"column":22,"end_line":2,"end_column":26,"severity":"error","rule":"not-a-value","message":"cannot read this value","help":"write it like `\"18,104 (H27)\"`"}

"#]].raw());
}

#[test]
fn a_long_paragraph_is_trimmed_around_the_place() {
    let paragraph = "本市の人口は減少を続けており、若者の転出が目立つ。".repeat(80);
    let place = paragraph.char_indices().nth(1000).unwrap().0;
    assert_data_eq!(
        draw(&paragraph, place..place + 12, Format::Text, Lang::Ja),
        str![[r#"
エラー[not-a-value]: この値は読めません
 --> kitakami/policies/3/2019.md:1:1001
  |
1 | ... は減少を続けており、若者の転出が目立つ。本市の人口は減少を続けており、若者の転出が目立つ...
  |                                             ^^^^^^^^
  |
  = ヒント: `"18,104 (H27)"` のように書きます

エラー 1 件、警告 0 件

"#]]
    );
    let last = paragraph.len() - 3..paragraph.len();
    assert_data_eq!(
        draw(&paragraph, last, Format::Text, Lang::Ja),
        str![[r#"
エラー[not-a-value]: この値は読めません
 --> kitakami/policies/3/2019.md:1:2000
  |
1 | ... 人口は減少を続けており、若者の転出が目立つ。
  |                                               ^^
  |
  = ヒント: `"18,104 (H27)"` のように書きます

エラー 1 件、警告 0 件

"#]]
    );
}

#[test]
fn a_whole_paragraph_is_shown_by_its_beginning() {
    let paragraph = "本市の人口は減少を続けており、若者の転出が目立つ。".repeat(80);
    assert_data_eq!(
        draw(&paragraph, 0..paragraph.len(), Format::Text, Lang::Ja),
        str![[r#"
エラー[not-a-value]: この値は読めません
 --> kitakami/policies/3/2019.md:1:1
  |
1 | 本市の人口は減少を続けており、若者の転出が目立つ。本市の人口は減少を続けており、若者の転出が...
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = ヒント: `"18,104 (H27)"` のように書きます

エラー 1 件、警告 0 件

"#]]
    );
}

#[test]
fn of_several_lines_the_first_is_shown() {
    assert_data_eq!(
        draw(SHEET, 0..SHEET.len(), Format::Text, Lang::Ja),
        str![[r#"
エラー[not-a-value]: この値は読めません
 --> kitakami/policies/3/2019.md:1:1
  |
1 | +++
  | ^^^
  |
  = ヒント: `"18,104 (H27)"` のように書きます

エラー 1 件、警告 0 件

"#]]
    );
}

#[test]
fn without_a_place_there_is_no_line() {
    let message = say!(ja: "事業がありません", en: "there is no program");
    let diagnostic = Diagnostic::new(Rule::BarePolicy, None, message);
    let shown = |format| {
        let console = Console { lang: Lang::Ja, format };
        let shelf = LocatedSources { sources: &Sources::default(), folder: Path::new("content") };
        console.draw(std::slice::from_ref(&diagnostic), &shelf, &Renderer::plain())
    };
    assert_data_eq!(
        shown(Format::Text),
        str![[r#"
警告[bare-policy]: 事業がありません

エラー 0 件、警告 1 件

"#]]
    );
    assert_data_eq!(
        shown(Format::Short),
        str![[r#"
warning[bare-policy]: 事業がありません
エラー 0 件、警告 1 件

"#]]
    );
    assert_data_eq!(shown(Format::Json), str![[r#"
{"path":null,"line":null,"column":null,"end_line":null,"end_column":null,"severity":"warning","rule":"bare-policy","message":"事業がありません","help":null}

"#]].raw());
}

#[test]
fn no_span_can_do_harm() {
    let text = "ア\tb\u{1b}[31m\r\n\nい";
    for start in 0..text.len() + 4 {
        for end in 0..text.len() + 4 {
            for format in [Format::Text, Format::Short, Format::Json] {
                let drawn = draw(text, start..end, format, Lang::Ja);
                assert!(drawn.contains("この値は読めません"), "{start}..{end}");
                assert!(!drawn.contains('\u{1b}'), "{start}..{end}: commands to the terminal must not pass");
            }
        }
    }
    draw("", 3..9, Format::Text, Lang::En);
    draw("a", usize::MAX..usize::MAX, Format::Text, Lang::En);
}

#[test]
fn github_reads_one_command_per_line() {
    assert_data_eq!(
        draw(SHEET, at(SHEET, "(H27"), Format::Github, Lang::En),
        str![[r#"
::error file=kitakami/policies/3/2019.md,line=2,endLine=2,col=22,endColumn=26,title=not-a-value::cannot read this value%0Awrite it like `"18,104 (H27)"`
1 error, 0 warnings

"#]]
    );
}

#[test]
fn what_github_would_read_as_its_own_is_escaped() {
    assert_eq!(github::message("100% を\n超える: a,b"), "100%25 を%0A超える: a,b");
    assert_eq!(github::property("a:b,c%"), "a%3Ab%2Cc%25");
}
