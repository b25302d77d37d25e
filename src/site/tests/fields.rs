//! Tests of the pages of fields with `pages = true`.

use super::{STRATEGY, node, paths, rendered, strategy, with, with_view};
use crate::model::Report;
use crate::site::view::{FieldPageView, View};

const FIELD: &str = r#"
[[field]]
id = "sdgs"
title = "SDGs"
of = ["policy", "program"]
several = true
pages = true
values = [{ id = "8", title = "8 働きがい" }, { id = "11", title = "11 まちづくり" }, { id = "17", title = "17 協働" }]
"#;

/// A policy with two values, one of its programs with one of them, and a program that loses its value in 2019.
fn report() -> Report {
    let declared = format!("{}{FIELD}", STRATEGY.1);
    let policy = "+++\nname = \"施策の一\"\nnumber = \"1-1\"\n[[program]]\nid = \"road\"\n[[program]]\nid = \"park\"\n[field]\nsdgs = [\"8\", \"11\"]\n+++\n";
    with(&[
        (STRATEGY.0, &declared),
        ("a/policies/1/policy.md", policy),
        ("a/policies/2/policy.md", "+++\nname = \"施策の二\"\n+++\n"),
        ("a/programs/road/program.md", "+++\nname = \"道路\"\n[field]\nsdgs = \"11\"\n+++\n"),
        ("a/programs/park/program.md", "+++\nname = \"公園\"\n[field]\nsdgs = \"8\"\n+++\n"),
        ("a/programs/park/2019.md", "+++\n[field]\nsdgs = \"11\"\n+++\n"),
    ])
}

fn overview<T>(report: &Report, check: impl FnOnce(FieldPageView<'_>) -> T) -> T {
    with_view(report, "a/fields/sdgs.html", |view| match view {
        View::Field(view) => check(view),
        _ => panic!("not the overview of a field"),
    })
}

#[test]
fn each_value_has_a_page_with_its_nodes_as_of_their_newest_sheet() {
    let report = report();
    let paths = paths(&report);
    let of_field: Vec<&str> = paths.iter().map(String::as_str).filter(|path| path.contains("/fields/")).collect();
    assert_eq!(
        of_field,
        ["a/fields/sdgs.html", "a/fields/sdgs/8.html", "a/fields/sdgs/11.html", "a/fields/sdgs/17.html"]
    );
    let nodes = |path: &str| {
        with_view(&report, path, |view| {
            let View::FieldValue(page) = view else { panic!("not the page of a value") };
            let of_kind =
                page.kinds.iter().flat_map(|kind| kind.nodes.iter().map(|n| (kind.label, n.node.name.unwrap())));
            of_kind.map(|(label, name)| format!("{label} {name}")).collect::<Vec<_>>()
        })
    };
    assert_eq!(nodes("a/fields/sdgs/8.html"), ["施策 施策の一"]);
    assert_eq!(nodes("a/fields/sdgs/11.html"), ["施策 施策の一", "事務事業 道路", "事務事業 公園"]);
    assert_eq!(nodes("a/fields/sdgs/17.html"), Vec::<String>::new());
}

#[test]
fn the_overview_counts_nodes_and_programs_of_policies() {
    let report = report();
    overview(&report, |page| {
        let counts: Vec<_> = page.values.iter().map(|value| value.counts.clone()).collect();
        assert_eq!(counts, [[1, 0], [1, 2], [0, 0]]);
        let matrix = page.matrix.unwrap();
        let lines: Vec<Vec<(bool, usize)>> =
            matrix.lines.iter().map(|line| line.cells.iter().map(|c| (c.of_policy, c.programs)).collect()).collect();
        assert_eq!(lines, [[(true, 0), (true, 2), (false, 0)], [(false, 0); 3]]);
    });
}

#[test]
fn values_link_to_their_pages() {
    let report = report();
    node(&report, "a/policies/1.html", |page| {
        let hrefs: Vec<_> = page.head.fields[0].values.iter().map(|value| value.href.as_deref()).collect();
        assert_eq!(hrefs, [Some("../fields/sdgs/8.html"), Some("../fields/sdgs/11.html")]);
    });
    strategy(&report, "a/index.html", |page| assert_eq!(page.fields[0].href, "fields/sdgs.html"));
    let html = rendered(&report, "a/fields/sdgs.html");
    assert!(html.contains(r#"<td data-label="11 まちづくり"><span aria-hidden="true">●</span><span class="visually-hidden">該当</span> "#), "{html}");
}

#[test]
fn tables_of_policies_can_be_filtered_by_values() {
    let report = report();
    strategy(&report, "a/index.html", |page| {
        let tables = page.goal_tables.unwrap();
        let [sdgs] = &tables.fields[..] else { panic!("{:?}", tables.fields) };
        assert_eq!((sdgs.id, &sdgs.values[..]), ("sdgs", &["8 働きがい", "11 まちづくり", "17 協働"][..]));
        let values: Vec<_> =
            tables.tables.iter().flat_map(|table| &table.lines).map(|line| &line.fields[0][..]).collect();
        assert_eq!(values, [&[][..], &["8 働きがい", "11 まちづくり"], &[]]);
    });
    let html = rendered(&report, "a/index.html");
    let facet = "<span hidden data-facet=\"field-sdgs\" data-facet-value=\"8 働きがい\"></span>";
    assert!(html.contains(facet) && html.contains("lists.js"), "{html}");
    let without = rendered(&with(&[]), "a/index.html");
    assert!(!without.contains("data-facet") && !without.contains("lists.js"), "no filters without fields");
}

#[test]
fn indicators_can_be_filtered_by_values_of_their_nodes() {
    let program = "+++\nname = \"道路\"\n[field]\nsdgs = \"11\"\n[[indicator]]\nid = \"km\"\nname = \"延長\"\n+++\n";
    let report = with(&[
        (STRATEGY.0, &format!("{}{FIELD}", STRATEGY.1)),
        (
            "a/policies/1/policy.md",
            "+++\nname = \"施策の一\"\n[[program]]\nid = \"road\"\n[[indicator]]\nid = \"n\"\nname = \"件数\"\n+++\n",
        ),
        ("a/programs/road/program.md", program),
    ]);
    with_view(&report, "a/indicators.html", |view| {
        let View::Indicators(page) = view else { panic!("not the list of indicators") };
        let lines: Vec<_> = page.indicators.iter().map(|line| &line.fields[0][..]).collect();
        assert_eq!((page.fields[0].id, lines), ("sdgs", vec![&[][..], &["11 まちづくり"]]));
    });
    let html = rendered(&report, "a/indicators.html");
    assert!(html.contains("data-facet=\"field-sdgs\" data-facet-value=\"11 まちづくり\""), "{html}");
}
