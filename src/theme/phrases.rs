//! Line breaks between Japanese phrases in names of pages, for browsers that do not know phrases themselves.

use budoux_phf_rs::Parser;
use pulldown_cmark_escape::escape_html;

/// Characters of the name of a page that fit on one line of a phone. Shorter names are not divided, and neither are
/// shorter phrases.
const LINE: usize = 14;

/// Escaped `name` with `<wbr>` at the borders of its phrases; without any if it fits on one line.
pub(super) fn markup(name: &str) -> String {
    let mut html = String::with_capacity(name.len() * 2);
    // Phrases end with hiragana, in all but few cases.
    let is_divided = name.chars().nth(LINE).is_some() && name.chars().any(|char| matches!(char, 'ぁ'..='ゖ'));
    let phrases = if is_divided { phrases(name) } else { vec![name] };
    for (index, part) in phrases.into_iter().flat_map(parts).enumerate() {
        if index > 0 {
            html.push_str("<wbr>");
        }
        let escaped = escape_html(&mut html, part);
        debug_assert!(escaped.is_ok(), "writing to a string cannot fail");
    }
    html
}

/// Phrases of a name, without borders between kanji, which the model also sees within a word: 中 and 小企業の.
fn phrases(name: &str) -> Vec<&str> {
    let mut phrases = Vec::new();
    let mut start = 0;
    let mut end = 0;
    Parser::japanese_parser().parse_with(name, |phrase| {
        let (before, after) = name.split_at_checked(end).unwrap_or((name, ""));
        if end > start && !(before.ends_with(is_kanji) && after.starts_with(is_kanji)) {
            phrases.extend(name.get(start..end));
            start = end;
        }
        end += phrase.len();
    });
    phrases.extend(name.get(start..));
    phrases
}

/// Parts of a phrase that is longer than a line: 大学生等, インターンシップ, 強化事業.
fn parts(phrase: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = phrase;
    let chars = phrase.char_indices().zip(phrase.chars().skip(1));
    let borders = chars.filter(|((_, one), other)| {
        (is_katakana(*one) && is_kanji(*other))
            || (is_kanji(*one) && is_katakana(*other))
            || matches!(*one, '・' | '／')
    });
    if phrase.chars().nth(LINE).is_some() {
        for ((at, one), _) in borders {
            let end = at + one.len_utf8() - (phrase.len() - rest.len());
            if let Some((part, after)) = rest.split_at_checked(end) {
                parts.push(part);
                rest = after;
            }
        }
    }
    parts.push(rest);
    parts
}

fn is_katakana(char: char) -> bool {
    matches!(char, 'ァ'..='ヺ' | 'ー')
}

fn is_kanji(char: char) -> bool {
    matches!(char, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '々')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_between_phrases() {
        let check = |name: &str, expect: &str| assert_eq!(markup(name).replace("<wbr>", "|"), expect);
        check("地域資源を活用した六次産業化への支援", "地域資源を|活用した|六次産業化への|支援");
        check("企業誘致の推進", "企業誘致の推進");
        check("公共施設等総合管理計画改訂事業補助金", "公共施設等総合管理計画改訂事業補助金");
        check("大学生等インターンシップ強化事業", "大学生等|インターンシップ|強化事業");
        check("A & B <i>を活用した六次産業化への支援", "A &amp; B &lt;i&gt;を|活用した|六次産業化への|支援");
        check("北斗市ワインによる地域活性化検討会議の開催", "北斗市ワインに|よる|地域活性化検討会議の|開催");
        check("北上市中小企業のための補助金の交付", "北上市中小企業の|ための|補助金の|交付");
        check("", "");
    }

    #[test]
    fn keeps_every_character() {
        let names = [
            "女性や若者を中心としたU・Iターンの促進",
            "𠮷野家跡地の・・・／ガレージ・カフェ開設支援事業",
            "Digital Garden City Nation",
        ];
        for name in names {
            assert_eq!(markup(name).replace("<wbr>", ""), name);
        }
    }
}
