//! Numbers of programs that are codes of their policy or of a sequence through the whole strategy, for the rule
//! `number-position`.

use super::Findings;
use super::number_position::{components, help};
use super::visit::node_key;
use super::words::is_slip;
use crate::diagnostic::{Bilingual, say};
use crate::model::{Kind, Node, NodeId, Owner, Report, Strategy, StrategyIx, half_width};
use std::collections::BTreeSet;

/// A program with the digits of its number.
type Numbered<'r> = (NodeId, &'r Node, String);

/// Number of programs from which on most of them show a rule.
const MANY: usize = 5;

pub(super) fn check(
    report: &Report,
    ix: StrategyIx,
    strategy: &Strategy,
    reported: &mut BTreeSet<NodeId>,
    findings: &mut Findings,
) {
    let programs = report.nodes(ix).filter(|(_, node)| node.kind == Kind::Program);
    let numbered: Vec<(NodeId, &Node, String)> =
        programs.filter_map(|(id, node)| Some((id, node, digits(node.number.as_deref()?)?))).collect();
    if numbered.len() < MANY {
        return;
    }
    let outside = outside_policy(report, &numbered).into_iter().chain(outside_sequence(&numbered));
    for (id, node, message) in outside {
        if reported.insert(id) {
            let span = node.number_span.unwrap_or(node.name_span);
            findings.add(span, node_key(strategy, node, "number"), message, help());
        }
    }
}

/// Digits of a number; `None` if it contains anything else.
fn digits(number: &str) -> Option<String> {
    let digits: String = number.chars().map(half_width).collect();
    (!digits.is_empty() && digits.chars().all(|char| char.is_ascii_digit())).then_some(digits)
}

/// Programs whose number does not begin with the digits of a policy with their row, although those of most programs do.
fn outside_policy<'r>(report: &'r Report, numbered: &[Numbered<'r>]) -> Vec<(NodeId, &'r Node, Bilingual)> {
    let policies = |id: NodeId| {
        let owners = report.relations(id).places.iter().filter_map(|place| match place.owner {
            Owner::Node(owner) => Some(report.node(owner)),
            Owner::Strategy(_) => None,
        });
        let prefix = |node: &'r Node| {
            let parts = components(node.number.as_deref()?)?;
            let prefix: String = parts.iter().map(u32::to_string).collect();
            (parts.len() > 1).then_some((node, prefix))
        };
        owners.filter_map(prefix).collect::<Vec<_>>()
    };
    let placed: Vec<_> =
        numbered.iter().map(|program| (program, policies(program.0))).filter(|(_, of)| !of.is_empty()).collect();
    let fits = |number: &str, of: &[(&Node, String)]| {
        of.iter().any(|(_, prefix)| number.len() > prefix.len() && number.starts_with(prefix))
    };
    let (inside, outside): (Vec<_>, Vec<_>) = placed.into_iter().partition(|((_, _, number), of)| fits(number, of));
    if inside.len() < MANY || outside.len() * MANY > inside.len() {
        return Vec::new();
    }
    let describe = |((id, node, number), of): (&Numbered<'r>, Vec<(&Node, String)>)| {
        let policy = of.first().and_then(|(policy, _)| policy.number.as_deref()).unwrap_or_default();
        let message = say!(
            ja: "番号「{number}」が、施策の番号「{policy}」の数字で始まっていません（ほかの{count}事業では始まります）",
            en: "the number `{number}` does not begin with the digits of the policy `{policy}`; those of {count} others do",
            count = inside.len()
        );
        (*id, *node, message)
    };
    outside.into_iter().map(describe).collect()
}

/// The program whose number is that missing from a sequence through all programs, with a slip of typing.
fn outside_sequence<'r>(numbered: &[Numbered<'r>]) -> Option<(NodeId, &'r Node, Bilingual)> {
    let mut values: Vec<(u32, &Numbered<'r>)> =
        numbered.iter().map(|program| Some((program.2.parse().ok()?, program))).collect::<Option<_>>()?;
    values.sort_by_key(|(value, _)| *value);
    // All but the last are consecutive, except for the missing one.
    let (_, (id, node, number)) = values.pop()?;
    let first = values.first()?.0;
    let mut missing = (first..).zip(&values).filter(|(expected, (value, _))| value != expected);
    let (missing, _) = missing.next()?;
    let is_one_missing = values.last()?.0 - first == u32::try_from(values.len()).ok()?;
    let width = values.first()?.1.2.len();
    let right = format!("{missing:0width$}");
    (is_one_missing && is_slip(number, &right)).then(|| {
        let message = say!(
            ja: "番号「{number}」だけが続きの番号から離れていて、続きの番号には「{right}」がありません",
            en: "the number `{number}` alone is outside a sequence that lacks `{right}`"
        );
        (*id, *node, message)
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn numbered(numbers: &[&str], policy: &str) -> Fixture {
        let ids = ["a", "b", "c", "d", "e", "f"];
        let content = numbers.iter().zip(ids).fold(Fixture::new(), |content, (number, id)| {
            let node = format!("+++\nnumber = '{number}'\nname = 'program {id}'\n+++\n");
            content.with(program(id, "")).file(&format!("programs/{id}/program.md"), &node)
        });
        let rows: String = ids.iter().take(numbers.len()).map(|id| format!("[[program]]\nid = '{id}'\n")).collect();
        content.file("policies/1/policy.md", &format!("+++\nnumber = '{policy}'\nname = 'P'\n{rows}+++\n"))
    }

    #[test]
    fn compares_codes_with_the_number_of_the_policy() {
        let check = |number: &str, found: &[&str]| {
            let numbers = ["320104", "320110", "320120", "320130", "320140", number];
            numbered(&numbers, "3-2").assert_finds("number-position", found);
        };
        check("320150", &[]);
        check("310250", &["programs/f/program.md:2"]);
    }

    #[test]
    fn compares_the_farthest_number_with_the_missing_one() {
        let check = |number: &str, found: &[&str]| {
            let numbers = ["0003", number, "0001", "0002", "0004", "0006"];
            numbered(&numbers, "1").assert_finds("number-position", found);
        };
        check("0050", &["programs/b/program.md:2"]);
        check("0005", &[]);
        check("0100", &[]);
    }
}
