//! Parsing of a strategy: `strategy.toml`, `editions/`, `strategy.md`, and its nodes.

use super::amount;
use super::declarations::ParsedDeclarations;
use super::easy::easy_text;
use super::field;
use super::files::StrategyFolder;
use super::front_matter::{self, Toml};
use super::href::href;
use super::ids::{check_page_id, duplicate_id, is_id};
use super::item::Item;
use super::method;
use super::node;
use super::open_data;
use super::rows::{Rows, groups_and_rows};
use super::scale::{judges, scales};
use super::sheet::{acknowledged, remarks};
use super::survey;
use super::table::TomlTable;
use crate::diagnostic::{Diagnostic, Rule, Sources, Span, has_errors, say};
use crate::model::{
    Department, Edition, Field, Kind, KindLabels, Node, Prose, ReferenceKind, Required, Scale, ScaleIx, Scheme,
    SectionRule, SourceDocument, Stage, Strategy, UnpublishedNode,
};
use crate::schema::strategy::{EDITION_FILE, STRATEGY_FILE, STRATEGY_TEXT_FILE};
use std::sync::Arc;

/// Parses `strategy.toml`, `editions/`, `strategy.md` and `strategy.easy.md`, without the folders of the nodes.
pub(super) fn declarations(folder: &StrategyFolder, sources: &Sources) -> ParsedDeclarations {
    let toml = Toml::whole(&STRATEGY_FILE, folder.toml, sources);
    let read = |table: &TomlTable<'_>| {
        let strategy = from_table(table, &folder.id, Span::new(folder.toml, 0..0));
        let goals = inline_goals(table, &strategy);
        (strategy, goals)
    };
    let mut diagnostics = Vec::new();
    let (mut strategy, inline_goals) = toml.read(&mut diagnostics, read);
    for (id, file) in &folder.editions {
        let edition =
            Toml::whole(&EDITION_FILE, *file, sources).read(&mut diagnostics, |table| edition(table, id.clone()));
        let start = Span::new(*file, 0..0);
        if let Some(error) = check_page_id(id, start) {
            diagnostics.push(error);
        } else if strategy.editions.iter().any(|earlier| earlier.id == *id) {
            diagnostics.push(duplicate_id(id, start));
        }
        strategy.editions.push(Edition { span: start, ..edition });
    }
    let is_valid = !has_errors(&diagnostics);
    diagnostics.extend(folder.id.split('/').find_map(|segment| check_page_id(segment, strategy.span)));
    if let Some(file) = folder.body {
        let (toml, body) = front_matter::split(&STRATEGY_TEXT_FILE, file, sources);
        toml.read(&mut diagnostics, |_| ());
        strategy.body = body.prose();
    }
    strategy.easy = folder.easy.and_then(|file| easy_text(file, sources, &mut diagnostics));
    ParsedDeclarations {
        strategy,
        inline_goals: inline_goals.into_iter().map(Arc::new).collect(),
        is_valid,
        diagnostics,
    }
}

/// The strategy with the nodes that were `parsed` from their folders, and all diagnostics.
pub(super) fn with_nodes<'n>(
    declarations: &ParsedDeclarations,
    parsed: impl Iterator<Item = (&'n Arc<Node>, &'n [Diagnostic])>,
) -> (Strategy, Vec<Diagnostic>) {
    let (mut strategy, mut diagnostics) = (declarations.strategy.clone(), declarations.diagnostics.clone());
    let mut nodes = declarations.inline_goals.clone();
    for (node, node_diagnostics) in parsed {
        diagnostics.extend_from_slice(node_diagnostics);
        let mut inline_goals = nodes.iter_mut().take(declarations.inline_goals.len());
        match inline_goals.find(|goal| (goal.kind, &goal.id) == (node.kind, &node.id)) {
            Some(goal) => *goal = Arc::clone(node),
            None => nodes.push(Arc::clone(node)),
        }
    }
    nodes.sort_by_key(|node| node.kind);
    strategy.nodes = nodes;
    if declarations.is_valid {
        method::check_method_references(&strategy, &mut diagnostics);
    }
    (strategy, diagnostics)
}

fn from_table(table: &TomlTable<'_>, id: &str, span: Span) -> Strategy {
    let title = table.required("title").unwrap_or_else(|| id.to_owned());
    let publisher = table.required("publisher").unwrap_or_default();
    let judges = judges(table);
    let scales = scales(table, &judges);
    let missing = table.texts("missing");
    let number_rows = table.flag("number_rows");
    let fields = field::fields(table);
    let Rows { groups, rows, lost: lost_rows } = groups_and_rows(table, number_rows);
    let (description, description_span) = table.text_at("description").unzip();
    let (money_unit, money_unit_span) = table.text_at("money_unit").unzip();
    Strategy {
        id: id.to_owned(),
        title,
        reading: table.text("reading"),
        publisher,
        period: table.get("period").and_then(Item::period),
        lang: table.get("lang").and_then(Item::language).unwrap_or_else(|| "ja".to_owned()),
        outline_only: table.flag("outline"),
        description,
        description_span,
        license: open_data::license(table),
        region_code: open_data::region_code(table),
        surveys: survey::surveys(table, &missing),
        missing,
        money_unit: money_unit.unwrap_or_else(|| "千円".to_owned()),
        money_unit_span,
        amounts: amount::declarations(table),
        number_rows,
        labels: labels(table.table("labels")),
        editions: table.tables_with_id("edition", |table, id| {
            check_table_id(table, &id);
            edition(table, id)
        }),
        methods: method::methods(table, &scales),
        sections: table.tables("section").into_iter().map(|table| section(table, &scales, &fields)).collect(),
        fields,
        judges,
        scales,
        unpublished: table.tables("outside").into_iter().filter_map(unpublished_node).collect(),
        departments: table.tables("department").into_iter().filter_map(department).collect(),
        groups,
        rows,
        lost_rows,
        remarks: remarks(table),
        acknowledged: acknowledged(table),
        body: Prose::default(),
        easy: None,
        nodes: Vec::new(),
        span,
    }
}

/// Goals declared by `[[goal]]` in `strategy.toml`. Of goals with the same id, the first one.
fn inline_goals(table: &TomlTable<'_>, strategy: &Strategy) -> Vec<Node> {
    let mut goals: Vec<Node> = Vec::new();
    let read = |table: &TomlTable<'_>, id: String| {
        check_table_id(table, &id);
        node::from_table(table, Kind::Goal, id, strategy)
    };
    for goal in table.tables_with_id("goal", read) {
        if !goal.id.is_empty() && goals.iter().all(|earlier| earlier.id != goal.id) {
            goals.push(goal);
        }
    }
    goals
}

/// Reports a valid `id` of a table under which no page can be published. Invalid ids are already reported by
/// [`TomlTable::unique_id`].
fn check_table_id(table: &TomlTable<'_>, id: &str) {
    let error = table.get("id").filter(|_| is_id(id)).and_then(|item| check_page_id(id, item.span()));
    error.into_iter().for_each(|error| table.file.report(error));
}

fn labels(table: Option<TomlTable<'_>>) -> KindLabels {
    let label = |key: &'static str, default: &str| {
        table.as_ref().and_then(|table| table.text(key)).unwrap_or_else(|| default.to_owned())
    };
    KindLabels {
        goal: label("goal", "基本目標"),
        policy: label("policy", "施策"),
        program: label("program", "事務事業"),
    }
}

/// The edition `id`, with its other keys from `table`.
fn edition(table: &TomlTable<'_>, id: String) -> Edition {
    let (as_of, as_of_estimated, as_of_note) = as_of(table);
    Edition {
        label: table.required("label").unwrap_or_else(|| id.clone()),
        id,
        year: table.year("year"),
        year_span: table.get("year").map(Item::span),
        stage: table.choice("stage", &Stage::ALL, Stage::key).unwrap_or(Stage::Final),
        as_of,
        as_of_estimated,
        as_of_note,
        judged_by: table.text("judged_by"),
        draft: table.flag("draft"),
        note: table.text("note"),
        document: table.table("document").and_then(document),
        span: table.span,
    }
}

/// `as_of = "2017-09-30"`, or `{ value = "2017-09-30", estimated = true, note = "…" }`.
fn as_of(table: &TomlTable<'_>) -> (Option<String>, bool, Option<String>) {
    let Some(item) = table.get("as_of") else { return (None, false, None) };
    if item.raw().as_table().is_none() {
        return (item.date(), false, None);
    }
    let Some(table) = item.table() else { return (None, false, None) };
    (table.required_item("value").and_then(Item::date), table.flag("estimated"), table.text("note"))
}

fn document(table: TomlTable<'_>) -> Option<SourceDocument> {
    let title = table.required("title");
    let url = table.get("url").and_then(|item| href(item, &[Scheme::Web]));
    let published = table.get("published").and_then(open_data::published);
    let (summary, note) = (table.flag("summary"), table.text("note"));
    Some(SourceDocument { title: title?, url, published, summary, note })
}

fn section(table: TomlTable<'_>, scales: &[Scale], fields: &[Field]) -> SectionRule {
    let kinds = Kind::ALL.map(Kind::key);
    let applies_to = table.required_item("of").map(Item::one_or_many).unwrap_or_default();
    let applies_to: Vec<Kind> =
        applies_to.into_iter().filter_map(|item| keyword(item, &kinds)).filter_map(Kind::from_key).collect();
    let conditions = field::conditions(&table, &applies_to, fields);
    let has_headings = |scale: &&Scale| scale.points.is_none() && scale.judges.is_empty();
    let ids: Vec<&str> = scales.iter().filter(has_headings).map(|scale| scale.id.as_str()).collect();
    let scale = table.get("scale").and_then(|item| keyword(item, &ids));
    let title = match table.get("scale") {
        Some(_) => table.text("title"),
        None => table.required("title"),
    };
    let required = table.choice("required", &Required::ALL, Required::key);
    let all: Vec<&str> = scales.iter().map(|scale| scale.id.as_str()).collect();
    let explains = table.get("explains").and_then(|item| keyword(item, &all));
    let ix = |id: &str| scales.iter().position(|scale| scale.id == id).map(ScaleIx);
    let (scale, explains) = (scale.and_then(ix), explains.and_then(ix));
    SectionRule { applies_to, title, scale, explains, conditions, required, span: table.span }
}

fn unpublished_node(table: TomlTable<'_>) -> Option<UnpublishedNode> {
    let item = table.required_item("id");
    let (name, note) = (table.text("name"), table.text("note"));
    let item = item?;
    let reference = item.reference()?;
    if reference.strategy.is_some() || !matches!(reference.kind, ReferenceKind::Node(_)) {
        item.report(
            Rule::NotAReference,
            say!(ja: "`[[outside]]` には、計画の id を付けない goal、policy、program だけを書けます", en: "only a goal, policy or program without a strategy can be declared here"),
            say!(ja: "`policy:1-26` のように書いてください", en: "write it like `policy:1-26`"),
        );
        return None;
    }
    Some(UnpublishedNode { reference, name, note })
}

fn department(table: TomlTable<'_>) -> Option<Department> {
    let name = table.required("name");
    let (reading, contact) = (table.text("reading"), table.text("contact"));
    Some(Department { name: name?, reading, contact })
}

/// The text of `item`, which must be one of `known`.
pub(super) fn keyword<'k>(item: Item<'_>, known: &[&'k str]) -> Option<&'k str> {
    let written = item.text()?;
    let keyword = known.iter().find(|word| **word == written).copied();
    if keyword.is_none() {
        item.file.report(item.unknown_word_error(&written, known));
    }
    keyword
}
