//! Lines of comparisons (県平均, 類似団体) in a line chart: thin lines, named at the right edge of the plot.

use super::UNIT;
use super::element::{Datum, Shape};
use super::labels::Labels;
use super::legend::truncate;
use super::role::Role;
use super::svg::{LINE, Pixel, Svg, WIDTH, text_width};
use super::wording::Wording;
use crate::model::{Column, Decimal, FiscalYear, Indicator, Series, break_between};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Maximum width of a name.
const MAX_NAME: i32 = WIDTH / 4;
/// Space between the last year and the names, which leaves room for marks there.
const GAP: i32 = 12 * UNIT;
/// Space between a leader and its name.
const LEADER_GAP: i32 = 2 * UNIT;

/// Comparisons that a chart shows; the table contains all of them.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Comparisons<'a>(Vec<Comparison<'a>>);

#[derive(Debug, Clone, PartialEq)]
struct Comparison<'a> {
    name: &'a str,
    /// Numbers by the year of their measurement, with their printed texts.
    points: BTreeMap<FiscalYear, (Decimal, &'a str)>,
}

impl<'a> Comparisons<'a> {
    /// Comparisons of `series` that have numbers; as many as have space for their names in a plot of this `height`.
    pub(super) fn of(indicator: &'a Indicator, series: &Series<'a>, height: i32) -> Self {
        let comparisons = series.comparisons.iter().filter_map(|(index, cells)| {
            let name = &indicator.comparisons.get(*index)?.name;
            let number = |cell: &crate::model::Cell<'a, FiscalYear>| {
                Some((cell.measured(), (cell.value.decimal()?, cell.value.printed_without_period())))
            };
            let points: BTreeMap<_, _> = cells.iter().filter_map(number).collect();
            (!points.is_empty()).then_some(Comparison { name, points })
        });
        Self(comparisons.take(usize::try_from(height / LINE).unwrap_or_default()).collect())
    }

    /// All numbers.
    pub(super) fn numbers(&self) -> impl Iterator<Item = Decimal> {
        self.0.iter().flat_map(|comparison| comparison.points.values().map(|(number, _)| *number))
    }

    /// All years with numbers.
    pub(super) fn years(&self) -> impl Iterator<Item = FiscalYear> {
        self.0.iter().flat_map(|comparison| comparison.points.keys().copied())
    }

    /// Width of the margin that the names need; `None` without comparisons.
    pub(super) fn margin(&self) -> Option<i32> {
        self.0.iter().map(|comparison| text_width(&comparison.short_name())).max().map(|width| width + GAP)
    }

    /// Draws lines and names. `pixel` converts years and numbers to positions, `rows` is the vertical extent of the
    /// plot.
    pub(super) fn draw(
        &self,
        svg: &mut Svg,
        indicator: &Indicator,
        pixel: impl Fn(FiscalYear, Decimal) -> Pixel,
        rows: (i32, i32),
        labels: &mut Labels,
    ) {
        let left = WIDTH - self.margin().unwrap_or_default() + GAP;
        let mut ends: Vec<(usize, Pixel)> = Vec::new();
        for (index, comparison) in self.0.iter().enumerate() {
            for run in comparison.runs(indicator) {
                let path: Vec<Pixel> = run.iter().map(|(year, number)| pixel(*year, *number)).collect();
                for pair in path.windows(2) {
                    if let [a, b] = pair {
                        labels.avoid_line([*a, *b]);
                    }
                }
                if path.len() > 1 {
                    svg.path(&path, Role::ComparisonLine, None);
                }
            }
            for (year, (number, _)) in &comparison.points {
                let datum = Datum::Value(Column::Year(*year), *number);
                svg.mark(pixel(*year, *number), Shape::Dot, Role::Comparison, Some(datum));
            }
            let last = comparison.points.last_key_value().map(|(year, (number, _))| pixel(*year, *number));
            ends.extend(last.map(|end| (index, end)));
        }
        ends.sort_by_key(|(index, (_, y))| (*y, *index));
        let desired: Vec<i32> = ends.iter().map(|(_, (_, y))| *y).collect();
        for ((index, end), y) in ends.into_iter().zip(spread(&desired, rows)) {
            let Some(comparison) = self.0.get(index) else { continue };
            svg.path(&[end, (left - LEADER_GAP, y)], Role::ComparisonLeader, None);
            svg.text(&comparison.short_name(), Role::ComparisonName, (left, y), Pos::new(HPos::Left, VPos::Center));
        }
    }

    /// Sentences with the first and last number of each comparison.
    pub(super) fn description(&self, wording: Wording<'_>) -> String {
        let sentence = |comparison: &Comparison<'_>| {
            let values = comparison.points.iter().map(|(year, (_, printed))| (Column::Year(*year), *printed));
            wording.series(comparison.name, values)
        };
        self.0.iter().map(sentence).collect()
    }
}

impl<'a> Comparison<'a> {
    fn short_name(&self) -> Cow<'a, str> {
        truncate(self.name, MAX_NAME)
    }

    /// Connected runs of points: at the shortest distance of two measurements, and of the same definition.
    fn runs(&self, indicator: &Indicator) -> Vec<Vec<(FiscalYear, Decimal)>> {
        let years: Vec<FiscalYear> = self.points.keys().copied().collect();
        let distance = |a: FiscalYear, b: FiscalYear| i64::from(b.0) - i64::from(a.0);
        let distances = years.windows(2).filter_map(|pair| match pair {
            [a, b] => Some(distance(*a, *b)),
            _ => None,
        });
        let usual = distances.min().unwrap_or(1);
        let points: Vec<(FiscalYear, Decimal)> =
            self.points.iter().map(|(year, (number, _))| (*year, *number)).collect();
        let is_connected = |a: &(FiscalYear, Decimal), b: &(FiscalYear, Decimal)| {
            distance(a.0, b.0) <= usual && break_between(indicator, Column::Year(a.0), Column::Year(b.0)).is_none()
        };
        points.chunk_by(is_connected).map(<[_]>::to_vec).collect()
    }
}

/// Centres of lines of text as close as possible to the `desired` ones, which are in ascending order: within `rows`, at
/// least a line apart.
fn spread(desired: &[i32], (top, bottom): (i32, i32)) -> Vec<i32> {
    let mut centres = Vec::with_capacity(desired.len());
    let mut next = top + LINE / 2;
    for y in desired {
        next = next.max(*y);
        centres.push(next);
        next += LINE;
    }
    let mut limit = bottom - LINE / 2;
    for centre in centres.iter_mut().rev() {
        *centre = (*centre).min(limit);
        limit = *centre - LINE;
    }
    centres
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spreads_names_within_the_plot() {
        let rows = (0, 10 * LINE);
        assert_eq!(spread(&[50, 4 * LINE, 4 * LINE + 1], rows), [LINE / 2, 4 * LINE, 5 * LINE]);
        assert_eq!(spread(&[10 * LINE, 10 * LINE], rows), [17 * LINE / 2, 19 * LINE / 2]);
    }
}
