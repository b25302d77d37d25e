//! The rule `bound-direction`.

use super::visit::{column_key, indicators};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{Bound, Direction, Report, SeriesKind, Value};

pub(super) const LINT: Lint = Lint {
    rule: Rule::BoundDirection,
    title: Bilingual {
        ja: "`better` の向きが、目標値の「以上」「以下」と逆になっている",
        en: "a `better` that contradicts the bounds of the targets",
    },
    explanation: Bilingual {
        ja: "「30位以内」「1人以下」のような目標は、小さいほどよい指標の目標です。「90%以上」は、大きいほどよい指標の目標です。\
             どちらの向きの目標もある指標は調べません。",
        en: "A target such as 30位以内 or 1人以下 belongs to an indicator of which less is better, 90%以上 to one of which \
             more is better. Indicators with targets of both kinds are not checked.",
    },
    example: concat!("better = \"higher\"           # policy.md\n", "target.R6 = \"30位以内\"        # 2024.md"),
    remedy: Bilingual {
        ja: "`better` か目標値を、資料のとおりに直してください。",
        en: "Correct `better` or the target according to the source.",
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (_, node, id, indicator) in indicators(report) {
        let (Some(better), Some(span)) = (indicator.better, indicator.better_span) else { continue };
        let figures = node.sheets.iter().filter_map(|sheet| sheet.figures.get(&(id.indicator as usize)));
        let values = figures.flat_map(|figures| figures.values());
        let targets: Vec<_> = values
            .filter(|(series, ..)| *series == SeriesKind::Target)
            .filter_map(|(_, column, value)| Some((column, value, direction(value)?)))
            .collect();
        let opposite = match better {
            Direction::Higher => Direction::Lower,
            Direction::Lower => Direction::Higher,
            Direction::Maintain => continue,
        };
        let Some((column, target, _)) = targets.first().filter(|_| targets.iter().all(|(.., of)| *of == opposite))
        else {
            continue;
        };
        let (key, printed, year) = (better.key(), &target.printed, column_key(*column));
        let message = say!(
            ja: "`better` は `{key}` ですが、目標値（{year}）は「{printed}」です",
            en: "`better` is `{key}`, but the target for {year} is `{printed}`"
        );
        let help = say!(
            ja: "`{right}` が正しいかどうか、資料と見比べてください",
            en: "compare with the source whether it should be `{right}`",
            right = opposite.key()
        );
        findings.add(span, format!("indicator.{}.better", indicator.id), message, help);
    }
}

/// Direction of improvement that the words of a target express.
fn direction(target: &Value) -> Option<Direction> {
    let printed = target.printed_without_period();
    let ends_with = |words: &[&str]| words.iter().any(|word| printed.ends_with(word));
    match target.number().map(|number| number.bound) {
        Some(Bound::AtLeast | Bound::Above) => Some(Direction::Higher),
        Some(Bound::AtMost | Bound::Below) => Some(Direction::Lower),
        _ if ends_with(&["以内", "以下", "未満"]) => Some(Direction::Lower),
        _ if ends_with(&["以上"]) => Some(Direction::Higher),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn check(better: &str, targets: &str, found: bool) {
        let node = format!("+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\nbetter = '{better}'\n+++\n");
        let content = Fixture::new().with(program("a", &format!("[indicator.x]\n{targets}")));
        let expected: &[&str] = if found { &["programs/a/program.md:6"] } else { &[] };
        content.file("programs/a/program.md", &node).assert_finds("bound-direction", expected);
    }

    #[test]
    fn reports_targets_in_the_other_direction() {
        check("higher", "target.R5 = '1人以下'", true);
        check("lower", "target.R5 = '90%以上'", true);
        check("lower", "target.R5 = '1人以下'", false);
        check("higher", "target.R5 = 90", false);
        check("maintain", "target.R5 = '90%以上'", false);
    }

    #[test]
    fn understands_ranks() {
        check("higher", "target.R5 = { value = 30, printed = '30位以内' }", true);
    }

    #[test]
    fn ignores_targets_of_both_kinds() {
        check("higher", "target.R5 = '1人以下'\ntarget.R6 = '1人以上'", false);
    }
}
