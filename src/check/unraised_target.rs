//! The rule `unraised-target`.

use super::visit::{Key, indicators};
use super::{Findings, Lint};
use crate::assess::{direction, is_better};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
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
             finding with the reason. The values are compared only if the source shows which direction is better, \
             and only for the newest year or edition, because earlier targets can no longer be raised.",
    },
    example: concat!("target.R3 = \"16 地区\"\n", "actual.R3 = \"34 地区\"\n", "target.R4 = \"16 地区\""),
    remedy: Bilingual {
        ja: "資料のとおりの目標値に直すか、据え置いた理由を書いて確認済みにしてください。",
        en: "Write the target of the source, or acknowledge the finding with the reason for keeping it.",
    },
    confidence: Confidence::Possible,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (strategy, node, id, indicator) in indicators(report) {
        let index = id.indicator as usize;
        let pairs = [against_next_year(strategy, node, index), against_next_edition(strategy, node, index)];
        for pair in pairs.into_iter().flatten() {
            if !pair.is_unraised_although_exceeded(indicator) {
                continue;
            }
            let TargetPair { target, actual, next } = pair;
            let message = say!(
                ja: "実績「{actual}」は目標値「{target}」より良い水準ですが、次の目標値は「{next}」です",
                en: "the actual value `{actual}` is better than the target `{target}`, but the next target is `{next}`",
                target = &target.value.printed,
                actual = &actual.value.printed,
                next = &next.value.printed
            );
            let help = say!(
                ja: "次の目標値を資料と見比べてください。据え置く理由があれば `[[acknowledge]]` に書いてください",
                en: "compare the next target with the source; if it is kept on purpose, acknowledge the finding with the reason"
            );
            findings.add(next.value.span, Key::target(indicator, next.column), message, help);
        }
    }
}

/// A target, the actual value compared with it, and the next target.
struct TargetPair<'r> {
    target: Figure<'r>,
    actual: Figure<'r>,
    next: Figure<'r>,
}

impl TargetPair<'_> {
    fn is_unraised_although_exceeded(&self, indicator: &Indicator) -> bool {
        let Self { target, actual, next } = self;
        let numbers = (target.value.number(), actual.value.number(), next.value.number());
        let (Some(target_number), Some(actual_number), Some(next_number)) = numbers else { return false };
        let pairs = [(actual, target), (actual, next), (target, next)];
        let better = direction(indicator, Some(target_number.bound)).ok().flatten();
        pairs.iter().all(|(one, other)| comparable(indicator, one, other).is_ok())
            && indicator.better != Some(Direction::Maintain)
            && better.is_some_and(|better| {
                is_better(better, &actual_number.decimal, &target_number.decimal)
                    && !is_better(better, &next_number.decimal, &target_number.decimal)
            })
    }
}

/// Comparison of the latest value's target with the target of the next year that has one.
fn against_next_year<'r>(strategy: &Strategy, node: &'r Node, indicator: usize) -> Option<TargetPair<'r>> {
    let series = Series::merged(node, indicator);
    let actual = KeyFigures::from_series(strategy.edition_context(), &series)
        .latest
        .filter(|latest| latest.status == Status::Final)?;
    let targets = || series.target.iter().map(|cell| Figure::target(strategy.edition_context(), *cell));
    let target = targets().find(|figure| figure.column == actual.column)?;
    let next = targets().find(|figure| figure.column > actual.column && figure.column != Column::End)?;
    Some(TargetPair { target, actual, next })
}

/// Comparison of the end-of-plan targets of the last two sheets.
fn against_next_edition<'r>(strategy: &Strategy, node: &'r Node, indicator: usize) -> Option<TargetPair<'r>> {
    let (last, earlier) = node.sheets.split_last()?;
    let before = earlier.last()?;
    let end = |sheet: &'r Sheet| {
        let cell = Series::from_sheet(sheet, indicator).target.into_iter().find(|cell| cell.column == Column::End);
        cell.map(|cell| Figure::target(strategy.edition_context(), cell))
    };
    let actual = KeyFigures::from_series(strategy.edition_context(), &Series::from_sheet(before, indicator)).latest?;
    Some(TargetPair { target: end(before)?, actual, next: end(last)? })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};
    use crate::diagnostic::Rule;

    fn indicator(better: &str, figures: &str) -> Fixture {
        Fixture::new().with(program("a", &format!("[indicator.x]\n{figures}"))).file(
            "programs/a/program.md",
            &format!("+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\n{better}\n+++\n"),
        )
    }

    #[test]
    fn reports_exceeded_targets_that_are_kept() {
        let passed = "target.R5 = 16\nactual.R5 = 34\n";
        indicator("better = 'higher'", &format!("{passed}target.R6 = 17")).assert_finds("unraised-target", &[]);
        indicator("better = 'higher'", &format!("{passed}target.R6 = 16"))
            .assert_finds("unraised-target", &["programs/a/2023.md:5"]);
        indicator("better = 'higher'", &format!("{passed}target.R6 = 15"))
            .assert_finds("unraised-target", &["programs/a/2023.md:5"]);
        indicator("", &format!("{passed}target.R6 = 16")).assert_finds("unraised-target", &[]);
    }

    #[test]
    fn states_the_next_target_even_if_it_is_worse() {
        let loaded = indicator("better = 'higher'", "target.R5 = 16\nactual.R5 = 34\ntarget.R6 = 15").load();
        let mut findings = loaded.review.open.iter().map(|finding| &finding.diagnostic);
        let finding = findings.find(|diagnostic| diagnostic.rule == Rule::UnraisedTarget).unwrap();
        let message = "the actual value `34` is better than the target `16`, but the next target is `15`";
        assert_eq!(finding.message.en, message);
    }

    #[test]
    fn ignores_levels_to_be_maintained() {
        let figures = "target.R5 = '16以上'\nactual.R5 = 34\ntarget.R6 = '16以上'";
        indicator("better = 'maintain'", figures).assert_finds("unraised-target", &[]);
        indicator("", figures).assert_finds("unraised-target", &["programs/a/2023.md:5"]);
    }

    #[test]
    fn allows_keeping_a_target_that_is_just_reached() {
        indicator("better = 'higher'", "target.R5 = 3\nactual.R5 = 3\ntarget.R6 = 3")
            .assert_finds("unraised-target", &[]);
    }

    #[test]
    fn expects_lower_targets_if_lower_is_better() {
        let passed = "target.R5 = 100\nactual.R5 = 80\n";
        indicator("better = 'lower'", &format!("{passed}target.R6 = 90")).assert_finds("unraised-target", &[]);
        indicator("better = 'lower'", &format!("{passed}target.R6 = 100"))
            .assert_finds("unraised-target", &["programs/a/2023.md:5"]);
    }

    #[test]
    fn compares_end_targets_between_editions() {
        let editions = |end: u32| {
            indicator("better = 'higher'", "actual.R5 = 12\ntarget.end = 10")
                .edition("2024", "R6")
                .file("programs/a/2024.md", &format!("+++\n[indicator.x]\ntarget.end = {end}\n+++\n"))
        };
        editions(15).assert_finds("unraised-target", &[]);
        editions(10).assert_finds("unraised-target", &["programs/a/2024.md:3"]);
    }
}
