//! Hugo: source files of pages, and the build command.

use super::{Page, each, write_files};
use serde_json::Value;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Writes the sources of a site with `cities` cities to the folder `root`.
pub fn write(root: &Path, cities: usize) -> io::Result<()> {
    write_files("competitor/hugo", root)?;
    let content = root.join("content");
    each(cities, address, |mut page| {
        let file = content.join(source(&page));
        file.parent().map_or(Ok(()), fs::create_dir_all)?;
        page.data.insert("title".into(), page.title.into());
        if page.kind != "home" {
            page.data.insert("layout".into(), page.kind.into());
        }
        fs::write(file, format!("{}\n\n{}", Value::Object(page.data), page.words))
    })
}

/// The command that builds the site in `root` to `output`.
pub fn build(hugo: &Path, root: &Path, output: &Path) -> Command {
    let mut command = Command::new(hugo);
    command.args(["build", "--quiet", "--noBuildLock", "--source"]).arg(root).arg("--destination").arg(output);
    command
}

/// The source path of a page; the home page and strategies are list pages of their folders.
fn source(page: &Page) -> PathBuf {
    match page.kind {
        "home" | "strategy" => Path::new(&page.path).join("_index.md"),
        _ => format!("{}.md", page.path).into(),
    }
}

fn address(path: &str) -> String {
    match path {
        "" => "index.html".to_owned(),
        _ if path.contains('/') => format!("{path}.html"),
        _ => format!("{path}/index.html"),
    }
}
