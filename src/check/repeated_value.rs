//! The rule `repeated-value`.

use super::visit::{AmountPath, Key, indicators, nodes};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{
    AmountKey, AmountTable, Cell, Column, Decimal, FiscalYear, Indicator, Node, PhaseKind, Report, Series, SeriesKind,
    Strategy, Value, merged_amounts,
};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const LINT: Lint = Lint {
    rule: Rule::RepeatedValue,
    title: Bilingual {
        ja: "一つの値が、違うはずの欄に繰り返されている",
        en: "one value repeated in cells that should differ",
    },
    explanation: Bilingual {
        ja: "複写したまま直し忘れた値です。調べるのは、有効数字3桁以上の値です。続く4年度以上の実績値がすべて同じとき（前の値を\
             引き継いだと記載した値を除く）、実績値が比較や区分（`comparison`、`breakdown`）の二つ以上と同じ年度に一致し、\
             異なる値がその年度にないとき、違う値の続く3年度以上の実績値がすべて目標値と同じとき、予算額の違う3年度の決算額がすべて同じとき、二つの年度以上の予算額、決算額、\
             計画額の4欄以上がすべて同じときに、指摘します。",
        en: "Such a value was copied and not edited. Values of at least three significant digits are checked. Reported are four \
             or more actual values in a row that are equal (unless they are marked as carried forward); an actual value that \
             equals all comparisons or groups of its year, of which there are two or more; actual values that equal the targets in all of three or more years, and differ; settlements that are equal in three \
             years although the budgets differ; and budget, settlement and plans of two or more years that are equal in all of \
             their four or more cells.",
    },
    example: concat!("budget.R3 = 9463\n", "settlement.R3 = 9463\n", "plan.R4 = 9463\n", "plan.R5 = 9463"),
    remedy: Bilingual {
        ja: "値を資料のとおりに直してください。資料でも同じであれば、理由を書いて確認済みにしてください。",
        en: "Write the values of the source. If they are equal there, acknowledge the finding with the reason.",
    },
    confidence: Confidence::Possible,
    run,
};

/// Number of equal actual values in a row.
const RUN: usize = 4;
/// Number of different actual values that equal their targets.
const TARGETS: usize = 3;
/// Number of equal settlements of different budgets.
const SETTLEMENTS: usize = 3;
/// Number of equal amounts.
const AMOUNTS: usize = 4;

fn run(report: &Report, findings: &mut Findings) {
    for (_, node, id, indicator) in indicators(report) {
        let series = Series::merged(node, id.indicator as usize);
        check_series(indicator, &series, findings);
        check_targets(indicator, &series, findings);
        check_year(indicator, &series, findings);
    }
    for (strategy, _, node) in nodes(report) {
        check_amounts(strategy, node, findings);
    }
}

/// The number of a value with at least three significant digits.
fn significant(value: &Value) -> Option<Decimal> {
    let number = value.decimal()?;
    let mantissa = number.mantissa().unsigned_abs().to_string();
    (mantissa.trim_end_matches('0').len() >= 3).then_some(number)
}

fn check_series(indicator: &Indicator, series: &Series<'_>, findings: &mut Findings) {
    let is_same = |one: &Cell<'_, FiscalYear>, other: &Cell<'_, FiscalYear>| {
        !other.carried_forward() && significant(one.value).is_some() && one.value.decimal() == other.value.decimal()
    };
    for run in series.actual.chunk_by(is_same).filter(|run| run.len() >= RUN) {
        let Some((first, second)) = run.first().zip(run.get(1)) else { continue };
        let (printed, count) = (&first.value.printed, run.len());
        let (from, to) = (first.column.short(), run.last().map(|last| last.column.short()).unwrap_or_default());
        let message = say!(
            ja: "{from}から{to}までの{count}個の実績値が、すべて「{printed}」です",
            en: "the {count} actual values from {from} to {to} are all `{printed}`"
        );
        findings.add(second.value.span, Key::actual(indicator, second.column), message, help());
    }
}

/// Compares the actual values with the targets of their years.
fn check_targets(indicator: &Indicator, series: &Series<'_>, findings: &mut Findings) {
    let pairs = series.actual.iter().filter_map(|cell| {
        let target = series.target.iter().find(|target| target.column == Column::Year(cell.column))?;
        Some((cell, target.value.decimal()?, cell.value.decimal()?))
    });
    let pairs: Vec<_> = pairs.collect();
    let equal: Vec<_> = pairs.iter().filter(|(cell, target, _)| significant(cell.value) == Some(*target)).collect();
    let different: BTreeSet<Decimal> = equal.iter().map(|(.., number)| *number).collect();
    let Some((cell, ..)) = equal.first().filter(|_| equal.len() == pairs.len()) else { return };
    if equal.len() < TARGETS || different.len() < TARGETS {
        return;
    }
    let numbers = equal.iter().map(|(cell, ..)| cell.value.printed.as_str()).collect::<Vec<_>>().join(", ");
    let message = say!(
        ja: "{count}年度の実績値（{numbers}）が、すべて目標値と同じです",
        en: "the actual values of {count} years ({numbers}) all equal the targets",
        count = equal.len()
    );
    findings.add(cell.value.span, Key::actual(indicator, cell.column), message, help());
}

/// Compares each actual value with the comparisons and the groups of its year.
fn check_year(indicator: &Indicator, series: &Series<'_>, findings: &mut Findings) {
    let comparisons = series.comparisons.iter().map(|(index, cells)| (SeriesKind::Comparison(*index), cells));
    let groups = series.breakdowns.iter().map(|(index, cells)| (SeriesKind::Breakdown(*index), cells));
    for (all, (ja, en)) in
        [(comparisons.collect::<Vec<_>>(), ("比較の値", "comparisons")), (groups.collect(), ("区分別の値", "groups"))]
    {
        for actual in series.actual.iter().filter(|cell| significant(cell.value).is_some()) {
            let of_year = all
                .iter()
                .filter_map(|(kind, cells)| Some((*kind, cells.iter().find(|cell| cell.column == actual.column)?)));
            let of_year: Vec<_> = of_year.collect();
            let is_equal =
                |(_, cell): &(SeriesKind, &Cell<'_, FiscalYear>)| cell.value.decimal() == actual.value.decimal();
            let Some((kind, first)) = of_year.first().filter(|_| of_year.len() > 1 && of_year.iter().all(is_equal))
            else {
                continue;
            };
            let (printed, count, year) = (&actual.value.printed, of_year.len(), actual.column.short());
            let message = say!(
                ja: "{year}の{ja}（{count}）が、すべて実績値と同じ「{printed}」です",
                en: "the {en} of {year} ({count}) all equal the actual value `{printed}`"
            );
            let key = Key::Series(indicator, *kind, Column::Year(actual.column));
            findings.add_as(Confidence::Likely, first.value.span, key, message, help());
        }
    }
}

fn check_amounts(strategy: &Strategy, node: &Node, findings: &mut Findings) {
    let merged = merged_amounts(&node.sheets, |sheet| &sheet.money);
    let of_kind = |kind: PhaseKind| {
        let rows = merged.iter().filter(move |(key, _)| key.is_base() && key.phase.kind == kind);
        rows.flat_map(|(key, years)| years.values().map(move |cell| (*key, *cell)))
    };
    let path = |key: AmountKey, year: FiscalYear| {
        Key::Amount(AmountPath { strategy, item: None, table: AmountTable::Money, key, year: Some(year) })
    };
    let settlements: Vec<(AmountKey, Cell<'_, FiscalYear>)> =
        of_kind(PhaseKind::Settlement).filter(|(_, cell)| significant(cell.value).is_some()).collect();
    let mut by_phase: BTreeMap<AmountKey, Vec<Cell<'_, FiscalYear>>> = BTreeMap::new();
    for (key, cell) in of_kind(PhaseKind::Budget).filter(|(_, cell)| cell.value.decimal().is_some()) {
        by_phase.entry(key).or_default().push(cell);
    }
    for run in settlements.chunk_by(|(one, a), (other, b)| one == other && a.value.decimal() == b.value.decimal()) {
        let Some(((key, first), count)) = run.first().zip(Some(run.len()).filter(|count| *count >= SETTLEMENTS)) else {
            continue;
        };
        let budgets_differ = by_phase.values().find_map(|budgets| {
            let of_run = budgets.iter().filter(|budget| run.iter().any(|(_, cell)| cell.column == budget.column));
            let numbers: BTreeSet<Decimal> = of_run.filter_map(|budget| budget.value.decimal()).collect();
            (numbers.len() > 1).then_some(numbers)
        });
        if let Some(budgets) = budgets_differ {
            let printed = &first.value.printed;
            let budgets = budgets.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            let message = say!(
                ja: "{count}年度の決算額がすべて「{printed}」ですが、予算額は違います（{budgets}）",
                en: "the settlements of {count} years are all `{printed}`, but the budgets differ ({budgets})"
            );
            findings.add_as(Confidence::Likely, first.value.span, path(*key, first.column), message, help());
        }
    }
    let all = [PhaseKind::Budget, PhaseKind::Settlement, PhaseKind::Plan];
    let built_in = |(key, _): &(AmountKey, Cell<'_, FiscalYear>)| key.phase.is_built_in();
    let amounts: Vec<_> = all.into_iter().flat_map(of_kind).filter(built_in).collect();
    let numbers: BTreeSet<Option<Decimal>> = amounts.iter().map(|(_, cell)| significant(cell.value)).collect();
    let kinds: BTreeSet<PhaseKind> = amounts.iter().map(|(key, _)| key.phase.kind).collect();
    let years: BTreeSet<FiscalYear> = amounts.iter().map(|(_, cell)| cell.column).collect();
    let is_one_number = numbers.len() == 1 && !numbers.contains(&None);
    if is_one_number
        && amounts.len() >= AMOUNTS
        && kinds.len() == all.len()
        && years.len() > 1
        && let Some((key, cell)) = amounts.iter().find(|(key, _)| key.is_result())
    {
        let (printed, count) = (&cell.value.printed, amounts.len());
        let message = say!(
            ja: "予算額、決算額、計画額の{count}欄が、すべて「{printed}」です",
            en: "budget, settlement and plans ({count} cells) are all `{printed}`"
        );
        findings.add(cell.value.span, path(*key, cell.column), message, help());
    }
}

fn help() -> Bilingual {
    say!(
        ja: "それぞれの値を資料と見比べてください",
        en: "compare each value with the source"
    )
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, indicator, program};

    fn years(values: [u32; 5]) -> String {
        values.iter().enumerate().map(|(at, value)| format!("actual.R{} = {value}\n", at + 1)).collect()
    }

    #[test]
    fn reports_one_value_in_all_years() {
        let check = |values, expected: &[&str]| indicator("", &years(values)).assert_finds("repeated-value", expected);
        check([1394, 1394, 1394, 1394, 1394], &["programs/a/2023.md:4"]);
        check([1394, 1394, 1394, 1400, 1395], &[]);
        check([12000, 12000, 12000, 12000, 12000], &[]);
        check([3, 3, 3, 3, 3], &[]);
    }

    #[test]
    fn reports_groups_and_comparisons_equal_to_the_actual_value() {
        let keys = ["comparison", "breakdown"].map(|kind| {
            format!("[[indicator.{kind}]]\nid = 'p'\nname = 'P'\n[[indicator.{kind}]]\nid = 'q'\nname = 'Q'")
        });
        for (keys, kind) in keys.iter().zip(["comparison", "breakdown"]) {
            let figures = |q: &str| format!("actual.R5 = '18.7'\n{kind}.p.R5 = '18.7'\n{kind}.q.R5 = '{q}'");
            indicator(keys, &figures("18.7")).assert_finds("repeated-value", &["programs/a/2023.md:4"]);
            indicator(keys, &figures("18.8")).assert_finds("repeated-value", &[]);
        }
    }

    #[test]
    fn reports_copied_amounts() {
        let check = |money: &str, expected: &[&str]| {
            Fixture::new().with(program("a", &format!("[money]\n{money}"))).assert_finds("repeated-value", expected);
        };
        check("budget.R3 = 9463\nsettlement.R3 = 9463\nplan.R4 = 9463\nplan.R5 = 9463", &["programs/a/2023.md:4"]);
        check("budget.R3 = 9463\nsettlement.R3 = 9463\nplan.R4 = 9463\nplan.R5 = 9464", &[]);
        check("budget.R3 = 9000\nsettlement.R3 = 9000\nplan.R4 = 9000\nplan.R5 = 9000", &[]);
        let budgets = "budget.R3 = 500\nbudget.R4 = 521\nbudget.R5 = 522\n";
        check(
            &format!("{budgets}settlement.R3 = 522\nsettlement.R4 = 522\nsettlement.R5 = 522"),
            &["programs/a/2023.md:6"],
        );
        check(&format!("{budgets}settlement.R3 = 500\nsettlement.R4 = 520\nsettlement.R5 = 522"), &[]);
    }
}
