//! Tests of the home page: cards of several strategies, and the page of a single one.

use super::{STRATEGY, with, with_view};
use crate::site::view::{HomeView, View};

/// Figures of the indicator of the small strategy, and the money of a program, in its newest edition.
const FIGURES: (&str, &str) =
    ("a/policies/1/2019.md", "+++\n[indicator.visitors]\nactual.R1 = 80\ntarget.R1 = 100\n+++\n");
const MONEY: (&str, &str) = ("a/programs/road/2019.md", "+++\n[money]\nbudget.R1 = 9\nsettlement.R1 = 12345\n+++\n");
const SECOND: (&str, &str) = (
    "b/strategy.toml",
    "title = \"乙市総合戦略\"\npublisher = \"乙市\"\n[[edition]]\nid = \"2019\"\nlabel = \"令和元年度\"\nyear = \"R1\"\n",
);

fn home<T>(files: &[(&str, &str)], check: impl FnOnce(HomeView<'_>) -> T) -> T {
    let report = with(files);
    with_view(&report, "index.html", |view| if let View::Home(view) = view { check(view) } else { panic!("not home") })
}

#[test]
fn a_single_strategy_is_shown_with_its_goals_and_words() {
    home(&[], |page| {
        assert!(page.only);
        assert_eq!(page.words, ["施策の一", "公園", "道路"]);
        let card = &page.publishers[0].strategies[0];
        let goals: Vec<_> = card.goals.iter().map(|goal| (&*goal.href, goal.number, goal.name)).collect();
        assert_eq!(goals, [("a/policies/1.html", Some("1-1"), "施策の一")], "the policies of the only goal");
        assert_eq!(card.departments.as_deref(), Some("a/departments.html"));
    });
    let goal = ("a/goals/2/goal.md", "+++\nname = \"目標の二\"\nnumber = \"2\"\n+++\n");
    home(&[goal], |page| {
        let goals = page.publishers[0].strategies[0].goals.iter().map(|goal| goal.name).collect::<Vec<_>>();
        assert_eq!(goals, ["目標の一", "目標の二"]);
    });
}

#[test]
fn several_strategies_have_cards_without_goals() {
    home(&[SECOND], |page| {
        assert!(!page.only);
        assert_eq!(page.publishers.len(), 2);
        assert!(page.publishers.iter().flat_map(|publisher| &publisher.strategies).all(|card| card.goals.is_empty()));
    });
}

#[test]
fn cards_compare_indicators_with_their_targets_unless_they_have_marks() {
    home(&[FIGURES], |page| {
        let targets = page.publishers[0].strategies[0].targets.as_ref().unwrap();
        assert_eq!((targets.total, targets.compared, targets.undirected), (1, 1, true));
        let parts: Vec<_> = targets.parts.iter().map(|part| (part.relation, part.count, &*part.bar.width)).collect();
        assert_eq!(parts, [("less", 1, "100.0%")], "80 is less than 100; whether more is better is unknown");
    });
    let scale = STRATEGY.1.replace("of = [\"policy\", \"program\"]", "of = [\"policy\", \"program\", \"indicator\"]");
    let marked = FIGURES.1.replace("actual", "status = \"×\"\nactual");
    home(&[("a/strategy.toml", &scale), (FIGURES.0, &marked)], |page| {
        assert_eq!(page.publishers[0].strategies[0].targets, None);
    });
}

#[test]
fn cards_show_the_newest_settlement() {
    home(&[MONEY], |page| {
        let amount = page.publishers[0].strategies[0].amount.as_ref().unwrap();
        assert_eq!((amount.title, &*amount.sum.sum, &*amount.year.name), ("決算額", "12,345", "令和元年度"));
        assert!(!amount.without_repeats && !amount.sum.interim);
    });
    home(&[], |page| assert_eq!(page.publishers[0].strategies[0].amount, None));
}
