//! Texts of one sheet that are under two headings, and whose sentences are shorter than those that the rule `copied-text` compares
//! between programs: the two sentences of 現状と課題 again under 今後の改善方針.

use super::visit::SheetRef;
use super::words::{Sentence, sentences, span_in};
use crate::diagnostic::{Bilingual, Span, say};
use crate::model::{Section, half_width};
use std::collections::HashMap;

/// Number of characters of the shortest sentence that is compared alone.
const MINIMUM: usize = 16;
/// Number of characters from which on the rule compares sentences itself.
const LONG: usize = 24;
/// Number of characters of the shortest text that is compared as a whole.
const WHOLE: usize = 20;

/// Sentences of a sheet that are also under an earlier heading: their place, the title of the section and the message.
pub(super) fn copies(item: SheetRef<'_>) -> Vec<(Span, &str, Bilingual)> {
    let mut known: HashMap<String, &Section> = HashMap::new();
    let mut wholes: HashMap<String, &Section> = HashMap::new();
    let mut found = Vec::new();
    for section in &item.sheet.sections {
        let sentences = sentences(&section.prose.markdown);
        let whole = plain(&section.prose.markdown);
        let mut add = |of: &Section, sentence: &Sentence<'_>| {
            let title = &of.title;
            let message = say!(
                ja: "この文は、同じ調書の見出し「{title}」にもあります",
                en: "this sentence is also under the heading `{title}` of this sheet"
            );
            let span = span_in(&section.prose, sentence.start..sentence.start + sentence.text.len());
            found.push((span, section.title.as_str(), message));
        };
        let is_long = |sentence: &Sentence<'_>| plain(sentence.text).chars().count() >= LONG;
        if let Some(of) = wholes.get(&whole)
            && sentences.len() > 1
            && !sentences.iter().any(is_long)
        {
            sentences.first().into_iter().for_each(|first| add(of, first));
            continue;
        }
        let mut own = Vec::new();
        for sentence in sentences.iter().filter(|sentence| is_sentence(&section.prose.markdown, sentence)) {
            let text = plain(sentence.text);
            let length = text.chars().count();
            if !(MINIMUM..LONG).contains(&length) {
                continue;
            }
            if let Some(of) = known.get(&text) {
                add(of, sentence);
            }
            own.push(text);
        }
        known.extend(own.into_iter().map(|text| (text, section)));
        if whole.chars().count() >= WHOLE {
            wholes.insert(whole, section);
        }
    }
    found
}

/// Returns true for a sentence that is neither a heading nor a cell of a table: both recur under several headings.
fn is_sentence(text: &str, sentence: &Sentence<'_>) -> bool {
    let start = text.get(..sentence.start).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    !text.get(start..).is_some_and(|line| line.trim_start().starts_with(['#', '|']))
}

fn plain(text: &str) -> String {
    text.chars().map(half_width).filter(|char| char.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    #[test]
    fn reports_texts_under_two_headings() {
        let check = |one: &str, other: &str, expected: bool| {
            let [node, (path, sheet)] = program("a", "");
            let content = Fixture::new().with([node, (path, format!("{sheet}## 課題\n{one}\n## 方針\n{other}\n"))]);
            let found: &[&str] = if expected { &["programs/a/2023.md:7"] } else { &[] };
            content.assert_finds("copied-text", found);
        };
        let text = "３組織が発足した。担い手の育成が課題である。";
        check(text, text, true);
        check(text, "３組織が発足する。担い手を育成する。", false);
        check(
            "高齢の役員が多く、担い手の育成が課題である。３組織が発足した。",
            "講座を開く。高齢の役員が多く、担い手の育成が課題である。",
            true,
        );
        check(
            "３組織が発足した。高齢の役員が多く、担い手の育成が課題である。",
            "高齢の役員が多く、担い手の育成が課題である。",
            true,
        );
        check("計画どおり実施した。３組織が発足した。", "計画どおり実施した。講座を開く。", false);
        check("高齢の役員が多く、担い手の育成が課題である。", "高齢の役員が多く、担い手の育成が課題である。", true);
        let long = "３組織が発足した。高齢の役員が多く、後を継ぐ担い手の育成がこれからの課題である。";
        check(long, long, true);
        let heading = "### 地域の担い手の育成とその活動の支援";
        check(&format!("{heading}\n発足した。"), &format!("{heading}\n講座を開く。"), false);
    }
}
