//! `unsaid-unit`: amounts of money in a strategy that does not say their unit.
//!
//! Amounts are then read in 千円, as most reports print them. One that prints 円 would show a thousand
//! times as much.
//!
//! ```toml
//! title = "総合計画"
//! ```
//! Write: `money_unit = "千円"`, or whatever the report prints.

use super::walk::strategies;
use super::{Findings, Rule};
use crate::model::Report;
use crate::say;

pub(super) const RULE: Rule = Rule {
    name: "unsaid-unit",
    ja: "金額があるのに、その単位が書かれていない",
    en: "amounts of money whose unit is not said",
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
            en: "the unit of the amounts is not said, so they are read in {unit}"
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
    use super::super::testing::{Content, program};

    #[test]
    fn amounts_need_a_unit() {
        let content = |sheet: &str| Content::new().with(program("a", sheet));
        let unsaid = "title = 'S'\npublisher = 'C'\n[[edition]]\nid = '2023'\nlabel = '2023'\nyear = 'R5'\n";
        content("[money]\nbudget.R5 = 1").finds("unsaid-unit", &[]);
        content("[staff]\nbudget.R5 = 1").file("strategy.toml", unsaid).finds("unsaid-unit", &[]);
        content("[money]\nbudget.R5 = 1").file("strategy.toml", unsaid).finds("unsaid-unit", &["strategy.toml:1"]);
        content("[total]\nbudget.R5 = 1").file("strategy.toml", unsaid).finds("unsaid-unit", &["strategy.toml:1"]);
    }
}
