//! Sentences that compare an indicator with its baseline, for the rule `text-figure`: 令和5年の出荷額は基準値を下回った.

use super::subjects::{Subject, Subjects};
use super::text_trend::is_beyond;
use super::visit::SheetRef;
use super::words::{contains_any, sentences, span_in};
use crate::diagnostic::{Bilingual, Span, say};
use crate::model::{Baseline, FiscalYear, Value};
use std::cmp::Ordering;

/// Sentences that contradict the values: their place, the title of the section and the message.
pub(super) fn contradictions<'r>(item: SheetRef<'r>) -> Vec<(Span, &'r str, Bilingual)> {
    const BASES: [&str; 4] = ["基準値を", "策定時を", "現状値を", "基準年を"];
    let mut found = Vec::new();
    let Some(year) = item.edition.year else { return found };
    let said: Vec<_> = item
        .sheet
        .sections
        .iter()
        .flat_map(|section| sentences(&section.prose.markdown).into_iter().map(move |sentence| (section, sentence)))
        .filter(|(_, sentence)| contains_any(sentence.text, &BASES))
        .collect();
    if said.is_empty() {
        return found;
    }
    let subjects = Subjects::new(item, &[]);
    for (section, sentence) in said {
        let mut topic = None;
        for clause in sentence.text.split('、') {
            let (stated, rest) = without_year(clause);
            let rest = subjects.topic_of(rest, &mut topic);
            let named = BASES.iter().any(|base| rest.contains(base));
            let Some(subject) = topic.filter(|_| named) else { continue };
            if let Some(message) = contradiction(rest, subject, stated.unwrap_or(year)) {
                let span = span_in(&section.prose, sentence.start..sentence.start + sentence.text.len());
                found.push((span, section.title.as_str(), message));
                break;
            }
        }
    }
    found
}

/// The year at the beginning of a clause, 令和5年の, and what follows it.
fn without_year(clause: &str) -> (Option<FiscalYear>, &str) {
    ["年度の", "年の", "年度は、", "年は、"]
        .iter()
        .find_map(|end| {
            let (before, rest) = clause.split_once(end)?;
            Some((Some(FiscalYear::parse(before)?), rest))
        })
        .unwrap_or((None, clause))
}

fn contradiction(clause: &str, subject: &Subject<'_>, year: FiscalYear) -> Option<Bilingual> {
    let said = match (is_beyond(clause, "上回"), is_beyond(clause, "下回")) {
        (true, false) => Ordering::Greater,
        (false, true) => Ordering::Less,
        _ => return None,
    };
    let name = &subject.indicator.name;
    let actual = subject.actual(year)?;
    let baseline: &Value = match subject.indicator.baseline? {
        Baseline::Year(of) => subject.actual(of)?,
        Baseline::Start => subject.figures.start.as_ref()?,
    };
    let short = year.short();
    if actual.is_missing() {
        let printed = &actual.printed;
        return Some(say!(
            ja: "文章では{short}の「{name}」を基準値と比べていますが、その欄は「{printed}」です",
            en: "the text compares `{name}` of {short} with the baseline, but that cell is `{printed}`"
        ));
    }
    (actual.exact()?.cmp(&baseline.exact()?) == said.reverse()).then(|| {
        let (actual, baseline) = (&actual.printed, &baseline.printed);
        say!(
            ja: "文章の基準値との比較が、「{name}」の値（基準値{baseline}、{short}{actual}）と逆です",
            en: "the text contradicts the values of `{name}`: baseline {baseline}, {short} {actual}"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::indicator;

    #[test]
    fn compares_with_the_baseline() {
        let check = |text: &str, found: bool| {
            let node = "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = '製造品出荷額'\nbaseline = 'R1'\n+++\n";
            let figures = "[indicator.x]\nactual.R1 = 812\nactual.R4 = 826\nactual.R5 = '-'";
            let expected: &[&str] = if found { &["programs/a/2023.md:9"] } else { &[] };
            indicator("", "")
                .file("programs/a/program.md", node)
                .file("programs/a/2023.md", &format!("+++\n{figures}\n+++\n## 総括\n\n{text}\n"))
                .assert_finds("text-figure", expected);
        };
        check("令和4年の製造品出荷額は基準値を上回った。", false);
        check("令和4年の製造品出荷額は基準値を下回った。", true);
        check("令和4年の製造品出荷額は回復し、基準値を大きく下回った。", true);
        check("令和5年の製造品出荷額は基準値を上回った。", true);
        check("令和4年の出荷額は基準値を下回った。", true);
        check("令和4年の卸売額は基準値を下回った。", false);
    }
}
