//! From a series to what is drawn of it: which values are points, where, and in which state.

use crate::model::{
    Cell, Column, Decimal, Estimate, Figure, FiscalYear, Indicator, Series, SeriesKind, Status, Timeline, Value,
    accumulate_alike, baseline, break_between, grouped,
};
use std::borrow::Cow;
use std::iter;

/// The numbers of a series at their years.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Points<'a> {
    /// Every actual, interim and forecast number once, at the year in which it was measured, oldest first.
    pub measured: Vec<Point<'a>>,
    /// Older measurements in the columns into which they were carried forward.
    pub carried: Vec<Point<'a>>,
    /// The numbers among the targets, by year, the end of the plan last.
    pub targets: Vec<Point<'a>>,
    /// Columns through which no line may run: without a number, or with one that is not final.
    gaps: Vec<FiscalYear>,
    /// The last target where it counts all years together: no mark among values of one year.
    pub cumulative_target: Option<Point<'a>>,
    /// The baseline, where it was printed.
    pub baseline: Option<Figure<'a>>,
    /// What is measured.
    indicator: &'a Indicator,
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
    /// How far it had come.
    pub status: Status,
    /// Whether targets were set against it.
    pub baseline: bool,
    /// The day up to which it counts, if it is interim.
    pub as_of: Option<&'a str>,
    /// The cell in which it stands.
    pub cell: Cell<'a, Column>,
}

impl<'a> Points<'a> {
    /// Sorts the cells of `series` into points.
    pub(super) fn of(indicator: &'a Indicator, series: &Series<'a>, timeline: Timeline<'a>) -> Self {
        let target = |cell: &Cell<'a, Column>| Point::of(&Figure::target(timeline, *cell), indicator, timeline);
        let mut points = Self {
            measured: Vec::with_capacity(series.actual.len()),
            carried: Vec::new(),
            targets: series.target.iter().filter_map(target).collect(),
            gaps: Vec::new(),
            cumulative_target: None,
            baseline: baseline(timeline, indicator, series),
            indicator,
        };
        let actual = series.start.into_iter().chain(series.actual.iter().map(|cell| cell.in_column()));
        let interim = series.interim.iter().map(|cell| (SeriesKind::Interim, cell.in_column()));
        let forecast = series.forecast.iter().map(|cell| (SeriesKind::Forecast, cell.in_column()));
        for (kind, cell) in actual.map(|cell| (SeriesKind::Actual, cell)).chain(interim).chain(forecast) {
            points.add(&Figure::new(timeline, kind, cell), timeline);
        }
        points.measured.sort_by_key(|point| point.at);
        points.targets.sort_by_key(|point| point.at);
        if accumulate_alike(indicator).is_err() {
            points.cumulative_target = points.targets.pop();
            points.targets.clear();
        }
        points
    }

    fn add(&mut self, figure: &Figure<'a>, timeline: Timeline<'a>) {
        let final_number = figure.status == Status::Settled && figure.value.decimal().is_some();
        if let Column::Year(year) = figure.column
            && figure.series == SeriesKind::Actual
            && !final_number
        {
            self.gaps.push(year);
        }
        let Some(point) = Point::of(figure, self.indicator, timeline) else { return };
        if figure.carried_forward() {
            self.carried.push(Point { at: figure.column, ..point });
        }
        let same =
            |known: &&mut Point<'_>| (known.at, known.number, known.status) == (point.at, point.number, point.status);
        match self.measured.iter_mut().find(same) {
            Some(known) => known.baseline |= point.baseline,
            None => self.measured.push(point),
        }
    }

    /// The points of the line: the last of each year, without what is not final.
    pub(super) fn vertices(&self) -> Vec<(FiscalYear, Point<'a>)> {
        let mut vertices: Vec<(FiscalYear, Point<'a>)> = Vec::with_capacity(self.measured.len());
        for point in &self.measured {
            let Column::Year(year) = point.at else { continue };
            if point.status != Status::Settled {
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
    fn comparable(&self, a: FiscalYear, b: FiscalYear) -> bool {
        break_between(self.indicator, Column::Year(a), Column::Year(b)).is_none()
    }

    /// The years from which another definition counts: no line comes from before them.
    pub(super) fn breaks(&self) -> &'a [FiscalYear] {
        &self.indicator.breaks
    }

    /// The targets of each definition, oldest first.
    pub(super) fn targets_by_definition(&self) -> impl Iterator<Item = &[Point<'a>]> {
        self.targets.chunk_by(|a, b| break_between(self.indicator, a.at, b.at).is_none())
    }

    /// The first year that counts by the same definition as `point`, if it changed before.
    pub(super) fn definition_of(&self, point: &Point<'_>) -> Option<FiscalYear> {
        self.breaks().iter().copied().filter(|year| Column::Year(*year) <= point.at).max()
    }

    /// The usual distance of two measurements: as declared, or the least there is.
    pub(super) fn usual_distance(&self, vertices: &[(FiscalYear, Point<'a>)]) -> i64 {
        let least = vertices.windows(2).filter_map(|pair| match pair {
            [a, b] => Some(distance(a.0, b.0)),
            _ => None,
        });
        self.indicator.interval.map(i64::from).or(least.min()).unwrap_or(1)
    }

    /// Every year that the table has a column for, and every year of a point.
    pub(super) fn years(&self) -> Vec<FiscalYear> {
        let points = self.measured.iter().chain(&self.carried).chain(&self.targets);
        let of_points = points.filter_map(|point| match point.at {
            Column::Year(year) => Some(year),
            Column::Start | Column::End => None,
        });
        let mut years: Vec<FiscalYear> = of_points.chain(self.gaps.iter().copied()).collect();
        years.sort_unstable();
        years.dedup();
        years
    }
}

fn distance(a: FiscalYear, b: FiscalYear) -> i64 {
    (i64::from(b.0) - i64::from(a.0)).abs()
}

impl<'a> Point<'a> {
    /// The point of a figure, if it is a number.
    pub(super) fn of(figure: &Figure<'a>, indicator: &Indicator, timeline: Timeline<'a>) -> Option<Self> {
        let edition = timeline.editions.get(figure.edition.0);
        let baseline = indicator.baseline.map(|baseline| baseline.column());
        Some(Self {
            // The end of the plan has a place of its own on the axis of years.
            at: if figure.value.measured.is_some() { figure.time } else { figure.column },
            number: figure.value.decimal()?,
            value: figure.value,
            status: figure.status,
            baseline: figure.series == SeriesKind::Actual && baseline == Some(figure.column),
            cell: figure.cell(),
            as_of: figure.value.as_of.as_deref().or(edition.and_then(|edition| edition.as_of.as_deref())),
        })
    }

    /// The word of an estimate: 推計.
    pub(super) fn estimate(&self) -> Option<&'a str> {
        match &self.value.estimated {
            Some(Estimate::Worded(word)) => Some(word),
            Some(Estimate::Expected) | None => None,
        }
    }

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
