//! Header of the page of a node: its name and basic facts.

use crate::model::{
    Account, CellKey, Field, FieldEntry, FiscalYear, InCharge, NodeId, OpenPeriod, Owner, Place, Sheet, StrategyIx,
};
use crate::site::address;
use crate::site::view::context::ViewContext;
use crate::site::view::values::corrected::{CorrectedPlaceView, CorrectedView, corrected_places};
use crate::site::view::values::html::Html;
use crate::site::view::values::reading::ReadingView;
use crate::site::view::values::reference::PlaceView;
use crate::site::view::values::statement::{self, Attributes};
use crate::site::view::values::time::YearView;
use serde::Serialize;
use std::collections::BTreeMap;

/// Header of the page of a goal, policy or program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NodeHeaderView<'a> {
    /// Kind of node: `goal`, `policy` or `program`.
    pub kind: &'static str,
    /// Name of its level in the report: `施策`.
    pub label: &'a str,
    /// Number, as printed; `None` if it has none.
    pub number: Option<&'a str>,
    /// Name; on a permalink page, as printed in the year of the edition.
    pub name: &'a str,
    /// Corrections (訂正) of its number and name; usually empty.
    pub corrected: Vec<CorrectedPlaceView<'a>>,
    /// What is known about a node whose content is missing from the report; `None` for all others.
    pub lost: Option<&'a str>,
    /// Reading of the name as the page shows it; nothing in print documents, and where another name was printed.
    pub name_reading: ReadingView<'a>,
    /// Link to the page in easy Japanese; `None` if there is none, and on permalink pages and in print documents.
    pub easy: Option<String>,
    /// Name in kana; `None` if not given.
    pub reading: Option<&'a str>,
    /// Category that the report prints with the name, or else with the home row; `None` if neither has one.
    pub category: Option<&'a str>,
    /// Printed markers that apply to all editions: `重点施策`. Empty if there are none.
    pub markers: Vec<&'a str>,
    /// Rows in which a program is listed, its home first; empty for goals and policies, and for programs in no row.
    pub places: Vec<PlaceView<'a>>,
    /// Departments in charge; empty if none is printed.
    pub departments: Vec<DepartmentLink<'a>>,
    /// Correction (訂正) of the departments; `None` if they were not corrected.
    pub departments_corrected: Option<CorrectedView<'a>>,
    /// Period in which it is carried out. `None` if it is not stated.
    pub period: Option<PeriodView<'a>>,
    /// Fields beside the name, in the order of their declaration; empty if the node has none.
    pub fields: Vec<FieldView<'a>>,
    /// Budget accounts (会計・款・項・目), each from the general to the specific; empty if none is given.
    pub accounts: Vec<Vec<AccountStepView<'a>>>,
    /// Correction (訂正) of the accounts; `None` if they were not corrected.
    pub accounts_corrected: Option<CorrectedView<'a>>,
    /// Names printed in single years, where they differ; usually empty.
    pub printed: Vec<PrintedNameView<'a>>,
    /// Former ids of the node; usually empty.
    pub formerly: Vec<&'a str>,
}

/// Period in which a node is carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PeriodView<'a> {
    /// Formatted period: `平成13年度（2001年度）～`.
    pub text: String,
    /// Correction (訂正) of the period; `None` if it was not corrected.
    pub corrected: Option<CorrectedView<'a>>,
    /// Statement attributes (`docs/statements.md`, section 5), for tests.
    pub statement: Html,
}

/// Step of an account: 会計, 款, 項 or 目.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountStepView<'a> {
    /// Numeric code; empty if none is printed.
    pub code: &'a str,
    /// Name of the step: `一般会計`; empty if none is printed.
    pub name: &'a str,
}

/// Department in charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DepartmentLink<'a> {
    /// Name of the department.
    pub name: &'a str,
    /// Its part, as printed: `主管`. `None` if none is printed.
    pub role: Option<&'a str>,
    /// Link to the department on the overview of departments.
    pub href: String,
    /// Contact information: telephone, mail, address. `None` if not declared.
    pub contact: Option<&'a str>,
}

/// Field beside the name of a node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldView<'a> {
    /// Id of the field.
    pub id: &'a str,
    /// Title of the field: `実施方法`.
    pub title: &'a str,
    /// Values; never empty.
    pub values: Vec<FieldValueView<'a>>,
    /// Correction (訂正) of the field; `None` if it was not corrected.
    pub corrected: Option<CorrectedView<'a>>,
    /// Statement attributes (`docs/statements.md`, section 5), for tests.
    pub statement: Html,
}

/// Value of a field of a node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldValueView<'a> {
    /// Value as printed.
    pub text: &'a str,
    /// Link to the page of the value; `None` if the values of the field have no pages.
    pub href: Option<String>,
}

/// Name as printed in one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PrintedNameView<'a> {
    /// Fiscal year.
    pub year: YearView,
    /// Name as printed.
    pub name: &'a str,
    /// True if the name was printed exactly like this although it looks wrong.
    pub sic: bool,
}

impl<'a> DepartmentLink<'a> {
    /// Builds the link to a department of the strategy `ix` that is in charge of a node.
    pub(crate) fn new(context: &ViewContext<'a>, ix: StrategyIx, in_charge: &'a InCharge) -> Self {
        let name = in_charge.name.as_str();
        let declared = context.report.strategy(ix).departments.iter().find(|department| department.name == name);
        Self {
            name,
            role: in_charge.role.as_deref(),
            href: context.department_link(ix, name),
            contact: declared.and_then(|department| department.contact.as_deref()),
        }
    }
}

impl<'a> PeriodView<'a> {
    fn new(context: &ViewContext<'a>, id: NodeId, period: &OpenPeriod) -> Self {
        let year = |year: Option<FiscalYear>| year.map(|year| year.0.to_string());
        let attributes = Attributes::statement("period")
            .with("of", &statement::node_key(context, id))
            .with_optional("from", year(period.from).as_deref())
            .with_optional("to", year(period.to).as_deref());
        let corrected = CorrectedView::of_fact(context, id, &CellKey::Period, |sheet| sheet.period.is_some());
        Self { text: context.texts.open_period(period), corrected, statement: attributes.html() }
    }
}

impl<'a> NodeHeaderView<'a> {
    /// Builds the header of a node.
    pub(crate) fn new(context: &ViewContext<'a>, id: NodeId) -> Self {
        let (strategy, node) = (context.report.strategy(id.strategy), context.report.node(id));
        let printed = node.printed.iter().map(|(year, printed)| PrintedNameView {
            year: context.year(*year),
            name: &printed.name,
            sic: printed.sic,
        });
        let departments = departments(context, id).iter();
        let period = node.period_in(context.sheets(id).last().copied());
        let is_shown = context.print_part.is_none() && context.name(id.strategy, id) == node.name;
        let reading = node.reading.as_deref().filter(|_| is_shown);
        let is_current = context.print_part.is_none() && context.only_edition.is_none();
        let easy = address::easy(context.report, Owner::Node(id)).filter(|_| is_current);
        Self {
            kind: node.kind.key(),
            label: node.label.as_deref().unwrap_or_else(|| strategy.label(node.kind)),
            number: node.number.as_deref().filter(|number| *number != node.name),
            name: context.name(id.strategy, id),
            corrected: corrected_places(
                context,
                id,
                &[("corrected_number", CellKey::Number), ("corrected_name", CellKey::Name)],
            ),
            lost: node.lost.as_deref(),
            name_reading: ReadingView::new(&node.name, reading),
            easy: easy.map(|easy| context.link(&easy)),
            reading: node.reading.as_deref(),
            category: category(context, id),
            markers: node.markers.iter().map(String::as_str).collect(),
            places: places(context, id).into_iter().map(|place| PlaceView::new(context, id.strategy, place)).collect(),
            departments: departments.map(|department| DepartmentLink::new(context, id.strategy, department)).collect(),
            departments_corrected: CorrectedView::of_fact(context, id, &CellKey::Department, |sheet| {
                !sheet.departments.is_empty()
            }),
            period: period.map(|period| PeriodView::new(context, id, period)),
            fields: fields(context, id),
            accounts: node.accounts.iter().map(account_steps).collect(),
            accounts_corrected: CorrectedView::of_node(context, id, &CellKey::Account),
            printed: printed.collect(),
            formerly: node.formerly.iter().map(|former| former.id.as_str()).collect(),
        }
    }
}

/// Steps of an account; the whole text as a single one if it is printed in another form.
fn account_steps(account: &Account) -> Vec<AccountStepView<'_>> {
    let is_printed_like_this = Account::parse(&account.printed, account.span).steps == account.steps;
    if !is_printed_like_this {
        return vec![AccountStepView { code: "", name: &account.printed }];
    }
    account.steps.iter().map(|step| AccountStepView { code: &step.code, name: &step.name }).collect()
}

/// Category that the report prints with the name of a node, or else with its home row.
pub(crate) fn category<'a>(context: &ViewContext<'a>, id: NodeId) -> Option<&'a str> {
    let category_of_row = || context.report.home(id).and_then(|place| context.report.row(place).category.as_deref());
    context.report.node(id).category.as_deref().or_else(category_of_row)
}

/// Rows in which a program is listed, its home first.
pub(crate) fn places(context: &ViewContext<'_>, id: NodeId) -> Vec<Place> {
    let mut places = context.report.relations(id).places.clone();
    places.sort_by_key(|place| context.report.row(*place).repeat);
    places
}

/// Fields of a node with their values, according to its newest sheet that the page takes into account, or else to its own
/// file.
pub(crate) fn field_entries<'a>(context: &ViewContext<'a>, id: NodeId) -> Vec<(&'a Field, &'a FieldEntry)> {
    let declared = &context.report.strategy(id.strategy).fields;
    let entries = context.report.node(id).fields_in(context.sheets(id).last().copied());
    entries.into_iter().filter_map(|entry| Some((declared.get(entry.field.0)?, entry))).collect()
}

fn fields<'a>(context: &ViewContext<'a>, id: NodeId) -> Vec<FieldView<'a>> {
    let strategy = context.report.strategy(id.strategy);
    let href = |field: &Field, text: &str| {
        let option = field.options.get(field.option_titled(text).filter(|_| field.pages)?.0)?;
        Some(context.link(&address::field_value(strategy, field, option)))
    };
    let subject = statement::node_key(context, id);
    let view = |(field, entry): (&'a Field, &'a FieldEntry)| FieldView {
        id: &field.id,
        title: &field.title,
        values: entry.values.iter().map(|text| FieldValueView { text, href: href(field, text) }).collect(),
        corrected: CorrectedView::of_fact(context, id, &CellKey::Field(entry.field), |sheet| {
            sheet.fields.iter().any(|other| other.field == entry.field)
        }),
        statement: Attributes::statement("field")
            .with("of", &subject)
            .with("field", &field.id)
            .with("values", &entry.values.join(" "))
            .html(),
    };
    field_entries(context, id).into_iter().map(view).collect()
}

/// Departments, period and fields of a node as of one of its sheets, in words by title.
pub(crate) fn facts_in<'a>(context: &ViewContext<'a>, id: NodeId, sheet: &'a Sheet) -> BTreeMap<&'a str, String> {
    let (texts, node, strategy) = (context.texts, context.report.node(id), context.report.strategy(id.strategy));
    let joined = |words: Vec<String>| words.join(texts.get("separator"));
    let departments = node.departments_in(Some(sheet)).iter().map(|department| match &department.role {
        Some(role) => [department.name.as_str(), &texts.fill("in_brackets", &[("words", role)])].concat(),
        None => department.name.clone(),
    });
    let departments = Some((texts.get("department"), joined(departments.collect())));
    let period = node.period_in(Some(sheet)).map(|period| (texts.get("node_period"), texts.open_period(period)));
    let fields = node
        .fields_in(Some(sheet))
        .into_iter()
        .filter_map(|entry| Some((strategy.fields.get(entry.field.0)?.title.as_str(), joined(entry.values.clone()))));
    departments.into_iter().chain(period).chain(fields).filter(|(_, words)| !words.is_empty()).collect()
}

/// Departments in charge of a node, according to its newest sheet that the page takes into account, or else to its own
/// file.
pub(crate) fn departments<'a>(context: &ViewContext<'a>, id: NodeId) -> &'a [InCharge] {
    context.report.node(id).departments_in(context.sheets(id).last().copied())
}
