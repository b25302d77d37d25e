//! Events of an XML part of a workbook. Document type definitions are refused.

use crate::diagnostic::{Bilingual, say};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::borrow::Cow;
use std::fmt::Display;

/// Maximum length of a tag with its attributes, in bytes.
const MAX_TAG: usize = 100_000;

/// Reader of a part.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    part: &'a str,
}

impl<'a> Xml<'a> {
    /// Reader of the `xml` of the part with the path `part`.
    pub(super) fn new(part: &'a str, xml: &'a str) -> Self {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, part }
    }

    /// The next event, `None` at the end of the part. Empty elements have a start and an end.
    pub(super) fn next(&mut self) -> Result<Option<Event<'a>>, Bilingual> {
        match self.reader.read_event() {
            Ok(Event::Eof) => Ok(None),
            Ok(Event::DocType(_)) => Err(self.damaged("document type definition")),
            Ok(Event::Start(element)) if element.len() > MAX_TAG => Err(self.damaged("long tag")),
            Ok(event) => Ok(Some(event)),
            Err(error) => Err(self.damaged(error)),
        }
    }

    /// The next event within an element; the part must not end here.
    pub(super) fn next_within(&mut self) -> Result<Event<'a>, Bilingual> {
        self.next()?.ok_or_else(|| self.damaged("unexpected end"))
    }

    /// Byte position after the last event.
    pub(super) fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// The values of the attributes with the local `names`.
    pub(super) fn attributes<'e, const N: usize>(
        &self,
        element: &'e BytesStart,
        names: [&str; N],
    ) -> Result<[Option<Cow<'e, str>>; N], Bilingual> {
        let mut values = [const { None }; N];
        for attribute in element.attributes() {
            let attribute = attribute.map_err(|error| self.damaged(error))?;
            let name = attribute.key.local_name();
            if let Some((_, value)) = names.iter().zip(&mut values).find(|(other, _)| **other == name.as_ref()) {
                let text = attribute.normalized_value(XmlVersion::Implicit1_0);
                *value = Some(text.map_err(|error| self.damaged(error))?);
            }
        }
        Ok(values)
    }

    /// The value of the attribute with the local name `name`.
    pub(super) fn attribute(&self, element: &BytesStart, name: &str) -> Result<Option<String>, Bilingual> {
        let [value] = self.attributes(element, [name])?;
        Ok(value.map(Cow::into_owned))
    }

    /// The value of a numeric attribute with the local name `name`.
    pub(super) fn number(&self, element: &BytesStart, name: &str) -> Result<Option<u32>, Bilingual> {
        let [value] = self.attributes(element, [name])?;
        value.map(|value| self.parsed(name, &value)).transpose()
    }

    /// The number that is the `value` of the attribute `name`.
    pub(super) fn parsed(&self, name: &str, value: &str) -> Result<u32, Bilingual> {
        value.parse().map_err(|_| self.damaged(format!("{name}=\"{value}\"")))
    }

    /// True unless the attribute `name` says that it is not; `default` without the attribute.
    pub(super) fn flag(&self, element: &BytesStart, name: &str, default: bool) -> Result<bool, Bilingual> {
        Ok(self.attribute(element, name)?.map_or(default, |value| !matches!(value.as_str(), "0" | "false" | "off")))
    }

    /// Error for this part, with a technical description of the damage.
    pub(super) fn damaged(&self, detail: impl Display) -> Bilingual {
        damaged(self.part, detail)
    }
}

/// Error for a workbook whose part `part` cannot be read, with a technical description of the damage.
pub(super) fn damaged(part: &str, detail: impl Display) -> Bilingual {
    let detail: String = detail.to_string().chars().take(200).collect();
    say!(
        ja: "ファイルが壊れているため、読み取れません（{part}: {detail}）。Excel で開き、「Excel ブック（.xlsx）」として保存し直してください",
        en: "the file is damaged ({part}: {detail}); open it in Excel and save it again as `.xlsx`"
    )
}
