//! Rates and the targets from which they are computed, within one sheet.

use super::{Beside, INDICATORS, OTHERS, Printed, Usage, are_most, bound_of};
use crate::diagnostic::{Bilingual, say};
use crate::model::{Bound, Column, Figures, FiscalYear, SeriesKind};

/// The target of a year with a rate, and the rate of the year of the edition.
pub(super) fn check(printed: &Printed<'_>, usage: &Usage, add: &mut impl FnMut(SeriesKind, Column, Bilingual)) {
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
    // A rate is not printed for every kind of target.
    let is_alike = |figures: &Figures, of: FiscalYear| bound_of(figures, of) == printed.bound(year);
    let is_rated =
        |beside: &&Beside<'_>| beside.figures.rate.contains_key(&beside.year) && is_alike(beside.figures, beside.year);
    let before = printed.before.as_ref().filter(is_rated);
    let earlier = FiscalYear(year.0 - 1);
    let has_earlier = printed.has_rate_base(earlier)
        && printed.has(SeriesKind::Rate, earlier.0)
        && is_alike(printed.figures, earlier);
    let carried_forward =
        printed.figures.actual.get(&year).and_then(|value| value.measured).is_some_and(|of| of.to < year);
    if carried_forward || printed.has(SeriesKind::Rate, year.0) {
        return;
    }
    let (all, rated) = usage.rated.get(&printed.bound(year)).copied().unwrap_or_default();
    let others = all.saturating_sub(1);
    let after = printed.after.as_ref().filter(is_rated).filter(|_| others >= OTHERS && are_most(rated, others));
    let with_rate =
        before.map(|before| before.year).or(has_earlier.then_some(earlier)).or(after.map(|after| after.year));
    if let Some(other) = with_rate {
        let reason = say!(
            ja: "{year}の実績値と目標値はあり、{other}の達成率はあります",
            en: "there are an actual value and a target of {year}, and a rate of {other}",
            year = year.short(),
            other = other.short()
        );
        add(SeriesKind::Rate, Column::Year(year), reason);
    } else if others >= INDICATORS && rated == others && printed.before.is_none() && is_exact(printed, year) {
        let reason = say!(
            ja: "{year}の実績値と目標値はあり、同様のほかの{others}指標にはいずれもあります",
            en: "there are an actual value and a target of {year}, and all other such indicators ({others}) have it",
            year = year.short()
        );
        add(SeriesKind::Rate, Column::Year(year), reason);
    }
}

/// Returns true if the value is exact, and the target is not zero: the rate of others is not always printed.
fn is_exact(printed: &Printed<'_>, year: FiscalYear) -> bool {
    let actual = printed.figures.actual.get(&year).and_then(|value| value.number());
    let target = printed.figures.target.get(&Column::Year(year)).and_then(|value| value.decimal());
    actual.is_some_and(|number| number.bound == Bound::Exact) && target.is_some_and(|target| !target.is_zero())
}

/// The rank of the year of the edition, if the previous sheet has that of its own year and this one that of the value before.
pub(super) fn ranks(printed: &Printed<'_>, usage: &Usage, add: &mut impl FnMut(SeriesKind, Column, Bilingual)) {
    // One indicator alone does not show that ranks are printed for every year.
    let (all, ranked) = usage.rolled.get(&(SeriesKind::Rank.key(), 0)).copied().unwrap_or_default();
    if all < 2 || ranked + 1 < all {
        return;
    }
    let (Some(year), Some(before)) = (printed.edition.year, &printed.before) else { return };
    let figures = printed.figures;
    let is_measured =
        figures.actual.get(&year).is_some_and(|value| value.measured.is_none() && value.decimal().is_some());
    let earlier = figures.actual.range(..year).next_back().map(|(year, _)| *year);
    let has_earlier = earlier.is_some_and(|earlier| figures.rank.contains_key(&earlier));
    if is_measured && has_earlier && before.figures.rank.contains_key(&before.year) {
        let reason = say!(
            ja: "{year}の実績値はあり、{earlier}の順位はあります",
            en: "there are an actual value of {year}, and a rank of {earlier}",
            year = year.short(),
            earlier = before.year.short()
        );
        add(SeriesKind::Rank, Column::Year(year), reason);
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
