//! `shirube check`: what is wrong or looks wrong in the content, drafts included; nothing written.

use std::collections::BTreeMap;

use clap::Args;

use super::console::{Console, plural};
use super::explain::listed;
use super::{Ending, Selection};
use crate::check::{LINTS, Owed, owed};
use crate::content::DiskSource;
use crate::diagnostic::{Bilingual, Rule, publishable, say};
use crate::model::{Edition, Report, Strategy, grouped};
use crate::workspace::{self, Analysis, AnalysisOptions, Drafts};

/// Look for mistakes without writing anything
#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    selection: Selection,

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
        let options = AnalysisOptions { drafts: Drafts::Shown, ..AnalysisOptions::default() };
        let loaded = workspace::analyze(&DiskSource::new(content), strategy, &options);
        let mut loaded = match loaded.and_then(|mut loaded| loaded.check_site(content).map(|()| loaded)) {
            Ok(loaded) => loaded,
            Err(error) => return console.end(&error.into()),
        };
        console.report(&mut loaded.diagnostics, &loaded.sources, &self.selection.content);
        if !publishable(&loaded.diagnostics) {
            return Ending::Failed;
        }
        summary(&loaded).iter().for_each(|line| console.done(line));
        Ending::Done
    }
}

/// What there is to do, by rule and by department; and the closing lines, which say what was checked and
/// what will not be published, and promise no more: no page is drawn here.
fn summary(loaded: &Analysis) -> Vec<Bilingual> {
    let mut lines = by_rule(loaded);
    let owed = owed(&loaded.report, &loaded.review);
    lines.extend(owed.iter().map(|owed| by_department(&loaded.report, owed)));
    let acknowledged = loaded.review.acknowledged.len();
    if acknowledged > 0 {
        let s = plural(acknowledged);
        lines.push(say!(
            ja: "理由を添えて確認済みの指摘 {acknowledged} 件",
            en: "{acknowledged} finding{s} acknowledged with a reason"
        ));
    }
    let n = loaded.sources.iter().count();
    let (files, s) = (grouped(n), plural(n));
    lines.push(say!(
        ja: "{files} ファイルを調べました。原稿とテーマのファイルに誤りはありません（ページの作成は調べていません。`shirube build` で確かめてください）",
        en: "checked {files} file{s}: no errors in the content and the files of the theme (pages were not drawn; run `shirube build` for that)",
    ));
    lines.extend(loaded.report.strategies().filter_map(|(_, strategy)| drafts(strategy)));
    lines
}

/// Which editions of a strategy are drafts, if any are.
fn drafts(strategy: &Strategy) -> Option<Bilingual> {
    let drafts: Vec<&Edition> = strategy.editions.iter().filter(|edition| edition.draft).collect();
    if drafts.is_empty() {
        return None;
    }
    let listed = |open, close, separator: &str| {
        let named = drafts.iter().map(|edition| format!("{open}{}{close} ({})", edition.label, edition.id));
        named.collect::<Vec<_>>().join(separator)
    };
    let (title, ja, en) = (&strategy.title, listed('「', '」', "、"), listed('`', '`', ", "));
    Some(if drafts.len() == strategy.editions.len() {
        say!(
            ja: "{title}: 版がすべて下書きのため、公開される版はありません: {ja}",
            en: "{title}: all editions are drafts, none will be published: {en}"
        )
    } else {
        say!(
            ja: "{title}: 下書きのため公開されない版: {ja}",
            en: "{title}: drafts that will not be published: {en}"
        )
    })
}

fn by_rule(loaded: &Analysis) -> Vec<Bilingual> {
    let mut counts: BTreeMap<Rule, usize> = BTreeMap::new();
    for finding in &loaded.review.open {
        *counts.entry(finding.diagnostic.rule).or_default() += 1;
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

fn by_department(report: &Report, owed: &Owed) -> Bilingual {
    let strategy = report.strategy(owed.strategy);
    let edition = strategy.editions.last().map(|edition| edition.id.as_str()).unwrap_or_default();
    let sheet = |id: &crate::model::NodeId| {
        let node = report.node(*id);
        format!("{}/{}/{edition}.md", node.kind.folder(), node.id)
    };
    let sheets = owed.sheets.iter().map(sheet).collect::<Vec<_>>().join(", ");
    let (title, findings, outstanding) = (&strategy.title, owed.findings, owed.sheets.len());
    let (s, z) = (plural(findings), plural(outstanding));
    let (ja, en) = match &owed.department {
        Some(department) => (department.as_str(), department.as_str()),
        None => ("担当の記載なし", "no department"),
    };
    let list = if sheets.is_empty() { String::new() } else { format!(": {sheets}") };
    say!(
        ja: "{title} {ja}: 指摘 {findings} 件、調書のないもの {outstanding} 件{list}",
        en: "{title}, {en}: {findings} finding{s}, {outstanding} outstanding sheet{z}{list}"
    )
}
