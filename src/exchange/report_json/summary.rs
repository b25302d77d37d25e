//! The summary of a strategy, read back from its `report.json`.

use crate::model::{FiscalYear, Kind, Period};
use crate::site::{Overviews, Summary, count, span};
use serde::Deserialize;

/// What a summary needs of the document; everything else is passed over.
#[derive(Deserialize)]
struct Document {
    format: String,
    id: String,
    title: String,
    publisher: String,
    lang: String,
    description: Option<String>,
    period: Option<Years>,
    outline: bool,
    labels: Labels,
    editions: Vec<Edition>,
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Years {
    from: i32,
    to: i32,
}

#[derive(Deserialize)]
struct Labels {
    program: String,
}

#[derive(Deserialize)]
struct Edition {
    id: String,
    label: String,
    fiscal_year: Option<i32>,
}

#[derive(Deserialize)]
struct Node {
    kind: String,
    label: String,
    #[serde(default)]
    departments: Vec<String>,
    #[serde(default)]
    indicators: Vec<serde::de::IgnoredAny>,
    #[serde(default)]
    sheets: Vec<Sheet>,
}

#[derive(Deserialize)]
struct Sheet {
    edition: String,
    #[serde(default)]
    departments: Vec<String>,
    #[serde(default)]
    money: Vec<Amount>,
}

#[derive(Deserialize)]
struct Amount {
    number: Option<String>,
}

/// The summary of the strategy that `json` holds, of a site whose sheets have lasting pages if
/// it is `permanent`.
///
/// # Errors
/// When it is not what [`to_json`](super::to_json) writes.
pub fn summary(json: &[u8], permanent: bool) -> Result<Summary, serde_json::Error> {
    let document: Document = serde_json::from_slice(json)?;
    if document.format != super::FORMAT {
        let message = format!("the format is `{}`, not `{}`", document.format, super::FORMAT);
        return Err(serde::de::Error::custom(message));
    }
    let nodes = &document.nodes;
    let mut amounts = nodes.iter().flat_map(|node| &node.sheets).flat_map(|sheet| &sheet.money);
    let overviews = Overviews {
        indicators: nodes.iter().any(|node| !node.indicators.is_empty()),
        programs: nodes.iter().any(|node| node.kind == "program"),
        spending: amounts.any(|amount| amount.number.is_some()),
        departments: nodes
            .iter()
            .any(|node| !node.departments.is_empty() || node.sheets.iter().any(|sheet| !sheet.departments.is_empty())),
    };
    let lasting = document.editions.iter().filter(|edition| {
        let mut sheets = nodes.iter().flat_map(|node| &node.sheets);
        permanent && sheets.any(|sheet| sheet.edition == edition.id)
    });
    let kinds = Kind::ALL.into_iter().filter(|kind| nodes.iter().any(|node| node.kind == kind.key()));
    let years = document.editions.iter().filter_map(|edition| edition.fiscal_year).map(FiscalYear);
    Ok(Summary {
        kinds: kinds.collect(),
        lasting: lasting.map(|edition| (edition.id.clone(), edition.label.clone())).collect(),
        years: span(years),
        counts: count(nodes.iter().map(|node| node.label.as_str())),
        newest: document
            .editions
            .into_iter()
            .next_back()
            .map(|newest| (newest.label, newest.fiscal_year.map(FiscalYear))),
        id: document.id,
        title: document.title,
        publisher: document.publisher,
        lang: document.lang,
        description: document.description,
        period: document.period.map(|years| Period { from: FiscalYear(years.from), to: FiscalYear(years.to) }),
        outline: document.outline,
        program_label: document.labels.program,
        overviews,
    })
}
