//! Randomly generated values, as printed and as TOML.

use super::model::*;
use super::random::Rng;
use std::collections::BTreeMap;

/// The common properties of all values of one indicator: unit, range, decimal places, change from year to year.
pub(crate) struct ValueProfile {
    words: bool,
    states: Vec<&'static str>,
    unit: Option<String>,
    low: i64,
    high: i64,
    decimals: u32,
    /// Set if most numbers are on a straight line: its value in [`YEAR_OF_LEVEL`], and its slope.
    line: Option<(i64, i64)>,
}

/// A year in the middle of most strategies.
const YEAR_OF_LEVEL: i32 = 2020;

impl ValueProfile {
    /// A profile for `indicator`. Methods that measure from the baseline treat numbers at exactly the expected value, or at
    /// the end of the tolerance, differently from their neighbours; on a straight line such numbers are frequent.
    pub(crate) fn random(rng: &mut Rng, indicator: &Indicator, method: Option<&Method>) -> Self {
        let (low, high) = rng.choose(&[(0, 4), (-6, 6), (1, 40), (80, 120), (900, 21_000), (10, 14)]);
        let decimals = rng.choose(&[0, 0, 0, 1, 1, 2]);
        let from_baseline = method.is_some_and(|method| matches!(method.kind, "versus-baseline" | "maintain" | "path"));
        let is_line = rng.percent(if from_baseline { 70 } else { 5 });
        // Only a target worse than the baseline leaves room for numbers on the way to it that are not better.
        let slopes = match indicator.better {
            Some(Better::Higher) => [-2, -1, -1, 1],
            Some(Better::Lower) => [2, 1, 1, -1],
            Some(Better::Maintain) | None => [-2, -1, 1, 2],
        };
        let line = is_line.then(|| (rng.between(low, high), rng.choose(&slopes)));
        Self {
            words: indicator.words,
            states: indicator.states.clone(),
            unit: indicator.unit.clone(),
            low,
            high,
            decimals,
            line,
        }
    }

    /// A number for `column` with some decimal places, in units of the last one.
    fn units(&self, rng: &mut Rng, column: Column, decimals: u32) -> i64 {
        let scale = 10_i64.pow(decimals);
        match (self.line, column) {
            (Some((level, slope)), Column::Year(year)) if rng.percent(92) => {
                (level + slope * i64::from(year - YEAR_OF_LEVEL)) * scale
            }
            _ => rng.between(self.low, self.high) * scale + rng.between(0, scale - 1),
        }
    }
}

/// A year in one of its equivalent notations.
pub(crate) fn year_key(rng: &mut Rng, year: i32) -> String {
    match rng.below(4) {
        0 => year.to_string(),
        1 if (1989..=2025).contains(&year) => format!("H{}", year - 1988),
        _ if year >= 2019 => format!("R{}", year - 2018),
        _ => format!("H{}", year - 1988),
    }
}

/// What the values of a series are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SeriesKind {
    /// Actual, interim and forecast values.
    Actual,
    Target,
    Rate,
    Rank,
    /// Values elsewhere, or of groups.
    Other,
}

/// A value of a series for `column`.
pub(crate) fn value(rng: &mut Rng, profile: &ValueProfile, kind: SeriesKind, column: Column) -> Value {
    let target = kind == SeriesKind::Target;
    match kind {
        SeriesKind::Rate => return exact(Decimal { units: rng.between(0, 1_500), decimals: 1 }),
        SeriesKind::Rank => return rank(rng),
        SeriesKind::Actual | SeriesKind::Target | SeriesKind::Other => {}
    }
    let mut value = match rng.below(100) {
        0..3 => missing(rng),
        _ if !profile.states.is_empty() => state(rng, profile),
        3..5 => words(rng),
        5..7 if !profile.words => range(rng, profile),
        _ if profile.words => words(rng),
        _ => number(rng, profile, target, column),
    };
    if !target && !value.missing() && rng.percent(5) {
        value = value.estimated(rng.choose(&[Estimated::Expected, Estimated::Word]));
    }
    if !target && !value.missing() && rng.percent(3) {
        value = value.at("2020-09-30");
    }
    value
}

/// A rank, as printed with words.
fn rank(rng: &mut Rng) -> Value {
    let number = rng.between(1, 47);
    let printed = format!("全国{number}位");
    let toml = format!("{{ value = {number}, printed = \"{printed}\" }}");
    let decimal = Decimal { units: number, decimals: 0 };
    Value::new(printed, Content::Number(Number { decimal, unit: None, bound: Bound::Exact }), toml)
}

fn state(rng: &mut Rng, profile: &ValueProfile) -> Value {
    let state = rng.below(profile.states.len());
    let printed = profile.states[state];
    Value::new(printed.to_owned(), Content::State(state), format!("\"{printed}\""))
}

/// An exact number in plain notation.
pub(crate) fn exact(decimal: Decimal) -> Value {
    let sign = if decimal.units < 0 { "-" } else { "" };
    let number = Number { decimal, unit: None, bound: Bound::Exact };
    Value::new(format!("{sign}{}", decimal.digits()), Content::Number(number), decimal.toml())
}

/// What one source funds of an amount.
pub(crate) fn share(rng: &mut Rng, number: Decimal) -> Value {
    match rng.below(100) {
        0..8 => placeholder(),
        8..12 => plain(rng, number, None, Bound::About),
        _ => plain(rng, number, None, Bound::Exact),
    }
}

/// Points of a judgement; never a table, which holds judgements by judge.
pub(crate) fn points(rng: &mut Rng, number: Decimal) -> Value {
    match rng.below(100) {
        0..4 => plain(rng, number, None, Bound::About),
        4..20 => plain(rng, number, Some("点".to_owned()), Bound::Exact),
        _ => exact(number),
    }
}

/// An amount of money.
pub(crate) fn amount(rng: &mut Rng) -> Value {
    match rng.below(100) {
        0..8 => missing(rng),
        8..11 => words(rng),
        _ => {
            let decimals = rng.choose(&[0, 0, 0, 0, 0, 1]);
            let low = rng.choose(&[0, 0, 0, -50]);
            let decimal = Decimal { units: rng.between(low, 30_000), decimals };
            plain(rng, decimal, None, Bound::Exact)
        }
    }
}

fn missing(rng: &mut Rng) -> Value {
    match rng.below(3) {
        0 => Value::new("調査なし".to_owned(), Content::Missing, "{ missing = \"調査なし\" }".to_owned()),
        _ => placeholder(),
    }
}

fn placeholder() -> Value {
    Value::new("-".to_owned(), Content::Missing, "\"-\"".to_owned())
}

fn words(rng: &mut Rng) -> Value {
    let text = rng.choose(&["前年度より増", "検討中", "全地区で実施"]);
    Value::new(text.to_owned(), Content::Words, format!("{{ printed = \"{text}\" }}"))
}

fn range(rng: &mut Rng, profile: &ValueProfile) -> Value {
    let from = rng.between(profile.low.max(0), profile.high);
    let to = from + rng.between(0, 5);
    let printed = |number: i64| Decimal { units: number, decimals: 0 }.digits();
    let toml = format!("{{ from = {from}, to = {to} }}");
    Value::new(format!("{}～{}", printed(from), printed(to)), Content::Range, toml)
}

fn number(rng: &mut Rng, profile: &ValueProfile, target: bool, column: Column) -> Value {
    let decimals = if rng.percent(80) { profile.decimals } else { rng.choose(&[0, 1, 2]) };
    let units = profile.units(rng, column, decimals);
    let unit = match rng.below(100) {
        0..90 => None,
        90..97 => profile.unit.clone(),
        97 => Some("%".to_owned()),
        98 => Some("％".to_owned()),
        _ => Some("組".to_owned()),
    };
    let bounds = [Bound::AtLeast, Bound::AtLeast, Bound::AtMost, Bound::Above, Bound::Below, Bound::About];
    let bound = if rng.percent(if target { 18 } else { 4 }) { rng.choose(&bounds) } else { Bound::Exact };
    let value = plain(rng, Decimal { units, decimals }, unit, bound);
    let Column::Year(year) = column else { return value };
    let (earlier, longer) = (rng.between(0, 3) as i32, rng.choose(&[1, 2, 4]));
    match rng.below(100) {
        0..6 => value.measured(rng, year - earlier, 0),
        6..9 => value.measured(rng, year, longer),
        _ => value,
    }
}

/// A number in one of its equivalent notations.
fn plain(rng: &mut Rng, decimal: Decimal, unit: Option<String>, bound: Bound) -> Value {
    let number = Number { decimal, unit: unit.clone(), bound };
    let negative = decimal.units < 0;
    if unit.is_none() && bound == Bound::Exact && rng.percent(55) {
        let sign = if negative { "-" } else { "" };
        return Value::new(format!("{sign}{}", decimal.digits()), Content::Number(number), decimal.toml());
    }
    let (before, after) = match bound {
        Bound::Exact => ("", ""),
        Bound::AtLeast => ("", "以上"),
        Bound::AtMost => ("", "以下"),
        Bound::Above => ("", "超"),
        Bound::Below => ("", "未満"),
        Bound::About if rng.percent(50) => ("約", ""),
        Bound::About => ("", "程度"),
    };
    let sign = if negative { rng.choose(&["▲", "△", "-", "−"]) } else { "" };
    let digits = if rng.percent(80) { decimal.digits() } else { decimal.digits().replace(',', "") };
    let printed = format!("{before}{sign}{digits}{}{after}", unit.unwrap_or_default());
    let toml = format!("\"{printed}\"");
    Value::new(printed, Content::Number(number), toml)
}

impl Value {
    fn new(printed: String, content: Content, toml: String) -> Self {
        Self { printed, content, measured: None, as_of: None, estimated: Estimated::No, funding: BTreeMap::new(), toml }
    }

    /// Adds the measured year `to`, or the measured window of years `to - before` to `to`.
    fn measured(mut self, rng: &mut Rng, to: i32, before: i32) -> Value {
        let from = to - before;
        let (first, last) = (year_key(rng, from), year_key(rng, to));
        let period = if before == 0 { last } else { format!("{first}/{last}") };
        self.measured = Some((from, to));
        if rng.percent(50) {
            self.toml = format!("{{ value = {}, measured = \"{period}\" }}", self.toml);
        } else {
            let (open, close) = rng.choose(&[("(", ")"), ("（", "）"), ("[", "]"), ("【", "】")]);
            let period = period.replace('/', "～");
            self.printed = format!("{} {open}{period}{close}", self.printed);
            self.toml = format!("\"{}\"", self.printed);
        }
        self
    }

    fn with(mut self, pair: &str) -> Value {
        self.toml = match self.toml.strip_suffix(" }") {
            Some(table) => format!("{table}, {pair} }}"),
            None => format!("{{ value = {}, {pair} }}", self.toml),
        };
        self
    }

    /// Adds sources of funding.
    pub(crate) fn funded(mut self, shares: BTreeMap<usize, Value>) -> Value {
        let all: Vec<String> = shares.iter().map(|(source, share)| format!("f{source} = {}", share.toml)).collect();
        self.funding = shares;
        self.with(&format!("funding = {{ {} }}", all.join(", ")))
    }

    /// Adds the date of an interim value.
    pub(crate) fn at(mut self, day: &str) -> Value {
        self.as_of = Some(day.to_owned());
        self.with(&format!("as_of = \"{day}\""))
    }

    fn estimated(mut self, how: Estimated) -> Value {
        self.estimated = how;
        match how {
            Estimated::No => self,
            Estimated::Expected => self.with("estimated = true"),
            Estimated::Word => self.with("estimated = \"推計\""),
        }
    }
}
