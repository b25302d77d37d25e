//! Labelled numbers of a section that contradict each other, for the rule `text-figure`: a part above its whole (滞納額, 収納額),
//! a rate that is not that of two of them (収納率), and an average that is impossible (寄附金額 ÷ 寄附件数).

use super::text_relations::has_same_unit;
use super::words::{Quantity, Sentence, contains_any};
use crate::diagnostic::{Bilingual, say};
use crate::model::grouped;
use rust_decimal::Decimal;
use std::ops::Range;

/// A number with the words that name it: 収納額：28,329千円, 成約件数は13件.
struct Labelled<'t> {
    label: &'t str,
    quantity: &'t Quantity<'t>,
    start: usize,
}

impl Labelled<'_> {
    fn range(&self) -> Range<usize> {
        self.start + self.quantity.range.start..self.start + self.quantity.range.end
    }

    /// Number with its unit, as in a message.
    fn written(&self) -> String {
        let unit: String = self.quantity.unit().chars().take(4).collect();
        format!("{}{unit}", grouped(self.quantity.number))
    }
}

/// Words for a whole and for its parts, which are counted in the same unit or, as page views and visitors, in their own.
struct Pair {
    whole: &'static [&'static str],
    part: &'static [&'static str],
    has_one_unit: bool,
}

const fn pair(whole: &'static [&'static str], part: &'static [&'static str]) -> Pair {
    Pair { whole, part, has_one_unit: true }
}

const PAIRS: [Pair; 11] = [
    Pair {
        whole: &["ページビュー", "閲覧数", "閲覧回数", "PV数", "ＰＶ数"],
        part: &["訪問者数", "訪問数", "ユーザー数", "セッション数", "閲覧者数"],
        has_one_unit: false,
    },
    Pair { whole: &["人口"], part: &["世帯数"], has_one_unit: false },
    pair(
        &["移管金額", "移管額", "滞納額", "滞納繰越額", "調定額", "賦課額", "課税額", "請求額"],
        &["収納額", "徴収額", "収入済額", "納付額", "回収額"],
    ),
    pair(&["対象者数", "対象者", "対象人数"], &["受診者数", "受診者", "受検者数", "接種者数", "該当者数", "該当者"]),
    pair(
        &["配布数", "配布部数", "発送数", "送付数", "配布枚数", "発送件数", "送付件数", "調査対象者数"],
        &["回収数", "回答数", "返送数", "回答者数", "有効回答数"],
    ),
    pair(
        &["申請件数", "申込件数", "申込者数", "申請者数", "応募件数", "応募者数", "応募数", "申込数", "申請数"],
        &["採択件数", "採択数", "採用者数", "交付決定件数", "認定件数", "許可件数", "決定件数", "当選者数", "却下件数"],
    ),
    pair(&["受験者数", "受検者数"], &["合格者数"]),
    pair(&["登録件数", "登録物件数", "登録数"], &["成約件数", "成約数"]),
    pair(&["委員数", "委員総数", "委員の総数"], &["女性委員数", "女性の委員数"]),
    pair(
        &["検査件数", "検査数", "点検数", "点検件数", "調査件数"],
        &["陽性者数", "異常件数", "不適合件数", "違反件数"],
    ),
    pair(&["延べ利用者数", "延べ参加者数", "延べ人数"], &["実利用者数", "実参加者数", "実人数"]),
];

/// Contradictions between the labelled numbers of a text, with their ranges.
pub(super) fn contradictions(
    sentences: &[Sentence<'_>],
    quantities: &[Vec<Quantity<'_>>],
) -> Vec<(Range<usize>, Bilingual)> {
    let labelled: Vec<Labelled<'_>> = sentences
        .iter()
        .zip(quantities)
        .flat_map(|(sentence, quantities)| {
            quantities.iter().filter_map(|quantity| {
                Some(Labelled { label: label(sentence.text, quantity)?, quantity, start: sentence.start })
            })
        })
        .collect();
    if labelled.len() < 2 {
        return Vec::new();
    }
    let mut found: Vec<_> = PAIRS.iter().filter_map(|pair| larger_part(pair, &labelled)).collect();
    found.extend(labelled.iter().filter_map(|rate| wrong_rate(rate, &labelled)));
    found.extend(labelled.windows(2).filter_map(|pair| impossible_average(pair)));
    found
}

/// Words right before a number: up to ：, は or が, and from the last punctuation mark.
pub(super) fn label<'t>(text: &'t str, quantity: &Quantity<'_>) -> Option<&'t str> {
    let before = text.get(..quantity.range.start)?;
    let before = before.trim_end_matches("延べ").trim_end_matches('約').trim_end();
    let before = before.strip_suffix(['：', ':', 'は', 'が'])?.trim_end();
    let label = before.rsplit(['、', '。', '，', '」', '・']).next()?.trim();
    let label = label.strip_suffix('）').and_then(|label| label.rsplit_once('（')).map_or(label, |(label, _)| label);
    (!label.is_empty()).then_some(label)
}

fn ends_with_any(label: &str, words: &[&str]) -> bool {
    words.iter().any(|word| label.ends_with(word))
}

/// The only labelled number whose label ends with one of `words`.
fn only<'l, 't>(labelled: &'l [Labelled<'t>], words: &[&str]) -> Option<&'l Labelled<'t>> {
    let mut named = labelled.iter().filter(|of| ends_with_any(of.label, words));
    named.next().filter(|_| named.next().is_none())
}

/// A part that is larger than its whole.
fn larger_part(pair: &Pair, labelled: &[Labelled<'_>]) -> Option<(Range<usize>, Bilingual)> {
    let part = only(labelled, pair.part)?;
    let wholes = labelled
        .iter()
        .filter(|of| ends_with_any(of.label, pair.whole) && of.start + of.quantity.range.start != part.range().start);
    // A part that exceeds all of several wholes exceeds its own.
    let whole = wholes.max_by_key(|whole| whole.quantity.number)?;
    let is_partial =
        |label: &str| contains_any(label, &["累計", "前年", "昨年", "目標", "過去", "うち", "見込", "計画"]);
    let has_unit = |unit: &str| has_same_unit(whole.quantity, unit) && has_same_unit(part.quantity, unit);
    let is_comparable = !is_partial(whole.label)
        && !is_partial(part.label)
        && (!pair.has_one_unit || ["人", "件", "円", "部", "枚", "通", "世帯", "団体", "社"].into_iter().any(has_unit));
    (is_comparable && part.quantity.number > whole.quantity.number).then(|| {
        let (part_label, whole_label) = (part.label, whole.label);
        let (part_number, whole_number) = (part.written(), whole.written());
        let message = say!(
            ja: "「{part_label}」{part_number}が、「{whole_label}」{whole_number}を上回っています",
            en: "`{part_label}`, {part_number}, exceeds `{whole_label}`, {whole_number}"
        );
        (part.range(), message)
    })
}

/// A rate that is not that of the amount or number of the same name and of the only other one in its unit: 収納率, 収納額.
fn wrong_rate(rate: &Labelled<'_>, labelled: &[Labelled<'_>]) -> Option<(Range<usize>, Bilingual)> {
    let stem = rate.label.strip_suffix('率').filter(|stem| stem.chars().count() > 1)?;
    let unit = ["人", "名", "件", "円", "部", "枚", "通", "世帯", "団体", "戸"];
    let is_part = |of: &&Labelled<'_>| {
        let rest = of.label.strip_prefix(stem);
        rest.is_some_and(|rest| ["額", "金額", "数", "者数", "件数", "人数", "者", "世帯数"].contains(&rest))
    };
    let mut parts = labelled.iter().filter(is_part);
    let part = parts.next().filter(|_| parts.next().is_none() && rate.quantity.has_unit("%"))?;
    let unit = unit.into_iter().find(|unit| part.quantity.has_unit(unit))?;
    let others = labelled.iter().filter(|of| has_same_unit(of.quantity, unit) && of.label != part.label);
    let others: Vec<&Labelled<'_>> = others.collect();
    let [whole] = others.as_slice() else { return None };
    let percent = part.quantity.number.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole.quantity.number)?;
    let scale = rate.quantity.number.scale();
    // The last decimal place may be rounded in either direction, and the amounts to thousands.
    let is_rounded = (percent - rate.quantity.number).abs() < Decimal::new(1, scale);
    let later = if part.start > whole.start { part } else { whole };
    (!is_rounded).then(|| {
        let (rate_label, part_label, whole_label) = (rate.label, part.label, whole.label);
        let (written, percent) = (&rate.quantity.digits, percent.round_dp(scale.max(1)).normalize());
        let message = say!(
            ja: "「{rate_label}」{written}%が、「{whole_label}」に対する「{part_label}」の割合{percent}%と合いません",
            en: "`{rate_label}` is {written}%, but `{part_label}` is {percent}% of `{whole_label}`"
        );
        (if percent > Decimal::ONE_HUNDRED { later.range() } else { rate.range() }, message)
    })
}

/// Words for money that is given in many cases.
const GRANTS: [&str; 9] = ["補助", "助成", "寄附", "寄付", "支給", "給付", "貸付", "減免", "奨励"];

/// An amount given to people or in cases whose average is impossible: 円 and 千円 were mistaken.
fn impossible_average(pair: &[Labelled<'_>]) -> Option<(Range<usize>, Bilingual)> {
    let [one, other] = pair else { return None };
    let (amount, count) = if one.quantity.has_unit("円") { (one, other) } else { (other, one) };
    let unit = ["人", "名", "件", "世帯"].into_iter().find(|unit| count.quantity.has_unit(unit))?;
    let grant = GRANTS.iter().find(|word| amount.label.contains(*word))?;
    let is_amount = amount.label.ends_with('額') && !contains_any(amount.label, &["当たり", "あたり", "平均", "上限"]);
    let is_plain = amount.quantity.has_unit("円") && is_amount && !count.quantity.number.is_zero();
    let average = amount.quantity.number.checked_div(count.quantity.number)?;
    let is_person = unit != "件";
    let is_receiver = |word: &str| count.label.trim_end_matches('数').ends_with(word);
    let is_of_grant = count.label.contains(grant)
        || is_person && ["対象者", "交付者", "受給者", "受領者"].iter().any(|word| is_receiver(word));
    // Many small grants are counted in cases.
    let least = Decimal::from(if is_person { 500 } else { 100 });
    let is_too_low = is_of_grant && average < least && average > Decimal::ZERO;
    let is_too_high = average > Decimal::from(if is_person { 100_000_000_u64 } else { 1_000_000_000 });
    (is_plain && (is_too_low || is_too_high)).then(|| {
        let (label, written, average) = (amount.label, amount.written(), grouped(average.round()));
        let message = say!(
            ja: "「{label}」{written}は1{unit}当たり{average}円になります。円と千円の取り違えではありませんか",
            en: "`{label}`, {written}, is {average}円 per {unit}; 円 and 千円 may be mistaken"
        );
        (amount.range(), message)
    })
}

#[cfg(test)]
mod tests {
    use super::super::words::{quantities, sentences};

    fn found(text: &str) -> Vec<&str> {
        let sentences = sentences(text);
        let quantities: Vec<_> = sentences.iter().map(|sentence| quantities(sentence.text)).collect();
        let found = super::contradictions(&sentences, &quantities);
        found.into_iter().filter_map(|(range, _)| text.get(range)).collect()
    }

    #[test]
    fn parts_are_smaller_than_their_wholes() {
        assert_eq!(found("- 移管金額：37,607千円\n- 収納額：28,329千円"), [""; 0]);
        assert_eq!(found("- 移管金額：37,607千円\n- 収納額：38,329千円"), ["38,329千"]);
        assert_eq!(found("- 訪問者数：延べ1,091人\n- ページビュー（総閲覧数）：242回"), ["1,091"]);
        assert_eq!(found("物件登録件数は32件、成約件数は53件だった"), ["53"]);
        assert_eq!(found("物件登録件数は32件、利用者登録数は61件、成約件数は53件だった"), [""; 0]);
        assert_eq!(found("物件登録件数は32件、成約件数の累計は53件だった"), [""; 0]);
        assert_eq!(found("物件登録件数の目標は32件、成約件数は53件だった"), [""; 0]);
        assert_eq!(found("- 前年度の配布数：320部\n- 回答数：390部"), [""; 0]);
        assert_eq!(found("- うち市内の登録件数：32件\n- 成約件数：53件"), [""; 0]);
        assert_eq!(found("- 登録件数：32件\n- 過去の成約件数：53件"), [""; 0]);
        assert_eq!(found("- 配布数：320部\n- 回答数：390件"), [""; 0]);
    }

    #[test]
    fn rates_are_those_of_their_numbers() {
        let text = |rate: &str| format!("- 対象者：200人\n- 受診者：150人\n- 受診率：{rate}%\n");
        assert_eq!(found(&text("75")), [""; 0]);
        assert_eq!(found(&text("57")), ["57"]);
        assert_eq!(found("- 対象者：200人\n- 前年度：190人\n- 受診者：150人\n- 受診率：57%"), [""; 0]);
    }

    #[test]
    fn averages_are_possible() {
        let text = |amount: &str| format!("- 寄附件数：12,232件\n- 寄附金額：{amount}\n");
        assert_eq!(found(&text("181,500千円")), [""; 0]);
        assert_eq!(found(&text("181,500円")), ["181,500"]);
        assert_eq!(found("- 対象者：25名\n- 補助金額：11,320,000千円"), ["11,320,000千"]);
        assert_eq!(found("- 減免実績：2人\n- 減免額：150円"), ["150"]);
        assert_eq!(found("- 対象者：25名\n- 補助金額：11,320円"), ["11,320"]);
        assert_eq!(found("- 来場者：3,000人\n- 補助金額：40千円"), [""; 0]);
    }
}
