//! What a site brings to its look, read from its folder: its own theme, and its logo.

use super::ThemeFile;
use crate::content::source::{ReadError, Source};
use crate::diagnostic::Sources;
use crate::model::Site;

/// Reads all files of the site's own theme, which lies in or beside the content, and its logo, which
/// becomes one of them; texts are added to `sources`, so that mistakes in them can be shown.
///
/// # Errors
/// When the folder or a file cannot be read.
pub fn read(content: &dyn Source, site: &Site, sources: &mut Sources) -> Result<Vec<ThemeFile>, ReadError> {
    let mut theme = Vec::new();
    if let Some(named) = &site.theme {
        let own = named.trim_end_matches('/');
        let listing = content.list_folder(own)?.ok_or_else(|| ReadError::NoTheme { folder: named.clone() })?;
        if let Some(link) = listing.linked.first() {
            return Err(ReadError::Linked { path: format!("{own}/{link}") });
        }
        for path in listing.paths {
            let shown = format!("{own}/{path}");
            let bytes = content.read(&shown)?;
            let source = std::str::from_utf8(&bytes).ok().map(|text| sources.add(shown, text));
            theme.push(ThemeFile { path, bytes, source });
        }
    }
    if let Some(logo) = &site.logo {
        let bytes = content.read_own(&logo.file)?;
        theme.push(ThemeFile { path: format!("assets/{}", logo.name()), bytes, source: None });
    }
    Ok(theme)
}
