//! HTTP: what a browser may ask, and who may ask.
//!
//! `tiny_http` is enough here, and small: one person's browser asks, the event loop answers one
//! question at a time anyway, and there is nothing to await. `axum` would bring an async
//! runtime and forty crates for that.
//!
//! Only what the plan of the site names is served: a path is looked up, never opened, so that
//! no path leads out of the site. And only those are answered who name this machine: a page of
//! another site could otherwise point its own name here and read along (DNS rebinding). Nor may such a
//! page load anything from here, scripts least of all: the search index is one, and holds the drafts. Browsers
//! say who asks (`Sec-Fetch-Site`); those that do not, being old or connected by a plain network address, are told
//! by `Cross-Origin-Resource-Policy` to keep what they got from others.

use super::hub::Hub;
use super::message::{Answer, Message, Question};
use super::page;
use crate::diagnostic::{Bilingual, Lang, say};
use percent_encoding::percent_decode_str;
use std::io;
use std::net::{IpAddr, TcpListener};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use tiny_http::{Header, Method, Request, Response};

/// How many ports after the wanted one are tried.
const TRIED: u16 = 100;

/// Listens at `port` of `host` or, if it is taken, at the next one that is free.
pub(super) fn listen(host: &str, port: u16) -> io::Result<TcpListener> {
    let last = port.saturating_add(if port == 0 { 0 } else { TRIED });
    let mut result = TcpListener::bind((host, port));
    for port in port.saturating_add(1)..=last {
        match &result {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => result = TcpListener::bind((host, port)),
            _ => break,
        }
    }
    result
}

type HttpResponse = Response<io::Cursor<Vec<u8>>>;

/// What answers questions.
pub(super) struct HttpWorker {
    /// The name by which the user wants the machine to be called.
    host: String,
    lang: Lang,
    hub: Arc<Hub>,
    event_tx: Sender<Message>,
}

impl HttpWorker {
    pub(super) fn new(host: &str, lang: Lang, hub: &Arc<Hub>, event_tx: &Sender<Message>) -> Self {
        Self { host: host.to_owned(), lang, hub: Arc::clone(hub), event_tx: event_tx.clone() }
    }

    /// Answers one request.
    pub(super) fn handle(&self, request: Request) {
        match self.answer(&request) {
            // Whoever asked may have gone: then there is nobody to tell.
            Some(response) => drop(request.respond(response)),
            None => self.hub.join(request.into_writer()),
        }
    }

    /// The answer to a request; `None` for a page that listens from now on.
    fn answer(&self, request: &Request) -> Option<HttpResponse> {
        let head = *request.method() == Method::Head;
        if !head && *request.method() != Method::Get {
            return Some(self.refuse(405, &say!(ja: "この方法では読めません", en: "only GET is answered")));
        }
        if !is_of_this_machine(request.headers(), &self.host) {
            let words = say!(
                ja: "ほかの名前での接続は受け付けません。localhost か IP アドレスで開いてください",
                en: "this name is not answered; open the page by localhost or by an IP address"
            );
            return Some(self.refuse(403, &words));
        }
        if !is_own(request.headers()) {
            let words = say!(
                ja: "ほかのサイトの頁からは読み込めません。アドレスを入力して開いてください",
                en: "pages of other sites cannot load this; open it by its address"
            );
            return Some(self.refuse(403, &words));
        }
        match path(request.url()).as_deref() {
            Some(page::EVENTS_PATH) if !head => None,
            Some(page::SCRIPT_PATH) => {
                let bytes = page::SCRIPT.as_bytes().to_vec();
                Some(response(Answer { status: 200, path: "preview.js".to_owned(), bytes }))
            }
            Some(path) => Some(self.ask(path)),
            None => Some(self.refuse(400, &say!(ja: "読めないアドレスです", en: "the address cannot be read"))),
        }
    }

    fn ask(&self, path: &str) -> HttpResponse {
        let (reply, answer) = channel();
        let question = Question { path: path.to_owned(), reply };
        let answer = self.event_tx.send(Message::Ask(question)).ok().and_then(|()| answer.recv().ok());
        match answer {
            Some(answer) => response(answer),
            None => self.refuse(503, &say!(ja: "終了しました", en: "the preview has ended")),
        }
    }

    fn refuse(&self, status: u16, words: &Bilingual) -> HttpResponse {
        let bytes = format!("{}\n", words.get(self.lang)).into_bytes();
        response(Answer { status, path: "message.txt".to_owned(), bytes })
    }
}

fn response(answer: Answer) -> HttpResponse {
    let content_type = content_type(&answer.path);
    let headers = [
        ("Content-Type", content_type.as_str()),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("X-Frame-Options", "SAMEORIGIN"),
        ("Referrer-Policy", "same-origin"),
    ];
    let headers = headers.into_iter().filter_map(|(name, value)| Header::from_bytes(name, value).ok());
    let response = Response::from_data(answer.bytes).with_status_code(answer.status);
    headers.fold(response, Response::with_header)
}

/// The path below the root that an address asks for; `None` if it is not text.
fn path(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next()?.strip_prefix('/')?;
    Some(percent_decode_str(path).decode_utf8().ok()?.into_owned())
}

/// Whether the request names this machine: by an address, which nobody can point elsewhere, as
/// `localhost`, or by the name that the user chose.
fn is_of_this_machine(headers: &[Header], chosen: &str) -> bool {
    let mut hosts = headers.iter().filter(|header| header.field.equiv("Host"));
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let host = host.value.as_str();
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    bare.parse::<IpAddr>().is_ok() || [chosen, "localhost"].iter().any(|known| known.eq_ignore_ascii_case(bare))
}

/// Whether a page of the preview asks, or the user: by typing the address, or by following a link, which shows the
/// page and gives it to nobody. Ports of one machine are one site to browsers, so `same-site` is another's too.
fn is_own(headers: &[Header]) -> bool {
    let value = |name: &'static str| {
        let mut values = headers.iter().filter(|header| header.field.equiv(name)).map(|header| header.value.as_str());
        (values.next(), values.next())
    };
    match value("Sec-Fetch-Site") {
        (None, _) | (Some("same-origin" | "none"), None) => true,
        (_, None) => {
            let follows = [("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")];
            follows.into_iter().all(|(name, wanted)| value(name) == (Some(wanted), None))
        }
        _ => false,
    }
}

fn content_type(path: &str) -> String {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let charset = if kind.type_() == mime_guess::mime::TEXT { "; charset=utf-8" } else { "" };
    format!("{kind}{charset}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(values: &[&str], chosen: &str) -> bool {
        let headers: Vec<_> = values.iter().map(|value| Header::from_bytes("Host", *value).unwrap()).collect();
        is_of_this_machine(&headers, chosen)
    }

    #[test]
    fn only_who_names_this_machine_is_answered() {
        for name in ["localhost", "LOCALHOST:4600", "127.0.0.1:4600", "127.0.0.1", "[::1]:4600", "192.168.1.5:80"] {
            assert!(host(&[name], "127.0.0.1"), "{name}");
        }
        for name in ["evil.example", "evil.example:4600", "localhost.evil.example", "127.0.0.1.evil.example", "", ":80"]
        {
            assert!(!host(&[name], "127.0.0.1"), "{name}");
        }
        assert!(!host(&[], "127.0.0.1"));
        assert!(!host(&["localhost", "evil.example"], "127.0.0.1"));
    }

    #[test]
    fn the_name_that_the_user_chose_is_answered() {
        assert!(host(&["pc-17:4600"], "pc-17"));
        assert!(!host(&["pc-18:4600"], "pc-17"));
    }

    #[test]
    fn only_own_pages_and_the_user_are_answered() {
        let own = |headers: &[(&str, &str)]| {
            let headers: Vec<_> =
                headers.iter().map(|(name, value)| Header::from_bytes(*name, *value).unwrap()).collect();
            is_own(&headers)
        };
        assert!(own(&[]));
        assert!(own(&[("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Dest", "script")]));
        assert!(own(&[("Sec-Fetch-Site", "none"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")]));
        assert!(own(&[
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Mode", "navigate"),
            ("Sec-Fetch-Dest", "document")
        ]));
        for site in ["cross-site", "same-site", "x"] {
            for (mode, dest) in [
                ("no-cors", "script"),
                ("no-cors", "image"),
                ("cors", "empty"),
                ("navigate", "iframe"),
                ("navigate", "object"),
                ("navigate", "embed"),
                ("no-cors", "document"),
            ] {
                let headers = [("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", mode), ("Sec-Fetch-Dest", dest)];
                assert!(!own(&headers), "{headers:?}");
            }
            assert!(!own(&[("Sec-Fetch-Site", site)]));
        }
        assert!(!own(&[("Sec-Fetch-Site", "none"), ("Sec-Fetch-Site", "cross-site")]));
    }

    #[test]
    fn an_address_becomes_a_path_below_the_root() {
        assert_eq!(path("/").as_deref(), Some(""));
        assert_eq!(path("/a/b.html?x=1#y").as_deref(), Some("a/b.html"));
        assert_eq!(path("/%E5%86%99%E7%9C%9F%201.jpg").as_deref(), Some("写真 1.jpg"));
        assert_eq!(path("/%FF"), None);
        assert_eq!(path("http://localhost/"), None);
        assert_eq!(path("*"), None);
    }

    #[test]
    fn a_port_that_is_taken_gives_way_to_the_next() {
        let taken = listen("127.0.0.1", 0).unwrap();
        let port = taken.local_addr().unwrap().port();
        let next = listen("127.0.0.1", port).unwrap().local_addr().unwrap().port();
        assert!(next > port, "{next}");
    }
}
