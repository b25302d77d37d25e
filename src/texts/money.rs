//! Amounts of money in large-unit form, in the language of the texts: 5億2,658万6千円.
//!
//! Reports print 526,586 in a table of 千円. The printed figure is kept; the large-unit form is shown next to it and has
//! exactly the same value.

use super::{InterfaceTexts, split};
use crate::model::{Bound, Value, push_grouped, yen_of};
use rust_decimal::Decimal;
use std::iter;

impl InterfaceTexts {
    /// A printed amount in 兆, 億 and 万, with its bound: 約3億円. `None` if it is not a single number or if the
    /// printed figure is already in this form.
    ///
    /// `unit` is the unit of the table; a unit in the cell itself takes precedence.
    pub fn amount(&self, value: &Value, unit: &str) -> Option<String> {
        let number = value.number()?;
        if value.printed.contains(['兆', '億', '万']) {
            return None;
        }
        let amount = self.yen(number.decimal, number.unit.as_deref().unwrap_or(unit))?;
        let key = match number.bound {
            Bound::Exact => return Some(amount),
            Bound::AtLeast => "amount_at_least",
            Bound::AtMost => "amount_at_most",
            Bound::Above => "amount_above",
            Bound::Below => "amount_below",
            Bound::About => "amount_about",
        };
        Some(self.fill(key, &[("amount", &amount)]))
    }

    /// `amount`, counted in `unit`, in 兆, 億 and 万, exact to the yen. `None` if the unit is not one of money, if
    /// fractions of a yen remain, for zero, and if the result would repeat `amount` and `unit`.
    pub fn yen(&self, amount: Decimal, unit: &str) -> Option<String> {
        let yen = yen_of(amount, unit)?;
        let yen = self.fill("yen", &[("amount", &self.in_myriads(yen))]);
        let is_plain = |number: &str| number.bytes().all(|b| b.is_ascii_digit() || b == b',');
        // A single number in the unit of the table only repeats the printed figure.
        if yen.strip_suffix(unit).is_some_and(is_plain) {
            return None;
        }
        Some(if amount.is_sign_negative() { ["−", &yen].concat() } else { yen })
    }

    /// Amount in myriads (兆, 億, 万): 526,586,000 → 5億2,658万6千. Thousands are named only if the amount is a multiple
    /// of 1,000.
    fn in_myriads(&self, yen: u64) -> String {
        let (mut text, mut rest) = (String::with_capacity(32), yen);
        for (power, name) in self.powers("yen_units") {
            let size = 10_u64.saturating_pow(power);
            if rest >= size {
                push_grouped(&mut text, rest / size);
                text += name;
                rest %= size;
            }
        }
        match (rest, self.get("yen_thousand")) {
            (0, _) => {}
            (rest, thousand) if rest % 1_000 == 0 && !thousand.is_empty() => {
                push_grouped(&mut text, rest / 1_000);
                text += thousand;
            }
            (rest, _) => push_grouped(&mut text, rest),
        }
        text
    }

    /// Powers of ten with a name, largest first, from a text such as `12=兆 8=億 4=万`.
    pub fn powers(&self, key: &str) -> impl Iterator<Item = (u32, &str)> {
        let mut rest = self.get(key);
        let entries = iter::from_fn(move || {
            let entry;
            (entry, rest) = split(rest, b' ').unwrap_or((rest, ""));
            (!entry.is_empty()).then_some(entry)
        });
        entries.filter_map(|entry| split(entry, b'=')).filter_map(|(power, name)| Some((power.parse().ok()?, name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;
    use crate::model::{ValueContent, grouped};
    use proptest::prelude::*;

    fn texts(lang: &str) -> InterfaceTexts {
        InterfaceTexts::embedded(lang).unwrap()
    }

    fn check(printed: &str, unit: &str, expect: Option<&str>) {
        let value = Value::parse(printed, Span::default()).expect("a value of the grammar");
        assert_eq!(texts("ja").amount(&value, unit).as_deref(), expect, "{printed}{unit}");
    }

    #[test]
    fn converts_thousands_of_yen_to_myriads() {
        check("526,586", "千円", Some("5億2,658万6千円"));
        check("9,463", "千円", Some("946万3千円"));
        check("300", "千円", Some("30万円"));
        check("100,000", "千円", Some("1億円"));
        check("1,000,000,010", "千円", Some("1兆1万円"));
        check("200,005", "千円", Some("2億5千円"));
    }

    #[test]
    fn is_exact_to_the_yen() {
        check("393,965", "円", Some("39万3,965円"));
        check("12.5", "千円", Some("1万2,500円"));
        check("31,269,048", "円", Some("3,126万9,048円"));
        check("1.2", "億円", Some("1億2,000万円"));
        check("0.0005", "千円", None);
    }

    #[test]
    fn keeps_bounds_and_signs() {
        check("約3,000", "千円", Some("約300万円"));
        check("3,000以上", "千円", Some("300万円以上"));
        check("▲3,000", "千円", Some("−300万円"));
    }

    #[test]
    fn prefers_the_unit_in_the_cell() {
        check("45,000円", "千円", Some("4万5千円"));
        check("約235億円", "千円", None);
        check("12万円", "千円", None);
        check("12人", "千円", None);
    }

    #[test]
    fn omits_repetitions_and_values_that_are_not_amounts() {
        check("6", "千円", None);
        check("500", "円", None);
        check("▲500", "円", None);
        check("250", "万円", None);
        check("0", "千円", None);
        check("12", "人", None);
        for content in [ValueContent::Missing, ValueContent::Text, ValueContent::Range(Decimal::ONE, Decimal::TEN)] {
            let value = Value::new("—".to_owned(), content, Span::default());
            assert_eq!(texts("ja").amount(&value, "千円"), None);
        }
    }

    #[test]
    fn english_amounts_are_in_yen() {
        let value = Value::parse("526,586以下", Span::default()).unwrap();
        assert_eq!(texts("en").amount(&value, "千円").as_deref(), Some("at most 526,586,000 yen"));
    }

    /// Sum of the parts of an amount in myriads.
    fn sum_of_parts(text: &str) -> Decimal {
        let mut sum = Decimal::ZERO;
        let mut digits = String::new();
        let mut rest = text.strip_suffix('円').expect("yen").chars().peekable();
        while let Some(c) = rest.next() {
            let factor = match c {
                '兆' => 1_000_000_000_000_i64,
                '億' => 100_000_000,
                '万' => 10_000,
                '千' => 1_000,
                ',' => continue,
                c => {
                    digits.push(c);
                    if rest.peek().is_some() {
                        continue;
                    }
                    1
                }
            };
            if !digits.is_empty() {
                sum += digits.parse::<Decimal>().unwrap() * Decimal::from(factor);
                digits.clear();
            }
        }
        sum
    }

    proptest! {
        #[test]
        fn myriads_add_up_to_the_amount(amount in 1_i64..10_000_000_000_000) {
            match texts("ja").yen(Decimal::from(amount), "千円") {
                Some(text) => prop_assert_eq!(sum_of_parts(&text), Decimal::from(amount) * Decimal::ONE_THOUSAND),
                None => prop_assert!(amount < 10),
            }
        }

        #[test]
        fn only_repetitions_and_fractions_are_omitted(amount in 1_i64..1_000_000_000, scale in 0_u32..4, unit in 0_usize..4) {
            let (unit, factor) = [("円", 1), ("千円", 1_000), ("万円", 10_000), ("億円", 100_000_000)][unit];
            let amount = Decimal::new(amount, scale);
            let yen = amount * Decimal::from(factor);
            let text = texts("ja").in_myriads(yen.trunc().mantissa().try_into().unwrap()) + "円";
            let expected = yen.is_integer() && text != format!("{}{unit}", grouped(amount.normalize()));
            prop_assert_eq!(texts("ja").yen(amount, unit), expected.then_some(text));
        }
    }
}
