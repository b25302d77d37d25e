//! Linking of programs to rows of policies: home rows and repeats.

use super::LinkErrors;
use super::references::{resolve, resolve_node};
use crate::diagnostic::{Diagnostic, Rule, say};
use crate::model::{Kind, Node, NodeId, Owner, Place, Reference, ReferenceTarget, Report, Row, StrategyIx};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Drops rows whose program does not resolve, and reports every unresolved reference of a row, including those in
/// `also`. Returns the strategies with dropped rows.
pub(super) fn drop_unresolved(report: &mut Report, errors: &mut LinkErrors) -> BTreeSet<StrategyIx> {
    let mut incomplete = BTreeSet::new();
    for ix in (0..report.strategies.len()).map(|i| StrategyIx(i as u32)) {
        // `None` if all rows resolve, which is the usual case and needs no copy.
        let mut keep = |rows: &[Row]| -> Option<Vec<Row>> {
            let kept = rows.iter().filter(|row| {
                for also in &row.also {
                    resolve(report, ix, also, errors);
                }
                resolve_node(report, ix, &row.program, errors).is_some()
            });
            let kept: Vec<&Row> = kept.collect();
            let any_dropped = kept.len() < rows.len();
            any_dropped.then(|| {
                incomplete.insert(ix);
                kept.into_iter().cloned().collect()
            })
        };
        let strategy = report.strategy(ix);
        let strategy_rows = keep(&strategy.rows);
        let node_rows: Vec<Option<Vec<Row>>> = strategy.nodes.iter().map(|node| keep(&node.rows)).collect();
        let strategy = report.strategy_mut(ix);
        if let Some(rows) = strategy_rows {
            strategy.rows = rows;
        }
        for (node, rows) in strategy.nodes.iter_mut().zip(node_rows) {
            if let Some(rows) = rows {
                Arc::make_mut(node).rows = rows;
            }
        }
    }
    incomplete
}

/// Sets the programs of rows and the places of programs.
///
/// Missing rows are not reported for the strategies in `incomplete` or for strategies with errors in files that may
/// contain rows, since those may be the cause.
pub(super) fn link(report: &mut Report, incomplete: &BTreeSet<StrategyIx>, errors: &mut LinkErrors) {
    for ix in (0..report.strategies.len()).map(|i| StrategyIx(i as u32)) {
        let mut places: HashMap<NodeId, Vec<Place>> = HashMap::new();
        for owner in owners(report, ix) {
            let rows = match owner {
                Owner::Strategy(ix) => &report.strategy(ix).rows,
                Owner::Node(id) => &report.node(id).rows,
            };
            let programs: Vec<NodeId> =
                rows.iter().filter_map(|row| resolve_program(report, ix, &row.program)).collect();
            for (row, program) in programs.iter().enumerate() {
                places.entry(*program).or_default().push(Place { owner, row, counts: false });
            }
            *report.programs_mut(owner) = programs;
        }
        let programs: Vec<NodeId> =
            report.nodes(ix).filter(|(_, node)| node.kind == Kind::Program).map(|(id, _)| id).collect();
        let rows_are_complete = !incomplete.contains(&ix) && row_files_are_valid(report, ix, errors);
        for id in programs {
            let mut program_places = places.remove(&id).unwrap_or_default();
            check_homes(report, id, &program_places, errors);
            if rows_are_complete {
                check_has_row(report, id, &program_places, errors);
                check_variants(report, ix, id, &program_places, errors);
            }
            let counted = program_places.iter().position(|place| !report.row(*place).repeat).unwrap_or(0);
            if let Some(place) = program_places.get_mut(counted) {
                place.counts = true;
            }
            report.relations_mut(id).places = program_places;
        }
    }
}

/// All owners of rows in tree order: the strategy, then its goals and policies, each before its children.
fn owners(report: &Report, ix: StrategyIx) -> Vec<Owner> {
    let mut owners = vec![Owner::Strategy(ix)];
    let mut pending: Vec<NodeId> = report.roots(ix).iter().rev().copied().collect();
    while let Some(id) = pending.pop() {
        owners.push(Owner::Node(id));
        pending.extend(report.relations(id).children.iter().rev());
    }
    owners
}

/// Published program that a row refers to.
fn resolve_program(report: &Report, ix: StrategyIx, reference: &Reference) -> Option<NodeId> {
    match report.resolve(ix, reference) {
        Some(ReferenceTarget::Node(id)) => Some(id),
        _ => None,
    }
}

/// Returns true if no file that may contain rows has errors.
fn row_files_are_valid(report: &Report, ix: StrategyIx, errors: &LinkErrors) -> bool {
    let owners = report.nodes(ix).filter(|(_, node)| node.kind != Kind::Program);
    !errors.is_flawed(report.strategy(ix).span) && owners.into_iter().all(|(_, node)| !errors.is_flawed(node.span))
}

/// Reports all home rows (rows without `repeat`) of a program except the first.
fn check_homes(report: &Report, id: NodeId, places: &[Place], errors: &mut LinkErrors) {
    let node = report.node(id);
    let rows: Vec<&Row> = places.iter().map(|place| report.row(*place)).collect();
    if rows.iter().any(|row| errors.is_flawed(row.span)) {
        return;
    }
    for row in rows.into_iter().filter(|row| !row.repeat).skip(1) {
        let name = &node.id;
        let message = say!(
            ja: "事業 `{name}` の本来の行（再掲でない行）が2つ以上あります",
            en: "the program `{name}` has more than one home row (row without `repeat`)"
        );
        errors.add(Diagnostic::new(Rule::TwoHomes, row.span, message).rule_help());
    }
}

/// Reports a program without any row.
fn check_has_row(report: &Report, id: NodeId, places: &[Place], errors: &mut LinkErrors) {
    let node = report.node(id);
    if places.is_empty() {
        let name = &node.id;
        let message = say!(
            ja: "事業 `{name}` は、どの施策の行にも記載されていません",
            en: "the program `{name}` is not listed in any row of a policy"
        );
        errors.add(Diagnostic::new(Rule::ProgramWithoutRow, node.span, message).rule_help());
    }
}

/// Reports variants of a sheet for policies that have no row of the program.
fn check_variants(report: &Report, ix: StrategyIx, id: NodeId, places: &[Place], errors: &mut LinkErrors) {
    let policy_of = |place: &Place| match place.owner {
        Owner::Node(id) => Some(report.node(id)).filter(|node| node.kind == Kind::Policy),
        Owner::Strategy(_) => None,
    };
    let policies: Vec<&Node> = places.iter().filter_map(policy_of).collect();
    for variant in report.node(id).sheets.iter().flat_map(|sheet| &sheet.variants) {
        if policies.iter().any(|node| node.id == variant.policy) {
            continue;
        }
        let policy = &variant.policy;
        let message = say!(
            ja: "施策 `{policy}` に、この事業の行がありません",
            en: "the policy `{policy}` has no row of this program"
        );
        let is_policy = report.nodes(ix).any(|(_, node)| node.kind == Kind::Policy && node.id == *policy);
        let diagnostic = Diagnostic::new(Rule::VariantWithoutRow, variant.span, message).help(say!(
            ja: "ファイル名の `@` のあとには、この事業の行がある施策の id を記載してください",
            en: "the id after `@` in the file name must be that of a policy with a row of this program"
        ));
        let likely: Vec<&str> = policies.iter().map(|node| node.id.as_str()).collect();
        errors.add(if is_policy { diagnostic } else { diagnostic.suggest(policy, likely) });
    }
}
