//! Reading of spreadsheet files: bytes → cells with the texts that they display.
//!
//! The only module that knows the libraries for reading workbooks. Formulas, macros and links to other files are never
//! evaluated or followed; files are bounded in size before a library reads them.

mod cell;
mod csv;
mod date;
mod number_format;
mod package;
mod sanitize;
mod scan;
mod styles;
#[cfg(test)]
mod tests;
mod text;
mod workbook;
mod xlsx;
mod xml;

pub use self::csv::read_csv;
pub use cell::{Cell, CellProblem, CellRef, Workbook, Worksheet, column_index, column_name};
pub use xlsx::read_xlsx;

/// Maximum number of cells of a file.
const MAX_CELLS: usize = 5_000_000;

/// Maximum size of all texts of the cells of a file, in bytes. Many cells may refer to one long text.
const MAX_TEXT: usize = 100 << 20;

/// Error for a file with more than [`MAX_CELLS`] cells or [`MAX_TEXT`] bytes of text.
fn too_many_cells() -> crate::diagnostic::Bilingual {
    crate::diagnostic::say!(
        ja: "セルが多すぎます（{MAX_CELLS} 個まで、文字は合計 100 MB まで）。必要なシートだけを別のファイルに保存してください",
        en: "the file has too many cells (at most {MAX_CELLS}, with at most 100 MB of text); save only the sheets that are needed as another file"
    )
}
