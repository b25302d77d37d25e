//! The peer Zola: its settings and templates, and how it wants a page written down.

use super::peer::{self, Page};
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

const TEMPLATES: [(&str, &str); 10] = [
    ("base.html", include_str!("zola/base.html")),
    ("home.html", include_str!("zola/home.html")),
    ("strategy.html", include_str!("zola/strategy.html")),
    ("node.html", include_str!("zola/node.html")),
    ("edition.html", include_str!("zola/edition.html")),
    ("indicators.html", include_str!("zola/indicators.html")),
    ("programs.html", include_str!("zola/programs.html")),
    ("money.html", include_str!("zola/money.html")),
    ("line.html", include_str!("zola/line.html")),
    ("bars.html", include_str!("zola/bars.html")),
];
/// Only what the site has: no feeds, no search, no map of the site.
const SETTINGS: &str = r#"
title = "見本の国の総合戦略"
base_url = "https://example.org"
default_language = "ja"
compile_sass = false
build_search_index = false
generate_feeds = false
generate_sitemap = false
generate_robots_txt = false

[slugify]
paths = "off"
taxonomies = "off"
anchors = "off"
"#;

/// Each folder is a section, whose pages are made side by side, but none with a page of its own: that
/// would carry all pages, with all that they hold, to its template.
const SECTION: &str = "+++\nrender = false\nsort_by = \"none\"\n+++\n";

/// Writes the site of `cities` cities into the folder `root`.
pub fn write(root: &Path, cities: usize) -> io::Result<()> {
    fs::create_dir_all(root.join("templates"))?;
    for (name, text) in TEMPLATES {
        fs::write(root.join("templates").join(name), text)?;
    }
    fs::write(root.join("config.toml"), SETTINGS)?;
    let content = root.join("content");
    let mut folders = BTreeSet::new();
    peer::each(cities, address, |page| {
        let file = content.join(source(page));
        let folder = file.parent().unwrap_or(&content);
        fs::create_dir_all(folder)?;
        folders.insert(folder.to_owned());
        let mut head = json!({
            "title": page.title, "template": format!("{}.html", page.kind), "extra": page.data,
        });
        if page.kind == "strategy" {
            head["path"] = page.place.as_str().into();
        }
        let head = toml::to_string(&head).map_err(io::Error::other)?;
        fs::write(file, format!("+++\n{head}+++\n\n{}", page.words))
    })?;
    folders.remove(&content);
    folders.iter().try_for_each(|folder| fs::write(folder.join("_index.md"), SECTION))?;
    peer::write_assets(&root.join("static"))
}

/// The command that builds the site in `root`.
pub fn build(zola: &Path, root: &Path, output: &Path) -> Command {
    let mut command = Command::new(zola);
    command.arg("--root").arg(root).args(["build", "--force", "--output-dir"]).arg(output);
    command
}

fn source(page: &Page) -> PathBuf {
    match page.kind {
        "home" => "_index.md".into(),
        "strategy" => Path::new(&page.place).join("overview.md"),
        _ => format!("{}.md", page.place).into(),
    }
}

fn address(place: &str) -> String {
    if place.is_empty() { String::new() } else { format!("{place}/") }
}
