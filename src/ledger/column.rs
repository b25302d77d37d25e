//! Columns of a ledger, named by letter and heading: `"H 事務事業ID"`.
//!
//! Both are checked, because headings repeat and letters shift. Line breaks and blanks in a heading count as one blank,
//! and `…` ends a shortened heading. A heading alone is enough if no other column has it; letters alone are enough for
//! a column without a heading. A heading that spans several rows stands in the first of them: where the row of the
//! headings is blank, the cell above it counts.

use crate::diagnostic::{Bilingual, closest, say, shortened};
use crate::spreadsheet::{CellRef, Worksheet, column_index, column_name};
use std::collections::{BTreeMap, BTreeSet};

/// Reference to a column, as written in the mapping file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ColumnRef {
    /// The reference as written.
    pub written: String,
    /// Line of the mapping file, from 1.
    pub line: usize,
}

/// Headings of a table by zero-based column, each on one line. Columns without a heading are absent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Headings {
    by_column: BTreeMap<u32, String>,
    /// Columns whose heading stands above the row of the headings.
    above: BTreeSet<u32>,
}

/// Rows above the row of the headings in which headings that span several rows can begin.
const MAX_SPAN: u32 = 3;

/// What a reference to a column may leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// Letters require the heading, unless the column has none.
    LetterAndHeading,
    /// Letters are enough: the column is ignored.
    LetterIsEnough,
}

impl ColumnRef {
    /// Splits letters from the heading; `None` if the reference does not begin with letters of a column.
    fn letters(&self) -> Option<(u32, String)> {
        let written = self.written.trim();
        let (letters, heading) = written.split_once(char::is_whitespace).unwrap_or((written, ""));
        Some((column_index(letters)?, normalized(heading)))
    }
}

impl Headings {
    /// Headings in a zero-based row.
    pub fn new(sheet: &Worksheet, row: u32) -> Self {
        let mut by_column: BTreeMap<u32, String> = texts(sheet, row).collect();
        let mut above = BTreeSet::new();
        for (column, _, heading) in spanning(sheet, row) {
            above.insert(column);
            by_column.insert(column, heading);
        }
        Self { by_column, above }
    }

    /// Heading of a column; empty if it has none.
    pub fn get(&self, column: u32) -> &str {
        self.by_column.get(&column).map_or("", String::as_str)
    }

    /// Columns with a heading.
    pub fn columns(&self) -> impl Iterator<Item = u32> {
        self.by_column.keys().copied()
    }

    /// Zero-based column of a reference.
    ///
    /// # Errors
    /// Fails if there is no such column, or if letter and heading name different columns; the help tells where the
    /// heading is.
    pub fn resolve(&self, reference: &ColumnRef, strictness: Strictness) -> Result<u32, (Bilingual, Bilingual)> {
        let whole = normalized(&reference.written);
        let Some((column, heading)) = reference.letters() else { return self.by_heading(&whole) };
        let actual = self.get(column);
        let is_enough = strictness == Strictness::LetterIsEnough || actual.is_empty() || self.above.contains(&column);
        if matches(actual, &heading) && !heading.is_empty() || heading.is_empty() && is_enough {
            return Ok(column);
        }
        if let [only] = self.with_heading(&whole).as_slice() {
            return Ok(*only);
        }
        let (letters, actual_shown) = (column_name(column), shortened(actual));
        if heading.is_empty() {
            return Err((
                say!(ja: "列「{letters}」に見出しが書かれていません", en: "column `{letters}` is given without its heading"),
                say!(ja: "「{letters} {actual_shown}」と書いてください", en: "write `{letters} {actual_shown}`"),
            ));
        }
        let message = match actual {
            "" => say!(
                ja: "{letters} 列の見出しは「{heading}」のはずですが、空欄です",
                en: "the heading of column {letters} is blank instead of `{heading}`"
            ),
            _ => say!(
                ja: "{letters} 列の見出しは「{heading}」のはずですが、「{actual_shown}」です",
                en: "the heading of column {letters} is `{actual_shown}` instead of `{heading}`"
            ),
        };
        Err((message, self.whereabouts(&heading)))
    }

    /// Column of a heading without letters.
    fn by_heading(&self, heading: &str) -> Result<u32, (Bilingual, Bilingual)> {
        match self.with_heading(heading).as_slice() {
            [only] => Ok(*only),
            [] => Err((
                say!(ja: "見出し「{heading}」の列がありません", en: "there is no column with the heading `{heading}`"),
                self.whereabouts(heading),
            )),
            several => {
                let all = several.iter().map(|column| column_name(*column)).collect::<Vec<_>>();
                let (listed_ja, listed) = (all.join("、"), all.join(", "));
                let first = all.first().cloned().unwrap_or_default();
                Err((
                    say!(
                        ja: "見出し「{heading}」の列が複数あります（{listed_ja}）",
                        en: "several columns have the heading `{heading}`: {listed}"
                    ),
                    say!(
                        ja: "「{first} {heading}」のように、列の記号も書いてください",
                        en: "write the letters of the column too, as in `{first} {heading}`"
                    ),
                ))
            }
        }
    }

    /// Columns whose heading is the given one.
    fn with_heading(&self, heading: &str) -> Vec<u32> {
        let columns = self.by_column.iter().filter(|(_, actual)| matches(actual, heading) && !heading.is_empty());
        columns.map(|(column, _)| *column).collect()
    }

    /// Advice about the column that has the heading now, or a similar one.
    fn whereabouts(&self, heading: &str) -> Bilingual {
        if let Some(column) = self.with_heading(heading).first() {
            let letters = column_name(*column);
            return say!(
                ja: "「{heading}」は {letters} 列にあります",
                en: "`{heading}` is the heading of column {letters}"
            );
        }
        match closest(heading, self.by_column.values().map(String::as_str)) {
            Some(near) => {
                let column = self.with_heading(near).first().map_or_else(String::new, |column| column_name(*column));
                let near = shortened(near);
                say!(ja: "もしかして: {column} {near}", en: "did you mean `{column} {near}`?")
            }
            None => say!(
                ja: "見出しの行（`header`）と、列の記号と見出しを確認してください",
                en: "check the row of the headings (`header`), the letters and the heading"
            ),
        }
    }
}

/// Texts of a row by column.
fn texts(sheet: &Worksheet, row: u32) -> impl Iterator<Item = (u32, String)> {
    let cells = sheet.cells.range(CellRef::new(row, 0)..=CellRef::new(row, u32::MAX));
    let texts = cells.filter_map(|(at, cell)| Some((at.column, normalized(cell.text.as_ref().ok()?))));
    texts.filter(|(_, text)| !text.is_empty())
}

/// Headings that begin above the row of the headings and span it: columns that are blank in that row, with the rows and
/// texts of the cells above. A row with a single text is a title.
pub fn spanning(sheet: &Worksheet, header: u32) -> Vec<(u32, u32, String)> {
    let mut filled: BTreeSet<u32> = texts(sheet, header).map(|(column, _)| column).collect();
    let mut found = Vec::new();
    for row in (header.saturating_sub(MAX_SPAN)..header).rev() {
        let line: Vec<(u32, String)> = texts(sheet, row).collect();
        if line.len() < 2 {
            break;
        }
        for (column, text) in line {
            if filled.insert(column) {
                found.push((column, row, text));
            }
        }
    }
    found
}

/// Text with every run of blanks and line breaks as one blank.
pub fn normalized(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// True if the heading is the expected one, which may be shortened with `…`. Both are normalized.
fn matches(actual: &str, expected: &str) -> bool {
    match expected.strip_suffix('…') {
        Some(beginning) => actual.starts_with(beginning.trim_end()),
        None => actual == expected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::tests::sheet;

    fn check(reference: &str, strictness: Strictness, expect: Result<&str, &str>) {
        let rows = [&["番号", "名称", "指標\n（名称）　ア", "単位", "単位", "", "担当 電話"][..]];
        let headings = Headings::new(&sheet(&rows), 0);
        let resolved = headings.resolve(&ColumnRef { written: reference.to_owned(), line: 1 }, strictness);
        match (resolved, expect) {
            (Ok(column), Ok(letters)) => assert_eq!(column_name(column), letters, "{reference}"),
            (Err((message, help)), Err(part)) => {
                assert!(format!("{} / {}", message.ja, help.ja).contains(part), "{reference}: {message:?} {help:?}");
            }
            (resolved, _) => panic!("{reference}: {resolved:?}"),
        }
    }

    #[test]
    fn columns_are_named_by_letter_and_heading() {
        let strict = Strictness::LetterAndHeading;
        check("A 番号", strict, Ok("A"));
        check("C 指標 （名称） ア", strict, Ok("C"));
        check("C 指標…", strict, Ok("C"));
        check("名称", strict, Ok("B"));
        check("E 単位", strict, Ok("E"));
        check("F", strict, Ok("F"));
        check("担当 電話", strict, Ok("G"));
        check("G", Strictness::LetterIsEnough, Ok("G"));
    }

    #[test]
    fn wrong_columns_are_reported_with_their_place() {
        let strict = Strictness::LetterAndHeading;
        check("A 名称", strict, Err("A 列の見出しは「名称」のはずですが、「番号」です / 「名称」は B 列にあります"));
        check("F 名称", strict, Err("空欄です / 「名称」は B 列にあります"));
        check("単位", strict, Err("複数あります（D、E） / 「D 単位」"));
        check("B", strict, Err("「B 名称」と書いてください"));
        check("番 号", strict, Err("もしかして: A 番号"));
        check("ZZ 予算", strict, Err("ZZ 列の見出しは「予算」のはずですが、空欄です"));
        check("決算額", strict, Err("見出しの行（`header`）"));
    }
}
