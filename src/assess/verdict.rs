//! Marks: what the bands give, beside what was published.

use super::formula::Measure;
use super::guard::Guard;
use super::input::{Given, Input, Role};
use crate::model::{
    Better, Column, EditionIx, FiscalYear, Judgement, Method, MethodKind, ScaleIx, Stage, Takes, Verdict as Published,
};

/// The mark of the bands beside the published one. Both stand; neither corrects the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The mark that the bands give, as a place in [`Scale::marks`](crate::model::Scale::marks):
    /// `None` where no band takes the result, a guard where the bands cannot be applied.
    pub mark: Result<Option<usize>, Guard>,
    /// The marks of that scale that the edition of the actual value published.
    pub published: Vec<usize>,
    /// Whether they are the same.
    pub agreement: Agreement,
}

/// How the computed mark stands to the published one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Agreement {
    /// The same.
    Same,
    /// Another: a finding, not a correction.
    Differs,
    /// One of them is not there.
    NotComparable,
}

pub(super) fn verdict(
    given: &Given<'_>,
    method: &Method,
    measure: &Measure,
    direction: Option<Better>,
    inputs: &[Input],
) -> Option<Verdict> {
    let scale = method.scale.filter(|_| !method.bands.is_empty())?;
    let mark = mark(method, measure, direction);
    let judgement = published(given, scale, inputs);
    let published = match judgement.map(|judgement| &judgement.verdict) {
        Some(Published::Marks(marks)) => marks.clone(),
        _ => Vec::new(),
    };
    let agreement = match (&mark, published.as_slice()) {
        (Ok(Some(_)), []) | (Ok(None) | Err(_), _) => Agreement::NotComparable,
        (Ok(Some(mark)), [only]) if mark == only => Agreement::Same,
        _ => Agreement::Differs,
    };
    Some(Verdict { mark, published, agreement })
}

/// The published judgement of the year of the actual value: the newest given for that year by name, else that of the
/// final edition that reports on it. What an edition without a year says is said of the values it printed.
/// `None` where it was given on other figures than those that were computed with.
fn published<'r>(given: &Given<'r>, scale: ScaleIx, inputs: &[Input]) -> Option<&'r Judgement> {
    let actual = inputs.first()?;
    let of_scale = |judgements: &'r [Judgement], year: Option<FiscalYear>| {
        judgements.iter().find(|judgement| judgement.scale == scale && judgement.year == year)
    };
    let Column::Year(year) = actual.column else { return None };
    let newest_first = || given.judged.iter().rev();
    let by_name = newest_first().find_map(|(place, judgements)| Some((place, of_scale(judgements, Some(year))?)));
    let (place, judgement) = by_name.or_else(|| {
        let reports = |place: EditionIx| {
            let edition = given.strategy.editions.get(place.0)?;
            Some(match edition.year {
                Some(reported) => reported == year && edition.stage == Stage::Final,
                None => place == actual.edition,
            })
        };
        let mut reporting = newest_first().filter(|(place, _)| reports(*place) == Some(true));
        reporting.find_map(|(place, judgements)| Some((place, of_scale(judgements, None)?)))
    })?;
    let then = (given.as_of)(*place);
    let unchanged = |input: &Input| {
        let cell = match input.role {
            Role::Target => then.target.iter().find(|cell| cell.column == input.column).copied(),
            Role::Actual | Role::Baseline | Role::Previous => then.actual_in(input.column),
        };
        cell.is_some_and(|cell| cell.value.same_figure(&input.value))
    };
    inputs.iter().all(unchanged).then_some(judgement)
}

fn mark(method: &Method, measure: &Measure, direction: Option<Better>) -> Result<Option<usize>, Guard> {
    let falling = falls(method.kind, direction);
    for band in &method.bands {
        let taken = match (band.takes, measure) {
            (Takes::From(_), Measure::Rate(_)) if falling => return Err(Guard::BandsReversed),
            (Takes::To(_), Measure::Rate(_)) if !falling => return Err(Guard::BandsReversed),
            (Takes::From(percent), Measure::Rate(rate)) => rate.at_least(percent),
            (Takes::To(percent), Measure::Rate(rate)) => rate.at_most(percent),
            (Takes::When(step), Measure::Step(reached)) => step == *reached,
            (Takes::Rest, _) => true,
            _ => false,
        };
        if taken {
            return Ok(Some(band.mark));
        }
    }
    Ok(None)
}

/// Whether a rate falls as things get better: A ÷ T where less is better.
pub(super) fn falls(kind: MethodKind, direction: Option<Better>) -> bool {
    matches!(kind, MethodKind::Ratio | MethodKind::Cumulative | MethodKind::Milestone)
        && direction == Some(Better::Lower)
}
