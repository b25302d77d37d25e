//! Sums of money over rows: gross as printed, and net with each program counted once.
//!
//! These sums are computed by Shirube and labelled as such; the totals printed in the report are in
//! [`Sheet::total`](crate::model::Sheet::total). Missing amounts do not contribute to a sum but are counted.

use crate::model::{
    AmountKey, AmountSeries, Cell, Decimal, EditionIx, FiscalYear, FundingIx, Kind, NodeId, Owner, Place, Report,
    Stage, StrategyIx, funding_of, merged_amounts,
};
use std::collections::BTreeMap;

/// Sums of one kind of money in one fiscal year, in the `money_unit` of the strategy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    /// Sum over all rows including repeats (再掲), like a printed total.
    pub gross: Decimal,
    /// Sum with each program counted once: at its home or, if its home is not published, at its first row.
    pub net: Decimal,
    /// Number of rows with an amount.
    pub rows: usize,
    /// Number of those rows that contribute to [`Self::net`].
    pub counted: usize,
    /// Number of those rows whose settlement was printed before the end of the year.
    pub interim: usize,
    /// Number of rows whose printed amount is not a number, such as `-`.
    pub without_amount: usize,
}

impl Sum {
    /// Net sum; `None` if no row contributes to it, which is different from 0.
    pub fn net_if_counted(&self) -> Option<Decimal> {
        (self.counted > 0).then_some(self.net)
    }
}

/// Sums of money by key and fiscal year. Kinds that cannot be summed over programs (単位コスト, rates) have none.
pub type SumsByColumn = BTreeMap<AmountKey, BTreeMap<FiscalYear, Sum>>;

/// Sums over the rows of one policy, goal or strategy, excluding its descendants.
pub fn sum_rows(report: &Report, owner: Owner) -> SumsByColumn {
    let mut totals = SumsByColumn::new();
    add_rows(report, owner, None, &mut totals);
    totals
}

/// Sums over the rows of `node` and of all its descendants.
pub fn sum_node(report: &Report, node: NodeId) -> SumsByColumn {
    let mut totals = SumsByColumn::new();
    add_below(report, node, None, &mut totals);
    totals
}

/// Like [`sum_node`], over the amounts printed in `edition` alone, for comparison with its totals.
pub fn sum_node_in_edition(report: &Report, node: NodeId, edition: EditionIx) -> SumsByColumn {
    let mut totals = SumsByColumn::new();
    add_below(report, node, Some(edition), &mut totals);
    totals
}

/// Sums over `programs`, each counted once, whether and wherever it is listed in rows.
pub fn sum_programs(report: &Report, programs: impl IntoIterator<Item = NodeId>) -> SumsByColumn {
    let mut totals = SumsByColumn::new();
    for program in programs {
        let declared = &report.strategy(program.strategy).amounts;
        for (key, years) in money(report, program, None).into_iter().filter(|(key, _)| declared.is_additive(key.kind)) {
            for cell in years.into_values() {
                add_amount(report, &mut totals, RowAmount { program, key, cell, counts: true });
            }
        }
    }
    totals
}

/// Sums over all rows of a strategy.
pub fn sum_strategy(report: &Report, strategy: StrategyIx) -> SumsByColumn {
    let mut totals = SumsByColumn::new();
    add_rows(report, Owner::Strategy(strategy), None, &mut totals);
    for root in report.roots(strategy) {
        add_below(report, *root, None, &mut totals);
    }
    totals
}

/// Sums of a strategy, and of each of its goals and policies with everything below it.
#[derive(Debug)]
pub(crate) struct StrategySums {
    /// Sums over all rows of the strategy.
    pub(crate) whole: SumsByColumn,
    by_node: BTreeMap<NodeId, SumsByColumn>,
}

impl StrategySums {
    /// Sums of a strategy without rows.
    pub(crate) const NONE: Self = Self { whole: BTreeMap::new(), by_node: BTreeMap::new() };

    pub(crate) fn new(report: &Report, ix: StrategyIx) -> Self {
        let nodes = report.nodes(ix).filter(|(_, node)| node.kind != Kind::Program);
        let by_node = nodes.map(|(id, _)| (id, sum_node(report, id))).collect();
        Self { whole: sum_strategy(report, ix), by_node }
    }

    /// Sums over the rows of a goal or policy and of all its descendants.
    pub(crate) fn below(&self, node: NodeId) -> &SumsByColumn {
        const NONE: &SumsByColumn = &BTreeMap::new();
        self.by_node.get(&node).unwrap_or(NONE)
    }
}

/// Sums of the sources of funding over all rows, including repeats, by column.
pub type FundingSums = BTreeMap<(FiscalYear, AmountKey), BTreeMap<FundingIx, Decimal>>;

/// Sums of the sources of funding over the rows of one policy, goal or strategy, excluding its descendants.
pub fn funding_of_rows(report: &Report, owner: Owner) -> FundingSums {
    let mut sums = FundingSums::new();
    for_each_amount(report, owner, None, &mut |amount| add_funding(report, &mut sums, amount));
    sums
}

/// Sums of the sources of funding over the rows of `node` and of all its descendants.
pub fn funding_of_node(report: &Report, node: NodeId) -> FundingSums {
    let mut sums = FundingSums::new();
    for_each_amount_below(report, node, None, &mut |amount| add_funding(report, &mut sums, amount));
    sums
}

fn add_funding(report: &Report, sums: &mut FundingSums, amount: RowAmount<'_>) {
    let sheets = report.node(amount.program).sheets.iter();
    for share in funding_of(sheets, |sheet| &sheet.money, amount.key, Some(amount.cell.column)) {
        let Some(number) = share.value.decimal() else { continue };
        let column = sums.entry((amount.cell.column, amount.key)).or_default();
        let sum = column.entry(share.funding).or_default();
        *sum = add(*sum, number);
    }
}

fn add_below(report: &Report, node: NodeId, only: Option<EditionIx>, totals: &mut SumsByColumn) {
    for_each_amount_below(report, node, only, &mut |amount| add_amount(report, totals, amount));
}

fn add_rows(report: &Report, owner: Owner, only: Option<EditionIx>, totals: &mut SumsByColumn) {
    for_each_amount(report, owner, only, &mut |amount| add_amount(report, totals, amount));
}

fn add_amount(report: &Report, totals: &mut SumsByColumn, amount: RowAmount<'_>) {
    let RowAmount { program, key, cell, counts } = amount;
    let sum = totals.entry(key).or_default().entry(cell.column).or_default();
    match cell.value.decimal() {
        Some(amount) => {
            sum.rows += 1;
            sum.counted += usize::from(counts);
            sum.interim += usize::from(key.is_result() && is_interim(report, program, &cell));
            sum.gross = add(sum.gross, amount);
            sum.net = if counts { add(sum.net, amount) } else { sum.net };
        }
        None => sum.without_amount += 1,
    }
}

/// Amount of a program in one of its rows.
struct RowAmount<'r> {
    program: NodeId,
    key: AmountKey,
    cell: Cell<'r, FiscalYear>,
    /// True if net sums count the amount in this row.
    counts: bool,
}

/// Calls `visit` with the amounts in the rows of `node` and of all its descendants.
fn for_each_amount_below(
    report: &Report,
    node: NodeId,
    only: Option<EditionIx>,
    visit: &mut impl FnMut(RowAmount<'_>),
) {
    // Goals nest to any depth, so this is a work list instead of recursion.
    let mut pending = vec![node];
    while let Some(node) = pending.pop() {
        for_each_amount(report, Owner::Node(node), only, visit);
        pending.extend(&report.relations(node).children);
    }
}

/// Calls `visit` with the amounts in the rows of `owner` that can be summed over programs.
fn for_each_amount(report: &Report, owner: Owner, only: Option<EditionIx>, visit: &mut impl FnMut(RowAmount<'_>)) {
    for (row_index, (row, program)) in report.rows(owner).enumerate() {
        let counted_place = Place { owner, row: row_index, counts: true };
        let counts = report.relations(program).places.contains(&counted_place);
        let declared = &report.strategy(program.strategy).amounts;
        for (key, years) in money(report, program, only).into_iter().filter(|(key, _)| declared.is_additive(key.kind)) {
            for cell in years.into_values().filter(|cell| row.applies_in(cell.column)) {
                visit(RowAmount { program, key, cell, counts });
            }
        }
    }
}

/// Adds with the scale of the finer addend: `Decimal` alone drops the decimal places of a zero.
pub(crate) fn add(sum: Decimal, amount: Decimal) -> Decimal {
    let mut total = sum.saturating_add(amount);
    total.rescale(sum.scale().max(amount.scale()));
    total
}

/// Returns true if the amount was printed by an interim edition for the year it reports on.
fn is_interim(report: &Report, program: NodeId, cell: &Cell<'_, FiscalYear>) -> bool {
    let edition = report.strategy(program.strategy).editions.get(cell.edition.0);
    edition.is_some_and(|edition| edition.stage == Stage::Interim && edition.year == Some(cell.column))
}

/// Money of a program, merged over all editions (the latest takes precedence) or of edition `only`.
fn money(report: &Report, program: NodeId, only: Option<EditionIx>) -> AmountSeries<'_> {
    let node = report.node(program);
    debug_assert_eq!(node.kind, Kind::Program);
    let sheets = match only {
        Some(edition) => node.sheet(edition).map_or(&[][..], std::slice::from_ref),
        None => &node.sheets,
    };
    merged_amounts(sheets, |sheet| &sheet.money)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::tests::load_clean;
    use crate::workspace::Analysis;

    const S: StrategyIx = StrategyIx(0);

    fn id(loaded: &Analysis, kind: Kind, id: &str) -> NodeId {
        loaded.report.nodes(S).find(|(_, node)| node.kind == kind && node.id == id).unwrap().0
    }

    fn strategy(rest: &str) -> String {
        format!("title = \"x\"\npublisher = \"x\"\nmissing = [\"-\"]\n{rest}")
    }

    fn file(front_matter: &str) -> String {
        format!("+++\nname = \"x\"\n{front_matter}\n+++\n")
    }

    #[test]
    fn gross_sums_include_repeats_and_net_sums_do_not() {
        let edition = "[[edition]]\nid = \"e\"\nlabel = \"x\"\n[[edition]]\nid = \"f\"\nlabel = \"x\"\n[[goal]]\nid = \"in\"\nname = \"x\"\n[[goal]]\nid = \"other\"\nname = \"x\"\n";
        let loaded = load_clean(&[
            ("s/strategy.toml", &strategy(edition)),
            (
                "s/policies/1/policy.md",
                &file("goal = \"in\"\n[[program]]\nid = \"a\"\n[[program]]\nid = \"b\"\nrepeat = true"),
            ),
            (
                "s/policies/2/policy.md",
                &file(
                    "goal = \"in\"\n[[program]]\nid = \"a\"\nrepeat = true\n[[program]]\nid = \"outer\"\nrepeat = true",
                ),
            ),
            (
                "s/policies/3/policy.md",
                &file(
                    "goal = \"other\"\n[[program]]\nid = \"b\"\n[[program]]\nid = \"outer\"\nrepeat = true\nyears = [\"R6\"]\n[[program]]\nid = \"none\"",
                ),
            ),
            ("s/programs/a/program.md", &file("")),
            ("s/programs/a/e.md", "+++\n[money]\nsettlement.R5 = \"1,000.5\"\n+++\n"),
            ("s/programs/b/program.md", &file("")),
            ("s/programs/b/e.md", "+++\n[money]\nsettlement.R5 = 20\n+++\n"),
            ("s/programs/outer/program.md", &file("")),
            ("s/programs/outer/e.md", "+++\n[money]\nsettlement.R5 = 300\n+++\n"),
            ("s/programs/none/program.md", &file("")),
            ("s/programs/none/e.md", "+++\n[money]\nsettlement.R5 = \"-\"\nsettlement.R4 = 0.0\n+++\n"),
            ("s/programs/b/f.md", "+++\n[money]\nsettlement.R4 = 12\n+++\n"),
        ]);
        let check = |totals: SumsByColumn, gross: &str, net: &str, rows: usize, without_amount: usize| {
            let sum = totals[&AmountKey::SETTLEMENT][&FiscalYear(2023)];
            assert_eq!((sum.gross.to_string().as_str(), sum.net.to_string().as_str()), (gross, net));
            assert_eq!((sum.rows, sum.without_amount), (rows, without_amount));
        };
        let policy = |name: &str| sum_rows(&loaded.report, Owner::Node(id(&loaded, Kind::Policy, name)));
        check(policy("1"), "1020.5", "1000.5", 2, 0);
        check(policy("2"), "1300.5", "300", 2, 0);
        check(policy("3"), "20", "20", 1, 1);
        let sum = policy("3")[&AmountKey::SETTLEMENT][&FiscalYear(2022)];
        assert_eq!(
            (sum.gross.to_string(), sum.net.to_string()),
            ("12.0".into(), "12.0".into()),
            "the sum of 0.0 and 12 has one decimal place"
        );
        let goal = |name: &str| sum_node(&loaded.report, id(&loaded, Kind::Goal, name));
        check(goal("in"), "2321.0", "1300.5", 4, 0);
        check(sum_strategy(&loaded.report, S), "2341.0", "1320.5", 5, 1);
    }
}
