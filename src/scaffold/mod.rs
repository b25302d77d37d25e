//! New content for `shirube new`: what to write is proposed as a value, and then written whole
//! or not at all.
//!
//! - [`site`]: a small site that builds at once, its files in `example/`;
//! - [`node`]: a strategy, goal, policy or program;
//! - [`edition`]: a new edition, with a draft of each [`sheet`], after those that are there ([`context`]);
//! - [`id`]: which id a node gets, and why;
//! - [`mod@write`]: the only room here that touches the disk.
//!
//! Nothing here changes a file: what has to be written into one that is there is said.

mod context;
pub mod edition;
pub mod id;
pub mod node;
mod sheet;
pub mod site;
pub mod write;

use crate::diagnostic::Bilingual;

/// Files to be written, and what to say when they are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proposal {
    /// Each by its path below the content folder, with `/`, and its text.
    pub files: Vec<(String, String)>,
    /// Why it is as it is.
    pub reasons: Vec<Bilingual>,
    /// What to do next.
    pub next: Vec<Bilingual>,
}

/// A text as it may stand in a comment: in one line.
fn in_comment(text: &str) -> String {
    text.split(|c: char| c.is_control()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::quoted;

    #[test]
    fn any_text_can_be_quoted() {
        for text in ["橋", "a\"b\\c", "二\n行\t\u{7f}", "", "\u{0}"] {
            let toml = format!("x = {}", quoted(text));
            let table: toml::Table = toml.parse().unwrap();
            assert_eq!(table["x"].as_str(), Some(text));
        }
        assert_eq!(in_comment("二\n行"), "二 行");
    }
}
