//! Amounts of money and staff: the model, and sums over programs (§4 of `docs/statements.md`).

use super::figures::published_editions;
use super::model::*;
use super::statement::Expected;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use std::collections::{BTreeMap, BTreeSet};

/// What a strategy declares about its amounts.
#[derive(Debug, Clone)]
pub(crate) struct Declarations {
    /// Budget, settlement and plan, then those that the strategy adds.
    pub phases: Vec<Phase>,
    /// What `[money]` itself holds, then those that the strategy adds.
    pub money: Vec<AmountKind>,
    /// The ids of the kinds of staff; the first is what `[staff]` itself holds.
    pub staff: Vec<String>,
    /// The ids of the sources of funding.
    pub funding: Vec<String>,
    pub tolerance: Option<Decimal>,
}

#[derive(Debug, Clone)]
pub(crate) struct Phase {
    pub id: String,
    pub like: Like,
    /// Indices of the phases that should add up to this one.
    pub sum: Vec<usize>,
}

/// What a phase resembles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Like {
    Budget,
    Settlement,
    Plan,
}

#[derive(Debug, Clone)]
pub(crate) struct AmountKind {
    pub id: String,
    pub unit: Option<&'static str>,
    pub additive: bool,
    /// Indices of the kinds that should add up to this one.
    pub sum: Vec<usize>,
}

/// Identification of an amount: indices of kind and phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Money {
    pub kind: usize,
    pub phase: usize,
}

/// Amounts by year; `None` for those over all years.
pub(crate) type Amounts = BTreeMap<(Money, Option<i32>), Value>;

/// Number of phases that every strategy has.
pub(crate) const BUILT_IN: usize = 3;

impl Like {
    pub(crate) const ALL: [Like; BUILT_IN] = [Like::Budget, Like::Settlement, Like::Plan];

    pub(crate) fn key(self) -> &'static str {
        match self {
            Like::Budget => "budget",
            Like::Settlement => "settlement",
            Like::Plan => "plan",
        }
    }
}

impl Declarations {
    /// The key of an amount under `[money]`.
    pub(crate) fn key(&self, money: Money) -> String {
        let phase = &self.phases[money.phase].id;
        if money.kind == 0 { phase.clone() } else { format!("{}.{phase}", self.money[money.kind].id) }
    }

    pub(crate) fn like(&self, money: Money) -> Like {
        self.phases[money.phase].like
    }

    /// Position of a phase in the order of columns of one year.
    fn order(&self, phase: usize) -> (Like, usize) {
        (self.phases[phase].like, phase)
    }

    /// Rank of a phase among those that resemble the same: one that every strategy has, a sum of others, the last one.
    pub(crate) fn importance(&self, phase: usize) -> (bool, bool, usize) {
        (phase < BUILT_IN, !self.phases[phase].sum.is_empty(), phase)
    }
}

/// An amount with the edition that printed it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Printed<'a> {
    pub value: &'a Value,
    pub edition: usize,
}

/// The amounts of `table` over `editions`; later editions take precedence.
pub(crate) fn merged<'a>(
    node: &'a Node,
    editions: &[usize],
    table: fn(&Sheet) -> &Amounts,
) -> BTreeMap<(Money, Option<i32>), Printed<'a>> {
    let sheets = editions.iter().filter_map(|edition| Some((*edition, node.sheets.get(edition)?)));
    let amounts = sheets
        .flat_map(|(edition, sheet)| table(sheet).iter().map(move |(key, value)| (*key, Printed { value, edition })));
    amounts.collect()
}

/// The sources of an amount: those of the newest print that has any, among the newest prints of the same amount.
fn funding<'a>(node: &'a Node, editions: &[usize], key: &(Money, Option<i32>)) -> Option<&'a BTreeMap<usize, Value>> {
    let mut prints: Vec<&Value> =
        editions.iter().rev().filter_map(|edition| node.sheets.get(edition)?.money.get(key)).collect();
    let newest = *prints.first()?;
    let same = prints.iter().position(|print| !print.same_figure(newest)).unwrap_or(prints.len());
    prints.truncate(same);
    prints.into_iter().map(|print| &print.funding).find(|funding| !funding.is_empty())
}

/// The owner of a row: the strategy (`None`), or the node at an index.
pub(crate) type Owner = Option<usize>;

/// All rows in document order.
pub(crate) fn all_rows(strategy: &Strategy) -> Vec<(Owner, &Row)> {
    fn below<'a>(strategy: &'a Strategy, index: usize, rows: &mut Vec<(Owner, &'a Row)>) {
        let node = &strategy.nodes[index];
        rows.extend(node.rows.iter().map(|row| (Some(index), row)));
        for child in children(strategy, index) {
            below(strategy, child, rows);
        }
    }
    let mut rows: Vec<(Owner, &Row)> = strategy.rows.iter().map(|row| (None, row)).collect();
    for (index, node) in strategy.nodes.iter().enumerate() {
        if node.kind != Kind::Program && node.parent.is_none() {
            below(strategy, index, &mut rows);
        }
    }
    rows
}

pub(crate) fn children(strategy: &Strategy, index: usize) -> Vec<usize> {
    let node = &strategy.nodes[index];
    let is_child =
        |child: &usize| node.kind == Kind::Goal && strategy.nodes[*child].parent.as_deref() == Some(&node.id);
    (0..strategy.nodes.len()).filter(is_child).collect()
}

/// Indices of a node and all its descendants.
pub(crate) fn subtree(strategy: &Strategy, index: usize) -> BTreeSet<usize> {
    let mut all = BTreeSet::from([index]);
    children(strategy, index).into_iter().for_each(|child| all.extend(subtree(strategy, child)));
    all
}

/// A sum of amounts, with the number of decimal places to show.
#[derive(Clone)]
pub(crate) struct Sum {
    pub number: BigRational,
    decimals: u32,
    /// Number of added amounts.
    pub rows: usize,
}

impl Sum {
    pub(crate) fn zero() -> Self {
        Self { number: BigRational::zero(), decimals: 0, rows: 0 }
    }

    pub(crate) fn add(&mut self, amount: Decimal) {
        self.number += amount.fraction();
        self.rows += 1;
        self.decimals = self.decimals.max(amount.decimals);
    }

    pub(crate) fn text(&self) -> String {
        let units = &self.number * BigRational::from_integer(BigInt::from(10).pow(self.decimals));
        let sign = if self.number.is_negative() { "-" } else { "" };
        format!("{sign}{}", digits(&units.abs().to_integer(), self.decimals))
    }
}

/// Sums of one column over rows.
#[derive(Clone)]
pub(crate) struct Sums {
    pub gross: Sum,
    /// Each program once.
    pub net: Sum,
    /// Whether a result of an interim edition's own year is included.
    interim: bool,
    /// Number of rows that print something other than a number.
    missing: usize,
    /// Gross sums by source of funding.
    funding: BTreeMap<usize, Sum>,
}

/// A year and a kind and phase of money.
pub(crate) type MoneyColumn = (Money, i32);

/// Sums over the rows whose owner `includes` selects, of the amounts that `editions` print; for each column in which any
/// amount is printed, even as missing.
pub(crate) fn sums(
    strategy: &Strategy,
    editions: &[usize],
    includes: &dyn Fn(Owner) -> bool,
) -> BTreeMap<MoneyColumn, Sums> {
    let rows = all_rows(strategy);
    let mut sums: BTreeMap<MoneyColumn, Sums> = BTreeMap::new();
    for (index, (_, row)) in rows.iter().enumerate().filter(|(_, (owner, _))| includes(*owner)) {
        let Some(program) = strategy.node(Kind::Program, &row.program) else { continue };
        let home = rows.iter().position(|(_, other)| other.program == row.program && !other.repeat);
        let first = rows.iter().position(|(_, other)| other.program == row.program);
        let is_counted = home.or(first) == Some(index);
        for (key, print) in merged(program, editions, |sheet| &sheet.money) {
            let (money, Some(year)) = key else { continue };
            if !strategy.amounts.money[money.kind].additive || !row.applies_in(year) {
                continue;
            }
            let zero =
                || Sums { gross: Sum::zero(), net: Sum::zero(), interim: false, missing: 0, funding: BTreeMap::new() };
            let sums = sums.entry((money, year)).or_insert_with(zero);
            for (source, share) in funding(program, editions, &key).into_iter().flatten() {
                if let Some(number) = share.number() {
                    sums.funding.entry(*source).or_insert_with(Sum::zero).add(number.decimal);
                }
            }
            let Some(number) = print.value.number() else {
                sums.missing += 1;
                continue;
            };
            sums.gross.add(number.decimal);
            if is_counted {
                sums.net.add(number.decimal);
            }
            let edition = &strategy.editions[print.edition];
            sums.interim |= strategy.amounts.like(money) == Like::Settlement
                && edition.stage == Stage::Interim
                && edition.year == Some(year);
        }
    }
    sums
}

/// The columns of tables that show several years: of what `[money]` itself holds, the most important phase of each kind in
/// each year of `all`, and every column with a printed total.
pub(crate) fn summary(
    strategy: &Strategy,
    all: impl Iterator<Item = MoneyColumn>,
    totals: impl Iterator<Item = MoneyColumn>,
) -> BTreeSet<MoneyColumn> {
    let declared = &strategy.amounts;
    let mut phases: BTreeMap<(i32, Like), usize> = BTreeMap::new();
    for (money, year) in all.filter(|(money, _)| money.kind == 0) {
        let phase = phases.entry((year, declared.like(money))).or_insert(money.phase);
        if declared.importance(money.phase) > declared.importance(*phase) {
            *phase = money.phase;
        }
    }
    let shown = phases.into_iter().map(|((year, _), phase)| (Money { kind: 0, phase }, year));
    shown.chain(totals.filter(|(money, _)| money.kind == 0)).collect()
}

/// The columns in which a row of `owner` has an amount, summable or not.
pub(crate) fn columns_of_rows(strategy: &Strategy, owner: Owner, editions: &[usize]) -> BTreeSet<MoneyColumn> {
    let mut columns = BTreeSet::new();
    for (_, row) in all_rows(strategy).into_iter().filter(|(other, _)| *other == owner) {
        let Some(program) = strategy.node(Kind::Program, &row.program) else { continue };
        for (money, year) in merged(program, editions, |sheet| &sheet.money).into_keys() {
            columns.extend(year.filter(|year| row.applies_in(*year)).map(|year| (money, year)));
        }
    }
    columns
}

/// The columns in which a node prints a total of its rows.
pub(crate) fn totals(strategy: &Strategy, node: &Node) -> Vec<MoneyColumn> {
    let printed = merged(node, &published_editions(strategy), |sheet| &sheet.total);
    printed.into_keys().filter_map(|(money, year)| Some((money, year?))).collect()
}

/// Statements on the sums of a node, or of the strategy, in the columns that `shows` selects.
pub(crate) fn statements(
    strategy: &Strategy,
    subject: &str,
    sums: &BTreeMap<MoneyColumn, Sums>,
    shows: &dyn Fn(&MoneyColumn) -> bool,
) -> Vec<Expected> {
    let mut statements = Vec::new();
    for ((money, year), sums) in sums.iter().filter(|(column, sums)| shows(column) && sums.gross.rows > 0) {
        let sum = sum(strategy, subject, *money, *year);
        let sum = if sums.interim { sum.with("interim", "yes") } else { sum };
        statements.push(sum.clone().with("gross", sums.gross.text()));
        // If all rows are repeats, there is no net sum; it is not 0.
        if sums.net.rows > 0 {
            let net = sum.with("net", sums.net.text());
            statements.push(if sums.net.number == sums.gross.number { net.optional() } else { net });
        }
    }
    statements
}

/// Statements on the sums by source of funding.
pub(crate) fn funding_statements(
    strategy: &Strategy,
    subject: &str,
    sums: &BTreeMap<MoneyColumn, Sums>,
) -> Vec<Expected> {
    let mut statements = Vec::new();
    for ((money, year), sums) in sums {
        for (source, funded) in &sums.funding {
            let sum = sum(strategy, subject, *money, *year);
            statements.push(sum.with("funding", &strategy.amounts.funding[*source]).with("gross", funded.text()));
        }
    }
    statements
}

fn sum(strategy: &Strategy, subject: &str, money: Money, year: i32) -> Expected {
    let statement = Expected::new("sum").with("of", subject).with("money", strategy.amounts.key(money));
    statement.with("year", year.to_string())
}

/// Statements on the newest amounts of a node: its own, or else the printed totals of its rows.
pub(crate) fn newest(strategy: &Strategy, node: &Node, name: &str, editions: &[usize]) -> Vec<Expected> {
    let of_table = |table: fn(&Sheet) -> &Amounts| {
        let mut newest: BTreeMap<Like, (i32, usize, &Value)> = BTreeMap::new();
        for ((money, year), print) in merged(node, editions, table) {
            let (0, Some(year), Some(_)) = (money.kind, year, print.value.number()) else { continue };
            let rank = |year: i32, phase: usize| (year, strategy.amounts.importance(phase));
            let best = newest.entry(strategy.amounts.like(money)).or_insert((year, money.phase, print.value));
            if rank(year, money.phase) > rank(best.0, best.1) {
                *best = (year, money.phase, print.value);
            }
        }
        newest
    };
    let own = of_table(|sheet| &sheet.money);
    let shown = if own.is_empty() { of_table(|sheet| &sheet.total) } else { own };
    let statement = |(year, phase, value): (i32, usize, &Value)| {
        let statement = Expected::new("amount").with("of", name).with("phase", &strategy.amounts.phases[phase].id);
        statement.with("year", year.to_string()).with("amount", &value.printed)
    };
    shown.into_values().map(statement).collect()
}

/// The column of the newest sum of a kind of money: the last settlement, or else the last column.
fn newest_sum(strategy: &Strategy, kind: usize, all: &BTreeMap<MoneyColumn, Sums>) -> Option<MoneyColumn> {
    let declared = &strategy.amounts;
    let mut phases: BTreeMap<(i32, Like), usize> = BTreeMap::new();
    for (money, year) in all.keys().filter(|(money, _)| money.kind == kind) {
        let phase = phases.entry((*year, declared.like(*money))).or_insert(money.phase);
        if declared.importance(money.phase) > declared.importance(*phase) {
            *phase = money.phase;
        }
    }
    let counts = |(money, year): &MoneyColumn| all[&(*money, *year)].net.rows > 0;
    let shown = phases.into_iter().map(|((year, like), phase)| (like, (Money { kind, phase }, year)));
    let shown: Vec<(Like, MoneyColumn)> = shown.filter(|(_, column)| counts(column)).collect();
    let last_year = shown.iter().map(|(_, (_, year))| *year).max()?;
    let settled = shown.iter().rfind(|(like, _)| *like == Like::Settlement).map(|(_, column)| *column);
    let of_last_year = || shown.iter().filter(|(_, (_, year))| *year == last_year).map(|(_, column)| *column);
    settled.or_else(|| of_last_year().max_by_key(|(money, _)| strategy.amounts.order(money.phase)))
}

/// The statement on the newest sum of the first kind of money, each program counted once.
pub(crate) fn newest_net(strategy: &Strategy, all: &BTreeMap<MoneyColumn, Sums>) -> Option<Expected> {
    let (money, year) = newest_sum(strategy, 0, all)?;
    let sums = &all[&(money, year)];
    let statement = sum(strategy, "strategy", money, year);
    let statement = if sums.interim { statement.with("interim", "yes") } else { statement };
    Some(statement.with("net", sums.net.text()))
}

/// A share in whole percent: rounded half up, but 100 only for the whole, and `<1` for what is more than nothing.
fn percent(part: &BigRational, whole: &BigRational) -> String {
    let hundredfold = part * BigRational::from_integer(BigInt::from(100)) / whole;
    let one = BigRational::from_integer(BigInt::from(1));
    if !part.is_zero() && hundredfold < one {
        return "<1".to_owned();
    }
    let rounded = (hundredfold + BigRational::new(BigInt::from(1), BigInt::from(2))).floor();
    let most = BigRational::from_integer(BigInt::from(99));
    let shown = if part < whole && rounded > most { most } else { rounded };
    shown.to_integer().to_string()
}

/// Statements on the shares of the newest sum of each kind of money, of its largest part, and of the sources of funding.
/// `below` are the strategy, its goals and policies, and the rows directly under it, with everything below them; `own` are
/// the owners of rows with their own rows alone, named if they have no children.
pub(crate) fn shares(
    strategy: &Strategy,
    all: &BTreeMap<MoneyColumn, Sums>,
    below: &[(String, BTreeMap<MoneyColumn, Sums>)],
    own: &[(Option<String>, BTreeMap<MoneyColumn, Sums>)],
) -> Vec<Expected> {
    let mut statements = Vec::new();
    let mut is_first = true;
    for kind in 0..strategy.amounts.money.len() {
        let newest = newest_sum(strategy, kind, all);
        let parts: Vec<(&Option<String>, &Sum)> = own
            .iter()
            .filter_map(|(leaf, sums)| Some((leaf, &sums.get(&newest?)?.net)))
            .filter(|(_, sum)| sum.rows > 0)
            .collect();
        let whole: BigRational = parts.iter().map(|(_, sum)| sum.number.clone()).sum();
        let divisible = whole.is_positive() && parts.iter().all(|(_, sum)| !sum.number.is_negative());
        if let Some((money, year)) = newest {
            let statement = |kind: &'static str, of: &str, sum: &Sum| {
                let statement = Expected::new(kind).with("of", of).with("money", strategy.amounts.key(money));
                let statement = statement.with("year", year.to_string()).with("net", sum.text());
                statement.with("share", percent(&sum.number, &whole))
            };
            if divisible {
                let shown = below.iter().filter_map(|(name, sums)| Some((name, &sums.get(&(money, year))?.net)));
                statements
                    .extend(shown.filter(|(_, sum)| sum.rows > 0).map(|(name, sum)| statement("part", name, sum)));
                let largest = parts.iter().max_by(|a, b| a.1.number.cmp(&b.1.number));
                let ties = |sum: &Sum| parts.iter().filter(|(_, other)| other.number == sum.number).count();
                if let Some((Some(leaf), sum)) = largest
                    && is_first
                    && parts.len() > 1
                    && ties(sum) == 1
                {
                    statements.push(statement("largest", leaf, sum));
                }
            }
            is_first = false;
        }
        let funded = |column: &MoneyColumn| all[column].gross.rows > 0 && !all[column].funding.is_empty();
        let columns: Vec<MoneyColumn> =
            all.keys().filter(|(money, _)| money.kind == kind).filter(|column| funded(column)).copied().collect();
        let of_shares = newest.filter(|column| divisible && columns.contains(column));
        let last = || columns.iter().max_by_key(|(money, year)| (*year, strategy.amounts.order(money.phase))).copied();
        let Some((money, year)) = of_shares.or_else(last) else { continue };
        let sources = &all[&(money, year)].funding;
        let whole: BigRational = sources.values().map(|sum| sum.number.clone()).sum();
        if !whole.is_positive() || sources.values().any(|sum| sum.number.is_negative()) {
            continue;
        }
        for (source, sum) in sources {
            let statement = Expected::new("part").with("of", "strategy").with("money", strategy.amounts.key(money));
            let statement = statement.with("year", year.to_string()).with("gross", sum.text());
            let statement = statement.with("funding", &strategy.amounts.funding[*source]);
            statements.push(statement.with("share", percent(&sum.number, &whole)));
        }
    }
    statements
}

/// Statements on the shares of the nodes without children below a goal, `below`, in its net sum: of the newest settlement, or
/// else of the newest budget. `own` are the sums of the rows of the goal and of everything below it, each alone.
pub(crate) fn shares_of_goal(
    strategy: &Strategy,
    goal: &str,
    sums: &BTreeMap<MoneyColumn, Sums>,
    own: &[BTreeMap<MoneyColumn, Sums>],
    below: &[(String, BTreeMap<MoneyColumn, Sums>)],
) -> Vec<Expected> {
    let newest = |like: Like| {
        let columns = sums.iter().filter(|((money, _), sums)| {
            money.kind == 0 && strategy.amounts.like(*money) == like && sums.gross.rows > 0
        });
        let columns = columns.map(|(column, _)| *column);
        columns.max_by_key(|(money, year)| (*year, strategy.amounts.order(money.phase)))
    };
    let Some(column) = newest(Like::Settlement).or_else(|| newest(Like::Budget)) else { return Vec::new() };
    let whole = &sums[&column].net;
    let is_negative = |own: &BTreeMap<MoneyColumn, Sums>| {
        own.get(&column).is_some_and(|sums| sums.net.rows > 0 && sums.net.number.is_negative())
    };
    if whole.rows == 0 || !whole.number.is_positive() || own.iter().any(is_negative) {
        return Vec::new();
    }
    let (money, year) = column;
    let parts = below.iter().filter_map(|(name, sums)| Some((name, &sums.get(&column)?.net)));
    let statement = |(name, sum): (&String, &Sum)| {
        let statement = Expected::new("part").with("of", name).with("money", strategy.amounts.key(money));
        let statement = statement.with("year", year.to_string()).with("within", goal).with("net", sum.text());
        statement.with("share", percent(&sum.number, &whole.number))
    };
    parts.filter(|(_, sum)| sum.rows > 0).map(statement).collect()
}

/// Statements on the differences of the sums of a subject: of the two newest years of settlements of each kind of money, or
/// else of budgets, or else of plans.
pub(crate) fn differences(
    strategy: &Strategy,
    all: &BTreeMap<MoneyColumn, Sums>,
    subject: &str,
    sums: &BTreeMap<MoneyColumn, Sums>,
) -> Vec<Expected> {
    let mut statements = Vec::new();
    for kind in 0..strategy.amounts.money.len() {
        let mut years: BTreeMap<usize, Vec<i32>> = BTreeMap::new();
        for ((money, year), sums) in all {
            if money.kind == kind && sums.gross.rows > 0 {
                years.entry(money.phase).or_default().push(*year);
            }
        }
        let rank = |phase: usize| {
            let kind = [Like::Plan, Like::Budget, Like::Settlement];
            let like = strategy.amounts.phases[phase].like;
            (kind.iter().position(|known| *known == like), strategy.amounts.importance(phase))
        };
        let pairs = years.into_iter().filter(|(_, years)| years.len() > 1);
        let Some((phase, mut years)) = pairs.max_by_key(|(phase, _)| rank(*phase)) else { continue };
        years.sort_unstable();
        let money = Money { kind, phase };
        let [.., from, to] = years[..] else { continue };
        let complete = |year: i32| {
            sums.get(&(money, year)).filter(|sums| sums.gross.rows > 0 && !sums.interim && sums.missing == 0)
        };
        let (Some(before), Some(after)) = (complete(from), complete(to)) else { continue };
        let difference = Sum {
            number: &after.gross.number - &before.gross.number,
            decimals: after.gross.decimals.max(before.gross.decimals),
            rows: 1,
        };
        let statement = Expected::new("amount-difference").with("of", subject);
        let statement = statement.with("money", strategy.amounts.key(money)).with("from", from.to_string());
        statements.push(statement.with("to", to.to_string()).with("difference", difference.text()));
    }
    statements
}

/// Statements on how many printed totals equal the sums of the nodes that print them.
pub(crate) fn printed_totals(
    strategy: &Strategy,
    all: &BTreeMap<MoneyColumn, Sums>,
    nodes: &[(&Node, BTreeMap<MoneyColumn, Sums>)],
) -> Vec<Expected> {
    let mut counts: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (node, sums) in nodes {
        for ((money, year), print) in merged(node, &published_editions(strategy), |sheet| &sheet.total) {
            let Some(column) = year.map(|year| (money, year)) else { continue };
            let (Some(exact), Some(sums)) = (print.value.exact(), sums.get(&column)) else { continue };
            if sums.gross.rows > 0 && all.contains_key(&column) {
                let mut printed = Sum::zero();
                printed.add(exact);
                let (equal, compared) = counts.entry(money.kind).or_default();
                *equal += usize::from(printed.number == sums.gross.number);
                *compared += 1;
            }
        }
    }
    let statement = |(kind, (equal, compared)): (usize, (usize, usize))| {
        let statement = Expected::new("printed-totals").with("money", &strategy.amounts.money[kind].id);
        statement.with("equal", equal.to_string()).with("compared", compared.to_string())
    };
    counts.into_iter().map(statement).collect()
}
