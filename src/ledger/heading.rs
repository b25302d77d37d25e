//! What headings state: fiscal years, and units of money.

use super::year::{count_of_era, stated_year};
use crate::model::FiscalYear;
use unicode_normalization::UnicodeNormalization;

/// Text without blanks, in compatibility form: `（Ａ） 計` → `(A)計`.
pub fn plain(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// Unit of money that a heading states in brackets: `人件費（千円）`.
pub fn stated_unit(heading: &str) -> Option<&'static str> {
    let heading = plain(heading);
    let is_stated = |unit: &str| {
        [format!("({unit})"), format!("単位:{unit}"), format!("単位{unit}")].iter().any(|part| heading.contains(part))
    };
    ["百万円", "億円", "千円", "万円", "円"].into_iter().find(|unit| is_stated(unit))
}

/// Year that a heading states, and the heading without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearLabel {
    /// The year; `None` if the heading does not state its era.
    pub year: Option<FiscalYear>,
    /// Rest of the heading.
    pub rest: String,
}

/// The year in a heading: `令和6年度 決算額`, `R6予算`, `決算（2019年度）`; `None` if there is none, or several.
pub fn year_in(heading: &str) -> Option<YearLabel> {
    let heading: String = heading.nfkc().collect();
    let mut years = Vec::new();
    let mut is_uncertain = false;
    let mut rest = String::new();
    let mut at = 0;
    while let Some(tail) = heading.get(at..).filter(|tail| !tail.is_empty()) {
        let before = rest.chars().next_back();
        if let Some((length, year)) = year_at(tail, before) {
            years.extend(year);
            is_uncertain |= year.is_none();
            at += length;
            continue;
        }
        let Some(c) = tail.chars().next() else { break };
        rest.push(c);
        at += c.len_utf8();
    }
    if years.is_empty() && !is_uncertain {
        return None;
    }
    years.dedup();
    let rest = rest.replace("()", "");
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || "_-・/:".contains(c)).to_owned();
    match years.as_slice() {
        [] => Some(YearLabel { year: None, rest }),
        [only] => Some(YearLabel { year: Some(*only), rest }),
        _ => None,
    }
}

/// Length of the year at the beginning of a text, and the year if its era is stated.
fn year_at(text: &str, before: Option<char>) -> Option<(usize, Option<FiscalYear>)> {
    const MAX: usize = 7;
    let ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(MAX).collect();
    let is_word = before.is_some_and(|c| c.is_ascii_alphanumeric());
    ends.into_iter().rev().find_map(|end| {
        let part = text.get(..end)?;
        let next = text.get(end..)?.chars().next();
        if part.ends_with(char::is_whitespace) || is_word || next.is_some_and(|c| c.is_ascii_digit()) {
            return None;
        }
        if let Some(year) = stated_year(part).filter(|_| !part.contains('(')) {
            return Some((end, Some(year)));
        }
        (part.ends_with('度') && count_of_era(part).is_some()).then_some((end, None))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_state_years() {
        let check = |heading: &str, expect: Option<(Option<i32>, &str)>| {
            let found = year_in(heading);
            let found = found.as_ref().map(|label| (label.year.map(|year| year.0), label.rest.as_str()));
            assert_eq!(found, expect, "{heading}");
        };
        check("令和6年度 決算額", Some((Some(2024), "決算額")));
        check("Ｒ４予算額", Some((Some(2022), "予算額")));
        check("令和元年度（2019年度）決算", Some((Some(2019), "決算")));
        check("3年度（2021年度）予算", Some((Some(2021), "予算")));
        check("21年度", Some((None, "")));
        check("2019", Some((Some(2019), "")));
        check("令和2年度 令和3年度", None);
        check("事業費計（A）", None);
        check("ID2024A", None);
        check("120195", None);
    }

    #[test]
    fn headings_state_units_of_money() {
        let check = |heading: &str, expect: Option<&str>| assert_eq!(stated_unit(heading), expect, "{heading}");
        check("人件費（千円）", Some("千円"));
        check("決算額 単位：円", Some("円"));
        check("単位当たりコスト", None);
        check("円滑化事業費", None);
    }
}
