//! Names of published files: which are valid on every system, and which are equal on some.
//!
//! A site is copied to and served from systems where `A.html` and `a.html` are one file and `con.html` is a device, so
//! such names are rejected on every system: when content is read, with file and line, and again when the site is
//! written.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use crate::diagnostic::{Bilingual, say};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Folder of the program's own records in the output folder.
pub const STATE_DIR: &str = ".shirube";

/// Reason why `path` cannot be the path of a published file; `None` if it can.
pub fn invalid_reason(path: &str) -> Option<Bilingual> {
    if path.split('/').next().is_some_and(|first| first.eq_ignore_ascii_case(STATE_DIR)) {
        return Some(say!(
            ja: "{STATE_DIR} はプログラムが記録を置く場所です",
            en: "{STATE_DIR} is where the program keeps its records",
        ));
    }
    path.split('/').find_map(invalid_part)
}

/// Maximum length of a file name in bytes, common to the file systems in use.
const MAX_BYTES: usize = 255;

/// Reason why `part` cannot be a component of a path; `None` if it can.
pub fn invalid_part(part: &str) -> Option<Bilingual> {
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
    if part.len() > MAX_BYTES {
        let bytes = part.len();
        return Some(say!(
            ja: "ファイル名は {MAX_BYTES} バイトまでです（{bytes} バイトあります）",
            en: "a file name has at most {MAX_BYTES} bytes, and this one {bytes}",
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

/// A name in composed characters (NFC), as keyboards produce it: ガ as one character, where file systems of Apple may
/// have カ and a combining mark. Links are written in either form.
pub fn composed(name: &str) -> Cow<'_, str> {
    if is_nfc(name) { Cow::Borrowed(name) } else { Cow::Owned(name.nfc().collect()) }
}

/// Normal form in which two spellings of one name are equal.
pub fn fold(path: &str) -> Cow<'_, str> {
    let is_folded = path.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
    if is_folded { Cow::Borrowed(path) } else { Cow::Owned(path.to_lowercase()) }
}

/// The folders above `path`, the nearest first.
pub fn parents(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').filter_map(|(at, _)| path.get(..at))
}

/// All folders above these paths.
pub fn folders<'p>(paths: impl IntoIterator<Item = &'p str>) -> BTreeSet<&'p str> {
    let mut folders = BTreeSet::new();
    for path in paths {
        // The folders above a known one are known too.
        parents(path).all(|folder| folders.insert(folder));
    }
    folders
}

/// Kind of a path in the site that is being written.
#[derive(Debug)]
enum Reservation {
    File(String),
    Folder(String),
}

/// Reserved paths by their folded form.
#[derive(Debug, Default)]
pub struct PathRegistry(HashMap<String, Reservation>);

impl PathRegistry {
    /// Reserves `path` for a file. The error is the earlier path beside which it cannot exist.
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

    /// Whether exactly `path` is reserved for a file.
    pub fn holds(&self, path: &str) -> bool {
        matches!(self.0.get(&*fold(path)), Some(Reservation::File(same)) if same == path)
    }

    /// Whether an old file `path` is in the way of a folder of this site, of a file in place of one of its folders, or
    /// of the same name in another spelling.
    pub fn conflicts_with_old(&self, path: &str) -> bool {
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
