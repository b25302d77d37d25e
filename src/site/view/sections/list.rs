//! What lists that cut across a strategy share: columns of marks, and groups by mark.

use crate::model::{EditionIx, FiscalYear, Judgement, Kind, Mark, NodeId, Scale, Strategy, StrategyIx, Tone, Verdict};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::judgement::{GivenView, MarkView};
use crate::site::view::values::facts::{self, Attributes};
use crate::site::view::values::html::Html;
use crate::site::view::values::reference::RefView;
use crate::site::view::values::time::YearView;
use crate::site::{Order, address};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A scale, in one year where its marks are given year by year.
pub(crate) type JudgedKey = (usize, Option<FiscalYear>);

/// The marks of one line, by column.
pub(crate) type GivenByColumn<'a> = BTreeMap<JudgedKey, GivenView<'a>>;

/// A column of marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JudgedColumn<'a> {
    /// The id of the scale.
    pub id: &'a str,
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

/// What bears one mark, or none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupView<'a> {
    /// The place of its mark in the scale, or why there is none; none of words.
    pub place: Option<String>,
    /// The id of the group within the page of the list.
    pub anchor: String,
    /// The mark.
    pub mark: Option<MarkView<'a>>,
    /// The word, where it is no mark.
    pub word: Option<&'a str>,
    /// Why there is neither: `missing` (printed that none was given), `lost`, `none` (nothing
    /// was printed).
    pub without: Option<&'static str>,
    /// Whether readers look for it: what does not go well, what ends.
    pub notable: bool,
    /// What bears it; of the marks of a scale, some may have none.
    pub members: Vec<RefView<'a>>,
}

/// The marks that `judgements` give on scales that judge what is `of` a kind.
pub(crate) fn given<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    of: &str,
    judgements: &'a [Judgement],
) -> GivenByColumn<'a> {
    let strategy = context.report.strategy(ix);
    let mut given = GivenByColumn::new();
    for (place, scale) in strategy.scales.iter().enumerate() {
        let of_scale = judgements.iter().filter(|judgement| judgement.scale.0 == place);
        let mut any = false;
        for judgement in of_scale {
            given.insert((place, judgement.year), GivenView::new(context, scale, judgement));
            any = true;
        }
        if let Some(lost) = scale.lost.as_deref().filter(|_| !any && scale.of.iter().any(|kind| kind == of)) {
            given.insert((place, None), GivenView::lost(lost));
        }
    }
    given
}

/// All columns that any line has.
pub(crate) fn keys<'g, 'a: 'g>(lines: impl IntoIterator<Item = &'g GivenByColumn<'a>>) -> BTreeSet<JudgedKey> {
    lines.into_iter().flat_map(|given| given.keys().copied()).collect()
}

/// The column with the key `key`.
pub(crate) fn column<'a>(
    context: &ViewContext<'a>,
    strategy: &'a Strategy,
    key: JudgedKey,
) -> Option<JudgedColumn<'a>> {
    let (place, year) = key;
    let scale = strategy.scales.get(place)?;
    let suffix = year.map(|year| format!("-{}", year.short())).unwrap_or_default();
    Some(JudgedColumn {
        id: &scale.id,
        key: format!("{}{suffix}", scale.id),
        scale: &scale.title,
        year: year.map(|year| context.year(year)),
        href: context.link(&address::scale(strategy, &scale.id)),
    })
}

/// What can be judged, with the judgements given to it.
pub(crate) type Judged<'a> = (RefView<'a>, &'a [Judgement]);

/// Groups by the marks of the column `key`, each mark of the scale in its order, then what
/// bears none. `of` is the kind of all lines. `None` where nothing was printed for any line.
pub(crate) fn by_mark<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    key: JudgedKey,
    of: &str,
    lines: &[Judged<'a>],
) -> Option<GroupingView<'a>> {
    let strategy = context.report.strategy(ix);
    let scale: &'a Scale = strategy.scales.get(key.0)?;
    let column = column(context, strategy, key)?;
    let mut of_marks: Vec<Vec<RefView<'a>>> = vec![Vec::new(); scale.marks.len()];
    let (mut missing, mut lost, mut none) = (Vec::new(), Vec::new(), Vec::new());
    for (member, judgements) in lines {
        let judgement = judgements.iter().find(|judgement| (judgement.scale.0, judgement.year) == key);
        match judgement.map(|judgement| &judgement.verdict) {
            Some(Verdict::Marks(places)) => {
                for place in places {
                    of_marks.get_mut(*place).into_iter().for_each(|members| members.push(member.clone()));
                }
            }
            Some(Verdict::Missing(_)) => missing.push(member.clone()),
            Some(Verdict::Lost) => lost.push(member.clone()),
            None if scale.lost.is_some() && scale.of.iter().any(|kind| kind == of) => lost.push(member.clone()),
            None => none.push(member.clone()),
        }
    }
    let given = of_marks.iter().any(|members| !members.is_empty());
    if !given && missing.is_empty() && lost.is_empty() {
        return None;
    }
    let anchor = |end: &str| format!("group-{}-{end}", column.key);
    let of_mark = |((place, mark), members): ((usize, &'a Mark), Vec<RefView<'a>>)| GroupView {
        place: Some(place.to_string()),
        anchor: anchor(&place.to_string()),
        mark: Some(MarkView::new(mark)),
        word: None,
        without: None,
        notable: (mark.tone == Tone::Poor || mark.ends) && !members.is_empty(),
        members,
    };
    // Where all are lost, nobody knows that a mark was given to none.
    let marks = scale.marks.iter().enumerate().zip(of_marks).filter(|_| given || lost.is_empty());
    let mut groups: Vec<GroupView<'a>> = marks.map(of_mark).collect();
    for (without, members) in [("missing", missing), ("lost", lost), ("none", none)] {
        if !members.is_empty() {
            let anchor = anchor(without);
            let place = Some(without.to_owned());
            groups.push(GroupView {
                place,
                anchor,
                mark: None,
                word: None,
                without: Some(without),
                notable: false,
                members,
            });
        }
    }
    Some(GroupingView { column: Some(column), groups })
}

/// Groups by the marks of each of the columns `keys`.
pub(crate) fn groupings<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    keys: &BTreeSet<JudgedKey>,
    of: &str,
    lines: &[Judged<'a>],
) -> Vec<GroupingView<'a>> {
    keys.iter().filter_map(|key| by_mark(context, ix, *key, of, lines)).collect()
}

/// The judgements that the edition that counts gives a node.
pub(crate) fn judgements_of_node<'a>(context: &ViewContext<'a>, id: NodeId) -> &'a [Judgement] {
    context.current_sheet(id).map_or(&[], |sheet| &sheet.judgements)
}

/// The judgements that the edition that counts gives the indicator at `place` of a node.
pub(crate) fn judgements_of_indicator<'a>(context: &ViewContext<'a>, id: NodeId, place: usize) -> &'a [Judgement] {
    let figures = context.current_sheet(id).and_then(|sheet| sheet.figures.get(&place));
    figures.map_or(&[], |figures| &figures.judgements)
}

/// A node that the edition that counts leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut<'a> {
    /// The label of the edition that last had a sheet of it.
    pub label: &'a str,
    /// Whether that edition came after the one that counts.
    pub later: bool,
    /// What it says, as attributes for tests.
    pub facts: Html,
}

impl<'a> LeftOut<'a> {
    /// `None` where the edition that counts has a sheet of the node, or none ever had one.
    pub(crate) fn of(context: &ViewContext<'a>, id: NodeId) -> Option<Self> {
        let edition = context.left_out_since(id)?;
        let later = context.told_later(id);
        let facts = Attributes::statement("left-out")
            .with("node", &facts::node_key(context, id))
            .with("edition", &edition.id)
            .with_any("later", later.then_some("yes"));
        Some(Self { label: &edition.label, later, facts: facts.html() })
    }
}

/// The labels of the editions in which the marks of indicators stand that lists hold, joined.
pub(crate) fn editions_of_indicators(context: &ViewContext<'_>, ix: StrategyIx, order: &Order) -> String {
    let with_indicators = |kind: &Kind| {
        let mut nodes = order.of_kind(*kind).iter();
        nodes.any(|id| context.current_sheet(*id).is_some_and(|sheet| !sheet.figures.is_empty()))
    };
    let kinds = Kind::ALL.into_iter().filter(with_indicators);
    let editions: BTreeSet<EditionIx> = kinds.filter_map(|kind| context.current_edition(ix, kind)).collect();
    let labels = editions.into_iter().filter_map(|edition| context.edition(ix, edition));
    labels.map(|edition| edition.label.as_str()).collect::<Vec<_>>().join("」「")
}

/// The edition whose marks a list holds, and a later interim one beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CountedEdition<'a> {
    /// The id of the edition.
    pub id: &'a str,
    /// The label of the edition.
    pub label: &'a str,
    /// The label of the interim edition.
    pub interim: Option<&'a str>,
}

impl<'a> CountedEdition<'a> {
    /// Of the marks of nodes of `kind`; `None` where no edition has sheets of that kind.
    pub(crate) fn of(context: &ViewContext<'a>, ix: StrategyIx, kind: Kind) -> Option<Self> {
        let label = |edition| context.edition(ix, edition).map(|edition| edition.label.as_str());
        let interim = context.report.strategy(ix).interim_edition(kind).filter(|_| context.only.is_none());
        let edition = context.edition(ix, context.current_edition(ix, kind)?)?;
        Some(Self { id: &edition.id, label: &edition.label, interim: interim.and_then(label) })
    }
}
