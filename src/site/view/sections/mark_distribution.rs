//! Distribution of the published marks: how many nodes or indicators have each mark of a scale, and how many have none.

use crate::model::{Kind, NodeId, StrategyIx, Tone};
use crate::site::ReadingOrder;
use crate::site::lists::{self, ListKind, ListPageId};
use crate::site::view::context::ViewContext;
use crate::site::view::indicator_target;
use crate::site::view::sections::mark_columns::{
    self, CurrentEditionView, GroupView, GroupingView, JudgedSubject, MarkColumn, MarkColumnKey,
};
use crate::site::view::values::reference::RefView;
use serde::Serialize;

/// Distribution of the marks of one scale over one kind of subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkDistributionView<'a> {
    /// Kind of subject: `goal`, `policy`, `program` or `indicator`.
    pub of: &'a str,
    /// Id of its section on the page.
    pub anchor: String,
    /// Scale, and year if the marks of the scale are given by year.
    pub column: MarkColumn<'a>,
    /// Name in the report of the level that is judged: `施策`. `None` for indicators.
    pub label: Option<&'a str>,
    /// Edition whose marks are counted; `None` for indicators, whose nodes may be of several kinds.
    pub edition: Option<CurrentEditionView<'a>>,
    /// Labels of the editions whose marks of indicators are counted, joined by the text `editions_separator`; `None`
    /// for nodes.
    pub indicator_editions: Option<String>,
    /// True on the page of the edition, where it need not be named.
    pub is_page_edition: bool,
    /// Number of nodes with a sheet in the edition, or of indicators with figures in it.
    pub total: usize,
    /// True if subjects can have several marks, so that the counts add up to more than `total`.
    pub has_multiple_marks: bool,
    /// True if the subjects are named next to their mark: goals and policies, which have no list page.
    pub lists_members: bool,
    /// True if parts of the bar are distinguished by lightness.
    pub shaded: bool,
    /// True if a bar is informative: each subject has at most one mark, and some have one.
    pub has_bar: bool,
    /// Marks in the order of the scale, then the subjects without a mark.
    pub parts: Vec<DistributionPart<'a>>,
    /// True if the marks are evaluative rather than merely classifying.
    #[serde(skip)]
    pub(crate) evaluative: bool,
}

/// Number of subjects with one mark, or without a mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DistributionPart<'a> {
    /// Mark, and the subjects that have it.
    pub group: GroupView<'a>,
    /// Lightness of its part of the bar (0 to 5), distinguishing it from other parts of the same tone; 0 is darkest.
    pub shade: usize,
    /// Link to the group on the list page; `None` if there is no list page, or if the group is empty.
    pub href: Option<String>,
    /// Its part of the bar; `None` if the group is empty, or if subjects can have several marks.
    pub bar: Option<DistributionBar>,
}

/// Part of a bar, in percent of the length of the bar: `12.5%`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DistributionBar {
    /// Position of its start.
    pub from: String,
    /// Position of its middle.
    pub middle: String,
    /// Length.
    pub width: String,
    /// Label that fits into it on a phone: `mark` (mark and count), `count`, or `nothing`.
    pub label: &'static str,
}

/// Kind of subject: its key, its name in the report, all subjects, and their list.
type SubjectsOfKind<'a> = (&'static str, Option<&'a str>, Vec<JudgedSubject<'a>>, Option<ListKind>);

/// Distributions of all marks of a strategy: of goals, policies, indicators, programs. On a page restricted to one
/// edition, only subjects printed in that edition are counted.
pub(crate) fn mark_distributions<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    order: &ReadingOrder,
) -> Vec<MarkDistributionView<'a>> {
    let strategy = context.report.strategy(ix);
    let has_current_sheet = |id: &&NodeId| context.current_sheet(**id).is_some();
    let nodes = |kind: Kind| order.of_kind(kind).iter().filter(has_current_sheet).copied();
    let subjects_of_kind = |kind| {
        nodes(kind)
            .map(|id| (RefView::of_node(context, ix, id), mark_columns::judgements_of_node(context, id)))
            .collect()
    };
    let indicator_subjects = || {
        let indexes = |id: NodeId| (0..context.report.node(id).indicators.len()).map(move |index| (id, index));
        let printed = |(id, index): &(NodeId, usize)| {
            context.current_sheet(*id).is_some_and(|sheet| sheet.figures.contains_key(index))
        };
        let all = Kind::ALL.into_iter().flat_map(nodes).flat_map(indexes).filter(printed);
        let subjects = all.map(|(id, index)| {
            let target = indicator_target(id, index);
            (RefView::new(context, ix, target), mark_columns::judgements_of_indicator(context, id, index))
        });
        subjects.collect()
    };
    // Lists show the marks of the current edition.
    let is_current = |kind: &Kind| {
        let current = context.report.current_edition(ix, *kind);
        context.only_edition.is_none() || current.is_none() || current == context.only_edition
    };
    let list = |kind: ListKind| {
        let mut kinds = Kind::ALL.iter().filter(|of| kind == ListKind::Indicators || **of == Kind::Program);
        kinds.all(is_current).then_some(kind)
    };
    let kinds: [SubjectsOfKind<'a>; 4] = [
        ("goal", Some(strategy.label(Kind::Goal)), subjects_of_kind(Kind::Goal), None),
        ("policy", Some(strategy.label(Kind::Policy)), subjects_of_kind(Kind::Policy), None),
        ("indicator", None, indicator_subjects(), list(ListKind::Indicators)),
        ("program", Some(strategy.label(Kind::Program)), subjects_of_kind(Kind::Program), list(ListKind::Programs)),
    ];
    let editions = mark_columns::editions_of_indicators(context, ix, order);
    let distributions = kinds.into_iter().flat_map(|(kind, label, subjects, list)| {
        let verdicts: Vec<_> = subjects
            .iter()
            .map(|(_, judgements)| mark_columns::verdicts_by_column(context, ix, kind, judgements))
            .collect();
        let groupings = mark_columns::column_keys(&verdicts)
            .into_iter()
            .filter_map(|key| Some((key, mark_columns::by_mark(context, ix, key, kind, &subjects)?)));
        let edition = Kind::from_key(kind).and_then(|kind| CurrentEditionView::new(context, ix, kind));
        let distributions = groupings.filter_map(|(key, grouping)| {
            mark_distribution(
                grouping,
                (kind, label),
                subjects.len(),
                list.is_some(),
                |group| group_link(context, ix, list?, key, group),
                (edition.clone(), context.only_edition.is_some(), &editions),
            )
        });
        distributions.collect::<Vec<_>>()
    });
    distributions.collect()
}

/// Link to the subjects of a group: their section on the page of the list or, if the list is divided, their own page.
fn group_link(
    context: &ViewContext<'_>,
    ix: StrategyIx,
    kind: ListKind,
    key: MarkColumnKey,
    group: &GroupView<'_>,
) -> Option<String> {
    let Some(list) = context.divided_list(ix, kind) else {
        let strategy = context.report.strategy(ix);
        return Some(format!("{}#{}", context.link(&lists::first_page(strategy, kind)), group.anchor));
    };
    let index = list
        .groups
        .iter()
        .position(|listed| listed.group.facet == key.facet() && listed.group.value.mark_key() == group.mark_key)?;
    Some(context.link(&list.url(context.report, ix, ListPageId { kind, group: Some(index), part: None })))
}

fn mark_distribution<'a>(
    grouping: GroupingView<'a>,
    (kind, label): (&'a str, Option<&'a str>),
    total: usize,
    has_list: bool,
    link: impl Fn(&GroupView<'a>) -> Option<String>,
    (edition, is_page_edition, editions): (Option<CurrentEditionView<'a>>, bool, &str),
) -> Option<MarkDistributionView<'a>> {
    let column = grouping.column?;
    let has_multiple_marks = grouping.groups.iter().map(|group| group.members.len()).sum::<usize>() > total;
    let mut marks = grouping.groups.iter().filter_map(|group| group.mark.as_ref());
    let has_tone = marks.any(|mark| mark.tone != Tone::Neutral.key());
    let (mut from, mut tones) = (0, Vec::new());
    let parts = grouping.groups.into_iter().map(|group| {
        let count = group.members.len();
        let mark = group.mark.as_ref().map(|mark| mark.mark);
        let bar = (count > 0 && !has_multiple_marks).then(|| bar(mark, count, from, total));
        from += count;
        let href = if count > 0 { link(&group) } else { None };
        let tone = group.mark.as_ref().map(|mark| mark.tone);
        let shade = tone.map_or(0, |tone| tones.iter().filter(|other| **other == tone).count() % SHADES);
        tones.extend(tone);
        DistributionPart { group, shade, href, bar }
    });
    let parts: Vec<DistributionPart<'a>> = parts.collect();
    let shaded = !has_multiple_marks && parts.iter().any(|part| part.shade > 0);
    let has_bar = parts.iter().any(|part| part.bar.is_some() && part.group.mark.is_some());
    Some(MarkDistributionView {
        of: kind,
        anchor: format!("spread-{kind}-{}", column.key),
        column,
        label,
        indicator_editions: (kind == "indicator").then(|| editions.to_owned()).filter(|labels| !labels.is_empty()),
        edition,
        is_page_edition,
        total,
        has_multiple_marks,
        lists_members: !has_list && matches!(kind, "goal" | "policy"),
        evaluative: kind != Kind::Program.key() || has_tone,
        shaded,
        has_bar,
        parts,
    })
}

/// Number of steps of lightness.
pub(crate) const SHADES: usize = 6;
/// Length of a bar on the narrowest phone, in pixels.
const MIN_BAR_WIDTH: usize = 240;
/// Width of a full-width character in a bar, in pixels.
const CHAR_WIDTH: usize = 14;

/// Part of a bar for `count` of `total` subjects, after `from` others.
pub(crate) fn bar(mark: Option<&str>, count: usize, from: usize, total: usize) -> DistributionBar {
    let available = MIN_BAR_WIDTH * count / total.max(1);
    let text_width = |text: &str| text.chars().map(|char| if char.is_ascii() { 9 } else { CHAR_WIDTH }).sum::<usize>();
    let mark = mark.map_or(CHAR_WIDTH * 5, text_width);
    let number = text_width(&count.to_string());
    let label = match () {
        () if available >= mark + number + 2 * CHAR_WIDTH => "mark",
        () if available >= number + CHAR_WIDTH / 2 => "count",
        () => "nothing",
    };
    // Counts are doubled, so that the middle of a part is a whole number.
    let percent = |halves: usize| {
        let tenths = halves.saturating_mul(500) / total.max(1);
        format!("{}.{}%", tenths / 10, tenths % 10)
    };
    DistributionBar { from: percent(2 * from), middle: percent(2 * from + count), width: percent(2 * count), label }
}
