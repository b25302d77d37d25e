//! Sums of money over rows. They are ours, not the report's, and templates say so.

use crate::model::{AmountSeries, Decimal, FiscalYear, MoneyKind, NodeId, StrategyIx, grouped, merged_amounts};
use crate::site::view::context::ViewContext;
use crate::site::view::values::facts::{self, Attributes};
use crate::site::view::values::html::Html;
use crate::site::view::values::time::YearView;
use crate::site::view::values::value::ValueView;
use crate::totals::{Sum, Totals, of_node, of_strategy};
use serde::Serialize;
use std::collections::BTreeSet;

/// A column of amounts: a kind of money in a year, years first.
pub(crate) type ColumnKey = (FiscalYear, MoneyKind);

/// The sums over a node or strategy with all below it, beside what was printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SumsView<'a> {
    /// The unit of all amounts.
    pub unit: &'a str,
    /// The columns.
    pub columns: Vec<AmountColumn>,
    /// The totals as printed, one for each column; empty where none was printed.
    pub printed: Vec<Option<ValueView<'a>>>,
    /// The sums of all rows, one for each column; empty where no row has an amount.
    pub gross: Vec<Option<SumView>>,
    /// The sums with each program counted once; empty where they are the same.
    pub net: Vec<Option<SumView>>,
}

/// A kind of money in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AmountColumn {
    /// `budget`, `settlement` or `plan`.
    pub kind: &'static str,
    /// The key of its title in the texts of the theme: `budget`, `settlement` or `planned`.
    pub title: &'static str,
    /// The year.
    pub year: YearView,
}

impl AmountColumn {
    /// The columns with these keys.
    pub(crate) fn all(context: &ViewContext<'_>, keys: &BTreeSet<ColumnKey>) -> Vec<Self> {
        keys.iter()
            .map(|(year, kind)| Self { kind: kind.key(), title: kind.title(), year: context.year(*year) })
            .collect()
    }
}

/// A sum that this site computes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SumView {
    /// The sum, with separators.
    pub sum: String,
    /// The same in great numbers, `5億2,658万6千円`, where that says more.
    pub yen: Option<String>,
    /// Whether amounts of a year that was not over are in it.
    pub interim: bool,
    /// The markup of a sum with which nothing must stay: none with interim amounts.
    pub bare: Option<Html>,
    /// What it says, as attributes for tests.
    pub facts: Html,
}

/// What a sum adds up: of whom, as statements name it, and in which column.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Summed<'s> {
    pub(crate) of: &'s str,
    pub(crate) column: ColumnKey,
}

/// Whether a sum adds all rows or each program once.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Way {
    Gross,
    Net,
}

impl SumView {
    /// The amounts of `sum` added up in one way; `None` where none counts.
    pub(crate) fn new(
        context: &ViewContext<'_>,
        ix: StrategyIx,
        sum: &Sum,
        way: Way,
        summed: Summed<'_>,
    ) -> Option<Self> {
        let (amount, name) = match way {
            Way::Gross => (sum.gross, "gross"),
            Way::Net => (sum.net_of_any()?, "net"),
        };
        let (year, kind) = summed.column;
        let view = Self::of_amount(context, ix, amount, sum.interim > 0);
        let facts = Attributes::statement("sum")
            .with("of", summed.of)
            .with("money", kind.key())
            .with("year", &year.0.to_string())
            .with(name, &view.sum);
        Some(Self { facts: facts.html(), ..view })
    }

    /// An amount that is no statement of its own.
    pub(crate) fn of_amount(context: &ViewContext<'_>, ix: StrategyIx, amount: Decimal, interim: bool) -> Self {
        let yen = context.texts.yen(amount, &context.report.strategy(ix).money_unit);
        let sum = grouped(amount);
        let bare = (!interim).then(|| Html::figure(&sum, yen.as_deref()));
        Self { sum, yen, interim, bare, facts: Html::default() }
    }
}

/// Sums by column: of all rows, and with each program counted once if that differs. Empty where
/// no row has an amount: nothing was added, which is not 0.
#[derive(Default)]
pub(crate) struct SumLines {
    pub(crate) gross: Vec<Option<SumView>>,
    pub(crate) net: Vec<Option<SumView>>,
}

impl SumLines {
    /// The sums of `of`, as statements name it, in `columns` of the strategy `ix`. A column without any
    /// amount has none.
    pub(crate) fn new(
        context: &ViewContext<'_>,
        ix: StrategyIx,
        of: &str,
        totals: &Totals,
        columns: &BTreeSet<ColumnKey>,
    ) -> Self {
        let sums: Vec<Option<&Sum>> =
            columns.iter().map(|(year, kind)| totals.get(kind)?.get(year).filter(|sum| sum.rows > 0)).collect();
        let line = |way: Way| {
            let view = |(sum, column): (&Option<&Sum>, &ColumnKey)| {
                SumView::new(context, ix, (*sum)?, way, Summed { of, column: *column })
            };
            sums.iter().zip(columns).map(view).collect()
        };
        if sums.iter().all(Option::is_none) {
            return Self::default();
        }
        let repeats = sums.iter().flatten().any(|sum| sum.gross != sum.net);
        let net = if repeats { line(Way::Net) } else { Vec::new() };
        Self { gross: line(Way::Gross), net }
    }
}

/// The columns in which anything was printed.
pub(crate) fn columns<T>(
    series: &std::collections::BTreeMap<MoneyKind, std::collections::BTreeMap<FiscalYear, T>>,
) -> impl Iterator<Item = ColumnKey> {
    series.iter().flat_map(|(kind, years)| years.keys().map(move |year| (*year, *kind)))
}

/// The printed totals in `columns`; empty where none was printed at all.
pub(crate) fn printed<'a>(
    context: &ViewContext<'a>,
    of: StrategyIx,
    totals: &AmountSeries<'a, MoneyKind>,
    columns: &BTreeSet<ColumnKey>,
) -> Vec<Option<ValueView<'a>>> {
    let total = |(year, kind): &ColumnKey| Some(ValueView::of_money(context, of, *kind, *totals.get(kind)?.get(year)?));
    if totals.is_empty() { Vec::new() } else { columns.iter().map(total).collect() }
}

/// The sums over a goal and all below it.
pub(crate) fn of_goal<'a>(context: &ViewContext<'a>, id: NodeId) -> Option<SumsView<'a>> {
    let totals = merged_amounts(context.sheets(id), |sheet| &sheet.total);
    view(context, id.strategy, &facts::node_key(context, id), &of_node(context.report, id), &totals)
}

/// The sums over a whole strategy.
pub(crate) fn of_all<'a>(context: &ViewContext<'a>, ix: StrategyIx) -> Option<SumsView<'a>> {
    view(context, ix, facts::WHOLE, &of_strategy(context.report, ix), &AmountSeries::new())
}

fn view<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    of: &str,
    sums: &Totals,
    totals: &AmountSeries<'a, MoneyKind>,
) -> Option<SumsView<'a>> {
    let keys: BTreeSet<ColumnKey> = columns(sums).chain(columns(totals)).collect();
    let SumLines { gross, net } = SumLines::new(context, ix, of, sums, &keys);
    let printed = printed(context, ix, totals, &keys);
    (!gross.is_empty() || !printed.is_empty()).then(|| SumsView {
        unit: &context.report.strategy(ix).money_unit,
        printed,
        gross,
        net,
        columns: AmountColumn::all(context, &keys),
    })
}
