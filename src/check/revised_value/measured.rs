//! Values of one survey that are printed for several years: 18,104 (H27), 18,014 (H27).

use super::super::Findings;
use super::super::visit::{Key, sheets};
use super::is_same;
use crate::diagnostic::{Confidence, say};
use crate::model::{Column, FiscalYear, Period, Report, Value};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// A value with its column and its number.
type Printed<'r> = (FiscalYear, &'r Value, Decimal);

/// Reports the only one of three or more values of a survey that differs from the others. A first one may be preliminary.
pub(super) fn check(report: &Report, findings: &mut Findings) {
    for item in sheets(report) {
        for (index, figures) in &item.sheet.figures {
            let Some(indicator) = item.node.indicators.get(*index) else { continue };
            let mut surveys: BTreeMap<(FiscalYear, FiscalYear), Vec<Printed<'_>>> = BTreeMap::new();
            for (year, value) in &figures.actual {
                let is_settled =
                    value.estimated.is_none() && value.note.is_none() && value.corrected.is_none() && !value.sic;
                if let (Some(Period { from, to }), Some(number)) =
                    (value.measured, value.exact().filter(|_| is_settled))
                {
                    surveys.entry((from, to)).or_default().push((*year, value, number));
                }
            }
            for values in surveys.values().filter(|values| values.len() > 2) {
                let Some(((year, value, _), usual)) = odd_one(values) else { continue };
                let is_first = values.first().is_some_and(|(first, ..)| first == year);
                let confidence = if is_first { Confidence::Possible } else { Confidence::Likely };
                let (printed, others, count) = (&value.printed, &usual.printed, values.len() - 1);
                let message = say!(
                    ja: "「{printed}」が、同じ時点のほかの{count}個の値「{others}」と違います",
                    en: "`{printed}` differs from the other values of the same survey ({count}), `{others}`"
                );
                let help = say!(
                    ja: "どちらの値が正しいか、資料と見比べてください",
                    en: "compare both values with the source"
                );
                let key = Key::Series(indicator, crate::model::SeriesKind::Actual, Column::Year(*year));
                findings.add_as(confidence, value.span, key, message, help);
            }
        }
    }
}

/// The only value that differs from all others, which are equal, and one of these.
fn odd_one<'v, 'r>(values: &'v [Printed<'r>]) -> Option<(&'v Printed<'r>, &'r Value)> {
    values.iter().enumerate().find_map(|(index, own)| {
        let mut others = values.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, other)| other);
        let (_, usual, number) = others.next()?;
        let are_equal = others.all(|(.., other)| is_same(*number, *other));
        (are_equal && !is_same(*number, own.2)).then_some((own, *usual))
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::indicator;

    #[test]
    fn values_of_one_survey_are_equal() {
        let check = |last: &str, expected: &[&str]| {
            let figures =
                format!("actual.R2 = '53 (H27)'\nactual.R3 = '104 (R2)'\nactual.R4 = '104 (R2)'\nactual.R5 = '{last}'");
            indicator("", &figures).assert_finds("revised-value", expected);
        };
        check("104 (R2)", &[]);
        check("140 (R2)", &["programs/a/2023.md:6"]);
        check("140 (R5)", &[]);
    }
}
