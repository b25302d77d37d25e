//! Reasons for marks: the first sentence of the text that explains a mark.

use crate::markdown;
use crate::model::{NodeId, Scale, Sheet};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::judgement::JudgementView;
use crate::site::view::sections::prose::SectionView;
use serde::Serialize;

/// First sentence of the section that explains a mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReasonView<'a> {
    /// Id of the section on the page.
    pub anchor: String,
    /// Heading of the section.
    pub title: &'a str,
    /// First sentence, verbatim without markup; `…` at its end if it is long.
    pub sentence: String,
}

/// Longest sentence that is not truncated.
const MAX_CHARS: usize = 140;

/// Adds to each of `judgements`, given by `sheet`, its reason: from the section that `[[section]]` declares with `explains`,
/// or else from that whose heading is the mark. `sections` are those of the sheet.
pub(crate) fn add_reasons<'a>(
    context: &ViewContext<'a>,
    id: NodeId,
    sheet: &'a Sheet,
    sections: &[SectionView<'a>],
    judgements: &mut [JudgementView<'a>],
) {
    let strategy = context.report.strategy(id.strategy);
    let kind = context.report.node(id).kind;
    let of_scale = |judgement: &JudgementView<'a>| strategy.scales.iter().position(|scale| scale.id == judgement.id);
    for judgement in judgements {
        let Some(scale) = of_scale(judgement) else { continue };
        let rules = || strategy.sections.iter().filter(|rule| rule.applies_to.contains(&kind));
        let explains = |title: &str| {
            let explaining = rules().filter(|rule| rule.explains.is_some_and(|explained| explained.0 == scale));
            explaining.map(|rule| rule.title.as_deref()).any(|heading| heading == Some(title))
        };
        let has_marks = rules().any(|rule| rule.scale.is_some_and(|heading| heading.0 == scale));
        let is_mark = |title: &str| {
            let marks = strategy.scales.get(scale).into_iter().flat_map(|scale: &Scale| &scale.marks);
            has_marks && marks.into_iter().any(|mark| mark.printed == title)
        };
        let titles = || sheet.sections.iter().map(|section| section.title.as_str());
        let Some(at) = titles().position(explains).or_else(|| titles().position(is_mark)) else { continue };
        judgement.reason = sections.get(at).zip(sheet.sections.get(at)).and_then(|(shown, section)| {
            let sentence = markdown::first_sentence(&section.prose.markdown, MAX_CHARS)?;
            Some(ReasonView { anchor: shown.anchor.clone(), title: shown.title, sentence })
        });
    }
}
