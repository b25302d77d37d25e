//! Natural sort order of ids.

use std::cmp::Ordering;

/// Compares ids in natural order: runs of digits by their numeric value, so that `2` precedes `10`. This is
/// a total order: ids that differ only in leading zeros are compared as text.
pub fn natural_cmp(a: &str, b: &str) -> Ordering {
    let (mut rest_a, mut rest_b) = (a, b);
    loop {
        let ((x, after_x), (y, after_y)) = (split_chunk(rest_a), split_chunk(rest_b));
        if x.is_empty() || y.is_empty() {
            return x.len().cmp(&y.len()).then_with(|| a.cmp(b));
        }
        let numeric = x.starts_with(|c: char| c.is_ascii_digit()) && y.starts_with(|c: char| c.is_ascii_digit());
        let (p, q) = (x.trim_start_matches('0'), y.trim_start_matches('0'));
        let order = if numeric { p.len().cmp(&q.len()).then_with(|| p.cmp(q)) } else { x.cmp(y) };
        if order != Ordering::Equal {
            return order;
        }
        (rest_a, rest_b) = (after_x, after_y);
    }
}

/// Splits `text` after its longest prefix of only digits or only non-digits.
fn split_chunk(text: &str) -> (&str, &str) {
    let digit = text.bytes().next().is_some_and(|b| b.is_ascii_digit());
    let end = text.find(|c: char| c.is_ascii_digit() != digit).unwrap_or(text.len());
    text.split_at(end)
}
