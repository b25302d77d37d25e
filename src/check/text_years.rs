//! Numbers of texts that are the value of another year than the one before them, for the rule `text-figure`:
//! 令和5年度は104人, if 104 is the value of 令和4年度.

use super::stated_figures::{Fact, Facts, digits, shares_word};
use super::text_context::Context;
use super::words::{Quantity, contains_any, is_slip};
use crate::diagnostic::{Bilingual, say};
use crate::model::{FiscalYear, half_width};
use rust_decimal::Decimal;

/// A number after the name of a year for which the indicator has another value.
pub(super) fn of_other_year(
    facts: &Facts<'_>,
    context: &Context<'_>,
    clause: &str,
    quantity: &Quantity<'_>,
) -> Option<Bilingual> {
    const OTHER: [&str; 14] =
        ["目標", "計画", "予定", "見込", "累計", "延べ", "うち", "増", "減", "平均", "から", "比", "新た", "上限"];
    let before = context.sentence.text.get(..quantity.range.start)?;
    let (year, month, after) = last_year(before)?;
    if after.chars().count() > 20 || contains_any(after, &OTHER) {
        return None;
    }
    let about = |fact: &&Fact<'_>| {
        !fact.is_above && !fact.whole_name && quantity.has_unit(&fact.unit) && shares_word(&fact.words, clause)
    };
    let mut about = facts.0.iter().filter(about);
    let (Some(fact), None) = (about.next(), about.next()) else { return None };
    let value = |of: FiscalYear| fact.years.iter().find(|(year, _)| *year == of).map(|(_, value)| *value);
    let right = value(year)?;
    if month.is_some_and(|month| !is_as_of(fact, year, month)) {
        return None;
    }
    let is_change =
        quantity.after.get(fact.unit.len()..).is_some_and(|words| words.starts_with(['増', '減', '多', '少']));
    if right == quantity.number || is_change {
        return None;
    }
    let of_year = fact.years.iter().find(|(_, value)| *value == quantity.number);
    let is_wrong = of_year.is_some() || quantity.digits.len() > 1 && is_slip(&quantity.digits, &digits(right));
    is_wrong.then(|| {
        let (written, name, year, right): (_, _, _, Decimal) =
            (&quantity.digits, &fact.name, year.short(), right.normalize());
        say!(
            ja: "文章の「{written}」は{year}の値とされていますが、「{name}」の{year}の値は{right}です",
            en: "the text says `{written}` of {year}, but the value of `{name}` in {year} is {right}"
        )
    })
}

/// Returns true if the value of the year of the sheet is that of the end of `month`: `H29.9`, 9月末.
fn is_as_of(fact: &Fact<'_>, year: FiscalYear, month: u32) -> bool {
    let months = fact.as_of.map(|as_of| as_of.chars().map(half_width).collect::<String>()).unwrap_or_default();
    let mut months = months.split(|char: char| !char.is_ascii_digit()).filter_map(|digits| digits.parse::<u32>().ok());
    fact.years.last().is_some_and(|(last, _)| *last == year) && months.any(|of| of == month)
}

/// Last year that a text names, with its month and the text after it: 令和5年度, 平成29年9月.
fn last_year(text: &str) -> Option<(FiscalYear, Option<u32>, &str)> {
    // 昨年 and 3年間 name no year.
    let named = text.rmatch_indices('年').find_map(|(end, _)| Some((end, year_before(text.get(..end)?)?)));
    let (end, year) = named?;
    let rest = text.get(end + '年'.len_utf8()..)?;
    if let Some(after) = rest.strip_prefix('度') {
        return Some((year, None, after));
    }
    let (month, after) = rest.split_once('月')?;
    let month: u32 = month.chars().map(half_width).collect::<String>().parse().ok()?;
    Some((FiscalYear::of_month(year.0, month), Some(month), after))
}

fn year_before(before: &str) -> Option<FiscalYear> {
    let number = before.trim_end_matches(|char| half_width(char).is_ascii_digit() || char == '元').len();
    let era = ["令和", "平成"].into_iter().find(|era| before.get(..number).is_some_and(|text| text.ends_with(era)));
    FiscalYear::parse(before.get(number - era.map_or(0, str::len)..)?)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    #[test]
    fn compares_numbers_with_the_year_before_them() {
        let check = |text: &str, found: &[&str]| {
            let node = "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = '支援した児童数'\nunit = '人'\n+++\n";
            let sheet = format!("+++\n[indicator.x]\nactual.R4 = 104\nactual.R5 = 120\n+++\n## 実績\n{text}\n");
            let content = Fixture::new().with(program("a", "")).file("programs/a/program.md", node);
            content.file("programs/a/2023.md", &sheet).assert_finds("text-figure", found);
        };
        check("令和4年度は児童104人を支援した。", &[]);
        check("令和5年度は児童104人を支援した。", &["programs/a/2023.md:7"]);
        check("令和４年度の児童104人から、令和５年度は児童120人に増えた。", &[]);
        check("令和4年度は児童140人を支援した。", &["programs/a/2023.md:7"]);
        check("令和5年度は昨年と同じく児童104人を支援した。", &["programs/a/2023.md:7"]);
        check("令和6年度は児童104人を支援する。", &[]);
        // Values of a month are compared only if they are those of the cell.
        check("令和5年9月に児童102人を支援した。", &[]);
        check("令和5年度は児童のうち104人を支援した。", &[]);
    }

    #[test]
    fn compares_values_of_a_reference_date() {
        let check = |text: &str, found: &[&str]| {
            let node = "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = '返礼品数'\nunit = '品目'\n+++\n";
            let sheet = format!(
                "+++\n[indicator.x]\nactual.R5 = {{ value = 175, as_of = 'R5.9' }}\n+++\n## 実績\n返礼品は、{text}\n"
            );
            let content = Fixture::new().with(program("a", "")).file("programs/a/program.md", node);
            content.file("programs/a/2023.md", &sheet).assert_finds("text-figure", found);
        };
        check("令和5年9月に175品目となった。", &[]);
        check("令和5年9月に17品目となった。", &["programs/a/2023.md:6"]);
        check("令和5年6月に17品目となった。", &[]);
    }
}
