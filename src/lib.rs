//! Shirube compiles a city's strategy reports, kept as Markdown and TOML, into a static website.

pub mod diagnostic;
pub mod markdown;
pub mod model;
pub mod publish;
