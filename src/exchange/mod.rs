//! Export of reports as data for other programs.
//!
//! - [`report_json`]: one strategy with all figures, as JSON; [`evaluation`]: its judges, scales, methods and judgements.

mod amounts;
mod evaluation;
mod json;
pub mod report_json;
mod survey;
