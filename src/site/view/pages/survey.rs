//! Page of a survey of residents: a scatter plot of the nodes by two measures, and its table.

use crate::chart;
use crate::model::{
    Decimal, Kind, NodeId, Sheet, StrategyIx, Survey, SurveyAxis, SurveyEntry, SurveyIx, Value, YearKind,
};
use crate::site::ReadingOrder;
use crate::site::view::context::ViewContext;
use crate::site::view::sections::layout::Layout;
use crate::site::view::values::html::Html;
use crate::site::view::values::reference::RefView;
use crate::site::view::values::statement::{self, Attributes};
use crate::site::view::values::time::YearView;
use crate::site::view::values::value::ValueView;
use serde::Serialize;

/// Page of a survey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SurveyView<'a> {
    /// Layout data.
    pub layout: Layout<'a>,
    /// Title of the survey.
    pub title: &'a str,
    /// Fiscal year in which it was carried out; `None` if not given.
    pub year: Option<YearView>,
    /// Number of answers; `None` if not given.
    pub answers: Option<ValueView<'a>>,
    /// Address of its web page; `None` if not given.
    pub source_url: Option<&'a str>,
    /// Horizontal measure.
    pub x: AxisView<'a>,
    /// Vertical measure.
    pub y: AxisView<'a>,
    /// Scatter plot; `None` if no node has both values as numbers.
    pub chart: Option<Html>,
    /// True if any node has a printed quadrant.
    pub has_quadrants: bool,
    /// Nodes with a place in the survey, in the order of the strategy.
    pub lines: Vec<SurveyLine<'a>>,
}

/// Measure of a survey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AxisView<'a> {
    /// Title: `満足度`.
    pub title: &'a str,
    /// Mean of all nodes, as printed; `None` if not given.
    pub mean: Option<ValueView<'a>>,
}

/// Node with its place in the survey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SurveyLine<'a> {
    /// Number of its point in the plot; counts from 1.
    pub number: usize,
    /// Goal, policy or program.
    pub node: RefView<'a>,
    /// Value of the horizontal measure; `None` if none was printed.
    pub x: Option<ValueView<'a>>,
    /// Value of the vertical measure; `None` if none was printed.
    pub y: Option<ValueView<'a>>,
    /// Name of the quadrant, as printed; `None` if none was printed.
    pub quadrant: Option<&'a str>,
    /// Statement attributes (`docs/statements.md`, section 5), for tests.
    pub statement: Html,
}

/// Builds the page of a survey. `None` if the strategy declares no such survey.
pub(crate) fn survey<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    index: SurveyIx,
    order: &ReadingOrder,
) -> Option<SurveyView<'a>> {
    let survey = context.report.strategy(ix).surveys.get(index.0)?;
    let value = |value: &'a Option<Value>| Some(ValueView::new(context, ix, YearKind::Fiscal, value.as_ref()?));
    let axis = |axis: &'a SurveyAxis| AxisView { title: &axis.title, mean: value(&axis.mean) };
    let nodes = Kind::ALL.into_iter().flat_map(|kind| order.of_kind(kind));
    let entries = nodes.filter_map(|id| {
        let sheets = context.report.node(*id).sheets.iter();
        let entry = sheets.rev().find_map(|sheet| entry(sheet, index))?;
        Some((*id, entry))
    });
    let mut points = Vec::new();
    let mut lines = Vec::new();
    for (number, (id, entry)) in (1..).zip(entries) {
        let number_of = |value: &Option<Value>| value.as_ref()?.decimal();
        if let (Some(x), Some(y)) = (number_of(&entry.x), number_of(&entry.y)) {
            points.push(chart::ScatterPoint { number, x, y });
        }
        let node = RefView::of_node(context, ix, id);
        lines.push(SurveyLine {
            number,
            node,
            x: value(&entry.x),
            y: value(&entry.y),
            quadrant: entry.quadrant.as_deref(),
            statement: place_statement(context, id, survey, entry),
        });
    }
    let scatter_axis = |axis: &'a SurveyAxis| chart::ScatterAxis {
        title: &axis.title,
        mean: axis
            .mean
            .as_ref()
            .and_then(|mean: &Value| -> Option<(Decimal, &str)> { Some((mean.decimal()?, mean.printed.as_str())) }),
    };
    let scatter = chart::Scatter {
        title: &survey.title,
        x: scatter_axis(&survey.x),
        y: scatter_axis(&survey.y),
        quadrants: survey.quadrants.as_ref().map(|names| names.each_ref().map(String::as_str)),
        points,
    };
    Some(SurveyView {
        layout: Layout::of_overview(context, ix),
        title: &survey.title,
        year: survey.year.map(|year| context.year(year)),
        answers: value(&survey.answers),
        source_url: survey.url.as_ref().map(|url| url.as_str()),
        x: axis(&survey.x),
        y: axis(&survey.y),
        chart: chart::scatter(&scatter, "survey", context.texts).map(Html),
        has_quadrants: lines.iter().any(|line| line.quadrant.is_some()),
        lines,
    })
}

/// Attributes of the statement `place`.
pub(crate) fn place_statement(context: &ViewContext<'_>, id: NodeId, survey: &Survey, entry: &SurveyEntry) -> Html {
    Attributes::statement("place")
        .with("survey", &survey.id)
        .with("of", &statement::node_key(context, id))
        .with_optional("x", entry.x.as_ref().map(|x| x.printed.as_str()))
        .with_optional("y", entry.y.as_ref().map(|y| y.printed.as_str()))
        .with_optional("quadrant", entry.quadrant.as_deref())
        .html()
}

/// Place in a survey according to one sheet.
pub(crate) fn entry(sheet: &Sheet, survey: SurveyIx) -> Option<&SurveyEntry> {
    sheet.surveys.iter().find(|entry| entry.survey == survey)
}
