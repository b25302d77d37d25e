//! Columns that the tables of an edition have.

use super::{INDICATORS, Printed, Usage};
use crate::diagnostic::{Bilingual, say};
use crate::model::{Column, SeriesKind};
use std::collections::BTreeSet;

/// The only column that an indicator leaves out, if nine of ten other indicators of its kind of node have it in the same
/// series. An indicator with a column of its own has another form.
pub(super) fn check(printed: &Printed<'_>, usage: &Usage, add: &mut impl FnMut(SeriesKind, Column, Bilingual)) {
    if printed.indicator.interval.is_some_and(|interval| interval > 1) {
        return;
    }
    for (series, own) in printed.columns() {
        let of_form = [SeriesKind::Actual, SeriesKind::Target, SeriesKind::Forecast].contains(&series);
        let others = usage.series.get(&(printed.kind, series)).map_or(0, |count| count.saturating_sub(1));
        if !of_form || others < INDICATORS {
            continue;
        }
        let is_usual = |count: usize| count.saturating_mul(10) >= others.saturating_mul(9);
        let columns = usage.columns.range((printed.kind, series, Column::Start)..=(printed.kind, series, Column::End));
        // Those of this indicator are counted too.
        let usual: BTreeSet<Column> = columns
            .filter(|((.., column), count)| is_usual(count.saturating_sub(usize::from(own.contains(column)))))
            .map(|((.., column), _)| *column)
            .collect();
        let lacking: Vec<&Column> = usual.difference(&own).collect();
        let [column] = lacking.as_slice() else { continue };
        // A single cell is no table. A program has no values before it begins, and no targets after it ends.
        let has_form = own.len() > 1 && own.is_subset(&usual);
        let has_begun = series != SeriesKind::Actual || own.first().is_some_and(|first| first < *column);
        let is_active = match column {
            Column::Year(year) => printed.is_active_in(*year) && !printed.is_complete(),
            Column::Start | Column::End => true,
        };
        // The value of the year of the newest edition is that of `missing-value`.
        let is_newest = series == SeriesKind::Actual && printed.after.is_none();
        let is_reported = is_newest && printed.edition.year.map(Column::Year) == Some(**column);
        if !has_form || !has_begun || !is_active || is_reported {
            continue;
        }
        let same = usage.columns.get(&(printed.kind, series, **column)).copied().unwrap_or_default();
        let reason = say!(
            ja: "同じ版のほかの{others}指標のうち{same}指標にはあります",
            en: "{same} of {others} other indicators of the edition have it"
        );
        add(series, **column, reason);
    }
}

/// The target of an indicator without any, if all others have one.
pub(super) fn target(printed: &Printed<'_>, usage: &Usage, add: &mut impl FnMut(SeriesKind, Column, Bilingual)) {
    let others = usage.indicators.saturating_sub(1);
    let is_usual =
        others >= INDICATORS && usage.with_target == others && usage.target.is_some_and(|(_, count)| count == others);
    let has_values = !printed.figures.actual.is_empty() && printed.figures.target.is_empty();
    let had_none = printed.before.as_ref().is_some_and(|before| before.figures.target.is_empty());
    let has_forecast = !printed.figures.forecast.is_empty();
    if !is_usual || !has_values || had_none || has_forecast {
        return;
    }
    let Some((column, _)) = usage.target else { return };
    let reason = say!(
        ja: "実績値はあり、ほかの{others}指標のうち{with}指標には目標値があります",
        en: "there are actual values, and {with} of {others} other indicators have a target",
        with = usage.with_target
    );
    add(SeriesKind::Target, column, reason);
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{Fixture, program};

    /// Ten indicators, the last one with other figures or keys.
    fn check(usual: &str, odd: &str, keys: &str, expected: &[&str]) {
        let indicators: String = (0..10)
            .map(|i| format!("[[indicator]]\nid = 'i{i}'\nname = 'I{i}'\n{}\n", if i == 9 { keys } else { "" }))
            .collect();
        let figures: String =
            (0..10).map(|i| format!("[indicator.i{i}]\n{}\n", if i == 9 { odd } else { usual })).collect();
        Fixture::new()
            .with(program("a", &figures))
            .file("programs/a/program.md", &format!("+++\nname = 'A'\n{indicators}+++\n"))
            .assert_finds("missing-cell", expected);
    }

    const USUAL: &str = "actual.R4 = 4\nactual.R5 = 5\ntarget.R5 = 6\ntarget.R7 = 8\ntarget.end = 9";

    #[test]
    fn reports_the_column_that_only_one_indicator_lacks() {
        check(USUAL, USUAL, "", &[]);
        let odd = USUAL.replace("target.R7 = 8\n", "");
        check(USUAL, &odd, "", &["programs/a/2023.md:59"]);
        check(USUAL, &odd, "interval = 2", &[]);
        check(USUAL, &USUAL.replace("target.R7", "target.R8"), "", &[]);
    }

    #[test]
    fn reports_an_indicator_without_the_usual_target() {
        let usual = "actual.R4 = 4\nactual.R5 = 5\ntarget.R5 = 6";
        check(usual, "actual.R4 = 4\nactual.R5 = 5", "", &["programs/a/2023.md:40"]);
    }
}
