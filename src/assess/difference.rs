//! Plain differences: what anyone can subtract. They need no declared method, and are ours.

use super::exact::{self, scaled_text};
use super::input::{AssessmentInput, Input, Operand};
use super::not_computable::NotComputable;
use crate::diagnostic::Bilingual;
use crate::model::{Period, YearKind};
use crate::say;
use num_traits::{Signed, Zero};
use std::cmp::Ordering;

/// The newest actual value less another value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// From what: the target, the baseline, or the value before.
    pub from: Operand,
    /// How much it is, or why that says nothing.
    pub amount: Result<ValueDifference, NotComputable>,
}

/// How much two values differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueDifference {
    /// The actual value.
    pub actual: Input,
    /// The other.
    pub other: Input,
    /// Whether the actual value is the greater.
    pub order: Ordering,
    /// The exact difference without a sign, `1.9`.
    pub text: String,
    /// Its unit; points where the values are percentages or per mille.
    pub unit: Option<Bilingual>,
}

/// The differences between what is printed. A value that is not there at all has none; one
/// with which nothing can be compared says so.
pub(super) fn differences(given: &AssessmentInput<'_>) -> Vec<Difference> {
    let actual = match given.actual() {
        Ok(actual) => actual,
        Err(NotComputable::NoActual | NotComputable::NothingSinceBaseline) => return Vec::new(),
        Err(guard) => return vec![Difference { from: Operand::Target, amount: Err(guard) }],
    };
    [
        (Operand::Target, given.applicable_target(&actual)),
        (Operand::Baseline, given.baseline(&actual)),
        (Operand::Previous, given.previous(&actual)),
    ]
    .into_iter()
    .filter(|(_, other)| {
        !matches!(
            other,
            Err(NotComputable::NoTarget
                | NotComputable::NoBaseline
                | NotComputable::NoPrevious
                | NotComputable::NothingSinceBaseline)
        )
    })
    .map(|(from, other)| Difference { from, amount: other.map(|other| amount(given, actual.clone(), other)) })
    .collect()
}

fn amount(given: &AssessmentInput<'_>, actual: Input, other: Input) -> ValueDifference {
    let (difference, decimals) = exact::difference(actual.number, other.number);
    let order = match () {
        () if difference.is_zero() => Ordering::Equal,
        () if difference.is_negative() => Ordering::Less,
        () => Ordering::Greater,
    };
    let text = scaled_text(&difference.abs(), decimals);
    let own = [&actual, &other].into_iter().find_map(|input| input.value.number()?.unit.as_deref());
    let unit = own.or(given.indicator.unit.as_deref()).map(|unit| match unit {
        "%" | "％" | "パーセント" => say!(ja: "ポイント", en: " percentage points"),
        "‰" | "パーミル" => say!(ja: "パーミルポイント", en: " per mille points"),
        unit => Bilingual { ja: unit.to_owned(), en: format!(" {unit}") },
    });
    ValueDifference { actual, other, order, text, unit }
}

impl ValueDifference {
    /// Where both are windows of as many years, but of others: says so.
    pub fn windows(&self, years: YearKind) -> Option<Bilingual> {
        windows(&self.actual, &self.other, years)
    }
}

/// What must be said where two windows of years are compared.
pub(super) fn windows(one: &Input, other: &Input, years: YearKind) -> Option<Bilingual> {
    let window = |input: &Input| input.value.measured.filter(|period| period.is_window());
    let (Some(one), Some(other)) = (window(one), window(other)) else { return None };
    let ja = |period: Period| format!("{}から{}", period.from.japanese_as(years), period.to.japanese_as(years));
    let en = |period: Period| format!("{} to {}", period.from.english_as(years), period.to.english_as(years));
    (one != other).then(|| {
        say!(
            ja: "{one_ja}までの値と{other_ja}までの値の比較です。",
            en: "Compares {one_en} with {other_en}.",
            one_ja = ja(one),
            other_ja = ja(other),
            one_en = en(one),
            other_en = en(other)
        )
    })
}
