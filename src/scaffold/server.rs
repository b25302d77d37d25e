//! Proposal of the configuration of a web server: types and charsets of files, the not-found page, caching, and security
//! headers equal to what the pages declare.
//!
//! Files of `static/` are published at the root of the site, where IIS, Apache and GitHub Pages look for them. The
//! configuration of nginx is read by nginx itself and must not be published, so it is put next to the content folder.

use super::Proposal;
use crate::diagnostic::{Bilingual, say};
use crate::model::{Base, Site, StaticFile};
use crate::theme;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use strum::{EnumIter, IntoStaticStr};

/// Kind of web server or hosting service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
pub enum Server {
    /// Internet Information Services of Windows.
    Iis,
    /// Apache HTTP Server.
    Apache,
    /// nginx.
    Nginx,
    /// GitHub Pages.
    Pages,
}

/// Content types of published files, with their extensions and whether they are text in UTF-8.
const TYPES: [(&str, &[&str], bool); 23] = [
    ("text/html", &["html"], true),
    ("text/css", &["css"], true),
    ("text/javascript", &["js", "mjs"], true),
    ("text/plain", &["txt"], true),
    ("text/csv", &["csv"], true),
    ("application/json", &["json"], true),
    ("application/manifest+json", &["webmanifest"], true),
    ("application/xml", &["xml"], true),
    ("image/svg+xml", &["svg"], true),
    ("image/png", &["png"], false),
    ("image/jpeg", &["jpg", "jpeg"], false),
    ("image/gif", &["gif"], false),
    ("image/webp", &["webp"], false),
    ("image/avif", &["avif"], false),
    ("image/x-icon", &["ico"], false),
    ("font/woff", &["woff"], false),
    ("font/woff2", &["woff2"], false),
    ("application/pdf", &["pdf"], false),
    ("application/zip", &["zip"], false),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &["xlsx"], false),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", &["docx"], false),
    ("application/vnd.openxmlformats-officedocument.presentationml.presentation", &["pptx"], false),
    ("application/vnd.ms-excel", &["xls"], false),
];

/// Proposes the configuration of a server for `site`. Paths are relative to the folder above the content folder, or for
/// GitHub Pages to that of the repository; `content` is the path of the content folder below it.
///
/// # Errors
/// Fails if the policy of the site cannot be a header.
pub fn server(server: Server, site: &Site, content: &str) -> Result<Proposal, Bilingual> {
    let published = |name: &str| format!("{content}/{}/{name}", StaticFile::FOLDER);
    let headers = headers(site)?;
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_ref())).collect();
    let base = site.base.as_ref().map_or("/", Base::path);
    let (files, next_step) = match server {
        Server::Iis => (
            vec![(published("web.config"), iis(&headers))],
            say!(
                ja: "`shirube build` で書き出した web.config が、IIS の設定になります。IIS 自体での動作は確かめていないので、公開前に確認してください",
                en: "`shirube build` publishes web.config, which configures IIS; it was not tested with IIS itself, so check it before publishing"
            ),
        ),
        Server::Apache => (
            vec![(published(".htaccess"), apache(&headers, base))],
            say!(
                ja: "`shirube build` で書き出した .htaccess が、Apache の設定になります。サーバーの設定で AllowOverride が必要です（ファイルの冒頭を参照）",
                en: "`shirube build` publishes .htaccess, which configures Apache if the server allows it with AllowOverride (see the head of the file)"
            ),
        ),
        Server::Nginx => (
            vec![("server/nginx.conf".to_owned(), nginx(&headers, site.base.as_ref()))],
            say!(
                ja: "server/nginx.conf をサーバーの /etc/nginx/conf.d/ などに写し、server_name、listen、root を直してください。公開するものではないので、static には置いていません",
                en: "copy server/nginx.conf to /etc/nginx/conf.d/ of the server and adapt server_name, listen and root; it is not in `static` because it must not be published"
            ),
        ),
        Server::Pages => {
            let workflow = include_str!("server/pages.yml").replace("{content}", content);
            (
                vec![(".github/workflows/pages.yml".to_owned(), workflow), (published(".nojekyll"), String::new())],
                say!(
                    ja: ".github/workflows/pages.yml の SHIRUBE を、しるべの配布ファイルの URL に書き換えてください。GitHub Pages ではヘッダーを設定できないため、キャッシュは 10 分になります",
                    en: "set SHIRUBE in .github/workflows/pages.yml to the URL of a release of Shirube; GitHub Pages has no configuration of headers, so files are cached for ten minutes"
                ),
            )
        }
    };
    let mut next_steps = vec![next_step];
    if site.base.is_none() {
        next_steps.push(say!(
            ja: "site.toml の `base` に公開先のアドレスを書いてください。書いてから作成すると、「見つかりません」のページがどの階層でも正しく表示されます",
            en: "set `base` in site.toml to the address of the site, delete the file and run this again: the not-found page then works at any depth"
        ));
    }
    Ok(Proposal { files, reasons: Vec::new(), next_steps })
}

/// Names and values of the headers of all responses.
fn headers(site: &Site) -> Result<Vec<(&'static str, Cow<'_, str>)>, Bilingual> {
    let mut headers = vec![
        ("X-Content-Type-Options", "nosniff".into()),
        ("Referrer-Policy", "strict-origin-when-cross-origin".into()),
    ];
    if let Some(csp) = &site.csp {
        // Quotes and variables have a meaning in configuration files, and none in a policy.
        if let Some(bad) = csp.chars().find(|c| !matches!(c, ' '..='~') || matches!(c, '"' | '\\' | '$')) {
            let bad = bad.escape_default();
            return Err(say!(
                ja: "site.toml の `csp` に「{bad}」があるため、ヘッダーにできません。この文字を使わずに書いてください",
                en: "`csp` in site.toml contains `{bad}` and cannot be a header; write it without this character"
            ));
        }
        headers.insert(0, ("Content-Security-Policy", if site.embed { allow_chart_style(csp) } else { csp.into() }));
    }
    Ok(headers)
}

/// Policy that also admits the style in the images of charts. Pages contain no style, but a policy in a header applies to
/// images too when they are opened by themselves. A directive that admits any style already is left unchanged, since a
/// hash would restrict it.
fn allow_chart_style(csp: &str) -> Cow<'_, str> {
    let directives = csp.split(';').map(|directive| {
        let mut words = directive.split_whitespace();
        let is_style = words.next() == Some("style-src");
        if !is_style || words.any(|word| word == "'unsafe-inline'") {
            return directive.to_owned();
        }
        format!("{} 'sha256-{}'", directive.trim_end(), base64(&Sha256::digest(theme::default_chart_style())))
    });
    directives.collect::<Vec<_>>().join(";").into()
}

/// Bytes in Base64 (RFC 4648), as policies write hashes.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = bytes.chunks(3).flat_map(|chunk| {
        let group = (0..3).fold(0, |group, at| group << 8 | usize::from(chunk.get(at).copied().unwrap_or_default()));
        let digit = move |at: usize| DIGITS.get(group >> (18 - 6 * at) & 63).map_or('=', |digit| char::from(*digit));
        let used = chunk.len() + 1;
        (0..4).map(move |at| if at < used { digit(at) } else { '=' })
    });
    digits.collect()
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

fn iis(headers: &[(&str, &str)]) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let header = |(name, value): &(&str, &str)| {
        format!("        <remove name=\"{name}\" />\n        <add name=\"{name}\" value=\"{}\" />", escape(value))
    };
    let types = TYPES.iter().flat_map(|(kind, extensions, is_text)| {
        let charset = if *is_text { "; charset=utf-8" } else { "" };
        extensions.iter().map(move |extension| {
            format!(
                "      <remove fileExtension=\".{extension}\" />\n      \
                 <mimeMap fileExtension=\".{extension}\" mimeType=\"{kind}{charset}\" />"
            )
        })
    });
    include_str!("server/web.config")
        .replace("{headers}", &lines(headers.iter().map(header)))
        .replace("{types}", &lines(types))
}

fn apache(headers: &[(&str, &str)], base: &str) -> String {
    let header = |(name, value): &(&str, &str)| {
        // Apache formats values: `%` begins a variable.
        format!("Header always set {name} \"{}\"", value.replace('%', "%%"))
    };
    let extensions =
        |extensions: &[&str]| extensions.iter().map(|extension| format!(".{extension}")).collect::<Vec<_>>().join(" ");
    let types = TYPES.iter().map(|(kind, names, _)| format!("AddType {kind} {}", extensions(names)));
    let texts: Vec<&str> =
        TYPES.iter().filter(|(.., is_text)| *is_text).flat_map(|(_, names, _)| *names).copied().collect();
    include_str!("server/htaccess")
        .replace("{base}", base)
        .replace("{types}", &lines(types))
        .replace("{charset}", &extensions(&texts))
        .replace("{headers}", &lines(headers.iter().map(header)))
}

fn nginx(headers: &[(&str, &str)], base: Option<&Base>) -> String {
    let header = |(name, value): &(&str, &str)| format!("    add_header {name} \"{value}\" always;");
    let types = TYPES.iter().map(|(kind, extensions, _)| format!("        {kind} {};", extensions.join(" ")));
    // nginx always treats HTML as text, and warns if it is named.
    let texts: Vec<&str> =
        TYPES.iter().filter(|(kind, _, is_text)| *is_text && *kind != "text/html").map(|(kind, ..)| *kind).collect();
    let path = base.map_or("/", Base::path);
    let root_note = match path {
        "/" => "output フォルダーを写す場所".to_owned(),
        _ => format!("この中の {} に、output フォルダーを写します", path.trim_matches('/')),
    };
    include_str!("server/nginx.conf")
        .replace("{host}", base.map_or("www.city.example.jp", Base::host))
        .replace("{root_note}", &root_note)
        .replace("{types}", &lines(types))
        .replace("{charset}", &texts.join(" "))
        .replace("{compressed}", &texts.join(" "))
        .replace("{headers}", &lines(headers.iter().map(header)))
        .replace("{base}", path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::IntoEnumIterator;

    fn proposal(server: Server, csp: Option<&str>, base: Option<&str>) -> Result<Proposal, Bilingual> {
        let base = base.and_then(Base::parse);
        super::server(server, &Site { csp: csp.map(str::to_owned), base, ..Site::default() }, "content")
    }

    #[test]
    fn declares_the_policy_of_the_site() {
        for server in [Server::Iis, Server::Apache, Server::Nginx] {
            let text = |csp: Option<&str>| proposal(server, csp, None).unwrap().files.remove(0).1;
            assert!(
                text(Some("img-src 'self' https://x.jp")).contains("\"img-src 'self' https://x.jp\""),
                "{server:?}"
            );
            assert!(!text(None).contains("Content-Security-Policy"), "{server:?}");
            let default = text(Site::default().csp.as_deref());
            assert!(default.contains(Site::DEFAULT_CSP), "{server:?}: {default}");
            assert!(!default.contains(['{']) || server != Server::Iis, "all placeholders are filled");
        }
        for csp in ["default-src \"x\"", "default-src 'self'; report-uri /$x", "default-src \u{3042}"] {
            assert!(proposal(Server::Nginx, Some(csp), None).is_err(), "{csp}");
        }
        let apache = proposal(Server::Apache, Some("img-src https://x.jp/%20"), None).unwrap().files.remove(0).1;
        assert!(apache.contains("img-src https://x.jp/%%20"));
    }

    #[test]
    fn the_policy_admits_the_style_of_charts_that_can_be_embedded() {
        assert_eq!([&b"f"[..], b"fo", b"foo", b""].map(base64), ["Zg==", "Zm8=", "Zm9v", ""]);
        let policy = |csp: &str| {
            let site = Site { csp: Some(csp.to_owned()), embed: true, ..Site::default() };
            super::server(Server::Nginx, &site, "content").unwrap().files.remove(0).1
        };
        let hash = format!("'sha256-{}'", base64(&Sha256::digest(theme::default_chart_style())));
        let default = policy(Site::DEFAULT_CSP);
        assert!(default.contains(&format!("style-src 'self' file: {hash}; img-src")), "{default}");
        assert!(policy("img-src *; style-src 'self'").contains(&format!("\"img-src *; style-src 'self' {hash}\"")));
        assert!(policy("style-src 'unsafe-inline'").contains("\"style-src 'unsafe-inline'\""));
    }

    #[test]
    fn not_found_page_is_below_the_base_path() {
        for (base, path) in [(None, "/404.html"), (Some("https://x.jp/plan/"), "/plan/404.html")] {
            for server in [Server::Apache, Server::Nginx] {
                let text = proposal(server, None, base).unwrap().files.remove(0).1;
                assert!(text.contains(&format!(" {path}")), "{server:?}: {text}");
            }
        }
    }

    #[test]
    fn configuration_of_iis_is_well_formed() {
        let text = proposal(Server::Iis, Some("img-src https://x.jp/?a&b<c"), None).unwrap().files.remove(0).1;
        let document = roxmltree::Document::parse(&text).unwrap();
        let value = |name: &str| {
            let mut elements = document.descendants().filter(|node| node.has_tag_name("add"));
            elements.find(|node| node.attribute("name") == Some(name)).and_then(|node| node.attribute("value"))
        };
        assert_eq!(value("Content-Security-Policy"), Some("img-src https://x.jp/?a&b<c"));
        let mut types = document.descendants().filter(|node| node.has_tag_name("mimeMap"));
        let csv = types.find(|node| node.attribute("fileExtension") == Some(".csv")).unwrap();
        assert_eq!(csv.attribute("mimeType"), Some("text/csv; charset=utf-8"));
    }

    #[test]
    fn no_server_publishes_the_configuration_of_nginx() {
        for server in Server::iter() {
            for (path, _) in proposal(server, None, None).unwrap().files {
                assert_eq!(
                    path.starts_with("content/static/"),
                    !path.ends_with(".conf") && !path.ends_with(".yml"),
                    "{path}"
                );
            }
        }
    }
}
