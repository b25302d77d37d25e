//! Tests of sheets: figures, sections under declared headings, variants and drafts.

use super::{load, load_clean, node, rules, sheet};
use crate::model::{AmountKey, Column, FiscalYear};

const STRATEGY: &str = r#"
title = "x"
publisher = "x"
missing = ["-"]
[[edition]]
id = "2022"
label = "x"
[[edition]]
id = "2023"
label = "x"
[[program]]
id = "p"
"#;
const PROGRAM: &str = "+++\nname = \"x\"\n[[indicator]]\nid = \"i\"\nname = \"x\"\n+++\n";

fn read(sheet: &str) -> crate::workspace::Analysis {
    load_clean(&[("s/strategy.toml", STRATEGY), ("s/programs/p/program.md", PROGRAM), ("s/programs/p/2023.md", sheet)])
}

#[test]
fn parses_figures_by_year_and_end() {
    let loaded = read(
        "+++\n[indicator.i]\nactual.H30 = 1\nactual.R1 = 2\ntarget.R1 = 3\ntarget.end = 9\nunplaced = [\"88.1 [H30]\"]\nnote = \"改定\"\n+++\n",
    );
    let figures = &sheet(&loaded, "p").figures[&0];
    assert_eq!(figures.actual.keys().map(|year| year.0).collect::<Vec<_>>(), [2018, 2019]);
    assert_eq!(figures.target.keys().copied().collect::<Vec<_>>(), [Column::Year(FiscalYear(2019)), Column::End]);
    assert_eq!(figures.unplaced[0].printed, "88.1 [H30]");
    assert_eq!(figures.note.as_deref(), Some("改定"));
}

#[test]
fn parses_money_staff_and_totals_by_kind_and_year() {
    let loaded = read(
        "+++\npage = \"12–13\"\ndepartment = \"財政課\"\n[money]\nbudget.R3 = 9463\nsettlement.R3 = \"-\"\nplan.R4 = 11663\n[staff]\nactual.R3 = 2.5\n[total]\nsettlement.R3 = 0\n+++\n",
    );
    let sheet = sheet(&loaded, "p");
    let r3 = FiscalYear(2021);
    assert_eq!(sheet.money.by_year[&AmountKey::BUDGET][&r3].printed, "9,463");
    assert!(sheet.money.by_year[&AmountKey::SETTLEMENT][&r3].is_missing());
    assert_eq!(sheet.money.by_year[&AmountKey::PLAN].keys().next(), Some(&FiscalYear(2022)));
    assert_eq!(sheet.staff.by_year[&AmountKey::SETTLEMENT][&r3].printed, "2.5");
    assert_eq!(sheet.total.by_year[&AmountKey::SETTLEMENT][&r3].printed, "0");
    assert_eq!(
        (sheet.page.as_deref(), sheet.departments.as_slice()),
        (Some("12–13"), ["財政課".to_owned()].as_slice())
    );
}

#[test]
fn splits_the_body_at_level_2_headings() {
    let text = "+++\n+++\nはじめに\n\n## 成果 ##\n三軒\n### 内訳\n二軒\n\n課題\n----\nなし\n";
    let loaded = read(text);
    let sections = &sheet(&loaded, "p").sections;
    let shown: Vec<_> = sections.iter().map(|s| (s.title.as_str(), s.prose.markdown.trim())).collect();
    assert_eq!(shown, [("", "はじめに"), ("成果", "三軒\n### 内訳\n二軒"), ("課題", "なし")]);
    for section in sections {
        assert_eq!(text.get(section.prose.span.range()), Some(section.prose.markdown.as_str()), "span of the section");
    }
}

#[test]
fn reports_headings_not_declared_for_the_kind() {
    let strategy = format!(
        "{STRATEGY}[[section]]\nof = [\"program\"]\ntitle = \"成果\"\n[[section]]\nof = [\"policy\"]\ntitle = \"課題\"\n"
    );
    let check = |sheet: &str, expected: &[&str]| {
        let loaded = load(&[
            ("s/strategy.toml", &strategy),
            ("s/programs/p/program.md", PROGRAM),
            ("s/programs/p/2023.md", sheet),
        ]);
        assert_eq!(rules(&loaded), expected, "{sheet}");
    };
    check("## 成果\n", &[]);
    check("前書き\n## 成果\n### 何でも\n", &[]);
    check("## 課題\n", &["s/programs/p/2023.md:1:4 unknown-heading"]);
}

#[test]
fn sorts_sheets_by_the_order_of_editions() {
    let strategy = STRATEGY.replace("\"2022\"", "\"z\"").replace("\"2023\"", "\"a\"");
    let loaded = load_clean(&[
        ("s/strategy.toml", &strategy),
        ("s/programs/p/program.md", PROGRAM),
        ("s/programs/p/a.md", "あと\n"),
        ("s/programs/p/z.md", "さき\n"),
    ]);
    let bodies: Vec<&str> =
        node(&loaded, "p").sheets.iter().map(|sheet| sheet.sections[0].prose.markdown.trim()).collect();
    assert_eq!(bodies, ["さき", "あと"]);
}

#[test]
fn attaches_variants_to_the_sheet_of_their_edition() {
    let loaded = load_clean(&[
        ("s/strategy.toml", STRATEGY),
        ("s/policies/q/policy.md", "+++\nname = \"x\"\n[[program]]\nid = \"p\"\nrepeat = true\n+++\n"),
        ("s/programs/p/program.md", PROGRAM),
        ("s/programs/p/2023.md", "## 成果\n10町内会\n"),
        ("s/programs/p/2023@q.md", "+++\n[[remark]]\ntext = \"内訳は同じ\"\n+++\n## 成果\n８町内会\n"),
    ]);
    let [variant] = sheet(&loaded, "p").variants.as_slice() else { panic!("expected one variant") };
    assert_eq!(variant.policy, "q");
    assert_eq!((variant.sections[0].title.as_str(), variant.sections[0].prose.markdown.trim()), ("成果", "８町内会"));
    assert_eq!(variant.remarks[0].text, "内訳は同じ");
}

#[test]
fn hides_drafts_but_reports_their_errors() {
    let strategy = STRATEGY.replace("id = \"2023\"", "id = \"2023\"\ndraft = true");
    let load_draft = |draft: &'static str| {
        load(&[
            ("s/strategy.toml", &strategy),
            ("s/programs/p/program.md", PROGRAM),
            ("s/programs/p/2022.md", "+++\n[indicator.i]\nactual.R4 = 1\n+++\n"),
            ("s/programs/p/2023.md", draft),
        ])
    };
    let loaded = load_draft("+++\n[indicator.i]\nactual.R5 = 2\n+++\n下書き\n");
    assert_eq!(rules(&loaded), Vec::<String>::new());
    assert_eq!(sheet(&loaded, "p").figures[&0].actual.len(), 1);
    assert_eq!(rules(&load_draft("+++\npage = 3\n+++\n")), ["s/programs/p/2023.md:2:8 wrong-type"]);
}
