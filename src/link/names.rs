//! Ids to places, and references that lead nowhere.

use super::LinkFindings;
use crate::diagnostic::{Diagnostic, Rule, Span, say};
use crate::model::{
    Kind, Names, Node, NodeId, OutsideId, Reference, ReferenceKind, Report, Strategy, StrategyIx, Target,
};
use std::sync::Arc;

/// Where every id of every strategy is.
pub(super) fn index(strategies: &[Strategy]) -> Names {
    let mut names = Names::default();
    for (place, strategy) in strategies.iter().enumerate() {
        let ix = StrategyIx(place as u32);
        names.strategies.insert(strategy.id.clone(), ix);
        let outside = strategy.outside.iter().enumerate().filter_map(|(i, outside)| {
            let ReferenceKind::Node(kind) = outside.reference.kind else { return None };
            let id = OutsideId { strategy: ix, outside: i as u32 };
            Some(((ix, kind, outside.reference.id.clone()), Target::Outside(id)))
        });
        names.nodes.extend(outside);
        // What is published counts, wherever else it is declared.
        let nodes = strategy.nodes.iter().enumerate().map(|(i, node)| {
            let id = NodeId { strategy: ix, node: i as u32 };
            ((ix, node.kind, node.id.clone()), Target::Node(id))
        });
        names.nodes.extend(nodes);
    }
    names
}

/// Reports what is declared outside though it is published, and former ids that are in use.
pub(super) fn check(report: &Report, found: &mut LinkFindings) {
    for (ix, strategy) in report.strategies() {
        let is_published =
            |kind: Kind, id: &str| matches!(report.names.nodes.get(&(ix, kind, id.to_owned())), Some(Target::Node(_)));
        for outside in &strategy.outside {
            let reference = &outside.reference;
            if let ReferenceKind::Node(kind) = reference.kind
                && is_published(kind, &reference.id)
            {
                let message = say!(
                    ja: "`{reference}` は公表されているので、`[[outside]]` には書けません",
                    en: "`{reference}` is published; it cannot be declared under `[[outside]]`"
                );
                found.report(Diagnostic::new(Rule::OutsidePublished, reference.span, message).remedy());
            }
        }
        for node in &strategy.nodes {
            for former in node.formerly.iter().filter(|former| is_published(node.kind, &former.id)) {
                let message = say!(
                    ja: "前の id「{id}」は、いま別の{label}が使っています",
                    en: "the former id `{id}` is in use by another {kind}",
                    id = &former.id,
                    kind = node.kind.key(),
                    label = strategy.label(node.kind)
                );
                let help = say!(ja: "`formerly` から消してください", en: "remove it from `formerly`");
                found.report(Diagnostic::new(Rule::DuplicateId, former.span, message).help(help));
            }
        }
    }
}

/// What `reference` means when it is written in the strategy `from`; reports it if it
/// means nothing, or something of another unit.
pub(super) fn resolve(
    report: &Report,
    from: StrategyIx,
    reference: &Reference,
    found: &mut LinkFindings,
) -> Option<Target> {
    let home = report.strategy(from);
    let named = match reference.kind {
        ReferenceKind::Strategy => Some(&reference.id),
        _ => reference.strategy.as_ref(),
    };
    let foreign = named.filter(|id| found.known.contains(id) && id.split('/').next() != Some(home.unit()));
    if let Some(other) = foreign {
        found.report(of_other_unit(reference.span, &home.id, other));
        return None;
    }
    let target = report.resolve(from, reference);
    if target.is_none() && !looked_in_flawed(report, home, reference, found) {
        found.report(unresolved(report, home, reference));
    }
    target
}

/// Whether what `reference` means may be missing because of another mistake.
fn looked_in_flawed(report: &Report, home: &Strategy, reference: &Reference, found: &LinkFindings) -> bool {
    let path = reference.strategy.as_deref().unwrap_or(&home.id);
    match (&reference.kind, named_strategy(report, path)) {
        (ReferenceKind::Strategy, _) | (_, None) => false,
        (ReferenceKind::Node(_), Some(strategy)) => found.is_flawed(strategy.span),
        (ReferenceKind::Indicator(kind, _), Some(strategy)) => {
            let node = strategy.nodes.iter().find(|node| node.kind == *kind && node.id == reference.id);
            found.is_flawed(node.map_or(strategy.span, |node| node.span))
        }
    }
}

/// The published node that `reference`, an id of one's own strategy, means; reports it if
/// there is none.
pub(super) fn resolve_node(
    report: &Report,
    from: StrategyIx,
    reference: &Reference,
    found: &mut LinkFindings,
) -> Option<NodeId> {
    let home = report.strategy(from);
    let target = report.resolve(from, reference);
    if let Some(Target::Node(id)) = target {
        return Some(id);
    }
    if target.is_none() && looked_in_flawed(report, home, reference, found) {
        return None;
    }
    let help = match reference.kind {
        ReferenceKind::Node(Kind::Goal) => say!(
            ja: "goals/ にフォルダーを作るか、strategy.toml の `[[goal]]` に書いてください",
            en: "make a folder for it under goals/, or declare it as a `[[goal]]` in strategy.toml"
        ),
        _ => say!(ja: "programs/ にフォルダーを作ってください", en: "make a folder for it under programs/"),
    };
    let diagnostic = match target {
        None => unresolved(report, home, reference),
        Some(_) => Diagnostic::new(
            Rule::UnresolvedLink,
            reference.span,
            say!(
                ja: "`{reference}` は `[[outside]]` にあり、公表されていません",
                en: "`{reference}` is declared under `[[outside]]`: it is not published"
            ),
        ),
    };
    let published = home.nodes.iter().filter(|node| ReferenceKind::Node(node.kind) == reference.kind);
    let published: Vec<_> = published.map(named).collect();
    let others = published.iter().map(|(id, _)| *id).filter(|id| *id != reference.id);
    let help = if target.is_none() { help.with_candidates(published.iter().copied()) } else { help };
    found.report(diagnostic.help(help).suggest(&reference.id, others));
    None
}

fn of_other_unit(span: Span, home: &str, other: &str) -> Diagnostic {
    let message = say!(
        ja: "{home} から {other} へはリンクできません",
        en: "{home} cannot link to {other}"
    );
    Diagnostic::new(Rule::OtherUnit, span, message).help(say!(
        ja: "リンクできるのは同じ団体の戦略どうしだけです（団体ごとに単独でも公開できるように）",
        en: "only strategies of one municipality link to each other, so that each can be built alone"
    ))
}

fn unresolved(report: &Report, home: &Strategy, reference: &Reference) -> Diagnostic {
    let message = say!(ja: "`{reference}` というものはありません", en: "there is no `{reference}`");
    let diagnostic = Diagnostic::new(Rule::UnresolvedLink, reference.span, message);
    let path = reference.strategy.as_deref().unwrap_or(&home.id);
    let known = named_strategy(report, path);
    let Some(strategy) = known.filter(|_| reference.kind != ReferenceKind::Strategy) else {
        let paths = report.strategies.iter().filter(|other| other.unit() == home.unit()).map(|other| other.id.as_str());
        let written = if reference.kind == ReferenceKind::Strategy { &reference.id } else { path };
        return diagnostic.suggest(written, paths);
    };
    let nodes = |kind: Kind| strategy.nodes.iter().filter(move |node| node.kind == kind);
    let ids: Vec<(&str, &str)> = match &reference.kind {
        ReferenceKind::Node(kind) => {
            let outside = strategy.outside.iter().filter(|outside| outside.reference.kind == reference.kind);
            let outside =
                outside.map(|outside| (outside.reference.id.as_str(), outside.name.as_deref().unwrap_or("—")));
            nodes(*kind).map(named).chain(outside).collect()
        }
        ReferenceKind::Indicator(kind, _) => match nodes(*kind).find(|node| node.id == reference.id) {
            Some(node) => node.indicators.iter().map(|found| (found.id.as_str(), found.name.as_str())).collect(),
            None => nodes(*kind).map(named).collect(),
        },
        ReferenceKind::Strategy => Vec::new(),
    };
    let written = match &reference.kind {
        ReferenceKind::Indicator(_, indicator) if ids.iter().all(|(id, _)| *id != reference.id) => indicator,
        _ => &reference.id,
    };
    let help = say!(
        ja: "id はフォルダーの名前です。公表されていないものは strategy.toml の `[[outside]]` に書いてください",
        en: "ids are names of folders; declare what is not published under `[[outside]]` in strategy.toml"
    );
    diagnostic.help(help.with_candidates(ids.iter().copied())).suggest(written, ids.iter().map(|(id, _)| *id))
}

/// The strategy with the id `path`.
fn named_strategy<'r>(report: &'r Report, path: &str) -> Option<&'r Strategy> {
    report.names.strategies.get(path).map(|ix| report.strategy(*ix))
}

/// The id and the name of a node, as lists of candidates show them.
fn named(node: &Arc<Node>) -> (&str, &str) {
    (&node.id, &node.name)
}
