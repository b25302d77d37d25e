//! Texts on charts, built from the texts of the site.

use crate::model::{Column, FiscalYear, YearKind};
use crate::texts::InterfaceTexts;

/// Chart texts for one kind of year.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wording<'a> {
    texts: &'a InterfaceTexts,
    years: YearKind,
}

impl<'a> Wording<'a> {
    pub(super) const fn new(texts: &'a InterfaceTexts, years: YearKind) -> Self {
        Self { texts, years }
    }

    /// Text with this key.
    pub(super) fn text(&self, key: &str) -> &'a str {
        self.texts.get(key)
    }

    /// Name of interim values, which depends on the kind of year.
    pub(super) fn interim(&self) -> &'a str {
        self.text(match self.years {
            YearKind::Fiscal => "chart_interim",
            YearKind::Calendar => "chart_interim_calendar",
        })
    }

    /// Powers of ten with a short name (億, 万), largest first.
    pub(super) fn large_units(&self) -> impl Iterator<Item = (i32, &'a str)> {
        self.texts.powers("chart_large_units").filter_map(|(power, name)| Some((i32::try_from(power).ok()?, name)))
    }

    /// Label of a column in one line.
    pub(super) fn column(&self, column: Column) -> String {
        match column {
            Column::Start => self.text("chart_start").to_owned(),
            Column::Year(year) => self.texts.year_in_full(year, self.years),
            Column::End => self.text("chart_end").to_owned(),
        }
    }

    /// Label of a column in two short lines, for an axis: `R1`, `2019`.
    pub(super) fn tick(&self, column: Column) -> [String; 2] {
        let tick = match column {
            Column::Year(year) => return short_year(year),
            Column::Start => self.text("chart_tick_start"),
            Column::End => self.text("chart_tick_end"),
        };
        let (above, below) = tick.split_once('\n').unwrap_or((tick, ""));
        [above.to_owned(), below.to_owned()]
    }

    /// Text with this key, with `name` inserted.
    pub(super) fn named(&self, key: &str, name: &str) -> String {
        self.texts.fill(key, &[("name", name)])
    }

    /// Sentence on a series with its only value, or its first and last; empty without values.
    pub(super) fn series<'v>(
        &self,
        name: &str,
        mut values: impl DoubleEndedIterator<Item = (Column, &'v str)>,
    ) -> String {
        let Some((from, first)) = values.next() else { return String::new() };
        let start = self.column(from);
        let Some((to, last)) = values.next_back() else {
            let key = match from {
                Column::Start => "chart_value_at_start",
                Column::Year(_) => "chart_value_in_year",
                Column::End => "chart_value_at_end",
            };
            return self.texts.fill(key, &[("name", name), ("value", first), ("when", &start)]);
        };
        let end = self.column(to);
        let values = [("name", name), ("start", &start), ("first", first), ("end", &end), ("last", last)];
        self.texts.fill("chart_series", &values)
    }

    /// Sentence on one value without a year.
    pub(super) fn value(&self, name: &str, value: &str) -> String {
        self.texts.fill("chart_value", &[("name", name), ("value", value)])
    }

    /// Labels of a target: with its column, and without.
    pub(super) fn target_labels(&self, column: Column, printed: &str) -> [String; 2] {
        let when = match column {
            Column::Year(year) => year.short(),
            Column::Start | Column::End => self.text("chart_label_end").to_owned(),
        };
        let label = |key: &str| self.texts.fill(key, &[("when", &when), ("value", printed)]);
        [label("chart_label_target_in"), label("chart_label_target")]
    }

    /// Note on a target that is a total over several years.
    pub(super) fn cumulative_target(&self, (column, value): (Column, &str)) -> String {
        self.texts.fill("chart_total", &[("value", value), ("when", &self.column(column))])
    }

    /// Explanation of a change of definition in `year`.
    pub(super) fn definition_change(&self, year: FiscalYear) -> String {
        self.texts.fill("chart_break", &[("year", &year.short())])
    }

    /// Formats a note as a sentence.
    pub(super) fn sentence(&self, note: &str) -> String {
        self.texts.fill("chart_sentence", &[("note", note)])
    }

    /// Sentence on the unit.
    pub(super) fn unit(&self, unit: &str) -> String {
        self.texts.fill("chart_unit", &[("unit", unit)])
    }

    /// Name of interim values with their reference date, if known.
    pub(super) fn interim_as_of(&self, date: Option<&str>) -> String {
        match date {
            Some(date) => self.texts.fill("chart_interim_as_of", &[("interim", self.interim()), ("date", date)]),
            None => self.interim().to_owned(),
        }
    }
}

/// Label of a fiscal year in two short lines: `R1`, `2019`. The second is empty before 1926.
pub(super) fn short_year(year: FiscalYear) -> [String; 2] {
    match year.era() {
        Some(_) => [year.short(), year.0.to_string()],
        None => [year.0.to_string(), String::new()],
    }
}
