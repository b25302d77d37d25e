//! HTTP server of the preview, with its access control.
//!
//! Clients may open thousands of connections, send nothing, or never read a response, so no thread may block on a
//! connection. `hyper` serves all connections on one thread, one request of each at a time, and [`super::connections`]
//! limits them. `tiny_http`, a server of blocking threads, has no such limits, and stops accepting permanently when the
//! process runs out of file descriptors.
//!
//! Only files in the plan of the site are served: a path is looked up, never opened, so that no path leads out of the
//! site. The `Host` header must name this machine; otherwise a page of another site could resolve its own name to this
//! address and read responses (DNS rebinding). Such a page must not load anything either, in particular no scripts: the
//! search index is a script, and contains drafts. Browsers report the origin of a request (`Sec-Fetch-Site`);
//! old ones do not, and none does over HTTP to a host other than this machine. In these cases,
//! `Cross-Origin-Resource-Policy` withholds responses from other sites.

use super::body::Body;
use super::connections::{Connection, Connections};
use super::message::{FileRequest, FileResponse, Message};
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

/// Number of ports that are tried after the requested one.
const MAX_EXTRA_PORTS: u16 = 100;

/// Maximum number of buffered bytes of a connection: request heads, and unsent parts of the response.
const BUFFER: usize = 64 << 10;

/// Delay after a failure to accept a connection.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(5);

/// Listens on `port` of `host` or, if it is in use, on the next free port.
pub(super) fn listen(host: &str, port: u16) -> io::Result<TcpListener> {
    let last = port.saturating_add(if port == 0 { 0 } else { MAX_EXTRA_PORTS });
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
                // A flood of new connections must not starve the open ones.
                tokio::task::yield_now().await;
            }
            Err(_) => {
                // The process may have run out of file descriptors.
                connections.close_one();
                tokio::time::sleep(ACCEPT_RETRY_DELAY).await;
            }
        }
    }
}

/// Request handler.
pub(super) struct HttpServer {
    /// Host name chosen by the user, accepted in the `Host` header.
    pub(super) host: String,
    pub(super) lang: Lang,
    /// Newest state, for the event streams of open pages.
    pub(super) state_rx: watch::Receiver<Bytes>,
    pub(super) message_tx: Sender<Message>,
}

impl HttpServer {
    /// Serves the requests of a connection in order.
    async fn serve(self: Arc<Self>, stream: TcpStream, connection: Connection) {
        let service = service_fn(|request| {
            let (server, connection) = (Arc::clone(&self), connection.clone());
            async move { Ok::<_, Infallible>(server.respond(&request, &connection).await) }
        });
        // Clients that disconnect or do not speak HTTP are not reported.
        let _ = http1::Builder::new().max_buf_size(BUFFER).serve_connection(TokioIo::new(stream), service).await;
    }

    async fn respond(&self, request: &Request<Incoming>, connection: &Connection) -> Response<Body> {
        connection.mark_waiting();
        let (content_type, status, body) = match self.answer(request).await {
            Some(FileResponse { status, path, bytes }) => {
                (content_type(&path), status, Body::file(connection, bytes.into()))
            }
            None => ("text/event-stream".to_owned(), 200, Body::events(connection, self.state_rx.clone())),
        };
        let mut response = Response::new(body);
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        if status == 302 {
            headers.extend(folder_address(request.uri()).map(|address| (header::LOCATION, address)));
        }
        headers.extend(HeaderValue::try_from(content_type).map(|kind| (header::CONTENT_TYPE, kind)));
        headers.extend(HEADERS.map(|(name, value)| (name, HeaderValue::from_static(value))));
        response
    }

    /// Response to a request; `None` for an event stream.
    async fn answer(&self, request: &Request<Incoming>) -> Option<FileResponse> {
        let head = *request.method() == Method::HEAD;
        if !head && *request.method() != Method::GET {
            return Some(self.refuse(405, &say!(ja: "GET 以外の要求には応答しません", en: "only GET is supported")));
        }
        if !is_allowed_host(request.headers(), &self.host) {
            let message = say!(
                ja: "このホスト名での接続は受け付けません。localhost または IP アドレスで開いてください",
                en: "connections to this host name are refused; use localhost or an IP address instead"
            );
            return Some(self.refuse(403, &message));
        }
        if !is_allowed_origin(request.headers()) {
            let message = say!(
                ja: "ほかのサイトのページからは読み込めません。アドレスを入力して開いてください",
                en: "pages of other sites cannot load this; enter its address instead"
            );
            return Some(self.refuse(403, &message));
        }
        match path(request.uri()).as_deref() {
            Some(page::EVENTS_PATH) if !head => None,
            Some(page::SCRIPT_PATH) => {
                let bytes = page::SCRIPT.as_bytes().to_vec();
                Some(FileResponse { status: 200, path: "preview.js".to_owned(), bytes })
            }
            Some(path) => {
                let response = self.request_file(path).await;
                let is_folder = response.path.strip_suffix("/index.html") == Some(path);
                let redirect = || FileResponse { status: 302, path: response.path.clone(), bytes: Vec::new() };
                Some(if is_folder { redirect() } else { response })
            }
            None => Some(self.refuse(400, &say!(ja: "アドレスの形式が正しくありません", en: "invalid address"))),
        }
    }

    async fn request_file(&self, path: &str) -> FileResponse {
        let (reply_tx, reply_rx) = oneshot::channel();
        let request = FileRequest { path: path.to_owned(), reply_tx };
        match self.message_tx.send(Message::Request(request)) {
            Ok(()) => reply_rx.await.ok(),
            Err(_) => None,
        }
        .unwrap_or_else(|| self.refuse(503, &say!(ja: "プレビューは終了しました", en: "the preview has ended")))
    }

    fn refuse(&self, status: u16, message: &Bilingual) -> FileResponse {
        let bytes = format!("{}\n", message.get(self.lang)).into_bytes();
        FileResponse { status, path: "message.txt".to_owned(), bytes }
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

/// Requested path below the root; `None` if it is not valid UTF-8, or not a path of this server.
fn path(uri: &Uri) -> Option<String> {
    let path = uri.path().strip_prefix('/').filter(|_| uri.authority().is_none())?;
    Some(percent_decode_str(path).decode_utf8().ok()?.into_owned())
}

/// Address of a folder that was requested without its final slash, without which links on its page would be relative
/// to the folder above. `None` if it is not valid in a header.
fn folder_address(uri: &Uri) -> Option<HeaderValue> {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    HeaderValue::try_from(format!("{}/{query}", uri.path())).ok()
}

/// Returns true if the `Host` header names this machine: by an IP address, which DNS cannot redirect, as `localhost`,
/// or by the name that the user chose.
fn is_allowed_host(headers: &HeaderMap, chosen: &str) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(Ok(host)), None) = (hosts.next().map(HeaderValue::to_str), hosts.next()) else { return false };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    bare.parse::<IpAddr>().is_ok() || [chosen, "localhost"].iter().any(|known| known.eq_ignore_ascii_case(bare))
}

/// Returns true if the request comes from a page of the preview or from the user. A user enters an address or follows
/// a link, which shows the page without giving another site access to it. Browsers treat all ports of a machine as
/// one site, so `same-site` may be another server.
fn is_allowed_origin(headers: &HeaderMap) -> bool {
    let value = |name: &str| {
        let mut values = headers.get_all(name).iter().map(|value| value.to_str().unwrap_or_default());
        (values.next(), values.next())
    };
    match value("Sec-Fetch-Site") {
        (None, _) | (Some("same-origin" | "none"), None) => true,
        (_, None) => {
            let navigation = [("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")];
            navigation.into_iter().all(|(name, expected)| value(name) == (Some(expected), None))
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

    fn accepts_host(values: &[&str], chosen: &str) -> bool {
        is_allowed_host(&values.iter().map(|value| (header::HOST, value.parse().unwrap())).collect(), chosen)
    }

    #[test]
    fn accepts_only_hosts_of_this_machine() {
        for name in ["localhost", "LOCALHOST:4600", "127.0.0.1:4600", "127.0.0.1", "[::1]:4600", "192.168.1.5:80"] {
            assert!(accepts_host(&[name], "127.0.0.1"), "{name}");
        }
        for name in ["evil.example", "evil.example:4600", "localhost.evil.example", "127.0.0.1.evil.example", "", ":80"]
        {
            assert!(!accepts_host(&[name], "127.0.0.1"), "{name}");
        }
        assert!(!accepts_host(&[], "127.0.0.1"));
        assert!(!accepts_host(&["localhost", "evil.example"], "127.0.0.1"));
    }

    #[test]
    fn accepts_the_host_name_of_the_user() {
        assert!(accepts_host(&["pc-17:4600"], "pc-17"));
        assert!(!accepts_host(&["pc-18:4600"], "pc-17"));
    }

    #[test]
    fn accepts_only_own_pages_and_navigation() {
        let is_allowed = |headers: &[(&str, &str)]| {
            is_allowed_origin(
                &headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect(),
            )
        };
        assert!(is_allowed(&[]));
        assert!(is_allowed(&[("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Dest", "script")]));
        assert!(is_allowed(&[
            ("Sec-Fetch-Site", "none"),
            ("Sec-Fetch-Mode", "navigate"),
            ("Sec-Fetch-Dest", "document")
        ]));
        assert!(is_allowed(&[
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
                assert!(!is_allowed(&headers), "{headers:?}");
            }
            assert!(!is_allowed(&[("Sec-Fetch-Site", site)]));
        }
        assert!(!is_allowed(&[("Sec-Fetch-Site", "none"), ("Sec-Fetch-Site", "cross-site")]));
    }

    #[test]
    fn converts_an_address_to_a_path() {
        let path = |address: &str| path(&address.parse().unwrap());
        assert_eq!(path("/").as_deref(), Some(""));
        assert_eq!(path("/a/b.html?x=1").as_deref(), Some("a/b.html"));
        assert_eq!(path("/%E5%86%99%E7%9C%9F%201.jpg").as_deref(), Some("写真 1.jpg"));
        assert_eq!(path("/%FF"), None);
        assert_eq!(path("http://localhost/"), None);
        assert_eq!(path("*"), None);
    }

    #[test]
    fn stalled_event_stream_does_not_delay_others() {
        let (state_tx, state_rx) = watch::channel(Bytes::from("data: 0\n\n"));
        let listener = listen("127.0.0.1", 0).unwrap();
        let address = listener.local_addr().unwrap();
        let message_tx = std::sync::mpsc::channel().0;
        start(listener, HttpServer { host: String::new(), lang: Lang::En, state_rx, message_tx }).unwrap();
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
            state_tx.send_replace(format!("data: {large}\ndata: {number}\n\n").into());
            let newest = format!("data: {number}");
            assert!(reading.any(|line| line == newest));
        }
        assert!(stalled.any(|line| line == "data: 20"), "it receives the newest event when it reads again");
    }

    #[test]
    fn listens_on_the_next_port_if_one_is_in_use() {
        let taken = listen("127.0.0.1", 0).unwrap();
        let port = taken.local_addr().unwrap().port();
        let next = listen("127.0.0.1", port).unwrap().local_addr().unwrap().port();
        assert!(next > port, "{next}");
    }
}
