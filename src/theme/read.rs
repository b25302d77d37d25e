//! What a site brings to its look, read from its folder: its own theme, and its logo.

use super::ThemeFile;
use crate::content::{ReadError, folder};
use crate::diagnostic::Sources;
use crate::model::Site;
use std::path::Path;

/// Reads all files of the site's own theme, which lies in `content`, and its logo, which
/// becomes one of them; texts are added to `sources`, so that mistakes in them can be shown.
///
/// # Errors
/// When the folder or a file cannot be read.
pub fn read(content: &Path, site: &Site, sources: &mut Sources) -> Result<Vec<ThemeFile>, ReadError> {
    let mut theme = Vec::new();
    if let Some(own) = &site.theme {
        let root = content.join(own);
        if !root.is_dir() {
            return Err(ReadError::NoTheme { folder: own.clone() });
        }
        let listing = folder::list(&root, &root)?;
        if let Some(link) = listing.linked.first() {
            return Err(ReadError::Linked { path: format!("{}/{link}", own.trim_end_matches('/')) });
        }
        for path in listing.paths {
            let bytes = folder::load(&root.join(&path))?;
            let shown = format!("{}/{path}", own.trim_end_matches('/'));
            let source = std::str::from_utf8(&bytes).ok().map(|text| sources.add(shown, text));
            theme.push(ThemeFile { path, bytes, source });
        }
    }
    if let Some(logo) = &site.logo {
        let bytes = folder::load_own(content, &content.join(&logo.file))?;
        theme.push(ThemeFile { path: format!("assets/{}", logo.file), bytes, source: None });
    }
    Ok(theme)
}
