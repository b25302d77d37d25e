//! The unit of amounts of the whole ledger: only if titles state it, or the headings of all amounts.

use super::column::Column;
use super::funding::is_source;
use super::region::Table;
use super::rest::is_calculated;
use super::totals::{is_money, is_staff};
use super::words::{has, plain, stated_unit};
use std::collections::BTreeSet;

/// What a table states about the unit of its amounts.
enum Stated {
    /// One unit for all of them.
    Unit(&'static str),
    /// Several units, or one for some of the amounts only.
    Unclear,
    /// Nothing.
    Nothing,
}

/// The unit of amounts with the reason; `"?"` if it is not certain.
pub fn money_unit(tables: &[Table<'_>]) -> (&'static str, &'static str) {
    let mut stated: Vec<Stated> = Vec::new();
    let mut above: Option<(&Table<'_>, &'static str)> = None;
    for table in tables.iter().filter(|table| amounts(table).next().is_some()) {
        // What stands above the first table of a worksheet is said of those below it too.
        let inherited = above.filter(|(first, _)| (first.file, first.sheet) == (table.file, table.sheet));
        let own = match (of_table(table), inherited) {
            (Stated::Nothing, Some((_, unit))) => Stated::Unit(unit),
            (own, _) => own,
        };
        if let Stated::Unit(unit) = own {
            above = Some((table, unit));
        }
        stated.push(own);
    }
    let unit = |stated: &Stated| if let Stated::Unit(unit) = stated { Some(*unit) } else { None };
    let units: BTreeSet<&'static str> = stated.iter().filter_map(unit).collect();
    let is_certain = units.len() == 1 && stated.iter().all(|stated| unit(stated).is_some());
    match units.first() {
        Some(unit) if is_certain => (unit, "台帳の記載による。見出しに別の単位がある列には unit があります"),
        None if stated.iter().all(|stated| matches!(stated, Stated::Nothing)) => {
            ("?", "金額の単位（千円、円など）。台帳に記載がありません")
        }
        _ if units.len() > 1 => ("?", "金額の単位。台帳に複数の記載があります"),
        _ => ("?", "金額の単位（千円、円など）。単位の記載のない金額の列があります"),
    }
}

/// True for the heading of costs per unit.
pub fn is_per_unit(label: &str) -> bool {
    has(label, &["単位当", "単位あ", "単位コスト", "単価", "当たり", "あたり", "1人", "一人", "1件"])
}

/// Columns with amounts, not with costs per unit. Sources of funding are those of an amount, with its unit.
fn amounts<'t>(table: &'t Table<'_>) -> impl Iterator<Item = &'t Column> {
    table.columns.iter().filter(move |column| {
        let label = &column.label;
        let is_cost = is_money(label) && !is_staff(label) && !is_source(label) && !is_per_unit(label);
        is_cost && column.is_numeric() && !is_calculated(&plain(&column.heading))
    })
}

fn of_table(table: &Table<'_>) -> Stated {
    // A cell above the headings that states nothing but the unit is a title.
    let is_note = |label: &&String| plain(label).trim_start_matches('(').starts_with("単位");
    let notes = table.columns.iter().flat_map(|column| &column.above).filter(is_note);
    let titles: BTreeSet<&'static str> =
        table.titles.iter().chain(notes).filter_map(|title| stated_unit(title)).collect();
    let headings: BTreeSet<Option<&'static str>> = amounts(table).map(|column| stated_unit(&column.label)).collect();
    let mut titles = titles.into_iter();
    match (titles.next(), titles.next(), headings.first().copied().flatten()) {
        (Some(unit), None, _) => Stated::Unit(unit),
        (None, None, Some(unit)) if headings.len() == 1 => Stated::Unit(unit),
        (None, None, None) if headings.len() < 2 => Stated::Nothing,
        _ => Stated::Unclear,
    }
}
