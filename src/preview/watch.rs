//! Which files of the content change.
//!
//! `notify` names each event as it comes. There is no debouncer between it and the event loop: one
//! waits for its clock before it says anything, which alone would cost more than reading and
//! linking everything again; the event loop debounces by itself.

use super::message::{Message, Pass};
use crate::diagnostic::{self, Bilingual, say};
use notify::event::{AccessKind, AccessMode};
use notify::{Config, ErrorKind, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
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
    theme: Option<PathBuf>,
}

impl Watch {
    /// Watches `folder` and all below it, and tells the event loop the paths that change.
    pub(super) fn start(folder: &Path, event_tx: &Sender<Message>) -> notify::Result<Self> {
        let (root, event_tx) = (folder.to_owned(), event_tx.clone());
        let handler = move |event: notify::Result<Event>| {
            let paths = match event {
                Ok(event) if !event.need_rescan() => changed(event),
                _ => vec![root.clone()],
            };
            if !paths.is_empty() {
                // The receiver is gone during shutdown.
                let _ = event_tx.send(Message::Touched(paths.into_iter().collect(), Pass::First));
            }
        };
        // The system allows only so many folders to be watched, and some disks tell nothing.
        let (watcher, polls) = match watching(RecommendedWatcher::new(handler.clone(), Config::default()), folder) {
            Ok(watcher) => (watcher, false),
            Err(_) => {
                let config = Config::default().with_poll_interval(POLL);
                (watching(PollWatcher::new(handler, config), folder)?, true)
            }
        };
        Ok(Self { watcher, polls, theme: None })
    }

    /// Watches the theme too, which lies elsewhere. If it cannot be watched, it is still read
    /// anew with each change of the content.
    pub(super) fn also(&mut self, theme: PathBuf) {
        if self.theme.as_ref() != Some(&theme) {
            let _ = self.watcher.watch(&theme, RecursiveMode::Recursive);
            self.theme = Some(theme);
        }
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
