//! What holds for every content: a workbook that comes back as it was written changes no byte, and one that is filled in
//! changes exactly the answered values.

use super::workbook::{Book, QuestionRow};
use super::{City, run, strategies, succeed};
use crate::oracle::random::Rng;
use crate::oracle::{generate, write};
use crate::support::{build, root, seeds, temp_dir};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Asserts that a draft edition as written, in both layouts, changes nothing. Returns the number of its questions; 0 if
/// the strategy has no edition.
#[track_caller]
fn check_unanswered(content: &Path, strategy: &str, carry: bool) -> usize {
    let city = City::with_edition(content, strategy, "2030", carry);
    let before = city.content();
    let asked = ["form", "list"].map(|layout| {
        let first = city.write_as(layout, layout);
        let printed = succeed(&city.folder, &["excel", "read", layout, "--strategy", strategy, "--apply"]);
        assert!(city.content() == before && printed.contains("answers: 0"), "{strategy}: {printed}");
        assert!(!printed.contains("answer-remark"), "{strategy}: {printed}");
        if carry {
            let again = city.write_as(layout, &format!("{layout} again"));
            assert!(first == again, "{strategy}: the same content has the same bytes");
        }
        first.values().flat_map(|bytes| Book::new(bytes).questions().into_keys()).collect::<BTreeSet<_>>()
    });
    assert!(asked[0] == asked[1], "{strategy}: both layouts ask the same");
    asked[0].len()
}

#[test]
fn unanswered_workbooks_change_no_byte() {
    let fixtures = root().join("tests/fixtures");
    let cities = ["a", "b", "c", "d", "e", "f"].map(|name| fixtures.join("cities").join(name).join("content"));
    let others = ["editions", "error-free", "examples", "keys", "lint-free"].map(|name| fixtures.join(name));
    let contents: Vec<PathBuf> = [root().join("content")].into_iter().chain(cities).chain(others).collect();
    let strategies = contents.iter().flat_map(|content| strategies(content).into_iter().map(move |id| (content, id)));
    let strategies: Vec<_> = strategies.collect();
    let questions: Vec<usize> = strategies
        .par_iter()
        .flat_map(|(content, strategy)| [(content, strategy, true), (content, strategy, false)])
        .map(|(content, strategy, carry)| check_unanswered(content, strategy, carry))
        .collect();
    assert_eq!(questions.len(), 2 * (5 + 6 + 10), "strategies with and without the values of past years");
    assert!(questions.iter().sum::<usize>() > 5000, "{questions:?}");
}

/// Forms of the grammar of values, as officers enter them for indicators.
const FIGURES: [&str; 20] = [
    "1,234",
    "0",
    "▲3",
    "-12.50",
    "約300",
    "90以上",
    "5未満",
    "１２３",
    "73.2%",
    "18,104 (H27)",
    "+4",
    "10～20",
    "3名から4名",
    "1,234（見込み）",
    "90%以上（推計）",
    "700（9月末現在）",
    "16「全国16位」",
    "「前年度比10%増」",
    "-「調査なし」",
    "10～20（見込み）「10台の見込み」",
];
/// The same for amounts of money.
const AMOUNTS: [&str; 9] = ["1,234", "0", "▲3", "約300", "12.5", "98", "10～20", "1,234（見込み）", "-「予算なし」"];
/// States of indicators of generated strategies, as they are entered.
const STATES: [&str; 5] = ["着手", "実施", "完了（見込み）", "-", "-「未定」"];

/// Chooses answers to questions.
struct Officer<'a> {
    rng: Rng,
    /// Returns true for indicators whose values are states.
    has_states: &'a dyn Fn(&str) -> bool,
    /// True if headings depend on the values of fields, which are then left as they are.
    has_conditions: bool,
}

impl Officer<'_> {
    fn answer(&mut self, address: &str, question: &QuestionRow) -> String {
        let rng = &mut self.rng;
        let of = |rng: &mut Rng, values: &[&str]| rng.choose(values).to_owned();
        match &question.choices[..] {
            _ if address.contains("#section.") => format!("{address}の\n*記述*。\n\n1. 段落"),
            [] if address.contains("#heading.") => format!("{address}の理由"),
            [] if address.contains("#judgement.") || address.contains(".funding.") || is_points(address) => {
                "5".to_owned()
            }
            [] if address.contains("#field.") || address.contains("#response.") => format!("{address} の = \"記載\""),
            [] if (self.has_states)(address) => of(rng, &STATES),
            [] if address.contains(".rank.") => of(rng, &["全国16位", "3位", "16「県内16位」"]),
            [] if address.contains("#indicator.") => of(rng, &FIGURES),
            [] if address.contains("#staff.") => of(rng, &["0.5", "1,234", "1～2"]),
            [] if address.contains("#program.") => "5".to_owned(),
            [] => of(rng, &AMOUNTS),
            choices => rng.choose(choices),
        }
    }
}

/// Returns true for scales of indicators in generated strategies: `indicator.i0.s1`.
fn is_points(address: &str) -> bool {
    let key = address.split_once("#indicator.").and_then(|(_, path)| path.split('.').nth(1));
    key.and_then(|key| key.strip_prefix('s')).is_some_and(|rest| rest.parse::<u32>().is_ok())
}

/// Numbers of a year that was filled in.
#[derive(Debug, Default, Clone, Copy)]
struct Numbers {
    asked: usize,
    answered: usize,
}

/// Answers all open questions in all workbooks of a draft edition, applies them, and asserts that they come back as
/// entered, and that a second reading changes nothing.
fn complete_year(city: &City, layout: &str, officer: &mut Officer<'_>) -> Numbers {
    let mut numbers = Numbers::default();
    let mut expected: BTreeMap<String, String> = BTreeMap::new();
    for (name, bytes) in city.write_as(layout, "out") {
        let mut book = Book::new(&bytes);
        let questions = book.questions();
        // A value within a year stands only beside that of the whole year.
        let is_alone = |address: &str| {
            address.contains(".interim.")
                && ["actual", "forecast"].iter().all(|key| !questions.contains_key(&address.replace("interim", key)))
        };
        for (address, question) in questions.clone() {
            numbers.asked += 1;
            let is_left = is_alone(&address) || officer.has_conditions && address.contains("#field.");
            if question.answer.is_empty() && !is_left {
                let text = officer.answer(&address, &question);
                book.answer_in(&question, &text);
                expected.insert(address, text);
                numbers.answered += 1;
            }
        }
        city.returned(&format!("in/{name}"), &book);
    }
    let read = ["excel", "read", "in", "--strategy", &city.strategy, "--apply"];
    if numbers.asked == 0 {
        return numbers;
    }
    let printed = succeed(&city.folder, &read);
    assert!(printed.contains(&format!("answers: {}, ", numbers.answered)), "{printed}");
    let filled = city.content();
    let again = succeed(&city.folder, &read);
    assert!(again.contains("answers: 0, ") && city.content() == filled, "{again}");
    let answers = city.write("filled").into_values().flat_map(|bytes| Book::new(&bytes).questions());
    let differing: Vec<_> = answers
        .filter(|(address, question)| expected.get(address).is_some_and(|text| !is_same(&question.answer, text)))
        .map(|(address, question)| format!("{address}: {:?}, not {:?}", question.answer, expected[&address]))
        .collect();
    assert!(differing.is_empty(), "{}", differing.join("\n"));
    numbers
}

/// Returns true if the answer is shown as entered. A rank is shown without a number before its text.
fn is_same(shown: &str, entered: &str) -> bool {
    shown == entered || entered.strip_suffix('」').is_some_and(|text| text.ends_with(&format!("「{shown}")))
}

#[test]
fn all_forms_of_values_come_back_as_entered() {
    let check = |content: &Path, strategy: &str, edition: &str, layout: &str| {
        let city = City::new(content, strategy, edition);
        let mut officer = Officer { rng: Rng::from_seed(17), has_states: &|_| false, has_conditions: false };
        let numbers = complete_year(&city, layout, &mut officer);
        succeed(&city.folder, &["check"]);
        let (_guard, output) = temp_dir();
        build(&city.folder.join("content"), &output);
        numbers
    };
    let numbers = check(&root().join("content"), "hokuto", "2025", "form");
    assert!(numbers.asked > 500 && numbers.answered > 400, "{numbers:?}");
    let content = root().join("tests/fixtures/cities/c/content");
    let [strategy] = &strategies(&content)[..] else { panic!("one strategy") };
    let numbers = check(&content, strategy, "2027", "list");
    assert!(numbers.asked > 800 && numbers.answered > 700, "{numbers:?}");
}

/// Number of generated strategies in a regular test run.
const CASES: u64 = 2;

/// Checks the strategy of a seed. Returns the numbers of its edition, or `None` if there can be none.
fn check_generated(seed: u64) -> Option<Numbers> {
    let strategy = generate::strategy(seed);
    let (_guard, folder) = temp_dir();
    write::write(std::slice::from_ref(&strategy), &folder);
    let indicators: Vec<_> = strategy
        .nodes
        .iter()
        .flat_map(|node| {
            let key = format!("{}/{}#indicator.", node.kind.key(), node.id);
            node.indicators.iter().filter(|it| !it.states.is_empty()).map(move |it| format!("{key}{}.", it.id))
        })
        .collect();
    let has_states = |address: &str| {
        indicators.iter().any(|key| address.starts_with(key.as_str()))
            && !address.contains(".rate.")
            && !address.contains(".rank.")
    };
    let city = City::with_edition(&folder, &strategy.id, "2030", true);
    let (printed, _) = run(&city.folder, &["excel", "write", "2030", "--strategy", &strategy.id, "--to", "any"]);
    if printed.contains("no questions to write") {
        return None;
    }
    let has_conditions = strategy.sections.iter().any(|section| section.condition.is_some());
    check_unanswered(&folder, &strategy.id, seed.is_multiple_of(2));
    let mut officer = Officer { rng: Rng::from_seed(seed), has_states: &has_states, has_conditions };
    Some(complete_year(&city, if seed.is_multiple_of(2) { "list" } else { "form" }, &mut officer))
}

#[test]
fn generated_strategies_keep_the_law() {
    let numbers: Vec<Numbers> = seeds(CASES).into_par_iter().filter_map(check_generated).collect();
    let sum = |number: fn(&Numbers) -> usize| numbers.iter().map(number).sum::<usize>();
    let (asked, answered) = (sum(|it| it.asked), sum(|it| it.answered));
    println!("{} strategies, {asked} cells asked, {answered} answered", numbers.len());
    assert!(answered > 0, "{asked} asked, {answered} answered");
}
