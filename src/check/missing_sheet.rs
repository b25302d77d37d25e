//! The rule `missing-sheet`.

use super::visit::{applies_in, nodes, rows_below, sheets};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, Span, say};
use crate::model::{Edition, EditionIx, Node, NodeId, Report, Strategy};
use std::collections::BTreeMap;

pub(super) const LINT: Lint = Lint {
    rule: Rule::MissingSheet,
    title: Bilingual {
        ja: "前後の版や計から見て、あるはずの調書がない",
        en: "a sheet that is missing according to adjacent editions or a total",
    },
    explanation: Bilingual {
        ja: "前後の版に調書があり、その版の年度にも行があるのに調書がないとき、または、\
             施策が計を印刷した年度に行があるのに事業の調書がないときに指摘します。\
             下書きの版は集めている途中なので調べません（足りない調書は、\
             `shirube check` の終わりに担当ごとに表示します）。",
        en: "Reported if the node has sheets before and after the edition and a row in the year of the edition, \
             or if a policy prints a total for a year in which the program has a row but no sheet. Draft editions \
             are not checked, because they are still being collected; `shirube check` lists their outstanding \
             sheets by department at its end.",
    },
    example: concat!("programs/tour/2021.md\n", "programs/tour/2023.md      # strategy.toml: 2021, 2022, 2023"),
    remedy: Bilingual {
        ja: "調書を加えてください。その年度にはなかった事業なら、行に `years = […]` を書いてください。",
        en: "Add the sheet, or write `years = […]` in the row if the program did not exist in that year.",
    },
    confidence: Confidence::Likely,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    let mut missing: BTreeMap<(NodeId, EditionIx), Span> = BTreeMap::new();
    for (strategy, id, node) in nodes(report) {
        let gaps = editions_without_sheet(strategy, node).into_iter();
        missing.extend(
            gaps.filter(|(edition, _)| has_row(report, id, *edition)).map(|(edition, after)| ((id, edition), after)),
        );
    }
    for (key, row_span) in rows_without_sheet(report) {
        missing.entry(key).or_insert(row_span);
    }
    for ((id, edition), span) in missing {
        let node = report.node(id);
        let Some(edition) = report.strategy(id.strategy).editions.get(edition.0) else { continue };
        report_missing(node, edition, span, findings);
    }
}

fn report_missing(node: &Node, edition: &Edition, span: Span, findings: &mut Findings) {
    let (name, label, file) = (&node.name, &edition.label, &edition.id);
    let message = say!(
        ja: "「{name}」に、版「{label}」の調書（{file}.md）がありません",
        en: "`{name}` has no sheet ({file}.md) in the edition `{label}`"
    );
    let help = say!(
        ja: "調書を加えてください。その年度に行われていない事業なら、施策の行に `years` を書いてください",
        en: "add the sheet; if the program did not exist in that year, add `years` to its row"
    );
    findings.add(span, format!("{}.{}.{file}", node.kind.key(), node.id), message, help);
}

/// Published editions without a sheet between two sheets of a node, with the span of the later sheet.
fn editions_without_sheet(strategy: &Strategy, node: &Node) -> Vec<(EditionIx, Span)> {
    let between = |pair: &[crate::model::Sheet]| match pair {
        [before, after] => (before.edition.0 + 1..after.edition.0).map(|ix| (EditionIx(ix), after.span)).collect(),
        _ => Vec::new(),
    };
    let gaps = node.sheets.windows(2).flat_map(between);
    gaps.filter(|(edition, _)| is_published(strategy, *edition)).collect()
}

/// Returns true if the year of the edition is in the period of the node, and the node has no rows or has one in that year.
fn has_row(report: &Report, id: NodeId, edition: EditionIx) -> bool {
    let strategy = report.strategy(id.strategy);
    let year = strategy.editions.get(edition.0).and_then(|edition| edition.year);
    let node = report.node(id);
    let period = node.period_in(node.sheets.last());
    let in_period = |year| period.is_none_or(|period| period.contains(year));
    year.is_none_or(|year| in_period(year) && applies_in(report, id, &strategy.years_shown_with(year)))
}

/// Programs without a sheet although their rows belong to a printed total, with the span of the row.
fn rows_without_sheet(report: &Report) -> Vec<((NodeId, EditionIx), Span)> {
    let mut missing = Vec::new();
    for item in sheets(report).filter(|item| is_published(item.strategy, item.sheet.edition)) {
        for (_, year, _) in item.sheet.total.of_years() {
            let rows = rows_below(report, item.id).into_iter().filter(|(row, _)| row.applies_in(year));
            let without = rows.filter(|(_, program)| report.node(*program).sheet(item.sheet.edition).is_none());
            missing.extend(without.map(|(row, program)| ((program, item.sheet.edition), row.span)));
        }
    }
    missing
}

/// Returns true if the edition exists and is not a draft.
fn is_published(strategy: &Strategy, edition: EditionIx) -> bool {
    strategy.editions.get(edition.0).is_some_and(|edition| !edition.draft)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn two_editions() -> Fixture {
        Fixture::new().edition("2024", "R6").edition("2025", "R7").with(program("a", ""))
    }

    #[test]
    fn reports_a_gap_between_two_sheets() {
        two_editions().assert_finds("missing-sheet", &[]);
        two_editions().file("programs/a/2025.md", "").assert_finds("missing-sheet", &["programs/a/2025.md:1"]);
        two_editions().file("programs/a/2025.md", "").file("programs/a/2024.md", "").assert_finds("missing-sheet", &[]);
    }

    #[test]
    fn expects_no_sheet_outside_the_period() {
        let check = |period: &str, expected: &[&str]| {
            let program = format!("+++\nname = 'A'\nperiod = '{period}'\n+++\n");
            let content = two_editions().file("programs/a/2025.md", "").file("programs/a/program.md", &program);
            content.assert_finds("missing-sheet", expected);
        };
        check("R3/R7", &["programs/a/2025.md:1"]);
        check("R7/", &[]);
        check("/R5", &[]);
    }

    #[test]
    fn expects_no_sheet_in_years_without_a_row() {
        let row = |years: &str| format!("+++\nname = 'P'\n[[program]]\nid = 'a'\nyears = [{years}]\n+++\n");
        let with =
            |years: &str| two_editions().file("programs/a/2025.md", "").file("policies/1/policy.md", &row(years));
        with("'R5', 'R7'").assert_finds("missing-sheet", &[]);
        with("'R5', 'R6', 'R7'").assert_finds("missing-sheet", &["programs/a/2025.md:1"]);
        // Reports that print amounts of the next year include its rows too.
        with("'R5', 'R7'")
            .file("programs/a/2023.md", "+++\n[money]\nbudget.R6 = 1\n+++\n")
            .assert_finds("missing-sheet", &["programs/a/2025.md:1"]);
        // One row in that year suffices.
        with("'R5', 'R7'")
            .file("policies/2/policy.md", &row("'R6'").replace("id = 'a'\n", "id = 'a'\nrepeat = true\n"))
            .assert_finds("missing-sheet", &["programs/a/2025.md:1"]);
    }

    #[test]
    fn reports_rows_of_a_printed_total() {
        let content = Fixture::new()
            .policy("1", &["a", "b"])
            .with(program("a", "[money]\nsettlement.R5 = 1"))
            .file("policies/1/2023.md", "+++\n[total]\nsettlement.R5 = 2\n+++\n")
            .file("programs/b/program.md", "+++\nname = 'B'\n+++\n");
        content.assert_finds("missing-sheet", &["policies/1/policy.md:6"]);
        content
            .file(
                "policies/1/policy.md",
                "+++\nname = 'P'\n[[program]]\nid = 'a'\n[[program]]\nid = 'b'\nyears = ['R6']\n+++\n",
            )
            .assert_finds("missing-sheet", &[]);
    }
}
