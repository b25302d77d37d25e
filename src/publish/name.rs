//! Names of published files: which are possible, and which are taken in this run.
//!
//! A site is unpacked, copied and served on systems that see `A.html` and `a.html` as one
//! file and know no file `con.html`, so such names are refused wherever the site is built.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use super::PublishError;
use crate::diagnostic::{Bilingual, say};

/// The folder in the output where the program keeps its own records.
pub(super) const STATE_DIR: &str = ".shirube";

/// What makes `path` impossible as the name of a published file, if anything does.
pub(super) fn invalid_reason(path: &str) -> Option<Bilingual> {
    if path.split('/').next().is_some_and(|first| first.eq_ignore_ascii_case(STATE_DIR)) {
        return Some(say!(
            ja: "{STATE_DIR} はプログラムが記録を置く場所です",
            en: "{STATE_DIR} is where the program keeps its records",
        ));
    }
    path.split('/').find_map(invalid_part)
}

/// What makes one part of a path impossible.
fn invalid_part(part: &str) -> Option<Bilingual> {
    const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];
    const PORTS: [&str; 2] = ["com", "lpt"];
    let is_bad = |c: char| c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    if part.is_empty() || part == "." || part == ".." {
        return Some(say!(
            ja: "公開先の外を指すか、名前が空です",
            en: "it leads out of the folder or has an empty name",
        ));
    }
    if let Some(bad) = part.chars().find(|c| is_bad(*c)) {
        let bad = bad.escape_default();
        return Some(say!(ja: "「{bad}」は名前に使えません", en: "`{bad}` cannot stand in a name"));
    }
    if part.ends_with(['.', ' ']) {
        return Some(say!(
            ja: "名前は点や空白で終われません",
            en: "a name cannot end with a dot or a space",
        ));
    }
    let stem = part.split('.').next().unwrap_or(part);
    let is_one = |names: &[&str], stem: &str| names.iter().any(|name| stem.eq_ignore_ascii_case(name));
    let port = stem.strip_suffix(|c: char| c.is_ascii_digit());
    if is_one(&RESERVED, stem) || port.is_some_and(|port| is_one(&PORTS, port)) {
        let stem = fold(stem);
        return Some(say!(
            ja: "「{stem}」は Windows が機器の名として使うため、ファイル名にできません",
            en: "Windows reserves the name `{stem}` for a device",
        ));
    }
    None
}

/// The form under which two spellings of one name are equal.
pub(super) fn fold(path: &str) -> Cow<'_, str> {
    let is_folded = path.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
    if is_folded { Cow::Borrowed(path) } else { Cow::Owned(path.to_lowercase()) }
}

/// The folders above `path`, the nearest first.
pub(super) fn parents(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').filter_map(|(at, _)| path.get(..at))
}

/// All folders above these paths.
pub(super) fn folders<'p>(paths: impl IntoIterator<Item = &'p str>) -> BTreeSet<&'p str> {
    let mut folders = BTreeSet::new();
    for path in paths {
        // Above one that was met, all were.
        parents(path).all(|folder| folders.insert(folder));
    }
    folders
}

/// What a name stands for in the site that is being written.
#[derive(Debug)]
enum Reservation {
    File(String),
    Folder(String),
}

/// The names taken so far, by their folded form.
#[derive(Debug, Default)]
pub(super) struct PathRegistry(HashMap<String, Reservation>);

impl PathRegistry {
    /// Takes `path` for a file that is to be published.
    ///
    /// # Errors
    /// When no file can have this name, or it cannot stand beside a path taken earlier.
    pub(super) fn claim(&mut self, path: &str) -> Result<(), PublishError> {
        if let Some(why) = invalid_reason(path) {
            return Err(PublishError::Name { path: path.to_owned(), why });
        }
        self.reserve(path).map_err(|other| PublishError::Collision { path: path.to_owned(), other })
    }

    /// Takes `path` for a file. If it cannot stand beside a path taken earlier, that one is the error.
    pub(super) fn reserve(&mut self, path: &str) -> Result<(), String> {
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

    /// Whether exactly `path` was taken for a file.
    pub(super) fn holds(&self, path: &str) -> bool {
        matches!(self.0.get(&*fold(path)), Some(Reservation::File(same)) if same == path)
    }

    /// Whether an older file `path` stands where this site needs a folder, a file in place of
    /// one of its folders, or the same name in another spelling.
    pub(super) fn conflicts_with_old(&self, path: &str) -> bool {
        !self.holds(path)
            && (self.0.contains_key(&*fold(path))
                || parents(path).any(|folder| matches!(self.0.get(&*fold(folder)), Some(Reservation::File(_)))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_work_everywhere() {
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
    fn names_that_lead_out_or_fail_somewhere() {
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
            ".shirube/manifest",
            ".Shirube/x",
        ] {
            assert!(invalid_reason(path).is_some(), "{path:?}");
        }
    }

    #[test]
    fn two_spellings_of_one_place_collide() {
        let clash = |first: &str, second: &str| {
            let mut taken = PathRegistry::default();
            taken.reserve(first).expect("the first is free");
            taken.reserve(second).err()
        };
        assert_eq!(clash("a/b.html", "a/c.html"), None);
        assert_eq!(clash("a/b.html", "a/b.html").as_deref(), Some("a/b.html"));
        assert_eq!(clash("a/b.html", "a/B.html").as_deref(), Some("a/b.html"));
        assert_eq!(clash("a/b.html", "A/c.html").as_deref(), Some("a"));
        assert_eq!(clash("é.html", "É.html").as_deref(), Some("é.html"));
        assert_eq!(clash("a", "a/b").as_deref(), Some("a"));
        assert_eq!(clash("a/b", "a").as_deref(), Some("a"));
    }
}
