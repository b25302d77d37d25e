//! Reading of CSV files.

use crate::spreadsheet::{Encoding, read_csv};

#[track_caller]
fn check(bytes: &[u8], expect: &str) {
    let (workbook, _) = read_csv(bytes, None).unwrap_or_else(|error| panic!("{}", error.en));
    let expect: String = expect.lines().map(|line| format!("{}\n", line.trim())).collect();
    assert_eq!(super::cells(&workbook), expect);
}

#[track_caller]
fn check_refused(bytes: &[u8], ja: &str, en: &str) {
    let error = read_csv(bytes, None).unwrap_err();
    assert!(error.ja.contains(ja) && error.en.contains(en), "{error:?}");
}

fn cp932(text: &str) -> Vec<u8> {
    encoding_rs::SHIFT_JIS.encode(text).0.into_owned()
}

#[test]
fn files_are_in_utf_8_or_cp932() {
    check("名,値\n北斗,1\n".as_bytes(), "A1 名\nB1 値\nA2 北斗\nB2 1");
    check("\u{feff}名,値".as_bytes(), "A1 名\nB1 値");
    check(&cp932("名,①㈱髙～ﾃｽﾄ"), "A1 名\nB1 ①㈱髙～ﾃｽﾄ");
}

#[test]
fn undecodable_bytes_are_located() {
    check_refused(b"a,b\n\xff\xfe", "2 行目、先頭から 4 バイト目の 0xFF", "line 2, byte 4 is 0xFF");
    // A damaged file in UTF-8 is not read as CP932.
    check_refused("名,値\n北".as_bytes().split_last().unwrap().1, "2 行目、先頭から 8 バイト目", "line 2, byte 8");
    check_refused(b"\xef\xbb\xbfa\x82\xa0", "先頭から 4 バイト目", "byte 4");
    check_refused(&[cp932("名\n"), vec![0x82]].concat(), "2 行目、先頭から 3 バイト目", "byte 3");
}

#[test]
fn quoted_fields_have_line_breaks_and_delimiters() {
    check(b"\"a,b\r\nc\",\"d\"\"e\"\r\nf,g", "A1 a,b\\nc\nB1 d\\\"e\nA2 f\nB2 g");
}

#[test]
fn rows_may_have_different_lengths_and_be_empty() {
    for newline in ["\n", "\r\n", "\r"] {
        let text = ["", "a,,b", "", "", "c", "\"d\ne\"", ",", "f"].join(newline);
        check(text.as_bytes(), "A2 a\nC2 b\nA5 c\nA6 d\\ne\nA8 f");
    }
    check(b"", "");
    check(b"\n\n", "");
}

#[test]
fn tabs_delimit_if_the_first_line_has_no_comma() {
    check(b"a\tb\n1,2\t3", "A1 a\nB1 b\nA2 1,2\nB2 3");
    check(b"a\tb,c", "A1 a\\tb\nB1 c");
}

#[test]
fn unclosed_quotes_are_errors() {
    check_refused(b"a,b\n1,\"2\n3,4\n", "2 行目の引用符", "line 2");
    check_refused(b"a,b\r\n1,2\r\n3,\"\"\"4\r\n", "3 行目の引用符", "line 3");
    check(b"5\" pipe,\"a\"\"\"", "A1 5\\\" pipe\nB1 a\\\"");
}

#[test]
fn a_declared_encoding_is_not_replaced_by_another() {
    let cp932 = encoding_rs::SHIFT_JIS.encode("番号,①名称\n").0;
    let (_, found) = read_csv(&cp932, None).unwrap();
    assert_eq!(found, Encoding::Cp932);
    let error = read_csv(&cp932, Some(Encoding::Utf8)).unwrap_err();
    assert!(error.en.contains("not in UTF-8: line 1, byte 0 is 0x94"), "{}", error.en);
    assert_eq!(read_csv("番号\n".as_bytes(), None).unwrap().1, Encoding::Utf8);
    let error = read_csv("あ,い\n".as_bytes(), Some(Encoding::Cp932)).unwrap_err();
    assert!(error.ja.contains("CP932 ではありません（1 行目"), "{}", error.ja);
}

#[test]
fn files_with_too_many_cells_or_columns_are_refused() {
    check_refused("1,2\n".repeat(400_001).as_bytes(), "多すぎます", "too many");
    check_refused("1,".repeat(16_385).as_bytes(), "多すぎます", "too many");
}
