//! Unique ids and region names of a page.

use std::collections::HashMap;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// Allocator of unique ids and unique region names for one page.
///
/// All ids of a page are allocated from the same `PageIds`, in page order, so that headings of
/// several texts and other elements never collide.
#[derive(Debug, Clone, Default)]
pub struct PageIds {
    prefix: String,
    ids: Taken,
    regions: Taken,
}

impl PageIds {
    /// An allocator whose heading ids begin with `prefix`, for one part of a page.
    pub fn with_prefix(prefix: String) -> Self {
        Self { prefix, ..Self::default() }
    }

    /// Derives a unique id from the text of a heading. Japanese is kept: `現状・課題` becomes `現状-課題`.
    pub fn heading(&mut self, text: &str) -> String {
        self.unique(&format!("{}{}", self.prefix, slug(text)))
    }

    /// Returns `wanted`, with the first free number appended if it is taken: `note`, `note-2`.
    pub fn unique(&mut self, wanted: &str) -> String {
        self.ids.take(wanted, "-")
    }

    /// Returns a unique region name, numbered if `wanted` is taken. Screen readers list regions by name.
    pub fn region(&mut self, wanted: &str) -> String {
        self.regions.take(wanted, " ")
    }
}

/// Allocated names, each with the last number appended to it.
#[derive(Debug, Clone, Default)]
struct Taken(HashMap<String, u32>);

impl Taken {
    fn take(&mut self, wanted: &str, separator: &str) -> String {
        let mut number = self.0.get(wanted).copied().unwrap_or(0);
        let mut free = wanted.to_owned();
        while self.0.contains_key(&free) {
            number = number.saturating_add(1).max(2);
            free = format!("{wanted}{separator}{number}");
        }
        self.0.insert(wanted.to_owned(), number);
        self.0.entry(free.clone()).or_insert(0);
        free
    }
}

/// Slug of a text: lower-case letters and digits of any script, separated by `-`; `heading` if there are none.
fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for char in text.chars().flat_map(char::to_lowercase) {
        if char.is_alphanumeric() || char == '_' || char.general_category_group() == GeneralCategoryGroup::Mark {
            slug.push(char);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() { "heading".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(headings: &[&str], expect: &[&str]) {
        let mut ids = PageIds::default();
        let got: Vec<String> = headings.iter().map(|heading| ids.heading(heading)).collect();
        assert_eq!(got, expect);
    }

    #[test]
    fn derives_ids_from_heading_text() {
        check(&["現状・課題"], &["現状-課題"]);
        check(&["（１）Ｕ・Ｉターン"], &["１-ｕ-ｉターン"]);
        check(&["Current State & Issues"], &["current-state-issues"]);
        check(&["ガ\u{3099}"], &["ガ\u{3099}"]);
    }

    #[test]
    fn uses_default_id_for_text_without_letters() {
        check(&["", "◆◆", "…"], &["heading", "heading-2", "heading-3"]);
    }

    #[test]
    fn numbers_repeated_headings() {
        check(&["成果", "成果", "成果"], &["成果", "成果-2", "成果-3"]);
    }

    #[test]
    fn skips_numbers_in_use() {
        check(&["成果 2", "成果", "成果", "成果 2"], &["成果-2", "成果", "成果-3", "成果-2-2"]);
    }

    #[test]
    fn counts_regions_separately_from_ids() {
        let mut ids = PageIds::default();
        assert_eq!(ids.unique("表"), "表");
        assert_eq!(ids.region("表"), "表");
        assert_eq!(ids.region("表"), "表 2");
    }
}
