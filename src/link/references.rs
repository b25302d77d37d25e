//! Index of ids, and resolution of single references.

use super::LinkErrors;
use crate::diagnostic::{Diagnostic, Rule, Span, say};
use crate::model::{
    Kind, Node, NodeId, Reference, ReferenceIndex, ReferenceKind, ReferenceTarget, Report, Strategy, StrategyIx,
    UnpublishedId,
};
use std::sync::Arc;

/// Builds the index from ids to strategies and nodes.
pub(super) fn index(strategies: &[Strategy]) -> ReferenceIndex {
    let mut index = ReferenceIndex::default();
    for (i, strategy) in strategies.iter().enumerate() {
        let ix = StrategyIx(i as u32);
        index.strategies.insert(strategy.id.clone(), ix);
        let declared = strategy.unpublished.iter().enumerate().filter_map(|(i, outside)| {
            let ReferenceKind::Node(kind) = outside.reference.kind else { return None };
            let id = UnpublishedId { strategy: ix, index: i as u32 };
            Some(((ix, kind, outside.reference.id.clone()), ReferenceTarget::Unpublished(id)))
        });
        index.nodes.extend(declared);
        // Published nodes override declarations under `[[outside]]`.
        let nodes = strategy.nodes.iter().enumerate().map(|(i, node)| {
            let id = NodeId { strategy: ix, node: i as u32 };
            ((ix, node.kind, node.id.clone()), ReferenceTarget::Node(id))
        });
        index.nodes.extend(nodes);
    }
    index
}

/// Reports published nodes that are also declared under `[[outside]]`, and former ids that are in use.
pub(super) fn check(report: &Report, errors: &mut LinkErrors) {
    for (ix, strategy) in report.strategies() {
        let is_published = |kind: Kind, id: &str| {
            matches!(report.index.nodes.get(&(ix, kind, id.to_owned())), Some(ReferenceTarget::Node(_)))
        };
        for outside in &strategy.unpublished {
            let reference = &outside.reference;
            if let ReferenceKind::Node(kind) = reference.kind
                && is_published(kind, &reference.id)
            {
                let message = say!(
                    ja: "`{reference}` は公表されているため、`[[outside]]` には記載できません",
                    en: "`{reference}` is published; it cannot be declared under `[[outside]]`"
                );
                errors.add(Diagnostic::new(Rule::OutsidePublished, reference.span, message).rule_help());
            }
        }
        for node in &strategy.nodes {
            for former in node.formerly.iter().filter(|former| is_published(node.kind, &former.id)) {
                let message = if former.id == node.id {
                    say!(
                        ja: "`formerly` の「{id}」は、現在の id です",
                        en: "the former id `{id}` is the current one",
                        id = &former.id
                    )
                } else {
                    say!(
                    ja: "以前の id「{id}」は、現在、別の{label}が使用しています",
                    en: "the former id `{id}` is used by another {kind}",
                    id = &former.id,
                    kind = node.kind.key(),
                    label = strategy.label(node.kind)
                    )
                };
                let help = say!(ja: "`formerly` から削除してください", en: "remove it from `formerly`");
                errors.add(Diagnostic::new(Rule::DuplicateId, former.span, message).help(help));
            }
        }
    }
}

/// Resolves `reference` as written in the strategy `from`. Reports it if it has no target or a target in another unit.
pub(super) fn resolve(
    report: &Report,
    from: StrategyIx,
    reference: &Reference,
    errors: &mut LinkErrors,
) -> Option<ReferenceTarget> {
    let source = report.strategy(from);
    let named = match reference.kind {
        ReferenceKind::Strategy => Some(&reference.id),
        _ => reference.strategy.as_ref(),
    };
    let in_other_unit =
        named.filter(|id| errors.known.contains(id) && id.split('/').next() != Some(source.municipality()));
    if let Some(other) = in_other_unit {
        errors.add(other_unit_error(reference.span, &source.id, other));
        return None;
    }
    let target = report.resolve(from, reference);
    if target.is_none() && !defining_file_is_flawed(report, source, reference, errors) {
        errors.add(unresolved(report, source, reference));
    }
    target
}

/// Returns true if the target of `reference` may be missing because of an error in the file that should define it.
fn defining_file_is_flawed(report: &Report, source: &Strategy, reference: &Reference, errors: &LinkErrors) -> bool {
    let id = reference.strategy.as_deref().unwrap_or(&source.id);
    match (&reference.kind, named_strategy(report, id)) {
        (ReferenceKind::Strategy, _) | (_, None) => false,
        (ReferenceKind::Node(_), Some(strategy)) => errors.is_flawed(strategy.span),
        (ReferenceKind::Indicator(kind, _), Some(strategy)) => {
            let node = strategy.nodes.iter().find(|node| node.kind == *kind && node.id == reference.id);
            errors.is_flawed(node.map_or(strategy.span, |node| node.span))
        }
    }
}

/// Resolves `reference`, an id within the strategy `from`, to a published node. Reports it if none matches.
pub(super) fn resolve_node(
    report: &Report,
    from: StrategyIx,
    reference: &Reference,
    errors: &mut LinkErrors,
) -> Option<NodeId> {
    let source = report.strategy(from);
    let target = report.resolve(from, reference);
    if let Some(ReferenceTarget::Node(id)) = target {
        return Some(id);
    }
    if target.is_none() && defining_file_is_flawed(report, source, reference, errors) {
        return None;
    }
    let help = match reference.kind {
        ReferenceKind::Node(Kind::Goal) => say!(
            ja: "goals/ にフォルダーを作成するか、strategy.toml の `[[goal]]` に記載してください",
            en: "create a folder for it under goals/, or declare it as a `[[goal]]` in strategy.toml"
        ),
        _ => say!(ja: "programs/ にフォルダーを作成してください", en: "create a folder for it under programs/"),
    };
    let diagnostic = match target {
        None => unresolved(report, source, reference),
        Some(_) => Diagnostic::new(
            Rule::UnresolvedLink,
            reference.span,
            say!(
                ja: "`{reference}` は `[[outside]]` に記載されており、公表されていません",
                en: "`{reference}` is declared under `[[outside]]` and not published"
            ),
        ),
    };
    let published = source.nodes.iter().filter(|node| ReferenceKind::Node(node.kind) == reference.kind);
    let published: Vec<_> = published.map(id_and_name).collect();
    let others = published.iter().map(|(id, _)| *id).filter(|id| *id != reference.id);
    let help = if target.is_none() { help.with_candidates(published.iter().copied()) } else { help };
    errors.add(diagnostic.help(help).suggest(&reference.id, others));
    None
}

fn other_unit_error(span: Span, source: &str, other: &str) -> Diagnostic {
    let message = say!(
        ja: "{source} から {other} へはリンクできません",
        en: "{source} cannot link to {other}"
    );
    Diagnostic::new(Rule::OtherMunicipality, span, message).help(say!(
        ja: "リンクできるのは同じ自治体の計画どうしだけです（自治体ごとに単独で公開できるようにするため）",
        en: "only strategies of the same municipality can link to each other, so that each municipality can be built separately"
    ))
}

fn unresolved(report: &Report, source: &Strategy, reference: &Reference) -> Diagnostic {
    let message = say!(ja: "参照先 `{reference}` が見つかりません", en: "unresolved reference `{reference}`");
    let diagnostic = Diagnostic::new(Rule::UnresolvedLink, reference.span, message);
    let id = reference.strategy.as_deref().unwrap_or(&source.id);
    let known = named_strategy(report, id);
    let Some(strategy) = known.filter(|_| reference.kind != ReferenceKind::Strategy) else {
        let ids = report
            .strategies
            .iter()
            .filter(|other| other.municipality() == source.municipality())
            .map(|other| other.id.as_str());
        let written = if reference.kind == ReferenceKind::Strategy { &reference.id } else { id };
        return diagnostic.suggest(written, ids);
    };
    let nodes = |kind: Kind| strategy.nodes.iter().filter(move |node| node.kind == kind);
    let ids: Vec<(&str, &str)> = match &reference.kind {
        ReferenceKind::Node(kind) => {
            let declared = strategy.unpublished.iter().filter(|o| o.reference.kind == reference.kind);
            let declared = declared.map(|o| (o.reference.id.as_str(), o.name.as_deref().unwrap_or("—")));
            nodes(*kind).map(id_and_name).chain(declared).collect()
        }
        ReferenceKind::Indicator(kind, _) => match nodes(*kind).find(|node| node.id == reference.id) {
            Some(node) => {
                node.indicators.iter().map(|indicator| (indicator.id.as_str(), indicator.name.as_str())).collect()
            }
            None => nodes(*kind).map(id_and_name).collect(),
        },
        ReferenceKind::Strategy => Vec::new(),
    };
    let written = match &reference.kind {
        ReferenceKind::Indicator(_, indicator) if ids.iter().all(|(id, _)| *id != reference.id) => indicator,
        _ => &reference.id,
    };
    let help = say!(
        ja: "id はフォルダー名です。公表されていないものは strategy.toml の `[[outside]]` に記載してください",
        en: "ids are folder names; declare unpublished nodes under `[[outside]]` in strategy.toml"
    );
    diagnostic.help(help.with_candidates(ids.iter().copied())).suggest(written, ids.iter().map(|(id, _)| *id))
}

/// Strategy with this id.
fn named_strategy<'r>(report: &'r Report, id: &str) -> Option<&'r Strategy> {
    report.index.strategies.get(id).map(|ix| report.strategy(*ix))
}

/// Id and name of a node, as shown in lists of candidates.
fn id_and_name(node: &Arc<Node>) -> (&str, &str) {
    (&node.id, &node.name)
}
