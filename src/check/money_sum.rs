//! The rule `money-sum`.

use super::visit::{AmountPath, Key, SheetRef, sheets};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{AmountKey, AmountTable, Amounts, Decimal, Report, SubItem, Value, grouped};

pub(super) const LINT: Lint = Lint {
    rule: Rule::MoneySum,
    title: Bilingual {
        ja: "総コストや予算現額が、その内訳の合計と合わない",
        en: "an amount that is not the sum of its kinds, phases or sources",
    },
    explanation: Bilingual {
        ja: "strategy.toml の `[[money]]` や `[[phase]]` に `sum` があれば、記載された額（総コスト、予算現額など）を\
             内訳（事業費と人件費、当初予算と補正予算など）の合計と比べます。財源（`funding`）の合計も、もとの額と比べます。\
             `sum_tolerance` までの差は指摘しません。「-」などの記号は 0 として足します。内訳のどれかが記載されていない額は調べません。",
        en: "If a `[[money]]` or `[[phase]]` of strategy.toml has a `sum`, its printed amounts are compared with the \
             sum of the kinds or phases that it names, and any amount with the sum of its sources (`funding`). \
             Differences up to `sum_tolerance` are accepted; placeholders such as `-` add nothing. Amounts with an addend \
             that is not printed are not compared.",
    },
    example: concat!(
        "[money]\n",
        "settlement.R6 = { value = 12160, funding = { kuni = 4000, ippan = 8100 } }    # 12,100"
    ),
    remedy: Bilingual {
        ja: "合計か内訳を、資料のとおりの数字に直してください。資料が四捨五入で合わないときは、strategy.toml に `sum_tolerance` を書いてください。",
        en: "Write the figures of the source. If the source does not add up because it is rounded, declare `sum_tolerance` in strategy.toml.",
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for item in sheets(report) {
        for (table, amounts) in item.sheet.amount_tables() {
            compare(AmountsOf { item, sub_item: None, table, amounts }, findings);
        }
        for (index, amounts) in &item.sheet.items {
            let sub_item = item.node.items.get(*index);
            compare(AmountsOf { item, sub_item, table: AmountTable::Money, amounts }, findings);
        }
    }
}

/// Table of amounts with the sheet that holds it.
#[derive(Clone, Copy)]
struct AmountsOf<'r> {
    item: SheetRef<'r>,
    sub_item: Option<&'r SubItem>,
    table: AmountTable,
    amounts: &'r Amounts,
}

fn compare(of: AmountsOf<'_>, findings: &mut Findings) {
    let declared = &of.item.strategy.amounts;
    for (key, year, value) in of.amounts.all() {
        let kinds = declared.kind(of.table, key.kind).map_or(&[][..], |kind| &kind.sum);
        let kinds = kinds.iter().map(|kind| of.amounts.get(AmountKey { kind: *kind, ..key }, year));
        let phases = declared.phase_declaration(key.phase).map_or(&[][..], |phase| &phase.sum);
        let phases = phases.iter().map(|phase| of.amounts.get(AmountKey { phase: *phase, ..key }, year));
        let funding = value.funding.iter().map(|share| Some(&share.value));
        let addends = [
            (kinds.collect::<Vec<_>>(), say!(ja: "種類", en: "kinds")),
            (phases.collect(), say!(ja: "欄", en: "phases")),
            (funding.collect(), say!(ja: "財源", en: "sources")),
        ];
        for (addends, name) in addends {
            let path = AmountPath { item: of.sub_item, ..of.item.amount_path(of.table, key, year) };
            let (Some(printed), Some(numbers)) = (value.exact(), numbers(&addends)) else { continue };
            let sum = numbers.iter().fold(Decimal::ZERO, |sum, number| sum.saturating_add(*number));
            if !declared.is_sum(of.table, key.kind, printed, sum) {
                let difference = grouped(printed.saturating_sub(sum).abs());
                let (sum, printed, count) = (grouped(sum), &value.printed, numbers.len());
                let (ja, en) = (&name.ja, &name.en);
                let message = say!(
                    ja: "{ja}（{count}）の合計 {sum} が、「{printed}」と合いません（差 {difference}）",
                    en: "the {en} ({count}) add up to {sum}, not to `{printed}` (a difference of {difference})"
                );
                let help = say!(
                    ja: "合計と内訳を資料と見比べてください",
                    en: "compare the sum and its addends with the source"
                );
                findings.add(value.span, Key::Amount(path), message, help);
            }
        }
    }
}

/// Numbers of `addends`. Placeholders (`-`) count as zero. `None` if any addend is not printed or is not an exact
/// number, or if all are placeholders.
fn numbers(addends: &[Option<&Value>]) -> Option<Vec<Decimal>> {
    let addends: Option<Vec<&Value>> = addends.iter().copied().collect();
    let numbers: Option<Vec<Decimal>> =
        addends?.into_iter().filter(|addend| !addend.is_missing()).map(Value::exact).collect();
    numbers.filter(|numbers| !numbers.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    const DECLARED: &str = "[[money]]\nid = 'labour'\ntitle = '人件費'\n\
        [[money]]\nid = 'whole'\ntitle = '総コスト'\nsum = ['base', 'labour']\n\
        [[money]]\nid = 'unit'\ntitle = '単位コスト'\nunit = '円'\nadditive = false\nsum = ['base']\n\
        [[phase]]\nid = 'initial'\ntitle = '当初'\nlike = 'budget'\n\
        [[phase]]\nid = 'extra'\ntitle = '補正'\nlike = 'budget'\n\
        [[phase]]\nid = 'current'\ntitle = '予算現額'\nlike = 'budget'\nsum = ['initial', 'extra']\n\
        [[funding]]\nid = 'national'\ntitle = '国'\n[[funding]]\nid = 'general'\ntitle = '一般財源'\n";

    fn check_with(tolerance: &str, money: &str, expected: &[&str]) {
        let expected: Vec<String> = expected.iter().map(|line| format!("programs/a/2023.md:{line}")).collect();
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        Fixture::new()
            .prepend_to_strategy(tolerance)
            .append_to_strategy(DECLARED)
            .with(program("a", money))
            .assert_finds("money-sum", &expected);
    }

    fn check(money: &str, expected: &[&str]) {
        check_with("", money, expected);
    }

    #[test]
    fn compares_kinds_in_each_phase_and_year() {
        check("[money]\nsettlement.R5 = 10\nlabour.settlement.R5 = 5\nwhole.settlement.R5 = 15", &[]);
        check("[money]\nsettlement.R5 = 10\nlabour.settlement.R5 = 5\nwhole.settlement.R5 = 16", &["5"]);
        check("[money]\nsettlement.R5 = 10\nlabour.settlement.R4 = 5\nwhole.settlement.R5 = 16", &[]);
        check("[money]\nplan.all = 10\nlabour.plan.all = 5\nwhole.plan.all = 14", &["5"]);
    }

    #[test]
    fn compares_phases_in_each_year() {
        check("[money]\ninitial.R5 = 10\nextra.R5 = '▲3'\ncurrent.R5 = 7", &[]);
        check("[money]\ninitial.R5 = 10\nextra.R5 = '▲3'\ncurrent.R5 = 13", &["5"]);
    }

    #[test]
    fn compares_sources_with_their_amount() {
        check("[money]\nbudget.R5 = { value = 12, funding = { national = 4, general = 8 } }", &[]);
        check("[money]\nbudget.R5 = { value = 12, funding = { national = 4, general = 7 } }", &["3"]);
        check("[money]\nbudget.R5 = { value = 12, funding = { national = 12, general = '-' } }", &[]);
        check("[money]\nbudget.R5 = { value = 12, funding = { national = 4, general = '-' } }", &["3"]);
        check("[money]\nbudget.R5 = { value = 12, funding = { national = '約4', general = 8 } }", &[]);
    }

    #[test]
    fn accepts_rounding_in_the_money_unit_only() {
        let whole = |whole: u32| {
            format!("[money]\nsettlement.R5 = 10\nlabour.settlement.R5 = 5\nwhole.settlement.R5 = {whole}")
        };
        check_with("sum_tolerance = 2\n", &whole(17), &[]);
        check_with("sum_tolerance = 2\n", &whole(13), &[]);
        check_with("sum_tolerance = 2\n", &whole(18), &["5"]);
        check_with("sum_tolerance = 2\n", "[money]\nsettlement.R5 = 10\nunit.settlement.R5 = 11", &["4"]);
    }
}
