//! Sums of funding: what a proposal says about them is what the reader verifies.

use super::proposals::{HEAD, answered, parsed, suggest_for};
use super::{files, sheet, shown};
use crate::ledger::read;

#[test]
fn a_proposal_counts_sums_as_the_reader_does() {
    let ledger = sheet(&[
        &["事業番号", "事業名", "R5決算額（千円）", "R5国庫支出金", "R5一般財源"],
        &["0001", "見守り", "6", "1", "5"],
        &["0002", "清掃", "9", "", "9"],
        &["0003", "相談", "11", "2", "9"],
        &["0004", "講座", "4", "-", "4"],
        &["0005", "広報", "8", "", "7"],
        &["0006", "統計", "", "", ""],
        &["0007", "監査", "7", "3", "4"],
    ]);
    let suggestion = suggest_for(&[("t.xlsx", &ledger)]);
    assert!(
        suggestion.text.contains("和が一致 5 件（すべて）、数でないセルがあり確かめられない 1 件"),
        "{}",
        suggestion.text
    );
    let text = answered(&suggestion.text, &HEAD, |is| panic!("{is}"));
    let outcome = read(&parsed(&text), &files([("t.xlsx", ledger)]));
    assert_eq!(shown(&outcome), Vec::<String>::new(), "{text}");
    assert_eq!((outcome.counts.sums, outcome.counts.wrong_sums, outcome.counts.unchecked_sums), (5, 0, 1));
}
