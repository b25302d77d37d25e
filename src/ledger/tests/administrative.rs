//! Columns that serve the city hall, not readers: no proposal publishes them without a decision.

use super::recognition::check;

#[test]
fn whether_a_row_may_be_published_is_a_question() {
    let rows = [
        "事業番号 | 事業名 | 公開区分 | 確認状況 | 入力担当 | 管理用区分 | 掲載",
        "0001 | 見守り | 公開 | 済 | 福祉課 | A | 可",
        "0002 | 清掃 | 公開 | 未 | 環境課 | B | 可",
        "0003 | 相談 | 非公開 | 済 | 福祉課 | C | 否",
        "0004 | 講座 | 公開 | 済 | 教育課 | A | 可",
    ];
    let expect = [
        "\"C 公開区分\" = \"?\"",
        "\"D 確認状況\" = \"?\"",
        "\"E 入力担当\" = \"?\"",
        "\"F 管理用区分\" = \"?\"",
        "\"G 掲載\" = \"?\"",
        "!\n[[table.field]]",
        "!\n[[table.judgement]]",
    ];
    check(&rows, &expect);
}

#[test]
fn words_that_only_tell_the_state_of_a_row_are_recognized_below_any_heading() {
    let rows = [
        "事業番号 | 事業名 | 区分 | 情報公開の方法",
        "0001 | 見守り | 非公開 | 窓口",
        "0002 | 清掃 | 公開 | 広報",
        "0003 | 相談 | 公開 | 窓口",
        "0004 | 講座 | 公開 | 窓口",
    ];
    check(&rows, &["\"C 区分\" = \"?\"", "column = \"D 情報公開の方法\""]);
}

#[test]
fn columns_below_a_label_for_the_office_are_questions() {
    let rows = [
        "         |        | 事業の内容 |  | 事務局使用欄 |",
        "事業番号 | 事業名 | 実施方法 | 事業区分 | 区分 | 判定",
        "0001 | 見守り | 直営 | 任意 | 甲 | Ａ",
        "0002 | 清掃 | 委託 | 任意 | 乙 | Ｂ",
        "0003 | 相談 | 直営 | 義務 | 甲 | Ａ",
        "0004 | 講座 | 委託 | 義務 | 甲 | Ｂ",
    ];
    check(&rows, &["column = \"C 実施方法\"", "\"E 区分\" = \"?\"", "\"F 判定\" = \"?\""]);
}
