//! Totals among the columns with figures, proven by adding up in all rows.

use super::column::Content;
use super::repeats::Figures;
use super::words::{ends, has};
use crate::model::Decimal;
use std::collections::BTreeSet;

/// Maximum number of summands.
const MAX_PARTS: usize = 9;

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

/// True if a heading is that of staff or hours. A label above the columns may precede it: `予算額人工`.
pub fn is_staff(label: &str) -> bool {
    const WORDS: [&str; 12] = [
        "人工",
        "人役",
        "従事人数",
        "従事者数",
        "従事職員",
        "職員数",
        "業務時間",
        "従事時間",
        "労働時間",
        "正規職員",
        "会計年度任用",
        "延べ時間",
    ];
    ends(label, &WORDS) || has(label, &WORDS) && !has(label, &["費", "額", "コスト"])
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

fn is_source(label: &str) -> bool {
    has(
        label,
        &[
            "国",
            "県",
            "都支出",
            "府支出",
            "道支出",
            "債",
            "一般財源",
            "一般",
            "一財",
            "その他",
            "特定",
            "特財",
            "使用料",
            "分担金",
            "負担金",
            "繰入",
            "寄附",
            "基金",
        ],
    )
}

/// Totals with their summands.
pub fn totals(figures: &[Figures<'_>]) -> Vec<Amount> {
    let mut found: Vec<Amount> = Vec::new();
    let mut used: BTreeSet<usize> = BTreeSet::new();
    for total in 0..figures.len() {
        let Some(series) = figures.get(total) else { continue };
        let is_total =
            has(&series.label, &["計", "合計", "総", "事業費", "コスト", "トータル", "額"]) && !is_staff(&series.label);
        if !is_total {
            continue;
        }
        // The columns to the left, as many as possible; the longest run that adds up contains all summands.
        let run = (2..=total.min(MAX_PARTS)).rev().find_map(|length| {
            let parts: Vec<usize> = (total - length..total).collect();
            let is_free = parts.iter().all(|part| !used.contains(part));
            let sum = add_up(figures, &parts, total).filter(|sum| is_free && sum.is_likely())?;
            Some((parts, sum))
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
        let sources = parts.iter().filter(|part| figures.get(**part).is_some_and(|f| is_source(&f.label))).count();
        let is_funding = sources * 2 > parts.len() && !parts.iter().any(|part| found.iter().any(|a| a.total == *part));
        if is_funding {
            used.extend(&parts);
        }
        found.push(Amount { total, parts, sum: Some(sum), is_funding });
    }
    found
}

/// Adds up the columns of each year; `None` if they have not the same years.
fn add_up(figures: &[Figures<'_>], parts: &[usize], total: usize) -> Option<Sum> {
    let total = figures.get(total)?;
    let parts: Vec<&Figures<'_>> = parts.iter().map(|part| figures.get(*part)).collect::<Option<_>>()?;
    let years = |series: &Figures<'_>| series.columns.iter().map(|(year, _)| *year).collect::<Vec<_>>();
    if parts
        .iter()
        .any(|part| part.form != total.form || part.columns.len() != total.columns.len() || years(part) != years(total))
    {
        return None;
    }
    let mut sum = Sum::default();
    for (n, (_, column)) in total.columns.iter().enumerate() {
        for row in 0..column.cells.len() {
            let addends: Vec<Option<Decimal>> =
                parts.iter().map(|part| part.columns.get(n).and_then(|(_, column)| column.number(row))).collect();
            let is_blank = column.cells.get(row) == Some(&Content::Blank) && addends.iter().all(Option::is_none);
            match (column.number(row), addends.iter().copied().sum::<Option<Decimal>>()) {
                _ if is_blank => {}
                (Some(all), Some(added)) if all == added => {
                    sum.right += 1;
                    let nonzero = addends.iter().flatten().filter(|addend| !addend.is_zero()).count();
                    sum.telling += usize::from(nonzero > 1);
                }
                (Some(_), Some(_)) => sum.wrong += 1,
                _ => sum.unknown += 1,
            }
        }
    }
    Some(sum)
}
