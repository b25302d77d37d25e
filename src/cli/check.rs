//! `shirube check`: what is wrong or looks wrong in the content, drafts included; nothing written.

use std::collections::BTreeMap;

use clap::Args;

use super::console::{Console, Format, plural};
use super::explain::listed;
use super::progress::ProgressLine;
use super::{Ending, Selection};
use crate::build::{self, Checked, DraftEditions, Outstanding};
use crate::check::LINTS;
use crate::diagnostic::{Bilingual, Rule, publishable, say};
use crate::model::grouped;

/// Look for mistakes without writing anything
#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    selection: Selection,

    /// List as well what was acknowledged, with the reasons
    #[arg(long)]
    acknowledged: bool,

    /// List what is looked for beyond errors, and do nothing else
    #[arg(long)]
    rules: bool,
}

impl Check {
    pub(super) fn run(&self, console: Console) -> Ending {
        if self.rules {
            LINTS.iter().for_each(|lint| console.done(&listed(lint.rule, lint.title)));
            return Ending::Done;
        }
        if let Some(message) = self.selection.misuse() {
            console.fail(&message);
            return Ending::Misused;
        }
        let Selection { content, strategy } = &self.selection;
        let meter = ProgressLine::start(console.lang, console.format == Format::Text);
        let checked = build::check(content, strategy, &|progress| meter.show(progress));
        drop(meter);
        let mut checked = match checked {
            Ok(checked) => checked,
            Err(failure) => return console.end(&failure),
        };
        if self.acknowledged {
            console.acknowledged(&checked.acknowledged, &checked.sources, content);
        }
        console.report(&mut checked.diagnostics, &checked.sources, content);
        if !publishable(&checked.diagnostics) {
            return Ending::Failed;
        }
        summary(&checked).iter().for_each(|line| console.done(line));
        Ending::Done
    }
}

/// What there is to do, by rule and by department; and the closing lines, which say what was checked and
/// what will not be published.
fn summary(checked: &Checked) -> Vec<Bilingual> {
    let mut lines = by_rule(checked);
    lines.extend(checked.outstanding.iter().map(by_department));
    let acknowledged = checked.acknowledged.len();
    if acknowledged > 0 {
        let s = plural(acknowledged);
        lines.push(say!(
            ja: "理由を添えて確認済みの指摘 {acknowledged} 件（`shirube check --acknowledged` で一覧）",
            en: "{acknowledged} finding{s} acknowledged with a reason (`shirube check --acknowledged` lists them)"
        ));
    }
    let (files, pages, warnings) = (checked.files, checked.pages, checked.diagnostics.len());
    let (s, z, y) = (plural(files), plural(pages), plural(warnings));
    let [files, pages, warnings] = [files, pages, warnings].map(grouped);
    lines.push(say!(
        ja: "{files} ファイル、{pages} ページを調べました。エラーはなく、警告は {warnings} 件です",
        en: "checked {files} file{s} and {pages} page{z}: no errors, {warnings} warning{y}",
    ));
    lines.extend(checked.drafts.iter().map(drafts));
    lines
}

/// Which editions of a strategy are drafts.
fn drafts(of: &DraftEditions) -> Bilingual {
    let listed = |open, close, separator: &str| {
        let named = of.drafts.iter().map(|edition| format!("{open}{}{close} ({})", edition.label, edition.id));
        named.collect::<Vec<_>>().join(separator)
    };
    let (title, ja, en) = (&of.strategy, listed('「', '」', "、"), listed('`', '`', ", "));
    if of.all {
        say!(
            ja: "{title}: 版がすべて下書きのため、公開される版はありません: {ja}",
            en: "{title}: all editions are drafts, none will be published: {en}"
        )
    } else {
        say!(
            ja: "{title}: 下書きのため公開されない版: {ja}",
            en: "{title}: drafts that will not be published: {en}"
        )
    }
}

fn by_rule(checked: &Checked) -> Vec<Bilingual> {
    let mut counts: BTreeMap<Rule, usize> = BTreeMap::new();
    for found in &checked.diagnostics {
        *counts.entry(found.rule).or_default() += 1;
    }
    let found = LINTS.iter().filter_map(|lint| Some((lint, *counts.get(&lint.rule)?)));
    let mut lines: Vec<Bilingual> = found
        .map(|(lint, count)| {
            let (rule, Bilingual { ja, en }) = (lint.rule, lint.title);
            say!(ja: "{rule} {count} 件: {ja}", en: "{rule} {count}: {en}")
        })
        .collect();
    if !lines.is_empty() {
        lines.push(say!(
            ja: "資料のとおりであれば、指摘のあったファイルに `[[acknowledge]]` の `rule` と `reason`（理由）を書くと、出なくなります",
            en: "where it is as in the source, say so in that file: `[[acknowledge]]` with `rule` and `reason`"
        ));
    }
    lines
}

fn by_department(open_work: &Outstanding) -> Bilingual {
    let sheets = open_work.sheets.join(", ");
    let (title, findings, outstanding) = (&open_work.strategy, open_work.findings, open_work.sheets.len());
    let (s, z) = (plural(findings), plural(outstanding));
    let (ja, en) = match &open_work.department {
        Some(department) => (department.as_str(), department.as_str()),
        None => ("担当の記載なし", "no department"),
    };
    let list = if sheets.is_empty() { String::new() } else { format!(": {sheets}") };
    say!(
        ja: "{title} {ja}: 指摘 {findings} 件、調書のないもの {outstanding} 件{list}",
        en: "{title}, {en}: {findings} finding{s}, {outstanding} outstanding sheet{z}{list}"
    )
}
