//! What lists that cut across a strategy share: columns of marks, and groups by mark.

use super::here::Here;
use super::judgement::{GivenView, MarkView};
use super::reference::RefView;
use super::time::YearView;
use crate::model::{FiscalYear, Judgement, Mark, Scale, Strategy, StrategyIx, Tone, Verdict};
use crate::site::address;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A scale, in one year where its marks are given year by year.
pub(crate) type ColumnKey = (usize, Option<FiscalYear>);

/// The marks of one line, by column.
pub(crate) type Given<'a> = BTreeMap<ColumnKey, GivenView<'a>>;

/// A column of marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JudgedColumn<'a> {
    /// Tells the column from others of the page, in few letters: `direction-R7`.
    pub key: String,
    /// The title of the scale.
    pub scale: &'a str,
    /// The year, where its marks are given year by year.
    pub year: Option<YearView>,
    /// Where the scale is explained.
    pub href: String,
}

/// What a list holds, grouped in several ways.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupingsView<'a> {
    /// Whether any group is notable.
    pub has_notable: bool,
    /// The ways in which it is grouped.
    pub all: Vec<GroupingView<'a>>,
}

impl<'a> GroupingsView<'a> {
    /// `None` where there is no way to group.
    pub(crate) fn new(all: Vec<GroupingView<'a>>) -> Option<Self> {
        let has_notable = all.iter().flat_map(|grouping| &grouping.groups).any(|group| group.notable);
        (!all.is_empty()).then_some(Self { has_notable, all })
    }
}

/// What a list holds, grouped by the marks of one scale, or by words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupingView<'a> {
    /// The scale; none for the words printed beside names.
    pub column: Option<JudgedColumn<'a>>,
    /// The groups, in the order of the scale.
    pub groups: Vec<GroupView<'a>>,
}

/// What bears one mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupView<'a> {
    /// The mark.
    pub mark: Option<MarkView<'a>>,
    /// The word, where it is no mark.
    pub word: Option<&'a str>,
    /// Whether readers look for it: what does not go well, what ends, what is marked by a word.
    pub notable: bool,
    /// What bears it.
    pub members: Vec<RefView<'a>>,
}

/// The marks that `judgements` give on scales that judge what is `of` a kind.
pub(crate) fn given<'a>(here: &Here<'a>, ix: StrategyIx, of: &str, judgements: &'a [Judgement]) -> Given<'a> {
    let strategy = here.report.strategy(ix);
    let mut given = Given::new();
    for (place, scale) in strategy.scales.iter().enumerate() {
        let of_scale = judgements.iter().filter(|judgement| judgement.scale.0 == place);
        let mut any = false;
        for judgement in of_scale {
            given.insert((place, judgement.year), GivenView::new(here, scale, judgement));
            any = true;
        }
        if let Some(lost) = scale.lost.as_deref().filter(|_| !any && scale.of.iter().any(|kind| kind == of)) {
            given.insert((place, None), GivenView::lost(lost));
        }
    }
    given
}

/// All columns that any line has.
pub(crate) fn keys<'g, 'a: 'g>(lines: impl IntoIterator<Item = &'g Given<'a>>) -> BTreeSet<ColumnKey> {
    lines.into_iter().flat_map(|given| given.keys().copied()).collect()
}

/// The column with the key `key`.
pub(crate) fn column<'a>(here: &Here<'a>, strategy: &'a Strategy, key: ColumnKey) -> Option<JudgedColumn<'a>> {
    let (place, year) = key;
    let scale = strategy.scales.get(place)?;
    let suffix = year.map(|year| format!("-{}", year.short())).unwrap_or_default();
    Some(JudgedColumn {
        key: format!("{}{suffix}", scale.id),
        scale: &scale.title,
        year: year.map(|year| here.year(year)),
        href: here.link(&address::scale(strategy, &scale.id)),
    })
}

/// Groups by the marks of the column `key`. `None` where no line bears any.
pub(crate) fn by_mark<'a>(
    here: &Here<'a>,
    strategy: &'a Strategy,
    key: ColumnKey,
    lines: &[(RefView<'a>, &'a [Judgement])],
) -> Option<GroupingView<'a>> {
    let scale: &'a Scale = strategy.scales.get(key.0)?;
    let bears = |judgements: &[Judgement], place: usize| {
        judgements.iter().any(|judgement| {
            (judgement.scale.0, judgement.year) == key
                && matches!(&judgement.verdict, Verdict::Marks(marks) if marks.contains(&place))
        })
    };
    let group = |(place, mark): (usize, &'a Mark)| {
        let members = lines.iter().filter(|(_, judgements)| bears(judgements, place));
        GroupView {
            mark: Some(MarkView::new(mark)),
            word: None,
            notable: mark.tone == Tone::Poor || mark.ends,
            members: members.map(|(member, _)| member.clone()).collect(),
        }
    };
    let groups = scale.marks.iter().enumerate().map(group).filter(|group| !group.members.is_empty());
    let groups: Vec<GroupView<'a>> = groups.collect();
    (!groups.is_empty()).then_some(GroupingView { column: column(here, strategy, key), groups })
}
