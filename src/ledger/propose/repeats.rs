//! Figures with their years: blocks of columns that repeat, columns named by year, and single columns.

use super::column::{Column, is_cost_of_staff};
use super::draft::{Draft, Part, reference};
use super::funding::{groups, is_source};
use super::rest::{is_calculated, is_value};
use super::totals::{is_money, is_staff};
use super::words::{YearLabel, has, is_missing, is_number, is_unit, plain, year_in};
use crate::content::quoted;
use crate::model::FiscalYear;

/// A series of figures: its column in the first block, one for each year, or a single one.
#[derive(Debug, Clone)]
pub struct Figures<'a> {
    /// Words of the headings, without years and blanks.
    pub label: String,
    /// The columns, with their years if these are stated.
    pub columns: Vec<(Option<FiscalYear>, &'a Column)>,
    /// How its years are written.
    pub form: Form,
}

/// How the years of figures are written in the mapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// By a block.
    Block {
        /// True if the years of the block are stated in the ledger.
        has_years: bool,
    },
    /// A column for each year.
    ByYear,
    /// One column.
    Single,
}

impl<'a> Figures<'a> {
    /// The first column.
    pub fn first(&self) -> Option<&'a Column> {
        self.columns.first().map(|(_, column)| *column)
    }

    /// All columns.
    pub fn all(&self) -> impl Iterator<Item = &'a Column> + '_ {
        self.columns.iter().map(|(_, column)| *column)
    }
}

/// A run of columns that repeats.
struct Run {
    /// Position of the first column among those of the table.
    first: usize,
    every: usize,
    repeats: usize,
}

/// Finds blocks and writes them, and returns all open columns with figures as series, from the left.
pub fn figures<'a>(draft: &mut Draft<'a>) -> Vec<Figures<'a>> {
    let mut series = Vec::new();
    let mut taken: Vec<u32> = Vec::new();
    let funding = groups(&draft.table.columns);
    for run in runs(draft) {
        let run = by_year(draft, run);
        let columns: Vec<&Column> = draft.table.columns.iter().skip(run.first).take(run.every * run.repeats).collect();
        // Sources of funding whose amount stands outside belong to columns by year.
        if !is_block(&columns, &run) || funding.iter().any(|group| group.crosses(&columns)) {
            continue;
        }
        let years = years_of(&columns, run.every, run.repeats);
        write_block(draft, &columns, &run, years.as_deref());
        for offset in 0..run.every {
            let all: Vec<&Column> = columns.iter().skip(offset).step_by(run.every).copied().collect();
            taken.extend(all.iter().map(|column| column.index));
            let is_read = |column: &&&Column| {
                all.iter().any(|column| column.is_numeric()) && !is_calculated(&plain(&column.heading))
            };
            let Some(first) = all.first().filter(is_read) else { continue };
            let year = |n: usize| years.as_ref().and_then(|years| years.get(n).copied());
            series.push(Figures {
                label: label(first),
                columns: all.iter().enumerate().map(|(n, column)| (year(n), *column)).collect(),
                form: Form::Block { has_years: years.is_some() },
            });
        }
    }
    // A number that all rows share is a value only if its heading says so; differences and ratios are not read.
    let is_figure = |c: &&Column| {
        !taken.contains(&c.index)
            && (c.is_numeric() || is_pending(c))
            && (c.constant().is_none() || is_value(&c.label) || is_amount(c) && is_among_figures(draft, c))
            && !is_calculated(&plain(&c.heading))
    };
    for column in draft.open().into_iter().filter(is_figure) {
        let stated = year_of(column);
        let year = stated.as_ref().and_then(|label| label.year);
        let label = label(column);
        let same = series.iter_mut().find(|known: &&mut Figures<'_>| {
            year.is_some()
                && known.form == Form::ByYear
                && known.label == label
                && known.columns.iter().all(|(y, _)| *y != year)
                && (is_amount(column) || known.all().last().is_none_or(|last| is_beside(draft, last, column)))
        });
        match same {
            Some(known) => known.columns.push((year, column)),
            None => {
                let form = if year.is_some() { Form::ByYear } else { Form::Single };
                series.push(Figures { label, columns: vec![(year, column)], form });
            }
        }
    }
    series.sort_by_key(|figures| figures.first().map(|column| column.index));
    series
}

/// True if only columns with values stand between two columns: then they belong to the same indicator.
fn is_beside(draft: &Draft<'_>, left: &Column, right: &Column) -> bool {
    let between = draft.table.columns.iter().filter(|c| left.index < c.index && c.index < right.index);
    between.filter(|column| column.filled > 0).all(is_value_column)
}

/// True for a column with figures, or with words where there will be figures.
pub fn is_value_column(column: &Column) -> bool {
    column.is_numeric() || is_pending(column)
}

/// True for a column whose heading states a year and a value, but whose values mostly are not known yet: `未集計`.
fn is_pending(column: &Column) -> bool {
    let words: Vec<&str> = column
        .distinct
        .iter()
        .map(|(text, _)| text.as_str())
        .filter(|text| !is_number(text) && !is_missing(text))
        .collect();
    let is_word = |word: &&str| {
        word.chars().count() <= 8 && has(word, &["未", "中", "予定", "調査", "公表", "確定", "不明", "集計"])
    };
    year_of(column).is_some()
        && is_value(&column.label)
        && !words.is_empty()
        && words.len() <= 3
        && words.iter().all(is_word)
}

/// True if a column is an amount by its heading.
fn is_amount(column: &Column) -> bool {
    is_money(&column.label) || is_staff(&column.label) || is_source(&column.label)
}

/// True if the year of a column is known, or a column beside it has different figures: then a figure that all rows
/// share is an amount like the others.
fn is_among_figures(draft: &Draft<'_>, column: &Column) -> bool {
    let is_figure = |index: Option<u32>| {
        let other = index.and_then(|index| draft.column(index));
        other.is_some_and(|other| other.is_numeric() && other.constant().is_none() && is_amount(other))
    };
    draft.row_year.is_some()
        || year_of(column).is_some_and(|label| label.year.is_some())
        || is_figure(column.index.checked_sub(1))
        || is_figure(column.index.checked_add(1))
}

/// The year in the heading of a column, or in the nearest label above it.
pub fn year_of(column: &Column) -> Option<YearLabel> {
    let labels = std::iter::once(&column.heading).chain(column.above.iter().rev());
    labels.into_iter().find_map(|label| year_in(label))
}

/// Words of the heading and the labels above it, without years.
fn label(column: &Column) -> String {
    let cost = if is_cost_of_staff(&column.heading, column.above.last()) { "人件費" } else { "" };
    labels(column).chain([cost.to_owned()]).collect()
}

/// The labels above a heading and the heading, without years and blanks. A label above that names both budget and
/// settlement states neither of its columns, and is left out.
fn labels(column: &Column) -> impl Iterator<Item = String> + '_ {
    let without_year = |text: &String| plain(&year_in(text).map_or_else(|| text.clone(), |label| label.rest));
    let is_of_one_phase = |label: &&String| !(label.contains("予算") && label.contains("決算"));
    column.above.iter().filter(is_of_one_phase).chain([&column.heading]).map(without_year)
}

/// True if the repeats of a run differ in nothing but their years. Those that differ in other labels above, such as
/// 予算額 and 決算額, are no block: their columns are series of their own.
fn is_block(columns: &[&Column], run: &Run) -> bool {
    let year = |column: &&Column| year_of(column).and_then(|label| label.year);
    let is_no_unit = |label: &String| !label.contains("単位") && !is_unit(label.trim_matches(['(', ')']));
    let words = |repeat: &[&Column]| -> Vec<String> {
        repeat.iter().map(|column| labels(column).filter(is_no_unit).collect()).collect()
    };
    let repeats: Vec<&[&Column]> = columns.chunks(run.every).collect();
    let first = repeats.first().map(|repeat| words(repeat));
    let states_years = columns.iter().any(|column| year(column).is_some());
    // Values of one indicator may go on beside the repeats.
    let is_indicator = |column: &&Column| is_value(&column.label) && !is_amount(column);
    run.repeats > 1
        && !(states_years && columns.iter().all(is_indicator))
        && repeats.iter().all(|repeat| Some(words(repeat)) == first)
        && repeats.iter().all(|repeat| repeat.iter().all(|column| Some(year(column)) == repeat.first().map(year)))
        && (!states_years || years_of(columns, run.every, run.repeats).is_some())
}

/// Runs of headings that repeat, without overlap, the longest first; at least one column of each has figures.
fn runs(draft: &Draft<'_>) -> Vec<Run> {
    let columns = &draft.table.columns;
    let headings: Vec<String> = columns.iter().map(|column| column.heading.clone()).collect();
    let same = |at: usize, every: usize| {
        let (one, other) = (headings.get(at), headings.get(at + every));
        one.is_some_and(|heading| !heading.is_empty())
            && one == other
            && columns
                .get(at)
                .zip(columns.get(at + every))
                .is_some_and(|(a, b)| a.index + u32::try_from(every).unwrap_or(u32::MAX) == b.index)
    };
    let mut found: Vec<Run> = Vec::new();
    for every in 1..=columns.len() / 2 {
        let mut at = 0;
        while at + every < columns.len() {
            let length = (at..columns.len()).take_while(|at| same(*at, every)).count();
            let repeats = length / every + 1;
            let numeric = columns.iter().skip(at).take(every * repeats).filter(|column| column.is_numeric()).count();
            let is_open = columns.iter().skip(at).take(every * repeats).all(|column| draft.is_open(column.index));
            if repeats > 1 && numeric * 2 >= every * repeats && is_open && (every > 1 || numeric == repeats) {
                found.push(Run { first: at, every, repeats });
            }
            at += length.max(1);
        }
    }
    found.sort_by_key(|run| (std::cmp::Reverse(run.every * run.repeats), run.every));
    let mut disjoint: Vec<Run> = Vec::new();
    for run in found {
        let range = |run: &Run| run.first..run.first + run.every * run.repeats;
        if disjoint.iter().all(|known| range(known).end <= run.first || range(&run).end <= known.first) {
            disjoint.push(run);
        }
    }
    disjoint.sort_by_key(|run| run.first);
    disjoint
}

/// Joins the repeats of one year, such as its budget and its settlement, to one block.
fn by_year(draft: &Draft<'_>, run: Run) -> Run {
    let year =
        |n: usize| draft.table.columns.get(run.first + n * run.every).and_then(year_of).and_then(|label| label.year);
    let years: Vec<Option<FiscalYear>> = (0..run.repeats).map(year).collect();
    let same = years.iter().take_while(|year| year.is_some() && **year == years.first().copied().flatten()).count();
    if same > 1 && run.repeats.is_multiple_of(same) {
        return Run { every: run.every * same, repeats: run.repeats / same, ..run };
    }
    run
}

/// The years of the repeats, if headings or labels above state a different one for each.
fn years_of(columns: &[&Column], every: usize, repeats: usize) -> Option<Vec<FiscalYear>> {
    let years: Option<Vec<FiscalYear>> = (0..repeats).map(|n| year_of(columns.get(n * every)?)?.year).collect();
    let years = years?;
    let mut different = years.clone();
    different.sort_unstable();
    different.dedup();
    (different.len() == years.len()).then_some(years)
}

fn write_block(draft: &mut Draft<'_>, columns: &[&Column], run: &Run, years: Option<&[FiscalYear]>) {
    let Some(first) = columns.first() else { return };
    let last = columns.last().map_or_else(String::new, |column| column.letters());
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    draft.blocks.push((first.index, number(run.every), number(run.repeats)));
    draft.line(Part::Block, "[[table.block]]");
    let comment =
        format!("{} 列の見出しが {} 回繰り返されている（{} 〜 {last}）", run.every, run.repeats, first.letters());
    draft.noted(Part::Block, format!("first = {}", reference(first)), comment);
    draft.line(Part::Block, format!("every = {}", run.every));
    match years {
        Some(years) => {
            let listed: Vec<String> = years.iter().map(|year| quoted(&year.short())).collect();
            draft.noted(Part::Block, format!("years = [{}]", listed.join(", ")), "見出しの記載による");
        }
        None => {
            let listed = vec!["\"R…\""; run.repeats].join(", ");
            let comment = format!(
                "どの年度か、台帳に記載がありません。{} 年度分を古い順に書いてください: [{listed}]",
                run.repeats
            );
            draft.noted(Part::Block, "years = \"?\"", comment);
        }
    }
}
