//! Validation of ids (names of folders and of declarations in lists) and of file names.

use super::table::TomlTable;
use crate::diagnostic::{Bilingual, Diagnostic, Rule, Span, say};
use crate::file_name;

impl TomlTable<'_> {
    /// The required `id` of the table. Reports an invalid id or one of the `taken` ids. Empty if it is missing.
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

/// Returns true if `id` is non-empty and consists only of `a-z`, digits and hyphens.
pub fn is_id(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Reason why some operating system cannot store pages named `id`: `con` is a Windows device, and
/// the length of names is limited. `None` if all can. Does not check that `id` is a valid id.
pub fn unpublishable_reason(id: &str) -> Option<Bilingual> {
    file_name::invalid_component_reason(&format!("{id}.html"))
}

/// Reports the id of a strategy, edition or node that is invalid, or under which no page can be published.
pub(super) fn check_page_id(id: &str, span: Span) -> Option<Diagnostic> {
    if !is_id(id) {
        return Some(not_an_id(id, span));
    }
    let Bilingual { ja, en } = unpublishable_reason(id)?;
    let message = say!(
        ja: "「{id}」という名前のページは公開できません。{ja}",
        en: "no page can be published under the id `{id}`: {en}"
    );
    let help = say!(ja: "別の id にしてください", en: "choose another id");
    Some(Diagnostic::new(Rule::ImpossibleName, span, message).help(help))
}

/// Reports a file name under which no file can be published, at the `span` that references it.
pub(crate) fn impossible_name(name: &str, span: Span) -> Option<Diagnostic> {
    let Bilingual { ja, en } = file_name::invalid_component_reason(name)?;
    let message = say!(
        ja: "「{name}」という名前のファイルは公開できません。{ja}",
        en: "no file can be published as `{name}`: {en}"
    );
    Some(Diagnostic::new(Rule::ImpossibleName, span, message).help(say!(
        ja: "ファイルの名前を変え、ここに書いた名前もそれに合わせてください",
        en: "rename the file, and adjust its name here"
    )))
}

/// Reports an invalid id.
pub(super) fn not_an_id(id: &str, span: Span) -> Diagnostic {
    let message = say!(ja: "「{id}」は id に使えません", en: "`{id}` is not a valid id");
    Diagnostic::new(Rule::NotAnId, span, message).help(say!(
        ja: "id には半角の小文字 a-z、数字、ハイフンだけを使ってください（例: kaigo-yosei）",
        en: "use only lower-case letters a-z, digits and hyphens, as in kaigo-yosei"
    ))
}

/// Reports an id that is declared twice.
pub(super) fn duplicate_id(id: &str, span: Span) -> Diagnostic {
    let message = say!(ja: "id「{id}」が二つあります", en: "duplicate id `{id}`");
    Diagnostic::new(Rule::DuplicateId, span, message).rule_help()
}
