//! The rule `carry-over`.

use super::visit::{AmountPath, Key};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{AmountKey, AmountTable, FiscalYear, Node, Phase, Report, Strategy, Value, merged_amounts};

pub(super) const LINT: Lint = Lint {
    rule: Rule::CarryOver,
    title: Bilingual {
        ja: "前年度からの繰越しが、前年度の「翌年度への繰越し」と合わない",
        en: "carry-over from the previous year that was not carried over there",
    },
    explanation: Bilingual {
        ja: "名称に「繰越」のある予算の欄（`[[phase]]`）が二つあり、計画の値の4分の3以上（3組以上）で、一方の額がもう一方の\
             前年度の額と同じなら、前年度からの繰越しと翌年度への繰越しとみて、合わない年度を指摘します。",
        en: "If two phases of the budget (`[[phase]]`) are titled 繰越, and at least three, and three quarters, of the amounts \
             in one of them equal those of the other in the previous year, years that differ are reported.",
    },
    example: concat!(
        "carried-out.R5 = \"▲350\"    # 翌年度への繰越し\n",
        "carried-in.R6 = 480        # 前年度からの繰越し"
    ),
    remedy: Bilingual {
        ja: "どちらかの年度の繰越しを、資料のとおりに直してください。",
        en: "Write the carry-over of the source in one of the two years.",
    },
    confidence: Confidence::Likely,
    run,
};

/// Number of equal pairs from which a relation of two phases is inferred.
const MIN_PAIRS: usize = 3;

fn run(report: &Report, findings: &mut Findings) {
    for (ix, strategy) in report.strategies() {
        let is_carry_over =
            |title: Option<&str>| title.is_some_and(|title| title.contains("繰越") || title.contains("繰り越"));
        let declared = strategy.amounts.phases.iter().filter(|declared| is_carry_over(declared.title.as_deref()));
        let phases: Vec<Phase> = declared.map(|declared| declared.phase).collect();
        for brought in &phases {
            for carried in phases.iter().filter(|carried| *carried != brought) {
                let nodes = report.nodes(ix).map(|(_, node)| node);
                let pairs: Vec<Pair<'_>> = nodes.flat_map(|node| pairs(node, *brought, *carried)).collect();
                let equal = pairs.iter().filter(|pair| pair.is_equal()).count();
                if equal >= MIN_PAIRS && equal.saturating_mul(4) >= pairs.len().saturating_mul(3) {
                    let different = pairs.iter().filter(|pair| !pair.is_equal());
                    different.for_each(|pair| pair.report(strategy, (equal, pairs.len()), findings));
                }
            }
        }
    }
}

/// Carry-over into a year, and out of the previous one.
struct Pair<'r> {
    key: AmountKey,
    year: FiscalYear,
    brought: &'r Value,
    carried: &'r Value,
}

fn pairs(node: &Node, brought: Phase, carried: Phase) -> Vec<Pair<'_>> {
    let merged = merged_amounts(&node.sheets, |sheet| &sheet.money);
    let of_phase = merged.iter().filter(|(key, _)| key.phase == brought);
    let cells = of_phase.flat_map(|(key, years)| years.values().map(move |cell| (*key, cell)));
    let pairs = cells.filter_map(|(key, cell)| {
        let before = merged.get(&AmountKey { phase: carried, ..key })?.get(&FiscalYear(cell.column.0 - 1))?;
        let has_numbers = cell.value.decimal().is_some() && before.value.decimal().is_some();
        has_numbers.then_some(Pair { key, year: cell.column, brought: cell.value, carried: before.value })
    });
    pairs.collect()
}

impl Pair<'_> {
    fn is_equal(&self) -> bool {
        self.brought.decimal().map(|number| number.abs()) == self.carried.decimal().map(|number| number.abs())
    }

    fn report(&self, strategy: &Strategy, (equal, all): (usize, usize), findings: &mut Findings) {
        let (brought, carried) = (&self.brought.printed, &self.carried.printed);
        let (year, before) = (self.year.short(), FiscalYear(self.year.0 - 1).short());
        let message = say!(
            ja: "{year}への繰越し「{brought}」が、{before}からの繰越し「{carried}」と合いません（{all}組のうち{equal}組は同じ額です）",
            en: "the carry-over into {year}, `{brought}`, differs from that out of {before}, `{carried}` ({equal} of {all} pairs are equal)"
        );
        let help = say!(
            ja: "二つの年度の繰越しを資料と見比べてください",
            en: "compare the carry-over of both years with the source"
        );
        let path = AmountPath { strategy, item: None, table: AmountTable::Money, key: self.key, year: Some(self.year) };
        findings.add(self.brought.span, Key::Amount(path), message, help);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    const PHASES: &str = "[[phase]]\nid = 'in'\ntitle = '前年度からの繰越し'\nlike = 'budget'\n\
        [[phase]]\nid = 'out'\ntitle = '翌年度への繰越し'\nlike = 'budget'";

    fn check(last: u32, expected: &[&str]) {
        let sheet = format!(
            "[money]\nout.R1 = '▲10'\nout.R2 = '▲20'\nout.R3 = '▲30'\nout.R4 = '▲40'\n\
             in.R2 = 10\nin.R3 = 20\nin.R4 = 30\nin.R5 = {last}"
        );
        Fixture::new().append_to_strategy(PHASES).with(program("a", &sheet)).assert_finds("carry-over", expected);
    }

    #[test]
    fn reports_the_year_that_differs() {
        check(40, &[]);
        check(30, &["programs/a/2023.md:10"]);
    }

    #[test]
    fn infers_nothing_from_few_years() {
        Fixture::new()
            .append_to_strategy(PHASES)
            .with(program("a", "[money]\nout.R3 = 10\nout.R4 = 40\nin.R4 = 10\nin.R5 = 30"))
            .assert_finds("carry-over", &[]);
    }
}
