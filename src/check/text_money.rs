//! Sentences about the money of a program that its amounts contradict, for the rule `text-figure`: 事業費の実績が増額となった
//! beside a settlement below the budget, 補助金を令和4年度以降は大幅に拡充する beside a plan of an eighth.

use super::text_trend::one_of;
use super::visit::SheetRef;
use super::words::{contains_any, sentences, span_in};
use crate::diagnostic::{Bilingual, Span, say};
use crate::model::{FiscalYear, Section, Value};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// Sentences that contradict the amounts: their place, the title of the section and the message.
pub(super) fn contradictions(item: SheetRef<'_>) -> Vec<(Span, &str, Bilingual)> {
    let Some(year) = item.edition.year else { return Vec::new() };
    let amounts = Amounts::new(item, year);
    let sections = item.sheet.sections.iter().filter(|_| !amounts.is_empty());
    sections.flat_map(|section| in_section(section, &amounts)).collect()
}

fn in_section<'r>(section: &'r Section, amounts: &Amounts<'_>) -> Vec<(Span, &'r str, Bilingual)> {
    let mut found = Vec::new();
    for sentence in sentences(&section.prose.markdown) {
        let message = sentence.text.split('、').find_map(|clause| of_result(clause, amounts));
        if let Some(message) = message.or_else(|| of_next_year(sentence.text, amounts)) {
            let span = span_in(&section.prose, sentence.start..sentence.start + sentence.text.len());
            found.push((span, section.title.as_str(), message));
        }
    }
    found
}

/// An amount with its name.
type Amount<'r> = (&'static str, &'static str, &'r Value);

/// Amounts of a program around the year of a sheet.
struct Amounts<'r> {
    year: FiscalYear,
    settlement: Option<&'r Value>,
    settlement_before: Option<&'r Value>,
    /// The last budget of the year: with supplements, if there is one.
    budget: Option<&'r Value>,
    /// Budget or plan of the next year.
    next: Option<&'r Value>,
}

impl<'r> Amounts<'r> {
    fn new(item: SheetRef<'r>, year: FiscalYear) -> Self {
        let only = |is_result: bool, of: FiscalYear| {
            let mut values = item.sheet.money.of_years().filter(|(key, year, value)| {
                key.is_base() && key.is_result() == is_result && *year == of && value.exact().is_some()
            });
            values.next().map(|(.., value)| value).filter(|_| values.next().is_none())
        };
        let last = FiscalYear(year.0.saturating_sub(1));
        Self {
            year,
            settlement: only(true, year),
            settlement_before: only(true, last),
            budget: only(false, year),
            next: only(false, FiscalYear(year.0.saturating_add(1))),
        }
    }

    fn is_empty(&self) -> bool {
        self.settlement.is_none() && self.next.is_none()
    }
}

/// A clause about the settlement that says the opposite of all amounts with which it can be compared: 事業費の実績が増額となった.
fn of_result(clause: &str, amounts: &Amounts<'_>) -> Option<Bilingual> {
    const SUBJECTS: [&str; 14] = [
        "事業費の実績",
        "事業費の実績額",
        "事業費の決算額",
        "事業費の決算",
        "事業費の執行額",
        "事業費の支出額",
        "事業費",
        "決算額",
        "決算",
        "執行額",
        "支出額",
        "実績額",
        "支出",
        "予算の執行額",
    ];
    const UP: [&str; 8] =
        ["増額となった", "増額となり", "増額した", "増えた", "増加した", "を上回った", "を上回り", "多かった"];
    const DOWN: [&str; 8] =
        ["減額となった", "減額となり", "減額した", "減った", "減少した", "を下回った", "を下回り", "少なかった"];
    let subject = SUBJECTS
        .iter()
        .filter(|name| clause.strip_prefix(**name).is_some_and(|rest| rest.starts_with(['が', 'は', 'も'])));
    let rest = clause.get(subject.max_by_key(|name| name.len())?.len()..)?;
    let rest = ["ため", "が", "ものの"].iter().find_map(|end| rest.strip_suffix(end)).unwrap_or(rest);
    let ends = |words: &[&str]| words.iter().any(|word| rest.ends_with(word));
    let said = one_of(ends(&UP), ends(&DOWN))?;
    let of_year = contains_any(rest, &["前年", "昨年"]);
    let of_budget = contains_any(rest, &["予算", "当初", "計画", "見込", "予定"]);
    let settlement = amounts.settlement?;
    let bases: [Option<Amount<'_>>; 2] = [
        amounts.budget.filter(|_| !of_year).map(|value| ("予算額", "the budget", value)),
        amounts
            .settlement_before
            .filter(|_| !of_budget)
            .map(|value| ("前年度の決算額", "the settlement of the year before", value)),
    ];
    let orders: Vec<(Ordering, Amount<'_>)> = bases
        .into_iter()
        .flatten()
        .map(|base| Some((settlement.exact()?.cmp(&base.2.exact()?), base)))
        .collect::<Option<_>>()?;
    let (_, (name, name_en, base)) = orders.first()?;
    if !orders.iter().all(|(order, _)| *order == said.reverse()) {
        return None;
    }
    let (settlement, base) = (&settlement.printed, &base.printed);
    Some(say!(
        ja: "文章の増減が、金額（決算額{settlement}、{name}{base}）と逆です",
        en: "the text contradicts the amounts: settlement {settlement}, {name_en} {base}"
    ))
}

/// A sentence about the next year that says the opposite of its amount: 補助金を来年度から大幅に拡充する.
fn of_next_year(sentence: &str, amounts: &Amounts<'_>) -> Option<Bilingual> {
    const MONEY: [&str; 9] =
        ["補助金を", "助成金を", "交付金を", "事業費を", "予算を", "予算額を", "補助額を", "事業規模を", "事業を"];
    const UP: [&str; 6] = ["拡充し", "拡充する", "増額し", "増額する", "拡大し", "拡大する"];
    const DOWN: [&str; 6] = ["縮小し", "縮小する", "減額し", "減額する", "削減し", "削減する"];
    let next = FiscalYear(amounts.year.0.saturating_add(1));
    let years = [
        next.short(),
        format!("令和{}年度", next.0 - 2018),
        "次年度".to_owned(),
        "翌年度".to_owned(),
        "来年度".to_owned(),
    ];
    let names_year = years.iter().any(|year| sentence.contains(year.as_str()));
    let at = MONEY.iter().filter_map(|word| sentence.find(word)).min().filter(|_| names_year)?;
    // 補助金を活用し、対象を拡大する: another object.
    let rest = sentence.get(at..)?;
    let rest = rest.get(rest.find('を')? + 'を'.len_utf8()..)?.split(['、', '。']).next()?;
    if rest.contains('を') {
        return None;
    }
    let said = one_of(contains_any(rest, &UP), contains_any(rest, &DOWN))?;
    let (value, budget) = (amounts.next?, amounts.budget.or(amounts.settlement)?);
    let (after, before) = (value.exact()?, budget.exact()?);
    let is_half = |one: Decimal, other: Decimal| one > Decimal::ZERO && one.saturating_mul(Decimal::TWO) <= other;
    let is_wrong = if said == Ordering::Greater { is_half(after, before) } else { is_half(before, after) };
    is_wrong.then(|| {
        let (after, before, next, year) = (&value.printed, &budget.printed, next.short(), amounts.year.short());
        say!(
            ja: "文章の翌年度の増減が、金額（{year} {before}、{next} {after}）と逆です",
            en: "the text contradicts the amounts of {year}, {before}, and of {next}, {after}"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn check(money: &str, text: &str, found: bool) {
        let expected: &[&str] = if found { &["programs/a/2023.md:10"] } else { &[] };
        let sheet = format!("+++\n[money]\n{money}\n+++\n## 実績\n{text}\n");
        Fixture::new().with(program("a", "")).file("programs/a/2023.md", &sheet).assert_finds("text-figure", expected);
    }

    #[test]
    fn statements_about_the_settlement_are_compared_with_the_amounts() {
        let amounts = "budget.R5 = 5984\nsettlement.R5 = 1839\n\n\n";
        let text = |text: &str, found| check(amounts, text, found);
        text("移住者が少なく、事業費の実績が減額となった。", false);
        text("移住者が多く、事業費の実績が増額となった。", true);
        text("移住者が多く、委託料の実績が増額となった。", false);
        text("決算額が予算を上回った。", true);
        text("決算額が前年度より増えた。", false);
        check("budget.R5 = 5984\nsettlement.R4 = 1000\nsettlement.R5 = 1839\n\n", "事業費が増えた。", false);
        check("budget.R5 = 5984\nsettlement.R4 = 2000\nsettlement.R5 = 1839\n\n", "事業費が前年度より増えた。", true);
    }

    #[test]
    fn statements_about_the_next_year_are_compared_with_its_amount() {
        let amounts = "budget.R5 = 8300\nsettlement.R5 = 8000\nbudget.R6 = 1000\n\n";
        let text = |text: &str, found| check(amounts, text, found);
        text("補助金を令和6年度以降は大幅に拡充する。", true);
        text("補助金を令和6年度以降は減額する。", false);
        text("補助金を活用し、来年度は対象を拡大する。", false);
        text("来年度は補助金を活用して対象を拡大する。", false);
        text("補助金を令和7年度に拡充する。", false);
        check("budget.R5 = 1000\nsettlement.R5 = 900\nbudget.R6 = 2500\n\n", "来年度は事業費を縮小する。", true);
    }
}
