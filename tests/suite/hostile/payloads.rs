//! Content with a payload in every text that accepts one.
//!
//! It is derived from `tests/fixtures/keys/`, which contains every key: each text is replaced in turn, and the
//! replacement is kept if it causes no error.

use crate::oracle::random::Rng;
use crate::support::content::{Files, errors, fixture};
use crate::support::{root, write};
use std::ops::Range;
use std::path::Path;
use toml::de::{DeTable, DeValue};

/// Closes every context in which it may occur, then calls `hit()` in every way that needs no click and in some that do.
pub(crate) const MARKUP: &str = concat!(
    "]]>--></title></style></textarea></noscript></script></svg>'\"><img src=x onerror=hit()><svg onload=hit()>",
    "<script>hit()</script><a href=javascript:hit()>x</a><iframe srcdoc='<script>parent.hit()</script>'></iframe>",
    "' autofocus onfocus=hit() x=\"{{hit()}}${hit()}\\u003cimg src=x onerror=hit()>",
);
/// Endings of contexts, of which random payloads begin with some.
const ENDINGS: [&str; 16] = [
    "\"",
    "'",
    "`",
    ">",
    "-->",
    "]]>",
    "</script>",
    "</style>",
    "</title>",
    "</textarea>",
    "</svg>",
    "</noscript>",
    "</template>",
    "</select>",
    "<!--",
    "\\",
];
/// Ways to call `hit()`, of which random payloads contain some.
const CALLS: [&str; 22] = [
    "<img src=x onerror=hit()>",
    "<IMG/SRC=x/ONERROR=hit()>",
    "<svg/onload=hit()>",
    "<svg><script>hit()</script></svg>",
    "<svg><animate onbegin=hit() attributeName=x dur=1s>",
    "<math><mtext><style><img src onerror=hit()></style></mtext></math>",
    "<script>hit()</script>",
    "<scr<script>ipt>hit()</script>",
    "<body onload=hit()>",
    "<details open ontoggle=hit()>x</details>",
    "<input autofocus onfocus=hit()>",
    "<video><source onerror=hit()></video>",
    "<a href=javascript:hit()>x</a>",
    "<a href=\"java&Tab;script:hit()\">x</a>",
    "<form action=javascript:hit()><button>x</button></form>",
    "<iframe srcdoc='<script>parent.hit()</script>'></iframe>",
    "<object data=javascript:hit()></object>",
    "<base href=javascript:hit()//>",
    "<meta http-equiv=refresh content=0;url=javascript:hit()>",
    "&lt;img src=x onerror=hit()&gt;",
    "\" onmouseover=hit() x=\"",
    "' onfocus=hit() autofocus x='",
];

/// The payload of a seed: [`MARKUP`] for 0, otherwise random endings and calls.
pub(crate) fn markup(seed: u64) -> String {
    if seed == 0 {
        return MARKUP.to_owned();
    }
    let mut rng = Rng::from_seed(seed);
    let mut payload: String = (0..6).map(|_| rng.choose(&ENDINGS)).collect();
    payload.extend((0..6).map(|_| rng.choose(&CALLS)));
    payload
}

/// Closes an attribute; for texts that must be short or a single word.
const ATTRIBUTE: &str = "\"onfocus=hit()autofocus\tx='";
/// A script URL; for texts that are addresses.
pub(crate) const ADDRESS: &str = "javascript:hit()//";
/// A payload as a file name.
const NAME: &str = "' onerror=hit() onload=hit() x='.png";

/// The texts, as `path key`, whose payload was accepted (`replaced`) or caused an error (`rejected`).
#[derive(Debug, Default)]
pub(crate) struct Replacements {
    pub(crate) replaced: Vec<String>,
    pub(crate) rejected: Vec<String>,
}

/// The content with the markup `payload` at the end of every text, in all Markdown, and in the name of a file.
pub(crate) fn with_markup(payload: &str) -> (Files, Replacements) {
    let mut files = fixture("keys");
    let folder = "mori/keikaku/programs/x/";
    files.insert(format!("{folder}{NAME}"), b"picture".to_vec());
    let markdown = format!(
        "\n\n{payload}\n\n### {payload}\n\n- {payload}\n- `{payload}`\n\n| {0} | b |\n|:---|---:|\n| {0} | {0} |\n\n\
         [{payload}](https://example.jp/?{ATTRIBUTE_IN_ADDRESS} '{1}')[^1]\n\n```{payload}\n{payload}\n```\n\n[^1]: {payload}\n",
        payload.replace('|', ""),
        payload.replace('\'', ""),
    );
    for (path, bytes) in &mut files {
        let is_variant = path.contains('@');
        if path.ends_with(".md") && !is_variant {
            bytes.extend_from_slice(markdown.as_bytes());
        }
        if path.ends_with("x/program.md") {
            bytes.extend_from_slice(format!("![{}](<{NAME}> \"x\")\n", payload.replace(['[', ']'], "")).as_bytes());
        }
    }
    assert_eq!(error_rules(&files), Vec::<String>::new(), "markup in Markdown is accepted and shown as text");
    change(files, |text| vec![format!("{text}{payload}"), format!("{text}{ATTRIBUTE}")])
}

const ATTRIBUTE_IN_ADDRESS: &str = "'onfocus=hit()//";

/// The texts of the default theme in `lang`, with `payload` at the end of each.
pub(crate) fn theme_texts(lang: &str, payload: &str) -> String {
    let texts = std::fs::read_to_string(root().join(format!("themes/default/texts/{lang}.toml"))).unwrap();
    // Braces are placeholders.
    let payload = payload.replace(['{', '}'], "");
    let mut changed: Vec<u8> = texts.clone().into_bytes();
    let table = DeTable::parse(&texts).unwrap();
    let mut found = Vec::new();
    walk_table(table.get_ref(), "", &mut |_, range, text| found.push((range, text.to_owned())));
    found.sort_by_key(|(range, _)| range.start);
    for (range, text) in found.into_iter().rev() {
        changed.splice(range, literal(&format!("{text}{payload}")).into_bytes());
    }
    String::from_utf8(changed).unwrap()
}

/// Adds a theme with Japanese `texts` to a content folder.
pub(crate) fn write_theme_texts(content: &Path, texts: &str) {
    let site = std::fs::read_to_string(content.join("site.toml")).unwrap();
    write(&content.join("site.toml"), format!("theme = \"theme\"\n{site}").as_bytes());
    write(&content.join("theme/texts/ja.toml"), texts.as_bytes());
}

/// The content with every text replaced by a script URL.
pub(crate) fn with_addresses() -> (Files, Replacements) {
    change(fixture("keys"), |_| vec![ADDRESS.to_owned()])
}

/// Replaces each text in turn by the first of `forms` that is accepted, if any.
fn change(mut files: Files, forms: impl Fn(&str) -> Vec<String>) -> (Files, Replacements) {
    let mut tried = Replacements::default();
    for path in files.keys().cloned().collect::<Vec<_>>() {
        // From the end, so that the ranges of earlier texts stay valid.
        for (key, range, text) in texts(&path, &files[&path]).into_iter().rev() {
            let name = format!("{path} {key}");
            let before = files[&path].clone();
            // Every content security policy is accepted.
            if key == "csp" {
                continue;
            }
            let accepted = forms(&text).into_iter().any(|form| {
                let mut changed = before.clone();
                changed.splice(range.clone(), literal(&form).into_bytes());
                files.insert(path.clone(), changed);
                error_rules(&files).is_empty()
            });
            if accepted {
                tried.replaced.push(name);
            } else {
                files.insert(path.clone(), before);
                tried.rejected.push(name);
            }
        }
    }
    (files, tried)
}

/// A text as a basic string of TOML.
fn literal(text: &str) -> String {
    let mut literal = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => literal.extend(['\\', c]),
            c if c.is_control() => literal.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => literal.push(c),
        }
    }
    literal + "\""
}

/// The rules of all errors in the content.
pub(crate) fn error_rules(files: &Files) -> Vec<String> {
    errors(files.clone()).iter().map(|error| error.rule.to_string()).collect()
}

/// All strings in the TOML of a file: dotted key, byte range, text.
fn texts(path: &str, bytes: &[u8]) -> Vec<(String, Range<usize>, String)> {
    let mut texts = Vec::new();
    let (toml, start) = toml_of(path, bytes);
    let table = DeTable::parse(toml).unwrap();
    walk_table(table.get_ref(), "", &mut |key, range, text| {
        texts.push((key.to_owned(), range.start + start..range.end + start, text.to_owned()));
    });
    texts.sort_by_key(|(_, range, _)| range.start);
    texts
}

/// The names of all keys in the TOML of a file.
pub(crate) fn names(path: &str, bytes: &[u8]) -> Vec<String> {
    let (toml, _) = toml_of(path, bytes);
    let table = DeTable::parse(toml).unwrap();
    let mut names = Vec::new();
    collect_key_names(table.get_ref(), &mut names);
    names
}

fn collect_key_names(table: &DeTable<'_>, names: &mut Vec<String>) {
    for (name, value) in table {
        names.push(name.get_ref().to_string());
        let mut pending = vec![value.get_ref()];
        while let Some(value) = pending.pop() {
            match value {
                DeValue::Table(table) => collect_key_names(table, names),
                DeValue::Array(array) => pending.extend(array.iter().map(|value| value.get_ref())),
                _ => {}
            }
        }
    }
}

fn toml_of<'t>(path: &str, bytes: &'t [u8]) -> (&'t str, usize) {
    let text = if path.ends_with(".toml") || path.ends_with(".md") { std::str::from_utf8(bytes).unwrap() } else { "" };
    if path.ends_with(".toml") {
        return (text, 0);
    }
    let front_matter = text.strip_prefix("+++\n").and_then(|rest| rest.split_once("+++\n"));
    front_matter.map_or(("", 0), |(toml, _)| (toml, 4))
}

fn walk_table(table: &DeTable<'_>, prefix: &str, take: &mut impl FnMut(&str, Range<usize>, &str)) {
    for (name, value) in table {
        let key = format!("{prefix}{}", name.get_ref());
        walk(value.get_ref(), value.span(), &key, take);
    }
}

fn walk(value: &DeValue<'_>, range: Range<usize>, key: &str, take: &mut impl FnMut(&str, Range<usize>, &str)) {
    match value {
        DeValue::String(text) => take(key, range, text),
        DeValue::Table(table) => walk_table(table, &format!("{key}."), take),
        DeValue::Array(array) => array.iter().for_each(|value| walk(value.get_ref(), value.span(), key, take)),
        _ => {}
    }
}
