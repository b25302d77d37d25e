//! Search for sentences that break off, for the rule `placeholder`.

use std::ops::Range;

/// End of the last sentence of a line, if it breaks off.
pub(super) fn broken(line: &str) -> Option<Range<usize>> {
    let text = line.trim_end();
    // A sentence before a list ends with a comma or colon, but not with a particle of its object.
    // No line ends with a particle of its topic, or with a number right after a particle: 参加者は104.
    let number = |char: &char| char.is_ascii_digit() || ('０'..='９').contains(char);
    let before = text.trim_end_matches(|char| number(&char));
    let is_cut = |char: &char| {
        matches!(char, 'を' | 'は' | 'が' | 'へ')
            || number(char) && before.ends_with(['は', 'が', 'を', 'に', 'で', 'の'])
    };
    let is_text = !text.trim_start().starts_with(['|', '#']);
    let end = || text.chars().next_back().filter(|char| is_text && is_cut(char));
    unfinished(text).or_else(|| end().map(|char| text.len() - char.len_utf8()..text.len()))
}

/// Last characters of a line whose sentences end with 。 except the last one: 12回開催した。参加者は104
fn unfinished(text: &str) -> Option<Range<usize>> {
    let last = text.get(text.rfind('。')? + '。'.len_utf8()..)?;
    let end = last.chars().next_back()?;
    let is_open =
        end.is_ascii_digit() || matches!(end, 'ぁ'..='ゖ' | 'ー' | '一'..='鿿' | 'ァ'..='ヺ' | '、' | '０'..='９');
    (is_open && !text.trim_start().starts_with(['|', '#'])).then(|| text.len() - end.len_utf8()..text.len())
}

#[cfg(test)]
mod tests {
    use super::broken;

    #[test]
    fn finds_sentences_that_break_off() {
        assert!(broken("支援を\n").is_some());
        for text in ["支援を行う。\n", "次のとおり、\n", "- 支援の充実\n", ""] {
            assert!(broken(text).is_none(), "{text}");
        }
    }

    #[test]
    fn finds_ends_within_a_sentence() {
        let is_broken = |text: &str| broken(text).is_some();
        assert!(is_broken("教室を12回開催した。参加者は104"));
        assert!(is_broken("教室の参加者は104"));
        assert!(is_broken("- 教室の参加者は"));
        assert!(!is_broken("- 教室の参加者 104"));
        assert!(is_broken("教室を12回開催した。参加者は前年度より増加し"));
        assert!(!is_broken("教室を12回開催した。参加者は104人だった。"));
        assert!(!is_broken("教室を12回開催した。（参加者104人）"));
        assert!(!is_broken("- 教室の開催 12回"));
    }
}
