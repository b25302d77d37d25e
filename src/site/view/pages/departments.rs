//! Overview of the departments of a strategy: what each is in charge of, with marks, amounts and their sums.

use crate::model::{AmountTable, Kind, NodeId, StrategyIx, grouped, merged_amounts};
use crate::site::view::context::ViewContext;
use crate::site::view::pages::programs::newest;
use crate::site::view::sections::amount_column::{AmountColumn, ColumnKey};
use crate::site::view::sections::judgement::{JudgementView, listed_judgements};
use crate::site::view::sections::layout::Layout;
use crate::site::view::sections::mark_columns::{CurrentEditionView, LastIncluded};
use crate::site::view::sections::node_header::departments;
use crate::site::view::sections::sums::SumView;
use crate::site::view::values::html::Html;
use crate::site::view::values::reference::RefView;
use crate::site::view::values::statement::Attributes;
use crate::site::view::values::value::ValueView;
use crate::site::{ReadingOrder, lists};
use crate::totals;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Overview of the departments of a strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DepartmentsView<'a> {
    /// Layout data.
    pub layout: Layout<'a>,
    /// Name of the program level in the report: `事務事業`.
    pub program_label: &'a str,
    /// Edition from which the marks of programs are taken; `None` if no edition has sheets of programs.
    pub edition: Option<CurrentEditionView<'a>>,
    /// Columns of amounts, as in the list of programs; empty if there are none.
    pub amounts: Vec<AmountColumn<'a>>,
    /// Unit of all amounts: `千円`.
    pub unit: &'a str,
    /// True if any department states a sum.
    pub has_sums: bool,
    /// True if a program has several departments, so that the sums of all departments count it more than once.
    pub has_shared: bool,
    /// True if the strategy is so large that only the names of nodes are listed, without marks and amounts.
    pub brief: bool,
    /// Departments: first those that the strategy declares, in its order, then the others.
    pub departments: Vec<DepartmentView<'a>>,
}

/// Department with the nodes for which it is responsible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DepartmentView<'a> {
    /// Id of the department on the page.
    pub anchor: String,
    /// Name of the department.
    pub name: &'a str,
    /// Name in kana; `None` if not declared.
    pub reading: Option<&'a str>,
    /// Contact information: telephone, mail, address. `None` if not declared.
    pub contact: Option<&'a str>,
    /// Nodes for which the department is responsible by kind: goals, then policies, then programs. Kinds without nodes
    /// are left out.
    pub kinds: Vec<DepartmentKind<'a>>,
    /// True if any line has a mark.
    pub has_marks: bool,
    /// Number of programs for which it is responsible.
    pub programs: usize,
    /// Number of these for which other departments are responsible as well.
    pub shared: usize,
    /// Sums of the amounts of its programs, one entry for each of [`DepartmentsView::amounts`]; `None` if no program has a
    /// number there. Empty if there is no sum at all.
    pub sums: Vec<Option<SumView>>,
    /// Statement attributes of `programs` and `shared` (`docs/statements.md`, section 5), for tests.
    pub statement: Html,
}

/// Nodes of one kind for which a department is responsible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DepartmentKind<'a> {
    /// Name of the level in the report: `施策`.
    pub label: &'a str,
    /// Nodes in tree order; never empty.
    pub lines: Vec<DepartmentLine<'a>>,
}

/// Node for which a department is responsible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DepartmentLine<'a> {
    /// Node.
    pub node: RefView<'a>,
    /// Part of the department, as printed: `主管`. `None` if none is printed.
    pub role: Option<&'a str>,
    /// Last edition with a sheet of the node; `None` if the current edition has one, or if no edition does.
    pub last_included: Option<LastIncluded<'a>>,
    /// Marks given in the current edition; empty if there are none.
    pub judged: Vec<JudgementView<'a>>,
    /// Amounts, one entry for each of [`DepartmentsView::amounts`]; `None` if none was printed, and for goals and policies.
    pub amounts: Vec<Option<ValueView<'a>>>,
}

/// Builds the overview of the departments of a strategy.
pub(crate) fn all_departments<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    order: &ReadingOrder,
) -> DepartmentsView<'a> {
    let strategy = context.report.strategy(ix);
    let declared = &strategy.departments;
    let brief = lists::is_large(context.report, ix);
    let programs = order.of_kind(Kind::Program);
    let money: Vec<_> = programs.iter().map(|id| merged_amounts(context.sheets(*id), |sheet| &sheet.money)).collect();
    let columns = newest(context, ix, &money);
    let mut names: Vec<&'a str> = declared.iter().map(|department| department.name.as_str()).collect();
    let mut nodes: BTreeMap<&'a str, Vec<(NodeId, Option<&'a str>)>> = BTreeMap::new();
    let mut has_shared = false;
    for id in Kind::ALL.into_iter().flat_map(|kind| order.of_kind(kind)) {
        let in_charge = departments(context, *id);
        has_shared |= in_charge.len() > 1 && context.report.node(*id).kind == Kind::Program;
        let mut seen = BTreeSet::new();
        for department in in_charge.iter().filter(|department| seen.insert(department.name.as_str())) {
            let name = department.name.as_str();
            if !names.contains(&name) {
                names.push(name);
            }
            nodes.entry(name).or_default().push((*id, department.role.as_deref()));
        }
    }
    let anchors = context.department_anchors(ix);
    let view = |name: &'a str| {
        let declaration = declared.iter().find(|department| department.name == name);
        let nodes = nodes.remove(name).unwrap_or_default();
        let of_kind = |kind: Kind| nodes.iter().filter(move |(id, _)| context.report.node(*id).kind == kind);
        let programs: Vec<NodeId> = of_kind(Kind::Program).map(|(id, _)| *id).collect();
        let shared = programs.iter().filter(|id| is_shared(context, **id, name)).count();
        let kinds = Kind::ALL.into_iter().filter_map(|kind| {
            let lines = of_kind(kind).map(|(id, role)| line(context, *id, *role, &columns, brief));
            let lines: Vec<DepartmentLine<'a>> = lines.collect();
            (!lines.is_empty()).then(|| DepartmentKind { label: strategy.label(kind), lines })
        });
        let kinds: Vec<DepartmentKind<'a>> = kinds.collect();
        DepartmentView {
            anchor: anchors.and_then(|anchors| anchors.get(name)).unwrap_or_default().to_owned(),
            name,
            reading: declaration.and_then(|department| department.reading.as_deref()),
            contact: declaration.and_then(|department| department.contact.as_deref()),
            has_marks: kinds.iter().flat_map(|kind| &kind.lines).any(|line| !line.judged.is_empty()),
            kinds,
            sums: sums(context, ix, name, &programs, &columns),
            statement: Attributes::statement("department")
                .with("department", name)
                .with("programs", &programs.len().to_string())
                .with("shared", &shared.to_string())
                .html(),
            programs: programs.len(),
            shared,
        }
    };
    let departments: Vec<DepartmentView<'a>> = names.into_iter().map(view).collect();
    DepartmentsView {
        layout: Layout::of_overview(context, ix),
        program_label: strategy.label(Kind::Program),
        edition: CurrentEditionView::new(context, ix, Kind::Program),
        amounts: AmountColumn::all(context, ix, &columns),
        unit: &strategy.money_unit,
        has_sums: departments.iter().any(|department| !department.sums.is_empty()),
        has_shared,
        brief,
        departments,
    }
}

/// Returns true if a department other than `name` is responsible for the node as well.
fn is_shared(context: &ViewContext<'_>, id: NodeId, name: &str) -> bool {
    departments(context, id).iter().any(|department| department.name != name)
}

fn line<'a>(
    context: &ViewContext<'a>,
    id: NodeId,
    role: Option<&'a str>,
    columns: &BTreeSet<ColumnKey>,
    brief: bool,
) -> DepartmentLine<'a> {
    let kind = context.report.node(id).kind;
    let node = RefView::of_node(context, id.strategy, id);
    if brief {
        return DepartmentLine { node, role, last_included: None, judged: Vec::new(), amounts: Vec::new() };
    }
    let judgements = context.current_sheet(id).map_or(&[][..], |sheet| &sheet.judgements);
    let judged = listed_judgements(context, id.strategy, kind.key(), judgements);
    let money = merged_amounts(context.sheets(id), |sheet| &sheet.money);
    let amount =
        |(year, key): &ColumnKey| Some(ValueView::of_money(context, id.strategy, *key, *money.get(key)?.get(year)?));
    // A scale whose marks are lost says nothing about a node.
    let is_shown = |judgement: &JudgementView<'_>| judgement.given.iter().any(|given| given.lost.is_none());
    DepartmentLine {
        node,
        role,
        last_included: LastIncluded::new(context, id),
        judged: judged.into_iter().filter(is_shown).collect(),
        amounts: columns.iter().map(amount).collect(),
    }
}

/// Sums of the amounts of `programs` in `columns`, each program once; empty if there is none.
fn sums(
    context: &ViewContext<'_>,
    ix: StrategyIx,
    department: &str,
    programs: &[NodeId],
    columns: &BTreeSet<ColumnKey>,
) -> Vec<Option<SumView>> {
    let strategy = context.report.strategy(ix);
    let all = totals::sum_programs(context.report, programs.iter().copied());
    let view = |(year, key): &ColumnKey| {
        let sum = all.get(key)?.get(year).filter(|sum| sum.rows > 0)?;
        let view = SumView::of_amount(context, &strategy.money_unit, sum.net, sum.interim > 0);
        let attributes = Attributes::statement("department-sum")
            .with("department", department)
            .with("money", &strategy.amounts.key(AmountTable::Money, *key))
            .with("year", &year.0.to_string())
            .with_optional("interim", view.interim.then_some("yes"))
            .with("sum", &grouped(sum.net));
        Some(SumView { statement: attributes.html(), ..view })
    };
    let sums: Vec<Option<SumView>> = columns.iter().map(view).collect();
    if sums.iter().any(Option::is_some) { sums } else { Vec::new() }
}
