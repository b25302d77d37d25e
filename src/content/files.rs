//! Classification of files by path: shared files, strategies, nodes and stray files.

use super::easy;
use super::misnamed;
use super::natural::natural_cmp;
use super::source::{is_markdown_or_toml, is_svg};
use crate::diagnostic::{Bilingual, Diagnostic, Rule, SourceId, Span, say};
use crate::model::{ImageFile, Kind};
use std::collections::BTreeMap;

/// Files of a content folder, grouped by strategy and node.
#[derive(Debug, Clone, Default)]
pub struct ContentFiles {
    /// `site.toml`.
    pub site: Option<SourceId>,
    /// `glossary.toml`.
    pub glossary: Option<SourceId>,
    /// All other files at the top level, such as the logo of the site.
    pub root_assets: Vec<AssetFile>,
    /// Folders with a `strategy.toml`, in natural order of their paths.
    pub strategies: Vec<StrategyFolder>,
    /// Paths of files that are ignored only because of a wrong extension.
    pub misnamed: Vec<String>,
    /// Paths of symbolic links, which are not read.
    pub symlinks: Vec<String>,
    /// Paths of unreadable folders and non-text files, with the reasons.
    pub unreadable: Vec<(String, Bilingual)>,
    /// Markdown and TOML files that are out of place, in natural order of their paths.
    pub strays: Vec<SourceId>,
}

/// The files of one strategy.
#[derive(Debug, Clone)]
pub struct StrategyFolder {
    /// Id of the strategy: path relative to the content folder, separated by `/`.
    pub id: String,
    /// `strategy.toml`.
    pub toml: SourceId,
    /// `strategy.md`.
    pub body: Option<SourceId>,
    /// `strategy.easy.md`.
    pub easy: Option<SourceId>,
    /// Ids and files of `editions/<id>.toml`, in natural order.
    pub editions: Vec<(String, SourceId)>,
    /// Folders of the nodes: goals, policies, programs, each in natural order.
    pub nodes: Vec<NodeFolder>,
}

/// The files of one node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeFolder {
    /// Kind of the node, determined by the parent folder.
    pub kind: Kind,
    /// Id of the node: name of the folder.
    pub id: String,
    /// `goal.md`, `policy.md` or `program.md`.
    pub node: Option<SourceId>,
    /// `goal.easy.md`, `policy.easy.md` or `program.easy.md`.
    pub easy: Option<SourceId>,
    /// Stems and files of the other `.md` files, in natural order.
    pub sheets: Vec<(String, SourceId)>,
    /// All other files.
    pub assets: Vec<AssetFile>,
    /// The first text file of the folder: the location of errors of the folder itself, and its key in the parse cache.
    pub anchor_file: SourceId,
}

/// A file other than Markdown or TOML: an image, a document, or an unrelated file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssetFile {
    /// File name.
    pub name: String,
    /// Source of an SVG file. `None` for other files.
    pub svg: Option<SourceId>,
    /// Properties of any other image. `None` for other files.
    pub image: Option<ImageFile>,
}

/// A file to classify.
#[derive(Debug, Clone, Copy)]
pub struct ReadFile<'p> {
    /// Path relative to the content folder.
    pub path: &'p str,
    /// Source, if it was read as text.
    pub text: Option<SourceId>,
    /// Properties, if it is an image other than SVG.
    pub image: Option<ImageFile>,
}

impl ContentFiles {
    /// Classifies `files`, which are in natural order of their paths.
    pub fn classify<'p>(files: impl Iterator<Item = ReadFile<'p>> + Clone) -> Self {
        let strategies = files.clone().filter_map(|ReadFile { path, text, .. }| {
            let (id, toml) = (path.strip_suffix("/strategy.toml")?.to_owned(), text?);
            Some((
                id.clone(),
                StrategyFolder { id, toml, body: None, easy: None, editions: Vec::new(), nodes: Vec::new() },
            ))
        });
        let mut classifier = Classifier { strategies: strategies.collect(), ..Classifier::default() };
        files.for_each(|file| classifier.add(file));
        classifier.finish()
    }
}

/// Builder of [`ContentFiles`].
#[derive(Default)]
struct Classifier {
    files: ContentFiles,
    strategies: BTreeMap<String, StrategyFolder>,
    nodes: BTreeMap<(String, Kind, String), NodeFolder>,
    /// Assets, collected separately because they may precede the text files of their folder.
    assets: Vec<((String, Kind, String), AssetFile)>,
}

impl Classifier {
    fn add(&mut self, file: ReadFile<'_>) {
        let ReadFile { path, text, .. } = file;
        if text.is_none() && misnamed::expected_name(path).is_some() {
            self.files.misnamed.push(path.to_owned());
        }
        let is_classified = match self.strategy_of(path) {
            None => self.add_to_site(file),
            Some((strategy, rest)) => self.add_to_strategy(&strategy, rest, file),
        };
        if !is_classified && is_markdown_or_toml(path) {
            self.files.strays.extend(text);
        }
    }

    /// Id of the innermost strategy that contains `path`, and the path within it.
    fn strategy_of<'f>(&self, path: &'f str) -> Option<(String, &'f str)> {
        let splits = path.rmatch_indices('/').map(|(at, _)| path.split_at(at));
        let (id, rest) = splits.into_iter().find(|(folder, _)| self.strategies.contains_key(*folder))?;
        Some((id.to_owned(), rest.strip_prefix('/')?))
    }

    fn add_to_site(&mut self, file: ReadFile<'_>) -> bool {
        let ReadFile { path, text, .. } = file;
        match path {
            "site.toml" => self.files.site = text,
            "glossary.toml" => self.files.glossary = text,
            _ if AssetFile::is_asset(path, text) && !path.contains('/') => {
                self.files.root_assets.push(AssetFile::new(path, file))
            }
            _ => return false,
        }
        true
    }

    fn add_to_strategy(&mut self, strategy: &str, rest: &str, file: ReadFile<'_>) -> bool {
        let Some(files) = self.strategies.get_mut(strategy) else { return false };
        let segments: Vec<&str> = rest.split('/').collect();
        match (segments.as_slice(), file.text) {
            (["strategy.toml"], Some(_)) => {}
            (["strategy.md"], text @ Some(_)) => files.body = text,
            (["strategy.easy.md"], text @ Some(_)) => files.easy = text,
            (["editions", name], Some(toml)) => {
                let Some(id) = name.strip_suffix(".toml") else { return false };
                files.editions.push((id.to_owned(), toml));
            }
            ([folder, id, name], text) => {
                let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.folder() == *folder) else { return false };
                let key = (strategy.to_owned(), kind, (*id).to_owned());
                let Some(text) = text.filter(|_| is_markdown_or_toml(name)) else {
                    self.assets.push((key, AssetFile::new(name, file)));
                    return true;
                };
                return self.nodes.entry(key).or_insert_with(|| NodeFolder::new(kind, id, text)).add(name, text);
            }
            _ => return false,
        }
        true
    }

    fn finish(mut self) -> ContentFiles {
        for (key, asset) in self.assets {
            if let Some(node) = self.nodes.get_mut(&key) {
                node.assets.push(asset);
            }
        }
        for ((strategy, _, _), node) in self.nodes {
            if let Some(folder) = self.strategies.get_mut(&strategy) {
                folder.nodes.push(node);
            }
        }
        for folder in self.strategies.values_mut() {
            folder.editions.sort_by(|(a, _), (b, _)| natural_cmp(a, b));
            folder.nodes.sort_by(|a, b| a.kind.cmp(&b.kind).then_with(|| natural_cmp(&a.id, &b.id)));
        }
        self.files.strategies = self.strategies.into_values().collect();
        self.files.strategies.sort_by(|a, b| natural_cmp(&a.id, &b.id));
        self.files
    }
}

impl AssetFile {
    /// Returns true if the file at `path` is neither Markdown nor TOML. `text` is its source if it was read.
    fn is_asset(path: &str, text: Option<SourceId>) -> bool {
        text.is_none() || !is_markdown_or_toml(path)
    }

    fn new(name: &str, file: ReadFile<'_>) -> Self {
        Self { name: name.to_owned(), svg: file.text.filter(|_| is_svg(name)), image: file.image }
    }
}

impl NodeFolder {
    fn new(kind: Kind, id: &str, anchor_file: SourceId) -> Self {
        Self { kind, id: id.to_owned(), node: None, easy: None, sheets: Vec::new(), assets: Vec::new(), anchor_file }
    }

    /// Sources of the text files and SVG files.
    pub(super) fn text_files(&self) -> impl Iterator<Item = SourceId> {
        let svgs = self.assets.iter().filter_map(|asset| asset.svg);
        self.node.into_iter().chain(self.easy).chain(self.sheets.iter().map(|(_, id)| *id)).chain(svgs)
    }

    fn add(&mut self, name: &str, id: SourceId) -> bool {
        match name.strip_suffix(".md") {
            Some(stem) if stem == self.kind.key() => self.node = Some(id),
            Some(stem) if stem.strip_suffix(".easy") == Some(self.kind.key()) => self.easy = Some(id),
            Some(stem) => self.sheets.push((stem.to_owned(), id)),
            None => return false,
        }
        true
    }
}

/// Reports that the file `id` at `path` belongs to no strategy or node.
pub(super) fn out_of_place(path: &str, id: SourceId) -> Diagnostic {
    let span = Span::new(id, 0..0);
    if let Some((content, "site.toml")) = path.split_once('/') {
        let message = say!(
            ja: "このファイルは読み込まれません。site.toml は原稿のフォルダーの直下に置きます",
            en: "this file is not read: site.toml must be directly in the content folder"
        );
        return Diagnostic::new(Rule::OutOfPlace, span, message).help(say!(
            ja: "原稿のフォルダーが {content} なら、--content でそれを指定してください",
            en: "if {content} is the content folder, specify it with --content"
        ));
    }
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.strip_suffix(".md").unwrap_or_default();
    if path.matches('/').count() > 0 && easy::looks_easy(stem) {
        return easy::misnamed_easy(id, stem, "strategy.easy.md", None);
    }
    let folder = path.rsplit('/').nth(2).unwrap_or_default();
    let known = Kind::ALL.map(Kind::folder);
    match crate::diagnostic::closest(folder, known) {
        Some(near) if near != folder => {
            let message = say!(ja: "フォルダー「{folder}」は読み込まれません", en: "the folder `{folder}` is not read");
            Diagnostic::new(Rule::OutOfPlace, span, message).suggest(folder, known)
        }
        _ => Diagnostic::new(
            Rule::OutOfPlace,
            span,
            say!(
                ja: "このファイルは、どの計画・目標・施策・事務事業にも属しません",
                en: "this file belongs to no strategy, goal, policy or program"
            ),
        )
        .help(say!(
            ja: "置き場所は <計画>/goals/<id>/、<計画>/policies/<id>/、<計画>/programs/<id>/ です（<計画> は strategy.toml のあるフォルダー）",
            en: "files go to <strategy>/goals/<id>/, <strategy>/policies/<id>/ or <strategy>/programs/<id>/, where <strategy> contains a strategy.toml"
        )),
    }
}
