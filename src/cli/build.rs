//! `shirube build`: builds the site and reports what changed.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;

use super::console::{Console, Format, counted};
use super::progress::ProgressLine;
use super::{Exit, Selection};
use crate::build::{self, BuildOptions, BuildStats, PortalOptions, Progress};
use crate::diagnostic::{Bilingual, say};
use crate::model::grouped;
use crate::publish::Recovery;

/// Build the site, writing only the files that changed
///
/// サイトを作成します。変更のあったファイルだけを書き出します。
#[derive(Debug, Args)]
pub(super) struct Build {
    #[command(flatten)]
    selection: Selection,

    /// Folder to write the site to; with --strategy or --portal, use a separate folder
    ///
    /// サイトの出力先（--strategy と --portal では、サイト全体とは別のフォルダーを指定）
    #[arg(long, value_name = "DIR", default_value = "output")]
    output: PathBuf,

    /// Build only the site-level pages (home, search, glossary) for the municipality sites in this folder
    ///
    /// このフォルダーにある自治体ごとのサイトをもとに、サイト全体のページ（トップページ・検索・用語集）だけを作成する
    #[arg(long, value_name = "DIR", conflicts_with = "strategy")]
    portal: Option<PathBuf>,

    /// Compare published figures with this site or report.json instead of the site in the output folder
    ///
    /// 公表済みの記載を、出力先のサイトの代わりに、このサイトまたは report.json と比べる
    #[arg(long, value_name = "PATH", conflicts_with = "portal")]
    against: Option<PathBuf>,

    /// Publish nothing if a published figure changed without a correction
    ///
    /// 公表済みの記載が訂正の記載なしに変わっていれば、書き出さない
    #[arg(long, conflicts_with = "portal")]
    strict: bool,
}

impl Build {
    pub(super) fn run(&self, console: Console) -> Exit {
        if let Some(message) = self.selection.usage_error().or_else(|| self.usage_error()) {
            console.error(&message);
            return Exit::Usage;
        }
        let progress_line = ProgressLine::start(console.lang, console.format == Format::Text);
        let (content, output) = (&self.selection.content, &self.output);
        let on_progress = |progress: Progress| progress_line.show(progress);
        let outcome = match &self.portal {
            None => {
                let (only, against) = (self.selection.strategy.as_slice(), self.against.as_deref());
                let options = BuildOptions { content, output, only, against, strict: self.strict };
                build::build(&options, &on_progress)
            }
            Some(parts) => build::build_portal(&PortalOptions { content, parts, output }, &on_progress),
        };
        let elapsed = progress_line.elapsed();
        drop(progress_line);

        let mut outcome = match outcome {
            Ok(outcome) => outcome,
            Err(error) => return console.fail(&error),
        };
        if let Some(recovery) = outcome.recovery {
            console.warn(&recovery_message(recovery, &self.output));
        }
        console.report(&mut outcome.diagnostics, &outcome.sources, &self.selection.content);
        if self.against.is_some() || self.strict {
            outcome.unpublished.iter().for_each(|id| console.warn(&nothing_to_compare(id)));
        }
        let Some(stats) = outcome.stats else { return Exit::Failure };
        for path in &stats.changes.kept {
            console.warn(&say!(
                ja: "{path} はサイトのファイルではなくなりましたが、書き出した後に変更されているため、削除せずに残しました",
                en: "{path} no longer belongs to the site, but was changed after it was written; it was not deleted",
            ));
        }
        console.print(&summary(&stats, &self.output, elapsed));
        Exit::Success
    }

    /// Error message if the output folder must not be written to.
    fn usage_error(&self) -> Option<Bilingual> {
        let (content, output) = (self.selection.content.display(), self.output.display());
        // The sites of the municipalities would not belong to the portal, and would be deleted.
        let parts = self.portal.as_ref().and_then(|parts| parts.canonicalize().ok());
        if parts.is_some_and(|parts| self.output.canonicalize().is_ok_and(|output| output == parts)) {
            return Some(say!(
                ja: "--portal と --output が同じフォルダー {output} です。自治体ごとのサイトが削除されるため、--output で別のフォルダーを指定してください",
                en: "--portal and --output are the same folder {output}, whose sites would be deleted; specify another with --output",
            ));
        }
        if is_inside(&self.output, &self.selection.content) {
            return Some(say!(
                ja: "出力先 {output} が原稿のフォルダー {content} の中にあります。--output でその外のフォルダーを指定してください",
                en: "the output folder {output} is inside the content folder {content}; specify another with --output",
            ));
        }
        if self.output.canonicalize().is_ok_and(|output| output.parent().is_none()) {
            return Some(say!(
                ja: "出力先 {output} はディスクの最上位です。サイトだけを置くフォルダーを --output で指定してください",
                en: "the output folder {output} is the root of the file system; specify a folder for the site alone with --output",
            ));
        }
        is_inside(&self.selection.content, &self.output).then(|| {
            say!(
                ja: "原稿のフォルダー {content} が出力先 {output} の中にあり、原稿が公開されたり、書き換えられたりするおそれがあります。--output で別のフォルダーを指定してください",
                en: "the content folder {content} is inside the output folder {output}, where it could be published or overwritten; specify another with --output",
            )
        })
    }
}

/// Message that a strategy could not be compared with a published state.
fn nothing_to_compare(strategy: &str) -> Bilingual {
    say!(
        ja: "計画「{strategy}」には、比べる公表済みのデータ（report.json）がありません。訂正の有無は確かめていません",
        en: "the strategy `{strategy}` has no published data (report.json) to be compared with; it was not checked for corrections",
    )
}

/// Message about the recovery from an interrupted build.
fn recovery_message(recovery: Recovery, output: &Path) -> Bilingual {
    let output = output.display();
    match recovery {
        Recovery::Completed { changes } => {
            let (n, remaining) = (grouped(changes), counted(changes, "remaining change"));
            say!(
                ja: "{output} で中断していた前回の書き出しを完了しました（残りの変更{n}件）",
                en: "completed an earlier build of {output} that was interrupted ({remaining})",
            )
        }
        Recovery::Discarded => say!(
            ja: "{output} への前回の書き出しは、公開の前に中断していました。公開済みのサイトに変更はありません",
            en: "an earlier build of {output} was interrupted before publishing; the published site is unchanged",
        ),
        Recovery::Repaired => say!(
            ja: "{output} の書き出しの記録が壊れていたため、作り直しました",
            en: "repaired a damaged record in {output}",
        ),
    }
}

/// Returns true if `inner` is `outer` or a path inside it. `inner` need not exist.
fn is_inside(inner: &Path, outer: &Path) -> bool {
    let Ok(outer) = outer.canonicalize() else { return false };
    let Ok(inner) = std::path::absolute(inner) else { return false };
    inner.ancestors().find_map(|existing| existing.canonicalize().ok()).is_some_and(|inner| inner.starts_with(outer))
}

/// Closing line with the counts of pages and files.
fn summary(stats: &BuildStats, output: &Path, elapsed: Duration) -> Bilingual {
    let BuildStats { pages, charts, changes } = stats;
    let (counted_pages, counted_charts) = (counted(*pages, "page"), counted(*charts, "chart"));
    let [pages, charts] = [*pages, *charts].map(grouped);
    let [written, unchanged, deleted] = [changes.written, changes.unchanged, changes.deleted].map(grouped);
    let output = output.display();
    let seconds = format!("{:.1}", elapsed.as_secs_f64());
    say!(
        ja: "{output}/ に{pages}ページ、図表{charts}点を書き出しました（変更{written}件、変更なし{unchanged}件、削除{deleted}件、{seconds}秒）",
        en: "wrote {counted_pages} and {counted_charts} to {output}/ ({written} changed, {unchanged} unchanged, {deleted} deleted, {seconds} s)",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::PublishSummary;

    #[test]
    fn summarizes_pages_and_files() {
        let counts = |written, unchanged| PublishSummary { written, unchanged, ..PublishSummary::default() };
        let many = BuildStats { pages: 12500, charts: 36, changes: counts(3, 12533) };
        let line = summary(&many, Path::new("output"), Duration::from_millis(420));
        assert_eq!(
            line.ja,
            "output/ に12,500ページ、図表36点を書き出しました（変更3件、変更なし12,533件、削除0件、0.4秒）"
        );
        let one = BuildStats { pages: 1, charts: 0, changes: counts(1, 0) };
        let line = summary(&one, Path::new("site"), Duration::from_millis(40));
        assert_eq!(line.en, "wrote 1 page and 0 charts to site/ (1 changed, 0 unchanged, 0 deleted, 0.0 s)");
    }

    #[test]
    fn refuses_the_root_of_the_file_system() {
        let usage_error = |output: &Path| {
            let selection = Selection { content: "content".into(), strategy: Vec::new() };
            Build { selection, output: output.to_owned(), portal: None, against: None, strict: false }
                .usage_error()
                .map(|message| message.en)
        };
        let here = std::env::current_dir().unwrap();
        let root = here.ancestors().last().unwrap();
        for output in [root.to_owned(), here.join("src").join("../".repeat(here.components().count()))] {
            let message = usage_error(&output).unwrap_or_default();
            assert!(message.contains("is the root of the file system"), "{}: {message}", output.display());
        }
        assert_eq!(usage_error(Path::new("output")), None);
    }

    #[test]
    fn detects_a_folder_inside_another_before_it_exists() {
        let here = tempfile::tempdir().unwrap();
        let content = here.path().join("content");
        std::fs::create_dir(&content).unwrap();
        assert!(is_inside(&content, &content));
        assert!(is_inside(&content.join("a/b"), &content));
        assert!(!is_inside(&here.path().join("output"), &content));
        assert!(!is_inside(&content.join("../output"), &content));
        assert!(!is_inside(here.path(), &content));
    }
}
