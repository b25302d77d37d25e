//! Export of one strategy to `report.json`, with every figure, its year, edition and note.
//!
//! Decimals are strings such as `"16.0"`, since JSON numbers do not preserve trailing zeros. Years are fiscal years
//! numbered by the Western calendar; values of indicators measured by calendar year have `calendar_year` instead of
//! `fiscal_year`. Keys that were not given are omitted. A missing value has `"missing": true` and its printed spelling.
//! Lists keep the order of the report.

use super::amounts;
use super::correction;
use super::evaluation::{indicator_judgements, judge, judgements, method, scale};
use super::json::{Json, Object};
use super::survey;
use crate::model::{
    Account, AccountStep, AmountTable, Baseline, Bound, Breakdown, Column, Comparison, DataSource, Edition, Estimate,
    Field, FieldEntry, Figures, FiscalYear, Href, InCharge, Indicator, Kind, License, LostRow, Node, NodeId,
    OpenPeriod, Owner, Period, Place, Reference, RegionCode, Remark, Report, Response, ResponseEdition, Row, Section,
    Sheet, Step, Strategy, StrategyIx, TotalFrom, Value, ValueContent, YearKind,
};
use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};
use std::borrow::Cow;

/// Name and version of the format.
pub const FORMAT: &str = "shirube-report/1";

/// Serializes a strategy as JSON, with one line per value and a final newline. Lines are not indented, since that would
/// increase the size by half.
///
/// # Errors
/// None in practice: all map keys are strings.
pub fn to_json(report: &Report, strategy: StrategyIx) -> Result<Vec<u8>, serde_json::Error> {
    let mut json = Vec::new();
    let lines = PrettyFormatter::with_indent(b"");
    document(report, strategy).serialize(&mut Serializer::with_formatter(&mut json, lines))?;
    json.push(b'\n');
    Ok(json)
}

fn document(report: &Report, ix: StrategyIx) -> Object<'_> {
    let strategy = report.strategy(ix);
    let mut labels = Object::default();
    for kind in Kind::ALL {
        labels = labels.with(kind.key(), strategy.label(kind));
    }
    let outside = strategy.unpublished.iter().map(|outside| {
        Object::default()
            .with("ref", outside.reference.to_string())
            .with("name", &outside.name)
            .with("note", &outside.note)
    });
    let departments = strategy.departments.iter().map(|department| {
        Object::default()
            .with("name", &department.name)
            .with("reading", &department.reading)
            .with("contact", &department.contact)
    });
    Object::default()
        .with("format", FORMAT)
        .with("id", &strategy.id)
        .with("title", &strategy.title)
        .with("reading", &strategy.reading)
        .with("publisher", &strategy.publisher)
        .with("region_code", report.region_code(ix).map(RegionCode::as_str))
        .with("license", report.license(ix).map(license))
        .with("period", strategy.period.map(period))
        .with("lang", &strategy.lang)
        .with("outline", strategy.outline_only)
        .with("description", &strategy.description)
        .with("money_unit", &strategy.money_unit)
        .with("missing_spellings", Json::from_iter(&strategy.missing))
        .with("labels", labels)
        .with("editions", Json::from_iter(strategy.shown_editions().map(|(_, shown)| edition(shown))))
        .with_filled("fields", Json::from_iter(strategy.fields.iter().map(field)))
        .with_filled("surveys", Json::from_iter(strategy.surveys.iter().map(survey::declaration)))
        .with_filled("phases", amounts::phases(&strategy.amounts))
        .with_filled("money_kinds", amounts::kinds(&strategy.amounts.money))
        .with_filled("staff_kinds", amounts::kinds(&strategy.amounts.staff))
        .with_filled("funding", amounts::funding(&strategy.amounts))
        .with("sum_tolerance", Some(strategy.amounts.sum_tolerance).filter(|tolerance| !tolerance.is_zero()))
        .with_filled("judges", Json::from_iter(strategy.judges.iter().map(judge)))
        .with("scales", Json::from_iter(strategy.scales.iter().map(|declared| scale(strategy, declared))))
        .with_filled("methods", Json::from_iter(strategy.methods.iter().map(|declared| method(strategy, declared))))
        .with("outside", Json::from_iter(outside))
        .with_filled("departments", Json::from_iter(departments))
        .with_filled("rows", rows(report, Owner::Strategy(ix)))
        .with_filled("lost_rows", Json::from_iter(strategy.lost_rows.iter().map(lost_row)))
        .with_filled("remarks", remarks(&strategy.remarks))
        .with_filled("words", strategy.body.markdown.trim())
        .with("nodes", Json::from_iter(report.nodes(ix).map(|(id, declared)| node(report, strategy, id, declared))))
}

fn license(license: &License) -> Object<'_> {
    Object::default().with("name", &license.name).with("url", license.url.as_ref().map(Href::as_str))
}

fn period(period: Period) -> Object<'static> {
    Object::default().with("from", period.from).with("to", period.to)
}

fn edition(edition: &Edition) -> Object<'_> {
    let document = edition.document.as_ref().map(|document| {
        Object::default()
            .with("title", &document.title)
            .with("url", document.url.as_ref().map(|url| url.as_str()))
            .with("published", document.published.as_ref().map(|date| &date.printed))
            .with("published_date", document.published.as_ref().and_then(|date| date.day).map(|day| day.to_string()))
            .with("summary", document.summary)
            .with("note", &document.note)
    });
    Object::default()
        .with("id", &edition.id)
        .with("label", &edition.label)
        .with("fiscal_year", edition.year)
        .with("stage", edition.stage.key())
        .with("as_of", &edition.as_of)
        .with_filled("as_of_estimated", edition.as_of_estimated)
        .with("as_of_note", &edition.as_of_note)
        .with("judged_by", &edition.judged_by)
        .with("note", &edition.note)
        .with("document", document)
}

fn field(field: &Field) -> Object<'_> {
    let values = field.options.iter().map(|option| {
        // An option without a declared id is identified by its title.
        let id = Some(&option.id).filter(|id| **id != option.title);
        Object::default().with("id", id).with("title", &option.title)
    });
    Object::default()
        .with("id", &field.id)
        .with("title", &field.title)
        .with("of", Json::from_iter(field.applies_to.iter().map(|kind| kind.key())))
        .with_filled("values", Json::from_iter(values))
        .with_filled("several", field.several)
        .with("required", field.required.then_some("always"))
        .with_filled("pages", field.pages)
}

/// Values of fields of a node or sheet.
fn field_entries<'r>(strategy: &'r Strategy, entries: &'r [FieldEntry]) -> Json<'r> {
    let entry = |entry: &'r FieldEntry| {
        let field = strategy.fields.get(entry.field.0)?;
        Some(Object::default().with("id", &field.id).with("values", Json::from_iter(&entry.values)))
    };
    Json::from_iter(entries.iter().filter_map(entry))
}

fn open_period(period: &OpenPeriod) -> Object<'_> {
    Object::default().with("from", period.from).with("to", period.to).with("printed", &period.printed)
}

fn node<'r>(report: &'r Report, strategy: &'r Strategy, id: NodeId, node: &'r Node) -> Object<'r> {
    let items = node.items.iter().map(|item| Object::default().with("id", &item.id).with("name", &item.name));
    let printed_names = node.printed.iter().map(|(year, printed)| {
        Object::default().with("fiscal_year", *year).with("name", &printed.name).with_filled("sic", printed.sic)
    });
    Object::default()
        .with("kind", node.kind.key())
        .with("id", &node.id)
        .with("number", &node.number)
        .with("label", node.label.as_deref().unwrap_or(strategy.label(node.kind)))
        .with("name", &node.name)
        .with("lost", &node.lost)
        .with("reading", &node.reading)
        .with("parent", report.relations(id).parent.map(|parent| &report.node(parent).id))
        .with_filled("departments", Json::from_iter(node.departments.iter().map(|department| &department.name)))
        .with_filled("department_roles", roles(&node.departments))
        // A single account is a text, as before there could be several.
        .with("account", node.accounts.first().filter(|_| node.accounts.len() == 1).map(|account| &account.printed))
        .with_filled("accounts", Json::from_iter(node.accounts.iter().map(account)))
        .with_filled("items", Json::from_iter(items))
        .with("period", node.period.as_ref().map(open_period))
        .with_filled("fields", field_entries(strategy, &node.fields))
        .with("category", &node.category)
        .with_filled("markers", Json::from_iter(&node.markers))
        .with_filled("printed_names", Json::from_iter(printed_names))
        .with_filled("links", references(&node.links))
        .with("links_none", &node.links_none)
        .with_filled("formerly", Json::from_iter(node.formerly.iter().map(|former| former.id.as_str())))
        .with_filled("succeeds", references(&node.succeeds))
        .with_filled("rows", rows(report, Owner::Node(id)))
        .with_filled("lost_rows", Json::from_iter(node.lost_rows.iter().map(lost_row)))
        .with_filled("indicators", Json::from_iter(node.indicators.iter().map(indicator)))
        .with_filled("remarks", remarks(&node.remarks))
        .with_filled("words", node.body.markdown.trim())
        .with_filled("sheets", Json::from_iter(node.sheets.iter().map(|content| sheet(strategy, node, content))))
}

fn indicator(indicator: &Indicator) -> Object<'_> {
    let baseline = indicator.baseline.map(|baseline| match baseline {
        Baseline::Start => Json::Text("start".into()),
        Baseline::Year(year) => year.into(),
    });
    let actual_total_from = indicator.actual_total_from.map(|from| match from {
        TotalFrom::Start => Json::Text("start".into()),
        TotalFrom::Year(year) => year.into(),
    });
    let year_kind = Some(indicator.year_kind).filter(|kind| *kind != YearKind::Fiscal);
    Object::default()
        .with("id", &indicator.id)
        .with("name", &indicator.name)
        .with("kind", indicator.kind.key())
        .with_filled("states", Json::from_iter(&indicator.states))
        .with("role", &indicator.role)
        .with("definition", &indicator.definition)
        .with("formula", &indicator.formula)
        .with("source", indicator.source.as_ref().map(|source| &source.name))
        .with("source_url", indicator.source.as_ref().and_then(source_url))
        .with("unit", &indicator.unit)
        .with("better", indicator.better.map(|better| better.key()))
        .with("year_kind", year_kind.map(YearKind::key))
        .with("baseline", baseline)
        .with("interval", indicator.interval.map(|years| Json::Number(years.into())))
        .with("method", indicator.method.as_ref().map(|method| &method.id))
        .with_filled("breaks", Json::from_iter(indicator.breaks.iter().copied()))
        .with("actual_total_from", actual_total_from)
        .with("target_total_from", indicator.target_total_from)
        // Former name of `target_total_from`, kept for compatibility.
        .with("cumulative_from", indicator.target_total_from)
        .with("step", indicator.step.map(Step::key))
        .with_filled("leads_to", references(&indicator.leads_to))
        .with_filled("comparisons", Json::from_iter(indicator.comparisons.iter().map(comparison)))
        .with_filled("breakdowns", Json::from_iter(indicator.breakdowns.iter().map(breakdown)))
        .with("note", &indicator.note)
}

fn source_url(source: &DataSource) -> Option<&str> {
    source.url.as_ref().map(|url| url.as_str())
}

fn comparison(comparison: &Comparison) -> Object<'_> {
    Object::default()
        .with("id", &comparison.id)
        .with("name", &comparison.name)
        .with("source", comparison.source.as_ref().map(|source| &source.name))
        .with("source_url", comparison.source.as_ref().and_then(source_url))
}

fn breakdown(group: &Breakdown) -> Object<'_> {
    Object::default().with("id", &group.id).with("name", &group.name)
}

fn sheet<'r>(strategy: &'r Strategy, node: &'r Node, sheet: &'r Sheet) -> Object<'r> {
    let figures = sheet.figures.iter().filter_map(|(index, figures)| {
        let indicator = node.indicators.get(*index)?;
        let fields = Object::default()
            .with("indicator", &indicator.id)
            .with("values", values(figures, indicator))
            .with_filled("judgements", indicator_judgements(strategy, &figures.judgements))
            .with("note", &figures.note);
        Some(fields)
    });
    let variants = sheet.variants.iter().map(|variant| {
        Object::default()
            .with("policy", &variant.policy)
            .with("words", sections(&variant.sections))
            .with_filled("remarks", remarks(&variant.remarks))
    });
    let programs = sheet.row_judgements.iter().map(|(program, given)| {
        Object::default().with("program", program).with("judgements", judgements(strategy, given))
    });
    let edition = strategy.editions.get(sheet.edition.0);
    debug_assert!(edition.is_some(), "sheets belong to editions of their strategy");
    Object::default()
        .with("edition", edition.map(|edition| &edition.id))
        .with("page", &sheet.page)
        .with_filled("departments", Json::from_iter(sheet.departments.iter().map(|department| &department.name)))
        .with_filled("department_roles", roles(&sheet.departments))
        .with("period", sheet.period.as_ref().map(open_period))
        .with_filled("fields", field_entries(strategy, &sheet.fields))
        .with_filled("judgements", judgements(strategy, &sheet.judgements))
        .with_filled("programs", Json::from_iter(programs))
        .with_filled("responses", Json::from_iter(sheet.responses.iter().map(|given| response(strategy, given))))
        .with_filled("figures", Json::from_iter(figures))
        .with_filled("money", amounts::amounts(strategy, AmountTable::Money, &sheet.money))
        .with_filled("staff", amounts::amounts(strategy, AmountTable::Staff, &sheet.staff))
        .with_filled("total", amounts::amounts(strategy, AmountTable::Total, &sheet.total))
        .with_filled("items", amounts::items(strategy, node, &sheet.items))
        .with_filled("surveys", survey::entries(strategy, &sheet.surveys))
        .with_filled("corrections", correction::corrections(strategy, node, sheet))
        .with_filled("remarks", remarks(&sheet.remarks))
        .with_filled("words", sections(&sheet.sections))
        .with_filled("variants", Json::from_iter(variants))
}

fn values<'r>(figures: &'r Figures, indicator: &'r Indicator) -> Json<'r> {
    let in_columns = figures.values().map(|(series, column, printed)| {
        let name = match indicator.series_id(series) {
            Some(id) => Cow::Owned(format!("{}:{id}", series.key())),
            None => series.key().into(),
        };
        let series = Object::default().with("series", Json::Text(name));
        let in_column = match (column, indicator.year_kind) {
            (Column::Start, _) => series.with("start", true),
            (Column::Year(year), YearKind::Fiscal) => series.with("fiscal_year", year),
            (Column::Year(year), YearKind::Calendar) => series.with("calendar_year", year),
            (Column::End, _) => series.with("end", true),
        };
        value(in_column, printed)
    });
    let unplaced = figures.unplaced.iter().map(|printed| value(Object::default().with("series", "unplaced"), printed));
    in_columns.chain(unplaced).collect()
}

fn account(account: &Account) -> Object<'_> {
    let step = |step: &'_ AccountStep| {
        Object::default().with_filled("code", step.code.clone()).with_filled("name", step.name.clone())
    };
    Object::default().with("printed", &account.printed).with("steps", Json::from_iter(account.steps.iter().map(step)))
}

/// Adds the fields of a value to `fields`, which contains those of its series and column.
pub(super) fn value<'r>(fields: Object<'r>, value: &'r Value) -> Object<'r> {
    let number = value.number();
    let range = match value.content {
        ValueContent::Range(from, to) => Some((from, to)),
        _ => None,
    };
    let estimated_as = match &value.estimated {
        Some(Estimate::Labelled(word)) => Some(word),
        Some(Estimate::Expected) | None => None,
    };
    let bound = number.map(|number| number.bound).filter(|bound| *bound != Bound::Exact);
    let parts = value.parts.iter().map(|part| self::value(Object::default().with("name", &part.name), &part.value));
    fields
        .with("printed", &value.printed)
        .with("number", number.map(|number| number.decimal))
        .with("from", range.map(|(from, _)| from))
        .with("to", range.map(|(_, to)| to))
        .with_filled("missing", value.is_missing())
        .with("bound", bound.map(Bound::key))
        .with("unit", number.and_then(|number| number.unit.as_ref()))
        .with("measured", value.measured.map(period))
        .with("as_of", &value.as_of)
        .with_filled("estimated", value.estimated.is_some())
        .with("estimated_as", estimated_as)
        .with_filled("sic", value.sic)
        .with("note", &value.note)
        .with_filled("parts", Json::from_iter(parts))
}

fn rows(report: &Report, owner: Owner) -> Json<'_> {
    let rows = report.rows(owner).enumerate();
    rows.map(|(index, (declared, program))| row(report, Place { owner, row: index, counts: true }, declared, program))
        .collect()
}

fn lost_row(row: &LostRow) -> Object<'_> {
    Object::default().with("number", &row.number).with("name", &row.name).with("lost", &row.text)
}

fn row<'r>(report: &'r Report, place: Place, row: &'r Row, program: NodeId) -> Object<'r> {
    let groups = match place.owner {
        Owner::Strategy(ix) => &report.strategy(ix).groups,
        Owner::Node(id) => &report.node(id).groups,
    };
    let years = |years: &Option<Vec<FiscalYear>>| years.as_ref().map(|years| Json::from_iter(years.iter().copied()));
    let markers =
        row.markers.iter().map(|(year, text)| Object::default().with("text", text).with("fiscal_year", *year));
    Object::default()
        .with("program", &report.node(program).id)
        .with("number", &row.number)
        .with("group", row.group.and_then(|group| groups.get(group)).map(|group| &group.title))
        .with("repeat", row.repeat)
        // True if net sums count the amounts of the program in this row.
        .with("counts", report.relations(program).places.contains(&place))
        .with("repeat_printed", years(&row.repeat_printed))
        .with("years", years(&row.years))
        .with_filled("markers", Json::from_iter(markers))
        .with_filled("also", references(&row.also))
        .with("category", &row.category)
        .with("note", &row.note)
}

/// Answer to an earlier remark. `edition` is the id of an edition, `printed_edition` any other text.
fn response<'r>(strategy: &'r Strategy, response: &'r Response) -> Object<'r> {
    let (edition, printed) = match &response.edition {
        Some(ResponseEdition::Published(ix)) => (strategy.editions.get(ix.0).map(|edition| &edition.id), None),
        Some(ResponseEdition::Printed(text)) => (None, Some(text)),
        None => (None, None),
    };
    Object::default()
        .with("edition", edition)
        .with("printed_edition", printed)
        .with("raised_by", &response.raised_by)
        .with("point", &response.point)
        .with("answer", &response.answer)
        .with("status", &response.status)
}

/// Departments with a role.
fn roles(departments: &[InCharge]) -> Json<'_> {
    let with_role = departments.iter().filter(|department| department.role.is_some());
    let object = |department: &'_ InCharge| {
        Object::default().with("name", department.name.clone()).with("role", department.role.clone())
    };
    with_role.map(object).collect()
}

fn sections(sections: &[Section]) -> Json<'_> {
    let sections = sections.iter().map(|section| (&section.title, section.prose.markdown.trim()));
    sections.map(|(title, markdown)| Object::default().with("title", title).with("markdown", markdown)).collect()
}

fn remarks(remarks: &[Remark]) -> Json<'_> {
    remarks.iter().map(|remark| &remark.text).collect()
}

fn references(references: &[Reference]) -> Json<'static> {
    references.iter().map(Reference::to_string).collect()
}
