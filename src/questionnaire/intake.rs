//! Checks changes of a draft before they are written: the new texts are parsed, and must contain exactly the answers.

use super::form::Questionnaire;
use super::merge::Change;
use super::notation::Grammar;
use super::question::Question;
use super::splice::{Spliced, splice};
use crate::content::{Overlay, ReadError, Source};
use crate::diagnostic::{Bilingual, Diagnostic, Location, Rule, Severity, Sources, say};
use crate::model::{EditionIx, Strategy};
use crate::update::Replacement;
use crate::workspace::{self, AnalysisOptions};
use std::collections::BTreeMap;
use std::ops::Range;

/// The draft edition that receives answers.
pub struct Draft<'a> {
    /// Content folder.
    pub source: &'a dyn Source,
    /// Text files of the content.
    pub sources: &'a Sources,
    /// Its strategy.
    pub strategy: &'a Strategy,
    /// The edition.
    pub edition: EditionIx,
    /// Its questions.
    pub questionnaire: &'a Questionnaire,
}

impl Draft<'_> {
    /// New texts of the files that `changes` affect. Errors are reported at the cells of the answers.
    ///
    /// # Errors
    /// Fails if the content cannot be read.
    pub fn replacements(
        &self,
        changes: &[Change<'_>],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<BTreeMap<String, Replacement>, ReadError> {
        if changes.is_empty() {
            return Ok(BTreeMap::new());
        }
        let texts: BTreeMap<&str, &str> =
            self.sources.iter().map(|(_, file)| (file.path.as_str(), &*file.text)).collect();
        let spliced = splice(changes, |path| texts.get(path).copied());
        let files = spliced.iter().map(|(path, file)| (path.clone(), file.text.clone()));
        let overlay = Overlay::memory(files).over(self.source);
        let analysis =
            workspace::analyze(&overlay, std::slice::from_ref(&self.strategy.id), &AnalysisOptions::WITHOUT_REVIEW)?;
        let errors: Vec<&Diagnostic> =
            analysis.diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error).collect();
        let changed = Changed { changes, spliced: &spliced, missing: &self.strategy.missing };
        diagnostics.extend(errors.iter().map(|error| changed.at_answer(error, &analysis.sources)));
        if errors.is_empty() {
            let strategy = analysis.report.strategies().map(|(_, it)| it).find(|it| it.id == self.strategy.id);
            let edition = strategy.and_then(|strategy| strategy.editions.get(self.edition.0));
            if let (Some(strategy), Some(edition)) = (strategy, edition) {
                let new = Questionnaire::new(strategy, self.edition, edition, &analysis.sources);
                diagnostics.extend(differences(self.questionnaire, &new, changes));
            }
        }
        let replacement = |(path, file): (String, Spliced)| {
            let old = (*texts.get(path.as_str())?).to_owned();
            Some((path, Replacement { old, new: file.text }))
        };
        Ok(spliced.into_iter().filter_map(replacement).collect())
    }
}

/// Changes with the texts that they result in.
struct Changed<'a> {
    changes: &'a [Change<'a>],
    spliced: &'a BTreeMap<String, Spliced>,
    /// Spellings of missing values.
    missing: &'a [String],
}

impl Changed<'_> {
    /// An error of the new content, at the cell of the answer that it is about.
    fn at_answer(&self, error: &Diagnostic, sources: &Sources) -> Diagnostic {
        let path = error.location.path(sources);
        let change = error.span().zip(path).and_then(|(span, path)| {
            let span = span.range();
            let ranges = &self.spliced.get(path)?.ranges;
            let touches = |range: &Range<usize>| range.start <= span.end && span.start <= range.end;
            let (_, change) = ranges.iter().find(|(range, _)| touches(range))?;
            self.changes.get(*change)
        });
        match change {
            Some(Change { question, place, .. }) => {
                let diagnostic = place.diagnostic(Rule::AnswerInvalid, &question.title(), error.message.clone());
                let choices = (!question.choices.is_empty()).then(|| choices(&question.choices));
                // Notations of TOML do not help a person who fills in a cell.
                let is_toml = |help: &Bilingual| help.en.contains("{ ") || help.en.contains(".toml");
                let help = match &error.help {
                    Some(help) if !is_toml(help) => Some(help.clone()),
                    _ if error.rule == Rule::NotAValue => Some(self.as_printed(question)),
                    _ => None,
                };
                Diagnostic { help: choices.or(help), ..diagnostic }
            }
            None => {
                let location = Location::Path(sources.format_location(&error.location));
                Diagnostic { location, ..error.clone() }
            }
        }
    }

    fn as_printed(&self, question: &Question) -> Bilingual {
        let (ja, en) = (self.missing.join("」「"), self.missing.join("`, `"));
        if question.grammar == Grammar::Text {
            return say!(
                ja: "数は資料の表記のとおりに記入してください。値がない場合の表記は「{ja}」です",
                en: "enter the number as printed; spellings of missing values: `{en}`"
            );
        }
        say!(
            ja: "数は資料の表記のとおりに記入してください。数に言葉が添えられている場合は 16「全国16位」のように、言葉だけの場合は「現状維持」のように、表記を「」で囲みます。値がない場合の表記は「{ja}」です",
            en: "enter the number as printed; printed words are added in 「」, as in 16「全国16位」, or 「現状維持」 without a number; spellings of missing values: `{en}`"
        )
    }
}

fn choices(choices: &[String]) -> Bilingual {
    let (ja, en) = (choices.join("、"), choices.join(", "));
    say!(ja: "記入できるのは {ja} です", en: "allowed answers: {en}")
}

/// Questions whose text in the new content is not the answer, or not the one that they had.
fn differences<'q>(old: &'q Questionnaire, new: &Questionnaire, changes: &'q [Change<'q>]) -> Vec<Diagnostic> {
    let all = |questionnaire: &'q Questionnaire| questionnaire.forms.iter().flat_map(|form| &form.questions);
    let new: BTreeMap<&str, &Question> = new
        .forms
        .iter()
        .flat_map(|form| &form.questions)
        .map(|question| (question.address.0.as_str(), question))
        .collect();
    let by_address: BTreeMap<&str, &Change<'_>> =
        changes.iter().map(|change| (change.question.address.0.as_str(), change)).collect();
    let differs = |question: &&Question| {
        let change = by_address.get(question.address.0.as_str());
        let text = change.and_then(|change| change.text.as_ref()).unwrap_or(&question.text);
        let note = change.and_then(|change| change.note.as_deref()).unwrap_or(question.note());
        let is_same = |new: &&Question| new.text.trim() == text.trim() && new.note() == note;
        new.get(question.address.0.as_str()).is_none_or(|new| !is_same(new))
    };
    let is_same_form = |change: &&Change<'_>, question: &Question| {
        change.form.questions.iter().any(|other| other.address == question.address)
    };
    let mut reported: Vec<&str> = Vec::new();
    let mut diagnostics = Vec::new();
    for question in all(old).filter(differs) {
        // The answer itself or, if another question changed, the text of the same sheet that changed its structure.
        let own = by_address.get(question.address.0.as_str()).copied();
        let in_form = || changes.iter().find(|change| is_same_form(change, question) && change.question.is_prose());
        let Some(change) = own.or_else(in_form) else { continue };
        if !reported.contains(&change.question.address.0.as_str()) {
            reported.push(&change.question.address.0);
            diagnostics.push(not_as_answered(change));
        }
    }
    diagnostics
}

fn not_as_answered(change: &Change<'_>) -> Diagnostic {
    let diagnostic = change.place.diagnostic(
        Rule::AnswerInvalid,
        &change.question.title(),
        say!(
            ja: "このとおりには書き込めません。調書の構成が変わります",
            en: "the answer cannot be written as it is: it changes the structure of the sheet"
        ),
    );
    diagnostic.help(say!(
        ja: "文章には、見出し（`##`）や `+++` の行を記入できません。理由・内容を記入した場合は、見出しとなる評価も選んでください",
        en: "texts cannot contain headings (`##`) or `+++` lines; a reason needs its mark"
    ))
}
