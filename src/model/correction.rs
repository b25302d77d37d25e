//! Corrections (訂正): what one published edition says was changed after its publication.
//!
//! Not to be confused with revisions (改定), where a later edition prints another value ([`Series`](super::Series)), and
//! with final values (確定) of a year that was not over.

use super::amount::{AmountKey, AmountTable};
use super::day::Day;
use super::field::FieldIx;
use super::fiscal_year::FiscalYear;
use super::href::Href;
use super::judgement::{JudgeIx, ScaleIx};
use super::keyword_enum::keyword_enum;
use super::node::Node;
use super::sheet::{Column, SeriesKind};
use super::strategy::Strategy;
use super::survey::SurveyIx;
use crate::diagnostic::Span;

/// Correction of one cell of a published sheet: `[[correction]]`. The corrected text stands in the cell itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// `date`: day on which it was published.
    pub date: Day,
    /// `about`: the corrected cell.
    pub about: CellKey,
    /// `was`: text before, as it was published; empty if there was none.
    pub was: String,
    /// `kind`: who had made the mistake.
    pub kind: CorrectionKind,
    /// `reason`: one sentence for readers.
    pub reason: String,
    /// `url`: the notice of the publisher (正誤表).
    pub url: Option<Href>,
    /// Anchor on the page of all corrections of the strategy: `policy.3.2019.1`.
    pub anchor: String,
    /// Span of `about`.
    pub span: Span,
}

/// Mark of a corrected value or judgement, with its last correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    /// Text before; empty if there was none.
    pub was: String,
    /// [`Correction::anchor`].
    pub anchor: String,
}

impl From<&Correction> for Corrected {
    fn from(correction: &Correction) -> Self {
        Self { was: correction.was.clone(), anchor: correction.anchor.clone() }
    }
}

keyword_enum! {
    /// Who had made the mistake.
    pub enum CorrectionKind {
        /// The publisher of the document, which has published an erratum.
        Publisher = "publisher",
        /// The authors of the content; the document was right.
        Transcription = "transcription",
    }
}

/// Identification of a printed cell of a sheet. Name, number and account are written in the file of the node, and their
/// corrections in the sheet of the edition that printed them wrongly.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum CellKey {
    /// `number`: number of the node.
    Number,
    /// `name`: name of the node.
    Name,
    /// `account`: budget accounts of a program.
    Account,
    /// `page`: page of the source document.
    Page,
    /// `department`: departments in charge.
    Department,
    /// `period`: 事業期間.
    Period,
    /// `field.<id>`: field beside the name.
    Field(FieldIx),
    /// `indicator.<id>.name`, of the indicator at this index of [`Node::indicators`].
    IndicatorName(usize),
    /// `indicator.<id>.unit`.
    IndicatorUnit(usize),
    /// `indicator.<id>.unplaced`: values outside any column.
    Unplaced(usize),
    /// `indicator.<id>.<series>.<column>`.
    Figure(FigureKey),
    /// `money.settlement.R6`, or a source of its funding: `money.settlement.R6.funding.<id>`.
    Amount(AmountCell),
    /// `judgement.<scale>`, with year and judge if there are any; also of an indicator or a row.
    Judgement(JudgementKey),
    /// `survey.<id>.x`, `.y` or `.quadrant`.
    Survey(SurveyIx, SurveyPart),
    /// `section:<heading>`: words under a heading; empty for those before the first heading.
    Section(String),
}

/// Cell of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FigureKey {
    /// Index of the indicator in [`Node::indicators`].
    pub indicator: usize,
    /// Series of the value.
    pub series: SeriesKind,
    /// Column of the value.
    pub column: Column,
}

/// Cell of a table of amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct AmountCell {
    /// The table.
    pub table: AmountTable,
    /// Index of the sub-item in [`Node::items`]; `None` for the node itself.
    pub item: Option<usize>,
    /// Row of the table.
    pub key: AmountKey,
    /// Fiscal year; `None` for the amount over all years.
    pub year: Option<FiscalYear>,
    /// Index of the source of funding in [`AmountDeclarations::funding`](super::AmountDeclarations::funding); `None` for
    /// the amount itself.
    pub funding: Option<usize>,
}

/// Judgement of a node, an indicator or a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct JudgementKey {
    /// What is judged.
    pub subject: JudgedSubject,
    /// The scale.
    pub scale: ScaleIx,
    /// The judge; `None` on a scale without judges.
    pub judge: Option<JudgeIx>,
    /// The year; `None` if the judgement is not for a single year.
    pub year: Option<FiscalYear>,
}

/// What a judgement is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum JudgedSubject {
    /// The node.
    Node,
    /// The indicator at this index of [`Node::indicators`].
    Indicator(usize),
    /// The row of the program with this id.
    Row(String),
}

keyword_enum! {
    /// Cell of the place of a node in a survey.
    pub enum SurveyPart {
        /// Horizontal measure.
        X = "x",
        /// Vertical measure.
        Y = "y",
        /// Name of the quadrant.
        Quadrant = "quadrant",
    }
}

impl CellKey {
    /// Dotted key: `indicator.akiya.actual.R5`, `section:成果`. Years are in their short form.
    pub fn dotted(&self, strategy: &Strategy, node: &Node) -> String {
        let indicator = |index: usize| node.indicators.get(index).map_or("", |indicator| indicator.id.as_str());
        match self {
            Self::Number => "number".to_owned(),
            Self::Name => "name".to_owned(),
            Self::Account => "account".to_owned(),
            Self::Page => "page".to_owned(),
            Self::Department => "department".to_owned(),
            Self::Period => "period".to_owned(),
            Self::Field(ix) => format!("field.{}", strategy.fields.get(ix.0).map_or("", |field| field.id.as_str())),
            Self::IndicatorName(index) => format!("indicator.{}.name", indicator(*index)),
            Self::IndicatorUnit(index) => format!("indicator.{}.unit", indicator(*index)),
            Self::Unplaced(index) => format!("indicator.{}.unplaced", indicator(*index)),
            Self::Figure(FigureKey { indicator: index, series, column }) => {
                let id = node.indicators.get(*index).and_then(|indicator| indicator.series_id(*series));
                let id = id.map(|id| format!(".{id}")).unwrap_or_default();
                let column = match column {
                    Column::Start => "start".to_owned(),
                    Column::Year(year) => year.short(),
                    Column::End => "end".to_owned(),
                };
                format!("indicator.{}.{}{id}.{column}", indicator(*index), series.key())
            }
            Self::Amount(cell) => cell.dotted(strategy, node),
            Self::Judgement(key) => {
                let subject = match &key.subject {
                    JudgedSubject::Node => "judgement".to_owned(),
                    JudgedSubject::Indicator(index) => format!("indicator.{}", indicator(*index)),
                    JudgedSubject::Row(program) => format!("program.{program}"),
                };
                let scale = strategy.scales.get(key.scale.0).map_or("", |scale| scale.id.as_str());
                let year = key.year.map(|year| format!(".{}", year.short())).unwrap_or_default();
                let judge = key.judge.and_then(|judge| strategy.judges.get(judge.0));
                let judge = judge.map(|judge| format!(".{}", judge.id)).unwrap_or_default();
                format!("{subject}.{scale}{year}{judge}")
            }
            Self::Survey(ix, part) => {
                let survey = strategy.surveys.get(ix.0).map_or("", |survey| survey.id.as_str());
                format!("survey.{survey}.{}", part.key())
            }
            Self::Section(title) => format!("section:{title}"),
        }
    }
}

impl AmountCell {
    fn dotted(&self, strategy: &Strategy, node: &Node) -> String {
        let declared = &strategy.amounts;
        let item = self.item.and_then(|index| node.items.get(index));
        let item = item.map(|item| format!("item.{}.", item.id)).unwrap_or_default();
        let year = self.year.map_or_else(|| "all".to_owned(), FiscalYear::short);
        let funding = self.funding.and_then(|index| declared.funding.get(index));
        let funding = funding.map(|source| format!(".funding.{}", source.id)).unwrap_or_default();
        format!("{item}{}.{}.{year}{funding}", self.table.key(), declared.key(self.table, self.key))
    }
}
