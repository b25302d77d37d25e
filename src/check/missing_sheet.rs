//! The rule `missing-sheet`.

use super::visit::{applies_in, nodes, rows_below, sheets};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, Span, say};
use crate::model::{Edition, EditionIx, Kind, Node, NodeId, Report, Stage, Strategy, StrategyIx};
use std::collections::BTreeMap;

pub(super) const LINT: Lint = Lint {
    rule: Rule::MissingSheet,
    title: Bilingual {
        ja: "同じ階層のほかの調書、前後の版、計から見て、あるはずの調書がない",
        en: "a sheet that is missing according to its level, adjacent editions or a total",
    },
    explanation: Bilingual {
        ja: "次のどれかに当てはまるときに指摘します。1. 階層ごとの最新の版で、同じ階層の調書の3分の2以上（3件以上。前の版に\
             調書のあるものは半分以上）がそろっているのに、この調書がない。2. 前後の版に調書があり、その版の年度にも行がある。3. その版の年度が事業期間に含まれるか、事業の調書がその版にあり、\
             同じ階層のほかのすべて（4件以上）にその版の調書がある。4. 施策が計を印刷した年度に、事業の行がある。\
             期間の外の年度、行のない年度、終了した事業には求めません。中間報告と計画の版では、3分の2に満たなければ指摘しません。下書きの版は集めている途中なので調べません（足りない\
             調書は、`shirube check` の終わりに担当ごとに表示します）。",
        en: "Reported in four cases: in the newest edition of its level, at least two thirds of the expected sheets of \
             that level exist, three or more (half of them if the edition is final and the node had a sheet before); the node has sheets before and after the edition, and a row in its year; all others of the level (four or more) have a sheet of an earlier edition, whose year is within the period of the node or of which one of its programs has a sheet; or a policy \
             prints a total for a year in which the program has a row. Not expected outside the period, in years \
             without a row and after the end of a program. Draft editions are not checked, because they are still \
             being collected; `shirube check` lists their outstanding sheets by department at its end.",
    },
    example: concat!("programs/tour/2021.md\n", "programs/tour/2023.md      # strategy.toml: 2021, 2022, 2023"),
    remedy: Bilingual {
        ja: "調書を加えてください。その年度にはなかった事業なら、行に `years = […]` を書いてください。",
        en: "Add the sheet, or write `years = […]` in the row if the program did not exist in that year.",
    },
    confidence: Confidence::Likely,
    run,
};

/// Reason for which a sheet is expected.
enum Expected {
    /// Other nodes of its level have sheets in the edition: how many of how many.
    Level(usize, usize),
    /// The node has sheets before and after the edition.
    Gap,
    /// A total includes the row, which has this span.
    Total(Span),
}

fn run(report: &Report, findings: &mut Findings) {
    let mut missing: BTreeMap<(NodeId, EditionIx), Expected> = BTreeMap::new();
    missing.extend(rows_without_sheet(report).into_iter().map(|(key, row_span)| (key, Expected::Total(row_span))));
    for (strategy, id, node) in nodes(report) {
        for edition in editions_without_sheet(strategy, node) {
            if has_row(report, id, edition) {
                missing.entry((id, edition)).or_insert(Expected::Gap);
            }
        }
    }
    for (ix, strategy) in report.strategies() {
        for (id, edition, present, expected) in without_sheet_in_newest(report, ix, strategy) {
            missing.entry((id, edition)).or_insert(Expected::Level(present, expected));
        }
    }
    for (ix, strategy) in report.strategies() {
        for (id, edition, present) in without_earlier_sheet(report, ix, strategy) {
            missing.entry((id, edition)).or_insert(Expected::Level(present, present + 1));
        }
    }
    for ((id, edition), expected) in missing {
        let node = report.node(id);
        let Some(edition) = report.strategy(id.strategy).editions.get(edition.0) else { continue };
        report_missing(node, edition, &expected, findings);
    }
}

fn report_missing(node: &Node, edition: &Edition, expected: &Expected, findings: &mut Findings) {
    let (name, label, file) = (&node.name, &edition.label, &edition.id);
    let reason = match expected {
        Expected::Level(present, all) => say!(
            ja: "（同じ階層では{all}件のうち{present}件にあります）",
            en: "; {present} of {all} nodes of its level have one"
        ),
        Expected::Gap => say!(ja: "（前後の版にはあります）", en: "; editions before and after have one"),
        Expected::Total(_) => say!(ja: "（計には含まれています）", en: "; a total includes its row"),
    };
    let message = say!(
        ja: "「{name}」に、版「{label}」の調書（{file}.md）がありません{ja}",
        en: "`{name}` has no sheet ({file}.md) in the edition `{label}`{en}",
        ja = reason.ja,
        en = reason.en
    );
    let help = say!(
        ja: "調書を加えてください。その年度に行われていない事業なら、施策の行に `years` を書いてください",
        en: "add the sheet; if the program did not exist in that year, add `years` to its row"
    );
    let span = if let Expected::Total(row) = expected { *row } else { node.name_span };
    findings.add(span, format!("{}.{}.{file}", node.kind.key(), node.id), message, help);
}

/// Nodes of a level.
type Level<'r> = Vec<(NodeId, &'r Node)>;

/// Nodes without the sheet that most nodes of their level have in the newest published edition of that level, with the
/// number of nodes that have it and the number of nodes of which it is expected.
fn without_sheet_in_newest(
    report: &Report,
    ix: StrategyIx,
    strategy: &Strategy,
) -> Vec<(NodeId, EditionIx, usize, usize)> {
    let mut levels: BTreeMap<(Kind, &Option<String>), Level<'_>> = BTreeMap::new();
    for (id, node) in report.nodes(ix).filter(|(_, node)| strategy.expects_sheet(node)) {
        levels.entry((node.kind, &node.label)).or_default().push((id, node));
    }
    let mut missing = Vec::new();
    for level in levels.into_values() {
        let sheets = level.iter().flat_map(|(_, node)| &node.sheets).map(|sheet| sheet.edition);
        let Some(newest) = sheets.filter(|edition| is_published(strategy, *edition)).max() else { continue };
        let present = level.iter().filter(|(_, node)| node.sheet(newest).is_some()).count();
        let without: Vec<NodeId> = level
            .iter()
            .filter(|(id, node)| node.sheet(newest).is_none() && is_expected_in(report, *id, node, newest))
            .map(|(id, _)| *id)
            .collect();
        let expected = present + without.len();
        // A level of a few nodes shows a gap only if the node had a sheet before.
        let is_rule = present >= 3 && present * 3 >= expected * 2;
        let had_sheet = |id: &NodeId| report.node(*id).sheets.iter().any(|sheet| sheet.edition < newest);
        // An interim report or a plan may be about some nodes only.
        let is_half = is_final(strategy, newest) && present * 2 >= expected;
        let without = without.into_iter().filter(|id| is_rule || had_sheet(id) && is_half);
        missing.extend(without.map(|id| (id, newest, present, expected)));
    }
    missing
}

/// The only nodes without the sheet of an edition before their first one that all others of their level have, with the number
/// of these, if they existed then: a program within its period, a policy whose programs have sheets.
fn without_earlier_sheet(report: &Report, ix: StrategyIx, strategy: &Strategy) -> Vec<(NodeId, EditionIx, usize)> {
    let mut levels: BTreeMap<(Kind, &Option<String>), Level<'_>> = BTreeMap::new();
    for (id, node) in report.nodes(ix).filter(|(_, node)| !node.sheets.is_empty()) {
        levels.entry((node.kind, &node.label)).or_default().push((id, node));
    }
    let mut missing = Vec::new();
    for edition in (0..strategy.editions.len()).map(EditionIx).filter(|edition| is_final(strategy, *edition)) {
        let Some(year) = strategy.editions.get(edition.0).and_then(|edition| edition.year) else { continue };
        for level in levels.values() {
            let mut without = level.iter().filter(|(_, node)| node.sheet(edition).is_none());
            let (Some((id, node)), None) = (without.next(), without.next()) else { continue };
            let has_begun = node.period_in(node.sheets.first()).is_some_and(|period| period.contains(year));
            let has_rows = || rows_below(report, *id).iter().any(|(_, row)| report.node(*row).sheet(edition).is_some());
            let is_first = node.sheets.first().is_some_and(|first| first.edition > edition);
            let present = level.len() - 1;
            if is_first && present >= 4 && has_row(report, *id, edition) && (has_begun || has_rows()) {
                missing.push((*id, edition, present));
            }
        }
    }
    missing
}

/// Returns true if a node has a row in the year of an edition and did not end before.
pub(super) fn is_expected_in(report: &Report, id: NodeId, node: &Node, edition: EditionIx) -> bool {
    let strategy = report.strategy(id.strategy);
    let year = strategy.editions.get(edition.0).and_then(|edition| edition.year);
    has_row(report, id, edition) && !strategy.has_ended(node, year)
}

/// Published editions without a sheet between two sheets of a node.
fn editions_without_sheet(strategy: &Strategy, node: &Node) -> Vec<EditionIx> {
    let between = |pair: &[crate::model::Sheet]| match pair {
        [before, after] => (before.edition.0 + 1..after.edition.0).map(EditionIx).collect(),
        _ => Vec::new(),
    };
    let gaps = node.sheets.windows(2).flat_map(between);
    gaps.filter(|edition| is_published(strategy, *edition)).collect()
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

fn is_final(strategy: &Strategy, edition: EditionIx) -> bool {
    let is_of_whole_year = |edition: &Edition| !edition.draft && edition.stage == Stage::Final;
    strategy.editions.get(edition.0).is_some_and(is_of_whole_year)
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
        two_editions().file("programs/a/2025.md", "").assert_finds("missing-sheet", &["programs/a/program.md:2"]);
        two_editions().file("programs/a/2025.md", "").file("programs/a/2024.md", "").assert_finds("missing-sheet", &[]);
    }

    #[test]
    fn expects_no_sheet_outside_the_period() {
        let check = |period: &str, expected: &[&str]| {
            let program = format!("+++\nname = 'A'\nperiod = '{period}'\n+++\n");
            let content = two_editions().file("programs/a/2025.md", "").file("programs/a/program.md", &program);
            content.assert_finds("missing-sheet", expected);
        };
        check("R3/R7", &["programs/a/program.md:2"]);
        check("R7/", &[]);
        check("/R5", &[]);
    }

    #[test]
    fn expects_no_sheet_in_years_without_a_row() {
        let row = |years: &str| format!("+++\nname = 'P'\n[[program]]\nid = 'a'\nyears = [{years}]\n+++\n");
        let with =
            |years: &str| two_editions().file("programs/a/2025.md", "").file("policies/1/policy.md", &row(years));
        with("'R5', 'R7'").assert_finds("missing-sheet", &[]);
        with("'R5', 'R6', 'R7'").assert_finds("missing-sheet", &["programs/a/program.md:2"]);
        // Reports that print amounts of the next year include its rows too.
        with("'R5', 'R7'")
            .file("programs/a/2023.md", "+++\n[money]\nbudget.R6 = 1\n+++\n")
            .assert_finds("missing-sheet", &["programs/a/program.md:2"]);
        // One row in that year suffices.
        with("'R5', 'R7'")
            .file("policies/2/policy.md", &row("'R6'").replace("id = 'a'\n", "id = 'a'\nrepeat = true\n"))
            .assert_finds("missing-sheet", &["programs/a/program.md:2"]);
    }

    #[test]
    fn reports_nodes_without_the_sheet_that_their_level_has() {
        let content = |with: &[&str]| {
            let content =
                ["a", "b", "c", "d"].into_iter().fold(Fixture::new(), |content, id| content.with(program(id, "")));
            let without = ["a", "b", "c", "d"].into_iter().filter(|id| !with.contains(id));
            without.fold(content, |content, id| content.without(&format!("programs/{id}/2023.md")))
        };
        content(&["a", "b", "c", "d"]).assert_finds("missing-sheet", &[]);
        content(&["a", "b", "c"]).assert_finds("missing-sheet", &["programs/d/program.md:2"]);
        // Half of the level are sheets of selected programs.
        content(&["a", "b"]).assert_finds("missing-sheet", &[]);
        let ended = "+++\nname = 'D'\nperiod = 'R1/R4'\n+++\n";
        content(&["a", "b", "c"]).file("programs/d/program.md", ended).assert_finds("missing-sheet", &[]);
        let draft = "[[edition]]\nid = '2024'\nlabel = '2024'\nyear = 'R6'\ndraft = true\n";
        content(&["a", "b", "c", "d"]).append_to_strategy(draft).assert_finds("missing-sheet", &[]);
    }

    #[test]
    fn reports_the_only_node_without_an_earlier_sheet() {
        let content = |period: &str| {
            let ids = ["a", "b", "c", "d", "e"];
            let content = ids.into_iter().fold(Fixture::new().edition("2024", "R6"), |content, id| {
                content.with(program(id, "")).file(&format!("programs/{id}/2024.md"), "")
            });
            let node = format!("+++\nname = 'E'\n{period}\n+++\n");
            content.without("programs/e/2023.md").file("programs/e/program.md", &node)
        };
        content("period = 'R1/'").assert_finds("missing-sheet", &["programs/e/program.md:2"]);
        content("period = 'R6/'").assert_finds("missing-sheet", &[]);
        content("").assert_finds("missing-sheet", &[]);
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
