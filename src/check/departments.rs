//! Open work by department: unacknowledged findings and outstanding sheets.
//!
//! Sheets are collected from departments once a year. While the newest edition of a strategy is a draft, the sheet of a
//! node with its own folder is outstanding if other nodes of its level have sheets, one of its rows applies in the year,
//! and the program did not end earlier. In published editions, missing sheets are findings (`missing-sheet`).

use super::visit::{applies_in, strategies};
use super::{Finding, Review};
use crate::diagnostic::{Assignee, SourceId};
use crate::model::{EditionIx, InCharge, Node, NodeId, Owner, Report, Strategy, StrategyIx};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Open work of one department in one strategy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepartmentWork {
    /// Strategy.
    pub strategy: StrategyIx,
    /// Department as printed, several joined by `・`; `None` if none is printed.
    pub department: Option<String>,
    /// Number of open findings in its files.
    pub findings: usize,
    /// Nodes whose sheet is outstanding in the newest edition, a draft.
    pub sheets: Vec<NodeId>,
}

/// Open work by strategy and department. Departments without open work are omitted.
pub fn open_work(report: &Report, review: &Review) -> Vec<DepartmentWork> {
    let mut open_work: BTreeMap<(StrategyIx, Option<String>), DepartmentWork> = BTreeMap::new();
    let mut update = |strategy: StrategyIx, department: Option<String>, change: &dyn Fn(&mut DepartmentWork)| {
        let key = (strategy, department.clone());
        let empty = DepartmentWork { strategy, department, findings: 0, sheets: Vec::new() };
        change(open_work.entry(key).or_insert(empty));
    };
    let files = files(report);
    for span in review.open.iter().filter_map(|finding| finding.diagnostic.span()) {
        if let Some((strategy, department)) = files.get(&span.source) {
            update(*strategy, department.clone(), &|entry| entry.findings += 1);
        }
    }
    for (ix, strategy) in strategies(report) {
        for id in outstanding(report, ix, strategy) {
            update(ix, department(report, id), &|entry| entry.sheets.push(id));
        }
    }
    open_work.into_values().collect()
}

/// Names the department that answers for each finding: that of its file.
pub(super) fn assign(report: &Report, findings: &mut [Finding]) {
    if findings.is_empty() {
        return;
    }
    let files = files(report);
    let mut assignees: BTreeMap<&(StrategyIx, Option<String>), Arc<Assignee>> = BTreeMap::new();
    for finding in findings {
        let Some(key) = finding.diagnostic.span().and_then(|span| files.get(&span.source)) else { continue };
        let assignee = assignees.entry(key).or_insert_with(|| {
            let (strategy, department) = (report.strategy(key.0), key.1.clone());
            Arc::new(Assignee { strategy: strategy.id.clone(), title: strategy.title.clone(), department })
        });
        finding.diagnostic.assignee = Some(Arc::clone(assignee));
    }
}

/// Nodes without the expected sheet in the newest edition of a strategy, if it is a draft.
fn outstanding(report: &Report, ix: StrategyIx, strategy: &Strategy) -> Vec<NodeId> {
    let Some(newest) = strategy.editions.len().checked_sub(1).map(EditionIx) else { return Vec::new() };
    if strategy.editions.get(newest.0).is_some_and(|edition| !edition.draft) {
        return Vec::new();
    }
    let year = strategy.editions.get(newest.0).and_then(|edition| edition.year);
    let years = year.map(|year| strategy.years_shown_with(year));
    let expected = |id: NodeId, node: &Node| {
        let has_row = years.as_ref().is_none_or(|years| applies_in(report, id, years));
        strategy.expects_sheet(node) && has_row && !strategy.has_ended(node, year)
    };
    let lacking = report.nodes(ix).filter(|(id, node)| node.sheet(newest).is_none() && expected(*id, node));
    lacking.map(|(id, _)| id).collect()
}

/// Strategy and department of each source file.
fn files(report: &Report) -> BTreeMap<SourceId, (StrategyIx, Option<String>)> {
    let mut files = BTreeMap::new();
    for (ix, strategy) in report.strategies() {
        for (id, node) in report.nodes(ix) {
            let department = department(report, id);
            files.insert(node.span.source, (ix, department.clone()));
            for sheet in &node.sheets {
                let sheet_department = joined(&sheet.departments).or_else(|| department.clone());
                let variants = sheet.variants.iter().map(|variant| variant.span.source);
                for source in variants.chain([sheet.span.source]) {
                    files.insert(source, (ix, sheet_department.clone()));
                }
            }
        }
        files.insert(strategy.span.source, (ix, None));
    }
    files
}

/// Department of a node, from its newest sheet, its own file, or its ancestors.
fn department(report: &Report, id: NodeId) -> Option<String> {
    let mut next = Some(id);
    // The number of nodes bounds the number of ancestors, also in case of cycles.
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

fn joined(departments: &[InCharge]) -> Option<String> {
    let names: Vec<&str> = departments.iter().map(|department| department.name.as_str()).collect();
    (!names.is_empty()).then(|| names.join("・"))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};
    use super::open_work;

    /// Two departments, and a draft of a second edition that has only the sheet of policy 1 so far.
    fn with_outstanding_sheets() -> Fixture {
        let policy = |department: &str, row: &str| {
            format!("+++\nname = 'P'\ndepartment = '{department}'\n[[program]]\nid = '{row}'\n+++\n")
        };
        Fixture::new()
            .append_to_strategy("[[edition]]\nid = '2024'\nlabel = '2024'\nyear = 'R6'\ndraft = true")
            .file("policies/1/policy.md", &policy("企画課", "a"))
            .file("policies/2/policy.md", &policy("税務課", "b"))
            .file("policies/1/2024.md", "")
            .with(program("a", ""))
            .with(program("b", ""))
    }

    fn list(content: &Fixture) -> Vec<String> {
        let loaded = content.load();
        let open_work = open_work(&loaded.report, &loaded.review);
        let line = |open_work: &super::DepartmentWork| {
            let sheets: Vec<_> = open_work.sheets.iter().map(|id| loaded.report.node(*id).id.as_str()).collect();
            let department = open_work.department.as_deref().unwrap_or("-");
            format!("{department} {} {}", open_work.findings, sheets.join(" "))
        };
        open_work.iter().map(line).collect()
    }

    #[test]
    fn lists_outstanding_sheets() {
        assert_eq!(list(&with_outstanding_sheets()), ["企画課 0 a", "税務課 0 2 b"]);
    }

    #[test]
    fn ignores_departments_named_only_in_older_sheets() {
        let sheets = ["policies/1/2025", "policies/2/2024", "programs/a/2024", "programs/a/2025"];
        let sheets = sheets.into_iter().chain(["programs/b/2024", "programs/b/2025"]);
        let moved = with_outstanding_sheets()
            .append_to_strategy("[[edition]]\nid = '2025'\nlabel = '2025'\nyear = 'R7'\ndraft = true")
            .file("policies/2/2023.md", "+++\ndepartment = '旧課'\n+++\n");
        let moved = sheets.fold(moved, |content, sheet| content.file(&format!("{sheet}.md"), ""));
        assert_eq!(list(&moved), ["税務課 0 2"]);
    }

    #[test]
    fn omits_departments_of_a_complete_edition() {
        let complete = ["policies/2", "programs/a", "programs/b"];
        let all = complete
            .iter()
            .fold(with_outstanding_sheets(), |content, node| content.file(&format!("{node}/2024.md"), ""));
        assert_eq!(list(&all), [""; 0]);
    }

    #[test]
    fn expects_no_sheet_for_rows_of_other_years() {
        let row = "+++\nname = 'P'\ndepartment = '税務課'\n[[program]]\nid = 'b'\nyears = ['R5']\n+++\n";
        assert_eq!(list(&with_outstanding_sheets().file("policies/2/policy.md", row)), ["企画課 0 a", "税務課 0 2"]);
    }

    #[test]
    fn expects_no_sheet_for_ended_programs() {
        let scale = "[[scale]]\nid = 'd'\ntitle = 'D'\nof = ['program']\nmarks = [{ mark = '終了', ends = true }]";
        let ended = with_outstanding_sheets()
            .append_to_strategy(scale)
            .file("programs/b/2023.md", "+++\n[judgement]\nd = '終了'\n+++\n");
        assert_eq!(list(&ended), ["企画課 0 a", "税務課 0 2"]);
    }

    #[test]
    fn counts_findings_by_department() {
        let wrong = "+++\n[money]\nbudget.R6 = { value = 3, parts = [{ name = 'x', value = 2 }] }\n+++\n";
        assert_eq!(list(&with_outstanding_sheets().file("programs/a/2024.md", wrong)), ["企画課 1 ", "税務課 0 2 b"]);
    }
}
