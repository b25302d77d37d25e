//! Shared parts of lists across a strategy: columns of marks, and groups by mark.

use crate::model::{
    EditionIx, FiscalYear, JudgeIx, Judgement, Kind, Mark, NodeId, Scale, ScaleIx, Strategy, StrategyIx, Tone, Verdict,
    decisive,
};
use crate::site::lists::{self, Facet, GroupValue};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::judgement::{MarkView, VerdictView, title_in_lists};
use crate::site::view::values::html::Html;
use crate::site::view::values::reference::RefView;
use crate::site::view::values::statement::{self, Attributes};
use crate::site::view::values::time::YearView;
use crate::site::{ReadingOrder, address};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Key of a column of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct MarkColumnKey {
    /// The scale.
    scale: ScaleIx,
    /// The year, if marks of the scale are given by year.
    year: Option<FiscalYear>,
    /// The judge; `None` for the decisive judgement of all judges.
    judge: Option<JudgeIx>,
}

impl MarkColumnKey {
    /// Property by which a list is grouped by the marks of the column.
    pub(crate) fn facet(self) -> Facet {
        Facet::Scale(self.scale, self.year)
    }

    /// The scale.
    pub(crate) fn scale(self) -> ScaleIx {
        self.scale
    }

    /// The year, if marks of the scale are given by year.
    pub(crate) fn year(self) -> Option<FiscalYear> {
        self.year
    }

    /// The judge; `None` for the decisive judgement of all judges.
    pub(crate) fn judge(self) -> Option<JudgeIx> {
        self.judge
    }
}

/// Marks of one line, by column.
pub(crate) type VerdictsByColumn<'a> = BTreeMap<MarkColumnKey, VerdictView<'a>>;

/// Column of marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkColumn<'a> {
    /// Id of the scale.
    pub id: &'a str,
    /// Short key, unique among the columns of the page: `direction-R7`.
    pub key: String,
    /// Title of the scale; that of a total follows its group.
    pub scale: Cow<'a, str>,
    /// Judge; `None` if the column holds the judgement of the last judge, or if the scale has no judges.
    pub judge: Option<&'a str>,
    /// Fiscal year; `None` if marks of the scale are not given by year.
    pub year: Option<YearView>,
    /// Link to the explanation of the scale on the page of the strategy.
    pub href: String,
    /// Marks of the scale, in its order; empty for a scale of points.
    pub marks: Vec<&'a str>,
}

/// Groupings of the entries of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupingsView<'a> {
    /// True if any group is notable.
    pub has_notable: bool,
    /// Groupings; never empty.
    pub all: Vec<GroupingView<'a>>,
}

impl<'a> GroupingsView<'a> {
    /// Wraps all groupings of a list. `None` if `all` is empty.
    pub(crate) fn new(all: Vec<GroupingView<'a>>) -> Option<Self> {
        let has_notable = all.iter().flat_map(|grouping| &grouping.groups).any(|group| group.notable);
        (!all.is_empty()).then_some(Self { has_notable, all })
    }
}

/// Entries of a list, grouped by the marks of one scale or by printed markers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupingView<'a> {
    /// Scale; `None` for a grouping by printed markers.
    pub column: Option<MarkColumn<'a>>,
    /// Groups, in the order of the scale.
    pub groups: Vec<GroupView<'a>>,
}

/// Entries with the same mark, or without a mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupView<'a> {
    /// Index of the mark in the scale, or else `no_mark_reason`; `None` for a printed marker.
    pub mark_key: Option<String>,
    /// Id of the group on the page of the list.
    pub anchor: String,
    /// Mark; `None` for a printed marker, and for entries without a mark.
    pub mark: Option<MarkView<'a>>,
    /// Printed marker such as 新規; `None` in groupings by mark.
    pub marker: Option<&'a str>,
    /// Reason why the entries have no mark: `missing` (printed as not given), `lost`, or `none` (nothing printed).
    /// `None` if the group has a mark or marker.
    pub no_mark_reason: Option<&'static str>,
    /// True if readers are likely to look for the group: it has members, and its mark is poor or declares the end of a
    /// program.
    pub notable: bool,
    /// Entries of the group; may be empty for a mark of a scale.
    pub members: Vec<RefView<'a>>,
}

/// Verdicts of `judgements` on a subject of the kind `kind`, by column: of several judges, the decisive one. A scale whose
/// marks are lost is included for everything that it judges; one that is part of a total is left out.
pub(crate) fn verdicts_by_column<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    kind: &str,
    judgements: &'a [Judgement],
) -> VerdictsByColumn<'a> {
    let strategy = context.report.strategy(ix);
    let listed = decisive(judgements).filter(|judgement| strategy.is_listed(judgement.scale));
    verdicts(context, strategy, kind, listed.map(|judgement| (None, judgement)))
}

/// Verdicts of `judgements` on a subject of the kind `kind`, by column and judge.
pub(crate) fn verdicts_by_judge<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    kind: &str,
    judgements: &'a [Judgement],
) -> VerdictsByColumn<'a> {
    let all = judgements.iter().map(|judgement| (judgement.judge, judgement));
    verdicts(context, context.report.strategy(ix), kind, all)
}

fn verdicts<'a>(
    context: &ViewContext<'a>,
    strategy: &'a Strategy,
    kind: &str,
    judgements: impl Iterator<Item = (Option<JudgeIx>, &'a Judgement)>,
) -> VerdictsByColumn<'a> {
    let view = |(judge, judgement): (Option<JudgeIx>, &'a Judgement)| {
        let key = MarkColumnKey { scale: judgement.scale, year: judgement.year, judge };
        Some((key, VerdictView::new(context, strategy, judgement)?))
    };
    let mut verdicts: VerdictsByColumn<'a> = judgements.filter_map(view).collect();
    for (index, scale) in strategy.scales.iter().enumerate() {
        let Some(lost) = scale.lost_for(kind) else { continue };
        if !verdicts.keys().any(|key| key.scale.0 == index) {
            let key = MarkColumnKey { scale: ScaleIx(index), year: None, judge: None };
            verdicts.insert(key, VerdictView::lost(lost));
        }
    }
    verdicts
}

/// Keys of all columns that occur in any line.
pub(crate) fn column_keys<'g, 'a: 'g>(
    lines: impl IntoIterator<Item = &'g VerdictsByColumn<'a>>,
) -> BTreeSet<MarkColumnKey> {
    lines.into_iter().flat_map(|verdicts| verdicts.keys().copied()).collect()
}

/// Column with the key `key`. `None` if the scale is not declared.
pub(crate) fn mark_column<'a>(
    context: &ViewContext<'a>,
    strategy: &'a Strategy,
    key: MarkColumnKey,
) -> Option<MarkColumn<'a>> {
    let MarkColumnKey { scale, year, judge } = key;
    let scale = strategy.scales.get(scale.0)?;
    let suffix = year.map(|year| format!("-{}", year.short())).unwrap_or_default();
    Some(MarkColumn {
        id: &scale.id,
        key: format!("{}{suffix}", scale.id),
        scale: title_in_lists(context, scale),
        judge: judge.and_then(|judge| strategy.judges.get(judge.0)).map(|judge| judge.title.as_str()),
        year: year.map(|year| context.year(year)),
        href: context.link(&address::scale(strategy, &scale.id)),
        marks: scale.marks.iter().map(|mark| mark.printed.as_str()).collect(),
    })
}

/// Returns true if readers are likely to look for what has a mark: it is poor, or declares the end of a program.
fn is_notable(mark: &Mark) -> bool {
    mark.tone == Tone::Poor || mark.ends
}

/// Statement attributes (`docs/statements.md`, section 5) if nothing in the report says that a subject of the kind `kind`
/// is late or failed: all marks of its scales are legible kinds without order or tone. `None` if anything might.
pub(crate) fn without_failure(context: &ViewContext<'_>, ix: StrategyIx, kind: &str) -> Option<Html> {
    let mut scales = context.report.strategy(ix).scales.iter();
    let names_kinds = |scale: &Scale| {
        let is_neutral = scale.marks.iter().all(|mark| mark.tone == Tone::Neutral);
        is_neutral && scale.points.is_none() && scale.lost.is_none() && !scale.is_graded()
    };
    let none = scales.all(|scale| names_kinds(scale) || !scale.applies_to.iter().any(|of| of == kind));
    none.then(|| Attributes::statement("no-failure").with("of", kind).html())
}

/// Subject of judgements, with the judgements given on it.
pub(crate) type JudgedSubject<'a> = (RefView<'a>, &'a [Judgement]);

/// Groups `subjects` by the marks of the column `key`: first the marks in the order of the scale, then the subjects
/// without a mark. `kind` is the kind of all subjects. `None` for a scale of points, and if nothing was printed for any
/// subject.
pub(crate) fn by_mark<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    key: MarkColumnKey,
    kind: &str,
    subjects: &[JudgedSubject<'a>],
) -> Option<GroupingView<'a>> {
    let strategy = context.report.strategy(ix);
    let subjects = subjects.iter().map(|(member, judgements)| (member.clone(), *judgements));
    let by_mark = lists::by_mark(strategy, (key.scale, key.year), kind, subjects)?;
    let column = mark_column(context, strategy, key)?;
    let group = |(value, members): (GroupValue, Vec<RefView<'a>>)| {
        let mark_key = value.mark_key()?;
        let mark: Option<&'a Mark> = match value {
            GroupValue::Mark(index) => Some(strategy.scales.get(key.scale.0)?.marks.get(index)?),
            _ => None,
        };
        Some(GroupView {
            anchor: format!("group-{}-{mark_key}", column.key),
            mark_key: Some(mark_key),
            mark: mark.map(MarkView::new),
            marker: None,
            no_mark_reason: value.no_mark_reason(),
            notable: mark.is_some_and(is_notable) && !members.is_empty(),
            members,
        })
    };
    let groups = by_mark.into_iter().filter_map(group).collect();
    Some(GroupingView { column: Some(column), groups })
}

/// Groupings by the marks of each of the columns `keys`.
pub(crate) fn groupings<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    keys: &BTreeSet<MarkColumnKey>,
    kind: &str,
    subjects: &[JudgedSubject<'a>],
) -> Vec<GroupingView<'a>> {
    keys.iter().filter_map(|key| by_mark(context, ix, *key, kind, subjects)).collect()
}

/// Judgements on a node in the current edition.
pub(crate) fn judgements_of_node<'a>(context: &ViewContext<'a>, id: NodeId) -> &'a [Judgement] {
    context.current_sheet(id).map_or(&[], |sheet| &sheet.judgements)
}

/// Judgements on the indicator at `index` of a node in the current edition.
pub(crate) fn judgements_of_indicator<'a>(context: &ViewContext<'a>, id: NodeId, index: usize) -> &'a [Judgement] {
    let figures = context.current_sheet(id).and_then(|sheet| sheet.figures.get(&index));
    figures.map_or(&[], |figures| &figures.judgements)
}

/// Marks given to the indicator at `index` of a node in the current edition; empty if there are none.
pub(crate) fn marks_of_indicator<'a>(context: &ViewContext<'a>, id: NodeId, index: usize) -> Vec<MarkView<'a>> {
    let scales = &context.report.strategy(id.strategy).scales;
    let marks =
        decisive(judgements_of_indicator(context, id, index)).filter_map(|judgement| match &judgement.verdict {
            Verdict::Marks(marks) => Some((scales.get(judgement.scale.0)?, marks)),
            Verdict::Points(_) | Verdict::Missing(_) | Verdict::Lost => None,
        });
    let of_scale = |(scale, marks): (&'a Scale, &'a Vec<usize>)| {
        let marks = marks.iter().filter_map(|mark| scale.marks.get(*mark));
        marks.map(|mark| MarkView { scale: Some(scale.title.as_str()), ..MarkView::new(mark) })
    };
    marks.flat_map(of_scale).collect()
}

/// Last edition with a sheet of a node that the current edition leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LastIncluded<'a> {
    /// Label of the last edition that has a sheet of the node.
    pub label: &'a str,
    /// True if that edition is newer than the current edition.
    pub later: bool,
    /// Statement attributes (`docs/statements.md`, section 5), for tests.
    pub statement: Html,
}

impl<'a> LastIncluded<'a> {
    /// Looks up the last edition of a node that the current edition leaves out. `None` if the current edition has a
    /// sheet of the node, or if no edition does.
    pub(crate) fn new(context: &ViewContext<'a>, id: NodeId) -> Option<Self> {
        let edition = context.last_edition_with_sheet(id)?;
        let later = context.last_sheet_is_newer(id);
        let attributes = Attributes::statement("left-out")
            .with("node", &statement::node_key(context, id))
            .with("edition", &edition.id)
            .with_optional("later", later.then_some("yes"));
        Some(Self { label: &edition.label, later, statement: attributes.html() })
    }
}

/// Labels of the editions from which lists take the marks of indicators, joined by the text `editions_separator`.
pub(crate) fn editions_of_indicators(context: &ViewContext<'_>, ix: StrategyIx, order: &ReadingOrder) -> String {
    let with_indicators = |kind: &Kind| {
        let mut nodes = order.of_kind(*kind).iter();
        nodes.any(|id| context.current_sheet(*id).is_some_and(|sheet| !sheet.figures.is_empty()))
    };
    let kinds = Kind::ALL.into_iter().filter(with_indicators);
    let editions: BTreeSet<EditionIx> = kinds.filter_map(|kind| context.current_edition(ix, kind)).collect();
    let labels = editions.into_iter().filter_map(|edition| context.edition(ix, edition));
    labels.map(|edition| edition.label.as_str()).collect::<Vec<_>>().join(context.texts.get("editions_separator"))
}

/// Current edition, from which a list takes its marks, and a later interim edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CurrentEditionView<'a> {
    /// Id of the current edition.
    pub id: &'a str,
    /// Label of the current edition.
    pub label: &'a str,
    /// Label of a later interim edition; `None` if there is none.
    pub interim: Option<&'a str>,
}

impl<'a> CurrentEditionView<'a> {
    /// Looks up the current edition for nodes of `kind`; `None` if no edition has sheets of that kind.
    pub(crate) fn new(context: &ViewContext<'a>, ix: StrategyIx, kind: Kind) -> Option<Self> {
        let label = |edition| context.edition(ix, edition).map(|edition| edition.label.as_str());
        let interim = context.report.strategy(ix).interim_edition(kind).filter(|_| context.only_edition.is_none());
        let edition = context.edition(ix, context.current_edition(ix, kind)?)?;
        Some(Self { id: &edition.id, label: &edition.label, interim: interim.and_then(label) })
    }
}
