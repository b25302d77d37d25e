//! `shirube diff`: compares two states of the reports.

use std::path::PathBuf;

use clap::Args;

use super::Exit;
use super::console::{Console, Format};
use crate::build::read_states;
use crate::diagnostic::{Bilingual, say};
use crate::diff::{self, Change, Snapshot, json, markdown, plain_text, toml};

/// Compare two states of the reports; the exit code is 1 if they differ (formats: text, json, toml, markdown)
///
/// 二つの時点の内容を比べ、訂正・改定・確定・新版・編集に分けて示します。違いがあれば終了コードは 1 です（形式: text、json、toml、markdown）。
#[derive(Debug, Args)]
pub(super) struct Diff {
    /// Old state: a content folder, the folder of a site, or a report.json
    ///
    /// 前の状態（原稿のフォルダー、サイトのフォルダー、report.json のどれか）
    old: PathBuf,

    /// New state
    ///
    /// 新しい状態（同じ）
    new: PathBuf,
}

impl Diff {
    pub(super) fn run(&self, console: Console) -> Exit {
        let (old, new) = rayon::join(|| read_states(&self.old), || read_states(&self.new));
        let (old, new) = match (old, new) {
            (Ok(old), Ok(new)) => (old, new),
            // The exit code of other failures means that there are differences.
            (Err(error), _) | (_, Err(error)) => {
                console.fail(&error);
                return Exit::Usage;
            }
        };
        let changes = changes(&old, &new);
        let text = match console.format {
            Format::Text | Format::Short | Format::Github => plain_text::format(&changes),
            Format::Json => same(json::format(&changes)),
            Format::Toml => same(toml::format(&changes)),
            Format::Markdown => same(markdown::format(&changes)),
        };
        console.result(&text);
        if changes.is_empty() { Exit::Success } else { Exit::Failure }
    }
}

/// The same text in both languages, without its final newline.
fn same(text: String) -> Bilingual {
    let text = text.trim_end();
    say!(ja: "{text}", en: "{text}")
}

/// Differences of all strategies, in the order of their ids. A single strategy on either side is compared alone, so that
/// the report.json of one strategy can be compared with a whole site.
fn changes(old: &[Snapshot], new: &[Snapshot]) -> Vec<Change> {
    let mut ids: Vec<&str> = old.iter().chain(new).map(|state| state.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    let find = |states: &'_ [Snapshot], id: &str| states.iter().position(|state| state.id == id);
    let single = |states: &[Snapshot]| states.len() == 1;
    let compared = ids.into_iter().filter(|id| {
        let (in_old, in_new) = (find(old, id).is_some(), find(new, id).is_some());
        (in_old && in_new) || !(single(old) || single(new)) || (single(old) && single(new))
    });
    let state = |states: &'_ [Snapshot], id: &str| find(states, id).and_then(|index| states.get(index).cloned());
    compared.flat_map(|id| diff::compare(state(old, id).as_ref(), state(new, id).as_ref())).collect()
}
