//! Diagnostics as workflow commands of GitHub Actions, which shows them beside the changed lines:
//! `::warning file=content/…,line=3,col=1,endColumn=9,title=part-sum::message`.

use super::{LocatedSources, Location, word};
use crate::diagnostic::{Diagnostic, Lang};

/// One diagnostic, its help on a line of its own.
pub(super) fn command(diagnostic: &Diagnostic, shelf: &LocatedSources<'_>, lang: Lang) -> String {
    let mut properties = Vec::new();
    if let Some(place) = diagnostic.span.and_then(|span| Location::find(span, shelf)) {
        let path = place.path.replace('\\', "/");
        properties.push(format!("file={},line={},endLine={}", property(&path), place.line, place.end_line));
        // Columns are only understood within one line.
        if place.line == place.end_line {
            properties.push(format!("col={},endColumn={}", place.column, place.end_column));
        }
    }
    properties.push(format!("title={}", property(diagnostic.rule.code())));
    let help = diagnostic.help.as_ref().map(|help| format!("\n{}", help.get(lang))).unwrap_or_default();
    let text = message(&format!("{}{help}", diagnostic.message.get(lang)));
    format!("::{} {}::{text}\n", word(diagnostic.severity()), properties.join(","))
}

/// A message with what would end it escaped.
pub(super) fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property with what would end it escaped.
pub(super) fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
