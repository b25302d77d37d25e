//! Codes of accounts that contradict the order of 款 and 項 in the regulation on local budgets (地方自治法施行規則別記), for the rule
//! `account-code`: 06商工費 between 03民生費 and 10教育費. Municipalities omit or add some, but then all later codes move too.

use super::account_code::{number, split, steps};
use crate::diagnostic::{Bilingual, Span, say};
use crate::model::{Report, StrategyIx};
use std::collections::{BTreeMap, BTreeSet};

/// 款 in the order of the regulation.
const ORDER: [&str; 14] = [
    "議会費",
    "総務費",
    "民生費",
    "衛生費",
    "労働費",
    "農林水産業費",
    "商工費",
    "土木費",
    "消防費",
    "教育費",
    "災害復旧費",
    "公債費",
    "諸支出金",
    "予備費",
];
/// The first 項 of their 款.
const FIRST: [(&str, &str); 7] = [
    ("総務費", "総務管理費"),
    ("民生費", "社会福祉費"),
    ("衛生費", "保健衛生費"),
    ("農林水産業費", "農業費"),
    ("商工費", "商工費"),
    ("土木費", "土木管理費"),
    ("教育費", "教育総務費"),
];

/// Steps of the general account whose code is out of order, with their span and the message.
pub(super) fn out_of_order(report: &Report, ix: StrategyIx) -> Vec<(Span, Bilingual)> {
    let mut places: BTreeMap<(usize, i64), BTreeSet<Span>> = BTreeMap::new();
    let mut found = Vec::new();
    for account in report.nodes(ix).flat_map(|(_, node)| &node.accounts) {
        let steps = steps(&account.printed);
        let below = match steps.as_slice() {
            [fund, below @ ..] if split(fund).1 == "一般会計" => below,
            [fund, ..] if fund.ends_with("会計") => continue,
            all => all,
        };
        let mut below = below.iter().map(|step| split(step));
        let Some((kan_code, kan)) = below.next() else { continue };
        if let (Some(index), Some(code)) = (ORDER.iter().position(|name| *name == kan), number(kan_code)) {
            let position = i64::try_from(index + 1).unwrap_or_default();
            places.entry((index, i64::from(code) - position)).or_default().insert(account.span);
        }
        if let Some((code, name)) = below.next()
            && FIRST.contains(&(kan, name))
            && number(code).is_some_and(|number| number != 1)
        {
            let message = say!(
                ja: "「{code}{name}」は「{kan}」の最初の項ですが、番号が01ではありません",
                en: "`{code}{name}` is the first item of `{kan}`, but its code is not 01"
            );
            found.push((account.span, message));
        }
    }
    // Neighbours in the order whose codes are as far from it show that nothing is omitted or added between them.
    for ((index, offset), spans) in &places {
        let others = || places.iter().filter(|((other, _), _)| other != index);
        let lower = others().filter(|((other, _), _)| other < index).map(|((_, offset), _)| *offset);
        let upper = others().filter(|((other, _), _)| other > index).map(|((_, offset), _)| *offset);
        let (lower, upper): (BTreeSet<i64>, BTreeSet<i64>) = (lower.collect(), upper.collect());
        let is_between = lower.len() == 1 && lower == upper && !lower.contains(offset);
        if let Some(span) = spans.first().filter(|_| is_between && spans.len() == 1) {
            let usual = lower.first().copied().unwrap_or_default();
            let name = ORDER.get(*index).copied().unwrap_or_default();
            let position = i64::try_from(index + 1).unwrap_or_default();
            let (code, right) = (position + offset, position + usual);
            let message = say!(
                ja: "「{name}」の番号が{code:02}ですが、前後の款の番号の順では{right:02}です",
                en: "the code of `{name}` is {code:02}, but {right:02} in the order of the codes before and after it"
            );
            found.push((*span, message));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn check(accounts: &[&str], expected: &[&str]) {
        let content = accounts.iter().enumerate().fold(Fixture::new(), |content, (index, account)| {
            let node = format!("+++\nname = 'program {index}'\naccount = '01一般会計・{account}'\n+++\n");
            let id = format!("a{index}");
            content.with(program(&id, "")).file(&format!("programs/{id}/program.md"), &node)
        });
        content.assert_finds("account-code", expected);
    }

    #[test]
    fn codes_follow_the_order_of_the_regulation() {
        check(&["02総務費・01総務管理費", "07商工費・01商工費", "10教育費・05社会教育費"], &[]);
        check(
            &["02総務費・01総務管理費", "06商工費・01商工費", "10教育費・05社会教育費"],
            &["programs/a1/program.md:3"],
        );
        // 労働費 is omitted.
        check(&["02総務費・01総務管理費", "06商工費・01商工費", "09教育費・05社会教育費"], &[]);
    }

    #[test]
    fn the_first_item_has_the_first_code() {
        check(&["02総務費・02総務管理費"], &["programs/a0/program.md:3"]);
        check(&["02総務費・02徴税費"], &[]);
    }
}
