//! Page list, addresses and view data of the site.
//!
//! [`plan()`] lists the pages without rendering any. A [`ViewBuilder`] turns one page of the plan into a [`View`]: a
//! typed value with everything its template prints, so that templates never fetch data. Nothing here performs IO, and
//! the rendering of a view is up to the [`crate::theme::Theme`]. The report contains sheets of draft editions only if
//! drafts are shown, and they are then marked as drafts.

pub mod address;
pub mod claims;
pub mod discovery;
mod embed;
mod key_facts;
mod lists;
mod mark_counts;
mod order;
mod plan;
pub mod search_files;
pub mod search_grams;
mod summary;
#[cfg(test)]
mod tests;
mod url;
pub mod view;

pub use key_facts::{NewestSum, TargetCounts, TopNode};
pub use mark_counts::{MarkCount, MarkCounts};
pub use order::ReadingOrder;
pub use plan::{NodeFile, Page, PageKind, chart_files, files, package_files, plan, plan_site_level, plan_strategies};
pub(crate) use summary::enclosing_period;
pub use summary::{Summary, SummaryError};
pub use url::Url;
pub use view::{View, ViewBuilder};
