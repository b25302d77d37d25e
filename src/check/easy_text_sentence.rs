//! The rule `easy-text-sentence`.

use super::easy_text::{characters, easy_texts, span_at};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::markdown;
use crate::model::Report;

/// Number of characters, without spaces, above which a sentence is long.
const MAX_CHARS: usize = 40;

pub(super) const LINT: Lint = Lint {
    rule: Rule::EasyTextSentence,
    title: Bilingual {
        ja: "やさしい日本語の文章に、長い一文がある", en: "a long sentence in easy Japanese"
    },
    explanation: Bilingual {
        ja: "出入国在留管理庁・文化庁「在留支援のためのやさしい日本語ガイドライン」（2020年）は、一文を短くし、\
             一つの文で伝えることを一つにするよう求めています。40字は、このプログラムが決めた目安です。\
             ふりがなと空白は数えません。",
        en: "The guideline on easy Japanese of the Immigration Services Agency and the Agency for Cultural Affairs \
             (2020) asks for short sentences that each say one thing. The limit of 40 characters is a rule of thumb \
             of this program; readings and spaces do not count.",
    },
    example: "市は、遊びに来る人をふやすために、近くの市や町といっしょに、国の中と外に向けて、市のよいところを知らせます。",
    remedy: Bilingual {
        ja: "「〜て、〜て、」とつながずに、文を分けてください。", en: "Divide the sentence."
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (_, _, easy) in easy_texts(report) {
        for block in markdown::reading_blocks(&easy.prose.markdown) {
            let characters = characters(&block);
            for sentence in characters.split_inclusive(|(char, ..)| matches!(char, '。' | '！' | '？' | '!' | '?')) {
                let mut visible = sentence.iter().filter(|(char, ..)| !char.is_whitespace());
                let count = visible.clone().count();
                let Some((_, offset, _)) = visible.next().filter(|_| count > MAX_CHARS) else { continue };
                let message = say!(
                    ja: "一文が{count}字あります（目安は{MAX_CHARS}字まで）",
                    en: "this sentence has {count} characters; easy Japanese has at most {MAX_CHARS}"
                );
                let help = say!(
                    ja: "一つの文で言うことを一つにして、文を分けてください",
                    en: "divide it into sentences that each say one thing"
                );
                findings.add(span_at(easy, *offset), "text", message, help);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn check(text: &str, expected: &[&str]) {
        let content = Fixture::new().with(program("a", "")).file("programs/a/program.easy.md", text);
        content.assert_finds("easy-text-sentence", expected);
    }

    #[test]
    fn reports_sentences_of_more_than_40_characters() {
        let (most, too_many) = ("あ".repeat(39), "あ".repeat(40));
        check(&format!("{most}。{most}。\n\n{most}\n"), &[]);
        check(&format!("いち。\n\nに。{too_many}。\n"), &["programs/a/program.easy.md:3"]);
        check(&format!("- {too_many}！\n- に\n"), &["programs/a/program.easy.md:1"]);
    }

    #[test]
    fn readings_and_spaces_do_not_count() {
        check(&format!("{}。\n", "{市|いちりつ} ".repeat(39)), &[]);
    }

    #[test]
    fn a_sentence_ends_with_its_block() {
        let half = "あ".repeat(25);
        check(&format!("# {half}\n{half}\n\n- {half}\n- {half}\n\n| {half} | {half} |\n|---|---|\n"), &[]);
        check(&format!("{half}\n{half}\n"), &["programs/a/program.easy.md:1"]);
    }
}
