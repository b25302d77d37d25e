//! The methods and their steps in words.

use crate::diagnostic::{Bilingual, say};
use crate::model::{Better, MethodKind, Step};

/// What readers call a step.
pub(super) fn step_name(step: Step) -> Bilingual {
    match step {
        Step::Reached => say!(ja: "目標達成", en: "target reached"),
        Step::Better => say!(ja: "基準値より改善", en: "better than the baseline"),
        Step::Kept => say!(ja: "維持", en: "kept"),
        Step::Worse => say!(ja: "基準値より悪化", en: "worse than the baseline"),
        Step::Missed => say!(ja: "目標未達成", en: "target missed"),
    }
}

/// What a method computes, and how, in words.
pub(super) fn formula(kind: MethodKind, direction: Option<Better>) -> (Bilingual, Bilingual) {
    let rate = || say!(ja: "達成率", en: "rate");
    let progress = || say!(ja: "進捗率", en: "progress");
    let comparison = || say!(ja: "判定", en: "result");
    match kind {
        MethodKind::Ratio => (rate(), say!(ja: "実績値 ÷ 目標値", en: "actual ÷ target")),
        MethodKind::InverseRatio => (rate(), say!(ja: "目標値 ÷ 実績値", en: "target ÷ actual")),
        MethodKind::Milestone => {
            (rate(), say!(ja: "終わった段階の数 ÷ 目標の段階の数", en: "steps done ÷ steps aimed at"))
        }
        MethodKind::Cumulative => (rate(), say!(ja: "実績値の累計 ÷ 目標値", en: "sum of actual values ÷ target")),
        MethodKind::Progress => (
            progress(),
            say!(ja: "(実績値 − 基準値) ÷ (目標値 − 基準値)", en: "(actual − baseline) ÷ (target − baseline)"),
        ),
        MethodKind::Prorated | MethodKind::Path => {
            let Bilingual { ja, en } = match kind {
                MethodKind::Path => {
                    say!(ja: "測定までの年数 ÷ 目標までの年数", en: "years to the measurement ÷ years to the target")
                }
                _ => say!(
                    ja: "経過した年数 ÷ 計画の最初から目標までの年数",
                    en: "years passed ÷ years from the start of the plan to the target"
                ),
            };
            let way = say!(
                ja: "(基準値 + (目標値 − 基準値) × {ja})",
                en: "(baseline + (target − baseline) × {en})"
            );
            let Bilingual { ja, en } = way;
            let how = match direction {
                Some(Better::Lower) => say!(ja: "{ja} ÷ 実績値", en: "{en} ÷ actual"),
                _ => say!(ja: "実績値 ÷ {ja}", en: "actual ÷ {en}"),
            };
            (progress(), how)
        }
        MethodKind::Cagr => (
            say!(ja: "成長率の比", en: "growth ratio"),
            say!(
                ja: "実績値までの年平均成長率 ÷ 目標値に必要な年平均成長率",
                en: "yearly growth to the actual value ÷ yearly growth needed for the target"
            ),
        ),
        MethodKind::VersusBaseline => {
            (comparison(), say!(ja: "実績値を目標値・基準値と比べる", en: "actual compared with target and baseline"))
        }
        MethodKind::Maintain => (comparison(), say!(ja: "実績値を基準値と比べる", en: "actual compared with baseline")),
        MethodKind::Threshold => (comparison(), say!(ja: "実績値を目標値と比べる", en: "actual compared with target")),
        MethodKind::Declared => (comparison(), say!(ja: "計算によらない", en: "not computed")),
    }
}
