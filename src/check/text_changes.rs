//! Numbers of texts that state a change, a ratio, the settlement or the value of a named indicator, for the rule
//! `text-figure`.

use super::stated_figures::{Fact, Facts, digits, is_shifted, shares_word};
use super::subjects::{counts_noun, names, subject_noun};
use super::text_context::Context;
use super::words::{Quantity, contains_any, is_plan_title, is_slip};
use crate::diagnostic::{Bilingual, say};
use rust_decimal::Decimal;

/// Words of what was intended, or of another time.
const INTENDED: [&str; 16] = [
    "目標",
    "計画",
    "予定",
    "定員",
    "上限",
    "限度",
    "見込",
    "募集",
    "予算",
    "当初",
    "補正",
    "前年",
    "昨年",
    "うち",
    "当たり",
    "あたり",
];

/// A number that is a change from the year before (残る48基) with a slip of typing, or still the change of that year.
pub(super) fn of_change(
    relevant: &[&Fact<'_>],
    clause: &str,
    quantity: &Quantity<'_>,
    is_known: &mut dyn FnMut(Decimal) -> bool,
) -> Option<Bilingual> {
    let changed = || {
        let own = relevant.iter().filter(|fact| !fact.is_above);
        own.filter_map(|fact| Some((fact, fact.value - fact.before.as_ref()?.0)))
            .filter(|(_, change)| !change.is_zero())
    };
    let written = &quantity.digits;
    if changed().any(|(_, change)| change.abs() == quantity.number)
        || written.len() < 2
        || is_intended(clause, relevant)
    {
        return None;
    }
    let is_part = contains_any(clause, &["残る", "残り", "新た", "追加", "新設", "増設", "新規"]);
    let is_wrong = |fact: &Fact<'_>, change: Decimal| {
        let right = digits(change.normalize());
        // A slip of a number that is not called a change is one only if the same digits are in another order.
        let is_reordered = right.len() == written.len() && right.len() > 1 && !is_replaced(written, &right);
        let slip = change > Decimal::ZERO && is_slip(written, &right) && (is_part || is_reordered);
        // 97ha for 9.7ha: two digits before を, or without only the point, are hardly the same by chance. 25%台 is no change.
        let after = quantity.after.get(fact.unit.len()..).unwrap_or_default();
        let lacks_point = *written == right.replace('.', "");
        let has_digits = right.contains('.') && right.len() > 2 && fact.unit != "%";
        let is_change = is_part || has_digits && (lacks_point || after.starts_with('を'));
        slip || is_change && is_shifted(quantity.number, change.abs()) || fact.change_before == Some(quantity.number)
    };
    let (fact, change) = changed().find(|(fact, change)| is_wrong(fact, *change))?;
    if is_known(quantity.number) {
        return None;
    }
    let (name, change) = (&fact.name, change.abs().normalize());
    Some(say!(
        ja: "文章の「{written}」は、「{name}」の前年度との差{change}と合いません",
        en: "the text says `{written}`, but `{name}` changed by {change} from the year before"
    ))
}

/// A new number, 新たに作成した, that is the running total of the indicator.
pub(super) fn of_total(facts: &Facts<'_>, clause: &str, quantity: &Quantity<'_>) -> Option<Bilingual> {
    let is_new = ["新たに", "新規に"].iter().any(|word| clause.contains(word)) && !clause.contains("累計");
    let fact = facts.0.iter().filter(|_| is_new).find(|fact| {
        fact.value == quantity.number
            && fact.name.contains("累計")
            && quantity.has_unit(&fact.unit)
            && shares_word(&fact.words, clause)
    })?;
    let change = (fact.value - fact.before.as_ref()?.0).normalize();
    let (written, name) = (&quantity.digits, &fact.name);
    Some(say!(
        ja: "文章の「{written}」は「{name}」の累計で、前年度からの増加は{change}です",
        en: "the text says `{written}`, which is the running total of `{name}`; it rose by {change} in the year"
    ))
}

/// Returns true if a clause has a word of what was intended that no name of the indicators has: 計画 of 避難計画の作成人数.
fn is_intended(clause: &str, relevant: &[&Fact<'_>]) -> bool {
    INTENDED.iter().any(|word| clause.contains(word) && !relevant.iter().any(|fact| fact.name.contains(word)))
}

/// Returns true if exactly one digit differs.
fn is_replaced(written: &str, right: &str) -> bool {
    written.chars().zip(right.chars()).filter(|(one, other)| one != other).count() == 1
}

/// A result that is the target of the indicator, not its actual value.
pub(super) fn of_target(
    relevant: &[&Fact<'_>],
    context: &Context<'_>,
    clause: &str,
    quantity: &Quantity<'_>,
) -> Option<Bilingual> {
    if contains_any(clause, &INTENDED) || !is_result(context) {
        return None;
    }
    let fact = relevant.iter().find(|fact| {
        let is_target = fact.target.as_ref().is_some_and(|(target, _)| *target == quantity.number);
        is_target && !fact.is_above && fact.value != quantity.number && shares_word(&fact.words, clause)
    })?;
    if is_stated(context, fact.value) || relevant.iter().any(|fact| fact.value == quantity.number) {
        return None;
    }
    Some(is_target_of(fact, &quantity.digits))
}

/// A stated distance from a target that is not that of the cells: it has a slip of typing, or the target has.
pub(super) fn of_gap(relevant: &[&Fact<'_>], clause: &str, quantity: &Quantity<'_>) -> Option<Bilingual> {
    let gaps = || relevant.iter().filter_map(|fact| Some((fact, fact.gap.as_ref()?)));
    if gaps().any(|(_, (gap, _))| *gap == quantity.number) {
        return None;
    }
    let written = &quantity.digits;
    if let Some((fact, (_, gap))) = gaps().find(|(_, (_, gap))| is_slip(written, gap)) {
        let name = &fact.name;
        return Some(say!(
            ja: "文章の「{written}」は、「{name}」の目標と実績の差{gap}と合いません",
            en: "the text says `{written}`, but target and actual value of `{name}` differ by {gap}"
        ));
    }
    let is_above = clause.contains("上回");
    relevant.iter().find_map(|fact| {
        let (target, printed) = fact.target.as_ref()?;
        let stated = if is_above { fact.value - quantity.number } else { fact.value + quantity.number };
        let is_wrong = is_shifted(*target, stated) || is_slip(&digits(stated.normalize()), printed);
        let (name, actual, stated) = (&fact.name, fact.printed, stated.normalize());
        (is_wrong && printed.len() > 2 && written.len() > 1).then(|| {
            say!(
                ja: "文章の目標との差「{written}」によれば「{name}」の目標値は{stated}ですが、{printed}とあります（実績{actual}）",
                en: "by the distance `{written}` in the text, the target of `{name}` is {stated}, but it is {printed} (actual value {actual})"
            )
        })
    })
}

/// Returns true if a text contains a name, or has の in it: 会館の除却 for 会館除却.
pub(super) fn mentions(text: &str, name: &str) -> bool {
    text.contains(name) || text.replace('の', "").contains(name)
}

/// Keeps only the component of an amount whose name is right before a number, if there is one: 開発公民館664千円.
pub(super) fn retain_named_before(relevant: &mut Vec<&Fact<'_>>, sentence: &str, quantity: &Quantity<'_>) {
    let before = sentence.get(..quantity.range.start).unwrap_or_default();
    let before = before.trim_end_matches(['は', 'が', 'に', 'の', '：', ':', '（', '(', ' ', '約']);
    let plain = before.replace('の', "");
    let is_named = |name: &str| before.ends_with(name) || plain.ends_with(name);
    let named = relevant.iter().filter(|fact| fact.whole_name && is_named(&fact.name));
    if let Some(longest) = named.max_by_key(|fact| fact.name.len()).copied() {
        *relevant = vec![longest];
    }
}

pub(super) fn is_target_of(fact: &Fact<'_>, written: &str) -> Bilingual {
    let (name, actual) = (&fact.name, fact.printed);
    say!(
        ja: "文章の「{written}」は、「{name}」の目標値で、実績は「{actual}」です",
        en: "the text says `{written}`, which is the target of `{name}`; the actual value is `{actual}`"
    )
}

fn differs_from(fact: &Fact<'_>, written: &str) -> Bilingual {
    let (name, value) = (&fact.name, fact.printed);
    say!(
        ja: "文章の「{written}」は、「{name}」の値「{value}」と合いません",
        en: "the text says `{written}`, but the value of `{name}` is `{value}`"
    )
}

/// Returns true for a sentence in the past tense in a section that is not about plans.
fn is_result(context: &Context<'_>) -> bool {
    let text = context.sentence.text.trim_end_matches(|char: char| "（）()".contains(char));
    let is_past =
        text.ends_with('た') || context.sentence.text.contains("した（") || context.sentence.text.contains("した(");
    is_past && !is_plan_title(&context.section.title)
}

fn is_stated(context: &Context<'_>, number: Decimal) -> bool {
    context.numbers.iter().any(|other| other.number == number)
}

/// An amount of money that is the budget of the year, or the settlement with a slip of typing or another unit.
pub(super) fn of_settlement(
    facts: &Facts<'_>,
    context: &Context<'_>,
    clause: &str,
    quantity: &Quantity<'_>,
    is_known: &mut dyn FnMut(Decimal) -> bool,
) -> Option<Bilingual> {
    let settlement = facts.1.settlement.filter(|settlement| *settlement > Decimal::ZERO)?;
    let number = quantity.number;
    let is_other = |text: &str| contains_any(text, &INTENDED) || contains_any(text, &["総額", "総事業費", "計"]);
    if !quantity.has_unit("円") || number == settlement || is_other(clause) || is_stated(context, settlement) {
        return None;
    }
    let (written, amount) = (&quantity.digits, settlement.normalize());
    if facts.1.budgets.contains(&number) && is_result(context) && !facts.1.results.contains(&number) {
        return Some(say!(
            ja: "文章の「{written}」は予算額で、決算額は{amount}円です",
            en: "the text says `{written}`, which is the budget; the settlement is {amount}円"
        ));
    }
    let significant = |number: Decimal| digits(number.normalize()).trim_end_matches('0').replace('.', "");
    let (one, other) = (significant(number), significant(settlement));
    let is_wrong = one.len() > 2 && is_shifted(number, settlement)
        || one.len() > 3
            && one.len() == other.len()
            && number.trunc().to_string().len() == amount.to_string().len()
            && is_slip(&one, &other);
    (is_wrong && !is_known(number)).then(|| {
        say!(
            ja: "文章の「{written}」は、決算額{amount}円と合いません",
            en: "the text says `{written}`, but the settlement is {amount}円"
        )
    })
}

/// The value of an indicator that the clause names right before the number: 利用者登録数は51件.
pub(super) fn of_subject(
    facts: &Facts<'_>,
    context: &Context<'_>,
    clause: &str,
    quantity: &Quantity<'_>,
    is_known: &mut dyn FnMut(Decimal) -> bool,
) -> Option<Bilingual> {
    let before = context.sentence.text.get(..quantity.range.start)?;
    let before = ["約", "延べ", "計"].iter().find_map(|word| before.strip_suffix(word)).unwrap_or(before);
    let before = before.strip_suffix(['は', 'が', 'も'])?;
    let before = before.rsplit(['、', '。']).next().unwrap_or(before);
    let own = || facts.0.iter().filter(|fact| !fact.is_above && !fact.whole_name && quantity.has_unit(&fact.unit));
    let mut named = own().filter(|fact| names(&fact.name).contains(&before));
    let (Some(fact), None) = (named.next(), named.next()) else { return None };
    if fact.value == quantity.number || context.is_about_other_time(clause, quantity) {
        return None;
    }
    let (written, name, value) = (&quantity.digits, &fact.name, fact.printed);
    if let Some(other) = own().find(|other| other.value == quantity.number) {
        let other = &other.name;
        return Some(say!(
            ja: "文章の「{written}」は「{other}」の値で、「{name}」の値は「{value}」です",
            en: "the text says `{written}`, which is the value of `{other}`; that of `{name}` is `{value}`"
        ));
    }
    // 5万2千 is 52,310 in units of a thousand.
    let written_number: Decimal = quantity.digits.parse().unwrap_or(Decimal::ONE);
    let factor = quantity.number.checked_div(written_number).unwrap_or(Decimal::ONE);
    let last = Decimal::new(1, written_number.scale()).saturating_mul(factor);
    let is_rounded = (fact.value - quantity.number).abs() < last;
    let after = quantity.after.get(fact.unit.len()..).unwrap_or_default();
    let is_whole = ["だった", "となった", "であった", "となり", "であり"].iter().any(|end| after.starts_with(end));
    (is_whole && !is_rounded && !is_known(quantity.number)).then(|| differs_from(fact, written))
}

/// Units that count different things.
const COUNTERS: [&str; 8] = ["人", "名", "件", "回", "円", "%", "ha", "km"];

/// A number of three or more digits that only its unit, its decimal point or the use of the target distinguishes from the
/// value of an indicator: such a number is hardly another one, whatever the words of the sentence.
pub(super) fn of_long_number(
    facts: &Facts<'_>,
    context: &Context<'_>,
    clause: &str,
    quantity: &Quantity<'_>,
    is_known: &mut dyn FnMut(Decimal) -> bool,
) -> Option<Bilingual> {
    let (number, written) = (quantity.number, &quantity.digits);
    let significant = |number: Decimal| digits(number.normalize()).replace('.', "").trim_end_matches('0').len();
    if contains_any(clause, &INTENDED) || !is_result(context) {
        return None;
    }
    let own = || facts.0.iter().filter(|fact| !fact.is_above && !fact.whole_name);
    let is_counter = |unit: &str| COUNTERS.contains(&unit);
    let is_people = |unit: &str| ["人", "名"].contains(&unit);
    let long = |number: Decimal| significant(number) > 2;
    if let Some(fact) = own().find(|fact| fact.value == number && long(number) && is_counter(&fact.unit)) {
        let other = COUNTERS.iter().find(|unit| quantity.has_unit(unit))?;
        let is_same = |fact: &Fact<'_>| fact.unit == *other || is_people(&fact.unit) && is_people(other);
        if own().filter(|fact| fact.value == number).any(is_same) {
            return None;
        }
        let (name, unit) = (&fact.name, &fact.unit);
        return Some(say!(
            ja: "文章の「{written}{other}」は「{name}」の値ですが、その単位は「{unit}」です",
            en: "the text says `{written}{other}`, which is the value of `{name}` in the unit `{unit}`"
        ));
    }
    let of_unit = |fact: &&Fact<'_>| quantity.has_unit(&fact.unit) || is_people(&fact.unit) && quantity.has_unit("名");
    let mut alone = own().filter(of_unit);
    let (Some(fact), None) = (alone.next(), alone.next()) else { return None };
    if fact.value == number || is_stated(context, fact.value) {
        return None;
    }
    if number >= Decimal::ONE_HUNDRED && fact.target.as_ref().is_some_and(|(target, _)| *target == number) {
        return Some(is_target_of(fact, written));
    }
    // A slip in four or more digits: 2,141 for 2,114.
    let right = digits(fact.value);
    let is_mistyped = written.len() > 3 && written.len() == right.len() && is_slip(written, &right);
    let is_mistyped = is_mistyped && !context.is_about_other_time(clause, quantity);
    let is_wrong = is_shifted(number, fact.value) || is_mistyped && number.is_integer() == fact.value.is_integer();
    (long(fact.value) && is_wrong && !is_known(number)).then(|| differs_from(fact, written))
}

/// A ratio to the year before (前年度の1.2倍), or a change in percentage points.
pub(super) fn without_own_unit(facts: &Facts<'_>, clause: &str, quantity: &Quantity<'_>) -> Option<Bilingual> {
    const OTHER_BASES: [&str; 14] =
        ["年度", "年前", "年間", "当初", "平均", "全国", "県", "目標", "計画", "前回", "以前", "から", "比", "月"];
    let of_year = contains_any(clause, &["前年", "昨年"]);
    let grew = || ["倍に増え", "倍に増加し", "倍に伸び"].iter().any(|words| quantity.after.starts_with(words));
    let is_ratio = quantity.after.starts_with('倍') && of_year || grew() && !contains_any(clause, &OTHER_BASES);
    let is_points = quantity.after.starts_with("ポイント")
        && !contains_any(clause, &["目標", "平均", "全国", "県", "前回", "年前"]);
    if !is_ratio && !is_points {
        return None;
    }
    // The subject must be the indicator itself: 北部地区の利用者 is a part of it.
    let subject = clause.split(['が', 'は', 'も']).next().unwrap_or_default();
    let about = facts.0.iter().filter(|fact| {
        let is_named = names(&fact.name).contains(&subject)
            || is_ratio && subject_noun(subject).is_some_and(|noun| counts_noun(&fact.name, noun));
        !fact.whole_name && (!is_points || fact.unit == "%") && is_named
    });
    let computed = about.filter_map(|fact| {
        let (before, _) = fact.before.as_ref()?;
        let number = if is_ratio { fact.value.checked_div(*before)? } else { (fact.value - before).abs() };
        Some((fact, number))
    });
    let computed: Vec<(&Fact<'_>, Decimal)> = computed.collect();
    // The last decimal place may be rounded in either direction.
    let scale = quantity.number.scale();
    let unit = if is_ratio { Decimal::new(1, scale) } else { Decimal::ZERO };
    let fits = |number: Decimal| (number - quantity.number).abs() <= unit;
    let (fact, number) = computed.first().filter(|_| !computed.iter().any(|(_, number)| fits(*number)))?;
    let (written, name) = (&quantity.digits, &fact.name);
    if is_ratio {
        let number = number.round_dp(scale.max(1));
        return Some(say!(
            ja: "文章の「{written}倍」が、「{name}」の前年度に対する比{number}倍と合いません",
            en: "the text says `{written}倍`, but `{name}` is {number} times the value of the year before"
        ));
    }
    let is_wrong = is_slip(written, &digits(number.normalize()))
        || is_shifted(quantity.number, *number)
        || (quantity.number / Decimal::TEN).normalize() == number.normalize();
    let number = number.normalize();
    is_wrong.then(|| {
        say!(
            ja: "文章の「{written}ポイント」は、「{name}」の前年度との差{number}ポイントと合いません",
            en: "the text says `{written}ポイント`, but `{name}` changed by {number} points from the year before"
        )
    })
}

/// Tenths that are not those of the only share that the clause is about: 8割を超えた for 92%.
pub(super) fn of_tenths(
    facts: &Facts<'_>,
    context: &Context<'_>,
    clause: &str,
    quantity: &Quantity<'_>,
) -> Option<Bilingual> {
    if !quantity.after.starts_with('割')
        || contains_any(clause, &INTENDED)
        || context.is_about_other_time(clause, quantity)
    {
        return None;
    }
    let before = context.sentence.text.get(..quantity.range.start)?;
    let before = before.strip_suffix('約').unwrap_or(before).strip_suffix(['は', 'が', 'も'])?;
    let subject = before.rsplit(['、', '。']).next().unwrap_or(before);
    let about = |fact: &&Fact<'_>| fact.unit == "%" && !fact.is_above && names(&fact.name).contains(&subject);
    let mut about = facts.0.iter().filter(about);
    let (Some(fact), None) = (about.next(), about.next()) else { return None };
    let tenths = fact.value.checked_div(Decimal::TEN)?;
    // 約8割 is rounded; 9割を超え and 9割以上 are rounded down, 9割弱 up.
    let fits = (tenths - quantity.number).abs() <= Decimal::ONE;
    let exceeds = contains_any(quantity.after, &["を超え", "以上", "を上回", "強"]);
    let fits = fits && !(exceeds && (tenths < quantity.number || tenths >= quantity.number + Decimal::ONE));
    let (written, name, value) = (&quantity.digits, &fact.name, fact.printed);
    (!fits).then(|| {
        say!(
            ja: "文章の「{written}割」は、「{name}」の値「{value}」と合いません",
            en: "the text says `{written}割`, but the value of `{name}` is `{value}`"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn check(name: &str, unit: &str, figures: &str, text: &str, found: bool) {
        let node = format!(
            "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = '{name}'\nunit = '{unit}'\n[[indicator]]\nid = 'y'\nname = '成約件数'\nunit = '件'\n+++\n"
        );
        let sheet = format!("+++\n{figures}\n+++\n## 実績\n{text}\n");
        let line = sheet.lines().count();
        let at = format!("programs/a/2024.md:{line}");
        let before = "+++\n[indicator.x]\nactual.R4 = 118\nactual.R5 = 176\n+++\n";
        let content = Fixture::new().edition("2024", "R6").with(program("a", ""));
        let content = content.file("programs/a/program.md", &node).file("programs/a/2023.md", before);
        let expected: &[&str] = if found { &[&at] } else { &[] };
        content.file("programs/a/2024.md", &sheet).assert_finds("text-figure", expected);
    }

    #[test]
    fn compares_changes_with_the_difference_of_values() {
        let figures = "[indicator.x]\nactual.R5 = 176\nactual.R6 = 224\ntarget.R6 = 230";
        let text = |text: &str, found| check("更新した基数", "基", figures, text, found);
        text("残る48基を更新した。", false);
        text("残る84基を更新した。", true);
        text("58基を更新した。", true);
        text("230基を更新した。", true);
        text("230基を更新する計画だった。", false);
    }

    #[test]
    fn compares_ratios_and_points() {
        let figures = "[indicator.x]\nactual.R5 = 50.0\nactual.R6 = 60.6";
        let text = |text: &str, found| check("検診の受診率", "%", figures, text, found);
        text("受診率は前年度の1.2倍となった。", false);
        text("受診率は前年度の1.6倍となった。", true);
        text("受診率は10.6ポイント上昇した。", false);
        text("受診率は1.6ポイント上昇した。", true);
        text("受診率は1.2倍に増えた。", false);
        text("受診率は1.6倍に増えた。", true);
        text("受診率は当初の1.6倍に増えた。", false);
    }

    #[test]
    fn compares_tenths_with_shares() {
        let figures = "[indicator.x]\nactual.R5 = 81.5\nactual.R6 = 92.0";
        let text = |text: &str, found| check("電子決裁の割合", "%", figures, text, found);
        text("電子決裁の割合が9割を超えた。", false);
        text("電子決裁の割合が8割を超えた。", true);
        text("電子決裁の割合は約9割となった。", false);
        text("職員の6割が研修を受けた。", false);
    }

    #[test]
    fn compares_values_of_named_indicators() {
        let figures = "[indicator.x]\nactual.R6 = 51\n[indicator.y]\nactual.R6 = 13";
        let text = |text: &str, found| check("登録件数", "件", figures, text, found);
        text("登録件数は51件、成約件数は13件だった。", false);
        text("登録件数は13件だった。", true);
        text("登録件数は78件だった。", true);
    }

    #[test]
    fn compares_long_numbers_whatever_the_words() {
        let figures = "[indicator.x]\nactual.R6 = 241\ntarget.R6 = 300";
        let text = |text: &str, found| check("延べ利用人数", "人", figures, text, found);
        text("6月に開始し、延べ241人が来た。", false);
        text("6月に開始し、延べ241件が来た。", true);
        text("6月に開始し、延べ2,410人が来た。", true);
        text("6月に開始し、延べ300人が来た。", true);
        text("定員300人で始めた。", false);
        text("6月に開始し、250人が来た。", false);
    }

    #[test]
    fn new_things_are_not_the_running_total() {
        let figures = "[indicator.x]\nactual.R5 = 91\nactual.R6 = 164";
        let text = |text: &str, found| check("避難計画の作成人数（累計）", "人", figures, text, found);
        text("73人の避難計画を新たに作成した。", false);
        text("37人の避難計画を新たに作成した。", true);
        text("164人の避難計画を新たに作成した。", true);
        text("164人の避難計画を作成した。", false);
    }

    #[test]
    fn compares_amounts_with_the_settlement() {
        let figures = "[money]\nbudget.R6 = 3500\nsettlement.R6 = 3312";
        let text = |text: &str, found| check("登録件数", "件", figures, text, found);
        text("3,312千円を補助した。", false);
        text("3,500千円を補助した。", true);
        text("予算の3,500千円に対し、3,312千円を補助した。", false);
        text("33,120千円を補助した。", true);
        text("3,132千円を補助した。", true);
        text("1,000千円を補助した。", false);
    }
}
