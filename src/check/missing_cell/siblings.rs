//! Comparisons and groups beside each other, within one sheet.

use super::{OTHERS, Printed};
use crate::diagnostic::{Bilingual, say};
use crate::model::{Column, SeriesKind};
use std::collections::BTreeSet;

/// Comparisons and groups without a value of a year in which others have one.
pub(super) fn check(printed: &Printed<'_>, add: &mut impl FnMut(SeriesKind, Column, Bilingual)) {
    let indicator = printed.indicator;
    let comparisons: Vec<SeriesKind> = (0..indicator.comparisons.len()).map(SeriesKind::Comparison).collect();
    let groups: Vec<SeriesKind> = (0..indicator.breakdowns.len()).map(SeriesKind::Breakdown).collect();
    for all in [comparisons, groups] {
        let columns: BTreeSet<Column> =
            printed.cells.iter().filter(|(series, _)| all.contains(series)).map(|(_, column)| *column).collect();
        for column in columns {
            let (with, without): (Vec<SeriesKind>, Vec<SeriesKind>) =
                all.iter().partition(|series| printed.cells.contains(&(**series, column)));
            let [series] = without.as_slice() else { continue };
            // One that the previous sheet left out too is not printed in every edition.
            let had = |series: &SeriesKind| {
                printed.before.as_ref().is_some_and(|before| before.cells.iter().any(|(other, _)| other == series))
            };
            let was_left_out = with.iter().any(had) && !had(series);
            if (with.len() >= OTHERS || !with.is_empty() && had(series)) && !was_left_out {
                let names = with.iter().filter_map(|series| indicator.series_name(*series)).collect::<Vec<_>>();
                let reason = say!(
                    ja: "{names}の値はあります",
                    en: "there are values of {en_names}",
                    names = names.join("、"),
                    en_names = names.join(", ")
                );
                add(*series, column, reason);
            }
        }
    }
}
