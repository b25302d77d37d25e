//! Validation of external URLs: the single place that decides which destinations links may have.

use std::fmt;

/// External URL as written in the content: `https://…`, `mailto:…`, `tel:…`.
///
/// Every destination of an external link passes through [`Href::parse`]: browsers execute `javascript:`, ignore
/// whitespace and control characters within a scheme, and treat `\` as `/`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Href(String);

/// Scheme of an external URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Page or file: `https://` or `http://`.
    Web,
    /// Email address: `mailto:`.
    Email,
    /// Telephone number: `tel:`.
    Phone,
}

impl Scheme {
    /// Schemes allowed for links in prose and in the footer.
    pub const ALL: [Scheme; 3] = [Self::Web, Self::Email, Self::Phone];

    /// Prefixes of URLs with this scheme.
    pub const fn prefixes(self) -> &'static [&'static str] {
        match self {
            Scheme::Web => &["https://", "http://"],
            Scheme::Email => &["mailto:"],
            Scheme::Phone => &["tel:"],
        }
    }
}

impl Href {
    /// Validates a URL; `None` if it has none of `schemes`, is malformed, or contains characters that could mislead
    /// browsers or readers.
    pub fn parse(written: &str, schemes: &[Scheme]) -> Option<Self> {
        let unsafe_char = |c: char| c.is_control() || c.is_whitespace() || is_invisible(c) || "\\\"<>`".contains(c);
        if written.contains(unsafe_char) {
            return None;
        }
        let is_allowed = schemes.iter().any(|scheme| {
            let mut remainders = scheme.prefixes().iter().filter_map(|prefix| strip(written, prefix));
            remainders.any(|rest| match scheme {
                Scheme::Web => is_web(rest),
                Scheme::Email => rest.split('?').next().is_some_and(is_email),
                Scheme::Phone => is_phone(rest),
            })
        });
        is_allowed.then(|| Self(written.to_owned()))
    }

    /// The URL as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Suggests a correction of `written`, which [`Self::parse`] rejects: an `https://` URL with the likely host.
    pub fn suggest(written: &str, schemes: &[Scheme]) -> Option<Self> {
        let plain = written.trim().replace('\\', "/");
        let rest = match plain.split_once(':') {
            // A host contains dots, so in `host.jp:8000` the colon precedes a port and not the rest of a URL.
            Some((scheme, rest)) if !scheme.contains(['.', '/']) => {
                let near = strsim::damerau_levenshtein(&scheme.to_ascii_lowercase(), "https") <= 2;
                rest.strip_prefix('/').filter(|_| near)?
            }
            _ => plain.as_str(),
        };
        let rest = rest.trim_start_matches('/');
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        // A host without a dot may be any word or file name.
        (host.contains('.') && host.is_ascii() && !rest.is_empty())
            .then(|| Self::parse(&format!("https://{rest}"), schemes))?
    }
}

impl fmt::Display for Href {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Returns true if `written` is an email address: `kikaku@city.example.jp`.
pub fn is_email(written: &str) -> bool {
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._%+-".contains(&byte));
    written.split_once('@').is_some_and(|(name, host)| {
        let labels = host.split('.').collect::<Vec<_>>();
        !name.is_empty()
            && plain(name)
            && plain(host)
            && labels.len() > 1
            && labels.iter().all(|label| !label.is_empty())
    })
}

fn strip<'w>(written: &'w str, prefix: &str) -> Option<&'w str> {
    let (head, rest) = written.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// Returns true if `rest` starts with a host and optional port. User names before the host are rejected because
/// readers mistake them for the host.
fn is_web(rest: &str) -> bool {
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, port),
        _ => (host, ""),
    };
    let is_host_name =
        name.starts_with(char::is_alphanumeric) && name.chars().all(|c| c.is_alphanumeric() || ".-_・".contains(c));
    let ip_literal = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    let is_ip_literal =
        ip_literal.is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_hexdigit() || b":.".contains(&byte)));
    (is_host_name || is_ip_literal) && port.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_phone(rest: &str) -> bool {
    let digits = rest.bytes().filter(u8::is_ascii_digit).count();
    digits >= 3 && rest.bytes().all(|byte| byte.is_ascii_digit() || b"+-.()*#".contains(&byte))
}

/// Returns true if `c` is an invisible or bidirectional formatting character, which can disguise a URL as another one.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_web_mail_and_phone_urls() {
        for good in [
            "https://www.city.example.jp/",
            "HTTPS://www.city.example.jp",
            "http://localhost:8000/plan?x=1&y=(2)#z",
            "https://ja.wikipedia.org/wiki/北上市",
            "https://総務省.jp/",
            "https://[::1]:8080/",
            "https://x.jp/a:b@c",
            "mailto:kikaku@city.example.jp",
            "mailto:kikaku@city.example.jp?subject=%E5%95%8F",
            "tel:0197-72-8223",
            "tel:+81197728223",
        ] {
            assert_eq!(Href::parse(good, &Scheme::ALL).map(|href| href.to_string()).as_deref(), Some(good));
        }
    }

    #[test]
    fn rejects_other_schemes_and_obfuscated_urls() {
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript:alert(1)",
            "\u{1}javascript:alert(1)",
            " https://x.jp/",
            "https://x.jp/\n",
            "ht\ttps://x.jp/",
            "vbscript:msgbox(1)",
            "data:text/html,<script>alert(1)</script>",
            "blob:https://x.jp/1",
            "file:///etc/passwd",
            "ftp://x.jp/",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https:\\\\evil.example",
            "https:/evil.example",
            "https:evil.example",
            "https://",
            "https:///x",
            "https://?x",
            "https://.x",
            "https://x:y/",
            "https://www.city.example.jp@evil.example/",
            "https://x\u{202e}gpj.evil/",
            "https://x.jp/\"onmouseover=",
            "htps//x",
            "www.city.example.jp",
            "mailto:",
            "mailto:x",
            "mailto:x@y",
            "tel:",
            "tel:市役所",
            "",
            "x",
            "../x.html",
        ] {
            assert_eq!(Href::parse(bad, &Scheme::ALL), None, "{bad:?}");
        }
        assert_eq!(Href::parse("mailto:a@b.jp", &[Scheme::Web]), None);
    }

    #[test]
    fn suggests_corrections_of_common_mistakes() {
        let check = |written: &str, expect: Option<&str>| {
            assert_eq!(
                Href::suggest(written, &Scheme::ALL).map(|href| href.to_string()).as_deref(),
                expect,
                "{written}"
            );
        };
        check("www.city.example.jp/a", Some("https://www.city.example.jp/a"));
        check("//www.city.example.jp", Some("https://www.city.example.jp"));
        check("htps://www.city.example.jp", Some("https://www.city.example.jp"));
        check("https:/www.city.example.jp", Some("https://www.city.example.jp"));
        check("javascript:alert(1)", None);
        check("data:text/html,x.y", None);
        check("file:///etc/passwd.txt", None);
        check("里市", None);
        check("/toiawase", None);
    }
}
