//! The words that charts bear, in the languages of the site.

use crate::diagnostic::Lang;
use crate::model::{Column, FiscalYear, MoneyKind, YearKind};

/// The words that charts bear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Texts {
    lang: Lang,
    years: YearKind,
    pub(super) actual: &'static str,
    pub(super) baseline: &'static str,
    pub(super) target: &'static str,
    pub(super) carried: &'static str,
    pub(super) interim: &'static str,
    pub(super) expected: &'static str,
    /// What stands under a baseline without a year on an axis of years, in two lines.
    pub(super) start: [&'static str; 2],
    /// What stands under the end of the plan on an axis of years, in two lines.
    pub(super) end: [&'static str; 2],
}

impl Texts {
    /// Japanese.
    pub const fn ja() -> Self {
        Self {
            lang: Lang::Ja,
            years: YearKind::Fiscal,
            actual: "実績値",
            baseline: "基準値",
            target: "目標値",
            carried: "以前の調査の値",
            interim: "年度途中の値",
            expected: "見込み",
            start: ["基準", ""],
            end: ["計画", "期間末"],
        }
    }

    /// English.
    pub const fn en() -> Self {
        Self {
            lang: Lang::En,
            years: YearKind::Fiscal,
            actual: "Actual",
            baseline: "Baseline",
            target: "Target",
            carried: "Earlier survey",
            interim: "Interim",
            expected: "Expected",
            start: ["base-", "line"],
            end: ["plan", "end"],
        }
    }

    /// The same for indicators with years of this kind.
    pub(super) fn for_years(&self, years: YearKind) -> Self {
        let interim = match (self.lang, years) {
            (Lang::Ja, YearKind::Calendar) => "年途中の値",
            _ => self.interim,
        };
        Self { years, interim, ..*self }
    }

    /// A fiscal year in two short lines, for an axis: `R1`, `2019`.
    pub fn short_year(&self, year: FiscalYear) -> [String; 2] {
        match year.era() {
            Some(_) => [year.short(), year.0.to_string()],
            None => [year.0.to_string(), String::new()],
        }
    }

    /// A fiscal year in one line: `令和元年度（2019年度）`, `FY2019 (R1)`.
    pub fn year(&self, year: FiscalYear) -> String {
        match self.lang {
            Lang::Ja => year.japanese_in_full_as(self.years),
            Lang::En => year.english_in_full_as(self.years),
        }
    }

    /// The name of a kind of money.
    pub const fn money(&self, kind: MoneyKind) -> &'static str {
        match (self.lang, kind) {
            (Lang::Ja, MoneyKind::Budget) => "予算額",
            (Lang::Ja, MoneyKind::Settlement) => "決算額",
            (Lang::Ja, MoneyKind::Plan) => "計画額",
            (Lang::En, MoneyKind::Budget) => "Budget",
            (Lang::En, MoneyKind::Settlement) => "Settlement",
            (Lang::En, MoneyKind::Plan) => "Plan",
        }
    }

    /// Powers of ten that have a short name, the greatest first.
    pub(super) const fn great_numbers(&self) -> &'static [(i32, &'static str)] {
        match self.lang {
            Lang::Ja => &[(12, "兆"), (8, "億"), (4, "万")],
            Lang::En => &[(12, "T"), (9, "B"), (6, "M"), (3, "k")],
        }
    }

    /// A column in one line.
    pub(super) fn column(&self, column: Column) -> String {
        match (column, self.lang) {
            (Column::Start, Lang::Ja) => "基準".to_owned(),
            (Column::Start, Lang::En) => "the start of the plan".to_owned(),
            (Column::Year(year), _) => self.year(year),
            (Column::End, Lang::Ja) => "計画期間末".to_owned(),
            (Column::End, Lang::En) => "the end of the plan".to_owned(),
        }
    }

    pub(super) fn line_title(&self, name: &str) -> String {
        match self.lang {
            Lang::Ja => format!("{name}の推移"),
            Lang::En => format!("{name}: year by year"),
        }
    }

    pub(super) fn bars_title(&self, name: &str) -> String {
        match self.lang {
            Lang::Ja => format!("{name}：実績と目標"),
            Lang::En => format!("{name}: actual and target"),
        }
    }

    pub(super) fn money_title(&self) -> &'static str {
        match self.lang {
            Lang::Ja => "年度ごとの金額",
            Lang::En => "Amounts by fiscal year",
        }
    }

    /// The opening of a description: what is drawn, and how.
    pub(super) fn line_chart(&self, name: &str) -> String {
        match self.lang {
            Lang::Ja => format!("{name}の折れ線グラフ。"),
            Lang::En => format!("Line chart of {name}."),
        }
    }

    /// The same for bars.
    pub(super) fn bar_chart(&self, name: &str) -> String {
        match self.lang {
            Lang::Ja => format!("{name}の横棒グラフ。"),
            Lang::En => format!("Bar chart of {name}."),
        }
    }

    /// A sentence on a series: its only value, or its first and last. Empty without values.
    pub(super) fn series<'v>(
        &self,
        name: &str,
        mut values: impl DoubleEndedIterator<Item = (Column, &'v str)>,
    ) -> String {
        let Some((from, first)) = values.next() else { return String::new() };
        let start = self.column(from);
        let Some((to, last)) = values.next_back() else {
            return match (self.lang, from) {
                (Lang::Ja, Column::Start) => [name, "は", first, "。"].concat(),
                (Lang::Ja, _) => [name, "は", &start, "の", first, "。"].concat(),
                (Lang::En, Column::Year(_)) => format!(" {name}: {first} in {start}."),
                (Lang::En, Column::Start | Column::End) => format!(" {name}: {first} at {start}."),
            };
        };
        let end = self.column(to);
        match self.lang {
            Lang::Ja => [name, "は", &start, "の", first, "から", &end, "の", last, "まで。"].concat(),
            Lang::En => format!(" {name}: from {first} ({start}) to {last} ({end})."),
        }
    }

    /// What is written beside a target: with its column, and without.
    pub(super) fn target_labels(&self, column: Column, printed: &str) -> [String; 2] {
        let short = match (column, self.lang) {
            (Column::Year(year), _) => year.short(),
            (Column::Start | Column::End, Lang::Ja) => "計画期間末".to_owned(),
            (Column::Start | Column::End, Lang::En) => "end of plan".to_owned(),
        };
        match self.lang {
            Lang::Ja => [["目標（", &short, "）", printed].concat(), ["目標 ", printed].concat()],
            Lang::En => [format!("Target ({short}) {printed}"), format!("Target {printed}")],
        }
    }

    /// The note on a target that counts all years together.
    pub(super) fn cumulative_target(&self, (column, value): (Column, &str)) -> String {
        let column = self.column(column);
        match self.lang {
            Lang::Ja => format!("目標は累計で{value}（{column}）"),
            Lang::En => format!("Target, all years together: {value} ({column})"),
        }
    }

    /// What a break in a series means.
    pub(super) fn broken(&self, year: FiscalYear) -> String {
        match self.lang {
            Lang::Ja => format!("{}から定義・調査が異なる", year.short()),
            Lang::En => format!("New definition from {}", year.short()),
        }
    }

    /// Ends a note as a sentence.
    pub(super) fn sentence(&self, note: &str) -> String {
        match self.lang {
            Lang::Ja => format!("{note}。"),
            Lang::En => format!(" {note}."),
        }
    }

    /// The sentence on the unit.
    pub(super) fn unit_sentence(&self, unit: &str) -> String {
        match self.lang {
            Lang::Ja => format!("単位は{unit}。"),
            Lang::En => format!(" Unit: {unit}."),
        }
    }

    /// The sentence that warns of an axis that begins elsewhere than at zero.
    pub(super) fn not_from_zero(&self) -> &'static str {
        match self.lang {
            Lang::Ja => "縦軸は0から始まらない。",
            Lang::En => " The axis does not begin at zero.",
        }
    }

    /// The name of the interim mark with the day up to which it counts.
    pub(super) fn interim_as_of(&self, day: Option<&str>) -> String {
        match (self.lang, day) {
            (_, None) => self.interim.to_owned(),
            (Lang::Ja, Some(day)) => format!("{}（{day}現在）", self.interim),
            (Lang::En, Some(day)) => format!("{} ({day})", self.interim),
        }
    }
}
