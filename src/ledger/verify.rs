//! Verification of generated files: they are parsed in memory, and every figure and text is compared with its cell.

use super::cell::{Figure, FigureKind, Origin, Shown};
use super::error::{LedgerError, Place};
use super::facts::{AmountFact, AmountKey, Facts, JudgementFact, NodeFact, WordsFact};
use super::mapping::{AmountKind, AmountYear, Mapping, Series};
use super::nodes::one_line;
use super::output::OutputText;
use crate::content::Overlay;
use crate::diagnostic::{Bilingual, Severity, say};
use crate::markdown::excerpt;
use crate::model::{self, AmountTable, Amounts, Column, FiscalYear, Node, Prose, Sheet, Strategy, Value, Verdict};
use crate::workspace::{self, Analysis, AnalysisOptions};

/// Result of the verification.
#[derive(Debug, Default)]
pub struct Verification {
    /// Errors of the parser, at the cells that caused them, and differences.
    pub errors: Vec<LedgerError>,
    /// Number of figures and texts that were compared.
    pub compared: usize,
    /// The parsed files; `None` if they could not be read.
    pub analysis: Option<Analysis>,
}

/// Parses the files and compares them with the facts.
pub fn verify(mapping: &Mapping, facts: &Facts, files: &[OutputText], place: &dyn Fn(Origin) -> Place) -> Verification {
    let texts = files.iter().map(|file| (file.path.clone(), file.text.clone().into_bytes()));
    let analysis = match workspace::analyze(&Overlay::memory(texts), &[], &AnalysisOptions::WITHOUT_REVIEW) {
        Ok(analysis) => analysis,
        Err(error) => {
            let place = Place::Generated { path: mapping.strategy.clone(), line: 1 };
            let error = LedgerError::new(place, error.message(), Bilingual::default());
            return Verification { errors: vec![error], compared: 0, analysis: None };
        }
    };
    let mut comparison = Comparison { place, errors: parser_errors(&analysis, files, place), compared: 0 };
    if comparison.errors.is_empty() {
        comparison.strategy(mapping, facts, &analysis);
    }
    let Comparison { errors, compared, .. } = comparison;
    Verification { errors, compared, analysis: Some(analysis) }
}

/// Errors of the parser, each at the cell that its line comes from.
fn parser_errors(analysis: &Analysis, files: &[OutputText], place: &dyn Fn(Origin) -> Place) -> Vec<LedgerError> {
    let errors = analysis.diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error);
    let errors = errors.map(|diagnostic| {
        let path = diagnostic.location.path(&analysis.sources).unwrap_or_default().to_owned();
        let span = diagnostic.span();
        let source = span.and_then(|span| analysis.sources.get(span.source).map(|source| (source, span)));
        let line = source.map_or(1, |(source, span)| source.line_column(span.range().start).0);
        let origin = files.iter().find(|file| file.path == path).and_then(|file| file.origin(line));
        let place = origin.map_or(Place::Generated { path, line }, place);
        LedgerError::new(place, diagnostic.message.clone(), diagnostic.help.clone().unwrap_or_default())
    });
    errors.collect()
}

struct Comparison<'a> {
    place: &'a dyn Fn(Origin) -> Place,
    errors: Vec<LedgerError>,
    compared: usize,
}

impl Comparison<'_> {
    fn strategy(&mut self, mapping: &Mapping, facts: &Facts, analysis: &Analysis) {
        let Some((ix, strategy)) = analysis.report.strategies().find(|(_, strategy)| strategy.id == mapping.strategy)
        else {
            return;
        };
        let nodes: std::collections::BTreeMap<_, _> =
            analysis.report.nodes(ix).map(|(_, node)| ((node.kind, node.id.as_str()), node)).collect();
        for fact in &facts.nodes {
            let node = nodes.get(&(fact.level.kind, fact.id.as_str())).copied();
            let name = one_line(fact.name());
            self.same(node.is_some_and(|node| node.name == name), fact.origin);
            if let Some(node) = node {
                self.node(fact, node, strategy);
            }
        }
    }

    /// Records whether a cell and its counterpart in the content are the same.
    fn same(&mut self, is_same: bool, origin: Origin) {
        self.compared += 1;
        if !is_same {
            let message = say!(
                ja: "作成した原稿から読み取った内容が、このセルと一致しません",
                en: "the generated content does not read back as this cell"
            );
            let help = say!(
                ja: "`[[fix]]` で別の書き方にするか、プログラムの誤りとしてお知らせください",
                en: "write it differently in a `[[fix]]`, or report this as an error of the program"
            );
            self.errors.push(LedgerError::new((self.place)(origin), message, help));
        }
    }

    fn node(&mut self, fact: &NodeFact, node: &Node, strategy: &Strategy) {
        let sheet = node.sheets.first();
        for indicator in &fact.indicators {
            let index = node.indicators.iter().position(|known| known.id == indicator.id);
            let declared = index.and_then(|index| node.indicators.get(index));
            let is_same = declared.is_some_and(|known| known.name == indicator.name && known.unit == indicator.unit);
            self.same(is_same, indicator.origin);
            for ((series, year), figure) in &indicator.figures {
                let figures = index.zip(sheet).and_then(|(index, sheet)| sheet.figures.get(&index));
                let value = figures.and_then(|figures| series_value(figures, *series, *year));
                self.figure(value, figure);
            }
        }
        if let Some(department) = &fact.department {
            let is_same = matches!(node.departments.as_slice(), [only] if only.name == one_line(&department.text));
            self.same(is_same, department.origin);
        }
        for (id, shown) in &fact.fields {
            let index = strategy.fields.iter().position(|field| field.id == *id);
            let entry = node.fields.iter().find(|entry| Some(entry.field.0) == index);
            let is_same = entry.is_some_and(|entry| entry.values.iter().eq([&one_line(&shown.text)]));
            self.same(is_same, shown.origin);
        }
        for (key, amount) in &fact.amounts {
            self.amount(key, amount, sheet, strategy);
        }
        for (scale, judgement) in &fact.judgements {
            let is_same = sheet.is_some_and(|sheet| is_judged(sheet, scale, judgement, strategy));
            self.same(is_same, judgement.shown.origin);
        }
        for (heading, words) in &fact.words {
            let section = sheet.and_then(|sheet| sheet.sections.iter().find(|section| section.title == *heading));
            self.same(section.is_some_and(|section| shows(&section.prose, &words.shown)), words.shown.origin);
        }
        self.outline(&fact.outline, &node.body);
    }

    fn outline(&mut self, outline: &[(String, WordsFact)], body: &Prose) {
        let Some((_, first)) = outline.first() else { return };
        let expected = outline.iter().map(|(heading, words)| format!("{heading}\n{}", words.shown.text));
        let expected = one_blank(&expected.collect::<Vec<_>>().join("\n"));
        self.same(excerpt(&body.markdown, usize::MAX) == expected, first.shown.origin);
    }

    fn amount(&mut self, key: &AmountKey, amount: &AmountFact, sheet: Option<&Sheet>, strategy: &Strategy) {
        let Some(figure) = &amount.figure else { return };
        let value = sheet.and_then(|sheet| amount_value(key, sheet, strategy));
        self.figure(value, figure);
        for (id, share) in &amount.funding {
            let index = strategy.amounts.funding.iter().position(|funding| funding.id == *id);
            let shares = value.map(|value| value.funding.as_slice()).unwrap_or_default();
            let found = shares.iter().find(|share| Some(share.funding.0) == index);
            self.figure(found.map(|share| &share.value), share);
        }
    }

    fn figure(&mut self, value: Option<&Value>, figure: &Figure) {
        let is_same = value.is_some_and(|value| {
            let is_of_kind = match figure.kind {
                FigureKind::Number(exact) => value.number().is_some() && value.exact() == exact,
                FigureKind::Missing => value.is_missing(),
                FigureKind::Words => value.number().is_none() && !value.is_missing(),
            };
            is_of_kind && value.printed == figure.shown.text && value.note == figure.shown.note
        });
        self.same(is_same, figure.shown.origin);
    }
}

fn series_value(figures: &model::Figures, series: Series, year: FiscalYear) -> Option<&Value> {
    match series {
        Series::Actual => figures.actual.get(&year),
        Series::Target => figures.target.get(&Column::Year(year)),
        Series::Forecast => figures.forecast.get(&year),
        Series::Rate => figures.rate.get(&year),
    }
}

fn amount_value<'s>(key: &AmountKey, sheet: &'s Sheet, strategy: &Strategy) -> Option<&'s Value> {
    let (table, amounts): (AmountTable, &Amounts) = match key.kind {
        AmountKind::Money => (AmountTable::Money, &sheet.money),
        AmountKind::Staff => (AmountTable::Staff, &sheet.staff),
    };
    let year = match key.year {
        AmountYear::Year(year) => Some(year),
        AmountYear::All => None,
    };
    let id = key.id.as_deref().unwrap_or("base");
    let found = amounts.all().find(|(found, found_year, _)| {
        let kind = strategy.amounts.kind(table, found.kind);
        *found_year == year
            && kind.is_some_and(|kind| kind.id == id)
            && strategy.amounts.phase_key(table, found.phase) == key.phase
    });
    found.map(|(_, _, value)| value)
}

/// True if the sheet has the mark, or the text of a missing one, with its note.
fn is_judged(sheet: &Sheet, scale: &str, fact: &JudgementFact, strategy: &Strategy) -> bool {
    let Some(index) = strategy.scales.iter().position(|known| known.id == scale) else { return false };
    let marks = strategy.scales.get(index).map(|scale| scale.marks.as_slice()).unwrap_or_default();
    let found = sheet.judgements.iter().find(|judgement| judgement.scale.0 == index);
    found.is_some_and(|found| {
        let is_same = match (&found.verdict, &fact.mark) {
            (Verdict::Marks(indices), Ok(mark)) => match indices.as_slice() {
                [only] => marks.get(*only).is_some_and(|known| known.printed == *mark),
                _ => false,
            },
            (Verdict::Missing(text), Err(missing)) => text == missing,
            _ => false,
        };
        is_same && found.note.as_ref() == fact.note.as_ref().map(|note| &note.text)
    })
}

/// True if readers see the text of the cell.
fn shows(prose: &Prose, shown: &Shown) -> bool {
    excerpt(&prose.markdown, usize::MAX) == one_blank(&shown.text)
}

fn one_blank(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
