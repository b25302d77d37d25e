//! Messages from the other threads of the preview to the event loop.

use std::collections::BTreeSet;
use std::path::PathBuf;
use tokio::sync::oneshot::Sender;

/// Input of the event loop.
#[derive(Debug)]
pub(super) enum Message {
    /// A browser requests a file of the site.
    Request(FileRequest),
    /// Files have changed, or must be read once more.
    Touched(BTreeSet<PathBuf>, Pass),
}

/// Distinguishes the first reading of changed files from a later rescan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pass {
    Initial,
    Rescan,
}

/// Request of a browser for a file.
#[derive(Debug)]
pub(super) struct FileRequest {
    /// Path below the root of the site.
    pub(super) path: String,
    /// Channel for the response.
    pub(super) reply_tx: Sender<FileResponse>,
}

/// Response to a request.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FileResponse {
    pub(super) status: u16,
    /// Path of the served file, whose extension determines the content type.
    pub(super) path: String,
    pub(super) bytes: Vec<u8>,
}
