//! Readings of names as ruby (ふりがな).
//!
//! A name gets ruby word by word if its kana show unambiguously which part of the reading belongs to which word:
//! `地域の魅力` and `ちいきのみりょく` agree on `の`. The lines of a long name then break between words. A name that cannot
//! be divided gets ruby as a whole if it is short; otherwise its reading is shown below it.

use crate::markdown::ruby;
use crate::site::view::values::html::Html;
use serde::Serialize;

/// Numbers of characters of a word and of its reading up to which it gets ruby: no line breaks within it, so that longer
/// ones would not fit on a line of a phone.
const MAX_BASE: usize = 8;
const MAX_READING: usize = 18;

/// Reading of a name, in the form in which a page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct ReadingView<'a> {
    /// Name with its reading as ruby; `None` if the name has no reading, or if ruby would be too long.
    pub ruby: Option<Html>,
    /// Reading to be shown below the name; `None` if there is none, or if it is shown as ruby.
    pub below: Option<&'a str>,
}

impl<'a> ReadingView<'a> {
    /// Reading of `name`; nothing if it has none.
    pub(crate) fn new(name: &str, reading: Option<&'a str>) -> Self {
        let Some(reading) = reading.filter(|reading| !reading.trim().is_empty()) else { return Self::default() };
        let words =
            divide(name, reading).unwrap_or_else(|| vec![Word { base: name, reading: Some(reading.to_owned()) }]);
        let fits = |word: &Word<'_>| {
            let Some(reading) = &word.reading else { return true };
            word.base.chars().count() <= MAX_BASE && reading.chars().count() <= MAX_READING
        };
        match words.iter().all(fits) {
            true => Self { ruby: Some(markup(&words)), below: None },
            false => Self { ruby: None, below: Some(reading) },
        }
    }
}

/// Part of a name: a word with its reading, or kana and punctuation without one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word<'n> {
    base: &'n str,
    reading: Option<String>,
}

fn markup(words: &[Word<'_>]) -> Html {
    let mut html = Html::default();
    for word in words {
        html = match &word.reading {
            Some(reading) => html.raw(&ruby::markup(word.base, reading)),
            None => html.text(word.base),
        };
    }
    html
}

/// Hiragana of a katakana character; any other character as it is.
fn folded(char: char) -> char {
    match char {
        'ァ'..='ヶ' => char::from_u32(char as u32 - 0x60).unwrap_or(char),
        _ => char,
    }
}

fn is_kana(char: char) -> bool {
    matches!(char, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー')
}

fn is_kanji(char: char) -> bool {
    matches!(char, '々' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}')
}

/// A word to be read is kanji, letters or digits; all else separates words, and so do digits that the reading repeats.
fn is_read(char: char, reading: &[char]) -> bool {
    let is_word = !is_kana(char) && char.is_alphanumeric() || char == '々';
    is_word && (is_kanji(char) || !reading.contains(&char))
}

/// Divides a name into words with their readings; `None` unless there is exactly one way to do so.
fn divide<'n>(name: &'n str, reading: &str) -> Option<Vec<Word<'n>>> {
    let reading: Vec<char> = reading.chars().collect();
    let mut parts: Vec<(&'n str, bool)> = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let kind = is_read(first, &reading);
        let end = rest.find(|char| is_read(char, &reading) != kind).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        parts.push((part, kind));
        rest = after;
    }
    let lengths = only_division(&parts, &reading)?;
    let mut words = Vec::with_capacity(parts.len());
    let mut from = 0;
    for ((base, is_read), length) in parts.into_iter().zip(lengths) {
        let kana = reading.get(from..from + length)?.iter().collect();
        from += length;
        words.push(Word { base, reading: is_read.then_some(kana) });
    }
    Some(words)
}

/// Lengths of the readings of all parts; `None` unless exactly one assignment fits.
fn only_division(parts: &[(&str, bool)], reading: &[char]) -> Option<Vec<usize>> {
    // For each part, from the last, and each position: the number of ways in which the rest fits, at most 2.
    let end = reading.len();
    let mut ways = vec![vec![0_u8; end + 1]; parts.len() + 1];
    *ways.last_mut()?.last_mut()? = 1;
    for (index, part) in parts.iter().enumerate().rev() {
        let (before, after) = ways.split_at_mut(index + 1);
        let (row, next) = (before.last_mut()?, after.first()?);
        for (from, count) in row.iter_mut().enumerate() {
            let fitting = possible_lengths(*part, reading.get(from..)?);
            *count = fitting.filter_map(|length| next.get(from + length)).fold(0, |sum, ways| (sum + ways).min(2));
        }
    }
    let mut from = 0;
    let mut lengths = Vec::with_capacity(parts.len());
    (*ways.first()?.first()? == 1).then_some(())?;
    for (index, part) in parts.iter().enumerate() {
        let next = ways.get(index + 1)?;
        let fits = |length: &usize| next.get(from + length).is_some_and(|ways| *ways == 1);
        let length = possible_lengths(*part, reading.get(from..)?).find(fits)?;
        from += length;
        lengths.push(length);
    }
    Some(lengths)
}

/// Lengths of the beginnings of `reading` that can be the reading of a part: for kana the same kana; for punctuation the
/// same or none; for a word at least one kana per kanji.
fn possible_lengths<'r>((part, is_read): (&str, bool), reading: &'r [char]) -> impl Iterator<Item = usize> + use<'r> {
    const MAX_PER_CHARACTER: usize = 6;
    let (least, most) = if is_read {
        let kanji = part.chars().filter(|char| is_kanji(*char)).count();
        let word = reading.iter().take_while(|char| is_kana(**char)).count();
        (kanji.max(1), word.min(part.chars().count() * MAX_PER_CHARACTER))
    } else {
        let mut read = 0;
        let matches = part.chars().all(|char| {
            let same = reading.get(read).is_some_and(|kana| folded(*kana) == folded(char));
            read += usize::from(same);
            same || !is_kana(char)
        });
        if matches { (read, read) } else { (1, 0) }
    };
    least..=most
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The name with `[漢字:かんじ]` for ruby, or with the reading below it after a line break.
    fn shown(name: &str, reading: &str) -> String {
        let view = ReadingView::new(name, Some(reading));
        match (view.ruby, view.below) {
            (Some(ruby), None) => {
                let ruby = ruby.to_string().replace("<ruby>", "[").replace("<rp>（</rp><rt aria-hidden=\"true\">", ":");
                ruby.replace("</rt><rp>）</rp></ruby>", "]")
            }
            (None, Some(reading)) => format!("{name}\n{reading}"),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_name_gets_ruby_word_by_word() {
        for (name, reading, expected) in [
            (
                "北上市版総合戦略",
                "きたかみしばんそうごうせんりゃく",
                "[北上市版総合戦略:きたかみしばんそうごうせんりゃく]",
            ),
            ("地域の魅力", "ちいきのみりょく", "[地域:ちいき]の[魅力:みりょく]"),
            (
                "地域の魅力を活かした移住・定住の促進",
                "ちいきのみりょくをいかしたいじゅう・ていじゅうのそくしん",
                "[地域:ちいき]の[魅力:みりょく]を[活:い]かした[移住:いじゅう]・[定住:ていじゅう]の[促進:そくしん]",
            ),
            ("ＵＩターン", "ゆーあいたーん", "[ＵＩ:ゆーあい]ターン"),
            ("「空き家」の対策", "あきやのたいさく", "「[空:あ]き[家:や]」の[対策:たいさく]"),
            ("人々", "ひとびと", "[人々:ひとびと]"),
            ("平成29年度目標", "へいせい29ねんどもくひょう", "[平成:へいせい]29[年度目標:ねんどもくひょう]"),
        ] {
            assert_eq!(shown(name, reading), expected);
        }
    }

    #[test]
    fn an_ambiguous_short_name_gets_ruby_as_a_whole() {
        // い may belong to either word.
        assert_eq!(shown("貝い石", "かいいいし"), "[貝い石:かいいいし]");
    }

    #[test]
    fn the_reading_of_a_long_undivided_name_is_below_it() {
        let (name, reading) =
            ("行財政改革推進計画策定委員会", "ぎょうざいせいかいかくすいしんけいかくさくていいいんかい");
        assert_eq!(shown(name, reading), format!("{name}\n{reading}"));
        let (name, reading) = ("産業振興と雇用創出の一体的な推進", "よみがあわないなまえのよみ");
        assert_eq!(shown(name, reading), format!("{name}\n{reading}"));
    }

    #[test]
    fn a_name_without_a_reading_has_none() {
        assert_eq!(ReadingView::new("観光", None), ReadingView::default());
        assert_eq!(ReadingView::new("観光", Some(" ")), ReadingView::default());
    }

    #[test]
    fn names_are_escaped() {
        assert_eq!(shown("<b>観光&", "びーかんこう"), "[&lt;b&gt;観光&amp;:びーかんこう]");
    }

    proptest! {
        #[test]
        fn ruby_preserves_name_and_reading(name in "[a市観光のと・ー<ア]{1,14}", reading in "[いしかんこうのとあ・ー]{1,20}") {
            let view = ReadingView::new(&name, Some(&reading));
            prop_assert!(view.ruby.is_some() != view.below.is_some());
            if let Some(words) = divide(&name, &reading) {
                prop_assert_eq!(words.iter().map(|word| word.base).collect::<String>(), name);
            }
        }
    }
}
