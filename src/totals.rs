//! Sums of money over rows: gross as printed, and net with each amount counted once.
//!
//! These sums are the program's own and are shown as such; what the report printed is in
//! [`Sheet::total`](crate::model::Sheet::total). Missing amounts add nothing, and are counted.

use crate::model::{
    AmountSeries, Cell, Decimal, EditionIx, FiscalYear, Kind, MoneyKind, NodeId, Owner, Place, Report, Stage,
    StrategyIx, merged_amounts,
};
use std::collections::BTreeMap;

/// The sums of one kind of money in one fiscal year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    /// All rows, repeats (再掲) among them: as a printed total counts.
    pub gross: Decimal,
    /// Each program once: at its home or, if that lies outside, at its first row.
    pub net: Decimal,
    /// How many rows have an amount.
    pub rows: usize,
    /// How many of these count for [`Self::net`].
    pub counted: usize,
    /// How many of them have an amount of a year that was not over.
    pub interim: usize,
    /// How many rows have none, as printed (`-`).
    pub without_amount: usize,
}

impl Sum {
    /// The net sum; `None` where no row counts for it, which is not 0.
    pub fn net_of_any(&self) -> Option<Decimal> {
        (self.counted > 0).then_some(self.net)
    }
}

/// Sums by kind of money and fiscal year.
pub type Totals = BTreeMap<MoneyKind, BTreeMap<FiscalYear, Sum>>;

/// The sums over the rows of one policy, goal or strategy, without what is below it.
pub fn of_rows(report: &Report, owner: Owner) -> Totals {
    let mut totals = Totals::new();
    add_rows(report, owner, None, &mut totals);
    totals
}

/// The sums over the rows of `node` and of all below it.
pub fn of_node(report: &Report, node: NodeId) -> Totals {
    let mut totals = Totals::new();
    add_below(report, node, None, &mut totals);
    totals
}

/// The same of what one edition alone printed: what a total of that edition is a total of.
pub fn of_node_in(report: &Report, node: NodeId, edition: EditionIx) -> Totals {
    let mut totals = Totals::new();
    add_below(report, node, Some(edition), &mut totals);
    totals
}

/// The sums over all rows of a strategy.
pub fn of_strategy(report: &Report, strategy: StrategyIx) -> Totals {
    let mut totals = Totals::new();
    add_rows(report, Owner::Strategy(strategy), None, &mut totals);
    for root in report.roots(strategy) {
        add_below(report, *root, None, &mut totals);
    }
    totals
}

fn add_below(report: &Report, node: NodeId, only: Option<EditionIx>, totals: &mut Totals) {
    // Goals nest to any depth: a list of what is ahead, not the stack.
    let mut ahead = vec![node];
    while let Some(node) = ahead.pop() {
        add_rows(report, Owner::Node(node), only, totals);
        ahead.extend(&report.relations(node).children);
    }
}

fn add_rows(report: &Report, owner: Owner, only: Option<EditionIx>, totals: &mut Totals) {
    for (place, (row, program)) in report.rows(owner).enumerate() {
        let here = Place { owner, row: place, counts: true };
        let counts = report.relations(program).places.contains(&here);
        for (kind, years) in money(report, program, only) {
            for (year, cell) in years.into_iter().filter(|(year, _)| row.stands_in(*year)) {
                let sum = totals.entry(kind).or_default().entry(year).or_default();
                match cell.value.decimal() {
                    Some(amount) => {
                        sum.rows += 1;
                        sum.counted += usize::from(counts);
                        sum.interim += usize::from(kind.is_result() && is_interim(report, program, &cell));
                        sum.gross = add(sum.gross, amount);
                        sum.net = if counts { add(sum.net, amount) } else { sum.net };
                    }
                    None => sum.without_amount += 1,
                }
            }
        }
    }
}

/// A sum with as many decimals as its finer addend; `Decimal` drops those of a zero.
fn add(sum: Decimal, amount: Decimal) -> Decimal {
    let mut total = sum.saturating_add(amount);
    total.rescale(sum.scale().max(amount.scale()));
    total
}

/// Whether an interim edition printed the amount for its own year.
fn is_interim(report: &Report, program: NodeId, cell: &Cell<'_, FiscalYear>) -> bool {
    let edition = report.strategy(program.strategy).editions.get(cell.edition.0);
    edition.is_some_and(|edition| edition.stage == Stage::Interim && edition.year == Some(cell.column))
}

/// The money of a program in all editions, the latest before the others, or in one.
fn money(report: &Report, program: NodeId, only: Option<EditionIx>) -> AmountSeries<'_, MoneyKind> {
    let node = report.node(program);
    debug_assert_eq!(node.kind, Kind::Program);
    let sheets = match only {
        Some(edition) => node.sheet(edition).map_or(&[][..], std::slice::from_ref),
        None => &node.sheets,
    };
    merged_amounts(sheets, |sheet| &sheet.money)
}
