//! The rule `far-off-value`.
//!
//! A shifted decimal point or a missing zero moves a figure by a power of ten, which usual changes of a series do not. The
//! figures beside it, with which it is compared, are those of the same series in other years, its targets, forecasts and
//! baseline, the same place or group in other years, and the amounts of the same kind. [`super::robust`] describes the
//! statistics.

use super::robust::{Centre, has_same_digits, ratio, shifted};
use super::text_tables::far_off;
use super::visit::{AmountPath, Key, nodes, series_as_printed, sheets};
use super::words::span_in;
use super::{Findings, Lint};
use super::{rate_shift, unit_cost};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{
    AmountKey, AmountKindIx, AmountTable, Amounts, Cell, Column, Decimal, Estimate, FiscalYear, Indicator, Node,
    Number, Phase, Report, Series, SeriesKind, Sheet, Strategy, Value, break_between, ensure_same_accumulation,
    grouped,
};
use std::collections::BTreeMap;

pub(super) const LINT: Lint = Lint {
    rule: Rule::FarOffValue,
    title: Bilingual {
        ja: "まわりの値と桁が違う値",
        en: "a value that differs from those beside it by a power of ten",
    },
    explanation: Bilingual {
        ja: "よくあるのは、桁の間違い（小数点や末尾の 0 の脱落）と単位の間違い（千円の中の円、16.0% の中の 0.16）です。\
             ほかの年度の値、目標値、見込、基準値など、まわりの値の中央値と比べ、ふだんのばらつき（中央値に対する比の中央値の5乗）を\
             超えて5倍以上離れていて、桁を動かすとまわりの値に合うときに指摘します。近い値がほかの年度にもあるとき、印刷された\
             達成率が値を裏付けるときは指摘しません。前後にある二つの値のどちらとも百倍以上離れている値も指摘します。\
             金額が二つしかなければ、大きいほうを示します。\
             文章の中の表も、年度ごとの列か行の値をほかの年度と比べます。達成率は実績値と目標値の比（またはその逆）と、単位当たりの費用は金額を実績値で割った値と、\
             桁だけが違うときに指摘します。0 と、定義が変わる前後（`breaks`）の値は比べません。",
        en: "Common mistakes are a decimal point or a zero that was lost, and the unit: yen among thousands of yen, 0.16 \
             among 16.0%. A value is compared with the median of those beside it: other years, targets, forecasts, the \
             baseline. It is reported if it differs from it at least fivefold and beyond the usual dispersion (the fifth \
             power of the median ratio to the median), and would fit if its decimal point was moved; not if another year \
             has a similar value, nor if a printed rate confirms it. A value that differs from the two nearest values of its \
             series by a factor of 100 or more is reported too. If there are only two amounts, either can be wrong; the \
             larger one is reported. In tables of texts with a column or row for each year, numbers are compared with those of the other years. \
             A rate is reported if it differs by a power of ten from actual value ÷ target or its inverse, a unit cost if it does \
             from the amount divided by an actual value. Zeros are not compared, nor values before and after a change of definition (`breaks`).",
    },
    example: concat!(
        "actual.R4 = 1510\n",
        "actual.R5 = 12930           # 1,293\n",
        "actual.R6 = 1806\n",
        "target.end = 1960"
    ),
    remedy: Bilingual {
        ja: "金額は計画の `money_unit` の単位で、値は指標の単位で書いてください。",
        en: "Write amounts in the `money_unit` of the strategy, and values in the unit of their indicator.",
    },
    confidence: Confidence::Likely,
    run,
};

/// Minimum factor between a value and its two neighbours, whatever the dispersion.
const FAR: Decimal = Decimal::ONE_HUNDRED;
/// Minimum factor between a value and the median for a shifted decimal point: a power of ten, less usual changes.
const MIN_FACTOR: Decimal = Decimal::from_parts(5, 0, 0, false, 0);
/// Maximum factor between values of a similar magnitude, about the square root of ten.
const SIMILAR: Decimal = Decimal::from_parts(32, 0, 0, false, 1);
/// Maximum spread of the values beside a finding that is likely, and of those beside the first value of a series.
const TIGHT: Decimal = Decimal::from_parts(15, 0, 0, false, 1);
/// Whole numbers below this vary too much for a comparison.
const MIN_COUNT: Decimal = Decimal::from_parts(50, 0, 0, false, 0);
/// Number of the nearest values with which a value is compared.
const NEAREST: usize = 8;

/// A figure with its position in time.
#[derive(Clone, Copy)]
struct Figure<'r> {
    key: Key<'r>,
    value: &'r Value,
    number: Decimal,
    column: Column,
}

impl<'r> Figure<'r> {
    /// `None` for zero and for anything but a number.
    fn new(key: Key<'r>, column: Column, value: &'r Value) -> Option<Self> {
        let number = value.decimal()?.abs();
        (!number.is_zero()).then_some(Self { key, value, number, column })
    }

    /// Returns true if both have the same printed unit, and cover as many years.
    fn is_like(&self, other: &Self) -> bool {
        let unit = |value: &Value| value.number().and_then(|number: &Number| number.unit.clone());
        let years = |value: &Value| value.measured.map_or(0, |period| period.to.0 - period.from.0);
        unit(self.value) == unit(other.value) && years(self.value) == years(other.value)
    }

    fn year(&self) -> Option<i32> {
        match self.column {
            Column::Year(year) => Some(year.0),
            Column::Start | Column::End => None,
        }
    }
}

fn run(report: &Report, findings: &mut Findings) {
    for (span, key, message) in sheets(report).flat_map(unit_cost::shifted) {
        findings.add(span, key, message, help());
    }
    for section in sheets(report).flat_map(|item| &item.sheet.sections) {
        for (range, message) in far_off(&section.prose.markdown) {
            findings.add_as(Confidence::Possible, span_in(&section.prose, range), &section.title, message, help());
        }
    }
    for (strategy, id, node) in nodes(report) {
        for (index, indicator) in node.indicators.iter().enumerate() {
            for series in series_as_printed(node, index) {
                check_indicator(indicator, &series, findings);
            }
        }
        // Totals are compared with their rows by `total-sum`.
        let relations = report.relations(id);
        let has_rows = !relations.programs.is_empty() || !relations.children.is_empty();
        for (table, amounts_of) in AMOUNTS.into_iter().filter(|(table, _)| *table != AmountTable::Total || !has_rows) {
            let cells = amounts(strategy, node, table, amounts_of);
            check_amounts(&cells, findings);
        }
        for (index, item) in node.items.iter().enumerate() {
            let sheets = node.sheets.iter().filter(|sheet| sheet.items.contains_key(&index));
            let merged = crate::model::merged_amounts(sheets, |sheet| sheet.items.get(&index).unwrap_or(&sheet.money));
            let mut cells = figures_of(strategy, AmountTable::Money, &merged);
            for (_, figure) in &mut cells {
                if let Key::Amount(path) = &mut figure.key {
                    path.item = Some(item);
                }
            }
            check_amounts(&cells, findings);
        }
    }
    sheets(report).for_each(|item| rate_shift::check(item, findings, help));
}

fn check_indicator<'r>(indicator: &'r Indicator, series: &Series<'r>, findings: &mut Findings) {
    let figure = |kind: SeriesKind, cell: &Cell<'r, Column>| {
        let key = Key::Series(indicator, kind, cell.column);
        Figure::new(key, cell.column, cell.value).map(|figure| (kind, figure))
    };
    let all: Vec<(SeriesKind, Figure<'r>)> = series.cells().filter_map(|(kind, cell)| figure(kind, &cell)).collect();
    let accumulate_alike = ensure_same_accumulation(indicator).is_ok();
    // A running total begins small.
    let is_total = indicator.actual_total_from.is_some();
    for (kind, figure) in &all {
        let can_be_compared = |other: SeriesKind| match kind {
            SeriesKind::Target if !accumulate_alike => other == SeriesKind::Target,
            _ if kind.is_own() && !accumulate_alike => other.is_own() && other != SeriesKind::Target,
            _ if kind.is_own() => other.is_own(),
            SeriesKind::Comparison(_) => {
                matches!(other, SeriesKind::Actual | SeriesKind::Comparison(_))
            }
            SeriesKind::Breakdown(_) => matches!(other, SeriesKind::Breakdown(_)),
            _ => other == *kind && other == SeriesKind::Rate,
        };
        let beside = all.iter().filter(|(other, beside)| {
            can_be_compared(*other)
                && beside.value.span != figure.value.span
                && beside.is_like(figure)
                && break_between(indicator, figure.column, beside.column).is_none()
        });
        let beside: Vec<Figure<'r>> = beside.map(|(_, beside)| *beside).collect();
        let begins_small = is_total && figure.number < median(&beside);
        if !begins_small && !is_confirmed_by_rate(series, *kind, figure) {
            check_shift(figure, nearest(figure, beside), &[], findings);
        }
    }
    let same_definition = |a: &Cell<'_, FiscalYear>, b: &Cell<'_, FiscalYear>| {
        break_between(indicator, Column::Year(a.column), Column::Year(b.column)).is_none()
    };
    for run in series.actual.chunk_by(same_definition) {
        let figures = run.iter().map(|cell| cell.to_column_cell()).filter_map(|cell| figure(SeriesKind::Actual, &cell));
        compare(&figures.map(|(_, figure)| figure).collect::<Vec<_>>(), findings);
    }
    let targets = series.target.iter().filter_map(|cell| figure(SeriesKind::Target, cell));
    compare(&targets.map(|(_, figure)| figure).collect::<Vec<_>>(), findings);
}

fn median(figures: &[Figure<'_>]) -> Decimal {
    Centre::of(figures.iter().map(|figure| figure.number)).map_or(Decimal::ZERO, |centre| centre.median)
}

/// Returns true if the printed rate of the year equals actual value ÷ target; the figure is one of the two.
fn is_confirmed_by_rate(series: &Series<'_>, kind: SeriesKind, figure: &Figure<'_>) -> bool {
    let number = |value: Option<&Value>| value.and_then(Value::decimal).map(|number| number.abs());
    let of_year = |cells: &[Cell<'_, FiscalYear>]| {
        let cell = cells.iter().find(|cell| Column::Year(cell.column) == figure.column);
        number(cell.map(|cell| cell.value))
    };
    let target = number(series.target.iter().find(|cell| cell.column == figure.column).map(|cell| cell.value));
    let (actual, target) = match kind {
        SeriesKind::Actual => (Some(figure.number), target),
        SeriesKind::Target => (of_year(&series.actual), Some(figure.number)),
        _ => return false,
    };
    let (Some(actual), Some(target), Some(rate)) = (actual, target, of_year(&series.rate)) else { return false };
    let percent = actual.checked_div(target).map(|quotient| quotient.saturating_mul(Decimal::ONE_HUNDRED));
    percent.and_then(|percent| ratio(percent, rate)).is_some_and(|ratio| ratio < TIGHT)
}

/// The figures nearest to `figure` in time.
fn nearest<'r>(figure: &Figure<'r>, mut beside: Vec<Figure<'r>>) -> Vec<Figure<'r>> {
    // A column without a year is as near as any.
    let distance = |other: &Figure<'_>| figure.year().zip(other.year()).map_or(0, |(one, other)| (one - other).abs());
    beside.sort_by_key(distance);
    beside.truncate(NEAREST);
    beside
}

/// Reports a figure whose decimal point seems to be shifted. `confirming` are figures that are not compared, but can confirm
/// it.
fn check_shift(figure: &Figure<'_>, beside: Vec<Figure<'_>>, confirming: &[Figure<'_>], findings: &mut Findings) {
    let number = figure.number;
    // Most figures are similar to another one, which is found faster than their centre.
    let is_similar = |other: &Figure<'_>| number.max(other.number) <= number.min(other.number).saturating_mul(SIMILAR);
    if beside.len() < 2 || beside.iter().chain(confirming).any(is_similar) {
        return;
    }
    let Some(centre) = Centre::of(beside.iter().map(|other| other.number)) else { return };
    let is_tight = ratio(centre.min, centre.max).is_some_and(|ratio| ratio <= TIGHT);
    if beside.len() == 2 && !is_tight {
        return;
    }
    // Figures of both signs are balances, which are of no magnitude.
    let is_negative = |figure: &Figure<'_>| figure.value.decimal().is_some_and(|number| number < Decimal::ZERO);
    if beside.iter().any(|other| is_negative(other) != is_negative(figure)) {
        return;
    }
    // The first figure of a series, which often begins at a lower level.
    let years = || beside.iter().filter_map(Figure::year);
    let is_first = figure.year().is_some_and(|year| years().all(|other| other > year));
    let is_expected = figure.value.estimated == Some(Estimate::Expected);
    if (is_first || is_expected) && !is_tight {
        return;
    }
    let has_decimals = |figure: &Figure<'_>| figure.number.scale() > 0;
    let has_decimals = has_decimals(figure) || beside.iter().any(has_decimals);
    if !has_decimals && number.max(centre.median) < MIN_COUNT {
        return;
    }
    let Some(factor) = ratio(number, centre.median).filter(|factor| *factor >= MIN_FACTOR && *factor > centre.limit())
    else {
        return;
    };
    let Some(shifted) = shifted(number, centre.median) else { return };
    let (printed, count, median, spread) =
        (&figure.value.printed, beside.len(), grouped(centre.median), format_ratio(centre.spread));
    let (min, max, fitting, factor) =
        (grouped(centre.min), grouped(centre.max), grouped(shifted.normalize()), format_ratio(factor));
    let message = if number > centre.median {
        say!(
            ja: "「{printed}」は、まわりの{count}個の値（{min}～{max}、ばらつき{spread}倍）の中央値 {median} の{factor}倍です。\
                 桁を動かした {fitting} なら合います",
            en: "`{printed}` is {factor} times {median}, the median of the {count} values beside it \
                 ({min} to {max}, spread {spread}); {fitting} would fit"
        )
    } else {
        say!(
            ja: "「{printed}」は、まわりの{count}個の値（{min}～{max}、ばらつき{spread}倍）の中央値 {median} の{factor}分の一です。\
                 桁を動かした {fitting} なら合います",
            en: "`{printed}` is 1/{factor} of {median}, the median of the {count} values beside it \
                 ({min} to {max}, spread {spread}); {fitting} would fit"
        )
    };
    let confidence = if centre.spread <= TIGHT { Confidence::Likely } else { Confidence::Possible };
    findings.add_as(confidence, figure.value.span, figure.key, message, help());
}

fn format_ratio(ratio: Decimal) -> String {
    grouped(if ratio < Decimal::TEN { ratio.round_dp(1) } else { ratio.round() })
}

fn help() -> Bilingual {
    say!(
        ja: "単位（円と千円、割合と%など）と桁を資料と見比べてください",
        en: "compare its unit (円 or 千円, ratio or %) and its order of magnitude with the source"
    )
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
type Magnitude = (AmountKindIx, Option<Phase>);

fn magnitude(key: AmountKey) -> Magnitude {
    (key.kind, Some(key.phase).filter(|phase| !phase.is_built_in()))
}

/// Amounts of one table merged over the editions, sorted by magnitude and year.
fn amounts<'r>(
    strategy: &'r Strategy,
    node: &'r Node,
    table: AmountTable,
    amounts_of: AmountsOf,
) -> Vec<(AmountKey, Figure<'r>)> {
    figures_of(strategy, table, &crate::model::merged_amounts(&node.sheets, amounts_of))
}

fn figures_of<'r>(
    strategy: &'r Strategy,
    table: AmountTable,
    merged: &BTreeMap<AmountKey, BTreeMap<FiscalYear, Cell<'r, FiscalYear>>>,
) -> Vec<(AmountKey, Figure<'r>)> {
    let cells = merged.iter().flat_map(|(key, years)| years.values().map(move |cell| (*key, cell)));
    let mut figures: Vec<(AmountKey, Figure<'r>)> = cells
        .filter_map(|(key, cell)| {
            let path = AmountPath { strategy, item: None, table, key, year: Some(cell.column) };
            Some((key, Figure::new(Key::Amount(path), Column::Year(cell.column), cell.value)?))
        })
        .collect();
    figures.sort_by_key(|(key, figure)| (magnitude(*key), figure.column, key.phase));
    figures
}

/// Checks amounts that are sorted by magnitude and year.
fn check_amounts(cells: &[(AmountKey, Figure<'_>)], findings: &mut Findings) {
    for series in cells.chunk_by(|(one, _), (other, _)| magnitude(*one) == magnitude(*other)) {
        for (key, figure) in series {
            let others = series.iter().map(|(_, other)| *other);
            let beside: Vec<Figure<'_>> = others.filter(|other| other.value.span != figure.value.span).collect();
            // A settlement or plan confirms a budget of a new level, and conversely. Budgets do not confirm each other,
            // because one is computed from the others.
            let confirming = cells.iter().filter(|(other, _)| other.kind == key.kind);
            let confirming: Vec<Figure<'_>> =
                confirming.filter(|(other, _)| other.phase.kind != key.phase.kind).map(|(_, other)| *other).collect();
            check_shift(figure, nearest(figure, beside), &confirming, findings);
        }
        compare(&series.iter().map(|(_, figure)| *figure).collect::<Vec<_>>(), findings);
    }
}

/// Reports the figures of a series that differ from both neighbours by [`FAR`] and were not reported before.
fn compare(figures: &[Figure<'_>], findings: &mut Findings) {
    for (i, figure) in figures.iter().enumerate() {
        let neighbours = neighbours(figures, i);
        let number = figure.number;
        let above = neighbours.iter().all(|other| number >= other.saturating_mul(FAR));
        let below = neighbours.len() > 1 && neighbours.iter().all(|other| number.saturating_mul(FAR) <= *other);
        // Of two amounts, the same digits at another place.
        let is_shifted = |other: &Decimal| neighbours.len() == 1 && number > *other && has_same_digits(number, *other);
        let above = above || neighbours.first().is_some_and(is_shifted);
        if neighbours.is_empty() || !(above || below) || findings.has(figure.value.span) {
            continue;
        }
        let others = neighbours.iter().map(|other| grouped(*other)).collect::<Vec<_>>().join(", ");
        let message = say!(
            ja: "「{printed}」は、前後の値（{others}）と桁が大きく違います",
            en: "`{printed}` differs from its neighbours ({others}) by orders of magnitude",
            printed = &figure.value.printed
        );
        findings.add(figure.value.span, figure.key, message, help());
    }
}

/// The two values nearest to index `i`: one on each side or, at an end, two on one side.
fn neighbours(figures: &[Figure<'_>], i: usize) -> Vec<Decimal> {
    let number = |i: usize| figures.get(i).map(|figure| figure.number);
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

    #[test]
    fn reports_a_shifted_decimal_point() {
        let years = |value: &str| {
            series(&format!(
                "actual.R1 = 1400\nactual.R2 = 1521\nactual.R3 = 1510\nactual.R4 = {value}\nactual.R5 = 1806"
            ))
        };
        years("1293").assert_finds("far-off-value", &[]);
        years("700").assert_finds("far-off-value", &[]);
        years("4200").assert_finds("far-off-value", &[]);
        years("12930").assert_finds("far-off-value", &["programs/a/2023.md:6"]);
        years("129").assert_finds("far-off-value", &["programs/a/2023.md:6"]);
    }

    #[test]
    fn compares_with_targets_and_the_baseline() {
        series("actual.start = 1150\nactual.R5 = 125\ntarget.R5 = 1250\ntarget.end = 1300")
            .assert_finds("far-off-value", &["programs/a/2023.md:4"]);
        series("actual.R4 = 24\nactual.R5 = 25\ntarget.R5 = 250\ntarget.end = 26")
            .assert_finds("far-off-value", &["programs/a/2023.md:5"]);
    }

    #[test]
    fn a_printed_rate_confirms_an_unusual_value() {
        let figures = "actual.R3 = 1200\nactual.R4 = 1250\nactual.R5 = 125\ntarget.R5 = 1250\nrate.R5 = ";
        series(&format!("{figures}100")).assert_finds("far-off-value", &["programs/a/2023.md:5"]);
        series(&format!("{figures}10")).assert_finds("far-off-value", &[]);
    }

    #[test]
    fn accepts_wide_dispersion_small_counts_and_new_levels() {
        series("actual.R1 = 10\nactual.R2 = 100\nactual.R3 = 30\nactual.R4 = 300\nactual.R5 = 2000")
            .assert_finds("far-off-value", &[]);
        series("actual.R2 = 2\nactual.R3 = 2\nactual.R4 = 20\nactual.R5 = 2").assert_finds("far-off-value", &[]);
        series("actual.R1 = 100\nactual.R2 = 101\nactual.R3 = 102\nactual.R4 = 1000\nactual.R5 = 1010")
            .assert_finds("far-off-value", &[]);
        Fixture::new()
            .with(program("a", "[money]\nbudget.R3 = 500\nsettlement.R3 = 490\nbudget.R4 = 510\nbudget.R5 = 5000\nsettlement.R5 = 4900"))
            .assert_finds("far-off-value", &[]);
    }

    #[test]
    fn compares_sub_items_places_and_groups() {
        let item = "+++\nname = 'A'\n[[item]]\nid = 'i'\nname = 'I'\n+++\n";
        Fixture::new()
            .with(program(
                "a",
                "[item.i.money]\nbudget.R3 = 500\nsettlement.R3 = 490\nbudget.R4 = 510\nbudget.R5 = 5000",
            ))
            .file("programs/a/program.md", item)
            .assert_finds("far-off-value", &["programs/a/2023.md:6"]);
        let place = "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\n[[indicator.comparison]]\nid = 'p'\nname = 'P'\n+++\n";
        series("actual.R4 = 884\nactual.R5 = 871\ncomparison.p.R5 = '88.1'")
            .file("programs/a/program.md", place)
            .assert_finds("far-off-value", &["programs/a/2023.md:5"]);
    }
}
