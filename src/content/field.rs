//! Parsing of fields: `[[field]]` of a strategy, and `[field]` of a node or sheet.

use super::ids::{check_page_id, is_id};
use super::item::Item;
use super::strategy::keyword;
use super::table::TomlTable;
use crate::diagnostic::{Diagnostic, Rule, say};
use crate::model::{Field, FieldEntry, FieldIx, FieldOption, Kind, Required};

/// The fields that a strategy declares.
pub(super) fn fields(table: &TomlTable<'_>) -> Vec<Field> {
    table.tables_with_id("field", |table, id| {
        let title = table.required("title").unwrap_or_else(|| id.clone());
        let applies_to = table.required_item("of").map(Item::one_or_many).unwrap_or_default();
        let kinds = Kind::ALL.map(Kind::key);
        let applies_to =
            applies_to.into_iter().filter_map(|item| keyword(item, &kinds)).filter_map(Kind::from_key).collect();
        let items = table.get("values").map(Item::one_or_many).unwrap_or_default();
        let pages = table.get("pages").filter(|item| item.flag() == Some(true));
        let options = items.iter().filter_map(|item| {
            let option = option(*item)?;
            pages.and_then(|_| unpublishable(*item, &option)).into_iter().for_each(|error| item.file.report(error));
            Some(option)
        });
        let options: Vec<FieldOption> = options.collect();
        report_duplicates(table, &options);
        if let Some(pages) = pages {
            let unpublishable = table.get("id").filter(|_| is_id(&id)).and_then(|item| check_page_id(&id, item.span()));
            unpublishable.into_iter().for_each(|error| table.file.report(error));
            if items.is_empty() {
                report_pages_without_values(pages);
            }
        }
        Field {
            id,
            title,
            applies_to,
            options,
            several: table.flag("several"),
            required: table.choice("required", &[Required::Always], Required::key).is_some(),
            pages: pages.is_some(),
            span: table.span,
        }
    })
}

/// A possible value: `"直営"`, or `{ id = "own", title = "直営" }`.
fn option(item: Item<'_>) -> Option<FieldOption> {
    if item.raw().as_table().is_none() {
        let title = item.text()?;
        return Some(FieldOption { id: title.clone(), title });
    }
    let table = item.table()?;
    let (id, title) = (table.required_item("id"), table.required("title"));
    let (id, title) = (id?, title?);
    let written = id.text()?;
    if !is_id(&written) {
        id.report(
            Rule::NotAnId,
            say!(ja: "「{written}」は id として使えません", en: "`{written}` is not a valid id"),
            say!(ja: "半角の小文字 a-z、数字、ハイフンで書いてください", en: "use only a-z, digits and hyphens"),
        );
    }
    Some(FieldOption { id: written, title })
}

/// Reports a possible value of a field with pages whose id cannot be the name of a page.
fn unpublishable(item: Item<'_>, option: &FieldOption) -> Option<Diagnostic> {
    let title = &option.title;
    if is_id(&option.id) {
        return check_page_id(&option.id, item.span());
    }
    // An invalid id has been reported; a value without one has its title as id.
    (option.id == *title).then(|| {
        let message = say!(
            ja: "「{title}」に、ページの名前になる id がありません",
            en: "`{title}` has no id, which its page is named after"
        );
        Diagnostic::new(Rule::MissingKey, item.span(), message).help(say!(
            ja: "`{{ id = \"…\", title = \"{title}\" }}` のように、半角の小文字 a-z、数字、ハイフンの id を付けてください",
            en: "write `{{ id = \"…\", title = \"{title}\" }}` with an id of a-z, digits and hyphens"
        ))
    })
}

fn report_pages_without_values(pages: Item<'_>) {
    pages.report_key(
        Rule::MissingKey,
        say!(
            ja: "`pages = true` の欄に、値の選択肢 `values` がありません",
            en: "a field with `pages = true` has no `values`"
        ),
        say!(
            ja: "`values = [{{ id = \"…\", title = \"…\" }}]` を書くか、`pages` の行を消してください",
            en: "write `values = [{{ id = \"…\", title = \"…\" }}]`, or remove `pages`"
        ),
    );
}

fn report_duplicates(table: &TomlTable<'_>, options: &[FieldOption]) {
    for (index, option) in options.iter().enumerate() {
        let is_duplicate = |earlier: &FieldOption| earlier.id == option.id || earlier.title == option.title;
        if options.iter().take(index).any(is_duplicate) {
            let title = &option.title;
            table.report(
                Rule::DuplicateId,
                say!(ja: "`values` に「{title}」が二つあります", en: "`values` has `{title}` twice"),
                say!(ja: "一つにまとめてください", en: "keep one of them"),
            );
        }
    }
}

/// The entries under `[field]` of a node of `kind`, or of one of its sheets.
pub(super) fn entries(table: &TomlTable<'_>, kind: Kind, fields: &[Field]) -> Vec<FieldEntry> {
    let Some(table) = table.entries_of("field") else { return Vec::new() };
    read_entries(&table, fields, |field| field.applies_to.contains(&kind), |field| field.several)
}

/// The values under `where` of a section for nodes of these `kinds`: fields that any of them has, each with one or more
/// values.
pub(super) fn conditions(table: &TomlTable<'_>, kinds: &[Kind], fields: &[Field]) -> Vec<FieldEntry> {
    let Some(table) = table.entries_of("where") else { return Vec::new() };
    read_entries(&table, fields, |field| kinds.iter().any(|kind| field.applies_to.contains(kind)), |_| true)
}

/// Values of the fields to which `applies`. Reports several values of a field for which `accepts_several` returns false.
fn read_entries(
    table: &TomlTable<'_>,
    fields: &[Field],
    applies: impl Fn(&Field) -> bool,
    accepts_several: impl Fn(&Field) -> bool,
) -> Vec<FieldEntry> {
    let entries = table.items().into_iter().filter_map(|item| {
        let applies = |field: &&Field| applies(field);
        let index = fields.iter().position(|field| field.id == item.key && applies(&field));
        let Some((index, field)) = index.and_then(|index| Some((index, fields.get(index)?))) else {
            let known: Vec<&str> = fields.iter().filter(applies).map(|field| field.id.as_str()).collect();
            undeclared(item, &known);
            return None;
        };
        let values: Vec<String> = item.one_or_many().into_iter().filter_map(|item| value(item, field)).collect();
        if values.len() > 1 && !accepts_several(field) {
            let title = &field.title;
            item.report(
                Rule::WrongType,
                say!(ja: "「{title}」に書ける値は一つです", en: "`{title}` has only one value"),
                say!(
                    ja: "複数の値がある欄なら、strategy.toml の `[[field]]` に `several = true` を書いてください",
                    en: "if the report prints several, add `several = true` to its `[[field]]` in strategy.toml"
                ),
            );
        }
        (!values.is_empty()).then_some(FieldEntry { field: FieldIx(index), values, span: item.span() })
    });
    entries.collect()
}

fn undeclared(item: Item<'_>, known: &[&str]) {
    let (key, all) = (item.key, known.join(", "));
    let message = say!(ja: "`{key}` という欄はありません", en: "there is no field `{key}`");
    let help = match known.is_empty() {
        true => say!(
            ja: "strategy.toml の `[[field]]` に `id = \"{key}\"` を書いてください",
            en: "declare it with `id = \"{key}\"` under `[[field]]` in strategy.toml"
        ),
        false => say!(
            ja: "strategy.toml の `[[field]]` にあるのは {all} です（対象は `of` で決まります）",
            en: "fields of this kind of node in strategy.toml: {all} (see their key `of`)"
        ),
    };
    let diagnostic = Diagnostic::new(Rule::UnknownKey, item.key_span, message).help(help);
    item.file.report(diagnostic.suggest_first(key, known.iter().copied()));
}

/// The text of one value: the title of the option that `item` names by its id or title, or any text.
fn value(item: Item<'_>, field: &Field) -> Option<String> {
    let written = item.text()?;
    if field.options.is_empty() {
        return Some(written);
    }
    let option = field.options.iter().find(|option| option.id == written || option.title == written);
    if option.is_none() {
        let names: Vec<&str> = field.options.iter().map(|option| option.id.as_str()).collect();
        item.file.report(item.unknown_word_error(&written, &names));
    }
    option.map(|option| option.title.clone())
}
