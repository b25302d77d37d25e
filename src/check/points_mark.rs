//! The rule `points-mark`.

use super::visit::{judgement_key, sheets, single_mark};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{Judgement, Mark, Report, Scale, ScaleIx, Sheet, Strategy, Verdict};
use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

pub(super) const LINT: Lint = Lint {
    rule: Rule::PointsMark,
    title: Bilingual {
        ja: "点数が、評価の記号に示された点数の範囲にない",
        en: "points outside the range that the mark declares",
    },
    explanation: Bilingual {
        ja: "評価の `meaning`（または記号そのもの）に「85点以上」「70点以上85点未満」「70～84点」とあるとき、同じ評価者の合計点と\
             比べます。合計点の尺度（`sum` のあるもの、なければただ一つの点数の尺度）が一つに決まるときだけ調べます。",
        en: "If the `meaning` of a mark (or the mark itself) is a range such as 85点以上, 70点以上85点未満 or 70～84点, it is \
             compared with the total points of the same judge. Checked only if there is exactly one scale of totals: \
             with a `sum`, or else the only scale of points.",
    },
    example: concat!(
        "marks = [{ mark = \"Ａ\", meaning = \"85点以上\" }]   # strategy.toml\n",
        "points = { council = \"40.0\" }\n",
        "result = { council = \"Ａ\" }",
    ),
    remedy: Bilingual {
        ja: "点数か評価を、資料のとおりに直してください。",
        en: "Correct the points or the mark according to the source.",
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for item in sheets(report) {
        let (strategy, sheet) = (item.strategy, item.sheet);
        let Some((total_ix, total)) = total_scale(strategy, item.node.kind.key()) else { continue };
        for judgement in &sheet.judgements {
            let Some((scale, mark, range)) = ranged(strategy, judgement) else { continue };
            let Some(points) = points(sheet, total_ix, judgement) else { continue };
            if range.contains(points.1) {
                continue;
            }
            let (printed, text, title, points) = (&mark.printed, &range.text, &total.title, points.0);
            let message = say!(
                ja: "「{printed}」は{text}ですが、{title}は{points}です",
                en: "the mark `{printed}` means {text}, but `{title}` is {points}"
            );
            let help = say!(
                ja: "点数と評価を資料と見比べてください",
                en: "compare the points and the mark with the source"
            );
            let judge = judgement.judge.and_then(|judge| strategy.judges.get(judge.0));
            let key = format!("judgement.{}", judgement_key(scale, judgement.year, judge));
            findings.add(judgement.span, key, message, help);
        }
    }
}

/// The only scale of totals for nodes of `kind`.
fn total_scale<'r>(strategy: &'r Strategy, kind: &str) -> Option<(ScaleIx, &'r Scale)> {
    let all = strategy.scales.iter().enumerate().filter(|(_, scale)| scale.applies_to.iter().any(|of| of == kind));
    let points: Vec<_> = all.filter_map(|(ix, scale)| Some((ScaleIx(ix), scale, scale.points.as_ref()?))).collect();
    let totals: Vec<_> = points.iter().filter(|(_, _, points)| !points.sum.is_empty()).collect();
    match (totals.as_slice(), points.as_slice()) {
        ([only], _) => Some((only.0, only.1)),
        ([], [only]) => Some((only.0, only.1)),
        _ => None,
    }
}

/// Scale, mark and range of a judgement with a single mark that has a range.
fn ranged<'r>(strategy: &'r Strategy, judgement: &Judgement) -> Option<(&'r Scale, &'r Mark, PointRange)> {
    let (scale, mark) = single_mark(strategy, judgement)?;
    let range = mark.meaning.as_deref().and_then(PointRange::parse).or_else(|| PointRange::parse(&mark.printed))?;
    Some((scale, mark, range))
}

/// Total points of the judge and year of a judgement, as printed and as a number.
fn points<'r>(sheet: &'r Sheet, total: ScaleIx, judgement: &Judgement) -> Option<(&'r str, Decimal)> {
    let mut same = sheet
        .judgements
        .iter()
        .filter(|other| other.scale == total && other.judge == judgement.judge && other.year == judgement.year);
    match &same.next()?.verdict {
        Verdict::Points(value) => Some((&value.printed, value.decimal()?)),
        _ => None,
    }
}

/// Range of points: `70点以上85点未満`.
struct PointRange {
    text: String,
    from: Option<Decimal>,
    /// Upper limit, and whether it is included.
    to: Option<(Decimal, bool)>,
}

impl PointRange {
    /// Parses a range from a text that contains 点; `None` if it states none.
    fn parse(text: &str) -> Option<Self> {
        let plain: String = text.nfkc().collect();
        let mut range = Self { text: text.to_owned(), from: None, to: None };
        let mut rest = plain.as_str();
        let mut points = false;
        while let Some(start) = rest.find(|char: char| char.is_ascii_digit()) {
            let from = rest.get(start..)?;
            let end = from.find(|char: char| !char.is_ascii_digit() && char != '.').unwrap_or(from.len());
            let number: Decimal = from.get(..end)?.parse().ok()?;
            let after = from.get(end..)?;
            let unit = after.strip_prefix('点');
            points |= unit.is_some();
            let words = unit.unwrap_or(after);
            if words.starts_with("以上") || words.starts_with(['~', '～', '〜', '-', '–', '－']) {
                range.from = Some(number);
            } else if words.starts_with("未満") {
                range.to = Some((number, false));
            } else if words.starts_with("以下") || range.from.is_some() && range.to.is_none() {
                range.to = Some((number, true));
            } else {
                return None;
            }
            rest = words;
        }
        (points && (range.from.is_some() || range.to.is_some())).then_some(range)
    }

    fn contains(&self, points: Decimal) -> bool {
        // 84.5 is between the whole points of 70～84 and 85～100.
        let is_below = |(limit, included): (Decimal, bool)| {
            if included { points.trunc() <= limit } else { points < limit }
        };
        self.from.is_none_or(|from| points >= from) && self.to.is_none_or(is_below)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};
    use super::PointRange;
    use rust_decimal::Decimal;

    const SCALES: &str = "[[judge]]\nid = 'j'\ntitle = 'J'\n\
         [[scale]]\nid = 'p'\ntitle = '合計'\nof = ['program']\nkind = 'points'\nmax = 100\njudges = ['j']\n\
         [[scale]]\nid = 'g'\ntitle = 'G'\nof = ['program']\njudges = ['j']\n\
         marks = [{ mark = 'Ａ', meaning = '85点以上' }, { mark = 'Ｂ', meaning = '85点未満' }, { mark = 'Ｃ' }]";

    #[test]
    fn compares_points_with_the_range_of_the_mark() {
        let check = |mark: &str, expected: &[&str]| {
            let sheet = format!("[judgement]\np = {{ j = '40.0' }}\ng = {{ j = '{mark}' }}");
            let content = Fixture::new().append_to_strategy(SCALES).with(program("a", &sheet));
            content.assert_finds("points-mark", expected);
        };
        check("Ａ", &["programs/a/2023.md:4"]);
        check("Ｂ", &[]);
        check("Ｃ", &[]);
    }

    #[test]
    fn parses_ranges() {
        let contains = |text: &str, points: &str| {
            PointRange::parse(text).map(|range| range.contains(points.parse::<Decimal>().unwrap()))
        };
        assert_eq!(contains("７０点以上８５点未満", "70"), Some(true));
        assert_eq!(contains("70点以上85点未満", "85"), Some(false));
        assert_eq!(contains("70～84点", "84.5"), Some(true));
        assert_eq!(contains("55点以下", "56"), Some(false));
        assert_eq!(contains("優れている", "1"), None);
        assert_eq!(contains("100%以上", "1"), None);
    }
}
