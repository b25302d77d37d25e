//! Reasons why a method gives no result.

use super::operand::Operand;
use crate::model::{FiscalYear, Incomparable};
use strum::IntoStaticStr;

/// Reason for a missing result: the formula would give a meaningless or misleading number.
#[derive(Debug, Clone, PartialEq, Eq, IntoStaticStr)]
#[cfg_attr(test, derive(strum::VariantNames))]
#[strum(serialize_all = "kebab-case")]
pub enum NotComputable {
    /// No actual value is published yet.
    NoActual,
    /// No target is printed.
    NoTarget,
    /// No baseline is printed.
    NoBaseline,
    /// The cell holds a placeholder for a missing value, as printed (`-`, `―`).
    Missing(Operand, String),
    /// The value is text instead of a number; the text as printed.
    #[strum(serialize = "words")]
    Text(Operand, String),
    /// The value is a range, as printed.
    Range(Operand, String),
    /// The value is a bound or an approximation where an exact number is required; the value as printed.
    NotExact(Operand, String),
    /// The latest actual value is not newer than the baseline.
    NothingSinceBaseline,
    /// The latest actual value covers only part of its year.
    Interim(FiscalYear),
    /// The baseline or the previous value covers only part of its year, or is an estimate.
    BaselineNotFinal,
    /// The latest actual value is carried forward from an older survey.
    CarriedForward {
        /// Year of measurement.
        measured: FiscalYear,
        /// Year for which the value is printed.
        printed_for: FiscalYear,
    },
    /// The definition of the indicator changes in this year.
    SeriesBreaks(FiscalYear),
    /// The target is cumulative from this year, the actual value is of a single year.
    AnnualAgainstCumulative(FiscalYear),
    /// The method sums yearly values, but no first year is declared.
    NoCumulativeStart,
    /// The method sums yearly values, but the actual values are already running totals.
    AlreadyTotal,
    /// A year of the sum has no value.
    GapInSum(FiscalYear),
    /// A value in the sum covers several years.
    WindowInSum(FiscalYear),
    /// The values cover different numbers of years; both numbers.
    WindowsDiffer(i64, i64),
    /// The two values have different units.
    UnitsDiffer(String, String),
    /// The target is 0.
    ZeroTarget,
    /// The actual value is 0.
    ZeroActual,
    /// The baseline is 0.
    ZeroBaseline,
    /// The interpolated value expected for the year is 0.
    ZeroExpected,
    /// Target and baseline are equal: T = B.
    TargetIsBaseline,
    /// The baseline is already better than the target; baseline and target as printed.
    BaselineBeatsTarget(String, String),
    /// Negative values or a change of sign make the quotient meaningless.
    #[strum(serialize = "signs-change")]
    NegativeValues,
    /// The report does not declare a direction of improvement.
    NoDirection,
    /// The method requires that lower is better, but higher is better for this indicator.
    #[strum(serialize = "not-lower")]
    RequiresLowerIsBetter,
    /// The method measures progress, but the aim of this indicator is to maintain its level.
    #[strum(serialize = "not-for-maintain")]
    AimIsToMaintain,
    /// The target's bound contradicts the direction: 以上 although lower is better, or 以下 although higher is.
    DirectionsDiffer,
    /// The year of an operand is unknown, or the baseline is not the earliest.
    #[strum(serialize = "no-years")]
    UnknownYears,
    /// The years of the plan are unknown, or the plan begins after the year of the target.
    #[strum(serialize = "no-plan-years")]
    UnknownPlanYears,
    /// The values are not whole, non-negative numbers of milestones.
    #[strum(serialize = "not-steps")]
    NotMilestoneCounts,
    /// For none of the indicators of the node can it be said whether it reached its target.
    NoDecidedIndicator,
    /// The rate falls with improvement but the bands begin with high rates, or the reverse.
    BandsReversed,
}

impl NotComputable {
    /// Machine-readable code, in kebab case.
    pub fn code(&self) -> &'static str {
        self.into()
    }

    /// Reason why two figures measure different things; `None` if one of them is merely not exact,
    /// not final, or not a number.
    pub fn of(why: &Incomparable) -> Option<Self> {
        match why {
            Incomparable::NotANumber | Incomparable::NotFinal | Incomparable::NotExact => None,
            Incomparable::DifferentLengths(one, other) => Some(NotComputable::WindowsDiffer(*one, *other)),
            Incomparable::Units(one, other) => Some(NotComputable::UnitsDiffer(one.clone(), other.clone())),
            Incomparable::Break(year) => Some(NotComputable::SeriesBreaks(*year)),
            Incomparable::Totals(from) => Some(NotComputable::AnnualAgainstCumulative(*from)),
        }
    }
}
