//! Surveys of residents in `report.json`.

use super::json::{Json, Object};
use super::report_json::value;
use crate::model::{Strategy, Survey, SurveyAxis, SurveyEntry, Value};

/// Declared survey.
pub(super) fn declaration(survey: &Survey) -> Object<'_> {
    Object::default()
        .with("id", &survey.id)
        .with("title", &survey.title)
        .with("fiscal_year", survey.year)
        .with("answers", printed(&survey.answers))
        .with("url", survey.url.as_ref().map(|url| url.as_str()))
        .with("x", axis(&survey.x))
        .with("y", axis(&survey.y))
        .with_filled("quadrants", Json::from_iter(survey.quadrants.iter().flatten()))
}

fn axis(axis: &SurveyAxis) -> Object<'_> {
    Object::default().with("title", &axis.title).with("mean", printed(&axis.mean))
}

/// Places of a node in surveys.
pub(super) fn entries<'r>(strategy: &'r Strategy, entries: &'r [SurveyEntry]) -> Json<'r> {
    let entry = |entry: &'r SurveyEntry| {
        let survey = strategy.surveys.get(entry.survey.0)?;
        let place = Object::default().with("survey_id", &survey.id);
        Some(place.with("x", printed(&entry.x)).with("y", printed(&entry.y)).with("quadrant", &entry.quadrant))
    };
    Json::from_iter(entries.iter().filter_map(entry))
}

fn printed(printed: &Option<Value>) -> Option<Object<'_>> {
    Some(value(Object::default(), printed.as_ref()?))
}
