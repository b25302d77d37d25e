//! Counts of lists (移管者：30名) that the text of the policy gives differently, and changes from the year before that
//! contradict the ratio in the list (訪問者数：120人（前年度比94.7%）).

use super::{Contradiction, is_plan};
use crate::check::text_words::direction;
use crate::check::visit::SheetRef;
use crate::check::words::{contains_any, is_noun_char, quantities, sentences};
use crate::diagnostic::say;
use crate::model::{FiscalYear, Section};
use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::ops::Range;

/// Labels that count different things in different texts.
const GENERIC: [&str; 16] = [
    "参加者",
    "参加者数",
    "利用者",
    "利用者数",
    "来場者",
    "来場者数",
    "参加人数",
    "利用人数",
    "相談件数",
    "申請件数",
    "利用件数",
    "実施回数",
    "開催回数",
    "補助件数",
    "交付件数",
    "登録者数",
];

/// An entry of a list: `移管者：30名（前年度比94.7%）`.
struct Entry<'r> {
    section: &'r Section,
    label: &'r str,
    number: Decimal,
    unit: &'r str,
    /// Range of the number in the text of the section.
    range: Range<usize>,
    /// Ratio to the year before, in percent.
    ratio: Option<Decimal>,
}

/// Texts of a sheet that contradict its lists or, for a policy, those of its programs in `below`.
pub(super) fn contradictions<'r>(item: SheetRef<'r>, below: &[SheetRef<'r>]) -> Vec<Contradiction<'r>> {
    let mut found = Vec::new();
    let own: Vec<Entry<'r>> = entries(item);
    let of_programs: Vec<Entry<'r>> = below.iter().flat_map(|item| entries(*item)).collect();
    for section in item.sheet.sections.iter().filter(|section| !is_plan(section)) {
        for sentence in sentences(&section.prose.markdown) {
            let change = own.iter().chain(&of_programs).find_map(|entry| wrong_change(sentence.text, entry));
            if let Some(message) = change {
                found.push(Contradiction::of_sentence(section, &sentence, message));
            }
        }
    }
    let texts = || item.sheet.sections.iter().filter(|section| !is_plan(section));
    for entry in &of_programs {
        let is_only = of_programs.iter().filter(|other| other.label == entry.label).count() == 1;
        let counts: Vec<Decimal> = texts().flat_map(|section| counts(&section.prose.markdown, entry)).collect();
        let [other] = counts.as_slice() else { continue };
        if *other == entry.number || !is_only || GENERIC.contains(&entry.label) {
            continue;
        }
        let (label, written, other) = (entry.label, entry.number.normalize(), other.normalize());
        let (unit, policy) = (entry.unit, &item.node.name);
        let message = say!(
            ja: "「{label}」がここでは{written}{unit}ですが、「{policy}」の文章では{other}{unit}です",
            en: "`{label}` is {written} here, but {other} in the text of `{policy}`"
        );
        found.push(Contradiction::new(entry.section, entry.range.clone(), message));
    }
    found
}

/// Entries of the lists of a sheet about its year.
fn entries(item: SheetRef<'_>) -> Vec<Entry<'_>> {
    let mut found = Vec::new();
    for section in item.sheet.sections.iter().filter(|section| !is_plan(section)) {
        for sentence in sentences(&section.prose.markdown) {
            let Some((label, rest)) = sentence.text.split_once(['：', ':']) else { continue };
            let quantities = quantities(rest);
            let Some(quantity) = quantities.first() else { continue };
            let is_first = ["", " ", "延べ", "計"].contains(&rest.get(..quantity.range.start).unwrap_or_default());
            let (label, unit) = (label.trim(), unit(quantity.after));
            let Some(label) = of_year(label, item.edition.year).filter(|_| is_first && !unit.is_empty()) else {
                continue;
            };
            let ratio = quantities.iter().find(|ratio| {
                ratio.has_unit("%")
                    && rest
                        .get(..ratio.range.start)
                        .is_some_and(|before| before.ends_with("前年度比") || before.ends_with("前年比"))
            });
            let offset = sentence.start + sentence.text.len() - rest.len();
            let is_label = label.chars().count() > 2 && label.chars().all(is_noun_char);
            if is_label {
                let range = offset + quantity.range.start..offset + quantity.range.end;
                let (number, ratio) = (quantity.number, ratio.map(|ratio| ratio.number));
                found.push(Entry { section, label, number, unit, range, ratio });
            }
        }
    }
    found
}

/// A label without the year of the sheet before it; `None` if it names another year.
fn of_year(label: &str, year: Option<FiscalYear>) -> Option<&str> {
    let Some((before, rest)) = label.rsplit_once("年度の") else {
        return (!label.contains("年度")).then_some(label);
    };
    (FiscalYear::parse(before) == year).then_some(rest)
}

/// Unit at the beginning of a text.
fn unit(after: &str) -> &str {
    let end = after.find(|char: char| !is_noun_char(char)).unwrap_or(after.len());
    let unit = after.get(..end).unwrap_or_default();
    let is_date = unit.starts_with(['年', '月', '日', '時', '分', '円', '千', '万']);
    if unit.chars().count() > 4 || is_date { "" } else { unit }
}

/// Numbers that follow the label of an entry in a text, in its unit: 移管者30名.
fn counts(text: &str, entry: &Entry<'_>) -> Vec<Decimal> {
    let mut found = Vec::new();
    for (at, label) in text.match_indices(entry.label) {
        let (before, rest) = (text.get(..at).unwrap_or_default(), text.get(at + label.len()..).unwrap_or_default());
        // 新規移管者 and 北部の移管者 are others.
        let is_whole = before.chars().next_back().is_none_or(|char| !is_noun_char(char) && char != 'の');
        let rest = rest.strip_prefix(['は', 'が', '：']).unwrap_or(rest);
        let quantities = quantities(rest.split(['、', '。', '\n']).next().unwrap_or_default());
        let Some(quantity) = quantities.first().filter(|quantity| is_whole && quantity.range.start == 0) else {
            continue;
        };
        let is_people = |unit: &str| ["人", "名"].contains(&unit);
        let of = unit(quantity.after.split(['の', 'を']).next().unwrap_or_default());
        if of == entry.unit || is_people(of) && is_people(entry.unit) {
            found.push(quantity.number);
        }
    }
    found
}

/// A sentence that says that the subject of an entry changed in the other direction than its ratio to the year before.
fn wrong_change(sentence: &str, entry: &Entry<'_>) -> Option<crate::diagnostic::Bilingual> {
    let ratio = entry.ratio.filter(|ratio| *ratio > Decimal::from(30))?;
    let clause = sentence.split('、').find(|clause| clause.contains(entry.label))?;
    let (subject, rest) = clause.split_once(['は', 'が', 'も'])?;
    let is_subject = subject.split(['と', 'や', '・']).any(|name| name == entry.label);
    let of_year = contains_any(rest, &["前年", "昨年"]);
    let is_other = contains_any(sentence, &["見込", "予定", "うち"]);
    let said = direction(rest).filter(|_| is_subject && of_year && !is_other)?;
    let order: Ordering = ratio.cmp(&Decimal::ONE_HUNDRED);
    (order == said.reverse()).then(|| {
        let (label, ratio) = (entry.label, ratio.normalize());
        say!(
            ja: "前年との比較が、実績の「{label}」（前年度比{ratio}%）と逆です",
            en: "the text contradicts the list of results, where `{label}` is {ratio}% of the year before"
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{Fixture, program};

    fn check(policy: &str, list: &str, found: &[&str]) {
        Fixture::new()
            .with(program("a", ""))
            .policy("1", &["a"])
            .file("policies/1/2023.md", &format!("## 成果\n{policy}\n"))
            .file("programs/a/2023.md", &format!("## 実績\n{list}\n"))
            .assert_finds("contradictory-text", found);
    }

    #[test]
    fn counts_of_lists_are_those_of_the_policy() {
        let line = &["programs/a/2023.md:2"];
        check("移管者30名のうち15名が完納した。", "- 令和5年度の移管者：30名", &[]);
        check("移管者30名のうち15名が完納した。", "- 令和5年度の移管者：33名", line);
        check("移管者は30人であった。", "- 移管者：33名", line);
        check("移管者30名のうち15名が完納した。", "- 令和4年度の移管者：33名", &[]);
        check("新規の移管者30名のうち15名が完納した。", "- 移管者：33名", &[]);
        check("参加者30名が体験した。", "- 参加者：33名", &[]);
    }

    #[test]
    fn changes_have_the_direction_of_the_ratio() {
        let list = "- 訪問者数：延べ1,091人（前年度比94.7%）";
        check("訪問者数と閲覧数は前年より少なくなった。", list, &[]);
        check("訪問者数と閲覧数は前年より多くなった。", list, &["policies/1/2023.md:2"]);
        check("窓口の訪問者数は前年より多くなった。", list, &[]);
    }
}
