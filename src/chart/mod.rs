//! Charts of indicators and amounts as inline SVG.
//!
//! A chart accompanies the table of the same values and never replaces it. Plotters maps values to coordinates
//! (`axis.rs`), and `svg.rs` writes the elements. No information is conveyed by colour alone: series differ by shape,
//! every figure that needs one has a label, and `<title>` and `<desc>` describe the chart as text.
//!
//! - A **line** requires three final values. It connects the years in which values were measured and is interrupted
//!   at columns without a value. A value carried forward from an earlier year is a hollow mark in its column and not
//!   a point of the line. Interim and estimated values have distinct shapes. Targets are diamonds on a dashed line.
//!   Comparisons (県平均) are thin lines without values, named at the right edge.
//! - **Bars** compare the latest value with its targets, which are ticks (bullet chart), if there are fewer points.
//! - A target that is a total over several years is stated as text, since it is not comparable with values of single
//!   years. A change of definition is marked by a vertical line, which the line of values does not cross.
//! - **Money** has one bar per year and phase. A missing amount is a gap, and zero is a mark.
//! - **Funding** has one bar for each source of an amount.
//! - A **distribution** has one bar for each group of the parts of a sum, divided into parts that differ by lightness, largest
//!   first. Parts large enough are named and keyed below their bar.
//! - All other data have no chart: the table alone is appropriate.
//! - A **scatter plot** shows the numbered points of a survey, the means of its two measures, and its four quadrants.
//! - A **sparkline** is a small line or bar chart without any text. The figures are next to it, and it is hidden from
//!   screen readers.
//!
//! In this module, a mark is a drawn symbol, not a grade ([`Mark`](crate::model::Mark)).
//!
//! # For style sheets
//! The appearance is up to the theme; without a style sheet, shapes are black. The font size is part of the layout and
//! must not be changed.
//!
//! | class | element |
//! |---|---|
//! | `chart`, `chart-of-line`, `chart-of-bars`, `chart-of-money`, `chart-of-funding`, `chart-of-distribution`, `chart-of-scatter`, `chart-of-spark` | the `<svg>` |
//! | `chart-series`, `chart-target-line` | lines: no fill |
//! | `chart-grid`, `chart-axis`, `chart-zero`, `chart-break`, `chart-mean`, `chart-leader` | straight lines and ticks: no fill |
//! | `chart-point`, `chart-number`, `chart-quadrant` | points of a scatter plot, their numbers, names of quadrants |
//! | `chart-actual`, `chart-target`, `chart-settlement` | marks and bars; a `path` is the tick of a target: no fill |
//! | `chart-carried`, `chart-interim`, `chart-baseline`, `chart-budget`, `chart-plan` | hollow marks and bars |
//! | `chart-estimated` | a triangle, or a bar |
//! | `chart-shade-0` to `chart-shade-4` | parts of a bar and their keys, darkest first |
//! | `chart-comparison` | dots on the line of a comparison |
//! | `chart-comparison-line`, `chart-comparison-leader` | lines of comparisons, and from their ends to their names |
//! | `chart-tick`, `chart-year`, `chart-legend`, `chart-name`, `chart-missing`, `chart-comparison-name` | text |
//! | `chart-label`, `chart-target-label` | text: values |
//!
//! Apart from values as printed, no visible text of a chart names the unit, which is given above
//! the chart together with the name of the indicator.
//!
//! Marks have the attributes `data-year` and `data-value`, ticks have `data-tick`, so that a chart can be compared with
//! its table.

mod axis;
mod bars;
mod comparisons;
mod distribution;
mod element;
mod funding;
mod horizontal_axis;
mod labels;
mod legend;
mod line;
mod money;
mod points;
mod role;
mod scatter;
mod sparkline;
mod standalone;
mod svg;
#[cfg(test)]
mod tests;
mod wording;

pub use distribution::{Part, PartGroup};
pub use scatter::{Scatter, ScatterAxis, ScatterPoint, scatter};
pub use sparkline::sparkline;
pub use standalone::{Caption, line_count, size, standalone};

use crate::model::{
    AmountSeries, EditionContext, FiscalYear, Indicator, IndicatorKind, KeyFigures, Phase, Series, Value,
};
use crate::texts::InterfaceTexts;

/// Page and strategy data that a chart depends on.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Id that is unique on the page; prefix of all ids in the chart.
    pub id: &'a str,
    /// Title, a sentence on what the chart shows; `None` for a generic title.
    pub title: Option<&'a str>,
    /// Texts of the site.
    pub texts: &'a InterfaceTexts,
    /// Editions and period of the strategy, which determine the status and time of values.
    pub editions: EditionContext<'a>,
}

/// Type of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Line through the measured years.
    Line,
    /// Bars of the latest value and its targets.
    Bars,
    /// Bars of amounts by fiscal year and phase.
    Money,
    /// Bars of the sources of an amount.
    Funding,
    /// Bars of the parts of a sum.
    Distribution,
}

/// Chart ready for embedding in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// Type of the chart.
    pub kind: ChartKind,
    /// Complete `<svg>` element.
    pub svg: String,
    /// True if the value axis starts at another number than zero.
    pub cut_axis: bool,
}

/// Canvas pixels per unit of the `viewBox`.
const UNIT: i32 = 10;
/// Minimum number of final values for a line.
const MIN_LINE_POINTS: usize = 3;

/// Draws an indicator as a line or, with too few points, as bars. `None` if the data suit neither.
pub fn indicator(indicator: &Indicator, series: &Series<'_>, context: &Context<'_>) -> Option<Chart> {
    if indicator.kind != IndicatorKind::Number {
        return None;
    }
    let points = points::Points::of(indicator, series, context.editions);
    if points.vertices().len() >= MIN_LINE_POINTS {
        let (svg, cut_axis) = line::draw(indicator, &points, series, context)?;
        return Some(Chart { kind: ChartKind::Line, svg, cut_axis });
    }
    let key_figures = KeyFigures::from_series(context.editions, series);
    let svg = bars::draw(indicator, &key_figures, &points, context)?;
    Some(Chart { kind: ChartKind::Bars, svg, cut_axis: false })
}

/// Draws amounts of one kind of money by fiscal year and phase. `None` if fewer than two amounts are numbers.
pub fn money<'t>(
    amounts: &AmountSeries<'_>,
    phase_title: impl Fn(Phase) -> &'t str,
    unit: &str,
    context: &Context<'_>,
) -> Option<Chart> {
    let svg = money::draw(amounts, &phase_title, unit, context)?;
    Some(Chart { kind: ChartKind::Money, svg, cut_axis: false })
}

/// Draws the sources of an amount of money, each with its title. `None` if fewer than two are numbers.
pub fn funding(sources: &[(&str, &Value)], unit: &str, context: &Context<'_>) -> Option<Chart> {
    let svg = funding::draw(sources, unit, context)?;
    Some(Chart { kind: ChartKind::Funding, svg, cut_axis: false })
}

/// Draws the parts of a sum of the fiscal year `year` as one bar for each group. `None` if all are zero.
pub fn distribution(groups: &[PartGroup], year: FiscalYear, context: &Context<'_>) -> Option<Chart> {
    let svg = distribution::draw(groups, year, context)?;
    Some(Chart { kind: ChartKind::Distribution, svg, cut_axis: false })
}
