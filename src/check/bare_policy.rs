//! The rule `bare-policy`.

use super::visit::strategies;
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{Kind, Node, Report};

pub(super) const LINT: Lint = Lint {
    rule: Rule::BarePolicy,
    title: Bilingual {
        ja: "ほかの施策にはある事業や指標が、一つもない施策",
        en: "a policy without programs or indicators, although most others have some",
    },
    explanation: Bilingual {
        ja: "読み手が施策の進み具合を判断できません。フォルダーを作ったまま行を書き忘れていることが多く、\
             資料にもないこともあります。",
        en: "Readers cannot assess such a policy. Often the folder was created and its rows were forgotten; \
             sometimes the source has none.",
    },
    example: concat!("policies/5-3-1/policy.md   # [[program]] …\n", "policies/5-3-2/policy.md"),
    remedy: Bilingual {
        ja: "資料にある行や指標を書いてください。資料にもないときは、policy.md で確認済みにしてください。",
        en: "Write the rows or indicators of the source. If it has none, acknowledge the finding in policy.md.",
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (ix, strategy) in strategies(report) {
        let policies: Vec<&Node> =
            report.nodes(ix).map(|(_, node)| node).filter(|node| node.kind == Kind::Policy).collect();
        let programs = strategy.label(Kind::Program);
        for policy in lacking(&policies, |policy| policy.rows.is_empty()) {
            let message = say!(
                ja: "「{name}」に{programs}が一つもありません",
                en: "`{name}` has no programs ({programs})",
                name = &policy.name
            );
            let help = say!(
                ja: "`[[program]]` に行を書いてください",
                en: "write its rows as `[[program]]`"
            );
            findings.add(policy.name_span, "program", message, help);
        }
        for policy in lacking(&policies, |policy| policy.indicators.is_empty()) {
            let message = say!(
                ja: "「{name}」に指標が一つもありません",
                en: "`{name}` has no indicators",
                name = &policy.name
            );
            let help = say!(
                ja: "`[[indicator]]` に指標を書いてください",
                en: "write its indicators as `[[indicator]]`"
            );
            findings.add(policy.name_span, "indicator", message, help);
        }
    }
}

/// Policies for which `lacks` holds; none if they are more than half of all.
fn lacking<'r>(policies: &[&'r Node], lacks: impl Fn(&Node) -> bool) -> Vec<&'r Node> {
    let lacking: Vec<&Node> = policies.iter().copied().filter(|policy| lacks(policy)).collect();
    if lacking.len() * 2 <= policies.len() { lacking } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    #[test]
    fn reports_policies_without_programs() {
        let content = Fixture::new().with(program("a", "")).with(program("b", "")).policy("1", &["a"]);
        content.clone().policy("2", &["b"]).assert_finds("bare-policy", &[]);
        content.policy("2", &[]).assert_finds("bare-policy", &["policies/2/policy.md:2"]);
    }

    #[test]
    fn reports_policies_without_indicators() {
        let indicator = "+++\nname = 'P'\n[[indicator]]\nid = 'x'\nname = 'X'\n+++\n";
        Fixture::new()
            .file("policies/1/policy.md", indicator)
            .policy("2", &[])
            .assert_finds("bare-policy", &["policies/2/policy.md:2"]);
    }

    #[test]
    fn ignores_strategies_without_programs() {
        Fixture::new().policy("1", &[]).policy("2", &[]).assert_finds("bare-policy", &[]);
    }
}
