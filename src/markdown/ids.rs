//! Ids and names that occur once on a page.

use std::collections::HashMap;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// Hands out the ids of one page, each only once, and the names of its regions likewise.
///
/// Headings of several texts, and whatever else on the page bears an id, are told apart by
/// asking the same `HeadingIds`, in the order in which they stand on the page.
#[derive(Debug, Clone, Default)]
pub struct HeadingIds {
    prefix: String,
    ids: Taken,
    regions: Taken,
}

impl HeadingIds {
    /// The ids of a part of a page, each of which begins with `prefix`.
    pub fn with_prefix(prefix: String) -> Self {
        Self { prefix, ..Self::default() }
    }

    /// The id of a heading, from its words. Japanese stays: `現状・課題` becomes `現状-課題`.
    pub fn heading(&mut self, words: &str) -> String {
        self.unique(&format!("{}{}", self.prefix, slug(words)))
    }

    /// The wanted id, or if it is taken, with the first number that is free: `note`, `note-2`.
    pub fn unique(&mut self, wanted: &str) -> String {
        self.ids.take(wanted, "-")
    }

    /// The wanted name of a region, or with a number: screen readers list regions by name.
    pub fn region(&mut self, wanted: &str) -> String {
        self.regions.take(wanted, " ")
    }
}

/// What has been handed out, each with the number last used to tell it apart.
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

/// Words as an id: letters and digits of any script, in lower case, `-` between them.
fn slug(words: &str) -> String {
    let mut slug = String::with_capacity(words.len());
    for char in words.chars().flat_map(char::to_lowercase) {
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

    fn check(words: &[&str], expect: &[&str]) {
        let mut ids = HeadingIds::default();
        let got: Vec<String> = words.iter().map(|words| ids.heading(words)).collect();
        assert_eq!(got, expect);
    }

    #[test]
    fn words_become_ids() {
        check(&["現状・課題"], &["現状-課題"]);
        check(&["（１）Ｕ・Ｉターン"], &["１-ｕ-ｉターン"]);
        check(&["Current State & Issues"], &["current-state-issues"]);
        check(&["ガ\u{3099}"], &["ガ\u{3099}"]);
    }

    #[test]
    fn words_without_letters_have_an_id_too() {
        check(&["", "◆◆", "…"], &["heading", "heading-2", "heading-3"]);
    }

    #[test]
    fn the_same_words_are_told_apart() {
        check(&["成果", "成果", "成果"], &["成果", "成果-2", "成果-3"]);
    }

    #[test]
    fn a_number_that_is_taken_is_passed_over() {
        check(&["成果 2", "成果", "成果", "成果 2"], &["成果-2", "成果", "成果-3", "成果-2-2"]);
    }

    #[test]
    fn regions_are_counted_apart_from_ids() {
        let mut ids = HeadingIds::default();
        assert_eq!(ids.unique("表"), "表");
        assert_eq!(ids.region("表"), "表");
        assert_eq!(ids.region("表"), "表 2");
    }
}
