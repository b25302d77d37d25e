//! Event loop: the only thread that owns the site.
//!
//! It answers requests of browsers and applies changes, one after the other. A page that is requested after a save is
//! therefore always rendered from the saved content, and the data that pages are rendered from needs no lock.

use super::Update;
use super::errors::{ErrorOverlay, OverlayError};
use super::message::{FileRequest, FileResponse, Message, Pass};
use super::page;
use super::routes::{Routes, UnitRoutes};
use super::state::State;
use super::watcher::ContentWatcher;
use crate::build::{OutputFile, RenderError};
use crate::diagnostic::{Diagnostic, Lang, Rule, Sources};
use crate::workspace::live::{LinkOutcome, LiveWorkspace, SiteSnapshot, unlocated_error};
use hyper::body::Bytes;
use std::collections::{BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// Debounce interval: events closer to each other are handled as one change.
const DEBOUNCE: Duration = Duration::from_millis(3);

/// Maximum duration of debouncing; a change that continues for longer is applied in part.
const MAX_DEBOUNCE: Duration = Duration::from_millis(30);

/// Time that an error must persist before it is reported, because it may come from a half-written file.
const ERROR_DELAY: Duration = Duration::from_millis(100);

/// Delay before a new folder is scanned again, for files that were created before it was watched.
const RESCAN_DELAY: Duration = Duration::from_millis(250);

/// Interval of checks whether the watched folders are still at their paths. Systems report neither a changed link nor
/// changes above a watched folder.
const WATCH_CHECK_INTERVAL: Duration = Duration::from_millis(500);

/// Number of pages whose last good version is kept, in case they can no longer be rendered.
const MAX_LAST_GOOD: usize = 32;

/// State of the event loop.
pub(super) struct EventLoop<'a> {
    /// Path of the content folder, which may be a link.
    pub(super) content: PathBuf,
    pub(super) workspace: LiveWorkspace,
    pub(super) messages: Receiver<Message>,
    /// Sender for a new watcher.
    pub(super) message_tx: Sender<Message>,
    /// Sends the newest state to the open pages.
    pub(super) state_tx: watch::Sender<Bytes>,
    pub(super) lang: Lang,
    /// True if pages show only the number of errors, and no messages.
    pub(super) hides_messages: bool,
    pub(super) on_update: &'a dyn Fn(Update<'_>),
    pub(super) watcher: Option<ContentWatcher>,
    /// Time of the next check of the watched folders.
    pub(super) next_watch_check: Instant,
    /// True if the content folder is missing.
    pub(super) is_missing: bool,
    /// Revision of the current snapshot. It increases from run to run, so that a page of an earlier run reloads.
    pub(super) revision: u64,
    /// Errors of the current content, which prevent it from being shown.
    pub(super) errors: Vec<OverlayError>,
    /// Pending requests, the newest last.
    pub(super) pending: Vec<FileRequest>,
    /// Paths to read once more, and the time to do so.
    pub(super) rescan: Option<(Instant, BTreeSet<PathBuf>)>,
    /// Last good versions of pages by path, the most recently requested last.
    pub(super) last_good: VecDeque<(String, Vec<u8>)>,
}

impl EventLoop<'_> {
    /// Runs until all senders of messages are dropped.
    pub(super) fn run(mut self) {
        let mut shown = self.first_snapshot();
        loop {
            let next = match &shown {
                Some(site) => self.answer_until_changed(Some(&Routes::new(site))),
                None => self.answer_until_changed(None),
            };
            let Some(next) = next else { return };
            // Dropping the old snapshot takes time, so it is done on another thread.
            let old = shown.replace(next);
            rayon::spawn(move || drop(old));
        }
    }

    /// Answers requests until there is a new snapshot, which is returned; `None` if there are no more messages.
    fn answer_until_changed(&mut self, routes: Option<&Routes<'_>>) -> Option<SiteSnapshot> {
        // One request is answered after each change, so that continuous writes do not block requests forever.
        self.answer_newest(routes);
        loop {
            match self.next() {
                Ok(Message::Request(request)) => self.pending.push(request),
                Ok(Message::Touched(mut paths, pass)) => {
                    if pass == Pass::Initial {
                        self.debounce(&mut paths, DEBOUNCE, MAX_DEBOUNCE);
                    }
                    if let Some(site) = self.apply_changes(paths, pass) {
                        return Some(site);
                    }
                    self.answer_newest(routes);
                }
                Err(RecvTimeoutError::Timeout) => self.answer_newest(routes),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    /// Answers the newest request, so that it does not wait for a large number of older ones.
    fn answer_newest(&mut self, routes: Option<&Routes<'_>>) {
        self.pending.retain(|request| !request.reply_tx.is_closed());
        if let Some(request) = self.pending.pop() {
            let response = self.respond(&request.path, routes);
            // Fails if the client has disconnected.
            let _ = request.reply_tx.send(response);
        }
    }

    /// Returns the next message, or one for a due rescan or for folders that are no longer watched. Does
    /// not wait while requests are pending.
    fn next(&mut self) -> Result<Message, RecvTimeoutError> {
        loop {
            let now = Instant::now();
            if let Some((_, paths)) = self.rescan.take_if(|(when, _)| *when <= now) {
                return Ok(Message::Touched(paths, Pass::Rescan));
            }
            if self.next_watch_check <= now {
                self.next_watch_check = now + WATCH_CHECK_INTERVAL;
                if !self.is_watched() {
                    return Ok(Message::Touched(BTreeSet::new(), Pass::Initial));
                }
            }
            if !self.pending.is_empty() {
                return self.messages.recv_timeout(Duration::ZERO);
            }
            let due = self.rescan.as_ref().map_or(self.next_watch_check, |(when, _)| self.next_watch_check.min(*when));
            match self.messages.recv_timeout(due.saturating_duration_since(now)) {
                Err(RecvTimeoutError::Timeout) => {}
                message => return message,
            }
        }
    }

    /// Reads the changed files. Returns the new snapshot; `None` if nothing has changed or there are errors.
    fn apply_changes(&mut self, mut touched: BTreeSet<PathBuf>, pass: Pass) -> Option<SiteSnapshot> {
        let start = Instant::now();
        let mut state_changed = false;
        if !self.is_watched() {
            state_changed = self.rewatch();
            touched.extend([self.workspace.content_path().to_owned()]);
            touched.extend(self.workspace.canonical_theme_path());
            // For changes made before the new watch started.
            self.rescan_later(touched.clone());
        }
        let change = self.workspace.reread(&touched);
        if change.folder_touched && pass == Pass::Initial {
            self.rescan_later(touched.clone());
        }
        let is_missing = !self.workspace.content_path().is_dir();
        state_changed |= std::mem::replace(&mut self.is_missing, is_missing) != is_missing;
        if !change.changed && !state_changed {
            return None;
        }
        let mut result = self.workspace.relink();
        if (result.site.is_none() || change.may_be_partial) && !is_missing {
            self.debounce(&mut touched, ERROR_DELAY, 5 * ERROR_DELAY);
            if self.workspace.reread(&touched).changed {
                result = self.workspace.relink();
            }
        }
        self.watch_theme();
        self.announce(result, start)
    }

    /// Links the content that `open` has read. Returns its snapshot; `None` if there are errors.
    fn first_snapshot(&mut self) -> Option<SiteSnapshot> {
        let start = Instant::now();
        let result = self.workspace.relink();
        self.watch_theme();
        self.announce(result, start)
    }

    /// Collects further changes until none arrives for `quiet`, or `longest` has passed.
    fn debounce(&mut self, touched: &mut BTreeSet<PathBuf>, quiet: Duration, longest: Duration) {
        let end = Instant::now() + longest;
        loop {
            let wait = quiet.min(end.saturating_duration_since(Instant::now()));
            match self.messages.recv_timeout(wait) {
                Ok(Message::Request(request)) => self.pending.push(request),
                Ok(Message::Touched(paths, _)) => touched.extend(paths),
                Err(_) => return,
            }
        }
    }

    fn rescan_later(&mut self, paths: BTreeSet<PathBuf>) {
        let (_, mut all) = self.rescan.take().unwrap_or_else(|| (Instant::now(), BTreeSet::new()));
        all.extend(paths);
        self.rescan = Some((Instant::now() + RESCAN_DELAY, all));
    }

    /// Returns true if the folders at the paths of the content and the theme are watched.
    fn is_watched(&self) -> bool {
        self.watcher.as_ref().is_some_and(ContentWatcher::is_current)
    }

    /// Watches the folder that is now at the path of the content. Returns whether its canonical path has changed.
    fn rewatch(&mut self) -> bool {
        self.watcher = ContentWatcher::start(&self.content, &self.message_tx).ok();
        self.watcher.as_ref().is_some_and(|watcher| self.workspace.relocate(watcher.root()))
    }

    fn watch_theme(&mut self) {
        if let (Some(watcher), Some(theme)) = (&mut self.watcher, self.workspace.theme_path()) {
            watcher.watch_theme(theme);
        }
    }

    /// Reports the new state to the user and to the open pages. Returns the site; `None` if there are errors.
    fn announce(&mut self, result: LinkOutcome, start: Instant) -> Option<SiteSnapshot> {
        let LinkOutcome { site, diagnostics, sources } = result;
        let errors = OverlayError::all(&diagnostics, &sources, self.lang);
        if site.is_some() {
            self.revision += 1;
            self.errors.clear();
        } else if errors == self.errors {
            return site;
        } else {
            self.errors = errors;
        }
        self.send_state();
        (self.on_update)(Update { shown: site.is_some(), elapsed: start.elapsed(), diagnostics, sources: &sources });
        site
    }

    fn send_state(&self) {
        let errors = ErrorOverlay::new(&self.errors, self.lang);
        let errors = errors.map(|errors| if self.hides_messages { errors.without_messages() } else { errors });
        self.state_tx.send_replace(State { revision: self.revision, errors }.event());
    }

    fn respond(&mut self, path: &str, routes: Option<&Routes<'_>>) -> FileResponse {
        let Some(routes) = routes else { return self.placeholder("index.html".to_owned()) };
        let slash = if path.is_empty() || path.ends_with('/') { "" } else { "/" };
        let found = routes.find(path).or_else(|| routes.find(&format!("{path}{slash}index.html")));
        let status = if found.is_some() { 200 } else { 404 };
        match found.or_else(|| routes.find("404.html")) {
            Some((unit, file)) => self.render(status, file, unit, routes.sources()),
            None => FileResponse { status, path: String::new(), bytes: Vec::new() },
        }
    }

    fn render(&mut self, status: u16, file: &OutputFile, unit: &UnitRoutes<'_>, sources: &Sources) -> FileResponse {
        let path = file.url().path().to_owned();
        let is_page = file.page().is_some();
        let html = match unit.renderer.render(file, &mut Vec::new()) {
            Ok(artifact) if !is_page => return FileResponse { status, path, bytes: artifact.body.into_owned() },
            Ok(artifact) => {
                let html = artifact.body.into_owned();
                self.keep_last_good(&path, &html);
                Some(html)
            }
            Err(error) => {
                let errors = match error {
                    RenderError::Diagnostics(errors) => errors,
                    RenderError::Command(error) => vec![unlocated_error(Rule::Unreadable, error.message())],
                };
                self.report_render_errors(errors, sources);
                self.last_good.iter().find(|(page, _)| *page == path).map(|(_, html)| html.clone())
            }
        };
        match html {
            Some(html) => FileResponse { status, path, bytes: page::with_script(html, self.revision) },
            None if is_page => self.placeholder(path),
            None => FileResponse { status: 404, path, bytes: Vec::new() },
        }
    }

    fn placeholder(&self, path: String) -> FileResponse {
        FileResponse { status: 503, path, bytes: page::placeholder(self.lang, self.revision).into_bytes() }
    }

    fn keep_last_good(&mut self, path: &str, html: &[u8]) {
        self.last_good.retain(|(page, _)| page != path);
        self.last_good.push_back((path.to_owned(), html.to_vec()));
        if self.last_good.len() > MAX_LAST_GOOD {
            self.last_good.pop_front();
        }
    }

    /// Reports errors that occurred only when a page was rendered.
    fn report_render_errors(&mut self, mut errors: Vec<Diagnostic>, sources: &Sources) {
        let is_known = |error: &Diagnostic| {
            let errors = OverlayError::all(std::slice::from_ref(error), sources, self.lang);
            errors.iter().all(|error| self.errors.contains(error))
        };
        errors.retain(|error| !is_known(error));
        if errors.is_empty() {
            return;
        }
        self.errors.extend(OverlayError::all(&errors, sources, self.lang));
        self.send_state();
        (self.on_update)(Update { shown: false, elapsed: Duration::ZERO, diagnostics: errors, sources });
    }
}
