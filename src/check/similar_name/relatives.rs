//! Departments of policies beside those of their programs: 建築課 of a policy whose programs belong to 建設課.

use super::super::Findings;
use super::{Names, compare_help, count, departments};
use crate::diagnostic::{Span, say};
use crate::model::{InCharge, NodeId, Owner, Report, StrategyIx};
use std::collections::{BTreeMap, BTreeSet};

/// A policy with the departments that it and its programs have.
struct Policy<'r> {
    own: BTreeMap<&'r str, &'r InCharge>,
    below: BTreeMap<&'r str, &'r InCharge>,
}

/// Reports a department of a policy, or of a program, that differs by one character from one on the other side, if neither is
/// on both sides and the departments of other policies are those of their programs. Returns the spans of the findings.
pub(super) fn check(report: &Report, ix: StrategyIx, names: &Names<'_>, findings: &mut Findings) -> BTreeSet<Span> {
    let by_name = |id: NodeId| departments(report.node(id)).map(|department| (department.name.trim(), department));
    let policies = report.nodes(ix).map(|(id, _)| Policy {
        own: by_name(id).collect(),
        below: report.rows(Owner::Node(id)).flat_map(|(_, program)| by_name(program)).collect(),
    });
    let policies: Vec<Policy<'_>> =
        policies.filter(|policy| !policy.own.is_empty() && !policy.below.is_empty()).collect();
    let own = policies.iter().map(|policy| policy.own.len()).sum::<usize>();
    let shared = |policy: &Policy<'_>| policy.own.keys().filter(|name| policy.below.contains_key(*name)).count();
    let all_shared = policies.iter().map(shared).sum::<usize>();
    let places = |name: &str| names.get(name).map_or(0, |places| count(places));
    let mut reported = BTreeSet::new();
    for policy in &policies {
        for (name, department) in policy.own.iter().filter(|(name, _)| !policy.below.contains_key(*name)) {
            let others = policy.below.iter().filter(|(other, _)| !policy.own.contains_key(*other));
            let mut similar = others.filter(|(other, _)| is_one_apart(name, other));
            let Some((other, below)) = similar.next().filter(|_| similar.next().is_none()) else { continue };
            // The department in question is not one of the others.
            let is_usual = all_shared.saturating_mul(5) >= own.saturating_sub(1).saturating_mul(4);
            let (odd, span, right) = match (places(name), places(other)) {
                (1, _) => (name, department.span, other),
                (_, 1) => (other, below.span, name),
                _ => continue,
            };
            if is_usual && reported.insert(span) {
                let message = say!(
                    ja: "「{odd}」はここだけで、施策と事業の担当として対応する「{right}」とわずかに違います",
                    en: "`{odd}` occurs only here, and differs slightly from `{right}` of the policy or its programs"
                );
                findings.add(span, "department", message, compare_help(right));
            }
        }
    }
    reported
}

/// Returns true if two names differ by one character before their last one.
fn is_one_apart(name: &str, other: &str) -> bool {
    let is_long = name.chars().count() > 2 && other.chars().count() > 2;
    is_long && name.chars().next_back() == other.chars().next_back() && strsim::osa_distance(name, other) == 1
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{Fixture, program};

    /// Policies with a department, each with a program of another department.
    fn policies(departments: &[(&str, &str)]) -> Fixture {
        departments.iter().enumerate().fold(Fixture::new(), |content, (i, (of_policy, of_program))| {
            let policy = format!("+++\nname = 'P'\ndepartment = '{of_policy}'\n[[program]]\nid = 'a{i}'\n+++\n");
            let node = format!("+++\nname = 'A'\ndepartment = '{of_program}'\n+++\n");
            let content = content.with(program(&format!("a{i}"), ""));
            content.file(&format!("policies/p{i}/policy.md"), &policy).file(&format!("programs/a{i}/program.md"), &node)
        })
    }

    #[test]
    fn reports_a_department_that_is_nearly_that_of_a_program() {
        let usual = [("総務課", "総務課"), ("税務課", "税務課")];
        let check = |of_policy, of_program, expected: &[&str]| {
            policies(&[usual[0], usual[1], (of_policy, of_program)]).assert_finds("similar-name", expected);
        };
        check("建設課", "建設課", &[]);
        check("建築課", "建設課", &["policies/p2/policy.md:3"]);
        check("観光課", "建設課", &[]);
        // A department of another policy too.
        check("税務課", "財務課", &["programs/a2/program.md:3"]);
    }

    #[test]
    fn policies_can_have_departments_of_their_own() {
        policies(&[("総務課", "教育課"), ("建築課", "建設課")]).assert_finds("similar-name", &[]);
    }
}
