//! Totals among the columns with figures, proven by adding up in all rows.

use super::column::{Column, is_cost_of_staff};
use super::funding::{funded, is_source, source_name};
use super::phases::phase_of;
use super::repeats::{Figures, Form};
use super::words::{ends, has, is_missing, plain, year_in};
use crate::model::Decimal;
use std::collections::BTreeSet;

/// Maximum number of summands.
pub const MAX_PARTS: usize = 9;

/// Result of adding up columns in all rows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sum {
    /// Rows in which the sum is right.
    pub right: usize,
    /// Rows in which it is wrong.
    pub wrong: usize,
    /// Rows with a cell that is no number.
    pub unknown: usize,
    /// Rows in which several summands are not 0.
    pub telling: usize,
}

impl Sum {
    /// True if it is right in all rows, and says something.
    pub fn is_proven(self) -> bool {
        self.wrong == 0 && self.is_likely()
    }

    /// True if it is right in nearly all rows, and says something.
    pub fn is_likely(self) -> bool {
        self.telling > 0 && self.right > 2 && self.wrong * 20 <= self.right && self.right >= self.unknown
    }

    /// True if it is right in so many rows that the summands are those of the total, though some rows are wrong.
    pub fn is_telling(self) -> bool {
        self.telling > 0 && self.right > 2 && self.wrong * 4 <= self.right
    }

    /// Numbers of rows, for a comment.
    pub fn describe(self) -> String {
        let unknown = if self.unknown > 0 {
            format!("、数でないセルがあり確かめられない {} 件", self.unknown)
        } else {
            String::new()
        };
        match self.wrong {
            0 => format!("和が一致 {} 件（すべて）{unknown}", self.right),
            wrong => format!("和が一致 {} 件、一致しない {wrong} 件{unknown}", self.right),
        }
    }
}

/// An amount of the proposal.
pub struct Amount {
    /// Position of the total among the figures.
    pub total: usize,
    /// Positions of its summands.
    pub parts: Vec<usize>,
    /// The result of adding up its summands.
    pub sum: Option<Sum>,
    /// True if the summands are sources of funding.
    pub is_funding: bool,
}

/// True if a heading is that of staff or hours. A label above the columns may precede it: `予算額人工`. The unit in the
/// heading decides.
pub fn is_staff(label: &str) -> bool {
    const WORDS: [&str; 18] = [
        "正職員",
        "常勤職員",
        "再任用",
        "任用職員",
        "人工",
        "人役",
        "従事人数",
        "従事人員",
        "従事者数",
        "従事職員",
        "職員数",
        "職員人数",
        "業務時間",
        "従事時間",
        "労働時間",
        "正規職員",
        "会計年度任用",
        "延べ時間",
    ];
    const UNITS: [&str; 7] = ["人", "名", "人工", "人役", "時間", "人日", "人月"];
    let unit = label.strip_suffix(')').and_then(|label| label.rsplit_once('('));
    match unit {
        Some((before, unit)) if UNITS.contains(&unit) && !has(before, &["あたり", "当たり", "費用"]) => {
            let own = ["職員", "任用", "人工", "人役", "従事", "常勤", "正規", "会計年度", "嘱託", "臨時", "業務時間"];
            ends(before, &WORDS) || ends(before, &own) || has(before, &WORDS) && ends(before, &["数", "計", "時間"])
        }
        Some((_, unit)) if unit.ends_with('円') => false,
        _ => ends(label, &WORDS) || has(label, &WORDS) && !has(label, &["費", "額", "コスト"]),
    }
}

/// True if a heading is that of money.
pub fn is_money(label: &str) -> bool {
    const WORDS: [&str; 28] = [
        "費",
        "額",
        "財源",
        "支出金",
        "市債",
        "地方債",
        "起債",
        "町債",
        "村債",
        "県債",
        "コスト",
        "予算",
        "決算",
        "執行",
        "繰入金",
        "使用料",
        "分担金",
        "負担金",
        "寄附金",
        "特財",
        "国庫",
        "一財",
        "交付金",
        "繰越",
        "補助金",
        "円)",
        "千円",
        "収入",
    ];
    (has(label, &WORDS) && !has(label, &["率", "件数", "人数", "回数", "時間", "費用対効果", "科目"]))
        || ends(label, &["計", "金"])
}

/// True if a heading is that of a cost, and not of a source of funding: `人件費`.
fn is_other_cost(label: &str) -> bool {
    let is_cost = ends(source_name(label), &["人件費", "事業費", "物件費", "公債費", "減価償却費", "コスト"]);
    is_cost && !is_source(label)
}

/// True for money and staff: the heading says so, or the label right above a heading that states a year or phase, or a
/// total. Labels farther above may be those of other columns too.
pub fn is_amount(series: &Figures<'_>) -> bool {
    if is_staff(&series.label) {
        return true;
    }
    series.first().is_some_and(|column| {
        let heading = plain(&column.heading);
        let own = year_in(&heading).map_or(heading, |label| label.rest);
        let is_total = matches!(own.as_str(), "計" | "合計" | "小計" | "総計");
        let is_open = own.is_empty() || is_total || phase_of(column).is_some() && own.chars().count() <= 4;
        let is_named =
            !is_total && (is_money(&own) || is_source(&own)) || is_cost_of_staff(&column.heading, column.above.last());
        let mut above = column.above.iter().rev().map(|label| plain(label));
        let nearest = above.find(|label| year_in(label).is_none_or(|label| !label.rest.is_empty()));
        is_named || is_open && nearest.is_some_and(|label| is_money(&label))
    })
}

/// Totals with their summands.
pub fn totals(figures: &[Figures<'_>]) -> Vec<Amount> {
    let mut found: Vec<Amount> = Vec::new();
    let mut used: BTreeSet<usize> = BTreeSet::new();
    for total in 0..figures.len() {
        let Some(series) = figures.get(total) else { continue };
        let is_total = has(&series.label, &["計", "合計", "総", "事業費", "コスト", "トータル", "額"])
            && !is_staff(&series.label)
            && is_amount(series);
        if !is_total {
            continue;
        }
        // The columns to the left, as many as possible; the longest run that adds up contains all summands.
        let run = (2..=total.min(MAX_PARTS)).rev().find_map(|length| {
            let parts: Vec<usize> = (total - length..total).collect();
            let is_free = parts.iter().all(|part| !used.contains(part));
            let all_sources = parts.iter().all(|part| figures.get(*part).is_some_and(|f| is_source(&f.label)));
            let sum = add_up(figures, &parts, total).filter(|_| is_free)?;
            (sum.is_likely() || all_sources && sum.is_telling()).then_some((parts, sum))
        });
        let pair = || {
            let before: Vec<usize> =
                (0..total).rev().filter(|at| figures.get(*at).is_some_and(|f| is_money(&f.label))).collect();
            let pairs = before.iter().flat_map(|b| before.iter().filter(move |a| *a < b).map(move |a| vec![*a, *b]));
            pairs
                .take(200)
                .find_map(|parts| Some((parts.clone(), add_up(figures, &parts, total).filter(|sum| sum.is_proven())?)))
        };
        let Some((parts, sum)) = run.or_else(pair) else { continue };
        // The longest run may have sources and other costs, of which the sources are those of another amount.
        let has_cost = |at: &usize| figures.get(*at).is_some_and(|f| is_other_cost(&f.label));
        let (parts, sum) = match parts.iter().any(has_cost) && parts.len() > 2 {
            true => match pair() {
                Some(found) => found,
                None => continue,
            },
            false => (parts, sum),
        };
        let sources = parts.iter().filter(|part| figures.get(**part).is_some_and(|f| is_source(&f.label))).count();
        let is_funding = sources * 2 > parts.len() && !parts.iter().any(|part| found.iter().any(|a| a.total == *part));
        if is_funding {
            used.extend(&parts);
        }
        let years = |at: usize| figures.get(at).map(|f| f.columns.len());
        if !is_funding && parts.iter().any(|part| years(*part) != years(total)) {
            continue;
        }
        found.push(Amount { total, parts, sum: Some(sum), is_funding });
    }
    funded(figures, &mut found, &used);
    found
}

/// Adds up the columns of each year of the summands; `None` if they have not the same years, or the total has not all
/// of them.
pub fn add_up(figures: &[Figures<'_>], parts: &[usize], total: usize) -> Option<Sum> {
    let total = figures.get(total)?;
    let parts: Vec<&Figures<'_>> = parts.iter().map(|part| figures.get(*part)).collect::<Option<_>>()?;
    let years = |series: &Figures<'_>| series.columns.iter().map(|(year, _)| *year).collect::<Vec<_>>();
    let first = years(parts.first()?);
    if parts.iter().any(|part| part.form != total.form || years(part) != first) {
        return None;
    }
    let is_whole = years(total) == first;
    if !is_whole && total.form != Form::ByYear {
        return None;
    }
    let mut sum = Sum::default();
    for (n, year) in first.iter().enumerate() {
        let column = match is_whole {
            true => total.columns.get(n)?.1,
            false => total.columns.iter().find(|(of, _)| of == year)?.1,
        };
        let addends: Vec<&Column> = parts.iter().filter_map(|part| Some(part.columns.get(n)?.1)).collect();
        sum = add_up_rows(&addends, column, sum);
    }
    Some(sum)
}

/// Adds up the columns in each row, as the reader does: blank cells and marks of missing values add nothing.
pub fn add_up_rows(addends: &[&Column], total: &Column, mut sum: Sum) -> Sum {
    for row in 0..total.cells.len() {
        let numbers: Vec<Option<Decimal>> = addends.iter().map(|column| column.number(row)).collect();
        let is_open = |column: &Column| column.text(row).is_none_or(is_missing);
        let is_blank = total.text(row).is_none_or(is_missing) && numbers.iter().all(Option::is_none);
        let has_gap = addends.iter().zip(&numbers).any(|(column, number)| number.is_none() && !is_open(column));
        let added = numbers.iter().flatten().copied().sum::<Decimal>();
        match total.number(row) {
            _ if is_blank => {}
            Some(all) if all == added && !has_gap => {
                sum.right += 1;
                let nonzero = numbers.iter().flatten().filter(|addend| !addend.is_zero()).count();
                sum.telling += usize::from(nonzero > 1);
            }
            Some(_) if numbers.iter().all(Option::is_some) => sum.wrong += 1,
            _ => sum.unknown += 1,
        }
    }
    sum
}
