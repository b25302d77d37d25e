//! Scaffolding of new content for `shirube new`: files are proposed as a value, then written all or not at all.
//!
//! - [`site`]: a small site that builds without changes, with its files in `example/`;
//! - [`node`]: a strategy, goal, policy or program;
//! - [`edition`]: a new edition with a template of each [`sheet`], modelled on an existing edition ([`context`]);
//! - [`server`]: the configuration of a web server;
//! - [`id`]: choice of the id of a node;
//! - [`keys`]: lines with keys and their meanings;
//! - [`mod@write`]: the only module here that accesses the disk.
//!
//! Existing files are never changed: the proposal tells the user what to add to them.

mod cell;
mod context;
pub mod edition;
pub mod first_sheet;
mod id;
mod keys;
pub mod node;
pub mod server;
mod sheet;
pub mod site;
mod survey;
pub mod write;

use crate::diagnostic::Bilingual;

/// Files to write, with messages for the user.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proposal {
    /// Paths below the content folder, separated by `/`, with the texts.
    pub files: Vec<(String, String)>,
    /// Explanations of choices made in the proposal.
    pub reasons: Vec<Bilingual>,
    /// Next steps for the user.
    pub next_steps: Vec<Bilingual>,
}

/// Makes a text fit into a one-line comment.
fn in_comment(text: &str) -> String {
    text.split(|c: char| c.is_control()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::quoted;

    #[test]
    fn quotes_any_text() {
        for text in ["橋", "a\"b\\c", "二\n行\t\u{7f}", "", "\u{0}"] {
            let toml = format!("x = {}", quoted(text));
            let table: toml::Table = toml.parse().unwrap();
            assert_eq!(table["x"].as_str(), Some(text));
        }
        assert_eq!(in_comment("二\n行"), "二 行");
    }
}
