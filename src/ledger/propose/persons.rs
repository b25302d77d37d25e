//! Names of persons in texts: frequent family names, titles, forms of address.

use super::private::ORGANISATIONS;
use super::words::{ends, plain};

/// Frequent family names.
pub const FAMILY_NAMES: [&str; 60] = [
    "佐藤",
    "鈴木",
    "高橋",
    "田中",
    "伊藤",
    "渡辺",
    "渡邊",
    "渡邉",
    "山本",
    "中村",
    "小林",
    "加藤",
    "吉田",
    "山田",
    "佐々木",
    "山口",
    "松本",
    "井上",
    "木村",
    "斎藤",
    "斉藤",
    "清水",
    "山崎",
    "阿部",
    "池田",
    "橋本",
    "山下",
    "石川",
    "中島",
    "前田",
    "藤田",
    "後藤",
    "小川",
    "岡田",
    "村上",
    "長谷川",
    "近藤",
    "石井",
    "坂本",
    "遠藤",
    "藤井",
    "青木",
    "福田",
    "三浦",
    "西村",
    "藤原",
    "太田",
    "松田",
    "原田",
    "岡本",
    "中野",
    "小野",
    "田村",
    "竹内",
    "金子",
    "和田",
    "中山",
    "石田",
    "上田",
    "千葉",
];

/// Family names that are those of places or things too.
const PLACES: [&str; 24] = [
    "清水", "山口", "中島", "前田", "石川", "池田", "小川", "中野", "小野", "福田", "上田", "太田", "原田", "千葉",
    "中山", "橋本", "松本", "和田", "三浦", "田村", "中村", "石田", "金子", "岡本",
];

/// True for a text in which a frequent family name stands with a title, or between marks as no other word does:
/// `佐藤課長`, `（鈴木）`, `担当：高橋`.
pub fn mentions_person(text: &str) -> bool {
    const TITLES: [&str; 20] = [
        "氏", "様", "さん", "殿", "君", "課長", "係長", "部長", "室長", "局長", "所長", "館長", "主任", "主査", "主事",
        "主幹", "先生", "委員", "議員", "職員",
    ];
    let text = plain(text);
    let is_kanji = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}' | '々');
    FAMILY_NAMES.iter().any(|name| {
        text.match_indices(name).any(|(at, _)| {
            let before = text.get(..at).and_then(|text| text.chars().next_back());
            let after = text.get(at + name.len()..).unwrap_or_default();
            let is_titled = TITLES.iter().any(|title| after.starts_with(title)) && !after.starts_with("氏名");
            let is_open = before.is_none_or(|c| "(:、,・/→。".contains(c));
            let is_closed = after.is_empty() || after.starts_with([')', '、', ',', '・', '/', '→', '。']);
            let is_told = ["へ", "から", "に確認", "と協議", "が担当"].iter().any(|word| after.starts_with(word));
            let is_alone = is_open && (is_closed || is_told) && !PLACES.contains(name);
            !before.is_some_and(is_kanji) && (is_titled || is_alone)
        })
    })
}

/// True for a text that addresses a person: `架空 太郎 様`, `佐藤氏`.
pub fn is_addressed(text: &str) -> bool {
    let is_kanji = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}' | '々' | 'ヶ');
    let text = plain(text);
    ["様", "氏", "殿", "さん"].iter().any(|title| {
        text.match_indices(title).any(|(at, _)| {
            let before: Vec<char> = text.get(..at).unwrap_or_default().chars().rev().take(2).collect();
            let after = text.get(at + title.len()..).unwrap_or_default();
            before.len() == 2
                && before.iter().all(|c| is_kanji(*c))
                && !before.starts_with(&['仕'])
                && !before.starts_with(&['同'])
                && !before.starts_with(&['多'])
                && !after.starts_with(['式', '名', '子', '々'])
        })
    })
}

/// True for a family name with a given name, or a frequent family name alone.
pub fn is_person_name(text: &str) -> bool {
    let is_kanji = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}' | '々' | 'ヶ');
    let is_kana = |c: char| matches!(c, 'ぁ'..='ん' | 'ァ'..='ヶ');
    let parts: Vec<&str> = text.split(char::is_whitespace).filter(|part| !part.is_empty()).collect();
    let family = parts.first().copied().unwrap_or_default();
    let is_frequent = FAMILY_NAMES.iter().any(|name| family.starts_with(name));
    match parts.as_slice() {
        _ if text.contains('\n') => false,
        [only] => is_frequent && only.chars().count() <= 5 && !ends(only, &ORGANISATIONS),
        [family, given] => {
            (1..=3).contains(&family.chars().count())
                && family.chars().all(is_kanji)
                && (1..=4).contains(&given.chars().count())
                && (given.chars().all(is_kanji) || given.chars().all(is_kana))
                && !ends(given, &ORGANISATIONS)
                && !ends(family, &ORGANISATIONS)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addressed_persons_are_recognized() {
        for text in ["架空太郎 様から寄附", "佐藤氏", "山田花子さんの相談"] {
            assert!(is_addressed(text), "{text}");
        }
        for text in ["仕様の変更", "多様な主体", "様式を改めた", "皆様", "彼氏名"] {
            assert!(!is_addressed(text), "{text}");
        }
    }

    #[test]
    fn persons_are_recognized_in_prose() {
        for text in ["詳細は佐藤課長に確認", "R7から担当替え（鈴木）", "担当：高橋", "予算は要調整。田中へ", "石川主査"]
        {
            assert!(mentions_person(text), "{text}");
        }
        for text in ["石川、富山と連携", "小川の清掃", "和田地区で実施", "上田市", "山口県職員", "前田中学校", "中村橋"]
        {
            assert!(!mentions_person(text), "{text}");
        }
    }

    #[test]
    fn names_of_persons_are_recognized() {
        for text in ["架空 太郎", "佐藤", "田中　花子", "佐藤次郎"] {
            assert!(is_person_name(text), "{text}");
        }
        for text in ["福祉課", "総務部 企画課", "継続", "中野図書館", "一般会計", "架空の 対象", "理由\n文章"]
        {
            assert!(!is_person_name(text), "{text}");
        }
    }
}
