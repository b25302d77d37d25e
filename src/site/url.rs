//! Addresses within the site, and how one page writes the way to another.
//!
//! Every link is relative and names its file, so that the site works under any sub-path,
//! from an object store and from `file://`.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt;

/// Where a page or file of the site lies: its path below the site's root, unencoded, and
/// perhaps a place within it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Url {
    path: String,
    fragment: Option<String>,
}

impl Url {
    /// The page or file at `path`, written with `/` and without one at the start.
    pub fn new(path: impl Into<String>) -> Self {
        Self { path: path.into(), fragment: None }
    }

    /// The place with the id `fragment` within the same page.
    pub fn at(&self, fragment: impl Into<String>) -> Self {
        Self { path: self.path.clone(), fragment: Some(fragment.into()) }
    }

    /// The path below the root, as it is written on disk.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The link to be written on the page `from`, percent-encoded: `../goals/2.html#kpi`.
    pub fn relative_to(&self, from: &Url) -> String {
        let mut link = String::with_capacity(self.path.len() + 8);
        if self.path != from.path || self.fragment.is_none() {
            // The folders that both are in need no word.
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

/// All but the unreserved characters of RFC 3986.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// The colon of a path is encoded too: a link that begins `a:` would name a scheme.
const ENCODED_IN_PATH: &AsciiSet = &ENCODED.remove(b'/');

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: &str, to: Url, expect: &str) {
        assert_eq!(to.relative_to(&Url::new(from)), expect, "from {from} to {to}");
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
    fn a_folder_and_a_file_of_one_name_are_not_the_same_step() {
        check("a/b.html", Url::new("a/b.html/c.html"), "b.html/c.html");
        check("a/b/c", Url::new("a/b"), "../b");
    }

    #[test]
    fn a_place_on_the_same_page_is_only_a_fragment() {
        check("a/b.html", Url::new("a/b.html").at("kpi"), "#kpi");
        check("a/b.html", Url::new("a/c.html").at("kpi"), "c.html#kpi");
        check("a/b.html", Url::new("a/b.html"), "b.html");
    }

    #[test]
    fn what_a_url_cannot_hold_is_percent_encoded() {
        check("index.html", Url::new("a/写真 1.jpg"), "a/%E5%86%99%E7%9C%9F%201.jpg");
        check("index.html", Url::new("a:b.html"), "a%3Ab.html");
        check("index.html", Url::new("index.html").at("課"), "#%E8%AA%B2");
    }
}
