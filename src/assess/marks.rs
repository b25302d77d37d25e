//! Marks from bands, compared with published marks.

use super::input::{AssessmentInput, Input};
use super::not_computable::NotComputable;
use super::operand::Operand;
use super::outcome::{Agreement, MarkComparison, Measure, MethodOutcome};
use crate::model::{
    BandCondition, Column, Direction, Edition, EditionIx, FiscalYear, Judgement, Method, ScaleIx, Stage, Verdict,
};

/// Applies the bands of `method` to an outcome and compares the mark with the published one; `None` if the
/// method has no bands.
pub(super) fn compare(given: &AssessmentInput<'_>, method: &Method, of: &MethodOutcome) -> Option<MarkComparison> {
    let scale = method.scale.filter(|_| !method.bands.is_empty())?;
    let mark = mark(method, &of.measure, of.direction);
    let judgement = published(given, scale, &of.inputs);
    let published = match judgement.map(|judgement| &judgement.verdict) {
        Some(Verdict::Marks(marks)) => marks.clone(),
        _ => Vec::new(),
    };
    let agreement = match (&mark, published.as_slice()) {
        (Ok(Some(_)), []) | (Ok(None) | Err(_), _) => None,
        (Ok(Some(mark)), [only]) if mark == only => Some(Agreement::Same),
        _ => Some(Agreement::Differs),
    };
    Some(MarkComparison { mark, published, agreement })
}

/// Published judgement for the year of the actual value: the newest one keyed by that year, else the one in the
/// final edition that reports on that year. An edition without a year is assumed to report on the years of the
/// values that it printed. `None` if the judgement was based on other figures than the computation.
fn published<'r>(given: &AssessmentInput<'r>, scale: ScaleIx, inputs: &[Input]) -> Option<&'r Judgement> {
    let actual = inputs.first()?;
    let of_scale = |judgements: &'r [Judgement], year: Option<FiscalYear>| {
        judgements.iter().find(|judgement| judgement.scale == scale && judgement.year == year)
    };
    let Column::Year(year) = actual.column else { return None };
    let by_name = given.judged().find_map(|(edition, of)| Some((edition, of_scale(of, Some(year))?)));
    let (edition, judgement) = by_name.or_else(|| {
        let reports = |ix: EditionIx| match given.strategy.editions.get(ix.0) {
            Some(Edition { year: Some(reported), stage, .. }) => *reported == year && *stage == Stage::Final,
            Some(Edition { year: None, .. }) => ix == actual.edition,
            None => false,
        };
        let mut reporting = given.judged().filter(|(edition, _)| reports(*edition));
        reporting.find_map(|(edition, of)| Some((edition, of_scale(of, None)?)))
    })?;
    let then = given.as_of(edition);
    let unchanged = |input: &Input| {
        let cell = match input.operand {
            Operand::Target => then.target.iter().find(|cell| cell.column == input.column).copied(),
            Operand::Actual | Operand::Baseline | Operand::Previous => then.actual_at_column(input.column),
        };
        cell.is_some_and(|cell| cell.value.prints_same(&input.value))
    };
    inputs.iter().all(unchanged).then_some(judgement)
}

fn mark(method: &Method, measure: &Measure, direction: Option<Direction>) -> Result<Option<usize>, NotComputable> {
    let falling = method.kind.rate_falls(direction);
    for band in &method.bands {
        let taken = match (band.condition, measure) {
            (BandCondition::From(_), Measure::Rate(_)) if falling => return Err(NotComputable::BandsReversed),
            (BandCondition::To(_), Measure::Rate(_)) if !falling => return Err(NotComputable::BandsReversed),
            (BandCondition::From(percent), Measure::Rate(rate)) => rate.at_least(percent),
            (BandCondition::To(percent), Measure::Rate(rate)) => rate.at_most(percent),
            (BandCondition::When(required), Measure::Qualitative(result)) => required == *result,
            (BandCondition::Rest, _) => true,
            _ => false,
        };
        if taken {
            return Ok(Some(band.mark));
        }
    }
    Ok(None)
}
