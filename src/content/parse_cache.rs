//! Parsed strategies and nodes, kept so that after a change only what changed is parsed again.
//!
//! The key is the text itself: files that did not change have the same `Arc` of text as
//! before. What depends on another file is kept together with it: the sheets of a node with
//! the node, and all nodes with the files of their strategy. No other dependency exists while
//! parsing; what lies between nodes is linked anew each time.

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

/// The parsed files of one unit.
#[derive(Debug, Default)]
pub struct ParseCache {
    strategies: HashMap<String, CachedStrategy>,
}

impl ParseCache {
    /// Parses the strategies among the files, as far as they have changed.
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

/// What was read of one strategy.
#[derive(Debug)]
struct CachedStrategy {
    texts: SourceTexts,
    head: StrategyFile,
    /// By [`NodeFolder::any`].
    nodes: HashMap<SourceId, CachedNode>,
}

/// What was read of one node.
#[derive(Debug)]
struct CachedNode {
    folder: NodeFolder,
    texts: SourceTexts,
    node: Arc<Node>,
    found: Vec<Diagnostic>,
}

impl CachedStrategy {
    /// What `old` knows, if the files of the strategy itself have not changed; else all that
    /// these say.
    fn of(folder: &StrategyFolder, sources: &Sources, old: Option<Self>) -> Self {
        let editions = folder.editions.iter().map(|(_, file)| *file);
        let files = || std::iter::once(folder.toml).chain(folder.words).chain(editions.clone());
        match old {
            Some(old) if old.texts.are_current(files(), sources) => old,
            _ => Self {
                texts: SourceTexts::of(files(), sources),
                head: strategy::head(folder, sources),
                nodes: HashMap::new(),
            },
        }
    }

    /// The strategy with its nodes, of which those are read that have changed.
    fn parse(&mut self, folder: &StrategyFolder, sources: &Sources) -> (Strategy, Vec<Diagnostic>) {
        let changed: Vec<_> = folder.nodes.iter().filter(|folder| !self.is_current(folder, sources)).collect();
        let read: Vec<_> = changed.into_par_iter().map(|folder| (folder.any, self.node(folder, sources))).collect();
        self.nodes.extend(read);
        if self.nodes.len() > folder.nodes.len() {
            let there: HashSet<_> = folder.nodes.iter().map(|folder| folder.any).collect();
            self.nodes.retain(|any, _| there.contains(any));
        }
        let kept = folder.nodes.iter().filter_map(|folder| self.nodes.get(&folder.any));
        strategy::with_nodes(&self.head, kept.map(|kept| (&kept.node, kept.found.as_slice())))
    }

    fn is_current(&self, folder: &NodeFolder, sources: &Sources) -> bool {
        let kept = self.nodes.get(&folder.any);
        kept.is_some_and(|kept| kept.folder == *folder && kept.texts.are_current(folder.texts(), sources))
    }

    fn node(&self, folder: &NodeFolder, sources: &Sources) -> CachedNode {
        let (node, found) = node::node(folder, &self.head, sources);
        CachedNode {
            folder: folder.clone(),
            texts: SourceTexts::of(folder.texts(), sources),
            node: Arc::new(node),
            found,
        }
    }
}

/// The texts from which something was read.
#[derive(Debug)]
struct SourceTexts(Vec<(SourceId, Arc<str>)>);

impl SourceTexts {
    fn of(files: impl Iterator<Item = SourceId>, sources: &Sources) -> Self {
        Self(files.filter_map(|id| Some((id, Arc::clone(&sources.get(id)?.text)))).collect())
    }

    /// Whether these are still the texts of `files`.
    fn are_current(&self, mut files: impl Iterator<Item = SourceId>, sources: &Sources) -> bool {
        let mut texts = self.0.iter();
        let mut same = |id| {
            let read = texts.next().filter(|(of, _)| *of == id);
            read.zip(sources.get(id)).is_some_and(|((_, text), source)| Arc::ptr_eq(text, &source.text))
        };
        files.all(&mut same) && texts.next().is_none()
    }
}
