//! Sentences without a subject that say how the work compares with the plan, for the rule `text-figure`: 計画より遅れている, if all
//! indicators reached their targets.

use super::mark_outcome::outcomes;
use super::visit::SheetRef;
use super::words::{contains_any, is_plan_title, sentences, span_in};
use crate::diagnostic::{Bilingual, Span, say};

/// Words at the beginning of a clause that say that the work is behind its plan, or ahead of it.
const BEHIND: [&str; 8] = [
    "計画より遅れ",
    "計画から遅れ",
    "計画に遅れ",
    "予定より遅れ",
    "計画を下回って",
    "計画に届かな",
    "予定に届かな",
    "計画どおりに進んでいない",
];
const AHEAD: [&str; 8] = [
    "計画を上回って",
    "計画を大きく上回",
    "計画を大幅に上回",
    "計画以上に",
    "計画より早く",
    "予定より早く",
    "予定を上回って",
    "計画を上回る",
];

/// Sentences that the results of all indicators contradict: their place, the title of the section and the message.
pub(super) fn contradictions<'r>(item: SheetRef<'r>) -> Vec<(Span, &'r str, Bilingual)> {
    const OTHER: [&str; 10] = ["工事", "前年", "昨年", "当初", "一部", "うち", "来年", "翌年", "もの", "見込"];
    let mut found = Vec::new();
    for section in item.sheet.sections.iter().filter(|section| !is_plan_title(&section.title)) {
        for sentence in sentences(&section.prose.markdown) {
            let begins = |words: &[&str]| {
                sentence.text.split('、').any(|clause| words.iter().any(|word| clause.starts_with(word)))
            };
            let said = (begins(&BEHIND), begins(&AHEAD));
            if said.0 == said.1 || contains_any(sentence.text, &OTHER) {
                continue;
            }
            let Some(results) = item.edition.year.and_then(|year| outcomes(item, year)) else { continue };
            // What is behind its plan reached no target.
            if results.is_empty() || !results.iter().all(|met| *met == said.0) {
                continue;
            }
            let message = if said.0 {
                say!(
                    ja: "文章では計画より遅れているとされていますが、すべての指標の実績が目標に達しています",
                    en: "the text says that the work is behind its plan, but all indicators reached their target"
                )
            } else {
                say!(
                    ja: "文章では計画を上回っているとされていますが、目標に達した指標がありません",
                    en: "the text says that the work is ahead of its plan, but no indicator reached its target"
                )
            };
            let span = span_in(&section.prose, sentence.start..sentence.start + sentence.text.len());
            found.push((span, section.title.as_str(), message));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, indicator};

    fn of_section(title: &str, actual: u32, text: &str) -> Fixture {
        let figures = format!("[indicator.x]\nactual.R5 = {actual}\ntarget.R5 = 75");
        let sheet = format!("+++\n{figures}\n+++\n## {title}\n{text}\n");
        indicator("better = 'higher'", "").file("programs/a/2023.md", &sheet)
    }

    #[test]
    fn compares_with_all_indicators() {
        let check = |actual: u32, text: &str, found: bool| {
            let expected: &[&str] = if found { &["programs/a/2023.md:7"] } else { &[] };
            of_section("成果", actual, text).assert_finds("text-figure", expected);
        };
        check(80, "9か所を指定し、計画を上回って進んでいる。", false);
        check(80, "9か所を指定し、計画より遅れている。", true);
        check(70, "9か所を指定し、計画より遅れている。", false);
        check(70, "9か所を指定し、計画を上回って進んでいる。", true);
        check(80, "一部の地区では、計画より遅れている。", false);
        of_section("今後の計画", 80, "計画より遅れている。").assert_finds("text-figure", &[]);
    }
}
