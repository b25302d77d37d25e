//! The rule `unraised-target`.

use super::comparable::{direction, is_better};
use super::visit::{Key, indicators};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Rule, say};
use crate::model::{
    Column, Direction, Figure, Indicator, KeyFigures, Node, Report, Series, Sheet, Status, Strategy, comparable,
};

pub(super) const LINT: Lint = Lint {
    rule: Rule::UnraisedTarget,
    title: Bilingual {
        ja: "実績が上回った後も、目標値が引き上げられていない",
        en: "a target that was not raised after it was exceeded",
    },
    explanation: Bilingual {
        ja: "すでに超えた目標は、目標として機能しません。意図して据え置いたのなら、理由を書いて確認済みにします。\
             どちらがよいかが資料にあるときだけ、最新の年度か版について調べます（過ぎた年度の目標は、\
             もう引き上げられないためです）。",
        en: "A target that is already exceeded is no longer an aim. If it is kept on purpose, acknowledge the \
             finding with the reason. Compared only if the source shows which direction is better, and only for \
             the newest year or edition, because earlier targets can no longer be raised.",
    },
    example: concat!("target.R3 = \"16 地区\"\n", "actual.R3 = \"34 地区\"\n", "target.R4 = \"16 地区\""),
    remedy: Bilingual {
        ja: "資料のとおりの目標値に直すか、据え置いた理由を書いて確認済みにしてください。",
        en: "Write the target of the source, or acknowledge the finding with the reason for keeping it.",
    },
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (strategy, node, id, indicator) in indicators(report) {
        let place = id.indicator as usize;
        for step in [next_year(strategy, node, place), next_edition(strategy, node, place)].into_iter().flatten() {
            if !step.is_kept_although_exceeded(indicator) {
                continue;
            }
            let ExceededTarget { passed, kept, reached } = step;
            let message = say!(
                ja: "目標値「{passed}」を実績「{reached}」が上回った後も、目標値が「{kept}」のままです",
                en: "the target `{passed}` was exceeded by `{reached}`, but the next target is still `{kept}`",
                passed = &passed.value.printed,
                reached = &reached.value.printed,
                kept = &kept.value.printed
            );
            let help = say!(
                ja: "次の目標値を資料と見比べてください。据え置く理由があれば `[[acknowledge]]` に書いてください",
                en: "compare the next target with the source; if it is kept on purpose, acknowledge the finding with the reason"
            );
            findings.add(kept.value.span, Key::target(&indicator.id, kept.column), message, help);
        }
    }
}

/// A target, the actual value that exceeds it, and the next target.
struct ExceededTarget<'r> {
    passed: Figure<'r>,
    reached: Figure<'r>,
    kept: Figure<'r>,
}

impl ExceededTarget<'_> {
    fn is_kept_although_exceeded(&self, indicator: &Indicator) -> bool {
        let Self { passed, reached, kept } = self;
        let numbers = (passed.value.number(), reached.value.number(), kept.value.number());
        let (Some(passed_number), Some(reached_number), Some(kept_number)) = numbers else { return false };
        let alike = [(reached, passed), (reached, kept), (passed, kept)];
        let better = direction(indicator, passed_number).filter(|better| *better != Direction::Maintain);
        alike.iter().all(|(one, other)| comparable(indicator, one, other).is_ok())
            && better.is_some_and(|better| {
                is_better(better, reached_number.decimal, passed_number.decimal)
                    && !is_better(better, kept_number.decimal, passed_number.decimal)
            })
    }
}

/// Comparison of the latest value's target with the target of the next year that has one.
fn next_year<'r>(strategy: &Strategy, node: &'r Node, indicator: usize) -> Option<ExceededTarget<'r>> {
    let series = Series::merged(node, indicator);
    let reached = KeyFigures::from_series(strategy.edition_context(), &series)
        .latest
        .filter(|latest| latest.status == Status::Final)?;
    let targets = || series.target.iter().map(|cell| Figure::target(strategy.edition_context(), *cell));
    let passed = targets().find(|target| target.column == reached.column)?;
    let kept = targets().find(|target| target.column > reached.column && target.column != Column::End)?;
    Some(ExceededTarget { passed, reached, kept })
}

/// Comparison of the end-of-plan targets of the last two sheets.
fn next_edition<'r>(strategy: &Strategy, node: &'r Node, indicator: usize) -> Option<ExceededTarget<'r>> {
    let (last, earlier) = node.sheets.split_last()?;
    let before = earlier.last()?;
    let end = |sheet: &'r Sheet| {
        let cell = Series::from_sheet(sheet, indicator).target.into_iter().find(|cell| cell.column == Column::End);
        cell.map(|cell| Figure::target(strategy.edition_context(), cell))
    };
    let reached = KeyFigures::from_series(strategy.edition_context(), &Series::from_sheet(before, indicator)).latest?;
    Some(ExceededTarget { passed: end(before)?, reached, kept: end(last)? })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Content, program};

    fn indicator(better: &str, figures: &str) -> Content {
        Content::new().with(program("a", &format!("[indicator.x]\n{figures}"))).file(
            "programs/a/program.md",
            &format!("+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\n{better}\n+++\n"),
        )
    }

    #[test]
    fn reports_exceeded_targets_that_are_kept() {
        let passed = "target.R5 = 16\nactual.R5 = 34\n";
        indicator("better = 'higher'", &format!("{passed}target.R6 = 17")).finds("unraised-target", &[]);
        indicator("better = 'higher'", &format!("{passed}target.R6 = 16"))
            .finds("unraised-target", &["programs/a/2023.md:5"]);
        indicator("", &format!("{passed}target.R6 = 16")).finds("unraised-target", &[]);
    }

    #[test]
    fn allows_keeping_a_target_that_is_just_reached() {
        indicator("better = 'higher'", "target.R5 = 3\nactual.R5 = 3\ntarget.R6 = 3").finds("unraised-target", &[]);
    }

    #[test]
    fn expects_lower_targets_if_lower_is_better() {
        let passed = "target.R5 = 100\nactual.R5 = 80\n";
        indicator("better = 'lower'", &format!("{passed}target.R6 = 90")).finds("unraised-target", &[]);
        indicator("better = 'lower'", &format!("{passed}target.R6 = 100"))
            .finds("unraised-target", &["programs/a/2023.md:5"]);
    }

    #[test]
    fn compares_end_targets_between_editions() {
        let editions = |end: u32| {
            indicator("better = 'higher'", "actual.R5 = 12\ntarget.end = 10")
                .edition("2024", "R6")
                .file("programs/a/2024.md", &format!("+++\n[indicator.x]\ntarget.end = {end}\n+++\n"))
        };
        editions(15).finds("unraised-target", &[]);
        editions(10).finds("unraised-target", &["programs/a/2024.md:3"]);
    }
}
