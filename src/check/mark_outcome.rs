//! Marks that contradict the outcome that the same sheet states in figures, in other marks or in words, for the rule
//! `mark-method`.

use super::mark_heading::of_heading;
use super::mark_meaning::{is_met, key_of, only_mark, result};
use super::visit::{SheetRef, single_mark};
use super::words::{contains_any, is_plan_title, sentences};
use crate::diagnostic::{Bilingual, Span, say};
use crate::model::{Column, Direction, FiscalYear, Judgement, Mark, Scale, Section, Tone, Value, Verdict};
use rust_decimal::Decimal;

/// Marks that contradict the outcome: their place, key path and message.
pub(super) fn contradictions(item: SheetRef<'_>) -> Vec<(Span, String, Bilingual)> {
    let mut found: Vec<_> = item.sheet.judgements.iter().filter_map(|judgement| of_heading(item, judgement)).collect();
    found.extend(item.sheet.judgements.iter().filter_map(|judgement| of_node(item, judgement)));
    if let Some(year) = item.edition.year {
        found.extend(of_indicators(item, year));
    }
    found
}

/// Returns true if a scale assesses success, best mark first. Necessity or contribution do not follow from the outcome.
fn is_about_outcome(scale: &Scale) -> bool {
    const OUTCOME: [&str; 6] = ["達成", "成果", "進捗", "状況", "評価", "実績"];
    const OTHER: [&str; 7] = ["貢献", "必要", "効率", "公平", "妥当", "課題", "方向"];
    let contains = |words: &[&str]| contains_any(&scale.title, words);
    scale.is_graded() && contains(&OUTCOME) && !contains(&OTHER) && !is_of_points(scale)
}

/// Returns true if marks follow from points or rates: 70点以上.
fn is_of_points(scale: &Scale) -> bool {
    let mut meanings = scale.marks.iter().filter_map(|mark| mark.meaning.as_deref());
    meanings.any(|meaning| contains_any(meaning, &["点", "%", "％", "割"]))
}

/// A mark of the node that the figures, the marks of its indicators or its texts contradict.
fn of_node(item: SheetRef<'_>, judgement: &Judgement) -> Option<(Span, String, Bilingual)> {
    let year = judgement.year.or(item.edition.year)?;
    let (scale, mark) = only_mark(item, judgement, year).filter(|(scale, _)| is_about_outcome(scale))?;
    let results: Vec<bool> = outcomes(item, year)?;
    let has_missed = results.contains(&false);
    let printed = &mark.printed;
    let message = if mark.tone == Tone::Poor && !results.is_empty() && results.iter().all(|met| *met) {
        say!(
            ja: "「{printed}」とされていますが、すべての指標の実績が目標に達しています",
            en: "the mark is `{printed}`, but all indicators reached their target"
        )
    } else if is_not_begun(mark) && has_results(item, year) {
        say!(
            ja: "「{printed}」とされていますが、実績と決算額があります",
            en: "the mark is `{printed}`, but there are actual values and a settlement"
        )
    } else if mark.tone == Tone::Poor && marks_all_good(item) {
        say!(
            ja: "「{printed}」とされていますが、指標の評価はいずれも良い評価です",
            en: "the mark is `{printed}`, but the marks of all indicators are good ones"
        )
    } else if has_missed
        && says_exceeded(mark)
        && let Some(said) = missed(item)
    {
        say!(
            ja: "「{printed}」とされていますが、目標に達していない指標があり、本文にも「{said}」とあります",
            en: "the mark is `{printed}`, but an indicator missed its target, and the text says `{said}`"
        )
    } else if mark.tone != Tone::Good || results.iter().any(|met| *met) {
        return None;
    } else if let Some(said) = late(item, mark) {
        say!(
            ja: "「{printed}」とされていますが、本文には「{said}」とあります",
            en: "the mark is `{printed}`, but the text says `{said}`"
        )
    } else if has_missed && let Some(said) = missed(item) {
        say!(
            ja: "「{printed}」とされていますが、実績は目標に達せず、本文にも「{said}」とあります",
            en: "the mark is `{printed}`, but the target was missed, and the text says `{said}`"
        )
    } else if says_as_planned(mark)
        && let Some((name, actual, target)) = only_half(item, year)
    {
        say!(
            ja: "「{printed}」とされていますが、「{name}」の実績「{actual}」は、目標「{target}」の半分以下です",
            en: "the mark is `{printed}`, but the actual value of `{name}`, `{actual}`, is at most half of the target, `{target}`"
        )
    } else {
        let count = marks_below_good(item).filter(|count| *count > 1 && has_missed)?;
        say!(
            ja: "「{printed}」とされていますが、{count}件の指標の評価は、いずれもそれより低い評価です",
            en: "the mark is `{printed}`, but the marks of all {count} indicators are lower ones"
        )
    };
    Some((judgement.span, key_of(item, scale, judgement, "judgement"), message))
}

/// Whether each indicator with a target of the year reached it; `None` if one of them cannot be compared.
pub(super) fn outcomes(item: SheetRef<'_>, year: FiscalYear) -> Option<Vec<bool>> {
    let with_target = item.sheet.figures.iter().filter_map(|(index, figures)| {
        let has_target =
            figures.target.iter().any(|(column, target)| *column == Column::Year(year) && !target.is_missing());
        has_target.then_some((item.node.indicators.get(*index)?, figures))
    });
    with_target.map(|(indicator, figures)| result(indicator, figures, year).map(is_met)).collect()
}

/// Returns true for a mark that says that more was reached than planned.
fn says_exceeded(mark: &Mark) -> bool {
    let text = mark.meaning.as_deref().unwrap_or(&mark.printed);
    mark.tone == Tone::Good && text.contains("上回") && !text.contains("下回")
}

/// Returns true for a mark that says that the plan was carried out as it is: 計画どおり.
fn says_as_planned(mark: &Mark) -> bool {
    let text = mark.meaning.as_deref().unwrap_or(&mark.printed);
    contains_any(text, &["計画どおり", "計画通り", "目標どおり", "目標通り", "予定どおり", "予定通り", "目標を達成"])
        && !contains_any(text, &["概ね", "おおむね", "ほぼ", "一部"])
}

/// The first indicator, if all indicators with a target of the year reached at most half of it: its name, its actual value
/// and its target.
fn only_half(item: SheetRef<'_>, year: FiscalYear) -> Option<(&str, &str, &str)> {
    let mut first = None;
    for (index, figures) in &item.sheet.figures {
        let Some(target) = figures.target.get(&Column::Year(year)).filter(|target| !target.is_missing()) else {
            continue;
        };
        let (indicator, actual) = (item.node.indicators.get(*index)?, figures.actual.get(&year)?);
        let is_half = actual.decimal()?.checked_mul(Decimal::TWO)? <= target.decimal()?;
        if result(indicator, figures, year).is_none_or(is_met)
            || indicator.better != Some(Direction::Higher)
            || !is_half
        {
            return None;
        }
        first = first.or(Some((indicator.name.as_str(), actual.printed.as_str(), target.printed.as_str())));
    }
    first
}

/// Number of marks of indicators, if all of them are below a good one of their scale.
fn marks_below_good(item: SheetRef<'_>) -> Option<usize> {
    let marks = item.sheet.figures.values().flat_map(|figures| &figures.judgements);
    let below_good = marks.filter(|judgement| matches!(judgement.verdict, Verdict::Marks(_))).map(|judgement| {
        let (scale, mark) = single_mark(item.strategy, judgement)?;
        let has_good = scale.marks.iter().any(|mark| mark.tone == Tone::Good);
        (has_good && matches!(mark.tone, Tone::Fair | Tone::Poor)).then_some(())
    });
    below_good.collect::<Option<Vec<()>>>().map(|marks| marks.len())
}

/// Returns true if all indicators have marks, all of them good.
fn marks_all_good(item: SheetRef<'_>) -> bool {
    let is_good =
        |judgement: &Judgement| single_mark(item.strategy, judgement).is_some_and(|(_, mark)| mark.tone == Tone::Good);
    let figures = || item.sheet.figures.values();
    let all_good = |judgements: &[Judgement]| !judgements.is_empty() && judgements.iter().all(is_good);
    figures().next().is_some() && figures().all(|figures| all_good(&figures.judgements))
}

/// Returns true for a mark that says that nothing was begun.
pub(super) fn is_not_begun(mark: &Mark) -> bool {
    let text = mark.meaning.as_deref().unwrap_or(&mark.printed);
    contains_any(text, &["未着手", "未実施", "着手していない", "実施していない"])
}

/// Returns true if an indicator and the settlement of the year are not 0.
fn has_results(item: SheetRef<'_>, year: FiscalYear) -> bool {
    let is_positive = |value: &Value| value.decimal().is_some_and(|number| number > Decimal::ZERO);
    let mut settled = item.sheet.money.of_years().filter(|(key, of, _)| key.is_result() && *of == year);
    let mut actual = item.sheet.figures.values().filter_map(|figures| figures.actual.get(&year));
    settled.any(|(.., value)| is_positive(value)) && actual.any(is_positive)
}

/// Sections about results.
fn results(item: SheetRef<'_>) -> impl Iterator<Item = &Section> {
    let is_about_work = |title: &str| contains_any(title, &["概要", "目的"]);
    item.sheet.sections.iter().filter(move |section| !is_plan_title(&section.title) && !is_about_work(&section.title))
}

/// A sentence that says that the work is late or was not done, next to a mark that says that all went as planned.
fn late<'r>(item: SheetRef<'r>, mark: &Mark) -> Option<&'r str> {
    let text = mark.meaning.as_deref().unwrap_or(&mark.printed);
    let contains = |words: &[&str]| contains_any(text, words);
    if !contains(&["順調", "どおり", "通り", "実施", "上回"]) || contains(&["概ね", "おおむね", "ほぼ"])
    {
        return None;
    }
    let texts = results(item).flat_map(|section| sentences(&section.prose.markdown));
    texts.map(|sentence| sentence.text).find(|text| says_late(text))
}

fn says_late(text: &str) -> bool {
    const NOT_DONE: [&str; 8] = [
        "実施しなかった",
        "実施できなかった",
        "実施していない",
        "着手できなかった",
        "着手していない",
        "進まなかった",
        "進んでいない",
        "開催できなかった",
    ];
    NOT_DONE.iter().any(|words| text.ends_with(words)) || is_delayed(text) || is_below_plan(text)
}

/// Returns true if a sentence says that a plan was missed: 計画した55件には届かなかった.
fn is_below_plan(text: &str) -> bool {
    const MISSED: [&str; 4] = ["届かなかった", "達しなかった", "及ばなかった", "至らなかった"];
    contains_any(text, &["計画", "目標", "予定"])
        && MISSED.iter().any(|word| text.ends_with(word))
        && !contains_any(text, &["一部", "前年", "昨年", "ほぼ", "わずかに"])
}

/// Returns true for a delay of work that is not made up for: 工事が遅れ、完了しなかった.
fn is_delayed(text: &str) -> bool {
    const WORK: [&str; 14] = [
        "工事", "工程", "事業", "進捗", "整備", "納入", "発注", "策定", "完成", "着手", "予定", "計画", "協議", "更新",
    ];
    const MADE_UP: [&str; 5] = ["取り戻", "解消", "追いつ", "挽回", "なく"];
    const DONE: [&str; 5] = ["開始した", "完了した", "終えた", "実施した", "始めた"];
    let Some(at) = text.find("遅れ") else { return false };
    let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
    before.ends_with(['が', 'は', 'も', 'に', 'り'])
        && contains_any(before, &WORK)
        && !contains_any(after, &MADE_UP)
        && !DONE.iter().any(|word| after.ends_with(word))
}

/// A sentence that says that the target was missed.
fn missed(item: SheetRef<'_>) -> Option<&str> {
    const MISSED: [&str; 20] = [
        "目標を下回",
        "目標値を下回",
        "目標に届か",
        "目標に達しな",
        "目標値に達しな",
        "目標に達してい",
        "目標を達成できな",
        "目標を達成しな",
        "には至っていない",
        "には至らなかった",
        "に至っていない",
        "に及ばなかった",
        "解消していない",
        "にとどまった",
        "にとどまる",
        "に満たなかった",
        "に届かなかった",
        "を下回る結果",
        "が残った",
        "が残っている",
    ];
    let texts = results(item).flat_map(|section| sentences(&section.prose.markdown));
    texts.map(|sentence| sentence.text).find(|text| contains_any(text, &MISSED))
}

/// Indicators with an actual value of 0 whose mark is not a poor one.
fn of_indicators(item: SheetRef<'_>, year: FiscalYear) -> Vec<(Span, String, Bilingual)> {
    let mut found = Vec::new();
    for (index, figures) in &item.sheet.figures {
        let Some(indicator) = item.node.indicators.get(*index) else { continue };
        let actual = figures.actual.get(&year).and_then(|value| value.exact());
        let is_nothing = actual.is_some_and(|number| number.is_zero())
            && !matches!(indicator.better, Some(Direction::Lower | Direction::Maintain))
            && !figures.target.is_empty()
            && figures.target.values().all(|target| target.decimal().is_some_and(|number| number > Decimal::ZERO));
        for judgement in figures.judgements.iter().filter(|_| is_nothing) {
            let Some((scale, mark)) = only_mark(item, judgement, year) else { continue };
            let has_poor = scale.marks.iter().any(|mark| mark.tone == Tone::Poor);
            if has_poor && scale.is_graded() && matches!(mark.tone, Tone::Good | Tone::Fair) {
                let printed = &mark.printed;
                let message = say!(
                    ja: "「{printed}」とされていますが、実績は0です",
                    en: "the mark is `{printed}`, but the actual value is 0"
                );
                found.push((
                    judgement.span,
                    key_of(item, scale, judgement, &format!("indicator.{}", indicator.id)),
                    message,
                ));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, indicator};

    const SCALE: &str = "[[scale]]\nid = 'd'\ntitle = '進捗状況'\nof = ['program', 'indicator']\nmarks = [\
        { mark = '順調', tone = 'good' }, { mark = 'やや遅れ', tone = 'fair' }, { mark = '不調', tone = 'poor' }]";

    fn marked(mark: &str, figures: &str, text: &str) -> Fixture {
        let figures = format!("{figures}\n[judgement]\nd = '{mark}'\n+++\n## 成果\n{text}\n+++");
        let content = indicator("better = 'higher'", "").append_to_strategy(SCALE);
        content.file("programs/a/2023.md", &format!("+++\n[indicator.x]\n{}", figures.trim_end_matches("+++")))
    }

    #[test]
    fn compares_marks_with_targets() {
        let line = &["programs/a/2023.md:6"];
        let met = "target.R5 = 10\nactual.R5 = 12";
        marked("不調", met, "開いた。").assert_finds("mark-method", line);
        marked("順調", met, "開いた。").assert_finds("mark-method", &[]);
        let missed = "target.R5 = 10\nactual.R5 = 8";
        marked("順調", missed, "開いた。").assert_finds("mark-method", &[]);
        marked("順調", missed, "来場者は目標を下回った。").assert_finds("mark-method", line);
        marked("やや遅れ", missed, "来場者は目標を下回った。").assert_finds("mark-method", &[]);
        marked("順調", met, "一部は目標を下回った。").assert_finds("mark-method", &[]);
    }

    #[test]
    fn compares_marks_with_what_texts_say() {
        let check = |text: &str, found: &[&str]| {
            marked("順調", "actual.R4 = 8\nactual.R5 = 8", text).assert_finds("mark-method", found);
        };
        let line = &["programs/a/2023.md:6"];
        check("橋の工事が遅れ、完了しなかった。", line);
        check("希望がなく、実施しなかった。", line);
        check("橋の工事が遅れたが、年度内に完了した。", &[]);
        check("発達の遅れのある児童を支援した。", &[]);
        check("利用者はいたが、計画した人数（55件）には届かなかった。", line);
        check("利用者は、一部の地区で計画した人数に届かなかった。", &[]);
    }

    #[test]
    fn compares_marks_of_indicators_with_each_other_and_with_nothing() {
        let graded = |actual: u32, mark: &str, found: &[&str]| {
            let figures = format!("target.R5 = 10\nactual.R5 = {actual}\nd = '{mark}'");
            indicator("better = 'higher'", &figures).append_to_strategy(SCALE).assert_finds("mark-method", found);
        };
        graded(0, "やや遅れ", &["programs/a/2023.md:5"]);
        graded(0, "不調", &[]);
        graded(4, "やや遅れ", &[]);
    }

    #[test]
    fn compares_marks_of_nothing_begun_with_results() {
        let scale = "[[scale]]\nid = 'd'\ntitle = '進捗状況'\nof = ['program']\nmarks = [\
            { mark = '順調', tone = 'good' }, { mark = '未着手', tone = 'poor' }]";
        let check = |settlement: u32, found: &[&str]| {
            let front = format!("actual.R5 = 8\n[judgement]\nd = '未着手'\n[money]\nsettlement.R5 = {settlement}");
            indicator("", &front).append_to_strategy(scale).assert_finds("mark-method", found);
        };
        check(100, &["programs/a/2023.md:5"]);
        check(0, &[]);
    }

    #[test]
    fn compares_the_mark_of_the_node_with_those_of_its_indicators() {
        let check = |node: &str, marks: [&str; 2], found: &[&str]| {
            let definition = "better = 'higher'\n[[indicator]]\nid = 'y'\nname = 'Y'\nbetter = 'higher'";
            let [x, y] = marks.map(|mark| format!("target.R5 = 10\nactual.R5 = 8\nd = '{mark}'"));
            let figures = format!("{x}\n[indicator.y]\n{y}\n[judgement]\nd = '{node}'");
            indicator(definition, &figures).append_to_strategy(SCALE).assert_finds("mark-method", found);
        };
        let line = &["programs/a/2023.md:11"];
        check("不調", ["順調", "順調"], line);
        check("不調", ["順調", "不調"], &[]);
        check("順調", ["やや遅れ", "不調"], line);
        check("順調", ["順調", "不調"], &[]);
    }

    #[test]
    fn compares_marks_that_exceed_the_plan_with_missed_targets() {
        let scale = "[[scale]]\nid = 'd'\ntitle = '成果の評価'\nof = ['program']\nmarks = [\
            { mark = 'A', meaning = '想定を上回る', tone = 'good' }, { mark = 'B', meaning = '想定どおり', tone = 'good' }, \
            { mark = 'C', meaning = '想定を下回る', tone = 'poor' }]";
        let check = |mark: &str, text: &str, found: &[&str]| {
            let definition = "better = 'higher'\n[[indicator]]\nid = 'y'\nname = 'Y'\nbetter = 'higher'";
            let front = format!(
                "[indicator.x]\ntarget.R5 = 10\nactual.R5 = 8\n[indicator.y]\ntarget.R5 = 10\nactual.R5 = 12\n[judgement]\nd = '{mark}'"
            );
            indicator(definition, "")
                .append_to_strategy(scale)
                .file("programs/a/2023.md", &format!("+++\n{front}\n+++\n## 成果\n{text}\n"))
                .assert_finds("mark-method", found);
        };
        check("A", "来場者は目標を下回った。", &["programs/a/2023.md:9"]);
        check("A", "申込みが多く、待機児童が残った。", &["programs/a/2023.md:9"]);
        check("A", "申込みが多く、待機児童が残っている。", &["programs/a/2023.md:9"]);
        check("A", "催しを開催した。", &[]);
        check("B", "来場者は目標を下回った。", &[]);
    }
}
