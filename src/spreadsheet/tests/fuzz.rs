//! Random files: nothing panics, and cells are as documented. Files of another library are read as written.

use super::book::{Book, zip};
use crate::questionnaire::answers;
use crate::random::for_each_seed;
use crate::spreadsheet::{CellRef, Workbook, read_csv, read_xlsx};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;

/// Fragments with a meaning in workbooks.
pub(crate) const PIECES: &[&str] = &[
    "<c r=\"A1\" t=\"s\"><v>0</v></c>",
    "<c>",
    "</c>",
    "<c/>",
    "<v>",
    "</v>",
    "<v/>",
    "<f>",
    "</f>",
    "<f/>",
    "<is><t>",
    "</t></is>",
    "<row>",
    "</row>",
    "<row r=\"1048576\">",
    "<sheetData>",
    "</sheetData>",
    "<sheetData/>",
    "<si>",
    "</si>",
    "<t>",
    "</t>",
    "<r>",
    "</r>",
    "<rPh>",
    "</rPh>",
    "<strike/>",
    "<xf/>",
    "<sheet/>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<!DOCTYPE x>",
    "<?x?>",
    "&amp;",
    "&#0;",
    "&#x110000;",
    "&x;",
    "_x000D_",
    "_xD800_",
    "_xFFFF_",
    "\u{feff}",
    "\r",
    " t=\"s\"",
    " t=\"e\"",
    " t=\"str\"",
    " t=\"inlineStr\"",
    " t=\"b\"",
    " t=\"d\"",
    " s=\"1\"",
    " s=\"4294967295\"",
    " s=\"4294967296\"",
    " r=\"XFD1048576\"",
    " r=\"A0\"",
    " r=\"ZZZZZZZZ1\"",
    " hidden=\"1\"",
    " uniqueCount=\"99999999999\"",
    " xml:space=\"preserve\"",
    " numFmtId=\"14\"",
    " formatCode=\"0\"",
    " date1904=\"1\"",
    " state=\"hidden\"",
    "1e308",
    "-1e-308",
    "1e999",
    "99999999999999999999",
    "NaN",
    "-",
    "\"",
    "'",
    "<",
    ">",
    "/",
    "=",
    "字",
    "\u{0}",
    "\u{a0}",
    "　",
];

/// Cells, and how they are described; nothing if they are blank.
const CELLS: &[(&str, &str)] = &[
    ("/>", ""),
    (" s=\"1\"></c>", ""),
    ("><v></v></c>", ""),
    (" t=\"s\"><v>1</v></c>", ""),
    (" t=\"s\"><v>0</v></c>", "北斗"),
    (" t=\"s\"><v>2</v></c>", "~a b"),
    ("><v>0.1</v></c>", "0.1"),
    (" s=\"1\"><v>9463</v></c>", "9,463千円"),
    (" s=\"2\"><v>46143</v></c>", "<date 2026-05-01, 5-1>"),
    (" s=\"2\" t=\"s\"><v>0</v></c>", "北斗"),
    (" t=\"n\" s=\"3\"><v>1</v></c>", "<1 in #,##0,>"),
    ("><f>A1</f><v>5</v></c>", "=5"),
    ("><f t=\"shared\" si=\"0\"/></c>", "=<no result>"),
    (" t=\"str\"><f>A1</f><v></v></c>", ""),
    (" t=\"str\"><f>A1</f><v>&lt;</v></c>", "=<"),
    (" t=\"e\"><v>#SPILL!</v></c>", "<error #SPILL!>"),
    (" t=\"e\"><f>A1</f><v>#N/A</v></c>", "=<error #N/A>"),
    (" t=\"b\"><v>0</v></c>", "<false>"),
    (" t=\"inlineStr\"><is><t>x</t><rPh><t>y</t></rPh></is></c>", "x"),
    (" t=\"inlineStr\"><is><r><rPr><strike/></rPr><t>x</t></r></is></c>", "~x"),
    (" t=\"inlineStr\"><is/></c>", ""),
];

/// Parts of number formats.
const CODES: &[&str] = &[
    "0", "#", ",", ".", "%", "@", ";", "\"", "[", "]", "Red", "$", "h", "m", "d", "General", "_", "*", "\\", "!", "-",
    "円", "E", "AM/PM", " ",
];

/// Change of a file: kind, place, length or index of a piece.
type Mutation = (u8, u32, u16);

fn mutations() -> impl Strategy<Value = Vec<Mutation>> {
    prop::collection::vec(any::<Mutation>(), 1..5)
}

/// Changes `bytes` at a place.
fn mutate(bytes: &mut Vec<u8>, (kind, place, length): Mutation) {
    let at = place as usize % (bytes.len() + 1);
    let end = (at + usize::from(length % 40)).min(bytes.len());
    match kind % 8 {
        0 => bytes.get_mut(at).into_iter().for_each(|byte| *byte = length.to_le_bytes()[0]),
        1 => bytes.get_mut(at).into_iter().for_each(|byte| *byte ^= 1 << (length % 8)),
        2 => drop(bytes.drain(at..end)),
        3 => {
            let copy = bytes[at..end].to_vec();
            bytes.splice(at..at, copy.repeat(1 + usize::from(length >> 12)));
        }
        4 if length < 4_000 => bytes.truncate(at),
        4 => drop(bytes.splice(at..at, PIECES[usize::from(length) % PIECES.len()].bytes())),
        _ => {
            // Attributes at the end of a tag, other pieces between two tags.
            let piece = PIECES[usize::from(length) % PIECES.len()];
            let end_of_tag = bytes[at..].iter().position(|byte| *byte == b'>').map_or(bytes.len(), |end| at + end);
            let at = match bytes[..end_of_tag].last() {
                Some(b'/') if piece.starts_with(' ') => end_of_tag - 1,
                _ if piece.starts_with(' ') => end_of_tag,
                _ => (end_of_tag + 1).min(bytes.len()),
            };
            bytes.splice(at..at, piece.bytes());
        }
    }
}

/// Workbook with all kinds of cells.
fn book() -> Book {
    let mut book = Book::new(
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\" s=\"1\"><v>1</v></c><c><v>1.5</v></c>\
         <c t=\"inlineStr\"><is><r><rPr><strike/></rPr><t>字</t></r></is></c></row>\
         <row r=\"5\" hidden=\"1\"><c r=\"B5\" s=\"2\"><f>A1</f><v>46143</v></c><c t=\"e\"><v>#SPILL!</v></c>\
         <c t=\"str\"><f>A1</f><v>x_x000D_</v></c><c t=\"b\"><v>1</v></c>\
         <c t=\"d\"><v>2026-05-01</v></c><c><f>A1</f></c></row>",
    )
    .strings(
        "<si><t>北斗</t><rPh><t>ホクト</t></rPh></si><si><r><t xml:space=\"preserve\"> a </t></r><r><t>b</t></r></si>",
    )
    .formats(&["#,##0\"千円\";▲#,##0", "m\"月\"d\"日\"", "@", "0.0%"]);
    book.sheets.push(("<row><c s=\"4\"><v>-0.125</v></c></row>".to_owned(), "state=\"hidden\"".to_owned()));
    book
}

/// Checks what is documented of all cells.
fn check_cells(workbook: &Workbook) {
    for sheet in &workbook.sheets {
        for (at, cell) in &sheet.cells {
            assert!(at.row < 1_048_576 && at.column < 16_384, "{at}");
            if let Ok(text) = &cell.text {
                assert!(!text.is_empty() && text.trim() == text && !text.contains('\r'), "{at}: {text:?}");
            }
        }
        assert!(sheet.hidden_rows.is_sorted_by(|a, b| a < b));
    }
}

/// Reads a workbook in which `xml` replaces the content of a part after its first line; describes it.
pub(crate) fn read_part(part: usize, xml: &[u8]) -> BTreeSet<String> {
    let mut parts = book().parts();
    let index = part % parts.len();
    parts[index].1 = [b"<?xml version=\"1.0\"?>\n", xml].concat();
    let name = &parts[index].0;
    match read_xlsx(&zip(&parts)) {
        Ok(workbook) => describe(&workbook),
        Err(message) => BTreeSet::from([format!("{name}: {}", message.en.chars().take(30).collect::<String>())]),
    }
}

/// Checks a workbook; returns the kinds of its cells.
pub(crate) fn describe(workbook: &Workbook) -> BTreeSet<String> {
    check_cells(workbook);
    let cells = workbook.sheets.iter().flat_map(|sheet| sheet.cells.values());
    let mut kinds: BTreeSet<String> = cells
        .map(|cell| match &cell.text {
            Ok(text) if text.contains('\n') => "lines".to_owned(),
            Ok(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => "digits".to_owned(),
            Ok(text) if text.bytes().any(|byte| byte.is_ascii_digit()) => "with digits".to_owned(),
            Ok(_) => "text".to_owned(),
            Err(problem) => format!("{problem:?}").chars().take_while(|c| c.is_alphanumeric()).collect(),
        })
        .collect();
    kinds.insert(format!("{} sheets", workbook.sheets.len().min(3)));
    kinds
        .extend(workbook.sheets.iter().filter(|sheet| !sheet.hidden_rows.is_empty()).map(|_| "hidden rows".to_owned()));
    kinds
}

/// Reads a workbook of which each part is mutated, and one that is mutated as a file.
fn read_mutated(mutations: &[Mutation]) {
    // The first sheet most often, then texts and styles.
    const PARTS: [usize; 16] = [0, 0, 0, 0, 0, 0, 5, 5, 5, 6, 6, 6, 1, 2, 3, 4];
    let mut parts = book().parts();
    for mutation in mutations {
        mutate(&mut parts[PARTS[usize::from(mutation.0 >> 4)]].1, *mutation);
    }
    let mut bytes = zip(&parts);
    let workbook = read_xlsx(&bytes);
    workbook.iter().for_each(check_cells);
    assert_eq!(workbook, read_xlsx(&bytes));
    for mutation in mutations {
        mutate(&mut bytes, *mutation);
    }
    read_xlsx(&bytes).iter().for_each(check_cells);
}

/// Ledger in CP932.
const CSV: &[u8] = include_bytes!("../../../tests/fixtures/spreadsheets/ledger-cp932.csv");

/// Reads a mutated CSV file.
fn read_mutated_csv(mutations: &[Mutation]) {
    for text in ["\u{feff}名,値\r\n\"a\nb\",\"1,234\"\r\n\r\n,\"x\"\"y\"\r\n", "名\t値\r\n字\t1\n"] {
        for mut bytes in [text.as_bytes().to_vec(), encoding_rs::SHIFT_JIS.encode(text).0.into_owned(), CSV.to_vec()] {
            for mutation in mutations {
                mutate(&mut bytes, *mutation);
            }
            read_csv(&bytes, None).iter().for_each(|(workbook, _)| check_cells(workbook));
        }
    }
}

/// Workbooks of questionnaires as they come back from other programs.
const WORKBOOKS: [&[u8]; 3] = [
    include_bytes!("../../../tests/fixtures/spreadsheets/form.xlsx"),
    include_bytes!("../../../tests/fixtures/spreadsheets/list.xlsx"),
    include_bytes!("../../../tests/fixtures/excel/libreoffice-7.4.7-form-xlsx.xlsx"),
];

/// Names and contents of the parts of a workbook.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ::zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).unwrap();
            let mut contents = Vec::new();
            part.read_to_end(&mut contents).unwrap();
            (part.name().unwrap().into_owned(), contents)
        })
        .collect()
}

/// Reads the answers of a returned workbook, one part of which is mutated: each is in a cell of the workbook.
fn read_mutated_answers(mutations: &[Mutation]) {
    for original in WORKBOOKS {
        let mut parts = parts(original);
        let sheets: Vec<usize> = (0..parts.len()).filter(|index| parts[*index].0.contains("sheet")).collect();
        for mutation in mutations {
            // Three of four mutations hit a sheet.
            let chosen = usize::from(mutation.0);
            let index = if chosen % 4 == 0 { chosen % parts.len() } else { sheets[chosen % sheets.len()] };
            mutate(&mut parts[index].1, *mutation);
        }
        let Ok(workbook) = read_xlsx(&zip(&parts)) else { continue };
        check_cells(&workbook);
        let mut diagnostics = Vec::new();
        for answer in answers("a.xlsx", &workbook, &mut diagnostics).answers {
            let sheet = workbook.sheets.iter().find(|sheet| sheet.name == answer.place.sheet).unwrap();
            let text = sheet.cells.get(&answer.place.cell).map_or("", |cell| cell.text.as_deref().unwrap());
            assert_eq!(text, answer.text, "{}", answer.place);
        }
    }
}

fn trimmed(text: &str) -> String {
    text.trim().replace("\r\n", "\n").replace('\r', "\n")
}

/// The texts of cells that are not blank.
fn texts(workbook: &Workbook) -> BTreeMap<CellRef, String> {
    workbook.sheets[0].cells.iter().map(|(at, cell)| (*at, cell.text.clone().unwrap())).collect()
}

proptest! {
    // Three workbooks are unpacked in each case.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn mutated_answers_are_those_of_their_cells(mutations in mutations()) {
        read_mutated_answers(&mutations);
    }
}

proptest! {
    #[test]
    fn cells_are_read_wherever_they_are(
        rows in prop::collection::vec(
            (0..3_u32, any::<bool>(), prop::collection::vec((0..3_u32, any::<bool>(), select(CELLS)), 0..8)),
            0..8,
        ),
    ) {
        let (mut xml, mut expect, mut row) = (String::new(), String::new(), 0);
        for (gap, is_hidden, cells) in rows {
            row += gap;
            let address = if gap > 0 { format!(" r=\"{}\"", row + 1) } else { String::new() };
            xml += &format!("<row{address} hidden=\"{}\">", u8::from(is_hidden));
            let mut column = 0;
            for (gap, has_address, (cell, described)) in cells {
                column += gap;
                let at = CellRef::new(row, column);
                let address = if gap > 0 || has_address { format!(" r=\"{at}\"") } else { String::new() };
                xml += &format!("<c{address}{cell}");
                if !described.is_empty() {
                    expect += &format!("{at} {described}\n");
                }
                column += 1;
            }
            xml += "</row>";
            row += 1;
        }
        let strings = "<si><t>北斗</t></si><si><t></t></si><si><r><rPr><strike/></rPr><t>a b</t></r></si>";
        let book = Book::new(&xml).strings(strings).formats(&["#,##0\"千円\"", "m\"月\"d\"日\"", "#,##0,"]);
        prop_assert_eq!(super::cells(&read_xlsx(&book.bytes()).unwrap()), expect);
    }

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read_xlsx(&bytes);
        let _ = read_xlsx(&[b"PK\x03\x04", bytes.as_slice()].concat());
        let _ = read_csv(&bytes, None);
    }

    #[test]
    fn mutated_workbooks_never_panic(mutations in mutations()) {
        read_mutated(&mutations);
    }

    #[test]
    fn mutated_csv_files_never_panic(mutations in mutations()) {
        read_mutated_csv(&mutations);
    }

    #[test]
    fn random_format_codes_never_panic(
        code in prop::collection::vec(select(CODES), 0..12),
        number in any::<f64>().prop_filter("finite", |number| number.is_finite()),
    ) {
        let code = code.concat();
        let book = Book::row(&format!("<c s=\"1\"><v>{number}</v></c>")).formats(&[&code]);
        check_cells(&read_xlsx(&book.bytes()).unwrap());
    }

    #[test]
    fn workbooks_of_another_library_are_read_as_written(
        cells in prop::collection::btree_map((0..50_u32, 0..50_u16), "[a-z字　 \n\r\t_x0D&<>\"あ]{1,12}", 0..20),
    ) {
        let mut written = rust_xlsxwriter::Workbook::new();
        let sheet = written.add_worksheet();
        let mut expect = BTreeMap::new();
        for ((row, column), text) in &cells {
            sheet.write(*row, *column, text).unwrap();
            if !text.trim().is_empty() {
                expect.insert(CellRef::new(*row, u32::from(*column)), trimmed(text));
            }
        }
        prop_assert_eq!(texts(&read_xlsx(&written.save_to_buffer().unwrap()).unwrap()), expect);
    }

    #[test]
    fn numbers_of_another_library_are_read_as_written(
        numbers in prop::collection::vec((-999_999_i64..999_999, 0_u32..4), 1..20),
    ) {
        let mut written = rust_xlsxwriter::Workbook::new();
        let sheet = written.add_worksheet();
        let mut expect = BTreeMap::new();
        for (row, (digits, scale)) in (0..).zip(&numbers) {
            let number = rust_decimal::Decimal::new(*digits, *scale).normalize().to_string();
            sheet.write(row, 0, number.parse::<f64>().unwrap()).unwrap();
            expect.insert(CellRef::new(row, 0), number);
        }
        prop_assert_eq!(texts(&read_xlsx(&written.save_to_buffer().unwrap()).unwrap()), expect);
    }

    #[test]
    fn csv_files_of_another_library_are_read_as_written(
        rows in prop::collection::vec(prop::collection::vec("[a字　 \n\r,\t\"]{0,6}", 1..5), 0..8),
    ) {
        let mut writer = ::csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        // Decides that commas separate fields.
        writer.write_record(["", ""]).unwrap();
        let mut expect = BTreeMap::new();
        for (row, fields) in (1..).zip(&rows) {
            writer.write_record(fields).unwrap();
            for (column, field) in (0..).zip(fields).filter(|(_, field)| !field.trim().is_empty()) {
                expect.insert(CellRef::new(row, column), trimmed(field));
            }
        }
        prop_assert_eq!(texts(&read_csv(&writer.into_inner().unwrap(), None).unwrap().0), expect);
    }
}

/// Reads random files: `SHIRUBE_CASES` times a thousand, with seeds from `SHIRUBE_SEED`.
#[test]
#[ignore = "takes minutes: cargo xtask campaign"]
fn spreadsheets_at_random() {
    for_each_seed(|runner| {
        for _ in 0..1_000 {
            let mutations = mutations().new_tree(runner).unwrap().current();
            read_mutated(&mutations);
            read_mutated_answers(&mutations);
            read_mutated_csv(&mutations);
        }
    });
}
