//! The rule `far-off-value`.

use super::visit::{AmountPath, Key, nodes};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{
    AmountKey, AmountKindIx, AmountTable, Amounts, Cell, Column, Decimal, FiscalYear, Node, Phase, Report, Series,
    Sheet, Strategy, Value, break_between, grouped,
};

pub(super) const LINT: Lint = Lint {
    rule: Rule::FarOffValue,
    title: Bilingual {
        ja: "前後の値の百倍以上、または百分の一以下の値",
        en: "a value at least a hundred times its neighbours, or at most a hundredth of them",
    },
    explanation: Bilingual {
        ja: "よくあるのは単位の間違いです（千円の中の円、16.0% の中の 0.16）。同じ系列で前後にある二つの値と比べ、\
             どちらとも百倍以上離れているときに指摘します。金額が二つしかなければ、大きいほうを示します。0 と、\
             定義が変わる前後（`breaks`）の値は比べません。",
        en: "A common mistake is the unit: yen among thousands of yen, 0.16 among 16.0%. A value is compared \
             with the two nearest values of its series and reported if it differs from both by a factor of 100 or more. If there \
             are only two amounts, either can be wrong; the larger one is reported. Zeros are not compared, nor \
             values before and after a change of definition (`breaks`).",
    },
    example: concat!("[money]                    # 千円\n", "budget.R3 = 9463\n", "settlement.R3 = 6909000"),
    remedy: Bilingual {
        ja: "金額は計画の `money_unit` の単位で、値は指標の単位で書いてください。",
        en: "Write amounts in the `money_unit` of the strategy, and values in the unit of their indicator.",
    },
    confidence: Confidence::Likely,
    run,
};

/// Minimum factor between a value and its neighbours.
const MIN_FACTOR: Decimal = Decimal::ONE_HUNDRED;

fn run<'r>(report: &'r Report, findings: &mut Findings) {
    for (strategy, _, node) in nodes(report) {
        for (index, indicator) in node.indicators.iter().enumerate() {
            let series = Series::merged(node, index);
            let same_definition = |a: &Cell<'_, FiscalYear>, b: &Cell<'_, FiscalYear>| {
                break_between(indicator, Column::Year(a.column), Column::Year(b.column)).is_none()
            };
            for run in series.actual.chunk_by(same_definition) {
                let with_key = |cell: &Cell<'r, FiscalYear>| (Key::actual(indicator, cell.column), cell.value);
                compare(run.iter().map(with_key).collect(), findings);
            }
            let values = series.target.iter().map(|cell| (Key::target(indicator, cell.column), cell.value)).collect();
            compare(values, findings);
        }
        for (table, amounts_of) in AMOUNTS {
            let cells = amounts(strategy, node, table, amounts_of);
            for series in cells.chunk_by(|(one, _), (other, _)| magnitude(one.key) == magnitude(other.key)) {
                compare(series.iter().map(|(path, value)| (Key::Amount(*path), *value)).collect(), findings);
            }
        }
    }
}

type AmountsOf = fn(&Sheet) -> &Amounts;

/// Tables of amounts of a sheet.
const AMOUNTS: [(AmountTable, AmountsOf); 3] = [
    (AmountTable::Money, |sheet| &sheet.money),
    (AmountTable::Staff, |sheet| &sheet.staff),
    (AmountTable::Total, |sheet| &sheet.total),
];

/// Identification of the amounts that are of one magnitude: those of a kind, but supplementary budgets and other declared
/// phases each by themselves.
fn magnitude(key: AmountKey) -> (AmountKindIx, Option<Phase>) {
    (key.kind, Some(key.phase).filter(|phase| !phase.is_built_in()))
}

/// Amounts of one table merged over the editions, sorted by magnitude and year.
fn amounts<'r>(
    strategy: &'r Strategy,
    node: &'r Node,
    table: AmountTable,
    amounts_of: AmountsOf,
) -> Vec<(AmountPath<'r>, &'r Value)> {
    let merged = crate::model::merged_amounts(&node.sheets, amounts_of);
    let cells = merged.iter().flat_map(|(key, years)| years.values().map(move |cell| (*key, cell)));
    let mut cells: Vec<_> = cells.map(|(key, cell)| (key, cell.column, cell.value)).collect();
    cells.sort_by_key(|(key, year, _)| (magnitude(*key), *year, key.phase));
    let path = |key, year| AmountPath { strategy, item: None, table, key, year: Some(year) };
    cells.into_iter().map(|(key, year, value)| (path(key, year), value)).collect()
}

fn compare(values: Vec<(Key<'_>, &Value)>, findings: &mut Findings) {
    let numbers: Vec<(Key<'_>, &Value, Decimal)> = values
        .into_iter()
        .filter_map(|(key, value)| Some((key, value, value.decimal()?.abs())))
        .filter(|(_, _, number)| !number.is_zero())
        .collect();
    for (i, (key, value, number)) in numbers.iter().enumerate() {
        let neighbours = neighbours(&numbers, i);
        let above = neighbours.iter().all(|other| *number >= other.saturating_mul(MIN_FACTOR));
        let below = neighbours.len() > 1 && neighbours.iter().all(|other| number.saturating_mul(MIN_FACTOR) <= *other);
        if neighbours.is_empty() || !(above || below) {
            continue;
        }
        let others = neighbours.iter().map(|other| grouped(*other)).collect::<Vec<_>>().join(", ");
        let message = say!(
            ja: "「{printed}」は、前後の値（{others}）と桁が大きく違います",
            en: "`{printed}` differs from its neighbours ({others}) by orders of magnitude",
            printed = &value.printed
        );
        let help = say!(
            ja: "単位（円と千円、割合と%など）と桁を資料と見比べてください",
            en: "compare its unit (円 or 千円, ratio or %) and its order of magnitude with the source"
        );
        findings.add(value.span, key, message, help);
    }
}

/// The two values nearest to index `i`: one on each side or, at an end, two on one side.
fn neighbours(numbers: &[(Key<'_>, &Value, Decimal)], i: usize) -> Vec<Decimal> {
    let number = |i: usize| numbers.get(i).map(|(_, _, number)| *number);
    let before = |steps: usize| i.checked_sub(steps).and_then(number);
    let after = |steps: usize| i.checked_add(steps).and_then(number);
    let sides = [before(1).or_else(|| after(2)), after(1).or_else(|| before(2))];
    sides.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn series(values: &str) -> Fixture {
        Fixture::new()
            .with(program("a", &format!("[indicator.x]\n{values}")))
            .file("programs/a/program.md", "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\n+++\n")
    }

    #[test]
    fn reports_a_value_far_from_both_neighbours() {
        series("actual.R3 = 23\nactual.R4 = 1900\nactual.R5 = 77").assert_finds("far-off-value", &[]);
        series("actual.R3 = 23\nactual.R4 = 2300\nactual.R5 = 22")
            .assert_finds("far-off-value", &["programs/a/2023.md:4"]);
        series("actual.R3 = 16.0\nactual.R4 = 0.16\nactual.R5 = 17")
            .assert_finds("far-off-value", &["programs/a/2023.md:4"]);
    }

    #[test]
    fn compares_the_last_value_with_the_two_before_it() {
        series("actual.R3 = 1\nactual.R4 = 1\nactual.R5 = 100")
            .assert_finds("far-off-value", &["programs/a/2023.md:5"]);
        series("actual.R3 = 1\nactual.R4 = 50\nactual.R5 = 2500").assert_finds("far-off-value", &[]);
    }

    #[test]
    fn does_not_compare_across_a_change_of_definition() {
        let broken = "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\nbreaks = ['R5']\n+++\n";
        series("actual.R3 = 1\nactual.R4 = 1\nactual.R5 = 100")
            .file("programs/a/program.md", broken)
            .assert_finds("far-off-value", &[]);
    }

    #[test]
    fn ignores_zero_and_missing_values() {
        series("actual.R3 = 0\nactual.R4 = 500\nactual.R5 = '-'").assert_finds("far-off-value", &[]);
    }

    #[test]
    fn reports_the_larger_of_two_amounts() {
        let amounts = |settlement| {
            Fixture::new().with(program("a", &format!("[money]\nbudget.R5 = 9463\nsettlement.R5 = {settlement}")))
        };
        amounts("6909").assert_finds("far-off-value", &[]);
        amounts("6909000").assert_finds("far-off-value", &["programs/a/2023.md:4"]);
        amounts("9").assert_finds("far-off-value", &["programs/a/2023.md:3"]);
    }

    #[test]
    fn compares_targets_and_tables_of_amounts() {
        series("target.R3 = 20\ntarget.R4 = 3000\ntarget.R5 = 21")
            .assert_finds("far-off-value", &["programs/a/2023.md:4"]);
        let amounts = "budget.R4 = 90\nbudget.R5 = 100\nsettlement.R5 = 95000";
        Fixture::new()
            .with(program("a", &format!("[money]\n{amounts}")))
            .assert_finds("far-off-value", &["programs/a/2023.md:5"]);
        Fixture::new()
            .policy("1", &[])
            .file("policies/1/2023.md", &format!("+++\n[total]\n{amounts}\n+++\n"))
            .assert_finds("far-off-value", &["policies/1/2023.md:5"]);
        Fixture::new()
            .with(program("a", "[staff]\nactual.R3 = 1.5\nactual.R4 = 150\nactual.R5 = 1.2"))
            .assert_finds("far-off-value", &["programs/a/2023.md:4"]);
    }
}
