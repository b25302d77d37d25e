//! The rule `unsaid-unit`.

use super::visit::strategies;
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::Report;

pub(super) const LINT: Lint = Lint {
    rule: Rule::UndeclaredUnit,
    title: Bilingual {
        ja: "金額があるのに、その単位が書かれていない", en: "amounts of money without a unit"
    },
    explanation: Bilingual {
        ja: "単位がなければ、多くの報告書と同じく千円として読みます。円で印刷された報告書なら、\
             金額が千倍に見えてしまいます。",
        en: "Without a unit, amounts are read as 千円, the unit of most reports. If the report prints 円, they \
             appear a thousand times too large.",
    },
    example: "title = \"総合計画\"         # strategy.toml",
    remedy: Bilingual {
        ja: "strategy.toml に `money_unit = \"千円\"` のように、印刷された単位を書いてください。",
        en: "Write `money_unit = \"千円\"`, or the unit that the report prints, in strategy.toml.",
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (ix, strategy) in strategies(report).filter(|(_, strategy)| strategy.money_unit_span.is_none()) {
        let sheets = report.nodes(ix).flat_map(|(_, node)| &node.sheets);
        if sheets.into_iter().all(|sheet| sheet.money.is_empty() && sheet.total.is_empty()) {
            continue;
        }
        let unit = &strategy.money_unit;
        let message = say!(
            ja: "金額の単位が書かれていないので、{unit}と読みました",
            en: "the unit of the amounts is not declared, so they are read as {unit}"
        );
        let help = say!(
            ja: "資料に印刷された単位を `money_unit = \"{unit}\"` のように書いてください",
            en: "write the unit that the report prints, such as `money_unit = \"{unit}\"`"
        );
        findings.add(strategy.span, "money_unit", message, help);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    #[test]
    fn reports_amounts_without_a_unit() {
        let content = |sheet: &str| Fixture::new().with(program("a", sheet));
        let undeclared = "title = 'S'\npublisher = 'C'\n[[edition]]\nid = '2023'\nlabel = '2023'\nyear = 'R5'\n";
        content("[money]\nbudget.R5 = 1").assert_finds("unsaid-unit", &[]);
        content("[staff]\nbudget.R5 = 1").file("strategy.toml", undeclared).assert_finds("unsaid-unit", &[]);
        content("[money]\nbudget.R5 = 1")
            .file("strategy.toml", undeclared)
            .assert_finds("unsaid-unit", &["strategy.toml:1"]);
        content("[total]\nbudget.R5 = 1")
            .file("strategy.toml", undeclared)
            .assert_finds("unsaid-unit", &["strategy.toml:1"]);
    }
}
