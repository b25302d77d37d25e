//! The rule `impossible-date`.

use super::event_date;
use super::visit::{nodes, sheets};
use super::words::contains_any;
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, Span, say};
use crate::model::{FiscalYear, Prose, Report, Response, Stage, days_of_month, half_width};
use std::fmt::Display;
use std::ops::Range;

pub(super) const LINT: Lint = Lint {
    rule: Rule::ImpossibleDate,
    title: Bilingual {
        ja: "文章に、存在しない日や、実績とされた先の日がある",
        en: "a day in a text that does not exist, or that is in the future of a result",
    },
    explanation: Bilingual {
        ja: "文章や値の注記にある「8月38日」「13月」のように存在しない月日と、版の年度の翌々年度以降の年月日が「た。」で終わる文\
             （実績を述べる文）にあるものを指摘します。期限や予定を述べる文（まで、期限、予定、計画、目標、見込みなどの語のある文）は調べません。\
             月のない年（令和15年度など）も同じように調べ、版の年度から20年を超えて後の年と、「令和7年度に発注する」のように\
             これから行うことを述べる文にある前々年以前の年も指摘します。開設・完成などの一度だけのことの年月が、同じ事業の文章や注記の間で年だけ違うものも\
             指摘します。",
        en: "Reported are days and months in texts and notes on values that do not exist (8月38日, 13月), and full dates two or more years \
             after the year of the edition in a sentence in the past tense (`…た。`), which states a result; not in sentences with a \
             word for a deadline, a plan or an expectation. Years without a month are checked too, and reported if they are \
             more than 20 years after the edition, or two or more years before it in a sentence about what will be done. The month of \
             an event that happens once, such as an opening, is reported if other texts or notes of the program give it another year.",
    },
    example: "令和15年12月20日に開き、20名が参加した。    # 2023.md (R5)",
    remedy: Bilingual {
        ja: "日付を資料のとおりに直してください。", en: "Write the date of the source."
    },
    confidence: Confidence::Certain,
    run,
};

/// Words of sentences about the future.
const FUTURE: [&str; 17] = [
    "まで", "期限", "予定", "計画", "目標", "見込", "以降", "契約", "協定", "向け", "開業", "延期", "満了", "決定",
    "期間", "延長", "～",
];

fn run(report: &Report, findings: &mut Findings) {
    event_date::check(report, findings);
    for (_, _, node) in nodes(report) {
        check(&node.body, "", None, findings);
    }
    for item in sheets(report) {
        let is_result = item.edition.stage != Stage::Plan;
        let year = item.edition.year.filter(|_| is_result);
        for (key, value) in item.values() {
            let note = value.note.as_deref().unwrap_or_default();
            let missing = dates(note).into_iter().find(|date| !exists(date));
            if let Some(written) = missing.and_then(|date| note.get(date.range)) {
                report_missing(written, value.span, key, findings);
            }
        }
        for (text, span) in item.sheet.responses.iter().flat_map(Response::texts) {
            let missing = dates(text).into_iter().find(|date| !exists(date));
            if let Some(written) = missing.and_then(|date| text.get(date.range)) {
                report_missing(written, span, "response", findings);
            }
        }
        let variants = item.sheet.variants.iter().flat_map(|variant| &variant.sections);
        for section in item.sheet.sections.iter().chain(variants) {
            check(&section.prose, &section.title, year, findings);
            if let Some(reported) = year {
                check_years(&section.prose, &section.title, reported, findings);
            }
        }
    }
}

/// Returns true if a date exists.
fn exists(date: &Date) -> bool {
    // Without a year, 29 February exists.
    let days = || days_of_month(date.year.map_or(2000, |year| year.0), date.month);
    (1..=12).contains(&date.month) && date.day.is_none_or(|day| (1..=days()).contains(&day))
}

fn report_missing(written: &str, span: Span, about: impl Display, findings: &mut Findings) {
    let message = say!(
        ja: "「{written}」という月日は存在しません",
        en: "the date `{written}` does not exist"
    );
    findings.add(span, about, message, help());
}

fn help() -> Bilingual {
    say!(
        ja: "日付を資料と見比べてください",
        en: "compare the date with the source"
    )
}

fn check(prose: &Prose, title: &str, reported: Option<FiscalYear>, findings: &mut Findings) {
    for date in dates(&prose.markdown) {
        let written = prose.markdown.get(date.range.clone()).unwrap_or_default();
        let start = prose.span.start as usize;
        let span = Span::new(prose.span.source, start + date.range.start..start + date.range.end);
        if !exists(&date) {
            report_missing(written, span, title, findings);
            continue;
        }
        let message = if let (Some(year), Some(reported)) = (date.year, reported)
            && year.0 > reported.0 + 1
            && is_past(sentence(&prose.markdown, &date.range))
        {
            say!(
                ja: "実績を述べる文の「{written}」が、版の年度（{reported}）の翌々年以降です",
                en: "`{written}` in a sentence about a result is two or more years after the year of the edition ({reported})",
                reported = reported.short()
            )
        } else {
            continue;
        };
        findings.add_as(Confidence::Likely, span, title, message, help());
    }
}

/// Number of years after the edition beyond which plans, except for the long term, name no year.
const LONG_TERM: i32 = 20;

/// Reports years without a month: after the year of the edition in a sentence in the past tense, long after it, and long
/// before it in a sentence about what will be done.
fn check_years(prose: &Prose, title: &str, reported: FiscalYear, findings: &mut Findings) {
    let text = &prose.markdown;
    for (at, _) in text.match_indices('年') {
        let after = text.get(at + '年'.len_utf8()..).unwrap_or_default();
        let Some((year, start)) = text.get(..at).and_then(year_before) else { continue };
        let written = text.get(start..at).unwrap_or_default();
        let names_era = written.starts_with("令和") || written.starts_with("平成");
        let sentence = sentence(text, &(start..at));
        let after_edition = year.0 - reported.0;
        // A month makes it a date, a number of years has no era.
        if !names_era || after.starts_with(|char| half_width(char).is_ascii_digit()) {
            continue;
        }
        const LONG: [&str; 8] = ["長期", "将来", "推計", "目標", "脱炭素", "ゼロカーボン", "耐用", "償還"];
        let is_long_term = contains_any(sentence, &LONG);
        let short = reported.short();
        let message = if after_edition > 1 && is_past(sentence) {
            say!(
                ja: "実績を述べる文の「{written}年」が、版の年度（{short}）の翌々年以降です",
                en: "`{written}年` in a sentence about a result is two or more years after the year of the edition ({short})"
            )
        } else if after_edition > LONG_TERM && !is_long_term {
            say!(
                ja: "文章の「{written}年」が、版の年度（{short}）より{LONG_TERM}年以上後です",
                en: "`{written}年` is more than {LONG_TERM} years after the year of the edition ({short})"
            )
        } else if after_edition < -1 && is_planned(after, sentence) {
            say!(
                ja: "これから行うことを述べる文の「{written}年」が、版の年度（{short}）の前々年以前です",
                en: "`{written}年` in a sentence about what will be done is two or more years before the year of the edition ({short})"
            )
        } else {
            continue;
        };
        let offset = prose.span.start as usize;
        let span = Span::new(prose.span.source, offset + start..offset + at + '年'.len_utf8());
        if !findings.has(span) {
            findings.add_as(Confidence::Possible, span, title, message, help());
        }
    }
}

/// Returns true if a sentence says what will be done in the year before `after`: 令和7年度に工事を発注する.
fn is_planned(after: &str, sentence: &str) -> bool {
    const BEGINS: [&str; 8] = ["度に", "度中に", "度から", "度末までに", "度までに", "に", "中に", "までに"];
    // 実施している describes the present, 継続する what has been done since.
    const STATES: [&str; 12] =
        ["いる", "ある", "おる", "なる", "よる", "きる", "れる", "継続", "維持", "続け", "比べ", "基づ"];
    BEGINS.iter().any(|word| after.starts_with(word)) && sentence.ends_with('る') && !contains_any(sentence, &STATES)
}

/// A month, or a day, possibly with its year.
pub(super) struct Date {
    pub(super) year: Option<FiscalYear>,
    pub(super) month: u32,
    pub(super) day: Option<u32>,
    pub(super) range: Range<usize>,
}

/// Dates written with 月: `令和5年8月28日`, `8月28日`, `令和5年8月`. Periods such as `3か月` and names such as `月9日数` are not.
pub(super) fn dates(text: &str) -> Vec<Date> {
    let mut dates = Vec::new();
    for (at, _) in text.match_indices('月') {
        let (before, after) =
            (text.get(..at).unwrap_or_default(), text.get(at + '月'.len_utf8()..).unwrap_or_default());
        let Some((month, start)) = number_before(before) else { continue };
        let (day, day_length) = day_after(after);
        let year = before.get(..start).and_then(|before| before.strip_suffix('年')).and_then(year_before);
        // A number of months, such as a duration, has neither a year nor a day.
        if year.is_none() && day.is_none() {
            continue;
        }
        let start = year.as_ref().map_or(start, |(_, start)| *start);
        let end = at + '月'.len_utf8() + day_length;
        dates.push(Date { year: year.map(|(year, _)| year), month, day, range: start..end });
    }
    dates
}

/// The number of one or two digits at the end of `text`, and its start.
fn number_before(text: &str) -> Option<(u32, usize)> {
    let digits = text.char_indices().rev().take_while(|(_, char)| half_width(*char).is_ascii_digit());
    let (start, _) = digits.last()?;
    let digits: String = text.get(start..)?.chars().map(half_width).collect();
    (digits.len() <= 2).then_some((digits.parse().ok()?, start))
}

/// The day at the beginning of `text`, and its length; not a number of days (`3日間`).
fn day_after(text: &str) -> (Option<u32>, usize) {
    let digits: String = text.chars().take_while(|char| half_width(*char).is_ascii_digit()).collect();
    let after = text.get(digits.len()..).unwrap_or_default();
    let is_day = after.starts_with('日') && !after.starts_with("日間") && digits.chars().count() <= 2;
    match digits.chars().map(half_width).collect::<String>().parse() {
        Ok(day) if is_day => (Some(day), digits.len() + '日'.len_utf8()),
        _ => (None, 0),
    }
}

/// The year at the end of `text`, and its start.
fn year_before(text: &str) -> Option<(FiscalYear, usize)> {
    let starts = text.char_indices().rev().take(5).map(|(start, _)| start);
    let is_blank = |text: &str| text.starts_with(char::is_whitespace);
    let years = starts.filter_map(|start| text.get(start..).filter(|text| !is_blank(text)).map(|year| (year, start)));
    years.filter_map(|(year, start)| Some((FiscalYear::parse(year)?, start))).last()
}

/// The sentence around `range`.
pub(super) fn sentence<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    let is_end = |char: char| matches!(char, '。' | '\n');
    let start = text.get(..range.start).and_then(|before| before.rfind(is_end)).map_or(0, |at| at + 1);
    let after = text.get(range.end..).unwrap_or_default();
    let end = after.find(is_end).map_or(text.len(), |at| range.end + at);
    let start = (start..=range.start).find(|at| text.is_char_boundary(*at)).unwrap_or(range.start);
    text.get(start..end).unwrap_or_default()
}

/// Returns true for a sentence in the past tense without a word for the future.
fn is_past(sentence: &str) -> bool {
    sentence.ends_with('た') && !contains_any(sentence, &FUTURE)
}

#[cfg(test)]
mod tests {
    use super::super::testing::Fixture;

    #[test]
    fn reports_years_that_do_not_fit_their_sentence() {
        check("令和7年度は調査を行った。", true);
        check("令和26年度に工事を発注する。", true);
        check("平成6年度に工事を発注する。", true);
        check("令和6年度に工事を発注する。", false);
        check("平成6年度に開設した。", false);
        check("平成6年度から実施している。", false);
        check("令和32年度までに脱炭素を実現する。", false);
    }

    fn check(text: &str, found: bool) {
        let expected: &[&str] = if found { &["programs/a/2023.md:3"] } else { &[] };
        Fixture::new()
            .file("programs/a/program.md", "+++\nname = 'A'\n+++\n")
            .file("programs/a/2023.md", &format!("+++\n+++\n{text}\n"))
            .assert_finds("impossible-date", expected);
    }

    #[test]
    fn reports_days_that_do_not_exist() {
        for text in
            ["8月38日に開いた。", "令和５年１３月に始めた。", "令和5年2月29日", "4月31日", "| 令和5年8月38日 | 16名 |"]
        {
            check(text, true);
        }
        for text in ["8月31日", "令和6年2月29日", "2月29日", "12月", "延べ30月分", "3月40日間", "1か月", "2024年4月1日"]
        {
            check(text, false);
        }
    }

    #[test]
    fn reports_results_in_the_future() {
        check("令和5年12月20日に開いた。", false);
        check("令和15年12月20日に開き、20名が参加した。", true);
        check("令和15年12月20日に開く。", false);
        check("令和15年3月31日までの協定を結んだ。", false);
    }
}
