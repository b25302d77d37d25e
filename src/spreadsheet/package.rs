//! Parts of a workbook, which is a zip file: unpacked on request, within limits that hold whatever the file declares.

use super::xml::damaged;
use crate::diagnostic::{Bilingual, say};
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// Maximum size of a file, in bytes.
pub(super) const MAX_FILE: usize = 50 << 20;

/// Maximum size of all unpacked parts together, in bytes. They are held twice: as they are, and without what is not read.
pub(super) const MAX_UNPACKED: usize = 80 << 20;

/// Maximum number of parts.
pub(super) const MAX_PARTS: usize = 2_000;

/// First bytes of OLE files: workbooks of old versions of Excel, and encrypted ones.
const OLE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// First bytes of the entry of each part in the directory of a zip file.
const DIRECTORY_ENTRY: &[u8] = b"PK\x01\x02";

/// Opened workbook.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Index of each part by its path in lower case.
    parts: BTreeMap<String, usize>,
    /// Bytes that may still be unpacked.
    remaining: usize,
}

impl<'a> Package<'a> {
    /// Opens the workbook without unpacking anything.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Bilingual> {
        if bytes.len() > MAX_FILE {
            return Err(too_large());
        }
        if bytes.starts_with(&OLE) {
            return Err(if contains(bytes, &utf16("EncryptedPackage")) { encrypted() } else { old_format() });
        }
        // The library reserves memory for as many parts as the file declares, so they are counted before.
        if memchr::memmem::find_iter(bytes, DIRECTORY_ENTRY).count() > MAX_PARTS {
            return Err(too_large());
        }
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| if bytes.starts_with(b"PK") { damaged("zip", error) } else { not_a_workbook() })?;
        if archive.len() > MAX_PARTS {
            return Err(too_large());
        }
        let parts = (0..archive.len())
            .filter_map(|index| Some((archive.name_for_index(index)?.ok()?.replace('\\', "/").to_lowercase(), index)))
            .collect();
        Ok(Self { archive, parts, remaining: MAX_UNPACKED })
    }

    /// The text of the part `path`, without a byte order mark; `None` if there is no such part.
    pub(super) fn part(&mut self, path: &str) -> Result<Option<String>, Bilingual> {
        let Some(&index) = self.parts.get(&path.to_lowercase()) else {
            return Ok(None);
        };
        let file = self.archive.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED) => encrypted(),
            error => damaged(path, error),
        })?;
        // A vector that grows takes up to three times its size for a moment. The declared size may be wrong.
        let declared = usize::try_from(file.size()).unwrap_or(usize::MAX);
        let mut unpacked = Vec::with_capacity(declared.min(self.remaining) + 1);
        let limit = u64::try_from(self.remaining + 1).unwrap_or(u64::MAX);
        file.take(limit).read_to_end(&mut unpacked).map_err(|error| damaged(path, error))?;
        self.remaining = self.remaining.checked_sub(unpacked.len()).ok_or_else(too_large)?;
        let mut text = String::from_utf8(unpacked).map_err(|error| damaged(path, error))?;
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        Ok(Some(text))
    }
}

/// True if `bytes` contains `pattern`.
fn contains(bytes: &[u8], pattern: &[u8]) -> bool {
    memchr::memmem::find(bytes, pattern).is_some()
}

/// `text` as names are stored in OLE files.
fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn too_large() -> Bilingual {
    say!(
        ja: "ファイルが大きすぎます（50 MB まで、展開後は 80 MB まで、部品は {MAX_PARTS} 個まで）。必要なシートだけを別のブックに保存してください",
        en: "the file is too large (at most 50 MB, 80 MB unpacked, {MAX_PARTS} parts); save only the sheets that are needed as another workbook"
    )
}

fn encrypted() -> Bilingual {
    say!(
        ja: "パスワードが設定されているため、読み取れません。パスワードを外して保存してください",
        en: "the file is protected with a password; save it without the password"
    )
}

fn old_format() -> Bilingual {
    say!(
        ja: "旧形式のファイル（.xls など）です。Excel で開き、「Excel ブック（.xlsx）」として保存してください",
        en: "the file is in an old format such as `.xls`; open it in Excel and save it as `.xlsx`"
    )
}

fn not_a_workbook() -> Bilingual {
    say!(
        ja: "Excel ブック（.xlsx）ではありません。Excel で開き、「Excel ブック（.xlsx）」として保存してください",
        en: "the file is not a workbook (`.xlsx`); open it in Excel and save it as `.xlsx`"
    )
}

/// Error for a zip file that is not a workbook in the format of Excel, but an OpenDocument or binary one.
pub(super) fn other_format() -> Bilingual {
    say!(
        ja: "Excel ブック（.xlsx）ではない形式（.ods、.xlsb など）です。「Excel ブック（.xlsx）」として保存してください",
        en: "the file is in another format than `.xlsx`, such as `.ods` or `.xlsb`; save it as `.xlsx`"
    )
}
