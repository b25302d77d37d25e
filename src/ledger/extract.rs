//! Rows of all tables → facts.

use super::cell::{Reported, Shown};
use super::column::ColumnRef;
use super::error::Place;
use super::facts::{Facts, JudgementFact, NodeFact, WordsFact};
use super::figures::{AmountColumns, IndicatorColumns};
use super::heading::year_in;
use super::long::LongColumns;
use super::mapping::{AmountKind, FieldSpec, JudgementSpec, Mapping, MarkSpec, WordsSpec};
use super::nodes::{self, NodeColumns, one_line};
use super::table::Grid;
use super::year::stated_year;
use crate::diagnostic::{closest, say, shortened};
use crate::model::{FiscalYear, Kind};
use crate::spreadsheet::CellRef;
use std::collections::BTreeSet;

/// Reads the facts of all tables. Errors are recorded in their findings.
pub fn extract<'a>(mapping: &'a Mapping, grids: &[Grid<'a>]) -> Facts {
    let mut facts = Facts::default();
    for grid in grids {
        let columns = Columns::resolve(mapping, grid);
        if let Some(mut columns) = columns {
            let rows = grid.rows(&columns.key);
            columns.declare_funding(grid, &mut facts);
            let mut seen = BTreeSet::new();
            let mut others = Vec::new();
            for row in rows {
                columns.read(grid, row, &mut facts, &mut seen, &mut others);
            }
            report_others(grid, &columns.key, &others);
        }
        grid.report_leftover_columns();
    }
    let count = |kind| facts.nodes.iter().filter(|node| node.level.kind == kind).count();
    (facts.counts.goals, facts.counts.policies) = (count(Kind::Goal), count(Kind::Policy));
    facts.counts.programs = facts.nodes.iter().filter(|node| node.level.kind == Kind::Program).count();
    facts
}

/// Resolved columns of a table.
struct Columns<'a> {
    /// Columns that identify the node of a row.
    key: Vec<u32>,
    nodes: Vec<NodeColumns>,
    year: Option<u32>,
    indicators: Vec<IndicatorColumns<'a>>,
    amounts: Vec<AmountColumns<'a>>,
    fields: Vec<(&'a FieldSpec, u32)>,
    judgements: Vec<JudgementColumns<'a>>,
    words: Vec<(&'a WordsSpec, u32)>,
    long: Vec<LongColumns<'a>>,
}

struct JudgementColumns<'a> {
    spec: &'a JudgementSpec,
    known: &'a [MarkSpec],
    mark: u32,
    note: Option<u32>,
}

impl<'a> Columns<'a> {
    /// Resolves all columns, so that all wrong ones are reported; `None` if the nodes of rows cannot be identified.
    fn resolve(mapping: &'a Mapping, grid: &Grid<'a>) -> Option<Self> {
        let spec = grid.spec;
        check_phases(mapping, grid);
        let nodes: Vec<Option<NodeColumns>> = spec.nodes.iter().map(|node| NodeColumns::resolve(grid, node)).collect();
        let nodes: Option<Vec<NodeColumns>> = nodes.into_iter().collect();
        nodes.iter().for_each(|nodes| report_equal_ids(grid, nodes));
        let key = grid.columns(&spec.key);
        let one = |reference: &ColumnRef| grid.column(reference);
        let judgement = |spec: &'a JudgementSpec| {
            let (mark, note) = (one(&spec.mark), spec.note.as_ref().map(one));
            let Some(scale) = mapping.scales.iter().find(|scale| scale.id == spec.scale) else {
                let id = &spec.scale;
                grid.findings.report(
                    Place::Mapping { line: spec.line },
                    say!(ja: "尺度「{id}」がありません", en: "there is no scale `{id}`"),
                    say!(ja: "対応表の先頭の部分に `[[scale]]` で宣言してください", en: "declare it as a `[[scale]]` of the mapping"),
                );
                return None;
            };
            Some(JudgementColumns { spec, known: &scale.marks, mark: mark?, note: note.flatten() })
        };
        let columns = Self {
            key: Vec::new(),
            nodes: Vec::new(),
            year: spec.year.as_ref().and_then(one),
            indicators: spec.indicators.iter().filter_map(|spec| IndicatorColumns::resolve(grid, spec)).collect(),
            amounts: spec.amounts.iter().filter_map(|spec| AmountColumns::resolve(grid, spec)).collect(),
            fields: spec.fields.iter().filter_map(|spec| Some((spec, one(&spec.column)?))).collect(),
            judgements: spec.judgements.iter().filter_map(judgement).collect(),
            words: spec.words.iter().filter_map(|spec| Some((spec, one(&spec.column)?))).collect(),
            long: spec.long.iter().filter_map(|spec| LongColumns::resolve(grid, spec)).collect(),
        };
        let (nodes, key) = (nodes?, key?);
        let key = nodes.last().map_or(key, |lowest| lowest.id.clone());
        if key.is_empty() {
            grid.findings.report(
                Place::Mapping { line: spec.line },
                say!(ja: "表の行が何の行かわかりません", en: "it is not stated what the rows of the table are"),
                say!(
                    ja: "`[table.node]` に階層の列を書くか、`key` に事務事業の番号の列を書いてください",
                    en: "write the columns of the levels in `[table.node]`, or the column with the id of the program as `key`"
                ),
            );
            return None;
        }
        Some(Self { key, nodes, ..columns })
    }

    /// Records the sources of funding with the headings of their columns, without the year, as titles.
    fn declare_funding(&self, grid: &Grid<'_>, facts: &mut Facts) {
        for (id, column) in self.amounts.iter().flat_map(AmountColumns::funding) {
            let heading = grid.heading(*column);
            let titled = year_in(heading).map(|label| label.rest).filter(|title| !title.is_empty());
            let heading = titled.as_deref().unwrap_or(heading);
            match facts.funding.iter_mut().find(|(known, _)| known == id) {
                // The shorter heading does not state the phase or year.
                Some((_, title)) if heading.chars().count() < title.chars().count() => heading.clone_into(title),
                Some(_) => {}
                None => facts.funding.push((id.clone(), heading.to_owned())),
            }
        }
    }

    fn read(
        &mut self,
        grid: &Grid<'_>,
        row: u32,
        facts: &mut Facts,
        seen: &mut BTreeSet<usize>,
        others: &mut Vec<CellRef>,
    ) {
        let Some(index) = self.node_of(grid, row, facts, seen, others) else { return };
        let Ok(year) = self.year_of(grid, row) else { return };
        self.long.iter().for_each(|long| long.read(grid, row, year, index, facts));
        let Facts { nodes, counts, .. } = facts;
        let Some(node) = nodes.get_mut(index) else { return };
        self.indicators.iter().for_each(|columns| columns.read(grid, row, year, node, counts));
        self.amounts.iter().for_each(|columns| columns.read(grid, row, year, node, counts));
        for (spec, column) in &self.fields {
            let Ok(Some(shown)) = grid.text(CellRef::new(row, *column)) else { continue };
            if spec.absent.contains(&shown.text) {
                continue;
            }
            match node.fields.iter().find(|(id, _)| *id == spec.id) {
                Some((_, known)) if known.text != shown.text => differs(grid, &shown, known),
                Some(_) => {}
                None => node.fields.push((spec.id.clone(), shown)),
            }
        }
        for columns in &self.judgements {
            let judged = columns.read(grid, row, node);
            counts.marks += usize::from(judged);
        }
        for (spec, column) in &self.words {
            let Ok(Some(shown)) = grid.text(CellRef::new(row, *column)) else { continue };
            let list = if spec.stays { &mut node.outline } else { &mut node.words };
            // The rows of one program repeat its texts.
            let is_repeated = |(heading, words): &(String, WordsFact)| {
                *heading == spec.heading && words.shown.text == shown.text && words.shown.origin != shown.origin
            };
            if !list.iter().any(is_repeated) {
                counts.passages += 1;
                list.push((spec.heading.clone(), WordsFact { shown, drops_indent: spec.drops_indent }));
            }
        }
    }

    /// Node of a row: declared by it, or that with its key.
    fn node_of(
        &self,
        grid: &Grid<'_>,
        row: u32,
        facts: &mut Facts,
        seen: &mut BTreeSet<usize>,
        others: &mut Vec<CellRef>,
    ) -> Option<usize> {
        if !self.nodes.is_empty() {
            let has_several_rows = grid.spec.year.is_some() || !grid.spec.long.is_empty();
            return nodes::of_row(grid, &self.nodes, row, facts, (!has_several_rows).then_some(seen));
        }
        let (id, origin) = nodes::id_of(grid, &self.key, row).ok()?;
        let found = facts.by_id.get(&(Kind::Program, id)).copied();
        if found.is_none() {
            others.push(origin.cell);
        }
        found
    }

    /// Year of a row; `None` if the table has no column for it.
    fn year_of(&self, grid: &Grid<'_>, row: u32) -> Result<Option<FiscalYear>, Reported> {
        let Some(column) = self.year else { return Ok(None) };
        let at = CellRef::new(row, column);
        let text = grid.text(at)?.map_or_else(String::new, |shown| shown.text);
        if let Some(year) = stated_year(&text) {
            return Ok(Some(year));
        }
        let text = shortened(&text);
        grid.findings.report(
            grid.place(at),
            say!(ja: "「{text}」は年度ではありません", en: "`{text}` is not a fiscal year"),
            say!(ja: "`[[fix]]` で訂正してください（R6、2024 など）", en: "correct it with a `[[fix]]`, as in R6 or 2024"),
        );
        Err(Reported)
    }
}

impl JudgementColumns<'_> {
    /// Records the mark of a row; false if there is none.
    fn read(&self, grid: &Grid<'_>, row: u32, node: &mut NodeFact) -> bool {
        let at = CellRef::new(row, self.mark);
        let note = self.note.and_then(|note| grid.text(CellRef::new(row, note)).ok().flatten());
        let Ok(shown) = grid.text(at) else { return false };
        let Some(shown) = shown else {
            if note.is_some() {
                grid.findings.report(
                    grid.place(at),
                    say!(ja: "評価が空欄ですが、その理由は記入されています", en: "the mark is blank, but there is a note on it"),
                    say!(
                        ja: "`[[fix]]` に評価か、評価がないことを表す記号を書いてください",
                        en: "write the mark, or a placeholder for a missing one, in a `[[fix]]`"
                    ),
                );
            }
            return false;
        };
        let text = one_line(&shown.text);
        let mark = match self.spec.marks.get(&text) {
            Some(Some(mark)) => Ok(mark.clone()),
            Some(None) => Err(text),
            None => Ok(text),
        };
        if let Ok(mark) = &mark
            && self.known.iter().all(|known| known.mark != *mark)
        {
            let known: Vec<&str> = self.known.iter().map(|known| known.mark.as_str()).collect();
            let (listed_ja, listed) = (known.join("、"), known.join(", "));
            let near = closest(mark, known.iter().copied()).map_or_else(String::new, |near| format!("（{near}?）"));
            let mark = shortened(mark);
            grid.findings.report(
                grid.place(at),
                say!(ja: "「{mark}」は尺度の評価にありません{near}", en: "`{mark}` is not a mark of the scale"),
                say!(
                    ja: "尺度にあるのは {listed_ja} です。`marks` に読み替えを書くか、`[[fix]]` で訂正してください",
                    en: "the scale has {listed}; add it to `marks`, or correct it with a `[[fix]]`"
                ),
            );
            return false;
        }
        if let Some(known) = node.judgements.get(&self.spec.scale) {
            // The rows of one program repeat its mark.
            if known.mark != mark {
                differs(grid, &shown, &known.shown);
            }
            return false;
        }
        node.judgements.insert(self.spec.scale.clone(), JudgementFact { shown, mark, note });
        true
    }
}

/// Reports a text that should be the same in all rows of a program.
fn differs(grid: &Grid<'_>, shown: &Shown, known: &Shown) {
    let (text, before, earlier) = (shortened(&shown.text), shortened(&known.text), known.origin.cell);
    grid.findings.report(
        grid.place(shown.origin.cell),
        say!(
            ja: "同じ事業の行で内容が違います。「{text}」ですが、{earlier} では「{before}」でした",
            en: "rows of one program differ: `{text}` here, but `{before}` in {earlier}"
        ),
        say!(
            ja: "どちらかを `[[fix]]` で訂正してください。指標ごとの内容であれば、`[table.ignore]` に理由を書いてください",
            en: "correct one of them with a `[[fix]]`; if it belongs to an indicator, list the column in `[table.ignore]`"
        ),
    );
}

/// Reports levels with the same columns as id: each node would have exactly one below it.
fn report_equal_ids(grid: &Grid<'_>, nodes: &[NodeColumns]) {
    for (at, level) in nodes.iter().enumerate() {
        let line = grid.spec.nodes.get(at).map_or(grid.spec.line, |spec| spec.line);
        if nodes.iter().take(at).any(|above| above.id == level.id) {
            grid.findings.report(
                Place::Mapping { line },
                say!(ja: "番号（`id`）の列が、上の階層と同じです", en: "the `id` is the same column as that of a level above"),
                say!(
                    ja: "階層ごとに番号の列を指定してください。番号のない階層は `[[table.field]]` に書けます",
                    en: "map a column of its own to each level; a level without ids can be a `[[table.field]]`"
                ),
            );
        }
    }
}

/// Reports the rows of programs that no other table declares, unless the mapping passes over them.
fn report_others(grid: &Grid<'_>, key: &[u32], others: &[CellRef]) {
    let (Some(first), false) = (others.first(), grid.spec.ignores_others) else { return };
    let n = others.len();
    let at = CellRef::new(first.row, key.first().copied().unwrap_or(first.column));
    grid.findings.report(
        grid.place(at),
        say!(
            ja: "番号がほかの表にない行が {n} 行あります（最初の行）",
            en: "{n} rows have an id that no other table declares; this is the first"
        ),
        say!(
            ja: "番号を確認してください。対象外の行なら `where` で絞るか、`others = \"ignore\"` と書いてください",
            en: "check the id; if these rows are not wanted, narrow them with `where`, or write `others = \"ignore\"`"
        ),
    );
}

/// Reports phases that are neither built in nor declared in the mapping.
fn check_phases(mapping: &Mapping, grid: &Grid<'_>) {
    for spec in &grid.spec.amounts {
        let settlement = if spec.kind == AmountKind::Staff { "actual" } else { "settlement" };
        let mut known = vec!["budget", settlement, "plan"];
        known.extend(mapping.phases.iter().map(|phase| phase.id.as_str()));
        let written = [&spec.phase, &spec.past, &spec.later].into_iter().flatten();
        for phase in written.filter(|phase| !known.contains(&phase.as_str())) {
            let near = closest(phase, known.iter().copied()).map_or_else(String::new, |near| format!("（{near}?）"));
            let listed = known.join(", ");
            grid.findings.report(
                Place::Mapping { line: spec.line },
                say!(ja: "「{phase}」という段階はありません{near}", en: "there is no phase `{phase}`"),
                say!(
                    ja: "{listed} のどれかにするか、対応表に `[[phase]]` で宣言してください",
                    en: "write one of {listed}, or declare it as a `[[phase]]` of the mapping"
                ),
            );
        }
    }
}
