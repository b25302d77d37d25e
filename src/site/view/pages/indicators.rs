//! Overview of all indicators of a strategy, and the pages of a divided one.

use crate::model::{Kind, NodeId, StrategyIx};
use crate::site::ReadingOrder;
use crate::site::lists::{ListKind, ListPageId};
use crate::site::view::context::ViewContext;
use crate::site::view::indicator_target;
use crate::site::view::sections::divided_list::{DivisionView, SelectionView};
use crate::site::view::sections::field_filter::{FieldColumn, field_columns, fields_by_id, values_by_column};
use crate::site::view::sections::indicator_summary::{IndicatorSummaryView, indicator_summary};
use crate::site::view::sections::judgement::VerdictView;
use crate::site::view::sections::layout::Layout;
use crate::site::view::sections::mark_columns::{self, GroupingsView, MarkColumn};
use crate::site::view::sections::narrow::{self, NarrowCell, UsualValue};
use crate::site::view::sections::reason::ReasonView;
use crate::site::view::values::html::Html;
use crate::site::view::values::reference::RefView;
use crate::site::view::values::statement;
use serde::Serialize;

/// Overview of all indicators of a strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndicatorsView<'a> {
    /// Layout data.
    pub layout: Layout<'a>,
    /// Fields by which the list can be filtered: those with declared values of the goals, policies and programs to
    /// which the indicators belong. Empty if none of them has any.
    pub fields: Vec<FieldColumn<'a>>,
    /// Columns of marks; empty if no indicator has a mark.
    pub columns: Vec<MarkColumn<'a>>,
    /// Attributes of the statement that no mark says that an indicator failed; `None` if any might.
    pub without_failure: Option<Html>,
    /// Marks that nearly all indicators share, by column; narrow screens state them once. Empty if there are none.
    pub usual: Vec<UsualValue<'a>>,
    /// Labels of the editions from which the marks are taken, joined by the text `editions_separator`; empty if no
    /// current edition has figures of indicators.
    pub editions: String,
    /// What the page holds, if it is a page of a divided list; `None` on the first page of the list.
    pub selection: Option<SelectionView<'a>>,
    /// Counts with links to list pages, if the indicators are too many for one page; `indicators` is then empty.
    pub division: Option<DivisionView<'a>>,
    /// Indicators of goals, policies and programs, in the order of the strategy.
    pub indicators: Vec<IndicatorLine<'a>>,
    /// Indicators grouped by mark; `None` if no indicator has a mark.
    pub groupings: Option<GroupingsView<'a>>,
}

/// Indicator in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndicatorLine<'a> {
    /// Kind and id of the node with the id of the indicator, by which it is selected: `policy/3/kpi`.
    pub id: String,
    /// Goal, policy or program to which the indicator belongs.
    pub node: RefView<'a>,
    /// Summary of the indicator.
    pub indicator: IndicatorSummaryView<'a>,
    /// True if the current edition has figures of the indicator, so that counts of marks include it.
    pub counted: bool,
    /// Reason for a poor mark; `None` if it has none, or if the report gives no reason.
    pub reason: Option<ReasonView<'a>>,
    /// How narrow screens show its marks, one entry for each of [`IndicatorsView::columns`].
    pub narrow: Vec<NarrowCell>,
    /// Values of the fields of `node`, one list for each of [`IndicatorsView::fields`]; empty if the node has none.
    pub fields: Vec<Vec<&'a str>>,
    /// Marks given in the current edition, one entry for each of [`IndicatorsView::columns`]; `None` if no mark was
    /// printed.
    pub given: Vec<Option<VerdictView<'a>>>,
}

/// Builds the overview of all indicators of a strategy.
pub(crate) fn all_indicators<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    order: &ReadingOrder,
) -> IndicatorsView<'a> {
    let layout = Layout::of_overview(context, ix);
    if let Some(list) = context.divided_list(ix, ListKind::Indicators) {
        let view = view(context, ix, layout, std::iter::empty());
        let editions = mark_columns::editions_of_indicators(context, ix, order);
        return IndicatorsView { division: Some(DivisionView::of_list(context, ix, list)), editions, ..view };
    }
    let nodes = Kind::ALL.into_iter().flat_map(|kind| order.of_kind(kind));
    let indexes =
        |id: &NodeId| (0..context.report.node(*id).indicators.len()).map(|index| (*id, index)).collect::<Vec<_>>();
    let indicators: Vec<(NodeId, usize)> = nodes.flat_map(indexes).collect();
    let groupings = groupings(context, ix, &indicators);
    let view = view(context, ix, layout, indicators.into_iter());
    IndicatorsView { groupings, editions: mark_columns::editions_of_indicators(context, ix, order), ..view }
}

/// Builds a page of a divided list of indicators. `None` if there is no such page.
pub(crate) fn list_page<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    id: ListPageId,
    order: &ReadingOrder,
) -> Option<IndicatorsView<'a>> {
    let list = context.divided_list(ix, ListKind::Indicators)?;
    let rows = list.rows(id).iter().filter_map(|entry| Some((entry.node, entry.indicator?)));
    Some(IndicatorsView {
        selection: Some(SelectionView::new(context, ix, list, id)?),
        division: DivisionView::of_page(context, ix, list, id),
        editions: mark_columns::editions_of_indicators(context, ix, order),
        ..view(context, ix, SelectionView::layout(context, ix, list, id), rows)
    })
}

fn view<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    layout: Layout<'a>,
    indicators: impl Iterator<Item = (NodeId, usize)>,
) -> IndicatorsView<'a> {
    let mut verdicts = Vec::new();
    let mut lines = Vec::new();
    let mut fields = Vec::new();
    for (id, index) in indicators {
        let Some(indicator) = indicator_summary(context, id, index) else { continue };
        let judgements = mark_columns::judgements_of_indicator(context, id, index);
        verdicts.push(mark_columns::verdicts_by_column(context, ix, ListKind::Indicators.subject(), judgements));
        let node = RefView::of_node(context, ix, id).with_name_apart();
        let key = context.report.node(id).indicators.get(index);
        let key = key.map_or_else(String::new, |indicator| statement::indicator_key(context, id, indicator));
        lines.push(IndicatorLine {
            id: key,
            node,
            indicator,
            counted: is_counted(context, id, index),
            reason: ReasonView::of_poor_marks(context, id, judgements),
            narrow: Vec::new(),
            fields: Vec::new(),
            given: Vec::new(),
        });
        fields.push(fields_by_id(context, id));
    }
    let keys = mark_columns::column_keys(&verdicts);
    let field_columns = field_columns(context, ix, &fields);
    for ((line, mut verdicts), fields) in lines.iter_mut().zip(verdicts).zip(&fields) {
        line.fields = values_by_column(&field_columns, fields);
        line.given = keys.iter().map(|key| verdicts.remove(key)).collect();
    }
    let strategy = context.report.strategy(ix);
    let columns: Vec<_> = keys.iter().filter_map(|key| mark_columns::mark_column(context, strategy, *key)).collect();
    let given: Vec<_> = lines.iter().map(|line| &line.given[..]).collect();
    let narrow::NarrowRows { usual, rows } = narrow::marks(context, &columns, &given);
    for (line, cells) in lines.iter_mut().zip(rows) {
        line.narrow = cells;
    }
    IndicatorsView {
        layout,
        fields: field_columns,
        columns,
        without_failure: mark_columns::without_failure(context, ix, ListKind::Indicators.subject()),
        usual,
        editions: String::new(),
        selection: None,
        division: None,
        indicators: lines,
        groupings: None,
    }
}

/// Returns true if the current edition has figures of an indicator.
fn is_counted(context: &ViewContext<'_>, id: NodeId, index: usize) -> bool {
    context.current_sheet(id).is_some_and(|sheet| sheet.figures.contains_key(&index))
}

/// Groups of the indicators that the current edition contains. An indicator that it leaves out does not count as having
/// no mark.
fn groupings<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    indicators: &[(NodeId, usize)],
) -> Option<GroupingsView<'a>> {
    let printed = |(id, index): &&(NodeId, usize)| is_counted(context, *id, *index);
    let subject = |(id, index): &(NodeId, usize)| {
        let target = indicator_target(*id, *index);
        (RefView::new(context, ix, target), mark_columns::judgements_of_indicator(context, *id, *index))
    };
    let subjects: Vec<_> = indicators.iter().filter(printed).map(subject).collect();
    let verdicts = indicators.iter().map(|(id, index)| {
        let judgements = mark_columns::judgements_of_indicator(context, *id, *index);
        mark_columns::verdicts_by_column(context, ix, ListKind::Indicators.subject(), judgements)
    });
    let keys = mark_columns::column_keys(&verdicts.collect::<Vec<_>>());
    let subject = ListKind::Indicators.subject();
    GroupingsView::new(mark_columns::groupings(context, ix, &keys, subject, &subjects))
}
