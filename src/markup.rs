//! Drawn pages, read again: their tags and texts one after the other.
//!
//! Some things are known only of a page as it was drawn: which words stand on it, and in
//! which order. Pages are markup of our own or of a theme's; whatever they are, reading
//! them cannot fail.

use memchr::{memchr, memmem};
use std::borrow::Cow;

/// A piece of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// What stands between two tags, as written.
    Text(&'a str),
    /// `<name …>`, whole; also of elements that have no end.
    Open(Tag<'a>),
    /// `</name>`.
    Close(&'a str),
}

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

    /// Whether there is no end tag to come.
    pub(crate) fn is_void(self) -> bool {
        self.whole.ends_with("/>") || is_void(self.name)
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

/// The pieces of `html`. Comments and declarations are left out.
pub(crate) fn pieces(html: &str) -> Pieces<'_> {
    Pieces { rest: html }
}

/// The pieces of a page, one after the other.
pub(crate) struct Pieces<'a> {
    rest: &'a str,
}

impl<'a> Pieces<'a> {
    /// Goes on at the end of an element that was opened just now: what is within it is left out.
    pub(crate) fn skip_to_end_of(&mut self, name: &str) {
        let (begin, end) = (format!("<{name}"), format!("</{name}"));
        let mut open = 1;
        while let Some(at) = memmem::find(self.rest.as_bytes(), end.as_bytes()) {
            let (within, after) = self.rest.split_at(at);
            open += memmem::find_iter(within.as_bytes(), begin.as_bytes()).count();
            open -= 1;
            if open == 0 {
                self.rest = after;
                return;
            }
            self.rest = after.get(end.len()..).unwrap_or_default();
        }
        self.rest = "";
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            if !self.rest.starts_with('<') {
                let end = memchr(b'<', self.rest.as_bytes()).unwrap_or(self.rest.len());
                let (text, after) = self.rest.split_at(end);
                self.rest = after;
                return (!text.is_empty()).then_some(Piece::Text(text));
            }
            let (whole, after) = self.rest.split_at(tag_end(self.rest));
            self.rest = after;
            let (name, closes) = match whole.strip_prefix("</") {
                Some(name) => (name, true),
                None => (whole.get(1..).unwrap_or_default(), false),
            };
            let name = leading_name(name);
            if closes {
                return Some(Piece::Close(name));
            }
            if !name.is_empty() {
                return Some(Piece::Open(Tag { name, whole }));
            }
        }
    }
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

/// What a written text says: with its character references read.
///
/// Only those are known that themes and Markdown write; others stay as they are.
pub(crate) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        out.push_str(before);
        let read = reference.get(1..).and_then(|name| name.split_once(';')).and_then(|(name, after)| {
            let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => number.parse().ok(),
            });
            let character = match name {
                "amp" => Some('&'),
                "lt" => Some('<'),
                "gt" => Some('>'),
                "quot" => Some('"'),
                "apos" => Some('\''),
                "nbsp" => Some('\u{a0}'),
                _ => number.and_then(char::from_u32),
            };
            Some((character?, after))
        });
        match read {
            Some((character, after)) => {
                out.push(character);
                rest = after;
            }
            None => {
                out.push('&');
                rest = reference.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The pieces of a text, written one to a word: `+p` opens, `-p` closes.
    fn check(html: &str, expect: &[&str]) {
        let said = pieces(html).map(|piece| match piece {
            Piece::Text(text) => text.to_owned(),
            Piece::Open(tag) => format!("+{}", tag.name),
            Piece::Close(name) => format!("-{name}"),
        });
        assert_eq!(said.collect::<Vec<_>>(), expect, "{html}");
    }

    #[test]
    fn tags_and_texts_come_in_their_order() {
        check("<!DOCTYPE html>\n<p id=\"a\">あ<br>い</p>", &["\n", "+p", "あ", "+br", "い", "-p"]);
        check("<p title=\"a > b\">x", &["+p", "x"]);
        check("<!-- c --><font-face/>", &["+font-face"]);
        check("a<b", &["a", "+b"]);
    }

    #[test]
    fn attributes_are_read_however_they_are_written() {
        let attribute = |tag: &'static str, name: &str| match pieces(tag).next() {
            Some(Piece::Open(tag)) => tag.attributes().find(|(found, _)| *found == name).map(|(_, value)| value),
            _ => None,
        };
        assert_eq!(attribute("<a id=\"x\" href='y z' hidden>", "href"), Some("y z"));
        assert_eq!(attribute("<a id=x href=\"y\">", "id"), Some("x"));
        assert_eq!(attribute("<a hidden>", "hidden"), Some(""));
        assert_eq!(attribute("<a data-id=\"x\">", "id"), None);
        assert_eq!(attribute("<a title=\" id='x'\">", "id"), None);
        assert_eq!(attribute("<a id=\"x>", "id"), None);
    }

    #[test]
    fn character_references_are_read() {
        assert_eq!(unescape("A&amp;B &lt;&#x27;&#39;&quot; &amp;lt;"), "A&B <''\" &lt;");
        assert_eq!(unescape("R&D &; &unknown; &#x110000; &"), "R&D &; &unknown; &#x110000; &");
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(html in "[<>/a-c\"'= &;#xあ!-]{0,40}") {
            for piece in pieces(&html) {
                if let Piece::Open(tag) = piece {
                    let _ = tag.attributes().count();
                }
            }
            let _ = unescape(&html);
        }
    }
}
