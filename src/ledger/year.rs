//! Fiscal years in the labels of ledgers: `令和元年度（2019年度）`.

use crate::model::FiscalYear;

/// The fiscal year that a whole label states: a year, or one with the western year in brackets, which must be the
/// same. The era may be left out before brackets: `2年度（2020年度）`.
pub fn stated_year(label: &str) -> Option<FiscalYear> {
    let label = label.trim();
    let Some((before, western)) = label.strip_suffix(['）', ')']).and_then(|label| label.rsplit_once(['（', '(']))
    else {
        return FiscalYear::parse(label);
    };
    let western = FiscalYear::parse(western)?;
    match FiscalYear::parse(before) {
        Some(year) => (year == western).then_some(year),
        None => count_of_era(before).is_some_and(|count| has_count(western, count)).then_some(western),
    }
}

/// The year within an unnamed era: `2年度`, `元年`.
pub fn count_of_era(label: &str) -> Option<i32> {
    let label = label.trim();
    let count = label.strip_suffix("年度").or_else(|| label.strip_suffix('年'))?.trim();
    if count == "元" {
        return Some(1);
    }
    let is_number =
        count.chars().count() <= 2 && count.chars().all(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let digits = count.chars().map(|c| c.to_digit(10).or_else(|| u32::from(c).checked_sub(u32::from('０'))));
    let digits: Option<Vec<u32>> = digits.collect();
    let number = digits?.into_iter().fold(0, |number, digit| number * 10 + digit);
    is_number.then(|| i32::try_from(number).ok())?.filter(|count| *count > 0)
}

/// True if the year is the given one of any era.
fn has_count(year: FiscalYear, count: i32) -> bool {
    ["昭和", "平成", "令和"].iter().any(|era| FiscalYear::parse(&format!("{era}{count}")) == Some(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_state_years_with_and_without_brackets() {
        let check = |label: &str, expect: Option<i32>| assert_eq!(stated_year(label).map(|y| y.0), expect, "{label}");
        check("令和元年度（2019年度）", Some(2019));
        check("R6", Some(2024));
        check("2年度(2020年度)", Some(2020));
        check("元年度（2019）", Some(2019));
        check("21年度", None);
        check("令和2年度（2019年度）", None);
        check("3年度（2020年度）", None);
        check("決算（2020年度）", None);
    }
}
