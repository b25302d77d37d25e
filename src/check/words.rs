//! Sentences, quantities and words of texts, for the lints that compare texts with each other and with figures.

use crate::diagnostic::Span;
use crate::model::{FiscalYear, Prose, half_width};
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use std::ops::Range;

/// A sentence, a line or a cell of a table, without the marker of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sentence<'t> {
    pub(super) text: &'t str,
    /// Offset in the whole text.
    pub(super) start: usize,
}

/// All sentences of a text.
pub(super) fn sentences(text: &str) -> Vec<Sentence<'_>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for part in text.split_inclusive(['。', '\n', '|']) {
        let body = part.trim_end_matches(['。', '\n', '|', '\r', ' ', '　']);
        let marker = |char: char| char.is_whitespace() || matches!(char, '-' | '*' | '#' | '>' | '・' | '+');
        let trimmed = body.trim_start_matches(marker);
        if !trimmed.is_empty() {
            sentences.push(Sentence { text: trimmed, start: start + body.len() - trimmed.len() });
        }
        start += part.len();
    }
    sentences
}

/// Returns true if a text contains any of the words.
pub(super) fn contains_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// Returns true for the title of a section about plans rather than results.
pub(super) fn is_plan_title(title: &str) -> bool {
    contains_any(title, &["計画", "目標", "予定", "今後", "方針", "方向"])
}

/// Returns true for kanji and katakana, the characters of nouns.
pub(super) fn is_noun_char(char: char) -> bool {
    matches!(char, '一'..='鿿' | 'ァ'..='ヺ' | 'ー' | '々')
}

/// The kanji and katakana at the end of a text.
pub(super) fn noun_at_end(text: &str) -> &str {
    let start = text.char_indices().rev().find(|(_, char)| !is_noun_char(*char));
    text.get(start.map_or(0, |(at, char)| at + char.len_utf8())..).unwrap_or_default()
}

/// The integer at the end of a text, with its offset.
pub(super) fn integer_at_end(text: &str) -> Option<(usize, u32)> {
    let start = text.trim_end_matches(|char| half_width(char).is_ascii_digit()).len();
    let digits: String = text.get(start..)?.chars().map(half_width).collect();
    Some((start, digits.parse().ok()?))
}

/// Span of a range of a text.
pub(super) fn span_in(prose: &Prose, range: Range<usize>) -> Span {
    let start = prose.span.range().start;
    Span::new(prose.span.source, start + range.start..start + range.end)
}

/// A number in a text with the words after it, which begin with its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quantity<'t> {
    /// Number in units of one: 38万5千 is 385000.
    pub(super) number: Decimal,
    /// Digits as written, without separators.
    pub(super) digits: String,
    /// Text after the number and its 万 or 千.
    pub(super) after: &'t str,
    /// Range of the number in the text.
    pub(super) range: Range<usize>,
}

impl<'t> Quantity<'t> {
    /// Unit: the characters up to the next particle, space or punctuation mark. か所 is the only unit with hiragana.
    pub(super) fn unit(&self) -> &'t str {
        let is_end =
            |char: char| matches!(char, 'ぁ'..='ゖ' | '、' | '，' | '（' | '(' | '）' | ')' | '。' | ' ' | '～');
        let end = if self.after.starts_with("か所") {
            "か所".len()
        } else {
            self.after.find(is_end).unwrap_or(self.after.len())
        };
        self.after.get(..end).unwrap_or_default()
    }

    /// Returns true if the number is followed by `unit`, which must be [`plain_unit`]. The name of an era or a year before
    /// it makes it a date.
    pub(super) fn has_unit(&self, unit: &str) -> bool {
        let after: String = self.after.chars().take(unit.chars().count()).map(half_width).collect();
        let rest = self.after.get(unit.len()..).unwrap_or_default();
        // 5回目 and 3年度 are not quantities in 回 and 年.
        !unit.is_empty() && after == unit && !rest.starts_with(['目', '度'])
    }
}

/// Unit and factor of a unit in thousands: `千円` is 円 and 1000.
pub(super) fn plain_unit(unit: &str) -> (String, Decimal) {
    let (mut rest, mut factor) = (unit.trim(), Decimal::ONE);
    for (word, value) in MULTIPLIERS {
        if let Some(after) = rest.strip_prefix(word).filter(|after| !after.is_empty()) {
            (rest, factor) = (after, factor * Decimal::from(value));
        }
    }
    (rest.chars().map(half_width).collect(), factor)
}

const MULTIPLIERS: [(&str, u64); 5] =
    [("百万", 1_000_000), ("億", 100_000_000), ("万", 10_000), ("千", 1_000), ("百", 100)];

/// All quantities of a text.
pub(super) fn quantities(text: &str) -> Vec<Quantity<'_>> {
    let mut found: Vec<Quantity<'_>> = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let Some(start) = find_digit(rest).map(|offset| at + offset) else { break };
        let (mut number, mut digits, mut end) = (Decimal::ZERO, String::new(), start);
        // 38万5千: each group of digits with its multiplier.
        while let Some((value, written, after)) = group(text, end) {
            let multiplied =
                MULTIPLIERS.iter().find(|(word, _)| text.get(after..).is_some_and(|it| it.starts_with(word)));
            let factor = multiplied.map_or(Decimal::ONE, |(_, factor)| Decimal::from(*factor));
            let sum = value.checked_mul(factor).and_then(|part| number.checked_add(part));
            let Some(sum) = sum else { break };
            (number, end) = (sum, after + multiplied.map_or(0, |(word, _)| word.len()));
            digits.push_str(&written);
            if multiplied.is_none() {
                break;
            }
        }
        at = end.max(start + 1);
        while !text.is_char_boundary(at) {
            at += 1;
        }
        if end > start {
            found.push(Quantity { number, digits, after: text.get(end..).unwrap_or_default(), range: start..end });
        }
    }
    found
}

/// Offset of the first digit, half-width or full-width. Bytes are compared, because most texts have few digits.
fn find_digit(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    (0..bytes.len())
        .find(|start| matches!(bytes.get(*start..), Some([b'0'..=b'9', ..] | [0xef, 0xbc, 0x90..=0x99, ..])))
}

/// Number that begins at `start`: its value, its digits, and the offset after it.
fn group(text: &str, start: usize) -> Option<(Decimal, String, usize)> {
    let (mut digits, mut end, mut has_point) = (String::new(), start, false);
    for (offset, char) in text.get(start..)?.char_indices() {
        let plain = half_width(char);
        let follows = |count: usize| {
            let after = text.get(start + offset + char.len_utf8()..).unwrap_or_default();
            after.chars().take_while(|char| half_width(*char).is_ascii_digit()).count() >= count
        };
        match plain {
            '0'..='9' => digits.push(plain),
            ',' if !has_point && !digits.is_empty() && follows(3) => {}
            '.' if !has_point && !digits.is_empty() && follows(1) => {
                has_point = true;
                digits.push('.');
            }
            _ => break,
        }
        end = start + offset + char.len_utf8();
    }
    Some((digits.parse().ok()?, digits, end))
}

/// Returns true if `written` is `right` with the mistakes of typing: digits in another order, or one digit added,
/// omitted or replaced.
pub(super) fn is_slip(written: &str, right: &str) -> bool {
    let sorted = |digits: &str| {
        let mut digits: Vec<char> = digits.chars().collect();
        digits.sort_unstable();
        digits
    };
    written != right && (sorted(written) == sorted(right) || strsim::levenshtein(written, right) == 1)
}

/// Pairs of adjacent kanji or katakana: the words of a text without its grammar.
pub(super) fn pairs(text: &str) -> BTreeSet<[char; 2]> {
    let chars: Vec<char> = text.chars().collect();
    let is_kanji = |char: char| ('一'..='鿿').contains(&char) || char == '々';
    let is_katakana = |char: char| ('ァ'..='ヺ').contains(&char) || char == 'ー';
    let pairs = chars.windows(2).filter_map(|pair| match pair {
        [one, other] if is_kanji(*one) && is_kanji(*other) || is_katakana(*one) && is_katakana(*other) => {
            Some([*one, *other])
        }
        _ => None,
    });
    pairs.collect()
}

/// All pairs of adjacent characters.
pub(super) fn pairs_of(text: &str) -> impl Iterator<Item = [char; 2]> {
    text.chars().zip(text.chars().skip(1)).map(|(one, other)| [one, other])
}

/// Fiscal years that a text names with their era (令和7年度, R7年度), and the positions of their eras.
pub(super) fn fiscal_years(text: &str) -> impl Iterator<Item = (usize, FiscalYear)> {
    text.match_indices("年度").filter_map(|(end, _)| {
        let before = text.get(..end)?;
        let digits = before.trim_end_matches(|char| half_width(char).is_ascii_digit() || char == '元').len();
        let era = ["令和", "平成", "R", "H", "Ｒ", "Ｈ"]
            .into_iter()
            .find(|era| before.get(..digits).is_some_and(|of| of.ends_with(era)))?;
        let at = digits - era.len();
        Some((at, FiscalYear::parse(before.get(at..)?)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fiscal_years_have_an_era() {
        let found = |text: &str| fiscal_years(text).map(|(at, year)| (at, year.0)).collect::<Vec<_>>();
        assert_eq!(found("令和７年度、平成元年度とR5年度"), [(0, 2025), (18, 1989), (36, 2023)]);
        assert_eq!(found("前年度と2025年度の7年度分"), []);
    }

    #[test]
    fn splits_sentences_lines_and_cells() {
        let found =
            |text| sentences(text).into_iter().map(|sentence| (sentence.text, sentence.start)).collect::<Vec<_>>();
        assert_eq!(found("- 一。二\n"), [("一", 2), ("二", 8)]);
        assert_eq!(found("| a | b |\n"), [("a", 2), ("b", 6)]);
        assert_eq!(found("。\n\n"), []);
    }

    #[test]
    fn reads_quantities_with_multipliers() {
        let found = |text: &str| {
            quantities(text)
                .into_iter()
                .map(|it| format!("{}|{}|{}", it.number, it.digits, it.after))
                .collect::<Vec<_>>()
        };
        assert_eq!(found("約38万5千人"), ["385000|385|人"]);
        assert_eq!(found("１，２３４千円と9.5％"), ["1234000|1234|円と9.5％", "9.5|9.5|％"]);
        assert_eq!(found("2,3町"), ["2|2|,3町", "3|3|町"]);
        assert_eq!(found("なし"), [""; 0]);
    }

    #[test]
    fn compares_units_without_thousands() {
        assert_eq!(plain_unit("千円"), ("円".to_owned(), Decimal::from(1000)));
        assert_eq!(plain_unit("％"), ("%".to_owned(), Decimal::ONE));
        let quantity = |text| quantities(text).into_iter().next().unwrap();
        assert!(quantity("12％").has_unit("%"));
        assert!(!quantity("3回目").has_unit("回"));
    }

    #[test]
    fn reads_units_up_to_particles() {
        let unit = |text| quantities(text).into_iter().next().unwrap().unit();
        assert_eq!(unit("139品目であった"), "品目");
        assert_eq!(unit("3か所に"), "か所");
        assert_eq!(unit("12件（うち2件）"), "件");
    }

    #[test]
    fn reads_ends_of_texts() {
        assert_eq!(noun_at_end("市内の全小学校"), "全小学校");
        assert_eq!(noun_at_end("フェアは"), "");
        assert_eq!(integer_at_end("令和5年１２"), Some(("令和5年".len(), 12)));
        assert_eq!(integer_at_end("毎"), None);
    }

    #[test]
    fn recognizes_slips_of_typing() {
        for (written, right) in [("140", "104"), ("17", "7"), ("1500", "15000"), ("404", "440"), ("79", "70")] {
            assert!(is_slip(written, right), "{written} {right}");
        }
        for (written, right) in [("12", "12"), ("25", "18"), ("1234", "12")] {
            assert!(!is_slip(written, right), "{written} {right}");
        }
    }

    #[test]
    fn words_are_pairs_of_kanji_or_katakana() {
        assert_eq!(pairs("移住の相談"), BTreeSet::from([['移', '住'], ['相', '談']]));
        assert_eq!(pairs("フェアと回"), BTreeSet::from([['フ', 'ェ'], ['ェ', 'ア']]));
    }
}
