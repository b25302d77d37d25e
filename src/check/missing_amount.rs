//! The rule `missing-amount`.

mod editions;
mod items;

use super::visit::{Key, SheetRef, sheets};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, Span, say};
use crate::model::{
    AmountKey, AmountKindIx, AmountTable, Amounts, EditionIx, FiscalYear, Kind, Report, StrategyIx, Value,
};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const LINT: Lint = Lint {
    rule: Rule::MissingAmount,
    title: Bilingual {
        ja: "ほかのすべての事業にある金額や人工の欄が抜けている",
        en: "an amount of money or staff left out although all other programs have it",
    },
    explanation: Bilingual {
        ja: "同じ版で同じ種類の金額か人工を載せる、同じ階層の行（4件以上）のすべてにある欄や財源（`funding`）が、一つの行にだけないときに指摘します（欄の8割以上が埋まっている表だけ）。ほかの行のすべてが同じ年度に載せている種類（人件費、会計年度任用職員など）が、一つの行に一つもないときも指摘します。\
             すべての版を通じて、その版の年度か翌年度の同じ欄が一つの調書にだけなく、ほかの8件以上にはあるときも指摘します。細事業では、\
             同じ調書のほかの細事業のすべてと全体にある欄が一つだけないとき（ほかの細事業の和が全体の額になるときを除く）に指摘します。\
             「-」などの記号を書いた欄は、抜けているとはみません。事業期間が終わった行、終わるとされた行、始まる前の行と、ほかの行の9割以上にある見出しのない行（資料のその表にない行）は調べません。",
        en: "A column of money or staff is reported if a single row leaves it out, and all other rows (four or more) of the same \
             level in the edition that have this kind of money or staff print it; likewise the sources of funding of a column, and a kind (such as labour costs) that one row lacks altogether while all others have an amount of it in the same column. The same holds for \
             the only sheet of all editions (nine or more) without a column of the year of its edition or the year after, and for a sub-item without an amount \
             that the whole and all other sub-items have (unless they add up to the whole). Tables of which less than 80% is filled are not checked. A cell with a placeholder such as `-` is not \
             missing. Rows outside their period, with a mark that ends them, or without a heading that nine of ten rows have (which are not in that table of the source), are not checked.",
    },
    example: concat!("[staff]\n", "budget.R3 = 0.5             # actual.R3 ?\n", "plan.R4 = 0.5"),
    remedy: Bilingual {
        ja: "抜けた額を資料のとおりに書いてください。資料で空欄なら、`\"-\"` などと書くか、理由を書いて確認済みにしてください。",
        en: "Write the amount of the source. If the source leaves it empty, write a placeholder such as `\"-\"`, or acknowledge the finding with the reason.",
    },
    confidence: Confidence::Likely,
    run,
};

/// Number of other rows that show what is usual. In generated strategies, where rows leave out columns by chance, three agree
/// too often.
const OTHERS: usize = 4;

/// Rows with a kind of amounts: level, edition, table, kind.
type Class = (StrategyIx, EditionIx, Kind, AmountTable, AmountKindIx);
type Columns = BTreeSet<(AmountKey, FiscalYear)>;

fn run(report: &Report, findings: &mut Findings) {
    let mut rows: BTreeMap<Class, Vec<(SheetRef<'_>, &Amounts, Columns)>> = BTreeMap::new();
    for item in sheets(report).filter(|item| item.sheet.unwritten.is_empty()) {
        for (table, amounts) in item.sheet.amount_tables() {
            let mut kinds: BTreeMap<AmountKindIx, Columns> = BTreeMap::new();
            for (key, year, _) in amounts.of_years() {
                kinds.entry(key.kind).or_default().insert((key, year));
            }
            for (kind, columns) in kinds {
                let class = (item.id.strategy, item.sheet.edition, item.node.kind, table, kind);
                rows.entry(class).or_default().push((item, amounts, columns));
            }
        }
    }
    check_kinds(report, findings);
    items::check(report, findings);
    for ((_, _, _, table, _), rows) in rows {
        check_funding(table, &rows, findings);
        let others = rows.len() - 1;
        let mut counts: BTreeMap<(AmountKey, FiscalYear), usize> = BTreeMap::new();
        rows.iter().flat_map(|(.., columns)| columns).for_each(|column| *counts.entry(*column).or_default() += 1);
        let headings = usual_headings(rows.iter().map(|(item, ..)| *item));
        // Rows that each have some of the columns show nothing about the others.
        let filled = rows.iter().map(|(.., columns)| columns.len()).sum::<usize>();
        let is_regular = filled.saturating_mul(5) >= rows.len().saturating_mul(counts.len()).saturating_mul(4);
        // A row that is not expected to have the column is no exception.
        let usual = counts
            .into_iter()
            .filter(|(_, count)| *count >= OTHERS && is_regular && count.saturating_mul(5) >= others.saturating_mul(4));
        for ((key, year), count) in usual {
            let lacking = rows.iter().filter(|(.., columns)| !columns.contains(&(key, year)));
            let mut lacking = lacking.filter(|(item, ..)| is_expected(*item, year, &headings));
            if let (Some((item, amounts, _)), None) = (lacking.next(), lacking.next()) {
                let span = nearest(amounts, key, year).unwrap_or(item.sheet.span);
                report_missing(*item, table, key, year, count, span, findings);
            }
        }
    }
    editions::check(report, findings);
}

fn report_missing(
    item: SheetRef<'_>,
    table: AmountTable,
    key: AmountKey,
    year: FiscalYear,
    others: usize,
    span: Span,
    findings: &mut Findings,
) {
    let path = Key::Amount(item.amount_path(table, key, Some(year)));
    let cell = path.to_string();
    let message = say!(
        ja: "`{cell}` がありません。同じ版のほかの{others}件には、いずれもあります",
        en: "there is no `{cell}`, but all other rows of the edition ({others}) have it"
    );
    let help = say!(
        ja: "資料の額を書いてください。資料で空欄なら、`{cell}` に `\"-\"` などと書いてください",
        en: "write the amount of the source; if it is empty there, write a placeholder such as `\"-\"`"
    );
    findings.add(span, path, message, help);
}

/// Reports a row that lacks a kind of amounts, if all other rows with the same table have an amount of that kind in the same
/// column.
fn check_kinds(report: &Report, findings: &mut Findings) {
    let mut rows: BTreeMap<_, Vec<(SheetRef<'_>, &Amounts)>> = BTreeMap::new();
    for item in sheets(report).filter(|item| item.sheet.unwritten.is_empty()) {
        for (table, amounts) in item.sheet.amount_tables().into_iter().filter(|(_, amounts)| !amounts.is_empty()) {
            let class = (item.id.strategy, item.sheet.edition, item.node.kind, table);
            rows.entry(class).or_default().push((item, amounts));
        }
    }
    for ((.., table), rows) in rows {
        let mut columns: BTreeMap<(AmountKindIx, FiscalYear, AmountKey), usize> = BTreeMap::new();
        for (key, year, _) in rows.iter().flat_map(|(_, amounts)| amounts.of_years()) {
            *columns.entry((key.kind, year, key)).or_default() += 1;
        }
        let others = rows.len().saturating_sub(1);
        for (item, amounts) in &rows {
            let has_kind = |kind: AmountKindIx| amounts.of_years().any(|(key, ..)| key.kind == kind);
            let has_ended = |year: FiscalYear| !is_expected(*item, year, &BTreeSet::new());
            let mut lacking = columns.iter().filter(|((kind, year, _), count)| {
                **count == others && others >= OTHERS && !has_kind(*kind) && !has_ended(*year)
            });
            let last = amounts.of_years().max_by_key(|(.., value)| value.span.start);
            if let Some(((_, year, key), _)) = lacking.next() {
                let span = last.map_or(item.sheet.span, |(.., value)| value.span);
                report_missing(*item, table, *key, *year, others, span, findings);
            }
        }
    }
}

/// Reports amounts without sources of funding (財源) if all other rows print them in the same column.
fn check_funding(table: AmountTable, rows: &[(SheetRef<'_>, &Amounts, Columns)], findings: &mut Findings) {
    let mut columns: BTreeMap<(AmountKey, FiscalYear), (usize, usize)> = BTreeMap::new();
    let is_funded = |value: &Value| !value.funding.is_empty();
    let amounts = || rows.iter().flat_map(|(item, amounts, _)| amounts.of_years().map(move |amount| (*item, amount)));
    let has_number = |value: &Value| value.decimal().is_some_and(|number| !number.is_zero());
    for (_, (key, year, value)) in amounts().filter(|(_, (.., value))| has_number(value)) {
        let count = columns.entry((key, year)).or_default();
        count.0 += 1;
        count.1 += usize::from(is_funded(value));
    }
    // `rows` contains the amounts of all kinds of the table.
    let kind = rows.first().and_then(|(.., columns)| columns.first()).map(|(key, _)| key.kind);
    for (item, (key, year, value)) in
        amounts().filter(|(_, (key, _, value))| Some(key.kind) == kind && has_number(value))
    {
        let (all, funded) = columns.get(&(key, year)).copied().unwrap_or_default();
        let others = all.saturating_sub(1);
        if is_funded(value) || others < OTHERS || funded != others {
            continue;
        }
        let path = Key::Amount(item.amount_path(table, key, Some(year)));
        let (printed, cell) = (&value.printed, path.to_string());
        let message = say!(
            ja: "`{cell}` の「{printed}」に財源がありません。同じ版のほかの{others}件には、いずれもあります",
            en: "`{cell}`, `{printed}`, has no sources of funding, but all other rows of the edition ({others}) have them"
        );
        let help = say!(
            ja: "資料の財源を `funding` に書いてください",
            en: "write the sources of funding of the source as `funding`"
        );
        findings.add(value.span, path, message, help);
    }
}

/// Headings that nine of ten sheets have.
fn usual_headings<'r>(items: impl Iterator<Item = SheetRef<'r>>) -> BTreeSet<&'r str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut all = 0_usize;
    for item in items {
        let titles: BTreeSet<&str> = item.sheet.sections.iter().map(|section| section.title.as_str()).collect();
        titles.into_iter().for_each(|title| *counts.entry(title).or_default() += 1);
        all += 1;
    }
    let usual = counts.into_iter().filter(|(_, count)| count.saturating_mul(10) >= all.saturating_mul(9));
    usual.map(|(title, _)| title).collect()
}

/// Returns true unless the row has not begun or has ended, or lacks a usual heading: then it is not in that part of the
/// report, such as the plan of the next year.
fn is_expected(item: SheetRef<'_>, year: FiscalYear, headings: &BTreeSet<&str>) -> bool {
    let has_heading = |title: &&str| item.sheet.sections.iter().any(|section| section.title == **title);
    if !headings.iter().all(has_heading) {
        return false;
    }
    let period = item.node.period_in(Some(item.sheet));
    let ends = item.sheet.judgements.iter().any(|judgement| item.strategy.ending_mark(judgement).is_some());
    // A row that ends still has amounts of the year of the edition.
    let has_ended = ends && item.edition.year.is_none_or(|of| year > of);
    period.is_none_or(|period| period.contains(year)) && !has_ended
}

/// Span of the amount beside which the missing one belongs: of the same column in the year before or after, else the last of
/// the columns before it, else any of the same kind.
fn nearest(amounts: &Amounts, key: AmountKey, year: FiscalYear) -> Option<Span> {
    let of_column = || amounts.of_years().filter(|(other, ..)| *other == key);
    let before = of_column().filter(|(_, of, _)| *of < year).max_by_key(|(_, of, _)| *of);
    let after = || of_column().filter(|(_, of, _)| *of > year).min_by_key(|(_, of, _)| *of);
    let of_kind = || amounts.of_years().filter(|(other, ..)| other.kind == key.kind);
    let earlier = || of_kind().filter(|(other, ..)| *other < key).max_by_key(|(.., value)| value.span.start);
    let later = || of_kind().min_by_key(|(.., value)| value.span.start);
    before.or_else(after).or_else(earlier).or_else(later).map(|(.., value)| value.span)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn rows(last: &str, keys: &str) -> Fixture {
        let content = ["b", "c", "d", "e"]
            .iter()
            .fold(Fixture::new(), |content, id| content.with(program(id, "[staff]\nbudget.R5 = 1\nactual.R5 = 1")));
        content
            .with(program("a", &format!("[staff]\nbudget.R5 = 1\n{last}")))
            .file("programs/a/program.md", &format!("+++\nname = 'A'\n{keys}\n+++\n"))
    }

    #[test]
    fn reports_an_amount_that_all_other_rows_have() {
        rows("actual.R5 = 1", "").assert_finds("missing-amount", &[]);
        rows("actual.R5 = '-'", "").assert_finds("missing-amount", &[]);
        rows("", "").assert_finds("missing-amount", &["programs/a/2023.md:3"]);
        rows("", "period = 'R1/R4'").assert_finds("missing-amount", &[]);
    }

    #[test]
    fn reports_a_kind_that_one_row_lacks_altogether() {
        let kinds = "[[staff]]\nid = 'base'\ntitle = 'B'\n[[staff]]\nid = 'part'\ntitle = 'P'\n";
        let both = "[staff]\nbudget.R5 = 1\n[staff.part]\nbudget.R5 = 2";
        let check = |last: &str, expected: &[&str]| {
            let rows = ["b", "c", "d", "e"].iter().fold(Fixture::new(), |content, id| content.with(program(id, both)));
            rows.append_to_strategy(kinds).with(program("a", last)).assert_finds("missing-amount", expected);
        };
        check(both, &[]);
        check("[staff]\nbudget.R5 = 1", &["programs/a/2023.md:3"]);
    }

    #[test]
    fn reports_an_amount_without_funding() {
        let funded = "{ value = 5, funding = { f = 5 } }";
        let check = |amount: &str, expected: &[&str]| {
            let content = ["a", "b", "c", "e", "d"].iter().fold(Fixture::new(), |content, id| {
                let amount = if *id == "d" { amount } else { funded };
                content.with(program(id, &format!("[money]\nbudget.R5 = {amount}")))
            });
            let content = content.append_to_strategy("[[funding]]\nid = 'f'\ntitle = 'F'");
            content.assert_finds("missing-amount", expected);
        };
        check(funded, &[]);
        check("0", &[]);
        check("5", &["programs/d/2023.md:3"]);
    }

    #[test]
    fn expects_nothing_that_another_row_leaves_out() {
        let content = rows("", "").with(program("b", "[staff]\nbudget.R5 = 1"));
        content.assert_finds("missing-amount", &[]);
    }
}
