//! Goals, policies and programs of the rows of a table: ids, names, departments, periods and accounts.

use super::cell::{Findings, Origin, Reported, Shown};
use super::column::ColumnRef;
use super::error::Place;
use super::facts::{Facts, NodeFact, PeriodFact};
use super::joint::{number_and_name, period_ends};
use super::mapping::{Level, Mapping, NodeSpec, PeriodSpec};
use super::table::Grid;
use crate::content::is_id;
use crate::diagnostic::{say, shortened};
use crate::model::Kind;
use crate::spreadsheet::CellRef;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// Columns of a level.
pub struct NodeColumns {
    level: Level,
    /// Columns of the id.
    pub id: Vec<u32>,
    name: u32,
    number: Option<u32>,
    department: Vec<u32>,
    is_split: bool,
    period: Option<PeriodColumns>,
    account: Vec<u32>,
}

/// Columns of a period.
enum PeriodColumns {
    Two(u32, u32),
    One(u32),
}

impl NodeColumns {
    /// Resolves the columns of a level; `None` after an error.
    pub fn resolve(grid: &Grid<'_>, spec: &NodeSpec) -> Option<Self> {
        let optional = |reference: &Option<ColumnRef>| reference.as_ref().map(|reference| grid.column(reference));
        let (id, name, number) = (grid.columns(&spec.id), grid.column(&spec.name), optional(&spec.number));
        let (department, account) = (grid.columns(&spec.department), grid.columns(&spec.account));
        let period = spec.period.as_ref().and_then(|period| match period {
            PeriodSpec::Two(from, to) => {
                let (from, to) = (grid.column(from), grid.column(to));
                Some(PeriodColumns::Two(from?, to?))
            }
            PeriodSpec::One(column) => grid.column(column).map(PeriodColumns::One),
        });
        Some(Self {
            level: spec.level,
            id: id?,
            name: name?,
            number: number.flatten(),
            department: department?,
            is_split: spec.is_split,
            period,
            account: account?,
        })
    }

    /// The id in a row.
    fn id_of(&self, grid: &Grid<'_>, row: u32) -> Result<(String, Origin), Reported> {
        let Some(column) = self.id.first().filter(|_| self.is_split) else { return id_of(grid, &self.id, row) };
        let at = CellRef::new(row, *column);
        let shown = part(grid, at)?;
        let Some((number, _)) = number_and_name(&shown.text) else {
            let text = shortened(&shown.text);
            grid.findings.report(
                grid.place(at),
                say!(ja: "「{text}」を番号と名称に分けられません", en: "`{text}` cannot be split into number and name"),
                say!(
                    ja: "「101 子育て支援事業」のように、番号と名称の間に空白を入れた内容を `[[fix]]` に書いてください",
                    en: "write a `[[fix]]` with a blank between number and name, as in `101 子育て支援事業`"
                ),
            );
            return Err(Reported);
        };
        let id: String = number.nfkc().flat_map(char::to_lowercase).collect();
        valid_id(grid, at, id, shown.is_fixed)
    }
}

/// The lowest node of a row, after recording it and those above it. `seen` holds the lowest nodes of the table so far;
/// `None` if a node may have several rows.
pub fn of_row(
    grid: &Grid<'_>,
    columns: &[NodeColumns],
    row: u32,
    facts: &mut Facts,
    seen: Option<&mut BTreeSet<usize>>,
) -> Option<usize> {
    let mut parent = None;
    let (lowest, above) = columns.split_last()?;
    for level in above {
        let (id, origin) = level.id_of(grid, row).ok()?;
        let index = node_index(grid, facts, level.level, id, parent, origin)?;
        describe(grid, level, row, index, facts);
        parent = Some(index);
    }
    let (id, origin) = lowest.id_of(grid, row).ok()?;
    let index = node_index(grid, facts, lowest.level, id, parent, origin)?;
    if seen.is_some_and(|seen| !seen.insert(index)) {
        let node = facts.nodes.get(index)?;
        let (id, first) = (&node.id, node.origin.cell);
        grid.findings.report(
            grid.place(origin.cell),
            say!(ja: "番号「{id}」が {first} と重複しています", en: "the id `{id}` is already that of {first}"),
            say!(ja: "どちらかの番号を `[[fix]]` で訂正してください", en: "correct one of them with a `[[fix]]`"),
        );
        return None;
    }
    describe(grid, lowest, row, index, facts);
    Some(index)
}

/// Records the name in a row, and the department, period and account of a program.
fn describe(grid: &Grid<'_>, columns: &NodeColumns, row: u32, index: usize, facts: &mut Facts) {
    let at = CellRef::new(row, columns.name);
    let (Ok(name), Some(node)) = (grid.text(at), facts.nodes.get_mut(index)) else { return };
    let own = |name: Shown| match number_and_name(&name.text).filter(|_| columns.is_split) {
        Some((_, own)) => Shown { text: own.to_owned(), ..name },
        None => name,
    };
    match name.map(own) {
        Some(name) => record_name(node, name),
        None => grid.findings.report(
            grid.place(at),
            say!(ja: "名称が空欄です", en: "the name is blank"),
            say!(ja: "台帳に記入するか、`[[fix]]` に書いてください", en: "enter it in the ledger, or write a `[[fix]]`"),
        ),
    }
    beside_name(grid, columns, row, node);
}

fn record_name(node: &mut NodeFact, name: Shown) {
    match node.names.iter_mut().find(|(known, ..)| *known == name.text) {
        Some((_, rows, _)) => *rows += 1,
        None => node.names.push((name.text, 1, name.origin)),
    }
}

/// The id in a row: the joined texts of its columns.
///
/// # Errors
/// Fails if a part is blank, or if the text cannot be an id.
pub fn id_of(grid: &Grid<'_>, columns: &[u32], row: u32) -> Result<(String, Origin), Reported> {
    let mut id = String::new();
    let mut is_fixed = false;
    for column in columns {
        let at = CellRef::new(row, *column);
        let part = part(grid, at)?;
        is_fixed |= part.is_fixed;
        let digits = part.text.len();
        if let Some(width) = grid.padded_width(*column).filter(|width| digits < *width && !part.is_fixed)
            && part.text.bytes().all(|byte| byte.is_ascii_digit())
        {
            let text = &part.text;
            grid.findings.report(
                grid.place(at),
                say!(
                    ja: "番号「{text}」は {digits} 桁です。ほかの番号は先頭に 0 のある {width} 桁です",
                    en: "the id `{text}` has {digits} digits; the others have {width}, with leading zeros"
                ),
                say!(
                    ja: "先頭の 0 が失われていないか確認し、台帳を直すか、`[[fix]]` に正しい番号（このままなら同じ番号）を書いてください",
                    en: "restore leading zeros that were lost, or write a `[[fix]]` with the id, or with the same one to confirm it"
                ),
            );
            return Err(Reported);
        }
        id.extend(part.text.nfkc().flat_map(char::to_lowercase));
    }
    valid_id(grid, CellRef::new(row, columns.first().copied().unwrap_or_default()), id, is_fixed)
}

/// The text of a cell with an id.
fn part(grid: &Grid<'_>, at: CellRef) -> Result<Shown, Reported> {
    grid.text(at)?.ok_or_else(|| {
        grid.findings.report(
            grid.place(at),
            say!(ja: "番号が空欄です", en: "the id is blank"),
            say!(ja: "台帳に記入するか、`[[fix]]` に書いてください", en: "enter it in the ledger, or write a `[[fix]]`"),
        );
        Reported
    })
}

/// The id of a cell, if it is valid.
fn valid_id(grid: &Grid<'_>, at: CellRef, id: String, is_fixed: bool) -> Result<(String, Origin), Reported> {
    let shown = shortened(&id);
    if !is_id(&id) {
        grid.findings.report(
            grid.place(at),
            say!(ja: "「{shown}」は番号（id）に使えません", en: "`{shown}` cannot be an id"),
            say!(
                ja: "a〜z の小文字・数字・ハイフンだけの番号を `[[fix]]` に書くか、別の列を指定してください",
                en: "write a `[[fix]]` with a-z, digits and hyphens only, or map another column"
            ),
        );
        return Err(Reported);
    }
    if id == "0" && !is_fixed {
        grid.findings.report(
            grid.place(at),
            say!(ja: "番号が 0 です", en: "the id is 0"),
            say!(
                ja: "正しい番号を `[[fix]]` に書いてください。0 が番号であれば `to = \"0\"` と書いてください",
                en: "write the right one in a `[[fix]]`; `to = \"0\"` if it is 0"
            ),
        );
        return Err(Reported);
    }
    Ok((id, Origin { table: grid.index, cell: at }))
}

/// Index of the node with this id, created if it is new. `None` if it contradicts an earlier row.
fn node_index(
    grid: &Grid<'_>,
    facts: &mut Facts,
    level: Level,
    id: String,
    parent: Option<usize>,
    origin: Origin,
) -> Option<usize> {
    let Some(index) = facts.by_id.get(&(level.kind, id.clone())).copied() else {
        facts.nodes.push(NodeFact::new(level, id.clone(), parent, origin));
        let index = facts.nodes.len().checked_sub(1)?;
        facts.by_id.insert((level.kind, id), index);
        return Some(index);
    };
    let known = facts.nodes.get(index)?;
    let first = known.origin.cell;
    if known.level != level {
        grid.findings.report(
            grid.place(origin.cell),
            say!(
                ja: "番号「{id}」は、別の階層の番号でもあります（{first}）",
                en: "the id `{id}` is also that of another level ({first})"
            ),
            say!(
                ja: "`id` に列を加え、階層ごとに違う番号にしてください",
                en: "add columns to `id` so that the ids of the levels differ"
            ),
        );
        return None;
    }
    if let (Some(parent), Some(known_parent)) = (parent, known.parent)
        && parent != known_parent
    {
        let above = |index: usize| facts.nodes.get(index).map_or_else(String::new, |node| node.id.clone());
        let (one, other) = (above(known_parent), above(parent));
        grid.findings.report(
            grid.place(origin.cell),
            say!(
                ja: "番号「{id}」の上位が「{other}」です。{first} では「{one}」でした",
                en: "`{id}` belongs to `{other}` here, but to `{one}` in {first}"
            ),
            say!(ja: "どちらかの番号を `[[fix]]` で訂正してください", en: "correct one of them with a `[[fix]]`"),
        );
        return None;
    }
    if let Some(known) = facts.nodes.get_mut(index) {
        known.parent = known.parent.or(parent);
    }
    Some(index)
}

/// Number, department, period and account.
fn beside_name(grid: &Grid<'_>, columns: &NodeColumns, row: u32, node: &mut NodeFact) {
    let text = |column: u32| grid.text(CellRef::new(row, column)).ok().flatten();
    if let Some(number) = columns.number.and_then(text) {
        node.number = Some(number);
    }
    let department: Vec<Shown> = columns.department.iter().filter_map(|column| text(*column)).collect();
    let joined = department.iter().map(|part| one_line(&part.text)).collect::<Vec<_>>().join(" ");
    if let Some(first) = department.into_iter().next() {
        let (at, department) = (first.origin.cell, Shown { text: joined, ..first });
        match &node.department {
            Some(known) if known.text != department.text => {
                let (earlier, known, now) = (known.origin.cell, shortened(&known.text), shortened(&department.text));
                grid.findings.report(
                    grid.place(at),
                    say!(
                        ja: "担当が「{now}」です。{earlier} では「{known}」でした",
                        en: "the department is `{now}` here, but `{known}` in {earlier}"
                    ),
                    say!(ja: "どちらかを `[[fix]]` で訂正してください", en: "correct one of them with a `[[fix]]`"),
                );
            }
            Some(_) => {}
            None => node.department = Some(department),
        }
    }
    match columns.period {
        Some(PeriodColumns::Two(from, to)) => {
            let (from, to) = (text(from), text(to));
            if let Some(origin) = from.as_ref().or(to.as_ref()).map(|shown| shown.origin) {
                let line = |shown: Option<Shown>| shown.map_or_else(String::new, |shown| one_line(&shown.text));
                let (from, to) = (line(from), line(to));
                node.period = Some(PeriodFact { printed: format!("{from}～{to}"), from, to, origin });
            }
        }
        Some(PeriodColumns::One(column)) => {
            let shown = text(column).filter(|shown| !grid.is_missing(&shown.text));
            node.period = shown.map(|Shown { text, origin, .. }| {
                let printed = one_line(&text);
                let (from, to) = period_ends(&printed).unwrap_or_default();
                PeriodFact { from: from.to_owned(), to: to.to_owned(), printed, origin }
            });
        }
        None => {}
    }
    if !columns.account.is_empty() {
        node.account = columns.account.iter().filter_map(|column| text(*column)).collect();
    }
}

/// Text on one line.
pub fn one_line(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}

/// Chooses the name of each node that has several, as `[names]` states. Reports those without a choice.
pub fn choose_names(mapping: &Mapping, facts: &mut Facts, findings: &Findings, place: impl Fn(Origin) -> Place) {
    for node in &mut facts.nodes {
        let key = node.key();
        let choice = mapping.names.get(&key);
        if let Some((name, line)) = choice {
            match node.names.iter().position(|(known, ..)| known == name.trim()) {
                Some(at) => node.names.swap(0, at),
                None => findings.report(
                    Place::Mapping { line: *line },
                    say!(ja: "「{name}」は {key} の名称として台帳にありません", en: "`{name}` is not a name of {key} in the ledger"),
                    say!(ja: "台帳にあるのは {names} です", en: "the ledger has {names}", names = listed(node)),
                ),
            }
        } else if node.names.len() > 1 {
            let names = listed(node);
            // The rarest name is most likely the wrong one.
            let rarest = node.names.iter().rev().min_by_key(|(_, rows, _)| *rows);
            findings.report(
                place(rarest.map_or(node.origin, |(.., origin)| *origin)),
                say!(ja: "番号「{key}」に名称が複数あります: {names}", en: "`{key}` has several names: {names}"),
                say!(
                    ja: "対応表の `[names]` に `\"{key}\" = \"…\"` と書き、一つに決めてください",
                    en: "choose one in `[names]` of the mapping: `\"{key}\" = \"…\"`"
                ),
            );
        }
    }
    let known = |key: &str| {
        key.split_once(':').is_some_and(|(kind, id)| {
            Kind::from_key(kind).is_some_and(|kind| facts.by_id.contains_key(&(kind, id.to_owned())))
        })
    };
    for (key, (_, line)) in mapping.names.iter().filter(|(key, _)| !known(key)) {
        findings.report(
            Place::Mapping { line: *line },
            say!(ja: "「{key}」は台帳にありません", en: "the ledger has no `{key}`"),
            say!(ja: "`policy:0102` のように、種類と番号を書いてください", en: "write its kind and id, as in `policy:0102`"),
        );
    }
}

/// Names with the numbers of their rows.
fn listed(node: &NodeFact) -> String {
    let mut names: Vec<_> = node.names.iter().collect();
    names.sort_by_key(|(_, rows, _)| std::cmp::Reverse(*rows));
    names.iter().map(|(name, rows, _)| format!("「{}」×{rows}", shortened(name))).collect::<Vec<_>>().join(" ")
}
