//! The rule `negative-value`.

use super::robust::Centre;
use super::visit::{Key, indicators, series_as_printed, sheets};
use super::words::contains_any;
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{Decimal, Indicator, PhaseKind, Report, Series, SeriesKind};

pub(super) const LINT: Lint = Lint {
    rule: Rule::NegativeValue,
    title: Bilingual {
        ja: "負の数があり得ない欄に、負の数がある", en: "a negative number where none is possible"
    },
    explanation: Bilingual {
        ja: "「-」や「▲」は、範囲の記号や箇条書きの印から紛れ込むことがあります。同じ指標のほかの値（目標、比較、内訳を含む2個以上。人、件などの数では1個以上）が\
             すべて正で、符号を取ると最小の3分の1から最大の3倍までに収まる値を指摘します。名称、定義、算式に増減、差、収支などの語がある指標は調べません。\
             反対に、ほかの4個以上の値がすべて負のとき、負号を付けるとその範囲に収まる正の値も、要確認として指摘します。\
             予算額（補正など、ほかの欄の内訳になる欄を除く）、計画額、人工、達成率、順位は、負であれば指摘します。",
        en: "A minus sign can slip in from a range or a list. A value is reported if all other values of the indicator (two or \
             more, one for counts such as 人 and 件; including targets, comparisons and groups) are positive and it is within a factor of three of their range \
             without its sign; not if the name, definition or formula of the indicator speaks of a change, a difference or a \
             balance. A positive value among four or more negative ones, within whose range it would be with a minus sign, is reported as worth a look. Budgets (except addends of other phases, such as supplements), plans, staff, rates and ranks are reported \
             whenever they are negative.",
    },
    example: concat!("actual.R4 = 71\n", "actual.R5 = \"▲77\"\n", "target.end = 80"),
    remedy: Bilingual {
        ja: "符号を資料と見比べて直してください。資料が負の数であれば、理由を書いて確認済みにしてください。",
        en: "Compare the sign with the source. If the source prints a negative number, acknowledge the finding with the reason.",
    },
    confidence: Confidence::Likely,
    run,
};

/// Words for quantities that can be negative.
const CHANGES: [&str; 24] = [
    "増減",
    "増加",
    "減少",
    "増",
    "減",
    "差",
    "収支",
    "伸び",
    "成長",
    "前年",
    "変化",
    "変動",
    "改善",
    "超過",
    "純",
    "黒字",
    "赤字",
    "損益",
    "利益",
    "動態",
    "ギャップ",
    "気温",
    "残高",
    "DI",
];
/// Units of counts, for which one other value is enough.
pub(super) const COUNTERS: [&str; 26] = [
    "人",
    "名",
    "件",
    "回",
    "団体",
    "世帯",
    "組",
    "戸",
    "社",
    "店",
    "店舗",
    "校",
    "箇所",
    "か所",
    "ヶ所",
    "カ所",
    "棟",
    "台",
    "冊",
    "品目",
    "地区",
    "町内会",
    "施設",
    "事業所",
    "区画",
    "ツアー",
];
/// Maximum ratio of the number without its sign to the range of the others.
const SIMILAR: Decimal = Decimal::from_parts(3, 0, 0, false, 0);

fn run(report: &Report, findings: &mut Findings) {
    for (_, node, id, indicator) in indicators(report) {
        for series in series_as_printed(node, id.indicator as usize) {
            check_indicator(indicator, &series, findings);
        }
    }
    for item in sheets(report) {
        let declared = &item.strategy.amounts;
        let is_addend = |phase| declared.phases.iter().any(|other| other.sum.contains(&phase));
        let tables = item.sheet.amount_tables().into_iter();
        for (table, (key, year, value)) in tables.flat_map(|(table, of)| of.all().map(move |amount| (table, amount))) {
            let can_be_negative = match key.phase.kind {
                // Reported by `settlement-budget`.
                PhaseKind::Settlement => table != crate::model::AmountTable::Staff,
                PhaseKind::Budget => !key.phase.is_built_in() && !is_sum(declared, key.phase) || is_addend(key.phase),
                PhaseKind::Plan => false,
            };
            if !can_be_negative && declared.is_additive(key.kind) && value.decimal().is_some_and(|n| n < Decimal::ZERO)
            {
                let printed = &value.printed;
                let message = say!(
                    ja: "「{printed}」が負の数です",
                    en: "`{printed}` is negative"
                );
                findings.add(value.span, Key::Amount(item.amount_path(table, key, year)), message, help());
            }
        }
    }
}

fn is_sum(declared: &crate::model::AmountDeclarations, phase: crate::model::Phase) -> bool {
    declared.phase_declaration(phase).is_some_and(|phase| !phase.sum.is_empty())
}

fn check_indicator(indicator: &Indicator, series: &Series<'_>, findings: &mut Findings) {
    check_lost_sign(indicator, series, findings);
    let texts = [Some(&indicator.name), indicator.definition.as_ref(), indicator.formula.as_ref()];
    if texts.into_iter().flatten().any(|text| contains_any(text, &CHANGES)) {
        return;
    }
    let cells = || series.cells().filter_map(|(kind, cell)| Some((kind, cell, cell.value.decimal()?)));
    for (kind, cell, number) in cells().filter(|(_, _, number)| *number < Decimal::ZERO) {
        if findings.has(cell.value.span) {
            continue;
        }
        let beside = cells().filter(|(other, beside, _)| {
            other.is_in_unit() == kind.is_in_unit() && beside.value.span != cell.value.span
        });
        let beside: Vec<Decimal> = beside.map(|(.., number)| number).collect();
        let (printed, count) = (&cell.value.printed, beside.len());
        let unit = cell.value.number().and_then(|number| number.unit.as_deref()).or(indicator.unit.as_deref());
        let is_count = unit.is_some_and(|unit| COUNTERS.contains(&unit));
        let centre = Centre::of(beside).filter(|_| count > 1 || is_count);
        let message = match centre {
            _ if kind == SeriesKind::Rank => say!(
                ja: "順位「{printed}」が負の数です",
                en: "the rank `{printed}` is negative"
            ),
            Some(centre) if is_similar(number.abs(), centre) => say!(
                ja: "「{printed}」は負の数ですが、この指標のほかの{count}個の値（{min}～{max}）はすべて正です",
                en: "`{printed}` is negative, but all other values of the indicator ({count}, {min} to {max}) are positive",
                min = centre.min,
                max = centre.max
            ),
            _ => continue,
        };
        findings.add(cell.value.span, Key::Series(indicator, kind, cell.column), message, help());
    }
}

/// Number of negative values among which a positive one has lost its sign.
const NEGATIVE: usize = 4;

/// Reports a positive value among negative ones, within whose range it would be with a minus sign.
fn check_lost_sign(indicator: &Indicator, series: &Series<'_>, findings: &mut Findings) {
    let cells = || {
        let of_unit = series.cells().filter(|(kind, _)| kind.is_own() && kind.is_in_unit());
        of_unit.filter_map(|(kind, cell)| Some((kind, cell, cell.value.decimal()?)))
    };
    let positive: Vec<_> = cells().filter(|(.., number)| *number >= Decimal::ZERO).collect();
    let [(kind, cell, number)] = positive.as_slice() else { return };
    let negative: Vec<Decimal> = cells().map(|(.., number)| number).filter(|number| *number < Decimal::ZERO).collect();
    let (Some(min), Some(max)) = (negative.iter().min(), negative.iter().max()) else { return };
    // A target of a balance is often positive.
    let is_within = (*min..=*max).contains(&-*number) || *kind != SeriesKind::Target && is_beside(*number, *min, *max);
    if negative.len() < NEGATIVE || !is_within || findings.has(cell.value.span) {
        return;
    }
    let (printed, count) = (&cell.value.printed, negative.len());
    let message = say!(
        ja: "「{printed}」は正の数ですが、この指標のほかの{count}個の値（{min}～{max}）はすべて負です",
        en: "`{printed}` is positive, but all other values of the indicator ({count}, {min} to {max}) are negative"
    );
    findings.add_as(Confidence::Possible, cell.value.span, Key::Series(indicator, *kind, cell.column), message, help());
}

/// Returns true if the number, with a minus sign, is within a quarter of the range of the others.
fn is_beside(number: Decimal, min: Decimal, max: Decimal) -> bool {
    let margin = Decimal::from_parts(125, 0, 0, false, 2);
    number.saturating_mul(margin) >= -max && number <= (-min).saturating_mul(margin)
}

/// Returns true if the number is within the range of the others, widened by [`SIMILAR`].
fn is_similar(number: Decimal, centre: Centre) -> bool {
    centre.min <= number.saturating_mul(SIMILAR) && number <= centre.max.saturating_mul(SIMILAR)
}

fn help() -> Bilingual {
    say!(
        ja: "符号を資料と見比べてください",
        en: "compare the sign with the source"
    )
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, indicator, program};

    #[test]
    fn reports_a_negative_number_among_positive_ones() {
        let check = |definition: &str, figures: &str, expected: &[&str]| {
            indicator(definition, figures).assert_finds("negative-value", expected);
        };
        let figures = "actual.R3 = 66\nactual.R4 = 71\nactual.R5 = '▲77'\ntarget.R5 = 80";
        check("unit = '人'", figures, &["programs/a/2023.md:5"]);
        check("definition = '転入超過数'", figures, &[]);
        check("", "actual.R3 = -66\nactual.R4 = 71\nactual.R5 = '▲77'", &[]);
        check("", "actual.R3 = 660\nactual.R4 = 710\nactual.R5 = -1", &[]);
        check("", "actual.R5 = 1\nrank.R5 = -3", &["programs/a/2023.md:4"]);
    }

    #[test]
    fn reports_a_positive_number_among_negative_ones() {
        let check = |last: &str, expected: &[&str]| {
            let figures = format!("actual.R1 = -214\nactual.R2 = -187\nactual.R3 = -196\nactual.R4 = -158\n{last}");
            indicator("", &figures).assert_finds("negative-value", expected);
        };
        check("actual.R5 = 170", &["programs/a/2023.md:7"]);
        check("actual.R5 = -170", &[]);
        check("actual.R5 = 12", &[]);
        check("target.R7 = 80", &[]);
    }

    #[test]
    fn reports_negative_budgets_and_staff() {
        let check = |sheet: &str, expected: &[&str]| {
            let phases = "[[phase]]\nid = 'extra'\ntitle = '補正'\nlike = 'budget'";
            let content = Fixture::new().append_to_strategy(phases).with(program("a", sheet));
            content.assert_finds("negative-value", expected);
        };
        check("[money]\nbudget.R5 = '▲5'", &["programs/a/2023.md:3"]);
        check("[money]\nextra.R5 = '▲5'", &[]);
        check("[staff]\nactual.R5 = '-0.5'", &["programs/a/2023.md:3"]);
    }
}
