//! What was read before, so that after a change only what changed is read again.
//!
//! The key is the text itself: files that did not change have the same `Arc` of text as
//! before. What depends on another file is kept together with it: the sheets of a node with
//! the node, and all nodes with the files of their strategy. No other dependency exists while
//! reading; what lies between nodes is linked anew each time.

use super::files::{ContentFiles, NodeFolder, StrategyFolder};
use super::node;
use super::strategy::{self, Head};
use super::{Parsed, Shared, put_together};
use crate::diagnostic::{Diagnostic, SourceId, Sources};
use crate::model::{Node, Strategy};
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Reads the files of one site, once or after each change.
#[derive(Debug, Default)]
pub struct Reader {
    strategies: HashMap<String, Memory>,
}

impl Reader {
    /// Reads the strategies among the files into the types of the model. The sources must be those
    /// of the last time, with other texts where files have changed.
    pub fn parse(&mut self, shared: &Shared, files: &ContentFiles, sources: &Sources) -> (Parsed, Vec<Diagnostic>) {
        let remembered: Vec<_> = files.strategies.iter().map(|folder| self.strategies.remove(&folder.id)).collect();
        let read: Vec<_> = files
            .strategies
            .par_iter()
            .zip(remembered)
            .map(|(folder, memory)| {
                let mut memory = Memory::of(folder, sources, memory);
                let strategy = memory.read(folder, sources);
                (strategy, memory)
            })
            .collect();
        let (strategies, memories): (Vec<_>, Vec<_>) = read.into_iter().unzip();
        self.strategies = files.strategies.iter().map(|folder| folder.id.clone()).zip(memories).collect();
        put_together(shared, files, sources, strategies)
    }
}

/// What was read of one strategy.
#[derive(Debug)]
struct Memory {
    texts: Texts,
    head: Head,
    /// By [`NodeFolder::any`].
    nodes: HashMap<SourceId, Kept>,
}

/// What was read of one node.
#[derive(Debug)]
struct Kept {
    folder: NodeFolder,
    texts: Texts,
    node: Arc<Node>,
    found: Vec<Diagnostic>,
}

impl Memory {
    /// What `old` knows, if the files of the strategy itself have not changed; else all that
    /// these say.
    fn of(folder: &StrategyFolder, sources: &Sources, old: Option<Self>) -> Self {
        let editions = folder.editions.iter().map(|(_, file)| *file);
        let files = || std::iter::once(folder.toml).chain(folder.words).chain(editions.clone());
        match old {
            Some(old) if old.texts.stand_in(files(), sources) => old,
            _ => Self {
                texts: Texts::of(files(), sources),
                head: strategy::head(folder, sources),
                nodes: HashMap::new(),
            },
        }
    }

    /// The strategy with its nodes, of which those are read that have changed.
    fn read(&mut self, folder: &StrategyFolder, sources: &Sources) -> (Strategy, Vec<Diagnostic>) {
        let changed: Vec<_> = folder.nodes.iter().filter(|folder| !self.knows(folder, sources)).collect();
        let read: Vec<_> = changed.into_par_iter().map(|folder| (folder.any, self.node(folder, sources))).collect();
        self.nodes.extend(read);
        if self.nodes.len() > folder.nodes.len() {
            let there: HashSet<_> = folder.nodes.iter().map(|folder| folder.any).collect();
            self.nodes.retain(|any, _| there.contains(any));
        }
        let kept = folder.nodes.iter().filter_map(|folder| self.nodes.get(&folder.any));
        strategy::with_nodes(&self.head, kept.map(|kept| (&kept.node, kept.found.as_slice())))
    }

    fn knows(&self, folder: &NodeFolder, sources: &Sources) -> bool {
        let kept = self.nodes.get(&folder.any);
        kept.is_some_and(|kept| kept.folder == *folder && kept.texts.stand_in(folder.texts(), sources))
    }

    fn node(&self, folder: &NodeFolder, sources: &Sources) -> Kept {
        let (node, found) = node::node(folder, &self.head, sources);
        Kept { folder: folder.clone(), texts: Texts::of(folder.texts(), sources), node: Arc::new(node), found }
    }
}

/// The texts from which something was read.
#[derive(Debug)]
struct Texts(Vec<(SourceId, Arc<str>)>);

impl Texts {
    fn of(files: impl Iterator<Item = SourceId>, sources: &Sources) -> Self {
        Self(files.filter_map(|id| Some((id, Arc::clone(&sources.get(id)?.text)))).collect())
    }

    /// Whether these are still the texts of `files`.
    fn stand_in(&self, mut files: impl Iterator<Item = SourceId>, sources: &Sources) -> bool {
        let mut texts = self.0.iter();
        let mut same = |id| {
            let read = texts.next().filter(|(of, _)| *of == id);
            read.zip(sources.get(id)).is_some_and(|((_, text), source)| Arc::ptr_eq(text, &source.text))
        };
        files.all(&mut same) && texts.next().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: [(&str, &str); 6] = [
        (
            "a/strategy.toml",
            "title = \"計画\"\npublisher = \"市\"\n[[edition]]\nid = \"2023\"\nlabel = \"令和5年度\"\n",
        ),
        ("a/policies/1/policy.md", "+++\nname = \"施策\"\n[[indicator]]\nid = \"x\"\nname = \"指標\"\n+++\n"),
        ("a/policies/1/2023.md", "+++\nindicator.x.actual.R5 = 1\n+++\n"),
        ("a/policies/2/policy.md", "+++\nname = \"別の施策\"\n+++\n"),
        ("b/strategy.toml", "title = \"計画\"\npublisher = \"町\"\n"),
        ("b/policies/1/policy.md", "+++\nname = \"施策\"\n+++\n"),
    ];

    /// The nodes that a second reading shares with the first, where the text at `path` has
    /// become `text` in between. What is read is always what reading all anew gives.
    fn shared_after(path: &str, text: &str) -> Vec<String> {
        let files = FILES.iter().map(|(path, text)| ((*path).to_owned(), Some(text.as_bytes().to_vec())));
        let (files, mut sources) = ContentFiles::sort(files.collect());
        let (mut reader, shared) = (Reader::default(), Shared::default());
        let (before, _) = reader.parse(&shared, &files, &sources);
        let (id, _) = sources.iter().find(|(_, source)| source.path == path).unwrap();
        sources.replace(id, text.as_bytes().to_vec());
        let (after, found) = reader.parse(&shared, &files, &sources);
        assert_eq!((after.clone(), found), Reader::default().parse(&shared, &files, &sources));
        let pairs = before.strategies.iter().zip(&after.strategies);
        let nodes = pairs.flat_map(|(a, b)| a.nodes.iter().zip(&b.nodes).map(move |(x, y)| (&b.id, x, y)));
        nodes.filter(|(_, x, y)| Arc::ptr_eq(x, y)).map(|(id, _, node)| format!("{id}/{}", node.id)).collect()
    }

    #[test]
    fn only_the_node_whose_file_has_changed_is_read_again() {
        let changed = FILES[1].1.replace("施策", "施策（改）");
        assert_eq!(shared_after("a/policies/1/policy.md", &changed), ["a/2", "b/1"]);
        assert_eq!(shared_after("a/policies/2/policy.md", ""), ["a/1", "b/1"]);
    }

    #[test]
    fn a_sheet_is_read_again_with_its_node() {
        assert_eq!(shared_after("a/policies/1/2023.md", "+++\nindicator.x.actual.R5 = 2\n+++\n"), ["a/2", "b/1"]);
        let renamed = FILES[1].1.replace("\"x\"", "\"y\"");
        assert_eq!(shared_after("a/policies/1/policy.md", &renamed), ["a/2", "b/1"]);
    }

    #[test]
    fn all_nodes_are_read_again_with_their_strategy_and_none_of_another() {
        let changed = FILES[0].1.replace("2023", "2024");
        assert_eq!(shared_after("a/strategy.toml", &changed), ["b/1"]);
    }

    #[test]
    fn a_node_that_is_gone_is_forgotten() {
        let all = || FILES.iter().map(|(path, text)| ((*path).to_owned(), Some(text.as_bytes().to_vec())));
        let (mut reader, shared) = (Reader::default(), Shared::default());
        let mut parse = |files| {
            let (files, sources) = ContentFiles::sort(files);
            reader.parse(&shared, &files, &sources).0
        };
        parse(all().collect());
        let parsed = parse(all().filter(|(path, _)| !path.contains("/2/")).collect());
        assert_eq!(parsed.strategies.iter().map(|strategy| strategy.nodes.len()).collect::<Vec<_>>(), [1, 1]);
        assert_eq!(reader.strategies.values().map(|memory| memory.nodes.len()).sum::<usize>(), 2);
    }
}
