//! Conversion of a series to drawable points: numbers with their positions and status.

use crate::model::{
    Cell, Column, Decimal, EditionContext, Estimate, Figure, FiscalYear, Indicator, Series, SeriesKind, Status, Value,
    baseline, break_between, ensure_same_accumulation, grouped,
};
use std::borrow::Cow;
use std::iter;

/// Numbers of a series, positioned on the axis of years.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Points<'a> {
    /// Actual, interim and forecast numbers without duplicates, at the year of their measurement, oldest first.
    pub values: Vec<Point<'a>>,
    /// Earlier measurements, in the columns to which they were carried forward.
    pub carried: Vec<Point<'a>>,
    /// Targets that are numbers, by year, with the end of the plan last.
    pub targets: Vec<Point<'a>>,
    /// Years that interrupt the line: their column has no number, or one that is not final.
    gaps: Vec<FiscalYear>,
    /// Last target if targets are totals over several years and actual values are not. Then no
    /// target is drawn, since totals are not comparable with values of one year.
    pub cumulative_target: Option<Point<'a>>,
    /// Baseline, if printed.
    pub baseline: Option<Figure<'a>>,
    /// Indicator of the series.
    indicator: &'a Indicator,
}

/// Number at a position on the axis of years.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point<'a> {
    /// Column at whose position the point is drawn.
    pub at: Column,
    /// Number to draw.
    pub number: Decimal,
    /// Value as printed.
    pub value: &'a Value,
    /// Status of the value: final, interim or projected.
    pub status: Status,
    /// True if the point is the baseline of the indicator.
    pub baseline: bool,
    /// Date as of which the value was measured, as given for the value or its edition.
    pub as_of: Option<&'a str>,
    /// Table cell of the value.
    pub cell: Cell<'a, Column>,
}

impl<'a> Points<'a> {
    /// Classifies the cells of `series`.
    pub(super) fn of(indicator: &'a Indicator, series: &Series<'a>, editions: EditionContext<'a>) -> Self {
        let target = |cell: &Cell<'a, Column>| Point::of(&Figure::target(editions, *cell), indicator, editions);
        let mut points = Self {
            values: Vec::with_capacity(series.actual.len()),
            carried: Vec::new(),
            targets: series.target.iter().filter_map(target).collect(),
            gaps: Vec::new(),
            cumulative_target: None,
            baseline: baseline(editions, indicator, series),
            indicator,
        };
        let actual = series.start.into_iter().chain(series.actual.iter().map(|cell| cell.to_column_cell()));
        let interim = series.interim.iter().map(|cell| (SeriesKind::Interim, cell.to_column_cell()));
        let forecast = series.forecast.iter().map(|cell| (SeriesKind::Forecast, cell.to_column_cell()));
        for (kind, cell) in actual.map(|cell| (SeriesKind::Actual, cell)).chain(interim).chain(forecast) {
            points.add(&Figure::new(editions, kind, cell), editions);
        }
        points.values.sort_by_key(|point| point.at);
        points.targets.sort_by_key(|point| point.at);
        if ensure_same_accumulation(indicator).is_err() {
            points.cumulative_target = points.targets.pop();
            points.targets.clear();
        }
        points
    }

    fn add(&mut self, figure: &Figure<'a>, editions: EditionContext<'a>) {
        let final_number = figure.status == Status::Final && figure.value.decimal().is_some();
        if let Column::Year(year) = figure.column
            && figure.series == SeriesKind::Actual
            && !final_number
        {
            self.gaps.push(year);
        }
        let Some(point) = Point::of(figure, self.indicator, editions) else { return };
        if figure.carried_forward() {
            self.carried.push(Point { at: figure.column, ..point });
        }
        let same =
            |known: &&mut Point<'_>| (known.at, known.number, known.status) == (point.at, point.number, point.status);
        match self.values.iter_mut().find(same) {
            Some(known) => known.baseline |= point.baseline,
            None => self.values.push(point),
        }
    }

    /// Vertices of the line: the last final point of each year.
    pub(super) fn vertices(&self) -> Vec<(FiscalYear, Point<'a>)> {
        let mut vertices: Vec<(FiscalYear, Point<'a>)> = Vec::with_capacity(self.values.len());
        for point in &self.values {
            let Column::Year(year) = point.at else { continue };
            if point.status != Status::Final {
                continue;
            }
            match vertices.last_mut() {
                Some(last) if last.0 == year => last.1 = *point,
                _ => vertices.push((year, *point)),
            }
        }
        vertices
    }

    /// Returns true if the line connects `a` to `b`: no year between them is a gap, both have the same definition,
    /// and they are no further apart than the `usual` distance of measurements in years.
    pub(super) fn is_connected(&self, a: FiscalYear, b: FiscalYear, usual: i64) -> bool {
        let gap = self.gaps.iter().any(|year| a < *year && *year < b);
        distance(a, b) <= usual && !gap && self.have_same_definition(a, b)
    }

    /// Returns true if values of these years have the same definition.
    fn have_same_definition(&self, a: FiscalYear, b: FiscalYear) -> bool {
        break_between(self.indicator, Column::Year(a), Column::Year(b)).is_none()
    }

    /// First years of changed definitions. No line crosses the start of such a year.
    pub(super) fn breaks(&self) -> &'a [FiscalYear] {
        &self.indicator.breaks
    }

    /// Targets grouped by definition, oldest first.
    pub(super) fn targets_by_definition(&self) -> impl Iterator<Item = &[Point<'a>]> {
        self.targets.chunk_by(|a, b| break_between(self.indicator, a.at, b.at).is_none())
    }

    /// First year of the definition of `point`; `None` if the definition never changed before it.
    pub(super) fn definition_start(&self, point: &Point<'_>) -> Option<FiscalYear> {
        self.breaks().iter().copied().filter(|year| Column::Year(*year) <= point.at).max()
    }

    /// Usual distance of two measurements in years: the declared interval, or the shortest distance of two vertices.
    pub(super) fn usual_interval(&self, vertices: &[(FiscalYear, Point<'a>)]) -> i64 {
        let distances = vertices.windows(2).filter_map(|pair| match pair {
            [a, b] => Some(distance(a.0, b.0)),
            _ => None,
        });
        self.indicator.interval.map(i64::from).or(distances.min()).unwrap_or(1)
    }

    /// Years of all points and of all columns of actual values in the table, in ascending order.
    pub(super) fn years(&self) -> Vec<FiscalYear> {
        let points = self.values.iter().chain(&self.carried).chain(&self.targets);
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
    /// Point of a figure; `None` if the figure is not a single number.
    pub(super) fn of(figure: &Figure<'a>, indicator: &Indicator, editions: EditionContext<'a>) -> Option<Self> {
        let edition = editions.editions.get(figure.edition.0);
        let baseline = indicator.baseline.map(|baseline| baseline.column());
        Some(Self {
            // Without a measured year, the column decides: the end of the plan has a separate position on the axis.
            at: if figure.value.measured.is_some() { figure.effective_column } else { figure.column },
            number: figure.value.decimal()?,
            value: figure.value,
            status: figure.status,
            baseline: figure.series == SeriesKind::Actual && baseline == Some(figure.column),
            cell: figure.cell(),
            as_of: figure.value.as_of.as_deref().or(edition.and_then(|edition| edition.as_of.as_deref())),
        })
    }

    /// Printed label of an estimate, such as 推計; `None` without one.
    pub(super) fn estimate(&self) -> Option<&'a str> {
        match &self.value.estimated {
            Some(Estimate::Labelled(word)) => Some(word),
            Some(Estimate::Expected) | None => None,
        }
    }

    /// Label of the mark: the value as printed, without the year of measurement, which the axis shows.
    pub(super) fn label(&self) -> &'a str {
        self.value.printed_without_period()
    }

    /// Label, followed by the plain number as a shorter alternative.
    pub(super) fn label_texts(&self) -> impl Iterator<Item = Cow<'a, str>> {
        let number = self.number;
        iter::once(self.label().into()).chain(iter::once_with(move || plain(number).into()))
    }

    /// Column and printed value, for sentences.
    pub(super) fn column_and_value(&self) -> (Column, &'a str) {
        (self.at, self.value.printed.trim())
    }
}

/// Formats a number with thousands separators and without further text.
pub(super) fn plain(number: Decimal) -> String {
    grouped(number)
}
