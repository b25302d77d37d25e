//! Numbers of all things of a kind (全小学校25校) and anniversaries (25周年記念市民訪問団) that a node gives differently.

use super::{Contradiction, passages};
use crate::check::visit::SheetRef;
use crate::check::words::{contains_any, is_noun_char, noun_at_end, quantities, sentences};
use crate::diagnostic::say;
use crate::model::{Section, SeriesKind};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::ops::Range;

/// Units of things whose number does not change within a year; 全3回 is the number of times of one course.
const UNITS: [&str; 17] = [
    "小学校",
    "中学校",
    "学校",
    "校",
    "地区",
    "町内会",
    "自治会",
    "市町村",
    "市町",
    "町村",
    "海域",
    "地域",
    "施設",
    "か所",
    "箇所",
    "課",
    "園",
];

/// A number of all things of a kind, and its place.
struct Total<'r> {
    number: Decimal,
    place: Option<(&'r Section, Range<usize>)>,
}

/// Totals by their words.
type Totals<'r> = BTreeMap<String, Vec<Total<'r>>>;

/// Totals of texts that differ from the others of the node: of two, the one outside the texts is right.
pub(super) fn contradictions(item: SheetRef<'_>) -> Vec<Contradiction<'_>> {
    let mut totals: Totals<'_> = BTreeMap::new();
    for passage in passages(item) {
        for sentence in sentences(passage.text) {
            for (words, number, range) in in_sentence(sentence.text) {
                let range = sentence.start + range.start..sentence.start + range.end;
                let place = passage.section.map(|section| (section, range));
                totals.entry(words).or_default().push(Total { number, place });
            }
        }
    }
    let of_texts = totals.iter().filter_map(|(words, totals)| contradiction(words, totals));
    of_texts.chain(values_above(item)).collect()
}

/// Values above the number of all things that the definition of their indicator states: 250校 of 全小学校25校.
fn values_above(item: SheetRef<'_>) -> Vec<Contradiction<'_>> {
    let mut found = Vec::new();
    for (index, figures) in &item.sheet.figures {
        let Some(indicator) = item.node.indicators.get(*index) else { continue };
        let texts = [Some(&indicator.name), indicator.definition.as_ref(), indicator.note.as_ref()];
        let totals: Vec<_> = texts.into_iter().flatten().flat_map(|text| in_sentence(text)).collect();
        let [(words, total, _)] = totals.as_slice() else { continue };
        let is_other = indicator.name.contains("延べ") || indicator.actual_total_from.is_some();
        if is_other {
            continue;
        }
        for (series, _, value) in figures.values() {
            let Some(number) = value.number() else { continue };
            let unit = number.unit.as_deref().or(indicator.unit.as_deref()).unwrap_or_default();
            let is_counted = matches!(series, SeriesKind::Actual | SeriesKind::Target);
            if is_counted && !unit.is_empty() && words.ends_with(unit) && number.decimal > *total {
                let (printed, total) = (&value.printed, total.normalize());
                let message = say!(
                    ja: "「{printed}」が、指標の定義にある「{words}」の数{total}を上回っています",
                    en: "`{printed}` exceeds {total}, the number of `{words}` in the definition of the indicator"
                );
                found.push(Contradiction { span: value.span, about: "indicator", message });
            }
        }
    }
    found
}

fn contradiction<'r>(words: &str, totals: &[Total<'r>]) -> Option<Contradiction<'r>> {
    let count = |number: Decimal| totals.iter().filter(|total| total.number == number).count();
    let is_outside = |number: Decimal| totals.iter().any(|total| total.number == number && total.place.is_none());
    let mut odd = totals.iter().filter(|total| {
        let others = totals.len() - count(total.number);
        total.place.is_some() && count(total.number) == 1 && !is_outside(total.number) && others > 0
    });
    let (Some(odd), None) = (odd.next(), odd.next()) else { return None };
    let mut others = totals.iter().filter(|total| total.number != odd.number).map(|total| total.number);
    let usual = others.next().filter(|usual| others.all(|other| other == *usual))?;
    if count(usual) < 2 && !is_outside(usual) {
        return None;
    }
    let (section, range) = odd.place.clone()?;
    let (written, usual) = (odd.number.normalize(), usual.normalize());
    let message = say!(
        ja: "「{words}」の数がここでは{written}ですが、ほかの記載では{usual}です",
        en: "the number of `{words}` is {written} here, but {usual} elsewhere"
    );
    Some(Contradiction::new(section, range, message))
}

/// Totals of a sentence: their words, without the number, and the range of the number.
pub(super) fn in_sentence(text: &str) -> Vec<(String, Decimal, Range<usize>)> {
    const OTHER: [&str; 8] = ["年度", "前年", "昨年", "うち", "のうち", "当時", "統合", "から全"];
    let mut found = Vec::new();
    for quantity in quantities(text).into_iter().filter(|_| text.contains(['全', '周'])) {
        let before = text.get(..quantity.range.start).unwrap_or_default();
        let words = if let Some(rest) = quantity.after.strip_prefix("周年") {
            let noun: String = rest.chars().take_while(|char| is_noun_char(*char)).collect();
            (noun.chars().count() > 2).then(|| format!("周年{noun}"))
        } else {
            let unit = UNITS.iter().find(|unit| quantity.has_unit(unit));
            let of_all = noun_at_end(before).rsplit_once('全').filter(|(_, noun)| noun.chars().count() < 8);
            of_all.zip(unit).filter(|_| !contains_any(text, &OTHER)).map(|((_, noun), unit)| format!("全{noun}{unit}"))
        };
        found.extend(words.map(|words| (words, quantity.number, quantity.range)));
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{Fixture, indicator, program};

    fn check(definition: &str, text: &str, found: &[&str]) {
        let node = format!("+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\ndefinition = '{definition}'\n+++\n");
        Fixture::new()
            .with(program("a", ""))
            .file("programs/a/program.md", &node)
            .file("programs/a/2023.md", &format!("## 実績\n{text}\n"))
            .assert_finds("contradictory-text", found);
    }

    #[test]
    fn totals_of_things_are_the_same_everywhere() {
        let line = &["programs/a/2023.md:2"];
        check("市内全小学校25校が対象", "市内全小学校25校で開いた。", &[]);
        check("市内全小学校25校が対象", "市内全小学校29校で開いた。", line);
        check("市内全小学校25校が対象", "市内全中学校9校で開いた。", &[]);
        check("全3回の講座", "全5回の講座を開いた。", &[]);
        check("全小学校25校が対象", "統合後の全小学校24校で開いた。", &[]);
    }

    #[test]
    fn values_do_not_exceed_the_total_of_the_definition() {
        let check = |target: u32, unit: &str, found: &[&str]| {
            let keys = format!("unit = '{unit}'\ndefinition = '市内全小学校25校が対象'");
            indicator(&keys, &format!("target.R5 = {target}")).assert_finds("contradictory-text", found);
        };
        check(25, "校", &[]);
        check(250, "校", &["programs/a/2023.md:3"]);
        check(250, "人", &[]);
        let visits = "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = '延べ実施校数'\nunit = '校'\n\
            definition = '市内全小学校25校が対象'\n+++\n";
        indicator("", "target.R5 = 250").file("programs/a/program.md", visits).assert_finds("contradictory-text", &[]);
    }

    #[test]
    fn anniversaries_are_the_same_everywhere() {
        let line = &["programs/a/2023.md:2"];
        check("25周年記念市民訪問団の派遣", "20周年記念市民訪問団の派遣を中止した。", line);
        check("25周年記念市民訪問団の派遣", "10周年記念誌を作成した。", &[]);
    }

    #[test]
    fn of_several_texts_the_one_that_differs_is_reported() {
        check("X", "全12地区で開いた。\n全12地区を回った。\n全21地区から集まった。", &["programs/a/2023.md:4"]);
        check("X", "全12地区で開いた。\n全21地区から集まった。", &[]);
    }
}
