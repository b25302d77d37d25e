//! Amounts of sub-items (細事業) beside each other, within one sheet.

use super::super::Findings;
use super::super::visit::{AmountPath, Key, sheets};
use super::nearest;
use crate::diagnostic::say;
use crate::model::{AmountKey, AmountTable, Amounts, FiscalYear, Report};
use std::collections::BTreeSet;

/// Reports the only amount that a sub-item lacks, if all others and the whole have it.
pub(super) fn check(report: &Report, findings: &mut Findings) {
    for item in sheets(report).filter(|item| item.sheet.unwritten.is_empty()) {
        for (index, own) in &item.sheet.items {
            let others: Vec<&Amounts> =
                item.sheet.items.iter().filter(|(other, _)| *other != index).map(|(_, other)| other).collect();
            let has = |amounts: &Amounts, column: &(AmountKey, FiscalYear)| amount(amounts, *column).is_some();
            let mut columns: BTreeSet<(AmountKey, FiscalYear)> =
                item.sheet.money.of_years().map(|(key, year, _)| (key, year)).collect();
            columns.retain(|column| !has(own, column) && others.iter().all(|other| has(other, column)));
            let mut columns = columns.into_iter();
            // More than one is the form of the sub-item.
            let (Some((key, year)), None) = (columns.next(), columns.next()) else { continue };
            let number = |amounts: &Amounts| amount(amounts, (key, year)).and_then(crate::model::Value::decimal);
            let sum = others.iter().map(|other| number(other)).sum::<Option<crate::model::Decimal>>();
            let is_whole = sum.is_some() && sum == number(&item.sheet.money);
            if others.is_empty() || is_whole {
                continue;
            }
            let Some(span) = nearest(own, key, year) else { continue };
            let of = item.node.items.get(*index);
            let path = Key::Amount(AmountPath { item: of, ..item.amount_path(AmountTable::Money, key, Some(year)) });
            let (cell, count) = (path.to_string(), others.len());
            let message = say!(
                ja: "`{cell}` がありません。全体と、ほかの細事業（{count}件）にはあります",
                en: "there is no `{cell}`, but the whole and all other sub-items ({count}) have it"
            );
            let help = say!(
                ja: "資料の額を書いてください。資料で空欄なら、`{cell}` に `\"-\"` などと書いてください",
                en: "write the amount of the source; if it is empty there, write a placeholder such as `\"-\"`"
            );
            findings.add(span, path, message, help);
        }
    }
}

fn amount(amounts: &Amounts, (key, year): (AmountKey, FiscalYear)) -> Option<&crate::model::Value> {
    amounts.of_years().find(|(other, of, _)| (*other, *of) == (key, year)).map(|(.., value)| value)
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{Fixture, program};

    fn check(whole: u32, last: &str, expected: &[&str]) {
        let node = ["i", "j", "k"].map(|id| format!("[[item]]\nid = '{id}'\nname = 'item {id}'\n")).concat();
        let own = |id: &str| format!("[item.{id}.money]\nbudget.R4 = 1\nbudget.R5 = 2\n");
        let items = [own("i"), own("j"), format!("[item.k.money]\nbudget.R4 = 1\n{last}")].concat();
        let sheet = format!("[money]\nbudget.R4 = 3\nbudget.R5 = {whole}\n{items}");
        let content = Fixture::new().with(program("a", &sheet));
        let content = content.file("programs/a/program.md", &format!("+++\nname = 'A'\n{node}+++\n"));
        content.assert_finds("missing-amount", expected);
    }

    #[test]
    fn reports_the_amount_that_only_one_sub_item_lacks() {
        check(6, "budget.R5 = 2", &[]);
        check(6, "", &["programs/a/2023.md:12"]);
        check(6, "budget.R5 = '-'", &[]);
    }

    #[test]
    fn others_that_add_up_to_the_whole_leave_nothing_to_a_sub_item() {
        check(4, "", &[]);
    }
}
