//! The page of a strategy.

use super::document::EditionView;
use super::here::Here;
use super::html::Html;
use super::judgement::ScaleView;
use super::layout::Layout;
use super::prose::{Speaker, prose};
use super::row::{RowsView, rows};
use super::sums::{SumsView, of_all};
use super::time;
use super::tree::{TreeView, trees};
use crate::markdown::HeadingIds;
use crate::model::{Owner, StrategyIx};
use crate::site::{Order, address};
use serde::Serialize;

/// A strategy: what it is, where its figures come from, and what it is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StrategyView<'a> {
    /// The frame.
    pub layout: Layout<'a>,
    /// Its title.
    pub title: &'a str,
    /// Its title in kana.
    pub reading: Option<&'a str>,
    /// The municipality.
    pub publisher: &'a str,
    /// The years of the plan.
    pub period: Option<String>,
    /// What it is.
    pub description: Option<&'a str>,
    /// Whether only an outline is kept.
    pub outline: bool,
    /// Its publications, newest first.
    pub editions: Vec<EditionView<'a>>,
    /// Its goals and policies.
    pub tree: Vec<TreeView<'a>>,
    /// Programs that stand directly under it.
    pub rows: Option<RowsView<'a>>,
    /// Programs that stand in no row at all.
    pub unplaced: Vec<super::reference::RefView<'a>>,
    /// Our sums over all its programs.
    pub sums: Option<SumsView<'a>>,
    /// The scales of its marks.
    pub scales: Vec<ScaleView<'a>>,
    /// The words of `strategy.md`.
    pub body: Option<Html>,
    /// What readers should know of the source.
    pub remarks: Vec<&'a str>,
    /// The link to all of this as data.
    pub data: String,
}

pub(crate) fn strategy<'a>(here: &Here<'a>, ix: StrategyIx, order: &Order) -> StrategyView<'a> {
    let strategy = here.report.strategy(ix);
    let editions = strategy.shown_editions().rev().map(|(_, edition)| edition);
    let programs = order.of_kind(crate::model::Kind::Program).iter();
    let unplaced = programs.filter(|id| here.report.relations(**id).places.is_empty());
    StrategyView {
        layout: Layout { description: strategy.description.clone(), ..Layout::of_strategy(here, ix) },
        title: &strategy.title,
        reading: strategy.reading.as_deref(),
        publisher: &strategy.publisher,
        period: strategy.period.map(|period| time::period(period, here.words.lang)),
        description: strategy.description.as_deref(),
        outline: strategy.outline,
        editions: editions.map(|edition| EditionView::new(here, ix, edition)).collect(),
        tree: trees(here, here.report.roots(ix)),
        rows: rows(here, ix, Owner::Strategy(ix)),
        unplaced: unplaced.map(|id| here.node(ix, *id)).collect(),
        sums: of_all(here, ix),
        scales: strategy.scales.iter().map(ScaleView::new).collect(),
        body: prose(here, Speaker::Strategy(ix), &strategy.body, ("about", 3), &mut HeadingIds::default()),
        remarks: strategy.remarks.iter().map(|remark| remark.text.as_str()).collect(),
        data: here.link(&address::report_json(strategy)),
    }
}
