//! Distribution of a sum of money over goals and policies: its largest part, and a chart.

use crate::chart::{self, Part, PartGroup};
use crate::model::{AmountTable, Decimal, NodeId, Owner, StrategyIx, grouped};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::amount_column::{self, ColumnKey};
use crate::site::view::sections::part::Percent;
use crate::site::view::sections::sums::{SumKey, SumKind, SumView};
use crate::site::view::values::html::Html;
use crate::site::view::values::statement::{self, Attributes, STRATEGY_KEY};
use crate::site::view::values::time::YearView;
use crate::totals::{self, Sum, SumsByColumn};
use serde::Serialize;
use std::borrow::Cow;

/// Smallest share with a label of its own, in percent.
const LABELLED: u32 = 4;
/// Number of groups from which those below [`LABELLED`] are drawn as one.
const MAX_GROUPS: usize = 8;

/// Distribution of the newest sum of a strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DistributionView<'a> {
    /// Title of the amounts: `決算額`, `人件費（決算額）`.
    pub title: Cow<'a, str>,
    /// Fiscal year.
    pub year: YearView,
    /// Unit: `千円`.
    pub unit: &'a str,
    /// Sum with each program counted once.
    pub net: SumView,
    /// True if programs are repeated (再掲), so that the sum of all rows is greater.
    pub without_repeats: bool,
    /// Sentence that states the largest part; `None` unless one is larger than all others.
    pub finding: Option<String>,
    /// Statement attributes of `finding` (`docs/statements.md`, section 5), for tests.
    pub statement: Html,
    /// Chart; `None` if fewer than two parts have an amount, or if any is negative.
    pub svg: Option<Html>,
    /// Values of the chart, in its order; empty without a chart.
    pub rows: Vec<DistributionRow>,
}

/// Amount of a group or part of the chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DistributionRow {
    /// Number and name of the goal or policy, or a description of the rows.
    pub name: String,
    /// Amount in the unit of the sum: `223,873`.
    pub amount: String,
    /// Share of the sum: `52%`.
    pub share: String,
    /// Share in plain digits, for scripts; `None` if it is less than 1 %.
    pub number: Option<u32>,
    /// True for a part of the group above it.
    pub is_part: bool,
}

/// Rows of one owner, without those of nodes below it.
struct OwnRows {
    owner: Owner,
    net: Decimal,
}

/// Net sums of all owners of rows in one column.
pub(crate) struct Parts {
    column: ColumnKey,
    rows: Vec<OwnRows>,
    /// Sum of all parts.
    pub(crate) whole: Decimal,
}

impl Parts {
    /// Collects the parts of the sum in `column`. `None` if any is negative, or if all are zero: shares then mean nothing.
    pub(crate) fn new(context: &ViewContext<'_>, ix: StrategyIx, column: ColumnKey) -> Option<Self> {
        let report = context.report;
        let mut rows = Vec::new();
        let mut add = |owner: Owner| {
            let sum = sum_in(&totals::sum_rows(report, owner), column).filter(|sum| sum.counted > 0);
            rows.extend(sum.map(|sum| OwnRows { owner, net: sum.net }));
        };
        let mut stack: Vec<NodeId> = report.roots(ix).iter().rev().copied().collect();
        while let Some(id) = stack.pop() {
            add(Owner::Node(id));
            stack.extend(report.relations(id).children.iter().rev());
        }
        add(Owner::Strategy(ix));
        let whole = rows.iter().fold(Decimal::ZERO, |whole, part| whole.saturating_add(part.net));
        let is_divisible = whole > Decimal::ZERO && rows.iter().all(|part| part.net >= Decimal::ZERO);
        is_divisible.then_some(Self { column, rows, whole })
    }

    /// The largest part, if it is a goal or policy without children and larger than all others.
    fn largest(&self, context: &ViewContext<'_>) -> Option<(NodeId, Decimal)> {
        let largest = self.rows.iter().max_by_key(|part| part.net)?;
        let others = self.rows.iter().filter(|part| part.net == largest.net).count();
        match largest.owner {
            Owner::Node(id)
                if others == 1 && self.rows.len() > 1 && context.report.relations(id).children.is_empty() =>
            {
                Some((id, largest.net))
            }
            _ => None,
        }
    }

    /// Top-level goals and policies with the parts below them, largest first. A single goal is replaced by those below it.
    fn groups<'p>(&'p self, context: &ViewContext<'_>, ix: StrategyIx) -> Vec<(Owner, Vec<&'p OwnRows>)> {
        let report = context.report;
        let mut tops: Vec<NodeId> = report.roots(ix).to_vec();
        let mut own = Owner::Strategy(ix);
        loop {
            let mut groups: Vec<(Owner, Vec<&OwnRows>)> = Vec::new();
            let mut add = |owner: Owner, mut parts: Vec<&'p OwnRows>| {
                parts.retain(|part| part.net > Decimal::ZERO);
                parts.sort_by_key(|part| std::cmp::Reverse(part.net));
                if !parts.is_empty() {
                    groups.push((owner, parts));
                }
            };
            for top in &tops {
                let mut below = vec![*top];
                let mut parts = Vec::new();
                while let Some(id) = below.pop() {
                    parts.extend(self.rows.iter().filter(|part| part.owner == Owner::Node(id)));
                    below.extend(report.relations(id).children.iter().rev());
                }
                add(Owner::Node(*top), parts);
            }
            add(own, self.rows.iter().filter(|part| part.owner == own).collect());
            match groups[..] {
                [(Owner::Node(only), _)] if !report.relations(only).children.is_empty() => {
                    (tops, own) = (report.relations(only).children.clone(), Owner::Node(only));
                }
                _ => {
                    groups.sort_by_key(|(_, parts)| std::cmp::Reverse(sum_of(parts)));
                    return groups;
                }
            }
        }
    }
}

/// Sum of a subject in a column, if any row has an amount in it.
pub(crate) fn sum_in(sums: &SumsByColumn, (year, key): ColumnKey) -> Option<Sum> {
    sums.get(&key)?.get(&year).copied().filter(|sum| sum.rows > 0)
}

fn sum_of(parts: &[&OwnRows]) -> Decimal {
    parts.iter().fold(Decimal::ZERO, |sum, part| sum.saturating_add(part.net))
}

/// Builds the distribution of the sum in a column over `parts`.
pub(crate) fn distribution<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    column: ColumnKey,
    all: &SumsByColumn,
    parts: Option<&Parts>,
) -> Option<DistributionView<'a>> {
    let (year, key) = column;
    let sum = sum_in(all, column)?;
    let unit = amount_column::unit(context, ix, key);
    let year_view = context.year(year);
    let title = amount_column::title(context, ix, AmountTable::Money, key);
    let largest = parts.and_then(|parts| Some((parts, parts.largest(context)?)));
    let finding = largest.and_then(|(parts, (id, net))| {
        let percent = Percent::of(net, parts.whole)?;
        let attributes = Attributes::statement("largest")
            .with("of", &statement::node_key(context, id))
            .with("money", &context.report.strategy(ix).amounts.key(AmountTable::Money, key))
            .with("year", &year.0.to_string())
            .with("net", &grouped(net))
            .with("share", &percent.key());
        let (name, amount) = (node_name(context, ix, id), in_words(context, net, unit));
        let values = [("name", name.as_str()), ("amount", &amount), ("share", &percent.text(context))];
        Some((context.texts.fill("spending_largest", &values), attributes.html()))
    });
    let (finding, statement) = finding.unzip();
    let drawn = parts.and_then(|parts| {
        let generic = context.texts.fill("spending_distribution", &[("year", &year_view.name), ("kind", &title)]);
        draw(context, ix, parts, finding.as_deref().unwrap_or(&generic))
    });
    let (svg, rows) = drawn.unzip();
    Some(DistributionView {
        net: SumView::new(context, ix, &sum, SumKind::Net, SumKey { subject: STRATEGY_KEY, column })?,
        without_repeats: sum.gross != sum.net,
        title,
        year: year_view,
        unit,
        finding,
        statement: statement.unwrap_or_default(),
        svg,
        rows: rows.unwrap_or_default(),
    })
}

/// Draws the chart, and lists its values.
fn draw(context: &ViewContext<'_>, ix: StrategyIx, parts: &Parts, title: &str) -> Option<(Html, Vec<DistributionRow>)> {
    if parts.rows.iter().filter(|part| part.net > Decimal::ZERO).count() < 2 {
        return None;
    }
    let (year, key) = parts.column;
    let unit = amount_column::unit(context, ix, key);
    let name = |owner: Owner| match owner {
        Owner::Node(id) if context.report.relations(id).children.is_empty() => node_name(context, ix, id),
        Owner::Node(_) => context.texts.get("spending_goal_direct").to_owned(),
        Owner::Strategy(_) => context.texts.get("spending_direct").to_owned(),
    };
    let share = |amount: Decimal| Percent::of(amount, parts.whole).map(|share| share.text(context)).unwrap_or_default();
    let label = |amount: Decimal| {
        [in_words(context, amount, unit), context.texts.fill("in_brackets", &[("words", &share(amount))])].concat()
    };
    let row = |name: String, amount: Decimal, is_part: bool| DistributionRow {
        name,
        amount: grouped(amount),
        share: share(amount),
        number: Percent::of(amount, parts.whole).and_then(Percent::number),
        is_part,
    };
    // The rows of the goal above all groups, without those below it, form a group of their own.
    let group_name = |(owner, parts_of): &(Owner, Vec<&OwnRows>)| match *owner {
        Owner::Node(id) if parts_of.len() > 1 || parts_of.iter().any(|part| part.owner != *owner) => {
            node_name(context, ix, id)
        }
        owner => name(owner),
    };
    let part = |part: &&OwnRows| {
        let percent = Percent::of(part.net, parts.whole).filter(|percent| percent.is_at_least(LABELLED));
        Part { amount: part.net, label: percent.map(|percent| (name(part.owner), percent.text(context))) }
    };
    let groups = parts.groups(context, ix);
    let is_small = |parts_of: &[&OwnRows]| {
        Percent::of(sum_of(parts_of), parts.whole).is_some_and(|percent| !percent.is_at_least(LABELLED))
    };
    let shown = groups.iter().enumerate().take_while(|(index, (_, parts))| *index + 1 < MAX_GROUPS || !is_small(parts));
    // A single small group takes as much space as a rest.
    let shown = if groups.len() <= MAX_GROUPS { groups.len() } else { shown.count() };
    let (shown, rest) = groups.split_at_checked(shown)?;
    let mut drawn: Vec<PartGroup> = Vec::with_capacity(MAX_GROUPS);
    let mut rows = Vec::new();
    for group in shown {
        let (amount, parts) = (sum_of(&group.1), group.1.iter().map(part).collect());
        rows.push(row(group_name(group), amount, false));
        if let [_, _, ..] = group.1[..] {
            rows.extend(group.1.iter().map(|part| row(name(part.owner), part.net, true)));
        }
        drawn.push(PartGroup { name: group_name(group), label: label(amount), parts });
    }
    if !rest.is_empty() {
        let amount = rest.iter().fold(Decimal::ZERO, |sum, (_, parts)| sum.saturating_add(sum_of(parts)));
        let name = context.texts.fill("spending_rest", &[("count", &rest.len().to_string())]);
        rows.push(row(name.clone(), amount, false));
        rows.extend(rest.iter().map(|group| row(group_name(group), sum_of(&group.1), true)));
        drawn.push(PartGroup { name, label: label(amount), parts: vec![Part { amount, label: None }] });
    }
    let chart_context = chart::Context {
        id: &context.id("distribution"),
        title: Some(title),
        texts: context.texts,
        editions: context.report.strategy(ix).edition_context(),
    };
    Some((Html(chart::distribution(&drawn, year, &chart_context)?.svg), rows))
}

/// Number and name of a goal or policy: `35-5 さらなる魅力の創造と活用`.
fn node_name(context: &ViewContext<'_>, ix: StrategyIx, id: NodeId) -> String {
    let name = context.name(ix, id);
    match context.report.node(id).number.as_deref() {
        Some(number) => format!("{number} {name}"),
        None => name.to_owned(),
    }
}

/// Amount in large-unit form, or else with its unit.
fn in_words(context: &ViewContext<'_>, amount: Decimal, unit: &str) -> String {
    let plain = || context.texts.fill("number_and_unit", &[("number", &grouped(amount)), ("unit", unit)]);
    context.texts.yen(amount, unit).unwrap_or_else(plain)
}
