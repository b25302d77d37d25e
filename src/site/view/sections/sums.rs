//! Sums of money over rows. They are computed by the site, not printed in the report, and templates say so.

use crate::model::{AmountSeries, AmountTable, Decimal, NodeId, StrategyIx, grouped, merged_amounts};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::amount_column::{self, AmountColumn, ColumnKey, columns, summary_columns};
use crate::site::view::values::html::Html;
use crate::site::view::values::statement::{self, Attributes};
use crate::site::view::values::value::ValueView;
use crate::totals::{Sum, SumsByColumn};
use serde::Serialize;
use std::collections::BTreeSet;

/// Sums over a node or strategy with everything below it, and the totals as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SumsView<'a> {
    /// Unit of all amounts: `千円`.
    pub unit: &'a str,
    /// Columns, oldest year first.
    pub columns: Vec<AmountColumn<'a>>,
    /// Totals as printed, one entry for each column: `None` if no total was printed for it. Empty if none was printed.
    pub printed: Vec<Option<ValueView<'a>>>,
    /// Sums of all rows, one entry for each column: `None` if no row has an amount in it. Empty if no row has an
    /// amount in any column.
    pub gross: Vec<Option<SumView>>,
    /// Sums with each program counted once, one entry for each column: `None` if no row counts towards it. Empty if
    /// equal to `gross`.
    pub net: Vec<Option<SumView>>,
}

/// Sum computed by the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SumView {
    /// Sum with thousands separators.
    pub sum: String,
    /// Sum in large-unit form: `5億2,658万6千円`. `None` if this form adds nothing.
    pub yen: Option<String>,
    /// True if the sum contains amounts of a year that was not yet over.
    pub interim: bool,
    /// Markup of the sum, ready to insert; `None` if `interim`, which must then be shown.
    pub markup: Option<Html>,
    /// Statement attributes (`docs/statements.md`, section 5), for tests; empty for an amount that is not a statement.
    pub statement: Html,
}

/// Identification of a sum in its statement: subject and column.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SumKey<'s> {
    /// Statement key of the subject: `goal/2`, `strategy`, `goal/2/rows`.
    pub(crate) subject: &'s str,
    /// Column of the sum.
    pub(crate) column: ColumnKey,
}

/// Counting rule for repeated programs: every row, or each program once.
#[derive(Debug, Clone, Copy)]
pub(crate) enum SumKind {
    /// Every row, including repeats (再掲).
    Gross,
    /// Each program once, at its home row or else at its first row.
    Net,
}

impl SumView {
    /// Builds the view of one of the two amounts of `sum`. `None` for a net sum towards which no row counts.
    pub(crate) fn new(
        context: &ViewContext<'_>,
        ix: StrategyIx,
        sum: &Sum,
        kind: SumKind,
        key: SumKey<'_>,
    ) -> Option<Self> {
        let (amount, name) = match kind {
            SumKind::Gross => (sum.gross, "gross"),
            SumKind::Net => (sum.net_if_counted()?, "net"),
        };
        let (year, money) = key.column;
        let unit = amount_column::unit(context, ix, money);
        let money = context.report.strategy(ix).amounts.key(AmountTable::Money, money);
        let view = Self::of_amount(context, unit, amount, sum.interim > 0);
        let attributes = Attributes::statement("sum")
            .with("of", key.subject)
            .with("money", &money)
            .with("year", &year.0.to_string())
            .with_optional("interim", view.interim.then_some("yes"))
            .with(name, &grouped(amount));
        Some(Self { statement: attributes.html(), ..view })
    }

    /// Builds the view of what the source with the id `funding` funds of the rows of a subject.
    pub(crate) fn of_funding(
        context: &ViewContext<'_>,
        ix: StrategyIx,
        funding: &str,
        amount: Decimal,
        key: SumKey<'_>,
    ) -> Self {
        let (year, money) = key.column;
        let view = Self::of_amount(context, amount_column::unit(context, ix, money), amount, false);
        let attributes = Attributes::statement("sum")
            .with("of", key.subject)
            .with("money", &context.report.strategy(ix).amounts.key(AmountTable::Money, money))
            .with("year", &year.0.to_string())
            .with("funding", funding)
            .with("gross", &grouped(amount));
        Self { statement: attributes.html(), ..view }
    }

    /// Builds the view of an amount in `unit` that is not a statement.
    pub(crate) fn of_amount(context: &ViewContext<'_>, unit: &str, amount: Decimal, interim: bool) -> Self {
        let yen = context.texts.yen(amount, unit);
        // The same minus sign as in the large-unit form.
        let sum = grouped(amount).replace('-', "−");
        let markup = (!interim).then(|| Html::figure(&sum, None, yen.as_deref()));
        Self { sum, yen, interim, markup, statement: Html::default() }
    }
}

/// Sums by column: over all rows, and with each program counted once if that differs. Both are empty if no row has an
/// amount: an empty sum is not 0.
#[derive(Default)]
pub(crate) struct SumLines {
    /// Sums of all rows, one entry for each column.
    pub(crate) gross: Vec<Option<SumView>>,
    /// Sums with each program counted once; empty if equal to `gross`.
    pub(crate) net: Vec<Option<SumView>>,
}

impl SumLines {
    /// Builds the sums for the subject with the statement key `subject` in `columns` of the strategy `ix`. The entry of
    /// a column without any amount is `None`.
    pub(crate) fn new(
        context: &ViewContext<'_>,
        ix: StrategyIx,
        subject: &str,
        totals: &SumsByColumn,
        columns: &BTreeSet<ColumnKey>,
    ) -> Self {
        let sums: Vec<Option<&Sum>> =
            columns.iter().map(|(year, key)| totals.get(key)?.get(year).filter(|sum| sum.rows > 0)).collect();
        let line = |kind: SumKind| {
            let view = |(sum, column): (&Option<&Sum>, &ColumnKey)| {
                SumView::new(context, ix, (*sum)?, kind, SumKey { subject, column: *column })
            };
            sums.iter().zip(columns).map(view).collect()
        };
        if sums.iter().all(Option::is_none) {
            return Self::default();
        }
        let repeats = sums.iter().flatten().any(|sum| sum.gross != sum.net);
        let net = if repeats { line(SumKind::Net) } else { Vec::new() };
        Self { gross: line(SumKind::Gross), net }
    }
}

/// Printed totals in `columns`; empty if no total was printed.
pub(crate) fn printed<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    printed_totals: &AmountSeries<'a>,
    columns: &BTreeSet<ColumnKey>,
) -> Vec<Option<ValueView<'a>>> {
    let total =
        |(year, kind): &ColumnKey| Some(ValueView::of_money(context, ix, *kind, *printed_totals.get(kind)?.get(year)?));
    if printed_totals.is_empty() { Vec::new() } else { columns.iter().map(total).collect() }
}

/// Sums over a goal and everything below it.
pub(crate) fn sums_of_goal<'a>(context: &ViewContext<'a>, id: NodeId) -> Option<SumsView<'a>> {
    let printed_totals = merged_amounts(context.sheets(id), |sheet| &sheet.total);
    view(context, id.strategy, &statement::node_key(context, id), context.sums(id.strategy).below(id), &printed_totals)
}

/// Sums over a whole strategy.
pub(crate) fn sums_of_strategy<'a>(context: &ViewContext<'a>, ix: StrategyIx) -> Option<SumsView<'a>> {
    view(context, ix, statement::STRATEGY_KEY, &context.sums(ix).whole, &AmountSeries::new())
}

fn view<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    subject: &str,
    sums: &SumsByColumn,
    printed_totals: &AmountSeries<'a>,
) -> Option<SumsView<'a>> {
    let keys = summary_columns(context, ix, columns(sums), columns(printed_totals));
    let SumLines { gross, net } = SumLines::new(context, ix, subject, sums, &keys);
    let printed = printed(context, ix, printed_totals, &keys);
    (!gross.is_empty() || !printed.is_empty()).then(|| SumsView {
        unit: &context.report.strategy(ix).money_unit,
        printed,
        gross,
        net,
        columns: AmountColumn::all(context, ix, &keys),
    })
}
