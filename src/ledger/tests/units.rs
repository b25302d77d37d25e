//! Units of money: which one a proposal takes from titles and headings, and headings that contradict a mapping.

use super::recognition::check;
use super::{assert_errors, read_sheet, sheet};

#[test]
fn a_cost_per_unit_does_not_tell_the_unit_of_the_ledger() {
    let rows = [
        "事業番号 | 事業名 | R5決算額 | R5単位コスト（円）",
        "0001 | 見守り | 1N | 2N9",
        "0002 | 清掃 | 2N | 3N8",
        "0003 | 相談 | 3N | 5N7",
        "0004 | 講座 | 4N | 6N6",
    ];
    check(&rows, &["money_unit = \"?\"", "unit = \"円\""]);
}

#[test]
fn the_unit_of_some_amounts_is_not_that_of_all() {
    let rows = [
        "事業番号 | 事業名 | R5決算額（千円） | R5人件費",
        "0001 | 見守り | 1N | 2N9",
        "0002 | 清掃 | 2N | 3N8",
        "0003 | 相談 | 3N | 5N7",
        "0004 | 講座 | 4N | 6N6",
    ];
    check(&rows, &["money_unit = \"?\"", "unit = \"千円\""]);
    let rows = rows.map(|row| row.replace("人件費", "人件費（千円）"));
    check(&rows.iter().map(String::as_str).collect::<Vec<_>>(), &["money_unit = \"千円\"", "!\nunit = "]);
}

#[test]
fn a_note_above_the_last_column_states_the_unit_of_the_table() {
    let rows = [
        "架空市一覧 |        |        | （単位：千円）",
        "事業番号 | 事業名 | R5決算額 | R6予算額",
        "0001 | 見守り | 1N | 2N9",
        "0002 | 清掃 | 2N | 3N8",
        "0003 | 相談 | 3N | 5N7",
        "0004 | 講座 | 4N | 6N6",
    ];
    check(&rows, &["money_unit = \"千円\"", "!\nunit = "]);
}

#[test]
fn a_heading_that_states_another_unit_than_the_mapping_is_refused() {
    let ledger =
        || sheet(&[&["番号", "名称", "決算（円）", "国（円）", "単価（円）"], &["1", "見守り", "900", "100", "5"]]);
    let mapping = |unit: &str, own: &str| {
        format!(
            "strategy = \"a\"\nedition = {{ id = \"2025\", label = \"七年度\" }}\nmoney_unit = \"{unit}\"\n\
             [[table]]\nfile = \"t.xlsx\"\n[table.node]\nprogram = {{ id = \"A 番号\", name = \"B 名称\" }}\n\
             [[table.money]]\ncolumn = \"C 決算（円）\"\nphase = \"settlement\"\nyear = \"R6\"\n\
             funding.kuni = \"D 国（円）\"\n\
             [[table.money]]\nid = \"tanka\"\ntitle = \"単価\"\n{own}column = \"E 単価（円）\"\nphase = \"settlement\"\nyear = \"R6\"\n"
        )
    };
    let outcome = read_sheet(&mapping("千円", "unit = \"円/人\"\n"), ledger());
    let expect = [
        "C1（決算（円））: 見出しの単位は「円」ですが、対応表では「千円」です / この列の表（`[[table.money]]`）に `unit = \"円\"`",
        "D1（国（円））: 見出しの単位は「円」ですが、対応表では「千円」です",
    ];
    assert_errors(&outcome, &expect);
    assert_errors(&read_sheet(&mapping("円", ""), ledger()), &[]);
}
