//! HTTP: what a browser may ask, and who may ask.
//!
//! Clients may open thousands of connections, send nothing, or never read a response, so no thread may block on one.
//! `hyper` serves all of them on one thread, one request of a connection at a time, and [`super::connections`] limits
//! them. `tiny_http`, a server of blocking threads, has no such limits, and stops accepting for good when the process
//! runs out of file descriptors.
//!
//! Only what the plan of the site names is served: a path is looked up, never opened, so that
//! no path leads out of the site. And only those are answered who name this machine: a page of
//! another site could otherwise point its own name here and read along (DNS rebinding). Nor may such a
//! page load anything from here, scripts least of all: the search index is one, and holds the drafts. Browsers
//! say who asks (`Sec-Fetch-Site`); those that do not, being old or connected by a plain network address, are told
//! by `Cross-Origin-Resource-Policy` to keep what they got from others.

use super::body::Body;
use super::connections::{Connection, Connections};
use super::message::{Answer, Message, Question};
use super::page;
use crate::diagnostic::{Bilingual, Lang, say};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode, Uri};
use hyper_util::rt::TokioIo;
use percent_encoding::percent_decode_str;
use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, TcpListener};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::runtime::Builder;
use tokio::sync::{oneshot, watch};

/// How many ports after the wanted one are tried.
const TRIED: u16 = 100;

/// Maximum number of buffered bytes of a connection: request heads, and unsent parts of the response.
const BUFFER: usize = 64 << 10;

/// Delay after a connection could not be accepted.
const ACCEPT_AGAIN: Duration = Duration::from_millis(5);

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

/// Serves the connections to `listener` on a separate thread until the process ends.
pub(super) fn start(listener: TcpListener, server: HttpServer) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = Builder::new_current_thread().enable_io().enable_time().build()?;
    let context = runtime.enter();
    let listener = tokio::net::TcpListener::from_std(listener)?;
    drop(context);
    let serve = move || runtime.block_on(accept(listener, Arc::new(server)));
    std::thread::Builder::new().name("http".to_owned()).spawn(serve).map(drop)
}

async fn accept(listener: tokio::net::TcpListener, server: Arc<HttpServer>) {
    let connections = Arc::new(Connections::default());
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let server = Arc::clone(&server);
                connections.open(|connection| tokio::spawn(server.serve(stream, connection)).abort_handle());
                // Accepting a flood of connections must not starve the open ones.
                tokio::task::yield_now().await;
            }
            Err(_) => {
                // The process may be out of files.
                connections.close_one();
                tokio::time::sleep(ACCEPT_AGAIN).await;
            }
        }
    }
}

/// Request handler.
pub(super) struct HttpServer {
    /// The name by which the user wants the machine to be called.
    pub(super) host: String,
    pub(super) lang: Lang,
    /// The newest state, as pages are told it.
    pub(super) newest_event: watch::Receiver<Bytes>,
    pub(super) event_tx: Sender<Message>,
}

impl HttpServer {
    /// Serves the requests of a connection in order.
    async fn serve(self: Arc<Self>, stream: TcpStream, connection: Connection) {
        let service = service_fn(|request| {
            let (server, connection) = (Arc::clone(&self), connection.clone());
            async move { Ok::<_, Infallible>(server.respond(&request, &connection).await) }
        });
        // A client that breaks off or sends something else than HTTP is nothing to tell of.
        let _ = http1::Builder::new().max_buf_size(BUFFER).serve_connection(TokioIo::new(stream), service).await;
    }

    async fn respond(&self, request: &Request<Incoming>, connection: &Connection) -> Response<Body> {
        connection.asks();
        let (content_type, status, body) = match self.answer(request).await {
            Some(Answer { status, path, bytes }) => (content_type(&path), status, Body::file(connection, bytes.into())),
            None => ("text/event-stream".to_owned(), 200, Body::events(connection, self.newest_event.clone())),
        };
        let mut response = Response::new(body);
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        headers.extend(HeaderValue::try_from(content_type).map(|kind| (header::CONTENT_TYPE, kind)));
        headers.extend(HEADERS.map(|(name, value)| (name, HeaderValue::from_static(value))));
        response
    }

    /// The answer to a request; `None` for a page that listens from now on.
    async fn answer(&self, request: &Request<Incoming>) -> Option<Answer> {
        let head = *request.method() == Method::HEAD;
        if !head && *request.method() != Method::GET {
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
        match path(request.uri()).as_deref() {
            Some(page::EVENTS_PATH) if !head => None,
            Some(page::SCRIPT_PATH) => {
                let bytes = page::SCRIPT.as_bytes().to_vec();
                Some(Answer { status: 200, path: "preview.js".to_owned(), bytes })
            }
            Some(path) => Some(self.ask(path).await),
            None => Some(self.refuse(400, &say!(ja: "読めないアドレスです", en: "the address cannot be read"))),
        }
    }

    async fn ask(&self, path: &str) -> Answer {
        let (reply, answer) = oneshot::channel();
        let question = Question { path: path.to_owned(), reply };
        match self.event_tx.send(Message::Ask(question)) {
            Ok(()) => answer.await.ok(),
            Err(_) => None,
        }
        .unwrap_or_else(|| self.refuse(503, &say!(ja: "終了しました", en: "the preview has ended")))
    }

    fn refuse(&self, status: u16, words: &Bilingual) -> Answer {
        let bytes = format!("{}\n", words.get(self.lang)).into_bytes();
        Answer { status, path: "message.txt".to_owned(), bytes }
    }
}

/// Headers of every response.
const HEADERS: [(HeaderName, &str); 6] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
    (header::REFERRER_POLICY, "same-origin"),
];

/// The path below the root that an address asks for; `None` if it is not text.
fn path(uri: &Uri) -> Option<String> {
    let path = uri.path().strip_prefix('/').filter(|_| uri.authority().is_none())?;
    Some(percent_decode_str(path).decode_utf8().ok()?.into_owned())
}

/// Whether the request names this machine: by an address, which nobody can point elsewhere, as
/// `localhost`, or by the name that the user chose.
fn is_of_this_machine(headers: &HeaderMap, chosen: &str) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(Ok(host)), None) = (hosts.next().map(HeaderValue::to_str), hosts.next()) else { return false };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    bare.parse::<IpAddr>().is_ok() || [chosen, "localhost"].iter().any(|known| known.eq_ignore_ascii_case(bare))
}

/// Whether a page of the preview asks, or the user: by typing the address, or by following a link, which shows the
/// page and gives it to nobody. Ports of one machine are one site to browsers, so `same-site` is another's too.
fn is_own(headers: &HeaderMap) -> bool {
    let value = |name: &str| {
        let mut values = headers.get_all(name).iter().map(|value| value.to_str().unwrap_or_default());
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
    use std::io::{BufRead, BufReader, Write};

    fn host(values: &[&str], chosen: &str) -> bool {
        is_of_this_machine(&values.iter().map(|value| (header::HOST, value.parse().unwrap())).collect(), chosen)
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
            is_own(&headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect())
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
        let path = |address: &str| path(&address.parse().unwrap());
        assert_eq!(path("/").as_deref(), Some(""));
        assert_eq!(path("/a/b.html?x=1").as_deref(), Some("a/b.html"));
        assert_eq!(path("/%E5%86%99%E7%9C%9F%201.jpg").as_deref(), Some("写真 1.jpg"));
        assert_eq!(path("/%FF"), None);
        assert_eq!(path("http://localhost/"), None);
        assert_eq!(path("*"), None);
    }

    #[test]
    fn a_listener_that_does_not_read_keeps_none_from_the_newest_event() {
        let (events, newest_event) = watch::channel(Bytes::from("data: 0\n\n"));
        let listener = listen("127.0.0.1", 0).unwrap();
        let address = listener.local_addr().unwrap();
        let event_tx = std::sync::mpsc::channel().0;
        start(listener, HttpServer { host: String::new(), lang: Lang::En, newest_event, event_tx }).unwrap();
        let open = || {
            let mut stream = std::net::TcpStream::connect(address).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
            stream.write_all(b"GET /.shirube/events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
            let mut lines = BufReader::new(stream).lines().map(Result::unwrap);
            assert!(lines.any(|line| line == "data: 0"));
            lines
        };
        let (mut stalled, mut reading) = (open(), open());
        let large = "x".repeat(8 << 20);
        for number in 1..=20 {
            events.send_replace(format!("data: {large}\ndata: {number}\n\n").into());
            let newest = format!("data: {number}");
            assert!(reading.any(|line| line == newest));
        }
        assert!(stalled.any(|line| line == "data: 20"), "it is told the newest when it reads again");
    }

    #[test]
    fn a_port_that_is_taken_gives_way_to_the_next() {
        let taken = listen("127.0.0.1", 0).unwrap();
        let port = taken.local_addr().unwrap().port();
        let next = listen("127.0.0.1", port).unwrap().local_addr().unwrap().port();
        assert!(next > port, "{next}");
    }
}
