//! A value for each thread that renders pages, so that threads do not wait for each other.

/// Values for the threads of the current pool, and one for a thread that does not belong to it.
#[derive(Debug)]
pub(crate) struct PerThread<T>(Vec<T>);

impl<T> PerThread<T> {
    /// Creates a value for each thread.
    pub(crate) fn new(create: impl Fn() -> T) -> Self {
        Self((0..=rayon::current_num_threads()).map(|_| create()).collect())
    }

    /// Value of the current thread; `None` in a pool with more threads than the one in which the values were created.
    pub(crate) fn get(&self) -> Option<&T> {
        self.0.get(rayon::current_thread_index().map_or(0, |index| index + 1))
    }
}
