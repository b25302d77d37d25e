//! Tables in texts with a column or a row for each year, for the rule `far-off-value`: a number that differs from those of
//! the other years by a power of ten.

use super::robust::{ratio, shifted};
use super::text_sums::{Cell, cells};
use super::words::Quantity;
use crate::diagnostic::{Bilingual, say};
use crate::model::{FiscalYear, grouped, half_width};
use rust_decimal::Decimal;
use std::ops::Range;

/// Minimum factor between a number and those of the other years.
const FAR: Decimal = Decimal::from_parts(5, 0, 0, false, 0);
/// Maximum factor between the numbers of the other years, or of the other rows if there is only one other year.
const TIGHT: Decimal = Decimal::from_parts(2, 0, 0, false, 0);
/// Numbers below this vary too much.
const MIN: Decimal = Decimal::from_parts(50, 0, 0, false, 0);

/// The number of a cell, unless it is zero.
fn quantity<'t>(cell: &Cell<'t>) -> Option<Quantity<'t>> {
    cell.quantity().filter(|quantity| !quantity.number.is_zero())
}

fn is_year(cell: &Cell<'_>) -> bool {
    names_year(cell.text)
}

/// Returns true if the last word of a heading is a year: R5, 令和5年度, 入込数 R5.
fn names_year(heading: &str) -> bool {
    let heading = heading.trim().trim_end_matches(['）', ')', '末']).trim_end_matches("度").trim_end_matches('年');
    let plain: String = heading.chars().map(half_width).collect();
    let word = plain.rsplit([' ', '　', '（', '(']).next().unwrap_or_default();
    FiscalYear::parse(word).is_some()
}

/// Numbers of the tables of a text that are far from those of the other years.
pub(super) fn far_off(text: &str) -> Vec<(Range<usize>, Bilingual)> {
    let mut found = Vec::new();
    let mut rows: Vec<Vec<Cell<'_>>> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n').chain([""]) {
        if line.trim_start().starts_with('|') {
            rows.push(cells(line, start));
        } else if !rows.is_empty() {
            found.extend(of_table(&rows));
            rows.clear();
        }
        start += line.len();
    }
    found
}

fn of_table(rows: &[Vec<Cell<'_>>]) -> Vec<(Range<usize>, Bilingual)> {
    let [heading, _, body @ ..] = rows else { return Vec::new() };
    let of_years: Vec<usize> = (0..heading.len()).filter(|at| heading.get(*at).is_some_and(is_year)).collect();
    let series: Vec<Vec<Cell<'_>>> = if of_years.len() > 1 {
        body.iter().map(|row| of_years.iter().filter_map(|at| row.get(*at).cloned()).collect()).collect()
    } else {
        let years: Vec<&Vec<Cell<'_>>> = body.iter().filter(|row| row.first().is_some_and(is_year)).collect();
        (1..heading.len()).map(|at| years.iter().filter_map(|row| row.get(at).cloned()).collect()).collect()
    };
    let numbers: Vec<Vec<(Cell<'_>, Quantity<'_>)>> = series
        .into_iter()
        .map(|cells| cells.into_iter().filter_map(|cell| quantity(&cell).map(|quantity| (cell, quantity))).collect())
        .collect();
    let mut found = Vec::new();
    for (index, of_row) in numbers.iter().enumerate() {
        let is_usual = |row: &[(Cell<'_>, Quantity<'_>)]| spread(row.iter().map(|(_, quantity)| quantity.number));
        let others = numbers.iter().enumerate().filter(|(other, row)| *other != index && row.len() > 1);
        let mut others = others.map(|(_, row)| is_usual(row)).peekable();
        let rows_are_tight =
            others.peek().is_some() && others.all(|spread| spread.is_some_and(|spread| spread <= TIGHT));
        found.extend(of_series(of_row, rows_are_tight));
    }
    found
}

/// Ratio of the greatest to the smallest number.
fn spread(numbers: impl Iterator<Item = Decimal> + Clone) -> Option<Decimal> {
    ratio(numbers.clone().max()?, numbers.min()?)
}

/// The number of a series that is far from all others. Of two, the one that does not end in its usual digits cannot be told:
/// the smaller one is reported, because a digit is lost more often than added.
fn of_series(cells: &[(Cell<'_>, Quantity<'_>)], rows_are_tight: bool) -> Option<(Range<usize>, Bilingual)> {
    let has_one_unit = cells.windows(2).all(|pair| match pair {
        [(_, one), (_, other)] => one.after.trim() == other.after.trim(),
        _ => true,
    });
    if !has_one_unit || cells.len() < 2 || cells.len() == 2 && !rows_are_tight {
        return None;
    }
    let mut candidates: Vec<usize> = (0..cells.len()).collect();
    candidates.sort_by_key(|index| cells.get(*index).map(|(_, quantity)| quantity.number));
    candidates.into_iter().find_map(|index| {
        let (cell, quantity) = cells.get(index)?;
        let others = cells.iter().enumerate().filter(|(other, _)| *other != index);
        let others: Vec<Decimal> = others.map(|(_, (_, other))| other.number).collect();
        let (min, max) = (*others.iter().min()?, *others.iter().max()?);
        let nearest = if quantity.number > max { max } else { min };
        let is_far = ratio(quantity.number, nearest)? >= FAR && (quantity.number > max || quantity.number < min);
        let is_large = quantity.number.max(max) >= MIN;
        if !is_far || !is_large || ratio(min, max)? > TIGHT {
            return None;
        }
        let fitting = grouped(shifted(quantity.number, min)?.normalize());
        let (written, min, max) = (cell.text, grouped(min), grouped(max));
        let message = say!(
            ja: "表の「{written}」が、ほかの年度の値（{min}～{max}）と桁が違います。桁を動かした {fitting} なら合います",
            en: "`{written}` in the table differs from the other years ({min} to {max}) by a power of ten; {fitting} would fit"
        );
        Some((cell.start..cell.start + cell.text.len(), message))
    })
}

#[cfg(test)]
mod tests {
    use super::far_off;

    fn found(text: &str) -> Vec<&str> {
        far_off(text).into_iter().filter_map(|(range, _)| text.get(range)).collect()
    }

    #[test]
    fn compares_columns_of_years() {
        let table = |east: &str, west: &str| {
            format!(
                "| 地区 | 人数 R5 | 人数 R4 |\n|---|---|---|\n| 東 | {east} | 63,355人 |\n| 西 | {west} | 120人 |\n"
            )
        };
        assert_eq!(found(&table("55,791人", "110人")), [""; 0]);
        assert_eq!(found(&table("5,579人", "110人")), ["5,579人"]);
        // Other rows vary as much.
        assert_eq!(found(&table("5,579人", "20人")), [""; 0]);
        assert_eq!(found("| 地区 | R5 | R4 |\n|---|---|---|\n| 東 | 5,579人 | 63,355人 |\n"), [""; 0]);
    }

    #[test]
    fn compares_rows_of_years() {
        let table = |value: &str| {
            format!("| 年度 | 件数 |\n|---|---|\n| R3 | 120件 |\n| 令和4年度 | {value} |\n| R5 | 131件 |\n")
        };
        assert_eq!(found(&table("118件")), [""; 0]);
        assert_eq!(found(&table("1,180件")), ["1,180件"]);
        assert_eq!(found(&table("300件")), [""; 0]);
    }
}
