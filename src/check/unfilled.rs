//! Characters in place of a number that was never filled in, for the rule `placeholder`: 企業訪問：○回, これまでにＸ回放送した.

/// Returns true between a text and a unit that ends its word: 企業訪問：○回, （○業種）.
pub(super) fn is_unfilled(before: &str, after: &str) -> bool {
    const UNITS: [&str; 20] = [
        "千円", "万円", "円", "人", "名", "件", "回", "社", "校", "か所", "箇所", "団体", "業種", "世帯", "組", "台",
        "%", "％", "地区", "ha",
    ];
    let line = before.rsplit('\n').next().unwrap_or_default();
    let is_after_text = before.ends_with(['：', ':', '（', '(', '、', 'は', 'が', 'を', 'で', 'に', 'の'])
        || before.ends_with([' ', '　']) && line.trim_start_matches(['-', '*', ' ', '　', '|']).chars().count() > 1;
    let ends_word = |rest: &str| !rest.starts_with(|char: char| ('一'..='鿿').contains(&char));
    is_after_text && UNITS.iter().any(|unit| after.strip_prefix(unit).is_some_and(ends_word))
}

/// Returns true for a letter in place of a number: after kana or punctuation, before a unit that ends its word. 公式X and
/// NPO are names.
pub(super) fn is_variable(before: &str, after: &str) -> bool {
    const UNITS: [&str; 24] = [
        "千円", "万円", "円", "人", "名", "件", "回", "社", "校", "か所", "箇所", "団体", "世帯", "組", "台", "地区",
        "％", "%", "月", "日", "年度", "年", "冊", "部",
    ];
    // 回目 and 人気 are words of their own; 回開催 and 回放送 begin another one.
    const OTHER: [char; 10] = ['気', '口', '々', '目', '線', '光', '門', '分', '数', '常'];
    let is_free = before.chars().next_back().is_none_or(|char| {
        matches!(char, 'ぁ'..='ゖ' | '、' | '。' | '：' | ':' | '（' | '(' | '「' | '約' | '計' | '\n')
            || before.ends_with("延べ")
    });
    let ends = |rest: &str| !rest.starts_with(OTHER) && !rest.starts_with(|char: char| char.is_ascii_alphanumeric());
    is_free && UNITS.iter().any(|unit| after.strip_prefix(unit).is_some_and(ends))
}

#[cfg(test)]
mod tests {
    use super::{is_unfilled, is_variable};

    #[test]
    fn recognizes_marks_before_units() {
        assert!(is_unfilled("- 企業訪問：", "回"));
        assert!(!is_unfilled("評価は", "（達成）"));
        assert!(!is_unfilled("- ", "人権教室"));
    }

    #[test]
    fn recognizes_letters_before_units() {
        for (before, after) in [("これまでに", "回放送した"), ("参加者は約", "人だった"), ("", "月に開催した")]
        {
            assert!(is_variable(before, after), "{before} {after}");
        }
        for (before, after) in
            [("公式", "人気投稿"), ("市公式", "件数"), ("の", "線検査"), ("に", "人気"), ("に", "Y円")]
        {
            assert!(!is_variable(before, after), "{before} {after}");
        }
    }
}
