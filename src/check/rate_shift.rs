//! Printed rates that differ by a power of ten from actual value ÷ target, or its inverse, for the rule `far-off-value`: 9.68%
//! for 806 of 780.

use super::Findings;
use super::robust::ratio;
use super::visit::{Key, SheetRef};
use crate::diagnostic::{Bilingual, say};
use crate::model::{Column, Decimal, SeriesKind, Value};

/// Maximum factor between a rate with its decimal point moved and the computed one.
const FIT: Decimal = Decimal::from_parts(105, 0, 0, false, 2);

/// Reports rates of a sheet with another magnitude than the computed ones, unless their values are reported.
pub(super) fn check(item: SheetRef<'_>, findings: &mut Findings, help: impl Fn() -> Bilingual) {
    for (index, figures) in &item.sheet.figures {
        let Some(indicator) = item.node.indicators.get(*index) else { continue };
        for (year, value) in &figures.rate {
            let column = Column::Year(*year);
            let target = figures.target.get(&column).or_else(|| figures.target.get(&Column::End));
            let is_reported = |value: Option<&Value>| value.is_some_and(|value| findings.has(value.span));
            // A single digit agrees by chance.
            let significant = value.decimal().map(|rate| rate.normalize().mantissa().unsigned_abs().to_string());
            let has_digits = significant.is_some_and(|digits| digits.trim_end_matches('0').len() > 1);
            if !has_digits || [Some(value), figures.actual.get(year), target].into_iter().any(is_reported) {
                continue;
            }
            let number =
                |value: Option<&Value>| value.and_then(Value::decimal).filter(|number| *number > Decimal::ZERO);
            let (Some(rate), Some(actual), Some(target)) =
                (number(Some(value)), number(figures.actual.get(year)), number(target))
            else {
                continue;
            };
            let percent = |part: Decimal, whole: Decimal| part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole);
            let computed: Vec<Decimal> =
                [percent(actual, target), percent(target, actual)].into_iter().flatten().collect();
            let is_near =
                |rate: Decimal| computed.iter().any(|right| ratio(rate, *right).is_some_and(|ratio| ratio <= FIT));
            // A rate without a sign of its own can be a ratio: 0.97.
            let is_percentage = value.printed.contains(['%', '％']) || rate >= Decimal::TWO;
            let moved = [rate.checked_mul(Decimal::TEN), rate.checked_div(Decimal::TEN)].into_iter().flatten();
            let moved = moved.chain(rate.checked_mul(Decimal::ONE_HUNDRED).filter(|_| is_percentage));
            let Some(fitting) = moved.into_iter().find(|rate| is_near(*rate)) else {
                if let (Some(fitting), Some(value_of_year)) =
                    (in_unit_of_target(rate, actual, target), figures.actual.get(year))
                {
                    let (printed, rate) = (&value_of_year.printed, &value.printed);
                    let fitting = fitting.normalize();
                    let message = say!(
                        ja: "実績「{printed}」が、達成率「{rate}」と目標から計算した値と桁が違います。単位をそろえた {fitting} なら合います",
                        en: "the actual value `{printed}` differs by a unit from that of the rate `{rate}` and the target; {fitting} would fit"
                    );
                    findings.add(
                        value_of_year.span,
                        Key::Series(indicator, SeriesKind::Actual, column),
                        message,
                        help(),
                    );
                }
                continue;
            };
            // Another method of computing the rate.
            if !is_near(rate)
                && computed.iter().all(|right| ratio(rate, *right).is_some_and(|ratio| ratio > Decimal::from(5)))
            {
                let (printed, actual, target) = (&value.printed, actual.normalize(), target.normalize());
                let fitting = fitting.normalize();
                let message = say!(
                    ja: "達成率「{printed}」が、実績{actual}と目標{target}から計算した値と桁が違います。桁を動かした {fitting} なら合います",
                    en: "the rate `{printed}` differs by a power of ten from that of the actual value {actual} and the target {target}; {fitting} would fit"
                );
                findings.add(value.span, Key::Series(indicator, SeriesKind::Rate, column), message, help());
            }
        }
    }
}

/// The actual value in the unit of the target, if the rate shows that it is printed in another one: 3.5 for 35,000, with a
/// target of 4.0 and a rate of 87.5%.
fn in_unit_of_target(rate: Decimal, actual: Decimal, target: Decimal) -> Option<Decimal> {
    let fits = |moved: &Decimal| {
        let right = moved.checked_mul(Decimal::ONE_HUNDRED).and_then(|part| part.checked_div(target));
        right.and_then(|right| ratio(rate, right)).is_some_and(|ratio| ratio <= FIT)
    };
    let factors = [1_000_u32, 10_000, 1_000_000].map(Decimal::from).into_iter();
    let moved = factors.flat_map(|factor| [actual.checked_div(factor), actual.checked_mul(factor)]);
    moved.flatten().find(fits)
}

#[cfg(test)]
mod tests {
    use super::super::testing::indicator;

    #[test]
    fn rates_are_of_the_magnitude_of_actual_value_and_target() {
        let check = |rate: &str, expected: &[&str]| {
            let figures = format!("actual.R5 = 806\ntarget.R5 = 780\nrate.R5 = '{rate}'");
            indicator("", &figures).assert_finds("far-off-value", expected);
        };
        for fine in ["103.3%", "96.8%", "41%", "10%"] {
            check(fine, &[]);
        }
        for wrong in ["10.3%", "9.68%", "1033%", "1.033%"] {
            check(wrong, &["programs/a/2023.md:5"]);
        }
    }

    #[test]
    fn actual_values_are_in_the_unit_of_the_target() {
        let check = |actual: &str, expected: &[&str]| {
            let figures = format!("actual.R5 = {actual}\ntarget.R5 = 4.0\nrate.R5 = '87.5%'");
            indicator("", &figures).assert_finds("far-off-value", expected);
        };
        check("3.5", &[]);
        check("35000", &["programs/a/2023.md:3"]);
    }
}
