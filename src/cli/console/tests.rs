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
    let diagnostic = Diagnostic::new(Rule::BarePolicy, Location::Unknown, message);
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

/// A diagnostic of a file as a whole, in each format.
fn draw_path(path: &str, folder: &str, format: Format) -> String {
    let message = say!(ja: "読まれません", en: "it is not read");
    let diagnostic = Diagnostic::new(Rule::MisnamedFile, Location::Path(path.to_owned()), message);
    let shelf = LocatedSources { sources: &Sources::default(), folder: Path::new(folder) };
    Console { lang: Lang::En, format }.draw(&[diagnostic], &shelf, &Renderer::plain())
}

#[test]
fn a_file_as_a_whole_has_a_path_and_no_line() {
    let shown = |format| draw_path("a/2024.md.txt", "content", format);
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
    let of_folder = draw_path("", "content", Format::Short);
    assert!(of_folder.starts_with("content: error[misnamed-file]"), "{of_folder}");
}

#[test]
fn nothing_that_commands_a_terminal_passes() {
    const COMMANDS: &str = "\u{1b}[31m\u{9b}2J\u{7f}\u{0}\u{85}\u{202e}\u{2066}\u{61c}\u{200f}\u{7}";
    let text = format!("name = \"{COMMANDS}\"\n");
    let mut sources = Sources::default();
    let source = sources.add(format!("a{COMMANDS}.md"), text.as_str());
    let message = say!(ja: "値{COMMANDS}", en: "value {COMMANDS}");
    let diagnostics = [Location::Span(Span::new(source, 7..text.len() - 1)), Location::Path(format!("b{COMMANDS}"))]
        .map(|place| Diagnostic::new(Rule::NotAValue, place, message.clone()).help(message.clone()));
    let folder = format!("content{COMMANDS}");
    let shelf = LocatedSources { sources: &sources, folder: Path::new(&folder) };
    for format in [Format::Text, Format::Short, Format::Json, Format::Github] {
        for reason in [None, Some(COMMANDS)] {
            let console = Console { lang: Lang::Ja, format };
            let entries = diagnostics.iter().map(|diagnostic| Reported { diagnostic, reason });
            let drawn: String = entries.map(|entry| console.entry(&entry, &shelf, &Renderer::plain())).collect();
            assert!(!drawn.contains(is_command), "{format:?}: {drawn:?}");
            if format == Format::Json {
                let record: serde_json::Value = serde_json::from_str(drawn.lines().next().unwrap()).unwrap();
                assert!(record["message"].as_str().unwrap().contains(COMMANDS), "programs read what is there");
            } else {
                assert!(drawn.contains("\\u{1b}[31m") && drawn.contains("\\u{9b}2J"), "{format:?}: {drawn}");
            }
        }
    }
}

#[test]
fn a_mark_stays_below_its_word_where_characters_are_replaced() {
    let text = "a\u{9b}b = 1\n";
    assert_data_eq!(
        draw(text, at(text, "= 1"), Format::Text, Lang::En),
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
fn what_was_acknowledged_is_shown_with_its_reason() {
    let mut sources = Sources::default();
    let source = sources.add("a/2023.md", SHEET);
    let message = say!(ja: "合いません", en: "it does not add up");
    let help = say!(ja: "比べてください", en: "compare them");
    let diagnostic = Diagnostic::new(Rule::PartSum, Span::new(source, at(SHEET, "指標")), message).help(help);
    let shelf = LocatedSources { sources: &sources, folder: Path::new("content") };
    let shown = |format, lang| {
        let entry = Reported { diagnostic: &diagnostic, reason: Some("資料のとおり") };
        Console { lang, format }.entry(&entry, &shelf, &Renderer::plain())
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
  = 理由: 資料のとおり


"#]]
    );
    assert_data_eq!(
        shown(Format::Short, Lang::En),
        str![[r#"
content/a/2023.md:3:1: acknowledged[part-sum]: it does not add up (reason: 資料のとおり)

"#]]
    );
    assert_data_eq!(
        shown(Format::Github, Lang::En),
        str![[r#"
::notice file=content/a/2023.md,line=3,endLine=3,col=1,endColumn=3,title=part-sum::it does not add up%0Areason: 資料のとおり

"#]]
    );
    assert_data_eq!(shown(Format::Json, Lang::En), str![[r#"
{"path":"content/a/2023.md","line":3,"column":1,"end_line":3,"end_column":3,"severity":"acknowledged","rule":"part-sum","message":"it does not add up","help":"compare them","reason":"資料のとおり"}

"#]].raw());
}
