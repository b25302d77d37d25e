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
pub(super) struct ContentWatcher {
    watcher: Box<dyn Watcher + Send>,
    /// True if the folders are polled because the system reports no file events.
    pub(super) is_polling: bool,
    /// Canonical path of the content folder, as in the paths of events.
    root: PathBuf,
    content: WatchedFolder,
    theme: Option<WatchedFolder>,
}

/// A watched folder.
struct WatchedFolder {
    path: PathBuf,
    /// Folder that was at the path when the watch started; `None` if there was none. While the handle is open, no other
    /// folder can have the same file number.
    folder: Option<Handle>,
}

impl WatchedFolder {
    fn new(path: PathBuf) -> Self {
        let folder = Handle::from_path(&path).ok();
        Self { path, folder }
    }

    fn is_current(&self) -> bool {
        Handle::from_path(&self.path).ok() == self.folder
    }
}

impl ContentWatcher {
    /// Watches the folder `content` recursively, and sends changed paths to the event loop.
    pub(super) fn start(content: &Path, message_tx: &Sender<Message>) -> notify::Result<Self> {
        // `notify` panics if the system provides no thread for it.
        let probe = std::thread::Builder::new().spawn(|| ());
        probe.map(|thread| drop(thread.join())).map_err(notify::Error::io)?;
        let content = WatchedFolder::new(content.to_owned());
        let root = content.path.canonicalize()?;
        let (folder, message_tx) = (root.clone(), message_tx.clone());
        let handler = move |event: notify::Result<Event>| {
            let paths = match event {
                Ok(event) if !event.need_rescan() => changed_paths(event),
                _ => vec![folder.clone()],
            };
            if !paths.is_empty() {
                // Fails only during shutdown, when the receiver no longer exists.
                let _ = message_tx.send(Message::Touched(paths.into_iter().collect(), Pass::Initial));
            }
        };
        // The system limits the number of watched folders, and some file systems report no events.
        let (watcher, is_polling) =
            match start_watching(RecommendedWatcher::new(handler.clone(), Config::default()), &root) {
                Ok(watcher) => (watcher, false),
                Err(_) => {
                    let config = Config::default().with_poll_interval(POLL);
                    (start_watching(PollWatcher::new(handler, config), &root)?, true)
                }
            };
        Ok(Self { watcher, is_polling, root, content, theme: None })
    }

    /// Canonical path of the content folder.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Returns true if the watched folders are still the ones at their paths. After a folder was moved, deleted or
    /// replaced, or a link was changed, the watcher still watches the old folder.
    pub(super) fn is_current(&self) -> bool {
        self.content.is_current() && self.theme.as_ref().is_none_or(WatchedFolder::is_current)
    }

    /// Watches the theme too if it is outside the content folder. If it cannot be watched, it is still read again with
    /// each change of the content.
    pub(super) fn watch_theme(&mut self, theme: PathBuf) {
        if self.theme.as_ref().is_some_and(|watched| watched.path == theme) {
            return;
        }
        let watched = WatchedFolder::new(theme);
        if let Some(folder) = watched.path.canonicalize().ok().filter(|folder| !folder.starts_with(&self.root)) {
            let _ = self.watcher.watch(&folder, RecursiveMode::Recursive);
        }
        self.theme = Some(watched);
    }
}

/// Starts to watch `folder` recursively.
fn start_watching<W>(watcher: notify::Result<W>, folder: &Path) -> notify::Result<Box<dyn Watcher + Send>>
where
    W: Watcher + Send + 'static,
{
    let mut watcher = watcher?;
    watcher.watch(folder, RecursiveMode::Recursive)?;
    Ok(Box::new(watcher))
}

/// Paths that an event reports as changed. Read accesses, such as our own, are ignored.
fn changed_paths(event: Event) -> Vec<PathBuf> {
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => event.paths,
        EventKind::Access(_) => Vec::new(),
        _ => event.paths,
    }
}
