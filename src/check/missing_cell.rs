//! The rule `missing-cell`.
//!
//! The expected cells of a row are inferred from the previous sheet of the same indicator and from the other indicators of
//! the edition. A cell is expected only if both agree. A cell with a placeholder (`-`) is not missing.

mod previous;
mod rates;
mod siblings;
mod surveys;
mod usual;

use super::visit::{Key, ending_mark};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, Span, say};
use crate::model::{
    Bound, Column, Decimal, Edition, EditionIx, Figures, FiscalYear, Indicator, Kind, Node, Report, SeriesKind, Sheet,
    Strategy, Value,
};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const LINT: Lint = Lint {
    rule: Rule::MissingCell,
    title: Bilingual {
        ja: "まわりの欄にはある値が、一つだけ抜けている",
        en: "a cell left out although those beside it are filled",
    },
    explanation: Bilingual {
        ja: "毎年度続く実績値と目標値の途中の年度（見込も同じ。同じ版の半数以上の指標にもない年度を除く）、達成率のある年度の目標値、\
             版の年度の実績値と目標値のある指標の達成率（前の年度か前の版に達成率があるとき）、\
             ほかの二つ以上の比較や区分に値がある年度の比較や区分、前の版にはあり、同じ版のほかの指標（二つ以上）の8割以上には\
             今の版にもある目標値（別の年度の目標値に替わったときを除く）、前の版ではその版から見て同じ年度にあり、今の版でもほかの指標（8件以上）の8割以上にはある目標値・見込・順位、\
             達成率の並びの途中の年度、ほかの指標（8件以上）の8割以上で今の版にもある過去の実績値、ほかの指標（8件以上）のすべてに同じ年度の目標値がある版で\
             目標値の一つもない指標を調べます。「-」などの記号を書いた欄は、抜けているとはみません。",
        en: "Checked are years within yearly actual values, targets, forecasts and rates (unless half of the indicators of the edition leave them out \
             too), the target of a year with a rate, the rate of the edition's year with an actual value and a target (if the \
             previous year or sheet has one), a comparison or group of a year in which two others have a value, targets (unless \
             replaced by one of another year), targets, forecasts and ranks whose counterpart at the same distance to the year of the edition 80% of the others (eight or more) have, and earlier actual values of the previous sheet that 80% of the other indicators of \
             the edition (two or more) still have, and indicators without any target if all others (eight or more) have one of the same year. A cell with a placeholder such as `-` is not missing.",
    },
    example: concat!("actual.R3 = 26\n", "actual.R4 = 31\n", "actual.R6 = 40              # R5 ?"),
    remedy: Bilingual {
        ja: "抜けた値を資料のとおりに書いてください。資料で空欄なら、`\"-\"` などと書くか、理由を書いて確認済みにしてください。",
        en: "Write the value of the source. If the source leaves it empty, write a placeholder such as `\"-\"`, or acknowledge the finding with the reason.",
    },
    confidence: Confidence::Likely,
    run,
};

/// Number of other indicators that show what is usual.
const OTHERS: usize = 2;
/// Number of other indicators that show that each has a target, or an earlier value.
const INDICATORS: usize = 8;
/// Number of other indicators that show what is usual if they all agree.
const UNANIMOUS: usize = 4;
/// Number of consecutive values without others to compare with.
const CONSECUTIVE: usize = 4;

type Cells = BTreeSet<(SeriesKind, Column)>;

/// The previous or next sheet of an indicator.
struct Beside<'r> {
    figures: &'r Figures,
    cells: Cells,
    year: FiscalYear,
}

/// An indicator in one sheet.
struct Printed<'r> {
    indicator: &'r Indicator,
    figures: &'r Figures,
    cells: Cells,
    edition: &'r Edition,
    kind: Kind,
    /// The node and its sheet, whose period and marks say whether it continues.
    node: &'r Node,
    sheet: &'r Sheet,
    strategy: &'r Strategy,
    /// The previous sheet of the indicator.
    before: Option<Beside<'r>>,
    /// The next sheet of the indicator.
    after: Option<Beside<'r>>,
}

fn run(report: &Report, findings: &mut Findings) {
    surveys::check(report, findings);
    for (ix, strategy) in report.strategies() {
        let mut editions: BTreeMap<EditionIx, Vec<Printed<'_>>> = BTreeMap::new();
        for (_, node) in report.nodes(ix) {
            for (at, sheet) in node.sheets.iter().enumerate().filter(|(_, sheet)| sheet.unwritten.is_empty()) {
                let Some(edition) = strategy.editions.get(sheet.edition.0) else { continue };
                for (index, figures) in &sheet.figures {
                    let Some(indicator) = node.indicators.get(*index) else { continue };
                    let beside = |at: Option<usize>| {
                        let sheet = node.sheets.get(at?)?;
                        let of = strategy.editions.get(sheet.edition.0)?;
                        let year = of.year.filter(|_| of.stage == edition.stage)?;
                        let figures = sheet.figures.get(index)?;
                        Some(Beside { figures, cells: cells(figures), year })
                    };
                    let (before, after) = (beside(at.checked_sub(1)), beside(at.checked_add(1)));
                    let (cells, kind) = (cells(figures), node.kind);
                    let printed =
                        Printed { indicator, figures, cells, edition, kind, node, sheet, strategy, before, after };
                    editions.entry(sheet.edition).or_default().push(printed);
                }
            }
        }
        for all in editions.values() {
            let usage = Usage::of(all);
            all.iter().for_each(|printed| check(printed, &usage, findings));
        }
    }
}

fn cells(figures: &Figures) -> Cells {
    figures.values().map(|(series, column, _)| (series, column)).collect()
}

impl Printed<'_> {
    fn has(&self, series: SeriesKind, year: i32) -> bool {
        self.cells.contains(&(series, Column::Year(FiscalYear(year))))
    }

    /// Cells of the previous sheet from its year on, with their distance to it, and the column at the same distance here.
    fn rolled(&self) -> Vec<(SeriesKind, i32, Column)> {
        let Some((before, year)) = self.before.as_ref().zip(self.edition.year) else { return Vec::new() };
        let of_year = |(series, column): &(SeriesKind, Column)| match column {
            Column::Year(of) if *of >= before.year => {
                let distance = of.0 - before.year.0;
                Some((*series, distance, Column::Year(FiscalYear(year.0 + distance))))
            }
            _ => None,
        };
        before.cells.iter().filter_map(of_year).collect()
    }

    /// Columns of each series of the indicator itself.
    fn columns(&self) -> BTreeMap<SeriesKind, BTreeSet<Column>> {
        let mut columns: BTreeMap<SeriesKind, BTreeSet<Column>> = BTreeMap::new();
        for (series, column) in self.cells.iter().filter(|(series, _)| series.is_own()) {
            columns.entry(*series).or_default().insert(*column);
        }
        columns
    }

    /// Returns true if the node is carried out in a year: it has begun, and has not ended.
    fn is_active_in(&self, year: FiscalYear) -> bool {
        let ends = self.sheet.judgements.iter().any(|judgement| ending_mark(self.strategy, judgement).is_some());
        let period = self.node.period_in(Some(self.sheet));
        period.is_none_or(|period| period.contains(year)) && !(ends && self.edition.year.is_none_or(|of| year > of))
    }

    /// Returns true if a share has reached its maximum.
    fn is_complete(&self) -> bool {
        let last = self.figures.actual.values().next_back();
        last.is_some_and(|value| {
            let is_share = [Some(value.printed.as_str()), self.indicator.unit.as_deref()];
            let is_share = is_share.into_iter().flatten().any(|text| text.contains(['%', '％']));
            is_share && value.decimal() == Some(Decimal::ONE_HUNDRED)
        })
    }

    /// Bound of the target of a year.
    fn bound(&self, year: FiscalYear) -> Option<Bound> {
        bound_of(self.figures, year)
    }

    /// Returns true if there are numbers from which a rate of the year is usually computed.
    fn has_rate_base(&self, year: FiscalYear) -> bool {
        let is_number = |value: Option<&Value>| value.is_some_and(|value| value.decimal().is_some());
        is_number(self.figures.actual.get(&year)) && is_number(self.figures.target.get(&Column::Year(year)))
    }
}

/// Counts over all indicators of an edition. Series are identified by their key, because each indicator has comparisons and
/// groups of its own.
#[derive(Default)]
struct Usage {
    /// Indicators with a value in the years before and after a year, and those among them with one in the year itself.
    within: BTreeMap<(&'static str, FiscalYear), (usize, usize)>,
    /// Indicators with a cell in their previous sheets, and those among them with the same cell now.
    kept: BTreeMap<(&'static str, Column), (usize, usize)>,
    /// Indicators with a cell in their previous sheets, by its distance to the year of the edition, and those among them
    /// with one at the same distance now.
    rolled: BTreeMap<(&'static str, i32), (usize, usize)>,
    /// Indicators of a kind of node with a series, and those among them with a column.
    series: BTreeMap<(Kind, SeriesKind), usize>,
    columns: BTreeMap<(Kind, SeriesKind, Column), usize>,
    /// Indicators with a value and a target of the edition's year, by the bound of the target, and those among them with a
    /// rate.
    rated: BTreeMap<Option<Bound>, (usize, usize)>,
    /// All indicators, and those with a target.
    indicators: usize,
    with_target: usize,
    /// The most usual column of targets, and the number of indicators with it.
    target: Option<(Column, usize)>,
}

impl Usage {
    fn of(all: &[Printed<'_>]) -> Self {
        let mut usage = Self::default();
        for printed in all {
            for (series, column) in &printed.cells {
                let Column::Year(year) = *column else { continue };
                if printed.has(*series, year.0 + 2) {
                    let within = usage.within.entry((series.key(), FiscalYear(year.0 + 1))).or_default();
                    within.0 += 1;
                    within.1 += usize::from(printed.has(*series, year.0 + 1));
                }
            }
            for (series, columns) in printed.columns() {
                *usage.series.entry((printed.kind, series)).or_default() += 1;
                columns
                    .iter()
                    .for_each(|column| *usage.columns.entry((printed.kind, series, *column)).or_default() += 1);
            }
            if let Some(year) = printed.edition.year.filter(|year| printed.has_rate_base(*year)) {
                let rated = usage.rated.entry(printed.bound(year)).or_default();
                rated.0 += 1;
                rated.1 += usize::from(printed.has(SeriesKind::Rate, year.0));
            }
            usage.with_target += usize::from(!printed.figures.target.is_empty());
            usage.indicators += 1;
            for cell in printed.before.iter().flat_map(|before| &before.cells).filter(|(series, _)| series.is_own()) {
                let kept = usage.kept.entry((cell.0.key(), cell.1)).or_default();
                kept.0 += 1;
                kept.1 += usize::from(printed.cells.contains(cell));
            }
            for (series, distance, column) in printed.rolled() {
                let rolled = usage.rolled.entry((series.key(), distance)).or_default();
                rolled.0 += 1;
                rolled.1 += usize::from(printed.cells.contains(&(series, column)));
            }
        }
        let mut columns: BTreeMap<Column, usize> = BTreeMap::new();
        let targets = all.iter().flat_map(|printed| printed.figures.target.keys());
        targets.for_each(|column| *columns.entry(*column).or_default() += 1);
        usage.target = columns.into_iter().max_by_key(|(_, count)| *count);
        usage
    }
}

/// Bound of the target of a year: at least, at most.
fn bound_of(figures: &Figures, year: FiscalYear) -> Option<Bound> {
    figures.target.get(&Column::Year(year)).and_then(|target| target.number()).map(|number| number.bound)
}

/// Returns true if `some` are 80% of `all`.
fn are_most(some: usize, all: usize) -> bool {
    some.saturating_mul(5) >= all.saturating_mul(4)
}

fn check(printed: &Printed<'_>, usage: &Usage, findings: &mut Findings) {
    let mut missing: BTreeMap<(SeriesKind, Column), Bilingual> = BTreeMap::new();
    let mut add = |series: SeriesKind, column: Column, reason: Bilingual| {
        if !printed.cells.contains(&(series, column)) {
            missing.entry((series, column)).or_insert(reason);
        }
    };
    for series in [SeriesKind::Actual, SeriesKind::Target, SeriesKind::Forecast] {
        for (year, reason) in gaps(printed, series, usage) {
            add(series, Column::Year(year), reason);
        }
    }
    rates::check(printed, usage, &mut add);
    rates::ranks(printed, usage, &mut add);
    siblings::check(printed, &mut add);
    previous::kept(printed, usage, &mut add);
    previous::rolled(printed, usage, &mut add);
    usual::check(printed, usage, &mut add);
    usual::target(printed, usage, &mut add);
    for ((series, column), reason) in missing {
        let key = Key::Series(printed.indicator, series, column);
        let (name, cell) = (&printed.indicator.name, key.to_string());
        let cell = cell.rsplit_once(&format!("{}.", printed.indicator.id)).map_or(cell.as_str(), |(_, cell)| cell);
        let Bilingual { ja, en } = reason;
        let message = say!(
            ja: "指標「{name}」に `{cell}` がありません。{ja}",
            en: "the indicator `{name}` has no `{cell}`: {en}"
        );
        let help = say!(
            ja: "資料の値を書いてください。資料で空欄なら、`{cell} = \"-\"` のように書いてください",
            en: "write the value of the source; if it is empty there, write `{cell} = \"-\"`"
        );
        if let Some(span) = nearest(printed.figures, series, column) {
            findings.add(span, key, message, help);
        }
    }
}

/// Years left out of a series in which yearly values surround them.
fn gaps(printed: &Printed<'_>, series: SeriesKind, usage: &Usage) -> Vec<(FiscalYear, Bilingual)> {
    if printed.indicator.interval.is_some_and(|interval| interval > 1) {
        return Vec::new();
    }
    let years: Vec<i32> = printed
        .cells
        .iter()
        .filter_map(|(other, column)| match column {
            Column::Year(year) if *other == series => Some(year.0),
            _ => None,
        })
        .collect();
    let steps: Vec<i32> = years.windows(2).filter_map(|pair| Some(pair.last()? - pair.first()?)).collect();
    let consecutive = steps.iter().filter(|step| **step == 1).count();
    let mut gaps = Vec::new();
    for (at, (before, _)) in years.iter().zip(&steps).enumerate().filter(|(_, (_, step))| **step == 2) {
        let year = FiscalYear(before + 1);
        let (around, within) = usage.within.get(&(series.key(), year)).copied().unwrap_or_default();
        let others = around.saturating_sub(1);
        let in_previous =
            printed.before.as_ref().is_some_and(|before| before.cells.contains(&(series, Column::Year(year))));
        // The first value can be a baseline.
        let has_one_gap = steps.iter().filter(|step| **step != 1).count() == 1;
        let is_only_gap = at > 0 && has_one_gap;
        let is_usual = others >= OTHERS && within.saturating_mul(2) > others;
        let is_unusual = others >= OTHERS && !is_usual;
        let usual = is_usual && (at > 0 || series == SeriesKind::Target);
        let alone = is_only_gap && years.len() >= CONSECUTIVE && consecutive >= 2;
        // Running totals from one year on, and values carried forward, are printed in some years only.
        let measured = |year: i32| match series {
            SeriesKind::Actual => printed.figures.actual.get(&FiscalYear(year)).and_then(|value| value.measured),
            _ => None,
        };
        let is_of_column = |year: i32| {
            measured(year).is_none_or(|of| {
                of.to == FiscalYear(year)
                    && of.from < of.to
                    && measured(year - 1).is_none_or(|other| other.from < of.from)
            })
        };
        // Targets of every other year are those of a plan, which holds for all indicators.
        let is_planned = series == SeriesKind::Target && usual && are_most(within, others);
        // Moving periods of several years may be printed every other year.
        let is_moving = measured(*before).is_some() || measured(before + 2).is_some();
        let is_yearly = (consecutive > 0 || is_planned) && is_of_column(*before) && is_of_column(before + 2);
        let is_yearly = is_yearly && (has_one_gap || !is_moving);
        if !is_yearly || is_unusual || !(usual || in_previous || alone) {
            continue;
        }
        let (before, after, count) = (FiscalYear(*before).short(), FiscalYear(before + 2).short(), years.len());
        let reason = if in_previous {
            say!(
                ja: "{before}と{after}の値があり、前の版にはあります",
                en: "there are values of {before} and {after}, and the previous sheet has it"
            )
        } else if usual {
            say!(
                ja: "{before}と{after}の値があり、同様の{others}指標のうち{within}指標にはあります",
                en: "there are values of {before} and {after}, and {within} of {others} other such indicators have it"
            )
        } else {
            say!(
                ja: "{before}と{after}を含む{count}個の値は毎年度続いています",
                en: "the other values ({count}), of {before} and {after} among others, are of consecutive years"
            )
        };
        gaps.push((year, reason));
    }
    gaps
}

/// Span of the cell beside which the missing one belongs: the one before it in its series, else the one after it; without
/// either, the last of the series before.
fn nearest(figures: &Figures, series: SeriesKind, column: Column) -> Option<Span> {
    let values = || figures.values();
    let of_series = || values().filter(|(other, ..)| *other == series);
    let earlier = of_series().filter(|(_, of, _)| *of < column).max_by_key(|(_, of, _)| *of);
    let later = || of_series().filter(|(_, of, _)| *of > column).min_by_key(|(_, of, _)| *of);
    let before = || values().filter(|(other, ..)| *other < series).max_by_key(|(.., value)| value.span.start);
    let any = || values().min_by_key(|(.., value)| value.span.start);
    earlier.or_else(later).or_else(before).or_else(any).map(|(.., value)| value.span)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, indicator, program};

    fn check(keys: &str, figures: &str, expected: &[&str]) {
        indicator(keys, figures).assert_finds("missing-cell", expected);
    }

    #[test]
    fn reports_a_year_left_out_of_a_yearly_series() {
        let found = &["programs/a/2023.md:4"];
        check("", "actual.R1 = 1\nactual.R2 = 2\nactual.R4 = 4\nactual.R5 = 5", found);
        check("", "actual.R1 = 1\nactual.R2 = 2\nactual.R3 = '-'\nactual.R4 = 4\nactual.R5 = 5", &[]);
        check("", "actual.R1 = 1\nactual.R3 = 3\nactual.R5 = 5", &[]);
        check("", "actual.H27 = 1\nactual.R3 = 3\nactual.R4 = 4\nactual.R5 = 5", &[]);
        check("", "actual.R2 = 1\nactual.R4 = 4\nactual.R5 = 5", &[]);
        check("interval = 2", "actual.R1 = 1\nactual.R2 = 2\nactual.R4 = 4\nactual.R5 = 5", &[]);
    }

    #[test]
    fn years_that_other_indicators_leave_out_are_no_gaps() {
        let figures = "actual.R1 = 1\nactual.R2 = 2\nactual.R4 = 4\nactual.R5 = 5";
        let node = "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\n[[indicator]]\nid = 'y'\nname = 'Y'\n[[indicator]]\nid = 'z'\nname = 'Z'\n+++\n";
        let sheet = ["x", "y", "z"].map(|id| format!("[indicator.{id}]\n{figures}\n")).concat();
        Fixture::new().with(program("a", &sheet)).file("programs/a/program.md", node).assert_finds("missing-cell", &[]);
    }

    #[test]
    fn reports_the_target_of_a_year_with_a_rate() {
        let figures = "target.R4 = 10\nactual.R4 = 10\nactual.R5 = 9\nrate.R5 = 90\n";
        check("", figures, &["programs/a/2023.md:3"]);
        check("", &format!("{figures}target.R5 = 10"), &[]);
        check("", &figures.replace("target.R4", "target.end"), &[]);
    }

    #[test]
    fn reports_a_rate_that_the_previous_sheet_has() {
        let figures = |year: &str| format!("target.{year} = 10\nactual.{year} = 9\n");
        let next = |rate: &str| {
            indicator("", &format!("{}rate.R5 = 90", figures("R5")))
                .edition("2024", "R6")
                .file("programs/a/2024.md", &format!("+++\n[indicator.x]\n{}{rate}\n+++\n", figures("R6")))
        };
        next("rate.R6 = 90").assert_finds("missing-cell", &[]);
        next("").assert_finds("missing-cell", &["programs/a/2024.md:4"]);
    }

    #[test]
    fn reports_a_comparison_that_two_others_have() {
        let keys = ["p", "q", "r"].map(|id| format!("[[indicator.comparison]]\nid = '{id}'\nname = '{id}'\n")).concat();
        let figures = "actual.R5 = 5\ncomparison.p.R5 = 5\ncomparison.q.R5 = 6\n";
        check(&keys, figures, &["programs/a/2023.md:5"]);
        check(&keys, &format!("{figures}comparison.r.R5 = '-'"), &[]);
        check(&keys, "actual.R5 = 5\ncomparison.p.R5 = 5", &[]);
    }

    #[test]
    fn reports_targets_that_other_indicators_still_have() {
        let ids = ["x", "y", "z"];
        let node = ids.map(|id| format!("[[indicator]]\nid = '{id}'\nname = '{id}'\n")).concat();
        let sheet = |year: &str, last: &str| {
            let figures = ids.map(|id| {
                format!("[indicator.{id}]\nactual.{year} = 1\n{}\n", if id == "z" { last } else { "target.R8 = 5" })
            });
            format!("+++\n{}+++\n", figures.concat())
        };
        let content = |last: &str| {
            Fixture::new()
                .edition("2024", "R6")
                .file("programs/a/program.md", &format!("+++\nname = 'A'\n{node}+++\n"))
                .file("programs/a/2023.md", &sheet("R5", "target.R8 = 5"))
                .file("programs/a/2024.md", &sheet("R6", last))
        };
        content("target.R8 = 5").assert_finds("missing-cell", &[]);
        content("target.R8 = '-'").assert_finds("missing-cell", &[]);
        content("").assert_finds("missing-cell", &["programs/a/2024.md:9"]);
    }

    #[test]
    fn reports_the_counterpart_of_a_target_that_other_indicators_have() {
        let ids = ["a", "b", "c", "d", "e", "f", "g", "h", "z"];
        let node = ids.map(|id| format!("[[indicator]]\nid = '{id}'\nname = '{id}'\n")).concat();
        let sheet = |year: &str, last: &str| {
            let figures = ids.map(|id| {
                let target = if id == "z" { last.to_owned() } else { format!("target.{year} = 5") };
                format!("[indicator.{id}]\nactual.{year} = 1\n{target}\n")
            });
            format!("+++\n{}+++\n", figures.concat())
        };
        let content = |last: &str| {
            Fixture::new()
                .edition("2024", "R6")
                .file("programs/a/program.md", &format!("+++\nname = 'A'\n{node}+++\n"))
                .file("programs/a/2023.md", &sheet("R5", "target.R5 = 5"))
                .file("programs/a/2024.md", &sheet("R6", last))
        };
        content("target.R6 = 5").assert_finds("missing-cell", &[]);
        content("").assert_finds("missing-cell", &["programs/a/2024.md:27"]);
    }

    #[test]
    fn reports_a_rate_left_out_between_others() {
        let years = |year: &str| format!("actual.{year} = 9\ntarget.{year} = 10\n");
        let figures = ["R3", "R4", "R5"].map(years).concat();
        check("", &format!("{figures}rate.R3 = 90\nrate.R5 = 90"), &["programs/a/2023.md:9"]);
        check("", &format!("{figures}rate.R5 = 90"), &[]);
    }

    #[test]
    fn reports_a_rank_that_the_previous_sheet_has() {
        let node = ["x", "y"].map(|id| format!("[[indicator]]\nid = '{id}'\nname = '{id}'\n")).concat();
        let sheet = |years: &[&str], last: &str| {
            let figures = |id: &str, last: &str| {
                let values: String = years.iter().map(|year| format!("actual.{year} = 5\n")).collect();
                let ranks: String = years.iter().rev().skip(1).map(|year| format!("rank.{year} = 3\n")).collect();
                format!("[indicator.{id}]\n{values}{ranks}{last}")
            };
            let newest = years.last().unwrap();
            [figures("x", &format!("rank.{newest} = 3\n")), figures("y", last)].concat()
        };
        let check = |last: &str, expected: &[&str]| {
            Fixture::new()
                .edition("2024", "R6")
                .with(program("a", &sheet(&["R4", "R5"], "rank.R5 = 3\n")))
                .file("programs/a/2024.md", &format!("+++\n{}+++\n", sheet(&["R4", "R5", "R6"], last)))
                .file("programs/a/program.md", &format!("+++\nname = 'A'\n{node}+++\n"))
                .assert_finds("missing-cell", expected);
        };
        check("rank.R6 = 3\n", &[]);
        check("", &["programs/a/2024.md:13"]);
    }
}
