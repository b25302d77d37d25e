//! Three-way merge of returned answers with the draft.
//!
//! For each question: the text with which the workbook was written, the text that came back, and the text of the draft
//! now. A text that came back unchanged is no answer; two different answers, or an answer to a cell that was changed in
//! the meantime, are conflicts. The order of the workbooks has no effect.

use super::answers::{Answer, Returned};
use super::form::Questionnaire;
use super::question::{Form, Question};
use crate::diagnostic::{CellLocation, Diagnostic, Location, Rule, say, shortened};
use crate::model::Value;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// Answer that removes the text of the draft.
pub(super) const ERASE: &str = "消す";

/// New text and note of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change<'q> {
    /// Form of the question.
    pub form: &'q Form,
    /// Question.
    pub question: &'q Question,
    /// New text, as shown in the form; `None` if it stays.
    pub text: Option<String>,
    /// New note; `None` if it stays.
    pub note: Option<String>,
    /// Cell of the answer; the first one if several workbooks give the same.
    pub place: CellLocation,
    /// Cell of the note.
    pub note_place: CellLocation,
}

/// Result of a merge.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merge<'q> {
    /// Changes of the draft, in the order of the questionnaire.
    pub changes: Vec<Change<'q>>,
    /// Number of questions whose answer is already in the draft or came back unchanged.
    pub unchanged: usize,
    /// Number of answers that agree with those of another workbook, or add to them.
    pub merged: usize,
}

/// Merges the answers of `returned` into the draft of `questionnaire`.
pub fn merge<'q>(
    questionnaire: &'q Questionnaire,
    returned: &[Returned],
    diagnostics: &mut Vec<Diagnostic>,
) -> Merge<'q> {
    let questions: BTreeMap<&str, (usize, &Form, &Question)> = questionnaire
        .forms
        .iter()
        .flat_map(|form| form.questions.iter().map(move |question| (form, question)))
        .enumerate()
        .map(|(order, (form, question))| (question.address.0.as_str(), (order, form, question)))
        .collect();
    let mut merge = Merge::default();
    let mut changes: BTreeMap<usize, Change<'q>> = BTreeMap::new();
    let mut unchanged = BTreeSet::new();
    let mut answers: Vec<&Answer> = returned.iter().flat_map(|returned| &returned.answers).collect();
    answers.sort_by(|a, b| a.place.cmp(&b.place));
    for answer in answers {
        let Some((order, form, question)) = questions.get(answer.address.0.as_str()) else {
            if !answer.text.is_empty() || !answer.note.is_empty() {
                diagnostics.push(unknown(answer));
            }
            continue;
        };
        let base = answer.base.as_ref();
        let cell = Cell { question, answer };
        // Several notations of a value are the same answer.
        let answered = question.grammar.normalized(&answer.text);
        let text = cell.merged(base.map(|(text, _)| text), &answered, &question.text, diagnostics);
        let note = cell.merged(base.map(|(_, note)| note), &answer.note, question.note(), diagnostics);
        if text.is_none() && note.is_none() {
            if !answer.text.is_empty() {
                unchanged.insert(order);
            }
            continue;
        }
        let (place, note_place) = (answer.place.clone(), answer.note_place.clone());
        let change = Change { form, question, text, note, place, note_place };
        match changes.get_mut(order) {
            None => {
                changes.insert(*order, change);
            }
            Some(first) if combines(&first.text, &change.text) && combines(&first.note, &change.note) => {
                merge.merged += 1;
                first.text = first.text.take().or(change.text);
                first.note = first.note.take().or(change.note);
            }
            Some(first) => diagnostics.push(contradiction(first, &change)),
        }
    }
    merge.unchanged = unchanged.into_iter().filter(|order| !changes.contains_key(order)).count();
    merge.changes = changes.into_values().collect();
    for change in &merge.changes {
        diagnostics.extend(remarks(change));
    }
    merge
}

/// Returns true if two workbooks do not give different texts.
fn combines(first: &Option<String>, second: &Option<String>) -> bool {
    first.is_none() || second.is_none() || first == second
}

/// Answered question.
struct Cell<'a> {
    question: &'a Question,
    answer: &'a Answer,
}

impl Cell<'_> {
    /// New text of the draft; `None` if it stays.
    fn merged(
        &self,
        base: Option<&String>,
        theirs: &str,
        ours: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<String> {
        // Cells are read without blanks at their ends.
        let ours = ours.trim();
        let base = base.map_or(ours, String::as_str);
        if theirs.is_empty() {
            if !base.is_empty() && !ours.is_empty() {
                diagnostics.push(self.erased(base));
            }
            return None;
        }
        let theirs = if theirs == ERASE { "" } else { theirs };
        if theirs == base || theirs == ours {
            return None;
        }
        if ours == base || ours.is_empty() {
            return Some(theirs.to_owned());
        }
        diagnostics.push(self.changed_meanwhile(base, theirs, ours));
        None
    }

    fn erased(&self, base: &str) -> Diagnostic {
        let base = shortened(base);
        self.answer
            .place
            .diagnostic(
                Rule::AnswerErased,
                &self.question.title(),
                say!(ja: "「{base}」の記載が消されています", en: "the text `{base}` was erased"),
            )
            .rule_help()
    }

    fn changed_meanwhile(&self, base: &str, theirs: &str, ours: &str) -> Diagnostic {
        let [base, theirs, ours] = [base, theirs, ours].map(shortened);
        self.answer
            .place
            .diagnostic(
                Rule::AnswerConflict,
                &self.question.title(),
                say!(
                    ja: "調書の作成後に原稿が「{base}」から「{ours}」に変わっています。回答は「{theirs}」です",
                    en: "the content has changed from `{base}` to `{ours}` since the workbook was written; the answer is `{theirs}`"
                ),
            )
            .rule_help()
    }
}

/// Reports an answer to a question that the draft does not have.
fn unknown(answer: &Answer) -> Diagnostic {
    let address = &answer.address;
    answer
        .place
        .diagnostic(
            Rule::WorkbookMismatch,
            "",
            say!(
                ja: "下書きの版に、この欄（{address}）はありません",
                en: "the draft edition does not have this question ({address})"
            ),
        )
        .help(say!(
            ja: "調書の作成後に原稿の行が削除されたか、「照合用」の列が書き換えられています",
            en: "its line was deleted from the content, or the first column was changed"
        ))
}

/// Reports different answers, or different notes of the same answer.
fn contradiction(first: &Change<'_>, second: &Change<'_>) -> Diagnostic {
    let is_note = combines(&first.text, &second.text);
    let shown = |change: &Change<'_>| {
        let text = if is_note { change.note.as_deref() } else { change.text.as_deref() };
        shortened(text.unwrap_or_default())
    };
    let place = |change: &Change<'_>| if is_note { change.note_place.clone() } else { change.place.clone() };
    let (earlier, one, other) = (place(first), shown(first), shown(second));
    let message = match is_note {
        true => say!(
            ja: "注記が異なります。ここでは「{other}」、{earlier} では「{one}」です",
            en: "the notes differ: `{other}` here, `{one}` at {earlier}"
        ),
        false => say!(
            ja: "回答が異なります。ここでは「{other}」、{earlier} では「{one}」です",
            en: "the answers differ: `{other}` here, `{one}` at {earlier}"
        ),
    };
    place(second).diagnostic(Rule::AnswerConflict, &second.question.title(), message).rule_help()
}

/// Things to confirm about a change: an earlier text that is replaced, and an amount that seems to be in another unit.
fn remarks(change: &Change<'_>) -> Vec<Diagnostic> {
    let Some(text) = change.text.as_ref() else { return Vec::new() };
    let remark = |message| change.place.diagnostic(Rule::AnswerRemark, &change.question.title(), message);
    let mut remarks = Vec::new();
    if !change.question.text.is_empty() {
        let (before, after) = (shortened(&change.question.text), shortened(text));
        remarks.push(remark(say!(
            ja: "記載済みの内容を改めます（「{before}」→「{after}」）",
            en: "the answer replaces a text of the draft (`{before}` → `{after}`)"
        )));
    }
    let value = Value::parse(text, crate::diagnostic::Span::default());
    let written = value.as_ref().and_then(|value| value.number()).and_then(|number| number.unit.as_deref());
    let unit = &change.question.unit;
    // Another unit of an amount of money is an error of the content.
    let is_indicator = change.question.address.0.contains("#indicator.");
    if let Some(written) = written.filter(|written| is_indicator && !unit.is_empty() && !written.nfkc().eq(unit.nfkc()))
    {
        remarks.push(remark(say!(
            ja: "単位が「{unit}」の欄に「{text}」とあります。「{written}」でよいか確認してください",
            en: "`{text}` is in `{written}`, but the unit of the question is `{unit}`"
        )));
    }
    let previous = change.question.previous.rsplit_once(": ").map_or(&*change.question.previous, |(_, text)| text);
    let is_thousands = change.question.unit.starts_with('千');
    if let (true, Some(now), Some(before)) = (is_thousands, number(text), number(previous))
        && before > Decimal::ZERO
        && now >= before * Decimal::from(SUSPICIOUS_RATIO)
    {
        let (unit, before) = (&change.question.unit, shortened(previous));
        remarks.push(remark(say!(
            ja: "単位は{unit}です。「{text}」は前回（{before}）に比べて大きいため、円で記入していないか確認してください",
            en: "the unit is {unit}; `{text}` is much larger than before ({before})"
        )));
    }
    remarks
}

/// Ratio from which an amount in thousands may have been entered in units: somewhat less than a thousand.
const SUSPICIOUS_RATIO: u32 = 300;

fn number(text: &str) -> Option<Decimal> {
    Value::parse(text, crate::diagnostic::Span::default())?.decimal()
}

/// Removes workbooks of another strategy or edition, and reports them.
pub fn remove_others(questionnaire: &Questionnaire, returned: &mut Vec<Returned>, diagnostics: &mut Vec<Diagnostic>) {
    let (wanted_strategy, wanted) = (&questionnaire.strategy, &questionnaire.edition);
    returned.retain(|workbook| {
        let Some((strategy, edition)) = &workbook.edition else { return true };
        if strategy == wanted_strategy && edition == wanted {
            return true;
        }
        let message = say!(
            ja: "計画「{strategy}」の版「{edition}」の調書です。取り込み先は計画「{wanted_strategy}」の版「{wanted}」です",
            en: "the workbook is for the edition `{edition}` of `{strategy}`, not for `{wanted}` of `{wanted_strategy}`"
        );
        let location = Location::Path(workbook.file.clone());
        diagnostics.push(Diagnostic::new(Rule::WorkbookMismatch, location, message).rule_help());
        false
    });
}
