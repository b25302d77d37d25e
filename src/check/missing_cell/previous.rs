//! Cells of the previous sheet of an indicator, as other indicators show that they are still printed.

use super::{INDICATORS, OTHERS, Printed, Usage, are_most};
use crate::diagnostic::{Bilingual, say};
use crate::model::{Column, FiscalYear, SeriesKind};
use std::collections::BTreeSet;

/// Targets of the previous sheet from the year of the edition on, and its earlier actual values, that other indicators still
/// have.
pub(super) fn kept(printed: &Printed<'_>, usage: &Usage, add: &mut impl FnMut(SeriesKind, Column, Bilingual)) {
    let Some((before, year)) = printed.before.as_ref().zip(printed.edition.year) else { return };
    let has_past_values = printed.figures.actual.keys().any(|column| *column < year);
    // A target for another year replaces it, unless the previous sheet has one at the same distance to its own year.
    let rolled: BTreeSet<Column> =
        printed.rolled().iter().filter(|cell| cell.0 == SeriesKind::Target).map(|cell| cell.2).collect();
    let is_replaced = printed.cells.iter().any(|cell| {
        cell.0 == SeriesKind::Target
            && cell.1 >= Column::Year(year)
            && !before.cells.contains(cell)
            && !rolled.contains(&cell.1)
    });
    // A value carried forward need not be printed again.
    let is_measured = |column: Column| match column {
        Column::Year(year) => before.figures.actual.get(&year).is_some_and(|value| value.measured.is_none()),
        Column::Start | Column::End => true,
    };
    let can_be_expected = |(series, column): &&(SeriesKind, Column)| match series {
        SeriesKind::Target => *column >= Column::Year(year) && !is_replaced,
        SeriesKind::Actual => *column < Column::Year(year) && has_past_values && is_measured(*column),
        _ => false,
    };
    for (series, column) in before.cells.iter().filter(can_be_expected) {
        let (all, same) = usage.kept.get(&(series.key(), *column)).copied().unwrap_or_default();
        let others = all.saturating_sub(1);
        // The earliest years can differ from row to row.
        let enough = if *series == SeriesKind::Actual { INDICATORS } else { OTHERS };
        if others >= enough && are_most(same, others) {
            let reason = say!(
                ja: "前の版にはあり、今の版でもほかの{others}指標のうち{same}指標にはあります",
                en: "the previous sheet has it, and {same} of {others} other indicators have it in this edition too"
            );
            add(*series, *column, reason);
        }
    }
}

/// Cells of the previous sheet whose counterpart, at the same distance to the year of the edition, other indicators have.
pub(super) fn rolled(printed: &Printed<'_>, usage: &Usage, add: &mut impl FnMut(SeriesKind, Column, Bilingual)) {
    let Some((before, year)) = printed.before.as_ref().zip(printed.edition.year) else { return };
    let has_value =
        printed.figures.actual.get(&year).is_some_and(|value| value.measured.is_none() && value.decimal().is_some());
    // A fixed target year comes nearer with each edition, unless it is the counterpart of the one before it.
    let is_fixed = |series: SeriesKind, distance: i32| {
        let column = |distance: i32| (series, Column::Year(FiscalYear(before.year.0 + distance)));
        distance > 0
            && printed.cells.contains(&column(distance))
            && !printed.cells.contains(&column(0))
            && !before.cells.contains(&column(distance - 1))
    };
    for (series, distance, column) in printed.rolled() {
        let is_checked = match series {
            SeriesKind::Target | SeriesKind::Forecast => {
                let is_active = printed.is_active_in(FiscalYear(year.0 + distance));
                !is_fixed(series, distance) && is_active && !printed.is_complete()
            }
            SeriesKind::Rank => true,
            _ => false,
        };
        let (all, same) = usage.rolled.get(&(series.key(), distance)).copied().unwrap_or_default();
        let others = all.saturating_sub(1);
        if is_checked && has_value && others >= INDICATORS && are_most(same, others) {
            let reason = say!(
                ja: "前の版（{before}）の同じ欄にはあり、今の版でもほかの{others}指標のうち{same}指標にはあります",
                en: "the previous sheet ({before}) has its counterpart, and {same} of {others} other indicators have it in this edition",
                before = before.year.short()
            );
            add(series, column, reason);
        }
    }
}
