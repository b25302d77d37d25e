//! Files of the city itself that are published with the site.

/// A file of the folder `static/` beside `site.toml`. It is published unchanged at the root of the site.
///
/// Such files are the city's own: icons, configuration of its server, pages. Unlike the texts of the content, they may
/// contain markup and scripts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaticFile {
    /// Path below `static/` as on disk, separated by `/`: `.well-known/security.txt`.
    pub file: String,
    /// Published path, normalized to NFC.
    pub path: String,
}

impl StaticFile {
    /// Folder of these files, beside `site.toml`.
    pub const FOLDER: &str = "static";

    /// Path of the file on disk, relative to the content folder: `static/.well-known/security.txt`.
    pub fn source_path(&self) -> String {
        format!("{}/{}", Self::FOLDER, self.file)
    }
}
