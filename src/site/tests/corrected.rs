//! Tests of the marks at corrected places (訂正).

use super::{ViewBuilder, address, plan, rendered, with};
use crate::content::DiskSource;
use crate::correction::{self, cell};
use crate::diagnostic::Severity;
use crate::model::{CellKey, Correction, NodeId, Report, Sheet};
use crate::site::address::HasFolder;
use crate::texts::InterfaceTexts;
use crate::theme::Theme;
use crate::workspace::{self, AnalysisOptions};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() { copy(&from, &to) } else { std::fs::copy(&from, &to).map(|_| ()).unwrap() }
    }
}

fn analyze(folder: &Path) -> Report {
    let loaded = workspace::analyze(&DiskSource::new(folder), &[], &AnalysisOptions::default()).unwrap();
    let errors = loaded.diagnostics.iter().filter(|it| it.severity() == Severity::Error);
    assert_eq!(errors.map(|error| &error.message.en).collect::<Vec<_>>(), Vec::<&String>::new());
    loaded.report
}

fn sheets(report: &Report) -> impl Iterator<Item = (NodeId, &Sheet)> {
    let nodes = report.strategies().flat_map(|(ix, _)| report.nodes(ix));
    nodes.flat_map(|(id, node)| node.sheets.iter().map(move |sheet| (id, sheet)))
}

/// Declares a correction of each cell of each sheet of the content in `folder`.
fn correct_everything(folder: &Path) {
    let report = analyze(folder);
    for (id, sheet) in sheets(&report) {
        let (strategy, node) = (report.strategy(id.strategy), report.node(id));
        let edition = &strategy.editions[sheet.edition.0].id;
        let mut corrections = String::new();
        for key in cell::keys(node, sheet) {
            let about = key.dotted(strategy, node);
            writeln!(corrections, "[[correction]]\ndate = 2099-12-01\nabout = '''{about}'''\nwas = \"誤記\"").unwrap();
            writeln!(corrections, "kind = \"publisher\"\nreason = \"誤記のため\"").unwrap();
        }
        let node_folder = folder.join(strategy.folder()).join(node.kind.folder()).join(&node.id);
        let path = node_folder.join(format!("{edition}.md"));
        let text = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        let front_matter = text.strip_prefix("+++\n").and_then(|text| text.split_once("+++\n"));
        let (toml, body) = front_matter.unwrap_or(("", &text));
        std::fs::write(&path, format!("+++\n{toml}\n{corrections}+++\n{body}")).unwrap();
    }
}

/// Returns true if the page of the sheet shows the corrected text: the last correction of the cell, and not the name of an
/// indicator without figures in the sheet.
fn is_shown(sheet: &Sheet, correction: &Correction) -> bool {
    let has_figures = match &correction.about {
        CellKey::IndicatorName(index) | CellKey::IndicatorUnit(index) => sheet.figures.contains_key(index),
        _ => true,
    };
    has_figures && correction::next(sheet, correction).is_none()
}

#[test]
fn every_corrected_place_is_marked_and_leads_to_its_correction() {
    let (mut marked, mut missing) = (0, BTreeSet::new());
    for content in ["tests/fixtures/keys", "tests/fixtures/cities/a/content", "tests/golden/years/content"] {
        let folder = tempfile::tempdir().unwrap();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(content), folder.path());
        std::fs::write(folder.path().join("site.toml"), "title = \"市の計画\"\n").unwrap();
        correct_everything(folder.path());
        let report = analyze(folder.path());
        let (texts, theme) = (InterfaceTexts::for_site(&report.site), Theme::load(&report.site, &[]).unwrap());
        let (builder, pages) = (ViewBuilder::new(&report, &texts), plan(&report));
        let render = |path: &str| {
            let view = builder.view(pages.iter().find(|page| page.url.path() == path).unwrap());
            String::from_utf8(theme.render_page(&view, &mut Vec::new()).unwrap().into_owned()).unwrap()
        };
        for (id, sheet) in sheets(&report) {
            let (strategy, node) = (report.strategy(id.strategy), report.node(id));
            let page = address::sheet(&report, id, sheet).unwrap_or_else(|| address::node(&report, id));
            let list = address::corrections(strategy);
            let html = render(page.path());
            let rows = render(list.path());
            for correction in sheet.corrections.iter().filter(|it| is_shown(sheet, it)) {
                let anchor = &correction.anchor;
                assert!(rows.contains(&format!("<tr id=\"{anchor}\"")), "{anchor}");
                let link = list.with_fragment(anchor.as_str()).relative_to(&page);
                match html.contains(&format!("<a class=\"tag\" href=\"{link}\">訂正</a>")) {
                    true => marked += 1,
                    false => {
                        _ = missing.insert(format!("{content} {anchor} {}", correction.about.dotted(strategy, node)))
                    }
                }
            }
        }
    }
    assert_eq!(missing, BTreeSet::new());
    assert!(marked > 500, "{marked} places");
}

#[test]
fn words_and_facts_are_marked_in_the_edition_that_prints_them() {
    let sheet = |department: &str, about: &str| {
        let correction = "[[correction]]\ndate = 2020-12-01\nwas = \"誤記\"\nkind = \"publisher\"\nreason = \"誤記\"\n";
        format!("+++\ndepartment = \"{department}\"\n{correction}about = \"{about}\"\n+++\n## 成果\n進んだ。\n")
    };
    let report = with(&[
        ("a/policies/1/2018.md", &sheet("観光課", "department")),
        ("a/policies/1/2019.md", &sheet("商工課", "section:成果")),
    ]);
    let marks = |path: &str| rendered(&report, path).matches("<a class=\"tag\"").count();
    // The newest edition prints another department, which was never corrected.
    let current = rendered(&report, "a/policies/1.html");
    assert_eq!(current.matches("corrections.html#policy.1.2018.1").count(), 0);
    assert_eq!(current.matches("corrections.html#policy.1.2019.1").count(), 1);
    assert_eq!((marks("a/policies/1/2018.html"), marks("a/policies/1/2019.html")), (1, 1));
}
