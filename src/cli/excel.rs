//! `shirube excel`: the cells of a draft edition as workbooks for departments, and their answers back.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};

use super::Exit;
use super::console::{Console, counted};
use super::intake::{Intake, draft, only_draft};
use super::target::TargetStrategy;
use crate::build::CommandError;
use crate::diagnostic::{self, Bilingual, Diagnostic, Location, Rule, say, shortened};
use crate::model::Strategy;
use crate::questionnaire::{
    Form, Layout, Questionnaire, Returned, Tally, WorkbookContent, answers, by_department, merge, missing_questions,
    remove_others, write,
};
use crate::scaffold::write::create_files;
use crate::spreadsheet;
use crate::workspace::Analysis;

/// Collect the figures of a draft edition in Excel: write workbooks for departments, read their answers
///
/// 下書きの版の記入欄を Excel の調書にして各課に配り、記入された調書を取り込みます。
#[derive(Debug, Args)]
#[command(arg_required_else_help = true)]
pub(super) struct Excel {
    #[command(subcommand)]
    command: ExcelCommand,
}

#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true, disable_help_flag = true)]
enum ExcelCommand {
    /// Write one workbook for each department, with the cells of a draft edition; existing files are not changed
    ///
    /// 下書きの版の記入欄を、担当課ごとの調書（Excel）に書き出します。既存のファイルは変更しません。
    Write(WriteWorkbooks),
    /// Read returned workbooks and show what would change; with --apply, write it into the draft
    ///
    /// 記入された調書を読み取り、原稿に取り込む内容を表示します。--apply を付けると取り込みます。
    Read(ReadWorkbooks),
}

#[derive(Debug, Args)]
struct WriteWorkbooks {
    /// Id of the draft edition: 2026
    ///
    /// 下書きの版の id（2026 など）
    #[arg(value_name = "EDITION")]
    edition: String,

    /// Only this department; may be repeated
    ///
    /// この担当課だけを書き出す（繰り返し指定できます）
    #[arg(long, value_name = "NAME")]
    department: Vec<String>,

    /// Arrangement of the questions: a form for each program, or lists of all programs and indicators
    ///
    /// 欄の並べ方。form は事業ごとの調書、list は事業と指標の一覧
    #[arg(long, value_name = "LAYOUT", value_enum, default_value_t)]
    layout: LayoutName,

    /// Only questions without an answer, as a reminder
    ///
    /// 未記入の欄だけを書き出す（督促用）
    #[arg(long)]
    open: bool,

    /// Folder of the workbooks
    ///
    /// 調書を書き出すフォルダー
    #[arg(long, value_name = "DIR", default_value = "chosho")]
    to: PathBuf,

    #[command(flatten)]
    target: TargetStrategy,
}

/// Names of the arrangements.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum LayoutName {
    // A sheet for each goal, policy and program, with a row for each question.
    #[default]
    Form,
    // A row for each goal, policy and program, and for each indicator, with a column for each question.
    List,
}

impl From<LayoutName> for Layout {
    fn from(name: LayoutName) -> Self {
        match name {
            LayoutName::Form => Self::Form,
            LayoutName::List => Self::List,
        }
    }
}

#[derive(Debug, Args)]
struct ReadWorkbooks {
    /// Workbooks, or folders that contain them
    ///
    /// 調書のファイル、または調書のあるフォルダー
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// Write the answers into the draft, unless there are errors
    ///
    /// 誤りがなければ、回答を原稿に書き込む
    #[arg(long)]
    apply: bool,

    /// Id of the draft edition, if the workbooks no longer contain it
    ///
    /// 下書きの版の id（調書から分からない場合に指定）
    #[arg(long, value_name = "ID")]
    edition: Option<String>,

    #[command(flatten)]
    target: TargetStrategy,
}

impl Excel {
    pub(super) fn run(self, console: Console) -> Exit {
        let result = match self.command {
            ExcelCommand::Write(write) => write.run(console),
            ExcelCommand::Read(read) => read.run(console),
        };
        result.unwrap_or_else(|error| console.fail(&error))
    }
}

impl WriteWorkbooks {
    fn run(self, console: Console) -> Result<Exit, CommandError> {
        let analysis = self.target.analyze()?;
        let strategy = self.target.strategy(&analysis)?;
        let (at, edition) = draft(strategy, &self.edition, &analysis)?;
        let mut questionnaire = Questionnaire::new(strategy, at, edition, &analysis.sources);
        if self.open {
            questionnaire.keep_open();
        }
        self.check_folder()?;
        let workbooks = by_department(questionnaire.forms.iter());
        self.check_departments(&workbooks)?;
        let wanted = |name: &Option<&str>| {
            self.department.is_empty() || name.is_some_and(|name| self.department.iter().any(|it| it == name))
        };
        let workbooks: Vec<_> = workbooks.into_iter().filter(|(name, _)| wanted(name)).collect();
        if workbooks.is_empty() {
            return Err(CommandError::Usage(say!(
                ja: "書き出す欄がありません",
                en: "there are no questions to write"
            )));
        }
        let mut files = Vec::new();
        for (department, forms) in workbooks {
            let questions: usize = forms.iter().map(|form| form.questions.len()).sum();
            let name = format!("調書_{}_{}.xlsx", edition.id, file_name(department.unwrap_or("担当課なし")));
            let content = WorkbookContent {
                strategy: &questionnaire.strategy,
                strategy_title: &questionnaire.strategy_title,
                edition: &questionnaire.edition,
                edition_label: &questionnaire.edition_label,
                department,
                forms,
                layout: self.layout.into(),
            };
            let bytes = write(&content).map_err(|error| {
                let reason = error.to_string();
                CommandError::Other(
                    say!(ja: "{name} を作成できません（{reason}）", en: "cannot write {name} ({reason})"),
                )
            })?;
            self.verify(&name, &bytes, &questionnaire)?;
            files.push((name, bytes, content.forms.len(), questions));
        }
        create_files(&self.to, files.iter().map(|(name, bytes, ..)| (name.as_str(), bytes.as_slice())))?;
        for (name, _, forms, questions) in &files {
            let path = self.to.join(name);
            let path = path.display();
            console.print(&say!(
                ja: "{path}（{forms}件、{questions}欄）",
                en: "{path} (forms: {forms}, questions: {questions})"
            ));
        }
        let n = counted(files.len(), "workbook");
        let count = files.len();
        console.print(&say!(
            ja: "調書を{count}個作成しました。記入後に `shirube excel read` で取り込みます",
            en: "created {n}; read the answers with `shirube excel read`"
        ));
        Ok(Exit::Success)
    }

    /// Reads the workbook back: a workbook as it was written must not change anything.
    fn verify(&self, name: &str, bytes: &[u8], questionnaire: &Questionnaire) -> Result<(), CommandError> {
        let mut diagnostics = Vec::new();
        let is_unchanged = spreadsheet::read_xlsx(bytes).is_ok_and(|workbook| {
            let returned = answers(name, &workbook, &mut diagnostics);
            merge(questionnaire, &[returned], &mut diagnostics).changes.is_empty()
        });
        if is_unchanged && diagnostics.is_empty() {
            return Ok(());
        }
        let reason = diagnostics.first().map(|diagnostic| diagnostic.message.clone()).unwrap_or_default();
        let Bilingual { ja, en } = reason;
        Err(CommandError::Other(say!(
            ja: "{name} を作成できません。読み戻すと内容が変わります（{ja}）",
            en: "cannot write {name}: reading it back would change the content ({en})"
        )))
    }

    /// Returns an error if the folder is in the content or looks like a published site.
    fn check_folder(&self) -> Result<(), CommandError> {
        let is_in_content = {
            let existing = self.to.ancestors().find(|path| !path.as_os_str().is_empty() && path.exists());
            let canonical = existing.unwrap_or(Path::new(".")).canonicalize();
            let content = self.target.folder.content.canonicalize();
            canonical.ok().zip(content.ok()).is_some_and(|(to, content)| to.starts_with(content))
        };
        let is_site = self.to.ancestors().any(|path| path.join(".shirube").is_dir());
        let to = self.to.display();
        if is_in_content || is_site {
            return Err(CommandError::Usage(say!(
                ja: "{to} は原稿または公開用のフォルダーの中です。--to で別のフォルダーを指定してください",
                en: "{to} is in the folder of the content or of the site; specify another one with --to"
            )));
        }
        Ok(())
    }

    /// Returns an error if a department was named that has no questions.
    fn check_departments(&self, workbooks: &[(Option<&str>, Vec<&Form>)]) -> Result<(), CommandError> {
        let known: Vec<&str> = workbooks.iter().filter_map(|(name, _)| *name).collect();
        let Some(unknown) = self.department.iter().find(|name| !known.contains(&name.as_str())) else { return Ok(()) };
        let (listed_ja, listed) = (known.join("、"), known.join(", "));
        Err(CommandError::Usage(say!(
            ja: "担当課「{unknown}」の欄はありません。担当課は {listed_ja} です",
            en: "no questions for the department `{unknown}`; departments: {listed}"
        )))
    }
}

impl ReadWorkbooks {
    fn run(self, console: Console) -> Result<Exit, CommandError> {
        let mut diagnostics = Vec::new();
        let mut returned = self.returned(&mut diagnostics)?;
        let analysis = self.target.analyze()?;
        let (strategy, edition) = self.edition(&returned, &analysis)?;
        let (at, edition) = draft(strategy, &edition, &analysis)?;
        let questionnaire = Questionnaire::new(strategy, at, edition, &analysis.sources);
        remove_others(&questionnaire, &mut returned, &mut diagnostics);
        let merge = merge(&questionnaire, &returned, &mut diagnostics);
        diagnostics.extend(missing_questions(&questionnaire, &returned));
        let content = &self.target.folder.content;
        let intake = Intake { content, analysis: &analysis, strategy, edition: at, questionnaire: &questionnaire };
        intake.run(console, &merge, diagnostics, self.apply, |diagnostics| {
            print_requests(console, &returned);
            print_tally(console, returned.len(), &Tally::new(&questionnaire, &returned, &merge, diagnostics));
        })
    }

    /// Strategy and id of the edition that receives the answers: those of the options, else those of the first workbook
    /// with a draft edition.
    fn edition<'a>(
        &self,
        returned: &[Returned],
        analysis: &'a Analysis,
    ) -> Result<(&'a Strategy, String), CommandError> {
        let drafts = returned.iter().filter_map(|workbook| workbook.edition.as_ref()).filter_map(|(id, edition)| {
            let strategy = analysis.report.strategies().map(|(_, strategy)| strategy).find(|it| it.id == *id)?;
            let is_wanted = self.target.strategy.as_ref().is_none_or(|wanted| *wanted == strategy.id);
            let is_draft = strategy.editions.iter().any(|known| known.draft && known.id == *edition);
            (is_wanted && is_draft).then(|| (strategy, edition.clone()))
        });
        match (&self.edition, drafts.into_iter().next()) {
            (None, Some(found)) => Ok(found),
            (None, None) => {
                let strategy = self.target.strategy(analysis)?;
                Ok((strategy, only_draft(strategy)?))
            }
            (Some(edition), found) => {
                let strategy = found.map_or_else(|| self.target.strategy(analysis), |(strategy, _)| Ok(strategy))?;
                Ok((strategy, edition.clone()))
            }
        }
    }

    /// Reads all workbooks, in the order of their paths.
    fn returned(&self, diagnostics: &mut Vec<Diagnostic>) -> Result<Vec<Returned>, CommandError> {
        let mut paths = Vec::new();
        for path in &self.files {
            if path.is_dir() {
                let entries = path.read_dir().and_then(|entries| entries.collect::<io::Result<Vec<_>>>());
                let entries = entries.map_err(|error| unreadable(path, &error))?;
                let files = entries.into_iter().map(|entry| entry.path());
                paths.extend(files.filter(|path| is_workbook(path)));
            } else {
                paths.push(path.clone());
            }
        }
        paths.sort();
        paths.dedup();
        let mut returned = Vec::new();
        for path in &paths {
            let bytes = fs::read(path).map_err(|error| unreadable(path, &error))?;
            let name = path.display().to_string();
            match spreadsheet::read_xlsx(&bytes) {
                Ok(workbook) => returned.push(answers(&name, &workbook, diagnostics)),
                Err(reason) => {
                    diagnostics
                        .push(Diagnostic::new(Rule::WorkbookUnreadable, Location::Path(name), reason).rule_help());
                }
            }
        }
        if paths.is_empty() {
            return Err(CommandError::Usage(say!(
                ja: "調書（.xlsx）が見つかりません",
                en: "no workbooks (.xlsx) found"
            )));
        }
        Ok(returned)
    }
}

fn print_requests(console: Console, returned: &[Returned]) {
    for request in returned.iter().flat_map(|workbook| &workbook.requests) {
        let (place, text) = (&request.place, shortened(&request.text));
        console.print(&say!(ja: "申し出（{place}）: {text}", en: "request ({place}): {text}"));
    }
}

/// Prints the numbers of a reading.
fn print_tally(console: Console, workbooks: usize, tally: &Tally) {
    let Tally { asked, answered, unchanged, blank, refused, merged } = *tally;
    console.print(&say!(
        ja: "調書{workbooks}個、{asked}欄: 取り込む回答{answered}件、変更なし{unchanged}件、未記入{blank}件、誤り{refused}件、複数の調書で一致{merged}件",
        en: "workbooks: {workbooks}, questions: {asked}; answers: {answered}, unchanged: {unchanged}, blank: {blank}, refused: {refused}, merged: {merged}"
    ));
}

/// Returns true for workbooks, but not for the lock files of programs that have them open.
fn is_workbook(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(OsStr::new("xlsx")))
        && !name.starts_with("~$")
}

/// A name without the characters that file systems do not allow.
fn file_name(name: &str) -> String {
    name.chars().map(|c| if r#"\/:*?"<>|"#.contains(c) || c.is_control() { '_' } else { c }).collect()
}

fn unreadable(path: &Path, error: &io::Error) -> CommandError {
    let (path, Bilingual { ja, en }) = (path.display(), diagnostic::io_error_text(error));
    CommandError::Usage(say!(ja: "{path} を読み込めません（{ja}）", en: "cannot read {path} ({en})"))
}
