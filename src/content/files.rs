//! Files put in their places: which belong to which strategy and node, wherever they came from.

use super::misnamed;
use super::natural::natural;
use super::source::{is_drawing, is_words};
use crate::diagnostic::{Bilingual, Diagnostic, Rule, SourceId, Span, say};
use crate::model::Kind;
use std::collections::BTreeMap;

/// The files of one content folder, sorted into their places.
#[derive(Debug, Clone, Default)]
pub struct ContentFiles {
    /// `site.toml`.
    pub site: Option<SourceId>,
    /// `glossary.toml`.
    pub glossary: Option<SourceId>,
    /// All other files beside these, such as the logo of the site.
    pub beside: Vec<OtherFile>,
    /// Every folder with a `strategy.toml`, in natural order of its path.
    pub strategies: Vec<StrategyFolder>,
    /// The paths of files that are not read because of their endings alone.
    pub misnamed: Vec<String>,
    /// The paths of links to elsewhere, which are not read.
    pub linked: Vec<String>,
    /// The paths of folders, and of files that are no texts, which cannot be read, with the reasons.
    pub unreadable: Vec<(String, Bilingual)>,
    /// Text files that have no place in a strategy, in natural order of their paths.
    pub strays: Vec<SourceId>,
}

/// The files of one strategy.
#[derive(Debug, Clone)]
pub struct StrategyFolder {
    /// Its path below the content folder, with `/`.
    pub id: String,
    /// `strategy.toml`.
    pub toml: SourceId,
    /// `strategy.md`.
    pub words: Option<SourceId>,
    /// `editions/<id>.toml`, by the id, in natural order.
    pub editions: Vec<(String, SourceId)>,
    /// The folders of its nodes: goals, policies, programs, each in natural order.
    pub nodes: Vec<NodeFolder>,
}

/// The files of one node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeFolder {
    /// Told by the folder above.
    pub kind: Kind,
    /// The name of the folder.
    pub id: String,
    /// `goal.md`, `policy.md` or `program.md`.
    pub node: Option<SourceId>,
    /// The other `.md` files by their names without ending, in natural order.
    pub sheets: Vec<(String, SourceId)>,
    /// All other files.
    pub assets: Vec<OtherFile>,
    /// Where a mistake of the folder itself is shown: any file of it.
    pub any: SourceId,
}

/// A file that says nothing itself: a picture, a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherFile {
    /// Its name.
    pub name: String,
    /// What it holds, if it is a drawing.
    pub drawing: Option<SourceId>,
}

impl ContentFiles {
    /// Puts each file where it belongs; they come in natural order of their paths.
    pub fn place<'p>(files: impl Iterator<Item = (&'p str, Option<SourceId>)> + Clone) -> Self {
        let strategies = files.clone().filter_map(|(path, text)| {
            let (id, toml) = (path.strip_suffix("/strategy.toml")?.to_owned(), text?);
            Some((id.clone(), StrategyFolder { id, toml, words: None, editions: Vec::new(), nodes: Vec::new() }))
        });
        let mut sorter = Sorter { strategies: strategies.collect(), ..Sorter::default() };
        files.for_each(|(path, text)| sorter.add(path, text));
        sorter.finish()
    }
}

/// Puts each file where it belongs and says which do not belong anywhere.
#[derive(Default)]
struct Sorter {
    files: ContentFiles,
    strategies: BTreeMap<String, StrategyFolder>,
    nodes: BTreeMap<(String, Kind, String), NodeFolder>,
    /// Files that are no text, met before the texts of their folder.
    assets: Vec<((String, Kind, String), OtherFile)>,
}

impl Sorter {
    fn add(&mut self, path: &str, text: Option<SourceId>) {
        if text.is_none() && misnamed::meant(path).is_some() {
            self.files.misnamed.push(path.to_owned());
        }
        let placed = match self.strategy_of(path) {
            None => self.add_to_site(path, text),
            Some((strategy, rest)) => self.add_to_strategy(&strategy, rest, text),
        };
        if !placed && is_words(path) {
            self.files.strays.extend(text);
        }
    }

    /// The strategy in which `path` lies, and the path within it.
    fn strategy_of<'f>(&self, path: &'f str) -> Option<(String, &'f str)> {
        let splits = path.rmatch_indices('/').map(|(at, _)| path.split_at(at));
        let (id, rest) = splits.into_iter().find(|(folder, _)| self.strategies.contains_key(*folder))?;
        Some((id.to_owned(), rest.strip_prefix('/')?))
    }

    fn add_to_site(&mut self, path: &str, text: Option<SourceId>) -> bool {
        match path {
            "site.toml" => self.files.site = text,
            "glossary.toml" => self.files.glossary = text,
            _ if OtherFile::is(path, text) && !path.contains('/') => {
                self.files.beside.push(OtherFile::new(path, text.filter(|_| is_drawing(path))))
            }
            _ => return false,
        }
        true
    }

    fn add_to_strategy(&mut self, strategy: &str, rest: &str, text: Option<SourceId>) -> bool {
        let Some(files) = self.strategies.get_mut(strategy) else { return false };
        let steps: Vec<&str> = rest.split('/').collect();
        match (steps.as_slice(), text) {
            (["strategy.toml"], Some(_)) => {}
            (["strategy.md"], Some(_)) => files.words = text,
            (["editions", name], Some(toml)) => {
                let Some(id) = name.strip_suffix(".toml") else { return false };
                files.editions.push((id.to_owned(), toml));
            }
            ([folder, id, name], text) => {
                let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.folder() == *folder) else { return false };
                let key = (strategy.to_owned(), kind, (*id).to_owned());
                let Some(text) = text.filter(|_| is_words(name)) else {
                    self.assets.push((key, OtherFile::new(name, text.filter(|_| is_drawing(name)))));
                    return true;
                };
                return self.nodes.entry(key).or_insert_with(|| NodeFolder::new(kind, id, text)).add(name, text);
            }
            _ => return false,
        }
        true
    }

    fn finish(mut self) -> ContentFiles {
        for (key, name) in self.assets {
            if let Some(node) = self.nodes.get_mut(&key) {
                node.assets.push(name);
            }
        }
        for ((strategy, _, _), node) in self.nodes {
            if let Some(folder) = self.strategies.get_mut(&strategy) {
                folder.nodes.push(node);
            }
        }
        for folder in self.strategies.values_mut() {
            folder.editions.sort_by(|(a, _), (b, _)| natural(a, b));
            folder.nodes.sort_by(|a, b| a.kind.cmp(&b.kind).then_with(|| natural(&a.id, &b.id)));
        }
        self.files.strategies = self.strategies.into_values().collect();
        self.files.strategies.sort_by(|a, b| natural(&a.id, &b.id));
        self.files
    }
}

impl OtherFile {
    /// Whether the file at `path`, which is the source `text` if it was read, is no text.
    fn is(path: &str, text: Option<SourceId>) -> bool {
        text.is_none() || !is_words(path)
    }

    fn new(name: &str, drawing: Option<SourceId>) -> Self {
        Self { name: name.to_owned(), drawing }
    }
}

impl NodeFolder {
    fn new(kind: Kind, id: &str, any: SourceId) -> Self {
        Self { kind, id: id.to_owned(), node: None, sheets: Vec::new(), assets: Vec::new(), any }
    }

    /// Its text files and drawings.
    pub(super) fn texts(&self) -> impl Iterator<Item = SourceId> {
        let drawings = self.assets.iter().filter_map(|asset| asset.drawing);
        self.node.into_iter().chain(self.sheets.iter().map(|(_, id)| *id)).chain(drawings)
    }

    fn add(&mut self, name: &str, id: SourceId) -> bool {
        match name.strip_suffix(".md") {
            Some(stem) if stem == self.kind.key() => self.node = Some(id),
            Some(stem) => self.sheets.push((stem.to_owned(), id)),
            None => return false,
        }
        true
    }
}

/// Reports the file `id` at `path` as belonging nowhere.
pub(super) fn out_of_place(path: &str, id: SourceId) -> Diagnostic {
    let span = Span::new(id, 0..0);
    if let Some((content, "site.toml")) = path.split_once('/') {
        let message = say!(
            ja: "このファイルは読まれません。site.toml は原稿のフォルダーのすぐ下に置きます",
            en: "this file is not read: site.toml lies in the content folder itself"
        );
        return Diagnostic::new(Rule::OutOfPlace, span, message).help(say!(
            ja: "原稿のフォルダーが {content} なら、--content でそれを指定してください",
            en: "if {content} is the content folder, name it with --content"
        ));
    }
    let folder = path.rsplit('/').nth(2).unwrap_or_default();
    let known = Kind::ALL.map(Kind::folder);
    match crate::diagnostic::closest(folder, known) {
        Some(near) if near != folder => {
            let message = say!(ja: "フォルダー「{folder}」は読まれません", en: "the folder `{folder}` is not read");
            Diagnostic::new(Rule::OutOfPlace, span, message).suggest(folder, known)
        }
        _ => Diagnostic::new(
            Rule::OutOfPlace,
            span,
            say!(
                ja: "このファイルは、どの戦略・施策・事務事業のものでもありません",
                en: "this file belongs to no strategy, policy or program"
            ),
        )
        .help(say!(
            ja: "置き場所は <戦略>/goals/<id>/、<戦略>/policies/<id>/、<戦略>/programs/<id>/ です（<戦略> は strategy.toml のあるフォルダー）",
            en: "files go to <strategy>/goals/<id>/, <strategy>/policies/<id>/ or <strategy>/programs/<id>/, where <strategy> holds a strategy.toml"
        )),
    }
}
