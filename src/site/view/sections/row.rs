//! Rows of a policy, goal or strategy: its programs, with marks and amounts.

use crate::model::{Group, Kind, LostRow, NodeId, Owner, Row, StrategyIx, merged_amounts};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::amount_column::{AmountColumn, ColumnKey, columns, summary_columns};
use crate::site::view::sections::judgement::{JudgementView, ScaleLegend, VerdictView, listed_judgements};
use crate::site::view::sections::mark_columns::{CurrentEditionView, LastIncluded};
use crate::site::view::sections::sums::{self, SumLines, SumView};
use crate::site::view::values::reference::{PlaceView, RefView};
use crate::site::view::values::statement::{self, Attributes};
use crate::site::view::values::time::YearView;
use crate::site::view::values::value::ValueView;
use crate::totals::sum_rows;
use serde::Serialize;

/// Maximum number of money columns in the table of rows. More columns are moved to a separate table.
const MAX_ROW_AMOUNT_COLUMNS: usize = 2;

/// All rows of a policy, goal or strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowsView<'a> {
    /// Name of the program level in the report: `事務事業`.
    pub label: &'a str,
    /// Edition from which the marks are taken; `None` on permalink pages, and if no row has a mark.
    pub edition: Option<CurrentEditionView<'a>>,
    /// Scales of the marks of any row, one column for each.
    pub scales: Vec<ScaleLegend<'a>>,
    /// Explanations of the marks of these scales.
    pub legends: Vec<ScaleLegend<'a>>,
    /// Columns of money in the table of rows: all if there are at most two, else only the newest settlement, or the
    /// newest column if there is no settlement. Empty if there are no amounts.
    pub amount_columns: Vec<AmountColumn<'a>>,
    /// Rows by group, in printed order.
    pub groups: Vec<RowGroup<'a>>,
    /// Rows that cannot be read from the report, in printed order; usually empty.
    pub lost: Vec<LostRowView<'a>>,
    /// Amounts of all rows; `None` if no amount was printed.
    pub amounts: Option<RowAmounts<'a>>,
}

/// Row that cannot be read from the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LostRowView<'a> {
    /// Number, as printed; `None` if it has none.
    pub number: Option<&'a str>,
    /// Name of the program; `None` if it is not known.
    pub name: Option<&'a str>,
    /// What is known about the row.
    pub text: &'a str,
}

/// Consecutive rows under one heading, or without a heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowGroup<'a> {
    /// Heading; `None` for rows without a heading.
    pub title: Option<&'a str>,
    /// Rows of the group; never empty.
    pub rows: Vec<RowView<'a>>,
}

/// Row of a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowView<'a> {
    /// Number, as printed; `None` if it has none.
    pub number: Option<&'a str>,
    /// Program.
    pub program: RefView<'a>,
    /// Category that the report prints with the row; `None` if there is none.
    pub category: Option<&'a str>,
    /// Printed markers such as 新規; empty if there are none.
    pub markers: Vec<MarkerView<'a>>,
    /// True if the row is a repeat (再掲).
    pub repeat: bool,
    /// Fiscal years in which the report prints that the row is a repeat; empty for all years.
    pub repeat_years: Vec<YearView>,
    /// Home row of the program. `None` if this row is no repeat, or if the home is not published.
    pub home: Option<PlaceView<'a>>,
    /// Fiscal years to which the row applies; empty for all years.
    pub years: Vec<YearView>,
    /// Unpublished nodes under which the same row was printed; usually empty.
    pub also: Vec<RefView<'a>>,
    /// Note on the row; `None` if there is none.
    pub note: Option<&'a str>,
    /// Last edition with a sheet of the program; `None` if the current edition has one, or if no edition does.
    pub last_included: Option<LastIncluded<'a>>,
    /// Marks given to the program or to the row in the current edition, one entry for each of [`RowsView::scales`]; `None` if no mark
    /// was printed.
    pub judged: Vec<Option<JudgementView<'a>>>,
    /// Those of the marks that the policy or goal gives to the row, for the search index.
    #[serde(skip)]
    pub(crate) own_judged: Vec<JudgementView<'a>>,
    /// Amounts, one entry for each of [`RowsView::amount_columns`]; `None` if no amount was printed.
    pub amounts: Vec<Option<ValueView<'a>>>,
}

/// Printed marker such as 新規.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkerView<'a> {
    /// Marker as printed.
    pub text: &'a str,
    /// Fiscal year for which it was printed; `None` for all years.
    pub year: Option<YearView>,
}

/// Table of the amounts of all rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowAmounts<'a> {
    /// Unit of all amounts: `千円`.
    pub unit: &'a str,
    /// True if there are more columns than the table of rows shows.
    pub exceeds_table: bool,
    /// Columns: kinds of money in years, oldest year first.
    pub columns: Vec<AmountColumn<'a>>,
    /// One line for each row.
    pub lines: Vec<RowAmountLine<'a>>,
    /// Totals as printed, one entry for each column: `None` if no total was printed for it. Empty if none was printed.
    pub printed: Vec<Option<ValueView<'a>>>,
    /// Sums of all rows computed by the site, one entry for each column: `None` if no row has an amount in it. Empty on
    /// permalink pages, and if no row has an amount in any column.
    pub gross: Vec<Option<SumView>>,
    /// Computed sums with each program counted once, one entry for each column: `None` if no row counts towards it.
    /// Empty if equal to `gross`.
    pub net: Vec<Option<SumView>>,
}

/// Amounts of one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowAmountLine<'a> {
    /// Number of the row, as printed; `None` if it has none.
    pub number: Option<&'a str>,
    /// Program.
    pub program: RefView<'a>,
    /// True if the row is a repeat (再掲).
    pub repeat: bool,
    /// Amounts, one entry for each column; `None` if no amount was printed, or if the row does not apply to the year.
    pub cells: Vec<Option<ValueView<'a>>>,
}

/// Builds the rows of `owner`, which belongs to the strategy `ix`. `None` if it has none.
pub(crate) fn rows<'a>(context: &ViewContext<'a>, ix: StrategyIx, owner: Owner) -> Option<RowsView<'a>> {
    let strategy = context.report.strategy(ix);
    let declared_groups: &[Group] = match owner {
        Owner::Strategy(_) => &strategy.groups,
        Owner::Node(id) => &context.report.node(id).groups,
    };
    let rows = context.rows(ix, owner);
    let own: Vec<Vec<JudgementView<'a>>> = rows.iter().map(|(row, _)| marks_of_row(context, ix, owner, row)).collect();
    let of_programs: Vec<Vec<JudgementView<'a>>> =
        rows.iter().map(|(_, program)| current_marks(context, ix, *program)).collect();
    let has_marks_of_programs = of_programs.iter().any(|marks| !marks.is_empty());
    let judged: Vec<Vec<JudgementView<'a>>> =
        of_programs.into_iter().zip(&own).map(|(of_program, own)| with_marks_of_row(of_program, own)).collect();
    let scales = ScaleLegend::all(context, ix, judged.iter().flatten().map(|judgement| &judgement.href));
    let (keys, amounts) = amounts(context, ix, owner).unzip();
    let newest = newest_columns(&keys.unwrap_or_default());
    let mut lines = amounts.iter().flat_map(|amounts| &amounts.lines);

    let mut groups: Vec<RowGroup<'a>> = Vec::new();
    let mut last = None;
    let marked_kind = match owner {
        Owner::Node(id) if !has_marks_of_programs => context.report.node(id).kind,
        _ => Kind::Program,
    };
    for (((row, program), judged), own) in rows.into_iter().zip(judged).zip(own) {
        if groups.is_empty() || last != row.group {
            let title = row.group.and_then(|group| declared_groups.get(group)).map(|group| group.title.as_str());
            groups.push(RowGroup { title, rows: Vec::new() });
            last = row.group;
        }
        let line = lines.next();
        let amount = |column: &usize| line?.cells.get(*column)?.clone();
        let view = RowView {
            judged: scales.iter().map(|scale| judged.iter().find(|j| j.href == scale.href).cloned()).collect(),
            own_judged: own,
            amounts: newest.iter().map(amount).collect(),
            ..view(context, ix, row, program)
        };
        if let Some(group) = groups.last_mut() {
            group.rows.push(view);
        }
    }
    let newest_amount_columns =
        |amounts: &RowAmounts<'a>| newest.iter().filter_map(|i| amounts.columns.get(*i).cloned()).collect();
    let lost: &[LostRow] = match owner {
        Owner::Strategy(_) => &strategy.lost_rows,
        Owner::Node(id) => &context.report.node(id).lost_rows,
    };
    let lost: Vec<LostRowView<'a>> = lost
        .iter()
        .map(|row| LostRowView { number: row.number.as_deref(), name: row.name.as_deref(), text: &row.text })
        .collect();
    (!groups.is_empty() || !lost.is_empty()).then(|| RowsView {
        label: strategy.label(Kind::Program),
        edition: CurrentEditionView::new(context, ix, marked_kind)
            .filter(|_| context.only_edition.is_none() && !scales.is_empty()),
        legends: ScaleLegend::combined(scales.iter().cloned()),
        scales,
        amount_columns: amounts.as_ref().map_or_else(Vec::new, newest_amount_columns),
        groups,
        lost,
        amounts,
    })
}

/// Marks given to a program in the current edition.
fn current_marks<'a>(context: &ViewContext<'a>, ix: StrategyIx, program: NodeId) -> Vec<JudgementView<'a>> {
    let sheet = context.current_sheet(program);
    sheet.map_or_else(Vec::new, |sheet| listed_judgements(context, ix, Kind::Program.key(), &sheet.judgements))
}

/// Marks of a program and of its row, one entry for each scale: on a scale for both, those of the row follow.
fn with_marks_of_row<'a>(mut of_program: Vec<JudgementView<'a>>, own: &[JudgementView<'a>]) -> Vec<JudgementView<'a>> {
    for judgement in own {
        match of_program.iter_mut().find(|other| other.id == judgement.id) {
            Some(other) => {
                let given = judgement.given.iter().cloned();
                other.given.extend(given.map(|given| VerdictView { of_row: true, ..given }));
            }
            None => of_program.push(judgement.clone()),
        }
    }
    of_program
}

/// Marks that the current edition of `owner` gives to one of its rows.
fn marks_of_row<'a>(context: &ViewContext<'a>, ix: StrategyIx, owner: Owner, row: &Row) -> Vec<JudgementView<'a>> {
    let Owner::Node(id) = owner else { return Vec::new() };
    let Some(sheet) = context.current_sheet(id) else { return Vec::new() };
    let given = sheet.row_judgements.get(&row.program.id).map_or(&[][..], Vec::as_slice);
    let with_statements = |judgement: JudgementView<'a>| {
        let attributes = Attributes::statement("row-mark")
            .with("of", &statement::node_key(context, id))
            .with("program", &row.program.id)
            .with("scale", judgement.id);
        let given = judgement.given.into_iter().map(|given| given.with_statement(attributes.clone()));
        JudgementView { given: given.collect(), ..judgement }
    };
    listed_judgements(context, ix, "row", given).into_iter().map(with_statements).collect()
}

/// Indexes of the columns for the table of rows: all if they fit, else the last settlement, or the last column if there
/// is no settlement.
fn newest_columns(columns: &[ColumnKey]) -> Vec<usize> {
    if columns.len() <= MAX_ROW_AMOUNT_COLUMNS {
        return (0..columns.len()).collect();
    }
    let last_settlement = columns.iter().rposition(|(_, key)| key.is_result());
    last_settlement.or(columns.len().checked_sub(1)).into_iter().collect()
}

fn view<'a>(context: &ViewContext<'a>, ix: StrategyIx, row: &'a Row, program: NodeId) -> RowView<'a> {
    let report = context.report;
    let home = report.home(program).filter(|_| row.repeat);
    let also = row.also.iter().filter_map(|reference| report.resolve(ix, reference));
    let markers = row.markers.iter();
    RowView {
        number: row.number.as_deref(),
        program: RefView::of_node(context, ix, program),
        category: row.category.as_deref(),
        markers: markers.map(|(year, text)| MarkerView { text, year: year.map(|year| context.year(year)) }).collect(),
        repeat: row.repeat,
        repeat_years: context.years(row.repeat_printed.as_ref()),
        home: home.map(|place| PlaceView::new(context, ix, place)),
        years: context.years(row.years.as_ref()),
        also: also.map(|target| RefView::new(context, ix, target)).collect(),
        note: row.note.as_deref(),
        last_included: LastIncluded::new(context, program),
        judged: Vec::new(),
        own_judged: Vec::new(),
        amounts: Vec::new(),
    }
}

/// Amounts of all rows with the keys of their columns.
fn amounts<'a>(context: &ViewContext<'a>, ix: StrategyIx, owner: Owner) -> Option<(Vec<ColumnKey>, RowAmounts<'a>)> {
    let rows = context.rows(ix, owner);
    let money: Vec<_> =
        rows.iter().map(|(_, program)| merged_amounts(context.sheets(*program), |sheet| &sheet.money)).collect();
    let totals = match owner {
        Owner::Node(id) => merged_amounts(context.sheets(id), |sheet| &sheet.total),
        Owner::Strategy(_) => Default::default(),
    };
    let of_rows = rows.iter().zip(&money);
    let of_rows = of_rows
        .flat_map(|((row, _), money)| columns(money).filter(|(year, _)| row.applies_in(*year)).collect::<Vec<_>>());
    let keys = summary_columns(context, ix, of_rows, columns(&totals));
    if keys.is_empty() {
        return None;
    }
    let lines = rows.iter().zip(&money).map(|((row, program), money)| {
        let cell = |(year, kind): &ColumnKey| {
            let cell = money.get(kind)?.get(year).filter(|_| row.applies_in(*year))?;
            Some(ValueView::of_money(context, ix, *kind, *cell))
        };
        RowAmountLine {
            number: row.number.as_deref(),
            program: RefView::of_node(context, ix, *program),
            repeat: row.repeat,
            cells: keys.iter().map(cell).collect(),
        }
    });
    // A permalink page contains only what its edition printed, and therefore no computed sums.
    let sums = context.only_edition.is_none().then(|| {
        SumLines::new(context, ix, &statement::rows_key(context, owner), &sum_rows(context.report, owner), &keys)
    });
    let SumLines { gross, net } = sums.unwrap_or_default();
    let amounts = RowAmounts {
        unit: &context.report.strategy(ix).money_unit,
        exceeds_table: keys.len() > MAX_ROW_AMOUNT_COLUMNS,
        lines: lines.collect(),
        printed: sums::printed(context, ix, &totals, &keys),
        gross,
        net,
        columns: AmountColumn::all(context, ix, &keys),
    };
    Some((keys.into_iter().collect(), amounts))
}
