//! Description of the data of a strategy for catalogues of data sets: JSON-LD in the vocabulary of
//! <https://schema.org/Dataset>.

use super::{absolute, publication_day};
use crate::model::{FiscalYear, RegionCode, Report, StrategyIx};
use crate::site::address;
use crate::site::view::Html;
use serde::Serialize;

/// A `Dataset` of schema.org.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Dataset<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    name: String,
    description: String,
    url: String,
    in_language: &'a str,
    creator: Organization<'a>,
    spatial_coverage: Area<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    license: Option<Terms<'a>>,
    is_accessible_for_free: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temporal_coverage: Option<String>,
    distribution: [Download; 2],
}

#[derive(Debug, Serialize)]
struct Organization<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
}

/// The area that a municipality administers.
#[derive(Debug, Serialize)]
struct Area<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    /// Code of the local government (全国地方公共団体コード).
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<&'a str>,
}

/// Terms of use: their address, or their name if they have none.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Terms<'a> {
    Address(&'a str),
    Named {
        #[serde(rename = "@type")]
        kind: &'static str,
        name: &'a str,
    },
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Download {
    #[serde(rename = "@type")]
    kind: &'static str,
    encoding_format: &'static str,
    content_url: String,
}

/// Description of the data of a strategy, for an element `<script type="application/ld+json">`; `None` without a base
/// address, if the site has no open data, and for an outline, which has no figures.
pub(crate) fn dataset(report: &Report, ix: StrategyIx) -> Option<Html> {
    let base = report.site.base.as_ref()?;
    let strategy = report.strategy(ix);
    if strategy.outline_only || !report.site.data {
        return None;
    }
    let editions = || strategy.shown_editions().map(|(_, edition)| edition);
    let years = || editions().filter_map(|edition| edition.year);
    let name = format!("{} {}", strategy.publisher, strategy.title);
    let dataset = Dataset {
        context: "https://schema.org",
        kind: "Dataset",
        // Catalogues require a description.
        description: strategy.description.clone().unwrap_or_else(|| name.clone()),
        name,
        url: absolute(base, &address::strategy(strategy)),
        in_language: &strategy.lang,
        creator: Organization { kind: "GovernmentOrganization", name: &strategy.publisher },
        spatial_coverage: Area {
            kind: "AdministrativeArea",
            name: &strategy.publisher,
            identifier: report.region_code(ix).map(RegionCode::as_str),
        },
        license: report.license(ix).map(|license| match &license.url {
            Some(url) => Terms::Address(url.as_str()),
            None => Terms::Named { kind: "CreativeWork", name: &license.name },
        }),
        is_accessible_for_free: true,
        // Of editions without a known day, the first may be older than the others, and the last newer.
        date_published: editions().next().and_then(publication_day).map(|day| day.to_string()),
        date_modified: editions().next_back().and_then(publication_day).map(|day| day.to_string()),
        temporal_coverage: years().min().zip(years().max()).map(coverage),
        distribution: [address::report_json(strategy), address::package_file(strategy, address::DATAPACKAGE_JSON)].map(
            |url| Download {
                kind: "DataDownload",
                encoding_format: "application/json",
                content_url: absolute(base, &url),
            },
        ),
    };
    in_script(&serde_json::to_string(&dataset).ok()?)
}

/// The days of these fiscal years, which begin in April.
fn coverage((from, to): (FiscalYear, FiscalYear)) -> String {
    format!("{:04}-04-01/{:04}-03-31", from.0, to.0 + 1)
}

/// JSON for the content of a `<script>`, in which only escape sequences of JSON have a meaning: without the characters
/// that could end the element or begin a comment.
fn in_script(json: &str) -> Option<Html> {
    let escaped = json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    Some(Html::default().raw(&escaped))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_element() {
        let json = serde_json::to_string("</script><!--<script>&amp;").unwrap();
        let escaped = in_script(&json).unwrap().to_string();
        assert_eq!(escaped, r#""\u003c/script\u003e\u003c!--\u003cscript\u003e\u0026amp;""#);
        assert_eq!(serde_json::from_str::<String>(&escaped).unwrap(), "</script><!--<script>&amp;");
    }
}
