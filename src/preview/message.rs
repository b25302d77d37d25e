//! What the threads of the preview tell the event loop.

use std::collections::BTreeSet;
use std::path::PathBuf;
use tokio::sync::oneshot::Sender;

/// What the event loop is told.
#[derive(Debug)]
pub(super) enum Message {
    /// A browser asks for a file of the site, by its path below the root.
    Ask(Question),
    /// Files have changed, or are to be read once more.
    Touched(BTreeSet<PathBuf>, Pass),
}

/// Whether files are read for the first time after a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pass {
    First,
    Second,
}

/// A question of a browser, and where the answer goes.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) path: String,
    pub(super) reply: Sender<Answer>,
}

/// What a browser gets.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// The path of what is answered, by whose ending its type is told.
    pub(super) path: String,
    pub(super) bytes: Vec<u8>,
}
