//! Permitted destinations of links and images.

use super::{RenderOptions, Resolved};
use crate::model::{Href, Scheme};

/// Resolves a link; `None` if only its text is rendered.
pub(super) fn link(destination: &str, options: &RenderOptions<'_>) -> Option<Resolved> {
    match (options.resolve)(destination) {
        Some(resolved) => Some(resolved).filter(|to| scheme(&to.href).is_none() || is_address(&to.href)),
        None => is_address(destination).then(|| Resolved { href: destination.to_owned(), title: None, size: None }),
    }
}

/// Resolves an image; `None` if only its alternative text is rendered.
pub(super) fn image(destination: &str, options: &RenderOptions<'_>) -> Option<Resolved> {
    (options.resolve)(destination).filter(|to| scheme(&to.href).is_none() && !to.href.starts_with("//"))
}

fn is_address(href: &str) -> bool {
    Href::parse(href, &Scheme::ALL).is_some()
}

/// The scheme as a browser parses it, in lower case. Browsers ignore control characters: `java&#10;script:`.
fn scheme(href: &str) -> Option<String> {
    let seen: String = href.chars().filter(|char| !char.is_ascii_control() && !char.is_whitespace()).collect();
    let (scheme, _) = seen.split_once(':')?;
    let is_scheme = scheme.starts_with(|char: char| char.is_ascii_alphabetic())
        && scheme.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '+' | '-' | '.'));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(href: &str, expect: Option<&str>) {
        assert_eq!(scheme(href).as_deref(), expect, "{href:?}");
    }

    #[test]
    fn detects_schemes_as_browsers_do() {
        check("https://example.jp/", Some("https"));
        check("JavaScript:alert(1)", Some("javascript"));
        check(" java\nscript\t:alert(1)", Some("javascript"));
        check("policy:5-1-1", Some("policy"));
        check("kaminoyama/sosei/goal:2", None);
        check("../2019.html#h:1", None);
        check("資料:1", None);
        check("", None);
    }
}
