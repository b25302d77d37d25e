//! Shirube compiles a city's strategy reports, kept as Markdown and TOML, into a static website.

pub mod assess;
pub mod build;
pub mod chart;
pub mod check;
pub mod cli;
pub mod content;
pub mod diagnostic;
pub mod exchange;
mod html;
pub mod link;
pub mod markdown;
pub mod model;
pub mod preview;
pub mod publish;
pub mod scaffold;
pub mod search;
pub mod site;
pub mod texts;
pub mod theme;
pub mod totals;
pub mod workspace;
