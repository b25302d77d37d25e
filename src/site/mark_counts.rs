//! Numbers of marks per scale in the current edition, for pages that must not read the whole report.

use super::lists::{self, GroupValue};
use crate::model::{FiscalYear, Judgement, Kind, Report, StrategyIx, Tone, Verdict, decisive};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Numbers of subjects by their mark on one scale, as on the page of the strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkCounts {
    /// Kind of subject: `goal`, `policy`, `program` or `indicator`.
    pub of: String,
    /// Name of the level in the report: `施策`; `None` for indicators.
    pub label: Option<String>,
    /// Id of the scale.
    pub scale: String,
    /// Title of the scale.
    pub title: String,
    /// Fiscal year, if marks of the scale are given by year: the newest one.
    pub year: Option<FiscalYear>,
    /// Number of subjects.
    pub total: usize,
    /// Marks in the order of the scale, then the subjects without a mark.
    pub counts: Vec<MarkCount>,
}

/// Number of subjects with one mark, or without a mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkCount {
    /// Index of the mark in the scale, or why there is none: `missing`, `lost`, `none`.
    pub key: String,
    /// Mark as printed; `None` for subjects without a mark.
    pub mark: Option<String>,
    /// Spoken form of the mark: `二重丸`. `None` if it is read as printed.
    pub spoken: Option<String>,
    /// Tone of the mark: `good`, `fair`, `poor`, `neutral`.
    pub tone: Option<String>,
    /// Number of subjects.
    pub count: usize,
}

/// Counts the evaluative marks of a strategy: of indicators, policies, goals, and programs, at most one scale each. Scales
/// on which a subject has several marks are omitted, as are those without any known mark.
pub fn mark_counts(report: &Report, ix: StrategyIx) -> Vec<MarkCounts> {
    let strategy = report.strategy(ix);
    let subjects = subjects(report, ix);
    let kinds = [
        ("indicator", None),
        ("policy", Some(Kind::Policy)),
        ("goal", Some(Kind::Goal)),
        ("program", Some(Kind::Program)),
    ];
    let counts = kinds.into_iter().filter_map(|(of, kind)| {
        let subjects = subjects.get(of)?;
        let given = subjects.iter().flat_map(|judgements| decisive(judgements));
        let mut columns: BTreeMap<_, Option<FiscalYear>> = BTreeMap::new();
        for judgement in given.filter(|judgement| strategy.is_listed(judgement.scale)) {
            let newest = columns.entry(judgement.scale).or_default();
            *newest = (*newest).max(judgement.year);
        }
        columns.into_iter().find_map(|(scale_ix, year)| {
            let scale = strategy.scales.get(scale_ix.0)?;
            let groups =
                lists::by_mark(strategy, (scale_ix, year), of, subjects.iter().map(|judgements| ((), *judgements)))?;
            let has_marks =
                groups.iter().any(|(value, members)| matches!(value, GroupValue::Mark(_)) && !members.is_empty());
            let is_evaluative =
                kind != Some(Kind::Program) || scale.marks.iter().any(|mark| mark.tone != Tone::Neutral);
            let is_partition = groups.iter().map(|(_, members)| members.len()).sum::<usize>() == subjects.len();
            let counts = groups.into_iter().filter_map(|(value, members)| {
                let mark = match value {
                    GroupValue::Mark(index) => scale.marks.get(index),
                    _ => None,
                };
                Some(MarkCount {
                    key: value.mark_key()?,
                    mark: mark.map(|mark| mark.printed.clone()),
                    spoken: mark.and_then(|mark| mark.spoken.clone()),
                    tone: mark.map(|mark| mark.tone.key().to_owned()),
                    count: members.len(),
                })
            });
            (has_marks && is_evaluative && is_partition).then(|| MarkCounts {
                of: of.to_owned(),
                label: kind.map(|kind| strategy.label(kind).to_owned()),
                scale: scale.id.clone(),
                title: scale.title.clone(),
                year,
                total: subjects.len(),
                counts: counts.collect(),
            })
        })
    });
    counts.collect()
}

/// Returns true if an indicator has a mark in the current edition.
pub fn has_marked_indicator(report: &Report, ix: StrategyIx) -> bool {
    let strategy = report.strategy(ix);
    let subjects = subjects(report, ix);
    let mut given = subjects.get("indicator").into_iter().flatten().flat_map(|judgements| decisive(judgements));
    given.any(|judgement| {
        let is_mark = matches!(&judgement.verdict, Verdict::Marks(indexes) if !indexes.is_empty());
        is_mark && strategy.is_listed(judgement.scale)
    })
}

/// Judgements of the current edition by kind of subject: of nodes with a sheet in it, and of indicators with figures.
fn subjects(report: &Report, ix: StrategyIx) -> BTreeMap<&'static str, Vec<&[Judgement]>> {
    let mut subjects: BTreeMap<&'static str, Vec<&[Judgement]>> = BTreeMap::new();
    for (_, node) in report.nodes(ix) {
        let current = report.current_edition(ix, node.kind).and_then(|edition| node.sheet(edition));
        let Some(sheet) = current else { continue };
        subjects.entry(node.kind.key()).or_default().push(&sheet.judgements);
        let figures = sheet.figures.iter().filter(|(index, _)| **index < node.indicators.len());
        subjects.entry("indicator").or_default().extend(figures.map(|(_, figures)| &figures.judgements[..]));
    }
    subjects
}
