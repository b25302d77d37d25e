//! Linked report: the input of all phases after linking.

#![expect(clippy::indexing_slicing, reason = "ids are indices into the report that issued them")]

use super::chain::Chains;
use super::easy::EasyText;
use super::edition::EditionIx;
use super::glossary::GlossaryTerm;
use super::kind::Kind;
use super::license::License;
use super::node::{Node, Row};
use super::reference::{Reference, ReferenceKind};
use super::region_code::RegionCode;
use super::sheet::Sheet;
use super::site::Site;
use super::strategy::{Strategy, UnpublishedNode};
use std::collections::HashMap;
use std::sync::Arc;

/// Index of a strategy in [`Report::strategies`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StrategyIx(pub u32);

/// Identifier of a node: its strategy, and its index in [`Strategy::nodes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId {
    /// The strategy.
    pub strategy: StrategyIx,
    /// Index of the node.
    pub node: u32,
}

/// Identifier of an indicator: its node, and its index in [`Node::indicators`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IndicatorId {
    /// The node.
    pub node: NodeId,
    /// Index of the indicator.
    pub indicator: u32,
}

impl IndicatorId {
    /// Identifier of the indicator at `index` of `node`.
    pub fn new(node: NodeId, index: usize) -> Self {
        debug_assert!(u32::try_from(index).is_ok(), "a node has fewer than 2³² indicators");
        Self { node, indicator: index as u32 }
    }
}

/// Identifier of an unpublished node: its strategy, and its index in [`Strategy::unpublished`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnpublishedId {
    /// The strategy that declares it.
    pub strategy: StrategyIx,
    /// Index of the declaration.
    pub index: u32,
}

/// Target of a resolved reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReferenceTarget {
    /// A strategy.
    Strategy(StrategyIx),
    /// A goal, policy or program.
    Node(NodeId),
    /// An indicator.
    Indicator(IndicatorId),
    /// A node that is not published.
    Unpublished(UnpublishedId),
}

/// Owner of rows of programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    /// A strategy itself.
    Strategy(StrategyIx),
    /// A policy or goal.
    Node(NodeId),
}

/// Occurrence of a program in the rows of an owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// Owner of the row.
    pub owner: Owner,
    /// Index of the row among those of the owner.
    pub row: usize,
    /// True if net sums count the amounts of the program here: true at its home or, if its home is not
    /// published, at its first row.
    pub counts: bool,
}

/// Relations of a node to other nodes, each recorded at both ends.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Relations {
    /// The goal above.
    pub parent: Option<NodeId>,
    /// Goals and policies below, in order.
    pub children: Vec<NodeId>,
    /// Programs of its rows, one per row.
    pub programs: Vec<NodeId>,
    /// For programs: the rows in which it occurs, in order of the strategy's tree.
    pub places: Vec<Place>,
    /// Targets of its `links` key, in order.
    pub links: Vec<ReferenceTarget>,
    /// Nodes whose `links` refer to it or one of its indicators.
    pub linked_from: Vec<NodeId>,
    /// Targets of references in its prose, without duplicates, in order.
    pub mentions: Vec<ReferenceTarget>,
    /// Nodes whose prose refers to it or one of its indicators.
    pub mentioned_by: Vec<NodeId>,
    /// Nodes that it succeeds.
    pub succeeds: Vec<NodeId>,
    /// Nodes that succeed it.
    pub succeeded_by: Vec<NodeId>,
}

/// Linked strategies, with the settings and the glossary of the site.
///
/// Created by [`crate::link::link`]. Relations and rows contain resolved references only.
#[derive(Debug, Clone)]
pub struct Report {
    /// The site.
    pub site: Arc<Site>,
    /// Glossary terms, in the order of the file.
    pub glossary: Arc<[GlossaryTerm]>,
    /// The strategies, in natural order of their paths.
    pub strategies: Vec<Strategy>,
    /// Current editions by strategy and kind; see [`Strategy::current_edition`].
    pub(crate) current: Vec<[Option<EditionIx>; 3]>,
    pub(crate) relations: Vec<Vec<Relations>>,
    pub(crate) roots: Vec<Vec<NodeId>>,
    pub(crate) row_programs: Vec<Vec<NodeId>>,
    pub(crate) index: ReferenceIndex,
    pub(crate) chains: Chains,
}

/// Lookup tables from ids to targets, for resolving references.
#[derive(Debug, Clone, Default)]
pub(crate) struct ReferenceIndex {
    pub(crate) strategies: HashMap<String, StrategyIx>,
    /// Nodes and `[[outside]]` declarations, by id.
    pub(crate) nodes: HashMap<(StrategyIx, Kind, String), ReferenceTarget>,
}

impl Report {
    /// The strategy at `ix`.
    pub fn strategy(&self, ix: StrategyIx) -> &Strategy {
        &self.strategies[ix.0 as usize]
    }

    /// Text in easy Japanese of a strategy or node; `None` if it has none.
    pub fn easy(&self, owner: Owner) -> Option<&EasyText> {
        match owner {
            Owner::Strategy(ix) => self.strategy(ix).easy.as_ref(),
            Owner::Node(id) => self.node(id).easy.as_ref(),
        }
    }

    /// Mutable access to the strategy at `ix`, for linking.
    pub(crate) fn strategy_mut(&mut self, ix: StrategyIx) -> &mut Strategy {
        &mut self.strategies[ix.0 as usize]
    }

    /// All strategies with their indices.
    pub fn strategies(&self) -> impl Iterator<Item = (StrategyIx, &Strategy)> {
        self.strategies.iter().enumerate().map(|(i, s)| (StrategyIx(i as u32), s))
    }

    /// The report as of the edition `last` of the strategy at `ix`: without later editions and
    /// their sheets.
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

    /// [`Strategy::current_edition`], precomputed.
    pub fn current_edition(&self, strategy: StrategyIx, kind: Kind) -> Option<EditionIx> {
        self.current.get(strategy.0 as usize)?.get(kind as usize).copied().flatten()
    }

    /// Relations of the node `id`.
    pub fn relations(&self, id: NodeId) -> &Relations {
        &self.relations[id.strategy.0 as usize][id.node as usize]
    }

    /// Goals and policies of a strategy without a parent goal, in order.
    pub fn roots(&self, strategy: StrategyIx) -> &[NodeId] {
        &self.roots[strategy.0 as usize]
    }

    /// Mutable roots of a strategy, for linking.
    pub(crate) fn roots_mut(&mut self, strategy: StrategyIx) -> &mut Vec<NodeId> {
        &mut self.roots[strategy.0 as usize]
    }

    /// Mutable relations of the node `id`, for linking.
    pub(crate) fn relations_mut(&mut self, id: NodeId) -> &mut Relations {
        &mut self.relations[id.strategy.0 as usize][id.node as usize]
    }

    /// Mutable programs of an owner's rows, for linking.
    pub(crate) fn programs_mut(&mut self, owner: Owner) -> &mut Vec<NodeId> {
        match owner {
            Owner::Strategy(ix) => &mut self.row_programs[ix.0 as usize],
            Owner::Node(id) => &mut self.relations_mut(id).programs,
        }
    }

    /// Chains of indicators.
    pub fn chains(&self) -> &Chains {
        &self.chains
    }

    /// Rows of an owner with their programs.
    pub fn rows(&self, owner: Owner) -> impl Iterator<Item = (&Row, NodeId)> {
        let (rows, programs) = match owner {
            Owner::Strategy(ix) => (&self.strategy(ix).rows, &self.row_programs[ix.0 as usize]),
            Owner::Node(id) => (&self.node(id).rows, &self.relations(id).programs),
        };
        rows.iter().zip(programs.iter().copied())
    }

    /// Programs whose amounts count in the rows of an owner ([`Place::counts`]), in the order of the rows.
    pub fn counted_programs(&self, owner: Owner) -> impl Iterator<Item = NodeId> {
        let rows = self.rows(owner).enumerate().map(|(row, (_, program))| (row, program));
        let is_counted = move |place: &Place, row: usize| place.counts && place.owner == owner && place.row == row;
        let counted = rows
            .filter(move |(row, program)| self.relations(*program).places.iter().any(|place| is_counted(place, *row)));
        counted.map(|(_, program)| program)
    }

    /// Terms of use of the data of a strategy: its own, else those of the site. `None` if neither declares any.
    pub fn license(&self, ix: StrategyIx) -> Option<&License> {
        self.strategy(ix).license.as_ref().or(self.site.license.as_ref())
    }

    /// Code of the local government of a strategy: its own, else that of the site. `None` if neither declares one.
    pub fn region_code(&self, ix: StrategyIx) -> Option<&RegionCode> {
        self.strategy(ix).region_code.as_ref().or(self.site.region_code.as_ref())
    }

    /// The row at `place`.
    pub fn row(&self, place: Place) -> &Row {
        match place.owner {
            Owner::Strategy(ix) => &self.strategy(ix).rows[place.row],
            Owner::Node(id) => &self.node(id).rows[place.row],
        }
    }

    /// Home of a program: its only row without `repeat`; `None` if its home is not published.
    pub fn home(&self, program: NodeId) -> Option<Place> {
        self.relations(program).places.iter().copied().find(|place| !self.row(*place).repeat)
    }

    /// The unpublished node `id`.
    pub fn unpublished(&self, id: UnpublishedId) -> &UnpublishedNode {
        &self.strategy(id.strategy).unpublished[id.index as usize]
    }

    /// Resolves `reference` as written in the strategy `from`; `None` if it has no target.
    pub fn resolve(&self, from: StrategyIx, reference: &Reference) -> Option<ReferenceTarget> {
        let index = &self.index;
        if reference.kind == ReferenceKind::Strategy {
            return index.strategies.get(&reference.id).copied().map(ReferenceTarget::Strategy);
        }
        let ix = match &reference.strategy {
            Some(path) => *index.strategies.get(path)?,
            None => from,
        };
        let node = |kind: Kind| index.nodes.get(&(ix, kind, reference.id.clone())).copied();
        match &reference.kind {
            ReferenceKind::Strategy => None,
            ReferenceKind::Node(kind) => node(*kind),
            ReferenceKind::Indicator(kind, id) => {
                let ReferenceTarget::Node(node) = node(*kind)? else { return None };
                let indicator = self.node(node).indicators.iter().position(|i| i.id == *id)?;
                Some(ReferenceTarget::Indicator(IndicatorId::new(node, indicator)))
            }
        }
    }
}
