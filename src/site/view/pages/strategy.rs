//! The page of a strategy.

use crate::markdown::Passage;
use crate::model::{Owner, StrategyIx};
use crate::site::view::context::ViewContext;
use crate::site::view::pages::home::{CountView, counts};
use crate::site::view::sections::change::{ChangesView, changes};
use crate::site::view::sections::document::EditionView;
use crate::site::view::sections::goal_table::{GoalTablesView, branches};
use crate::site::view::sections::judgement::ScaleView;
use crate::site::view::sections::layout::Layout;
use crate::site::view::sections::mark_distribution::{MarkDistributionView, spreads};
use crate::site::view::sections::prose::{Speaker, prose};
use crate::site::view::sections::row::{RowsView, rows};
use crate::site::view::sections::sums::{SumsView, of_all};
use crate::site::view::values::html::Html;
use crate::site::view::values::reference::RefView;
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
    /// What it is made of: how many of each.
    pub counts: Vec<CountView<'a>>,
    /// How many indicators it has.
    pub indicators: usize,
    /// How the marks are spread that say how things go.
    pub verdicts: Vec<MarkDistributionView<'a>>,
    /// How the other marks of programs are spread: directions, kinds of funding.
    pub spreads: Vec<MarkDistributionView<'a>>,
    /// Its publications, newest first.
    pub editions: Vec<EditionView<'a>>,
    /// Its goals and policies.
    pub branches: Option<GoalTablesView<'a>>,
    /// What changed with the newest edition; none where it is the first.
    pub changes: Option<ChangesView<'a>>,
    /// Programs that stand directly under it.
    pub rows: Option<RowsView<'a>>,
    /// Programs that stand in no row at all.
    pub unplaced: Vec<crate::site::view::values::reference::RefView<'a>>,
    /// Our sums over all its programs.
    pub sums: Option<SumsView<'a>>,
    /// The scales of its marks.
    pub scales: Vec<ScaleView<'a>>,
    /// The words of `strategy.md`.
    pub body: Option<Html>,
    /// The same as plain text, for the search.
    #[serde(skip)]
    pub(crate) passages: Vec<Passage>,
    /// What readers should know of the source.
    pub remarks: Vec<&'a str>,
    /// The link to all of it as one document, for printing.
    pub print: Option<String>,
    /// The link to all of this as data.
    pub data: String,
}

pub(crate) fn strategy<'a>(context: &ViewContext<'a>, ix: StrategyIx, order: &Order) -> StrategyView<'a> {
    let strategy = context.report.strategy(ix);
    let editions = strategy.shown_editions().rev().map(|(_, edition)| edition);
    let (verdicts, others) = spreads(context, ix, order).into_iter().partition(|spread| spread.verdicts);
    let newest = strategy.shown_editions().next_back().map(|(place, _)| place);
    let programs = order.of_kind(crate::model::Kind::Program).iter();
    let unplaced = programs.filter(|id| context.report.relations(**id).places.is_empty());
    let body = prose(context, Speaker::Strategy(ix), &strategy.body, ("about", 3), &mut context.page_state());
    let (body, passages) = body.unzip();
    StrategyView {
        layout: Layout { description: strategy.description.clone(), ..Layout::of_strategy(context, ix) },
        title: &strategy.title,
        reading: strategy.reading.as_deref(),
        publisher: &strategy.publisher,
        period: strategy.period.map(|period| context.texts.period_in_full(period)),
        description: strategy.description.as_deref(),
        outline: strategy.outline,
        editions: editions.map(|edition| EditionView::new(context, ix, edition)).collect(),
        branches: branches(context, ix),
        changes: newest.and_then(|newest| changes(context, ix, newest, &order.all())),
        counts: context.summary(ix).map_or_else(Vec::new, counts),
        indicators: context.report.nodes(ix).map(|(_, node)| node.indicators.len()).sum(),
        verdicts,
        spreads: others,
        rows: rows(context, ix, Owner::Strategy(ix)),
        unplaced: unplaced.map(|id| RefView::of_node(context, ix, *id)).collect(),
        sums: of_all(context, ix),
        scales: strategy.scales.iter().map(ScaleView::new).collect(),
        body,
        passages: passages.unwrap_or_default(),
        remarks: strategy.remarks.iter().map(|remark| remark.text.as_str()).collect(),
        print: address::has_print(context.report, ix).then(|| context.link(&address::print(strategy))),
        data: context.link(&address::report_json(strategy)),
    }
}
