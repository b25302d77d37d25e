//! Columns that hold two things: numbers with names of nodes, and both ends of a period.

use super::beside::is_department;
use super::column::Column;
use super::draft::Draft;
use super::private;
use super::words::{ends, has, is_missing, plain};
use crate::content::is_id;
use crate::ledger::joint::{number_and_name, period_ends};
use crate::ledger::year::stated_year;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// The column with numbers and names of programs.
pub fn program<'a>(draft: &Draft<'a>) -> Option<&'a Column> {
    let is_program = |column: &Column| {
        let heading = plain(&column.heading);
        has(&heading, &["事業"]) && !has(&heading, &["期間", "年度", "費", "内容", "概要", "大事業", "中事業"])
    };
    draft.open().into_iter().find(|column| is_program(column) && is_split(column) && column.is_key())
}

/// The number of a text of such a column, as an id.
pub fn number(text: &str) -> Option<String> {
    let (number, _) = number_and_name(text)?;
    Some(number.nfkc().flat_map(char::to_lowercase).collect())
}

/// True if all texts of a column are a number and a name, and no number has two names.
pub fn is_split(column: &Column) -> bool {
    let numbers: Option<BTreeSet<String>> = column.distinct.iter().map(|(text, _)| number(text)).collect();
    let is_whole = column.distinct.iter().map(|(_, count)| count).sum::<usize>() == column.cells.len();
    is_whole
        && column.distinct.len() > 1
        && numbers
            .is_some_and(|numbers| numbers.len() == column.distinct.len() && numbers.iter().all(|number| is_id(number)))
        && !column.is_numeric()
        && !column.is_prose()
        && !is_department(column)
        && private::finding(column).is_none()
}

/// The column with both ends of the period of a program.
pub fn period<'a>(draft: &Draft<'a>) -> Option<&'a Column> {
    draft.open().into_iter().find(|column| {
        let texts = column.distinct.iter().filter(|(text, _)| !is_missing(text));
        let is_range = |text: &str| {
            let ends = period_ends(text).filter(|(from, to)| stated_year(from).is_some() || stated_year(to).is_some());
            ends.is_some()
        };
        let ranges: usize = texts.clone().filter(|(text, _)| is_range(text)).map(|(_, count)| count).sum();
        let all: usize = texts.clone().map(|(_, count)| count).sum();
        // Programs of one year, or without an end, have words in place of a range.
        let is_word = |text: &str| stated_year(text).is_some() || text.chars().count() <= 6;
        let is_period =
            plain(&column.heading).ends_with("期間") && texts.clone().all(|(text, _)| is_range(text) || is_word(text));
        let enough = if is_period { 3 } else { 8 };
        ends(&plain(&column.heading), &["期間", "年度", "実施年度"]) && all > 0 && ranges * 10 >= all * enough
    })
}
