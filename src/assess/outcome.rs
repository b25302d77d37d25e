//! What methods give: a rate or a step, whether the target is reached, and the mark.

use super::exact::Rate;
use super::input::Input;
use super::not_computable::NotComputable;
use super::operand::Operand;
use crate::model::{Better, Bound, Step};
use num_rational::BigRational;
use strum::IntoStaticStr;

/// What a method gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodOutcome {
    /// The rate or the step.
    pub measure: Measure,
    /// The formula with its figures, the same in all languages: 18,104 ÷ 18,590.
    pub figures: String,
    /// From which values, the actual value first.
    pub inputs: Vec<Input>,
    /// Whether the actual value is as good as the target, bounds such as 未満 respected;
    /// `None` without a target, or if the indicator declares no direction.
    pub reached: Option<bool>,
    /// Which way is better, as the target's bound or the indicator says.
    pub direction: Option<Better>,
    /// The mark that the bands give it; `None` where the method has no bands.
    pub marks: Option<MarkComparison>,
}

/// A result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// An exact rate.
    Rate(Rate),
    /// A step of a method that gives no rate.
    Step(Step),
}

/// The mark of the bands beside the published one. Both stand; neither corrects the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkComparison {
    /// The mark that the bands give, as a place in [`Scale::marks`](crate::model::Scale::marks):
    /// `None` where no band takes the result, a guard where the bands cannot be applied.
    pub mark: Result<Option<usize>, NotComputable>,
    /// The marks of that scale that the edition of the actual value published.
    pub published: Vec<usize>,
    /// Whether they are the same; `None` where one of them is not there.
    pub agreement: Option<Agreement>,
}

/// How the computed mark stands to the published one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Agreement {
    /// The same.
    Same,
    /// Another: a finding, not a correction.
    Differs,
}

impl Agreement {
    /// Its name for other programs, and in the keys of texts.
    pub fn key(self) -> &'static str {
        self.into()
    }
}

impl MethodOutcome {
    /// An outcome, before bands.
    fn new(measure: Measure, figures: String, inputs: Vec<Input>, direction: Option<Better>) -> Self {
        let of = |operand: Operand| inputs.iter().filter(move |input| input.operand == operand);
        let actual: BigRational = of(Operand::Actual).map(Input::fraction).sum();
        let reached = of(Operand::Target).next().and_then(|target| reached(&actual, target, direction));
        Self { measure, figures, inputs, reached, direction, marks: None }
    }

    pub(super) fn rate(rate: Rate, figures: String, inputs: Vec<Input>, direction: Option<Better>) -> Self {
        Self::new(Measure::Rate(rate), figures, inputs, direction)
    }

    pub(super) fn step(step: Step, figures: String, inputs: Vec<Input>, direction: Option<Better>) -> Self {
        Self::new(Measure::Step(step), figures, inputs, direction)
    }
}

/// Whether an actual value is as good as the target.
pub(super) fn reached(actual: &BigRational, target: &Input, direction: Option<Better>) -> Option<bool> {
    let aim = target.fraction();
    match (target.bound, direction) {
        (Bound::AtLeast, _) | (Bound::Exact, Some(Better::Higher)) => Some(*actual >= aim),
        (Bound::AtMost, _) | (Bound::Exact, Some(Better::Lower)) => Some(*actual <= aim),
        (Bound::Above, _) => Some(*actual > aim),
        (Bound::Below, _) => Some(*actual < aim),
        (Bound::About | Bound::Exact, _) => None,
    }
}
