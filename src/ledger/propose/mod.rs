//! Proposal of a mapping file for a ledger: workbooks → text of the mapping file, with comments.
//!
//! ```text
//! workbooks ─region→ [Table] ─levels, repeats, amounts, indicators, joined, marks, rest→ [Draft] ─fixes, render→ text
//! ```
//!
//! - [`region`]: tables of a worksheet; [`mod@column`]: columns with statistics; [`words`]: words and years in headings;
//! - [`private`]: personal data, which is left out and never quoted; [`persons`]: their names; [`office`]: columns that are not for readers;
//! - [`draft`]: lines of a table of the mapping file, and what has become of its columns;
//! - [`key`], [`levels`], [`beside`], [`repeats`], [`totals`], [`funding`], [`phases`], [`kinds`], [`amounts`], [`indicators`], [`indicator_rows`], [`marks`], [`joined`], [`joint`], [`rest`]: what
//!   columns hold;
//! - [`fixes`]: cells that cannot be read; [`units`]: the unit of amounts; [`render`]: the text.
//!
//! What the cells do not prove and headings do not state is written as `"?"`, which the reader refuses.

mod amounts;
mod beside;
mod column;
mod draft;
mod fixes;
mod funding;
mod indicator_rows;
mod indicators;
mod joined;
mod joint;
mod key;
mod kinds;
mod levels;
mod marks;
mod office;
mod persons;
mod phases;
mod private;
mod region;
mod render;
mod repeats;
mod rest;
mod totals;
mod units;
mod words;

use crate::spreadsheet::{Encoding, Workbook};
use column::Column;
use draft::{Draft, Part};
use kinds::Kind;
use private::{Finding, Private};
use region::Table;
use std::collections::BTreeSet;

/// A file of a ledger.
#[derive(Debug, Clone)]
pub struct LedgerFile {
    /// File name.
    pub name: String,
    /// Its cells.
    pub workbook: Workbook,
    /// Encoding of a CSV file; `None` for a workbook.
    pub encoding: Option<Encoding>,
}

/// A proposed mapping file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suggestion {
    /// Text of the mapping file.
    pub text: String,
    /// Number of tables.
    pub tables: usize,
    /// Number of columns that are mapped.
    pub mapped: usize,
    /// Number of columns that are left out with a reason.
    pub ignored: usize,
    /// Number of undecided columns.
    pub asked: usize,
    /// Number of all values that a person has to decide on, written as `"?"`.
    pub questions: usize,
    /// Worksheets without a table.
    pub without_table: Vec<String>,
    /// Hidden worksheets, which are left out.
    pub hidden: Vec<String>,
}

/// What the tables declare together.
#[derive(Debug, Default)]
struct Used {
    /// Ids of scales.
    scales: BTreeSet<String>,
    /// Ids of fields.
    fields: BTreeSet<String>,
    /// Kinds of amounts.
    kinds: Vec<Kind>,
}

/// Proposes a mapping file. Its text is empty of tables if the files have none.
pub fn suggest(files: &[LedgerFile]) -> Suggestion {
    let mut tables = Vec::new();
    let (mut without_table, mut hidden_sheets) = (Vec::new(), Vec::new());
    for file in files {
        for sheet in &file.workbook.sheets {
            let name = [file.name.as_str(), sheet.name.as_str()];
            let name = name.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" › ");
            if sheet.hidden {
                hidden_sheets.push(name);
                continue;
            }
            let found = region::tables(&file.name, sheet, file.encoding.map(Into::into));
            if found.is_empty() {
                without_table.push(name);
            }
            tables.extend(found);
        }
    }
    let mut hidden = Private::default();
    for column in tables.iter().flat_map(|table| &table.columns).filter(|column| private::finding(column).is_some()) {
        hidden.add(column);
    }
    let drafts = drafts(&tables, &hidden);
    Suggestion { without_table, hidden: hidden_sheets, ..render::suggestion(&drafts, &tables) }
}

/// Drafts of all tables: those that declare programs, then those joined to them.
fn drafts<'a>(tables: &'a [Table<'a>], private: &'a Private) -> Vec<Draft<'a>> {
    let (money_unit, _) = units::money_unit(tables);
    let mut used = Used::default();
    let mut programs: BTreeSet<String> = BTreeSet::new();
    let mut drafts: Vec<Draft<'a>> = Vec::new();
    let mut main_key: Option<&Column> = None;
    let mut joined: Vec<&Table<'a>> = Vec::new();
    let prepared = |table: &'a Table<'a>| {
        let mut draft = Draft::new(table, tables, private, money_unit);
        conceal(&mut draft);
        draft
    };
    let declares = |table: &'a Table<'a>, is_unique: bool| {
        let draft = prepared(table);
        let key = key::key(&draft).filter(|key| key.is_unique == is_unique)?;
        key::name_of_key(&draft, key.column)?;
        Some(key)
    };
    let ids = |column: &Column| column.distinct.iter().map(|(text, _)| text.clone()).collect::<Vec<_>>();
    let has_unique = tables.iter().any(|table| declares(table, true).is_some());
    for table in tables {
        let key = declares(table, has_unique);
        let is_known = key.as_ref().is_some_and(|key| {
            key.column.distinct.iter().filter(|(text, _)| programs.contains(text)).count() * 2
                > key.column.distinct.len()
        });
        let is_main = key.is_some() && !is_known && (has_unique || drafts.is_empty());
        match key.filter(|_| is_main) {
            Some(key) => {
                programs.extend(ids(key.column));
                main_key = main_key.or(Some(key.column));
                let mut draft = prepared(table);
                declare(&mut draft, &mut used);
                drafts.push(draft);
            }
            None => joined.push(table),
        }
    }
    if drafts.is_empty() && !joined.is_empty() {
        // No column identifies the rows: the largest table is taken for the programs.
        let largest =
            (0..joined.len()).max_by_key(|at| joined.get(*at).map(|table| table.rows.len() * table.columns.len()));
        let mut draft = prepared(joined.remove(largest.unwrap_or_default()));
        // Its ids may precede the names.
        let split = joint::program(&draft).filter(|_| key::key(&draft).is_none());
        programs.extend(split.iter().flat_map(|column| &column.distinct).filter_map(|(text, _)| joint::number(text)));
        declare(&mut draft, &mut used);
        drafts.push(draft);
    }
    let declaring = drafts.len();
    for table in joined {
        let mut draft = prepared(table);
        join(&mut draft, &programs, drafts.first().zip(main_key), &mut used);
        drafts.push(draft);
    }
    // Names of indicators precede their values in other tables.
    if let Some(joined) = drafts.get_mut(declaring..) {
        joined
            .sort_by_key(|draft| !draft.parts.get(&Part::Indicator).is_some_and(|lines| joined::has_names_only(lines)));
    }
    drafts
}

/// Leaves out personal data.
fn conceal(draft: &mut Draft<'_>) {
    let table = draft.table;
    for column in &table.columns {
        match private::finding(column) {
            Some(Finding::Certain(reason)) => draft.conceal(column, reason, ""),
            Some(Finding::Possible(why)) => {
                let comment = format!("{why}（例は示しません）。使わないなら「?」を理由に替えてください");
                draft.conceal(column, "?", &comment);
            }
            None => {}
        }
    }
    for column in draft.open().into_iter().filter(|column| private::is_small_unit(column)) {
        let is_next = |index: Option<u32>| {
            index.and_then(|index| draft.column(index)).is_some_and(|other| private::finding(other).is_some())
        };
        let left = column.index.checked_sub(1).and_then(|index| draft.column(index));
        if left.is_some_and(beside::is_department) && private::is_named_as_unit(column) {
            continue;
        }
        if is_next(column.index.checked_sub(1)) || is_next(column.index.checked_add(1)) {
            draft.conceal(column, "担当者が特定される係の名", "");
        }
    }
}

/// A table whose rows declare programs.
fn declare<'a>(draft: &mut Draft<'a>, used: &mut Used) {
    let key = key::key(draft);
    if let Some(key) = key.as_ref().filter(|key| !key.is_unique) {
        draft.repeated_key = Some(key.column.index);
        rows_of_years(draft, key.column);
    }
    levels::propose(draft, key.as_ref());
    if let Some(key) = key.as_ref().filter(|key| !key.is_unique) {
        joined::long(draft, key.column);
    }
    columns(draft, used);
}

/// A table joined by the ids of programs.
fn join<'a>(draft: &mut Draft<'a>, programs: &BTreeSet<String>, main: Option<(&Draft<'a>, &Column)>, used: &mut Used) {
    let Some(key) = joined::key(draft, programs) else { return joined::unrelated(draft) };
    joined::write_key(draft, key, programs);
    if let Some((main, main_key)) = main {
        joined::repeated(draft, key, main, main_key);
    }
    draft.repeated_key = (!key.is_key()).then_some(key.index);
    rows_of_years(draft, key);
    joined::long(draft, key);
    columns(draft, used);
}

/// The column with the year of each row.
fn rows_of_years(draft: &mut Draft<'_>, key: &Column) {
    let Some(year) = joined::year(draft, key) else { return };
    draft.map(Part::Head, "year", year, "行ごとの年度");
    draft.row_year = Some(year.index);
    joined::conditions(draft, key, year);
}

/// All columns beside the ids and names.
fn columns<'a>(draft: &mut Draft<'a>, used: &mut Used) {
    let has_row_year = draft.row_year.is_some();
    office::propose(draft);
    let figures = repeats::figures(draft);
    let figures = amounts::propose(draft, figures, has_row_year, &mut used.kinds);
    indicators::propose(draft, figures, has_row_year);
    rest::obvious(draft);
    joined::ask_about_rows(draft);
    marks::propose(draft, &mut used.scales);
    rest::prose(draft);
    rest::rest(draft, &mut used.fields);
}
