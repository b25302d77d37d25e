//! The rule `part-sum`.

use super::visit::{Key, sheets};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{Decimal, Report, Strategy, Value, grouped};

pub(super) const LINT: Lint = Lint {
    rule: Rule::PartSum,
    title: Bilingual {
        ja: "内訳の合計が、もとの値と合わない", en: "parts that do not add up to their whole"
    },
    explanation: Bilingual {
        ja: "資料で内訳を一つずつ四捨五入したために、わずかに合わないことがよくあります（そのときは、\
             理由を書いて確認済みにします）。そうでなければ、内訳の誤りか抜けです。",
        en: "Often the source rounds the parts individually; such a small difference is acknowledged with the \
             reason. Otherwise a part is mistyped or missing.",
    },
    example: "settlement.R5 = { value = 3674, parts = [{ name = \"A\", value = 1570 }, { name = \"B\", value = 2105 }] }",
    remedy: Bilingual {
        ja: "資料のとおりの数字に直してください。資料そのものが合わないときは、確認済みにしたうえで、\
             `[[remark]]` で読み手に知らせてください。",
        en: "Write the figures of the source. If the source itself does not add up, acknowledge the finding, \
             and inform readers with a `[[remark]]`.",
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for item in sheets(report) {
        for (key, value) in item.values() {
            compare(value, key, item.strategy, findings);
        }
    }
}

fn compare(value: &Value, key: Key<'_>, strategy: &Strategy, findings: &mut Findings) {
    for part in &value.parts {
        compare(&part.value, key, strategy, findings);
    }
    let parts: Option<Vec<Decimal>> = value.parts.iter().map(|part| part.value.decimal()).collect();
    let (Some(whole), Some(parts)) = (value.exact(), parts.filter(|parts| !parts.is_empty())) else { return };
    let sum = parts.iter().fold(Decimal::ZERO, |sum, part| sum.saturating_add(*part));
    let is_sum = match key {
        Key::Amount(path) => strategy.amounts.is_sum(path.table, path.key.kind, whole, sum),
        _ => sum == whole,
    };
    if is_sum {
        return;
    }
    let message = say!(
        ja: "内訳{count}件の合計 {sum} が、もとの値「{printed}」と合いません（差 {difference}）",
        en: "the parts ({count}) add up to {sum}, not to `{printed}` (a difference of {difference})",
        count = parts.len(),
        sum = grouped(sum),
        printed = &value.printed,
        difference = grouped(whole.saturating_sub(sum).abs())
    );
    let help = say!(
        ja: "値と内訳を資料と見比べてください",
        en: "compare the value and its parts with the source"
    );
    findings.add(value.span, key, message, help);
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn parts(value: &str) -> Fixture {
        Fixture::new().with(program("a", &format!("[money]\nsettlement.R5 = {value}")))
    }

    #[test]
    fn reports_parts_that_do_not_add_up() {
        parts("{ value = 3, parts = [ { name = 'x', value = 1 }, { name = 'y', value = 2 } ] }")
            .assert_finds("part-sum", &[]);
        parts("{ value = 4, parts = [ { name = 'x', value = 1 }, { name = 'y', value = 2 } ] }")
            .assert_finds("part-sum", &["programs/a/2023.md:3"]);
    }

    #[test]
    fn adds_decimals_exactly() {
        parts("{ value = 0.3, parts = [ { name = 'x', value = 0.1 }, { name = 'y', value = 0.20 } ] }")
            .assert_finds("part-sum", &[]);
    }

    #[test]
    fn skips_values_with_missing_parts() {
        parts("{ value = 4, parts = [ { name = 'x', value = 1 }, { name = 'y', value = '-' } ] }")
            .assert_finds("part-sum", &[]);
    }

    #[test]
    fn skips_approximate_values() {
        parts("{ value = '約4', parts = [ { name = 'x', value = 1 }, { name = 'y', value = 2 } ] }")
            .assert_finds("part-sum", &[]);
    }
}
