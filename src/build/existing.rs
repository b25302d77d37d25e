//! The site that stands in the output folder already: kept from losing what is not made now.

use super::CommandError;
use crate::diagnostic::say;
use crate::model::grouped;
use crate::publish::{PublishError, Publisher};
use crate::site::address;
use std::path::Path;

/// Where only a part of a site is made, that of the units `own`: fails if the `site` in `output` holds
/// more, which would no longer belong to it and be deleted.
pub(super) fn ensure_not_clobbering(
    site: Option<&Result<Publisher, PublishError>>,
    output: &Path,
    own: &[&str],
) -> Result<(), CommandError> {
    let Some(Ok(site)) = site else { return Ok(()) };
    let others = site.outside(&[own, &[address::THEME_FOLDER]].concat());
    if others == 0 {
        return Ok(());
    }
    let (n, s) = (grouped(others), if others == 1 { "" } else { "s" });
    let example = own.first().map_or("--output portal".to_owned(), |unit| format!("--output parts/{unit}"));
    let output = output.display();
    let message = say!(
        ja: "{output} には、ここで作らない団体のファイルが {n} 個あり、このまま書き出すと消えてしまいます。--output で別のフォルダーを指定してください（`{example}` など）",
        en: "{output} holds {n} file{s} of municipalities that are not built here, which would be deleted; name another folder with --output, such as `{example}`"
    );
    Err(CommandError::Usage(message))
}
