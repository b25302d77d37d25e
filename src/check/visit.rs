//! Iteration over a report, and key paths of values, shared by several lints.

use super::words::contains_any;
use crate::diagnostic::Span;
use crate::model::{
    AmountKey, AmountTable, Amounts, Column, Edition, FiscalYear, Indicator, IndicatorId, Judge, Judgement, Kind, Mark,
    Node, NodeId, Owner, Prose, Report, Row, Scale, Series, SeriesKind, Sheet, SourceDocument, Strategy, StrategyIx,
    SubItem, Value, Verdict,
};
use std::fmt;

/// A sheet with its strategy, node and edition.
#[derive(Clone, Copy)]
pub(super) struct SheetRef<'r> {
    pub(super) strategy: &'r Strategy,
    pub(super) id: NodeId,
    pub(super) node: &'r Node,
    pub(super) sheet: &'r Sheet,
    pub(super) edition: &'r Edition,
}

/// All strategies except outlines.
pub(super) fn strategies(report: &Report) -> impl Iterator<Item = (StrategyIx, &Strategy)> {
    report.strategies().filter(|(_, strategy)| !strategy.outline_only)
}

/// All strategies whose data is published.
pub(super) fn with_data(report: &Report) -> impl Iterator<Item = (StrategyIx, &Strategy)> {
    strategies(report).filter(|_| report.site.data)
}

/// Source documents of the editions of all strategies whose data is published, without drafts. The span is that of the
/// edition, or of its strategy if the edition has a file of its own, which cannot hold acknowledgements.
pub(super) fn source_documents(report: &Report) -> impl Iterator<Item = (&Edition, &SourceDocument, Span)> {
    with_data(report).flat_map(|(_, strategy)| {
        let editions = strategy.editions.iter().filter(|edition| !edition.draft);
        editions.filter_map(|edition| {
            let has_own_file = edition.span.source != strategy.span.source;
            let span = if has_own_file { strategy.span } else { edition.span };
            Some((edition, edition.document.as_ref()?, span))
        })
    })
}

/// All nodes of all strategies.
pub(super) fn nodes(report: &Report) -> impl Iterator<Item = (&Strategy, NodeId, &Node)> {
    report.strategies().flat_map(|(ix, strategy)| report.nodes(ix).map(move |(id, node)| (strategy, id, node)))
}

/// All sheets of all nodes.
pub(super) fn sheets(report: &Report) -> impl Iterator<Item = SheetRef<'_>> {
    nodes(report).flat_map(|(strategy, id, node)| {
        let edition_of = move |sheet: &'_ Sheet| strategy.editions.get(sheet.edition.0);
        node.sheets
            .iter()
            .filter_map(move |sheet| Some(SheetRef { strategy, id, node, sheet, edition: edition_of(sheet)? }))
    })
}

/// Calls `visit` with each prose and the title of its section; `""` outside sections.
pub(super) fn for_each_prose<'r>(report: &'r Report, mut visit: impl FnMut(&'r Prose, &'r str)) {
    for (_, strategy) in strategies(report) {
        visit(&strategy.body, "");
        strategy.easy.iter().for_each(|easy| visit(&easy.prose, ""));
    }
    for (_, _, node) in nodes(report) {
        visit(&node.body, "");
        node.easy.iter().for_each(|easy| visit(&easy.prose, ""));
    }
    for item in sheets(report) {
        let variants = item.sheet.variants.iter().flat_map(|variant| &variant.sections);
        for section in item.sheet.sections.iter().chain(variants) {
            visit(&section.prose, &section.title);
        }
    }
}

/// Returns true if a name or text of a strategy contains `words`. Departments and accounts are no texts.
pub(super) fn is_in_texts(report: &Report, ix: StrategyIx, words: &str) -> bool {
    report.nodes(ix).any(|(_, node)| {
        node.name.contains(words)
            || node.prose().any(|prose| prose.markdown.contains(words))
            || node.indicators.iter().any(|indicator| indicator.name.contains(words))
    })
}

/// The series of an indicator and, if later editions print values of it differently, the series before the last of these
/// revisions: a wrong value of an earlier edition is not part of the merged series.
pub(super) fn series_as_printed(node: &Node, indicator: usize) -> impl Iterator<Item = Series<'_>> {
    let merged = Series::merged(node, indicator);
    let revised = merged.revisions.iter().map(|revision| revision.before.edition).max();
    let before = revised.map(|last| {
        let sheets = node.sheets.iter().filter(move |sheet| sheet.edition <= last);
        Series::from_sheets(sheets, indicator)
    });
    std::iter::once(merged).chain(before)
}

/// All indicators of all nodes.
pub(super) fn indicators(report: &Report) -> impl Iterator<Item = (&Strategy, &Node, IndicatorId, &Indicator)> {
    nodes(report).flat_map(|(strategy, node_id, node)| {
        node.indicators
            .iter()
            .enumerate()
            .map(move |(index, indicator)| (strategy, node, IndicatorId::new(node_id, index), indicator))
    })
}

/// Rows of a policy or goal and of all its descendants.
pub(super) fn rows_below(report: &Report, top: NodeId) -> Vec<(&Row, NodeId)> {
    let mut rows = Vec::new();
    let mut pending = vec![top];
    while let Some(id) = pending.pop() {
        rows.extend(report.rows(Owner::Node(id)));
        pending.extend(&report.relations(id).children);
    }
    rows
}

/// Returns true if the node has no rows, or if any of its rows applies in one of `years`.
pub(super) fn applies_in(report: &Report, id: NodeId, years: &[FiscalYear]) -> bool {
    let places = &report.relations(id).places;
    places.is_empty()
        || places.iter().map(|place| report.row(*place)).any(|row| years.iter().any(|year| row.applies_in(*year)))
}

impl<'r> SheetRef<'r> {
    /// All values of the sheet with their key paths.
    pub(super) fn values(self) -> impl Iterator<Item = (Key<'r>, &'r Value)> {
        let values = self.sheet.figures.iter().filter_map(move |(index, figures)| {
            let indicator = self.node.indicators.get(*index)?;
            let series =
                figures.values().map(|(series, column, value)| (Key::Series(indicator, series, column), value));
            let outside_columns = figures.unplaced.iter().map(|value| (Key::OutsideColumns(&indicator.id), value));
            Some(series.chain(outside_columns))
        });
        values
            .flatten()
            .chain(self.sheet.amount_tables().into_iter().flat_map(move |(table, of)| self.amounts(table, of)))
            .chain(self.sheet.items.iter().flat_map(move |(index, money)| {
                let item = self.node.items.get(*index);
                money.all().map(move |(key, year, value)| {
                    (Key::Amount(AmountPath { item, ..self.amount_path(AmountTable::Money, key, year) }), value)
                })
            }))
    }

    fn amounts(self, table: AmountTable, amounts: &'r Amounts) -> impl Iterator<Item = (Key<'r>, &'r Value)> {
        amounts.all().map(move |(key, year, value)| (Key::Amount(self.amount_path(table, key, year)), value))
    }

    /// Key path of an amount in `table`; over all years without a `year`.
    pub(super) fn amount_path(self, table: AmountTable, key: AmountKey, year: Option<FiscalYear>) -> AmountPath<'r> {
        AmountPath { strategy: self.strategy, item: None, table, key, year }
    }
}

/// Key path of an amount. It is formatted only for findings.
#[derive(Debug, Clone, Copy)]
pub(super) struct AmountPath<'r> {
    pub(super) strategy: &'r Strategy,
    /// Sub-item to which the amount belongs; `None` for amounts of the node.
    pub(super) item: Option<&'r SubItem>,
    pub(super) table: AmountTable,
    pub(super) key: AmountKey,
    /// Fiscal year; `None` for an amount over all years.
    pub(super) year: Option<FiscalYear>,
}

impl fmt::Display for AmountPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(item) = self.item {
            write!(f, "item.{}.", item.id)?;
        }
        let year = self.year.map_or_else(|| "all".to_owned(), FiscalYear::short);
        write!(f, "{}.{}.{year}", self.table.key(), self.strategy.amounts.key(self.table, self.key))
    }
}

/// Key path of a value. It is formatted only for findings, because most values have none.
#[derive(Debug, Clone, Copy)]
pub(super) enum Key<'r> {
    /// Value of an indicator: indicator, series, column.
    Series(&'r Indicator, SeriesKind, Column),
    /// Value of an indicator without a column: indicator id.
    OutsideColumns(&'r str),
    /// Amount.
    Amount(AmountPath<'r>),
}

impl fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Key::Series(indicator, series, column) => {
                write!(f, "indicator.{}.{}", indicator.id, series.key())?;
                if let Some(id) = indicator.series_id(*series) {
                    write!(f, ".{id}")?;
                }
                write!(f, ".{}", column_key(*column))
            }
            Key::OutsideColumns(id) => write!(f, "indicator.{id}.unplaced"),
            Key::Amount(path) => path.fmt(f),
        }
    }
}

impl<'r> Key<'r> {
    /// Key path of an actual value of an indicator.
    pub(super) fn actual(indicator: &'r Indicator, year: FiscalYear) -> Self {
        Self::Series(indicator, SeriesKind::Actual, Column::Year(year))
    }

    /// Key path of a target of an indicator.
    pub(super) fn target(indicator: &'r Indicator, column: Column) -> Self {
        Self::Series(indicator, SeriesKind::Target, column)
    }
}

/// Key of a column: `R5`, `start`, `end`.
pub(super) fn column_key(column: Column) -> String {
    match column {
        Column::Start => "start".to_owned(),
        Column::Year(year) => year.short(),
        Column::End => "end".to_owned(),
    }
}

/// Key path of `key` of a node in its own file, or in `strategy.toml` for a goal declared there.
pub(super) fn node_key(strategy: &Strategy, node: &Node, key: &str) -> String {
    if node.kind == Kind::Goal && node.span.source == strategy.span.source {
        format!("goal.{}.{key}", node.id)
    } else {
        key.to_owned()
    }
}

/// A subject of marks: a node in one edition, one of its indicators, or one of its rows with marks.
pub(super) struct MarkSubject<'r> {
    pub(super) item: SheetRef<'r>,
    /// Name of the kind in [`Scale::applies_to`].
    pub(super) kind: &'static str,
    pub(super) judgements: &'r [Judgement],
    /// Span for findings without a more precise one.
    pub(super) span: Span,
    /// Prefix of key paths.
    pub(super) key: String,
    pub(super) name: &'r str,
}

/// The node of a sheet, its indicators with figures in that sheet and, if it has marks of rows, its rows.
pub(super) fn mark_subjects(item: SheetRef<'_>) -> Vec<MarkSubject<'_>> {
    let (kind, name) = (item.node.kind.key(), item.node.name.as_str());
    let (judgements, key) = (item.sheet.judgements.as_slice(), "judgement".to_owned());
    let mut subjects = vec![MarkSubject { item, kind, judgements, span: item.sheet.span, key, name }];
    // Rows without marks stand between those with marks.
    let mut span = item.sheet.row_judgements.values().flatten().map(|judgement| judgement.span).min();
    for row in &item.node.rows {
        let program = row.program.id.as_str();
        let judgements = item.sheet.row_judgements.get(program).map(Vec::as_slice).unwrap_or_default();
        if judgements.is_empty() && item.edition.year.is_some_and(|year| !row.applies_in(year)) {
            continue;
        }
        span = judgements.iter().map(|judgement| judgement.span).min().or(span);
        let Some(span) = span else { continue };
        subjects.push(MarkSubject {
            item,
            kind: "row",
            judgements,
            span,
            key: format!("program.{program}"),
            name: program,
        });
    }
    for (index, figures) in &item.sheet.figures {
        let Some(indicator) = item.node.indicators.get(*index) else { continue };
        let values = figures.actual.values().chain(figures.target.values());
        subjects.push(MarkSubject {
            item,
            kind: "indicator",
            judgements: &figures.judgements,
            span: values.map(|value| value.span).max().unwrap_or(item.sheet.span),
            key: format!("indicator.{}", indicator.id),
            name: &indicator.name,
        });
    }
    subjects
}

/// Scale and mark of a judgement with a single mark.
pub(super) fn single_mark<'r>(strategy: &'r Strategy, judgement: &Judgement) -> Option<(&'r Scale, &'r Mark)> {
    let scale = strategy.scales.get(judgement.scale.0)?;
    let Verdict::Marks(marks) = &judgement.verdict else { return None };
    let [only] = marks.as_slice() else { return None };
    Some((scale, scale.marks.get(*only)?))
}

/// The mark of a judgement that ends a program: one with `ends` or, if no mark of the scale has it, 終了, 廃止, 完了 or 休止.
pub(super) fn ending_mark<'r>(strategy: &'r Strategy, judgement: &Judgement) -> Option<&'r Mark> {
    strategy.ending_mark(judgement).or_else(|| {
        let (scale, mark) = single_mark(strategy, judgement)?;
        (is_ended_by_words(scale) && says_end(mark)).then_some(mark)
    })
}

/// Returns true if a scale of directions, 継続 or 拡充 among them, declares no mark with `ends` but has one that says so.
pub(super) fn is_ended_by_words(scale: &Scale) -> bool {
    let continues = |mark: &Mark| contains_any(&mark.printed, &["継続", "拡充", "拡大", "維持", "現状"]);
    !scale.marks.iter().any(|mark| mark.ends) && scale.marks.iter().any(says_end) && scale.marks.iter().any(continues)
}

fn says_end(mark: &Mark) -> bool {
    ["終了", "廃止", "完了", "休止", "事業終了", "廃止・終了"].contains(&mark.printed.as_str())
}

/// Key of a judgement within the table of its subject: `grade`, `need.R7.council`.
pub(super) fn judgement_key(scale: &Scale, year: Option<FiscalYear>, judge: Option<&Judge>) -> String {
    let year = year.map(|year| format!(".{}", year.short())).unwrap_or_default();
    let judge = judge.map(|judge| format!(".{}", judge.id)).unwrap_or_default();
    format!("{}{year}{judge}", scale.id)
}
