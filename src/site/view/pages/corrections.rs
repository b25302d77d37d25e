//! Page with all corrections (訂正) of a strategy.

use crate::correction;
use crate::model::StrategyIx;
use crate::site::view::context::ViewContext;
use crate::site::view::sections::correction::CorrectionView;
use crate::site::view::sections::layout::Layout;
use serde::Serialize;

/// Corrections of a strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CorrectionsView<'a> {
    /// Layout data.
    pub layout: Layout<'a>,
    /// Corrections, newest first; never empty.
    pub corrections: Vec<CorrectionView<'a>>,
}

/// Builds the page of the corrections of a strategy.
pub(crate) fn corrections<'a>(context: &ViewContext<'a>, ix: StrategyIx) -> CorrectionsView<'a> {
    let corrections = correction::of_strategy(context.report, ix);
    CorrectionsView {
        layout: Layout::of_overview(context, ix),
        corrections: corrections.iter().map(|correction| CorrectionView::new(context, correction)).collect(),
    }
}
