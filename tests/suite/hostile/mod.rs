//! Content with script payloads in its texts. These tests parse the pages; `browser.rs` opens them in Chromium.

pub(crate) mod payloads;

use crate::support::content::{Files, fixture};
use crate::support::{self, build, seeds, temp_dir, tree, write_tree};
use shirube::internals::key_names;
use std::collections::BTreeSet;

/// Keys that hold no free text or cannot occur in the fixture. `cumulative_from` is the older spelling of
/// `target_total_from` and holds a year.
const KEYS_WITHOUT_TEXT: [&str; 3] = ["draft", "theme", "cumulative_from"];

#[test]
fn fixture_contains_every_declared_key() {
    let files = fixture("keys");
    assert_eq!(payloads::error_rules(&files), Vec::<String>::new());
    let used: BTreeSet<String> = files.iter().flat_map(|(path, bytes)| payloads::names(path, bytes)).collect();
    let mut missing = key_names();
    missing.retain(|key| !used.contains(*key) && !KEYS_WITHOUT_TEXT.contains(key));
    assert!(
        missing.is_empty(),
        "add these keys to tests/fixtures/keys/ so that payloads are tried in them: {missing:?}"
    );
}

#[test]
fn texts_of_the_content_are_never_markup() {
    let (files, tried) = payloads::with_markup(payloads::MARKUP);
    assert!(tried.replaced.len() > 90, "too few texts were accepted: {tried:#?}");
    for required in ["site.toml title", "site.toml contact.name", "policies/1/2022.md indicator.akiya.note"] {
        assert!(tried.replaced.iter().any(|name| name.ends_with(required)), "{required} was not tried: {tried:#?}");
    }
    for address in ["site.toml contact.url", "site.toml link.href", "strategy.toml edition.document.url"] {
        assert!(tried.rejected.iter().any(|name| name.ends_with(address)), "{address} was accepted: {tried:#?}");
    }
    assert_eq!(executable_elements(&files, None), Vec::<String>::new());
}

#[test]
#[ignore = "takes minutes: cargo xtask campaign"]
fn random_payloads_in_texts_are_never_markup() {
    for seed in seeds(5) {
        let payload = payloads::markup(seed);
        let (files, tried) = payloads::with_markup(&payload);
        assert!(tried.replaced.len() > 90, "seed {seed}: too few texts accepted {payload}: {tried:#?}");
        assert_eq!(executable_elements(&files, None), Vec::<String>::new(), "seed {seed}: {payload}");
        let (texts, keys) = (payloads::theme_texts("ja", &payload), fixture("keys"));
        assert_eq!(executable_elements(&keys, Some(&texts)), Vec::<String>::new(), "seed {seed}: {payload}");
    }
}

#[test]
fn texts_of_a_theme_are_never_markup() {
    let texts = payloads::theme_texts("ja", payloads::MARKUP);
    assert_eq!(executable_elements(&fixture("keys"), Some(&texts)), Vec::<String>::new());
}

#[test]
fn texts_of_the_content_are_never_script_addresses() {
    let (files, tried) = payloads::with_addresses();
    assert!(tried.replaced.len() > 80, "too few texts were accepted: {tried:#?}");
    assert_eq!(executable_elements(&files, None), Vec::<String>::new());
}

/// Elements on the pages built from `files`, with the texts of a theme, that run a script or link to one.
fn executable_elements(files: &Files, texts: Option<&str>) -> Vec<String> {
    let (_guard, folder) = temp_dir();
    write_tree(files, &folder.join("content"));
    if let Some(texts) = texts {
        payloads::write_theme_texts(&folder.join("content"), texts);
    }
    build(&folder.join("content"), &folder.join("output"));
    let mut elements = Vec::new();
    for (path, bytes) in tree(&folder.join("output")).into_iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = support::page(&bytes);
        for node in page.tree.nodes() {
            let Some(element) = node.value().as_element() else { continue };
            // Browsers do not run data blocks. One that is valid JSON was not ended by its texts.
            let is_data = || {
                let text: String = node.children().filter_map(|child| child.value().as_text()).map(|t| &**t).collect();
                let is_json = serde_json::from_str::<serde_json::Value>(&text).is_ok();
                element.attr("type") == Some("application/ld+json") && is_json
            };
            let allowed_script = element.name() != "script" || element.attr("src").is_some() || is_data();
            let refreshes = element.attr("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("refresh"));
            let runs = element.attrs().any(|(name, value)| {
                let plain: String = value.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
                let plain = plain.to_ascii_lowercase();
                let schemes = ["javascript:", "vbscript:", "data:"];
                match name {
                    "srcdoc" | "style" => true,
                    "href" | "src" | "action" | "formaction" | "data" => {
                        schemes.iter().any(|scheme| plain.starts_with(scheme))
                    }
                    "content" => refreshes && schemes.iter().any(|scheme| plain.contains(&format!("url={scheme}"))),
                    name => name.starts_with("on"),
                }
            });
            if runs || !allowed_script || ["iframe", "object", "embed"].contains(&element.name()) {
                elements.push(format!("{path}: {element:?}"));
            }
        }
    }
    elements
}
