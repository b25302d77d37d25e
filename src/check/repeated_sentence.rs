//! Sentences that are twice under one heading, for the rule `copied-text`.

use super::visit::SheetRef;
use super::words::{sentences, span_in};
use crate::diagnostic::{Bilingual, Span, say};
use crate::model::half_width;
use std::collections::HashSet;

/// Number of characters of the shortest sentence that is compared: 実施した can be said of several things.
const MINIMUM: usize = 10;

/// Sentences of a sheet that repeat one under the same heading: their place, the title of the section and the message.
pub(super) fn repeated<'r>(item: SheetRef<'r>) -> Vec<(Span, &'r str, Bilingual)> {
    let mut found = Vec::new();
    for section in &item.sheet.sections {
        let text = &section.prose.markdown;
        let mut known: HashSet<String> = HashSet::new();
        for sentence in sentences(text) {
            let line = line_of(text, sentence.start);
            if line.starts_with('#') {
                known.clear();
            }
            // Rows of a table have cells in common.
            let plain: String = sentence.text.chars().map(half_width).filter(|char| char.is_alphanumeric()).collect();
            let is_compared = !line.starts_with(['#', '|']) && plain.chars().count() >= MINIMUM;
            if is_compared && !known.insert(plain) {
                let message = say!(
                    ja: "この文は、同じ見出しの中に二度あります",
                    en: "this sentence is twice under one heading"
                );
                let span = span_in(&section.prose, sentence.start..sentence.start + sentence.text.len());
                found.push((span, section.title.as_str(), message));
            }
        }
    }
    found
}

/// Line that contains an offset, without spaces before it.
fn line_of(text: &str, at: usize) -> &str {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default().trim_start()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    #[test]
    fn reports_the_second_of_two_equal_sentences() {
        let check = |text: &str, found: &[&str]| {
            let [node, (path, sheet)] = program("a", "");
            let content = Fixture::new().with([node, (path, format!("{sheet}## 実績\n{text}\n"))]);
            content.assert_finds("copied-text", found);
        };
        check("相談会を12回開催した。\n相談会を12回開催した。", &["programs/a/2023.md:6"]);
        check("- 相談会を12回開催した\n- 相談会を１２回開催した", &["programs/a/2023.md:6"]);
        check("相談会を12回開催した。\n相談会を13回開催した。", &[]);
        check("### 東\n\n相談会を12回開催した。\n\n### 西\n\n相談会を12回開催した。", &[]);
        check("| 相談会を12回開催した | 相談会を12回開催した |", &[]);
    }
}
