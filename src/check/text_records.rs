//! Numbers called the highest or lowest so far beside a higher or lower one of an earlier year, for the rule `text-figure`:
//! 過去最高の5,540泊（R4は5,853泊）.

use super::stated_figures::Facts;
use super::words::{Quantity, Sentence, contains_any};
use crate::diagnostic::{Bilingual, say};
use std::ops::Range;

const HIGHEST: [&str; 4] = ["過去最高", "過去最多", "過去最大", "これまでで最も多"];
const LOWEST: [&str; 4] = ["過去最低", "過去最少", "過去最小", "これまでで最も少な"];

/// Records of a section that numbers of earlier years, in their sentence or in the cells, exceed.
pub(super) fn contradictions(
    facts: &Facts<'_>,
    sentences: &[Sentence<'_>],
    quantities: &[Vec<Quantity<'_>>],
) -> Vec<(Range<usize>, Bilingual)> {
    let mut found = Vec::new();
    for (sentence, quantities) in sentences.iter().zip(quantities) {
        for (range, message) in of_sentence(facts, sentence.text, quantities) {
            found.push((sentence.start + range.start..sentence.start + range.end, message));
        }
    }
    found
}

fn of_sentence(facts: &Facts<'_>, sentence: &str, quantities: &[Quantity<'_>]) -> Vec<(Range<usize>, Bilingual)> {
    let is_highest = contains_any(sentence, &HIGHEST);
    if is_highest == contains_any(sentence, &LOWEST)
        || contains_any(sentence, &["次ぐ", "に迫る", "更新できな", "ならなかった"])
    {
        return Vec::new();
    }
    let is_beyond = |other, record| if is_highest { other > record } else { other < record };
    let (earlier, records): (Vec<_>, Vec<_>) = quantities
        .iter()
        .filter(|quantity| is_counted(quantity))
        .partition(|quantity| is_of_earlier_year(sentence, quantity));
    let mut found = Vec::new();
    for record in records {
        let same = earlier.iter().find(|other| other.unit() == record.unit() && is_beyond(other.number, record.number));
        if let Some(other) = same {
            let (written, before, unit) = (&record.digits, &other.digits, record.unit());
            let message = say!(
                ja: "過去最高・最低とされる「{written}{unit}」を、前の年度の「{before}{unit}」が超えています",
                en: "`{written}{unit}` is called a record, but an earlier year had `{before}{unit}`"
            );
            found.push((record.range.clone(), message));
            continue;
        }
        let of_cell = facts.0.iter().filter(|fact| fact.value == record.number && record.has_unit(&fact.unit));
        let beyond = of_cell.flat_map(|fact| fact.years.iter().map(move |of| (fact, of)));
        if let Some((fact, (year, value))) = beyond.into_iter().find(|(_, (_, value))| is_beyond(*value, record.number))
        {
            let (written, name, year, value) = (&record.digits, &fact.name, year.short(), value.normalize());
            let message = say!(
                ja: "過去最高・最低とされる「{written}」を、「{name}」の{year}の値{value}が超えています",
                en: "`{written}` is called a record, but `{name}` was {value} in {year}"
            );
            found.push((record.range.clone(), message));
        }
    }
    found
}

/// Returns true for a quantity with a unit that is neither a date nor a change.
fn is_counted(quantity: &Quantity<'_>) -> bool {
    let unit = quantity.unit();
    let after = quantity.after.get(unit.len()..).unwrap_or_default();
    // 600人の増.
    let is_change = after.trim_start_matches('の').starts_with(['増', '減']);
    !unit.is_empty() && !unit.starts_with(['年', '月', '日', '回', '期', '位', '周', '時', '倍']) && !is_change
}

/// Returns true if the last name of a year before a number is one before that of the sheet: （R4は, 前年度の.
fn is_of_earlier_year(sentence: &str, quantity: &Quantity<'_>) -> bool {
    let before = sentence.get(..quantity.range.start).unwrap_or_default();
    let record = HIGHEST.iter().chain(&LOWEST).filter_map(|word| before.rfind(word)).max();
    let is_year = |at: usize| {
        let rest = before.get(at..).unwrap_or_default();
        // R4は, H30年度.
        rest.chars().nth(1).is_some_and(|char| char.is_ascii_digit())
    };
    let eras = before.match_indices(['R', 'H', 'Ｒ', 'Ｈ']).map(|(at, _)| at).filter(|at| is_year(*at));
    let words =
        ["前年", "昨年", "令和", "平成", "これまでの最高", "従来の"].iter().filter_map(|word| before.rfind(word));
    let year = eras.chain(words).max();
    year.is_some_and(|year| record.is_none_or(|record| record < year))
}

#[cfg(test)]
mod tests {
    use super::super::testing::indicator;

    #[test]
    fn records_are_beyond_the_numbers_of_earlier_years() {
        let check = |text: &str, expected: bool| {
            let content = indicator("unit = '泊'", "").file(
                "programs/a/2023.md",
                &format!("+++\n[indicator.x]\nactual.R3 = 910\nactual.R5 = 905\n+++\n## 実績\n{text}\n"),
            );
            let found: &[&str] = if expected { &["programs/a/2023.md:7"] } else { &[] };
            content.assert_finds("text-figure", found);
        };
        check("受入れは過去最高の77団体、5,540泊であった（R4は63団体、5,358泊）。", false);
        check("受入れは過去最高の77団体、5,540泊であった（R4は63団体、5,853泊）。", true);
        check("前年度の5,853泊に対し、過去最少の5,540泊となった。", false);
        check("前年度の5,358泊に対し、過去最少の5,540泊となった。", true);
        check("宿泊は過去最高の905泊となった。", true);
        check("宿泊は過去最高の540泊（前年度より600泊増）であった。", false);
        check("参加は過去最高の540人（前年度より600人の増）であった。", false);
        check("宿泊は過去最高で、3年ぶりの更新であった（前回は平成30年）。", false);
        check("受入れは過去最高に次ぐ5,540泊であった（R4は5,853泊）。", false);
    }
}
