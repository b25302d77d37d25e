//! The table of surveys of residents.

use super::csv_file::{CsvFile, CsvWriter, NONE, optional, text, year};
use super::nodes::node_key;
use super::table::SURVEY_COLUMNS;
use super::values::value_cells;
use crate::model::{Edition, Node, RegionCode, Report, StrategyIx, Survey, SurveyAxis, Value};
use std::borrow::Cow;

/// A value of a survey: of a node, or of the survey as a whole.
pub(super) struct SurveyValue<'r> {
    /// Key of its row: `survey.r6.x-mean`, `2024/policy/3/survey.r6.x`.
    pub(super) id: String,
    /// The value; `None` for a quadrant.
    pub(super) value: Option<&'r Value>,
    survey: &'r Survey,
    place: Option<(&'r Edition, &'r Node)>,
    measure: &'static str,
    /// Title of the measure, or name of the quadrant.
    title: Option<&'r str>,
}

/// The table [`TableId::Surveys`](super::TableId::Surveys).
pub(super) fn table(report: &Report, ix: StrategyIx) -> CsvFile {
    let mut file = CsvWriter::new(&SURVEY_COLUMNS);
    let strategy = report.strategy(ix);
    let region = report.region_code(ix).map(RegionCode::as_str);
    for_each(report, ix, &mut |of| {
        let cells = of.value.map(|value| value_cells(value, ""));
        let [number, number_to, bound, unit, status] =
            cells.unwrap_or([NONE, NONE, NONE, NONE, Cow::Borrowed("words")]);
        file.push([
            text(&of.id),
            optional(region),
            text(&strategy.publisher),
            text(&strategy.id),
            text(&of.survey.id),
            text(&of.survey.title),
            optional(of.place.map(|(edition, _)| edition.id.as_str())),
            of.place.map_or(NONE, |(_, node)| Cow::Owned(node_key(node))),
            year(of.survey.year),
            Cow::Borrowed(of.measure),
            optional(of.title),
            number,
            number_to,
            bound,
            unit,
            status,
        ]);
    });
    file.finish()
}

/// Calls `visit` with every value: those of the declarations, then those of the nodes.
pub(super) fn for_each<'r>(report: &'r Report, ix: StrategyIx, visit: &mut dyn FnMut(SurveyValue<'r>)) {
    let strategy = report.strategy(ix);
    for survey in &strategy.surveys {
        let mut of_survey = |value: &'r Option<Value>, measure: &'static str, title: Option<&'r str>| {
            if let Some(value) = value {
                let id = format!("survey.{}.{measure}", survey.id);
                visit(SurveyValue { id, value: Some(value), survey, place: None, measure, title });
            }
        };
        of_survey(&survey.answers, "answers", None);
        let mut mean = |axis: &'r SurveyAxis, measure| of_survey(&axis.mean, measure, Some(&axis.title));
        mean(&survey.x, "x-mean");
        mean(&survey.y, "y-mean");
    }
    for (_, node) in report.nodes(ix) {
        for sheet in &node.sheets {
            let Some(edition) = strategy.editions.get(sheet.edition.0) else { continue };
            for entry in &sheet.surveys {
                let Some(survey) = strategy.surveys.get(entry.survey.0) else { continue };
                let cell = format!("{}/{}/survey.{}", edition.id, node_key(node), survey.id);
                let place = Some((edition, node));
                let x = entry.x.as_ref().map(|value| (Some(value), "x", survey.x.title.as_str()));
                let y = entry.y.as_ref().map(|value| (Some(value), "y", survey.y.title.as_str()));
                let quadrant = entry.quadrant.as_ref().map(|name| (None, "quadrant", name.as_str()));
                for (value, measure, title) in x.into_iter().chain(y).chain(quadrant) {
                    let id = format!("{cell}.{measure}");
                    visit(SurveyValue { id, value, survey, place, measure, title: Some(title) });
                }
            }
        }
    }
}
