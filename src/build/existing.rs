//! Protection of the existing site in the output folder during partial builds.

use super::CommandError;
use crate::diagnostic::say;
use crate::model::grouped;
use crate::publish::{PublishError, Publisher};
use crate::site::address;
use std::path::Path;

/// Fails if the site in `output` contains units other than `built_units`, because a build without
/// them would delete them. `publisher` is `None` if `output` contains no site.
pub(super) fn ensure_not_clobbering(
    publisher: Option<&Result<Publisher, PublishError>>,
    output: &Path,
    built_units: &[&str],
) -> Result<(), CommandError> {
    let Some(Ok(publisher)) = publisher else { return Ok(()) };
    // Folders of the theme and of `static/` contain no data of strategies.
    let data = [address::REPORT_JSON, address::SUMMARY_JSON];
    let others = publisher.count_files_outside(&[built_units, &[address::THEME_FOLDER]].concat(), &data);
    if others == 0 {
        return Ok(());
    }
    let (n, s) = (grouped(others), if others == 1 { "" } else { "s" });
    let example = built_units.first().map_or("--output portal".to_owned(), |unit| format!("--output parts/{unit}"));
    let output = output.display();
    let message = say!(
        ja: "{output} には、今回書き出さない自治体のファイルが {n} 個あり、このまま書き出すと削除されます。--output で別のフォルダーを指定してください（`{example}` など）",
        en: "{output} contains {n} file{s} of municipalities that are not part of this build and would be deleted; choose another folder with --output, such as `{example}`"
    );
    Err(CommandError::Usage(message))
}
