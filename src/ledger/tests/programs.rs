//! An invented ledger in the long, joined form of the national review of programs: one CSV file per subject, joined by
//! the id of the program, with a row per year for money and several rows for each indicator.

use super::{assert_errors, files, shown, text};
use crate::ledger::{CellCounts, LedgerFiles, Mapping, read};
use crate::spreadsheet::{CellRef, Worksheet};

const PROGRAMS: usize = 60;
/// Programs of the office that the mapping selects.
const SELECTED: usize = 20;
const YEARS: std::ops::RangeInclusive<i32> = 2021..=2024;

fn table(rows: Vec<Vec<String>>) -> Worksheet {
    let mut sheet = Worksheet::default();
    for (row, texts) in (0..).zip(rows) {
        for (column, text) in (0..).zip(texts) {
            super::set(&mut sheet, CellRef::new(row, column), &text);
        }
    }
    sheet
}

fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

/// Money: a summary row per year, which has no account, and rows of details, which repeat its amount.
pub(super) fn money() -> Worksheet {
    let mut rows = vec![texts([
        "シート種別",
        "予算事業ID",
        "事業名",
        "府省庁",
        "局・庁",
        "課",
        "予算年度",
        "会計区分",
        "当初予算(合計)",
        "執行額（合計）",
    ])];
    for n in 0..PROGRAMS {
        let office = ["架空庁", "別の庁", "第三庁"][n % 3];
        for year in YEARS {
            for account in ["", "一般会計"] {
                let settlement = if year == 2024 { "0".to_owned() } else { (n * 1_000).to_string() };
                let mut row =
                    texts(["2-1", &format!("{:06}", n + 1), &format!("架空の事業{n}"), office, "架空局", "企画課"]);
                row.extend([year.to_string(), account.to_owned(), (n * 1_100).to_string(), settlement]);
                rows.push(row);
            }
        }
    }
    table(rows)
}

/// Targets: each indicator has four rows, and a column for each year.
pub(super) fn targets() -> Worksheet {
    let mut heading = texts(["予算事業ID", "番号", "種別", "指標", "単位", "向き", "目標／実績"]);
    heading.extend((2020..=2026).map(|year| year.to_string()));
    let mut rows = vec![heading];
    for n in 0..PROGRAMS {
        for k in 0..=n % 3 {
            for kind in ["1.目標年度", "2.目標値", "3.実績値", "4.達成率"] {
                let mut row = texts([
                    &format!("{:06}", n + 1),
                    &(k + 1).to_string(),
                    ["活動指標", "成果指標"][k % 2],
                    &format!("架空の指標{n}-{k}"),
                    "件",
                    ["上向き", "下向き"][k % 2],
                    kind,
                ]);
                row.extend((2020..=2026).map(|year| match (kind, year) {
                    ("2.目標値", 2022..) => (n + k).to_string(),
                    ("3.実績値", 2021..=2023) => {
                        if n == 9 {
                            "－".to_owned()
                        } else {
                            format!("{n}.{k}")
                        }
                    }
                    _ => String::new(),
                }));
                rows.push(row);
            }
        }
    }
    table(rows)
}

pub(super) const MAPPING: &str = r#"
strategy = "review"
title = "事業の点検"
publisher = "架空庁"
edition = { id = "2024", year = "R5", label = "令和6年度 点検" }
money_unit = "円"
missing = ["ー", "－"]
[[table]]
file = "2-1.csv"
where = { "会計区分" = "", "府省庁" = "架空庁" }
year = "予算年度"
[table.node]
program = { id = "予算事業ID", name = "事業名", department = ["局・庁", "課"] }
[[table.money]]
column = "当初予算(合計)"
phase = "budget"
[[table.money]]
column = "執行額（合計）"
phase = "settlement"
years = "..2023"
[table.ignore]
"シート種別" = "すべて同じ"
[[table]]
file = "3-1.csv"
key = "予算事業ID"
others = "ignore"
[[table.long]]
row = "目標／実績"
rows = { "2.目標値" = "target", "3.実績値" = "actual", "1.目標年度" = "ignore", "4.達成率" = "ignore" }
group = ["番号", "種別"]
id = { counted = "shihyo" }
name = "指標"
unit = "単位"
role = "種別"
better = { column = "向き", "上向き" = "higher", "下向き" = "lower" }
years = "2020..2026"
"#;

fn ledger() -> LedgerFiles {
    files([("2-1.csv", money()), ("3-1.csv", targets())])
}

#[test]
fn counts_equal_those_of_the_generator() {
    let outcome = read(&Mapping::parse(MAPPING).unwrap(), &ledger());
    assert_eq!(shown(&outcome), Vec::<String>::new());
    let counts = outcome.counts;
    let indicators: usize = (0..PROGRAMS).step_by(3).map(|n| n % 3 + 1).sum();
    assert_eq!((counts.programs, counts.indicators), (SELECTED, indicators));
    // Four budgets and three settlements each; those of the first program are 0.
    let amounts = CellCounts { numbers: SELECTED * 7, zeros: 7, ..CellCounts::default() };
    assert_eq!(counts.amounts, amounts);
    // Five targets and three actual values of fourteen cells; program 9 has none of the latter.
    let (numbers, zeros) = (indicators * 8 - 3, 5 + 3);
    assert_eq!(counts.figures, CellCounts { numbers, zeros, missing: 3, words: 0, blank: indicators * 6 });
}

#[test]
fn rows_of_one_indicator_are_joined() {
    let outcome = read(&Mapping::parse(MAPPING).unwrap(), &ledger());
    assert!(text(&outcome, "review/strategy.toml").ends_with("[[program]]\nid = \"000058\"\n"));
    let program = text(&outcome, "review/programs/000004/program.md");
    assert_eq!(
        program,
        "+++\nname = \"架空の事業3\"\ndepartment = \"架空局 企画課\"\n\n[[indicator]]\nid = \"shihyo-1\"\nname = \"架空の指標3-0\"\nunit = \"件\"\nrole = \"活動指標\"\nbetter = \"higher\"\n+++\n"
    );
    let sheet = text(&outcome, "review/programs/000004/2024.md");
    assert!(sheet.starts_with("+++\n[indicator.shihyo-1]\nactual.R3 = \"3.0\"\n"), "{sheet}");
    assert!(sheet.contains("target.R8 = \"3\"\n\n[money]\nbudget.R3 = \"3300\"\n"), "{sheet}");
    assert!(sheet.ends_with("settlement.R5 = \"3000\"\n+++\n"), "{sheet}");
}

#[test]
fn rows_that_would_be_counted_twice_or_lost_are_errors() {
    // Without the condition, the details repeat the summary.
    let mapping =
        MAPPING.replace("\"会計区分\" = \"\", ", "").replace("\"シート種別\"", "\"会計区分\" = \"\"\n\"シート種別\"");
    let outcome = read(&Mapping::parse(&mapping).unwrap(), &ledger());
    assert_errors(
        &outcome,
        &[
            "I3（当初予算(合計)）: 令和3年度の値は I2 にもあります（この列の 80 セル: I3、I5、I7、I9、I27 など）",
            "J3（執行額（合計））: 令和3年度の値は J2 にもあります（この列の 60 セル: J3、J5、J7、J27、J29 など）",
        ],
    );
    let mapping = MAPPING.replace("others = \"ignore\"\n", "");
    let outcome = read(&Mapping::parse(&mapping).unwrap(), &ledger());
    assert_errors(&outcome, &["3-1.csv › A6（予算事業ID）: 番号がほかの表にない行が 400 行あります"]);
}

#[test]
fn kinds_of_rows_are_declared() {
    let mapping = MAPPING.replace(", \"4.達成率\" = \"ignore\"", "");
    let outcome = read(&Mapping::parse(&mapping).unwrap(), &ledger());
    let expect = "G5（目標／実績）: 行の種類「4.達成率」が対応表にありません（この列の 20 セル";
    assert_errors(&outcome, &[expect]);
}
