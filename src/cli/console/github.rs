//! Diagnostics as workflow commands of GitHub Actions, which annotates the changed lines with them:
//! `::warning file=content/…,line=3,col=1,endColumn=9,title=part-sum::message`.

use super::{Entry, LocatedSources, ResolvedLocation, escaped, keyword};
use crate::diagnostic::Lang;

/// Renders a diagnostic; its help, or the reason of its acknowledgement, is on a second line of the message.
pub(super) fn command(entry: &Entry<'_>, sources: &LocatedSources<'_>, lang: Lang) -> String {
    let diagnostic = entry.diagnostic;
    let mut properties = Vec::new();
    let mut place = String::new();
    if let Some(ResolvedLocation { path, position, cell }) = ResolvedLocation::find(&diagnostic.location, sources) {
        properties.push(format!("file={}", property(&path.replace('\\', "/"))));
        place.extend(cell.map(|cell| format!("{cell}: ")));
        if let Some(at) = position {
            properties.push(format!("line={},endLine={}", at.line, at.end_line));
            // GitHub accepts columns only within one line.
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
    let note = match (entry.confidence(), lang) {
        (None, _) => note,
        (Some(confidence), Lang::Ja) => format!("（{}）{note}", confidence.label().ja),
        (Some(confidence), Lang::En) => format!(" ({}){note}", confidence.label().en),
    };
    let command = if entry.reason.is_some() { "notice" } else { keyword(diagnostic.severity()) };
    let text = message(&format!("{place}{}{note}", diagnostic.message.get(lang)));
    format!("::{command} {}::{text}\n", properties.join(","))
}

/// Escapes a message.
pub(super) fn message(text: &str) -> String {
    escaped(text).replace('%', "%25").replace('\n', "%0A")
}

/// Escapes the value of a property.
pub(super) fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
