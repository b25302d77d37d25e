//! Zola: source files of pages, and the build command.

use super::{Page, each, write_files};
use serde_json::json;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Front matter of a section. Each folder is a section, so that its pages are rendered in parallel. Sections are not
/// rendered themselves, because that would pass all their pages with all data to a template.
const SECTION: &str = "+++\nrender = false\nsort_by = \"none\"\n+++\n";

/// Writes the sources of a site with `cities` cities to the folder `root`.
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

/// The command that builds the site in `root` to `output`.
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
