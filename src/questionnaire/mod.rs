//! Questionnaires in Excel: the cells of a draft edition as workbooks, and their answers back into the draft.
//!
//! ```text
//! draft edition ─draft→ [DraftSheet] ─form→ Questionnaire ─workbook→ .xlsx          excel write
//! .xlsx ─spreadsheet→ cells ─answers→ [Answer] ─merge→ [Edit] ─splice→ new texts     excel read
//! ```
//!
//! Every question has an [`Address`](question::Address), which is in the workbook itself: rows and sheets may be sorted, inserted and
//! pasted, since positions are never relied on. The draft remains the only declaration of what is asked: a line that is
//! deleted there is not asked.

mod answers;
mod draft;
mod form;
mod intake;
mod label;
mod merge;
mod notation;
mod prose;
mod question;
mod sheet_reader;
mod splice;
mod tally;
mod workbook;

pub use answers::{Answer, Returned, answers};
pub use form::Questionnaire;
pub use intake::Draft;
pub use merge::{Change, Merge, merge, remove_others};
pub use question::Form;
pub use tally::{Tally, missing_questions};
pub use workbook::{Layout, WorkbookContent, by_department, write};
