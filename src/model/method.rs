//! Methods by which a city measures progress. Declared, never inferred.

use super::judgement::ScaleIx;
use super::keyword_enum::keyword_enum;
use super::kind::Kind;
use crate::diagnostic::Span;
use rust_decimal::Decimal;

/// Method of measuring progress: `[[method]]` in `strategy.toml`.
///
/// ```toml
/// [[method]]
/// id = "ratio"
/// kind = "ratio"
/// default = true                  # for every numeric indicator that does not name another one
/// scale = "grade"                 # scale of the marks in `bands`
/// bands = [                       # lower bounds in percent, best first; the last band takes the rest
///     { from = 110, mark = "A" },
///     { from = 80, mark = "B" },
///     { mark = "C" },
/// ]
/// ```
/// An indicator overrides the default with `method = "<id>"`, or with `method = "declared"` for none.
/// Without either, nothing is computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Method {
    /// `id`: name by which indicators choose it.
    pub id: String,
    /// `kind`: the formula; see [`MethodKind`].
    pub kind: MethodKind,
    /// `of`: kinds of nodes that it assesses; empty for methods of indicators, and only for these.
    pub node_kinds: Vec<Kind>,
    /// `default`: true for the method of all numeric indicators that name none, and of all nodes of its kinds; at most one
    /// for indicators and for each kind.
    pub default: bool,
    /// `scale`: scale of the marks in `bands`; it must evaluate what the method assesses.
    pub scale: Option<ScaleIx>,
    /// `bands`: assignment of marks to results; empty if the city publishes only a rate.
    pub bands: Vec<Band>,
    /// `tolerance`: distance from the baseline up to which a value counts as `kept`:
    /// `2` or `0.5` in the unit of the indicator (percentage points for `%`), `"10%"` of the baseline.
    pub tolerance: Option<Tolerance>,
    /// `start = 0`: true if the expected value rises from zero at the start of the plan instead of from the baseline.
    pub from_zero: bool,
    /// `target`: target to measure against; `None` for the applicable one of [`KeyFigures`](super::KeyFigures).
    pub target: Option<MethodTarget>,
    /// `note`: note to readers, such as the source in which the city defines the method.
    pub note: Option<String>,
    /// Span of the declaration.
    pub span: Span,
}

keyword_enum! {
    /// Formula of a method. A is the actual value, T the target, B the baseline.
    pub enum MethodKind {
        /// `ratio`: A ÷ T. If lower is better, the rate falls with improvement.
        Ratio = "ratio",
        /// `inverse-ratio`: T ÷ A, for indicators whose lower values are better.
        InverseRatio = "inverse-ratio",
        /// `progress`: (A − B) ÷ (T − B), the completed share of the way from B to T, upwards or
        /// downwards.
        Progress = "progress",
        /// `prorated`: A against the value expected after n of the N years from the start of the plan to the target,
        /// B + (T − B) × n ÷ N. A ÷ expected; expected ÷ A if lower is better.
        Prorated = "prorated",
        /// `path`: A against the straight line from B to T at the year in which A was measured.
        /// A ÷ expected; expected ÷ A if lower is better.
        Path = "path",
        /// `cumulative`: sum of the yearly values from `target_total_from` on, ÷ T.
        Cumulative = "cumulative",
        /// `versus-baseline`: `reached` (at least as good as T), `better` than B, `on-path` (at least as good as the
        /// value expected by `path`; only if a band asks for it), `kept` within the tolerance of B, or `worse`. The first
        /// that applies is the result.
        VersusBaseline = "versus-baseline",
        /// `maintain`: `kept` within the tolerance of B, or `worse`. If `better` of the indicator
        /// is `higher` or `lower`, values better than B are `kept` too.
        Maintain = "maintain",
        /// `threshold`: `reached` (at least as good as T) or `missed`.
        Threshold = "threshold",
        /// `milestone`: A ÷ T, where A and T are numbers of milestones.
        Milestone = "milestone",
        /// `cagr`: compound annual growth achieved from B ÷ compound annual growth required from B.
        Cagr = "cagr",
        /// `share-reached`: indicators of a node that reached their targets ÷ indicators for which it is known whether they
        /// did.
        ShareReached = "share-reached",
        /// `declared`: the city evaluates in prose; nothing is computed.
        Declared = "declared",
    }
}

keyword_enum! {
    /// Choice of the target against which a method measures.
    pub enum MethodTarget {
        /// `year`: the target for the year of the actual value only.
        Year = "year",
        /// `next`: the first target after the year of the actual value.
        Next = "next",
        /// `end`: the last target.
        End = "end",
    }
}

/// Entry of `bands`: a range of results and its mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Results to which the band applies, among those not matched by an earlier band.
    pub condition: BandCondition,
    /// `mark`: mark of the scale, as an index into [`Scale::marks`](super::Scale::marks).
    pub mark: usize,
}

/// Condition of a band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BandCondition {
    /// `from`: rates of at least this percentage.
    From(Decimal),
    /// `to`: rates of at most this percentage, for methods whose rate falls with improvement.
    To(Decimal),
    /// `when`: a qualitative result: `reached`, `better`, `kept`, `worse`, `missed`.
    When(QualitativeResult),
    /// None of these keys, in the last band: all remaining results.
    Rest,
}

keyword_enum! {
    /// Qualitative result of a method that does not yield a rate.
    pub enum QualitativeResult {
        /// At least as good as the target.
        Reached = "reached",
        /// Better than the baseline.
        Better = "better",
        /// At least as good as the value expected on the straight line from the baseline to the target.
        OnPath = "on-path",
        /// Within the tolerance of the baseline.
        Kept = "kept",
        /// Worse than the baseline.
        Worse = "worse",
        /// Not as good as the target.
        Missed = "missed",
    }
}

/// Distance from the baseline up to which a value counts as kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tolerance {
    /// The distance.
    pub width: ToleranceWidth,
    /// True if a value at exactly this distance is not kept: `"3未満"`.
    pub exclusive: bool,
}

/// Distance of a [`Tolerance`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToleranceWidth {
    /// In the unit of the indicator.
    Absolute(Decimal),
    /// In percent of the baseline.
    Percent(Decimal),
}

/// Reference of an indicator to a method: a [`Method::id`], or `declared`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodRef {
    /// The id.
    pub id: String,
    /// Span of the id.
    pub span: Span,
}

impl Method {
    /// Returns true if a band asks whether the value is on the planned path.
    pub fn asks_for_path(&self) -> bool {
        self.bands.iter().any(|band| band.condition == BandCondition::When(QualitativeResult::OnPath))
    }
}

impl MethodRef {
    /// Id that selects no method, even if a method is declared with it.
    pub const DECLARED: &'static str = "declared";
}

impl MethodKind {
    /// Possible qualitative results; empty if the method yields a rate or computes nothing.
    pub const fn qualitative_results(self) -> &'static [QualitativeResult] {
        match self {
            MethodKind::VersusBaseline => &[
                QualitativeResult::Reached,
                QualitativeResult::Better,
                QualitativeResult::OnPath,
                QualitativeResult::Kept,
                QualitativeResult::Worse,
            ],
            MethodKind::Maintain => &[QualitativeResult::Kept, QualitativeResult::Worse],
            MethodKind::Threshold => &[QualitativeResult::Reached, QualitativeResult::Missed],
            _ => &[],
        }
    }

    /// Returns true if the rate falls with improvement: A ÷ T of an indicator whose lower values are better.
    pub fn rate_falls(self, direction: Option<Direction>) -> bool {
        matches!(self, MethodKind::Ratio | MethodKind::Cumulative | MethodKind::Milestone)
            && direction == Some(Direction::Lower)
    }

    /// Returns true if it assesses nodes; all other methods assess indicators.
    pub const fn assesses_nodes(self) -> bool {
        matches!(self, MethodKind::ShareReached)
    }

    /// Returns true if the method can use `start`.
    pub const fn uses_start(self) -> bool {
        matches!(self, MethodKind::Prorated)
    }

    /// Returns true if the method uses `tolerance`.
    pub const fn uses_tolerance(self) -> bool {
        matches!(self, MethodKind::VersusBaseline | MethodKind::Maintain)
    }
}

keyword_enum! {
    /// Direction of improvement of an indicator.
    pub enum Direction {
        /// Higher values are better.
        Higher = "higher",
        /// Lower values are better.
        Lower = "lower",
        /// The value should be maintained.
        Maintain = "maintain",
    }
}
