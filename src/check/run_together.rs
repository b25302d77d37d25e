//! The rule `run-together`.

use super::visit::for_each_prose;
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, Span, say};
use crate::markdown;
use crate::model::{Prose, Report};

pub(super) const LINT: Lint = Lint {
    rule: Rule::RunTogether,
    title: Bilingual {
        ja: "見出し・箇条書き・表のつもりの行が、前後の文とつながってしまう",
        en: "a heading, list or table that Markdown joins with adjacent lines",
    },
    explanation: Bilingual {
        ja: "Word や Excel では見出し・箇条書き・表に見える行でも、Markdown では前後の行とつながって一つの文にな\
             ります。1行だけの段落の行頭の記号は、そのままで構いません。",
        en: "Lines that look like a heading, a list or a table in Word or Excel are joined with adjacent lines by \
             Markdown. A symbol at the beginning of a single-line paragraph is not reported.",
    },
    example: concat!("##今後の取組\n", "・相談窓口を置く\n", "・講座を開く"),
    remedy: Bilingual {
        ja: "`## 今後の取組`、`- 相談窓口を置く` のように書いてください。表は `| 年度 | 件数 |` と、\
             その下に `|---|---|` です。",
        en: "Write `## 今後の取組`, `- 相談窓口を置く`, and tables as `| 年度 | 件数 |` with `|---|---|` below.",
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for_each_prose(report, |prose, title| check_text(prose, title, findings));
}

/// Reports the first malformed line of each construct in a text.
fn check_text(prose: &Prose, title: &str, findings: &mut Findings) {
    let (mut previous_line, mut in_table, mut found) = ("", false, Vec::new());
    let code_blocks = markdown::code_blocks(&prose.markdown);
    let mut end = 0;
    let mut lines = prose.markdown.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let text = line.trim();
        let start = end + line.len() - line.trim_start().len();
        end += line.len();
        if code_blocks.iter().any(|block| block.contains(&start)) {
            (previous_line, in_table) = ("", false);
            continue;
        }
        if let Some(construct) =
            intended_construct(previous_line, text, in_table, || lines.peek().map_or("", |line| line.trim()))
            && !found.contains(&construct)
        {
            let start = prose.span.range().start + start;
            let (message, help) = construct.message_and_help(text);
            findings.add(Span::new(prose.span.source, start..start + text.len()), title, message, help);
            found.push(construct);
        }
        // A table extends to the next blank line.
        in_table = !text.is_empty() && (in_table || is_delimiter_row(text) && previous_line.contains('|'));
        previous_line = text;
    }
}

/// Markdown construct that a line was probably meant to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Construct {
    Heading,
    /// A title that begins with a symbol, followed directly by text.
    Title,
    Item,
    Row,
    /// A row of cells separated by tabs, directly below a table.
    Pasted,
}

/// Construct that a line was probably meant to be but is not parsed as; `None` if the line is fine. Lines are
/// passed without indentation.
fn intended_construct<'t>(
    previous_line: &str,
    line: &str,
    in_table: bool,
    below: impl FnOnce() -> &'t str,
) -> Option<Construct> {
    match line.chars().next()? {
        _ if in_table => (line.contains('\t') && !line.contains('|')).then_some(Construct::Pasted),
        '#' | '＃' => {
            let title = line.trim_start_matches(['#', '＃']);
            let is_heading = !line.contains('＃') && (title.is_empty() || title.starts_with([' ', '\t']));
            (!is_heading).then_some(Construct::Heading)
        }
        '■' | '□' | '◆' | '◇' | '●' | '○' | '◎' | '▼' | '【' if previous_line.is_empty() => {
            // A title is short, does not end like a sentence, and is not followed by another symbol.
            let is_title = line.chars().count() <= 40 && !line.ends_with(['。', '、', '，', '．', '）', ')']);
            let below = if is_title { below() } else { "" };
            let marked = below.starts_with(|c| "・•●○■□◆◇◎▼▪※【#-*+|>0123456789".contains(c));
            (!below.is_empty() && !marked).then_some(Construct::Title)
        }
        '・' | '•' | '●' | '○' | '■' | '□' | '◆' | '◇' | '▪' | '※' => {
            (!previous_line.is_empty()).then_some(Construct::Item)
        }
        '|' if previous_line.starts_with('|') => None,
        '|' => {
            let below = below();
            (below.starts_with('|') && !is_delimiter_row(below)).then_some(Construct::Row)
        }
        _ => (line.contains('\t') && below().contains('\t')).then_some(Construct::Row),
    }
}

/// Returns true if a line is the delimiter row of a table.
fn is_delimiter_row(line: &str) -> bool {
    line.contains('-') && line.contains('|') && line.chars().all(|c| "|-: ".contains(c))
}

impl Construct {
    /// Message and help for `line`.
    fn message_and_help(self, line: &str) -> (Bilingual, Bilingual) {
        match self {
            Construct::Heading => {
                let title = line.trim_start_matches(['#', '＃', ' ', '　']);
                let marks = "#".repeat(line.chars().take_while(|c| ['#', '＃'].contains(c)).count());
                (
                    say!(ja: "見出しのつもりの行が、通常の文になります", en: "this heading is rendered as plain text"),
                    say!(ja: "半角で `{marks} {title}` と書いてください", en: "write `{marks} {title}`"),
                )
            }
            Construct::Title => {
                let marks = ['■', '□', '◆', '◇', '●', '○', '◎', '▼', '【', '】', ' ', '　'];
                let title = line.trim_matches(marks);
                (
                    say!(ja: "見出しのつもりの行が、下の文とつながって表示されます", en: "this title is joined with the text below it"),
                    say!(
                        ja: "見出しなら `### {title}` と書き、そうでなければ次の行との間に空の行を入れてください",
                        en: "write `### {title}` for a heading, or insert a blank line below it"
                    ),
                )
            }
            Construct::Pasted => {
                let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
                let row = cells.join(" | ");
                (
                    say!(ja: "Excel から貼り付けた行が、表の一つのセルに入ってしまいます", en: "this row pasted from Excel becomes a single cell of the table"),
                    say!(ja: "`| {row} |` と書いてください", en: "write `| {row} |`"),
                )
            }
            Construct::Item => {
                let item = line.chars().skip(1).collect::<String>();
                let item = item.trim_start_matches([' ', '　']);
                (
                    say!(ja: "この行は、上の行とつながって表示されます", en: "this line is joined with the one above it"),
                    say!(
                        ja: "箇条書きなら `- {item}` と書き、段落を分けるなら前に空の行を入れてください",
                        en: "write `- {item}` for a list item, or insert a blank line above it for a paragraph"
                    ),
                )
            }
            Construct::Row => {
                let line = line.trim_matches('|');
                let cells: Vec<&str> = line.split(['\t', '|']).map(str::trim).collect();
                let (row, rule) = (cells.join(" | "), "|---".repeat(cells.len()));
                (
                    say!(ja: "表のつもりの行が、つながって一つの文になります", en: "these table rows are joined into one paragraph"),
                    say!(
                        ja: "1行目を `| {row} |`、2行目を `{rule}|` とし、あとの行も `|` で区切ってください",
                        en: "write `| {row} |`, below it `{rule}|`, and separate the cells of the other rows with `|` too"
                    ),
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn check(text: &str, expect: &[&str]) {
        let sheet = format!("+++\n+++\n## 成果\n{text}\n");
        Fixture::new().with(program("a", "")).file("programs/a/2023.md", &sheet).assert_finds("run-together", expect);
    }

    #[test]
    fn reports_malformed_headings() {
        check("文。\n\n### 今後\n文。", &[]);
        check("文。\n\n###今後\n文。", &["programs/a/2023.md:6"]);
        check("＃＃　今後\n文。", &["programs/a/2023.md:4"]);
        check("#", &[]);
    }

    #[test]
    fn reports_list_items_without_list_syntax() {
        check("・一つだけ", &[]);
        check("次のとおり。\n・一\n　・二", &["programs/a/2023.md:5"]);
        check("次のとおり。\n\n- 一\n- 二", &[]);
        check("```\n例\n・一\n```", &[]);
        check("~~~\n例\n・一\n~~~\n・二", &[]);
        check("````\n```\n例\n・一\n````", &[]);
        check("文。\n\n    例\n    ・一", &[]);
        check("~~~\n例\n~~~\n文。\n・一", &["programs/a/2023.md:8"]);
    }

    #[test]
    fn reports_titles_joined_with_their_text() {
        check("■今後の取組\n相談窓口を置く。", &["programs/a/2023.md:4"]);
        check("文。\n\n【成果】\n登録が進んだ。", &["programs/a/2023.md:6"]);
        check("■今後の取組\n\n相談窓口を置く。", &[]);
        check("■相談窓口を置いて、\n登録を進めた。", &[]);
        check("・相談窓口\n　を置く", &[]);
    }

    #[test]
    fn reports_rows_without_table_syntax() {
        check("年度\t件数\nR5\t12", &["programs/a/2023.md:4"]);
        check("| 年度 | 件数 |\n| R5 | 12 |", &["programs/a/2023.md:4"]);
        check("| 年度 | 件数 |\n|:---|---|\n| R5 | 12 |", &[]);
        check("| 年度 | 件数 |\n|:---|---|\n| R5 | 12 |\nR6\t13", &["programs/a/2023.md:7"]);
        check("年度 | 件数\n---|---\nR5\t12", &["programs/a/2023.md:6"]);
        check("| 年度 | 件数 |\n|:---|---|\n| R5 | 12\t件 |", &[]);
    }
}
