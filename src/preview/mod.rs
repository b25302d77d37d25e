//! The preview: the site as a local server, always as the content is now.
//!
//! ```text
//! watch ─paths→ event loop ─new snapshot→ hub ─event→ pages that are open, which reload
//! browser ─path→ server ─question→ event loop ─renderer→ the same bytes as `build` writes, and a script
//! ```
//!
//! - [`crate::workspace::live`]: the content in memory, read again unit by unit;
//! - [`watch`]: which files change;
//! - [`event_loop`]: the one thread that holds the site, answers, and applies changes; [`message`]: what it is told;
//! - [`routes`]: the files of the site as it is now, found by their paths;
//! - [`server`]: HTTP, and who may ask;
//! - [`hub`]: what open pages are told;
//! - [`mistakes`], [`page`]: what is shown over and on the pages.

mod event_loop;
mod hub;
mod message;
mod mistakes;
mod page;
mod routes;
mod server;
mod watch;

use crate::build::CommandError;
use crate::diagnostic::{Bilingual, Diagnostic, Lang, Sources, reason, say};
use crate::model::Site;
use crate::workspace::live::LiveWorkspace;
use crate::workspace::{AnalysisOptions, Drafts};
use event_loop::EventLoop;
use hub::Hub;
use message::Message;
use server::HttpWorker;
use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, SystemTime};
use tiny_http::Server;
use watch::Watch;

/// Files that are asked for at the same time.
const WORKERS: usize = 4;

/// What to show, and where.
#[derive(Debug, Clone, Copy)]
pub struct PreviewOptions<'a> {
    /// The content folder.
    pub content: &'a Path,
    /// The strategies or units to show; all where it is empty.
    pub only: &'a [String],
    /// The name or address to listen at.
    pub host: &'a str,
    /// The port to listen at; if it is taken, the next one that is free.
    pub port: u16,
    /// The language of messages on pages.
    pub lang: Lang,
    /// Whether editions that are still drafts are shown.
    pub drafts: Drafts,
}

/// What came of reading the content, at first or after a change.
#[derive(Debug)]
pub struct Notice<'a> {
    /// Whether it is shown; else the last content without mistakes is.
    pub shown: bool,
    /// How long it took.
    pub elapsed: Duration,
    /// What is wrong with it.
    pub found: Vec<Diagnostic>,
    /// All text files.
    pub sources: &'a Sources,
}

/// A preview that is ready to run.
pub struct Preview<'a> {
    options: PreviewOptions<'a>,
    workspace: LiveWorkspace,
    watch: Watch,
    server: Server,
    address: SocketAddr,
    event_tx: Sender<Message>,
    inbox: Receiver<Message>,
}

/// Ends a preview, from any thread.
#[derive(Debug, Clone)]
pub struct Stopper(Sender<Message>);

impl Stopper {
    /// Ends it.
    pub fn stop(&self) {
        // It may have ended already.
        let _ = self.0.send(Message::Stop);
    }
}

impl<'a> Preview<'a> {
    /// Reads the content and listens.
    ///
    /// # Errors
    /// When the content cannot be read, or nobody can listen there.
    pub fn open(options: PreviewOptions<'a>) -> Result<Self, CommandError> {
        let PreviewOptions { content, only, host, port, drafts, .. } = options;
        let root = content.canonicalize().unwrap_or_else(|_| content.to_owned());
        let (event_tx, inbox) = channel();
        // Watched before it is read, so that no change is missed in between.
        let watch = Watch::start(&root, &event_tx).map_err(|error| {
            let Bilingual { ja, en } = watch::reason(&error);
            CommandError::Other(say!(ja: "原稿の変更を見張れません（{ja}）", en: "cannot watch the content ({en})"))
        })?;
        let options_of_content = AnalysisOptions { drafts, adapt: Some(adapt) };
        let workspace = LiveWorkspace::open(&root, only, options_of_content)?;
        let cannot = |error: io::Error| {
            let Bilingual { ja, en } = reason(&error);
            CommandError::Other(say!(
                ja: "{host} のポート {port} で待ち受けられません（{ja}）",
                en: "cannot listen at {host}, port {port} ({en})"
            ))
        };
        let listener = server::listen(host, port).map_err(cannot)?;
        let address = listener.local_addr().map_err(cannot)?;
        let server = Server::from_listener(listener, None).map_err(|error| cannot(io::Error::other(error)))?;
        Ok(Self { options, workspace, watch, server, address, event_tx, inbox })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Whether other computers can connect.
    pub fn is_open(&self) -> bool {
        !self.address.ip().is_loopback()
    }

    /// Whether the system does not tell what changes, so that it is looked for once a second.
    pub fn polls(&self) -> bool {
        self.watch.polls
    }

    /// What ends it.
    pub fn stopper(&self) -> Stopper {
        Stopper(self.event_tx.clone())
    }

    /// Runs until it is stopped.
    pub fn run(self, notice: &dyn Fn(Notice<'_>)) {
        // Mistakes quote what is written, in drafts too.
        let discreet = self.is_open() && self.options.drafts == Drafts::Hidden;
        let Self { options, workspace, watch, server, event_tx, inbox, .. } = self;
        let (hub, server) = (Arc::new(Hub::default()), Arc::new(server));
        // Nobody waits for these in the end: a browser may be slow to take what it asked for.
        for _ in 0..WORKERS {
            let worker = HttpWorker::new(options.host, options.lang, &hub, &event_tx);
            let server = Arc::clone(&server);
            std::thread::spawn(move || {
                while let Ok(request) = server.recv() {
                    worker.handle(request);
                }
            });
        }
        // Snapshots are numbered on from run to run, so that a page of the last run is known as old.
        let epoch = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let event_loop = EventLoop {
            workspace,
            inbox,
            event_tx,
            hub: &hub,
            lang: options.lang,
            discreet,
            notice,
            watch: Some(watch),
            revision: epoch.as_secs() << 16,
            mistakes: Vec::new(),
            waiting: VecDeque::new(),
            rescan: None,
            remembered: VecDeque::new(),
            stopped: false,
        };
        event_loop.run();
        (0..WORKERS).for_each(|_| server.unblock());
    }
}

/// Takes back what holds only where the site is published.
fn adapt(site: &mut Site) {
    site.base = None;
    site.csp = site.csp.as_deref().map(page::with_preview);
}
