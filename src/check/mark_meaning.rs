//! Marks whose meaning compares with the target, 目標を下回った, for the rule `mark-method`.

use super::visit::{SheetRef, judgement_key};
use crate::diagnostic::{Bilingual, Span, say};
use crate::model::{
    Bound, Column, Direction, Figures, FiscalYear, Indicator, Judgement, Mark, Scale, Verdict, decisive,
};
use std::cmp::Ordering;

/// Marks that contradict all comparable indicators: their place, key path and message.
pub(super) fn contradictions(item: SheetRef<'_>) -> Vec<(Span, String, Bilingual)> {
    let Some(year) = item.edition.year else { return Vec::new() };
    let all =
        || item.sheet.figures.iter().filter_map(|(index, figures)| Some((item.node.indicators.get(*index)?, figures)));
    let mut found = Vec::new();
    let results: Vec<Option<Ordering>> = all().map(|(indicator, figures)| result(indicator, figures, year)).collect();
    let comparable: Vec<Ordering> = results.iter().copied().flatten().collect();
    // An indicator without a target or value could justify the mark.
    let same = comparable.first().filter(|first| {
        comparable.len() == results.len() && comparable.iter().all(|other| is_met(*other) == is_met(**first))
    });
    if let Some(result) = same {
        for judgement in decisive(&item.sheet.judgements) {
            found.extend(contradiction(item, judgement, *result, "judgement", year));
        }
    }
    for (indicator, figures) in all() {
        let Some(result) = result(indicator, figures, year) else { continue };
        for judgement in decisive(&figures.judgements) {
            found.extend(contradiction(item, judgement, result, &format!("indicator.{}", indicator.id), year));
        }
    }
    found
}

fn is_met(result: Ordering) -> bool {
    result != Ordering::Less
}

/// How the actual value compares with the target of the year, in the direction of the indicator.
fn result(indicator: &Indicator, figures: &Figures, year: FiscalYear) -> Option<Ordering> {
    let target = figures.target.get(&Column::Year(year))?.number()?;
    let actual = figures.actual.get(&year)?.exact()?;
    let order = actual.cmp(&target.decimal);
    match (indicator.better?, target.bound) {
        (Direction::Higher, Bound::Exact | Bound::AtLeast) => Some(order),
        (Direction::Lower, Bound::Exact | Bound::AtMost) => Some(order.reverse()),
        _ => None,
    }
}

fn contradiction(
    item: SheetRef<'_>,
    judgement: &Judgement,
    result: Ordering,
    subject: &str,
    year: FiscalYear,
) -> Option<(Span, String, Bilingual)> {
    let scale: &Scale = item.strategy.scales.get(judgement.scale.0)?;
    // Marks of a declared method are computed.
    if item.strategy.methods.iter().any(|method| method.scale == Some(judgement.scale)) {
        return None;
    }
    let Verdict::Marks(marks) = &judgement.verdict else { return None };
    let [only] = marks.as_slice() else { return None };
    let mark = scale.marks.get(*only)?;
    let says_met = says_met(mark)?;
    if says_met == is_met(result) || judgement.year.is_some_and(|of| of != year) {
        return None;
    }
    let judge = judgement.judge.and_then(|judge| item.strategy.judges.get(judge.0));
    let key = format!("{subject}.{}", judgement_key(scale, judgement.year, judge));
    let (printed, meaning) = (&mark.printed, mark.meaning.as_deref().unwrap_or(&mark.printed));
    let message = if says_met {
        say!(
            ja: "「{printed}」（{meaning}）とされていますが、実績は目標に達していません",
            en: "the mark is `{printed}` ({meaning}), but the target was not reached"
        )
    } else {
        say!(
            ja: "「{printed}」（{meaning}）とされていますが、実績は目標に達しています",
            en: "the mark is `{printed}` ({meaning}), but the target was reached"
        )
    };
    Some((judgement.span, key, message))
}

/// Whether a mark says that the target was reached; `None` if it says neither.
fn says_met(mark: &Mark) -> Option<bool> {
    let text = mark.meaning.as_deref().unwrap_or(&mark.printed);
    let contains = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if !contains(&["目標", "計画"])
        || contains(&["ほぼ", "おおむね", "概ね", "基準値より改善していない", "割", "%", "％"])
    {
        return None;
    }
    if contains(&["下回", "達していない", "達しなかった", "未達", "目標値未満", "目標未満", "届かな"])
    {
        Some(false)
    } else if contains(&["上回", "達成した", "達した", "目標値以上", "目標以上"]) {
        Some(true)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, indicator};

    fn marked(mark: &str, actual: &str) -> Fixture {
        let scale = "[[scale]]\nid = 'd'\ntitle = 'D'\nof = ['program']\nmarks = [\
            { mark = '1', meaning = '目標を上回って達成した' }, { mark = '2', meaning = 'おおむね目標どおり' }, \
            { mark = '3', meaning = '目標を下回った' }]";
        let figures = format!("target.R5 = 100\nactual.R5 = {actual}\n[judgement]\nd = '{mark}'");
        indicator("better = 'higher'", &figures).append_to_strategy(scale)
    }

    #[test]
    fn reports_marks_that_contradict_all_indicators() {
        marked("3", "120").assert_finds("mark-method", &["programs/a/2023.md:6"]);
        marked("1", "80").assert_finds("mark-method", &["programs/a/2023.md:6"]);
        marked("1", "120").assert_finds("mark-method", &[]);
        marked("3", "80").assert_finds("mark-method", &[]);
    }

    #[test]
    fn accepts_marks_without_a_definite_meaning_and_values_without_a_number() {
        marked("2", "80").assert_finds("mark-method", &[]);
        marked("1", "'-'").assert_finds("mark-method", &[]);
    }
}
