//! Texts of cells in words, by which a correction quotes what was published. Computed alike from the model and from
//! `report.json`.

use crate::diagnostic::Span;
use crate::model::{Estimate, FiscalYear, InCharge, OpenPeriod, Value};

/// What a cell with a value states, apart from notes and the reading of its text.
#[derive(Debug, Clone, Default)]
pub struct ValueText {
    /// Text as printed.
    pub printed: String,
    /// The number, with its decimal places; `None` if the cell contains none.
    pub number: Option<String>,
    /// First and last year of measurement.
    pub measured: Option<(FiscalYear, FiscalYear)>,
    /// Reference date.
    pub as_of: Option<String>,
    /// Word of an estimate.
    pub estimated: Option<String>,
    /// Names and texts of the components.
    pub parts: Vec<(String, String)>,
}

/// Word of an estimate without a printed one.
pub const EXPECTED: &str = "見込み";

/// Text of a mark that is lost in the published text.
pub const LOST: &str = "判読不能";

impl ValueText {
    /// The text as printed, with what the cell states besides it in brackets.
    pub fn full(&self) -> String {
        let mut additions = Vec::new();
        let parsed = Value::parse(&self.printed, Span::default()).and_then(|value| value.decimal());
        if let Some(number) = &self.number
            && parsed.map(|decimal| decimal.to_string()).as_ref() != Some(number)
        {
            additions.push(format!("数値 {number}"));
        }
        if let Some((from, to)) = self.measured
            && Value::split_period_bracket(&self.printed).1.is_empty()
        {
            additions.push(format!("{} 測定", years(from, to)));
        }
        additions.extend(self.as_of.as_ref().map(|date| format!("{date} 現在")));
        additions.extend(self.estimated.clone());
        additions.extend(self.parts.iter().map(|(name, text)| format!("{name} {text}")));
        match additions.is_empty() {
            true => self.printed.clone(),
            false => format!("{}（{}）", self.printed, additions.join("、")),
        }
    }
}

impl From<&Value> for ValueText {
    fn from(value: &Value) -> Self {
        let estimated = value.estimated.as_ref().map(|estimate| match estimate {
            Estimate::Expected => EXPECTED.to_owned(),
            Estimate::Labelled(word) => word.clone(),
        });
        Self {
            printed: value.printed.clone(),
            number: value.decimal().map(|decimal| decimal.to_string()),
            measured: value.measured.map(|period| (period.from, period.to)),
            as_of: value.as_of.clone(),
            estimated,
            parts: value.parts.iter().map(|part| (part.name.clone(), Self::from(&part.value).full())).collect(),
        }
    }
}

/// Text of several names: `A、B`.
pub fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().collect::<Vec<_>>().join("、")
}

/// Text of departments, with their roles: `観光課（主管）、商工課`.
pub fn departments(departments: &[InCharge]) -> String {
    let department = |department: &InCharge| match &department.role {
        Some(role) => format!("{}（{role}）", department.name),
        None => department.name.clone(),
    };
    departments.iter().map(department).collect::<Vec<_>>().join("、")
}

/// Text of a period that may be open: as printed, or `H18/R8`.
pub fn open_period(period: &OpenPeriod) -> String {
    let short = |year: Option<FiscalYear>| year.map(FiscalYear::short).unwrap_or_default();
    period.printed.clone().unwrap_or_else(|| format!("{}/{}", short(period.from), short(period.to)))
}

fn years(from: FiscalYear, to: FiscalYear) -> String {
    if from == to { from.short() } else { format!("{}/{}", from.short(), to.short()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_quoted_with_what_its_cell_states() {
        let full = |value: Value| ValueText::from(&value).full();
        let parsed = |printed: &str| Value::parse(printed, Span::default()).unwrap();
        assert_eq!(full(parsed("17,104 (H27)")), "17,104 (H27)");
        assert_eq!(full(parsed("90%以上")), "90%以上");
        let expected = Value { estimated: Some(Estimate::Expected), ..parsed("16") };
        assert_eq!(full(expected), "16（見込み）");
        assert_eq!(full(Value { printed: "全国16位".to_owned(), ..parsed("16") }), "全国16位（数値 16）");
    }
}
