//! Parsing of amounts: `[[money]]`, `[[phase]]`, `[[staff]]` and `[[funding]]` of a strategy, and the tables of a sheet
//! that hold amounts.

use super::item::Item;
use super::strategy::keyword;
use super::table::TomlTable;
use super::value::{ValueReader, report_other_units};
use crate::diagnostic::{Rule, say};
use crate::model::{
    AmountDeclarations, AmountKey, AmountKind, AmountKindIx, AmountTable, Amounts, Decimal, Funding, Phase, PhaseKind,
    Strategy,
};
use crate::schema::Table;
use crate::schema::amount::{AMOUNTS_OF_KIND, AMOUNTS_OF_PHASE, MONEY, STAFF, TOTAL};

/// The declarations of a strategy about its amounts.
pub(super) fn declarations(table: &TomlTable<'_>) -> AmountDeclarations {
    let mut declared = AmountDeclarations {
        funding: table.tables_with_id("funding", |table, id| Funding {
            title: table.required("title").unwrap_or_else(|| id.clone()),
            id,
            span: table.span,
        }),
        sum_tolerance: table.get("sum_tolerance").and_then(tolerance).unwrap_or_default(),
        ..AmountDeclarations::default()
    };
    phases(table, &mut declared);
    declared.money = kinds(table, "money", &declared, |table, mut kind| {
        kind.unit = table.text("unit");
        kind.additive = table.get("additive").and_then(Item::flag).unwrap_or(true);
        (kind, table.get("sum").map(Item::one_or_many).unwrap_or_default())
    });
    declared.staff = kinds(table, "staff", &declared, |table, mut kind| {
        kind.unit = table.text("unit");
        (kind, Vec::new())
    });
    declared
}

fn tolerance(item: Item<'_>) -> Option<Decimal> {
    let tolerance = item.decimal().filter(|number| !number.is_sign_negative());
    if tolerance.is_none() {
        item.wrong_type(say!(ja: "0 以上の数", en: "a number that is not negative"));
    }
    tolerance
}

fn phases(table: &TomlTable<'_>, declared: &mut AmountDeclarations) {
    let mut sums: Vec<(String, Vec<Item<'_>>)> = Vec::new();
    table.tables_with_id("phase", |table, id| {
        let title = table.required("title");
        let like = table.choice("like", &PhaseKind::ALL, PhaseKind::key);
        let built_in = declared.phase(&id).map(|phase| phase.kind);
        if like.is_none() && built_in.is_none() {
            table.record_missing("like");
        }
        let sum = table.get("sum").map(Item::one_or_many).unwrap_or_default();
        // A phase that every strategy has keeps its kind.
        let kind = built_in.or(like).unwrap_or(PhaseKind::Budget);
        declared.declare_phase(&id, title, kind);
        sums.push((id, sum));
    });
    for (id, addends) in sums {
        let ids: Vec<&str> = declared.phases.iter().map(|phase| phase.id.as_str()).collect();
        let addends = addends.into_iter().filter_map(|item| declared.phase(keyword(item, &ids)?)).collect();
        if let Some(declaration) = declared.phases.iter_mut().find(|declared| declared.id == id) {
            declaration.sum = addends;
        }
    }
}

/// The kinds of amounts under `[[key]]`, after the base. `read` reads the keys other than `id` and `title`, and returns
/// the ids under `sum`.
fn kinds<'t>(
    table: &TomlTable<'t>,
    key: &'static str,
    declared: &AmountDeclarations,
    read: impl Fn(&TomlTable<'t>, AmountKind) -> (AmountKind, Vec<Item<'t>>),
) -> Vec<AmountKind> {
    let mut kinds = AmountDeclarations::default().money;
    let mut sums = Vec::new();
    let tables = table.tables_with_id(key, |table, id| {
        report_key_of_phase(table, &id, declared);
        let title = table.required("title");
        let is_base = id == AmountKind::BASE;
        let (kind, sum) = read(table, AmountKind { id, title, unit: None, sum: Vec::new(), additive: true });
        (is_base, kind, sum)
    });
    for (is_base, kind, sum) in tables {
        let ix = if is_base { 0 } else { kinds.len() };
        match kinds.get_mut(ix) {
            Some(base) => *base = kind,
            None => kinds.push(kind),
        }
        sums.push((ix, sum));
    }
    let ids: Vec<String> = kinds.iter().map(|kind| kind.id.clone()).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    for (ix, sum) in sums {
        let index = |item| ids.iter().position(|id| Some(*id) == keyword(item, &ids)).map(AmountKindIx);
        if let Some(kind) = kinds.get_mut(ix) {
            kind.sum = sum.into_iter().filter_map(index).collect();
        }
    }
    kinds
}

/// Reports an id that is also the key of a phase: both are keys of the same table of a sheet.
fn report_key_of_phase(table: &TomlTable<'_>, id: &str, declared: &AmountDeclarations) {
    let is_phase =
        |table: AmountTable| declared.phases.iter().any(|phase| declared.phase_key(table, phase.phase) == id);
    if is_phase(AmountTable::Money) || is_phase(AmountTable::Staff) {
        table.report(
            Rule::DuplicateId,
            say!(ja: "id「{id}」は、予算額・決算額などのキーとして使われています", en: "the id `{id}` is already the key of a phase, such as the budget"),
            say!(ja: "別の id にしてください", en: "choose another id"),
        );
    }
}

/// Reader of one table of amounts.
#[derive(Clone, Copy)]
pub(super) struct AmountReader<'a> {
    pub(super) values: ValueReader<'a>,
    pub(super) strategy: &'a Strategy,
    pub(super) table: AmountTable,
}

impl AmountReader<'_> {
    /// The amounts in `[money]`, `[staff]` or `[total]`.
    pub(super) fn amounts(self, table: &TomlTable<'_>) -> Amounts {
        let mut amounts = Amounts::default();
        let declared = &self.strategy.amounts;
        for kind in PhaseKind::ALL {
            let key = match (self.table, kind) {
                (AmountTable::Staff, PhaseKind::Settlement) => "actual",
                _ => kind.key(),
            };
            if let (Some(item), Some(phase)) = (table.get(key), declared.phase(kind.key())) {
                self.phase(item, AmountKey::base(phase), &mut amounts);
            }
        }
        for item in table.undeclared() {
            // The base is what the table itself holds, and has no key.
            let mut kinds = declared.kinds(self.table).iter();
            let kind = kinds.position(|kind| kind.id == item.key && kind.id != AmountKind::BASE);
            if let Some(phase) = self.declared_phase(item.key) {
                self.phase(item.of_type(&AMOUNTS_OF_PHASE), AmountKey::base(phase), &mut amounts);
            } else if let Some(ix) = kind {
                self.kind(item.of_type(&AMOUNTS_OF_KIND), AmountKindIx(ix), &mut amounts);
            } else {
                self.report_unknown_key(item);
            }
        }
        self.report_units(table, &amounts);
        amounts
    }

    /// The amounts of one kind, `[money.labour]`.
    fn kind(self, item: Item<'_>, kind: AmountKindIx, amounts: &mut Amounts) {
        let Some(table) = item.entries() else { return };
        for item in table.items() {
            match self.declared_phase(item.key) {
                Some(phase) => self.phase(item, AmountKey { kind, phase }, amounts),
                None => self.report_unknown_key(item),
            }
        }
    }

    /// The amounts of one phase, by fiscal year.
    fn phase(self, item: Item<'_>, key: AmountKey, amounts: &mut Amounts) {
        let year = |item: Item<'_>| match item.key {
            "all" if key.phase.kind == PhaseKind::Plan => Some(None),
            "all" => {
                item.report_key(
                    Rule::NotAYear,
                    say!(ja: "全期間の額（`all`）は、計画の額にだけ書けます", en: "only planned amounts can be over all years (`all`)"),
                    say!(ja: "`plan.all` と書くか、年度を書いてください", en: "write `plan.all`, or a fiscal year"),
                );
                None
            }
            _ => item.key_year().map(Some),
        };
        for (year, value) in self.values.by_column(item, year) {
            match year {
                Some(year) => drop(amounts.by_year.entry(key).or_default().insert(year, value)),
                None => drop(amounts.over_all_years.insert(key, value)),
            }
        }
    }

    fn declared_phase(self, key: &str) -> Option<Phase> {
        let declared = &self.strategy.amounts;
        let has_key = |phase: &Phase| declared.phase_key(self.table, *phase) == key;
        declared.phases.iter().map(|declaration| declaration.phase).find(has_key)
    }

    fn report_unknown_key(self, item: Item<'_>) {
        let declared = &self.strategy.amounts;
        let phases = declared.phases.iter().map(|phase| declared.phase_key(self.table, phase.phase));
        let kinds = declared.kinds(self.table).iter().skip(1).map(|kind| kind.id.as_str());
        let known: Vec<&str> = phases.chain(kinds).collect();
        item.report_unknown_key(Some(self.declaration()), &known, &known);
    }

    fn declaration(self) -> &'static Table {
        match self.table {
            AmountTable::Money => &MONEY,
            AmountTable::Staff => &STAFF,
            AmountTable::Total => &TOTAL,
        }
    }

    /// Reports amounts of money in a unit other than that of their kind, because they are added up and charted on one
    /// scale.
    fn report_units(self, table: &TomlTable<'_>, amounts: &Amounts) {
        if self.table == AmountTable::Staff {
            return;
        }
        for (key, _, value) in amounts.all() {
            let kind = self.strategy.amounts.kind(self.table, key.kind);
            let unit = kind.and_then(|kind| kind.unit.as_ref()).unwrap_or(&self.strategy.money_unit);
            let parts = value.parts.iter().map(|part| &part.value);
            let funding = value.funding.iter().map(|share| &share.value);
            std::iter::once(value).chain(parts).chain(funding).for_each(|value| report_other_units(table, value, unit));
        }
    }
}
