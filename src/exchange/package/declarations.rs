//! The tables of what a strategy declares: indicators, scales, editions and codes; and the definitions of columns.

use super::column::{Code, ColumnType};
use super::csv_file::{CsvFile, CsvWriter, NONE, count, flag, number, optional, text, year};
use super::nodes::{indicator_key, node_key};
use super::table::{
    CODE_COLUMNS, COLUMN_COLUMNS, EDITION_COLUMNS, INDICATOR_COLUMNS, SCALE_COLUMNS, SERIES_CODES, TableId,
};
use super::values::as_of_cell;
use crate::model::{
    AmountKind, Baseline, Href, PhaseKind, RegionCode, Report, ScaleKind, Strategy, StrategyIx, TotalFrom,
};
use std::borrow::Cow;

/// The table [`TableId::Indicators`].
pub(super) fn indicators(report: &Report, ix: StrategyIx) -> CsvFile {
    let mut file = CsvWriter::new(&INDICATOR_COLUMNS);
    let strategy = report.strategy(ix);
    for (_, node) in report.nodes(ix) {
        for indicator in &node.indicators {
            let baseline_year = match indicator.baseline {
                Some(Baseline::Year(year)) => Some(year),
                Some(Baseline::Start) | None => None,
            };
            let actual_total_from = match indicator.actual_total_from {
                Some(TotalFrom::Year(year)) => Some(year),
                Some(TotalFrom::Start) | None => None,
            };
            let source = indicator.source.as_ref();
            file.push([
                Cow::Owned(indicator_key(node, indicator)),
                text(&strategy.id),
                Cow::Owned(node_key(node)),
                text(&indicator.id),
                text(&indicator.name),
                Cow::Borrowed(indicator.kind.key()),
                optional(indicator.role.as_deref()),
                optional(indicator.unit.as_deref()),
                Cow::Borrowed(indicator.better.map_or("", |better| better.key())),
                Cow::Borrowed(indicator.year_kind.key()),
                year(baseline_year),
                flag(indicator.baseline == Some(Baseline::Start)),
                year(actual_total_from),
                year(indicator.target_total_from),
                optional(indicator.definition.as_deref()),
                optional(indicator.formula.as_deref()),
                optional(source.map(|source| source.name.as_str())),
                optional(source.and_then(|source| source.url.as_ref()).map(Href::as_str)),
            ]);
        }
    }
    file.finish()
}

/// The table [`TableId::Scales`].
pub(super) fn scales(report: &Report, ix: StrategyIx) -> CsvFile {
    let mut file = CsvWriter::new(&SCALE_COLUMNS);
    let strategy = report.strategy(ix);
    for scale in &strategy.scales {
        let points = scale.points.as_ref();
        let kind = if points.is_some() { ScaleKind::Points } else { ScaleKind::Marks };
        let of_scale = |order| [text(&strategy.id), text(&scale.id), count(order), text(&scale.title)];
        let [strategy_id, id, order, title] = of_scale(0);
        file.push([
            strategy_id,
            id,
            order,
            title,
            Cow::Borrowed(kind.key()),
            number(points.and_then(|points| points.max)),
            NONE,
            NONE,
            NONE,
            optional(scale.note.as_deref().or(scale.lost.as_deref())),
        ]);
        for (index, mark) in scale.marks.iter().enumerate() {
            let [strategy_id, id, order, title] = of_scale(index + 1);
            file.push([
                strategy_id,
                id,
                order,
                title,
                Cow::Borrowed(kind.key()),
                NONE,
                text(&mark.printed),
                optional(mark.meaning.as_deref()),
                Cow::Borrowed(mark.tone.key()),
                NONE,
            ]);
        }
    }
    file.finish()
}

/// The table [`TableId::Editions`].
pub(super) fn editions(report: &Report, ix: StrategyIx) -> CsvFile {
    let mut file = CsvWriter::new(&EDITION_COLUMNS);
    let strategy = report.strategy(ix);
    for (index, (_, edition)) in strategy.shown_editions().enumerate() {
        let document = edition.document.as_ref();
        let published = document.and_then(|document| document.published.as_ref());
        file.push([
            text(&edition.id),
            optional(report.region_code(ix).map(RegionCode::as_str)),
            text(&strategy.publisher),
            text(&strategy.id),
            text(&strategy.title),
            count(index + 1),
            text(&edition.label),
            year(edition.year),
            Cow::Borrowed(edition.stage.key()),
            optional(edition.as_of.as_deref()),
            as_of_cell(edition.as_of.as_deref()),
            optional(edition.judged_by.as_deref()),
            optional(document.map(|document| document.title.as_str())),
            optional(document.and_then(|document| document.url.as_ref()).map(Href::as_str)),
            optional(published.map(|date| date.printed.as_str())),
            published.and_then(|date| date.day).map_or(NONE, |day| Cow::Owned(day.to_string())),
        ]);
    }
    file.finish()
}

/// A code of a column. `indicator` is the key of the only indicator that has it, or empty.
struct Meaning<'r> {
    table: &'static str,
    column: &'static str,
    indicator: String,
    code: Cow<'r, str>,
    ja: &'r str,
    en: &'r str,
}

impl<'r> Meaning<'r> {
    fn new(table: TableId, column: &'static str, code: &Code) -> Self {
        let (code, ja, en) = (Cow::Borrowed(code.code), code.title.ja, code.title.en);
        Self { table: table.name(), column, indicator: String::new(), code, ja, en }
    }

    fn declared(table: TableId, column: &'static str, id: &'r str, title: &'r str) -> Self {
        Self { table: table.name(), column, indicator: String::new(), code: Cow::Borrowed(id), ja: title, en: "" }
    }
}

/// The table [`TableId::Codes`].
pub(super) fn codes(report: &Report, ix: StrategyIx) -> CsvFile {
    let mut file = CsvWriter::new(&CODE_COLUMNS);
    let strategy = report.strategy(ix);
    let mut meanings: Vec<Meaning<'_>> = Vec::new();
    for table in TableId::ALL {
        for column in table.table().columns {
            meanings.extend(column.kind.codes().iter().map(|code| Meaning::new(table, column.name, code)));
        }
    }
    meanings.extend(SERIES_CODES.iter().map(|code| Meaning::new(TableId::Observations, "series", code)));
    for (_, node) in report.nodes(ix) {
        for indicator in &node.indicators {
            let comparisons = indicator.comparisons.iter().map(|it| ("comparison", &it.id, &it.name));
            let groups = indicator.breakdowns.iter().map(|it| ("breakdown", &it.id, &it.name));
            meanings.extend(comparisons.chain(groups).map(|(series, id, name)| Meaning {
                indicator: indicator_key(node, indicator),
                code: Cow::Owned(format!("{series}:{id}")),
                ..Meaning::declared(TableId::Observations, "series", "", name)
            }));
        }
    }
    meanings.extend(amount_codes(strategy));
    let judges = strategy.judges.iter();
    meanings.extend(judges.map(|judge| Meaning::declared(TableId::Judgements, "judge_id", &judge.id, &judge.title)));
    for meaning in &meanings {
        file.push([
            Cow::Borrowed(meaning.table),
            Cow::Borrowed(meaning.column),
            Cow::Borrowed(&meaning.indicator),
            text(&meaning.code),
            text(meaning.ja),
            text(meaning.en),
        ]);
    }
    file.finish()
}

/// Codes of the kinds, phases and sources of funding of amounts.
fn amount_codes(strategy: &Strategy) -> Vec<Meaning<'_>> {
    let declared = &strategy.amounts;
    let built_in = |column, id: &'static str, ja, en| Meaning::new(TableId::Amounts, column, &Code::new(id, ja, en));
    let mut meanings = Vec::new();
    for (column, kinds, ja, en) in [
        ("money_id", &declared.money, "事業費", "cost of the program"),
        ("staff_id", &declared.staff, "従事人工", "staff"),
    ] {
        meanings.extend(kinds.iter().map(|kind| match &kind.title {
            Some(title) => Meaning::declared(TableId::Amounts, column, &kind.id, title),
            None => built_in(column, AmountKind::BASE, ja, en),
        }));
    }
    for phase in &declared.phases {
        meanings.push(match &phase.title {
            Some(title) => Meaning::declared(TableId::Amounts, "phase", &phase.id, title),
            None => match phase.phase.kind {
                PhaseKind::Budget => built_in("phase", "budget", "予算額", "budget"),
                PhaseKind::Settlement => built_in("phase", "settlement", "決算額", "settlement"),
                PhaseKind::Plan => built_in("phase", "plan", "計画額", "planned amount"),
            },
        });
    }
    meanings.push(built_in("phase", "actual", "実績（人員）", "actual staff"));
    let funding = declared.funding.iter();
    meanings.extend(funding.map(|of| Meaning::declared(TableId::Amounts, "funding_id", &of.id, &of.title)));
    meanings
}

/// The table [`TableId::Columns`], which is the same for all strategies.
pub(super) fn columns() -> CsvFile {
    let mut file = CsvWriter::new(&COLUMN_COLUMNS);
    for table in TableId::ALL {
        for (index, column) in table.table().columns.iter().enumerate() {
            file.push([
                Cow::Borrowed(table.name()),
                count(index + 1),
                Cow::Borrowed(column.name),
                Cow::Borrowed(column.title.ja),
                Cow::Borrowed(column.title.en),
                Cow::Borrowed(ColumnType::schema_type(column.kind)),
                flag(column.required),
            ]);
        }
    }
    file.finish()
}
