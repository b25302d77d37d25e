//! Rows of lists on narrow screens: a value that nearly all rows share is stated once above them, and a mark that is the
//! same in all years once in its row.

use crate::model::Tone;
use crate::site::view::context::ViewContext;
use crate::site::view::sections::judgement::VerdictView;
use crate::site::view::sections::mark_columns::MarkColumn;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Number of rows from which values are stated above them.
const MIN_ROWS: usize = 10;

/// How narrow screens show a cell. Serialized as a class after a space, or as nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub enum NarrowCell {
    /// As it is; an empty cell is left out.
    #[default]
    #[serde(rename = "")]
    Plain,
    /// Not at all: its value is stated above the list.
    #[serde(rename = " narrow-usual")]
    Usual,
    /// As empty, although empty cells are left out, because a value is stated above the list.
    #[serde(rename = " narrow-empty")]
    Empty,
    /// Without its year: the mark is the same in all years.
    #[serde(rename = " narrow-once")]
    Once,
    /// Not at all: it repeats a mark that is shown without its year.
    #[serde(rename = " narrow-again")]
    Again,
}

/// Value that more than nine tenths of the rows share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UsualValue<'a> {
    /// Title of the column, with its fiscal year unless the value is the same for all years.
    pub title: Cow<'a, str>,
    /// The value.
    pub value: String,
}

/// Rows on narrow screens, by column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NarrowRows<'a> {
    /// Values to be stated above the list.
    pub(crate) usual: Vec<UsualValue<'a>>,
    /// One list for each row, with one entry for each column.
    pub(crate) rows: Vec<Vec<NarrowCell>>,
}

/// Examines the marks of all `rows`, each of which has one entry for each of `columns`. A mark with a tone is never stated
/// above the list only.
pub(crate) fn marks<'a>(
    context: &ViewContext<'a>,
    columns: &[MarkColumn<'a>],
    rows: &[&[Option<VerdictView<'a>>]],
) -> NarrowRows<'a> {
    let plain = |row: &[Option<VerdictView<'a>>], column: usize| plain_mark(context, row.get(column)?.as_ref()?);
    let usual: Vec<Option<&'a str>> =
        (0..columns.len()).map(|column| usual(rows.iter().map(|row| plain(row, column)))).collect();
    let scales: Vec<Vec<usize>> = (0..columns.len()).fold(Vec::new(), |mut scales: Vec<Vec<usize>>, column| {
        let id = |column: usize| columns.get(column).map(|column| column.id);
        match scales.last_mut().filter(|last| last.first().is_some_and(|first| id(*first) == id(column))) {
            Some(last) => last.push(column),
            None => scales.push(vec![column]),
        }
        scales
    });
    let mut values = Vec::new();
    for of_scale in &scales {
        let of_columns = of_scale.iter().filter_map(|index| Some((columns.get(*index)?, (*usual.get(*index)?)?)));
        let found: Vec<(&MarkColumn<'a>, &'a str)> = of_columns.collect();
        let is_same =
            found.len() == of_scale.len() && found.windows(2).all(|pair| matches!(pair, [a, b] if a.1 == b.1));
        for (column, value) in found.iter().take(if is_same { 1 } else { found.len() }) {
            let title = match column.year.as_ref().filter(|_| !is_same || of_scale.len() == 1) {
                Some(year) => Cow::Owned(format!("{} {}", column.scale, year.name)),
                None => column.scale.clone(),
            };
            values.push(UsualValue { title, value: (*value).to_owned() });
        }
    }
    let cells = |row: &&[Option<VerdictView<'a>>]| {
        let is_usual =
            |column: &usize| usual.get(*column).is_some_and(|usual| usual.is_some() && plain(row, *column) == *usual);
        let of_scale = |of_scale: &Vec<usize>| {
            let given: Vec<_> = of_scale.iter().map(|column| row.get(*column).and_then(Option::as_ref)).collect();
            let is_same = given.len() > 1
                && given.windows(2).all(|pair| matches!(pair, [Some(one), Some(other)] if is_same(one, other)));
            let is_merged = is_same && !of_scale.iter().all(is_usual);
            let cell = |(at, column): (usize, &usize)| match given.get(at).copied().flatten() {
                _ if is_merged && at == 0 => NarrowCell::Once,
                _ if is_merged => NarrowCell::Again,
                _ if is_usual(column) => NarrowCell::Usual,
                None if usual.get(*column).copied().flatten().is_some() => NarrowCell::Empty,
                _ => NarrowCell::Plain,
            };
            of_scale.iter().enumerate().map(cell).collect::<Vec<_>>()
        };
        scales.iter().flat_map(of_scale).collect()
    };
    NarrowRows { usual: values, rows: rows.iter().map(cells).collect() }
}

/// Examines the texts of a column, of which a cell may have several.
pub(crate) fn texts<'a>(
    context: &ViewContext<'a>,
    title: &'a str,
    rows: &[Vec<&str>],
) -> (Option<UsualValue<'a>>, Vec<NarrowCell>) {
    let usual = usual(rows.iter().map(|row| Some(row).filter(|row| !row.is_empty())));
    let cell = |row: &Vec<&str>| match usual {
        Some(usual) if usual == row => NarrowCell::Usual,
        Some(_) if row.is_empty() => NarrowCell::Empty,
        _ => NarrowCell::Plain,
    };
    let cells = rows.iter().map(cell).collect();
    let value = |usual: &Vec<&str>| UsualValue {
        title: Cow::Borrowed(title),
        value: usual.join(context.texts.get("separator")),
    };
    (usual.map(value), cells)
}

/// Value that more than nine tenths of at least [`MIN_ROWS`] rows share; `None` if there is none, or if they share that
/// they have none.
fn usual<T: Ord + Copy>(values: impl ExactSizeIterator<Item = Option<T>>) -> Option<T> {
    let total = values.len();
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for value in values.flatten() {
        *counts.entry(value).or_default() += 1;
    }
    let (value, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (total >= MIN_ROWS && count * 10 > total * 9).then_some(value)
}

/// Text of a single mark without a tone and without remarks, or that a mark is lost; `None` for all other verdicts.
fn plain_mark<'a>(context: &ViewContext<'a>, verdict: &VerdictView<'a>) -> Option<&'a str> {
    if verdict.note.is_some() || verdict.corrected.is_some() || verdict.judge.is_some() || verdict.points.is_some() {
        return None;
    }
    match &verdict.marks[..] {
        [mark] if mark.tone == Tone::Neutral.key() && mark.spoken.is_none() && mark.meaning.is_none() => {
            Some(mark.mark)
        }
        [] if verdict.lost.is_some() => Some(context.texts.get("lost")),
        _ => None,
    }
}

/// Returns true if two verdicts differ at most in their year.
fn is_same(one: &VerdictView<'_>, other: &VerdictView<'_>) -> bool {
    let told = |verdict: &VerdictView<'_>| verdict.note.is_some() || verdict.corrected.is_some();
    !one.marks.is_empty()
        && !told(one)
        && !told(other)
        && (&one.marks, one.judge, &one.points) == (&other.marks, other.judge, &other.points)
}
