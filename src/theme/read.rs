//! What a site brings to its look, read from its folder: its own theme, and its logo.

use super::ThemeFile;
use crate::content::source::{ReadError, Source, linked};
use crate::diagnostic::Sources;
use crate::model::Site;
use crate::say;

/// Reads all files of the site's own theme, which lies in or beside the content, and its logo, which
/// becomes one of them; texts are added to `sources`, so that mistakes in them can be shown.
///
/// # Errors
/// When the folder or a file cannot be read.
pub fn read(content: &dyn Source, site: &Site, sources: &mut Sources) -> Result<Vec<ThemeFile>, ReadError> {
    let mut theme = Vec::new();
    if let Some(named) = &site.theme {
        let own = named.trim_end_matches('/');
        let listing = content.list_folder(own)?.ok_or_else(|| no_folder(named))?;
        if let Some(link) = listing.linked.first() {
            return Err(ReadError { message: linked(&format!("{own}/{link}")).message, misuse: false });
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
