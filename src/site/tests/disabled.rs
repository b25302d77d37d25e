//! Tests of the keys of `site.toml` that disable parts of the site.

use super::{node, paths, rendered, with};
use crate::search;
use crate::site::{PageKind, ViewBuilder, plan};
use crate::theme::Theme;

#[test]
fn permalink_pages_can_be_disabled() {
    let report = with(&[("site.toml", "title = \"x\"\npermanent = false"), ("a/policies/1/2019.md", "+++\n+++\n")]);
    assert!(!paths(&report).contains(&"a/policies/1/2019.html".to_owned()));
    assert!(node(&report, "a/policies/1.html", |page| page.sheets.is_empty()));
}

#[test]
fn search_can_be_disabled() {
    let site = ("site.toml", "title = \"x\"\nsearch = false");
    let glossary = ("glossary.toml", "[[term]]\nterm = \"施策\"\nmeaning = \"市が行うこと\"\n");
    let report = with(&[site, glossary, ("a/policies/1/2019.md", "+++\n+++\n")]);
    let pages = plan(&report);
    assert!(pages.iter().all(|page| page.kind != PageKind::Search));
    let theme = Theme::load(&report.site, &[]).unwrap();
    let builder = ViewBuilder::new(&report, theme.texts());
    for page in pages {
        assert!(!rendered(&report, page.url.path()).contains("search"), "on {}", page.url);
        assert_eq!(search::entry(&report, &page, &builder.view(&page), theme.texts()), None, "of {}", page.url);
    }
    assert_eq!((search::IndexFiles::new(&report).shards().count(), search::site_level_shard(&report)), (0, None));
}
