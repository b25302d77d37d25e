//! Displayed texts of numbers, dates and times.

use super::book::Book;
use super::check;
use crate::spreadsheet::CellProblem;
use crate::spreadsheet::number_format::NumberFormat;

/// Checks the text of a number in a format; `?` if it is not certain.
#[track_caller]
fn check_format(code: &str, cases: &[(f64, &str)]) {
    for (number, expect) in cases {
        let text = match NumberFormat::parse(code).number(*number, false) {
            Ok(text) => text,
            Err(CellProblem::NumberFormat { format, .. }) if format == code => "?".to_owned(),
            Err(problem) => format!("{problem:?}"),
        };
        assert_eq!(text, *expect, "{number} in {code}");
    }
}

#[test]
fn general_format_displays_fifteen_significant_digits() {
    check_format(
        "General",
        &[
            (0.1 + 0.2, "0.3"),
            (1.0, "1"),
            (-5.0, "-5"),
            (-0.0, "0"),
            (100.0, "100"),
            (123_456_789_012_345.0, "123456789012345"),
            (1e15, "?"),
            (0.000_001, "0.000001"),
        ],
    );
}

#[test]
fn stored_digits_beyond_fifteen_are_not_displayed() {
    let cells = "<c><v>75.599999999999994</v></c><c><v>1.1000000000000001E-2</v></c><c><v>4.3499999999999996</v></c>";
    check(&Book::row(cells), "A1 75.6\nB1 0.011\nC1 4.35");
}

#[test]
fn long_decimals_are_not_rounded() {
    check_format(
        "General",
        &[
            (1.0 / 3.0, "LongDecimal { number: \"0.333333333333333\" }"),
            (0.000_000_1, "LongDecimal { number: \"0.0000001\" }"),
            // Eleven characters are displayed.
            (9_463_123.123, "9463123.123"),
            (9_463_123.123_4, "LongDecimal { number: \"9463123.1234\" }"),
            (1e-13, "?"),
        ],
    );
}

#[test]
fn fixed_decimals_are_rounded_half_away_from_zero_as_displayed() {
    check_format("0", &[(0.5, "1"), (1.5, "2"), (2.5, "3"), (-2.5, "-3"), (0.0, "0"), (73.2, "73")]);
    check_format("0.00", &[(1.005, "1.01"), (2.675, "2.68"), (-1.005, "-1.01"), (12.5, "12.50"), (0.0, "0.00")]);
    check_format("0.0", &[(73.25, "73.3"), (73.24, "73.2")]);
}

#[test]
fn thousands_are_grouped() {
    check_format(
        "#,##0",
        &[(0.0, "0"), (999.0, "999"), (1000.0, "1,000"), (9_463_000.0, "9,463,000"), (-1234.0, "-1,234")],
    );
    check_format("#,##0.0", &[(1234.56, "1,234.6"), (0.04, "0.0")]);
    check_format("#,###", &[(1234.0, "1,234"), (0.0, "?")]);
}

#[test]
fn percentages_are_displayed_in_hundredths() {
    check_format("0%", &[(0.12, "12%"), (1.0, "100%"), (0.125, "13%"), (-0.05, "-5%")]);
    check_format("0.0%", &[(0.1234, "12.3%"), (0.285, "28.5%")]);
}

#[test]
fn literals_are_displayed_before_and_after() {
    check_format("#,##0\"千円\"", &[(9463.0, "9,463千円"), (-1.0, "-1千円")]);
    check_format("\"約\"0.0\\ %", &[(0.5, "約50.0 %")]);
    check_format("\"¥\"#,##0", &[(-9463.0, "-¥9,463")]);
    check_format("0!人", &[(5.0, "5人")]);
    check_format("General\"人\"", &[(12.5, "12.5人")]);
    check_format("0000", &[(86.0, "0086")]);
    check_format("#0", &[(86.0, "86")]);
    check_format("#,##0_ ", &[(86.0, "86")]);
}

#[test]
fn negative_numbers_have_their_own_format() {
    check_format("#,##0;▲#,##0", &[(-1234.0, "▲1,234"), (1234.0, "1,234"), (0.0, "0")]);
    check_format("#,##0;\"△ \"#,##0", &[(-1234.0, "△ 1,234")]);
    check_format("#,##0_);[Red]\\(#,##0\\)", &[(-5.0, "(5)"), (5.0, "5")]);
    check_format("#,##0;[赤]-#,##0", &[(-5.0, "-5")]);
    check_format("_ * #,##0_ ;_ * \\-#,##0_ ;_ * \"-\"_ ;_ @_ ", &[(5.0, "5"), (-5.0, "-5"), (0.0, "?")]);
}

#[test]
fn uncertain_texts_are_not_rendered() {
    for code in [
        "#,##0,",
        "#,##0,\"千円\"",
        "0.0,,",
        "0!.0,",
        "# ?/?",
        "0.00E+00",
        "[>=100]0;0.0",
        "[DBNum1]General",
        "000-0000",
        "0.0#",
        "0.",
        "0%%",
        "%0",
        "[$¥-411]#,##0",
        "0,000",
        "0n",
        "\"¥\"* #,##0",
        "",
        ";;;",
        "*x0",
    ] {
        check_format(code, &[(1234.0, "?")]);
    }
    // Only coloured; rounded to zero.
    check_format("#,##0;[Red]#,##0", &[(-5.0, "?"), (5.0, "5")]);
    check_format("0", &[(-0.4, "?")]);
    check_format("0%", &[(-0.001, "?")]);
}

#[test]
fn dates_are_reported_with_the_text_that_was_probably_entered() {
    let date = |written: Option<&str>| CellProblem::Date {
        shown: "2026-05-01".to_owned(),
        written: written.map(str::to_owned),
    };
    for (code, written) in [
        ("m\"月\"d\"日\"", Some("5-1")),
        ("m/d;@", Some("5-1")),
        ("d-mmm", Some("5-1")),
        ("yyyy/m/d", None),
        ("[$-411]ggge\"年\"m\"月\"d\"日\";@", None),
        ("e\"年度\"", None),
        ("aaaa", None),
        ("mmm-yy", None),
    ] {
        assert_eq!(NumberFormat::parse(code).number(46143.0, false), Err(date(written)), "{code}");
    }
}

#[test]
fn dates_may_be_counted_from_1904() {
    let mut book = Book::row("<c r=\"A1\" s=\"1\"><v>44681</v></c>").built_in(&[14]);
    book.properties = "<workbookPr date1904=\"1\"/><ext><x15:workbookPr/></ext>".to_owned();
    check(&book, "A1 <date 2026-05-01>");
    book.properties = "<workbookPr date1904=\"0\"/>".to_owned();
    check(&book, "A1 <date 2022-04-30>");
}

#[test]
fn times_are_dates() {
    let book = Book::row(
        "<c s=\"1\"><v>0.0625</v></c><c s=\"2\"><v>1.25</v></c><c s=\"3\"><v>46143.5</v></c><c s=\"1\"><v>-1</v></c>\
         <c s=\"4\"><v>0.001</v></c>",
    )
    .formats(&["h:mm", "[h]:mm:ss", "yyyy/m/d h:mm", "mm:ss"]);
    check(
        &book,
        "A1 <date 01:30:00, 1:30>
         B1 <date 30:00:00, 30:00>
         C1 <date 2026-05-01T12:00:00>
         D1 <-1 in h:mm>
         E1 <date 00:01:26>",
    );
}

#[test]
fn japanese_built_in_formats_are_dates() {
    let ids: Vec<u32> = (27..=36).chain(50..=58).collect();
    let cells: String = (1..=ids.len()).map(|style| format!("<c s=\"{style}\"><v>46143</v></c>")).collect();
    let expect: String = ids
        .iter()
        .zip(["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "Q", "R", "S"])
        .map(|(id, column)| match id {
            35 | 53 | 56 => format!("{column}1 <date 2026-05-01, 5-1>\n"),
            _ => format!("{column}1 <date 2026-05-01>\n"),
        })
        .collect();
    check(&Book::row(&cells).built_in(&ids), &expect);
}

#[test]
fn built_in_formats_are_those_of_japanese() {
    let ids = [1, 2, 3, 4, 9, 10, 37, 38, 39, 41, 49];
    let row = |value: &str| {
        let cells: String = (1..=ids.len()).map(|style| format!("<c s=\"{style}\"><v>{value}</v></c>")).collect();
        Book::row(&cells).built_in(&ids)
    };
    check(
        &row("1234.5"),
        "A1 1235\nB1 1234.50\nC1 1,235\nD1 1,234.50\nE1 123450%\nF1 123450.00%\nG1 1,235\nH1 1,235\nI1 1,234.50
         J1 1,235\nK1 1234.5",
    );
    check(
        &row("-5"),
        "A1 -5\nB1 -5.00\nC1 -5\nD1 -5.00\nE1 -500%\nF1 -500.00%\nG1 -5\nH1 -5
         I1 -5.00\nJ1 <-5 in #,##0>\nK1 -5",
    );
    check(&row("0"), "A1 0\nB1 0.00\nC1 0\nD1 0.00\nE1 0%\nF1 0.00%\nG1 0\nH1 0\nI1 0.00\nJ1 <0 in #,##0>\nK1 0");
    check(
        &Book::row("<c s=\"1\"><v>5</v></c><c s=\"2\"><v>5</v></c>").built_in(&[5, 44]),
        "A1 <5 in numFmtId 5>\nB1 <5 in numFmtId 44>",
    );
}

#[test]
fn numbers_in_text_format_are_displayed_in_the_general_format() {
    check(&Book::row("<c s=\"1\"><v>12.50</v></c>").built_in(&[49]), "A1 12.5");
}

#[test]
fn formats_that_change_texts_are_reported() {
    let book =
        Book::row("<c s=\"1\" t=\"s\"><v>0</v></c><c s=\"2\" t=\"s\"><v>0</v></c><c s=\"3\" t=\"s\"><v>0</v></c>")
            .strings("<si><t>福祉</t></si>")
            .formats(&["@\"課\"", "0;0;0;_ @_ ", ";;;"]);
    check(&book, "A1 <福祉 in @\"課\">\nB1 福祉\nC1 <福祉 in ;;;>");
}
