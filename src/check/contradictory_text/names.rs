//! Names of schools and other places in texts: one that differs slightly from that of another year (潮見ヶ丘小学校に増設した after
//! 潮見台小学校に増設する), and a list that is that of another year (令和2年度の学校は上山小、北中である).

use super::Contradiction;
use crate::check::visit::SheetRef;
use crate::check::words::{contains_any, fiscal_years, pairs, sentences, span_in};
use crate::diagnostic::{Span, say};
use crate::model::{FiscalYear, Prose};
use std::collections::BTreeSet;

/// Ends of names of places, the longer ones first.
const PLACES: [&str; 19] = [
    "小学校",
    "中学校",
    "高等学校",
    "特別支援学校",
    "幼稚園",
    "保育園",
    "保育所",
    "こども園",
    "公民館",
    "図書館",
    "体育館",
    "児童館",
    "児童センター",
    "会館",
    "公園",
    "地区",
    "小",
    "中",
    "駅",
];

/// A name of a place in a text.
#[derive(Clone)]
struct Name<'t> {
    /// Name without the words for its kind: 潮見台.
    stem: &'t str,
    /// Kind: 小学校; 小 is 小学校.
    kind: &'t str,
    start: usize,
    end: usize,
}

/// A sentence with names, of a sheet or a description.
struct Passage<'r> {
    text: &'r str,
    span: Span,
    about: &'r str,
    year: Option<FiscalYear>,
    names: Vec<Name<'r>>,
    /// True for sentences of the sheet.
    is_own: bool,
}

/// Names of a sheet that differ from those of its other texts, of other years, or of its programs.
pub(super) fn contradictions<'r>(item: SheetRef<'r>, below: &[SheetRef<'r>]) -> Vec<Contradiction<'r>> {
    let mut passages = Vec::new();
    for section in &item.sheet.sections {
        passages.extend(read(&section.prose, &section.title, item.edition.year, true));
    }
    if passages.is_empty() {
        return Vec::new();
    }
    let mut others = read(&item.node.body, "", None, false);
    for sheet in item.node.sheets.iter().filter(|sheet| sheet.edition < item.sheet.edition) {
        let year = item.strategy.editions.get(sheet.edition.0).and_then(|edition| edition.year);
        others.extend(sheet.sections.iter().flat_map(|section| read(&section.prose, "", year, false)));
    }
    let slips = passages.iter().filter_map(|passage| slip(passage, &passages, &others));
    let mut found: Vec<Contradiction<'_>> = slips.collect();
    for of in below {
        others.extend(read(&of.node.body, "", None, false));
        others.extend(of.sheet.sections.iter().flat_map(|section| read(&section.prose, "", item.edition.year, false)));
    }
    found.extend(passages.iter().filter_map(|passage| list_of_other_year(passage, &passages, &others)));
    found
}

fn read<'r>(prose: &'r Prose, about: &'r str, year: Option<FiscalYear>, is_own: bool) -> Vec<Passage<'r>> {
    let of_sentence = |sentence: crate::check::words::Sentence<'r>| {
        let text = sentence.text;
        let names = names(text);
        let span = span_in(prose, sentence.start..sentence.start + text.len());
        (!names.is_empty()).then(|| Passage { text, span, about, year: named_year(text).or(year), names, is_own })
    };
    sentences(&prose.markdown).into_iter().filter_map(of_sentence).collect()
}

/// The only fiscal year that a sentence names with its era.
fn named_year(text: &str) -> Option<FiscalYear> {
    let mut years = fiscal_years(text);
    let (_, year) = years.next()?;
    years.next().is_none().then_some(year)
}

fn is_name_char(char: char) -> bool {
    matches!(char, '一'..='鿿' | 'ァ'..='ヺ' | 'ー' | '々' | '〇')
}

fn names(text: &str) -> Vec<Name<'_>> {
    let mut names = Vec::new();
    let mut next = 0;
    for part in text.split_inclusive(|char: char| !is_name_char(char)) {
        let (run, start) = (part.trim_end_matches(|char: char| !is_name_char(char)), next);
        next += part.len();
        let kind = PLACES.iter().find(|kind| run.ends_with(**kind) && run.len() > kind.len());
        // 小中学校 is no school 小.
        let Some(kind) = kind.filter(|_| !run.ends_with("小中学校")) else { continue };
        let stem = run.strip_suffix(kind).unwrap_or(run);
        let is_generic = contains_any(
            stem,
            &[
                "全", "市内", "町内", "村内", "県内", "各", "公立", "私立", "市立", "対象", "地域", "統合", "年",
                "総合", "最", "集",
            ],
        );
        // 南小 is a name only beside others.
        let is_short = kind.chars().count() == 1;
        if !is_generic && stem.chars().count() <= if is_short { 4 } else { 6 } {
            names.push(Name { stem, kind: full(kind), start, end: start + run.len() });
        }
    }
    // A single 小 or 中 can be a word.
    let schools = names.iter().filter(|name| ["小学校", "中学校"].contains(&name.kind)).count();
    if schools < 2 {
        names.retain(|name| text.get(name.start..name.end).is_some_and(|run| run.ends_with(name.kind)));
    }
    names
}

fn full(kind: &'static str) -> &'static str {
    match kind {
        "小" => "小学校",
        "中" => "中学校",
        other => other,
    }
}

/// A name that differs by one or two characters from the only one of its kind in a sentence about the same matter.
fn slip<'r>(passage: &Passage<'r>, own: &[Passage<'r>], others: &[Passage<'r>]) -> Option<Contradiction<'r>> {
    let [name] = passage.names.as_slice() else { return None };
    let all = || own.iter().chain(others);
    let is_same = |other: &Name<'_>, name: &Name<'_>| other.stem == name.stem && other.kind == name.kind;
    // A name that is also elsewhere is another place.
    let count = all().flat_map(|of| &of.names).filter(|other| is_same(other, name)).count();
    let words = words_beside(passage);
    let of_other = |of: &&Passage<'r>| {
        let [other] = of.names.as_slice() else { return false };
        other.kind == name.kind
            && is_similar(name.stem, other.stem)
            && words_beside(of).intersection(&words).count() > 0
    };
    let other = all().filter(|_| count == 1).find(of_other)?;
    let [right] = other.names.as_slice() else { return None };
    let (name, right) = (passage.text.get(name.start..name.end)?, other.text.get(right.start..right.end)?);
    let message = if other.is_own {
        say!(
            ja: "「{name}」は、この調書の別の文では「{right}」です",
            en: "`{name}` is `{right}` in another sentence of this sheet"
        )
    } else {
        say!(
            ja: "「{name}」は、同じことを述べた前の調書や概要の文では「{right}」です",
            en: "`{name}` is `{right}` in a text of an earlier edition or a description about the same matter"
        )
    };
    Some(Contradiction { span: passage.span, about: passage.about, message })
}

/// Words of a sentence outside its names.
fn words_beside(passage: &Passage<'_>) -> BTreeSet<[char; 2]> {
    let mut at = 0;
    let mut words = BTreeSet::new();
    for name in &passage.names {
        words.extend(pairs(passage.text.get(at..name.start).unwrap_or_default()));
        at = name.end;
    }
    words.extend(pairs(passage.text.get(at..).unwrap_or_default()));
    words
}

/// Returns true if two names begin alike and differ by at most two characters, but not by a number or a direction.
fn is_similar(one: &str, other: &str) -> bool {
    const PARTS: [char; 22] = [
        '東', '西', '南', '北', '中', '上', '下', '第', '一', '二', '三', '四', '五', '六', '七', '新', '旧', '本',
        '元', '大', '小', '前',
    ];
    let distance = strsim::levenshtein(one, other);
    let has_part = |name: &str, other: &str| name.chars().any(|char| PARTS.contains(&char) && !other.contains(char));
    let (first, second) = (one.chars().next(), other.chars().next());
    let length = one.chars().count().min(other.chars().count());
    (1..=2).contains(&distance)
        && first == second
        && length > distance.min(2)
        && !has_part(one, other)
        && !has_part(other, one)
}

/// A list of names that texts give for another year, if they give another list for the year of the sentence.
fn list_of_other_year<'r>(
    passage: &Passage<'r>,
    own: &[Passage<'r>],
    others: &[Passage<'r>],
) -> Option<Contradiction<'r>> {
    let list = |of: &Passage<'r>| of.names.iter().map(|name| (name.kind, name.stem)).collect::<BTreeSet<_>>();
    let stated = list(passage);
    let year = passage.year?;
    if stated.len() < 2 || contains_any(passage.text, &["前年", "昨年", "翌年", "来年", "次年度"]) {
        return None;
    }
    let dated = || {
        own.iter().chain(others).filter(|of| list(of).len() == stated.len()).filter(|of| named_year(of.text).is_some())
    };
    let right = dated().find(|of| of.year == Some(year))?;
    if dated().any(|of| of.year == Some(year) && list(of) == stated) {
        return None;
    }
    let (year_name, said) = (year.short(), right.text);
    let before = dated().find(|of| of.year != Some(year) && list(of) == stated);
    let message = match before.and_then(|before| before.year) {
        Some(before) => {
            let before = before.short();
            say!(
                ja: "この文の名前は{before}のもので、{year_name}については「{said}」とあります",
                en: "the names of this sentence are those of {before}; of {year_name}, a text says `{said}`"
            )
        }
        // All names but one: that one is a slip.
        None if stated.len() > 2 && stated.intersection(&list(right)).count() + 1 == stated.len() => say!(
            ja: "この文の名前のうち一つが、{year_name}についての「{said}」と違います",
            en: "one of the names of this sentence differs from `{said}` of {year_name}"
        ),
        None => return None,
    };
    Some(Contradiction { span: passage.span, about: passage.about, message })
}

#[cfg(test)]
mod tests {
    use crate::check::testing::Fixture;

    fn check(body: &str, before: &str, text: &str, expected: bool) {
        let sheet = |text: &str| format!("+++\n+++\n## 実績\n{text}\n");
        let content = Fixture::new()
            .edition("2024", "R6")
            .file("programs/a/program.md", &format!("+++\nname = 'A'\n+++\n{body}\n"));
        let content = content.file("programs/a/2023.md", &sheet(before)).file("programs/a/2024.md", &sheet(text));
        let found: &[&str] = if expected { &["programs/a/2024.md:4"] } else { &[] };
        content.assert_finds("contradictory-text", found);
    }

    #[test]
    fn names_are_those_of_the_plan() {
        let plan = "潮見台小学校にクラブを増設する。";
        check("", plan, "潮見台小学校に増設し、待機児童が減った。", false);
        check("", plan, "潮見ヶ丘小学校に増設し、待機児童が減った。", true);
        check("", plan, "潮見ヶ丘小学校で説明会を開いた。", false);
        check("", "東山小学校にクラブを増設する。", "東山第二小学校に増設した。", false);
        check("", plan, "潮見台東小学校に増設した。", false);
        check("", "潮見台東小学校にクラブを増設する。", "潮見台小学校に増設した。", false);
    }

    #[test]
    fn lists_are_those_of_the_year() {
        let body =
            "- 令和5年度の学校は上山小、宮川小、北中である。\n- 令和6年度の学校は南小、西郷第一小、宮川中である。";
        check(body, "", "この年度は南小学校、西郷第一小学校、宮川中学校で行った。", false);
        check(body, "", "この年度は上山小学校、宮川小学校、北中学校で行った。", true);
        check(body, "", "この年度は南小学校、西郷第二小学校、宮川中学校で行った。", true);
        check(body, "", "この年度は市内の小中学校を巡り、南小学校、西郷第一小学校、宮川中学校で行った。", false);
        check(body, "", "この年度は市内の小中学校を巡り、上山小学校、宮川小学校、北中学校で行った。", true);
        check(body, "", "前年は上山小学校、宮川小学校、北中学校で行った。", false);
        check(body, "", "令和5年度は上山小学校、宮川小学校、北中学校で行った。", false);
    }
}
