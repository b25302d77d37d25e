//! Files of other formats, damaged files, and files made to exhaust memory.

use super::book::{Book, zip};
use super::{check, check_refused};

/// Refused with the advice to save the file as `.xlsx`.
const SAVE_AS: (&str, &str) = ("「Excel ブック（.xlsx）」として保存", "save it");

#[test]
fn other_formats_are_refused_with_advice() {
    let (ja, en) = SAVE_AS;
    let ole = |name: &str| {
        [
            &b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..],
            &[0; 500],
            &name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(),
        ]
        .concat()
    };
    check_refused(&ole("Workbook"), "旧形式", "old format");
    check_refused(&ole("EncryptedPackage"), "パスワードを外して", "password");
    let ods = [("mimetype".to_owned(), b"application/vnd.oasis.opendocument.spreadsheet".to_vec())];
    check_refused(&zip(&ods), "（.ods、.xlsb など）", ".ods");
    let xlsb = Book::row("").part(
        "_rels/.rels",
        "<Relationships><Relationship Id=\"r\" Type=\"x/officeDocument\" Target=\"xl/workbook.bin\"/></Relationships>",
    );
    check_refused(&xlsb.bytes(), "（.ods、.xlsb など）", ".xlsb");
    check_refused(&Book::row("").part("xl/workbook.xml", "<document/>").bytes(), "（.ods、.xlsb など）", ".xlsb");
    for text in [&b""[..], b"PK", b"a,b\n1,2", b"<html>"] {
        check_refused(text, ja, en);
    }
}

#[test]
fn encrypted_parts_are_refused() {
    let mut bytes = Book::row("<c/>").bytes();
    // Offset of the flags in the header of a part, and in its entry in the directory.
    for (header, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        for start in memchr::memmem::find_iter(&bytes.clone(), header) {
            bytes[start + flags] |= 1;
        }
    }
    check_refused(&bytes, "パスワードを外して", "password");
}

#[test]
fn truncated_files_are_refused() {
    let bytes = Book::row("<c t=\"s\"><v>0</v></c>").strings("<si><t>字</t></si>").bytes();
    for length in 0..bytes.len() {
        check_refused(&bytes[..length], SAVE_AS.0, SAVE_AS.1);
    }
}

#[test]
fn parts_that_are_missing_or_damaged_are_refused() {
    let book = Book::row("<c/>");
    for missing in ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"] {
        let parts: Vec<_> = book.parts().into_iter().filter(|(path, _)| path != missing).collect();
        check_refused(&zip(&parts), missing, missing);
    }
    for xml in
        ["", "<worksheet>", "<worksheet/>", "<worksheet><sheetData>", "<worksheet><sheetData><row></sheetData></row>"]
    {
        check_refused(&book.clone().part("xl/worksheets/sheet1.xml", xml).bytes(), "sheet1.xml", "sheet1.xml");
    }
}

#[test]
fn parts_in_other_encodings_are_refused() {
    let text = "<worksheet><sheetData><row><c t=\"str\"><v>字</v></c></row></sheetData></worksheet>";
    let utf16: Vec<u8> = std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let cp932 = encoding_rs::SHIFT_JIS.encode(text).0.into_owned();
    for part in [utf16, cp932] {
        check_refused(&Book::row("").part("xl/worksheets/sheet1.xml", part).bytes(), "sheet1.xml", "sheet1.xml");
    }
}

#[test]
fn document_types_and_entities_are_refused() {
    let sheet = "<!DOCTYPE x [<!ENTITY a \"b\">]>\
                 <worksheet><sheetData><row><c t=\"str\"><v>&a;</v></c></row></sheetData></worksheet>";
    check_refused(&Book::row("").part("xl/worksheets/sheet1.xml", sheet).bytes(), "document type", "document type");
    check_refused(&Book::row("<c t=\"str\"><v>&a;</v></c>").bytes(), "&a;", "&a;");
    check_refused(&Book::row("<c t=\"s\"><v>0</v></c>").strings("<si><t>&a;</t></si>").bytes(), "&a;", "&a;");
}

#[test]
fn declared_counts_are_not_believed() {
    let mut book = Book::row("<c t=\"s\"><v>0</v></c>").strings("<si><t>字</t></si>");
    book.strings.1 = "count=\"99999999999\" uniqueCount=\"99999999999\"".to_owned();
    check(&book, "A1 字");
    book.strings.1 = "uniqueCount=\"0\"".to_owned();
    check(&book, "A1 字");
}

#[test]
fn large_unpacked_parts_are_refused() {
    // 101 MB of blanks: 100 KB packed. Unpacked only if it is read.
    let bomb = vec![b' '; 101 << 20];
    check(&Book::row("<c><v>1</v></c>").part("xl/media/image1.png", bomb.clone()), "A1 1");
    check_refused(&Book::row("").part("xl/worksheets/sheet1.xml", bomb).bytes(), "大きすぎます", "too large");
    // Two parts that are too large together.
    let half = |path: &str| (path.to_owned(), [&b"<sst>"[..], &vec![b' '; 60 << 20], b"</sst>"].concat());
    let mut book = Book::row("");
    book.parts = vec![half("xl/sharedStrings.xml"), half("xl/styles.xml")];
    check_refused(&book.bytes(), "大きすぎます", "too large");
}

#[test]
fn workbooks_with_too_many_parts_are_refused() {
    let mut book = Book::row("<c><v>1</v></c>");
    book.parts = (0..1_995).map(|index| (format!("xl/media/{index}.png"), Vec::new())).collect();
    check_refused(&book.bytes(), "大きすぎます", "too large");
    book.parts.truncate(1_994);
    check(&book, "A1 1");
}

#[test]
fn files_above_the_limit_are_not_opened() {
    check_refused(&vec![b'P'; (50 << 20) + 1], "大きすぎます", "too large");
}

#[test]
fn many_cells_with_one_long_text_are_refused() {
    let text = "字".repeat(100_000);
    let cells = "<c t=\"s\"><v>0</v></c>".repeat(1_000);
    check_refused(&Book::row(&cells).strings(&format!("<si><t>{text}</t></si>")).bytes(), "多すぎます", "too many");
    let text = "字".repeat(400_000);
    check_refused(&Book::row("").strings(&format!("<si><t>{text}</t></si>")).bytes(), "多すぎます", "too much text");
    check_refused(&Book::row(&format!("<c t=\"str\"><v>{text}</v></c>")).bytes(), "多すぎます", "too much text");
    let format = format!("0\"{}\"", "x".repeat(2_000));
    check_refused(&Book::row("<c s=\"1\"><v>1</v></c>").formats(&[&format]).bytes(), "formatCode", "formatCode");
}

#[test]
fn deeply_nested_elements_do_not_exhaust_the_stack() {
    let nested = "<r>".repeat(200_000);
    check_refused(&Book::row("<c/>").strings(&format!("<si>{nested}</si>")).bytes(), "壊れている", "damaged");
    check_refused(&Book::row(&nested).bytes(), "壊れている", "damaged");
}

#[test]
fn workbooks_with_too_many_cells_are_refused() {
    let rows = |cell: &str| format!("<row>{}</row>", cell.repeat(10_000)).repeat(501);
    check_refused(&Book::new(&rows("<c/>")).bytes(), "多すぎます", "too many");
    let filled = format!("<row>{}</row>", "<c><v>1</v></c>".repeat(10_000)).repeat(81);
    check_refused(&Book::new(&filled).bytes(), "多すぎます", "too many");
}

#[test]
fn long_tags_are_refused() {
    let attributes: String = (0..20_000).map(|index| format!(" a{index}=\"\"")).collect();
    check_refused(&Book::new(&format!("<row{attributes}/>")).bytes(), "long tag", "long tag");
}
