//! Money and staff: totals with the columns that add up to them, proven on all rows, and single amounts.

use super::column::{Column, Content};
use super::draft::{Draft, Part, reference};
use super::funding::{apart, groups, is_named_source, with_years};
use super::kinds::{Kind, id_for_source, kinds, title};
use super::phases::{declared, phase_of};
use super::repeats::{Figures, Form};
use super::totals::{Amount, Sum, add_up_rows, is_amount, is_staff, totals};
use super::units::is_per_unit;
use super::words::{has, stated_unit};
use crate::content::quoted;
use crate::model::{Decimal, FiscalYear};
use std::collections::BTreeSet;

/// Writes money and staff. `known` are the kinds of other tables. Returns the figures that are neither.
pub fn propose<'a>(
    draft: &mut Draft<'a>,
    figures: Vec<Figures<'a>>,
    has_row_year: bool,
    known: &mut Vec<Kind>,
) -> Vec<Figures<'a>> {
    let mut used: BTreeSet<usize> = BTreeSet::new();
    let funding = groups(&draft.table.columns);
    let figures = with_years(figures, &funding);
    let found = totals(&figures);
    let figures = apart(figures, &funding, &found);
    let mut amounts = totals(&figures);
    let mut phases: Vec<Option<&'static str>> = figures.iter().map(|series| phase_of(series.first()?)).collect();
    for amount in &mut amounts {
        share_phase(amount, &mut phases);
        // Kinds add up within a phase; the sum of several phases has no place in the content.
        let phase_at = |at: &usize| phases.get(*at).copied().flatten();
        let is_of_phase = amount.parts.iter().all(|part| phase_at(part) == phase_at(&amount.total));
        let is_settled = figures.get(amount.total).is_some_and(|series| series.label.contains("決算"));
        if !amount.is_funding && (!is_of_phase || phase_at(&amount.total) == Some("?") && !is_settled) {
            amount.parts.clear();
            amount.sum = None;
        }
    }
    for amount in &amounts {
        used.insert(amount.total);
        used.extend(amount.parts.iter().filter(|_| amount.is_funding));
    }
    for (at, series) in figures.iter().enumerate() {
        // A percentage is no amount.
        let is_ratio = series.all().all(|column| {
            column.distinct.iter().filter(|(text, _)| text.contains(['%', '％'])).count() * 2 > column.distinct.len()
        });
        let is_part = amounts.iter().any(|amount| amount.parts.contains(&at));
        if !used.contains(&at) && !is_part && series.all().any(is_named_source) {
            used.insert(at);
            let why = "財源の列のようですが、和が一致する金額が見つかりません。財源であれば、[[table.money]] に funding.… = として書いてください。使わないなら「?」を理由に替えてください";
            series.all().for_each(|column| draft.ask(column, why));
        } else if !used.contains(&at) && !is_ratio && is_amount(series) {
            used.insert(at);
            amounts.push(Amount { total: at, parts: Vec::new(), sum: None, is_funding: false });
        }
    }
    amounts.sort_by_key(|amount| amount.total);
    let found = kinds(&amounts, &figures, &phases, has_row_year, known);
    for (amount, kind) in amounts.iter().zip(&found) {
        let Some(series) = figures.get(amount.total) else { continue };
        let mut sum_ids: Vec<String> = amount
            .parts
            .iter()
            .filter(|_| !amount.is_funding)
            .filter_map(|part| {
                let at = amounts.iter().position(|known| known.total == *part)?;
                found.get(at).map(|kind| quoted(kind.as_ref().map_or("base", |kind| kind.id.as_str())))
            })
            .collect();
        // Two amounts without an id of their own, or one that would contain itself.
        let is_distinct = sum_ids.iter().collect::<BTreeSet<_>>().len() == sum_ids.len();
        if !is_distinct || kind.is_none() {
            sum_ids.clear();
        }
        let parts: Vec<&Figures<'_>> =
            amount.parts.iter().filter(|_| amount.is_funding).filter_map(|at| figures.get(*at)).collect();
        let phase = phases.get(amount.total).copied().flatten();
        let entry = Entry { kind: kind.as_ref(), sum_ids: &sum_ids, sum: amount.sum, phase, has_row_year };
        write(draft, series, &parts, entry);
    }
    figures.into_iter().enumerate().filter(|(at, _)| !used.contains(at)).map(|(_, series)| series).collect()
}

/// An amount to write.
#[derive(Clone, Copy)]
struct Entry<'a> {
    /// The kind; `None` for the costs of the program itself.
    kind: Option<&'a Kind>,
    /// Ids of the kinds that add up to it, quoted.
    sum_ids: &'a [String],
    /// The result of adding them up.
    sum: Option<Sum>,
    /// The phase that headings or sums state.
    phase: Option<&'static str>,
    /// True if each row states its year.
    has_row_year: bool,
}

/// Writes an amount and its sources of funding, for each year if the columns are named by year.
fn write(draft: &mut Draft<'_>, series: &Figures<'_>, parts: &[&Figures<'_>], entry: Entry<'_>) {
    // Sources of funding are those of one year, so each year has an amount of its own.
    if series.form == Form::ByYear && !parts.is_empty() {
        for n in 0..series.columns.len() {
            let Some(total) = of_year(series, n) else { continue };
            let year = series.columns.get(n).and_then(|(year, _)| *year);
            let of = |part: &&Figures<'_>| part.columns.iter().position(|(of, _)| *of == year);
            let parts: Vec<_> = parts.iter().filter_map(|part| of_year(part, of(part)?)).collect();
            let addends: Vec<&Column> = parts.iter().filter_map(Figures::first).collect();
            let sum = total.first().map(|total| add_up_rows(&addends, total, Sum::default()));
            write_one(draft, &total, &parts.iter().collect::<Vec<_>>(), Entry { sum, ..entry });
        }
        return;
    }
    write_one(draft, series, parts, entry);
}

fn write_one(draft: &mut Draft<'_>, series: &Figures<'_>, parts: &[&Figures<'_>], entry: Entry<'_>) {
    let Entry { kind, sum_ids, sum, .. } = entry;
    let Some(first) = series.first() else { return };
    let is_staff = is_staff(&series.label);
    let part = Part::Amount;
    draft.line(part, if is_staff { "[[table.staff]]" } else { "[[table.money]]" });
    let title = kind.map_or_else(|| title(series), |kind| kind.title.clone());
    if let Some(kind) = kind {
        draft.line(part, format!("id = {}", quoted(&kind.id)));
    }
    if kind.is_some() || is_staff {
        draft.line(part, format!("title = {}", quoted(&title)));
    }
    if is_staff {
        match staff_unit(&series.label) {
            Some(unit) => draft.line(part, format!("unit = {}", quoted(unit))),
            None => draft.noted(part, "unit = \"?\"", "人、人工、時間など"),
        }
    }
    let is_per_unit = is_per_unit(&series.label);
    let unit = stated_unit(&first.heading).or_else(|| stated_unit(&first.label).filter(|_| !is_per_unit));
    if !is_staff && unit.is_none() && is_per_unit {
        draft.noted(part, "unit = \"?\"", "単位当たりの額の単位（円、千円など）。見出しに記載がありません");
    }
    if let Some(unit) = unit.filter(|unit| !is_staff && *unit != draft.money_unit) {
        if kind.is_none() {
            draft.line(part, format!("title = {}", quoted(&title)));
        }
        draft.noted(part, format!("unit = {}", quoted(unit)), "見出しによる");
    }
    columns(draft, series, first);
    phase(draft, series, is_staff, entry);
    for source in parts {
        let Some(column) = source.first() else { continue };
        draft.figures.extend(source.all().map(|column| column.index));
        draft.mapped.extend(source.all().map(|column| column.index));
        let known: Vec<String> = parts
            .iter()
            .take_while(|part| part.label != source.label)
            .map(|part| id_for_source(&part.label, "zaigen"))
            .collect();
        let id = id_for_source(&source.label, "zaigen");
        let id = if known.contains(&id) { format!("{id}-{}", column.letters().to_lowercase()) } else { id };
        draft.map(part, &format!("funding.{id}"), column, "");
    }
    if !sum_ids.is_empty() {
        draft.line(part, format!("sum = [{}]", sum_ids.join(", ")));
    }
    if let Some(sum) = sum.filter(|_| !parts.is_empty() || !sum_ids.is_empty()) {
        let is_certain = sum.wrong == 0 && sum.right > 0;
        let check = if is_certain { "check = \"sum\"" } else { "check = \"?\"" };
        let hint = if is_certain {
            ""
        } else {
            "。合計を確かめるなら \"sum\"（一致しないセルは、読み込むときに示されます）、確かめないなら行を削除"
        };
        draft.noted(part, check, format!("{}{hint}", sum.describe()));
    }
}

/// Amounts that add up to another one are of its phase, if one of them all states any.
fn share_phase(amount: &Amount, phases: &mut [Option<&'static str>]) {
    let all: Vec<usize> = amount.parts.iter().copied().chain([amount.total]).collect();
    let stated: BTreeSet<&str> = all.iter().filter_map(|at| phases.get(*at).copied().flatten()).collect();
    let only = all.iter().find_map(|at| phases.get(*at).copied().flatten()).filter(|_| stated.len() == 1);
    if only == Some("?") || !amount.sum.is_some_and(Sum::is_proven) || amount.is_funding {
        return;
    }
    for at in all {
        if let Some(phase) = phases.get_mut(at) {
            *phase = phase.or(only);
        }
    }
}

/// The figures of one of the years.
fn of_year<'a>(series: &Figures<'a>, n: usize) -> Option<Figures<'a>> {
    let columns = vec![*series.columns.get(n)?];
    Some(Figures { form: Form::Single, columns, label: series.label.clone() })
}

fn staff_unit(label: &str) -> Option<&'static str> {
    [
        ("人工", "人工"),
        ("時間", "時間"),
        ("(人)", "人"),
        ("人役", "人役"),
        ("人数", "人"),
        ("職員数", "人"),
        ("従事者数", "人"),
    ]
    .into_iter()
    .find_map(|(word, unit)| label.contains(word).then_some(unit))
}

/// The column of a series, or one for each year.
pub fn columns(draft: &mut Draft<'_>, series: &Figures<'_>, first: &Column) {
    draft.figures.extend(series.all().map(|column| column.index));
    draft.mapped.extend(series.all().map(|column| column.index));
    match series.form {
        Form::ByYear => {
            for (year, column) in &series.columns {
                let year = year.map_or_else(|| "?".to_owned(), FiscalYear::short);
                draft.map(Part::Amount, &format!("column.{year}"), column, "");
            }
        }
        _ => draft.map(Part::Amount, "column", first, ""),
    }
    if let Some(sample) = long_decimal(series) {
        let comment = format!("小数の桁が多いセル（{sample} など）を四捨五入する桁数");
        draft.noted(Part::Amount, "decimals = \"?\"", comment);
    }
}

/// A stored number with many decimal places.
pub fn long_decimal(series: &Figures<'_>) -> Option<String> {
    series.all().flat_map(|column| &column.cells).find_map(|cell| match cell {
        Content::Problem(crate::spreadsheet::CellProblem::LongDecimal { number }) => Some(number.clone()),
        _ => None,
    })
}

fn phase(draft: &mut Draft<'_>, series: &Figures<'_>, is_staff: bool, entry: Entry<'_>) {
    let part = Part::Amount;
    let has_row_year = entry.has_row_year;
    let settlement = if is_staff { "actual" } else { "settlement" };
    let stated = entry.phase.map(|phase| if phase == "settlement" { settlement } else { phase });
    let is_all = has(&series.label, &["全体計画", "全体"]) && series.form == Form::Single;
    match (stated, series.form) {
        (Some("?"), _) => {
            draft.noted(part, "phase = \"?\"", "budget・settlement・plan のどれか、または [[phase]] で宣言した段階")
        }
        (Some(phase), _) if declared(phase).is_some() => {
            draft.phases.insert(phase);
            draft.noted(part, format!("phase = {}", quoted(phase)), "見出しによる。上の [[phase]] で宣言");
        }
        (Some(phase), _) => draft.noted(part, format!("phase = {}", quoted(phase)), "見出しによる"),
        (None, Form::Block { .. }) => {
            draft.needs_past = true;
            draft.noted(part, format!("past = {}", quoted(settlement)), "区切り（block）の past までの年度");
            draft.noted(part, "later = \"budget\"", "その後の年度");
        }
        (None, _) => draft.noted(
            part,
            "phase = \"?\"",
            format!("予算（budget）か決算（{settlement}）か、見出しに記載がありません"),
        ),
    }
    if series.form == Form::Single && !has_row_year {
        let year = series.columns.first().and_then(|(year, _)| *year);
        match year {
            Some(year) => draft.noted(part, format!("year = {}", quoted(&year.short())), "見出しによる"),
            None if is_all => draft.noted(part, "year = \"?\"", "年度を問わない全体の額であれば \"all\""),
            None => draft.noted(part, "year = \"?\"", "どの年度の額か、見出しに記載がありません"),
        }
    }
    if has_row_year {
        not_yet(draft, series);
    }
}

/// Asks whether zeros of the last year are amounts, if all others are not.
fn not_yet(draft: &mut Draft<'_>, series: &Figures<'_>) {
    let Some(column) = series.first() else { return };
    let Some(years) = draft.row_years() else { return };
    let Some(last) = years.iter().flatten().max().copied() else { return };
    let zeros = |is_last: bool| {
        let rows = years.iter().enumerate().filter(move |(_, year)| (**year == Some(last)) == is_last);
        let numbers: Vec<Decimal> = rows.filter_map(|(row, _)| column.number(row)).collect();
        (numbers.len(), numbers.iter().filter(|number| number.is_zero()).count())
    };
    let ((all_last, zero_last), (all, zero)) = (zeros(true), zeros(false));
    if all_last > 0 && all_last == zero_last && zero * 2 < all {
        let before = FiscalYear(last.0 - 1).short();
        let comment =
            format!("{} はすべて 0 です。まだ決まっていない値なら \"..{before}\"、0 が値なら行を削除", last.japanese());
        draft.noted(Part::Amount, "years = \"?\"", comment);
    }
}

/// A reference to a column for a comment.
pub fn listed(columns: &[&Column]) -> String {
    columns.iter().map(|column| reference(column)).collect::<Vec<_>>().join(", ")
}
