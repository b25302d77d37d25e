//! Context of a new edition: the existing edition on which it is modelled.

use super::in_comment;
use crate::content::quoted;
use crate::diagnostic::{Bilingual, Sources, say};
use crate::model::{Edition, EditionIx, FiscalYear, Node, Stage, Strategy, Value};
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeMap;

/// Request for a new edition.
#[derive(Debug, Clone, Copy)]
pub struct EditionRequest<'a> {
    /// Id of the edition, such as `2024` or `2024-interim`.
    pub id: &'a str,
    /// Fiscal year of the edition. Default: the year at the beginning of the id, if any.
    pub year: Option<FiscalYear>,
    /// Label shown to readers. Default: the label of the last edition with its years advanced, else 令和6年度 評価.
    pub label: Option<&'a str>,
    /// Stage of the edition within its fiscal year. Default: that of the last edition.
    pub stage: Option<Stage>,
    /// Texts of the content, from which the values of past years are copied; `None` leaves them empty.
    pub carry: Option<&'a Sources>,
}

/// A new edition, and the existing one on which it is modelled.
pub(super) struct EditionContext<'a> {
    pub(super) strategy: &'a Strategy,
    /// Label of the new edition.
    pub(super) label: String,
    pub(super) year: Option<FiscalYear>,
    pub(super) stage: Stage,
    /// Edition whose sheets determine the cells of the new ones (see [`model_edition`]); `None` if no earlier edition
    /// has sheets.
    pub(super) model: Option<(EditionIx, &'a Edition)>,
    carry: Option<&'a Sources>,
}

/// Numbers of nodes for which no sheet is proposed, by reason.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct NodesWithoutSheet {
    /// The newest sheet is older than the model edition.
    pub(super) discontinued: usize,
    /// A mark ended the node.
    pub(super) ended: usize,
    /// No row of the program belongs to the year of the new edition.
    pub(super) without_row: usize,
}

impl<'a> EditionContext<'a> {
    /// Context of a draft that is already declared.
    pub(super) fn of_draft(
        strategy: &'a Strategy,
        at: EditionIx,
        edition: &Edition,
        carry: Option<&'a Sources>,
    ) -> Self {
        let model = model_edition(strategy, Some(edition.stage), Some(at));
        let (label, year, stage) = (edition.label.clone(), edition.year, edition.stage);
        Self { strategy, label, year, stage, model, carry }
    }

    /// Context of an edition that is not declared yet.
    pub(super) fn new(strategy: &'a Strategy, request: EditionRequest<'a>) -> Self {
        let model = model_edition(strategy, request.stage, None);
        let edition = model.map(|(_, edition)| edition);
        let year_in = |id: &str| FiscalYear::parse(&id.split('-').next().unwrap_or_default().to_uppercase());
        // An id may be the year of the evaluation, which is later than the year that is reported on.
        let lag = edition.and_then(|edition| Some(year_in(&edition.id)?.0 - edition.year?.0)).unwrap_or_default();
        let year = request.year.or_else(|| year_in(request.id).map(|year| FiscalYear(year.0 - lag)));
        let stage = request.stage.or(edition.map(|edition| edition.stage)).unwrap_or(Stage::Final);
        let label = match (request.label, edition, year) {
            (Some(label), _, _) => label.to_owned(),
            (None, Some(model), Some(year)) => advance_label(model, year).unwrap_or_else(|| default_label(year)),
            (None, None, Some(year)) => default_label(year),
            (None, _, None) => request.id.to_owned(),
        };
        Self { strategy, label, year, stage, model, carry: request.carry }
    }

    /// Returns true if the values of past years are copied.
    pub(super) fn carries(&self) -> bool {
        self.carry.is_some()
    }

    /// TOML of a value of the previous edition, exactly as it is written there. `None` if values are not copied, or if it
    /// is written with dotted keys and therefore in several places.
    pub(super) fn carried(&self, value: &Value) -> Option<String> {
        let text = self.carry?.get(value.span.source)?.text.get(value.span.range())?;
        let is_value = format!("x = {text}").parse::<toml::Table>().is_ok();
        is_value.then(|| text.to_owned())
    }

    /// Number of years from the model edition to the new one, at least 0; 0 if either year is unknown.
    pub(super) fn year_offset(&self) -> i32 {
        let model = self.model.and_then(|(_, edition)| edition.year);
        self.year.zip(model).map_or(0, |(new, model)| (new.0 - model.0).max(0))
    }

    /// Returns true if a sheet of this node is expected, or if the strategy has no sheets yet and the node has its own
    /// folder.
    pub(super) fn expects_sheet(&self, node: &Node) -> bool {
        let is_first = || self.strategy.nodes.iter().all(|other| other.sheets.is_empty());
        self.strategy.expects_sheet(node) || node.lost.is_none() && self.strategy.has_own_folder(node) && is_first()
    }

    /// Returns true if the newest sheet of the node is older than the model edition.
    pub(super) fn is_discontinued(&self, node: &Node) -> bool {
        let newest = node.sheets.last().map(|sheet| sheet.edition);
        newest.zip(self.model).is_some_and(|(newest, (model, _))| newest < model)
    }

    /// Returns true if a mark ended the node before the year of the new edition.
    pub(super) fn has_ended(&self, node: &Node) -> bool {
        self.strategy.has_ended(node, self.year)
    }

    /// Programs with rows, each mapped to whether one of its rows belongs to the year of the new edition.
    pub(super) fn programs_with_rows(&self) -> BTreeMap<&'a str, bool> {
        let years = self.year.map(|year| self.strategy.years_shown_with(year));
        let rows = self.strategy.rows.iter().chain(self.strategy.nodes.iter().flat_map(|node| &node.rows));
        let mut programs = BTreeMap::new();
        for row in rows {
            let is_listed = years.as_ref().is_none_or(|years| years.iter().any(|year| row.applies_in(*year)));
            *programs.entry(row.program.id.as_str()).or_default() |= is_listed;
        }
        programs
    }

    /// Text of `editions/<id>.toml`.
    pub(super) fn declaration(&self) -> String {
        let mut lines = vec![
            "# 新しい版です。下書きの間は `shirube serve` にだけ表示され、公開用サイトには載りません。".to_owned(),
            format!("label = {}    # 閲覧者に表示される名称", quoted(&self.label)),
        ];
        if let Some(year) = self.year {
            lines.push(format!("year = {}    # 対象の年度", quoted(&year.short())));
        }
        if self.stage != Stage::Final {
            lines.push(format!(
                "stage = {}    # final（年度末）、interim（年度途中）、plan（年度開始前）",
                quoted(self.stage.key())
            ));
        }
        if let Some(judged_by) = self.model.and_then(|(_, edition)| edition.judged_by.as_ref()) {
            lines.push(format!("judged_by = {}    # 評価者（前の版と同じ）", quoted(judged_by)));
        }
        lines.push("draft = true    # 公開するときは、この行を削除してください".to_owned());
        lines.push("\n# 元の資料。資料が公表されたら、行頭の「# 」を削除して記入してください。".to_owned());
        let document = self.model.and_then(|(_, edition)| edition.document.as_ref());
        let title = document.map(|document| format!("    # 前の版: {}", in_comment(&document.title)));
        lines.push(format!("# [document]\n# title = \"\"{}", title.unwrap_or_default()));
        lines.push("# url = \"https://\"\n# published = \"\"\n".to_owned());
        lines.join("\n")
    }

    pub(super) fn reasons(
        &self,
        NodesWithoutSheet { discontinued, ended, without_row }: NodesWithoutSheet,
    ) -> Vec<Bilingual> {
        let cells = self.model.map(|(_, edition)| {
            let label = &edition.label;
            say!(
                ja: "欄は、前の版「{label}」に合わせました。前の版の値は、各行の右の注釈に記載しています",
                en: "the cells are those of the last edition, `{label}`, whose values are in the comments next to them"
            )
        });
        let discontinued = (discontinued > 0).then(|| {
            say!(
                ja: "前の版に調書がない {discontinued} 件の調書は作成していません。継続しているものがあれば、ほかの調書を複写して作成してください",
                en: "no sheets were created for {discontinued} goals, policies and programs that have none in the last edition; copy another sheet for those that continue"
            )
        });
        let ended = (ended > 0).then(|| {
            say!(
                ja: "評価の記号（`ends = true`）で終了とされている {ended} 件の調書は作成していません",
                en: "no sheets were created for {ended} goals, policies and programs that a mark with `ends = true` ended"
            )
        });
        let year = self.year.filter(|_| without_row > 0).map(|year| {
            let (japanese, short) = (year.japanese(), year.short());
            say!(
                ja: "{japanese}の表に行がない事務事業 {without_row} 件の調書は作成していません（行の `years` に{japanese}がありません）",
                en: "no sheets were created for {without_row} programs without rows in the tables of {short}: the `years` of their rows do not include it"
            )
        });
        cells.into_iter().chain(discontinued).chain(ended).chain(year).collect()
    }
}

/// Edition on which a new one is modelled: the newest one with sheets, before the edition `before` if
/// given, and of `stage` if possible.
fn model_edition(
    strategy: &Strategy,
    stage: Option<Stage>,
    before: Option<EditionIx>,
) -> Option<(EditionIx, &Edition)> {
    let all = strategy.editions.iter().enumerate().map(|(index, edition)| (EditionIx(index), edition));
    let with_sheets = |at: EditionIx| strategy.nodes.iter().any(|node| node.sheet(at).is_some());
    let earlier: Vec<_> = all.filter(|(at, _)| before.is_none_or(|before| *at < before) && with_sheets(*at)).collect();
    let same_stage = earlier.iter().rev().find(|(_, edition)| stage.is_none_or(|stage| edition.stage == stage));
    same_stage.or(earlier.last()).copied()
}

/// Label of an edition that readers can quote as a source: 「令和6年度 評価」による.
fn default_label(year: FiscalYear) -> String {
    format!("{} 評価", year.japanese())
}

/// The label of `model` with all its years advanced to `year`: for R6, 令和5年度 in the label of R5
/// becomes 令和6年度. `None` if it contains no year.
fn advance_label(model: &Edition, year: FiscalYear) -> Option<String> {
    let offset = year.0 - model.year?.0;
    let years: Vec<_> = (-5..=5).map(|step| FiscalYear(year.0 - offset + step)).collect();
    let old: Vec<_> = years.iter().map(|year| year.japanese()).collect();
    let new: Vec<_> = years.iter().map(|year| FiscalYear(year.0 + offset).japanese()).collect();
    let matcher = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(&old).ok()?;
    matcher.is_match(&model.label).then(|| matcher.replace_all(&model.label, &new))
}
