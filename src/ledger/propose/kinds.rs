//! Kinds of amounts: ids that mean one thing in the whole ledger. Two amounts are of one kind if their titles are equal,
//! whatever their years and phases.

use super::column::{Column, is_cost_of_staff};
use super::funding::{is_source, source_name};
use super::phases::phase_of;
use super::repeats::{Figures, Form};
use super::totals::{Amount, is_staff};
use super::words::{YearLabel, ends, has, id_for, plain, year_in};
use crate::model::FiscalYear;
use std::collections::BTreeSet;

/// Phase and year of an amount.
type Extent = (Option<&'static str>, Option<FiscalYear>);

/// A kind of amounts beside the costs of a program.
#[derive(Debug, Clone)]
pub struct Kind {
    /// True for staff.
    is_staff: bool,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The title without what differs between years and phases.
    key: String,
}

/// Kinds of the amounts: `None` for the costs of the program itself, once for each phase and year. `kinds` are those of
/// the whole ledger.
pub fn kinds(
    amounts: &[Amount],
    figures: &[Figures<'_>],
    phases: &[Option<&'static str>],
    has_row_year: bool,
    kinds: &mut Vec<Kind>,
) -> Vec<Option<Kind>> {
    let mut bases: BTreeSet<(bool, Extent)> = BTreeSet::new();
    let mut used: BTreeSet<(String, Extent)> = BTreeSet::new();
    let extents = |at: usize, series: &Figures<'_>| -> Vec<Extent> {
        let phase = phases.get(at).copied().flatten();
        series.columns.iter().map(|(year, _)| (phase, *year)).collect()
    };
    // Those with sources of funding come first, and what may contain more than the costs last.
    let mut order: Vec<usize> = (0..amounts.len()).collect();
    order.sort_by_key(|at| {
        let amount = amounts.get(*at);
        let label = amount.and_then(|amount| figures.get(amount.total)).map_or("", |series| series.label.as_str());
        (!amount.is_some_and(|amount| amount.is_funding), has(label, &WHOLE))
    });
    let mut found: Vec<Option<Kind>> = vec![None; amounts.len()];
    let mut has_base = false;
    for at in order {
        let Some(amount) = amounts.get(at) else { continue };
        let Some(series) = figures.get(amount.total) else { continue };
        let is_staff = is_staff(&series.label);
        let is_own = is_cost(series) && !(has(&series.label, &WHOLE) && has_base);
        let is_cost = is_staff || amount.is_funding || amount.parts.is_empty() && is_own;
        let all = extents(amount.total, series);
        let is_free = all.iter().all(|extent| !bases.contains(&(is_staff, *extent)));
        // Amounts of years that are asked for are those of different years.
        let is_asked = amount.is_funding && series.form == Form::Single && !has_row_year;
        let is_of_staff = is_staff && has_several_staff(amounts, figures);
        if is_cost && !is_of_staff && (is_asked || all.iter().any(|(phase, _)| *phase == Some("?")) || is_free) {
            bases.extend(all.into_iter().map(|extent| (is_staff, extent)));
            has_base |= !is_staff;
            continue;
        }
        let title = title(series);
        let key = key(&title);
        let is_free = |kind: &Kind| !all.iter().any(|extent| used.contains(&(kind.id.clone(), *extent)));
        let known = kinds.iter().find(|kind| kind.is_staff == is_staff && kind.key == key && is_free(kind)).cloned();
        let kind = known.unwrap_or_else(|| {
            let id = new_id(&series.label, is_staff, kinds);
            let kind = Kind { is_staff, id, title, key };
            kinds.push(kind.clone());
            kind
        });
        used.extend(all.iter().map(|extent| (kind.id.clone(), *extent)));
        if let Some(slot) = found.get_mut(at) {
            *slot = Some(kind);
        }
    }
    found
}

/// Words of amounts that may contain more than the costs of the program itself.
const WHOLE: [&str; 4] = ["総事業費", "総コスト", "総経費", "総額"];

/// True if there are several kinds of staff: then each has its own title.
fn has_several_staff(amounts: &[Amount], figures: &[Figures<'_>]) -> bool {
    let staff = amounts.iter().filter_map(|amount| figures.get(amount.total)).filter(|series| is_staff(&series.label));
    let keys: BTreeSet<String> = staff.map(|series| key(&title(series))).collect();
    keys.len() > 1
}

/// An id that no other kind has.
fn new_id(label: &str, is_staff: bool, kinds: &[Kind]) -> String {
    let fallback = if is_staff { "shokuin" } else { "kin" };
    let own = label.rsplit_once(')').map_or(label, |(before, _)| before);
    let stem = match is_source(label) && !is_staff {
        true => id_for_source(label, fallback),
        false => id_for(own, fallback),
    };
    let is_used = |id: &String| kinds.iter().any(|kind| kind.id == *id);
    let mut candidates = (2..).map(|n| format!("{stem}-{n}"));
    Some(stem.clone()).filter(|id| !is_used(id)).or_else(|| candidates.find(|id| !is_used(id))).unwrap_or(stem)
}

/// True if the heading is that of the costs of a program, not of a part of them.
fn is_cost(series: &Figures<'_>) -> bool {
    let own = series.first().map(|column| plain(&column.heading)).unwrap_or_default();
    let own = year_in(&own).map_or(own, |YearLabel { rest, .. }| rest);
    let own = if own.is_empty() { series.label.clone() } else { own };
    let is_stated = has(&own, &["事業費", "決算", "予算", "執行", "支出済", "要求額", "査定額"]);
    // A heading such as 当初 states nothing but a phase; the label above it states what it is.
    let is_phase = series.first().is_some_and(|column| {
        matches!(own.as_str(), "当初" | "補正" | "補正後" | "現額" | "最終" | "計" | "額" | "金額")
            && column.above.last().is_some_and(|label| has(&plain(label), &["事業費", "決算", "予算"]))
    });
    (is_stated || is_phase)
        && !is_source(&own)
        && !has(&own, &["人件費", "うち", "内訳", "単位", "当たり", "あたり", "コスト", "不用", "繰越"])
}

/// Title of an amount: its heading without the year and the phase, with the label above it if it says little by itself.
pub fn title(series: &Figures<'_>) -> String {
    let Some(first) = series.first() else { return series.label.clone() };
    let own = without_phase(&without_year(&first.heading));
    let is_little = |own: &str| matches!(plain(own).as_str(), "計" | "合計" | "小計" | "額" | "金額" | "その他" | "");
    let is_cost = is_cost_of_staff(&first.heading, first.above.last());
    match first.above.last().map(|label| without_phase(&without_year(label))) {
        Some(label) if is_cost => format!("{label} {own}"),
        Some(label) if is_little(&own) && !label.is_empty() && has_telling_label(first) => {
            format!("{label} {own}").trim().to_owned()
        }
        _ if own.is_empty() => series.label.clone(),
        _ => own,
    }
}

/// True if the label right above a column says more than a phase.
fn has_telling_label(column: &Column) -> bool {
    let label = column.above.last().map(|label| plain(&without_phase(&without_year(label)))).unwrap_or_default();
    phase_of(column).is_none() || label.chars().count() > 2
}

fn without_year(text: &str) -> String {
    year_in(text).map_or_else(|| text.to_owned(), |label| label.rest)
}

/// `人件費` of `決算 人件費`; `決算額` as a whole remains.
fn without_phase(title: &str) -> String {
    let prefixes = ["全体計画", "全体", "予算額", "決算額", "予算", "決算"];
    let rest = prefixes.into_iter().find_map(|prefix| title.strip_prefix(prefix)).map(str::trim);
    let is_word =
        |rest: &&str| !rest.is_empty() && !rest.starts_with(['の', '・', '（', '(', '前', '増', '後', '現', '見']);
    rest.filter(is_word).unwrap_or(title).trim().to_owned()
}

/// A title without marks of totals, units and phases in brackets: `人件費` of `人件費（Ｂ）（千円）`.
fn key(title: &str) -> String {
    let title = plain(title);
    let mut rest = title.as_str();
    while let Some((before, inner)) = rest.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        let is_letters = inner.chars().all(|c| c.is_ascii_uppercase() || "+-=×÷/".contains(c));
        let is_phase = matches!(inner, "決算" | "予算" | "当初予算" | "実績" | "見込" | "計画" | "決算見込");
        let is_unit = ends(inner, &["円", "人", "人工", "時間"]) && inner.chars().count() <= 5;
        if before.is_empty() || !(is_letters || is_phase || is_unit) {
            break;
        }
        rest = before;
    }
    rest.to_owned()
}

/// Id of a source of funding.
pub fn id_for_source(label: &str, fallback: &str) -> String {
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
