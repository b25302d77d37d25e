//! Indicators of tables with a row for each, or for each of their years.

use super::column::Column;
use super::draft::{Draft, Part};
use super::indicators::{Pair, Series, series_of, write_values};
use super::joined;
use super::levels::agreement;
use super::repeats::Figures;

/// The column with the ids, if a program has several indicators with one name column: one in each row.
pub fn several_rows<'a>(draft: &Draft<'a>, pair: &Pair<'_>) -> Option<&'a Column> {
    let key = draft.column(draft.repeated_key?)?;
    (agreement(&[key], pair.name) < 1.0).then_some(key)
}

/// Writes the indicators of a table with a row for each, or for each of their years.
pub fn write_in_rows(
    draft: &mut Draft<'_>,
    pair: &Pair<'_>,
    values: &[(Series, Figures<'_>)],
    (key, prefix): (&Column, &str),
    has_row_year: bool,
) {
    draft.line(Part::Indicator, "[[table.long]]");
    let group = group_of(draft, key, Some(pair.name));
    joined::write_group(draft, group.as_deref(), prefix);
    draft.map(Part::Indicator, "name", pair.name, "");
    if let Some(unit) = pair.unit {
        draft.map(Part::Indicator, "unit", unit, &format!("{} 種類", unit.distinct.len()));
    }
    write_values(draft, values, has_row_year);
}

/// The columns that tell the indicators of a program apart, with the year of the row if it states one.
fn group_of<'a>(draft: &Draft<'a>, key: &Column, name: Option<&'a Column>) -> Option<Vec<&'a Column>> {
    let year = draft.row_year.and_then(|year| draft.column(year));
    let open = draft.open();
    let codes: Vec<&Column> = open.iter().copied().filter(|c| c.is_code() && c.filled == c.cells.len()).collect();
    joined::group(draft, key, year, &codes, name)
}

/// Writes the values of indicators whose names stand in another table. Returns the figures that are none.
pub fn nameless_in_rows<'a>(draft: &mut Draft<'a>, figures: Vec<Figures<'a>>, has_row_year: bool) -> Vec<Figures<'a>> {
    let Some(key) = draft.repeated_key.and_then(|key| draft.column(key)) else { return figures };
    let is_taken = draft.parts.contains_key(&Part::Indicator);
    let group = group_of(draft, key, None).filter(|group| joined::has_names_elsewhere(draft, group) && !is_taken);
    let Some(group) = group else { return figures };
    let is_of_group = |f: &Figures<'_>| f.all().any(|column| group.iter().any(|code| code.index == column.index));
    let is_value =
        |f: &Figures<'_>| !matches!(series_of(&f.label), Series::Unstated | Series::Other) && !is_of_group(f);
    let (values, rest): (Vec<_>, Vec<_>) = figures.into_iter().partition(is_value);
    let mut series: Vec<(Series, Figures<'a>)> = Vec::new();
    let mut unused = rest;
    for figures in values {
        let kind = series_of(&figures.label);
        if series.iter().any(|(known, _)| *known == kind) {
            unused.push(figures);
        } else {
            series.push((kind, figures));
        }
    }
    if !series.is_empty() {
        draft.noted(Part::Indicator, "[[table.long]]", "名称は、同じ id のほかの表にあります");
        joined::write_group(draft, Some(&group), "shihyo");
        write_values(draft, &series, has_row_year);
    }
    unused
}
