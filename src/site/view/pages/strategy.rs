//! Page of a strategy.

use crate::markdown::Passage;
use crate::model::{Kind, Owner, StrategyIx};
use crate::site::discovery::dataset::dataset;
use crate::site::view::context::ViewContext;
use crate::site::view::pages::home::{CountView, counts};
use crate::site::view::sections::change::{ChangesView, changes};
use crate::site::view::sections::document::EditionView;
use crate::site::view::sections::goal_table::{GoalTablesView, goal_tables};
use crate::site::view::sections::judgement::ScaleView;
use crate::site::view::sections::key_amount::{StrategyAmountView, strategy_amount};
use crate::site::view::sections::layout::Layout;
use crate::site::view::sections::mark_distribution::{DistributionPart, MarkDistributionView, mark_distributions};
use crate::site::view::sections::mark_history::{MarkHistoryView, mark_histories};
use crate::site::view::sections::prose::{self, ProseOwner};
use crate::site::view::sections::row::{RowsView, rows};
use crate::site::view::sections::sums::{SumsView, sums_of_strategy};
use crate::site::view::sections::target_comparison::{TargetComparisonView, target_comparison};
use crate::site::view::sections::timeline::{EditionLink, timeline};
use crate::site::view::values::html::Html;
use crate::site::view::values::reading::ReadingView;
use crate::site::view::values::reference::RefView;
use crate::site::{ReadingOrder, address, lists};
use serde::Serialize;

/// Page of a strategy: description, sources, and contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StrategyView<'a> {
    /// Layout data.
    pub layout: Layout<'a>,
    /// Title of the strategy.
    pub title: &'a str,
    /// Title in kana; `None` if not given.
    pub reading: Option<&'a str>,
    /// Reading of the title as the page shows it.
    pub name_reading: ReadingView<'a>,
    /// Link to the page in easy Japanese; `None` if there is none.
    pub easy: Option<String>,
    /// Name of the municipality.
    pub publisher: &'a str,
    /// Years of the plan; `None` if not declared.
    pub period: Option<String>,
    /// Description of the strategy; `None` if there is none.
    pub description: Option<&'a str>,
    /// True if only an outline is published, without editions.
    pub outline: bool,
    /// Numbers of nodes by the name of their level.
    pub counts: Vec<CountView<'a>>,
    /// Number of indicators.
    pub indicator_count: usize,
    /// Distributions of evaluative marks: all marks of goals, policies and indicators, and those of programs on scales
    /// whose marks have a tone other than `neutral`. Empty if there are none.
    pub evaluative_distributions: Vec<MarkDistributionView<'a>>,
    /// Comparison of the indicators with their targets; `None` if an indicator has a mark, or if none can be compared.
    pub target_comparison: Option<TargetComparisonView<'a>>,
    /// Newest sum of money; `None` if there is none.
    pub amount: Option<StrategyAmountView<'a>>,
    /// Distributions of the other marks of programs, such as directions and kinds of funding; empty if there are none.
    pub other_distributions: Vec<MarkDistributionView<'a>>,
    /// Editions, newest first; empty for an outline.
    pub editions: Vec<EditionView<'a>>,
    /// Editions in order of time, oldest first; empty if there are fewer than two.
    pub timeline: Vec<EditionLink<'a>>,
    /// Marks over all editions, one table for each scale and kind of subject; empty if fewer than two editions give any.
    pub histories: Vec<MarkHistoryView<'a>>,
    /// Tables of the goals and policies; `None` if there are none.
    pub goal_tables: Option<GoalTablesView<'a>>,
    /// Changes of the newest edition since the previous one; `None` if there is at most one edition.
    pub changes: Option<ChangesView<'a>>,
    /// Programs directly under the strategy; `None` if there are none.
    pub rows: Option<RowsView<'a>>,
    /// Programs that are not listed in any row.
    pub programs_without_row: Vec<RefView<'a>>,
    /// Sums computed by the site over all programs; `None` if there are no amounts.
    pub sums: Option<SumsView<'a>>,
    /// Fields whose values have pages, in the order of their declaration; empty if there are none.
    pub fields: Vec<FieldLink<'a>>,
    /// Surveys of residents, newest first; empty if none is declared.
    pub surveys: Vec<SurveyLink<'a>>,
    /// Scales of its marks, in the order of declaration; empty if none is declared.
    pub scales: Vec<ScaleView<'a>>,
    /// Text of `strategy.md`; `None` if there is none.
    pub body: Option<Html>,
    /// Plain text of `body`, for the search index.
    #[serde(skip)]
    pub(crate) passages: Vec<Passage>,
    /// Remarks on the source; empty if there are none.
    pub remarks: Vec<&'a str>,
    /// Link to the print page; `None` if the strategy has none.
    pub print: Option<String>,
    /// True if the print page leads to several documents.
    pub print_divided: bool,
    /// Link to the corrections (訂正); `None` if there are none.
    pub corrections: Option<String>,
    /// Link to the data of the strategy (`report.json`).
    pub data: String,
    /// Description of the data as JSON-LD (schema.org), for a `<script type="application/ld+json">`; `None` without a
    /// base address, and for an outline.
    pub dataset: Option<Html>,
}

/// Link to the overview of the values of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldLink<'a> {
    /// Title of the field.
    pub title: &'a str,
    /// Link to the overview.
    pub href: String,
}

/// Link to the page of a survey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SurveyLink<'a> {
    /// Title of the survey.
    pub title: &'a str,
    /// Link to its page.
    pub href: String,
}

/// Builds the page of a strategy.
pub(crate) fn strategy<'a>(context: &ViewContext<'a>, ix: StrategyIx, order: &ReadingOrder) -> StrategyView<'a> {
    let strategy = context.report.strategy(ix);
    let editions = strategy.shown_editions().rev().map(|(_, edition)| edition);
    let (evaluative_distributions, other_distributions): (Vec<_>, Vec<_>) =
        mark_distributions(context, ix, order).into_iter().partition(|distribution| distribution.evaluative);
    let has_marked_indicator = evaluative_distributions.iter().any(|distribution| {
        let is_marked = |part: &DistributionPart<'_>| part.group.mark.is_some() && !part.group.members.is_empty();
        distribution.of == "indicator" && distribution.parts.iter().any(is_marked)
    });
    let newest = strategy.shown_editions().next_back().map(|(edition, _)| edition);
    let programs = order.of_kind(Kind::Program).iter();
    let programs_without_row = programs.filter(|id| context.report.relations(**id).places.is_empty());
    let body =
        prose::render(context, ProseOwner::Strategy(ix), &strategy.body, ("about", 3), &mut context.page_state());
    let (body, passages) = body.unzip();
    let surveys = strategy
        .surveys
        .iter()
        .rev()
        .map(|survey| SurveyLink { title: &survey.title, href: context.link(&address::survey(strategy, survey)) });
    let fields = strategy.fields.iter().filter(|field| field.pages);
    let fields =
        fields.map(|field| FieldLink { title: &field.title, href: context.link(&address::field(strategy, field)) });
    StrategyView {
        layout: Layout { description: strategy.description.clone(), ..Layout::of_strategy(context, ix) },
        title: &strategy.title,
        reading: strategy.reading.as_deref(),
        name_reading: ReadingView::new(&strategy.title, strategy.reading.as_deref()),
        easy: address::easy(context.report, Owner::Strategy(ix)).map(|easy| context.link(&easy)),
        publisher: &strategy.publisher,
        period: strategy.period.map(|period| context.texts.period_in_full(period)),
        description: strategy.description.as_deref(),
        outline: strategy.outline_only,
        editions: editions.map(|edition| EditionView::new(context, ix, edition)).collect(),
        timeline: timeline(context, ix, None),
        histories: mark_histories(context, ix, order),
        goal_tables: goal_tables(context, ix),
        changes: newest.and_then(|newest| changes(context, ix, newest, &order.all())),
        counts: context.summary(ix).map_or_else(Vec::new, counts),
        indicator_count: context.report.nodes(ix).map(|(_, node)| node.indicators.len()).sum(),
        target_comparison: if has_marked_indicator { None } else { target_comparison(context, ix, order) },
        amount: strategy_amount(context, ix),
        evaluative_distributions,
        other_distributions,
        rows: rows(context, ix, Owner::Strategy(ix)),
        programs_without_row: programs_without_row.map(|id| RefView::of_node(context, ix, *id)).collect(),
        sums: sums_of_strategy(context, ix),
        fields: fields.collect(),
        surveys: surveys.collect(),
        scales: ScaleView::all(strategy),
        body,
        passages: passages.unwrap_or_default(),
        remarks: strategy.remarks.iter().map(|remark| remark.text.as_str()).collect(),
        print: address::has_print(context.report, ix).then(|| context.link(&address::print(strategy))),
        print_divided: lists::is_large(context.report, ix),
        corrections: address::has_corrections(context.report, ix)
            .then(|| context.link(&address::corrections(strategy))),
        data: context.link(&address::report_json(strategy)),
        dataset: dataset(context.report, ix),
    }
}
