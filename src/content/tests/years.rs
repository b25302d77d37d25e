//! Tests of fiscal years and periods in all notations used by reports.

use crate::model::{FiscalYear, Period};

fn check(written: &str, expected: Option<i32>) {
    assert_eq!(FiscalYear::parse(written), expected.map(FiscalYear), "{written}");
}

fn check_period(written: &str, expected: Option<(i32, i32)>) {
    let expected = expected.map(|(from, to)| Period { from: FiscalYear(from), to: FiscalYear(to) });
    assert_eq!(Period::parse(written), expected, "{written}");
}

#[test]
fn parses_all_notations_of_a_year() {
    for name in [
        "R1",
        "R01",
        "Ｒ１",
        "R元",
        "令和元年度",
        "令和1年度",
        "令和１",
        "令和元年",
        "H31",
        "平成31年度",
        "2019",
        "２０１９年度",
    ] {
        check(name, Some(2019));
    }
    check("Ｒ４", Some(2022));
    check("S63", Some(1988));
    check("昭和64年度", Some(1989));
    check(" H 27 ", Some(2015));
}

#[test]
fn parses_heisei_years_beyond_2019() {
    check("H32", Some(2020));
    check("平成33年度", Some(2021));
}

#[test]
fn rejects_invalid_years() {
    for written in [
        "昭和99",
        "S65",
        "H61",
        "R0",
        "R100",
        "99",
        "0",
        "-",
        "",
        "元",
        "H",
        "令和",
        "30000",
        "1899",
        "2118",
        "H28.9",
        "r1",
        "来年度",
    ] {
        check(written, None);
    }
}

#[test]
fn formats_years_in_their_current_era_name() {
    let check = |year: i32, short: &str, japanese: &str| {
        assert_eq!((FiscalYear(year).short(), FiscalYear(year).japanese()), (short.to_owned(), japanese.to_owned()));
    };
    check(2019, "R1", "令和元年度");
    check(2018, "H30", "平成30年度");
    check(1989, "H1", "平成元年度");
    check(1988, "S63", "昭和63年度");
    check(1925, "1925", "1925年度");
    assert_eq!(FiscalYear(2019).to_string(), "令和元年度（2019年度）");
}

#[test]
fn parses_periods() {
    check_period("H27/R2", Some((2015, 2020)));
    check_period("H27 -R1", Some((2015, 2019)));
    check_period("平成27年度～令和元年度", Some((2015, 2019)));
    check_period("2015-2019", Some((2015, 2019)));
    check_period("H29", Some((2017, 2017)));
    check_period("R2/R2", Some((2020, 2020)));
}

#[test]
fn parses_periods_whose_end_omits_the_era() {
    check_period("H22 ～26", Some((2010, 2014)));
    check_period("H25 ～29", Some((2013, 2017)));
    check_period("Ｒ４～６", Some((2022, 2024)));
    check_period("令和元～3年度", Some((2019, 2021)));
}

#[test]
fn rejects_invalid_periods() {
    for written in ["R6/R2", "H30～2", "H27/", "/R2", "～", "2015-09-30", "R1/R2/R3", "15-20"] {
        check_period(written, None);
    }
}
