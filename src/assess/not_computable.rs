//! Why there is no number: each reason with its own sentence for citizens.

use super::operand::Operand;
use crate::diagnostic::{Bilingual, say};
use crate::model::{FiscalYear, Incomparable, YearKind};
use strum::IntoStaticStr;

/// What stands in place of a number that would say nothing, or say something false.
#[derive(Debug, Clone, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum NotComputable {
    /// No actual value was published yet.
    NoActual,
    /// No target was printed.
    NoTarget,
    /// No baseline was printed.
    NoBaseline,
    /// The cell says that there is no value; holds how that was printed.
    Missing(Operand, String),
    /// The value is words; holds them.
    Words(Operand, String),
    /// The value is a range; holds it as printed.
    Range(Operand, String),
    /// The actual value, or the baseline, is a bound or an approximation; holds it as printed.
    NotExact(Operand, String),
    /// The newest actual value is not newer than the baseline.
    NothingSinceBaseline,
    /// The newest actual value counts only a part of its year.
    Interim(FiscalYear),
    /// The baseline, or the value before, counts a part of its year only or is an expectation.
    BaselineNotFinal,
    /// The newest actual value is of an older survey.
    CarriedForward {
        /// When it was measured.
        measured: FiscalYear,
        /// The year for which it was printed.
        printed_for: FiscalYear,
    },
    /// From this year on something else is counted.
    SeriesBreaks(FiscalYear),
    /// The target counts several years together, the actual value one.
    AnnualAgainstCumulative(FiscalYear),
    /// The method adds years up, but no first year is declared.
    NoCumulativeStart,
    /// The method adds years up, but the actual values are running totals already.
    AlreadyTotal,
    /// A year that should be added up has no value.
    GapInSum(FiscalYear),
    /// A value that should be added up counts several years already.
    WindowInSum(FiscalYear),
    /// The two values count so many years each.
    WindowsDiffer(i64, i64),
    /// The two values have different units.
    UnitsDiffer(String, String),
    /// The target is 0.
    ZeroTarget,
    /// The actual value is 0.
    ZeroActual,
    /// The baseline is 0.
    ZeroBaseline,
    /// The value expected by now is 0.
    ZeroExpected,
    /// Target and baseline are the same: T = B.
    TargetIsBaseline,
    /// The baseline was better than the target already; holds both as printed.
    BaselineBeatsTarget(String, String),
    /// Negative values, or a change of sign, leave a quotient without meaning.
    SignsChange,
    /// The report does not say which way is better.
    NoDirection,
    /// The method is for what is better less; here more is better.
    NotLower,
    /// The method measures an advance; this indicator is to be kept as it is.
    NotForMaintain,
    /// The target says 以上 where less is better, or 以下 where more is.
    DirectionsDiffer,
    /// The years of baseline and target are not known, or leave no years between them.
    NoYears,
    /// The years of the plan are not known.
    NoPlanYears,
    /// The values are no whole numbers of steps.
    NotSteps,
    /// The rate falls as things get better, the bands begin with high rates; or the reverse.
    BandsReversed,
}

impl NotComputable {
    /// Its name for other programs.
    pub fn code(&self) -> &'static str {
        self.into()
    }

    /// Why two figures count different things; `None` where it is only that one of them is not exact,
    /// not final, or no number.
    pub fn of(why: &Incomparable) -> Option<Self> {
        match why {
            Incomparable::NotANumber | Incomparable::NotSettled | Incomparable::NotExact => None,
            Incomparable::Windows(one, other) => Some(NotComputable::WindowsDiffer(*one, *other)),
            Incomparable::Units(one, other) => Some(NotComputable::UnitsDiffer(one.clone(), other.clone())),
            Incomparable::Break(year) => Some(NotComputable::SeriesBreaks(*year)),
            Incomparable::Totals(from) => Some(NotComputable::AnnualAgainstCumulative(*from)),
        }
    }

    /// Why there is no number, in a sentence; `years` is the kind of years of the indicator.
    pub fn sentence(&self, years: YearKind) -> Bilingual {
        match self {
            NotComputable::NoActual => {
                say!(ja: "実績値の記載がありません。", en: "No actual value is given.")
            }
            NotComputable::NoTarget => say!(ja: "目標値が示されていません。", en: "No target is given."),
            NotComputable::NoBaseline => {
                say!(ja: "比べる基準値の記載がここにはないため、どれだけ進んだかを計算できません。", en: "No baseline is given here, so progress from it cannot be computed.")
            }
            NotComputable::Missing(operand, printed) => {
                let Bilingual { ja, en } = operand.name();
                say!(ja: "{ja}は「{printed}」とされていて、値がありません。", en: "The {en} is printed as \"{printed}\": there is no value.")
            }
            NotComputable::Words(operand, printed) => {
                let Bilingual { ja, en } = operand.name();
                say!(ja: "{ja}は「{printed}」という言葉で、数ではありません。", en: "The {en}, \"{printed}\", is in words, not a number.")
            }
            NotComputable::Range(operand, printed) => {
                let Bilingual { ja, en } = operand.name();
                say!(ja: "{ja}は「{printed}」という範囲なので、一つの率になりません。", en: "The {en}, {printed}, is a range and gives no single rate.")
            }
            NotComputable::NotExact(operand, printed) => {
                let Bilingual { ja, en } = operand.name();
                say!(ja: "{ja}は「{printed}」という幅のある値なので、正確な計算ができません。", en: "The {en}, {printed}, is not exact, so nothing exact can be computed.")
            }
            NotComputable::NothingSinceBaseline => {
                say!(ja: "基準値より新しい実績値がありません。", en: "There is no actual value newer than the baseline.")
            }
            NotComputable::Interim(year) => {
                let (ja, en) = (year.japanese_as(years), year.english_as(years));
                say!(ja: "実績値は{ja}の途中までのものなので、目標値とまだ比べられません。", en: "The actual value counts only a part of {en} and cannot be compared yet.")
            }
            NotComputable::BaselineNotFinal => {
                say!(ja: "基準値が途中の値か見込みなので、どれだけ進んだかを計算できません。", en: "The baseline is interim or expected, so progress from it cannot be computed.")
            }
            NotComputable::CarriedForward { measured, printed_for } => {
                let (ja, for_ja) = (measured.japanese_as(years), printed_for.japanese_as(years));
                let (en, for_en) = (measured.english_as(years), printed_for.english_as(years));
                say!(
                    ja: "{for_ja}の欄の実績値は{ja}の調査の値で、その後の進み具合を表しません。",
                    en: "The actual value printed for {for_en} is of a survey of {en}; it does not show progress since."
                )
            }
            NotComputable::SeriesBreaks(year) => {
                let (ja, en) = (year.japanese_as(years), year.english_as(years));
                say!(ja: "{ja}から定義や調べ方が変わったため、それより前の値とは比べられません。", en: "What is counted changed in {en}; values before and after cannot be compared.")
            }
            NotComputable::AnnualAgainstCumulative(from) => {
                let (ja, en) = (from.japanese_as(years), from.english_as(years));
                say!(ja: "実績値は1年分、目標値は{ja}からの累計なので、そのままでは比べられません。", en: "The actual value counts one year, the target all years since {en}; they cannot be compared as they are.")
            }
            NotComputable::NoCumulativeStart => {
                say!(ja: "どの年度から累計するのかが示されていません。", en: "It is not said from which year on the values are to be added up.")
            }
            NotComputable::AlreadyTotal => {
                say!(ja: "実績値がすでに累計なので、足し合わせません。", en: "The actual values are running totals already and are not added up.")
            }
            NotComputable::GapInSum(year) => {
                let (ja, en) = (year.japanese_as(years), year.english_as(years));
                say!(ja: "{ja}の実績値がないため、累計を計算できません。", en: "There is no actual value for {en}, so the total cannot be computed.")
            }
            NotComputable::WindowInSum(year) => {
                let (ja, en) = (year.japanese_as(years), year.english_as(years));
                say!(ja: "{ja}の実績値は複数の年度を合わせた値なので、累計すると重なります。", en: "The actual value for {en} covers several years already; adding it up would count some twice.")
            }
            NotComputable::WindowsDiffer(one, other) => {
                say!(ja: "{one}年分の値と{other}年分の値なので、比べられません。", en: "One value covers {one} year(s), the other {other}; they cannot be compared.")
            }
            NotComputable::UnitsDiffer(one, other) => {
                say!(ja: "単位が「{one}」と「{other}」で異なるため、比べられません。", en: "The units differ, \"{one}\" and \"{other}\"; the values cannot be compared.")
            }
            NotComputable::ZeroTarget => {
                say!(ja: "目標値が0のため、割り算ができません。", en: "The target is 0, by which nothing can be divided.")
            }
            NotComputable::ZeroActual => {
                say!(ja: "実績値が0のため、割り算ができません。", en: "The actual value is 0, by which nothing can be divided.")
            }
            NotComputable::ZeroBaseline => {
                say!(ja: "基準値が0のため、割り算ができません。", en: "The baseline is 0, by which nothing can be divided.")
            }
            NotComputable::ZeroExpected => {
                say!(ja: "この時点で期待される値が0のため、割り算ができません。", en: "The value expected by now is 0, by which nothing can be divided.")
            }
            NotComputable::TargetIsBaseline => {
                say!(ja: "目標値が基準値と同じで、進むべき幅がないため、率を計算できません。", en: "The target is the same as the baseline; there is no way to go, and so no rate.")
            }
            NotComputable::BaselineBeatsTarget(baseline, target) => say!(
                ja: "基準値（{baseline}）がはじめから目標値（{target}）より良いため、この率は意味を持ちません。",
                en: "The baseline ({baseline}) was better than the target ({target}) from the start; the rate would mean nothing."
            ),
            NotComputable::SignsChange => {
                say!(ja: "負の値があるため、割り算の結果が意味を持ちません。", en: "There are negative values, with which a quotient means nothing.")
            }
            NotComputable::NoDirection => {
                say!(ja: "多いほど良いのか少ないほど良いのかが示されていません。", en: "It is not said whether more or less is better.")
            }
            NotComputable::NotLower => {
                say!(ja: "少ないほど良い指標のための方法ですが、この指標は多いほど良いものです。", en: "The method is for indicators that are better less; here more is better.")
            }
            NotComputable::NotForMaintain => {
                say!(ja: "維持することが目標の指標なので、どれだけ進んだかの率では表せません。", en: "The aim is to keep the value; a rate of progress does not apply.")
            }
            NotComputable::DirectionsDiffer => {
                say!(ja: "目標値の「以上」「以下」が、指標の良い向きと食い違っています。", en: "The bound of the target contradicts the direction in which the indicator is better.")
            }
            NotComputable::NoYears => {
                say!(ja: "基準値と目標値がそれぞれ何年度のものか分からず、間の年数を数えられません。", en: "The years between baseline and target cannot be counted.")
            }
            NotComputable::NoPlanYears => {
                say!(ja: "計画の期間が分からず、経過した年数を数えられません。", en: "The years of the plan are not known, so those passed cannot be counted.")
            }
            NotComputable::NotSteps => {
                say!(ja: "値が段階の数（0以上の整数）になっていません。", en: "The values are not whole numbers of steps.")
            }
            NotComputable::BandsReversed => say!(
                ja: "この率は、良くなるほど評価の区分とは逆の向きに動くため、区分に当てはめません。",
                en: "As things get better the rate moves against the bands, so no mark is taken from them."
            ),
        }
    }
}
