//! Sentences that say whether targets were reached, for several indicators at once (いずれも目標に達した), or that nothing was
//! done (全て中止となった), for the rule `text-figure`.

use super::mark_meaning::{is_met, result, result_against_last};
use super::subjects::{Subject, Subjects};
use super::text_trend::{one_of, said_of_target};
use super::words::contains_any;
use crate::diagnostic::{Bilingual, say};
use crate::model::{Column, FiscalYear, Value};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// Whether a clause says that the target was reached: 目標に達した, 目標の回数を実施できた, 目標に届かなかった.
pub(super) fn said_of_success(clause: &str) -> Option<bool> {
    const MISSED: [&str; 12] = [
        "達しなかった",
        "達せず",
        "達していない",
        "届かなかった",
        "届かず",
        "届いていない",
        "達成できなかった",
        "達成できず",
        "達成しなかった",
        "達成していない",
        "及ばなかった",
        "達成には至らなかった",
    ];
    const MET: [&str; 14] = [
        "に達した",
        "に達している",
        "に到達した",
        "を達成した",
        "を達成できた",
        "を達成している",
        "どおり実施できた",
        "通り実施できた",
        "どおり開催できた",
        "通り開催できた",
        "を実施できた",
        "を開催できた",
        "を確保できた",
        "を実施した",
    ];
    // 目標の回数, 目標値, 目標: what was reached.
    let (_, rest) = clause.rsplit_once("目標")?;
    let rest = ["値", "件数", "回数", "人数", "の件数", "の回数", "の人数", "の数"]
        .iter()
        .find_map(|it| rest.strip_prefix(it))
        .unwrap_or(rest);
    let met = MET.iter().any(|end| rest == *end || rest.strip_suffix('が').is_some_and(|rest| rest == *end));
    one_of(met, contains_any(clause, &MISSED)).map(Ordering::is_gt)
}

/// A sentence that says of several indicators that all reached or missed their targets: those that it names, or else all of
/// the sheet.
pub(super) fn of_several<'r>(sentence: &str, subjects: &Subjects<'r>, year: FiscalYear) -> Option<Bilingual> {
    const ALL: [&str; 9] =
        ["いずれも", "どちらも", "ともに", "共に", "すべての指標", "全ての指標", "全指標", "すべて目標", "全て目標"];
    let at = ALL.iter().filter_map(|word| sentence.find(word)).min()?;
    let clause = sentence.get(at..)?;
    let clause = clause.split('、').find(|clause| clause.contains("目標"))?;
    if contains_any(sentence, &["前年", "昨年", "もの", "予定", "見込", "以外", "除"]) || sentence.contains("一部")
    {
        return None;
    }
    let wrong = |subject: &Subject<'r>| {
        let (indicator, figures) = (subject.indicator, subject.figures);
        let (actual, target) = (figures.actual.get(&year)?, figures.target.get(&Column::Year(year))?);
        let is_wrong = match said_of_target(clause) {
            Some(said) => actual.decimal()?.cmp(&target.decimal()?) == said.reverse(),
            None => {
                let result = result(indicator, figures, year).or_else(|| result_against_last(indicator, figures, year));
                is_met(result?) != said_of_success(clause)?
            }
        };
        is_wrong.then_some((indicator.name.as_str(), actual.printed.as_str(), target.printed.as_str()))
    };
    let named: Vec<&Subject<'r>> = subjects.own().filter(|subject| subject.is_named_in(sentence)).collect();
    let (name, actual, target) =
        if named.len() > 1 { named.into_iter().find_map(wrong)? } else { subjects.own().find_map(wrong)? };
    Some(say!(
        ja: "文章では、いずれの指標についても同じ結果とされていますが、「{name}」は目標{target}、実績{actual}です",
        en: "the text states one result of all indicators, but that of `{name}` is another: target {target}, actual value {actual}"
    ))
}

/// A clause that says that nothing was done, although the indicator counts something: 全て中止となった.
pub(super) fn of_nothing(clause: &str, subject: &Subject<'_>, actual: &Value) -> Option<Bilingual> {
    const NOTHING: [&str; 14] = [
        "全て中止",
        "すべて中止",
        "全て実施できな",
        "すべて実施できな",
        "全て開催できな",
        "すべて開催できな",
        "一度も実施",
        "一度も開催",
        "1回も実施",
        "1回も開催",
        "一件もな",
        "1件もな",
        "1人もいな",
        "1人もおら",
    ];
    const OTHER: [&str; 6] = ["予定", "以降", "月", "前年", "昨年", "うち"];
    let said = NOTHING.iter().find(|words| clause.contains(**words)).filter(|_| !contains_any(clause, &OTHER))?;
    let said = said.trim_end_matches('な').trim_end_matches("おら").trim_end_matches("い");
    (actual.exact()? > Decimal::ZERO).then(|| {
        let (name, actual) = (&subject.indicator.name, &actual.printed);
        say!(
            ja: "文章には「{said}」とありますが、「{name}」の実績は「{actual}」です",
            en: "the text says `{said}`, but the actual value of `{name}` is `{actual}`"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};
    use super::said_of_success;

    #[test]
    fn recognizes_what_texts_say_of_targets() {
        assert_eq!(said_of_success("目標値に達した"), Some(true));
        assert_eq!(said_of_success("目標の回数を実施できた"), Some(true));
        assert_eq!(said_of_success("目標の件数には届かなかった"), Some(false));
        assert_eq!(said_of_success("目標を見直した"), None);
        assert_eq!(said_of_success("講座を実施した"), None);
    }

    fn check(text: &str, found: &[&str]) {
        let indicator =
            |id: &str, name: &str| format!("[[indicator]]\nid = '{id}'\nname = '{name}'\nbetter = 'higher'\n");
        let node = format!(
            "+++\nname = 'A'\n{}{}+++\n",
            indicator("x", "利用登録者数"),
            indicator("y", "移住体験ツアー実施回数")
        );
        let figures = "[indicator.x]\ntarget.R5 = 60\nactual.R5 = 71\n[indicator.y]\ntarget.R5 = 5\nactual.R5 = 3";
        Fixture::new()
            .with(program("a", ""))
            .file("programs/a/program.md", &node)
            .file("programs/a/2023.md", &format!("+++\n{figures}\n+++\n## 実績\n{text}\n"))
            .assert_finds("text-figure", found);
    }

    /// Two indicators that reached their targets, and one that missed it.
    fn check_three(text: &str, found: &[&str]) {
        let indicator =
            |id: &str, name: &str| format!("[[indicator]]\nid = '{id}'\nname = '{name}'\nbetter = 'higher'\n");
        let names = [("x", "利用登録者数"), ("y", "移住体験ツアー実施回数"), ("z", "相談件数")];
        let indicators = names.map(|(id, name)| indicator(id, name)).concat();
        let figures = [("x", 71), ("y", 3), ("z", 80)]
            .map(|(id, actual)| format!("[indicator.{id}]\ntarget.R5 = 60\nactual.R5 = {actual}\n"))
            .concat();
        Fixture::new()
            .with(program("a", ""))
            .file("programs/a/program.md", &format!("+++\nname = 'A'\n{indicators}+++\n"))
            .file("programs/a/2023.md", &format!("+++\n{figures}\n+++\n## 実績\n{text}\n"))
            .assert_finds("text-figure", found);
    }

    const LINE: &[&str] = &["programs/a/2023.md:10"];

    #[test]
    fn statements_about_all_indicators_hold_for_each() {
        check("利用登録者数は71人、実施回数は3回で、いずれも目標に達した。", LINE);
        check("いずれも目標を下回った。", LINE);
        check("すべての指標で目標を上回った。", LINE);
        check("いずれも目標の達成を目指す。", &[]);
        check("いずれも前年度は目標に達した。", &[]);
        // The indicators that it names, if there are several.
        check_three("利用登録者数も相談件数も、いずれも目標に達した。", &[]);
        check_three("利用登録者数も移住体験ツアー実施回数も、いずれも目標に達した。", &["programs/a/2023.md:14"]);
        check_three("利用登録者数を含む指標は、いずれも目標に達した。", &["programs/a/2023.md:14"]);
    }

    #[test]
    fn statements_about_the_work_of_an_indicator_are_compared_with_it() {
        check("移住体験ツアーの実施が心配されたが、目標の回数を実施できた。", LINE);
        check("感染拡大で移住体験ツアーの実施が心配されたが、目標の回数を実施できた。", LINE);
        check("移住体験ツアーの実施が心配され、目標に届かなかった。", &[]);
        check("移住体験ツアーは全て中止となった。", LINE);
        check("移住体験ツアーは全て中止となったが、8月以降に再開した。", LINE);
        check("移住体験ツアーは、うち2回は中止となった。", &[]);
    }
}
