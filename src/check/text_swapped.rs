//! Numbers of two indicators that a text states the wrong way round, for the rule `text-figure`: 公演を3回、展覧会を12回行った,
//! if the cells have 12回 for 公演 and 3回 for 展覧会.

use super::stated_figures::{Fact, Facts, shares_word};
use super::words::{Quantity, Sentence, contains_any};
use crate::diagnostic::{Bilingual, say};
use crate::model::Section;
use rust_decimal::Decimal;
use std::ops::Range;

/// Numbers that are each the value of the indicator of the other one: their range and the message.
pub(super) fn contradictions(
    facts: &Facts<'_>,
    section: &Section,
    sentences: &[Sentence<'_>],
    quantities: &[Vec<Quantity<'_>>],
) -> Vec<(Range<usize>, Bilingual)> {
    const PLANS: [&str; 4] = ["目標", "計画", "予定", "今後"];
    const OTHER: [&str; 8] = ["前年", "昨年", "前回", "翌年", "来年", "次年度", "うち", "累計"];
    let mut found = Vec::new();
    for (sentence, of_sentence) in sentences.iter().zip(quantities) {
        if contains_any(sentence.text, &OTHER) {
            continue;
        }
        let plans = contains_any(&section.title, &PLANS) || contains_any(sentence.text, &PLANS);
        let mut start = 0;
        for pair in of_sentence.windows(2) {
            let [one, other] = pair else { continue };
            let before = sentence.text.get(start..one.range.start).unwrap_or_default();
            let between = sentence.text.get(one.range.end..other.range.start).unwrap_or_default();
            start = one.range.end;
            if let Some(message) = swapped(facts, [one, other], [before, between], plans) {
                found.push((sentence.start + one.range.start..sentence.start + one.range.end, message));
            }
        }
    }
    found
}

/// Compares two numbers with the indicators that the words before them name. Targets are compared in sentences about plans.
fn swapped(
    facts: &Facts<'_>,
    [one, other]: [&Quantity<'_>; 2],
    [before, between]: [&str; 2],
    plans: bool,
) -> Option<Bilingual> {
    if one.number == other.number {
        return None;
    }
    let value = |fact: &Fact<'_>| -> Option<Decimal> {
        if plans { fact.target.as_ref().map(|(target, _)| *target) } else { Some(fact.value) }
    };
    let names = |fact: &Fact<'_>, text: &str| {
        if fact.whole_name { text.contains(&fact.name) } else { shares_word(&fact.words, text) }
    };
    // The fact that only the words before a number name, if the other number is its value.
    let meant = |named: &str, not: &str, of_other: &Quantity<'_>| {
        let units = |fact: &Fact<'_>| one.has_unit(&fact.unit) && other.has_unit(&fact.unit);
        let mut meant = facts.0.iter().filter(|fact| units(fact) && names(fact, named) && !names(fact, not));
        let (fact, None) = (meant.next()?, meant.next()) else { return None };
        (value(fact) == Some(of_other.number)).then_some(fact)
    };
    let (first, second) = (meant(before, between, other)?, meant(between, before, one)?);
    let ([name, other_name], [written, other_written]) = ([&first.name, &second.name], [&one.digits, &other.digits]);
    Some(say!(
        ja: "文章の「{written}」と「{other_written}」が入れ替わっています：「{name}」は{other_written}、「{other_name}」は{written}です",
        en: "the text exchanges `{written}` and `{other_written}`: `{name}` is {other_written}, and `{other_name}` is {written}"
    ))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn check(text: &str, found: bool) {
        let node = "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = '自主公演'\nunit = '回'\n\
            [[indicator]]\nid = 'y'\nname = '美術館の展覧会'\nunit = '回'\n+++\n";
        let front = "[indicator.x]\nactual.R5 = 12\ntarget.R5 = 15\n[indicator.y]\nactual.R5 = 3\ntarget.R5 = 8";
        let expected: &[&str] = if found { &["programs/a/2023.md:10"] } else { &[] };
        Fixture::new()
            .with(program("a", ""))
            .file("programs/a/program.md", node)
            .file("programs/a/2023.md", &format!("+++\n{front}\n+++\n## 実績\n{text}\n"))
            .assert_finds("text-figure", expected);
    }

    #[test]
    fn each_number_is_that_of_the_indicator_before_it() {
        check("公演を12回、展覧会を3回行った。", false);
        check("公演を3回、展覧会を12回行った。", true);
        check("3回の公演と12回の展覧会を行った。", false);
        check("前年度は公演を3回、展覧会を12回行った。", false);
    }

    #[test]
    fn plans_are_compared_with_targets() {
        check("目標は公演を15回、展覧会を8回行う。", false);
        check("目標は公演を8回、展覧会を15回行う。", true);
    }
}
