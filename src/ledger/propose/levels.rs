//! Levels of the hierarchy: the id of the rows, the columns of the levels above, their names and several spellings.

use super::column::Column;
use super::draft::{Draft, Line, Part, plain_reference, shown_fully};
use super::words::{ends, has, is_code_heading, is_running_heading, plain};
use super::{joined, joint, private};
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

/// The columns that identify the rows, or the programs of several rows.
pub struct Key<'a> {
    /// The column.
    pub column: &'a Column,
    /// True if no two rows have the same id.
    pub is_unique: bool,
}

/// The column with the ids of programs; `None` if there is none.
pub fn key<'a>(draft: &Draft<'a>) -> Option<Key<'a>> {
    let score = |column: &Column| {
        let heading = plain(&column.heading).to_lowercase();
        let has_zero = column.distinct.iter().any(|(text, _)| text.starts_with('0') && text.len() > 1);
        let right = draft.column(column.index + 1);
        let is_named = right.is_some_and(|name| ends(&plain(&name.heading), &["名", "名称", "事業"]));
        3 * i32::from(is_code_heading(&heading))
            + 2 * i32::from(has_zero)
            + i32::from(is_named)
            + 2 * i32::from(heading.contains("事業"))
            - 6 * i32::from(column.is_running() && is_running_heading(&heading) || heading.contains("の位"))
    };
    let codes: Vec<&Column> =
        draft.open().into_iter().filter(|c| c.filled + c.filled / 50 >= c.cells.len() && c.is_code()).collect();
    let unique = codes.iter().filter(|column| column.is_key() && score(column) > 0);
    if let Some(column) = unique.max_by_key(|column| (score(column), std::cmp::Reverse(column.index))) {
        // Running numbers are no ids if the programs have numbers of their own before their names.
        let is_split = |split: &Column| {
            column.is_running() || name_of_key(draft, column).is_none_or(|name| name.index == split.index)
        };
        if joint::program(draft).is_some_and(is_split) {
            return None;
        }
        return Some(Key { column, is_unique: true });
    }
    // Rows of one program differ by year or by kind. Without such a column, the ids are those of a level above.
    let repeated = codes.iter().filter(|column| {
        score(column) >= 3
            && column.distinct.len() > 1
            && column.longest > 1
            && (joined::year(draft, column).is_some() || joined::has_kinds(draft))
    });
    let column = repeated
        .max_by_key(|c| (joined::is_told_apart(draft, c), score(c), c.distinct.len(), std::cmp::Reverse(c.index)))?;
    Some(Key { column, is_unique: false })
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
    beside(draft, key.map(|key| key.column).or(split));
}

/// The column with the names that the ids of a key determine.
pub fn name_of_key<'a>(draft: &Draft<'a>, key: &Column) -> Option<&'a Column> {
    let stem = stem(&key.heading);
    // 指標名 and 施策名 are names of something else.
    let is_of_program = |column: &Column| {
        let heading = plain(&column.heading);
        !has(&heading, &["指標", "活動量", "施策", "政策", "単位"])
            || has(&heading, &["事業"])
            || !stem.is_empty() && heading.starts_with(&stem)
    };
    let candidates = draft.open().into_iter().filter(|column| {
        column.index != key.index
            && column.filled > 0
            && !column.is_code()
            && !column.is_numeric()
            && !column.is_prose()
            && private::finding(column).is_none()
            && !is_department(column)
            && is_of_program(column)
    });
    let score = |column: &&Column| {
        let heading = plain(&column.heading);
        let distance = i64::from(column.index.abs_diff(key.index)).min(30);
        40 * i64::from(
            has(&heading, &["事業名", "事業の名称"]) || heading == "名称" || heading == "事業" || heading == "名",
        ) + 40 * i64::from(!stem.is_empty() && heading.starts_with(&stem))
            + 20 * i64::from(ends(&heading, &["名", "名称"]))
            - distance
            - if column.index < key.index { 10 } else { 0 }
    };
    let named = candidates.filter(|column| score(column) > 0 && agreement(&[key], column) > 0.8);
    named.max_by_key(score)
}

/// Heading of a number or name without the word that says so: `政策` of `政策番号 十の位`.
fn stem(heading: &str) -> String {
    let heading = plain(heading);
    let end = ["番号", "コード", "ID", "id", "No", "CD", "名称", "名", "十の位", "一の位", "百の位", "(", "の番号"];
    let cut = end.iter().filter_map(|word| heading.find(word)).min().unwrap_or(heading.len());
    heading.get(..cut).unwrap_or_default().to_owned()
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
                    "計画",
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

/// True if a column contains departments.
pub fn is_department(column: &Column) -> bool {
    const WORDS: [&str; 13] = [
        "部課",
        "所管",
        "所属",
        "担当課",
        "担当部",
        "部局",
        "実施課",
        "主管",
        "課名",
        "部名",
        "局名",
        "府省庁",
        "担当組織",
    ];
    let heading = plain(&column.heading);
    let is_named = has(&heading, &WORDS)
        || ends(&heading, &["部", "課", "局", "室", "局・庁", "府省庁"]) && heading.chars().count() <= 4;
    is_named
        && !has(
            &heading,
            &[
                "理由", "意見", "評価", "コード", "番号", "予定", "建制順", "課題", "所見", "コメント", "関係", "関連",
                "連携", "協力",
            ],
        )
        && !column.is_numeric()
        // A line break between the department and the section is no prose; a sentence is.
        && column.distinct.iter().all(|(text, _)| {
            !text.contains('。') && text.lines().all(|line| line.chars().count() <= 20)
        })
}

/// Department, period and account of the programs.
fn beside(draft: &mut Draft<'_>, key: Option<&Column>) {
    let departments: Vec<&Column> = draft
        .open()
        .into_iter()
        .filter(|c| c.filled > 0 && is_department(c) && private::finding(c).is_none())
        .collect();
    // A unit below the department, right beside it.
    let mut departments = departments;
    if let Some(unit) = departments.last().and_then(|last| draft.column(last.index + 1))
        && draft.is_open(unit.index)
        && private::is_small_unit(unit)
        && private::is_named_as_unit(unit)
    {
        departments.push(unit);
    }
    // A program of several rows has one department.
    let departments: Vec<&Column> =
        departments.into_iter().filter(|c| key.is_none_or(|key| key.is_key() || agreement(&[key], c) >= 1.0)).collect();
    if !departments.is_empty() {
        let reason = format!("{} 種類の表記", departments.iter().map(|c| c.distinct.len()).max().unwrap_or_default());
        draft.map_list(Part::Node, "program.department", &departments, &reason);
    }
    let find = |words: &[&str], below: &[&str]| {
        let heading = |c: &Column| plain(&c.heading).trim_end_matches(')').to_owned();
        let is_below = |c: &Column| {
            let label = c.above.last().map(|label| plain(label)).unwrap_or_default();
            has(&label, &["期間", "年度"]) && below.contains(&heading(c).as_str())
        };
        draft.open().into_iter().find(|c| (ends(&heading(c), words) || is_below(c)) && !c.is_prose() && c.filled > 0)
    };
    let from = find(
        &["始期", "開始年度", "開始年", "事業開始", "着手年度", "期間(自", "期間(開始", "期間開始"],
        &["開始", "始", "自", "着手", "から"],
    );
    let to = find(
        &["終期", "終了年度", "終了年", "事業終了", "完了年度", "終了(予定)年度", "期間(至", "期間(終了", "期間終了"],
        &["終了", "終", "至", "完了", "まで", "終了予定"],
    );
    if let (Some(from), Some(to)) = (from, to) {
        draft.map(Part::Node, "program.period.from", from, "見出しによる。年度でない表記は、そのまま掲載されます");
        draft.map(Part::Node, "program.period.to", to, "");
    } else if let Some(period) = joint::period(draft) {
        let reason = "開始と終了が一つの列にある。年度でない表記は、そのまま掲載されます";
        draft.map(Part::Node, "program.period", period, reason);
    }
    account(draft);
}

/// 会計, 款, 項, 目: two or more of them side by side.
fn account(draft: &mut Draft<'_>) {
    let name = |column: &Column| {
        let heading = plain(&column.heading);
        ["予算科目", "科目"].into_iter().find_map(|group| heading.strip_prefix(group)).unwrap_or(&heading).to_owned()
    };
    let is_step = |column: &Column| {
        let heading = name(column);
        let heading = heading.trim_end_matches("コード").trim_end_matches("番号").trim_end_matches('名');
        ends(heading, &["会計", "款", "項", "目", "節", "細目", "細々目", "会計区分"])
            && heading.chars().count() <= 8
            && !column.is_prose()
            && !has(heading, &["項目", "科目"])
            && !has(heading, &["種目"])
            || matches!(heading, "款項目" | "款・項・目" | "款項目節" | "款-項-目" | "科目")
    };
    let open = draft.open();
    let Some(first) = open.iter().position(|column| is_step(column) && column.filled > 0) else { return };
    let mut steps: Vec<&Column> = Vec::new();
    for column in open.iter().skip(first) {
        let is_next = steps.last().is_none_or(|last| last.index + 1 == column.index);
        let is_program =
            steps.len() > 1 && matches!(name(column).as_str(), "事業" | "大事業" | "中事業" | "小事業" | "細事業");
        if !is_next || !(is_step(column) || is_program) {
            break;
        }
        steps.push(column);
    }
    let is_account = |column: &&Column| ends(&name(column), &["会計", "会計名", "会計区分"]);
    if steps.len() > 1 || steps.iter().all(is_account) && !steps.is_empty() {
        draft.map_list(Part::Node, "program.account", &steps, "会計・款・項・目の並び");
    }
}
