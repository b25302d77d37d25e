//! Parts in brackets that add up to more than their whole, for the rule `text-figure`: 162名（うち道内148人（道南113人）、道外41人）.
//! Brackets within brackets divide a part, and are compared with it.

use super::text_relations::has_same_unit;
use super::words::{Quantity, contains_any};
use crate::diagnostic::{Bilingual, say};
use rust_decimal::Decimal;
use std::ops::Range;

/// Numbers of a sentence whose parts in brackets add up to more.
pub(super) fn contradictions(sentence: &str, quantities: &[Quantity<'_>]) -> Vec<(Range<usize>, Bilingual)> {
    let households = quantities.windows(2).filter_map(|pair| {
        let [people, part] = pair else { return None };
        let between = sentence.get(people.range.end..part.range.start)?;
        let is_part =
            ["うち", "（うち"].iter().any(|word| between.split(['、', '（']).any(|clause| clause.starts_with(word)));
        let is_group = ["世帯", "組", "家族"].iter().any(|unit| part.has_unit(unit));
        let is_of_people = people.has_unit("人") || people.has_unit("名");
        (is_part && is_group && is_of_people && part.number > people.number).then(|| {
            let (whole, written, unit) = (&people.digits, &part.digits, part.unit());
            let message = say!(
                ja: "「うち{written}{unit}」が、全体の「{whole}人」を上回っています",
                en: "the part `{written}{unit}` exceeds the `{whole}` people that include it"
            );
            (part.range.clone(), message)
        })
    });
    let mut found: Vec<(Range<usize>, Bilingual)> = households.collect();
    let wholes = quantities.iter().enumerate().filter_map(|(index, whole)| {
        let parts = parts(sentence, whole, quantities.get(index + 1..).unwrap_or_default())?;
        let sum: Decimal = parts.iter().map(|part| part.number).sum();
        (sum > whole.number).then(|| {
            let (written, unit, sum) = (&whole.digits, whole.unit(), sum.normalize());
            let message = say!(
                ja: "括弧の中の内訳の和{sum}{unit}が、全体の「{written}{unit}」を上回っています",
                en: "the parts in the brackets add up to {sum}, more than the whole, `{written}{unit}`"
            );
            (whole.range.clone(), message)
        })
    });
    found.extend(wholes);
    found
}

/// At least two parts of a number in the brackets after it, each a group with a number of its unit.
fn parts<'q, 't>(sentence: &str, whole: &Quantity<'_>, rest: &'q [Quantity<'t>]) -> Option<Vec<&'q Quantity<'t>>> {
    const OTHER: [&str; 18] = [
        "延べ", "実人", "重複", "前年", "昨年", "令和", "平成", "定員", "目標", "計画", "当初", "以上", "累計", "複数",
        "から", "比", "同", "年度",
    ];
    let unit = whole.unit();
    let start = whole.range.end + unit.len();
    // 162名であった（うち….
    let words = sentence.get(start..)?;
    let after = words.trim_start_matches(|char: char| ('ぁ'..='ゖ').contains(&char));
    let bracket = after.strip_prefix(['（', '(']).filter(|_| words.len() - after.len() < 24)?;
    if unit.is_empty() || unit.chars().count() > 4 || unit.starts_with(['年', '月', '日', '時', '%', '％']) {
        return None;
    }
    let first = sentence.len() - bracket.len();
    // Depth of each character within the brackets, up to their end.
    let (mut depth, mut end, mut nested) = (1_u32, None, Vec::new());
    for (at, char) in bracket.char_indices() {
        match char {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            end = Some(first + at);
            break;
        }
        if depth > 1 {
            nested.push(first + at);
        }
    }
    let end = end?;
    let inner = sentence.get(first..end)?;
    if contains_any(inner, &OTHER) {
        return None;
    }
    let own = rest.iter().filter(|part| part.range.start < end && !nested.contains(&part.range.start));
    let mut parts = Vec::new();
    let mut last = first;
    for part in own {
        // Between two parts, only a separator, brackets, and the name of the group.
        let name = sentence.get(last..part.range.start)?;
        let name = if last == first { name.trim_start_matches("うち").trim_start_matches("内訳") } else { name };
        let name = name.rsplit(['、', '，', '・', '：', '）', ')']).find(|name| !name.is_empty()).unwrap_or_default();
        if name.is_empty() || !has_same_unit(part, unit) || name.contains("うち") {
            return None;
        }
        last = part.range.end + part.unit().len();
        parts.push(part);
    }
    (parts.len() > 1).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    #[test]
    fn parts_do_not_exceed_their_whole() {
        let check = |text: &str, expected: bool| {
            let [node, (path, sheet)] = program("a", "");
            let content = Fixture::new().with([node, (path, format!("{sheet}## 実績\n{text}\n"))]);
            let found: &[&str] = if expected { &["programs/a/2023.md:5"] } else { &[] };
            content.assert_finds("text-figure", found);
        };
        check("制覇は162名であった（うち道内148人（道南113人）、道外14人）。", false);
        check("制覇は162名（うち道内148人（道南113人）、道外14人）であった。", false);
        check("制覇は162名（うち道内148人（道南113人）、道外41人）であった。", true);
        check("制覇は162名であった（うち道内148人（道南113人）、道外41人）。", true);
        check("参加は100人（大人60人、子ども50人）であった。", true);
        check("参加は100人（大人60人、子ども30人）であった。", false);
        check("移住者は61人で、うち子育て世帯が11世帯であった。", false);
        check("移住者は61人で、うち子育て世帯が71世帯であった。", true);
        check("参加は100人（前年度は110人、前々年度は90人）であった。", false);
        check("参加は100人（大人60人、うち女性50人）であった。", false);
        check("移住は5件で、うち子育て世帯が11世帯であった。", false);
        check("来場者は61人で、うち71件の相談を受けた。", false);
    }
}
