//! Tables joined by the id of the program: several rows for each year, and indicators of several rows.

use super::column::Column;
use super::draft::{Draft, Line, Part, reference};
use super::levels::agreement;
use super::words::{has, plain};
use crate::content::quoted;
use crate::ledger::year::stated_year;
use crate::model::FiscalYear;
use std::collections::{BTreeMap, BTreeSet};

/// Column with the ids of programs that other tables declare.
pub fn key<'a>(draft: &Draft<'a>, programs: &BTreeSet<String>) -> Option<&'a Column> {
    let known = |column: &Column| {
        let texts = column.distinct.iter();
        texts.filter(|(text, _)| programs.contains(text)).map(|(_, n)| n).sum::<usize>()
    };
    let open = draft.open().into_iter();
    let candidates =
        open.filter(|c| c.is_code() && c.filled == c.cells.len() && known(c) * 10 >= c.filled * 5 && c.longest > 1);
    candidates.max_by_key(|column| (known(column), std::cmp::Reverse(column.index)))
}

/// Leaves out columns that repeat what another table says about each program.
pub fn repeated(draft: &mut Draft<'_>, key: &Column, main: &Draft<'_>, main_key: &Column) {
    for column in draft.open() {
        let other = main.table.columns.iter().find(|other| {
            plain(&other.heading) == plain(&column.heading)
                && !column.heading.is_empty()
                && main.mapped.contains(&other.index)
        });
        let Some(other) = other else { continue };
        let text_of = |row: usize| other.text(row).unwrap_or_default();
        let known: BTreeMap<&str, &str> =
            (0..other.cells.len()).filter_map(|row| Some((main_key.text(row)?, text_of(row)))).collect();
        let is_same = (0..column.cells.len()).all(|row| {
            key.text(row)
                .is_none_or(|id| known.get(id).is_none_or(|text| *text == column.text(row).unwrap_or_default()))
        });
        if is_same {
            draft.ignore(column, format!("{} の「{}」と同じ（全行で一致）", main.table.file, other.heading));
        }
    }
}

/// The column with the year of each row, if rows of the same id differ by it.
pub fn year<'a>(draft: &Draft<'a>, key: &Column) -> Option<&'a Column> {
    if key.is_key() {
        return None;
    }
    draft.open().into_iter().find(|column| {
        let is_named = has(&plain(&column.heading), &["年度", "年"]);
        let years = column.distinct.iter().filter(|(text, _)| stated_year(text).is_some()).count();
        is_named
            && column.distinct.len() > 1
            && years * 10 >= column.distinct.len() * 8
            && column.filled == column.cells.len()
    })
}

/// True if a column tells kinds of rows apart: targets from results.
pub fn has_kinds(draft: &Draft<'_>) -> bool {
    draft.open().iter().any(|column| is_kind(column))
}

fn is_kind(column: &Column) -> bool {
    let words = column.distinct.iter().filter(|(text, _)| series(text).is_some()).count();
    column.distinct.len() <= 8 && words > 1 && column.filled == column.cells.len()
}

/// True if no two rows have the same id and year.
pub fn is_told_apart(draft: &Draft<'_>, key: &Column) -> bool {
    let Some(year) = year(draft, key) else { return false };
    let rows: BTreeSet<_> = (0..key.cells.len()).map(|row| (key.text(row), year.text(row))).collect();
    rows.len() == key.cells.len()
}

/// Writes conditions that leave one row for each id and year, if several rows have the same.
pub fn conditions(draft: &mut Draft<'_>, key: &Column, year: &Column) {
    let rows = 0..draft.table.rows.len();
    let of = |row: usize| (key.text(row).unwrap_or_default(), year.text(row).unwrap_or_default());
    let groups: BTreeSet<_> = rows.clone().map(of).collect();
    if groups.len() == rows.len() || has_indicators_in_rows(draft, key, year) {
        return;
    }
    let summary = draft.open().into_iter().find(|column| {
        let blank: Vec<usize> = rows.clone().filter(|row| column.text(*row).is_none()).collect();
        let of_blank: BTreeSet<_> = blank.iter().map(|row| of(*row)).collect();
        column.filled > 0 && blank.len() == groups.len() && of_blank.len() == groups.len()
    });
    let n = groups.len();
    match summary {
        Some(column) => {
            let is_sum = is_summary(draft, column, &of);
            let reason = format!(
                "空欄の行だけで、番号と年度の組 {n} のすべてに 1 行ずつになる{}",
                if is_sum { "（金額は、ほかの行の和と一致）" } else { "" }
            );
            let comment = draft.note(column, &reason);
            draft.mapped.insert(column.index);
            let value = if is_sum { "" } else { "?" };
            draft.noted(Part::Head, format!("where.{} = {}", reference(column), quoted(value)), comment);
        }
        None => {
            let comment = format!(
                "番号と年度が同じ行が複数あります（{} 行、組は {n}）。1 行に絞る列と値を書いてください",
                rows.len()
            );
            draft.noted(Part::Head, "where = { \"?\" = \"?\" }", comment);
        }
    }
}

/// True if the rows of one year are those of several indicators.
fn has_indicators_in_rows(draft: &Draft<'_>, key: &Column, year: &Column) -> bool {
    let open = draft.open();
    let codes: Vec<&Column> = open.iter().copied().filter(|c| c.is_code() && c.filled == c.cells.len()).collect();
    let group = group(draft, key, Some(year), &codes, None);
    let has_name = open.iter().any(|column| is_name_of_indicator(column));
    group.is_some_and(|group| has_name || has_names_elsewhere(draft, &group))
}

fn is_name_of_indicator(column: &Column) -> bool {
    let heading = plain(&column.heading);
    has(&heading, &["指標", "活動量", "名称"]) && heading.contains('名') && !column.is_numeric() && !column.is_code()
}

/// True if the figures of the rows without a text in the column are the sums of the other rows of the same group.
fn is_summary<'a>(draft: &Draft<'a>, column: &Column, of: &impl Fn(usize) -> (&'a str, &'a str)) -> bool {
    let figures: Vec<&Column> = draft
        .open()
        .into_iter()
        .filter(|c| c.is_numeric() && has(&c.label, &["額", "費", "計", "予算", "決算"]))
        .collect();
    !figures.is_empty()
        && figures.iter().all(|figure| {
            let mut sums: BTreeMap<_, (Option<crate::model::Decimal>, crate::model::Decimal, usize)> = BTreeMap::new();
            for row in 0..draft.table.rows.len() {
                let (total, sum, parts) = sums.entry(of(row)).or_default();
                let Some(number) = figure.number(row) else { return false };
                if column.text(row).is_none() {
                    *total = Some(number);
                } else {
                    *sum += number;
                    *parts += 1;
                }
            }
            sums.values().all(|(total, sum, parts)| *parts == 0 || *total == Some(*sum))
        })
}

/// Writes indicators in the long form. Returns false if the table has none.
pub fn long(draft: &mut Draft<'_>, key: &Column) -> bool {
    let open = draft.open();
    let years: Vec<(FiscalYear, &Column)> =
        open.iter().filter_map(|column| Some((stated_year(&column.heading)?, *column))).collect();
    let kind = open.iter().find(|column| is_kind(column));
    let (Some(kind), true, false) = (kind, years.len() > 1, key.is_key()) else { return false };
    let part = Part::Indicator;
    let others: Vec<&Column> = open
        .iter()
        .copied()
        .filter(|c| c.index != kind.index && years.iter().all(|(_, year)| year.index != c.index) && c.filled > 0)
        .collect();
    let name = others.iter().copied().filter(|c| {
        !c.is_numeric()
            && has(&plain(&c.heading), &["指標", "名称", "活動量"])
            && !has(&plain(&c.heading), &["番号", "単位", "種別"])
    });
    let name = name.max_by_key(|column| column.distinct.len());
    draft.line(part, "[[table.long]]");
    draft.map(part, "row", kind, "行の種類");
    for (text, n) in kind.distinct.iter().filter(|(text, _)| !draft.private.is_in(text)).cloned().collect::<Vec<_>>() {
        let (value, comment) = match series(&text) {
            Some(series) => (series, format!("{n} 行")),
            None => ("?", format!("{n} 行。actual・target・forecast・rate・ignore のどれか")),
        };
        draft.noted(part, format!("rows.{} = {}", quoted(&text), quoted(value)), comment);
    }
    let group = group(draft, key, Some(kind), &others, name);
    write_group(draft, group.as_deref(), "shihyo");
    match name {
        Some(name) => draft.map(part, "name", name, ""),
        None if group.is_some_and(|group| has_names_elsewhere(draft, &group)) => {}
        None => draft.noted(part, "name = \"?\"", "指標の名称の列が見つかりません"),
    }
    if let Some(unit) = others.iter().find(|column| plain(&column.heading).contains("単位")) {
        draft.map(part, "unit", unit, "");
    }
    let is_role = |column: &&&Column| {
        column.distinct.iter().all(|(text, _)| has(text, &["指標", "アウトプット", "アウトカム", "活動", "成果"]))
            && column.distinct.len() <= 8
    };
    if let Some(role) = others.iter().find(is_role) {
        draft.map(part, "role", role, "");
    }
    let is_direction = |column: &&&Column| {
        column.distinct.len() <= 4 && column.distinct.iter().any(|(text, _)| direction(text).is_some())
    };
    if let Some(better) = others.iter().find(is_direction) {
        draft.map(part, "better.column", better, "");
        for (text, _) in
            better.distinct.iter().filter(|(text, _)| !draft.private.is_in(text)).cloned().collect::<Vec<_>>()
        {
            draft.line(part, format!("better.{} = {}", quoted(&text), quoted(direction(&text).unwrap_or("?"))));
        }
    }
    let range = years.iter().map(|(year, _)| *year).min().zip(years.iter().map(|(year, _)| *year).max());
    if let Some((from, to)) = range {
        let comment = format!("見出しが年度の {} 列", years.len());
        draft.noted(part, format!("years = \"{}..{}\"", from.0, to.0), comment);
    }
    draft.figures.extend(years.iter().map(|(_, column)| column.index));
    draft.mapped.extend(years.iter().map(|(_, column)| column.index));
    true
}

/// Writes the columns that identify an indicator of a program, and the prefix of the ids.
pub fn write_group(draft: &mut Draft<'_>, group: Option<&[&Column]>, prefix: &str) {
    let part = Part::Indicator;
    match group {
        Some(group) => draft.map_list(part, "group", group, "番号・行の種類や年度と合わせると、全行で異なる"),
        None => draft.noted(part, "group = \"?\"", "一つの指標の行に共通する列が見つかりません"),
    }
    draft.line(part, format!("id = {{ counted = {} }}", quoted(prefix)));
}

/// True if another table has the columns of a group, and a column with names of indicators.
pub fn has_names_elsewhere(draft: &Draft<'_>, group: &[&Column]) -> bool {
    draft.tables.iter().filter(|table| !std::ptr::eq(*table, draft.table)).any(|table| {
        let has_column = |wanted: &&Column| table.columns.iter().any(|c| plain(&c.heading) == plain(&wanted.heading));
        group.iter().all(has_column) && table.columns.iter().any(is_name_of_indicator)
    })
}

/// True for lines that declare indicators in rows, but no values.
pub fn has_names_only(lines: &[Line]) -> bool {
    let begins = |words: &[&str]| lines.iter().any(|line| words.iter().any(|word| line.text.starts_with(word)));
    begins(&["[[table.long]]"]) && begins(&["name = "]) && !begins(&["actual", "target", "rate", "row = "])
}

/// Asks about columns that differ between the rows of a program: a program has one mark of a scale, and a field once.
pub fn ask_about_rows(draft: &mut Draft<'_>) {
    let Some(key) = draft.repeated_key.and_then(|key| draft.column(key)) else { return };
    // What stands beside indicators in rows is said of them, even if it is the same for all of a program.
    let has_indicators = draft
        .parts
        .get(&Part::Indicator)
        .is_some_and(|lines| lines.iter().any(|l| l.text.starts_with("[[table.long]]")));
    let is_of_indicators = has_indicators && !draft.parts.contains_key(&Part::Node);
    for column in draft.open().into_iter().filter(|column| column.filled > 0 && !column.is_running()) {
        if is_of_indicators {
            let why =
                "指標の行の列です。事業の評価や項目としては取り込めません。使わないなら「?」を理由に替えてください";
            draft.ask(column, why);
        } else if agreement(&[key], column) < 1.0 {
            let why = "同じ事業の行ごとに内容が違います。事業の評価や項目としては取り込めません。使わないなら「?」を理由に替えてください";
            draft.ask(column, why);
        }
    }
}

/// The fewest columns that, with the id and the kind or year of the row, are different in all rows.
pub fn group<'a>(
    draft: &Draft<'a>,
    key: &Column,
    kind: Option<&Column>,
    others: &[&'a Column],
    name: Option<&'a Column>,
) -> Option<Vec<&'a Column>> {
    let all = draft.table.rows.len();
    let is_unique_in = |group: &[&Column], rows: usize| {
        let columns: Vec<&Column> = [key].into_iter().chain(kind).chain(group.iter().copied()).collect();
        let texts = |row: usize| columns.iter().map(|c| c.text(row).unwrap_or_default()).collect::<Vec<_>>();
        (0..rows).map(texts).collect::<BTreeSet<_>>().len() == rows
    };
    // Most groups fail in the first rows already.
    let is_unique = |group: &[&Column]| is_unique_in(group, all.min(500)) && is_unique_in(group, all);
    let one = others.iter().find(|column| is_unique(&[**column])).map(|column| vec![*column]);
    let two = || {
        let pairs = others.iter().enumerate().flat_map(|(n, a)| others.iter().skip(n + 1).map(|b| vec![*a, *b]));
        pairs.take(100).find(|pair| is_unique(pair))
    };
    one.or_else(two).or_else(|| name.map(|name| vec![name]).filter(|group| is_unique(group)))
}

fn series(text: &str) -> Option<&'static str> {
    let text = plain(text);
    if text.contains("目標") && text.contains("実績") {
        return None;
    }
    [
        ("目標年度", "ignore"),
        ("達成率", "rate"),
        ("達成度", "rate"),
        ("目標", "target"),
        ("実績", "actual"),
        ("見込", "forecast"),
    ]
    .into_iter()
    .find_map(|(word, series)| text.contains(word).then_some(series))
}

fn direction(text: &str) -> Option<&'static str> {
    let text = plain(text);
    [
        ("↑", "higher"),
        ("↗", "higher"),
        ("↓", "lower"),
        ("↘", "lower"),
        ("→", "maintain"),
        ("上昇", "higher"),
        ("低下", "lower"),
        ("上向き", "higher"),
        ("増加", "higher"),
        ("向上", "higher"),
        ("下向き", "lower"),
        ("減少", "lower"),
        ("維持", "maintain"),
    ]
    .into_iter()
    .find_map(|(word, direction)| text.contains(word).then_some(direction))
}

/// Writes the key of a table that another one joins.
pub fn write_key(draft: &mut Draft<'_>, key: &Column, programs: &BTreeSet<String>) {
    draft.ids.insert(key.index);
    draft.map(Part::Head, "key", key, "ほかの表の事務事業の番号と同じ");
    let unknown: usize = key.distinct.iter().filter(|(text, _)| !programs.contains(text)).map(|(_, n)| n).sum();
    if unknown > 0 {
        let comment = format!(
            "ほかの表にない番号の行が {unknown} 行あります。読まないなら \"ignore\"、番号の誤りなら行を削除して [[fix]] に"
        );
        draft.noted(Part::Head, "others = \"?\"", comment);
    }
}

/// Leaves all columns of a table to a person that has no id of a program.
pub fn unrelated(draft: &mut Draft<'_>) {
    let comment = "事務事業の番号の列が見つかりません。使わない表なら、この [[table]] から次の [[table]] の前までを削除してください";
    draft.noted(Part::Head, "key = \"?\"", comment);
    for column in draft.open() {
        draft.ask(column, "");
    }
}
