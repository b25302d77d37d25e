//! The rule `missing-value`.

use super::walk::{Key, indicators};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Rule, Span, say};
use crate::model::{Figures, FiscalYear, Indicator, Node, Report, Series, Stage};

pub(super) const LINT: Lint = Lint {
    rule: Rule::MissingValue,
    title: Bilingual {
        ja: "いちばん新しい調書に、その年度の実績値がない",
        en: "the newest sheet lacks the value of its own year",
    },
    explanation: Bilingual {
        ja: "その年度の報告に、いちばん要る値です。まだ分からないのなら、\
             資料と同じように示してください（前の値を印刷どおりに `\"88.1 [H30]\"` と書くか、確認済みにします）。\
             調査が毎年でない指標（`interval`）では、次の調査の年度が来たときに指摘します。\
             年度途中の報告と計画は調べません。",
        en: "That value is what the report of the year is for. If it is not known yet, the content should say \
             so as the source does: with an older value carried forward as printed (`\"88.1 [H30]\"`), or with \
             an acknowledgement. Where the survey is not held every year (`interval`), the value is missed once \
             the next survey was due. Interim reports and plans are passed over.",
    },
    example: concat!("[indicator.tour]           # 2019.md (R1)\n", "actual.H30 = 7"),
    remedy: Bilingual { ja: "`actual.R1 = …` を書いてください。", en: "Write `actual.R1 = …`." },
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (strategy, node, id, indicator) in indicators(report) {
        // What a draft does not say yet is counted by `unwritten`.
        let Some(sheet) = node.sheets.last().filter(|sheet| sheet.unwritten.is_empty()) else { continue };
        let edition = strategy.editions.get(sheet.edition.0).filter(|edition| edition.stage == Stage::Final);
        let Some(year) = edition.and_then(|edition| edition.year) else { continue };
        let figures = sheet.figures.get(&(id.indicator as usize));
        let value = figures.and_then(|figures| figures.actual.get(&year));
        if value.is_some_and(|value| !value.is_missing()) {
            continue;
        }
        if is_between_surveys(node, id.indicator as usize, indicator, year) {
            continue;
        }
        let (name, short) = (&indicator.name, year.short());
        let message = say!(
            ja: "指標「{name}」の{short}の実績値がありません",
            en: "the indicator `{name}` has no value for {short}"
        );
        let help = say!(
            ja: "`actual.{short} = …` に実績値を書いてください。まだ分からないときは、その理由を `[[acknowledge]]` に書いてください",
            en: "write it as `actual.{short} = …`; if it is not known yet, acknowledge this with the reason"
        );
        let span = figures.and_then(|figures| nearest(figures, year)).unwrap_or(sheet.span);
        findings.add(span, Key::actual(&indicator.id, year), message, help);
    }
}

/// Whether the survey was held before `year`, and not so long ago that the next was due.
fn is_between_surveys(node: &Node, place: usize, indicator: &Indicator, year: FiscalYear) -> bool {
    let Some(interval) = indicator.interval else { return false };
    let series = Series::merged(node, place);
    let measured = series.actual.iter().filter(|cell| !cell.value.is_missing()).map(|cell| cell.measured());
    let last = measured.filter(|measured| *measured <= year).max();
    last.is_some_and(|last| i64::from(year.0) - i64::from(last.0) < i64::from(interval))
}

/// The printed cell of `year`, or the place behind which it would stand.
fn nearest(figures: &Figures, year: FiscalYear) -> Option<Span> {
    let before = figures.actual.range(..=year).next_back().map(|(_, value)| value.span);
    before.or_else(|| figures.target.values().next().map(|value| value.span))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Content, program};

    fn figures(figures: &str) -> Content {
        Content::new()
            .with(program("a", figures))
            .file("programs/a/program.md", "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\n+++\n")
    }

    #[test]
    fn the_value_of_the_year_of_the_edition() {
        figures("[indicator.x]\nactual.R4 = 1\nactual.R5 = 2").finds("missing-value", &[]);
        figures("[indicator.x]\nactual.R4 = 1\nactual.R5 = '-'").finds("missing-value", &["programs/a/2023.md:4"]);
        figures("[indicator.x]\nactual.R4 = 1").finds("missing-value", &["programs/a/2023.md:3"]);
        figures("[indicator.x]\ntarget.R5 = 1").finds("missing-value", &["programs/a/2023.md:3"]);
        figures("").finds("missing-value", &["programs/a/2023.md:1"]);
    }

    #[test]
    fn a_value_carried_forward_is_there() {
        figures("[indicator.x]\nactual.R5 = '2 (R4)'").finds("missing-value", &[]);
    }

    #[test]
    fn between_two_surveys_there_is_none() {
        let every = |interval: &str, sheet: &str| {
            let node = format!("+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\ninterval = {interval}\n+++\n");
            figures(sheet).file("programs/a/program.md", &node)
        };
        every("2", "[indicator.x]\nactual.R4 = 1").finds("missing-value", &[]);
        every("2", "[indicator.x]\nactual.R4 = 1\nactual.R5 = '-'").finds("missing-value", &[]);
        every("2", "[indicator.x]\nactual.R3 = 1").finds("missing-value", &["programs/a/2023.md:3"]);
        every("5", "[indicator.x]\nactual.R3 = 1").finds("missing-value", &[]);
        // A value carried forward is as old as its measurement.
        every("2", "[indicator.x]\nactual.R4 = '1 (R3)'").finds("missing-value", &["programs/a/2023.md:3"]);
        // The survey may stand in an earlier sheet; one of a year still to come proves nothing.
        every("2", "[indicator.x]\nactual.R3 = 1")
            .edition("2024", "R6")
            .file("programs/a/2024.md", "+++\n[indicator.x]\nactual.R7 = 5\n+++\n")
            .finds("missing-value", &["programs/a/2024.md:1"]);
        every("2", "[indicator.x]\nactual.R5 = 1")
            .edition("2024", "R6")
            .file("programs/a/2024.md", "+++\n[indicator.x]\ntarget.R6 = 5\n+++\n")
            .finds("missing-value", &[]);
        every("2", "[indicator.x]\ntarget.R5 = 1").finds("missing-value", &["programs/a/2023.md:3"]);
    }

    #[test]
    fn an_interim_report_need_not_know_it() {
        let strategy =
            "title = 'S'\npublisher = 'C'\n[[edition]]\nid = '2023'\nlabel = 'E'\nyear = 'R5'\nstage = 'interim'\n";
        figures("[indicator.x]\ntarget.R5 = 2").file("strategy.toml", strategy).finds("missing-value", &[]);
    }

    #[test]
    fn only_the_newest_sheet_is_asked() {
        figures("[indicator.x]\nactual.R5 = '-'")
            .edition("2024", "R6")
            .file("programs/a/2024.md", "+++\n[indicator.x]\nactual.R6 = 3\n+++\n")
            .finds("missing-value", &[]);
    }
}
