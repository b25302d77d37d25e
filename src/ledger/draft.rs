//! The values of a ledger as answers to the questions of a draft edition: the second year of a strategy.

use super::cell::Origin;
use super::error::Place;
use super::mapping::Mapping;
use super::output::OutputText;
use crate::diagnostic::{CellLocation, Diagnostic, Rule, say};
use crate::model::{EditionIx, Strategy};
use crate::questionnaire::{Answer, Questionnaire};
use crate::workspace::Analysis;
use std::collections::{BTreeMap, BTreeSet};

/// All values of the generated sheets as answers, each with its cell.
pub fn answers(
    mapping: &Mapping,
    analysis: &Analysis,
    files: &[OutputText],
    place: &dyn Fn(Origin) -> Place,
) -> Vec<Answer> {
    let found = analysis.report.strategies().map(|(_, strategy)| strategy).find(|it| it.id == mapping.strategy);
    let Some((strategy, edition)) = found.and_then(|strategy| Some((strategy, strategy.editions.first()?))) else {
        return Vec::new();
    };
    let questionnaire = Questionnaire::new(strategy, EditionIx(0), edition, &analysis.sources);
    let files: BTreeMap<&str, &OutputText> = files.iter().map(|file| (file.path.as_str(), file)).collect();
    let mut answers = Vec::new();
    for form in &questionnaire.forms {
        let Some(file) = files.get(form.path.as_str()) else { continue };
        for question in form.questions.iter().filter(|question| !question.text.is_empty()) {
            let line = file.text.get(..question.offset()).unwrap_or_default().matches('\n').count() + 1;
            let Some(Place::Cell(place)) = file.origin(line).map(place) else { continue };
            answers.push(Answer {
                address: question.address.clone(),
                text: question.text.clone(),
                note: question.note().to_owned(),
                note_place: place.clone(),
                place,
                base: None,
            });
        }
    }
    answers
}

/// Removes the answers that the draft does not ask for, and reports them: new nodes as errors, other values as one
/// warning for each column.
pub fn remove_unasked(
    questionnaire: &Questionnaire,
    strategy: &Strategy,
    answers: &mut Vec<Answer>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let asked: BTreeSet<&str> =
        questionnaire.forms.iter().flat_map(|form| &form.questions).map(|question| question.address.text()).collect();
    let mut nodes: BTreeMap<String, CellLocation> = BTreeMap::new();
    let mut values: BTreeMap<String, (usize, CellLocation)> = BTreeMap::new();
    answers.retain(|answer| {
        if asked.contains(answer.address.text()) {
            return true;
        }
        let (node, path) = answer.address.parts();
        let is_known = strategy.nodes.iter().any(|it| node.split_once('/') == Some((it.kind.key(), it.id.as_str())));
        if is_known {
            values.entry(path.to_owned()).or_insert_with(|| (0, answer.place.clone())).0 += 1;
        } else {
            nodes.entry(node.to_owned()).or_insert_with(|| answer.place.clone());
        }
        false
    });
    for (node, place) in nodes {
        let (kind, id) = node.split_once('/').unwrap_or_default();
        let strategy = &strategy.id;
        let message = say!(ja: "「{id}」は原稿にありません", en: "`{id}` is not in the content");
        let help = say!(
            ja: "`shirube new {kind} {id} --strategy {strategy}` で追加し、下書きの版に調書を作成してください",
            en: "add it with `shirube new {kind} {id} --strategy {strategy}`, and its sheet to the draft edition"
        );
        diagnostics.push(place.diagnostic(Rule::LedgerInvalid, "", message).help(help));
    }
    for (path, (count, place)) in values {
        let message = say!(
            ja: "この列の値は、下書きの版に欄（{path}）がないため取り込みません（{count}件）",
            en: "the draft edition does not ask for these values ({path}), which are not taken (rows: {count})"
        );
        diagnostics.push(place.diagnostic(Rule::AnswerRemark, &place.label, message));
    }
}

/// Ids of the programs of the draft for which the ledger has no value.
pub fn absent_programs<'q>(questionnaire: &'q Questionnaire, answers: &[Answer]) -> Vec<&'q str> {
    let answered: BTreeSet<&str> = answers.iter().map(|answer| answer.address.parts().0).collect();
    let programs = questionnaire.forms.iter().filter_map(|form| Some((form, form.node.strip_prefix("program/")?)));
    programs.filter(|(form, _)| !answered.contains(form.node.as_str())).map(|(_, id)| id).collect()
}
