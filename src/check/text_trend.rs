//! Sentences that compare an indicator with the year before or with its target, for the rule `text-figure`.

use super::visit::SheetRef;
use super::words::{sentences, span_in};
use crate::diagnostic::{Bilingual, Span, say};
use crate::model::{Column, Figures, FiscalYear, Indicator, Value};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// Contradictions of the texts of a sheet: their place, the title of the section and the message.
pub(super) fn contradictions(item: SheetRef<'_>) -> Vec<(Span, &str, Bilingual)> {
    let Some(year) = item.edition.year else { return Vec::new() };
    let mut found = Vec::new();
    for section in &item.sheet.sections {
        for sentence in sentences(&section.prose.markdown) {
            for clause in sentence.text.split('、') {
                let about = item.sheet.figures.iter().filter_map(|(index, figures)| {
                    let indicator = item.node.indicators.get(*index)?;
                    names(clause, indicator).then_some((indicator, figures))
                });
                // A clause with the names of two indicators, one within the other, is about either.
                let about: Vec<_> = about.collect();
                let [(indicator, figures)] = about.as_slice() else { continue };
                if let Some(message) = contradiction(clause, indicator, figures, year) {
                    let span = span_in(&section.prose, sentence.start..sentence.start + sentence.text.len());
                    found.push((span, section.title.as_str(), message));
                }
            }
        }
    }
    found
}

/// Returns true if a clause has an indicator as its subject: 観光消費額が. A longer name that contains it is another one.
fn names(clause: &str, indicator: &Indicator) -> bool {
    let after = clause.strip_prefix(indicator.name.as_str());
    after.is_some_and(|after| after.starts_with(['が', 'は', 'も'])) && indicator.name.chars().count() > 3
}

fn contradiction(clause: &str, indicator: &Indicator, figures: &Figures, year: FiscalYear) -> Option<Bilingual> {
    let name = &indicator.name;
    let actual = figures.actual.get(&year)?;
    let last = FiscalYear(year.0.checked_sub(1)?);
    let before = ["前年度", "前年", "昨年度", "昨年"].iter().any(|word| clause.contains(word));
    let (other, words) = match (before, clause.contains("目標")) {
        (true, false) => (figures.actual.get(&last)?, said_of_year(clause)?),
        (false, true) => (figures.target.get(&Column::Year(year))?, said_of_target(clause)?),
        _ => return None,
    };
    let (value, compared) = (number(actual)?, number(other)?);
    if value.cmp(&compared) != words.reverse() {
        return None;
    }
    let (actual, other) = (&actual.printed, &other.printed);
    Some(if before {
        say!(
            ja: "文章の前年度との比較が、「{name}」の値（前年度{other}、この年度{actual}）と逆です",
            en: "the text contradicts the values of `{name}`: {other} in the year before, {actual} in this year"
        )
    } else {
        say!(
            ja: "文章の目標との比較が、「{name}」の値（目標{other}、実績{actual}）と逆です",
            en: "the text contradicts the values of `{name}`: target {other}, actual value {actual}"
        )
    })
}

fn number(value: &Value) -> Option<Decimal> {
    value.decimal()
}

/// How a clause says that the value compares with the year before.
fn said_of_year(clause: &str) -> Option<Ordering> {
    let ends = |words: &[&str]| words.iter().any(|word| clause.contains(word));
    let greater =
        ends(&["を上回", "より増", "に比べ増", "に比べて増", "から増", "より多", "より高", "比で増", "増加し"]);
    let less =
        ends(&["を下回", "より減", "に比べ減", "に比べて減", "から減", "より少な", "より低", "比で減", "減少し"]);
    one_of(greater, less)
}

/// How a clause says that the value compares with its target.
fn said_of_target(clause: &str) -> Option<Ordering> {
    let contains = |words: &[&str]| words.iter().any(|word| clause.contains(word));
    one_of(contains(&["を上回っ", "を上回り", "を上回る"]), contains(&["を下回っ", "を下回り", "を下回る"]))
}

fn one_of(greater: bool, less: bool) -> Option<Ordering> {
    match (greater, less) {
        (true, false) => Some(Ordering::Greater),
        (false, true) => Some(Ordering::Less),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, indicator};

    fn text(sentence: &str) -> Fixture {
        let figures = format!("actual.R4 = 80\nactual.R5 = 70\ntarget.R5 = 75\n+++\n## 実績\n\n{sentence}\n");
        let content = indicator("", "").file("programs/a/2023.md", &format!("+++\n[indicator.x]\n{figures}"));
        let node = "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = '観光消費額'\n+++\n";
        content.file("programs/a/program.md", node)
    }

    #[test]
    fn compares_with_the_year_before_and_the_target() {
        let line = &["programs/a/2023.md:9"];
        text("観光消費額が前年度を上回った。").assert_finds("text-figure", line);
        text("天候がよく、観光消費額は目標を上回った。").assert_finds("text-figure", line);
        text("観光消費額が前年度を下回った。").assert_finds("text-figure", &[]);
        text("観光消費額は目標を下回った。").assert_finds("text-figure", &[]);
    }

    #[test]
    fn ignores_sentences_about_something_else() {
        text("宿泊者の観光消費額が前年度を上回った。").assert_finds("text-figure", &[]);
        text("観光消費額の調査の回答が前年度を上回った。").assert_finds("text-figure", &[]);
    }
}
