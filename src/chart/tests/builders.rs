//! Builders of series and amounts as they occur in tables.

use crate::chart::{Chart, Context, indicator, money};
use crate::diagnostic::Span;
use crate::model::{
    AmountKey, AmountSeries, Baseline, Cell, Column, Comparison, Edition, EditionContext, EditionIx, FiscalYear,
    Indicator, IndicatorKind, Series, Stage, Value, ValueContent, YearKind,
};
use crate::texts::InterfaceTexts;

/// Id of every chart in these tests.
pub(super) const ID: &str = "kpi-1";

/// Table row of an indicator with its cells.
#[derive(Debug, Clone)]
pub(super) struct TableRow {
    pub indicator: Indicator,
    pub actual: Vec<(FiscalYear, EditionIx, Value)>,
    pub target: Vec<(Column, Value)>,
    /// Values of comparisons, by their index.
    pub comparisons: Vec<(usize, FiscalYear, Value)>,
    pub editions: Vec<Edition>,
    pub texts: InterfaceTexts,
}

/// Builder for the indicator `name` in `unit`, with a final edition and an interim one of R1.
pub(super) fn table_row(name: &str, unit: &str) -> TableRow {
    let indicator = Indicator {
        id: "id".into(),
        name: name.into(),
        kind: IndicatorKind::Number,
        states: Vec::new(),
        role: None,
        definition: None,
        formula: None,
        source: None,
        unit: Some(unit.into()),
        unit_span: None,
        better: None,
        better_span: None,
        baseline: None,
        interval: None,
        method: None,
        breaks: Vec::new(),
        year_kind: YearKind::Fiscal,
        actual_total_from: None,
        target_total_from: None,
        comparisons: Vec::new(),
        breakdowns: Vec::new(),
        step: None,
        leads_to: Vec::new(),
        note: None,
        span: Span::default(),
    };
    let editions = vec![edition(Stage::Final), edition(Stage::Interim)];
    TableRow {
        indicator,
        actual: Vec::new(),
        target: Vec::new(),
        comparisons: Vec::new(),
        editions,
        texts: InterfaceTexts::embedded("ja").unwrap(),
    }
}

fn edition(stage: Stage) -> Edition {
    Edition {
        id: "2019".into(),
        label: "令和元年度".into(),
        // The late year of the final edition keeps values from being projections.
        year: Some(FiscalYear(if stage == Stage::Final { 2040 } else { 2019 })),
        year_span: None,
        stage,
        as_of: (stage == Stage::Interim).then(|| "2019-09-30".into()),
        as_of_estimated: false,
        as_of_note: None,
        judged_by: None,
        draft: false,
        note: None,
        document: None,
        span: Span::default(),
    }
}

/// Parses a cell as printed; text outside the grammar of values is a missing value.
pub(super) fn value(printed: &str) -> Value {
    let missing = || Value::new(printed.to_owned(), ValueContent::Missing, Span::default());
    Value::parse(printed, Span::default()).unwrap_or_else(missing)
}

pub(super) fn year(text: &str) -> FiscalYear {
    FiscalYear::parse(text).unwrap()
}

impl TableRow {
    /// Adds actual values for consecutive years from `first`.
    pub(super) fn actual(mut self, first: &str, printed: &[&str]) -> Self {
        let years = (year(first).0..).map(FiscalYear);
        self.actual.extend(years.zip(printed).map(|(year, text)| (year, EditionIx(0), value(text))));
        self
    }

    pub(super) fn target(mut self, column: &str, printed: &str) -> Self {
        let column = if column == "end" { Column::End } else { Column::Year(year(column)) };
        self.target.push((column, value(printed)));
        self
    }

    /// Adds a comparison with values for consecutive years from `first`.
    pub(super) fn comparison(mut self, name: &str, first: &str, printed: &[&str]) -> Self {
        let index = self.indicator.comparisons.len();
        let id = format!("c{index}");
        self.indicator.comparisons.push(Comparison { id, name: name.to_owned(), source: None });
        let years = (year(first).0..).map(FiscalYear);
        self.comparisons.extend(years.zip(printed).map(|(year, text)| (index, year, value(text))));
        self
    }

    pub(super) fn baseline(mut self, text: &str) -> Self {
        self.indicator.baseline = Some(Baseline::Year(year(text)));
        self
    }

    pub(super) fn series(&self) -> Series<'_> {
        let actual =
            self.actual.iter().map(|(column, edition, value)| Cell { column: *column, value, edition: *edition });
        let target = self.target.iter().map(|(column, value)| Cell { column: *column, value, edition: EditionIx(0) });
        let mut series = Series { actual: actual.collect(), target: target.collect(), ..Series::default() };
        for (index, column, value) in &self.comparisons {
            let cell = Cell { column: *column, value, edition: EditionIx(0) };
            series.comparisons.entry(*index).or_default().push(cell);
        }
        series
    }

    pub(super) fn edition_context(&self) -> EditionContext<'_> {
        EditionContext { editions: &self.editions, period: None }
    }

    pub(super) fn chart(&self) -> Option<Chart> {
        let context = Context { id: ID, title: None, texts: &self.texts, editions: self.edition_context() };
        indicator(&self.indicator, &self.series(), &context)
    }
}

/// Amounts as in a sheet: kind, year and value.
#[derive(Debug, Clone)]
pub(super) struct Amounts(pub Vec<(AmountKey, FiscalYear, Value)>);

impl Amounts {
    pub(super) fn of(cells: &[(AmountKey, &str, &str)]) -> Self {
        Self(cells.iter().map(|(kind, column, printed)| (*kind, year(column), value(printed))).collect())
    }

    pub(super) fn chart(&self, unit: &str) -> Option<Chart> {
        let mut series = AmountSeries::new();
        for (kind, column, value) in &self.0 {
            let cell = Cell { column: *column, value, edition: EditionIx(0) };
            series.entry(*kind).or_default().insert(*column, cell);
        }
        let texts = InterfaceTexts::embedded("ja").unwrap();
        money(
            &series,
            |phase| texts.get(phase.kind.title_key()),
            unit,
            &Context { id: ID, title: None, texts: &texts, editions: EditionContext { editions: &[], period: None } },
        )
    }
}
