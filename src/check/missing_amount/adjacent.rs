//! Columns of the previous sheet of a row, or of the next one if there is none, at the same distance to the year of the
//! edition.

use super::super::Findings;
use super::super::visit::{Key, SheetRef, sheets};
use super::{is_expected, nearest};
use crate::diagnostic::{Bilingual, say};
use crate::model::{AmountKey, AmountKindIx, AmountTable, Amounts, EditionIx, FiscalYear, Kind, Report, StrategyIx};
use std::collections::{BTreeMap, BTreeSet};

/// Columns by their distance to the year of the edition.
type Columns = BTreeSet<(AmountKey, i32)>;

/// A row with amounts of a kind, and the columns of its adjacent sheet.
struct Pair<'r> {
    item: SheetRef<'r>,
    amounts: &'r Amounts,
    year: FiscalYear,
    own: Columns,
    adjacent: Columns,
}

/// Reports the only column of a row that its adjacent sheet has, if no other row of the level has given it up.
pub(super) fn check(report: &Report, findings: &mut Findings) {
    let mut classes: BTreeMap<(StrategyIx, EditionIx, Kind, AmountTable, AmountKindIx), Vec<Pair<'_>>> = BTreeMap::new();
    for item in sheets(report).filter(|item| item.sheet.unwritten.is_empty()) {
        let Some((year, (other, of))) = item.edition.year.zip(adjacent_sheet(item)) else { continue };
        let tables = item.sheet.amount_tables().into_iter().zip(other.amount_tables());
        for ((table, amounts), (_, other)) in tables {
            let (mut own, mut adjacent) = (by_kind(amounts, year), by_kind(other, of));
            for (kind, own) in std::mem::take(&mut own) {
                let Some(adjacent) = adjacent.remove(&kind) else { continue };
                let class = (item.id.strategy, item.sheet.edition, item.node.kind, table, kind);
                classes.entry(class).or_default().push(Pair { item, amounts, year, own, adjacent });
            }
        }
    }
    for ((_, _, _, table, _), pairs) in classes {
        for pair in &pairs {
            let mut lost = pair.adjacent.difference(&pair.own);
            let (Some((key, distance)), None) = (lost.next(), lost.next()) else { continue };
            let has_others = pair.adjacent.len() > 1 && !pair.own.is_empty();
            let given_up = |other: &&Pair<'_>| {
                other.item.node.span != pair.item.node.span
                    && other.adjacent.contains(&(*key, *distance))
                    && !other.own.contains(&(*key, *distance))
            };
            let year = FiscalYear(pair.year.0 + distance);
            if has_others && !pairs.iter().any(|other| given_up(&other)) && is_expected(pair.item, year, &BTreeSet::new()) {
                report_lost(pair, table, *key, year, findings);
            }
        }
    }
}

/// The previous sheet of the same stage, else the next one, with its year.
fn adjacent_sheet(item: SheetRef<'_>) -> Option<(&crate::model::Sheet, FiscalYear)> {
    let sheets = &item.node.sheets;
    let before = sheets.iter().rev().find(|sheet| sheet.edition < item.sheet.edition);
    let other = before.or_else(|| sheets.iter().find(|sheet| sheet.edition > item.sheet.edition))?;
    let edition = item.strategy.editions.get(other.edition.0)?;
    edition.year.filter(|_| edition.stage == item.edition.stage).map(|year| (other, year))
}

/// Columns of the year of the edition and the year after it. Other columns can be those of a plan with fixed years.
fn by_kind(amounts: &Amounts, edition: FiscalYear) -> BTreeMap<AmountKindIx, Columns> {
    let mut kinds: BTreeMap<AmountKindIx, Columns> = BTreeMap::new();
    for (key, year, _) in amounts.of_years() {
        let distance = year.0 - edition.0;
        if (0..=1).contains(&distance) {
            kinds.entry(key.kind).or_default().insert((key, distance));
        }
    }
    kinds
}

fn report_lost(pair: &Pair<'_>, table: AmountTable, key: AmountKey, year: FiscalYear, findings: &mut Findings) {
    let path = Key::Amount(pair.item.amount_path(table, key, Some(year)));
    let span = nearest(pair.amounts, key, year).unwrap_or(pair.item.sheet.span);
    if findings.has(span) {
        return;
    }
    let cell = path.to_string();
    let message = say!(
        ja: "`{cell}` がありません。前後の版の同じ欄にはあります",
        en: "there is no `{cell}`, but the sheet of the previous or next edition has its counterpart"
    );
    let help: Bilingual = say!(
        ja: "資料の額を書いてください。資料で空欄なら、`{cell}` に `\"-\"` などと書いてください",
        en: "write the amount of the source; if it is empty there, write a placeholder such as `\"-\"`"
    );
    findings.add(span, path, message, help);
}
