//! Portability of the names of published files: validity on every system, and collisions on some.
//!
//! A site is copied to and served from systems where `A.html` and `a.html` are one file and `con.html` is a device, so
//! such names are rejected on every system: when content is read, with file and line, and again when the site is
//! published.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use crate::diagnostic::{Bilingual, say};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Folder for the program's own records, within the output folder.
pub const STATE_DIR: &str = ".shirube";

/// Reason why `path` cannot be the path of a published file; `None` if it can.
pub fn invalid_reason(path: &str) -> Option<Bilingual> {
    if path.split('/').next().is_some_and(|first| first.eq_ignore_ascii_case(STATE_DIR)) {
        return Some(say!(
            ja: "「{STATE_DIR}」はプログラムが管理用に使うフォルダーです",
            en: "`{STATE_DIR}` is reserved for the program's own records",
        ));
    }
    path.split('/').find_map(invalid_component_reason)
}

/// Maximum length of a file name in bytes, common to the file systems in use.
const MAX_BYTES: usize = 255;

/// Reason why `component` cannot be a component of a path; `None` if it can.
pub fn invalid_component_reason(component: &str) -> Option<Bilingual> {
    const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
    const PORTS: [&str; 2] = ["com", "lpt"];
    let is_bad = |c: char| c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    if matches!(component, "" | "." | "..") {
        return Some(say!(
            ja: "名前を空や「.」「..」にすることはできません",
            en: "a name cannot be empty, `.` or `..`",
        ));
    }
    if let Some(bad) = component.chars().find(|c| is_bad(*c)) {
        let bad = bad.escape_default();
        return Some(say!(ja: "「{bad}」は名前に使えません", en: "a name cannot contain `{bad}`"));
    }
    if component.ends_with(['.', ' ']) {
        return Some(say!(
            ja: "名前の末尾に点や空白は使えません",
            en: "a name cannot end with a dot or a space",
        ));
    }
    if component.len() > MAX_BYTES {
        let bytes = component.len();
        return Some(say!(
            ja: "ファイル名の長さの上限は {MAX_BYTES} バイトですが、{bytes} バイトあります",
            en: "a file name is limited to {MAX_BYTES} bytes, but this one has {bytes}",
        ));
    }
    // Windows ignores spaces before the extension.
    let stem = component.split('.').next().unwrap_or(component).trim_end_matches(' ');
    let is_any_of = |names: &[&str], stem: &str| names.iter().any(|name| stem.eq_ignore_ascii_case(name));
    let port = stem.strip_suffix(|c: char| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³'));
    if is_any_of(&RESERVED, stem) || port.is_some_and(|port| is_any_of(&PORTS, port)) {
        let stem = fold(stem);
        return Some(say!(
            ja: "「{stem}」は Windows が機器名として予約しているため、ファイル名に使えません",
            en: "Windows reserves the name `{stem}` for a device",
        ));
    }
    None
}

/// Normalizes a name to NFC, the form that keyboards produce: ガ as one character, whereas Apple
/// file systems may store カ and a combining mark. Links may use either form.
pub fn to_nfc(name: &str) -> Cow<'_, str> {
    if is_nfc(name) { Cow::Borrowed(name) } else { Cow::Owned(name.nfc().collect()) }
}

/// Composed and case-folded form of a path, equal for two spellings of one name.
pub fn fold(path: &str) -> Cow<'_, str> {
    let is_folded = path.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
    if is_folded { Cow::Borrowed(path) } else { Cow::Owned(to_nfc(path).to_lowercase()) }
}

/// Ancestor folders of `path`, nearest first.
pub fn parents(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').filter_map(|(at, _)| path.get(..at))
}

/// All ancestor folders of `paths`.
pub fn folders<'p>(paths: impl IntoIterator<Item = &'p str>) -> BTreeSet<&'p str> {
    let mut folders = BTreeSet::new();
    for path in paths {
        // Stops at a known folder, whose ancestors are known too.
        parents(path).all(|folder| folders.insert(folder));
    }
    folders
}

/// Kind of a reserved path, with its original spelling.
#[derive(Debug)]
enum Reservation {
    File(String),
    Folder(String),
}

/// Paths reserved for the files of a site, by their folded form.
#[derive(Debug, Default)]
pub struct PathRegistry(HashMap<String, Reservation>);

impl PathRegistry {
    /// Reserves `path` for a file. The error is the conflicting earlier path.
    pub fn reserve(&mut self, path: &str) -> Result<(), String> {
        let folded = fold(path);
        let mut new = Vec::new();
        for (folder, folded) in parents(path).zip(parents(&folded)) {
            match self.0.get(folded) {
                Some(Reservation::Folder(same)) if same == folder => break,
                Some(Reservation::Folder(other) | Reservation::File(other)) => return Err(other.clone()),
                None => new.push((folded.to_owned(), Reservation::Folder(folder.to_owned()))),
            }
        }
        if let Some(Reservation::File(other) | Reservation::Folder(other)) = self.0.get(&*folded) {
            return Err(other.clone());
        }
        self.0.extend(new);
        self.0.insert(folded.into_owned(), Reservation::File(path.to_owned()));
        Ok(())
    }

    /// Returns true if exactly `path` is reserved for a file.
    pub fn contains(&self, path: &str) -> bool {
        matches!(self.0.get(&*fold(path)), Some(Reservation::File(same)) if same == path)
    }

    /// Returns true if the old file `path` conflicts with this site: with a folder of the same name, with a file that
    /// takes the name of one of its folders, or with another spelling of its name.
    pub fn conflicts_with_old(&self, path: &str) -> bool {
        !self.contains(path)
            && (self.0.contains_key(&*fold(path))
                || parents(path).any(|folder| matches!(self.0.get(&*fold(folder)), Some(Reservation::File(_)))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_portable_names() {
        for path in [
            "index.html",
            "kitakami/policies/3/2019.html",
            "assets/写真 1.jpg",
            ".nojekyll",
            "com10.html",
            "dom1",
            "com",
        ] {
            assert_eq!(invalid_reason(path), None, "{path}");
        }
    }

    #[test]
    fn rejects_escaping_and_unportable_paths() {
        for path in [
            "",
            "/etc/passwd",
            "../index.html",
            "a/../../b",
            "a//b",
            "a/",
            "./a",
            "C:/a",
            r"a\b",
            "a\0b",
            "what?.html",
            "a./b",
            "a ",
            "aux.html",
            "policies/CON/index.html",
            "lpt1",
            "Com9.txt",
            "com¹.html",
            "CONOUT$",
            "con .txt",
            ".shirube/manifest",
            ".Shirube/x",
        ] {
            assert!(invalid_reason(path).is_some(), "{path:?}");
        }
    }

    #[test]
    fn detects_collisions_between_spellings_and_kinds() {
        let clash = |first: &str, second: &str| {
            let mut taken = PathRegistry::default();
            taken.reserve(first).expect("the first path is free");
            taken.reserve(second).err()
        };
        assert_eq!(clash("a/b.html", "a/c.html"), None);
        assert_eq!(clash("a/b.html", "a/b.html").as_deref(), Some("a/b.html"));
        assert_eq!(clash("a/b.html", "a/B.html").as_deref(), Some("a/b.html"));
        assert_eq!(clash("a/b.html", "A/c.html").as_deref(), Some("a"));
        assert_eq!(clash("é.html", "É.html").as_deref(), Some("é.html"));
        assert_eq!(clash("ガ.html", "カ\u{3099}.html").as_deref(), Some("ガ.html"));
        assert_eq!(clash("a", "a/b").as_deref(), Some("a"));
        assert_eq!(clash("a/b", "a").as_deref(), Some("a"));
    }
}
