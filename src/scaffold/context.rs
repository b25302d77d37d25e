//! What a new edition follows: the editions that are there.

use super::in_comment;
use crate::content::quoted;
use crate::diagnostic::{Bilingual, say};
use crate::model::{Edition, EditionIx, FiscalYear, Node, Stage, Strategy};
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeMap;

/// Which edition is wanted.
#[derive(Debug, Clone, Copy)]
pub struct EditionRequest<'a> {
    /// Its id: `2024`, `2024-interim`.
    pub id: &'a str,
    /// The fiscal year it reports on; else told by the id, if that begins with one.
    pub year: Option<FiscalYear>,
    /// What readers see; else made from the label of the last edition.
    pub label: Option<&'a str>,
    /// How far the year is; else as in the last edition.
    pub stage: Option<Stage>,
}

/// Where the new edition stands among those that are there.
pub(super) struct DraftContext<'a> {
    pub(super) strategy: &'a Strategy,
    /// What the new one will be called.
    pub(super) label: String,
    pub(super) year: Option<FiscalYear>,
    pub(super) stage: Stage,
    /// The edition whose sheets show what the new ones will hold.
    pub(super) last: Option<(EditionIx, &'a Edition)>,
}

impl<'a> DraftContext<'a> {
    /// The setting of a draft that is declared already.
    pub(super) fn of(strategy: &'a Strategy, at: EditionIx, edition: &Edition) -> Self {
        let last = last(strategy, Some(edition.stage), Some(at));
        let (label, year, stage) = (edition.label.clone(), edition.year, edition.stage);
        Self { strategy, label, year, stage, last }
    }

    /// The setting of one that is not.
    pub(super) fn new(strategy: &'a Strategy, wanted: EditionRequest<'_>) -> Self {
        let last = last(strategy, wanted.stage, None);
        let edition = last.map(|(_, edition)| edition);
        let year =
            wanted.year.or_else(|| FiscalYear::parse(&wanted.id.split('-').next().unwrap_or_default().to_uppercase()));
        let stage = wanted.stage.or(edition.map(|edition| edition.stage)).unwrap_or(Stage::Final);
        let label = match (wanted.label, edition, year) {
            (Some(label), _, _) => label.to_owned(),
            (None, Some(last), Some(year)) => label_after(last, year).unwrap_or_else(|| year.japanese()),
            (None, _, Some(year)) => year.japanese(),
            (None, _, None) => wanted.id.to_owned(),
        };
        Self { strategy, label, year, stage, last }
    }

    /// By how many years the new edition is later than the last.
    pub(super) fn years_on(&self) -> i32 {
        let last = self.last.and_then(|(_, edition)| edition.year);
        self.year.zip(last).map_or(0, |(new, last)| (new.0 - last.0).max(0))
    }

    /// Whether nodes of this kind have sheets in this strategy. In a new strategy, all that have
    /// a folder have.
    pub(super) fn has_sheets(&self, node: &Node) -> bool {
        let nodes = &self.strategy.nodes;
        let is_outlined = node.span.source == self.strategy.span.source;
        let of_kind = || nodes.iter().any(|other| other.kind == node.kind && !other.sheets.is_empty());
        !is_outlined && (of_kind() || nodes.iter().all(|other| other.sheets.is_empty()))
    }

    /// Whether the node had sheets, but none any more in the last edition.
    pub(super) fn has_ended(&self, node: &Node) -> bool {
        let newest = node.sheets.last().map(|sheet| sheet.edition);
        newest.zip(self.last).is_some_and(|(newest, (last, _))| newest < last)
    }

    /// The programs that stand in rows, each with whether one of them stands in the new edition.
    pub(super) fn programs_with_rows(&self) -> BTreeMap<&'a str, bool> {
        let years = self.year.map(|year| self.strategy.years_of_rows(year));
        let rows = self.strategy.rows.iter().chain(self.strategy.nodes.iter().flat_map(|node| &node.rows));
        let mut programs = BTreeMap::new();
        for row in rows {
            let stands = years.as_ref().is_none_or(|years| years.iter().any(|year| row.stands_in(*year)));
            *programs.entry(row.program.id.as_str()).or_default() |= stands;
        }
        programs
    }

    /// `editions/<id>.toml`.
    pub(super) fn declaration(&self) -> String {
        let mut lines = vec![
            "# 新しい版です。下書きの間は `shirube serve` だけに出て、公開用のサイトには載りません。".to_owned(),
            format!("label = {}    # 読み手に見える名前", quoted(&self.label)),
        ];
        if let Some(year) = self.year {
            lines.push(format!("year = {}    # 対象の年度", quoted(&year.short())));
        }
        if self.stage != Stage::Final {
            lines.push(format!(
                "stage = {}    # final（年度の終わり）、interim（途中）、plan（始まる前）",
                quoted(self.stage.key())
            ));
        }
        if let Some(judged_by) = self.last.and_then(|(_, edition)| edition.judged_by.as_ref()) {
            lines.push(format!("judged_by = {}    # 評価した人（前の版のまま）", quoted(judged_by)));
        }
        lines.push("draft = true    # 公開するときに、この行を消してください".to_owned());
        lines.push("\n# 元の資料。公開されたら、行頭の「# 」を消して書いてください。".to_owned());
        let document = self.last.and_then(|(_, edition)| edition.document.as_ref());
        let title = document.map(|document| format!("    # 前の版: {}", in_comment(&document.title)));
        lines.push(format!("# [document]\n# title = \"\"{}", title.unwrap_or_default()));
        lines.push("# url = \"https://\"\n# published = \"\"\n".to_owned());
        lines.join("\n")
    }

    pub(super) fn reasons(&self, left_out: usize, without_row: usize) -> Vec<Bilingual> {
        let last = self.last.map(|(_, last)| {
            let label = &last.label;
            say!(
                ja: "欄は、前の版「{label}」に合わせました。前の値は、それぞれの右の注釈にあります",
                en: "the cells are those of the last edition, `{label}`; its values are in the comments beside them"
            )
        });
        let ended = (left_out > 0).then(|| {
            say!(
                ja: "前の版に調書のない {left_out} 件には作りません。続いているものがあれば、ほかの調書を写して作ってください",
                en: "{left_out} without a sheet in the last edition were left out; copy another sheet for those that go on"
            )
        });
        let year = self.year.filter(|_| without_row > 0).map(|year| {
            let (japanese, short) = (year.japanese(), year.short());
            let were = if without_row == 1 { "was" } else { "were" };
            say!(
                ja: "{japanese}の表に行のない {without_row} 件には作りません（行の `years` に{japanese}がありません）",
                en: "{without_row} whose rows do not stand in the tables of {short} {were} left out: their `years` do not name it"
            )
        });
        last.into_iter().chain(ended).chain(year).collect()
    }
}

/// The newest edition before `before` that has sheets, of this stage if there is one.
fn last(strategy: &Strategy, stage: Option<Stage>, before: Option<EditionIx>) -> Option<(EditionIx, &Edition)> {
    let all = strategy.editions.iter().enumerate().map(|(place, edition)| (EditionIx(place), edition));
    let with_sheets = |at: EditionIx| strategy.nodes.iter().any(|node| node.sheet(at).is_some());
    let earlier: Vec<_> = all.filter(|(at, _)| before.is_none_or(|before| *at < before) && with_sheets(*at)).collect();
    let same_stage = earlier.iter().rev().find(|(_, edition)| stage.is_none_or(|stage| edition.stage == stage));
    same_stage.or(earlier.last()).copied()
}

/// The label of `last` with all its years as many years on as `year` is: 令和5年度 in a label of
/// R5 becomes 令和6年度 for R6. `None` where it holds no years.
fn label_after(last: &Edition, year: FiscalYear) -> Option<String> {
    let on = year.0 - last.year?.0;
    let years: Vec<_> = (-5..=5).map(|step| FiscalYear(year.0 - on + step)).collect();
    let old: Vec<_> = years.iter().map(|year| year.japanese()).collect();
    let new: Vec<_> = years.iter().map(|year| FiscalYear(year.0 + on).japanese()).collect();
    let found = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(&old).ok()?;
    found.is_match(&last.label).then(|| found.replace_all(&last.label, &new))
}
