//! From a series to what is drawn of it: which values are points, where, and in which state.

use crate::model::{Cell, Column, Decimal, Edition, FiscalYear, Indicator, Series, Stage, Value, grouped};
use std::borrow::Cow;
use std::iter;

/// The numbers of a series at their years.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Points<'a> {
    /// Every actual number once, at the year in which it was measured, oldest first.
    pub measured: Vec<Point<'a>>,
    /// Older measurements in the columns into which they were carried forward.
    pub carried: Vec<Point<'a>>,
    /// The numbers among the targets, by year, the end of the plan last.
    pub targets: Vec<Point<'a>>,
    /// Columns through which no line may run: without a number, or with one that is not final.
    gaps: Vec<FiscalYear>,
    /// Years from which another definition counts: no line comes from before them.
    pub breaks: &'a [FiscalYear],
    /// The last target where it counts all years together: no mark among values of one year.
    pub cumulative_target: Option<Point<'a>>,
    /// The years between two surveys, if declared.
    interval: Option<u32>,
}

/// A number at a place on the axis of years.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point<'a> {
    /// Where it is drawn.
    pub at: Column,
    /// The number.
    pub number: Decimal,
    /// What it was printed as.
    pub value: &'a Value,
    /// How sure it is.
    pub state: State,
    /// Whether targets were set against it.
    pub baseline: bool,
    /// The day up to which it counts, if it is interim.
    pub as_of: Option<&'a str>,
}

/// How sure a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// As measured (a target: as set).
    Final,
    /// Printed before its year was over.
    Interim,
    /// Called an estimate.
    Estimated,
}

impl<'a> Points<'a> {
    /// Sorts the cells of `series` into points.
    pub(super) fn of(indicator: &'a Indicator, series: &Series<'a>, editions: &'a [Edition]) -> Self {
        let mut points = Self {
            measured: Vec::with_capacity(series.actual.len()),
            carried: Vec::new(),
            targets: series.target.iter().filter_map(target).collect(),
            gaps: Vec::new(),
            breaks: &indicator.breaks,
            cumulative_target: None,
            interval: indicator.interval,
        };
        for cell in &series.actual {
            let Some(number) = cell.value.decimal() else {
                points.gaps.push(cell.column);
                continue;
            };
            let edition = editions.get(cell.edition.0);
            let point = Point {
                at: Column::Year(cell.measured()),
                number,
                value: cell.value,
                state: state(cell, edition),
                baseline: indicator.baseline == Some(cell.column),
                as_of: cell.value.as_of.as_deref().or(edition.and_then(|edition| edition.as_of.as_deref())),
            };
            if point.state == State::Interim {
                points.gaps.push(cell.column);
            }
            if cell.carried_forward() {
                points.carried.push(Point { at: Column::Year(cell.column), ..point });
            }
            match points.measured.iter_mut().find(|known| (known.at, known.number) == (point.at, number)) {
                Some(known) => known.baseline |= point.baseline,
                None => points.measured.push(point),
            }
        }
        points.measured.sort_by_key(|point| point.at);
        points.targets.sort_by_key(|point| point.at);
        if indicator.cumulative_from.is_some() {
            points.cumulative_target = points.targets.pop();
            points.targets.clear();
        }
        points
    }

    /// The points of the line: the last of each year, without what is not final.
    pub(super) fn vertices(&self) -> Vec<(FiscalYear, Point<'a>)> {
        let mut vertices: Vec<(FiscalYear, Point<'a>)> = Vec::with_capacity(self.measured.len());
        for point in &self.measured {
            let Column::Year(year) = point.at else { continue };
            if point.state == State::Interim {
                continue;
            }
            match vertices.last_mut() {
                Some(last) if last.0 == year => last.1 = *point,
                _ => vertices.push((year, *point)),
            }
        }
        vertices
    }

    /// Whether the line may run from `a` to `b`: no column between them lacks a value, they
    /// can be compared, and they are not further apart than the surveys of the series are.
    pub(super) fn joined(&self, a: FiscalYear, b: FiscalYear, usual: i64) -> bool {
        let gap = self.gaps.iter().any(|year| a < *year && *year < b);
        distance(a, b) <= usual && !gap && self.comparable(a, b)
    }

    /// Whether values of these years count by the same definition.
    pub(super) fn comparable(&self, a: FiscalYear, b: FiscalYear) -> bool {
        let (earlier, later) = (a.min(b), a.max(b));
        !self.breaks.iter().any(|year| earlier < *year && *year <= later)
    }

    /// The usual distance of two measurements: as declared, or the least there is.
    pub(super) fn usual_distance(&self, vertices: &[(FiscalYear, Point<'a>)]) -> i64 {
        let least = vertices.windows(2).filter_map(|pair| match pair {
            [a, b] => Some(distance(a.0, b.0)),
            _ => None,
        });
        self.interval.map(i64::from).or(least.min()).unwrap_or(1)
    }

    /// Every year that the table has a column for, and every year of a point.
    pub(super) fn years(&self) -> Vec<FiscalYear> {
        let points = self.measured.iter().chain(&self.carried).chain(&self.targets);
        let of_points = points.filter_map(|point| match point.at {
            Column::Year(year) => Some(year),
            Column::End => None,
        });
        let mut years: Vec<FiscalYear> = of_points.chain(self.gaps.iter().copied()).collect();
        years.sort_unstable();
        years.dedup();
        years
    }

    /// The point of the newest column with a number, at the year in which it was measured.
    pub(super) fn latest(&self, series: &Series<'a>) -> Option<Point<'a>> {
        let newest = series.actual.iter().rev().find(|cell| cell.value.decimal().is_some())?;
        let at = Column::Year(newest.measured());
        self.measured.iter().find(|point| point.at == at && Some(point.number) == newest.value.decimal()).copied()
    }
}

fn target<'a>(cell: &Cell<'a, Column>) -> Option<Point<'a>> {
    let at = cell.value.measured.map_or(cell.column, |period| Column::Year(period.to));
    let number = cell.value.decimal()?;
    Some(Point { at, number, value: cell.value, state: State::Final, baseline: false, as_of: None })
}

fn state(cell: &Cell<'_, FiscalYear>, edition: Option<&Edition>) -> State {
    let interim = edition.is_some_and(|e| e.stage == Stage::Interim && e.year == Some(cell.column));
    if interim && !cell.carried_forward() {
        State::Interim
    } else if cell.value.estimated {
        State::Estimated
    } else {
        State::Final
    }
}

fn distance(a: FiscalYear, b: FiscalYear) -> i64 {
    (i64::from(b.0) - i64::from(a.0)).abs()
}

impl<'a> Point<'a> {
    /// What is written beside the mark: the value as printed, without the year in which it
    /// was measured, since the axis says that.
    pub(super) fn label(&self) -> &'a str {
        self.value.figure()
    }

    /// The label, and what may stand in its place where there is little room: the number alone.
    pub(super) fn wordings(&self) -> impl Iterator<Item = Cow<'a, str>> {
        let number = self.number;
        iter::once(self.label().into()).chain(iter::once_with(move || plain(number).into()))
    }

    /// The column and the value as printed, as sentences name them.
    pub(super) fn said(&self) -> (Column, &'a str) {
        (self.at, self.value.printed.trim())
    }
}

/// A number by itself, with separators.
pub(super) fn plain(number: Decimal) -> String {
    grouped(number)
}
