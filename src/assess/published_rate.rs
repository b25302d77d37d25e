//! Rate of a single year, for comparison with the published one (達成率).

use super::exact::{FormattedRate, Rate};
use super::formula;
use super::input::AssessmentContext;
use super::outcome::{Measure, MethodOutcome};
use crate::model::{Column, Decimal, Direction, EditionIx, FiscalYear, Method, Node, Series, Strategy};

/// Rate of one year as of one edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateOfYear<'r> {
    rate: Rate,
    /// Formula with its figures: `18,104 ÷ 18,590`.
    pub expression: String,
    /// Declared method; `None` if the rate is the actual value ÷ the target.
    pub method: Option<&'r Method>,
}

impl RateOfYear<'_> {
    /// Returns true if `percent` is the rate rounded to its decimal places, up or down.
    pub fn prints_as(&self, percent: Decimal) -> bool {
        self.rate.prints_as(percent)
    }

    /// The rate as a percentage with one decimal place.
    pub fn format(&self) -> FormattedRate {
        self.rate.format()
    }
}

/// Rate of the indicator at index `indicator` of `node` in `year`, from the figures as of `edition`: by its declared
/// method or, if the strategy declares none, the actual value ÷ the target. `None` if there is no rate, and without a
/// method unless higher is better.
pub fn rate_of_year<'r>(
    strategy: &'r Strategy,
    node: &'r Node,
    indicator: usize,
    edition: EditionIx,
    year: FiscalYear,
) -> Option<RateOfYear<'r>> {
    let declaration = node.indicators.get(indicator)?;
    let method = strategy.method(declaration);
    if method.is_none() && (declaration.method.is_some() || declaration.better != Some(Direction::Higher)) {
        return None;
    }
    let mut series = Series::from_sheets(node.sheets.iter().filter(|sheet| sheet.edition <= edition), indicator);
    series.actual.retain(|cell| cell.column <= year);
    series.interim.retain(|cell| cell.column <= year);
    let context = AssessmentContext::with_series(strategy, declaration, indicator, &node.sheets, series);
    if context.key_figures.latest?.column != Column::Year(year) {
        return None;
    }
    let outcome = match method {
        Some(method) => formula::outcome(&context, method)?,
        None => formula::actual_by_target(&context),
    };
    match outcome.ok()? {
        MethodOutcome { measure: Measure::Rate(rate), expression, .. } => Some(RateOfYear { rate, expression, method }),
        MethodOutcome { measure: Measure::Qualitative(_), .. } => None,
    }
}
