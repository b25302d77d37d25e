//! The oracle's own model of a strategy, independent of the production code. [`super::write`] writes it as content
//! files; [`super::expect`] derives the expected statements from it.

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
    pub scales: Vec<Scale>,
    pub methods: Vec<Method>,
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

/// The subject of a scale: a kind of nodes, or indicators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ScaleSubject {
    Node(Kind),
    Indicator,
}

#[derive(Debug, Clone)]
pub(crate) struct Scale {
    pub id: String,
    pub subjects: Vec<ScaleSubject>,
    pub marks: Vec<String>,
    pub lost: bool,
}

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
    pub indicators: Vec<Indicator>,
    pub rows: Vec<Row>,
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
}

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
    /// By index of the indicator.
    pub figures: BTreeMap<usize, Figures>,
    pub money: BTreeMap<(Money, i32), Value>,
    pub judgements: Vec<Judgement>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Money {
    Budget,
    Settlement,
    Plan,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Figures {
    pub actual: BTreeMap<Column, Value>,
    pub target: BTreeMap<Column, Value>,
    pub forecast: BTreeMap<Column, Value>,
    pub interim: BTreeMap<Column, Value>,
    pub judgements: Vec<Judgement>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Judgement {
    pub scale: usize,
    pub year: Option<i32>,
    pub verdict: Verdict,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    Marks(Vec<usize>),
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
    /// TOML syntax of the value.
    pub toml: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    Number(Number),
    Range,
    Words,
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
        }
    }
}

impl Money {
    pub(crate) const ALL: [Money; 3] = [Money::Budget, Money::Settlement, Money::Plan];

    pub(crate) fn key(self) -> &'static str {
        match self {
            Money::Budget => "budget",
            Money::Settlement => "settlement",
            Money::Plan => "plan",
        }
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
            None if indicator.words => None,
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

    pub(crate) fn missing(&self) -> bool {
        self.content == Content::Missing
    }

    /// Returns true if printed text, content and measured years are equal.
    pub(crate) fn same_figure(&self, other: &Value) -> bool {
        self.printed == other.printed && self.content == other.content && self.measured == other.measured
    }
}
