//! Code that embeds the chart of an indicator in a page of another website.

use crate::chart;
use crate::model::IndicatorId;
use crate::site::address;
use crate::site::view::context::ViewContext;
use crate::site::view::sections::chart_title;
use crate::site::view::sections::key_figures::{KeyFigure, KeyFiguresView};
use crate::site::view::values::chart::ChartView;
use crate::site::view::values::html::Html;
use serde::Serialize;

/// The chart of an indicator as a page of its own, to be embedded with an `<iframe>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EmbedView {
    /// HTML code of the `<iframe>`.
    pub code: String,
    /// True if the address in the code is absolute; else it is relative to the site root.
    pub absolute: bool,
    /// Link to the page with the chart.
    pub frame: String,
    /// Link to the chart as an image.
    pub chart: String,
}

/// Width of the frame in pixels: that of the chart as drawn, with the space around it.
const WIDTH: u32 = 400;
/// Width in pixels of the text in the narrowest frame: that of a telephone, 320, without the space around it.
const NARROW: u32 = 294;
/// Space above and below the content, and between its parts.
const MARGIN: u32 = 13;
const GAP: u32 = 8;
/// Font size and line height of title, measured quantity, key figures and source.
const TITLE: (u32, u32) = (17, 25);
const MEASURED: (u32, u32) = (14, 20);
const FIGURE: (u32, u32) = (15, 24);
const SOURCE: (u32, u32) = (14, 20);

impl EmbedView {
    /// Builds the code for the chart of an indicator. `None` if there is no such indicator.
    pub(crate) fn new(
        context: &ViewContext<'_>,
        id: IndicatorId,
        chart: &ChartView,
        key_figures: Option<&KeyFiguresView<'_>>,
    ) -> Option<Self> {
        let (frame, image) = (address::frame(context.report, id)?, address::chart(context.report, id)?);
        let name = &context.report.node(id.node).indicators.get(id.indicator as usize)?.name;
        let publisher = &context.report.strategy(id.node.strategy).publisher;
        let title = format!("{name}{}", context.texts.fill("in_brackets", &[("words", publisher)]));
        let height = height(context, id, chart, key_figures)?;
        let code = format!(
            "<iframe src=\"{}\" title=\"{}\" width=\"{WIDTH}\" height=\"{height}\" loading=\"lazy\" \
             style=\"border:0;max-width:100%\"></iframe>",
            Html::in_attribute(&context.citation_address(&frame)),
            Html::in_attribute(&title),
        );
        let absolute = context.report.site.base.is_some();
        Some(Self { code, absolute, frame: context.link(&frame), chart: context.link(&image) })
    }
}

/// Name of an indicator with its unit. `None` if there is no such indicator.
pub(crate) fn measured(context: &ViewContext<'_>, id: IndicatorId) -> Option<String> {
    let indicator = context.report.node(id.node).indicators.get(id.indicator as usize)?;
    let unit = indicator.unit.as_deref().map(|unit| context.texts.fill("in_unit", &[("unit", unit)]));
    Some(format!("{}{}", indicator.name, unit.unwrap_or_default()))
}

/// Source of the values of an indicator: publisher, strategy, and the newest edition that prints any.
pub(crate) fn source(context: &ViewContext<'_>, id: IndicatorId) -> String {
    let (texts, strategy) = (context.texts, context.report.strategy(id.node.strategy));
    let plan = texts.fill("save_cite", &[("publisher", &strategy.publisher), ("plan", &strategy.title)]);
    let sheets = context.sheets(id.node).into_iter().rev();
    let newest = sheets.filter(|sheet| sheet.figures.contains_key(&(id.indicator as usize))).map(|sheet| sheet.edition);
    let label = newest.filter_map(|edition| context.edition(id.node.strategy, edition)).map(|edition| &edition.label);
    let edition = label.map(|label| texts.fill("in_brackets", &[("words", label)])).next();
    [texts.get("save_source"), &plan, edition.as_deref().unwrap_or_default()].concat()
}

/// Upper estimate of the height of the frame in pixels, which is enough for all its text in the narrowest frame.
fn height(
    context: &ViewContext<'_>,
    id: IndicatorId,
    chart: &ChartView,
    key_figures: Option<&KeyFiguresView<'_>>,
) -> Option<u32> {
    let texts = context.texts;
    // A browser may break lines earlier, by up to one character.
    let lines = |text: &str, (font, line_height): (u32, u32)| {
        chart::line_count(text, NARROW - font, font).saturating_mul(line_height)
    };
    let measured = measured(context, id)?;
    let title = chart_title::sentence(&chart.title, texts).unwrap_or_else(|| measured.clone());
    let (_, chart_height) = chart::size(&chart.svg.0)?;
    let figure = |label: &str, figure: &KeyFigure<'_>| lines(&figure_text(context, label, figure), FIGURE);
    let figures = key_figures.map_or(0, |it| {
        let latest = it.latest.as_ref().map(|latest| figure(texts.get("latest"), latest));
        let targets = [&it.target, &it.last_target].into_iter().flatten();
        let targets = targets.map(|target| figure(texts.get("key_target"), target));
        targets.chain(latest).fold(GAP, u32::saturating_add)
    });
    let source = format!("{} {}", source(context, id), texts.get("embed_more"));
    let parts =
        [lines(&title, TITLE), lines(&measured, MEASURED), chart_height, figures, lines(&source, SOURCE), 3 * GAP];
    Some(parts.into_iter().fold(2 * MARGIN, u32::saturating_add))
}

/// Text of a key figure with all its qualifiers. Tags count as a character more, for their outlines.
fn figure_text(context: &ViewContext<'_>, label: &str, figure: &KeyFigure<'_>) -> String {
    let (texts, qualifiers) = (context.texts, &figure.value.qualifiers);
    let tag = |text: &str| format!("{text}　");
    let mut words = vec![label.to_owned(), figure.figure.to_owned(), figure.unit.clone().unwrap_or_default()];
    words.push(figure.when.clone().unwrap_or_else(|| texts.get("end_of_plan").to_owned()));
    words.push(tag(texts.get("running_total")));
    words.extend(qualifiers.estimated.then(|| tag(qualifiers.estimate_word.unwrap_or(texts.get("estimated")))));
    words.extend(qualifiers.interim.then(|| tag(texts.get("interim_value"))));
    words.extend(qualifiers.as_of.as_deref().map(|date| texts.fill("as_of", &[("date", date)])));
    words.extend(qualifiers.as_of_inferred.then(|| texts.get("inferred").to_owned()));
    words.extend(qualifiers.sic.then(|| texts.get("sic").to_owned()));
    words.extend(qualifiers.corrected.as_ref().map(|_| tag(texts.get("corrected"))));
    words.extend(qualifiers.note.map(str::to_owned));
    words.join(" ")
}
