//! Parsing of nodes: the folder of a goal, policy or program with its `goal.md`, `policy.md` or `program.md`, its
//! sheets and its other files.

use super::declarations::ParsedDeclarations;
use super::easy::{self, easy_text};
use super::field;
use super::files::NodeFolder;
use super::front_matter;
use super::ids::check_page_id;
use super::indicator::indicators;
use super::item::Item;
use super::misnamed;
use super::rows::{Rows, groups_and_rows};
use super::sheet::{SheetContext, acknowledged, remarks};
use super::source::is_svg;
use super::svg;
use super::table::TomlTable;
use crate::diagnostic::{Diagnostic, Rule, SourceId, Sources, Span, closest, has_errors, say};
use crate::image;
use crate::model::{
    Account, Asset, EditionIx, FiscalYear, FormerId, InCharge, Kind, Node, PrintedName, Sheet, Strategy, SubItem,
};
use crate::schema;
use toml::de::DeValue;

/// Rules that check a sheet against the declarations of its strategy and node.
const DECLARATION_RULES: [Rule; 10] = [
    Rule::CorrectionSameValue,
    Rule::CorrectionUnknownKey,
    Rule::NotAValue,
    Rule::ScaleOfOthers,
    Rule::UnknownEdition,
    Rule::UnknownHeading,
    Rule::UnknownIndicator,
    Rule::UnknownKey,
    Rule::UnknownMark,
    Rule::UnknownRow,
];

/// The node of `folder`. If `strategy.toml` or the node's own file has errors, the diagnostics of
/// [`DECLARATION_RULES`] are dropped for its sheets, because they may be consequences of those
/// errors.
pub(super) fn node(
    folder: &NodeFolder,
    declarations: &ParsedDeclarations,
    sources: &Sources,
) -> (Node, Vec<Diagnostic>) {
    let strategy = &declarations.strategy;
    let inline_goal = declarations.inline_goal(folder.kind, &folder.id);
    let mut diagnostics = Vec::new();
    let file_of_folder = folder.node.unwrap_or(folder.anchor_file);
    diagnostics.extend(check_page_id(&folder.id, Span::new(file_of_folder, 0..0)));
    let mut node = match (folder.node, inline_goal) {
        (Some(file), inline_goal) => {
            if let Some(inline_goal) = inline_goal {
                diagnostics.push(declared_twice(inline_goal));
            }
            let (toml, body) = front_matter::split(schema::node::file_of(folder.kind), file, sources);
            let has_front_matter = toml.has_front_matter;
            let mut file_diagnostics = Vec::new();
            let node = toml.read(&mut file_diagnostics, |table| {
                let node = from_table(table, folder.kind, folder.id.clone(), strategy);
                // The span of a node is that of its name.
                Node { span: table.get("name").map_or(Span::new(file, 0..0), Item::span), ..node }
            });
            match has_front_matter {
                true => diagnostics.append(&mut file_diagnostics),
                false => diagnostics.push(no_front_matter(Span::new(file, 0..0))),
            }
            Node { body: body.prose(), ..node }
        }
        (None, Some(inline_goal)) => inline_goal.clone(),
        (None, None) => {
            diagnostics.push(no_node_file(folder));
            Node::of_folder(folder.kind, folder.id.clone(), Span::new(folder.anchor_file, 0..0))
        }
    };
    let is_valid = declarations.is_valid && !has_errors(&diagnostics);
    let context = SheetContext {
        strategy,
        kind: folder.kind,
        node: &node,
        indicators: &node.indicators,
        items: &node.items,
        rows: &node.rows,
        fields: &node.fields,
    };
    let mut sheet_diagnostics = Vec::new();
    node.sheets = sheets(folder, context, sources, &mut sheet_diagnostics);
    sheet_diagnostics.retain(|diagnostic| is_valid || !DECLARATION_RULES.contains(&diagnostic.rule));
    diagnostics.append(&mut sheet_diagnostics);
    node.easy = folder.easy.and_then(|file| easy_text(file, sources, &mut diagnostics));
    for file in &folder.assets {
        let asset = Asset::of_file(&file.name);
        let linked = node.publishes(&asset);
        if linked && is_svg(&file.name) {
            diagnostics.extend(svg::check(&file.name, file.svg, sources, file_of_folder));
        }
        let text = || Some(image::properties(sources.get(file.svg?)?.text.as_bytes()));
        node.assets.push(Asset { linked, image: file.image.or_else(text), ..asset });
    }
    (node, diagnostics)
}

/// The sheets of `folder` in the order of the editions. Includes the sheets of draft editions, so that their errors are
/// reported; later phases decide whether to show them.
fn sheets(
    folder: &NodeFolder,
    context: SheetContext<'_>,
    sources: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Sheet> {
    let editions = &context.strategy.editions;
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut variants: Vec<(EditionIx, &str, SourceId)> = Vec::new();
    for (stem, file) in &folder.sheets {
        let (id, policy) = stem.split_once('@').map_or((stem.as_str(), None), |(id, policy)| (id, Some(policy)));
        let Some(index) = editions.iter().position(|edition| edition.id == id) else {
            diagnostics.push(match easy::looks_easy(stem) {
                true => misnamed_easy(stem, *file, context),
                false => unknown_edition(id, *file, context),
            });
            continue;
        };
        match policy {
            None => sheets.push(context.sheet(EditionIx(index), *file, sources, diagnostics)),
            Some(policy) => variants.push((EditionIx(index), policy, *file)),
        }
    }
    sheets.sort_by_key(|sheet| sheet.edition);
    for (edition, policy, file) in variants {
        let sheet = sheets.iter_mut().find(|sheet| sheet.edition == edition);
        let fields = sheet.as_ref().map_or(&[][..], |sheet| &sheet.fields);
        let variant = context.variant(policy, fields, file, sources, diagnostics);
        match sheet {
            Some(sheet) => sheet.variants.push(variant),
            None => diagnostics.push(variant_without_sheet(file, sources)),
        }
    }
    sheets
}

/// Reads the keys of `goal.md`, `policy.md` or `program.md`, or of a `[[goal]]` in `strategy.toml`, by the declarations
/// of `strategy`.
pub(super) fn from_table(table: &TomlTable<'_>, kind: Kind, id: String, strategy: &Strategy) -> Node {
    let (number, number_span) = table.text_at("number").unzip();
    // A node with a number may be printed without a name.
    let name = if number.is_some() { table.text("name") } else { table.required("name") };
    let name = name.or_else(|| number.clone()).unwrap_or_else(|| id.clone());
    let name_span = table.get("name").map_or(table.span, Item::span);
    let mut node = Node { name, name_span, number, number_span, ..Node::of_folder(kind, id, table.span) };
    node.lost = table.text("lost");
    node.reading = table.text("reading");
    node.departments = departments(table);
    node.period = table.get("period").and_then(Item::open_period);
    node.period_span = table.get("period").map(Item::span);
    node.fields = field::entries(table, kind, &strategy.fields);
    node.markers = table.texts("marker");
    node.links = table.references("links");
    node.links_none = table.text("links_none");
    node.formerly =
        table.get("formerly").map(Item::one_or_many).unwrap_or_default().into_iter().filter_map(former_id).collect();
    node.succeeds = table.references("succeeds");
    node.category = table.text("category");
    node.printed = table.entries_of("printed").map(|table| printed_names(&table)).unwrap_or_default();
    node.indicators = indicators(table, kind, &node.id);
    node.remarks = remarks(table);
    node.acknowledged = acknowledged(table);
    match kind {
        Kind::Goal | Kind::Policy => {
            let parent_key = if kind == Kind::Goal { "parent" } else { "goal" };
            node.label = table.text("label");
            node.parent = table.get(parent_key).and_then(|item| item.node(Kind::Goal));
            let Rows { groups, rows, lost } = groups_and_rows(table, strategy.number_rows);
            (node.groups, node.rows, node.lost_rows) = (groups, rows, lost);
        }
        Kind::Program => {
            node.accounts = table.get("account").map(accounts).unwrap_or_default();
            node.items = table.tables_with_id("item", |table, id| SubItem {
                id,
                name: table.required("name").unwrap_or_default(),
                span: table.span,
            });
        }
    }
    node
}

/// The departments under `department`: names, or tables with a name and a role.
pub(super) fn departments(table: &TomlTable<'_>) -> Vec<InCharge> {
    let department = |item: Item<'_>| {
        if !item.raw().is_table() {
            return Some(InCharge { name: item.text()?, role: None, span: item.span() });
        }
        let table = item.table()?;
        let (name, role) = (table.required("name"), table.text("role"));
        Some(InCharge { name: name?, role, span: item.span() })
    };
    table.get("department").map(Item::one_or_many).unwrap_or_default().into_iter().filter_map(department).collect()
}

/// An id under `formerly`. The former addresses of the node redirect to its current pages.
fn former_id(item: Item<'_>) -> Option<FormerId> {
    let former = FormerId { id: item.text()?, span: item.span() };
    match check_page_id(&former.id, former.span) {
        Some(error) => {
            item.file.report(error);
            None
        }
        None => Some(former),
    }
}

fn printed_names(table: &TomlTable<'_>) -> Vec<(FiscalYear, PrintedName)> {
    let mut names = Vec::new();
    for (year, item) in table.years() {
        let Some(table) = item.table() else { continue };
        let (name, sic) = (table.required("name"), table.flag("sic"));
        names.extend(name.map(|name| (year, PrintedName { name, sic })));
    }
    names
}

/// The accounts of a program: a text, a list of texts, or `{ printed, steps }`.
fn accounts(item: Item<'_>) -> Vec<Account> {
    let account = |item: Item<'_>| match item.raw() {
        DeValue::Table(_) => {
            let table = item.table()?;
            let (printed, steps) = (table.required("printed"), table.texts("steps"));
            Some(Account::of_steps(printed?, &steps, item.span()))
        }
        _ => Some(Account::parse(&item.text()?, item.span())),
    };
    item.one_or_many().into_iter().filter_map(account).collect()
}

fn no_front_matter(span: Span) -> Diagnostic {
    let message = say!(ja: "先頭に `+++` の行がありません", en: "the file does not begin with a `+++` line");
    Diagnostic::new(Rule::NoFrontMatter, span, message).help(say!(
        ja: "`+++` だけの行二つの間に、`name = \"…\"` を書いてください",
        en: "write `name = \"…\"` between two lines consisting only of `+++`"
    ))
}

fn no_node_file(folder: &NodeFolder) -> Diagnostic {
    let file = folder.kind.key();
    let message = say!(ja: "このフォルダーに {file}.md がありません", en: "there is no {file}.md in this folder");
    let misspelt = folder.sheets.iter().find(|(stem, _)| closest(stem, [file]).is_some());
    let expected_name = |name: &str| {
        misnamed::corrected_node_name(name).or_else(|| misnamed::expected_markdown_name(name, [file].into_iter()))
    };
    let mut asset_names = folder.assets.iter().map(|asset| &asset.name);
    let misnamed = asset_names.find(|name| expected_name(name).as_deref() == Some(&format!("{file}.md")));
    let rename = |name: &str| say!(ja: "{name} の名前を {file}.md に直してください", en: "rename {name} to {file}.md");
    let (at, help) = match (misspelt, misnamed) {
        (_, Some(name)) => (folder.anchor_file, rename(name)),
        (Some((stem, id)), None) => (*id, rename(&format!("{stem}.md"))),
        (None, None) => (
            folder.anchor_file,
            say!(ja: "{file}.md を作り、`name` を書いてください", en: "create {file}.md with a `name`"),
        ),
    };
    Diagnostic::new(Rule::NoNodeFile, Span::new(at, 0..0), message).help(help)
}

fn declared_twice(inline_goal: &Node) -> Diagnostic {
    let (id, file, folder) = (&inline_goal.id, inline_goal.kind.key(), inline_goal.kind.folder());
    let message = say!(
        ja: "`{id}` は strategy.toml と {folder}/{id}/{file}.md の両方に書かれています",
        en: "`{id}` is declared both in strategy.toml and in {folder}/{id}/{file}.md"
    );
    Diagnostic::new(Rule::DuplicateId, inline_goal.span, message)
        .help(say!(ja: "どちらか一つにしてください", en: "keep one of them"))
}

fn unknown_edition(id: &str, file: SourceId, context: SheetContext<'_>) -> Diagnostic {
    let name = context.kind.key();
    let editions: Vec<&str> = context.strategy.editions.iter().map(|edition| edition.id.as_str()).collect();
    let all = editions.join(", ");
    let message = say!(
        ja: "「{id}」という版は strategy.toml の `[[edition]]` にありません",
        en: "the edition `{id}` is not declared by an `[[edition]]` in strategy.toml"
    );
    let help = say!(
        ja: "ファイル名は {name}.md か、版の id（{all}）に .md を付けた名前にしてください",
        en: "name the file {name}.md, or after an edition ({all})"
    );
    let candidates = editions.into_iter().chain([name]);
    Diagnostic::new(Rule::UnknownEdition, Span::new(file, 0..0), message).help(help).suggest_first(id, candidates)
}

/// Reports a file with easy Japanese that does not have the name of the node file: `easy.md`, `2024.easy.md`.
fn misnamed_easy(stem: &str, file: SourceId, context: SheetContext<'_>) -> Diagnostic {
    let expected = format!("{}.easy.md", context.kind.key());
    let edition = context.strategy.editions.iter().map(|edition| edition.id.as_str());
    let edition =
        edition.into_iter().find(|id| stem.strip_prefix(id).is_some_and(|rest| rest.starts_with(['.', '-', '_'])));
    easy::misnamed_easy(file, stem, &expected, edition)
}

fn variant_without_sheet(file: SourceId, sources: &Sources) -> Diagnostic {
    let path = sources.get(file).map(|source| source.path.as_str()).unwrap_or_default();
    let variant = path.rsplit('/').next().unwrap_or_default();
    let edition = variant.split('@').next().unwrap_or_default();
    let message = say!(
        ja: "「{variant}」は再掲用の調書ですが、本来の調書「{edition}.md」がありません",
        en: "`{variant}` is a variant of `{edition}.md`, which does not exist"
    );
    Diagnostic::new(Rule::VariantAlone, Span::new(file, 0..0), message)
        .help(say!(ja: "先に {edition}.md を作成してください", en: "create {edition}.md first"))
}
