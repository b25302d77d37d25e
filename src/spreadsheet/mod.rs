//! Reading of spreadsheet files: bytes → cells with the texts that they display.
//!
//! The only module that knows the libraries for reading workbooks. Formulas, macros and links to other files are never
//! evaluated or followed; files are bounded in size before a library reads them.

mod cell;
mod csv;
mod date;
mod number_format;
mod package;
mod problem;
mod sanitize;
mod scan;
mod styles;
#[cfg(test)]
pub(crate) mod tests;
mod text;
mod workbook;
mod xlsx;
mod xml;

pub use self::csv::{Encoding, read_csv};
pub use crate::diagnostic::{CellRef, column_index, column_name};
pub use cell::{Cell, Workbook, Worksheet};
pub use problem::CellProblem;
pub use xlsx::read_xlsx;

/// Maximum number of cells of a file, including blank ones.
const MAX_CELLS: usize = 5_000_000;

/// Maximum number of cells of a file that are not blank. A small file can contain as many as a large one. A million
/// would take more than 200 MB of memory; a ledger of 2,500 programs with 200 columns has half a million.
const MAX_FILLED_CELLS: usize = 800_000;

/// Maximum number of columns, as in Excel.
const MAX_COLUMNS: u32 = 16_384;

/// Maximum size of all texts of the cells of a workbook, in bytes. Many cells may refer to one long text.
const MAX_TEXT: usize = 64 << 20;

/// Error for a file with too many cells or too much text.
fn too_many_cells() -> crate::diagnostic::Bilingual {
    crate::diagnostic::say!(
        ja: "セルまたは文字が多すぎます。必要なシートや行だけを別のファイルに保存してください",
        en: "the file has too many cells or too much text; save only the sheets and rows that are needed as another file"
    )
}
