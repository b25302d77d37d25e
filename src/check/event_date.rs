//! Dates of one event, such as an opening, that texts of one program give differently, for the rule `impossible-date`.

use super::Findings;
use super::impossible_date::dates;
use super::visit::nodes;
use super::words::span_in;
use crate::diagnostic::{Confidence, Span, say};
use crate::model::{FiscalYear, Node, Report};
use std::collections::BTreeMap;

/// Events that happen once.
pub(super) const EVENTS: [&str; 12] =
    ["開設", "開業", "開館", "開園", "開校", "開所", "供用", "竣工", "完成", "設立", "施行", "制定"];

/// A dated event with the edition that mentions it, and the place of its date, if that is in a text.
struct Event {
    year: FiscalYear,
    edition: usize,
    place: Option<(Span, String)>,
}

/// Events by name and month.
type Events = BTreeMap<(&'static str, u32), Vec<Event>>;

/// Reports the date of an event whose month is given with another year elsewhere: the one that is given less often or, if all
/// are given once, the one that is later than the year of its edition.
pub(super) fn check(report: &Report, findings: &mut Findings) {
    for (strategy, _, node) in nodes(report) {
        for ((event, month), dates) in events(node) {
            let years: Vec<FiscalYear> = dates.iter().map(|date| date.year).collect();
            let count = |year: FiscalYear| years.iter().filter(|other| **other == year).count();
            let Some(most) = years.iter().map(|year| count(*year)).max() else { continue };
            let is_after = |date: &Event| {
                let reported = strategy.editions.get(date.edition).and_then(|edition| edition.year);
                reported.is_some_and(|reported| FiscalYear::of_month(date.year.0, month) > reported)
            };
            // A plan of an earlier edition is a date after its year too: the last date is the one in doubt.
            let last = dates.len().checked_sub(1).filter(|_| most == 1 && years.len() == 2);
            // Beside a cell of the same sheet, a text is the one in doubt.
            let noted = dates.iter().find(|date| date.place.is_none()).map(|date| date.edition);
            let mut odd = dates.iter().enumerate().filter(|(index, date)| {
                count(date.year) < most
                    || last == Some(*index) && is_after(date)
                    || last.is_some() && date.place.is_some() && noted == Some(date.edition)
            });
            let (Some((_, date)), None) = (odd.next(), odd.next()) else { continue };
            let Some(other) = years.iter().find(|year| **year != date.year) else { continue };
            let Some((span, title)) = &date.place else { continue };
            let (written, other) = (date.year.short(), other.short());
            let message = say!(
                ja: "{month}月の「{event}」の年がここでは {written} ですが、同じ事業のほかの文章では {other} です",
                en: "the year of `{event}` (month {month}) is {written} here, and {other} in other texts of the program"
            );
            let help = say!(
                ja: "日付を資料と見比べてください",
                en: "compare the date with the source"
            );
            findings.add_as(Confidence::Possible, *span, title, message, help);
        }
    }
}

/// Events of a node by name and month.
fn events(node: &Node) -> Events {
    let mut found: Events = BTreeMap::new();
    let mut add = |text: &str, edition: usize, place: &dyn Fn(std::ops::Range<usize>) -> Option<(Span, String)>| {
        for date in dates(text) {
            let after = text.get(date.range.end..).unwrap_or_default();
            // 10月に開設, 10月に相談所を開設.
            let rest = after.strip_prefix(['に', 'の']).unwrap_or(after);
            let clause = rest.split(['、', '。', '\n', '月']).next().unwrap_or_default();
            let named = EVENTS.iter().find(|event| rest.starts_with(**event)).or_else(|| {
                EVENTS
                    .iter()
                    .find(|event| clause.contains(&format!("を{event}")) || clause.contains(&format!("が{event}")))
            });
            if let (Some(event), Some(year)) = (named, date.year) {
                let dated = Event { year, edition, place: place(date.range) };
                found.entry((event, date.month)).or_default().push(dated);
            }
        }
    };
    for sheet in &node.sheets {
        for section in &sheet.sections {
            let place = |range| Some((span_in(&section.prose, range), section.title.clone()));
            add(&section.prose.markdown, sheet.edition.0, &place);
        }
        for value in sheet.figures.values().flat_map(|figures| figures.values().map(|(.., value)| value)) {
            add(value.note.as_deref().unwrap_or_default(), sheet.edition.0, &|_| None);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn check(first: &str, second: &str, found: &[&str]) {
        Fixture::new()
            .edition("2024", "R6")
            .with(program("a", ""))
            .file("programs/a/2023.md", &format!("## 今後\n{first}\n"))
            .file("programs/a/2024.md", &format!("## 実績\n{second}\n"))
            .assert_finds("impossible-date", found);
    }

    #[test]
    fn reports_another_year_of_one_event() {
        let plan = "令和6年10月の開設に向け、備品を整える。";
        check(plan, "令和6年10月に開設し、412人が利用した。", &[]);
        check(plan, "令和7年10月に開設し、412人が利用した。", &["programs/a/2024.md:2"]);
        check(plan, "令和7年11月に分館を開設する。", &[]);
        check(plan, "令和7年10月に相談所を開設した。", &["programs/a/2024.md:2"]);
        check("令和5年10月に開催した。", "令和6年10月に開催した。", &[]);
    }
}
