//! Detection of files that are ignored because of a wrong extension.
//!
//! Examples are `policy.md.txt`, as created by editors and mail programs while the operating system hides extensions,
//! and `2024.MD`, `2024.markdown`, `2024.md.bak`, `2024.docx`.

use crate::diagnostic::{Diagnostic, Location, Rule, Sources, say};
use crate::model::{AssetKind, Kind};

/// Other extensions of Markdown, and likely typos.
const MARKDOWN_EXTENSIONS: [&str; 9] =
    [".markdown", ".mdown", ".mkdn", ".mdwn", ".mkd", ".mdx", ".mdtxt", ".mdtext", ".m"];
/// Suffixes that editors, mail programs and people append to a complete file name.
const BACKUP_SUFFIXES: [&str; 7] = [".bak", ".orig", ".old", ".org", ".tmp", ".save", ".copy"];

/// The file name with a correct extension. `None` if `name` does not look like Markdown or TOML.
pub(super) fn corrected_name(name: &str) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    let corrected = lower.strip_suffix(".txt").unwrap_or(&lower);
    [".md", ".toml"].iter().any(|extension| corrected.ends_with(extension)).then(|| corrected.to_owned())
}

/// Like [`corrected_name`], but also accepts backup suffixes and other Markdown extensions: for the folder of a goal,
/// policy or program, where nearly every file is read.
pub(super) fn corrected_node_name(name: &str) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    let without_suffix = BACKUP_SUFFIXES.iter().find_map(|suffix| lower.strip_suffix(suffix));
    let lower = without_suffix.unwrap_or(&lower);
    corrected_name(lower).or_else(|| {
        let stem = MARKDOWN_EXTENSIONS.iter().find_map(|extension| lower.strip_suffix(extension))?;
        (!stem.is_empty()).then(|| format!("{stem}.md"))
    })
}

/// The name under which the ignored file at `path` would be read in its folder.
pub(super) fn expected_name(path: &str) -> Option<String> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let mut folders = folder.rsplit('/');
    let (parent, grandparent) = (folders.next(), folders.next());
    if Kind::ALL.iter().any(|kind| grandparent == Some(kind.folder())) {
        return corrected_node_name(name).filter(|corrected| corrected.ends_with(".md"));
    }
    let corrected = corrected_name(name)?;
    let is_read = match corrected.as_str() {
        "site.toml" | "glossary.toml" => folder.is_empty(),
        "strategy.toml" | "strategy.md" | "strategy.easy.md" => !folder.is_empty(),
        name => name.ends_with(".toml") && parent == Some("editions"),
    };
    is_read.then_some(corrected)
}

/// The correct name of the file `name` in the folder of a node, if its stem is one of `stems`, the stems of the
/// Markdown files of that folder. `None` for images and documents, which may have such names: `2023.pdf`.
pub(super) fn expected_markdown_name<'s>(name: &str, mut stems: impl Iterator<Item = &'s str>) -> Option<String> {
    let mut parts = name.split('.').map(|part| part.trim().to_ascii_lowercase());
    let stem = parts.next()?;
    let easy = if parts.next().as_deref() == Some("easy") { ".easy" } else { "" };
    let edition = stem.split('@').next()?.trim();
    (AssetKind::from_name(name).is_none() && stems.any(|known| known == edition)).then(|| format!("{stem}{easy}.md"))
}

/// Returns true if `diagnostics` already report that the folder of `path` has no node file, and
/// `expected_name` is the name of that file.
pub(super) fn is_already_reported(
    path: &str,
    expected_name: &str,
    diagnostics: &[Diagnostic],
    sources: &Sources,
) -> bool {
    let folder = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let missing = diagnostics.iter().filter(|diagnostic| diagnostic.rule == Rule::NoNodeFile);
    let reported = missing.filter_map(|diagnostic| sources.get(diagnostic.span()?.source));
    let is_node_file = Kind::ALL.iter().any(|kind| expected_name.strip_suffix(".md") == Some(kind.key()));
    is_node_file && reported.into_iter().any(|file| folder(&file.path) == folder(path))
}

/// Reports that the file at `path` is not read and should be named `expected_name`.
pub(super) fn misnamed(path: &str, expected_name: &str) -> Diagnostic {
    let message = say!(
        ja: "このファイルは、拡張子が違うため読み込まれません",
        en: "this file is not read: its extension is wrong"
    );
    let help = say!(
        ja: "名前を {expected_name} に直すか、不要なら消してください（Windows では「表示」で「ファイル名拡張子」を選ぶと、拡張子が表示されます）",
        en: "rename it to {expected_name}, or delete it if it is not needed; operating systems may hide extensions"
    );
    Diagnostic::new(Rule::MisnamedFile, Location::Path(path.to_owned()), message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_a_name_only_where_that_file_would_be_read() {
        for (path, expected) in [
            ("site.toml.txt", "site.toml"),
            ("glossary.TOML", "glossary.toml"),
            ("aoba/strategy.toml.txt", "strategy.toml"),
            ("aoba/plan/strategy.md.TXT", "strategy.md"),
            ("aoba/plan/strategy.easy.md.txt", "strategy.easy.md"),
            ("aoba/editions/2024.toml.txt", "2024.toml"),
            ("aoba/policies/1/policy.MD", "policy.md"),
            ("aoba/policies/1/policy.easy.md.bak", "policy.easy.md"),
            ("aoba/policies/1/policy.easy.markdown", "policy.easy.md"),
            ("aoba/programs/bus/2024@1.md.txt", "2024@1.md"),
            ("aoba/programs/bus/2019.m", "2019.md"),
            ("aoba/programs/bus/2023.markdown", "2023.md"),
            ("aoba/programs/bus/2023.mdx", "2023.md"),
            ("aoba/programs/bus/2023.md.bak", "2023.md"),
            ("aoba/programs/bus/2023.md.txt.bak", "2023.md"),
            ("aoba/programs/bus/2023.MD.orig", "2023.md"),
        ] {
            assert_eq!(expected_name(path).as_deref(), Some(expected), "{path}");
        }
        for path in [
            "README.md.txt",
            "aoba/site.toml.txt",
            "aoba/README.md.txt",
            "aoba/policies/1/notes.txt",
            "aoba/policies/1/data.toml.txt",
            "aoba/policies/1/map.svg",
            "md.txt",
            "site.toml.bak",
            "aoba/programs/bus/.m",
            "aoba/programs/bus/memo.bak",
        ] {
            assert_eq!(expected_name(path), None, "{path}");
        }
    }

    #[test]
    fn suggests_the_sheet_name_for_a_matching_stem() {
        let expected_name = |name| expected_markdown_name(name, ["program", "2023", "2017-interim"].into_iter());
        for (name, expected) in [
            ("2023.txt", "2023.md"),
            ("2023", "2023.md"),
            ("2023 .text", "2023.md"),
            ("2023.html", "2023.md"),
            ("2017-Interim.docx", "2017-interim.md"),
            ("2023@1.txt", "2023@1.md"),
            ("PROGRAM.txt", "program.md"),
            ("program.easy.txt", "program.easy.md"),
            ("program.Easy", "program.easy.md"),
        ] {
            assert_eq!(expected_name(name).as_deref(), Some(expected), "{name}");
        }
        for name in ["2023.pdf", "2023.PNG", "2022.txt", "2023-draft.txt", "memo.txt", ".2023"] {
            assert_eq!(expected_name(name), None, "{name}");
        }
    }
}
