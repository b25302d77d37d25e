//! What open pages are told: which issue is shown now, and what is wrong.
//!
//! Pages listen by server-sent events, one connection each. Nobody waits for a page: messages
//! are short, and a connection that takes none is dropped.

use super::mistakes::Mistakes;
use serde::Serialize;
use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The state of the preview, as the script on the pages reads it.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct State {
    /// The issue that is shown; a page of another one reloads.
    pub(super) issue: u64,
    /// What is wrong with the content as it is now.
    pub(super) mistakes: Option<Mistakes>,
}

/// Those who listen.
#[derive(Default)]
pub(super) struct Hub {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    state: State,
    listeners: Vec<Box<dyn Write + Send>>,
}

impl Hub {
    /// Tells everyone.
    pub(super) fn announce(&self, state: State) {
        let mut inner = self.lock();
        let event = event(&state);
        inner.state = state;
        inner.listeners.retain_mut(|listener| send(listener, &event).is_ok());
    }

    /// Tells a new listener how things are, and from now on what changes.
    pub(super) fn join(&self, mut listener: Box<dyn Write + Send>) {
        let mut inner = self.lock();
        // Those whose page is closed by now are found only by writing to them.
        inner.listeners.retain_mut(|listener| send(listener, ":\n\n").is_ok());
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
                    X-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\nConnection: close\r\n\r\n";
        let welcome = head.to_owned() + &event(&inner.state);
        if send(&mut listener, &welcome).is_ok() {
            inner.listeners.push(listener);
        }
    }

    /// How many listen, as far as is known.
    #[cfg(test)]
    fn listeners(&self) -> usize {
        self.lock().listeners.len()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn send(listener: &mut impl Write, text: &str) -> io::Result<()> {
    listener.write_all(text.as_bytes())?;
    listener.flush()
}

fn event(state: &State) -> String {
    // Texts and numbers always have a JSON form, and it holds no line breaks.
    format!("data: {}\n\n", serde_json::to_string(state).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    /// A page that keeps what it is told until it is closed.
    #[derive(Clone, Default)]
    struct FakePage {
        told: Arc<Mutex<Vec<u8>>>,
        closed: Arc<AtomicBool>,
    }

    impl Write for FakePage {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.closed.load(Ordering::Relaxed) {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
            self.told.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_page_is_told_the_state_at_once_and_each_that_follows() {
        let (hub, page) = (Hub::default(), FakePage::default());
        hub.announce(State { issue: 7, mistakes: None });
        hub.join(Box::new(page.clone()));
        hub.announce(State { issue: 8, mistakes: None });
        let told = String::from_utf8(page.told.lock().unwrap().clone()).unwrap();
        let (head, events) = told.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200 OK\r\n"));
        assert_eq!(events, "data: {\"issue\":7,\"mistakes\":null}\n\ndata: {\"issue\":8,\"mistakes\":null}\n\n");
    }

    #[test]
    fn a_closed_page_is_forgotten() {
        let (hub, page) = (Hub::default(), FakePage::default());
        hub.join(Box::new(page.clone()));
        page.closed.store(true, Ordering::Relaxed);
        hub.join(Box::new(FakePage::default()));
        assert_eq!(hub.listeners(), 1);
    }
}
