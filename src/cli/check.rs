//! `shirube check`: reports errors and findings in the content, drafts included; writes nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::console::{Console, Format, counted};
use super::explain::list_item;
use super::progress::ProgressLine;
use super::{Exit, Selection, department_lists};
use crate::build::{self, Checked, DraftEditions, OpenWork};
use crate::check::{LINTS, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, has_errors, say};
use crate::model::grouped;

/// Check the content for errors without writing anything
///
/// 原稿の誤りを点検します。ファイルは書き出しません。
#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    selection: Selection,

    /// List acknowledged findings too, with their reasons
    ///
    /// 確認済み（`[[acknowledge]]`）の指摘も、理由とともに表示する
    #[arg(long)]
    acknowledged: bool,

    /// Report only findings of this confidence or a higher one, and exit with 1 if any remain: certain (the content
    /// contradicts itself or lacks what it declares to contain), likely (the entry differs from all comparable ones in the
    /// way that mistakes do), possible (the entry is unusual); without it, findings do not change the exit code
    ///
    /// この確度以上の指摘だけを表示し、残っていれば終了コード 1 で終わる。certain（原稿の中の記載が互いに食い違うか、宣言したものが欠けている）、likely（同じ種類のほかの記載と、誤りに特有の形で違う）、possible（めずらしい記載）。省略すると、指摘は終了コードを変えません
    #[arg(long, value_name = "LEVEL", value_parser = confidence_parser())]
    only: Option<Confidence>,

    /// Write a list of findings for each department to this folder, as Markdown
    ///
    /// 担当ごとの指摘の一覧を、このフォルダーに Markdown で書き出す
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    by_department: Option<PathBuf>,

    /// List the checks instead of running them
    ///
    /// 点検項目の一覧を表示する（点検は行いません）
    #[arg(long)]
    rules: bool,
}

impl Check {
    pub(super) fn run(&self, console: Console) -> Exit {
        if self.rules {
            LINTS.iter().for_each(|lint| console.print(&list_item(lint.rule, lint.title)));
            return Exit::Success;
        }
        if let Some(message) = self.selection.usage_error() {
            console.error(&message);
            return Exit::Usage;
        }
        let Selection { content, strategy } = &self.selection;
        let progress_line = ProgressLine::start(console.lang, console.format == Format::Text);
        let checked = build::check(content, strategy, &|progress| progress_line.show(progress));
        drop(progress_line);
        let mut checked = match checked {
            Ok(checked) => checked,
            Err(error) => return console.fail(&error),
        };
        if let Some(only) = self.only {
            keep_only(&mut checked, only);
        }
        if self.acknowledged {
            console.acknowledged(&checked.acknowledged, &checked.sources, content);
        }
        console.report(&mut checked.diagnostics, &checked.sources, content);
        if has_errors(&checked.diagnostics) {
            return Exit::Failure;
        }
        summary(&checked).iter().for_each(|line| console.print(line));
        if let Some(folder) = &self.by_department {
            match department_lists::write(folder, &checked, console) {
                Ok(lists) => console.print(&written(folder, lists)),
                Err(error) => return console.fail(&error),
            }
        }
        let remain = self.only.is_some() && checked.diagnostics.iter().any(|it| Lint::of(it.rule).is_some());
        if remain { Exit::Failure } else { Exit::Success }
    }
}

/// Parser of `--only`.
fn confidence_parser() -> impl TypedValueParser<Value = Confidence> {
    PossibleValuesParser::new(Confidence::ALL.map(Confidence::code))
        .map(|code| Confidence::ALL.into_iter().find(|level| level.code() == code).unwrap_or_default())
}

/// Removes findings that are less certain than `only`, also from the counts of departments.
fn keep_only(checked: &mut Checked, only: Confidence) {
    checked.diagnostics.retain(|diagnostic| Lint::of(diagnostic.rule).is_none() || diagnostic.confidence <= only);
    for work in &mut checked.open_work {
        let assignees = checked.diagnostics.iter().filter_map(|diagnostic| diagnostic.assignee.as_ref());
        let own = assignees.filter(|it| it.title == work.strategy && it.department == work.department);
        work.findings = own.count();
    }
    checked.open_work.retain(|work| work.findings > 0 || !work.sheets.is_empty());
}

fn written(folder: &Path, lists: usize) -> Bilingual {
    let (folder, counted) = (folder.display(), counted(lists, "list"));
    say!(ja: "{folder}/ に担当ごとの一覧を{lists}件書き出しました", en: "wrote {counted} to {folder}/")
}

/// Findings by rule, open work by department, and the closing lines: what was checked, and which editions will not be
/// published.
fn summary(checked: &Checked) -> Vec<Bilingual> {
    let mut lines = by_rule(checked);
    lines.extend(checked.open_work.iter().map(by_department));
    let acknowledged = checked.acknowledged.len();
    if acknowledged > 0 {
        let (n, findings) = (grouped(acknowledged), counted(acknowledged, "finding"));
        lines.push(say!(
            ja: "理由を添えて確認済みとした指摘が{n}件あります（`shirube check --acknowledged` で一覧を表示します）",
            en: "{findings} acknowledged with a reason (`shirube check --acknowledged` lists them)"
        ));
    }
    let (files, pages, warnings) = (checked.files, checked.pages, checked.diagnostics.len());
    let (counted_files, counted_pages, counted_warnings) =
        (counted(files, "file"), counted(pages, "page"), counted(warnings, "warning"));
    let [files, pages, warnings] = [files, pages, warnings].map(grouped);
    lines.push(say!(
        ja: "{files}ファイル、{pages}ページを点検しました。エラーはありません（警告{warnings}件）",
        en: "checked {counted_files} and {counted_pages}: no errors, {counted_warnings}",
    ));
    lines.extend(checked.drafts.iter().map(draft_editions));
    lines
}

/// Draft editions of one strategy.
fn draft_editions(DraftEditions { strategy, drafts, only_drafts }: &DraftEditions) -> Bilingual {
    let list = |open, close, separator: &str| {
        let editions = drafts.iter().map(|edition| format!("{open}{}{close} ({})", edition.label, edition.id));
        editions.collect::<Vec<_>>().join(separator)
    };
    let (title, ja, en) = (strategy, list('「', '」', "、"), list('`', '`', ", "));
    if *only_drafts {
        say!(
            ja: "{title}: 次の版はすべて下書きのため、公開される版はありません: {ja}",
            en: "{title}: all editions are drafts and will not be published: {en}"
        )
    } else {
        say!(
            ja: "{title}: 次の版は下書きのため、公開されません: {ja}",
            en: "{title}: drafts that will not be published: {en}"
        )
    }
}

fn by_rule(checked: &Checked) -> Vec<Bilingual> {
    let mut counts: BTreeMap<Rule, usize> = BTreeMap::new();
    for diagnostic in &checked.diagnostics {
        *counts.entry(diagnostic.rule).or_default() += 1;
    }
    let violated = LINTS.iter().filter_map(|lint| Some((lint, *counts.get(&lint.rule)?)));
    let mut lines: Vec<Bilingual> = violated
        .map(|(lint, count)| {
            let (rule, Bilingual { ja, en }) = (lint.rule, lint.title);
            say!(ja: "{rule} {count}件: {ja}", en: "{rule} {count}: {en}")
        })
        .collect();
    if !lines.is_empty() {
        lines.push(say!(
            ja: "資料の記載どおりの場合は、指摘のあったファイルに `[[acknowledge]]` の `rule` と `reason`（理由）を書くと、確認済みとなります",
            en: "if the printed document really says this, acknowledge the finding in its file: `[[acknowledge]]` with `rule` and `reason`"
        ));
    }
    lines
}

fn by_department(work: &OpenWork) -> Bilingual {
    let sheets = work.sheets.join(", ");
    let (title, findings, missing) = (&work.strategy, work.findings, work.sheets.len());
    let (counted_findings, counted_sheets) = (counted(findings, "finding"), counted(missing, "missing sheet"));
    let [findings, missing] = [findings, missing].map(grouped);
    let (ja, en) = match &work.department {
        Some(department) => (department.as_str(), department.as_str()),
        None => ("担当の記載なし", "no department"),
    };
    let list = if sheets.is_empty() { String::new() } else { format!(": {sheets}") };
    say!(
        ja: "{title} {ja}: 指摘{findings}件、未作成の調書{missing}件{list}",
        en: "{title}, {en}: {counted_findings}, {counted_sheets}{list}"
    )
}
