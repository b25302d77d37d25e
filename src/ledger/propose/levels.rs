//! Levels of the hierarchy: the id of the rows, the columns of the levels above, their names and several spellings.

use super::beside::is_department;
use super::column::Column;
use super::draft::{Draft, Line, Part, plain_reference, shown_fully};
use super::key::{Key, name_of_key, stem};
use super::words::{ends, has, is_code_heading, plain};
use super::{beside, joint, private};
use crate::content::quoted;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// A level: columns of the id and of the name.
struct Level<'a> {
    /// The column of the names themselves, if it has the numbers too.
    id: Vec<&'a Column>,
    name: &'a Column,
}

impl Level<'_> {
    /// True if one column has both ids and names.
    fn is_split(&self) -> bool {
        matches!(self.id.as_slice(), [only] if only.index == self.name.index)
    }
}

/// Writes the levels of a table whose rows declare programs.
pub fn propose<'a>(draft: &mut Draft<'a>, key: Option<&Key<'a>>) {
    let name = key.and_then(|key| name_of_key(draft, key.column));
    let split = joint::program(draft).filter(|_| key.is_none());
    let program = key.zip(name).map(|(key, name)| Level { id: vec![key.column], name });
    let program = program.or_else(|| split.map(|column| Level { id: vec![column], name: column }));
    draft.mapped.extend(program.iter().flat_map(|level| [level.name.index]));
    draft.mapped.extend(key.map(|key| key.column.index));
    let (above, nameless) = levels_above(draft, key, split);
    const ABOVE: [&[&str]; 5] = [
        &[],
        &["policy"],
        &["goal", "policy"],
        &["goal", "\"goal/2\"", "policy"],
        &["goal", "\"goal/2\"", "\"goal/3\"", "policy"],
    ];
    draft.line(Part::Node, "[table.node]");
    let keys = ABOVE.get(above.len()).copied().unwrap_or_default();
    for (level_key, level) in keys.iter().zip(&above) {
        write_level(draft, level_key, level, "");
    }
    for name in nameless {
        draft.ask(name, "階層の名称の列ですが、番号の列が見つかりません。番号の列を台帳に加えて [table.node] に書くか、使わない理由を書いてください");
    }
    match (program, key) {
        (Some(level), None) => write_level(draft, "program", &level, "全行で異なる"),
        (Some(level), Some(key)) => {
            let reason = if key.is_unique {
                "全行で異なり、空欄がない"
            } else {
                "事業ごとに複数の行がある"
            };
            write_level(draft, "program", &level, reason);
        }
        (None, Some(key)) => {
            let why = draft.note(key.column, "番号の列かどうか、名称の列が見つからないためわかりません");
            draft.noted(Part::Node, "program.id = \"?\"", format!("{} は{why}", plain_reference(key.column)));
            draft.mapped.remove(&key.column.index);
            draft.noted(Part::Node, "program.name = \"?\"", "名称の列が見つかりません");
        }
        (None, None) => {
            let running = draft.open().into_iter().find(|column| column.is_running());
            let hint = running.map_or_else(String::new, |column| {
                format!("（{} は通し番号で、年度によって変わる可能性があります）", plain_reference(column))
            });
            draft.noted(Part::Node, "program.id = \"?\"", format!("全行で異なる番号の列が見つかりません{hint}。番号と名称が一つの列にあれば、id と name の代わりに split"));
            draft.noted(Part::Node, "program.name = \"?\"", "事務事業の名称の列を書いてください");
        }
    }
    beside::propose(draft, key.map(|key| key.column).or(split));
}

/// The levels above the programs from the top, and columns of names of a level without numbers.
fn levels_above<'a>(
    draft: &mut Draft<'a>,
    key: Option<&Key<'a>>,
    split: Option<&'a Column>,
) -> (Vec<Level<'a>>, Vec<&'a Column>) {
    let open = draft.open();
    let is_of_level = |column: &Column| {
        has(&plain(&column.heading), &["政策", "施策", "基本", "目標", "分野", "柱", "大項目", "中項目", "体系"])
    };
    let is_level = |column: &Column| {
        let heading = plain(&column.heading);
        let is_named = is_of_level(column) || ends(&heading, &["名", "名称"]);
        is_named
            && !column.is_numeric()
            && !column.is_code()
            && column.filled * 50 >= column.cells.len() * 49
            && !column.is_prose()
            && column.distinct.len() * 5 < column.cells.len() * 4
            && !is_department(column)
            && !has(
                &heading,
                &[
                    "指標",
                    "活動量",
                    "単位",
                    "評価",
                    "理由",
                    "整合",
                    "根拠",
                    "会計",
                    "款",
                    "達成",
                    "目標値",
                    "方向",
                    "SDG",
                    "計画名",
                ],
            )
            && private::finding(column).is_none()
    };
    // An id that is different in each row is not that of a level above.
    let is_id = |column: &Column| column.is_code() && column.filled == column.cells.len() && !column.is_key();
    let codes: Vec<&Column> = open.iter().copied().filter(|column| is_id(column)).collect();
    let mut levels = Vec::new();
    let mut nameless = Vec::new();
    for name in open.iter().copied().filter(|column| is_level(column)) {
        let stem = stem(&name.heading);
        let same_stem: Vec<&Column> = codes
            .iter()
            .copied()
            .filter(|code| !stem.is_empty() && plain(&code.heading).starts_with(&stem) && code.index != name.index)
            .collect();
        let own = [same_stem, left_of(&codes, name)];
        let alone = own.iter().find_map(|codes| id_columns(codes, name));
        // Numbers may count anew below each node of a level above.
        let below = || {
            let mut above = levels.iter().rev().map(|level: &Level<'_>| &level.id);
            above.find_map(|above| {
                let id: Vec<&Column> =
                    above.iter().chain(own.iter().find(|codes| !codes.is_empty())?).copied().collect();
                (agreement(&id, name) > 0.8).then_some(id)
            })
        };
        // Numbers that precede the names are the ids if no other column has them.
        let split = || joint::is_split(name).then(|| vec![name]);
        match alone.or_else(below).or_else(split) {
            Some(id) => levels.push(Level { id, name }),
            // Other names, such as 活動量の名称, are not those of a level.
            None if is_of_level(name) => nameless.push(name),
            None => {}
        }
    }
    levels.sort_by_key(|level| groups(&level.id).len());
    // Each level must determine the one above it, and the programs the lowest.
    let mut chain: Vec<Level<'a>> = Vec::new();
    for level in levels.into_iter().rev() {
        let below: Vec<&Column> = match (chain.last(), key.map(|key| key.column).or(split)) {
            (Some(below), _) => below.id.clone(),
            (None, Some(key)) => vec![key],
            (None, None) => level.id.clone(),
        };
        let is_above = level.id.iter().all(|column| agreement(&below, column) >= 1.0);
        if is_above && chain.len() < 4 {
            chain.push(level);
        }
    }
    chain.reverse();
    complete_ids(draft, &mut chain, &codes);
    (chain, nameless)
}

/// The columns that together are the id of a name: one with several characters, else all digits.
fn id_columns<'a>(codes: &[&'a Column], name: &Column) -> Option<Vec<&'a Column>> {
    let whole = codes.iter().copied().filter(|code| code.longest > 1 && agreement(&[code], name) > 0.8);
    if let Some(code) = whole.max_by_key(|code| code.longest) {
        return Some(vec![code]);
    }
    let digits: Vec<&Column> = codes.iter().copied().filter(|code| code.longest == 1).collect();
    (!digits.is_empty() && agreement(&digits, name) > 0.8).then_some(digits)
}

/// The columns of codes directly to the left of a name.
fn left_of<'a>(codes: &[&'a Column], name: &Column) -> Vec<&'a Column> {
    let mut left: Vec<&Column> = Vec::new();
    let mut next = name.index;
    for code in codes.iter().rev().filter(|code| code.index < name.index) {
        if code.index + 1 != next || !is_code_heading(&plain(&code.heading)) {
            break;
        }
        next = code.index;
        left.push(code);
    }
    left.reverse();
    left
}

/// Ids that count anew below each node are preceded by those of the levels above. Columns with digits that another id
/// already contains are left out.
fn complete_ids<'a>(draft: &mut Draft<'a>, chain: &mut [Level<'a>], codes: &[&'a Column]) {
    let mut digits: Vec<&Column> = Vec::new();
    for column in chain.iter().flat_map(|level| level.id.iter().copied()).filter(|column| column.longest == 1) {
        if digits.iter().all(|known| known.index != column.index) {
            digits.push(column);
        }
    }
    let rows = 0..draft.table.rows.len();
    for level in chain.iter() {
        let [whole] = level.id.as_slice() else { continue };
        if level.is_split() {
            continue;
        }
        let stem = stem(&level.name.heading);
        let own = codes
            .iter()
            .copied()
            .filter(|c| c.longest == 1 && !stem.is_empty() && plain(&c.heading).starts_with(&stem));
        let own: Vec<&Column> = own.collect();
        let all: Vec<&Column> = digits.iter().copied().chain(own.iter().copied()).collect();
        if !own.is_empty() && rows.clone().all(|row| whole.text(row) == Some(joined(&all, row).as_str())) {
            for column in own {
                draft.ignore(column, format!("{} と同じ番号（全 {} 行で一致）", whole.letters(), rows.len()));
            }
        }
    }
    let is_coded_as_whole =
        chain.iter().any(|level| level.id.len() == 1 && level.id.iter().any(|id| id.longest > 1)) && !digits.is_empty();
    for at in 1..chain.len() {
        let (above, rest) = chain.split_at_mut(at);
        let (Some(above), Some(level)) = (above.last(), rest.first_mut()) else { continue };
        let is_contained = above.id.iter().all(|column| agreement(&level.id, column) >= 1.0)
            && !(is_coded_as_whole && level.id.iter().all(|column| column.longest == 1));
        let is_prefixed =
            level.id.len() > above.id.len() && level.id.iter().zip(&above.id).all(|(a, b)| a.index == b.index);
        if !is_contained && !is_prefixed && !level.is_split() && !above.is_split() {
            let id: Vec<&Column> = above.id.iter().chain(&level.id).copied().collect();
            level.id = id;
        }
    }
}

fn joined(columns: &[&Column], row: usize) -> String {
    columns.iter().filter_map(|column| column.text(row)).collect()
}

/// Rows by the joined texts of columns, in the form of ids.
fn groups(columns: &[&Column]) -> BTreeMap<String, Vec<usize>> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let rows = columns.first().map_or(0, |column| column.cells.len());
    for row in 0..rows {
        let id = joined(columns, row).nfkc().flat_map(char::to_lowercase).collect();
        groups.entry(id).or_default().push(row);
    }
    groups
}

/// Different texts of a column in some rows, with their numbers, most frequent first.
fn texts_in(column: &Column, rows: &[usize]) -> Vec<(String, usize)> {
    let mut texts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (n, text) in rows.iter().filter_map(|row| column.text(*row)).enumerate() {
        texts.entry(text).or_insert((0, n)).0 += 1;
    }
    let mut texts: Vec<_> = texts.into_iter().collect();
    texts.sort_by_key(|(_, (count, first))| (std::cmp::Reverse(*count), *first));
    texts.into_iter().map(|(text, (count, _))| (text.to_owned(), count)).collect()
}

/// Share of the rows whose text is the most frequent one of their id.
#[allow(clippy::cast_precision_loss)]
pub fn agreement(id: &[&Column], name: &Column) -> f64 {
    let groups = groups(id);
    let agreeing: usize =
        groups.values().filter_map(|rows| texts_in(name, rows).first().map(|(_, count)| *count)).sum();
    agreeing as f64 / name.filled.max(1) as f64
}

fn write_level(draft: &mut Draft<'_>, key: &str, level: &Level<'_>, reason: &str) {
    let ids = groups(&level.id);
    let count = format!("{} 種類", ids.len());
    let reason = if reason.is_empty() { count } else { format!("{count}、{reason}") };
    draft.ids.extend(level.id.iter().map(|column| column.index));
    if level.is_split() {
        return draft.map(Part::Node, &format!("{key}.split"), level.name, &format!("番号と名称。{reason}"));
    }
    draft.map_list(Part::Node, &format!("{key}.id"), &level.id, &reason);
    draft.map(Part::Node, &format!("{key}.name"), level.name, "番号ごとに決まる");
    let kind = key.trim_matches('"').split('/').next().unwrap_or_default();
    for (id, rows) in ids {
        let names = texts_in(level.name, &rows);
        if names.len() > 1 && !draft.private.is_in(&id) {
            let shown = names.iter().filter(|(name, _)| !draft.private.is_in(name));
            let listed: Vec<String> = shown.map(|(name, n)| format!("{}×{n}", shown_fully(name))).collect();
            let text = format!("{} = \"?\"", quoted(&format!("{kind}:{id}")));
            draft.names.push(Line { text, comment: listed.join(" ") });
        }
    }
}
