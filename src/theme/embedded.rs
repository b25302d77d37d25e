//! Files of the default theme, embedded in the program.

use super::compact::compact;
use std::borrow::Cow;

/// Embeds files of `themes/default`, sorted by path. The explicit list avoids a build script and a folder to
/// install with the program; a test compares it with the folder.
macro_rules! embed {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_bytes!(concat!("../../themes/default/", $path)))),*]
    };
}

/// The files of the default theme.
pub(super) const FILES: &[(&str, &[u8])] = embed![
    "assets/chart.css",
    "assets/choose.js",
    "assets/document.css",
    "assets/frame.css",
    "assets/home.css",
    "assets/icon.svg",
    "assets/languages.js",
    "assets/lists.js",
    "assets/overview.css",
    "assets/save-menu.js",
    "assets/save.js",
    "assets/search.js",
    "assets/style.css",
    "templates/404.html",
    "templates/components/assessment.html",
    "templates/components/branches.html",
    "templates/components/change.html",
    "templates/components/correction.html",
    "templates/components/department.html",
    "templates/components/divided.html",
    "templates/components/document.html",
    "templates/components/home.html",
    "templates/components/icon.html",
    "templates/components/imprint.html",
    "templates/components/indicator.html",
    "templates/components/judgement.html",
    "templates/components/key.html",
    "templates/components/key_points.html",
    "templates/components/list.html",
    "templates/components/money.html",
    "templates/components/node.html",
    "templates/components/reference.html",
    "templates/components/rows.html",
    "templates/components/save.html",
    "templates/components/spread.html",
    "templates/components/timeline.html",
    "templates/components/value.html",
    "templates/contents.html",
    "templates/corrections.html",
    "templates/data.html",
    "templates/departments.html",
    "templates/easy.html",
    "templates/edition.html",
    "templates/field.html",
    "templates/field_value.html",
    "templates/fragments/footer.html",
    "templates/fragments/head.html",
    "templates/fragments/header.html",
    "templates/fragments/save_script.html",
    "templates/frame.html",
    "templates/glossary.html",
    "templates/home.html",
    "templates/indicators.html",
    "templates/layout.html",
    "templates/money.html",
    "templates/node.html",
    "templates/print.html",
    "templates/programs.html",
    "templates/redirect.html",
    "templates/search.html",
    "templates/sheet.html",
    "templates/strategy.html",
    "templates/survey.html",
    "texts/en.toml",
    "texts/ja.toml",
];

/// Search script, omitted for sites without a search.
pub(super) const SEARCH: &str = "assets/search.js";

/// Style sheet of charts outside of the pages of the site.
pub(super) const CHART_STYLE: &str = "assets/chart.css";

/// Style sheets of charts that other websites embed, omitted for sites that do not offer it.
pub(super) const EMBED_STYLES: [&str; 2] = [CHART_STYLE, "assets/frame.css"];

/// Content of the file at `path` as it is published: style sheets of pages are compacted. Those of charts are part of
/// files that others reuse, and stay readable.
pub(super) fn published(path: &str) -> Cow<'static, [u8]> {
    match text(path).filter(|_| path.ends_with(".css") && !EMBED_STYLES.contains(&path)) {
        Some(css) => Cow::Owned(compact(css).into_bytes()),
        None => FILES
            .iter()
            .find(|(embedded, _)| *embedded == path)
            .map_or(Cow::Borrowed(&[][..]), |(_, bytes)| Cow::Borrowed(*bytes)),
    }
}

/// Content of the file at `path` as text; `None` if there is no such file.
pub(super) fn text(path: &str) -> Option<&'static str> {
    let (_, bytes) = FILES.iter().find(|(embedded, _)| *embedded == path)?;
    std::str::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn embeds_every_file_of_the_folder() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
        let mut found: Vec<String> = walkdir::WalkDir::new(&root)
            .into_iter()
            .map(|entry| entry.unwrap())
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| entry.path().strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/"))
            .collect();
        found.sort();
        let embedded: Vec<&str> = FILES.iter().map(|(path, _)| *path).collect();
        assert_eq!(embedded, found);
    }
}
