//! Figures and their comparability: §1 and §2 of `docs/statements.md`.

use super::model::*;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use std::collections::{BTreeMap, BTreeSet};

/// A cell of a merged series.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cell<'a> {
    pub column: Column,
    pub value: &'a Value,
    /// Index of the edition that printed it.
    pub edition: usize,
}

/// The series of one indicator, merged over the editions that apply to a page.
#[derive(Debug, Default)]
pub(crate) struct Series<'a> {
    pub actual: BTreeMap<Column, Cell<'a>>,
    pub target: BTreeMap<Column, Cell<'a>>,
    pub forecast: BTreeMap<Column, Cell<'a>>,
    pub interim: BTreeMap<Column, Cell<'a>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Projected,
    Interim,
    Settled,
}

/// The latest value; `interim` if it covers only a part of its year.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Latest<'a> {
    pub cell: Cell<'a>,
    pub interim: bool,
}

/// The subject of statements: one indicator of a node, with its merged series.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub strategy: &'a Strategy,
    pub node: &'a Node,
    /// Index of the indicator.
    pub index: usize,
    pub indicator: &'a Indicator,
    /// Indices of the editions that apply to the page, in declaration order.
    pub editions: &'a [usize],
    pub series: &'a Series<'a>,
}

/// Indices of the editions that a build publishes (all except drafts).
pub(crate) fn published_editions(strategy: &Strategy) -> Vec<usize> {
    (0..strategy.editions.len()).filter(|edition| !strategy.editions[*edition].draft).collect()
}

/// Merges the series that `editions` printed for the indicator at `index`; later editions take precedence.
pub(crate) fn merged<'a>(node: &'a Node, index: usize, editions: &[usize]) -> Series<'a> {
    let mut series = Series::default();
    for edition in editions {
        let figures = node.sheets.get(edition).and_then(|sheet| sheet.figures.get(&index));
        let Some(figures) = figures else { continue };
        for (merged, printed) in [
            (&mut series.actual, &figures.actual),
            (&mut series.target, &figures.target),
            (&mut series.forecast, &figures.forecast),
            (&mut series.interim, &figures.interim),
        ] {
            for (column, value) in printed {
                merged.insert(*column, Cell { column: *column, value, edition: *edition });
            }
        }
    }
    series
}

impl<'a> Subject<'a> {
    /// Year of a figure: `start` is before every year; `end` without a period of the plan is after every year.
    pub(crate) fn year(&self, cell: Cell<'_>) -> i32 {
        match (cell.value.measured, cell.column) {
            (Some((_, to)), _) => to,
            (None, Column::Start) => i32::MIN,
            (None, Column::Year(year)) => year,
            (None, Column::End) => self.strategy.period.map_or(i32::MAX, |(_, to)| to),
        }
    }

    /// Status of an actual value.
    pub(crate) fn status(&self, cell: Cell<'_>) -> Status {
        let edition = &self.strategy.editions[cell.edition];
        let column = match cell.column {
            Column::Start => i32::MIN,
            Column::Year(year) => year,
            Column::End => i32::MAX,
        };
        let is_later = edition.year.is_some_and(|year| column > year);
        let is_planned = edition.stage == Stage::Plan && edition.year.is_some_and(|year| column >= year);
        if cell.value.estimated == Estimated::Expected || is_later || is_planned {
            return Status::Projected;
        }
        let is_carried = cell.value.measured.is_some_and(|(_, to)| to < column);
        let is_within_year = edition.stage == Stage::Interim && edition.year == Some(column) && !is_carried;
        if cell.value.as_of.is_some() || is_within_year { Status::Interim } else { Status::Settled }
    }

    /// Actual values with `status` that are not missing.
    fn actual_of(&self, status: Status) -> impl DoubleEndedIterator<Item = Cell<'a>> {
        let all: Vec<Cell<'a>> = self.series.actual.values().copied().collect();
        all.into_iter().filter(move |cell| !cell.value.missing() && self.status(*cell) == status)
    }

    /// The interim value with the greatest column, from `actual` or `interim`.
    fn newest_interim(&self) -> Option<Cell<'a>> {
        let actual = self.actual_of(Status::Interim).rfind(|cell| cell.column != Column::Start);
        let interim = self.series.interim.values().copied().rfind(|cell| !cell.value.missing());
        match (actual, interim) {
            (Some(actual), Some(interim)) if interim.column > actual.column => Some(interim),
            (actual, interim) => actual.or(interim),
        }
    }

    pub(crate) fn latest(&self) -> Option<Latest<'a>> {
        let settled = self.actual_of(Status::Settled).rfind(|cell| cell.column != Column::Start);
        match settled {
            Some(cell) => Some(Latest { cell, interim: false }),
            None => self.newest_interim().map(|cell| Latest { cell, interim: true }),
        }
    }

    pub(crate) fn accompanying_interim(&self) -> Option<Cell<'a>> {
        let latest = self.latest().filter(|latest| !latest.interim)?;
        self.newest_interim().filter(|cell| cell.column > latest.cell.column)
    }

    /// Targets that are not missing.
    pub(crate) fn targets(&self) -> Vec<Cell<'a>> {
        self.series.target.values().copied().filter(|cell| !cell.value.missing()).collect()
    }

    pub(crate) fn last_target(&self) -> Option<Cell<'a>> {
        self.targets().last().copied()
    }

    pub(crate) fn applicable_target(&self) -> Option<Cell<'a>> {
        match self.latest() {
            Some(latest) => self.targets().into_iter().find(|target| target.column >= latest.cell.column),
            None => self.last_target(),
        }
    }

    /// Reasons why an actual value and a target are not comparable; empty if they are.
    pub(crate) fn reasons_against_target(&self, actual: Latest<'_>, target: Cell<'_>) -> BTreeSet<&'static str> {
        let mut reasons = self.actual_reasons(actual);
        reasons.extend(shape_reasons(target.value));
        reasons.extend(self.pair_reasons(actual.cell, target));
        if self.totals_differ() {
            reasons.insert("annual-against-cumulative");
        }
        reasons
    }

    /// Returns true if targets are totals since a year and actual values are not totals since the same year.
    pub(crate) fn totals_differ(&self) -> bool {
        let since = self.indicator.target_total_from.map(Column::Year);
        since.is_some() && self.indicator.actual_total_from != since
    }

    /// Reasons why the latest and an earlier actual value are not comparable; empty if they are.
    pub(crate) fn reasons_against_earlier(&self, actual: Latest<'_>, earlier: Cell<'_>) -> BTreeSet<&'static str> {
        let mut reasons = self.actual_reasons(actual);
        reasons.extend(self.actual_reasons(Latest { cell: earlier, interim: false }));
        if self.status(earlier) != Status::Settled {
            reasons.insert("baseline-not-final");
        }
        reasons.extend(self.pair_reasons(actual.cell, earlier));
        reasons
    }

    fn actual_reasons(&self, actual: Latest<'_>) -> BTreeSet<&'static str> {
        let mut reasons = shape_reasons(actual.cell.value);
        if actual.interim {
            reasons.insert("interim");
        }
        if actual.cell.value.number().is_some_and(|number| number.bound != Bound::Exact) {
            reasons.insert("not-exact");
        }
        reasons
    }

    fn pair_reasons(&self, one: Cell<'_>, other: Cell<'_>) -> BTreeSet<&'static str> {
        let mut reasons = BTreeSet::new();
        if let (Some(first), Some(second)) = (one.value.number(), other.value.number()) {
            let unit = |number: &Number| self.unit_of(number);
            if unit(first).is_some() && unit(second).is_some() && unit(first) != unit(second) {
                reasons.insert("units-differ");
            }
        }
        let window_years = |cell: Cell<'_>| cell.value.measured.map_or(1, |(from, to)| to - from + 1);
        if window_years(one) != window_years(other) {
            reasons.insert("windows-differ");
        }
        if self.break_between(one, other) {
            reasons.insert("series-breaks");
        }
        reasons
    }

    /// Returns true if a break separates the years of two figures.
    pub(crate) fn break_between(&self, one: Cell<'_>, other: Cell<'_>) -> bool {
        let (first, second) = (self.year(one), self.year(other));
        let (earlier, later) = (first.min(second), first.max(second));
        self.indicator.breaks.iter().any(|year| earlier < *year && *year <= later)
    }

    fn unit_of(&self, number: &Number) -> Option<String> {
        let unit = number.unit.as_deref().or(self.indicator.unit.as_deref());
        unit.map(|unit| if unit == "％" { "%".to_owned() } else { unit.to_owned() })
    }

    /// The exact absolute difference of two numbers with their unit; percentages differ by ポイント.
    pub(crate) fn gap(&self, one: &Number, other: &Number) -> String {
        let decimals = one.decimal.decimals.max(other.decimal.decimals);
        let gap = (one.decimal.fraction() - other.decimal.fraction()).abs();
        let units = gap * BigRational::from_integer(BigInt::from(10).pow(decimals));
        let unit = self.unit_of(one).or(self.unit_of(other)).unwrap_or_default();
        let unit = if unit == "%" { "ポイント" } else { &unit };
        format!("{}{unit}", digits(&units.to_integer(), decimals))
    }

    /// Relation of an actual value to a target; `None` if there is no statement.
    pub(crate) fn relation_to_target(&self, actual: Cell<'_>, target: Cell<'_>) -> Option<&'static str> {
        let (a, t) = (actual.value.number()?, target.value.number()?);
        let bound_direction = match t.bound {
            Bound::AtLeast | Bound::Above => Some(Better::Higher),
            Bound::AtMost | Bound::Below => Some(Better::Lower),
            Bound::Exact | Bound::About => None,
        };
        let contradict = matches!(
            (bound_direction, self.indicator.better),
            (Some(Better::Higher), Some(Better::Lower)) | (Some(Better::Lower), Some(Better::Higher))
        );
        if contradict {
            return None;
        }
        let direction = bound_direction.or(self.indicator.better);
        let (number, aim) = (a.decimal.fraction(), t.decimal.fraction());
        let holds = match t.bound {
            Bound::AtLeast => number >= aim,
            Bound::AtMost => number <= aim,
            Bound::Above => number > aim,
            Bound::Below => number < aim,
            Bound::Exact | Bound::About => false,
        };
        if holds {
            return Some("met");
        }
        if matches!(t.bound, Bound::Above | Bound::Below) {
            return None;
        }
        let years_differ = self.year(actual) != self.year(target);
        match direction {
            Some(Better::Higher) if years_differ && number < aim => Some("short"),
            Some(Better::Lower) if years_differ && number > aim => Some("over"),
            _ => Some(plain_relation(&number, &aim)),
        }
    }
}

/// Relation of one number to another.
pub(crate) fn plain_relation(one: &BigRational, other: &BigRational) -> &'static str {
    let difference = one - other;
    if difference.is_zero() {
        "same"
    } else if difference.is_negative() {
        "less"
    } else {
        "more"
    }
}

/// The reason why a value is not a single number; empty if it is.
pub(crate) fn shape_reasons(value: &Value) -> BTreeSet<&'static str> {
    let reason = match value.content {
        Content::Number(_) => None,
        Content::Range => Some("range"),
        Content::Words | Content::State(_) => Some("words"),
        Content::Missing => Some("missing"),
    };
    reason.into_iter().collect()
}
