//! The rows of a policy, goal or strategy: its programs, with marks and amounts.

use super::here::Here;
use super::judgement::{JudgementView, judgements};
use super::reference::{PlaceView, RefView};
use super::sums::{self, ColumnKey, SumLines};
use super::time::YearView;
use super::value::ValueView;
use crate::link::totals::of_rows;
use crate::model::{Group, Kind, NodeId, Owner, Row, StrategyIx, merged_amounts};
use serde::Serialize;
use std::collections::BTreeSet;

/// All rows of an owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowsView<'a> {
    /// What the report calls programs.
    pub label: &'a str,
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
    /// The marks that the newest edition gives the program.
    pub judgements: Vec<JudgementView<'a>>,
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
    /// The columns: kinds of money in years.
    pub columns: Vec<AmountColumn>,
    /// A line for each row.
    pub lines: Vec<RowAmountLine<'a>>,
    /// The totals as printed, one for each column; empty where none was printed.
    pub printed: Vec<Option<ValueView<'a>>>,
    /// Our sums of all rows, one for each column.
    pub gross: Vec<String>,
    /// Our sums with each program counted once; empty where they are the same.
    pub net: Vec<String>,
}

/// A kind of money in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AmountColumn {
    /// `budget`, `settlement` or `plan`.
    pub kind: &'static str,
    /// The year.
    pub year: YearView,
}

impl AmountColumn {
    /// The columns with these keys.
    pub(crate) fn all(here: &Here<'_>, keys: &BTreeSet<ColumnKey>) -> Vec<Self> {
        keys.iter().map(|(year, kind)| Self { kind: kind.key(), year: here.year(*year) }).collect()
    }
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
pub(crate) fn rows<'a>(here: &Here<'a>, of: StrategyIx, owner: Owner) -> Option<RowsView<'a>> {
    let strategy = here.report.strategy(of);
    let titles: &[Group] = match owner {
        Owner::Strategy(_) => &strategy.groups,
        Owner::Node(id) => &here.report.node(id).groups,
    };
    let mut groups: Vec<RowGroup<'a>> = Vec::new();
    let mut last = None;
    for (row, program) in here.report.rows(owner) {
        if groups.is_empty() || last != row.group {
            let title = row.group.and_then(|group| titles.get(group)).map(|group| group.title.as_str());
            groups.push(RowGroup { title, rows: Vec::new() });
            last = row.group;
        }
        if let Some(group) = groups.last_mut() {
            group.rows.push(view(here, of, row, program));
        }
    }
    let amounts = amounts(here, of, owner);
    (!groups.is_empty()).then_some(RowsView { label: strategy.label(Kind::Program), groups, amounts })
}

fn view<'a>(here: &Here<'a>, of: StrategyIx, row: &'a Row, program: NodeId) -> RowView<'a> {
    let report = here.report;
    let home = report.home(program).filter(|_| row.repeat);
    let also = row.also.iter().filter_map(|reference| report.resolve(of, reference));
    let markers = row.markers.iter();
    let newest = here.sheets(program).into_iter().rev().find(|sheet| !sheet.judgements.is_empty());
    let newest = newest.or_else(|| here.sheets(program).pop());
    RowView {
        number: row.number.as_deref(),
        program: here.node(of, program),
        category: row.category.as_deref(),
        markers: markers.map(|(year, text)| MarkerView { text, year: year.map(|year| here.year(year)) }).collect(),
        repeat: row.repeat,
        repeat_years: here.years(row.repeat_printed.as_ref()),
        home: home.map(|place| PlaceView::new(here, of, place)),
        years: here.years(row.years.as_ref()),
        also: also.map(|target| RefView::new(here, of, target)).collect(),
        note: row.note.as_deref(),
        judgements: newest.map_or_else(Vec::new, |sheet| judgements(here, of, "program", &sheet.judgements)),
    }
}

fn amounts<'a>(here: &Here<'a>, of: StrategyIx, owner: Owner) -> Option<RowAmounts<'a>> {
    let rows: Vec<_> = here.report.rows(owner).collect();
    let money: Vec<_> =
        rows.iter().map(|(_, program)| merged_amounts(here.sheets(*program), |sheet| &sheet.money)).collect();
    let totals = match owner {
        Owner::Node(id) => merged_amounts(here.sheets(id), |sheet| &sheet.total),
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
            Some(ValueView::of_money(here, of, *cell))
        };
        RowAmountLine {
            number: row.number.as_deref(),
            program: here.node(of, *program),
            repeat: row.repeat,
            cells: keys.iter().map(cell).collect(),
        }
    });
    // A sheet's page holds only what its edition printed: no sums of ours.
    let sums = here.only.is_none().then(|| SumLines::new(&of_rows(here.report, owner), &keys));
    let SumLines { gross, net } = sums.unwrap_or_default();
    Some(RowAmounts {
        unit: &here.report.strategy(of).money_unit,
        lines: lines.collect(),
        printed: sums::printed(here, of, &totals, &keys),
        gross,
        net,
        columns: AmountColumn::all(here, &keys),
    })
}
