//! Content of the sheets of a node: one sheet, or all of them merged.

use crate::markdown::PageState;
use crate::model::{CellKey, EditionIx, Judgement, NodeId, Scale, StrategyIx};
use crate::site::address;
use crate::site::view::context::ViewContext;
use crate::site::view::sections::assessment::ComputedView;
use crate::site::view::sections::correction::{self, CorrectionView};
use crate::site::view::sections::document::EditionView;
use crate::site::view::sections::indicator::{IndicatorView, indicators};
use crate::site::view::sections::judgement::{self, JudgementView, ScaleLegend};
use crate::site::view::sections::judgement_table::{self, JudgementTable};
use crate::site::view::sections::key_figures::{KeyMoney, key_money};
use crate::site::view::sections::money::{
    AmountsView, FundingView, SubItemView, funding, money, staff, sub_items, totals_of_kinds,
};
use crate::site::view::sections::prose::{ProseView, sheet_prose};
use crate::site::view::sections::reason::add_reasons;
use crate::site::view::sections::response::{self, ResponsesView};
use crate::site::view::sections::share::share;
use crate::site::view::sections::survey::{PlaceInSurveyView, places_in_surveys};
use crate::site::view::values::corrected::CorrectedView;
use serde::Serialize;

/// Content of the sheets of a node that the page takes into account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetContentView<'a> {
    /// Marks of the node by edition, newest first; empty if no edition gives any.
    pub judgements: Vec<EditionJudgementsView<'a>>,
    /// Scales of the marks in `judgements`.
    pub scales: Vec<ScaleLegend<'a>>,
    /// Share of the indicators that reached their targets; `None` if the strategy declares no method for it.
    pub share: Option<ComputedView<'a>>,
    /// Indicators with their values; empty if there are none.
    pub indicators: Vec<IndicatorView<'a>>,
    /// Key amounts; `None` if no amount was printed as a number.
    pub key_money: Option<KeyMoney<'a>>,
    /// True if any indicator states differences, which the site computes.
    pub has_differences: bool,
    /// Scales of the marks of the indicators.
    pub indicator_scales: Vec<ScaleLegend<'a>>,
    /// Places in surveys of residents, newest first; empty if there are none.
    pub surveys: Vec<PlaceInSurveyView<'a>>,
    /// Text of the newest sheet that has any; `None` if no sheet has text.
    pub prose: Option<ProseView<'a>>,
    /// Table of money; `None` if no amounts were printed.
    pub money: Option<AmountsView<'a>>,
    /// Table of staff in full-time equivalents; `None` if no numbers were printed.
    pub staff: Option<AmountsView<'a>>,
    /// Sources of funding; `None` if none were printed.
    pub funding: Option<FundingView<'a>>,
    /// Amounts of sub-items; empty if there are none.
    pub sub_items: Vec<SubItemView<'a>>,
    /// Printed totals of further kinds of money, and over all years; `None` if there are none.
    pub totals_of_kinds: Option<AmountsView<'a>>,
    /// True if there is any amount of money or staff of the node itself.
    pub has_costs: bool,
    /// Answers to earlier remarks, of the newest sheet that has any; `None` if no sheet has any.
    pub responses: Option<ResponsesView<'a>>,
    /// Corrections (訂正), newest first; empty if there are none.
    pub corrections: Vec<CorrectionView<'a>>,
    /// Link to all corrections of the strategy; `None` without `corrections`.
    pub all_corrections: Option<String>,
    /// Remarks on the sources, newest edition first; empty if there are none.
    pub remarks: Vec<&'a str>,
    /// Source of each sheet, newest first.
    pub sources: Vec<SourceView<'a>>,
}

/// Marks that one edition gives a node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditionJudgementsView<'a> {
    /// The edition.
    #[serde(skip)]
    pub(crate) edition_ix: EditionIx,
    /// Label of the edition.
    pub edition: &'a str,
    /// Evaluator who gave the marks: `市による自己評価`. `None` if not declared.
    pub judged_by: Option<&'a str>,
    /// Marks by scale, except those in `tables`.
    pub judgements: Vec<JudgementView<'a>>,
    /// Marks on scales of a group, or of several judges. If `judgements` is empty, there are any.
    pub tables: Vec<JudgementTable<'a>>,
}

impl EditionJudgementsView<'_> {
    /// Links to the explanations of the scales.
    fn scale_links(&self) -> impl Iterator<Item = &String> {
        let in_tables = self.tables.iter().flat_map(|table| &table.rows).map(|row| &row.href);
        self.judgements.iter().map(|judgement| &judgement.href).chain(in_tables)
    }
}

/// Source of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceView<'a> {
    /// Edition with its document.
    pub edition: EditionView<'a>,
    /// Page numbers in the document: `12–13`. `None` if not given.
    pub page: Option<&'a str>,
    /// Correction (訂正) of the page numbers; `None` if they were not corrected.
    pub page_corrected: Option<CorrectedView<'a>>,
}

impl<'a> SheetContentView<'a> {
    /// Number of charts of indicators and money. Sparklines are not counted.
    pub(crate) fn chart_count(&self) -> usize {
        let indicator_charts = self.indicators.iter().filter(|indicator| indicator.chart.is_some()).count();
        indicator_charts + usize::from(self.money.as_ref().is_some_and(|money| money.chart.is_some()))
    }

    /// Builds the content of the sheets of a node that the page takes into account. `page` is the state for rendering
    /// its prose.
    pub(crate) fn new(context: &ViewContext<'a>, id: NodeId, page: &mut PageState<'_>) -> Self {
        let sheets = context.sheets(id);
        let newest_first = || sheets.iter().rev().copied();
        let sources = newest_first().filter_map(|sheet| {
            let edition = context.edition(id.strategy, sheet.edition)?;
            Some(SourceView {
                edition: EditionView::new(context, id.strategy, edition),
                page: sheet.page.as_deref(),
                page_corrected: CorrectedView::of_sheet(context, id, sheet, &CellKey::Page),
            })
        });
        let remarks = newest_first().flat_map(|sheet| &sheet.remarks).map(|remark| remark.text.as_str());
        let mut judgements = judgements_by_edition(context, id);
        let prose = newest_first().find_map(|sheet| Some((sheet, sheet_prose(context, id, sheet, 3, page)?)));
        if let (Some(newest), Some((sheet, prose))) = (judgements.first_mut(), &prose)
            && newest.edition_ix == sheet.edition
            && context.print_part.is_none()
        {
            add_reasons(context, id, sheet, &prose.sections, &mut newest.judgements);
        }
        let indicators = indicators(context, id);
        let corrections = correction::of_node(context, id);
        let key_money = key_money(context, id);
        let (money, staff) = (money(context, id), staff(context, id));
        let (sub_items, totals_of_kinds) = (sub_items(context, id), totals_of_kinds(context, id));
        let indicator_scales = indicators.iter().flat_map(|i| &i.judgements).map(|judgement| &judgement.href);
        Self {
            scales: scales_of(context, id.strategy, &judgements),
            has_differences: indicators.iter().any(|indicator| !indicator.differences.is_empty()),
            key_money,
            indicator_scales: ScaleLegend::combined(ScaleLegend::all(context, id.strategy, indicator_scales)),
            judgements,
            share: share(context, id),
            indicators,
            surveys: places_in_surveys(context, id),
            prose: prose.map(|(_, prose)| prose),
            has_costs: money.is_some() || staff.is_some() || totals_of_kinds.is_some() || !sub_items.is_empty(),
            money,
            staff,
            funding: funding(context, id),
            sub_items,
            totals_of_kinds,
            responses: response::responses(context, id, &sheets),
            all_corrections: (!corrections.is_empty())
                .then(|| context.link(&address::corrections(context.report.strategy(id.strategy)))),
            corrections,
            remarks: remarks.collect(),
            sources: sources.collect(),
        }
    }
}

/// Marks of a node by edition, newest first.
pub(crate) fn judgements_by_edition<'a>(context: &ViewContext<'a>, id: NodeId) -> Vec<EditionJudgementsView<'a>> {
    let (kind, sheets) = (context.report.node(id).kind, context.sheets(id));
    let judgements = sheets.into_iter().rev().filter_map(|sheet| {
        let scales = &context.report.strategy(id.strategy).scales;
        let is_in_table =
            |judgement: &Judgement| scales.get(judgement.scale.0).is_some_and(judgement_table::is_tabulated);
        let others: Vec<_> = sheet.judgements.iter().filter(|judgement| !is_in_table(judgement)).collect();
        let title = |_, scale: &'a Scale| (!judgement_table::is_tabulated(scale)).then(|| scale.title.as_str().into());
        let judgements = judgement::by_scale(context, id.strategy, kind.key(), &others, title);
        let judgements = judgement::with_steps(judgements, context.report.strategy(id.strategy));
        let tables = judgement_table::tables(context, id.strategy, &sheet.judgements);
        let any = !judgements.is_empty() || !tables.is_empty();
        let edition = context.edition(id.strategy, sheet.edition).filter(|_| any)?;
        let judged_by = edition.judged_by.as_deref();
        Some(EditionJudgementsView {
            edition_ix: sheet.edition,
            edition: &edition.label,
            judged_by,
            judgements,
            tables,
        })
    });
    judgements.collect()
}

/// Legends of the scales of marks.
pub(crate) fn scales_of<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    judgements: &[EditionJudgementsView<'a>],
) -> Vec<ScaleLegend<'a>> {
    let links = judgements.iter().flat_map(EditionJudgementsView::scale_links);
    ScaleLegend::combined(ScaleLegend::all(context, ix, links))
}
