//! List of the pages of the site and their addresses.
//!
//! Planning renders nothing. It is therefore cheap even for the largest city, and the preview can pick a single page
//! from the plan.

use super::address;
use super::embed;
use super::lists::{self, DividedList, ListKind, ListPageId};
use super::order::ReadingOrder;
use super::url::Url;
use crate::exchange::package::PackageFile;
use crate::model::{
    AmountKey, EditionIx, FieldIx, FieldOptionIx, FiscalYear, IndicatorId, NodeId, Owner, Report, Strategy, StrategyIx,
    SurveyIx,
};

/// One page of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Address of the page.
    pub url: Url,
    /// Content of the page.
    pub kind: PageKind,
}

/// Content of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageKind {
    /// Home page with all strategies of the site.
    Home,
    /// Page of a strategy with its tree.
    Strategy(StrategyIx),
    /// Current page of a goal, policy or program: its newest texts, and figures merged from all editions.
    Node(NodeId),
    /// Permalink page of a node: what one edition alone printed, as a page that can be cited.
    Sheet(NodeId, EditionIx),
    /// Page in easy Japanese of a strategy or node.
    Easy(Owner),
    /// Chart of an indicator, as a page for other websites to embed.
    Frame(IndicatorId),
    /// One edition as a whole, with the changes since the previous one.
    Edition(StrategyIx, EditionIx),
    /// Part of the page of an edition, as an index into [`edition_parts`](super::lists::edition_parts).
    EditionPart(StrategyIx, EditionIx, usize),
    /// Overview of all indicators of a strategy.
    Indicators(StrategyIx),
    /// Overview of all programs of a strategy.
    Programs(StrategyIx),
    /// Page of a divided list of programs or indicators.
    ListPage(StrategyIx, ListPageId),
    /// Amounts of a strategy by goal and policy.
    Spending(StrategyIx),
    /// Table of one column of [`spending_columns`](super::lists::spending_columns).
    SpendingTable(StrategyIx, FiscalYear, AmountKey),
    /// Survey of residents with the places of the nodes.
    Survey(StrategyIx, SurveyIx),
    /// Overview of the values of a field.
    Field(StrategyIx, FieldIx),
    /// Nodes with one value of a field.
    FieldValue(StrategyIx, FieldIx, FieldOptionIx),
    /// Corrections of a strategy.
    Corrections(StrategyIx),
    /// Overview of the departments of a strategy with their responsibilities.
    Departments(StrategyIx),
    /// Data of a strategy: files, columns, terms of use.
    Data(StrategyIx),
    /// Whole strategy as one document, for printing.
    Print(StrategyIx),
    /// Part of a strategy as a document, as an index into [`documents`](super::lists::documents).
    PrintDocument(StrategyIx, usize),
    /// Glossary of terms that readers may not know.
    Glossary,
    /// Search page.
    Search,
    /// Redirect from a former address of a node.
    Redirect {
        /// Node at the new address.
        node: NodeId,
        /// Index into the former ids of the node.
        former: usize,
        /// New address.
        to: Url,
    },
    /// Error page for addresses that do not exist.
    NotFound,
}

/// File from the folder of a node that is published with its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeFile {
    /// Published address.
    pub url: Url,
    /// Node to whose folder the file belongs.
    pub node: NodeId,
    /// File name on disk, in the folder of the node.
    pub name: String,
}

/// All pages, in an order that depends only on the content.
pub fn plan(report: &Report) -> Vec<Page> {
    let mut pages = plan_site_level(report);
    pages.extend(plan_strategies(report));
    pages
}

/// Site-level pages, which belong to no strategy.
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

/// Pages of all strategies, in the order of the strategies.
pub fn plan_strategies(report: &Report) -> Vec<Page> {
    let pages = report.strategies().flat_map(|(ix, _)| plan_strategy(report, ix));
    pages.chain(plan_frames(report)).collect()
}

/// Pages of all charts that other websites may embed.
fn plan_frames(report: &Report) -> impl Iterator<Item = Page> {
    let page = |id| Some(Page { url: address::frame(report, id)?, kind: PageKind::Frame(id) });
    embed::charts(report).into_iter().filter_map(page)
}

/// Images of the charts whose pages are in `plan`, with their addresses.
pub fn chart_files(report: &Report, plan: &[Page]) -> Vec<(IndicatorId, Url)> {
    let chart = |page: &Page| match page.kind {
        PageKind::Frame(id) => Some((id, address::chart(report, id)?)),
        _ => None,
    };
    plan.iter().filter_map(chart).collect()
}

/// Pages of one strategy, except those of its charts.
pub fn plan_strategy(report: &Report, ix: StrategyIx) -> Vec<Page> {
    let (strategy, mut pages) = (report.strategy(ix), Vec::new());
    pages.push(Page { url: address::strategy(strategy), kind: PageKind::Strategy(ix) });
    plan_easy(report, Owner::Strategy(ix), &mut pages);
    for (id, _) in report.nodes(ix) {
        plan_node(report, id, &mut pages);
    }
    for (edition_ix, edition) in strategy.shown_editions() {
        let kind = PageKind::Edition(ix, edition_ix);
        pages.push(Page { url: address::edition(strategy, edition), kind });
    }
    if address::has_indicators(report, ix) {
        pages.push(Page { url: address::indicators(strategy), kind: PageKind::Indicators(ix) });
    }
    if address::has_programs(report, ix) {
        pages.push(Page { url: address::programs(strategy), kind: PageKind::Programs(ix) });
    }
    for list in ListKind::ALL {
        let divided = DividedList::new(report, ix, list, || ReadingOrder::new(report, ix));
        let list_pages = divided.iter().flat_map(|list| {
            list.pages().map(|id| Page { url: list.url(report, ix, id), kind: PageKind::ListPage(ix, id) })
        });
        pages.extend(list_pages);
    }
    if address::has_spending(report, ix) {
        pages.push(Page { url: address::spending(strategy), kind: PageKind::Spending(ix) });
    }
    if address::has_departments(report, ix) {
        pages.push(Page { url: address::departments(strategy), kind: PageKind::Departments(ix) });
    }
    if address::has_corrections(report, ix) {
        pages.push(Page { url: address::corrections(strategy), kind: PageKind::Corrections(ix) });
    }
    plan_fields(ix, strategy, &mut pages);
    for (index, survey) in strategy.surveys.iter().enumerate() {
        let kind = PageKind::Survey(ix, SurveyIx(index));
        pages.push(Page { url: address::survey(strategy, survey), kind });
    }
    if address::has_data(report, ix) {
        pages.push(Page { url: address::data(strategy), kind: PageKind::Data(ix) });
    }
    if address::has_print(report, ix) {
        pages.push(Page { url: address::print(strategy), kind: PageKind::Print(ix) });
    }
    if lists::is_large(report, ix) {
        plan_parts(report, ix, &mut pages);
    }
    pages
}

/// Adds the parts of the print document and of the pages of editions of a large strategy.
fn plan_parts(report: &Report, ix: StrategyIx, pages: &mut Vec<Page>) {
    let (strategy, order) = (report.strategy(ix), ReadingOrder::new(report, ix));
    if address::has_print(report, ix) {
        let documents = lists::documents(report, ix, &order).into_iter().enumerate();
        pages.extend(documents.map(|(index, document)| Page {
            url: address::print_document(strategy, &document.path(report)),
            kind: PageKind::PrintDocument(ix, index),
        }));
    }
    pages.extend(lists::spending_columns(report, ix).into_iter().map(|column| Page {
        url: address::spending_table(strategy, &lists::spending_anchor(strategy, column)),
        kind: PageKind::SpendingTable(ix, column.0, column.1),
    }));
    let parts = lists::edition_parts(report, ix, &order);
    for (edition_ix, edition) in strategy.shown_editions() {
        pages.extend(parts.iter().enumerate().map(|(index, part)| Page {
            url: address::edition_part(strategy, edition, &part.path(report)),
            kind: PageKind::EditionPart(ix, edition_ix, index),
        }));
    }
}

/// Adds the pages of fields with `pages = true` and of their values.
fn plan_fields(ix: StrategyIx, strategy: &Strategy, pages: &mut Vec<Page>) {
    let fields = strategy.fields.iter().enumerate().filter(|(_, field)| field.pages);
    for (index, field) in fields.map(|(index, field)| (FieldIx(index), field)) {
        pages.push(Page { url: address::field(strategy, field), kind: PageKind::Field(ix, index) });
        pages.extend(field.options.iter().enumerate().map(|(value, option)| Page {
            url: address::field_value(strategy, field, option),
            kind: PageKind::FieldValue(ix, index, FieldOptionIx(value)),
        }));
    }
}

/// Adds the page in easy Japanese of a strategy or node, if it has one.
fn plan_easy(report: &Report, owner: Owner, pages: &mut Vec<Page>) {
    pages.extend(address::easy(report, owner).map(|url| Page { url, kind: PageKind::Easy(owner) }));
}

/// Adds the current page of a node, its page in easy Japanese, the permalink pages of its sheets, and redirects from its
/// former addresses. Former permalink pages and pages in easy Japanese redirect too, since other documents may cite them.
fn plan_node(report: &Report, id: NodeId, pages: &mut Vec<Page>) {
    let (strategy, node) = (report.strategy(id.strategy), report.node(id));
    let url = address::node(report, id);
    let redirect = |former: usize, from: Url, to: &Url| {
        let kind = PageKind::Redirect { node: id, former, to: to.clone() };
        Page { url: from, kind }
    };
    let formerly = || node.formerly.iter().enumerate();
    let old_pages =
        formerly().map(|(index, old)| redirect(index, address::node_with_id(strategy, node.kind, &old.id), &url));
    let mut redirects: Vec<Page> = old_pages.collect();
    pages.push(Page { url: url.clone(), kind: PageKind::Node(id) });
    plan_easy(report, Owner::Node(id), pages);
    if let Some(url) = address::easy(report, Owner::Node(id)) {
        let old = formerly().map(|(index, old)| (index, address::easy_with_id(strategy, node.kind, &old.id)));
        redirects.extend(old.map(|(index, old)| redirect(index, old, &url)));
    }
    for sheet in &node.sheets {
        let Some(url) = address::sheet(report, id, sheet) else { continue };
        let old = formerly()
            .filter_map(|(index, old)| Some((index, address::sheet_with_id(strategy, node.kind, &old.id, sheet)?)));
        redirects.extend(old.map(|(index, old)| redirect(index, old, &url)));
        pages.push(Page { url, kind: PageKind::Sheet(id, sheet.edition) });
    }
    pages.append(&mut redirects);
}

/// Pictures and other files that are published next to the pages of their nodes: only those that published texts
/// refer to.
pub fn files(report: &Report) -> Vec<NodeFile> {
    let nodes = report.strategies().flat_map(|(ix, _)| report.nodes(ix));
    let files = nodes.flat_map(|(id, node)| node.assets.iter().map(move |asset| (id, node, asset)));
    let files = files.filter(|(_, node, asset)| node.publishes(asset));
    files
        .map(|(id, node, asset)| {
            let url = address::file_of_node(report.strategy(id.strategy), node.kind, &node.id, &asset.name);
            NodeFile { url, node: id, name: asset.file.clone() }
        })
        .collect()
}

/// Files of the data package of a strategy with their addresses; none if it has no package.
pub fn package_files(report: &Report, ix: StrategyIx) -> Vec<(PackageFile, Url)> {
    if !address::has_data(report, ix) {
        return Vec::new();
    }
    let url = |file: PackageFile| (file, address::package_file(report.strategy(ix), file.name()));
    PackageFile::all().map(url).collect()
}
