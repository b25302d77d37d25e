//! Cells of a value, and the tables of its components and of its text as printed.

use super::csv_file::{Cell, CsvFile, CsvWriter, NONE, count, flag, number, optional, text};
use super::table::{PART_COLUMNS, PRINTED_COLUMNS, TableId};
use super::{Source, judgements, surveys};
use crate::model::{Bound, Day, Decimal, Estimate, FiscalYear, Value, ValueContent};
use std::borrow::Cow;

/// A value in a row of a table.
struct ValueInTable<'r> {
    /// The table.
    table: TableId,
    /// Key of the row.
    id: Cow<'r, str>,
    value: &'r Value,
    /// Unit, unless the value has one of its own.
    unit: &'r str,
}

/// The cells `number`, `number_to`, `bound`, `unit` and `status`.
pub(super) fn value_cells<'r>(value: &'r Value, unit: &'r str) -> [Cell<'r>; 5] {
    let printed = value.number();
    let (from, to) = range(value).unzip();
    let bound = printed.map(|number| number.bound).filter(|bound| *bound != Bound::Exact);
    let unit = printed.and_then(|number| number.unit.as_deref()).unwrap_or(unit);
    [
        number(printed.map(|number| number.decimal).or(from)),
        number(to),
        Cow::Borrowed(bound.map_or("", Bound::key)),
        text(unit),
        Cow::Borrowed(status(value)),
    ]
}

fn range(value: &Value) -> Option<(Decimal, Decimal)> {
    match value.content {
        ValueContent::Range(from, to) => Some((from, to)),
        _ => None,
    }
}

fn status(value: &Value) -> &'static str {
    match value.content {
        ValueContent::Number(_) | ValueContent::Range(..) => "given",
        ValueContent::Text | ValueContent::State(_) => "words",
        ValueContent::Missing => "missing",
    }
}

/// The cells `measured_from_year` and `measured_to_year`.
pub(super) fn measured_cells(value: &Value) -> [Cell<'static>; 2] {
    let year = |year: FiscalYear| Cow::Owned(year.0.to_string());
    value.measured.map_or([NONE, NONE], |period| [year(period.from), year(period.to)])
}

/// The cell `as_of_date`; empty if the reference date is no day.
pub(super) fn as_of_cell(as_of: Option<&str>) -> Cell<'static> {
    as_of.and_then(Day::parse).map_or(NONE, |day| Cow::Owned(day.to_string()))
}

/// The table [`TableId::Parts`].
pub(super) fn parts(source: &Source<'_>) -> CsvFile {
    let mut file = CsvWriter::new(&PART_COLUMNS);
    let strategy = source.report.strategy(source.ix);
    for_each(source, &mut |of| {
        for_each_part(of, &mut |parent, order, name, part| {
            let [number, number_to, bound, unit, status] = value_cells(part.value, part.unit);
            file.push([
                text(&part.id),
                text(&strategy.id),
                Cow::Borrowed(parent.table.name()),
                text(&parent.id),
                count(order),
                text(name),
                number,
                number_to,
                bound,
                unit,
                status,
            ]);
        });
    });
    file.finish()
}

/// Calls `visit` with each component of a value: the value, the position from 1, the name, and the component.
fn for_each_part(of: &ValueInTable<'_>, visit: &mut impl FnMut(&ValueInTable<'_>, usize, &str, &ValueInTable<'_>)) {
    for (index, part) in of.value.parts.iter().enumerate() {
        let order = index + 1;
        let id = Cow::Owned(format!("{}.part.{order}", of.id));
        visit(of, order, &part.name, &ValueInTable { table: TableId::Parts, id, value: &part.value, unit: of.unit });
    }
}

/// The table [`TableId::Printed`].
pub(super) fn printed(source: &Source<'_>) -> CsvFile {
    let mut file = CsvWriter::new(&PRINTED_COLUMNS);
    let Source { report, ix, .. } = *source;
    let strategy = report.strategy(ix);
    let mut push = |of: &ValueInTable<'_>| {
        let value = of.value;
        let estimated_as = match &value.estimated {
            Some(Estimate::Labelled(word)) => Some(word.as_str()),
            Some(Estimate::Expected) | None => None,
        };
        file.push([
            text(&of.id),
            text(&strategy.id),
            Cow::Borrowed(of.table.name()),
            text(&value.printed),
            optional(estimated_as),
            optional(value.as_of.as_deref()),
            flag(value.sic),
            optional(value.note.as_deref()),
        ]);
    };
    for_each(source, &mut |of| {
        push(of);
        for_each_part(of, &mut |_, _, _, part| push(part));
    });
    judgements::for_each(report, ix, &mut |judgement| {
        if judgement.value.is_none() && (judgement.printed.is_some() || judgement.note.is_some()) {
            file.push([
                text(&judgement.id),
                text(&strategy.id),
                Cow::Borrowed(TableId::Judgements.name()),
                optional(judgement.printed),
                NONE,
                NONE,
                flag(false),
                optional(judgement.note),
            ]);
        }
    });
    file.finish()
}

/// Calls `visit` with every value of the package except components, table by table.
fn for_each(source: &Source<'_>, visit: &mut dyn FnMut(&ValueInTable<'_>)) {
    let Source { report, ix, .. } = *source;
    for of in &source.observations {
        let (id, unit) = (Cow::Borrowed(of.id.as_str()), of.unit());
        visit(&ValueInTable { table: TableId::Observations, id, value: of.value, unit });
    }
    for of in &source.amounts {
        let id = Cow::Borrowed(of.id.as_str());
        visit(&ValueInTable { table: TableId::Amounts, id, value: of.value, unit: of.unit });
    }
    judgements::for_each(report, ix, &mut |of| {
        if let Some(value) = of.value {
            let id = Cow::Owned(of.id);
            visit(&ValueInTable { table: TableId::Judgements, id, value, unit: judgements::POINTS_UNIT });
        }
    });
    surveys::for_each(report, ix, &mut |of| {
        if let Some(value) = of.value {
            visit(&ValueInTable { table: TableId::Surveys, id: Cow::Owned(of.id), value, unit: "" });
        }
    });
}
