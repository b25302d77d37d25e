//! Columns that no other module has decided about: prose, fields, constants, running numbers, and questions.

use super::column::Column;
use super::draft::{Draft, Part, shown};
use super::private::is_contact;
use super::words::{ends, has, id_for, is_code_heading, is_running_heading, plain};
use crate::content::quoted;
use std::collections::BTreeSet;

/// Words in headings of prose that describes a program for longer than a year.
const LASTING: [&str; 10] =
    ["概要", "目的", "対象", "意図", "手段", "根拠", "結果(", "事業内容", "事業の内容", "業務内容"];

/// Words in headings of prose of one year.
const YEARLY: [&str; 13] =
    ["年度", "実績", "計画", "課題", "評価", "今後", "理由", "改善", "見直", "対応", "方針", "方向", "取組"];

/// Words in headings of fields.
const FIELDS: [&str; 24] = [
    "新規",
    "継続",
    "方法",
    "性格",
    "公約",
    "関係課",
    "関連課",
    "関係部",
    "連携課",
    "協力課",
    "根拠",
    "法令",
    "区分",
    "種別",
    "分類",
    "手法",
    "形態",
    "総合戦略",
    "実施計画",
    "総合計画",
    "個別計画",
    "関連計画",
    "SDGs",
    "実施主体",
];

/// Maximum number of characters of a field.
const MAX_FIELD: usize = 60;

/// Writes prose.
pub fn prose(draft: &mut Draft<'_>) {
    for column in draft.open().into_iter().filter(|column| column.is_prose() || is_description(column)) {
        let heading = draft.title(column);
        let part = Part::Words;
        if is_remark(&plain(&column.heading)) {
            let comment = "備考やメモの列です。庁内の連絡や個人の名がないことを確かめて、公開してよければ [[table.words]] に書いてください。使わないなら「?」を理由に替えてください";
            draft.conceal(column, "?", comment);
            continue;
        }
        let contacts: usize = column.distinct.iter().filter(|(text, _)| is_contact(text)).map(|(_, n)| n).sum();
        if contacts > 0 {
            let comment = format!(
                "文章に、電話番号かメールアドレスらしい記載が {contacts} 件あります。公開してよければ [[table.words]] に書いてください"
            );
            draft.conceal(column, "?", &comment);
            continue;
        }
        draft.line(part, "[[table.words]]");
        match heading.as_str() {
            "" => draft.noted(part, "heading = \"?\"", "列に見出しがありません"),
            heading => draft.line(part, format!("heading = {}", quoted(heading))),
        }
        draft.map(part, "column", column, &format!("最長 {} 字の文章", column.longest));
        if has(&plain(&heading), &LASTING) && !has(&plain(&heading), &YEARLY) {
            draft.noted(part, "stays = true", "毎年変わらない説明として、事務事業の原稿に入れます");
        }
        if column.distinct.iter().any(|(text, _)| text.lines().any(|line| line.starts_with('\u{3000}'))) {
            draft.noted(part, "indent = \"drop\"", "段落の初めの全角の空白を除きます");
        }
    }
}

/// True for short texts that are different for most programs, below a heading of prose.
fn is_description(column: &Column) -> bool {
    let heading = plain(&column.heading);
    has(&heading, &["概要", "目的", "対象", "意図", "手段", "ねらい", "狙い"])
        && !has(&heading, &["指標", "区分", "年度", "人数", "者数", "単位"])
        && !column.is_numeric()
        && !column.is_code()
        && column.longest >= 10
        && column.distinct.len() * 2 > column.filled
        && column.distinct.len() > 2
}

/// Leaves out what is blank or says nothing about a program.
pub fn obvious(draft: &mut Draft<'_>) {
    for column in draft.open() {
        if column.filled == 0 {
            draft.ignore(column, "すべての行が空欄");
        } else if column.is_numeric() && is_calculated(&plain(&column.heading)) {
            draft.ignore(column, "計算で求められる列");
        }
    }
}

/// Decides about all columns that are left. `used` are the ids of the fields of other tables.
pub fn rest(draft: &mut Draft<'_>, used: &mut BTreeSet<String>) {
    for column in draft.open() {
        let heading = plain(&column.heading);
        let is_check = column.formulas * 2 > column.filled && has(&heading, &["重複", "チェック", "確認", "エラー"]);
        if is_check {
            draft.ignore(column, "確認のための式");
        } else if column.is_running()
            && (is_running_heading(&heading) || is_code_heading(&heading) || heading.is_empty())
        {
            draft.ignore(column, "通し番号");
        } else if heading.contains("根拠") && column.longest <= MAX_FIELD && !column.is_numeric() {
            field(draft, column, used);
        } else if column.is_numeric() && is_calculated(&heading) {
            draft.ignore(column, "計算で求められる列");
        } else if let Some(text) = column.constant().filter(|_| !(column.is_numeric() && is_value(&heading))) {
            let reason = if draft.private.is_in(text) || !draft.is_shown(column) {
                "すべての行が同じ".to_owned()
            } else {
                format!("すべての行が{}", shown(text))
            };
            draft.ignore(column, reason);
        } else if is_date_part(column, &heading) {
            draft.ignore(column, "事務処理の日付");
        } else if is_flag(column) || is_field(column, &heading) {
            field(draft, column, used);
        } else {
            question(draft, column, &heading);
        }
    }
}

/// True for a heading of remarks, which may be those of the office.
fn is_remark(heading: &str) -> bool {
    has(heading, &["備考", "メモ", "特記", "摘要", "引継", "申し送り", "連絡事項", "(内部)", "内部用", "庁内"])
}

/// True for a heading of what other columns give: a difference, a ratio of years.
pub fn is_calculated(heading: &str) -> bool {
    let words = ["増減", "前年度比", "前年比", "対前年", "差額", "差引", "伸び率", "伸率", "執行率", "構成比"];
    has(heading, &words)
}

/// True if a number that all rows share is a value of an indicator by its heading.
pub fn is_value(heading: &str) -> bool {
    has(heading, &["目標", "実績", "計画値", "指標", "達成率"])
}

/// True for a column with a mark such as `○` or `◎` in some rows.
fn is_flag(column: &Column) -> bool {
    const MARKS: [&str; 13] = ["◎", "○", "〇", "◯", "●", "△", "✓", "レ", "★", "☆", "◆", "■", "□"];
    let is_mark = |text: &str| MARKS.contains(&text);
    let is_word = matches!(column.distinct.as_slice(), [(text, _)] if matches!(text.as_str(), "有" | "該当"));
    is_word || column.distinct.len() <= 3 && column.distinct.iter().all(|(text, _)| is_mark(text))
}

fn is_field(column: &Column, heading: &str) -> bool {
    has(heading, &FIELDS) && column.longest <= MAX_FIELD && !column.is_numeric() && !is_code_heading(heading)
}

fn is_date_part(column: &Column, heading: &str) -> bool {
    let is_entry = has(heading, &["作成", "更新", "記入", "入力"]) && has(heading, &["年", "月", "日"]);
    let is_office = has(heading, &["登録", "修正", "提出", "出力", "承認", "報告", "最終"]);
    (is_entry || is_office && ends(heading, &["日", "日時", "日付", "年月日"])) && column.longest <= 20
}

fn field(draft: &mut Draft<'_>, column: &Column, used: &mut BTreeSet<String>) {
    let stem = id_for(&plain(&column.heading), "koumoku");
    let candidates = std::iter::once(stem.clone()).chain((2..).map(|n| format!("{stem}-{n}")));
    let Some(id) = candidates.into_iter().find(|id| !used.contains(id)) else { return };
    used.insert(id.clone());
    draft.line(Part::Field, "[[table.field]]");
    draft.line(Part::Field, format!("id = {}", quoted(&id)));
    draft.line(Part::Field, format!("title = {}", quoted(&draft.title(column))));
    let values = if column.distinct.len() <= 6 { draft.values(column, 6) } else { String::new() };
    draft.map(Part::Field, "column", column, &values);
}

fn question(draft: &mut Draft<'_>, column: &Column, heading: &str) {
    let why = if column.is_numeric() {
        "数の列。金額なら [[table.money]]、指標の値なら [[table.indicator]] に書いてください".to_owned()
    } else if column.distinct.len() <= 12 {
        let values =
            if draft.is_shown(column) { format!("値 {}。", draft.values(column, 12)) } else { String::new() };
        format!("{values}項目なら [[table.field]]、評価なら [[table.judgement]] に書いてください")
    } else {
        "項目なら [[table.field]]、文章なら [[table.words]] に書いてください".to_owned()
    };
    let is_nameless = heading.is_empty();
    let why = if is_nameless { format!("見出しのない列。{why}") } else { why };
    draft.ask(column, &format!("{why}。使わないなら「?」を理由に替えてください"));
}
