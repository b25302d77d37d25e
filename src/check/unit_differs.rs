//! The rule `unit-differs`.

use super::visit::{Key, indicators};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{Report, Value};
use unicode_normalization::UnicodeNormalization;

pub(super) const LINT: Lint = Lint {
    rule: Rule::MeasurementUnitDiffers,
    title: Bilingual {
        ja: "値の単位が、指標の単位と違う", en: "a value in a unit other than that of its indicator"
    },
    explanation: Bilingual {
        ja: "指標の単位は、すべての値とともにデータに出力され、グラフの軸にも書かれます。違う単位のついた値は、\
             別の指標の値か、単位の書き間違いです。",
        en: "The unit of an indicator is exported with all its values and labels the axis of its chart. A \
             value with another unit belongs to another indicator, or its unit is mistyped.",
    },
    example: concat!("unit = \"回\"                # program.md\n", "actual.R3 = \"3校\"          # 2021.md"),
    remedy: Bilingual {
        ja: "両方を資料のとおりの単位にしてください。資料が途中で単位を変えているときは `{ value = \"3\", \
             printed = \"3校\", note = \"…\" }` と書きます。",
        en: "Write the unit of the source in both places. If the source changes the unit, write `{ value = \"3\", \
             printed = \"3校\", note = \"…\" }`.",
    },
    confidence: Confidence::Likely,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (_, node, id, indicator) in indicators(report) {
        let Some(unit) = &indicator.unit else { continue };
        for figures in node.sheets.iter().filter_map(|sheet| sheet.figures.get(&(id.indicator as usize))) {
            for (series, column, value) in figures.values().filter(|(series, ..)| series.is_in_unit()) {
                compare(value, unit, Key::Series(indicator, series, column), findings);
            }
            for value in &figures.unplaced {
                compare(value, unit, Key::OutsideColumns(&indicator.id), findings);
            }
        }
    }
}

fn compare(value: &Value, unit: &str, key: Key<'_>, findings: &mut Findings) {
    let Some(written) = value.number().and_then(|number| number.unit.as_deref()) else { return };
    if written.nfkc().eq(unit.nfkc()) {
        return;
    }
    let message = say!(
        ja: "「{printed}」の単位「{written}」が、指標の単位「{unit}」と違います",
        en: "`{printed}` is in `{written}`, but the unit of the indicator is `{unit}`",
        printed = &value.printed
    );
    let help = say!(
        ja: "資料の単位を確かめ、値か、指標の `unit` を直してください",
        en: "compare the unit with the source, and correct the value or the `unit` of the indicator"
    );
    findings.add(value.span, key, message, help);
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn value(value: &str) -> Fixture {
        keyed("actual.R5", value)
    }

    fn keyed(key: &str, value: &str) -> Fixture {
        Fixture::new()
            .with(program("a", &format!("[indicator.x]\n{key} = '{value}'")))
            .file("programs/a/program.md", "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\nunit = '%'\n+++\n")
    }

    #[test]
    fn reports_units_that_differ_from_the_indicator() {
        value("12").assert_finds("unit-differs", &[]);
        value("12%以上").assert_finds("unit-differs", &[]);
        value("12％").assert_finds("unit-differs", &[]);
        value("12ポイント").assert_finds("unit-differs", &["programs/a/2023.md:3"]);
    }

    #[test]
    fn checks_the_values_of_all_columns() {
        let keys = ["actual.R5", "actual.start", "target.R5", "target.end", "forecast.R5", "unplaced"];
        for key in keys {
            keyed(key, "12%").assert_finds("unit-differs", &[]);
            keyed(key, "12ポイント").assert_finds("unit-differs", &["programs/a/2023.md:3"]);
        }
    }
}
