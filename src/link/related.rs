//! Resolution of links between nodes, in keys and in texts, recorded at both ends.

use super::LinkErrors;
use super::references::resolve;
use crate::content::{impossible_name, not_an_address};
use crate::diagnostic::{Diagnostic, Rule, Span, say};
use crate::markdown;
use crate::model::{
    Asset, AssetKind, Href, NodeId, Prose, Reference, ReferenceTarget, Report, Scheme, Strategy, StrategyIx,
};

/// Sets links, mentions and successions, and the reverse relations of each.
pub(super) fn link(report: &mut Report, errors: &mut LinkErrors) {
    for ix in (0..report.strategies.len()).map(|i| StrategyIx(i as u32)) {
        resolve_prose(report, ix, &report.strategy(ix).body, &[], errors);
        if let Some(easy) = &report.strategy(ix).easy {
            resolve_prose(report, ix, &easy.prose, &[], errors);
        }
        let ids: Vec<NodeId> = report.nodes(ix).map(|(id, _)| id).collect();
        for id in ids {
            let node = report.node(id);
            let all = |references: &[Reference], errors: &mut LinkErrors| -> Vec<ReferenceTarget> {
                let targets = references.iter();
                targets.filter_map(|r| resolve(report, ix, r, errors)).collect()
            };
            let links = all(&node.links, errors);
            let succeeds: Vec<NodeId> = all(&node.succeeds, errors).into_iter().filter_map(node_of).collect();
            let mut mentions = Vec::new();
            for prose in node.prose() {
                for target in resolve_prose(report, ix, prose, &node.assets, errors) {
                    if !mentions.contains(&target) && node_of(target) != Some(id) {
                        mentions.push(target);
                    }
                }
            }
            record_relations(report, id, links, mentions, succeeds);
        }
    }
}

fn record_relations(
    report: &mut Report,
    id: NodeId,
    links: Vec<ReferenceTarget>,
    mentions: Vec<ReferenceTarget>,
    succeeds: Vec<NodeId>,
) {
    let mut add = |other: NodeId, inverse: fn(&mut crate::model::Relations) -> &mut Vec<NodeId>| {
        let list = inverse(report.relations_mut(other));
        if other != id && !list.contains(&id) {
            list.push(id);
        }
    };
    links.iter().copied().filter_map(node_of).for_each(|other| add(other, |r| &mut r.linked_from));
    mentions.iter().copied().filter_map(node_of).for_each(|other| add(other, |r| &mut r.mentioned_by));
    succeeds.iter().copied().for_each(|other| add(other, |r| &mut r.succeeded_by));
    let relations = report.relations_mut(id);
    (relations.links, relations.mentions, relations.succeeds) = (links, mentions, succeeds);
}

/// Node of a target: the target itself or the node of an indicator.
fn node_of(target: ReferenceTarget) -> Option<NodeId> {
    match target {
        ReferenceTarget::Node(id) => Some(id),
        ReferenceTarget::Indicator(id) => Some(id.node),
        ReferenceTarget::Strategy(_) | ReferenceTarget::Unpublished(_) => None,
    }
}

/// Resolves the links and images in `prose`. Reports unresolved links, unpublishable files and unusable file names.
fn resolve_prose(
    report: &Report,
    ix: StrategyIx,
    prose: &Prose,
    assets: &[Asset],
    errors: &mut LinkErrors,
) -> Vec<ReferenceTarget> {
    let mut targets = Vec::new();
    let find_asset = |name: &str| assets.iter().find(|asset| asset.is_linked_as(name));
    for link in markdown::unescaped_links(&prose.markdown, |name| {
        find_asset(name).is_some() || AssetKind::from_name(name).is_some()
    }) {
        let start = prose.span.start as usize + link.range.start;
        let length = link.range.end - link.range.start;
        let written = prose.markdown.get(link.range).unwrap_or_default();
        errors.add(space_in_name(written, &link.name, Span::new(prose.span.source, start..start + length)));
    }
    for link in &prose.links {
        let start = prose.span.start as usize;
        let span = Span::new(prose.span.source, start + link.range.start..start + link.range.end);
        let destination = link.destination.as_str();
        if let Some(asset) = find_asset(destination) {
            let kind = AssetKind::from_name(destination);
            if kind.is_none() || link.image && kind != Some(AssetKind::Image) {
                errors.add(unpublishable(destination, link.image, span));
            } else if let Some(error) = impossible_name(&asset.name, span) {
                errors.add(error);
            } else if asset.image.is_some_and(|image| image.has_location) {
                errors.add(location_in_image(destination, span));
            }
        } else if link.image {
            errors.add(missing_image(destination, assets, span));
        } else if let Some(reference) = Reference::parse(destination, span) {
            targets.extend(resolve(report, ix, &reference, errors));
        } else if !destination.starts_with('#') && Href::parse(destination, &Scheme::ALL).is_none() {
            errors.add(match looks_like_address(destination) {
                true => not_an_address(destination, span, &Scheme::ALL),
                false => unresolved_link(report.strategy(ix), destination, assets, span),
            });
        }
    }
    targets
}

/// Returns true if an invalid destination was likely meant as an address of another site rather than as a node or file.
fn looks_like_address(destination: &str) -> bool {
    let has_prefix = |prefix: &&str| {
        destination.split_at_checked(prefix.len()).is_some_and(|(head, _)| head.eq_ignore_ascii_case(prefix))
    };
    let schemes = ["http:", "https:", "mailto:", "tel:", "javascript:", "vbscript:", "data:", "file:", "www."];
    destination.contains("//")
        || destination.contains(|c: char| c == '\\' || c.is_control())
        || schemes.iter().any(has_prefix)
}

fn missing_image(destination: &str, assets: &[Asset], span: Span) -> Diagnostic {
    let message = say!(ja: "画像「{destination}」がこのフォルダーにありません", en: "there is no image `{destination}` in this folder");
    let help = say!(
        ja: "画像ファイルを同じフォルダーに置き、そのファイル名を記載してください（ほかのサイトの画像は使用できません）",
        en: "put the image into the same folder and write its file name (images from other sites cannot be shown)"
    );
    Diagnostic::new(Rule::UnresolvedLink, span, message)
        .help(help)
        .suggest(destination, assets.iter().map(|asset| asset.name.as_str()))
}

fn location_in_image(name: &str, span: Span) -> Diagnostic {
    let message = say!(
        ja: "写真「{name}」に、撮影した場所（緯度・経度）が記録されています",
        en: "the photograph `{name}` records where it was taken (latitude and longitude)"
    );
    Diagnostic::new(Rule::LocationInImage, span, message).rule_help()
}

fn space_in_name(written: &str, name: &str, span: Span) -> Diagnostic {
    let corrected = written.replacen(&format!("({name})"), &format!("(<{name}>)"), 1);
    let message = say!(
        ja: "ファイル名に空白があるため、リンクや画像として扱われず、文字のまま表示されます",
        en: "not a link or image because the file name contains a space; it is shown as text"
    );
    Diagnostic::new(Rule::SpaceInName, span, message).help(say!(
        ja: "ファイル名を `< >` で囲み、`{corrected}` と記載してください",
        en: "enclose the file name in `< >`: write `{corrected}`"
    ))
}

fn unpublishable(name: &str, image: bool, span: Span) -> Diagnostic {
    let extensions = |kind: AssetKind| kind.extensions().join(", ");
    let (images, documents) = (extensions(AssetKind::Image), extensions(AssetKind::Document));
    let (message, help) = match image {
        true => (
            say!(ja: "「{name}」は画像として表示できません", en: "`{name}` cannot be shown as an image"),
            say!(
                ja: "画像として表示できる拡張子は {images} です。ほかのファイルは `[…]({name})` のようにリンクしてください",
                en: "images have the extensions {images}; link to other files, as in `[…]({name})`"
            ),
        ),
        false => (
            say!(ja: "この種類のファイル「{name}」は公表できません", en: "`{name}` has a file type that cannot be published"),
            say!(
                ja: "公表できる拡張子は、文書が {documents}、画像が {images} です。PDF などに変換して置いてください",
                en: "publishable extensions are {documents}, and {images} for images; convert the file, for example to PDF"
            ),
        ),
    };
    Diagnostic::new(Rule::UnpublishableFile, span, message).help(help)
}

fn unresolved_link(strategy: &Strategy, destination: &str, assets: &[Asset], span: Span) -> Diagnostic {
    let message = say!(ja: "リンク先「{destination}」が見つかりません", en: "unresolved link `{destination}`");
    let diagnostic = Diagnostic::new(Rule::UnresolvedLink, span, message).help(say!(
        ja: "`program:<id>` のような参照、同じフォルダーのファイル名、https:// で始まるアドレスのいずれかを記載してください",
        en: "write a reference like `program:<id>`, the name of a file in the same folder, or an https:// address"
    ));
    let Some((_, id)) = destination.split_once(':') else {
        return diagnostic.suggest(destination, assets.iter().map(|asset| asset.name.as_str()));
    };
    // The part before the colon is not a known kind, but the id may match a node.
    match strategy.nodes.iter().find(|node| node.id == id) {
        Some(node) => {
            let suggestion = format!("{}:{id}", node.kind.key());
            diagnostic.help(say!(ja: "もしかして: {suggestion}", en: "did you mean `{suggestion}`?"))
        }
        None => diagnostic,
    }
}
