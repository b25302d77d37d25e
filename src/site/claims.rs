//! Detection of addresses that two files of the site claim.
//!
//! The publisher would reject them too, but knows neither the file nor the line of the content.

use super::address;
use super::discovery;
use super::embed;
use super::plan::{self, NodeFile, PageKind};
use super::search_files::{Index, IndexFiles, site_level_shard};
use super::url::Url;
use crate::diagnostic::{Bilingual, Diagnostic, Location, Rule, Sources, Span, has_errors, say};
use crate::file_name::{self, PathRegistry};
use crate::model::{Report, StaticFile};
use std::collections::{BTreeSet, HashMap};

/// Reports units whose names collide with site-level pages and, unless `diagnostics` contains errors that may be the
/// cause, every address that is claimed twice within a unit.
pub fn check(report: &Report, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) {
    let strategies = report.strategies().map(|(_, strategy)| strategy);
    let colliding = strategies.filter(|strategy| address::collides_with_site_level(strategy.municipality()));
    diagnostics.extend(colliding.map(|strategy| {
        let unit = strategy.municipality();
        let message = say!(
            ja: "フォルダー名「{unit}」は、サイト全体のページやフォルダーの名前と重複しています",
            en: "the folder name `{unit}` collides with a page or folder of the site itself"
        );
        Diagnostic::new(Rule::SameAddress, strategy.span, message).help(say!(
            ja: "自治体名など、別の名前に変更してください（例: {unit}-shi）",
            en: "rename the folder, for example to `{unit}-shi`"
        ))
    }));
    if !has_errors(diagnostics) {
        diagnostics.extend(duplicate_addresses(report, sources));
        diagnostics.extend(impossible_charts(report));
    }
}

/// Reports indicators whose charts are published under their ids, which some system cannot store.
fn impossible_charts(report: &Report) -> Vec<Diagnostic> {
    let impossible = embed::charts(report).into_iter().filter_map(|id| {
        let indicator = report.node(id.node).indicators.get(id.indicator as usize)?;
        let file = format!("{}.svg", indicator.id);
        let Bilingual { ja, en } = file_name::invalid_component_reason(&file)?;
        let message = say!(
            ja: "グラフを「{file}」という名前では公開できません。{ja}",
            en: "the chart cannot be published as `{file}`: {en}"
        );
        let help = say!(ja: "指標の id を別のものにしてください", en: "choose another id for the indicator");
        Some(Diagnostic::new(Rule::ImpossibleName, indicator.span, message).help(help))
    });
    impossible.collect()
}

fn duplicate_addresses(report: &Report, sources: &Sources) -> Vec<Diagnostic> {
    let files = files(report);
    let mut registry = PathRegistry::default();
    let mut spans: HashMap<&str, Span> = HashMap::new();
    let mut duplicates = Vec::new();
    for (url, span) in &files {
        let path = url.path();
        let Err(other) = registry.reserve(path) else {
            spans.insert(path, *span);
            continue;
        };
        let message = match spans.get(other.as_str()) {
            Some(first) => {
                let first = sources.format_location(&(*first).into());
                say!(
                    ja: "アドレス {path} が {first} と重複しています",
                    en: "the address {path} is already used by {first}"
                )
            }
            None => say!(
                ja: "アドレス {path} がフォルダー {other} と重複しています",
                en: "the address {path} is already used by the folder {other}"
            ),
        };
        duplicates.push(Diagnostic::new(Rule::SameAddress, *span, message).rule_help());
    }
    duplicates
}

/// Reports files of `static/` at addresses that the site itself uses: those of its site-level files, and its folders.
/// `strategies` are the ids of all strategies that are known.
pub fn static_collisions(report: &Report, strategies: &[String], files: &[StaticFile]) -> Vec<Diagnostic> {
    let units = strategies.iter().filter_map(|id| id.split('/').next()).collect();
    let mut registry = PathRegistry::default();
    let pages = plan::plan_site_level(report).into_iter().map(|page| page.url);
    let index = site_level_shard(report).and_then(|shard| shard.url(report));
    let discovery = [address::sitemap_index(), address::site_sitemap(), address::site_feed()];
    let discovery = discovery.into_iter().filter(|_| report.site.base.is_some());
    for url in pages.chain(index).chain(discovery) {
        // These differ from each other.
        let _ = registry.reserve(url.path());
    }
    let mut diagnostics = static_files_in_units(files, &units);
    for file in files {
        let (top, is_folder) = file.path.split_once('/').map_or((file.path.as_str(), false), |(top, _)| (top, true));
        if is_folder && address::collides_with_site_level(&file_name::fold(top)) {
            let message = say!(
                ja: "フォルダー名「{top}」は、サイト全体のページやフォルダーの名前と重複しています",
                en: "the folder name `{top}` collides with a page or folder of the site itself"
            );
            let help = say!(
                ja: "別の名前のフォルダーに置いてください。テーマのファイルなら、独自のテーマの assets に置きます",
                en: "choose another folder; files of the theme belong in the `assets` of the site's own theme"
            );
            diagnostics.push(static_error(file, message).help(help));
        } else if let Err(other) = registry.reserve(&file.path) {
            let message = say!(
                ja: "アドレス {other} は、ほかのファイルがすでに使っています",
                en: "the address {other} is already used by another file of the site"
            );
            diagnostics.push(static_error(file, message).help(say!(
                ja: "このファイルの名前を変えるか、削除してください",
                en: "rename or delete this file"
            )));
        }
    }
    diagnostics
}

/// Reports files of `static/` in the folders of `units`, which are built and moved on their own.
pub fn static_files_in_units(files: &[StaticFile], units: &BTreeSet<&str>) -> Vec<Diagnostic> {
    let top = |file: &StaticFile| file_name::fold(file.path.split('/').next().unwrap_or_default()).into_owned();
    let in_unit = files.iter().filter(|file| units.contains(top(file).as_str()));
    let diagnostic = |file: &StaticFile| {
        let unit = top(file);
        let message = say!(
            ja: "「{unit}」は自治体のページのフォルダーなので、static のファイルは置けません",
            en: "`{unit}` is the folder of the pages of a municipality, so no file of `static` can be published in it"
        );
        static_error(file, message)
            .help(say!(ja: "別の名前のフォルダーに置いてください", en: "move the file to a folder with another name"))
    };
    in_unit.map(diagnostic).collect()
}

fn static_error(file: &StaticFile, message: Bilingual) -> Diagnostic {
    Diagnostic::new(Rule::SameAddress, Location::Path(file.source_path()), message)
}

/// All files of the units, each with the location in the content from which it is generated.
pub fn files(report: &Report) -> Vec<(Url, Span)> {
    let pages = plan::plan_strategies(report);
    let charts = plan::chart_files(report, &pages).into_iter();
    let charts = charts.map(|(id, url)| (url, span_of_page(report, &PageKind::Frame(id))));
    let pages = pages.into_iter().map(|page| {
        let span = span_of_page(report, &page.kind);
        (page.url, span)
    });
    let node_files = plan::files(report).into_iter().map(|file| {
        let span = span_of_file(report, &file);
        (file.url, span)
    });
    let index_files = IndexFiles::new(report);
    let data = report.strategies().flat_map(|(ix, strategy)| {
        let data = [address::report_json(strategy), address::summary_json(strategy)];
        let indexes = index_files.shards().filter(move |shard| shard.index.strategy() == Some(ix));
        let indexes = indexes.filter_map(|shard| Some((shard.url(report)?, span_of_index(report, shard.index))));
        let package = plan::package_files(report, ix).into_iter().map(|(_, url)| url);
        data.into_iter().chain(package).map(|url| (url, strategy.span)).chain(indexes)
    });
    // These addresses differ from all others by their extension.
    let discovery = discovery::strategy_files(report).into_iter().map(|(_, url)| (url, Span::default()));
    pages.chain(charts).chain(node_files).chain(data).chain(discovery).collect()
}

/// Location in the content from which a search index is generated.
fn span_of_index(report: &Report, index: Index) -> Span {
    match index {
        Index::Strategy(ix) => report.strategy(ix).span,
        Index::Edition(ix, edition) => {
            let strategy = report.strategy(ix);
            strategy.editions.get(edition.0).map_or(strategy.span, |edition| edition.span)
        }
        Index::Glossary => Span::default(),
    }
}

/// Location in the content from which a page is generated.
fn span_of_page(report: &Report, kind: &PageKind) -> Span {
    match kind {
        PageKind::Node(id) => report.node(*id).span,
        PageKind::Easy(owner) => report.easy(*owner).map_or_else(Span::default, |easy| easy.span),
        PageKind::Sheet(id, edition) => {
            let node = report.node(*id);
            node.sheet(*edition).map_or(node.span, |sheet| sheet.span)
        }
        PageKind::Frame(id) => {
            let node = report.node(id.node);
            node.indicators.get(id.indicator as usize).map_or(node.span, |indicator| indicator.span)
        }
        PageKind::Redirect { node, former, .. } => {
            let node = report.node(*node);
            node.formerly.get(*former).map_or(node.span, |former| former.span)
        }
        PageKind::Edition(ix, edition) | PageKind::EditionPart(ix, edition, _) => {
            let strategy = report.strategy(*ix);
            strategy.editions.get(edition.0).map_or(strategy.span, |edition| edition.span)
        }
        PageKind::Survey(ix, survey) => {
            let strategy = report.strategy(*ix);
            strategy.surveys.get(survey.0).map_or(strategy.span, |survey| survey.span)
        }
        PageKind::Field(ix, field) | PageKind::FieldValue(ix, field, _) => {
            let strategy = report.strategy(*ix);
            strategy.fields.get(field.0).map_or(strategy.span, |field| field.span)
        }
        PageKind::Strategy(ix)
        | PageKind::Indicators(ix)
        | PageKind::Programs(ix)
        | PageKind::ListPage(ix, _)
        | PageKind::Spending(ix)
        | PageKind::Corrections(ix)
        | PageKind::Departments(ix)
        | PageKind::SpendingTable(ix, ..)
        | PageKind::Data(ix)
        | PageKind::Print(ix)
        | PageKind::PrintDocument(ix, _) => report.strategy(*ix).span,
        PageKind::Home | PageKind::Glossary | PageKind::Search | PageKind::NotFound => {
            debug_assert!(false, "`plan_strategies` yields no site-level pages");
            Span::default()
        }
    }
}

/// Location of the first link to a file of a node; the node itself if nothing links to the file.
fn span_of_file(report: &Report, file: &NodeFile) -> Span {
    let node = report.node(file.node);
    let Some(asset) = node.assets.iter().find(|asset| asset.file == file.name) else { return node.span };
    let links = node.prose().flat_map(|prose| prose.links.iter().map(move |link| (prose.span, link)));
    let mut links_to_file = links.filter(|(_, link)| asset.is_linked_as(&link.destination));
    links_to_file.next().map_or(node.span, |(prose, link)| {
        let start = prose.start as usize;
        Span::new(prose.source, start + link.range.start..start + link.range.end)
    })
}
