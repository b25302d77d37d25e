//! A site's own theme, read from its folder.

use super::ThemeFile;
use crate::content::{ReadError, files};
use crate::diagnostic::Sources;
use std::path::Path;

/// Reads all files of the theme in the folder `own` of `content`; texts are added to
/// `sources`, so that mistakes in them can be shown.
///
/// # Errors
/// When the folder or a file cannot be read.
pub fn read(content: &Path, own: &str, sources: &mut Sources) -> Result<Vec<ThemeFile>, ReadError> {
    let folder = content.join(own);
    let mut theme = Vec::new();
    for path in files::list(&folder)? {
        let bytes = files::load(&folder.join(&path))?;
        let shown = format!("{own}/{path}");
        let source = std::str::from_utf8(&bytes).ok().map(|text| sources.add(shown, text));
        theme.push(ThemeFile { path, bytes, source });
    }
    Ok(theme)
}
