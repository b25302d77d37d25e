//! The bodies of responses, sent as fast as the client takes them.

use super::connections::Connection;
use hyper::body::{Bytes, Frame, SizeHint};
use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::sync::watch;

/// Sent at once. Copied, so that what is sent is counted and the whole is not kept for its last part.
const CHUNK: usize = 64 << 10;

type NextEvent = Pin<Box<dyn Future<Output = Option<watch::Receiver<Bytes>>> + Send>>;

/// A response: a file of the site, or the events that a page listens to.
pub(super) struct Body {
    connection: Connection,
    /// What has yet to be sent.
    rest: Bytes,
    /// Waits for the next event; `None` for a file.
    next_event: Option<NextEvent>,
}

impl Body {
    /// The body that is `bytes`.
    pub(super) fn file(connection: &Connection, bytes: Bytes) -> Self {
        connection.holds(bytes.len());
        Self { connection: connection.clone(), rest: bytes, next_event: None }
    }

    /// The newest event now, and after each change. A client that does not take them misses all but the newest.
    pub(super) fn events(connection: &Connection, mut newest: watch::Receiver<Bytes>) -> Self {
        connection.holds(0);
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
            self.connection.holds(0);
            let Some(waits) = &mut self.next_event else { return Poll::Ready(None) };
            let Some(mut newest) = ready!(waits.as_mut().poll(context)) else { return Poll::Ready(None) };
            self.rest = newest.borrow_and_update().clone();
            self.next_event = Some(next_event(newest));
            self.connection.holds(self.rest.len());
        }
        self.connection.progresses();
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
        self.connection.holds(0);
    }
}
