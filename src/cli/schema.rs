//! `shirube schema`: JSON Schema of a TOML file, for editors.

use clap::{Args, ValueEnum};

use super::Exit;
use super::console::Console;
use crate::diagnostic::say;
use crate::schema::site::{GLOSSARY_FILE, SITE_FILE};
use crate::schema::strategy::{EDITION_FILE, STRATEGY_FILE};
use crate::schema::{FileKind, json};

/// Print the JSON Schema of a TOML file, for completion and validation in editors
///
/// エディターでの補完と点検に使う、TOML ファイルの JSON Schema を標準出力に出力します。
#[derive(Debug, Args)]
pub(super) struct Schema {
    /// File: site.toml, glossary.toml, strategy.toml, or a file in editions/
    ///
    /// 対象のファイル（site.toml、glossary.toml、strategy.toml、editions/ のファイル）
    #[arg(value_enum)]
    file: File,
}

/// A TOML file of the content.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum File {
    Site,
    Glossary,
    Strategy,
    Edition,
}

impl File {
    fn kind(self) -> &'static FileKind {
        match self {
            Self::Site => &SITE_FILE,
            Self::Glossary => &GLOSSARY_FILE,
            Self::Strategy => &STRATEGY_FILE,
            Self::Edition => &EDITION_FILE,
        }
    }
}

impl Schema {
    pub(super) fn run(&self, console: Console) -> Exit {
        let schema = format!("{:#}", json::schema(self.file.kind()));
        console.print(&say!(ja: "{schema}", en: "{schema}"));
        Exit::Success
    }
}
