//! The rule `printed-value`.

use super::visit::{Key, SheetRef, sheets};
use super::words::{Quantity, plain_unit, quantities};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{AmountTable, Report, Value};
use rust_decimal::Decimal;

pub(super) const LINT: Lint = Lint {
    rule: Rule::PrintedValue,
    title: Bilingual {
        ja: "値（value）と印字（printed）の数が違う", en: "a number and its printed text that differ"
    },
    explanation: Bilingual {
        ja: "`value` と `printed` を分けて書いた値について、印字の数（「約235億円」など）を単位をそろえて値と比べます。印字の最後の桁までの\
             四捨五入や切り捨ての差は認めます。印字に数がいくつもあれば、どれかが値と合えばよいとします。",
        en: "If a cell states both `value` and `printed`, the number of the printed text, such as 約235億円, is compared with the value in \
             the same unit. It may be rounded in its last digit. Of several numbers, one has to agree.",
    },
    example: "plan.all = { value = 23500000, printed = \"約218億円\" }",
    remedy: Bilingual {
        ja: "値と印字のどちらかを、資料のとおりに直してください。",
        en: "Correct the value or the printed text according to the source.",
    },
    confidence: Confidence::Likely,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for item in sheets(report) {
        for (key, value) in item.values() {
            let Some(number) = value.decimal().filter(|_| !value.sic) else { continue };
            if differs(value, number.abs(), &unit_of(item, &key)) {
                let printed = &value.printed;
                let number = number.normalize();
                let message = say!(
                    ja: "値は{number}ですが、印字は「{printed}」です",
                    en: "the value is {number}, but the printed text is `{printed}`"
                );
                let help = say!(
                    ja: "`value` と `printed` を資料と見比べてください",
                    en: "compare `value` and `printed` with the source"
                );
                findings.add(value.span, key, message, help);
            }
        }
    }
}

/// Unit in which a value is stated, as declared.
fn unit_of(item: SheetRef<'_>, key: &Key<'_>) -> String {
    match key {
        Key::Series(indicator, ..) => indicator.unit.clone().unwrap_or_default(),
        Key::Amount(path) if path.table != AmountTable::Staff => item.strategy.money_unit.clone(),
        _ => String::new(),
    }
}

/// Returns true if no number of the printed text is `number`, which is in `unit`.
fn differs(value: &Value, number: Decimal, unit: &str) -> bool {
    // Most values are printed as they are.
    let of_number = number.to_string();
    let plain = value.printed.trim_start_matches(['▲', '△', '-', '－', '+', '＋']);
    if plain == of_number || plain.replace(',', "") == of_number {
        return false;
    }
    let quantities = quantities(&value.printed);
    let (unit, factor) = plain_unit(unit);
    let fits = |quantity: &Quantity<'_>| {
        let of_unit = if !unit.is_empty() && quantity.has_unit(&unit) { number.checked_mul(factor) } else { None };
        [Some(number), of_unit].into_iter().flatten().any(|right| is_near(quantity, right))
    };
    // A single number without its unit can be something else: 前年度比3件増.
    let is_comparable = |quantity: &Quantity<'_>| {
        let is_whole = quantity.range.end == value.printed.len() && quantity.range.start == 0;
        is_whole || !unit.is_empty() && quantity.has_unit(&unit)
    };
    quantities.iter().any(is_comparable) && !quantities.iter().any(fits)
}

/// Returns true if a number is the one of a text, rounded in the last digit that the text states.
fn is_near(quantity: &Quantity<'_>, right: Decimal) -> bool {
    let written: Decimal = quantity.digits.parse().unwrap_or(Decimal::ZERO);
    let last = Decimal::new(1, written.scale());
    // 235億 is 235 in units of 億: the last digit counts that much.
    let scale = quantity.number.checked_div(written).unwrap_or(Decimal::ONE);
    (quantity.number - right).abs() < last * scale
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, indicator, program};

    #[test]
    fn compares_printed_amounts() {
        let check = |printed: &str, found: &[&str]| {
            let sheet = format!("[money]\nplan.all = {{ value = 23500000, printed = '{printed}' }}");
            Fixture::new().with(program("a", &sheet)).assert_finds("printed-value", found);
        };
        check("約235億円", &[]);
        check("23,500,000", &[]);
        check("23,500,000千円", &[]);
        check("約218億円", &["programs/a/2023.md:3"]);
        check("25,300,000", &["programs/a/2023.md:3"]);
    }

    #[test]
    fn compares_printed_values() {
        let check = |printed: &str, found: &[&str]| {
            let figures = format!("actual.R5 = {{ value = 385, printed = '{printed}' }}");
            indicator("unit = '千人'", &figures).assert_finds("printed-value", found);
        };
        check("約38万5千人", &[]);
        check("約39万人", &[]);
        check("約35万人", &["programs/a/2023.md:3"]);
        check("過去最高（全国16位）", &[]);
    }
}
