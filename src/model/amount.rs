//! Amounts of money and staff, by kind, phase and fiscal year.

use super::fiscal_year::FiscalYear;
use super::keyword_enum::keyword_enum;
use super::value::Value;
use crate::diagnostic::Span;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Values by fiscal year.
pub type ByYear<T> = BTreeMap<FiscalYear, T>;

/// Amounts of one table of a sheet.
///
/// ```toml
/// [money]                  # in the money_unit of the strategy, 千円 by default
/// budget.R3 = 9463
/// budget.R4 = { value = 9463, printed = "9,463,000円" }    # if the report prints another unit
/// settlement.R3 = 6909
/// plan.R4 = 11663
/// plan.all = 52000         # over all years
/// [money.labour]           # a kind of money that the strategy declares: 人件費
/// settlement.R3 = 2400
/// [staff]                  # 従事人工, full-time equivalents
/// budget.R3 = 2.5
/// actual.R3 = 2.5
/// [total]                  # of a goal or policy: the total as printed (計)
/// settlement.R5 = 317433
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Amounts {
    /// Amounts of fiscal years.
    pub by_year: BTreeMap<AmountKey, ByYear<Value>>,
    /// `all`: amounts over all years of the program, such as the total of a plan (全体計画).
    pub over_all_years: BTreeMap<AmountKey, Value>,
}

/// Identification of a row of amounts: what was counted, and in which phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AmountKey {
    /// The kind of money or staff.
    pub kind: AmountKindIx,
    /// The phase.
    pub phase: Phase,
}

/// Index of a kind of money in [`AmountDeclarations::money`], or of staff in [`AmountDeclarations::staff`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AmountKindIx(pub usize);

/// Phase of an amount: a column of the table of costs. Ordered as declared; if one of the phases that every strategy has is
/// not declared, by kind first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Phase {
    /// Position of its kind; 0 if all kinds are declared, so that the order of declaration decides.
    rank: u16,
    /// Position of its declaration, from 1; 0 for a phase that is not declared.
    order: u16,
    /// Index in [`AmountDeclarations::phases`].
    ix: u16,
    /// Kind of the phase.
    pub kind: PhaseKind,
}

keyword_enum! {
    /// Kind of a phase, which is also the id of the phase that every strategy has.
    pub enum PhaseKind {
        /// `budget`: 予算額, as decided for the year.
        Budget = "budget",
        /// `settlement`: 決算額, known only after the year. For staff: `actual`.
        Settlement = "settlement",
        /// `plan`: planned for a later year.
        Plan = "plan",
    }
}

/// Table of a sheet that holds amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AmountTable {
    /// `[money]`, and `[item.<id>.money]`.
    Money,
    /// `[staff]`.
    Staff,
    /// `[total]`.
    Total,
}

/// What a strategy declares about its amounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmountDeclarations {
    /// `[[phase]]`, after the three phases that every strategy has.
    pub phases: Vec<PhaseDeclaration>,
    /// `[[money]]`, after the kind that `[money]` itself holds.
    pub money: Vec<AmountKind>,
    /// `[[staff]]`, after the kind that `[staff]` itself holds.
    pub staff: Vec<AmountKind>,
    /// `[[funding]]`: sources of funding (財源), in printed order.
    pub funding: Vec<Funding>,
    /// `sum_tolerance`: greatest difference between a printed sum and its addends that rounding explains, in the
    /// `money_unit` of the strategy.
    pub sum_tolerance: Decimal,
}

/// A phase: `[[phase]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhaseDeclaration {
    /// `id`: key in the tables of amounts.
    pub id: String,
    /// `title`: as printed; `None` for an undeclared phase, whose title is a text of the interface.
    pub title: Option<String>,
    /// The phase.
    pub phase: Phase,
    /// `sum`: phases whose amounts should add up to those of this phase (当初 and 補正 to 予算現額).
    pub sum: Vec<Phase>,
}

/// A kind of money or staff: `[[money]]`, `[[staff]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmountKind {
    /// `id`: key in the tables of amounts; `base` for what `[money]` or `[staff]` itself holds.
    pub id: String,
    /// `title`: as printed; `None` for an undeclared base, whose title is a text of the interface.
    pub title: Option<String>,
    /// `unit`: its unit, if it differs from that of the base.
    pub unit: Option<String>,
    /// `sum`: kinds whose amounts should add up to those of this kind (事業費 and 人件費 to 総コスト).
    pub sum: Vec<AmountKindIx>,
    /// `additive`: whether amounts can be summed over programs; not so for unit costs and rates.
    pub additive: bool,
}

/// Index of a source of funding in [`AmountDeclarations::funding`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FundingIx(pub usize);

/// Source of funding: `[[funding]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Funding {
    /// `id`: key under `funding`.
    pub id: String,
    /// `title`: as printed: `国庫支出金`.
    pub title: String,
    /// Span of the declaration.
    pub span: Span,
}

/// Part of an amount that one source funds: `funding = { national = 4000 }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundingShare {
    /// The source.
    pub funding: FundingIx,
    /// The amount, in the unit of the whole.
    pub value: Value,
}

impl AmountKindIx {
    /// What `[money]` or `[staff]` itself holds.
    pub const BASE: Self = Self(0);
}

impl Phase {
    /// The phase of a kind that every strategy has, undeclared.
    pub const fn built_in(kind: PhaseKind) -> Self {
        let ix = match kind {
            PhaseKind::Budget => 0,
            PhaseKind::Settlement => 1,
            PhaseKind::Plan => 2,
        };
        Self { rank: ix, order: 0, ix, kind }
    }

    /// Returns true if every strategy has the phase.
    pub fn is_built_in(self) -> bool {
        usize::from(self.ix) < PhaseKind::ALL.len()
    }
}

impl AmountKey {
    /// Budgets of the base.
    pub const BUDGET: Self = Self::base(Phase::built_in(PhaseKind::Budget));
    /// Settlements of the base; for staff, the actual staff.
    pub const SETTLEMENT: Self = Self::base(Phase::built_in(PhaseKind::Settlement));
    /// Amounts of the base planned for later years.
    pub const PLAN: Self = Self::base(Phase::built_in(PhaseKind::Plan));

    /// Amounts of the base in `phase`.
    pub const fn base(phase: Phase) -> Self {
        Self { kind: AmountKindIx::BASE, phase }
    }

    /// Returns true if the amounts are those that `[money]` or `[staff]` itself holds.
    pub fn is_base(self) -> bool {
        self.kind == AmountKindIx::BASE
    }

    /// Returns true if amounts are results, known only after the year: an amount printed earlier is not final. A
    /// budget is always final.
    pub fn is_result(self) -> bool {
        self.phase.kind == PhaseKind::Settlement
    }
}

impl PhaseKind {
    /// Key of its title in the interface texts.
    pub const fn title_key(self) -> &'static str {
        match self {
            PhaseKind::Budget => "budget",
            PhaseKind::Settlement => "settlement",
            PhaseKind::Plan => "planned",
        }
    }
}

impl AmountTable {
    /// Key in content files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::Staff => "staff",
            Self::Total => "total",
        }
    }
}

impl Amounts {
    /// Returns true if the table holds no amount.
    pub fn is_empty(&self) -> bool {
        self.by_year.is_empty() && self.over_all_years.is_empty()
    }

    /// The amount in a column; over all years without a `year`.
    pub fn get(&self, key: AmountKey, year: Option<FiscalYear>) -> Option<&Value> {
        match year {
            Some(year) => self.by_year.get(&key)?.get(&year),
            None => self.over_all_years.get(&key),
        }
    }

    /// The amount in a column; over all years without a `year`.
    pub fn get_mut(&mut self, key: AmountKey, year: Option<FiscalYear>) -> Option<&mut Value> {
        match year {
            Some(year) => self.by_year.get_mut(&key)?.get_mut(&year),
            None => self.over_all_years.get_mut(&key),
        }
    }

    /// Amounts of fiscal years with their keys.
    pub fn of_years(&self) -> impl Iterator<Item = (AmountKey, FiscalYear, &Value)> {
        self.by_year.iter().flat_map(|(key, years)| years.iter().map(|(year, value)| (*key, *year, value)))
    }

    /// All amounts, with their keys and fiscal years; `None` for those over all years.
    pub fn all(&self) -> impl Iterator<Item = (AmountKey, Option<FiscalYear>, &Value)> {
        let over_all_years = self.over_all_years.iter().map(|(key, value)| (*key, None, value));
        self.of_years().map(|(key, year, value)| (key, Some(year), value)).chain(over_all_years)
    }
}

impl Default for AmountDeclarations {
    fn default() -> Self {
        let phase = |kind: PhaseKind| PhaseDeclaration {
            id: kind.key().to_owned(),
            title: None,
            phase: Phase::built_in(kind),
            sum: Vec::new(),
        };
        Self {
            phases: PhaseKind::ALL.map(phase).into(),
            money: vec![AmountKind::base()],
            staff: vec![AmountKind::base()],
            funding: Vec::new(),
            sum_tolerance: Decimal::ZERO,
        }
    }
}

impl AmountKind {
    /// Id of the kind that `[money]` or `[staff]` itself holds.
    pub const BASE: &'static str = "base";

    fn base() -> Self {
        Self { id: Self::BASE.to_owned(), title: None, unit: None, sum: Vec::new(), additive: true }
    }
}

impl AmountDeclarations {
    /// Adds a phase in the order of declaration; a phase that every strategy has is titled.
    pub fn declare_phase(&mut self, id: &str, title: Option<String>, kind: PhaseKind) {
        let order = self.phases.iter().map(|known| known.phase.order).max().unwrap_or_default().saturating_add(1);
        match self.phases.iter_mut().find(|known| known.id == id) {
            Some(known) => (known.phase.order, known.title) = (order, title),
            None => self.add_phase(id, title, kind, order),
        }
        let is_ordered = |known: &PhaseDeclaration| !known.phase.is_built_in() || known.phase.order > 0;
        if self.phases.iter().all(is_ordered) {
            self.phases.iter_mut().for_each(|known| known.phase.rank = 0);
        }
    }

    fn add_phase(&mut self, id: &str, title: Option<String>, kind: PhaseKind, order: u16) {
        let rank = Phase::built_in(kind).rank;
        // More phases than this cannot be columns of a table.
        let ix = u16::try_from(self.phases.len()).unwrap_or(u16::MAX);
        let phase = Phase { rank, order, ix, kind };
        self.phases.push(PhaseDeclaration { id: id.to_owned(), title, phase, sum: Vec::new() });
    }

    /// The phase with this id.
    pub fn phase(&self, id: &str) -> Option<Phase> {
        self.phases.iter().find(|known| known.id == id).map(|known| known.phase)
    }

    /// Declaration of a phase.
    pub fn phase_declaration(&self, phase: Phase) -> Option<&PhaseDeclaration> {
        self.phases.get(usize::from(phase.ix))
    }

    /// Returns true if `printed`, an amount in `table`, can be the sum of addends that add up to `sum`. The tolerance is in
    /// the `money_unit`, and does not apply to amounts in other units.
    pub fn is_sum(&self, table: AmountTable, kind: AmountKindIx, printed: Decimal, sum: Decimal) -> bool {
        let has_own_unit = self.kind(table, kind).is_some_and(|kind| kind.unit.is_some());
        let in_money_unit = table != AmountTable::Staff && !has_own_unit;
        let tolerance = if in_money_unit { self.sum_tolerance } else { Decimal::ZERO };
        printed.saturating_sub(sum).abs() <= tolerance
    }

    /// Rank of a phase among those of the same kind; summaries show the highest. Built-in phases precede declared sums (予算現額),
    /// which precede all others; of equal phases, the last one is highest.
    pub fn importance(&self, phase: Phase) -> (bool, bool, Phase) {
        let is_sum = self.phase_declaration(phase).is_some_and(|declared| !declared.sum.is_empty());
        (phase.is_built_in(), is_sum, phase)
    }

    /// Title of a phase as printed; `None` for an undeclared one.
    pub fn phase_title(&self, phase: Phase) -> Option<&str> {
        self.phase_declaration(phase)?.title.as_deref()
    }

    /// Kinds of amounts that `table` can hold, the base first.
    pub fn kinds(&self, table: AmountTable) -> &[AmountKind] {
        match table {
            AmountTable::Money | AmountTable::Total => &self.money,
            AmountTable::Staff => &self.staff,
        }
    }

    /// Declaration of a kind of amounts in `table`.
    pub fn kind(&self, table: AmountTable, ix: AmountKindIx) -> Option<&AmountKind> {
        self.kinds(table).get(ix.0)
    }

    /// Key of a phase in `table`: its id, except that settled staff is `actual`.
    pub fn phase_key(&self, table: AmountTable, phase: Phase) -> &str {
        let id = self.phases.get(usize::from(phase.ix)).map_or("", |declared| declared.id.as_str());
        match table {
            AmountTable::Staff if id == PhaseKind::Settlement.key() => "actual",
            _ => id,
        }
    }

    /// Dotted key of a row of amounts below `table`: `budget`, `labour.budget`.
    pub fn key(&self, table: AmountTable, key: AmountKey) -> String {
        let phase = self.phase_key(table, key.phase);
        match self.kind(table, key.kind) {
            Some(kind) if !key.is_base() => format!("{}.{phase}", kind.id),
            _ => phase.to_owned(),
        }
    }

    /// Returns true if amounts of the kind can be summed over programs.
    pub fn is_additive(&self, ix: AmountKindIx) -> bool {
        self.money.get(ix.0).is_none_or(|kind| kind.additive)
    }
}
