//! Protection of the existing site in the output folder during partial builds.

use super::CommandError;
use crate::diagnostic::say;
use crate::model::grouped;
use crate::publish::{PublishError, Publisher};
use crate::site::address;
use std::path::Path;

/// Fails if the `site` in `output` contains units other than `own`: a partial build of `own` would delete them.
pub(super) fn ensure_not_clobbering(
    site: Option<&Result<Publisher, PublishError>>,
    output: &Path,
    own: &[&str],
) -> Result<(), CommandError> {
    let Some(Ok(site)) = site else { return Ok(()) };
    let others = site.count_outside(&[own, &[address::THEME_FOLDER]].concat());
    if others == 0 {
        return Ok(());
    }
    let (n, s) = (grouped(others), if others == 1 { "" } else { "s" });
    let example = own.first().map_or("--output portal".to_owned(), |unit| format!("--output parts/{unit}"));
    let output = output.display();
    let message = say!(
        ja: "{output} には、今回書き出さない自治体のファイルが {n} 個あり、このまま書き出すと削除されます。--output で別のフォルダーを指定してください（`{example}` など）",
        en: "{output} contains {n} file{s} of municipalities that are not part of this build and would be deleted; choose another folder with --output, such as `{example}`"
    );
    Err(CommandError::Usage(message))
}
