//! Expected findings of `shirube check` on printed sums, and on required headings: §4 of `docs/statements.md`.

use super::amount::{self, Amounts, Money};
use super::figures::published_editions;
use super::model::*;
use super::sheet::printed_fields;
use super::write;
use crate::support::content::load;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use shirube::internals::Drafts;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Number of findings by file and rule.
type Findings = BTreeMap<(String, &'static str), usize>;

/// The rules whose findings are compared.
const RULES: [&str; 4] = ["money-sum", "total-sum", "points-sum", "missing-section"];

/// Compares the findings on a strategy with the expected ones.
pub(crate) fn disagreements(strategy: &Strategy) -> Vec<String> {
    let loaded = load(write::files(strategy), Drafts::Hidden);
    let mut found = Findings::new();
    for diagnostic in &loaded.diagnostics {
        let rule = diagnostic.rule.to_string();
        let Some(rule) = RULES.iter().find(|known| **known == rule) else { continue };
        let location = loaded.sources.format_location(&diagnostic.location);
        let file = location.split(':').next().unwrap_or_default().to_owned();
        *found.entry((file, *rule)).or_default() += 1;
    }
    let expected = expected(strategy);
    let mut text = String::new();
    for key in found.keys().chain(expected.keys()).collect::<std::collections::BTreeSet<_>>() {
        let count = |findings: &Findings| findings.get(key).copied().unwrap_or_default();
        if count(&found) != count(&expected) {
            let (found, expected, (file, rule)) = (count(&found), count(&expected), key);
            writeln!(text, "  {file}: {found} findings of {rule} instead of {expected}")
                .expect("writing to a string cannot fail");
        }
    }
    let heading = format!("seed {}, strategy {}, findings\n", strategy.seed, strategy.id);
    (!text.is_empty()).then_some(heading + &text).into_iter().collect()
}

fn expected(strategy: &Strategy) -> Findings {
    let mut findings = Findings::new();
    for (index, node) in strategy.nodes.iter().enumerate() {
        for edition in published_editions(strategy) {
            let Some(sheet) = node.sheets.get(&edition) else { continue };
            let id = &strategy.editions[edition].id;
            let file = format!("{}/{}/{}/{id}.md", strategy.id, node.kind.folder(), node.id);
            let mut add = |rule: &'static str, count: usize| {
                if count > 0 {
                    *findings.entry((file.clone(), rule)).or_default() += count;
                }
            };
            for (amounts, in_money_unit) in [(&sheet.money, true), (&sheet.total, true), (&sheet.staff, false)] {
                add("money-sum", amounts_that_do_not_add_up(strategy, amounts, in_money_unit));
            }
            add("total-sum", wrong_totals(strategy, index, edition, sheet));
            let indicators = sheet.figures.values().map(|figures| &figures.judgements);
            let rows = sheet.row_judgements.values();
            for judgements in std::iter::once(&sheet.judgements).chain(indicators).chain(rows) {
                add("points-sum", wrong_points(strategy, judgements));
            }
            let fields = printed_fields(node, Some(sheet));
            let required = strategy.sections.iter().filter(|section| section.applies(node.kind, &fields));
            add("missing-section", required.filter(|section| !sheet.headings.contains(&section.title)).count());
        }
    }
    findings
}

/// Returns true if rounding explains the difference of a printed number and a sum.
fn is_close(strategy: &Strategy, printed: &BigRational, sum: &BigRational, in_money_unit: bool) -> bool {
    let tolerance = strategy.amounts.tolerance.filter(|_| in_money_unit);
    (printed - sum).abs() <= tolerance.map_or_else(BigRational::zero, Decimal::fraction)
}

/// Number of amounts that differ from the sum of their kinds, their phases or their sources.
fn amounts_that_do_not_add_up(strategy: &Strategy, amounts: &Amounts, is_money: bool) -> usize {
    let declared = &strategy.amounts;
    let mut count = 0;
    for ((money, year), value) in amounts {
        let kind = declared.money.get(money.kind).filter(|_| is_money);
        let in_money_unit = kind.is_some_and(|kind| kind.unit.is_none());
        let kinds = kind.map(|kind| kind.sum.clone()).unwrap_or_default();
        let kinds = kinds.iter().map(|kind| Money { kind: *kind, ..*money });
        let phases = declared.phases[money.phase].sum.iter().map(|phase| Money { phase: *phase, ..*money });
        let amount = |money: Money| amounts.get(&(money, *year));
        let addends: [Vec<Option<&Value>>; 3] =
            [kinds.map(amount).collect(), phases.map(amount).collect(), value.funding.values().map(Some).collect()];
        for addends in addends {
            let (Some(printed), Some(sum)) = (value.exact(), sum_of(&addends)) else { continue };
            count += usize::from(!is_close(strategy, &printed.fraction(), &sum, in_money_unit));
        }
    }
    count
}

/// Sum of `addends`, with missing values as zero. `None` if any addend is not printed or is not an exact number, or if all
/// are missing.
fn sum_of(addends: &[Option<&Value>]) -> Option<BigRational> {
    let mut sum = None;
    for addend in addends {
        let addend = (*addend)?;
        if !addend.missing() {
            sum = Some(sum.unwrap_or_else(BigRational::zero) + addend.exact()?.fraction());
        }
    }
    sum
}

/// Number of printed totals of a node that differ from the sum of its rows in the same edition.
fn wrong_totals(strategy: &Strategy, index: usize, edition: usize, sheet: &Sheet) -> usize {
    let subtree = amount::subtree(strategy, index);
    let has_children = subtree.len() > 1;
    let is_below = |owner: amount::Owner| owner.is_some_and(|owner| subtree.contains(&owner));
    let has_lost_rows = subtree.iter().any(|node| strategy.nodes[*node].lost_rows > 0);
    let rows: Vec<&Row> =
        amount::all_rows(strategy).into_iter().filter(|(owner, _)| is_below(*owner)).map(|(_, row)| row).collect();
    let is_printed = |row: &&Row| {
        strategy.node(Kind::Program, &row.program).is_some_and(|program| program.sheets.contains_key(&edition))
    };
    let sums = amount::sums(strategy, &[edition], &is_below);
    let mut count = 0;
    for ((money, year), total) in &sheet.total {
        let (Some(year), Some(number)) = (year, total.number()) else { continue };
        let Some(sums) = sums.get(&(*money, *year)) else { continue };
        let in_money_unit = strategy.amounts.money[money.kind].unit.is_none();
        let fits = |sum: &amount::Sum| is_close(strategy, &number.decimal.fraction(), &sum.number, in_money_unit);
        // An empty net sum is not 0.
        let adds_up = fits(&sums.gross) || has_children && sums.net.rows > 0 && fits(&sums.net);
        let is_complete = !has_lost_rows && rows.iter().filter(|row| row.applies_in(*year)).all(is_printed);
        count += usize::from(!adds_up && is_complete);
    }
    count
}

/// Number of points above the maximum, plus that of points that differ from the sum of others.
fn wrong_points(strategy: &Strategy, judgements: &[Judgement]) -> usize {
    let exact = |judgement: &Judgement| match &judgement.verdict {
        Verdict::Points(value) => value.exact().map(Decimal::fraction),
        Verdict::Marks(_) | Verdict::Missing | Verdict::Lost => None,
    };
    let mut count = 0;
    for judgement in judgements {
        let (Some(scale), Some(given)) = (&strategy.scales[judgement.scale].points, exact(judgement)) else { continue };
        count += usize::from(scale.max.is_some_and(|max| given > max.fraction()));
        let addend = |scale: &usize| {
            let column = (*scale, judgement.year, judgement.judge);
            judgements.iter().find(|other| (other.scale, other.year, other.judge) == column).and_then(exact)
        };
        let addends: Option<Vec<BigRational>> = scale.sum.iter().map(addend).collect();
        let Some(addends) = addends.filter(|addends| !addends.is_empty()) else { continue };
        count += usize::from(addends.into_iter().fold(BigRational::zero(), |sum, addend| sum + addend) != given);
    }
    count
}
