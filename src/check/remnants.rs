//! Search for what remained of the work on a text: notes, placeholders and garbled characters, for the rule `placeholder`.

use super::author_notes;
use super::unfilled::{is_unfilled, is_variable};
use std::ops::Range;

/// Kind of a remnant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Note of the authors to each other.
    Note,
    /// Characters in place of a text.
    Blank,
    /// Text that was decoded or escaped wrongly.
    Garbled,
    /// Sentence that breaks off, or a particle or punctuation mark that was typed twice.
    Broken,
}

/// A remnant with its place in the text.
pub(super) struct Found {
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
}

/// First remnant in a text.
pub(super) fn find(text: &str) -> Option<Found> {
    // Most cells are numbers.
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'));
    if is_number { None } else { find_with_doubled(text).0 }
}

/// First remnant in a text, and the first particle or punctuation mark that was typed twice before its first note.
pub(super) fn find_with_doubled(text: &str) -> (Option<Found>, Option<Range<usize>>) {
    let (note, doubled) = author_notes::find(text);
    (first_of(text, note.map(|range| Found { range, kind: Kind::Note })), doubled)
}

/// First remnant in a text with this first note.
fn first_of(text: &str, note: Option<Found>) -> Option<Found> {
    // One pass excludes most texts from the closer inspections.
    if !has_suspicious(text) {
        return note;
    }
    let others = [bracketed(text), blank(text), garbled(text)].into_iter().flatten();
    note.into_iter().chain(others).min_by_key(|found| found.range.start)
}

/// Returns true if a text contains a character that [`is_suspicious`]. Skips kana and most kanji by their first bytes, without
/// decoding them.
fn has_suspicious(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let is_letter = match byte {
            // U+3040 to U+30BF; ・ is U+30FB.
            0xE3 => matches!(bytes.get(at + 1), Some(0x81 | 0x82)),
            // U+4000 to U+6FFF, and U+8000 to U+9FFF; of the other kanji, some are signs of a wrong encoding.
            0xE4..=0xE6 | 0xE8 | 0xE9 => true,
            _ => false,
        };
        if is_letter {
            at += 3;
            continue;
        }
        let Some(char) = text.get(at..).and_then(|rest| rest.chars().next()) else { return false };
        if is_suspicious(char) {
            return true;
        }
        at += char.len_utf8();
    }
    false
}

/// Returns true for the characters with which [`bracketed`], [`blank`] and [`garbled`] begin.
fn is_suspicious(char: char) -> bool {
    match char {
        'ぁ'..='ん' | 'ァ'..='ー' | '一'..='鿿' => matches!(char, '縺' | '繧' | '繝' | '・'),
        '（' | '(' | '【' | '［' | '[' | '〔' => true,
        '●' | '■' | '▲' | '＊' | '×' | '✕' | '△' | '〇' | '○' | '◯' | '　' | '＿' | '□' | '◇' | '◆' | '〓' => {
            true
        }
        '?' | '？' | 'x' | 'X' | 'ｘ' | 'Ｘ' | 'n' | 'N' | 'ｎ' | 'Ｎ' | '&' | '\\' | '%' => true,
        '\n' | '\r' | '\t' => false,
        '｡'..='ﾟ' | '\u{80}'..='\u{ff}' | '\u{fffd}' | '\u{e000}'..='\u{f8ff}' => true,
        _ => char.is_control(),
    }
}

/// A state of work in brackets: （確認中）, 【財政課調整中】.
fn bracketed(text: &str) -> Option<Found> {
    const BRACKETS: [(char, char); 6] =
        [('（', '）'), ('(', ')'), ('【', '】'), ('［', '］'), ('[', ']'), ('〔', '〕')];
    const STATES: [&str; 13] = [
        "確認中",
        "調整中",
        "作成中",
        "作業中",
        "集計中",
        "精査中",
        "入力中",
        "記入中",
        "修正中",
        "確認済",
        "要相談",
        "別途",
        "後日",
    ];
    // Published reports say in brackets that a value is still being determined; authors say who has to act.
    let is_state = |inner: &str| {
        let inner = inner.trim_start_matches(['※', '＊', '*']).trim();
        let state = STATES.iter().find(|state| inner.ends_with(**state));
        state.is_some_and(|state| {
            let before = inner.strip_suffix(*state).unwrap_or_default();
            match *state {
                "別途" | "後日" => true,
                _ => {
                    before.is_empty() || before.ends_with(['課', '係', '室', '部', '局', '担', '当', 'で', 'に', 'は'])
                }
            }
        })
    };
    text.char_indices().find_map(|(at, char)| {
        let (open, close) = BRACKETS.iter().find(|(open, _)| *open == char)?;
        let rest = text.get(at + open.len_utf8()..)?;
        let inner = rest.get(..rest.find(*close)?)?;
        let end = at + open.len_utf8() + inner.len() + close.len_utf8();
        is_state(inner).then_some(Found { range: at..end, kind: Kind::Note })
    })
}

/// Runs of characters in place of a text: ●●, ×××, xxx, ???; ○○ only before a unit or an office.
fn blank(text: &str) -> Option<Found> {
    let mut chars = text.char_indices().peekable();
    while let Some((start, char)) = chars.next() {
        let mut count = 1;
        let mut end = start + char.len_utf8();
        while let Some((at, next)) = chars.next_if(|(_, next)| *next == char) {
            count += 1;
            end = at + next.len_utf8();
        }
        if !is_suspicious(char) {
            continue;
        }
        let (before, after) = (text.get(..start)?, text.get(end..)?);
        let follows = |words: &[&str]| words.iter().any(|word| after.starts_with(word));
        let is_blank = match char {
            // 令和○年度, 9月○日; ○ alone is also a marker of lists.
            '○' | '〇' | '◯' | '●' | '△' if count == 1 => {
                ["令和", "平成", "約", "第", "年", "月", "計"].iter().any(|word| before.ends_with(word))
                    && follows(&["年", "月", "日", "人", "件", "回", "円", "千円", "%", "％", "号", "名"])
                    || char != '△' && is_unfilled(before, after)
            }
            '●' | '■' | '▲' | '＊' | '×' | '✕' | '△' | '〇' | '○' | '◯' if count < 2 => false,
            '●' | '■' => true,
            // ○○ is also a generic name; only before a unit or an office is it an unfilled value.
            '○' | '〇' | '◯' | '△' | '×' | '✕' | '▲' | '＊' => {
                follows(&["課", "室", "部", "局", "係", "千円", "円", "人", "件", "回", "%", "％", "年度", "月", "日"])
                    || follows(&["市", "町", "村", "県", "区", "地区", "小学校", "中学校", "名", "社", "団体", "か所"])
                    || before.ends_with(['約', '計'])
                    || count == 2 && begins_word(before) && after.starts_with(['を', 'が', 'は', 'に', 'で'])
            }
            // An empty space for a number before its unit: 　　人.
            '（' | '(' => {
                let inner: String = after.chars().take_while(|char| char.is_whitespace() || *char == '_').collect();
                let rest = after.get(inner.len()..).unwrap_or_default();
                end += inner.len() + if rest.starts_with('）') { '）'.len_utf8() } else { 1 };
                count == 1 && !inner.is_empty() && rest.starts_with(['）', ')'])
            }
            '　' | '＿' => {
                count >= 2
                    && !before.is_empty()
                    && !before.ends_with(['\n', '|', '。'])
                    && ["千円", "人", "件", "回", "円", "%", "％", "か所", "箇所", "名"]
                        .iter()
                        .any(|unit| after.starts_with(unit))
            }
            '□' | '◇' | '◆' => count >= 2 || is_between_kanji(before, after),
            // ??区: letters that were lost at the beginning of a word.
            '?' if count == 2 && begins_word(before) && is_letter(after.chars().next()) => true,
            '?' if count < 3 => is_between_letters(before, after) && (count == 2 || !before.ends_with('か')),
            '？' if count == 1 => is_between_kanji(before, after),
            // Dots of an ellipsis are … in print.
            '・' => count >= 3,
            // これまでにＸ回放送した: a variable in place of a number.
            'x' | 'X' | 'ｘ' | 'Ｘ' | 'n' | 'N' | 'ｎ' | 'Ｎ' if count == 1 => is_variable(before, after),
            'x' | 'X' | 'ｘ' | 'Ｘ'
                if count == 2 && follows(&["人", "件", "回", "%", "％", "年度", "千円", "円", "月", "日"]) =>
            {
                !before.ends_with(|char: char| char.is_ascii_alphanumeric())
            }
            'x' | 'X' | 'ｘ' | 'Ｘ' => {
                let is_word = |char: Option<char>| char.is_some_and(|char| char.is_ascii_alphanumeric());
                count >= 3 && !is_word(before.chars().next_back()) && !is_word(after.chars().next())
            }
            '?' | '？' => count >= 3,
            '〓' => true,
            _ => false,
        };
        if is_blank {
            return Some(Found { range: start..end, kind: Kind::Blank });
        }
    }
    None
}

/// Returns true between two Japanese letters, where Japanese texts have no half-width punctuation.
fn is_between_letters(before: &str, after: &str) -> bool {
    is_letter(before.chars().next_back()) && is_letter(after.chars().next())
}

fn is_letter(char: Option<char>) -> bool {
    char.is_some_and(|char| matches!(char, 'ぁ'..='ん' | 'ァ'..='ー' | '一'..='鿿'))
}

/// Returns true if a word begins after `before`, and not a sentence after a question.
fn begins_word(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '-', '*', '#']);
    before.chars().next_back().is_none_or(|char| matches!(char, '\n' | '、' | '。' | '（' | '(' | '「' | '・' | '|'))
}

/// Returns true if a character is inside a word: a letter that was lost.
fn is_between_kanji(before: &str, after: &str) -> bool {
    let is_kanji = |char: Option<char>| char.is_some_and(|char| ('一'..='鿿').contains(&char));
    is_kanji(before.chars().next_back()) && is_kanji(after.chars().next())
}

/// Characters and references that no Japanese text contains as such: `&amp;`, `\u3000`, `%E3%81`.
fn escaped(text: &str) -> Option<Range<usize>> {
    for (at, char) in text.char_indices().filter(|(_, char)| matches!(char, '&' | '\\' | '%')) {
        let rest = text.get(at + 1..)?;
        let name: String = rest.chars().take_while(|char| char.is_ascii_alphanumeric() || *char == '#').collect();
        let is_hex = |digits: &str| digits.len() >= 4 && digits.chars().take(4).all(|char| char.is_ascii_hexdigit());
        let length = match char {
            '&' => {
                let is_known = ["amp", "lt", "gt", "quot", "nbsp", "apos"].contains(&name.as_str());
                let is_number = name.strip_prefix('#').is_some_and(|number| number.chars().next().is_some());
                (rest.get(name.len()..)?.starts_with(';') && (is_known || is_number)).then_some(name.len() + 2)
            }
            '%' => (rest.starts_with('E') && rest.get(2..3) == Some("%") && name.len() == 2).then_some(3),
            _ => name.strip_prefix('u').is_some_and(is_hex).then_some(6),
        };
        if let Some(length) = length {
            return Some(at..at + length);
        }
    }
    None
}

/// Characters of a text that was decoded wrongly: UTF-8 as CP932, which turns kana into 縺, 繧 and 繝 with another
/// character each, or as Latin-1.
fn garbled(text: &str) -> Option<Found> {
    let found = |start: usize, end: usize| Some(Found { range: start..end, kind: Kind::Garbled });
    let of_cp932 = |char: char| matches!(char, '縺' | '繧' | '繝');
    let mut kana = text.char_indices().filter(|(_, char)| of_cp932(*char));
    if let (Some((first, _)), Some((last, char))) = (kana.next(), kana.next_back()) {
        return found(first, last + char.len_utf8());
    }
    if let Some(range) = escaped(text) {
        return found(range.start, range.end);
    }
    // Half-width katakana between kanji are bytes of a wrong encoding; a word of them is half-width writing.
    let is_half_kana = |char: char| ('｡'..='ﾟ').contains(&char);
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mixed = chars.windows(3).filter_map(|three| match three {
        [(start, one), (_, kana), (end, other)] => {
            let is_kanji = |char: char| ('一'..='鿿').contains(&char);
            (is_kanji(*one) && is_half_kana(*kana) && is_kanji(*other)).then_some((*start, end + other.len_utf8()))
        }
        _ => None,
    });
    if let Some((start, end)) = mixed.min() {
        return found(start, end);
    }
    let of_latin1 = |char: char| ('\u{80}'..='\u{ff}').contains(&char) && !"°±²³·×÷§¥µ".contains(char);
    let mut previous: Option<(usize, char)> = None;
    for (at, char) in text.char_indices() {
        let end = at + char.len_utf8();
        let is_control = char.is_control() && !matches!(char, '\n' | '\r' | '\t');
        if char == '\u{fffd}' || is_control || ('\u{e000}'..='\u{f8ff}').contains(&char) {
            return found(at, end);
        }
        if let Some((start, before)) = previous
            && of_latin1(before)
            && of_latin1(char)
        {
            return found(start, end);
        }
        // A letter with an accent belongs to a word of Latin letters.
        if of_latin1(char)
            && is_between_letters(text.get(..at).unwrap_or_default(), text.get(end..).unwrap_or_default())
        {
            return found(at, end);
        }
        previous = Some((at, char));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Kind, blank, bracketed, find, garbled, has_suspicious, is_suspicious};
    use proptest::prelude::*;

    #[test]
    fn texts_are_searched_like_their_characters() {
        for char in '\0'..='\u{1ffff}' {
            assert_eq!(has_suspicious(&format!("あ漢{char}字")), is_suspicious(char), "{char:?}");
        }
    }

    proptest! {
        #[test]
        fn inspections_begin_with_suspicious_characters(text in "[（）()●○×　人件x?%&;#\\\\u{fffd}縺繧ｱ課一あ0-9a-z\u{80}-\u{ff}]{0,8}") {
            if [bracketed(&text), blank(&text), garbled(&text)].iter().any(Option::is_some) {
                prop_assert!(text.chars().any(is_suspicious), "{text}");
            }
        }
    }

    #[test]
    fn finds_remnants() {
        let kind = |text: &str| find(text).map(|found| found.kind);
        for text in ["実施日は照会中", "（要確認）", "数値は後日差し替え", "TODO 書く"] {
            assert_eq!(kind(text), Some(Kind::Note), "{text}");
        }
        for text in ["●●m3", "○○課が実施", "xxx人", "参加者は？？？人", "約○○の"] {
            assert_eq!(kind(text), Some(Kind::Blank), "{text}");
        }
        for text in ["縺薙ｌ縺ｯ", "ã€Œå¸‚", "市\u{fffd}民"] {
            assert_eq!(kind(text), Some(Kind::Garbled), "{text}");
        }
    }

    #[test]
    fn accepts_usual_texts() {
        for text in [
            "（仮称）文化会館の建設を検討中",
            "安否を確認中に",
            "○市長の○○さん",
            "評価は◎、○、△",
            "●主な実績",
            "本当か？",
            "▲5人",
            "1,000×2",
            "xx",
            "25℃",
            "ｶﾀｶﾅ",
            "×××",
            "Q&A",
            "蟄居",
            "調整中の案件",
        ] {
            assert_eq!(find(text).map(|found| found.kind), None, "{text}");
        }
    }

    #[test]
    fn finds_states_in_brackets_spaces_and_escapes() {
        let is_found = |text: &str| find(text).is_some();
        for text in [
            "支援した（財政課確認中）",
            "【調整中】",
            "　数字は別途",
            "延べ　　人が参加した",
            "（　）人",
            "XX人が参加した",
            "医?機関",
            "医□機関",
            "医療&amp;福祉",
            "\\u533b療",
            "%E3%81%82",
            "蛹ｻ逋よｩ滄未",
            "- ??区の店で販売した",
            "（記載例）成果を書く",
            "成果を200字以内で記載",
            "- 企業訪問：○回 ○社",
            "63者（○業種）",
            "これまでにＸ回放送した",
        ] {
            assert!(is_found(text), "{text}");
        }
        for text in [
            "計画（案）",
            "実施中（調査を検討中）",
            "P&G;",
            "R&Dを進めた",
            "100%E",
            "本当に必要か？ 検討した",
            "（人）",
            "ﾊﾟﾝﾌﾚｯﾄ",
            "見直すこと",
            "- ○人権教室を開いた",
            "評価は○（達成）",
            "公式X人気投稿を集めた",
        ] {
            assert!(!is_found(text), "{text}");
        }
    }
}
