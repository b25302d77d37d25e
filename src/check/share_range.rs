//! The rule `share-range`.

use super::visit::{Key, indicators, series_as_printed};
use super::words::contains_any;
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{Cell, Column, Decimal, Indicator, Report, Series, SeriesKind, Value, grouped};

pub(super) const LINT: Lint = Lint {
    rule: Rule::ShareRange,
    title: Bilingual { ja: "100% を超える割合", en: "a share above 100%" },
    explanation: Bilingual {
        ja: "単位が % の指標で、ほかの値（目標、比較、内訳を含む2個以上）がすべて 100 以下のとき、100 を超える値を指摘します。\
             名称に割合、受診率、満足度など、全体に対する部分を表す語があれば、ほかの値は一つで構いません。目標などの最大が100ちょうどの「～率」も同じです。そのような語がなければ、\
             ほかの最大値の1.25倍を超えるときだけ指摘します。達成率、前年比、増加率、充足率など、100 を超え得る率は調べません。\
             進捗率は、後の年度の目標値が 100 以下のときだけ調べます。",
        en: "In an indicator in %, a value above 100 is reported if all other values (two or more, including targets, comparisons \
             and groups) are at most 100. If the name says that it is a part of a whole (割合, 受診率, 満足度), one other value \
             is enough; if it does not, the value must exceed 1.25 times the greatest other value. Rates that can exceed 100 (達成率, \
             前年比, 増加率, 充足率) are not checked, 進捗率 only if a later year has a target of at most 100.",
    },
    example: concat!(
        "unit = \"%\"                 # 受診率\n",
        "actual.R4 = \"83.0\"\n",
        "actual.R5 = \"185.3\"         # 85.3"
    ),
    remedy: Bilingual {
        ja: "値を資料のとおりに直してください。", en: "Write the value of the source."
    },
    confidence: Confidence::Likely,
    run,
};

/// Words for a part of a whole.
pub(super) const SHARES: [&str; 31] = [
    "割合",
    "シェア",
    "構成比",
    "普及率",
    "加入率",
    "受診率",
    "参加率",
    "離職率",
    "就業率",
    "就職率",
    "合格率",
    "接種率",
    "適合率",
    "認知度",
    "認知率",
    "満足度",
    "実施率",
    "整備率",
    "改修率",
    "耐震化率",
    "回収率",
    "空室率",
    "空き家率",
    "高齢化率",
    "進学率",
    "出席率",
    "投票率",
    "喫煙率",
    "罹患率",
    "有病率",
    "リサイクル率",
];
/// Words for ratios that can exceed 100%.
const RATIOS: [&str; 28] = [
    "達成",
    "前年",
    "対比",
    "比較",
    "同月",
    "同期",
    "倍",
    "増",
    "伸び",
    "成長",
    "減",
    "変化",
    "充足",
    "充当",
    "執行",
    "進捗",
    "稼働",
    "稼動",
    "求人",
    "自給",
    "負担比率",
    "収支比率",
    "回復",
    "回転",
    "乗車",
    "混雑",
    "基準",
    "水準",
];
/// Factor beyond the greatest other value for names that do not say what is measured.
const JUMP: Decimal = Decimal::from_parts(125, 0, 0, false, 2);

fn run(report: &Report, findings: &mut Findings) {
    for (_, node, id, indicator) in indicators(report) {
        let texts = [Some(&indicator.name), indicator.definition.as_ref(), indicator.formula.as_ref()];
        let has = |words: &[&str]| texts.iter().flatten().any(|text| contains_any(text, words));
        // A share of what meets a standard (環境基準の適合率) is none of the standard.
        let conforms = indicator.name.contains("適合");
        let ratios: Vec<&str> = RATIOS.into_iter().filter(|word| !(conforms && *word == "基準")).collect();
        let is_progress = indicator.name.ends_with("進捗率") && !has(&["計画比", "予定比", "対計画"]);
        if has(&ratios) && !is_progress {
            continue;
        }
        let is_share = contains_any(&indicator.name, &SHARES);
        for series in series_as_printed(node, id.indicator as usize) {
            check(indicator, &series, is_share, is_progress, findings);
        }
    }
}

fn check(indicator: &Indicator, series: &Series<'_>, is_share: bool, is_progress: bool, findings: &mut Findings) {
    let cells: Vec<(SeriesKind, Cell<'_, Column>, Decimal)> = series
        .cells()
        .filter(|(kind, cell)| kind.is_in_unit() && is_percentage(indicator, cell.value))
        .filter_map(|(kind, cell)| Some((kind, cell, cell.value.decimal()?)))
        .collect();
    for (kind, cell, number) in cells.iter().filter(|(.., number)| *number > Decimal::ONE_HUNDRED) {
        let others = || cells.iter().filter(|(_, other, _)| other.value.span != cell.value.span);
        let Some(max) = others().map(|(.., number)| *number).max() else { continue };
        let count = others().count();
        // A progress above 100% before a later year that is still below it.
        let has_later = || others().any(|(kind, other, _)| *kind == SeriesKind::Target && other.column > cell.column);
        if is_progress && !has_later() {
            continue;
        }
        let is_far = count > 1 && *number > max.saturating_mul(JUMP);
        // A rate with a target of 100% is that of a whole.
        let is_complete = indicator.name.ends_with('率') && max == Decimal::ONE_HUNDRED && count > 1;
        let is_share = is_share || is_complete;
        if max > Decimal::ONE_HUNDRED || !(is_share || is_far) || findings.has(cell.value.span) {
            continue;
        }
        let (printed, max) = (&cell.value.printed, grouped(max));
        let message = say!(
            ja: "割合「{printed}」が 100% を超えています（ほかの{count}個の値は {max}% 以下です）",
            en: "the share `{printed}` is above 100% (the other values, {count}, are at most {max}%)"
        );
        let help = say!(
            ja: "値を資料と見比べてください。100% を超え得る率であれば、理由を書いて確認済みにしてください",
            en: "compare the value with the source; if it is a ratio that can exceed 100%, acknowledge the finding with the reason"
        );
        let confidence = if is_share { Confidence::Likely } else { Confidence::Possible };
        findings.add_as(confidence, cell.value.span, Key::Series(indicator, *kind, cell.column), message, help);
    }
}

fn is_percentage(indicator: &Indicator, value: &Value) -> bool {
    let printed = value.number().and_then(|number| number.unit.as_deref());
    printed.or(indicator.unit.as_deref()).is_some_and(|unit| matches!(unit, "%" | "％"))
}

#[cfg(test)]
mod tests {
    use super::super::testing::indicator;

    fn check(keys: &str, figures: &str, expected: &[&str]) {
        indicator(keys, figures).assert_finds("share-range", expected);
    }

    #[test]
    fn reports_shares_above_100() {
        let share = "unit = '%'\ndefinition = '受診した人の割合'";
        let figures = |last: &str| format!("actual.R4 = 83\nactual.R5 = {last}\ntarget.R5 = 90");
        check(share, &figures("100"), &[]);
        check(share, &figures("185.3"), &["programs/a/2023.md:4"]);
        check(share, &figures("105"), &[]);
        check("unit = '人'", &figures("185.3"), &[]);
        check("unit = '%'\nformula = '実績 ÷ 前年度'", &figures("185.3"), &[]);
    }

    #[test]
    fn progress_does_not_exceed_the_whole_before_later_targets() {
        let check = |target: &str, found: &[&str]| {
            let figures = format!("actual.R4 = 49.6\nactual.R5 = 166.6\n{target}");
            let named = |name: &str| {
                let node = format!("+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = '{name}'\nunit = '%'\n+++\n");
                indicator("", &figures).file("programs/a/program.md", &node)
            };
            named("事業費の進捗率").assert_finds("share-range", found);
            named("計画比の進捗率").assert_finds("share-range", &[]);
        };
        check("target.R6 = 81", &["programs/a/2023.md:4"]);
        check("target.R5 = 81", &[]);
    }

    #[test]
    fn ratios_have_other_values_above_100() {
        check("unit = '%'", "actual.R3 = 102\nactual.R4 = 83\nactual.R5 = 185.3", &[]);
    }
}
