//! Preview: a local server that shows the site in the current state of the content.
//!
//! ```text
//! watcher ─paths→ event loop ─newest state→ server ─event→ open pages, which reload
//! browser ─path→ server ─request→ event loop ─renderer→ the same bytes as `build` writes, plus a script
//! ```
//!
//! - [`crate::workspace::live`]: the content in memory, updated unit by unit;
//! - [`watcher`]: file system events;
//! - [`event_loop`]: the only thread that owns the site; renders files and applies changes; [`message`]: its input;
//! - [`routes`]: lookup of the files of the current site by path;
//! - [`server`]: HTTP and access control; [`body`]: response bodies; [`connections`]: limit on open connections;
//! - [`state`]: the revision and errors sent to open pages;
//! - [`errors`], [`page`]: the error overlay, and other additions to pages.

mod body;
mod connections;
mod errors;
mod event_loop;
mod message;
mod page;
mod routes;
mod server;
mod state;
mod watcher;

use crate::build::CommandError;
use crate::diagnostic::{Bilingual, Diagnostic, Lang, Sources, io_error_text, say};
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
use watcher::ContentWatcher;

/// Options of the preview.
#[derive(Debug, Clone, Copy)]
pub struct PreviewOptions<'a> {
    /// Path of the content folder.
    pub content: &'a Path,
    /// Strategies or units to show; empty for all.
    pub only: &'a [String],
    /// Host name or IP address to listen on.
    pub host: &'a str,
    /// Port to listen on; if it is in use, the next free one is used.
    pub port: u16,
    /// Language of messages on pages.
    pub lang: Lang,
    /// Treatment of draft editions.
    pub drafts: Drafts,
}

/// Result of reading the content, initially or after a change.
#[derive(Debug)]
pub struct Update<'a> {
    /// True if the new content is shown. With errors, the last content without errors is shown instead.
    pub shown: bool,
    /// Time taken by reading and linking.
    pub elapsed: Duration,
    /// Diagnostics of the content.
    pub diagnostics: Vec<Diagnostic>,
    /// Text files to which the diagnostics point.
    pub sources: &'a Sources,
}

/// A preview that is ready to run.
pub struct Preview<'a> {
    options: PreviewOptions<'a>,
    workspace: LiveWorkspace,
    watcher: ContentWatcher,
    listener: TcpListener,
    address: SocketAddr,
    message_tx: Sender<Message>,
    messages: Receiver<Message>,
}

impl<'a> Preview<'a> {
    /// Reads the content and starts to listen.
    ///
    /// # Errors
    /// Fails if the content cannot be read or watched, or the address is not available.
    pub fn open(options: PreviewOptions<'a>) -> Result<Self, CommandError> {
        let PreviewOptions { content, only, host, port, drafts, .. } = options;
        let (message_tx, messages) = channel();
        // Watching starts before the first read, so that no change is missed in between.
        let watcher = ContentWatcher::start(content, &message_tx).map_err(|error| {
            let Bilingual { ja, en } = watcher::reason(&error);
            CommandError::Other(say!(ja: "原稿の変更を監視できません: {ja}", en: "cannot watch the content: {en}"))
        })?;
        let analysis = AnalysisOptions { drafts, adapt_site: Some(adapt_site), ..AnalysisOptions::default() };
        let workspace = LiveWorkspace::open(watcher.root(), only, analysis)?;
        let listen_error = |error: io::Error| {
            let Bilingual { ja, en } = io_error_text(&error);
            CommandError::Other(say!(
                ja: "{host} のポート {port} を使用できません: {ja}",
                en: "cannot listen on port {port} of {host}: {en}"
            ))
        };
        let listener = server::listen(host, port).map_err(listen_error)?;
        let address = listener.local_addr().map_err(listen_error)?;
        Ok(Self { options, workspace, watcher, listener, address, message_tx, messages })
    }

    /// Address on which the server listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns true if the address can be reached from other computers.
    pub fn accepts_remote(&self) -> bool {
        !self.address.ip().is_loopback()
    }

    /// Returns true if the content is polled once a second because the system reports no file events.
    pub fn is_polling(&self) -> bool {
        self.watcher.is_polling
    }

    /// Runs until the process ends.
    ///
    /// # Errors
    /// Fails if no connections can be accepted.
    pub fn run(self, on_update: &dyn Fn(Update<'_>)) -> Result<(), CommandError> {
        // Error messages quote the content, including drafts.
        let hides_messages = self.accepts_remote() && self.options.drafts == Drafts::Hidden;
        let Self { options, workspace, watcher, listener, message_tx, messages, .. } = self;
        let PreviewOptions { content, host, lang, .. } = options;
        let (state_tx, state_rx) = tokio::sync::watch::channel(State::default().event());
        let server = HttpServer { host: host.to_owned(), lang, state_rx, message_tx: message_tx.clone() };
        server::start(listener, server).map_err(|error| {
            let Bilingual { ja, en } = io_error_text(&error);
            CommandError::Other(say!(ja: "接続を受け付けられません: {ja}", en: "cannot accept connections: {en}"))
        })?;
        // Revisions increase from run to run, so that a page of an earlier run is recognized as outdated.
        let epoch = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let event_loop = EventLoop {
            content: absolute(content).unwrap_or_else(|_| content.to_owned()),
            workspace,
            messages,
            message_tx,
            state_tx,
            lang,
            hides_messages,
            on_update,
            watcher: Some(watcher),
            next_watch_check: Instant::now(),
            is_missing: false,
            revision: epoch.as_secs() << 16,
            errors: Vec::new(),
            pending: Vec::new(),
            rescan: None,
            last_good: VecDeque::new(),
        };
        event_loop.run();
        Ok(())
    }
}

/// Removes settings that apply only to the published site, and admits the script of the preview in the CSP.
fn adapt_site(site: &mut Site) {
    site.base = None;
    site.csp = site.csp.as_deref().map(page::extend_csp);
}
