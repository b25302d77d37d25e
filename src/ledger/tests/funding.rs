//! Sources of funding in proposals: which columns are sources, and of which amount.

use super::recognition::check;
use super::{assert_errors, read_sheet, sheet, text};

#[test]
fn the_total_may_stand_before_the_sources_in_one_year_and_after_them_in_another() {
    let rows = [
        "       |        | R4決算 |    |    |    |    |    | R5決算 |  |  |  |  |",
        "事業番号 | 事業名 | 事業費計 | 国庫支出金 | 県支出金 | 地方債 | その他 | 一般財源 | 国庫支出金 | 県支出金 | 地方債 | その他 | 一般財源 | 事業費計",
        "0001 | 見守り | 15 | 1 | 2 | 3 | 4 | 5 | 2 | 2 | 3 | 4 | 5 | 16",
        "0002 | 清掃 | 9 | 4 | 0 | - | 0 | 5 | 3 | 0 | 0 | 0 | 7 | 10",
        "0003 | 相談 | 11 | 2 | 2 | 0 | 0 | 7 | 2 | 2 | 0 | 1 | 7 | 12",
        "0004 | 講座 | 4 | 0 | 3 | 0 | 0 | 1 | 0 | 3 | 0 | 0 | 6 | 9",
    ];
    let expect = [
        "column = \"C 事業費計\"",
        "funding.kuni = \"D 国庫支出金\"",
        "funding.ippan = \"H 一般財源\"",
        "column = \"N 事業費計\"",
        "funding.kuni = \"I 国庫支出金\"",
        "funding.ippan = \"M 一般財源\"",
        "year = \"R5\"",
        "!\nid = ",
        "![[table.block]]",
    ];
    check(&rows, &expect);
}

#[test]
fn sources_differ_between_years() {
    let rows = [
        "事業番号 | 事業名 | R4国費 | R4市債 | R4一般財源 | R4決算額 | R5決算総額 | R5国費 | R5基金繰入金 | R5一般財源",
        "0001 | 見守り | 1 | 2 | 3 | 6 | 8 | 2 | 2 | 4",
        "0002 | 清掃 | 4 | 0 | 5 | 9 | 10 | 3 | 0 | 7",
        "0003 | 相談 | 2 | 2 | 7 | 11 | 9 | 2 | 0 | 7",
        "0004 | 講座 | 0 | 3 | 1 | 4 | 9 | 0 | 3 | 6",
    ];
    let expect = [
        "column = \"F R4決算額\"",
        "funding.chihosai = \"D R4市債\"",
        "column = \"G R5決算総額\"",
        "funding.kurinyu = \"I R5基金繰入金\"",
        "funding.ippan = \"J R5一般財源\"",
        "!\nid = ",
    ];
    check(&rows, &expect);
}

#[test]
fn years_that_no_heading_states_do_not_hide_the_sources() {
    let rows = [
        "事業番号 | 事業名 | 国支出金 | 県支出金 | 一般財源 | 決算額 | 決算額 | 国支出金 | 県支出金 | 一般財源",
        "0001 | 見守り | 1 | 2 | 3 | 6 | 8 | 2 | 2 | 4",
        "0002 | 清掃 | 4 | 0 | 5 | 9 | 10 | 3 | 0 | 7",
        "0003 | 相談 | 2 | 2 | 7 | 11 | 9 | 2 | 0 | 7",
        "0004 | 講座 | 0 | 3 | 1 | 4 | 9 | 0 | 3 | 6",
    ];
    let expect = [
        "column = \"F 決算額\"",
        "funding.kuni = \"C 国支出金\"",
        "column = \"G 決算額\"",
        "funding.kuni = \"H 国支出金\"",
        "year = \"?\"",
        "!\nid = ",
    ];
    check(&rows, &expect);
}

#[test]
fn a_source_that_is_not_proven_is_a_question() {
    let rows = [
        "事業番号 | 事業名 | R5決算額 | R5国庫支出金 | R5一般財源 | R5国際交流事業費",
        "0001 | 見守り | 6 | 1 | 9 | 2N",
        "0002 | 清掃 | 9 | 3 | 5 | 3N",
        "0003 | 相談 | 11 | 2 | 8 | 5N",
        "0004 | 講座 | 4 | 1 | 9 | 7N",
    ];
    check(
        &rows,
        &["column.R5 = \"C R5決算額\"", "\"D R5国庫支出金\" = \"?\"", "\"E R5一般財源\" = \"?\"", "!\nfunding."],
    );
}

#[test]
fn the_title_of_a_source_has_no_year() {
    let mapping = "strategy = \"a\"\nedition = { id = \"2025\", label = \"七年度\" }\n[[table]]\nfile = \"t.xlsx\"\n\
                   [table.node]\nprogram = { id = \"A 番号\", name = \"B 名称\" }\n\
                   [[table.money]]\ncolumn = \"C R5決算\"\nphase = \"settlement\"\nyear = \"R5\"\n\
                   funding = { kuni = \"D R5国\", ken = \"E R5\" }\n";
    let ledger = sheet(&[&["番号", "名称", "R5決算", "R5国", "R5"], &["1", "見守り", "3", "1", "2"]]);
    let outcome = read_sheet(mapping, ledger);
    assert_errors(&outcome, &[]);
    let declared = text(&outcome, "a/strategy.toml");
    assert!(declared.contains("[[funding]]\nid = \"kuni\"\ntitle = \"国\"\n"), "{declared}");
    assert!(declared.contains("[[funding]]\nid = \"ken\"\ntitle = \"R5\"\n"), "{declared}");
}
