//! Links to sources, and what scripts need to save tables and charts.

use super::{rendered, with};
use crate::model::Report;

const EDITION: &str = concat!(
    "label = \"令和2年度\"\nyear = \"R2\"\n",
    "[document]\ntitle = \"検証<シート>\"\nurl = \"https://www.city.example/sheet.pdf\"\n"
);

const POLICY: &str = r#"+++
name = "施策の一"
number = "1-1"
goal = "1"
[[indicator]]
id = "visitors"
name = "観光客数"
unit = "千人"
source = { name = "観光統計", url = "https://stat.example/kanko" }
[[indicator.comparison]]
id = "pref"
name = "県平均"
source = { name = "県の統計", url = "https://stat.example/ken" }
[[program]]
id = "road"
+++
"#;

const SHEET: &str = r#"+++
[indicator.visitors]
actual.H30 = "1,204"
actual.R2 = "1,300 (R2)"
target.R2 = "1,400以上"
comparison.pref.R2 = "95.5%"
+++
"#;

fn report() -> Report {
    with(&[
        ("a/editions/2020.toml", EDITION),
        ("a/policies/1/policy.md", POLICY),
        ("a/policies/1/2020.md", SHEET),
        ("site.toml", "title = \"見本\"\npermanent = true\n"),
    ])
}

#[test]
fn documents_and_statistics_are_linked_wherever_they_are_named() {
    let report = report();
    let document = "<a href=\"https://www.city.example/sheet.pdf\">検証&lt;シート&gt;</a>";
    for page in ["index", "editions/2020", "policies/1", "policies/1/2020", "print"] {
        let html = rendered(&report, &format!("a/{page}.html"));
        assert!(html.contains(document), "{page}: {html}");
        let without_links = html.replace(document, "");
        let named: Vec<_> = without_links.lines().filter(|line| line.contains("検証&lt;シート&gt;")).collect();
        assert!(named.iter().all(|line| !line.contains("<dd>")), "{page}: {named:?}");
    }
    for page in ["policies/1", "policies/1/2020", "print"] {
        let html = rendered(&report, &format!("a/{page}.html"));
        for (address, name) in [("https://stat.example/kanko", "観光統計"), ("https://stat.example/ken", "県の統計")]
        {
            assert!(html.contains(&format!("<a href=\"{address}\">{name}</a>")), "{page}: {name}");
        }
    }
}

#[test]
fn figures_have_their_number_only_if_the_printed_text_is_not_one() {
    let html = rendered(&report(), "a/policies/1.html");
    for figure in [
        "<span class=\"figure\">1,204</span>",
        "<span class=\"figure\" data-number=\"1300\">1,300 (R2)</span>",
        "<span class=\"figure\">1,400以上</span>",
        "<span class=\"figure\" data-number=\"95.5\">95.5%</span>",
    ] {
        assert!(html.contains(figure), "{figure}: {html}");
    }
}

#[test]
fn tables_state_unit_and_editions_and_pages_their_sources() {
    let report = report();
    let html = rendered(&report, "a/policies/1.html");
    assert!(html.contains(
        "<p class=\"save\" data-save data-unit=\"千人\" data-editions=\"令和2年度\"><a href=\"../data.html\">"
    ));
    assert!(html.contains("data-sources=\"令和2年度\t検証&lt;シート&gt;\""), "{html}");
    let print = rendered(&report, "a/print.html");
    assert!(!print.contains("data-save") && !print.contains("save.js"), "print documents repeat other pages");
    assert!(print.contains("assets/choose.js"));
    assert!(!rendered(&report, "index.html").contains("save.js"));
}
