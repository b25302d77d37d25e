//! The rule `easy-target`.

use super::visit::{Key, column_key, indicators};
use super::{Findings, Lint};
use crate::assess::{direction, is_better};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{Direction, Figure, Report, Series, baseline, comparable};

pub(super) const LINT: Lint = Lint {
    rule: Rule::EasyTarget,
    title: Bilingual {
        ja: "目標値が基準値より低い水準にある", en: "a target less ambitious than the baseline"
    },
    explanation: Bilingual {
        ja: "何もしなくても、あるいは後退しても達成される目標で、達成率にも意味がありません。\
             どちらがよいか（`90%以上` のような書き方か `better`）と基準年度が資料にあるときだけ比べます。\
             定義が変わる前後（`breaks`）と、目標が数年分の累計であるとき（`target_total_from`）は比べません。",
        en: "Such a target is met without progress or even with a decline, and a rate of achievement is \
             meaningless. The two are compared only if the source shows which direction is better, by a bound \
             (`90%以上`) or by `better`, and which year is the baseline; not across a change of definition \
             (`breaks`), and not for targets that add up several years (`target_total_from`).",
    },
    example: concat!(
        "actual.H26 = \"90.9\"        # baseline = \"H26\", better = \"higher\"\n",
        "target.end = \"90%以上\"",
    ),
    remedy: Bilingual {
        ja: "目標値か向き（`better`）を、資料のとおりに直してください。資料がそうなっているときは、\
             確認済みにしたうえで、`[[remark]]` で読み手に知らせてください。",
        en: "Correct the target or the direction (`better`) according to the source. If the source itself \
             says so, acknowledge the finding, and inform readers with a `[[remark]]`.",
    },
    confidence: Confidence::Possible,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    // If the aim is to maintain a level, a target below the baseline is legitimate.
    let to_improve = indicators(report).filter(|(_, _, _, indicator)| indicator.better != Some(Direction::Maintain));
    for (strategy, node, id, indicator) in to_improve {
        let series = Series::merged(node, id.indicator as usize);
        let Some(baseline) = baseline(strategy.edition_context(), indicator, &series) else { continue };
        let Some(base) = baseline.value.number() else { continue };
        for target in series.target.iter().filter(|target| target.column > baseline.column) {
            let is_easier_than_baseline = target.value.number().is_some_and(|number| {
                let better = direction(indicator, Some(number.bound)).ok().flatten();
                better.is_some_and(|better| is_better(better, &base.decimal, &number.decimal))
            });
            let figure = Figure::target(strategy.edition_context(), *target);
            if !is_easier_than_baseline || comparable(indicator, &baseline, &figure).is_err() {
                continue;
            }
            let message = say!(
                ja: "目標値「{target}」が、基準値「{base}」（{year}）より低い水準です",
                en: "the target `{target}` is less ambitious than the baseline `{base}` of {year}",
                target = &target.value.printed,
                base = &baseline.value.printed,
                year = column_key(baseline.column)
            );
            let help = say!(
                ja: "目標値と、指標の `better`（どちらがよいか）を資料と見比べてください",
                en: "compare the target, and the direction `better`, with the source"
            );
            findings.add(target.value.span, Key::target(indicator, target.column), message, help);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn indicator(keys: &str, figures: &str) -> Fixture {
        Fixture::new().with(program("a", &format!("[indicator.x]\n{figures}"))).file(
            "programs/a/program.md",
            &format!("+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\nbaseline = 'R1'\n{keys}\n+++\n"),
        )
    }

    #[test]
    fn reports_targets_below_the_baseline() {
        indicator("better = 'higher'", "actual.R1 = '90.9'\ntarget.end = '91%以上'").assert_finds("easy-target", &[]);
        indicator("better = 'higher'", "actual.R1 = '90.9'\ntarget.end = '90%以上'")
            .assert_finds("easy-target", &["programs/a/2023.md:4"]);
        indicator("better = 'higher'", "actual.R1 = '90.9'\ntarget.end = '90.9'").assert_finds("easy-target", &[]);
    }

    #[test]
    fn reports_targets_above_the_baseline_if_lower_is_better() {
        indicator("better = 'lower'", "actual.R1 = 10\ntarget.R5 = 8").assert_finds("easy-target", &[]);
        indicator("better = 'lower'", "actual.R1 = 10\ntarget.R5 = 12")
            .assert_finds("easy-target", &["programs/a/2023.md:4"]);
    }

    #[test]
    fn derives_the_direction_from_a_bound() {
        indicator("", "actual.R1 = 10\ntarget.R5 = '8以上'").assert_finds("easy-target", &["programs/a/2023.md:4"]);
        indicator("", "actual.R1 = 10\ntarget.R5 = '8以下'").assert_finds("easy-target", &[]);
    }

    #[test]
    fn skips_incomparable_targets() {
        let figures = "actual.R1 = 10\ntarget.R5 = 8";
        indicator("better = 'higher'\nbreaks = ['R3']", figures).assert_finds("easy-target", &[]);
        indicator("better = 'higher'\ncumulative_from = 'R1'", figures).assert_finds("easy-target", &[]);
    }

    #[test]
    fn skips_targets_without_a_direction() {
        indicator("", "actual.R1 = 10\ntarget.R5 = 8").assert_finds("easy-target", &[]);
        indicator("better = 'maintain'", "actual.R1 = 10\ntarget.R5 = 8").assert_finds("easy-target", &[]);
        indicator("better = 'maintain'", "actual.R1 = 10\ntarget.R5 = '8以上'").assert_finds("easy-target", &[]);
        indicator("better = 'lower'", "actual.R1 = 10\ntarget.R5 = '8以上'").assert_finds("easy-target", &[]);
    }

    #[test]
    fn skips_missing_baselines() {
        indicator("better = 'higher'", "actual.R1 = '-'\ntarget.R5 = 8").assert_finds("easy-target", &[]);
    }
}
