//! Lists of the findings of each department, as Markdown to send by mail: `shirube check --by-department DIR`.

use super::console::Console;
use crate::build::{Checked, CommandError};
use crate::diagnostic::{self, Assignee, Bilingual, Diagnostic, Lang, Location, Sources, say};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

/// First line of each list, by which the program recognizes its own files.
const HEADER: &str = "<!-- shirube check --by-department -->\n";

/// Maximum number of characters of a file name taken from the name of a department.
const MAX_NAME: usize = 60;

/// Writes one list for each department and removes its own lists without findings; returns the number of lists. Nothing
/// is written if a file is in the way that the program did not write.
pub(super) fn write(folder: &Path, checked: &Checked, console: Console) -> Result<usize, CommandError> {
    let lists = lists(checked, console.lang);
    let paths: Vec<(PathBuf, &String)> = lists.iter().map(|(name, text)| (folder.join(name), text)).collect();
    for (path, _) in &paths {
        if fs::symlink_metadata(path).is_ok() && !is_own(path).map_err(|error| failure(path, &error))? {
            let path = path.display();
            return Err(CommandError::Usage(say!(
                ja: "{path} は、このコマンドが書き出したファイルではないため、上書きしません",
                en: "{path} was not written by this command and will not be overwritten"
            )));
        }
    }
    fs::create_dir_all(folder).map_err(|error| failure(folder, &error))?;
    let kept: BTreeSet<&PathBuf> = paths.iter().map(|(path, _)| path).collect();
    for stale in markdown_files(folder).map_err(|error| failure(folder, &error))? {
        if !kept.contains(&stale) && is_own(&stale).map_err(|error| failure(&stale, &error))? {
            fs::remove_file(&stale).map_err(|error| failure(&stale, &error))?;
        }
    }
    for (path, text) in &paths {
        fs::write(path, text).map_err(|error| failure(path, &error))?;
    }
    Ok(paths.len())
}

fn markdown_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let files: Vec<PathBuf> = entries.collect::<io::Result<_>>()?;
    Ok(files.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect())
}

/// Returns true if the path is a file that begins like a list; a link is not followed.
fn is_own(path: &Path) -> io::Result<bool> {
    Ok(fs::symlink_metadata(path)?.is_file() && fs::read(path)?.starts_with(HEADER.as_bytes()))
}

fn failure(path: &Path, error: &io::Error) -> CommandError {
    let (path, Bilingual { ja, en }) = (path.display(), diagnostic::io_error_text(error));
    CommandError::Other(say!(ja: "{path} を書き出せません（{ja}）", en: "cannot write {path} ({en})"))
}

/// File names and texts of all lists.
fn lists(checked: &Checked, lang: Lang) -> BTreeMap<String, String> {
    let mut by_assignee: BTreeMap<&Arc<Assignee>, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in &checked.diagnostics {
        if let Some(assignee) = &diagnostic.assignee {
            by_assignee.entry(assignee).or_default().push(diagnostic);
        }
    }
    let mut lists = BTreeMap::new();
    for (assignee, findings) in by_assignee {
        let name = file_name(assignee, lang);
        // Names that differ only in characters that file names cannot have.
        let free = (1..).map(|n| if n == 1 { format!("{name}.md") } else { format!("{name}-{n}.md") });
        if let Some(free) = free.into_iter().find(|name| !lists.contains_key(name)) {
            lists.insert(free, list(assignee, &findings, &checked.sources, lang));
        }
    }
    lists
}

/// File name of a list without its extension: the path of the strategy and the department. It has only letters and digits
/// besides `-` and `_`.
fn file_name(assignee: &Assignee, lang: Lang) -> String {
    let department = department(assignee).get(lang).to_owned();
    let safe = |text: &str| -> String {
        let plain = text.chars().map(|char| if char.is_alphanumeric() { char } else { '-' });
        plain.take(MAX_NAME).collect::<String>()
    };
    format!("{}_{}", safe(&assignee.strategy), safe(&department))
}

fn department(assignee: &Assignee) -> Bilingual {
    match &assignee.department {
        Some(name) => Bilingual { ja: name.clone(), en: name.clone() },
        None => say!(ja: "担当の記載なし", en: "no department"),
    }
}

/// Text of the list of one department.
fn list(assignee: &Assignee, findings: &[&Diagnostic], sources: &Sources, lang: Lang) -> String {
    let (title, count, department) = (inline(&assignee.title), findings.len(), department(assignee));
    let department = inline(department.get(lang));
    let heading = say!(
        ja: "# {department}への確認のお願い\n\n{title}の原稿について、次の{count}件をご確認ください。資料の記載どおりの場合は、\
             その旨をお知らせください。\n",
        en: "# Findings for {department}\n\nPlease compare these findings ({count}) in {title} with the source. If the source \
             really says so, please tell us.\n"
    );
    let mut text = format!("{HEADER}\n{}", heading.get(lang));
    for diagnostic in findings {
        let confidence = diagnostic.confidence.label();
        let place = inline(&place(&diagnostic.location, sources));
        let message = inline(diagnostic.message.get(lang));
        let help = diagnostic.help.as_ref().map(|help| inline(help.get(lang)));
        let (ja, en) = (confidence.ja, confidence.en);
        let item = say!(ja: "\n- [ ] **{place}**（{ja}） {message}", en: "\n- [ ] **{place}** ({en}) {message}");
        text.push_str(item.get(lang));
        if let Some(help) = help {
            // Writing to a string does not fail.
            let _ = write!(text, "  \n  {help}");
        }
        text.push('\n');
    }
    text
}

/// File and line of a finding.
fn place(location: &Location, sources: &Sources) -> String {
    let formatted = sources.format_location(location);
    // Departments do not count columns.
    match (location, formatted.rsplit_once(':')) {
        (Location::Span(_), Some((file_and_line, _))) => file_and_line.to_owned(),
        _ => formatted,
    }
}

/// A text on one line, whose characters are no markup outside code.
fn inline(text: &str) -> String {
    let mut in_code = false;
    let mut escaped = String::new();
    for char in text.chars() {
        match char {
            '\n' | '\r' | '\t' => escaped.push(' '),
            '`' => {
                in_code = !in_code;
                escaped.push(char);
            }
            '*' | '_' | '[' | ']' | '<' | '>' | '\\' | '|' | '#' if !in_code => {
                escaped.push('\\');
                escaped.push(char);
            }
            _ if char.is_control() => escaped.push('\u{fffd}'),
            _ => escaped.push(char),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_have_no_special_characters() {
        let name = |strategy: &str, department: Option<&str>| {
            let assignee = Assignee {
                strategy: strategy.to_owned(),
                title: String::new(),
                department: department.map(str::to_owned),
            };
            file_name(&assignee, Lang::Ja)
        };
        assert_eq!(name("aoi/plan", Some("企画課・税務課")), "aoi-plan_企画課-税務課");
        assert_eq!(name("a", Some("../x y\0")), "a_---x-y-");
        assert_eq!(name("a", None), "a_担当の記載なし");
    }

    #[test]
    fn texts_are_no_markup() {
        assert_eq!(inline("a*b [x](y)\n`a_b`"), "a\\*b \\[x\\](y) `a_b`");
    }
}
