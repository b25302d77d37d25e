//! The rule `rate-method`.

use super::visit::{Key, sheets};
use super::{Findings, Lint};
use crate::assess::{RateOfYear, rate_of_year};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{Bound, Column, Decimal, Report, SeriesKind, Value};

pub(super) const LINT: Lint = Lint {
    rule: Rule::RateMethod,
    title: Bilingual {
        ja: "公表された達成率が、数値から計算した率と違う",
        en: "a published rate that differs from that of the figures",
    },
    explanation: Bilingual {
        ja: "達成率は、計画が宣言した方法で、宣言がなければ「実績値 ÷ 目標値」で確かめます（増えるほどよい指標だけ）。\
             切上げ、切捨て、四捨五入のどれかで一致すれば指摘しません。率を書き換えることはせず、ページには資料の\
             率だけを示します。率を計算できないときは比べません。",
        en: "A rate is compared with that of the declared method, or, if the strategy declares none, with the actual \
             value ÷ the target (only if higher is better). It may be rounded up or down. Rates are not corrected: \
             pages show the published one. It is not compared if no rate can be computed.",
    },
    example: concat!("target.R5 = 150\n", "actual.R5 = 100\n", "rate.R5 = \"76.7%\""),
    remedy: Bilingual {
        ja: "達成率、実績値、目標値を、資料のとおりに直してください。",
        en: "Correct the rate, the actual value or the target according to the source.",
    },
    confidence: Confidence::Likely,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for item in sheets(report) {
        for (index, figures) in &item.sheet.figures {
            let Some(indicator) = item.node.indicators.get(*index) else { continue };
            for (year, value) in &figures.rate {
                let Some(percent) = percent(value) else { continue };
                let rate = rate_of_year(item.strategy, item.node, *index, item.sheet.edition, *year);
                if let Some(rate) = rate.filter(|rate| !rate.prints_as(percent)) {
                    let key = Key::Series(indicator, SeriesKind::Rate, Column::Year(*year));
                    report_difference(value, &rate, key, findings);
                }
            }
        }
    }
}

/// The printed rate in percent; `None` if it is not an exact number.
fn percent(value: &Value) -> Option<Decimal> {
    let number = value.number().filter(|number| number.bound == Bound::Exact)?;
    let in_percent = number.unit.as_deref().is_none_or(|unit| ["%", "％"].contains(&unit));
    in_percent.then_some(number.decimal)
}

fn report_difference(value: &Value, rate: &RateOfYear<'_>, key: Key<'_>, findings: &mut Findings) {
    let (printed, expression, computed) = (&value.printed, &rate.expression, rate.format());
    let equals = if computed.rounded { "≒" } else { "=" };
    let computed = computed.text;
    let message = match rate.method.map(|method| &method.id) {
        Some(id) => say!(
            ja: "公表された達成率は「{printed}」ですが、方法 `{id}` では {computed} です（{expression} {equals} {computed}）",
            en: "the published rate is `{printed}`, but the method `{id}` gives {computed} ({expression} {equals} {computed})"
        ),
        None => say!(
            ja: "公表された達成率は「{printed}」ですが、実績値 ÷ 目標値は {computed} です（{expression} {equals} {computed}）",
            en: "the published rate is `{printed}`, but the actual value ÷ the target is {computed} ({expression} {equals} {computed})"
        ),
    };
    let help = say!(
        ja: "達成率、実績値、目標値を資料と見比べてください。計算の方法が違うときは、strategy.toml の `[[method]]` で宣言できます",
        en: "compare the rate, the actual value and the target with the source; another method can be declared by a `[[method]]` in strategy.toml"
    );
    findings.add(value.span, key, message, help);
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn rated(figures: &str, better: &str) -> Fixture {
        Fixture::new().with(program("a", &format!("[indicator.x]\n{figures}"))).file(
            "programs/a/program.md",
            &format!("+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\nbetter = '{better}'\n+++\n"),
        )
    }

    #[test]
    fn accepts_any_rounding_to_the_printed_decimals() {
        for rate in ["'66.6%'", "'66.7％'", "66", "67", "66.67", "'約70'", "'-'", "'6割'"] {
            rated(&format!("target.R5 = 3\nactual.R5 = 2\nrate.R5 = {rate}"), "higher")
                .assert_finds("rate-method", &[]);
        }
        for rate in ["'66.8%'", "65", "68", "66.0"] {
            rated(&format!("target.R5 = 3\nactual.R5 = 2\nrate.R5 = {rate}"), "higher")
                .assert_finds("rate-method", &["programs/a/2023.md:5"]);
        }
    }

    #[test]
    fn compares_each_year_with_its_own_figures() {
        let figures = "target.R4 = 10\ntarget.R5 = 20\nactual.R4 = 5\nactual.R5 = 5\nrate.R4 = 50\nrate.R5 = 50";
        rated(figures, "higher").assert_finds("rate-method", &["programs/a/2023.md:8"]);
        rated("target.R5 = 20\nrate.R4 = 50\nrate.R5 = 50", "higher").assert_finds("rate-method", &[]);
    }

    #[test]
    fn assumes_no_formula_if_lower_is_better() {
        rated("target.R5 = 10\nactual.R5 = 20\nrate.R5 = 50", "lower").assert_finds("rate-method", &[]);
    }

    #[test]
    fn applies_the_declared_method() {
        let method = "[[method]]\nid = 'inverse'\nkind = 'inverse-ratio'\ndefault = true";
        let inverse = |rate: &str| {
            rated(&format!("target.R5 = 10\nactual.R5 = 20\nrate.R5 = {rate}"), "lower").append_to_strategy(method)
        };
        inverse("50").assert_finds("rate-method", &[]);
        inverse("200").assert_finds("rate-method", &["programs/a/2023.md:5"]);
    }
}
