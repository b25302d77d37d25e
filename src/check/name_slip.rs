//! Slips by which names of departments and accounts differ, for the rule `similar-name`.

use super::office_words::same_reading;
use unicode_normalization::UnicodeNormalization;

/// How a name differs from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slip {
    /// The same words, spelled differently.
    Spelling,
    /// Another kind of office of the same rank: 課, 室.
    Office,
    /// An office of another rank: 部, 課. Both can exist.
    Rank,
    /// A character is missing, added, or swapped with the next.
    Missing,
    /// A character is another one.
    Letter,
}

/// Characters at the end of names of offices, by rank.
const OFFICES: [&str; 3] = ["課室", "部局", "係班"];

/// The slip by which two names differ; `None` if they are equal, or names of different offices.
pub(super) fn slip(name: &str, other: &str) -> Option<Slip> {
    if name == other {
        return None;
    }
    let (one, two): (Vec<char>, Vec<char>) = (spelling(name).chars().collect(), spelling(other).chars().collect());
    if one == two {
        return Some(Slip::Spelling);
    }
    let (longer, shorter) = if one.len() < two.len() { (&two, &one) } else { (&one, &two) };
    // 産業政策 without its 課, 産業政策課長 instead of 産業政策課.
    let office = |char: &char| OFFICES.iter().any(|of| of.contains(*char));
    let is_shortened = longer.len() == shorter.len() + 1
        && shorter.len() > 2
        && longer.starts_with(shorter)
        && (longer.last().is_some_and(office) || (longer.ends_with(&['長']) && shorter.last().is_some_and(office)));
    // 推進健康課: the same words in another order. 行政レビュー推進チーム: a word is missing.
    let is_anagram = one.len() == two.len() && one.len() > 4 && {
        let sorted = |name: &[char]| {
            let mut chars = name.to_vec();
            chars.sort_unstable();
            chars
        };
        sorted(&one) == sorted(&two)
    };
    if is_shortened || is_anagram || is_word_apart(name, other) {
        return Some(Slip::Missing);
    }
    match longer.len() - shorter.len() {
        0 => {
            let differing: Vec<usize> = (0..one.len()).filter(|at| one.get(*at) != two.get(*at)).collect();
            let at = |index: usize| Some((*one.get(index)?, *two.get(index)?));
            match differing.as_slice() {
                [only] => {
                    let (written, usual) = at(*only)?;
                    letter(one.len(), *only, written, usual)
                }
                [first, second] if second - first == 1 => {
                    let (a, b) = (at(*first)?, at(*second)?);
                    let is_swapped = a.0 == b.1 && a.1 == b.0;
                    // 環境想像局: another word of the same reading.
                    let is_converted = same_reading(a.0, a.1) && same_reading(b.0, b.1);
                    is_swapped.then_some(Slip::Missing).or_else(|| is_converted.then_some(Slip::Spelling))
                }
                _ => None,
            }
        }
        // 水道課 and 下水道課 are different offices: the first character makes the difference.
        1 if longer.len() > 3 && longer.first() == shorter.first() && longer.last() == shorter.last() => {
            let prefix = longer.iter().zip(shorter).take_while(|(a, b)| a == b).count();
            (longer.get(prefix + 1..) == shorter.get(prefix..)).then_some(Slip::Missing)
        }
        _ => None,
    }
}

/// Returns true if one of two long names has a word of two characters more: 国民健康保険事業特別会計.
pub(super) fn is_word_apart(name: &str, other: &str) -> bool {
    let (one, two): (Vec<char>, Vec<char>) = (spelling(name).chars().collect(), spelling(other).chars().collect());
    let (longer, shorter) = if one.len() < two.len() { (&two, &one) } else { (&one, &two) };
    let prefix = longer.iter().zip(shorter).take_while(|(a, b)| a == b).count();
    let is_apart = longer.len() == shorter.len() + 2 && longer.get(prefix + 2..) == shorter.get(prefix..);
    is_apart && shorter.len() > 7 && prefix > 0
}

/// Slip of names of `length` characters that differ at `index` only.
fn letter(length: usize, index: usize, written: char, usual: char) -> Option<Slip> {
    let is_kana = |char: char| ('ぁ'..='ヺ').contains(&char);
    let is_kanji = |char: char| ('一'..='鿿').contains(&char);
    if index + 1 == length && length > 2 {
        let rank = |char: char| OFFICES.iter().position(|of| of.contains(char));
        match (rank(written), rank(usual)) {
            (Some(one), Some(other)) => return Some(if one == other { Slip::Office } else { Slip::Rank }),
            // 環境化, 学校教育科: no kind of office. 所 and 場 are offices too.
            (None, Some(_)) if !"所場館園院校署隊部店団会".contains(written) => return Some(Slip::Missing),
            (None, None) if length > 3 => {}
            _ => return None,
        }
    }
    // 総務課 and 税務課 are different offices, 福祉課 and 福址課 hardly.
    if length < 4 {
        return (length == 3 && same_reading(written, usual)).then_some(Slip::Letter);
    }
    if is_kana(written) != is_kana(usual) && (is_kanji(written) || is_kanji(usual)) {
        return Some(Slip::Spelling);
    }
    // 北部 and 南部, 上水道 and 下水道 are names of different offices, as are those of industries: 農業, 商業.
    let distinguishes =
        |char: char| char.is_ascii_digit() || "東西南北上下中内外大小新旧一二三四五六七八九十".contains(char);
    (index > 0 && !(distinguishes(written) && distinguishes(usual))).then_some(Slip::Letter)
}

/// A name without spaces and without differences of width and of variants of characters.
fn spelling(name: &str) -> String {
    const VARIANTS: [(&str, &str); 14] = [
        ("子ども", "こども"),
        ("子供", "こども"),
        ("障がい", "障害"),
        ("障碍", "障害"),
        ("まち作り", "まちづくり"),
        ("街づくり", "まちづくり"),
        ("町づくり", "まちづくり"),
        ("ヶ", "ケ"),
        ("藏", "蔵"),
        ("澤", "沢"),
        ("﨑", "崎"),
        ("髙", "高"),
        ("齋", "斎"),
        ("邊", "辺"),
    ];
    let plain: String = name.nfkc().filter(|char| !char.is_whitespace()).collect();
    let plain = VARIANTS.iter().fold(plain, |name, (variant, usual)| name.replace(variant, usual));
    // 海洋ゴミ and 海洋ごみ: katakana as hiragana.
    let hiragana = |char: char| match char {
        'ァ'..='ヶ' => char::from_u32(u32::from(char) - 0x60).unwrap_or(char),
        _ => char,
    };
    plain.chars().map(hiragana).collect()
}
