//! The desk: one thread that holds the site and does one thing after the other.
//!
//! It answers what browsers ask, and takes in what changes. Because it does both in turn, a
//! page that is asked for after a save is always made from what was saved, and nothing that
//! pages are made from needs a lock.

use super::Notice;
use super::hub::{Hub, State};
use super::library::{Issue, Library};
use super::mistakes::Mistakes;
use super::page;
use super::stock::{Part, Stock};
use super::watch::Watch;
use crate::diagnostic::{Diagnostic, Lang};
use crate::pipeline::{SiteFile, Trouble};
use std::collections::{BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// Events this close to each other are one change.
const QUIET: Duration = Duration::from_millis(3);

/// A change that goes on for longer is taken in as far as it is.
const LONGEST: Duration = Duration::from_millis(30);

/// A mistake is believed when it has stood for so long: till then it may be a file half written.
const PATIENCE: Duration = Duration::from_millis(100);

/// After so long, a new folder is looked through once more, and a lost one is looked for.
const SECOND_LOOK: Duration = Duration::from_millis(250);

/// How many pages are remembered as they were, in case one can no longer be drawn.
const REMEMBERED: usize = 32;

/// What comes to the desk.
#[derive(Debug)]
pub(super) enum Message {
    /// A browser asks for a file of the site, by its path below the root.
    Ask(Question),
    /// Files have changed.
    Touched(Vec<PathBuf>),
    /// Files are looked at once more.
    Again(BTreeSet<PathBuf>),
    /// The user has had enough.
    Stop,
}

/// Whether files are looked at for the first time after a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    First,
    Second,
}

/// A question of a browser, and where the answer goes.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) path: String,
    pub(super) reply: Sender<Answer>,
}

/// What a browser gets.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// The path of what is answered, by whose ending its type is told.
    pub(super) path: String,
    pub(super) bytes: Vec<u8>,
}

/// The desk.
pub(super) struct Desk<'a> {
    pub(super) library: Library,
    pub(super) mail: Receiver<Message>,
    /// Where the watcher puts what it sees.
    pub(super) told: Sender<Message>,
    pub(super) hub: &'a Hub,
    pub(super) lang: Lang,
    /// Whether pages are told how many mistakes there are, and no more.
    pub(super) discreet: bool,
    pub(super) notice: &'a dyn Fn(Notice<'_>),
    pub(super) watch: Option<Watch>,
    /// The number of the issue that is shown. It goes on from run to run, so that a page of an
    /// earlier run reloads.
    pub(super) number: u64,
    /// What keeps the content from being shown as it is now.
    pub(super) mistakes: Vec<Diagnostic>,
    /// Questions that wait for a change to be taken in.
    pub(super) waiting: VecDeque<Question>,
    /// What is to be looked at once more, and when.
    pub(super) again: Option<(Instant, BTreeSet<PathBuf>)>,
    /// Pages as they were when they could last be drawn, the last asked for at the end.
    pub(super) remembered: VecDeque<(String, Vec<u8>)>,
    pub(super) stopped: bool,
}

impl Desk<'_> {
    /// Works until it is stopped.
    pub(super) fn work(mut self) {
        let mut shown = self.read();
        while !self.stopped {
            let root = self.library.root().to_owned();
            let next = match &shown {
                Some(issue) => self.serve(Some(&Stock::new(&root, issue))),
                None => self.serve(None),
            };
            if let Some(next) = next {
                // Taking apart what is no longer shown is nothing to wait for.
                let old = shown.replace(next);
                rayon::spawn(move || drop(old));
            }
        }
    }

    /// Answers until there is a new issue, which is returned, or until it is stopped.
    fn serve(&mut self, stock: Option<&Stock<'_>>) -> Option<Issue> {
        loop {
            while let Some(question) = self.waiting.pop_front() {
                let answer = self.answer(&question.path, stock);
                // Whoever asked may have gone.
                let _ = question.reply.send(answer);
            }
            match self.next()? {
                Message::Ask(question) => self.waiting.push_back(question),
                Message::Stop => return None,
                Message::Touched(paths) => {
                    let mut touched = paths.into_iter().collect();
                    self.gather(&mut touched, QUIET, LONGEST);
                    if let Some(issue) = self.take_in(touched, Look::First) {
                        return Some(issue);
                    }
                }
                Message::Again(paths) => {
                    if let Some(issue) = self.take_in(paths, Look::Second) {
                        return Some(issue);
                    }
                }
            }
        }
    }

    /// The next message, or what is to be looked at once more. `None` when it is stopped.
    fn next(&mut self) -> Option<Message> {
        let message = match self.again.take() {
            None => self.mail.recv().ok(),
            Some((when, paths)) => match self.mail.recv_timeout(when.saturating_duration_since(Instant::now())) {
                Err(RecvTimeoutError::Timeout) => Some(Message::Again(paths)),
                message => {
                    self.again = Some((when, paths));
                    message.ok()
                }
            },
        };
        self.stopped = matches!(message, None | Some(Message::Stop));
        message.filter(|_| !self.stopped)
    }

    /// Reads what has changed. Returns the new issue, if it can be shown.
    fn take_in(&mut self, mut touched: BTreeSet<PathBuf>, look: Look) -> Option<Issue> {
        let begun = Instant::now();
        let change = self.library.refresh(&touched);
        if change.folder && look == Look::First {
            self.look_again(touched.clone());
        }
        let lost = !self.library.root().is_dir();
        if !change.any && !lost && self.watch.is_some() {
            return None;
        }
        let (mut issue, mut found) = self.library.issue();
        if (issue.is_none() || change.doubtful) && !lost {
            self.gather(&mut touched, PATIENCE, 5 * PATIENCE);
            if self.library.refresh(&touched).any {
                (issue, found) = self.library.issue();
            }
        }
        self.keep_watch(lost);
        self.announce(&issue, found, begun);
        issue
    }

    /// The first issue, if the content can be shown.
    fn read(&mut self) -> Option<Issue> {
        let begun = Instant::now();
        let (issue, found) = self.library.issue();
        self.watch_theme();
        self.announce(&issue, found, begun);
        issue
    }

    /// Waits until no more changes come for `quiet`, `longest` at most, and adds them.
    fn gather(&mut self, touched: &mut BTreeSet<PathBuf>, quiet: Duration, longest: Duration) {
        let end = Instant::now() + longest;
        while !self.stopped {
            let wait = quiet.min(end.saturating_duration_since(Instant::now()));
            match self.mail.recv_timeout(wait) {
                Ok(Message::Ask(question)) => self.waiting.push_back(question),
                Ok(Message::Touched(paths)) => touched.extend(paths),
                Ok(Message::Again(paths)) => touched.extend(paths),
                Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => self.stopped = true,
                Err(RecvTimeoutError::Timeout) => return,
            }
        }
    }

    fn look_again(&mut self, paths: BTreeSet<PathBuf>) {
        let (_, mut all) = self.again.take().unwrap_or_else(|| (Instant::now(), BTreeSet::new()));
        all.extend(paths);
        self.again = Some((Instant::now() + SECOND_LOOK, all));
    }

    /// Watches the content, also when its folder comes back after it was `lost`, and the theme
    /// if it lies elsewhere.
    fn keep_watch(&mut self, lost: bool) {
        let root = self.library.root().to_owned();
        if lost {
            self.watch = None;
            self.look_again(BTreeSet::from([root]));
            return;
        }
        if self.watch.is_none() {
            self.watch = Watch::start(&root, &self.told).ok();
            // For what has changed before it was watched.
            self.look_again(BTreeSet::from([root]));
        }
        self.watch_theme();
    }

    fn watch_theme(&mut self) {
        let theme = self.library.theme_folder().filter(|theme| !theme.starts_with(self.library.root()));
        if let (Some(watch), Some(theme)) = (&mut self.watch, theme) {
            watch.also(theme);
        }
    }

    fn announce(&mut self, issue: &Option<Issue>, found: Vec<Diagnostic>, begun: Instant) {
        if issue.is_some() {
            self.number += 1;
            self.mistakes.clear();
        } else if found == self.mistakes {
            return;
        } else {
            self.mistakes.clone_from(&found);
        }
        self.tell();
        let (shown, elapsed) = (issue.is_some(), begun.elapsed());
        (self.notice)(Notice { shown, elapsed, found, sources: self.library.sources() });
    }

    fn tell(&self) {
        let mistakes = Mistakes::of(&self.mistakes, self.library.sources(), self.lang);
        let mistakes = mistakes.map(|mistakes| if self.discreet { mistakes.without_words() } else { mistakes });
        self.hub.announce(State { issue: self.number, mistakes });
    }

    fn answer(&mut self, path: &str, stock: Option<&Stock<'_>>) -> Answer {
        let Some(stock) = stock else {
            let bytes = page::nothing_yet(self.lang, self.number).into_bytes();
            return Answer { status: 503, path: "index.html".to_owned(), bytes };
        };
        let slash = if path.is_empty() || path.ends_with('/') { "" } else { "/" };
        let found = stock.find(path).or_else(|| stock.find(&format!("{path}{slash}index.html")));
        let status = if found.is_some() { 200 } else { 404 };
        match found.or_else(|| stock.find("404.html")) {
            Some((part, file)) => self.make(status, file, part),
            None => Answer { status, path: String::new(), bytes: Vec::new() },
        }
    }

    fn make(&mut self, status: u16, file: &SiteFile, part: &Part<'_>) -> Answer {
        let path = file.url().path().to_owned();
        let is_page = matches!(file, SiteFile::Page(_));
        match part.press.make(file, &mut Vec::new()) {
            Ok(made) if is_page => {
                let html = made.body.into_bytes();
                self.remember(&path, &html);
                Answer { status, path, bytes: page::with_script(html, self.number) }
            }
            Ok(made) => Answer { status, path, bytes: made.body.into_bytes() },
            Err(trouble) => {
                let found = match trouble {
                    Trouble::Mistakes(found) => found,
                    Trouble::Failure(failure) => vec![super::library::without_place(failure.message())],
                };
                self.object(found);
                let last = self.remembered.iter().find(|(of, _)| *of == path).map(|(_, html)| html.clone());
                match last {
                    Some(html) => Answer { status, path, bytes: page::with_script(html, self.number) },
                    None if is_page => {
                        let bytes = page::nothing_yet(self.lang, self.number).into_bytes();
                        Answer { status: 503, path, bytes }
                    }
                    None => Answer { status: 404, path, bytes: Vec::new() },
                }
            }
        }
    }

    fn remember(&mut self, path: &str, html: &[u8]) {
        self.remembered.retain(|(of, _)| of != path);
        self.remembered.push_back((path.to_owned(), html.to_vec()));
        if self.remembered.len() > REMEMBERED {
            self.remembered.pop_front();
        }
    }

    /// Adds mistakes that showed only when a page was drawn.
    fn object(&mut self, found: Vec<Diagnostic>) {
        let new: Vec<_> = found.into_iter().filter(|found| !self.mistakes.contains(found)).collect();
        if new.is_empty() {
            return;
        }
        self.mistakes.extend(new.iter().cloned());
        self.tell();
        (self.notice)(Notice { shown: false, elapsed: Duration::ZERO, found: new, sources: self.library.sources() });
    }
}
