//! Assets: files next to the content files of a node.

use crate::file_name::to_nfc;

/// File in the folder of a node that is not a content file: an image, a document, or an unrelated file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// File name normalized to NFC, as used in links and for publication.
    pub name: String,
    /// File name as on disk.
    pub file: String,
    /// True if any prose of the node links to it, including drafts. Publication depends on the published prose alone
    /// ([`Node::publishes`](super::Node::publishes)).
    pub linked: bool,
    /// What is known of an image; `None` for other files, and for images that could not be read.
    pub image: Option<ImageFile>,
}

/// Properties of an image file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ImageFile {
    /// Width and height in pixels, rounded for an SVG; `None` if the file does not state them.
    pub size: Option<(u32, u32)>,
    /// Length of the file in bytes.
    pub length: u64,
    /// True if the metadata reveal where the picture was taken.
    pub has_location: bool,
}

impl Asset {
    /// Asset with the file name `file`, not linked so far, and not known as an image.
    pub fn of_file(file: &str) -> Self {
        Self { name: to_nfc(file).into_owned(), file: file.to_owned(), linked: false, image: None }
    }

    /// Returns true if the link destination `written` refers to it, in either Unicode normal form.
    pub fn is_linked_as(&self, written: &str) -> bool {
        self.name == to_nfc(written)
    }
}

/// Kind of an asset, determined by its file extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AssetKind {
    /// Image that can be shown on a page.
    Image,
    /// Document that can be linked to.
    Document,
}

impl AssetKind {
    /// File extensions of this kind. Files of neither kind are not published: they may run scripts
    /// or contain hidden data.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            AssetKind::Image => &["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"],
            AssetKind::Document => &["pdf", "csv", "xlsx"],
        }
    }

    /// Kind of the file `name` by its extension, ignoring case; `None` if such files are not published.
    pub fn from_name(name: &str) -> Option<Self> {
        let (stem, extension) = name.rsplit_once('.')?;
        let has_extension = |kind: &Self| kind.extensions().iter().any(|known| known.eq_ignore_ascii_case(extension));
        [Self::Image, Self::Document].into_iter().find(has_extension).filter(|_| !stem.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classifies_files_by_extension() {
        for name in ["a.png", "写真 1.JPG", "a.b.webp", "a.svg", "a.Avif"] {
            assert_eq!(AssetKind::from_name(name), Some(AssetKind::Image), "{name}");
        }
        for name in ["a.pdf", "2023.CSV", "表.xlsx"] {
            assert_eq!(AssetKind::from_name(name), Some(AssetKind::Document), "{name}");
        }
        for name in ["a.html", "a.svgz", "a.xls", "a.xlsm", "a.docx", "id_rsa", ".png", "a.png.bak", "a.js", "a"] {
            assert_eq!(AssetKind::from_name(name), None, "{name}");
        }
    }
}
