//! Findings of `shirube check` that were looked into and stand as they are.

use crate::diagnostic::Span;

/// A finding that is no mistake of the content: `[[acknowledge]]`, in the file in which the
/// finding stands (`strategy.toml`, `policy.md`, a sheet, a variant of a sheet).
///
/// ```toml
/// [[acknowledge]]
/// rule = "part-sum"
/// about = "money.settlement.R5"       # may be left out: all findings of the rule in this file
/// reason = "資料のとおり。内訳は端数を四捨五入したもの"
/// ```
/// A new edition changes nothing of it: in a sheet it is about what is found with the editions up to that of the sheet,
/// and about the same figures where a later sheet prints them again. Other figures are a new finding.
///
/// It is for those who keep the content and is not shown to readers; what readers should know
/// is a `[[remark]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledgement {
    /// `rule`: the name of the rule whose finding is meant.
    pub rule: String,
    /// `about`: the key that the finding is about, or the beginning of it, by whole steps:
    /// `indicator.tour` for all of that indicator.
    pub about: Option<String>,
    /// `reason`: why it stands as it is.
    pub reason: String,
    /// Where the name of the rule stands.
    pub span: Span,
}
