//! Drawn pages, read again: their tags.
//!
//! Some things are known only of a page as it was drawn: which words stand on it, and in
//! which order. Pages are markup of our own or of a theme's; whatever they are, reading
//! them cannot fail.

use memchr::memchr;

/// A start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    /// The name of the element.
    pub(crate) name: &'a str,
    /// The tag from `<` to `>`.
    pub(crate) whole: &'a str,
}

impl<'a> Tag<'a> {
    /// The attributes as written, with their values; attributes without a value have an empty one.
    pub(crate) fn attributes(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let mut rest = self.whole.get(1 + self.name.len()..).unwrap_or_default();
        std::iter::from_fn(move || {
            let blank = |byte: u8| byte.is_ascii_whitespace() || byte == b'/';
            let from = rest.bytes().position(|byte| !blank(byte))?;
            let (_, attribute) = rest.split_at(from);
            let end = attribute.bytes().position(|byte| blank(byte) || matches!(byte, b'=' | b'>'))?;
            let (name, after) = attribute.split_at(end);
            let (value, after) = match after.strip_prefix('=') {
                None => ("", after),
                Some(after) => value(after)?,
            };
            let ends = after.len() == attribute.len();
            rest = after;
            (!ends).then_some((name, value))
        })
    }

    /// The value of an attribute.
    pub(crate) fn attribute(self, name: &str) -> Option<&'a str> {
        self.attributes().find(|(found, _)| *found == name).map(|(_, value)| value)
    }
}

/// Whether an element has no end.
pub(crate) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area" | "base" | "br" | "col" | "embed" | "hr" | "img" | "input" | "link" | "meta" | "source" | "wbr"
    )
}

/// The value that stands after `=`, and what follows it.
fn value(after: &str) -> Option<(&str, &str)> {
    match after.as_bytes().first()? {
        quote @ (b'"' | b'\'') => {
            let (_, after) = after.split_at(1);
            let (value, after) = after.split_at(memchr(*quote, after.as_bytes())?);
            Some((value, after.get(1..)?))
        }
        _ => {
            let end = after.bytes().position(|byte| byte.is_ascii_whitespace() || byte == b'>').unwrap_or(after.len());
            Some(after.split_at(end))
        }
    }
}

/// The name of the element that a tag opens or closes.
pub(crate) fn name_of(tag: &str) -> &str {
    leading_name(tag.trim_start_matches(['<', '/']))
}

/// The name of an element with which a text begins.
fn leading_name(text: &str) -> &str {
    let end = text.bytes().position(|byte| !byte.is_ascii_alphanumeric() && byte != b'-').unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// Where a tag that begins a text ends: at the `>` that is in no attribute.
pub(crate) fn tag_end(tag: &str) -> usize {
    let mut bytes = tag.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'>' => return at + 1,
            b'"' | b'\'' => drop(bytes.find(|(_, close)| *close == byte)),
            _ => {}
        }
    }
    tag.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
        Tag { name: name_of(tag), whole: tag }.attribute(name)
    }

    #[test]
    fn attributes_are_read_however_they_are_written() {
        assert_eq!(attribute("<a id=\"x\" href='y z' hidden>", "href"), Some("y z"));
        assert_eq!(attribute("<a id=x href=\"y\">", "id"), Some("x"));
        assert_eq!(attribute("<a hidden>", "hidden"), Some(""));
        assert_eq!(attribute("<a data-id=\"x\">", "id"), None);
        assert_eq!(attribute("<a title=\" id='x'\">", "id"), None);
        assert_eq!(attribute("<a id=\"x>", "id"), None);
    }

    #[test]
    fn a_tag_ends_outside_its_attributes() {
        assert_eq!(tag_end("<p title=\"a > b\">x"), 17);
        assert_eq!(tag_end("<b"), 2);
    }

    proptest! {
        #[test]
        fn no_tag_is_too_odd(html in "<[<>/a-c\"'= &;#xあ!-]{0,40}") {
            let _ = attribute(&html[..tag_end(&html)], "a");
        }
    }
}
