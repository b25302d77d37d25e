//! The event loop: one thread that holds the site and does one thing after the other.
//!
//! It answers what browsers ask, and applies what changes. Because it does both in turn, a
//! page that is asked for after a save is always rendered from what was saved, and nothing that
//! pages are rendered from needs a lock.

use super::Notice;
use super::hub::{Hub, State};
use super::message::{Answer, Message, Pass, Question};
use super::mistakes::{Mistake, Mistakes};
use super::page;
use super::routes::{Routes, UnitRoutes};
use super::watch::Watch;
use crate::build::{ArtifactKind, RenderError};
use crate::diagnostic::{Diagnostic, Lang, Sources};
use crate::workspace::live::{Current, LiveWorkspace, SiteSnapshot, without_place};
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

/// The event loop.
pub(super) struct EventLoop<'a> {
    pub(super) workspace: LiveWorkspace,
    pub(super) inbox: Receiver<Message>,
    /// Where the watcher puts what it sees.
    pub(super) event_tx: Sender<Message>,
    pub(super) hub: &'a Hub,
    pub(super) lang: Lang,
    /// Whether pages are told how many mistakes there are, and no more.
    pub(super) discreet: bool,
    pub(super) notice: &'a dyn Fn(Notice<'_>),
    pub(super) watch: Option<Watch>,
    /// The number of the snapshot that is shown. It goes on from run to run, so that a page of an
    /// earlier run reloads.
    pub(super) revision: u64,
    /// What keeps the content from being shown as it is now.
    pub(super) mistakes: Vec<Mistake>,
    /// Questions that wait for a change to be taken in.
    pub(super) waiting: VecDeque<Question>,
    /// What is to be read once more, and when.
    pub(super) rescan: Option<(Instant, BTreeSet<PathBuf>)>,
    /// Pages as they were when they could last be drawn, the last asked for at the end.
    pub(super) remembered: VecDeque<(String, Vec<u8>)>,
    pub(super) stopped: bool,
}

impl EventLoop<'_> {
    /// Works until it is stopped.
    pub(super) fn run(mut self) {
        let mut shown = self.read();
        while !self.stopped {
            let next = match &shown {
                Some(site) => self.serve(Some(&Routes::new(site))),
                None => self.serve(None),
            };
            if let Some(next) = next {
                // Taking apart what is no longer shown is nothing to wait for.
                let old = shown.replace(next);
                rayon::spawn(move || drop(old));
            }
        }
    }

    /// Answers until there is a new snapshot, which is returned, or until it is stopped.
    fn serve(&mut self, routes: Option<&Routes<'_>>) -> Option<SiteSnapshot> {
        loop {
            while let Some(question) = self.waiting.pop_front() {
                let answer = self.answer(&question.path, routes);
                // Whoever asked may have gone.
                let _ = question.reply.send(answer);
            }
            match self.next()? {
                Message::Ask(question) => self.waiting.push_back(question),
                Message::Stop => return None,
                Message::Touched(mut paths, pass) => {
                    if pass == Pass::First {
                        self.debounce(&mut paths, QUIET, LONGEST);
                    }
                    if let Some(site) = self.apply_changes(paths, pass) {
                        return Some(site);
                    }
                }
            }
        }
    }

    /// The next message, or what is to be read once more. `None` when it is stopped.
    fn next(&mut self) -> Option<Message> {
        let message = match self.rescan.take() {
            None => self.inbox.recv().ok(),
            Some((when, paths)) => match self.inbox.recv_timeout(when.saturating_duration_since(Instant::now())) {
                Err(RecvTimeoutError::Timeout) => Some(Message::Touched(paths, Pass::Second)),
                message => {
                    self.rescan = Some((when, paths));
                    message.ok()
                }
            },
        };
        self.stopped = matches!(message, None | Some(Message::Stop));
        message.filter(|_| !self.stopped)
    }

    /// Reads what has changed. Returns the new snapshot, if it can be shown.
    fn apply_changes(&mut self, mut touched: BTreeSet<PathBuf>, pass: Pass) -> Option<SiteSnapshot> {
        let begun = Instant::now();
        let change = self.workspace.refresh(&touched);
        if change.folder && pass == Pass::First {
            self.rescan_later(touched.clone());
        }
        let lost = !self.workspace.root().is_dir();
        if !change.any && !lost && self.watch.is_some() {
            return None;
        }
        let mut current = self.workspace.current();
        if (current.site.is_none() || change.doubtful) && !lost {
            self.debounce(&mut touched, PATIENCE, 5 * PATIENCE);
            if self.workspace.refresh(&touched).any {
                current = self.workspace.current();
            }
        }
        self.keep_watch(lost);
        self.announce(current, begun)
    }

    /// The first snapshot, if the content can be shown.
    fn read(&mut self) -> Option<SiteSnapshot> {
        let begun = Instant::now();
        let current = self.workspace.current();
        self.watch_theme();
        self.announce(current, begun)
    }

    /// Waits until no more changes come for `quiet`, `longest` at most, and adds them.
    fn debounce(&mut self, touched: &mut BTreeSet<PathBuf>, quiet: Duration, longest: Duration) {
        let end = Instant::now() + longest;
        while !self.stopped {
            let wait = quiet.min(end.saturating_duration_since(Instant::now()));
            match self.inbox.recv_timeout(wait) {
                Ok(Message::Ask(question)) => self.waiting.push_back(question),
                Ok(Message::Touched(paths, _)) => touched.extend(paths),
                Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => self.stopped = true,
                Err(RecvTimeoutError::Timeout) => return,
            }
        }
    }

    fn rescan_later(&mut self, paths: BTreeSet<PathBuf>) {
        let (_, mut all) = self.rescan.take().unwrap_or_else(|| (Instant::now(), BTreeSet::new()));
        all.extend(paths);
        self.rescan = Some((Instant::now() + SECOND_LOOK, all));
    }

    /// Watches the content, also when its folder comes back after it was `lost`, and the theme
    /// if it lies elsewhere.
    fn keep_watch(&mut self, lost: bool) {
        let root = self.workspace.root().to_owned();
        if lost {
            self.watch = None;
            self.rescan_later(BTreeSet::from([root]));
            return;
        }
        if self.watch.is_none() {
            self.watch = Watch::start(&root, &self.event_tx).ok();
            // For what has changed before it was watched.
            self.rescan_later(BTreeSet::from([root]));
        }
        self.watch_theme();
    }

    fn watch_theme(&mut self) {
        let theme = self.workspace.theme_folder().filter(|theme| !theme.starts_with(self.workspace.root()));
        if let (Some(watch), Some(theme)) = (&mut self.watch, theme) {
            watch.also(theme);
        }
    }

    /// Tells the user and the pages; returns the site, if it can be shown.
    fn announce(&mut self, current: Current, begun: Instant) -> Option<SiteSnapshot> {
        let Current { site, diagnostics: found, sources } = current;
        let mistakes = Mistake::all(&found, &sources, self.lang);
        if site.is_some() {
            self.revision += 1;
            self.mistakes.clear();
        } else if mistakes == self.mistakes {
            return site;
        } else {
            self.mistakes = mistakes;
        }
        self.tell();
        (self.notice)(Notice { shown: site.is_some(), elapsed: begun.elapsed(), found, sources: &sources });
        site
    }

    fn tell(&self) {
        let mistakes = Mistakes::of(&self.mistakes, self.lang);
        let mistakes = mistakes.map(|mistakes| if self.discreet { mistakes.without_words() } else { mistakes });
        self.hub.announce(State { issue: self.revision, mistakes });
    }

    fn answer(&mut self, path: &str, routes: Option<&Routes<'_>>) -> Answer {
        let Some(routes) = routes else { return self.nothing_yet("index.html".to_owned()) };
        let slash = if path.is_empty() || path.ends_with('/') { "" } else { "/" };
        let found = routes.find(path).or_else(|| routes.find(&format!("{path}{slash}index.html")));
        let status = if found.is_some() { 200 } else { 404 };
        match found.or_else(|| routes.find("404.html")) {
            Some((unit, artifact)) => self.render(status, artifact, unit, routes.sources()),
            None => Answer { status, path: String::new(), bytes: Vec::new() },
        }
    }

    fn render(&mut self, status: u16, artifact: &ArtifactKind, unit: &UnitRoutes<'_>, sources: &Sources) -> Answer {
        let path = artifact.url().path().to_owned();
        let is_page = artifact.page().is_some();
        let html = match unit.renderer.render(artifact, &mut Vec::new()) {
            Ok(artifact) if !is_page => return Answer { status, path, bytes: artifact.body.into_owned() },
            Ok(artifact) => {
                let html = artifact.body.into_owned();
                self.remember(&path, &html);
                Some(html)
            }
            Err(error) => {
                let found = match error {
                    RenderError::Diagnostics(found) => found,
                    RenderError::Command(error) => vec![without_place(error.message())],
                };
                self.report_render_errors(found, sources);
                self.remembered.iter().find(|(of, _)| *of == path).map(|(_, html)| html.clone())
            }
        };
        match html {
            Some(html) => Answer { status, path, bytes: page::with_script(html, self.revision) },
            None if is_page => self.nothing_yet(path),
            None => Answer { status: 404, path, bytes: Vec::new() },
        }
    }

    fn nothing_yet(&self, path: String) -> Answer {
        Answer { status: 503, path, bytes: page::nothing_yet(self.lang, self.revision).into_bytes() }
    }

    fn remember(&mut self, path: &str, html: &[u8]) {
        self.remembered.retain(|(of, _)| of != path);
        self.remembered.push_back((path.to_owned(), html.to_vec()));
        if self.remembered.len() > REMEMBERED {
            self.remembered.pop_front();
        }
    }

    /// Adds mistakes that showed only when a page was rendered.
    fn report_render_errors(&mut self, mut found: Vec<Diagnostic>, sources: &Sources) {
        let is_known = |found: &Diagnostic| {
            let mistakes = Mistake::all(std::slice::from_ref(found), sources, self.lang);
            mistakes.iter().all(|mistake| self.mistakes.contains(mistake))
        };
        found.retain(|found| !is_known(found));
        if found.is_empty() {
            return;
        }
        self.mistakes.extend(Mistake::all(&found, sources, self.lang));
        self.tell();
        (self.notice)(Notice { shown: false, elapsed: Duration::ZERO, found, sources });
    }
}
