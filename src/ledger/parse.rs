//! Reading of the mapping file: text → [`Mapping`], with all errors and their lines.

use super::column::ColumnRef;
use super::document::{Document, MapItem, MapTable};
use super::error::LedgerError;
use super::mapping::{
    AmountKind, BlockSpec, EditionSpec, Fix, IgnoreSpec, Level, Mapping, MarkSpec, NodeSpec, PeriodSpec, PhaseSpec,
    Rows, ScaleSpec, TableSpec, YearColumns, YearRange,
};
use super::parse_figures::{amount, field, indicator, judgement, long, words};
use super::titles;
use crate::content::is_id;
use crate::diagnostic::say;
use crate::model::{FiscalYear, Kind};
use crate::spreadsheet::{CellRef, Encoding, column_index};
use std::str::FromStr;
use toml::de::DeTable;

/// Numbers of columns that a worksheet can have.
const COLUMNS: std::ops::RangeInclusive<u32> = 1..=16_384;

/// Reads a mapping file.
///
/// # Errors
/// Fails with all errors of the file.
pub fn parse(text: &str) -> Result<Mapping, Vec<LedgerError>> {
    let document = Document::new(text);
    let (tree, syntax_errors) = DeTable::parse_recoverable(text);
    for error in &syntax_errors {
        let line = document.line_at(error.span().map_or(0, |span| span.start));
        let reason = error.message();
        document.report(
            line,
            say!(ja: "TOML として読めません（{reason}）", en: "this is not valid TOML: {reason}"),
            say!(ja: "文字列は \" \" で囲み、括弧を閉じてください", en: "quote texts and close brackets"),
        );
    }
    let mapping = mapping(&document.root(&tree));
    titles::check(&mapping, &document);
    let errors = document.into_errors();
    if errors.is_empty() { Ok(mapping) } else { Err(errors) }
}

fn mapping(table: &MapTable<'_>) -> Mapping {
    let edition = table.required_item("edition").and_then(MapItem::table);
    let labels = table.table("labels").map(|labels| {
        ["goal", "policy", "program"].into_iter().filter_map(|key| Some((key, labels.text(key)?))).collect()
    });
    let names = table.entries("names").into_iter();
    Mapping {
        strategy: strategy_id(table),
        title: table.text("title"),
        publisher: table.text("publisher"),
        edition: edition.map(|edition| edition_spec(&edition)).unwrap_or_default(),
        money_unit: table.text("money_unit").unwrap_or_else(|| "千円".to_owned()),
        missing: table.get("missing").map(MapItem::texts).unwrap_or_default(),
        labels: labels.unwrap_or_default(),
        phases: table.tables("phase").iter().map(phase).collect(),
        scales: table.tables("scale").iter().map(scale).collect(),
        names: names.filter_map(|item| Some((item.key.to_owned(), (item.text()?, item.line)))).collect(),
        fixes: table.tables("fix").iter().filter_map(fix).collect(),
        tables: table
            .required_item("table")
            .map(MapItem::elements)
            .unwrap_or_default()
            .into_iter()
            .filter_map(MapItem::table)
            .map(|table| table_spec(&table))
            .collect(),
    }
}

/// Id of the strategy: ids separated by `/`.
fn strategy_id(table: &MapTable<'_>) -> String {
    let id = table.required("strategy");
    if !id.is_empty() && !id.split('/').all(is_id) {
        invalid_id(table, &id);
    }
    id
}

fn invalid_id(table: &MapTable<'_>, id: &str) {
    table.report(
        say!(ja: "「{id}」は id に使えません", en: "`{id}` is not a valid id"),
        say!(ja: "a〜z の小文字・数字・ハイフンだけで書いてください", en: "write it with a-z, digits and hyphens only"),
    );
}

/// The required id of a declaration.
pub(super) fn id(table: &MapTable<'_>, key: &'static str) -> String {
    let id = table.required(key);
    if !id.is_empty() && !is_id(&id) {
        invalid_id(table, &id);
    }
    id
}

fn edition_spec(table: &MapTable<'_>) -> EditionSpec {
    EditionSpec { id: id(table, "id"), year: table.get("year").and_then(MapItem::year), label: table.required("label") }
}

fn phase(table: &MapTable<'_>) -> PhaseSpec {
    PhaseSpec { id: id(table, "id"), title: table.required("title"), like: table.text("like") }
}

fn scale(table: &MapTable<'_>) -> ScaleSpec {
    let mark = |item: MapItem<'_>| {
        if !item.is_table() {
            return Some(MarkSpec { mark: item.text()?, meaning: None, tone: None, ends: false });
        }
        let mark = item.table()?;
        let (meaning, tone) = (mark.text("meaning"), mark.text("tone"));
        Some(MarkSpec { mark: mark.required("mark"), meaning, tone, ends: mark.flag("ends") })
    };
    let marks = table.required_item("marks").map(MapItem::elements).unwrap_or_default();
    ScaleSpec {
        id: id(table, "id"),
        title: table.required("title"),
        marks: marks.into_iter().filter_map(mark).collect(),
    }
}

fn fix(table: &MapTable<'_>) -> Option<Fix> {
    let address = table.required("cell");
    let letters = address.trim_end_matches(|c: char| c.is_ascii_digit());
    let row = address.strip_prefix(letters).and_then(|row| row.parse::<u32>().ok()?.checked_sub(1));
    let cell = column_index(letters).zip(row).map(|(column, row)| CellRef::new(row, column));
    let fix = |cell| Fix {
        line: table.line,
        file: table.text("file"),
        sheet: table.text("sheet"),
        cell,
        is: table.required("is"),
        to: table.required("to"),
        is_words: table.flag("words"),
        note: table.text("note"),
        why: table.required("why"),
    };
    let read = fix(cell.unwrap_or_else(|| CellRef::new(0, 0)));
    if cell.is_none() && !address.is_empty() {
        table.report(
            say!(ja: "「{address}」はセルの番地ではありません", en: "`{address}` is not the address of a cell"),
            say!(ja: "H314 のように書いてください", en: "write it as H314"),
        );
    }
    cell.map(|_| read)
}

fn table_spec(table: &MapTable<'_>) -> TableSpec {
    let header = table.integer("header").unwrap_or(1).saturating_sub(1);
    let conditions = table.entries("where").into_iter();
    let others = table.text("others");
    if others.as_deref().is_some_and(|others| others != "ignore") {
        table.report(
            say!(ja: "`others` に書けるのは \"ignore\" だけです", en: "`others` can only be \"ignore\""),
            say!(ja: "`others = \"ignore\"` と書くか、削除してください", en: "write `others = \"ignore\"` or remove it"),
        );
    }
    let amounts = [("money", AmountKind::Money), ("staff", AmountKind::Staff)];
    let amounts = amounts.map(|(key, kind)| table.tables(key).into_iter().filter_map(move |t| amount(&t, kind)));
    let [money, staff] = amounts;
    TableSpec {
        line: table.line,
        file: table.required("file"),
        sheet: table.text("sheet"),
        encoding: encoding(table),
        header,
        rows: rows(table, header),
        expect: table.integer("expect"),
        conditions: conditions.map(|item| (column(item.key, item.line), item.texts())).collect(),
        key: columns(table, "key"),
        ignores_others: others.is_some(),
        year: optional_column(table, "year"),
        nodes: nodes(table),
        blocks: table.tables("block").iter().filter_map(block).collect(),
        amounts: money.chain(staff).collect(),
        indicators: table.tables("indicator").iter().filter_map(indicator).collect(),
        fields: table.tables("field").iter().filter_map(field).collect(),
        judgements: table.tables("judgement").iter().filter_map(judgement).collect(),
        words: table.tables("words").iter().filter_map(words).collect(),
        long: table.tables("long").iter().filter_map(long).collect(),
        ignored: table.entries("ignore").into_iter().filter_map(ignored).collect(),
    }
}

/// `encoding = "cp932"`.
fn encoding(table: &MapTable<'_>) -> Option<Encoding> {
    let item = table.get("encoding")?;
    let text = item.text()?;
    let encoding = Encoding::from_str(&text).ok();
    if encoding.is_none() {
        item.report(
            say!(ja: "「{text}」という文字コードは読めません", en: "unknown encoding `{text}`"),
            say!(ja: "\"utf-8\" か \"cp932\" を書いてください", en: "write \"utf-8\" or \"cp932\""),
        );
    }
    encoding
}

/// `rows = "3..409"`, `"3.."`, `"3..20, 22..409"`; by default from the row below the headings.
fn rows(table: &MapTable<'_>, header: u32) -> Rows {
    let Some(item) = table.get("rows") else { return Rows::From(header.saturating_add(1)) };
    let text = item.text().unwrap_or_default();
    let index = |number: &str| number.trim().parse::<u32>().ok()?.checked_sub(1);
    let range = |part: &str| {
        let (from, to) = part.split_once("..").unwrap_or((part, part));
        index(from).zip(index(to)).filter(|(from, to)| from <= to)
    };
    let open_end = text.trim().strip_suffix("..").and_then(index).map(Rows::From);
    let ranges = || {
        let ranges = text.split([',', '、']).map(range).collect::<Option<Vec<_>>>()?;
        ranges.is_sorted_by(|(_, end), (start, _)| end < start).then_some(Rows::Ranges(ranges))
    };
    open_end.or_else(ranges).unwrap_or_else(|| {
        item.report(
            say!(ja: "「{text}」は行の範囲ではありません", en: "`{text}` is not a range of rows"),
            say!(
                ja: "\"3..409\"、\"3..20, 22..409\" または \"3..\" のように書いてください",
                en: "write it as \"3..409\", \"3..20, 22..409\" or \"3..\""
            ),
        );
        Rows::From(header.saturating_add(1))
    })
}

fn nodes(table: &MapTable<'_>) -> Vec<NodeSpec> {
    const LEVELS: [(&str, Level); 5] = [
        ("goal", Level { kind: Kind::Goal, depth: 1 }),
        ("goal/2", Level { kind: Kind::Goal, depth: 2 }),
        ("goal/3", Level { kind: Kind::Goal, depth: 3 }),
        ("policy", Level { kind: Kind::Policy, depth: 1 }),
        ("program", Level { kind: Kind::Program, depth: 1 }),
    ];
    let Some(table) = table.table("node") else { return Vec::new() };
    let levels = LEVELS.into_iter().filter_map(|(key, level)| Some((level, table.table(key)?)));
    let spec = |(level, table): (Level, MapTable<'_>)| {
        let id_and_name = id_and_name(&table);
        let (number, department) = (optional_column(&table, "number"), columns(&table, "department"));
        let (period, account) = (table.get("period").and_then(period), columns(&table, "account"));
        let (id, name, is_split) = id_and_name?;
        Some(NodeSpec { line: table.line, level, id, name, is_split, number, department, period, account })
    };
    levels.filter_map(spec).collect()
}

/// `id` and `name`, or `split` with both.
fn id_and_name(table: &MapTable<'_>) -> Option<(Vec<ColumnRef>, ColumnRef, bool)> {
    let (id, name) = (table.get("id"), table.get("name"));
    let split = table.get("split");
    if split.is_some() && (id.is_some() || name.is_some()) {
        table.report(
            say!(ja: "`split` と、`id`・`name` の両方があります", en: "both `split` and `id` or `name` are given"),
            say!(
                ja: "番号と名称が一つの列にあれば `split` だけを、別の列にあれば `id` と `name` を書いてください",
                en: "write `split` alone if one column has both number and name, else `id` and `name`"
            ),
        );
    }
    if let Some(column) = split.map(column_of) {
        return column.map(|column| (vec![column.clone()], column, true));
    }
    if let (Some(id), Some(name)) = (id, name) {
        let id = id.elements_or_self().into_iter().filter_map(column_of).collect();
        return Some((id, column_of(name)?, false));
    }
    for key in [id.is_none().then_some("id"), name.is_none().then_some("name")].into_iter().flatten() {
        table.report(
            say!(ja: "`{key}` がありません", en: "`{key}` is missing"),
            say!(
                ja: "`{key}` を書き足してください。「101 子育て支援事業」のように番号と名称が一つの列にあれば、その列を `split` に書いてください",
                en: "add `{key}`; if one column has both number and name, as in `101 子育て支援事業`, write it as `split` instead"
            ),
        );
    }
    None
}

/// `{ from, to }`, or one column with both.
fn period(item: MapItem<'_>) -> Option<PeriodSpec> {
    if !item.is_table() {
        return column_of(item).map(PeriodSpec::One);
    }
    let table = item.table()?;
    if let (Some(from), Some(to)) = (table.get("from"), table.get("to")) {
        return Some(PeriodSpec::Two(column_of(from)?, column_of(to)?));
    }
    table.report(
        say!(ja: "`period` には `from` と `to` の両方が必要です", en: "`period` needs both `from` and `to`"),
        say!(
            ja: "「R5～R9」のように一つの列にあれば、`period = \"L 事業期間\"` のように書いてください",
            en: "if one column has both, as in `R5～R9`, write `period = \"L 事業期間\"`"
        ),
    );
    None
}

fn column(written: &str, line: usize) -> ColumnRef {
    ColumnRef { written: written.to_owned(), line }
}

pub(super) fn column_of(item: MapItem<'_>) -> Option<ColumnRef> {
    Some(column(&item.text()?, item.line))
}

pub(super) fn optional_column(table: &MapTable<'_>, key: &'static str) -> Option<ColumnRef> {
    table.get(key).and_then(column_of)
}

pub(super) fn required_column(table: &MapTable<'_>, key: &'static str) -> Option<ColumnRef> {
    table.required_item(key).and_then(column_of)
}

pub(super) fn columns(table: &MapTable<'_>, key: &'static str) -> Vec<ColumnRef> {
    let elements = table.get(key).map(MapItem::elements_or_self).unwrap_or_default();
    elements.into_iter().filter_map(column_of).collect()
}

/// A column, or a table with one for each year.
pub(super) fn year_columns(item: MapItem<'_>) -> Option<YearColumns> {
    if !item.is_table() {
        return column_of(item).map(YearColumns::One);
    }
    let years = item.entries().into_iter().filter_map(|item| Some((item.key_year()?, column_of(item)?)));
    Some(YearColumns::ByYear(years.collect()))
}

/// `"..R6"`, `"R2.."`, `"R2..R6"` or a single year.
pub(super) fn year_range(item: MapItem<'_>) -> Option<YearRange> {
    let text = item.text()?;
    let year = |text: &str| match text.trim() {
        "" => Some(None),
        text => FiscalYear::parse(text).map(Some),
    };
    let range = match text.split_once("..") {
        Some((from, to)) => year(from).zip(year(to)).map(|(from, to)| YearRange { from, to }),
        None => FiscalYear::parse(&text).map(|year| YearRange { from: Some(year), to: Some(year) }),
    };
    if range.is_none() {
        item.report(
            say!(ja: "「{text}」は年度の範囲ではありません", en: "`{text}` is not a range of years"),
            say!(ja: "\"..R6\" や \"R2..R6\" のように書いてください", en: "write it as \"..R6\" or \"R2..R6\""),
        );
    }
    range
}

fn block(table: &MapTable<'_>) -> Option<BlockSpec> {
    let first = required_column(table, "first");
    let every = table.required_item("every").and_then(MapItem::integer);
    if every.is_some_and(|every| !COLUMNS.contains(&every)) {
        table.report(
            say!(ja: "`every` は列の数です", en: "`every` is a number of columns"),
            say!(ja: "1 以上 16384 以下の整数を書いてください", en: "write an integer from 1 to 16384"),
        );
    }
    let every = every.filter(|every| COLUMNS.contains(every));
    let years = table.required_item("years").map(MapItem::elements).unwrap_or_default();
    let past = table.get("past").and_then(year_range).unwrap_or_default();
    let years = years.into_iter().filter_map(MapItem::year).collect();
    Some(BlockSpec { line: table.line, first: first?, every: every?, years, past })
}

/// An entry of `[table.ignore]`: `"B"`, `"V 課長名..Z 内線"`, `"AS..AV, BZ..CC"`, or a heading alone.
fn ignored(item: MapItem<'_>) -> Option<IgnoreSpec> {
    let starts_with_letters = |text: &str| column_index(text.split_whitespace().next().unwrap_or_default()).is_some();
    // A heading may end with a dot: `C No...G 年度`.
    let ends = |part: &'_ str| {
        part.rsplit_once("..")
            .map_or((part.to_owned(), None), |(first, last)| (first.trim().to_owned(), Some(last.trim().to_owned())))
    };
    let parts: Vec<(String, Option<String>)> = item.key.split([',', '、']).map(|part| ends(part.trim())).collect();
    let is_list =
        parts.iter().all(|(first, last)| starts_with_letters(first) && last.as_deref().is_none_or(starts_with_letters));
    let range = |(first, last): &(String, Option<String>)| {
        (column(first, item.line), last.as_ref().map(|last| column(last, item.line)))
    };
    let columns = match is_list {
        true => parts.iter().map(range).collect(),
        false => vec![(column(item.key, item.line), None)],
    };
    Some(IgnoreSpec { line: item.line, columns, reason: item.text()? })
}
