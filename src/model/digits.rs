//! Formatting of numbers with thousands separators.

use std::fmt::Display;

/// Formats a number with thousands separators: `9463` → `9,463`, `-1234.50` → `-1,234.50`.
///
/// Digits and decimal places are preserved; a leading `+` is dropped.
pub fn grouped(number: impl Display) -> String {
    let number = number.to_string();
    let (sign, digits) = match number.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", number.strip_prefix('+').unwrap_or(&number)),
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    #[test]
    fn groups_integer_digits_by_three() {
        for (number, expect) in [
            ("0", "0"),
            ("100", "100"),
            ("1000", "1,000"),
            ("-1050009.050", "-1,050,009.050"),
            ("0.05", "0.05"),
            ("79228162514264337593543950335", "79,228,162,514,264,337,593,543,950,335"),
        ] {
            assert_eq!(grouped(number.parse::<Decimal>().unwrap()), expect);
            assert_eq!(grouped(number), expect);
        }
    }

    proptest! {
        #[test]
        fn preserves_all_digits(bits in any::<u128>(), shift in 0_u32..96, scale in 0_u32..=28, minus: bool) {
            let mantissa = ((bits >> 32) >> shift) as i128;
            let number = Decimal::from_i128_with_scale(if minus { -mantissa } else { mantissa }, scale);
            prop_assert_eq!(grouped(number).replace(',', ""), number.to_string());
        }
    }
}
