//! Cells for the places of a node in surveys of residents.

use super::cell::CellTemplate;
use super::context::EditionContext;
use super::in_comment;
use crate::content::quoted;
use crate::model::{Kind, Node, Strategy, Survey, SurveyEntry, SurveyIx, Value};

impl EditionContext<'_> {
    /// Tables of the surveys whose results the sheets of the new edition print: those of which no sheet has any yet. Asked
    /// of the nodes that earlier surveys placed or, if there are none, of the policies.
    pub(super) fn survey_tables(&self, node: &Node) -> String {
        let surveys = self.strategy.surveys.iter().enumerate();
        let new = surveys.filter(|(index, _)| entries(self.strategy).all(|entry| entry.survey != SurveyIx(*index)));
        let previous = node.sheets.iter().rev().find_map(|sheet| sheet.surveys.last());
        let is_asked = match entries(self.strategy).next() {
            Some(_) => previous.is_some(),
            None => node.kind == Kind::Policy,
        };
        new.filter(|_| is_asked).map(|(_, survey)| table(survey, previous)).collect()
    }
}

fn entries(strategy: &Strategy) -> impl Iterator<Item = &SurveyEntry> {
    strategy.nodes.iter().flat_map(|node| &node.sheets).flat_map(|sheet| &sheet.surveys)
}

/// The table of one survey, with the place in the `previous` survey as comments.
fn table(survey: &Survey, previous: Option<&SurveyEntry>) -> String {
    let cell = |key: &str, title: &str, value: Option<&Value>| {
        let previous = value.map(|value| format!("　{}", quoted(&value.printed))).unwrap_or_default();
        CellTemplate::empty(key).with_comment(Some(format!("{title}{previous}"))).line()
    };
    let mut text = format!("\n[survey.{}]    # {}\n", survey.id, in_comment(&survey.title));
    text += &cell("x", &survey.x.title, previous.and_then(|entry| entry.x.as_ref()));
    text += &cell("y", &survey.y.title, previous.and_then(|entry| entry.y.as_ref()));
    if let Some(names) = &survey.quadrants {
        text += &format!("# quadrant = \"\"    # 領域の記載がある場合［{}］\n", in_comment(&names.join("・")));
    }
    text
}
