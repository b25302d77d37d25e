//! Texts and properties of cells, and their places.

use super::book::Book;
use super::{check, check_refused};

#[test]
fn phonetic_texts_are_not_read() {
    let strings = "<si><t>北斗</t><rPh sb=\"0\" eb=\"2\"><t>ホクト</t></rPh><phoneticPr fontId=\"1\"/></si>";
    check(&Book::row("<c r=\"A1\" t=\"s\"><v>0</v></c>").strings(strings), "A1 北斗");
    check(
        &Book::row("<c t=\"inlineStr\"><is><t>北斗</t><rPh sb=\"0\" eb=\"2\"><t>ホクト</t></rPh></is></c>"),
        "A1 北斗",
    );
}

#[test]
fn line_breaks_are_line_feeds() {
    let strings = "<si><t>a_x000D_\nb_x000d__x000A_c&#13;&#10;d\r\ne_x005F_x000D_</t></si>";
    check(&Book::row("<c t=\"s\"><v>0</v></c>").strings(strings), "A1 a\\nb\\nc\\nd\\ne_x000D_");
}

#[test]
fn blanks_at_the_ends_are_not_read() {
    let strings = "<si><t xml:space=\"preserve\">　\u{a0} 一　二　\n　三 _x000D_\n\u{a0}</t></si><si><t> 四 </t></si>\
                   <si><t xml:space=\"preserve\"> \n</t></si><si/>";
    let cells = "<c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c><c t=\"s\"><v>3</v></c>";
    check(&Book::row(cells).strings(strings), "A1 一　二　\\n　三\nB1 四");
}

#[test]
fn rich_texts_are_joined() {
    let strings = "<si><r><t xml:space=\"preserve\">介護 </t></r><r><rPr><b/></rPr><t>人材</t></r>\
                   <r><t>&amp;<![CDATA[<養成>]]></t></r></si>";
    check(&Book::row("<c t=\"s\"><v>0</v></c>").strings(strings), "A1 介護 人材&<養成>");
}

#[test]
fn texts_that_are_struck_out_are_marked() {
    let strings = "<si><r><rPr><strike/></rPr><t>旧</t></r><r><t>新</t></r></si>\
                   <si><r><rPr><strike val=\"0\"/></rPr><t>新</t></r></si><si><t>字</t></si>\
                   <si><r><rPr><strike/></rPr><t xml:space=\"preserve\"> </t></r><r><t>新</t></r></si>";
    let mut book = Book::row(
        "<c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c>\
         <c t=\"s\" s=\"1\"><v>2</v></c><c s=\"1\"><v>5</v></c>\
         <c t=\"inlineStr\"><is><r><rPr><strike val=\"true\"/></rPr><t>旧</t></r></is></c><c t=\"s\"><v>3</v></c>",
    )
    .strings(strings);
    book.styles = "<fonts><font/><font><strike/></font></fonts><cellStyleXfs><xf fontId=\"1\"/></cellStyleXfs>\
                   <cellXfs><xf/><xf fontId=\"1\"/></cellXfs><dxfs><dxf><font><strike/></font></dxf></dxfs>"
        .to_owned();
    check(&book, "A1 ~旧新\nB1 新\nC1 字\nD1 ~字\nE1 ~5\nF1 ~旧\nG1 新");
}

#[test]
fn numbers_stored_as_text_are_text() {
    let book = Book::row("<c t=\"s\"><v>0</v></c><c t=\"str\"><v>0086</v></c>").strings("<si><t>12.50</t></si>");
    check(&book, "A1 12.50\nB1 0086");
}

#[test]
fn formulas_have_their_stored_result() {
    check(
        &Book::row(
            "<c><f>A2</f><v>5</v></c><c t=\"str\"><f>A2&amp;\"人\"</f><v>5人&amp;</v></c>\
             <c><f t=\"shared\" ref=\"C1:D1\" si=\"0\">A2</f><v>1</v></c><c><f t=\"shared\" si=\"0\"/><v>2</v></c>",
        ),
        "A1 =5\nB1 =5人&\nC1 =1\nD1 =2",
    );
}

#[test]
fn formulas_without_a_stored_result_are_reported() {
    check(
        &Book::row("<c><f>A2</f></c><c><f>A2</f><v></v></c><c><f/></c>"),
        "A1 =<no result>\nB1 =<no result>\nC1 =<no result>",
    );
    // An empty text is a result.
    check(&Book::row("<c t=\"str\"><f>A2</f><v></v></c>"), "");
}

#[test]
fn errors_are_located_whatever_their_name() {
    check(
        &Book::row(
            "<c t=\"e\"><f>A2</f><v>#REF!</v></c><c t=\"e\"><v>#SPILL!</v></c><c><v>1</v></c>\
             <c t=\"e\"><v>#GETTING_DATA</v></c>\
             <c t=\"e\"><v>#N/A</v></c><c><v>2</v></c>",
        ),
        "A1 =<error #REF!>\nB1 <error #SPILL!>\nC1 1\nD1 <error #GETTING_DATA>\nE1 <error #N/A>\nF1 2",
    );
}

#[test]
fn booleans_and_iso_dates_are_reported() {
    check(&Book::row("<c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c>"), "A1 <true>\nB1 <false>");
    check(&Book::row("<c t=\"d\"><v>2026-05-01</v></c>"), "A1 <date 2026-05-01>");
}

#[test]
fn rows_and_cells_may_have_no_address() {
    check(
        &Book::new(
            "<row><c><v>1</v></c><c r=\"D1\"><v>2</v></c><c><v>3</v></c></row><row r=\"5\"><c/><c><v>4</v></c></row>\
             <row><c r=\"C6\"><v>5</v></c></row>",
        ),
        "A1 1\nD1 2\nE1 3\nB5 4\nC6 5",
    );
}

#[test]
fn sparse_cells_have_absolute_addresses() {
    check(
        &Book::new(
            "<row r=\"3\"><c r=\"B3\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row>",
        ),
        "B3 1\nXFD1048576 2",
    );
}

#[test]
fn hidden_rows_are_read_and_listed_if_they_have_cells() {
    let rows = "<row r=\"1\"><c><v>1</v></c></row><row r=\"2\" hidden=\"1\"><c><v>2</v></c><c><v>3</v></c></row>\
                <row r=\"3\" hidden=\"true\"><c/></row><row r=\"4\" hidden=\"0\" ht=\"9\"><c><v>4</v></c></row>\
                <row r=\"5\" ht=\"0\" customHeight=\"1\"><c><v>5</v></c></row>";
    let workbook = crate::spreadsheet::read_xlsx(&Book::new(rows).bytes()).unwrap();
    assert_eq!(workbook.sheets[0].hidden_rows, [1, 4]);
    check(&Book::new(rows), "A1 1\nA2 2\nB2 3\nA4 4\nA5 5");
}

#[test]
fn sheets_are_in_the_order_of_their_tabs() {
    let mut book = Book::row("<c><v>1</v></c>");
    book.sheets.push(("<row><c><v>2</v></c></row>".to_owned(), "state=\"veryHidden\"".to_owned()));
    book.sheets.push((String::new(), "state=\"visible\"".to_owned()));
    check(&book, "A1 1\n---\nA1 2\n---");
    let workbook = crate::spreadsheet::read_xlsx(&book.bytes()).unwrap();
    let tabs: Vec<_> = workbook.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.hidden)).collect();
    assert_eq!(tabs, [("Sheet1", false), ("Sheet2", true), ("Sheet3", false)]);
}

#[test]
fn sheets_are_found_by_their_relationships() {
    let relationships = "<Relationships><Relationship Id=\"a\" Type=\"x/chartsheet\" Target=\"c.xml\"/>\
                         <Relationship Id=\"b\" Type=\"x/worksheet\" Target=\"../other/./sheet.xml\"/>\
                         <Relationship Id=\"c\" Type=\"x/worksheet\" Target=\"/Any.xml\"/></Relationships>";
    let sheet = |value| format!("<worksheet><sheetData><row><c><v>{value}</v></c></row></sheetData></worksheet>");
    let tab = |id| format!("<sheet name=\"{id}\" id=\"{id}\"/>");
    let book = Book::default()
        .part("xl/_rels/workbook.xml.rels", relationships)
        .part("xl/workbook.xml", format!("<workbook>{}</workbook>", ["a", "b", "c"].map(tab).concat()))
        .part("other/sheet.xml", sheet(2))
        .part("any.xml", sheet(3));
    check(&book, "A1 2\n---\nA1 3");
}

#[test]
fn prefixes_case_of_paths_and_everything_beside_the_cells_are_irrelevant() {
    let sheet = "\u{feff}<x:worksheet xmlns:x=\"m\"><x:dimension ref=\"A1:ZZZZZZZZZZZ9999999999999\"/><x:sheetViews/>\
                 <x:sheetData><x:row r=\"1\"><x:c r=\"B1\" t=\"s\"><x:v>0</x:v></x:c></x:row></x:sheetData>\
                 <x:mergeCells/></x:worksheet>";
    let book = Book::row("")
        .part("xl/worksheets/sheet1.xml", sheet)
        .part("XL/SharedStrings.xml", "<x:sst xmlns:x=\"m\" count=\"1\"><x:si><x:t>字</x:t></x:si></x:sst>")
        .part("xl/vbaProject.bin", "macro")
        .part("xl/externalLinks/externalLink1.xml", "<!DOCTYPE x>");
    let parts: Vec<_> = book.parts().into_iter().filter(|(path, _)| path != "xl/sharedStrings.xml").collect();
    let workbook = crate::spreadsheet::read_xlsx(&super::book::zip(&parts)).unwrap();
    assert_eq!(super::cells(&workbook), "B1 字\n");
}

#[test]
fn values_that_cannot_be_read_are_errors_at_their_cell() {
    for cell in [
        "<c r=\"B1\" t=\"s\"><v>1</v></c>",
        "<c r=\"B1\" t=\"s\"><v>x</v></c>",
        "<c r=\"B1\" t=\"s\"><v>-1</v></c>",
        "<c r=\"B1\"><v>5 人</v></c>",
        "<c r=\"B1\"><v>inf</v></c>",
        "<c r=\"B1\" t=\"n\"><v>+1</v></c>",
        "<c r=\"B1\"><v>1e999</v></c>",
        "<c r=\"B1\"><v>1<!-- -->2</v></c>",
        "<c r=\"B1\"><v>1&#50;</v></c>",
        "<c r=\"B1\" t=\"b\"><v>yes</v></c>",
        "<c r=\"B1\" t=\"x\"><v>1</v></c>",
        "<c r=\"B1\"><v>1</v><f>A1</f></c>",
        "<c r=\"B1\"><v>1</v><v>2</v></c>",
        "<c r=\"B1\" t=\"inlineStr\"><v>1</v></c>",
        "<c r=\"B1\" s=\"7\"><v>1</v></c>",
        "<c r=\"B1\"><v>1</v></c><c r=\"B1\"><v>2</v></c>",
    ] {
        check_refused(&Book::row(cell).strings("<si><t>字</t></si>").bytes(), "B1", "B1");
    }
}

#[test]
fn addresses_beyond_the_sheet_are_errors() {
    for address in
        ["", "A", "1", "A0", "XFE1", "A1048577", "AAAAAAAAAAAAAAAAAA1", "A99999999999999999999", "a1", "$A$1", "A1:B2"]
    {
        check_refused(&Book::row(&format!("<c r=\"{address}\"><v>1</v></c>")).bytes(), "壊れている", "damaged");
    }
    check_refused(&Book::new("<row r=\"1048577\"><c><v>1</v></c></row>").bytes(), "壊れている", "damaged");
    check_refused(&Book::new("<row r=\"1048576\"/><row><c/></row>").bytes(), "壊れている", "damaged");
    check_refused(&Book::row("<c r=\"XFD1\"/><c><v>1</v></c>").bytes(), "壊れている", "damaged");
}
