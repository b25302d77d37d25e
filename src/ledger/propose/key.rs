//! The column with the ids of programs, and that with their names.

use super::beside::is_department;
use super::column::Column;
use super::draft::Draft;
use super::levels::agreement;
use super::totals::is_money;
use super::words::{ends, has, is_code_heading, is_running_heading, plain};
use super::{joined, joint, private};

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
    // Amounts may be different in all rows too.
    let is_amount = |column: &Column| is_money(&plain(&column.heading)) && !is_code_heading(&plain(&column.heading));
    let codes = draft.open().into_iter().filter(|c| c.filled + c.filled / 50 >= c.cells.len() && c.is_code());
    let codes: Vec<&Column> = codes.filter(|column| !is_amount(column)).collect();
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
pub fn stem(heading: &str) -> String {
    let heading = plain(heading);
    let end = ["番号", "コード", "ID", "id", "No", "CD", "名称", "名", "十の位", "一の位", "百の位", "(", "の番号"];
    let cut = end.iter().filter_map(|word| heading.find(word)).min().unwrap_or(heading.len());
    heading.get(..cut).unwrap_or_default().to_owned()
}
