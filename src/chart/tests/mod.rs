//! Tests of charts: figures are read back from the SVG and compared with the tables.

mod builders;
mod drawing;
mod properties;
mod reports;
mod scatter;
mod sparkline;

use super::ChartKind;
use super::wording::short_year;
use crate::model::{AmountKey, Decimal, EditionIx, Estimate, FiscalYear, IndicatorKind, ValueContent};
use crate::texts::InterfaceTexts;
use builders::{Amounts, TableRow, table_row};
use drawing::Drawing;

/// Draws a chart of `kind` and asserts that every mark is at the position of its figures.
fn draw(table_row: &TableRow, kind: ChartKind) -> Drawing {
    let chart = table_row.chart().expect("the data suffice for a chart");
    assert_eq!(chart.kind, kind);
    let drawing = Drawing::read(&chart.svg);
    drawing.assert_mark_positions();
    drawing
}

fn figures(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(year, value)| ((*year).to_owned(), (*value).to_owned())).collect()
}

// Five of the nine indicators of basic goal 2 of 北上市版総合戦略, as printed for 令和元年度. The
// other four, all annual, are cases of a test below.

fn net_migration() -> TableRow {
    table_row("転入超過人数", "人")
        .actual(
            "H26",
            &[
                "865 (H22 ～26)",
                "770 (H23 ～27)",
                "267 (H24 ～28)",
                "▲124 (H25 ～29)",
                "171 (H26 ～30)",
                "623 (H27 -R1)",
            ],
        )
        .target("end", "1,063 (H28 ～32)")
        .baseline("H26")
}

fn retention_rate() -> TableRow {
    table_row("地域おこし協力隊の定住率", "%").actual("H26", &["—", "—", "—", "—", "0", "83.3%"]).target("end", "100")
}

fn working_women() -> TableRow {
    table_row("女性の就業者数", "人")
        .actual(
            "H26",
            &["17,453 (H22)", "18,104 (H27)", "18,104 (H27)", "18,104 (H27)", "18,104 (H27)", "18,104 (H27)"],
        )
        .target("end", "18,590 (H32)")
        .baseline("H26")
}

fn internships() -> TableRow {
    table_row("市内企業インターンシップ受入人数", "人")
        .actual("H26", &["-", "H28 開始", "23", "19", "77", "22"])
        .target("end", "400")
}

fn wish_to_stay() -> TableRow {
    table_row("これから北上市に住み続けたいと思う人の割合", "%")
        .actual("H26", &["90.9", "90.9 [H26]", "85.3", "85.3 [H28]", "88.1", "88.1 [H30]"])
        .target("end", "90%以上")
        .baseline("H26")
}

#[test]
fn draws_negative_values_and_places_windows_at_their_last_year() {
    let drawing = draw(&net_migration(), ChartKind::Line);
    let actual =
        [("2014", "865"), ("2015", "770"), ("2016", "267"), ("2017", "-124"), ("2018", "171"), ("2019", "623")];
    assert_eq!(drawing.figures("chart-actual"), figures(&actual));
    assert_eq!(drawing.figures("chart-baseline"), figures(&[("2014", "865")]));
    assert_eq!(drawing.figures("chart-target"), figures(&[("2020", "1063")]));
    assert_eq!(drawing.run_years(), [[2014, 2015, 2016, 2017, 2018, 2019]]);
    let labels = drawing.texts_of_class("chart-label");
    assert!(["基準値 865", "▲124", "623"].iter().all(|label| labels.contains(label)), "{labels:?}");
    assert_eq!(drawing.texts_of_class("chart-target-label"), ["目標（R2）1,063"]);
    assert_eq!(drawing.ticks.iter().filter(|(tick, _)| *tick == Decimal::ZERO).count(), 1);
    assert!(drawing.texts_of_class("chart-tick").iter().any(|tick| tick.starts_with('−')), "{drawing:?}");
    assert_eq!(
        drawing.description,
        "転入超過人数の折れ線グラフ。実績値は、平成26年度（2014年度）が865 (H22 ～26)、令和元年度（2019年度）が623 (H27 -R1)。\
         令和2年度（2020年度）の目標値は1,063 (H28 ～32)。単位は人。"
    );
}

#[test]
fn connects_all_years_of_an_annual_series() {
    let cases = [
        ("定住化促進事業の取組地域数", "地域", ["4", "3", "5", "4", "3", "4"], "7"),
        ("年間観光客数", "千人", ["1,394", "1,400", "1,521", "1,510", "1,293", "1,806"], "1,960 【H32】"),
        ("産業観光客数", "千人", ["35", "27", "22", "26", "20", "15"], "37"),
        ("北上市無料職業紹介マッチング数", "件", ["1", "0", "0", "0", "0", "0"], "10"),
    ];
    for (name, unit, actual, target) in cases {
        let drawing =
            draw(&table_row(name, unit).actual("H26", &actual).target("end", target).baseline("H26"), ChartKind::Line);
        let values: Vec<String> = drawing.figures("chart-actual").into_iter().map(|(_, value)| value).collect();
        assert_eq!(values, actual.map(|value| value.replace(',', "")));
        assert_eq!(drawing.run_years(), [[2014, 2015, 2016, 2017, 2018, 2019]]);
        let labels = drawing.texts_of_class("chart-label");
        assert!(labels.contains(&&*format!("基準値 {}", actual[0])), "{labels:?}");
        assert!(labels.contains(&actual[5]), "{labels:?}");
        assert!(drawing.description.contains(&format!("単位は{unit}。")), "{}", drawing.description);
        assert_eq!(drawing.texts_of_class("chart-target-label").len(), 1);
    }
}

#[test]
fn draws_targets_without_a_year_at_the_end_of_the_plan() {
    let drawing = draw(&internships(), ChartKind::Line);
    assert_eq!(drawing.figures("chart-target"), figures(&[("end", "400")]));
    assert_eq!(drawing.texts_of_class("chart-target-label"), ["目標（計画期間末）400"]);
    assert!(drawing.texts_of_class("chart-year").contains(&"期間末"));
    assert!(drawing.description.contains("計画期間末の目標値は400。"));
}

#[test]
fn missing_values_are_gaps_and_not_zero() {
    let drawing = draw(&internships(), ChartKind::Line);
    let actual = [("2016", "23"), ("2017", "19"), ("2018", "77"), ("2019", "22")];
    assert_eq!(drawing.figures("chart-actual"), figures(&actual));
    assert!(drawing.texts_of_class("chart-year").contains(&"H26"), "the column remains on the axis");

    let drawing = draw(&table_row("件数", "件").actual("H26", &["4", "5", "-", "7", "8"]), ChartKind::Line);
    assert_eq!(drawing.run_years(), [[2014, 2015], [2017, 2018]]);
}

#[test]
fn draws_biennial_surveys_in_survey_years() {
    let drawing = draw(&wish_to_stay(), ChartKind::Line);
    let actual = [("2014", "90.9"), ("2016", "85.3"), ("2018", "88.1")];
    assert_eq!(drawing.figures("chart-actual"), figures(&actual));
    let carried = [("2015", "90.9"), ("2017", "85.3"), ("2019", "88.1")];
    assert_eq!(drawing.figures("chart-carried"), figures(&carried));
    assert_eq!(drawing.run_years(), [[2014, 2016, 2018]]);
    assert_eq!(drawing.texts_of_class("chart-target-label"), ["目標（計画期間末）90%以上"]);
    assert_eq!(drawing.texts_of_class("chart-legend"), ["実績値", "以前の調査の値", "目標値"]);
    assert!(drawing.description.ends_with("縦軸は0から始まっていません。"));
}

#[test]
fn skipped_surveys_are_gaps() {
    let mut table_row = table_row("人口", "人").actual("H22", &["10"]).actual("H27", &["11"]).actual("R2", &["12"]);
    assert_eq!(draw(&table_row, ChartKind::Line).run_years(), [[2010, 2015, 2020]]);
    table_row = table_row.actual("R12", &["13"]);
    assert_eq!(draw(&table_row, ChartKind::Line).run_years(), [[2010, 2015, 2020]]);
    table_row.indicator.interval = Some(10);
    assert_eq!(draw(&table_row, ChartKind::Line).run_years(), [[2010, 2015, 2020, 2030]]);
}

#[test]
fn draws_bars_for_two_measurements_despite_repeats() {
    let drawing = draw(&working_women(), ChartKind::Bars);
    assert_eq!(drawing.figures("chart-baseline"), figures(&[("2010", "17453")]));
    assert_eq!(drawing.figures("chart-actual"), figures(&[("2015", "18104")]));
    assert_eq!(drawing.figures("chart-target"), figures(&[("2020", "18590")]));
    assert_eq!(drawing.texts_of_class("chart-label"), ["17,453", "18,104"]);
    assert_eq!(drawing.texts_of_class("chart-target-label"), ["18,590"]);
    assert_eq!(drawing.texts_of_class("chart-name")[1], "実績値 平成27年度（2015年度）");

    let drawing = draw(&retention_rate(), ChartKind::Bars);
    assert_eq!(drawing.figures("chart-actual"), figures(&[("2019", "83.3")]));
    assert_eq!(drawing.figures("chart-target"), figures(&[("end", "100")]));
    assert_eq!(drawing.texts_of_class("chart-label"), ["83.3%"]);
}

#[test]
fn bars_show_latest_value_and_all_its_targets() {
    let tours = table_row("宿泊型新保健指導ツアー実施回数", "ツアー")
        .actual("R3", &["0 ツアー"])
        .target("R3", "5 ツアー")
        .target("R4", "7 ツアー")
        .target("R5", "10 ツアー");
    let drawing = draw(&tours, ChartKind::Bars);
    assert_eq!(drawing.figures("chart-actual"), figures(&[("2021", "0")]), "zero is a mark");
    assert_eq!(drawing.figures("chart-target"), figures(&[("2021", "5"), ("2022", "7"), ("2023", "10")]));
    assert_eq!(drawing.texts_of_class("chart-label"), ["0 ツアー"]);
}

#[test]
fn interim_and_estimated_values_have_distinct_shapes() {
    let mut table_row = table_row("件数", "件").actual("H27", &["4", "5", "6", "7", "3"]).target("R2", "9");
    table_row.actual[2].2.estimated = Some(Estimate::Labelled("推計".into()));
    table_row.actual[4].1 = EditionIx(1);
    let drawing = draw(&table_row, ChartKind::Line);
    assert_eq!(drawing.figures("chart-actual"), figures(&[("2015", "4"), ("2016", "5"), ("2018", "7")]));
    assert_eq!(drawing.figures("chart-estimated"), figures(&[("2017", "6")]));
    assert_eq!(drawing.figures("chart-interim"), figures(&[("2019", "3")]));
    assert_eq!(drawing.run_years(), [[2015, 2016, 2017, 2018]], "interim values are not vertices of the line");
    let legend = ["実績値", "年度途中の値（2019-09-30現在）", "推計", "目標値"];
    assert_eq!(drawing.texts_of_class("chart-legend"), legend);

    table_row.actual.drain(..3);
    let drawing = draw(&table_row, ChartKind::Bars);
    assert_eq!(drawing.figures("chart-interim"), figures(&[("2019", "3")]));
    assert_eq!(drawing.texts_of_class("chart-name")[1], "年度途中の値 令和元年度（2019年度）");
    let marked = |table_row: &TableRow| table_row.chart().unwrap().svg.matches("<path class=\"chart-target\"").count();
    assert_eq!(marked(&table_row), 2, "the target is marked on the latest value too");
    table_row.actual.remove(0);
    let drawing = draw(&table_row, ChartKind::Bars);
    assert_eq!(drawing.texts_of_class("chart-name")[0], "年度途中の値 令和元年度（2019年度）");
    assert_eq!(marked(&table_row), 1, "the target is not marked on an interim value");
}

#[test]
fn equal_zero_large_and_small_values_have_an_axis() {
    let cases = [
        ["5", "5", "5"],
        ["0", "0", "0"],
        ["▲7", "▲7", "▲7"],
        ["123,456,789", "98,765,432", "111,111,111"],
        ["0.001", "0.0025", "0.002"],
        ["1,000.5", "1,000.6", "1,000.55"],
    ];
    for values in cases {
        let drawing = draw(&table_row("値", "人").actual("H29", &values), ChartKind::Line);
        assert_eq!(drawing.figures("chart-actual").len(), 3, "{values:?}");
    }
    let drawing = draw(&table_row("値", "人").actual("H29", millions()), ChartKind::Line);
    assert_eq!(drawing.texts_of_class("chart-tick"), ["0", "500万", "1,000万", "1,500万"]);
    let drawing = draw(&table_row("値", "千円").actual("H29", millions()), ChartKind::Line);
    assert_eq!(drawing.texts_of_class("chart-tick")[1], "5,000,000", "multiples of 千円 are not abbreviated");
}

fn millions() -> &'static [&'static str] {
    &["1,000,000", "12,000,000", "9,000,000"]
}

#[test]
fn draws_no_chart_for_insufficient_data() {
    let none = |table_row: &TableRow| assert_eq!(table_row.chart(), None);
    none(&table_row("値", "人"));
    none(&table_row("値", "人").actual("H29", &["5", "6"]));
    none(&table_row("値", "人").actual("H29", &["-", "-", "-"]).target("end", "5"));
    none(&table_row("値", "人").target("end", "5"));
    none(&table_row("値", "人").actual("H29", &["1", "2", "99999999999999999999"]));
    let mut text_indicator = internships();
    text_indicator.indicator.kind = IndicatorKind::Text;
    none(&text_indicator);
    let mut relative = table_row("値", "人").actual("H29", &["13"]).target("H29", "前年度比10%増");
    relative.target[0].1.content = ValueContent::Text;
    none(&relative);
}

#[test]
fn states_cumulative_targets_as_text_only() {
    let mut table_row = internships();
    table_row.indicator.target_total_from = Some(FiscalYear(2016));
    let drawing = draw(&table_row, ChartKind::Line);
    assert_eq!(drawing.figures("chart-target"), []);
    assert_eq!(drawing.texts_of_class("chart-legend"), ["目標は累計で400（計画期間末）"]);
    assert!(drawing.description.contains("目標は累計で400（計画期間末）。"));

    table_row.actual.truncate(4);
    assert_eq!(table_row.chart(), None, "one year is not compared with the total of all");
}

#[test]
fn lines_and_comparisons_stop_at_changed_definitions() {
    let mut table_row =
        table_row("率", "%").actual("H28", &["40", "41", "60", "62"]).target("R2", "70").baseline("H28");
    table_row.indicator.breaks = vec![FiscalYear(2018)];
    let drawing = draw(&table_row, ChartKind::Line);
    assert_eq!(drawing.run_years(), [[2016, 2017], [2018, 2019]]);
    assert_eq!(drawing.texts_of_class("chart-legend"), ["実績値", "目標値", "H30から定義・調査方法が異なる"]);

    table_row.actual.drain(1..3);
    let drawing = draw(&table_row, ChartKind::Bars);
    assert_eq!(drawing.figures("chart-baseline"), []);
    assert_eq!(drawing.figures("chart-actual"), figures(&[("2019", "62")]));
}

#[test]
fn ranges_are_not_points() {
    let mut table_row = table_row("人数", "名").actual("H27", &["1", "2", "3", "4"]);
    table_row.actual[1].2.content = ValueContent::Range(Decimal::from(3), Decimal::from(4));
    let drawing = draw(&table_row, ChartKind::Line);
    assert_eq!(drawing.figures("chart-actual").len(), 3);
    assert_eq!(drawing.run_years(), [[2017, 2018]], "the line is interrupted at a range");
}

#[test]
fn omits_labels_of_years_without_space() {
    let values: Vec<String> = (0..30).map(|i| (i * 37 % 101).to_string()).collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    let drawing = draw(&table_row("値", "人").actual("H1", &values), ChartKind::Line);
    let years = drawing.texts_of_class("chart-year");
    assert!(years.contains(&"1989") && years.contains(&"2018"), "{years:?}");
    assert!(years.len() < 20, "{years:?}");
}

#[test]
fn english_charts_have_english_texts() {
    let english = TableRow { texts: InterfaceTexts::embedded("en").unwrap(), ..wish_to_stay() };
    let drawing = draw(&english, ChartKind::Line);
    assert_eq!(drawing.texts_of_class("chart-legend"), ["Actual", "Earlier survey", "Target"]);
    assert!(drawing.title.ends_with(": year by year"));

    let mut estimated = table_row("件数", "件").actual("H28", &["4", "5", "6", "7"]);
    estimated.actual[2].2.estimated = Some(Estimate::Labelled("推計".into()));
    estimated.actual[3].2.estimated = Some(Estimate::Labelled("速報".into()));
    let english = TableRow { texts: InterfaceTexts::embedded("en").unwrap(), ..estimated };
    assert!(draw(&english, ChartKind::Line).texts_of_class("chart-legend").contains(&"推計, 速報"));
    assert!(drawing.description.contains("Target: 90%以上 at the end of the plan."), "{}", drawing.description);
}

#[test]
fn escapes_markup_in_names() {
    let drawing = draw(&table_row("A & B <i>\"\u{0}", "人").actual("H29", &["1", "2", "3"]), ChartKind::Line);
    assert_eq!(drawing.title, "A & B <i>\"\u{fffd}の推移");
}

#[test]
fn draws_amounts_as_bars_by_year_and_kind() {
    let amounts = Amounts::of(&[
        (AmountKey::BUDGET, "R3", "9,463"),
        (AmountKey::SETTLEMENT, "R3", "6,909"),
        (AmountKey::PLAN, "R4", "11,663"),
        (AmountKey::PLAN, "R5", "15,000"),
    ]);
    let chart = amounts.chart("千円").unwrap();
    assert_eq!(chart.kind, ChartKind::Money);
    let drawing = Drawing::read(&chart.svg);
    drawing.assert_mark_positions();
    assert_eq!(drawing.figures("chart-budget"), figures(&[("2021", "9463")]));
    assert_eq!(drawing.figures("chart-settlement"), figures(&[("2021", "6909")]));
    assert_eq!(drawing.figures("chart-plan"), figures(&[("2022", "11663"), ("2023", "15000")]));
    assert_eq!(drawing.texts_of_class("chart-label"), ["9,463", "6,909", "11,663", "15,000"]);
    assert_eq!(drawing.texts_of_class("chart-name"), ["予算額", "決算額", "計画額", "計画額"]);
    assert_eq!(drawing.texts_of_class("chart-year"), ["R3", "2021", "R4", "2022", "R5", "2023"]);
}

#[test]
fn missing_amounts_are_gaps_and_zero_is_a_mark() {
    let amounts = Amounts::of(&[
        (AmountKey::BUDGET, "R3", "—"),
        (AmountKey::SETTLEMENT, "R3", "0"),
        (AmountKey::BUDGET, "R4", "120"),
        (AmountKey::SETTLEMENT, "R4", "90"),
    ]);
    let drawing = Drawing::read(&amounts.chart("千円").unwrap().svg);
    drawing.assert_mark_positions();
    assert_eq!(drawing.figures("chart-budget"), figures(&[("2022", "120")]));
    assert_eq!(drawing.figures("chart-settlement"), figures(&[("2021", "0"), ("2022", "90")]));
    assert_eq!(drawing.texts_of_class("chart-missing"), ["—"]);
    assert_eq!(drawing.texts_of_class("chart-label"), ["0", "120", "90"]);
}

#[test]
fn draws_no_chart_for_a_single_amount() {
    assert_eq!(Amounts::of(&[]).chart("千円"), None);
    assert_eq!(Amounts::of(&[(AmountKey::BUDGET, "R3", "5"), (AmountKey::SETTLEMENT, "R3", "-")]).chart("千円"), None);
}

#[test]
fn formats_fiscal_years_in_two_short_lines() {
    assert_eq!(short_year(FiscalYear(2019)), ["R1", "2019"]);
    assert_eq!(short_year(FiscalYear(2018)), ["H30", "2018"]);
    assert_eq!(short_year(FiscalYear(1920)), ["1920", ""]);
}

#[test]
fn draws_comparisons_as_thin_lines_named_at_the_right() {
    let table_row = table_row("健診の受診率", "%")
        .actual("H27", &["30.1", "31.4", "33.0", "34.8", "36.2"])
        .comparison("県平均", "H27", &["36.0", "36.4", "36.9", "37.2", "37.9"])
        .comparison("全国平均", "H29", &["37.2", "37.9"]);
    let drawing = Drawing::read(&table_row.chart().unwrap().svg);
    drawing.assert_mark_positions();
    assert_eq!(drawing.texts_of_class("chart-comparison-name"), ["県平均", "全国平均"]);
    assert_eq!(drawing.figures("chart-comparison").len(), 7);
    assert_eq!(drawing.figures("chart-actual").len(), 5);
    assert!(drawing.description.contains("県平均は"), "{}", drawing.description);
}
