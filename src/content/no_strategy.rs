//! A content folder without a single strategy: not a site without pages, but a folder that is not
//! there yet, or another than the one that was meant.

use crate::diagnostic::{Diagnostic, Location, Rule, Sources, say};
use std::path::Path;

/// Says that the folder `root`, whose files are among the `sources`, holds no strategy; in place of
/// what was `found` to belong nowhere, where the folder as a whole is another than was meant. Where something cannot be
/// read, a strategy may be there.
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
                en: "this is the folder of a strategy: name it with `--content {above} --strategy {name}`"
            )
        }
        None => say!(
            ja: "`shirube new strategy` で作るか、--content を確かめてください",
            en: "begin one with `shirube new strategy`, or see whether --content names the right folder"
        ),
    };
    found.push(Diagnostic::new(Rule::NoStrategy, Location::Path(String::new()), message).help(help));
}
