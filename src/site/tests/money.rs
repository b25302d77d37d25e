//! Tests of amounts of money on pages and in lists.

use super::*;
use crate::site::view::SumView;

/// Computed sums as displayed; empty where a cell has none.
fn sums(sums: &[Option<SumView>]) -> Vec<&str> {
    sums.iter().map(|sum| sum.as_ref().map_or("", |sum| &sum.sum)).collect()
}

#[test]
fn sums_rows_in_their_years_and_counts_repeats_once() {
    let second = "+++\nname = \"施策の二\"\ngoal = \"1\"\n[[program]]\nid = \"road\"\nrepeat = true\n+++\n";
    let money = |amount: u32| format!("+++\n[money]\nsettlement.H30 = {amount}\nsettlement.R1 = {amount}\n+++\n");
    let (road, park) = (money(1000), money(30));
    let report = with(&[
        ("a/policies/2/policy.md", second),
        ("a/programs/road/2019.md", &road),
        ("a/programs/park/2019.md", &park),
        ("a/policies/1/2019.md", "+++\n[total]\nsettlement.R1 = 1030\n+++\n"),
    ]);
    node(&report, "a/policies/1.html", |page| {
        let amounts = page.rows.unwrap().amounts.unwrap();
        let park: Vec<_> = amounts.lines[1].cells.iter().map(|cell| cell.as_ref().map(|v| v.printed)).collect();
        assert_eq!(park, [None, Some("30")], "the row of 公園 is limited to R1");
        let printed: Vec<_> = amounts.printed.iter().map(|cell| cell.as_ref().map(|v| v.printed)).collect();
        assert_eq!(printed, [None, Some("1,030")]);
        assert_eq!((sums(&amounts.gross), sums(&amounts.net)), (vec!["1,000", "1,030"], vec![]));
    });
    node(&report, "a/goals/1.html", |page| {
        let sums_below = page.sums.unwrap();
        assert_eq!(sums(&sums_below.gross), ["2,000", "2,030"]);
        assert_eq!(sums(&sums_below.net), ["1,000", "1,030"]);
    });
    node(&report, "a/policies/2.html", |page| {
        let row = &page.rows.unwrap().groups[0].rows[0];
        assert!(row.repeat);
        assert_eq!(row.home.as_ref().unwrap().owner.href.as_deref(), Some("1.html"));
    });
}

#[test]
fn omits_sums_without_amounts_and_keeps_printed_totals() {
    let second = "+++\nname = \"施策の二\"\n[[program]]\nid = \"pond\"\n+++\n";
    let report = with(&[
        ("a/policies/2/policy.md", second),
        ("a/policies/2/2019.md", "+++\n[total]\nsettlement.R1 = 0\n+++\n"),
        ("a/programs/road/2019.md", "+++\n[money]\nsettlement.R1 = 1000\n+++\n"),
        ("a/programs/pond/program.md", "+++\nname = \"池\"\n+++\n"),
        ("a/programs/pond/2019.md", "+++\n[money]\nsettlement.R1 = \"-\"\n+++\n"),
    ]);
    node(&report, "a/policies/2.html", |page| {
        let amounts = page.rows.unwrap().amounts.unwrap();
        assert_eq!(amounts.printed[0].as_ref().map(|total| total.printed), Some("0"));
        assert!(amounts.gross.is_empty() && amounts.net.is_empty(), "a missing amount is not 0");
    });
    assert!(!rendered(&report, "a/policies/2.html").contains("当サイトの計算"));
    with_view(&report, "a/index.html", |view| {
        let View::Strategy(page) = view else { panic!("not the page of a strategy") };
        let table = page.goal_tables.unwrap();
        let lines = table.tables.iter().flat_map(|table| &table.lines);
        let printed = lines.map(|line| line.printed[0].as_ref().map(|total| total.printed));
        assert_eq!(printed.collect::<Vec<_>>(), [None, Some("0")]);
    });
}

#[test]
fn lists_programs_with_newest_marks_and_amounts() {
    let road = "+++\n[judgement]\nstatus = \"×\"\n[money]\nsettlement.R1 = 1000\n+++\n";
    let park = "+++\nname = \"公園\"\ndepartment = \"みどり課\"\nmarker = \"重点\"\n+++\n";
    let report = with(&[("a/programs/road/2019.md", road), (PARK.0, park)]);
    with_view(&report, "a/programs.html", |view| {
        let View::Programs(page) = view else { panic!("not the overview of programs") };
        assert_eq!(page.columns.iter().map(|column| column.key.as_str()).collect::<Vec<_>>(), ["status"]);
        let [road, park] = &page.programs[..] else { panic!("{:#?}", page.programs) };
        assert_eq!(road.places[0].owner.name, Some("施策の一"));
        assert_eq!(road.given[0].as_ref().unwrap().marks[0].mark, "×");
        assert_eq!(road.amounts[0].as_ref().unwrap().number.as_deref(), Some("1000"));
        assert_eq!((&park.given[0], &park.amounts[0]), (&None, &None), "an amount that was not printed is not 0");
        assert_eq!((park.departments[0].name, park.markers[0].text), ("みどり課", "重点"));
        let notable = page
            .groupings
            .iter()
            .flat_map(|groupings| &groupings.all)
            .flat_map(|grouping| &grouping.groups)
            .filter(|group| group.notable);
        let notable = notable.map(|group| group.mark.as_ref().map(|mark| mark.mark).or(group.marker).unwrap());
        assert_eq!(notable.collect::<Vec<_>>(), ["×"], "printed markers have no declared meaning");
        let groups = page.groupings.iter().flat_map(|groupings| &groupings.all).flat_map(|grouping| &grouping.groups);
        assert_eq!(groups.filter_map(|group| group.marker).collect::<Vec<_>>(), ["重点"], "markers form groups too");
    });
    let html = rendered(&report, "a/programs.html");
    assert!(html.contains("data-value=\"×\"") && html.contains("../assets/lists.js"));
}

#[test]
fn lists_a_program_once_per_marker() {
    let policy =
        POLICY.1.replace("id = \"road\"\n", "id = \"road\"\nmarker = { H30 = [\"新規\", \"重点\"], R1 = \"新規\" }\n");
    let report = with(&[(POLICY.0, &policy)]);
    with_view(&report, "a/programs.html", |view| {
        let View::Programs(page) = view else { panic!("not the overview of programs") };
        let groups = page.groupings.as_ref().unwrap().all.iter().flat_map(|grouping| &grouping.groups);
        let groups: Vec<_> = groups.map(|group| (group.marker.unwrap(), group.members.len())).collect();
        assert_eq!(groups, [("新規", 1), ("重点", 1)]);
    });
}

#[test]
fn converts_amounts_in_other_units_only_for_sums() {
    let road = "+++\n[money]\nsettlement.R1 = { value = 1000, printed = \"1,000,000円\" }\n+++\n";
    let park = "+++\n[money]\nsettlement.R1 = \"2,000千円\"\n+++\n";
    let report = with(&[("a/programs/road/2019.md", road), ("a/programs/park/2019.md", park)]);
    node(&report, "a/programs/road.html", |page| {
        let key = &page.sheet_content.key_money.as_ref().unwrap().amounts[0].figure;
        assert_eq!((key.figure, key.unit.as_deref()), ("1,000,000円", None));
    });
    with_view(&report, "a/money.html", |view| {
        let View::Spending(page) = view else { panic!("not the page of amounts") };
        let all = page.tables[0].all.cells[0].gross.as_ref();
        assert_eq!((page.unit, all.map(|sum| &*sum.sum)), ("千円", Some("3,000")));
    });
}

#[test]
fn shows_gross_and_net_sums_with_repeated_amounts() {
    let second = "+++\nname = \"施策の二\"\ngoal = \"1\"\n[[program]]\nid = \"road\"\nrepeat = true\n+++\n";
    let road = "+++\n[money]\nsettlement.R1 = 1000\n+++\n";
    let report = with(&[("a/policies/2/policy.md", second), ("a/programs/road/2019.md", road)]);
    with_view(&report, "a/money.html", |view| {
        let View::Spending(page) = view else { panic!("not the page of amounts") };
        let [table] = &page.tables[..] else { panic!("{:#?}", page.tables) };
        let amounts = std::iter::once(&table.all).chain(&table.lines).map(|line| {
            let [cell] = &line.cells[..] else { panic!("{:#?}", line.cells) };
            let amount = |sum: &Option<SumView>| sum.as_ref().map(|sum| sum.sum.clone()).unwrap_or_default();
            let share = line.share.as_ref().map(|share| share.text.clone()).unwrap_or_default();
            (line.depth, [amount(&cell.gross), amount(&cell.net), share], cell.only_repeats)
        });
        let expected = [
            (0, ["2,000", "1,000", "100%"], false),
            (0, ["2,000", "1,000", "100%"], false),
            (1, ["1,000", "", "100%"], false),
            (1, ["1,000", "", ""], true),
        ];
        let expected = expected.map(|(depth, texts, repeats)| (depth, texts.map(str::to_owned), repeats));
        assert_eq!(amounts.collect::<Vec<_>>(), expected);
    });
    let page = rendered(&report, "a/money.html");
    assert!(page.contains("＊再掲を除く") && page.contains("＊すべて再掲"));
    assert!(!paths(&with(&[])).contains(&"a/money.html".to_owned()), "no amounts, no page");
}

#[test]
fn key_amounts_are_printed_totals_if_no_own_amount_is_a_number() {
    let report = with(&[
        ("a/policies/1/2019.md", "+++\n[money]\nsettlement.R1 = \"-\"\n[total]\nsettlement.R1 = 500\n+++\n"),
        ("a/programs/road/2019.md", "+++\n[money]\nsettlement.R1 = 500\n+++\n"),
    ]);
    node(&report, "a/policies/1.html", |page| {
        let money = page.sheet_content.key_money.unwrap();
        assert_eq!((money.anchor.as_str(), money.amounts[0].figure.figure), ("programs", "500"));
    });
}

#[test]
fn compares_two_years_of_one_phase_only_if_both_are_complete() {
    let money = |before: &str, after: &str| {
        format!("+++\n[money]\nsettlement.H30 = {before}\nsettlement.R1 = {after}\nbudget.R2 = 5\n+++\n")
    };
    let difference = |road: &str| {
        let report = with(&[("a/programs/road/2019.md", road)]);
        let mut text = None;
        with_view(&report, "a/money.html", |view| {
            let View::Spending(page) = view else { panic!("not the page of amounts") };
            let [table] = &page.tables[..] else { panic!("{:#?}", page.tables) };
            let named = table.compared.as_ref().map(|it| (it.title, it.from.name.clone(), it.to.name.clone()));
            assert!(named.is_none_or(|named| named == ("決算額", "平成30年度".to_owned(), "令和元年度".to_owned())));
            text = table.all.difference.as_ref().map(|difference| difference.text.clone());
        });
        text
    };
    assert_eq!(difference(&money("1000", "30")).as_deref(), Some("−970"));
    assert_eq!(difference(&money("1000", "1000")).as_deref(), Some("±0"));
    assert_eq!(difference(&money("1000", "\"-\"")), None, "a missing amount is not 0");
}

#[test]
fn repeats_a_printed_total_only_if_it_differs_from_the_sum() {
    let second = "+++\nname = \"施策の二\"\n[[program]]\nid = \"park\"\nrepeat = true\n+++\n";
    let report = with(&[
        ("a/policies/2/policy.md", second),
        ("a/policies/2/2019.md", "+++\n[total]\nsettlement.R1 = 40\n+++\n"),
        ("a/policies/1/2019.md", "+++\n[total]\nsettlement.R1 = 1030\n+++\n"),
        ("a/programs/road/2019.md", "+++\n[money]\nsettlement.R1 = 1000\n+++\n"),
        ("a/programs/park/2019.md", "+++\n[money]\nsettlement.R1 = 30\n+++\n"),
    ]);
    with_view(&report, "a/money.html", |view| {
        let View::Spending(page) = view else { panic!("not the page of amounts") };
        let [table] = &page.tables[..] else { panic!("{:#?}", page.tables) };
        let totals = table.totals.as_ref().map(|totals| (totals.equal, totals.compared));
        assert_eq!(totals, Some((1, 2)));
        let printed = table.lines.iter().filter_map(|line| line.cells[0].printed.as_ref());
        assert_eq!(printed.map(|total| total.printed).collect::<Vec<_>>(), ["40"]);
    });
}

#[test]
fn totals_of_a_node_without_rows_are_in_a_table_to_which_the_key_amount_links() {
    let total = |rows: &str| {
        let policy = format!("+++\nname = \"施策の二\"\n{rows}+++\n");
        with(&[
            ("a/policies/2/policy.md", policy.as_str()),
            ("a/policies/2/2019.md", "+++\n[total]\nsettlement.H30 = 30\nsettlement.R1 = 40\n+++\n"),
        ])
    };
    node(&total(""), "a/policies/2.html", |page| {
        assert_eq!(page.sheet_content.key_money.map(|money| money.anchor).as_deref(), Some("costs"));
        assert!(page.sheet_content.has_costs);
        let totals = page.sheet_content.totals_of_kinds.unwrap();
        assert_eq!((totals.title, totals.years.len()), ("計（資料の記載）", 2));
    });
    node(&total("[[program]]\nid = \"park\"\nrepeat = true\n"), "a/policies/2.html", |page| {
        assert_eq!(page.sheet_content.key_money.map(|money| money.anchor).as_deref(), Some("programs"));
        assert!(page.sheet_content.totals_of_kinds.is_none(), "the table of rows contains them");
    });
}
