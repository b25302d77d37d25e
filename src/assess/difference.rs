//! Plain differences: what anyone can subtract. They need no declared method, and are ours.

use super::exact::{self, scaled_text};
use super::input::{AssessmentInput, Input};
use crate::diagnostic::{Bilingual, say};
use crate::model::{Period, YearKind};
use num_bigint::BigInt;
use num_traits::Signed;
use std::cmp::Ordering;

/// How much the newest actual value differs from another value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The actual value.
    pub actual: Input,
    /// The other: the target, the baseline, or the value before.
    pub other: Input,
    /// Whether the actual value is the greater.
    pub order: Ordering,
    /// The exact difference without a sign, `1.9`.
    pub text: String,
    /// Its unit; points where the values are percentages or per mille.
    pub unit: Option<Bilingual>,
}

/// The differences between what is printed, as far as that can be compared.
pub(super) fn differences(given: &AssessmentInput<'_>) -> Vec<Difference> {
    let Ok(actual) = given.actual() else { return Vec::new() };
    let others = [given.applicable_target(&actual), given.baseline(&actual).ok(), given.previous(&actual)];
    others.into_iter().flatten().map(|other| difference(given, actual.clone(), other)).collect()
}

fn difference(given: &AssessmentInput<'_>, actual: Input, other: Input) -> Difference {
    let (difference, decimals) = exact::difference(actual.number, other.number);
    let order = difference.cmp(&BigInt::ZERO);
    let text = scaled_text(&difference.abs(), decimals);
    let own = [&actual, &other].into_iter().find_map(|input| input.value.number()?.unit.as_deref());
    let unit = own.or(given.indicator.unit.as_deref()).map(|unit| match unit {
        "%" | "％" | "パーセント" => say!(ja: "ポイント", en: " percentage points"),
        "‰" | "パーミル" => say!(ja: "パーミルポイント", en: " per mille points"),
        unit => Bilingual { ja: unit.to_owned(), en: format!(" {unit}") },
    });
    Difference { actual, other, order, text, unit }
}

impl Difference {
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
