//! Tests of fields and periods of nodes.

use super::{load, load_clean, node, rules, sheet};
use crate::model::{FiscalYear, Node, OpenPeriod, Sheet};

const FIELDS: &str = r#"
title = "x"
publisher = "x"
[[edition]]
id = "e"
label = "x"
[[field]]
id = "means"
title = "実施方法"
of = ["program"]
values = ["直営", "委託"]
required = "always"
[[field]]
id = "sdgs"
title = "SDGs"
of = ["program", "policy"]
several = true
values = [{ id = "8", title = "8 働きがいも経済成長も" }, { id = "11", title = "11 住み続けられるまちづくりを" }]
[[field]]
id = "law"
title = "根拠法令"
of = ["program"]
"#;

fn files<'a>(program: &'a str, sheet: &'a str) -> [(&'static str, &'a str); 4] {
    [
        ("s/strategy.toml", FIELDS),
        ("s/policies/1/policy.md", "+++\nname = 'X'\n[[program]]\nid = 'p'\n+++\n"),
        ("s/programs/p/program.md", program),
        ("s/programs/p/e.md", sheet),
    ]
}

/// Fields of the node as of the sheet, as `title: value・value`.
fn described(node: &Node, sheet: Option<&Sheet>) -> Vec<String> {
    let titles = ["実施方法", "SDGs", "根拠法令"];
    let entries = node.fields_in(sheet).into_iter();
    entries.map(|entry| format!("{}: {}", titles[entry.field.0], entry.values.join("・"))).collect()
}

#[test]
fn a_sheet_overrides_the_fields_of_its_node() {
    let program =
        "+++\nname = 'P'\n[field]\nlaw = '地方自治法'\nmeans = '直営'\nsdgs = ['11', '8 働きがいも経済成長も']\n+++\n";
    let loaded = load_clean(&files(program, "+++\n[field]\nmeans = '委託'\n+++\n"));
    let (node, sheet) = (node(&loaded, "p"), sheet(&loaded, "p"));
    let sdgs = "SDGs: 11 住み続けられるまちづくりを・8 働きがいも経済成長も";
    assert_eq!(described(node, None), ["実施方法: 直営", sdgs, "根拠法令: 地方自治法"]);
    assert_eq!(described(node, Some(sheet)), ["実施方法: 委託", sdgs, "根拠法令: 地方自治法"]);
}

#[test]
fn reports_values_that_the_field_does_not_have() {
    let check = |field: &str, expected: &str| {
        let program = format!("+++\nname = 'P'\n[field]\n{field}\n+++\n");
        let loaded = load(&files(&program, "+++\n+++\n"));
        assert_eq!(rules(&loaded), [expected], "{field}");
    };
    check("means = '民間委託'", "s/programs/p/program.md:4:9 unknown-word");
    check("means = ['直営', '委託']", "s/programs/p/program.md:4:9 wrong-type");
    check("mean = '直営'", "s/programs/p/program.md:4:1 unknown-key");
    check("law = ''", "s/programs/p/program.md:4:7 empty-text");
}

#[test]
fn fields_of_other_kinds_are_reported() {
    let policy = ("s/policies/1/policy.md", "+++\nname = 'P'\n[field]\nmeans = '直営'\nsdgs = '8'\n+++\n");
    let loaded = load(&[("s/strategy.toml", FIELDS), policy]);
    assert_eq!(rules(&loaded), ["s/policies/1/policy.md:4:1 unknown-key"]);
}

#[test]
fn periods_may_be_open_or_in_words() {
    let check = |written: &str, from: Option<i32>, to: Option<i32>, printed: Option<&str>| {
        let program = format!("+++\nname = 'P'\nperiod = {written}\n+++\n");
        let loaded = load_clean(&files(&program, "+++\n+++\n"));
        let expected =
            OpenPeriod { from: from.map(FiscalYear), to: to.map(FiscalYear), printed: printed.map(str::to_owned) };
        assert_eq!(node(&loaded, "p").period.as_ref(), Some(&expected), "{written}");
    };
    check("'H18/R8'", Some(2006), Some(2026), None);
    check("'H13/'", Some(2001), None, None);
    check("'/R8'", None, Some(2026), None);
    check("{ from = 'S40', printed = '昭和40年頃～' }", Some(1965), None, Some("昭和40年頃～"));
    for invalid in ["'H18'", "'R8/H18'", "'/'", "{ }", "'H18/R8/R9'"] {
        let program = format!("+++\nname = 'P'\nperiod = {invalid}\n+++\n");
        let loaded = load(&files(&program, "+++\n+++\n"));
        assert_eq!(rules(&loaded), ["s/programs/p/program.md:3:10 not-a-year"], "{invalid}");
    }
}
