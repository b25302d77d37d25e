//! Page of an edition as a whole: its document, the distribution of its marks, and the changes since the previous
//! edition.

use crate::model::{Edition, EditionIx, Kind, NodeId, StrategyIx};
use crate::site::lists::{self, Part};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::change::{ChangesView, changes};
use crate::site::view::sections::correction::CorrectionsLink;
use crate::site::view::sections::divided_list::PartView;
use crate::site::view::sections::document::EditionView;
use crate::site::view::sections::judgement::VerdictView;
use crate::site::view::sections::layout::Layout;
use crate::site::view::sections::mark_columns::{self, MarkColumn, VerdictsByColumn};
use crate::site::view::sections::mark_distribution::{MarkDistributionView, mark_distributions};
use crate::site::view::sections::narrow::{self, NarrowCell, UsualValue};
use crate::site::view::sections::timeline::{EditionLink, timeline};
use crate::site::view::values::reference::RefView;
use crate::site::view::values::statement::{self, Attributes};
use crate::site::{ReadingOrder, address};
use serde::Serialize;
use std::collections::BTreeSet;

/// Page of one edition of a strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditionPageView<'a> {
    /// Layout data.
    pub layout: Layout<'a>,
    /// Edition and its document.
    pub edition: EditionView<'a>,
    /// All editions of the strategy in order of time, oldest first, including this one; empty if it is the only one.
    pub editions: Vec<EditionLink<'a>>,
    /// Distributions of the marks given in this edition, one for each scale, year and kind of subject; empty if it
    /// gives none.
    pub distributions: Vec<MarkDistributionView<'a>>,
    /// Changes since the previous edition; `None` for the first edition.
    pub changes: Option<ChangesView<'a>>,
    /// Parts of the page by goal and policy, if the strategy is large; `sheets` is then empty. Empty if the page is not
    /// divided.
    pub edition_parts: Vec<EditionPartView<'a>>,
    /// Part that the page holds; `None` for the edition as a whole.
    pub part: Option<EditionPartView<'a>>,
    /// Link to the corrections (訂正) of the strategy, and the number of those of this edition; `None` if there are none.
    pub corrections: Option<CorrectionsLink>,
    /// Nodes that have a sheet in this edition, by kind: goals, policies, programs. Kinds without sheets are left out.
    pub sheets: Vec<SheetsOfKind<'a>>,
}

/// Part of a divided page of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditionPartView<'a> {
    /// Name of the part, its number of nodes with a sheet in the edition, and the link to its page.
    pub name: PartView<'a>,
    /// Number of changes since the previous edition.
    pub changes: usize,
}

/// Sheets of one kind of node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetsOfKind<'a> {
    /// Name of this level in the report: `施策`.
    pub label: &'a str,
    /// Columns of marks; empty if the edition gives none to this kind.
    pub columns: Vec<MarkColumn<'a>>,
    /// Marks that nearly all lines share, by column; narrow screens state them once. Empty if there are none.
    pub usual: Vec<UsualValue<'a>>,
    /// Sheets in tree order; never empty.
    pub lines: Vec<SheetLine<'a>>,
}

/// Sheet of a node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetLine<'a> {
    /// Node, linked to the permalink page of its sheet, or to its current page if the site has no permalink pages.
    pub node: RefView<'a>,
    /// Marks, one entry for each of [`SheetsOfKind::columns`]; `None` if none was printed.
    pub given: Vec<Option<VerdictView<'a>>>,
    /// How narrow screens show the marks, one entry for each of [`SheetsOfKind::columns`].
    pub narrow: Vec<NarrowCell>,
}

/// Builds the page of an edition. `None` if the strategy declares no such edition.
pub(crate) fn edition<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    edition_ix: EditionIx,
    order: &ReadingOrder,
) -> Option<EditionPageView<'a>> {
    let edition = context.edition(ix, edition_ix)?;
    // Nodes have the names that were printed in this edition.
    let edition_context = &ViewContext { only_edition: Some(edition_ix), ..*context };
    let nodes = order.all();
    let parts: Vec<EditionPartView<'a>> = lists::edition_parts(context.report, ix, order)
        .iter()
        .map(|part| EditionPartView::new(edition_context, ix, (edition_ix, edition), part))
        .collect();
    Some(EditionPageView {
        layout: Layout::of_overview(context, ix),
        edition: EditionView::new(context, ix, edition),
        editions: timeline(context, ix, Some(edition_ix)),
        distributions: mark_distributions(edition_context, ix, order),
        changes: changes(edition_context, ix, edition_ix, &nodes),
        sheets: if parts.is_empty() { sheets(edition_context, ix, edition_ix, &nodes) } else { Vec::new() },
        corrections: corrections(context, ix, edition_ix),
        edition_parts: parts,
        part: None,
    })
}

/// Corrections of an edition; `None` if there are none.
fn corrections(context: &ViewContext<'_>, ix: StrategyIx, edition: EditionIx) -> Option<CorrectionsLink> {
    let sheets = context.report.nodes(ix).filter_map(|(_, node)| node.sheet(edition));
    let count = sheets.map(|sheet| sheet.corrections.len()).sum();
    CorrectionsLink::new(context, ix, count)
}

/// Builds the part at `index` of a divided page of an edition. `None` if there is no such part.
pub(crate) fn part<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    edition_ix: EditionIx,
    index: usize,
    order: &ReadingOrder,
) -> Option<EditionPageView<'a>> {
    let strategy = context.report.strategy(ix);
    let edition = context.edition(ix, edition_ix)?;
    let edition_context = &ViewContext { only_edition: Some(edition_ix), ..*context };
    let part = lists::edition_parts(context.report, ix, order).into_iter().nth(index)?;
    let mut layout = Layout::of_overview(context, ix);
    layout.breadcrumb.push(RefView::of_page(&edition.label, context.link(&address::edition(strategy, edition))));
    Some(EditionPageView {
        layout,
        edition: EditionView::new(context, ix, edition),
        editions: Vec::new(),
        distributions: Vec::new(),
        changes: changes(edition_context, ix, edition_ix, &part.entries),
        sheets: sheets(edition_context, ix, edition_ix, &part.entries),
        corrections: None,
        edition_parts: Vec::new(),
        part: Some(EditionPartView::new(edition_context, ix, (edition_ix, edition), &part)),
    })
}

impl<'a> EditionPartView<'a> {
    fn new(
        context: &ViewContext<'a>,
        ix: StrategyIx,
        (edition_ix, edition): (EditionIx, &Edition),
        part: &Part<NodeId>,
    ) -> Self {
        let url = address::edition_part(context.report.strategy(ix), edition, &part.path(context.report));
        let printed = part.entries.iter().filter(|id| context.report.node(**id).sheet(edition_ix).is_some());
        let changes = changes(context, ix, edition_ix, &part.entries);
        Self {
            name: PartView { count: printed.count(), ..PartView::of(context, ix, part, &url) },
            changes: changes.map_or(0, |changes| changes.count()),
        }
    }
}

/// Those of `nodes` that have a sheet in an edition, by kind.
fn sheets<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    edition: EditionIx,
    nodes: &[NodeId],
) -> Vec<SheetsOfKind<'a>> {
    let of_kind = |kind: Kind| {
        let strategy = context.report.strategy(ix);
        let nodes = nodes.iter().filter(|id| context.report.node(**id).kind == kind);
        let sheets = nodes.filter_map(|id| {
            let judgements = &context.report.node(*id).sheet(edition)?.judgements;
            let verdicts = mark_columns::verdicts_by_column(context, ix, kind.key(), judgements);
            Some((*id, sheet_link(context, *id, edition)?, verdicts))
        });
        let sheets: Vec<(NodeId, RefView<'a>, VerdictsByColumn<'a>)> = sheets.collect();
        // A column says nothing if all its marks are lost.
        let given = sheets.iter().flat_map(|(_, _, verdicts)| verdicts);
        let keys: BTreeSet<_> = given.filter(|(_, verdict)| verdict.lost.is_none()).map(|(key, _)| *key).collect();
        let line = |(id, node, mut verdicts): (NodeId, RefView<'a>, VerdictsByColumn<'a>)| SheetLine {
            node,
            given: keys
                .iter()
                .map(|key| {
                    let scale = strategy.scales.get(key.scale().0)?;
                    let attributes = Attributes::statement("grade")
                        .with("of", &statement::node_key(context, id))
                        .with("scale", &scale.id)
                        .with("edition", &context.edition(ix, edition)?.id);
                    Some(verdicts.remove(key)?.with_statement(attributes))
                })
                .collect(),
            narrow: Vec::new(),
        };
        let columns: Vec<MarkColumn<'a>> =
            keys.iter().filter_map(|key| mark_columns::mark_column(context, strategy, *key)).collect();
        let mut lines: Vec<SheetLine<'a>> = sheets.into_iter().map(line).collect();
        let given: Vec<_> = lines.iter().map(|line| &line.given[..]).collect();
        let narrow::NarrowRows { usual, rows } = narrow::marks(context, &columns, &given);
        for (line, cells) in lines.iter_mut().zip(rows) {
            line.narrow = cells;
        }
        (!lines.is_empty()).then(|| SheetsOfKind { label: strategy.label(kind), columns, usual, lines })
    };
    Kind::ALL.into_iter().filter_map(of_kind).collect()
}

/// Link to the permalink page of a sheet, or to the current page of the node if the site has no permalink pages. `None`
/// if the node has no sheet in the edition.
fn sheet_link<'a>(context: &ViewContext<'a>, id: NodeId, edition: EditionIx) -> Option<RefView<'a>> {
    let sheet = context.report.node(id).sheet(edition)?;
    let url = address::sheet(context.report, id, sheet).unwrap_or_else(|| address::node(context.report, id));
    Some(RefView::of_node(context, id.strategy, id).with_href(context.link(&url)))
}
