//! Numbers of a reading: how many questions were asked, answered, left as they are, refused and merged; and the questions
//! that did not come back.

use super::answers::Returned;
use super::form::Questionnaire;
use super::merge::Merge;
use super::question::{Form, Question};
use crate::diagnostic::{Diagnostic, Location, Rule, Severity, say};
use std::collections::{BTreeMap, BTreeSet};

/// Numbers of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Questions of the draft that the workbooks ask.
    pub asked: usize,
    /// Questions whose answers change the draft.
    pub answered: usize,
    /// Questions whose answer is that of the draft.
    pub unchanged: usize,
    /// Questions without an answer.
    pub blank: usize,
    /// Cells with errors.
    pub refused: usize,
    /// Answers that agree with another workbook.
    pub merged: usize,
}

impl Tally {
    /// Counts the questions of `returned`, whose answers were merged with these `diagnostics`.
    pub fn new(
        questionnaire: &Questionnaire,
        returned: &[Returned],
        merge: &Merge<'_>,
        diagnostics: &[Diagnostic],
    ) -> Self {
        let known = by_address(questionnaire);
        let asked: BTreeSet<&str> = returned
            .iter()
            .flat_map(|workbook| workbook.questions.iter().chain(&workbook.missing))
            .map(|address| address.0.as_str())
            .filter(|address| known.contains_key(address))
            .collect();
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error);
        let refused: BTreeSet<_> = errors
            .filter_map(|error| match &error.location {
                Location::Cell(place) => Some((&place.file, &place.sheet, place.cell)),
                _ => None,
            })
            .collect();
        let is_refused =
            |place: &crate::diagnostic::CellLocation| refused.contains(&(&place.file, &place.sheet, place.cell));
        let answered = merge.changes.iter().filter(|change| !is_refused(&change.place)).count();
        let (asked, refused, unchanged) = (asked.len(), refused.len(), merge.unchanged);
        let blank = asked.saturating_sub(answered + unchanged + refused);
        Self { asked, answered, unchanged, blank, refused, merged: merge.merged }
    }
}

fn by_address(questionnaire: &Questionnaire) -> BTreeMap<&str, (&Form, &Question)> {
    let questions = questionnaire.forms.iter().flat_map(|form| form.questions.iter().map(move |it| (form, it)));
    questions.map(|(form, question)| (question.address.0.as_str(), (form, question))).collect()
}

/// Reports questions of the draft with which workbooks were written, and that none of `returned` contains any more.
pub fn missing_questions(questionnaire: &Questionnaire, returned: &[Returned]) -> Vec<Diagnostic> {
    let known = by_address(questionnaire);
    let present: BTreeSet<&str> =
        returned.iter().flat_map(|workbook| &workbook.questions).map(|address| address.0.as_str()).collect();
    let mut reported: BTreeSet<&str> = BTreeSet::new();
    let mut diagnostics = Vec::new();
    for workbook in returned {
        let mut by_form: BTreeMap<&str, (&Form, Vec<&Question>)> = BTreeMap::new();
        for address in &workbook.missing {
            let Some((form, question)) = known.get(address.0.as_str()) else { continue };
            if !present.contains(address.0.as_str()) && reported.insert(&address.0) {
                by_form.entry(&form.path).or_insert((form, Vec::new())).1.push(question);
            }
        }
        let others: Vec<&Question> = by_form.values().skip(MAX_FORMS).flat_map(|(_, it)| it.iter().copied()).collect();
        let forms = by_form.values().take(MAX_FORMS);
        diagnostics.extend(forms.map(|(form, questions)| missing(&workbook.file, &form.title, questions)));
        if !others.is_empty() {
            let (forms, count) = (by_form.len() - MAX_FORMS, others.len());
            let message = say!(
                ja: "ほか{forms}件の{count}欄が、返ってきた調書にありません",
                en: "{count} questions of {forms} other forms did not come back"
            );
            let location = Location::Path(workbook.file.clone());
            diagnostics.push(Diagnostic::new(Rule::MissingQuestions, location, message).rule_help());
        }
    }
    diagnostics
}

/// Maximum number of forms that are named for a workbook.
const MAX_FORMS: usize = 10;

fn missing(file: &str, title: &str, questions: &[&Question]) -> Diagnostic {
    let count = questions.len();
    let first = questions.first().map(|question| question.title()).unwrap_or_default();
    let more = if count > 1 { "など" } else { "" };
    Diagnostic::new(
        Rule::MissingQuestions,
        Location::Path(file.to_owned()),
        say!(
            ja: "「{title}」の{count}欄（{first}{more}）が、返ってきた調書にありません",
            en: "{count} of the questions about `{title}` did not come back ({first})"
        ),
    )
    .rule_help()
}
