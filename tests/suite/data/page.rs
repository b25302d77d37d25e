//! The page about the data leads from the home page to a file with its terms of use and citation.

use crate::support::sites::REPORTS;
use crate::support::{page, page_text, selector};

#[test]
fn a_csv_file_is_three_links_away_from_the_home_page() {
    let links = |path: &str| -> Vec<String> {
        let (document, links) = (page(&REPORTS[path]), selector("a[href]"));
        let found = document.select(&links).filter_map(|link| link.attr("href")).map(str::to_owned);
        found.collect()
    };
    assert!(links("index.html").contains(&"kitakami/index.html".to_owned()));
    assert!(links("kitakami/index.html").contains(&"data.html".to_owned()));
    assert!(links("kitakami/data.html").contains(&"data/observations.csv".to_owned()));
    assert!(links("kitakami/policies/3.html").contains(&"../data.html".to_owned()), "every page of a strategy");
}

#[test]
fn page_states_rows_terms_and_citation() {
    let text = page_text(&REPORTS["kitakami/data.html"]);
    let rows = REPORTS["kitakami/data/observations.csv"].iter().filter(|byte| **byte == b'\n').count() - 1;
    for expected in [
        "利用条件の記載はありません",
        "北上市「北上市版総合戦略」",
        "北上市版総合戦略検証シート[令和元年度]",
        "032069",
        &format!("observations.csv\n{rows}"),
    ] {
        let found =
            text.contains(expected) || text.replace(['\n', ' ', '\t'], "").contains(&expected.replace('\n', ""));
        assert!(found, "{expected}\n{text}");
    }
}
