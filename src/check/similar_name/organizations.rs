//! Names of organizations in texts that differ slightly from a more frequent one: NPO法人かみのやまランドマーク, beside several
//! NPO法人かみのやまランドバンク.

use crate::check::Findings;
use crate::check::visit::{SheetRef, sheets};
use crate::check::words::{is_noun_char, span_in};
use crate::diagnostic::{Confidence, Span, say};
use crate::model::{Report, StrategyIx};
use std::collections::BTreeMap;

/// Words before the names of organizations.
const FORMS: [&str; 17] = [
    "NPO法人",
    "ＮＰＯ法人",
    "株式会社",
    "有限会社",
    "合同会社",
    "（株）",
    "(株)",
    "（有）",
    "一般社団法人",
    "一般財団法人",
    "公益社団法人",
    "公益財団法人",
    "（一社）",
    "（公社）",
    "（公財）",
    "社会福祉法人",
    "学校法人",
];
/// Number of characters of the shortest name that is compared.
const MINIMUM: usize = 6;

/// A place of a name: in a text of a section, or in a cell.
type Place<'r> = (Span, &'r str);

/// Places of names by legal form.
type Names<'r> = BTreeMap<(&'static str, String), Vec<Place<'r>>>;

/// Reports names that occur once in a strategy, and differ by one or two characters from one that occurs more often.
pub(super) fn check(report: &Report, findings: &mut Findings) {
    let mut strategies: BTreeMap<StrategyIx, Names<'_>> = BTreeMap::new();
    for item in sheets(report) {
        collect(item, strategies.entry(item.id.strategy).or_default());
    }
    for names in strategies.values() {
        for ((form, name), places) in names {
            let [(span, title)] = places.as_slice() else { continue };
            let similar = names.iter().filter(|((other_form, other), places)| {
                other_form == form && places.len() > 1 && is_similar(name, other)
            });
            let Some(((_, other), others)) = similar.max_by_key(|(_, places)| places.len()) else { continue };
            let count = others.len();
            let message = say!(
                ja: "「{form}{name}」は、ほかの{count}か所では「{form}{other}」です",
                en: "`{form}{name}` is `{form}{other}` in {count} other places"
            );
            let help = say!(
                ja: "団体の名前を資料と見比べてください",
                en: "compare the name of the organization with the source"
            );
            findings.add_as(Confidence::Possible, *span, title, message, help);
        }
    }
}

fn collect<'r>(item: SheetRef<'r>, names: &mut Names<'r>) {
    for section in &item.sheet.sections {
        for (form, name, at) in named(&section.prose.markdown) {
            let span = span_in(&section.prose, at..at + name.len());
            names.entry((form, name.to_owned())).or_default().push((span, &section.title));
        }
    }
    for (_, value) in item.values() {
        let words = (value.number().is_none() && !value.is_missing()).then_some(&value.printed);
        for text in words.into_iter().chain(&value.note) {
            for (form, name, _) in named(text) {
                names.entry((form, name.to_owned())).or_default().push((value.span, "indicator"));
            }
        }
    }
}

/// Names after the words for their legal form, with their offsets.
fn named(text: &str) -> Vec<(&'static str, &str, usize)> {
    let mut found = Vec::new();
    if !text.contains(['法', '会', '株', '社', '財', '有']) {
        return found;
    }
    for form in FORMS {
        for (at, _) in text.match_indices(form) {
            let start = at + form.len();
            let rest = text.get(start..).unwrap_or_default();
            let name = name_of(rest);
            if name.chars().count() >= MINIMUM {
                found.push((form, name, start));
            }
        }
    }
    found
}

/// The name at the beginning of a text: hiragana only at its beginning, because particles follow it.
fn name_of(text: &str) -> &str {
    let is_hiragana = |char: char| ('ぁ'..='ゖ').contains(&char);
    let is_letter = |char: char| is_noun_char(char) || char.is_ascii_alphabetic();
    let kana = text.find(|char| !is_hiragana(char)).unwrap_or(text.len());
    let rest = text.get(kana..).unwrap_or_default();
    let end = kana + rest.find(|char| !is_letter(char)).unwrap_or(rest.len());
    text.get(..end).unwrap_or_default()
}

/// Returns true if two names have the same beginning and differ by at most two characters.
fn is_similar(name: &str, other: &str) -> bool {
    let (length, same) = (
        name.chars().count().max(other.chars().count()),
        name.chars().zip(other.chars()).take_while(|(a, b)| a == b).count(),
    );
    // 東 and 西 distinguish offices of one organization.
    let distance = strsim::levenshtein(name, other);
    let last = |name: &str| name.chars().last();
    same * 2 >= length && distance <= 2 && (distance < 2 || last(name) == last(other) || same * 3 >= length * 2)
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{Fixture, program};

    #[test]
    fn reports_names_that_differ_from_more_frequent_ones() {
        let check = |name: &str, found: &[&str]| {
            let usual = "## 今後\nNPO法人かみのやまランドバンクと連携する。NPO法人かみのやまランドバンクを支援する。\n";
            Fixture::new()
                .with(program("a", ""))
                .file("programs/a/2023.md", &format!("## 実績\nNPO法人{name}と連携した。\n\n{usual}"))
                .assert_finds("similar-name", found);
        };
        check("かみのやまランドバンク", &[]);
        check("かみのやまランドマーク", &["programs/a/2023.md:2"]);
        check("かみのやまスポーツクラブ", &[]);
        check("上山ランドバンク", &[]);
    }
}
