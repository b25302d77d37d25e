//! Detection of a content folder without a strategy.
//!
//! Such a folder is not a site without pages but an error: the content does not exist yet, or `--content` specifies
//! the wrong folder.

use crate::diagnostic::{Diagnostic, Location, Rule, Sources, say};
use std::path::Path;

/// Adds to `found` that the content folder `root` with the files `sources` has no strategy.
///
/// Without a `site.toml`, the folder is likely the wrong one, so the diagnostics of files out of place are removed.
/// Does nothing if a file or folder cannot be read, because it may contain a strategy.
pub fn no_strategy(root: &Path, sources: &Sources, found: &mut Vec<Diagnostic>) {
    if found.iter().any(|found| found.rule == Rule::Unreadable) {
        return;
    }
    let holds = |name: &str| sources.iter().any(|(_, source)| source.path == name);
    if !holds("site.toml") {
        found.retain(|found| found.rule != Rule::OutOfPlace);
    }
    let message = say!(
        ja: "原稿のフォルダーに、計画（strategy.toml のあるフォルダー）が一つもありません",
        en: "there is no strategy (a folder with a strategy.toml) in the content folder"
    );
    let within = root.parent().zip(root.file_name()).filter(|_| holds("strategy.toml") && !holds("site.toml"));
    let help = match within {
        Some((above, name)) => {
            let above = if above.as_os_str().is_empty() { Path::new(".") } else { above }.display();
            let name = name.display();
            say!(
                ja: "これは計画のフォルダーです。`--content {above} --strategy {name}` と指定してください",
                en: "this is the folder of a strategy: specify it with `--content {above} --strategy {name}`"
            )
        }
        None => say!(
            ja: "`shirube new strategy` で作成するか、--content の指定を確かめてください",
            en: "create one with `shirube new strategy`, or check that --content specifies the right folder"
        ),
    };
    found.push(Diagnostic::new(Rule::NoStrategy, Location::Path(String::new()), message).help(help));
}
