//! What a site brings to its look, read from its folder: its own theme, and its logo.

use super::ThemeFile;
use crate::content::{ReadError, folder};
use crate::diagnostic::Sources;
use crate::model::Site;
use crate::say;
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
            return Err(no_folder(own));
        }
        let listing = folder::list(&root, &root)?;
        if let Some(link) = listing.linked.first() {
            let message = folder::linked(&format!("{}/{link}", own.trim_end_matches('/'))).message;
            return Err(ReadError { message, misuse: false });
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

fn no_folder(theme: &str) -> ReadError {
    let message = say!(
        ja: "site.toml の `theme = \"{theme}\"` のフォルダーがありません。site.toml と同じフォルダーに作るか、この行を消してください",
        en: "there is no folder for `theme = \"{theme}\"` of site.toml; make it beside site.toml, or remove the line"
    );
    ReadError { message, misuse: false }
}
