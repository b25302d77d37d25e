//! Rows of headings that `shirube ledger map` finds, and what labels above the headings state.

use super::proposals::{assert_refused, suggest_for};
use super::sheet;
use crate::ledger::Suggestion;

/// Proposal for a table with the given rows.
fn proposal(rows: &[Vec<String>]) -> Suggestion {
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let suggestion = suggest_for(&[("t.csv", &sheet(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>()))]);
    assert_refused(&suggestion);
    suggestion
}

fn row(texts: &str) -> Vec<String> {
    texts.split(',').map(str::to_owned).collect()
}

/// Four groups of columns with the same headings, below the given labels.
fn groups(labels: [&str; 4], is_repeated: bool) -> Suggestion {
    let label = |n: usize| if is_repeated || n.is_multiple_of(4) { labels[n / 4] } else { "" }.to_owned();
    let mut above = row("基本情報,,");
    above.extend((0..16).map(label));
    above.push("評価".to_owned());
    let mut headings = row("事務事業コード,事務事業名,担当課");
    headings.extend((0..4).flat_map(|_| row("国庫支出金,一般財源,事業費(A),人件費(B)")));
    headings.push("今後の方向性".to_owned());
    let rows = (0..12).map(|n| {
        let mut cells = row(&format!("{},架空の事業{n},企画課", 41_010_010 + n));
        cells.extend((0..4).flat_map(|k| {
            let (grant, own, staff) = (n * 7 + k * 3, 100 + n * 13 + k, 50 + n * (k + 2) % 11);
            [grant, own, grant + own, staff].map(|number| number.to_string())
        }));
        cells.push(["維持", "拡充"][n % 2].to_owned());
        cells
    });
    proposal(&[vec![row("架空市 集計表"), above, headings], rows.collect()].concat())
}

/// Each amount with its phase: `R4 F budget`; `block` for an amount of all repeats.
fn amounts(suggestion: &Suggestion) -> Vec<String> {
    let mut amounts = Vec::new();
    for table in suggestion.text.split("\n\n[[").filter(|table| table.starts_with("table.money]]")) {
        let keys: Vec<(&str, &str)> =
            table.lines().filter_map(|line| line.split("  #").next()?.trim_end().split_once(" = ")).collect();
        let value = |key: &str| keys.iter().find(|(known, _)| *known == key).map(|(_, value)| value.trim_matches('"'));
        let year = value("year").unwrap_or("block");
        for (key, column) in keys.iter().filter(|(key, _)| key.starts_with("column")) {
            let year = key.strip_prefix("column.").unwrap_or(year);
            let letter = column.trim_matches('"').split(' ').next().unwrap();
            amounts.push(format!("{year} {letter} {}", value("phase").unwrap_or("by year")));
        }
    }
    amounts
}

#[test]
fn labels_above_groups_state_their_years_and_phases() {
    let check = |labels: [&str; 4], years: Option<&str>, expect: &[&str]| {
        for is_repeated in [false, true] {
            let suggestion = groups(labels, is_repeated);
            let text = &suggestion.text;
            let line = text.lines().find_map(|line| line.strip_prefix("years = "));
            assert_eq!(line.map(|line| line.split("  #").next().unwrap().trim_end()), years, "{text}");
            assert_eq!(amounts(&suggestion), expect, "{text}");
        }
    };
    let phases = ["令和4年度 予算額", "令和4年度 決算額", "令和5年度 決算見込額", "令和6年度 計画額"];
    check(
        phases,
        None,
        &[
            "R4 F budget",
            "R4 G budget",
            "R4 J settlement",
            "R4 K settlement",
            "R5 N mikomi",
            "R5 O mikomi",
            "R6 R plan",
            "R6 S plan",
        ],
    );
    let alternating = ["令和4年度 予算額", "令和4年度 決算額", "令和5年度 予算額", "令和5年度 決算額"];
    check(
        alternating,
        Some("[\"R4\", \"R5\"]"),
        &["block F budget", "block G budget", "block J settlement", "block K settlement"],
    );
    let crossed = ["令和4年度 予算額", "令和4年度 決算額", "令和5年度 決算額", "令和5年度 予算額"];
    check(
        crossed,
        None,
        &[
            "R4 F budget",
            "R5 R budget",
            "R4 G budget",
            "R5 S budget",
            "R4 J settlement",
            "R5 N settlement",
            "R4 K settlement",
            "R5 O settlement",
        ],
    );
    check(
        ["令和4年度", "令和5年度", "令和6年度", "令和7年度"],
        Some("[\"R4\", \"R5\", \"R6\", \"R7\"]"),
        &["block F by year", "block G by year"],
    );
    let other = ["一般会計", "特別会計", "企業会計", "全会計"];
    check(other, None, &["? F ?", "? G ?", "? J ?", "? K ?", "? N ?", "? O ?", "? R ?", "? S ?"]);
}

#[test]
fn sparse_first_rows_are_no_headings() {
    let check = |headings: &str, rows: &[&str], expect: &str| {
        let mut table = vec![row(headings)];
        table.extend(rows.iter().map(|texts| row(texts)));
        for n in 0..10 {
            for (kind, figures) in
                [("1.目標年度", ",,,2027"), ("2.目標値", "12,2022,5,7"), ("3.実績値", "8,9.1,,"), ("4.達成率", "66,,,")]
            {
                table.push(row(&format!("2025,{:06},架空の事業{n},アウトカム,{kind},{figures}", 1_207 + n)));
            }
        }
        let suggestion = proposal(&table);
        let found = suggestion.text.lines().find_map(|line| line.strip_prefix("header = "));
        assert_eq!(found.map(|line| line.split(' ').next().unwrap()), Some(expect), "{}", suggestion.text);
    };
    let headings = "事業年度,予算事業ID,事業名,種別,目標／実績,2024,2025,2026,2027";
    let eras = "事業年度,予算事業ID,事業名,種別,目標／実績,令和6年度,令和7年度,令和8年度,令和9年度";
    for headings in [headings, eras] {
        check(headings, &["2025,001200,架空の運営事業,アウトカム,1.目標年度,,,2027,"], "1");
        check(headings, &["2025,001200,架空の運営事業,アウトカム,1.目標年度,,,,"], "1");
        check(headings, &["2025,001200,架空の運営事業,別の種別,1.目標年度,2027,2027,2027,2027"], "1");
        check(headings, &["2025,001200,架空の運営事業,アウトカム,3.実績値,集計中,集計中,集計中,集計中"], "1");
        check(headings, &["2025,一二〇〇,架空の運営事業,アウトカム,1.目標年度,,,,2027"], "1");
    }
    // Years in a second row of headings.
    check(",,,,,指標値,,,", &["事業年度,予算事業ID,事業名,種別,目標／実績,2024,2025,2026,2027"], "2");
    check("事業年度,予算事業ID,事業名,種別,目標／実績,指標値,,,", &[",,,,,2024,2025,2026,2027"], "2");
}
