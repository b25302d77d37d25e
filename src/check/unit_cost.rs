//! Unit costs that differ by a power of ten from the amount divided by the number of an indicator, for the rule
//! `far-off-value`: 965,775円, if 193,155千円 were spent on 20 clubs.

use super::visit::{Key, SheetRef};
use super::words::plain_unit;
use crate::diagnostic::{Bilingual, Span, say};
use crate::model::{AmountTable, Decimal, Value, grouped};

/// Unit costs of a sheet with another magnitude than their amount: their place, key and message.
pub(super) fn shifted<'r>(item: SheetRef<'r>) -> Vec<(Span, Key<'r>, Bilingual)> {
    let mut found = Vec::new();
    for (key, year, value) in item.sheet.money.of_years() {
        let kind = item.strategy.amounts.money.get(key.kind.0).filter(|kind| !kind.additive);
        let Some(unit) = kind.and_then(|kind| kind.unit.as_deref()) else { continue };
        let ((plain, factor), (money, money_factor)) = (plain_unit(unit), plain_unit(&item.strategy.money_unit));
        let Some(cost) = value.exact().filter(|cost| plain == money && *cost > Decimal::ZERO) else { continue };
        let amounts = item
            .sheet
            .money
            .of_years()
            .filter(|(other, of, _)| other.phase == key.phase && other.kind != key.kind && *of == year);
        let numbers = || {
            let actual = item.sheet.figures.values().filter_map(|figures| figures.actual.get(&year));
            actual.filter_map(Value::exact).filter(|number| *number > Decimal::ZERO)
        };
        let costs: Vec<Decimal> = amounts
            .filter_map(|(_, _, amount)| amount.exact())
            .filter_map(|amount| amount.checked_mul(money_factor)?.checked_div(factor))
            .flat_map(|amount| numbers().filter_map(move |number| amount.checked_div(number)))
            .collect();
        if costs.iter().any(|computed| fits(cost, *computed, 0)) {
            continue;
        }
        // Two digits agree by chance: only another unit explains them.
        let digits = cost.normalize().mantissa().unsigned_abs().to_string().trim_end_matches('0').len();
        // 100 for 100,049円 in units of a thousand is rounded.
        let is_rounded = cost.scale() == 0 && cost >= Decimal::ONE_HUNDRED;
        let powers: &[i32] = if digits > 2 { &[-6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6] } else { &[-3, 3] };
        let is_shifted = |computed: &&Decimal| {
            (digits > 1 || is_rounded) && powers.iter().any(|power| fits(cost, **computed, *power))
        };
        if let Some(computed) = costs.iter().find(is_shifted) {
            let path = item.amount_path(AmountTable::Money, key, Some(year));
            let (printed, computed) = (&value.printed, grouped(computed.round_dp(1).normalize()));
            let message = say!(
                ja: "「{printed}」は、同じ年度の金額を実績値で割った{computed}{unit}と桁が違います",
                en: "`{printed}` differs by a power of ten from {computed}{unit}, the amount divided by the actual value"
            );
            found.push((value.span, Key::Amount(path), message));
        }
    }
    found
}

/// Returns true if a printed cost is `computed` times a power of ten, rounded in its last digit.
fn fits(cost: Decimal, computed: Decimal, power: i32) -> bool {
    let ten = |power: i32| (0..power).fold(Decimal::ONE, |product, _| product.saturating_mul(Decimal::TEN));
    let right = if power < 0 { computed.checked_div(ten(-power)) } else { computed.checked_mul(ten(power)) };
    let last = Decimal::new(1, cost.scale());
    right.is_some_and(|right| (right - cost).abs() < last)
}

#[cfg(test)]
mod tests {
    use super::super::testing::indicator;

    #[test]
    fn compares_unit_costs_with_amounts_and_numbers() {
        let check_settled = |settled: u32, cost: &str, found: &[&str]| {
            let kinds = "[[money]]\nid = 'base'\ntitle = '事業費'\n[[money]]\nid = 'unit'\ntitle = '単位当たりコスト'\nunit = '円'\nadditive = false";
            let sheet =
                format!("actual.R5 = 20\n[money]\nsettlement.R5 = {settled}\n[money.unit]\nsettlement.R5 = {cost}");
            indicator("", &sheet).append_to_strategy(kinds).assert_finds("far-off-value", found);
        };
        let check = |cost: &str, found: &[&str]| check_settled(193_155, cost, found);
        let line = &["programs/a/2023.md:7"];
        check("9657750", &[]);
        check("965775", line);
        check("9658", line);
        check("4200000", &[]);
        // 10円 and 20円 have too few digits.
        check("10", &[]);
        // 100 for 100,050円 is rounded to thousands.
        check_settled(2001, "100050", &[]);
        check_settled(2001, "100", line);
    }
}
