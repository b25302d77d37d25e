//! Numbers of plans in texts that differ from those of the same plan elsewhere: 第6次上山市振興計画 in one text, 第7次上山市振興計画
//! in the others or in the title.

use crate::check::Findings;
use crate::check::words::{contains_any, is_noun_char, sentences, span_in};
use crate::diagnostic::{Confidence, Span, say};
use crate::model::{Report, StrategyIx, half_width};
use std::collections::BTreeMap;

/// Number of characters of the shortest name that is compared.
const MINIMUM: usize = 5;

/// Places of the numbers of one name; without a span in titles, names, definitions and descriptions.
type Numbers<'r> = BTreeMap<String, Vec<Option<(Span, &'r str, &'r str)>>>;

/// Reports the only number of a name in texts that differs from the single one elsewhere.
pub(super) fn check(report: &Report, ix: StrategyIx, findings: &mut Findings) {
    // Sentences about the plan before or after.
    const OTHER: [&str; 14] = [
        "前計画",
        "前期",
        "次期",
        "後継",
        "引き継",
        "継承",
        "改定",
        "改訂",
        "策定",
        "移行",
        "から",
        "これまで",
        "終了",
        "踏まえ",
    ];
    let strategy = report.strategy(ix);
    let mut names: BTreeMap<(char, &str), Numbers<'_>> = BTreeMap::new();
    let mut outside = Vec::from([strategy.title.as_str(), strategy.body.markdown.as_str()]);
    outside.extend(strategy.description.as_deref());
    for (_, node) in report.nodes(ix) {
        outside.extend([node.name.as_str(), node.body.markdown.as_str()]);
        for indicator in &node.indicators {
            outside.extend([Some(indicator.name.as_str()), indicator.definition.as_deref()].into_iter().flatten());
        }
        for section in node.sheets.iter().flat_map(|sheet| &sheet.sections) {
            for sentence in sentences(&section.prose.markdown) {
                for (key, number, at) in ordinals(sentence.text) {
                    let start = sentence.start + at;
                    let span = span_in(&section.prose, start..start + '第'.len_utf8());
                    let place = Some((span, section.title.as_str(), sentence.text));
                    names.entry(key).or_default().entry(number).or_default().push(place);
                }
            }
        }
    }
    for (key, number, _) in outside.into_iter().flat_map(ordinals) {
        names.entry(key).or_default().entry(number).or_default().push(None);
    }
    for ((counter, name), numbers) in names {
        let mut odd = numbers.iter().filter_map(|(number, places)| match places.as_slice() {
            [Some(place)] => Some((number, place)),
            _ => None,
        });
        let (Some((written, (span, title, sentence))), None) = (odd.next(), odd.next()) else { continue };
        let mut others = numbers.iter().filter(|(number, _)| *number != written);
        let (Some((usual, places)), None) = (others.next(), others.next()) else { continue };
        let names_both = ordinals(sentence).iter().filter(|(key, ..)| key.1 == name).count() > 1;
        if names_both || contains_any(sentence, &OTHER) {
            continue;
        }
        let message = say!(
            ja: "「第{written}{counter}{name}」はここだけで、ほかの{count}か所では「第{usual}{counter}{name}」です",
            en: "`第{written}{counter}{name}` occurs only here; it is `第{usual}{counter}{name}` in {count} other places",
            count = places.len()
        );
        let help = say!(
            ja: "計画の名称を資料と見比べてください",
            en: "compare the name of the plan with the source"
        );
        findings.add_as(Confidence::Possible, *span, title, message, help);
    }
}

/// Ordinals of names: their counter and name, their number, and their offset.
fn ordinals(text: &str) -> Vec<((char, &str), String, usize)> {
    let mut found = Vec::new();
    for (at, mark) in text.match_indices('第') {
        let rest = text.get(at + mark.len()..).unwrap_or_default();
        let is_number = |char: char| half_width(char).is_ascii_digit() || "一二三四五六七八九十".contains(char);
        let name = rest.trim_start_matches(is_number);
        let number = rest.strip_suffix(name).unwrap_or_default();
        let Some(counter) = name.chars().next().filter(|char| ['次', '期'].contains(char)) else { continue };
        let name = name.get(counter.len_utf8()..).unwrap_or_default();
        let end = name.find(|char: char| !is_noun_char(char)).unwrap_or(name.len());
        let name = name.get(..end).unwrap_or_default();
        // The words after the name: 計画推進会議.
        let name = ["計画", "戦略", "ビジョン", "プラン"]
            .iter()
            .find_map(|word| name.get(..name.find(word)? + word.len()))
            .unwrap_or_default();
        if !number.is_empty() && name.chars().count() >= MINIMUM {
            found.push(((counter, name), arabic(number), at));
        }
    }
    found
}

/// A number of ASCII digits: 11 for １１, 十一.
fn arabic(number: &str) -> String {
    let digit = |char: char| {
        let kanji = "一二三四五六七八九".chars().position(|one| one == char);
        kanji.map_or_else(|| half_width(char).to_string(), |position| (position + 1).to_string())
    };
    let digits = |number: &str| number.chars().map(digit).collect::<String>();
    match number.split_once('十') {
        None => digits(number),
        Some((tens, ones)) => {
            let or = |digits: String, other: &str| if digits.is_empty() { other.to_owned() } else { digits };
            or(digits(tens), "1") + &or(digits(ones), "0")
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{Fixture, program};

    fn check(name: &str, text: &str, found: &[&str]) {
        Fixture::new()
            .with(program("a", ""))
            .file("programs/a/program.md", &format!("+++\nname = '{name}の周知'\n+++\n"))
            .file("programs/a/2023.md", &format!("## 理由\n{text}\n"))
            .assert_finds("similar-name", found);
    }

    #[test]
    fn a_plan_has_one_number() {
        let line = &["programs/a/2023.md:2"];
        check("第7次北上市振興計画", "第7次北上市振興計画の周知に努めた。", &[]);
        check("第7次北上市振興計画", "第６次北上市振興計画の周知に努めた。", line);
        check("第七次北上市振興計画", "第7次北上市振興計画の周知に努めた。", &[]);
        check("第11次北上市振興計画", "第十一次北上市振興計画の周知に努めた。", &[]);
        check("第10次北上市振興計画", "第十次北上市振興計画の周知に努めた。", &[]);
        check("第7次北上市振興計画", "第6次北上市振興計画を引き継ぎ、周知に努めた。", &[]);
        check("第7次北上市振興計画", "第6次北上市振興計画と第7次北上市振興計画を比べた。", &[]);
        check("第7次北上市振興計画", "第6次北上市環境計画の周知に努めた。", &[]);
        check("北上市振興計画", "第6次北上市振興計画を検証した。\\n第7次北上市振興計画も周知した。", &[]);
    }
}
