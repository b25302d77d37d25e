//! Parsing of program rows: `[[program]]` and `[[group]]` of a policy, goal or strategy.

use super::item::Item;
use super::table::TomlTable;
use super::value::year_list;
use crate::diagnostic::{Diagnostic, Rule, Span, say};
use crate::model::{FiscalYear, Group, Kind, LostRow, Reference, Row};
use toml::de::DeValue;

/// Rows below a policy, goal or strategy, in the order of the file.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) groups: Vec<Group>,
    pub(super) rows: Vec<Row>,
    pub(super) lost: Vec<LostRow>,
}

/// A row of `[[program]]` or `[[group]] programs`.
#[expect(clippy::large_enum_variant, reason = "short-lived: at most one list of rows at a time")]
enum Entry {
    Row(Row),
    Lost(LostRow),
}

impl Entry {
    fn span(&self) -> Span {
        match self {
            Self::Row(row) => row.span,
            Self::Lost(row) => row.span,
        }
    }

    fn number(&mut self) -> &mut Option<String> {
        match self {
            Self::Row(row) => &mut row.number,
            Self::Lost(row) => &mut row.number,
        }
    }
}

/// The groups and rows of `table`. If `numbered`, rows without a printed number get their position, counted from 1.
/// Reports programs with more than one row.
pub(super) fn groups_and_rows(table: &TomlTable<'_>, numbered: bool) -> Rows {
    let mut groups = Vec::new();
    let mut entries: Vec<Entry> = table.tables("program").into_iter().filter_map(|t| entry(t, None)).collect();
    for table in table.tables("group") {
        let group_index = groups.len();
        let title = table.required("title").unwrap_or_default();
        let programs = table.get("programs").map(Item::one_or_many).unwrap_or_default();
        entries.extend(programs.into_iter().filter_map(|item| grouped_entry(item, group_index)));
        groups.push(Group { title });
    }
    entries.sort_by_key(Entry::span);
    if numbered {
        for (index, entry) in entries.iter_mut().enumerate() {
            entry.number().get_or_insert_with(|| (index + 1).to_string());
        }
    }
    let (mut rows, mut lost): (Vec<Row>, Vec<LostRow>) = Default::default();
    for entry in entries {
        match entry {
            Entry::Row(row) => rows.push(row),
            Entry::Lost(row) => lost.push(row),
        }
    }
    for (index, row) in rows.iter().enumerate() {
        if rows.iter().take(index).any(|earlier| earlier.program.id == row.program.id) {
            let id = &row.program.id;
            let message = say!(ja: "事業 `{id}` の行が二つあります", en: "the program `{id}` has two rows here");
            table.file.report(Diagnostic::new(Rule::RowTwice, row.span, message).rule_help());
        }
    }
    Rows { groups, rows, lost }
}

/// An entry of `[[group]] programs`: an id, or a table like that of `[[program]]`.
fn grouped_entry(item: Item<'_>, group: usize) -> Option<Entry> {
    if let DeValue::Table(_) = item.raw() {
        return entry(item.table()?, Some(group));
    }
    Some(Entry::Row(plain_row(item.node(Kind::Program)?, Some(group))))
}

fn plain_row(program: Reference, group: Option<usize>) -> Row {
    let span = program.span;
    Row {
        program,
        number: None,
        number_span: None,
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

fn entry(table: TomlTable<'_>, group: Option<usize>) -> Option<Entry> {
    let (id, lost, name) = (table.get("id"), table.text_at("lost"), table.text_at("name"));
    let (number, number_span) = table.text_at("number").unzip();
    // An invalid value of `repeat` still means a repeated row: otherwise a second error would report two homes of the
    // program.
    let repeat = table.get("repeat").is_some_and(|item| item.flag().unwrap_or(true));
    let repeat_printed = table.get("repeat_printed").map(year_list);
    let years = table.get("years").map(year_list);
    let markers = table.get("marker").map(markers).unwrap_or_default();
    let also = table.references("also");
    let category = table.text("category");
    let note = table.text("note");
    match (id, lost) {
        (Some(id), None) => {
            if let Some((_, at)) = name {
                let message =
                    say!(ja: "`name` は `lost` の行にだけ書けます", en: "only a row with `lost` has a `name`");
                let help = say!(ja: "名称は program.md に書いてください", en: "write the name in program.md");
                table.file.report(Diagnostic::new(Rule::UnknownKey, at, message).help(help));
            }
            let row = plain_row(id.node(Kind::Program)?, group);
            Some(Entry::Row(Row {
                number,
                number_span,
                repeat,
                repeat_printed,
                years,
                markers,
                also,
                category,
                note,
                ..row
            }))
        }
        (None, Some((text, _))) => {
            let name = name.map(|(name, _)| name);
            Some(Entry::Lost(LostRow { number, name, text, group, span: table.span }))
        }
        (Some(_), Some((_, at))) => {
            let message = say!(ja: "`id` と `lost` は同時に書けません", en: "a row has either `id` or `lost`");
            let help = say!(
                ja: "事務事業がわかっていれば `lost` を、わからなければ `id` を消してください",
                en: "remove `lost` if the program is known, or else `id`"
            );
            table.file.report(Diagnostic::new(Rule::ToldTwice, at, message).help(help));
            None
        }
        (None, None) => {
            table.record_missing("id");
            None
        }
    }
}

/// Reads `marker = "新規"`, `marker = ["新規", "重点"]` or `marker.R5 = "新規"`. The year is `None` for all years.
fn markers(item: Item<'_>) -> Vec<(Option<FiscalYear>, String)> {
    let DeValue::Table(_) = item.raw() else {
        return item.texts().into_iter().map(|text| (None, text)).collect();
    };
    let years = item.entries().map(|table| table.years()).unwrap_or_default();
    years.into_iter().flat_map(|(year, item)| item.texts().into_iter().map(move |text| (Some(year), text))).collect()
}
