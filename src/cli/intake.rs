//! Answers taken into a draft edition: their preview, their errors, and the update of its files.

use std::path::Path;

use super::Exit;
use super::console::{Console, counted};
use crate::build::CommandError;
use crate::content::DiskSource;
use crate::diagnostic::{Diagnostic, Sources, has_errors, say, shortened};
use crate::model::{Edition, EditionIx, Strategy};
use crate::questionnaire::{Change, Draft, Merge, Questionnaire};
use crate::update;
use crate::workspace::Analysis;

/// Draft edition that receives answers.
pub(super) struct Intake<'a> {
    /// Content folder.
    pub(super) content: &'a Path,
    /// The content.
    pub(super) analysis: &'a Analysis,
    /// Its strategy.
    pub(super) strategy: &'a Strategy,
    /// The edition.
    pub(super) edition: EditionIx,
    /// Its questions.
    pub(super) questionnaire: &'a Questionnaire,
}

impl Intake<'_> {
    /// Prints the changes, the errors and, by `print_totals`, what else was found. Writes the changes if there is no error
    /// and `apply` is true.
    pub(super) fn run(
        &self,
        console: Console,
        merge: &Merge<'_>,
        mut diagnostics: Vec<Diagnostic>,
        apply: bool,
        print_totals: impl FnOnce(&[Diagnostic]),
    ) -> Result<Exit, CommandError> {
        let source = DiskSource::new(self.content);
        let draft = Draft {
            source: &source,
            sources: &self.analysis.sources,
            strategy: self.strategy,
            edition: self.edition,
            questionnaire: self.questionnaire,
        };
        let replacements = draft.replacements(&merge.changes, &mut diagnostics)?;
        print_changes(console, merge);
        let failed = has_errors(&diagnostics);
        console.report(&mut diagnostics, &Sources::default(), Path::new(""));
        print_totals(&diagnostics);
        if failed {
            console.print(&say!(
                ja: "誤りがあるため、何も書き込んでいません",
                en: "nothing was written because of errors"
            ));
            return Ok(Exit::Failure);
        }
        let files = counted(replacements.len(), "file");
        let n = replacements.len();
        if !apply {
            console.print(&say!(
                ja: "まだ何も書き込んでいません。取り込むには --apply を付けて実行してください（{n}ファイル）",
                en: "nothing was written yet; run again with --apply to change {files}"
            ));
            return Ok(Exit::Success);
        }
        update::replace(self.content, &replacements).map_err(CommandError::Other)?;
        console.print(&say!(ja: "{n}ファイルに書き込みました", en: "changed {files}"));
        Ok(Exit::Success)
    }
}

/// Prints the changes by sheet.
fn print_changes(console: Console, merge: &Merge<'_>) {
    let mut sheet = "";
    for Change { form, question, text, note, .. } in &merge.changes {
        if sheet != form.path {
            sheet = &form.path;
            let title = &form.title;
            console.print(&say!(ja: "{sheet}（{title}）", en: "{sheet} ({title})"));
        }
        let (title, before) = (question.title(), shortened(&question.text));
        let after = shortened(text.as_deref().unwrap_or(&question.text));
        let note = note.as_ref().map(|note| format!("（{}）", shortened(note))).unwrap_or_default();
        console.print(&say!(
            ja: "  {title}: 「{before}」→「{after}」{note}",
            en: "  {title}: `{before}` → `{after}`{note}"
        ));
    }
}

/// The draft edition `id` of a strategy without errors.
pub(super) fn draft<'a>(
    strategy: &'a Strategy,
    id: &str,
    analysis: &Analysis,
) -> Result<(EditionIx, &'a Edition), CommandError> {
    if has_errors(&analysis.diagnostics) {
        return Err(CommandError::Other(say!(
            ja: "原稿に誤りがあります。`shirube check` で確認し、修正してから、もう一度実行してください",
            en: "the content has errors; run `shirube check`, fix them and try again"
        )));
    }
    let found = strategy.editions.iter().enumerate().find(|(_, edition)| edition.id == id);
    match found {
        Some((at, edition)) if edition.draft => Ok((EditionIx(at), edition)),
        Some(_) => Err(CommandError::Usage(say!(
            ja: "版「{id}」は下書きではありません。調書にできるのは、`draft = true` の版だけです",
            en: "the edition `{id}` is not a draft; only editions with `draft = true` have questionnaires"
        ))),
        None => Err(CommandError::Usage(say!(
            ja: "版「{id}」はありません。`shirube new edition {id}` で下書きを作成してください",
            en: "unknown edition `{id}`; create the draft with `shirube new edition {id}`"
        ))),
    }
}

/// Id of the only draft edition of a strategy.
pub(super) fn only_draft(strategy: &Strategy) -> Result<String, CommandError> {
    let drafts: Vec<&Edition> = strategy.editions.iter().filter(|edition| edition.draft).collect();
    match drafts.as_slice() {
        [only] => Ok(only.id.clone()),
        [] => Err(CommandError::Usage(say!(
            ja: "下書きの版がありません。`shirube new edition` で作成してください",
            en: "there is no draft edition; create one with `shirube new edition`"
        ))),
        _ => Err(CommandError::Usage(say!(
            ja: "調書からは版が分かりません。--edition で指定してください",
            en: "the workbooks do not contain their edition; specify it with --edition"
        ))),
    }
}
