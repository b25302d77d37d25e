//! Codes of local governments.

use super::fiscal_year::half_width;
use std::fmt;

/// 全国地方公共団体コード: two digits for the prefecture, three for the municipality, and a check digit.
///
/// The check digit is defined by the ministry (総務省「全国地方公共団体コード」) by modulus 11 with the weights 6 to 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionCode(String);

/// Reason why a text is not a [`RegionCode`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegionCodeError {
    /// Not five or six digits, or no prefecture.
    NotACode,
    /// The check digit is missing; the complete code.
    WithoutCheckDigit(RegionCode),
    /// The check digit is wrong; the code with the right one.
    WrongCheckDigit(RegionCode),
}

impl RegionCode {
    /// Parses a code of six digits: `032069`.
    ///
    /// # Errors
    /// Fails if the text is not a code, or its check digit is missing or wrong.
    pub fn parse(written: &str) -> Result<Self, RegionCodeError> {
        let code: String = written.trim().chars().map(half_width).collect();
        let is_number = (5..=6).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit());
        let prefecture = code.get(..2).and_then(|digits| digits.parse::<u32>().ok());
        if !is_number || !prefecture.is_some_and(|prefecture| (1..=47).contains(&prefecture)) {
            return Err(RegionCodeError::NotACode);
        }
        let number: String = code.chars().take(5).collect();
        let complete = Self(format!("{number}{}", check_digit(&number)));
        match code.len() {
            5 => Err(RegionCodeError::WithoutCheckDigit(complete)),
            _ if complete.0 == code => Ok(complete),
            _ => Err(RegionCodeError::WrongCheckDigit(complete)),
        }
    }

    /// The six digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Check digit of the five digits before it: the last digit of 11 minus the remainder of the weighted sum.
fn check_digit(number: &str) -> u32 {
    let digits = number.chars().filter_map(|digit| digit.to_digit(10));
    let sum: u32 = digits.zip([6, 5, 4, 3, 2]).map(|(digit, weight)| digit * weight).sum();
    (11 - sum % 11) % 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verifies_the_check_digit() {
        for code in ["032069", "011002", "131016", "473821", "010006", "０３２０６９"] {
            assert!(RegionCode::parse(code).is_ok(), "{code}");
        }
        let right = RegionCode::parse("032069").unwrap();
        assert_eq!(RegionCode::parse("03206"), Err(RegionCodeError::WithoutCheckDigit(right.clone())));
        for last in 0..9 {
            assert_eq!(
                RegionCode::parse(&format!("03206{last}")),
                Err(RegionCodeError::WrongCheckDigit(right.clone())),
                "{last}"
            );
        }
        for written in ["", "3206", "0320690", "北上市", "482069", "002069", "03-206"] {
            assert_eq!(RegionCode::parse(written), Err(RegionCodeError::NotACode), "{written}");
        }
    }
}
