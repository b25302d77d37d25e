//! Numbers that a text calls the target of the year, and that are the target of another year, for the rule `text-figure`:
//! 目標17地区に対し実績は34地区, if 17 is the target of two years later.

use super::stated_figures::{Fact, Facts, is_shifted};
use super::text_changes::is_target_of;
use super::words::{Quantity, contains_any, is_plan_title, is_slip};
use crate::diagnostic::{Bilingual, say};
use crate::model::Column;
use rust_decimal::Decimal;

/// A number after 目標 that is the target of another year than that of the sheet, in a sentence that names no year.
pub(super) fn of_other_target(
    relevant: &[&Fact<'_>],
    sentence: &str,
    title: &str,
    quantity: &Quantity<'_>,
) -> Option<Bilingual> {
    const OTHER: [&str; 12] =
        ["年度", "令和", "平成", "最終", "期間", "将来", "来年", "翌年", "今後", "までに", "前年", "昨年"];
    if is_plan_title(title)
        || contains_any(sentence, &OTHER)
        || relevant.iter().any(|fact| fact.value == quantity.number)
    {
        return None;
    }
    let own = |fact: &Fact<'_>| fact.target.as_ref().map(|(target, _)| *target);
    if relevant.iter().any(|fact| own(fact).is_none_or(|target| target == quantity.number)) {
        return None;
    }
    let of = |fact: &Fact<'_>| fact.other_targets.iter().find(|(_, target)| *target == quantity.number).map(|of| of.0);
    let (fact, column) = relevant.iter().find_map(|fact| Some((fact, of(fact)?)))?;
    let (written, name, target) = (&quantity.digits, &fact.name, own(fact)?.normalize());
    let (year, year_en) = match column {
        Column::Year(year) => (year.short(), year.short()),
        _ => ("計画の終わり".to_owned(), "the end of the plan".to_owned()),
    };
    Some(say!(
        ja: "文章の「目標{written}」は、「{name}」の{year}の目標値で、この年度の目標値は{target}です",
        en: "the text calls `{written}` the target, which is that of `{name}` for {year_en}; that of the year is {target}"
    ))
}

/// A number of a section about plans that differs from the target of the indicator only in its magnitude.
pub(super) fn of_shifted_target(relevant: &[&Fact<'_>], clause: &str, quantity: &Quantity<'_>) -> Option<Bilingual> {
    let [fact] = relevant else { return None };
    let (target, printed) = fact.target.as_ref().filter(|_| !fact.is_above && !fact.whole_name)?;
    let is_other = |number: Decimal| number == quantity.number;
    let is_known = is_other(fact.value) || fact.other_targets.iter().any(|(_, other)| is_other(*other));
    let is_part = contains_any(clause, &["うち", "ずつ", "当たり", "あたり", "各", "増", "減", "新た", "追加"]);
    let (written, name) = (&quantity.digits, &fact.name);
    // 展覧会を9回行う, of the only target.
    let is_work = ["行う", "行い", "開く", "開催する", "実施する"].iter().any(|verb| clause.ends_with(verb));
    let is_only = fact.other_targets.is_empty() && !contains_any(clause, &["年", "月", "目以", "以上", "程度"]);
    if is_only && is_work && is_slip(written, printed) && !is_known && !is_part && quantity.number != *target {
        return Some(say!(
            ja: "文章の「{written}」は、「{name}」の目標値{printed}と合いません",
            en: "the text says `{written}`, but the target of `{name}` is {printed}"
        ));
    }
    (is_shifted(quantity.number, *target) && !is_known && !is_part).then(|| {
        say!(
            ja: "文章の「{written}」と、「{name}」の目標値{printed}は、桁が違います",
            en: "the text says `{written}`, but the target of `{name}` is {printed}, of another order of magnitude"
        )
    })
}

/// A result called as planned, 計画どおり4件, that is the target of the only indicator of its unit, which was not reached.
pub(super) fn as_planned(facts: &Facts<'_>, sentence: &str, title: &str, quantity: &Quantity<'_>) -> Option<Bilingual> {
    const WORDS: [&str; 6] = ["計画どおり", "計画通り", "予定どおり", "予定通り", "目標どおり", "目標通り"];
    let before = sentence.get(..quantity.range.start)?.trim_end_matches(['の', 'に', '、']);
    if is_plan_title(title) || !sentence.ends_with('た') || !WORDS.iter().any(|word| before.ends_with(word)) {
        return None;
    }
    let mut own = facts.0.iter().filter(|fact| !fact.is_above && !fact.whole_name && quantity.has_unit(&fact.unit));
    let (Some(fact), None) = (own.next(), own.next()) else { return None };
    let is_target = fact.target.as_ref().is_some_and(|(target, _)| *target == quantity.number);
    (is_target && fact.value != quantity.number).then(|| is_target_of(fact, &quantity.digits))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    #[test]
    fn reports_targets_of_other_years() {
        let check = |text: &str, found: &[&str]| {
            let node = "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = '交流した地区の数'\nunit = '地区'\n+++\n";
            let sheet = "[indicator.x]\ntarget.R5 = 16\nactual.R5 = 34\ntarget.R7 = 17";
            Fixture::new()
                .with(program("a", ""))
                .file("programs/a/program.md", node)
                .file("programs/a/2023.md", &format!("+++\n{sheet}\n+++\n## 理由\n{text}\n"))
                .assert_finds("text-figure", found);
        };
        check("交流が進み、目標16地区に対し実績は34地区になった。", &[]);
        check("計画どおり16地区となった。", &["programs/a/2023.md:8"]);
        check("計画どおり34地区となった。", &[]);
        check("交流が進み、目標17地区に対し実績は34地区になった。", &["programs/a/2023.md:8"]);
        check("交流が進み、令和7年度の目標17地区に対し実績は34地区になった。", &[]);
    }

    #[test]
    fn plans_have_the_magnitude_of_the_target() {
        let check = |text: &str, found: &[&str]| {
            let node = "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = '自主公演'\nunit = '回'\n+++\n";
            Fixture::new()
                .with(program("a", ""))
                .file("programs/a/program.md", node)
                .file(
                    "programs/a/2023.md",
                    &format!("+++\n[indicator.x]\ntarget.R5 = 150\nactual.R5 = 12\n+++\n## 今後の計画\n{text}\n"),
                )
                .assert_finds("text-figure", found);
        };
        check("公演を150回行う。", &[]);
        check("公演を15回行う。", &["programs/a/2023.md:7"]);
        check("公演を160回行う。", &["programs/a/2023.md:7"]);
        check("公演を160回以上見せる。", &[]);
        check("公演を160回見せる。", &[]);
        check("公演を新たに15回行う。", &[]);
        check("講座を15回行う。", &[]);
    }
}
