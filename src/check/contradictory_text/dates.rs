//! Dates of texts that the year or the reference date of the edition or the period of the program contradicts, for the rule
//! `contradictory-text`: one date of a table in another year, 11月に開催した in a report as of September, 令和5年6月に開始した of a
//! program that begins in R6.

use super::{Contradiction, is_plan};
use crate::check::direction_after_end::says_end;
use crate::check::impossible_date::{Date, dates, sentence};
use crate::check::visit::SheetRef;
use crate::check::words::{contains_any, integer_at_end, sentences};
use crate::diagnostic::{Bilingual, say};
use crate::model::{Day, FiscalYear, Section, Stage, Value, half_width};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::ops::Range;

/// Dates that the edition or the node contradicts.
pub(super) fn contradictions(item: SheetRef<'_>) -> Vec<Contradiction<'_>> {
    let is_report = item.edition.stage != Stage::Plan;
    let is_result = |section: &&Section| !is_plan(section) && !contains_any(&section.title, &["経緯", "沿革"]);
    let mut found = Vec::new();
    for section in item.sheet.sections.iter().filter(|_| is_report).filter(is_result) {
        let mut dates = of_other_year(item, section);
        dates.extend(after_reference_date(item, section));
        dates.extend(before_period(item, section));
        found.extend(dates.into_iter().map(|(range, message)| Contradiction::new(section, range, message)));
    }
    for section in item.sheet.sections.iter().filter(|_| is_report) {
        let ended = ended_before(item, section).into_iter();
        found.extend(ended.map(|(range, message)| Contradiction::new(section, range, message)));
    }
    found
}

/// Fiscal year of a date with a year.
fn fiscal_year(date: &Date) -> Option<FiscalYear> {
    Some(FiscalYear::of_month(date.year?.0, date.month))
}

/// The only date of a column of a table, or of the beginnings of the entries of a list, outside the year of the edition.
fn of_other_year(item: SheetRef<'_>, section: &Section) -> Vec<(Range<usize>, Bilingual)> {
    let Some(year) = item.edition.year else { return Vec::new() };
    let text = section.prose.markdown.as_str();
    // Dates by block and column.
    let mut columns: BTreeMap<(usize, usize), Vec<Date>> = BTreeMap::new();
    let (mut start, mut block) = (0, 0);
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start();
        if trimmed.starts_with('|') || trimmed.starts_with("- ") {
            let mut at = start;
            for (column, cell) in line.split('|').enumerate() {
                let body = cell.trim_start_matches(['-', ' ', '　']);
                let offset = at + cell.len() - body.len();
                let first = dates(body).into_iter().next().filter(|date| date.range.start == 0);
                if let Some(Date { year, month, day, range }) = first {
                    let range = offset + range.start..offset + range.end;
                    columns.entry((block, column)).or_default().push(Date { year, month, day, range });
                }
                at += cell.len() + 1;
            }
        } else {
            block += 1;
        }
        start += line.len();
    }
    let mut found = Vec::new();
    for dates in columns.into_values() {
        let years: Option<Vec<FiscalYear>> = dates.iter().map(fiscal_year).collect();
        let Some(years) = years else { continue };
        let mut odd = dates.iter().zip(years).filter(|(_, of)| *of != year);
        if let (Some((date, of)), None) = (odd.next(), odd.next())
            && dates.len() > 1
        {
            let written = text.get(date.range.clone()).unwrap_or_default();
            let (of, year) = (of.short(), year.short());
            let message = say!(
                ja: "並んだ日付のうち「{written}」だけが、版の年度（{year}）ではなく {of} の日付です",
                en: "of these dates, only `{written}` is in {of} and not in the year of the edition ({year})"
            );
            found.push((date.range.clone(), message));
        }
    }
    found
}

/// What a sentence reports as done after the reference date of the edition: 11月に開催した, as of September.
fn after_reference_date(item: SheetRef<'_>, section: &Section) -> Vec<(Range<usize>, Bilingual)> {
    const DONE: [&str; 8] = ["開催した", "行った", "実施した", "開いた", "始めた", "開始した", "設置した", "完了した"];
    const OTHER: [&str; 9] = ["昨年", "前年", "年度", "令和", "平成", "例年", "予定", "これまで", "月号"];
    let as_of = item.edition.as_of.as_deref().and_then(Day::parse);
    let (Some(as_of), Some(year)) = (as_of, item.edition.year) else { return Vec::new() };
    // Months of a fiscal year begin with April.
    let order = |month: u32| (month + 8) % 12;
    if FiscalYear::of_month(as_of.year(), as_of.month()) != year {
        return Vec::new();
    }
    let text = section.prose.markdown.as_str();
    let mut found = Vec::new();
    for (at, _) in text.match_indices('月') {
        let Some((start, month)) = text.get(..at).and_then(integer_at_end) else { continue };
        let after = text.get(at + '月'.len_utf8()..).unwrap_or_default();
        let after = after.trim_start_matches(|char: char| half_width(char).is_ascii_digit());
        let after = after.strip_prefix('日').unwrap_or(after);
        if !(1..=12).contains(&month) || order(month) <= order(as_of.month()) {
            continue;
        }
        let clause = after.split(['、', '。', '\n']).next().unwrap_or_default();
        let said = DONE.iter().find(|word| clause.contains(**word)).filter(|_| clause.starts_with('に'));
        if let Some(said) = said.filter(|_| !contains_any(sentence(text, &(start..at)), &OTHER)) {
            let (written, printed) = (format!("{month}月"), item.edition.as_of.as_deref().unwrap_or_default());
            let message = say!(
                ja: "「{written}」に「{said}」とありますが、版の基準日は「{printed}」です",
                en: "the text says `{said}` of `{written}`, but the reference date of the edition is `{printed}`"
            );
            found.push((start..at + '月'.len_utf8(), message));
        }
    }
    found
}

/// A beginning of the program in the year before or after the first year of its period: 令和5年6月に開始した.
fn before_period(item: SheetRef<'_>, section: &Section) -> Vec<(Range<usize>, Bilingual)> {
    const BEGINS: [&str; 8] =
        ["に開始し", "から開始し", "に始めた", "に始ま", "から始めた", "から始ま", "に事業を開始し", "に事業を始めた"];
    let period = item.sheet.period.as_ref().or(item.node.period.as_ref());
    let of_strategy = item.strategy.period.map(|period| period.from);
    let Some(from) = period.and_then(|period| period.from).filter(|from| Some(*from) != of_strategy) else {
        return Vec::new();
    };
    let text = section.prose.markdown.as_str();
    let begins = |date: &Date| {
        let after = text.get(date.range.end..).unwrap_or_default();
        let before = text.get(..date.range.start).unwrap_or_default();
        // The subject of another sentence can be a part of the program.
        let is_first =
            before.is_empty() || before.ends_with(['\n', '。', ' ', '\u{3000}', '、']) || before.ends_with("事業は");
        is_first && BEGINS.iter().any(|words| after.starts_with(words))
    };
    let found = dates(text).into_iter().filter(begins).filter_map(|date| {
        let of = fiscal_year(&date).filter(|of| (of.0 - from.0).abs() == 1)?;
        let (written, from) = (text.get(date.range.clone())?, from.short());
        let message = say!(
            ja: "事業の期間は {from} からですが、「{written}」に始まったとされています",
            en: "the period of the program begins in {from}, but the text says that it began in `{written}` ({of})",
            of = of.short()
        );
        Some((date.range, message))
    });
    found.collect()
}

/// An end of the program in a year before that of the edition, which has a settlement: 令和4年度で終了し, of a sheet for R5.
fn ended_before(item: SheetRef<'_>, section: &Section) -> Vec<(Range<usize>, Bilingual)> {
    let Some(year) = item.edition.year else { return Vec::new() };
    let last = FiscalYear(year.0.saturating_sub(1));
    let is_spent = |value: &Value| value.decimal().is_some_and(|number| number > Decimal::ZERO);
    let mut settled = item.sheet.money.of_years().filter(|(key, of, _)| key.is_result() && *of == year);
    if !settled.any(|(.., value)| is_spent(value)) {
        return Vec::new();
    }
    let ended = |text: &str| says_end(text, last) && !contains_any(text, &["本年度", "今年度", "当該年度", "当年度"]);
    let sentences = sentences(&section.prose.markdown).into_iter().filter(|sentence| ended(sentence.text));
    let found = sentences.map(|sentence| {
        let year = year.short();
        let message = say!(
            ja: "前の年度に終了したとされていますが、{year}の決算額があります",
            en: "the text says that the program ended before {year}, but there is a settlement for {year}"
        );
        (sentence.start..sentence.start + sentence.text.len(), message)
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{Fixture, program};

    #[test]
    fn money_is_not_spent_after_the_end() {
        let check = |settled: u32, text: &str, found: &[&str]| {
            let sheet = format!("+++\n[money]\nsettlement.R5 = {settled}\n+++\n## 今後の方針\n{text}\n");
            Fixture::new()
                .with(program("a", ""))
                .file("programs/a/2023.md", &sheet)
                .assert_finds("contradictory-text", found);
        };
        check(10, "令和4年度で終了し、別の事業に切り替える。", &["programs/a/2023.md:6"]);
        check(10, "令和5年度で終了し、別の事業に切り替える。", &[]);
        check(0, "令和4年度で終了し、別の事業に切り替える。", &[]);
        check(10, "県の補助が令和4年度で終了し、別の事業に切り替える。", &[]);
    }

    fn check(content: Fixture, text: &str, found: &[&str]) {
        content.file("programs/a/2023.md", &format!("## 実績\n{text}\n")).assert_finds("contradictory-text", found);
    }

    #[test]
    fn dates_of_a_table_or_list_are_in_one_year() {
        let table = |last: &str| format!("| 期日 | 出席 |\n|---|---|\n| 令和5年7月12日 | 16名 |\n| {last} | 16名 |");
        let content = || Fixture::new().with(program("a", ""));
        check(content(), &table("令和5年8月28日"), &[]);
        check(content(), &table("令和6年2月28日"), &[]);
        check(content(), &table("令和4年8月28日"), &["programs/a/2023.md:5"]);
        check(content(), "- 令和5年7月12日：講座\n- 令和4年8月28日：講座", &["programs/a/2023.md:3"]);
        check(content(), "- 令和3年7月12日：講座\n- 令和4年8月28日：講座", &[]);
    }

    #[test]
    fn nothing_was_done_after_the_reference_date() {
        let content =
            || Fixture::new().with(program("a", "")).append_to_strategy("stage = 'interim'\nas_of = '2023-09-30'");
        check(content(), "6月に開催した講演会に240人が参加した。", &[]);
        check(content(), "11月に開催した講演会に240人が参加した。", &["programs/a/2023.md:2"]);
        check(content(), "11月に開催する講演会の講師を選んだ。", &[]);
        check(content(), "昨年11月に開催した講演会に240人が参加した。", &[]);
    }

    #[test]
    fn programs_begin_in_the_first_year_of_their_period() {
        let node = "+++\nname = 'A'\nperiod = 'R5/'\n+++\n";
        let content = || Fixture::new().with(program("a", "")).file("programs/a/program.md", node);
        check(content(), "令和5年6月に開始し、241人が利用した。", &[]);
        check(content(), "令和4年6月に開始し、241人が利用した。", &["programs/a/2023.md:2"]);
        check(content(), "分館の貸出しを令和4年6月に開始した。", &[]);
    }
}
