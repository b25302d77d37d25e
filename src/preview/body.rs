//! Response bodies, sent at the pace of the client.

use super::connections::Connection;
use hyper::body::{Bytes, Frame, SizeHint};
use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::sync::watch;

/// Size of a chunk in bytes. Chunks are copied out: this lets progress be tracked, and the body is freed before its
/// last chunk is sent.
const CHUNK: usize = 64 << 10;

type NextEvent = Pin<Box<dyn Future<Output = Option<watch::Receiver<Bytes>>> + Send>>;

/// A file of the site, or a stream of events.
pub(super) struct Body {
    connection: Connection,
    /// Bytes still to be sent.
    rest: Bytes,
    /// The next event; `None` for a file.
    next_event: Option<NextEvent>,
}

impl Body {
    /// Creates a body of `bytes`.
    pub(super) fn file(connection: &Connection, bytes: Bytes) -> Self {
        connection.set_pending_bytes(bytes.len());
        Self { connection: connection.clone(), rest: bytes, next_event: None }
    }

    /// Creates a stream of events: the newest at once, then one after each change. A slow client skips all but the
    /// newest.
    pub(super) fn events(connection: &Connection, mut newest: watch::Receiver<Bytes>) -> Self {
        connection.set_pending_bytes(0);
        newest.mark_changed();
        Self { connection: connection.clone(), rest: Bytes::new(), next_event: Some(next_event(newest)) }
    }
}

fn next_event(mut newest: watch::Receiver<Bytes>) -> NextEvent {
    Box::pin(async { newest.changed().await.ok().map(|()| newest) })
}

impl hyper::body::Body for Body {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.rest.is_empty() {
            self.connection.set_pending_bytes(0);
            let Some(pending_event) = &mut self.next_event else { return Poll::Ready(None) };
            let Some(mut newest) = ready!(pending_event.as_mut().poll(context)) else { return Poll::Ready(None) };
            self.rest = newest.borrow_and_update().clone();
            self.next_event = Some(next_event(newest));
            self.connection.set_pending_bytes(self.rest.len());
        }
        self.connection.mark_progress();
        let length = self.rest.len().min(CHUNK);
        Poll::Ready(Some(Ok(Frame::data(Bytes::copy_from_slice(&self.rest.split_to(length))))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.next_event.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        match self.next_event {
            None => SizeHint::with_exact(self.rest.len() as u64),
            Some(_) => SizeHint::default(),
        }
    }
}

impl Drop for Body {
    fn drop(&mut self) {
        self.connection.set_pending_bytes(0);
    }
}
