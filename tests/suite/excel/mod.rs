//! `shirube excel`: what is written changes nothing when it comes back, and what is answered is in the draft.

mod cycle;
mod law;
mod libreoffice;
mod list;
mod quirks;
mod workbook;

use crate::support::{root, shirube, temp_dir, tree, write_tree};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
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
        Self::with_edition(content, strategy, edition, true)
    }

    /// The files of a strategy's unit and those of the site, with a draft edition.
    fn with_edition(content: &Path, strategy: &str, edition: &str, carry: bool) -> Self {
        let (guard, folder) = temp_dir();
        let unit = format!("{}/", strategy.split('/').next().unwrap());
        let files = tree(content).into_iter().filter(|(path, _)| !path.contains('/') || path.starts_with(&unit));
        write_tree(&files.collect(), &folder.join("content"));
        let mut arguments = vec!["new", "edition", edition, "--strategy", strategy];
        arguments.extend(carry.then_some("--carry"));
        succeed(&folder, &arguments);
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

/// Ids of the strategies of a content folder.
fn strategies(content: &Path) -> Vec<String> {
    let files = tree(content);
    // Outlines have no editions.
    let is_outline = |text: &[u8]| String::from_utf8_lossy(text).lines().any(|line| line == "outline = true");
    let strategies = files.iter().filter(|(_, text)| !is_outline(text));
    strategies.filter_map(|(path, _)| path.strip_suffix("/strategy.toml").map(str::to_owned)).collect()
}

/// The content of 北斗 with a draft edition, and its workbooks.
static HOKUTO: LazyLock<[BTreeMap<String, Vec<u8>>; 2]> = LazyLock::new(|| {
    let city = City::new(&root().join("content"), "hokuto", "2025");
    let files = city.write("out");
    [city.content(), files]
});

/// 北斗, with one workbook, since its report names no departments.
fn hokuto() -> (City, Book) {
    let (guard, folder) = temp_dir();
    let [content, files] = &*HOKUTO;
    write_tree(content, &folder.join("content"));
    write_tree(files, &folder.join("out"));
    let [bytes] = &files.values().collect::<Vec<_>>()[..] else { panic!("{:?}", files.keys()) };
    (City { _guard: guard, folder, strategy: "hokuto".to_owned(), edition: "2025".to_owned() }, Book::new(bytes))
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
