//! Detection of a content folder without a strategy.
//!
//! Such a folder is not a site without pages but an error: the content does not exist yet, or `--content` specifies
//! the wrong folder.

use crate::diagnostic::{Diagnostic, Location, Rule, Sources, say};
use std::path::Path;

/// Adds to `diagnostics` the error that the content folder `root`, which has the files `sources`, contains no strategy.
///
/// Without a `site.toml`, the folder is likely the wrong one, so the diagnostics of files out of place are removed.
/// Does nothing if a file or folder cannot be read, because it may contain a strategy.
pub fn report_missing_strategy(root: &Path, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) {
    if diagnostics.iter().any(|diagnostic| diagnostic.rule == Rule::Unreadable) {
        return;
    }
    let has_file = |name: &str| sources.iter().any(|(_, source)| source.path == name);
    if !has_file("site.toml") {
        diagnostics.retain(|diagnostic| diagnostic.rule != Rule::OutOfPlace);
    }
    let message = say!(
        ja: "原稿のフォルダーに、計画（strategy.toml のあるフォルダー）が一つもありません",
        en: "there is no strategy (a folder with a strategy.toml) in the content folder"
    );
    let strategy_folder =
        root.parent().zip(root.file_name()).filter(|_| has_file("strategy.toml") && !has_file("site.toml"));
    let help = match strategy_folder {
        Some((parent, name)) => {
            let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent }.display();
            let name = name.display();
            say!(
                ja: "これは計画のフォルダーです。`--content {parent} --strategy {name}` と指定してください",
                en: "this is the folder of a strategy: specify it with `--content {parent} --strategy {name}`"
            )
        }
        None => say!(
            ja: "`shirube new strategy` で作成するか、--content の指定を確かめてください",
            en: "create one with `shirube new strategy`, or check that --content specifies the right folder"
        ),
    };
    diagnostics.push(Diagnostic::new(Rule::NoStrategy, Location::Path(String::new()), message).help(help));
}
