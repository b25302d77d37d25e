//! `shirube ledger map`: proposes a mapping file.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::workbook;
use crate::build::CommandError;
use crate::cli::Exit;
use crate::cli::console::Console;
use crate::diagnostic::{Bilingual, io_error_text, say};
use crate::ledger::{LedgerFile, Suggestion, suggest};
use crate::model::grouped;

#[derive(Debug, Args)]
pub(super) struct MapLedger {
    /// Files of the ledger: xlsx or CSV
    ///
    /// 台帳のファイル（xlsx または CSV）
    #[arg(value_name = "FILE", required = true, display_order = 0)]
    files: Vec<PathBuf>,

    /// Mapping file to create
    ///
    /// 作成する対応表のファイル
    #[arg(long, value_name = "MAP", default_value = "ledger.toml")]
    to: PathBuf,
}

impl MapLedger {
    pub(super) fn run(self, console: Console) -> Result<Exit, CommandError> {
        if self.to.symlink_metadata().is_ok() {
            return Err(self.exists());
        }
        let Some(files) = self.load(console)? else { return Ok(Exit::Failure) };
        let suggestion = suggest(&files);
        for name in &suggestion.without_table {
            console.print(&say!(ja: "{name}: 表が見つかりません", en: "{name}: no table found"));
        }
        for name in &suggestion.hidden {
            console.print(&say!(
                ja: "{name}: 非表示のシートのため、使いません。台帳であれば、表示してから作成し直してください",
                en: "{name}: left out, because the sheet is hidden; unhide it and run the command again if it belongs to the ledger"
            ));
        }
        if suggestion.tables == 0 {
            console.error(&say!(
                ja: "台帳に表がありません。見出しの行とその下の行のあるシートを指定してください",
                en: "the ledger has no table: a row of headings with rows below it"
            ));
            return Ok(Exit::Failure);
        }
        let written = File::create_new(&self.to).and_then(|mut file| file.write_all(suggestion.text.as_bytes()));
        written.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => self.exists(),
            _ => {
                let (to, Bilingual { ja, en }) = (self.to.display(), io_error_text(&error));
                CommandError::Usage(say!(ja: "{to} に書き込めません: {ja}", en: "cannot write {to}: {en}"))
            }
        })?;
        self.print(console, &suggestion);
        Ok(Exit::Success)
    }

    /// Reads the files; `None` if one of them cannot be read, after printing the reasons for all of them.
    fn load(&self, console: Console) -> Result<Option<Vec<LedgerFile>>, CommandError> {
        let mut files: Vec<LedgerFile> = Vec::new();
        let mut is_complete = true;
        for path in &self.files {
            let shown = path.display();
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if files.iter().any(|file| file.name.rsplit('/').next() == Some(name.as_str())) {
                return Err(CommandError::Usage(say!(
                    ja: "「{name}」という名前のファイルが複数あります。別の名前にしてください",
                    en: "several files are named {name}; rename them"
                )));
            }
            let name = self.relative_to_mapping(path).unwrap_or(name);
            match workbook(path, None) {
                Ok((workbook, encoding)) => files.push(LedgerFile { name, workbook, encoding }),
                Err(Bilingual { ja, en }) => {
                    console.error(&say!(ja: "{shown} を読めません: {ja}", en: "cannot read {shown}: {en}"));
                    is_complete = false;
                }
            }
        }
        Ok(is_complete.then_some(files))
    }

    /// Path of a file as the mapping file names it: relative to its folder, with `/`. `None` if they have no folder in
    /// common, or if one of them does not exist.
    fn relative_to_mapping(&self, path: &Path) -> Option<String> {
        let folder = self.to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let (folder, file) = (folder.canonicalize().ok()?, path.canonicalize().ok()?);
        let common = folder.components().zip(file.components()).take_while(|(a, b)| a == b).count();
        let up = folder.components().skip(common).map(|_| "..".to_owned());
        let down = file.components().skip(common).map(|part| part.as_os_str().to_string_lossy().into_owned());
        (common > 0).then(|| up.chain(down).collect::<Vec<_>>().join("/"))
    }

    fn exists(&self) -> CommandError {
        let to = self.to.display();
        CommandError::Usage(say!(
            ja: "{to} はすでにあります。--to で別のファイルを指定してください",
            en: "{to} already exists; specify another file with --to"
        ))
    }

    fn print(&self, console: Console, suggestion: &Suggestion) {
        let Suggestion { tables, mapped, ignored, asked, questions, .. } = suggestion;
        let columns = mapped + ignored + asked;
        let to = self.to.display();
        let [tables, columns, mapped, ignored, asked, questions] =
            [*tables, columns, *mapped, *ignored, *asked, *questions].map(grouped);
        console.print(&say!(ja: "対応表の案 {to} を作成しました", en: "created {to}, a proposed mapping"));
        console.print(&say!(
            ja: "表 {tables}、列 {columns}: 対応 {mapped}、使わない {ignored}、判断が必要 {asked}",
            en: "tables: {tables}; columns: {columns}, of which {mapped} are mapped, {ignored} are not used, {asked} are undecided"
        ));
        console.print(&say!(
            ja: "「?」は {questions} か所です。書き替えてから、`shirube ledger read {to}` で確認してください",
            en: "replace the {questions} `?`, then examine the result with `shirube ledger read {to}`"
        ));
    }
}
