//! What the site as a whole says of one strategy: all that its first page needs to know.
//!
//! The first page of a nation must not need the nation in memory. So each unit writes the summaries of its strategies
//! beside its pages, as `summary.json`; the first page is made from them where a unit is up to date or was built
//! elsewhere.

use crate::model::{FiscalYear, Kind, Period, Report, StrategyIx};
use crate::site::address;
use serde::{Deserialize, Serialize};

/// The name and version of the format.
const FORMAT: &str = "shirube-summary/1";

/// What the site as a whole says of one strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Its path below the site's root.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whose it is.
    pub publisher: String,
    /// The language of its words.
    pub lang: String,
    /// What it is.
    pub description: Option<String>,
    /// The years of the plan.
    pub period: Option<Period>,
    /// Whether only an outline is kept.
    pub outline: bool,
    /// Its newest edition: the label, and the year on which it reports.
    pub newest: Option<(String, Option<FiscalYear>)>,
    /// From the first to the last year on which any of its editions reports.
    pub years: Option<Period>,
    /// How many it has of what it calls by one name: goals above goals often have names of
    /// their own.
    pub counts: Vec<(String, usize)>,
    /// What it calls programs.
    pub program_label: String,
    /// The kinds of nodes that it has.
    pub kinds: Vec<Kind>,
    /// Its editions whose sheets have permalinks, oldest first: the ids, and the labels.
    pub permalinks: Vec<(String, String)>,
    /// Which overviews it has.
    pub overviews: Overviews,
}

/// Which overviews a strategy has: those that would not be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Overviews {
    /// Of its indicators.
    pub indicators: bool,
    /// Of its programs.
    pub programs: bool,
    /// Of what it costs.
    pub spending: bool,
    /// Of its departments.
    pub departments: bool,
}

impl address::InFolder for Summary {
    fn folder(&self) -> &str {
        &self.id
    }
}

impl Summary {
    /// The summary of the strategy at `ix`.
    pub fn of(report: &Report, ix: StrategyIx) -> Self {
        let strategy = report.strategy(ix);
        let editions = || strategy.shown_editions().map(|(_, edition)| edition);
        let labels = report.nodes(ix).map(|(_, node)| match &node.label {
            Some(label) => label.as_str(),
            None => strategy.label(node.kind),
        });
        Self {
            id: strategy.id.clone(),
            title: strategy.title.clone(),
            publisher: strategy.publisher.clone(),
            lang: strategy.lang.clone(),
            description: strategy.description.clone(),
            period: strategy.period,
            outline: strategy.outline,
            newest: editions().next_back().map(|edition| (edition.label.clone(), edition.year)),
            years: span(editions().filter_map(|edition| edition.year)),
            counts: count(labels),
            program_label: strategy.label(Kind::Program).to_owned(),
            kinds: Kind::ALL.into_iter().filter(|kind| report.nodes(ix).any(|(_, node)| node.kind == *kind)).collect(),
            permalinks: address::editions_with_sheets(report, ix)
                .map(|(_, edition)| (edition.id.clone(), edition.label.clone()))
                .collect(),
            overviews: Overviews::of(report, ix),
        }
    }
}

/// A summary as JSON.
#[derive(Serialize)]
struct Document<'s> {
    format: &'static str,
    #[serde(flatten)]
    summary: &'s Summary,
}

/// What keeps a summary from being read.
#[derive(Debug)]
pub enum SummaryError {
    /// It is of another version.
    Version(String),
    /// It is not what [`Summary::to_json`] writes.
    Json(serde_json::Error),
}

impl Summary {
    /// The summary as JSON.
    ///
    /// # Errors
    /// None that can be brought about: all keys are texts.
    pub fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut json = serde_json::to_vec_pretty(&Document { format: FORMAT, summary: self })?;
        json.push(b'\n');
        Ok(json)
    }

    /// Reads what [`to_json`](Self::to_json) writes.
    ///
    /// # Errors
    /// When it is something else.
    pub fn from_json(json: &[u8]) -> Result<Self, SummaryError> {
        #[derive(Deserialize)]
        struct Header {
            format: String,
        }
        let Header { format } = serde_json::from_slice(json).map_err(SummaryError::Json)?;
        if format != FORMAT {
            return Err(SummaryError::Version(format));
        }
        serde_json::from_slice(json).map_err(SummaryError::Json)
    }
}

impl Overviews {
    /// Those of the strategy at `ix`.
    pub fn of(report: &Report, ix: StrategyIx) -> Self {
        Self {
            indicators: address::has_indicators(report, ix),
            programs: address::has_programs(report, ix),
            spending: address::has_spending(report, ix),
            departments: address::has_departments(report, ix),
        }
    }
}

/// From the first to the last of `years`.
fn span(years: impl Iterator<Item = FiscalYear>) -> Option<Period> {
    years.map(|year| Period { from: year, to: year }).reduce(hull)
}

/// From the first to the last year of both.
pub(crate) fn hull(a: Period, b: Period) -> Period {
    Period { from: a.from.min(b.from), to: a.to.max(b.to) }
}

/// How often each of `labels` stands there, in the order in which they first do.
fn count<'a>(labels: impl Iterator<Item = &'a str>) -> Vec<(String, usize)> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for label in labels {
        match counts.iter_mut().find(|(counted, _)| counted == label) {
            Some((_, count)) => *count += 1,
            None => counts.push((label.to_owned(), 1)),
        }
    }
    counts
}
