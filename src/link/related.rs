//! Resolution of links between nodes, in keys and in texts, recorded at both ends.

use super::LinkFindings;
use super::names::resolve;
use crate::content::{impossible_name, not_an_address};
use crate::diagnostic::{Diagnostic, Rule, Span, say};
use crate::markdown;
use crate::model::{Asset, AssetKind, Href, NodeId, Prose, Reference, Report, Scheme, Strategy, StrategyIx, Target};

/// Sets links, mentions and successions, and the reverse relations of each.
pub(super) fn link(report: &mut Report, found: &mut LinkFindings) {
    for ix in (0..report.strategies.len()).map(|i| StrategyIx(i as u32)) {
        resolve_prose(report, ix, &report.strategy(ix).body, &[], found);
        let ids: Vec<NodeId> = report.nodes(ix).map(|(id, _)| id).collect();
        for id in ids {
            let node = report.node(id);
            let all = |references: &[Reference], found: &mut LinkFindings| -> Vec<Target> {
                let targets = references.iter();
                targets.filter_map(|r| resolve(report, ix, r, found)).collect()
            };
            let links = all(&node.links, found);
            let succeeds: Vec<NodeId> = all(&node.succeeds, found).into_iter().filter_map(node_of).collect();
            let mut mentions = Vec::new();
            for prose in node.prose() {
                for target in resolve_prose(report, ix, prose, &node.assets, found) {
                    if !mentions.contains(&target) && node_of(target) != Some(id) {
                        mentions.push(target);
                    }
                }
            }
            record_relations(report, id, links, mentions, succeeds);
        }
    }
}

fn record_relations(report: &mut Report, id: NodeId, links: Vec<Target>, mentions: Vec<Target>, succeeds: Vec<NodeId>) {
    let mut add = |other: NodeId, end: fn(&mut crate::model::Relations) -> &mut Vec<NodeId>| {
        let list = end(report.relations_mut(other));
        if other != id && !list.contains(&id) {
            list.push(id);
        }
    };
    links.iter().copied().filter_map(node_of).for_each(|other| add(other, |r| &mut r.linked_from));
    mentions.iter().copied().filter_map(node_of).for_each(|other| add(other, |r| &mut r.mentioned_by));
    succeeds.iter().copied().for_each(|other| add(other, |r| &mut r.succeeded_by));
    let own = report.relations_mut(id);
    (own.links, own.mentions, own.succeeds) = (links, mentions, succeeds);
}

/// Node of a target: the target itself or the node of an indicator.
fn node_of(target: Target) -> Option<NodeId> {
    match target {
        Target::Node(id) => Some(id),
        Target::Indicator(id) => Some(id.node),
        Target::Strategy(_) | Target::Unpublished(_) => None,
    }
}

/// Resolves the links and pictures in `prose`. Reports unresolved links, unpublishable files and unusable file names.
fn resolve_prose(
    report: &Report,
    ix: StrategyIx,
    prose: &Prose,
    assets: &[Asset],
    found: &mut LinkFindings,
) -> Vec<Target> {
    let mut targets = Vec::new();
    let of_folder = |name: &str| assets.iter().find(|asset| asset.is_linked_as(name));
    for blank in markdown::unescaped_links(&prose.markdown, |name| {
        of_folder(name).is_some() || AssetKind::from_name(name).is_some()
    }) {
        let start = prose.span.start as usize + blank.range.start;
        let length = blank.range.end - blank.range.start;
        let written = prose.markdown.get(blank.range).unwrap_or_default();
        found.report(space_in_name(written, &blank.name, Span::new(prose.span.source, start..start + length)));
    }
    for link in &prose.links {
        let start = prose.span.start as usize;
        let span = Span::new(prose.span.source, start + link.range.start..start + link.range.end);
        let destination = link.destination.as_str();
        if let Some(asset) = of_folder(destination) {
            let kind = AssetKind::from_name(destination);
            if kind.is_none() || link.image && kind != Some(AssetKind::Image) {
                found.report(unpublishable(destination, link.image, span));
            } else if let Some(error) = impossible_name(&asset.name, span) {
                found.report(error);
            }
        } else if link.image {
            found.report(missing_picture(destination, assets, span));
        } else if let Some(reference) = Reference::parse(destination, span) {
            targets.extend(resolve(report, ix, &reference, found));
        } else if !destination.starts_with('#') && Href::parse(destination, &Scheme::ALL).is_none() {
            found.report(match looks_like_address(destination) {
                true => not_an_address(destination, span, &Scheme::ALL),
                false => unresolved_link(report.strategy(ix), destination, assets, span),
            });
        }
    }
    targets
}

/// Returns true if an invalid destination was likely meant as an address of another site rather than as a node or file.
fn looks_like_address(destination: &str) -> bool {
    let begins = |begin: &&str| {
        destination.split_at_checked(begin.len()).is_some_and(|(head, _)| head.eq_ignore_ascii_case(begin))
    };
    let schemes = ["http:", "https:", "mailto:", "tel:", "javascript:", "vbscript:", "data:", "file:", "www."];
    destination.contains("//")
        || destination.contains(|c: char| c == '\\' || c.is_control())
        || schemes.iter().any(begins)
}

fn missing_picture(destination: &str, assets: &[Asset], span: Span) -> Diagnostic {
    let message = say!(ja: "画像「{destination}」がこのフォルダーにありません", en: "there is no picture `{destination}` in this folder");
    let help = say!(
        ja: "画像ファイルを同じフォルダーに置き、そのファイル名を記載してください（ほかのサイトの画像は使用できません）",
        en: "put the picture into the same folder and write its file name (pictures of other sites cannot be shown)"
    );
    Diagnostic::new(Rule::UnresolvedLink, span, message)
        .help(help)
        .suggest(destination, assets.iter().map(|asset| asset.name.as_str()))
}

fn space_in_name(written: &str, name: &str, span: Span) -> Diagnostic {
    let right = written.replacen(&format!("({name})"), &format!("(<{name}>)"), 1);
    let message = say!(
        ja: "ファイル名に空白があるため、リンクや画像として扱われず、文字のまま表示されます",
        en: "this is shown as text, not as a link or picture, because the file name contains a space"
    );
    Diagnostic::new(Rule::BlankInName, span, message).help(say!(
        ja: "ファイル名を `< >` で囲み、`{right}` と記載してください",
        en: "enclose the file name in `< >`: write `{right}`"
    ))
}

fn unpublishable(name: &str, image: bool, span: Span) -> Diagnostic {
    let extensions = |kind: AssetKind| kind.extensions().join(", ");
    let (pictures, documents) = (extensions(AssetKind::Image), extensions(AssetKind::Document));
    let (message, help) = match image {
        true => (
            say!(ja: "「{name}」は画像として表示できません", en: "`{name}` cannot be shown as a picture"),
            say!(
                ja: "画像として表示できる拡張子は {pictures} です。ほかのファイルは `[…]({name})` のようにリンクしてください",
                en: "pictures have the extensions {pictures}; link to other files, as in `[…]({name})`"
            ),
        ),
        false => (
            say!(ja: "この種類のファイル「{name}」は公表できません", en: "`{name}` has a file type that cannot be published"),
            say!(
                ja: "公表できる拡張子は、文書が {documents}、画像が {pictures} です。PDF などに変換して置いてください",
                en: "publishable extensions are {documents}, and {pictures} for pictures; convert the file, such as to PDF"
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
            let near = format!("{}:{id}", node.kind.key());
            diagnostic.help(say!(ja: "もしかして: {near}", en: "did you mean `{near}`?"))
        }
        None => diagnostic,
    }
}
