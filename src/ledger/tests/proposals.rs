//! Proposed mapping files: of invented ledgers for which a mapping was written by hand, and of others. A person answers
//! the questions (`"?"`), and then the ledger is read without errors.

use super::roles::{Roles, roles};
use super::wide::City;
use super::{files, programs, shown};
use crate::ledger::{LedgerFile, Mapping, Outcome, Suggestion, read, suggest};
use crate::spreadsheet::{Workbook, Worksheet};
use proptest::prelude::ProptestConfig;
use std::collections::BTreeSet;

/// Proposal for files with one worksheet each.
pub fn suggest_for(sheets: &[(&str, &Worksheet)]) -> Suggestion {
    let file = |(name, sheet): &(&str, &Worksheet)| LedgerFile {
        name: (*name).to_owned(),
        workbook: Workbook { sheets: vec![(*sheet).clone()] },
        encoding: None,
    };
    suggest(&sheets.iter().map(file).collect::<Vec<_>>())
}

/// The proposal with each `"?"` answered. An answer replaces at least one line. Corrections are answered by
/// their cells: `corrected` returns `to` and further keys.
pub fn answered(text: &str, answers: &[(&str, &str)], corrected: impl Fn(&str) -> String) -> String {
    let mut unused: BTreeSet<&str> = answers.iter().map(|(question, _)| *question).collect();
    let mut is = String::new();
    let mut lines = Vec::new();
    for line in text.lines() {
        let key = line.split("  #").next().unwrap().trim_end();
        if let Some(text) = key.strip_prefix("is = ") {
            is = text.trim_matches('"').to_owned();
        }
        let answer = answers.iter().find(|(question, _)| *question == key);
        lines.push(match (answer, key) {
            (Some((question, answer)), _) => {
                unused.remove(question);
                (*answer).to_owned()
            }
            (None, "to = \"?\"") => corrected(&is),
            (None, "why = \"?\"") => "why = \"確認済み\"".to_owned(),
            (None, _) => line.to_owned(),
        });
    }
    assert!(unused.is_empty(), "not asked: {unused:?}\n{text}");
    lines.join("\n")
}

/// The answers that every proposal needs.
pub const HEAD: [(&str, &str); 6] = [
    ("strategy = \"?\"", "strategy = \"kakuu\""),
    ("title = \"?\"", "title = \"架空市 事務事業評価\""),
    ("publisher = \"?\"", "publisher = \"架空市\""),
    ("edition.id = \"?\"", "edition.id = \"2025\""),
    ("edition.year = \"?\"", "edition.year = \"R6\""),
    ("edition.label = \"?\"", "edition.label = \"令和7年度 評価\""),
];

pub fn parsed(text: &str) -> Mapping {
    Mapping::parse(text).unwrap_or_else(|errors| {
        let errors: Vec<_> = errors.iter().map(|e| format!("{}: {}", e.place.describe("map"), e.message.ja)).collect();
        panic!("{errors:#?}\n{text}")
    })
}

/// Asserts that an unanswered proposal is refused at the lines with `"?"`, and nowhere else.
pub fn assert_refused(suggestion: &Suggestion) {
    let errors = Mapping::parse(&suggestion.text).unwrap_err();
    let lines: BTreeSet<String> = errors.iter().map(|error| error.place.describe("map")).collect();
    let asked =
        (1..).zip(suggestion.text.lines()).filter(|(_, line)| line.split("# ").next().unwrap().contains("\"?\""));
    let asked: BTreeSet<String> = asked.map(|(line, _)| format!("map:{line}")).collect();
    assert_eq!(lines, asked, "{}", suggestion.text);
    assert!(errors.iter().all(|error| error.message.ja.contains("「?」のまま")), "{errors:?}");
}

/// Number of columns with the roles of `expect`, and those with others that are no question.
fn compared(suggestion: &Suggestion, found: &Roles, expect: &Roles) -> (usize, Vec<String>) {
    let mut right = 0;
    let mut wrong = Vec::new();
    for (column, roles) in expect {
        let found = found.get(column);
        let question = format!("\"{} ", column.1);
        let is_asked = |line: &str| line.starts_with(&question) && line.contains("= \"?\"");
        if found == Some(roles) {
            right += 1;
        } else if !suggestion.text.lines().any(is_asked) {
            wrong.push(format!("{}: {found:?} instead of {roles:?}", column.1));
        }
    }
    (right, wrong)
}

#[test]
fn a_wide_ledger_is_mapped_as_by_hand() {
    let city = City::generate();
    let suggestion = suggest_for(&[("daicho.xlsx", &city.sheet)]);
    assert_refused(&suggestion);
    assert!(!suggestion.text.contains("秘匿"));
    let answers = [
        ("money_unit = \"?\"", "money_unit = \"千円\""),
        ("\"goal:05\" = \"?\"", "\"goal:05\" = \"政策5\""),
        ("years = \"?\"", "years = [\"R2\", \"R3\", \"R4\", \"R5\", \"R6\", \"R7\"]"),
        ("past = \"?\"", "past = \"..R6\""),
        ("decimals = \"?\"", "decimals = 2"),
        ("marks = \"?\"", "marks = [\"１　現状維持\", { mark = \"廃止\", ends = true }]"),
        ("marks.\"0\" = \"?\"", "marks.\"0\" = \"missing\""),
    ];
    let text = answered(&suggestion.text, &[&HEAD[..], &answers].concat(), |is| match is {
        "0" => "to = \"0000\"".to_owned(),
        "18" => "to = \"\"".to_owned(),
        words => format!("to = \"{words}\"\nwords = true"),
    });
    let mapping = parsed(&text);
    // By hand, the prose in AY to BA was left out.
    let by_hand = city.mapping(&city.fixes).replace("\"AX..BA\"", "\"AX\"");
    let words = "[[table.words]]\nheading = \"対象\"\ncolumn = \"AY 対象\"\n[[table.words]]\nheading = \"意図\"\n\
                 column = \"AZ 意図\"\n[[table.words]]\nheading = \"結果\"\ncolumn = \"BA 結果\"\n[table.ignore]";
    let by_hand = parsed(&by_hand.replacen("[table.ignore]", words, 1));
    let sheet = |_: &str| &city.sheet;
    let expect = roles(&by_hand, sheet);
    let (right, wrong) = compared(&suggestion, &roles(&mapping, sheet), &expect);
    assert_eq!((wrong, right), (Vec::new(), expect.len()), "every column is mapped as by hand");
    let outcome = read(&mapping, &files([("daicho.xlsx", city.sheet.clone())]));
    assert_eq!(shown(&outcome), Vec::<String>::new());
    let (counts, expect) = (outcome.counts, city.expect);
    assert_eq!(
        (counts.programs, counts.indicators, counts.without_unit, counts.figures, counts.amounts, counts.sums),
        (expect.programs, expect.indicators, expect.without_unit, expect.figures, expect.amounts, expect.sums)
    );
    assert!(!texts(&outcome).contains("秘匿"));
}

/// All texts of the generated files.
pub fn texts(outcome: &Outcome) -> String {
    outcome.proposal.files.iter().map(|(_, text)| text.as_str()).collect()
}

#[test]
fn joined_tables_in_the_long_form_are_mapped_as_by_hand() {
    let (money, targets) = (programs::money(), programs::targets());
    let suggestion = suggest_for(&[("2-1.csv", &money), ("3-1.csv", &targets)]);
    assert_refused(&suggestion);
    let answers = [("money_unit = \"?\"", "money_unit = \"円\""), ("years = \"?\"", "years = \"..2023\"")];
    let text = answered(&suggestion.text, &[&HEAD[..], &answers].concat(), |is| panic!("{is}"));
    let mapping = parsed(&text);
    // By hand, the programs of one office were selected, and a second column named that the group does not need.
    let by_hand = programs::MAPPING
        .replace(", \"府省庁\" = \"架空庁\"", "")
        .replace("[\"局・庁\"", "[\"府省庁\", \"局・庁\"")
        .replace("group = [\"番号\", \"種別\"]", "group = \"番号\"")
        .replace("others = \"ignore\"\n", "");
    let sheet = |file: &str| if file == "2-1.csv" { &money } else { &targets };
    let expect = roles(&parsed(&by_hand), sheet);
    let (right, wrong) = compared(&suggestion, &roles(&mapping, sheet), &expect);
    assert_eq!((wrong, right), (Vec::new(), expect.len()), "every column is mapped as by hand");
    let outcome = read(&mapping, &files([("2-1.csv", money), ("3-1.csv", targets)]));
    assert_eq!(shown(&outcome), Vec::<String>::new());
    assert_eq!(outcome.counts.programs, 60);
}

/// Headings and texts of which random tables are made.
const HEADINGS: [&str; 30] = [
    "No.",
    "事業番号",
    "事務事業名",
    "施策番号",
    "施策名",
    "政策番号 十の位",
    "政策名",
    "担当課",
    "担当",
    "電話",
    "令和6年度",
    "R5決算額",
    "R6予算額",
    "2024",
    "国庫支出金",
    "一般財源",
    "事業費計",
    "人工",
    "人件費",
    "指標名",
    "単位",
    "目標値",
    "実績値",
    "評価",
    "理由",
    "会計",
    "款",
    "項",
    "",
    "備考, \"その他\"..など",
];
const TEXTS: [&str; 24] = [
    "",
    "",
    "1",
    "2",
    "0001",
    "0002",
    "12",
    "1,234",
    "-",
    "－",
    "0",
    "Ａ",
    "Ｂ",
    "○",
    "人",
    "件",
    "福祉課",
    "見守り事業",
    "架空 太郎",
    "019-000-0000",
    "文章です。\n二行目",
    "2.目標値",
    "3.実績値",
    "合計",
];

proptest::proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_table_gives_a_mapping_with_questions_only(
        headings in proptest::collection::vec(0..HEADINGS.len(), 1..12),
        rows in proptest::collection::vec(proptest::collection::vec(0..TEXTS.len(), 0..12), 0..12),
        titles in 0..3_usize,
    ) {
        let mut table: Vec<Vec<&str>> = vec![vec!["架空市の一覧（令和6年度）"]; titles];
        table.push(headings.iter().map(|at| HEADINGS[*at]).collect());
        table.extend(rows.iter().map(|row| row.iter().map(|at| TEXTS[*at]).collect()));
        let sheet = super::sheet(&table.iter().map(Vec::as_slice).collect::<Vec<_>>());
        let suggestion = suggest_for(&[("t.csv", &sheet)]);
        if suggestion.tables > 0 {
            assert_refused(&suggestion);
        }
        proptest::prop_assert!(!suggestion.text.contains("019-000-0000"), "{}", suggestion.text);
    }
}
