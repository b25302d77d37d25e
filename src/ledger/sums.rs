//! Sums that the mapping asks to verify: sources of funding add up to their amount, and kinds of money to their total.

use super::cell::{Figure, FigureKind, Findings, Origin};
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
    /// The total or a summand is no exact number, and the others are not the total.
    Unknown,
    /// Neither the total nor a summand is printed.
    Nothing,
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
        Outcome::Nothing => {}
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
    let blank = amount.sources.saturating_sub(amount.funding.len());
    let shares = amount.funding.iter().map(|(_, share)| Some(share));
    outcome(amount, &shares.chain(std::iter::repeat_n(None, blank)).collect::<Vec<_>>())
}

fn kinds(node: &NodeFact, key: &AmountKey, amount: &AmountFact) -> Outcome {
    let addends = amount.sum.iter().map(|id| {
        let id = (id != "base").then(|| id.clone());
        node.amounts.get(&AmountKey { id, ..key.clone() })?.figure.as_ref()
    });
    outcome(amount, &addends.collect::<Vec<_>>())
}

/// Adds up figures. Blank cells and placeholders add nothing: the sum is right if the others are the total, and wrong
/// only if all are numbers. Proposals count by the same rule.
fn outcome(amount: &AmountFact, addends: &[Option<&Figure>]) -> Outcome {
    let is_open = |figure: &Figure| figure.kind == FigureKind::Missing;
    let numbers: Vec<Option<Decimal>> = addends.iter().map(|addend| addend.and_then(Figure::exact)).collect();
    let has_gap = addends.iter().flatten().any(|figure| figure.exact().is_none() && !is_open(figure));
    let added = numbers.iter().flatten().copied().sum::<Decimal>();
    match amount.figure.as_ref().map(|figure| (figure.exact(), is_open(figure))) {
        None | Some((None, true)) if numbers.iter().all(Option::is_none) => Outcome::Nothing,
        Some((Some(total), _)) if total == added && !has_gap => Outcome::Right,
        Some((Some(total), _)) if numbers.iter().all(Option::is_some) => Outcome::Wrong { sum: added, total },
        _ => Outcome::Unknown,
    }
}
