//! Money and staff by fiscal year.

use super::fiscal_year::FiscalYear;
use super::keyword_enum::keyword_enum;
use super::value::Value;
use std::collections::BTreeMap;

/// Values by fiscal year.
pub type ByYear<T> = BTreeMap<FiscalYear, T>;

/// Amounts of several kinds, each by fiscal year.
///
/// ```toml
/// [money]                  # in the money_unit of the strategy, 千円 by default
/// budget.R3 = 9463
/// budget.R4 = { value = 9463, printed = "9,463,000円" }    # if the report prints another unit
/// settlement.R3 = 6909
/// plan.R4 = 11663
/// [staff]                  # 従事人工, full-time equivalents
/// budget.R3 = 2.5
/// actual.R3 = 2.5
/// [total]                  # of a goal or policy: the total as printed (計)
/// settlement.R5 = 317433
/// ```
pub type Amounts<K> = BTreeMap<K, ByYear<Value>>;

keyword_enum! {
    /// Kind of money: the keys of `[money]` and `[total]`.
    pub enum MoneyKind {
        /// `budget`: 予算額.
        Budget = "budget",
        /// `settlement`: 決算額.
        Settlement = "settlement",
        /// `plan`: amount planned for a later year.
        Plan = "plan",
    }
}

keyword_enum! {
    /// Kind of staff: the keys of `[staff]`.
    pub enum StaffKind {
        /// `budget`: as budgeted for the year.
        Budget = "budget",
        /// `actual`: actual staff of the year.
        Actual = "actual",
        /// `plan`: as planned for a later year.
        Plan = "plan",
    }
}

impl MoneyKind {
    /// Returns true if amounts are results, known only after the year: an amount printed earlier is not final. A
    /// budget is always final.
    pub const fn is_result(self) -> bool {
        matches!(self, Self::Settlement)
    }

    /// Key of its title in the interface texts.
    pub const fn title_key(self) -> &'static str {
        match self {
            MoneyKind::Budget => "budget",
            MoneyKind::Settlement => "settlement",
            MoneyKind::Plan => "planned",
        }
    }
}

impl StaffKind {
    /// Returns true if amounts are results, known only after the year.
    pub const fn is_result(self) -> bool {
        matches!(self, Self::Actual)
    }
}
