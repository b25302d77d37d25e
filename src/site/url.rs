//! Addresses within the site, and relative links between its pages.
//!
//! Every link is relative and names its file, so that the site works under any sub-path, from an object store and from
//! `file://`.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt;

/// Address of a page or file of the site: its unencoded path below the site root, with an optional fragment.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Url {
    path: String,
    fragment: Option<String>,
}

impl Url {
    /// Address of the page or file at `path`, which is separated by `/` and does not begin with one.
    pub fn new(path: impl Into<String>) -> Self {
        Self { path: path.into(), fragment: None }
    }

    /// Address of the element with the id `fragment` on the same page.
    pub fn with_fragment(&self, fragment: impl Into<String>) -> Self {
        Self { path: self.path.clone(), fragment: Some(fragment.into()) }
    }

    /// Path below the site root as on disk, not percent-encoded.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Percent-encoded link from the page `from`: `../goals/2.html#kpi`.
    pub fn relative_to(&self, from: &Url) -> String {
        let mut link = String::with_capacity(self.path.len() + 8);
        if self.path != from.path || self.fragment.is_none() {
            // Leading folders that both paths share are omitted.
            let same = self.path.bytes().zip(from.path.bytes()).take_while(|(ours, theirs)| ours == theirs).count();
            let shared = self.path.as_bytes().iter().take(same).rposition(|byte| *byte == b'/').map_or(0, |at| at + 1);
            let (_, down) = self.path.split_at(shared);
            let (_, back) = from.path.split_at(shared);
            back.bytes().filter(|byte| *byte == b'/').for_each(|_| link.push_str("../"));
            link.extend(utf8_percent_encode(down, ENCODED_IN_PATH));
        }
        if let Some(fragment) = &self.fragment {
            link.push('#');
            link.extend(utf8_percent_encode(fragment, ENCODED));
        }
        link
    }
}

/// Writes the path below the root, percent-encoded.
impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.relative_to(&Url::new("")))
    }
}

/// All characters except the unreserved ones of RFC 3986.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// Keeps `/` but encodes `:`, since a relative link that begins with `a:` would be parsed as a scheme.
const ENCODED_IN_PATH: &AsciiSet = &ENCODED.remove(b'/');

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: &str, to: Url, expected: &str) {
        assert_eq!(to.relative_to(&Url::new(from)), expected, "from {from} to {to}");
    }

    #[test]
    fn links_are_relative_and_name_their_file() {
        check("index.html", Url::new("kitakami/index.html"), "kitakami/index.html");
        check("kitakami/index.html", Url::new("index.html"), "../index.html");
        check("kitakami/index.html", Url::new("kitakami/indicators.html"), "indicators.html");
        check("kitakami/policies/3.html", Url::new("kitakami/goals/2.html"), "../goals/2.html");
        check("kitakami/policies/3.html", Url::new("kitakami/policies/3/2019.html"), "3/2019.html");
        check("kitakami/policies/3/2019.html", Url::new("kitakami/policies/3.html"), "../3.html");
        check("a/shinko/programs/x.html", Url::new("a/sosei/goals/2.html"), "../../sosei/goals/2.html");
        check("a/programs/x.html", Url::new("assets/style.css"), "../../assets/style.css");
    }

    #[test]
    fn distinguishes_a_folder_from_a_file_of_the_same_name() {
        check("a/b.html", Url::new("a/b.html/c.html"), "b.html/c.html");
        check("a/b/c", Url::new("a/b"), "../b");
    }

    #[test]
    fn links_within_a_page_are_fragments_only() {
        check("a/b.html", Url::new("a/b.html").with_fragment("kpi"), "#kpi");
        check("a/b.html", Url::new("a/c.html").with_fragment("kpi"), "c.html#kpi");
        check("a/b.html", Url::new("a/b.html"), "b.html");
    }

    #[test]
    fn percent_encodes_reserved_characters() {
        check("index.html", Url::new("a/写真 1.jpg"), "a/%E5%86%99%E7%9C%9F%201.jpg");
        check("index.html", Url::new("a:b.html"), "a%3Ab.html");
        check("index.html", Url::new("index.html").with_fragment("課"), "#%E8%AA%B2");
    }
}
