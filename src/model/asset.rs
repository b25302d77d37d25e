//! Files that stand beside the words of a node.

use crate::file_name::composed;

/// A file of a node's folder that is none of its texts: a picture, a document, or something that nobody asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its name in composed characters: as it is linked to and published.
    pub name: String,
    /// Its name as the folder has it.
    pub file: String,
    /// Whether any words of the node name it, those of drafts too. What is published is told by the words that are
    /// published ([`Node::publishes`](super::Node::publishes)).
    pub named: bool,
}

impl Asset {
    /// The file of this name, which no words name so far.
    pub fn of_file(file: &str) -> Self {
        Self { name: composed(file).into_owned(), file: file.to_owned(), named: false }
    }

    /// Whether the words `written` in a link name it, in either spelling.
    pub fn is_meant_by(&self, written: &str) -> bool {
        self.name == composed(written)
    }
}

/// What a file may be for, by the ending of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AssetKind {
    /// It can be shown on a page.
    Picture,
    /// It can be linked to.
    Document,
}

impl AssetKind {
    /// The endings of this kind of file. Others are not published: they may run scripts, or hold more than they show.
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            AssetKind::Picture => &["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"],
            AssetKind::Document => &["pdf", "csv", "xlsx"],
        }
    }

    /// What the file `name` is for; `None` for what is not published.
    pub fn of(name: &str) -> Option<Self> {
        let (stem, ending) = name.rsplit_once('.')?;
        let is = |kind: &Self| kind.endings().iter().any(|known| known.eq_ignore_ascii_case(ending));
        [Self::Picture, Self::Document].into_iter().find(is).filter(|_| !stem.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_is_for_is_told_by_its_ending() {
        for name in ["a.png", "写真 1.JPG", "a.b.webp", "a.svg", "a.Avif"] {
            assert_eq!(AssetKind::of(name), Some(AssetKind::Picture), "{name}");
        }
        for name in ["a.pdf", "2023.CSV", "表.xlsx"] {
            assert_eq!(AssetKind::of(name), Some(AssetKind::Document), "{name}");
        }
        for name in ["a.html", "a.svgz", "a.xls", "a.xlsm", "a.docx", "id_rsa", ".png", "a.png.bak", "a.js", "a"] {
            assert_eq!(AssetKind::of(name), None, "{name}");
        }
    }
}
