//! Figures in digits, as readers see them. Not a digit is changed.

use rust_decimal::Decimal;

/// The text of a plain number given as a TOML integer or float: `9463` → `9,463`.
///
/// Only separators are added; not a digit is changed.
pub fn with_separators(digits: &str) -> String {
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", digits.strip_prefix('+').unwrap_or(digits)),
    };
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let mut out = String::with_capacity(digits.len() + digits.len() / 2 + 1);
    out.push_str(sign);
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// A decimal with separators and with all its decimal places: `-1,234.50`.
pub fn grouped(number: Decimal) -> String {
    let mut out = String::with_capacity(16);
    push_decimal(&mut out, number, ",");
    out
}

/// Writes a decimal with all its decimal places, and `between` before every three digits.
pub(crate) fn push_decimal(out: &mut String, number: Decimal, between: &str) {
    if number.is_sign_negative() {
        out.push('-');
    }
    let units = number.mantissa().unsigned_abs();
    if number.scale() == 0 {
        return push_whole(out, units, between);
    }
    let mut one = 10_u128.saturating_pow(number.scale());
    push_whole(out, units / one, between);
    out.push('.');
    while one > 1 {
        one /= 10;
        push_digit(out, (units / one % 10) as u32);
    }
}

/// Writes a whole number, and `between` before every three digits but the first.
pub(crate) fn push_whole(out: &mut String, number: u128, between: &str) {
    let last = if number < 1_000 {
        number as u32
    } else {
        push_whole(out, number / 1_000, between);
        out.push_str(between);
        (number % 1_000) as u32
    };
    if number >= 100 {
        push_digit(out, last / 100);
    }
    if number >= 10 {
        push_digit(out, last / 10 % 10);
    }
    push_digit(out, last % 10);
}

/// Writes one digit.
pub(crate) fn push_digit(out: &mut String, digit: u32) {
    out.push(char::from(b'0' + digit as u8));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn separators_stand_before_every_three_digits() {
        for (number, expect) in [
            ("0", "0"),
            ("100", "100"),
            ("1000", "1,000"),
            ("-1050009.050", "-1,050,009.050"),
            ("0.05", "0.05"),
            ("79228162514264337593543950335", "79,228,162,514,264,337,593,543,950,335"),
        ] {
            assert_eq!(grouped(number.parse().unwrap()), expect);
            assert_eq!(with_separators(number), expect);
        }
    }

    proptest! {
        #[test]
        fn a_decimal_keeps_all_its_digits(bits in any::<u128>(), shift in 0_u32..96, scale in 0_u32..=28, minus: bool) {
            let mantissa = ((bits >> 32) >> shift) as i128;
            let number = Decimal::from_i128_with_scale(if minus { -mantissa } else { mantissa }, scale);
            let mut plain = String::new();
            push_decimal(&mut plain, number, "");
            prop_assert_eq!(&plain, &number.to_string());
            prop_assert_eq!(grouped(number), with_separators(&plain));
        }
    }
}
