//! Export of reports as data for other programs.
//!
//! - [`report_json`]: one strategy with all figures, as JSON.

mod amounts;
mod json;
pub mod report_json;
mod survey;
