//! What pages the site has and where they lie. Nothing is drawn here, so the plan of the
//! largest city costs next to nothing and the preview can ask for one page of it.

use super::address;
use super::url::Url;
use crate::model::{EditionIx, NodeId, Report, StrategyIx};

/// One page of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Where it lies.
    pub url: Url,
    /// What it shows.
    pub kind: PageKind,
}

/// What a page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageKind {
    /// The strategies of the site.
    Home,
    /// A strategy with its tree.
    Strategy(StrategyIx),
    /// A goal, policy or program as it stands: the newest words, the merged figures.
    Node(NodeId),
    /// What one edition alone printed of a node: the page that can be cited.
    Sheet(NodeId, EditionIx),
    /// One edition as a whole, with what changed since the one before.
    Edition(StrategyIx, EditionIx),
    /// All indicators of a strategy.
    Indicators(StrategyIx),
    /// All programs of a strategy.
    Programs(StrategyIx),
    /// What a strategy costs, by goal and policy.
    Spending(StrategyIx),
    /// The departments of a strategy with what they are in charge of.
    Departments(StrategyIx),
    /// All of a strategy as one document, for printing.
    Print(StrategyIx),
    /// The words that readers may not know.
    Glossary,
    /// Where the site is searched.
    Search,
    /// An address that a node had before.
    Redirect {
        /// The node that is there now.
        node: NodeId,
        /// The place among the ids that it had before.
        former: usize,
        /// Where it is now.
        to: Url,
    },
    /// For addresses that do not exist.
    NotFound,
}

/// A file that stands beside a node's words and is published with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeFile {
    /// Where it is published.
    pub url: Url,
    /// Whose it is.
    pub node: NodeId,
    /// Its name as the node's folder has it.
    pub name: String,
}

/// All pages, in an order that depends on the content alone.
pub fn plan(report: &Report) -> Vec<Page> {
    let mut pages = plan_site_level(report);
    pages.extend(plan_strategies(report));
    pages
}

/// The pages that stand around all strategies.
pub fn plan_site_level(report: &Report) -> Vec<Page> {
    let mut pages = vec![Page { url: address::home(), kind: PageKind::Home }];
    if !report.glossary.is_empty() {
        pages.push(Page { url: address::glossary(), kind: PageKind::Glossary });
    }
    if report.site.search {
        pages.push(Page { url: address::search(), kind: PageKind::Search });
    }
    pages.push(Page { url: address::not_found(), kind: PageKind::NotFound });
    pages
}

/// The pages of the strategies, in their order.
pub fn plan_strategies(report: &Report) -> Vec<Page> {
    let mut pages = Vec::new();
    for (ix, strategy) in report.strategies() {
        pages.push(Page { url: address::strategy(strategy), kind: PageKind::Strategy(ix) });
        for (id, _) in report.nodes(ix) {
            plan_node(report, id, &mut pages);
        }
        for (place, edition) in strategy.shown_editions() {
            let kind = PageKind::Edition(ix, place);
            pages.push(Page { url: address::edition(strategy, edition), kind });
        }
        if address::has_indicators(report, ix) {
            pages.push(Page { url: address::indicators(strategy), kind: PageKind::Indicators(ix) });
        }
        if address::has_programs(report, ix) {
            pages.push(Page { url: address::programs(strategy), kind: PageKind::Programs(ix) });
        }
        if address::has_spending(report, ix) {
            pages.push(Page { url: address::spending(strategy), kind: PageKind::Spending(ix) });
        }
        if address::has_departments(report, ix) {
            pages.push(Page { url: address::departments(strategy), kind: PageKind::Departments(ix) });
        }
        if address::has_print(report, ix) {
            pages.push(Page { url: address::print(strategy), kind: PageKind::Print(ix) });
        }
    }
    pages
}

/// The running page of a node, the lasting pages of its sheets, and what leads there from
/// the addresses that it had before: lasting pages were made to be cited.
fn plan_node(report: &Report, id: NodeId, pages: &mut Vec<Page>) {
    let (strategy, node) = (report.strategy(id.strategy), report.node(id));
    let url = address::node(report, id);
    let redirect = |former: usize, from: Url, to: &Url| {
        let kind = PageKind::Redirect { node: id, former, to: to.clone() };
        Page { url: from, kind }
    };
    let formerly = || node.formerly.iter().enumerate();
    let old_pages = formerly().map(|(at, old)| redirect(at, address::of_node(strategy, node.kind, &old.id), &url));
    let mut redirects: Vec<Page> = old_pages.collect();
    pages.push(Page { url: url.clone(), kind: PageKind::Node(id) });
    for sheet in &node.sheets {
        let Some(url) = address::sheet(report, id, sheet) else { continue };
        let old =
            formerly().filter_map(|(at, old)| Some((at, address::of_sheet(strategy, node.kind, &old.id, sheet)?)));
        redirects.extend(old.map(|(at, old)| redirect(at, old, &url)));
        pages.push(Page { url, kind: PageKind::Sheet(id, sheet.edition) });
    }
    pages.append(&mut redirects);
}

/// All pictures and other files that are published beside the pages of their nodes: those that words name which are
/// published too.
pub fn files(report: &Report) -> Vec<NodeFile> {
    let nodes = report.strategies().flat_map(|(ix, _)| report.nodes(ix));
    let files = nodes.flat_map(|(id, node)| node.assets.iter().map(move |asset| (id, node, asset)));
    let files = files.filter(|(_, node, asset)| node.publishes(asset));
    files
        .map(|(id, node, asset)| {
            let url = address::of_file(report.strategy(id.strategy), node.kind, &node.id, &asset.name);
            NodeFile { url, node: id, name: asset.file.clone() }
        })
        .collect()
}
