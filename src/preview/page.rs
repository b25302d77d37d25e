//! What the preview adds to pages: one line with a script, and a page where there is none yet.

use crate::diagnostic::{Lang, say};

/// The script that reloads pages and shows mistakes.
pub(super) const SCRIPT: &str = include_str!("preview.js");

/// Where the script is. No file of a site can lie there: hidden files are not read.
pub(super) const SCRIPT_PATH: &str = ".shirube/preview.js";

/// Where the script listens.
pub(super) const EVENTS_PATH: &str = ".shirube/events";

/// The page with the script at the end of its body; all else is byte for byte as it was.
pub(super) fn with_script(mut html: Vec<u8>, revision: u64) -> Vec<u8> {
    let end = b"</body>";
    let at = html.windows(end.len()).rposition(|part| part == end).unwrap_or(html.len());
    html.splice(at..at, script(revision).into_bytes());
    html
}

/// The line that is added. It names the revision of the page, so that a page that was loaded
/// just before a change knows that it is old.
fn script(revision: u64) -> String {
    format!("<script src=\"/{SCRIPT_PATH}?revision={revision}\"></script>")
}

/// The policy of a site with room for what the preview adds to its pages: a script, and where it listens.
pub(super) fn with_preview(policy: &str) -> String {
    let mut directives: Vec<Vec<&str>> = policy
        .split(';')
        .map(|part| part.split_whitespace().collect())
        .filter(|part: &Vec<_>| !part.is_empty())
        .collect();
    let place = |directives: &[Vec<&str>], name: &str| {
        directives.iter().position(|part| part.first().is_some_and(|own| own.eq_ignore_ascii_case(name)))
    };
    for needed in ["script-src", "script-src-elem", "connect-src"] {
        let at = place(&directives, needed);
        // A script may be named by either directive; what is named by none falls under `default-src`.
        let fallback = if needed == "script-src-elem" { None } else { place(&directives, "default-src") };
        let Some(sources) = at.or(fallback).and_then(|at| directives.get(at)) else { continue };
        let mut with = vec![needed];
        with.extend(sources.iter().skip(1).filter(|source| !["'none'", "'self'"].contains(source)));
        with.push("'self'");
        let stands = sources.contains(&"'self'");
        match at.and_then(|at| directives.get_mut(at)) {
            Some(_) if stands => {}
            Some(directive) => *directive = with,
            None => directives.push(with),
        }
    }
    directives.iter().map(|part| part.join(" ")).collect::<Vec<_>>().join("; ")
}

/// A language as `lang` names it.
pub(super) const fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Ja => "ja",
        Lang::En => "en",
    }
}

/// The page that is shown while there is none: the script shows what is wrong.
pub(super) fn nothing_yet(lang: Lang, revision: u64) -> String {
    let words = say!(ja: "まだ表示できる頁がありません", en: "There is no page to show yet");
    let (words, script) = (words.get(lang), script(revision));
    let lang = code(lang);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>{words}</title></head>\
         <body><h1>{words}</h1>{script}</body></html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Site;

    fn check(html: &str, expect: &str) {
        assert_eq!(String::from_utf8(with_script(html.into(), 3)).unwrap(), expect);
    }

    #[test]
    fn a_policy_lets_the_script_of_the_preview_run_and_listen_and_nothing_else() {
        let check = |policy: &str, expect: &str| assert_eq!(with_preview(policy), expect);
        check(Site::POLICY, &format!("{}; connect-src 'self'", Site::POLICY));
        check("default-src 'self'", "default-src 'self'; script-src 'self'; connect-src 'self'");
        check("script-src 'none'; img-src *", "script-src 'self'; img-src *");
        check(
            "default-src 'none';script-src-elem https://x.jp ; connect-src https://y.jp",
            "default-src 'none'; script-src-elem https://x.jp 'self'; connect-src https://y.jp 'self'; script-src 'self'",
        );
        check("", "");
    }

    #[test]
    fn the_script_stands_at_the_end_of_the_body() {
        let script = "<script src=\"/.shirube/preview.js?revision=3\"></script>";
        check("<body>あ</body></html>\n", &format!("<body>あ{script}</body></html>\n"));
        check("<body>&lt;/body> </body></body>", &format!("<body>&lt;/body> </body>{script}</body>"));
        check("あ", &format!("あ{script}"));
        check("", script);
    }
}
