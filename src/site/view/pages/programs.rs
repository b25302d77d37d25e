//! Overview of all programs of a strategy, with groups by mark and by printed marker.

use crate::model::{Account, AmountSeries, FiscalYear, Kind, NodeId, Owner, PhaseKind, StrategyIx, merged_amounts};
use crate::site::lists::{self, ListKind, ListPageId};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::amount_column::{AmountColumn, ColumnKey, columns};
use crate::site::view::sections::divided_list::{DivisionView, SelectionView};
use crate::site::view::sections::field_filter::{
    FieldColumn, FieldsById, field_columns, fields_by_id, values_by_column,
};
use crate::site::view::sections::judgement::VerdictView;
use crate::site::view::sections::layout::Layout;
use crate::site::view::sections::mark_columns::{
    self, CurrentEditionView, GroupView, GroupingView, GroupingsView, JudgedSubject, LastIncluded, MarkColumn,
};
use crate::site::view::sections::narrow::{self, NarrowCell, UsualValue};
use crate::site::view::sections::node_header::{category, departments, places};
use crate::site::view::sections::reason::ReasonView;
use crate::site::view::sections::row::MarkerView;
use crate::site::view::sections::share::ShareCount;
use crate::site::view::values::html::Html;
use crate::site::view::values::reference::RefView;
use crate::site::view::values::value::ValueView;
use crate::site::view::{DepartmentLink, PlaceView};
use crate::site::{ReadingOrder, address};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Overview of all programs of a strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProgramsView<'a> {
    /// Layout data.
    pub layout: Layout<'a>,
    /// Name of the program level in the report: `事務事業`.
    pub label: &'a str,
    /// Name of the policy level in the report: `施策`.
    pub policy_label: &'a str,
    /// Unit of all amounts: `千円`.
    pub unit: &'a str,
    /// True if any program is listed under a policy or goal.
    pub has_places: bool,
    /// Fields with declared values that any program has, by which the list can be filtered.
    pub fields: Vec<FieldColumn<'a>>,
    /// True if any program has a category.
    pub has_categories: bool,
    /// True if the share of reached indicators is known of any program.
    pub has_shares: bool,
    /// True if any program has a department.
    pub has_departments: bool,
    /// True if any program has a printed marker such as 新規.
    pub has_markers: bool,
    /// Edition from which the marks are taken; `None` if no edition has sheets of programs.
    pub edition: Option<CurrentEditionView<'a>>,
    /// Columns of marks; empty if no program has a mark.
    pub columns: Vec<MarkColumn<'a>>,
    /// Attributes of the statement that no mark says that a program is late or failed; `None` if any might.
    pub without_failure: Option<Html>,
    /// Values that nearly all programs share, by column; narrow screens state them once. Empty if there are none.
    pub usual: Vec<UsualValue<'a>>,
    /// Columns of amounts: each kind of money in the newest year for which any program has an amount. Empty if there
    /// are no amounts.
    pub amounts: Vec<AmountColumn<'a>>,
    /// What the page holds, if it is a page of a divided list; `None` on the first page of the list.
    pub selection: Option<SelectionView<'a>>,
    /// Counts with links to list pages, if the programs are too many for one page; `programs` is then empty.
    pub division: Option<DivisionView<'a>>,
    /// Programs, in the order of the strategy.
    pub programs: Vec<ProgramLine<'a>>,
    /// Link to the print document with all programs; `None` if there is none, or if it is divided.
    pub print: Option<String>,
    /// Programs grouped by mark and by printed marker; `None` if there is neither.
    pub groupings: Option<GroupingsView<'a>>,
}

/// Program in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProgramLine<'a> {
    /// Program.
    pub program: RefView<'a>,
    /// Id of the program, by which it is selected.
    pub id: &'a str,
    /// Link to the print document with the program, if the strategy has several; otherwise `None`.
    pub print: Option<String>,
    /// Policies and goals under which the program is listed, its home first. Empty if it is listed only directly under
    /// the strategy, or nowhere.
    pub places: Vec<PlaceView<'a>>,
    /// Category that the report prints with the name, or else with the home row; `None` if neither has one.
    pub category: Option<&'a str>,
    /// Values of fields, one list for each of [`ProgramsView::fields`]; empty if the program has none.
    pub fields: Vec<Vec<&'a str>>,
    /// Numbers of its indicators that reached their targets; `None` if no method assesses the program, or if nothing is
    /// known of any indicator.
    pub share: Option<ShareCount>,
    /// Departments in charge; empty if none is printed.
    pub departments: Vec<DepartmentLink<'a>>,
    /// Printed markers of the program and of its rows; empty if there are none.
    pub markers: Vec<MarkerView<'a>>,
    /// True if the current edition has a sheet of the program, so that counts of marks include it.
    pub counted: bool,
    /// Reason for a poor mark; `None` if it has none, or if the report gives no reason.
    pub reason: Option<ReasonView<'a>>,
    /// How narrow screens show its cells.
    pub narrow: NarrowLine,
    /// Last edition with a sheet of the program; `None` if the current edition has one, or if no edition does.
    pub last_included: Option<LastIncluded<'a>>,
    /// Marks given in the current edition, one entry for each of [`ProgramsView::columns`]; `None` if no mark was
    /// printed.
    pub given: Vec<Option<VerdictView<'a>>>,
    /// Amounts, one entry for each of [`ProgramsView::amounts`]; `None` if no amount was printed.
    pub amounts: Vec<Option<ListedAmount<'a>>>,
}

/// How narrow screens show the cells of a program.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct NarrowLine {
    /// Category.
    pub category: NarrowCell,
    /// Fields, one entry for each of [`ProgramsView::fields`].
    pub fields: Vec<NarrowCell>,
    /// Marks, one entry for each of [`ProgramsView::columns`].
    pub given: Vec<NarrowCell>,
    /// Departments.
    pub departments: NarrowCell,
}

/// Amount with its sort key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListedAmount<'a> {
    /// Amount as printed.
    pub value: ValueView<'a>,
    /// Amount in plain digits, by which scripts sort. `None` if the value is not a single number.
    pub number: Option<String>,
}

/// Builds the overview of all programs of a strategy.
pub(crate) fn all_programs<'a>(context: &ViewContext<'a>, ix: StrategyIx, order: &ReadingOrder) -> ProgramsView<'a> {
    let layout = Layout::of_overview(context, ix);
    match context.divided_list(ix, ListKind::Programs) {
        Some(list) => {
            let division = Some(DivisionView::of_list(context, ix, list));
            ProgramsView { division, groupings: None, ..view(context, ix, layout, &[]) }
        }
        None => view(context, ix, layout, order.of_kind(Kind::Program)),
    }
}

/// Builds a page of a divided list of programs. `None` if there is no such page.
pub(crate) fn list_page<'a>(context: &ViewContext<'a>, ix: StrategyIx, id: ListPageId) -> Option<ProgramsView<'a>> {
    let list = context.divided_list(ix, ListKind::Programs)?;
    let ids: Vec<NodeId> = list.rows(id).iter().map(|entry| entry.node).collect();
    Some(ProgramsView {
        selection: Some(SelectionView::new(context, ix, list, id)?),
        division: DivisionView::of_page(context, ix, list, id),
        groupings: None,
        ..view(context, ix, SelectionView::layout(context, ix, list, id), &ids)
    })
}

fn view<'a>(context: &ViewContext<'a>, ix: StrategyIx, layout: Layout<'a>, ids: &[NodeId]) -> ProgramsView<'a> {
    let strategy = context.report.strategy(ix);
    let subjects: Vec<JudgedSubject<'a>> = ids
        .iter()
        .map(|id| (RefView::of_node(context, ix, *id), mark_columns::judgements_of_node(context, *id)))
        .collect();
    let verdicts: Vec<_> = subjects
        .iter()
        .map(|(_, judgements)| mark_columns::verdicts_by_column(context, ix, Kind::Program.key(), judgements))
        .collect();
    let money: Vec<_> = ids.iter().map(|id| merged_amounts(context.sheets(*id), |sheet| &sheet.money)).collect();
    let keys = mark_columns::column_keys(&verdicts);
    let amounts = newest(context, ix, &money);
    let fields: Vec<_> = ids.iter().map(|id| fields(context, *id)).collect();
    let field_columns = columns_of_fields(context, ix, &fields);
    let has_print = address::has_print(context.report, ix);
    let is_divided = lists::is_large(context.report, ix);
    let lines =
        ids.iter().zip(verdicts).zip(&money).zip(&fields).map(|(((id, mut verdicts), money), fields)| ProgramLine {
            program: RefView::of_node(context, ix, *id),
            id: &context.report.node(*id).id,
            print: (has_print && is_divided)
                .then(|| context.link(&address::print_document(strategy, &lists::document_of(context.report, *id)))),
            places: places_in_nodes(context, *id),
            category: category(context, *id),
            fields: values_by_column(&field_columns, fields),
            share: ShareCount::new(context, *id),
            departments: departments(context, *id)
                .iter()
                .map(|department| DepartmentLink::new(context, ix, department))
                .collect(),
            markers: markers(context, *id),
            counted: context.current_sheet(*id).is_some(),
            reason: ReasonView::of_poor_marks(context, *id, mark_columns::judgements_of_node(context, *id)),
            narrow: NarrowLine::default(),
            last_included: LastIncluded::new(context, *id),
            given: keys.iter().map(|key| verdicts.remove(key)).collect(),
            amounts: amounts.iter().map(|key| listed_amount(context, ix, money, *key)).collect(),
        });
    let mut programs: Vec<ProgramLine<'a>> = lines.collect();
    let columns: Vec<_> = keys.iter().filter_map(|key| mark_columns::mark_column(context, strategy, *key)).collect();
    let usual = narrow_lines(context, &field_columns, &columns, &mut programs);
    let mut groupings: Vec<GroupingView<'a>> = Vec::new();
    let current: Vec<_> = ids.iter().zip(subjects).filter(|(id, _)| context.current_sheet(**id).is_some()).collect();
    let current: Vec<_> = current.into_iter().map(|(_, subject)| subject).collect();
    groupings.extend(mark_columns::groupings(context, ix, &keys, Kind::Program.key(), &current));
    groupings.extend(by_marker(&programs));
    ProgramsView {
        layout,
        label: strategy.label(Kind::Program),
        policy_label: strategy.label(Kind::Policy),
        unit: &strategy.money_unit,
        has_places: programs.iter().any(|line| !line.places.is_empty()),
        has_categories: programs.iter().any(|line| line.category.is_some()),
        fields: field_columns,
        has_shares: programs.iter().any(|line| line.share.is_some()),
        has_departments: programs.iter().any(|line| !line.departments.is_empty()),
        has_markers: programs.iter().any(|line| !line.markers.is_empty()),
        edition: CurrentEditionView::new(context, ix, Kind::Program),
        columns,
        without_failure: mark_columns::without_failure(context, ix, Kind::Program.key()),
        usual,
        amounts: AmountColumn::all(context, ix, &amounts),
        selection: None,
        division: None,
        programs,
        print: (has_print && !is_divided).then(|| context.link(&address::print(strategy))),
        groupings: GroupingsView::new(groupings),
    }
}

/// Determines how narrow screens show the cells of all `programs`, and returns the values that nearly all of them share.
fn narrow_lines<'a>(
    context: &ViewContext<'a>,
    fields: &[FieldColumn<'a>],
    columns: &[MarkColumn<'a>],
    programs: &mut [ProgramLine<'a>],
) -> Vec<UsualValue<'a>> {
    let mut usual = Vec::new();
    let mut examine = |title: &'a str, cells: &[Vec<&'a str>]| {
        let (value, cells) = narrow::texts(context, title, cells);
        usual.extend(value);
        cells
    };
    let categories: Vec<Vec<&str>> = programs.iter().map(|line| line.category.into_iter().collect()).collect();
    let categories = examine(context.texts.get("category"), &categories);
    for (line, cell) in programs.iter_mut().zip(categories) {
        line.narrow.category = cell;
    }
    for (index, field) in fields.iter().enumerate() {
        let cells: Vec<_> = programs.iter().map(|line| line.fields.get(index).cloned().unwrap_or_default()).collect();
        for (line, cell) in programs.iter_mut().zip(examine(field.title, &cells)) {
            line.narrow.fields.push(cell);
        }
    }
    let departments = |line: &ProgramLine<'a>| line.departments.iter().map(|department| department.name).collect();
    let departments: Vec<Vec<&'a str>> = programs.iter().map(departments).collect();
    let departments = examine(context.texts.get("department"), &departments);
    for (line, cell) in programs.iter_mut().zip(departments) {
        line.narrow.departments = cell;
    }
    let given: Vec<_> = programs.iter().map(|line| &line.given[..]).collect();
    let narrow::NarrowRows { usual: of_marks, rows } = narrow::marks(context, columns, &given);
    for (line, cells) in programs.iter_mut().zip(rows) {
        line.narrow.given = cells;
    }
    usual.extend(of_marks);
    usual
}

/// Columns of the fields by which the list can be filtered, and of accounts if they differ.
fn columns_of_fields<'a>(context: &ViewContext<'a>, ix: StrategyIx, fields: &[FieldsById<'a>]) -> Vec<FieldColumn<'a>> {
    let first_steps: BTreeSet<&str> =
        fields.iter().filter_map(|fields| fields.get(ACCOUNT)).flatten().copied().collect();
    let account = (first_steps.len() > 1).then(|| FieldColumn {
        id: ACCOUNT,
        title: context.texts.get("account"),
        values: Vec::new(),
    });
    field_columns(context, ix, fields).into_iter().chain(account).collect()
}

/// Id of the column of accounts, which is not a valid id of a field.
const ACCOUNT: &str = "_account";

/// Fields of a program, and the first step of each of its accounts (会計) as another one.
fn fields<'a>(context: &ViewContext<'a>, id: NodeId) -> FieldsById<'a> {
    let mut accounts: Vec<&str> = context.report.node(id).accounts.iter().map(Account::first_step).collect();
    accounts.dedup();
    let mut fields = fields_by_id(context, id);
    fields.insert(ACCOUNT, accounts);
    fields
}

/// Rows of a program under policies and goals, its home first.
fn places_in_nodes<'a>(context: &ViewContext<'a>, id: NodeId) -> Vec<PlaceView<'a>> {
    let places = places(context, id).into_iter().filter(|place| matches!(place.owner, Owner::Node(_)));
    let places = places.map(|place| PlaceView::new(context, id.strategy, place));
    places.map(|place| PlaceView { owner: place.owner.with_name_apart(), ..place }).collect()
}

/// Printed markers of a program and of all its rows, without duplicates.
fn markers<'a>(context: &ViewContext<'a>, id: NodeId) -> Vec<MarkerView<'a>> {
    let own_markers = context.report.node(id).markers.iter().map(|text| (None, text));
    let places = context.report.relations(id).places.iter();
    let row_markers =
        places.flat_map(|place| context.report.row(*place).markers.iter().map(|(year, text)| (*year, text)));
    let mut seen: Vec<(Option<FiscalYear>, &String)> = Vec::new();
    for marker in own_markers.chain(row_markers) {
        if !seen.contains(&marker) {
            seen.push(marker);
        }
    }
    seen.into_iter().map(|(year, text)| MarkerView { text, year: year.map(|year| context.year(year)) }).collect()
}

/// One phase of each kind of `[money]` itself in the newest year for which any program has an amount.
pub(crate) fn newest(context: &ViewContext<'_>, ix: StrategyIx, money: &[AmountSeries<'_>]) -> BTreeSet<ColumnKey> {
    let declared = &context.report.strategy(ix).amounts;
    let rank = |(year, key): ColumnKey| (year, declared.importance(key.phase));
    let mut newest: BTreeMap<PhaseKind, ColumnKey> = BTreeMap::new();
    for column in money.iter().flat_map(columns).filter(|(_, key)| key.is_base()) {
        let latest = newest.entry(column.1.phase.kind).or_insert(column);
        if rank(column) > rank(*latest) {
            *latest = column;
        }
    }
    newest.into_values().collect()
}

fn listed_amount<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    money: &AmountSeries<'a>,
    (year, kind): ColumnKey,
) -> Option<ListedAmount<'a>> {
    let cell = money.get(&kind)?.get(&year)?;
    let number = cell.value.decimal().map(|number| number.to_string());
    Some(ListedAmount { value: ValueView::of_money(context, ix, kind, *cell), number })
}

/// Groups programs by printed marker. The same marker in different years forms one group. `None` if no program has a
/// marker.
fn by_marker<'a>(programs: &[ProgramLine<'a>]) -> Option<GroupingView<'a>> {
    let mut groups: Vec<GroupView<'a>> = Vec::new();
    for line in programs {
        let mut markers: Vec<&'a str> = line.markers.iter().map(|marker| marker.text).collect();
        // The same marker may be printed for several years.
        let mut seen = BTreeSet::new();
        markers.retain(|marker| seen.insert(*marker));
        for marker in markers {
            match groups.iter_mut().find(|group| group.marker == Some(marker)) {
                Some(group) => group.members.push(line.program.clone()),
                None => {
                    let members = vec![line.program.clone()];
                    let anchor = format!("group-word-{}", groups.len() + 1);
                    groups.push(GroupView {
                        mark_key: None,
                        anchor,
                        mark: None,
                        marker: Some(marker),
                        no_mark_reason: None,
                        // The meaning of markers is not declared: 継続 may be printed with every name.
                        notable: false,
                        members,
                    });
                }
            }
        }
    }
    (!groups.is_empty()).then_some(GroupingView { column: None, groups })
}
