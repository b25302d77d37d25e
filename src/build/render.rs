//! Rendering of every file of the site, shared by `build` and `serve`.

use super::CommandError;
use super::artifact::{Artifact, ArtifactKind, RenderError};
use crate::content::{Source, natural};
use crate::diagnostic::say;
use crate::exchange::report_json;
use crate::model::Report;
use crate::search::{self, SearchEntry, Shard};
use crate::site::{self, Page, Summary, Url, ViewBuilder, address};
use crate::theme::Theme;
use rayon::prelude::*;
use std::borrow::Cow;

/// Renders the files of one unit, or those outside all units, independently of each other.
pub struct Renderer<'a> {
    scope: Scope,
    source: &'a dyn Source,
    report: &'a Report,
    theme: &'a Theme,
    viewer: ViewBuilder<'a>,
}

/// Files that a renderer covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// Files of the strategies of a report.
    Unit,
    /// Files outside all units.
    Root,
}

impl<'a> Renderer<'a> {
    /// Creates a renderer for the strategies of `report`, which was read from `source`.
    pub fn of_unit(source: &'a dyn Source, report: &'a Report, theme: &'a Theme) -> Self {
        Self { scope: Scope::Unit, source, report, theme, viewer: ViewBuilder::new(report, theme.texts()) }
    }

    /// Creates a renderer for the files outside all units. `summaries` are those of all strategies, in any order;
    /// `report` need not contain the strategies.
    pub fn of_root(source: &'a dyn Source, report: &'a Report, theme: &'a Theme, mut summaries: Vec<Summary>) -> Self {
        summaries.sort_by(|a, b| natural(&a.id, &b.id));
        Self {
            scope: Scope::Root,
            source,
            report,
            theme,
            viewer: ViewBuilder::with_summaries(report, theme.texts(), summaries),
        }
    }

    /// All files of this renderer, in an order that depends only on the content.
    pub fn artifacts(&self) -> Vec<ArtifactKind> {
        let index = |shard: Shard| Some(ArtifactKind::Index(shard, shard.url(self.report)?));
        match self.scope {
            Scope::Unit => {
                let pages = site::plan_strategies(self.report).into_iter().map(ArtifactKind::Page);
                let of_nodes = site::files(self.report).into_iter().map(ArtifactKind::Node);
                let data = self.report.strategies();
                let data = data.flat_map(|(ix, strategy)| {
                    let summary = ArtifactKind::Summary(ix, address::summary_json(strategy));
                    [ArtifactKind::Data(ix, address::report_json(strategy)), summary]
                });
                let indexes = search::shards(self.report).filter_map(index);
                pages.chain(of_nodes).chain(data).chain(indexes).collect()
            }
            Scope::Root => {
                let pages = site::plan_site_level(self.report).into_iter().map(ArtifactKind::Page);
                let of_theme = self.theme.assets().map(|(url, _)| ArtifactKind::Theme(url));
                let indexes = search::site_level_shard(self.report).and_then(index);
                pages.chain(of_theme).chain(indexes).collect()
            }
        }
    }

    /// Renders one file. A page is rendered into `buffer`.
    ///
    /// # Errors
    /// Fails if the theme cannot render the page or a file of the content cannot be read.
    pub fn render<'m>(&'m self, file: &ArtifactKind, buffer: &'m mut Vec<u8>) -> Result<Artifact<'m>, RenderError> {
        let plain = |body| Ok(Artifact { body, charts: 0, entry: None });
        match file {
            ArtifactKind::Page(page) => {
                let view = self.viewer.view(page);
                let body = self.theme.draw(&view, buffer).map_err(RenderError::Diagnostics)?;
                let entry = search::entry(self.report, page, &view, self.theme.texts());
                Ok(Artifact { body, charts: view.chart_count(), entry })
            }
            ArtifactKind::Theme(url) => {
                let asset = self.theme.assets().find(|(of, _)| of == url);
                debug_assert!(asset.is_some(), "the plan contains only files of the theme");
                plain(Cow::Borrowed(asset.map_or(&[][..], |(_, bytes)| bytes)))
            }
            ArtifactKind::Node(file) => {
                let node = self.report.node(file.node);
                let strategy = self.report.strategy(file.node.strategy);
                let path = [&strategy.id, node.kind.folder(), &node.id, &file.name].join("/");
                let bytes = self.source.read_no_follow(&path);
                let bytes = bytes.map_err(|error| RenderError::Diagnostics(vec![error.at(&path)]))?;
                plain(Cow::Owned(bytes))
            }
            ArtifactKind::Data(ix, _) => {
                let json = report_json::to_json(self.report, *ix);
                let json = json.map_err(|error| serialization_error("report.json", &error))?;
                plain(Cow::Owned(json))
            }
            ArtifactKind::Summary(ix, _) => {
                let json = Summary::new(self.report, *ix).to_json();
                plain(Cow::Owned(json.map_err(|error| serialization_error(address::SUMMARY_JSON, &error))?))
            }
            ArtifactKind::Index(shard, url) => {
                let plan = site::plan_strategies(self.report);
                self.index(*shard, url, &plan.iter().collect::<Vec<_>>(), |page| {
                    let entry = search::entry(self.report, page, &self.viewer.view(page), self.theme.texts());
                    entry.map(Cow::Owned)
                })
            }
        }
    }

    /// Renders the index of a shard at `url`. `plan` contains its pages; `entry` returns the search entry of a page.
    ///
    /// # Errors
    /// Fails if the entries cannot be serialized, which does not happen because they are texts.
    pub fn index<'e, F>(
        &self,
        shard: Shard,
        url: &Url,
        plan: &[&Page],
        entry: F,
    ) -> Result<Artifact<'static>, RenderError>
    where
        F: Fn(&Page) -> Option<Cow<'e, SearchEntry>> + Send + Sync,
    {
        let entries: Vec<Cow<'_, SearchEntry>> = if shard == Shard::Glossary {
            search::terms(self.report).map(Cow::Owned).collect()
        } else {
            let pages = search::pages(self.report, shard, plan);
            pages.into_par_iter().filter_map(entry).collect()
        };
        let script = search::script(url, &entries).map_err(|error| serialization_error("search.js", &error))?;
        Ok(Artifact { body: script.into(), charts: 0, entry: None })
    }
}

fn serialization_error(file: &str, reason: &serde_json::Error) -> RenderError {
    let message = say!(ja: "{file} を作成できません: {reason}", en: "cannot create {file}: {reason}");
    RenderError::Command(CommandError::Other(message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::DiskSource;
    use crate::site::claims;
    use crate::workspace::{self, AnalysisOptions};
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn address_check_covers_all_files_of_a_unit() {
        for content in ["content", "tests/golden/content", "tests/golden/years/content"] {
            let source = DiskSource::new(&Path::new(env!("CARGO_MANIFEST_DIR")).join(content));
            let report = workspace::analyze(&source, &[], &AnalysisOptions::default()).unwrap().report;
            let theme = Theme::load(&report.site, &[]).unwrap();
            let artifacts = Renderer::of_unit(&source, &report, &theme).artifacts();
            let published: BTreeSet<&Url> = artifacts.iter().map(ArtifactKind::url).collect();
            let files = claims::files(&report);
            assert_eq!(files.iter().map(|(url, _)| url).collect::<BTreeSet<_>>(), published, "{content}");
        }
    }
}
