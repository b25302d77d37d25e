//! The rule `item-sum`.

use super::visit::{Key, SheetRef, sheets};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{AmountKey, AmountTable, Decimal, FiscalYear, Report, StrategyIx, grouped};
use std::collections::HashMap;

pub(super) const LINT: Lint = Lint {
    rule: Rule::ItemSum,
    title: Bilingual {
        ja: "事業の金額が、細事業の金額の合計と合わない",
        en: "an amount that is not the sum of the sub-items",
    },
    explanation: Bilingual {
        ja: "細事業（`[[item]]`）の金額の合計を、事業の同じ欄の金額と比べます。細事業が事業の一部だけのこともあるため、\
             計画の欄の4分の3以上（3欄以上）で合計が合っている場合に、合わない欄を指摘します。合計のほうが大きいときは、\
             いつも指摘します。`sum_tolerance` までの差は指摘しません。",
        en: "The amounts of the sub-items (`[[item]]`) are added up and compared with the amount of the program in the same \
             column. Because sub-items can be only a part of the program, columns that differ are reported if at least three, \
             and three quarters, of the columns of the strategy add up; a sum greater than the amount is always reported. \
             Differences up to `sum_tolerance` are accepted.",
    },
    example: concat!(
        "[money]\n",
        "budget.R6 = 5080\n",
        "[item.a.money]\n",
        "budget.R6 = 3190\n",
        "[item.b.money]\n",
        "budget.R6 = 1980           # 1890"
    ),
    remedy: Bilingual {
        ja: "事業か細事業の金額を、資料のとおりに直してください。",
        en: "Write the amounts of the source in the program or in the sub-items.",
    },
    confidence: Confidence::Certain,
    run,
};

/// Number of columns of a strategy that must add up.
const MIN_COLUMNS: usize = 3;

fn run(report: &Report, findings: &mut Findings) {
    let columns: Vec<Column<'_>> =
        sheets(report).filter(|item| !item.sheet.items.is_empty()).flat_map(columns).collect();
    let mut fitting: HashMap<StrategyIx, (usize, usize)> = HashMap::new();
    for column in &columns {
        let (fit, all) = fitting.entry(column.item.id.strategy).or_default();
        *fit += usize::from(column.adds_up());
        *all += 1;
    }
    for column in columns.into_iter().filter(|column| !column.adds_up()) {
        let (fit, all) = fitting.get(&column.item.id.strategy).copied().unwrap_or_default();
        let usually_adds_up = fit >= MIN_COLUMNS && fit.saturating_mul(4) >= all.saturating_mul(3);
        if !usually_adds_up && column.sum < column.whole {
            continue;
        }
        let Some(value) = column.item.sheet.money.get(column.key, Some(column.year)) else { continue };
        let (printed, count, sum) = (&value.printed, column.count, grouped(column.sum));
        let difference = grouped(column.whole.saturating_sub(column.sum).abs());
        let message = say!(
            ja: "細事業（{count}）の合計 {sum} が、事業の「{printed}」と合いません（差 {difference}。ほかの {all} 欄のうち {fit} 欄は合っています）",
            en: "the sub-items ({count}) add up to {sum}, not to `{printed}` of the program (a difference of {difference}; \
                 {fit} of {all} columns add up)"
        );
        let help = say!(
            ja: "事業と細事業の金額を資料と見比べてください",
            en: "compare the amounts of the program and of its sub-items with the source"
        );
        let confidence = if usually_adds_up { Confidence::Certain } else { Confidence::Likely };
        let path = column.item.amount_path(AmountTable::Money, column.key, Some(column.year));
        findings.add_as(confidence, value.span, Key::Amount(path), message, help);
    }
}

/// Amounts of a program and of all its sub-items in one year.
struct Column<'r> {
    item: SheetRef<'r>,
    key: AmountKey,
    year: FiscalYear,
    whole: Decimal,
    sum: Decimal,
    count: usize,
}

impl Column<'_> {
    fn adds_up(&self) -> bool {
        self.item.strategy.amounts.is_sum(AmountTable::Money, self.key.kind, self.whole, self.sum)
    }
}

/// Columns in which the program and all its sub-items have an amount; placeholders add nothing.
fn columns(item: SheetRef<'_>) -> impl Iterator<Item = Column<'_>> {
    item.sheet.money.of_years().filter_map(move |(key, year, value)| {
        let is_additive = item.strategy.amounts.is_additive(key.kind);
        let whole = value.exact().filter(|_| is_additive)?;
        let parts: Option<Vec<_>> = item.sheet.items.values().map(|amounts| amounts.get(key, Some(year))).collect();
        let parts = parts.filter(|_| item.sheet.items.len() == item.node.items.len())?;
        let numbers: Option<Vec<Decimal>> =
            parts.into_iter().filter(|part| !part.is_missing()).map(crate::model::Value::exact).collect();
        let numbers = numbers.filter(|numbers| numbers.len() > 1)?;
        let sum = numbers.iter().fold(Decimal::ZERO, |sum, number| sum.saturating_add(*number));
        Some(Column { item, key, year, whole, sum, count: numbers.len() })
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn check(whole: [u32; 4], expected: &[&str]) {
        let node = "+++\nname = 'A'\n[[item]]\nid = 'i'\nname = 'I'\n[[item]]\nid = 'j'\nname = 'J'\n+++\n";
        let year = |prefix: u32, amounts: [u32; 4]| {
            let years = amounts.iter().enumerate();
            let lines: Vec<String> =
                years.map(|(at, amount)| format!("budget.R{} = {}", at + 2, amount + prefix)).collect();
            lines.join("\n")
        };
        let sheet = format!(
            "[money]\n{}\n[item.i.money]\n{}\n[item.j.money]\n{}",
            year(0, whole),
            year(0, [10, 20, 30, 40]),
            year(0, [1, 2, 3, 4])
        );
        Fixture::new()
            .with(program("a", &sheet))
            .file("programs/a/program.md", node)
            .assert_finds("item-sum", expected);
    }

    #[test]
    fn reports_the_column_that_does_not_add_up() {
        check([11, 22, 33, 44], &[]);
        check([11, 22, 33, 45], &["programs/a/2023.md:6"]);
        check([11, 22, 33, 43], &["programs/a/2023.md:6"]);
    }

    #[test]
    fn sub_items_can_be_a_part_of_the_program() {
        check([111, 122, 133, 144], &[]);
        check([111, 122, 133, 43], &["programs/a/2023.md:6"]);
    }
}
