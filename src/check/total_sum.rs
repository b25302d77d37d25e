//! The rule `total-sum`.

use super::visit::{AmountPath, Key, SheetRef, rows_below, sheets};
use super::words::is_slip;
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{AmountKey, AmountTable, Decimal, EditionIx, FiscalYear, NodeId, Report, Value, grouped};
use crate::totals;

pub(super) const LINT: Lint = Lint {
    rule: Rule::TotalSum,
    title: Bilingual {
        ja: "計が、行の金額の合計と合わない", en: "a total that is not the sum of its rows"
    },
    explanation: Bilingual {
        ja: "計も、ほかの数字と同じように手で入力されます。行の合計と違うときは、計、行、再掲のどれかが、\
             原稿か資料で間違っています。再掲は、印刷された計と同じように数えます（下に施策がある目標では、\
             事業を一度ずつ数えた合計でも構いません）。足すのは同じ版に印刷された数字だけで、\
             行の調書がそろっていない計は調べません。一つの行だけが0や最後の数字の過不足で計に合うときは、その行を指摘します。",
        en: "Totals are typed like all other figures. If one differs from the sum of its rows, the total, a row \
             or a repeat is wrong, here or in the source. Repeats (再掲) are included, as in printed totals; for a \
             goal with policies, the sum that counts each program once is accepted too. Only figures of the same \
             edition are added up, and only if all rows have sheets. If one row would fit with a zero or last digit more or less, that row is reported.",
    },
    example: concat!("# policies/1/2024.md\n", "[total]\n", "settlement.R5 = 300        # 100 + 201"),
    remedy: Bilingual {
        ja: "計か行を、資料のとおりの数字に直してください。",
        en: "Write the figure of the source in the total or in the row.",
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for item in sheets(report).filter(|item| !item.sheet.total.is_empty()) {
        let sums = totals::sum_node_in_edition(report, item.id, item.sheet.edition);
        let has_policies = !report.relations(item.id).children.is_empty();
        let declared = &item.strategy.amounts;
        for (key, year, value) in item.sheet.total.of_years() {
            let Some(printed) = value.decimal() else { continue };
            let Some(sum) = sums.get(&key).and_then(|years| years.get(&year)) else { continue };
            let fits = |sum| declared.is_sum(AmountTable::Total, key.kind, printed, sum);
            if fits(sum.gross)
                || (has_policies && sum.net_if_counted().is_some_and(fits))
                || !all_rows_have_sheets(report, item.id, item.sheet.edition, year)
            {
                continue;
            }
            let message = say!(
                ja: "計「{printed}」が、{rows}行の合計 {sum} と合いません（差 {difference}）",
                en: "the total `{printed}` differs from {sum}, the sum of its rows ({rows}), by {difference}",
                printed = &value.printed,
                rows = sum.rows,
                sum = grouped(sum.gross),
                difference = grouped((printed.saturating_sub(sum.gross)).abs())
            );
            let help = say!(
                ja: "計と、各行の金額を資料と見比べてください。再掲の行も計に含めます",
                en: "compare the total and the rows with the source; a total includes the rows that are repeats"
            );
            let path = item.amount_path(AmountTable::Total, key, Some(year));
            // A slip in the amount of a row is reported there.
            if let Some((row, right)) = wrong_row(report, item, (key, year), printed, sum.gross) {
                let (written, total) = (&row.printed, &value.printed);
                let message = say!(
                    ja: "「{written}」は、{right} なら「{name}」の計「{total}」に合います",
                    en: "`{written}` would fit the total `{total}` of `{name}` if it was {right}",
                    right = grouped(right),
                    name = &item.node.name
                );
                let path = AmountPath { table: AmountTable::Money, ..path };
                findings.add(row.span, Key::Amount(path), message, help);
                continue;
            }
            findings.add(value.span, Key::Amount(path), message, help);
        }
    }
}

/// The only amount of a row that has a slip if the total is right: a zero or its last digit is added or lost.
fn wrong_row<'r>(
    report: &'r Report,
    item: SheetRef<'_>,
    (key, year): (AmountKey, FiscalYear),
    printed: Decimal,
    sum: Decimal,
) -> Option<(&'r Value, Decimal)> {
    let plain = |number: Decimal| number.normalize().to_string();
    if is_slip(&plain(printed), &plain(sum)) {
        return None;
    }
    let amounts = rows_below(report, item.id).into_iter().filter(|(row, _)| row.applies_in(year));
    let amounts = amounts.filter_map(|(_, id)| report.node(id).sheet(item.sheet.edition)?.money.get(key, Some(year)));
    let mut wrong = amounts.filter_map(|value| {
        let written = value.exact()?;
        let right = written.checked_add(printed)?.checked_sub(sum)?;
        (right > Decimal::ZERO && is_displaced(&plain(written), &plain(right))).then_some((value, right))
    });
    wrong.next().filter(|_| wrong.next().is_none())
}

/// Returns true if two numbers of three or more digits differ by a zero or a last digit. Digits in another order are as
/// likely those of the total.
fn is_displaced(written: &str, right: &str) -> bool {
    let (longer, shorter) = if written.len() < right.len() { (right, written) } else { (written, right) };
    longer.len() > 2 && longer.len() == shorter.len() + 1 && longer.starts_with(shorter)
}

/// Returns true if a row of the node or of its descendants cannot be read from the report.
fn has_lost_rows(report: &Report, node: NodeId) -> bool {
    let mut pending = vec![node];
    while let Some(id) = pending.pop() {
        if !report.node(id).lost_rows.is_empty() {
            return true;
        }
        pending.extend(&report.relations(id).children);
    }
    false
}

fn all_rows_have_sheets(report: &Report, node: NodeId, edition: EditionIx, year: FiscalYear) -> bool {
    if has_lost_rows(report, node) {
        return false;
    }
    let mut rows = rows_below(report, node).into_iter().filter(|(row, _)| row.applies_in(year));
    rows.all(|(_, program)| report.node(program).sheet(edition).is_some())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn rows(total: &str) -> Fixture {
        Fixture::new()
            .file("policies/1/policy.md", "+++\nname = 'P'\n[[program]]\nid = 'a'\n[[program]]\nid = 'b'\n+++\n")
            .file("policies/1/2023.md", &format!("+++\n[total]\nsettlement.R5 = {total}\n+++\n"))
            .with(program("a", "[money]\nsettlement.R5 = 100"))
            .with(program("b", "[money]\nsettlement.R5 = \"1,000\""))
    }

    #[test]
    fn reports_totals_that_differ_from_the_sum() {
        rows("\"1,100\"").assert_finds("total-sum", &[]);
        rows("1101").assert_finds("total-sum", &["policies/1/2023.md:3"]);
    }

    #[test]
    fn reports_the_row_with_a_slip() {
        let content = |amount: u32| rows("1350").with(program("b", &format!("[money]\nsettlement.R5 = {amount}")));
        content(1250).assert_finds("total-sum", &[]);
        content(12500).assert_finds("total-sum", &["programs/b/2023.md:3"]);
        content(125).assert_finds("total-sum", &["programs/b/2023.md:3"]);
        content(980).assert_finds("total-sum", &["policies/1/2023.md:3"]);
    }

    #[test]
    fn skips_totals_printed_as_missing() {
        rows("'-'").assert_finds("total-sum", &[]);
    }

    #[test]
    fn rows_without_an_amount_count_as_zero() {
        rows("100")
            .file("programs/b/2023.md", "+++\n[money]\nsettlement.R5 = '-'\n+++\n")
            .assert_finds("total-sum", &[]);
    }

    #[test]
    fn skips_totals_while_a_sheet_is_outstanding() {
        rows("1101").without("programs/b/2023.md").assert_finds("total-sum", &[]);
    }

    #[test]
    fn skips_totals_of_rows_that_are_lost() {
        let lost = "+++\nname = 'P'\n[[program]]\nid = 'a'\n[[program]]\nid = 'b'\n[[program]]\nlost = 'x'\n+++\n";
        rows("1101").file("policies/1/policy.md", lost).assert_finds("total-sum", &[]);
    }

    #[test]
    fn excludes_rows_of_other_years() {
        let only_r6 = "+++\nname = 'P'\n[[program]]\nid = 'a'\n[[program]]\nid = 'b'\nyears = ['R6']\n+++\n";
        rows("100").file("policies/1/policy.md", only_r6).assert_finds("total-sum", &[]);
    }

    #[test]
    fn compares_figures_of_the_same_edition() {
        rows("1100")
            .edition("2024", "R6")
            .file("programs/a/2024.md", "+++\n[money]\nsettlement.R5 = 999\n+++\n")
            .assert_finds("total-sum", &[]);
    }

    #[test]
    fn accepts_goal_totals_with_or_without_repeats() {
        let goal = |total: u32| {
            rows("1100")
                .file("goals/g/goal.md", "+++\nname = 'G'\n+++\n")
                .file("goals/g/2023.md", &format!("+++\n[total]\nsettlement.R5 = {total}\n+++\n"))
                .file(
                    "policies/1/policy.md",
                    "+++\nname = 'P'\ngoal = 'g'\n[[program]]\nid = 'a'\n[[program]]\nid = 'b'\n+++\n",
                )
                .file(
                    "policies/2/policy.md",
                    "+++\nname = 'Q'\ngoal = 'g'\n[[program]]\nid = 'a'\nrepeat = true\n+++\n",
                )
        };
        goal(1200).assert_finds("total-sum", &[]);
        goal(1100).assert_finds("total-sum", &[]);
        goal(1150).assert_finds("total-sum", &["goals/g/2023.md:3"]);
    }
}
