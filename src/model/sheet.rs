//! Sheets: content of one node in one edition.

use super::acknowledgement::Acknowledgement;
use super::amount::{AmountTable, Amounts, ByYear};
use super::correction::Correction;
use super::edition::EditionIx;
use super::field::FieldEntry;
use super::fiscal_year::{FiscalYear, OpenPeriod};
use super::judgement::Judgement;
use super::node::InCharge;
use super::survey::SurveyEntry;
use super::value::Value;
use crate::diagnostic::Span;
use std::collections::BTreeMap;
use std::ops::Range;

/// Content of one node as printed by one edition: `<edition>.md` next to `policy.md`.
///
/// Contains every value that the edition printed, including those of past years. The prose is
/// below the front matter, under the headings that `[[section]]` of the strategy declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The edition, given by the file name.
    pub edition: EditionIx,
    /// `page`: page of the source document: `3`, `12–13`.
    pub page: Option<String>,
    /// `department`: as printed in this edition, if it differs from that of the node.
    pub departments: Vec<InCharge>,
    /// `period`: 事業期間 as printed in this edition, if it differs from that of the node.
    pub period: Option<OpenPeriod>,
    /// `[field]`: facts beside the name as printed in this edition, if they differ from those of the node.
    pub fields: Vec<FieldEntry>,
    /// `[indicator.<id>]`: figures of each indicator, by its index in [`Node::indicators`](super::Node::indicators).
    pub figures: BTreeMap<usize, Figures>,
    /// `[money]`: amounts in the `money_unit` of the strategy.
    pub money: Amounts,
    /// `[staff]`: 従事人工, full-time equivalents.
    pub staff: Amounts,
    /// `[total]`: totals of the rows as printed, in the `money_unit` of the strategy.
    pub total: Amounts,
    /// `[item.<id>.money]`: amounts of sub-items, by their index in [`Node::items`](super::Node::items).
    pub items: BTreeMap<usize, Amounts>,
    /// `[judgement]`: marks given to the node.
    pub judgements: Vec<Judgement>,
    /// `[program.<id>]`: marks given to rows of the node, by id of the program.
    pub row_judgements: BTreeMap<String, Vec<Judgement>>,
    /// `[[response]]`: answers to earlier remarks, in printed order.
    pub responses: Vec<Response>,
    /// `[survey]`: places of the node in surveys of residents, in the order of the surveys.
    pub surveys: Vec<SurveyEntry>,
    /// `[[correction]]`: corrections since the publication of the edition, in the order of the file.
    pub corrections: Vec<Correction>,
    /// `[[remark]]`: remarks to readers about the source.
    pub remarks: Vec<Remark>,
    /// `[[acknowledge]]`: acknowledged findings of `shirube check`.
    pub acknowledged: Vec<Acknowledgement>,
    /// Spans of values that are still empty (`""`), which only drafts may have.
    pub unwritten: Vec<Span>,
    /// Prose, by heading.
    pub sections: Vec<Section>,
    /// Prose that differs under a policy that repeats the program: `<edition>@<policy>.md`.
    pub variants: Vec<Variant>,
    /// Start of the sheet.
    pub span: Span,
}

/// Figures of one indicator in one sheet: `[indicator.<id>]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figures {
    /// `actual.<year>`: 実績値.
    pub actual: ByYear<Value>,
    /// `actual.start`: a baseline printed without a year.
    pub start: Option<Value>,
    /// `forecast.<year>`: 見込: value that the publisher expects for a year. Never the latest value, never evaluated.
    pub forecast: ByYear<Value>,
    /// `interim.<year>`: value as of a date within the year (9月末現在), in addition to the value of the year itself.
    pub interim: ByYear<Value>,
    /// `rate.<year>`: 達成率 as printed. Shown with the other values, never used in place of one.
    pub rate: ByYear<Value>,
    /// `rank.<year>`: 順位 as printed. Shown with the other values, never used in place of one.
    pub rank: ByYear<Value>,
    /// `comparison.<id>.<year>`: values elsewhere, by index in
    /// [`Indicator::comparisons`](super::Indicator::comparisons).
    pub comparisons: BTreeMap<usize, ByYear<Value>>,
    /// `breakdown.<id>.<year>`: values of groups, by index in [`Indicator::breakdowns`](super::Indicator::breakdowns).
    pub breakdowns: BTreeMap<usize, ByYear<Value>>,
    /// `target.<year>`, `target.end`: 目標値.
    pub target: BTreeMap<Column, Value>,
    /// `unplaced`: values printed outside any column, as printed.
    pub unplaced: Vec<Value>,
    /// One key per scale of indicators: `grade = "B"`, `grade.R1 = "B"`.
    pub judgements: Vec<Judgement>,
    /// `note`: note on the indicator in this edition.
    pub note: Option<String>,
}

/// Kind of the values in a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SeriesKind {
    /// 実績値.
    Actual,
    /// 目標値.
    Target,
    /// 見込.
    Forecast,
    /// Values as of a date within a year.
    Interim,
    /// 達成率.
    Rate,
    /// 順位.
    Rank,
    /// The comparison at this index of [`Indicator::comparisons`](super::Indicator::comparisons).
    Comparison(usize),
    /// The group at this index of [`Indicator::breakdowns`](super::Indicator::breakdowns).
    Breakdown(usize),
}

/// Column of a value of an indicator. Ordered by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    /// `start`: a baseline without a year. Actual values only.
    Start,
    /// A fiscal or calendar year, depending on [`Indicator::year_kind`](super::Indicator::year_kind).
    Year(FiscalYear),
    /// `end`: the end of the plan, in a column without a year. Targets only.
    End,
}

/// Answer to a remark that was made earlier: 前回の指摘への対応.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// `edition`: edition in which the remark was made; `None` if it is not stated.
    pub edition: Option<ResponseEdition>,
    /// `raised_by`: who made the remark: `行政評価委員会`.
    pub raised_by: Option<String>,
    /// `point`: the remark, as printed.
    pub point: String,
    /// `answer`: the answer, as printed.
    pub answer: Option<String>,
    /// `status`: state of the answer, as printed: `対応済み`.
    pub status: Option<String>,
    /// Span of the response.
    pub span: Span,
    /// Span of `point`.
    pub point_span: Span,
    /// Span of `answer`; of the response if it has none.
    pub answer_span: Span,
}

impl Response {
    /// The remark and the answer, with their spans.
    pub fn texts(&self) -> impl Iterator<Item = (&str, Span)> {
        let answer = self.answer.as_deref().map(|answer| (answer, self.answer_span));
        std::iter::once((self.point.as_str(), self.point_span)).chain(answer)
    }
}

/// Edition in which a remark was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResponseEdition {
    /// An edition of the strategy.
    Published(EditionIx),
    /// Any other text as printed: `平成30年度の外部評価`.
    Printed(String),
}

/// Remark to readers about the source: a contradiction, a misprint, lost text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// `text`: the remark, as a sentence addressed to readers.
    pub text: String,
    /// Span of the remark.
    pub span: Span,
}

/// Prose under one heading of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading; empty for prose before the first heading.
    pub title: String,
    /// Prose below the heading.
    pub prose: Prose,
}

/// Markdown as written in the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prose {
    /// Markdown source.
    pub markdown: String,
    /// Links and images of the text. Extracted during parsing, because prose is parsed once but
    /// linked many times.
    pub links: Vec<ProseLink>,
    /// Span of the text; `span.start` is the first byte of `markdown`.
    pub span: Span,
}

/// A link or an image in prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProseLink {
    /// Destination as written, with escapes and entities decoded, and `mailto:` added to a bare email address.
    pub destination: String,
    /// Byte range in the text, including brackets.
    pub range: Range<usize>,
    /// True if it is an image.
    pub image: bool,
    /// Text of the link, or alternative text of the image.
    pub text: String,
}

/// Prose of a sheet that differs under one of the policies that repeat the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// Id of the policy.
    pub policy: String,
    /// Prose, by heading.
    pub sections: Vec<Section>,
    /// `[[remark]]`: remarks to readers about the difference.
    pub remarks: Vec<Remark>,
    /// `[[acknowledge]]`: acknowledged findings of `shirube check`.
    pub acknowledged: Vec<Acknowledgement>,
    /// Start of the variant.
    pub span: Span,
}

impl SeriesKind {
    /// Key of the series in sheets.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Target => "target",
            Self::Forecast => "forecast",
            Self::Interim => "interim",
            Self::Rate => "rate",
            Self::Rank => "rank",
            Self::Comparison(_) => "comparison",
            Self::Breakdown(_) => "breakdown",
        }
    }

    /// Returns true for values of the indicator itself: neither derived figures nor those of other places or groups.
    pub const fn is_own(self) -> bool {
        matches!(self, Self::Actual | Self::Target | Self::Forecast | Self::Interim)
    }

    /// Returns true for figures in the unit of the indicator: all but rates and ranks.
    pub const fn is_in_unit(self) -> bool {
        !matches!(self, Self::Rate | Self::Rank)
    }
}

impl Sheet {
    /// Tables of amounts of the node itself.
    pub fn amount_tables(&self) -> [(AmountTable, &Amounts); 3] {
        [(AmountTable::Money, &self.money), (AmountTable::Staff, &self.staff), (AmountTable::Total, &self.total)]
    }
}

impl Figures {
    /// Keys of `[indicator.<id>]` that were added when scales could already have these ids. For such a scale, the key
    /// remains that of its judgements.
    pub const LATER_KEYS: [&str; 6] = ["forecast", "interim", "rate", "rank", "comparison", "breakdown"];

    /// The value of a series in a column.
    pub fn value_mut(&mut self, series: SeriesKind, column: Column) -> Option<&mut Value> {
        let year = match (series, column) {
            (SeriesKind::Target, column) => return self.target.get_mut(&column),
            (SeriesKind::Actual, Column::Start) => return self.start.as_mut(),
            (_, Column::Year(year)) => year,
            (_, Column::Start | Column::End) => return None,
        };
        match series {
            SeriesKind::Actual => self.actual.get_mut(&year),
            SeriesKind::Target => None,
            SeriesKind::Forecast => self.forecast.get_mut(&year),
            SeriesKind::Interim => self.interim.get_mut(&year),
            SeriesKind::Rate => self.rate.get_mut(&year),
            SeriesKind::Rank => self.rank.get_mut(&year),
            SeriesKind::Comparison(index) => self.comparisons.get_mut(&index)?.get_mut(&year),
            SeriesKind::Breakdown(index) => self.breakdowns.get_mut(&index)?.get_mut(&year),
        }
    }

    /// All values with a column, with their series.
    pub fn values(&self) -> impl Iterator<Item = (SeriesKind, Column, &Value)> {
        let start = self.start.iter().map(|value| (SeriesKind::Actual, Column::Start, value));
        let target = self.target.iter().map(|(column, value)| (SeriesKind::Target, *column, value));
        start
            .chain(in_years(SeriesKind::Actual, &self.actual))
            .chain(target)
            .chain(in_years(SeriesKind::Forecast, &self.forecast))
            .chain(in_years(SeriesKind::Interim, &self.interim))
            .chain(in_years(SeriesKind::Rate, &self.rate))
            .chain(in_years(SeriesKind::Rank, &self.rank))
            .chain(self.comparisons.iter().flat_map(|(index, years)| in_years(SeriesKind::Comparison(*index), years)))
            .chain(self.breakdowns.iter().flat_map(|(index, years)| in_years(SeriesKind::Breakdown(*index), years)))
    }
}

fn in_years(series: SeriesKind, years: &ByYear<Value>) -> impl Iterator<Item = (SeriesKind, Column, &Value)> {
    years.iter().map(move |(year, value)| (series, Column::Year(*year), value))
}

impl Prose {
    /// Returns true if the text is blank.
    pub fn is_empty(&self) -> bool {
        self.markdown.trim().is_empty()
    }
}
