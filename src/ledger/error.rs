//! Errors of a mapping file or a ledger, with their places: file › sheet › cell (heading).

use crate::diagnostic::{Bilingual, say};
use crate::spreadsheet::{CellProblem, CellRef};
use std::collections::BTreeSet;

/// Maximum number of characters of a heading or cell that a message quotes.
const MAX_QUOTED: usize = 40;

/// Error with its place and the remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerError {
    /// Where it is.
    pub place: Place,
    /// What is wrong.
    pub message: Bilingual,
    /// How to correct it.
    pub help: Bilingual,
}

/// Place of an error.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Line of the mapping file, from 1.
    Mapping {
        /// The line.
        line: usize,
    },
    /// A whole file or worksheet.
    Sheet {
        /// File name.
        file: String,
        /// Name of the worksheet; empty for CSV.
        sheet: String,
    },
    /// A cell.
    Cell {
        /// File name.
        file: String,
        /// Name of the worksheet; empty for CSV.
        sheet: String,
        /// Address of the cell.
        cell: CellRef,
        /// Heading of its column; empty if it has none.
        heading: String,
    },
    /// A generated file that could not be read back.
    Generated {
        /// Path below the content folder.
        path: String,
        /// Line, from 1.
        line: usize,
    },
}

impl LedgerError {
    /// Creates an error.
    pub fn new(place: Place, message: Bilingual, help: Bilingual) -> Self {
        Self { place, message, help }
    }
}

impl Place {
    /// The place in the form `台帳.xlsx › Sheet1 › H2（事務事業ID）`; `mapping` is the name of the mapping file.
    pub fn describe(&self, mapping: &str) -> String {
        let sheet_of = |file: &str, sheet: &str| match sheet {
            "" => file.to_owned(),
            _ => format!("{file} › {sheet}"),
        };
        match self {
            Self::Mapping { line } => format!("{mapping}:{line}"),
            Self::Sheet { file, sheet } => sheet_of(file, sheet),
            Self::Cell { file, sheet, cell, heading } if heading.is_empty() => {
                format!("{} › {cell}", sheet_of(file, sheet))
            }
            Self::Cell { file, sheet, cell, heading } => {
                format!("{} › {cell}（{}）", sheet_of(file, sheet), shortened(heading))
            }
            Self::Generated { path, line } => format!("{path}:{line}"),
        }
    }
}

/// Sorts errors by place and removes repetitions, which arise when a cell is used twice.
pub fn sorted(errors: Vec<LedgerError>) -> Vec<LedgerError> {
    let mut seen = BTreeSet::new();
    let mut errors: Vec<LedgerError> =
        errors.into_iter().filter(|error| seen.insert((error.place.clone(), error.message.ja.clone()))).collect();
    errors.sort_by(|a, b| a.place.cmp(&b.place));
    errors
}

/// Text on one line, with at most [`MAX_QUOTED`] characters.
pub fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MAX_QUOTED) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

/// Message and remedy for a cell whose displayed text is not certain.
pub fn of_problem(problem: &CellProblem) -> (Bilingual, Bilingual) {
    let as_text = say!(
        ja: "セルの書式を「文字列」にして、表示どおりに入力し直してください",
        en: "format the cell as text and enter it again as displayed"
    );
    match problem {
        CellProblem::Date { shown, written } => {
            let hint = match written {
                Some(text) => say!(
                    ja: "。「{text}」と入力したものが日付に変わった可能性があります",
                    en: "; the program may have converted `{text}`"
                ),
                None => Bilingual::default(),
            };
            let Bilingual { ja, en } = hint;
            (say!(ja: "日付になっています（{shown}）{ja}", en: "this is a date ({shown}){en}"), as_text)
        }
        CellProblem::NumberFormat { number, format } => (
            say!(
                ja: "表示形式「{format}」のため、表示されている値が確定できません（保存されている値は {number}）",
                en: "the displayed value is uncertain: {number} in the format `{format}`"
            ),
            as_text,
        ),
        CellProblem::LongDecimal { number } => (
            say!(
                ja: "小数の桁が多く、表示されている値が確定できません（保存されている値は {number}）",
                en: "the displayed value of this long decimal is uncertain: {number}"
            ),
            say!(
                ja: "対応表で `decimals` に小数の桁数を指定するか、セルの書式を「文字列」にして入力し直してください",
                en: "specify the number of `decimals` in the mapping, or format the cell as text and enter it again"
            ),
        ),
        CellProblem::Error(name) => (
            say!(ja: "式の結果がエラーです（{name}）", en: "the formula results in an error ({name})"),
            say!(ja: "値を入力してください", en: "enter the value"),
        ),
        CellProblem::Bool(value) => (say!(ja: "論理値（{value}）です", en: "this is a boolean ({value})"), as_text),
        CellProblem::NoResult => (
            say!(ja: "式の計算結果が保存されていません", en: "the result of the formula is not stored"),
            say!(
                ja: "表計算ソフトで開いて保存し直すか、値を入力してください",
                en: "open and save the file in a spreadsheet program, or enter the value"
            ),
        ),
    }
}
