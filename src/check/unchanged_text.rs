//! The rule `unchanged-text`.

use super::visit::{SheetRef, sheets};
use super::words::{contains_any, sentences, span_in};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{FiscalYear, NodeId, Report, Section, Stage, half_width};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const LINT: Lint = Lint {
    rule: Rule::UnchangedText,
    title: Bilingual {
        ja: "数値が変わったのに、文章がすべて前の版のままになっている",
        en: "a sheet with new figures and only texts of the previous edition",
    },
    explanation: Bilingual {
        ja: "前の版の調書を写したまま文章を直し忘れると、過去の取組がその年度の実績として載ります。二つ以上の見出しの文章が\
             すべて前の版と同じで、「た」で終わる文（取組の結果）があり、その年度の実績か決算額が前の版のものと違うときに\
             指摘します。一つの文でも、「新たに」「台風」「増えた」のように一度きりのことや増減を述べるものが前の版の同じ見出しにあれば、指摘します。",
        en: "If the sheet of the previous edition is copied and its texts are not rewritten, past activities appear as \
             the results of this year. Reported if at least two sections are all the same as before, contain a sentence \
             in the past tense, and the actual values or settlements of the year differ from those of the previous \
             edition. A single sentence is reported if it is about something that happens once (新たに, 台風) or changes (増えた) and the \
             previous edition has it under the same heading.",
    },
    example: concat!(
        "# 2023.md, 2024.md\n",
        "## 実績\n",
        "西部地区の1区域で運行した。\n",
        "## 課題\n",
        "区域を広げる。"
    ),
    remedy: Bilingual {
        ja: "その年度の文章に書き換えてください。資料そのものが同じ文章なら、確認済みにしてください。",
        en: "Write the texts of this edition. If the source itself repeats them, acknowledge the finding.",
    },
    confidence: Confidence::Likely,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    let mut previous: BTreeMap<NodeId, SheetRef<'_>> = BTreeMap::new();
    for item in sheets(report).filter(|item| item.edition.stage == Stage::Final) {
        if let Some(before) = previous.insert(item.id, item)
            && before.edition.year != item.edition.year
        {
            let Some(section) = unchanged(before, item) else {
                report_repeated(before, item, findings);
                continue;
            };
            let label = &before.edition.label;
            let message = say!(
                ja: "すべての見出しの文章が、版「{label}」と同じです（実績や決算額は変わっています）",
                en: "all texts are those of the edition `{label}`, although the figures of the year differ"
            );
            let help = say!(
                ja: "この版の資料の文章と見比べてください",
                en: "compare the texts with the source of this edition"
            );
            let sentence = sentences(&section.prose.markdown).into_iter().next();
            let range = sentence.map_or(0..0, |sentence| sentence.start..sentence.start + sentence.text.len());
            findings.add(span_in(&section.prose, range), &section.title, message, help);
        }
    }
}

/// Reports sentences about something that happens once, 新たに or 台風, that the sheet before has under the same heading.
fn report_repeated(before: SheetRef<'_>, item: SheetRef<'_>, findings: &mut Findings) {
    const ONCE: [&str; 18] = [
        "初めて",
        "新たに",
        "年ぶり",
        "台風",
        "大雨",
        "豪雨",
        "地震",
        "落雷",
        "開設した",
        "開設し、",
        "設けた",
        "完了した",
        "始めた",
        "開始した",
        "増えた",
        "減った",
        "下回った",
        "上回った",
    ];
    for section in &item.sheet.sections {
        let Some(earlier) = before.sheet.sections.iter().find(|earlier| earlier.title == section.title) else {
            continue;
        };
        let written: BTreeSet<String> =
            sentences(&earlier.prose.markdown).iter().map(|sentence| plain(sentence.text)).collect();
        let repeated = sentences(&section.prose.markdown).into_iter().find(|sentence| {
            let text = sentence.text;
            text.ends_with('た') && contains_any(text, &ONCE) && written.contains(&plain(text))
        });
        if let Some(sentence) = repeated.filter(|sentence| sentence.text.chars().count() > 11) {
            let label = &before.edition.label;
            let message = say!(
                ja: "一度きりのことや増減を述べるこの文が、版「{label}」の同じ見出しにもあります",
                en: "this sentence, about something that happens once or changes, is also in the edition `{label}`"
            );
            let help = say!(
                ja: "この版の資料の文章と見比べてください",
                en: "compare the text with the source of this edition"
            );
            let span = span_in(&section.prose, sentence.start..sentence.start + sentence.text.len());
            findings.add_as(Confidence::Possible, span, &section.title, message, help);
        }
    }
}

/// First section of a sheet if all its texts are those of the sheet before, although its figures are not.
fn unchanged<'r>(before: SheetRef<'r>, item: SheetRef<'r>) -> Option<&'r Section> {
    let written: Vec<&Section> = item.sheet.sections.iter().filter(|section| !section.prose.is_empty()).collect();
    let is_same = |section: &&Section| {
        let earlier = before.sheet.sections.iter().find(|earlier| earlier.title == section.title);
        earlier.is_some_and(|earlier| plain(&earlier.prose.markdown) == plain(&section.prose.markdown))
    };
    let is_result = |section: &&Section| {
        let endings = ["た", "んだ"];
        sentences(&section.prose.markdown).iter().any(|sentence| endings.iter().any(|end| sentence.text.ends_with(end)))
    };
    let unchanged = written.len() > 1 && written.iter().all(is_same) && written.iter().any(is_result);
    (unchanged && figures(before, before.edition.year?) != figures(item, item.edition.year?))
        .then(|| written.first().copied())?
}

fn plain(text: &str) -> String {
    text.chars().map(half_width).filter(|char| !char.is_whitespace()).collect()
}

/// Actual values and settlements of one year.
fn figures(item: SheetRef<'_>, year: FiscalYear) -> Vec<&str> {
    let values = item.sheet.figures.values().filter_map(|figures| figures.actual.get(&year));
    let amounts = item.sheet.money.of_years().filter(|(key, of, _)| key.is_result() && *of == year);
    values.chain(amounts.map(|(.., value)| value)).map(|value| value.printed.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn editions(texts: [&str; 2], settlements: [u32; 2]) -> Fixture {
        let sheet = |year: &str, index: usize| {
            let (money, text) = (settlements[index], texts[index]);
            format!("+++\n[money]\nsettlement.{year} = {money}\n+++\n## 実績\n{text}\n## 課題\n区域を広げる。\n")
        };
        Fixture::new()
            .edition("2024", "R6")
            .with(program("a", ""))
            .file("programs/a/2023.md", &sheet("R5", 0))
            .file("programs/a/2024.md", &sheet("R6", 1))
    }

    #[test]
    fn reports_texts_that_are_all_those_of_the_previous_edition() {
        let (old, new) = ("1区域で運行した。", "2区域で運行した。");
        editions([old, old], [10, 12]).assert_finds("unchanged-text", &["programs/a/2024.md:6"]);
        editions([old, old], [10, 10]).assert_finds("unchanged-text", &[]);
        editions([old, new], [10, 12]).assert_finds("unchanged-text", &[]);
    }

    #[test]
    fn outlines_do_not_change() {
        let outline = "区域の中で運行する。";
        editions([outline, outline], [10, 12]).assert_finds("unchanged-text", &[]);
    }
}
