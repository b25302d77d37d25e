//! The rule `easy-text-figure`.

use super::easy_text::{characters, easy_texts, numbers, span_at};
use super::visit::sheets;
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::markdown;
use crate::model::{Indicator, Node, NodeId, Report, StrategyIx, Value, Verdict};
use std::collections::HashSet;

pub(super) const LINT: Lint = Lint {
    rule: Rule::EasyTextFigure,
    title: Bilingual {
        ja: "やさしい日本語の文章に、もとのページにない数値がある",
        en: "a figure in easy Japanese that is not on the full page",
    },
    explanation: Bilingual {
        ja: "やさしい日本語の文章は、もとの内容を説明するものです。数値を丸めたり、新しい数値を加えたりしません。\
             新しい数値は、文章の下に自動で表示されます。単位の付いた数だけを調べ、日付や年、「3つ」のような\
             数え方、漢数字は調べません。",
        en: "A text in easy Japanese explains the full page. It neither rounds figures nor adds new ones; the newest \
             figures are shown below the text. Only numbers with a unit are checked: not dates and years, numbers \
             followed by hiragana, or numbers in kanji.",
    },
    example: "お{客|きゃく}さんは、およそ180万{人|にん}です。",
    remedy: Bilingual {
        ja: "数値を消すか、もとのページの記載のとおりに書いてください。",
        en: "Remove the figure, or write it as on the full page.",
    },
    confidence: Confidence::Likely,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (strategy, node, easy) in easy_texts(report) {
        let mut printed = None;
        for block in markdown::reading_blocks(&easy.prose.markdown) {
            let characters = characters(&block);
            let text: Vec<char> = characters.iter().map(|(char, ..)| *char).collect();
            for number in numbers(&text) {
                let Some(unit) = unit(text.get(number.end..).unwrap_or_default()) else { continue };
                let printed = printed.get_or_insert_with(|| printed_numbers(report, strategy, node));
                let Some((_, offset, _)) = characters.get(number.start).filter(|_| !printed.contains(&number.digits))
                else {
                    continue;
                };
                let written: String = text.get(number.start..number.end).unwrap_or_default().iter().collect();
                let message = say!(
                    ja: "「{written}{unit}」は、もとのページの数値にありません",
                    en: "`{written}{unit}` is not among the figures of the full page"
                );
                let help = say!(
                    ja: "もとの記載のとおりに書くか、数値を消してください（新しい数値は文章の下に表示されます）",
                    en: "write it as printed, or remove it: the newest figures are shown below the text"
                );
                findings.add(span_at(easy, *offset), &number.digits, message, help);
            }
        }
    }
}

/// First character of the unit at the beginning of `after`; `None` if there is none, and for dates and years.
fn unit(after: &[char]) -> Option<char> {
    let mut rest = after.iter().copied().filter(|char| !char.is_whitespace());
    let first = rest.next()?;
    let counter = matches!(first, 'か' | 'ヶ' | 'ケ' | 'カ' | 'ヵ');
    let is_date = |char: char| matches!(char, '年' | '月' | '日' | '時' | '分' | '秒' | '週');
    // Three months are 3か月.
    let is_date = is_date(first) || counter && rest.next().is_some_and(is_date);
    let is_hiragana = matches!(first, 'ぁ'..='ゖ') && !counter;
    let is_unit =
        first.is_alphabetic() || matches!(first, '%' | '％' | '‰' | '℃' | '¥') || ('㌀'..='㏿').contains(&first);
    (is_unit && !is_date && !is_hiragana).then_some(first)
}

/// All numbers that the full page may show: those of the node, or of all nodes of the strategy.
fn printed_numbers(report: &Report, strategy: StrategyIx, node: Option<NodeId>) -> HashSet<String> {
    let mut found = HashSet::new();
    let mut add = |text: &str| {
        let text: Vec<char> = text.chars().collect();
        found.extend(numbers(&text).into_iter().map(|number| number.digits));
    };
    let is_included = |id: NodeId| id.strategy == strategy && node.is_none_or(|node| node == id);
    let texts = report.strategy(strategy);
    if node.is_none() {
        [&texts.title, &texts.body.markdown].into_iter().chain(&texts.description).for_each(|text| add(text));
    }
    for (_, node) in report.nodes(strategy).filter(|(id, _)| is_included(*id)) {
        add_node(node, &mut add);
    }
    for item in sheets(report).filter(|item| is_included(item.id)) {
        item.values().for_each(|(_, value)| add_value(value, &mut add));
        item.sheet.sections.iter().for_each(|section| add(&section.prose.markdown));
        item.sheet.remarks.iter().for_each(|remark| add(&remark.text));
        let of_indicators = item.sheet.figures.values().flat_map(|figures| &figures.judgements);
        for judgement in item.sheet.judgements.iter().chain(of_indicators) {
            if let Verdict::Points(points) = &judgement.verdict {
                add_value(points, &mut add);
            }
        }
    }
    found
}

fn add_value(value: &Value, add: &mut impl FnMut(&str)) {
    [Some(&value.printed), value.note.as_ref()].into_iter().flatten().for_each(|text| add(text));
}

fn add_node(node: &Node, add: &mut impl FnMut(&str)) {
    add(&node.name);
    add(&node.body.markdown);
    node.remarks.iter().for_each(|remark| add(&remark.text));
    for Indicator { name, definition, note, unit, .. } in &node.indicators {
        [Some(name), definition.as_ref(), note.as_ref(), unit.as_ref()]
            .into_iter()
            .flatten()
            .for_each(|text| add(text));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn check(text: &str, expected: &[&str]) {
        let sheet = "[indicator.x]\nactual.R5 = '1,806'\n[money]\nbudget.R5 = 83.3";
        let [(path, _), sheet] = program("a", sheet);
        let node = "+++\nname = 'a'\n[[indicator]]\nid = 'x'\nname = 'X'\nunit = '人'\n+++\n## 概要\n25団体が参加\n";
        let content = Fixture::new().with([(path, node.to_owned()), sheet]);
        content.file("programs/a/program.easy.md", text).assert_finds("easy-text-figure", expected);
    }

    const FOUND: &[&str] = &["programs/a/program.easy.md:1"];

    #[test]
    fn accepts_figures_of_the_node() {
        check("1,806{人|にん}、1806 {人|にん}、１，８０６人、83.3{千円|せんえん}、25{団体|だんたい}\n", &[]);
    }

    #[test]
    fn reports_other_figures() {
        check("1,800{人|にん}\n", FOUND);
        check("まち。およそ 180{万人|まんにん}です。\n", FOUND);
        check("12%、13％\n", &[FOUND, FOUND].concat());
        check("7か{所|しょ}\n", FOUND);
        check("9kg\n", FOUND);
    }

    #[test]
    fn ignores_dates_years_and_numbers_without_a_unit() {
        check("2030{年|ねん}4{月|がつ}1{日|にち}に、3つの ことを します。5か{月|げつ}、100。6\n", &[]);
    }

    #[test]
    fn the_text_of_a_strategy_may_have_the_figures_of_all_its_nodes() {
        let content = Fixture::new().with(program("a", "[money]\nbudget.R5 = 25"));
        let content = content.file("strategy.easy.md", "25{円|えん}と26{円|えん}\n");
        content.assert_finds("easy-text-figure", &["strategy.easy.md:1"]);
    }
}
