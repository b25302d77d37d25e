//! First level of the search index of a site with many strategies: which strategies may contain a word.
//!
//! A gram is one, two or three adjacent characters of a text. The summary of a strategy contains the numbers of its
//! grams; the files of the site-level index list the strategies of each number. A search loads the files of the grams of
//! its words, and then only the indexes of strategies that have all of them. Different grams may have the same number,
//! so a strategy may be searched in vain, but none that contains the words is skipped.
//!
//! Grams consist of characters that `assets/search.js` folds as [`fold`] does, whatever the versions of Unicode: kana,
//! unified ideographs, ASCII letters and digits. Other characters separate grams, in texts and in queries alike.

use super::Summary;
use ahash::AHashSet;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

/// Largest number of strategies of a site without a first level: all their indexes are searched.
const FEW: usize = 50;

/// Number of different gram numbers.
const NUMBERS: usize = 1 << 18;

/// Number of files. Each has the rows of [`ROWS`] adjacent numbers.
pub const FILES: u8 = u8::MAX;
const ROWS: usize = NUMBERS / (FILES as usize + 1);

/// Digits of numbers in base 32, as in source maps: those of the second half continue with another digit.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Numbers of the grams of a strategy, encoded as their differences.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GramSet(String);

impl GramSet {
    /// Grams of lines of text. Lines often recur: headings, labels, and values that did not change.
    pub fn new<'t>(lines: impl IntoIterator<Item = &'t str>) -> Self {
        let mut found = vec![0_u64; NUMBERS / 64];
        let mut add = |number: usize| {
            if let Some(word) = found.get_mut(number / 64) {
                *word |= 1 << (number % 64);
            }
        };
        let (mut seen, mut folded) = (AHashSet::new(), Vec::new());
        for line in lines {
            if seen.insert(line) {
                fold_line(line, &mut folded);
                for_each_gram(&folded, &mut add);
            }
        }
        let words = (0..).zip(found);
        let numbers = words.flat_map(|(i, word)| set_bits(word).map(move |bit| 64 * i + bit));
        let mut encoded = Ascending::default();
        numbers.for_each(|number| encoded.push(number));
        Self(encoded.text)
    }

    /// The numbers, ascending. Damaged text ends them.
    fn numbers(&self) -> impl Iterator<Item = usize> {
        let mut digits = self.0.bytes().map_while(|byte| DIGITS.iter().position(|digit| *digit == byte));
        let mut next = 0;
        std::iter::from_fn(move || {
            let (mut gap, mut shift) = (0, 0);
            loop {
                let digit = digits.next()?;
                gap |= (digit & 31) << shift;
                shift += 5;
                if digit < 32 {
                    let number = next + gap;
                    next = number + 1;
                    return Some(number);
                }
                if shift > 20 {
                    return None;
                }
            }
        })
        .take_while(|number| *number < NUMBERS)
    }
}

/// Encoder of ascending numbers as their differences, less 1.
#[derive(Debug, Clone, Default)]
struct Ascending {
    text: String,
    next: usize,
}

impl Ascending {
    fn push(&mut self, number: usize) {
        debug_assert!(number >= self.next, "numbers ascend");
        let mut gap = number.saturating_sub(self.next);
        self.next = number + 1;
        loop {
            let digit = if gap < 32 { gap } else { 32 + gap % 32 };
            self.text.push(DIGITS.get(digit).map_or('A', |digit| char::from(*digit)));
            gap /= 32;
            if digit < 32 {
                return;
            }
        }
    }
}

/// Strategies by gram number.
#[derive(Debug)]
pub struct GramIndex(Vec<Ascending>);

impl GramIndex {
    /// Returns true if a site with these strategies has a first level: there are many strategies, and their grams are
    /// known. They are unknown in the preview, which therefore searches all strategies.
    pub fn is_needed(summaries: &[Summary]) -> bool {
        summaries.len() > FEW && summaries.iter().all(|summary| summary.grams.is_some())
    }

    /// Index of strategies, which are numbered in this order.
    pub fn new(summaries: &[Summary]) -> Self {
        let mut rows = vec![Ascending::default(); NUMBERS];
        for (strategy, summary) in summaries.iter().enumerate() {
            for number in summary.grams.iter().flat_map(GramSet::numbers) {
                if let Some(row) = rows.get_mut(number) {
                    row.push(strategy);
                }
            }
        }
        Self(rows)
    }

    /// Rows of the file with this number, separated by commas.
    pub fn file(&self, number: u8) -> String {
        let rows = self.0.iter().skip(usize::from(number) * ROWS).take(ROWS);
        rows.map(|row| row.text.as_str()).collect::<Vec<_>>().join(",")
    }
}

/// Positions of the set bits of a word, ascending.
fn set_bits(word: u64) -> impl Iterator<Item = usize> {
    let rest = std::iter::successors(Some(word), |rest| Some(rest & rest.wrapping_sub(1)));
    rest.take_while(|rest| *rest != 0).map(|rest| rest.trailing_zeros() as usize)
}

/// Calls `found` with the number of each gram in a folded line: single characters other than ASCII, pairs that are not
/// both ASCII, and triples of ASCII characters. Pairs of digits are too common to exclude a strategy.
fn for_each_gram(folded: &[char], mut found: impl FnMut(usize)) {
    // The last character with its hash, and the hash of the last pair if it is ASCII.
    let (mut last, mut pair): (Option<(char, u32)>, Option<u32>) = (None, None);
    for &c in folded {
        if c == SEPARATOR {
            (last, pair) = (None, None);
            continue;
        }
        let hash = extended(HASH_BASIS, c);
        pair = last.and_then(|(before, hash_before)| {
            let hash = extended(hash_before, c);
            if before.is_ascii() && c.is_ascii() {
                pair.iter().for_each(|pair| found(number(extended(*pair, c))));
                return Some(hash);
            }
            found(number(hash));
            None
        });
        if !c.is_ascii() {
            found(number(hash));
        }
        last = Some((c, hash));
    }
}

/// Basis of the 32-bit FNV-1a hash.
const HASH_BASIS: u32 = 0x811c_9dc5;

/// FNV-1a hash of a sequence extended by a character, which is in the basic plane.
fn extended(hash: u32, c: char) -> u32 {
    (hash ^ u32::from(c)).wrapping_mul(0x0100_0193)
}

/// Number of a gram with this hash, which is reduced to 18 bits.
fn number(hash: u32) -> usize {
    (hash ^ (hash >> 14)) as usize % NUMBERS
}

/// Character of a folded line in place of each that separates grams.
const SEPARATOR: char = '\0';

/// A character as `assets/search.js` folds it, as far as grams are concerned.
enum Folded {
    /// Part of grams.
    Part(char),
    /// Between grams.
    Separator,
    /// The comma, which separates groups of digits.
    Ignored,
    /// Character that the normalization of its line may change in another way than to narrow it.
    Uncommon,
}

/// Replaces `folded` by the folded characters of a line.
fn fold_line(line: &str, folded: &mut Vec<char>) {
    folded.clear();
    for c in line.chars() {
        match fold(c) {
            Folded::Part(c) => folded.push(c),
            Folded::Separator => folded.push(SEPARATOR),
            Folded::Ignored => {}
            Folded::Uncommon => {
                folded.clear();
                folded.extend(normalized(line).filter_map(|c| match fold(c) {
                    Folded::Part(c) => Some(c),
                    Folded::Separator | Folded::Uncommon => Some(SEPARATOR),
                    Folded::Ignored => None,
                }));
                return;
            }
        }
    }
}

/// Normalized lower-case text.
fn normalized(text: &str) -> impl Iterator<Item = char> {
    let is_selector = |c: &char| matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}');
    text.nfkc().map(narrow).flat_map(char::to_lowercase).filter(move |c| !is_selector(c))
}

/// Folds a character that is normalized, or that normalization leaves unchanged in any context or only narrows.
fn fold(c: char) -> Folded {
    match c {
        '\u{4e00}'..='\u{9fff}' | 'ぁ'..='ゖ' | 'ー' | '々' | 'a'..='z' | '0'..='9' => Folded::Part(c),
        'ァ'..='ヶ' => Folded::Part(hiragana(c)),
        'A'..='Z' => Folded::Part(c.to_ascii_lowercase()),
        ',' => Folded::Ignored,
        '\0'..='~' | '\u{3001}'..='\u{3029}' | 'ヷ'..='・' => Folded::Separator,
        '！'..='～' => fold(narrow(c)),
        _ => Folded::Uncommon,
    }
}

/// ASCII form of a full-width character.
fn narrow(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

fn hiragana(c: char) -> char {
    char::from_u32(u32::from(c) - 0x60).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn texts_of_any_width_and_kana_have_the_same_grams() {
        let base = GramSet::new(["まいなんばーかーど18104人"]);
        for text in ["マイナンバーカード18,104人", "ﾏｲﾅﾝﾊﾞｰｶｰﾄﾞ１８，１０４人", "マイナンハ\u{3099}ーカード18104人"]
        {
            assert_eq!(GramSet::new([text]), base, "{text}");
        }
        assert_ne!(GramSet::new(["まいなんばーかーど18105人"]), base);
        assert_eq!(GramSet::new(["12", "、…"]), GramSet::default(), "two digits and punctuation have no gram");
    }

    /// The browser test `search` expects the same numbers of `assets/search.js`.
    #[test]
    fn numbers_of_grams_are_stable() {
        let number = |gram: &str| number(gram.chars().fold(HASH_BASIS, extended));
        assert_eq!([number("橋"), number("待機"), number("181")], [167_660, 124_962, 32_345]);
    }

    proptest! {
        #[test]
        fn numbers_are_decoded_as_encoded(numbers in proptest::collection::btree_set(0..NUMBERS, 0..200)) {
            let mut encoded = Ascending::default();
            numbers.iter().for_each(|number| encoded.push(*number));
            prop_assert_eq!(GramSet(encoded.text).numbers().collect::<Vec<_>>(), numbers.into_iter().collect::<Vec<_>>());
        }

        #[test]
        fn damaged_sets_are_read_without_panic(text in ".*") {
            prop_assert!(GramSet(text).numbers().all(|number| number < NUMBERS));
        }

        #[test]
        fn lines_of_common_characters_need_no_normalization(c in any::<char>(), d in any::<char>()) {
            let is_common = |c: char| !matches!(fold(c), Folded::Uncommon);
            prop_assume!(is_common(c) && is_common(d));
            let text: String = [c, d].into_iter().collect();
            let narrowed: String = text.chars().map(narrow).collect();
            prop_assert_eq!(&text.nfkc().collect::<String>(), &narrowed);
            prop_assert_eq!(narrowed.to_lowercase(), narrowed.to_ascii_lowercase());
        }

        #[test]
        fn grams_of_a_part_are_grams_of_the_text(before in ".{0,5}", part in "[ぁ-んァ-ンー一-龥0-9a-z々]{1,8}", after in ".{0,5}") {
            // A combining mark after the part changes its last character.
            let after = format!("。{after}");
            let whole: Vec<_> = GramSet::new([format!("{before}{part}{after}").as_str()]).numbers().collect();
            prop_assert!(GramSet::new([part.as_str()]).numbers().all(|number| whole.contains(&number)));
        }
    }
}
