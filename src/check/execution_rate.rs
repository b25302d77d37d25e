//! The rule `execution-rate`.

use super::visit::{AmountPath, Key};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{
    AmountKey, AmountKindIx, AmountTable, Decimal, FiscalYear, Node, Phase, PhaseKind, Report, Strategy, Value,
};

pub(super) const LINT: Lint = Lint {
    rule: Rule::ExecutionRate,
    title: Bilingual {
        ja: "執行率が、決算額と予算額から計算した率と違う",
        en: "an execution rate that differs from that of its amounts",
    },
    explanation: Bilingual {
        ja: "単位が % で、足し合わせない金額の種類（`additive = false`）を、決算額 ÷ 予算額と比べます。どの欄の予算で割った率かは\
             宣言されないため、計画の値の4分の3以上（3個以上）が合う欄があるときだけ、合わない値を指摘します。\
             切上げ、切捨て、四捨五入のどれかで一致すれば合うとみます。",
        en: "A kind of money in % that is not added up (`additive = false`) is compared with settlement ÷ budget. Because no \
             key declares by which phase of the budget it was divided, values are reported only if for one of the phases at \
             least three, and three quarters, of the values of the strategy agree. They may be rounded up or down.",
    },
    example: concat!(
        "budget.R5 = 57700\n",
        "settlement.R5 = 51362\n",
        "[money.rate]\n",
        "settlement.R5 = \"98.0%\"    # 89.0%"
    ),
    remedy: Bilingual {
        ja: "執行率、決算額、予算額を、資料のとおりに直してください。",
        en: "Write the rate, the settlement and the budget of the source.",
    },
    confidence: Confidence::Likely,
    run,
};

/// Number of equal rates from which the divisor is inferred.
const MIN_RATES: usize = 3;

fn run(report: &Report, findings: &mut Findings) {
    for (ix, strategy) in report.strategies() {
        let kinds = strategy.amounts.money.iter().enumerate();
        let in_percent = kinds
            .filter(|(_, kind)| !kind.additive && kind.unit.as_deref().is_some_and(|unit| ["%", "％"].contains(&unit)));
        for kind in in_percent.map(|(index, _)| AmountKindIx(index)) {
            let budgets = strategy.amounts.phases.iter().map(|declared| (declared.phase, &declared.sum));
            let nodes = || report.nodes(ix).map(|(_, node)| node);
            let by_phase = budgets.filter(|(phase, _)| phase.kind != PhaseKind::Settlement).map(|(budget, addends)| {
                let rates: Vec<Rate<'_>> = nodes().flat_map(|node| rates(node, kind, budget, addends)).collect();
                let equal = rates.iter().filter(|rate| rate.is_equal()).count();
                (equal, rates)
            });
            // The phase with most equal rates; the first of equal ones.
            let best = by_phase.reduce(|best, other| if other.0 > best.0 { other } else { best });
            let Some((equal, rates)) = best else { continue };
            if equal >= MIN_RATES && equal.saturating_mul(4) >= rates.len().saturating_mul(3) {
                let different = rates.iter().filter(|rate| !rate.is_equal());
                different.for_each(|rate| rate.report(strategy, (equal, rates.len()), findings));
            }
        }
    }
}

/// A printed rate, with the settlement and the budget of the year.
struct Rate<'r> {
    key: AmountKey,
    year: FiscalYear,
    value: &'r Value,
    printed: Decimal,
    settlement: &'r Value,
    budget: &'r Value,
    computed: Decimal,
    /// The rate of the sum of the phases that should add up to the budget. If it is the printed one, the budget is wrong,
    /// which `money-sum` reports.
    of_sum: Option<Decimal>,
}

fn rates<'r>(node: &'r Node, kind: AmountKindIx, budget: Phase, addends: &[Phase]) -> Vec<Rate<'r>> {
    // A later edition can revise an amount and not print the rate again.
    let sheets = node.sheets.iter().flat_map(|sheet| sheet.money.of_years().map(move |amount| (&sheet.money, amount)));
    let of_kind = sheets.filter(|(_, (key, ..))| key.kind == kind && key.is_result());
    let rates = of_kind.filter_map(|(money, (key, year, value))| {
        let amount = |phase: Phase| money.get(AmountKey::base(phase), Some(year));
        let (settlement, budget) = (amount(key.phase)?, amount(budget)?);
        let percent =
            |budget: Decimal| Some(settlement.exact()?.checked_div(budget)?.saturating_mul(Decimal::ONE_HUNDRED));
        let computed = percent(budget.exact()?)?;
        let addends = addends.iter().filter_map(|phase| amount(*phase)?.exact());
        let of_sum = percent(addends.fold(Decimal::ZERO, Decimal::saturating_add));
        Some(Rate { key, year, value, printed: value.exact()?, settlement, budget, computed, of_sum })
    });
    rates.collect()
}

impl Rate<'_> {
    /// Returns true if the printed rate is the computed one, rounded in any way.
    fn is_equal(&self) -> bool {
        let unit = Decimal::new(1, self.printed.scale());
        let prints = |rate: Decimal| self.printed.saturating_sub(rate).abs() < unit;
        prints(self.computed) || self.of_sum.is_some_and(prints)
    }

    fn report(&self, strategy: &Strategy, (equal, all): (usize, usize), findings: &mut Findings) {
        let computed = self.computed.round_dp(self.printed.scale());
        let (printed, settlement, budget) = (&self.value.printed, &self.settlement.printed, &self.budget.printed);
        let message = say!(
            ja: "執行率は「{printed}」ですが、決算額 {settlement} ÷ 予算額 {budget} は {computed}% です（{all}個の率のうち{equal}個は合っています）",
            en: "the rate is `{printed}`, but the settlement {settlement} ÷ the budget {budget} is {computed}% ({equal} of {all} rates agree)"
        );
        let help = say!(
            ja: "率、決算額、予算額を資料と見比べてください",
            en: "compare the rate, the settlement and the budget with the source"
        );
        let path = AmountPath { strategy, item: None, table: AmountTable::Money, key: self.key, year: Some(self.year) };
        findings.add(self.value.span, Key::Amount(path), message, help);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn check(last: &str, expected: &[&str]) {
        let kind = "[[money]]\nid = 'rate'\ntitle = '執行率'\nunit = '%'\nadditive = false";
        let sheet = format!(
            "[money]\nbudget.R2 = 300\nbudget.R3 = 100\nbudget.R4 = 200\nbudget.R5 = 57700\n\
             settlement.R2 = 200\nsettlement.R3 = 98\nsettlement.R4 = 200\nsettlement.R5 = 51362\n\
             [money.rate]\nsettlement.R2 = '66.7'\nsettlement.R3 = '98.0%'\nsettlement.R4 = 100\nsettlement.R5 = '{last}'"
        );
        Fixture::new().append_to_strategy(kind).with(program("a", &sheet)).assert_finds("execution-rate", expected);
    }

    #[test]
    fn reports_the_rate_that_differs_from_its_amounts() {
        check("89.0%", &[]);
        check("89", &[]);
        check("98.0%", &["programs/a/2023.md:15"]);
    }
}
