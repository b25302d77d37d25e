//! Amounts by goal and policy: the distribution of the newest sum, and one table for each kind of money.
//!
//! The sums, shares and differences are computed by the site, not printed in the report, and templates say so.

use crate::model::{
    AmountKey, AmountKind, AmountKindIx, AmountSeries, AmountTable, Cell, Decimal, FiscalYear, FundingIx, NodeId,
    Owner, PhaseKind, StrategyIx, grouped, merged_amounts,
};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::amount_column::{self, ColumnKey, columns, newest_sum};
use crate::site::view::sections::distribution::{self, DistributionView, Parts, sum_in};
use crate::site::view::sections::layout::Layout;
use crate::site::view::sections::part::{PartView, Whole};
use crate::site::view::sections::sums::{SumKey, SumKind, SumView};
use crate::site::view::values::html::Html;
use crate::site::view::values::reference::RefView;
use crate::site::view::values::statement::{self, Attributes, STRATEGY_KEY};
use crate::site::view::values::time::YearView;
use crate::site::view::values::value::ValueView;
use crate::site::{address, lists};
use crate::totals::{self, FundingSums, Sum, SumsByColumn};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Amounts of a strategy by goal and policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpendingView<'a> {
    /// Layout data.
    pub layout: Layout<'a>,
    /// Unit of all amounts: `千円`.
    pub unit: &'a str,
    /// Distribution of the newest sum; `None` if no amount counts towards one.
    pub distribution: Option<DistributionView<'a>>,
    /// Links to the columns of a large strategy, which have pages of their own; `tables` is then empty.
    pub links: Vec<SpendingLink<'a>>,
    /// Link to the page of money as a whole, if this is the page of one column; else `None`.
    pub whole: Option<String>,
    /// One table for each kind of money with an amount.
    pub tables: Vec<SpendingTable<'a>>,
}

/// Link to the page of a column, with its sums.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpendingLink<'a> {
    /// Title: `決算額`, `人件費（決算額）`.
    pub title: Cow<'a, str>,
    /// Unit, if it differs from [`SpendingView::unit`].
    pub unit: Option<&'a str>,
    /// Fiscal year.
    pub year: YearView,
    /// Sum of all rows.
    pub gross: SumView,
    /// Sum with each program counted once; `None`, not 0, if no row counts towards it.
    pub net: Option<SumView>,
    /// Link to the page.
    pub href: String,
}

/// One kind of money by goal and policy, in all years and phases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpendingTable<'a> {
    /// Id of the table's section on the page.
    pub anchor: String,
    /// Id of the kind of money; `None` for what `[money]` itself holds.
    pub money: Option<&'a str>,
    /// Title: `事業費`, `人件費`.
    pub title: &'a str,
    /// Unit, if it differs from [`SpendingView::unit`].
    pub unit: Option<&'a str>,
    /// Columns, oldest year first; never empty.
    pub columns: Vec<SpendingColumn<'a>>,
    /// Column of the shares; `None` if there are none.
    pub share_of: Option<SpendingHead<'a>>,
    /// Columns that are compared; `None` if there is no difference.
    pub compared: Option<SpendingComparison<'a>>,
    /// True if any sum contains programs repeatedly (再掲).
    pub has_repeats: bool,
    /// Printed totals compared with the sums of all rows; `None` if none can be.
    pub totals: Option<PrintedTotals>,
    /// Goals and policies in tree order, then the rows directly under the strategy if there are any.
    pub lines: Vec<SpendingLine<'a>>,
    /// Sums of all rows of the strategy.
    pub all: SpendingLine<'a>,
    /// Sources of funding (財源); `None` if no row states any.
    pub funding: Option<SpendingFunding<'a>>,
}

/// Phase and year of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpendingHead<'a> {
    /// Title: `決算額`.
    pub title: &'a str,
    /// Fiscal year.
    pub year: YearView,
}

/// Column of a table: a phase in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpendingColumn<'a> {
    /// Id of the column on the page, and name of its own page.
    pub anchor: String,
    /// Id of the phase: `budget`, `settlement`, `plan`, or a declared one.
    pub phase: &'a str,
    /// Title with that of the kind of money: `人件費（決算額）`.
    pub full_title: Cow<'a, str>,
    /// Title of the phase and year.
    pub head: SpendingHead<'a>,
    /// Number of rows for which the report prints that there is no amount (`-`).
    pub without_amount: usize,
}

/// The two columns whose difference is shown: of one phase, the earlier year first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpendingComparison<'a> {
    /// Title of the phase: `決算額`.
    pub title: &'a str,
    /// Earlier year.
    pub from: YearView,
    /// Later year.
    pub to: YearView,
}

/// Printed totals that can be compared with sums.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PrintedTotals {
    /// Number of totals equal to the sum of all rows.
    pub equal: usize,
    /// Number of totals.
    pub compared: usize,
    /// Statement attributes (`docs/statements.md`, section 5), for tests.
    pub statement: Html,
}

/// Amounts of a goal or policy with everything below it, or of a whole strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpendingLine<'a> {
    /// Goal or policy; `None` for the rows directly under the strategy, and for the whole strategy.
    pub node: Option<RefView<'a>>,
    /// Number of goals above the node.
    pub depth: usize,
    /// True if the node has children, so that its sums contain those of their lines.
    pub has_children: bool,
    /// Amounts, one for each of [`SpendingTable::columns`].
    pub cells: Vec<SpendingCell<'a>>,
    /// Share in the column [`SpendingTable::share_of`], each program counted once; `None` if no row counts towards it.
    pub share: Option<PartView>,
    /// Difference of the columns [`SpendingTable::compared`]; `None` unless both are complete.
    pub difference: Option<DifferenceView>,
}

/// Amounts of a line in a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpendingCell<'a> {
    /// Sum of all rows; `None` if no row has an amount.
    pub gross: Option<SumView>,
    /// Sum with each program counted once; `None` if it equals `gross`, or if no row counts towards it.
    pub net: Option<SumView>,
    /// True if all rows with an amount are repeats (再掲).
    pub only_repeats: bool,
    /// Total as printed; `None` if the report prints none, or nothing but the sum of all rows.
    pub printed: Option<ValueView<'a>>,
}

/// Difference of two sums of all rows, computed by the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DifferenceView {
    /// Difference with its sign: `+1,234`, `−1,234`, `±0`.
    pub text: String,
    /// Difference in plain digits, for scripts.
    pub number: String,
    /// Statement attributes (`docs/statements.md`, section 5), for tests.
    pub statement: Html,
}

/// Sources of funding of a kind of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpendingFunding<'a> {
    /// Columns with any source, oldest year first.
    pub columns: Vec<SpendingHead<'a>>,
    /// Column of the shares; `None` if there are none.
    pub share_of: Option<SpendingHead<'a>>,
    /// Sources in printed order.
    pub lines: Vec<FundingSourceLine<'a>>,
    /// The same sums by goal and policy, one table for each of `columns`.
    pub by_node: Vec<FundingTable<'a>>,
}

/// What one source funds of all rows of a strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FundingSourceLine<'a> {
    /// Title: `国庫支出金`.
    pub title: &'a str,
    /// Sums of all rows, one for each of [`SpendingFunding::columns`].
    pub cells: Vec<Option<SumView>>,
    /// Share in all sources of the column [`SpendingFunding::share_of`].
    pub share: Option<PartView>,
}

/// Sources of one column by goal and policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FundingTable<'a> {
    /// Id of the table.
    pub anchor: String,
    /// Phase and year.
    pub head: SpendingHead<'a>,
    /// Titles of the sources that any row states, in printed order.
    pub sources: Vec<&'a str>,
    /// Goals and policies with any source.
    pub lines: Vec<FundingNodeLine<'a>>,
}

/// What each source funds of the rows of a goal or policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FundingNodeLine<'a> {
    /// Goal or policy; `None` for the rows directly under the strategy.
    pub node: Option<RefView<'a>>,
    /// Number of goals above the node.
    pub depth: usize,
    /// True if the node has children, so that its sums contain those of their lines.
    pub has_children: bool,
    /// Sums of all rows by source, one entry for each of [`FundingTable::sources`].
    pub cells: Vec<Option<SumView>>,
}

/// Goal or policy with its sums in all columns.
struct Line<'a> {
    /// Statement key of the node, or of the rows directly under the strategy.
    subject: String,
    node: Option<RefView<'a>>,
    depth: usize,
    has_children: bool,
    printed: AmountSeries<'a>,
    sums: Cow<'a, SumsByColumn>,
    funding: FundingSums,
}

/// Builds the page of the amounts of a strategy.
pub(crate) fn spending<'a>(context: &ViewContext<'a>, ix: StrategyIx) -> SpendingView<'a> {
    let mut view = view(context, ix, None);
    if !lists::is_large(context.report, ix) {
        return view;
    }
    let all = &context.sums(ix).whole;
    let links = shown_columns(all).into_iter().filter_map(|column| {
        let (sum, key) = (sum_in(all, column)?, SumKey { subject: STRATEGY_KEY, column });
        let anchor = lists::spending_anchor(context.report.strategy(ix), column);
        Some(SpendingLink {
            href: context.link(&address::spending_table(context.report.strategy(ix), &anchor)),
            title: amount_column::title(context, ix, AmountTable::Money, column.1),
            unit: own_unit(context, ix, column.1.kind),
            year: context.year(column.0),
            gross: SumView::new(context, ix, &sum, SumKind::Gross, key)?,
            net: SumView::new(context, ix, &sum, SumKind::Net, key),
        })
    });
    view.links = links.collect();
    view.tables = Vec::new();
    view
}

/// Builds the page of one column of a large strategy.
pub(crate) fn spending_table<'a>(context: &ViewContext<'a>, ix: StrategyIx, column: ColumnKey) -> SpendingView<'a> {
    let mut layout = Layout::of_overview(context, ix);
    let whole = context.link(&address::spending(context.report.strategy(ix)));
    layout.breadcrumb.push(RefView::of_page(context.texts.get("spending"), whole.clone()));
    SpendingView { layout, whole: Some(whole), ..view(context, ix, Some(column)) }
}

/// Columns in which any row has an amount, oldest year first.
fn shown_columns(all: &SumsByColumn) -> BTreeSet<ColumnKey> {
    columns(all).filter(|column| sum_in(all, *column).is_some()).collect()
}

/// Builds the tables of all kinds of money, or of the column `only`.
fn view<'a>(context: &ViewContext<'a>, ix: StrategyIx, only: Option<ColumnKey>) -> SpendingView<'a> {
    let report = context.report;
    let all = &context.sums(ix).whole;
    let lines = lines(context, ix);
    let mut by_kind: BTreeMap<AmountKindIx, Vec<ColumnKey>> = BTreeMap::new();
    for column in shown_columns(all).into_iter().filter(|column| only.is_none_or(|only| only == *column)) {
        by_kind.entry(column.1.kind).or_default().push(column);
    }
    // What `[money]` itself holds is the first kind.
    let newest = |kind: AmountKindIx| match only {
        Some(only) => Some(only).filter(|only| sum_in(all, *only).is_some_and(|sum| sum.counted > 0)),
        None => newest_sum(context.report, ix, kind, all),
    };
    let mut distribution = None;
    let mut tables = Vec::new();
    for (kind, columns) in by_kind {
        let newest = newest(kind);
        let parts = newest.and_then(|column| Parts::new(context, ix, column));
        if distribution.is_none() {
            let column = newest.map(|column| distribution::distribution(context, ix, column, all, parts.as_ref()));
            distribution = column.flatten();
        }
        let shares = parts.as_ref().zip(newest);
        tables.extend(Table { context, ix, kind, columns, all, shares }.view(&lines));
    }
    SpendingView {
        layout: Layout::of_overview(context, ix),
        unit: &report.strategy(ix).money_unit,
        distribution,
        links: Vec::new(),
        whole: None,
        tables,
    }
}

/// Goals and policies in tree order, then the rows directly under the strategy if there are any.
fn lines<'a>(context: &ViewContext<'a>, ix: StrategyIx) -> Vec<Line<'a>> {
    let report = context.report;
    let has_funding = !report.strategy(ix).amounts.funding.is_empty();
    let mut lines = Vec::new();
    let mut stack: Vec<(NodeId, usize)> = report.roots(ix).iter().rev().map(|root| (*root, 0)).collect();
    while let Some((id, depth)) = stack.pop() {
        let children = &report.relations(id).children;
        stack.extend(children.iter().rev().map(|child| (*child, depth + 1)));
        lines.push(Line {
            subject: statement::node_key(context, id),
            node: Some(RefView::of_node(context, ix, id)),
            depth,
            has_children: !children.is_empty(),
            printed: merged_amounts(context.sheets(id), |sheet| &sheet.total),
            sums: Cow::Borrowed(context.sums(ix).below(id)),
            funding: if has_funding { totals::funding_of_node(report, id) } else { FundingSums::new() },
        });
    }
    let own_rows = totals::sum_rows(report, Owner::Strategy(ix));
    if !own_rows.is_empty() {
        let subject = statement::rows_key(context, Owner::Strategy(ix));
        lines.push(Line {
            subject,
            node: None,
            depth: 0,
            has_children: false,
            printed: AmountSeries::new(),
            sums: Cow::Owned(own_rows),
            funding: totals::funding_of_rows(report, Owner::Strategy(ix)),
        });
    }
    lines
}

/// A table to build, with its columns.
struct Table<'t, 'a> {
    context: &'t ViewContext<'a>,
    ix: StrategyIx,
    kind: AmountKindIx,
    columns: Vec<ColumnKey>,
    /// Sums of the strategy.
    all: &'a SumsByColumn,
    /// Parts of the sum of which shares are shown, and its column.
    shares: Option<(&'t Parts, ColumnKey)>,
}

impl<'a> Table<'_, 'a> {
    /// Builds the table. `None` without columns.
    fn view(&self, lines: &[Line<'a>]) -> Option<SpendingTable<'a>> {
        let (context, ix) = (self.context, self.ix);
        let strategy = context.report.strategy(ix);
        let declared = strategy.amounts.kind(AmountTable::Money, self.kind)?;
        let (_, first) = self.columns.first()?;
        let compared = self.compared();
        let whole = Line {
            subject: STRATEGY_KEY.to_owned(),
            node: None,
            depth: 0,
            has_children: true,
            printed: AmountSeries::new(),
            sums: Cow::Borrowed(self.all),
            funding: FundingSums::new(),
        };
        let line = |line: &Line<'a>| self.line(line, compared);
        let (all, views) = (line(&whole), lines.iter().map(line).collect::<Vec<_>>());
        let has_difference = std::iter::once(&all).chain(&views).any(|line| line.difference.is_some());
        let comparison = |[from, to]: [ColumnKey; 2]| SpendingComparison {
            title: self.head(to).title,
            from: context.year(from.0),
            to: context.year(to.0),
        };
        Some(SpendingTable {
            anchor: format!("kind-{}", declared.id),
            money: amount_column::money_id(context, ix, *first),
            title: amount_column::kind_title(context, AmountTable::Money, declared),
            unit: own_unit(context, ix, self.kind),
            columns: self.columns.iter().map(|column| self.column(*column)).collect(),
            share_of: self.shares.map(|(_, column)| self.head(column)),
            compared: compared.filter(|_| has_difference).map(comparison),
            has_repeats: self
                .columns
                .iter()
                .any(|column| sum_in(self.all, *column).is_some_and(|it| it.gross != it.net)),
            totals: self.totals(lines, declared),
            lines: views,
            all,
            funding: self.funding(lines),
        })
    }

    fn head(&self, (year, key): ColumnKey) -> SpendingHead<'a> {
        let title = amount_column::phase_title(self.context, self.ix, AmountTable::Money, key.phase);
        SpendingHead { title, year: self.context.year(year) }
    }

    fn column(&self, column: ColumnKey) -> SpendingColumn<'a> {
        SpendingColumn {
            anchor: lists::spending_anchor(self.context.report.strategy(self.ix), column),
            phase: amount_column::phase_id(self.context, self.ix, column.1.phase),
            full_title: amount_column::title(self.context, self.ix, AmountTable::Money, column.1),
            head: self.head(column),
            without_amount: sum_in(self.all, column).map_or(0, |sum| sum.without_amount),
        }
    }

    fn line(&self, line: &Line<'a>, compared: Option<[ColumnKey; 2]>) -> SpendingLine<'a> {
        let share = self.shares.and_then(|(parts, column)| {
            let net = sum_in(&line.sums, column)?.net_if_counted()?;
            let key = SumKey { subject: &line.subject, column };
            PartView::new(self.context, self.ix, net, parts.whole, key, Whole::Strategy)
        });
        SpendingLine {
            node: line.node.clone(),
            depth: line.depth,
            has_children: line.has_children,
            cells: self.columns.iter().map(|column| self.cell(line, *column)).collect(),
            share,
            difference: compared.and_then(|compared| self.difference(line, compared)),
        }
    }

    fn cell(&self, line: &Line<'a>, column: ColumnKey) -> SpendingCell<'a> {
        let key = SumKey { subject: &line.subject, column };
        let sum = sum_in(&line.sums, column);
        let view = |kind: SumKind| SumView::new(self.context, self.ix, sum.as_ref()?, kind, key);
        let printed = printed(line, column).map(|cell| {
            (ValueView::of_money(self.context, self.ix, column.1, cell), sum.is_some() && is_equal(cell, sum))
        });
        SpendingCell {
            gross: view(SumKind::Gross),
            net: if sum.is_some_and(|sum| sum.gross != sum.net) { view(SumKind::Net) } else { None },
            only_repeats: sum.is_some_and(|sum| sum.counted == 0),
            printed: printed.filter(|(value, is_equal)| !is_equal || value.markup.is_none()).map(|(value, _)| value),
        }
    }

    /// The two newest columns of one phase: of settlements, or else of budgets, or else of plans. Amounts of different
    /// phases are not compared.
    fn compared(&self) -> Option<[ColumnKey; 2]> {
        let declared = &self.context.report.strategy(self.ix).amounts;
        let mut by_phase: BTreeMap<AmountKey, Vec<FiscalYear>> = BTreeMap::new();
        for (year, key) in &self.columns {
            by_phase.entry(*key).or_default().push(*year);
        }
        let rank = |key: &AmountKey| {
            let kind = match key.phase.kind {
                PhaseKind::Settlement => 2,
                PhaseKind::Budget => 1,
                PhaseKind::Plan => 0,
            };
            (kind, declared.importance(key.phase))
        };
        let pairs = by_phase.into_iter().filter(|(_, years)| years.len() > 1);
        let (key, years) = pairs.max_by_key(|(key, _)| rank(key))?;
        match years[..] {
            [.., from, to] => Some([(from, key), (to, key)]),
            _ => None,
        }
    }

    /// Difference of the sums of two columns. `None` unless both are sums, contain no interim amount and leave out no
    /// missing one.
    fn difference(&self, line: &Line<'a>, columns: [ColumnKey; 2]) -> Option<DifferenceView> {
        let [from, to] =
            columns.map(|column| sum_in(&line.sums, column).filter(|sum| sum.interim == 0 && sum.without_amount == 0));
        let difference = to?.gross.saturating_sub(from?.gross);
        let [(from, _), (to, key)] = columns;
        let sign = match difference {
            it if it.is_zero() => "±",
            it if it.is_sign_negative() => "−",
            _ => "+",
        };
        let money = self.context.report.strategy(self.ix).amounts.key(AmountTable::Money, key);
        let statement = Attributes::statement("amount-difference")
            .with("of", &line.subject)
            .with("money", &money)
            .with("from", &from.0.to_string())
            .with("to", &to.0.to_string())
            .with("difference", &grouped(difference));
        Some(DifferenceView {
            text: [sign, &grouped(difference.abs())].concat(),
            number: difference.to_string(),
            statement: statement.html(),
        })
    }

    fn totals(&self, lines: &[Line<'a>], declared: &AmountKind) -> Option<PrintedTotals> {
        let cells = lines.iter().flat_map(|line| self.columns.iter().map(move |column| (line, *column)));
        let compared = cells.filter_map(|(line, column)| {
            let (cell, sum) = (printed(line, column)?, sum_in(&line.sums, column)?);
            cell.value.exact().is_some().then(|| is_equal(cell, Some(sum)))
        });
        let compared: Vec<bool> = compared.collect();
        let equal = compared.iter().filter(|is_equal| **is_equal).count();
        let statement = Attributes::statement("printed-totals")
            .with("money", &declared.id)
            .with("equal", &equal.to_string())
            .with("compared", &compared.len().to_string());
        (!compared.is_empty()).then(|| PrintedTotals { equal, compared: compared.len(), statement: statement.html() })
    }

    fn funding(&self, lines: &[Line<'a>]) -> Option<SpendingFunding<'a>> {
        let (context, ix) = (self.context, self.ix);
        let declared = &context.report.strategy(ix).amounts.funding;
        // Nodes without parents, and the rows of the strategy itself, add up to the strategy.
        let mut whole: FundingSums = FundingSums::new();
        for line in lines.iter().filter(|line| line.depth == 0) {
            for (column, sources) in line.funding.iter().filter(|(column, _)| self.columns.contains(*column)) {
                for (source, amount) in sources {
                    let sum = whole.entry(*column).or_default().entry(*source).or_default();
                    *sum = totals::add(*sum, *amount);
                }
            }
        }
        let columns: Vec<ColumnKey> = whole.keys().copied().collect();
        let newest = self.shares.map(|(_, column)| column).filter(|column| whole.contains_key(column));
        let newest = newest.or(columns.last().copied())?;
        let all = whole.get(&newest)?.values().fold(Decimal::ZERO, |all, amount| all.saturating_add(*amount));
        let is_divisible = whole.get(&newest)?.values().all(|amount| *amount >= Decimal::ZERO) && all > Decimal::ZERO;
        let sum = |source: FundingIx, amounts: Option<&Decimal>, key: SumKey<'_>| {
            Some(SumView::of_funding(context, ix, &declared.get(source.0)?.id, *amounts?, key))
        };
        let used: BTreeSet<FundingIx> = whole.values().flat_map(BTreeMap::keys).copied().collect();
        let source_line = |source: &FundingIx| {
            let declared = declared.get(source.0)?;
            let amount = |column: ColumnKey| whole.get(&column)?.get(source);
            let share = amount(newest).filter(|_| is_divisible).and_then(|amount| {
                let key = SumKey { subject: STRATEGY_KEY, column: newest };
                PartView::new(context, ix, *amount, all, key, Whole::Funding(&declared.id))
            });
            let cell =
                |column: &ColumnKey| sum(*source, amount(*column), SumKey { subject: STRATEGY_KEY, column: *column });
            Some(FundingSourceLine { title: &declared.title, cells: columns.iter().map(cell).collect(), share })
        };
        let by_node = |column: &ColumnKey| {
            let sources: Vec<FundingIx> = whole.get(column).into_iter().flat_map(BTreeMap::keys).copied().collect();
            let lines = lines.iter().filter_map(|line| {
                let amounts = line.funding.get(column)?;
                let key = SumKey { subject: &line.subject, column: *column };
                Some(FundingNodeLine {
                    node: line.node.clone(),
                    depth: line.depth,
                    has_children: line.has_children,
                    cells: sources.iter().map(|source| sum(*source, amounts.get(source), key)).collect(),
                })
            });
            let anchor = lists::spending_anchor(context.report.strategy(ix), *column);
            FundingTable {
                anchor: format!("{anchor}-funding"),
                head: self.head(*column),
                lines: lines.collect(),
                sources: sources.iter().filter_map(|it| declared.get(it.0)).map(|it| it.title.as_str()).collect(),
            }
        };
        Some(SpendingFunding {
            share_of: is_divisible.then(|| self.head(newest)),
            lines: used.iter().filter_map(source_line).collect(),
            by_node: columns.iter().map(by_node).collect(),
            columns: columns.iter().map(|column| self.head(*column)).collect(),
        })
    }
}

/// Printed total of a line.
fn printed<'a>(line: &Line<'a>, (year, key): ColumnKey) -> Option<Cell<'a, FiscalYear>> {
    line.printed.get(&key)?.get(&year).copied()
}

/// Returns true if a printed total equals the sum of all rows.
fn is_equal(printed: Cell<'_, FiscalYear>, sum: Option<Sum>) -> bool {
    printed.value.exact().zip(sum).is_some_and(|(printed, sum)| printed == sum.gross)
}

/// Unit of a kind of money, if it differs from that of the strategy.
fn own_unit<'a>(context: &ViewContext<'a>, ix: StrategyIx, kind: AmountKindIx) -> Option<&'a str> {
    context.report.strategy(ix).amounts.kind(AmountTable::Money, kind)?.unit.as_deref()
}
