//! The rule `copied-text`.

use super::copied_answer::copies;
use super::copied_heading;
use super::named_program::named;
use super::other_category;
use super::other_municipality;
use super::repeated_sentence::repeated;
use super::visit::{SheetRef, sheets, strategies};
use super::words::{pairs, sentences, span_in};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{Kind, Node, NodeId, Owner, Prose, Report, Section, StrategyIx, half_width};
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub(super) const LINT: Lint = Lint {
    rule: Rule::CopiedText,
    title: Bilingual {
        ja: "別の事業、または別の見出しの文章と同じ文章がある",
        en: "a text that repeats that of another program or of another heading",
    },
    explanation: Bilingual {
        ja: "24文字以上の文と、12文字以上の同じ文だけの見出しを比べます（空白・記号・全角半角の違いは問いません）。一つの調書の別の見出しの間では、同じ文を\
             指摘します。事業の調書どうしの間では、続く8文字の並びを数え、短いほうの文の8割以上が共通する文を指摘します。3事業以上にある\
             文は定型文とみなし、指摘しません。施策どうし、目標どうし、施策とその行にない事業の間では、見出しの文章の全体が同じときだけ指摘します。\
             12文字以上24文字未満の同じ文は、一方の名前や内容とだけ共通する言葉があるときに指摘します。同じ種類の二つの説明\
             （`program.md` などの本文）が同じときと、一つの調書の二つの指摘への対応（`answer`）が同じときも指摘します。同じ見出しの中の10文字以上の同じ文、文章の中の別の事業の名前（施策では、その行にない事業の名前）、リンク先と違う\
             事業名、別の分類の名前、この自治体のものでない「市長」「町民」や、この自治体の名前と1文字違う名前も指摘します（統合や連携を述べる文を除きます）。指摘するのは、名前や内容と共通する言葉の少ないほうです。",
        en: "Sentences of at least 24 characters, and sections of one equal sentence of at least 12, are compared, without spaces, punctuation and width. Between the \
             headings of a sheet, equal sentences are reported; between sheets of programs, sentences that share at \
             least 80 % of the sequences of eight characters of the shorter one. A sentence of three or more programs is \
             a set phrase. Between policies, between goals, and between a policy and a program that is none of its rows, \
             sections of one equal sentence are reported. Equal sentences of 12 to 23 characters are reported if only one of the two \
             nodes shares words with them, and descriptions (the text of `program.md`) if those of two nodes of one kind are \
             equal, as are equal answers to two remarks of a sheet. Reported are also sentences of at least 10 characters that are twice under one \
             heading, names of other programs (of programs that are no rows, for policies), except in sentences about both, and links \
             that name another program, categories of other rows, words of another kind of municipality (市長 in the report of a town), and \
             slips of the name of the municipality. The copy is the one with fewer words of its own node.",
    },
    example: concat!(
        "# programs/kokusai/2023.md\n",
        "多言語の表記を整備する民間事業所に補助金を交付した。\n",
        "\n",
        "# programs/lan/2023.md\n",
        "多言語の表記を整備する民間事業所に補助金を交付した。",
    ),
    remedy: Bilingual {
        ja: "その事業、その見出しの文章に書き換えてください。資料そのものが同じ文章なら、確認済みにしてください。",
        en: "Write the text of this program and heading. If the source itself repeats it, acknowledge the finding.",
    },
    confidence: Confidence::Likely,
    run,
};

/// Number of characters of the compared sequences.
const GRAM: usize = 8;
/// Multiplier of the polynomial hash of a sequence: the odd number nearest to 2^64 divided by the golden ratio.
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
/// Number of characters of the shortest sentence that is compared.
const MINIMUM: usize = 12;
/// Number of characters from which on similar sentences of two programs are compared.
const LONG: usize = 24;
/// Number of sentences with the same sequence from which on it belongs to a set phrase.
const SET_PHRASE: usize = 8;

/// A sentence of a sheet.
struct Passage<'r> {
    item: SheetRef<'r>,
    section: &'r Section,
    text: &'r str,
    /// Offset in the text of the section.
    start: usize,
    /// Number of its distinct sequences.
    grams: usize,
}

impl Passage<'_> {
    fn prose(&self) -> &Prose {
        &self.section.prose
    }
}

fn run(report: &Report, findings: &mut Findings) {
    let mut by_strategy: BTreeMap<_, Vec<Passage<'_>>> = BTreeMap::new();
    for item in sheets(report) {
        for section in &item.sheet.sections {
            for sentence in sentences(&section.prose.markdown) {
                let (text, start) = (sentence.text, sentence.start);
                if letters(text).count() >= MINIMUM {
                    by_strategy.entry(item.id.strategy).or_default().push(Passage {
                        item,
                        section,
                        text,
                        start,
                        grams: 0,
                    });
                }
            }
        }
    }
    by_strategy.into_values().for_each(|passages| compare(report, passages, findings));
    strategies(report).for_each(|(ix, _)| report_descriptions(report, ix, findings));
    for (span, message) in sheets(report).flat_map(copies) {
        let help = say!(
            ja: "この指摘への対応かどうか、資料と見比べてください",
            en: "compare the answer with the source"
        );
        findings.add(span, "response", message, help);
    }
    for (span, title, message) in sheets(report).flat_map(copied_heading::copies) {
        let help = say!(
            ja: "見出しに合う文章かどうか、資料と見比べてください",
            en: "compare with the source under which heading it belongs"
        );
        findings.add_first(Confidence::Likely, span, title, message, help);
    }
    for (span, title, message) in sheets(report).flat_map(repeated) {
        let help = say!(
            ja: "重複か、書き換え忘れかを、資料と見比べてください",
            en: "compare with the source whether it was pasted twice or not adapted"
        );
        findings.add(span, title, message, help);
    }
    let others = other_category::named(report).into_iter().chain(other_municipality::named(report));
    for (span, title, message) in named(report).into_iter().chain(others) {
        let help = say!(
            ja: "名前を資料と見比べてください",
            en: "compare the name with the source"
        );
        findings.add_as(Confidence::Possible, span, title, message, help);
    }
}

/// Letters and digits of a text, half-width.
fn letters(text: &str) -> impl Iterator<Item = char> {
    // Frequent letters first: the tables of Unicode are slower.
    let is_letter = |char: char| {
        matches!(char, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='鿿' | '0'..='9' | 'a'..='z' | 'A'..='Z')
            || char.is_alphanumeric()
    };
    text.chars().map(half_width).filter(move |char| is_letter(*char))
}

/// Hashes of the sequences of a text: the upper half of a polynomial hash. Two different sequences of a strategy have the
/// same hash so rarely that no sentence appears to share most of them with another one.
fn grams(text: &str) -> Vec<u32> {
    let letters: Vec<u64> = letters(text).map(u64::from).collect();
    let hash = |window: &[u64]| {
        let hash = window.iter().fold(0_u64, |hash, char| hash.wrapping_add(*char).wrapping_mul(MULTIPLIER));
        (hash >> 32) as u32
    };
    letters.windows(GRAM).map(hash).collect()
}

fn compare(report: &Report, mut passages: Vec<Passage<'_>>, findings: &mut Findings) {
    // Sentences by sequence: only sentences that share a rare one are compared.
    // Both numbers in one, which is sorted faster than a pair.
    let mut by_gram: Vec<u64> = Vec::new();
    for (index, passage) in (0_u32..).zip(&passages) {
        by_gram.extend(grams(passage.text).into_iter().map(|gram| u64::from(gram) << 32 | u64::from(index)));
    }
    by_gram.sort_unstable();
    by_gram.dedup();
    let index = |entry: &u64| (entry & u64::from(u32::MAX)) as usize;
    for entry in &by_gram {
        if let Some(passage) = passages.get_mut(index(entry)) {
            passage.grams += 1;
        }
    }
    let mut shared: Vec<(usize, usize)> = Vec::new();
    let groups = by_gram.chunk_by(|one, other| one >> 32 == other >> 32).filter(|group| group.len() < SET_PHRASE);
    for group in groups {
        for (position, one) in group.iter().enumerate() {
            shared.extend(group.iter().skip(position + 1).map(|other| (index(one), index(other))));
        }
    }
    shared.sort_unstable();
    let same: Vec<(&Passage<'_>, &Passage<'_>)> = shared
        .chunk_by(PartialEq::eq)
        .filter_map(|pairs| {
            let (one, other) = *pairs.first()?;
            let (one, other) = (passages.get(one)?, passages.get(other)?);
            (pairs.len() * 5 >= one.grams.min(other.grams) * 4).then_some((one, other))
        })
        .collect();
    // Programs by sentence: a sentence of several others is a set phrase.
    let mut programs: HashMap<*const str, BTreeSet<NodeId>> = HashMap::new();
    for (one, other) in &same {
        for (one, other) in [(one, other), (other, one)] {
            programs.entry(std::ptr::from_ref(one.text)).or_default().insert(other.item.id);
        }
    }
    let mut reported = BTreeSet::new();
    for (one, other) in same {
        let is_set_phrase = |passage: &Passage<'_>| {
            let others = programs.get(&std::ptr::from_ref(passage.text));
            others.is_some_and(|others| others.iter().filter(|id| **id != passage.item.id).count() > 1)
        };
        if is_same_sheet(one, other) {
            let is_first = reported.insert((other.prose().span, one.prose().span));
            // A plan that becomes a result differs only in its verb: 行う, 行った.
            let is_equal = letters(one.text).eq(letters(other.text));
            if is_equal && is_comparable(one, other) && one.section.title != other.section.title && is_first {
                report_heading(one, other, findings);
            }
        } else if !is_set_phrase(one) && !is_set_phrase(other) && are_of_unrelated_nodes(report, one, other) {
            let (original, copy) = if fits(one) < fits(other) { (other, one) } else { (one, other) };
            let is_first = !reported.contains(&(copy.prose().span, copy.prose().span));
            if is_first && (is_comparable(one, other) || is_out_of_place(original, copy)) {
                reported.insert((copy.prose().span, copy.prose().span));
                report_node(original, copy, findings);
            }
        }
    }
}

/// Returns true if two equal sentences, however short, are about the node of `original` and not about that of `copy`.
fn is_out_of_place(original: &Passage<'_>, copy: &Passage<'_>) -> bool {
    letters(original.text).eq(letters(copy.text)) && fits(original).0 > 0 && fits(copy).0 == 0
}

/// Returns true if two sentences are long, or equal and each all of its section: a short text is pasted as a whole.
fn is_comparable(one: &Passage<'_>, other: &Passage<'_>) -> bool {
    let is_long = |passage: &Passage<'_>| letters(passage.text).count() >= LONG;
    is_long(one) && is_long(other) || is_whole(one) && is_whole(other) && letters(one.text).eq(letters(other.text))
}

/// Returns true if a sentence is all of its section.
fn is_whole(passage: &Passage<'_>) -> bool {
    sentences(&passage.prose().markdown).len() == 1
}

fn is_same_sheet(one: &Passage<'_>, other: &Passage<'_>) -> bool {
    std::ptr::eq(one.item.sheet, other.item.sheet)
}

/// Returns true if both are texts of programs that are not the successor of each other, or equal texts of two policies, two
/// goals, or a policy and a program that is none of its rows.
fn are_of_unrelated_nodes(report: &Report, one: &Passage<'_>, other: &Passage<'_>) -> bool {
    let succeeds = |one: NodeId, other: NodeId| report.relations(one).succeeds.contains(&other);
    let (id, other_id) = (one.item.id, other.item.id);
    if id == other_id || succeeds(id, other_id) || succeeds(other_id, id) {
        return false;
    }
    // Lists of policies repeat measures on purpose; a text is pasted as a whole.
    let is_equal = || is_whole(one) && is_whole(other) && letters(one.text).eq(letters(other.text));
    match (one.item.node.kind, other.item.node.kind) {
        (Kind::Program, Kind::Program) => true,
        (one, other) if one == other => is_equal(),
        (Kind::Policy, Kind::Program) => !has_row(report, id, other_id) && is_equal(),
        (Kind::Program, Kind::Policy) => !has_row(report, other_id, id) && is_equal(),
        // Goals repeat what their policies say.
        _ => false,
    }
}

fn has_row(report: &Report, policy: NodeId, program: NodeId) -> bool {
    report.rows(Owner::Node(policy)).any(|(_, row)| row == program)
}

/// Number of words that a sentence shares with the names and the description of its node, and with its other texts.
fn fits(passage: &Passage<'_>) -> (usize, usize) {
    let node = passage.item.node;
    let of_sentence = pairs(passage.text);
    let shared = |texts: &mut dyn Iterator<Item = &String>| {
        let own: BTreeSet<_> = texts.flat_map(|text| pairs(text)).collect();
        of_sentence.intersection(&own).count()
    };
    let indicators = node.indicators.iter().map(|indicator| &indicator.name);
    let named = shared(&mut [&node.name, &node.body.markdown].into_iter().chain(indicators));
    let others = node.sheets.iter().flat_map(|sheet| &sheet.sections);
    let others = others.map(|section| &section.prose.markdown).filter(|text| !text.contains(passage.text));
    (named, shared(&mut { others }))
}

/// Reports descriptions of two nodes of one kind that are equal.
fn report_descriptions(report: &Report, ix: StrategyIx, findings: &mut Findings) {
    let mut by_text: BTreeMap<(Kind, String), Vec<(NodeId, &Node)>> = BTreeMap::new();
    for (id, node) in report.nodes(ix) {
        let text: String = letters(&node.body.markdown).collect();
        if !text.is_empty() {
            by_text.entry((node.kind, text)).or_default().push((id, node));
        }
    }
    for nodes in by_text.into_values() {
        // A program that was divided keeps its description.
        let [(one_id, one), (other_id, other)] = nodes.as_slice() else { continue };
        let succeeds = |one: NodeId, other: NodeId| report.relations(one).succeeds.contains(&other);
        if succeeds(*one_id, *other_id) || succeeds(*other_id, *one_id) {
            continue;
        }
        let fits = |node: &Node| {
            let names = [&node.name].into_iter().chain(node.indicators.iter().map(|indicator| &indicator.name));
            let names: BTreeSet<_> = names.flat_map(|name| pairs(name)).collect();
            pairs(&node.body.markdown).intersection(&names).count()
        };
        let (original, copy) = if fits(one) < fits(other) { (other, one) } else { (one, other) };
        let Some(sentence) = sentences(&copy.body.markdown).into_iter().next() else { continue };
        let (name, path) = (&original.name, format!("{}/{}", folder(original.kind), original.id));
        let message = say!(
            ja: "説明が、「{name}」（{path}）の説明と同じです",
            en: "the description is that of `{name}` ({path})"
        );
        let help = say!(
            ja: "この事業・施策の説明かどうか、資料と見比べてください",
            en: "compare with the source which of the two it describes"
        );
        let span = span_in(&copy.body, sentence.start..sentence.start + sentence.text.len());
        findings.add(span, "", message, help);
    }
}

/// Folder of the nodes of a kind.
fn folder(kind: Kind) -> &'static str {
    match kind {
        Kind::Goal => "goals",
        Kind::Policy => "policies",
        Kind::Program => "programs",
    }
}

fn report_heading(original: &Passage<'_>, copy: &Passage<'_>, findings: &mut Findings) {
    let title = &original.section.title;
    let message = say!(
        ja: "この文は、同じ調書の見出し「{title}」にもあります",
        en: "this sentence is also under the heading `{title}` of this sheet"
    );
    let help = say!(
        ja: "見出しに合う文章かどうか、資料と見比べてください",
        en: "compare with the source under which heading it belongs"
    );
    add(copy, message, help, findings);
}

fn report_node(original: &Passage<'_>, copy: &Passage<'_>, findings: &mut Findings) {
    let node = original.item.node;
    let (name, path) = (&node.name, format!("{}/{}/{}.md", folder(node.kind), node.id, original.item.edition.id));
    let message = say!(
        ja: "この文は、「{name}」の調書（{path}）にもあります",
        en: "this sentence is also in the sheet of `{name}` ({path})"
    );
    let help = say!(
        ja: "この調書の文章かどうか、資料と見比べてください",
        en: "compare with the source to which sheet it belongs"
    );
    add(copy, message, help, findings);
}

fn add(copy: &Passage<'_>, message: Bilingual, help: Bilingual, findings: &mut Findings) {
    let span = span_in(copy.prose(), copy.start..copy.start + copy.text.len());
    findings.add(span, &copy.section.title, message, help);
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    const TEXT: &str = "多言語の表記や公衆無線の機器を整備する民間の事業所に補助金を交付した。";

    fn programs(texts: &[&str]) -> Fixture {
        texts.iter().enumerate().fold(Fixture::new(), |content, (index, text)| {
            let id = format!("a{index}");
            let content = content.with(program(&id, ""));
            content.file(&format!("programs/{id}/2023.md"), &format!("## 実績\n{text}\n"))
        })
    }

    #[test]
    fn reports_texts_of_another_program() {
        programs(&[TEXT, TEXT]).assert_finds("copied-text", &["programs/a1/2023.md:2"]);
        programs(&[TEXT, &TEXT.replace("民間の", "市内の")]).assert_finds("copied-text", &[]);
        programs(&[TEXT, "市内の公園に遊具を設け、指定管理者が利用者の声を集めて整備に生かした。"])
            .assert_finds("copied-text", &[]);
        programs(&["計画どおりに実施した。", "計画どおりに実施した。"]).assert_finds("copied-text", &[]);
    }

    #[test]
    fn set_phrases_are_no_copies() {
        programs(&[TEXT, TEXT, TEXT]).assert_finds("copied-text", &[]);
    }

    #[test]
    fn the_copy_is_the_text_that_does_not_fit_its_program() {
        let content = programs(&[TEXT, TEXT]);
        content
            .file("programs/a1/program.md", "+++\nname = '多言語の表記の補助金'\n+++\n")
            .assert_finds("copied-text", &["programs/a0/2023.md:2"]);
    }

    #[test]
    fn reports_a_text_under_two_headings() {
        let sheet = format!("## 実績\n{TEXT}\n## 課題\n{TEXT}\n");
        programs(&[""]).file("programs/a0/2023.md", &sheet).assert_finds("copied-text", &["programs/a0/2023.md:4"]);
        let policy = |id: &str| (format!("policies/{id}/2023.md"), format!("## 実績\n{TEXT}\n"));
        let content = Fixture::new().policy("1", &[]).policy("2", &[]);
        content.clone().with([policy("1"), policy("2")]).assert_finds("copied-text", &["policies/2/2023.md:2"]);
        // Lists of policies repeat measures.
        let list = |id: &str| (format!("policies/{id}/2023.md"), format!("## 実績\n- {TEXT}\n- {id}の施策\n"));
        content.with([list("1"), list("2")]).assert_finds("copied-text", &[]);
    }

    #[test]
    fn reports_equal_descriptions() {
        let node = |name: &str| format!("+++\nname = '{name}'\n+++\n町で子どもを育てる人を支える。\n");
        programs(&["", ""])
            .file("programs/a0/program.md", &node("子育て支援"))
            .file("programs/a1/program.md", &node("移住の促進"))
            .assert_finds("copied-text", &["programs/a1/program.md:4"]);
    }

    #[test]
    fn short_texts_are_compared_as_a_whole() {
        let short = "荒天時の代替の会場を用意する。";
        programs(&[short, short]).assert_finds("copied-text", &["programs/a1/2023.md:2"]);
        let longer = format!("来場者が増えた。{short}");
        programs(&[short, &longer]).assert_finds("copied-text", &[]);
    }
}
