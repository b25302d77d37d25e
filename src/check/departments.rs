//! Who still owes what: findings and outstanding sheets by department.
//!
//! Sheets are collected from departments once a year. In the newest edition of a strategy,
//! draft or not, a sheet is outstanding where other nodes of the level have theirs, the row
//! stands in the year, and the program had not ended before.

use super::Review;
use super::money_after_end::ending;
use super::walk::{stands_in, strategies};
use crate::diagnostic::SourceId;
use crate::model::{EditionIx, FiscalYear, Kind, Node, NodeId, Owner, Report, Strategy, StrategyIx};
use std::collections::{BTreeMap, BTreeSet};

/// What one department of one strategy has still to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// The strategy.
    pub strategy: StrategyIx,
    /// The department as printed, several joined by `・`; `None` where none is printed.
    pub department: Option<String>,
    /// How many findings in its files nobody has acknowledged.
    pub findings: usize,
    /// The nodes without a sheet in the newest edition.
    pub sheets: Vec<NodeId>,
}

/// What each department has to do, by strategy; those that have nothing to do are left out.
pub fn owed(report: &Report, review: &Review) -> Vec<Owed> {
    let mut owed: BTreeMap<(StrategyIx, Option<String>), Owed> = BTreeMap::new();
    let mut of = |strategy: StrategyIx, department: Option<String>, change: &dyn Fn(&mut Owed)| {
        let key = (strategy, department.clone());
        let empty = Owed { strategy, department, findings: 0, sheets: Vec::new() };
        change(owed.entry(key).or_insert(empty));
    };
    let files = files(report);
    for span in review.open.iter().filter_map(|finding| finding.diagnostic.span()) {
        if let Some((strategy, department)) = files.get(&span.source) {
            of(*strategy, department.clone(), &|owed| owed.findings += 1);
        }
    }
    for (ix, strategy) in strategies(report) {
        for id in outstanding(report, ix, strategy) {
            of(ix, department(report, id), &|owed| owed.sheets.push(id));
        }
    }
    owed.into_values().collect()
}

/// The nodes without a sheet in the newest edition of a strategy, though one is to be expected.
fn outstanding(report: &Report, ix: StrategyIx, strategy: &Strategy) -> Vec<NodeId> {
    let Some(newest) = strategy.editions.len().checked_sub(1).map(EditionIx) else { return Vec::new() };
    let year = strategy.editions.get(newest.0).and_then(|edition| edition.year);
    // Goals of one level may have sheets where those of another have none.
    let level = |node: &Node| (node.kind, node.label.clone());
    let reporting: BTreeSet<(Kind, Option<String>)> =
        report.nodes(ix).filter(|(_, node)| !node.sheets.is_empty()).map(|(_, node)| level(node)).collect();
    let years = year.map(|year| strategy.years_of_rows(year));
    let expected = |id: NodeId, node: &Node| {
        let in_folder = node.span.source != strategy.span.source;
        let stands = years.as_ref().is_none_or(|years| stands_in(report, id, years));
        in_folder && reporting.contains(&level(node)) && stands && !has_ended(strategy, node, year)
    };
    let lacking = report.nodes(ix).filter(|(id, node)| node.sheet(newest).is_none() && expected(*id, node));
    lacking.map(|(id, _)| id).collect()
}

/// Whether the last word on a node was that it had ended before `year`.
fn has_ended(strategy: &Strategy, node: &Node, year: Option<FiscalYear>) -> bool {
    let Some(sheet) = node.sheets.last() else { return false };
    let of_edition = strategy.editions.get(sheet.edition.0).and_then(|edition| edition.year);
    sheet.judgements.iter().filter(|judgement| ending(strategy, judgement).is_some()).any(|judgement| {
        let end = judgement.year.or(of_edition);
        end.is_none() || year.is_none() || end < year
    })
}

/// The strategy and the department of each file.
fn files(report: &Report) -> BTreeMap<SourceId, (StrategyIx, Option<String>)> {
    let mut files = BTreeMap::new();
    for (ix, strategy) in report.strategies() {
        for (id, node) in report.nodes(ix) {
            let department = department(report, id);
            files.insert(node.span.source, (ix, department.clone()));
            for sheet in &node.sheets {
                let of_sheet = joined(&sheet.departments).or_else(|| department.clone());
                let variants = sheet.variants.iter().map(|variant| variant.span.source);
                for source in variants.chain([sheet.span.source]) {
                    files.insert(source, (ix, of_sheet.clone()));
                }
            }
        }
        files.insert(strategy.span.source, (ix, None));
    }
    files
}

/// Whose a node is: as its newest sheet says, or its own file, or those of what is above it.
fn department(report: &Report, id: NodeId) -> Option<String> {
    let mut next = Some(id);
    // No way up is longer than the number of nodes.
    for _ in 0..=report.strategy(id.strategy).nodes.len() {
        let id = next?;
        let node = report.node(id);
        if let Some(department) = joined(node.departments_in(node.sheets.last())) {
            return Some(department);
        }
        let relations = report.relations(id);
        let home = report.home(id).or_else(|| relations.places.first().copied());
        next = match home.map(|place| place.owner) {
            Some(Owner::Node(owner)) => Some(owner),
            Some(Owner::Strategy(_)) => None,
            None => relations.parent,
        };
    }
    None
}

fn joined(departments: &[String]) -> Option<String> {
    (!departments.is_empty()).then(|| departments.join("・"))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Content, program};
    use super::owed;

    /// Two departments, and a second edition for which nothing has come in but policy 1's sheet.
    fn collecting() -> Content {
        let policy = |department: &str, row: &str| {
            format!("+++\nname = 'P'\ndepartment = '{department}'\n[[program]]\nid = '{row}'\n+++\n")
        };
        Content::new()
            .edition("2024", "R6")
            .file("policies/1/policy.md", &policy("企画課", "a"))
            .file("policies/2/policy.md", &policy("税務課", "b"))
            .file("policies/1/2024.md", "")
            .with(program("a", ""))
            .with(program("b", ""))
    }

    fn list(content: &Content) -> Vec<String> {
        let loaded = content.load();
        let owed = owed(&loaded.report, &loaded.review);
        let line = |owed: &super::Owed| {
            let sheets: Vec<_> = owed.sheets.iter().map(|id| loaded.report.node(*id).id.as_str()).collect();
            let department = owed.department.as_deref().unwrap_or("-");
            format!("{department} {} {}", owed.findings, sheets.join(" "))
        };
        owed.iter().map(line).collect()
    }

    #[test]
    fn sheets_that_have_not_come_in() {
        assert_eq!(list(&collecting()), ["企画課 0 a", "税務課 0 2 b"]);
    }

    #[test]
    fn a_department_that_only_an_older_sheet_names_owes_nothing() {
        let given = ["policies/1/2025", "policies/2/2024", "programs/a/2024", "programs/a/2025"];
        let given = given.into_iter().chain(["programs/b/2024", "programs/b/2025"]);
        let moved = collecting().edition("2025", "R7").file("policies/2/2023.md", "+++\ndepartment = '旧課'\n+++\n");
        let moved = given.fold(moved, |content, sheet| content.file(&format!("{sheet}.md"), ""));
        assert_eq!(list(&moved), ["税務課 0 2"]);
    }

    #[test]
    fn a_complete_edition_owes_nothing() {
        let complete = ["policies/2", "programs/a", "programs/b"];
        let all = complete.iter().fold(collecting(), |content, node| content.file(&format!("{node}/2024.md"), ""));
        assert_eq!(list(&all), [""; 0]);
    }

    #[test]
    fn of_what_stands_in_another_year_none_is_expected() {
        let row = "+++\nname = 'P'\ndepartment = '税務課'\n[[program]]\nid = 'b'\nyears = ['R5']\n+++\n";
        assert_eq!(list(&collecting().file("policies/2/policy.md", row)), ["企画課 0 a", "税務課 0 2"]);
    }

    #[test]
    fn of_what_had_ended_none_is_expected() {
        let scale = "[[scale]]\nid = 'd'\ntitle = 'D'\nof = ['program']\nmarks = [{ mark = '終了', ends = true }]";
        let ended = collecting().strategy(scale).file("programs/b/2023.md", "+++\n[judgement]\nd = '終了'\n+++\n");
        assert_eq!(list(&ended), ["企画課 0 a", "税務課 0 2"]);
    }

    #[test]
    fn findings_are_counted_for_whom_they_concern() {
        let wrong = "+++\n[money]\nbudget.R6 = { value = 3, parts = [{ name = 'x', value = 2 }] }\n+++\n";
        assert_eq!(list(&collecting().file("programs/a/2024.md", wrong)), ["企画課 1 ", "税務課 0 2 b"]);
    }
}
