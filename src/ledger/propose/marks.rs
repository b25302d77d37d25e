//! Marks of evaluations with their notes, and the scales of all values.

use super::column::Column;
use super::draft::{Draft, Line, Part};
use super::words::{has, id_for, is_missing, ordered_marks, plain};
use crate::content::quoted;
use std::collections::BTreeSet;

/// Maximum number of marks of a scale.
const MAX_MARKS: usize = 12;

/// Words in headings of evaluations.
const EVALUATIONS: [&str; 22] = [
    "評価",
    "判定",
    "達成度",
    "達成状況",
    "妥当",
    "有効性",
    "効率性",
    "必要性",
    "整合",
    "方向",
    "公平",
    "優先",
    "改善の余地",
    "余地",
    "期待成果",
    "今後の方針",
    "進捗",
    "実施方針",
    "改革",
    "貢献度",
    "への影響",
    "可能性",
];

/// Words in headings of evaluations whose marks are those of a known scale.
const GRADES: [&str; 12] =
    ["ランク", "グレード", "重要度", "緊急", "点検", "達成", "成果", "水準", "効果", "適切", "適正", "ニーズ"];

/// Writes judgements and their scales. `used` are the ids of scales of other tables.
pub fn propose(draft: &mut Draft<'_>, used: &mut BTreeSet<String>) {
    for column in draft.open() {
        if !draft.is_open(column.index) || !is_mark_column(column) {
            continue;
        }
        let heading = plain(&column.heading);
        let stem = id_for(&heading, "hyoka");
        let candidates = std::iter::once(stem.clone()).chain((2..).map(|n| format!("{stem}-{n}")));
        let Some(id) = candidates.into_iter().find(|id| !used.contains(id)) else { continue };
        used.insert(id.clone());
        let note = draft
            .column(column.index + 1)
            .filter(|note| draft.is_open(note.index) && (is_note(column, note) || is_series(draft, column, note)));
        write(draft, column, note, &id);
    }
}

/// Distinct marks, and distinct texts in place of a missing mark.
fn marks(column: &Column) -> (Vec<String>, Vec<String>) {
    let mut texts: Vec<String> = Vec::new();
    for (text, _) in &column.distinct {
        let text = text.lines().map(str::trim).collect::<Vec<_>>().join(" ");
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    let is_none =
        |text: &str| matches!(plain(text).as_str(), "0" | "対象外" | "評価対象外" | "未評価" | "評価なし" | "該当なし");
    texts.into_iter().partition(|text| !is_missing(text) && !is_none(text))
}

fn is_mark_column(column: &Column) -> bool {
    if column.distinct.len() > 2 * MAX_MARKS {
        return false;
    }
    let (marks, _) = marks(column);
    let heading = column.name();
    let is_short = column.longest <= 40 && !column.is_prose();
    let heading = heading.replace("次年度", "").replace("来年度", "");
    let is_evaluation = has(&heading, &EVALUATIONS)
        && !has(&heading, &["理由", "根拠", "コメント", "説明", "意見", "所見", "年度", "者", "指標", "内容", "名称"]);
    let is_repeated = marks.len() * 2 < column.filled;
    let is_known = ordered_marks(&marks).is_some();
    !marks.is_empty()
        && marks.len() <= MAX_MARKS
        && is_short
        && is_repeated
        && marks.len() > 1
        && (is_evaluation || is_known && has(&heading, &GRADES))
}

/// True if the column to the right of a mark explains it.
fn is_note(mark: &Column, note: &Column) -> bool {
    let heading = plain(&note.heading);
    let is_text = !note.is_numeric() && note.filled > 0;
    let is_named = has(&heading, &["理由", "根拠", "説明", "コメント"])
        || has(&heading, &["評価", "判定", "判断"]) && heading.contains("内容")
        || heading.ends_with('?');
    is_text && (is_named || heading.is_empty() && note.longest > mark.longest * 2) && !is_mark_column(note)
}

/// True if marks and prose alternate: the heading of the prose may then be a question.
fn is_series(draft: &Draft<'_>, mark: &Column, note: &Column) -> bool {
    let is_pair = |mark: Option<u32>| {
        let mark = mark.and_then(|index| Some((draft.column(index)?, draft.column(index.checked_add(1)?)?)));
        mark.is_some_and(|(mark, note)| is_mark_column(mark) && note.is_prose())
    };
    // A short heading such as 課題 names prose of its own.
    let is_question = plain(&note.heading).chars().count() >= 10;
    note.is_prose() && is_question && (is_pair(mark.index.checked_sub(2)) || is_pair(mark.index.checked_add(2)))
}

fn write(draft: &mut Draft<'_>, column: &Column, note: Option<&Column>, id: &str) {
    let (marks, none) = marks(column);
    let part = Part::Judgement;
    draft.line(part, "[[table.judgement]]");
    draft.line(part, format!("scale = {}", quoted(id)));
    let values = draft.values(column, MAX_MARKS);
    draft.mapped.insert(column.index);
    draft.noted(
        part,
        format!("mark = {}", super::draft::reference(column)),
        format!("記入 {}/{}、値 {values}", column.filled, column.cells.len()),
    );
    if let Some(note) = note {
        draft.map(part, "note", note, "すぐ右の列");
    }
    for text in none {
        draft.noted(
            part,
            format!("marks.{} = \"?\"", quoted(&text)),
            "評価がないことを表すなら \"missing\"、評価なら尺度の評価",
        );
    }
    let line = |text: String, comment: String| Line { text, comment };
    let title = draft.title(column);
    draft.scales.push(line("[[scale]]".to_owned(), String::new()));
    draft.scales.push(line(format!("id = {}", quoted(id)), String::new()));
    draft.scales.push(line(format!("title = {}", quoted(&title)), "列の見出し".to_owned()));
    let listed = |marks: &[String]| marks.iter().map(|mark| quoted(mark)).collect::<Vec<_>>().join(", ");
    match ordered_marks(&marks) {
        Some(ordered) => draft.scales.push(line(
            format!("marks = [{}]", listed(&ordered)),
            "良い順。台帳にない評価があれば加えてください".to_owned(),
        )),
        None => {
            let comment = format!(
                "良い順がわかりません。良い順に並べてください: [{}]。事業を終える評価は {{ mark = \"…\", ends = true }} と書きます",
                if marks.iter().any(|mark| draft.private.is_in(mark)) { String::new() } else { listed(&marks) }
            );
            draft.scales.push(line("marks = \"?\"".to_owned(), comment));
        }
    }
}
