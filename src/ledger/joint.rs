//! Cells that hold two things: number and name of a node (`101 子育て支援事業`), first and last year of a period
//! (`R5～R9`).

use super::year::stated_year;
use unicode_normalization::UnicodeNormalization;

/// Number and name in a text, which a blank or a mark separates; `None` if nothing does. `3歳児健診` has no number.
pub fn number_and_name(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let (inner, is_bracketed) = match text.strip_prefix(['(', '（', '[', '［', '【']) {
        Some(inner) => (inner, true),
        None => (text, false),
    };
    let is_roman = |c: char| ('\u{2160}'..='\u{217f}').contains(&c);
    let is_circled = |c: char| ('\u{2460}'..='\u{2473}').contains(&c);
    let is_of_number = |c: char| {
        c.nfkc().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.')) || matches!(c, '‐' | '－') || is_roman(c)
    };
    let end = inner.find(|c| !is_of_number(c)).unwrap_or(inner.len());
    let number = inner.get(..end)?;
    let number = number.trim_end_matches(['.', '．', '-', '－', '‐']);
    let rest = inner.get(number.len()..)?;
    let is_separator = |c: char| c.is_whitespace() || "._-:、)]．＿：）］】‐－".contains(c);
    let name = rest.trim_start_matches(is_separator).trim_end();
    let is_number = number.nfkc().any(|c| c.is_ascii_digit()) || number.chars().any(is_roman);
    let is_apart = name.len() < rest.len() || number.ends_with(is_circled);
    let is_closed = !is_bracketed || rest.starts_with([')', '）', ']', '］', '】']);
    (is_number && is_apart && is_closed && !name.is_empty()).then_some((number, name))
}

/// Texts of the first and last year in a text, each empty if that end is open: `R5～R9`, `令和5年度～`, `令和5～－`.
/// `None` if it is no range. Hyphens separate only years.
pub fn period_ends<'t>(text: &'t str) -> Option<(&'t str, &'t str)> {
    let is_dash = |c: char| "-－―‐–—−ー─ｰ".contains(c);
    // A dash in place of a year leaves the end open.
    let end = |end: &'t str| if end.chars().all(|c| is_dash(c) || c.is_whitespace()) { "" } else { end.trim() };
    for separator in ["～", "~", "〜", "→", "から"] {
        if let Some((from, to)) = text.split_once(separator) {
            let ends = (end(from), end(to.trim().trim_end_matches("まで")));
            return (ends != ("", "")).then_some(ends);
        }
    }
    let mut hyphens = text.char_indices().filter(|(_, c)| is_dash(*c));
    hyphens.find_map(|(at, c)| {
        let (from, to) = (text.get(..at)?.trim(), text.get(at + c.len_utf8()..)?.trim());
        stated_year(from).zip(stated_year(to)).map(|_| (from, to))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_separates_number_and_name() {
        let check = |text: &str, expect: Option<(&str, &str)>| assert_eq!(number_and_name(text), expect, "{text}");
        check("101 子育て支援事業", Some(("101", "子育て支援事業")));
        check("０１０１　見守り", Some(("０１０１", "見守り")));
        check("1-2-3：３歳児健診", Some(("1-2-3", "３歳児健診")));
        check("1. 福祉 の充実", Some(("1", "福祉 の充実")));
        check("（12）清掃", Some(("12", "清掃")));
        check("①清掃", Some(("①", "清掃")));
        check("Ⅱ まち", Some(("Ⅱ", "まち")));
        check("3歳児健診", None);
        check("AI 活用事業", None);
        check("子育て支援事業", None);
        check("101", None);
        check("", None);
    }

    #[test]
    fn periods_have_two_ends() {
        let check = |text: &str, expect: Option<(&str, &str)>| assert_eq!(period_ends(text), expect, "{text}");
        check("R5~R9", Some(("R5", "R9")));
        check("令和5年度～", Some(("令和5年度", "")));
        check("令和5～－", Some(("令和5", "")));
        check("～ R9", Some(("", "R9")));
        check("平成13年度から令和9年度まで", Some(("平成13年度", "令和9年度")));
        check("H12-R8", Some(("H12", "R8")));
        check("2023－2027", Some(("2023", "2027")));
        check("1-2", None);
        check("単年度", None);
        check("－", None);
        check("～", None);
    }
}
