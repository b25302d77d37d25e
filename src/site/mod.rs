//! The site: which pages there are, where they lie, and what each of them shows.
//!
//! [`plan()`] lists the pages without drawing any. A [`Viewer`] turns one page of the plan
//! into a [`View`]: a typed value that holds everything its template prints, so that
//! templates never fetch. Nothing here does IO, and what a [`crate::theme::Theme`] makes of
//! a view is its own matter. Sheets of draft editions are in the report that comes here
//! only where they are to be shown, and then they are marked.

pub mod address;
pub mod claims;
mod order;
mod plan;
mod summary;
#[cfg(test)]
mod tests;
mod url;
pub mod view;

pub use order::Order;
pub use plan::{NodeFile, Page, PageKind, files, plan, plan_site_level, plan_strategies};
pub(crate) use summary::hull;
pub use summary::{Summary, SummaryError};
pub use url::Url;
pub use view::{View, Viewer};
