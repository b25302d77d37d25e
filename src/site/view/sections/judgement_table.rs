//! Tables of judgements: scales of one group, and marks of several judges side by side.

use crate::model::{FiscalYear, JudgeIx, Judgement, Scale, StrategyIx};
use crate::site::address;
use crate::site::view::context::ViewContext;
use crate::site::view::sections::judgement::VerdictView;
use crate::site::view::values::time::YearView;
use serde::Serialize;
use std::collections::BTreeSet;

/// Judgements on the scales of one group, or on scales with several judges.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JudgementTable<'a> {
    /// Group of the scales; `None` for scales without a group.
    pub title: Option<&'a str>,
    /// Judges and years; never empty.
    pub columns: Vec<JudgementColumn<'a>>,
    /// Scales, in the order of their declaration; never empty.
    pub rows: Vec<JudgementRow<'a>>,
}

/// Column of a table of judgements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JudgementColumn<'a> {
    /// Judge; `None` if the scales have no judges.
    pub judge: Option<&'a str>,
    /// Fiscal year judged; `None` if marks are not given by year.
    pub year: Option<YearView>,
}

/// Judgements on one scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JudgementRow<'a> {
    /// Title of the scale.
    pub scale: &'a str,
    /// Link to the explanation of the scale on the page of the strategy.
    pub href: String,
    /// Judgements, one entry for each of [`JudgementTable::columns`]; `None` if nothing was printed.
    pub cells: Vec<Option<VerdictView<'a>>>,
}

/// A scale with its index in the strategy.
type IndexedScale<'a> = (usize, &'a Scale);

/// Returns true if judgements on the scale are shown in a table.
pub(super) fn is_tabulated(scale: &Scale) -> bool {
    scale.group.is_some() || !scale.judges.is_empty()
}

/// Tables of the judgements of a sheet on scales that are shown in tables; empty if there are none.
pub(super) fn tables<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    judgements: &'a [Judgement],
) -> Vec<JudgementTable<'a>> {
    let scales = &context.report.strategy(ix).scales;
    let is_given = |index: usize| judgements.iter().any(|judgement| judgement.scale.0 == index);
    let mut groups: Vec<(Option<&'a str>, Vec<IndexedScale<'a>>)> = Vec::new();
    for (index, scale) in scales.iter().enumerate().filter(|(index, scale)| is_tabulated(scale) && is_given(*index)) {
        let group = scale.group.as_deref();
        match groups.iter_mut().find(|(earlier, _)| *earlier == group) {
            Some((_, scales)) => scales.push((index, scale)),
            None => groups.push((group, vec![(index, scale)])),
        }
    }
    groups.into_iter().map(|(title, scales)| table(context, ix, title, &scales, judgements)).collect()
}

fn table<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    title: Option<&'a str>,
    scales: &[IndexedScale<'a>],
    judgements: &'a [Judgement],
) -> JudgementTable<'a> {
    let strategy = context.report.strategy(ix);
    let of_table = judgements.iter().filter(|judgement| scales.iter().any(|(index, _)| *index == judgement.scale.0));
    let columns: BTreeSet<(Option<FiscalYear>, Option<JudgeIx>)> =
        of_table.map(|judgement| (judgement.year, judgement.judge)).collect();
    let title_of = |judge: JudgeIx| strategy.judges.get(judge.0).map(|judge| judge.title.as_str());
    let row = |(index, scale): &IndexedScale<'a>| {
        let cell = |(year, judge): &(Option<FiscalYear>, Option<JudgeIx>)| {
            let is_in_cell = |judgement: &&Judgement| {
                (judgement.scale.0, judgement.year, judgement.judge) == (*index, *year, *judge)
            };
            VerdictView::new(context, strategy, judgements.iter().find(is_in_cell)?)
        };
        JudgementRow {
            scale: &scale.title,
            href: context.link(&address::scale(strategy, &scale.id)),
            cells: columns.iter().map(cell).collect(),
        }
    };
    JudgementTable {
        title,
        rows: scales.iter().map(row).collect(),
        columns: columns
            .iter()
            .map(|(year, judge)| JudgementColumn {
                judge: judge.and_then(title_of),
                year: year.map(|year| context.year(year)),
            })
            .collect(),
    }
}
