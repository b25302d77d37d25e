//! Sources of funding: their names, and the amounts to which they add up, before or after them.

use super::column::Column;
use super::repeats::{Figures, Form, year_of};
use super::totals::{Amount, MAX_PARTS, Sum, add_up, add_up_rows, is_money, is_staff};
use super::words::{ends, has, plain, year_in};
use std::collections::BTreeSet;

/// Columns between sources and their amount, at most.
const MAX_GAP: usize = 4;

/// Sources of funding in adjacent columns, with the amount to which they add up.
pub struct Group<'a> {
    /// The amount.
    pub total: &'a Column,
    /// The sources.
    pub parts: Vec<&'a Column>,
}

/// True for the heading of a source of funding. Short ones are whole words after the year and the label of the group:
/// `R5国`, `決算額の財源:道`.
pub fn is_source(label: &str) -> bool {
    let tail = source_name(label);
    // `国際交流費` is no source, but `国費` is.
    if tail.ends_with('費') && !ends(tail, &["国費", "都費", "道費", "府費", "県費", "市費", "町費", "村費"])
    {
        return false;
    }
    let is_short =
        matches!(tail, "国" | "都" | "道" | "府" | "県" | "市" | "町" | "村" | "国費" | "県費" | "その他" | "一般");
    is_short
        || has(
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

/// Name of a source of funding without what precedes it: `うち国支出金`, `財源:国`.
pub fn source_name(label: &str) -> &str {
    let tail = label.rsplit([':', '：']).next().unwrap_or(label);
    let tail = tail.rsplit_once("財源内訳").map_or(tail, |(_, tail)| tail);
    let tail = tail.strip_prefix("うち").or_else(|| tail.strip_prefix("内")).unwrap_or(tail);
    let unit = ["(円)", "(千円)", "(万円)", "(百万円)"].into_iter().find_map(|unit| tail.strip_suffix(unit));
    unit.unwrap_or(tail).trim()
}

/// True if a heading can be nothing but a source of funding: `国庫支出金`, `R5うち一般財源`, `市債`.
pub fn is_named_source(column: &Column) -> bool {
    let heading = plain(&column.heading);
    let heading = year_in(&heading).map_or(heading, |label| label.rest);
    let above = column.above.last().filter(|_| heading.is_empty()).map(|label| plain(label));
    let heading = above.unwrap_or(heading);
    let name = source_name(&heading);
    let is_granted = |name: &str| {
        ends(name, &["補助金", "負担金", "交付金", "費"])
            && matches!(name.chars().next(), Some('国' | '都' | '道' | '府' | '県'))
            && name.chars().count() <= 6
    };
    matches!(name, "特財" | "一財" | "市費" | "町費" | "村費" | "国庫" | "使用料・手数料" | "諸収入")
        || ends(
            name,
            &["支出金", "財源", "地方債", "市債", "町債", "村債", "県債", "起債", "繰入金", "寄附金", "寄付金"],
        )
        || ends(name, &["分担金", "その他特財"])
        || is_granted(name)
}

/// Sources of funding in adjacent columns that add up to an amount near them, in the order of the columns.
pub fn groups<'a>(columns: &'a [Column]) -> Vec<Group<'a>> {
    let year = |column: &Column| year_of(column).and_then(|label| label.year);
    let name = |column: &Column| {
        let heading = plain(&column.heading);
        year_in(&heading).map_or(heading, |label| label.rest)
    };
    let is_part =
        |column: &Column| column.numbers + column.missing > 0 && column.is_numeric() && is_source(&column.label);
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut first = 0;
    while first < columns.len() {
        let mut run: Vec<&Column> = Vec::new();
        for column in columns.iter().skip(first) {
            let is_next = run.last().is_none_or(|last| last.index + 1 == column.index && year(last) == year(column));
            if !is_next || !is_part(column) || run.iter().any(|known| name(known) == name(column)) {
                break;
            }
            run.push(column);
        }
        let end = first + run.len();
        let after = (end..columns.len().min(end + MAX_GAP)).map(Some);
        let before = (first.saturating_sub(MAX_GAP)..first).rev().map(Some);
        let longest = after.len().max(before.len());
        let pad = |sides: Vec<Option<usize>>| sides.into_iter().chain(std::iter::repeat(None)).take(longest);
        // The nearest columns first, on both sides.
        let near = pad(after.collect()).zip(pad(before.collect())).flat_map(|(a, b)| [a, b]).flatten();
        let is_total = |column: &&Column| {
            let years = (year(column), run.first().and_then(|part| year(part)));
            let is_of_year = matches!(years, (Some(of), Some(part)) if of == part) || years.1.is_none();
            let is_cost = is_money(&column.label) && !is_staff(&column.label) && !is_source(&column.label);
            is_cost && is_of_year && column.is_numeric() && groups.iter().all(|known| known.total.index != column.index)
        };
        let totals: Vec<&Column> = near.filter_map(|at| columns.get(at)).filter(is_total).collect();
        let parts =
            |length: usize| run.windows(length).flat_map(|parts| totals.iter().map(move |total| (parts, *total)));
        let found = (2..=run.len().min(MAX_PARTS)).rev().find_map(|length| {
            parts(length).find(|(parts, total)| add_up_rows(parts, total, Sum::default()).is_telling())
        });
        if let Some((parts, total)) = found {
            groups.push(Group { total, parts: parts.to_vec() });
        }
        first += run.len().max(1);
    }
    groups
}

impl Group<'_> {
    /// True if some of the columns are among the given ones, and others are not.
    pub fn crosses(&self, columns: &[&Column]) -> bool {
        let is_in = |column: &Column| columns.iter().any(|other| other.index == column.index);
        let all = || self.parts.iter().copied().chain([self.total]);
        all().any(is_in) && !all().all(is_in)
    }
}

/// Gives sources of funding without a year that of their amount.
pub fn with_years<'a>(mut figures: Vec<Figures<'a>>, groups: &[Group<'a>]) -> Vec<Figures<'a>> {
    for group in groups {
        let year = figures.iter().filter(|f| f.form == Form::ByYear).find_map(|f| {
            f.columns.iter().find(|(_, column)| column.index == group.total.index).and_then(|(year, _)| *year)
        });
        let Some(year) = year else { continue };
        let is_part = |f: &Figures<'_>| {
            f.form == Form::Single
                && f.columns.iter().all(|(year, _)| year.is_none())
                && f.all().all(|column| group.parts.iter().any(|part| part.index == column.index))
        };
        for series in figures.iter_mut().filter(|series| is_part(series)) {
            series.form = Form::ByYear;
            series.columns.iter_mut().for_each(|(of, _)| *of = Some(year));
        }
    }
    figures
}

/// Makes series of their own of the columns of groups that the series as a whole do not add up to, because the years
/// have different sources or names.
pub fn apart<'a>(figures: Vec<Figures<'a>>, groups: &[Group<'a>], amounts: &[Amount]) -> Vec<Figures<'a>> {
    let series_of = |column: &Column| figures.iter().position(|f| f.all().any(|other| other.index == column.index));
    let is_found = |group: &Group<'_>| {
        let total = series_of(group.total);
        let is_part = |amount: &&Amount, part: &Column| series_of(part).is_some_and(|at| amount.parts.contains(&at));
        amounts
            .iter()
            .filter(|amount| amount.is_funding && Some(amount.total) == total)
            .any(|amount| group.parts.iter().all(|part| is_part(&amount, part)))
    };
    let is_of_block = |column: &Column| {
        series_of(column).and_then(|at| figures.get(at)).is_none_or(|f| matches!(f.form, Form::Block { .. }))
    };
    let columns: BTreeSet<u32> = groups
        .iter()
        .filter(|group| !is_found(group))
        .map(|group| group.parts.iter().copied().chain([group.total]).collect::<Vec<_>>())
        .filter(|columns| !columns.iter().any(|column| is_of_block(column)))
        .flat_map(|columns| columns.into_iter().map(|column| column.index))
        .collect();
    let mut split: Vec<Figures<'a>> = Vec::new();
    for series in figures {
        let (own, rest): (Vec<_>, Vec<_>) =
            series.columns.iter().copied().partition(|(_, column)| columns.contains(&column.index));
        split.extend(own.into_iter().map(|column| Figures { columns: vec![column], ..series.clone() }));
        split.extend((!rest.is_empty()).then_some(Figures { columns: rest, ..series }));
    }
    split.sort_by_key(|series| series.first().map(|column| column.index));
    split
}

/// Totals to the left of their sources of funding, as in 決算額, 国, 県, 一般財源.
pub fn funded(figures: &[Figures<'_>], found: &mut Vec<Amount>, used: &BTreeSet<usize>) {
    let is_source_at = |at: usize| figures.get(at).is_some_and(|f| is_source(&f.label)) && !used.contains(&at);
    let mut first = 0;
    while first < figures.len() {
        let run = (first..figures.len().min(first + MAX_PARTS)).take_while(|at| is_source_at(*at)).count();
        let totals = || (first.saturating_sub(MAX_GAP)..first).rev();
        let is_total = |at: usize| {
            figures.get(at).is_some_and(|f| is_money(&f.label) && !is_staff(&f.label) && !is_source(&f.label))
                && !found.iter().any(|amount| amount.total == at && amount.is_funding)
        };
        let sum = (2..=run).rev().find_map(|length| {
            let parts: Vec<usize> = (first..first + length).collect();
            let sums = totals().filter(|at| is_total(*at));
            sums.into_iter().find_map(|total| {
                let sum = add_up(figures, &parts, total).filter(|sum| sum.is_telling())?;
                Some(Amount { total, parts: parts.clone(), sum: Some(sum), is_funding: true })
            })
        });
        if let Some(amount) = sum {
            found.retain(|known| known.total != amount.total);
            found.push(amount);
        }
        first += run.max(1);
    }
}
