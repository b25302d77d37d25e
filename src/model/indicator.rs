//! Indicators: what is measured, and towards what.

use super::fiscal_year::FiscalYear;
use super::method::MethodName;
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
    /// `baseline`: the year of `actual` against which targets were set (基準値).
    pub baseline: Option<FiscalYear>,
    /// `interval`: how many years lie between two surveys, where not every year has one.
    pub interval: Option<u32>,
    /// `method`: the `[[method]]` by which its progress is measured; `declared` for none, where
    /// the strategy has a default.
    pub method: Option<MethodName>,
    /// `breaks`: the first year, or years, of a new definition or survey: `"R1"`. Values
    /// from then on are never compared with those before.
    pub breaks: Vec<FiscalYear>,
    /// `cumulative_from`: set where the target counts all years together while each actual
    /// value counts one year alone: the first year that counts, `"H28"`. Left out where the
    /// actual values are running totals themselves.
    pub cumulative_from: Option<FiscalYear>,
    /// `note`: what readers must know of the whole series.
    pub note: Option<String>,
    /// Where it is declared.
    pub span: Span,
}

/// Whether an indicator counts or describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IndicatorKind {
    /// Its values are numbers.
    Number,
    /// Its values are words.
    Words,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// To be kept as it is.
    Maintain,
}

impl IndicatorKind {
    /// All kinds.
    pub const ALL: [IndicatorKind; 2] = [Self::Number, Self::Words];

    /// The name in content files.
    pub const fn key(self) -> &'static str {
        match self {
            IndicatorKind::Number => "number",
            IndicatorKind::Words => "words",
        }
    }
}

impl Better {
    /// All directions.
    pub const ALL: [Better; 3] = [Self::Higher, Self::Lower, Self::Maintain];

    /// The name in content files.
    pub const fn key(self) -> &'static str {
        match self {
            Better::Higher => "higher",
            Better::Lower => "lower",
            Better::Maintain => "maintain",
        }
    }
}
