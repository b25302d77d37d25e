//! The state that is sent to open pages: the current revision and the errors.

use super::errors::ErrorOverlay;
use hyper::body::Bytes;
use serde::Serialize;

/// State of the preview, as read by the script on the pages.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct State {
    /// Current revision; a page of another one reloads.
    pub(super) revision: u64,
    /// Errors in the current content.
    pub(super) errors: Option<ErrorOverlay>,
}

impl State {
    /// The state as a server-sent event. A page that loses its connection retries after half a second.
    pub(super) fn event(&self) -> Bytes {
        // Texts and numbers can always be serialized, and their JSON contains no line breaks.
        format!("retry: 500\ndata: {}\n\n", serde_json::to_string(self).unwrap_or_default()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serializes_a_state_as_one_event() {
        let event = State { revision: 7, errors: None }.event();
        assert_eq!(event, "retry: 500\ndata: {\"revision\":7,\"errors\":null}\n\n");
    }
}
