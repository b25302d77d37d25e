//! Products in texts that are neither the number after them nor an amount of the sheet, for the rule `text-figure`:
//! 13,872世帯 × 17円 × 0.8 × 0.5 beside a settlement of 394千円, which 71円 would give.

use super::visit::SheetRef;
use super::words::{Quantity, plain_unit, quantities, sentences};
use crate::diagnostic::{Bilingual, say};
use crate::model::{Section, Value};
use rust_decimal::Decimal;
use std::ops::Range;

/// Factors with a slip in the products of a section.
pub(super) fn contradictions(item: SheetRef<'_>, section: &Section) -> Vec<(Range<usize>, Bilingual)> {
    let text = &section.prose.markdown;
    if !text.contains(['×', '✕']) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for sentence in sentences(text) {
        let quantities = quantities(sentence.text);
        for (factors, result) in chains(sentence.text, &quantities) {
            let Some(product) = product(factors) else { continue };
            let message = match result {
                Some(result) => (!is_rounded(product, result.number, unit_of(result))).then(|| {
                    let (written, product) = (&result.digits, product.normalize());
                    let message = say!(
                        ja: "文章の「{written}」が、その前の数の積{product}と合いません",
                        en: "the text says `{written}`, but the product before it is {product}"
                    );
                    (result.range.clone(), message)
                }),
                None => of_amount(item, factors, product),
            };
            found.extend(
                message.map(|(range, message)| (sentence.start + range.start..sentence.start + range.end, message)),
            );
        }
    }
    found
}

/// Products of at least two factors in yen, with the number after an equals sign.
fn chains<'q, 't>(text: &str, quantities: &'q [Quantity<'t>]) -> Vec<(&'q [Quantity<'t>], Option<&'q Quantity<'t>>)> {
    let between = |one: &Quantity<'_>, other: &Quantity<'_>| {
        let between = text.get(one.range.end..other.range.start).unwrap_or_default();
        let is_apart = between.contains(['、', '。', '＋', '+', '－']) || between.chars().count() > 16;
        (!is_apart).then_some(between.to_owned())
    };
    let is_times = |one: &Quantity<'_>, other: &Quantity<'_>| {
        between(one, other).is_some_and(|between| between.trim_end().ends_with(['×', '✕']))
    };
    let (mut found, mut start) = (Vec::new(), 0);
    while start < quantities.len() {
        let rest = quantities.get(start..).unwrap_or_default();
        let count = 1 + rest.windows(2).take_while(|pair| matches!(pair, [one, other] if is_times(one, other))).count();
        let (factors, after) = rest.split_at(count);
        let result = factors.last().zip(after.first()).filter(|(one, other)| {
            between(one, other).is_some_and(|between| between.trim_end().ends_with(['＝', '=']))
        });
        let of_yen = factors.iter().filter(|factor| factor.has_unit("円")).count();
        // A second product or sum after it is part of a longer formula.
        let last = result.map_or(factors.last(), |(_, result)| Some(result));
        let is_longer = last.is_some_and(|last| {
            let rest = text.get(last.range.end + last.unit().len()..).unwrap_or_default().trim_start();
            rest.starts_with(['×', '✕', '＋', '+', '－', '÷', '～'])
        });
        let has_result = result.is_none_or(|(_, result)| result.has_unit("円"));
        if count > 1 && of_yen == 1 && !is_longer && has_result {
            found.push((factors, result.map(|(_, result)| result)));
        }
        start += count;
    }
    found
}

fn product(factors: &[Quantity<'_>]) -> Option<Decimal> {
    factors.iter().try_fold(Decimal::ONE, |product, factor| {
        let percent = if factor.has_unit("%") { Decimal::ONE_HUNDRED } else { Decimal::ONE };
        product.checked_mul(factor.number)?.checked_div(percent)
    })
}

/// Amount in yen of the last digit as written: 1000 of 394千円.
fn unit_of(quantity: &Quantity<'_>) -> Decimal {
    let written: Option<Decimal> = quantity.digits.parse().ok();
    let unit = written.and_then(|written| quantity.number.checked_div(written)).unwrap_or(Decimal::ONE);
    unit.checked_mul(Decimal::new(1, written.map_or(0, |written| written.scale()))).unwrap_or(unit)
}

/// Returns true if a product is a number up to the rounding of its last digit, in either direction.
fn is_rounded(product: Decimal, number: Decimal, unit: Decimal) -> bool {
    (product - number).abs() <= unit
}

/// A factor with a slip, without which the product is an amount of the year.
fn of_amount(item: SheetRef<'_>, factors: &[Quantity<'_>], product: Decimal) -> Option<(Range<usize>, Bilingual)> {
    let (_, unit) = plain_unit(&item.strategy.money_unit);
    let amounts: Vec<(Decimal, &Value)> = item
        .sheet
        .money
        .of_years()
        .flat_map(|(_, _, value)| std::iter::once(value).chain(value.parts.iter().map(|part| &part.value)))
        .filter_map(|value| Some((value.exact()?.checked_mul(unit)?, value)))
        .filter(|(amount, _)| *amount >= unit * Decimal::ONE_HUNDRED)
        .collect();
    let is_amount = |product: Decimal| amounts.iter().find(|(amount, _)| is_rounded(product, *amount, unit));
    if is_amount(product).is_some() {
        return None;
    }
    factors.iter().filter(|factor| factor.digits.len() > 1 && !factor.number.is_zero()).find_map(|factor| {
        let (right, (_, value)) = slips(factor).into_iter().find_map(|(digits, number)| {
            let corrected = product.checked_div(factor.number)?.checked_mul(number)?;
            Some((digits, is_amount(corrected)?))
        })?;
        let (written, product, printed) = (&factor.digits, product.round().normalize(), &value.printed);
        let message = say!(
            ja: "文章の「{written}」による積は{product}円で、金額「{printed}」と合いません。「{right}」なら合います",
            en: "the product with `{written}` is {product} yen, which does not fit the amount `{printed}`; `{right}` would"
        );
        Some((factor.range.clone(), message))
    })
}

/// Numbers whose adjacent digits are exchanged, or whose decimal point is moved.
fn slips(factor: &Quantity<'_>) -> Vec<(String, Decimal)> {
    let parsed: Option<Decimal> = factor.digits.parse().ok();
    let Some(scale) = parsed.and_then(|written| factor.number.checked_div(written)) else { return Vec::new() };
    let chars: Vec<char> = factor.digits.chars().collect();
    let exchanged = (1..chars.len()).map(|at| {
        let mut chars = chars.clone();
        chars.swap(at - 1, at);
        chars.into_iter().collect::<String>()
    });
    let numbers = exchanged.filter_map(|digits| {
        let number = digits.parse::<Decimal>().ok()?.checked_mul(scale)?;
        (number != factor.number).then_some((digits, number))
    });
    let moved = [factor.number.checked_mul(Decimal::TEN), factor.number.checked_div(Decimal::TEN)];
    let moved = moved.into_iter().flatten().map(|number| (number.normalize().to_string(), number));
    numbers.chain(moved).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    #[test]
    fn products_are_amounts_or_the_number_after_them() {
        let check = |text: &str, expected: bool| {
            let [node, (path, _)] = program("a", "");
            let sheet =
                format!("+++\n[money]\nsettlement.R5 = 394\nbudget.R5 = 210\nplan.R5 = 120\n+++\n## 実績\n{text}\n");
            let found: &[&str] = if expected { &["programs/a/2023.md:8"] } else { &[] };
            Fixture::new().with([node, (path, sheet)]).assert_finds("text-figure", found);
        };
        check("補助は、13,872世帯 × 71円（単価） × 0.8（割引） × 0.5（補助率）である。", false);
        check("補助は、13,872世帯 × 17円（単価） × 0.8（割引） × 0.5（補助率）である。", true);
        check("補助は、13,872世帯 × 710円（単価） × 0.8（割引） × 0.5（補助率）である。", true);
        check("補助は、30人 × 5,000円＝150千円である。", false);
        check("補助は、30人 × 5,000円＝105千円である。", true);
        check("補助は、12人 × 250円 × 3回である。", false);
        check("補助は、10,000世帯 × 12円である。", false);
        check("補助は、10,500世帯 × 20円である。", false);
        check("補助は、10,000世帯 × 39.4円 ＋ 90千円である。", false);
        check("補助は、1,000世帯 × 93.4円 ＋ 90千円である。", false);
        check("補助は、10,000世帯 × 93.4円 ＋ 90千円である。", false);
        check("補助は、20人 × 500円 ＝ 30人分である。", false);
        check("補助は、20円 × 500円 ＝ 30千円である。", false);
    }
}
