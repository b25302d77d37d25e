//! Rates and the targets from which they are computed, within one sheet.

use super::Printed;
use crate::diagnostic::{Bilingual, say};
use crate::model::{Column, Figures, FiscalYear, SeriesKind};

/// The target of a year with a rate, and the rate of the year of the edition.
pub(super) fn check(printed: &Printed<'_>, add: &mut impl FnMut(SeriesKind, Column, Bilingual)) {
    let targets = printed.figures.target.keys();
    let has_yearly_targets = targets.clone().any(|column| matches!(column, Column::Year(_)));
    for (year, rate) in printed.figures.rate.iter().filter(|(_, rate)| rate.decimal().is_some()) {
        // A rate of a year without a target of its own can be that of a later target.
        let between = targets.clone().any(|column| *column < Column::Year(*year))
            || printed
                .figures
                .rate
                .keys()
                .any(|other| other != year && targets.clone().any(|of| *of == Column::Year(*other)));
        if has_yearly_targets && between {
            let reason = say!(
                ja: "{year}の達成率「{printed}」と、ほかの年度の目標値はあります",
                en: "there are a rate of {year}, `{printed}`, and targets of other years",
                year = year.short(),
                printed = &rate.printed
            );
            add(SeriesKind::Target, Column::Year(*year), reason);
        }
    }
    past_rates(printed, add);
    let Some(year) = printed.edition.year.filter(|year| printed.has_rate_base(*year)) else { return };
    let bound = |figures: &Figures, year: FiscalYear| {
        figures.target.get(&Column::Year(year)).and_then(|target| target.number()).map(|number| number.bound)
    };
    // A rate is not printed for every kind of target.
    let is_alike = |figures: &Figures, of: FiscalYear| bound(figures, of) == bound(printed.figures, year);
    let before = printed
        .before
        .as_ref()
        .filter(|before| before.figures.rate.contains_key(&before.year) && is_alike(before.figures, before.year));
    let earlier = FiscalYear(year.0 - 1);
    let has_earlier = printed.has_rate_base(earlier)
        && printed.has(SeriesKind::Rate, earlier.0)
        && is_alike(printed.figures, earlier);
    let carried_forward =
        printed.figures.actual.get(&year).and_then(|value| value.measured).is_some_and(|of| of.to < year);
    if (before.is_some() || has_earlier) && !carried_forward {
        let earlier = before.map_or(earlier, |before| before.year).short();
        let reason = say!(
            ja: "{year}の実績値と目標値はあり、{earlier}の達成率はあります",
            en: "there are an actual value and a target of {year}, and a rate of {earlier}",
            year = year.short()
        );
        add(SeriesKind::Rate, Column::Year(year), reason);
    }
}

/// Rates of earlier years with an actual value and a target, if the year after has a rate and, if there is one, the year before.
fn past_rates(printed: &Printed<'_>, add: &mut impl FnMut(SeriesKind, Column, Bilingual)) {
    let figures = printed.figures;
    let has_rate = |year: i32| printed.has(SeriesKind::Rate, year);
    for (year, value) in
        figures.actual.iter().filter(|(year, value)| printed.has_rate_base(**year) && value.measured.is_none())
    {
        let had = printed.before.as_ref().is_some_and(|before| before.figures.rate.contains_key(year));
        let is_within = has_rate(year.0 - 1);
        if has_rate(year.0 + 1) && (had || is_within) {
            let reason = say!(
                ja: "{year}の実績値「{printed}」と目標値はあり、{next}の達成率はあります",
                en: "there are an actual value `{printed}` and a target of {year}, and a rate of {next}",
                year = year.short(),
                next = FiscalYear(year.0 + 1).short(),
                printed = &value.printed
            );
            add(SeriesKind::Rate, Column::Year(*year), reason);
        }
    }
}
