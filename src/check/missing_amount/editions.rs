//! Columns of amounts in all editions, by their distance to the year of the edition.
//!
//! A level with few rows shows in one edition too little, but in several what its tables contain.

use super::super::Findings;
use super::super::visit::{Key, SheetRef, sheets};
use super::{is_expected, nearest, usual_headings};
use crate::diagnostic::say;
use crate::model::{AmountKey, AmountKindIx, AmountTable, Amounts, FiscalYear, Kind, Report, Stage, StrategyIx};
use std::collections::{BTreeMap, BTreeSet};

/// Number of other sheets that show what all have.
const OTHERS: usize = 8;

/// Amounts of a kind in one sheet, with their columns: key, distance to the year of the edition.
struct Printed<'r> {
    item: SheetRef<'r>,
    amounts: &'r Amounts,
    year: FiscalYear,
    columns: BTreeSet<(AmountKey, i32)>,
}

/// Reports the only sheet of a level that lacks a column of the year of its edition or the year after.
pub(super) fn check(report: &Report, findings: &mut Findings) {
    let mut classes: BTreeMap<(StrategyIx, Kind, AmountTable, AmountKindIx), Vec<Printed<'_>>> = BTreeMap::new();
    for item in sheets(report).filter(|item| item.sheet.unwritten.is_empty()) {
        let Some(year) = item.edition.year.filter(|_| item.edition.stage == Stage::Final) else { continue };
        for (table, amounts) in item.sheet.amount_tables() {
            for (kind, columns) in by_kind(amounts, year) {
                let class = (item.id.strategy, item.node.kind, table, kind);
                classes.entry(class).or_default().push(Printed { item, amounts, year, columns });
            }
        }
    }
    for ((_, _, table, _), all) in classes {
        let columns: BTreeSet<(AmountKey, i32)> = all.iter().flat_map(|printed| printed.columns.clone()).collect();
        let headings = usual_headings(all.iter().map(|printed| printed.item));
        for (key, distance) in columns {
            let year_of = |printed: &Printed<'_>| FiscalYear(printed.year.0 + distance);
            let lacking = all.iter().filter(|printed| !printed.columns.contains(&(key, distance)));
            let mut lacking = lacking.filter(|printed| is_expected(printed.item, year_of(printed), &headings));
            let (Some(printed), None) = (lacking.next(), lacking.next()) else { continue };
            let others = all.iter().filter(|other| other.columns.contains(&(key, distance))).count();
            if others >= OTHERS && !printed.columns.is_empty() {
                report_missing(printed, table, key, year_of(printed), others, findings);
            }
        }
    }
}

/// Columns of the year of the edition and the year after it. Other columns can be those of a plan with fixed years.
fn by_kind(amounts: &Amounts, edition: FiscalYear) -> BTreeMap<AmountKindIx, BTreeSet<(AmountKey, i32)>> {
    let mut kinds: BTreeMap<AmountKindIx, BTreeSet<(AmountKey, i32)>> = BTreeMap::new();
    for (key, year, _) in amounts.of_years() {
        let columns = kinds.entry(key.kind).or_default();
        let distance = year.0 - edition.0;
        if (0..=1).contains(&distance) {
            columns.insert((key, distance));
        }
    }
    kinds
}

fn report_missing(
    printed: &Printed<'_>,
    table: AmountTable,
    key: AmountKey,
    year: FiscalYear,
    others: usize,
    findings: &mut Findings,
) {
    let path = Key::Amount(printed.item.amount_path(table, key, Some(year)));
    let span = nearest(printed.amounts, key, year).unwrap_or(printed.item.sheet.span);
    let cell = path.to_string();
    if findings.found.iter().any(|finding| finding.about == cell && finding.diagnostic.span() == Some(span)) {
        return;
    }
    let message = say!(
        ja: "`{cell}` がありません。すべての版の調書（ほかに{others}件）には、その版から見て同じ年度の欄があります",
        en: "there is no `{cell}`, but the sheets of all editions ({others} others) have its counterpart"
    );
    let help = say!(
        ja: "資料の額を書いてください。資料で空欄なら、`{cell}` に `\"-\"` などと書いてください",
        en: "write the amount of the source; if it is empty there, write a placeholder such as `\"-\"`"
    );
    findings.add(span, path, message, help);
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::Fixture;

    #[test]
    fn reports_the_only_sheet_of_all_editions_without_a_column() {
        let check = |odd: &str, expected: &[&str]| {
            let content = Fixture::new().edition("2024", "R6").edition("2025", "R7");
            let content = ["a", "b", "c"].into_iter().fold(content, |content, id| {
                [(2023, 5), (2024, 6), (2025, 7)].into_iter().fold(content, |content, (edition, year)| {
                    let odd = if (id, edition) == ("b", 2024) { odd } else { "budget" };
                    let sheet = format!("+++\n[money]\nsettlement.R{year} = {year}\n{odd}.R{} = 5\n+++\n", year + 1);
                    let node = format!("+++\nname = 'program {id}'\n+++\n");
                    content
                        .file(&format!("programs/{id}/program.md"), &node)
                        .file(&format!("programs/{id}/{edition}.md"), &sheet)
                })
            });
            content.assert_finds("missing-amount", expected);
        };
        check("budget", &[]);
        check("plan", &["programs/b/2024.md:3"]);
    }
}
