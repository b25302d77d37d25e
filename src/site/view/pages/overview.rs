//! Overview pages: the glossary, all indicators, all departments.

use crate::model::{Kind, StrategyIx};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::indicator_summary::{IndicatorSummaryView, indicator_summaries};
use crate::site::view::sections::judgement::VerdictView;
use crate::site::view::sections::layout::Layout;
use crate::site::view::sections::mark_columns::{self, GroupingsView, MarkColumn};
use crate::site::view::sections::node_header::departments;
use crate::site::view::values::reference::RefView;
use crate::site::{ReadingOrder, address};
use serde::Serialize;
use std::collections::BTreeMap;

/// Glossary page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GlossaryView<'a> {
    /// Layout data.
    pub layout: Layout<'a>,
    /// Terms, in the order of the content file.
    pub terms: Vec<TermView<'a>>,
}

/// Glossary term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TermView<'a> {
    /// Id of the term on the page.
    pub anchor: String,
    /// Term.
    pub term: &'a str,
    /// Reading of the term in kana; `None` if not given.
    pub reading: Option<&'a str>,
    /// Definition.
    pub meaning: &'a str,
    /// Other spellings; empty if there are none.
    pub also: &'a [String],
}

/// Overview of all indicators of a strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndicatorsView<'a> {
    /// Layout data.
    pub layout: Layout<'a>,
    /// Columns of marks; empty if no indicator has a mark.
    pub columns: Vec<MarkColumn<'a>>,
    /// Labels of the editions from which the marks are taken, joined by the text `editions_separator`; empty if no
    /// current edition has figures of indicators.
    pub editions: String,
    /// Indicators of goals, policies and programs, in the order of the strategy.
    pub indicators: Vec<IndicatorLine<'a>>,
    /// Indicators grouped by mark; `None` if no indicator has a mark.
    pub groupings: Option<GroupingsView<'a>>,
}

/// Indicator in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndicatorLine<'a> {
    /// Goal, policy or program to which the indicator belongs.
    pub node: RefView<'a>,
    /// Summary of the indicator.
    pub indicator: IndicatorSummaryView<'a>,
    /// Marks given in the current edition, one entry for each of [`IndicatorsView::columns`]; `None` if no mark was
    /// printed.
    pub given: Vec<Option<VerdictView<'a>>>,
}

/// Overview of the departments of a strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DepartmentsView<'a> {
    /// Layout data.
    pub layout: Layout<'a>,
    /// Departments: first those that the strategy declares, in its order, then the others.
    pub departments: Vec<DepartmentView<'a>>,
}

/// Department with the nodes for which it is responsible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DepartmentView<'a> {
    /// Id of the department on the page.
    pub anchor: String,
    /// Name of the department.
    pub name: &'a str,
    /// Name in kana; `None` if not declared.
    pub reading: Option<&'a str>,
    /// Contact information: telephone, mail, address. `None` if not declared.
    pub contact: Option<&'a str>,
    /// Nodes for which the department is responsible: goals, then policies, then programs. May be empty for a declared
    /// department.
    pub nodes: Vec<RefView<'a>>,
}

/// Builds the glossary page.
pub(crate) fn glossary<'a>(context: &ViewContext<'a>) -> GlossaryView<'a> {
    let anchors = address::term_anchors(&context.report.glossary);
    let terms = context.report.glossary.iter().map(|term| TermView {
        anchor: anchors.get(&term.term).unwrap_or_default().to_owned(),
        term: &term.term,
        reading: term.reading.as_deref(),
        meaning: &term.meaning,
        also: &term.also,
    });
    GlossaryView { layout: Layout::of_site(context), terms: terms.collect() }
}

/// Builds the overview of all indicators of a strategy.
pub(crate) fn all_indicators<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    order: &ReadingOrder,
) -> IndicatorsView<'a> {
    let strategy = context.report.strategy(ix);
    let mut subjects = Vec::new();
    let mut verdicts = Vec::new();
    let mut lines = Vec::new();
    for id in Kind::ALL.into_iter().flat_map(|kind| order.of_kind(kind)) {
        for (index, indicator) in indicator_summaries(context, *id).into_iter().enumerate() {
            let judgements = mark_columns::judgements_of_indicator(context, *id, index);
            // An indicator that the current edition leaves out does not count as having no mark.
            if context.current_sheet(*id).is_some_and(|sheet| sheet.figures.contains_key(&index)) {
                subjects.push((indicator.indicator.clone(), judgements));
            }
            verdicts.push(mark_columns::verdicts_by_column(context, ix, "indicator", judgements));
            lines.push(IndicatorLine { node: RefView::of_node(context, ix, *id), indicator, given: Vec::new() });
        }
    }
    let keys = mark_columns::column_keys(&verdicts);
    for (line, mut verdicts) in lines.iter_mut().zip(verdicts) {
        line.given = keys.iter().map(|key| verdicts.remove(key)).collect();
    }
    IndicatorsView {
        layout: Layout::of_overview(context, ix),
        columns: keys.iter().filter_map(|key| mark_columns::mark_column(context, strategy, *key)).collect(),
        editions: mark_columns::editions_of_indicators(context, ix, order),
        indicators: lines,
        groupings: GroupingsView::new(mark_columns::groupings(context, ix, &keys, "indicator", &subjects)),
    }
}

/// Builds the overview of the departments of a strategy.
pub(crate) fn all_departments<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    order: &ReadingOrder,
) -> DepartmentsView<'a> {
    let declared = &context.report.strategy(ix).departments;
    let mut names: Vec<&'a str> = declared.iter().map(|department| department.name.as_str()).collect();
    let mut nodes: BTreeMap<&'a str, Vec<RefView<'a>>> = BTreeMap::new();
    for id in Kind::ALL.into_iter().flat_map(|kind| order.of_kind(kind)) {
        for name in departments(context, *id).iter().map(|department| department.name.as_str()) {
            if !names.contains(&name) {
                names.push(name);
            }
            nodes.entry(name).or_default().push(RefView::of_node(context, ix, *id));
        }
    }
    let anchors = context.department_anchors(ix);
    let departments = names.into_iter().map(|name| {
        let declaration = declared.iter().find(|department| department.name == name);
        DepartmentView {
            anchor: anchors.and_then(|anchors| anchors.get(name)).unwrap_or_default().to_owned(),
            name,
            reading: declaration.and_then(|department| department.reading.as_deref()),
            contact: declaration.and_then(|department| department.contact.as_deref()),
            nodes: nodes.remove(name).unwrap_or_default(),
        }
    });
    DepartmentsView { departments: departments.collect(), layout: Layout::of_overview(context, ix) }
}
