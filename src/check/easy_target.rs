//! The rule `easy-target`.

use super::comparable::{direction, is_better};
use super::walk::{Key, column_key, indicators};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Rule, say};
use crate::model::{Figure, Number, Report, Series, baseline, comparable};

pub(super) const LINT: Lint = Lint {
    rule: Rule::EasyTarget,
    title: Bilingual {
        ja: "目標値が基準値より低い水準にある", en: "a target that asks for less than the baseline"
    },
    explanation: Bilingual {
        ja: "何もしなくても、あるいは後退しても達成される目標で、達成率にも意味がありません。\
             どちらがよいか（`90%以上` のような書き方か `better`）と基準年度が資料にあるときだけ比べます。\
             定義が変わる前後（`breaks`）と、目標が数年分の累計であるとき（`cumulative_from`）は比べません。",
        en: "Such a target is met by standing still or falling back, and a rate towards it means nothing. \
             Compared only where the source says which way is better, by a bound (`90%以上`) or in words \
             (`better`), and which year is the baseline; not across a change of definition (`breaks`), nor \
             where targets count several years together (`cumulative_from`).",
    },
    example: concat!(
        "actual.H26 = \"90.9\"        # baseline = \"H26\", better = \"higher\"\n",
        "target.end = \"90%以上\"",
    ),
    remedy: Bilingual {
        ja: "目標値か向き（`better`）を、資料のとおりに直してください。資料がそうなっているときは、\
             確認済みにしたうえで、`[[remark]]` で読み手に知らせてください。",
        en: "Write the target or the direction (`better`) of the source. If the source has it so, acknowledge \
             it, and tell readers with a `[[remark]]`.",
    },
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (strategy, node, id, indicator) in indicators(report) {
        let series = Series::merged(node, id.indicator as usize);
        let Some(baseline) = baseline(strategy.timeline(), indicator, &series) else { continue };
        let Some(base) = baseline.value.number() else { continue };
        for goal in series.target.iter().filter(|goal| goal.column > baseline.column) {
            let easier = |number: &&Number| {
                direction(indicator, number).is_some_and(|better| is_better(better, base.decimal, number.decimal))
            };
            let aimed = goal.value.number().filter(easier);
            if aimed.is_none() || comparable(indicator, &baseline, &Figure::target(strategy.timeline(), *goal)).is_err()
            {
                continue;
            }
            let message = say!(
                ja: "目標値「{target}」が、基準値「{base}」（{year}）より低い水準です",
                en: "the target `{target}` asks for less than the baseline `{base}` of {year}",
                target = &goal.value.printed,
                base = &baseline.value.printed,
                year = column_key(baseline.column)
            );
            let help = say!(
                ja: "目標値と、指標の `better`（どちらがよいか）を資料と見比べてください",
                en: "compare the target, and which way is `better`, with the source"
            );
            findings.add(goal.value.span, Key::target(&indicator.id, goal.column), message, help);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Content, program};

    fn indicator(keys: &str, figures: &str) -> Content {
        Content::new().with(program("a", &format!("[indicator.x]\n{figures}"))).file(
            "programs/a/program.md",
            &format!("+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\nbaseline = 'R1'\n{keys}\n+++\n"),
        )
    }

    #[test]
    fn a_target_asks_for_more_than_the_baseline() {
        indicator("better = 'higher'", "actual.R1 = '90.9'\ntarget.end = '91%以上'").finds("easy-target", &[]);
        indicator("better = 'higher'", "actual.R1 = '90.9'\ntarget.end = '90%以上'")
            .finds("easy-target", &["programs/a/2023.md:4"]);
        indicator("better = 'higher'", "actual.R1 = '90.9'\ntarget.end = '90.9'").finds("easy-target", &[]);
    }

    #[test]
    fn where_less_is_better_the_target_is_below() {
        indicator("better = 'lower'", "actual.R1 = 10\ntarget.R5 = 8").finds("easy-target", &[]);
        indicator("better = 'lower'", "actual.R1 = 10\ntarget.R5 = 12").finds("easy-target", &["programs/a/2023.md:4"]);
    }

    #[test]
    fn a_bound_says_which_way_is_better() {
        indicator("", "actual.R1 = 10\ntarget.R5 = '8以上'").finds("easy-target", &["programs/a/2023.md:4"]);
        indicator("", "actual.R1 = 10\ntarget.R5 = '8以下'").finds("easy-target", &[]);
    }

    #[test]
    fn what_is_counted_otherwise_is_not_compared() {
        let figures = "actual.R1 = 10\ntarget.R5 = 8";
        indicator("better = 'higher'\nbreaks = ['R3']", figures).finds("easy-target", &[]);
        indicator("better = 'higher'\ncumulative_from = 'R1'", figures).finds("easy-target", &[]);
    }

    #[test]
    fn which_way_is_better_is_never_guessed() {
        indicator("", "actual.R1 = 10\ntarget.R5 = 8").finds("easy-target", &[]);
        indicator("better = 'maintain'", "actual.R1 = 10\ntarget.R5 = 8").finds("easy-target", &[]);
    }

    #[test]
    fn a_baseline_that_is_missing_is_not_compared() {
        indicator("better = 'higher'", "actual.R1 = '-'\ntarget.R5 = 8").finds("easy-target", &[]);
    }
}
