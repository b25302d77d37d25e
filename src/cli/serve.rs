//! `shirube serve`: live preview of the site in the browser.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::process::exit;
use std::time::Duration;

use clap::Args;

use super::console::Console;
use super::{Exit, Selection};
use crate::diagnostic::{Bilingual, say};
use crate::preview::{Preview, PreviewOptions};
use crate::workspace::Drafts;

/// Serve the site to the browser, updated whenever the content changes
///
/// サイトをブラウザーで表示します。原稿を保存すると、すぐに反映します。
#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    selection: Selection,

    /// Port to listen on; if it is in use, the next free one
    ///
    /// 待ち受けるポート（使用中の場合は、次の空いているポート）
    #[arg(long, value_name = "N", default_value_t = 4600)]
    port: u16,

    /// Address to listen on; only this computer can connect to the default
    ///
    /// 待ち受けるアドレス（既定では、このパソコンからだけ接続できます）
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    host: String,

    /// Leave out draft editions, as on the published site
    ///
    /// 公開されるサイトと同じように、下書きの版を除く
    #[arg(long)]
    no_drafts: bool,

    /// Open the browser
    ///
    /// ブラウザーを開く
    #[arg(long)]
    open: bool,
}

impl Serve {
    pub(super) fn run(&self, console: Console) -> Exit {
        if let Some(message) = self.selection.usage_error() {
            console.error(&message);
            return Exit::Usage;
        }
        let content = &self.selection.content;
        let only = &self.selection.strategy;
        let drafts = if self.no_drafts { Drafts::Hidden } else { Drafts::Shown };
        let options = PreviewOptions { content, only, host: &self.host, port: self.port, lang: console.lang, drafts };
        let preview = match Preview::open(options) {
            Ok(preview) => preview,
            Err(error) => return console.fail(&error),
        };
        // The preview writes no files, so it exits at once, without waiting for clients or for a
        // template that never finishes.
        if let Err(error) = ctrlc::set_handler(|| exit(Exit::Success as i32)) {
            console
                .warn(&say!(ja: "Ctrl-C による終了を設定できません（{error}）", en: "cannot handle Ctrl-C ({error})"));
        }
        let mut address = preview.address();
        if address.port() != self.port && self.port != 0 {
            console.warn(&port_changed(self.port, address.port()));
        }
        if preview.accepts_remote() && drafts == Drafts::Shown {
            console.warn(&drafts_exposed());
        }
        if preview.is_polling() {
            console.warn(&say!(
                ja: "変更の通知を受け取れないため、1秒ごとに確認します",
                en: "the system does not report changes to this folder; polling it once a second"
            ));
        }
        if preview.accepts_remote()
            && let Some(address) = external_address(address)
        {
            console.print(&say!(
                ja: "ほかのパソコンからは http://{address}/ で表示できます",
                en: "other computers can open http://{address}/"
            ));
        }
        if address.ip().is_unspecified() {
            // A browser cannot open an unspecified address.
            address.set_ip(match address {
                SocketAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
                SocketAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
            });
        }
        let url = format!("http://{address}/");
        console.print(&say!(
            ja: "{url} で表示しています。終了するには Ctrl-C を押してください",
            en: "serving the site at {url}; press Ctrl-C to stop"
        ));
        if self.open && open::that_detached(&url).is_err() {
            console.warn(&say!(ja: "ブラウザーを開けません", en: "cannot open the browser"));
        }
        let result = preview.run(&|mut update| {
            console.report(&mut update.diagnostics, update.sources, content);
            console.print(&if update.shown { updated(update.elapsed) } else { outdated() });
        });
        result.map_or_else(|error| console.fail(&error), |()| Exit::Success)
    }
}

/// Notice that a port other than the requested one is used.
fn port_changed(wanted: u16, port: u16) -> Bilingual {
    say!(
        ja: "ポート {wanted} は使用中のため、{port} を使います",
        en: "port {wanted} is in use; using {port}"
    )
}

/// Warning that other computers can see drafts.
fn drafts_exposed() -> Bilingual {
    say!(
        ja: "同じネットワークのほかのパソコンから、公表前の下書きと原稿の誤りも閲覧できます。下書きを除くときは --no-drafts を付けてください",
        en: "other computers on this network can connect and see drafts and errors in the content; --no-drafts hides the drafts"
    )
}

/// Address at which other computers reach a server that listens at `address`. For an unspecified
/// address, the local address of the route to a remote host; `None` without such a route. Sends no
/// packet.
fn external_address(address: SocketAddr) -> Option<SocketAddr> {
    if !address.ip().is_unspecified() {
        return Some(address);
    }
    // Any remote address serves; these are reserved for documentation.
    let remote: IpAddr = match address {
        SocketAddr::V4(_) => Ipv4Addr::new(192, 0, 2, 1).into(),
        SocketAddr::V6(_) => Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1).into(),
    };
    let socket = UdpSocket::bind((address.ip(), 0)).ok()?;
    socket.connect((remote, 9)).ok()?;
    let local = socket.local_addr().ok()?.ip();
    (!local.is_unspecified() && !local.is_loopback()).then(|| SocketAddr::new(local, address.port()))
}

/// Notice that the pages show the current content.
fn updated(elapsed: Duration) -> Bilingual {
    let milliseconds = elapsed.as_millis();
    say!(ja: "読み込みました（{milliseconds}ミリ秒）", en: "updated in {milliseconds} ms")
}

/// Notice that errors keep the pages from being updated.
fn outdated() -> Bilingual {
    say!(
        ja: "誤りが修正されるまで、前回のページを表示します",
        en: "showing the previous pages until the errors are fixed"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn external_address_is_reachable_from_other_computers() {
        let external = |address: &str| external_address(address.parse().unwrap());
        assert_eq!(external("198.51.100.7:4600"), Some("198.51.100.7:4600".parse().unwrap()));
        for address in ["0.0.0.0:4600", "[::]:4600"] {
            // `None` on a computer without a network.
            if let Some(found) = external(address) {
                let is_local = found.ip().is_unspecified() || found.ip().is_loopback();
                assert!(!is_local && found.port() == 4600, "{found}");
            }
        }
    }
}
