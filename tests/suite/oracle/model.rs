//! The oracle's own model of a strategy, independent of the production code. [`super::write`] writes it as content
//! files; [`super::expect`] derives the expected statements from it.

use super::amount::{Amounts, Declarations, Money};
use num_bigint::BigInt;
use num_rational::BigRational;
use std::collections::BTreeMap;

/// One strategy, alone in its unit.
#[derive(Debug, Clone)]
pub(crate) struct Strategy {
    pub seed: u64,
    pub id: String,
    pub period: Option<(i32, i32)>,
    pub editions: Vec<Edition>,
    pub amounts: Declarations,
    /// The ids of the judges, in printed order.
    pub judges: Vec<String>,
    pub scales: Vec<Scale>,
    pub methods: Vec<Method>,
    pub shares: Vec<ShareMethod>,
    pub fields: Vec<Field>,
    pub sections: Vec<Section>,
    pub surveys: Vec<Survey>,
    /// Goals, then policies, then programs, each in the order of their ids.
    pub nodes: Vec<Node>,
    /// The rows directly under the strategy.
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone)]
pub(crate) struct Edition {
    pub id: String,
    pub year: Option<i32>,
    pub stage: Stage,
    pub draft: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Final,
    Interim,
    Plan,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Goal,
    Policy,
    Program,
}

/// The subject of a scale: a kind of nodes, indicators, or rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ScaleSubject {
    Node(Kind),
    Indicator,
    Row,
}

#[derive(Debug, Clone)]
pub(crate) struct Scale {
    pub id: String,
    pub subjects: Vec<ScaleSubject>,
    pub group: Option<&'static str>,
    /// Indices of its judges; empty if judgements name none.
    pub judges: Vec<usize>,
    pub marks: Vec<String>,
    pub points: Option<Points>,
    pub lost: bool,
}

/// The points of a scale without marks.
#[derive(Debug, Clone)]
pub(crate) struct Points {
    pub max: Option<Decimal>,
    /// Indices of the scales whose points add up to those of this scale.
    pub sum: Vec<usize>,
}

/// A field beside the names of nodes.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub id: String,
    pub kinds: Vec<Kind>,
    /// The possible values; empty if any text is one.
    pub values: Vec<String>,
    pub several: bool,
}

/// A required heading of the sheets of one kind.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    pub kind: Kind,
    pub title: String,
    /// Index of a field, and those of its values that require the heading.
    pub condition: Option<(usize, Vec<String>)>,
}

#[derive(Debug, Clone)]
pub(crate) struct Survey {
    pub id: String,
    pub quadrants: bool,
}

/// The place of a node in a survey.
#[derive(Debug, Clone, Default)]
pub(crate) struct SurveyPlace {
    pub x: Option<Value>,
    pub y: Option<Value>,
    pub quadrant: Option<&'static str>,
}

/// First and last year; `None` if it is open at that end.
pub(crate) type OpenPeriod = (Option<i32>, Option<i32>);

/// Values by the index of their field.
pub(crate) type FieldValues = BTreeMap<usize, Vec<String>>;

#[derive(Debug, Clone)]
pub(crate) struct Method {
    pub id: String,
    pub kind: &'static str,
    pub default: bool,
    /// Index of the scale.
    pub scale: Option<usize>,
    pub bands: Vec<Band>,
    pub tolerance: Option<Tolerance>,
    /// Whether a value at exactly the tolerance is outside it.
    pub excludes_end: bool,
    /// Whether the expected value rises from zero.
    pub from_zero: bool,
    /// `year`, `next` or `end`; `None` for the applicable target.
    pub target: Option<&'static str>,
}

/// A method that assesses nodes by the share of their indicators that reached their targets.
#[derive(Debug, Clone)]
pub(crate) struct ShareMethod {
    pub id: String,
    /// The kinds of nodes that it assesses.
    pub kinds: Vec<Kind>,
    /// Index of the scale.
    pub scale: Option<usize>,
    pub bands: Vec<Band>,
    /// As of [`Method`].
    pub target: Option<&'static str>,
}

#[derive(Debug, Clone)]
pub(crate) struct Band {
    pub condition: Condition,
    pub mark: usize,
}

#[derive(Debug, Clone)]
pub(crate) enum Condition {
    From(Decimal),
    To(Decimal),
    When(&'static str),
    Rest,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Tolerance {
    Absolute(Decimal),
    Percent(Decimal),
}

#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub kind: Kind,
    pub id: String,
    pub name: String,
    /// The id of the parent goal.
    pub parent: Option<String>,
    pub succeeds: Vec<String>,
    pub printed: BTreeMap<i32, String>,
    pub lost: bool,
    pub departments: Vec<String>,
    pub period: Option<OpenPeriod>,
    pub fields: FieldValues,
    pub indicators: Vec<Indicator>,
    pub rows: Vec<Row>,
    /// Number of rows that cannot be read.
    pub lost_rows: usize,
    /// By index of the edition.
    pub sheets: BTreeMap<usize, Sheet>,
}

/// A row of a program under a node or the strategy.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// The id of the program.
    pub program: String,
    pub repeat: bool,
    pub years: Option<Vec<i32>>,
}

#[derive(Debug, Clone)]
pub(crate) struct Indicator {
    pub id: String,
    pub words: bool,
    /// The states in the order in which they are reached; empty if its values are no states.
    pub states: Vec<&'static str>,
    pub unit: Option<String>,
    pub better: Option<Better>,
    pub baseline: Option<Column>,
    pub interval: Option<u32>,
    pub breaks: Vec<i32>,
    pub calendar: bool,
    pub actual_total_from: Option<Column>,
    pub target_total_from: Option<i32>,
    /// The id of a method, or `declared`.
    pub method: Option<String>,
    /// Index in [`STEPS`].
    pub step: Option<usize>,
    /// The indicators that it leads to.
    pub leads_to: Vec<IndicatorKey>,
}

/// An indicator by the index of its node and its own index.
pub(crate) type IndicatorKey = (usize, usize);

/// Places in a chain of indicators.
pub(crate) const STEPS: [&str; 5] = ["input", "activity", "output", "outcome", "impact"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Better {
    Higher,
    Lower,
    Maintain,
}

/// A column of a series, in sort order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Column {
    Start,
    Year(i32),
    End,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Sheet {
    pub period: Option<OpenPeriod>,
    pub fields: FieldValues,
    /// By index of the indicator.
    pub figures: BTreeMap<usize, Figures>,
    pub money: Amounts,
    pub staff: Amounts,
    pub total: Amounts,
    pub judgements: Vec<Judgement>,
    /// Judgements on rows, by the id of the program.
    pub row_judgements: BTreeMap<String, Vec<Judgement>>,
    /// By index of the survey.
    pub surveys: BTreeMap<usize, SurveyPlace>,
    /// Headings with text.
    pub headings: Vec<String>,
    /// In the order of the file.
    pub corrections: Vec<Correction>,
}

/// A correction of what a sheet prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Correction {
    pub date: String,
    pub place: Place,
    /// Text before it; empty if there was none.
    pub was: String,
    /// Text after it; empty if there is none.
    pub is: String,
    pub by_publisher: bool,
}

/// What can be corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    Name,
    /// The words under a heading.
    Words(String),
    /// A figure of an indicator: its index, the series, the column.
    Figure(usize, &'static str, Column),
    Amount {
        table: &'static str,
        money: Money,
        year: Option<i32>,
        /// Index of the source of funding; `None` for the amount itself.
        funding: Option<usize>,
    },
    /// A part of the place in a survey: `x`, `y` or `quadrant`.
    Survey(usize, &'static str),
    Mark {
        of: Judged,
        scale: usize,
        judge: Option<usize>,
        year: Option<i32>,
    },
}

/// The subject of a corrected mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Judged {
    Node,
    Indicator(usize),
    /// The row of a program.
    Row(String),
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Figures {
    pub actual: BTreeMap<Column, Value>,
    pub target: BTreeMap<Column, Value>,
    pub forecast: BTreeMap<Column, Value>,
    pub interim: BTreeMap<Column, Value>,
    pub rate: BTreeMap<Column, Value>,
    pub rank: BTreeMap<Column, Value>,
    pub comparison: BTreeMap<Column, Value>,
    pub breakdown: BTreeMap<Column, Value>,
    pub judgements: Vec<Judgement>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Judgement {
    pub scale: usize,
    /// Index of the judge.
    pub judge: Option<usize>,
    pub year: Option<i32>,
    pub verdict: Verdict,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    Marks(Vec<usize>),
    Points(Value),
    Missing,
    Lost,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Value {
    /// As pages show it, including the brackets of a measured year.
    pub printed: String,
    pub content: Content,
    pub measured: Option<(i32, i32)>,
    pub as_of: Option<String>,
    pub estimated: Estimated,
    /// Amounts by the index of their source of funding.
    pub funding: BTreeMap<usize, Value>,
    /// TOML syntax of the value.
    pub toml: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    Number(Number),
    Range,
    Words,
    /// Position of a state in the order of its indicator.
    State(usize),
    Missing,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number {
    pub decimal: Decimal,
    pub unit: Option<String>,
    pub bound: Bound,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    Exact,
    AtLeast,
    AtMost,
    Above,
    Below,
    About,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Estimated {
    No,
    /// 見込み.
    Expected,
    /// Another word, as printed.
    Word,
}

/// A decimal as printed: `units` × 10^−`decimals`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decimal {
    pub units: i64,
    pub decimals: u32,
}

impl Decimal {
    pub(crate) fn fraction(self) -> BigRational {
        BigRational::new(BigInt::from(self.units), BigInt::from(10).pow(self.decimals))
    }

    /// The exact sum or difference, with the decimal places of the finer number.
    pub(crate) fn plus(self, other: Decimal) -> Decimal {
        let decimals = self.decimals.max(other.decimals);
        let units = |number: Decimal| number.units * 10_i64.pow(decimals - number.decimals);
        Decimal { units: units(self) + units(other), decimals }
    }

    /// The absolute value with thousands separators.
    pub(crate) fn digits(self) -> String {
        digits(&BigInt::from(self.units.unsigned_abs()), self.decimals)
    }

    /// TOML syntax of the number.
    pub(crate) fn toml(self) -> String {
        let sign = if self.units < 0 { "-" } else { "" };
        format!("{sign}{}", self.digits().replace(',', ""))
    }
}

/// `units` × 10^−`decimals` with thousands separators; `units` must not be negative.
pub(crate) fn digits(units: &BigInt, decimals: u32) -> String {
    let mut text = units.to_string();
    while text.len() <= decimals as usize {
        text.insert(0, '0');
    }
    let fraction = text.split_off(text.len() - decimals as usize);
    let mut whole = String::new();
    for (index, digit) in text.chars().enumerate() {
        if index > 0 && (text.len() - index).is_multiple_of(3) {
            whole.push(',');
        }
        whole.push(digit);
    }
    if decimals == 0 { whole } else { format!("{whole}.{fraction}") }
}

impl Kind {
    pub(crate) fn key(self) -> &'static str {
        match self {
            Kind::Goal => "goal",
            Kind::Policy => "policy",
            Kind::Program => "program",
        }
    }

    pub(crate) fn folder(self) -> &'static str {
        match self {
            Kind::Goal => "goals",
            Kind::Policy => "policies",
            Kind::Program => "programs",
        }
    }
}

impl ScaleSubject {
    pub(crate) fn key(self) -> &'static str {
        match self {
            ScaleSubject::Node(kind) => kind.key(),
            ScaleSubject::Indicator => "indicator",
            ScaleSubject::Row => "row",
        }
    }
}

impl Row {
    pub(crate) fn applies_in(&self, year: i32) -> bool {
        self.years.as_ref().is_none_or(|years| years.contains(&year))
    }
}

impl Column {
    /// The name in keys and attributes; years are Gregorian.
    pub(crate) fn key(self) -> String {
        match self {
            Column::Start => "start".to_owned(),
            Column::Year(year) => year.to_string(),
            Column::End => "end".to_owned(),
        }
    }
}

impl Strategy {
    pub(crate) fn node(&self, kind: Kind, id: &str) -> Option<&Node> {
        self.nodes.iter().find(|node| node.kind == kind && node.id == id)
    }

    pub(crate) fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Node> {
        self.nodes.iter().filter(move |node| node.kind == kind)
    }

    /// The method that an indicator names, else the default method for numeric indicators.
    pub(crate) fn method(&self, indicator: &Indicator) -> Option<&Method> {
        match &indicator.method {
            Some(id) => self.methods.iter().find(|method| method.id == *id),
            None if indicator.words || !indicator.states.is_empty() => None,
            None => self.methods.iter().find(|method| method.default),
        }
    }
}

impl Value {
    pub(crate) fn number(&self) -> Option<&Number> {
        match &self.content {
            Content::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The number, if it is exact.
    pub(crate) fn exact(&self) -> Option<Decimal> {
        self.number().filter(|number| number.bound == Bound::Exact).map(|number| number.decimal)
    }

    pub(crate) fn missing(&self) -> bool {
        self.content == Content::Missing
    }

    /// Returns true if printed text, content and measured years are equal.
    pub(crate) fn same_figure(&self, other: &Value) -> bool {
        self.printed == other.printed && self.content == other.content && self.measured == other.measured
    }
}
