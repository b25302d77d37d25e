//! Sums that the mapping asks to verify: sources of funding add up to their amount, and kinds of money to their total.

use super::cell::{Findings, Origin};
use super::error::Place;
use super::facts::{AmountFact, AmountKey, Counts, Facts, NodeFact};
use crate::diagnostic::say;
use crate::model::{Decimal, grouped};

/// Result of a sum.
enum Outcome {
    Right,
    Wrong {
        sum: Decimal,
        total: Decimal,
    },
    /// A summand or the total is blank, missing, or not exact.
    Unknown,
}

/// Verifies all sums. A correction that confirms the amount as printed accepts its sums too.
pub fn check(facts: &mut Facts, findings: &Findings, place: impl Fn(Origin) -> Place) {
    let mut counts = facts.counts;
    for node in &facts.nodes {
        for (key, amount) in node.amounts.iter().filter(|(_, amount)| amount.is_checked) {
            if amount.sources > 0 {
                verify(amount, funding(amount), &mut counts, |sum, total| {
                    findings.report(
                        place(amount.origin),
                        say!(ja: "財源の和 {sum} が金額 {total} と違います", en: "the sources add up to {sum}, not to {total}"),
                        remedy(),
                    );
                });
            }
            if !amount.sum.is_empty() {
                verify(amount, kinds(node, key, amount), &mut counts, |sum, total| {
                    findings.report(
                        place(amount.origin),
                        say!(ja: "内訳の和 {sum} が {total} と違います", en: "the kinds add up to {sum}, not to {total}"),
                        remedy(),
                    );
                });
            }
        }
    }
    facts.counts = counts;
}

fn remedy() -> crate::diagnostic::Bilingual {
    say!(
        ja: "台帳を確認し、`[[fix]]` で訂正してください。資料のとおりであれば `is` と `to` に同じ値を書いてください",
        en: "examine the ledger and write a `[[fix]]`; if it is as printed, write the same value as `is` and `to`"
    )
}

fn verify(amount: &AmountFact, outcome: Outcome, counts: &mut Counts, report: impl FnOnce(String, String)) {
    match outcome {
        Outcome::Right => counts.sums += 1,
        Outcome::Unknown => counts.unchecked_sums += 1,
        Outcome::Wrong { sum, total } => {
            counts.sums += 1;
            counts.wrong_sums += 1;
            if !amount.figure.as_ref().is_some_and(|figure| figure.shown.is_fixed) {
                report(grouped(sum), grouped(total));
            }
        }
    }
}

fn funding(amount: &AmountFact) -> Outcome {
    let shares = amount.funding.iter().map(|(_, share)| share.exact());
    let complete = amount.funding.len() == amount.sources;
    outcome(amount, if complete { shares.sum::<Option<Decimal>>() } else { None })
}

fn kinds(node: &NodeFact, key: &AmountKey, amount: &AmountFact) -> Outcome {
    let addends = amount.sum.iter().map(|id| {
        let id = (id != "base").then(|| id.clone());
        node.amounts.get(&AmountKey { id, ..key.clone() })?.figure.as_ref()?.exact()
    });
    outcome(amount, addends.sum::<Option<Decimal>>())
}

fn outcome(amount: &AmountFact, sum: Option<Decimal>) -> Outcome {
    match sum.zip(amount.figure.as_ref().and_then(super::cell::Figure::exact)) {
        None => Outcome::Unknown,
        Some((sum, total)) if sum == total => Outcome::Right,
        Some((sum, total)) => Outcome::Wrong { sum, total },
    }
}
