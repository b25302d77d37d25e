//! Scales, their marks, and the judgements given with them.

use crate::model::{Judgement, Mark, Scale, StrategyIx, Verdict};
use crate::site::address;
use crate::site::view::context::ViewContext;
use crate::site::view::values::time::YearView;
use serde::Serialize;
use std::collections::BTreeSet;

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

/// A scale with all its marks, beside marks that were given on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScaleKey<'a> {
    /// Where the strategy explains it.
    pub href: String,
    /// The scale.
    pub scale: ScaleView<'a>,
}

impl<'a> ScaleKey<'a> {
    /// The scales of a strategy to which any of `links` leads, in its order.
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
        all.filter(|key| links.contains(&key.href)).collect()
    }
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

/// What was given on one scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JudgementView<'a> {
    /// The title of the scale.
    pub scale: &'a str,
    /// Where the scale is explained.
    pub href: String,
    /// What was given: once, or year by year.
    pub given: Vec<GivenView<'a>>,
}

/// A mark that was given, was not, or is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GivenView<'a> {
    /// The year it is of.
    pub year: Option<YearView>,
    /// The place of the first mark in its scale.
    pub order: Option<usize>,
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

/// The judgements of a sheet about what is `of` a kind, scale by scale. A scale whose marks are lost says
/// so of all that it judges, whether the sheet mentions it or not.
pub(crate) fn judgements<'a>(
    context: &ViewContext<'a>,
    strategy: StrategyIx,
    of: &str,
    given: &'a [Judgement],
) -> Vec<JudgementView<'a>> {
    let strategy = context.report.strategy(strategy);
    let scales = strategy.scales.iter().enumerate().filter_map(|(ix, scale)| {
        let of_scale = given.iter().filter(|judgement| judgement.scale.0 == ix);
        let mut views: Vec<_> = of_scale.map(|judgement| GivenView::new(context, scale, judgement)).collect();
        if views.is_empty() && scale.of.iter().any(|kind| kind == of) {
            views.extend(scale.lost.as_deref().map(GivenView::lost));
        }
        let href = context.link(&address::scale(strategy, &scale.id));
        (!views.is_empty()).then_some(JudgementView { scale: &scale.title, href, given: views })
    });
    scales.collect()
}

impl<'a> GivenView<'a> {
    pub(crate) fn new(context: &ViewContext<'a>, scale: &'a Scale, judgement: &'a Judgement) -> Self {
        let (mut marks, mut missing, mut lost) = (Vec::new(), None, None);
        match &judgement.verdict {
            Verdict::Marks(places) => {
                marks = places.iter().filter_map(|place| scale.marks.get(*place)).map(MarkView::new).collect();
            }
            Verdict::Missing(printed) => missing = Some(printed.as_str()),
            Verdict::Lost => lost = Some(scale.lost.as_deref().unwrap_or_default()),
        }
        let year = judgement.year.map(|year| context.year(year));
        let order = match &judgement.verdict {
            Verdict::Marks(places) => places.first().copied(),
            Verdict::Missing(_) | Verdict::Lost => None,
        };
        Self { year, order, marks, missing, lost, note: judgement.note.as_deref() }
    }

    /// A mark that cannot be read, and why.
    pub(crate) fn lost(why: &'a str) -> Self {
        Self { year: None, order: None, marks: Vec::new(), missing: None, lost: Some(why), note: None }
    }
}
