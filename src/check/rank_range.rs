//! The rule `rank-range`.

use super::visit::{Key, series_as_printed, strategies};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{Decimal, Indicator, Report, Series, SeriesKind, half_width};
use std::collections::BTreeMap;

pub(super) const LINT: Lint = Lint {
    rule: Rule::RankRange,
    title: Bilingual { ja: "あり得ない順位", en: "a rank that cannot exist" },
    explanation: Bilingual {
        ja: "0 位と端数のある順位、同じ指標のどれかの順位に印刷された全体の数（「32市町村中９位」）より下の順位、\
             値と違う順位が印刷されたもの、ほかの指標に印刷された同じ範囲の数、都道府県内では `region_code` の都道府県の市町村数（なければ最も多い長野県の77など）、そのほかでは日本の市区町村の数（1,741）より下の順位を指摘します。",
        en: "Reported are a rank of 0 or with decimals, a rank beyond the number of ranked places that any rank of the indicator \
             prints (`32市町村中９位`), a number that differs from the printed rank, and otherwise a rank beyond the number that other \
             indicators print for the same places, that of the municipalities of the prefecture of `region_code` (without one, of \
             the largest: 77 of Nagano), or of Japan (1,741).",
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

/// Words for the prefecture, and the greatest number of municipalities of one: of Hokkaido, Tokyo, Osaka, and Nagano among
/// all others.
const PREFECTURES: [(&str, u8); 4] = [("道内", 179), ("都内", 62), ("府内", 43), ("県内", 77)];

/// Number of municipalities by prefecture, from Hokkaido to Okinawa, in the order of the codes of regions (総務省
/// 「全国地方公共団体コード」); those of Tokyo include the special wards, and the villages of the Northern Territories are omitted.
const OF_PREFECTURE: [u8; 47] = [
    179, 40, 33, 35, 25, 35, 59, 44, 25, 35, 63, 54, 62, 33, 30, 15, 19, 17, 27, 77, 42, 35, 54, 29, 19, 26, 43, 41,
    39, 30, 19, 19, 27, 23, 19, 24, 17, 20, 34, 60, 20, 21, 45, 18, 26, 43, 41,
];

/// Numbers of ranked places that ranks of a strategy print, by the word before them: 県内 and 32.
type Printed = BTreeMap<&'static str, Decimal>;

fn run(report: &Report, findings: &mut Findings) {
    for (ix, _) in strategies(report) {
        let code = report.region_code(ix).and_then(|code| code.as_str().get(..2)?.parse::<usize>().ok());
        let places = code.and_then(|code| OF_PREFECTURE.get(code.checked_sub(1)?)).copied();
        let ranked: Vec<(&Indicator, Series<'_>)> = report
            .nodes(ix)
            .flat_map(|(_, node)| {
                let indicators = node.indicators.iter().enumerate();
                indicators.flat_map(|(index, indicator)| {
                    series_as_printed(node, index).map(move |series| (indicator, series))
                })
            })
            .filter(|(_, series)| !series.rank.is_empty())
            .collect();
        let mut printed = Printed::new();
        for cell in ranked.iter().flat_map(|(_, series)| &series.rank) {
            let text = &cell.value.printed;
            if let (Some(scope), Some(places)) = (scope(text), ranked_places(text)) {
                let most = printed.entry(scope).or_insert(places);
                *most = places.max(*most);
            }
        }
        for (indicator, series) in &ranked {
            check(indicator, series, places, &printed, findings);
        }
    }
}

/// The word of a printed rank for the ranked places: 県内, 全国.
fn scope(printed: &str) -> Option<&'static str> {
    ["県内", "道内", "府内", "都内", "全国", "類似団体"].into_iter().find(|word| printed.contains(word))
}

fn check(
    indicator: &Indicator,
    series: &Series<'_>,
    of_own_prefecture: Option<u8>,
    in_strategy: &Printed,
    findings: &mut Findings,
) {
    for cell in series.rank.iter().filter(|cell| cell.value.exact().is_some()) {
        let Some(rank) = cell.value.exact() else { continue };
        let printed = &cell.value.printed;
        let others = || series.rank.iter().filter_map(|other| ranked_places(&other.value.printed));
        let of_prefecture = || {
            let (_, most) = PREFECTURES.iter().find(|(word, _)| printed.contains(word))?;
            Some(of_own_prefecture.unwrap_or(*most).into())
        };
        // Ranks of other indicators can be among other places: cities only.
        let elsewhere = scope(printed).and_then(|scope| in_strategy.get(scope)).copied();
        let own = ranked_places(printed).or_else(|| others().max());
        let places = own.or_else(|| elsewhere.into_iter().chain(of_prefecture()).min());
        let is_elsewhere = own.is_none() && of_prefecture().is_none_or(|places: Decimal| rank <= places);
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
        let confidence = if is_elsewhere { Confidence::Likely } else { Confidence::Certain };
        if !findings.has(cell.value.span) {
            findings.add_as(confidence, cell.value.span, key, message, help);
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
        check("{ value = 34, printed = '県内34位' }", FOUND);
        check("{ value = 1800, printed = '全国1,900団体中1,800位' }", FOUND);
    }

    #[test]
    fn prefectures_add_up_to_the_country() {
        let sum: u32 = super::OF_PREFECTURE.iter().map(|count| u32::from(*count)).sum();
        assert_eq!(super::Decimal::from(sum), super::MUNICIPALITIES);
    }

    #[test]
    fn compares_with_the_prefecture_and_with_other_indicators() {
        let check = |rank: u32, other: &str, expected: &[&str]| {
            let node =
                "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\n[[indicator]]\nid = 'y'\nname = 'Y'\n+++\n";
            let figures = format!(
                "actual.R5 = 1\nrank.R5 = {{ value = {rank}, printed = '県内{rank}位' }}\n[indicator.y]\nactual.R5 = 1\n{other}"
            );
            indicator("", &figures).file("programs/a/program.md", node).assert_finds("rank-range", expected);
        };
        // Iwate has 33 municipalities.
        check(33, "", &[]);
        check(34, "", &["programs/a/2023.md:4"]);
        check(20, "rank.R5 = { value = 9, printed = '県内14市中9位' }", &["programs/a/2023.md:4"]);
    }
}
