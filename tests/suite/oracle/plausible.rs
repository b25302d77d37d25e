//! False findings of the rules about figures: generated strategies whose figures are made plausible, so that every finding is
//! false.
//!
//! The structure is that of [`super::generate`]: editions, kinds and phases of amounts, methods, units, notes, values in words.
//! Numbers change little from year to year, settlements stay within budgets, rates and sums are exact, and no year within a
//! series is left out.

use super::amount::{Amounts, Declarations, Like, Money};
use super::model::*;
use super::random::Rng;
use super::value::exact;
use super::{generate, write};
use crate::support;
use crate::support::content::load;
use rayon::prelude::*;
use shirube::internals::Drafts;
use std::collections::BTreeMap;

/// Number of strategies in a regular test run.
const CASES: u64 = 100;

/// The rules about figures.
const RULES: [&str; 17] = [
    "far-off-value",
    "negative-value",
    "share-range",
    "rank-range",
    "whole-and-groups",
    "impossible-year",
    "edition-date",
    "impossible-date",
    "repeated-value",
    "copied-figures",
    "same-name",
    "item-sum",
    "settlement-budget",
    "carry-over",
    "execution-rate",
    "missing-cell",
    "missing-amount",
];

#[test]
fn plausible_strategies_have_hardly_any_finding() {
    let seeds: Vec<u64> = support::seeds(CASES).collect();
    let findings: Vec<(u64, Vec<String>)> =
        seeds.par_iter().map(|seed| (*seed, findings(*seed))).filter(|(_, findings)| !findings.is_empty()).collect();
    for (seed, findings) in &findings {
        println!("seed {seed}\n  {}", findings.join("\n  "));
    }
    println!("{} of {} strategies have false findings", findings.len(), seeds.len());
    assert!(findings.len() * 100 <= seeds.len(), "at most 1% may have any");
}

fn findings(seed: u64) -> Vec<String> {
    let loaded = load(write::files(&strategy(seed)), Drafts::Hidden);
    let is_of_figures = |rule: &str| RULES.contains(&rule);
    let found = loaded.diagnostics.iter().filter(|diagnostic| is_of_figures(&diagnostic.rule.to_string()));
    found
        .map(|diagnostic| {
            let location = loaded.sources.format_location(&diagnostic.location);
            format!("{location} {} {}", diagnostic.rule, diagnostic.message.en)
        })
        .collect()
}

/// The generated strategy of a seed with plausible figures.
fn strategy(seed: u64) -> Strategy {
    let mut strategy = generate::strategy(seed);
    let rng = &mut Rng::from_seed(seed);
    // Editions report on years of the plan.
    let years = strategy.editions.iter().filter_map(|edition| edition.year);
    let all = years.chain(strategy.period.into_iter().flat_map(|(first, last)| [first, last]));
    let all: Vec<i32> = all.collect();
    strategy.period = strategy.period.and(all.iter().min().copied().zip(all.iter().max().copied()));
    let (editions, amounts) = (strategy.editions.clone(), strategy.amounts.clone());
    for node in &mut strategy.nodes {
        let mut levels: Vec<Level> = node.indicators.iter().map(|indicator| Level::of(rng, indicator)).collect();
        let mut money = AmountLevel::random(rng);
        let mut staff = AmountLevel::random(rng);
        for (index, sheet) in &mut node.sheets {
            let edition = &editions[*index];
            sheet.corrections.clear();
            sheet.total.clear();
            // A survey places a node by both measures, and names its quadrant.
            let surveys = &strategy.surveys;
            sheet.surveys.retain(|survey, place| {
                let has_quadrant = place.quadrant.is_some() || !surveys[*survey].quadrants;
                place.x.is_some() && place.y.is_some() && has_quadrant
            });
            for (indicator, figures) in &mut sheet.figures {
                make_plausible(rng, &mut levels[*indicator], edition, figures);
            }
            money.make_plausible(rng, &amounts, edition, &mut sheet.money);
            // Staff has kinds of its own, none of which is a sum.
            let of_staff = Declarations { money: Vec::new(), ..amounts.clone() };
            staff.make_plausible(rng, &of_staff, edition, &mut sheet.staff);
        }
    }
    strategy
}

/// Numbers of an indicator by series and column, the same in all editions.
struct Level {
    level: i64,
    decimals: u32,
    max: i64,
    growth: i64,
    known: BTreeMap<(&'static str, Column), i64>,
    targets: BTreeMap<Column, Value>,
}

impl Level {
    fn of(rng: &mut Rng, indicator: &Indicator) -> Self {
        let is_share = matches!(indicator.unit.as_deref(), Some("%" | "％"));
        let level = if is_share { rng.between(300, 800) } else { rng.choose(&[60, 140, 900, 5_200, 48_000]) };
        let decimals = if is_share { 1 } else { rng.choose(&[0, 0, 1]) };
        let max = if is_share { 1_000 } else { i64::MAX };
        Self { level, decimals, max, growth: rng.between(-4, 6), known: BTreeMap::new(), targets: BTreeMap::new() }
    }

    /// A number that differs by less than a sixth from the line through the level.
    fn number(&mut self, rng: &mut Rng, series: &'static str, column: Column) -> Decimal {
        let year = match column {
            Column::Start => 2015,
            Column::Year(year) => year,
            Column::End => 2025,
        };
        let percent = 100 + self.growth * i64::from(year - 2020) + rng.between(-12, 12);
        let units = self.known.entry((series, column)).or_insert((self.level * percent.max(40) / 100).min(self.max));
        Decimal { units: *units, decimals: self.decimals }
    }
}

fn is_number(value: &Value) -> bool {
    matches!(value.content, Content::Number(_))
}

fn make_plausible(rng: &mut Rng, level: &mut Level, edition: &Edition, figures: &mut Figures) {
    let reported = edition.year;
    let is_known = |column: &Column| match (column, reported, edition.stage) {
        (Column::Year(year), Some(reported), Stage::Plan) => *year < reported,
        (Column::Year(year), Some(reported), _) => *year <= reported,
        _ => true,
    };
    for series in [&mut figures.actual, &mut figures.interim, &mut figures.rate, &mut figures.rank] {
        series.retain(|column, _| is_known(column));
    }
    for series in [&mut figures.comparison, &mut figures.breakdown] {
        series.retain(|column, _| is_known(column));
    }
    for series in [
        &mut figures.actual,
        &mut figures.interim,
        &mut figures.forecast,
        &mut figures.comparison,
        &mut figures.breakdown,
    ] {
        // The reference dates are the same in all years.
        series.retain(|_, value| value.as_of.is_none());
    }
    figures.interim.retain(|column, _| figures.actual.contains_key(column) || figures.forecast.contains_key(column));
    // Targets are repeated by later editions.
    for (column, value) in &level.targets {
        figures.target.entry(*column).or_insert_with(|| value.clone());
    }
    for (name, series) in [("actual", &mut figures.actual), ("target", &mut figures.target)] {
        fill(series);
        replace(rng, level, name, series);
    }
    level.targets.extend(figures.target.clone());
    for (name, series) in [
        ("actual", &mut figures.forecast),
        ("actual", &mut figures.interim),
        ("comparison", &mut figures.comparison),
        ("breakdown", &mut figures.breakdown),
    ] {
        replace(rng, level, name, series);
    }
    // Rates are printed for all years with an actual value and a target.
    let number = |series: &BTreeMap<Column, Value>, column: &Column| Some(series.get(column)?.exact()?.units);
    let rate = |column: &Column| {
        let target = number(&figures.target, column).filter(|target| *target > 0)?;
        let units = number(&figures.actual, column)? * 1_000 / target;
        Some((*column, exact(Decimal { units, decimals: 1 })))
    };
    figures.rate = figures.actual.keys().filter_map(rate).collect();
}

/// Adds the years left out between the first and the last one.
fn fill(series: &mut BTreeMap<Column, Value>) {
    let years: Vec<i32> = series
        .keys()
        .filter_map(|column| match column {
            Column::Year(year) => Some(*year),
            Column::Start | Column::End => None,
        })
        .collect();
    let (Some(first), Some(last)) = (years.first(), years.last()) else { return };
    let Some(value) = series.get(&Column::Year(*first)).cloned() else { return };
    for year in *first..=*last {
        series.entry(Column::Year(year)).or_insert_with(|| value.clone());
    }
}

/// Replaces the numbers of a series; values in words and missing ones are kept.
fn replace(rng: &mut Rng, level: &mut Level, name: &'static str, series: &mut BTreeMap<Column, Value>) {
    for (column, value) in series.iter_mut().filter(|(_, value)| is_number(value)) {
        *value = exact(level.number(rng, name, *column));
    }
}

/// Amounts of a node by kind, phase and year, the same in all editions.
struct AmountLevel {
    level: i64,
    known: BTreeMap<(usize, Option<i32>), i64>,
}

impl AmountLevel {
    fn random(rng: &mut Rng) -> Self {
        Self { level: rng.choose(&[110, 870, 4_300, 56_000]), known: BTreeMap::new() }
    }

    /// Budget and plan of a year, which settlements do not exceed.
    fn budget(&mut self, rng: &mut Rng, kind: usize, year: Option<i32>) -> i64 {
        let percent = 100 + rng.between(-14, 14);
        *self.known.entry((kind, year)).or_insert(self.level * (kind as i64 + 1) * percent / 100 + rng.between(1, 9))
    }

    fn make_plausible(&mut self, rng: &mut Rng, declared: &Declarations, edition: &Edition, amounts: &mut Amounts) {
        let is_settlement = |money: &Money| declared.phases[money.phase].like == Like::Settlement;
        let is_known = |year: Option<i32>| {
            year.zip(edition.year)
                .is_none_or(|(year, reported)| year < reported + i32::from(edition.stage != Stage::Plan))
        };
        amounts.retain(|(money, year), _| is_known(*year) || !is_settlement(money));
        let keys: Vec<(Money, Option<i32>)> = amounts.keys().copied().collect();
        for (money, year) in keys {
            let budget = self.budget(rng, money.kind, year);
            let units = match declared.phases[money.phase].like {
                Like::Settlement => budget * 94 / 100,
                Like::Budget | Like::Plan => budget,
            };
            amounts.insert((money, year), exact(Decimal { units, decimals: 0 }));
        }
        let sums = |money: &Money| {
            !declared.phases[money.phase].sum.is_empty()
                || declared.money.get(money.kind).is_some_and(|kind| !kind.sum.is_empty())
        };
        amounts.retain(|(money, _), _| !sums(money));
    }
}
