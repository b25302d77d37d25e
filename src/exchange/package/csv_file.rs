//! CSV files as the machine-readability rules of the government require them: UTF-8 with BOM, CRLF, names of the columns in
//! the first line, one record per line.

use super::column::Column;
use crate::model::{Decimal, FiscalYear};
use csv::{Terminator, Writer, WriterBuilder};
use memchr::memchr2;
use std::borrow::Cow;

/// Mark by which Excel recognizes UTF-8.
pub(super) const BOM: &[u8] = "\u{feff}".as_bytes();

/// A cell. Empty if there is no value.
pub(super) type Cell<'r> = Cow<'r, str>;

/// A complete file.
#[derive(Debug)]
pub struct CsvFile {
    /// Content.
    pub bytes: Vec<u8>,
    /// Number of rows below the names of the columns.
    pub rows: usize,
}

/// A file to which rows are added.
pub(super) struct CsvWriter<const N: usize> {
    writer: Writer<Vec<u8>>,
    rows: usize,
}

impl<const N: usize> CsvWriter<N> {
    /// Starts a file with these columns.
    pub(super) fn new(columns: &'static [Column; N]) -> Self {
        let writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(BOM.to_vec());
        let mut file = Self { writer, rows: 0 };
        file.write(columns.iter().map(|column| column.name));
        file
    }

    /// Adds a row.
    pub(super) fn push(&mut self, cells: [Cell<'_>; N]) {
        self.rows += 1;
        self.write(cells.iter().map(AsRef::as_ref));
    }

    fn write<'c>(&mut self, cells: impl Iterator<Item = &'c str>) {
        let written = self.writer.write_record(cells);
        debug_assert!(written.is_ok(), "a vector accepts all bytes, and all rows have as many cells: {written:?}");
    }

    /// The file with all rows.
    pub(super) fn finish(self) -> CsvFile {
        let bytes = self.writer.into_inner();
        debug_assert!(bytes.is_ok(), "a vector accepts all bytes");
        CsvFile { bytes: bytes.unwrap_or_default(), rows: self.rows }
    }
}

/// An empty cell.
pub(super) const NONE: Cell<'static> = Cow::Borrowed("");

/// A text on one line: each line break becomes a space.
pub(super) fn text(text: &str) -> Cell<'_> {
    match memchr2(b'\r', b'\n', text.as_bytes()).is_some() {
        true => Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        false => Cow::Borrowed(text),
    }
}

/// A text on one line, if there is one.
pub(super) fn optional(given: Option<&str>) -> Cell<'_> {
    given.map_or(NONE, text)
}

pub(super) fn flag(flag: bool) -> Cell<'static> {
    Cow::Borrowed(if flag { "1" } else { "0" })
}

pub(super) fn year(year: Option<FiscalYear>) -> Cell<'static> {
    year.map_or(NONE, |year| Cow::Owned(year.0.to_string()))
}

pub(super) fn number(number: Option<Decimal>) -> Cell<'static> {
    number.map_or(NONE, |number| Cow::Owned(number.to_string()))
}

pub(super) fn count(count: usize) -> Cell<'static> {
    Cow::Owned(count.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::column::ColumnType;
    use super::*;

    #[test]
    fn writes_one_record_per_line_and_quotes_what_would_divide_it() {
        const COLUMNS: [Column; 2] =
            [Column::new("a", ColumnType::Text, "", ""), Column::new("b", ColumnType::Text, "", "")];
        let mut file = CsvWriter::new(&COLUMNS);
        file.push([text("一行目\n二行目"), text("1,234")]);
        file.push([text("「\"」"), NONE]);
        let file = file.finish();
        let expected = "\u{feff}a,b\r\n一行目 二行目,\"1,234\"\r\n「\"」,\r\n".replace("「\"」", "\"「\"\"」\"");
        assert_eq!((String::from_utf8(file.bytes).unwrap(), file.rows), (expected, 2));
    }
}
