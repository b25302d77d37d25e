//! Sums of money over rows: gross as printed, and net with each amount counted once.
//!
//! These sums are the program's own and are shown as such; what the report printed is in
//! [`Sheet::total`](crate::model::Sheet::total). Missing amounts add nothing, and are counted.

use crate::model::{
    AmountSeries, Decimal, FiscalYear, Kind, MoneyKind, NodeId, Owner, Place, Report, StrategyIx, merged_amounts,
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
    /// How many rows have none, as printed (`-`).
    pub without_amount: usize,
}

/// Sums by kind of money and fiscal year.
pub type Totals = BTreeMap<MoneyKind, BTreeMap<FiscalYear, Sum>>;

/// The sums over the rows of one policy, goal or strategy, without what is below it.
pub fn of_rows(report: &Report, owner: Owner) -> Totals {
    let mut totals = Totals::new();
    add_rows(report, owner, &mut totals);
    totals
}

/// The sums over the rows of `node` and of all below it.
pub fn of_node(report: &Report, node: NodeId) -> Totals {
    let mut totals = Totals::new();
    add_below(report, node, &mut totals);
    totals
}

/// The sums over all rows of a strategy.
pub fn of_strategy(report: &Report, strategy: StrategyIx) -> Totals {
    let mut totals = Totals::new();
    add_rows(report, Owner::Strategy(strategy), &mut totals);
    for root in report.roots(strategy) {
        add_below(report, *root, &mut totals);
    }
    totals
}

fn add_below(report: &Report, node: NodeId, totals: &mut Totals) {
    // Goals nest to any depth: a list of what is ahead, not the stack.
    let mut ahead = vec![node];
    while let Some(node) = ahead.pop() {
        add_rows(report, Owner::Node(node), totals);
        ahead.extend(&report.relations(node).children);
    }
}

fn add_rows(report: &Report, owner: Owner, totals: &mut Totals) {
    for (place, (row, program)) in report.rows(owner).enumerate() {
        let here = Place { owner, row: place, counts: true };
        let counts = report.relations(program).places.contains(&here);
        for (kind, years) in money(report, program) {
            for (year, cell) in years.into_iter().filter(|(year, _)| row.stands_in(*year)) {
                let sum = totals.entry(kind).or_default().entry(year).or_default();
                match cell.value.decimal() {
                    Some(amount) => {
                        sum.rows += 1;
                        sum.gross = sum.gross.saturating_add(amount);
                        sum.net = sum.net.saturating_add(if counts { amount } else { Decimal::ZERO });
                    }
                    None => sum.without_amount += 1,
                }
            }
        }
    }
}

fn money(report: &Report, program: NodeId) -> AmountSeries<'_, MoneyKind> {
    debug_assert_eq!(report.node(program).kind, Kind::Program);
    merged_amounts(&report.node(program).sheets, |sheet| &sheet.money)
}
