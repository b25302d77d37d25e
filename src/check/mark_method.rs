//! The rule `mark-method`.

use super::visit::{indicators, judgement_key, sheets};
use super::{Findings, Lint};
use super::{mark_meaning, mark_outcome, mark_words};
use crate::assess::{
    Agreement, Assessment, Assessments, MarkComparison, Measure, MethodOutcome, PublishedJudgement, ShareAssessment,
    assess_share,
};
use crate::diagnostic::{Bilingual, Confidence, Rule, Span, say};
use crate::model::{Judge, Judgement, Method, Node, Report, Scale};
use std::collections::BTreeSet;

pub(super) const LINT: Lint = Lint {
    rule: Rule::MarkMethod,
    title: Bilingual {
        ja: "公表された評価が、宣言された方法で計算した評価と違う",
        en: "a published mark that differs from that of the declared method",
    },
    explanation: Bilingual {
        ja: "計画が評価の方法と帯を宣言していれば、評価は目標値や実績値から決まります。違っているときは、評価、\
             数字、宣言した方法のどれかが、原稿か資料で間違っています。評価を書き換えることはせず、ページには\
             両方を示します。率を計算できないときは比べません。方法のない尺度では、「目標を下回った」「現状値未満」のような評価の意味（`meaning`）を、\
             目標・基準値と実績の比較と比べます。成果や進捗の段階の評価は、\
             すべての指標が目標に達したのに悪い評価、目標に達せず本文に遅れや未達が書かれているか指標の評価がどれも低いのに良い評価、実績が0なのに悪くない評価、\
             目標の半分以下なのに「計画どおり」とする評価を指摘します。評価が見出し（実施、未実施、予定）になっている文章では、逆のことを述べる文を指摘します。",
        en: "If a strategy declares a method with bands, marks follow from the figures. If they differ, the mark, \
             a figure or the declared method is wrong, here or in the source. Marks are not corrected: pages show \
             both. They are not compared if no rate can be computed. On scales without a method, a `meaning` that compares with \
             the target or the baseline (目標を下回った, 現状値未満) is compared with the figures. On graded scales of success, reported are \
             poor marks although all targets were reached, good marks although none was and the text says so or all marks of indicators \
             are lower, good marks next to a text about a delay, marks that are not poor for an actual value of 0, and 計画どおり for at most half of the target; under headings that are \
             marks (実施, 未実施, 予定), sentences that say the opposite.",
    },
    example: concat!(
        "bands = [{ from = 100, mark = \"A\" }, { from = 80, mark = \"B\" }, { mark = \"C\" }]\n",
        "\n",
        "target.R5 = 100\n",
        "actual.R5 = 70\n",
        "grade = \"B\"",
    ),
    remedy: Bilingual {
        ja: "数字と評価を、資料のとおりに直してください。",
        en: "Correct the figures and the mark according to the source.",
    },
    confidence: Confidence::Likely,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    let of_sheet = |item| {
        mark_meaning::contradictions(item)
            .into_iter()
            .chain(mark_outcome::contradictions(item))
            .chain(mark_words::contradictions(item))
    };
    for (span, key, message) in sheets(report).flat_map(of_sheet) {
        if findings.has(span) {
            continue;
        }
        let help = say!(
            ja: "評価と、目標・実績の値を資料と見比べてください",
            en: "compare the mark, the target and the actual value with the source"
        );
        findings.add_as(Confidence::Possible, span, key, message, help);
    }
    if report.strategies.iter().all(|strategy| strategy.methods.is_empty()) {
        return;
    }
    check_nodes(report, findings);
    let assessments = Assessments::new(report);
    for (strategy, node, id, indicator) in indicators(report) {
        let by_edition = node.sheets.iter().filter_map(|sheet| assessments.assessment_in_edition(id, sheet.edition));
        let mut reported: BTreeSet<Span> = BTreeSet::new();
        for assessment in by_edition.chain(assessments.assessment(id)) {
            let Some((method, outcome, comparison)) = differing(&strategy.methods, assessment) else { continue };
            let judgement = compared_judgement(node, id.indicator as usize, comparison);
            let scale = method.scale.and_then(|scale| strategy.scales.get(scale.0));
            let (Some(judgement), Some(scale)) = (judgement, scale) else { continue };
            if reported.insert(judgement.span) {
                report_difference(
                    (scale, &strategy.judges),
                    (method, outcome, comparison),
                    judgement,
                    &indicator.id,
                    findings,
                );
            }
        }
    }
}

/// Reports marks of nodes that differ from those of the method of the node.
fn check_nodes(report: &Report, findings: &mut Findings) {
    for (ix, strategy) in report.strategies() {
        for (id, node) in report.nodes(ix).filter(|(_, node)| strategy.method_of_nodes(node.kind).is_some()) {
            let editions = node.sheets.iter().map(|sheet| Some(sheet.edition)).chain([None]);
            let mut reported: BTreeSet<Span> = BTreeSet::new();
            for share in editions.filter_map(|edition| assess_share(report, id, edition)) {
                let Ok((_, Some(comparison))) = &share.result else { continue };
                let scale = share.method.scale.and_then(|scale| strategy.scales.get(scale.0));
                let judgement = comparison.judgement.and_then(|at| node.sheet(at.edition)?.judgements.get(at.index));
                let (Some(scale), Some(judgement)) = (scale, judgement) else { continue };
                let differs = comparison.agreement == Some(Agreement::Differs);
                if differs && reported.insert(judgement.span) {
                    report_share((scale, &strategy.judges), &share, comparison, judgement, findings);
                }
            }
        }
    }
}

fn report_share(
    (scale, judges): (&Scale, &[Judge]),
    share: &ShareAssessment<'_>,
    comparison: &MarkComparison,
    judgement: &Judgement,
    findings: &mut Findings,
) {
    let Some((published, computed)) = marks(scale, comparison) else { return };
    let (id, reached, counted) = (&share.method.id, share.reached.len(), share.reached.len() + share.missed.len());
    let message = say!(
        ja: "公表は「{published}」ですが、方法 `{id}` では「{computed}」です（目標に届いた指標は {counted} 件中 {reached} 件）",
        en: "the published mark is `{published}`, but the method `{id}` gives `{computed}` \
             ({reached} of {counted} indicators reached their target)"
    );
    let judge = judgement.judge.and_then(|judge| judges.get(judge.0));
    let key = format!("judgement.{}", judgement_key(scale, judgement.year, judge));
    findings.add(judgement.span, key, message, help());
}

/// Published and computed mark; `None` if none is computed.
fn marks<'a>(scale: &'a Scale, comparison: &MarkComparison) -> Option<(String, &'a str)> {
    let mark = |ix: &usize| scale.marks.get(*ix).map(|mark| mark.printed.as_str()).unwrap_or_default();
    let published = comparison.published.iter().map(mark).collect::<Vec<_>>().join(", ");
    Some((published, mark(comparison.mark.as_ref().ok()?.as_ref()?)))
}

fn help() -> Bilingual {
    say!(
        ja: "評価と数値、strategy.toml の `[[method]]` を資料と見比べてください",
        en: "compare the mark, the figures, and the `[[method]]` of strategy.toml with the source"
    )
}

/// Method and outcome of an assessment, with the comparison of marks.
type Compared<'a> = (&'a Method, &'a MethodOutcome, &'a MarkComparison);

/// Method and outcome of an assessment whose mark differs from the published one; `None` if it does not differ.
fn differing<'a>(methods: &'a [Method], assessment: &'a Assessment) -> Option<Compared<'a>> {
    let (index, outcome) = assessment.result.as_ref()?;
    let outcome = outcome.as_ref().ok()?;
    let comparison = outcome.marks.as_ref()?;
    let differs = comparison.agreement == Some(Agreement::Differs);
    differs.then_some((methods.get(*index)?, outcome, comparison))
}

/// Judgement with which the mark of an assessment was compared.
fn compared_judgement<'r>(node: &'r Node, indicator: usize, comparison: &MarkComparison) -> Option<&'r Judgement> {
    let PublishedJudgement { edition, index } = comparison.judgement?;
    node.sheet(edition)?.figures.get(&indicator)?.judgements.get(index)
}

fn report_difference(
    (scale, judges): (&Scale, &[Judge]),
    (method, outcome, comparison): Compared<'_>,
    judgement: &Judgement,
    indicator: &str,
    findings: &mut Findings,
) {
    let Some((published, computed)) = marks(scale, comparison) else { return };
    let (expression, id) = (&outcome.expression, &method.id);
    let rate = match &outcome.measure {
        Measure::Rate(rate) => {
            let rate = rate.format();
            format!(" {} {}", if rate.rounded { "≒" } else { "=" }, rate.text)
        }
        Measure::Qualitative(_) => String::new(),
    };
    let message = say!(
        ja: "公表は「{published}」ですが、方法 `{id}` では「{computed}」です（{expression}{rate}）",
        en: "the published mark is `{published}`, but the method `{id}` gives `{computed}` ({expression}{rate})"
    );
    let judge = judgement.judge.and_then(|judge| judges.get(judge.0));
    let key = judgement_key(scale, judgement.year, judge);
    findings.add(judgement.span, format!("indicator.{indicator}.{key}"), message, help());
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    const METHOD: &str = "[[scale]]\nid = 'grade'\ntitle = '達成度'\nof = ['indicator']\nmarks = [{ mark = 'A' }, { mark = 'B' }, { mark = 'C' }]\n\
        [[method]]\nid = 'ratio'\nkind = 'ratio'\ndefault = true\nscale = 'grade'\nbands = [{ from = 100, mark = 'A' }, { from = 80, mark = 'B' }, { mark = 'C' }]";

    fn graded(figures: &str) -> Fixture {
        Fixture::new().append_to_strategy(METHOD).with(program("a", &format!("[indicator.x]\n{figures}"))).file(
            "programs/a/program.md",
            "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\nbetter = 'higher'\n+++\n",
        )
    }

    #[test]
    fn reports_marks_that_contradict_the_figures() {
        graded("target.R5 = 100\nactual.R5 = 80\ngrade = 'B'").assert_finds("mark-method", &[]);
        graded("target.R5 = 100\nactual.R5 = 79.9\ngrade = 'B'").assert_finds("mark-method", &["programs/a/2023.md:5"]);
        graded("target.R5 = 100\nactual.R5 = 79.9\ngrade.R5 = 'A'")
            .assert_finds("mark-method", &["programs/a/2023.md:5"]);
    }

    #[test]
    fn skips_marks_without_a_computed_rate() {
        graded("target.R5 = 0\nactual.R5 = 80\ngrade = 'C'").assert_finds("mark-method", &[]);
        graded("actual.R5 = 80\ngrade = 'C'").assert_finds("mark-method", &[]);
        graded("target.R5 = 100\nactual.R5 = 80\ngrade = '-'").assert_finds("mark-method", &[]);
    }

    #[test]
    fn points_at_the_judgement_that_was_compared() {
        let sheets = |first: &str, second: &str| {
            graded(&format!("target.R5 = 100\nactual.R5 = 79.9\n{first}"))
                .edition("2024", "R6")
                .file("programs/a/2024.md", &format!("+++\n[indicator.x]\n{second}\n+++\n"))
        };
        // A later sheet judges the value that the first one printed.
        sheets("", "grade.R5 = 'A'").assert_finds("mark-method", &["programs/a/2024.md:3"]);
        sheets("grade.R5 = 'C'", "grade.R5 = 'A'").assert_finds("mark-method", &["programs/a/2024.md:3"]);
        // The first sheet is judged separately, and the newest judgement agrees with the merged figures.
        sheets("grade.R5 = 'A'", "grade.R5 = 'C'").assert_finds("mark-method", &["programs/a/2023.md:5"]);
        // A later sheet reprints the value; the judgement without a year is in the edition of that year.
        sheets("grade = 'A'", "actual.R5 = 79.9").assert_finds("mark-method", &["programs/a/2023.md:5"]);
    }

    #[test]
    fn uses_targets_of_earlier_editions() {
        graded("target.end = 100\nactual.R5 = 80\ngrade = 'B'")
            .edition("2024", "R6")
            .file("programs/a/2024.md", "+++\n[indicator.x]\nactual.R6 = 50\ngrade = 'B'\n+++\n")
            .assert_finds("mark-method", &["programs/a/2024.md:4"]);
    }

    #[test]
    fn compares_marks_of_policies_with_the_share_of_their_indicators() {
        const SHARE: &str = "[[scale]]\nid = 'grade'\ntitle = '達成度'\nof = ['policy']\nmarks = [{ mark = 'A' }, { mark = 'B' }]\n\
            [[method]]\nid = 'share'\nof = ['policy']\nkind = 'share-reached'\ndefault = true\nscale = 'grade'\nbands = [{ from = 50, mark = 'A' }, { mark = 'B' }]";
        let check = |mark: &str, second: &str, expected: &[&str]| {
            let indicator = |id: &str| format!("[[indicator]]\nid = '{id}'\nname = '{id}'\nbetter = 'higher'\n");
            let policy = format!("+++\nname = 'P'\n{}{}+++\n", indicator("x"), indicator("y"));
            let sheet = format!(
                "+++\n[judgement]\ngrade = '{mark}'\n[indicator.x]\ntarget.R5 = 10\nactual.R5 = 10\n[indicator.y]\n{second}\n+++\n"
            );
            let files = Fixture::new().append_to_strategy(SHARE).file("policies/1/policy.md", &policy);
            files.file("policies/1/2023.md", &sheet).assert_finds("mark-method", expected);
        };
        let missed = "target.R5 = 10\nactual.R5 = 9";
        check("A", missed, &[]);
        check("B", missed, &["policies/1/2023.md:3"]);
        check("B", "actual.R5 = 9", &[]);
    }
}
