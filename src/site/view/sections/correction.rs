//! Corrections (訂正) of published sheets.

use crate::correction::{self, SheetCorrection, cell};
use crate::model::{
    AmountCell, CellKey, Column, FigureKey, IndicatorId, JudgedSubject, JudgementKey, NodeId, Owner, Sheet, StrategyIx,
    SurveyPart,
};
use crate::site::address;
use crate::site::view::context::ViewContext;
use crate::site::view::sections::amount_column;
use crate::site::view::values::html::Html;
use crate::site::view::values::reference::RefView;
use crate::site::view::values::statement::{self, Attributes};
use serde::Serialize;

/// One correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CorrectionView<'a> {
    /// Its id on the page of all corrections.
    pub anchor: &'a str,
    /// Day on which it was published: `令和8年12月1日`.
    pub date: String,
    /// Goal, policy or program.
    pub node: RefView<'a>,
    /// Label of the edition.
    pub edition: &'a str,
    /// The corrected cell in words: `空き家バンクの登録件数 実績値 令和5年度`.
    pub place: String,
    /// Link to the cell, on the page of the sheet.
    pub href: String,
    /// Text before, as it was published; empty if there was none.
    pub was: &'a str,
    /// Text after; empty if there is none. `None` for words of several sentences, which are only linked.
    pub is: Option<String>,
    /// Who had made the mistake: `publisher` or `transcription`.
    pub kind: &'static str,
    /// Reason, as a sentence.
    pub reason: &'a str,
    /// Address of the notice of the publisher; `None` if not given.
    pub url: Option<&'a str>,
    /// Titles of the scales whose marks of the same indicator or node were corrected on the same day; empty if there are none.
    pub marks: Vec<&'a str>,
    /// True if the result of a declared method was computed from the corrected figure.
    pub computed: bool,
    /// Statement attributes (`docs/statements.md`, section 5), for tests.
    pub statement: Html,
}

/// Link to the corrections of a strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CorrectionsLink {
    /// Number of corrections of what the page is about.
    pub count: usize,
    /// Link to all corrections of the strategy.
    pub href: String,
}

impl CorrectionsLink {
    /// Builds the link from a page about what `count` corrections are of; `None` if there are none.
    pub(crate) fn new(context: &ViewContext<'_>, ix: StrategyIx, count: usize) -> Option<Self> {
        let href = || context.link(&address::corrections(context.report.strategy(ix)));
        (count > 0).then(|| Self { count, href: href() })
    }
}

/// Corrections of the sheets of a node that the page takes into account, newest first.
pub(crate) fn of_node<'a>(context: &ViewContext<'a>, id: NodeId) -> Vec<CorrectionView<'a>> {
    let corrections = correction::of_node(id, context.sheets(id).into_iter());
    corrections.iter().map(|correction| CorrectionView::new(context, correction)).collect()
}

impl<'a> CorrectionView<'a> {
    /// Builds the view of a correction.
    pub(crate) fn new(context: &ViewContext<'a>, of: &SheetCorrection<'a>) -> Self {
        let SheetCorrection { node: id, sheet, correction } = *of;
        let (report, about) = (context.report, &correction.about);
        let (strategy, node) = (report.strategy(id.strategy), report.node(id));
        let page = address::sheet(report, id, sheet).unwrap_or_else(|| address::node(report, id));
        let page = match anchor(context, id, about) {
            Some(anchor) => page.with_fragment(anchor),
            None => page,
        };
        let is = correction::after(strategy, node, sheet, correction);
        let scales = marks_of_same_day(sheet, about, of).filter_map(|key| strategy.scales.get(key.scale.0));
        let (ids, marks): (Vec<&str>, Vec<&'a str>) = scales.map(|scale| (&*scale.id, &*scale.title)).unzip();
        let computed = is_input(context, id, sheet, about);
        let edition = context.edition(id.strategy, sheet.edition);
        let statement = Attributes::statement("correction")
            .with("of", &statement::node_key(context, id))
            .with("edition", edition.map_or("", |edition| &edition.id))
            .with("date", &correction.date.to_string())
            .with("about", &about.dotted(strategy, node))
            .with_optional("was", Some(correction.was.as_str()).filter(|text| !text.is_empty()))
            .with_optional("is", is.as_deref().filter(|text| !text.is_empty()))
            .with("kind", correction.kind.key())
            .with_optional("marks", Some(ids.join(" ")).as_deref().filter(|ids| !ids.is_empty()))
            .with_optional("computed", computed.then_some("yes"));
        Self {
            anchor: &correction.anchor,
            date: context.texts.date(&correction.date.to_string()),
            node: RefView::of_node(context, id.strategy, id),
            edition: edition.map_or("", |edition| &edition.label),
            place: place(context, id, about),
            href: context.link(&page),
            was: &correction.was,
            is,
            kind: correction.kind.key(),
            reason: &correction.reason,
            url: correction.url.as_ref().map(|url| url.as_str()),
            marks,
            computed,
            statement: statement.html(),
        }
    }
}

/// Corrections of the same day of judgements of the corrected indicator, or of the node if anything else was corrected.
fn marks_of_same_day<'a>(
    sheet: &'a Sheet,
    about: &CellKey,
    of: &SheetCorrection<'a>,
) -> impl Iterator<Item = &'a JudgementKey> {
    let indicator = match about {
        CellKey::Figure(FigureKey { indicator, .. }) | CellKey::Unplaced(indicator) => Some(*indicator),
        _ => None,
    };
    let is_judgement = matches!(about, CellKey::Judgement(_));
    let date = of.correction.date;
    sheet.corrections.iter().filter(move |other| other.date == date && !is_judgement).filter_map(move |other| {
        let CellKey::Judgement(key) = &other.about else { return None };
        let same = match &key.subject {
            JudgedSubject::Node => true,
            JudgedSubject::Indicator(index) => Some(*index) == indicator,
            JudgedSubject::Row(_) => false,
        };
        same.then_some(key)
    })
}

/// Returns true if the result of a declared method that the page states was computed from the figure.
fn is_input(context: &ViewContext<'_>, id: NodeId, sheet: &Sheet, about: &CellKey) -> bool {
    let CellKey::Figure(key) = about else { return false };
    let (strategy, node) = (context.report.strategy(id.strategy), context.report.node(id));
    let Some(cell) = cell::text(strategy, node, sheet, about) else { return false };
    let target = IndicatorId::new(id, key.indicator);
    let assessment = match context.only_edition {
        Some(edition) => context.assessments.assessment_in_edition(target, edition),
        None => context.assessments.assessment(target),
    };
    let outcome = assessment.and_then(|assessment| assessment.result.as_ref()?.1.as_ref().ok());
    outcome.is_some_and(|outcome| outcome.inputs.iter().any(|input| input.value.span == cell.span))
}

/// Anchor of the section that shows the cell; `None` for what the head of the page shows.
fn anchor(context: &ViewContext<'_>, id: NodeId, about: &CellKey) -> Option<String> {
    let indicator = |index: usize| {
        let indicator = context.report.node(id).indicators.get(index)?;
        Some(address::indicator_anchor(&indicator.id))
    };
    match about {
        CellKey::IndicatorName(index)
        | CellKey::IndicatorUnit(index)
        | CellKey::Unplaced(index)
        | CellKey::Figure(FigureKey { indicator: index, .. })
        | CellKey::Judgement(JudgementKey { subject: JudgedSubject::Indicator(index), .. }) => indicator(*index),
        CellKey::Amount(_) if context.report.node(id).rows.is_empty() => Some("costs".to_owned()),
        CellKey::Judgement(JudgementKey { subject: JudgedSubject::Row(_), .. }) => Some("programs".to_owned()),
        CellKey::Survey(..) => Some("surveys".to_owned()),
        CellKey::Section(_) => Some("words".to_owned()),
        _ => None,
    }
}

/// The cell in words.
fn place(context: &ViewContext<'_>, id: NodeId, about: &CellKey) -> String {
    let (texts, strategy, node) = (context.texts, context.report.strategy(id.strategy), context.report.node(id));
    let indicator = |index: usize| node.indicators.get(index).map_or("", |indicator| indicator.name.as_str());
    let parts: Vec<String> = match about {
        CellKey::Number => vec![texts.get("corrected_number").to_owned()],
        CellKey::Name => vec![texts.get("corrected_name").to_owned()],
        CellKey::Account => vec![texts.get("account").to_owned()],
        CellKey::Page => vec![texts.get("corrected_page").to_owned()],
        CellKey::Department => vec![texts.get("department").to_owned()],
        CellKey::Period => vec![texts.get("node_period").to_owned()],
        CellKey::Field(ix) => strategy.fields.get(ix.0).map(|field| field.title.clone()).into_iter().collect(),
        CellKey::IndicatorName(index) => {
            vec![indicator(*index).to_owned(), texts.get("corrected_name").to_owned()]
        }
        CellKey::IndicatorUnit(index) => {
            vec![indicator(*index).to_owned(), texts.get("corrected_unit").to_owned()]
        }
        CellKey::Unplaced(index) => vec![indicator(*index).to_owned(), texts.get("corrected_unplaced").to_owned()],
        CellKey::Figure(key) => figure(context, id, key),
        CellKey::Amount(cell) => amount(context, id, cell),
        CellKey::Judgement(key) => {
            let subject = match &key.subject {
                JudgedSubject::Node => None,
                JudgedSubject::Indicator(index) => Some(indicator(*index).to_owned()),
                JudgedSubject::Row(program) => {
                    let mut rows = context.report.rows(Owner::Node(id));
                    let row = rows.find(|(row, _)| row.program.id == *program);
                    Some(row.map_or_else(|| program.clone(), |(_, id)| context.report.node(id).name.clone()))
                }
            };
            let scale = strategy.scales.get(key.scale.0).map(|scale| scale.title.clone());
            let year = key.year.map(|year| context.year(year).label.clone());
            let judge = key.judge.and_then(|judge| strategy.judges.get(judge.0)).map(|judge| judge.title.clone());
            [subject, scale, year, judge].into_iter().flatten().collect()
        }
        CellKey::Survey(ix, part) => strategy.surveys.get(ix.0).map_or_else(Vec::new, |survey| {
            let part = match part {
                SurveyPart::X => survey.x.title.as_str(),
                SurveyPart::Y => survey.y.title.as_str(),
                SurveyPart::Quadrant => texts.get("survey_quadrant"),
            };
            vec![survey.title.clone(), part.to_owned()]
        }),
        CellKey::Section(title) if title.is_empty() => vec![texts.get("corrected_words").to_owned()],
        CellKey::Section(title) => vec![texts.fill("corrected_section", &[("title", title)])],
    };
    parts.join(" ")
}

fn figure(context: &ViewContext<'_>, id: NodeId, key: &FigureKey) -> Vec<String> {
    let (texts, node) = (context.texts, context.report.node(id));
    let Some(indicator) = node.indicators.get(key.indicator) else { return Vec::new() };
    let series = match indicator.series_name(key.series) {
        Some(name) => name,
        None if key.series.key() == "interim" => texts.get("interim_value"),
        None => texts.get(key.series.key()),
    };
    let column = match key.column {
        Column::Start => texts.get("start_of_plan").to_owned(),
        Column::Year(year) => context.year_of(indicator, year).label.clone(),
        Column::End => texts.get("end_of_plan").to_owned(),
    };
    vec![indicator.name.clone(), series.to_owned(), column]
}

fn amount(context: &ViewContext<'_>, id: NodeId, cell: &AmountCell) -> Vec<String> {
    let (strategy, node) = (context.report.strategy(id.strategy), context.report.node(id));
    let item = cell.item.and_then(|index| node.items.get(index)).map(|item| item.name.clone());
    let title = amount_column::title(context, id.strategy, cell.table, cell.key).into_owned();
    let year =
        cell.year.map_or_else(|| context.texts.get("all_years").to_owned(), |year| context.year(year).label.clone());
    let funding = cell.funding.and_then(|index| strategy.amounts.funding.get(index));
    [item, Some(title), Some(year), funding.map(|source| source.title.clone())].into_iter().flatten().collect()
}
