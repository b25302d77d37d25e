//! A line that shows how far a long run has come, on a terminal only.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::console::to_stderr;
use crate::build::Progress;
use crate::diagnostic::{Lang, say};
use crate::model::grouped;

/// A run shorter than this shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// Between two drawings of the line.
const PAUSE: Duration = Duration::from_millis(100);

/// The line. It goes when this is dropped.
#[derive(Debug)]
pub(super) struct ProgressLine {
    lang: Lang,
    /// When the line may be drawn next; `None` where nobody would see it.
    next: Option<Mutex<Instant>>,
    begun: Instant,
}

impl ProgressLine {
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

    /// Shows how far a build is. Called from many threads; none waits.
    pub(super) fn show(&self, progress: Progress) {
        let Some(Ok(mut next)) = self.next.as_ref().map(Mutex::try_lock) else { return };
        let now = Instant::now();
        if now >= *next {
            *next = now + PAUSE;
            to_stderr(&format!("\r{}\x1b[K", line(self.lang, progress)));
        }
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        if self.next.is_some() && self.elapsed() >= PATIENCE {
            to_stderr("\r\x1b[K");
        }
    }
}

fn line(lang: Lang, Progress { pages, units, of }: Progress) -> String {
    let [pages, done, all] = [pages, units, of].map(grouped);
    let line = match of {
        0 => say!(ja: "{pages} ページ", en: "page {pages}"),
        _ => say!(ja: "{pages} ページ（団体 {done} / {all}）", en: "page {pages}, municipality {done} of {all}"),
    };
    line.get(lang).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        let far = Progress { pages: 12345, units: 99, of: 1741 };
        assert_eq!(line(Lang::Ja, far), "12,345 ページ（団体 99 / 1,741）");
        assert_eq!(line(Lang::En, far), "page 12,345, municipality 99 of 1,741");
        assert_eq!(line(Lang::En, Progress { pages: 3, units: 0, of: 0 }), "page 3");
    }
}
