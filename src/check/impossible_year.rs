//! The rule `impossible-year`.

use super::period::check_start;
use super::visit::{Key, SheetRef, sheets};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{
    AmountKey, AmountTable, Column, Day, Edition, EditionIx, Estimate, FiscalYear, Kind, PhaseKind, Report, SeriesKind,
    Stage, StrategyIx, Value, YearKind,
};
use std::collections::{BTreeMap, HashMap};

pub(super) const LINT: Lint = Lint {
    rule: Rule::ImpossibleYear,
    title: Bilingual { ja: "年度があり得ない値", en: "a value of an impossible year" },
    explanation: Bilingual {
        ja: "版の年度より後の年度の実績値、決算額、人工の実績、達成率、順位を指摘します（見込み（`estimated`）、`forecast`、\
             同じ版のほかの指標や事業にも同じ年度の値があるものを除く）。ほかに、その欄や版の年度より後に測られた値（`(R7)`）、\
             版の年度より前の年度の目標値と見込のうち前の版では後の年度にあり、今の版ではその年度にないもの、\
             年度の外の基準日（`as_of`。翌年度の5月末まで認めます）、計画や版の年度から50年以上離れた年度、\
             ほかの行にはほとんどない年度の金額（2年度以上前の計画額、2年度を超えて後の予算額、10年度以上前の額）、\
             同じ種類のほかの行すべてにある年度がなく、ほかのどの行にもない年度にある金額、その版の年度の決算額より後に\
             始まる事業の期間を指摘します。",
        en: "Reported are actual values, settlements, actual staff, rates and ranks of a year after that of the edition (except \
             estimates, `forecast`, and years that other indicators or programs of the edition have too); values measured \
             (`(R7)`) after their column or edition; targets and forecasts of past years that the previous sheet has for a later year, which is missing here; reference dates (`as_of`) outside their year (accepted until the end of May \
             after it); years 50 or more years away from the plan and the edition; amounts of a year that hardly any other row has (plans two or more years before \
             the edition, budgets more than two years after it, any ten or more years before it); and amounts of a year that no other \
             row has, where the year that all other rows have is missing; and periods that begin after a settlement of the edition.",
    },
    example: concat!(
        "settlement.R9 = 402669       # 2023.md (R5)\n",
        "rank.R5 = \"57 (R30)\"\n",
        "target.R80 = \"88.0\""
    ),
    remedy: Bilingual {
        ja: "年度を資料のとおりに直してください。見込みの値は `forecast` に書くか、`estimated = true` を添えてください。",
        en: "Write the year of the source. Write expected values as `forecast`, or with `estimated = true`.",
    },
    confidence: Confidence::Likely,
    run,
};

/// Distance in years from the plan and the edition beyond which no target or value lies.
const FAR: i32 = 50;
/// Number of years after that of the edition for which there are budgets.
const BUDGETED: i64 = 2;
/// Number of years before that of the edition from which amounts are hardly printed.
const SETTLED: i64 = 10;
/// Number of other programs that show which years are usual.
const ROWS: usize = 5;
/// Number of rows that make a year usual.
const USUAL: usize = 3;

/// Number of nodes or indicators with a value, by kind of value and year.
type Usage = HashMap<(StrategyIx, EditionIx, String, FiscalYear), usize>;

fn run(report: &Report, findings: &mut Findings) {
    check_start(report, findings);
    let rows = rows_of(report);
    let mut usage = Usage::new();
    for item in sheets(report) {
        for (key, _) in item.values().filter(|(_, value)| !value.is_missing()) {
            if let Some((class, year)) = class_of(item, &key) {
                *usage.entry((item.id.strategy, item.sheet.edition, class, year)).or_default() += 1;
            }
        }
    }
    for item in sheets(report) {
        for (key, value) in item.values() {
            check_value(item, &key, value, &usage, findings);
        }
        check_rows(&rows, item, findings);
    }
}

/// Kind of a value and its year; `None` for a value without a year.
fn class_of(item: SheetRef<'_>, key: &Key<'_>) -> Option<(String, FiscalYear)> {
    match key {
        Key::Series(_, series, Column::Year(year)) => Some((series.key().to_owned(), *year)),
        Key::Amount(path) => {
            let key = item.strategy.amounts.key(path.table, path.key);
            Some((format!("{}.{key}", path.table.key()), path.year?))
        }
        _ => None,
    }
}

fn check_value(item: SheetRef<'_>, key: &Key<'_>, value: &Value, usage: &Usage, findings: &mut Findings) {
    let printed = &value.printed;
    let reported = item.edition.year;
    let (column, is_result, year_kind) = match key {
        Key::Series(indicator, series, Column::Year(year)) => {
            (*year, !matches!(series, SeriesKind::Target | SeriesKind::Forecast), indicator.year_kind)
        }
        Key::Amount(path) => match path.year {
            Some(year) => (year, path.key.phase.kind == PhaseKind::Settlement, YearKind::Fiscal),
            None => return,
        },
        _ => return,
    };
    let of_column = column.short();
    let is_expected = value.estimated == Some(Estimate::Expected) || value.is_missing();
    let message = if let Some(reported) =
        reported.filter(|year| is_result && !is_expected && is_after(item.edition, column, *year))
        && class_of(item, key).is_some_and(|(class, year)| {
            let count = usage.get(&(item.id.strategy, item.sheet.edition, class, year)).copied().unwrap_or_default();
            count < USUAL
        }) {
        say!(
            ja: "{of_column}の値「{printed}」は、版の年度（{edition}）より後の実績です",
            en: "the result `{printed}` is of {of_column}, after the year of the edition ({edition})",
            edition = reported.short()
        )
    } else if let Some(measured) = value.measured.map(|period| period.to).filter(|year| *year > column) {
        say!(
            ja: "{of_column}の欄の値「{printed}」が、それより後の{measured}に測られています",
            en: "the value `{printed}` in the column of {of_column} was measured later, in {measured}",
            measured = measured.short()
        )
    } else if let Some(reported) = reported.filter(|year| is_unusual(item, key, *year, usage)) {
        let name = if column < reported { ("前", "before") } else { ("後", "after") };
        say!(
            ja: "{of_column}の額「{printed}」は、版の年度（{edition}）から離れた{ja}の年度のもので、ほかにその年度の額のある行はわずかです",
            en: "the amount `{printed}` is of {of_column}, well {en} the year of the edition ({edition}), of which hardly any row has one",
            edition = reported.short(),
            ja = name.0,
            en = name.1
        )
    } else if let Some(reported) = reported.filter(|year| is_moved_to_past(item, key, *year, usage)) {
        say!(
            ja: "「{printed}」は版の年度（{edition}）より前の {of_column} の値ですが、前の版では後の年度の値で、その年度の値がありません",
            en: "`{printed}` is of {of_column}, before the year of the edition ({edition}); the previous sheet has it for a later year, which is missing here",
            edition = reported.short()
        )
    } else if is_far(item, column) {
        let period = item.strategy.period.map(|period| format!("{}–{}", period.from.short(), period.to.short()));
        let of_edition = period.or_else(|| reported.map(FiscalYear::short)).unwrap_or_default();
        say!(
            ja: "「{printed}」の年度 {of_column} が、計画や版の年度（{of_edition}）から{FAR}年以上離れています",
            en: "the year {of_column} of `{printed}` is {FAR} or more years away from the plan or the edition ({of_edition})"
        )
    } else if let Some(date) = value.as_of.as_deref().filter(|date| !is_within(date, column, year_kind)) {
        say!(
            ja: "{of_column}の値「{printed}」の基準日「{date}」が、その年度の外にあります",
            en: "the reference date `{date}` of the value `{printed}` is outside its year, {of_column}"
        )
    } else {
        return;
    };
    findings.add(value.span, key, message, help());
}

fn help() -> Bilingual {
    say!(
        ja: "年度を資料と見比べてください",
        en: "compare the year with the source"
    )
}

/// Returns true if a result of `column` cannot be known when an edition on `reported` is published.
fn is_after(edition: &Edition, column: FiscalYear, reported: FiscalYear) -> bool {
    match edition.stage {
        Stage::Final | Stage::Interim => column > reported,
        Stage::Plan => column >= reported,
    }
}

/// Returns true for a plan of a year well before the edition, a budget of a year well after it, and an amount of a year long
/// before it, unless other rows have one too.
fn is_unusual(item: SheetRef<'_>, key: &Key<'_>, reported: FiscalYear, usage: &Usage) -> bool {
    let Key::Amount(path) = key else { return false };
    let Some((class, year)) = class_of(item, key).filter(|_| item.edition.stage == Stage::Final) else { return false };
    let after = i64::from(year.0) - i64::from(reported.0);
    let is_out_of_place = match path.key.phase.kind {
        PhaseKind::Plan => after < -1,
        PhaseKind::Budget => after > BUDGETED,
        PhaseKind::Settlement => false,
    };
    let count = usage.get(&(item.id.strategy, item.sheet.edition, class, year)).copied().unwrap_or_default();
    (is_out_of_place || after <= -SETTLED) && count < USUAL
}

/// Returns true for a target or forecast of a past year that the previous sheet has for a later year, which is missing here.
fn is_moved_to_past(item: SheetRef<'_>, key: &Key<'_>, reported: FiscalYear, usage: &Usage) -> bool {
    let Key::Series(indicator, series @ (SeriesKind::Target | SeriesKind::Forecast), column) = key else {
        return false;
    };
    let Some((class, year)) = class_of(item, key).filter(|(_, year)| *year < reported) else { return false };
    let Some(index) = item.node.indicators.iter().position(|other| other.id == indicator.id) else { return false };
    let earlier: Vec<_> = item
        .node
        .sheets
        .iter()
        .filter(|sheet| sheet.edition < item.sheet.edition)
        .filter_map(|sheet| sheet.figures.get(&index))
        .collect();
    let Some(value) = item.sheet.figures.get(&index).and_then(|now| figure(now, *series, *column)) else {
        return false;
    };
    let is_new = earlier.iter().all(|figures| figure(figures, *series, *column).is_none());
    // The same value of a later year, which this sheet lacks.
    let is_moved = earlier.last().is_some_and(|before| {
        before.values().any(|(kind, of, before)| {
            let is_lacking = item.sheet.figures.get(&index).is_some_and(|now| figure(now, *series, of).is_none());
            kind == *series && of >= Column::Year(reported) && before.printed == value.printed && is_lacking
        })
    });
    let count = usage.get(&(item.id.strategy, item.sheet.edition, class, year)).copied().unwrap_or_default();
    is_new && is_moved && count < USUAL
}

fn figure(figures: &crate::model::Figures, series: SeriesKind, column: Column) -> Option<&Value> {
    figures.values().find(|(kind, of, _)| *kind == series && *of == column).map(|(.., value)| value)
}

fn is_far(item: SheetRef<'_>, column: FiscalYear) -> bool {
    let known = item.edition.year.into_iter().chain(item.strategy.period.into_iter().flat_map(|p| [p.from, p.to]));
    let mut distances = known.map(|year| (i64::from(year.0) - i64::from(column.0)).abs()).peekable();
    distances.peek().is_some() && distances.all(|distance| distance >= i64::from(FAR))
}

/// Returns true if a date can be the reference date of a value of `year`: from January, in which statistics of a calendar
/// year begin, to the end of May after it, when the books of a fiscal year are closed (出納整理期間). True for texts that are no dates.
fn is_within(date: &str, year: FiscalYear, kind: YearKind) -> bool {
    let month_ends = || [31, 30, 29, 28].into_iter().find_map(|day| Day::parse(&format!("{date}.{day}")));
    let Some(date) = Day::parse(date).or_else(month_ends) else { return true };
    let limit = |year: i32, day: &str| Day::parse(&format!("{year}-{day}"));
    let last = match kind {
        YearKind::Fiscal => "05-31",
        YearKind::Calendar => "01-31",
    };
    limit(year.0, "01-01").is_none_or(|first| first <= date)
        && limit(year.0.saturating_add(1), last).is_none_or(|last| date <= last)
}

/// Years of the amounts of one row of the table of costs, over all programs of an edition.
#[derive(Default)]
struct Years {
    programs: usize,
    count: BTreeMap<FiscalYear, usize>,
}

impl Years {
    /// Returns true if four of five programs have an amount in each year, apart from years of a single program.
    fn is_regular(&self) -> bool {
        let shared = self.count.values().filter(|count| **count > 1);
        shared.into_iter().all(|count| count.saturating_mul(5) >= self.programs.saturating_mul(4))
    }
}

type Rows = BTreeMap<(StrategyIx, EditionIx, AmountTable, AmountKey), Years>;

fn rows_of(report: &Report) -> Rows {
    let mut rows = Rows::new();
    for item in sheets(report).filter(|item| item.node.kind == Kind::Program) {
        for (table, amounts) in item.sheet.amount_tables() {
            for (key, years) in &amounts.by_year {
                let row = rows.entry((item.id.strategy, item.sheet.edition, table, *key)).or_default();
                row.programs += 1;
                years.keys().for_each(|year| *row.count.entry(*year).or_default() += 1);
            }
        }
    }
    rows
}

/// Reports amounts in a year that no other program of the edition has, if the year that all others have is missing.
fn check_rows(rows: &Rows, item: SheetRef<'_>, findings: &mut Findings) {
    for (table, amounts) in item.sheet.amount_tables().into_iter().filter(|_| item.node.kind == Kind::Program) {
        for (key, years) in &amounts.by_year {
            let Some(row) = rows.get(&(item.id.strategy, item.sheet.edition, table, *key)) else { continue };
            let others = row.programs.saturating_sub(1);
            let missing = row.count.iter().find(|(year, count)| **count == others && !years.contains_key(year));
            let Some((usual, _)) = missing.filter(|_| others >= ROWS && row.is_regular()) else { continue };
            for (year, value) in years.iter().filter(|(year, _)| row.count.get(year) == Some(&1)) {
                if findings.has(value.span) {
                    continue;
                }
                let (printed, year_name, usual) = (&value.printed, year.short(), usual.short());
                let message = say!(
                    ja: "「{printed}」の年度は {year_name} ですが、ほかの{others}事業の同じ欄にはいずれも {usual} の額があり、{year_name} の額はありません",
                    en: "`{printed}` is an amount of {year_name}, but all other programs ({others}) have one of {usual} there and none of {year_name}"
                );
                let path = item.amount_path(table, *key, Some(*year));
                findings.add(value.span, Key::Amount(path), message, help());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, indicator, program};

    fn check(figures: &str, expected: &[&str]) {
        indicator("", figures).assert_finds("impossible-year", expected);
    }

    const FOUND: &[&str] = &["programs/a/2023.md:3"];

    #[test]
    fn reports_results_after_the_edition() {
        check("actual.R6 = 1", FOUND);
        check("rate.R6 = 1", FOUND);
        check("actual.R6 = { value = 1, estimated = true }", &[]);
        check("target.R6 = 1\nforecast.R6 = 1", &[]);
        check("actual.R6 = '-'", &[]);
        let amount = |sheet: &str| Fixture::new().with(program("a", sheet));
        amount("[money]\nsettlement.R6 = 1").assert_finds("impossible-year", FOUND);
        amount("[money]\nbudget.R6 = 1\nplan.R9 = 1").assert_finds("impossible-year", &[]);
        amount("[money]\nplan.R4 = 1").assert_finds("impossible-year", &[]);
        amount("[money]\nplan.R3 = 1").assert_finds("impossible-year", FOUND);
        amount("[money]\nbudget.R15 = 1").assert_finds("impossible-year", FOUND);
        amount("[money]\nsettlement.H3 = 1").assert_finds("impossible-year", FOUND);
    }

    #[test]
    fn accepts_results_after_the_edition_that_many_have() {
        let later = "[indicator.x]\nactual.R6 = 1";
        let node = "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\n+++\n";
        let ids = ["a", "b", "c"];
        let content = ids.iter().fold(Fixture::new(), |content, id| {
            content.with(program(id, later)).file(&format!("programs/{id}/program.md"), node)
        });
        content.assert_finds("impossible-year", &[]);
    }

    #[test]
    fn reports_values_measured_after_their_column() {
        check("rank.R5 = '57 (R5)'", &[]);
        check("rank.R5 = '57 (R4)'", &[]);
        check("rank.R5 = '57 (R30)'", FOUND);
        check("target.R5 = '57 (R30)'", FOUND);
        check("target.end = '57 (R9)'", &[]);
    }

    #[test]
    fn reports_years_far_from_the_plan() {
        check("target.R80 = 5", FOUND);
        check("target.2050 = 5", &[]);
    }

    #[test]
    fn reports_reference_dates_outside_the_year() {
        let interim = |date: &str| format!("actual.R5 = {{ value = 3, as_of = '{date}' }}");
        for date in ["R5.9.30", "令和5年1月1日", "令和6年5月31日", "R5.9", "9月末"] {
            check(&interim(date), &[]);
        }
        for date in ["R6.9.30", "令和4年12月31日", "R6.9"] {
            check(&interim(date), FOUND);
        }
    }

    #[test]
    fn reports_a_target_moved_to_a_past_year() {
        let next = |figures: &str| {
            indicator("", "actual.R5 = 1\ntarget.R8 = 9")
                .edition("2024", "R6")
                .file("programs/a/2024.md", &format!("+++\n[indicator.x]\nactual.R6 = 2\n{figures}\n+++\n"))
        };
        next("target.R8 = 9").assert_finds("impossible-year", &[]);
        next("target.R3 = 9").assert_finds("impossible-year", &["programs/a/2024.md:4"]);
    }

    #[test]
    fn reports_an_amount_in_a_year_of_its_own() {
        let rows = |year: &str| {
            let content = ["b", "c", "d", "e", "f"]
                .iter()
                .fold(Fixture::new(), |content, id| content.with(program(id, "[money]\nbudget.R6 = 1")));
            content.with(program("a", &format!("[money]\nbudget.{year} = 1")))
        };
        rows("R6").assert_finds("impossible-year", &[]);
        rows("R60").assert_finds("impossible-year", FOUND);
    }
}
