//! The record of what the program wrote: one line for each published file.
//!
//! It names what may be deleted later, and lets a file be recognised as ours by its length and
//! hash. No times are listed, so that the same site gives the same manifest.

use std::collections::BTreeMap;
use std::fmt;

use xxhash_rust::xxh3::xxh3_128;

use super::name;

/// The first line. A later version that lists more writes another number.
const HEAD: &str = "shirube manifest 1";

/// One published file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Where it is, relative to the output folder.
    pub(super) path: String,
    /// Its length in bytes.
    pub(super) length: u64,
    /// XXH3 of its bytes.
    pub(super) hash: u128,
}

impl Entry {
    /// The entry of a file `path` that consists of `bytes`.
    pub(super) fn new(path: &str, bytes: &[u8]) -> Self {
        Self { path: path.to_owned(), length: bytes.len() as u64, hash: xxh3_128(bytes) }
    }

    /// Whether `bytes` are those of this entry.
    pub(super) fn is(&self, bytes: &[u8]) -> bool {
        self.length == bytes.len() as u64 && self.hash == xxh3_128(bytes)
    }

    /// Reads the form that [`Display`](fmt::Display) writes.
    pub(super) fn parse(line: &str) -> Option<Self> {
        let mut words = line.splitn(3, ' ');
        let hash = words.next().filter(|w| w.len() == 32)?;
        let (length, path) = (words.next()?, words.next()?);
        // A path is trusted only as far as one given by the program itself: a record that was
        // tampered with must not lead out of the folder.
        name::flaw(path).is_none().then_some(Self {
            path: path.to_owned(),
            length: length.parse().ok()?,
            hash: u128::from_str_radix(hash, 16).ok()?,
        })
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x} {} {}", self.hash, self.length, self.path)
    }
}

/// All files of one published site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// By folded name, under which two spellings of one file are equal.
    entries: BTreeMap<String, Entry>,
}

impl Manifest {
    /// How many files there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The file that `path` names, perhaps in another spelling.
    pub(super) fn get(&self, path: &str) -> Option<&Entry> {
        self.entries.get(&*name::fold(path))
    }

    /// The files below the folder `name` of the site.
    pub(super) fn below(&self, name: &str) -> impl Iterator<Item = &Entry> {
        let folder = format!("{name}/");
        let folded = name::fold(&folder).into_owned();
        let within = self.entries.range(folded.clone()..).take_while(move |(path, _)| path.starts_with(&folded));
        within.map(|(_, entry)| entry).filter(move |entry| entry.path.starts_with(&folder))
    }

    /// All files in the order of their names.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    /// Reads the form that [`Display`](fmt::Display) writes; `None` if it is not that form.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        (lines.next()? == HEAD).then_some(())?;
        lines.map(Entry::parse).collect()
    }
}

impl FromIterator<Entry> for Manifest {
    fn from_iter<I: IntoIterator<Item = Entry>>(entries: I) -> Self {
        let folded = |entry: Entry| (name::fold(&entry.path).into_owned(), entry);
        Self { entries: entries.into_iter().map(folded).collect() }
    }
}

impl fmt::Display for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEAD}")?;
        self.iter().try_for_each(|entry| writeln!(f, "{entry}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use snapbox::{assert_data_eq, str};

    #[test]
    fn a_manifest_is_read_as_it_was_written() {
        let files = [("b/写真 1.jpg", "x"), ("a.html", ""), ("index.html", "<p>")];
        let manifest: Manifest = files.iter().map(|(path, bytes)| Entry::new(path, bytes.as_bytes())).collect();
        let text = manifest.to_string();
        assert_data_eq!(&text, str![[r#"
shirube manifest 1
99aa06d3014798d86001c324468d497f 0 a.html
5c7401c0ec22eeeeeaf06c6480b2cd11 1 b/写真 1.jpg
21ce3185d248ac0e495956bc375dcd0a 3 index.html

"#]]);
        assert_eq!(Manifest::parse(&text), Some(manifest));
    }

    #[test]
    fn anything_else_is_not_a_manifest() {
        let entry = Entry::new("a", b"a").to_string();
        for text in [
            String::new(),
            HEAD.to_owned(),
            format!("shirube manifest 2\n{entry}\n"),
            format!("{HEAD}\n{entry}"),
            format!("{HEAD}\n{entry}/../../b\n"),
            format!("{HEAD}\n\n"),
            format!("{HEAD}\n12 1 a\n"),
        ] {
            assert_eq!(Manifest::parse(&text), None, "{text:?}");
        }
    }
}
