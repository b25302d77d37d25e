//! The report in the formats of other programs.
//!
//! - [`report_json`]: one strategy with every figure, as JSON.

mod json;
pub mod report_json;
