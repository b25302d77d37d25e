//! `report.json`: one strategy with every figure, its year, its edition and its note.
//!
//! Numbers are texts, for JSON numbers do not keep decimals: `"16.0"`. Years are western
//! fiscal years. What was not given is left out; a missing value is `"missing": true` with
//! the spelling that was printed. Lists keep the order of the report.

mod format;

use crate::model::{
    Amounts, Band, Column, Figures, FiscalYear, Judgement, Kind, Method, Node, NodeId, Owner, Place, PrintedName,
    Reference, Remark, Report, Row, Section, Sheet, Strategy, StrategyIx, Takes, Tolerance, Value, Verdict, YearKind,
};
use format::{
    BandJson, DepartmentJson, Document, EditionJson, FiguresJson, IndicatorJson, JudgementJson, MarkerJson, MethodJson,
    NodeJson, OutsideJson, PrintedNameJson, RowJson, ScaleJson, SectionJson, SheetJson, ValueJson, VariantJson, Years,
};
use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};

/// The name and version of the format.
pub const FORMAT: &str = "shirube-report/1";

/// A strategy as JSON, a line for each value, with a line end. Indenting them would make it
/// half as long again.
///
/// # Errors
/// None that can be brought about: all keys are texts.
pub fn to_json(report: &Report, strategy: StrategyIx) -> Result<Vec<u8>, serde_json::Error> {
    let mut json = Vec::new();
    let lines = PrettyFormatter::with_indent(b"");
    Document::new(report, strategy).serialize(&mut Serializer::with_formatter(&mut json, lines))?;
    json.push(b'\n');
    Ok(json)
}

impl<'r> Document<'r> {
    fn new(report: &'r Report, ix: StrategyIx) -> Self {
        let strategy = report.strategy(ix);
        let labels = Kind::ALL.into_iter().map(|kind| (kind.key(), strategy.label(kind))).collect();
        Self {
            format: FORMAT,
            id: &strategy.id,
            title: &strategy.title,
            reading: strategy.reading.as_deref(),
            publisher: &strategy.publisher,
            period: strategy.period.map(Years::from),
            lang: &strategy.lang,
            outline: strategy.outline,
            description: strategy.description.as_deref(),
            money_unit: &strategy.money_unit,
            missing_spellings: &strategy.missing,
            labels,
            editions: strategy.shown_editions().map(|(_, edition)| EditionJson::from(edition)).collect(),
            scales: strategy.scales.iter().map(ScaleJson::from).collect(),
            methods: strategy.methods.iter().map(|method| method_json(strategy, method)).collect(),
            outside: strategy
                .outside
                .iter()
                .map(|outside| OutsideJson {
                    reference: outside.reference.to_string(),
                    name: outside.name.as_deref(),
                    note: outside.note.as_deref(),
                })
                .collect(),
            departments: strategy
                .departments
                .iter()
                .map(|department| DepartmentJson {
                    name: &department.name,
                    reading: department.reading.as_deref(),
                    contact: department.contact.as_deref(),
                })
                .collect(),
            rows: rows(report, Owner::Strategy(ix)),
            remarks: remarks(&strategy.remarks),
            words: strategy.body.markdown.trim(),
            nodes: report.nodes(ix).map(|(id, node)| node_json(report, strategy, id, node)).collect(),
        }
    }
}

fn node_json<'r>(report: &'r Report, strategy: &'r Strategy, id: NodeId, node: &'r Node) -> NodeJson<'r> {
    NodeJson {
        kind: node.kind.key(),
        id: &node.id,
        number: node.number.as_deref(),
        label: node.label.as_deref().unwrap_or(strategy.label(node.kind)),
        name: &node.name,
        reading: node.reading.as_deref(),
        parent: report.relations(id).parent.map(|parent| report.node(parent).id.as_str()),
        departments: &node.departments,
        account: node.account.as_ref().map(|account| account.printed.as_str()),
        category: node.category.as_deref(),
        markers: &node.markers,
        printed_names: node.printed.iter().map(printed_name).collect(),
        links: references(&node.links),
        links_none: node.links_none.as_deref(),
        formerly: &node.formerly,
        succeeds: references(&node.succeeds),
        rows: rows(report, Owner::Node(id)),
        indicators: node.indicators.iter().map(IndicatorJson::from).collect(),
        remarks: remarks(&node.remarks),
        words: node.body.markdown.trim(),
        sheets: node.sheets.iter().map(|sheet| sheet_json(strategy, node, sheet)).collect(),
    }
}

fn method_json<'r>(strategy: &'r Strategy, method: &'r Method) -> MethodJson<'r> {
    let scale = method.scale.and_then(|place| strategy.scales.get(place.0));
    let band = |band: &Band| {
        let mark = scale.and_then(|scale| scale.marks.get(band.mark)).map_or("", |mark| &mark.mark);
        match band.takes {
            Takes::From(from) => BandJson { from: Some(from), mark, ..BandJson::default() },
            Takes::To(to) => BandJson { to: Some(to), mark, ..BandJson::default() },
            Takes::When(step) => BandJson { when: Some(step.key()), mark, ..BandJson::default() },
            Takes::Rest => BandJson { mark, ..BandJson::default() },
        }
    };
    MethodJson {
        id: &method.id,
        kind: method.kind.key(),
        default: method.default,
        scale: scale.map(|scale| scale.id.as_str()),
        bands: method.bands.iter().map(band).collect(),
        tolerance: method.tolerance.map(|tolerance| match tolerance {
            Tolerance::Absolute(width) => width.to_string(),
            Tolerance::Percent(percent) => format!("{percent}%"),
        }),
        note: method.note.as_deref(),
    }
}

fn sheet_json<'r>(strategy: &'r Strategy, node: &'r Node, sheet: &'r Sheet) -> SheetJson<'r> {
    let figures = sheet.figures.iter().filter_map(|(place, figures)| {
        let indicator = node.indicators.get(*place)?;
        Some(FiguresJson {
            indicator: &indicator.id,
            values: values_of(figures, indicator.year_kind),
            judgements: judgements(strategy, &figures.judgements),
            note: figures.note.as_deref(),
        })
    });
    let variants = sheet.variants.iter().map(|variant| VariantJson {
        policy: &variant.policy,
        words: sections(&variant.sections),
        remarks: remarks(&variant.remarks),
    });
    SheetJson {
        edition: strategy.editions.get(sheet.edition.0).map_or("", |edition| &edition.id),
        page: sheet.page.as_deref(),
        departments: &sheet.departments,
        judgements: judgements(strategy, &sheet.judgements),
        figures: figures.collect(),
        money: amounts(&sheet.money, |kind| kind.key()),
        staff: amounts(&sheet.staff, |kind| kind.key()),
        total: amounts(&sheet.total, |kind| kind.key()),
        remarks: remarks(&sheet.remarks),
        words: sections(&sheet.sections),
        variants: variants.collect(),
    }
}

fn values_of(figures: &Figures, years: YearKind) -> Vec<ValueJson<'_>> {
    let series = figures.values().map(|(series, column, value)| in_column(series.key(), column, years, value));
    let unplaced = figures.unplaced.iter().map(|value| ValueJson { series: "unplaced", ..ValueJson::from(value) });
    series.chain(unplaced).collect()
}

fn in_column<'r>(series: &'static str, column: Column, years: YearKind, value: &'r Value) -> ValueJson<'r> {
    let plain = ValueJson { series, ..ValueJson::from(value) };
    match (column, years) {
        (Column::Start, _) => ValueJson { start: true, ..plain },
        (Column::Year(year), YearKind::Fiscal) => ValueJson { fiscal_year: Some(year.0), ..plain },
        (Column::Year(year), YearKind::Calendar) => ValueJson { calendar_year: Some(year.0), ..plain },
        (Column::End, _) => ValueJson { end: true, ..plain },
    }
}

fn in_year<'r>(series: &'static str, year: FiscalYear, value: &'r Value) -> ValueJson<'r> {
    ValueJson { series, fiscal_year: Some(year.0), ..ValueJson::from(value) }
}

fn amounts<K: Copy>(amounts: &Amounts<K>, key: impl Fn(K) -> &'static str) -> Vec<ValueJson<'_>> {
    let kinds = amounts.iter();
    kinds.flat_map(|(kind, years)| years.iter().map(|(year, value)| in_year(key(*kind), *year, value))).collect()
}

fn rows(report: &Report, owner: Owner) -> Vec<RowJson<'_>> {
    let rows = report.rows(owner).enumerate();
    rows.map(|(place, (row, program))| row_json(report, owner, place, row, program)).collect()
}

fn row_json<'r>(report: &'r Report, owner: Owner, place: usize, row: &'r Row, program: NodeId) -> RowJson<'r> {
    let groups = match owner {
        Owner::Strategy(ix) => &report.strategy(ix).groups,
        Owner::Node(id) => &report.node(id).groups,
    };
    let western = |years: &[FiscalYear]| years.iter().map(|year| year.0).collect();
    let here = Place { owner, row: place, counts: true };
    RowJson {
        program: &report.node(program).id,
        number: row.number.as_deref(),
        group: row.group.and_then(|group| groups.get(group)).map(|group| group.title.as_str()),
        repeat: row.repeat,
        counts: report.relations(program).places.contains(&here),
        repeat_printed: row.repeat_printed.as_deref().map(western),
        years: row.years.as_deref().map(western),
        markers: row.markers.iter().map(|(year, text)| MarkerJson { text, fiscal_year: year.map(|y| y.0) }).collect(),
        also: references(&row.also),
        category: row.category.as_deref(),
        note: row.note.as_deref(),
    }
}

fn judgements<'r>(strategy: &'r Strategy, judgements: &'r [Judgement]) -> Vec<JudgementJson<'r>> {
    let judgement = |judgement: &'r Judgement| {
        let scale = strategy.scales.get(judgement.scale.0)?;
        let (marks, missing, lost) = match &judgement.verdict {
            Verdict::Marks(marks) => {
                (marks.iter().filter_map(|i| Some(scale.marks.get(*i)?.mark.as_str())).collect(), None, false)
            }
            Verdict::Missing(printed) => (Vec::new(), Some(printed.as_str()), false),
            Verdict::Lost => (Vec::new(), None, true),
        };
        let fiscal_year = judgement.year.map(|year| year.0);
        Some(JudgementJson { scale: &scale.id, fiscal_year, marks, missing, lost, note: judgement.note.as_deref() })
    };
    judgements.iter().filter_map(judgement).collect()
}

fn sections(sections: &[Section]) -> Vec<SectionJson<'_>> {
    sections.iter().map(|s| SectionJson { title: &s.title, markdown: s.prose.markdown.trim() }).collect()
}

fn remarks(remarks: &[Remark]) -> Vec<&str> {
    remarks.iter().map(|remark| remark.text.as_str()).collect()
}

fn references(references: &[Reference]) -> Vec<String> {
    references.iter().map(Reference::to_string).collect()
}

fn printed_name((year, name): &(FiscalYear, PrintedName)) -> PrintedNameJson<'_> {
    PrintedNameJson { fiscal_year: year.0, name: &name.name, sic: name.sic }
}
