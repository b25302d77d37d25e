//! Zola: how it wants a page written down, and how it builds a site.

use super::{Page, each, write_files};
use serde_json::json;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Each folder is a section, whose pages are made side by side, but none with a page of its own: that
/// would carry all pages, with all that they hold, to its template.
const SECTION: &str = "+++\nrender = false\nsort_by = \"none\"\n+++\n";

/// Writes the site of `cities` cities into the folder `root`.
pub fn write(root: &Path, cities: usize) -> io::Result<()> {
    write_files("competitor/zola", root)?;
    let content = root.join("content");
    each(cities, address, |page| {
        let file = content.join(source(&page));
        let folder = file.parent().unwrap_or(&content);
        if folder != content && !folder.exists() {
            fs::create_dir_all(folder)?;
            fs::write(folder.join("_index.md"), SECTION)?;
        }
        let template = format!("{}.html", page.kind);
        let mut head = json!({ "title": page.title, "template": template, "extra": page.data });
        if page.kind == "strategy" {
            head["path"] = page.path.into();
        }
        let head = toml::to_string(&head).map_err(io::Error::other)?;
        fs::write(file, format!("+++\n{head}+++\n\n{}", page.words))
    })
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
        "strategy" => Path::new(&page.path).join("overview.md"),
        _ => format!("{}.md", page.path).into(),
    }
}

fn address(path: &str) -> String {
    if path.is_empty() { String::new() } else { format!("{path}/") }
}
