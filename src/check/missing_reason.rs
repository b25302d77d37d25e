//! The rule `missing-reason`.

use super::missing_section::{end_of_heading, has_section, prose_under, rules, title};
use super::visit::{Key, SheetRef, sheets};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{Bound, Cell, Column, Figure, Number, Report, Required, Value, comparable};

pub(super) const LINT: Lint = Lint {
    rule: Rule::MissingReason,
    title: Bilingual {
        ja: "目標と実績が違うのに、その理由が書かれていない",
        en: "target and actual value differ, but no reason is given",
    },
    explanation: Bilingual {
        ja: "`[[section]] required = \"on-gap\"` は、目標と実績に乖離がある場合に理由を書く見出しを決めます。\
             版の年度の指標の値を比べ、目標を上回ったときも指摘します。`90%以上` のような目標は、\
             その範囲にあれば達成です。金額と、言葉で書かれた値は比べません。",
        en: "`[[section]] required = \"on-gap\"` declares the heading under which a sheet explains a gap between \
             target and actual value (目標と実績に乖離がある場合). Indicators are compared in the year of the \
             edition, in both directions: a reason is also required if a target is exceeded. A bound (`90%以上`) \
             is met by any number within it. Amounts of money and text values are not compared.",
    },
    example: concat!("target.R3 = \"3回\"\n", "actual.R3 = \"2回\"\n", "\n", "## 理由"),
    remedy: Bilingual {
        ja: "理由をその見出しの下に書いてください。", en: "Write the reason under its heading."
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for item in sheets(report) {
        for rule in rules(item).filter(|rule| rule.required == Some(Required::OnGap)) {
            let Some((key, target, actual)) = gap(item).filter(|_| !has_section(item, rule)) else { continue };
            let title = title(item, rule);
            let message = say!(
                ja: "目標「{target}」に対し実績「{actual}」ですが、「{title}」に何も書かれていません",
                en: "the target is `{target}` and the actual value `{actual}`, but the section `{title}` is missing or empty",
                target = &target.printed,
                actual = &actual.printed
            );
            let help = say!(
                ja: "`## {title}` の下に理由を書いてください",
                en: "write the reason under `## {title}`"
            );
            let span = prose_under(item, &title).map_or(actual.span, end_of_heading);
            findings.add(span, key, message, help);
        }
    }
}

/// First indicator whose target and actual value for the edition's year differ.
fn gap(item: SheetRef<'_>) -> Option<(Key<'_>, &Value, &Value)> {
    let year = item.edition.year?;
    item.sheet.figures.iter().find_map(|(index, figures)| {
        let indicator = item.node.indicators.get(*index)?;
        let (target, actual) = (figures.target.get(&Column::Year(year))?, figures.actual.get(&year)?);
        let cell = |value| Cell { column: Column::Year(year), value, edition: item.sheet.edition };
        let target_figure = Figure::target(item.strategy.edition_context(), cell(target));
        comparable(indicator, &Figure::actual(item.strategy.edition_context(), cell(actual)), &target_figure).ok()?;
        let differ = differ(target.number()?, actual.number()?);
        differ.then(|| (Key::actual(indicator, year), target, actual))
    })
}

fn differ(target: &Number, actual: &Number) -> bool {
    match target.bound {
        Bound::Exact => actual.decimal != target.decimal,
        Bound::AtLeast => actual.decimal < target.decimal,
        Bound::AtMost => actual.decimal > target.decimal,
        Bound::Above => actual.decimal <= target.decimal,
        Bound::Below => actual.decimal >= target.decimal,
        Bound::About => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn sheet(figures: &str, text: &str) -> Fixture {
        Fixture::new()
            .append_to_strategy("[[section]]\nof = ['program']\ntitle = '理由'\nrequired = 'on-gap'")
            .with(program("a", ""))
            .file("programs/a/program.md", "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\n+++\n")
            .file("programs/a/2023.md", &format!("+++\n[indicator.x]\n{figures}\n+++\n{text}\n"))
    }

    #[test]
    fn reports_gaps_without_a_reason() {
        sheet("target.R5 = 3\nactual.R5 = 3", "").assert_finds("missing-reason", &[]);
        sheet("target.R5 = 3\nactual.R5 = 2", "## 理由\n中止").assert_finds("missing-reason", &[]);
        sheet("target.R5 = 3\nactual.R5 = 2", "").assert_finds("missing-reason", &["programs/a/2023.md:4"]);
        sheet("target.R5 = 3\nactual.R5 = 4", "").assert_finds("missing-reason", &["programs/a/2023.md:4"]);
    }

    #[test]
    fn accepts_values_within_a_bound() {
        sheet("target.R5 = '3以上'\nactual.R5 = 5", "").assert_finds("missing-reason", &[]);
        sheet("target.R5 = '3以上'\nactual.R5 = 2", "").assert_finds("missing-reason", &["programs/a/2023.md:4"]);
        sheet("target.R5 = '3以下'\nactual.R5 = 4", "").assert_finds("missing-reason", &["programs/a/2023.md:4"]);
        sheet("target.R5 = '約3'\nactual.R5 = 4", "").assert_finds("missing-reason", &[]);
    }

    #[test]
    fn compares_only_the_year_of_the_edition() {
        sheet("target.R6 = 3\nactual.R4 = 2", "").assert_finds("missing-reason", &[]);
        sheet("target.R5 = '-'\nactual.R5 = 2", "").assert_finds("missing-reason", &[]);
    }
}
