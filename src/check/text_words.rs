//! Words that contradict the numbers of their own sentence, for the rule `text-figure`: a rest of 100 % (徴収率は100%であったが、
//! 一部が未納), an increase to 94% of the year before, and a change between numbers that are apart (139品目であったが、175品目に
//! 減った).

use super::share_range::SHARES;
use super::text_labels::label;
use super::text_relations::against_words;
use super::words::{Quantity, contains_any};
use crate::diagnostic::{Bilingual, say};
use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::ops::Range;

/// Numbers of a sentence that its words contradict: their range and the message.
pub(super) fn contradictions(sentence: &str, quantities: &[Quantity<'_>]) -> Vec<(Range<usize>, Bilingual)> {
    let mut found = Vec::new();
    let shares = quantities.iter().filter(|quantity| quantity.has_unit("%")).count();
    for quantity in quantities.iter().filter(|quantity| quantity.has_unit("%")) {
        let message = rest_of_whole(sentence, quantity, shares == 1)
            .or_else(|| ratio_to_last_year(sentence, quantity))
            .or_else(|| above_whole(sentence, quantity));
        found.extend(message.map(|message| (quantity.range.clone(), message)));
    }
    found.extend(distant_change(sentence, quantities));
    found
}

/// A part of a whole above 100 %, named right before the number: 就職率（市内）は503%.
fn above_whole(sentence: &str, quantity: &Quantity<'_>) -> Option<Bilingual> {
    let label = label(sentence, quantity)?;
    let label = label.split(['（', '(']).next().unwrap_or(label);
    let share = SHARES.iter().chain(&COMPLETE).find(|share| label.ends_with(*share))?;
    let is_ratio = contains_any(label, &["前年", "対比", "計画", "目標", "増", "減", "進捗"]);
    (quantity.number > Decimal::ONE_HUNDRED && !is_ratio).then(|| {
        let written = &quantity.digits;
        say!(
            ja: "「{share}」の「{written}%」が100%を超えています",
            en: "`{share}` is `{written}%`, above 100%"
        )
    })
}

/// Names of shares that are complete at 100 %: 達成率 is not one of them.
const COMPLETE: [&str; 12] = [
    "収納率",
    "徴収率",
    "納付率",
    "納入率",
    "整備率",
    "完了率",
    "実施率",
    "進捗率",
    "普及率",
    "設置率",
    "回収率",
    "策定率",
];
/// Words of a rest.
const REST: [&str; 12] = [
    "未納",
    "滞納",
    "未収",
    "未実施",
    "未完了",
    "未整備",
    "未設置",
    "未策定",
    "残った",
    "残って",
    "できなかった",
    "完了していない",
];
/// Words of what is complete.
const ALL: [&str; 10] = [
    "で完納",
    "となり完納",
    "となり、完納",
    "で、完納",
    "ですべて完了",
    "で全て完了",
    "となり、すべて完了",
    "となり、全て完了",
    "ですべてに整備",
    "で全てに整備",
];

/// A rest of 100 %, or a share below 100 % that is called complete.
fn rest_of_whole(sentence: &str, share: &Quantity<'_>, is_only: bool) -> Option<Bilingual> {
    let before = sentence.get(..share.range.start)?;
    let after = share.after.get(share.after.chars().next()?.len_utf8()..)?;
    let name = COMPLETE.iter().find(|name| before.contains(**name)).filter(|_| is_only)?;
    let written = &share.digits;
    if share.number == Decimal::ONE_HUNDRED {
        let (_, rest) = after.split_once("一部")?;
        let said = REST.iter().find(|word| rest.contains(**word))?;
        return Some(say!(
            ja: "「{name}」が{written}%とありますが、同じ文に「一部」の「{said}」ものがあるとされています",
            en: "`{name}` is {written}%, but the same sentence says that a part (一部) is `{said}`"
        ));
    }
    let said = ALL.iter().find(|words| after.starts_with(**words))?;
    let said = said.trim_start_matches(['で', 'と', 'な', 'り', '、']);
    (share.number < Decimal::ONE_HUNDRED).then(|| {
        say!(
            ja: "「{said}」とありますが、「{name}」は{written}%です",
            en: "the text says `{said}`, but `{name}` is {written}%"
        )
    })
}

const GREATER: [&str; 7] = ["増え", "増加", "上回", "伸び", "上昇", "多くな", "高くな"];
const LESS: [&str; 9] = ["減っ", "減り", "減少", "下回", "低下", "少なくな", "低くな", "落ち込", "絞り込"];

/// What the words of a clause say; `None` if they say both or nothing.
pub(super) fn direction(clause: &str) -> Option<Ordering> {
    match (contains_any(clause, &GREATER), contains_any(clause, &LESS)) {
        (true, false) => Some(Ordering::Greater),
        (false, true) => Some(Ordering::Less),
        _ => None,
    }
}

/// A ratio to the year before that contradicts the words after it: 前年度比94.7%に増えた. A change, 前年度比5%増, is none.
fn ratio_to_last_year(sentence: &str, ratio: &Quantity<'_>) -> Option<Bilingual> {
    let before = sentence.get(..ratio.range.start)?;
    let is_ratio = ["前年度比", "前年比", "前年度比で", "前年度の", "前年の", "前年度比は"]
        .iter()
        .any(|word| before.ends_with(word));
    let after = ratio.after.get(ratio.after.chars().next()?.len_utf8()..)?;
    let after = after.strip_prefix(['）', ')']).unwrap_or(after);
    let after = after.strip_prefix(['に', 'と', 'へ', 'で'])?.split(['、', '（']).next()?;
    // +80% is a change.
    let is_level = ratio.number > Decimal::from(60) && ratio.number != Decimal::ONE_HUNDRED;
    let said = direction(after).filter(|_| is_ratio && is_level)?;
    let written = &ratio.digits;
    (ratio.number.cmp(&Decimal::ONE_HUNDRED) == said.reverse()).then(|| {
        say!(
            ja: "前年度比{written}%とありますが、増減を述べる言葉は逆です",
            en: "the words contradict the ratio of {written}% to the year before"
        )
    })
}

/// A change between two numbers of one unit that are apart: 平成28年に139品目であった返礼品は、平成29年に175品目まで絞り込まれた.
fn distant_change(sentence: &str, quantities: &[Quantity<'_>]) -> Option<(Range<usize>, Bilingual)> {
    const FROM: [&str; 6] = ["であった", "だった", "から", "あった", "いた", "ところ"];
    let is_date = |unit: &str| unit.starts_with(['年', '月', '日', '時', '分', '歳', '回', '円']) || unit.is_empty();
    let counted: Vec<&Quantity<'_>> = quantities.iter().filter(|quantity| !is_date(quantity.unit())).collect();
    let [one, other] = counted.as_slice() else { return None };
    let of = one.unit();
    let between = sentence.get(one.range.end + of.len()..other.range.start)?;
    let is_change =
        FROM.iter().any(|word| between.starts_with(word)) && !contains_any(between, &["うち", "目標", "予定", "計画"]);
    let is_same = is_change && of == other.unit() && of.chars().count() < 5;
    is_same.then(|| against_words(one, other, of))?.map(|message| (other.range.clone(), message))
}

#[cfg(test)]
mod tests {
    use super::super::words::quantities;

    fn found(text: &str) -> Vec<&str> {
        super::contradictions(text, &quantities(text)).into_iter().filter_map(|(range, _)| text.get(range)).collect()
    }

    #[test]
    fn nothing_remains_of_100_percent() {
        assert_eq!(found("組合の徴収率は100%で完納となった"), [""; 0]);
        assert_eq!(found("組合の徴収率は100%であったが、一部が未納のまま残った"), ["100"]);
        assert_eq!(found("組合の徴収率は98.2%で完納となった"), ["98.2"]);
        assert_eq!(found("達成率は100%であったが、一部の講座を実施できなかった"), [""; 0]);
        assert_eq!(found("整備率は100%で、来年度は一部を改修する"), [""; 0]);
    }

    #[test]
    fn ratios_to_the_year_before_have_a_direction() {
        assert_eq!(found("訪問者は前年度比94.7%に増えた"), ["94.7"]);
        assert_eq!(found("訪問者は前年度比94.7%に減った"), [""; 0]);
        assert_eq!(found("訪問者は前年度比105%と減少した"), ["105"]);
        assert_eq!(found("訪問者は前年度比5%増えた"), [""; 0]);
        assert_eq!(found("訪問者は前年度比20%と大きく増えた"), [""; 0]);
    }

    #[test]
    fn changes_between_numbers_that_are_apart() {
        let text = |words: &str| format!("平成28年9月に139品目であった返礼品は、平成29年9月に175品目{words}");
        assert_eq!(found(&text("に増えた")), [""; 0]);
        assert_eq!(found(&text("となった")), [""; 0]);
        assert_eq!(found(&text("まで絞り込まれた")), ["175"]);
        assert_eq!(found("会員は63団体だったが、77団体に大きく減った"), ["77"]);
        assert_eq!(found("会員は63団体だったが、77団体に増えた"), [""; 0]);
        assert_eq!(found("会員は63団体だったが、うち77団体に減った"), [""; 0]);
    }

    #[test]
    fn parts_of_a_whole_are_at_most_100_percent() {
        assert_eq!(found("管内就職率（北上管内）は50.3%である"), [""; 0]);
        assert_eq!(found("管内就職率（北上管内）は503%である"), ["503"]);
        assert_eq!(found("執行率は103%である"), [""; 0]);
        assert_eq!(found("計画に対する就職率は103%である"), [""; 0]);
    }
}
