//! Amounts of money in the great numbers in which they are spoken: 5億2,658万6千円.
//!
//! Reports print 526,586 in a table of 千円. The figure stays as printed; what is made here
//! stands beside it, and says exactly the same.

use super::digits::grouped;
use super::value::{Bound, Value};
use crate::diagnostic::Lang;
use rust_decimal::Decimal;

/// How many yen the units are in which reports count money.
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
/// The great numbers of Japanese, the greatest first.
const GREAT: [(&str, u128); 3] = [("兆", 1_000_000_000_000), ("億", 100_000_000), ("万", 10_000)];

/// A printed amount in great numbers, with the word of its bound: 約3億円. `None` where it is
/// no single number, or where that would say it as it is printed already.
///
/// `unit` is the unit of the table; a unit in the cell itself comes before it.
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

/// `amount`, counted in the unit `from`, counted in the unit `to`: 5,000円 are 5千円. `None` where a unit
/// is not one of money, or the number is too long.
pub fn count_in(to: &str, amount: Decimal, from: &str) -> Option<Decimal> {
    if from == to {
        return Some(amount);
    }
    let yen = |unit: &str| UNITS.iter().find(|(name, _)| *name == unit).map(|(_, yen)| Decimal::from(*yen));
    Some(amount.checked_mul(yen(from)?)?.checked_div(yen(to)?)?.normalize())
}

/// `amount`, counted in `unit`, in great numbers and to the last yen. `None` where the unit is
/// not one of money, where parts of a yen are left, or where nothing is said by it: zero, and
/// what reads as it does in its own unit.
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
    // One number in the very unit of the amount can be no other than the amount.
    let printed = words.strip_suffix(unit).is_some_and(|number| !number.contains(['兆', '億', '万', '千']));
    (!printed).then_some(words)
}

/// 526,586,000 → 5億2,658万6千円. Whole thousands end in 千円, what is finer in 円.
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
    fn thousands_of_yen_are_said_in_great_numbers() {
        check("526,586", "千円", Some("5億2,658万6千円"));
        check("9,463", "千円", Some("946万3千円"));
        check("300", "千円", Some("30万円"));
        check("100,000", "千円", Some("1億円"));
        check("1,000,000,010", "千円", Some("1兆1万円"));
        check("200,005", "千円", Some("2億5千円"));
    }

    #[test]
    fn every_yen_is_said() {
        check("393,965", "円", Some("39万3,965円"));
        check("12.5", "千円", Some("1万2,500円"));
        check("31,269,048", "円", Some("3,126万9,048円"));
        check("1.2", "億円", Some("1億2,000万円"));
        check("0.0005", "千円", None);
    }

    #[test]
    fn a_bound_and_a_sign_stay() {
        check("約3,000", "千円", Some("約300万円"));
        check("3,000以上", "千円", Some("300万円以上"));
        check("▲3,000", "千円", Some("−300万円"));
    }

    #[test]
    fn a_unit_in_the_cell_comes_first() {
        check("45,000円", "千円", Some("4万5千円"));
        check("12人", "千円", None);
    }

    #[test]
    fn nothing_is_said_twice_or_of_nothing() {
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
    fn an_amount_is_counted_in_another_unit() {
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
    fn english_counts_in_yen() {
        let value = Value::parse("526,586以下", Span::default()).unwrap();
        assert_eq!(amount_in_words(&value, "千円", Lang::En).as_deref(), Some("at most 526,586,000 yen"));
    }

    /// Adds up what the words say.
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
        fn only_what_reads_otherwise_is_said(amount in 1_i64..1_000_000_000, scale in 0_u32..4, unit in 0..UNITS.len()) {
            let (amount, (unit, factor)) = (Decimal::new(amount, scale), UNITS[unit]);
            let yen = amount * Decimal::from(factor);
            let words = in_great_numbers(yen.trunc().mantissa().unsigned_abs());
            let said = yen.is_integer() && words != format!("{}{unit}", grouped(amount.normalize()));
            prop_assert_eq!(yen_in_words(amount, unit, Lang::Ja), said.then_some(words));
        }

        #[test]
        fn the_words_add_up_to_the_amount(amount in 1_i64..10_000_000_000_000) {
            if let Some(words) = yen_in_words(Decimal::from(amount), "千円", Lang::Ja) {
                prop_assert_eq!(yen(&words), Decimal::from(amount) * Decimal::ONE_THOUSAND);
            } else {
                prop_assert!(amount < 10);
            }
        }
    }
}
