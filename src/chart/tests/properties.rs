//! Property tests of charts for arbitrary series and amounts.

use super::builders::{Amounts, TableRow, table_row};
use super::drawing::Drawing;
use crate::chart::ChartKind;
use crate::diagnostic::Span;
use crate::model::{
    AmountKey, Column, Decimal, EditionIx, FiscalYear, Number, Period, Phase, PhaseKind, Series, Value, ValueContent,
};
use crate::model::{Baseline, Bound, Cell, Estimate};
use crate::texts::InterfaceTexts;
use proptest::prelude::*;

/// Value with arbitrary content; mostly numbers of similar magnitude, as in real series.
fn any_value() -> impl Strategy<Value = Value> {
    let number = prop_oneof![
        50 => (-2000_i64..20_000, 0_u32..3),
        5 => (Just(0), 0_u32..2),
        1 => (any::<i64>(), 0_u32..28),
    ];
    let number = (number, proptest::option::of("[ -~\u{3000}-\u{30ff}]{0,40}"), any::<bool>());
    let content = prop_oneof![
        8 => number.prop_map(|((mantissa, scale), printed, estimated)| {
            let decimal = Decimal::new(mantissa, scale);
            let content = ValueContent::Number(Number { decimal, unit: None, bound: Bound::Exact });
            (printed.unwrap_or_else(|| decimal.to_string()), content, estimated)
        }),
        1 => Just(("-".to_owned(), ValueContent::Missing, false)),
        1 => Just(("増".to_owned(), ValueContent::Text, false)),
        1 => Just(("3から4".to_owned(), ValueContent::Range(Decimal::from(3), Decimal::from(4)), false)),
    ];
    let measured = proptest::option::weighted(0.2, 2005..2030_i32);
    (content, measured).prop_map(|((printed, content, estimated), measured)| Value {
        measured: measured.map(|year| Period::year(FiscalYear(year))),
        estimated: estimated.then_some(Estimate::Labelled("推計".into())),
        ..Value::new(printed, content, Span::default())
    })
}

fn any_table_row() -> impl Strategy<Value = TableRow> {
    let actual = proptest::collection::btree_map(2005..2030_i32, (any_value(), 0_usize..3), 0..14);
    let column =
        prop_oneof![3 => (2005..2035_i32).prop_map(|year| Column::Year(FiscalYear(year))), 1 => Just(Column::End)];
    let target = proptest::collection::btree_map(column, any_value(), 0..4);
    let comparison = proptest::collection::btree_map(2005..2030_i32, any_value(), 1..6);
    let comparisons = proptest::collection::vec(("\\PC{0,20}", comparison), 0..12);
    let comparisons = prop_oneof![3 => Just(Vec::new()), 1 => comparisons];
    let texts = (any::<String>(), proptest::option::of("\\PC{0,30}"), any::<bool>());
    let years = (proptest::option::of(2005..2030_i32), proptest::collection::vec(2000..2035_i32, 0..2));
    (texts, actual, target, comparisons, years).prop_map(
        |((name, unit, english), actual, target, comparisons, (baseline, breaks))| {
            let mut table_row = table_row(&name, "");
            table_row.indicator.unit = unit;
            table_row.indicator.baseline = baseline.map(|year| Baseline::Year(FiscalYear(year)));
            table_row.indicator.breaks = breaks.into_iter().map(FiscalYear).collect();
            table_row.texts =
                if english { InterfaceTexts::embedded("en").unwrap() } else { InterfaceTexts::embedded("ja").unwrap() };
            table_row.actual =
                actual.into_iter().map(|(year, (value, ix))| (FiscalYear(year), EditionIx(ix), value)).collect();
            table_row.target = target.into_iter().collect();
            for (index, (name, values)) in comparisons.into_iter().enumerate() {
                table_row = table_row.comparison(&name, "R1", &[]);
                let values = values.into_iter().map(|(year, value)| (index, FiscalYear(year), value));
                table_row.comparisons.extend(values);
            }
            table_row
        },
    )
}

/// Years and numbers, as in the data attributes of marks.
type Figures = Vec<(String, Decimal)>;

fn sorted(figures: impl IntoIterator<Item = (String, Decimal)>) -> Figures {
    let mut figures: Figures = figures.into_iter().collect();
    figures.sort();
    figures.dedup();
    figures
}

/// Figures of the marks with these classes.
fn figures_of_classes(drawing: &Drawing, classes: &[&str]) -> Figures {
    let marks = drawing.marks.iter().filter(|mark| classes.contains(&&*mark.class));
    sorted(marks.map(|mark| (mark.year.clone(), mark.value)))
}

fn column_name(column: Column) -> String {
    match column {
        Column::Year(year) => year.0.to_string(),
        Column::Start => "start".to_owned(),
        Column::End => "end".to_owned(),
    }
}

/// Numbers of the table: values, carried forward and targets.
fn table(series: &Series<'_>) -> [Figures; 3] {
    let number = |cell: &Cell<'_, FiscalYear>, year: FiscalYear| Some((year.0.to_string(), cell.value.decimal()?));
    let values = series.actual.iter().filter_map(|cell| number(cell, cell.measured()));
    let carried = series.actual.iter().filter(|cell| cell.carried_forward());
    let target = series.target.iter().filter_map(|cell| {
        let column = cell.value.measured.map_or(cell.column, |period| Column::Year(period.to));
        Some((column_name(column), cell.value.decimal()?))
    });
    [sorted(values), sorted(carried.filter_map(|cell| number(cell, cell.column))), sorted(target)]
}

/// Asserts that a chart shows exactly the numbers of its table or, if it has bars, some of them.
pub(super) fn assert_shows_table(kind: ChartKind, drawing: &Drawing, series: &Series<'_>) {
    let [values, carried, target] = table(series);
    let figures = |classes: &[&str]| figures_of_classes(drawing, classes);
    if kind == ChartKind::Line {
        assert_eq!(figures(&MEASURED), values);
        assert_eq!(figures(&["chart-carried"]), carried);
        assert_eq!(figures(&["chart-target"]), target);
    } else {
        // The latest value, and possibly an interim value of a later year.
        let latest = figures(&MEASURED);
        assert!((1..=2).contains(&latest.len()));
        assert!(latest.iter().all(|figure| values.contains(figure)));
        assert!(figures(&["chart-baseline"]).iter().all(|figure| values.contains(figure)));
        let targets = figures(&["chart-target"]);
        assert!(!targets.is_empty() && targets.iter().all(|figure| target.contains(figure)));
    }
}

/// Asserts that a chart shows every amount of its table that is a number.
pub(super) fn assert_shows_amounts<'v>(
    drawing: &Drawing,
    amounts: impl Iterator<Item = (AmountKey, FiscalYear, &'v Value)> + Clone,
) {
    for kind in PhaseKind::ALL {
        let of_kind = amounts.clone().filter(|(key, ..)| key.phase.kind == kind);
        let numbers = of_kind.filter_map(|(_, year, value)| Some((year.0.to_string(), value.decimal()?)));
        assert_eq!(figures_of_classes(drawing, &[&format!("chart-{}", kind.key())]), sorted(numbers));
    }
}

const MEASURED: [&str; 3] = ["chart-actual", "chart-interim", "chart-estimated"];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn chart_shows_exactly_the_numbers_of_the_table(table_row in any_table_row()) {
        let Some(chart) = table_row.chart() else { return Ok(()) };
        let drawing = Drawing::read(&chart.svg);
        drawing.assert_mark_positions();
        assert_shows_table(chart.kind, &drawing, &table_row.series());
    }

    #[test]
    fn money_chart_shows_every_amount_of_the_table(
        cells in proptest::collection::btree_map((0_usize..3, 2005..2030_i32), any_value(), 0..20),
        unit in "\\PC{0,20}",
    ) {
        let cells = cells.into_iter().map(|((kind, year), value)| (AmountKey::base(Phase::built_in(PhaseKind::ALL[kind])), FiscalYear(year), value));
        let amounts = Amounts(cells.collect());
        let Some(chart) = amounts.chart(&unit) else { return Ok(()) };
        let drawing = Drawing::read(&chart.svg);
        drawing.assert_mark_positions();
        assert_shows_amounts(&drawing, amounts.0.iter().map(|(kind, year, value)| (*kind, *year, value)));
    }
}
