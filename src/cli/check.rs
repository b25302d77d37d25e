//! `shirube check`: all mistakes in the content, nothing written.

use clap::Args;

use super::console::{Console, plural};
use super::{Ending, Selection};
use crate::diagnostic::publishable;
use crate::model::with_separators;
use crate::pipeline;
use crate::say;

/// Look for mistakes without writing anything
#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    selection: Selection,
}

impl Check {
    pub(super) fn run(&self, console: Console) -> Ending {
        if let Some(message) = self.selection.misuse() {
            console.fail(&message);
            return Ending::Misused;
        }
        let mut loaded = match pipeline::load(&self.selection.content, &self.selection.strategy) {
            Ok(loaded) => loaded,
            Err(error) => {
                console.fail(&error.message);
                return Ending::Failed;
            }
        };
        console.report(&mut loaded.diagnostics, &loaded.sources, &self.selection.content);
        if !publishable(&loaded.diagnostics) {
            return Ending::Failed;
        }
        let n = loaded.sources.iter().count();
        let (files, s) = (with_separators(&n.to_string()), plural(n));
        console.done(&say!(
            ja: "{files} ファイルを調べました。公開できます",
            en: "checked {files} file{s}: ready to publish",
        ));
        Ending::Done
    }
}
