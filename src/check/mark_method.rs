//! The rule `mark-method`.

use super::visit::indicators;
use super::{Findings, Lint};
use crate::assess::{Agreement, Assessment, Assessments, Measure, MethodOutcome};
use crate::diagnostic::{Bilingual, Rule, Span, say};
use crate::model::{Column, Judgement, Method, Node, Report, Scale};
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
             両方を示します。率を計算できないときは比べません。",
        en: "If a strategy declares a method with bands, marks follow from the figures. If they differ, the mark, \
             a figure or the declared method is wrong, here or in the source. Marks are not corrected: pages show \
             both. They are not compared if no rate can be computed.",
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
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    if report.strategies.iter().all(|strategy| strategy.methods.is_empty()) {
        return;
    }
    let assessments = Assessments::new(report);
    for (strategy, node, id, indicator) in indicators(report) {
        let of_editions = node.sheets.iter().filter_map(|sheet| assessments.assessment_in_edition(id, sheet.edition));
        let mut reported: BTreeSet<Span> = BTreeSet::new();
        for assessment in of_editions.chain(assessments.assessment(id)) {
            let Some((method, outcome)) = differing(&strategy.methods, assessment) else { continue };
            let judgement = published(node, id.indicator as usize, method, outcome);
            let scale = method.scale.and_then(|scale| strategy.scales.get(scale.0));
            let (Some(judgement), Some(scale)) = (judgement, scale) else { continue };
            if reported.insert(judgement.span) {
                report_difference(scale, method, outcome, judgement, &indicator.id, findings);
            }
        }
    }
}

/// Method and outcome of an assessment whose mark differs from the published one.
fn differing<'a>(methods: &'a [Method], assessment: &'a Assessment) -> Option<(&'a Method, &'a MethodOutcome)> {
    let (place, outcome) = assessment.result.as_ref()?;
    let outcome = outcome.as_ref().ok()?;
    let differs = outcome.marks.as_ref()?.agreement == Some(Agreement::Differs);
    differs.then_some((methods.get(*place)?, outcome))
}

/// Judgement that was compared: in the edition that printed the actual value, for the value's year or
/// without a year.
fn published<'r>(node: &'r Node, indicator: usize, method: &Method, outcome: &MethodOutcome) -> Option<&'r Judgement> {
    let actual = outcome.inputs.first()?;
    let judgements = &node.sheet(actual.edition)?.figures.get(&indicator)?.judgements;
    let of_scale = || judgements.iter().filter(|judgement| Some(judgement.scale) == method.scale);
    let of_year = |judgement: &&Judgement| judgement.year.map(Column::Year) == Some(actual.column);
    of_scale().find(of_year).or_else(|| of_scale().find(|judgement| judgement.year.is_none()))
}

fn report_difference(
    scale: &Scale,
    method: &Method,
    outcome: &MethodOutcome,
    judgement: &Judgement,
    indicator: &str,
    findings: &mut Findings,
) {
    let Some(verdict) = &outcome.marks else { return };
    let mark = |place: &usize| scale.marks.get(*place).map(|mark| mark.printed.as_str()).unwrap_or_default();
    let published = verdict.published.iter().map(mark).collect::<Vec<_>>().join(", ");
    let computed = match &verdict.mark {
        Ok(Some(place)) => mark(place),
        Ok(None) | Err(_) => return,
    };
    let (figures, id) = (&outcome.expression, &method.id);
    let rate = match &outcome.measure {
        Measure::Rate(rate) => {
            let shown = rate.shown();
            format!(" {} {}", if shown.rounded { "≒" } else { "=" }, shown.text)
        }
        Measure::Qualitative(_) => String::new(),
    };
    let message = say!(
        ja: "公表は「{published}」ですが、方法 `{id}` では「{computed}」です（{figures}{rate}）",
        en: "the published mark is `{published}`, but the method `{id}` gives `{computed}` ({figures}{rate})"
    );
    let help = say!(
        ja: "評価と数値、strategy.toml の `[[method]]` を資料と見比べてください",
        en: "compare the mark, the figures, and the `[[method]]` of strategy.toml with the source"
    );
    let year = judgement.year.map(|year| format!(".{}", year.short())).unwrap_or_default();
    findings.add(judgement.span, format!("indicator.{indicator}.{}{year}", scale.id), message, help);
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Content, program};

    const METHOD: &str = "[[scale]]\nid = 'grade'\ntitle = '達成度'\nof = ['indicator']\nmarks = [{ mark = 'A' }, { mark = 'B' }, { mark = 'C' }]\n\
        [[method]]\nid = 'ratio'\nkind = 'ratio'\ndefault = true\nscale = 'grade'\nbands = [{ from = 100, mark = 'A' }, { from = 80, mark = 'B' }, { mark = 'C' }]";

    fn graded(figures: &str) -> Content {
        Content::new().strategy(METHOD).with(program("a", &format!("[indicator.x]\n{figures}"))).file(
            "programs/a/program.md",
            "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\nbetter = 'higher'\n+++\n",
        )
    }

    #[test]
    fn reports_marks_that_contradict_the_figures() {
        graded("target.R5 = 100\nactual.R5 = 80\ngrade = 'B'").finds("mark-method", &[]);
        graded("target.R5 = 100\nactual.R5 = 79.9\ngrade = 'B'").finds("mark-method", &["programs/a/2023.md:5"]);
        graded("target.R5 = 100\nactual.R5 = 79.9\ngrade.R5 = 'A'").finds("mark-method", &["programs/a/2023.md:5"]);
    }

    #[test]
    fn skips_marks_without_a_computed_rate() {
        graded("target.R5 = 0\nactual.R5 = 80\ngrade = 'C'").finds("mark-method", &[]);
        graded("actual.R5 = 80\ngrade = 'C'").finds("mark-method", &[]);
        graded("target.R5 = 100\nactual.R5 = 80\ngrade = '-'").finds("mark-method", &[]);
    }

    #[test]
    fn uses_targets_of_earlier_editions() {
        graded("target.end = 100\nactual.R5 = 80\ngrade = 'B'")
            .edition("2024", "R6")
            .file("programs/a/2024.md", "+++\n[indicator.x]\nactual.R6 = 50\ngrade = 'B'\n+++\n")
            .finds("mark-method", &["programs/a/2024.md:4"]);
    }
}
