//! `shirube build`: content in, site out.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;

use super::console::{Console, Format, plural};
use super::progress::ProgressLine;
use super::{Ending, Selection};
use crate::build::{self, Built, Portal, Progress, Request};
use crate::diagnostic::{Bilingual, say};
use crate::model::grouped;
use crate::publish::Recovery;

/// Build the site, writing only the files that changed
#[derive(Debug, Args)]
pub(super) struct Build {
    #[command(flatten)]
    selection: Selection,

    /// The folder to write the site to; for a part of it (--strategy, --portal) one of its own
    #[arg(long, value_name = "DIR", default_value = "output")]
    output: PathBuf,

    /// Build only the pages around all municipalities, whose own sites are in this folder
    #[arg(long, value_name = "DIR", conflicts_with = "strategy")]
    portal: Option<PathBuf>,
}

impl Build {
    pub(super) fn run(&self, console: Console) -> Ending {
        if let Some(message) = self.selection.misuse().or_else(|| self.misuse()) {
            console.fail(&message);
            return Ending::Misused;
        }
        let meter = ProgressLine::start(console.lang, console.format == Format::Text);
        let (content, output) = (&self.selection.content, &self.output);
        let show = |progress: Progress| meter.show(progress);
        let outcome = match &self.portal {
            None => build::build(&Request { content, output, only: &self.selection.strategy }, &show),
            Some(parts) => build::portal(&Portal { content, parts, output }, &show),
        };
        let elapsed = meter.elapsed();
        drop(meter);

        let mut outcome = match outcome {
            Ok(outcome) => outcome,
            Err(failure) => return console.end(&failure),
        };
        if let Some(recovery) = outcome.recovery {
            console.warn(&recovered(recovery, &self.output));
        }
        console.report(&mut outcome.diagnostics, &outcome.sources, &self.selection.content);
        let Some(built) = outcome.built else { return Ending::Failed };
        for path in &built.summary.kept {
            console.warn(&say!(
                ja: "{path} はもうサイトにありませんが、書き出した後に変更されているため、消さずに残しました",
                en: "{path} no longer belongs to the site, but has been changed since it was written, so it was left",
            ));
        }
        console.done(&closing(&built, &self.output, elapsed));
        Ending::Done
    }

    /// What is wrong with the folder to write to, if anything is.
    fn misuse(&self) -> Option<Bilingual> {
        let (content, output) = (self.selection.content.display(), self.output.display());
        // What was built there before, the parts themselves, would no longer belong to the site.
        let parts = self.portal.as_ref().and_then(|parts| parts.canonicalize().ok());
        if parts.is_some_and(|parts| self.output.canonicalize().is_ok_and(|output| output == parts)) {
            return Some(say!(
                ja: "--portal と --output が同じフォルダー {output} です。団体ごとのサイトが消えるので、--output で別のフォルダーを指定してください",
                en: "--portal and --output are the same folder {output}, whose sites would be deleted; name another with --output",
            ));
        }
        if is_inside(&self.output, &self.selection.content) {
            return Some(say!(
                ja: "出力先 {output} が原稿のフォルダー {content} の中にあります。--output で外を指定してください",
                en: "the output folder {output} lies inside the content folder {content}; name another with --output",
            ));
        }
        if self.output.canonicalize().is_ok_and(|output| output.parent().is_none()) {
            return Some(say!(
                ja: "出力先 {output} はディスクの最上位です。サイトだけを置くフォルダーを --output で指定してください",
                en: "the output folder {output} is the root of the file system; name a folder for the site alone with --output",
            ));
        }
        is_inside(&self.selection.content, &self.output).then(|| {
            say!(
                ja: "原稿のフォルダー {content} が出力先 {output} の中にあり、原稿が公開されたり、書き換えられたりするおそれがあります。--output で別のフォルダーを指定してください",
                en: "the content folder {content} lies inside the output folder {output}, where it could be published or overwritten; name another with --output",
            )
        })
    }
}

/// How an earlier build that was interrupted ended.
fn recovered(recovery: Recovery, output: &Path) -> Bilingual {
    let output = output.display();
    match recovery {
        Recovery::Completed { changes } => {
            let (n, s) = (grouped(changes), plural(changes));
            say!(
                ja: "{output} で中断していた前回の書き出しを完了しました（残っていた変更 {n} 件）",
                en: "completed an earlier build of {output} that was interrupted ({n} remaining change{s})",
            )
        }
        Recovery::Discarded => say!(
            ja: "{output} への前回の書き出しは、公開の前に中断していました。公開済みのサイトは変わっていません",
            en: "an earlier build of {output} was interrupted before it published anything; the published site was not changed",
        ),
        Recovery::Repaired => say!(
            ja: "{output} の書き出しの記録が壊れていたため、作り直しました",
            en: "repaired a damaged record in {output}",
        ),
    }
}

/// Whether `inner`, which may not exist yet, is or lies in `outer`.
fn is_inside(inner: &Path, outer: &Path) -> bool {
    let Ok(outer) = outer.canonicalize() else { return false };
    let Ok(inner) = std::path::absolute(inner) else { return false };
    inner.ancestors().find_map(|existing| existing.canonicalize().ok()).is_some_and(|inner| inner.starts_with(outer))
}

/// The line that says what was done.
fn closing(built: &Built, output: &Path, elapsed: Duration) -> Bilingual {
    let number = |n: usize| grouped(n);
    let (pages, charts) = (number(built.pages), number(built.charts));
    let (s, z) = (plural(built.pages), plural(built.charts));
    let [written, unchanged, deleted] =
        [built.summary.written, built.summary.unchanged, built.summary.deleted].map(number);
    let output = output.display();
    let seconds = format!("{:.1}", elapsed.as_secs_f64());
    say!(
        ja: "{pages} ページ、{charts} 図表を {output}/ に書き出しました（変更 {written}、そのまま {unchanged}、削除 {deleted}、{seconds} 秒）",
        en: "wrote {pages} page{s} and {charts} chart{z} to {output}/ ({written} changed, {unchanged} unchanged, {deleted} deleted, {seconds} s)",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::PublishSummary;

    #[test]
    fn the_closing_line_says_what_was_done() {
        let summary = |written, unchanged| PublishSummary { written, unchanged, ..PublishSummary::default() };
        let many = Built { pages: 12500, charts: 36, summary: summary(3, 12533) };
        let line = closing(&many, Path::new("output"), Duration::from_millis(420));
        assert_eq!(
            line.ja,
            "12,500 ページ、36 図表を output/ に書き出しました（変更 3、そのまま 12,533、削除 0、0.4 秒）"
        );
        let one = Built { pages: 1, charts: 0, summary: summary(1, 0) };
        let line = closing(&one, Path::new("site"), Duration::from_millis(40));
        assert_eq!(line.en, "wrote 1 page and 0 charts to site/ (1 changed, 0 unchanged, 0 deleted, 0.0 s)");
    }

    #[test]
    fn the_root_of_the_file_system_is_refused() {
        let misuse = |output: &Path| {
            let selection = Selection { content: "content".into(), strategy: Vec::new() };
            Build { selection, output: output.to_owned(), portal: None }.misuse().map(|misuse| misuse.en)
        };
        let here = std::env::current_dir().unwrap();
        let root = here.ancestors().last().unwrap();
        for output in [root.to_owned(), here.join("src").join("../".repeat(here.components().count()))] {
            let said = misuse(&output).unwrap_or_default();
            assert!(said.contains("is the root of the file system"), "{}: {said}", output.display());
        }
        assert_eq!(misuse(Path::new("output")), None);
    }

    #[test]
    fn a_folder_inside_another_is_known_before_it_exists() {
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
