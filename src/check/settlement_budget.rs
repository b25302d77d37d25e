//! The rule `settlement-budget`.

use super::visit::{AmountPath, Key, SheetRef, sheets};
use super::words::is_plan_title;
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{
    AmountKey, AmountTable, Amounts, Decimal, FiscalYear, PhaseDeclaration, PhaseKind, Report, Sheet, Strategy,
    SubItem, Value, ValueContent, grouped,
};
use crate::totals;

pub(super) const LINT: Lint = Lint {
    rule: Rule::SettlementBudget,
    title: Bilingual {
        ja: "決算額が予算額を上回る、または 0 以下である",
        en: "a settlement above its budget, zero or negative",
    },
    explanation: Bilingual {
        ja: "決算額は、補正、繰越し、流用を含む予算の範囲に収まります。上回るときは、予算額と決算額の入れ違い、桁の間違い、\
             ほかの年度の額の貼り付けがよくある原因です。同じ調書の、同じ年度で最も確定に近い予算（内訳の合計である予算現額など）と\
             比べます。内訳の合計と宣言されていない予算は、補正や流用の前の額であることもあるため、5%までの超過は認めます。\
             本文の実績や理由に中止、縮小などの記載があれば、\
             小さな超過も指摘します。予算が「—」などで金額のない年度の決算額も、\
             本文に中止などの記載があるか、ほかの年度の予算・計画と同額のとき指摘します。当初予算しかないときは比べません。予算のある年度の決算額 0 と、負の決算額も指摘します。\
             人工と、人件費など `[money]` の種類の金額は比べません。",
        en: "A settlement stays within the budget, including supplements, carry-over and transfers. If it exceeds it, the two \
             were often swapped, a digit is wrong, or an amount of another year was pasted. It is compared with the most final \
             budget of the year in the same sheet (a sum such as 予算現額 before its addends), but not with an initial \
             budget alone. A budget that is not declared as a sum can precede supplements or transfers; an excess of up to 5% of it \
             is accepted, unless the text says that something was cancelled or reduced (中止, 縮小). A settlement whose budget is printed as a placeholder is reported with such a text, or if it is a budget or plan of \
             another year. A settlement of 0 although there is a budget, and a negative settlement, are reported too. Staff \
             and kinds of `[money]` such as labour are not compared.",
    },
    example: concat!("[money]\n", "budget.R5 = 6909\n", "settlement.R5 = 9463"),
    remedy: Bilingual {
        ja: "予算額と決算額を、資料のとおりに直してください。資料のとおりなら、理由を書いて確認済みにしてください。",
        en: "Write the budget and the settlement of the source. If they are as printed, acknowledge the finding with the reason.",
    },
    confidence: Confidence::Likely,
    run,
};

/// Share of a budget that is not declared as a final one by which transfers and supplements can exceed it.
const TRANSFER: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

fn run(report: &Report, findings: &mut Findings) {
    for item in sheets(report) {
        compare(item, None, AmountTable::Money, &item.sheet.money, findings);
        for (index, amounts) in &item.sheet.items {
            compare(item, item.node.items.get(*index), AmountTable::Money, amounts, findings);
        }
        // Totals contain the excess of their rows, which is reported there.
        if !item.sheet.total.is_empty() && totals::sum_node_in_edition(report, item.id, item.sheet.edition).is_empty() {
            compare(item, None, AmountTable::Total, &item.sheet.total, findings);
        }
    }
}

fn compare(
    item: SheetRef<'_>,
    sub_item: Option<&SubItem>,
    table: AmountTable,
    amounts: &Amounts,
    findings: &mut Findings,
) {
    let settlements = amounts.of_years().filter(|(key, ..)| key.is_base() && key.is_result());
    for (key, year, value) in settlements {
        let Some(settled) = value.exact() else { continue };
        let budget = final_budget(item.strategy, amounts, key, year);
        let Some((confidence, message)) = doubt(item, value, settled, budget) else { continue };
        let help = say!(
            ja: "予算額と決算額を資料と見比べてください",
            en: "compare the budget and the settlement with the source"
        );
        let path = AmountPath { item: sub_item, ..item.amount_path(table, key, Some(year)) };
        findings.add_as(confidence, value.span, Key::Amount(path), message, help);
    }
}

/// What is doubtful about a settlement.
fn doubt(
    item: SheetRef<'_>,
    value: &Value,
    settled: Decimal,
    budget: Option<Budget<'_>>,
) -> Option<(Confidence, Bilingual)> {
    let printed = &value.printed;
    if settled < Decimal::ZERO {
        let message = say!(
            ja: "決算額「{printed}」が負の数です",
            en: "the settlement `{printed}` is negative"
        );
        return Some((Confidence::Likely, message));
    }
    let Budget { value, is_final } = budget?;
    let budgeted = &value.printed;
    // A supplement can be missing; what was cancelled, or is an amount of another year, was not spent.
    let is_of_other_year = || {
        let mut others = item.sheet.money.of_years().filter(|(key, ..)| !key.is_result());
        others.any(|(_, _, other)| other.exact() == Some(settled))
    };
    let is_doubtful = || reduction(item.sheet).is_some() || is_of_other_year();
    if value.content == ValueContent::Missing && settled > Decimal::ZERO && is_doubtful() {
        let message = say!(
            ja: "決算額が「{printed}」ですが、予算額は「{budgeted}」です",
            en: "the settlement is `{printed}`, but the budget is `{budgeted}`"
        );
        return Some((Confidence::Possible, message));
    }
    let budget = value.exact()?;
    if settled.is_zero() && budget > Decimal::ZERO {
        let message = say!(
            ja: "決算額が「{printed}」ですが、予算額は「{budgeted}」です",
            en: "the settlement is `{printed}`, but the budget is `{budgeted}`"
        );
        return Some((Confidence::Possible, message));
    }
    let excess = settled.saturating_sub(budget);
    let tolerance = if is_final { Decimal::ZERO } else { budget.saturating_mul(TRANSFER) };
    let rounding = item.strategy.amounts.sum_tolerance;
    if budget < Decimal::ZERO || excess <= rounding {
        return None;
    }
    let reduced = (excess <= tolerance).then(|| reduction(item.sheet));
    if reduced == Some(None) {
        return None;
    }
    let excess = grouped(excess);
    if let Some(Some(words)) = reduced {
        let message = say!(
            ja: "決算額「{printed}」が、予算額「{budgeted}」を {excess} 上回っていますが、本文には「{words}」とあります",
            en: "the settlement `{printed}` exceeds the budget `{budgeted}` by {excess}, but the text says `{words}`"
        );
        return Some((Confidence::Possible, message));
    }
    let message = say!(
        ja: "決算額「{printed}」が、予算額「{budgeted}」を {excess} 上回っています",
        en: "the settlement `{printed}` exceeds the budget `{budgeted}` by {excess}"
    );
    Some((if is_final { Confidence::Likely } else { Confidence::Possible }, message))
}

/// Words of the text of a sheet by which less was done than planned.
fn reduction(sheet: &Sheet) -> Option<&'static str> {
    const WORDS: [&str; 10] = [
        "中止とな",
        "中止した",
        "中止し、",
        "取りやめ",
        "規模を縮小",
        "減額とな",
        "実績が減",
        "開催できなか",
        "実施できなか",
        "執行残",
    ];
    let texts = || sheet.sections.iter().filter(|section| !is_plan_title(&section.title));
    WORDS.into_iter().find(|word| texts().any(|section| section.prose.markdown.contains(word)))
}

/// The budget with which a settlement is compared.
struct Budget<'r> {
    value: &'r Value,
    /// True if it is the declared sum of others.
    is_final: bool,
}

/// The most final budget of a year; `None` if there is none, or only an initial one.
fn final_budget<'r>(
    strategy: &Strategy,
    amounts: &'r Amounts,
    settlement: AmountKey,
    year: FiscalYear,
) -> Option<Budget<'r>> {
    // A supplementary budget alone is no limit.
    let is_limit = |declared: &&PhaseDeclaration| {
        let is_initial = declared.title.as_deref().is_some_and(|title| title.contains("当初"));
        declared.phase.kind == PhaseKind::Budget
            && (!declared.sum.is_empty() || declared.phase.is_built_in() && !is_initial)
    };
    let printed = strategy.amounts.phases.iter().filter(is_limit).filter_map(|declared| {
        let value = amounts.get(AmountKey { phase: declared.phase, ..settlement }, Some(year))?;
        Some((declared, value))
    });
    let (declared, value) =
        printed.max_by_key(|(declared, _)| (!declared.sum.is_empty(), strategy.amounts.importance(declared.phase)))?;
    Some(Budget { value, is_final: !declared.sum.is_empty() })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn check(declared: &str, money: &str, expected: &[&str]) {
        let expected: Vec<String> = expected.iter().map(|line| format!("programs/a/2023.md:{line}")).collect();
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        Fixture::new()
            .append_to_strategy(declared)
            .with(program("a", money))
            .assert_finds("settlement-budget", &expected);
    }

    #[test]
    fn reports_settlements_above_the_budget() {
        check("", "[money]\nbudget.R5 = 9463\nsettlement.R5 = 9463", &[]);
        check("", "[money]\nbudget.R5 = 6909\nsettlement.R5 = 9463", &["4"]);
        check("", "[money]\nbudget.R6 = 6909\nsettlement.R5 = 9463", &[]);
        check("", "[staff]\nbudget.R5 = 1\nactual.R5 = 2", &[]);
    }

    #[test]
    fn reports_settlements_of_zero_and_below() {
        check("", "[money]\nbudget.R5 = 10\nsettlement.R5 = 0", &["4"]);
        check("", "[money]\nbudget.R5 = 0\nsettlement.R5 = 0", &[]);
        check("", "[money]\nsettlement.R5 = '▲3'", &["3"]);
        check("", "[money]\nbudget.R5 = 10\nsettlement.R5 = '-'", &[]);
    }

    #[test]
    fn reports_settlements_without_a_budget() {
        check("", "[money]\nbudget.R5 = '-'\nsettlement.R5 = 10\nplan.R6 = 10", &["4"]);
        check("", "[money]\nbudget.R5 = '-'\nsettlement.R5 = 10\nplan.R6 = 12", &[]);
        let cancelled = "[money]\nbudget.R5 = '-'\nsettlement.R5 = 10\n+++\n## 理由\n催しを中止した。\n";
        let content = Fixture::new().with(program("a", ""));
        content
            .file("programs/a/2023.md", &format!("+++\n{cancelled}"))
            .assert_finds("settlement-budget", &["programs/a/2023.md:4"]);
        check("", "[money]\nbudget.R5 = '-'\nsettlement.R5 = 0", &[]);
        check("", "[money]\nsettlement.R5 = 10", &[]);
    }

    #[test]
    fn a_small_excess_contradicts_a_reduction() {
        let check = |title: &str, text: &str, expected: &[&str]| {
            let sheet = "+++\n[money]\nbudget.R5 = 9463\nsettlement.R5 = 9609\n+++\n";
            let content = Fixture::new().with(program("a", ""));
            content
                .file("programs/a/2023.md", &format!("{sheet}## {title}\n{text}\n"))
                .assert_finds("settlement-budget", expected);
        };
        check("理由", "ツアーを12回行った。", &[]);
        check("理由", "ツアーは全て中止となった。", &["programs/a/2023.md:4"]);
        check("今後の方針", "ツアーは全て中止となった。", &[]);
    }

    #[test]
    fn compares_with_the_most_final_budget() {
        let phases = "[[phase]]\nid = 'initial'\ntitle = '当初'\nlike = 'budget'\n\
            [[phase]]\nid = 'extra'\ntitle = '補正'\nlike = 'budget'\n\
            [[phase]]\nid = 'current'\ntitle = '予算現額'\nlike = 'budget'\nsum = ['initial', 'extra']";
        let money = "[money]\ninitial.R5 = 100\nextra.R5 = 50\ncurrent.R5 = 150\nsettlement.R5 = ";
        check(phases, &format!("{money}149"), &[]);
        check(phases, &format!("{money}151"), &["6"]);
        check(phases, "[money]\ninitial.R5 = 100\nsettlement.R5 = 151", &[]);
    }

    #[test]
    fn compares_sub_items_and_totals_without_rows() {
        let item = "+++\nname = 'A'\n[[item]]\nid = 'i'\nname = 'I'\n+++\n";
        Fixture::new()
            .with(program("a", "[item.i.money]\nbudget.R5 = 5\nsettlement.R5 = 6"))
            .file("programs/a/program.md", item)
            .assert_finds("settlement-budget", &["programs/a/2023.md:4"]);
        Fixture::new()
            .policy("1", &[])
            .file("policies/1/2023.md", "+++\n[total]\nbudget.R5 = 5\nsettlement.R5 = 6\n+++\n")
            .assert_finds("settlement-budget", &["policies/1/2023.md:4"]);
    }
}
