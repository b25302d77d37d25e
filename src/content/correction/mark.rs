//! Marks at the corrected cells of a sheet.

use crate::model::{
    AmountCell, AmountTable, CellKey, Corrected, Correction, JudgedSubject, Judgement, JudgementKey, Sheet, SurveyPart,
    Value,
};

/// Records the last correction of each value and judgement in the corrected one, which is shown with it wherever it is.
/// Texts that are no values are looked up when they are shown.
pub(in crate::content) fn mark_corrected_cells(sheet: &mut Sheet) {
    let corrections = std::mem::take(&mut sheet.corrections);
    for correction in corrections.iter().filter(|it| is_last(&corrections, it)) {
        let corrected = || Some(Box::new(Corrected::from(correction)));
        match &correction.about {
            CellKey::Judgement(key) => {
                if let Some(judgement) = judgement_mut(sheet, key) {
                    judgement.corrected = corrected();
                }
            }
            about => {
                if let Some(value) = value_mut(sheet, about) {
                    value.corrected = corrected();
                }
            }
        }
    }
    sheet.corrections = corrections;
}

fn is_last(corrections: &[Correction], correction: &Correction) -> bool {
    let order = |it: &Correction| (it.date, it.span.start);
    !corrections.iter().any(|other| other.about == correction.about && order(other) > order(correction))
}

/// The value in the cell `key`; the last of several outside any column. `None` if the cell contains none.
fn value_mut<'s>(sheet: &'s mut Sheet, key: &CellKey) -> Option<&'s mut Value> {
    match key {
        CellKey::Figure(key) => sheet.figures.get_mut(&key.indicator)?.value_mut(key.series, key.column),
        CellKey::Unplaced(indicator) => sheet.figures.get_mut(indicator)?.unplaced.last_mut(),
        CellKey::Amount(cell) => amount_mut(sheet, cell),
        CellKey::Survey(survey, part) => {
            let entry = sheet.surveys.iter_mut().find(|entry| entry.survey == *survey)?;
            match part {
                SurveyPart::X => entry.x.as_mut(),
                SurveyPart::Y => entry.y.as_mut(),
                SurveyPart::Quadrant => None,
            }
        }
        _ => None,
    }
}

fn amount_mut<'s>(sheet: &'s mut Sheet, cell: &AmountCell) -> Option<&'s mut Value> {
    let amounts = match (cell.item, cell.table) {
        (Some(index), _) => sheet.items.get_mut(&index)?,
        (None, AmountTable::Money) => &mut sheet.money,
        (None, AmountTable::Staff) => &mut sheet.staff,
        (None, AmountTable::Total) => &mut sheet.total,
    };
    let value = amounts.get_mut(cell.key, cell.year)?;
    match cell.funding {
        None => Some(value),
        Some(index) => Some(&mut value.funding.iter_mut().find(|share| share.funding.0 == index)?.value),
    }
}

fn judgement_mut<'s>(sheet: &'s mut Sheet, key: &JudgementKey) -> Option<&'s mut Judgement> {
    let given = match &key.subject {
        JudgedSubject::Node => &mut sheet.judgements,
        JudgedSubject::Indicator(index) => &mut sheet.figures.get_mut(index)?.judgements,
        JudgedSubject::Row(program) => sheet.row_judgements.get_mut(program)?,
    };
    given.iter_mut().find(|it| (it.scale, it.judge, it.year) == (key.scale, key.judge, key.year))
}
