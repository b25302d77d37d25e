//! What a site brings to its look, read from its folder: its own theme, and its logo.

use super::{ThemeFile, error};
use crate::content::source::{self, Source};
use crate::diagnostic::{Diagnostic, Sources};
use crate::model::Site;

/// Reads all files of the site's own theme, which lies in or beside the content, and its logo, which
/// becomes one of them; texts are added to `sources`, so that mistakes in them can be shown.
///
/// # Errors
/// Everything that cannot be read. Without it, the rest would seem to be wrong as well.
pub fn read(content: &dyn Source, site: &Site, sources: &mut Sources) -> Result<Vec<ThemeFile>, Vec<Diagnostic>> {
    let (mut theme, mut mistakes) = (Vec::new(), Vec::new());
    if let Some(named) = &site.theme {
        let own = named.trim_end_matches('/');
        let shown = |path: &str| if path.is_empty() { own.to_owned() } else { format!("{own}/{path}") };
        let listing = content.list_folder(own).unwrap_or_else(|| {
            mistakes.push(error::no_theme(named, site.theme_span));
            source::Listing::default()
        });
        mistakes.extend(listing.linked.iter().map(|link| source::linked(&shown(link))));
        mistakes.extend(listing.unreadable.iter().map(|(path, reason)| source::unreadable(&shown(path), reason)));
        for path in listing.paths {
            let shown = shown(&path);
            match content.read(&shown) {
                Ok(bytes) => {
                    let source = std::str::from_utf8(&bytes).ok().map(|text| sources.add(shown, text));
                    theme.push(ThemeFile { path, bytes, source });
                }
                Err(error) => mistakes.push(error.at(&shown)),
            }
        }
    }
    if let Some(logo) = &site.logo {
        match content.read_own(&logo.file) {
            Ok(bytes) => theme.push(ThemeFile { path: format!("assets/{}", logo.name()), bytes, source: None }),
            Err(error) => mistakes.push(error.at(&logo.file)),
        }
    }
    if mistakes.is_empty() { Ok(theme) } else { Err(mistakes) }
}
