//! The rule `points-sum`.

use super::visit::{MarkSubject, judgement_key, mark_subjects, sheets};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{Decimal, FiscalYear, JudgeIx, Judgement, Points, Report, Scale, ScaleIx, Strategy, Verdict};

pub(super) const LINT: Lint = Lint {
    rule: Rule::PointsSum,
    title: Bilingual {
        ja: "点数の合計が内訳の和と違う、または点数が満点を超えている",
        en: "points that do not add up, or that exceed the maximum",
    },
    explanation: Bilingual {
        ja: "`sum` のある尺度の点数は、そこに書いた尺度の点数の和です。評価者ごと、年度ごとに比べ、内訳が一つでも\
             なければ比べません。`max` のある尺度では、満点を超える点数も指摘します。端数は認めません。",
        en: "Points on a scale with `sum` are the sum of the points on the scales that it names. They are compared by \
             judge and year, and only if none of the points is missing. On a scale with `max`, points above the maximum \
             are findings too. There is no tolerance.",
    },
    example: concat!("[judgement]\n", "need = 18\n", "effect = 15\n", "points = 34    # 33 ?"),
    remedy: Bilingual {
        ja: "点数を資料のとおりに直してください。資料の誤りなら、確認済みにしてください。",
        en: "Correct the points according to the source. If the source is wrong, acknowledge the finding.",
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    let has_points =
        |strategy: &Strategy| strategy.scales.iter().any(|scale| scale.points.is_some()) && !strategy.outline_only;
    if !report.strategies.iter().any(has_points) {
        return;
    }
    for subject in sheets(report).filter(|item| has_points(item.strategy)).flat_map(mark_subjects) {
        for judgement in subject.judgements {
            let scale = subject.item.strategy.scales.get(judgement.scale.0);
            let Some((scale, points)) = scale.and_then(|scale| Some((scale, scale.points.as_ref()?))) else { continue };
            check_maximum(&subject, judgement, (scale, points), findings);
            check_sum(&subject, judgement, (scale, points), findings);
        }
    }
}

fn check_maximum(
    subject: &MarkSubject<'_>,
    judgement: &Judgement,
    (scale, points): (&Scale, &Points),
    findings: &mut Findings,
) {
    let (Some(given), Some(max)) = (exact_points(judgement), points.max) else { return };
    if given <= max {
        return;
    }
    let title = &scale.title;
    let message = say!(
        ja: "「{title}」の点数 {given} が満点（{max}）を超えています",
        en: "the points {given} for `{title}` exceed the maximum ({max})"
    );
    let help = say!(
        ja: "点数と、strategy.toml の `max` を資料と見比べてください",
        en: "compare the points, and `max` in strategy.toml, with the source"
    );
    findings.add(judgement.span, key(subject, scale, judgement), message, help);
}

fn check_sum(
    subject: &MarkSubject<'_>,
    judgement: &Judgement,
    (scale, points): (&Scale, &Points),
    findings: &mut Findings,
) {
    let summands: Option<Vec<Decimal>> =
        points.sum.iter().map(|summand| points_on(subject, *summand, (judgement.year, judgement.judge))).collect();
    let (Some(given), Some(summands)) = (exact_points(judgement), summands) else { return };
    let sum = summands.iter().try_fold(Decimal::ZERO, |sum, points| sum.checked_add(*points));
    let Some(sum) = sum.filter(|sum| !summands.is_empty() && *sum != given) else { return };
    let title = &scale.title;
    let terms = summands.iter().map(Decimal::to_string).collect::<Vec<_>>().join(" + ");
    let message = say!(
        ja: "「{title}」の点数は {given} ですが、内訳の和は {terms} = {sum} です",
        en: "the points for `{title}` are {given}, but their parts add up to {terms} = {sum}"
    );
    let help = say!(
        ja: "合計と、それぞれの点数を資料と見比べてください",
        en: "compare the total and its parts with the source"
    );
    findings.add(judgement.span, key(subject, scale, judgement), message, help);
}

/// Points of the subject on another scale, in the same year and by the same judge.
fn points_on(
    subject: &MarkSubject<'_>,
    scale: ScaleIx,
    (year, judge): (Option<FiscalYear>, Option<JudgeIx>),
) -> Option<Decimal> {
    let mut judgements = subject.judgements.iter();
    exact_points(judgements.find(|other| (other.scale, other.year, other.judge) == (scale, year, judge))?)
}

/// The points of a judgement. `None` if it has none, or if they are not exact.
fn exact_points(judgement: &Judgement) -> Option<Decimal> {
    match &judgement.verdict {
        Verdict::Points(value) => value.exact(),
        Verdict::Marks(_) | Verdict::Missing(_) | Verdict::Lost => None,
    }
}

fn key(subject: &MarkSubject<'_>, scale: &Scale, judgement: &Judgement) -> String {
    let judge = judgement.judge.and_then(|judge| subject.item.strategy.judges.get(judge.0));
    format!("{}.{}", subject.key, judgement_key(scale, judgement.year, judge))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    const SCALES: &str = "[[judge]]\nid = 'primary'\ntitle = '一次'\n[[judge]]\nid = 'council'\ntitle = '外部'\n\
        [[scale]]\nid = 'need'\ntitle = '必要性'\nof = ['program']\nkind = 'points'\nmax = 20\njudges = ['primary', 'council']\n\
        [[scale]]\nid = 'effect'\ntitle = '有効性'\nof = ['program']\nkind = 'points'\njudges = ['primary', 'council']\n\
        [[scale]]\nid = 'points'\ntitle = '合計'\nof = ['program']\nkind = 'points'\nsum = ['need', 'effect']\njudges = ['primary', 'council']";

    fn check(judgements: &str, expected: &[&str]) {
        let content = Fixture::new().append_to_strategy(SCALES);
        content.with(program("a", &format!("[judgement]\n{judgements}"))).assert_finds("points-sum", expected);
    }

    #[test]
    fn adds_points_by_judge_and_year() {
        check("need.primary = 18\neffect.primary = '4.5点'\npoints.primary = 22.5", &[]);
        let council = "need.council = 10\neffect.council = 5\npoints.council";
        check(&format!("need.primary = 18\neffect.primary = 5\npoints.primary = 23\n{council} = 15"), &[]);
        check(
            &format!("need.primary = 18\neffect.primary = 5\npoints.primary = 23\n{council} = 16"),
            &["programs/a/2023.md:8"],
        );
        check("need.R5.primary = 1\neffect.R5.primary = 2\npoints.R5.primary = 4", &["programs/a/2023.md:5"]);
        check("need.R5.primary = 1\neffect.R4.primary = 2\npoints.R5.primary = 4", &[]);
    }

    #[test]
    fn compares_only_exact_points() {
        check("need.primary = 18\npoints.primary = 20", &[]);
        check("need.primary = 18\neffect.primary = '約 5'\npoints.primary = 20", &[]);
        check("need.primary = 18\neffect.primary.missing = '評価対象外'\npoints.primary = 20", &[]);
    }

    #[test]
    fn reports_points_above_the_maximum() {
        check("need.primary = 20", &[]);
        check("need.primary = 21", &["programs/a/2023.md:3"]);
    }
}
