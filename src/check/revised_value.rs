//! The rule `revised-value`.

mod interim;
mod measured;

use super::visit::{Key, SheetRef, sheets};
use super::words::contains_any;
use super::{Findings, Lint};
use crate::correction;
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{
    AmountKey, AmountTable, CellKey, Column, FigureKey, Figures, FiscalYear, Node, PhaseKind, Report, SeriesKind,
    Sheet, Stage, Value, half_width,
};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

pub(super) const LINT: Lint = Lint {
    rule: Rule::RevisedValue,
    title: Bilingual {
        ja: "前の版の値が、注記も訂正もなく変わっている",
        en: "a value that a later edition changed without a note or a correction",
    },
    explanation: Bilingual {
        ja: "基準値、過年度の実績、目標値、見込（`forecast`）、比較・区分の値、決算額、宣言された段階の過年度の予算額を、同じ欄を載せた前の版と\
             比べます。四捨五入の桁だけの違い、見込みや中間の値（`estimated`、`as_of`）、`budget` の予算額、その値・指標・評価に注記や `[[correction]]`、`[[remark]]` がある場合、定義が変わった年度\
             （`breaks`）がある場合、本文に見直し・改定・訂正・確定などの記載がある場合は指摘しません。前の版と同じ注記は理由とみません。\
             前後の版が同じ値なら、その間の版を指摘します。一つの系列で同時に変わった値は、まとめて1件とします。同じ調査の値（`measured` が同じ値）が、ある欄だけ違うとき、\
             人や件などの数で、年度の途中の値がその年度の値を25%以上上回るときも指摘します。",
        en: "Baselines, actual values of past years, targets, forecasts, comparisons, groups, settlements and past budgets of declared phases are compared with the previous edition \
             that prints the same cell. Not reported: differences explained by rounding, estimates and interim values (`estimated`, `as_of`), \
             amounts of `budget`, values with a note that the previous edition does not have, a `[[correction]]` or a `[[remark]]`, indicators with `breaks`, and sheets \
             whose text mentions a revision (見直し, 改定, 訂正, 確定). If the editions before and after agree, the one \
             in between is reported. Values of one series that changed together are one finding. Also reported are one of several values of the same survey \
             (`measured`) that differs from the others, and interim values of counts that exceed the value of the year by 25%.",
    },
    example: concat!("# 2023.md\n", "actual.R3 = 884\n", "\n", "# 2024.md\n", "actual.R3 = 848"),
    remedy: Bilingual {
        ja: "値を資料と見比べてください。改められた値なら、`note` に理由を書いてください。",
        en: "Compare the value with the source. If it was revised, state the reason in a `note`.",
    },
    confidence: Confidence::Likely,
    run,
};

/// A series of cells: all that can be revised together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum SeriesKey {
    Indicator(usize, SeriesKind),
    Amount(AmountTable, AmountKey),
}

/// A cell printed by one edition.
struct Printed<'r> {
    item: SheetRef<'r>,
    value: &'r Value,
    number: Decimal,
}

/// A column, and the value before and after its change.
type Change<'p, 'r> = (Column, Difference<'p, 'r>);

fn run(report: &Report, findings: &mut Findings) {
    measured::check(report, findings);
    interim::check(report, findings);
    let mut items: BTreeMap<_, Vec<SheetRef<'_>>> = BTreeMap::new();
    for item in sheets(report).filter(|item| item.edition.stage == Stage::Final) {
        items.entry(item.id).or_default().push(item);
    }
    items.into_values().filter(|items| items.len() > 1).for_each(|items| check_node(&items, findings));
}

fn check_node(items: &[SheetRef<'_>], findings: &mut Findings) {
    let mut cells: BTreeMap<(SeriesKey, Column), Vec<Printed<'_>>> = BTreeMap::new();
    for item in items {
        for (key, column, value) in past_values(*item) {
            let Some(number) = value.exact().or_else(|| value.decimal()) else { continue };
            cells.entry((key, column)).or_default().push(Printed { item: *item, value, number });
        }
    }
    // Changes by series and later edition: cells of one series are recomputed together.
    let mut changes: BTreeMap<(SeriesKey, usize), Vec<Change<'_, '_>>> = BTreeMap::new();
    for ((key, column), printed) in &cells {
        for difference in odd_ones(printed) {
            changes.entry((*key, difference.after.item.sheet.edition.0)).or_default().push((*column, difference));
        }
    }
    for ((key, _), cells) in changes {
        if let Some((column, Difference { before, after, .. })) = cells.iter().find(|(column, difference)| {
            let Difference { before, after, is_back } = difference;
            !is_explained(after.item, key, *column, after.value, before.value)
                && (*is_back || !is_explained(before.item, key, *column, before.value, after.value))
        }) {
            report_change(key, *column, before, after, cells.len() - 1, findings);
        }
    }
}

/// Differing neighbours of one cell.
struct Difference<'p, 'r> {
    before: &'p Printed<'r>,
    /// The one to be reported.
    after: &'p Printed<'r>,
    /// True if the later value is the one from before a change that was explained, and is back without a reason.
    is_back: bool,
}

fn odd_ones<'p, 'r>(printed: &'p [Printed<'r>]) -> Vec<Difference<'p, 'r>> {
    let mut odd = Vec::new();
    let mut index = 1;
    while let (Some(before), Some(after)) = (printed.get(index - 1), printed.get(index)) {
        index += 1;
        if is_same(before.number, after.number) || before.value.measured != after.value.measured {
            continue;
        }
        odd.push(Difference { before, after, is_back: false });
        // An edition that differs from both its neighbours is the odd one; the next only returns to the former value.
        if let Some(next) = printed.get(index).filter(|next| is_same(next.number, before.number)) {
            index += 1;
            if after.value.note.is_some() || after.value.corrected.is_some() {
                odd.push(Difference { before: after, after: next, is_back: true });
            }
        }
    }
    odd
}

/// Returns true if the numbers are equal in the decimal places that both have.
fn is_same(one: Decimal, other: Decimal) -> bool {
    let scale = one.scale().min(other.scale());
    one.round_dp(scale) == other.round_dp(scale) || one.trunc_with_scale(scale) == other.trunc_with_scale(scale)
}

/// Values that no later edition should change, with their series and column.
fn past_values(item: SheetRef<'_>) -> Vec<(SeriesKey, Column, &Value)> {
    let year = item.edition.year;
    let is_past = |column: Column| match column {
        Column::Start | Column::End => true,
        Column::Year(of) => year.is_none_or(|year| of <= year),
    };
    let is_settled = |value: &&Value| value.estimated.is_none() && value.as_of.is_none();
    let indicators = item.sheet.figures.iter().flat_map(|(index, figures)| {
        figures.values().map(|(series, column, value)| (SeriesKey::Indicator(*index, series), column, value))
    });
    let indicators = indicators.filter(|(key, column, _)| match key {
        SeriesKey::Indicator(_, SeriesKind::Target) => true,
        SeriesKey::Indicator(_, series) => {
            matches!(
                series,
                SeriesKind::Actual | SeriesKind::Forecast | SeriesKind::Comparison(_) | SeriesKind::Breakdown(_)
            ) && is_past(*column)
        }
        SeriesKey::Amount(..) => false,
    });
    // Sums and ratios of other amounts change with them.
    let is_printed = |table: AmountTable, key: &AmountKey| {
        let declared = match table {
            AmountTable::Staff => &item.strategy.amounts.staff,
            AmountTable::Money | AmountTable::Total => &item.strategy.amounts.money,
        };
        declared.get(key.kind.0).is_none_or(|kind| kind.sum.is_empty() && kind.additive)
    };
    let amounts = item.sheet.amount_tables().into_iter().flat_map(|(table, amounts)| {
        let results = amounts.of_years().filter(move |(key, of, _)| {
            // Budgets of a past year are final, but for those of the built-in phase, which can be of any state.
            let is_final =
                key.phase.kind == PhaseKind::Budget && !key.phase.is_built_in() && is_past(Column::Year(*of));
            (key.is_result() || is_final) && is_printed(table, key)
        });
        results.map(move |(key, year, value)| (SeriesKey::Amount(table, key), Column::Year(year), value))
    });
    let amounts = amounts.filter(|(_, column, _)| is_past(*column));
    indicators.chain(amounts).filter(|(_, _, value)| is_settled(value)).collect()
}

/// Words by which a text explains a changed value.
const EXPLANATIONS: [&str; 14] = [
    "改定",
    "改訂",
    "見直し",
    "見直した",
    "訂正",
    "修正",
    "遡",
    "確定",
    "再集計",
    "除い",
    "除外",
    "再計算",
    "変更",
    "集計方法",
];

/// Words of notes on values that are expected to change.
const PROVISIONAL: [&str; 5] = ["速報", "見込", "概数", "暫定", "推計"];

/// Returns true if a text contains a printed number, and not only as part of a longer one.
fn mentions(text: &str, printed: &str) -> bool {
    let is_part = |char: char| half_width(char).is_ascii_digit() || matches!(half_width(char), ',' | '.');
    text.match_indices(printed).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + printed.len()..).and_then(|after| after.chars().next());
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

/// Returns true if the sheet explains a value that differs from that of another edition.
fn is_explained(item: SheetRef<'_>, key: SeriesKey, column: Column, value: &Value, other: &Value) -> bool {
    let explains = |text: &str| contains_any(text, &EXPLANATIONS);
    // A note that both values have, such as the name of a survey, does not explain why they differ.
    let is_noted = value
        .note
        .as_deref()
        .is_some_and(|note| value.note != other.note || explains(note) || contains_any(note, &PROVISIONAL));
    if is_noted || value.corrected.is_some() || value.sic {
        return true;
    }
    let sheet = item.sheet;
    let remarks = sheet.remarks.iter().chain(&item.node.remarks).map(|remark| remark.text.as_str());
    let notes = item.edition.note.iter().chain(item.edition.document.iter().filter_map(|it| it.note.as_ref()));
    if remarks.chain(notes.map(String::as_str)).any(|text| explains(text) || mentions(text, &value.printed)) {
        return true;
    }
    match key {
        SeriesKey::Indicator(index, series) => explains_figures(item.node, sheet, index, series, column),
        SeriesKey::Amount(..) => false,
    }
}

fn explains_figures(node: &Node, sheet: &Sheet, index: usize, series: SeriesKind, column: Column) -> bool {
    let explains = |text: &str| contains_any(text, &EXPLANATIONS);
    let Some(indicator) = node.indicators.get(index) else { return true };
    let note = sheet.figures.get(&index).and_then(|figures: &Figures| figures.note.as_deref());
    let about = CellKey::Figure(FigureKey { indicator: index, series, column });
    let of_column = sheet.figures.get(&index).into_iter().flat_map(|figures: &Figures| figures.values());
    // The values of other places are of other sources.
    let is_comparison = |series: SeriesKind| matches!(series, SeriesKind::Comparison(_));
    let mut of_column = of_column
        .filter(|(other, of, _)| *other != series && *of == column && is_comparison(*other) == is_comparison(series));
    let is_noted = of_column.any(|(.., value)| value.note.is_some());
    let in_texts = sheet.sections.iter().any(|section| {
        let text = &section.prose.markdown;
        explains(text) && (series != SeriesKind::Target || text.contains("目標")) && text.contains(words(series))
    });
    note.is_some()
        || indicator.note.as_deref().is_some_and(explains)
        || !indicator.breaks.is_empty()
        || correction::last(sheet, &about).is_some()
        || is_noted
        || in_texts
}

/// Word by which a text names the values of a series.
fn words(series: SeriesKind) -> &'static str {
    if series == SeriesKind::Target { "目標" } else { "値" }
}

fn report_change(
    key: SeriesKey,
    column: Column,
    before: &Printed<'_>,
    after: &Printed<'_>,
    others: usize,
    findings: &mut Findings,
) {
    let item = after.item;
    let confidence = confidence(key, column, before);
    let (earlier, was, now) = (&before.item.edition.label, &before.value.printed, &after.value.printed);
    let and_others = match others {
        0 => Bilingual { ja: String::new(), en: String::new() },
        _ => say!(ja: "（同じ系列のほか{others}か所も）", en: " (and {others} more of the series)"),
    };
    let message = say!(
        ja: "版「{earlier}」では「{was}」だった値が、注記なしに「{now}」に変わっています{ja}",
        en: "the edition `{earlier}` printed `{was}`; here it is `{now}`, without a note{en}",
        ja = and_others.ja,
        en = and_others.en
    );
    let help = say!(
        ja: "どちらの値が正しいか、資料と見比べてください。改められた値なら `note` に理由を書いてください",
        en: "compare both with the source; if the value was revised, state the reason in a `note`"
    );
    findings.add_as(confidence, after.value.span, about(item, key, column), message, help);
}

/// Values of the year of the edition are often provisional, and future targets are revised with the plan.
fn confidence(key: SeriesKey, column: Column, before: &Printed<'_>) -> Confidence {
    let is_future = |year: FiscalYear| before.item.edition.year.is_none_or(|of| year > of);
    let is_own = |year: FiscalYear| before.item.edition.year == Some(year);
    match (key, column) {
        (SeriesKey::Indicator(_, SeriesKind::Target), Column::Year(year)) if !is_future(year) => Confidence::Likely,
        (SeriesKey::Indicator(_, SeriesKind::Target), _) => Confidence::Possible,
        (SeriesKey::Indicator(..), Column::Year(year)) if is_own(year) => Confidence::Possible,
        _ => Confidence::Likely,
    }
}

fn about(item: SheetRef<'_>, key: SeriesKey, column: Column) -> String {
    match key {
        SeriesKey::Indicator(index, series) => {
            let indicator = item.node.indicators.get(index);
            indicator.map_or_else(String::new, |indicator| Key::Series(indicator, series, column).to_string())
        }
        SeriesKey::Amount(table, key) => {
            let year = if let Column::Year(year) = column { Some(year) } else { None };
            Key::Amount(item.amount_path(table, key, year)).to_string()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    /// Editions 2023, 2024 and 2025 with the indicator `x` and these figures.
    fn editions(figures: [&str; 3]) -> Fixture {
        let node = "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\n+++\n";
        let content = Fixture::new().edition("2024", "R6").edition("2025", "R7").with(program("a", ""));
        let years = ["2023", "2024", "2025"];
        let content = content.file("programs/a/program.md", node);
        years.into_iter().zip(figures).fold(content, |content, (year, figures)| {
            content.file(&format!("programs/a/{year}.md"), &format!("+++\n[indicator.x]\n{figures}\n+++\n"))
        })
    }

    #[test]
    fn reports_past_values_that_change() {
        editions(["actual.R3 = 884", "actual.R3 = 884", "actual.R3 = 848"])
            .assert_finds("revised-value", &["programs/a/2025.md:3"]);
        editions(["actual.R3 = 884", "actual.R3 = 884", "actual.R3 = 884"]).assert_finds("revised-value", &[]);
        editions(["target.end = 90", "target.end = 90", "target.end = 85"])
            .assert_finds("revised-value", &["programs/a/2025.md:3"]);
    }

    #[test]
    fn reports_the_edition_that_differs_from_its_neighbours() {
        editions(["actual.R3 = 40", "actual.R3 = 44", "actual.R3 = 40"])
            .assert_finds("revised-value", &["programs/a/2024.md:3"]);
    }

    #[test]
    fn accepts_notes_and_rounding() {
        let noted = "actual.R3 = { value = 848, note = '再集計' }";
        editions(["actual.R3 = 884", noted, "actual.R3 = 848"]).assert_finds("revised-value", &[]);
        editions(["actual.R3 = '88.4'", "actual.R3 = 88", "actual.R3 = '88.4'"]).assert_finds("revised-value", &[]);
        editions(["actual.R3 = { value = 1, estimated = true }", "actual.R3 = 2", ""])
            .assert_finds("revised-value", &[]);
    }

    #[test]
    fn a_note_that_both_values_have_explains_no_change() {
        let noted = |value: u32, note: &str| format!("actual.R3 = {{ value = {value}, note = '{note}' }}");
        let changes = |note: &str, expected: &[&str]| {
            editions([&noted(884, note), &noted(848, note), ""]).assert_finds("revised-value", expected);
        };
        changes("国勢調査", &["programs/a/2024.md:3"]);
        changes("速報値", &[]);
    }

    #[test]
    fn values_of_one_series_that_change_together_are_one_finding() {
        editions(["actual.R3 = 50\nactual.R4 = 57", "actual.R3 = 51\nactual.R4 = 58", ""])
            .assert_finds("revised-value", &["programs/a/2024.md:3"]);
    }

    #[test]
    fn compares_forecasts_and_past_budgets_of_declared_phases() {
        editions(["forecast.R3 = 884", "forecast.R3 = 848", ""])
            .assert_finds("revised-value", &["programs/a/2024.md:3"]);
        let phases =
            "[[phase]]\nid = 'initial'\ntitle = 'I'\nlike = 'budget'\n[[phase]]\nid = 'settlement'\ntitle = 'S'\n";
        let content = |money: &str| {
            editions(["", "", ""])
                .append_to_strategy(phases)
                .file("programs/a/2023.md", "+++\n[money]\ninitial.R5 = 190\n+++\n")
                .file("programs/a/2024.md", &format!("+++\n[money]\n{money}\n+++\n"))
        };
        content("initial.R5 = 190").assert_finds("revised-value", &[]);
        content("initial.R5 = 109").assert_finds("revised-value", &["programs/a/2024.md:3"]);
    }

    #[test]
    fn compares_settlements_but_not_budgets() {
        let content = |money: &str| {
            editions(["", "", ""])
                .file("programs/a/2023.md", "+++\n[money]\nbudget.R5 = 190\nsettlement.R5 = 189\n+++\n")
                .file("programs/a/2024.md", &format!("+++\n[money]\n{money}\n+++\n"))
        };
        content("budget.R5 = 195\nsettlement.R5 = 189").assert_finds("revised-value", &[]);
        content("budget.R5 = 190\nsettlement.R5 = 198").assert_finds("revised-value", &["programs/a/2024.md:4"]);
    }
}
