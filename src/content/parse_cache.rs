//! Cache of parsed strategies and nodes for incremental parsing.
//!
//! The cache key is the text itself: an unchanged file keeps the same `Arc` of text. Dependent
//! files are cached together: the sheets of a node with the node, and all nodes with the files of
//! their strategy. Parsing has no other dependencies; references between nodes are resolved again
//! each time.

use super::files::{ContentFiles, NodeFolder, StrategyFolder};
use super::node;
use super::strategy;
use super::strategy_file::StrategyFile;
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
        let read: Vec<_> = files
            .strategies
            .par_iter()
            .zip(cached)
            .map(|(folder, cached)| {
                let mut cache = CachedStrategy::of(folder, sources, cached);
                let strategy = cache.parse(folder, sources);
                (strategy, cache)
            })
            .collect();
        let (strategies, caches): (Vec<_>, Vec<_>) = read.into_iter().unzip();
        self.strategies = files.strategies.iter().map(|folder| folder.id.clone()).zip(caches).collect();
        assemble(shared, files, sources, strategies)
    }
}

/// Cached results for one strategy.
#[derive(Debug)]
struct CachedStrategy {
    texts: SourceTexts,
    strategy_file: StrategyFile,
    /// Keyed by [`NodeFolder::any_file`].
    nodes: HashMap<SourceId, CachedNode>,
}

/// Cached results for one node.
#[derive(Debug)]
struct CachedNode {
    folder: NodeFolder,
    texts: SourceTexts,
    node: Arc<Node>,
    found: Vec<Diagnostic>,
}

impl CachedStrategy {
    /// `old` if the strategy's own files are unchanged, otherwise a new cache from parsing these files.
    fn of(folder: &StrategyFolder, sources: &Sources, old: Option<Self>) -> Self {
        let editions = folder.editions.iter().map(|(_, file)| *file);
        let files = || std::iter::once(folder.toml).chain(folder.body).chain(editions.clone());
        match old {
            Some(old) if old.texts.are_current(files(), sources) => old,
            _ => Self {
                texts: SourceTexts::of(files(), sources),
                strategy_file: strategy::strategy_file(folder, sources),
                nodes: HashMap::new(),
            },
        }
    }

    /// The strategy with its nodes. Parses only changed nodes.
    fn parse(&mut self, folder: &StrategyFolder, sources: &Sources) -> (Strategy, Vec<Diagnostic>) {
        let changed: Vec<_> = folder.nodes.iter().filter(|folder| !self.is_current(folder, sources)).collect();
        let read: Vec<_> =
            changed.into_par_iter().map(|folder| (folder.any_file, self.node(folder, sources))).collect();
        self.nodes.extend(read);
        if self.nodes.len() > folder.nodes.len() {
            let there: HashSet<_> = folder.nodes.iter().map(|folder| folder.any_file).collect();
            self.nodes.retain(|any, _| there.contains(any));
        }
        let kept = folder.nodes.iter().filter_map(|folder| self.nodes.get(&folder.any_file));
        strategy::with_nodes(&self.strategy_file, kept.map(|kept| (&kept.node, kept.found.as_slice())))
    }

    fn is_current(&self, folder: &NodeFolder, sources: &Sources) -> bool {
        let kept = self.nodes.get(&folder.any_file);
        kept.is_some_and(|kept| kept.folder == *folder && kept.texts.are_current(folder.texts(), sources))
    }

    fn node(&self, folder: &NodeFolder, sources: &Sources) -> CachedNode {
        let (node, found) = node::node(folder, &self.strategy_file, sources);
        CachedNode {
            folder: folder.clone(),
            texts: SourceTexts::of(folder.texts(), sources),
            node: Arc::new(node),
            found,
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
            let read = texts.next().filter(|(of, _)| *of == id);
            read.zip(sources.get(id)).is_some_and(|((_, text), source)| Arc::ptr_eq(text, &source.text))
        };
        files.all(&mut same) && texts.next().is_none()
    }
}
