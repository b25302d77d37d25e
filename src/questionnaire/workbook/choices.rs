//! Drop-down lists of a workbook, and the hidden sheet with their choices.

use super::LISTS;
use super::formats::Formats;
use crate::questionnaire::question::Form;
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Formula, Workbook, Worksheet, XlsxError};
use std::collections::BTreeSet;

/// Lists of choices, each once.
pub(super) struct Lists {
    all: Vec<Vec<String>>,
}

impl Lists {
    pub(super) fn new(forms: &[&Form]) -> Self {
        let choices = forms.iter().flat_map(|form| &form.questions).map(|question| &question.choices);
        let distinct: BTreeSet<&Vec<String>> = choices.filter(|choices| !choices.is_empty()).collect();
        Self { all: distinct.into_iter().cloned().collect() }
    }

    fn name(index: usize) -> String {
        format!("choices_{}", index + 1)
    }

    fn name_of(&self, choices: &[String]) -> Option<String> {
        self.all.iter().position(|list| list == choices).map(Self::name)
    }

    /// Drop-down list of `choices`. Its message names them, since the list is not shown on a phone.
    pub(super) fn validation(&self, choices: &[String]) -> Result<Option<DataValidation>, XlsxError> {
        let Some(name) = self.name_of(choices) else { return Ok(None) };
        let message: String = format!("次から選んでください: {}", choices.join("、")).chars().take(250).collect();
        let validation = DataValidation::new()
            .allow_list_formula(Formula::new(format!("={name}")))
            .set_error_title("選択肢にありません")?
            .set_error_message(message)?
            .set_error_style(DataValidationErrorStyle::Stop);
        Ok(Some(validation))
    }

    /// Defines the names by which validations refer to the lists.
    pub(super) fn define_names(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        for (index, choices) in self.all.iter().enumerate() {
            let column = crate::spreadsheet::column_name(u32::try_from(index).unwrap_or(u32::MAX));
            let range = format!("={LISTS}!${column}$1:${column}${}", choices.len());
            workbook.define_name(Self::name(index), &range)?;
        }
        Ok(())
    }

    pub(super) fn sheet(&self, formats: &Formats) -> Result<Worksheet, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(LISTS)?.set_very_hidden(true);
        for (column, choices) in (0..).zip(&self.all) {
            for (row, choice) in (0..).zip(choices) {
                sheet.write_string_with_format(row, column, choice, &formats.plain)?;
            }
        }
        Ok(sheet)
    }
}
