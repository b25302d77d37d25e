//! Units of money and conversion between them.

use rust_decimal::Decimal;

/// Monetary units used in reports, with their values in yen.
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

/// Converts `amount` from the unit `from` to the unit `to`: 5,000円 → 5千円. `None` if the units differ and one of them
/// is not a monetary unit, or on overflow.
pub fn convert_unit(amount: Decimal, from: &str, to: &str) -> Option<Decimal> {
    if from == to {
        return Some(amount);
    }
    let yen = |unit: &str| UNITS.iter().find(|(name, _)| *name == unit).map(|(_, yen)| Decimal::from(*yen));
    Some(amount.checked_mul(yen(from)?)?.checked_div(yen(to)?)?.normalize())
}

/// Absolute value in yen of an `amount` in `unit`. `None` if `unit` is not a monetary unit, if the
/// result is zero or not a whole number, or on overflow (above 1,800京円).
pub fn yen_of(amount: Decimal, unit: &str) -> Option<u64> {
    let (_, factor) = UNITS.iter().find(|(name, _)| *name == unit)?;
    let scaled = amount.mantissa().unsigned_abs().checked_mul(*factor)?;
    let yen = match amount.scale() {
        0 => scaled,
        scale => {
            let divisor = 10_u128.checked_pow(scale)?;
            (scaled % divisor == 0).then_some(scaled / divisor)?
        }
    };
    u64::try_from(yen).ok().filter(|yen| *yen != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn converts_between_units_of_money() {
        let convert = |amount: &str, from, to| {
            convert_unit(amount.parse().unwrap(), from, to).map(|amount: Decimal| amount.to_string())
        };
        assert_eq!(convert("5000", "円", "千円").as_deref(), Some("5"));
        assert_eq!(convert("1234567", "円", "百万円").as_deref(), Some("1.234567"));
        assert_eq!(convert("3.50", "億円", "千円").as_deref(), Some("350000"));
        assert_eq!(convert("12.50", "人", "人").as_deref(), Some("12.50"));
        assert_eq!(convert("12", "人", "千円"), None);
        assert_eq!(convert("79228162514264337593543950335", "兆円", "円"), None);
    }

    #[test]
    fn an_amount_in_yen_is_whole_and_not_zero() {
        let check = |amount: &str, unit, expect| assert_eq!(yen_of(amount.parse().unwrap(), unit), expect);
        check("12.5", "千円", Some(12_500));
        check("-3", "百万円", Some(3_000_000));
        check("0.0005", "千円", None);
        check("0", "円", None);
        check("12", "人", None);
        check("79228162514264337593543950335", "円", None);
    }
}
