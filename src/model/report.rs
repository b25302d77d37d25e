//! The whole site's content with everything tied together: the value that all later phases read.

#![expect(clippy::indexing_slicing, reason = "ids are places in the report that gave them out")]

use super::edition::EditionIx;
use super::glossary::GlossaryTerm;
use super::kind::Kind;
use super::node::{Node, Row};
use super::reference::{Reference, ReferenceKind};
use super::sheet::Sheet;
use super::site::Site;
use super::strategy::{Outside, Strategy};
use std::collections::HashMap;
use std::sync::Arc;

/// The place of a strategy in [`Report::strategies`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StrategyIx(pub u32);

/// A node: its strategy, and its place in [`Strategy::nodes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId {
    /// The strategy.
    pub strategy: StrategyIx,
    /// The place.
    pub node: u32,
}

/// An indicator: its node, and its place in [`Node::indicators`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IndicatorId {
    /// The node.
    pub node: NodeId,
    /// The place.
    pub indicator: u32,
}

/// A node that is named but not published: its strategy, and its place in [`Strategy::outside`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OutsideId {
    /// The strategy that declares it.
    pub strategy: StrategyIx,
    /// The place.
    pub outside: u32,
}

/// What a reference means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// A strategy.
    Strategy(StrategyIx),
    /// A goal, policy or program.
    Node(NodeId),
    /// An indicator.
    Indicator(IndicatorId),
    /// A node that is not published.
    Outside(OutsideId),
}

/// What has rows of programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    /// A strategy itself.
    Strategy(StrategyIx),
    /// A policy or goal.
    Node(NodeId),
}

/// One place at which a program is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// Under what.
    pub owner: Owner,
    /// Which of its rows.
    pub row: usize,
    /// Whether its amounts count here when each is counted once: at its home or, if that
    /// lies outside, at its first row.
    pub counts: bool,
}

/// How a node is tied to others. The same facts from both ends.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Relations {
    /// The goal above.
    pub parent: Option<NodeId>,
    /// Goals and policies below, in order.
    pub children: Vec<NodeId>,
    /// The programs of its rows, one for each row.
    pub programs: Vec<NodeId>,
    /// Where the node, a program, is shown: in order of the strategy's tree.
    pub places: Vec<Place>,
    /// What its `links` key names, in order.
    pub links: Vec<Target>,
    /// Nodes whose `links` name it or one of its indicators.
    pub linked_from: Vec<NodeId>,
    /// What its words mention, each once, in order.
    pub mentions: Vec<Target>,
    /// Nodes whose words mention it or one of its indicators.
    pub mentioned_by: Vec<NodeId>,
    /// What it succeeds.
    pub succeeds: Vec<NodeId>,
    /// What succeeds it.
    pub succeeded_by: Vec<NodeId>,
}

/// All strategies of one build, linked.
///
/// Made by [`crate::link::link`]; every reference that is left in it resolves.
#[derive(Debug, Clone)]
pub struct Report {
    /// The site.
    pub site: Arc<Site>,
    /// Words that citizens may not know, in the order in which they are written.
    pub glossary: Arc<[GlossaryTerm]>,
    /// The strategies, in natural order of their paths.
    pub strategies: Vec<Strategy>,
    /// The editions that count, by strategy and kind.
    pub(crate) current: Vec<[Option<EditionIx>; 3]>,
    pub(crate) relations: Vec<Vec<Relations>>,
    pub(crate) roots: Vec<Vec<NodeId>>,
    pub(crate) row_programs: Vec<Vec<NodeId>>,
    pub(crate) names: Names,
}

/// Ids to places, for resolving references.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    pub(crate) strategies: HashMap<String, StrategyIx>,
    /// Nodes, and what is declared outside.
    pub(crate) nodes: HashMap<(StrategyIx, Kind, String), Target>,
}

impl Report {
    /// The strategy at `ix`.
    pub fn strategy(&self, ix: StrategyIx) -> &Strategy {
        &self.strategies[ix.0 as usize]
    }

    /// The strategy at `ix`, to be changed while linking.
    pub(crate) fn strategy_mut(&mut self, ix: StrategyIx) -> &mut Strategy {
        &mut self.strategies[ix.0 as usize]
    }

    /// All strategies with their places.
    pub fn strategies(&self) -> impl Iterator<Item = (StrategyIx, &Strategy)> {
        self.strategies.iter().enumerate().map(|(i, s)| (StrategyIx(i as u32), s))
    }

    /// The report as it was when the edition `last` of a strategy was its newest.
    pub fn as_of(&self, ix: StrategyIx, last: EditionIx) -> Self {
        let mut report = self.clone();
        let strategy = report.strategy_mut(ix);
        strategy.editions.truncate(last.0 + 1);
        let is_later = |sheet: &Sheet| sheet.edition > last;
        for node in strategy.nodes.iter_mut().filter(|node| node.sheets.iter().any(is_later)) {
            Arc::make_mut(node).sheets.retain(|sheet| !is_later(sheet));
        }
        let current = Kind::ALL.map(|kind| strategy.current_edition(kind));
        report.current[ix.0 as usize] = current;
        report
    }

    /// The node `id`.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.strategy(id.strategy).nodes[id.node as usize]
    }

    /// All nodes of a strategy: goals, then policies, then programs.
    pub fn nodes(&self, strategy: StrategyIx) -> impl Iterator<Item = (NodeId, &Node)> {
        let nodes = self.strategy(strategy).nodes.iter().enumerate();
        nodes.map(move |(i, node)| (NodeId { strategy, node: i as u32 }, &**node))
    }

    /// As [`Strategy::current_edition`], looked up.
    pub fn current_edition(&self, strategy: StrategyIx, kind: Kind) -> Option<EditionIx> {
        self.current.get(strategy.0 as usize)?.get(kind as usize).copied().flatten()
    }

    /// How the node `id` is tied to others.
    pub fn relations(&self, id: NodeId) -> &Relations {
        &self.relations[id.strategy.0 as usize][id.node as usize]
    }

    /// The goals and policies of a strategy that have no goal above them, in order.
    pub fn roots(&self, strategy: StrategyIx) -> &[NodeId] {
        &self.roots[strategy.0 as usize]
    }

    /// The roots of a strategy, to be set while linking.
    pub(crate) fn roots_mut(&mut self, strategy: StrategyIx) -> &mut Vec<NodeId> {
        &mut self.roots[strategy.0 as usize]
    }

    /// The relations of the node `id`, to be set while linking.
    pub(crate) fn relations_mut(&mut self, id: NodeId) -> &mut Relations {
        &mut self.relations[id.strategy.0 as usize][id.node as usize]
    }

    /// The programs of an owner's rows, to be set while linking.
    pub(crate) fn programs_mut(&mut self, owner: Owner) -> &mut Vec<NodeId> {
        match owner {
            Owner::Strategy(ix) => &mut self.row_programs[ix.0 as usize],
            Owner::Node(id) => &mut self.relations_mut(id).programs,
        }
    }

    /// The rows of an owner with their programs.
    pub fn rows(&self, owner: Owner) -> impl Iterator<Item = (&Row, NodeId)> {
        let (rows, programs) = match owner {
            Owner::Strategy(ix) => (&self.strategy(ix).rows, &self.row_programs[ix.0 as usize]),
            Owner::Node(id) => (&self.node(id).rows, &self.relations(id).programs),
        };
        rows.iter().zip(programs.iter().copied())
    }

    /// The row of a place.
    pub fn row(&self, place: Place) -> &Row {
        match place.owner {
            Owner::Strategy(ix) => &self.strategy(ix).rows[place.row],
            Owner::Node(id) => &self.node(id).rows[place.row],
        }
    }

    /// The home of a program: its only row without `repeat`; `None` if it lies outside.
    pub fn home(&self, program: NodeId) -> Option<Place> {
        self.relations(program).places.iter().copied().find(|place| !self.row(*place).repeat)
    }

    /// A node that is not published.
    pub fn outside(&self, id: OutsideId) -> &Outside {
        &self.strategy(id.strategy).outside[id.outside as usize]
    }

    /// What `reference` means when it is written in the strategy `from`.
    pub fn resolve(&self, from: StrategyIx, reference: &Reference) -> Option<Target> {
        let names = &self.names;
        if reference.kind == ReferenceKind::Strategy {
            return names.strategies.get(&reference.id).copied().map(Target::Strategy);
        }
        let ix = match &reference.strategy {
            Some(path) => *names.strategies.get(path)?,
            None => from,
        };
        let named = |kind: Kind| names.nodes.get(&(ix, kind, reference.id.clone())).copied();
        match &reference.kind {
            ReferenceKind::Strategy => None,
            ReferenceKind::Node(kind) => named(*kind),
            ReferenceKind::Indicator(kind, id) => {
                let Target::Node(node) = named(*kind)? else { return None };
                let indicator = self.node(node).indicators.iter().position(|i| i.id == *id)?;
                Some(Target::Indicator(IndicatorId { node, indicator: indicator as u32 }))
            }
        }
    }
}
