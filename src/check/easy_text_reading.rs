//! The rule `easy-text-reading`.

use super::easy_text::{characters, easy_texts, span_at};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::markdown::{self, ReadingRun};
use crate::model::Report;
use std::collections::HashSet;

pub(super) const LINT: Lint = Lint {
    rule: Rule::EasyTextReading,
    title: Bilingual {
        ja: "やさしい日本語の文章に、ふりがなのない漢字がある",
        en: "kanji without a reading in easy Japanese",
    },
    explanation: Bilingual {
        ja: "漢字を読めない人のために、すべての漢字にふりがなを付けます。`{漢字|かんじ}` と書きます。\
             同じ言葉は、一つのファイルで一度だけ指摘します。",
        en: "All kanji have a reading, for people who cannot read them: `{漢字|かんじ}`. Each word is reported once per \
             file.",
    },
    example: "観光の お客さん",
    remedy: Bilingual {
        ja: "`{観光|かんこう}の お{客|きゃく}さん` のように書いてください。",
        en: "Write `{観光|かんこう}の お{客|きゃく}さん`.",
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (_, _, easy) in easy_texts(report) {
        let mut reported = HashSet::new();
        let title = easy.title.iter().flat_map(|title| markdown::reading_blocks(title));
        let title = title.flat_map(|block| bare_words(&block)).map(|(word, _)| (word, easy.title_span));
        let blocks = markdown::reading_blocks(&easy.prose.markdown);
        let text = blocks.iter().flat_map(|block| bare_words(block));
        let text = text.map(|(word, offset)| (word, span_at(easy, offset)));
        for (word, span) in title.chain(text) {
            if !reported.insert(word.clone()) {
                continue;
            }
            let message = say!(ja: "「{word}」にふりがながありません", en: "`{word}` has no reading");
            let help = say!(
                ja: "`{{{word}|よみ}}` のように書いてください",
                en: "write it with its reading in kana: `{{{word}|よみ}}`"
            );
            findings.add(span, &word, message, help);
        }
    }
}

/// Runs of kanji without a reading, each with its offset in the source.
fn bare_words(block: &[ReadingRun]) -> Vec<(String, usize)> {
    let mut words: Vec<(String, usize)> = Vec::new();
    let mut continues = false;
    for (char, offset, has_reading) in characters(block) {
        let is_bare = !has_reading && is_kanji(char);
        match words.last_mut().filter(|_| is_bare && continues) {
            Some((word, _)) => word.push(char),
            None if is_bare => words.push((char.to_string(), offset)),
            None => {}
        }
        continues = is_bare;
    }
    words
}

fn is_kanji(char: char) -> bool {
    matches!(char, '々' | '〆' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}')
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn check(text: &str, expected: &[&str]) {
        let content = Fixture::new().with(program("a", "")).file("programs/a/program.easy.md", text);
        let content = content.file("programs/a/e.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
        content.assert_finds("easy-text-reading", expected);
    }

    #[test]
    fn reports_kanji_without_a_reading() {
        check("{観光|かんこう}と カタカナと ABC 10。\n", &[]);
        check("まち。\n\n{観光|かんこう}の お客さん\n", &["programs/a/program.easy.md:3"]);
        check("# 人々\n- 県\n", &["programs/a/program.easy.md:1", "programs/a/program.easy.md:2"]);
    }

    #[test]
    fn reports_the_title() {
        check("+++\ntitle = '{市|し}の道'\n+++\nまち。\n", &["programs/a/program.easy.md:2"]);
    }

    #[test]
    fn reports_each_word_once() {
        check("市と市と市役所\n", &["programs/a/program.easy.md:1", "programs/a/program.easy.md:1"]);
    }

    #[test]
    fn findings_can_be_acknowledged_in_the_file() {
        let acknowledge = "[[acknowledge]]\nrule = 'easy-text-reading'\nabout = '市'\nreason = '題名のため'";
        check(&format!("+++\n{acknowledge}\n+++\n市\n"), &[]);
    }

    #[test]
    fn ignores_code_and_images() {
        check("`市` ![絵](e.svg)\n", &[]);
    }
}
