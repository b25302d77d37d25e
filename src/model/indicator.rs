//! Indicators: what is measured, and towards what.

use super::fiscal_year::{FiscalYear, YearKind};
use super::keyed::keyed;
use super::method::{Better, MethodName};
use super::sheet::Column;
use crate::diagnostic::Span;

/// An indicator of a goal, policy or program: `[[indicator]]` in `goal.md`, `policy.md`, `program.md`.
///
/// Its values are in the sheets, under `[indicator.<id>]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// `id`: unique within the node; letters `a-z`, digits, hyphens.
    pub id: String,
    /// `name`: as printed.
    pub name: String,
    /// `kind`: `number` (default), or `words` for a state described in a sentence.
    pub kind: IndicatorKind,
    /// `role`: what the report calls it: `数値目標`, `KPI`, `活動指標`, `目標`.
    pub role: Option<String>,
    /// `definition`: what is counted.
    pub definition: Option<String>,
    /// `source`: the survey or statistics: `国勢調査`.
    pub source: Option<String>,
    /// `unit`: the unit of all its numbers, as printed: `人`, `%`, `千人`.
    pub unit: Option<String>,
    /// Where the unit stands, if it has one.
    pub unit_span: Option<Span>,
    /// `better`: `higher`, `lower` or `maintain`; left out where the report does not say.
    pub better: Option<Better>,
    /// `year_kind`: `fiscal` (default), or `calendar` where all its years are calendar years (暦年), those of
    /// `measured`, `baseline` and `breaks` among them.
    pub year_kind: YearKind,
    /// `baseline`: the year of `actual` against which targets were set (基準値), or `"start"` for a
    /// baseline printed without a year, which sheets give as `actual.start`.
    pub baseline: Option<Baseline>,
    /// `interval`: how many years lie between two surveys, where not every year has one.
    pub interval: Option<u32>,
    /// `method`: the `[[method]]` by which its progress is measured; `declared` for none, where
    /// the strategy has a default.
    pub method: Option<MethodName>,
    /// `breaks`: the first year, or years, of a new definition or survey: `"R1"`. Values
    /// from then on are never compared with those before.
    pub breaks: Vec<FiscalYear>,
    /// `actual_total_from`: set where each actual value is a running total (累計): the first year
    /// that counts, `"H28"`, or `"start"`.
    pub actual_total_from: Option<TotalFrom>,
    /// `target_total_from`: set where the target counts all years together while each actual
    /// value counts one year alone: the first year that counts, `"H28"`. Left out where target and
    /// actual values are counted alike. `cumulative_from` is its older spelling.
    pub target_total_from: Option<FiscalYear>,
    /// `note`: what readers must know of the whole series.
    pub note: Option<String>,
    /// Where it is declared.
    pub span: Span,
}

/// What a baseline is the value of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Baseline {
    /// The start of the plan, without a year: `actual.start`.
    Start,
    /// A year.
    Year(FiscalYear),
}

/// From when on a running total counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TotalFrom {
    /// The start of the plan, without a year.
    Start,
    /// A year, which counts.
    Year(FiscalYear),
}

impl Baseline {
    /// The column of actual values in which it stands.
    pub const fn column(self) -> Column {
        match self {
            Self::Start => Column::Start,
            Self::Year(year) => Column::Year(year),
        }
    }
}

keyed! {
    /// Whether an indicator counts or describes.
    pub enum IndicatorKind {
        /// Its values are numbers.
        Number = "number",
        /// Its values are words.
        Words = "words",
    }
}
