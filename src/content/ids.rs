//! Ids: names of folders and of what is declared in lists.

use super::table::TomlTable;
use crate::diagnostic::{Diagnostic, Rule, Span, say};

impl TomlTable<'_> {
    /// The `id` of the table, which must be there and none of `taken`; empty if it is not there.
    pub(super) fn unique_id(&self, taken: &[String]) -> String {
        let Some(item) = self.required_item("id") else { return String::new() };
        let Some(id) = item.text() else { return String::new() };
        if taken.contains(&id) {
            self.file.report(duplicate_id(&id, item.span()));
        } else if !is_id(&id) {
            self.file.report(not_an_id(&id, item.span()));
        }
        id
    }
}

/// Whether an id is made of `a-z`, digits and hyphens.
pub fn is_id(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Reports an id that is none.
pub(super) fn not_an_id(id: &str, span: Span) -> Diagnostic {
    let message = say!(ja: "「{id}」は id に使えません", en: "`{id}` cannot be an id");
    Diagnostic::new(Rule::NotAnId, span, message).help(say!(
        ja: "id には半角の小文字 a-z、数字、ハイフンだけを使ってください（例: kaigo-yosei）",
        en: "use only lower-case letters a-z, digits and hyphens, as in kaigo-yosei"
    ))
}

pub(super) fn duplicate_id(id: &str, span: Span) -> Diagnostic {
    let message = say!(ja: "id「{id}」が二つあります", en: "the id `{id}` stands twice");
    Diagnostic::new(Rule::DuplicateId, span, message).remedy()
}
