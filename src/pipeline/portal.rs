//! The pages around all municipalities, where each of these was built by itself: the first
//! page, the search, the glossary, the page for addresses that do not exist, and the files of the theme.
//!
//! They are made from the parts' `report.json`, of which no more than a summary is kept, so
//! that the memory they take does not grow with what the municipalities say.

use super::build::Run;
use super::ground::Ground;
use super::standing::{open_site, spare_others};
use super::{Failure, Outcome, Progress};
use crate::content::{Folder, ReadError, folder, natural};
use crate::exchange::report_json;
use crate::say;
use crate::site::Summary;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// What to build, and from what.
#[derive(Debug, Clone, Copy)]
pub struct Portal<'a> {
    /// The content folder; of it only what stands beside the municipalities is read.
    pub content: &'a Path,
    /// The folder with the sites of all municipalities.
    pub parts: &'a Path,
    /// The folder to write to.
    pub output: &'a Path,
}

/// Makes the pages around all municipalities, byte for byte those of a build of all at once.
///
/// # Errors
/// When the content or the parts cannot be read, or the output cannot be written.
pub fn portal(request: &Portal<'_>, progress: &(dyn Fn(Progress) + Sync)) -> Result<Outcome, Failure> {
    let ground = Ground::read(request.content, &Folder::list_shared(request.content)?)?;
    let site = open_site(request.output);
    spare_others(site.as_ref(), request.output, &[])?;
    let run = Run::new(&ground, request.output, site, 0, progress);
    let tally = run.around(None, || summaries(request.parts, ground.shared.site.permanent))?;
    run.finish(tally, std::iter::empty(), None)
}

/// The summaries of all strategies below the folder `parts`, in natural order of their paths.
fn summaries(parts: &Path, permanent: bool) -> Result<Vec<Summary>, Failure> {
    let documents = documents(parts)?;
    let mut summaries: Vec<Summary> =
        documents.par_iter().map(|path| summary(path, permanent)).collect::<Result<_, _>>()?;
    summaries.sort_by(|a, b| natural(&a.id, &b.id));
    let mut pairs = summaries.iter().zip(summaries.iter().skip(1));
    match pairs.find(|(a, b)| a.id == b.id) {
        Some((twice, _)) => Err(in_two_parts(&twice.id)),
        None if summaries.is_empty() => Err(no_parts(parts)),
        None => Ok(summaries),
    }
}

/// The summary of the strategy whose `report.json` lies at `path`.
pub(super) fn summary(path: &Path, permanent: bool) -> Result<Summary, Failure> {
    let json = folder::load(path)?;
    report_json::summary(&json, permanent).map_err(|reason| not_a_report(path, &reason.to_string()))
}

/// The paths of all `report.json`.
fn documents(parts: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let mut documents = Vec::new();
    for entry in
        WalkDir::new(parts).follow_links(true).into_iter().filter_entry(|entry| entry.file_name() != ".shirube")
    {
        let entry = entry.map_err(|error| ReadError::of_walk(error, parts))?;
        if entry.file_type().is_file() && entry.file_name() == "report.json" {
            documents.push(entry.into_path());
        }
    }
    Ok(documents)
}

fn not_a_report(path: &Path, reason: &str) -> Failure {
    let path = path.display();
    Failure::Other(say!(
        ja: "{path} は、このプログラムが書き出した report.json ではありません（{reason}）",
        en: "{path} is no report.json of this program ({reason})"
    ))
}

fn in_two_parts(id: &str) -> Failure {
    Failure::Other(say!(ja: "戦略「{id}」が二つの部分にあります", en: "the strategy `{id}` is in two parts"))
}

fn no_parts(parts: &Path) -> Failure {
    let parts = parts.display();
    Failure::Other(say!(
        ja: "{parts} に、団体ごとに書き出したサイトがありません",
        en: "there is no site of a municipality in {parts}"
    ))
}
