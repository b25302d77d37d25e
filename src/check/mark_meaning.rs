//! Marks whose meaning compares with the target or the baseline, 目標を下回った, for the rule `mark-method`.

use super::visit::{SheetRef, judgement_key, single_mark};
use super::words::contains_any;
use crate::diagnostic::{Bilingual, Span, say};
use crate::model::{
    Baseline, Bound, Column, Decimal, Direction, Figures, FiscalYear, Indicator, Judgement, Mark, Scale, Value,
    decisive,
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
        let result = result(indicator, figures, year).or_else(|| result_against_last(indicator, figures, year));
        let improvement = improvement(indicator, figures, year);
        for judgement in decisive(&figures.judgements) {
            let subject = format!("indicator.{}", indicator.id);
            let contradiction = result.and_then(|result| contradiction(item, judgement, result, &subject, year));
            let contradiction = contradiction.or_else(|| of_baseline(item, judgement, improvement?, &subject, year));
            found.extend(contradiction);
        }
    }
    found
}

pub(super) fn is_met(result: Ordering) -> bool {
    result != Ordering::Less
}

/// How the actual value compares with the target of the year, in the direction of the indicator.
pub(super) fn result(indicator: &Indicator, figures: &Figures, year: FiscalYear) -> Option<Ordering> {
    let (target, actual) = (figures.target.get(&Column::Year(year))?, figures.actual.get(&year)?);
    if is_same_in_words(actual, target) {
        return Some(Ordering::Equal);
    }
    let (target, actual) = (target.number()?, actual.number()?);
    let order = actual.decimal.cmp(&target.decimal);
    // 約169 is below 178, but 約178 could be.
    let is_clear = match actual.bound {
        Bound::Exact => true,
        Bound::About => (actual.decimal - target.decimal).abs() >= Decimal::ONE,
        _ => false,
    };
    if !is_clear {
        return None;
    }
    // A bound shows the direction of an indicator that declares none.
    let of_bound = match target.bound {
        Bound::AtLeast => Some(Direction::Higher),
        Bound::AtMost => Some(Direction::Lower),
        _ => None,
    };
    match (indicator.better.or(of_bound)?, target.bound) {
        (Direction::Higher, Bound::Exact | Bound::AtLeast) => Some(order),
        (Direction::Lower, Bound::Exact | Bound::AtMost) => Some(order.reverse()),
        _ => None,
    }
}

/// Returns true if a target in words was reached to the letter: 設置.
fn is_same_in_words(actual: &Value, target: &Value) -> bool {
    actual.number().is_none() && !actual.is_missing() && actual.printed == target.printed
}

/// How the actual value compares with the only target, that of a later year, to which marks of indicators without yearly
/// targets refer.
pub(super) fn result_against_last(indicator: &Indicator, figures: &Figures, year: FiscalYear) -> Option<Ordering> {
    let mut targets = figures.target.iter();
    let (Some((column, target)), None) = (targets.next(), targets.next()) else { return None };
    let actual = figures.actual.get(&year)?;
    if is_same_in_words(actual, target) {
        return Some(Ordering::Equal);
    }
    let order = actual.exact()?.cmp(&target.number()?.decimal);
    match (indicator.better?, target.number()?.bound) {
        _ if *column <= Column::Year(year) => None,
        (Direction::Higher, Bound::Exact | Bound::AtLeast) => Some(order),
        (Direction::Lower, Bound::Exact | Bound::AtMost) => Some(order.reverse()),
        _ => None,
    }
}

/// How the actual value compares with the baseline, in the direction of the indicator; and both as printed.
fn improvement<'r>(
    indicator: &Indicator,
    figures: &'r Figures,
    year: FiscalYear,
) -> Option<(Ordering, &'r str, &'r str)> {
    let baseline = match indicator.baseline? {
        Baseline::Year(of) => figures.actual.get(&of)?,
        _ => figures.start.as_ref()?,
    };
    let of_year = figures.actual.get(&year)?;
    // The mark of a year without a value is that of the latest one.
    let last = || figures.actual.range(..year).next_back().map(|(_, value)| value);
    let actual = if of_year.is_missing() { last()? } else { of_year };
    let order = actual.exact()?.cmp(&baseline.exact()?);
    let order = match indicator.better? {
        Direction::Higher => order,
        Direction::Lower => order.reverse(),
        Direction::Maintain => return None,
    };
    Some((order, &actual.printed, &baseline.printed))
}

/// A mark that says whether the value improved from the baseline, and is wrong about it.
fn of_baseline(
    item: SheetRef<'_>,
    judgement: &Judgement,
    (order, actual, baseline): (Ordering, &str, &str),
    subject: &str,
    year: FiscalYear,
) -> Option<(Span, String, Bilingual)> {
    let (scale, mark) = only_mark(item, judgement, year)?;
    let text = mark.meaning.as_deref().unwrap_or(&mark.printed);
    let contains = |words: &[&str]| contains_any(text, words);
    if !contains(&["基準値", "現状値", "策定時"]) {
        return None;
    }
    let says_worse =
        contains(&["改善していない", "改善しなかった", "基準値未満", "現状値未満", "下回", "悪化", "後退"]);
    let says_better = contains(&["改善した", "改善して", "以上", "上回"]) && !says_worse;
    let is_wrong = says_worse && order == Ordering::Greater || says_better && order == Ordering::Less;
    let key = key_of(item, scale, judgement, subject);
    let printed = &mark.printed;
    is_wrong.then(|| {
        let message = say!(
            ja: "「{printed}」（{text}）とされていますが、基準値は「{baseline}」、実績は「{actual}」です",
            en: "the mark is `{printed}` ({text}), but the baseline is `{baseline}` and the actual value `{actual}`"
        );
        (judgement.span, key, message)
    })
}

/// Scale and mark of a judgement of the year with a single mark that no declared method computes.
pub(super) fn only_mark<'r>(
    item: SheetRef<'r>,
    judgement: &Judgement,
    year: FiscalYear,
) -> Option<(&'r Scale, &'r Mark)> {
    let is_computed = item.strategy.methods.iter().any(|method| method.scale == Some(judgement.scale));
    let is_of_year = judgement.year.is_none_or(|of| of == year);
    single_mark(item.strategy, judgement).filter(|_| !is_computed && is_of_year)
}

pub(super) fn key_of(item: SheetRef<'_>, scale: &Scale, judgement: &Judgement, subject: &str) -> String {
    let judge = judgement.judge.and_then(|judge| item.strategy.judges.get(judge.0));
    format!("{subject}.{}", judgement_key(scale, judgement.year, judge))
}

fn contradiction(
    item: SheetRef<'_>,
    judgement: &Judgement,
    result: Ordering,
    subject: &str,
    year: FiscalYear,
) -> Option<(Span, String, Bilingual)> {
    let (scale, mark) = only_mark(item, judgement, year)?;
    let says_met = says_met(mark).or_else(|| {
        // The best mark applies to whatever reached the target, below the baseline or not.
        let has_best = || scale.marks.iter().any(|other| self::says_met(other) == Some(true));
        (says_not_improved(mark) && has_best()).then_some(false)
    })?;
    if says_met == is_met(result) {
        return None;
    }
    let key = key_of(item, scale, judgement, subject);
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

/// Returns true for a mark that says that the value did not improve from the baseline.
fn says_not_improved(mark: &Mark) -> bool {
    let text = mark.meaning.as_deref().unwrap_or(&mark.printed);
    contains_any(text, &["基準値", "現状値", "策定時"])
        && contains_any(text, &["改善していない", "改善しなかった", "基準値未満", "現状値未満", "下回", "悪化", "後退"])
}

/// Whether a mark says that the target was reached; `None` if it says neither.
fn says_met(mark: &Mark) -> Option<bool> {
    let text = mark.meaning.as_deref().unwrap_or(&mark.printed);
    let contains = |words: &[&str]| contains_any(text, words);
    if !contains(&["目標", "計画", "想定"])
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
        let sheet = |actual: &str| {
            let figures = format!("[indicator.x]\ntarget.R5 = '設置'\nactual.R5 = '{actual}'\n[judgement]\nd = '3'");
            let node = "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\nkind = 'words'\n+++\n";
            let content = marked("3", "80").file("programs/a/program.md", node);
            content.file("programs/a/2023.md", &format!("+++\n{figures}\n+++\n"))
        };
        sheet("設置").assert_finds("mark-method", &["programs/a/2023.md:6"]);
        sheet("検討").assert_finds("mark-method", &[]);
    }

    #[test]
    fn compares_marks_of_indicators_with_the_last_target_and_the_baseline() {
        let scale = "[[scale]]\nid = 'd'\ntitle = 'D'\nof = ['indicator']\nmarks = [{ mark = 'a', meaning = '目標値以上' }, \
            { mark = 'b', meaning = '現状値以上、目標値未満' }, { mark = 'c', meaning = '現状値未満' }]";
        let check = |actual: u32, mark: &str, found: &[&str]| {
            let figures = format!("actual.R3 = 50\nactual.R5 = {actual}\ntarget.R8 = 80\nd = '{mark}'");
            let keys = "better = 'higher'\nbaseline = 'R3'";
            indicator(keys, &figures).append_to_strategy(scale).assert_finds("mark-method", found);
        };
        let found = &["programs/a/2023.md:6"];
        check(60, "b", &[]);
        check(60, "a", found);
        check(60, "c", found);
        check(40, "b", found);
        check(90, "b", found);
        check(40, "c", &[]);
        // The mark of a year without a value is that of the latest one.
        let figures = "actual.R3 = 50\nactual.R4 = 60\nactual.R5 = '-'\ntarget.R8 = 80\nd = 'c'";
        let content = indicator("better = 'higher'\nbaseline = 'R3'", figures).append_to_strategy(scale);
        content.assert_finds("mark-method", &["programs/a/2023.md:7"]);
    }

    #[test]
    fn the_best_mark_applies_to_targets_below_the_baseline() {
        let scale = "[[scale]]\nid = 'd'\ntitle = 'D'\nof = ['indicator']\nmarks = [{ mark = 'a', meaning = '目標値に達した' }, \
            { mark = 'c', meaning = '基準値より改善していない' }]";
        let check = |actual: u32, mark: &str, found: &[&str]| {
            let figures = format!("actual.R3 = 95\nactual.R5 = {actual}\ntarget.R5 = 80\nd = '{mark}'");
            let keys = "better = 'higher'\nbaseline = 'R3'";
            indicator(keys, &figures).append_to_strategy(scale).assert_finds("mark-method", found);
        };
        check(90, "c", &["programs/a/2023.md:6"]);
        check(90, "a", &[]);
        check(70, "c", &[]);
    }

    #[test]
    fn accepts_marks_without_a_definite_meaning_and_values_without_a_number() {
        marked("2", "80").assert_finds("mark-method", &[]);
        marked("1", "'-'").assert_finds("mark-method", &[]);
    }
}
