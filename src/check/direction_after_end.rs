//! The rule `direction-after-end`.

use super::period::check_open_end;
use super::planned_end;
use super::visit::{SheetRef, ending_mark, is_ended_by_words, judgement_key, sheets, single_mark};
use super::words::sentences;
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{
    AmountKey, FiscalYear, Judgement, Mark, NodeId, Report, Scale, ScaleIx, Tone, Verdict, decisive, half_width,
};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const LINT: Lint = Lint {
    rule: Rule::DirectionAfterEnd,
    title: Bilingual {
        ja: "終わる、または終わった事業に、続ける方向性が付いている",
        en: "a mark that continues a program that ends",
    },
    explanation: Bilingual {
        ja: "`ends = true` の評価のある尺度で、それ以外の評価を付けたものを、次のものと比べます。1. 同じ尺度の、それより前の\
             年度の `ends` の評価（前の版のものを含む）。2. 本文の「令和5年度で終了する」のような文。3. `period` の終わりの\
             年度（翌年度の予算や計画の金額がないとき）。4. 同じ調書のほかの尺度の `ends` の評価（翌年度の予算や計画の金額が\
             ないとき）。「完了」の評価が、進捗の悪い評価（`tone = \"poor\"`）と並ぶときも指摘します。\
             ほかに、同じ年度に別の評価者か尺度が終わるとしているのに拡充・拡大などとする評価と、後の版にその後の年度の金額がある終わりの\
             評価、終わる事業のうち一つだけ終わりのない期間と、期間も金額も続くのに「予定通り終了」とするものを指摘します。`ends` のない尺度では、「継続」などと並ぶ「終了」「廃止」「完了」「休止」を終わりとみます。",
        en: "A mark without `ends`, on a scale that has such marks, is compared with: an `ends` mark of the same scale \
             for an earlier year, also in earlier editions; sentences such as 令和5年度で終了する in the sheet; the last \
             year of `period`, if there is no money for the next year; and an `ends` mark of another scale in the same \
             sheet, if there is no money for the next year. A mark of completion (完了) next to a mark with \
             `tone = \"poor\"` is reported too, as are a mark that widens what another judge or scale ends in the same year, and \
             an end after which a later edition has money, the one open period among the programs that end, and 予定通り終了 although the period and the money continue. On a scale without `ends`, 終了, 廃止, 完了 and 休止 beside marks such \
             as 継続 end a program.",
    },
    example: concat!("[judgement]\n", "direction.R7 = \"事業終了\"\n", "direction.R8 = \"拡充\""),
    remedy: Bilingual {
        ja: "方向性と年度、本文を、資料のとおりに直してください。",
        en: "Correct the mark, its year or the text according to the source.",
    },
    confidence: Confidence::Likely,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    check_open_end(report, findings);
    // Ends by node and scale: the earliest year and the mark.
    let mut ends: BTreeMap<(NodeId, usize), (FiscalYear, &Mark)> = BTreeMap::new();
    for item in sheets(report) {
        let mut reported = BTreeSet::new();
        for judgement in decisive(&item.sheet.judgements) {
            if let (Some(mark), Some(year)) = (ending_mark(item.strategy, judgement), year_of(item, judgement)) {
                let end = ends.entry((item.id, judgement.scale.0)).or_insert((year, mark));
                *end = (*end).min_by_year((year, mark));
            }
        }
        for judgement in decisive(&item.sheet.judgements) {
            let Some((scale, mark)) = continuing_mark(item, judgement) else { continue };
            let year = year_of(item, judgement);
            let end = ends.get(&(item.id, judgement.scale.0));
            let evidence = end
                .filter(|(end, _)| year.is_some_and(|year| year > *end))
                .map(|(end, mark)| Evidence::Mark(*end, mark))
                .or_else(|| evidence(item, judgement));
            if let Some(evidence) = evidence
                && reported.insert(judgement.scale)
            {
                report_mark(item, scale, judgement, mark, &evidence, findings);
            }
        }
        report_opposite(item, &mut reported, findings);
        report_completed(item, findings);
        report_money_later(item, findings);
        for (span, about, message) in planned_end::contradictions(item) {
            findings.add_first(Confidence::Likely, span, about, message, help());
        }
    }
}

/// The earlier of two ends.
trait Earlier {
    fn min_by_year(self, other: Self) -> Self;
}

impl Earlier for (FiscalYear, &Mark) {
    fn min_by_year(self, other: Self) -> Self {
        if other.0 < self.0 { other } else { self }
    }
}

/// What says that the program ends.
enum Evidence<'r> {
    /// A mark of the same scale for an earlier year.
    Mark(FiscalYear, &'r Mark),
    /// A sentence of the sheet.
    Text(&'r str),
    /// The period.
    Period(FiscalYear),
    /// A mark of another scale.
    Scale(&'r Scale, &'r Mark),
}

fn year_of(item: SheetRef<'_>, judgement: &Judgement) -> Option<FiscalYear> {
    judgement.year.or(item.edition.year)
}

/// Scale and mark of a judgement that does not end the program although others of its scale would.
fn continuing_mark<'r>(item: SheetRef<'r>, judgement: &Judgement) -> Option<(&'r Scale, &'r Mark)> {
    let (scale, mark) = single_mark(item.strategy, judgement)?;
    // 終了予定 is the announcement of an end.
    let announces = ["終了", "廃止", "完了", "休止"].iter().any(|word| describes(mark, word));
    ((scale.marks.iter().any(|mark| mark.ends) || is_ended_by_words(scale)) && !mark.ends && !announces)
        .then_some((scale, mark))
}

fn describes(mark: &Mark, word: &str) -> bool {
    mark.printed.contains(word) || mark.meaning.as_ref().is_some_and(|meaning| meaning.contains(word))
}

fn evidence<'r>(item: SheetRef<'r>, judgement: &Judgement) -> Option<Evidence<'r>> {
    let year = year_of(item, judgement)?;
    let texts = item.sheet.sections.iter().flat_map(|section| sentences(&section.prose.markdown));
    let mut said = texts.map(|sentence| sentence.text).filter(|text| says_end(text, year));
    if let Some(text) = said.next() {
        return Some(Evidence::Text(text));
    }
    if let Some(text) = announced(item, judgement, year) {
        return Some(Evidence::Text(text));
    }
    if has_money_after(item, year) != Some(false) {
        return None;
    }
    let period = item.node.period_in(Some(item.sheet)).and_then(|period| period.to);
    if let Some(end) = period.filter(|end| *end <= year) {
        return Some(Evidence::Period(end));
    }
    let mut others = decisive(&item.sheet.judgements).filter(|other| other.scale != judgement.scale);
    others.find_map(|other| {
        let mark = ending_mark(item.strategy, other).filter(|_| year_of(item, other) == Some(year))?;
        Some(Evidence::Scale(item.strategy.scales.get(other.scale.0)?, mark))
    })
}

/// A sentence that says that the program ends in the year after `year`, if a mark of another scale announces its end too.
fn announced<'r>(item: SheetRef<'r>, judgement: &Judgement, year: FiscalYear) -> Option<&'r str> {
    let mut others = decisive(&item.sheet.judgements).filter(|other| other.scale != judgement.scale);
    let announces = |other: &Judgement| {
        single_mark(item.strategy, other).is_some_and(|(_, mark)| {
            ["終了", "廃止", "完了"].iter().any(|word| mark.printed.ends_with(word))
                || mark.printed.contains("終了予定")
        })
    };
    if !others.any(announces) {
        return None;
    }
    let next = FiscalYear(year.0.saturating_add(1));
    let texts = item.sheet.sections.iter().flat_map(|section| sentences(&section.prose.markdown));
    texts.map(|sentence| sentence.text).find(|text| says_end(text, next))
}

/// Returns true if a sentence says that the program itself ends in `year` or an earlier one: 令和5年度で終了する.
pub(super) fn says_end(text: &str, year: FiscalYear) -> bool {
    const ENDS: [&str; 4] = ["終了", "完了", "廃止", "終え"];
    const SUBJECTS: [&str; 8] =
        ["本事業は", "当事業は", "この事業は", "本事業を", "予定どおり", "予定通り", "計画どおり", "計画通り"];
    let plain: String = text.chars().map(half_width).filter(|char| !char.is_whitespace()).collect();
    let Some(at) = plain.find("年度") else { return false };
    let (before, after) = (plain.get(..at).unwrap_or_default(), plain.get(at + "年度".len()..).unwrap_or_default());
    let after =
        ["をもって", "限りで", "末で", "末をもって", "をもち", "で"].iter().find_map(|word| after.strip_prefix(word));
    let after =
        after.map(|rest| ["事業を", "本事業を", "、"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest));
    let ends = after.is_some_and(|rest| {
        ENDS.iter().any(|word| rest.starts_with(word)) && !rest.contains("予定だった") && !rest.contains("せず")
    });
    let start = before.rfind(|char: char| !char.is_ascii_digit() && char != '元').map_or(0, |at| at);
    let era = ["令和", "平成"].iter().find_map(|era| before.rfind(era));
    let stated = FiscalYear::parse(before.get(era.unwrap_or(start)..).unwrap_or_default());
    // 28年度: of the last era in which the year is not later than the sheet.
    let without_era = || {
        let of_era = |era: &&str| FiscalYear::parse(&[era, before].concat()).filter(|stated| *stated <= year);
        ["令和", "平成"].iter().find_map(of_era)
    };
    let stated = stated.or_else(without_era);
    let is_current = ["本", "今", "当該", "当"].iter().any(|word| before.ends_with(word));
    // A sentence that begins with the year is about the program; others may be about a part of it.
    let is_about_program = era.is_none_or(|era| {
        let subject = before.get(..era).unwrap_or_default();
        era == 0 || SUBJECTS.contains(&subject)
    }) || before.ends_with("事業は");
    ends && is_about_program && (is_current || stated.is_some_and(|stated| stated <= year))
}

/// Whether the sheet has a budget or plan for a year after `year`; `None` if it has no such column.
fn has_money_after(item: SheetRef<'_>, year: FiscalYear) -> Option<bool> {
    let later = item.sheet.money.of_years().filter(|(key, of, _)| is_planned(*key) && *of > year);
    let amounts: Vec<bool> =
        later.map(|(_, _, value)| value.decimal().is_some_and(|number| !number.is_zero())).collect();
    let plans_ahead = item.strategy.years_shown_with(year).len() > 1;
    match amounts.as_slice() {
        [] => plans_ahead.then_some(false),
        amounts => Some(amounts.iter().any(|amount| *amount)),
    }
}

fn is_planned(key: AmountKey) -> bool {
    !key.is_result()
}

/// Reports a mark that widens the program while another judge, or another scale, ends it in the same year.
fn report_opposite(item: SheetRef<'_>, reported: &mut BTreeSet<ScaleIx>, findings: &mut Findings) {
    let ended = |judgement: &Judgement| {
        let ends = item.sheet.judgements.iter().filter(|other| year_of(item, other) == year_of(item, judgement));
        ends.filter_map(|other| Some((item.strategy.scales.get(other.scale.0)?, ending_mark(item.strategy, other)?)))
            .next()
    };
    for judgement in &item.sheet.judgements {
        let Some((scale, mark)) = continuing_mark(item, judgement) else { continue };
        let widens = ["拡充", "拡大", "強化", "新規", "重点化"].iter().any(|word| describes(mark, word));
        if let Some((other, end)) = ended(judgement).filter(|_| widens)
            && reported.insert(judgement.scale)
        {
            let name = |mark: &Mark| mark.meaning.clone().unwrap_or_else(|| mark.printed.clone());
            let (mark, title, end) = (name(mark), &other.title, name(end));
            let message = say!(
                ja: "「{mark}」とされていますが、同じ年度の{title}に「{end}」があります",
                en: "the mark is `{mark}`, but `{title}` is also `{end}` for the same year"
            );
            findings.add_as(Confidence::Possible, judgement.span, about(item, scale, judgement), message, help());
        }
    }
}

/// Reports a mark of completion next to a mark that says that the program is not going well.
fn report_completed(item: SheetRef<'_>, findings: &mut Findings) {
    let completed = decisive(&item.sheet.judgements).find_map(|judgement| {
        let mark = ending_mark(item.strategy, judgement).filter(|mark| mark.printed.contains("完了"))?;
        Some((judgement, mark))
    });
    let Some((judgement, completed)) = completed else { return };
    let poor = decisive(&item.sheet.judgements).find_map(|other| {
        let scale = item.strategy.scales.get(other.scale.0)?;
        let Verdict::Marks(marks) = &other.verdict else { return None };
        let mark = scale.marks.get(*marks.first()?)?;
        let late = ["遅れ", "未着手", "未実施", "停滞"].iter().any(|word| describes(mark, word));
        (mark.tone == Tone::Poor && late && other.scale != judgement.scale).then_some((scale, mark))
    });
    let (Some((other, poor)), Some(scale)) = (poor, item.strategy.scales.get(judgement.scale.0)) else { return };
    let (completed, poor, title) = (&completed.printed, &poor.printed, &other.title);
    let message = say!(
        ja: "「{completed}」とされていますが、{title}は「{poor}」です",
        en: "the mark is `{completed}`, but `{title}` is `{poor}`"
    );
    findings.add(judgement.span, about(item, scale, judgement), message, help());
}

/// Reports an end that a later edition with money of its own year contradicts. Money in the same sheet, and in later ones
/// without a mark of the scale, is left to the rule `money-after-end`; marks that continue are reported themselves.
fn report_money_later(item: SheetRef<'_>, findings: &mut Findings) {
    for judgement in decisive(&item.sheet.judgements) {
        let (Some(mark), Some(end)) = (ending_mark(item.strategy, judgement), year_of(item, judgement)) else {
            continue;
        };
        let Some(scale) = item.strategy.scales.get(judgement.scale.0) else { continue };
        let later = item.node.sheets.iter().filter(|sheet| sheet.edition > item.sheet.edition);
        let later = later.filter(|sheet| {
            let again = |other: &&Judgement| other.scale == judgement.scale;
            decisive(&sheet.judgements).find(again).is_some_and(|other| ending_mark(item.strategy, other).is_some())
        });
        let amount = later
            .flat_map(|sheet| sheet.money.of_years())
            .find(|(_, year, value)| *year > end && value.decimal().is_some_and(|number| !number.is_zero()));
        let Some((_, year, value)) = amount.filter(|_| has_money_after(item, end) != Some(true)) else { continue };
        let (name, end, year, printed) = (&mark.printed, end.short(), year.short(), &value.printed);
        let message = say!(
            ja: "{end}に「{name}」とされていますが、後の版に{year}の金額「{printed}」があります",
            en: "the mark for {end} is `{name}`, but a later edition has an amount `{printed}` for {year}"
        );
        findings.add_as(Confidence::Possible, judgement.span, about(item, scale, judgement), message, help());
    }
}

fn about(item: SheetRef<'_>, scale: &Scale, judgement: &Judgement) -> String {
    let judge = judgement.judge.and_then(|judge| item.strategy.judges.get(judge.0));
    format!("judgement.{}", judgement_key(scale, judgement.year, judge))
}

fn help() -> Bilingual {
    say!(
        ja: "方向性、年度、本文を資料と見比べてください",
        en: "compare the mark, its year and the text with the source"
    )
}

fn report_mark(
    item: SheetRef<'_>,
    scale: &Scale,
    judgement: &Judgement,
    mark: &Mark,
    evidence: &Evidence<'_>,
    findings: &mut Findings,
) {
    let name = |mark: &Mark| mark.meaning.clone().unwrap_or_else(|| mark.printed.clone());
    let mark = name(mark);
    let message = match evidence {
        Evidence::Mark(year, end) => say!(
            ja: "{year}に「{end}」とされた後に、「{mark}」とされています",
            en: "the mark is `{mark}`, although it was `{end}` for {year}",
            year = year.short(),
            end = name(end)
        ),
        Evidence::Text(text) => say!(
            ja: "「{mark}」とされていますが、本文には「{text}」とあります",
            en: "the mark is `{mark}`, but the text says `{text}`",
            text = shortened(text)
        ),
        Evidence::Period(end) => say!(
            ja: "「{mark}」とされていますが、事業期間は{end}までで、その後の金額もありません",
            en: "the mark is `{mark}`, but the period ends in {end}, and there is no money after it",
            end = end.short()
        ),
        Evidence::Scale(other, end) => say!(
            ja: "「{mark}」とされていますが、{title}は「{end}」で、翌年度の金額もありません",
            en: "the mark is `{mark}`, but `{title}` is `{end}`, and there is no money for the next year",
            title = &other.title,
            end = name(end)
        ),
    };
    findings.add(judgement.span, about(item, scale, judgement), message, help());
}

fn shortened(text: &str) -> String {
    let start: String = text.chars().take(30).collect();
    if start.len() < text.len() { format!("{start}…") } else { start }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};
    use super::says_end;
    use crate::model::FiscalYear;

    const SCALES: &str = "[[scale]]\nid = 'd'\ntitle = 'D'\nof = ['program']\n\
         marks = [{ mark = '拡充' }, { mark = '終了', ends = true }, { mark = '完了', ends = true }]\n\
         [[scale]]\nid = 'e'\ntitle = 'E'\nof = ['program']\nmarks = [{ mark = '廃止', ends = true }]\n\
         [[scale]]\nid = 's'\ntitle = 'S'\nof = ['program']\n\
         marks = [{ mark = '順調', tone = 'good' }, { mark = '遅れている', tone = 'poor' }]";

    fn sheet(front: &str, text: &str, node: &str) -> Fixture {
        Fixture::new()
            .append_to_strategy(SCALES)
            .with(program("a", ""))
            .file("programs/a/program.md", &format!("+++\nname = 'A'\n{node}\n+++\n"))
            .file("programs/a/2023.md", &format!("+++\n{front}\n+++\n## 実績\n{text}\n"))
    }

    fn check(front: &str, text: &str, node: &str, line: Option<usize>) {
        let expected = line.map(|line| format!("programs/a/2023.md:{line}"));
        let expected: Vec<&str> = expected.as_deref().into_iter().collect();
        sheet(front, text, node).assert_finds("direction-after-end", &expected);
    }

    #[test]
    fn an_ended_program_is_not_continued_later() {
        check("[judgement]\nd.R7 = '終了'\nd.R8 = '拡充'", "", "", Some(4));
        check("[judgement]\nd.R7 = '拡充'\nd.R8 = '終了'", "", "", None);
    }

    #[test]
    fn compares_marks_between_editions() {
        let editions = |first: &str, second: &str| {
            sheet(&format!("[judgement]\nd = '{first}'"), "", "")
                .edition("2024", "R6")
                .file("programs/a/2024.md", &format!("+++\n[judgement]\nd = '{second}'\n+++\n"))
        };
        editions("終了", "拡充").assert_finds("direction-after-end", &["programs/a/2024.md:3"]);
        editions("終了", "終了").assert_finds("direction-after-end", &[]);
        editions("拡充", "終了").assert_finds("direction-after-end", &[]);
    }

    #[test]
    fn compares_marks_with_the_text() {
        check("[judgement]\nd = '拡充'", "令和5年度で終了し、ほかの事業に統合する。", "", Some(3));
        check("[judgement]\nd = '拡充'", "令和7年度で完了する。", "", None);
        check("[judgement]\nd = '拡充'", "令和5年度で工事を完了した。", "", None);
        check("[judgement]\nd = '終了'", "令和5年度で終了する。", "", None);
    }

    #[test]
    fn compares_marks_with_the_period_and_other_scales() {
        let money = "[money]\nbudget.R5 = 10\nbudget.R6 = '-'\n";
        check(&format!("{money}[judgement]\nd = '拡充'"), "", "period = 'R2/R5'", Some(6));
        check(&format!("{money}[judgement]\nd = '拡充'"), "", "period = 'R2/R8'", None);
        check("[money]\nbudget.R6 = 10\n[judgement]\nd = '拡充'", "", "period = 'R2/R5'", None);
        check(&format!("{money}[judgement]\nd = '拡充'\ne = '廃止'"), "", "", Some(6));
    }

    #[test]
    fn a_mark_and_a_sentence_announce_the_end() {
        let money = "[money]\nbudget.R5 = 10\nbudget.R6 = 6\n";
        let scale =
            "[[scale]]\nid = 'f'\ntitle = 'F'\nof = ['program']\nmarks = [{ mark = '終了予定' }, { mark = '維持' }]";
        let check = |other: &str, text: &str, found: &[&str]| {
            let front = format!("{money}[judgement]\nd = '拡充'\nf = '{other}'");
            sheet(&front, text, "").append_to_strategy(scale).assert_finds("direction-after-end", found);
        };
        let text = "予定どおり令和6年度で終了し、成果を確かめる。";
        check("終了予定", text, &["programs/a/2023.md:6"]);
        check("終了予定", "効果を確かめる。", &[]);
        check("維持", text, &[]);
    }

    #[test]
    fn completion_contradicts_a_delay() {
        check("[judgement]\nd = '完了'\ns = '遅れている'", "", "", Some(3));
        check("[judgement]\nd = '完了'\ns = '順調'", "", "", None);
        check("[judgement]\nd = '終了'\ns = '遅れている'", "", "", None);
    }

    #[test]
    fn recognizes_sentences_about_the_end_of_the_program() {
        let year = FiscalYear(2023);
        for text in
            ["令和5年度で終了した", "平成30年度で完了した", "令和５年度限りで廃止する", "本年度をもって事業を終了する"]
        {
            assert!(says_end(text, year), "{text}");
        }
        for text in ["令和6年度で終了する", "令和5年度で設計を完了した", "改修は令和5年度で終了した", "終了する"]
        {
            assert!(!says_end(text, year), "{text}");
        }
    }

    #[test]
    fn reports_judges_and_scales_that_widen_what_another_ends() {
        check("[judgement]\nd = '拡充'\ne = '廃止'\n[money]\nplan.R6 = 3", "", "", Some(3));
        check("[judgement]\nd = '拡充'\n[money]\nplan.R6 = 3", "", "", None);
    }

    #[test]
    fn sentences_about_this_program_need_not_begin_with_the_year() {
        assert!(says_end("本事業は令和5年度をもって廃止した", FiscalYear(2023)));
        assert!(!says_end("ハード事業は令和5年度で完了した", FiscalYear(2023)));
    }
}
