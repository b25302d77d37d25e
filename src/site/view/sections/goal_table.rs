//! Tables of the goals and policies of a strategy, one for each top-level goal, or of those below a goal.

use crate::model::{Decimal, Kind, NodeId, Owner, PhaseKind, StrategyIx, merged_amounts};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::amount_column::{AmountColumn, ColumnKey, columns};
use crate::site::view::sections::field_filter::{
    FieldColumn, FieldsById, field_columns, fields_by_id, values_by_column,
};
use crate::site::view::sections::indicator_summary::{IndicatorSummaryView, indicator_summaries};
use crate::site::view::sections::judgement::VerdictView;
use crate::site::view::sections::mark_columns::{self, CurrentEditionView, LastIncluded, MarkColumn, VerdictsByColumn};
use crate::site::view::sections::part::{PartView, Whole};
use crate::site::view::sections::share::ShareCount;
use crate::site::view::sections::sums::{SumKey, SumKind, SumView};
use crate::site::view::values::reference::RefView;
use crate::site::view::values::statement;
use crate::site::view::values::value::ValueView;
use crate::totals::{self, Sum, SumsByColumn};
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;
use std::collections::BTreeSet;

/// Tables of the goals and policies of a strategy, or of those below a goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GoalTablesView<'a> {
    /// Name of the lowest level in the tables: that of policies, or of goals if there are no policies.
    pub leaf_label: &'a str,
    /// Name of the program level in the report: `事務事業`.
    pub program_label: &'a str,
    /// Edition from which the marks are taken; `None` if the tables contain no marks.
    pub edition: Option<CurrentEditionView<'a>>,
    /// Columns of marks; empty if no goal or policy has a mark.
    pub columns: Vec<MarkColumn<'a>>,
    /// True if any line without children has an indicator.
    pub has_indicators: bool,
    /// True if it is computed for any line without children how many indicators reached their targets.
    pub has_shares: bool,
    /// True if any line has programs.
    pub has_programs: bool,
    /// Columns of money: the newest settlement, and the newest budget if it is of a later year. Empty if there is
    /// neither.
    pub amounts: Vec<AmountColumn<'a>>,
    /// Unit of all amounts: `千円`.
    pub unit: &'a str,
    /// Fields by which the lines without children can be filtered; empty if none of them has a field with declared values.
    pub fields: Vec<FieldColumn<'a>>,
    /// True if any line states its share of the sum of the goal of the page.
    pub has_parts: bool,
    /// Tables, one for each top-level goal, or for each goal directly below that of the page; never empty.
    pub tables: Vec<GoalTableView<'a>>,
}

/// Table of a top-level goal with everything below it, or of consecutive top-level nodes without children.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GoalTableView<'a> {
    /// Id of the table on the page.
    pub anchor: String,
    /// Top-level goal; `None` for top-level nodes without children.
    pub goal: Option<RefView<'a>>,
    /// Marks given to the goal in the current edition, one entry for each of [`GoalTablesView::columns`]; empty if
    /// `goal` is `None`.
    pub given: Vec<Option<VerdictView<'a>>>,
    /// Indicators of the goal; empty if it has none.
    pub indicators: Vec<IndicatorSummaryView<'a>>,
    /// Nodes below the goal, in tree order; without a goal, the top-level nodes.
    pub lines: Vec<GoalTableLine<'a>>,
}

/// Goal or policy in a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GoalTableLine<'a> {
    /// Goal or policy.
    pub node: RefView<'a>,
    /// Number of goals between the node and the top-level goal.
    pub depth: usize,
    /// True if the node has children, whose lines follow.
    pub has_children: bool,
    /// Last edition with a sheet of the node; `None` if the current edition has one, or if no edition does.
    pub last_included: Option<LastIncluded<'a>>,
    /// Marks given in the current edition, one entry for each of [`GoalTablesView::columns`]; `None` if no mark was
    /// printed.
    pub given: Vec<Option<VerdictView<'a>>>,
    /// Values of fields, one list for each of [`GoalTablesView::fields`]; empty if the node has none.
    pub fields: Vec<Vec<&'a str>>,
    /// Indicators of the node; empty if it has none.
    pub indicators: Vec<IndicatorSummaryView<'a>>,
    /// Numbers of indicators that reached their targets; `None` if the strategy declares no method for it, or if nothing
    /// is known of any indicator.
    pub share: Option<ShareCount>,
    /// Number of rows of programs.
    pub programs: usize,
    /// Amounts of its programs, one entry for each of [`GoalTablesView::amounts`]; `None` if no row has an amount.
    pub amounts: Vec<Option<GoalTableAmount>>,
    /// Totals as printed, one entry for each of [`GoalTablesView::amounts`]; `None` if none was printed, or if its rows
    /// have an amount.
    pub printed: Vec<Option<ValueView<'a>>>,
    /// Share of the sum of the goal of the page, in the first of [`GoalTablesView::amounts`]. `None` on the page of a
    /// strategy, for nodes with children, and if nothing counts for the node.
    pub part: Option<PartView>,
}

/// Amount of the programs of a goal or policy. The sum is computed by the site, not printed in the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GoalTableAmount {
    /// Sum of all rows.
    pub gross: SumView,
    /// Lengths of the bars, in thousandths of the longest of all columns; `None` if the node has children, or if the
    /// sum cannot be shown as a bar.
    pub bar: Option<SpendingBar>,
}

/// Lengths of two bars, in thousandths of the longest bar of all tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SpendingBar {
    /// Sum of all rows.
    pub gross: u32,
    /// Sum with each program counted once.
    pub net: u32,
}

impl SpendingBar {
    /// Bars of a sum. `None` for sums that a bar cannot show, such as negative ones.
    fn new(sum: Sum, longest: Decimal) -> Option<Self> {
        let length =
            |amount: Decimal| amount.checked_mul(Decimal::ONE_THOUSAND)?.checked_div(longest)?.round().to_u32();
        Some(Self { gross: length(sum.gross)?, net: length(sum.net)? })
    }
}

/// Intermediate line: the columns are known only after all lines have been collected.
struct Line<'a> {
    id: NodeId,
    depth: usize,
    has_children: bool,
    verdicts: VerdictsByColumn<'a>,
    fields: FieldsById<'a>,
    sums: &'a SumsByColumn,
}

/// Sum of a goal in a column, of which the lines below it have shares.
struct Sharing {
    goal: String,
    column: ColumnKey,
    whole: Decimal,
}

/// Builds the tables of a strategy. `None` if it has neither goals nor policies.
pub(crate) fn goal_tables<'a>(context: &ViewContext<'a>, ix: StrategyIx) -> Option<GoalTablesView<'a>> {
    let amounts = newest(&context.sums(ix).whole);
    tables(context, ix, context.report.roots(ix), &amounts, None)
}

/// Builds the tables of the goals and policies below `goal`. `None` if there are none.
pub(crate) fn tables_below<'a>(context: &ViewContext<'a>, goal: NodeId) -> Option<GoalTablesView<'a>> {
    let amounts = newest(context.sums(goal.strategy).below(goal));
    let sharing = sharing(context, goal, &amounts);
    tables(context, goal.strategy, &context.report.relations(goal).children, &amounts, sharing.as_ref())
}

/// The sum of `goal` in the first of the columns `amounts`, unless it is not positive, or any rows have a negative sum.
fn sharing(context: &ViewContext<'_>, goal: NodeId, amounts: &BTreeSet<ColumnKey>) -> Option<Sharing> {
    let report = context.report;
    let column = *amounts.first()?;
    let whole = sum(context.sums(goal.strategy).below(goal), column)?
        .net_if_counted()
        .filter(|whole| *whole > Decimal::ZERO)?;
    let is_negative = |id: NodeId| {
        let own = sum(&totals::sum_rows(report, Owner::Node(id)), column);
        own.is_some_and(|sum| sum.counted > 0 && sum.net < Decimal::ZERO)
    };
    let mut pending = vec![goal];
    while let Some(id) = pending.pop() {
        if is_negative(id) {
            return None;
        }
        pending.extend(&report.relations(id).children);
    }
    Some(Sharing { goal: statement::node_key(context, goal), column, whole })
}

fn tables<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    roots: &[NodeId],
    amounts: &BTreeSet<ColumnKey>,
    sharing: Option<&Sharing>,
) -> Option<GoalTablesView<'a>> {
    let report = context.report;
    let strategy = report.strategy(ix);
    let mut trees: Vec<(Option<Line<'a>>, Vec<Line<'a>>)> = Vec::new();
    for root in roots {
        let top = line(context, *root, 0);
        if top.has_children {
            trees.push((Some(top), lines_below(context, *root)));
        } else {
            match trees.last_mut().filter(|(goal, _)| goal.is_none()) {
                Some((_, lines)) => lines.push(top),
                None => trees.push((None, vec![top])),
            }
        }
    }
    let all = || trees.iter().flat_map(|(goal, lines)| goal.iter().chain(lines));
    let keys = mark_columns::column_keys(all().map(|line| &line.verdicts));
    let leaves = all().filter(|line| !line.has_children);
    let fields = field_columns(context, ix, leaves.map(|line| &line.fields));
    let longest_in_line =
        |line: &Line<'a>| amounts.iter().filter_map(|key| sum(line.sums, *key)).map(|sum| sum.gross).max();
    let longest = all().filter(|line| !line.has_children).filter_map(longest_in_line).max();
    let view = |mut line: Line<'a>| GoalTableLine {
        node: RefView::of_node(context, ix, line.id),
        depth: line.depth,
        has_children: line.has_children,
        last_included: LastIncluded::new(context, line.id),
        given: keys.iter().map(|key| line.verdicts.remove(key)).collect(),
        fields: values_by_column(&fields, &line.fields),
        indicators: indicator_summaries(context, line.id),
        share: ShareCount::new(context, line.id),
        programs: report.rows(Owner::Node(line.id)).count(),
        printed: printed(context, &line, amounts),
        part: sharing.filter(|_| !line.has_children).and_then(|sharing| part(context, &line, sharing)),
        amounts: amounts
            .iter()
            .map(|key| {
                let sum = sum(line.sums, *key)?;
                let bar = longest.filter(|_| !line.has_children).and_then(|longest| SpendingBar::new(sum, longest));
                let subject = statement::node_key(context, line.id);
                let gross =
                    SumView::new(context, ix, &sum, SumKind::Gross, SumKey { subject: &subject, column: *key })?;
                Some(GoalTableAmount { gross, bar })
            })
            .collect(),
    };
    let tables = trees.into_iter().enumerate().map(|(index, (goal, lines))| {
        let goal = goal.map(view);
        GoalTableView {
            anchor: format!("branch-{}", index + 1),
            given: goal.as_ref().map_or_else(Vec::new, |goal| goal.given.clone()),
            indicators: goal.as_ref().map_or_else(Vec::new, |goal| goal.indicators.clone()),
            goal: goal.map(|goal| goal.node),
            lines: lines.into_iter().map(view).collect(),
        }
    });
    let tables: Vec<GoalTableView<'a>> = tables.collect();
    if tables.is_empty() {
        return None;
    }
    let lines = || tables.iter().flat_map(|table| &table.lines);
    let leaf_kind = if lines().any(|line| line.node.kind == Kind::Policy.key()) { Kind::Policy } else { Kind::Goal };
    Some(GoalTablesView {
        leaf_label: strategy.label(leaf_kind),
        program_label: strategy.label(Kind::Program),
        edition: CurrentEditionView::new(context, ix, leaf_kind).filter(|_| !keys.is_empty()),
        columns: keys.iter().filter_map(|key| mark_columns::mark_column(context, strategy, *key)).collect(),
        has_indicators: lines().any(|line| !line.has_children && !line.indicators.is_empty()),
        has_shares: lines().any(|line| !line.has_children && line.share.is_some()),
        has_programs: lines().any(|line| line.programs > 0),
        amounts: AmountColumn::all(context, ix, amounts),
        unit: &strategy.money_unit,
        has_parts: lines().any(|line| line.part.is_some()),
        fields,
        tables,
    })
}

fn line<'a>(context: &ViewContext<'a>, id: NodeId, depth: usize) -> Line<'a> {
    let node = context.report.node(id);
    Line {
        id,
        depth,
        has_children: !context.report.relations(id).children.is_empty(),
        verdicts: mark_columns::verdicts_by_column(
            context,
            id.strategy,
            node.kind.key(),
            mark_columns::judgements_of_node(context, id),
        ),
        fields: fields_by_id(context, id),
        sums: context.sums(id.strategy).below(id),
    }
}

/// All lines below a goal, in tree order. Goals nest to any depth, hence an explicit stack instead of recursion.
fn lines_below<'a>(context: &ViewContext<'a>, goal: NodeId) -> Vec<Line<'a>> {
    let children =
        |id: NodeId, depth: usize| context.report.relations(id).children.iter().rev().map(move |child| (*child, depth));
    let mut lines = Vec::new();
    let mut stack: Vec<(NodeId, usize)> = children(goal, 0).collect();
    while let Some((id, depth)) = stack.pop() {
        lines.push(line(context, id, depth));
        stack.extend(children(id, depth + 1));
    }
    lines
}

/// Share of a line in the sum of the goal of the page.
fn part(context: &ViewContext<'_>, line: &Line<'_>, sharing: &Sharing) -> Option<PartView> {
    let net = sum(line.sums, sharing.column)?.net_if_counted()?;
    let subject = statement::node_key(context, line.id);
    let key = SumKey { subject: &subject, column: sharing.column };
    PartView::new(context, line.id.strategy, net, sharing.whole, key, Whole::Goal(&sharing.goal))
}

/// Printed totals of a line in those `columns` in which its rows have no amount.
fn printed<'a>(
    context: &ViewContext<'a>,
    line: &Line<'a>,
    columns: &BTreeSet<ColumnKey>,
) -> Vec<Option<ValueView<'a>>> {
    let totals = merged_amounts(context.sheets(line.id), |sheet| &sheet.total);
    let total = |key: &ColumnKey| match sum(line.sums, *key) {
        Some(_) => None,
        None => Some(ValueView::of_money(context, line.id.strategy, key.1, *totals.get(&key.1)?.get(&key.0)?)),
    };
    columns.iter().map(total).collect()
}

fn sum(sums: &SumsByColumn, (year, kind): ColumnKey) -> Option<Sum> {
    sums.get(&kind)?.get(&year).copied().filter(|sum| sum.rows > 0)
}

/// Columns of the newest settlement, and of the newest budget if it is of a later year.
fn newest(strategy_totals: &SumsByColumn) -> BTreeSet<ColumnKey> {
    let with_sum = || columns(strategy_totals).filter(|key| key.1.is_base() && sum(strategy_totals, *key).is_some());
    let newest = |kind: PhaseKind| with_sum().filter(|(_, key)| key.phase.kind == kind).max();
    let settlement = newest(PhaseKind::Settlement);
    let is_later = |(year, _): &ColumnKey| settlement.is_none_or(|(settled, _)| *year > settled);
    let budget = newest(PhaseKind::Budget).filter(is_later);
    settlement.into_iter().chain(budget).collect()
}
