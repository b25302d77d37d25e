//! Which files of the content change.
//!
//! `notify` names each event as it comes. There is no debouncer between it and the event loop: one
//! waits for its clock before it says anything, which alone would cost more than reading and
//! linking everything again; the event loop debounces by itself.

use super::message::{Message, Pass};
use crate::diagnostic::{self, Bilingual, say};
use notify::event::{AccessKind, AccessMode};
use notify::{Config, ErrorKind, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use same_file::Handle;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::Duration;

/// Between two looks at a folder whose changes the system does not tell.
const POLL: Duration = Duration::from_secs(1);

/// The cause of an error of `notify`.
pub(super) fn reason(error: &notify::Error) -> Bilingual {
    match &error.kind {
        ErrorKind::Io(error) => diagnostic::reason(error),
        ErrorKind::MaxFilesWatch => say!(ja: "見張れるファイルの数を超えました", en: "{error}"),
        _ => diagnostic::reason(&io::Error::other(error.to_string())),
    }
}

/// Folders that are watched until this is dropped.
pub(super) struct Watch {
    watcher: Box<dyn Watcher + Send>,
    /// Whether changes are looked for again and again, because the system does not tell them.
    pub(super) polls: bool,
    /// Where the content lies, links resolved, as in the paths of events.
    root: PathBuf,
    content: Watched,
    theme: Option<Watched>,
}

/// A watched folder.
struct Watched {
    path: PathBuf,
    /// The folder that lay at the path when it was watched, if one did. As long as it is open, no other has its number.
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
    /// Watches the folder `content` and all below it, and tells the event loop the paths that change.
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
                // The receiver is gone during shutdown.
                let _ = event_tx.send(Message::Touched(paths.into_iter().collect(), Pass::First));
            }
        };
        // The system allows only so many folders to be watched, and some disks tell nothing.
        let (watcher, polls) = match watching(RecommendedWatcher::new(handler.clone(), Config::default()), &root) {
            Ok(watcher) => (watcher, false),
            Err(_) => {
                let config = Config::default().with_poll_interval(POLL);
                (watching(PollWatcher::new(handler, config), &root)?, true)
            }
        };
        Ok(Self { watcher, polls, root, content, theme: None })
    }

    /// Path of the content folder, links resolved.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Whether the folders that are watched are those that lie at their paths. A folder that was moved away, deleted or
    /// replaced, and a link that leads elsewhere now, leave the watcher at what was there before.
    pub(super) fn is_current(&self) -> bool {
        self.content.is_current() && self.theme.as_ref().is_none_or(Watched::is_current)
    }

    /// Watches the theme too, if it lies elsewhere. If it cannot be watched, it is still read anew
    /// with each change of the content.
    pub(super) fn also(&mut self, theme: PathBuf) {
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

/// The watcher, of `folder` and all below it.
fn watching<W>(watcher: notify::Result<W>, folder: &Path) -> notify::Result<Box<dyn Watcher + Send>>
where
    W: Watcher + Send + 'static,
{
    let mut watcher = watcher?;
    watcher.watch(folder, RecursiveMode::Recursive)?;
    Ok(Box::new(watcher))
}

/// The paths that an event says are not as they were. Our own reading is an event too.
fn changed(event: Event) -> Vec<PathBuf> {
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => event.paths,
        EventKind::Access(_) => Vec::new(),
        _ => event.paths,
    }
}
