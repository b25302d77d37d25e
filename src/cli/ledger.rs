//! `shirube ledger`: creates a strategy from a city's own ledger, or fills a draft edition.

mod map;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::Exit;
use super::console::Console;
use super::created::{print_created, print_planned};
use super::intake::{Intake, draft};
use super::target::{ContentFolder, TargetStrategy};
use crate::build::CommandError;
use crate::diagnostic::{Bilingual, Diagnostic, Sources, io_error_text, say};
use crate::ledger::{self, CellCounts, Counts, LedgerError, LedgerFiles, Mapping, Outcome};
use crate::model::grouped;
use crate::questionnaire::{Answer, Questionnaire, Returned, merge};
use crate::scaffold::write;
use crate::spreadsheet::{Encoding, Workbook, read_csv, read_xlsx};

/// Create a strategy from a city's own ledger of programs: xlsx or CSV, with a mapping file
///
/// 自治体の事務事業の台帳（xlsx または CSV）から、対応表によって計画を作成します。
#[derive(Debug, Args)]
#[command(arg_required_else_help = true)]
pub(super) struct Ledger {
    #[command(subcommand)]
    command: LedgerCommand,
}

#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true, disable_help_flag = true)]
enum LedgerCommand {
    /// Read a ledger: show what would be created, with all errors, or create it with --apply
    ///
    /// 台帳を読み、作成される内容とすべての誤りを表示します。--apply を付けると作成します。
    Read(ReadLedger),
    /// Propose a mapping file for a ledger, with samples and reasons; `"?"` where a person has to decide
    ///
    /// 台帳の列を調べ、対応表の案を作成します。判断が必要な箇所は "?" になります。既存のファイルは変更しません。
    Map(map::MapLedger),
}

#[derive(Debug, Args)]
struct ReadLedger {
    /// Mapping file: which column is what
    ///
    /// 対応表（どの列が何かを書いたファイル）
    #[arg(value_name = "MAP", display_order = 0)]
    mapping: PathBuf,

    /// Files of the ledger (default: those named by the mapping file, next to it)
    ///
    /// 台帳のファイル（省略すると、対応表に書かれたファイルを対応表と同じフォルダーから読みます）
    #[arg(value_name = "FILE", display_order = 1)]
    files: Vec<PathBuf>,

    /// Write the content instead of only showing what would be written
    ///
    /// 表示するだけでなく、原稿に書き込む
    #[arg(long)]
    apply: bool,

    /// Fill this draft edition of an existing strategy instead of creating one
    ///
    /// 計画を作成せず、すでにある計画のこの下書きの版に取り込む（二年目から）
    #[arg(long, value_name = "ID")]
    edition: Option<String>,

    #[command(flatten)]
    folder: ContentFolder,
}

impl Ledger {
    pub(super) fn run(self, console: Console) -> Exit {
        let result = match self.command {
            LedgerCommand::Read(read) => read.run(console),
            LedgerCommand::Map(map) => map.run(console),
        };
        result.unwrap_or_else(|error| console.fail(&error))
    }
}

impl ReadLedger {
    fn run(self, console: Console) -> Result<Exit, CommandError> {
        let name = self.mapping.display().to_string();
        let text = std::fs::read_to_string(&self.mapping).map_err(|error| {
            let Bilingual { ja, en } = io_error_text(&error);
            CommandError::Usage(
                say!(ja: "対応表 {name} を読めません: {ja}", en: "cannot read the mapping {name}: {en}"),
            )
        })?;
        let mapping = match Mapping::parse(&text) {
            Ok(mapping) => mapping,
            Err(errors) => return Ok(fail(console, &name, &text, errors)),
        };
        let Outcome { proposal, counts, compared, errors, answers } = ledger::read(&mapping, &self.load(&mapping)?);
        print_counts(console, counts, compared);
        if !errors.is_empty() {
            proposal.reasons.iter().for_each(|reason| console.print(reason));
            return Ok(fail(console, &name, &text, errors));
        }
        if let Some(edition) = &self.edition {
            proposal.reasons.iter().for_each(|reason| console.print(reason));
            return self.fill(console, &mapping, edition, answers);
        }
        let content = &self.folder.content;
        let folder = content.join(&mapping.strategy);
        if folder.symlink_metadata().is_ok() {
            let folder = folder.display();
            return Err(CommandError::Usage(say!(
                ja: "{folder} はすでにあります。下書きの版に取り込むには --edition を指定してください。別の計画を作成するには、対応表の `strategy` に別の id を書いてください",
                en: "{folder} already exists; specify --edition to fill a draft edition, or write another id as `strategy` in the mapping"
            )));
        }
        if self.apply {
            self.folder.require()?;
            write::write(content, &proposal)?;
            print_created(console, content, &proposal);
        } else {
            print_planned(console, content, &proposal);
        }
        Ok(Exit::Success)
    }

    /// Merges the values of the ledger into a draft edition.
    fn fill(
        &self,
        console: Console,
        mapping: &Mapping,
        edition: &str,
        mut answers: Vec<Answer>,
    ) -> Result<Exit, CommandError> {
        if mapping.edition.id != edition {
            let written = &mapping.edition.id;
            return Err(CommandError::Usage(say!(
                ja: "対応表の版は「{written}」です。対応表の `edition` と列の年度を「{edition}」の台帳に合わせて改めてください",
                en: "the mapping is for the edition `{written}`; change its `edition` and the years of its columns for `{edition}`"
            )));
        }
        let target = TargetStrategy { folder: self.folder.clone(), strategy: Some(mapping.strategy.clone()) };
        let analysis = target.analyze()?;
        let strategy = target.strategy(&analysis)?;
        let (at, edition) = draft(strategy, edition, &analysis)?;
        let questionnaire = Questionnaire::new(strategy, at, edition, &analysis.sources);
        let mut diagnostics = Vec::new();
        let total = answers.len();
        let absent = ledger::absent_programs(&questionnaire, &answers);
        let (absent_ja, absent) = (absent.join("、"), absent.join(", "));
        ledger::remove_unasked(&questionnaire, strategy, &mut answers, &mut diagnostics);
        let asked = answers.len();
        let returned = [Returned { answers, ..Returned::default() }];
        let merge = merge(&questionnaire, &returned, &mut diagnostics);
        let content = &target.folder.content;
        let intake = Intake { content, analysis: &analysis, strategy, edition: at, questionnaire: &questionnaire };
        let (changes, unchanged, unasked) = (merge.changes.len(), merge.unchanged, total - asked);
        intake.run(console, &merge, diagnostics, self.apply, |_| {
            if !absent.is_empty() {
                console.print(&say!(
                    ja: "台帳に値のない事務事業: {absent_ja}",
                    en: "programs without a value in the ledger: {absent}"
                ));
            }
            console.print(&say!(
                ja: "台帳の値{total}件: 取り込む値{changes}件、変更なし{unchanged}件、下書きに欄のないもの{unasked}件",
                en: "values of the ledger: {total}; taken: {changes}, unchanged: {unchanged}, not asked by the draft: {unasked}"
            ));
        })
    }

    /// Reads the files that the mapping names: from the command line by their names, else next to the mapping file.
    fn load(&self, mapping: &Mapping) -> Result<LedgerFiles, CommandError> {
        let wanted = mapping.files();
        let name_of = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
        let is_named = |wanted: &str, file: &Path| name_of(Path::new(wanted)) == name_of(file);
        for file in &self.files {
            if !wanted.iter().any(|wanted| is_named(wanted, file)) {
                let (file, listed_ja, listed) = (file.display(), wanted.join("、"), wanted.join(", "));
                return Err(CommandError::Usage(say!(
                    ja: "{file} は対応表にありません。対応表にあるのは {listed_ja} です",
                    en: "{file} is not in the mapping, which names {listed}"
                )));
            }
        }
        let folder = self.mapping.parent().unwrap_or(Path::new(""));
        let load = |wanted: &str| {
            let named = self.files.iter().find(|file| is_named(wanted, file));
            let path = named.cloned().unwrap_or_else(|| folder.join(wanted));
            path.exists()
                .then(|| (wanted.to_owned(), workbook(&path, mapping.encoding(wanted)).map(|(cells, _)| cells)))
        };
        Ok(wanted.into_iter().filter_map(load).collect())
    }
}

/// The cells of a file and its encoding if it is CSV, or the reason why it cannot be read.
fn workbook(path: &Path, encoding: Option<Encoding>) -> Result<(Workbook, Option<Encoding>), Bilingual> {
    let bytes = std::fs::read(path).map_err(|error| io_error_text(&error))?;
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv")) {
        return read_csv(&bytes, encoding).map(|(workbook, encoding)| (workbook, Some(encoding)));
    }
    read_xlsx(&bytes).map(|workbook| (workbook, None))
}

/// Prints the errors of a mapping file or its ledger.
fn fail(console: Console, name: &str, text: &str, errors: Vec<LedgerError>) -> Exit {
    let mut sources = Sources::default();
    let source = sources.add(name, text);
    let mut diagnostics: Vec<Diagnostic> = errors.into_iter().map(|error| error.diagnostic(source, text)).collect();
    console.report(&mut diagnostics, &sources, Path::new(""));
    console.print(&say!(
        ja: "誤りがあるため、何も書き込んでいません",
        en: "nothing was written because of errors"
    ));
    Exit::Failure
}

fn print_counts(console: Console, counts: Counts, compared: usize) {
    let Counts {
        goals,
        policies,
        programs,
        indicators,
        without_unit,
        figures,
        amounts,
        sums,
        wrong_sums,
        unchecked_sums,
        ..
    } = counts;
    let [goals, policies] = [goals, policies].map(grouped);
    let [programs, indicators, without_unit] = [programs, indicators, without_unit].map(grouped);
    console.print(&say!(
        ja: "基本目標 {goals}、施策 {policies}、事務事業 {programs}、指標 {indicators}（単位のないもの {without_unit}）",
        en: "{goals} goals, {policies} policies, {programs} programs, {indicators} indicators ({without_unit} without a unit)"
    ));
    for (counts, title) in [
        (figures, Bilingual { ja: "指標の値", en: "indicator cells" }),
        (amounts, Bilingual { ja: "金額・職員", en: "money and staff cells" }),
    ] {
        let all = grouped(counts.all());
        let CellCounts { numbers, zeros, missing, words, blank } = counts;
        let [numbers, zeros, missing, words, blank] = [numbers, zeros, missing, words, blank].map(grouped);
        let Bilingual { ja, en } = title;
        console.print(&say!(
            ja: "{ja} {all}: 数 {numbers}（うち 0 が {zeros}）、欠測 {missing}、言葉 {words}、空欄 {blank}",
            en: "{all} {en}: {numbers} numbers ({zeros} of them 0), {missing} missing, {words} words, {blank} blank"
        ));
    }
    let [sums, wrong, unchecked, compared] = [sums, wrong_sums, unchecked_sums, compared].map(grouped);
    console.print(&say!(
        ja: "合計の確認 {sums}（一致しないもの {wrong}、数でないものがあり確認できないもの {unchecked}）、セルと原稿の照合 {compared}",
        en: "{sums} sums verified ({wrong} wrong, {unchecked} others not verifiable), {compared} cells compared with the content"
    ));
}
