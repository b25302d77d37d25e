//! Drafts → text of the mapping file.

use super::Suggestion;
use super::draft::{Draft, Line, Part, plain_reference, shown};
use super::fixes::{Missing, fixes};
use super::phases::declared;
use super::region::Table;
use super::units::money_unit;
use super::words::year_in;
use crate::content::quoted;
use std::collections::BTreeSet;
use unicode_width::UnicodeWidthStr;

/// Display width up to which comments stand in one column.
const COMMENT_COLUMN: usize = 44;

/// Text of the mapping file, line by line.
#[derive(Default)]
struct Text {
    text: String,
    questions: usize,
}

impl Text {
    fn line(&mut self, line: &Line) {
        self.questions += line.text.matches("\"?\"").count();
        self.text.push_str(&line.text);
        if !line.comment.is_empty() {
            let gap = COMMENT_COLUMN.saturating_sub(line.text.width()).max(2);
            let gap = if line.text.is_empty() { 0 } else { gap };
            self.text.push_str(&" ".repeat(gap));
            self.text.push_str("# ");
            self.text.push_str(&line.comment);
        }
        self.text.push('\n');
    }

    fn add(&mut self, text: impl Into<String>, comment: impl Into<String>) {
        self.line(&Line { text: text.into(), comment: comment.into() });
    }

    fn lines(&mut self, lines: &[Line]) {
        let mut is_first = true;
        for line in lines {
            if line.text.starts_with('[') && !is_first {
                self.text.push('\n');
            }
            is_first = false;
            self.line(line);
        }
    }

    fn blank(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }
}

/// The mapping file of all tables.
pub fn suggestion(drafts: &[Draft<'_>], tables: &[Table<'_>]) -> Suggestion {
    let is_decided = |draft: &Draft<'_>| {
        let columns = draft.table.columns.iter().map(|column| column.index);
        columns.clone().all(|column| draft.mapped.contains(&column) != draft.ignored.contains_key(&column))
    };
    debug_assert!(drafts.iter().all(is_decided), "every column is either mapped or ignored, or a question");
    let mut missing = Missing::default();
    drafts.iter().for_each(|draft| missing.add(draft));
    let mut text = Text::default();
    head(&mut text, drafts, tables, &missing);
    let mut names: Vec<Line> = drafts.iter().flat_map(|draft| draft.names.clone()).collect();
    names.sort_by(|a, b| a.text.cmp(&b.text));
    names.dedup_by(|a, b| a.text == b.text);
    if !names.is_empty() {
        text.blank();
        text.add("", "同じ番号に名称が複数あります。コメントから選んでください（×の後は行数）");
        text.add("[names]", "");
        text.lines(&names);
    }
    let phases: BTreeSet<_> = drafts.iter().flat_map(|draft| &draft.phases).collect();
    for phase in phases.into_iter().filter_map(|id| declared(id)) {
        text.blank();
        text.add("[[phase]]", "予算・決算・計画のほかの段階");
        text.add(format!("id = {}", quoted(phase.id)), "");
        text.add(format!("title = {}", quoted(phase.title)), "");
        text.add(format!("like = {}", quoted(phase.like)), "");
    }
    for scale in drafts.iter().map(|draft| &draft.scales).filter(|scales| !scales.is_empty()) {
        text.blank();
        text.lines(scale);
    }
    for draft in drafts {
        text.blank();
        table(&mut text, draft);
    }
    let files: BTreeSet<&str> = drafts.iter().map(|draft| draft.table.file).collect();
    for draft in drafts {
        let sheets: BTreeSet<Option<&str>> =
            drafts.iter().filter(|other| other.table.file == draft.table.file).map(|other| other.table.sheet).collect();
        let lines = fixes(draft, &missing, files.len() > 1, sheets.len() > 1);
        if !lines.is_empty() {
            text.blank();
            text.add("", "読み取れないセル。to に正しい値を、why に理由を書いてください");
            text.lines(&lines);
        }
    }
    let Text { text, questions } = text;
    let sum = |count: &dyn Fn(&Draft<'_>) -> usize| drafts.iter().map(count).sum();
    let asked = |draft: &Draft<'_>| draft.ignored.values().filter(|(reason, _)| reason == "?").count();
    Suggestion {
        text,
        tables: drafts.len(),
        mapped: sum(&|draft| draft.mapped.len()),
        ignored: sum(&|draft| draft.ignored.len() - asked(draft)),
        asked: sum(&asked),
        questions,
        ..Suggestion::default()
    }
}

fn head(text: &mut Text, drafts: &[Draft<'_>], tables: &[Table<'_>], missing: &Missing) {
    text.add("", "台帳の列の対応表（案）。`shirube ledger map` が作成しました。");
    text.add(
        "",
        "「?」は、台帳だけでは決まらない箇所です。台帳を確かめて書き替えてください。残っていると取り込めません。",
    );
    text.add("", "「記入 398/407」は、407 行のうち 398 行に記入があることを表します。");
    text.add("strategy = \"?\"", "計画の id（フォルダー名）。a〜z、数字、ハイフン: \"jimu-jigyo\"");
    text.add("title = \"?\"", "計画の名称: \"○○市 事務事業評価\"");
    text.add("publisher = \"?\"", "自治体名");
    text.add("edition.id = \"?\"", "版の id: \"2025\"");
    let titles: Vec<String> = drafts
        .iter()
        .flat_map(|draft| {
            draft.table.titles.iter().filter(|title| year_in(title).is_some() && !draft.private.is_in(title))
        })
        .map(|title| shown(title))
        .collect();
    let hint = titles.first().map_or_else(String::new, |title| format!("。台帳に{title}とあります"));
    text.add("edition.year = \"?\"", format!("評価の対象の年度: \"R6\"{hint}"));
    text.add("edition.label = \"?\"", "版の名称: \"令和7年度 事務事業評価\"");
    let has_amounts = drafts.iter().any(|draft| draft.parts.contains_key(&Part::Amount));
    let (unit, reason) = if has_amounts { money_unit(tables) } else { ("千円", "金額の列はありません") };
    text.add(format!("money_unit = {}", quoted(unit)), reason);
    text.line(&missing.line());
}

fn table(text: &mut Text, draft: &Draft<'_>) {
    let table = draft.table;
    text.add("[[table]]", "");
    text.add(format!("file = {}", quoted(table.file)), "");
    if let Some(sheet) = table.sheet {
        text.add(format!("sheet = {}", quoted(sheet)), "");
    }
    if let Some(encoding) = table.encoding {
        text.add(format!("encoding = {}", quoted(encoding)), "文字コード");
    }
    let titles: Vec<String> =
        table.titles.iter().filter(|title| !draft.private.is_in(title)).take(3).map(|title| shown(title)).collect();
    let above = if titles.is_empty() { String::new() } else { format!("。見出しの上に{}", titles.join("")) };
    text.add(format!("header = {}", table.header + 1), format!("見出しの行。{} 列{above}", table.columns.len()));
    let skipped: Vec<String> =
        table.skipped.iter().take(8).map(|(row, reason)| format!("{} 行目は{reason}", row + 1)).collect();
    text.add(format!("rows = {}", quoted(&rows(table))), skipped.join("、"));
    let head = draft.parts.get(&Part::Head);
    let has_condition = head.is_some_and(|lines| lines.iter().any(|line| line.text.starts_with("where")));
    if !has_condition {
        text.add(format!("expect = {}", table.rows.len()), "行数。違っていれば、読み込むときにエラーになります");
    }
    text.lines(head.map_or(&[], Vec::as_slice));
    for (part, lines) in draft.parts.iter().filter(|(part, _)| **part != Part::Head) {
        text.blank();
        text.lines(lines);
        if *part == Part::Block && draft.needs_past {
            text.add("past = \"?\"", "実績・決算の最後の年度: \"..R6\"。その後は予算・目標になります");
        }
    }
    ignored(text, draft);
}

fn ignored(text: &mut Text, draft: &Draft<'_>) {
    let is_repeat = |column: u32| {
        draft.blocks.iter().any(|(first, every, repeats)| {
            (first.saturating_add(*every)..first.saturating_add(every.saturating_mul(*repeats))).contains(&column)
        })
    };
    let columns: Vec<_> = draft.ignored.iter().filter(|(column, _)| !is_repeat(**column)).collect();
    if columns.is_empty() {
        return;
    }
    text.blank();
    text.add("[table.ignore]", "使わない列とその理由");
    for (index, (reason, comment)) in columns {
        let Some(column) = draft.column(*index) else { continue };
        let reference = plain_reference(column);
        // These characters separate columns.
        let has_separator = reference.contains([',', '、', '/']) || reference.contains("..");
        let (key, heading) = match has_separator {
            true => (column.letters(), format!("{}。", shown(&column.heading))),
            false => (reference, String::new()),
        };
        text.add(format!("{} = {}", quoted(&key), quoted(reason)), format!("{heading}{comment}"));
    }
}

/// Ranges of rows: `3..20, 22..409`. Blank rows do not end a range, since they are passed over.
fn rows(table: &Table<'_>) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for row in &table.rows {
        let is_apart = |last: u32| table.skipped.iter().any(|(skipped, _)| (last..*row).contains(skipped));
        match ranges.last_mut().filter(|(_, last)| !is_apart(*last)) {
            Some((_, last)) => *last = *row,
            None => ranges.push((*row, *row)),
        }
    }
    ranges.iter().map(|(from, to)| format!("{}..{}", from + 1, to + 1)).collect::<Vec<_>>().join(", ")
}
