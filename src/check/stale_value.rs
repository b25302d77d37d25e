//! The rule `stale-value`.

use super::visit::{Key, indicators};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{KeyFigures, Report, Series};

pub(super) const LINT: Lint = Lint {
    rule: Rule::StaleValue,
    title: Bilingual {
        ja: "調査の間隔より長く、前の値が繰り返されている",
        en: "a value carried forward for longer than the interval of its survey",
    },
    explanation: Bilingual {
        ja: "調査と調査の間に前の値を繰り返すのは正しいことですが、次の調査の年度を過ぎても繰り返すと、\
             値がないことが隠れてしまいます。`interval` のある指標だけを調べます。",
        en: "Between two surveys it is correct to print the older value again. Once the next survey is due, the \
             older value hides that a figure is missing. Only indicators with an `interval` are checked.",
    },
    example: concat!("interval = 2               # policy.md\n", "actual.R4 = \"88.1 [R2]\"    # 2022.md"),
    remedy: Bilingual {
        ja: "新しい値を書いてください。調査がなかったときは、確認済みにしたうえで、\
             注記で読み手に知らせてください。",
        en: "Write the new value. If there was no survey, acknowledge the finding, and add a note for readers.",
    },
    confidence: Confidence::Possible,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (strategy, node, id, indicator) in indicators(report) {
        let Some(interval) = indicator.interval else { continue };
        let series = Series::merged(node, id.indicator as usize);
        let latest =
            KeyFigures::from_series(strategy.edition_context(), &series).latest.and_then(|latest| latest.year_cell());
        let Some(newest) = latest else { continue };
        let measured = newest.measured();
        let age = i64::from(newest.column.0) - i64::from(measured.0);
        if age < i64::from(interval.max(1)) {
            continue;
        }
        let message = say!(
            ja: "{column}の値「{printed}」は{measured}のもので、調査の間隔（{interval}年）を過ぎています",
            en: "the value `{printed}` of {column} was measured in {measured}; the interval between surveys \
                 (in years) is {interval}",
            column = newest.column.short(),
            printed = &newest.value.printed,
            measured = measured.short()
        );
        let help = say!(
            ja: "新しい調査の値があれば書いてください。間隔が変わったなら指標の `interval` を直してください",
            en: "write the value of the newer survey; if the interval has changed, correct `interval`"
        );
        findings.add(newest.value.span, Key::actual(indicator, newest.column), message, help);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn indicator(interval: &str, value: &str) -> Fixture {
        Fixture::new().with(program("a", &format!("[indicator.x]\nactual.R5 = '{value}'"))).file(
            "programs/a/program.md",
            &format!("+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\n{interval}\n+++\n"),
        )
    }

    #[test]
    fn allows_older_values_until_the_next_survey() {
        indicator("interval = 2", "88.1").assert_finds("stale-value", &[]);
        indicator("interval = 2", "88.1 [R4]").assert_finds("stale-value", &[]);
        indicator("interval = 2", "88.1 [R3]").assert_finds("stale-value", &["programs/a/2023.md:3"]);
        indicator("", "88.1 [R1]").assert_finds("stale-value", &[]);
    }
}
