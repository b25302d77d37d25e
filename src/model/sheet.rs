//! Sheets: what one edition says of one node.

use super::acknowledgement::Acknowledgement;
use super::edition::EditionIx;
use super::fiscal_year::FiscalYear;
use super::judgement::Judgement;
use super::keyed::keyed;
use super::money::{Amounts, ByYear, MoneyKind, StaffKind};
use super::value::Value;
use crate::diagnostic::Span;
use std::collections::BTreeMap;
use std::ops::Range;

/// What one edition printed of one node: `<edition>.md` beside `policy.md`.
///
/// Holds every value that the edition printed, those of past years too. The words are
/// below the front matter, under the headings that `[[section]]` of the strategy declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The edition: told by the file name.
    pub edition: EditionIx,
    /// `page`: where in the document it stands: `3`, `12–13`.
    pub page: Option<String>,
    /// `department`: as printed in this edition, where it differs from the node's.
    pub departments: Vec<String>,
    /// `[indicator.<id>]`: the figures of each indicator, by its place in `Node::indicators`.
    pub figures: BTreeMap<usize, Figures>,
    /// `[money]`: in the strategy's `money_unit`.
    pub money: Amounts<MoneyKind>,
    /// `[staff]`: 従事人工, full-time equivalents.
    pub staff: Amounts<StaffKind>,
    /// `[total]`: the total of the rows, as printed.
    pub total: Amounts<MoneyKind>,
    /// `[judgement]`: the marks given to the node.
    pub judgements: Vec<Judgement>,
    /// `[[remark]]`: what readers should know of the source.
    pub remarks: Vec<Remark>,
    /// `[[acknowledge]]`: findings of `shirube check` that stand as they are.
    pub acknowledged: Vec<Acknowledgement>,
    /// What is still empty, `""`: a draft may have such, nothing else.
    pub unwritten: Vec<Span>,
    /// The words, by heading.
    pub sections: Vec<Section>,
    /// Words that differ where the program is repeated: `<edition>@<policy>.md`.
    pub variants: Vec<Variant>,
    /// Where the sheet begins.
    pub span: Span,
}

/// The figures of one indicator in one sheet: `[indicator.<id>]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figures {
    /// `actual.<year>`: 実績値.
    pub actual: ByYear<Value>,
    /// `actual.start`: a baseline printed without a year.
    pub start: Option<Value>,
    /// `forecast.<year>`: 見込: what the publisher expects of a year. Never the newest value, never judged.
    pub forecast: ByYear<Value>,
    /// `interim.<year>`: a value within a year (9月末現在), beside the value of the year itself.
    pub interim: ByYear<Value>,
    /// `target.<year>`, `target.end`: 目標値.
    pub target: BTreeMap<Column, Value>,
    /// `unplaced`: values printed in no column, as printed.
    pub unplaced: Vec<Value>,
    /// A key for each scale of indicators: `grade = "B"`, `grade.R1 = "B"`.
    pub judgements: Vec<Judgement>,
    /// `note`: what is said of this indicator in this edition.
    pub note: Option<String>,
}

keyed! {
    /// What the values of a series are.
    pub enum SeriesKind {
        /// 実績値.
        Actual = "actual",
        /// 目標値.
        Target = "target",
        /// 見込.
        Forecast = "forecast",
        /// Values within a year.
        Interim = "interim",
    }
}

/// The column in which a value of an indicator stands, in order of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    /// `start`: a baseline without a year. Of actual values alone.
    Start,
    /// A fiscal or calendar year, as [`Indicator::year_kind`](super::Indicator::year_kind) says.
    Year(FiscalYear),
    /// `end`: the end of the plan; the column bears no year. Of targets alone.
    End,
}

/// Something readers should know of the source: a contradiction, a misprint, a loss.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// `text`: said to readers, in a sentence.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// Words under one heading of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub title: String,
    /// The words below it.
    pub prose: Prose,
}

/// Markdown as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prose {
    /// The text.
    pub markdown: String,
    /// The links and images in it, found once: the text is linked many times, but read once.
    pub links: Vec<ProseLink>,
    /// Where it stands; `span.start` is the first byte of `markdown`.
    pub span: Span,
}

/// A link or an image in prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProseLink {
    /// Where it leads: as written, with escapes and entities read, and `mailto:` before a bare address.
    pub destination: String,
    /// Its place in the text, brackets included.
    pub range: Range<usize>,
    /// Whether it is an image.
    pub image: bool,
    /// The words of the link, or the alternative text of the image.
    pub words: String,
}

/// Words of a sheet that differ under one of the policies that repeat the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// The id of the policy under which they stand.
    pub policy: String,
    /// The words, by heading.
    pub sections: Vec<Section>,
    /// `[[remark]]`: what readers should know of the difference.
    pub remarks: Vec<Remark>,
    /// `[[acknowledge]]`: findings of `shirube check` that stand as they are.
    pub acknowledged: Vec<Acknowledgement>,
    /// Where it begins.
    pub span: Span,
}

impl Figures {
    /// All values that stand in a column, with their series.
    pub fn values(&self) -> impl Iterator<Item = (SeriesKind, Column, &Value)> {
        let start = self.start.iter().map(|value| (SeriesKind::Actual, Column::Start, value));
        let target = self.target.iter().map(|(column, value)| (SeriesKind::Target, *column, value));
        start
            .chain(in_years(SeriesKind::Actual, &self.actual))
            .chain(target)
            .chain(in_years(SeriesKind::Forecast, &self.forecast))
            .chain(in_years(SeriesKind::Interim, &self.interim))
    }
}

fn in_years(series: SeriesKind, years: &ByYear<Value>) -> impl Iterator<Item = (SeriesKind, Column, &Value)> {
    years.iter().map(move |(year, value)| (series, Column::Year(*year), value))
}

impl Prose {
    /// Whether there are no words.
    pub fn is_empty(&self) -> bool {
        self.markdown.trim().is_empty()
    }
}
