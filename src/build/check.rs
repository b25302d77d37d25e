//! Check of the content: reads it with its drafts and renders every page as a build would, but writes nothing.
//!
//! A check reports every error that a build would report, and the errors of drafts, which a build leaves out.

use super::session::{BuildSession, Destination, dedup_errors, errors_or_warnings, require_strategy};
use super::{CommandError, Progress};
use crate::check::{self, Review, ReviewScope};
use crate::content::source::Listing;
use crate::content::{DiskSource, Source};
use crate::diagnostic::{self, Diagnostic, Sources, has_errors};
use crate::model::{Edition, Report};
use crate::publish::DryRun;
use crate::site::Summary;
use crate::workspace::unit::Unit;
use crate::workspace::{Drafts, UnitSnapshot, Workspace, review};
use rayon::prelude::*;
use std::path::Path;
use std::sync::Arc;

/// Result of a check.
#[derive(Debug)]
pub struct Checked {
    /// The text files to which diagnostics point.
    pub sources: Sources,
    /// All errors or, if there are none, all warnings, sorted by file and position.
    pub diagnostics: Vec<Diagnostic>,
    /// Number of text files that were read.
    pub files: usize,
    /// Number of pages that would be published.
    pub pages: usize,
    /// Open work by strategy and department.
    pub open_work: Vec<OpenWork>,
    /// Acknowledged findings.
    pub acknowledged: Vec<Acknowledged>,
    /// Strategies with draft editions.
    pub drafts: Vec<DraftEditions>,
}

/// Open work of one department for one strategy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenWork {
    /// Title of the strategy.
    pub strategy: String,
    /// Department as printed; `None` if none is printed.
    pub department: Option<String>,
    /// Number of open findings in the files of the department.
    pub findings: usize,
    /// Missing sheets of the newest edition, as paths below the folder of the strategy.
    pub sheets: Vec<String>,
}

/// An acknowledged finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledged {
    /// The finding.
    pub diagnostic: Diagnostic,
    /// Reason given in the acknowledgement.
    pub reason: String,
}

/// Draft editions of a strategy, which will not be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftEditions {
    /// Title of the strategy.
    pub strategy: String,
    /// Draft editions.
    pub drafts: Vec<Edition>,
    /// True if all editions of the strategy are drafts.
    pub only_drafts: bool,
}

/// Checks the content folder `content`: the units in `only`, or all units if it is empty.
///
/// # Errors
/// Fails if the folder cannot be read, or `only` matches nothing.
pub fn check(
    content: &Path,
    only: &[String],
    on_progress: &(dyn Fn(Progress) + Sync),
) -> Result<Checked, CommandError> {
    check_source(Arc::new(DiskSource::new(content)), content, only, on_progress)
}

/// Checks the content of any source; `root` is its path in messages.
fn check_source(
    source: Arc<dyn Source>,
    root: &Path,
    only: &[String],
    on_progress: &(dyn Fn(Progress) + Sync),
) -> Result<Checked, CommandError> {
    let mut workspace = Workspace::open(source, only)?;
    require_strategy(&mut workspace, root);
    let listings = workspace.listing.units();
    let mut session =
        BuildSession::new(&workspace, Destination::DryRun(DryRun::default()), listings.len(), on_progress);
    let units = listings.par_iter().map(|(_, listing)| CheckedUnit::check(&session, &workspace, listing));
    let mut units = units.collect::<Result<Vec<_>, _>>()?;
    let root_stats = session.build_root(None, || Ok(units.iter().flat_map(|unit| unit.summaries.clone()).collect()))?;

    let published = units.iter_mut().map(|unit| (unit.sources.clone(), std::mem::take(&mut unit.published)));
    let (mut sources, mut diagnostics) = session.diagnostics(published);
    let mut checked = Checked {
        sources: Sources::default(),
        diagnostics: Vec::new(),
        files: workspace.root.sources.count(),
        pages: root_stats.pages,
        open_work: Vec::new(),
        acknowledged: Vec::new(),
        drafts: Vec::new(),
    };
    let mut draft_render_errors = Vec::new();
    for mut unit in units {
        let acknowledged = unit.acknowledged.iter_mut().map(|acknowledged| &mut acknowledged.diagnostic);
        sources.merge_from(&unit.sources, unit.draft_diagnostics.iter_mut().chain(acknowledged));
        diagnostics.append(&mut unit.draft_diagnostics);
        draft_render_errors.append(&mut unit.draft_render_errors);
        checked.files += unit.files;
        checked.pages += unit.pages;
        checked.open_work.append(&mut unit.open_work);
        checked.acknowledged.append(&mut unit.acknowledged);
        checked.drafts.append(&mut unit.drafts);
    }
    if !has_errors(&diagnostics) {
        diagnostics.append(&mut dedup_errors(draft_render_errors));
    }
    checked.diagnostics = errors_or_warnings(diagnostics, &sources);
    checked.acknowledged.sort_by_cached_key(|acknowledged| diagnostic::sort_key(&acknowledged.diagnostic, &sources));
    Ok(Checked { sources, ..checked })
}

/// Result of checking one unit.
struct CheckedUnit {
    /// Text files to which the diagnostics point.
    sources: Sources,
    /// Diagnostics of the unit; for a unit with drafts, those of its published form, without the drafts.
    published: Vec<Diagnostic>,
    /// Additional diagnostics with the drafts included.
    draft_diagnostics: Vec<Diagnostic>,
    /// Errors that occur only on the pages of drafts.
    draft_render_errors: Vec<Diagnostic>,
    files: usize,
    pages: usize,
    summaries: Vec<Summary>,
    open_work: Vec<OpenWork>,
    acknowledged: Vec<Acknowledged>,
    drafts: Vec<DraftEditions>,
}

impl CheckedUnit {
    /// Checks one unit.
    fn check(session: &BuildSession<'_>, workspace: &Workspace, listing: &Listing) -> Result<Self, CommandError> {
        let mut unit = Unit::new(workspace.read_unit(listing));
        let shared = &workspace.root.shared;
        let (report, mut with_drafts) = unit.link(shared, Drafts::Shown);
        let review = review(&report, ReviewScope::Complete, &mut with_drafts);
        let (open_work, drafts) = (open_work(&report, &review), drafts(&report));
        let acknowledged = review.acknowledged.into_iter();
        let mut acknowledged: Vec<Acknowledged> =
            acknowledged.map(|(finding, reason)| Acknowledged { diagnostic: finding.diagnostic, reason }).collect();
        let mut snapshot = UnitSnapshot::new(report);
        let (mut published, mut draft_diagnostics, mut draft_render_errors) = (with_drafts, Vec::new(), Vec::new());
        if !drafts.is_empty() {
            if !has_errors(&published) {
                draft_render_errors = session.render_errors_of(&snapshot)?;
            }
            let (report, without_drafts) = unit.link(shared, Drafts::Hidden);
            published.retain(|diagnostic| !without_drafts.contains(diagnostic));
            draft_diagnostics = std::mem::replace(&mut published, without_drafts);
            snapshot = UnitSnapshot::new(report);
        }
        let pages = session.render_unit(&snapshot, &published)?.0.pages;
        session.unit_done();
        let mut sources = Sources::default();
        let acknowledged_diagnostics = acknowledged.iter_mut().map(|acknowledged| &mut acknowledged.diagnostic);
        sources.merge_from(
            unit.sources(),
            published.iter_mut().chain(&mut draft_diagnostics).chain(acknowledged_diagnostics),
        );
        let (files, summaries) = (unit.sources().count(), snapshot.summaries);
        Ok(Self {
            sources,
            published,
            draft_diagnostics,
            draft_render_errors,
            files,
            pages,
            summaries,
            open_work,
            acknowledged,
            drafts,
        })
    }
}

fn open_work(report: &Report, review: &Review) -> Vec<OpenWork> {
    let tasks = check::open_work(report, review).into_iter().map(|work| {
        let strategy = report.strategy(work.strategy);
        let edition = strategy.editions.last().map(|edition| edition.id.as_str()).unwrap_or_default();
        let sheets = work.sheets.iter().map(|id| {
            let node = report.node(*id);
            format!("{}/{}/{edition}.md", node.kind.folder(), node.id)
        });
        OpenWork {
            strategy: strategy.title.clone(),
            department: work.department,
            findings: work.findings,
            sheets: sheets.collect(),
        }
    });
    tasks.collect()
}

fn drafts(report: &Report) -> Vec<DraftEditions> {
    let drafts = report.strategies().filter_map(|(_, strategy)| {
        let drafts: Vec<Edition> = strategy.editions.iter().filter(|edition| edition.draft).cloned().collect();
        let only_drafts = drafts.len() == strategy.editions.len();
        (!drafts.is_empty()).then(|| DraftEditions { strategy: strategy.title.clone(), drafts, only_drafts })
    });
    drafts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::tests::UnreadableFiles;

    const FILES: [(&str, &str); 8] = [
        ("site.toml", "title = 'x'\ntheme = 'look'\n"),
        ("look/assets/site.css", "p {}"),
        ("look/templates/404.html", "{{ site.title }}"),
        ("a/strategy.toml", "title = 'A'\npublisher = 'a'\n[[edition]]\nid = '2023'\nlabel = 'R5'\nyear = 'R5'\n"),
        ("a/policies/1/policy.md", "+++\nname = 'P'\n+++\n![a map](map.png) and [Q](policy:2)\n"),
        ("a/policies/1/map.png", "a picture"),
        ("a/policies/1/2023.md", "text\n"),
        ("a/policies/2/policy.md", "+++\nname = 'Q'\n+++\n"),
    ];

    /// Locations and rules of the errors that a check reports if the paths `unreadable` cannot be read.
    fn check_errors(files: &[(&str, &str)], unreadable: &[&'static str]) -> Vec<String> {
        let source = Arc::new(UnreadableFiles::new(files, unreadable));
        let checked = check_source(source, Path::new("content"), &[], &|_| ()).unwrap();
        let errors = checked.diagnostics.iter();
        let errors = errors.filter(|error| error.severity() == diagnostic::Severity::Error);
        errors.map(|error| format!("{} {}", checked.sources.format_location(&error.location), error.rule)).collect()
    }

    #[test]
    fn reports_one_error_for_each_unreadable_path() {
        assert_eq!(check_errors(&FILES, &[]), [""; 0]);
        for path in [
            "site.toml",
            "look/assets/site.css",
            "look/templates/404.html",
            "a/strategy.toml",
            "a/policies/1/policy.md",
            "a/policies/1/2023.md",
            "a/policies/1/map.png",
            "a/policies/2/policy.md",
            "a/policies/2",
            "a/policies",
            "a",
        ] {
            assert_eq!(check_errors(&FILES, &[path]), [format!("{path} unreadable")], "{path}");
        }
        let with_error = FILES.map(|(path, text)| (path, text.replace("label", "lable")));
        let with_error = with_error.each_ref().map(|(path, text)| (*path, text.as_str()));
        assert_eq!(
            check_errors(&with_error, &["look/assets/site.css", "look/templates/404.html", "a/policies/1/policy.md"]),
            [
                "a/policies/1/policy.md unreadable",
                "a/strategy.toml:5:1 unknown-key",
                "look/assets/site.css unreadable",
                "look/templates/404.html unreadable",
            ]
        );
    }
}
