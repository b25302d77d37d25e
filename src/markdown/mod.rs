//! Markdown processing: splitting a sheet at its headings, extracting links, rendering HTML.
//!
//! The dialect is CommonMark as parsed by [`pulldown_cmark`], with tables and footnotes and these differences,
//! specified case by case in `emphasis.md` and `page.md` in this folder:
//!
//! - `**` opens and closes emphasis next to Japanese brackets and punctuation.
//! - Raw HTML is rendered as text. `~` has no special meaning: `10~20`, `～`.
//! - A line break between two Japanese characters adds no space.
//! - Links and images are resolved by the site ([`RenderOptions::resolve`]); unresolved ones are rendered as text.
//! - Headings get ids, and their levels are shifted below those of the page; tables scroll with the
//!   keyboard; footnotes link back to their references.
//! - The first use of each glossary term on a page links to the glossary.
//! - In texts in easy Japanese, `{漢字|かんじ}` is ruby ([`ruby`]).
//!
//! All offsets returned by this module refer to the original text.

mod destination;
mod emphasis;
mod events;
mod figure;
mod footnotes;
mod glossary;
mod ids;
mod plain_text;
#[cfg(test)]
mod properties;
mod render;
pub(crate) mod ruby;
mod structure;
mod table;
#[cfg(test)]
mod tests;

pub use glossary::{TermIndex, TermLinks};
pub use ids::PageIds;
pub use plain_text::{excerpt, first_sentence};
pub use render::to_html;
pub use ruby::{ReadingRun, reading_blocks, without_readings};
pub use structure::{code_blocks, links, raw_html, split, unescaped_links};

use crate::texts::InterfaceTexts;

/// A resolved link destination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// URL relative to the page, or an [`Href`](crate::model::Href). Other values are rejected.
    pub href: String,
    /// Tooltip (`title` attribute), unless the Markdown itself gives a title.
    pub title: Option<String>,
    /// Width and height of an image in pixels; `None` for anything else, and if they are not known.
    pub size: Option<(u32, u32)>,
}

/// Plain text of one heading's content, or of the content before the first heading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Passage {
    /// Id and plain text of the heading; `None` for the content before the first heading.
    pub heading: Option<(String, String)>,
    /// One line per block, with a space between cells. Footnote numbers are omitted; images contribute their
    /// alternative text.
    pub text: String,
}

/// Rendering options of one text.
#[derive(Clone, Copy)]
pub struct RenderOptions<'a> {
    /// Level (2–6) that the text's highest heading gets on the page. Rendered levels are never skipped.
    pub top_heading: u8,
    /// Prefix of footnote ids, which keeps them unique on a page with several texts.
    pub id_prefix: &'a str,
    /// Resolves a link destination. If it returns `None`, a link that is an [`Href`](crate::model::Href) is kept;
    /// any other link, and every image, becomes plain text. Images must resolve to relative URLs, because pages
    /// make no requests to other hosts.
    pub resolve: &'a dyn Fn(&str) -> Option<Resolved>,
    /// Interface texts of the site.
    pub texts: &'a InterfaceTexts,
    /// Whether `{漢字|かんじ}` is ruby: true for texts in easy Japanese.
    pub ruby: bool,
}

/// State shared by all texts of one page.
#[derive(Debug, Default)]
pub struct PageState<'t> {
    /// Ids and region names in use.
    pub ids: PageIds,
    /// Glossary links; `None` on pages without them.
    pub terms: Option<TermLinks<'t>>,
    /// Plain text of the rendered content for the search index; `None` on pages that are not indexed.
    pub passages: Option<Vec<Passage>>,
}
