//! What spreadsheet programs and people do to a workbook: read correctly, or refused with advice at the cell.

use super::workbook::Book;
use super::{City, fail, hokuto, succeed};

const AMOUNT: &str = "program/boshin#money.settlement.R7";
const TEXT: &str = "program/boshin#section.事業実績";

/// Reads a changed workbook of 北斗. Returns the new sheet of the program, and what was printed.
#[track_caller]
fn applied(change: &dyn Fn(&mut Book)) -> (String, String) {
    let (city, mut book) = hokuto();
    change(&mut book);
    let file = city.returned("in/a.xlsx", &book);
    let arguments = ["excel", "read", &file, "--apply", "--strategy", "hokuto", "--edition", "2025"];
    let printed = succeed(&city.folder, &arguments);
    (city.sheet("programs/boshin"), printed)
}

/// A cell: attribute `t`, number format, content.
type Cell<'a> = (&'a str, &'a str, &'a str);

fn enter(book: &mut Book, (kind, format, content): Cell<'_>) {
    book.set(AMOUNT, "E", kind, content);
    if !format.is_empty() {
        book.format(AMOUNT, "E", format);
    }
}

#[test]
fn cells_are_read_as_they_are_displayed() {
    for (cell, written) in [
        (("inlineStr", "", "<is><t>1,234</t></is>"), "\"1,234\""),
        (
            ("inlineStr", "", "<is><r><t>約</t></r><r><t>300</t></r><rPh sb=\"0\" eb=\"1\"><t>ヤク</t></rPh></is>"),
            "\"約300\"",
        ),
        (("inlineStr", "", "<is><t xml:space=\"preserve\"> 1,234_x000D_</t></is>"), "\"1,234\""),
        (("inlineStr", "General", "<is><t>0086</t></is>"), "\"0086\""),
        (("str", "", "<f>A1&amp;\"4\"</f><v>1234</v>"), "\"1234\""),
        (("n", "General", "<v>75.599999999999994</v>"), "\"75.6\""),
        (("n", "General", "<v>1234</v>"), "\"1234\""),
        (("n", "#,##0", "<v>9463</v>"), "\"9,463\""),
        (("n", "#,##0\"千円\"", "<v>9463</v>"), "\"9,463千円\""),
        (("n", "0.00", "<v>12.5</v>"), "\"12.50\""),
    ] {
        let (sheet, printed) = applied(&|book| enter(book, cell));
        assert!(sheet.contains(&format!("settlement.R7 = {written}")), "{cell:?}: {printed}{sheet}");
    }
}

#[test]
fn cells_whose_answer_is_not_certain_are_refused() {
    for (cell, expect) in [
        (("n", "m\"月\"d\"日\"", "<v>46143</v>"), "`5-1` may have been converted"),
        (("n", "yyyy/m/d", "<v>46143</v>"), "date 2026-05-01"),
        (("d", "", "<v>2026-05-01</v>"), "date 2026-05-01"),
        (("n", "#,##0,", "<v>9463000</v>"), "#,##0,"),
        (("n", "General", "<v>73.21428571428571</v>"), "73.2142857142857"),
        (("e", "", "<v>#REF!</v>"), "#REF!"),
        (("e", "", "<f>Sheet9!A1</f><v>#REF!</v>"), "#REF!"),
        (("n", "", "<f>SUM(A1:A2)</f>"), "no stored result"),
        (("b", "", "<v>1</v>"), "TRUE"),
    ] {
        let (city, mut book) = hokuto();
        enter(&mut book, cell);
        let file = city.returned("in/a.xlsx", &book);
        let printed = fail(&city.folder, &["excel", "read", &file, "--apply"]);
        assert!(printed.contains("answer-invalid") && printed.contains(expect), "{cell:?}: {printed}");
        assert!(
            printed.contains("› E7") && printed.contains("1 error") && printed.contains("help:"),
            "{cell:?}: {printed}"
        );
    }
}

#[test]
fn dates_counted_from_1904_are_the_same_dates() {
    let (city, mut book) = hokuto();
    enter(&mut book, ("n", "yyyy/m/d", "<v>44681</v>"));
    book.count_dates_from_1904();
    let file = city.returned("in/a.xlsx", &book);
    let printed = fail(&city.folder, &["excel", "read", &file]);
    assert!(printed.contains("date 2026-05-01"), "{printed}");
}

#[test]
fn percentages_keep_their_sign() {
    let content = crate::support::root().join("tests/fixtures/cities/c/content");
    let city = City::new(&content, "shiomino", "2027");
    let files = city.write("out");
    let rate = |book: &Book| {
        book.questions()
            .into_iter()
            .find(|(address, question)| address.contains(".rate.") && question.answer.is_empty())
    };
    for (format, value, written) in [("0%", "0.12", "12%"), ("0.0%", "0.1234", "12.3%")] {
        let (mut book, address) = files
            .values()
            .find_map(|bytes| {
                let book = Book::new(bytes);
                let (address, _) = rate(&book)?;
                Some((book, address))
            })
            .unwrap();
        book.set(&address, "E", "n", &format!("<v>{value}</v>"));
        book.format(&address, "E", format);
        let file = city.returned("in/a.xlsx", &book);
        let printed = succeed(&city.folder, &["excel", "read", &file]);
        assert!(printed.contains(&format!("`` → `{written}`")), "{printed}");
    }
}

#[test]
fn hidden_rows_are_read_with_a_remark() {
    for attributes in ["hidden=\"1\"", "ht=\"0\" customHeight=\"1\"", "zeroHeight=\"1\" hidden=\"true\""] {
        let (sheet, printed) = applied(&|book| {
            book.answer(AMOUNT, "10");
            book.set_row(AMOUNT, attributes);
        });
        assert!(sheet.contains("settlement.R7 = \"10\""), "{attributes}: {sheet}");
        assert!(printed.contains("the answer is in a hidden row"), "{attributes}: {printed}");
    }
}

#[test]
fn texts_are_read_without_readings_and_with_line_feeds() {
    let text = "<is><r><t xml:space=\"preserve\">北斗_x000D_\n二行目&#13;\n三行目</t></r><rPh sb=\"0\" eb=\"2\"><t>ホクト</t></rPh></is>";
    let (sheet, _) = applied(&|book| book.set(TEXT, "E", "inlineStr", text));
    assert!(sheet.contains("## 事業実績\n\n北斗\\\n二行目\\\n三行目\n"), "{sheet}");
}

#[test]
fn sheets_may_be_in_any_order_and_hidden_ones_deleted() {
    for change in
        [&(|book: &mut Book| book.reverse_sheets()) as &dyn Fn(&mut Book), &|book| book.delete_state(), &|book| {
            book.delete_lists();
            book.delete_state();
            book.reverse_sheets();
        }]
    {
        let (sheet, printed) = applied(&|book| {
            book.answer(AMOUNT, "10");
            change(book);
        });
        assert!(sheet.contains("settlement.R7 = \"10\"") && printed.contains("answers: 1, "), "{printed}");
    }
}

#[test]
fn pasted_cells_without_formats_are_read() {
    let (sheet, _) = applied(&|book| {
        book.set(AMOUNT, "E", "inlineStr", "<is><t>12.50</t></is>");
        book.format(AMOUNT, "E", "General");
        book.set("program/boshin#money.budget.R8", "E", "n", "<v>12.5</v>");
        book.format("program/boshin#money.budget.R8", "E", "General");
    });
    assert!(sheet.contains("settlement.R7 = \"12.50\"") && sheet.contains("budget.R8 = \"12.5\""), "{sheet}");
}
