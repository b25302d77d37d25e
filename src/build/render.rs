//! Rendering of every file of the site, shared by `build` and `serve`.

use super::CommandError;
use super::artifact::{Artifact, OutputFile, RenderError};
use crate::content::{Source, natural_cmp};
use crate::diagnostic::say;
use crate::exchange::package::{self, PackageFile, REPORT_SCHEMA};
use crate::exchange::report_json;
use crate::model::{Report, StaticFile, StrategyIx};
use crate::search::{self, EncodedEntry, GRAM_FILES, GramIndex, GramSet, Index, IndexFiles, Shard};
use crate::site::discovery;
use crate::site::{self, Page, Summary, Url, View, ViewBuilder, address};
use crate::theme::Theme;
use crate::workspace::UnitSnapshot;
use rayon::prelude::*;
use std::borrow::Cow;
use std::sync::OnceLock;

/// Renders the files of one unit, or those outside all units, independently of each other.
pub struct Renderer<'a> {
    scope: Scope,
    source: &'a dyn Source,
    report: &'a Report,
    theme: &'a Theme,
    views: ViewBuilder<'a>,
    /// Files of `static/`; empty for a unit.
    static_files: &'a [StaticFile],
    /// Files of the search indexes, assigned on first use.
    index_files: OnceLock<IndexFiles>,
    /// First level of the search index, computed on first use.
    grams: OnceLock<GramIndex>,
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
    /// Creates a renderer for the strategies of a unit, which was read from `source`.
    pub fn for_unit(source: &'a dyn Source, unit: &'a UnitSnapshot, theme: &'a Theme) -> Self {
        let report = &unit.report;
        let views = ViewBuilder::with_summaries(report, theme.texts(), unit.summaries.clone());
        Self {
            scope: Scope::Unit,
            source,
            report,
            theme,
            views,
            static_files: &[],
            index_files: OnceLock::new(),
            grams: OnceLock::new(),
        }
    }

    /// Creates a renderer for the files outside all units. `summaries` are those of all strategies, in any order;
    /// `report` need not contain the strategies.
    pub fn for_root(
        source: &'a dyn Source,
        report: &'a Report,
        theme: &'a Theme,
        mut summaries: Vec<Summary>,
        static_files: &'a [StaticFile],
    ) -> Self {
        summaries.sort_by(|a, b| natural_cmp(&a.id, &b.id));
        Self {
            scope: Scope::Root,
            source,
            report,
            theme,
            views: ViewBuilder::with_summaries(report, theme.texts(), summaries),
            static_files,
            index_files: OnceLock::new(),
            grams: OnceLock::new(),
        }
    }

    /// All files of this renderer, in an order that depends only on the content.
    pub fn files(&self) -> Vec<OutputFile> {
        let index = |shard: Shard| Some(OutputFile::Index(shard, shard.url(self.report)?));
        match self.scope {
            Scope::Unit => {
                let pages = site::plan_strategies(self.report);
                let charts = site::chart_files(self.report, &pages).into_iter();
                let charts = charts.map(|(id, url)| OutputFile::Chart(id, url));
                let pages = pages.into_iter().map(OutputFile::Page).chain(charts);
                let node_files = site::files(self.report).into_iter().map(OutputFile::NodeFile);
                let data = self.report.strategies();
                let data = data.flat_map(|(ix, strategy)| {
                    let summary = OutputFile::Summary(ix, address::summary_json(strategy));
                    let package = site::package_files(self.report, ix).into_iter();
                    let package = package.map(move |(file, url)| OutputFile::Package(ix, file, url));
                    [OutputFile::Data(ix, address::report_json(strategy)), summary].into_iter().chain(package)
                });
                let indexes = self.index_files().shards().filter_map(index);
                let discovery = discovery::strategy_files(self.report).into_iter();
                let discovery = discovery.map(|(file, url)| OutputFile::Discovery(file, url));
                pages.chain(node_files).chain(data).chain(indexes).chain(discovery).collect()
            }
            Scope::Root => {
                let pages = site::plan_site_level(self.report).into_iter().map(OutputFile::Page);
                let theme_files = self.theme.assets().map(|(url, _)| OutputFile::ThemeFile(url));
                let indexes = search::site_level_shard(self.report).and_then(index);
                let static_files = self.static_files.iter();
                let static_files = static_files.map(|file| OutputFile::StaticFile(file.clone(), Url::new(&file.path)));
                // The city may publish its own `robots.txt`.
                let is_own = |url: &Url| self.static_files.iter().any(|file| file.path == url.path());
                let discovery = discovery::site_files(self.report, self.views.summaries()).into_iter();
                let discovery = discovery.filter(|(_, url)| !is_own(url));
                let discovery = discovery.map(|(file, url)| OutputFile::Discovery(file, url));
                let has_grams = self.report.site.search && GramIndex::is_needed(self.views.summaries());
                let grams = (0..=GRAM_FILES).filter(|_| has_grams);
                let grams = grams.map(|number| OutputFile::Grams(number, address::search_grams(number)));
                pages.chain(theme_files).chain(indexes).chain(grams).chain(static_files).chain(discovery).collect()
            }
        }
    }

    /// Returns true if a page has exceeded the limits of the theme, so that rendering others would take long.
    pub fn exceeds_limits(&self) -> bool {
        self.theme.exceeds_limits()
    }

    /// Renders one file. A page is rendered into `buffer`.
    ///
    /// # Errors
    /// Fails if the theme cannot render the page or a file of the content cannot be read.
    pub fn render<'m>(&'m self, file: &OutputFile, buffer: &'m mut Vec<u8>) -> Result<Artifact<'m>, RenderError> {
        let plain = |body| Ok(Artifact { body, charts: 0, entry: None });
        match file {
            OutputFile::Page(page) => {
                let view = self.views.view(page);
                let body = self.theme.render_page(&view, buffer).map_err(RenderError::Diagnostics)?;
                let entry = self.entry(page, &view);
                Ok(Artifact { body, charts: view.chart_count(), entry })
            }
            OutputFile::ThemeFile(url) => {
                let asset = self.theme.assets().find(|(address, _)| address == url);
                debug_assert!(asset.is_some(), "the plan contains only files of the theme");
                plain(Cow::Borrowed(asset.map_or(&[][..], |(_, bytes)| bytes)))
            }
            OutputFile::NodeFile(file) => {
                let node = self.report.node(file.node);
                let strategy = self.report.strategy(file.node.strategy);
                let path = [&strategy.id, node.kind.folder(), &node.id, &file.name].join("/");
                let bytes = self.source.read_no_follow(&path);
                let bytes = bytes.map_err(|error| RenderError::Diagnostics(vec![error.at(&path)]))?;
                plain(Cow::Owned(bytes))
            }
            OutputFile::StaticFile(file, _) => {
                let path = file.source_path();
                let bytes = self.source.read_no_follow(&path);
                plain(Cow::Owned(bytes.map_err(|error| RenderError::Diagnostics(vec![error.at(&path)]))?))
            }
            OutputFile::Chart(id, _) => {
                let svg = self.views.chart_file(*id, &self.theme.chart_style());
                debug_assert!(svg.is_some(), "only charts that exist are planned");
                plain(Cow::Owned(svg.unwrap_or_default().into_bytes()))
            }
            OutputFile::Data(ix, _) => {
                let json = report_json::to_json(self.report, *ix);
                let json = json.map_err(|error| serialization_error("report.json", &error))?;
                plain(Cow::Owned(json))
            }
            OutputFile::Package(ix, file, _) => plain(self.package_file(*ix, *file)?),
            OutputFile::Summary(ix, _) => {
                let plan = site::plan_strategies(self.report);
                let entry = |page: &Page| self.entry_of(page);
                plain(Cow::Owned(self.summary_json(&self.summary(*ix, &plan.iter().collect::<Vec<_>>(), entry))?))
            }
            OutputFile::Grams(number, url) => {
                let grams = self.grams.get_or_init(|| GramIndex::new(self.views.summaries()));
                let script = search::gram_script(url, &grams.file(*number));
                plain(Cow::Owned(script.map_err(|error| serialization_error("search.js", &error))?))
            }
            OutputFile::Discovery(file, url) => {
                let bytes = discovery::render(self.report, self.views.summaries(), self.theme.texts(), *file);
                plain(Cow::Owned(bytes.map_err(|error| serialization_error(url.path(), &error))?))
            }
            OutputFile::Index(shard, url) => {
                let plan = site::plan_strategies(self.report);
                self.index(*shard, url, &plan.iter().collect::<Vec<_>>(), |page| self.entry_of(page))
            }
        }
    }

    fn entry(&self, page: &Page, view: &View<'_>) -> Option<EncodedEntry> {
        search::entry(self.report, page, view, self.theme.texts()).map(EncodedEntry::new)
    }

    fn entry_of(&self, page: &Page) -> Option<Cow<'static, EncodedEntry>> {
        self.entry(page, &self.views.view(page)).map(Cow::Owned)
    }

    /// Summary of a strategy, with the grams of its pages in the `plan`. `entry` returns the search entry of a page.
    pub fn summary<'e>(
        &self,
        ix: StrategyIx,
        plan: &[&Page],
        entry: impl Fn(&Page) -> Option<Cow<'e, EncodedEntry>>,
    ) -> Summary {
        let pages = plan.iter().filter(|page| Index::of(page) == Some(Index::Strategy(ix)));
        let grams = self.report.site.search.then(|| {
            let entries: Vec<_> = pages.filter_map(|page| entry(page)).collect();
            GramSet::new(entries.iter().flat_map(|entry| entry.lines()))
        });
        let summary = self.views.summaries().get(ix.0 as usize);
        debug_assert!(summary.is_some(), "a unit has a summary of each strategy");
        Summary { grams, ..summary.cloned().unwrap_or_else(|| Summary::new(self.report, ix)) }
    }

    /// Content of a summary file.
    ///
    /// # Errors
    /// Serialization errors; they cannot occur in practice.
    pub fn summary_json(&self, summary: &Summary) -> Result<Vec<u8>, RenderError> {
        summary.to_json().map_err(|error| serialization_error(address::SUMMARY_JSON, &error))
    }

    /// Content of a file of a data package.
    fn package_file(&self, ix: StrategyIx, file: PackageFile) -> Result<Cow<'_, [u8]>, RenderError> {
        let package = self.views.packages().get(self.report, ix);
        debug_assert!(package.is_some(), "the plan contains only strategies of the report");
        let Some(package) = package else { return Ok(Cow::Borrowed(&[])) };
        Ok(match file {
            PackageFile::Table(table) => Cow::Borrowed(package.bytes(table)),
            PackageFile::ReportSchema => Cow::Borrowed(REPORT_SCHEMA.as_bytes()),
            PackageFile::Descriptor => {
                let json = package::descriptor(self.report, ix, package);
                Cow::Owned(json.map_err(|error| serialization_error(address::DATAPACKAGE_JSON, &error))?)
            }
        })
    }

    fn index_files(&self) -> &IndexFiles {
        self.index_files.get_or_init(|| IndexFiles::new(self.report))
    }

    /// Renders the index of a shard at `url`. `plan` contains at least the pages of the shard;
    /// `entry` returns the search entry of a page.
    ///
    /// # Errors
    /// Serialization errors; they cannot occur in practice, because entries contain only strings.
    pub fn index<'e, F>(
        &self,
        shard: Shard,
        url: &Url,
        plan: &[&Page],
        entry: F,
    ) -> Result<Artifact<'static>, RenderError>
    where
        F: Fn(&Page) -> Option<Cow<'e, EncodedEntry>> + Send + Sync,
    {
        let entries: Vec<Cow<'_, EncodedEntry>> = if shard.index == search::Index::Glossary {
            search::terms(self.report).map(EncodedEntry::new).map(Cow::Owned).collect()
        } else {
            let pages = self.index_files().pages(shard, plan);
            pages.into_par_iter().filter_map(entry).collect()
        };
        let further = self.index_files().further(shard);
        let further: Vec<Url> = further.filter_map(|shard| shard.url(self.report)).collect();
        let script =
            search::script(url, &entries, &further).map_err(|error| serialization_error("search.js", &error))?;
        Ok(Artifact { body: script.into(), charts: 0, entry: None })
    }
}

fn serialization_error(file: &str, reason: &dyn std::error::Error) -> RenderError {
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
            let unit = UnitSnapshot::new(workspace::analyze(&source, &[], &AnalysisOptions::default()).unwrap().report);
            let report = &unit.report;
            let theme = Theme::load(&report.site, &[]).unwrap();
            let planned = Renderer::for_unit(&source, &unit, &theme).files();
            let published: BTreeSet<&Url> = planned.iter().map(OutputFile::url).collect();
            let files = claims::files(report);
            assert_eq!(files.iter().map(|(url, _)| url).collect::<BTreeSet<_>>(), published, "{content}");
        }
    }
}
