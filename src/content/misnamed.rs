//! Files that would be read if their endings were right: `policy.md.txt`, as editors and mail programs
//! make them while systems hide the endings; `2024.MD`.

use crate::diagnostic::{Diagnostic, Severity, Sources};
use crate::model::Kind;
use crate::say;

/// How a file of this name should be called to be read as a text. `None` for what is no text, by whatever
/// name.
pub(super) fn plain(name: &str) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    let plain = lower.strip_suffix(".txt").unwrap_or(&lower);
    [".md", ".toml"].iter().any(|ending| plain.ends_with(ending)).then(|| plain.to_owned())
}

/// How the file at `path`, which is not read, should be called to be read in its place.
pub(super) fn meant(path: &str) -> Option<String> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let plain = plain(name)?;
    let mut above = folder.rsplit('/');
    let (within, beyond) = (above.next(), above.next());
    let is_read = match plain.as_str() {
        "site.toml" | "glossary.toml" => folder.is_empty(),
        "strategy.toml" | "strategy.md" => !folder.is_empty(),
        name if name.ends_with(".toml") => within == Some("editions"),
        _ => Kind::ALL.iter().any(|kind| beyond == Some(kind.folder())),
    };
    is_read.then_some(plain)
}

/// Whether it is `found` already that a file is missing, and that the one at `path` is meant for it.
pub(super) fn is_said(path: &str, found: &[Diagnostic], sources: &Sources) -> bool {
    let folder = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let missing = found.iter().filter(|found| found.rule == "no-node-file");
    let at = missing.filter_map(|found| sources.get(found.span?.source));
    is_of_node(path) && at.into_iter().any(|at| folder(&at.path) == folder(path))
}

/// Whether the file at `path` is meant to be the one of a goal, policy or program.
pub(super) fn is_of_node(path: &str) -> bool {
    meant(path).is_some_and(|name| Kind::ALL.iter().any(|kind| name.strip_suffix(".md") == Some(kind.key())))
}

/// Says that the file at `path` is not read.
pub(super) fn misnamed(path: &str) -> Diagnostic {
    let meant = meant(path).unwrap_or_default();
    let message =
        say!(ja: "{path} は、名前の終わりが違うため読まれません", en: "{path} is not read: its name ends wrongly");
    let help = say!(
        ja: "名前を {meant} に直すか、要らないものなら消してください（Windows では「表示」で「ファイル名拡張子」を選ぶと、終わりまで見えます）",
        en: "rename it to {meant}, or delete it if it is not needed; systems may hide how names end"
    );
    Diagnostic { severity: Severity::Error, rule: "misnamed-file", span: None, message, help: Some(help) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_meant_where_its_right_name_would_be_read() {
        for (path, expect) in [
            ("site.toml.txt", "site.toml"),
            ("glossary.TOML", "glossary.toml"),
            ("aoba/strategy.toml.txt", "strategy.toml"),
            ("aoba/plan/strategy.md.TXT", "strategy.md"),
            ("aoba/editions/2024.toml.txt", "2024.toml"),
            ("aoba/policies/1/policy.MD", "policy.md"),
            ("aoba/programs/bus/2024@1.md.txt", "2024@1.md"),
        ] {
            assert_eq!(meant(path).as_deref(), Some(expect), "{path}");
        }
        for path in [
            "README.md.txt",
            "aoba/site.toml.txt",
            "aoba/README.md.txt",
            "aoba/policies/1/notes.txt",
            "aoba/policies/1/data.toml.txt",
            "aoba/policies/1/map.svg",
            "md.txt",
        ] {
            assert_eq!(meant(path), None, "{path}");
        }
    }
}
