//! Words by which columns are recognized.

use crate::diagnostic::Span;
use crate::model::Value;

pub use crate::ledger::heading::{YearLabel, plain, stated_unit, year_in};

/// True if the text contains any of the words.
pub fn has(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// True if the text ends with any of the words.
pub fn ends(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.ends_with(word))
}

/// True for a heading that says little without the label above it.
pub fn is_generic(heading: &str) -> bool {
    const WORDS: [&str; 40] = [
        "区分",
        "内容",
        "理由",
        "有無",
        "状況",
        "判定",
        "評価",
        "コメント",
        "説明",
        "結果",
        "点数",
        "点",
        "その他",
        "名称",
        "予算",
        "成果",
        "コスト",
        "金額",
        "備考",
        "詳細",
        "方針",
        "該当",
        "種別",
        "分類",
        "項目",
        "意見",
        "方向",
        "方向性",
        "対応",
        "実施",
        "年度",
        "時期",
        "総合",
        "今後",
        "根拠",
        "所見",
        "経費",
        "人員",
        "具体的内容",
        "具体的な内容",
    ];
    WORDS.contains(&plain(heading).trim_matches(['(', ')']))
}

/// True for a placeholder of a missing value: dashes, ellipses, asterisks.
pub fn is_missing(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= 3 && text.chars().all(|c| "-－―‐–—−ー─ｰ…*＊".contains(c))
}

/// True for a unit of measurement.
pub fn is_unit(text: &str) -> bool {
    const UNITS: [&str; 60] = [
        "人",
        "件",
        "回",
        "%",
        "円",
        "千円",
        "万円",
        "百万円",
        "億円",
        "m2",
        "m3",
        "ha",
        "km",
        "km2",
        "m",
        "台",
        "日",
        "時間",
        "世帯",
        "箇所",
        "か所",
        "ヶ所",
        "カ所",
        "ケ所",
        "団体",
        "冊",
        "校",
        "戸",
        "棟",
        "本",
        "点",
        "組",
        "名",
        "社",
        "事業所",
        "ポイント",
        "位",
        "年",
        "件数",
        "人数",
        "t",
        "トン",
        "kg",
        "kwh",
        "分",
        "店",
        "店舗",
        "施設",
        "地区",
        "路線",
        "種類",
        "項目",
        "品目",
        "隻",
        "頭",
        "羽",
        "個",
        "枚",
        "部",
        "床",
    ];
    let text = plain(text).to_lowercase();
    let base = text.split(['/', '・']).next().unwrap_or_default();
    UNITS.contains(&base)
}

/// True for a number as in a cell with figures, with a unit of measurement or without. `１　現状維持` is a mark.
pub fn is_number(text: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || "0123456789,.+-−－▲△約(（".contains(c) || ('０'..='９').contains(&c);
    let rest = text.trim_start_matches(|c: char| is_digit(c) || c.is_whitespace()).trim();
    let is_measured = rest.is_empty() || is_unit(rest) || text.ends_with([')', '）']);
    is_measured && Value::parse(text, Span::default()).is_some()
}

/// True if a heading is that of a code or number that identifies something.
pub fn is_code_heading(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    has(&heading, &["番号", "コード", "id", "no", "code", "の位", "cd"])
}

/// True if a heading is that of a running number.
pub fn is_running_heading(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    let heading = heading.trim_end_matches('.');
    matches!(heading, "no" | "#" | "番号" | "通番" | "連番" | "項番" | "通し番号" | "行" | "行番号" | "順" | "順番")
}

/// Id for a heading, from the words that it contains; `fallback` if it contains none of them.
pub fn id_for(heading: &str, fallback: &str) -> String {
    const IDS: [(&str, &str); 46] = [
        ("単位当", "tani"),
        ("単位あ", "tani"),
        ("委託", "itaku"),
        ("補助", "hojo"),
        ("人件費", "jinkenhi"),
        ("トータルコスト", "cost"),
        ("総コスト", "cost"),
        ("総事業費", "cost"),
        ("時間", "jikan"),
        ("人工", "ninku"),
        ("職員", "shokuin"),
        ("従事", "jinin"),
        ("国", "kuni"),
        ("都道府県", "ken"),
        ("県", "ken"),
        ("都支出", "ken"),
        ("府支出", "ken"),
        ("道支出", "ken"),
        ("債", "chihosai"),
        ("一般", "ippan"),
        ("その他", "sonota"),
        ("使用料", "shiyoryo"),
        ("特定", "tokutei"),
        ("活動", "katsudo"),
        ("成果", "seika"),
        ("対象", "taisho"),
        ("方向", "hoko"),
        ("達成", "tassei"),
        ("妥当", "datosei"),
        ("有効", "yukosei"),
        ("効率", "koritsusei"),
        ("必要", "hitsuyosei"),
        ("公平", "koheisei"),
        ("整合", "seigosei"),
        ("優先", "yusen"),
        ("総合評価", "sogo"),
        ("根拠", "konkyo"),
        ("法令", "horei"),
        ("実施計画", "jisshi"),
        ("総合戦略", "senryaku"),
        ("区分", "kubun"),
        ("種別", "shubetsu"),
        ("分類", "bunrui"),
        ("手法", "shuho"),
        ("計画", "keikaku"),
        ("戦略", "senryaku"),
    ];
    let found = IDS.into_iter().find(|(word, _)| heading.contains(word));
    found.map_or(fallback, |(_, id)| id).to_owned()
}

/// Marks that are ordered, best first, if all the texts belong to one known family.
pub fn ordered_marks(marks: &[String]) -> Option<Vec<String>> {
    const FAMILIES: [&[&str]; 5] = [
        &["a", "b", "c", "d", "e"],
        &["I", "II", "III", "IV", "V"],
        &["S", "A+", "A", "A-", "B+", "B", "B-", "C+", "C", "C-", "D", "E"],
        &["◎", "○", "△", "×"],
        &["高", "中", "低"],
    ];
    let rank = |family: &[&str], mark: &String| {
        let mark = plain(mark).replace('〇', "○");
        family.iter().position(|known| *known == mark)
    };
    FAMILIES.into_iter().find_map(|family| {
        let ranks = marks.iter().map(|mark| Some((rank(family, mark)?, mark.clone()))).collect::<Option<Vec<_>>>();
        let mut ranks = ranks.filter(|ranks| ranks.len() > 1)?;
        ranks.sort();
        Some(ranks.into_iter().map(|(_, mark)| mark).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_with_a_number_are_no_figures() {
        for text in ["1,234", "73.2%", "▲3", "１２", "-0.5", "18,104 (H27)", "12人", "約300", "2.5 ha"] {
            assert!(is_number(text), "{text}");
        }
        for text in ["１　現状維持", "2 改革改善", "-", "29（4）", "A", ""] {
            assert!(!is_number(text), "{text}");
        }
    }

    #[test]
    fn marks_of_a_known_family_are_ordered() {
        let check = |marks: &[&str], expect: Option<&str>| {
            let marks: Vec<String> = marks.iter().map(|mark| (*mark).to_owned()).collect();
            assert_eq!(ordered_marks(&marks).map(|marks| marks.join(" ")).as_deref(), expect);
        };
        check(&["Ｃ", "Ａ", "Ｂ"], Some("Ａ Ｂ Ｃ"));
        check(&["×", "◎", "○"], Some("◎ ○ ×"));
        check(&["c", "a", "b"], Some("a b c"));
        check(&["Ⅲ", "Ⅰ", "Ⅱ"], Some("Ⅰ Ⅱ Ⅲ"));
        check(&["1", "2", "3"], None);
        check(&["維持", "廃止"], None);
    }
}
