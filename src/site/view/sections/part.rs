//! Shares of a sum: of goals and policies, and of sources of funding. They are computed by the site.

use crate::model::{AmountTable, Decimal, StrategyIx, grouped};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::sums::SumKey;
use crate::site::view::values::html::Html;
use crate::site::view::values::statement::Attributes;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

/// Share of a sum, in whole percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Percent {
    /// More than nothing, but less than 1 %.
    BelowOne,
    /// Rounded to a whole number, but 100 only for the whole.
    Whole(u32),
}

impl Percent {
    /// Share of `part` in `whole`. `None` if the part is negative or larger than the whole, or if the whole is not positive.
    pub(crate) fn of(part: Decimal, whole: Decimal) -> Option<Self> {
        if whole <= Decimal::ZERO || part < Decimal::ZERO || part > whole {
            return None;
        }
        let hundredfold = part.checked_mul(Decimal::ONE_HUNDRED)?;
        if hundredfold < whole {
            return Some(if part.is_zero() { Self::Whole(0) } else { Self::BelowOne });
        }
        let half = whole.checked_div(Decimal::TWO)?;
        let rounded = hundredfold.checked_add(half)?.checked_div(whole)?.floor().to_u32()?;
        Some(Self::Whole(if part < whole { rounded.min(99) } else { rounded }))
    }

    /// Returns true if the share is at least `percent`.
    pub(crate) fn is_at_least(self, percent: u32) -> bool {
        matches!(self, Self::Whole(share) if share >= percent)
    }

    /// Form for readers: `52%`, `1%未満`.
    pub(crate) fn text(self, context: &ViewContext<'_>) -> String {
        match self {
            Self::BelowOne => context.texts.get("percent_below_one").to_owned(),
            Self::Whole(share) => format!("{share}%"),
        }
    }

    /// Plain digits; `None` if it is less than 1 %.
    pub(crate) fn number(self) -> Option<u32> {
        match self {
            Self::Whole(share) => Some(share),
            Self::BelowOne => None,
        }
    }

    /// Form in statements: `52`, `<1`.
    pub(crate) fn key(self) -> String {
        match self {
            Self::BelowOne => "<1".to_owned(),
            Self::Whole(share) => share.to_string(),
        }
    }
}

/// What a part belongs to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Whole<'w> {
    /// The net sum of the strategy.
    Strategy,
    /// The net sum of the goal with this statement key.
    Goal(&'w str),
    /// All sources of funding, of which the part is the one with this id.
    Funding(&'w str),
}

/// Share of a sum with its bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartView {
    /// Share: `52%`.
    pub text: String,
    /// Share in plain digits, for scripts; `None` if it is less than 1 %.
    pub number: Option<u32>,
    /// Length of the bar, in thousandths of the whole.
    pub bar: u32,
    /// Statement attributes (`docs/statements.md`, section 5), for tests.
    pub statement: Html,
}

impl PartView {
    /// Builds the share of `part`, an amount of the subject of `key`, in `whole`.
    pub(crate) fn new(
        context: &ViewContext<'_>,
        ix: StrategyIx,
        part: Decimal,
        whole: Decimal,
        key: SumKey<'_>,
        of: Whole<'_>,
    ) -> Option<Self> {
        let percent = Percent::of(part, whole)?;
        let (within, funding) = match of {
            Whole::Strategy => (None, None),
            Whole::Goal(goal) => (Some(goal), None),
            Whole::Funding(source) => (None, Some(source)),
        };
        let (year, money) = key.column;
        let statement = Attributes::statement("part")
            .with("of", key.subject)
            .with("money", &context.report.strategy(ix).amounts.key(AmountTable::Money, money))
            .with("year", &year.0.to_string())
            .with_optional("within", within)
            .with_optional("funding", funding)
            .with(if funding.is_some() { "gross" } else { "net" }, &grouped(part))
            .with("share", &percent.key());
        Some(Self {
            text: percent.text(context),
            number: percent.number(),
            bar: part.checked_mul(Decimal::ONE_THOUSAND)?.checked_div(whole)?.round().to_u32()?,
            statement: statement.html(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_is_a_hundred_percent_and_only_nothing_is_zero() {
        let percent = |part: i64, whole: i64| Percent::of(part.into(), whole.into());
        assert_eq!(percent(223_873, 431_295), Some(Percent::Whole(52)));
        assert_eq!((percent(0, 7), percent(1, 1_000)), (Some(Percent::Whole(0)), Some(Percent::BelowOne)));
        assert_eq!((percent(999, 1_000), percent(7, 7)), (Some(Percent::Whole(99)), Some(Percent::Whole(100))));
        assert_eq!(percent(15, 1_000), Some(Percent::Whole(2)), "half is rounded up");
        assert_eq!((percent(-1, 10), percent(11, 10), percent(0, 0)), (None, None, None));
    }
}
