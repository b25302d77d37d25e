//! How the published marks are spread: how many bear each mark of a scale, and how many none.

use crate::model::{Kind, NodeId, StrategyIx, Tone};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::list::{self, GroupingView, Judged};
use crate::site::view::sections::list::{CountedEdition, GroupView, JudgedColumn};
use crate::site::view::values::reference::RefView;
use crate::site::{Order, address};
use serde::Serialize;

/// How the marks of one scale are spread over one kind of thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkDistributionView<'a> {
    /// What is judged: a kind of nodes, or `indicator`.
    pub of: &'a str,
    /// The id of its place on the page.
    pub anchor: String,
    /// The scale.
    pub column: JudgedColumn<'a>,
    /// What the report calls what is judged; none for indicators.
    pub label: Option<&'a str>,
    /// The edition whose marks are counted; none for indicators, whose nodes may be of several kinds.
    pub edition: Option<CountedEdition<'a>>,
    /// The labels of the editions whose marks of indicators are counted, joined.
    pub of_indicators: Option<String>,
    /// Whether that is the edition of the page, which need not be told.
    pub of_page: bool,
    /// How many of them the edition holds.
    pub total: usize,
    /// Whether one can bear several marks, so that the counts add up to more.
    pub several: bool,
    /// Whether those that bear a mark are named beside it: they have no list of their own.
    pub named: bool,
    /// Whether patterns tell parts of its bar apart.
    pub patterned: bool,
    /// The marks in the order of the scale, then what bears none.
    pub parts: Vec<DistributionPart<'a>>,
    /// Whether the marks say how things go, not only of what kind they are.
    #[serde(skip)]
    pub(crate) verdicts: bool,
}

/// How many bear one mark, or none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DistributionPart<'a> {
    /// The mark, and what bears it.
    pub group: GroupView<'a>,
    /// Which pattern tells its part of the bar from others of the same tone: 0 is plain.
    pub pattern: usize,
    /// Where they are listed.
    pub href: Option<String>,
    /// Its part of the bar; none where nothing bears it, or where one bears several marks.
    pub bar: Option<DistributionBar>,
}

/// A part of a bar, in percent of its length.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DistributionBar {
    /// Where it begins.
    pub from: String,
    /// Where its middle is.
    pub middle: String,
    /// How long it is.
    pub width: String,
    /// What fits in it on a phone: `mark` (the mark and the count), `count`, `nothing`.
    pub holds: &'static str,
}

/// A kind by its key, what the report calls it, all of it, and the link to its list.
type OfKind<'a> = (&'static str, Option<&'a str>, Vec<Judged<'a>>, Option<String>);

/// What of a strategy is judged, kind by kind; within one edition only what it prints.
pub(crate) fn spreads<'a>(context: &ViewContext<'a>, ix: StrategyIx, order: &Order) -> Vec<MarkDistributionView<'a>> {
    let strategy = context.report.strategy(ix);
    let counts = |id: &&NodeId| context.current_sheet(**id).is_some();
    let nodes = |kind: Kind| order.of_kind(kind).iter().filter(counts).copied();
    let of_nodes = |kind| {
        nodes(kind).map(|id| (RefView::of_node(context, ix, id), list::judgements_of_node(context, id))).collect()
    };
    let of_indicators = || {
        let places = |id: NodeId| (0..context.report.node(id).indicators.len()).map(move |place| (id, place));
        let printed = |(id, place): &(NodeId, usize)| {
            context.current_sheet(*id).is_some_and(|sheet| sheet.figures.contains_key(place))
        };
        let all = Kind::ALL.into_iter().flat_map(nodes).flat_map(places).filter(printed);
        let judged = all.map(|(id, place)| {
            let target = crate::site::view::indicator_id(id, place);
            (crate::site::view::RefView::new(context, ix, target), list::judgements_of_indicator(context, id, place))
        });
        judged.collect()
    };
    let list_of = |url| context.only.is_none().then(|| context.link(&url));
    let kinds: [OfKind<'a>; 4] = [
        ("goal", Some(strategy.label(Kind::Goal)), of_nodes(Kind::Goal), None),
        ("policy", Some(strategy.label(Kind::Policy)), of_nodes(Kind::Policy), None),
        ("indicator", None, of_indicators(), list_of(address::indicators(strategy))),
        ("program", Some(strategy.label(Kind::Program)), of_nodes(Kind::Program), list_of(address::programs(strategy))),
    ];
    let editions = list::editions_of_indicators(context, ix, order);
    let spreads = kinds.into_iter().flat_map(|(of, label, lines, list)| {
        let given: Vec<_> = lines.iter().map(|(_, judgements)| list::given(context, ix, of, judgements)).collect();
        let groupings = list::keys(&given).into_iter().filter_map(|key| list::by_mark(context, ix, key, of, &lines));
        let edition = Kind::from_key(of).and_then(|kind| CountedEdition::of(context, ix, kind));
        let spreads = groupings.filter_map(|grouping| {
            spread(
                grouping,
                (of, label),
                lines.len(),
                list.as_deref(),
                (edition.clone(), context.only.is_some(), &editions),
            )
        });
        spreads.collect::<Vec<_>>()
    });
    spreads.collect()
}

fn spread<'a>(
    grouping: GroupingView<'a>,
    (of, label): (&'a str, Option<&'a str>),
    total: usize,
    list: Option<&str>,
    (edition, of_page, editions): (Option<CountedEdition<'a>>, bool, &str),
) -> Option<MarkDistributionView<'a>> {
    let column = grouping.column?;
    let several = grouping.groups.iter().map(|group| group.members.len()).sum::<usize>() > total;
    let tones = grouping.groups.iter().filter_map(|group| group.mark.as_ref());
    let toned = tones.into_iter().any(|mark| mark.tone != Tone::Neutral.key());
    let (mut from, mut before) = (0, Vec::new());
    let parts = grouping.groups.into_iter().map(|group| {
        let count = group.members.len();
        let bar = (count > 0 && !several).then(|| bar(&group, from, total));
        from += count;
        let href = list.filter(|_| count > 0).map(|list| format!("{list}#{}", group.anchor));
        let tone = group.mark.as_ref().map(|mark| mark.tone);
        let pattern = tone.map_or(0, |tone| before.iter().filter(|other| **other == tone).count() % PATTERNS);
        before.extend(tone);
        DistributionPart { group, pattern, href, bar }
    });
    let parts: Vec<DistributionPart<'a>> = parts.collect();
    let patterned = !several && parts.iter().any(|part| part.pattern > 0);
    Some(MarkDistributionView {
        of,
        anchor: format!("spread-{of}-{}", column.key),
        column,
        label,
        of_indicators: (of == "indicator").then(|| editions.to_owned()).filter(|labels| !labels.is_empty()),
        edition,
        of_page,
        total,
        several,
        named: list.is_none() && matches!(of, "goal" | "policy"),
        verdicts: of != Kind::Program.key() || toned,
        patterned,
        parts,
    })
}

/// How many patterns there are.
const PATTERNS: usize = 6;
/// The length of a bar on the narrowest phone, and the width of a letter in it, in pixels.
const NARROWEST: usize = 240;
const LETTER: usize = 14;

fn bar(group: &GroupView<'_>, from: usize, total: usize) -> DistributionBar {
    let count = group.members.len();
    let room = NARROWEST * count / total.max(1);
    let letters = |text: &str| text.chars().map(|letter| if letter.is_ascii() { 9 } else { LETTER }).sum::<usize>();
    let mark = group.mark.as_ref().map_or(LETTER * 5, |mark| letters(mark.mark));
    let number = letters(&count.to_string());
    let holds = match () {
        () if room >= mark + number + 2 * LETTER => "mark",
        () if room >= number + LETTER / 2 => "count",
        () => "nothing",
    };
    // Twice the parts, so that the middle is a whole number of them.
    let percent = |halves: usize| {
        let tenths = halves.saturating_mul(500) / total.max(1);
        format!("{}.{}%", tenths / 10, tenths % 10)
    };
    DistributionBar { from: percent(2 * from), middle: percent(2 * from + count), width: percent(2 * count), holds }
}
