//! Content folder and strategy that a command adds to or asks about.

use std::path::PathBuf;

use clap::Args;

use crate::build::CommandError;
use crate::content::DiskSource;
use crate::diagnostic::say;
use crate::model::Strategy;
use crate::update;
use crate::workspace::{self, Analysis, AnalysisOptions};

/// Content folder that a command adds to.
#[derive(Debug, Clone, Args)]
pub(super) struct ContentFolder {
    /// Folder of the content
    ///
    /// 原稿のフォルダー
    #[arg(long, value_name = "DIR", default_value = "content")]
    pub(super) content: PathBuf,
}

/// Strategy that a command works on.
#[derive(Debug, Args)]
pub(super) struct TargetStrategy {
    #[command(flatten)]
    pub(super) folder: ContentFolder,

    /// Strategy to work on; required if there are several
    ///
    /// 対象の計画（計画が複数ある場合に指定）
    #[arg(long, value_name = "ID")]
    pub(super) strategy: Option<String>,
}

impl ContentFolder {
    /// Finishes an interrupted update of the content. Returns an error if the folder does not exist.
    pub(super) fn require(&self) -> Result<(), CommandError> {
        let content = self.content.display();
        if self.content.is_dir() {
            return update::recover(&self.content).map_err(CommandError::Other);
        }
        Err(CommandError::Usage(say!(
            ja: "原稿のフォルダー {content} がありません。`shirube new site` で作成するか、--content で指定してください",
            en: "content folder {content} not found; create one with `shirube new site`, or specify it with --content"
        )))
    }
}

impl TargetStrategy {
    /// Reads the content, drafts included.
    ///
    /// # Errors
    /// Fails if the content cannot be read.
    pub(super) fn analyze(&self) -> Result<Analysis, CommandError> {
        self.folder.require()?;
        let analysis =
            workspace::analyze(&DiskSource::new(&self.folder.content), &[], &AnalysisOptions::WITHOUT_REVIEW);
        Ok(analysis?)
    }

    /// Strategy named by `--strategy`; without the option, the only one of the content.
    pub(super) fn strategy<'a>(&self, analysis: &'a Analysis) -> Result<&'a Strategy, CommandError> {
        let all: Vec<&Strategy> = analysis.report.strategies().map(|(_, strategy)| strategy).collect();
        let ids: Vec<&str> = all.iter().map(|strategy| strategy.id.as_str()).collect();
        let (listed, listed_ja) = (ids.join(", "), ids.join("、"));
        let message = match (&self.strategy, all.as_slice()) {
            (None, [only]) => return Ok(only),
            (_, []) => say!(
                ja: "計画がまだありません。`shirube new strategy ID` で作成してください",
                en: "the content has no strategy yet; create one with `shirube new strategy ID`"
            ),
            (None, _) => say!(
                ja: "計画が複数あります。--strategy でいずれか一つを指定してください: {listed_ja}",
                en: "the content has several strategies; specify one with --strategy: {listed}"
            ),
            (Some(wanted), _) => {
                let wanted = wanted.trim_end_matches('/');
                if let Some(strategy) = all.iter().find(|strategy| strategy.id == wanted) {
                    return Ok(strategy);
                }
                say!(
                    ja: "計画「{wanted}」はありません。あるのは {listed_ja} です",
                    en: "unknown strategy `{wanted}`; the content has {listed}"
                )
            }
        };
        Err(CommandError::Usage(message))
    }
}
