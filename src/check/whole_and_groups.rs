//! The rule `whole-and-groups`.

use super::robust::ratio;
use super::visit::{Key, indicators};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{Cell, Column, Decimal, FiscalYear, Indicator, Report, Series, SeriesKind, Value};

pub(super) const LINT: Lint = Lint {
    rule: Rule::WholeAndGroups,
    title: Bilingual {
        ja: "全体の値が、区分別の値と合わない",
        en: "a whole that does not fit the values of its groups",
    },
    explanation: Bilingual {
        ja: "割合や平均では、全体の値は区分別（`breakdown`）の最小と最大の間にあります。区分が全体を分けていると分かるとき\
             （男女の別、またはほかの年度ではすべて間にあるとき）に、間にない年度を指摘します（1年度だけの区分も、要確認として指摘します）。件数や人数では、\
             ほかの年度で区分の和が全体と等しいときに、等しくない年度を指摘します。指摘する欄は、ほかの値と違う動きをした値です。",
        en: "For shares and averages, the whole lies between the least and the greatest value of the groups (`breakdown`). Years \
             in which it does not are reported if the groups are known to divide the whole: men and women, or groups between \
             which it lies in all other years; groups of a single year are reported as worth a look. For counts, years are reported in which the groups do not add up to the whole, \
             if they do in all others. The finding is at the value that changed unlike the others.",
    },
    example: concat!(
        "actual.R6 = \"47.6\"         # 42.6\n",
        "breakdown.men.R6 = \"39.4\"\n",
        "breakdown.women.R6 = \"45.5\""
    ),
    remedy: Bilingual {
        ja: "全体か区分別の値を、資料のとおりに直してください。",
        en: "Write the values of the source.",
    },
    confidence: Confidence::Likely,
    run,
};

/// Units of shares and averages; values in other units are counts.
const AVERAGES: [&str; 6] = ["%", "％", "点", "歳", "‰", "年"];

fn run(report: &Report, findings: &mut Findings) {
    for (_, node, id, indicator) in indicators(report).filter(|(.., indicator)| indicator.breakdowns.len() > 1) {
        let series = Series::merged(node, id.indicator as usize);
        let years: Vec<Year<'_>> = series
            .actual
            .iter()
            .filter_map(|cell| {
                let groups: Option<Vec<Decimal>> = (0..indicator.breakdowns.len())
                    .map(|index| exact(series.breakdowns.get(&index)?, cell.column))
                    .collect();
                Some(Year { year: cell.column, value: cell.value, whole: cell.value.exact()?, groups: groups? })
            })
            .collect();
        let unit = indicator.unit.as_deref().unwrap_or_default();
        let is_average = AVERAGES.contains(&unit) || unit.contains('/') || unit.contains('／');
        let fits = |year: &Year<'_>| if is_average { year.is_between() } else { year.adds_up() };
        let fitting = years.iter().filter(|year| fits(year)).count();
        let by_sex = is_average && is_by_sex(indicator);
        let others_fit = fitting > 0 && fitting + 1 >= years.len();
        let is_only_year = is_average && years.len() == 1;
        if by_sex || others_fit || is_only_year {
            let confidence = if by_sex || others_fit { Confidence::Likely } else { Confidence::Possible };
            let different = years.iter().filter(|year| !fits(year));
            different.for_each(|year| year.report(indicator, &series, is_average, confidence, findings));
        }
    }
}

fn exact(cells: &[Cell<'_, FiscalYear>], year: FiscalYear) -> Option<Decimal> {
    cells.iter().find(|cell| cell.column == year)?.value.exact()
}

/// Ratio of the value of a year to that of the nearest other year with a value.
fn change(cells: &[Cell<'_, FiscalYear>], year: FiscalYear) -> Option<Decimal> {
    let others = cells.iter().filter(|cell| cell.column != year).filter_map(|cell| Some((cell, cell.value.exact()?)));
    let (_, other) = others.min_by_key(|(cell, _)| (cell.column.0 - year.0).abs())?;
    exact(cells, year)?.checked_div(other).filter(|change| *change > Decimal::ZERO)
}

/// Returns true if the groups are men and women, and no others.
fn is_by_sex(indicator: &Indicator) -> bool {
    let has = |word: char| indicator.breakdowns.iter().any(|group| group.name.contains(word));
    indicator.breakdowns.len() == 2 && has('男') && has('女')
}

struct Year<'r> {
    year: FiscalYear,
    value: &'r Value,
    whole: Decimal,
    groups: Vec<Decimal>,
}

impl Year<'_> {
    fn is_between(&self) -> bool {
        let (min, max) = (self.groups.iter().min(), self.groups.iter().max());
        min.is_none_or(|min| *min <= self.whole) && max.is_none_or(|max| self.whole <= *max)
    }

    fn sum(&self) -> Decimal {
        self.groups.iter().fold(Decimal::ZERO, |sum, group| sum.saturating_add(*group))
    }

    fn adds_up(&self) -> bool {
        self.sum() == self.whole
    }

    /// The value that is probably wrong: the one whose change since its nearest other year differs most from the median
    /// change of the whole and its groups, which usually change alike; the whole if the changes are not known.
    fn suspect<'r>(&self, series: &Series<'r>) -> (SeriesKind, Option<&'r Value>) {
        let groups = series.breakdowns.iter().map(|(index, cells)| (SeriesKind::Breakdown(*index), cells));
        let all = std::iter::once((SeriesKind::Actual, &series.actual)).chain(groups);
        let changes: Option<Vec<_>> = all.map(|(kind, cells)| Some((kind, cells, change(cells, self.year)?))).collect();
        let changes = changes.unwrap_or_default();
        let mut sorted: Vec<Decimal> = changes.iter().map(|(.., change)| *change).collect();
        sorted.sort_unstable();
        let Some(median) = sorted.get(sorted.len() / 2).copied() else { return (SeriesKind::Actual, None) };
        // Of equal differences, the last is the whole.
        let suspect = changes.iter().rev().max_by_key(|(.., change)| ratio(*change, median));
        let Some((kind, cells, _)) = suspect else { return (SeriesKind::Actual, None) };
        (*kind, cells.iter().find(|cell| cell.column == self.year).map(|cell| cell.value))
    }

    fn report(
        &self,
        indicator: &Indicator,
        series: &Series<'_>,
        is_average: bool,
        confidence: Confidence,
        findings: &mut Findings,
    ) {
        let (printed, year) = (&self.value.printed, self.year.short());
        let groups = self.groups.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let message = if is_average {
            say!(
                ja: "{year}の全体の値「{printed}」が、区分別の値（{groups}）の間にありません",
                en: "the value `{printed}` of the whole in {year} is not between those of its groups ({groups})"
            )
        } else {
            say!(
                ja: "{year}の全体の値「{printed}」が、区分別の値（{groups}）の和 {sum} と合いません",
                en: "the value `{printed}` of the whole in {year} is not the sum {sum} of its groups ({groups})",
                sum = self.sum()
            )
        };
        let help = say!(
            ja: "全体と区分別の値を資料と見比べてください",
            en: "compare the whole and its groups with the source"
        );
        let (kind, suspect) = self.suspect(series);
        let key = Key::Series(indicator, kind, Column::Year(self.year));
        findings.add_as(confidence, suspect.unwrap_or(self.value).span, key, message, help);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::indicator;

    fn check(unit: &str, names: [&str; 2], figures: &str, expected: &[&str]) {
        let [one, other] = names;
        let keys = format!(
            "unit = '{unit}'\n[[indicator.breakdown]]\nid = 'a'\nname = '{one}'\n[[indicator.breakdown]]\nid = 'b'\nname = '{other}'"
        );
        indicator(&keys, figures).assert_finds("whole-and-groups", expected);
    }

    const SEXES: [&str; 2] = ["男性", "女性"];
    const SCHOOLS: [&str; 2] = ["小学校", "中学校"];
    const FOUND: &[&str] = &["programs/a/2023.md:3"];

    #[test]
    fn the_whole_lies_between_men_and_women() {
        check("%", SEXES, "actual.R5 = 42.6\nbreakdown.a.R5 = 39.4\nbreakdown.b.R5 = 45.5", &[]);
        check("%", SEXES, "actual.R5 = 47.6\nbreakdown.a.R5 = 39.4\nbreakdown.b.R5 = 45.5", FOUND);
        check("%", SCHOOLS, "actual.R5 = 47.6\nbreakdown.a.R5 = 39.4\nbreakdown.b.R5 = 45.5", FOUND);
        let years = "actual.R5 = 47.6\nactual.R4 = 47\nbreakdown.a.R5 = 39.4\nbreakdown.b.R5 = 45.5\nbreakdown.a.R4 = 39\nbreakdown.b.R4 = 45";
        check("%", SCHOOLS, years, &[]);
    }

    #[test]
    fn other_groups_are_compared_if_they_fit_in_other_years() {
        let before = "breakdown.a.R4 = 10\nbreakdown.b.R4 = 20\nbreakdown.a.R5 = 11\nbreakdown.b.R5 = 22";
        check("%", SCHOOLS, &format!("actual.R5 = 25\nactual.R4 = 15\n{before}"), FOUND);
        check("人", SCHOOLS, &format!("actual.R5 = 33\nactual.R4 = 30\n{before}"), &[]);
        check("人", SCHOOLS, &format!("actual.R5 = 32\nactual.R4 = 30\n{before}"), FOUND);
        check("人", SCHOOLS, &format!("actual.R5 = 32\nactual.R4 = 31\n{before}"), &[]);
        let group = before.replace("R5 = 11", "R5 = 110");
        check("人", SCHOOLS, &format!("actual.R5 = 33\nactual.R4 = 30\n{group}"), &["programs/a/2023.md:7"]);
    }
}
