//! The site: which pages there are, where they lie, and what each of them shows.
//!
//! [`plan`] lists the pages without drawing any. A [`Viewer`] turns one page of the plan
//! into a [`View`]: a typed value that holds everything its template prints, so that
//! templates never fetch. Nothing here does IO, and what a [`crate::theme::Theme`] makes of
//! a view is its own matter.

pub mod address;
mod order;
mod plan;
mod url;
pub mod view;

pub use order::Order;
pub use plan::{NodeFile, Page, PageKind, files, plan};
pub use url::Url;
pub use view::{View, Viewer};

use crate::model::{Node, Sheet, Strategy};

/// The sheets of a node that may be seen: those of no draft edition.
pub fn published_sheets<'a>(strategy: &'a Strategy, node: &'a Node) -> impl DoubleEndedIterator<Item = &'a Sheet> {
    let draft = |sheet: &&Sheet| strategy.editions.get(sheet.edition.0).is_none_or(|edition| edition.draft);
    node.sheets.iter().filter(move |sheet| !draft(sheet))
}
