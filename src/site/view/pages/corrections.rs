//! Page with all corrections (訂正) of a strategy.

use crate::correction;
use crate::exchange::package::TableId;
use crate::model::StrategyIx;
use crate::site::address;
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
    /// Link to the corrections as a CSV file; `None` if the site has no data packages.
    pub csv: Option<String>,
}

/// Builds the page of the corrections of a strategy.
pub(crate) fn corrections<'a>(context: &ViewContext<'a>, ix: StrategyIx) -> CorrectionsView<'a> {
    let corrections = correction::of_strategy(context.report, ix);
    let csv = address::package_file(context.report.strategy(ix), TableId::Corrections.file_name());
    CorrectionsView {
        layout: Layout::of_overview(context, ix),
        corrections: corrections.iter().map(|correction| CorrectionView::new(context, correction)).collect(),
        csv: address::has_data(context.report, ix).then(|| context.link(&csv)),
    }
}
