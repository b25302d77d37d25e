//! Watcher of the content and the theme.
//!
//! `notify` delivers each event at once. No debouncer is placed between it and the event loop, because its delay alone
//! would exceed the time for reading and linking everything again; the event loop debounces itself.

use super::message::{Message, Pass};
use crate::diagnostic::{self, Bilingual, say};
use notify::event::{AccessKind, AccessMode};
use notify::{Config, ErrorKind, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use same_file::Handle;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::Duration;

/// Polling interval for a folder without file events from the system.
const POLL: Duration = Duration::from_secs(1);

/// Reason of a `notify` error, in both languages.
pub(super) fn reason(error: &notify::Error) -> Bilingual {
    match &error.kind {
        ErrorKind::Io(error) => diagnostic::io_error_text(error),
        ErrorKind::MaxFilesWatch => say!(ja: "監視できるファイル数の上限を超えました", en: "{error}"),
        _ => diagnostic::io_error_text(&io::Error::other(error.to_string())),
    }
}

/// Watches the content folder and the theme until dropped.
pub(super) struct Watch {
    watcher: Box<dyn Watcher + Send>,
    /// True if the folders are polled because the system reports no file events.
    pub(super) polls: bool,
    /// Canonical path of the content folder, as in the paths of events.
    root: PathBuf,
    content: Watched,
    theme: Option<Watched>,
}

/// A watched folder.
struct Watched {
    path: PathBuf,
    /// Folder that was at the path when the watch started; `None` if there was none. While the handle is open, no other
    /// folder can have the same file number.
    folder: Option<Handle>,
}

impl Watched {
    fn at(path: PathBuf) -> Self {
        let folder = Handle::from_path(&path).ok();
        Self { path, folder }
    }

    fn is_current(&self) -> bool {
        Handle::from_path(&self.path).ok() == self.folder
    }
}

impl Watch {
    /// Watches the folder `content` recursively, and sends changed paths to the event loop.
    pub(super) fn start(content: &Path, event_tx: &Sender<Message>) -> notify::Result<Self> {
        let content = Watched::at(content.to_owned());
        let root = content.path.canonicalize()?;
        let (folder, event_tx) = (root.clone(), event_tx.clone());
        let handler = move |event: notify::Result<Event>| {
            let paths = match event {
                Ok(event) if !event.need_rescan() => changed(event),
                _ => vec![folder.clone()],
            };
            if !paths.is_empty() {
                // Fails only during shutdown, when the receiver no longer exists.
                let _ = event_tx.send(Message::Touched(paths.into_iter().collect(), Pass::First));
            }
        };
        // The system limits the number of watched folders, and some file systems report no events.
        let (watcher, polls) = match watching(RecommendedWatcher::new(handler.clone(), Config::default()), &root) {
            Ok(watcher) => (watcher, false),
            Err(_) => {
                let config = Config::default().with_poll_interval(POLL);
                (watching(PollWatcher::new(handler, config), &root)?, true)
            }
        };
        Ok(Self { watcher, polls, root, content, theme: None })
    }

    /// Canonical path of the content folder.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Returns true if the watched folders are still the ones at their paths. After a folder was moved, deleted or
    /// replaced, or a link was changed, the watcher still watches the old folder.
    pub(super) fn is_current(&self) -> bool {
        self.content.is_current() && self.theme.as_ref().is_none_or(Watched::is_current)
    }

    /// Watches the theme too if it is outside the content folder. If it cannot be watched, it is still read again with
    /// each change of the content.
    pub(super) fn watch_theme(&mut self, theme: PathBuf) {
        if self.theme.as_ref().is_some_and(|watched| watched.path == theme) {
            return;
        }
        let watched = Watched::at(theme);
        if let Some(folder) = watched.path.canonicalize().ok().filter(|folder| !folder.starts_with(&self.root)) {
            let _ = self.watcher.watch(&folder, RecursiveMode::Recursive);
        }
        self.theme = Some(watched);
    }
}

/// Makes the watcher watch `folder` recursively.
fn watching<W>(watcher: notify::Result<W>, folder: &Path) -> notify::Result<Box<dyn Watcher + Send>>
where
    W: Watcher + Send + 'static,
{
    let mut watcher = watcher?;
    watcher.watch(folder, RecursiveMode::Recursive)?;
    Ok(Box::new(watcher))
}

/// Paths that an event reports as changed. Read accesses, such as our own, are ignored.
fn changed(event: Event) -> Vec<PathBuf> {
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => event.paths,
        EventKind::Access(_) => Vec::new(),
        _ => event.paths,
    }
}
