//! Reasons for marks: the first sentence of the section that explains a mark.

use crate::markdown;
use crate::model::{Judgement, Mark, NodeId, Required, ScaleIx, SectionRule, Sheet, Tone, Verdict, decisive};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::judgement::JudgementView;
use crate::site::view::sections::prose::SectionView;
use serde::Serialize;

/// Most characters of a sentence.
const MAX_CHARS: usize = 120;

/// First sentence of the section that explains a mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReasonView<'a> {
    /// Heading of the section.
    pub title: &'a str,
    /// First sentence, verbatim without markup; of a long one the beginning, with `…`.
    pub sentence: String,
    /// Id of the section on the page; `None` in lists.
    pub anchor: Option<String>,
}

impl<'a> ReasonView<'a> {
    /// Quotes the reason for the poor marks among `judgements`, which the current sheet of a node gives to the node or to
    /// one of its indicators. `None` if no mark is poor, or if no section explains them.
    pub(crate) fn of_poor_marks(context: &ViewContext<'a>, id: NodeId, judgements: &'a [Judgement]) -> Option<Self> {
        let strategy = context.report.strategy(id.strategy);
        let sheet = context.current_sheet(id)?;
        let listed = decisive(judgements).filter(|judgement| strategy.is_listed(judgement.scale));
        let poor_marks = |judgement: &Judgement| -> Vec<&'a Mark> {
            let given: &[usize] = match &judgement.verdict {
                Verdict::Marks(given) => given,
                Verdict::Points(_) | Verdict::Missing(_) | Verdict::Lost => &[],
            };
            let marks = strategy.scales.get(judgement.scale.0).into_iter();
            let marks = marks.flat_map(|scale| given.iter().filter_map(|index| scale.marks.get(*index)));
            marks.filter(|mark| mark.tone == Tone::Poor).collect()
        };
        let poor = listed.map(|judgement| (judgement.scale, poor_marks(judgement)));
        poor.filter(|(_, marks)| !marks.is_empty())
            .find_map(|(scale, marks)| Some(explanation(context, id, sheet, scale, &marks, true)?.1))
    }
}

/// Adds to each of `judgements`, given by `sheet`, its reason. `sections` are those of the sheet.
pub(crate) fn add_reasons<'a>(
    context: &ViewContext<'a>,
    id: NodeId,
    sheet: &'a Sheet,
    sections: &[SectionView<'a>],
    judgements: &mut [JudgementView<'a>],
) {
    let strategy = context.report.strategy(id.strategy);
    for judgement in judgements {
        let Some(scale) = strategy.scales.iter().position(|scale| scale.id == judgement.id) else { continue };
        let marks: Vec<&Mark> =
            strategy.scales.get(scale).map(|scale| scale.marks.iter().collect()).unwrap_or_default();
        let explanation = explanation(context, id, sheet, ScaleIx(scale), &marks, false);
        judgement.reason = explanation.and_then(|(index, reason)| {
            let anchor = sections.get(index)?.anchor.clone();
            Some(ReasonView { anchor: Some(anchor), ..reason })
        });
    }
}

/// The section of `sheet` that explains `marks` of `scale`, with its index: the first one with a text among those declared
/// to explain the scale, those required on a gap between target and actual value (with `on_gap`), and those whose heading
/// is one of the marks.
fn explanation<'a>(
    context: &ViewContext<'a>,
    id: NodeId,
    sheet: &'a Sheet,
    scale: ScaleIx,
    marks: &[&'a Mark],
    on_gap: bool,
) -> Option<(usize, ReasonView<'a>)> {
    let (node, strategy) = (context.report.node(id), context.report.strategy(id.strategy));
    let fields = node.fields_in(Some(sheet));
    let rules: Vec<&'a SectionRule> =
        strategy.sections.iter().filter(|rule| rule.applies(node.kind, &fields)).collect();
    let explaining = rules.iter().filter(|rule| rule.explains == Some(scale));
    let about_gaps = rules.iter().filter(|rule| on_gap && rule.required == Some(Required::OnGap));
    let has_mark_headings = rules.iter().any(|rule| rule.scale == Some(scale));
    let headings = marks.iter().filter(|_| has_mark_headings).map(|mark| mark.printed.as_str());
    let titles = explaining.chain(about_gaps).filter_map(|rule| rule.title.as_deref()).chain(headings);
    let mut candidates =
        titles.flat_map(|title| sheet.sections.iter().enumerate().filter(move |(_, section)| section.title == title));
    candidates.find_map(|(index, section)| {
        let sentence = markdown::first_sentence(&section.prose.markdown, MAX_CHARS)?;
        Some((index, ReasonView { title: &section.title, sentence, anchor: None }))
    })
}
