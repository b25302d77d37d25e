//! Open connections, and the choice of those to close when limits are exceeded.
//!
//! Clients may stop reading, writing or closing. Timeouts are unsuitable: a page may wait for events for a day, and a
//! slow client may take a long time to load. Instead, the number of connections and the bytes of their pending
//! responses are limited, and the connection that has made no progress for the longest time is closed first. Browsers
//! reconnect when needed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::task::AbortHandle;

/// Maximum number of connections; far below 256, the default limit on open files on macOS.
const MAX_OPEN: usize = 128;

/// Maximum number of bytes of pending responses. A single response may be larger.
const MAX_PENDING_BYTES: usize = 64 << 20;

/// The open connections.
#[derive(Debug, Default)]
pub(super) struct Connections(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    connections: BTreeMap<u64, ConnectionState>,
    /// Id of the connection that was opened last; ids count from 1.
    last_id: u64,
    /// Logical time, advanced by each event of a connection.
    clock: u64,
}

#[derive(Debug)]
struct ConnectionState {
    task: AbortHandle,
    /// Time of the last progress.
    progress: u64,
    /// True if the client waits for the preview, and so cannot make progress.
    is_waiting: bool,
    /// Bytes of the pending response.
    pending_bytes: usize,
}

/// Handle of a connection, which may have been closed meanwhile. Dropping the last clone removes it.
#[derive(Debug, Clone)]
pub(super) struct Connection(Arc<Registration>);

#[derive(Debug)]
struct Registration {
    id: u64,
    connections: Arc<Connections>,
}

impl Connections {
    /// Registers a connection, served by the task that `spawn` starts.
    pub(super) fn open(self: &Arc<Self>, spawn: impl FnOnce(Connection) -> AbortHandle) {
        // Locked throughout, so that the task cannot end before it is registered.
        let mut inner = self.lock();
        inner.last_id += 1;
        let id = inner.last_id;
        let task = spawn(Connection(Arc::new(Registration { id, connections: Arc::clone(self) })));
        let progress = inner.tick();
        inner.connections.insert(id, ConnectionState { task, progress, is_waiting: false, pending_bytes: 0 });
        inner.make_room(id);
    }

    /// Closes one connection, after the system has refused another.
    pub(super) fn close_one(&self) {
        self.lock().close_oldest(|_, _| true);
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Connection {
    /// Records that the client waits for the preview.
    pub(super) fn mark_waiting(&self) {
        self.update(|state| state.is_waiting = true);
    }

    /// Records a pending response of `bytes` bytes; 0 when it is sent.
    pub(super) fn set_pending_bytes(&self, bytes: usize) {
        self.update(|state| (state.is_waiting, state.pending_bytes) = (false, bytes));
    }

    /// Records that the client has received a part of the response.
    pub(super) fn mark_progress(&self) {
        self.update(|_| {});
    }

    fn update(&self, change: impl FnOnce(&mut ConnectionState)) {
        let Registration { id, connections } = &*self.0;
        let mut inner = connections.lock();
        let progress = inner.tick();
        if let Some(state) = inner.connections.get_mut(id) {
            state.progress = progress;
            change(state);
            inner.make_room(*id);
        }
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        self.connections.lock().connections.remove(&self.id);
    }
}

impl Inner {
    fn tick(&mut self) -> u64 {
        self.clock += 1;
        self.clock
    }

    /// Closes connections until the limits hold, except `newest`, which has just made progress.
    fn make_room(&mut self, newest: u64) {
        while self.connections.len() > MAX_OPEN && self.close_oldest(|id, _| id != newest) {}
        while self.pending_bytes() > MAX_PENDING_BYTES
            && self.close_oldest(|id, state| id != newest && state.pending_bytes > 0)
        {}
    }

    fn pending_bytes(&self) -> usize {
        self.connections.values().map(|state| state.pending_bytes).sum()
    }

    /// Of the connections that `may_close` accepts, closes the one without progress for the longest time;
    /// those that wait for the preview last. Returns false if there are none.
    fn close_oldest(&mut self, may_close: impl Fn(u64, &ConnectionState) -> bool) -> bool {
        let closable = self.connections.iter().filter(|(id, state)| may_close(**id, state));
        let oldest = closable.min_by_key(|(_, state)| (state.is_waiting, state.progress)).map(|(id, _)| *id);
        let closed = oldest.and_then(|id| self.connections.remove(&id));
        closed.inspect(|state| state.task.abort()).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::runtime::{Builder, Runtime};

    /// Connections that stay open until they are closed by the limits.
    struct Test {
        runtime: Runtime,
        connections: Arc<Connections>,
        ever_opened: Vec<Connection>,
    }

    impl Test {
        fn new() -> Self {
            let runtime = Builder::new_current_thread().build().unwrap();
            Self { runtime, connections: Arc::default(), ever_opened: Vec::new() }
        }

        fn open(&mut self) -> Connection {
            let Self { runtime, connections, ever_opened } = self;
            connections.open(|connection| {
                ever_opened.push(connection);
                runtime.spawn(std::future::pending::<()>()).abort_handle()
            });
            self.ever_opened.last().unwrap().clone()
        }

        /// Indexes of the open connections in the order of opening, from 0.
        fn open_indexes(&self) -> Vec<u64> {
            self.connections.lock().connections.keys().map(|id| id - 1).collect()
        }
    }

    #[test]
    fn closes_the_connection_without_progress_for_the_longest() {
        let mut test = Test::new();
        let first = test.open();
        (1..MAX_OPEN).for_each(|_| drop(test.open()));
        assert_eq!(test.open_indexes().len(), MAX_OPEN);
        first.mark_progress();
        test.open();
        assert_eq!(test.open_indexes().len(), MAX_OPEN);
        assert!(test.open_indexes().starts_with(&[0, 2]));
        test.connections.close_one();
        assert!(test.open_indexes().starts_with(&[0, 3]));
    }

    #[test]
    fn keeps_connections_that_wait_for_the_preview() {
        let mut test = Test::new();
        let first = test.open();
        first.mark_waiting();
        (0..2 * MAX_OPEN).for_each(|_| drop(test.open()));
        assert!(test.open_indexes().contains(&0));
        first.set_pending_bytes(0);
        (0..2 * MAX_OPEN).for_each(|_| drop(test.open()));
        assert!(!test.open_indexes().contains(&0));
    }

    #[test]
    fn closes_the_oldest_if_all_wait_for_the_preview() {
        let mut test = Test::new();
        (0..=MAX_OPEN).for_each(|_| test.open().mark_waiting());
        assert_eq!(test.open_indexes(), (1..=MAX_OPEN as u64).collect::<Vec<_>>());
    }

    #[test]
    fn closes_connections_with_unread_responses() {
        let mut test = Test::new();
        let [_idle, first, second, third] = [(); 4].map(|()| test.open());
        first.set_pending_bytes(MAX_PENDING_BYTES / 2);
        second.set_pending_bytes(MAX_PENDING_BYTES / 2);
        assert_eq!(test.open_indexes(), [0, 1, 2, 3]);
        third.set_pending_bytes(1);
        assert_eq!(test.open_indexes(), [0, 2, 3]);
        second.set_pending_bytes(0);
        third.set_pending_bytes(2 * MAX_PENDING_BYTES);
        assert_eq!(test.open_indexes(), [0, 2, 3], "one response may be larger");
    }

    #[test]
    fn removes_a_finished_connection() {
        let mut test = Test::new();
        drop(test.open());
        test.ever_opened.clear();
        assert!(test.open_indexes().is_empty());
    }
}
