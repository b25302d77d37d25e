//! The rows of a policy, goal or strategy: its programs, with marks and amounts.

use crate::model::{Group, Kind, MoneyKind, NodeId, Owner, Row, StrategyIx, merged_amounts};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::judgement::{JudgementView, ScaleKey, judgements};
use crate::site::view::sections::list::{CountedEdition, LeftOut};
use crate::site::view::sections::sums::{self, AmountColumn, ColumnKey, SumLines, SumView};
use crate::site::view::values::facts;
use crate::site::view::values::reference::{PlaceView, RefView};
use crate::site::view::values::time::YearView;
use crate::site::view::values::value::ValueView;
use crate::totals::of_rows;
use serde::Serialize;
use std::collections::BTreeSet;

/// How many columns of money go beside the rows: more make a table of their own.
const BESIDE_ROWS: usize = 2;

/// All rows of an owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowsView<'a> {
    /// What the report calls programs.
    pub label: &'a str,
    /// The edition whose marks stand beside the rows, on running pages.
    pub edition: Option<CountedEdition<'a>>,
    /// The scales of the marks that any row has: a column for each.
    pub scales: Vec<ScaleKey<'a>>,
    /// The columns of money beside each row: all if they are two at most, else the newest.
    pub newest: Vec<AmountColumn>,
    /// The rows by group, in printed order.
    pub groups: Vec<RowGroup<'a>>,
    /// What the rows cost, where any amount was printed.
    pub amounts: Option<RowAmounts<'a>>,
}

/// Rows that stand together under one heading, or under none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowGroup<'a> {
    /// The heading.
    pub title: Option<&'a str>,
    /// The rows.
    pub rows: Vec<RowView<'a>>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowView<'a> {
    /// Its number, as printed.
    pub number: Option<&'a str>,
    /// The program.
    pub program: RefView<'a>,
    /// A word that the report puts beside the row.
    pub category: Option<&'a str>,
    /// Printed marks.
    pub markers: Vec<MarkerView<'a>>,
    /// Whether it is a repeat (再掲).
    pub repeat: bool,
    /// The years in which the report prints that it is a repeat; empty for all.
    pub repeat_years: Vec<YearView>,
    /// Of a repeat: where the program is at home; none if that lies outside.
    pub home: Option<PlaceView<'a>>,
    /// The years in which the row stands; empty for all.
    pub years: Vec<YearView>,
    /// Nodes outside what is published under which the same row was printed.
    pub also: Vec<RefView<'a>>,
    /// What is said of the row.
    pub note: Option<&'a str>,
    /// The edition that last had a sheet of the program, where the one that counts has none.
    pub left_out_since: Option<LeftOut<'a>>,
    /// What the edition that counts gives the program, one for each of [`RowsView::scales`].
    pub judged: Vec<Option<JudgementView<'a>>>,
    /// The amounts, one for each column of [`RowsView::newest`].
    pub amounts: Vec<Option<ValueView<'a>>>,
}

/// A printed mark such as 新規.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkerView<'a> {
    /// The mark.
    pub text: &'a str,
    /// The year in which it was printed; none for all.
    pub year: Option<YearView>,
}

/// What the rows cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowAmounts<'a> {
    /// The unit of all amounts.
    pub unit: &'a str,
    /// Whether there are more columns than stand beside the rows already.
    pub more: bool,
    /// The columns: kinds of money in years.
    pub columns: Vec<AmountColumn>,
    /// A line for each row.
    pub lines: Vec<RowAmountLine<'a>>,
    /// The totals as printed, one for each column; empty where none was printed.
    pub printed: Vec<Option<ValueView<'a>>>,
    /// Our sums of all rows, one for each column; empty where no row has an amount.
    pub gross: Vec<Option<SumView>>,
    /// Our sums with each program counted once; empty where they are the same.
    pub net: Vec<Option<SumView>>,
}

/// What one row costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowAmountLine<'a> {
    /// The number of the row.
    pub number: Option<&'a str>,
    /// The program.
    pub program: RefView<'a>,
    /// Whether it is a repeat.
    pub repeat: bool,
    /// The amounts, one for each column.
    pub cells: Vec<Option<ValueView<'a>>>,
}

/// The rows of `owner`, which belongs to the strategy `of`. `None` if it has none.
pub(crate) fn rows<'a>(context: &ViewContext<'a>, of: StrategyIx, owner: Owner) -> Option<RowsView<'a>> {
    let strategy = context.report.strategy(of);
    let titles: &[Group] = match owner {
        Owner::Strategy(_) => &strategy.groups,
        Owner::Node(id) => &context.report.node(id).groups,
    };
    let rows = context.rows(of, owner);
    let judged: Vec<Vec<JudgementView<'a>>> =
        rows.iter().map(|(_, program)| current_marks(context, of, *program)).collect();
    let scales = ScaleKey::all(context, of, judged.iter().flatten().map(|judgement| &judgement.href));
    let amounts = amounts(context, of, owner);
    let newest = amounts.as_ref().map_or_else(Vec::new, |amounts| newest_columns(&amounts.columns));
    let mut lines = amounts.iter().flat_map(|amounts| &amounts.lines);

    let mut groups: Vec<RowGroup<'a>> = Vec::new();
    let mut last = None;
    for ((row, program), judged) in rows.into_iter().zip(judged) {
        if groups.is_empty() || last != row.group {
            let title = row.group.and_then(|group| titles.get(group)).map(|group| group.title.as_str());
            groups.push(RowGroup { title, rows: Vec::new() });
            last = row.group;
        }
        let line = lines.next();
        let amount = |place: &usize| line?.cells.get(*place)?.clone();
        let view = RowView {
            judged: scales.iter().map(|scale| judged.iter().find(|j| j.href == scale.href).cloned()).collect(),
            amounts: newest.iter().map(amount).collect(),
            ..view(context, of, row, program)
        };
        if let Some(group) = groups.last_mut() {
            group.rows.push(view);
        }
    }
    let of_newest = |amounts: &RowAmounts<'a>| newest.iter().filter_map(|i| amounts.columns.get(*i).cloned()).collect();
    (!groups.is_empty()).then(|| RowsView {
        label: strategy.label(Kind::Program),
        edition: CountedEdition::of(context, of, Kind::Program)
            .filter(|_| context.only.is_none() && !scales.is_empty()),
        scales,
        newest: amounts.as_ref().map_or_else(Vec::new, of_newest),
        groups,
        amounts,
    })
}

/// The marks that the edition that counts gives a program.
fn current_marks<'a>(context: &ViewContext<'a>, of: StrategyIx, program: NodeId) -> Vec<JudgementView<'a>> {
    let sheet = context.current_sheet(program);
    sheet.map_or_else(Vec::new, |sheet| judgements(context, of, Kind::Program.key(), &sheet.judgements))
}

/// The columns that go beside the rows, as places: what was spent last, or else the last of all.
fn newest_columns(columns: &[AmountColumn]) -> Vec<usize> {
    if columns.len() <= BESIDE_ROWS {
        return (0..columns.len()).collect();
    }
    let spent = columns.iter().rposition(|column| column.kind == MoneyKind::Settlement.key());
    spent.or(columns.len().checked_sub(1)).into_iter().collect()
}

fn view<'a>(context: &ViewContext<'a>, of: StrategyIx, row: &'a Row, program: NodeId) -> RowView<'a> {
    let report = context.report;
    let home = report.home(program).filter(|_| row.repeat);
    let also = row.also.iter().filter_map(|reference| report.resolve(of, reference));
    let markers = row.markers.iter();
    RowView {
        number: row.number.as_deref(),
        program: RefView::of_node(context, of, program),
        category: row.category.as_deref(),
        markers: markers.map(|(year, text)| MarkerView { text, year: year.map(|year| context.year(year)) }).collect(),
        repeat: row.repeat,
        repeat_years: context.years(row.repeat_printed.as_ref()),
        home: home.map(|place| PlaceView::new(context, of, place)),
        years: context.years(row.years.as_ref()),
        also: also.map(|target| RefView::new(context, of, target)).collect(),
        note: row.note.as_deref(),
        left_out_since: LeftOut::of(context, program),
        judged: Vec::new(),
        amounts: Vec::new(),
    }
}

fn amounts<'a>(context: &ViewContext<'a>, of: StrategyIx, owner: Owner) -> Option<RowAmounts<'a>> {
    let rows = context.rows(of, owner);
    let money: Vec<_> =
        rows.iter().map(|(_, program)| merged_amounts(context.sheets(*program), |sheet| &sheet.money)).collect();
    let totals = match owner {
        Owner::Node(id) => merged_amounts(context.sheets(id), |sheet| &sheet.total),
        Owner::Strategy(_) => Default::default(),
    };
    let mut keys: BTreeSet<ColumnKey> = sums::columns(&totals).collect();
    for ((row, _), money) in rows.iter().zip(&money) {
        keys.extend(sums::columns(money).filter(|(year, _)| row.stands_in(*year)));
    }
    if keys.is_empty() {
        return None;
    }
    let lines = rows.iter().zip(&money).map(|((row, program), money)| {
        let cell = |(year, kind): &ColumnKey| {
            let cell = money.get(kind)?.get(year).filter(|_| row.stands_in(*year))?;
            Some(ValueView::of_money(context, of, *kind, *cell))
        };
        RowAmountLine {
            number: row.number.as_deref(),
            program: RefView::of_node(context, of, *program),
            repeat: row.repeat,
            cells: keys.iter().map(cell).collect(),
        }
    });
    // A sheet's page holds only what its edition printed: no sums of ours.
    let sums = context
        .only
        .is_none()
        .then(|| SumLines::new(context, of, &facts::rows_key(context, owner), &of_rows(context.report, owner), &keys));
    let SumLines { gross, net } = sums.unwrap_or_default();
    Some(RowAmounts {
        unit: &context.report.strategy(of).money_unit,
        more: keys.len() > BESIDE_ROWS,
        lines: lines.collect(),
        printed: sums::printed(context, of, &totals, &keys),
        gross,
        net,
        columns: AmountColumn::all(context, &keys),
    })
}
