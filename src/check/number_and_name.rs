//! The rule `number-and-name`.

use super::visit::{node_key, nodes};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, Span, say};
use crate::model::{Kind, NodeId, Owner, Report, StrategyIx};
use std::collections::BTreeMap;

pub(super) const LINT: Lint = Lint {
    rule: Rule::NumberAndName,
    title: Bilingual {
        ja: "同じ番号に別の名前がある、または同じ名前に別の番号がある",
        en: "one number with two names, or one name with two numbers",
    },
    explanation: Bilingual {
        ja: "台帳の番号は手作業で付けられ、行を写すときに番号も一緒に写されがちです。目標と施策は同じ階層のもの、\
             事業は同じ施策の行にあるものと比べます。「その他」という名前はいくつあっても構いません。",
        en: "Ledgers are numbered by hand, and rows are often copied together with their numbers. Goals and \
             policies are compared with their siblings, programs with the other rows of the same policy. The \
             name その他 can occur more than once.",
    },
    example: concat!(
        "number = \"2\"\n",
        "name = \"「来てよし」プロジェクト\"\n",
        "\n",
        "number = \"2\"\n",
        "name = \"「働いてよし」プロジェクト\"",
    ),
    remedy: Bilingual {
        ja: "番号と名前を、資料のとおりに直してください。資料そのものが番号を繰り返しているときは、\
             確認済みにしたうえで、`[[remark]]` で読み手に知らせてください。",
        en: "Write the number and the name of the source. If the source itself repeats a number, acknowledge \
             the finding, and inform readers with a `[[remark]]`.",
    },
    confidence: Confidence::Likely,
    run,
};

/// A node or row with a number and a name.
struct Numbered<'r> {
    number: &'r str,
    name: &'r str,
    /// Span of the number.
    span: Span,
    /// Key path of the number.
    key: String,
}

fn run(report: &Report, findings: &mut Findings) {
    let mut siblings: BTreeMap<(StrategyIx, Kind, Option<NodeId>), Vec<Numbered<'_>>> = BTreeMap::new();
    for (strategy, id, node) in nodes(report).filter(|(_, _, node)| node.kind != Kind::Program) {
        let Some(number) = &node.number else { continue };
        let span = node.number_span.unwrap_or(node.name_span);
        let item = Numbered { number, name: &node.name, span, key: node_key(strategy, node, "number") };
        siblings.entry((id.strategy, node.kind, report.relations(id).parent)).or_default().push(item);
    }
    siblings.into_values().for_each(|siblings| compare(&siblings, findings));

    let owners = nodes(report).map(|(_, id, _)| Owner::Node(id));
    for owner in report.strategies().map(|(ix, _)| Owner::Strategy(ix)).chain(owners) {
        compare(&rows(report, owner), findings);
    }
}

fn rows(report: &Report, owner: Owner) -> Vec<Numbered<'_>> {
    let mut rows = Vec::new();
    for (row, program) in report.rows(owner) {
        let node = report.node(program);
        let Some(number) = row.number.as_ref().or(node.number.as_ref()) else { continue };
        // The number of the row, or else that of the program.
        let (span, key) = match (&row.number, node.number_span) {
            (None, Some(span)) => (span, "number".to_owned()),
            _ => (row.number_span.unwrap_or(row.span), format!("program.{}", node.id)),
        };
        rows.push(Numbered { number, name: &node.name, span, key });
    }
    rows
}

fn compare(siblings: &[Numbered<'_>], findings: &mut Findings) {
    for (i, item) in siblings.iter().enumerate() {
        let earlier = siblings.iter().take(i);
        let conflicts = |other: &&Numbered<'_>| {
            let (same_number, same_name) = (other.number == item.number, other.name == item.name);
            if is_catch_all(item.name) { same_number && !same_name } else { same_number != same_name }
        };
        let Some(other) = earlier.into_iter().find(conflicts) else { continue };
        let (number, name) = (item.number, item.name);
        let message = if other.number == number {
            say!(
                ja: "番号「{number}」が、「{first}」と「{name}」の両方に付いています",
                en: "the number `{number}` is given to both `{first}` and `{name}`",
                first = other.name
            )
        } else {
            say!(
                ja: "「{name}」に、番号「{first}」と「{number}」の両方が付いています",
                en: "`{name}` is given both the number `{first}` and the number `{number}`",
                first = other.number
            )
        };
        let help = say!(
            ja: "番号と名前を資料と見比べてください",
            en: "compare numbers and names with the source"
        );
        findings.add(item.span, &item.key, message, help);
    }
}

/// Returns true if a name is a catch-all such as その他, which can occur more than once.
fn is_catch_all(name: &str) -> bool {
    let name = name.trim_start_matches(|c: char| !c.is_alphanumeric());
    ["その他", "そのほか"].iter().any(|other| name.starts_with(other))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn goals(second: &str) -> Fixture {
        Fixture::new()
            .append_to_strategy(&format!("[[goal]]\nid = 'a'\nnumber = '1'\nname = 'A'\n[[goal]]\nid = 'b'\n{second}"))
    }

    #[test]
    fn reports_ambiguous_numbers_and_names() {
        goals("number = '2'\nname = 'B'").assert_finds("number-and-name", &[]);
        goals("number = '1'\nname = 'B'").assert_finds("number-and-name", &["strategy.toml:15"]);
        goals("number = '2'\nname = 'A'").assert_finds("number-and-name", &["strategy.toml:15"]);
    }

    #[test]
    fn allows_catch_all_names_to_repeat() {
        let two = |name: &str| {
            let goal = |id, number| format!("[[goal]]\nid = '{id}'\nnumber = '{number}'\nname = '{name}'\n");
            Fixture::new().append_to_strategy(&(goal("a", 1) + &goal("b", 2)))
        };
        for name in ["その他", "その他の取組", "（その他）", "そのほか"] {
            two(name).assert_finds("number-and-name", &[]);
        }
        two("ほかの市との連携").assert_finds("number-and-name", &["strategy.toml:15"]);
    }

    #[test]
    fn numbers_restart_under_another_parent() {
        goals("number = '1'\nname = 'B'\nparent = 'a'").assert_finds("number-and-name", &[]);
    }

    #[test]
    fn compares_rows_of_one_policy() {
        let rows = |second| {
            let rows = format!(
                "+++\nname = 'P'\n[[program]]\nid = 'a'\nnumber = '①'\n[[program]]\nid = 'b'\nnumber = '{second}'\n+++\n"
            );
            Fixture::new().with(program("a", "")).with(program("b", "")).file("policies/1/policy.md", &rows)
        };
        rows("②").assert_finds("number-and-name", &[]);
        rows("①").assert_finds("number-and-name", &["policies/1/policy.md:8"]);
    }
}
