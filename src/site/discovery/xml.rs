//! Writing of XML documents.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

/// Writer of a document in memory.
pub(super) type XmlWriter = Writer<Vec<u8>>;

/// Document that `write` fills, with its declaration and a final newline.
pub(super) fn document(write: impl FnOnce(&mut XmlWriter) -> io::Result<()>) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    write(&mut writer)?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

/// Writes the element `name` with the text `content`, without the characters that XML excludes.
pub(super) fn text_element(writer: &mut XmlWriter, name: &str, content: &str) -> io::Result<()> {
    let allowed: String = content.chars().filter(|c| is_allowed(*c)).collect();
    writer.create_element(name).write_text_content(BytesText::new(&allowed)).map(drop)
}

/// Returns true for the characters of XML 1.0.
fn is_allowed(c: char) -> bool {
    !matches!(c, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_any_text_as_well_formed_xml() {
        for (text, expected) in [
            ("<a href=\"x\">&amp;</a>", "<a href=\"x\">&amp;</a>"),
            ("]]>", "]]>"),
            ("\u{0}あ\u{b}\u{1f}\u{fffe}い\t\n", "あい\t\n"),
        ] {
            let bytes = document(|writer| text_element(writer, "title", text)).unwrap();
            let xml = String::from_utf8(bytes).unwrap();
            let document = roxmltree::Document::parse(&xml).unwrap();
            assert_eq!(document.root_element().text(), Some(expected));
        }
    }
}
