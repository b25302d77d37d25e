//! Workbooks of 500 programs and a ledger of 2 MB, compared with the bare libraries in the same run.
//!
//! ```text
//! cargo bench --bench spreadsheet
//! ```

#![allow(clippy::expect_used, reason = "a benchmark that cannot set itself up has nothing to measure")]
#![allow(clippy::print_stdout, reason = "a benchmark prints its results")]

use calamine::{Data, DataRef, Reader as _, Xlsx};
use rust_xlsxwriter::{Format, Workbook};
use shirube::internals::{
    AnalysisOptions, DiskSource, Drafts, EditionIx, Questionnaire, WorkbookContent, WorkbookLayout, analyze,
    merge_answers, read_xlsx, workbook_answers, write_workbook,
};
use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::io::Cursor;
use std::path::Path;
use std::time::{Duration, Instant};

/// Number of programs.
const PROGRAMS: usize = 500;
/// Number of runs. The median is reported.
const RUNS: usize = 9;
/// Rows and columns of the ledger.
const LEDGER: (u32, u16) = (407, 208);

fn main() {
    let folder = tempfile::tempdir().expect("the temporary folder is writable");
    content(folder.path());
    let options = AnalysisOptions { drafts: Drafts::Shown, ..AnalysisOptions::default() };
    let analysis = analyze(&DiskSource::new(folder.path()), &[], &options).expect("the content is readable");
    let (_, strategy) = analysis.report.strategies().next().expect("a strategy");
    let mut editions = (0..).map(EditionIx).zip(&strategy.editions);
    let (at, edition) = editions.find(|(_, edition)| edition.draft).expect("a draft");
    println!("{PROGRAMS} programs, {LEDGER:?} cells of a ledger; median of {RUNS} runs");
    let questions = measure(|| Questionnaire::new(strategy, at, edition, &analysis.sources));
    println!("questions of the draft            {questions:>9.1?}");
    let questionnaire = Questionnaire::new(strategy, at, edition, &analysis.sources);
    for (name, layout) in [("forms", WorkbookLayout::Form), ("list", WorkbookLayout::List)] {
        let content = WorkbookContent {
            strategy: &questionnaire.strategy,
            strategy_title: &questionnaire.strategy_title,
            edition: &questionnaire.edition,
            edition_label: &questionnaire.edition_label,
            department: None,
            forms: questionnaire.forms.iter().collect(),
            layout,
        };
        let bytes = write_workbook(&content).expect("can be written");
        let sheets = cells(&bytes);
        let count: usize = sheets.iter().map(|(_, cells)| cells.len()).sum();
        println!("{name}: {} sheets, {count} cells, {} KiB", sheets.len(), bytes.len() / 1024);
        let own = measure(|| write_workbook(&content));
        let bare = measure(|| write_bare(&sheets));
        report("write", own, bare);
        let own = measure(|| {
            let workbook = read_xlsx(&bytes).expect("can be read");
            let mut diagnostics = Vec::new();
            let returned = workbook_answers("a.xlsx", &workbook, &mut diagnostics);
            merge_answers(&questionnaire, &[returned], &mut diagnostics).changes.len()
        });
        let bare = measure(|| cells(&bytes));
        report("read and merge", own, bare);
    }
    let ledger = ledger();
    println!("ledger: {} KiB", ledger.len() / 1024);
    report("read", measure(|| read_xlsx(&ledger)), measure(|| cells(&ledger)));
}

fn report(name: &str, own: Duration, bare: Duration) {
    let ratio = own.as_secs_f64() / bare.as_secs_f64();
    println!("  {name:<16} {own:>9.1?}   bare library {bare:>9.1?}   ratio {ratio:.2}");
}

/// Median time of a function.
fn measure<T>(run: impl Fn() -> T) -> Duration {
    let time = |_| {
        let start = Instant::now();
        drop(black_box(run()));
        start.elapsed()
    };
    let mut times: Vec<Duration> = (0..RUNS).map(time).collect();
    times.sort_unstable();
    times.get(RUNS / 2).copied().unwrap_or_default()
}

/// Texts by sheet, row and column.
type Sheets = Vec<(String, Vec<(u32, u16, String)>)>;

/// The cells of a workbook, read by the library alone.
fn cells(bytes: &[u8]) -> Sheets {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("can be read");
    let mut sheets = Vec::new();
    for name in workbook.sheet_names() {
        let mut reader = workbook.worksheet_cells_reader(&name).expect("can be read");
        let mut cells = Vec::new();
        while let Some(cell) = reader.next_cell().expect("can be read") {
            let (row, column) = cell.get_position();
            let text = match cell.get_value() {
                DataRef::String(text) => text.clone(),
                DataRef::SharedString(text) => (*text).to_owned(),
                other => Data::from(other.clone()).to_string(),
            };
            cells.push((row, u16::try_from(column).expect("a column"), text));
        }
        sheets.push((name, cells));
    }
    sheets
}

/// Writes the same texts with the library alone.
fn write_bare(sheets: &Sheets) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let format = Format::new().set_num_format_index(49).set_text_wrap();
    for (name, cells) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).expect("a valid name");
        for (row, column, text) in cells {
            sheet.write_string_with_format(*row, *column, text, &format).expect("can be written");
        }
    }
    workbook.save_to_buffer().expect("can be written")
}

/// A ledger as a city keeps it: texts, figures and dashes.
fn ledger() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let (rows, columns) = LEDGER;
    for row in 0..rows {
        for column in 0..columns {
            let number = row * 211 + u32::from(column) * 7;
            let written = match column % 8 {
                0 => sheet.write_string(
                    row,
                    column,
                    format!("事務事業{number}の概要。{}", "対象・意図・結果を記載する。".repeat(6)),
                ),
                1 | 2 => sheet.write_string(row, column, format!("{number}")),
                3 => sheet.write_string(row, column, "-"),
                _ => sheet.write_number(row, column, f64::from(number) / 4.0),
            };
            written.expect("can be written");
        }
    }
    workbook.save_to_buffer().expect("can be written")
}

/// Content with a draft edition of [`PROGRAMS`] programs with eight questions each.
fn content(folder: &Path) {
    let write = |path: String, text: String| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the temporary folder is writable");
        fs::write(path, text).expect("the temporary folder is writable");
    };
    let mut strategy = "title = \"計画\"\npublisher = \"市\"\nmoney_unit = \"千円\"\nmissing = [\"-\"]\n".to_owned();
    for (id, year, draft) in [("2024", "R5", ""), ("2025", "R6", "draft = true\n")] {
        write!(strategy, "[[edition]]\nid = \"{id}\"\nyear = \"{year}\"\nlabel = \"{id}\"\n{draft}").expect("a string");
    }
    strategy.push_str("[[scale]]\nid = \"status\"\ntitle = \"達成状況\"\nof = [\"program\"]\nmarks = [{ mark = \"A\" }, { mark = \"B\" }]\n");
    write("plan/strategy.toml".to_owned(), strategy);
    for index in 0..PROGRAMS {
        let program = format!(
            "+++\nname = \"事業{index}\"\n[[indicator]]\nid = \"riyosha\"\nname = \"延べ利用者数\"\nunit = \"人\"\n+++\n事業の概要。\n"
        );
        write(format!("plan/programs/p{index}/program.md"), program);
        let sheet = |year: &str, value: &dyn Fn(usize) -> String| {
            format!(
                "+++\n[indicator.riyosha]\nactual.{year} = {}\ntarget.{year} = {}\nrate.{year} = {}\n[money]\nbudget.{year} = {}\nsettlement.{year} = {}\n[judgement]\nstatus = {}\n+++\n",
                value(1),
                value(2),
                value(3),
                value(4),
                value(5),
                if value(6) == "\"\"" { "\"\"" } else { "\"B\"" }
            )
        };
        let last = sheet("R5", &|column| format!("\"{}\"", index * 10 + column));
        write(
            format!("plan/programs/p{index}/2024.md"),
            format!("{last}## 課題\n\n課題の記述{index}。\n\n## 今後\n\n今後の記述。\n"),
        );
        write(
            format!("plan/programs/p{index}/2025.md"),
            format!("{}## 課題\n\n## 今後\n", sheet("R6", &|_| "\"\"".to_owned())),
        );
    }
}
