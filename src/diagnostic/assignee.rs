//! Those who answer for a finding.

/// The strategy to which the file of a finding belongs, and the department in charge of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Assignee {
    /// Path of the strategy below the content folder.
    pub strategy: String,
    /// Title of the strategy.
    pub title: String,
    /// Department as printed, several joined by `・`; `None` if none is printed.
    pub department: Option<String>,
}
