//! Tests of surveys of residents.

use super::{load, load_clean, rules, sheet};
use crate::model::{FiscalYear, StrategyIx, SurveyIx};

const STRATEGY: &str = r#"
title = "x"
publisher = "x"
[[edition]]
id = "2023"
label = "x"
[[program]]
id = "p"
[[survey]]
id = "r4"
title = "令和4年度 調査"
year = "R4"
answers = "1,204人"
x = { title = "満足度", mean = 3.12 }
y = { title = "重要度" }
quadrants = ["重点改善", "重点維持", "改善", "維持"]
[[survey]]
id = "r5"
title = "令和5年度 調査"
x = { title = "満足度" }
y = { title = "重要度" }
"#;
const PROGRAM: &str = "+++\nname = \"x\"\n+++\n";

#[test]
fn sheets_give_places_in_declared_surveys() {
    let sheet_text =
        "+++\n[survey.r5]\nquadrant = \"どこか\"\n[survey.r4]\nx = \"3.05\"\ny = 4.2\nquadrant = \"重点改善\"\n+++\n";
    let loaded = load_clean(&[
        ("s/strategy.toml", STRATEGY),
        ("s/programs/p/program.md", PROGRAM),
        ("s/programs/p/2023.md", sheet_text),
    ]);
    let survey = &loaded.report.strategy(StrategyIx(0)).surveys[0];
    assert_eq!((survey.year, survey.x.title.as_str()), (Some(FiscalYear(2022)), "満足度"));
    assert_eq!(survey.x.mean.as_ref().unwrap().printed, "3.12");
    let [first, second] = sheet(&loaded, "p").surveys.as_slice() else { panic!("expected two places") };
    assert_eq!((first.survey, first.x.as_ref().unwrap().printed.as_str()), (SurveyIx(0), "3.05"));
    assert_eq!((second.survey, second.quadrant.as_deref()), (SurveyIx(1), Some("どこか")));
}

#[test]
fn quadrants_are_those_of_the_survey() {
    let loaded = load(&[
        ("s/strategy.toml", STRATEGY),
        ("s/programs/p/program.md", PROGRAM),
        ("s/programs/p/2023.md", "+++\n[survey.r4]\nquadrant = \"どこか\"\n+++\n"),
    ]);
    assert_eq!(rules(&loaded), ["s/programs/p/2023.md:3:12 unknown-word"]);
}

#[test]
fn a_survey_has_a_page_of_its_own() {
    let loaded = load_clean(&[("s/strategy.toml", STRATEGY), ("s/programs/p/program.md", PROGRAM)]);
    let pages: Vec<String> = crate::site::plan(&loaded.report).iter().map(|page| page.url.path().to_owned()).collect();
    assert!(pages.contains(&"s/surveys/r4.html".to_owned()), "{pages:?}");
}
