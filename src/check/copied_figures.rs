//! The rule `copied-figures`.

use super::visit::{AmountPath, Key};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{
    AmountKey, AmountTable, Cell, Column, Decimal, FiscalYear, Indicator, Kind, Node, Report, Series, SeriesKind,
    Strategy, StrategyIx, Value, merged_amounts,
};
use std::collections::BTreeMap;

pub(super) const LINT: Lint = Lint {
    rule: Rule::CopiedFigures,
    title: Bilingual {
        ja: "別の指標や事業と同じ値が並んでいる",
        en: "figures equal to those of another indicator or program",
    },
    explanation: Bilingual {
        ja: "ほかの欄を複写して直し忘れた値です。一つの計画の中で、最新の実績値から3年度以上の値が一致する二つの指標（\
             異なる値が二つ以上。同じ資料の中の指標では、目標値も同じなら1年度以上）と、金額のすべて（2欄以上、異なる3桁以上の額）が一致する\
             二つの事業を指摘します。名称の同じ指標や、一方の名称がもう一方を含む指標は、別の欄に再び載せることがあるため、\
             同じ目標・施策・事業の中でだけ比べます。",
        en: "Such figures were copied and not edited. Within a strategy, two indicators are reported whose newest actual values are equal \
             in three or more years, with at least two different values (within one node, one year is enough if the targets \
             are equal too), and two programs all of whose amounts are equal (two or more, different, of three digits or more). \
             Indicators of the same name, or whose name contains that of the other, can be printed in several places, and are \
             compared only within one node.",
    },
    example: concat!(
        "[indicator.bukken]\n",
        "target.H29 = 30\n",
        "actual.H29 = 32\n",
        "[indicator.riyosha]\n",
        "target.H29 = 30\n",
        "actual.H29 = 32"
    ),
    remedy: Bilingual {
        ja: "どちらかの値を、資料のとおりに直してください。資料でも同じであれば、理由を書いて確認済みにしてください。",
        en: "Write the figures of the source. If they are equal there, acknowledge the finding with the reason.",
    },
    confidence: Confidence::Possible,
    run,
};

/// Number of equal actual values of indicators in different nodes.
const YEARS: usize = 3;
/// Number of equal amounts of two programs.
const AMOUNTS: usize = 2;

fn run(report: &Report, findings: &mut Findings) {
    for (ix, strategy) in report.strategies() {
        check_indicators(report, ix, findings);
        check_amounts(report, ix, strategy, findings);
    }
}

/// An indicator with its numbers.
struct Candidate<'r> {
    node: &'r Node,
    indicator: &'r Indicator,
    actual: Vec<(FiscalYear, Decimal)>,
    target: Vec<(Column, Decimal)>,
    /// Last actual value, at which it is reported.
    last: Cell<'r, FiscalYear>,
}

/// Compares all indicators whose last actual values are equal.
fn check_indicators(report: &Report, ix: StrategyIx, findings: &mut Findings) {
    let mut by_last: BTreeMap<(FiscalYear, Decimal), Vec<Candidate<'_>>> = BTreeMap::new();
    for (_, node) in report.nodes(ix) {
        for (index, indicator) in node.indicators.iter().enumerate() {
            let series = Series::merged(node, index);
            // A value carried forward is not another year's.
            let measured = series.actual.iter().filter(|cell| !cell.carried_forward());
            let numbers = measured.filter_map(|cell| Some((*cell, cell.value.decimal()?)));
            let numbers: Vec<(Cell<'_, FiscalYear>, Decimal)> = numbers.collect();
            let Some((last, number)) = numbers.last().copied() else { continue };
            let target = series.target.iter().filter_map(|cell| Some((cell.column, cell.value.decimal()?)));
            let candidate = Candidate {
                node,
                indicator,
                actual: numbers.iter().map(|(cell, number)| (cell.column, *number)).collect(),
                target: target.collect(),
                last,
            };
            by_last.entry((last.column, number)).or_default().push(candidate);
        }
    }
    for candidates in by_last.values() {
        for (at, candidate) in candidates.iter().enumerate() {
            let earlier = candidates.get(..at).unwrap_or_default();
            if let Some((original, confidence)) =
                earlier.iter().find_map(|other| Some((other, candidate.copies(other)?)))
            {
                candidate.report(original, confidence, findings);
            }
        }
    }
}

impl Candidate<'_> {
    /// Confidence that the figures are copies of those of `other`; `None` if they are not.
    fn copies(&self, other: &Self) -> Option<Confidence> {
        let is_same_node = std::ptr::eq(self.node, other.node);
        let (one, another) = (self.indicator.name.trim(), other.indicator.name.trim());
        let has_same_name = one.contains(another) || another.contains(one);
        let pairs = self.actual.iter().rev().zip(other.actual.iter().rev());
        let equal = pairs.take_while(|(one, another)| one == another).count();
        if equal == 0 || has_same_name && !is_same_node {
            return None;
        }
        let mut different: Vec<Decimal> = self.actual.iter().rev().take(equal).map(|(_, number)| *number).collect();
        different.sort_unstable();
        different.dedup();
        let has_digits = different.iter().any(|number| number.abs() >= Decimal::TEN);
        let several_years = equal >= YEARS && different.len() > 1;
        // A single year is evidence only if the target, which differs from the actual value, is equal too.
        let with_target = is_same_node
            && self.actual == other.actual
            && !self.target.is_empty()
            && self.target == other.target
            && self.target.iter().any(|(_, target)| !different.contains(target));
        match (several_years && has_digits, with_target && has_digits) {
            (true, _) => Some(Confidence::Likely),
            (false, true) => Some(Confidence::Possible),
            (false, false) => None,
        }
    }

    fn report(&self, original: &Self, confidence: Confidence, findings: &mut Findings) {
        let (name, other) = (&self.indicator.name, &original.indicator.name);
        let numbers =
            self.actual.iter().rev().zip(original.actual.iter().rev()).take_while(|(one, other)| one == other);
        let numbers =
            numbers.map(|((year, number), _)| format!("{} {number}", year.short())).collect::<Vec<_>>().join(", ");
        let place = original.node.number.as_deref().unwrap_or(&original.node.id);
        let message = say!(
            ja: "指標「{name}」の実績値（{numbers}）が、新しい年度から順に、指標「{other}」（{place}）と同じです",
            en: "the newest actual values of the indicator `{name}` ({numbers}) equal those of `{other}` ({place})"
        );
        let key = Key::Series(self.indicator, SeriesKind::Actual, Column::Year(self.last.column));
        findings.add_as(confidence, self.last.value.span, key, message, help());
    }
}

type Numbers = Vec<(AmountKey, FiscalYear, Decimal)>;

/// Compares the amounts of all programs.
fn check_amounts<'r>(report: &'r Report, ix: StrategyIx, strategy: &'r Strategy, findings: &mut Findings) {
    let mut known: BTreeMap<Numbers, &'r Node> = BTreeMap::new();
    for (_, node) in report.nodes(ix).filter(|(_, node)| node.kind == Kind::Program) {
        let merged = merged_amounts(&node.sheets, |sheet| &sheet.money);
        let cells = merged.iter().flat_map(|(key, years)| years.values().map(move |cell| (*key, *cell)));
        let number =
            |value: &Value| value.decimal().filter(|number| number.abs() >= Decimal::ONE_HUNDRED && !is_round(*number));
        let cells: Vec<_> = cells
            .filter_map(|(key, cell)| Some((key, cell, number(cell.value)?)))
            .filter(|(key, ..)| key.is_base())
            .collect();
        let numbers: Numbers = cells.iter().map(|(key, cell, number)| (*key, cell.column, *number)).collect();
        let mut different: Vec<Decimal> = numbers.iter().map(|(.., number)| *number).collect();
        different.sort_unstable();
        different.dedup();
        let Some((key, cell, _)) = cells.first().filter(|_| different.len() >= AMOUNTS) else { continue };
        let Some(original) = known.get(&numbers) else {
            known.insert(numbers, node);
            continue;
        };
        let (name, count) = (&original.name, cells.len());
        let amounts = cells.iter().map(|(_, cell, _)| cell.value.printed.as_str()).collect::<Vec<_>>().join(", ");
        let message = say!(
            ja: "金額（{amounts}）が、事業「{name}」の{count}欄とすべて同じです",
            en: "the amounts ({amounts}) all equal those of the program `{name}` ({count} cells)"
        );
        let path = AmountPath { strategy, item: None, table: AmountTable::Money, key: *key, year: Some(cell.column) };
        findings.add(cell.value.span, Key::Amount(path), message, help());
    }
}

/// Returns true for a multiple of 100, which many programs can have.
fn is_round(number: Decimal) -> bool {
    number.checked_rem(Decimal::ONE_HUNDRED).is_some_and(|rest| rest.is_zero())
}

fn help() -> Bilingual {
    say!(
        ja: "両方の値を資料と見比べてください",
        en: "compare both with the source"
    )
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn nodes(names: [&str; 2], figures: [&str; 2]) -> Fixture {
        let ids = ["a", "b"];
        let all = ids.iter().zip(names).zip(figures);
        all.fold(Fixture::new(), |content, ((id, name), figures)| {
            let node = format!("+++\nname = '{id}'\n[[indicator]]\nid = 'x'\nname = '{name}'\n+++\n");
            content
                .with(program(id, &format!("[indicator.x]\n{figures}")))
                .file(&format!("programs/{id}/program.md"), &node)
        })
    }

    #[test]
    fn reports_a_series_copied_from_another_indicator() {
        let figures = "actual.R3 = 97\nactual.R4 = 112\nactual.R5 = 118";
        nodes(["回数", "人数"], [figures; 2]).assert_finds("copied-figures", &["programs/b/2023.md:5"]);
        nodes(["回数", "回数"], [figures; 2]).assert_finds("copied-figures", &[]);
        nodes(["回数", "人数"], [figures, "actual.R3 = 97\nactual.R4 = 113\nactual.R5 = 118"])
            .assert_finds("copied-figures", &[]);
        nodes(["回数", "人数"], ["actual.R3 = 9\nactual.R4 = 9\nactual.R5 = 9"; 2]).assert_finds("copied-figures", &[]);
    }

    #[test]
    fn reports_target_and_value_copied_within_a_node() {
        let check = |other: &str, expected: &[&str]| {
            let node =
                "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\n[[indicator]]\nid = 'y'\nname = 'Y'\n+++\n";
            let sheet = format!("[indicator.x]\ntarget.R5 = 30\nactual.R5 = 32\n[indicator.y]\n{other}");
            let content = Fixture::new().with(program("a", &sheet)).file("programs/a/program.md", node);
            content.assert_finds("copied-figures", expected);
        };
        check("target.R5 = 30\nactual.R5 = 32", &["programs/a/2023.md:7"]);
        check("target.R5 = 60\nactual.R5 = 32", &[]);
    }

    #[test]
    fn reports_amounts_copied_from_another_program() {
        let check = |amounts: &str, expected: &[&str]| {
            let content = Fixture::new()
                .with(program("a", "[money]\nsettlement.R5 = 575\nbudget.R6 = 1042"))
                .with(program("b", &format!("[money]\n{amounts}")));
            content.assert_finds("copied-figures", expected);
        };
        check("settlement.R5 = 575\nbudget.R6 = 1042", &["programs/b/2023.md:4"]);
        check("settlement.R5 = 575\nbudget.R6 = 1043", &[]);
    }
}
