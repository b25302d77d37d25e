//! Reading of strategy summaries from published sites.

use super::CommandError;
use crate::content::{ReadError, is_id, natural_cmp, unpublishable_reason};
use crate::diagnostic::{Bilingual, say};
use crate::site::{Summary, SummaryError, address};
use rayon::prelude::*;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Reads the summaries of all strategies below the folder `parts`, sorted by id in natural order.
pub(super) fn read_all(parts: &Path) -> Result<Vec<Summary>, CommandError> {
    let paths = paths(parts)?;
    let read = |path: PathBuf| Ok((read_from(&path)?, path));
    let mut summaries: Vec<_> = paths.into_par_iter().map(read).collect::<Result<_, CommandError>>()?;
    summaries.sort_by(|(a, a_path), (b, b_path)| natural_cmp(&a.id, &b.id).then_with(|| a_path.cmp(b_path)));
    let mut pairs = summaries.iter().zip(summaries.iter().skip(1));
    match pairs.find(|((a, _), (b, _))| a.id == b.id) {
        Some(((summary, one), (_, other))) => Err(CommandError::Other(duplicate_strategy(&summary.id, one, other))),
        None if summaries.is_empty() => Err(CommandError::Other(no_sites(parts))),
        None => Ok(summaries.into_iter().map(|(summary, _)| summary).collect()),
    }
}

/// Reads the summary of the strategy `id` from the site in the folder `site`.
pub(super) fn read(site: &Path, id: &str) -> Result<Summary, CommandError> {
    read_from(&site.join(id).join(address::SUMMARY_JSON))
}

/// Reads and validates the summary at `path`.
fn read_from(path: &Path) -> Result<Summary, CommandError> {
    let json = std::fs::read(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => CommandError::Other(no_summary(path)),
        _ => ReadError::Io { path: path.to_owned(), reason: error }.into(),
    })?;
    let path = path.display();
    let summary = Summary::from_json(&json).map_err(|error| match error {
        SummaryError::Version(version) => CommandError::Other(say!(
            ja: "{path} は、別のバージョンのプログラムの形式（{version}）です。すべての自治体を同じバージョンで書き出してください",
            en: "{path} is in the format of another version of the program (`{version}`); build all municipalities with the same version"
        )),
        SummaryError::Json(reason) => CommandError::Other(say!(
            ja: "{path} は、このプログラムが書き出した summary.json ではありません: {reason}",
            en: "{path} is not a summary.json written by this program: {reason}"
        )),
    })?;
    // The ids become parts of addresses, from which pages of this site load scripts.
    let ids = summary.id.split('/').chain(summary.permalinks.iter().map(|(edition, _)| edition.as_str()));
    match ids.into_iter().find(|id| !is_id(id) || unpublishable_reason(id).is_some()) {
        None => Ok(summary),
        Some(id) => Err(CommandError::Other(say!(
            ja: "{path} の「{id}」は id として使えません。このプログラムが書き出したままの summary.json を置いてください",
            en: "`{id}` in {path} is not a valid id; restore the summary.json written by this program"
        ))),
    }
}

/// Paths of the summaries of all strategies. Strategies are found by their `report.json`: older versions wrote that file
/// but no summary, and skipping such a strategy would go unnoticed.
fn paths(parts: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let mut paths = Vec::new();
    for entry in
        WalkDir::new(parts).follow_links(true).into_iter().filter_entry(|entry| entry.file_name() != ".shirube")
    {
        let entry = entry.map_err(|error| ReadError::from_walk(error, parts))?;
        if entry.file_type().is_file() && entry.file_name() == address::REPORT_JSON {
            paths.push(entry.path().with_file_name(address::SUMMARY_JSON));
        }
    }
    Ok(paths)
}

fn no_summary(path: &Path) -> Bilingual {
    let path = path.display();
    say!(
        ja: "{path} がありません。以前のバージョンで書き出された自治体です。その自治体を `--strategy` でもう一度書き出してください",
        en: "{path} does not exist because an earlier version of the program built this municipality; build it again with `--strategy`"
    )
}

fn duplicate_strategy(id: &str, one: &Path, other: &Path) -> Bilingual {
    let (one, other) = (one.display(), other.display());
    say!(
        ja: "計画「{id}」が二つのサイトに重複しています（{one} と {other}）。どちらかのサイトを移してください",
        en: "the strategy `{id}` is in two sites, {one} and {other}; move one of the sites away"
    )
}

fn no_sites(parts: &Path) -> Bilingual {
    let parts = parts.display();
    say!(ja: "{parts} に、自治体ごとに書き出したサイトがありません", en: "{parts} contains no site of a municipality")
}
