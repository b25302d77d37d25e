//! The rule `direction-money`.

use super::mark_meaning::key_of;
use super::visit::{SheetRef, applies_in, ending_mark, is_ended_by_words, sheets, single_mark};
use super::words::{contains_any, is_plan_title, sentences};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{FiscalYear, Kind, Mark, Report, Scale, Stage, Value, decisive};
use rust_decimal::Decimal;

pub(super) const LINT: Lint = Lint {
    rule: Rule::DirectionMoney,
    title: Bilingual {
        ja: "方向性が、翌年度の金額や本文、行の年度と逆",
        en: "a direction that money, texts or the years of rows contradict",
    },
    explanation: Bilingual {
        ja: "「拡充」「拡大」の方向性と、半分に満たない翌年度の金額や「規模を縮小する」という文。「縮小」の方向性と、2倍を超える翌年度の\
             金額や「規模を拡大する」という文。最終でない評価者（一次評価など）の「廃止」「終了」と、この年度以上の翌年度の金額\
             （期間がまだ続くとき）。行の年度がこの年度で終わり、後の版も後継の事業もないのに「継続」などとする方向性。金額は、同じ段階の\
             この年度と翌年度のものを比べ、この年度か翌年度の値がなければ比べません。",
        en: "Reported are: a mark that widens a program (拡充, 拡大) with less than half the money in the next year, or \
             with a sentence such as 規模を縮小する; a mark that narrows it (縮小, 縮減) with more than twice the money, or with \
             規模を拡大する; an end by a judge who is not the last one, although the next year has as much money and the period \
             continues; and a mark that continues a program whose rows end with the year, which has neither a later sheet nor a \
             successor. Amounts of the same phase for this and the next year are compared, if both are printed.",
    },
    example: concat!("initial.R6 = 365000\n", "initial.R7 = 120000\n", "\n", "[judgement]\n", "direction = \"拡充\""),
    remedy: Bilingual {
        ja: "方向性、金額、本文を、資料のとおりに直してください。",
        en: "Correct the mark, the amounts or the text according to the source.",
    },
    confidence: Confidence::Possible,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for item in sheets(report).filter(|item| item.node.kind == Kind::Program) {
        let Some(year) = item.edition.year else { continue };
        for judgement in &item.sheet.judgements {
            let Some((scale, mark)) = single_mark(item.strategy, judgement) else { continue };
            let of = judgement.year.unwrap_or(year);
            let is_decisive = decisive(&item.sheet.judgements).any(|other| std::ptr::eq(other, judgement));
            let message = match (change_of(mark), ending_mark(item.strategy, judgement)) {
                (Some(change), _) => opposite(item, mark, change, of),
                (None, Some(mark)) if !is_decisive => continued(item, mark, of),
                (None, None) if is_decisive && of == year => last_row(report, item, scale, mark, year),
                _ => None,
            };
            if let Some(message) = message {
                findings.add(judgement.span, key_of(item, scale, judgement, "judgement"), message, help());
            }
        }
    }
}

fn help() -> Bilingual {
    say!(
        ja: "方向性、翌年度の金額、本文を資料と見比べてください",
        en: "compare the mark, the amounts of the next year and the text with the source"
    )
}

/// What a mark says about the size of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    Widened,
    Kept,
    Narrowed,
}

fn change_of(mark: &Mark) -> Option<Change> {
    let text = mark.meaning.as_deref().unwrap_or(&mark.printed);
    let contains = |words: &[&str]| contains_any(text, words);
    match (contains(&["拡充", "拡大", "増額"]), contains(&["縮小", "縮減", "減額"])) {
        (true, false) => Some(Change::Widened),
        (false, true) => Some(Change::Narrowed),
        (false, false) if contains(&["現状のまま", "現状維持", "現状通り", "現状どおり"]) => {
            Some(Change::Kept)
        }
        _ => None,
    }
}

/// Amount of `year` and of the year after it, of the first phase that has both, with the later year; if a single phase has the
/// year after the next (概算要求), that amount and the one before it.
fn amounts(item: SheetRef<'_>, year: FiscalYear) -> Option<(&Value, &Value, FiscalYear)> {
    let next = FiscalYear(year.0 + 1);
    let phases = || item.sheet.money.by_year.iter().filter(|(key, _)| key.is_base() && !key.is_result());
    let requested = || {
        // 概算要求 of the year after the next, beside the initial budget of the next.
        let last = FiscalYear(year.0.saturating_add(2));
        let mut of_last = phases().filter_map(|(_, years)| years.get(&last));
        let (request, None) = (of_last.next()?, of_last.next()) else { return None };
        let budget = phases().find_map(|(_, years)| years.get(&next).filter(|value| value.decimal().is_some()))?;
        Some((budget, request, last))
    };
    requested().or_else(|| phases().find_map(|(_, years)| Some((years.get(&year)?, years.get(&next)?, next))))
}

/// A change of the money by more than half, or a sentence, that is the opposite of a mark.
fn opposite(item: SheetRef<'_>, mark: &Mark, change: Change, year: FiscalYear) -> Option<Bilingual> {
    let name = mark.meaning.as_ref().unwrap_or(&mark.printed);
    let numbers = |(one, other, _): (&Value, &Value, FiscalYear)| Some((one.decimal()?, other.decimal()?));
    let amounts = amounts(item, year);
    let (now, next) = amounts.and_then(numbers).unwrap_or_default();
    let (is_opposite, fits) = match change {
        Change::Widened => (next > Decimal::ZERO && next * Decimal::TWO < now, next > now),
        Change::Narrowed => (now > Decimal::ZERO && next > now * Decimal::TWO, next < now),
        // Money follows prices too: only with a sentence.
        Change::Kept => (false, next == now),
    };
    if let Some((now, next, of)) = amounts.filter(|_| is_opposite) {
        let (now, next, of) = (&now.printed, &next.printed, of.short());
        return Some(say!(
            ja: "「{name}」とされていますが、{of}の金額は「{next}」で、前の年度は「{now}」です",
            en: "the mark is `{name}`, but the amount of {of} is `{next}` after `{now}`"
        ));
    }
    let has_opposite =
        amounts.is_some() && (change == Change::Narrowed && next > now || change == Change::Widened && next < now);
    let said = said_opposite(item, change).or_else(|| said_with_money(item, change).filter(|_| has_opposite));
    let said = said.filter(|_| !fits)?;
    Some(say!(
        ja: "「{name}」とされていますが、本文には「{said}」とあります",
        en: "the mark is `{name}`, but the text says `{said}`"
    ))
}

/// A sentence that ends with the opposite of a change: 対象を絞り、規模を縮小する.
fn said_opposite(item: SheetRef<'_>, change: Change) -> Option<&str> {
    const NARROWED: [&str; 4] = ["規模を縮小する", "事業を縮小する", "規模を縮小していく", "事業規模の縮小を図る"];
    const WIDENED: [&str; 4] = ["規模を拡大する", "事業を拡大する", "事業を拡充する", "規模を拡大していく"];
    let ends: Vec<&str> = match change {
        Change::Widened => NARROWED.into_iter().chain(["廃止する"]).collect(),
        Change::Narrowed => WIDENED.into_iter().chain(["拡充を図る"]).collect(),
        Change::Kept => NARROWED.into_iter().chain(WIDENED).collect(),
    };
    let texts = item.sheet.sections.iter().flat_map(|section| sentences(&section.prose.markdown));
    texts.map(|sentence| sentence.text).find(|text| ends.iter().any(|end| text.ends_with(end)))
}

/// A sentence that ends with the opposite of a change and is about an amount or a group, which the money must confirm: 補助の上限額を
/// 引き上げる.
fn said_with_money(item: SheetRef<'_>, change: Change) -> Option<&str> {
    let ends: &[&str] = match change {
        Change::Narrowed => &[
            "引き上げる",
            "拡大する",
            "拡充する",
            "増やす",
            "増額する",
            "広げる",
            "追加する",
            "増設する",
            "上乗せする",
            "強化する",
        ],
        Change::Widened => {
            &["引き下げる", "縮小する", "減らす", "減額する", "絞る", "絞り込む", "廃止する", "縮減する"]
        }
        Change::Kept => &[],
    };
    let plans = item.sheet.sections.iter().filter(|section| is_plan_title(&section.title));
    let texts = plans.flat_map(|section| sentences(&section.prose.markdown));
    texts.map(|sentence| sentence.text).find(|text| ends.iter().any(|end| text.ends_with(end)))
}

/// An end by a judge who does not decide, although the next year has as much money and the period continues.
fn continued(item: SheetRef<'_>, mark: &Mark, year: FiscalYear) -> Option<Bilingual> {
    let (now, next, of) = amounts(item, year)?;
    let continues = item.node.period_in(Some(item.sheet))?.to.is_none_or(|to| to >= of);
    if !continues || next.decimal()? < now.decimal()? || next.decimal()?.is_zero() {
        return None;
    }
    let (name, next, of) = (&mark.printed, &next.printed, of.short());
    Some(say!(
        ja: "「{name}」とされていますが、事業期間は続き、{of}の金額「{next}」はこの年度以上です",
        en: "the mark is `{name}`, but the period continues, and the amount `{next}` of {of} is not lower than that of the year"
    ))
}

/// A mark that continues a program whose rows end with the year, although later editions exist.
fn last_row(report: &Report, item: SheetRef<'_>, scale: &Scale, mark: &Mark, year: FiscalYear) -> Option<Bilingual> {
    let can_end = scale.marks.iter().any(|mark| mark.ends) || is_ended_by_words(scale);
    let announces = contains_any(&mark.printed, &["終了", "廃止", "完了", "休止", "統合"]);
    if !can_end || announces || report.relations(item.id).places.is_empty() {
        return None;
    }
    let later = item.strategy.editions.iter().filter(|edition| edition.stage == Stage::Final && !edition.draft);
    let later: Vec<FiscalYear> = later.filter_map(|edition| edition.year).filter(|of| *of > year).collect();
    let has_sheet = item.node.sheets.iter().any(|sheet| sheet.edition > item.sheet.edition);
    let is_succeeded = !report.relations(item.id).succeeded_by.is_empty();
    let last = later.first().filter(|_| !has_sheet && !is_succeeded && !applies_in(report, item.id, &later))?;
    let (name, of, last) = (&mark.printed, year.short(), last.short());
    Some(say!(
        ja: "{of}に「{name}」とされていますが、{last}には行も調書もなく、後継の事業もありません",
        en: "the mark for {of} is `{name}`, but there is neither a row nor a sheet for {last}, and no successor"
    ))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    const SCALES: &str = "[[judge]]\nid = 'one'\ntitle = '一次'\n[[judge]]\nid = 'two'\ntitle = '二次'\n[[scale]]\nid = 'd'\ntitle = '方向性'\nof = ['program']\nmarks = [\
        { mark = '拡充' }, { mark = '継続' }, { mark = '縮小' }, { mark = '廃止', ends = true }]\n\
        [[scale]]\nid = 'e'\ntitle = '方向性'\nof = ['program']\njudges = ['one', 'two']\nmarks = [{ mark = '継続' }, { mark = '廃止', ends = true }]";

    fn sheet(front: &str, text: &str) -> Fixture {
        let content = Fixture::new().append_to_strategy(SCALES).with(program("a", ""));
        content.file("programs/a/2023.md", &format!("+++\n{front}\n+++\n## 課題\n{text}\n"))
    }

    #[test]
    fn compares_directions_with_the_money_of_the_next_year() {
        let check = |mark: &str, next: u32, found: &[&str]| {
            let front = format!("[judgement]\nd = '{mark}'\n[money]\nbudget.R5 = 100\nbudget.R6 = {next}");
            sheet(&front, "").assert_finds("direction-money", found);
        };
        let line = &["programs/a/2023.md:3"];
        check("拡充", 40, line);
        check("拡充", 90, &[]);
        check("縮小", 300, line);
        check("縮小", 110, &[]);
        check("継続", 300, &[]);
    }

    #[test]
    fn compares_directions_with_texts() {
        let check = |mark: &str, text: &str, found: &[&str]| {
            sheet(&format!("[judgement]\nd = '{mark}'"), text).assert_finds("direction-money", found);
        };
        let line = &["programs/a/2023.md:3"];
        check("拡充", "対象を絞り、規模を縮小する。", line);
        check("縮小", "来年度から規模を拡大する。", line);
        check("縮小", "規模を縮小する。", &[]);
    }

    #[test]
    fn compares_requests_with_the_budget_before() {
        let check = |request: u32, found: &[&str]| {
            let money = format!("[money]\nbudget.R5 = 100\nbudget.R6 = 100\nplan.R7 = {request}");
            sheet(&format!("[judgement]\nd = '縮小'\n{money}"), "").assert_finds("direction-money", found);
        };
        check(90, &[]);
        check(300, &["programs/a/2023.md:3"]);
    }

    #[test]
    fn the_money_confirms_what_a_plan_says_of_an_amount() {
        let check = |next: u32, found: &[&str]| {
            let front = format!("[judgement]\nd = '縮小'\n[money]\nbudget.R5 = 100\nbudget.R6 = {next}");
            let content = sheet(&front, "");
            let text = format!("+++\n{front}\n+++\n## 今後の方針\n補助の上限額を引き上げる。\n");
            content.file("programs/a/2023.md", &text).assert_finds("direction-money", found);
        };
        check(120, &["programs/a/2023.md:3"]);
        check(100, &[]);
        check(80, &[]);
    }

    #[test]
    fn an_end_by_the_first_judge_is_compared_with_the_money() {
        let check = |period: &str, next: u32, found: &[&str]| {
            let front = format!(
                "period = '{period}'\n[judgement]\ne = {{ one = '廃止', two = '継続' }}\n[money]\nbudget.R5 = 100\nbudget.R6 = {next}"
            );
            sheet(&front, "").assert_finds("direction-money", found);
        };
        check("R5/R8", 120, &["programs/a/2023.md:4"]);
        check("R5/R8", 20, &[]);
        check("R3/R5", 120, &[]);
    }

    #[test]
    fn a_program_without_a_row_in_the_next_edition_does_not_continue() {
        let content = |mark: &str| {
            let row = "+++\nname = 'P'\n[[program]]\nid = 'a'\nyears = ['R5']\n+++\n";
            let content = sheet(&format!("[judgement]\nd = '{mark}'"), "").file("policies/1/policy.md", row);
            content.edition("2024", "R6")
        };
        content("継続").assert_finds("direction-money", &["programs/a/2023.md:3"]);
        content("廃止").assert_finds("direction-money", &[]);
    }
}
