//! Relations between the numbers of a sentence, for the rule `text-figure`: a part of a whole (50人のうち12人), a change from
//! one number to another (12件から15件に増えた), a share of a number (定員50人に対し40人（80%）), and a list whose length is
//! stated (3地区（東、西、南）).

use super::share_range::SHARES;
use super::text_counts::{self, LISTED};
use super::text_parts;
use super::text_words;
use super::words::{Quantity, Sentence, contains_any, quantities};
use crate::diagnostic::{Bilingual, say};
use crate::model::half_width;
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use std::ops::Range;

/// Contradictions of a sentence with their ranges in the whole text.
pub(super) fn in_sentence(sentence: &Sentence<'_>) -> Vec<(Range<usize>, Bilingual)> {
    let mut found = contradictions(sentence.text);
    for (range, _) in &mut found {
        *range = sentence.start + range.start..sentence.start + range.end;
    }
    found
}

/// Numbers of a sentence that contradict those before them: their range and the message.
pub(super) fn contradictions(sentence: &str) -> Vec<(Range<usize>, Bilingual)> {
    let quantities = quantities(sentence);
    let mut found: Vec<(Range<usize>, Bilingual)> = Vec::new();
    found.extend(complements(sentence, &quantities));
    found.extend(text_counts::contradictions(sentence, &quantities));
    found.extend(text_words::contradictions(sentence, &quantities));
    found.extend(text_parts::contradictions(sentence, &quantities));
    for (index, one) in quantities.iter().enumerate() {
        found.extend(bracketed_parts(one, quantities.get(index + 1..).unwrap_or_default()));
        if let Some(message) =
            wrong_count(one).or_else(|| above_whole(one, sentence.get(..one.range.start).unwrap_or_default()))
        {
            found.push((one.range.clone(), message));
        }
        let Some(other) = quantities.get(index + 1) else { continue };
        let next = quantities.get(index + 2);
        let between = sentence.get(one.range.end..other.range.start).unwrap_or_default();
        let before = sentence.get(..one.range.start).unwrap_or_default();
        let message = larger_part(one, other, before, between).or_else(|| wrong_direction(one, other, between));
        if let Some(message) = message {
            found.push((other.range.clone(), message));
        } else if let Some(next) = next
            && let Some(between_next) = sentence.get(other.range.end..next.range.start)
            && let Some(message) = wrong_change([one, other, next], between, between_next)
                .or_else(|| wrong_share([one, other, next], between, between_next))
        {
            found.push((next.range.clone(), message));
        }
    }
    // A number can be wrong in two ways at once.
    let mut reported = BTreeSet::new();
    found.retain(|(range, _)| reported.insert(range.start));
    found
}

/// Unit of a number that is followed by one of `words`: 人 in 50人のうち.
pub(super) fn unit_before<'t>(between: &'t str, words: &[&str]) -> Option<&'t str> {
    words.iter().find(|word| between.contains(**word))?;
    // A unit ends with the next particle or punctuation mark.
    let is_end = |char: char| matches!(char, 'ぁ'..='ゖ' | '、' | '，' | '（' | '(' | '。' | ' ');
    let unit = match between.strip_prefix("か所") {
        Some(rest) => between.strip_suffix(rest)?,
        None => between.get(..between.find(is_end)?)?,
    };
    let is_date = unit.starts_with(['年', '月', '日', '時', '分', '歳']);
    (!unit.is_empty() && unit.chars().count() < 5 && !is_date).then_some(unit)
}

pub(super) fn has_same_unit(quantity: &Quantity<'_>, unit: &str) -> bool {
    let is_people = |unit: &str| ["人", "名"].contains(&unit);
    is_people(unit) && (quantity.has_unit("人") || quantity.has_unit("名"))
        || quantity.has_unit(&unit.chars().map(half_width).collect::<String>())
}

/// A part that is larger than its whole: 50人（うち市外120人）.
fn larger_part(one: &Quantity<'_>, other: &Quantity<'_>, before: &str, between: &str) -> Option<Bilingual> {
    let is_whole =
        ["全体で", "全体の", "全体は", "全体では", "全", "総数は", "総数"].iter().any(|word| before.ends_with(word));
    let words: &[&str] = if is_whole { &["、", "（"] } else { &["うち", "内訳"] };
    let unit = unit_before(between, words)?;
    if !has_same_unit(other, unit) || other.number <= one.number || between.contains('。') {
        return None;
    }
    let (part, whole) = (&other.digits, &one.digits);
    Some(say!(
        ja: "「うち{part}{unit}」が、全体の「{whole}{unit}」を上回っています",
        en: "the part `{part}{unit}` is larger than the whole, `{whole}{unit}`"
    ))
}

/// What the words after a number say about its change; `None` if they say both or nothing.
fn direction(after: &str, unit: &str) -> Option<bool> {
    const ADVERBS: [&str; 5] = ["大きく", "大幅に", "やや", "わずかに", "さらに"];
    let rest = after.get(unit.len()..)?;
    let rest = rest.strip_prefix("まで").or_else(|| rest.strip_prefix(['に', 'へ', 'と']))?;
    let rest = ADVERBS.iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let starts = |words: &[&str]| words.iter().any(|word| rest.starts_with(word));
    let greater = starts(&["増", "上が", "上昇", "伸び", "拡大", "高ま", "引き上げ", "広が"]);
    let less = starts(&["減", "下が", "低下", "縮小", "落ち", "引き下げ", "絞り込", "絞ら", "削減", "集約"]);
    (greater != less).then_some(greater)
}

/// Unit of a change from one number to the next: 12件から15件に.
fn unit_of_change<'t>(one: &Quantity<'_>, other: &Quantity<'_>, between: &'t str) -> Option<&'t str> {
    let unit = unit_before(between, &["から"])?;
    let is_adjacent = one.range.end + between.len() == other.range.start && between.chars().count() < 12;
    (is_adjacent && has_same_unit(other, unit) && !between.contains('。')).then_some(unit)
}

/// A change whose words say the opposite: 12件から15件に減少した.
fn wrong_direction(one: &Quantity<'_>, other: &Quantity<'_>, between: &str) -> Option<Bilingual> {
    against_words(one, other, unit_of_change(one, other, between)?)
}

/// A change from one number to another one in the same unit, if the words after it say the opposite.
pub(super) fn against_words(one: &Quantity<'_>, other: &Quantity<'_>, unit: &str) -> Option<Bilingual> {
    let said = direction(other.after, unit)?;
    let contradicts = if said { other.number < one.number } else { other.number > one.number };
    contradicts.then(|| {
        let (from, to) = (&one.digits, &other.digits);
        say!(
            ja: "「{from}{unit}」から「{to}{unit}」への増減が、文章の言葉と逆です",
            en: "the words contradict the change from `{from}{unit}` to `{to}{unit}`"
        )
    })
}

/// A difference that is not that of the two numbers before it: 12件から15件に4件増えた.
fn wrong_change([one, other, change]: [&Quantity<'_>; 3], between: &str, between_next: &str) -> Option<Bilingual> {
    let unit = unit_of_change(one, other, between)?;
    let is_change = has_same_unit(change, unit)
        && between_next
            .get(unit.len()..)
            .is_some_and(|words| ["に", "へ", "へと", "となり、", "になり、", "と、"].contains(&words))
        && change.after.get(unit.len()..).is_some_and(|words| words.starts_with(['増', '減']));
    let difference = (other.number - one.number).abs();
    (is_change && change.number != difference).then(|| {
        let (written, difference) = (&change.digits, difference.normalize());
        say!(
            ja: "文章の「{written}{unit}」は、その前の二つの数の差{difference}{unit}と合いません",
            en: "the text says `{written}{unit}`, but the two numbers before it differ by {difference}"
        )
    })
}

/// A share in brackets that is not that of the two numbers before it: 定員50人に対し40人（90%）.
fn wrong_share([whole, part, share]: [&Quantity<'_>; 3], between: &str, between_next: &str) -> Option<Bilingual> {
    const OTHER: [&str; 9] = ["前", "昨", "比", "増", "減", "うち", "全国", "県", "平均"];
    let unit = unit_before(between, &["のうち", "に対し"])?;
    let is_bracket = between_next.strip_prefix(unit).is_some_and(|words| words.starts_with(['（', '(']));
    let is_other = contains_any(between_next, &OTHER);
    if !has_same_unit(part, unit) || !is_bracket || is_other || !share.has_unit("%") || whole.number.is_zero() {
        return None;
    }
    let percent = part.number.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole.number)?;
    // The last decimal place may be rounded in either direction.
    let is_rounded = (percent - share.number).abs() < Decimal::new(1, share.number.scale());
    (!is_rounded).then(|| {
        let (written, percent) = (&share.digits, percent.round_dp(share.number.scale().max(1)).normalize());
        say!(
            ja: "文章の「{written}%」は、その前の二つの数の割合{percent}%と合いません",
            en: "the text says `{written}%`, but the numbers before it are in the ratio of {percent}%"
        )
    })
}

/// Pairs of groups that exclude each other.
const COMPLEMENTS: [[&str; 2]; 7] = [
    ["男性", "女性"],
    ["市内", "市外"],
    ["町内", "町外"],
    ["村内", "村外"],
    ["県内", "県外"],
    ["新規", "継続"],
    ["小学生", "中学生"],
];

/// The share of a group that is more than the other group leaves: 市内が60%、市外が50%.
fn complements(sentence: &str, quantities: &[Quantity<'_>]) -> Option<(Range<usize>, Bilingual)> {
    let share_of = |group: &str| {
        quantities.iter().find(|quantity| {
            let before =
                sentence.get(..quantity.range.start).unwrap_or_default().trim_end_matches(['が', 'は', '：', '約']);
            quantity.has_unit("%") && before.ends_with(group)
        })
    };
    COMPLEMENTS.iter().find_map(|[one, other]| {
        let (first, second) = (share_of(one)?, share_of(other)?);
        let (sum, last) = (first.number + second.number, first.range.start.max(second.range.start));
        let range = if last == first.range.start { &first.range } else { &second.range };
        // Both may be rounded.
        (sum > Decimal::ONE_HUNDRED + Decimal::ONE).then(|| {
            let message = say!(
                ja: "「{one}」と「{other}」の割合の和が{sum}%です",
                en: "the shares of `{one}` and `{other}` add up to {sum}%"
            );
            (range.clone(), message)
        })
    })
}

/// A number whose parts in brackets, which exclude each other, add up to another one: 50人（男性30人、女性25人）.
fn bracketed_parts(whole: &Quantity<'_>, rest: &[Quantity<'_>]) -> Option<(Range<usize>, Bilingual)> {
    let start = whole.after.find('（')?;
    let unit = whole.after.get(..start).filter(|unit| !unit.is_empty() && unit.chars().count() < 5)?;
    let inner = whole.after.get(start..)?;
    let inner = inner.get(..inner.find('）')?)?;
    let is_divided = COMPLEMENTS.iter().any(|groups| groups.iter().all(|group| inner.contains(group)));
    let is_partial = contains_any(inner, &["うち", "ほか", "など", "延べ"]);
    let inner_end = whole.range.end + start + inner.len();
    let parts: Vec<&Quantity<'_>> = rest.iter().take_while(|part| part.range.end < inner_end).collect();
    let sum: Decimal = parts.iter().map(|part| part.number).sum();
    let is_of_unit = parts.len() == 2 && parts.iter().all(|part| has_same_unit(part, unit));
    (is_divided && !is_partial && is_of_unit && sum != whole.number).then(|| {
        let (written, sum) = (&whole.digits, sum.normalize());
        let message = say!(
            ja: "「{written}{unit}」は、括弧の中の数の和{sum}{unit}と合いません",
            en: "the text says `{written}{unit}`, but the numbers in the brackets add up to {sum}"
        );
        (whole.range.clone(), message)
    })
}

/// A part of more than the whole: 130.8%が市外からの参加者だった, 12割を占める.
fn above_whole(share: &Quantity<'_>, before: &str) -> Option<Bilingual> {
    let (unit, whole) = if share.has_unit("%") { ("%", Decimal::ONE_HUNDRED) } else { ("割", Decimal::TEN) };
    if !share.has_unit(unit) || share.number <= whole {
        return None;
    }
    let after = share.after.chars().skip(1).collect::<String>();
    let after = after.strip_prefix("以上").unwrap_or(&after);
    // の世帯が: a short subject.
    let is_subject = |rest: &str| rest.chars().take(5).any(|char| char == 'が');
    let is_part =
        after.starts_with("を占め") || after.starts_with('が') || after.strip_prefix('の').is_some_and(is_subject);
    // 任命割合が179%となった: what is named is a part of a whole.
    let subject = before.trim_end_matches('約').strip_suffix(['は', 'が', 'も']).unwrap_or_default();
    let is_part = is_part || SHARES.iter().any(|word| subject.ends_with(word)) || is_of_share(share, before);
    let written = &share.digits;
    is_part.then(|| {
        say!(
            ja: "「{written}{unit}」が全体を上回っています",
            en: "a part of `{written}{unit}` is more than the whole"
        )
    })
}

/// Returns true for a percentage of a sentence whose topic is a part of a whole: 任命割合は、15.9%から179%に増えた.
fn is_of_share(share: &Quantity<'_>, before: &str) -> bool {
    let topic = before.split_once('は').map(|(topic, _)| topic).unwrap_or_default();
    let is_ratio =
        |text: &str| contains_any(text, &["比", "増加率", "達成", "倍", "伸び", "前年", "昨年", "ベース", "指数"]);
    let after: String = share.after.chars().take(6).collect();
    let changes_to = contains_any(&after, &["に増", "に減", "へ増", "へと増"]);
    let is_change = contains_any(&after, &["増", "減", "比"]) && !changes_to;
    SHARES.iter().any(|word| topic.ends_with(word)) && share.has_unit("%") && !is_ratio(before) && !is_change
}

/// A number before a list in brackets that has another length: 3地区（東、西）.
fn wrong_count(count: &Quantity<'_>) -> Option<Bilingual> {
    let unit = LISTED.iter().find(|unit| count.has_unit(unit))?;
    let inner = count.after.get(unit.len()..)?.strip_prefix('（')?;
    let inner = inner.get(..inner.find('）')?)?;
    let is_partial =
        contains_any(inner, &["ほか", "など", "等", "うち", "外", "その他", "各", "・", "と", "及び", "～"]);
    let items = inner.split('、').count();
    let has_digits = inner.chars().any(|char| half_width(char).is_ascii_digit());
    if is_partial || has_digits || items < 2 || count.number == Decimal::from(items) {
        return None;
    }
    let written = &count.digits;
    Some(say!(
        ja: "「{written}{unit}」とありますが、括弧の中には{items}個挙げられています",
        en: "the text says `{written}{unit}`, but {items} are listed in the brackets"
    ))
}

#[cfg(test)]
mod tests {
    use super::contradictions;

    fn found(text: &str) -> Vec<&str> {
        contradictions(text).into_iter().filter_map(|(range, _)| text.get(range)).collect()
    }

    #[test]
    fn a_part_is_not_larger_than_its_whole() {
        assert_eq!(found("参加者は50人（うち市外12人）だった"), [""; 0]);
        assert_eq!(found("参加者は50人（うち市外120人）だった"), ["120"]);
        assert_eq!(found("12地区のうち19地区で策定した"), ["19"]);
        assert_eq!(found("9組が利用し、うち12組が移住した"), ["12"]);
        assert_eq!(found("移住者は9組で、うち22人が子どもだった"), [""; 0]);
        assert_eq!(found("130.8％が市外からの参加者だった"), ["130.8"]);
        assert_eq!(found("全体で15人が参加し、市のブースは25名だった"), ["25"]);
        assert_eq!(found("参加者は50人（男性30人、女性20人）だった"), [""; 0]);
        assert_eq!(found("参加者は50人（男性30人、女性25人）だった"), ["50"]);
        assert_eq!(found("市内が60%、市外が40%だった"), [""; 0]);
        assert_eq!(found("市内が60%、市外が50%だった"), ["50"]);
        assert_eq!(found("女性の任命割合が179%となった"), ["179"]);
        assert_eq!(found("女性の任命割合は、R4の15.9%から179%に増えた"), ["179"]);
        assert_eq!(found("女性の任命割合は、前年度比で120%となった"), [""; 0]);
        assert_eq!(found("達成率は130.8％であった"), [""; 0]);
    }

    #[test]
    fn a_change_has_the_direction_and_the_amount_of_its_numbers() {
        assert_eq!(found("相談は12件から15件に増えた"), [""; 0]);
        assert_eq!(found("相談は12件から15件に減少した"), ["15"]);
        assert_eq!(found("相談は12件から15件に大幅に減少した"), ["15"]);
        assert_eq!(found("相談は12件から15件に3件増えた"), [""; 0]);
        assert_eq!(found("相談は12件から15件に4件増えた"), ["4"]);
        assert_eq!(found("令和4年度から令和6年度に減らす"), [""; 0]);
    }

    #[test]
    fn a_share_is_that_of_its_numbers() {
        assert_eq!(found("定員50人に対し40人（80%）が参加した"), [""; 0]);
        assert_eq!(found("定員60人に対し40人（66.6%）が参加した"), [""; 0]);
        assert_eq!(found("定員50人に対し40人（90%）が参加した"), ["90"]);
        assert_eq!(found("定員50人に対し40人（前年度比90%）が参加した"), [""; 0]);
    }

    #[test]
    fn a_list_has_the_stated_length() {
        assert_eq!(found("3地区（東、西、南）で開いた"), [""; 0]);
        assert_eq!(found("3地区（東、西）で開いた"), ["3"]);
        assert_eq!(found("3地区（東、西ほか）で開いた"), [""; 0]);
    }
}
