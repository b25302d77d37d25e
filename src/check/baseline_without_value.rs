//! The rule `baseline-without-value`.

use super::visit::{column_key, indicators, node_key};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{Report, Series};

pub(super) const LINT: Lint = Lint {
    rule: Rule::BaselineWithoutValue,
    title: Bilingual { ja: "基準年度の値がない", en: "a baseline year without a value" },
    explanation: Bilingual {
        ja: "`baseline` は `actual` の年度を指します。その年度に値がないと、グラフにも達成率にも基準がありません。\
             「値なし」と印刷されたものは、値として数えます。",
        en: "`baseline` refers to a year of `actual`. Without a value for that year, charts and rates have no \
             baseline. A value printed as missing counts as a value.",
    },
    example: concat!("baseline = \"H25\"           # policy.md\n", "actual.H26 = 4             # 2019.md"),
    remedy: Bilingual {
        ja: "`baseline` を値のある年度に直すか、基準の値を `actual` に書いてください。",
        en: "Correct the year of `baseline`, or add the baseline value to `actual`.",
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (strategy, node, id, indicator) in indicators(report) {
        let index = id.indicator as usize;
        let has_figures = node.sheets.iter().any(|sheet| sheet.figures.contains_key(&index));
        let Some(baseline) = indicator.baseline.filter(|_| has_figures) else { continue };
        if Series::merged(node, index).actual_at_column(baseline.column()).is_some() {
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
        let about = node_key(strategy, node, &format!("indicator.{}.baseline", indicator.id));
        findings.add(indicator.span, about, message, help);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn baseline(year: &str) -> Fixture {
        Fixture::new().with(program("a", "[indicator.x]\nactual.H31 = '-'\nactual.R5 = 2")).file(
            "programs/a/program.md",
            &format!("+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\nbaseline = '{year}'\n+++\n"),
        )
    }

    #[test]
    fn reports_a_baseline_year_without_an_actual_value() {
        baseline("R5").assert_finds("baseline-without-value", &[]);
        baseline("R1").assert_finds("baseline-without-value", &[]);
        baseline("R2").assert_finds("baseline-without-value", &["programs/a/program.md:3"]);
    }
}
