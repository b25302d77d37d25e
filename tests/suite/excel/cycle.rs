//! A whole year: draft, workbooks, answers in every form, copies that complement and contradict each other once, correction,
//! apply, publish. Every answer is on the page of its program.

use super::workbook::{Book, QuestionRow};
use super::{City, fail, strategies, succeed};
use crate::support::{build, page_text, root, temp_dir, tree};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Numbers of a cycle.
#[derive(Debug, Default)]
struct Cycle {
    asked: usize,
    answered: usize,
    refused: usize,
    merged: usize,
    /// Answers that were found on pages.
    published: usize,
}

/// Forms of values around a number `#`, and as they are printed.
const FORMS: [(&str, &str); 17] = [
    ("#", "#"),
    ("▲#", "▲#"),
    ("+#", "+#"),
    ("#.50", "#.50"),
    ("約#", "約#"),
    ("#以上", "#以上"),
    ("#未満", "#未満"),
    ("#程度", "#程度"),
    ("# (H30)", "#"),
    ("#～9,999", "#～9,999"),
    ("#から9,999", "#から9,999"),
    ("#（見込み）", "#（見込み）"),
    ("#（推計）", "#（推計）"),
    ("#（9月末現在）", "#（9月末現在）"),
    ("7「全国#位」", "全国#位"),
    ("「方針#のとおり」", "方針#のとおり"),
    ("-「未集計#」", "未集計#"),
];

/// Answer to the question with this index, and what is printed; `None` for questions whose answers cannot be distinguished
/// on a page.
fn answer(address: &str, question: &QuestionRow, index: usize) -> (String, Option<String>) {
    let number = format!("{},{:03}", 1 + index / 900, 100 + index % 900);
    let text = |text: String| (text.clone(), Some(text));
    match &question.choices[..] {
        _ if address.contains("#section.") => {
            (format!("{number}件の*記述*。\n\n1. 段落"), Some(format!("{number}件の*記述*。")))
        }
        [] if address.contains("#judgement.") => ("5".to_owned(), None),
        [] if address.contains("#field.") || address.contains("#response.") => text(format!("記載{number}")),
        [] if address.contains(".funding.") => (number, None),
        [] if address.contains("#indicator.") || address.contains("#money.") || address.contains("#staff.") => {
            let (answer, printed) = FORMS[index % FORMS.len()];
            (answer.replace('#', &number), Some(printed.replace('#', &number)))
        }
        [] => (number, None),
        choices => (choices[index % choices.len()].clone(), None),
    }
}

fn check(content: &Path, strategy: &str, edition: &str, layout: &str) -> Cycle {
    let city = City::new(content, strategy, edition);
    let mut cycle = Cycle::default();
    let mut printed: BTreeMap<String, String> = BTreeMap::new();
    let mut disputed = None;
    for (file, (name, bytes)) in city.write_as(layout, "out").into_iter().enumerate() {
        // Two departments within one share each workbook: even and odd questions.
        let (mut one, mut other) = (Book::new(&bytes), Book::new(&bytes));
        let questions = one.questions();
        let open: Vec<_> = questions.iter().filter(|(_, question)| question.answer.is_empty()).collect();
        cycle.asked += questions.len();
        for (index, (address, question)) in open.iter().enumerate() {
            let (text, shown) = answer(address, question, cycle.answered);
            printed.extend(shown.map(|shown| ((*address).clone(), shown)));
            cycle.answered += 1;
            // Both answer the first question alike.
            if index == 0 {
                cycle.merged += 1;
            }
            if index == 0 || index % 2 == 0 {
                one.answer_in(question, &text);
            }
            if index == 0 || index % 2 == 1 {
                other.answer_in(question, &text);
            }
        }
        city.returned(&format!("in/{name}"), &one);
        let second = format!("in/{}", name.replace(".xlsx", " (2).xlsx"));
        city.returned(&second, &other);
        let amount = open.iter().find(|(address, question)| address.contains("#money.") && question.choices.is_empty());
        if let (0, Some((address, _))) | (_, Some((address, _))) = (file, amount)
            && disputed.is_none()
        {
            let correct = other.clone();
            one.clone_from(&Book::new(&fs::read(city.folder.join(format!("in/{name}"))).unwrap()));
            let text = one.questions()[*address].answer.clone();
            other.answer(address, if text.is_empty() { "1" } else { "2" });
            if text.is_empty() {
                one.answer(address, "2");
                city.returned(&format!("in/{name}"), &one);
            }
            city.returned(&second, &other);
            disputed = Some((second, correct, (*address).clone(), name, text));
        }
    }
    let (second, correct, address, name, text) = disputed.unwrap();
    let read = ["excel", "read", "in", "--strategy", strategy];
    let refused = fail(&city.folder, &read);
    assert!(refused.contains("answer-conflict") && refused.contains(", refused: 1, "), "{refused}");
    cycle.refused = 1;
    city.returned(&second, &correct);
    if text.is_empty() {
        let mut one = Book::new(&fs::read(city.folder.join(format!("in/{name}"))).unwrap());
        one.answer(&address, "");
        city.returned(&format!("in/{name}"), &one);
    }
    let preview = succeed(&city.folder, &read);
    let expected = format!(
        "questions: {}; answers: {}, unchanged: {}, blank: 0, refused: 0, merged: {}",
        cycle.asked,
        cycle.answered,
        cycle.asked - cycle.answered,
        cycle.merged
    );
    assert!(preview.contains(&expected), "{expected}: {preview}");
    succeed(&city.folder, &[&read[..], &["--apply"]].concat());
    cycle.published = published(&city, &printed);
    cycle
}

/// Publishes the draft, and asserts that the answers are on the pages of their nodes. Returns their number.
fn published(city: &City, printed: &BTreeMap<String, String>) -> usize {
    let declaration = city.folder.join(format!("content/{}/editions/{}.toml", city.strategy, city.edition));
    let text = fs::read_to_string(&declaration).unwrap();
    let is_draft = |line: &&str| !line.starts_with("draft = true");
    fs::write(&declaration, text.lines().filter(is_draft).map(|line| format!("{line}\n")).collect::<String>()).unwrap();
    let (_guard, output) = temp_dir();
    build(&city.folder.join("content"), &output);
    let site = tree(&output);
    let mut pages: BTreeMap<&str, String> = BTreeMap::new();
    for (address, text) in printed {
        let node = address.split('#').next().unwrap();
        let page = pages.entry(node).or_insert_with(|| {
            let (kind, id) = node.split_once('/').unwrap();
            let folder = match kind {
                "policy" => "policies".to_owned(),
                kind => format!("{kind}s"),
            };
            // The page of the edition, and the one of the node.
            let paths = [format!("{id}/{}.html", city.edition), format!("{id}.html")];
            let paths = paths.map(|path| format!("{}/{folder}/{path}", city.strategy));
            paths.iter().filter_map(|path| site.get(path)).map(|bytes| page_text(bytes)).collect()
        });
        assert!(page.contains(text.as_str()), "{address}: {text} is not on its page:\n{page}");
    }
    printed.len()
}

#[test]
fn a_year_is_published_as_it_was_answered() {
    let cycle = check(&root().join("content"), "hokuto", "2025", "form");
    println!("北斗: {cycle:?}");
    assert!(cycle.asked > 500 && cycle.published > 100, "{cycle:?}");
    let content = root().join("tests/fixtures/cities/c/content");
    let [strategy] = &strategies(&content)[..] else { panic!("one strategy") };
    let cycle = check(&content, strategy, "2027", "list");
    println!("(c): {cycle:?}");
    assert!(cycle.asked > 800 && cycle.published > 300, "{cycle:?}");
}
