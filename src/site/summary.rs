//! Summaries of strategies, from which the home page is built.
//!
//! The home page of a nationwide site must not require all units in memory. Each unit therefore writes the summaries
//! of its strategies next to its pages, as `summary.json`. The home page is built from these files for units that are
//! up to date or were built elsewhere.

use crate::model::{FiscalYear, Kind, Period, Report, StrategyIx};
use crate::site::address;
use crate::site::discovery::{self, FeedEntry};
use crate::site::key_facts::{self, NewestSum, TargetCounts, TopNode};
use crate::site::mark_counts::{MarkCounts, mark_counts};
use crate::site::search_grams::GramSet;
use serde::{Deserialize, Serialize};

/// Name and version of the format.
const FORMAT: &str = "shirube-summary/4";

/// Summary of one strategy for the site-level pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Path of the strategy below the site root.
    pub id: String,
    /// Title of the strategy.
    pub title: String,
    /// Publishing municipality.
    pub publisher: String,
    /// Language of the report's texts.
    pub lang: String,
    /// Short description; `None` if the strategy declares none.
    pub description: Option<String>,
    /// Period of the plan in fiscal years.
    pub period: Option<Period>,
    /// True if the strategy is an outline, kept only as a link target and without editions.
    pub outline: bool,
    /// Label and reported fiscal year of the newest edition.
    pub newest: Option<(String, Option<FiscalYear>)>,
    /// Span of the fiscal years on which the editions report.
    pub years: Option<Period>,
    /// Number of nodes by label, in order of first appearance. A kind may have several labels, since goals above
    /// other goals often have a different one.
    pub counts: Vec<(String, usize)>,
    /// Label of programs in this strategy.
    pub program_label: String,
    /// Kinds of the nodes in the strategy.
    pub kinds: Vec<Kind>,
    /// Ids and labels of the editions whose sheets have permalink pages, oldest first.
    pub permalinks: Vec<(String, String)>,
    /// Numbers of evaluative marks, at most one scale per kind of subject.
    pub marks: Vec<MarkCounts>,
    /// Comparison of the indicators with their targets; `None` if an indicator has a mark, or if none can be compared.
    pub targets: Option<TargetCounts>,
    /// Newest sum of money; `None` if there is none.
    pub amount: Option<NewestSum>,
    /// Goals and policies at the top of the tree; empty if they are too many.
    pub goals: Vec<TopNode>,
    /// Words to search for, taken from the strategy.
    pub words: Vec<String>,
    /// Overview pages of the strategy.
    pub overviews: Overviews,
    /// Number of its sitemaps; 0 if the site has no base address.
    pub sitemaps: usize,
    /// Newest entries of its feed, newest first.
    pub feed: Vec<FeedEntry>,
    /// Grams of its search index. `None` until the index is written, and if the search is disabled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grams: Option<GramSet>,
}

/// Flags for the overview pages of a strategy; overviews that would be empty are not built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Overviews {
    /// Overview of indicators.
    pub indicators: bool,
    /// Overview of programs.
    pub programs: bool,
    /// Amounts by goal and policy.
    pub spending: bool,
    /// Overview of departments.
    pub departments: bool,
}

impl address::HasFolder for Summary {
    fn folder(&self) -> &str {
        &self.id
    }
}

impl Summary {
    /// Name of the unit with the strategy: the first part of its id.
    pub fn municipality(&self) -> &str {
        self.id.split_once('/').map_or(self.id.as_str(), |(unit, _)| unit)
    }

    /// Summarizes the strategy at `ix`.
    pub fn new(report: &Report, ix: StrategyIx) -> Self {
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
            outline: strategy.outline_only,
            newest: editions().next_back().map(|edition| (edition.label.clone(), edition.year)),
            years: covered_period(editions().filter_map(|edition| edition.year)),
            counts: count_labels(labels),
            program_label: strategy.label(Kind::Program).to_owned(),
            kinds: Kind::ALL.into_iter().filter(|kind| report.nodes(ix).any(|(_, node)| node.kind == *kind)).collect(),
            permalinks: address::editions_with_sheets(report, ix)
                .map(|(_, edition)| (edition.id.clone(), edition.label.clone()))
                .collect(),
            marks: mark_counts(report, ix),
            targets: key_facts::target_counts(report, ix),
            amount: key_facts::newest(report, ix),
            goals: key_facts::top_nodes(report, ix),
            words: key_facts::words(report, ix),
            overviews: Overviews::new(report, ix),
            sitemaps: discovery::sitemap::file_count(report, ix),
            feed: discovery::feed::entries(report, ix),
            grams: None,
        }
    }
}

/// JSON document of a summary.
#[derive(Serialize)]
struct Document<'s> {
    format: &'static str,
    #[serde(flatten)]
    summary: &'s Summary,
}

/// Error while reading a summary.
#[derive(Debug)]
pub enum SummaryError {
    /// Unsupported name or version of the format, as found in the file.
    Version(String),
    /// Malformed JSON, or a structure that [`Summary::to_json`] does not write.
    Json(serde_json::Error),
}

impl Summary {
    /// Serializes the summary as JSON with a final newline.
    ///
    /// # Errors
    /// None in practice: all map keys are strings.
    pub fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut json = serde_json::to_vec_pretty(&Document { format: FORMAT, summary: self })?;
        json.push(b'\n');
        Ok(json)
    }

    /// Parses the output of [`to_json`](Self::to_json).
    ///
    /// # Errors
    /// If the JSON is malformed or of another format or version.
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
    /// Determines the overviews of the strategy at `ix`.
    pub fn new(report: &Report, ix: StrategyIx) -> Self {
        Self {
            indicators: address::has_indicators(report, ix),
            programs: address::has_programs(report, ix),
            spending: address::has_spending(report, ix),
            departments: address::has_departments(report, ix),
        }
    }
}

/// Period from the earliest to the latest of `years`.
fn covered_period(years: impl Iterator<Item = FiscalYear>) -> Option<Period> {
    years.map(|year| Period { from: year, to: year }).reduce(enclosing_period)
}

/// Smallest period that contains both `a` and `b`.
pub(crate) fn enclosing_period(a: Period, b: Period) -> Period {
    Period { from: a.from.min(b.from), to: a.to.max(b.to) }
}

/// Number of occurrences of each label, in order of first appearance.
fn count_labels<'a>(labels: impl Iterator<Item = &'a str>) -> Vec<(String, usize)> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for label in labels {
        match counts.iter_mut().find(|(counted, _)| counted == label) {
            Some((_, count)) => *count += 1,
            None => counts.push((label.to_owned(), 1)),
        }
    }
    counts
}
