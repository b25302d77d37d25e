//! Manifest: the record of published files, one per line.
//!
//! It lists the files that may be deleted later, and identifies a file as ours by its length and hash. It contains no
//! times, so that equal sites have equal manifests.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use xxhash_rust::xxh3::xxh3_128;

use crate::file_name;

/// First line. A later format with other fields has a higher number.
const HEADER: &str = "shirube manifest 1";

/// Reason why a record cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RecordError {
    /// It is not in the format that the program writes.
    Damaged,
    /// A later version of the program wrote it.
    Newer,
}

/// Lines of a record after its first line `head`, which is the name and version of its format.
pub(super) fn lines<'t>(text: &'t str, head: &str) -> Result<std::str::Split<'t, char>, RecordError> {
    let mut lines = text.strip_suffix('\n').ok_or(RecordError::Damaged)?.split('\n');
    let first = lines.next().unwrap_or_default();
    if first == head {
        return Ok(lines);
    }
    let number = |line: &str| line.rsplit_once(' ').map(|(name, number)| (name.to_owned(), number.parse::<u32>().ok()));
    match (number(first), number(head)) {
        (Some((name, Some(number))), Some((known, Some(current)))) if name == known && number > current => {
            Err(RecordError::Newer)
        }
        _ => Err(RecordError::Damaged),
    }
}

/// An XXH3 hash, written as 32 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hash(pub(super) u128);

impl Hash {
    fn parse(text: &str) -> Option<Self> {
        (text.len() == 32).then_some(())?;
        u128::from_str_radix(text, 16).ok().map(Self)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("not a hash"))
    }
}

/// One published file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ManifestEntry {
    /// Path relative to the output folder.
    pub(super) path: String,
    /// Length in bytes.
    pub(super) length: u64,
    /// Hash of the bytes.
    pub(super) hash: Hash,
}

impl ManifestEntry {
    /// Entry of a file with these bytes at `path`.
    pub(super) fn new(path: &str, bytes: &[u8]) -> Self {
        Self { path: path.to_owned(), length: bytes.len() as u64, hash: Hash(xxh3_128(bytes)) }
    }

    /// Returns true if `bytes` have the length and hash of this entry.
    pub(super) fn matches(&self, bytes: &[u8]) -> bool {
        self.length == bytes.len() as u64 && self.hash == Hash(xxh3_128(bytes))
    }

    /// Reads the form that [`Display`](fmt::Display) writes.
    pub(super) fn parse(line: &str) -> Option<Self> {
        let mut fields = line.splitn(3, ' ');
        let hash = Hash::parse(fields.next()?)?;
        let (length, path) = (fields.next()?, fields.next()?);
        // The paths of a manipulated record must not lead out of the folder.
        file_name::invalid_reason(path).is_none().then_some(Self {
            path: path.to_owned(),
            length: length.parse().ok()?,
            hash,
        })
    }
}

impl fmt::Display for ManifestEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.hash, self.length, self.path)
    }
}

/// All files of a published site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// Entries by folded path, which is equal for two spellings of the same file.
    entries: BTreeMap<String, ManifestEntry>,
}

impl Manifest {
    /// Number of files.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Entry of `path`, in this or another spelling.
    pub(super) fn get(&self, path: &str) -> Option<&ManifestEntry> {
        self.entries.get(&*file_name::fold(path))
    }

    /// All entries, sorted by folded path.
    pub(super) fn iter(&self) -> impl Iterator<Item = &ManifestEntry> {
        self.entries.values()
    }

    /// Reads the form that [`Display`](fmt::Display) writes.
    pub(super) fn parse(text: &str) -> Result<Self, RecordError> {
        let entries = lines(text, HEADER)?.map(ManifestEntry::parse).collect::<Option<_>>();
        entries.ok_or(RecordError::Damaged)
    }
}

impl FromIterator<ManifestEntry> for Manifest {
    fn from_iter<I: IntoIterator<Item = ManifestEntry>>(entries: I) -> Self {
        let folded = |entry: ManifestEntry| (file_name::fold(&entry.path).into_owned(), entry);
        Self { entries: entries.into_iter().map(folded).collect() }
    }
}

impl fmt::Display for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        self.iter().try_for_each(|entry| writeln!(f, "{entry}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use snapbox::{assert_data_eq, str};

    #[test]
    fn parses_its_own_output() {
        let files = [("b/写真 1.jpg", "x"), ("a.html", ""), ("index.html", "<p>")];
        let manifest: Manifest = files.iter().map(|(path, bytes)| ManifestEntry::new(path, bytes.as_bytes())).collect();
        let text = manifest.to_string();
        assert_data_eq!(
            &text,
            str![[r#"
shirube manifest 1
99aa06d3014798d86001c324468d497f 0 a.html
5c7401c0ec22eeeeeaf06c6480b2cd11 1 b/写真 1.jpg
21ce3185d248ac0e495956bc375dcd0a 3 index.html

"#]]
        );
        assert_eq!(Manifest::parse(&text), Ok(manifest));
    }

    #[test]
    fn rejects_damaged_and_newer_manifests() {
        let entry = ManifestEntry::new("a", b"a").to_string();
        for text in [
            String::new(),
            HEADER.to_owned(),
            format!("shirube manifest 0\n{entry}\n"),
            format!("shirube journal 2\n{entry}\n"),
            format!("{HEADER}\n{entry}"),
            format!("{HEADER}\n{entry}/../../b\n"),
            format!("{HEADER}\n\n"),
            format!("{HEADER}\n12 1 a\n"),
        ] {
            assert_eq!(Manifest::parse(&text), Err(RecordError::Damaged), "{text:?}");
        }
        assert_eq!(Manifest::parse(&format!("shirube manifest 2\n{entry}\n")), Err(RecordError::Newer));
    }
}
