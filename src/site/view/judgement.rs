//! Scales, their marks, and the judgements given with them.

use super::here::Here;
use super::time::YearView;
use crate::model::{Judgement, Mark, Scale, StrategyIx, Verdict};
use crate::site::address;
use serde::Serialize;

/// A scale with all its marks, as it is explained on the page of the strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScaleView<'a> {
    /// The id of the place on the page.
    pub anchor: String,
    /// Its title: `達成状況`.
    pub title: &'a str,
    /// What it judges: keys of kinds.
    pub of: Vec<&'a str>,
    /// The marks.
    pub marks: Vec<MarkView<'a>>,
    /// What readers must know of it.
    pub note: Option<&'a str>,
    /// Why its marks cannot be read, where they are lost.
    pub lost: Option<&'a str>,
}

/// A mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkView<'a> {
    /// As printed: `B`, `順調`, `◎`.
    pub mark: &'a str,
    /// What it means.
    pub meaning: Option<&'a str>,
    /// How it is read aloud.
    pub spoken: Option<&'a str>,
    /// How it is coloured and shaped: `good`, `fair`, `poor`, `neutral`.
    pub tone: &'static str,
}

/// A mark that was given, was not, or is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JudgementView<'a> {
    /// The title of the scale.
    pub scale: &'a str,
    /// Where the scale is explained.
    pub href: String,
    /// The year it is of.
    pub year: Option<YearView>,
    /// The marks given.
    pub marks: Vec<MarkView<'a>>,
    /// How it was printed that none was given.
    pub missing: Option<&'a str>,
    /// Why the mark cannot be read.
    pub lost: Option<&'a str>,
    /// What is said of it.
    pub note: Option<&'a str>,
}

impl<'a> MarkView<'a> {
    /// A mark of a scale.
    pub fn new(mark: &'a Mark) -> Self {
        Self {
            mark: &mark.mark,
            meaning: mark.meaning.as_deref(),
            spoken: mark.spoken.as_deref(),
            tone: mark.tone.key(),
        }
    }
}

impl<'a> ScaleView<'a> {
    /// A scale as declared.
    pub fn new(scale: &'a Scale) -> Self {
        Self {
            anchor: address::scale_anchor(&scale.id),
            title: &scale.title,
            of: scale.of.iter().map(String::as_str).collect(),
            marks: scale.marks.iter().map(MarkView::new).collect(),
            note: scale.note.as_deref(),
            lost: scale.lost.as_deref(),
        }
    }
}

/// The judgements of a sheet about what is `of` a kind. A scale whose marks are lost says
/// so of all that it judges, whether the sheet mentions it or not.
pub(crate) fn judgements<'a>(
    here: &Here<'a>,
    strategy: StrategyIx,
    of: &str,
    given: &'a [Judgement],
) -> Vec<JudgementView<'a>> {
    let strategy = here.report.strategy(strategy);
    let blank = |scale: &'a Scale| JudgementView {
        scale: &scale.title,
        href: here.link(&address::scale(strategy, &scale.id)),
        year: None,
        marks: Vec::new(),
        missing: None,
        lost: None,
        note: None,
    };
    let given_views = given.iter().filter_map(|judgement| {
        let scale = strategy.scales.get(judgement.scale.0)?;
        let year = judgement.year.map(|year| here.year(year));
        let view = JudgementView { year, note: judgement.note.as_deref(), ..blank(scale) };
        Some(match &judgement.verdict {
            Verdict::Marks(marks) => {
                let marks = marks.iter().filter_map(|mark| scale.marks.get(*mark));
                JudgementView { marks: marks.map(MarkView::new).collect(), ..view }
            }
            Verdict::Missing(printed) => JudgementView { missing: Some(printed), ..view },
            Verdict::Lost => JudgementView { lost: Some(scale.lost.as_deref().unwrap_or_default()), ..view },
        })
    });
    let lost = strategy.scales.iter().enumerate().filter_map(|(ix, scale)| {
        let silent = given.iter().all(|judgement| judgement.scale.0 != ix);
        let lost = scale.lost.as_deref().filter(|_| silent && scale.of.iter().any(|kind| kind == of))?;
        Some(JudgementView { lost: Some(lost), ..blank(scale) })
    });
    given_views.chain(lost).collect()
}
