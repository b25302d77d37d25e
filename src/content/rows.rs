//! Parsing of program rows: `[[program]]` and `[[group]]` of a policy, goal or strategy.

use super::item::Item;
use super::table::TomlTable;
use super::value::year_list;
use crate::diagnostic::{Diagnostic, Rule, say};
use crate::model::{FiscalYear, Group, Kind, Reference, Row};
use toml::de::DeValue;

/// The groups and rows of `table`, in the order of the file. If `numbered`, rows without a printed number get their
/// position, counted from 1. Reports programs with more than one row.
pub(super) fn groups_and_rows(table: &TomlTable<'_>, numbered: bool) -> (Vec<Group>, Vec<Row>) {
    let mut groups = Vec::new();
    let mut rows: Vec<Row> = table.tables("program").into_iter().filter_map(|t| row(t, None)).collect();
    for table in table.tables("group") {
        let group_index = groups.len();
        let title = table.required("title").unwrap_or_default();
        let programs = table.get("programs").map(Item::one_or_many).unwrap_or_default();
        rows.extend(programs.into_iter().filter_map(|item| grouped_row(item, group_index)));
        groups.push(Group { title });
    }
    rows.sort_by_key(|row| row.span);
    if numbered {
        for (index, row) in rows.iter_mut().enumerate() {
            row.number.get_or_insert_with(|| (index + 1).to_string());
        }
    }
    for (index, row) in rows.iter().enumerate() {
        if rows.iter().take(index).any(|earlier| earlier.program.id == row.program.id) {
            let id = &row.program.id;
            let message = say!(ja: "事業 `{id}` の行が二つあります", en: "the program `{id}` has two rows here");
            table.file.report(Diagnostic::new(Rule::RowTwice, row.span, message).rule_help());
        }
    }
    (groups, rows)
}

/// An entry of `[[group]] programs`: an id, or a table like that of `[[program]]`.
fn grouped_row(item: Item<'_>, group: usize) -> Option<Row> {
    if let DeValue::Table(_) = item.raw() {
        return row(item.table()?, Some(group));
    }
    Some(plain_row(item.node(Kind::Program)?, Some(group)))
}

fn plain_row(program: Reference, group: Option<usize>) -> Row {
    let span = program.span;
    Row {
        program,
        number: None,
        repeat: false,
        repeat_printed: None,
        years: None,
        markers: Vec::new(),
        also: Vec::new(),
        category: None,
        note: None,
        group,
        span,
    }
}

fn row(table: TomlTable<'_>, group: Option<usize>) -> Option<Row> {
    let program = table.required_item("id").and_then(|item| item.node(Kind::Program));
    let number = table.text("number");
    // An invalid value of `repeat` still means a repeated row: otherwise a second error would report two homes of the
    // program.
    let repeat = table.get("repeat").is_some_and(|item| item.flag().unwrap_or(true));
    let repeat_printed = table.get("repeat_printed").map(year_list);
    let years = table.get("years").map(year_list);
    let markers = table.get("marker").map(markers).unwrap_or_default();
    let also = table.references("also");
    let category = table.text("category");
    let note = table.text("note");
    let row = plain_row(program?, group);
    Some(Row { number, repeat, repeat_printed, years, markers, also, category, note, ..row })
}

/// Reads `marker = "新規"`, `marker = ["新規", "重点"]` or `marker.R5 = "新規"`. The year is `None` for all years.
fn markers(item: Item<'_>) -> Vec<(Option<FiscalYear>, String)> {
    let DeValue::Table(_) = item.raw() else {
        return item.texts().into_iter().map(|text| (None, text)).collect();
    };
    let years = item.entries().map(|table| table.years()).unwrap_or_default();
    years.into_iter().flat_map(|(year, item)| item.texts().into_iter().map(move |text| (Some(year), text))).collect()
}
