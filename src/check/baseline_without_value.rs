//! `baseline-without-value`: a baseline year in which the indicator has no value.
//!
//! `baseline` names a year of `actual`. Without a value there, charts and rates have no baseline,
//! and nobody is told why. A value that was printed as missing is there.
//!
//! ```toml
//! baseline = "H25"          # policy.md
//! actual.H26 = 4            # 2019.md, the first value
//! ```
//! Write: the year in which the baseline stands, or the baseline value among the actual ones.

use super::walk::{column_key, indicators, of_node};
use super::{Findings, Rule};
use crate::model::{Report, Series};
use crate::say;

pub(super) const RULE: Rule =
    Rule {
        name: "baseline-without-value", ja: "基準年度の値がない", en: "a baseline year without a value", run
    };

fn run(report: &Report, findings: &mut Findings) {
    for (strategy, node, id, indicator) in indicators(report) {
        let place = id.indicator as usize;
        let has_figures = node.sheets.iter().any(|sheet| sheet.figures.contains_key(&place));
        let Some(baseline) = indicator.baseline.filter(|_| has_figures) else { continue };
        if Series::merged(node, place).actual_in(baseline.column()).is_some() {
            continue;
        }
        let (name, year) = (&indicator.name, column_key(baseline.column()));
        let message = say!(
            ja: "指標「{name}」の基準 `{year}` に値がありません",
            en: "the indicator `{name}` has no value for its baseline `{year}`"
        );
        let help = say!(
            ja: "調書に `actual.{year} = …` を書くか、`baseline` の年度を直してください",
            en: "write `actual.{year} = …` in the sheet, or correct the year of `baseline`"
        );
        let about = of_node(strategy, node, &format!("indicator.{}.baseline", indicator.id));
        findings.add(indicator.span, about, message, help);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Content, program};

    fn baseline(year: &str) -> Content {
        Content::new().with(program("a", "[indicator.x]\nactual.H31 = '-'\nactual.R5 = 2")).file(
            "programs/a/program.md",
            &format!("+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\nbaseline = '{year}'\n+++\n"),
        )
    }

    #[test]
    fn the_baseline_is_a_year_of_the_actual_values() {
        baseline("R5").finds("baseline-without-value", &[]);
        baseline("R1").finds("baseline-without-value", &[]);
        baseline("R2").finds("baseline-without-value", &["programs/a/program.md:3"]);
    }
}
