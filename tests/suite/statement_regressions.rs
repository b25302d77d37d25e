//! Regression tests for false statements in earlier versions of the site. `docs/statements.md` defines the rules.

use crate::support;
use std::path::PathBuf;

/// A strategy with two final editions, an interim one, and one policy.
const STRATEGY: &str = r#"title = "計画"
publisher = "あおい市"
period = "H27/R8"
missing = ["-"]
[[edition]]
id = "2022"
label = "令和4年度"
year = "R4"
[[edition]]
id = "2023"
label = "令和5年度"
year = "R5"
[[edition]]
id = "interim"
label = "令和6年度 中間"
year = "R6"
stage = "interim"
[[scale]]
id = "status"
title = "評価"
of = ["program"]
marks = [{ mark = "A", tone = "good" }, { mark = "B", tone = "poor" }]
"#;

/// Content in a temporary folder, and the site built from it.
struct Site {
    folder: PathBuf,
    _guard: tempfile::TempDir,
}

impl Site {
    fn build(files: &[(&str, &str)]) -> Self {
        let (guard, folder) = support::temp_dir();
        for (path, text) in [("a/strategy.toml", STRATEGY)].iter().chain(files) {
            support::write(&folder.join("content").join(path), text.as_bytes());
        }
        support::build(&folder.join("content"), &folder.join("site"));
        Self { folder, _guard: guard }
    }

    /// A site with one indicator of a policy, and its figures in the edition of R5.
    fn indicator(keys: &str, figures: &str) -> Self {
        let policy = format!("+++\nname = \"施策\"\n[[indicator]]\nid = \"x\"\nname = \"件数\"\n{keys}\n+++\n");
        let sheet = format!("+++\n[indicator.x]\n{figures}\n+++\n");
        Self::build(&[("a/policies/1/policy.md", &policy), ("a/policies/1/2023.md", &sheet)])
    }

    fn page(&self, path: &str) -> scraper::Html {
        support::page(&std::fs::read(self.folder.join("site").join(path)).unwrap())
    }

    /// As [`Self::text`] for the page of the policy, without whitespace, which varies between table cells.
    fn cells(&self, selector: &str) -> String {
        self.text(POLICY, selector).replace(' ', "")
    }

    /// The texts of the elements on the page `path` that match `selector`, one line each.
    fn text(&self, path: &str, selector: &str) -> String {
        let (page, selector) = (self.page(path), scraper::Selector::parse(selector).unwrap());
        let texts = page.select(&selector).map(|element| element.text().collect::<String>());
        let lines = texts.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        lines.collect::<Vec<_>>().join("\n")
    }
}

const POLICY: &str = "a/policies/1.html";

#[test]
fn targets_of_another_definition_are_not_compared() {
    let site = Site::indicator(
        "unit = \"件\"\nbetter = \"higher\"\nbreaks = \"R6\"\nmethod = \"declared\"",
        "actual.R5 = 27\ntarget.R8 = 17",
    );
    assert_eq!(site.text(POLICY, ".chart, .differences"), "");
    assert!(site.text(POLICY, ".indicator .aside").contains("令和6年度から定義や調査方法が変わったため"));
    assert!(site.text("a/indicators.html", ".brief").contains("令和6年度から定義や調査方法が変わったため"));
}

#[test]
fn a_target_follows_the_definition_of_its_own_year() {
    let policy = "+++\nname = \"施策\"\n[[indicator]]\nid = \"x\"\nname = \"件数\"\nunit = \"件\"\nbetter = \"higher\"\nbreaks = \"R5\"\n+++\n";
    let site = Site::build(&[
        ("a/policies/1/policy.md", policy),
        ("a/policies/1/2022.md", "+++\n[indicator.x]\nactual.R4 = 5\ntarget.R8 = 20\n+++\n"),
        ("a/policies/1/2023.md", "+++\n[indicator.x]\nactual.R5 = 15\n+++\n"),
    ]);
    assert_eq!(site.text(POLICY, ".chart-title"), "令和5年度は15件、令和8年度の目標の20件まであと5件");
}

#[test]
fn projected_values_are_never_the_latest() {
    for projected in [
        "actual.R7 = { value = 90, estimated = true }",
        "actual.R7 = 90",
        "actual.R5 = { value = 90, estimated = true }",
    ] {
        let site = Site::indicator(
            "unit = \"件\"\nbetter = \"higher\"",
            &format!("actual.R4 = 30\n{projected}\ntarget.R8 = 100"),
        );
        let title = site.text(POLICY, ".chart-title");
        assert_eq!(title, "令和4年度は30件、令和8年度の目標の100件まであと70件", "{projected}");
        assert!(site.text("a/indicators.html", ".brief-figure").starts_with("令和4年度 30"), "{projected}");
        assert!(site.cells("table.values").contains("90見込み"), "the table lacks it: {projected}");
    }
}

#[test]
fn an_indicator_is_one_block_that_states_its_figures_once() {
    let charted = Site::indicator(
        "unit = \"件\"\nbetter = \"higher\"",
        "actual.R4 = { value = 30, note = \"速報値\" }\nforecast.R5 = 40\ninterim.R5 = 12\ntarget.R8 = 100",
    );
    assert_eq!(charted.text(POLICY, ".chart-title"), "令和4年度は30件、目標（令和8年度）は100件");
    assert!(charted.text(POLICY, ".folded-table caption").contains("実績値と目標値"), "the table is folded");
    assert_eq!(charted.text(POLICY, ".key-figures"), "", "the title states the key figures");
    let remarks = charted.text(POLICY, ".key-remark");
    assert!(remarks.contains("速報値"), "a note stays with its value outside the fold: {remarks}");
    assert!(remarks.contains("12件 令和5年度 途中経過"), "{remarks}");
    let plain = Site::indicator("unit = \"件\"", "actual.R4 = 30");
    assert_eq!(plain.text(POLICY, ".folded-table, .chart"), "", "without a chart nothing is folded");
    assert!(plain.text(POLICY, ".key-now").contains("30件"));
}

#[test]
fn a_forecast_is_not_a_target() {
    let site = Site::indicator("unit = \"件\"\nbetter = \"higher\"", "actual.R5 = 33\nforecast.R6 = 38");
    assert_eq!(site.text(POLICY, ".key-goal, .differences"), "");
    assert!(site.text(POLICY, ".key-now").contains("33件"));
    assert!(site.cells("table.values").contains("令和6年度（2024年度）38見込み"));
}

#[test]
fn calendar_years_are_not_fiscal_years() {
    let site = Site::indicator(
        "unit = \"人\"\nyear_kind = \"calendar\"\nbaseline = \"H28\"\nbreaks = \"H29\"",
        "actual.H28 = 7\nactual.H29 = 8\nactual.H30 = \"9 (H30)\"\ntarget.H30 = 10",
    );
    let text = site.text(POLICY, ".indicator");
    assert!(text.contains("平成28年（2016年）") && text.contains("平成30年"), "{text}");
    assert!(!text.contains("年度（2016") && !text.contains("平成30年度") && !text.contains("平成29年度"), "{text}");
    let json = std::fs::read_to_string(site.folder.join("site/a/report.json")).unwrap();
    assert!(json.contains("\"calendar_year\":2016") || json.contains("\"calendar_year\": 2016"), "{json}");
}

#[test]
fn interim_values_are_shown_next_to_the_value_of_the_year() {
    let site = Site::indicator(
        "unit = \"件\"",
        "actual.R5 = 12\ninterim.R5 = { value = 7, as_of = \"R5.9.30\" }\nforecast.R6 = 14\ninterim.R6 = { value = 6, as_of = \"R6.9.30\" }",
    );
    assert_eq!(site.text(POLICY, ".revisions"), "", "an interim value is not a revision");
    let table = site.cells("table.values tbody tr");
    assert!(table.contains("令和5年度（2023年度）127途中経過R5.9.30現在"), "{table}");
    assert!(table.contains("令和6年度（2024年度）6途中経過R6.9.30現在14見込み"), "{table}");
    assert!(site.text(POLICY, ".key-now").contains("12件"));
    assert!(site.text(POLICY, ".key-interim").contains("6件 令和6年度 途中経過"));
}

#[test]
fn an_estimate_keeps_its_printed_label() {
    let site = Site::indicator("unit = \"人\"", "actual.R5 = { value = 900, estimated = \"推計\" }\ntarget.R5 = 1000");
    let text = site.text(POLICY, "main");
    assert!(text.contains("推計") && !text.contains("見込み"), "{text}");
    assert!(site.text(POLICY, ".chart-title").contains("900人（推計）"), "an estimate with a label is a result");
}

#[test]
fn counts_and_lists_use_only_the_current_edition() {
    let judged = |mark: &str| format!("+++\n[judgement]\nstatus = \"{mark}\"\n+++\n");
    let site = Site::build(&[
        ("a/programs/road/program.md", "+++\nname = \"道\"\n+++\n"),
        ("a/programs/park/program.md", "+++\nname = \"公園\"\n+++\n"),
        ("a/programs/road/2022.md", &judged("A")),
        ("a/programs/park/2022.md", &judged("B")),
        ("a/programs/road/2023.md", &judged("B")),
        ("a/programs/road/interim.md", &judged("A")),
    ]);
    let spread = site.text("a/index.html", ".spread");
    assert!(
        spread.contains("B（不十分） 1件") && spread.contains("A（良好） 0件") && spread.contains("全1件"),
        "{spread}"
    );
    assert!(
        spread.contains("「令和5年度」") && spread.contains("「令和6年度 中間」"),
        "the interim edition is not named: {spread}"
    );
    let listed = site.text("a/programs.html", "table.list tbody tr");
    let park = listed.lines().find(|line| line.starts_with("公園")).unwrap();
    assert!(park.contains("「令和4年度」まで掲載") && park.contains("記載なし"), "{park}");
    assert!(
        site.text("a/programs/park.html", ".judged").contains("令和4年度"),
        "its own page lacks its mark with the year"
    );
}

#[test]
fn all_pages_compare_with_the_same_target() {
    let site =
        Site::indicator("unit = \"地区\"\nbetter = \"higher\"", "actual.R5 = 34\ntarget.R5 = 16\ntarget.R7 = 17");
    let list = site.text("a/indicators.html", ".brief-figure");
    assert_eq!(list, "令和5年度 34\n→ 目標値 令和5年度 16\n→ 目標値 令和7年度 17");
    assert_eq!(site.text(POLICY, ".chart-title"), "令和5年度は34地区、目標の16地区を18地区上回る");
    // Without a target for its year, the next one applies, not that for the end of the plan.
    let site = Site::indicator("unit = \"件\"\nbetter = \"higher\"", "actual.R5 = 87\ntarget.R6 = 20\ntarget.end = 30");
    assert!(site.text(POLICY, ".chart-title").contains("令和6年度の目標の20件"));
    assert!(site.text("a/indicators.html", ".brief-figure").contains("→ 目標値 令和6年度 20\n→ 目標値 計画期間末 30"));
}

#[test]
fn actual_totals_and_target_totals_are_distinguished() {
    let totals =
        Site::indicator("unit = \"件\"\nactual_total_from = \"R2\"", "actual.R4 = 30\nactual.R5 = 45\ntarget.R8 = 100");
    assert!(totals.text(POLICY, ".facts").contains("令和2年度（2020年度）からの累計"));
    assert!(totals.text(POLICY, ".chart-title").contains("令和8年度の目標の100件"), "both figures are totals");
    for key in ["target_total_from", "cumulative_from"] {
        let annual = Site::indicator(
            &format!("unit = \"件\"\n{key} = \"R2\""),
            "actual.R4 = 30\nactual.R5 = 45\ntarget.R8 = 100",
        );
        assert_eq!(annual.text(POLICY, ".chart"), "");
        let facts = annual.text(POLICY, ".facts");
        assert!(
            facts.contains("からの累計") && facts.contains("グラフでは比較していません"),
            "the reason for the missing chart is not stated: {facts}"
        );
    }
}

#[test]
fn the_chart_shows_every_printed_target() {
    let site = Site::indicator("unit = \"件\"", "actual.R5 = 5\ntarget.R5 = 4\ntarget.R6 = 6\ntarget.R7 = 8");
    let (page, marks) =
        (site.page(POLICY), scraper::Selector::parse("svg.chart-of-bars [data-year].chart-target").unwrap());
    let drawn: Vec<_> = page.select(&marks).map(|mark| mark.value().attr("data-year").unwrap().to_owned()).collect();
    assert_eq!(drawn, ["2023", "2024", "2025"]);
    let described = site.text(POLICY, "svg.chart-of-bars desc");
    assert!(
        ["令和5年度（2023年度）", "令和6年度（2024年度）", "令和7年度（2025年度）"]
            .iter()
            .all(|year| described.contains(&format!("{year}の目標値は"))),
        "{described}"
    );
}

#[test]
fn a_baseline_without_year_precedes_all_years() {
    let site =
        Site::indicator("unit = \"件\"\nbaseline = \"start\"\nbetter = \"higher\"", "actual.start = 3\nactual.R5 = 5");
    assert!(site.cells("table.values tbody tr").starts_with("年度の記載なし基準値3"));
    assert!(site.text(POLICY, ".differences").contains("基準値の3件を2件上回っています。"));
}
