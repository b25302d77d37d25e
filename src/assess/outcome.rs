//! Results of methods: a rate or a qualitative result ([`QualitativeResult`]), whether the target
//! is reached, and the mark.

use super::exact::Rate;
use super::input::FormulaValue;
use super::not_computable::NotComputable;
use super::operand::Operand;
use crate::model::{Bound, Direction, EditionIx, QualitativeResult};
use num_rational::BigRational;
use strum::IntoStaticStr;

/// Result of a method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodOutcome {
    /// Rate or qualitative result.
    pub measure: Measure,
    /// Formula with its figures, language-independent: `18,104 ÷ 18,590`.
    pub expression: String,
    /// Values used, the actual value first.
    pub inputs: Vec<FormulaValue>,
    /// True if the actual value reaches the target, considering its bound (未満). `None` without a
    /// target, if it is approximate, or if it is exact and neither higher nor lower is better.
    pub reached: Option<bool>,
    /// Direction of improvement, from the target's bound or the indicator; `None` if undeclared.
    pub direction: Option<Direction>,
    /// Mark from the bands, compared with the published one; `None` if the method has no bands.
    pub marks: Option<MarkComparison>,
}

/// Quantity that a method computes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// An exact rate.
    Rate(Rate),
    /// Qualitative result of a method that gives no rate.
    Qualitative(QualitativeResult),
}

/// Comparison of the mark from the bands with the published mark. Both are shown; neither corrects the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkComparison {
    /// Mark from the bands, as an index into [`Scale::marks`](crate::model::Scale::marks); `None` if no band
    /// matches the result, an error if the bands are not applicable.
    pub mark: Result<Option<usize>, NotComputable>,
    /// Published marks of the method's scale for the actual value; empty if there are none.
    pub published: Vec<usize>,
    /// Published judgement that was compared; `None` if there is none.
    pub judgement: Option<PublishedJudgement>,
    /// Agreement of the two marks; `None` if either is missing.
    pub agreement: Option<Agreement>,
}

/// Location of a published judgement of an indicator or node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublishedJudgement {
    /// Edition of the sheet that contains it.
    pub edition: EditionIx,
    /// Index in [`Figures::judgements`](crate::model::Figures::judgements), or in
    /// [`Sheet::judgements`](crate::model::Sheet::judgements) of a node.
    pub index: usize,
}

/// Relation of the computed mark to the published one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Agreement {
    /// The marks are equal.
    Same,
    /// The marks differ, which is reported as a finding and never corrected.
    Differs,
}

impl Agreement {
    /// Compares a computed mark with the published ones; `None` if either is missing.
    pub(super) fn of(computed: &Result<Option<usize>, NotComputable>, published: &[usize]) -> Option<Self> {
        match (computed, published) {
            (Ok(Some(_)), []) | (Ok(None) | Err(_), _) => None,
            (Ok(Some(mark)), [only]) if mark == only => Some(Self::Same),
            _ => Some(Self::Differs),
        }
    }

    /// Machine-readable name, also used in text keys.
    pub fn key(self) -> &'static str {
        self.into()
    }
}

impl MethodOutcome {
    /// Creates an outcome without a mark.
    fn new(measure: Measure, expression: String, inputs: Vec<FormulaValue>, direction: Option<Direction>) -> Self {
        let inputs_of = |operand: Operand| inputs.iter().filter(move |input| input.operand == operand);
        let actual: BigRational = inputs_of(Operand::Actual).map(FormulaValue::fraction).sum();
        let reached = inputs_of(Operand::Target).next().and_then(|target| reached(&actual, target, direction));
        Self { measure, expression, inputs, reached, direction, marks: None }
    }

    pub(super) fn rate(
        rate: Rate,
        expression: String,
        inputs: Vec<FormulaValue>,
        direction: Option<Direction>,
    ) -> Self {
        Self::new(Measure::Rate(rate), expression, inputs, direction)
    }

    pub(super) fn qualitative(
        result: QualitativeResult,
        expression: String,
        inputs: Vec<FormulaValue>,
        direction: Option<Direction>,
    ) -> Self {
        Self::new(Measure::Qualitative(result), expression, inputs, direction)
    }
}

/// Returns true if an actual value reaches the target; `None` for approximate targets, and for exact targets unless
/// higher or lower is better.
pub(super) fn reached(actual: &BigRational, target: &FormulaValue, direction: Option<Direction>) -> Option<bool> {
    let target_number = target.fraction();
    match (target.bound, direction) {
        (Bound::AtLeast, _) | (Bound::Exact, Some(Direction::Higher)) => Some(*actual >= target_number),
        (Bound::AtMost, _) | (Bound::Exact, Some(Direction::Lower)) => Some(*actual <= target_number),
        (Bound::Above, _) => Some(*actual > target_number),
        (Bound::Below, _) => Some(*actual < target_number),
        (Bound::About | Bound::Exact, _) => None,
    }
}
