//! Measures and quadrants of surveys, which all places of a survey have.

use super::super::Findings;
use super::super::visit::{SheetRef, sheets};
use super::UNANIMOUS;
use crate::diagnostic::say;
use crate::model::{Report, StrategyIx, SurveyEntry, SurveyIx};
use std::collections::BTreeMap;

/// A part of the place of a node in a survey: its key, and whether an entry has it.
type Part = (&'static str, fn(&SurveyEntry) -> bool);

const PARTS: [Part; 3] = [
    ("x", |entry| entry.x.is_some()),
    ("y", |entry| entry.y.is_some()),
    ("quadrant", |entry| entry.quadrant.is_some()),
];

/// Parts that a single place of a survey lacks, although all others have them.
pub(super) fn check(report: &Report, findings: &mut Findings) {
    let mut surveys: BTreeMap<(StrategyIx, SurveyIx), Vec<(SheetRef<'_>, &SurveyEntry)>> = BTreeMap::new();
    for item in sheets(report).filter(|item| item.sheet.unwritten.is_empty()) {
        for entry in &item.sheet.surveys {
            surveys.entry((item.id.strategy, entry.survey)).or_default().push((item, entry));
        }
    }
    for ((_, survey), places) in surveys {
        for (part, has) in PARTS {
            let lacking: Vec<_> = places.iter().filter(|(_, entry)| !has(entry)).collect();
            let others = places.len().saturating_sub(1);
            let [(item, entry)] = lacking.as_slice() else { continue };
            let mut values = [&entry.x, &entry.y].into_iter().flatten();
            // A place that the survey did not ask about has no quadrant.
            if values.clone().next().is_none() || values.any(|value| value.decimal().is_none()) {
                continue;
            }
            let Some(survey) = item.strategy.surveys.get(survey.0).filter(|_| others >= UNANIMOUS) else { continue };
            let title = match part {
                "x" => survey.x.title.as_str(),
                "y" => survey.y.title.as_str(),
                _ => part,
            };
            let values = [&entry.x, &entry.y].into_iter().flatten().map(|value| value.span);
            let span = values.max_by_key(|span| span.start).or(entry.quadrant_span).unwrap_or(item.sheet.span);
            let (name, key) = (&survey.title, format!("survey.{}.{part}", survey.id));
            let message = say!(
                ja: "「{name}」に `{key}`（{title}）がありません。ほかの{others}件にはいずれもあります",
                en: "`{name}` has no `{key}` ({title}), but all others ({others}) have it"
            );
            let help = say!(
                ja: "資料の値を書いてください。資料で空欄なら、`{part} = \"-\"` のように書いてください",
                en: "write the value of the source; if it is empty there, write `{part} = \"-\"`"
            );
            findings.add(span, key, message, help);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{Fixture, program};

    #[test]
    fn reports_the_part_that_only_one_place_lacks() {
        let survey = "[[survey]]\nid = 's'\ntitle = 'S'\nx = { title = '満足度' }\ny = { title = '重要度' }";
        let check = |last: &str, expected: &[&str]| {
            let content = ["b", "c", "d", "e"]
                .into_iter()
                .fold(Fixture::new(), |content, id| content.with(program(id, "[survey.s]\nx = '0.2'\ny = '1.1'")));
            let content = content.append_to_strategy(survey).with(program("a", &format!("[survey.s]\n{last}")));
            content.assert_finds("missing-cell", expected);
        };
        check("x = '0.3'\ny = '1.2'", &[]);
        check("x = '0.3'", &["programs/a/2023.md:3"]);
        check("x = '0.3'\ny = '-'", &[]);
    }
}
