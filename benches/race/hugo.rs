//! The peer Hugo: its settings and layouts, and how it wants a page written down.

use super::peer::{self, Page};
use serde_json::Value;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

const LAYOUTS: [(&str, &str); 10] = [
    ("baseof.html", include_str!("hugo/baseof.html")),
    ("home.html", include_str!("hugo/home.html")),
    ("strategy.html", include_str!("hugo/strategy.html")),
    ("node.html", include_str!("hugo/node.html")),
    ("edition.html", include_str!("hugo/edition.html")),
    ("indicators.html", include_str!("hugo/indicators.html")),
    ("programs.html", include_str!("hugo/programs.html")),
    ("money.html", include_str!("hugo/money.html")),
    ("_partials/line.html", include_str!("hugo/line.html")),
    ("_partials/bars.html", include_str!("hugo/bars.html")),
];
/// Only what the site has: no feeds, no lists of tags, addresses as Shirube writes them.
const SETTINGS: &str = r#"
title = "見本の国の総合戦略"
baseURL = "https://example.org/"
locale = "ja"
uglyURLs = true
disableHugoGeneratorInject = true
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"]
"#;

/// Writes the site of `cities` cities into the folder `root`.
pub fn write(root: &Path, cities: usize) -> io::Result<()> {
    fs::create_dir_all(root.join("layouts/_partials"))?;
    for (name, text) in LAYOUTS {
        fs::write(root.join("layouts").join(name), text)?;
    }
    fs::write(root.join("hugo.toml"), SETTINGS)?;
    let content = root.join("content");
    peer::each(cities, address, |page| {
        let file = content.join(source(page));
        file.parent().map_or(Ok(()), fs::create_dir_all)?;
        let mut head = page.data.clone();
        head.insert("title".into(), page.title.as_str().into());
        if page.kind != "home" {
            head.insert("layout".into(), page.kind.into());
        }
        fs::write(file, format!("{}\n\n{}", Value::Object(head), page.words))
    })?;
    peer::write_assets(&root.join("static"))
}

/// The command that builds the site in `root`.
pub fn build(hugo: &Path, root: &Path, output: &Path) -> Command {
    let mut command = Command::new(hugo);
    command.args(["build", "--quiet", "--noBuildLock", "--source"]).arg(root).arg("--destination").arg(output);
    command
}

/// The first page and those of strategies are the lists of their folders.
fn source(page: &Page) -> PathBuf {
    match page.kind {
        "home" | "strategy" => Path::new(&page.place).join("_index.md"),
        _ => format!("{}.md", page.place).into(),
    }
}

fn address(place: &str) -> String {
    match place {
        "" => "index.html".to_owned(),
        _ if place.contains('/') => format!("{place}.html"),
        _ => format!("{place}/index.html"),
    }
}
