//! Reasons in lists: the first sentence of the section that explains why an entry has a poor mark.

use crate::markdown;
use crate::model::{Judgement, Mark, NodeId, Required, SectionRule, Tone, Verdict, decisive};
use crate::site::view::context::ViewContext;
use serde::Serialize;

/// Most characters of a sentence.
const MAX_CHARS: usize = 120;

/// Beginning of the section that explains a mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReasonView<'a> {
    /// Heading of the section.
    pub title: &'a str,
    /// First sentence, without markup; of a long one the beginning, with `…`.
    pub text: String,
}

impl<'a> ReasonView<'a> {
    /// Quotes the reason for `judgements`, which the current sheet of a node gives to the node or to one of its
    /// indicators. Its section is the first one that is written among those declared as `reason`, those required on a
    /// gap between target and actual value, and those whose heading is the mark itself. `None` if no mark is poor, or if
    /// there is no such section.
    pub(crate) fn new(context: &ViewContext<'a>, id: NodeId, judgements: &'a [Judgement]) -> Option<Self> {
        let (node, strategy) = (context.report.node(id), context.report.strategy(id.strategy));
        let listed = decisive(judgements).filter(|judgement| strategy.is_listed(judgement.scale));
        let marks = listed.flat_map(|judgement| {
            let scale = strategy.scales.get(judgement.scale.0);
            let given: &[usize] = match &judgement.verdict {
                Verdict::Marks(given) => given,
                Verdict::Points(_) | Verdict::Missing(_) | Verdict::Lost => &[],
            };
            given.iter().filter_map(move |index| scale?.marks.get(*index))
        });
        let poor: Vec<&'a Mark> = marks.filter(|mark| mark.tone == Tone::Poor).collect();
        if poor.is_empty() {
            return None;
        }
        let sheet = context.current_sheet(id)?;
        let fields = node.fields_in(Some(sheet));
        let rules: Vec<&'a SectionRule> =
            strategy.sections.iter().filter(|rule| rule.applies(node.kind, &fields)).collect();
        let explaining = rules.iter().filter(|rule| rule.reason);
        let on_gap = rules.iter().filter(|rule| rule.required == Some(Required::OnGap));
        let of_rules = explaining.chain(on_gap).filter_map(|rule| rule.title.as_deref());
        let has_mark_headings = rules.iter().any(|rule| rule.scale.is_some());
        let of_marks = poor.iter().filter(|_| has_mark_headings).map(|mark| mark.printed.as_str());
        let mut sections = of_rules
            .chain(of_marks)
            .flat_map(|title| sheet.sections.iter().filter(move |section| section.title == title));
        sections.find_map(|section| {
            let text = markdown::first_sentence(&section.prose.markdown, MAX_CHARS)?;
            Some(Self { title: &section.title, text })
        })
    }
}
