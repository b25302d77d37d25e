//! The rule `survey-quadrant`.

use super::visit::{SheetRef, sheets};
use super::words::{contains_any, quantities, sentences, span_in};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{Report, Survey, SurveyAxis, SurveyEntry, Value};

pub(super) const LINT: Lint = Lint {
    rule: Rule::SurveyQuadrant,
    title: Bilingual {
        ja: "市民意識調査の領域が、平均値との比較と合わない",
        en: "a quadrant of a survey that contradicts the values and means",
    },
    explanation: Bilingual {
        ja: "`[[survey]]` に二つの軸の平均値（`mean`）と四つの領域（`quadrants`）があるとき、調書の値が平均の上か下かで決まる\
             領域を、記載された領域と比べます。平均と同じ値は、どちらの側でも構いません。本文の「満足度が平均を上回った」や\
             「重点改善」のような記載も、値と領域に合うかどうかを調べます。",
        en: "If a `[[survey]]` has the means of both axes and the names of the quadrants, the values of a sheet determine \
             its quadrant, which is compared with the printed one. A value equal to the mean may be on either side. Sentences that name another \
             quadrant or the other side of a mean are reported too.",
    },
    example: concat!(
        "x = { title = \"満足度\", mean = \"0.27\" }    # strategy.toml\n",
        "x = \"0.22\"\n",
        "quadrant = \"重点維持\"",
    ),
    remedy: Bilingual {
        ja: "領域か値を、資料のとおりに直してください。",
        en: "Correct the quadrant or the value according to the source.",
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for item in sheets(report) {
        for entry in &item.sheet.surveys {
            let Some(survey) = item.strategy.surveys.get(entry.survey.0) else { continue };
            contradicting_text(item, survey, entry, findings);
            contradicting_change(item, survey, entry, findings);
            let Some(difference) = difference(survey, entry) else { continue };
            let Difference { printed, expected, axis, value, mean } = difference;
            let message = say!(
                ja: "領域は「{printed}」ですが、{axis}{value}（平均{mean}）からは「{expected}」です",
                en: "the quadrant is `{printed}`, but `{axis}` {value} (mean {mean}) gives `{expected}`"
            );
            let help = say!(
                ja: "領域と値を資料と見比べてください",
                en: "compare the quadrant and the values with the source"
            );
            let span = entry.quadrant_span.unwrap_or(item.sheet.span);
            findings.add(span, format!("survey.{}.quadrant", survey.id), message, help);
        }
    }
}

/// Reports sentences that name another quadrant, or the wrong side of a mean: 満足度が平均を上回った.
fn contradicting_text(item: SheetRef<'_>, survey: &Survey, entry: &SurveyEntry, findings: &mut Findings) {
    let texts =
        item.sheet.sections.iter().flat_map(|section| {
            sentences(&section.prose.markdown).into_iter().map(move |sentence| (section, sentence))
        });
    for (section, sentence) in texts {
        let text = sentence.text;
        if contains_any(text, &["前回", "前年", "これまで", "目指", "から"]) {
            continue;
        }
        let start = sentence.start;
        let span = span_in(&section.prose, start..start + text.len());
        let help = || {
            say!(
                ja: "文章と市民意識調査の値を資料と見比べてください",
                en: "compare the text and the values of the survey with the source"
            )
        };
        if let (Some(printed), Some(names)) = (&entry.quadrant, &survey.quadrants) {
            let said = |name: &&String| text.contains(&format!("「{name}」"));
            if let Some(other) = names.iter().find(said).filter(|_| !said(&printed)) {
                let message = say!(
                    ja: "本文には「{other}」とありますが、領域は「{printed}」です",
                    en: "the text says `{other}`, but the quadrant is `{printed}`"
                );
                findings.add(span, &section.title, message, help());
                continue;
            }
        }
        for (axis, value) in [(&survey.x, &entry.x), (&survey.y, &entry.y)] {
            let Some(Some(is_above)) = side(axis, value.as_ref()) else { continue };
            let Some(rest) = text.find(&axis.title).and_then(|at| text.get(at + axis.title.len()..)) else { continue };
            let Some(rest) = said_about_mean(rest) else { continue };
            let rest = rest.trim_start_matches(['値', 'を', 'よ', 'り', 'も']);
            let says_above = ["上回", "高"].iter().any(|word| rest.starts_with(word));
            let says_below = ["下回", "低"].iter().any(|word| rest.starts_with(word));
            let (Some(mean), Some(value)) = (&axis.mean, value) else { continue };
            if says_above != says_below && says_above != is_above {
                let (title, mean, value) = (&axis.title, &mean.printed, &value.printed);
                let message = say!(
                    ja: "本文の平均との比較が、{title}{value}（平均{mean}）と合いません",
                    en: "the text contradicts `{title}` {value} (mean {mean})"
                );
                findings.add(span, &section.title, message, help());
            }
        }
    }
}

/// What follows 平均 in a text whose subject is the axis before it, in the same or in a later clause: 満足度は上昇し、平均を上回った.
fn said_about_mean(rest: &str) -> Option<&str> {
    let rest = rest.strip_prefix(['が', 'は', 'も'])?;
    let at = rest.find("平均")?;
    let between = rest.get(..at)?;
    // Another subject, or the average of something else.
    let is_clause = between.is_empty() || between.ends_with('、');
    let has_subject = between.contains(['が', 'は', 'も']) && !between.ends_with("が、");
    (is_clause && !has_subject).then(|| rest.get(at + "平均".len()..))?
}

/// Reports sentences about the change since the survey before that contradict the values: 満足度が0.06ポイント上昇した.
fn contradicting_change(item: SheetRef<'_>, survey: &Survey, entry: &SurveyEntry, findings: &mut Findings) {
    let earlier = item.node.sheets.iter().filter(|sheet| sheet.edition < item.sheet.edition);
    let mut entries = earlier.flat_map(|sheet| &sheet.surveys).filter_map(|entry| {
        let survey = item.strategy.surveys.get(entry.survey.0)?;
        Some([(&survey.x.title, entry.x.as_ref()), (&survey.y.title, entry.y.as_ref())])
    });
    let Some(last) = entries.next_back() else { return };
    for (axis, value) in [(&survey.x, &entry.x), (&survey.y, &entry.y)] {
        let before = last.iter().find(|(title, _)| **title == axis.title).and_then(|(_, value)| *value);
        let (Some(before), Some(value)) = (before, value.as_ref()) else { continue };
        let Some((was, now)) = before.exact().zip(value.exact()) else { continue };
        for section in &item.sheet.sections {
            for sentence in sentences(&section.prose.markdown) {
                let is_other = contains_any(sentence.text, &["平均", "策定", "年前"]);
                let said = sentence.text.strip_prefix(axis.title.as_str()).filter(|_| !is_other);
                let Some(said) = said.and_then(|said| said.strip_prefix(['が', 'は', 'も'])) else { continue };
                // 上昇したが、なお最も低い: the clause of the axis.
                let said = said.split('、').next().unwrap_or(said);
                let said = ["ものの", "が"].iter().find_map(|end| said.strip_suffix(end)).unwrap_or(said);
                let rises = ["上昇した", "上がった", "高まった"].iter().any(|end| said.ends_with(end));
                let falls = ["低下した", "下がった"].iter().any(|end| said.ends_with(end));
                let points = quantities(said).into_iter().find(|quantity| quantity.after.starts_with("ポイント"));
                let is_wrong = rises && now < was || falls && now > was;
                let differs = points.is_some_and(|points| points.number != (now - was).abs());
                if is_wrong || differs && (rises || falls) {
                    let (title, was, now) = (&axis.title, &before.printed, &value.printed);
                    let message = say!(
                        ja: "本文の前回との比較が、{title}の値（前回{was}、今回{now}）と合いません",
                        en: "the text contradicts `{title}`: {was} in the survey before, {now} in this one"
                    );
                    let help = say!(
                        ja: "文章と市民意識調査の値を資料と見比べてください",
                        en: "compare the text and the values of the survey with the source"
                    );
                    let span = span_in(&section.prose, sentence.start..sentence.start + sentence.text.len());
                    findings.add_as(Confidence::Possible, span, &section.title, message, help);
                }
            }
        }
    }
}

struct Difference<'r> {
    printed: &'r str,
    expected: &'r str,
    axis: &'r str,
    value: &'r str,
    mean: &'r str,
}

fn difference<'r>(survey: &'r Survey, entry: &'r SurveyEntry) -> Option<Difference<'r>> {
    let printed = entry.quadrant.as_deref()?;
    let names = survey.quadrants.as_ref()?;
    let at = names.iter().position(|name| name == printed)?;
    // Upper left, upper right, lower left, lower right.
    let (is_right, is_upper) = (at % 2 == 1, at < 2);
    let (x, y) = (side(&survey.x, entry.x.as_ref())?, side(&survey.y, entry.y.as_ref())?);
    let (right, upper) = (x.unwrap_or(is_right), y.unwrap_or(is_upper));
    if (right, upper) == (is_right, is_upper) {
        return None;
    }
    let expected = names.get(usize::from(!upper) * 2 + usize::from(right))?;
    let (axis, value) = if right != is_right { (&survey.x, &entry.x) } else { (&survey.y, &entry.y) };
    let mean = axis.mean.as_ref()?;
    Some(Difference { printed, expected, axis: &axis.title, value: &value.as_ref()?.printed, mean: &mean.printed })
}

/// Whether a value is above the mean; `Some(None)` if it equals it, `None` if either is unknown.
fn side(axis: &SurveyAxis, value: Option<&Value>) -> Option<Option<bool>> {
    let (mean, value) = (axis.mean.as_ref()?.decimal()?, value?.decimal()?);
    Some((value != mean).then_some(value > mean))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    #[test]
    fn compares_the_quadrant_with_the_means() {
        let survey = "[[survey]]\nid = 's'\ntitle = 'S'\nx = { title = '満足度', mean = '0.27' }\n\
             y = { title = '重要度', mean = '1.15' }\nquadrants = ['改善', '維持', '検討', '現状']";
        let check = |x: &str, y: &str, quadrant: &str, found: bool| {
            let sheet = format!("[survey.s]\nx = '{x}'\ny = '{y}'\nquadrant = '{quadrant}'");
            let expected: &[&str] = if found { &["programs/a/2023.md:5"] } else { &[] };
            let content = Fixture::new().append_to_strategy(survey).with(program("a", &sheet));
            content.assert_finds("survey-quadrant", expected);
        };
        check("0.22", "1.40", "改善", false);
        check("0.22", "1.40", "維持", true);
        check("0.30", "1.00", "現状", false);
        check("0.22", "1.00", "現状", true);
        check("0.27", "1.40", "維持", false);
        check("0.27", "1.40", "改善", false);
    }

    #[test]
    fn compares_texts_with_the_values() {
        let survey = "[[survey]]\nid = 's'\ntitle = 'S'\nx = { title = '満足度', mean = '0.27' }\n\
             y = { title = '重要度', mean = '1.15' }\nquadrants = ['改善', '維持', '検討', '現状']";
        let check = |text: &str, found: bool| {
            let front = "[survey.s]\nx = '0.22'\ny = '1.40'\nquadrant = '改善'";
            let sheet = format!("+++\n{front}\n+++\n## 実績\n{text}\n");
            let content = Fixture::new().append_to_strategy(survey).with(program("a", ""));
            let expected: &[&str] = if found { &["programs/a/2023.md:8"] } else { &[] };
            content.file("programs/a/2023.md", &sheet).assert_finds("survey-quadrant", expected);
        };
        check("満足度が平均を上回った。", true);
        check("満足度が平均を下回った。", false);
        check("領域は「維持」となった。", true);
        check("「維持」から「改善」に移った。", false);
    }

    #[test]
    fn compares_changes_with_the_edition_before() {
        let survey = "[[survey]]\nid = 's'\ntitle = 'S'\nx = { title = '満足度' }\ny = { title = '重要度' }";
        let check = |text: &str, found: bool| {
            let sheet = format!("+++\n[survey.s]\nx = '0.22'\n+++\n## 実績\n{text}\n");
            let before = program("a", "[survey.s]\nx = '0.20'");
            let content = Fixture::new().edition("2024", "R6").append_to_strategy(survey).with(before);
            let expected: &[&str] = if found { &["programs/a/2024.md:6"] } else { &[] };
            content.file("programs/a/2024.md", &sheet).assert_finds("survey-quadrant", expected);
        };
        check("満足度が上昇した。", false);
        check("満足度が低下した。", true);
        check("満足度が上昇したが、なお低い。", false);
        check("満足度が低下したが、なお高い。", true);
        check("満足度は低下したものの、なお高い。", true);
    }
}
