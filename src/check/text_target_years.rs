//! Numbers and years of plans in texts that the targets and the period contradict, for the rule `text-figure`: 残りの612灯を令和7年度に
//! beside a target of 612 for R6, 令和7年度に完了する beside a period up to R6, and 50回開催する under
//! 数値目標 beside a target of 500回, and a past year under 今後の方針.

use super::stated_figures::{is_shifted, shares_word};
use super::visit::SheetRef;
use super::words::{Quantity, contains_any, fiscal_years, is_slip, pairs, plain_unit, quantities, sentences};
use crate::diagnostic::{Bilingual, say};
use crate::model::{Column, FiscalYear, Indicator, Section, Stage};
use rust_decimal::Decimal;
use std::ops::Range;

/// Numbers of a section that contradict targets or the period.
pub(super) fn contradictions(item: SheetRef<'_>, section: &Section) -> Vec<(Range<usize>, Bilingual)> {
    let targets = targets(item);
    let mut found = Vec::new();
    for sentence in sentences(&section.prose.markdown) {
        let text = sentence.text;
        let range = |range: Range<usize>| sentence.start + range.start..sentence.start + range.end;
        if let Some(end) = after_period(item, text) {
            let stated = end.1.short();
            let last = end.0.short();
            let message = say!(
                ja: "文章では{stated}に終わりますが、事業期間は{last}までです",
                en: "the text says that the program ends in {stated}, but its period ends in {last}"
            );
            found.push((range(0..text.len()), message));
            continue;
        }
        if let Some(stated) = past_plan(item, section, text) {
            let (stated, of) = (stated.short(), item.edition.year.unwrap_or(stated).short());
            let message = say!(
                ja: "今後のこととして{stated}が挙げられていますが、この調書は{of}のものです",
                en: "the text plans something for {stated}, but the sheet is that of {of}"
            );
            found.push((range(0..text.len()), message));
            continue;
        }
        for quantity in quantities(text) {
            let message =
                of_year(item, &targets, text, &quantity).or_else(|| of_plan(&targets, &section.title, text, &quantity));
            found.extend(message.map(|message| (range(quantity.range.clone()), message)));
        }
    }
    found
}

/// A target of an indicator in units of one.
struct Target<'r> {
    indicator: &'r Indicator,
    column: Column,
    unit: String,
    number: Decimal,
    digits: String,
    /// False for actual values.
    is_target: bool,
}

/// All targets and actual values of a sheet.
fn targets(item: SheetRef<'_>) -> Vec<Target<'_>> {
    let mut targets = Vec::new();
    for (index, figures) in &item.sheet.figures {
        let Some(indicator) = item.node.indicators.get(*index) else { continue };
        let actual = figures.actual.iter().map(|(year, value)| (Column::Year(*year), value, false));
        let planned = figures.target.iter().map(|(column, value)| (*column, value, true));
        for (column, value, is_target) in planned.chain(actual) {
            let unit = value.number().and_then(|number| number.unit.as_deref()).or(indicator.unit.as_deref());
            let (Some((unit, factor)), Some(number)) = (unit.map(plain_unit), value.decimal()) else { continue };
            let Some(scaled) = number.checked_mul(factor) else { continue };
            let digits = number.normalize().to_string();
            targets.push(Target { indicator, column, unit, number: scaled, digits, is_target });
        }
    }
    targets
}

/// A number planned for another year than that of the only target with the number.
fn of_year(item: SheetRef<'_>, targets: &[Target<'_>], text: &str, quantity: &Quantity<'_>) -> Option<Bilingual> {
    let stated = year_beside(text, quantity)?;
    let edition = item.edition.year?;
    let is_plan = ["る", "う", "す", "く", "予定", "計画", "ます"].iter().any(|end| text.ends_with(end));
    if stated <= edition
        || quantity.digits.len() < 2
        || !is_plan
        || contains_any(text, &["累計", "延べ", "まで", "以降"])
    {
        return None;
    }
    let of_unit = || targets.iter().filter(|target| quantity.has_unit(&target.unit));
    let is_of_one = of_unit().all(|target| of_unit().all(|other| std::ptr::eq(other.indicator, target.indicator)));
    if let Some(planned) = of_unit().find(|target| target.is_target && target.column == Column::Year(stated))
        && is_of_one
        && planned.number != quantity.number
        && of_unit().any(|other| other.number == quantity.number)
    {
        let (written, stated, name, right) =
            (&quantity.digits, stated.short(), &planned.indicator.name, &planned.digits);
        return Some(say!(
            ja: "文章の「{written}」は{stated}のこととされていますが、「{name}」の{stated}の目標値は{right}です",
            en: "the text plans `{written}` for {stated}, but the target of `{name}` for that year is {right}"
        ));
    }
    let mut same = of_unit().filter(|target| target.number == quantity.number);
    let (Some(target), None) = (same.next(), same.next()) else { return None };
    let Column::Year(year) = target.column else { return None };
    (year > edition && year != stated).then(|| {
        let (written, stated, name, year) = (&quantity.digits, stated.short(), &target.indicator.name, year.short());
        say!(
            ja: "文章の「{written}」は{stated}のこととされていますが、「{name}」の{year}の目標値です",
            en: "the text plans `{written}` for {stated}, but it is the target of `{name}` for {year}"
        )
    })
}

/// The only fiscal year of a clause, directly before or after a number: 612灯を令和7年度に.
fn year_beside(text: &str, quantity: &Quantity<'_>) -> Option<FiscalYear> {
    let mut years = fiscal_years(text);
    let ((at, year), None) = (years.next()?, years.next()) else { return None };
    let (start, end) = if at < quantity.range.start { (at, quantity.range.start) } else { (quantity.range.end, at) };
    let between = text.get(start..end)?;
    (between.chars().count() < 24 && !between.contains('、')).then_some(year)
}

/// The end of the period and the later year in which a text says that the program ends.
fn after_period(item: SheetRef<'_>, text: &str) -> Option<(FiscalYear, FiscalYear)> {
    const ENDS: [&str; 8] = [
        "事業を完了する",
        "事業を終了する",
        "事業を終える",
        "事業が完了する",
        "事業が終了する",
        "事業完了予定である",
        "本事業を終了する",
        "事業は終了する",
    ];
    let end = item.node.period_in(Some(item.sheet))?.to?;
    if !ENDS.iter().any(|word| text.ends_with(word)) || contains_any(text, &["延長", "延ば", "延期", "後継", "次期"])
    {
        return None;
    }
    let mut years = fiscal_years(text);
    let ((_, stated), None) = (years.next()?, years.next()) else { return None };
    (stated > end).then_some((end, stated))
}

/// The past year in which a section about the future plans something: 令和5年度に更新する in a sheet of R6.
fn past_plan(item: SheetRef<'_>, section: &Section, text: &str) -> Option<FiscalYear> {
    const ENDS: [&str; 9] = ["する", "める", "ける", "える", "行う", "開く", "図る", "せる", "てる"];
    let is_ahead = ["今後", "次年度", "翌年度", "来年度"].iter().any(|word| section.title.contains(word));
    if !is_ahead || item.edition.stage != Stage::Final || !ENDS.iter().any(|end| text.ends_with(end)) {
        return None;
    }
    let mut years = fiscal_years(text);
    let ((at, stated), None) = (years.next()?, years.next()) else { return None };
    let after = text.get(at..)?.split_once("年度")?.1;
    // 令和5年度に実施した調査を活用する is about the future.
    let words = after.strip_prefix('に').or_else(|| after.strip_prefix("中に"))?;
    let has_past = contains_any(words, &["した", "った", "れた", "けた", "めた", "いた", "引き続き", "継続"]);
    (!has_past && stated <= item.edition.year?).then_some(stated)
}

/// A number under a heading of targets that is the only target of its indicator with a slip.
fn of_plan(targets: &[Target<'_>], title: &str, text: &str, quantity: &Quantity<'_>) -> Option<Bilingual> {
    let is_of_targets = title.contains("目標") && !title.contains("達成");
    if !is_of_targets || contains_any(text, &["前年", "実績", "うち", "年度", "月", "から", "ほか"]) {
        return None;
    }
    let of_unit = || targets.iter().filter(|target| quantity.has_unit(&target.unit));
    if of_unit().any(|target| target.number == quantity.number) {
        return None;
    }
    // 9地域: the only target of its unit, even with one digit.
    let is_common = ["人", "名", "件", "回", "%", "円", "年", "月", "日"].iter().any(|unit| quantity.has_unit(unit));
    let mut of_targets = of_unit().filter(|target| target.is_target);
    if let (Some(only), None) = (of_targets.next(), of_targets.next())
        && !is_common
        && only.unit.chars().count() > 1
        && only.digits.len() == 1
        && quantity.digits.len() == 1
    {
        return Some(differs(quantity, only));
    }
    let mut planned = of_unit().filter(|target| target.is_target && shares_word(&pairs(&target.indicator.name), text));
    let (Some(target), None) = (planned.next(), planned.next()) else { return None };
    let has_digits = quantity.digits.len() > 1 || target.digits.len() > 1;
    let is_wrong = is_slip(&quantity.digits, &target.digits) || is_shifted(quantity.number, target.number);
    (has_digits && is_wrong).then(|| differs(quantity, target))
}

fn differs(quantity: &Quantity<'_>, target: &Target<'_>) -> Bilingual {
    let (written, name, digits) = (&quantity.digits, &target.indicator.name, &target.digits);
    say!(
        ja: "目標を述べる文章の「{written}」が、「{name}」の目標値{digits}と合いません",
        en: "the text plans `{written}`, but the target of `{name}` is {digits}"
    )
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn check(title: &str, text: &str, expected: bool) {
        let node =
            "+++\nname = 'A'\nperiod = 'H28/R6'\n[[indicator]]\nid = 'x'\nname = '防犯灯の灯数'\nunit = '灯'\n+++\n";
        let sheet = format!(
            "+++\n[indicator.x]\nactual.R5 = 800\ntarget.R5 = 810\ntarget.R6 = 612\ntarget.R7 = 900\ntarget.end = 900\n+++\n## {title}\n{text}\n"
        );
        let content = Fixture::new().with(program("a", "")).file("programs/a/program.md", node);
        let found: &[&str] = if expected { &["programs/a/2023.md:10"] } else { &[] };
        content.file("programs/a/2023.md", &sheet).assert_finds("text-figure", found);
    }

    #[test]
    fn plans_are_of_the_year_of_their_target() {
        check("方針", "残りの612灯を令和6年度に取り替える。", false);
        check("方針", "残りの612灯を令和7年度に取り替える。", true);
        check("方針", "令和7年度には612灯を取り替える。", true);
        check("方針", "残りの810灯を令和6年度に取り替える。", true);
        check("方針", "令和7年度までに612灯を取り替える。", false);
        check("方針", "計画の期間の終わりの令和8年度に900灯とする。", false);
    }

    #[test]
    fn plans_are_of_later_years() {
        check("今後の方針", "残りの端末を令和6年度に更新する。", false);
        check("今後の方針", "残りの端末を令和5年度に更新する。", true);
        check("今後の方針", "令和5年度に実施した調査を活用する。", false);
        check("実績", "残りの端末を令和5年度に更新する。", false);
    }

    #[test]
    fn programs_end_within_their_period() {
        check("方針", "残りを取り替え、令和6年度に事業を完了する。", false);
        check("方針", "残りを取り替え、令和7年度に事業を完了する。", true);
        check("方針", "期間を延長し、令和7年度に事業を完了する。", false);
    }

    #[test]
    fn numbers_under_targets_are_the_targets() {
        let check = |unit: &str, target: u32, text: &str, expected: bool| {
            let node = format!("+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = '講座の回数'\nunit = '{unit}'\n+++\n");
            let sheet = format!("+++\n[indicator.x]\nactual.R5 = 3\ntarget.R5 = {target}\n+++\n## 数値目標\n{text}\n");
            let content = Fixture::new().with(program("a", "")).file("programs/a/program.md", &node);
            let found: &[&str] = if expected { &["programs/a/2023.md:7"] } else { &[] };
            content.file("programs/a/2023.md", &sheet).assert_finds("text-figure", found);
        };
        check("回", 500, "講座を500回開催する。", false);
        check("回", 500, "講座を50回開催する。", true);
        check("回", 500, "講座を30回開催する。", false);
        check("地域", 9, "9地域で演奏会を開催する。", false);
        check("地域", 9, "6地域で演奏会を開催する。", true);
    }
}
