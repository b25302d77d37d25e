//! The table of amounts of money and staff.

use super::csv_file::{Cell, CsvFile, CsvWriter, NONE, flag, optional, text, year};
use super::nodes::node_key;
use super::table::AMOUNT_COLUMNS;
use super::values::{as_of_cell, value_cells};
use crate::model::{
    AmountDeclarations, AmountKey, AmountTable, Amounts, Edition, EditionIx, FiscalYear, Funding, Kind, Node, NodeId,
    RegionCode, Report, Row, Sheet, Strategy, StrategyIx, SubItem, Value, funding_of,
};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// An amount, or the part of one that a source funds.
#[derive(Debug)]
pub(super) struct Amount<'r> {
    /// Key of its row: `2023/program/bus/money.settlement.2023`, followed by `.funding.national` for a part.
    pub(super) id: String,
    pub(super) value: &'r Value,
    /// Unit, unless the value has one of its own.
    pub(super) unit: &'r str,
    edition: &'r Edition,
    node: &'r Node,
    table: AmountTable,
    item: Option<&'r SubItem>,
    key: AmountKey,
    funding: Option<&'r Funding>,
    /// `None` if it is over all years.
    year: Option<FiscalYear>,
    is_latest: bool,
    counts_once: bool,
}

/// The table [`TableId::Amounts`](super::TableId::Amounts).
pub(super) fn table(report: &Report, ix: StrategyIx, amounts: &[Amount<'_>]) -> CsvFile {
    let mut file = CsvWriter::new(&AMOUNT_COLUMNS);
    let strategy = report.strategy(ix);
    let region = report.region_code(ix).map(RegionCode::as_str);
    for of in amounts {
        let [number, number_to, bound, unit, status] = value_cells(of.value, of.unit);
        let kind = strategy.amounts.kind(of.table, of.key.kind).map_or(NONE, |kind| text(&kind.id));
        let (money, staff) = if of.table == AmountTable::Staff { (NONE, kind) } else { (kind, NONE) };
        let table: Cell<'_> = Cow::Borrowed(if of.item.is_some() { "item" } else { of.table.key() });
        file.push([
            text(&of.id),
            optional(region),
            text(&strategy.publisher),
            text(&strategy.id),
            text(&of.edition.id),
            Cow::Owned(node_key(of.node)),
            table,
            optional(of.item.map(|item| item.id.as_str())),
            money,
            staff,
            text(strategy.amounts.phase_key(of.table, of.key.phase)),
            optional(of.funding.map(|funding| funding.id.as_str())),
            year(of.year),
            flag(of.year.is_none()),
            number,
            number_to,
            bound,
            unit,
            status,
            flag(of.value.estimated.is_some()),
            as_of_cell(of.value.as_of.as_deref()),
            flag(of.is_latest),
            flag(of.counts_once),
        ]);
    }
    file.finish()
}

/// All amounts, in the order of `report.json`.
pub(super) fn all(report: &Report, ix: StrategyIx) -> Vec<Amount<'_>> {
    let strategy = report.strategy(ix);
    let mut all = Vec::new();
    for (id, node) in report.nodes(ix) {
        let of_node = NodeAmounts { strategy, node, counted: counted_rows(report, id) };
        let latest = of_node.latest_editions();
        for sheet in &node.sheets {
            let Some(edition) = strategy.editions.get(sheet.edition.0) else { continue };
            for (table, amounts) in sheet.amount_tables() {
                let source = Source { edition, sheet, table, item: None, latest: &latest };
                of_node.push_all(&source, amounts, &mut all);
            }
            for (index, amounts) in &sheet.items {
                let Some(item) = node.items.get(*index) else { continue };
                let item = Some((*index, item));
                let source = Source { edition, sheet, table: AmountTable::Money, item, latest: &latest };
                of_node.push_all(&source, amounts, &mut all);
            }
        }
    }
    all
}

/// Rows in which sums count the amounts of a program.
fn counted_rows(report: &Report, id: NodeId) -> Vec<&Row> {
    let places = report.relations(id).places.iter().filter(|place| place.counts);
    places.map(|place| report.row(*place)).collect()
}

/// Last edition that printed each amount, by table, index of the sub-item, key and year.
type Latest = BTreeMap<(&'static str, Option<usize>, AmountKey, Option<FiscalYear>), EditionIx>;

/// A node with amounts.
struct NodeAmounts<'r> {
    strategy: &'r Strategy,
    node: &'r Node,
    counted: Vec<&'r Row>,
}

/// A table of a sheet.
struct Source<'r, 'l> {
    edition: &'r Edition,
    sheet: &'r Sheet,
    table: AmountTable,
    item: Option<(usize, &'r SubItem)>,
    latest: &'l Latest,
}

impl<'r> NodeAmounts<'r> {
    fn latest_editions(&self) -> Latest {
        let mut latest = Latest::new();
        for sheet in &self.node.sheets {
            for (table, amounts) in sheet.amount_tables() {
                let cells = amounts.all().map(|(key, year, _)| (table.key(), None, key, year));
                latest.extend(cells.map(|cell| (cell, sheet.edition)));
            }
            for (index, amounts) in &sheet.items {
                let cells = amounts.all().map(|(key, year, _)| (AmountTable::Money.key(), Some(*index), key, year));
                latest.extend(cells.map(|cell| (cell, sheet.edition)));
            }
        }
        latest
    }

    fn push_all(&self, of: &Source<'r, '_>, amounts: &'r Amounts, all: &mut Vec<Amount<'r>>) {
        let declared = &self.strategy.amounts;
        let (edition, node, table) = (of.edition, self.node, of.table);
        let prefix = match of.item {
            Some((_, item)) => format!("{}/{}/item.{}.money", edition.id, node_key(node), item.id),
            None => format!("{}/{}/{}", edition.id, node_key(node), table.key()),
        };
        for (key, year, value) in amounts.all() {
            let column = year.map_or_else(|| "all".to_owned(), |year| year.0.to_string());
            let id = format!("{prefix}.{}.{column}", declared.key(table, key));
            let unit = unit(self.strategy, declared, table, key);
            let cell = (table.key(), of.item.map(|(index, _)| index), key, year);
            let is_latest = of.latest.get(&cell) == Some(&of.sheet.edition);
            let item = of.item.map(|(_, item)| item);
            let counts_once = is_latest && item.is_none() && table == AmountTable::Money && self.counts(key, year);
            all.push(Amount {
                id: id.clone(),
                value,
                unit,
                edition,
                node,
                table,
                item,
                key,
                funding: None,
                year,
                is_latest,
                counts_once,
            });
            for share in &value.funding {
                let Some(funding) = declared.funding.get(share.funding.0) else { continue };
                let id = format!("{id}.funding.{}", funding.id);
                let is_latest = self.is_latest_funding(of, key, year, value);
                let (value, funding, counts_once) = (&share.value, Some(funding), false);
                all.push(Amount {
                    id,
                    value,
                    unit,
                    edition,
                    node,
                    table,
                    item,
                    key,
                    funding,
                    year,
                    is_latest,
                    counts_once,
                });
            }
        }
    }

    /// Returns true if sums over the programs of the strategy count the latest amount of this kind.
    fn counts(&self, key: AmountKey, year: Option<FiscalYear>) -> bool {
        let is_summed = self.node.kind == Kind::Program && self.strategy.amounts.is_additive(key.kind);
        is_summed && year.is_some_and(|year| self.counted.iter().any(|row| row.applies_in(year)))
    }

    /// Returns true if these are the newest sources of funding for the amount: a later edition may print the same amount
    /// without them.
    fn is_latest_funding(&self, of: &Source<'_, '_>, key: AmountKey, year: Option<FiscalYear>, value: &Value) -> bool {
        let (item, table) = (of.item.map(|(index, _)| index), of.table);
        let amounts = |sheet: &'r Sheet| match (item, table) {
            (Some(index), _) => sheet.items.get(&index).unwrap_or(&NO_AMOUNTS),
            (None, AmountTable::Money) => &sheet.money,
            (None, AmountTable::Staff) => &sheet.staff,
            (None, AmountTable::Total) => &sheet.total,
        };
        let newest = funding_of(self.node.sheets.iter(), amounts, key, year);
        std::ptr::eq(newest.as_ptr(), value.funding.as_ptr())
    }
}

static NO_AMOUNTS: Amounts = Amounts { by_year: BTreeMap::new(), over_all_years: BTreeMap::new() };

/// Unit of amounts of a kind: its own, else that of all money or staff.
fn unit<'r>(strategy: &'r Strategy, declared: &'r AmountDeclarations, table: AmountTable, key: AmountKey) -> &'r str {
    let own = declared.kind(table, key.kind).and_then(|kind| kind.unit.as_deref());
    match table {
        AmountTable::Money | AmountTable::Total => own.unwrap_or(&strategy.money_unit),
        AmountTable::Staff => own.unwrap_or("人工"),
    }
}
