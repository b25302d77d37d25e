//! The rule `money-after-end`.

use super::visit::{Key, SheetRef, ending_mark, judgement_key, sheets};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{AmountKey, AmountTable, Column, FiscalYear, Judgement, Report, Scale, Sheet, Value, decisive};

pub(super) const LINT: Lint = Lint {
    rule: Rule::MoneyAfterEnd,
    title: Bilingual {
        ja: "終わるとされた後の年度に、予算や計画の金額がある",
        en: "money for a year after the end of the program",
    },
    explanation: Bilingual {
        ja: "`ends = true` の評価（完了、事業終了など）は、事業がそこで終わることを表します。\
             それより後の年度の予算や計画は食い違いです。年度は評価の年度（`direction.R8`）、\
             なければ版の年度です。`period` に終わりの年度があるときも同じです。前の版の計画と、同じ尺度で別の評価を付けた版の金額は指摘しません。\
             一つの評価の後に三つ以上の金額か、後の年度の目標値があるときは、評価のほうを1件だけ指摘します。`ends` のない尺度では、「継続」などと並ぶ「終了」「廃止」「完了」「休止」を終わりとみます。",
        en: "A mark with `ends = true` (完了, 事業終了) means that the program ends in that year. A budget or plan \
             for a later year contradicts it. The year is that of the mark (`direction.R8`), or else that of the \
             edition. The last year of `period` ends a program likewise. Plans in earlier editions, and amounts in editions that give the program another mark of \
             that scale, are not reported. Three or more amounts after one mark, or amounts and a target of a later year, are one finding, at the mark. On a scale without \
             `ends`, 終了, 廃止, 完了 and 休止 beside marks such as 継続 end a program.",
    },
    example: concat!("[judgement]\n", "direction.R6 = \"事業終了\"\n", "[money]\n", "plan.R7 = 1200"),
    remedy: Bilingual {
        ja: "方向性か金額を、資料のとおりに直してください。",
        en: "Correct the mark or the amount according to the source.",
    },
    confidence: Confidence::Likely,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for item in sheets(report) {
        for judgement in decisive(&item.sheet.judgements) {
            let Some(mark) = ending_mark(item.strategy, judgement) else { continue };
            let Some(end) = judgement.year.or(item.edition.year) else { continue };
            let amounts = money_after(item, judgement, end);
            // Several amounts contradict one mark: the mark is more likely wrong.
            let has_targets = || {
                let columns = item.sheet.figures.values().flat_map(|figures| &figures.target);
                columns
                    .into_iter()
                    .any(|(column, target)| matches!(column, Column::Year(year) if *year > end) && !target.is_missing())
            };
            let is_mark_wrong = amounts.len() > 2 || has_targets();
            if let (Some(first), true, Some(scale)) =
                (amounts.first(), is_mark_wrong, item.strategy.scales.get(judgement.scale.0))
            {
                report_mark(item, scale, judgement, (end, first, amounts.len()), findings);
                continue;
            }
            for amount in amounts {
                let (mark, end, year) = (&mark.printed, end.short(), amount.year.short());
                let printed = &amount.value.printed;
                let message = say!(
                    ja: "{end}に「{mark}」とされていますが、{year}に金額「{printed}」があります",
                    en: "the mark for {end} is `{mark}`, but there is an amount `{printed}` for {year}"
                );
                let help = say!(
                    ja: "評価の年度と、金額の年度を資料と見比べてください",
                    en: "compare the year of the mark and the year of the amount with the source"
                );
                amount.report(item, message, help, findings);
            }
        }
        for amount in money_after_period(item) {
            let (year, printed) = (amount.year.short(), &amount.value.printed);
            let message = say!(
                ja: "事業期間の終わった後の{year}に、金額「{printed}」があります",
                en: "there is an amount `{printed}` for {year}, after the end of the period"
            );
            let help = say!(
                ja: "`period` と、金額の年度を資料と見比べてください",
                en: "compare `period` and the year of the amount with the source"
            );
            amount.report(item, message, help, findings);
        }
    }
}

/// Reports the mark that several amounts contradict: the year of the end, the first amount and their number.
fn report_mark(
    item: SheetRef<'_>,
    scale: &Scale,
    judgement: &Judgement,
    (end, first, count): (FiscalYear, &Amount<'_>, usize),
    findings: &mut Findings,
) {
    let mark = ending_mark(item.strategy, judgement).map(|mark| mark.printed.as_str()).unwrap_or_default();
    let (end, year, printed) = (end.short(), first.year.short(), &first.value.printed);
    let message = say!(
        ja: "{end}に「{mark}」とされていますが、その後の年度に{count}か所の金額があります（{year}に「{printed}」など）",
        en: "the mark for {end} is `{mark}`, but there are {count} amounts for later years, such as `{printed}` for {year}"
    );
    let help = say!(
        ja: "評価とその年度を、資料と見比べてください",
        en: "compare the mark and its year with the source"
    );
    let judge = judgement.judge.and_then(|judge| item.strategy.judges.get(judge.0));
    let key = format!("judgement.{}", judgement_key(scale, judgement.year, judge));
    findings.add(judgement.span, key, message, help);
}

/// Amount of a sheet.
struct Amount<'r> {
    key: AmountKey,
    year: FiscalYear,
    value: &'r Value,
}

impl Amount<'_> {
    fn report(&self, item: SheetRef<'_>, message: Bilingual, help: Bilingual, findings: &mut Findings) {
        let path = item.amount_path(AmountTable::Money, self.key, Some(self.year));
        findings.add(self.value.span, Key::Amount(path), message, help);
    }
}

/// Amounts of a sheet for years after the period that it states, or else its node. Those that already contradict a mark
/// of the sheet are left out.
fn money_after_period(item: SheetRef<'_>) -> Vec<Amount<'_>> {
    let Some(end) = item.node.period_in(Some(item.sheet)).and_then(|period| period.to) else { return Vec::new() };
    let ends_by_mark = |year: FiscalYear| {
        let ending =
            decisive(&item.sheet.judgements).filter(|judgement| ending_mark(item.strategy, judgement).is_some());
        ending.filter_map(|judgement| judgement.year.or(item.edition.year)).any(|end| end < year)
    };
    let mut amounts = planned_after(item.sheet, end);
    amounts.retain(|amount| !ends_by_mark(amount.year));
    amounts
}

/// Non-zero amounts of the sheet other than settlements, for years after `end`.
fn planned_after(sheet: &Sheet, end: FiscalYear) -> Vec<Amount<'_>> {
    let amounts = sheet.money.of_years().map(|(key, year, value)| Amount { key, year, value });
    amounts
        .filter(|amount| !amount.key.is_result() && amount.year > end)
        .filter(|amount| amount.value.decimal().is_some_and(|number| !number.is_zero()))
        .collect()
}

/// Non-zero amounts other than settlements for years after `end`, in the sheet itself and in the
/// later sheets before the next one with a mark of the same scale.
fn money_after<'r>(item: SheetRef<'r>, judgement: &Judgement, end: FiscalYear) -> Vec<Amount<'r>> {
    let later = item.node.sheets.iter().filter(|sheet| sheet.edition > item.sheet.edition);
    let judged_again = |sheet: &&Sheet| sheet.judgements.iter().any(|again| again.scale == judgement.scale);
    let sheets = std::iter::once(item.sheet).chain(later.take_while(|sheet| !judged_again(sheet)));
    sheets.flat_map(|sheet| planned_after(sheet, end)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn sheet(sheet: &str) -> Fixture {
        let scale = "[[scale]]\nid = 'direction'\ntitle = '方向性'\nof = ['program']\nmarks = [{ mark = '維持' }, { mark = '終了', ends = true }]";
        Fixture::new().append_to_strategy(scale).with(program("a", sheet))
    }

    #[test]
    fn reports_budgets_after_the_end() {
        sheet("[money]\nbudget.R6 = 1\n[judgement]\ndirection.R6 = '終了'").assert_finds("money-after-end", &[]);
        sheet("[money]\nplan.R7 = 0\n[judgement]\ndirection.R6 = '終了'").assert_finds("money-after-end", &[]);
        sheet("[money]\nplan.R7 = 1\n[judgement]\ndirection.R6 = '維持'").assert_finds("money-after-end", &[]);
        sheet("[money]\nplan.R7 = 1\n[judgement]\ndirection.R6 = '終了'")
            .assert_finds("money-after-end", &["programs/a/2023.md:3"]);
    }

    #[test]
    fn reports_the_mark_that_several_amounts_contradict() {
        sheet("[money]\nplan.R7 = 1\nplan.R8 = 1\nplan.R9 = 1\n[judgement]\ndirection.R6 = '終了'")
            .assert_finds("money-after-end", &["programs/a/2023.md:7"]);
    }

    #[test]
    fn reports_budgets_after_the_period() {
        let check = |period: &str, expected: &[&str]| {
            sheet(&format!("period = '{period}'\n[money]\nplan.R7 = 1")).assert_finds("money-after-end", expected);
        };
        check("H18/R6", &["programs/a/2023.md:4"]);
        check("H18/R7", &[]);
        check("H18/", &[]);
    }

    #[test]
    fn reports_an_amount_after_both_ends_once() {
        sheet("period = '/R6'\n[money]\nplan.R7 = 1\n[judgement]\ndirection.R6 = '終了'")
            .assert_finds("money-after-end", &["programs/a/2023.md:4"]);
    }

    #[test]
    fn marks_without_a_year_apply_to_the_year_of_the_edition() {
        sheet("[money]\nbudget.R5 = 1\n[judgement]\ndirection = '終了'").assert_finds("money-after-end", &[]);
        sheet("[money]\nbudget.R6 = 1\n[judgement]\ndirection = '終了'")
            .assert_finds("money-after-end", &["programs/a/2023.md:3"]);
    }

    #[test]
    fn allows_later_editions_to_resume_the_program() {
        let later =
            |text| sheet("[judgement]\ndirection = '終了'").edition("2024", "R6").file("programs/a/2024.md", text);
        later("+++\n[money]\nbudget.R7 = 1\n+++\n").assert_finds("money-after-end", &["programs/a/2024.md:3"]);
        later("+++\n[money]\nbudget.R7 = 1\n[judgement]\ndirection = '維持'\n+++\n")
            .assert_finds("money-after-end", &[]);
    }
}
