//! Numbers of meetings that are not the number of the dates in the table below, for the rule `text-figure`: 会議を3回開催した,
//! above a table with two dates.

use super::text_sums::{Cell, cells};
use super::words::{Quantity, Sentence, contains_any, is_slip};
use crate::diagnostic::{Bilingual, say};
use std::ops::Range;

/// Titles of a first column that contains dates.
const DATES: [&str; 10] =
    ["期日", "開催日", "開催期日", "開催年月日", "実施日", "実施期日", "日程", "日時", "年月日", "月日"];

/// The only number of meetings of a text, if its only table lists another number of dates: its range and the message.
pub(super) fn contradiction(
    text: &str,
    sentences: &[Sentence<'_>],
    quantities: &[Vec<Quantity<'_>>],
) -> Option<(Range<usize>, Bilingual)> {
    const OTHER: [&str; 12] =
        ["予定", "計画", "目標", "延べ", "ほか", "うち", "主な", "各", "ずつ", "前年", "昨年", "など"];
    let dates = dates(text)?;
    let mut meetings = sentences.iter().zip(quantities).flat_map(|(sentence, quantities)| {
        let meetings = quantities.iter().filter(|quantity| is_of_meetings(sentence.text, quantity));
        meetings.map(move |quantity| (sentence, quantity))
    });
    let ((sentence, quantity), None) = (meetings.next()?, meetings.next()) else { return None };
    let is_wrong = is_slip(&quantity.digits, &dates.to_string()) && !contains_any(sentence.text, &OTHER);
    is_wrong.then(|| {
        let written = &quantity.digits;
        let message = say!(
            ja: "文章の「{written}回」は、表の期日の数{dates}と合いません",
            en: "the text says `{written}回`, but the table lists {dates} dates"
        );
        (sentence.start + quantity.range.start..sentence.start + quantity.range.end, message)
    })
}

/// Returns true for a number of meetings that were held: 3回開催した. 第3回開催 is none.
fn is_of_meetings(sentence: &str, quantity: &Quantity<'_>) -> bool {
    let before = sentence.get(..quantity.range.start).unwrap_or_default();
    let held = ["回開催", "回実施", "回開い", "回行", "回の開催", "回の会議", "回、開催"];
    held.iter().any(|word| quantity.after.starts_with(word)) && !before.ends_with('第')
}

/// Number of rows of the only table of a text, if the first column contains nothing but single dates.
fn dates(text: &str) -> Option<usize> {
    let is_row = |line: &&str| line.trim_start().starts_with('|');
    let lines: Vec<&str> = text.lines().skip_while(|line| !is_row(line)).collect();
    let length = lines.iter().take_while(|line| is_row(line)).count();
    let (table, rest) = lines.split_at_checked(length)?;
    let first = |line: &&str| cells(line, 0).into_iter().next().map(|cell: Cell<'_>| cell.text.to_owned());
    let [header, _, rows @ ..] = table else { return None };
    let is_date = |cell: String| {
        cell.contains('月') && cell.contains('日') && !cell.contains(['～', '、', '・', '，', '〜', '-', '－'])
    };
    let has_dates = DATES.contains(&first(header)?.as_str()) && rows.iter().all(|row| first(row).is_some_and(is_date));
    (has_dates && rows.len() > 1 && !rest.iter().any(is_row)).then_some(rows.len())
}

#[cfg(test)]
mod tests {
    use super::super::words::{quantities, sentences};

    fn check(sentence: &str, header: &str, last: &str, found: bool) {
        let text =
            format!("{sentence}\n\n| {header} | 出席 |\n|---|---|\n| 令和5年7月12日 | 16名 |\n| {last} | 15名 |\n");
        let sentences = sentences(&text);
        let numbers: Vec<_> = sentences.iter().map(|sentence| quantities(sentence.text)).collect();
        assert_eq!(super::contradiction(&text, &sentences, &numbers).is_some(), found, "{text}");
    }

    #[test]
    fn each_date_is_a_meeting() {
        check("会議を2回開催した。", "期日", "令和5年8月28日", false);
        check("会議を3回開催した。", "期日", "令和5年8月28日", true);
        check("第3回開催の準備をした。", "期日", "令和5年8月28日", false);
        check("主な会議は次のとおり、3回開催した。", "期日", "令和5年8月28日", false);
        check("会議を3回開催した。", "名称", "令和5年8月28日", false);
        check("会議を3回開催した。", "期日", "8月28日～29日", false);
        // Another table may list the third one.
        check("会議を3回開催した。", "期日", "8月28日 | 15名 |\n\n| 名称 | 出席 |\n|---|---|\n| 部会", false);
    }
}
