//! Content source on disk. The only module of [`crate::content`] with file system access.

use super::source::{ContentListing, Listing, ReadError, Source, Stamp};
use crate::diagnostic;
use crate::model::StaticFile;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{MAIN_SEPARATOR, Path, PathBuf, is_separator};
use walkdir::{DirEntry, WalkDir};

/// A content folder on the disk.
#[derive(Debug, Clone)]
pub struct DiskSource {
    root: PathBuf,
}

impl DiskSource {
    /// The content folder `root`. Existence is checked only when it is listed.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }
}

impl Source for DiskSource {
    fn list(&self, wanted: &dyn Fn(&str) -> bool) -> Result<ContentListing, ReadError> {
        let root = &self.root;
        let wanted = |name: &OsStr| wanted(&name.to_string_lossy());
        let mut top = Walk::run(root, root, 1, is_ignored_or_static);
        if let Some(at) = top.unreadable.iter().position(|(path, _)| path == root) {
            let (path, reason) = top.unreadable.swap_remove(at);
            return Err(ReadError::Io { path, reason });
        }
        top.symlinks.retain(|link| !link.is_dir() || link.file_name().is_some_and(wanted));
        let (folders, files): (Vec<_>, Vec<_>) = top.entries.into_iter().partition(|entry| entry.file_type().is_dir());
        let below = |folder: &DirEntry| {
            let name = folder.file_name().to_string_lossy().into_owned();
            (name, Walk::run(root, folder.path(), usize::MAX, is_ignored).listing(root))
        };
        let folders: Vec<_> = folders.iter().filter(|folder| wanted(folder.file_name())).collect();
        let mut listed: BTreeMap<_, _> = folders.into_par_iter().map(below).collect();
        listed.insert(String::new(), Walk { entries: files, ..top }.listing(root));
        Ok(ContentListing(listed))
    }

    fn list_folder(&self, folder: &str) -> Option<Listing> {
        let root = self.root.join(folder);
        root.is_dir().then(|| Walk::run(&root, &root, usize::MAX, is_ignored).listing(&root))
    }

    fn list_static(&self) -> Listing {
        let folder = self.root.join(StaticFile::FOLDER);
        if is_link(&folder) && !is_within(&self.root, &folder) {
            return Listing { symlinks: vec![String::new()], ..Listing::default() };
        }
        if !folder.is_dir() {
            return Listing::default();
        }
        Walk::run(&self.root, &folder, usize::MAX, is_left_behind).listing(&folder)
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        let path = self.root.join(path);
        fs::read(&path).map_err(|reason| ReadError::Io { path, reason })
    }

    fn read_no_follow(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        let full_path = self.root.join(path);
        if is_link(&full_path) || !is_within(&self.root, &full_path) {
            return Err(ReadError::Symlink { path: full_path.display().to_string() });
        }
        self.read(path)
    }

    fn stamp(&self, path: &str) -> Stamp {
        let metadata = fs::metadata(self.root.join(path));
        metadata.map_or_else(|_| Stamp::default(), |file| Stamp { modified: file.modified().ok(), length: file.len() })
    }
}

/// Result of a walk: the entries to read, the symbolic links that are skipped, and the errors.
struct Walk {
    entries: Vec<DirEntry>,
    symlinks: Vec<PathBuf>,
    unreadable: Vec<(PathBuf, io::Error)>,
}

impl Walk {
    /// Walks the folder `from` within `root`, at most `depth` levels deep, without the names for which `is_ignored`
    /// holds.
    fn run(root: &Path, from: &Path, depth: usize, is_ignored: fn(&OsStr) -> bool) -> Self {
        let mut walked = Self { entries: Vec::new(), symlinks: Vec::new(), unreadable: Vec::new() };
        let walk = WalkDir::new(from).min_depth(1).max_depth(depth).follow_links(true);
        let mut walk = walk.into_iter().filter_entry(|entry| !is_ignored(entry.file_name()));
        while let Some(entry) = walk.next() {
            match entry {
                Ok(entry)
                    if entry.path_is_symlink() && !(entry.file_type().is_dir() && is_within(root, entry.path())) =>
                {
                    if entry.file_type().is_dir() {
                        walk.skip_current_dir();
                    }
                    walked.symlinks.push(entry.into_path());
                }
                Ok(entry) => walked.entries.push(entry),
                // Emacs lock files are dangling links: they cannot be followed, and are ignored by name.
                Err(error) if error.depth() > 0 && error.path().and_then(Path::file_name).is_some_and(is_ignored) => {}
                Err(error) => match error.path().filter(|path| error.depth() > 0 && is_link(path)) {
                    Some(link) => walked.symlinks.push(link.to_owned()),
                    None => {
                        let path = error.path().unwrap_or(from).to_owned();
                        walked.unreadable.push((path, error.into_io_error().unwrap_or(io::ErrorKind::Other.into())));
                    }
                },
            }
        }
        walked
    }

    /// Paths of files and links relative to `root`, sorted bytewise, independent of the order of the directory
    /// listing. Bytewise because natural order is needed only for display and is slower.
    fn listing(&self, root: &Path) -> Listing {
        let root = root.to_string_lossy();
        let relative = |path: &Path| {
            // Paths of the walk begin with `root` as written, so stripping the text avoids parsing components.
            let path = path.to_string_lossy();
            Some(path.strip_prefix(&*root)?.trim_start_matches(is_separator).replace(MAIN_SEPARATOR, "/"))
        };
        let files = self.entries.iter().filter(|entry| entry.file_type().is_file());
        let mut paths: Vec<String> = files.filter_map(|entry| relative(entry.path())).collect();
        let mut symlinks: Vec<String> = self.symlinks.iter().filter_map(|path| relative(path)).collect();
        let unreadable = self.unreadable.iter();
        let mut unreadable: Vec<_> = unreadable
            .filter_map(|(path, reason)| Some((relative(path)?, diagnostic::io_error_text(reason))))
            .collect();
        paths.sort_unstable();
        symlinks.sort_unstable();
        unreadable.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        Listing { paths, symlinks, unreadable }
    }
}

/// Returns true if `path` is a symbolic link, including dangling ones.
fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|file| file.is_symlink())
}

/// Returns true if `path`, with symbolic links resolved, is within the folder `root`.
fn is_within(root: &Path, path: &Path) -> bool {
    root.canonicalize().and_then(|root| Ok(path.canonicalize()?.starts_with(root))).unwrap_or(false)
}

/// Returns true if `name` names a hidden, system, backup or lock file or folder, such as operating
/// systems, editors and office programs leave behind.
pub(crate) fn is_ignored(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    let is_system_file = [&b"Thumbs.db"[..], b"desktop.ini"].iter().any(|known| name.eq_ignore_ascii_case(known));
    is_system_file || matches!(name.first(), Some(b'.' | b'~' | b'#')) || name.ends_with(b"~")
}

/// Returns true if `name` is ignored at the top level of the content: `static` is listed separately.
fn is_ignored_or_static(name: &OsStr) -> bool {
    name == StaticFile::FOLDER || is_ignored(name)
}

/// Returns true if `name` names a file or folder in `static` that is not published: one that a system, an editor or
/// version control leaves behind. Other hidden files configure the server.
pub(crate) fn is_left_behind(name: &OsStr) -> bool {
    const FOLDERS: [&[u8]; 6] = [b".DS_Store", b".git", b".gitignore", b".gitkeep", b".hg", b".svn"];
    let bytes = name.as_encoded_bytes();
    let is_hidden = bytes.first() == Some(&b'.');
    let is_temporary = [&b"._"[..], b".#"].iter().any(|prefix| bytes.starts_with(prefix))
        || [&b"~"[..], b".swp", b".swx", b".shirube-new"].iter().any(|suffix| bytes.ends_with(suffix));
    if is_hidden { is_temporary || FOLDERS.contains(&bytes) } else { is_ignored(name) }
}
