//! Files of `static/`, which are published unchanged at the root of the site.

use super::source::{self, Source};
use crate::diagnostic::{Bilingual, Diagnostic, Location, Rule, say};
use crate::file_name;
use crate::model::StaticFile;

/// Lists the files of `static/`, sorted by path. Reports symbolic links, unreadable folders, names under which no file
/// can be published, and strategies.
pub fn static_files(source: &dyn Source) -> (Vec<StaticFile>, Vec<Diagnostic>) {
    let listing = source.list_static();
    let full_path = |path: &str| match path {
        "" => StaticFile::FOLDER.to_owned(),
        _ => format!("{}/{path}", StaticFile::FOLDER),
    };
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    diagnostics.extend(listing.symlinks.iter().map(|path| source::symlink(&full_path(path))));
    diagnostics.extend(listing.unreadable.iter().map(|(path, why)| source::unreadable(&full_path(path), why)));
    diagnostics
        .extend(listing.strategies().map(|folder| strategy_in_static(full_path(&format!("{folder}/strategy.toml")))));
    let is_strategy_of_its_own = |path: &&String| *path == "strategy.toml";
    diagnostics
        .extend(listing.paths.iter().filter(is_strategy_of_its_own).map(|path| strategy_in_static(full_path(path))));
    let files: Vec<StaticFile> = listing
        .paths
        .into_iter()
        .map(|file| StaticFile { path: file_name::to_nfc(&file).into_owned(), file })
        .collect();
    diagnostics.extend(files.iter().filter_map(invalid_name));
    (files, diagnostics)
}

/// Reports a file that cannot be published under its name.
fn invalid_name(file: &StaticFile) -> Option<Diagnostic> {
    let Bilingual { ja, en } = file_name::invalid_reason(&file.path)?;
    let message = say!(ja: "このファイルは公開できません。{ja}", en: "this file cannot be published: {en}");
    Some(Diagnostic::new(Rule::ImpossibleName, Location::Path(file.source_path()), message).help(say!(
        ja: "ファイルかフォルダーの名前を変えてください",
        en: "rename the file or folder"
    )))
}

/// Reports a strategy, which would be published as it is instead of being read.
fn strategy_in_static(path: String) -> Diagnostic {
    let message = say!(
        ja: "フォルダー static は、そのまま公開するファイルの置き場所なので、計画は置けません",
        en: "the folder `static` holds files that are published unchanged, so it cannot contain a strategy"
    );
    Diagnostic::new(Rule::SameAddress, Location::Path(path), message).help(say!(
        ja: "計画のフォルダーは、site.toml と同じ場所に、自治体名などの別の名前で置いてください",
        en: "move the strategy to a folder with another name beside site.toml"
    ))
}
