//! The site of `content/` behind nginx and Apache, with the configuration that `shirube new server` writes. `cargo xtask
//! serving` installs what this needs.

use crate::support::{build, copy, root, shirube, temp_dir, tree, write};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// Path of the site on its server.
const BASE: &str = "/keikaku/";

/// A running server, which is stopped when dropped.
struct Server {
    process: Child,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// Status, headers by lower-case name, and body of a response.
struct Reply {
    status: u16,
    headers: BTreeMap<String, String>,
    body: String,
}

impl Server {
    fn start(mut command: Command, port: u16) -> Self {
        let process = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let server = Self { process, port };
        let deadline = Instant::now() + Duration::from_secs(30);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(Instant::now() < deadline, "{command:?} does not listen");
            std::thread::sleep(Duration::from_millis(20));
        }
        server
    }

    fn get(&self, path: &str) -> Reply {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut reply = Vec::new();
        stream.read_to_end(&mut reply).unwrap();
        let reply = String::from_utf8_lossy(&reply).into_owned();
        let (head, body) = reply.split_once("\r\n\r\n").unwrap();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines.filter_map(|line| line.split_once(": "));
        let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
        Reply { status, headers, body: body.to_owned() }
    }

    /// Asserts the status of a path, its content type if there is one, and its headers.
    fn check(&self, path: &str, status: u16, content_type: &str, cache_control: &str, csp: Option<&str>) {
        let path = format!("{BASE}{path}");
        let reply = self.get(&path);
        let header = |name: &str| reply.headers.get(name).map(String::as_str);
        assert_eq!(reply.status, status, "{path}: {:?}", reply.headers);
        let found = header("content-type").map(str::to_ascii_lowercase);
        assert_eq!(found.as_deref(), Some(content_type), "{path}");
        assert_eq!(header("content-security-policy"), csp, "{path}");
        assert_eq!(header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(header("referrer-policy"), Some("strict-origin-when-cross-origin"), "{path}");
        if status == 200 {
            assert_eq!(header("cache-control"), Some(cache_control), "{path}");
        } else {
            assert!(header("cache-control").is_none_or(|value| value == "no-cache"), "{path}: {:?}", reply.headers);
        }
    }
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// Builds the site of `content/` into `folder/www/keikaku`, with the configuration for `server`. Returns the policy of
/// its pages.
fn site(folder: &Path, server: &str, port: u16) -> String {
    let content = folder.join("content");
    copy(&root().join("content"), &content);
    let site = std::fs::read_to_string(content.join("site.toml")).unwrap();
    write(&content.join("site.toml"), format!("{site}base = \"http://localhost:{port}{BASE}\"\n").as_bytes());
    let files = [("shiryo/x.csv", "a,b\n"), ("app.webmanifest", "{}"), (".well-known/security.txt", "Contact: x\n")];
    for (path, text) in files {
        write(&content.join("static").join(path), text.as_bytes());
    }
    let done = shirube(&["new", "server", server]).arg("--content").arg(&content).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    build(&content, &folder.join("www/keikaku"));
    let html = std::fs::read_to_string(folder.join("www/keikaku/index.html")).unwrap();
    let policy = crate::support::selector("meta[http-equiv=Content-Security-Policy]");
    let html = crate::support::page(html.as_bytes());
    html.select(&policy).next().unwrap().attr("content").unwrap().to_owned()
}

/// Checks statuses, types and headers, then every page in a browser.
fn check(server: &Server, folder: &Path, csp: &str) {
    let output = folder.join("www/keikaku");
    let published = tree(&output);
    let home = String::from_utf8_lossy(&published["index.html"]).into_owned();
    let style = home
        .split("href=\"")
        .find_map(|part| part.split('"').next().filter(|href| href.contains("style.css")))
        .unwrap();
    assert!(style.starts_with("assets/style.css?v="), "{style}");
    let (html, year) = ("text/html; charset=utf-8", "public, max-age=31536000, immutable");
    let check = |path: &str, status: u16, content_type: &str, cache_control: &str| {
        server.check(path, status, content_type, cache_control, Some(csp));
    };
    check("", 200, html, "no-cache");
    check("kitakami/", 200, html, "no-cache");
    check("kitakami/index.html", 200, html, "no-cache");
    check(style, 200, "text/css; charset=utf-8", year);
    check("assets/style.css", 200, "text/css; charset=utf-8", "no-cache");
    check("assets/style.css?v=x", 200, "text/css; charset=utf-8", "no-cache");
    check("assets/search.js", 200, "text/javascript; charset=utf-8", "no-cache");
    check("kitakami/search.js", 200, "text/javascript; charset=utf-8", "no-cache");
    check("assets/icon.svg?v=00000000", 200, "image/svg+xml; charset=utf-8", year);
    check("kitakami/report.json", 200, "application/json; charset=utf-8", "no-cache");
    check("shiryo/x.csv", 200, "text/csv; charset=utf-8", "no-cache");
    check("app.webmanifest", 200, "application/manifest+json; charset=utf-8", "no-cache");
    check("sitemap.xml", 200, "application/xml; charset=utf-8", "no-cache");
    check(".well-known/security.txt", 200, "text/plain; charset=utf-8", "no-cache");
    let not_found =
        ["x.html", "kitakami/policies/x/y.html", ".shirube/manifest", ".htaccess", "assets/x.css?v=1a2b3c4d"];
    // Apache refuses a folder without an index, with the same page.
    let folder_status = server.get(&format!("{BASE}kitakami/policies/")).status;
    assert!([403, 404].contains(&folder_status), "{folder_status}");
    for (path, status) in not_found.map(|path| (path, 404)).into_iter().chain([("kitakami/policies/", folder_status)]) {
        check(path, status, html, "");
        let body = server.get(&format!("{BASE}{path}")).body;
        assert!(body.contains("<title>") && body.contains(&format!("href=\"{BASE}assets/style.css")), "{path}: {body}");
    }
    let reply = server.get(&format!("{BASE}kitakami"));
    assert_eq!(reply.status, 301, "links of a page are relative to its folder");
    assert!(reply.headers["location"].ends_with("/keikaku/kitakami/"), "{:?}", reply.headers);

    let mut node = Command::new("node");
    node.arg(root().join("tests/browser/served.mjs"))
        .arg(&output)
        .arg(format!("http://localhost:{}{BASE}", server.port));
    assert!(node.status().unwrap().success());
}

#[test]
#[ignore = "needs nginx, Node and a browser: cargo xtask serving"]
fn nginx_serves_the_site_with_the_generated_configuration() {
    let (_guard, folder) = temp_dir();
    let port = free_port();
    let csp = site(&folder, "nginx", port);
    let configuration = std::fs::read_to_string(folder.join("server/nginx.conf")).unwrap();
    let www = folder.join("www").display().to_string();
    let configuration = configuration
        .replace("listen 80;", &format!("listen 127.0.0.1:{port};"))
        .replace("root /srv/www;", &format!("root {www};"));
    let folder_name = folder.display();
    let main = format!(
        "daemon off;\nmaster_process off;\npid {folder_name}/nginx.pid;\nerror_log {folder_name}/error.log;\nevents {{}}\n\
         http {{\naccess_log off;\nclient_body_temp_path {folder_name}/body;\nproxy_temp_path {folder_name}/proxy;\n\
         fastcgi_temp_path {folder_name}/fastcgi;\nuwsgi_temp_path {folder_name}/uwsgi;\nscgi_temp_path {folder_name}/scgi;\n\
         {configuration}}}\n"
    );
    write(&folder.join("main.conf"), main.as_bytes());
    let mut nginx = Command::new("nginx");
    nginx.arg("-p").arg(&folder).arg("-c").arg(folder.join("main.conf"));
    let server = Server::start(nginx, port);
    check(&server, &folder, &csp);
    let log = std::fs::read_to_string(folder.join("error.log")).unwrap();
    assert!(!log.contains("[warn]") && !log.contains("[emerg]"), "{log}");
}

#[test]
#[ignore = "needs Apache, Node and a browser: cargo xtask serving"]
fn apache_serves_the_site_with_the_generated_configuration() {
    let (_guard, folder) = temp_dir();
    let port = free_port();
    let csp = site(&folder, "apache", port);
    let name = folder.display();
    let modules = ["mpm_event", "authz_core", "dir", "mime", "headers", "alias", "autoindex", "deflate", "filter"];
    let modules =
        modules.map(|module| format!("LoadModule {module}_module /usr/lib/apache2/modules/mod_{module}.so\n"));
    let main = format!(
        "{}ServerName localhost\nListen 127.0.0.1:{port}\nPidFile {name}/httpd.pid\nErrorLog {name}/error.log\n\
         DefaultRuntimeDir {name}\nTypesConfig /etc/mime.types\nUser www-data\nGroup www-data\nDocumentRoot {name}/www\n\
         <Directory {name}/www>\nAllowOverride FileInfo Indexes Options=Indexes\nRequire all granted\nOptions Indexes\n\
         </Directory>\n",
        modules.concat()
    );
    write(&folder.join("main.conf"), main.as_bytes());
    #[cfg(unix)]
    {
        // The server runs as another user.
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).unwrap();
        let parent = folder.parent().unwrap();
        assert!(parent.is_dir());
    }
    let mut apache = Command::new("apache2");
    apache.args(["-X", "-f"]).arg(folder.join("main.conf"));
    let server = Server::start(apache, port);
    check(&server, &folder, &csp);
}
