//! Why there is no number.

use super::operand::Operand;
use crate::model::{FiscalYear, Incomparable};
use strum::IntoStaticStr;

/// What stands in place of a number that would say nothing, or say something false.
#[derive(Debug, Clone, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum NotComputable {
    /// No actual value was published yet.
    NoActual,
    /// No target was printed.
    NoTarget,
    /// No baseline was printed.
    NoBaseline,
    /// The cell has no value; the placeholder as printed (`-`, `―`).
    Missing(Operand, String),
    /// The value is words; holds them.
    Words(Operand, String),
    /// The value is a range; holds it as printed.
    Range(Operand, String),
    /// The actual value, or the baseline, is a bound or an approximation; holds it as printed.
    NotExact(Operand, String),
    /// The newest actual value is not newer than the baseline.
    NothingSinceBaseline,
    /// The newest actual value counts only a part of its year.
    Interim(FiscalYear),
    /// The baseline, or the value before, counts a part of its year only or is an expectation.
    BaselineNotFinal,
    /// The newest actual value is of an older survey.
    CarriedForward {
        /// When it was measured.
        measured: FiscalYear,
        /// The year for which it was printed.
        printed_for: FiscalYear,
    },
    /// From this year on something else is counted.
    SeriesBreaks(FiscalYear),
    /// The target counts several years together, the actual value one.
    AnnualAgainstCumulative(FiscalYear),
    /// The method adds years up, but no first year is declared.
    NoCumulativeStart,
    /// The method adds years up, but the actual values are running totals already.
    AlreadyTotal,
    /// A year that should be added up has no value.
    GapInSum(FiscalYear),
    /// A value that should be added up counts several years already.
    WindowInSum(FiscalYear),
    /// Both values cover this number of years.
    WindowsDiffer(i64, i64),
    /// The two values have different units.
    UnitsDiffer(String, String),
    /// The target is 0.
    ZeroTarget,
    /// The actual value is 0.
    ZeroActual,
    /// The baseline is 0.
    ZeroBaseline,
    /// The value expected by now is 0.
    ZeroExpected,
    /// Target and baseline are the same: T = B.
    TargetIsBaseline,
    /// The baseline was better than the target already; holds both as printed.
    BaselineBeatsTarget(String, String),
    /// Negative values, or a change of sign, leave a quotient without meaning.
    SignsChange,
    /// The report does not say which way is better.
    NoDirection,
    /// The method is for what is better less; here more is better.
    NotLower,
    /// The method measures an advance; this indicator is to be kept as it is.
    NotForMaintain,
    /// The target says 以上 where less is better, or 以下 where more is.
    DirectionsDiffer,
    /// The years of baseline and target are not known, or leave no years between them.
    NoYears,
    /// The years of the plan are not known.
    NoPlanYears,
    /// The values are no whole numbers of steps.
    NotSteps,
    /// The rate falls as things get better, the bands begin with high rates; or the reverse.
    BandsReversed,
}

impl NotComputable {
    /// Its name for other programs.
    pub fn code(&self) -> &'static str {
        self.into()
    }

    /// Why two figures count different things; `None` where it is only that one of them is not exact,
    /// not final, or no number.
    pub fn of(why: &Incomparable) -> Option<Self> {
        match why {
            Incomparable::NotANumber | Incomparable::NotSettled | Incomparable::NotExact => None,
            Incomparable::Windows(one, other) => Some(NotComputable::WindowsDiffer(*one, *other)),
            Incomparable::Units(one, other) => Some(NotComputable::UnitsDiffer(one.clone(), other.clone())),
            Incomparable::Break(year) => Some(NotComputable::SeriesBreaks(*year)),
            Incomparable::Totals(from) => Some(NotComputable::AnnualAgainstCumulative(*from)),
        }
    }
}
