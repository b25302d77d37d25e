//! Counts of a sentence that cannot be true together, for the rule `text-figure`: a part above the whole that includes it
//! (新規4事業を含む合計2事業), more groups than people (14組、7名), more different people than visits (延べ40人、実人数50人), a duration that
//! exceeds its period (430時間×4回), a list whose numbers add up to another one (5か所：駐車場2か所、公園 and
//! 12件を改修した（町内8件、町外2件）), and a product (5,000円×9名＝54,000円).

use super::stated_figures::digits;
use super::text_relations::{has_same_unit, unit_before};
use super::words::{Quantity, contains_any, is_slip, quantities};
use crate::diagnostic::{Bilingual, say};
use crate::model::half_width;
use rust_decimal::Decimal;
use std::ops::Range;

type Found = (Range<usize>, Bilingual);

/// Numbers of a sentence that contradict others: their range and the message.
pub(super) fn contradictions(sentence: &str, quantities: &[Quantity<'_>]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    found.extend(more_people_than_visits(sentence, quantities));
    found.extend(distant_list_sums(sentence, quantities));
    for (index, one) in quantities.iter().enumerate() {
        let before = sentence.get(..one.range.start).unwrap_or_default();
        found.extend(long_period(one, before));
        found.extend(list_sum(one));
        found.extend(fraction(one, sentence));
        let Some(other) = quantities.get(index + 1) else { continue };
        let between = sentence.get(one.range.end..other.range.start).unwrap_or_default();
        found.extend(
            included(one, other, between)
                .or_else(|| of_whole(one, other, before, between))
                .or_else(|| more_groups_than_people(one, other, between))
                .or_else(|| long_session(one, other, between)),
        );
        let Some(result) = quantities.get(index + 2) else { continue };
        let between_next = sentence.get(other.range.end..result.range.start).unwrap_or_default();
        found.extend(wrong_product([one, other, result], between, between_next));
    }
    found
}

/// A part that is larger than what includes it: 新規4事業を含む合計2事業, 50人（市外60人を含む）.
fn included(one: &Quantity<'_>, other: &Quantity<'_>, between: &str) -> Option<Found> {
    let unit = unit_before(between, &["を含", "（", "("])?;
    if !has_same_unit(other, unit) || between.contains('。') {
        return None;
    }
    let rest = between.strip_prefix(unit)?;
    let includes = |text: &str| text.starts_with("を含") || text.starts_with("含");
    let other_rest = other.after.trim_start_matches(['人', '名']);
    let other_rest = other_rest.strip_prefix(unit).unwrap_or(other_rest);
    let (part, whole) = if includes(rest) && rest.chars().count() < 12 && !rest.contains('、') {
        (one, other)
    } else if rest.starts_with(['（', '(']) && includes(other_rest) {
        (other, one)
    } else {
        return None;
    };
    (part.number > whole.number).then(|| {
        let (part_digits, whole_digits) = (&part.digits, &whole.digits);
        let message = say!(
            ja: "「{part_digits}{unit}」を含むとされる「{whole_digits}{unit}」が、それを下回っています",
            en: "`{whole_digits}{unit}` is said to include `{part_digits}{unit}`, but is smaller"
        );
        (other.range.clone(), message)
    })
}

/// A part of a number of people or things in question that exceeds it: 5人中7人, 対象者5人に対し7人.
fn of_whole(one: &Quantity<'_>, other: &Quantity<'_>, before: &str, between: &str) -> Option<Found> {
    const WHOLES: [&str; 10] =
        ["対象者", "対象", "対象世帯", "対象児童", "該当者", "全体", "総数", "在籍者", "受験者", "調査対象"];
    let plain = between.trim_end_matches('、');
    let among = ["中", "の内"].iter().find_map(|word| plain.strip_suffix(word));
    let is_whole = |word: &str| {
        let before = before.trim_end_matches(['数', 'は', 'の', '計']);
        before.ends_with(word)
    };
    let is_date = |unit: &str| unit.starts_with(['年', '月', '日', '時', '分', '期', '会']);
    let unit = match among {
        Some(unit) => Some(unit).filter(|unit| !unit.is_empty() && unit.chars().count() < 5 && !is_date(unit))?,
        None if WHOLES.into_iter().any(is_whole) => unit_before(between, &["に対し"])?,
        None => return None,
    };
    if !has_same_unit(other, unit) || other.number <= one.number || contains_any(between, &["。", "目標"]) {
        return None;
    }
    let (part, whole) = (&other.digits, &one.digits);
    let message = say!(
        ja: "「{part}{unit}」が、その全体の「{whole}{unit}」を上回っています",
        en: "`{part}{unit}` is more than the whole, `{whole}{unit}`"
    );
    Some((other.range.clone(), message))
}

/// More groups than people in them: 14組、7名.
fn more_groups_than_people(one: &Quantity<'_>, other: &Quantity<'_>, between: &str) -> Option<Found> {
    const GROUPS: [&str; 6] = ["組", "世帯", "家族", "チーム", "グループ", "ペア"];
    const JOINTS: [&str; 13] =
        ["", "、", "・", "（", "(", "／", "/", "、延べ", "（延べ", "計", "、計", "で計", "、合計"];
    // 14組合 is no number of groups of people.
    let is_other = |after: &str| after.starts_with("組合") || after.starts_with("組織");
    let group_of = |quantity: &Quantity<'_>| {
        GROUPS.into_iter().find(|unit| quantity.after.starts_with(unit) && !is_other(quantity.after))
    };
    let people_of = |quantity: &Quantity<'_>| ["人", "名"].into_iter().find(|unit| quantity.has_unit(unit));
    let (groups, people, unit_of_one) = match (group_of(one), people_of(other)) {
        (Some(unit), Some(_)) => (one, other, unit),
        _ => {
            group_of(other)?;
            (other, one, people_of(one)?)
        }
    };
    let joint = between.strip_prefix(unit_of_one)?;
    // 5組、3人: people who are in no group are named as such.
    let is_same = JOINTS.contains(&joint);
    (is_same && groups.number > people.number).then(|| {
        let (group, groups_digits) = (group_of(groups).unwrap_or_default(), &groups.digits);
        let (person, people_digits) = (people_of(people).unwrap_or_default(), &people.digits);
        let message = say!(
            ja: "「{groups_digits}{group}」の数が、人数の「{people_digits}{person}」を上回っています",
            en: "there are more groups, `{groups_digits}{group}`, than people, `{people_digits}{person}`"
        );
        (groups.range.clone(), message)
    })
}

/// More different people than visits: 延べ40人（実人数50人）.
fn more_people_than_visits(sentence: &str, quantities: &[Quantity<'_>]) -> Option<Found> {
    let named = |words: &[&str]| {
        let mut named = quantities.iter().filter(|quantity| {
            let before = sentence.get(..quantity.range.start).unwrap_or_default();
            let before = before.trim_end_matches(['は', 'が', '：', ':', '約']);
            words.iter().any(|word| before.ends_with(word))
        });
        named.next().filter(|_| named.next().is_none())
    };
    let visits = named(&["延べ", "延べ人数", "延べ利用者数", "延べ参加者数", "延人数"])?;
    let people = named(&["実人数", "実人員", "実利用者数", "実参加者数", "実数", "（実", "、実"])?;
    let is_same = ["人", "名", "件", "世帯"].iter().any(|unit| visits.has_unit(unit) && has_same_unit(people, unit));
    let last = if people.range.start > visits.range.start { people } else { visits };
    (is_same && people.number > visits.number).then(|| {
        let (real, total) = (&people.digits, &visits.digits);
        let message = say!(
            ja: "実人数の「{real}」が、延べ人数の「{total}」を上回っています",
            en: "there are more different people, `{real}`, than visits, `{total}`"
        );
        (last.range.clone(), message)
    })
}

/// A fraction of a person or of a case: 2.5名.
fn fraction(quantity: &Quantity<'_>, sentence: &str) -> Option<Found> {
    const UNITS: [&str; 12] = ["名", "件", "校", "団体", "世帯", "社", "棟", "戸", "冊", "町内会", "事業所", "か所"];
    const MEANS: [&str; 9] = ["平均", "当たり", "あたり", "につき", "換算", "比", "人工", "率", "1日"];
    let unit = UNITS.into_iter().find(|unit| quantity.has_unit(unit))?;
    let is_fraction = quantity.digits.contains('.') && quantity.number.fract() != Decimal::ZERO;
    (is_fraction && !contains_any(sentence, &MEANS)).then(|| {
        let written = &quantity.digits;
        let message = say!(
            ja: "「{written}{unit}」は、数えられるものの数ですが、端数があります",
            en: "`{written}{unit}` is a fraction of what is counted one by one"
        );
        (quantity.range.clone(), message)
    })
}

/// A number of hours or days that exceeds the period before it: 1日25時間, 週8日.
fn long_period(quantity: &Quantity<'_>, before: &str) -> Option<Found> {
    const PERIODS: [(&[&str], &str, u32); 5] = [
        (&["1日", "１日", "一日", "毎日", "1回", "１回"], "時間", 24),
        (&["週", "1週間に", "１週間に", "毎週"], "日", 7),
        (&["週", "1週間に", "１週間に", "毎週"], "時間", 168),
        (&["月", "1か月に", "１か月に", "毎月"], "日間", 31),
        (&["年間", "1年に", "１年に", "年に"], "日", 366),
    ];
    let before = before.trim_end_matches(['約', '計']);
    let before =
        ["につき", "当たり", "あたり", "に"].iter().find_map(|word| before.strip_suffix(word)).unwrap_or(before);
    let is_period = |(words, unit, max): &&(&[&str], &str, u32)| {
        let is_before = words.iter().any(|word| {
            let whole = word.strip_suffix('に').unwrap_or(word);
            // 令和5年間 and 11日 are no such periods.
            let rest = before.strip_suffix(whole);
            rest.is_some_and(|rest| !rest.ends_with(|char| half_width(char).is_ascii_digit()))
        });
        is_before && quantity.has_unit(unit) && quantity.number > Decimal::from(*max)
    };
    let (_, unit, max) = PERIODS.iter().find(is_period)?;
    let written = &quantity.digits;
    let message = say!(
        ja: "「{written}{unit}」が、その期間の長さ（{max}{unit}）を超えています",
        en: "`{written}{unit}` exceeds the length of its period, {max}{unit}"
    );
    Some((quantity.range.clone(), message))
}

/// A session of more than a day, or a time that does not exist: 430時間×4回, 10時75分.
fn long_session(one: &Quantity<'_>, other: &Quantity<'_>, between: &str) -> Option<Found> {
    let is_session = ["時間×", "時間✕", "時間を", "時間ずつ"].contains(&between) && other.has_unit("回");
    let is_time = between == "時" && other.has_unit("分");
    let written = &one.digits;
    if is_session && one.number > Decimal::from(24) {
        let message = say!(
            ja: "1回が「{written}時間」で、1日の長さを超えています",
            en: "one session lasts `{written}時間`, which is more than a day"
        );
        return Some((one.range.clone(), message));
    }
    (is_time && (one.number > Decimal::from(30) || other.number >= Decimal::from(60))).then(|| {
        let minutes = &other.digits;
        let message = say!(
            ja: "「{written}時{minutes}分」という時刻はありません",
            en: "the time `{written}時{minutes}分` does not exist"
        );
        (one.range.clone(), message)
    })
}

/// Units of things that a list names one by one.
pub(super) const LISTED: [&str; 16] = [
    "地区",
    "校",
    "か所",
    "箇所",
    "カ所",
    "団体",
    "社",
    "町内会",
    "自治会",
    "施設",
    "事業",
    "種類",
    "項目",
    "コース",
    "会場",
    "館",
];

/// A number before a list whose numbers add up to another one: 5か所：駐車場2か所、公園, 50人（子ども30人、大人25人）.
fn list_sum(count: &Quantity<'_>) -> Option<Found> {
    let end = count.after.find(['：', ':', '（', '('])?;
    let unit = count.after.get(..end).filter(|unit| !unit.is_empty() && unit.chars().count() < 5)?;
    let mut rest = count.after.get(end..)?.chars();
    let inner = match rest.next()? {
        '（' | '(' => rest.as_str().get(..rest.as_str().find(['）', ')'])?)?,
        _ => rest.as_str().trim(),
    };
    let is_other = unit.starts_with(['年', '月', '日', '時', '分', '%', '％', '位', '倍', 'ポ', '歳', '期', '回']);
    let is_partial = contains_any(
        inner,
        &["ほか", "など", "等", "うち", "外、", "その他", "各", "～", "延べ", "含", "のべ", "前年", "昨年", "。", "・"],
    );
    if is_other || is_partial {
        return None;
    }
    let is_listed = LISTED.contains(&unit);
    let items: Vec<&str> = inner.split('、').collect();
    let (mut sum, mut counted) = (Decimal::ZERO, 0);
    for item in &items {
        let number = match quantities(item).as_slice() {
            [] if is_listed => Decimal::ONE,
            [only] if has_same_unit(only, unit) => {
                counted += 1;
                only.number
            }
            _ => return None,
        };
        sum = sum.checked_add(number)?;
    }
    // Amounts in thousands are rounded.
    let factor = count.number.checked_div(count.digits.parse().ok()?).unwrap_or(Decimal::ONE);
    let is_rounded =
        factor > Decimal::ONE && (sum - count.number).abs() <= factor.saturating_mul(Decimal::from(items.len()));
    let scaled = sum.checked_div(factor)?;
    let is_wrong = counted > 0
        && items.len() > 1
        && sum != count.number
        && !is_rounded
        && is_slip(&count.digits, &digits(scaled.normalize()));
    is_wrong.then(|| {
        let (written, sum) = (&count.digits, scaled.normalize());
        let message = say!(
            ja: "「{written}{unit}」とありますが、内訳は{sum}{unit}になります",
            en: "the text says `{written}{unit}`, but what it lists adds up to {sum}"
        );
        (count.range.clone(), message)
    })
}

/// Numbers whose parts are in brackets at the end of a clause: 12件を改修し、補助した（町内8件、町外2件）.
fn distant_list_sums(sentence: &str, quantities: &[Quantity<'_>]) -> Vec<Found> {
    let brackets = sentence.match_indices(['（', '(']);
    brackets.filter_map(|(at, _)| distant_list_sum(sentence, at, quantities)).collect()
}

/// The only number of its unit before the bracket at an offset, if the numbers in the bracket add up to another one.
fn distant_list_sum(sentence: &str, at: usize, quantities: &[Quantity<'_>]) -> Option<Found> {
    // The parts can be those of another number than the one before: 12件の申請があり、補助した.
    const OTHER: [&str; 22] = [
        "目標", "計画", "予定", "定員", "募集", "上限", "前年", "昨年", "うち", "延べ", "のべ", "申請", "申込", "応募",
        "相談", "対象", "受付", "ほか", "など", "ずつ", "各", "平均",
    ];
    let inner = sentence.get(at..)?.trim_start_matches(['（', '(']);
    let inner = inner.get(..inner.find(['）', ')'])?)?;
    let before = sentence.get(..at)?;
    if contains_any(inner, &OTHER)
        || contains_any(inner, &["含", "等", "その他", "～", "外、"])
        || contains_any(before, &OTHER)
    {
        return None;
    }
    let mut unit: Option<&str> = None;
    let (mut sum, mut count) = (Decimal::ZERO, 0);
    for item in inner.split(['、', '，']) {
        let all = self::quantities(item);
        let [only] = all.as_slice() else { return None };
        let of = *unit.get_or_insert(only.after);
        if only.range.start == 0 || !has_same_unit(only, of) || only.after.chars().count() != of.chars().count() {
            return None;
        }
        (sum, count) = (sum.checked_add(only.number)?, count + 1);
    }
    let unit = unit.filter(|unit| !unit.is_empty() && unit.chars().count() < 5)?;
    let is_other = unit.starts_with(['年', '月', '日', '時', '分', '%', '％', '位', '倍', 'ポ', '歳', '期', '円']);
    let mut of_unit = quantities.iter().filter(|other| other.range.end < at && has_same_unit(other, unit));
    let (whole, None) = (of_unit.next()?, of_unit.next()) else { return None };
    // A list right after its number is that of `list_sum`.
    let is_distant = sentence.get(whole.range.end + unit.len()..at).is_some_and(|between| !between.is_empty());
    let is_wrong = count > 1 && !is_other && is_distant && is_slip(&whole.digits, &digits(sum.normalize()));
    is_wrong.then(|| {
        let (written, sum) = (&whole.digits, sum.normalize());
        let message = say!(
            ja: "「{written}{unit}」とありますが、括弧の中の内訳は{sum}{unit}になります",
            en: "the text says `{written}{unit}`, but the parts in the brackets add up to {sum}"
        );
        (whole.range.clone(), message)
    })
}

/// A number that is not the product before it: 5,000円×9名＝54,000円.
fn wrong_product([one, other, result]: [&Quantity<'_>; 3], between: &str, between_next: &str) -> Option<Found> {
    let is_product = between.chars().count() < 6 && between.ends_with(['×', '✕']);
    let is_equation = between_next.chars().count() < 6 && between_next.ends_with(['＝', '=']);
    let product = one.number.checked_mul(other.number)?;
    // A rounded amount: 千円.
    let unit = result.number.checked_div(result.digits.parse().ok()?).unwrap_or(Decimal::ONE);
    let is_wrong = is_product && is_equation && (product - result.number).abs() >= unit;
    is_wrong.then(|| {
        let (written, product) = (&result.digits, product.checked_div(unit).unwrap_or(product).normalize());
        let message = say!(
            ja: "文章の「{written}」は、その前の積{product}と合いません",
            en: "the text says `{written}`, but the product before it is {product}"
        );
        (result.range.clone(), message)
    })
}

/// A remainder that is not what the whole and the part of the only うち of its unit leave: 12地区のうち9地区 and 残る5地区.
pub(super) fn wrong_remainders(texts: &[&str]) -> Vec<(usize, Range<usize>, Bilingual)> {
    let mut wholes: Vec<(&str, Decimal, Decimal)> = Vec::new();
    let mut remainders: Vec<(usize, Quantity<'_>)> = Vec::new();
    for (index, text) in texts.iter().enumerate().filter(|(_, text)| contains_any(text, &["うち", "残"])) {
        let quantities = quantities(text);
        for pair in quantities.windows(2) {
            let [one, other] = pair else { continue };
            let between = text.get(one.range.end..other.range.start).unwrap_or_default();
            let unit =
                unit_before(between, &["のうち"]).filter(|unit| between.chars().count() < unit.chars().count() + 12);
            if let Some(unit) = unit.filter(|unit| has_same_unit(other, unit) && !between.contains(['。', '\n'])) {
                wholes.push((unit, one.number, other.number));
            }
        }
        let is_remainder = |quantity: &Quantity<'_>| {
            let before = text.get(..quantity.range.start).unwrap_or_default();
            ["残る", "残り", "残りの", "残りは", "残った"].iter().any(|word| before.ends_with(word))
        };
        remainders.extend(quantities.into_iter().filter(is_remainder).map(|quantity| (index, quantity)));
    }
    let wrong = remainders.into_iter().filter_map(|(index, quantity)| {
        let mut of_unit = wholes.iter().filter(|(unit, ..)| has_same_unit(&quantity, unit));
        let ((unit, whole, part), None) = (of_unit.next()?, of_unit.next()) else { return None };
        let rest = whole - part;
        let is_wrong = rest > Decimal::ZERO && rest != quantity.number && *whole != quantity.number;
        is_wrong.then(|| {
            let (written, whole, part) = (&quantity.digits, whole.normalize(), part.normalize());
            let message = say!(
                ja: "残りは「{written}{unit}」とありますが、{whole}{unit}のうち{part}{unit}の残りは{rest}{unit}です",
                en: "the text says that `{written}{unit}` remain, but {part} of {whole} leave {rest}",
                rest = rest.normalize()
            );
            (index, quantity.range.clone(), message)
        })
    });
    wrong.collect()
}

#[cfg(test)]
mod tests {
    use super::super::words::quantities;

    fn found(text: &str) -> Vec<&str> {
        let found = super::contradictions(text, &quantities(text));
        found.into_iter().filter_map(|(range, _)| text.get(range)).collect()
    }

    #[test]
    fn a_whole_includes_its_parts() {
        assert_eq!(found("新規2事業を含む合計4事業"), [""; 0]);
        assert_eq!(found("新規4事業を含む合計2事業"), ["2"]);
        assert_eq!(found("参加者50人（市外12名を含む）"), [""; 0]);
        assert_eq!(found("参加者50人（市外120名を含む）"), ["120"]);
        assert_eq!(found("新規返還対象者22人に対し5人である"), [""; 0]);
        assert_eq!(found("新規返還対象者5人に対し22人である"), ["22"]);
        assert_eq!(found("定員5人に対し22人が応募した"), [""; 0]);
        assert_eq!(found("9校中12校で実施した"), ["12"]);
        assert_eq!(found("令和5年中12年ぶりに"), [""; 0]);
    }

    #[test]
    fn people_outnumber_their_groups_and_visits_outnumber_people() {
        assert_eq!(found("参加者数は7組、14名であった"), [""; 0]);
        assert_eq!(found("参加者数は14組、7名であった"), ["14"]);
        assert_eq!(found("移住者は7人（14世帯）だった"), ["14"]);
        assert_eq!(found("5グループ計3人が参加した"), ["5"]);
        assert_eq!(found("7人、14組合に参加を求めた"), [""; 0]);
        assert_eq!(found("12組が登録し、8人が移住した"), [""; 0]);
        assert_eq!(found("14組を募集し、7人の講師を招いた"), [""; 0]);
        assert_eq!(found("延べ50人（実人数40人）が利用した"), [""; 0]);
        assert_eq!(found("延べ40人（実人数50人）が利用した"), ["50"]);
    }

    #[test]
    fn parts_in_later_brackets_add_up() {
        assert_eq!(found("空き家12件を改修し、補助した（町内10件、町外からの移住2件）"), [""; 0]);
        assert_eq!(found("空き家12件を改修し、補助した（町内8件、町外からの移住2件）"), ["12"]);
        assert_eq!(found("児童31人を2校で受け入れた（北小学校20人、南小学校12人）"), ["31"]);
        assert_eq!(found("12件の申請に補助した（町内8件、町外2件）"), [""; 0]);
        assert_eq!(found("12件を改修し、5件を除却した（町内8件、町外2件）"), [""; 0]);
        assert_eq!(found("12件を改修した（うち町内8件、町外2件）"), [""; 0]);
        assert_eq!(found("12日を要し、完了した（準備8日、工事2日）"), [""; 0]);
    }

    #[test]
    fn things_are_counted_one_by_one() {
        assert_eq!(found("対象者：25名"), [""; 0]);
        assert_eq!(found("対象者：2.5名"), ["2.5"]);
        assert_eq!(found("1か所当たり2.5名が利用した"), [""; 0]);
        assert_eq!(found("2.0件"), [""; 0]);
    }

    #[test]
    fn durations_are_within_their_period() {
        assert_eq!(found("4時間30分×4回行った"), [""; 0]);
        assert_eq!(found("430時間×4回行った"), ["430"]);
        assert_eq!(found("1日8時間、週5日開設した"), [""; 0]);
        assert_eq!(found("1日80時間、週5日開設した"), ["80"]);
        assert_eq!(found("1日8時間、週15日開設した"), ["15"]);
        assert_eq!(found("11日25時間"), [""; 0]);
        assert_eq!(found("10時75分に始めた"), ["10"]);
    }

    #[test]
    fn numbers_of_a_list_add_up() {
        assert_eq!(found("4カ所：駐車場2カ所、レストハウス、公園"), [""; 0]);
        assert_eq!(found("5カ所：駐車場2カ所、レストハウス、公園"), ["5"]);
        assert_eq!(found("55人（子ども30人、大人25人）"), [""; 0]);
        assert_eq!(found("50人（子ども30人、大人25人）"), ["50"]);
        assert_eq!(found("50人（うち子ども30人、大人25人）"), [""; 0]);
        assert_eq!(found("3,674千円（会館1,570千円、公民館2,105千円）"), [""; 0]);
        assert_eq!(found("3,775千円（会館1,570千円、公民館2,105千円）"), ["3,775千"]);
    }

    #[test]
    fn products_are_those_of_their_factors() {
        assert_eq!(found("5,000円×9名＝45,000円"), [""; 0]);
        assert_eq!(found("5,000円×9名＝45千円"), [""; 0]);
        assert_eq!(found("5,000円×9名＝54,000円"), ["54,000"]);
    }

    #[test]
    fn remainders_are_those_of_the_whole_and_its_part() {
        let remainders = |text: &str| super::wrong_remainders(&["12地区のうち9地区で策定した。", text]).len();
        assert_eq!(remainders("残る3地区を支援する。"), 0);
        assert_eq!(remainders("残る5地区を支援する。"), 1);
        assert_eq!(remainders("残る5団体を支援する。"), 0);
    }
}
