//! Where each page of the site lies. The plan and the links of all views ask here, so that
//! they cannot disagree.

use super::url::Url;
use crate::model::{Edition, EditionIx, IndicatorId, Kind, Node, NodeId, Report, Sheet, Strategy, StrategyIx, Target};

/// The first page of the site.
pub fn home() -> Url {
    Url::new("index.html")
}

/// The page for addresses that do not exist.
pub fn not_found() -> Url {
    Url::new("404.html")
}

/// The glossary.
pub fn glossary() -> Url {
    Url::new("glossary.html")
}

/// The id of a word within the glossary.
pub fn term_anchor(term: &str) -> String {
    anchor("term", term)
}

/// An id made of a name: it must hold no blanks.
fn anchor(what: &str, name: &str) -> String {
    let steps: Vec<&str> = std::iter::once(what).chain(name.split_whitespace()).collect();
    steps.join("-")
}

/// The folder of the files of the theme.
pub const THEME_FOLDER: &str = "assets";

/// Whether a folder of this name would lie beside a page of the site with the same name, or where the files of the
/// theme are: servers that leave out `.html` could not tell them apart.
pub fn is_site_level(folder: &str) -> bool {
    let pages = [home(), not_found(), glossary(), search()];
    folder == THEME_FOLDER || pages.iter().any(|page| page.path().strip_suffix(".html") == Some(folder))
}

/// A file of the theme.
pub fn theme_asset(file: &str) -> Url {
    Url::new(format!("{THEME_FOLDER}/{file}"))
}

/// A strategy or what is known of it: all that its addresses are made of.
pub trait InFolder {
    /// The path of its folder.
    fn folder(&self) -> &str;
}

impl InFolder for Strategy {
    fn folder(&self) -> &str {
        &self.id
    }
}

/// A page directly below a strategy.
fn below(strategy: &impl InFolder, page: &str) -> Url {
    Url::new([strategy.folder(), "/", page].concat())
}

/// The page of a strategy.
pub fn strategy(strategy: &impl InFolder) -> Url {
    below(strategy, "index.html")
}

/// All indicators of a strategy.
pub fn indicators(strategy: &impl InFolder) -> Url {
    below(strategy, "indicators.html")
}

/// The departments of a strategy.
pub fn departments(strategy: &impl InFolder) -> Url {
    below(strategy, "departments.html")
}

/// One edition as a whole.
pub fn edition(strategy: &Strategy, edition: &Edition) -> Url {
    below(strategy, &format!("editions/{}.html", edition.id))
}

/// All programs of a strategy.
pub fn programs(strategy: &impl InFolder) -> Url {
    below(strategy, "programs.html")
}

/// The id of a goal, policy or program within the page for printing. With a dot it is the prefix of all ids in it.
pub fn part_anchor(node: &Node) -> String {
    format!("{}.{}", node.kind.key(), node.id)
}

/// What a strategy costs, by goal and policy.
pub fn spending(strategy: &impl InFolder) -> Url {
    below(strategy, "money.html")
}

/// All of a strategy on one page, for printing.
pub fn print(strategy: &Strategy) -> Url {
    below(strategy, "print.html")
}

/// The page on which the site is searched.
pub fn search() -> Url {
    Url::new("search.html")
}

/// What the search knows of a strategy as it stands.
pub fn search_index(strategy: &impl InFolder) -> Url {
    below(strategy, "search.js")
}

/// What the search knows of one edition.
pub fn search_index_of(strategy: &impl InFolder, edition: &str) -> Url {
    below(strategy, &format!("search/{edition}.js"))
}

/// What the search knows of the glossary.
pub fn search_index_of_glossary() -> Url {
    Url::new("glossary.js")
}

/// How a strategy as data is called, in its folder.
pub const REPORT_JSON: &str = "report.json";

/// A strategy as data, for other programs.
pub fn report_json(strategy: &Strategy) -> Url {
    below(strategy, REPORT_JSON)
}

/// How the summary of a strategy is called, in its folder.
pub const SUMMARY_JSON: &str = "summary.json";

/// What the site as a whole says of a strategy, for the pages around all units.
pub fn summary_json(strategy: &Strategy) -> Url {
    below(strategy, SUMMARY_JSON)
}

/// The running page of a goal, policy or program with this id.
pub fn of_node(strategy: &Strategy, kind: Kind, id: &str) -> Url {
    Url::new([&strategy.id, "/", kind.folder(), "/", id, ".html"].concat())
}

/// The lasting page of a sheet of the goal, policy or program with this id. `None` for a
/// sheet of no declared edition.
pub fn of_sheet(strategy: &Strategy, kind: Kind, id: &str, sheet: &Sheet) -> Option<Url> {
    let edition = strategy.editions.get(sheet.edition.0)?;
    Some(below(strategy, &format!("{}/{id}/{}.html", kind.folder(), edition.id)))
}

/// A picture or other file of a node's folder.
pub fn of_file(strategy: &Strategy, kind: Kind, id: &str, file: &str) -> Url {
    below(strategy, &format!("{}/{id}/{file}", kind.folder()))
}

/// The running page of a node.
pub fn node(report: &Report, id: NodeId) -> Url {
    let node = report.node(id);
    of_node(report.strategy(id.strategy), node.kind, &node.id)
}

/// The lasting page of a sheet of a node; `None` where sheets have none.
pub fn sheet(report: &Report, id: NodeId, sheet: &Sheet) -> Option<Url> {
    let node = report.node(id);
    if !report.site.permanent {
        return None;
    }
    of_sheet(report.strategy(id.strategy), node.kind, &node.id, sheet)
}

/// An indicator on the page of its node.
pub fn indicator(report: &Report, id: IndicatorId) -> Url {
    let page = node(report, id.node);
    match report.node(id.node).indicators.get(id.indicator as usize) {
        Some(indicator) => page.at(indicator_anchor(&indicator.id)),
        None => page,
    }
}

/// The id of an indicator within a page.
pub fn indicator_anchor(indicator: &str) -> String {
    format!("indicator-{indicator}")
}

/// A department on the page of departments.
pub fn department(of: &Strategy, name: &str) -> Url {
    departments(of).at(department_anchor(name))
}

/// The id of a department within a page.
pub fn department_anchor(name: &str) -> String {
    anchor("department", name)
}

/// A scale on the page of its strategy.
pub fn scale(of: &Strategy, id: &str) -> Url {
    strategy(of).at(scale_anchor(id))
}

/// The id of a scale within a page.
pub fn scale_anchor(id: &str) -> String {
    format!("scale-{id}")
}

/// Where `target` is shown; `None` if it is not published.
pub fn target(report: &Report, target: Target) -> Option<Url> {
    match target {
        Target::Strategy(ix) => Some(strategy(report.strategy(ix))),
        Target::Node(id) => Some(node(report, id)),
        Target::Indicator(id) => Some(indicator(report, id)),
        Target::Outside(_) => None,
    }
}

/// Whether a strategy has a page for printing.
pub fn has_print(report: &Report, strategy: StrategyIx) -> bool {
    report.site.print && !report.strategy(strategy).outline && report.nodes(strategy).next().is_some()
}

/// The editions of a strategy whose sheets have lasting pages, oldest first.
pub fn editions_with_sheets(report: &Report, strategy: StrategyIx) -> impl Iterator<Item = (EditionIx, &Edition)> {
    let editions = report.strategy(strategy).editions.iter().enumerate();
    editions.map(|(place, edition)| (EditionIx(place), edition)).filter(move |(edition, _)| {
        report.site.permanent && report.nodes(strategy).any(|(_, node)| node.sheet(*edition).is_some())
    })
}

/// Whether any node of a strategy names a department.
pub fn has_departments(report: &Report, strategy: StrategyIx) -> bool {
    report
        .nodes(strategy)
        .any(|(_, node)| !node.departments.is_empty() || node.sheets.iter().any(|sheet| !sheet.departments.is_empty()))
}

/// Whether any node of a strategy has an indicator.
pub fn has_indicators(report: &Report, strategy: StrategyIx) -> bool {
    report.nodes(strategy).any(|(_, node)| !node.indicators.is_empty())
}

/// Whether a strategy has any programs.
pub fn has_programs(report: &Report, strategy: StrategyIx) -> bool {
    report.nodes(strategy).any(|(_, node)| node.kind == Kind::Program)
}

/// Whether any program of a strategy has money.
pub fn has_spending(report: &Report, strategy: StrategyIx) -> bool {
    let mut sheets = report.nodes(strategy).flat_map(|(_, node)| &node.sheets);
    sheets.any(|sheet| sheet.money.values().any(|years| years.values().any(|value| value.decimal().is_some())))
}
