//! Words of a municipality of another kind, and slips of its own name, for the rule `copied-text`: 市長による企業訪問 in the
//! report of a town, 北杜市 in that of 北斗市.

use super::office_words::same_reading;
use super::visit::{SheetRef, sheets};
use super::words::{contains_any, sentences, span_in};
use crate::diagnostic::{Bilingual, Span, say};
use crate::model::{Report, Section, StrategyIx};
use std::collections::BTreeMap;

/// Words of other municipalities: their place, the title of the section and the message.
pub(super) fn named(report: &Report) -> Vec<(Span, &str, Bilingual)> {
    let mut people: BTreeMap<StrategyIx, bool> = BTreeMap::new();
    let mut found = Vec::new();
    for item in sheets(report) {
        let Some(kind) = item.strategy.publisher.chars().next_back() else { continue };
        let own = format!("{kind}民");
        let names_own_people =
            *people.entry(item.id.strategy).or_insert_with(|| count(report, item.id.strategy, &own) > 2);
        for section in &item.sheet.sections {
            found.extend(in_section(report, item, section, kind, names_own_people));
        }
    }
    found
}

/// Number of texts and names of a strategy with a word.
fn count(report: &Report, ix: StrategyIx, word: &str) -> usize {
    let texts = report.nodes(ix).flat_map(|(_, node)| node.prose());
    let names = report.nodes(ix).filter(|(_, node)| node.name.contains(word)).count();
    names + texts.filter(|prose| prose.markdown.contains(word)).count()
}

fn in_section<'r>(
    report: &Report,
    item: SheetRef<'_>,
    section: &'r Section,
    kind: char,
    names_own_people: bool,
) -> Vec<(Span, &'r str, Bilingual)> {
    let publisher = &item.strategy.publisher;
    let mut found = Vec::new();
    for sentence in sentences(&section.prose.markdown) {
        let word = office_of_other_kind(sentence.text, kind).or_else(|| {
            let (at, word) = people_of_other_kind(sentence.text, kind).filter(|_| names_own_people)?;
            (count(report, item.id.strategy, word) == 1).then_some((at, word))
        });
        let name = word.is_none().then(|| slip_of_name(report, item, sentence.text)).flatten();
        if let Some((at, written)) = word.or(name) {
            let start = sentence.start + at;
            let message = say!(
                ja: "「{publisher}」の調書に「{written}」とあります",
                en: "the sheet of `{publisher}` says `{written}`"
            );
            let span = span_in(&section.prose, start..start + written.len());
            found.push((span, section.title.as_str(), message));
        }
    }
    found
}

/// Returns true for a character before which no other word ends: 帯広市長 and 3市長 are others.
fn is_free(before: &str) -> bool {
    before
        .chars()
        .next_back()
        .is_none_or(|char| matches!(char, 'ぁ'..='ゖ' | '、' | '。' | '（' | '(' | '「' | ' ' | '　' | '|' | '：'))
}

/// A mayor, council or office of another kind of municipality.
fn office_of_other_kind(sentence: &str, kind: char) -> Option<(usize, &'static str)> {
    const OF_CITIES: [&str; 4] = ["市長", "市議会", "市役所", "市職員"];
    const OF_TOWNS: [&str; 4] = ["町長", "町議会", "町役場", "町職員"];
    const OF_VILLAGES: [&str; 4] = ["村長", "村議会", "村役場", "村職員"];
    // Sentences about several municipalities.
    const SEVERAL: [&str; 16] = [
        "首長",
        "近隣",
        "関係",
        "管内",
        "周辺",
        "全国",
        "知事",
        "各",
        "旧",
        "合併",
        "他の",
        "ほかの",
        "県内",
        "道内",
        "連携",
        "かつて",
    ];
    let (own, others) = match kind {
        '市' => (OF_CITIES, [OF_TOWNS, OF_VILLAGES]),
        '町' => (OF_TOWNS, [OF_CITIES, OF_VILLAGES]),
        '村' => (OF_VILLAGES, [OF_CITIES, OF_TOWNS]),
        _ => return None,
    };
    if contains_any(sentence, &SEVERAL) || contains_any(sentence, &own) {
        return None;
    }
    others.into_iter().flatten().find_map(|word| {
        let at = sentence.find(word)?;
        let (before, after) = (sentence.get(..at)?, sentence.get(at + word.len()..)?);
        // 市長期総合計画, 町長会.
        (is_free(before) && !after.starts_with(['期', '会', '寿', '跡', '・'])).then_some((at, word))
    })
}

/// People of another kind of municipality, as the subject or object of a sentence. 町内 and 区民 exist in cities too.
fn people_of_other_kind(sentence: &str, kind: char) -> Option<(usize, &'static str)> {
    let others: &[&str] = match kind {
        '市' => &["町民", "村民"],
        '町' => &["市民", "村民", "市内"],
        '村' => &["市民", "町民", "市内"],
        '区' => &["町民", "村民"],
        _ => return None,
    };
    others.iter().find_map(|word| {
        let at = sentence.find(word)?;
        let (before, after) = (sentence.get(..at)?, sentence.get(at + word.len()..)?);
        let is_whole = is_free(before) && after.starts_with(['が', 'を', 'に', 'へ', 'と', 'は', 'か', 'の']);
        is_whole.then_some((at, *word))
    })
}

/// A name that differs from that of the municipality by one character: of the same reading or, before a word for what is
/// one's own (北社市のPR), one that the strategy has nowhere else.
fn slip_of_name<'t>(report: &Report, item: SheetRef<'_>, sentence: &'t str) -> Option<(usize, &'t str)> {
    const OWN: [&str; 14] = [
        "のPR",
        "のＰＲ",
        "の魅力",
        "のまち",
        "の観光",
        "の人口",
        "の知名度",
        "の特産",
        "の情報",
        "への移住",
        "への寄附",
        "内",
        "民",
        "役",
    ];
    let name = &item.strategy.publisher;
    let kind = name.chars().next_back().filter(|kind| "市町村区".contains(*kind))?;
    let length = name.chars().count();
    if length < 3 || sentence.contains(name.as_str()) {
        return None;
    }
    sentence.match_indices(kind).find_map(|(at, _)| {
        let end = at + kind.len_utf8();
        let (start, _) = sentence.get(..end)?.char_indices().rev().nth(length - 1)?;
        let (written, before) = (sentence.get(start..end)?, sentence.get(..start)?);
        let mut differing = written.chars().zip(name.chars()).filter(|(one, other)| one != other);
        let (Some((one, other)), None) = (differing.next(), differing.next()) else { return None };
        let is_kanji = ('一'..='鿿').contains(&one) && ('一'..='鿿').contains(&other);
        let after = sentence.get(end..)?;
        let is_own = || OWN.iter().any(|word| after.starts_with(word)) && count_char(report, item, one) == 1;
        (is_kanji && is_free(before) && (same_reading(one, other) || is_own())).then_some((start, written))
    })
}

/// Number of texts and names of a strategy with a character.
fn count_char(report: &Report, item: SheetRef<'_>, char: char) -> usize {
    let nodes = || report.nodes(item.id.strategy);
    let texts = nodes().flat_map(|(_, node)| node.prose()).filter(|prose| prose.markdown.contains(char)).count();
    texts + nodes().filter(|(_, node)| node.name.contains(char)).count()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn check(publisher: &str, text: &str, found: bool) {
        let expected: &[&str] = if found { &["programs/a/2023.md:2"] } else { &[] };
        let strategy = format!("title = 'S'\npublisher = '{publisher}'\n");
        Fixture::new()
            .file("strategy.toml", &strategy)
            .edition("2023", "R5")
            .with(program("a", ""))
            .file("programs/a/2023.md", &format!("## 実績\n{text}\n"))
            .assert_finds("copied-text", expected);
    }

    #[test]
    fn offices_are_those_of_the_municipality() {
        check("芽室町", "町長による企業訪問を行った。", false);
        check("芽室町", "市長による企業訪問を行った。", true);
        check("芽室町", "帯広市長と懇談した。", false);
        check("芽室町", "近隣の市長、町長と懇談した。", false);
        check("北斗市", "町議会に報告した。", true);
        check("北斗市", "市長期総合計画を策定した。", false);
    }

    #[test]
    fn the_name_is_that_of_the_municipality() {
        check("北斗市", "北斗市のPRを行った。", false);
        check("北斗市", "北杜市のPRを行った。", true);
        check("北斗市", "北見市と交流した。", false);
        check("企画市", "起画市と書いた。", true);
    }

    #[test]
    fn people_are_those_of_the_municipality() {
        let check = |text: &str, found: &[&str]| {
            Fixture::new()
                .file("strategy.toml", "title = 'S'\npublisher = '芽室町'\n")
                .edition("2023", "R5")
                .with(program("a", ""))
                .file(
                    "programs/a/2023.md",
                    &format!("## 実績\n{text}\n\n## 課題\n町民の参加。\n\n## 今後\n町民の意見。\n"),
                )
                .file("programs/a/program.md", "+++\nname = 'A'\n+++\n町民のための事業。\n")
                .assert_finds("copied-text", found);
        };
        check("町民が参加した。", &[]);
        check("市民が参加した。", &["programs/a/2023.md:2"]);
        check("市民後見人を養成した。", &[]);
    }

    #[test]
    fn names_of_programs_name_people_too() {
        let check = |name: &str, found: &[&str]| {
            Fixture::new()
                .file("strategy.toml", "title = 'S'\npublisher = '芽室町'\n")
                .edition("2023", "R5")
                .with(program("a", ""))
                .with(program("b", ""))
                .file("programs/a/2023.md", "## 実績\n町民活動を支えた。\n\n## 課題\n市民の参加。\n")
                .file("programs/a/program.md", &format!("+++\nname = '{name}との協働'\n+++\n"))
                .file("programs/b/program.md", &format!("+++\nname = '{name}の意見'\n+++\n"))
                .assert_finds("copied-text", found);
        };
        check("町民", &["programs/a/2023.md:5"]);
        check("市民", &[]);
        check("住民", &[]);
    }
}
