//! Workbooks that LibreOffice has saved. The fixtures are conversions of one workbook of fixture (c), by LibreOffice 7.4.7,
//! directly and by way of `.ods`; `cargo xtask campaign spreadsheet` converts it again if LibreOffice is installed.

use super::City;
use super::workbook::Book;
use crate::support::root;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const EDITION: &str = "2027";
const STRATEGY: &str = "shiomino";
const WORKBOOK: &str = "調書_2027_学校教育課.xlsx";

/// Answers as they are entered before the conversion, each in a form that a spreadsheet program may change.
const ANSWERS: [&str; 16] = [
    "12.50",
    "5-1",
    "0",
    "1,234",
    "▲3",
    "18,104 (H27)",
    "10～20",
    "=1+1",
    "1/2",
    "約300",
    "１２３",
    "1e5",
    "90%",
    "－",
    "TRUE",
    "令和6年",
];

fn city() -> City {
    City::new(&root().join("tests/fixtures/cities/c/content"), STRATEGY, EDITION)
}

/// The workbook in both layouts, with answers to all open questions: texts as they are, whether valid or not.
fn filled(city: &City, layout: &str) -> Book {
    let files = city.write_as(layout, layout);
    let mut book = Book::new(&files[WORKBOOK]);
    let questions = book.questions();
    for (index, (_, question)) in questions.iter().filter(|(_, question)| question.answer.is_empty()).enumerate() {
        let text = match &question.choices[..] {
            [] => ANSWERS[index % ANSWERS.len()].to_owned(),
            choices => choices[index % choices.len()].clone(),
        };
        book.answer_in(question, &text);
    }
    book
}

fn fixture(layout: &str, way: &str) -> PathBuf {
    root().join(format!("tests/fixtures/excel/libreoffice-7.4.7-{layout}-{way}.xlsx"))
}

/// Changes and errors that the preview of a workbook shows, without the name of the file.
fn preview(city: &City, name: &str) -> String {
    let arguments = ["excel", "read", name, "--strategy", STRATEGY, "--edition", EDITION];
    let (printed, _) = super::run(&city.folder, &arguments);
    printed.replace(name, "FILE")
}

/// Asserts that a converted workbook is read like the original.
fn check(layout: &str, converted: &[u8]) {
    let city = city();
    let original = filled(&city, layout);
    let name = city.returned("in/a.xlsx", &original);
    let expected = preview(&city, &name);
    assert!(expected.contains("`12.50`") && expected.contains("`5-1`"), "{expected}");
    fs::write(city.folder.join("in/b.xlsx"), converted).unwrap();
    assert_eq!(preview(&city, "in/b.xlsx"), expected, "{layout}");
}

#[test]
fn converted_workbooks_are_read_like_the_originals() {
    for layout in ["form", "list"] {
        for way in ["xlsx", "ods"] {
            check(layout, &fs::read(fixture(layout, way)).unwrap());
        }
    }
}

/// Converts a file to another format in the same folder.
fn convert(folder: &Path, file: &str, format: &str, to: &str) {
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let out = folder.join(to);
    let mut command = Command::new("soffice");
    command.arg(profile).args(["--headless", "--convert-to", format, "--outdir"]).arg(&out).arg(folder.join(file));
    assert!(command.output().unwrap().status.success(), "{command:?}");
}

#[test]
#[ignore = "needs LibreOffice; cargo xtask campaign spreadsheet"]
fn libreoffice_keeps_the_answers() {
    if Command::new("soffice").arg("--version").output().is_err() {
        println!("LibreOffice is not installed");
        return;
    }
    for layout in ["form", "list"] {
        let city = city();
        let folder = &city.folder;
        let name = city.returned("book.xlsx", &filled(&city, layout));
        convert(folder, &name, "xlsx", "direct");
        convert(folder, &name, "ods", "ods");
        convert(folder, "ods/book.ods", "xlsx", "from-ods");
        for (way, path) in [("xlsx", "direct/book.xlsx"), ("ods", "from-ods/book.xlsx")] {
            let converted = fs::read(folder.join(path)).unwrap();
            if std::env::var_os("SNAPSHOTS").is_some_and(|action| action == "overwrite") {
                fs::create_dir_all(fixture(layout, way).parent().unwrap()).unwrap();
                fs::write(fixture(layout, way), &converted).unwrap();
            }
            check(layout, &converted);
        }
    }
}
