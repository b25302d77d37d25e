//! Loading of a site's own theme and logo.

use super::{ThemeFile, error};
use crate::content::source::{self, Source};
use crate::diagnostic::{Diagnostic, Sources};
use crate::model::Site;

/// Reads all files of the site's own theme, whose folder is within or next to the content, and the logo,
/// which becomes an asset of the theme. UTF-8 files are added to `sources` for diagnostics.
///
/// # Errors
/// All files that cannot be read. Without them, the remaining files would cause misleading errors.
pub fn read(content: &dyn Source, site: &Site, sources: &mut Sources) -> Result<Vec<ThemeFile>, Vec<Diagnostic>> {
    let (mut theme, mut errors) = (Vec::new(), Vec::new());
    if let Some(named) = &site.theme {
        let own = named.trim_end_matches('/');
        let shown = |path: &str| if path.is_empty() { own.to_owned() } else { format!("{own}/{path}") };
        let listing = content.list_folder(own).unwrap_or_else(|| {
            errors.push(error::no_theme(named, site.theme_span));
            source::Listing::default()
        });
        errors.extend(listing.symlinks.iter().map(|link| source::symlink(&shown(link))));
        errors.extend(listing.unreadable.iter().map(|(path, reason)| source::unreadable(&shown(path), reason)));
        for path in listing.paths {
            let shown = shown(&path);
            match content.read(&shown) {
                Ok(bytes) => {
                    let source = std::str::from_utf8(&bytes).ok().map(|text| sources.add(shown, text));
                    theme.push(ThemeFile { path, bytes, source });
                }
                Err(error) => errors.push(error.at(&shown)),
            }
        }
    }
    if let Some(logo) = &site.logo {
        match content.read_no_follow(&logo.file) {
            Ok(bytes) => theme.push(ThemeFile { path: format!("assets/{}", logo.name()), bytes, source: None }),
            Err(error) => errors.push(error.at(&logo.file)),
        }
    }
    if errors.is_empty() { Ok(theme) } else { Err(errors) }
}
