//! The tables of nodes, of their rows and relations, and of the facts beside their names.

use super::csv_file::{CsvFile, CsvWriter, NONE, count, flag, optional, text, year};
use super::table::{FIELD_COLUMNS, NODE_COLUMNS, PLACEMENT_COLUMNS, RELATION_COLUMNS};
use crate::model::{
    FieldEntry, InCharge, Indicator, Node, NodeId, Owner, Place, Reference, ReferenceKind, RegionCode, Report,
    Strategy, StrategyIx,
};
use crate::site::address;
use std::borrow::Cow;

/// Key of a node in all tables: `policy/3`.
pub(super) fn node_key(node: &Node) -> String {
    [node.kind.key(), "/", &node.id].concat()
}

/// Key of an indicator in all tables: `policy/3#kpi`.
pub(super) fn indicator_key(node: &Node, indicator: &Indicator) -> String {
    [node.kind.key(), "/", &node.id, "#", &indicator.id].concat()
}

/// The same keys for a reference; that of another strategy begins with its id.
fn reference_key(reference: &Reference) -> String {
    let key = match &reference.kind {
        ReferenceKind::Strategy => reference.id.clone(),
        ReferenceKind::Node(kind) => format!("{}/{}", kind.key(), reference.id),
        ReferenceKind::Indicator(kind, indicator) => format!("{}/{}#{indicator}", kind.key(), reference.id),
    };
    match &reference.strategy {
        Some(strategy) => format!("{strategy}/{key}"),
        None => key,
    }
}

/// The table [`TableId::Nodes`](super::TableId::Nodes).
pub(super) fn nodes(report: &Report, ix: StrategyIx) -> CsvFile {
    let mut file = CsvWriter::new(&NODE_COLUMNS);
    let strategy = report.strategy(ix);
    let base = report.site.base.as_ref().map_or("", |base| base.as_str());
    for (id, node) in report.nodes(ix) {
        let parent = report.relations(id).parent;
        let period = node.period.as_ref();
        file.push([
            Cow::Owned(node_key(node)),
            optional(report.region_code(ix).map(RegionCode::as_str)),
            text(&strategy.publisher),
            text(&strategy.id),
            Cow::Borrowed(node.kind.key()),
            text(&node.id),
            optional(node.number.as_deref()),
            text(node.label.as_deref().unwrap_or(strategy.label(node.kind))),
            text(&node.name),
            optional(node.reading.as_deref()),
            parent.map_or(NONE, |parent| Cow::Owned(node_key(report.node(parent)))),
            year(period.and_then(|period| period.from)),
            year(period.and_then(|period| period.to)),
            flag(node.lost.is_some()),
            Cow::Owned(format!("{base}{}", address::node(report, id))),
        ]);
    }
    file.finish()
}

/// The table [`TableId::Placements`](super::TableId::Placements).
pub(super) fn placements(report: &Report, ix: StrategyIx) -> CsvFile {
    let mut file = CsvWriter::new(&PLACEMENT_COLUMNS);
    let strategy = report.strategy(ix);
    let owners = report.nodes(ix).map(|(id, _)| Owner::Node(id));
    for owner in std::iter::once(Owner::Strategy(ix)).chain(owners) {
        let (key, groups) = match owner {
            Owner::Strategy(_) => ("strategy".to_owned(), &strategy.groups),
            Owner::Node(id) => (node_key(report.node(id)), &report.node(id).groups),
        };
        for (index, (row, program)) in report.rows(owner).enumerate() {
            let counted = Place { owner, row: index, counts: true };
            let group = row.group.and_then(|group| groups.get(group)).map(|group| group.title.as_str());
            file.push([
                text(&strategy.id),
                Cow::Borrowed(&key),
                count(index + 1),
                Cow::Owned(node_key(report.node(program))),
                optional(row.number.as_deref()),
                optional(group),
                flag(row.repeat),
                flag(report.relations(program).places.contains(&counted)),
            ]);
        }
    }
    file.finish()
}

/// The table [`TableId::Relations`](super::TableId::Relations).
pub(super) fn relations(report: &Report, ix: StrategyIx) -> CsvFile {
    let mut file = CsvWriter::new(&RELATION_COLUMNS);
    let strategy = report.strategy(ix);
    let mut add = |from: &str, relations: &mut dyn Iterator<Item = (&'static str, &Reference)>| {
        for (index, (relation, to)) in relations.enumerate() {
            let to = Cow::Owned(reference_key(to));
            file.push([text(&strategy.id), Cow::Borrowed(from), count(index + 1), Cow::Borrowed(relation), to]);
        }
    };
    for (_, node) in report.nodes(ix) {
        let related = node.links.iter().map(|to| ("related", to));
        add(&node_key(node), &mut related.chain(node.succeeds.iter().map(|to| ("succeeds", to))));
        for indicator in &node.indicators {
            let effects = indicator.leads_to.iter().map(|to| ("leads-to", to));
            add(&indicator_key(node, indicator), &mut { effects });
        }
    }
    file.finish()
}

/// A fact beside the name of a node.
struct Fact<'r> {
    edition: Option<&'r str>,
    kind: &'static str,
    id: Option<&'r str>,
    title: Option<&'r str>,
    printed: &'r str,
}

/// The table [`TableId::Fields`](super::TableId::Fields).
pub(super) fn fields(report: &Report, ix: StrategyIx) -> CsvFile {
    let mut file = CsvWriter::new(&FIELD_COLUMNS);
    let strategy = report.strategy(ix);
    for (id, node) in report.nodes(ix) {
        for (index, fact) in facts(report, strategy, id).into_iter().enumerate() {
            file.push([
                text(&strategy.id),
                Cow::Owned(node_key(node)),
                count(index + 1),
                optional(fact.edition),
                Cow::Borrowed(fact.kind),
                optional(fact.id),
                optional(fact.title),
                text(fact.printed),
            ]);
        }
    }
    file.finish()
}

/// Facts of a node: those common to all editions, then those of its sheets.
fn facts<'r>(report: &'r Report, strategy: &'r Strategy, id: NodeId) -> Vec<Fact<'r>> {
    let node = report.node(id);
    let mut facts = Vec::new();
    add_departments(&mut facts, None, &node.departments);
    let other = |kind, printed: &'r str| Fact { edition: None, kind, id: None, title: None, printed };
    facts.extend(node.accounts.iter().map(|account| other("account", &account.printed)));
    facts.extend(node.category.iter().map(|category| other("category", category)));
    facts.extend(node.markers.iter().map(|marker| other("marker", marker)));
    add_fields(&mut facts, strategy, None, &node.fields);
    for sheet in &node.sheets {
        let edition = strategy.editions.get(sheet.edition.0).map(|edition| edition.id.as_str());
        add_departments(&mut facts, edition, &sheet.departments);
        add_fields(&mut facts, strategy, edition, &sheet.fields);
    }
    facts
}

fn add_departments<'r>(facts: &mut Vec<Fact<'r>>, edition: Option<&'r str>, departments: &'r [InCharge]) {
    facts.extend(departments.iter().map(|department| {
        let title = department.role.as_deref();
        Fact { edition, kind: "department", id: None, title, printed: &department.name }
    }));
}

fn add_fields<'r>(
    facts: &mut Vec<Fact<'r>>,
    strategy: &'r Strategy,
    edition: Option<&'r str>,
    entries: &'r [FieldEntry],
) {
    for entry in entries {
        let Some(field) = strategy.fields.get(entry.field.0) else { continue };
        let (id, title) = (Some(field.id.as_str()), Some(field.title.as_str()));
        facts.extend(entry.values.iter().map(|printed| Fact { edition, kind: "field", id, title, printed }));
    }
}
