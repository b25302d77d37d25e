//! Charts: drawings that stand beside the table of the same values, never in its place.
//!
//! A chart is inline SVG: plotters maps values to coordinates (`axis.rs`), `svg.rs` writes the elements. Nothing is
//! conveyed by colour alone: series differ by shape, every figure that needs one has a label, and `<title>` and
//! `<desc>` describe the chart in words.
//!
//! - A **line** needs three measured points. It runs through the years in which values were
//!   measured, and breaks where a column holds none. A value carried forward from an earlier
//!   year is a hollow mark in its column and no point of the line; interim and estimated
//!   values have shapes of their own. Targets are diamonds on a dashed line.
//! - **Bars** hold the latest value against the target where there are fewer points.
//! - A target that counts all years together is said in words: it has no place among values
//!   of single years. Where a definition changes, a rule stands and no line crosses it.
//! - **Money** is a bar for each year and kind. What is missing is a gap, zero is a mark.
//! - Everything else is no chart: the table alone is right.
//! - A **sparkline** is the same in the room of a few words, without any of its own: the
//!   figures stand beside it, and it is hidden from those who hear the page.
//!
//! # For style sheets
//! A theme gives the look; without one, shapes are black. The size of the text belongs to
//! the drawing and must not be changed.
//!
//! | class | what it is on |
//! |---|---|
//! | `chart`, `chart-of-line`, `chart-of-bars`, `chart-of-money`, `chart-of-spark` | the `<svg>` |
//! | `chart-series`, `chart-target-line` | lines: no fill |
//! | `chart-grid`, `chart-axis`, `chart-zero`, `chart-break` | rules and ticks: no fill |
//! | `chart-actual`, `chart-target`, `chart-settlement` | marks and bars |
//! | `chart-carried`, `chart-interim`, `chart-baseline`, `chart-budget`, `chart-plan` | hollow marks and bars |
//! | `chart-estimated` | a triangle, or a bar |
//! | `chart-tick`, `chart-year`, `chart-legend`, `chart-name`, `chart-missing` | text |
//! | `chart-label`, `chart-target-label` | text: values |
//!
//! No drawing names its unit: that stands with what is measured, in the words above it.
//!
//! Marks bear `data-year` and `data-value`, ticks `data-tick`, so that what is drawn can be
//! compared with the table.

mod across;
mod axis;
mod bars;
mod element;
mod labels;
mod legend;
mod line;
mod money;
mod points;
mod role;
mod spark;
mod svg;
#[cfg(test)]
mod tests;
mod wording;

pub use spark::sparkline;

use crate::model::{AmountSeries, Indicator, IndicatorKind, MoneyKind, Series, Standing, Timeline};
use crate::texts::Texts;

/// What a chart needs to know of the page it stands on.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Unique on the page; all ids in the chart begin with it.
    pub id: &'a str,
    /// What is seen, in a sentence: the title. Without one, the name of what is drawn.
    pub title: Option<&'a str>,
    /// The texts of the site.
    pub texts: &'a Texts,
    /// What decides how the values are read.
    pub timeline: Timeline<'a>,
}

/// How values are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// A line through measured years.
    Line,
    /// The latest value against its target.
    Bars,
    /// Amounts by year.
    Money,
}

/// A chart, ready to stand in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// How it is drawn.
    pub kind: ChartKind,
    /// The `<svg>` element.
    pub svg: String,
}

/// Pixels of the canvas in one unit of the `viewBox`.
const UNIT: i32 = 10;
/// How many measured points make a line.
const LINE_NEEDS: usize = 3;

/// Draws an indicator. `None` where the data do not make a chart: the table alone is right.
pub fn indicator(indicator: &Indicator, series: &Series<'_>, context: &Context<'_>) -> Option<Chart> {
    if indicator.kind == IndicatorKind::Words {
        return None;
    }
    let points = points::Points::of(indicator, series, context.timeline);
    if points.vertices().len() >= LINE_NEEDS {
        let svg = line::draw(indicator, &points, context)?;
        return Some(Chart { kind: ChartKind::Line, svg });
    }
    let standing = Standing::of(context.timeline, series);
    let svg = bars::draw(indicator, &standing, &points, context)?;
    Some(Chart { kind: ChartKind::Bars, svg })
}

/// Draws budget, settlement and plan by fiscal year. `None` where there is nothing to compare.
pub fn money(amounts: &AmountSeries<'_, MoneyKind>, unit: &str, context: &Context<'_>) -> Option<Chart> {
    let svg = money::draw(amounts, unit, context)?;
    Some(Chart { kind: ChartKind::Money, svg })
}
