//! Marks from bands, compared with published marks.

use super::input::{AssessmentContext, FormulaValue};
use super::not_computable::NotComputable;
use super::operand::Operand;
use super::outcome::{Agreement, MarkComparison, Measure, MethodOutcome, PublishedJudgement};
use crate::model::{
    BandCondition, Column, Direction, Edition, EditionIx, FiscalYear, Judgement, Method, ScaleIx, Stage, Verdict,
    decisive,
};

/// Applies the bands of `method` to an outcome and compares the mark with the published one; `None` if the
/// method has no bands.
pub(super) fn compare(
    context: &AssessmentContext<'_>,
    method: &Method,
    outcome: &MethodOutcome,
) -> Option<MarkComparison> {
    let scale = method.scale.filter(|_| !method.bands.is_empty())?;
    let mark = mark(method, &outcome.measure, outcome.direction);
    let judgement = published(context, scale, &outcome.inputs);
    let published = match judgement.map(|(_, judgement)| &judgement.verdict) {
        Some(Verdict::Marks(marks)) => marks.clone(),
        _ => Vec::new(),
    };
    let agreement = Agreement::of(&mark, &published);
    Some(MarkComparison { mark, published, judgement: judgement.map(|(location, _)| location), agreement })
}

/// Published judgement, of several judges the decisive one, for the year of the actual value: the newest one keyed by that year, else
/// the newest one of a final edition for that year, or of an edition without a year that printed
/// the actual value. `None` if the judgement was based on other figures than the computation.
fn published<'r>(
    context: &AssessmentContext<'r>,
    scale: ScaleIx,
    inputs: &[FormulaValue],
) -> Option<(PublishedJudgement, &'r Judgement)> {
    let actual = inputs.first()?;
    let Column::Year(year) = actual.column else { return None };
    let judgement_for = |(edition, judgements): (EditionIx, &'r [Judgement]), year: Option<FiscalYear>| {
        let published = decisive(judgements).find(|judgement| judgement.scale == scale && judgement.year == year)?;
        let index = judgements.iter().position(|judgement| std::ptr::eq(judgement, published))?;
        Some((PublishedJudgement { edition, index }, published))
    };
    let by_year = context.judgements_by_edition().find_map(|entry| judgement_for(entry, Some(year)));
    let (location, judgement) = by_year.or_else(|| {
        let reports_on_year = |ix: EditionIx| match context.strategy.editions.get(ix.0) {
            Some(Edition { year: Some(reported), stage, .. }) => *reported == year && *stage == Stage::Final,
            Some(Edition { year: None, .. }) => ix == actual.edition,
            None => false,
        };
        let mut on_year = context.judgements_by_edition().filter(|(edition, _)| reports_on_year(*edition));
        on_year.find_map(|entry| judgement_for(entry, None))
    })?;
    let series_then = context.as_of(location.edition);
    let unchanged = |input: &FormulaValue| {
        let cell = match input.operand {
            Operand::Target => series_then.target.iter().find(|cell| cell.column == input.column).copied(),
            Operand::Actual | Operand::Baseline | Operand::Previous => series_then.actual_at_column(input.column),
        };
        cell.is_some_and(|cell| cell.value.prints_same(&input.value))
    };
    inputs.iter().all(unchanged).then_some((location, judgement))
}

/// The mark of the first band of `method` that applies; `None` if none does.
pub(super) fn mark(
    method: &Method,
    measure: &Measure,
    direction: Option<Direction>,
) -> Result<Option<usize>, NotComputable> {
    let falling = method.kind.rate_falls(direction);
    for band in &method.bands {
        let applies = match (band.condition, measure) {
            (BandCondition::From(_), Measure::Rate(_)) if falling => return Err(NotComputable::BandsReversed),
            (BandCondition::To(_), Measure::Rate(_)) if !falling => return Err(NotComputable::BandsReversed),
            (BandCondition::From(percent), Measure::Rate(rate)) => rate.at_least(percent),
            (BandCondition::To(percent), Measure::Rate(rate)) => rate.at_most(percent),
            (BandCondition::When(wanted), Measure::Qualitative(result)) => wanted == *result,
            (BandCondition::Rest, _) => true,
            _ => false,
        };
        if applies {
            return Ok(Some(band.mark));
        }
    }
    Ok(None)
}
