//! Scales, their marks, and the judgements given on them.

use crate::model::{Judgement, Mark, Scale, StrategyIx, Verdict};
use crate::site::address;
use crate::site::view::context::ViewContext;
use crate::site::view::values::time::YearView;
use serde::Serialize;
use std::collections::BTreeSet;

/// Scale with all its marks, as explained on the page of the strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScaleView<'a> {
    /// Id of the scale on the page of the strategy.
    pub anchor: String,
    /// Title: `達成状況`.
    pub title: &'a str,
    /// Kinds that the scale judges: `goal`, `policy`, `program`, `indicator`.
    pub of: Vec<&'a str>,
    /// Marks, best first if they are ordered.
    pub marks: Vec<MarkView<'a>>,
    /// Note on the scale; `None` if there is none.
    pub note: Option<&'a str>,
    /// Reason why the marks cannot be read from the published document; `None` if they can.
    pub lost: Option<&'a str>,
}

/// Legend of a scale, shown next to marks given on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScaleLegend<'a> {
    /// Link to the explanation of the scale on the page of the strategy.
    pub href: String,
    /// Scale with all its marks.
    pub scale: ScaleView<'a>,
}

impl<'a> ScaleLegend<'a> {
    /// Legends of the scales of a strategy to which any of `links` leads, in order of declaration.
    pub(crate) fn all<'l>(
        context: &ViewContext<'a>,
        ix: StrategyIx,
        links: impl IntoIterator<Item = &'l String>,
    ) -> Vec<Self> {
        let strategy = context.report.strategy(ix);
        let links: BTreeSet<&String> = links.into_iter().collect();
        let scales = strategy.scales.iter();
        let all = scales.map(|scale| Self {
            href: context.link(&address::scale(strategy, &scale.id)),
            scale: ScaleView::new(scale),
        });
        all.filter(|legend| links.contains(&legend.href)).collect()
    }
}

/// Mark of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkView<'a> {
    /// Mark as printed: `B`, `順調`, `◎`.
    pub mark: &'a str,
    /// Meaning of the mark; `None` if the publisher gives none.
    pub meaning: Option<&'a str>,
    /// Spoken form of the mark: `二重丸`. `None` if it is read as printed.
    pub spoken: Option<&'a str>,
    /// Tone, which determines colour and shape: `good`, `fair`, `poor`, `neutral`.
    pub tone: &'static str,
}

/// Judgements on one scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JudgementView<'a> {
    /// Title of the scale.
    pub scale: &'a str,
    /// Link to the explanation of the scale on the page of the strategy.
    pub href: String,
    /// Judgements: a single one without a year, or one for each year; never empty.
    pub given: Vec<VerdictView<'a>>,
}

/// Result of one judgement: marks, no mark, or a lost mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VerdictView<'a> {
    /// Fiscal year judged; `None` if marks of the scale are not given by year.
    pub year: Option<YearView>,
    /// Index of the first mark in the scale, as sort key; `None` if there is no mark.
    pub order: Option<usize>,
    /// Marks given; empty if `missing` or `lost` is present.
    pub marks: Vec<MarkView<'a>>,
    /// Placeholder printed for a mark that was not given (`-`, `―`); `None` if a mark was given or is lost.
    pub missing: Option<&'a str>,
    /// Reason why the mark cannot be read from the published document; `None` if it can, or if no mark was given.
    pub lost: Option<&'a str>,
    /// Note on the judgement; `None` if there is none.
    pub note: Option<&'a str>,
}

impl<'a> MarkView<'a> {
    /// Builds the view of a declared mark.
    pub fn new(mark: &'a Mark) -> Self {
        Self {
            mark: &mark.printed,
            meaning: mark.meaning.as_deref(),
            spoken: mark.spoken.as_deref(),
            tone: mark.tone.key(),
        }
    }
}

impl<'a> ScaleView<'a> {
    /// Builds the view of a declared scale.
    pub fn new(scale: &'a Scale) -> Self {
        Self {
            anchor: address::scale_anchor(&scale.id),
            title: &scale.title,
            of: scale.applies_to.iter().map(String::as_str).collect(),
            marks: scale.marks.iter().map(MarkView::new).collect(),
            note: scale.note.as_deref(),
            lost: scale.lost.as_deref(),
        }
    }
}

/// Judgements of a sheet on a subject of the kind `kind`, by scale. A scale whose marks are lost is included for
/// everything that it judges, even if the sheet does not mention it.
pub(crate) fn judgements<'a>(
    context: &ViewContext<'a>,
    strategy: StrategyIx,
    kind: &str,
    judgements: &'a [Judgement],
) -> Vec<JudgementView<'a>> {
    let strategy = context.report.strategy(strategy);
    let scales = strategy.scales.iter().enumerate().filter_map(|(ix, scale)| {
        let of_scale = judgements.iter().filter(|judgement| judgement.scale.0 == ix);
        let mut views: Vec<_> = of_scale.map(|judgement| VerdictView::new(context, scale, judgement)).collect();
        if views.is_empty() {
            views.extend(scale.lost_for(kind).map(VerdictView::lost));
        }
        let href = context.link(&address::scale(strategy, &scale.id));
        (!views.is_empty()).then_some(JudgementView { scale: &scale.title, href, given: views })
    });
    scales.collect()
}

impl<'a> VerdictView<'a> {
    /// Builds the view of a judgement on `scale`.
    pub(crate) fn new(context: &ViewContext<'a>, scale: &'a Scale, judgement: &'a Judgement) -> Self {
        let (mut marks, mut missing, mut lost) = (Vec::new(), None, None);
        match &judgement.verdict {
            Verdict::Marks(indexes) => {
                marks = indexes.iter().filter_map(|index| scale.marks.get(*index)).map(MarkView::new).collect();
            }
            Verdict::Missing(printed) => missing = Some(printed.as_str()),
            Verdict::Lost => lost = Some(scale.lost.as_deref().unwrap_or_default()),
        }
        let year = judgement.year.map(|year| context.year(year));
        let order = match &judgement.verdict {
            Verdict::Marks(indexes) => indexes.first().copied(),
            Verdict::Missing(_) | Verdict::Lost => None,
        };
        Self { year, order, marks, missing, lost, note: judgement.note.as_deref() }
    }

    /// Judgement with a mark that cannot be read, and the reason.
    pub(crate) fn lost(why: &'a str) -> Self {
        Self { year: None, order: None, marks: Vec::new(), missing: None, lost: Some(why), note: None }
    }
}
