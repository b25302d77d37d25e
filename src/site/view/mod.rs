//! View models: the data that each kind of page passes to its template.
//!
//! There is one struct per kind of page (`pages`), composed of shared structs (`sections`, `values`). A template can
//! access nothing else, and the field docs of these structs are the reference for theme authors. Figures are strings,
//! exactly as printed. Only [`Html`] holds markup; templates escape every other string.

mod context;
mod pages;
mod sections;
mod values;

pub use pages::corrections::CorrectionsView;
pub use pages::data::DataView;
pub use pages::departments::DepartmentsView;
pub use pages::easy::EasyView;
pub use pages::edition::EditionPageView;
pub use pages::field::{FieldPageView, FieldValuePageView};
pub use pages::frame::FrameView;
pub use pages::glossary::GlossaryView;
pub use pages::home::HomeView;
pub use pages::indicators::IndicatorsView;
pub use pages::node::{NodeView, SheetView};
pub use pages::print::PrintView;
pub use pages::programs::ProgramsView;
pub use pages::search::SearchView;
pub use pages::spending::SpendingView;
pub use pages::strategy::StrategyView;
pub use pages::survey::SurveyView;
pub use sections::amount_column::AmountColumn;
pub(crate) use sections::amount_column::newest_sum;
pub use sections::change::{ChangesView, FigureChange};
pub use sections::correction::CorrectionView;
pub use sections::document::EditionView;
pub use sections::goal_table::GoalTablesView;
pub use sections::indicator::{IndicatorView, LineView};
pub use sections::indicator_summary::IndicatorSummaryView;
pub use sections::judgement::{MarkView, VerdictView};
use sections::layout::StrategyNav;
pub use sections::layout::{Layout, SharedLayout};
#[cfg(test)]
pub(crate) use sections::method_result::not_computable;
pub use sections::money::{AmountsView, FundingView};
pub use sections::node_header::{DepartmentLink, NodeHeaderView};
pub use sections::prose::{ProseView, SectionView};
pub use sections::relations::RelationsView;
pub use sections::row::{RowView, RowsView};
pub use sections::sheet_content::SheetContentView;
pub(crate) use sections::target_comparison::by_relation;
pub use values::html::Html;
pub(crate) use values::reference::numbered;
pub use values::reference::{PlaceView, RefView};
pub use values::time::YearView;
pub use values::value::{PartView, ValueView};
#[cfg(test)]
pub use {
    sections::assessment::ComputedView, sections::goal_table::GoalTableLine, sections::key_figures::KeyFigure,
    sections::mark_distribution::MarkDistributionView, sections::sums::SumView,
};

use super::lists::{ListKind, ListPageId};
use super::{Page, PageKind, ReadingOrder, Summary, Url, address};
use crate::assess::Assessments;
use crate::exchange::package::Packages;
use crate::markdown::TermIndex;
use crate::model::{IndicatorId, NodeId, Owner, ReferenceTarget, Report, StrategyIx};
use crate::site::address::Anchors;
use crate::texts::InterfaceTexts;
use crate::totals::StrategySums;
use context::{Lists, ViewContext};
use serde::Serialize;
use std::sync::OnceLock;
use values::chart::SparklineCache;
use values::time::YearCache;

/// Data of one page, serialized as the context of its template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[allow(clippy::large_enum_variant, reason = "a view exists only until it is rendered, one per thread")]
pub enum View<'a> {
    /// Home page, for [`PageKind::Home`].
    Home(HomeView<'a>),
    /// Page of a strategy, for [`PageKind::Strategy`].
    Strategy(StrategyView<'a>),
    /// Current page of a node, for [`PageKind::Node`].
    Node(NodeView<'a>),
    /// Chart for other websites, for [`PageKind::Frame`].
    Frame(FrameView<'a>),
    /// Permalink page of a sheet, for [`PageKind::Sheet`].
    Sheet(SheetView<'a>),
    /// Page in easy Japanese, for [`PageKind::Easy`].
    Easy(EasyView<'a>),
    /// Page of an edition, for [`PageKind::Edition`].
    Edition(EditionPageView<'a>),
    /// Overview of all indicators, for [`PageKind::Indicators`].
    Indicators(IndicatorsView<'a>),
    /// Overview of all programs, for [`PageKind::Programs`].
    Programs(ProgramsView<'a>),
    /// Amounts by goal and policy, for [`PageKind::Spending`].
    Spending(SpendingView<'a>),
    /// Page of a survey, for [`PageKind::Survey`].
    Survey(SurveyView<'a>),
    /// Overview of the values of a field, for [`PageKind::Field`].
    Field(FieldPageView<'a>),
    /// Nodes with one value of a field, for [`PageKind::FieldValue`].
    FieldValue(FieldValuePageView<'a>),
    /// Corrections of a strategy, for [`PageKind::Corrections`].
    Corrections(CorrectionsView<'a>),
    /// Overview of the departments, for [`PageKind::Departments`].
    Departments(DepartmentsView<'a>),
    /// Page about the data of a strategy, for [`PageKind::Data`].
    Data(DataView<'a>),
    /// Print page, for [`PageKind::Print`].
    Print(PrintView<'a>),
    /// Glossary page, for [`PageKind::Glossary`].
    Glossary(GlossaryView<'a>),
    /// Search page, for [`PageKind::Search`].
    Search(SearchView<'a>),
    /// Redirect from a former address, for [`PageKind::Redirect`].
    Redirect(RedirectView<'a>),
    /// Error page, for [`PageKind::NotFound`].
    NotFound(NotFoundView<'a>),
}

/// Redirect page at a former address of a node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RedirectView<'a> {
    /// Layout data.
    pub layout: Layout<'a>,
    /// Node that moved, with a link to its current page.
    pub node: RefView<'a>,
    /// Link to the new address.
    pub to: String,
}

/// Error page for addresses that do not exist (`404.html`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotFoundView<'a> {
    /// Layout data.
    pub layout: Layout<'a>,
    /// Strategies, in the order of the home page.
    pub strategies: Vec<StrategyNav<'a>>,
}

impl View<'_> {
    /// Layout data of the page.
    pub fn layout(&self) -> &Layout<'_> {
        match self {
            View::Home(page) => &page.layout,
            View::Strategy(page) => &page.layout,
            View::Node(page) => &page.layout,
            View::Sheet(page) => &page.layout,
            View::Easy(page) => &page.layout,
            View::Frame(page) => &page.layout,
            View::Edition(page) => &page.layout,
            View::Indicators(page) => &page.layout,
            View::Programs(page) => &page.layout,
            View::Spending(page) => &page.layout,
            View::Survey(page) => &page.layout,
            View::Field(page) => &page.layout,
            View::FieldValue(page) => &page.layout,
            View::Corrections(page) => &page.layout,
            View::Departments(page) => &page.layout,
            View::Data(page) => &page.layout,
            View::Print(page) => &page.layout,
            View::Glossary(page) => &page.layout,
            View::Search(page) => &page.layout,
            View::Redirect(page) => &page.layout,
            View::NotFound(page) => &page.layout,
        }
    }

    /// Returns true if the page may contain Japanese within text of another language, which must then be annotated.
    pub fn mixes_languages(&self) -> bool {
        self.layout().mixes_languages
    }

    /// Number of charts on the current or permalink page of a node; 0 for all other pages. Sparklines are not counted.
    pub fn chart_count(&self) -> usize {
        match self {
            View::Node(page) => page.sheet_content.chart_count(),
            View::Sheet(page) => page.sheet_content.chart_count(),
            _ => 0,
        }
    }

    /// File name of the template that renders the page.
    pub fn template(&self) -> &'static str {
        self.layout().template
    }
}

/// File name of the template that renders pages of this kind.
fn template(kind: &PageKind) -> &'static str {
    match kind {
        PageKind::Home => "home.html",
        PageKind::Strategy(_) => "strategy.html",
        PageKind::Node(_) => "node.html",
        PageKind::Sheet(..) => "sheet.html",
        PageKind::Easy(_) => "easy.html",
        PageKind::Frame(_) => "frame.html",
        PageKind::Edition(..) | PageKind::EditionPart(..) => "edition.html",
        PageKind::Indicators(_) => "indicators.html",
        PageKind::Programs(_) => "programs.html",
        PageKind::ListPage(_, ListPageId { kind: ListKind::Indicators, .. }) => "indicators.html",
        PageKind::ListPage(_, ListPageId { kind: ListKind::Programs, .. }) => "programs.html",
        PageKind::Spending(_) | PageKind::SpendingTable(..) => "money.html",
        PageKind::Survey(..) => "survey.html",
        PageKind::Field(..) => "field.html",
        PageKind::FieldValue(..) => "field_value.html",
        PageKind::Corrections(_) => "corrections.html",
        PageKind::Departments(_) => "departments.html",
        PageKind::Data(_) => "data.html",
        PageKind::Print(_) | PageKind::PrintDocument(..) => "print.html",
        PageKind::Glossary => "glossary.html",
        PageKind::Search => "search.html",
        PageKind::Redirect { .. } => "redirect.html",
        PageKind::NotFound => "404.html",
    }
}

/// Builder for the views of one report.
///
/// Holds the data that pages share. Expensive shared data is computed when the first page that needs it is built, so
/// that building a single page costs no more than that page.
pub struct ViewBuilder<'a> {
    report: &'a Report,
    assessments: Assessments<'a>,
    sparklines: SparklineCache,
    orders: Vec<OnceLock<ReadingOrder>>,
    summaries: Vec<Summary>,
    terms: Option<TermIndex>,
    department_anchors: Vec<OnceLock<Anchors>>,
    sums: Vec<OnceLock<StrategySums>>,
    lists: Vec<OnceLock<Lists>>,
    texts: &'a InterfaceTexts,
    year_cache: YearCache<'a>,
    packages: Packages,
}

impl<'a> ViewBuilder<'a> {
    /// Creates a builder for `report` with the texts of its site.
    pub fn new(report: &'a Report, texts: &'a InterfaceTexts) -> Self {
        let summaries = report.strategies().map(|(ix, _)| Summary::new(report, ix)).collect();
        Self::with_summaries(report, texts, summaries)
    }

    /// Creates a builder for `report` whose home page lists `summaries`. These may include strategies that are not part
    /// of `report`.
    pub fn with_summaries(report: &'a Report, texts: &'a InterfaceTexts, summaries: Vec<Summary>) -> Self {
        let term_anchors = address::term_anchors(&report.glossary);
        Self {
            report,
            assessments: Assessments::new(report),
            sparklines: SparklineCache::new(report),
            orders: report.strategies().map(|_| OnceLock::new()).collect(),
            summaries,
            terms: TermIndex::new(&report.glossary, |term| {
                address::term(&term_anchors, &term.term).relative_to(&address::glossary())
            }),
            department_anchors: report.strategies().map(|_| OnceLock::new()).collect(),
            sums: report.strategies().map(|_| OnceLock::new()).collect(),
            lists: report.strategies().map(|_| OnceLock::new()).collect(),
            texts,
            year_cache: YearCache::new(texts),
            packages: Packages::new(report),
        }
    }

    /// Data packages of the strategies.
    pub fn packages(&self) -> &Packages {
        &self.packages
    }

    /// Summaries of the strategies that the home page lists.
    pub fn summaries(&self) -> &[Summary] {
        &self.summaries
    }

    /// Builds the view of `page`, which must be part of the plan of this report.
    pub fn view<'v>(&'v self, page: &'v Page) -> View<'v> {
        let context = &self.context(&page.kind, &page.url);
        match &page.kind {
            PageKind::Home => View::Home(pages::home::home(context)),
            PageKind::Strategy(ix) => View::Strategy(pages::strategy::strategy(context, *ix, self.order(*ix))),
            PageKind::Node(id) => View::Node(pages::node::node(context, *id, self.order(id.strategy))),
            PageKind::Sheet(id, edition) => {
                let view = pages::node::sheet(context, *id, *edition, self.order(id.strategy));
                view.map_or_else(|| self.not_found(&page.url), View::Sheet)
            }
            PageKind::Easy(owner) => {
                let ix = match owner {
                    Owner::Strategy(ix) => *ix,
                    Owner::Node(id) => id.strategy,
                };
                let view = pages::easy::easy(context, *owner, self.order(ix));
                view.map_or_else(|| self.not_found(&page.url), View::Easy)
            }
            PageKind::Frame(id) => {
                let view = pages::frame::frame(context, *id);
                view.map_or_else(|| self.not_found(&page.url), View::Frame)
            }
            PageKind::Edition(ix, edition) => {
                let view = pages::edition::edition(context, *ix, *edition, self.order(*ix));
                view.map_or_else(|| self.not_found(&page.url), View::Edition)
            }
            PageKind::Indicators(ix) => {
                View::Indicators(pages::indicators::all_indicators(context, *ix, self.order(*ix)))
            }
            PageKind::Programs(ix) => View::Programs(pages::programs::all_programs(context, *ix, self.order(*ix))),
            PageKind::ListPage(ix, id) => {
                let view = match id.kind {
                    ListKind::Programs => pages::programs::list_page(context, *ix, *id).map(View::Programs),
                    ListKind::Indicators => {
                        pages::indicators::list_page(context, *ix, *id, self.order(*ix)).map(View::Indicators)
                    }
                };
                view.unwrap_or_else(|| self.not_found(&page.url))
            }
            PageKind::Spending(ix) => View::Spending(pages::spending::spending(context, *ix)),
            PageKind::SpendingTable(ix, year, key) => {
                View::Spending(pages::spending::spending_table(context, *ix, (*year, *key)))
            }
            PageKind::Survey(ix, survey) => {
                let view = pages::survey::survey(context, *ix, *survey, self.order(*ix));
                view.map_or_else(|| self.not_found(&page.url), View::Survey)
            }
            PageKind::Field(ix, field) => {
                let view = pages::field::overview(context, *ix, *field, self.order(*ix));
                view.map_or_else(|| self.not_found(&page.url), View::Field)
            }
            PageKind::FieldValue(ix, field, value) => {
                let view = pages::field::value(context, *ix, *field, *value, self.order(*ix));
                view.map_or_else(|| self.not_found(&page.url), View::FieldValue)
            }
            PageKind::Departments(ix) => {
                View::Departments(pages::departments::all_departments(context, *ix, self.order(*ix)))
            }
            PageKind::Corrections(ix) => View::Corrections(pages::corrections::corrections(context, *ix)),
            PageKind::EditionPart(ix, edition, part) => {
                let view = pages::edition::part(context, *ix, *edition, *part, self.order(*ix));
                view.map_or_else(|| self.not_found(&page.url), View::Edition)
            }
            PageKind::PrintDocument(ix, index) => {
                let view = pages::print::document(context, *ix, *index, self.order(*ix));
                view.map_or_else(|| self.not_found(&page.url), View::Print)
            }
            PageKind::Data(ix) => View::Data(pages::data::data(context, *ix)),
            PageKind::Print(ix) => View::Print(pages::print::print(context, *ix, self.order(*ix))),
            PageKind::Glossary => View::Glossary(pages::glossary::glossary(context)),
            PageKind::Search => View::Search(pages::search::search(context)),
            PageKind::Redirect { node, to, .. } => View::Redirect(RedirectView {
                layout: Layout { address: None, ..Layout::of_strategy(context, node.strategy) },
                node: RefView::of_node(context, node.strategy, *node),
                to: context.link(to),
            }),
            PageKind::NotFound => self.not_found(&page.url),
        }
    }

    /// The chart of an indicator as an SVG file with this `style`. `None` if it has no chart.
    pub fn chart_file(&self, id: IndicatorId, style: &str) -> Option<String> {
        let url = address::chart(self.report, id)?;
        pages::frame::chart_file(&self.context(&PageKind::Frame(id), &url), id, style)
    }

    fn not_found<'v>(&'v self, url: &'v Url) -> View<'v> {
        let context = &self.context(&PageKind::NotFound, url);
        View::NotFound(NotFoundView {
            layout: Layout { address: None, ..Layout::of_site(context) },
            strategies: context.summaries.iter().map(|summary| StrategyNav::new(context, summary)).collect(),
        })
    }

    /// Context for building a page of this kind at the address `url`.
    fn context<'v>(&'v self, kind: &PageKind, url: &'v Url) -> ViewContext<'v> {
        ViewContext {
            template: template(kind),
            report: self.report,
            assessments: &self.assessments,
            sparklines: &self.sparklines,
            summaries: &self.summaries,
            terms: self.terms.as_ref(),
            department_anchors: &self.department_anchors,
            sums: &self.sums,
            lists: &self.lists,
            url,
            indexed: self.report.site.search
                && matches!(kind, PageKind::Strategy(_) | PageKind::Node(_) | PageKind::Easy(_) | PageKind::Sheet(..)),
            only_edition: None,
            print_part: None,
            texts: self.texts,
            year_cache: &self.year_cache,
            packages: &self.packages,
        }
    }

    fn order(&self, ix: StrategyIx) -> &ReadingOrder {
        const NONE: &ReadingOrder = &ReadingOrder::NONE;
        self.orders.get(ix.0 as usize).map_or(NONE, |order| order.get_or_init(|| ReadingOrder::new(self.report, ix)))
    }
}

/// Reference target for the indicator at `index` of a node.
fn indicator_target(node: NodeId, index: usize) -> ReferenceTarget {
    ReferenceTarget::Indicator(IndicatorId::new(node, index))
}
