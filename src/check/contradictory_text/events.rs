//! Dates of one event that differ between two texts: 令和5年4月にこども家庭センターを設置した, beside 令和6年4月にこども家庭センターを設置する in
//! the sheet of the program.

use super::{Contradiction, is_plan};
use crate::check::event_date;
use crate::check::visit::SheetRef;
use crate::check::words::{Sentence, contains_any, is_noun_char, sentences};
use crate::diagnostic::say;
use crate::model::{FiscalYear, Section, Sheet, half_width};
use std::ops::Range;

/// Verbs of events that happen once.
const VERBS: [&str; 16] = [
    "設置", "開設", "開館", "開園", "開校", "開所", "開業", "開通", "供用", "新設", "移転", "統合", "廃止", "完成",
    "見直", "改定",
];

/// A dated event of a text.
struct Event<'r> {
    section: &'r Section,
    object: &'r str,
    verb: &'static str,
    /// Calendar or fiscal year, and month.
    date: (FiscalYear, Option<u32>),
    is_done: bool,
    range: Range<usize>,
}

/// Events of a sheet that another text dates in another year, in the same month. `below` are the sheets of the programs.
pub(super) fn contradictions<'r>(item: SheetRef<'r>, below: &[SheetRef<'r>]) -> Vec<Contradiction<'r>> {
    let mut own = events(item.sheet);
    own.retain(|event| event.is_done || is_plan(event.section));
    let mut found = Vec::new();
    if own.is_empty() {
        return found;
    }
    let nodes = std::iter::once(item.node).chain(below.iter().map(|item| item.node));
    let sheets = nodes.flat_map(|node| node.sheets.iter().map(move |sheet| (node, sheet)));
    let others: Vec<_> =
        sheets.flat_map(|(node, sheet)| events(sheet).into_iter().map(move |other| (node, sheet, other))).collect();
    for event in &own {
        // A plan of an earlier edition can be delayed, but not fulfilled before it was made.
        let mut different = others.iter().filter(|(node, sheet, other)| {
            // Reported by the rule `impossible-date`.
            let is_of_node = std::ptr::eq(*node, item.node) && event.date.1.is_some() && event.date.1 == other.date.1;
            if is_of_node && event_date::EVENTS.contains(&event.verb) {
                return false;
            }
            // Another month of the same year is a delay or a correction, unless the event was planned for later.
            let is_earlier = event.date.0 == other.date.0 && event.date.1 < other.date.1;
            let is_of_month = event.is_done && is_earlier && event.date.1.is_some() || event.date.1 == other.date.1;
            let is_same = other.object == event.object && other.verb == event.verb && is_of_month;
            // Of two texts of a sheet, the later one is reported.
            let is_later = !std::ptr::eq(*sheet, item.sheet) || other.start() < event.start();
            let is_impossible = match (event.is_done, other.is_done) {
                (true, true) => sheet.edition <= item.sheet.edition && is_later,
                (true, false) => event.date < other.date && sheet.edition <= item.sheet.edition,
                (false, _) => std::ptr::eq(*sheet, item.sheet) && is_later,
            };
            is_same && other.date != event.date && is_impossible
        });
        let Some((.., other)) = different.next() else { continue };
        let (object, verb, [written, usual]) = (event.object, event.verb, [event, other].map(Event::written));
        let message = say!(
            ja: "「{object}」の{verb}がここでは{written}ですが、ほかの文章では{usual}です",
            en: "`{object}` ({verb}) is dated {written} here, but {usual} in another text"
        );
        found.push(Contradiction::new(event.section, event.range.clone(), message));
    }
    found
}

impl Event<'_> {
    fn start(&self) -> usize {
        self.section.prose.span.range().start + self.range.start
    }

    fn written(&self) -> String {
        let (year, month) = (self.date.0.short(), self.date.1);
        month.map_or_else(|| year.clone(), |month| format!("{year}.{month}"))
    }
}

fn events(sheet: &Sheet) -> Vec<Event<'_>> {
    let mut found = Vec::new();
    for section in &sheet.sections {
        for sentence in sentences(&section.prose.markdown) {
            found.extend(event(section, &sentence));
        }
    }
    found
}

/// The event of a sentence with a single date: 令和6年4月にこども家庭センターを設置し, 配置を令和8年度に見直す.
fn event<'r>(section: &'r Section, sentence: &Sentence<'r>) -> Option<Event<'r>> {
    let text = sentence.text;
    let verb =
        VERBS.into_iter().find(|verb| text.contains(&format!("を{verb}")) || text.contains(&format!("に{verb}")))?;
    let mut starts = ["令和", "平成"].iter().flat_map(|era| text.match_indices(era));
    let ((start, _), None) = (starts.next()?, starts.next()) else { return None };
    let rest = text.get(start..)?;
    let at = rest.find('年')?;
    let year = FiscalYear::parse(rest.get(..at)?)?;
    let after = rest.get(at + '年'.len_utf8()..)?;
    let digits: String = after.chars().map(half_width).take_while(char::is_ascii_digit).collect();
    let (month, after) = match after.split_once("月に").filter(|_| !digits.is_empty()) {
        Some((month, after)) if month.chars().count() == digits.len() => (Some(digits.parse().ok()?), after),
        _ => (None, after.strip_prefix("度に").or_else(|| after.strip_prefix("度までに"))?),
    };
    let before = text.get(..start)?;
    let object = match after.strip_prefix(verb) {
        Some(_) => before.strip_suffix('を')?.rsplit(['、', 'は', 'が']).next()?,
        None => after.split_once(&format!("を{verb}")).map(|(object, _)| object)?,
    };
    let rest = after.split_once(verb)?.1;
    let is_done = ["し", "され"].iter().any(|end| rest.starts_with(end)) && !contains_any(rest, &["する予定", "見込"]);
    let nouns = object.chars().filter(|char| is_noun_char(*char)).count();
    let is_name = nouns > 3 && !object.contains(['、', '。']);
    let range = sentence.start + start..sentence.start + text.len() - after.len();
    is_name.then_some(Event { section, object, verb, date: (year, month), is_done, range })
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{Fixture, program};

    fn check(earlier: &str, text: &str, found: bool) {
        let expected: &[&str] = if found { &["programs/a/2024.md:2"] } else { &[] };
        Fixture::new()
            .edition("2024", "R6")
            .with(program("a", ""))
            .file("programs/a/2023.md", &format!("## 今後の計画\n{earlier}\n"))
            .file("programs/a/2024.md", &format!("## 成果\n{text}\n"))
            .assert_finds("contradictory-text", expected);
    }

    #[test]
    fn an_event_has_one_date() {
        let plan = "令和6年4月にこども家庭センターを設置する。";
        check(plan, "令和6年4月にこども家庭センターを設置し、相談を始めた。", false);
        check(plan, "令和5年4月にこども家庭センターを設置し、相談を始めた。", true);
        check(plan, "令和6年2月にこども家庭センターを設置し、相談を始めた。", true);
        check(plan, "令和6年7月にこども家庭センターを設置し、相談を始めた。", false);
        check(plan, "令和7年4月にこども家庭センターを設置し、相談を始めた。", false);
        check(plan, "令和5年4月に母子健康相談室を設置し、相談を始めた。", false);
        check("令和6年4月にこども家庭センターを設置した。", "こども家庭センターを令和5年4月に設置した。", true);
        // The rule `impossible-date` compares the years of this month.
        check("令和6年4月にこども家庭センターを開設した。", "令和5年4月にこども家庭センターを開設した。", false);
        check("令和6年4月にこども家庭センターを開設する。", "令和6年2月にこども家庭センターを開設した。", true);
    }

    #[test]
    fn plans_of_one_sheet_agree() {
        let check = |year: u32, found: &[&str]| {
            let text = format!(
                "## 今後の方針\n調査地点の配置を令和8年度に見直す。\n\n## 改善の方向性\n調査地点の配置を令和{year}年度に見直す。\n"
            );
            Fixture::new()
                .with(program("a", ""))
                .file("programs/a/2023.md", &text)
                .assert_finds("contradictory-text", found);
        };
        check(8, &[]);
        check(9, &["programs/a/2023.md:5"]);
    }
}
