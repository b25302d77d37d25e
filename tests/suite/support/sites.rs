//! Sites built from `content/` by the binary and kept in memory for all tests.

use super::{build, copy, corpus, root, temp_dir, tree, write};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The files of a site by path.
pub(crate) type Site = BTreeMap<String, Vec<u8>>;

/// The site of the five reports.
pub(crate) static REPORTS: LazyLock<Site> = LazyLock::new(|| {
    let (_guard, output) = temp_dir();
    build(&root().join("content"), &output);
    tree(&output)
});

/// The site of the five reports with the English texts of the theme.
pub(crate) static ENGLISH: LazyLock<Site> = LazyLock::new(|| {
    with_site_toml(|text| {
        assert!(text.contains("lang = \"ja\""));
        text.replace("lang = \"ja\"", "lang = \"en\"")
    })
});

/// The site of a large city with a few more than 300 programs, so that all its lists are divided.
pub(crate) static LARGE: LazyLock<Site> = LazyLock::new(|| {
    let (_guard, folder) = temp_dir();
    let (content, output) = (folder.join("content"), folder.join("output"));
    corpus::large::write(&content, 301).unwrap();
    build(&content, &output);
    tree(&output)
});

/// The site of the five reports with a changed `site.toml`.
pub(crate) fn with_site_toml(change: impl FnOnce(&str) -> String) -> Site {
    let (_guard, folder) = temp_dir();
    let (content, output) = (folder.join("content"), folder.join("output"));
    copy(&root().join("content"), &content);
    let text = std::fs::read_to_string(content.join("site.toml")).unwrap();
    write(&content.join("site.toml"), change(&text).as_bytes());
    build(&content, &output);
    tree(&output)
}

/// The pages of a site, by path.
pub(crate) fn pages(site: &Site) -> impl Iterator<Item = (&str, &[u8])> {
    let pages = site.iter().filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
}
