//! Acknowledgements of findings of `shirube check`.

use crate::diagnostic::Span;

/// Acknowledgement that a finding is not an error in the content: `[[acknowledge]]`, in the file of the
/// finding (`strategy.toml`, `policy.md`, a sheet, a variant of a sheet).
///
/// ```toml
/// [[acknowledge]]
/// rule = "part-sum"
/// about = "money.settlement.R5"       # optional; by default, all findings of the rule in this file
/// reason = "資料のとおり。内訳は端数を四捨五入したもの"
/// ```
/// It remains valid after a new edition: an acknowledgement in a sheet covers findings in the editions up to that of
/// the sheet, and the same figures if a later sheet reprints them. Other figures are a new finding.
///
/// It is addressed to the maintainers of the content and not shown to readers; use `[[remark]]` for the latter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledgement {
    /// `rule`: code of the rule that reports the finding.
    pub rule: String,
    /// `about`: key that the finding is about, or a prefix of whole components: `indicator.tour` for all
    /// findings about that indicator.
    pub about: Option<String>,
    /// `reason`: reason why the content is correct.
    pub reason: String,
    /// Span of the rule code.
    pub span: Span,
}
