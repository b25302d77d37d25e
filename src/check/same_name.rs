//! The rule `same-name`.

use super::visit::node_key;
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{Kind, Node, Report, Strategy, StrategyIx, half_width};
use std::collections::HashMap;

pub(super) const LINT: Lint = Lint {
    rule: Rule::SameName,
    title: Bilingual {
        ja: "名称の同じ事業や指標が二つある", en: "two programs or indicators of one name"
    },
    explanation: Bilingual {
        ja: "一つの計画の中で名称（全角と半角、空白を区別しない）の同じ二つの事業と、一つの目標・施策・事業の中で名称と単位の同じ二つの\
             指標を指摘します。複写して名称を直し忘れたか、一つのものを二度入力しています。担当課も予算科目も違う事業と、\
             役割（`role`）か定義の違う指標は指摘しません。",
        en: "Reported are two programs of a strategy, and two indicators of a node with the same unit, whose names are equal \
             (regardless of width and spaces): the name was copied and not edited, or one thing was entered twice. Programs of \
             different departments and accounts, and indicators of different roles or definitions, are not reported.",
    },
    example: concat!(
        "# programs/matsuri/program.md\n",
        "name = \"イベント開催支援事業\"\n",
        "# programs/ichi/program.md\n",
        "name = \"イベント開催支援事業\""
    ),
    remedy: Bilingual {
        ja: "名称を資料のとおりに直すか、重複する一方を消してください（再掲は `repeat = true` の行にします）。",
        en: "Write the name of the source, or delete one of the two (a repeat is a row with `repeat = true`).",
    },
    confidence: Confidence::Possible,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (ix, strategy) in report.strategies() {
        check_programs(report, ix, strategy, findings);
        for (_, node) in report.nodes(ix) {
            check_indicators(strategy, node, findings);
        }
    }
}

fn check_programs(report: &Report, ix: StrategyIx, strategy: &Strategy, findings: &mut Findings) {
    let mut known: HashMap<String, Vec<&Node>> = HashMap::new();
    for (_, node) in report.nodes(ix).filter(|(_, node)| node.kind == Kind::Program && node.lost.is_none()) {
        let same = known.entry(plain(&node.name)).or_default();
        if let Some(other) = same.iter().find(|other| is_alike(node, other)) {
            let (name, id) = (&node.name, &other.id);
            let message = say!(
                ja: "事業「{name}」の名称が、事業 `{id}` と同じです",
                en: "the program `{name}` has the same name as the program `{id}`"
            );
            findings.add(node.name_span, node_key(strategy, node, "name"), message, help());
        }
        same.push(node);
    }
}

/// Returns true if nothing but the id distinguishes two programs of one name.
fn is_alike(one: &Node, other: &Node) -> bool {
    let departments =
        |node: &Node| node.departments.iter().map(|department| department.name.clone()).collect::<Vec<_>>();
    let accounts = |node: &Node| node.accounts.iter().map(|account| account.printed.clone()).collect::<Vec<_>>();
    let sheets_overlap = one.sheets.iter().any(|sheet| other.sheet(sheet.edition).is_some());
    let both_differ = departments(one) != departments(other) && accounts(one) != accounts(other);
    !both_differ && sheets_overlap
}

fn check_indicators(strategy: &Strategy, node: &Node, findings: &mut Findings) {
    for (at, indicator) in node.indicators.iter().enumerate() {
        let same = node.indicators.iter().take(at).find(|other| {
            plain(&other.name) == plain(&indicator.name)
                && other.unit == indicator.unit
                && other.role == indicator.role
                && other.definition == indicator.definition
                && other.formula == indicator.formula
                && other.step == indicator.step
        });
        let Some(same) = same else { continue };
        let (name, id) = (&indicator.name, &same.id);
        let message = say!(
            ja: "指標「{name}」の名称と単位が、指標 `{id}` と同じです",
            en: "the indicator `{name}` has the same name and unit as the indicator `{id}`"
        );
        let key = format!("indicator.{}", indicator.id);
        findings.add_as(Confidence::Likely, indicator.span, node_key(strategy, node, &key), message, help());
    }
}

/// The name without differences of width and spaces.
fn plain(name: &str) -> String {
    name.chars().map(half_width).filter(|char| !char.is_whitespace()).collect()
}

fn help() -> Bilingual {
    say!(
        ja: "名称を資料と見比べてください",
        en: "compare the names with the source"
    )
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn programs(names: [&str; 2], more: &str) -> Fixture {
        ["a", "b"].iter().zip(names).fold(Fixture::new(), |content, (id, name)| {
            let more = if *id == "b" { more } else { "" };
            content
                .with(program(id, ""))
                .file(&format!("programs/{id}/program.md"), &format!("+++\nname = '{name}'\n{more}\n+++\n"))
        })
    }

    #[test]
    fn reports_programs_of_one_name() {
        programs(["祭り", "市"], "").assert_finds("same-name", &[]);
        programs(["祭り１", "祭り 1"], "").assert_finds("same-name", &["programs/b/program.md:2"]);
        programs(["祭り", "祭り"], "department = '総務課'").assert_finds("same-name", &["programs/b/program.md:2"]);
        programs(["祭り", "祭り"], "department = '総務課'\naccount = '会計'").assert_finds("same-name", &[]);
        programs(["祭り", "祭り"], "").without("programs/b/2023.md").assert_finds("same-name", &[]);
    }

    #[test]
    fn reports_indicators_of_one_name() {
        let check = |unit: &str, expected: &[&str]| {
            let node = format!(
                "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\nunit = '人'\n[[indicator]]\nid = 'y'\nname = 'X'\nunit = '{unit}'\n+++\n"
            );
            let content = Fixture::new().with(program("a", "")).file("programs/a/program.md", &node);
            content.assert_finds("same-name", expected);
        };
        check("人", &["programs/a/program.md:7"]);
        check("%", &[]);
    }
}
