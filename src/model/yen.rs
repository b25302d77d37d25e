//! Amounts of money in large-unit form (億・万円), as they are spoken: 5億2,658万6千円.
//!
//! Reports print 526,586 in a table of 千円. The figure is shown as printed; the large-unit form is shown next to it
//! and denotes exactly the same amount.

use super::digits::grouped;
use super::value::{Bound, Value};
use crate::diagnostic::Lang;
use rust_decimal::Decimal;

/// Units in which reports count money, with their value in yen.
const UNITS: [(&str, u128); 9] = [
    ("円", 1),
    ("千円", 1_000),
    ("万円", 10_000),
    ("十万円", 100_000),
    ("百万円", 1_000_000),
    ("千万円", 10_000_000),
    ("億円", 100_000_000),
    ("十億円", 1_000_000_000),
    ("兆円", 1_000_000_000_000),
];
/// Large units of Japanese numerals, largest first.
const GREAT: [(&str, u128); 3] = [("兆", 1_000_000_000_000), ("億", 100_000_000), ("万", 10_000)];

/// Large-unit form of a printed amount, with the word of its bound: 約3億円. `None` if the value is not a single
/// number, or if [`yen_in_words`] returns `None`.
///
/// `unit` is the unit of the table; a unit in the cell itself takes precedence.
pub fn amount_in_words(value: &Value, unit: &str, lang: Lang) -> Option<String> {
    let number = value.number()?;
    let words = yen_in_words(number.decimal, number.unit.as_deref().unwrap_or(unit), lang)?;
    let (before, after) = match (number.bound, lang) {
        (Bound::Exact, _) => ("", ""),
        (Bound::AtLeast, Lang::Ja) => ("", "以上"),
        (Bound::AtMost, Lang::Ja) => ("", "以下"),
        (Bound::Above, Lang::Ja) => ("", "超"),
        (Bound::Below, Lang::Ja) => ("", "未満"),
        (Bound::About, Lang::Ja) => ("約", ""),
        (Bound::AtLeast, Lang::En) => ("at least ", ""),
        (Bound::AtMost, Lang::En) => ("at most ", ""),
        (Bound::Above, Lang::En) => ("more than ", ""),
        (Bound::Below, Lang::En) => ("less than ", ""),
        (Bound::About, Lang::En) => ("about ", ""),
    };
    let exact = before.is_empty() && after.is_empty();
    Some(if exact { words } else { [before, &words, after].concat() })
}

/// Converts `amount` from the unit `from` to the unit `to`: 5,000円 → 5千円. `None` if the units differ and one of them
/// is not a unit of money, or on overflow.
pub fn count_in(to: &str, amount: Decimal, from: &str) -> Option<Decimal> {
    if from == to {
        return Some(amount);
    }
    let yen = |unit: &str| UNITS.iter().find(|(name, _)| *name == unit).map(|(_, yen)| Decimal::from(*yen));
    Some(amount.checked_mul(yen(from)?)?.checked_div(yen(to)?)?.normalize())
}

/// Large-unit form of `amount` in `unit`, exact to the yen (in English: yen in digits). `None` if `unit` is not a unit
/// of money, if the amount is not a whole number of yen, if it is zero, or if the result reads the same as the amount
/// in its own unit.
pub fn yen_in_words(amount: Decimal, unit: &str, lang: Lang) -> Option<String> {
    let (_, factor) = UNITS.iter().find(|(name, _)| *name == unit)?;
    let counted = amount.mantissa().unsigned_abs().checked_mul(*factor)?;
    let parts = 10_u128.checked_pow(amount.scale())?;
    let yen = counted / parts;
    if yen == 0 || counted % parts != 0 {
        return None;
    }
    let sign = if amount.is_sign_negative() { "−" } else { "" };
    let words = match lang {
        Lang::Ja => [sign, &in_great_numbers(yen)].concat(),
        Lang::En => [sign, &grouped(yen), " yen"].concat(),
    };
    // A single number in the unit of the amount is necessarily the amount as printed.
    let printed = words.strip_suffix(unit).is_some_and(|number| !number.contains(['兆', '億', '万', '千']));
    (!printed).then_some(words)
}

/// Formats 526,586,000 as 5億2,658万6千円. Whole thousands end in 千円, other amounts in 円.
fn in_great_numbers(yen: u128) -> String {
    let (mut words, mut rest) = (String::new(), yen);
    for (name, size) in GREAT {
        if rest >= size {
            words += &grouped(rest / size);
            words += name;
            rest %= size;
        }
    }
    match rest {
        0 => {}
        rest if rest % 1_000 == 0 => words += &[&grouped(rest / 1_000), "千"].concat(),
        rest => words += &grouped(rest),
    }
    words + "円"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;
    use crate::model::{Content, grouped};
    use proptest::prelude::*;

    fn check(printed: &str, unit: &str, expect: Option<&str>) {
        let value = Value::parse(printed, Span::default()).expect("a value of the grammar");
        assert_eq!(amount_in_words(&value, unit, Lang::Ja).as_deref(), expect, "{printed}{unit}");
    }

    #[test]
    fn formats_thousands_of_yen_in_large_units() {
        check("526,586", "千円", Some("5億2,658万6千円"));
        check("9,463", "千円", Some("946万3千円"));
        check("300", "千円", Some("30万円"));
        check("100,000", "千円", Some("1億円"));
        check("1,000,000,010", "千円", Some("1兆1万円"));
        check("200,005", "千円", Some("2億5千円"));
    }

    #[test]
    fn formats_amounts_exact_to_the_yen() {
        check("393,965", "円", Some("39万3,965円"));
        check("12.5", "千円", Some("1万2,500円"));
        check("31,269,048", "円", Some("3,126万9,048円"));
        check("1.2", "億円", Some("1億2,000万円"));
        check("0.0005", "千円", None);
    }

    #[test]
    fn keeps_bound_and_sign() {
        check("約3,000", "千円", Some("約300万円"));
        check("3,000以上", "千円", Some("300万円以上"));
        check("▲3,000", "千円", Some("−300万円"));
    }

    #[test]
    fn prefers_the_unit_of_the_cell() {
        check("45,000円", "千円", Some("4万5千円"));
        check("12人", "千円", None);
    }

    #[test]
    fn omits_redundant_zero_and_non_numeric_amounts() {
        check("6", "千円", None);
        check("500", "円", None);
        check("250", "万円", None);
        check("0", "千円", None);
        check("12", "人", None);
        for content in [Content::Missing, Content::Words, Content::Range(Decimal::ONE, Decimal::TEN)] {
            let value = Value::plain("—".to_owned(), content, Span::default());
            assert_eq!(amount_in_words(&value, "千円", Lang::Ja), None);
        }
    }

    #[test]
    fn converts_between_units_of_money() {
        let count = |amount: &str, from, to| {
            count_in(to, amount.parse().unwrap(), from).map(|amount: Decimal| amount.to_string())
        };
        assert_eq!(count("5000", "円", "千円").as_deref(), Some("5"));
        assert_eq!(count("1234567", "円", "百万円").as_deref(), Some("1.234567"));
        assert_eq!(count("3.50", "億円", "千円").as_deref(), Some("350000"));
        assert_eq!(count("12.50", "人", "人").as_deref(), Some("12.50"));
        assert_eq!(count("12", "人", "千円"), None);
        assert_eq!(count("79228162514264337593543950335", "兆円", "円"), None);
    }

    #[test]
    fn formats_english_amounts_in_yen() {
        let value = Value::parse("526,586以下", Span::default()).unwrap();
        assert_eq!(amount_in_words(&value, "千円", Lang::En).as_deref(), Some("at most 526,586,000 yen"));
    }

    /// Parses the large-unit form back to yen.
    fn yen(words: &str) -> Decimal {
        let mut sum = Decimal::ZERO;
        let mut digits = String::new();
        let mut rest = words.strip_suffix('円').expect("yen").chars().peekable();
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
        fn omits_only_redundant_amounts(amount in 1_i64..1_000_000_000, scale in 0_u32..4, unit in 0..UNITS.len()) {
            let (amount, (unit, factor)) = (Decimal::new(amount, scale), UNITS[unit]);
            let yen = amount * Decimal::from(factor);
            let words = in_great_numbers(yen.trunc().mantissa().unsigned_abs());
            let expected = yen.is_integer() && words != format!("{}{unit}", grouped(amount.normalize()));
            prop_assert_eq!(yen_in_words(amount, unit, Lang::Ja), expected.then_some(words));
        }

        #[test]
        fn large_units_sum_to_the_amount(amount in 1_i64..10_000_000_000_000) {
            if let Some(words) = yen_in_words(Decimal::from(amount), "千円", Lang::Ja) {
                prop_assert_eq!(yen(&words), Decimal::from(amount) * Decimal::ONE_THOUSAND);
            } else {
                prop_assert!(amount < 10);
            }
        }
    }
}
