//! Pages that gather: the glossary, all indicators, all departments.

use crate::model::{Kind, StrategyIx};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::indicator_summary::{IndicatorSummaryView, briefs};
use crate::site::view::sections::judgement::GivenView;
use crate::site::view::sections::layout::Layout;
use crate::site::view::sections::list::{self, GroupingsView, JudgedColumn};
use crate::site::view::sections::node_header::departments;
use crate::site::view::values::reference::RefView;
use crate::site::{Order, address};
use serde::Serialize;
use std::collections::BTreeMap;

/// The words that readers may not know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GlossaryView<'a> {
    /// The frame.
    pub layout: Layout<'a>,
    /// The words, in the order of the file.
    pub terms: Vec<TermView<'a>>,
}

/// A word of the glossary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TermView<'a> {
    /// The id of its place on the page.
    pub anchor: String,
    /// The word.
    pub term: &'a str,
    /// The word in kana.
    pub reading: Option<&'a str>,
    /// What it means.
    pub meaning: &'a str,
    /// Other spellings.
    pub also: &'a [String],
}

/// All indicators of a strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndicatorsView<'a> {
    /// The frame.
    pub layout: Layout<'a>,
    /// The columns of marks.
    pub columns: Vec<JudgedColumn<'a>>,
    /// The labels of the editions in which the marks stand, joined; empty where there are none.
    pub editions: String,
    /// The indicators by node, in the order of the strategy.
    pub indicators: Vec<IndicatorLine<'a>>,
    /// The indicators by mark.
    pub groupings: Option<GroupingsView<'a>>,
}

/// One indicator in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndicatorLine<'a> {
    /// The goal, policy or program of which it is.
    pub node: RefView<'a>,
    /// The indicator.
    pub indicator: IndicatorSummaryView<'a>,
    /// The marks that the newest edition gives it, one for each column.
    pub given: Vec<Option<GivenView<'a>>>,
}

/// The departments of a strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DepartmentsView<'a> {
    /// The frame.
    pub layout: Layout<'a>,
    /// The departments: those that the strategy declares, in its order, then the others.
    pub departments: Vec<DepartmentView<'a>>,
}

/// A department with what it is in charge of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DepartmentView<'a> {
    /// The id of its place on the page.
    pub anchor: String,
    /// Its name.
    pub name: &'a str,
    /// Its name in kana.
    pub reading: Option<&'a str>,
    /// How to reach it.
    pub contact: Option<&'a str>,
    /// What it is in charge of: goals, then policies, then programs.
    pub nodes: Vec<RefView<'a>>,
}

pub(crate) fn glossary<'a>(context: &ViewContext<'a>) -> GlossaryView<'a> {
    let terms = context.report.glossary.iter().map(|term| TermView {
        anchor: address::term_anchor(&term.term),
        term: &term.term,
        reading: term.reading.as_deref(),
        meaning: &term.meaning,
        also: &term.also,
    });
    GlossaryView { layout: Layout::of_site(context), terms: terms.collect() }
}

pub(crate) fn all_indicators<'a>(context: &ViewContext<'a>, ix: StrategyIx, order: &Order) -> IndicatorsView<'a> {
    let strategy = context.report.strategy(ix);
    let mut judged = Vec::new();
    let mut given = Vec::new();
    let mut lines = Vec::new();
    for id in Kind::ALL.into_iter().flat_map(|kind| order.of_kind(kind)) {
        for (place, indicator) in briefs(context, *id).into_iter().enumerate() {
            let judgements = list::judgements_of_indicator(context, *id, place);
            // What the edition that counts leaves out is not counted as bearing no mark.
            if context.current_sheet(*id).is_some_and(|sheet| sheet.figures.contains_key(&place)) {
                judged.push((indicator.indicator.clone(), judgements));
            }
            given.push(list::given(context, ix, "indicator", judgements));
            lines.push(IndicatorLine { node: RefView::of_node(context, ix, *id), indicator, given: Vec::new() });
        }
    }
    let keys = list::keys(&given);
    for (line, mut given) in lines.iter_mut().zip(given) {
        line.given = keys.iter().map(|key| given.remove(key)).collect();
    }
    IndicatorsView {
        layout: Layout::of_overview(context, ix),
        columns: keys.iter().filter_map(|key| list::column(context, strategy, *key)).collect(),
        editions: list::editions_of_indicators(context, ix, order),
        indicators: lines,
        groupings: GroupingsView::new(list::groupings(context, ix, &keys, "indicator", &judged)),
    }
}

pub(crate) fn all_departments<'a>(context: &ViewContext<'a>, ix: StrategyIx, order: &Order) -> DepartmentsView<'a> {
    let declared = &context.report.strategy(ix).departments;
    let mut names: Vec<&'a str> = declared.iter().map(|department| department.name.as_str()).collect();
    let mut nodes: BTreeMap<&'a str, Vec<RefView<'a>>> = BTreeMap::new();
    for id in Kind::ALL.into_iter().flat_map(|kind| order.of_kind(kind)) {
        for name in departments(context, *id) {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
            nodes.entry(name).or_default().push(RefView::of_node(context, ix, *id));
        }
    }
    let departments = names.into_iter().map(|name| {
        let known = declared.iter().find(|department| department.name == name);
        DepartmentView {
            anchor: address::department_anchor(name),
            name,
            reading: known.and_then(|department| department.reading.as_deref()),
            contact: known.and_then(|department| department.contact.as_deref()),
            nodes: nodes.remove(name).unwrap_or_default(),
        }
    });
    DepartmentsView { departments: departments.collect(), layout: Layout::of_overview(context, ix) }
}
