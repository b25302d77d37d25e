//! Published states of strategies, read to be compared with the content: of a content folder, a site, or a `report.json`.

use super::CommandError;
use crate::content::{DiskSource, ReadError};
use crate::correction::cell;
use crate::diagnostic::{Bilingual, Diagnostic, Rule, Span, has_errors, say};
use crate::diff::{self, Change, Class, Snapshot};
use crate::exchange::report_json;
use crate::model::{Node, Report, StrategyIx};
use crate::site::address;
use crate::workspace::{self, AnalysisOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// States of all strategies in `path`: a content folder, the folder of a site, or a `report.json`.
///
/// # Errors
/// Fails if there is none of these, or if it cannot be read.
pub fn read_states(path: &Path) -> Result<Vec<Snapshot>, CommandError> {
    if !path.is_dir() {
        return Ok(vec![read_report(path)?]);
    }
    if path.join("site.toml").is_file() {
        return states_of_content(path);
    }
    let mut states = Vec::new();
    let files = WalkDir::new(path).sort_by_file_name().into_iter().filter_entry(|it| it.file_name() != ".shirube");
    for entry in files {
        let entry = entry.map_err(|error| ReadError::from_walk(error, path))?;
        if entry.file_type().is_file() && entry.file_name() == address::REPORT_JSON {
            states.push(read_report(entry.path())?);
        }
    }
    if states.is_empty() { Err(CommandError::Usage(no_report(path))) } else { Ok(states) }
}

/// States of the strategies of a content folder, without drafts.
fn states_of_content(folder: &Path) -> Result<Vec<Snapshot>, CommandError> {
    let analysis = workspace::analyze(&DiskSource::new(folder), &[], &AnalysisOptions::default())?;
    if has_errors(&analysis.diagnostics) {
        let folder = folder.display();
        return Err(CommandError::Other(say!(
            ja: "{folder} の原稿に誤りがあります。`shirube check --content {folder}` で確認してください",
            en: "the content in {folder} has errors; run `shirube check --content {folder}`"
        )));
    }
    let report = &analysis.report;
    Ok(report.strategies().filter_map(|(ix, _)| state(report, ix)).collect())
}

/// Present state of a strategy.
fn state(report: &Report, ix: StrategyIx) -> Option<Snapshot> {
    let json = report_json::to_json(report, ix).ok()?;
    Snapshot::new(serde_json::from_slice(&json).ok()?)
}

fn read_report(path: &Path) -> Result<Snapshot, CommandError> {
    let bytes = std::fs::read(path).map_err(|reason| match reason.kind() {
        ErrorKind::NotFound => CommandError::Usage(no_report(path)),
        _ => ReadError::Io { path: path.to_owned(), reason }.into(),
    })?;
    let snapshot = serde_json::from_slice(&bytes).ok().and_then(Snapshot::new);
    snapshot.ok_or_else(|| CommandError::Usage(no_report(path)))
}

fn no_report(path: &Path) -> Bilingual {
    let path = path.display();
    say!(
        ja: "{path} に、比べられるもの（原稿のフォルダー、サイトのフォルダー、report.json）がありません",
        en: "{path} is not a content folder, the folder of a site, or a report.json"
    )
}

/// Published states with which a build compares its content.
#[derive(Debug, Clone)]
pub(super) enum Baseline {
    /// The site in the output folder; a strategy that it does not contain is published for the first time.
    Output(PathBuf),
    /// Other states, which the user named.
    States(Vec<Snapshot>),
}

impl Baseline {
    /// The states in `against`, or else in the output folder.
    pub(super) fn open(against: Option<&Path>, output: &Path) -> Result<Self, CommandError> {
        match against {
            Some(path) => Ok(Self::States(read_states(path)?)),
            None => Ok(Self::Output(output.to_owned())),
        }
    }

    /// Returns true if a unit that is up to date must be compared all the same, because the states are not those of the
    /// output folder.
    pub(super) fn is_other_site(&self) -> bool {
        matches!(self, Self::States(_))
    }

    /// Published state of a strategy; `None` if it was not published. A file that is damaged is none.
    fn state(&self, id: &str) -> Option<Snapshot> {
        match self {
            Self::Output(folder) => {
                let path = folder.join(id).join(address::REPORT_JSON);
                Snapshot::new(serde_json::from_slice(&std::fs::read(path).ok()?).ok()?)
            }
            Self::States(states) => states.iter().find(|state| state.id == id).cloned(),
        }
    }

    /// Warnings about published cells that changed without a correction, and the ids of the strategies that were not
    /// published. With `strict`, the warnings are errors.
    pub(super) fn compare(&self, report: &Report, strict: bool) -> Comparison {
        let mut comparison = Comparison::default();
        for (ix, strategy) in report.strategies().filter(|(_, strategy)| !strategy.outline_only) {
            let Some(published) = self.state(&strategy.id) else {
                comparison.unpublished.push(strategy.id.clone());
                continue;
            };
            let changes = diff::compare(Some(&published), state(report, ix).as_ref());
            let silent = changes.iter().filter(|change| change.class == Class::Correction && !change.declared);
            comparison.diagnostics.extend(silent.map(|change| Diagnostic { strict, ..diagnostic(report, ix, change) }));
        }
        comparison
    }
}

/// Result of comparing a unit with its published state.
#[derive(Debug, Default)]
pub(super) struct Comparison {
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Ids of strategies that were not published.
    pub(super) unpublished: Vec<String>,
}

fn diagnostic(report: &Report, ix: StrategyIx, change: &Change) -> Diagnostic {
    let none = say!(ja: "（記載なし）", en: "(none)");
    let text = |text: &Option<String>| {
        let shortened = text.as_deref().map(crate::diagnostic::shortened);
        shortened.map_or_else(|| none.clone(), |text| Bilingual { ja: text.clone(), en: text })
    };
    let (before, after, path) = (text(&change.before), text(&change.after), &change.path);
    let message = match (path.is_empty(), &change.before) {
        (true, Some(name)) => say!(
            ja: "公表されている「{name}」がなくなっています",
            en: "`{name}`, which is published, is gone"
        ),
        _ => {
            let (before_ja, after_ja, before, after) = (before.ja, after.ja, before.en, after.en);
            say!(
                ja: "公表されている `{path}` が、{before_ja} から {after_ja} に変わっています",
                en: "the published `{path}` changed from {before} to {after}"
            )
        }
    };
    let diagnostic = Diagnostic::new(Rule::SilentCorrection, span(report, ix, change), message);
    if path.is_empty() {
        return diagnostic.rule_help();
    }
    let was = ::toml::Value::from(change.before.as_deref().map(str::trim).unwrap_or_default()).to_string();
    let was = if was.contains('\n') { "…".to_owned() } else { was };
    diagnostic.help(say!(
        ja: "訂正であれば `[[correction]]` に `about = \"{path}\"`、`was = {was}` と日付、種類、理由を書き、誤って変えたのであれば元に戻してください",
        en: "if it is a correction, declare it by a `[[correction]]` with `about = \"{path}\"`, `was = {was}`, date, kind and reason; otherwise restore it"
    ))
}

/// Where the content has the changed cell, or else its sheet, node or strategy.
fn span(report: &Report, ix: StrategyIx, change: &Change) -> Span {
    let strategy = report.strategy(ix);
    let of_change =
        |node: &&Node| change.node.as_ref().is_some_and(|it| (node.kind.key(), &node.id) == (&it.kind, &it.id));
    let Some(node) = report.nodes(ix).map(|(_, node)| node).find(of_change) else {
        let edition = change.edition.as_ref().and_then(|it| strategy.editions.iter().find(|known| known.id == it.id));
        return edition.map_or(strategy.span, |edition| edition.span);
    };
    let is_of_edition =
        |edition: Option<&str>| change.edition.as_ref().is_none_or(|it| Some(it.id.as_str()) == edition);
    let id = |index: usize| strategy.editions.get(index).map(|edition| edition.id.as_str());
    let Some(sheet) = node.sheets.iter().rev().find(|sheet| is_of_edition(id(sheet.edition.0))) else {
        return node.span;
    };
    let key = cell::keys(node, sheet).into_iter().find(|key| key.dotted(strategy, node) == change.path);
    let text = key.and_then(|key| cell::text(strategy, node, sheet, &key));
    let otherwise = if change.edition.is_some() { sheet.span } else { node.span };
    text.map_or(otherwise, |text| text.span)
}
