//! Reading of spreadsheet files: bytes → cells with the texts that they display.
//!
//! The only module that knows the libraries for reading workbooks. Formulas, macros and links to other files are never
//! evaluated or followed; files are bounded in size before a library reads them.

mod cell;

pub use cell::{Cell, CellProblem, CellRef, Workbook, Worksheet, column_index, column_name};
