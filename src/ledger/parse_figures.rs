//! Reading of what the columns of a table hold: figures, marks and prose.

use super::document::{MapItem, MapTable};
use super::mapping::{
    AmountKind, AmountSpec, AmountYear, FieldSpec, IndicatorSpec, JudgementSpec, LongSpec, NameSource, Series,
    WordsSpec,
};
use super::parse::{column_of, columns, id, optional_column, required_column, year_columns, year_range};
use crate::diagnostic::say;
use std::collections::BTreeMap;
use std::str::FromStr;

/// `[[table.money]]` or `[[table.staff]]`.
pub fn amount(table: &MapTable<'_>, kind: AmountKind) -> Option<AmountSpec> {
    let year = table.get("year").and_then(|item| match item.text()?.as_str() {
        "all" => Some(AmountYear::All),
        _ => item.year().map(AmountYear::Year),
    });
    let check = table.text("check");
    if check.as_deref().is_some_and(|check| check != "sum") {
        table.report(
            say!(ja: "`check` に書けるのは \"sum\" だけです", en: "`check` can only be \"sum\""),
            say!(ja: "`check = \"sum\"` と書いてください", en: "write `check = \"sum\"`"),
        );
    }
    let funding = if kind == AmountKind::Money { table.entries("funding") } else { Vec::new() };
    Some(AmountSpec {
        line: table.line,
        kind,
        id: table.get("id").map(|_| id(table, "id")),
        title: table.text("title"),
        unit: table.text("unit"),
        sum: if kind == AmountKind::Money {
            table.get("sum").map(MapItem::texts).unwrap_or_default()
        } else {
            Vec::new()
        },
        phase: table.text("phase"),
        past: table.text("past"),
        later: table.text("later"),
        year,
        years: table.get("years").and_then(year_range).unwrap_or_default(),
        funding: funding.into_iter().filter_map(|item| Some((item.key_id()?, column_of(item)?))).collect(),
        is_checked: check.is_some(),
        decimals: table.integer("decimals"),
        column: table.required_item("column").and_then(year_columns)?,
    })
}

/// `[[table.indicator]]`.
pub fn indicator(table: &MapTable<'_>) -> Option<IndicatorSpec> {
    let name = match table.text("title") {
        Some(title) => Some(NameSource::Fixed(title)),
        None => required_column(table, "name").map(NameSource::Column),
    };
    Some(IndicatorSpec {
        line: table.line,
        id: id(table, "id"),
        role: table.text("role"),
        unit: optional_column(table, "unit"),
        better: table.text("better"),
        absent: table.get("absent").map(MapItem::texts).unwrap_or_default(),
        actual: table.get("actual").and_then(year_columns),
        target: table.get("target").and_then(year_columns),
        rate: table.get("rate").and_then(year_columns),
        year: table.get("year").and_then(MapItem::year),
        decimals: table.integer("decimals"),
        name: name?,
    })
}

/// `[[table.field]]`.
pub fn field(table: &MapTable<'_>) -> Option<FieldSpec> {
    Some(FieldSpec {
        id: id(table, "id"),
        title: table.required("title"),
        absent: table.get("absent").map(MapItem::texts).unwrap_or_default(),
        column: required_column(table, "column")?,
    })
}

/// `[[table.judgement]]`.
pub fn judgement(table: &MapTable<'_>) -> Option<JudgementSpec> {
    let marks = table.entries("marks").into_iter();
    let mark = |item: MapItem<'_>| {
        let mark = item.text()?;
        Some((item.key.to_owned(), (mark != "missing").then_some(mark)))
    };
    Some(JudgementSpec {
        line: table.line,
        scale: table.required("scale"),
        note: optional_column(table, "note"),
        marks: marks.filter_map(mark).collect(),
        mark: required_column(table, "mark")?,
    })
}

/// `[[table.words]]`.
pub fn words(table: &MapTable<'_>) -> Option<WordsSpec> {
    let indent = table.text("indent");
    if indent.as_deref().is_some_and(|indent| indent != "drop") {
        table.report(
            say!(ja: "`indent` に書けるのは \"drop\" だけです", en: "`indent` can only be \"drop\""),
            say!(ja: "`indent = \"drop\"` と書いてください", en: "write `indent = \"drop\"`"),
        );
    }
    Some(WordsSpec {
        heading: table.required("heading"),
        stays: table.flag("stays"),
        drops_indent: indent.is_some(),
        column: required_column(table, "column")?,
    })
}

/// `[[table.long]]`.
pub fn long(table: &MapTable<'_>) -> Option<LongSpec> {
    let series = |item: MapItem<'_>| {
        let word = item.text()?;
        if word == "ignore" {
            return Some((item.key.to_owned(), None));
        }
        let series = Series::from_str(&word).ok();
        if series.is_none() {
            item.report(
                say!(ja: "「{word}」は値の種類ではありません", en: "`{word}` is not a kind of value"),
                say!(
                    ja: "actual、target、forecast、rate、ignore のどれかを書いてください",
                    en: "write actual, target, forecast, rate or ignore"
                ),
            );
        }
        Some((item.key.to_owned(), Some(series?)))
    };
    let better = table.get("better").map(MapItem::entries).map(|items| {
        let (column, words): (Vec<_>, Vec<_>) = items.into_iter().partition(|item| item.key == "column");
        let words: BTreeMap<_, _> =
            words.into_iter().filter_map(|item| Some((item.key.to_owned(), item.text()?))).collect();
        (column.into_iter().next().and_then(column_of), words)
    });
    let counted = table.required_item("id").and_then(MapItem::table);
    let columns_of = |(key, series): (&'static str, Series)| Some((series, table.get(key).and_then(year_columns)?));
    let series_columns = [("actual", Series::Actual), ("target", Series::Target), ("rate", Series::Rate)];
    let series_columns: Vec<_> = series_columns.into_iter().filter_map(columns_of).collect();
    let row = optional_column(table, "row");
    let years = match row {
        Some(_) => table.required_item("years").and_then(year_range).and_then(|years| years.from.zip(years.to)),
        None => None,
    };
    if row.is_some() && !series_columns.is_empty() {
        table.report(
            say!(
                ja: "`row` と、`actual`・`target`・`rate` の両方があります",
                en: "both `row` and one of `actual`, `target` and `rate` are given"
            ),
            say!(
                ja: "行の種類の列があれば `row`・`rows`・`years` を、実績や目標が列になっていれば `actual` などを書いてください",
                en: "write `row`, `rows` and `years` if a column tells kinds of rows, else `actual` and the like"
            ),
        );
    }
    let rows = table.entries("rows").into_iter().filter_map(series).collect();
    Some(LongSpec {
        line: table.line,
        rows,
        group: columns(table, "group"),
        id: counted.map(|counted| id(&counted, "counted")).unwrap_or_default(),
        name: optional_column(table, "name"),
        unit: optional_column(table, "unit"),
        role: optional_column(table, "role"),
        better: better.and_then(|(column, words)| Some((column?, words))),
        years,
        series: series_columns,
        year: table.get("year").and_then(MapItem::year),
        decimals: table.integer("decimals"),
        row,
    })
}
