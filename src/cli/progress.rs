//! A line that shows how far a long run has come, on a terminal only.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::console::to_stderr;
use crate::diagnostic::Lang;
use crate::model::with_separators;
use crate::say;

/// A run shorter than this shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// Between two drawings of the line.
const PAUSE: Duration = Duration::from_millis(100);

/// The line. It goes when this is dropped.
#[derive(Debug)]
pub(super) struct Meter {
    lang: Lang,
    /// When the line may be drawn next; `None` where nobody would see it.
    next: Option<Mutex<Instant>>,
    begun: Instant,
}

impl Meter {
    /// Starts to measure.
    pub(super) fn start(lang: Lang, wanted: bool) -> Self {
        let begun = Instant::now();
        let seen = wanted && std::io::stderr().is_terminal();
        Self { lang, next: seen.then(|| Mutex::new(begun + PATIENCE)), begun }
    }

    /// How long it has been running.
    pub(super) fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }

    /// Shows that `done` of `total` pages are done. Called from many threads; none waits.
    pub(super) fn show(&self, done: usize, total: usize) {
        let Some(Ok(mut next)) = self.next.as_ref().map(Mutex::try_lock) else { return };
        let now = Instant::now();
        if now >= *next {
            *next = now + PAUSE;
            to_stderr(&format!("\r{}\x1b[K", line(self.lang, done, total)));
        }
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        if self.next.is_some() && self.elapsed() >= PATIENCE {
            to_stderr("\r\x1b[K");
        }
    }
}

fn line(lang: Lang, done: usize, total: usize) -> String {
    let [done, total] = [done, total].map(|n| with_separators(&n.to_string()));
    say!(ja: "ページ {done} / {total}", en: "page {done} of {total}").get(lang).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(line(Lang::Ja, 1234, 12500), "ページ 1,234 / 12,500");
        assert_eq!(line(Lang::En, 999, 12500), "page 999 of 12,500");
    }
}
