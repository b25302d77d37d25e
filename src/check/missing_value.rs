//! The rule `missing-value`.

use super::visit::{Key, indicators};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, Span, say};
use crate::model::{Figures, FiscalYear, Indicator, Node, Report, Series, Stage, Step};

pub(super) const LINT: Lint = Lint {
    rule: Rule::MissingValue,
    title: Bilingual {
        ja: "最新の調書に、その年度の実績値がない",
        en: "the newest sheet has no actual value for its own year",
    },
    explanation: Bilingual {
        ja: "その年度の報告に欠かせない値です。まだ分からないときは、\
             資料と同じように示してください（前の値を印刷どおりに `\"88.1 [H30]\"` と書くか、確認済みにします）。\
             調査が毎年でない指標（`interval`）では、次の調査の年度が来たときに指摘します。\
             値のない活動（`step = \"activity\"`）、値が男女別などの内訳だけの指標、年度途中の報告と計画は調べません。",
        en: "This value is the main purpose of the report of a year. If it is not known yet, the content should \
             show this as the source does: with an older value carried forward as printed (`\"88.1 [H30]\"`), or \
             with an acknowledgement. If the survey is not annual (`interval`), the value is expected once the \
             next survey is due. Activities (`step = \"activity\"`) without any value, indicators with values by group \
             only, interim reports and plans are not checked.",
    },
    example: concat!("[indicator.tour]           # 2019.md (R1)\n", "actual.H30 = 7"),
    remedy: Bilingual { ja: "`actual.R1 = …` を書いてください。", en: "Write `actual.R1 = …`." },
    confidence: Confidence::Likely,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (strategy, node, id, indicator) in indicators(report) {
        // Empty values of a draft are reported by `unwritten`.
        let Some(sheet) = node.sheets.last().filter(|sheet| sheet.unwritten.is_empty()) else { continue };
        let edition = strategy.editions.get(sheet.edition.0).filter(|edition| edition.stage == Stage::Final);
        let Some(year) = edition.and_then(|edition| edition.year) else { continue };
        let figures = sheet.figures.get(&(id.indicator as usize));
        let value = figures.and_then(|figures| figures.actual.get(&year));
        if value.is_some_and(|value| !value.is_missing()) {
            continue;
        }
        if is_described_in_words(node, id.indicator as usize, indicator) || has_groups(figures, year) {
            continue;
        }
        if is_between_surveys(node, id.indicator as usize, indicator, year) {
            continue;
        }
        let (name, short) = (&indicator.name, year.short());
        let message = say!(
            ja: "指標「{name}」の{short}の実績値がありません",
            en: "the indicator `{name}` has no actual value for {short}"
        );
        let help = say!(
            ja: "`actual.{short} = …` に実績値を書いてください。まだ分からないときは、その理由を `[[acknowledge]]` に書いてください",
            en: "write it as `actual.{short} = …`; if it is not known yet, acknowledge the finding with the reason"
        );
        let span = figures.and_then(|figures| nearest(figures, year)).unwrap_or(sheet.span);
        findings.add(span, Key::actual(indicator, year), message, help);
    }
}

/// Returns true if the indicator is a step of a chain that reports print without values: an activity, or what it needs.
fn is_described_in_words(node: &Node, indicator_index: usize, indicator: &Indicator) -> bool {
    matches!(indicator.step, Some(Step::Input | Step::Activity))
        && Series::merged(node, indicator_index).cells().next().is_none()
}

/// Returns true if the sheet prints the value of the year by group only, such as by sex.
fn has_groups(figures: Option<&Figures>, year: FiscalYear) -> bool {
    figures.is_some_and(|figures| {
        !figures.actual.contains_key(&year) && figures.breakdowns.values().any(|years| years.contains_key(&year))
    })
}

/// Returns true if the last survey before or in `year` is recent enough that the next one is not due yet.
fn is_between_surveys(node: &Node, indicator_index: usize, indicator: &Indicator, year: FiscalYear) -> bool {
    let Some(interval) = indicator.interval else { return false };
    let series = Series::merged(node, indicator_index);
    let measured = series.actual.iter().filter(|cell| !cell.value.is_missing()).map(|cell| cell.measured());
    let last = measured.filter(|measured| *measured <= year).max();
    last.is_some_and(|last| i64::from(year.0) - i64::from(last.0) < i64::from(interval))
}

/// Span of the cell of `year`, or of the cell after which it belongs.
fn nearest(figures: &Figures, year: FiscalYear) -> Option<Span> {
    let before = figures.actual.range(..=year).next_back().map(|(_, value)| value.span);
    before.or_else(|| figures.target.values().next().map(|value| value.span))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn figures(figures: &str) -> Fixture {
        Fixture::new()
            .with(program("a", figures))
            .file("programs/a/program.md", "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\n+++\n")
    }

    #[test]
    fn expects_the_value_of_the_edition_year() {
        figures("[indicator.x]\nactual.R4 = 1\nactual.R5 = 2").assert_finds("missing-value", &[]);
        figures("[indicator.x]\nactual.R4 = 1\nactual.R5 = '-'")
            .assert_finds("missing-value", &["programs/a/2023.md:4"]);
        figures("[indicator.x]\nactual.R4 = 1").assert_finds("missing-value", &["programs/a/2023.md:3"]);
        figures("[indicator.x]\ntarget.R5 = 1").assert_finds("missing-value", &["programs/a/2023.md:3"]);
        figures("").assert_finds("missing-value", &["programs/a/2023.md:1"]);
    }

    #[test]
    fn accepts_values_carried_forward() {
        figures("[indicator.x]\nactual.R5 = '2 (R4)'").assert_finds("missing-value", &[]);
    }

    #[test]
    fn expects_no_value_of_an_activity_without_values() {
        let step = |step: &str, sheet: &str| {
            let node = format!("+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\nstep = '{step}'\n+++\n");
            figures(sheet).file("programs/a/program.md", &node)
        };
        step("activity", "").assert_finds("missing-value", &[]);
        step("output", "").assert_finds("missing-value", &["programs/a/2023.md:1"]);
        step("activity", "[indicator.x]\nactual.R4 = 1").assert_finds("missing-value", &["programs/a/2023.md:3"]);
    }

    #[test]
    fn accepts_values_by_group() {
        let groups = "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\n\
            [[indicator.breakdown]]\nid = 'men'\nname = '男性'\n+++\n";
        let check = |sheet: &str, expected: &[&str]| {
            figures(sheet).file("programs/a/program.md", groups).assert_finds("missing-value", expected);
        };
        check("[indicator.x]\nbreakdown.men.R5 = 1", &[]);
        check("[indicator.x]\nbreakdown.men.R4 = 1", &["programs/a/2023.md:1"]);
    }

    #[test]
    fn expects_no_value_between_surveys() {
        let every = |interval: &str, sheet: &str| {
            let node = format!("+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\ninterval = {interval}\n+++\n");
            figures(sheet).file("programs/a/program.md", &node)
        };
        every("2", "[indicator.x]\nactual.R4 = 1").assert_finds("missing-value", &[]);
        every("2", "[indicator.x]\nactual.R4 = 1\nactual.R5 = '-'").assert_finds("missing-value", &[]);
        every("2", "[indicator.x]\nactual.R3 = 1").assert_finds("missing-value", &["programs/a/2023.md:3"]);
        every("5", "[indicator.x]\nactual.R3 = 1").assert_finds("missing-value", &[]);
        // The age of a value carried forward is that of its measurement.
        every("2", "[indicator.x]\nactual.R4 = '1 (R3)'").assert_finds("missing-value", &["programs/a/2023.md:3"]);
        // The survey can be in an earlier sheet; values of future years do not count.
        every("2", "[indicator.x]\nactual.R3 = 1")
            .edition("2024", "R6")
            .file("programs/a/2024.md", "+++\n[indicator.x]\nactual.R7 = 5\n+++\n")
            .assert_finds("missing-value", &["programs/a/2024.md:1"]);
        every("2", "[indicator.x]\nactual.R5 = 1")
            .edition("2024", "R6")
            .file("programs/a/2024.md", "+++\n[indicator.x]\ntarget.R6 = 5\n+++\n")
            .assert_finds("missing-value", &[]);
        every("2", "[indicator.x]\ntarget.R5 = 1").assert_finds("missing-value", &["programs/a/2023.md:3"]);
    }

    #[test]
    fn skips_interim_reports() {
        let strategy =
            "title = 'S'\npublisher = 'C'\n[[edition]]\nid = '2023'\nlabel = 'E'\nyear = 'R5'\nstage = 'interim'\n";
        figures("[indicator.x]\ntarget.R5 = 2").file("strategy.toml", strategy).assert_finds("missing-value", &[]);
    }

    #[test]
    fn checks_only_the_newest_sheet() {
        figures("[indicator.x]\nactual.R5 = '-'")
            .edition("2024", "R6")
            .file("programs/a/2024.md", "+++\n[indicator.x]\nactual.R6 = 3\n+++\n")
            .assert_finds("missing-value", &[]);
    }
}
