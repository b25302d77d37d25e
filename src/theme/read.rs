//! Loading of a site's own theme and images.

use super::{ThemeFile, error};
use crate::content::source::{self, Source};
use crate::diagnostic::{Diagnostic, Sources};
use crate::model::Site;

/// Reads all files of the site's own theme, whose folder is within or next to the content, and the images
/// of the site, which become assets of the theme. UTF-8 files are added to `sources` for diagnostics.
///
/// # Errors
/// All files that cannot be read. Without them, the remaining files would cause misleading errors.
pub fn read(content: &dyn Source, site: &Site, sources: &mut Sources) -> Result<Vec<ThemeFile>, Vec<Diagnostic>> {
    let (mut files, mut errors) = (Vec::new(), Vec::new());
    if let Some(theme_key) = &site.theme {
        let theme_folder = theme_key.trim_end_matches('/');
        let full_path =
            |path: &str| if path.is_empty() { theme_folder.to_owned() } else { format!("{theme_folder}/{path}") };
        let listing = content.list_folder(theme_folder).unwrap_or_else(|| {
            errors.push(error::no_theme(theme_key, site.theme_span));
            source::Listing::default()
        });
        errors.extend(listing.symlinks.iter().map(|link| source::symlink(&full_path(link))));
        errors.extend(listing.unreadable.iter().map(|(path, reason)| source::unreadable(&full_path(path), reason)));
        for path in listing.paths {
            let full_path = full_path(&path);
            match content.read(&full_path) {
                Ok(bytes) => {
                    let source = std::str::from_utf8(&bytes).ok().map(|text| sources.add(full_path, text));
                    files.push(ThemeFile { path, bytes, source });
                }
                Err(error) => errors.push(error.at(&full_path)),
            }
        }
    }
    for image in site.logo.iter().chain(&site.image) {
        match content.read_no_follow(&image.file) {
            Ok(bytes) => files.push(ThemeFile { path: format!("assets/{}", image.name()), bytes, source: None }),
            Err(error) => errors.push(error.at(&image.file)),
        }
    }
    if errors.is_empty() { Ok(files) } else { Err(errors) }
}
