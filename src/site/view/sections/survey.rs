//! Places of a node in surveys of residents.

use crate::model::{CellKey, NodeId, SurveyIx, SurveyPart, Value, YearKind};
use crate::site::address;
use crate::site::view::context::ViewContext;
use crate::site::view::pages::survey::{entry, place_statement};
use crate::site::view::values::corrected::CorrectedView;
use crate::site::view::values::html::Html;
use crate::site::view::values::value::ValueView;
use serde::Serialize;

/// Place of a node in one survey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlaceInSurveyView<'a> {
    /// Title of the survey.
    pub title: &'a str,
    /// Link to its page.
    pub href: String,
    /// Title of the horizontal measure: `満足度`.
    pub x_title: &'a str,
    /// Value of the horizontal measure; `None` if none was printed.
    pub x: Option<ValueView<'a>>,
    /// Title of the vertical measure: `重要度`.
    pub y_title: &'a str,
    /// Value of the vertical measure; `None` if none was printed.
    pub y: Option<ValueView<'a>>,
    /// Name of the quadrant, as printed; `None` if none was printed.
    pub quadrant: Option<&'a str>,
    /// Correction (訂正) of the quadrant; `None` if it was not corrected.
    pub quadrant_corrected: Option<CorrectedView<'a>>,
    /// Statement attributes (`docs/statements.md`, section 5), for tests.
    pub statement: Html,
}

/// Places of a node in all surveys, newest first, from the sheets that the page takes into account.
pub(crate) fn places_in_surveys<'a>(context: &ViewContext<'a>, id: NodeId) -> Vec<PlaceInSurveyView<'a>> {
    let strategy = context.report.strategy(id.strategy);
    if strategy.surveys.is_empty() {
        return Vec::new();
    }
    let sheets = context.sheets(id);
    let value =
        |value: &'a Option<Value>| Some(ValueView::new(context, id.strategy, YearKind::Fiscal, value.as_ref()?));
    let places = strategy.surveys.iter().enumerate().rev().filter_map(|(index, survey)| {
        let (sheet, entry) =
            sheets.iter().rev().copied().find_map(|sheet| Some((sheet, entry(sheet, SurveyIx(index))?)))?;
        let quadrant = CellKey::Survey(SurveyIx(index), SurveyPart::Quadrant);
        Some(PlaceInSurveyView {
            title: &survey.title,
            href: context.link(&address::survey(strategy, survey)),
            x_title: &survey.x.title,
            x: value(&entry.x),
            y_title: &survey.y.title,
            y: value(&entry.y),
            quadrant: entry.quadrant.as_deref(),
            quadrant_corrected: CorrectedView::of_sheet(context, id, sheet, &quadrant),
            statement: place_statement(context, id, survey, entry),
        })
    });
    places.collect()
}
