//! `shirube excel`: what is written changes nothing when it comes back, and what is answered is in the draft.

mod list;
mod workbook;

use crate::support::{copy, root, shirube, temp_dir, tree};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use workbook::Book;

/// Runs `shirube` in `folder`. Returns its output and whether it succeeded.
fn run(folder: &Path, arguments: &[&str]) -> (String, bool) {
    let output = shirube(arguments).current_dir(folder).output().unwrap();
    let printed = [output.stdout, output.stderr].concat();
    (String::from_utf8(printed).unwrap(), output.status.success())
}

#[track_caller]
fn succeed(folder: &Path, arguments: &[&str]) -> String {
    let (printed, success) = run(folder, arguments);
    assert!(success, "{arguments:?}: {printed}");
    printed
}

#[track_caller]
fn fail(folder: &Path, arguments: &[&str]) -> String {
    let before = tree(&folder.join("content"));
    let (printed, success) = run(folder, arguments);
    assert!(!success, "{arguments:?}: {printed}");
    assert!(tree(&folder.join("content")) == before, "a failure changes nothing");
    printed
}

/// Content with a draft edition of a strategy, in a temporary folder.
struct City {
    _guard: tempfile::TempDir,
    folder: PathBuf,
    strategy: String,
    edition: String,
}

impl City {
    fn new(content: &Path, strategy: &str, edition: &str) -> Self {
        let (guard, folder) = temp_dir();
        copy(content, &folder.join("content"));
        succeed(&folder, &["new", "edition", edition, "--strategy", strategy, "--carry"]);
        Self { _guard: guard, folder, strategy: strategy.to_owned(), edition: edition.to_owned() }
    }

    fn write(&self, to: &str) -> BTreeMap<String, Vec<u8>> {
        self.write_as("form", to)
    }

    fn write_as(&self, layout: &str, to: &str) -> BTreeMap<String, Vec<u8>> {
        let (edition, strategy) = (&self.edition, &self.strategy);
        succeed(&self.folder, &["excel", "write", edition, "--strategy", strategy, "--layout", layout, "--to", to]);
        tree(&self.folder.join(to))
    }

    /// Saves a workbook in the folder `name`, from which it is read.
    fn returned(&self, name: &str, book: &Book) -> String {
        let path = self.folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, book.bytes()).unwrap();
        name.to_owned()
    }

    fn content(&self) -> BTreeMap<String, Vec<u8>> {
        tree(&self.folder.join("content"))
    }

    /// Text of a sheet of the draft.
    fn sheet(&self, node: &str) -> String {
        let path = format!("content/{}/{node}/{}.md", self.strategy, self.edition);
        fs::read_to_string(self.folder.join(path)).unwrap()
    }
}

/// 北斗, with one workbook, since its report names no departments.
fn hokuto() -> (City, Book) {
    let city = City::new(&root().join("content"), "hokuto", "2025");
    let files = city.write("out");
    let [(_, bytes)] = &files.iter().collect::<Vec<_>>()[..] else { panic!("{:?}", files.keys()) };
    let book = Book::new(bytes);
    (city, book)
}

#[test]
fn unanswered_workbooks_change_no_byte() {
    let cities = root().join("tests/fixtures/cities");
    // The other strategy of 上山 is only an outline.
    let reports = ["hokuto", "kaminoyama/shinko", "kitakami", "memuro", "ueda"].map(str::to_owned);
    let reports = reports.into_iter().map(|id| (root().join("content"), id));
    let fixtures =
        ["a", "b", "c", "d", "e", "f"].map(|name| cities.join(name).join("content")).into_iter().flat_map(|content| {
            let ids = strategies(&content);
            ids.into_iter().map(move |id| (content.clone(), id))
        });
    let mut questions = 0;
    for (content, strategy) in reports.into_iter().chain(fixtures) {
        let city = City::new(&content, &strategy, "2030");
        let before = city.content();
        let asked = ["form", "list"].map(|layout| {
            let (first, again) = (city.write_as(layout, layout), city.write_as(layout, &format!("{layout} again")));
            assert!(first == again, "{strategy}: the same content has the same bytes");
            let printed = succeed(&city.folder, &["excel", "read", layout, "--strategy", &strategy, "--apply"]);
            assert!(city.content() == before && printed.contains("answers: 0"), "{strategy}: {printed}");
            first.values().flat_map(|bytes| Book::new(bytes).questions().into_keys()).collect::<BTreeSet<_>>()
        });
        assert!(asked[0] == asked[1], "{strategy}: both layouts ask the same");
        questions += asked[0].len();
    }
    assert!(questions > 1500, "{questions} questions");
}

fn strategies(content: &Path) -> Vec<String> {
    let files = tree(content);
    files.keys().filter_map(|path| path.strip_suffix("/strategy.toml").map(str::to_owned)).collect()
}

#[test]
fn answers_are_written_at_their_values() {
    let (city, mut book) = hokuto();
    let amount = "program/boshin#money.settlement.R7";
    book.answer(amount, "1,234");
    book.note(amount, "速報値");
    book.answer("program/boshin#judgement.direction.R9", "拡充");
    book.answer("program/boshin#section.事業実績", "一行目\n二行目 *強調ではない*");
    let file = city.returned("in/a.xlsx", &book);
    let before = city.content();
    let preview = succeed(&city.folder, &["excel", "read", &file]);
    assert!(preview.contains("answers: 3") && preview.contains("nothing was written yet"), "{preview}");
    assert!(city.content() == before, "a preview writes nothing");
    succeed(&city.folder, &["excel", "read", &file, "--apply"]);
    let sheet = city.sheet("programs/boshin");
    assert!(sheet.contains("settlement.R7 = { value = \"1,234\", note = \"速報値\" }"), "{sheet}");
    assert!(
        sheet.contains("direction.R9 = \"拡充\"")
            && sheet.contains("\n## 事業実績\n\n一行目\\\n二行目 \\*強調ではない\\*\n"),
        "{sheet}"
    );
    let changed = city.content().iter().filter(|(path, bytes)| before.get(*path) != Some(*bytes)).count();
    assert_eq!(changed, 1, "only the sheet");
    let again = succeed(&city.folder, &["excel", "read", &file]);
    assert!(again.contains("answers: 0"), "{again}");
}

#[test]
fn line_ends_of_a_sheet_are_kept() {
    let (city, _) = hokuto();
    let path = city.folder.join("content/hokuto/programs/boshin/2025.md");
    let text = fs::read_to_string(&path).unwrap().replace('\n', "\r\n");
    fs::write(&path, text.replace("## 実施計画\r\n\r\n", "## 実施計画\r\n\r\n一\\\r\n二\r\n\r\n")).unwrap();
    let before = city.content();
    let files = city.write("crlf");
    let mut book = Book::new(files.values().next().unwrap());
    let unchanged = succeed(&city.folder, &["excel", "read", "crlf", "--apply"]);
    assert!(unchanged.contains("answers: 0") && city.content() == before, "{unchanged}");
    book.answer("program/boshin#section.事業実績", "一行目\n二行目");
    book.answer("program/boshin#section.実施計画", "三\n四");
    let file = city.returned("in/a.xlsx", &book);
    succeed(&city.folder, &["excel", "read", &file, "--apply"]);
    let sheet = city.sheet("programs/boshin");
    assert!(sheet.contains("## 事業実績\r\n\r\n一行目\\\r\n二行目\r\n"), "{sheet:?}");
    assert!(sheet.contains("## 実施計画\r\n\r\n三\\\r\n四\r\n"), "{sheet:?}");
    assert!(!sheet.replace("\r\n", "").contains('\n'), "{sheet:?}");
}

#[test]
fn copies_are_merged_and_contradictions_name_both_cells() {
    let (city, book) = hokuto();
    let (amount, direction) = ("program/boshin#money.settlement.R7", "program/boshin#judgement.direction.R9");
    let (mut one, mut other) = (book.clone(), book);
    one.answer(amount, "10");
    other.answer(direction, "拡充");
    other.swap(amount, direction);
    let files = [city.returned("in/1.xlsx", &one), city.returned("in/2.xlsx", &other)];
    let merged = succeed(&city.folder, &["excel", "read", "in"]);
    assert!(merged.contains("answers: 2"), "{merged}");
    other.answer(amount, "11");
    city.returned("in/2.xlsx", &other);
    for files in [[&files[0], &files[1]], [&files[1], &files[0]]] {
        let refused = fail(&city.folder, &["excel", "read", files[0], files[1], "--apply"]);
        assert!(
            refused.contains("answer-conflict") && refused.contains("in/1.xlsx ›") && refused.contains("in/2.xlsx ›"),
            "{refused}"
        );
        assert!(refused.contains("`11` here, `10` at"), "{refused}");
    }
}

#[test]
fn each_kind_of_wrong_answer_is_reported_at_its_cell() {
    let amount = "program/boshin#money.settlement.R7";
    let check = |change: &dyn Fn(&mut Book), expect: &[&str]| {
        let (city, mut book) = hokuto();
        change(&mut book);
        let file = city.returned("in/a.xlsx", &book);
        let printed =
            fail(&city.folder, &["excel", "read", &file, "--apply", "--edition", "2025", "--strategy", "hokuto"]);
        for expect in expect {
            assert!(printed.contains(expect), "{expect}: {printed}");
        }
        assert!(printed.contains("1 error"), "{printed}");
    };
    check(&|book| book.answer("program/boshin#judgement.direction.R9", "拡大"), &["answer-invalid", "› E", "拡充"]);
    check(&|book| book.answer(amount, "十円くらい"), &["answer-invalid", "› E7"]);
    check(&|book| book.set(amount, "E", "e", "<v>#REF!</v>"), &["answer-invalid", "#REF!", "› E7"]);
    check(&|book| book.set(amount, "E", "b", "<v>1</v>"), &["answer-invalid", "TRUE"]);
    check(&|book| book.answer(amount, "1_x0000_2"), &["answer-invalid", "U+0000", "› E7"]);
    let without_address = |book: &mut Book| {
        book.answer(amount, "10");
        book.set(amount, "A", "inlineStr", "<is><t></t></is>");
    };
    check(&without_address, &["workbook-mismatch", "first column of the row is blank", "› E7"]);
    let of_other_year = |book: &mut Book| {
        book.answer(amount, "10");
        book.set(amount, "A", "inlineStr", "<is><t>program/boshin#money.settlement.R99</t></is>");
    };
    check(&of_other_year, &["workbook-mismatch", "money.settlement.R99", "› E7"]);
    let twice = |book: &mut Book| {
        book.set("program/boshin#money.budget.R8", "A", "inlineStr", &format!("<is><t>{amount}</t></is>"));
    };
    check(&twice, &["workbook-mismatch", "the same question is also at A6", "› A7"]);
}

#[test]
fn erased_texts_are_errors_unless_erasing_is_stated() {
    let (city, mut book) = hokuto();
    let amount = "program/boshin#money.settlement.R7";
    book.answer(amount, "10");
    let file = city.returned("in/a.xlsx", &book);
    succeed(&city.folder, &["excel", "read", &file, "--apply"]);
    let files = city.write("second");
    let mut book = Book::new(files.values().next().unwrap());
    book.answer(amount, "");
    let file = city.returned("in/b.xlsx", &book);
    let refused = fail(&city.folder, &["excel", "read", &file, "--apply"]);
    assert!(refused.contains("answer-erased") && refused.contains("`10` was erased"), "{refused}");
    book.answer(amount, "消す");
    let file = city.returned("in/b.xlsx", &book);
    succeed(&city.folder, &["excel", "read", &file, "--apply"]);
    assert!(city.sheet("programs/boshin").contains("settlement.R7 = \"\""));
}

#[test]
fn workbooks_without_their_hidden_sheet_are_read() {
    let (city, mut book) = hokuto();
    book.answer("program/boshin#money.settlement.R7", "10");
    book.delete_state();
    let file = city.returned("in/a.xlsx", &book);
    let printed = succeed(&city.folder, &["excel", "read", &file, "--strategy", "hokuto", "--edition", "2025"]);
    assert!(printed.contains("answers: 1"), "{printed}");
}

#[test]
fn workbooks_of_another_edition_are_refused() {
    let (city, book) = hokuto();
    succeed(&city.folder, &["new", "edition", "2026", "--strategy", "hokuto"]);
    let file = city.returned("in/a.xlsx", &book);
    let read = ["excel", "read", &file, "--edition", "2026", "--strategy", "hokuto"];
    let check = |arguments: &[&str], expect: &str| {
        let refused = fail(&city.folder, arguments);
        assert!(refused.contains("workbook-mismatch") && refused.contains("in/a.xlsx"), "{refused}");
        assert!(refused.contains(expect) && refused.contains("1 error, 0 warnings"), "{refused}");
    };
    check(&read, "for the edition `2025` of `hokuto`, not for `2026`");
    fs::remove_file(city.folder.join("content/hokuto/editions/2025.toml")).unwrap();
    for path in tree(&city.folder.join("content/hokuto")).keys().filter(|path| path.ends_with("/2025.md")) {
        fs::remove_file(city.folder.join("content/hokuto").join(path)).unwrap();
    }
    check(&["excel", "read", &file, "--strategy", "hokuto"], "not for `2026`");
}

#[test]
fn different_notes_are_reported_at_the_notes() {
    let (city, book) = hokuto();
    let amount = "program/boshin#money.settlement.R7";
    for (name, note) in [("in/1.xlsx", "速報値"), ("in/2.xlsx", "確定値")] {
        let mut copy = book.clone();
        copy.answer(amount, "10");
        copy.note(amount, note);
        city.returned(name, &copy);
    }
    let refused = fail(&city.folder, &["excel", "read", "in"]);
    assert!(
        refused.contains("the notes differ: `確定値` here, `速報値` at in/1.xlsx") && refused.contains("› F7"),
        "{refused}"
    );
}

#[test]
fn other_units_are_remarks() {
    let city = City::new(&root().join("tests/fixtures/cities/c/content"), "shiomino", "2027");
    let files = city.write("out");
    let books = files.values().map(|bytes| Book::new(bytes));
    let found = books.into_iter().find_map(|book| {
        let questions = book.questions();
        let mut open = questions.iter().filter(|(_, question)| question.answer.is_empty());
        open.find(|(address, _)| address.contains("#indicator.")).map(|(address, _)| (address.clone(), book))
    });
    let (address, mut book) = found.unwrap();
    book.answer(&address, "83.3海里");
    let printed = succeed(&city.folder, &["excel", "read", &city.returned("in/a.xlsx", &book)]);
    assert!(printed.contains("answer-remark") && printed.contains("is in `海里`, but the unit"), "{printed}");
}

#[test]
fn existing_files_and_other_folders_are_not_touched() {
    let (city, _) = hokuto();
    let write = |to: &str| fail(&city.folder, &["excel", "write", "2025", "--strategy", "hokuto", "--to", to]);
    assert!(write("out").contains("already exists"));
    assert!(write("content/hokuto").contains("in the folder of the content"));
    assert!(fail(&city.folder, &["excel", "write", "2024", "--strategy", "hokuto"]).contains("new edition 2024"));
}

#[test]
fn reminders_contain_only_open_questions() {
    let (city, mut book) = hokuto();
    let open = book.questions().values().filter(|question| question.answer.is_empty()).count();
    book.answer("program/boshin#money.settlement.R7", "10");
    let file = city.returned("in/a.xlsx", &book);
    succeed(&city.folder, &["excel", "read", &file, "--apply"]);
    succeed(&city.folder, &["excel", "write", "2025", "--strategy", "hokuto", "--open", "--to", "reminder"]);
    let files = tree(&city.folder.join("reminder"));
    let questions = Book::new(files.values().next().unwrap()).questions();
    assert_eq!(questions.len(), open - 1);
    assert!(questions.values().all(|question| question.answer.is_empty()));
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

/// Answers all open questions of a year in all workbooks of a city, applies them, and returns the numbers of asked and
/// answered cells.
fn complete_year(content: &Path, strategy: &str, year: &str, layout: &str) -> (usize, usize) {
    let city = City::new(content, strategy, year);
    let (mut asked, mut answered) = (0, 0);
    let mut expected: BTreeMap<String, String> = BTreeMap::new();
    for (name, bytes) in city.write_as(layout, "out") {
        let mut book = Book::new(&bytes);
        for (address, question) in book.questions() {
            let one_of = |values: &[&str]| values[answered % values.len()].to_owned();
            asked += 1;
            if !question.answer.is_empty() {
                continue;
            }
            let text = match &question.choices[..] {
                _ if address.contains("#section.") => format!("{address}の\n*記述*。\n\n1. 段落"),
                [] if address.contains("#judgement.") || address.contains(".funding.") => "5".to_owned(),
                [] if address.contains("#indicator.") => one_of(&FIGURES),
                [] if address.contains("#staff.") => one_of(&["0.5", "1,234"]),
                [] => one_of(&AMOUNTS),
                choices => choices[answered % choices.len()].clone(),
            };
            book.answer_in(&question, &text);
            expected.insert(address, text);
            answered += 1;
        }
        city.returned(&format!("in/{name}"), &book);
    }
    let printed = succeed(&city.folder, &["excel", "read", "in", "--strategy", strategy, "--apply"]);
    assert!(printed.contains(&format!("answers: {answered}, ")), "{printed}");
    succeed(&city.folder, &["check"]);
    let (_guard, output) = temp_dir();
    crate::support::build(&city.folder.join("content"), &output);
    let again = city.write("again");
    let answers = again.values().flat_map(|bytes| Book::new(bytes).questions());
    let differing: Vec<_> = answers
        .filter(|(address, question)| expected.get(address).is_some_and(|text| *text != question.answer))
        .map(|(address, question)| format!("{address}: {:?}, not {:?}", question.answer, expected[&address]))
        .collect();
    assert!(differing.is_empty(), "{}", differing.join("\n"));
    (asked, answered)
}

#[test]
fn all_forms_of_values_come_back_as_entered() {
    let (asked, answered) = complete_year(&root().join("content"), "hokuto", "2025", "form");
    assert!(asked > 500 && answered > 400, "{asked} asked, {answered} answered");
    let content = root().join("tests/fixtures/cities/c/content");
    let [strategy] = &strategies(&content)[..] else { panic!("one strategy") };
    let (asked, answered) = complete_year(&content, strategy, "2027", "list");
    assert!(asked > 800 && answered > 700, "{asked} asked, {answered} answered");
}
