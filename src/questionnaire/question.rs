//! Questions of a questionnaire: what a form asks, and where its answer is written.

use super::draft::DraftCell;
use super::notation::{Grammar, Written};
use super::prose::{self, Notation};
use std::fmt;
use std::ops::Range;

/// Address of a question: its node and the keys that lead to its value, as in `program/kaigo#indicator.riyosha.actual.R6`.
///
/// It is unique in a strategy and edition, and compared as a whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(pub(super) String);

impl Address {
    /// Address of the value at `path` in the sheet of `node`, such as `program/kaigo`.
    pub(super) fn new(node: &str, path: &[String]) -> Self {
        Self(format!("{node}#{}", path.join(".")))
    }

    /// The whole address.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The node, and the keys that lead to the value.
    pub fn parts(&self) -> (&str, &str) {
        self.0.split_once('#').unwrap_or((&self.0, ""))
    }

    /// Address of the cell of a list in the row and column with these keys.
    pub(super) fn in_list(row: &str, column: &str) -> Self {
        let separator = if row.contains('#') { '.' } else { '#' };
        Self(format!("{row}{separator}{column}"))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Question about one value, mark or text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Address.
    pub address: Address,
    /// Title of the questions about the same subject: `延べ利用者数`.
    pub group: String,
    /// What is asked: `実績 令和6年度`.
    pub label: String,
    /// What is asked, without the name of its row in a list.
    pub column: String,
    /// Unit of the answer; empty if it has none.
    pub unit: String,
    /// Answer in the previous edition, with its year if that differs; empty if there is none.
    pub previous: String,
    /// Allowed answers; empty if the answer is free.
    pub choices: Vec<String>,
    /// Explanation for the person who answers.
    pub help: String,
    /// Current answer of the draft, as it is shown in the form; empty if it is not answered.
    pub text: String,
    /// Notation of the answer, if it is the text of a section.
    pub(super) notation: Option<Notation>,
    /// Value that is written for an answer, where they differ: the id of a field's value by its title.
    pub(super) ids: Vec<(String, String)>,
    /// What the answer means.
    pub(super) grammar: Grammar,
    /// Cell of the draft.
    pub(super) cell: DraftCell,
}

impl Question {
    /// Title of the group and what is asked, for messages.
    pub fn title(&self) -> String {
        [self.group.as_str(), self.label.trim()].join(" ").trim().to_owned()
    }

    /// Offset of the answer in the sheet, in bytes.
    pub fn offset(&self) -> usize {
        self.cell.range.start
    }

    /// Name of the row of a list that belongs to something within the node: an indicator, a program, a survey.
    pub(super) fn subject(&self) -> &str {
        let name = self.label.strip_suffix(&self.column).unwrap_or_default().trim();
        if name.is_empty() { &self.group } else { name }
    }

    /// Current note; empty if there is none.
    pub fn note(&self) -> &str {
        self.cell.note.as_ref().map_or("", |(note, _)| note)
    }

    /// Returns true if the answer is text of several lines.
    pub fn is_prose(&self) -> bool {
        self.notation.is_some()
    }

    /// Returns true if the answer can have a note.
    pub fn takes_note(&self) -> bool {
        self.cell.takes_note()
    }

    /// The answer as it is written in the content: with the id of a field's value, plain text as Markdown, and a value
    /// with the keys that it needs.
    pub(super) fn written(&self, answer: &str) -> Written {
        let id = self.ids.iter().find(|(title, _)| title == answer).map(|(_, id)| id.clone());
        match (self.notation, id) {
            (Some(Notation::Plain), _) => Written::Text(prose::to_markdown(answer)),
            (Some(Notation::Markdown), _) => Written::Text(answer.to_owned()),
            (None, Some(id)) => Written::Text(id),
            (None, None) => self.grammar.written(answer),
        }
    }
}

/// Questions about one goal, policy or program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Kind and id of the node: `program/kaigo`.
    pub node: String,
    /// Number and name of the node.
    pub title: String,
    /// Department that answers: the first that the sheet or the node names. `None` if neither names one.
    pub department: Option<String>,
    /// Path of the sheet, relative to the content folder.
    pub path: String,
    /// Questions, in the order of the file.
    pub questions: Vec<Question>,
}

/// Replacement of a range of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    /// Range of bytes.
    pub(super) range: Range<usize>,
    /// New text.
    pub(super) text: String,
}
