//! Money and staff: totals with the columns that add up to them, proven on all rows, and single amounts.

use super::column::{Column, Content};
use super::draft::{Draft, Part, reference};
use super::funding::{apart, groups, is_named_source, is_source, source_name, with_years};
use super::repeats::{Figures, Form};
use super::totals::{Amount, Sum, add_up_rows, is_money, totals};
use super::words::{YearLabel, has, id_for, plain, stated_unit, year_in};
use crate::content::quoted;
use crate::model::{Decimal, FiscalYear};
use std::collections::{BTreeMap, BTreeSet};

/// Writes money and staff. Returns the figures that are neither.
pub fn propose<'a>(draft: &mut Draft<'a>, figures: Vec<Figures<'a>>, has_row_year: bool) -> Vec<Figures<'a>> {
    let mut used: BTreeSet<usize> = BTreeSet::new();
    let funding = groups(&draft.table.columns);
    let figures = with_years(figures, &funding);
    let found = totals(&figures);
    let figures = apart(figures, &funding, &found);
    let mut amounts = totals(&figures);
    // Kinds add up within a phase; the sum of several phases has no place in the content.
    let phase_of = |at: usize| {
        let series = figures.get(at)?;
        let is_expected_settlement = series.label.contains("決算") && series.label.contains("見込");
        Some(if is_expected_settlement { Some(EXPECTED.0) } else { stated_phase(series) })
    };
    for amount in &mut amounts {
        let is_of_phase = amount.parts.iter().all(|part| phase_of(*part) == phase_of(amount.total));
        if !amount.is_funding && (!is_of_phase || phase_of(amount.total) == Some(Some("?"))) {
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
        } else if !used.contains(&at) && !is_ratio && (series.is_staff() || is_money(&series.label)) {
            used.insert(at);
            amounts.push(Amount { total: at, parts: Vec::new(), sum: None, is_funding: false });
        }
    }
    amounts.sort_by_key(|amount| amount.total);
    let ids = ids(&amounts, &figures, has_row_year);
    for (amount, id) in amounts.iter().zip(&ids) {
        let Some(series) = figures.get(amount.total) else { continue };
        let mut sum_ids: Vec<String> = amount
            .parts
            .iter()
            .filter(|_| !amount.is_funding)
            .filter_map(|part| {
                let at = amounts.iter().position(|known| known.total == *part)?;
                ids.get(at).map(|id| quoted(id.as_deref().unwrap_or("base")))
            })
            .collect();
        // Two amounts without an id of their own, or one that would contain itself.
        let is_distinct = sum_ids.iter().collect::<BTreeSet<_>>().len() == sum_ids.len();
        if !is_distinct || id.is_none() {
            sum_ids.clear();
        }
        let parts: Vec<&Figures<'_>> =
            amount.parts.iter().filter(|_| amount.is_funding).filter_map(|at| figures.get(*at)).collect();
        let entry = Entry { id: id.as_deref(), sum_ids: &sum_ids, sum: amount.sum, has_row_year };
        write(draft, series, &parts, entry);
    }
    figures.into_iter().enumerate().filter(|(at, _)| !used.contains(at)).map(|(_, series)| series).collect()
}

/// Phase and year of an amount.
type Extent = (Option<&'static str>, Option<FiscalYear>);

/// Ids of the amounts: `None` for the costs of the program itself, once for each phase and year.
fn ids(amounts: &[Amount], figures: &[Figures<'_>], has_row_year: bool) -> Vec<Option<String>> {
    let mut bases: BTreeSet<(bool, Extent)> = BTreeSet::new();
    let mut used: BTreeSet<(String, Extent)> = BTreeSet::new();
    // An id is that of one title, so that the years of a kind are one series.
    let mut titles: BTreeMap<String, String> = BTreeMap::new();
    let extents = |series: &Figures<'_>| -> Vec<Extent> {
        let phase = stated_phase(series);
        series.columns.iter().map(|(year, _)| (phase, *year)).collect()
    };
    // Those with sources of funding come first.
    let mut order: Vec<usize> = (0..amounts.len()).collect();
    order.sort_by_key(|at| !amounts.get(*at).is_some_and(|amount| amount.is_funding));
    let mut ids: Vec<Option<String>> = vec![None; amounts.len()];
    for at in order {
        let Some(amount) = amounts.get(at) else { continue };
        let Some(series) = figures.get(amount.total) else { continue };
        let is_staff = series.is_staff();
        let is_own = amount.parts.is_empty() && is_cost(series) && !includes_staff(series, figures);
        let is_cost = is_staff || amount.is_funding || is_own;
        let all = extents(series);
        let is_free = all.iter().all(|extent| !bases.contains(&(is_staff, *extent)));
        // Amounts of years that are asked for are those of different years.
        let is_asked = amount.is_funding && series.form == Form::Single && !has_row_year;
        if is_cost && (is_asked || all.iter().any(|(phase, _)| *phase == Some("?")) || is_free) {
            bases.extend(all.into_iter().map(|extent| (is_staff, extent)));
            continue;
        }
        let fallback = if is_staff { "shokuin" } else { "kin" };
        let title = series.first().map(|first| draft_title(first, &series.label)).unwrap_or_default();
        let stem = match is_source(&series.label) && !is_staff {
            true => id_for_source(&series.label, fallback),
            false => id_for(&title, fallback),
        };
        let is_used = |id: &String| all.iter().any(|extent| used.contains(&(id.clone(), *extent)));
        let is_of_other = |id: &String| titles.get(id).is_some_and(|known| *known != plain(&title));
        let mut candidates = std::iter::once(stem.clone()).chain((2..).map(|n| format!("{stem}-{n}")));
        let id = candidates.find(|id| !is_used(id) && !is_of_other(id));
        titles.extend(id.iter().map(|id| (id.clone(), plain(&title))));
        used.extend(id.iter().flat_map(|id| all.iter().map(move |extent| (id.clone(), *extent))));
        if let Some(slot) = ids.get_mut(at) {
            *slot = id;
        }
    }
    ids
}

/// True if the heading is that of the costs of a program, not of a part of them.
fn is_cost(series: &Figures<'_>) -> bool {
    let own = series.first().map(|column| plain(&column.heading)).unwrap_or_default();
    let own = year_in(&own).map_or(own, |YearLabel { rest, .. }| rest);
    let own = if own.is_empty() { series.label.clone() } else { own };
    has(&own, &["事業費", "決算", "予算", "執行", "支出済"])
        && !is_source(&own)
        && !has(&own, &["人件費", "うち", "内訳", "単位", "当たり", "あたり", "コスト"])
}

/// True for a total of all costs beside those of staff: `総事業費` after `決算額` and `人件費`.
fn includes_staff(series: &Figures<'_>, figures: &[Figures<'_>]) -> bool {
    let is_of_all = has(&series.label, &["総事業費", "総額", "総費用", "総計"]);
    is_of_all && figures.iter().any(|other| other.label.contains("人件費") && other.label != series.label)
}

/// Id of a source of funding.
fn id_for_source(label: &str, fallback: &str) -> String {
    const IDS: [(&str, &str); 14] = [
        ("国", "kuni"),
        ("県", "ken"),
        ("都", "ken"),
        ("道", "ken"),
        ("府", "ken"),
        ("債", "chihosai"),
        ("一般", "ippan"),
        ("一財", "ippan"),
        ("その他", "sonota"),
        ("使用料", "shiyoryo"),
        ("特定", "tokutei"),
        ("特財", "tokutei"),
        ("繰入", "kurinyu"),
        ("基金", "kikin"),
    ];
    let name = source_name(label);
    let found = IDS.into_iter().find(|(word, _)| name.contains(word));
    found.map_or_else(|| id_for(name, fallback), |(_, id)| id.to_owned())
}

/// Phases of budgets beside the first one: word, id, title.
const BUDGETS: [(&str, &str, &str); 7] = [
    ("補正後", "hoseigo", "補正後予算"),
    ("補正", "hosei", "補正予算"),
    ("最終", "saishu", "最終予算"),
    ("現額", "gengaku", "予算現額"),
    ("現計", "genkei", "現計予算"),
    ("要求", "yokyu", "予算要求"),
    ("繰越", "kurikoshi", "繰越予算"),
];

/// A settlement that is expected, which is none yet: id and title of its phase.
const EXPECTED: (&str, &str) = ("mikomi", "決算見込");

/// The phase of an amount: that of its heading, or else of the labels above it.
fn stated_phase(series: &Figures<'_>) -> Option<&'static str> {
    let own = series.first().map(|column| plain(&column.heading));
    own.and_then(|own| phase_in(&own)).or_else(|| phase_in(&series.label))
}

/// The phase that a heading states: a built-in one, [`EXPECTED`], or one of [`BUDGETS`]; `Some("?")` if it is none of
/// them.
fn phase_in(label: &str) -> Option<&'static str> {
    if label.contains("見込") {
        // `決算（見込）` may be either in each of several years.
        return Some(if has(label, &["決算見込", "支出見込"]) { EXPECTED.0 } else { "?" });
    }
    let is_budget = !has(label, &["決算", "実績", "執行", "支出済"]);
    if let Some((_, id, _)) = BUDGETS.into_iter().find(|(word, ..)| is_budget && label.contains(word)) {
        return Some(id);
    }
    [
        ("決算", "settlement"),
        ("支出済", "settlement"),
        ("執行", "settlement"),
        ("実績", "settlement"),
        ("予算", "budget"),
        ("全体計画", "plan"),
        ("計画", "plan"),
    ]
    .into_iter()
    .find_map(|(word, phase)| label.contains(word).then_some(phase))
}

/// An amount to write.
#[derive(Clone, Copy)]
struct Entry<'a> {
    /// Id of the kind; `None` for the costs of the program itself.
    id: Option<&'a str>,
    /// Ids of the kinds that add up to it, quoted.
    sum_ids: &'a [String],
    /// The result of adding them up.
    sum: Option<Sum>,
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
    let Entry { id, sum_ids, sum, has_row_year } = entry;
    let Some(first) = series.first() else { return };
    let is_staff = series.is_staff();
    let part = Part::Amount;
    draft.line(part, if is_staff { "[[table.staff]]" } else { "[[table.money]]" });
    let title = draft_title(first, &series.label);
    if let Some(id) = id {
        draft.line(part, format!("id = {}", quoted(id)));
    }
    if id.is_some() || is_staff {
        draft.line(part, format!("title = {}", quoted(&title)));
    }
    if is_staff {
        match staff_unit(&plain(&first.heading)).or_else(|| staff_unit(&series.label)) {
            Some(unit) => draft.line(part, format!("unit = {}", quoted(unit))),
            None => draft.noted(part, "unit = \"?\"", "人、人工、時間など"),
        }
    }
    let unit = stated_unit(&first.heading).or_else(|| stated_unit(&first.label));
    if let Some(unit) = unit.filter(|unit| !is_staff && *unit != draft.money_unit) {
        if id.is_none() {
            draft.line(part, format!("title = {}", quoted(&title)));
        }
        draft.noted(part, format!("unit = {}", quoted(unit)), "見出しによる");
    }
    columns(draft, series, first);
    phase(draft, series, is_staff, has_row_year);
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

/// The figures of one of the years.
fn of_year<'a>(series: &Figures<'a>, n: usize) -> Option<Figures<'a>> {
    let columns = vec![*series.columns.get(n)?];
    Some(Figures { form: Form::Single, columns, label: series.label.clone() })
}

/// Title of an amount: its heading without the year.
fn draft_title(first: &Column, label: &str) -> String {
    let title = first.heading.clone();
    let title = super::words::year_in(&title).map_or(title, |label| label.rest);
    let prefixes = ["全体計画", "全体", "予算額", "決算額", "予算", "決算"];
    // `決算 人件費`, but not `決算額` alone.
    let rest = prefixes.into_iter().find_map(|prefix| title.strip_prefix(prefix)).map(str::trim);
    let title = rest
        .filter(|rest| !rest.is_empty() && !rest.starts_with(['の', '・', '（', '(', '前', '増', '後']))
        .unwrap_or(&title)
        .trim();
    if title.is_empty() { label.to_owned() } else { title.to_owned() }
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

fn phase(draft: &mut Draft<'_>, series: &Figures<'_>, is_staff: bool, has_row_year: bool) {
    let part = Part::Amount;
    let settlement = if is_staff { "actual" } else { "settlement" };
    let stated = stated_phase(series).map(|phase| if phase == "settlement" { settlement } else { phase });
    let is_all = has(&series.label, &["全体計画", "全体"]) && series.form == Form::Single;
    match (stated, series.form) {
        (Some("?"), _) => {
            draft.noted(part, "phase = \"?\"", "budget・settlement・plan のどれか、または [[phase]] で宣言した段階")
        }
        (Some(phase), _) if BUDGETS.into_iter().any(|(_, id, _)| id == phase) => {
            let title = BUDGETS.into_iter().find(|(_, id, _)| *id == phase).map_or(phase, |(.., title)| title);
            draft.phases.insert((phase, title, "budget"));
            draft.noted(part, format!("phase = {}", quoted(phase)), "見出しによる。上の [[phase]] で宣言");
        }
        (Some(phase), _) if phase == EXPECTED.0 => {
            draft.phases.insert((EXPECTED.0, EXPECTED.1, "settlement"));
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
