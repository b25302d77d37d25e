//! Pages of a list that is divided: counts with links to the pages of its parts and groups, and what a page holds.

use crate::model::{Kind, StrategyIx};
use crate::site::lists::{
    self, Branch, DividedGroup, DividedList, Entry, Facet, GroupValue, ListKind, ListPageId, Part,
};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::judgement::{MarkView, title_in_lists};
use crate::site::view::sections::layout::Layout;
use crate::site::view::values::reference::RefView;
use crate::site::view::values::time::YearView;
use crate::site::{Url, address};
use serde::Serialize;
use std::borrow::Cow;

/// Entries of a divided list that a page holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SelectionView<'a> {
    /// Link to the first page of the list.
    pub whole: String,
    /// Number of entries of the page, including those that are divided further.
    pub count: usize,
    /// Group to which the page is restricted; `None` if it is not.
    pub group: Option<GroupNameView<'a>>,
    /// Part to which the page is restricted; `None` for a group as a whole.
    pub part: Option<PartView<'a>>,
}

/// Name of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupNameView<'a> {
    /// Property by which the list is grouped: the title of a scale or field, or `account`, … as text.
    pub title: Cow<'a, str>,
    /// Fiscal year, if marks are given by year.
    pub year: Option<YearView>,
    /// Mark; `None` for a text, and for entries without a mark.
    pub mark: Option<MarkView<'a>>,
    /// Why the entries have no mark: `missing`, `lost` or `none`. `None` if they have one, and for a text.
    pub no_mark_reason: Option<&'static str>,
    /// Text that the entries share; `None` in groupings by mark.
    pub text: Option<&'a str>,
}

/// Counts of a divided list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DivisionView<'a> {
    /// Number of entries.
    pub count: usize,
    /// Parts by top-level goal, in tree order.
    pub branches: Vec<BranchView<'a>>,
    /// Groups by property; empty unless on the first page of the list.
    pub facets: Vec<FacetView<'a>>,
}

/// Consecutive parts below the same top-level goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BranchView<'a> {
    /// Top-level goal; `None` for parts that are at the top themselves.
    pub goal: Option<RefView<'a>>,
    /// Parts; never empty.
    pub parts: Vec<PartView<'a>>,
}

/// Part of a divided list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartView<'a> {
    /// Goal or policy; `None` for entries under neither.
    pub node: Option<RefView<'a>>,
    /// True if the part holds only what is directly under the node.
    pub direct: bool,
    /// Positions of the first and the last entry within the goal or policy, from 1, if its entries fill several parts.
    pub portion: Option<(usize, usize)>,
    /// Number of entries.
    pub count: usize,
    /// Link to the page of the part.
    pub href: String,
}

/// Property with its groups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FacetView<'a> {
    /// Id of its section on the page.
    pub anchor: String,
    /// Title of the property.
    pub title: Cow<'a, str>,
    /// Fiscal year, if marks are given by year.
    pub year: Option<YearView>,
    /// Link to the explanation of the scale; `None` for other properties.
    pub scale: Option<String>,
    /// Groups; never empty.
    pub groups: Vec<GroupLinkView<'a>>,
}

/// Group with its number of entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupLinkView<'a> {
    /// Name of the group.
    pub name: GroupNameView<'a>,
    /// Number of entries.
    pub count: usize,
    /// Link to the page of the group.
    pub href: String,
}

impl<'a> SelectionView<'a> {
    /// Describes what the page `id` holds. `None` if the list has no such page.
    pub(crate) fn new(
        context: &ViewContext<'a>,
        ix: StrategyIx,
        list: &'a DividedList,
        id: ListPageId,
    ) -> Option<Self> {
        let part = list.part(id);
        let group = list.group(id);
        let count = part.map(|part| part.entries.len()).or(group.map(|group| group.group.entries.len()))?;
        Some(Self {
            whole: context.link(&lists::first_page(context.report.strategy(ix), list.kind)),
            count,
            group: group.map(|group| GroupNameView::new(context, ix, group)),
            part: part.map(|part| PartView::new(context, ix, list, id, part)),
        })
    }

    /// Layout data of the page: its breadcrumb leads over the first page of the list, and that of a group.
    pub(crate) fn layout(
        context: &ViewContext<'a>,
        ix: StrategyIx,
        list: &'a DividedList,
        id: ListPageId,
    ) -> Layout<'a> {
        let mut layout = Layout::of_overview(context, ix);
        let name = match list.kind {
            ListKind::Programs => context.report.strategy(ix).label(Kind::Program),
            ListKind::Indicators => context.texts.get("indicators"),
        };
        let whole = context.link(&lists::first_page(context.report.strategy(ix), list.kind));
        layout.breadcrumb.push(RefView::of_page(name, whole));
        if let (Some(group), Some(_)) = (list.group(id), id.part) {
            let page = ListPageId { part: None, ..id };
            let name = match &group.group.value {
                GroupValue::Text(text) => text,
                GroupValue::Mark(index) => mark(context, ix, group, *index).map_or("", |mark| mark.mark),
                GroupValue::Missing => context.texts.get("not_judged"),
                GroupValue::Lost => context.texts.get("lost"),
                GroupValue::NoMark => context.texts.get("no_mark"),
            };
            layout.breadcrumb.push(RefView::of_page(name, context.link(&list.url(context.report, ix, page))));
        }
        layout
    }
}

impl<'a> DivisionView<'a> {
    /// Counts of the whole list.
    pub(crate) fn of_list(context: &ViewContext<'a>, ix: StrategyIx, list: &'a DividedList) -> Self {
        let page = ListPageId { kind: list.kind, group: None, part: None };
        let mut facets: Vec<FacetView<'a>> = Vec::new();
        let mut last = None;
        for (index, group) in list.groups.iter().enumerate() {
            if last != Some(group.group.facet) {
                last = Some(group.group.facet);
                facets.push(FacetView::new(context, ix, group, facets.len() + 1));
            }
            let link = GroupLinkView {
                name: GroupNameView::new(context, ix, group),
                count: group.group.entries.len(),
                href: context.link(&list.url(context.report, ix, ListPageId { group: Some(index), ..page })),
            };
            facets.last_mut().into_iter().for_each(|facet| facet.groups.push(link.clone()));
        }
        Self { facets, ..Self::new(context, ix, list, page, list.total) }
    }

    /// Counts of a group that is divided; `None` for other pages.
    pub(crate) fn of_page(
        context: &ViewContext<'a>,
        ix: StrategyIx,
        list: &'a DividedList,
        id: ListPageId,
    ) -> Option<Self> {
        let group = list.group(id).filter(|group| id.part.is_none() && !group.parts.is_empty())?;
        Some(Self::new(context, ix, list, id, group.group.entries.len()))
    }

    fn new(context: &ViewContext<'a>, ix: StrategyIx, list: &'a DividedList, id: ListPageId, count: usize) -> Self {
        let mut branches: Vec<BranchView<'a>> = Vec::new();
        let mut last = None;
        for (index, part) in list.parts_of(id).iter().enumerate() {
            if last != Some(part.top) {
                last = Some(part.top);
                let goal = part.top.map(|top| RefView::of_node(context, ix, top));
                branches.push(BranchView { goal, parts: Vec::new() });
            }
            let view = PartView::new(context, ix, list, ListPageId { part: Some(index), ..id }, part);
            branches.last_mut().into_iter().for_each(|branch| branch.parts.push(view.clone()));
        }
        Self { count, branches, facets: Vec::new() }
    }
}

impl<'a> PartView<'a> {
    fn new(context: &ViewContext<'a>, ix: StrategyIx, list: &DividedList, id: ListPageId, part: &Part<Entry>) -> Self {
        Self::of(context, ix, part, &list.url(context.report, ix, id))
    }

    /// Describes a part whose page is at `url`.
    pub(crate) fn of<E>(context: &ViewContext<'a>, ix: StrategyIx, part: &Part<E>, url: &Url) -> Self {
        let count = part.entries.len();
        Self {
            node: part.branch.node().map(|node| RefView::of_node(context, ix, node)),
            direct: matches!(part.branch, Branch::Direct(_)),
            portion: part.portion.map(|(_, first)| (first, first + count - 1)),
            count,
            href: context.link(url),
        }
    }
}

impl<'a> FacetView<'a> {
    fn new(context: &ViewContext<'a>, ix: StrategyIx, group: &'a DividedGroup, number: usize) -> Self {
        let strategy = context.report.strategy(ix);
        let name = GroupNameView::new(context, ix, group);
        let scale = match group.group.facet {
            Facet::Scale(scale, _) => strategy.scales.get(scale.0),
            _ => None,
        };
        Self {
            anchor: format!("facet-{number}"),
            title: name.title,
            year: name.year,
            scale: scale.map(|scale| context.link(&address::scale(strategy, &scale.id))),
            groups: Vec::new(),
        }
    }
}

impl<'a> GroupNameView<'a> {
    fn new(context: &ViewContext<'a>, ix: StrategyIx, group: &'a DividedGroup) -> Self {
        let strategy = context.report.strategy(ix);
        let group_key = &group.group;
        let text = |key: &'static str| Cow::Borrowed(context.texts.get(key));
        let (title, year) = match group_key.facet {
            Facet::Scale(scale, year) => {
                let title = strategy.scales.get(scale.0).map(|scale| title_in_lists(context, scale));
                (title.unwrap_or_default(), year.map(|year| context.year(year)))
            }
            Facet::Field(field) => {
                let title = strategy.fields.get(field.0).map_or("", |field| field.title.as_str());
                (Cow::Borrowed(title), None)
            }
            Facet::Category => (text("category"), None),
            Facet::Account => (text("account"), None),
            Facet::Department => (text("department"), None),
            Facet::Marker => (text("markers"), None),
        };
        let (mark, text) = match &group_key.value {
            GroupValue::Mark(index) => (mark(context, ix, group, *index), None),
            GroupValue::Text(text) => (None, Some(text.as_str())),
            GroupValue::Missing | GroupValue::Lost | GroupValue::NoMark => (None, None),
        };
        Self { title, year, mark, no_mark_reason: group_key.value.no_mark_reason(), text }
    }
}

/// Mark of a group by mark.
fn mark<'a>(context: &ViewContext<'a>, ix: StrategyIx, group: &DividedGroup, index: usize) -> Option<MarkView<'a>> {
    let Facet::Scale(scale, _) = group.group.facet else { return None };
    context.report.strategy(ix).scales.get(scale.0)?.marks.get(index).map(MarkView::new)
}
