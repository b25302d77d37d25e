//! Sentences under headings that are marks of a scale, and that say the opposite, for the rule `mark-method`: 開催する予定である
//! under 実施, ロゴマークを作成した under 未実施.

use super::mark_meaning::key_of;
use super::mark_outcome::is_not_begun;
use super::visit::SheetRef;
use super::words::{contains_any, sentences, span_in};
use crate::diagnostic::{Bilingual, Span, say};
use crate::model::{Judgement, Mark, Tone, Verdict};

/// The first sentence that contradicts the heading above it: its place, the key path of the mark and the message.
pub(super) fn of_heading(item: SheetRef<'_>, judgement: &Judgement) -> Option<(Span, String, Bilingual)> {
    let scale = item.strategy.scales.get(judgement.scale.0)?;
    let Verdict::Marks(marks) = &judgement.verdict else { return None };
    let marks = marks.iter().filter_map(|mark| scale.marks.get(*mark));
    let (mark, span, said, heading) = marks.into_iter().find_map(|mark| {
        let heading = Heading::of(mark)?;
        let section = item.sheet.sections.iter().find(|section| section.title == mark.printed)?;
        let mut said = sentences(&section.prose.markdown).into_iter();
        let said =
            said.find(|sentence| heading.contradicts(line(&section.prose.markdown, sentence.start), sentence.text))?;
        let span = span_in(&section.prose, said.start..said.start + said.text.len());
        Some((mark, span, said.text, heading))
    })?;
    let (printed, said) = (&mark.printed, shortened(said));
    let message = if heading != Heading::Done {
        say!(
            ja: "見出し「{printed}」の下に、行ったことを述べる文「{said}」があります",
            en: "under the heading `{printed}`, a sentence says what was done: `{said}`"
        )
    } else {
        say!(
            ja: "見出し「{printed}」の下に、これから行うことを述べる文「{said}」があります",
            en: "under the heading `{printed}`, a sentence says what will be done: `{said}`"
        )
    };
    Some((span, key_of(item, scale, judgement, "judgement"), message))
}

/// What a heading announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heading {
    /// 実施.
    Done,
    /// 未実施.
    NotDone,
    /// 予定.
    Planned,
}

impl Heading {
    fn of(mark: &Mark) -> Option<Self> {
        const PLANNED: [&str; 5] = ["予定", "実施予定", "今後の予定", "計画", "検討中"];
        if is_not_begun(mark) {
            Some(Self::NotDone)
        } else if PLANNED.contains(&mark.printed.as_str()) {
            Some(Self::Planned)
        } else {
            (mark.tone == Tone::Good).then_some(Self::Done)
        }
    }

    /// Returns true if a sentence in `line` contradicts the heading.
    fn contradicts(self, line: &str, sentence: &str) -> bool {
        // Why it was not done, or what was done instead.
        const NOT: [&str; 19] = [
            "ない",
            "なかった",
            "なく",
            "できず",
            "ず、",
            "中止",
            "延期",
            "見送",
            "断念",
            "遅れ",
            "取りやめ",
            "取り止め",
            "困難",
            "控え",
            "影響",
            "変更",
            "代わ",
            "未",
            "休止",
        ];
        // What was done before.
        const BEFORE: [&str; 7] = ["昨年", "前年", "これまで", "令和", "平成", "すでに", "既に"];
        match self {
            Self::Done => is_still_to_do(sentence),
            Self::NotDone => is_done(sentence) && !contains_any(line, &NOT),
            Self::Planned => is_done(sentence) && !contains_any(sentence, &BEFORE),
        }
    }
}

/// Line of a text around an offset.
fn line(text: &str, at: usize) -> &str {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let end = text.get(at..).and_then(|after| after.find('\n')).map_or(text.len(), |end| at + end);
    text.get(start..end).unwrap_or_default()
}

/// Returns true for a sentence that says that work was finished. 検討した, 協議した and 予定した precede it.
fn is_done(text: &str) -> bool {
    const DONE: [&str; 20] = [
        "実施した",
        "開催した",
        "作成した",
        "公表した",
        "公開した",
        "整備した",
        "設置した",
        "配布した",
        "完成した",
        "完了した",
        "策定した",
        "導入した",
        "発行した",
        "開設した",
        "行った",
        "開いた",
        "設けた",
        "作った",
        "終えた",
        "始めた",
    ];
    DONE.iter().any(|words| text.ends_with(words))
}

fn is_still_to_do(text: &str) -> bool {
    let is_late = text.contains("遅れて") || text.contains("遅れが");
    let is_announced = ["予定である", "予定", "予定している", "を目指す"].iter().any(|words| text.ends_with(words));
    is_announced || (is_late || text.contains("年度内に")) && text.ends_with(['る', 'う', 'く', 'す'])
}

fn shortened(text: &str) -> String {
    let start: String = text.chars().take(30).collect();
    if start.len() < text.len() { format!("{start}…") } else { start }
}

#[cfg(test)]
mod tests {
    use super::super::testing::indicator;

    fn check(mark: &str, text: &str, found: &[&str]) {
        let scale = "[[scale]]\nid = 'd'\ntitle = '取組'\nof = ['program']\nmarks = [\
            { mark = '実施', tone = 'good' }, { mark = '未実施', tone = 'poor' }, { mark = '予定', tone = 'neutral' }]";
        indicator("", "")
            .append_to_strategy(scale)
            .file("programs/a/2023.md", &format!("+++\n[judgement]\nd = '{mark}'\n+++\n## {mark}\n{text}\n"))
            .assert_finds("mark-method", found);
    }

    const LINE: &[&str] = &["programs/a/2023.md:6"];

    #[test]
    fn sentences_about_the_future_contradict_results() {
        check("実施", "講座を開催した。", &[]);
        check("実施", "講座を開催する予定である。", LINE);
    }

    #[test]
    fn sentences_about_results_contradict_what_was_not_done() {
        check("未実施", "講座を開催した。", LINE);
        check("未実施", "講師と連絡がつかず、講座を中止した。", &[]);
        check("未実施", "- 講座は延期した。代わりに動画を公開した。", &[]);
        check("未実施", "- 講座は延期した。\n- 動画を公開した。", &["programs/a/2023.md:7"]);
    }

    #[test]
    fn sentences_about_results_contradict_plans() {
        check("予定", "講座を開催する。", &[]);
        check("予定", "計画を策定し、町のウェブサイトで公表した。", LINE);
        check("予定", "昨年は講座を開催した。", &[]);
        check("予定", "講師と日程を協議した。", &[]);
    }
}
