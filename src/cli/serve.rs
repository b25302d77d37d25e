//! `shirube serve`: the site in the browser while it is being written.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::process::exit;
use std::time::Duration;

use clap::Args;

use super::console::Console;
use super::{Ending, Selection};
use crate::diagnostic::{Bilingual, say};
use crate::preview::{Preview, PreviewOptions};
use crate::workspace::Drafts;

/// Show the site in the browser, always as the content is now
#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    selection: Selection,

    /// The port to listen at; if it is taken, the next one that is free
    #[arg(long, value_name = "N", default_value_t = 4600)]
    port: u16,

    /// The address to listen at; only this computer can connect to the default
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    host: String,

    /// Leave out editions that are still drafts, as on the published site
    #[arg(long)]
    no_drafts: bool,

    /// Open the browser
    #[arg(long)]
    open: bool,
}

impl Serve {
    pub(super) fn run(&self, console: Console) -> Ending {
        if let Some(message) = self.selection.misuse() {
            console.fail(&message);
            return Ending::Misused;
        }
        let content = &self.selection.content;
        let only = &self.selection.strategy;
        let drafts = if self.no_drafts { Drafts::Hidden } else { Drafts::Shown };
        let options = PreviewOptions { content, only, host: &self.host, port: self.port, lang: console.lang, drafts };
        let preview = match Preview::open(options) {
            Ok(preview) => preview,
            Err(failure) => return console.end(&failure),
        };
        // The preview writes nothing, so there is nothing to wait for: no client, and no template without end.
        if let Err(error) = ctrlc::set_handler(|| exit(Ending::Done as i32)) {
            console.warn(&say!(ja: "Ctrl-C を受け取れません", en: "Ctrl-C cannot be caught ({error})"));
        }
        let mut address = preview.address();
        if address.port() != self.port && self.port != 0 {
            console.warn(&moved(self.port, address.port()));
        }
        if preview.is_open() && drafts == Drafts::Shown {
            console.warn(&open_to_all());
        }
        if preview.polls() {
            console.warn(&say!(
                ja: "変更の知らせを受け取れないため、一秒ごとに調べます",
                en: "the system tells no changes here; they are looked for once a second"
            ));
        }
        if preview.is_open()
            && let Some(address) = outside(address)
        {
            console.done(&say!(
                ja: "ほかのパソコンからは http://{address}/ で見られます",
                en: "other computers can open http://{address}/"
            ));
        }
        if address.ip().is_unspecified() {
            // Listening everywhere is no place to go to.
            address.set_ip(match address {
                SocketAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
                SocketAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
            });
        }
        let url = format!("http://{address}/");
        console.done(&say!(
            ja: "{url} で表示しています。終えるには Ctrl-C を押してください",
            en: "showing the site at {url}; press Ctrl-C to end"
        ));
        if self.open && open::that_detached(&url).is_err() {
            console.warn(&say!(ja: "ブラウザーを開けません", en: "cannot open the browser"));
        }
        let ended = preview.run(&|mut notice| {
            console.report(&mut notice.found, notice.sources, content);
            console.done(&if notice.shown { read(notice.elapsed) } else { kept() });
        });
        ended.map_or_else(|failure| console.end(&failure), |()| Ending::Done)
    }
}

/// Says that another port than the wanted one is used.
fn moved(wanted: u16, port: u16) -> Bilingual {
    say!(
        ja: "ポート {wanted} はほかで使われているため、{port} を使います",
        en: "port {wanted} is taken; using {port}"
    )
}

/// Says who can see what is not published yet.
fn open_to_all() -> Bilingual {
    say!(
        ja: "同じネットワークのほかのパソコンからも見られます。公表前の下書きと、原稿の誤りの表示も見られます。下書きを見せないときは --no-drafts を付けてください",
        en: "other computers of this network can connect, and see drafts and mistakes in the content; --no-drafts hides the drafts"
    )
}

/// The address under which other computers reach what listens at `address`: where that is everywhere, the one from
/// which this computer would send to a far one, if it is connected at all. Nothing is sent to find it.
fn outside(address: SocketAddr) -> Option<SocketAddr> {
    if !address.ip().is_unspecified() {
        return Some(address);
    }
    // Addresses kept for documentation: any far one will do.
    let far: IpAddr = match address {
        SocketAddr::V4(_) => Ipv4Addr::new(192, 0, 2, 1).into(),
        SocketAddr::V6(_) => Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1).into(),
    };
    let socket = UdpSocket::bind((address.ip(), 0)).ok()?;
    socket.connect((far, 9)).ok()?;
    let own = socket.local_addr().ok()?.ip();
    (!own.is_unspecified() && !own.is_loopback()).then(|| SocketAddr::new(own, address.port()))
}

/// Says that the content as it is now is shown.
fn read(elapsed: Duration) -> Bilingual {
    let milliseconds = elapsed.as_millis();
    say!(ja: "読み込みました（{milliseconds} ミリ秒）", en: "read in {milliseconds} ms")
}

/// Says that mistakes keep it from being shown.
fn kept() -> Bilingual {
    say!(
        ja: "誤りが直るまで、前の頁を表示しています",
        en: "showing the pages as they were until this is mended"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_are_told_an_address_that_they_can_open() {
        let outside = |address: &str| outside(address.parse().unwrap());
        assert_eq!(outside("198.51.100.7:4600"), Some("198.51.100.7:4600".parse().unwrap()));
        for address in ["0.0.0.0:4600", "[::]:4600"] {
            // A computer without a network has none.
            if let Some(own) = outside(address) {
                assert!(!own.ip().is_unspecified() && !own.ip().is_loopback() && own.port() == 4600, "{own}");
            }
        }
    }
}
