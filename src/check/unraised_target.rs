//! `unraised-target`: a target that stays as it was after it had been passed.
//!
//! A target already passed aims at nothing. It may be kept on purpose; then it is acknowledged.
//! Compared only where the strategy says which way is better, and only for the newest year or
//! the newest edition: what lies behind cannot be raised any more.
//!
//! ```toml
//! target.R3 = "16 地区"
//! actual.R3 = "34 地区"
//! target.R4 = "16 地区"
//! ```
//! Write: the target of the source, or an acknowledgement with the reason why it stays.

use super::easy_target::{beats, same_unit};
use super::walk::{indicators, target};
use super::{Findings, Rule};
use crate::model::{Better, Column, Node, Report, Series, Value};
use crate::say;

pub(super) const RULE: Rule = Rule {
    name: "unraised-target",
    ja: "実績が上回った後も、目標値が引き上げられていない",
    en: "a target that was not raised after it had been passed",
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (_, node, id, indicator) in indicators(report) {
        let Some(better) = indicator.better else { continue };
        let place = id.indicator as usize;
        for (column, passed, kept, reached) in [next_year(node, place), next_edition(node, place)].into_iter().flatten()
        {
            if !was_passed(better, passed, reached) || !was_kept(better, passed, kept) {
                continue;
            }
            let message = say!(
                ja: "目標値「{passed}」を実績「{reached}」が上回った後も、目標値が「{kept}」のままです",
                en: "the target `{passed}` was passed by `{reached}`, and yet the next is `{kept}`",
                passed = &passed.printed,
                reached = &reached.printed,
                kept = &kept.printed
            );
            let help = say!(
                ja: "次の目標値を資料と見比べてください。据え置く理由があれば `[[acknowledge]]` に書いてください",
                en: "compare the next target with the source; if it stays on purpose, acknowledge it with the reason"
            );
            findings.add(kept.span, target(&indicator.id, column), message, help);
        }
    }
}

/// The target of the newest year with an actual value, the next year's target, and the value.
fn next_year(node: &Node, indicator: usize) -> Option<(Column, &Value, &Value, &Value)> {
    let series = Series::merged(node, indicator);
    let reached = series.latest()?;
    let passed = series.target.iter().find(|cell| cell.column == Column::Year(reached.column))?;
    let later = |column: Column| matches!(column, Column::Year(year) if year > reached.column);
    let kept = series.target.iter().find(|cell| later(cell.column))?;
    Some((kept.column, passed.value, kept.value, reached.value))
}

/// The target for the end of the plan in the last edition but one and in the last, and the
/// value that was known before the last.
fn next_edition(node: &Node, indicator: usize) -> Option<(Column, &Value, &Value, &Value)> {
    let (last, earlier) = node.sheets.split_last()?;
    let before = earlier.last()?;
    let end = |sheet| Series::of_sheet(sheet, indicator).target.into_iter().find(|cell| cell.column == Column::End);
    let reached = Series::of_sheet(before, indicator).latest()?;
    Some((Column::End, end(before)?.value, end(last)?.value, reached.value))
}

fn was_passed(better: Better, target: &Value, reached: &Value) -> bool {
    match (target.number(), reached.number()) {
        (Some(target), Some(reached)) => same_unit(target, reached) && beats(better, reached.decimal, target.decimal),
        _ => false,
    }
}

fn was_kept(better: Better, passed: &Value, next: &Value) -> bool {
    match (passed.number(), next.number()) {
        (Some(passed), Some(next)) => same_unit(passed, next) && !beats(better, next.decimal, passed.decimal),
        _ => false,
    }
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
    fn a_target_that_was_passed_is_raised() {
        let passed = "target.R5 = 16\nactual.R5 = 34\n";
        indicator("better = 'higher'", &format!("{passed}target.R6 = 17")).finds("unraised-target", &[]);
        indicator("better = 'higher'", &format!("{passed}target.R6 = 16"))
            .finds("unraised-target", &["programs/a/2023.md:5"]);
        indicator("", &format!("{passed}target.R6 = 16")).finds("unraised-target", &[]);
    }

    #[test]
    fn a_target_just_reached_may_stay() {
        indicator("better = 'higher'", "target.R5 = 3\nactual.R5 = 3\ntarget.R6 = 3").finds("unraised-target", &[]);
    }

    #[test]
    fn where_less_is_better_it_is_lowered() {
        let passed = "target.R5 = 100\nactual.R5 = 80\n";
        indicator("better = 'lower'", &format!("{passed}target.R6 = 90")).finds("unraised-target", &[]);
        indicator("better = 'lower'", &format!("{passed}target.R6 = 100"))
            .finds("unraised-target", &["programs/a/2023.md:5"]);
    }

    #[test]
    fn the_end_of_the_plan_from_edition_to_edition() {
        let editions = |end: u32| {
            indicator("better = 'higher'", "actual.R5 = 12\ntarget.end = 10")
                .edition("2024", "R6")
                .file("programs/a/2024.md", &format!("+++\n[indicator.x]\ntarget.end = {end}\n+++\n"))
        };
        editions(15).finds("unraised-target", &[]);
        editions(10).finds("unraised-target", &["programs/a/2024.md:3"]);
    }
}
