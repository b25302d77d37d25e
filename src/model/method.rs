//! Methods: how a city says that it measures progress. Declared, never inferred.

use super::judgement::ScaleIx;
use super::keyed::keyed;
use crate::diagnostic::Span;
use rust_decimal::Decimal;

/// A declared way to measure progress: `[[method]]` in `strategy.toml`.
///
/// ```toml
/// [[method]]
/// id = "ratio"
/// kind = "ratio"
/// default = true                  # of every indicator in numbers that names no other
/// scale = "grade"                 # the scale whose marks the bands give
/// bands = [                       # in percent, at least, best first; the last for the rest
///     { from = 110, mark = "A" },
///     { from = 80, mark = "B" },
///     { mark = "C" },
/// ]
/// ```
/// An indicator names its own with `method = "<id>"`, or `method = "declared"` for none.
/// Where neither does, nothing is computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Method {
    /// `id`: the name by which indicators choose it.
    pub id: String,
    /// `kind`: the formula; see [`MethodKind`].
    pub kind: MethodKind,
    /// `default`: true for the method of all indicators in numbers that name none; one at most.
    pub default: bool,
    /// `scale`: the scale whose marks `bands` gives; it must judge indicators.
    pub scale: Option<ScaleIx>,
    /// `bands`: which result gives which mark; left out where the city publishes a rate alone.
    pub bands: Vec<Band>,
    /// `tolerance`: how far from the baseline still counts as kept, that far included:
    /// `2` or `0.5` in the unit of the indicator (points, for `%`), `"10%"` of the baseline.
    pub tolerance: Option<Tolerance>,
    /// `target`: which target counts; left out for the applicable one of [`Standing`](super::Standing).
    pub target: Option<MethodTarget>,
    /// `note`: where the city says so, and what else readers must know.
    pub note: Option<String>,
    /// Where it is declared.
    pub span: Span,
}

keyed! {
    /// A formula. A is the actual value, T the target, B the baseline.
    pub enum MethodKind {
        /// `ratio`: A ÷ T. Where less is better the rate falls as things get better.
        Ratio = "ratio",
        /// `inverse-ratio`: T ÷ A, for what is better less.
        InverseRatio = "inverse-ratio",
        /// `progress`: (A − B) ÷ (T − B): how much of the way is done. Serves both directions.
        Progress = "progress",
        /// `prorated`: A against the value expected after n of the N years from the start of the plan to the target,
        /// B + (T − B) × n ÷ N. A ÷ expected; expected ÷ A where less is better.
        Prorated = "prorated",
        /// `path`: A against the straight line from B to T at the year in which A was measured.
        /// A ÷ expected; expected ÷ A where less is better.
        Path = "path",
        /// `cumulative`: the sum of the yearly values from `target_total_from` on, ÷ T.
        Cumulative = "cumulative",
        /// `versus-baseline`: `reached` (as good as T), `better` than B, `kept` within the
        /// tolerance of B, or `worse`. The first that holds counts.
        VersusBaseline = "versus-baseline",
        /// `maintain`: `kept` at B within the tolerance, or `worse`. Where the indicator says
        /// which way is better, what is better than B is kept too.
        Maintain = "maintain",
        /// `threshold`: `reached` or `missed`.
        Threshold = "threshold",
        /// `milestone`: A and T count steps; A ÷ T of them are done.
        Milestone = "milestone",
        /// `cagr`: yearly growth reached ÷ yearly growth needed, each from B.
        Cagr = "cagr",
        /// `declared`: the city judges in words; nothing is computed.
        Declared = "declared",
    }
}

keyed! {
    /// The target against which a method measures.
    pub enum MethodTarget {
        /// `year`: that of the year of the actual value, and no other.
        Year = "year",
        /// `next`: the first one after that year.
        Next = "next",
        /// `end`: the last one.
        End = "end",
    }
}

/// One line of `bands`: a result and its mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Which results it takes, of those that no band before it took.
    pub takes: Takes,
    /// `mark`: a mark of the scale, as a place in [`Scale::marks`](super::Scale::marks).
    pub mark: usize,
}

/// Which results a band takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// `from`: rates of at least so many percent.
    From(Decimal),
    /// `to`: rates of at most so many percent: for `ratio` where less is better.
    To(Decimal),
    /// `when`: a step: `reached`, `better`, `kept`, `worse`, `missed`.
    When(Step),
    /// None of these keys, in the last band: all that is left.
    Rest,
}

/// A result that is no rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// As good as the target.
    Reached,
    /// Better than the baseline.
    Better,
    /// At the baseline, within the tolerance.
    Kept,
    /// Worse than the baseline.
    Worse,
    /// Not as good as the target.
    Missed,
}

/// How far from the baseline still counts as kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tolerance {
    /// In the unit of the indicator.
    Absolute(Decimal),
    /// In percent of the baseline.
    Percent(Decimal),
}

/// The method that an indicator names: a [`Method::id`], or `declared`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodName {
    /// The name.
    pub id: String,
    /// Where it is written.
    pub span: Span,
}

impl MethodName {
    /// The name that chooses no method, whether one is declared under it or not.
    pub const DECLARED: &'static str = "declared";
}

impl MethodKind {
    /// The steps that it can result in; none where it results in a rate, or in nothing.
    pub const fn steps(self) -> &'static [Step] {
        match self {
            MethodKind::VersusBaseline => &[Step::Reached, Step::Better, Step::Kept, Step::Worse],
            MethodKind::Maintain => &[Step::Kept, Step::Worse],
            MethodKind::Threshold => &[Step::Reached, Step::Missed],
            _ => &[],
        }
    }

    /// Whether a rate falls as things get better: A ÷ T where less is better.
    pub fn falls(self, direction: Option<Better>) -> bool {
        matches!(self, MethodKind::Ratio | MethodKind::Cumulative | MethodKind::Milestone)
            && direction == Some(Better::Lower)
    }

    /// Whether `tolerance` means anything to it.
    pub const fn tolerates(self) -> bool {
        matches!(self, MethodKind::VersusBaseline | MethodKind::Maintain)
    }
}

impl Step {
    /// The name in content files.
    pub const fn key(self) -> &'static str {
        match self {
            Step::Reached => "reached",
            Step::Better => "better",
            Step::Kept => "kept",
            Step::Worse => "worse",
            Step::Missed => "missed",
        }
    }
}

keyed! {
    /// Which way is better.
    pub enum Better {
        /// More is better.
        Higher = "higher",
        /// Less is better.
        Lower = "lower",
        /// To be kept as it is.
        Maintain = "maintain",
    }
}
