//! Summaries of strategies, read from the sites that hold them.

use super::CommandError;
use crate::content::{ReadError, is_id, natural, unpublishable};
use crate::diagnostic::{Bilingual, say};
use crate::site::{Summary, SummaryError, address};
use rayon::prelude::*;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The summaries of all strategies below the folder `parts`, in natural order of their paths.
pub(super) fn read_all(parts: &Path) -> Result<Vec<Summary>, CommandError> {
    let paths = paths(parts)?;
    let mut summaries: Vec<Summary> = paths.par_iter().map(|path| read_from(path)).collect::<Result<_, _>>()?;
    summaries.sort_by(|a, b| natural(&a.id, &b.id));
    let mut pairs = summaries.iter().zip(summaries.iter().skip(1));
    match pairs.find(|(a, b)| a.id == b.id) {
        Some((twice, _)) => Err(CommandError::Other(in_two_parts(&twice.id))),
        None if summaries.is_empty() => Err(CommandError::Other(no_parts(parts))),
        None => Ok(summaries),
    }
}

/// The summary of the strategy `id` in the folder `site`.
pub(super) fn read(site: &Path, id: &str) -> Result<Summary, CommandError> {
    read_from(&site.join(id).join(address::SUMMARY_JSON))
}

/// The summary at `path`.
fn read_from(path: &Path) -> Result<Summary, CommandError> {
    let json = std::fs::read(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => CommandError::Other(no_summary(path)),
        _ => ReadError::Io { path: path.to_owned(), reason: error }.into(),
    })?;
    let path = path.display();
    let summary = Summary::from_json(&json).map_err(|error| match error {
        SummaryError::Version(version) => CommandError::Other(say!(
            ja: "{path} は、別の版のプログラムの形式（{version}）です。すべての団体を同じ版のプログラムで書き出してください",
            en: "{path} is of another version of the program (`{version}`); build all municipalities with the same one"
        )),
        SummaryError::Json(reason) => CommandError::Other(say!(
            ja: "{path} は、このプログラムが書き出した summary.json ではありません（{reason}）",
            en: "{path} is no summary.json of this program ({reason})"
        )),
    })?;
    // Addresses are made of these, and pages of this site load scripts from there.
    let steps = summary.id.split('/').chain(summary.permalinks.iter().map(|(edition, _)| edition.as_str()));
    match steps.into_iter().find(|step| !is_id(step) || unpublishable(step).is_some()) {
        None => Ok(summary),
        Some(step) => Err(CommandError::Other(say!(
            ja: "{path} の「{step}」は id ではありません。このプログラムが書き出したままの summary.json を置いてください",
            en: "`{step}` in {path} is no id; put there the summary.json as this program wrote it"
        ))),
    }
}

/// The paths of the summaries of all strategies. Versions that wrote none wrote `report.json` all the same, so no
/// strategy is passed over.
fn paths(parts: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let mut paths = Vec::new();
    for entry in
        WalkDir::new(parts).follow_links(true).into_iter().filter_entry(|entry| entry.file_name() != ".shirube")
    {
        let entry = entry.map_err(|error| ReadError::of_walk(error, parts))?;
        if entry.file_type().is_file() && entry.file_name() == address::REPORT_JSON {
            paths.push(entry.path().with_file_name(address::SUMMARY_JSON));
        }
    }
    Ok(paths)
}

fn no_summary(path: &Path) -> Bilingual {
    let path = path.display();
    say!(
        ja: "{path} がありません。以前の版のプログラムで書き出された団体です。その団体を `--strategy` でもう一度書き出してください",
        en: "there is no {path}: an earlier version of the program built this municipality; build it again with `--strategy`"
    )
}

fn in_two_parts(id: &str) -> Bilingual {
    say!(ja: "戦略「{id}」が二つの部分にあります", en: "the strategy `{id}` is in two parts")
}

fn no_parts(parts: &Path) -> Bilingual {
    let parts = parts.display();
    say!(ja: "{parts} に、団体ごとに書き出したサイトがありません", en: "there is no site of a municipality in {parts}")
}
