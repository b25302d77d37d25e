//! Cache of parsed strategies and nodes for incremental parsing.
//!
//! The cache key is the text itself: an unchanged file keeps the same `Arc` of text. Dependent
//! files are cached together: the sheets of a node with the node, and all nodes with the files of
//! their strategy. Parsing has no other dependencies; references between nodes are resolved again
//! each time.

use super::declarations::ParsedDeclarations;
use super::files::{ContentFiles, NodeFolder, StrategyFolder};
use super::node;
use super::strategy;
use super::{Parsed, Shared, assemble};
use crate::diagnostic::{Diagnostic, SourceId, Sources};
use crate::model::{Node, Strategy};
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Cache of the parsed files of one unit.
#[derive(Debug, Default)]
pub struct ParseCache {
    strategies: HashMap<String, CachedStrategy>,
}

impl ParseCache {
    /// Parses the strategies in `files`, reusing the results of unchanged files. Strategies that no longer exist are
    /// dropped from the cache.
    pub fn parse(&mut self, shared: &Shared, files: &ContentFiles, sources: &Sources) -> (Parsed, Vec<Diagnostic>) {
        let cached: Vec<_> = files.strategies.iter().map(|folder| self.strategies.remove(&folder.id)).collect();
        let parsed: Vec<_> = files
            .strategies
            .par_iter()
            .zip(cached)
            .map(|(folder, cached)| {
                let mut cache = CachedStrategy::reuse_or_parse(folder, sources, cached);
                let strategy = cache.parse(folder, sources);
                (strategy, cache)
            })
            .collect();
        let (strategies, caches): (Vec<_>, Vec<_>) = parsed.into_iter().unzip();
        self.strategies = files.strategies.iter().map(|folder| folder.id.clone()).zip(caches).collect();
        assemble(shared, files, sources, strategies)
    }
}

/// Cached results for one strategy.
#[derive(Debug)]
struct CachedStrategy {
    texts: SourceTexts,
    declarations: ParsedDeclarations,
    /// Keyed by [`NodeFolder::anchor_file`].
    nodes: HashMap<SourceId, CachedNode>,
}

/// Cached results for one node.
#[derive(Debug)]
struct CachedNode {
    folder: NodeFolder,
    texts: SourceTexts,
    node: Arc<Node>,
    diagnostics: Vec<Diagnostic>,
}

impl CachedStrategy {
    /// Returns `old` if the strategy's own files are unchanged; otherwise parses these files into a new cache.
    fn reuse_or_parse(folder: &StrategyFolder, sources: &Sources, old: Option<Self>) -> Self {
        let editions = folder.editions.iter().map(|(_, file)| *file);
        let files = || std::iter::once(folder.toml).chain(folder.body).chain(folder.easy).chain(editions.clone());
        match old {
            Some(old) if old.texts.are_current(files(), sources) => old,
            _ => Self {
                texts: SourceTexts::of(files(), sources),
                declarations: strategy::declarations(folder, sources),
                nodes: HashMap::new(),
            },
        }
    }

    /// The strategy with its nodes. Parses only changed nodes.
    fn parse(&mut self, folder: &StrategyFolder, sources: &Sources) -> (Strategy, Vec<Diagnostic>) {
        let changed: Vec<_> = folder.nodes.iter().filter(|folder| !self.is_current(folder, sources)).collect();
        let parsed: Vec<_> =
            changed.into_par_iter().map(|folder| (folder.anchor_file, self.node(folder, sources))).collect();
        self.nodes.extend(parsed);
        if self.nodes.len() > folder.nodes.len() {
            let current: HashSet<_> = folder.nodes.iter().map(|folder| folder.anchor_file).collect();
            self.nodes.retain(|anchor, _| current.contains(anchor));
        }
        let cached = folder.nodes.iter().filter_map(|folder| self.nodes.get(&folder.anchor_file));
        strategy::with_nodes(&self.declarations, cached.map(|node| (&node.node, node.diagnostics.as_slice())))
    }

    fn is_current(&self, folder: &NodeFolder, sources: &Sources) -> bool {
        let cached = self.nodes.get(&folder.anchor_file);
        cached.is_some_and(|node| node.folder == *folder && node.texts.are_current(folder.text_files(), sources))
    }

    fn node(&self, folder: &NodeFolder, sources: &Sources) -> CachedNode {
        let (node, diagnostics) = node::node(folder, &self.declarations, sources);
        CachedNode {
            folder: folder.clone(),
            texts: SourceTexts::of(folder.text_files(), sources),
            node: Arc::new(node),
            diagnostics,
        }
    }
}

/// Texts that were parsed, with their files.
#[derive(Debug)]
struct SourceTexts(Vec<(SourceId, Arc<str>)>);

impl SourceTexts {
    fn of(files: impl Iterator<Item = SourceId>, sources: &Sources) -> Self {
        Self(files.filter_map(|id| Some((id, Arc::clone(&sources.get(id)?.text)))).collect())
    }

    /// Returns true if these are still the texts of `files`.
    fn are_current(&self, mut files: impl Iterator<Item = SourceId>, sources: &Sources) -> bool {
        let mut texts = self.0.iter();
        let mut same = |id| {
            let cached = texts.next().filter(|(file, _)| *file == id);
            cached.zip(sources.get(id)).is_some_and(|((_, text), source)| Arc::ptr_eq(text, &source.text))
        };
        files.all(&mut same) && texts.next().is_none()
    }
}
