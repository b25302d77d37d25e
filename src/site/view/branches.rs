//! The goals and policies of a strategy at a glance: a table for each goal at the top.

use super::brief::{BriefView, briefs};
use super::here::Here;
use super::judgement::GivenView;
use super::list::{self, CountedEdition, GivenByColumn, JudgedColumn, LeftOut};
use super::reference::RefView;
use super::spending::SpendingBar;
use super::sums::{AmountColumn, ColumnKey, SumView, Summed, Way, columns};
use super::value::ValueView;
use crate::model::{FiscalYear, Kind, MoneyKind, NodeId, Owner, StrategyIx, merged_amounts};
use crate::totals::{self, Sum, Totals};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The goals and policies of a strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BranchesView<'a> {
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
    pub branches: Vec<BranchView<'a>>,
}

/// A goal at the top of the tree with all below it; or what stands at the top without goals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BranchView<'a> {
    /// The id of its place on the page.
    pub anchor: String,
    /// The goal.
    pub goal: Option<RefView<'a>>,
    /// The marks that the edition that counts gives the goal, one for each column.
    pub given: Vec<Option<GivenView<'a>>>,
    /// The indicators of the goal.
    pub indicators: Vec<BriefView<'a>>,
    /// What lies below it, in order.
    pub lines: Vec<BranchLine<'a>>,
}

/// A goal or policy in the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BranchLine<'a> {
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
    pub indicators: Vec<BriefView<'a>>,
    /// How many rows of programs it has.
    pub programs: usize,
    /// What its programs cost, one for each column.
    pub amounts: Vec<Option<BranchAmount>>,
    /// The totals as printed, one for each column; only where none of its rows has an amount.
    pub printed: Vec<Option<ValueView<'a>>>,
}

/// What the programs of a goal or policy cost. The sum is ours, not the report's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BranchAmount {
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
pub(crate) fn branches<'a>(here: &Here<'a>, ix: StrategyIx) -> Option<BranchesView<'a>> {
    let report = here.report;
    let strategy = report.strategy(ix);
    let mut trees: Vec<(Option<Line<'a>>, Vec<Line<'a>>)> = Vec::new();
    for root in report.roots(ix) {
        let top = line(here, *root, 0);
        if top.heads {
            trees.push((Some(top), below(here, *root)));
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
    let view = |mut line: Line<'a>| BranchLine {
        node: RefView::of_node(here, ix, line.id),
        depth: line.depth,
        heads: line.heads,
        left_out_since: LeftOut::of(here, line.id),
        given: keys.iter().map(|key| line.given.remove(key)).collect(),
        indicators: briefs(here, line.id),
        programs: report.rows(Owner::Node(line.id)).count(),
        printed: printed(here, &line, &amounts),
        amounts: amounts
            .iter()
            .map(|key| {
                let sum = sum(&line.sums, *key)?;
                let bar = longest.filter(|_| !line.heads).and_then(|longest| SpendingBar::new(sum, longest));
                let of = super::facts::node_key(here, line.id);
                let gross = SumView::new(here, ix, &sum, Way::Gross, Summed { of: &of, column: *key })?;
                Some(BranchAmount { gross, bar })
            })
            .collect(),
    };
    let branches = trees.into_iter().enumerate().map(|(place, (goal, lines))| {
        let goal = goal.map(view);
        BranchView {
            anchor: format!("branch-{}", place + 1),
            given: goal.as_ref().map_or_else(Vec::new, |goal| goal.given.clone()),
            indicators: goal.as_ref().map_or_else(Vec::new, |goal| goal.indicators.clone()),
            goal: goal.map(|goal| goal.node),
            lines: lines.into_iter().map(view).collect(),
        }
    });
    let branches: Vec<BranchView<'a>> = branches.collect();
    if branches.is_empty() {
        return None;
    }
    let lines = || branches.iter().flat_map(|branch| &branch.lines);
    let leaves = if lines().any(|line| line.node.kind == Kind::Policy.key()) { Kind::Policy } else { Kind::Goal };
    Some(BranchesView {
        leaf_label: strategy.label(leaves),
        program_label: strategy.label(Kind::Program),
        edition: CountedEdition::of(here, ix, leaves).filter(|_| !keys.is_empty()),
        columns: keys.iter().filter_map(|key| list::column(here, strategy, *key)).collect(),
        has_indicators: lines().any(|line| !line.heads && !line.indicators.is_empty()),
        has_programs: lines().any(|line| line.programs > 0),
        amounts: AmountColumn::all(here, &amounts),
        unit: &strategy.money_unit,
        branches,
    })
}

fn line<'a>(here: &Here<'a>, id: NodeId, depth: usize) -> Line<'a> {
    let node = here.report.node(id);
    Line {
        id,
        depth,
        heads: !here.report.relations(id).children.is_empty(),
        given: list::given(here, id.strategy, node.kind.key(), list::judgements_of_node(here, id)),
        sums: totals::of_node(here.report, id),
    }
}

/// All lines below a goal, in order. Goals nest to any depth: a list of what is ahead, not
/// the stack.
fn below<'a>(here: &Here<'a>, goal: NodeId) -> Vec<Line<'a>> {
    let children =
        |id: NodeId, depth: usize| here.report.relations(id).children.iter().rev().map(move |child| (*child, depth));
    let mut lines = Vec::new();
    let mut ahead: Vec<(NodeId, usize)> = children(goal, 0).collect();
    while let Some((id, depth)) = ahead.pop() {
        lines.push(line(here, id, depth));
        ahead.extend(children(id, depth + 1));
    }
    lines
}

/// The printed totals in `columns` of a line where nothing is to be added.
fn printed<'a>(here: &Here<'a>, line: &Line<'a>, columns: &BTreeSet<ColumnKey>) -> Vec<Option<ValueView<'a>>> {
    let totals = merged_amounts(here.sheets(line.id), |sheet| &sheet.total);
    let total = |key: &ColumnKey| match sum(&line.sums, *key) {
        Some(_) => None,
        None => Some(ValueView::of_money(here, line.id.strategy, key.1, *totals.get(&key.1)?.get(&key.0)?)),
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
