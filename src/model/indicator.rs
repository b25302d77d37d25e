//! Indicators of nodes: definition, direction and baseline.

use super::fiscal_year::{FiscalYear, YearKind};
use super::href::Href;
use super::keyword_enum::keyword_enum;
use super::method::{Direction, MethodRef};
use super::reference::Reference;
use super::sheet::{Column, SeriesKind};
use crate::diagnostic::Span;

/// Indicator of a goal, policy or program: `[[indicator]]` in `goal.md`, `policy.md`, `program.md`.
///
/// Its values are in the sheets, under `[indicator.<id>]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// `id`: unique within the node; letters `a-z`, digits, hyphens.
    pub id: String,
    /// `name`: as printed.
    pub name: String,
    /// `kind`: `number` (default), `words` for a state described in text, or `state` for one of [`Self::states`].
    pub kind: IndicatorKind,
    /// `states`: for `kind = "state"`, all states in the order in which they are reached: `なし`, `策定中`, `策定済`.
    /// Empty for other kinds.
    pub states: Vec<String>,
    /// `role`: term of the report for the indicator: `数値目標`, `KPI`, `活動指標`, `目標`.
    pub role: Option<String>,
    /// `definition`: definition of the measured quantity.
    pub definition: Option<String>,
    /// `formula`: how the publisher computes it (算式): `参加者数 ÷ 定員`.
    pub formula: Option<String>,
    /// `source`: survey or statistics: `国勢調査`.
    pub source: Option<DataSource>,
    /// `unit`: unit of all its numbers, as printed: `人`, `%`, `千人`.
    pub unit: Option<String>,
    /// Span of the unit; `None` if the indicator has none.
    pub unit_span: Option<Span>,
    /// `better`: `higher`, `lower` or `maintain`; `None` if the report does not state a direction.
    pub better: Option<Direction>,
    /// Span of `better`; `None` if the indicator has none.
    pub better_span: Option<Span>,
    /// `year_kind`: `fiscal` (default), or `calendar` if all its years are calendar years (暦年), including those of
    /// `measured`, `baseline` and `breaks`.
    pub year_kind: YearKind,
    /// `baseline`: year of the actual value against which targets were set (基準値), or `"start"` for a
    /// baseline printed without a year, which sheets give as `actual.start`.
    pub baseline: Option<Baseline>,
    /// `interval`: number of years between two surveys, if they are not yearly.
    pub interval: Option<u32>,
    /// `method`: id of the `[[method]]` by which its progress is measured; `declared` for none, overriding the
    /// default of the strategy.
    pub method: Option<MethodRef>,
    /// `breaks`: first year of a new definition or survey: `"R1"`. One or a list. Values from such
    /// a year on are never compared with earlier ones.
    pub breaks: Vec<FiscalYear>,
    /// `actual_total_from`: set if each actual value is a running total (累計): the first year
    /// included, `"H28"`, or `"start"`.
    pub actual_total_from: Option<TotalFrom>,
    /// `target_total_from`: set if targets are totals over several years whereas each actual value
    /// covers a single year: the first year included, `"H28"`. Omitted if targets and actual values
    /// accumulate alike. `cumulative_from` is its older spelling.
    pub target_total_from: Option<FiscalYear>,
    /// `[[indicator.comparison]]`: the same quantity elsewhere, which the report prints for comparison.
    pub comparisons: Vec<Comparison>,
    /// `[[indicator.breakdown]]`: groups for which the report prints the same quantity. They need not add up.
    pub breakdowns: Vec<Breakdown>,
    /// `step`: its place in the chain from means to effects.
    pub step: Option<Step>,
    /// `leads_to`: the indicators that it contributes to, in the same or another node.
    pub leads_to: Vec<Reference>,
    /// `note`: note to readers on the whole series.
    pub note: Option<String>,
    /// Span of the declaration.
    pub span: Span,
}

keyword_enum! {
    /// Place of an indicator in the chain from means to effects (ロジックモデル).
    pub enum Step {
        /// 投入: money, staff.
        Input = "input",
        /// 活動.
        Activity = "activity",
        /// 産出: what the activity produces.
        Output = "output",
        /// 成果.
        Outcome = "outcome",
        /// 波及効果: the effect on the whole city.
        Impact = "impact",
    }
}

/// Survey or statistics from which values are taken (出典).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataSource {
    /// `name`: as printed.
    pub name: String,
    /// `url`: its web page.
    pub url: Option<Href>,
}

/// The same quantity elsewhere: `県平均`, `類似団体`.
///
/// Its values are in the sheets, under `comparison.<id>.<year>`. No statement uses them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// `id`: unique among the comparisons of the indicator.
    pub id: String,
    /// `name`: as printed.
    pub name: String,
    /// `source`: survey or statistics, if it differs from that of the indicator.
    pub source: Option<DataSource>,
}

/// A group for which the same quantity is printed: `男性`, `東地区`.
///
/// Its values are in the sheets, under `breakdown.<id>.<year>`. No statement uses them, and no sums are formed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breakdown {
    /// `id`: unique among the groups of the indicator.
    pub id: String,
    /// `name`: as printed.
    pub name: String,
}

impl Indicator {
    /// Id of the comparison or group of a series; `None` for the other series.
    pub fn series_id(&self, series: SeriesKind) -> Option<&str> {
        match series {
            SeriesKind::Comparison(index) => self.comparisons.get(index).map(|comparison| comparison.id.as_str()),
            SeriesKind::Breakdown(index) => self.breakdowns.get(index).map(|group| group.id.as_str()),
            _ => None,
        }
    }

    /// Name of the comparison or group of a series; `None` for the other series.
    pub fn series_name(&self, series: SeriesKind) -> Option<&str> {
        match series {
            SeriesKind::Comparison(index) => self.comparisons.get(index).map(|comparison| comparison.name.as_str()),
            SeriesKind::Breakdown(index) => self.breakdowns.get(index).map(|group| group.name.as_str()),
            _ => None,
        }
    }
}

/// Time of a baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Baseline {
    /// The start of the plan, without a year: `actual.start`.
    Start,
    /// A year.
    Year(FiscalYear),
}

/// First year of a running total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TotalFrom {
    /// The start of the plan, without a year.
    Start,
    /// A year, inclusive.
    Year(FiscalYear),
}

impl Baseline {
    /// Column of the actual value that is the baseline.
    pub const fn column(self) -> Column {
        match self {
            Self::Start => Column::Start,
            Self::Year(year) => Column::Year(year),
        }
    }
}

keyword_enum! {
    /// Kind of the values of an indicator.
    pub enum IndicatorKind {
        /// Numbers.
        Number = "number",
        /// Text.
        Text = "words",
        /// States in the order in which they are reached.
        State = "state",
    }
}
