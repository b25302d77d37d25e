//! Export of reports as data for other programs.
//!
//! - [`report_json`]: one strategy with all figures, as JSON; [`evaluation`]: its judges, scales, methods and judgements.
//! - [`package`]: its tables as CSV files, with their description.

mod amounts;
mod correction;
mod evaluation;
mod json;
pub mod package;
pub mod report_json;
mod survey;
