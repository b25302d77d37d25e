//! Interim values that exceed the value of their year: 130 at the end of September, 73 in the whole year.

use super::super::Findings;
use super::super::negative_value::COUNTERS;
use super::super::visit::{Key, SheetRef, sheets};
use super::super::words::contains_any;
use crate::diagnostic::{Confidence, say};
use crate::model::{Column, Direction, FiscalYear, NodeId, Report, SeriesKind, Value};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Factor beyond which an interim value exceeds the value of its year by more than corrections do.
const FACTOR: Decimal = Decimal::from_parts(125, 0, 0, false, 2);
/// Interim values below this vary too much.
const MIN: Decimal = Decimal::TEN;
/// Words for what can decrease within a year.
const STOCKS: [&str; 16] = [
    "待機",
    "在籍",
    "残",
    "登録",
    "会員",
    "空き",
    "未",
    "人口",
    "世帯数",
    "加入",
    "職員",
    "委員",
    "現在",
    "率",
    "順位",
    "入所",
];

/// Reports counts that are greater in the course of a year than at its end.
pub(super) fn check(report: &Report, findings: &mut Findings) {
    // The last value of each year without a reference date.
    let mut settled: BTreeMap<(NodeId, usize, FiscalYear), &Value> = BTreeMap::new();
    let mut interim: Vec<(SheetRef<'_>, usize, FiscalYear, SeriesKind, &Value)> = Vec::new();
    for item in sheets(report) {
        for (index, figures) in &item.sheet.figures {
            for (year, value) in &figures.actual {
                if value.as_of.is_some() {
                    interim.push((item, *index, *year, SeriesKind::Actual, value));
                } else if value.estimated.is_none() && item.edition.year.is_some_and(|of| of >= *year) {
                    settled.insert((item.id, *index, *year), value);
                }
            }
            let of_year = figures.interim.iter();
            interim.extend(of_year.map(|(year, value)| (item, *index, *year, SeriesKind::Interim, value)));
        }
    }
    for (item, index, year, series, value) in interim {
        let Some(last) = settled.get(&(item.id, index, year)) else { continue };
        let Some(indicator) = item.node.indicators.get(index) else { continue };
        let (Some(number), Some(whole)) = (value.exact(), last.exact()) else { continue };
        let unit = value.number().and_then(|number| number.unit.as_deref()).or(indicator.unit.as_deref());
        let is_flow = unit.is_some_and(|unit| COUNTERS.contains(&unit))
            && !contains_any(&indicator.name, &STOCKS)
            && indicator.better != Some(Direction::Lower)
            && value.note.is_none()
            && last.note.is_none();
        if !is_flow || number < MIN || number <= whole.saturating_mul(FACTOR) {
            continue;
        }
        let (printed, of_year, as_of) = (&value.printed, &last.printed, value.as_of.as_deref().unwrap_or("年度途中"));
        let message = say!(
            ja: "年度の途中（{as_of}）の値「{printed}」が、その年度の値「{of_year}」を上回っています",
            en: "the interim value `{printed}` ({as_of}) exceeds the value of the year, `{of_year}`"
        );
        let help = say!(
            ja: "どちらの値が正しいか、資料と見比べてください",
            en: "compare both values with the source"
        );
        let key = Key::Series(indicator, series, Column::Year(year));
        findings.add_as(Confidence::Possible, value.span, key, message, help);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::Fixture;

    #[test]
    fn interim_counts_do_not_exceed_the_year() {
        let check = |name: &str, interim: &str, expected: &[&str]| {
            let node = format!("+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = '{name}'\nunit = '人'\n+++\n");
            Fixture::new()
                .file("programs/a/program.md", &node)
                .file(
                    "programs/a/2023.md",
                    &format!("+++\n[indicator.x]\ninterim.R5 = {interim}\nactual.R5 = 73\n+++\n"),
                )
                .assert_finds("revised-value", expected);
        };
        check("移住者数", "30", &[]);
        check("移住者数", "80", &[]);
        check("移住者数", "130", &["programs/a/2023.md:3"]);
        check("待機児童数", "130", &[]);
    }

    #[test]
    fn compares_interim_editions_with_the_final_one() {
        let edition = "[[edition]]\nid = '2023-interim'\nlabel = 'I'\nyear = 'R5'\nstage = 'interim'";
        let node = "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = '移住者数'\nunit = '人'\n+++\n";
        let strategy = "title = 'S'\npublisher = 'C'\n";
        let check = |value: u32, expected: &[&str]| {
            let interim = format!("+++\n[indicator.x]\nactual.R5 = {{ value = {value}, as_of = '9月末' }}\n+++\n");
            Fixture::new()
                .file("strategy.toml", strategy)
                .append_to_strategy(edition)
                .edition("2023", "R5")
                .file("programs/a/program.md", node)
                .file("programs/a/2023-interim.md", &interim)
                .file("programs/a/2023.md", "+++\n[indicator.x]\nactual.R5 = 73\n+++\n")
                .assert_finds("revised-value", expected);
        };
        check(30, &[]);
        check(130, &["programs/a/2023-interim.md:3"]);
    }
}
