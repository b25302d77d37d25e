//! Workbooks with a list of programs and a list of indicators, also beside forms.

use super::workbook::Book;
use super::{City, fail, hokuto, succeed};

/// Questions about money, a text and an indicator.
const AMOUNT: &str = "program/boshin#money.settlement.R7";
const OTHER_AMOUNT: &str = "program/boshin#money.budget.R8";
const MARK: &str = "program/boshin#judgement.direction.R9";
const TEXT: &str = "program/boshin#section.事業実績";

/// 北斗 as a list.
fn list() -> (City, Book) {
    let (city, _) = hokuto();
    let files = city.write_as("list", "list");
    let book = Book::new(files.values().next().unwrap());
    (city, book)
}

#[test]
fn answers_of_all_sheets_are_read() {
    let (city, mut book) = list();
    book.answer(AMOUNT, "1,234");
    book.note(AMOUNT, "速報値");
    book.answer(MARK, "拡充");
    book.answer(TEXT, "一行目\n二行目");
    book.answer(OTHER_AMOUNT, "10～20");
    let file = city.returned("in/a.xlsx", &book);
    let preview = succeed(&city.folder, &["excel", "read", &file]);
    assert!(preview.contains("answers: 4, ") && preview.contains("refused: 0, merged: 0"), "{preview}");
    succeed(&city.folder, &["excel", "read", &file, "--apply"]);
    let sheet = city.sheet("programs/boshin");
    for expected in
        ["settlement.R7 = { value = \"1,234\", note = \"速報値\" }", "direction.R9 = \"拡充\"", "一行目\\\n二行目"]
    {
        assert!(sheet.contains(expected), "{expected}: {sheet}");
    }
    let again = succeed(&city.folder, &["excel", "read", &file]);
    assert!(again.contains("answers: 0, unchanged: 4, "), "{again}");
}

#[test]
fn rows_and_columns_may_be_in_any_order() {
    let (city, mut book) = list();
    let programs: Vec<String> =
        book.questions().into_keys().filter(|address| address.ends_with("#money.settlement.R7")).collect();
    book.answer(AMOUNT, "1,234");
    book.answer(OTHER_AMOUNT, "2");
    book.swap_columns(AMOUNT, OTHER_AMOUNT);
    let other = programs.iter().find(|address| *address != AMOUNT).unwrap();
    book.swap(AMOUNT, other);
    let file = city.returned("in/a.xlsx", &book);
    succeed(&city.folder, &["excel", "read", &file, "--apply"]);
    let sheet = city.sheet("programs/boshin");
    assert!(sheet.contains("settlement.R7 = \"1,234\"") && sheet.contains("budget.R8 = \"2\""), "{sheet}");
}

#[test]
fn forms_and_lists_are_read_together() {
    let (city, form) = hokuto();
    let files = city.write_as("list", "list");
    let (mut form, mut list) = (form, Book::new(files.values().next().unwrap()));
    form.answer(AMOUNT, "10");
    form.answer(MARK, "拡充");
    list.answer(AMOUNT, "10");
    list.answer(OTHER_AMOUNT, "20");
    let files = [city.returned("in/form.xlsx", &form), city.returned("in/list.xlsx", &list)];
    let asked = form.questions().len();
    for files in [[&files[0], &files[1]], [&files[1], &files[0]]] {
        let printed = succeed(&city.folder, &["excel", "read", files[0], files[1]]);
        let expected = format!("workbooks: 2, questions: {asked}; answers: 3, ");
        assert!(printed.contains(&expected) && printed.contains("refused: 0, merged: 1"), "{printed}");
    }
    list.answer(AMOUNT, "11");
    city.returned("in/list.xlsx", &list);
    let refused = fail(&city.folder, &["excel", "read", "in", "--apply"]);
    assert!(refused.contains("`11` here, `10` at in/form.xlsx ›") && refused.contains("refused: 1"), "{refused}");
}

#[test]
fn wrong_cells_of_a_list_are_named() {
    let check = |change: &dyn Fn(&mut Book), expect: &[&str]| {
        let (city, mut book) = list();
        change(&mut book);
        let file = city.returned("in/a.xlsx", &book);
        let printed = fail(&city.folder, &["excel", "read", &file, "--apply"]);
        for expect in expect {
            assert!(printed.contains(expect), "{expect}: {printed}");
        }
    };
    check(&|book| book.answer(AMOUNT, "十円くらい"), &["answer-invalid", "› 事業 ›", "決算額 令和7年度", "1 error"]);
    check(
        &|book| book.replace_text("money.settlement.R7", "money.budget.R8"),
        &["workbook-mismatch", "is also at", "1 error"],
    );
    let of_unknown_program = |book: &mut Book| {
        book.answer(AMOUNT, "10");
        book.replace_text("program/boshin", "program/hokuto");
    };
    check(&of_unknown_program, &["workbook-mismatch", "program/hokuto#money.settlement.R7", "1 error"]);
    check(&|book| book.replace_text("照合用（一覧）", "照合"), &["workbook-mismatch", "照合用（一覧）", "1 error"]);
}

#[test]
fn deleted_rows_and_sheets_are_told() {
    let check = |layout: &str, change: &dyn Fn(&mut Book), expect: &[&str]| {
        let (city, _) = hokuto();
        let files = city.write_as(layout, layout);
        let mut book = Book::new(files.values().next().unwrap());
        let whole = city.returned("whole/a.xlsx", &book);
        change(&mut book);
        let file = city.returned("in/a.xlsx", &book);
        let printed = succeed(&city.folder, &["excel", "read", &file, "--apply"]);
        for expect in expect {
            assert!(printed.contains(expect), "{expect}: {printed}");
        }
        let together = succeed(&city.folder, &["excel", "read", &file, &whole]);
        assert!(!together.contains("missing-questions"), "another copy has them: {together}");
    };
    check(
        "form",
        &|book| book.delete_row(AMOUNT),
        &["missing-questions", "1 of the questions about", "決算額 令和7年度"],
    );
    check("form", &|book| book.delete_sheet(AMOUNT), &["missing-questions", "6 of the questions about"]);
    check("list", &|book| book.delete_row(AMOUNT), &["missing-questions", "6 of the questions about"]);
}
