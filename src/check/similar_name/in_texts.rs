//! Names of offices in texts: 商工水産労働課 in one text, 水産商工労働課 in the others.

use super::super::Findings;
use super::super::name_slip::{Slip, slip};
use super::super::office_words::same_reading;
use super::super::words::{is_noun_char, noun_at_end, span_in};
use super::{Names, compare_help};
use crate::diagnostic::{Span, say};
use crate::model::{Report, Section, StrategyIx};
use std::collections::BTreeMap;

/// Characters with which offices end.
const OFFICES: [char; 4] = ['課', '室', '局', '部'];
/// Number of characters from which on a name is compared.
const MINIMUM: usize = 4;

/// Reports the only name of a text that differs by a slip from a name of departments or from one of other texts.
pub(super) fn check(report: &Report, ix: StrategyIx, departments: &Names<'_>, findings: &mut Findings) {
    let mut names: BTreeMap<&str, Vec<(Span, &str)>> = BTreeMap::new();
    for (_, node) in report.nodes(ix) {
        for section in node.sheets.iter().flat_map(|sheet| &sheet.sections) {
            for (name, span) in offices(section) {
                names.entry(name).or_default().push((span, &section.title));
            }
        }
    }
    let known: Vec<&str> = departments.keys().map(|name| noun_at_end(name)).collect();
    for (name, places) in &names {
        let [(span, title)] = places.as_slice() else { continue };
        if known.contains(name) {
            continue;
        }
        let in_texts = names.iter().filter(|(_, places)| places.len() > 1).map(|(name, _)| *name);
        if let Some(usual) = known.iter().copied().chain(in_texts).find(|usual| is_slip(name, usual)) {
            let message = say!(
                ja: "文章の「{name}」はここだけで、担当やほかの文章にある「{usual}」とわずかに違います",
                en: "`{name}` in the text occurs only here, and differs slightly from `{usual}` of departments or other texts"
            );
            findings.add(*span, title, message, compare_help(usual));
        }
    }
}

/// Returns true if two names are those of one office: offices of other municipalities have names of other words.
fn is_slip(name: &str, usual: &str) -> bool {
    let are_long = name.chars().count() >= MINIMUM && usual.chars().count() >= MINIMUM;
    let has_office = |name: &str| name.ends_with(OFFICES);
    are_long
        && has_office(usual)
        && match slip(name, usual) {
            // A text can name a part of a longer name: 部 of 部課.
            Some(Slip::Missing) => !name.contains(usual) && !usual.contains(name),
            Some(Slip::Letter) => {
                let mut differing = name.chars().zip(usual.chars()).filter(|(one, other)| one != other);
                differing.next().is_some_and(|(one, other)| same_reading(one, other)) && differing.next().is_none()
            }
            Some(Slip::Spelling | Slip::Office | Slip::Rank) | None => false,
        }
}

/// Names of offices of a text with their spans: the kanji and katakana that end in 課, 室, 局 or 部.
fn offices(section: &Section) -> Vec<(&str, Span)> {
    let text = section.prose.markdown.as_str();
    let mut found = Vec::new();
    for (at, office) in text.match_indices(OFFICES) {
        let end = at + office.len();
        let continues = text.get(end..).and_then(|rest| rest.chars().next()).is_some_and(is_noun_char);
        let name = noun_at_end(text.get(..end).unwrap_or_default());
        if !continues && name.chars().count() >= MINIMUM {
            found.push((name, span_in(&section.prose, end - name.len()..end)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{Fixture, program};

    fn check(department: &str, texts: [&str; 3], expected: &[&str]) {
        let node = format!("+++\nname = 'A'\ndepartment = '{department}'\n+++\n");
        let content = texts.iter().enumerate().fold(Fixture::new(), |content, (index, text)| {
            let id = format!("a{index}");
            content.with(program(&id, "")).file(&format!("programs/{id}/2023.md"), &format!("## 実績\n{text}\n"))
        });
        content.file("programs/a0/program.md", &node).assert_finds("similar-name", expected);
    }

    #[test]
    fn compares_offices_of_texts_with_each_other() {
        let other = "税務課";
        check(
            other,
            ["水産商工労働課と行う。", "水産商工労働課が行う。", "商工水産労働課が行う。"],
            &["programs/a2/2023.md:2"],
        );
        check(other, ["水産商工労働課と行う。", "農林課が行う。", "商工水産労働課が行う。"], &[]);
        check(other, ["水産商工労働課と行う。", "水産商工労働課が行う。", "商工観光労働課が行う。"], &[]);
    }

    #[test]
    fn compares_offices_of_texts_with_departments() {
        check("学校教育課", ["学校教育課が行う。", "", "学校協育課が行う。"], &["programs/a2/2023.md:2"]);
        check("学校教育課", ["学校教育課が行う。", "", "学校給食課が行う。"], &[]);
        check("市民福祉部 学校教育課", ["", "", "学校教育部会が行う。"], &[]);
    }
}
