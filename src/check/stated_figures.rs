//! What the cells of a sheet state, for the comparison of its texts with them.

use super::visit::SheetRef;
use super::words::{pairs, plain_unit, quantities};
use crate::model::{Bound, Column, FiscalYear, Indicator, Node, NodeId, Owner, Report, SeriesKind, Value, half_width};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Policies and goals whose rows contain a program: their indicators count what their programs do.
pub(super) fn indicators_above(report: &Report) -> BTreeMap<NodeId, Vec<&Node>> {
    let mut above: BTreeMap<NodeId, Vec<&Node>> = BTreeMap::new();
    for (ix, _) in report.strategies() {
        for (id, node) in report.nodes(ix).filter(|(_, node)| !node.indicators.is_empty()) {
            for (_, program) in report.rows(Owner::Node(id)) {
                above.entry(program).or_default().push(node);
            }
        }
    }
    above
}

/// What a cell states, for comparison with texts.
pub(super) struct Fact<'r> {
    pub(super) name: String,
    pub(super) words: BTreeSet<[char; 2]>,
    pub(super) unit: String,
    /// Value of the year of the sheet, in units of one.
    pub(super) value: Decimal,
    pub(super) digits: String,
    pub(super) printed: &'r str,
    /// Reference date of the value, as printed.
    pub(super) as_of: Option<&'r str>,
    /// Values of all years, in units of one.
    pub(super) years: Vec<(FiscalYear, Decimal)>,
    /// Value of the year before.
    pub(super) before: Option<(Decimal, &'r str)>,
    /// Change of the year before, from its own previous year.
    pub(super) change_before: Option<Decimal>,
    /// Difference between the target and the actual value, and its digits.
    pub(super) gap: Option<(Decimal, String)>,
    /// Target of the year, or at the end of the plan, and its digits.
    pub(super) target: Option<(Decimal, String)>,
    /// Targets of all other years and of the end.
    pub(super) other_targets: Vec<(Column, Decimal)>,
    /// True for indicators of a node above.
    pub(super) is_above: bool,
    /// True if a sentence must contain the whole name, as for components of amounts.
    pub(super) whole_name: bool,
}

/// All that the cells of a sheet, and those of the nodes above, state.
pub(super) struct Facts<'r>(pub(super) Vec<Fact<'r>>, pub(super) Money);

/// Amounts of money of the year of a sheet, in units of one.
pub(super) struct Money {
    /// The settlement, of a node with a single one.
    pub(super) settlement: Option<Decimal>,
    /// Other amounts, budgets among them.
    pub(super) budgets: Vec<Decimal>,
    /// Components and settlements of all kinds.
    pub(super) results: Vec<Decimal>,
}

impl Money {
    fn new(item: SheetRef<'_>) -> Self {
        let (_, factor) = plain_unit(&item.strategy.money_unit);
        let number = |value: &Value| value.exact()?.checked_mul(factor);
        let of_year = || item.sheet.money.of_years().filter(|(_, year, _)| Some(*year) == item.edition.year);
        let (results, budgets): (Vec<_>, Vec<_>) = of_year().partition(|(key, ..)| key.is_result());
        let mut settled = results.iter().filter(|(key, ..)| key.is_base()).filter_map(|(_, _, value)| number(value));
        let parts = of_year().flat_map(|(_, _, value)| &value.parts).filter_map(|part| number(&part.value));
        Self {
            settlement: settled.next().filter(|_| settled.next().is_none()),
            budgets: budgets
                .iter()
                .filter(|(key, ..)| key.is_base())
                .filter_map(|(_, _, value)| number(value))
                .collect(),
            results: results.iter().filter_map(|(_, _, value)| number(value)).chain(parts).collect(),
        }
    }
}

impl<'r> Facts<'r> {
    /// Facts of a sheet; `above` and `below` are the policies and programs whose indicators its texts can mention.
    pub(super) fn new(item: SheetRef<'r>, above: &[&'r Node], below: &[&'r Node]) -> Self {
        let mut facts = Vec::new();
        for (index, indicator) in item.node.indicators.iter().enumerate() {
            facts.extend(
                Fact::of_indicator(item, item.node, index, indicator, false)
                    .or_else(|| Fact::of_words(item, index, indicator)),
            );
        }
        for node in above {
            for (index, indicator) in node.indicators.iter().enumerate() {
                facts.extend(Fact::of_indicator(item, node, index, indicator, true));
            }
        }
        for node in below {
            for (index, indicator) in node.indicators.iter().enumerate() {
                facts.extend(Fact::of_indicator(item, node, index, indicator, false));
            }
        }
        facts.extend(amounts(item));
        facts.extend(rate(item));
        facts.extend(execution(item));
        Self(facts, Money::new(item))
    }
}

impl<'r> Fact<'r> {
    /// A number that a sentence is about if it contains its whole name.
    fn of_amount(name: &str, unit: String, number: Decimal, value: Decimal, printed: &'r Value) -> Self {
        Self {
            name: name.to_owned(),
            words: BTreeSet::new(),
            unit,
            value,
            digits: digits(number),
            printed: &printed.printed,
            as_of: None,
            years: Vec::new(),
            before: None,
            change_before: None,
            gap: None,
            target: None,
            other_targets: Vec::new(),
            is_above: false,
            whole_name: true,
        }
    }

    fn of_indicator(
        item: SheetRef<'r>,
        node: &'r Node,
        index: usize,
        indicator: &'r Indicator,
        is_above: bool,
    ) -> Option<Self> {
        let sheet = node.sheet(item.sheet.edition)?;
        let figures = sheet.figures.get(&index)?;
        let year = item.edition.year.or_else(|| figures.actual.keys().max().copied())?;
        let value = figures.actual.get(&year)?;
        let number = value.number().filter(|number| matches!(number.bound, Bound::Exact | Bound::About))?;
        let unit = number.unit.as_ref().or(indicator.unit.as_ref())?;
        let (unit, factor) = plain_unit(unit);
        let last = FiscalYear(year.0.saturating_sub(1));
        let before = figures
            .actual
            .get(&last)
            .and_then(|value| Some((value.decimal()?.checked_mul(factor)?, value.printed.as_str())));
        let earlier = |of: FiscalYear| {
            let mut sheets = node.sheets.iter().rev().filter_map(|sheet| sheet.figures.get(&index));
            sheets.find_map(|figures| figures.actual.get(&of)?.decimal()?.checked_mul(factor))
        };
        let years = figures.actual.iter().filter_map(|(of, value)| Some((*of, value.exact()?.checked_mul(factor)?)));
        let change_before = earlier(last).zip(earlier(FiscalYear(last.0.saturating_sub(1))));
        let targets = figures
            .target
            .iter()
            .filter(|(column, _)| matches!(column, Column::Year(of) if *of == year) || **column == Column::End);
        let target = targets.filter_map(|(_, target)| target.decimal()).next();
        let others = figures.target.iter().filter(|(column, _)| **column != Column::Year(year));
        let others = others.filter_map(|(column, value)| Some((*column, value.decimal()?.checked_mul(factor)?)));
        let gap = target.map(|target| (target - number.decimal).abs());
        Some(Self {
            name: indicator.name.clone(),
            words: pairs(&indicator.name),
            unit,
            value: number.decimal.checked_mul(factor)?,
            digits: digits(number.decimal),
            printed: &value.printed,
            as_of: value.as_of.as_deref(),
            years: years.collect(),
            before: before.filter(|(before, _)| Some(*before) != number.decimal.checked_mul(factor)),
            change_before: change_before.map(|(of_last, before)| (of_last - before).abs()),
            gap: gap.map(|gap| (gap * factor, digits(gap))),
            target: target.and_then(|target| Some((target.checked_mul(factor)?, digits(target)))),
            other_targets: others.collect(),
            is_above,
            whole_name: false,
        })
    }

    /// A value in words with a single number: 全７海域で作成、公開.
    fn of_words(item: SheetRef<'r>, index: usize, indicator: &'r Indicator) -> Option<Self> {
        let (year, figures) = (item.edition.year?, item.sheet.figures.get(&index)?);
        let stated = |of: FiscalYear| {
            let value = figures.actual.get(&of).filter(|value| value.number().is_none())?;
            Some((only_quantity(&value.printed)?, value.printed.as_str()))
        };
        let ((number, unit), printed) = stated(year)?;
        let before = stated(FiscalYear(year.0.saturating_sub(1))).filter(|((_, other), _)| *other == unit);
        let before = before.map(|((before, _), printed)| (before, printed)).filter(|(before, _)| *before != number);
        Some(Self {
            name: indicator.name.clone(),
            words: pairs(&indicator.name),
            unit: unit.chars().map(half_width).collect(),
            value: number,
            digits: digits(number),
            printed,
            as_of: None,
            years: Vec::new(),
            before,
            change_before: None,
            gap: None,
            target: None,
            other_targets: Vec::new(),
            is_above: false,
            whole_name: false,
        })
    }
}

/// The only number of a text, and its unit: the word after it, of at least two characters.
fn only_quantity(text: &str) -> Option<(Decimal, &str)> {
    let mut quantities = quantities(text);
    let quantity = quantities.pop().filter(|_| quantities.is_empty())?;
    let unit = quantity.unit();
    ((2..5).contains(&unit.chars().count()) && !unit.starts_with(['年', '月', '日'])).then_some((quantity.number, unit))
}

/// An amount with its name.
fn of_money<'r>(name: &str, value: &'r Value, unit: &str, factor: Decimal) -> Option<Fact<'r>> {
    let number = value.exact()?;
    Some(Fact::of_amount(name, unit.to_owned(), number, number.checked_mul(factor)?, value))
}

/// The only rate of achievement of the year.
fn rate(item: SheetRef<'_>) -> Option<Fact<'_>> {
    let year = item.edition.year?;
    let mut rates = item.sheet.figures.values().filter_map(|figures| figures.rate.get(&year));
    let (rate, None) = (rates.next()?, rates.next()) else { return None };
    let number = rate.exact()?;
    Some(Fact::of_amount("達成率", "%".to_owned(), number, number, rate))
}

/// Settlement of the year as a share of its budget, if the strategy publishes no rate with another base.
fn execution(item: SheetRef<'_>) -> Option<Fact<'_>> {
    let year = item.edition.year?;
    let mut rates = item.sheet.amount_tables().into_iter().flat_map(|(_, amounts)| amounts.of_years()).filter_map(
        |(key, of, value)| (key.is_result() && of == year && value.printed.contains(['%', '％'])).then_some(value),
    );
    let (rate, None) = (rates.next()?, rates.next()) else { return None };
    let number = rate.exact()?;
    Some(Fact::of_amount("執行率", "%".to_owned(), number, number, rate))
}

/// Digits of a number as a text would write it, without separators.
pub(super) fn digits(number: Decimal) -> String {
    number.abs().to_string()
}

/// Components of amounts, by their names, and the settlement and budget of the year.
fn amounts(item: SheetRef<'_>) -> Vec<Fact<'_>> {
    let (unit, factor) = plain_unit(&item.strategy.money_unit);
    let mut facts = Vec::new();
    for (key, year, value) in item.sheet.money.of_years() {
        let mut add = |name: &str, value| {
            facts.extend(of_money(name, value, &unit, factor));
        };
        value.parts.iter().for_each(|part| add(&part.name, &part.value));
        if key.is_base() && key.is_result() && item.edition.year == Some(year) {
            add("決算額", value);
        }
    }
    facts
}

/// Numbers of all cells of a node, in units of one.
pub(super) fn known_numbers(item: SheetRef<'_>) -> HashSet<Decimal> {
    let mut known = HashSet::new();
    let (_, money) = plain_unit(&item.strategy.money_unit);
    for sheet in &item.node.sheets {
        for (index, figures) in &sheet.figures {
            let unit = item.node.indicators.get(*index).and_then(|indicator| indicator.unit.as_deref());
            let factor = unit.map_or(Decimal::ONE, |unit| plain_unit(unit).1);
            for (series, _, value) in figures.values() {
                let factor = if series == SeriesKind::Rate { Decimal::ONE } else { factor };
                known.extend(numbers_of(value).into_iter().filter_map(|number| number.checked_mul(factor)));
            }
        }
        for (_, amounts) in sheet.amount_tables() {
            let values = amounts.all().map(|(.., value)| value);
            known.extend(values.flat_map(numbers_of).filter_map(|number| number.checked_mul(money)));
        }
    }
    known
}

/// Numbers of a cell: those of its value and of its texts.
fn numbers_of(value: &Value) -> Vec<Decimal> {
    let texts = [Some(value.printed.as_str()), value.note.as_deref()].into_iter().flatten();
    let in_texts =
        texts.flat_map(|text| quantities(text).into_iter().map(|quantity| quantity.number).collect::<Vec<_>>());
    value.decimal().map(|number| number.abs()).into_iter().chain(in_texts).collect()
}

/// Returns true if a number is another one with its decimal point or unit shifted: 29,200 for 292 thousand.
pub(super) fn is_shifted(number: Decimal, right: Decimal) -> bool {
    let (number, right) = (number.normalize(), right.normalize());
    let is_power = |factor: Decimal| [10, 100, 1000].iter().any(|power| factor == Decimal::from(*power));
    let divided = |one: Decimal, other: Decimal| one.checked_div(other).is_some_and(is_power);
    digits(right).trim_matches(['0', '.']).len() > 1 && (divided(number, right) || divided(right, number))
}

/// Returns true if a clause contains a word of the name of an indicator.
pub(super) fn shares_word(words: &BTreeSet<[char; 2]>, clause: &str) -> bool {
    const GENERIC: [[char; 2]; 14] = [
        ['人', '数'],
        ['件', '数'],
        ['回', '数'],
        ['者', '数'],
        ['利', '用'],
        ['参', '加'],
        ['実', '施'],
        ['開', '催'],
        ['事', '業'],
        ['年', '度'],
        ['延', '人'],
        ['団', '体'],
        ['割', '合'],
        ['登', '録'],
    ];
    let of_clause = pairs(clause);
    let mut shared = words.intersection(&of_clause).filter(|pair| !GENERIC.contains(pair));
    shared.next().is_some()
}
