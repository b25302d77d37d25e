//! Sentences that compare an indicator with the year before or with its target, for the rule `text-figure`.

use super::mark_meaning::{is_met, result, result_against_last};
use super::subjects::{Subject, Subjects};
use super::text_success::{of_nothing, of_several, said_of_success};
use super::visit::SheetRef;
use super::words::{contains_any, sentences, span_in};
use crate::diagnostic::{Bilingual, Span, say};
use crate::model::{Column, FiscalYear, Node, SeriesKind, Value};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// Contradictions of the texts of a sheet: their place, the title of the section and the message. `below` are the programs
/// that the texts of a policy can be about.
pub(super) fn contradictions<'r>(item: SheetRef<'r>, below: &[&'r Node]) -> Vec<(Span, &'r str, Bilingual)> {
    let Some(year) = item.edition.year else { return Vec::new() };
    let subjects = Subjects::new(item, below);
    let mut found = Vec::new();
    for section in item.sheet.sections.iter().filter(|_| !subjects.is_empty()) {
        for sentence in sentences(&section.prose.markdown) {
            let span = || span_in(&section.prose, sentence.start..sentence.start + sentence.text.len());
            if let Some(message) = of_several(sentence.text, &subjects, year) {
                found.push((span(), section.title.as_str(), message));
                continue;
            }
            let mut topic = None;
            for clause in sentence.text.split('、') {
                let rest = subjects.topic_of(clause, &mut topic);
                let Some(subject) = topic else { continue };
                if let Some(message) = contradiction(sentence.text, rest, subject, year) {
                    found.push((span(), section.title.as_str(), message));
                }
            }
        }
    }
    found
}

fn contradiction(sentence: &str, clause: &str, subject: &Subject<'_>, year: FiscalYear) -> Option<Bilingual> {
    let name = &subject.indicator.name;
    let actual = subject.figures.actual.get(&year)?;
    if let Some(message) = of_comparison(clause, subject, actual, year).or_else(|| of_nothing(clause, subject, actual))
    {
        return Some(message);
    }
    let before = contains_any(clause, &["前年度", "前年", "昨年度", "昨年"]);
    let is_planned = contains_any(clause, &["計画を上回", "計画を下回"]);
    if (clause.contains("目標") || is_planned) && !before {
        return of_target(clause, subject, actual, year);
    }
    let continued = said_of_years(clause);
    let words = if before { said_of_year(clause) } else { continued.or_else(|| said_alone(sentence, clause)) }?;
    let other = subject.actual(FiscalYear(year.0.checked_sub(1)?))?;
    if continued.is_some()
        && let Some(earlier) = subject.actual(FiscalYear(year.0.checked_sub(2)?))
        && number(other)?.cmp(&number(earlier)?) != words.reverse()
    {
        return None;
    }
    if number(actual)?.cmp(&number(other)?) != words.reverse() {
        return None;
    }
    let (actual, other) = (&actual.printed, &other.printed);
    Some(say!(
        ja: "文章の前年度との比較が、「{name}」の値（前年度{other}、この年度{actual}）と逆です",
        en: "the text contradicts the values of `{name}`: {other} in the year before, {actual} in this year"
    ))
}

/// A comparison with another place: 県平均を下回った.
fn of_comparison(clause: &str, subject: &Subject<'_>, actual: &Value, year: FiscalYear) -> Option<Bilingual> {
    let of_year = subject.figures.values().filter_map(|(series, column, value)| match series {
        SeriesKind::Comparison(index) if column == Column::Year(year) => {
            Some((&subject.indicator.comparisons.get(index)?.name, value))
        }
        _ => None,
    });
    let mut named = of_year.filter(|(name, _)| clause.contains(name.as_str()));
    let ((place, other), None) = (named.next()?, named.next()) else { return None };
    let contains = |words: &[&str]| words.iter().any(|word| clause.contains(&format!("{place}{word}")));
    let words = one_of(contains(&["を上回", "より高", "より多"]), contains(&["を下回", "より低", "より少"]))?;
    (number(actual)?.cmp(&number(other)?) == words.reverse()).then(|| {
        let (name, actual, other) = (&subject.indicator.name, &actual.printed, &other.printed);
        say!(
            ja: "文章の「{place}」との比較が、「{name}」の値（{place}{other}、実績{actual}）と逆です",
            en: "the text contradicts the values of `{name}`: `{place}` {other}, actual value {actual}"
        )
    })
}

/// A comparison with the target, or with the distance from it in the year before.
fn of_target(clause: &str, subject: &Subject<'_>, actual: &Value, year: FiscalYear) -> Option<Bilingual> {
    let name = &subject.indicator.name;
    let mut targets = subject.figures.target.iter();
    let only = targets.next().filter(|_| targets.next().is_none()).map(|(_, target)| target);
    let target = subject.figures.target.get(&Column::Year(year)).or(only)?;
    let (value, compared) = (number(actual)?, number(target)?);
    let (actual, printed) = (&actual.printed, &target.printed);
    if let Some(words) = said_of_gap(clause) {
        let last = subject.actual(FiscalYear(year.0.checked_sub(1)?))?;
        let gaps = ((value - compared).abs(), (number(last)? - compared).abs());
        let last = &last.printed;
        return (gaps.0.cmp(&gaps.1) == words.reverse()).then(|| {
            say!(
                ja: "文章の目標との差の増減が、「{name}」の値（目標{printed}、前年度{last}、この年度{actual}）と逆です",
                en: "the text contradicts how `{name}` moved to or from its target: target {printed}, {last} in the year before, {actual} in this year"
            )
        });
    }
    let is_wrong = match said_of_target(clause) {
        Some(words) => value.cmp(&compared) == words.reverse(),
        None => {
            let result = result(subject.indicator, subject.figures, year)
                .or_else(|| result_against_last(subject.indicator, subject.figures, year))
                .or_else(|| (subject.counts_work() || is_undirected(subject, clause)).then(|| value.cmp(&compared)));
            let met = result.map(is_met)?;
            said_of_success(clause).is_some_and(|said| said != met)
        }
    };
    is_wrong.then(|| {
        say!(
            ja: "文章の目標との比較が、「{name}」の値（目標{printed}、実績{actual}）と逆です",
            en: "the text contradicts the values of `{name}`: target {printed}, actual value {actual}"
        )
    })
}

/// Returns true for a clause whose words mean that a greater value is better, 目標に届かなかった, of an indicator that declares no
/// direction.
fn is_undirected(subject: &Subject<'_>, clause: &str) -> bool {
    subject.indicator.better.is_none() && contains_any(clause, &["に届か", "には届か", "に及ば", "に満たな"])
}

fn number(value: &Value) -> Option<Decimal> {
    value.decimal()
}

/// How a clause says that the value compares with the year before.
fn said_of_year(clause: &str) -> Option<Ordering> {
    let ends = |words: &[&str]| contains_any(clause, words);
    let greater =
        ends(&["より増", "に比べ増", "に比べて増", "から増", "より多", "より高", "比で増", "増加し", "上昇し"]);
    let less =
        ends(&["より減", "に比べ減", "に比べて減", "から減", "より少な", "より低", "比で減", "減少し", "低下し"]);
    one_of(greater || is_beyond(clause, "上回"), less || is_beyond(clause, "下回"))
}

/// How a clause that names nothing to compare with says that the value changed, which is from the year before:
/// 利用者が増えた.
fn said_alone(sentence: &str, clause: &str) -> Option<Ordering> {
    // Words of other periods, other places or parts.
    const OTHER: [&str; 22] = [
        "年度",
        "年以",
        "年前",
        "年々",
        "年間",
        "以来",
        "以降",
        "当初",
        "基準",
        "策定",
        "前回",
        "平均",
        "全国",
        "県",
        "見込",
        "予想",
        "計画",
        "コロナ",
        "傾向",
        "うち",
        "月",
        "から",
    ];
    const SUFFIXES: [&str; 10] =
        ["一方で", "一方", "ものの", "ことから", "ことにより", "とともに", "ため", "ので", "ほか", "が"];
    const GREATER: [&str; 10] =
        ["増えた", "増え", "増加した", "増加し", "上昇した", "上昇し", "上がった", "上がり", "伸びた", "高まった"];
    const LESS: [&str; 10] =
        ["減った", "減り", "減少した", "減少し", "低下した", "低下し", "下がった", "下がり", "落ち込んだ", "落ち込み"];
    // 4月に窓口を統合し、: the date of another clause.
    let is_date = |other: &&str| *other != clause && other.contains('月') && other.ends_with(['し', 'り', 'て', 'え']);
    let others = sentence.split('、').filter(|other| !is_date(other));
    if others.into_iter().any(|other| contains_any(other, &OTHER)) {
        return None;
    }
    let clause = SUFFIXES.iter().find_map(|suffix| clause.strip_suffix(suffix)).unwrap_or(clause);
    let ends = |words: &[&str]| words.iter().any(|word| clause.ends_with(word));
    one_of(ends(&GREATER), ends(&LESS))
}

/// How a clause says that the value changes from year to year: 減り続けている.
fn said_of_years(clause: &str) -> Option<Ordering> {
    const GREATER: [&str; 4] = ["増え続けている", "増加を続けている", "増加し続けている", "伸び続けている"];
    const LESS: [&str; 4] = ["減り続けている", "減少を続けている", "減少し続けている", "下がり続けている"];
    let ends = |words: &[&str]| words.iter().any(|word| clause.ends_with(word));
    one_of(ends(&GREATER), ends(&LESS))
}

/// How a clause says that the value compares with its target: 目標を上回った, 目標値を440人下回った.
pub(super) fn said_of_target(clause: &str) -> Option<Ordering> {
    one_of(is_beyond(clause, "上回"), is_beyond(clause, "下回"))
}

/// Returns true if a clause says 上回った or 下回った of an object, を, by any amount.
pub(super) fn is_beyond(clause: &str, word: &str) -> bool {
    clause.match_indices(word).any(|(at, _)| {
        let (before, after) = (clause.get(..at).unwrap_or_default(), clause.get(at + word.len()..).unwrap_or_default());
        let before = ["大きく", "大幅に", "わずかに", "やや", "も"]
            .iter()
            .find_map(|it| before.strip_suffix(it))
            .unwrap_or(before);
        let object = before.trim_end_matches(|char: char| !('ぁ'..='ゖ').contains(&char));
        object.ends_with('を') && after.starts_with(['っ', 'り', 'る'])
    })
}

/// How a clause says that the distance from the target changed: 目標値との差が縮まった.
fn said_of_gap(clause: &str) -> Option<Ordering> {
    let is = |words: &[&str]| {
        words.iter().any(|word| ["差が", "差は"].iter().any(|gap| clause.contains(&format!("{gap}{word}"))))
    };
    one_of(is(&["広が", "拡大"]), is(&["縮ま", "縮小"]))
}

pub(super) fn one_of(greater: bool, less: bool) -> Option<Ordering> {
    match (greater, less) {
        (true, false) => Some(Ordering::Greater),
        (false, true) => Some(Ordering::Less),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, indicator};

    fn text(sentence: &str) -> Fixture {
        let figures = format!("actual.R4 = 80\nactual.R5 = 70\ntarget.R5 = 75\n+++\n## 実績\n\n{sentence}\n");
        let content = indicator("", "").file("programs/a/2023.md", &format!("+++\n[indicator.x]\n{figures}"));
        let node = "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = '観光消費額'\n+++\n";
        content.file("programs/a/program.md", node)
    }

    #[test]
    fn compares_with_the_year_before_and_the_target() {
        let line = &["programs/a/2023.md:9"];
        text("観光消費額が前年度を上回った。").assert_finds("text-figure", line);
        text("天候がよく、観光消費額は目標を上回った。").assert_finds("text-figure", line);
        text("観光消費額は目標に届かなかった。").assert_finds("text-figure", &[]);
        text("観光消費額が前年度を下回った。").assert_finds("text-figure", &[]);
        text("観光消費額は目標を下回った。").assert_finds("text-figure", &[]);
        let above = |words: &str| {
            let sheet = format!("+++\n[indicator.x]\nactual.R5 = 80\ntarget.R5 = 75\n+++\n## 実績\n\n{words}\n");
            text("").file("programs/a/2023.md", &sheet)
        };
        above("観光消費額は目標に届かなかった。").assert_finds("text-figure", &["programs/a/2023.md:8"]);
        above("観光消費額は目標を達成した。").assert_finds("text-figure", &[]);
    }

    #[test]
    fn compares_changes_and_distances() {
        let line = &["programs/a/2023.md:9"];
        text("宣伝により、観光消費額が増えた。").assert_finds("text-figure", line);
        text("宣伝により、観光消費額が減った。").assert_finds("text-figure", &[]);
        text("観光消費額は4月から増えた。").assert_finds("text-figure", &[]);
        text("観光消費額は70となり、目標との差が縮まった。").assert_finds("text-figure", &[]);
        let content = text("観光消費額は68となり、目標との差が縮まった。");
        let sheet = "+++\n[indicator.x]\nactual.R4 = 70\nactual.R5 = 68\ntarget.R5 = 75\n+++\n## 実績\n\n";
        content
            .file("programs/a/2023.md", &format!("{sheet}観光消費額は68となり、目標との差が縮まった。\n"))
            .assert_finds("text-figure", line);
    }

    #[test]
    fn compares_texts_of_policies_with_the_indicators_of_their_programs() {
        let check = |text: &str, found: &[&str]| {
            let content = super::super::testing::indicator("", "actual.R4 = 80\nactual.R5 = 70").policy("1", &["a"]);
            let node = "+++\nname = '市場活性化事業'\n[[indicator]]\nid = 'x'\nname = '取扱数量'\n+++\n";
            content
                .file("programs/a/program.md", node)
                .file("policies/1/2023.md", &format!("## 成果\n{text}\n"))
                .assert_finds("text-figure", found);
        };
        check("市場の取扱いは増えた。", &["policies/1/2023.md:2"]);
        check("市場の取扱いは減った。", &[]);
        check("港の取扱いは増えた。", &[]);
    }

    #[test]
    fn a_noun_of_a_policy_is_not_that_of_one_program() {
        let content = super::super::testing::indicator("", "actual.R4 = 70\nactual.R5 = 80").policy("1", &["a"]);
        let node = "+++\nname = '創業支援事業'\n[[indicator]]\nid = 'x'\nname = '移住相談の件数'\n+++\n";
        content
            .file("programs/a/program.md", node)
            .file("policies/1/2023.md", "## 成果\n窓口の統合により相談が減った。\n")
            .assert_finds("text-figure", &[]);
    }

    #[test]
    fn what_an_indicator_counts_is_its_subject() {
        let check = |text: &str, found: bool| {
            let node = "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = '創業相談の件数'\nbetter = 'higher'\n+++\n";
            let figures = "[indicator.x]\nactual.R3 = 60\nactual.R4 = 70\nactual.R5 = 80\ntarget.R5 = 75";
            let expected: &[&str] = if found { &["programs/a/2023.md:9"] } else { &[] };
            indicator("", "")
                .file("programs/a/program.md", node)
                .file("programs/a/2023.md", &format!("+++\n{figures}\n+++\n## 実績\n{text}\n"))
                .assert_finds("text-figure", expected);
        };
        check("窓口の統合により相談が減り、課題となった。", true);
        check("窓口の統合により相談が増え、成果となった。", false);
        check("4月に窓口を統合し、相談は減った。", true);
        check("相談は4月から減った。", false);
        check("女性の相談が減った。", false);
        check("親子ふれあい相談が減った。", false);
        check("相談は目標に届かなかった。", true);
        check("相談は減り続けている。", true);
        check("相談は増え続けている。", false);
    }

    #[test]
    fn ignores_sentences_about_something_else() {
        text("宿泊者の観光消費額が前年度を上回った。").assert_finds("text-figure", &[]);
        text("観光消費額の調査の回答が前年度を上回った。").assert_finds("text-figure", &[]);
    }
}
