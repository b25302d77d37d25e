//! Key facts of a strategy for the home page, which must not read the whole report: the comparison of its indicators with
//! their targets, its newest sum of money, its goals, and words to search for.

use super::mark_counts::has_marked_indicator;
use super::view::{by_relation, newest_sum};
use crate::assess::Assessments;
use crate::model::{AmountKindIx, AmountTable, FiscalYear, Kind, Report, StrategyIx};
use crate::totals;
use serde::{Deserialize, Serialize};

/// Most goals or policies that the home page names: strategies with more at the top have none.
const MAX_GOALS: usize = 24;

/// Number of words to search for, and their greatest length in characters.
const WORDS: usize = 3;
const WORD_LENGTH: usize = 8;

/// Numbers of indicators by the relation of their latest values to the targets of the same year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetCounts {
    /// Number of all indicators of the strategy.
    pub total: usize,
    /// Relations that occur (`reached`, `more`, `same`, `less`, `missed`), with their numbers of indicators.
    pub counts: Vec<(String, usize)>,
}

/// Newest sum of money, with each program counted once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewestSum {
    /// Declared title of its phase; `None` for the title of the interface.
    pub title: Option<String>,
    /// Key of the title of the interface for its kind of phase.
    pub phase: String,
    /// Key of its amounts in `[money]`: `settlement`.
    pub money: String,
    /// Fiscal year.
    pub year: FiscalYear,
    /// Unit: `千円`.
    pub unit: String,
    /// The sum, as a plain decimal number.
    pub net: String,
    /// True if programs are repeated (再掲), so that the sum is less than that of all rows.
    pub without_repeats: bool,
    /// True if the sum contains amounts of a year that was not yet over.
    pub interim: bool,
}

/// Goal or policy at the top of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopNode {
    /// Its page below the site root.
    pub path: String,
    /// Name of its level in the report: `基本目標`.
    pub label: String,
    /// Number as printed; `None` if it has none.
    pub number: Option<String>,
    /// Name.
    pub name: String,
}

/// Compares the indicators of a strategy with their targets. `None` if an indicator has a mark, or if none can be compared.
pub(super) fn target_counts(report: &Report, ix: StrategyIx) -> Option<TargetCounts> {
    if has_marked_indicator(report, ix) {
        return None;
    }
    let (total, groups) = by_relation(report, &Assessments::new(report), report.nodes(ix).map(|(id, _)| id));
    let counts: Vec<_> = groups.iter().map(|(relation, members)| (relation.key().to_owned(), members.len())).collect();
    (!counts.is_empty()).then_some(TargetCounts { total, counts })
}

/// Newest sum of a strategy; `None` if no row has an amount that counts.
pub(super) fn newest(report: &Report, ix: StrategyIx) -> Option<NewestSum> {
    let all = totals::sum_strategy(report, ix);
    let (year, key) = newest_sum(report, ix, AmountKindIx::BASE, &all)?;
    let sum = all.get(&key)?.get(&year)?;
    let amounts = &report.strategy(ix).amounts;
    let unit = amounts.kind(AmountTable::Money, key.kind).and_then(|kind| kind.unit.clone());
    Some(NewestSum {
        title: amounts.phase_title(key.phase).map(str::to_owned),
        phase: key.phase.kind.title_key().to_owned(),
        money: amounts.key(AmountTable::Money, key).to_string(),
        year,
        unit: unit.unwrap_or_else(|| report.strategy(ix).money_unit.clone()),
        net: sum.net_if_counted()?.to_string(),
        without_repeats: sum.gross != sum.net,
        interim: sum.interim > 0,
    })
}

/// Goals and policies at the top of the tree, or below its only root; none if they are too many for a list.
pub(super) fn top_nodes(report: &Report, ix: StrategyIx) -> Vec<TopNode> {
    let strategy = report.strategy(ix);
    let mut top = report.roots(ix);
    while let [root] = top {
        let children = &report.relations(*root).children;
        if children.is_empty() {
            break;
        }
        top = children;
    }
    let nodes = top.iter().filter(|_| top.len() <= MAX_GOALS).map(|id| {
        let node = report.node(*id);
        TopNode {
            path: super::address::node(report, *id).path().to_owned(),
            label: node.label.clone().unwrap_or_else(|| strategy.label(node.kind).to_owned()),
            number: node.number.clone(),
            name: node.name.clone(),
        }
    });
    nodes.collect()
}

/// Short names of policies and programs, as words to search for.
pub(super) fn words(report: &Report, ix: StrategyIx) -> Vec<String> {
    let of_kind = |kind| report.nodes(ix).filter(move |(_, node)| node.kind == kind);
    let names = [Kind::Policy, Kind::Program].into_iter().flat_map(of_kind).map(|(_, node)| &node.name);
    let mut words: Vec<String> = Vec::new();
    for name in names.filter(|name| name.chars().count() <= WORD_LENGTH) {
        if words.len() < WORDS && !words.contains(name) {
            words.push(name.clone());
        }
    }
    words
}
