//! The goals and policies of a strategy at a glance: a table for each goal at the top.

use crate::model::{FiscalYear, Kind, MoneyKind, NodeId, Owner, StrategyIx, merged_amounts};
use crate::site::view::context::ViewContext;
use crate::site::view::pages::spending::SpendingBar;
use crate::site::view::sections::indicator_summary::{IndicatorSummaryView, briefs};
use crate::site::view::sections::judgement::GivenView;
use crate::site::view::sections::list::{self, CountedEdition, GivenByColumn, JudgedColumn, LeftOut};
use crate::site::view::sections::sums::{AmountColumn, ColumnKey, SumView, Summed, Way, columns};
use crate::site::view::values::reference::RefView;
use crate::site::view::values::value::ValueView;
use crate::totals::{self, Sum, Totals};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The goals and policies of a strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GoalTablesView<'a> {
    /// What the report calls the lowest of them: policies or, where there are none, goals.
    pub leaf_label: &'a str,
    /// What the report calls programs.
    pub program_label: &'a str,
    /// The edition whose marks stand in the tables.
    pub edition: Option<CountedEdition<'a>>,
    /// The columns of marks.
    pub columns: Vec<JudgedColumn<'a>>,
    /// Whether any line has an indicator.
    pub has_indicators: bool,
    /// Whether any line has programs.
    pub has_programs: bool,
    /// The columns of money: the newest settlement, and the newest budget if it is of a later year.
    pub amounts: Vec<AmountColumn>,
    /// The unit of all amounts.
    pub unit: &'a str,
    /// The goals at the top, each with what lies below it.
    pub branches: Vec<GoalTableView<'a>>,
}

/// A goal at the top of the tree with all below it; or what stands at the top without goals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GoalTableView<'a> {
    /// The id of its place on the page.
    pub anchor: String,
    /// The goal.
    pub goal: Option<RefView<'a>>,
    /// The marks that the edition that counts gives the goal, one for each column.
    pub given: Vec<Option<GivenView<'a>>>,
    /// The indicators of the goal.
    pub indicators: Vec<IndicatorSummaryView<'a>>,
    /// What lies below it, in order.
    pub lines: Vec<GoalTableLine<'a>>,
}

/// A goal or policy in the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GoalTableLine<'a> {
    /// The node.
    pub node: RefView<'a>,
    /// How many goals stand between it and the goal at the top.
    pub depth: usize,
    /// Whether the lines of others follow that stand below it.
    pub heads: bool,
    /// The edition that last had a sheet of it, where the one that counts has none.
    pub left_out_since: Option<LeftOut<'a>>,
    /// The marks that the edition that counts gives it, one for each column.
    pub given: Vec<Option<GivenView<'a>>>,
    /// Its indicators.
    pub indicators: Vec<IndicatorSummaryView<'a>>,
    /// How many rows of programs it has.
    pub programs: usize,
    /// What its programs cost, one for each column.
    pub amounts: Vec<Option<GoalTableAmount>>,
    /// The totals as printed, one for each column; only where none of its rows has an amount.
    pub printed: Vec<Option<ValueView<'a>>>,
}

/// What the programs of a goal or policy cost. The sum is ours, not the report's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GoalTableAmount {
    /// The sum of all its rows.
    pub gross: SumView,
    /// Bars in thousandths of the longest of all columns.
    pub bar: Option<SpendingBar>,
}

/// A line on its way: columns are known only when all lines are.
struct Line<'a> {
    id: NodeId,
    depth: usize,
    heads: bool,
    given: GivenByColumn<'a>,
    sums: Totals,
}

/// `None` where there is neither goal nor policy.
pub(crate) fn branches<'a>(context: &ViewContext<'a>, ix: StrategyIx) -> Option<GoalTablesView<'a>> {
    let report = context.report;
    let strategy = report.strategy(ix);
    let mut trees: Vec<(Option<Line<'a>>, Vec<Line<'a>>)> = Vec::new();
    for root in report.roots(ix) {
        let top = line(context, *root, 0);
        if top.heads {
            trees.push((Some(top), below(context, *root)));
        } else {
            match trees.last_mut().filter(|(goal, _)| goal.is_none()) {
                Some((_, lines)) => lines.push(top),
                None => trees.push((None, vec![top])),
            }
        }
    }
    let all = || trees.iter().flat_map(|(goal, lines)| goal.iter().chain(lines));
    let keys = list::keys(all().map(|line| &line.given));
    let amounts = newest(&totals::of_strategy(report, ix));
    let in_columns =
        |line: &Line<'a>| amounts.iter().filter_map(|key| sum(&line.sums, *key)).map(|sum| sum.gross).max();
    let longest = all().filter(|line| !line.heads).filter_map(in_columns).max();
    let view = |mut line: Line<'a>| GoalTableLine {
        node: RefView::of_node(context, ix, line.id),
        depth: line.depth,
        heads: line.heads,
        left_out_since: LeftOut::of(context, line.id),
        given: keys.iter().map(|key| line.given.remove(key)).collect(),
        indicators: briefs(context, line.id),
        programs: report.rows(Owner::Node(line.id)).count(),
        printed: printed(context, &line, &amounts),
        amounts: amounts
            .iter()
            .map(|key| {
                let sum = sum(&line.sums, *key)?;
                let bar = longest.filter(|_| !line.heads).and_then(|longest| SpendingBar::new(sum, longest));
                let of = crate::site::view::values::facts::node_key(context, line.id);
                let gross = SumView::new(context, ix, &sum, Way::Gross, Summed { of: &of, column: *key })?;
                Some(GoalTableAmount { gross, bar })
            })
            .collect(),
    };
    let branches = trees.into_iter().enumerate().map(|(place, (goal, lines))| {
        let goal = goal.map(view);
        GoalTableView {
            anchor: format!("branch-{}", place + 1),
            given: goal.as_ref().map_or_else(Vec::new, |goal| goal.given.clone()),
            indicators: goal.as_ref().map_or_else(Vec::new, |goal| goal.indicators.clone()),
            goal: goal.map(|goal| goal.node),
            lines: lines.into_iter().map(view).collect(),
        }
    });
    let branches: Vec<GoalTableView<'a>> = branches.collect();
    if branches.is_empty() {
        return None;
    }
    let lines = || branches.iter().flat_map(|branch| &branch.lines);
    let leaves = if lines().any(|line| line.node.kind == Kind::Policy.key()) { Kind::Policy } else { Kind::Goal };
    Some(GoalTablesView {
        leaf_label: strategy.label(leaves),
        program_label: strategy.label(Kind::Program),
        edition: CountedEdition::of(context, ix, leaves).filter(|_| !keys.is_empty()),
        columns: keys.iter().filter_map(|key| list::column(context, strategy, *key)).collect(),
        has_indicators: lines().any(|line| !line.heads && !line.indicators.is_empty()),
        has_programs: lines().any(|line| line.programs > 0),
        amounts: AmountColumn::all(context, &amounts),
        unit: &strategy.money_unit,
        branches,
    })
}

fn line<'a>(context: &ViewContext<'a>, id: NodeId, depth: usize) -> Line<'a> {
    let node = context.report.node(id);
    Line {
        id,
        depth,
        heads: !context.report.relations(id).children.is_empty(),
        given: list::given(context, id.strategy, node.kind.key(), list::judgements_of_node(context, id)),
        sums: totals::of_node(context.report, id),
    }
}

/// All lines below a goal, in order. Goals nest to any depth: a list of what is ahead, not
/// the stack.
fn below<'a>(context: &ViewContext<'a>, goal: NodeId) -> Vec<Line<'a>> {
    let children =
        |id: NodeId, depth: usize| context.report.relations(id).children.iter().rev().map(move |child| (*child, depth));
    let mut lines = Vec::new();
    let mut ahead: Vec<(NodeId, usize)> = children(goal, 0).collect();
    while let Some((id, depth)) = ahead.pop() {
        lines.push(line(context, id, depth));
        ahead.extend(children(id, depth + 1));
    }
    lines
}

/// The printed totals in `columns` of a line where nothing is to be added.
fn printed<'a>(
    context: &ViewContext<'a>,
    line: &Line<'a>,
    columns: &BTreeSet<ColumnKey>,
) -> Vec<Option<ValueView<'a>>> {
    let totals = merged_amounts(context.sheets(line.id), |sheet| &sheet.total);
    let total = |key: &ColumnKey| match sum(&line.sums, *key) {
        Some(_) => None,
        None => Some(ValueView::of_money(context, line.id.strategy, key.1, *totals.get(&key.1)?.get(&key.0)?)),
    };
    columns.iter().map(total).collect()
}

fn sum(sums: &Totals, (year, kind): ColumnKey) -> Option<Sum> {
    sums.get(&kind)?.get(&year).copied().filter(|sum| sum.rows > 0)
}

/// The newest settlement, and the newest budget if it is of a later year.
fn newest(whole: &Totals) -> BTreeSet<ColumnKey> {
    let mut newest: BTreeMap<MoneyKind, FiscalYear> = BTreeMap::new();
    for (year, kind) in columns(whole).filter(|key| sum(whole, *key).is_some()) {
        let known = newest.entry(kind).or_insert(year);
        *known = year.max(*known);
    }
    let settled = newest.get(&MoneyKind::Settlement).copied();
    let budget = newest.get(&MoneyKind::Budget).copied().filter(|year| settled.is_none_or(|settled| *year > settled));
    let settled = settled.map(|year| (year, MoneyKind::Settlement));
    settled.into_iter().chain(budget.map(|year| (year, MoneyKind::Budget))).collect()
}
