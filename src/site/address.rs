//! Addresses of all pages and files of the site.
//!
//! Both the plan and the links of all views use these functions, so that the two cannot disagree.

use super::lists::ListKind;
use super::url::Url;
use crate::model::{
    Edition, EditionIx, Field, FieldOption, GlossaryTerm, IndicatorId, Kind, Node, NodeId, Owner, ReferenceTarget,
    Report, Sheet, Strategy, StrategyIx, Survey,
};
use std::collections::{HashMap, HashSet};

/// Home page of the site.
pub fn home() -> Url {
    Url::new("index.html")
}

/// Error page for addresses that do not exist.
pub fn not_found() -> Url {
    Url::new("404.html")
}

/// Glossary page.
pub fn glossary() -> Url {
    Url::new("glossary.html")
}

/// Term on the glossary page; `anchors` are those of [`term_anchors`].
pub fn term(anchors: &Anchors, term: &str) -> Url {
    anchors.on_page(glossary(), term)
}

/// Anchors of all terms on the glossary page.
pub fn term_anchors(glossary: &[GlossaryTerm]) -> Anchors {
    Anchors::new("term", glossary.iter().map(|term| term.term.as_str()))
}

/// Anchors of named entries of a page.
///
/// Whitespace in names becomes a hyphen, since ids must not contain whitespace. If several names would have the same
/// anchor, such as `A B` and `A-B`, the first keeps it and the others get a number: `term-A-B`, `term-A-B-2`.
#[derive(Debug)]
pub struct Anchors(HashMap<String, String>);

impl Anchors {
    /// Assigns anchors to `names` in their order; a name that occurs again keeps its anchor.
    fn new<'n>(prefix: &str, names: impl Iterator<Item = &'n str>) -> Self {
        let mut distinct = HashSet::new();
        let plain = names.filter(|name| distinct.insert(*name)).map(|name| {
            let parts: Vec<&str> = std::iter::once(prefix).chain(name.split_whitespace()).collect();
            (name, parts.join("-"))
        });
        let plain: Vec<(&str, String)> = plain.collect();
        // A numbered anchor must not be that of another name.
        let mut taken: HashSet<String> = plain.iter().map(|(_, anchor)| anchor.clone()).collect();
        let mut assigned = HashSet::new();
        let mut anchors = HashMap::new();
        for (name, anchor) in &plain {
            let mut unique = anchor.clone();
            if !assigned.insert(anchor) {
                let mut number = 2;
                while !taken.insert(unique.clone()) {
                    unique = format!("{anchor}-{number}");
                    number += 1;
                }
            }
            anchors.insert((*name).to_owned(), unique);
        }
        Self(anchors)
    }

    /// Anchor of the entry `name`; `None` if the page has no such entry.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Entry `name` of the page at `url`, or the page itself if it has no such entry.
    fn on_page(&self, url: Url, name: &str) -> Url {
        match self.get(name) {
            Some(anchor) => url.with_fragment(anchor),
            None => url,
        }
    }
}

/// Folder of the theme's assets.
pub const THEME_FOLDER: &str = "assets";

/// Returns true if a top-level folder of this name collides with a site-level page or with the folder of the theme's
/// assets. Servers that omit `.html` could not distinguish `search.html` from a folder `search`.
pub fn collides_with_site_level(folder: &str) -> bool {
    let pages = [home(), not_found(), glossary(), search()];
    folder == THEME_FOLDER || pages.iter().any(|page| page.path().strip_suffix(".html") == Some(folder))
}

/// Asset of the theme.
pub fn theme_asset(file: &str) -> Url {
    Url::new(format!("{THEME_FOLDER}/{file}"))
}

/// Index of all sitemaps of the site.
pub fn sitemap_index() -> Url {
    Url::new("sitemap.xml")
}

/// Sitemap of the pages outside the strategies.
pub fn site_sitemap() -> Url {
    Url::new("sitemap-site.xml")
}

/// Feed of all strategies.
pub fn site_feed() -> Url {
    Url::new("feed.xml")
}

/// Instructions for crawlers, at the root of a host.
pub fn robots() -> Url {
    Url::new("robots.txt")
}

/// Sitemap of a strategy; number 0 is the first one.
pub fn sitemap(strategy: &impl HasFolder, number: usize) -> Url {
    match number {
        0 => in_folder(strategy, "sitemap.xml"),
        number => in_folder(strategy, &format!("sitemap-{number}.xml")),
    }
}

/// Feed of a strategy.
pub fn feed(strategy: &impl HasFolder) -> Url {
    in_folder(strategy, "feed.xml")
}

/// Strategy, or summary of one, with the folder that contains its pages.
pub trait HasFolder {
    /// Path of the strategy's folder below the site root.
    fn folder(&self) -> &str;
}

impl HasFolder for Strategy {
    fn folder(&self) -> &str {
        &self.id
    }
}

/// Address of a file in the folder of a strategy.
fn in_folder(strategy: &impl HasFolder, page: &str) -> Url {
    Url::new([strategy.folder(), "/", page].concat())
}

/// Page of a strategy.
pub fn strategy(strategy: &impl HasFolder) -> Url {
    in_folder(strategy, "index.html")
}

/// Overview page of all indicators of a strategy.
pub fn indicators(strategy: &impl HasFolder) -> Url {
    in_folder(strategy, "indicators.html")
}

/// Overview page of the departments of a strategy.
pub fn departments(strategy: &impl HasFolder) -> Url {
    in_folder(strategy, "departments.html")
}

/// Page of the corrections of a strategy.
pub fn corrections(strategy: &impl HasFolder) -> Url {
    in_folder(strategy, "corrections.html")
}

/// Page of one edition as a whole.
pub fn edition(strategy: &Strategy, edition: &Edition) -> Url {
    in_folder(strategy, &format!("editions/{}.html", edition.id))
}

/// Page of a survey.
pub fn survey(strategy: &Strategy, survey: &Survey) -> Url {
    in_folder(strategy, &format!("surveys/{}.html", survey.id))
}

/// Overview page of the values of a field.
pub fn field(strategy: &Strategy, field: &Field) -> Url {
    in_folder(strategy, &format!("fields/{}.html", field.id))
}

/// Page of one value of a field.
pub fn field_value(strategy: &Strategy, field: &Field, value: &FieldOption) -> Url {
    in_folder(strategy, &format!("fields/{}/{}.html", field.id, value.id))
}

/// Overview page of all programs of a strategy.
pub fn programs(strategy: &impl HasFolder) -> Url {
    in_folder(strategy, "programs.html")
}

/// Page of a divided list of a strategy, other than its first one; `path` is unique within the list.
pub fn list_page(strategy: &Strategy, list: ListKind, path: &str) -> Url {
    let list = match list {
        ListKind::Programs => "programs",
        ListKind::Indicators => "indicators",
    };
    in_folder(strategy, &format!("lists/{list}/{path}.html"))
}

/// Anchor of a goal, policy or program on the print page. Followed by a dot, it is the prefix of all ids of that node.
pub fn part_anchor(node: &Node) -> String {
    format!("{}.{}", node.kind.key(), node.id)
}

/// Page of the amounts of a strategy by goal and policy.
pub fn spending(strategy: &impl HasFolder) -> Url {
    in_folder(strategy, "money.html")
}

/// Print page: the whole strategy as one document.
pub fn print(strategy: &Strategy) -> Url {
    in_folder(strategy, "print.html")
}

/// Print document of a part of a strategy; `path` is unique among them.
pub fn print_document(strategy: &Strategy, path: &str) -> Url {
    in_folder(strategy, &format!("print/{path}.html"))
}

/// Part of the page of an edition; `path` is unique among them.
pub fn edition_part(strategy: &Strategy, edition: &Edition, path: &str) -> Url {
    in_folder(strategy, &format!("editions/{}/{path}.html", edition.id))
}

/// Table of the amounts of a strategy, with the anchor that it has on an undivided page.
pub fn spending_table(strategy: &Strategy, anchor: &str) -> Url {
    in_folder(strategy, &format!("money/{anchor}.html"))
}

/// Search page.
pub fn search() -> Url {
    Url::new("search.html")
}

/// File of the search index of the current pages of a strategy; number 0 is the first one.
pub fn search_index(strategy: &impl HasFolder, number: usize) -> Url {
    match number {
        0 => in_folder(strategy, "search.js"),
        number => in_folder(strategy, &format!("search-{number}.js")),
    }
}

/// File of the search index of the permalink pages of one edition, given by its id; number 0 is the first one.
pub fn edition_search_index(strategy: &impl HasFolder, edition: &str, number: usize) -> Url {
    match number {
        0 => in_folder(strategy, &format!("search/{edition}.js")),
        number => in_folder(strategy, &format!("search/{edition}/{number}.js")),
    }
}

/// File of the first level of the search index, with the strategies of some grams.
pub fn search_grams(number: u8) -> Url {
    theme_asset(&format!("search/{number}.js"))
}

/// Search index of the glossary.
pub fn glossary_search_index() -> Url {
    Url::new("glossary.js")
}

/// File name of the data of a strategy, within its folder.
pub const REPORT_JSON: &str = "report.json";

/// Machine-readable data of a strategy.
pub fn report_json(strategy: &Strategy) -> Url {
    in_folder(strategy, REPORT_JSON)
}

/// Page that describes the data of a strategy.
pub fn data(strategy: &impl HasFolder) -> Url {
    in_folder(strategy, "data.html")
}

/// File name of the description of a data package.
pub const DATAPACKAGE_JSON: &str = "datapackage.json";

/// File name of the JSON Schema of `report.json`, within the data package.
pub const REPORT_SCHEMA_JSON: &str = "report.schema.json";

/// File of the data package of a strategy.
pub fn package_file(strategy: &impl HasFolder, file: &str) -> Url {
    in_folder(strategy, &format!("data/{file}"))
}

/// Description of the data package of a strategy.
pub fn package_descriptor(strategy: &impl HasFolder) -> Url {
    package_file(strategy, DATAPACKAGE_JSON)
}

/// Returns true if a strategy has a data package: not an outline, which has no figures.
pub fn has_data(report: &Report, ix: StrategyIx) -> bool {
    report.site.data && !report.strategy(ix).outline_only
}

/// File name of the summary of a strategy, within its folder.
pub const SUMMARY_JSON: &str = "summary.json";

/// Summary of a strategy, for the site-level pages across all units.
pub fn summary_json(strategy: &Strategy) -> Url {
    in_folder(strategy, SUMMARY_JSON)
}

/// Current page of the goal, policy or program with this id.
pub fn node_with_id(strategy: &Strategy, kind: Kind, id: &str) -> Url {
    Url::new([&strategy.id, "/", kind.folder(), "/", id, ".html"].concat())
}

/// Permalink page of a sheet of the goal, policy or program with this id. `None` if the edition of the sheet is not
/// declared.
pub fn sheet_with_id(strategy: &Strategy, kind: Kind, id: &str, sheet: &Sheet) -> Option<Url> {
    let edition = strategy.editions.get(sheet.edition.0)?;
    Some(in_folder(strategy, &format!("{}/{id}/{}.html", kind.folder(), edition.id)))
}

/// Picture or other file in the folder of a node.
pub fn file_of_node(strategy: &Strategy, kind: Kind, id: &str, file: &str) -> Url {
    in_folder(strategy, &format!("{}/{id}/{file}", kind.folder()))
}

/// Current page of a node.
pub fn node(report: &Report, id: NodeId) -> Url {
    let node = report.node(id);
    node_with_id(report.strategy(id.strategy), node.kind, &node.id)
}

/// Permalink page of a sheet; `None` if permalinks are disabled for the site.
pub fn sheet(report: &Report, id: NodeId, sheet: &Sheet) -> Option<Url> {
    let node = report.node(id);
    if !report.site.permalinks {
        return None;
    }
    sheet_with_id(report.strategy(id.strategy), node.kind, &node.id, sheet)
}

/// Page in easy Japanese of the goal, policy or program with this id.
pub fn easy_with_id(strategy: &Strategy, kind: Kind, id: &str) -> Url {
    in_folder(strategy, &format!("{}/{id}/easy.html", kind.folder()))
}

/// Page in easy Japanese of a strategy or node; `None` if it has none.
pub fn easy(report: &Report, owner: Owner) -> Option<Url> {
    report.easy(owner)?;
    Some(match owner {
        Owner::Strategy(ix) => in_folder(report.strategy(ix), "easy.html"),
        Owner::Node(id) => {
            let node = report.node(id);
            easy_with_id(report.strategy(id.strategy), node.kind, &node.id)
        }
    })
}

/// Section of an indicator on the current page of its node.
pub fn indicator(report: &Report, id: IndicatorId) -> Url {
    let page = node(report, id.node);
    match report.node(id.node).indicators.get(id.indicator as usize) {
        Some(indicator) => page.with_fragment(indicator_anchor(&indicator.id)),
        None => page,
    }
}

/// Page with nothing but the chart of an indicator, for other websites to embed. `None` if there is no such indicator.
pub fn frame(report: &Report, id: IndicatorId) -> Option<Url> {
    of_chart(report, id, "html")
}

/// Chart of an indicator as an image. `None` if there is no such indicator.
pub fn chart(report: &Report, id: IndicatorId) -> Option<Url> {
    of_chart(report, id, "svg")
}

/// File of the chart of an indicator. The folder keeps it apart from permalink pages: the id of an indicator may be that
/// of an edition.
fn of_chart(report: &Report, id: IndicatorId, extension: &str) -> Option<Url> {
    let node = report.node(id.node);
    let indicator = &node.indicators.get(id.indicator as usize)?.id;
    let path = format!("{}/{}/chart/{indicator}.{extension}", node.kind.folder(), node.id);
    Some(in_folder(report.strategy(id.node.strategy), &path))
}

/// Anchor of an indicator within a page.
pub fn indicator_anchor(indicator: &str) -> String {
    format!("indicator-{indicator}")
}

/// Section of a department on the overview of departments, or the overview itself if it has no such section; `anchors`
/// are those of [`department_anchors`].
pub fn department(strategy: &Strategy, anchors: &Anchors, name: &str) -> Url {
    anchors.on_page(departments(strategy), name)
}

/// Anchors of all departments on the overview of a strategy: first those that it declares, then those in charge of its
/// nodes. Departments that only older sheets name have none.
pub fn department_anchors(report: &Report, strategy: StrategyIx) -> Anchors {
    let declared = report.strategy(strategy).departments.iter().map(|department| department.name.as_str());
    let in_charge = report.nodes(strategy).flat_map(|(_, node)| node.departments_in(node.sheets.last()));
    let in_charge = in_charge.map(|department| department.name.as_str());
    Anchors::new("department", declared.chain(in_charge))
}

/// Section of a scale on the page of its strategy.
pub fn scale(strategy: &impl HasFolder, id: &str) -> Url {
    self::strategy(strategy).with_fragment(scale_anchor(id))
}

/// Anchor of a scale within a page.
pub fn scale_anchor(id: &str) -> String {
    format!("scale-{id}")
}

/// Address of a link target; `None` if the target is not published.
pub fn target(report: &Report, target: ReferenceTarget) -> Option<Url> {
    match target {
        ReferenceTarget::Strategy(ix) => Some(strategy(report.strategy(ix))),
        ReferenceTarget::Node(id) => Some(node(report, id)),
        ReferenceTarget::Indicator(id) => Some(indicator(report, id)),
        ReferenceTarget::Unpublished(_) => None,
    }
}

/// Returns true if a strategy has a print page: printing is enabled, and the strategy has nodes and is not a mere
/// outline.
pub fn has_print(report: &Report, strategy: StrategyIx) -> bool {
    report.site.print && !report.strategy(strategy).outline_only && report.nodes(strategy).next().is_some()
}

/// Editions of a strategy whose sheets have permalink pages, oldest first.
pub fn editions_with_sheets(report: &Report, strategy: StrategyIx) -> impl Iterator<Item = (EditionIx, &Edition)> {
    let editions = report.strategy(strategy).editions.iter().enumerate();
    editions.map(|(index, edition)| (EditionIx(index), edition)).filter(move |(edition, _)| {
        report.site.permalinks && report.nodes(strategy).any(|(_, node)| node.sheet(*edition).is_some())
    })
}

/// Returns true if any node or sheet of a strategy names a department.
pub fn has_departments(report: &Report, strategy: StrategyIx) -> bool {
    report
        .nodes(strategy)
        .any(|(_, node)| !node.departments.is_empty() || node.sheets.iter().any(|sheet| !sheet.departments.is_empty()))
}

/// Returns true if any sheet of a strategy was corrected.
pub fn has_corrections(report: &Report, strategy: StrategyIx) -> bool {
    report.nodes(strategy).any(|(_, node)| node.sheets.iter().any(|sheet| !sheet.corrections.is_empty()))
}

/// Returns true if any node of a strategy has an indicator.
pub fn has_indicators(report: &Report, strategy: StrategyIx) -> bool {
    report.nodes(strategy).any(|(_, node)| !node.indicators.is_empty())
}

/// Returns true if a strategy has any programs.
pub fn has_programs(report: &Report, strategy: StrategyIx) -> bool {
    report.nodes(strategy).any(|(_, node)| node.kind == Kind::Program)
}

/// Returns true if any sheet of a strategy has an amount of money that is a number.
pub fn has_spending(report: &Report, strategy: StrategyIx) -> bool {
    let mut sheets = report.nodes(strategy).flat_map(|(_, node)| &node.sheets);
    sheets.any(|sheet| sheet.money.of_years().any(|(_, _, value)| value.decimal().is_some()))
}
