//! Words on charts, made of the texts of the site.

use crate::model::{Column, FiscalYear, MoneyKind, YearKind};
use crate::texts::Texts;

/// The words on the charts of indicators with years of one kind.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wording<'a> {
    texts: &'a Texts,
    years: YearKind,
}

impl<'a> Wording<'a> {
    pub(super) const fn new(texts: &'a Texts, years: YearKind) -> Self {
        Self { texts, years }
    }

    /// The text with this key.
    pub(super) fn text(&self, key: &str) -> &'a str {
        self.texts.get(key)
    }

    /// The name of a value within its year.
    pub(super) fn interim(&self) -> &'a str {
        self.text(match self.years {
            YearKind::Fiscal => "chart_interim",
            YearKind::Calendar => "chart_interim_calendar",
        })
    }

    /// The name of a kind of money.
    pub(super) fn money(&self, kind: MoneyKind) -> &'a str {
        self.text(kind.title())
    }

    /// Powers of ten that have a short name, the greatest first.
    pub(super) fn large_units(&self) -> impl Iterator<Item = (i32, &'a str)> {
        self.texts.powers("chart_large_units").filter_map(|(power, name)| Some((i32::try_from(power).ok()?, name)))
    }

    /// A column in one line.
    pub(super) fn column(&self, column: Column) -> String {
        match column {
            Column::Start => self.text("chart_start").to_owned(),
            Column::Year(year) => self.texts.year_in_full(year, self.years),
            Column::End => self.text("chart_end").to_owned(),
        }
    }

    /// A column in two short lines, for an axis: `R1`, `2019`.
    pub(super) fn tick(&self, column: Column) -> [String; 2] {
        let tick = match column {
            Column::Year(year) => return short_year(year),
            Column::Start => self.text("chart_tick_start"),
            Column::End => self.text("chart_tick_end"),
        };
        let (above, below) = tick.split_once('\n').unwrap_or((tick, ""));
        [above.to_owned(), below.to_owned()]
    }

    /// The text with this key about an indicator or kind of money.
    pub(super) fn named(&self, key: &str, name: &str) -> String {
        self.texts.fill(key, &[("name", name)])
    }

    /// A sentence on a series: its only value, or its first and last. Empty without values.
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

    /// What is written beside a target: with its column, and without.
    pub(super) fn target_labels(&self, column: Column, printed: &str) -> [String; 2] {
        let when = match column {
            Column::Year(year) => year.short(),
            Column::Start | Column::End => self.text("chart_label_end").to_owned(),
        };
        let label = |key: &str| self.texts.fill(key, &[("when", &when), ("value", printed)]);
        [label("chart_label_target_in"), label("chart_label_target")]
    }

    /// The note on a target that counts all years together.
    pub(super) fn cumulative_target(&self, (column, value): (Column, &str)) -> String {
        self.texts.fill("chart_total", &[("value", value), ("when", &self.column(column))])
    }

    /// What a break in a series means.
    pub(super) fn broken(&self, year: FiscalYear) -> String {
        self.texts.fill("chart_break", &[("year", &year.short())])
    }

    /// A note as a sentence.
    pub(super) fn sentence(&self, note: &str) -> String {
        self.texts.fill("chart_sentence", &[("note", note)])
    }

    /// The sentence on the unit.
    pub(super) fn unit(&self, unit: &str) -> String {
        self.texts.fill("chart_unit", &[("unit", unit)])
    }

    /// The name of the interim mark with the day up to which it counts.
    pub(super) fn interim_as_of(&self, day: Option<&str>) -> String {
        match day {
            Some(day) => self.texts.fill("chart_interim_as_of", &[("interim", self.interim()), ("date", day)]),
            None => self.interim().to_owned(),
        }
    }
}

/// A fiscal year in two short lines, for an axis: `R1`, `2019`.
pub(super) fn short_year(year: FiscalYear) -> [String; 2] {
    match year.era() {
        Some(_) => [year.short(), year.0.to_string()],
        None => [year.0.to_string(), String::new()],
    }
}
