//! Progress line of a long run, on terminals only.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::console::to_stderr;
use crate::build::Progress;
use crate::diagnostic::{Lang, say};
use crate::model::grouped;

/// Delay before the line first appears; shorter runs show nothing.
const DELAY: Duration = Duration::from_secs(1);

/// Minimum time between two updates.
const INTERVAL: Duration = Duration::from_millis(100);

/// Progress line on standard error. Dropping it clears the line.
#[derive(Debug)]
pub(super) struct ProgressLine {
    lang: Lang,
    /// Earliest time of the next update; `None` if the line is not shown.
    next: Option<Mutex<Instant>>,
    started: Instant,
}

impl ProgressLine {
    /// Starts the clock. The line is shown if it is `enabled` and standard error is a terminal.
    pub(super) fn start(lang: Lang, enabled: bool) -> Self {
        let started = Instant::now();
        let shown = enabled && std::io::stderr().is_terminal();
        Self { lang, next: shown.then(|| Mutex::new(started + DELAY)), started }
    }

    /// Time since the start.
    pub(super) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// Updates the line. Safe to call from many threads; a call never blocks on another.
    pub(super) fn show(&self, progress: Progress) {
        let Some(Ok(mut next)) = self.next.as_ref().map(Mutex::try_lock) else { return };
        let now = Instant::now();
        if now >= *next {
            *next = now + INTERVAL;
            to_stderr(&format!("\r{}\x1b[K", line(self.lang, progress)));
        }
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        if self.next.is_some() && self.elapsed() >= DELAY {
            to_stderr("\r\x1b[K");
        }
    }
}

fn line(lang: Lang, Progress { pages, units, total_units }: Progress) -> String {
    let [pages, done, all] = [pages, units, total_units].map(grouped);
    let line = match total_units {
        0 => say!(ja: "{pages}ページ", en: "{pages} pages"),
        _ => say!(ja: "{pages}ページ（自治体 {done}/{all}）", en: "{pages} pages, {done} of {all} municipalities"),
    };
    line.get(lang).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_the_digits_of_numbers() {
        let progress = Progress { pages: 12345, units: 99, total_units: 1741 };
        assert_eq!(line(Lang::Ja, progress), "12,345ページ（自治体 99/1,741）");
        assert_eq!(line(Lang::En, progress), "12,345 pages, 99 of 1,741 municipalities");
        assert_eq!(line(Lang::En, Progress { pages: 3, units: 0, total_units: 0 }), "3 pages");
    }
}
