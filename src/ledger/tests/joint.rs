//! Cells with number and name of a node, and with both ends of a period.

use super::proposals::{HEAD, answered, parsed, suggest_for};
use super::recognition::check;
use super::{assert_errors, files, read_sheet, sheet, text};
use crate::ledger::{Mapping, read};

const HEADINGS: [&str; 4] = ["施策", "事務事業", "事業期間", "R5決算額（千円）"];

#[test]
fn one_column_has_the_number_and_the_name() {
    let ledger = sheet(&[
        &HEADINGS,
        &["1-1 子ども・福祉", "101 子育て支援事業", "R5~R9", "10"],
        &["1-1 子ども・福祉", "102 見守り事業", "令和5年度～", "20"],
        &["1-2 環境", "201 3R推進事業", "令和5～－", "30"],
        &["1-2 環境", "202 清掃事業", "単年度", "40"],
        &["1-2 環境", "203 緑化事業", "-", "50"],
        &["1-2 環境", "204 公園事業", "平成13年度～", "60"],
    ]);
    let suggestion = suggest_for(&[("t.xlsx", &ledger)]);
    for line in ["policy.split = \"A 施策\" ", "program.split = \"B 事務事業\" ", "program.period = \"C 事業期間\" "]
    {
        assert!(suggestion.text.contains(line), "{line}\n{}", suggestion.text);
    }
    let mapping = answered(&suggestion.text, &HEAD, |is| panic!("{is}")).replace("missing = []", "missing = [\"-\"]");
    let outcome = read(&parsed(&mapping), &files([("t.xlsx", ledger)]));
    assert_errors(&outcome, &[]);
    let program = |id: &str| text(&outcome, &format!("kakuu/programs/{id}/program.md")).to_owned();
    assert_eq!(program("101"), "+++\nname = \"子育て支援事業\"\nperiod = \"R5/R9\"\n+++\n");
    assert_eq!(program("102"), "+++\nname = \"見守り事業\"\nperiod = \"R5/\"\n+++\n");
    assert_eq!(program("201"), "+++\nname = \"3R推進事業\"\nperiod = \"R5/\"\n+++\n");
    assert_eq!(program("202"), "+++\nname = \"清掃事業\"\nperiod = { printed = \"単年度\" }\n+++\n");
    assert_eq!(program("203"), "+++\nname = \"緑化事業\"\n+++\n");
    assert!(text(&outcome, "kakuu/policies/1-2/policy.md").starts_with("+++\nname = \"環境\"\n"));
}

#[test]
fn a_name_that_begins_with_a_digit_is_no_number_and_name() {
    let rows = ["事業名 | R5決算額", "3歳児健診 | 1N", "5歳児健診 | 2N", "見守り | 3N", "清掃 | 4N"];
    check(&rows, &["program.id = \"?\"", "!program.split ="]);
}

#[test]
fn a_running_number_and_the_name_of_an_indicator_are_not_those_of_a_program() {
    let rows = [
        "整理番号 | 事務事業 | 指標名 | 単位 | R5実績",
        "1 | 1001 見守り | 回数N | 回 | 5N",
        "2 | 1002 清掃 | 件数N | 件 | 6N",
        "3 | 1003 相談 | 人数N | 人 | 7N",
        "4 | 1004 講座 | 率N | % | 8N",
    ];
    let expect = ["program.split = \"B 事務事業\"", "name = \"C 指標名\"", "\"A 整理番号\" = \"通し番号\""];
    check(&rows, &expect);
    let rows =
        ["管理番号 | 指標名 | 単位 | R5実績", "21 | 回数N | 回 | 5N", "35 | 件数N | 件 | 6N", "36 | 人数N | 人 | 7N"];
    check(&rows, &["program.name = \"?\"", "name = \"B 指標名\""]);
}

const HEAD_OF_MAPPING: &str = "strategy = \"a\"\nedition = { id = \"2025\", label = \"七年度\" }\n\
                               [[table]]\nfile = \"t.xlsx\"\n[table.node]\n";

#[test]
fn cells_that_cannot_be_split_are_errors() {
    let mapping = format!("{HEAD_OF_MAPPING}program.split = \"A 事業\"\n");
    let ledger = sheet(&[&["事業"], &["101 見守り"], &["3歳児健診"], &["101 清掃"]]);
    assert_errors(
        &read_sheet(&mapping, ledger),
        &[
            "A3（事業）: 「3歳児健診」を番号と名称に分けられません / 「101 子育て支援事業」のように、番号と名称の間に空白を入れた",
            "A4（事業）: 番号「101」が A2 と重複しています",
        ],
    );
}

#[test]
fn the_mapping_is_told_how_to_write_both() {
    let errors = |keys: &str| {
        let errors = Mapping::parse(&format!("{HEAD_OF_MAPPING}{keys}\n")).unwrap_err();
        errors.iter().map(|error| format!("{} / {}", error.message.ja, error.help.ja)).collect::<Vec<_>>().join("\n")
    };
    let missing = errors("program.name = \"B 事業\"");
    assert!(
        missing.contains("`id` がありません / `id` を書き足してください。「101 子育て支援事業」のように"),
        "{missing}"
    );
    let both = errors("program = { split = \"B 事業\", id = \"A 番号\" }");
    assert!(both.contains("`split` と、`id`・`name` の両方があります"), "{both}");
    let half = errors("program = { split = \"B 事業\", period = { from = \"C 期間\" } }");
    assert!(half.contains("`period = \"L 事業期間\"` のように書いてください"), "{half}");
}
