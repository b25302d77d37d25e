//! Periods of programs that results or the direction contradict, for the rules `impossible-year` and `direction-after-end`.

use super::Findings;
use super::visit::{SheetRef, ending_mark, nodes, sheets};
use crate::diagnostic::{Confidence, say};
use crate::model::{FiscalYear, Kind, Node, NodeId, Report, StrategyIx, decisive};
use std::collections::{BTreeMap, BTreeSet};

/// Reports periods that begin after a year with a settlement in the sheet of that year.
pub(super) fn check_start(report: &Report, findings: &mut Findings) {
    let mut reported = BTreeSet::new();
    for item in sheets(report) {
        let period = item.node.period.as_ref().filter(|_| item.sheet.period.is_none());
        let (Some(from), Some(span)) = (period.and_then(|period| period.from), item.node.period_span) else { continue };
        let Some(year) = item.edition.year.filter(|year| *year < from && has_settlement(item, *year)) else { continue };
        if reported.insert(item.id) {
            let (from, year) = (from.short(), year.short());
            let message = say!(
                ja: "期間の始まりは {from} ですが、{year} の決算額があります",
                en: "the period begins in {from}, but there is a settlement of {year}"
            );
            let help = say!(
                ja: "期間を資料と見比べてください",
                en: "compare the period with the source"
            );
            findings.add_as(Confidence::Likely, span, "period", message, help);
        }
    }
}

fn has_settlement(item: SheetRef<'_>, year: FiscalYear) -> bool {
    let mut amounts = item.sheet.money.of_years().filter(|(key, of, _)| key.is_result() && *of == year);
    amounts.any(|(_, _, value)| value.decimal().is_some_and(|number| !number.is_zero()))
}

/// Reports open periods of programs that ended, if the periods of all other programs of the strategy that ended have an end.
pub(super) fn check_open_end(report: &Report, findings: &mut Findings) {
    let mut ended: BTreeMap<StrategyIx, Vec<(NodeId, &Node, FiscalYear)>> = BTreeMap::new();
    for (strategy, id, node) in nodes(report).filter(|(_, _, node)| node.kind == Kind::Program) {
        let Some(sheet) = node.sheets.last().filter(|sheet| sheet.period.is_none()) else { continue };
        let year = strategy.editions.get(sheet.edition.0).and_then(|edition| edition.year);
        let mut ending = decisive(&sheet.judgements).filter(|judgement| ending_mark(strategy, judgement).is_some());
        let end = ending.next().and_then(|judgement| judgement.year.or(year));
        let has_money_later = |end: FiscalYear| {
            let mut later = sheet.money.of_years().filter(|(_, year, _)| *year > end);
            later.any(|(_, _, value)| value.decimal().is_some_and(|number| !number.is_zero()))
        };
        if let (Some(end), Some(_)) = (end.filter(|end| !has_money_later(*end)), &node.period) {
            ended.entry(id.strategy).or_default().push((id, node, end));
        }
    }
    for programs in ended.into_values() {
        let is_open = |node: &Node| node.period.as_ref().is_some_and(|period| period.to.is_none());
        let open: Vec<_> = programs.iter().filter(|(_, node, _)| is_open(node)).collect();
        let ([(_, node, end)], count @ 2..) = (open.as_slice(), programs.len()) else { continue };
        let is_stated = node.period.as_ref().is_some_and(|period| period.printed.is_some());
        let Some(span) = node.period_span.filter(|_| !is_stated) else { continue };
        let (end, count) = (end.short(), count - 1);
        let message = say!(
            ja: "{end}で終わる事業ですが、期間に終わりがありません（ほかの終わる{count}事業の期間には終わりがあります）",
            en: "the program ends in {end}, but its period is open; the periods of {count} others that end are not"
        );
        let help = say!(
            ja: "期間と方向性を資料と見比べてください",
            en: "compare the period and the direction with the source"
        );
        findings.add_as(Confidence::Possible, span, "period", message, help);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn with_period(content: Fixture, id: &str, period: &str) -> Fixture {
        let node = format!("+++\nname = 'program {id}'\nperiod = '{period}'\n+++\n");
        content.file(&format!("programs/{id}/program.md"), &node)
    }

    #[test]
    fn a_period_begins_before_the_first_settlement() {
        let check = |period: &str, found: &[&str]| {
            let content = Fixture::new().with(program("a", "[money]\nsettlement.R5 = 10"));
            with_period(content, "a", period).assert_finds("impossible-year", found);
        };
        check("R5/", &[]);
        check("R9/", &["programs/a/program.md:3"]);
    }

    #[test]
    fn a_program_that_ends_has_a_period_with_an_end() {
        let scale = "[[scale]]\nid = 'd'\ntitle = 'D'\nof = ['program']\nmarks = [{ mark = '継続' }, { mark = '終了', ends = true }]";
        let check = |one: &str, other: &str, found: &[&str]| {
            let ended = "[judgement]\nd = '終了'";
            let content = Fixture::new().append_to_strategy(scale).with(program("a", ended)).with(program("b", ended));
            with_period(with_period(content, "a", one), "b", other).assert_finds("direction-after-end", found);
        };
        check("R3/R5", "R1/R5", &[]);
        check("R3/", "R1/R5", &["programs/a/program.md:3"]);
        check("R3/", "R1/", &[]);
    }
}
