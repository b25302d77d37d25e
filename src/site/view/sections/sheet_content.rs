//! What the sheets of a node say: one alone, or all of them merged.

use crate::markdown::PageState;
use crate::model::NodeId;
use crate::site::view::context::ViewContext;
use crate::site::view::sections::document::EditionView;
use crate::site::view::sections::indicator::{IndicatorView, indicators};
use crate::site::view::sections::judgement::{JudgementView, ScaleKey, judgements};
use crate::site::view::sections::key_figures::{KeyMoney, key_money};
use crate::site::view::sections::money::{AmountsView, money, staff};
use crate::site::view::sections::prose::{WordsView, words};
use serde::Serialize;

/// What the sheets of a node say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetContentView<'a> {
    /// The marks, edition by edition, newest first.
    pub judgements: Vec<JudgedView<'a>>,
    /// The scales of these marks.
    pub scales: Vec<ScaleKey<'a>>,
    /// The indicators with their values.
    pub indicators: Vec<IndicatorView<'a>>,
    /// What it cost, at a glance.
    pub key_money: Option<KeyMoney<'a>>,
    /// Whether there are any key figures.
    pub has_keys: bool,
    /// The scales of the marks of the indicators.
    pub indicator_scales: Vec<ScaleKey<'a>>,
    /// The words of the newest sheet that has any.
    pub words: Option<WordsView<'a>>,
    /// The money.
    pub money: Option<AmountsView<'a>>,
    /// The staff.
    pub staff: Option<AmountsView<'a>>,
    /// What readers should know of the sources.
    pub remarks: Vec<&'a str>,
    /// The documents from which all this comes, newest first.
    pub sources: Vec<SourceView<'a>>,
}

/// The marks that one edition gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JudgedView<'a> {
    /// The label of the edition.
    pub edition: &'a str,
    /// Who gave them.
    pub judged_by: Option<&'a str>,
    /// The marks.
    pub judgements: Vec<JudgementView<'a>>,
}

/// Where a sheet was taken from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceView<'a> {
    /// The edition.
    pub edition: EditionView<'a>,
    /// Where in the document it stands.
    pub page: Option<&'a str>,
}

impl<'a> SheetContentView<'a> {
    /// How many charts are drawn of it.
    pub(crate) fn charts(&self) -> usize {
        let of_indicators = self.indicators.iter().filter(|indicator| indicator.chart.is_some()).count();
        of_indicators + usize::from(self.money.as_ref().is_some_and(|money| money.chart.is_some()))
    }

    /// What the sheets that count here say of a node. Its words are the next texts of `page`.
    pub(crate) fn new(context: &ViewContext<'a>, id: NodeId, page: &mut PageState<'_>) -> Self {
        let kind = context.report.node(id).kind;
        let sheets = context.sheets(id);
        let newest_first = || sheets.iter().rev().copied();
        let judged = newest_first().filter_map(|sheet| {
            let judgements = judgements(context, id.strategy, kind.key(), &sheet.judgements);
            let edition = context.edition(id.strategy, sheet.edition).filter(|_| !judgements.is_empty())?;
            Some(JudgedView { edition: &edition.label, judged_by: edition.judged_by.as_deref(), judgements })
        });
        let sources = newest_first().filter_map(|sheet| {
            let edition = context.edition(id.strategy, sheet.edition)?;
            Some(SourceView { edition: EditionView::new(context, id.strategy, edition), page: sheet.page.as_deref() })
        });
        let remarks = newest_first().flat_map(|sheet| &sheet.remarks).map(|remark| remark.text.as_str());
        let judged: Vec<JudgedView<'a>> = judged.collect();
        let indicators = indicators(context, id);
        let key_money = key_money(context, id);
        let of_node = judged.iter().flat_map(|judged| &judged.judgements).map(|judgement| &judgement.href);
        let of_indicators = indicators.iter().flat_map(|i| &i.judgements).map(|judgement| &judgement.href);
        Self {
            scales: ScaleKey::all(context, id.strategy, of_node),
            has_keys: key_money.is_some() || indicators.iter().any(|indicator| indicator.key.is_some()),
            key_money,
            indicator_scales: ScaleKey::all(context, id.strategy, of_indicators),
            judgements: judged,
            indicators,
            words: newest_first().find_map(|sheet| words(context, id, sheet, 3, page)),
            money: money(context, id),
            staff: staff(context, id),
            remarks: remarks.collect(),
            sources: sources.collect(),
        }
    }
}
