//! Diagnostics as workflow commands of GitHub Actions, which shows them beside the changed lines:
//! `::warning file=content/…,line=3,col=1,endColumn=9,title=part-sum::message`.

use super::{LocatedSources, Reported, ResolvedLocation, escaped, word};
use crate::diagnostic::Lang;

/// One diagnostic, its help or the reason with which it was acknowledged on a line of its own.
pub(super) fn command(entry: &Reported<'_>, shelf: &LocatedSources<'_>, lang: Lang) -> String {
    let diagnostic = entry.diagnostic;
    let mut properties = Vec::new();
    if let Some(ResolvedLocation { path, position }) = ResolvedLocation::find(&diagnostic.place, shelf) {
        properties.push(format!("file={}", property(&path.replace('\\', "/"))));
        if let Some(at) = position {
            properties.push(format!("line={},endLine={}", at.line, at.end_line));
            // Columns are only understood within one line.
            if at.line == at.end_line {
                properties.push(format!("col={},endColumn={}", at.column, at.end_column));
            }
        }
    }
    properties.push(format!("title={}", property(diagnostic.rule.code())));
    let note = match (entry.reason, lang) {
        (Some(reason), Lang::Ja) => format!("\n理由: {reason}"),
        (Some(reason), Lang::En) => format!("\nreason: {reason}"),
        (None, _) => diagnostic.help.as_ref().map(|help| format!("\n{}", help.get(lang))).unwrap_or_default(),
    };
    let command = if entry.reason.is_some() { "notice" } else { word(diagnostic.severity()) };
    let text = message(&format!("{}{note}", diagnostic.message.get(lang)));
    format!("::{command} {}::{text}\n", properties.join(","))
}

/// A message with what would end it escaped.
pub(super) fn message(text: &str) -> String {
    escaped(text).replace('%', "%25").replace('\n', "%0A")
}

/// A property with what would end it escaped.
pub(super) fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
