//! The preview: the site as a local server, always as the content is now.
//!
//! ```text
//! watch ─paths→ event loop ─newest state→ server ─event→ pages that are open, which reload
//! browser ─path→ server ─question→ event loop ─renderer→ the same bytes as `build` writes, and a script
//! ```
//!
//! - [`crate::workspace::live`]: the content in memory, read again unit by unit;
//! - [`watch`]: which files change;
//! - [`event_loop`]: the one thread that holds the site, answers, and applies changes; [`message`]: what it is told;
//! - [`routes`]: the files of the site as it is now, found by their paths;
//! - [`server`]: HTTP, and who may ask; [`body`]: responses; [`connections`]: how many there may be;
//! - [`state`]: what open pages are told;
//! - [`mistakes`], [`page`]: what is shown over and on the pages.

mod body;
mod connections;
mod event_loop;
mod message;
mod mistakes;
mod page;
mod routes;
mod server;
mod state;
mod watch;

use crate::build::CommandError;
use crate::diagnostic::{Bilingual, Diagnostic, Lang, Sources, reason, say};
use crate::model::Site;
use crate::workspace::live::LiveWorkspace;
use crate::workspace::{AnalysisOptions, Drafts};
use event_loop::EventLoop;
use message::Message;
use server::HttpServer;
use state::State;
use std::collections::VecDeque;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, absolute};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant, SystemTime};
use watch::Watch;

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
    listener: TcpListener,
    address: SocketAddr,
    event_tx: Sender<Message>,
    inbox: Receiver<Message>,
}

impl<'a> Preview<'a> {
    /// Reads the content and listens.
    ///
    /// # Errors
    /// When the content cannot be read, or nobody can listen there.
    pub fn open(options: PreviewOptions<'a>) -> Result<Self, CommandError> {
        let PreviewOptions { content, only, host, port, drafts, .. } = options;
        let (event_tx, inbox) = channel();
        // Watched before it is read, so that no change is missed in between.
        let watch = Watch::start(content, &event_tx).map_err(|error| {
            let Bilingual { ja, en } = watch::reason(&error);
            CommandError::Other(say!(ja: "原稿の変更を見張れません（{ja}）", en: "cannot watch the content ({en})"))
        })?;
        let options_of_content = AnalysisOptions { drafts, adapt: Some(adapt) };
        let workspace = LiveWorkspace::open(watch.root(), only, options_of_content)?;
        let cannot = |error: io::Error| {
            let Bilingual { ja, en } = reason(&error);
            CommandError::Other(say!(
                ja: "{host} のポート {port} で待ち受けられません（{ja}）",
                en: "cannot listen at {host}, port {port} ({en})"
            ))
        };
        let listener = server::listen(host, port).map_err(cannot)?;
        let address = listener.local_addr().map_err(cannot)?;
        Ok(Self { options, workspace, watch, listener, address, event_tx, inbox })
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

    /// Runs until the process ends.
    ///
    /// # Errors
    /// When no connections can be accepted.
    pub fn run(self, notice: &dyn Fn(Notice<'_>)) -> Result<(), CommandError> {
        // Mistakes quote what is written, in drafts too.
        let discreet = self.is_open() && self.options.drafts == Drafts::Hidden;
        let Self { options, workspace, watch, listener, event_tx, inbox, .. } = self;
        let PreviewOptions { content, host, lang, .. } = options;
        let (newest_event, events) = tokio::sync::watch::channel(State::default().event());
        let server = HttpServer { host: host.to_owned(), lang, newest_event: events, event_tx: event_tx.clone() };
        server::start(listener, server).map_err(|error| {
            let Bilingual { ja, en } = reason(&error);
            CommandError::Other(say!(ja: "接続を受け付けられません（{ja}）", en: "cannot accept connections ({en})"))
        })?;
        // Snapshots are numbered on from run to run, so that a page of the last run is known as old.
        let epoch = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let event_loop = EventLoop {
            content: absolute(content).unwrap_or_else(|_| content.to_owned()),
            workspace,
            inbox,
            event_tx,
            newest_event,
            lang,
            discreet,
            notice,
            watch: Some(watch),
            next_look: Instant::now(),
            is_lost: false,
            revision: epoch.as_secs() << 16,
            mistakes: Vec::new(),
            waiting: Vec::new(),
            rescan: None,
            remembered: VecDeque::new(),
        };
        event_loop.run();
        Ok(())
    }
}

/// Takes back what holds only where the site is published.
fn adapt(site: &mut Site) {
    site.base = None;
    site.csp = site.csp.as_deref().map(page::with_preview);
}
