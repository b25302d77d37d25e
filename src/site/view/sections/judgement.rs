//! Scales, their marks, and the judgements given on them.

use crate::model::{JudgeIx, Judgement, Mark, Scale, ScaleIx, Strategy, StrategyIx, Tone, Value, Verdict, decisive};
use crate::site::address;
use crate::site::view::context::ViewContext;
use crate::site::view::sections::reason::ReasonView;
use crate::site::view::values::corrected::CorrectedView;
use crate::site::view::values::html::Html;
use crate::site::view::values::statement::Attributes;
use crate::site::view::values::time::YearView;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Scale with all its marks, as explained on the page of the strategy, or several scales of a group with the same marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScaleView<'a> {
    /// Id of the scale on the page of the strategy; of several, that of the first.
    pub anchor: String,
    /// Title: `達成状況`; of several scales, that of the group.
    pub title: &'a str,
    /// Group of scales that are shown in one table; `None` if it is shown on its own.
    pub group: Option<&'a str>,
    /// Kinds that the scale judges: `goal`, `policy`, `program`, `indicator`.
    pub of: Vec<&'a str>,
    /// The scales, if there are several in the group; empty for a single scale.
    pub axes: Vec<AxisView<'a>>,
    /// Judges who each evaluate on the scale, in printed order; empty if there is only one.
    pub judges: Vec<&'a str>,
    /// True if it evaluates with points.
    pub points: bool,
    /// Maximum of the points of a single scale; `None` if it is not declared.
    pub max: Option<String>,
    /// Titles of the scales whose points add up to those of a single scale; empty if it is not a sum.
    pub sum: Vec<&'a str>,
    /// Marks, best first if they are ordered; empty if it evaluates with points.
    pub marks: Vec<MarkView<'a>>,
    /// Note on the scale; `None` if there is none.
    pub note: Option<&'a str>,
    /// Reason why the marks cannot be read from the published document; `None` if they can.
    pub lost: Option<&'a str>,
}

/// One of several scales that are explained together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AxisView<'a> {
    /// Id of the scale on the page of the strategy.
    pub anchor: String,
    /// Title: `必要性`.
    pub title: &'a str,
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
            scale: ScaleView::new(strategy, scale),
        });
        all.filter(|legend| links.contains(&legend.href)).collect()
    }

    /// Those of `legends` that explain marks, each explanation once: scales of a group with the same marks are combined.
    pub(crate) fn combined(legends: impl IntoIterator<Item = Self>) -> Vec<Self> {
        let mut combined: Vec<Self> = Vec::new();
        for legend in legends.into_iter().filter(|legend| !legend.scale.is_self_explanatory()) {
            match combined.iter_mut().find(|earlier| earlier.scale.explains_also(&legend.scale)) {
                Some(earlier) => earlier.scale.add(legend.scale),
                None => combined.push(legend),
            }
        }
        combined
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
    /// True if only the shape tells the tone: a letter or sign without a meaning, such as `D`.
    pub silent: bool,
    /// Title of the scale for screen readers, where no heading names it; `None` elsewhere.
    pub scale: Option<&'a str>,
}

/// Judgements on one scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JudgementView<'a> {
    /// Id of the scale.
    #[serde(skip)]
    pub(crate) id: &'a str,
    /// Title of the scale; in lists, that of a total follows its group.
    pub scale: Cow<'a, str>,
    /// Link to the explanation of the scale on the page of the strategy.
    pub href: String,
    /// Judgements: a single one without a year, or one for each year; never empty.
    pub given: Vec<VerdictView<'a>>,
    /// Reason for the mark; `None` in lists, and if no section of the sheet explains it.
    pub reason: Option<ReasonView<'a>>,
}

/// Result of one judgement: marks, points, no mark, or a lost mark.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct VerdictView<'a> {
    /// Judge; `None` if the scale has no judges.
    pub judge: Option<&'a str>,
    /// Fiscal year judged; `None` if marks of the scale are not given by year.
    pub year: Option<YearView>,
    /// Sort key: index of the first mark in the scale, or the points. `None` if there is neither.
    pub order: Option<String>,
    /// Marks given; empty if `points`, `missing` or `lost` is present.
    pub marks: Vec<MarkView<'a>>,
    /// Marks of a graded scale that are better than the only one given; empty in lists, and for long or unordered scales.
    pub better: Vec<&'a str>,
    /// Marks of such a scale that are worse.
    pub worse: Vec<&'a str>,
    /// Points as printed, with the maximum if it is declared: `18／20点`. `None` if the scale has marks, or if none were
    /// given.
    pub points: Option<String>,
    /// Placeholder printed for a mark that was not given (`-`, `―`); `None` if a mark was given or is lost.
    pub missing: Option<&'a str>,
    /// Reason why the mark cannot be read from the published document; `None` if it can, or if no mark was given.
    pub lost: Option<&'a str>,
    /// Last correction (訂正); `None` if it was not corrected.
    pub corrected: Option<CorrectedView<'a>>,
    /// Note on the judgement; `None` if there is none.
    pub note: Option<&'a str>,
    /// True for the mark of a row that follows that of its program on the same scale.
    pub of_row: bool,
    /// Statement attributes (`docs/statements.md`, section 5), for tests; empty except for marks of rows.
    pub statement: Html,
}

impl<'a> MarkView<'a> {
    /// Builds the view of a declared mark.
    pub fn new(mark: &'a Mark) -> Self {
        Self::of(&mark.printed, mark.meaning.as_deref(), mark.spoken.as_deref(), mark.tone)
    }

    /// Builds the view of a mark from its parts.
    pub(crate) fn of(mark: &'a str, meaning: Option<&'a str>, spoken: Option<&'a str>, tone: Tone) -> Self {
        let silent = tone != Tone::Neutral && meaning.is_none() && mark.chars().count() == 1;
        Self { mark, meaning, spoken, tone: tone.key(), silent, scale: None }
    }
}

impl<'a> ScaleView<'a> {
    /// Builds the view of a declared scale.
    pub fn new(strategy: &'a Strategy, scale: &'a Scale) -> Self {
        let title_of_judge = |judge: &JudgeIx| strategy.judges.get(judge.0).map(|judge| judge.title.as_str());
        let title_of_scale = |scale: &ScaleIx| strategy.scales.get(scale.0).map(|scale| scale.title.as_str());
        let points = scale.points.as_ref();
        Self {
            anchor: address::scale_anchor(&scale.id),
            title: &scale.title,
            group: scale.group.as_deref(),
            of: scale.applies_to.iter().map(String::as_str).collect(),
            axes: Vec::new(),
            judges: scale.judges.iter().filter_map(title_of_judge).collect(),
            points: points.is_some(),
            max: points.and_then(|points| points.max).map(|max| max.to_string()),
            sum: points.map(|points| points.sum.iter().filter_map(title_of_scale).collect()).unwrap_or_default(),
            marks: scale.marks.iter().map(MarkView::new).collect(),
            note: scale.note.as_deref(),
            lost: scale.lost.as_deref(),
        }
    }

    /// Explanations of all scales of a strategy: scales of a group with the same marks are combined.
    pub(crate) fn all(strategy: &'a Strategy) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for scale in strategy.scales.iter().map(|scale| Self::new(strategy, scale)) {
            match all.iter_mut().find(|earlier| earlier.explains_also(&scale)) {
                Some(earlier) => earlier.add(scale),
                None => all.push(scale),
            }
        }
        all
    }

    /// Returns true if there is nothing to explain: points without a note.
    fn is_self_explanatory(&self) -> bool {
        self.points && self.note.is_none() && self.lost.is_none()
    }

    /// Returns true if the explanation of `other` is the same, and both are in the same group.
    fn explains_also(&self, other: &Self) -> bool {
        let explanation = |scale: &Self| (scale.points, scale.max.clone(), scale.note, scale.lost);
        self.group.is_some()
            && self.group == other.group
            && self.sum.is_empty()
            && other.sum.is_empty()
            && (&self.marks, &self.judges, explanation(self)) == (&other.marks, &other.judges, explanation(other))
    }

    /// Adds a scale of the same group, with the same explanation.
    fn add(&mut self, other: Self) {
        if self.axes.is_empty() {
            self.axes.push(AxisView { anchor: self.anchor.clone(), title: self.title });
        }
        self.title = self.group.unwrap_or(self.title);
        self.axes.push(AxisView { anchor: other.anchor, title: other.title });
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
    let all: Vec<_> = judgements.iter().collect();
    with_steps(
        by_scale(context, strategy, kind, &all, |_, scale| Some(scale.title.as_str().into())),
        context.report.strategy(strategy),
    )
}

/// Most marks of a scale whose steps are drawn, and most characters of all of them.
const MAX_STEPS: (usize, usize) = (6, 16);

/// Adds to the marks of `views` their neighbours on graded scales that are short enough to be drawn in one line.
pub(super) fn with_steps<'a>(mut views: Vec<JudgementView<'a>>, strategy: &'a Strategy) -> Vec<JudgementView<'a>> {
    for view in &mut views {
        let Some(scale) = strategy.scales.iter().find(|scale| scale.id == view.id && scale.is_graded()) else {
            continue;
        };
        let chars: usize = scale.marks.iter().map(|mark| mark.printed.chars().count()).sum();
        if scale.marks.len() > MAX_STEPS.0 || chars > MAX_STEPS.1 {
            continue;
        }
        for given in &mut view.given {
            let [MarkView { mark, .. }] = given.marks[..] else { continue };
            let steps: Vec<&'a str> = scale.marks.iter().map(|mark| mark.printed.as_str()).collect();
            let mut around = steps.split(|step| *step == mark);
            given.better = around.next().unwrap_or_default().to_vec();
            given.worse = around.next().unwrap_or_default().to_vec();
        }
    }
    views
}

/// Those of [`judgements`] that lists show: of several judges, the decisive one; of points and their total, the total.
pub(crate) fn listed_judgements<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    kind: &str,
    judgements: &'a [Judgement],
) -> Vec<JudgementView<'a>> {
    let strategy = context.report.strategy(ix);
    let decisive: Vec<_> = decisive(judgements).collect();
    by_scale(context, ix, kind, &decisive, |ix, scale| strategy.is_listed(ix).then(|| title_in_lists(context, scale)))
}

/// Title of a scale in lists: that of a total follows its group, whose other scales are not listed.
pub(super) fn title_in_lists<'a>(context: &ViewContext<'a>, scale: &'a Scale) -> Cow<'a, str> {
    let is_total = scale.points.as_ref().is_some_and(|points| !points.sum.is_empty());
    match scale.group.as_deref().filter(|_| is_total) {
        Some(group) => context.texts.fill("in_group", &[("group", group), ("scale", &scale.title)]).into(),
        None => scale.title.as_str().into(),
    }
}

/// The `judgements` by scale, without the scales for which `title` returns `None`.
pub(super) fn by_scale<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    kind: &str,
    judgements: &[&'a Judgement],
    title: impl Fn(ScaleIx, &'a Scale) -> Option<Cow<'a, str>>,
) -> Vec<JudgementView<'a>> {
    let strategy = context.report.strategy(ix);
    let scales = strategy.scales.iter().enumerate();
    let scales = scales.filter_map(|(ix, scale)| {
        let title = title(ScaleIx(ix), scale)?;
        let of_scale = judgements.iter().filter(|judgement| judgement.scale.0 == ix);
        let mut views: Vec<_> =
            of_scale.filter_map(|judgement| VerdictView::new(context, strategy, judgement)).collect();
        if views.is_empty() {
            views.extend(scale.lost_for(kind).map(VerdictView::lost));
        }
        let href = context.link(&address::scale(strategy, &scale.id));
        (!views.is_empty()).then_some(JudgementView { id: &scale.id, scale: title, href, given: views, reason: None })
    });
    scales.collect()
}

impl<'a> VerdictView<'a> {
    /// Builds the view of a judgement; `None` if its scale is not declared.
    pub(crate) fn new(context: &ViewContext<'a>, strategy: &'a Strategy, judgement: &'a Judgement) -> Option<Self> {
        let scale = strategy.scales.get(judgement.scale.0)?;
        let judge = judgement.judge.and_then(|judge| strategy.judges.get(judge.0));
        let mut view = Self {
            judge: judge.map(|judge| judge.title.as_str()),
            year: judgement.year.map(|year| context.year(year)),
            corrected: CorrectedView::new(context, strategy, judgement.corrected.as_deref()),
            note: judgement.note.as_deref(),
            ..Self::default()
        };
        match &judgement.verdict {
            Verdict::Marks(indexes) => {
                view.order = indexes.first().map(usize::to_string);
                view.marks = indexes.iter().filter_map(|index| scale.marks.get(*index)).map(MarkView::new).collect();
            }
            Verdict::Points(value) => {
                view.order = value.decimal().map(|points| points.to_string());
                view.points = Some(points(context, scale, value));
            }
            Verdict::Missing(printed) => view.missing = Some(printed.as_str()),
            Verdict::Lost => view.lost = Some(scale.lost.as_deref().unwrap_or_default()),
        }
        Some(view)
    }

    /// Adds the `attributes` of a statement, completed by year and marks.
    pub(crate) fn with_statement(self, attributes: Attributes) -> Self {
        let marks = || self.marks.iter().map(|mark| mark.mark).collect::<Vec<_>>().join(" ");
        let mark = match (&self.points, self.missing, self.lost) {
            (Some(points), _, _) => points.clone(),
            (None, Some(_), _) => "missing".to_owned(),
            (None, None, Some(_)) => "lost".to_owned(),
            (None, None, None) => marks(),
        };
        let year = self.year.as_ref().map(|year| year.year.0.to_string());
        let attributes = attributes.with_optional("year", year.as_deref()).with("mark", &mark);
        Self { statement: attributes.html(), ..self }
    }

    /// Judgement with a mark that cannot be read, and the reason.
    pub(crate) fn lost(why: &'a str) -> Self {
        Self { lost: Some(why), ..Self::default() }
    }
}

/// Points as printed, with the maximum of the scale if it is declared: `18／20点`.
fn points(context: &ViewContext<'_>, scale: &Scale, value: &Value) -> String {
    let Some(max) = scale.points.as_ref().and_then(|points| points.max) else { return value.printed.clone() };
    context.texts.fill("points_of_max", &[("points", &value.printed), ("max", &max.to_string())])
}
