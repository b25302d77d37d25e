//! Proposals for invented ledgers of other shapes: three rows of headings with years and phases, and a CSV file with
//! totals, spacer rows and a second table.

use super::proposals::{HEAD, answered, assert_refused, parsed, suggest_for, texts};
use super::{files, shown, text};
use crate::ledger::{CellCounts, LedgerFile, Outcome, Suggestion, read, suggest};
use crate::spreadsheet::{Worksheet, read_csv};
use std::fmt::Write;

/// Worksheet with the texts of rows.
fn sheet(rows: &[Vec<String>]) -> Worksheet {
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    super::sheet(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

fn row(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// Answers a proposal for one file and reads it.
fn read_answered(suggestion: &Suggestion, answers: &[(&str, &str)], file: &'static str, sheet: Worksheet) -> Outcome {
    assert_refused(suggestion);
    let text = answered(&suggestion.text, &[&HEAD[..], answers].concat(), |is| panic!("{is}"));
    let outcome = read(&parsed(&text), &files([(file, sheet)]));
    assert_eq!(shown(&outcome), Vec::<String>::new(), "{text}");
    outcome
}

/// Four years with budget and settlement, each with sources of funding, staff and costs; 8-digit codes.
fn city_of_years() -> Worksheet {
    const SOURCES: [&str; 8] =
        ["国庫支出金", "市債", "その他特財", "一般財源", "事業費A", "人工", "人件費B", "総コスト"];
    let mut years = row(&["", "", "", "", "", "", "", ""]);
    let mut phases = years.clone();
    let mut headings =
        row(&["事業コード", "事務事業名", "政策コード", "政策名", "所管局", "所管課", "担当者氏名", "達成度"]);
    for year in ["令和4年度", "令和5年度", "令和6年度", "令和7年度"] {
        for phase in ["予算", "決算（見込）"] {
            years.extend(row(&[if phase == "予算" { year } else { "" }, "", "", "", "", "", "", ""]));
            phases.extend(row(&[phase, "", "", "", "", "", "", ""]));
            headings.extend(row(&SOURCES));
        }
    }
    headings.push("事業の概要".to_owned());
    let mut rows = vec![row(&["架空市 事務事業一覧（単位：千円）"]), Vec::new(), years, phases, headings];
    for n in 0..40_u32 {
        let mut cells = row(&[
            &format!("{:08}", 10_101_010 + n * 111),
            &format!("架空の事務事業{n}"),
            &format!("{:02}", n % 5 + 1),
            ["安全", "福祉", "教育", "産業", "環境"][n as usize % 5],
            ["架空局", "別の局"][n as usize % 2],
            &format!("第{}課", n % 7),
            &format!("秘匿 {n}郎"),
            &(n % 5 + 1).to_string(),
        ]);
        for block in 0..8 {
            if block == 7 {
                // The last settlement is not known yet.
                cells.extend(row(&["", "", "", "", "", "", "", ""]));
                continue;
            }
            let sources = [n * 10 + block, n % 3 * 100, 5, 1_000 + n * block];
            let (cost, labour) = (sources.iter().sum::<u32>(), n * 8);
            cells.extend(sources.map(crate::model::grouped));
            cells.extend([cost.to_string(), format!("{}.5", n % 4), labour.to_string(), (cost + labour).to_string()]);
        }
        cells.push(format!("架空の事務事業{n}を行います。\n対象は市民です。"));
        rows.push(cells);
    }
    sheet(&rows)
}

#[test]
fn years_and_phases_in_rows_above_the_headings() {
    let sheet = city_of_years();
    let mut suggestion = suggest_for(&[("ichiran.xlsx", &sheet)]);
    for part in [
        "header = 5 ",
        "every = 16",
        "years = [\"R4\", \"R5\", \"R6\", \"R7\"]",
        "money_unit = \"千円\"",
        "policy.id = \"C 政策コード\"",
        "\"G 担当者氏名\" = \"個人の名（個人に関する情報）\"",
        "phase = \"budget\"",
        "sum = [\"base\", \"jinkenhi\"]",
    ] {
        assert!(suggestion.text.contains(part), "{part}\n{}", suggestion.text);
    }
    assert!(!suggestion.text.contains("秘匿"), "{}", suggestion.text);
    // 決算（見込） is no settlement without a decision.
    assert_eq!(suggestion.text.matches("phase = \"?\"").count(), 4, "{}", suggestion.text);
    let staff = suggestion.text.rfind("[[table.staff]]").unwrap();
    let settled = suggestion.text.split_off(staff).replacen("phase = \"?\"", "phase = \"actual\"", 1);
    suggestion.text += &settled;
    let answers =
        [("marks = \"?\"", "marks = [\"1\", \"2\", \"3\", \"4\", \"5\"]"), ("phase = \"?\"", "phase = \"settlement\"")];
    let outcome = read_answered(&suggestion, &answers, "ichiran.xlsx", sheet);
    let counts = outcome.counts;
    assert_eq!((counts.programs, counts.marks, counts.passages), (40, 40, 40));
    assert_eq!((counts.amounts.numbers, counts.amounts.blank, counts.wrong_sums), (40 * 7 * 8, 40 * 8, 0));
    assert_eq!(counts.sums, 40 * 7 * 2);
    let first = text(&outcome, "kakuu/programs/10101010/2025.md");
    for line in [
        "budget.R4 = { value = \"1005\", funding = { kuni = \"0\", ",
        "settlement.R6 = { value = \"1010\"",
        "actual.R5 = \"0.5\"",
    ] {
        assert!(first.contains(line), "{line}\n{first}");
    }
    assert!(!first.contains("settlement.R7") && !texts(&outcome).contains("秘匿"));
}

/// A CSV file with titles, spacer rows, a total and a second table.
fn csv() -> String {
    let mut csv = "架空市 事業別決算一覧,,,,,,\r\n（単位：円）,,,,,,\r\n,,,,,,\r\n".to_owned();
    csv += "事業番号,事業名,所管課,令和元年度（2019年度）決算額,令和2年度（2020年度）決算額,3年度（2021年度）予算額,問い合わせ先\r\n";
    let mut sums = [0; 3];
    for n in 0..24_u32 {
        if n > 0 && n.is_multiple_of(8) {
            csv += ",,,,,,\r\n";
        }
        let amounts = [n * 1_000, n * 1_100, n * 1_200];
        sums = [sums[0] + amounts[0], sums[1] + amounts[1], sums[2] + amounts[2]];
        let [a, b, c] = amounts
            .map(|amount| if amount == 0 { "－".to_owned() } else { format!("\"{}\"", crate::model::grouped(amount)) });
        writeln!(csv, "{:04},架空事業①{n},第{}課,{a},{b},{c},019-000-{n:04}\r", n + 86, n % 3).unwrap();
    }
    writeln!(csv, "合計,,,{},{},{},\r\n,,,,,,\r", sums[0], sums[1], sums[2]).unwrap();
    csv + "款別の予算,,,,,,\r\n款,予算額,前年度,,,,\r\n総務費,100,90,,,,\r\n民生費,200,180,,,,\r\n土木費,300,310,,,,\r\n"
}

#[test]
fn totals_spacer_rows_and_a_second_table_of_a_csv_file() {
    let bytes = encoding_rs::SHIFT_JIS.encode(&csv()).0.into_owned();
    let (workbook, encoding) = read_csv(&bytes, None).unwrap();
    let sheet = workbook.sheets[0].clone();
    let suggestion = suggest(&[LedgerFile { name: "kessan.csv".to_owned(), workbook, encoding: Some(encoding) }]);
    for part in [
        "encoding = \"cp932\"",
        "header = 4 ",
        "rows = \"5..30\"",
        "expect = 24 ",
        "31 行目は合計の行",
        "column.R1 = \"D 令和元年度（2019年度）決算額\"",
        "column.R2 = \"E 令和2年度（2020年度）決算額\"",
        "column.R3 = \"F 3年度（2021年度）予算額\"",
        "money_unit = \"円\"",
        "missing = [\"－\"]",
        "\"G 問い合わせ先\" = \"連絡先（内容による判定）\"",
        "key = \"?\"",
    ] {
        assert!(suggestion.text.contains(part), "{part}\n{}", suggestion.text);
    }
    assert!(!suggestion.text.contains("019-000"), "{}", suggestion.text);
    assert_eq!(suggestion.tables, 2);
    // The person does not use the second table.
    let second = suggestion.text.rfind("[[table]]\n").unwrap();
    assert_refused(&suggestion);
    let first = Suggestion { text: suggestion.text[..second].to_owned(), ..suggestion };
    let outcome = read_answered(&first, &[], "kessan.csv", sheet);
    assert_eq!(outcome.counts.programs, 24);
    assert_eq!(outcome.counts.amounts, CellCounts { numbers: 69, zeros: 0, missing: 3, words: 0, blank: 0 });
    let program = text(&outcome, "kakuu/programs/0088/2025.md");
    assert_eq!(
        program,
        "+++\n[money]\nbudget.R3 = \"2,400\"\nsettlement.R1 = \"2,000\"\nsettlement.R2 = \"2,200\"\n+++\n"
    );
}
