//! Sentences that say that there was nothing, 利用者が1人もいなかった, beside counts of results.

use super::{Contradiction, is_plan};
use crate::check::visit::SheetRef;
use crate::check::words::{contains_any, quantities, sentences};
use crate::diagnostic::say;
use rust_decimal::Decimal;

/// Subjects without which nothing that a list counts happened.
const SUBJECTS: [&str; 10] = ["利用者", "利用", "申請者", "申請", "応募者", "応募", "参加者", "実績", "相談者", "相談"];
/// Sentences of other times, or of parts.
const OTHER: [&str; 12] =
    ["年度", "前年", "昨年", "月", "うち", "一部", "当初", "新規", "以降", "まで", "場合", "ものの"];

/// Sentences that the lists or indicators of the sheet contradict.
pub(super) fn contradictions(item: SheetRef<'_>) -> Vec<Contradiction<'_>> {
    let mut found = Vec::new();
    for section in item.sheet.sections.iter().filter(|section| !is_plan(section)) {
        for sentence in sentences(&section.prose.markdown) {
            let Some(subject) = absent(sentence.text) else { continue };
            let Some((name, number)) = counted(item, subject, sentence.text) else { continue };
            let message = say!(
                ja: "「{subject}」がなかったとされていますが、「{name}」は{number}です",
                en: "the text says that there was no `{subject}`, but `{name}` is {number}"
            );
            found.push(Contradiction::of_sentence(section, &sentence, message));
        }
    }
    found
}

/// The subject that did not occur according to a sentence.
fn absent(sentence: &str) -> Option<&'static str> {
    const NONE: [&str; 14] = [
        "1人もおらず",
        "1人もいな",
        "１人もおらず",
        "１人もいな",
        "一人もおらず",
        "一人もいな",
        "なかった",
        "なく",
        "いなかった",
        "おらず",
        "1件もな",
        "一件もな",
        "全くなかった",
        "0件だった",
    ];
    if contains_any(sentence, &OTHER) {
        return None;
    }
    sentence.split('、').find_map(|clause| {
        let subject = SUBJECTS.iter().find(|subject| {
            let rest = clause.strip_prefix(**subject).and_then(|rest| rest.strip_prefix(['が', 'は', 'も']));
            rest.is_some_and(|rest| NONE.iter().any(|words| rest.starts_with(words)))
        });
        subject.copied()
    })
}

/// What was counted although there was none of `subject`: an indicator that names it, or the entries of a list of the sheet,
/// all of them above 0.
fn counted(item: SheetRef<'_>, subject: &str, sentence: &str) -> Option<(String, String)> {
    let stem = subject.trim_end_matches('者');
    let of_indicator = item.sheet.figures.iter().find_map(|(index, figures)| {
        let indicator = item.node.indicators.get(*index).filter(|indicator| indicator.name.contains(stem))?;
        let value = figures.actual.get(&item.edition.year?)?;
        let is_counted = value.exact().is_some_and(|number| number > Decimal::ZERO);
        let is_share = indicator.unit.as_deref().is_some_and(|unit| unit.contains(['%', '％', '円']));
        (is_counted && !is_share).then(|| (indicator.name.clone(), value.printed.clone()))
    });
    if of_indicator.is_some() {
        return of_indicator;
    }
    let sections = item.sheet.sections.iter().filter(|section| !is_plan(section));
    let mut entries = Vec::new();
    for other in sections.flat_map(|section| sentences(&section.prose.markdown)).filter(|other| other.text != sentence)
    {
        let Some((label, rest)) = other.text.split_once(['：', ':']) else { continue };
        let first = quantities(rest).into_iter().next();
        let Some(quantity) = first.filter(|quantity| quantity.range.start == 0) else { continue };
        let is_of_use = contains_any(label, &["助成", "補助", "支援", "利用", "交付", "申請", "相談", "参加", stem]);
        if ["件", "人", "名", "組", "世帯"].iter().any(|unit| quantity.has_unit(unit)) {
            entries.push((label.to_owned(), quantity, is_of_use));
        }
    }
    let is_all = entries.iter().all(|(_, quantity, is_of_use)| *is_of_use && quantity.number > Decimal::ZERO);
    let (label, quantity, _) = entries.into_iter().next().filter(|_| is_all)?;
    let unit: String = quantity.after.chars().take(1).collect();
    Some((label, format!("{}{unit}", quantity.digits)))
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{Fixture, program};

    fn check(list: &str, text: &str, found: bool) {
        let expected: &[&str] = if found { &["programs/a/2023.md:5"] } else { &[] };
        let sheet = format!("## 実績\n{list}\n\n## 分析\n{text}\n");
        let content = Fixture::new().with(program("a", "")).file("programs/a/2023.md", &sheet);
        content.assert_finds("contradictory-text", expected);
    }

    #[test]
    fn there_was_something_if_it_was_counted() {
        check("1. 交通費の助成：3件", "利用者が1人もおらず、計画には届かなかった。", true);
        check("1. 交通費の助成：3件", "申請がなく、計画には届かなかった。", true);
        check("1. 交通費の助成：0件", "利用者が1人もおらず、計画には届かなかった。", false);
        check("1. 交通費の助成：3件", "利用者が少なく、計画には届かなかった。", false);
        check("1. 交通費の助成：3件", "引っ越し費用の利用者はいなかった。", false);
        // Of another time, or of a part.
        check("1. 交通費の助成：3件", "4月は申請がなく、計画には届かなかった。", false);
        check("1. 交通費の助成：3件", "申請がなく、前年度の計画には届かなかった。", false);
        check("1. 交通費の助成：3件", "申請がなく、一部の計画は見直した。", false);
        check("1. 説明会：3人", "利用者がおらず、計画には届かなかった。", false);
    }

    #[test]
    fn there_was_something_if_an_indicator_counts_it() {
        let node = "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = '相談件数'\nunit = '件'\n+++\n";
        let content = |actual: u32| {
            let sheet = format!("+++\n[indicator.x]\nactual.R5 = {actual}\n+++\n## 実績\n相談はなかった。\n");
            Fixture::new().with(program("a", "")).file("programs/a/program.md", node).file("programs/a/2023.md", &sheet)
        };
        content(3).assert_finds("contradictory-text", &["programs/a/2023.md:6"]);
        content(0).assert_finds("contradictory-text", &[]);
    }
}
