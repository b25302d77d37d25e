//! Markdown: the words of a sheet, split at their headings, searched for links, made into HTML.
//!
//! CommonMark as [`pulldown_cmark`] reads it, with tables and footnotes, and these differences,
//! which `emphasis.md` and `page.md` beside this file show case by case:
//!
//! - `**` works beside Japanese brackets and punctuation.
//! - Raw HTML is text. So is a `~`: `10~20`, `～`.
//! - A line break between two Japanese characters leaves no space.
//! - Links and images lead where the site says ([`Options::resolve`]) or are text.
//! - Headings are placed below those of the page and have ids; tables can be scrolled with the
//!   keyboard; footnotes lead back to the text.
//! - Terms of the glossary are links where a page first uses them.
//!
//! Every offset that is handed out points into the text as it was given.

mod emphasis;
mod events;
mod footnotes;
mod glossary;
mod ids;
mod outline;
#[cfg(test)]
mod properties;
mod render;
mod table;
mod target;
#[cfg(test)]
mod tests;

mod words;

pub use glossary::{TermLinks, Terms};
pub use ids::HeadingIds;
pub use outline::{blanks, links, raw_html, split};
pub use render::to_html;
pub use words::first_words;

use crate::texts::Texts;

/// What a destination becomes in the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// Where it leads: relative to the page, or an [`Href`](crate::model::Href). Anything else is refused.
    pub href: String,
    /// What is shown when the pointer rests on it, unless the text itself gives a title.
    pub title: Option<String>,
}

/// The plain text under one heading, or before the first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Passage {
    /// The id and the words of the heading.
    pub heading: Option<(String, String)>,
    /// One line for each block, a space between cells. Numbers of footnotes are left out; an image is
    /// its description.
    pub text: String,
}

/// How a text is shown on its page.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// The level (2–6) at which the highest heading of the text stands on the page. Levels never skip.
    pub top_heading: u8,
    /// Stands before the ids of footnotes, so that they can be told apart when a page holds several texts.
    pub id_prefix: &'a str,
    /// What a destination becomes. `None` keeps links that are an [`Href`](crate::model::Href) and shows anything
    /// else, images too, as plain text. Images must become relative: a page requests nothing elsewhere.
    pub resolve: &'a dyn Fn(&str) -> Option<Resolved>,
    /// The texts of the site.
    pub texts: &'a Texts,
}

/// What the texts of one page share.
#[derive(Debug, Default)]
pub struct PageState<'t> {
    /// The ids and names that are taken.
    pub ids: HeadingIds,
    /// The links to the glossary; `None` on pages that have none.
    pub terms: Option<TermLinks<'t>>,
    /// The plain text of what was rendered, for the search; `None` on pages that are not searched.
    pub passages: Option<Vec<Passage>>,
}
