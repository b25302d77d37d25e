//! The rule `rank-range`.

use super::visit::{Key, indicators, series_as_printed};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{Decimal, Indicator, Report, Series, SeriesKind, half_width};

pub(super) const LINT: Lint = Lint {
    rule: Rule::RankRange,
    title: Bilingual { ja: "あり得ない順位", en: "a rank that cannot exist" },
    explanation: Bilingual {
        ja: "0 位と端数のある順位、同じ指標のどれかの順位に印刷された全体の数（「32市町村中９位」）より下の順位、\
             値と違う順位が印刷されたもの、都道府県内では最も市町村の多い県などの数（県内では長野県の77、道内では179）、そのほかでは日本の市区町村の数（1,741）より下の順位を指摘します。",
        en: "Reported are a rank of 0 or with decimals, a rank beyond the number of ranked places that any rank of the indicator \
             prints (`32市町村中９位`), a number that differs from the printed rank, and otherwise a rank beyond the number of municipalities of the largest prefecture \
             (県内: 77 of Nagano, 道内: 179), \
             or of Japan (1,741).",
    },
    example: "rank.R6 = { value = 39, printed = \"県内32市町村中39位\" }",
    remedy: Bilingual {
        ja: "順位を資料のとおりに直してください。", en: "Write the rank of the source."
    },
    confidence: Confidence::Certain,
    run,
};

/// Number of municipalities of Japan, including the special wards of Tokyo.
const MUNICIPALITIES: Decimal = Decimal::from_parts(1741, 0, 0, false, 0);

/// Greatest number of municipalities of a prefecture: of Hokkaido, Tokyo, Osaka, and Nagano among all others.
const PREFECTURES: [(&str, u32); 4] = [("道内", 179), ("都内", 62), ("府内", 43), ("県内", 77)];

fn run(report: &Report, findings: &mut Findings) {
    for (_, node, id, indicator) in indicators(report) {
        for series in series_as_printed(node, id.indicator as usize) {
            check(indicator, &series, findings);
        }
    }
}

fn check(indicator: &Indicator, series: &Series<'_>, findings: &mut Findings) {
    for cell in series.rank.iter().filter(|cell| cell.value.exact().is_some()) {
        let Some(rank) = cell.value.exact() else { continue };
        let printed = &cell.value.printed;
        let others = || series.rank.iter().filter_map(|other| ranked_places(&other.value.printed));
        let of_prefecture =
            || PREFECTURES.iter().find(|(word, _)| printed.contains(word)).map(|(_, places)| (*places).into());
        let places = ranked_places(printed).or_else(|| others().max()).or_else(of_prefecture);
        let message = if let Some(written) = place(printed).filter(|written| *written != rank) {
            say!(
                ja: "順位の値は {rank} ですが、印刷された「{printed}」の順位は {written} です",
                en: "the rank is {rank}, but the printed `{printed}` says {written}"
            )
        } else if rank.is_zero() || rank.fract() != Decimal::ZERO {
            say!(
                ja: "順位「{printed}」はあり得ません",
                en: "the rank `{printed}` cannot exist"
            )
        } else if let Some(places) = places.filter(|places| rank > *places) {
            say!(
                ja: "順位「{printed}」が、全体の数 {places} を超えています",
                en: "the rank `{printed}` is beyond the number of ranked places, {places}"
            )
        } else if rank > MUNICIPALITIES {
            say!(
                ja: "順位「{printed}」が、全国の市区町村の数 {MUNICIPALITIES} を超えています",
                en: "the rank `{printed}` is beyond the number of municipalities, {MUNICIPALITIES}"
            )
        } else {
            continue;
        };
        let help = say!(
            ja: "順位を資料と見比べてください",
            en: "compare the rank with the source"
        );
        let key = Key::Series(indicator, SeriesKind::Rank, crate::model::Column::Year(cell.column));
        if !findings.has(cell.value.span) {
            findings.add(cell.value.span, key, message, help);
        }
    }
}

/// Number of ranked places in a printed rank: the last number before `中`, with at most a counter between them.
fn ranked_places(printed: &str) -> Option<Decimal> {
    let text: String = printed.chars().map(half_width).filter(|char| *char != ',' && *char != ' ').collect();
    let (before, _) = text.split_once('中')?;
    let end = before.rfind(|char: char| char.is_ascii_digit())? + 1;
    let digits = before.get(..end)?;
    let start = digits
        .rfind(|char: char| !char.is_ascii_digit())
        .map_or(0, |at| at + digits.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    digits.get(start..)?.parse().ok()
}

/// The printed rank: the number before `位`, if there is one.
fn place(printed: &str) -> Option<Decimal> {
    let text: String = printed.chars().map(half_width).filter(|char| *char != ',' && *char != ' ').collect();
    let mut places = text.split('位');
    let (before, rest) = (places.next()?, places.next());
    // Several ranks, such as those of two groups, are not one number.
    if rest.is_none() || places.next().is_some() {
        return None;
    }
    let start = before.trim_end_matches(|char: char| char.is_ascii_digit()).len();
    before.get(start..)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::super::testing::indicator;

    fn check(rank: &str, expected: &[&str]) {
        indicator(
            "",
            &format!("actual.R5 = 1\nrank.R4 = {{ value = 9, printed = '県内３２市町村中９位' }}\nrank.R5 = {rank}"),
        )
        .assert_finds("rank-range", expected);
    }

    const FOUND: &[&str] = &["programs/a/2023.md:5"];

    #[test]
    fn reports_ranks_outside_their_range() {
        check("1", &[]);
        check("32", &[]);
        check("0", FOUND);
        check("1.5", FOUND);
        check("33", FOUND);
        check("{ value = 33, printed = '県内33市町村中33位' }", &[]);
        check("{ value = 8, printed = '県内３２市町村中９位' }", FOUND);
        check("{ value = 48, printed = '47都道府県中48位' }", FOUND);
        check("{ value = 1800, printed = '全国1,900団体中1,800位' }", FOUND);
    }
}
