//! Sentences that contradict a note on a cell or an indicator of the same sheet: what was done, when, and with whom.

use super::{Contradiction, is_plan};
use crate::check::visit::SheetRef;
use crate::check::words::{contains_any, integer_at_end, is_noun_char, sentences};
use crate::diagnostic::{Bilingual, say};
use crate::model::half_width;

/// A note with the name of its indicator.
struct Note<'r> {
    indicator: &'r str,
    text: &'r str,
}

/// Sentences that a note contradicts.
pub(super) fn contradictions(item: SheetRef<'_>) -> Vec<Contradiction<'_>> {
    let notes = notes(item);
    let mut found = Vec::new();
    for section in item.sheet.sections.iter().filter(|section| !notes.is_empty() && !is_plan(section)) {
        for sentence in sentences(&section.prose.markdown) {
            let message = notes.iter().find_map(|note| contradiction(sentence.text, note));
            found.extend(message.map(|message| Contradiction::of_sentence(section, &sentence, message)));
        }
    }
    found
}

fn notes(item: SheetRef<'_>) -> Vec<Note<'_>> {
    let mut notes = Vec::new();
    for (index, figures) in &item.sheet.figures {
        let Some(indicator) = item.node.indicators.get(*index).map(|indicator| indicator.name.as_str()) else {
            continue;
        };
        let of_values = figures.values().filter_map(|(.., value)| value.note.as_deref());
        notes.extend(of_values.chain(figures.note.as_deref()).map(|text| Note { indicator, text }));
    }
    notes
}

fn contradiction(sentence: &str, note: &Note<'_>) -> Option<Bilingual> {
    other_month(sentence, note).or_else(|| {
        sentences(note.text)
            .into_iter()
            .find_map(|of| not_done(sentence, of.text).or_else(|| other_name(sentence, of.text)))
    })
}

/// A month after the name of the indicator that is not the only month of its note: 子ども文化祭は12月に開催する.
fn other_month(sentence: &str, note: &Note<'_>) -> Option<Bilingual> {
    const COUNTS: [&str; 10] =
        ["の開催回数", "開催回数", "の実施回数", "実施回数", "の開催", "の実施", "開催", "実施", "の回数", "回数"];
    let name = COUNTS.iter().find_map(|count| note.indicator.strip_suffix(count)).unwrap_or(note.indicator);
    let name = name.trim_matches(['「', '」']);
    if name.chars().count() < 4 || contains_any(sentence, &["昨年", "前年", "来年", "翌年", "年度"]) {
        return None;
    }
    let of_note = months(note.text);
    let [noted] = of_note.as_slice() else { return None };
    let (_, rest) = sentence.split_once(name)?;
    let rest = rest.strip_prefix(['は', 'を', 'が', '（', '：'])?;
    let digits: String = rest.chars().map(half_width).take_while(char::is_ascii_digit).collect();
    let written: u32 = digits.parse().ok()?;
    let after = rest.chars().skip(digits.len()).collect::<String>();
    (written != *noted && is_month(&after)).then(|| {
        say!(
            ja: "「{name}」がここでは{written}月ですが、指標の注記では{noted}月です",
            en: "`{name}` is in month {written} here, and in month {noted} in the note of its indicator"
        )
    })
}

/// Returns true for 月 that is no duration.
fn is_month(after: &str) -> bool {
    after.starts_with('月') && !after.starts_with("月間") && !after.starts_with("月額")
}

/// Months of a text: 2月に開催.
fn months(text: &str) -> Vec<u32> {
    let found = text.match_indices('月').filter_map(|(at, _)| {
        let (_, month) = integer_at_end(text.get(..at)?)?;
        ((1..=12).contains(&month) && is_month(text.get(at..)?)).then_some(month)
    });
    found.collect()
}

/// A sentence that denies what a note reports as done.
fn not_done(sentence: &str, note: &str) -> Option<Bilingual> {
    const NOT: [&str; 10] = [
        "行っていない",
        "行わなかった",
        "実施していない",
        "実施しなかった",
        "実施できなかった",
        "開催していない",
        "開催しなかった",
        "開催できなかった",
        "中止した",
        "中止となった",
    ];
    const DONE: [&str; 6] = ["を行った", "実施した", "開催した", "に行った", "実施済", "開催済"];
    let not = NOT.iter().find(|words| sentence.ends_with(**words))?;
    let done = DONE.iter().find(|words| note.contains(**words)).filter(|_| !contains_any(note, &NOT))?;
    let shared = longest_common(sentence, note);
    let is_name = shared.chars().filter(|char| is_noun(*char)).count() > 5 && !shared.contains(done);
    is_name.then(|| {
        say!(
            ja: "「{shared}」は、ここでは「{not}」とされていますが、注記には「{done}」とあります",
            en: "of `{shared}`, the text says `{not}`, but a note says `{done}`"
        )
    })
}

fn is_noun(char: char) -> bool {
    is_noun_char(char) || matches!(char, '0'..='9' | '０'..='９' | 'A'..='Z')
}

/// Longest text that two texts have in common, without particles at its ends.
fn longest_common<'t>(one: &'t str, other: &str) -> &'t str {
    let starts: Vec<usize> = one.char_indices().map(|(at, _)| at).chain([one.len()]).collect();
    let mut longest = "";
    for (first, start) in starts.iter().enumerate() {
        // Only a longer one is of interest.
        let ends = starts.iter().skip(first + 1).filter_map(|end| one.get(*start..*end));
        for part in ends.skip_while(|part| part.len() <= longest.len()) {
            if !other.contains(part) {
                break;
            }
            longest = part;
        }
    }
    longest.trim_matches(|char: char| ('ぁ'..='ゖ').contains(&char) || matches!(char, '、' | '。'))
}

/// Another name than that of a note before the same words: 信州大学と新規に提携, 筑波大学と新規に提携.
fn other_name(sentence: &str, note: &str) -> Option<Bilingual> {
    const KINDS: [&str; 14] = [
        "大学",
        "高校",
        "高等学校",
        "中学校",
        "小学校",
        "銀行",
        "協会",
        "組合",
        "協議会",
        "会社",
        "市",
        "町",
        "村",
        "区",
    ];
    const SAME: usize = 6;
    for kind in KINDS {
        for (one, after_one) in names(sentence, kind) {
            for (other, after_other) in names(note, kind) {
                let same = after_one.chars().zip(after_other.chars()).take_while(|(one, other)| one == other).count();
                let is_other = one != other && !one.contains(other) && !other.contains(one);
                if is_other && same >= SAME && !sentence.contains(other) && !note.contains(one) {
                    return Some(say!(
                        ja: "ここでは「{one}」ですが、指標の注記では「{other}」です",
                        en: "the text says `{one}`, but the note of an indicator says `{other}`"
                    ));
                }
            }
        }
    }
    None
}

/// Names that end with the word for their kind, and the text after each.
fn names<'t>(text: &'t str, kind: &str) -> Vec<(&'t str, &'t str)> {
    let found = text.match_indices(kind).filter_map(|(at, _)| {
        let end = at + kind.len();
        let before = text.get(..at)?;
        let stem = before.chars().rev().take_while(|char| is_noun(*char)).map(char::len_utf8).sum::<usize>();
        let name = text.get(at - stem..end)?;
        let after = text.get(end..)?;
        let is_whole = stem > 0 && !after.starts_with(is_noun);
        is_whole.then_some((name, after))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{Fixture, program};

    fn check(note: &str, text: &str, found: bool) {
        let expected: &[&str] = if found { &["programs/a/2023.md:6"] } else { &[] };
        let node = "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = '子ども文化祭の開催'\n+++\n";
        let sheet = format!("+++\n[indicator.x]\nnote = '{note}'\n+++\n## 実績\n{text}\n");
        Fixture::new()
            .with(program("a", ""))
            .file("programs/a/program.md", node)
            .file("programs/a/2023.md", &sheet)
            .assert_finds("contradictory-text", expected);
    }

    #[test]
    fn months_are_those_of_the_note() {
        check("2月に開催予定と記載されています。", "子ども文化祭は2月に開催する予定である。", false);
        check("2月に開催予定と記載されています。", "講座は10月、子ども文化祭は12月に開催する予定である。", true);
        check("2月に開催予定と記載されています。", "子ども文化祭は2か月続いた。", false);
    }

    #[test]
    fn what_a_note_calls_done_was_done() {
        let note = "長野・松本・上田3市長鼎談を4月に実施したと記載されています。";
        check(note, "長野・松本・上田3市長鼎談を4月に行った。", false);
        check(note, "長野・松本・上田3市長鼎談は日程が合わず、まだ行っていない。", true);
        check(note, "長野県知事との懇談は、まだ行っていない。", false);
    }

    #[test]
    fn partners_are_those_of_the_note() {
        let note = "筑波大学と新規に提携したと記載されています。";
        check(note, "筑波大学と新規に提携して講座を行った。", false);
        check(note, "信州大学と新規に提携して講座を行った。", true);
        check(note, "信州大学と協議している。", false);
    }
}
