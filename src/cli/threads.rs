//! Worker threads: one per processor, or fewer if the system does not provide them.

use ahash::random_state::{RandomSource, set_random_source};
use rayon::{ThreadBuilder, ThreadPoolBuildError, ThreadPoolBuilder};
use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

/// Maximum number of threads, whatever `RAYON_NUM_THREADS` requests.
const MAX_THREADS: usize = 256;

/// Starts the worker threads. Rayon itself panics if it cannot start all of its threads, so they are started first, and
/// it is given those that run. Without any, the work is done on the current thread.
///
/// # Errors
/// If the threads have been started before.
pub(super) fn start() -> Result<(), ThreadPoolBuildError> {
    // The source can be set only once, which matters in tests alone.
    let _ = set_random_source(OneSeed);
    let requested = std::env::var("RAYON_NUM_THREADS").ok().and_then(|number| number.parse().ok());
    let processors = || std::thread::available_parallelism().map_or(1, usize::from);
    let wanted = requested.filter(|number| *number > 0).unwrap_or_else(processors).min(MAX_THREADS);
    let (started, workers) = start_threads(wanted, |work| std::thread::Builder::new().spawn(work).map(drop));
    pool_of(started).spawn_handler(handler(workers)).build_global()
}

/// The same seed for all hash maps of templates. By default, each map takes a number from a counter, for which threads wait:
/// 1 % of the CPU time. The keys are names of fields, whose collisions no visitor or content can provoke.
struct OneSeed;

impl RandomSource for OneSeed {
    fn gen_hasher_seed(&self) -> usize {
        0
    }
}

/// Starts at most `wanted` threads, until `spawn` fails. Returns their number and the sender of their work.
fn start_threads(
    wanted: usize,
    mut spawn: impl FnMut(Box<dyn FnOnce() + Send>) -> io::Result<()>,
) -> (usize, Sender<ThreadBuilder>) {
    let (sender, receiver) = channel();
    let receiver = Arc::new(Mutex::new(receiver));
    let mut start = || {
        let receiver = Arc::clone(&receiver);
        spawn(Box::new(move || work(&receiver))).is_ok()
    };
    ((0..wanted).take_while(|_| start()).count(), sender)
}

/// Pool of this number of threads, or of the current thread if there is no other.
fn pool_of(threads: usize) -> ThreadPoolBuilder {
    let pool = ThreadPoolBuilder::new().num_threads(threads.max(1));
    if threads == 0 { pool.use_current_thread() } else { pool }
}

/// Handler that passes the work of a pool to threads that wait for it.
fn handler(workers: Sender<ThreadBuilder>) -> impl FnMut(ThreadBuilder) -> io::Result<()> {
    move |worker| workers.send(worker).map_err(|_| io::ErrorKind::BrokenPipe.into())
}

/// Receives the work of one thread, and does it.
fn work(receiver: &Mutex<Receiver<ThreadBuilder>>) {
    let worker = receiver.lock().unwrap_or_else(PoisonError::into_inner).recv();
    if let Ok(worker) = worker {
        worker.run();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rayon::prelude::*;

    /// Number of threads of a pool for 8 threads, of which the system starts `available`.
    fn threads(available: usize) -> usize {
        let mut started = 0;
        let spawn = |work: Box<dyn FnOnce() + Send>| {
            started += 1;
            if started > available {
                return Err(io::ErrorKind::WouldBlock.into());
            }
            std::thread::Builder::new().spawn(work).map(drop)
        };
        // Each pool is built on a thread of its own, because it may take over the current one for good.
        let (started, workers) = start_threads(8, spawn);
        let run = move || {
            let pool = pool_of(started).spawn_handler(handler(workers)).build().unwrap();
            assert_eq!(pool.install(|| (0..1000).into_par_iter().sum::<u32>()), 499_500);
            pool.current_num_threads()
        };
        std::thread::spawn(run).join().unwrap()
    }

    #[test]
    fn uses_the_threads_that_the_system_provides() {
        assert_eq!([0, 1, 3, 8].map(threads), [1, 1, 3, 8]);
    }
}
