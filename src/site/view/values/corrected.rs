//! Marks of corrected places (訂正), with their former text and a link to the correction.

use crate::correction;
use crate::model::{CellKey, Corrected, Correction, NodeId, Sheet, Strategy};
use crate::site::address;
use crate::site::view::context::ViewContext;
use serde::Serialize;

/// Mark of a corrected place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CorrectedView<'a> {
    /// Text before the last correction; empty if there was none. `None` for words under a heading, which are too long to
    /// quote.
    pub was: Option<&'a str>,
    /// Link to the correction in the list of all corrections.
    pub href: String,
}

/// Mark of a corrected place in the head of a section, with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CorrectedPlaceView<'a> {
    /// The place: `名称`.
    pub place: &'a str,
    /// Its mark.
    pub corrected: CorrectedView<'a>,
}

impl<'a> CorrectedView<'a> {
    /// Builds the mark of a value or judgement of `strategy`; `None` if it was not corrected.
    pub(crate) fn new(
        context: &ViewContext<'a>,
        strategy: &Strategy,
        corrected: Option<&'a Corrected>,
    ) -> Option<Self> {
        let Corrected { was, anchor } = corrected?;
        Some(Self { was: Some(was), href: href(context, strategy, anchor) })
    }

    /// Builds the mark of what a sheet of the node `id` states in the cell `about`; `None` if it was not corrected.
    pub(crate) fn of_sheet(context: &ViewContext<'a>, id: NodeId, sheet: &'a Sheet, about: &CellKey) -> Option<Self> {
        Some(Self::of(context, id, correction::last(sheet, about)?))
    }

    /// Builds the mark of a fact of the node `id` that its newest sheet may print, where `prints` returns true; otherwise
    /// the file of the node states it, and the sheets without it may correct it. `None` if it was not corrected.
    pub(crate) fn of_fact(
        context: &ViewContext<'a>,
        id: NodeId,
        about: &CellKey,
        prints: impl Fn(&Sheet) -> bool,
    ) -> Option<Self> {
        let sheets = context.sheets(id);
        let newest = *sheets.last()?;
        if prints(newest) {
            return Self::of_sheet(context, id, newest, about);
        }
        let others = sheets.into_iter().filter(|sheet| !prints(sheet));
        let last = others.filter_map(|sheet| correction::last(sheet, about)).max_by_key(|it| it.date)?;
        Some(Self::of(context, id, last))
    }

    /// Builds the mark of what the file of the node `id` states; `None` if it was not corrected.
    pub(crate) fn of_node(context: &ViewContext<'a>, id: NodeId, about: &CellKey) -> Option<Self> {
        Self::of_fact(context, id, about, |_| false)
    }

    fn of(context: &ViewContext<'a>, id: NodeId, correction: &'a Correction) -> Self {
        let is_quoted = !matches!(correction.about, CellKey::Section(_));
        let was = is_quoted.then_some(correction.was.as_str());
        Self { was, href: href(context, context.report.strategy(id.strategy), &correction.anchor) }
    }
}

/// Marks of those of `places` in the file of the node `id` that were corrected; each with the key of its name in the texts.
pub(crate) fn corrected_places<'a>(
    context: &ViewContext<'a>,
    id: NodeId,
    places: &[(&str, CellKey)],
) -> Vec<CorrectedPlaceView<'a>> {
    let view = |(key, about): &(&str, CellKey)| {
        Some(CorrectedPlaceView {
            place: context.texts.get(key),
            corrected: CorrectedView::of_node(context, id, about)?,
        })
    };
    places.iter().filter_map(view).collect()
}

fn href(context: &ViewContext<'_>, strategy: &Strategy, anchor: &str) -> String {
    context.link(&address::corrections(strategy).with_fragment(anchor))
}
