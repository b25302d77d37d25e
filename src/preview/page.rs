//! Additions of the preview to pages: a script, its CSP, and a placeholder page.

use crate::diagnostic::{Lang, say};

/// Script that reloads pages and shows errors.
pub(super) const SCRIPT: &str = include_str!("preview.js");

/// Path of the script. No file of a site can have this path, because hidden files are ignored.
pub(super) const SCRIPT_PATH: &str = ".shirube/preview.js";

/// Path of the event stream to which the script listens.
pub(super) const EVENTS_PATH: &str = ".shirube/events";

/// Inserts the script at the end of the body. All other bytes stay unchanged.
pub(super) fn with_script(mut html: Vec<u8>, revision: u64) -> Vec<u8> {
    let end = b"</body>";
    let at = html.windows(end.len()).rposition(|part| part == end).unwrap_or(html.len());
    html.splice(at..at, script(revision).into_bytes());
    html
}

/// The inserted element. It contains the revision of the page, so that a page that was loaded just before a change
/// recognizes that it is outdated.
fn script(revision: u64) -> String {
    format!("<script src=\"/{SCRIPT_PATH}?revision={revision}\"></script>")
}

/// Extends the CSP of a site with the additions of the preview: a script, and its event stream.
pub(super) fn extend_csp(policy: &str) -> String {
    let mut directives: Vec<Vec<&str>> = policy
        .split(';')
        .map(|part| part.split_whitespace().collect())
        .filter(|part: &Vec<_>| !part.is_empty())
        .collect();
    let position = |directives: &[Vec<&str>], name: &str| {
        directives.iter().position(|part| part.first().is_some_and(|directive| directive.eq_ignore_ascii_case(name)))
    };
    for needed in ["script-src", "script-src-elem", "connect-src"] {
        let at = position(&directives, needed);
        // Scripts are subject to `script-src-elem`, or else `script-src`, or else `default-src`.
        let fallback = if needed == "script-src-elem" { None } else { position(&directives, "default-src") };
        let Some(sources) = at.or(fallback).and_then(|at| directives.get(at)) else { continue };
        let mut extended = vec![needed];
        extended.extend(sources.iter().skip(1).filter(|source| !["'none'", "'self'"].contains(source)));
        extended.push("'self'");
        let allows_self = sources.contains(&"'self'");
        match at.and_then(|at| directives.get_mut(at)) {
            Some(_) if allows_self => {}
            Some(directive) => *directive = extended,
            None => directives.push(extended),
        }
    }
    directives.iter().map(|part| part.join(" ")).collect::<Vec<_>>().join("; ")
}

/// Language code for the `lang` attribute.
pub(super) const fn lang_code(lang: Lang) -> &'static str {
    match lang {
        Lang::Ja => "ja",
        Lang::En => "en",
    }
}

/// Placeholder for a page that cannot be rendered yet; its script shows the errors.
pub(super) fn placeholder(lang: Lang, revision: u64) -> String {
    let text = say!(ja: "まだ表示できるページがありません", en: "No page can be shown yet");
    let (text, script) = (text.get(lang), script(revision));
    let lang = lang_code(lang);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>{text}</title></head>\
         <body><h1>{text}</h1>{script}</body></html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Site;

    fn check(html: &str, expected: &str) {
        assert_eq!(String::from_utf8(with_script(html.into(), 3)).unwrap(), expected);
    }

    #[test]
    fn csp_admits_only_the_script_and_its_event_stream() {
        let check = |policy: &str, expected: &str| assert_eq!(extend_csp(policy), expected);
        check(Site::DEFAULT_CSP, &format!("{}; connect-src 'self'", Site::DEFAULT_CSP));
        check("default-src 'self'", "default-src 'self'; script-src 'self'; connect-src 'self'");
        check("script-src 'none'; img-src *", "script-src 'self'; img-src *");
        check(
            "default-src 'none';script-src-elem https://x.jp ; connect-src https://y.jp",
            "default-src 'none'; script-src-elem https://x.jp 'self'; connect-src https://y.jp 'self'; script-src 'self'",
        );
        check("", "");
    }

    #[test]
    fn inserts_the_script_at_the_end_of_the_body() {
        let script = "<script src=\"/.shirube/preview.js?revision=3\"></script>";
        check("<body>あ</body></html>\n", &format!("<body>あ{script}</body></html>\n"));
        check("<body>&lt;/body> </body></body>", &format!("<body>&lt;/body> </body>{script}</body>"));
        check("あ", &format!("あ{script}"));
        check("", script);
    }
}
