//! What all others state beside their name: departments, numbers, accounts, fields, pages and units.

use super::super::Findings;
use super::super::words::contains_any;
use crate::diagnostic::{Bilingual, Confidence, Span, say};
use crate::model::{
    EditionIx, FieldIx, Indicator, IndicatorKind, Kind, Node, Report, Sheet, Strategy, StrategyIx, Value,
};
use std::collections::BTreeMap;

/// Number of other nodes or sheets that show what all have.
const OTHERS: usize = 4;
/// Number of other indicators that show that all have a unit.
const INDICATORS: usize = 8;

/// What a node states: its key and title, the nodes that are expected to state it, and whether a node does.
struct Heading {
    key: &'static str,
    title: Bilingual<&'static str>,
    applies: fn(&Node) -> bool,
    has: fn(&Node) -> bool,
}

const HEADINGS: [Heading; 3] = [
    Heading {
        key: "department",
        title: Bilingual { ja: "担当", en: "department" },
        applies: |_| true,
        has: |node| !node.departments.is_empty() || node.sheets.iter().any(|sheet| !sheet.departments.is_empty()),
    },
    Heading {
        key: "number",
        title: Bilingual { ja: "番号", en: "number" },
        applies: |_| true,
        has: |node| node.number.is_some(),
    },
    Heading {
        key: "account",
        title: Bilingual { ja: "会計科目", en: "account" },
        applies: |node| node.sheets.iter().any(|sheet| !sheet.money.is_empty()),
        has: |node| !node.accounts.is_empty(),
    },
];

/// The only one that lacks what all others have.
pub(super) fn check(report: &Report, findings: &mut Findings) {
    for (ix, strategy) in report.strategies().filter(|(_, strategy)| !strategy.outline_only) {
        let mut levels: BTreeMap<(Kind, &Option<String>), Vec<&Node>> = BTreeMap::new();
        for (_, node) in report.nodes(ix).filter(|(_, node)| !node.sheets.is_empty()) {
            levels.entry((node.kind, &node.label)).or_default().push(node);
        }
        for nodes in levels.values() {
            for heading in &HEADINGS {
                let nodes: Vec<&Node> = nodes.iter().copied().filter(|node| (heading.applies)(node)).collect();
                if let Some(node) = only_without(&nodes, OTHERS, |node| (heading.has)(node)) {
                    let (key, count) = (heading.key.to_owned(), nodes.len() - 1);
                    report_only(node.name_span, &node.name, heading.title, key, count, findings);
                }
            }
            fields(strategy, nodes, findings);
        }
        pages(report, ix, findings);
        units(report, ix, findings);
    }
}

/// The only item without a property, if there are `others` with it.
fn only_without<'i, T>(items: &[&'i T], others: usize, has: impl Fn(&T) -> bool) -> Option<&'i T> {
    let mut without = items.iter().filter(|item| !has(item));
    let (Some(only), None) = (without.next(), without.next()) else { return None };
    (items.len() > others).then_some(*only)
}

/// Fields with declared values: fields of any text are left out where there is nothing to say. Those declared as required
/// are the other part of the rule.
fn fields(strategy: &Strategy, nodes: &[&Node], findings: &mut Findings) {
    for (index, field) in
        strategy.fields.iter().enumerate().filter(|(_, field)| !field.required && !field.options.is_empty())
    {
        let has = |node: &Node| {
            let of_sheets = node.sheets.iter().flat_map(|sheet| &sheet.fields);
            node.fields.iter().chain(of_sheets).any(|entry| entry.field == FieldIx(index))
        };
        if let Some(node) = only_without(nodes, OTHERS, has) {
            let title = Bilingual { ja: field.title.as_str(), en: field.title.as_str() };
            let key = format!("field.{}", field.id);
            report_only(node.name_span, &node.name, title, key, nodes.len() - 1, findings);
        }
    }
}

/// The page of the source document.
fn pages(report: &Report, ix: StrategyIx, findings: &mut Findings) {
    let mut editions: BTreeMap<(EditionIx, Kind), Vec<(&Node, &Sheet)>> = BTreeMap::new();
    for (_, node) in report.nodes(ix) {
        for sheet in &node.sheets {
            editions.entry((sheet.edition, node.kind)).or_default().push((node, sheet));
        }
    }
    for sheets in editions.values() {
        let sheets: Vec<&(&Node, &Sheet)> = sheets.iter().collect();
        if let Some((node, sheet)) = only_without(&sheets, OTHERS, |(_, sheet)| sheet.page.is_some()) {
            let title = Bilingual { ja: "ページ", en: "page" };
            report_only(sheet.span, &node.name, title, "page".to_owned(), sheets.len() - 1, findings);
        }
    }
}

/// The unit of an indicator with numbers.
fn units(report: &Report, ix: StrategyIx, findings: &mut Findings) {
    let indicators = report.nodes(ix).flat_map(|(_, node)| {
        let of_node = node.indicators.iter().enumerate();
        of_node.filter(|(index, indicator)| !may_lack_unit(node, *index, indicator)).map(|(_, indicator)| indicator)
    });
    let indicators: Vec<&Indicator> = indicators.filter(|indicator| indicator.kind == IndicatorKind::Number).collect();
    if let Some(indicator) = only_without(&indicators, INDICATORS, |indicator| indicator.unit.is_some()) {
        let key = format!("indicator.{}.unit", indicator.id);
        let title = Bilingual { ja: "単位", en: "unit" };
        report_only(indicator.span, &indicator.name, title, key, indicators.len() - 1, findings);
    }
}

/// Returns true if an indicator without a unit has none (合計特殊出生率, 財政力指数), or has it beside its numbers.
fn may_lack_unit(node: &Node, index: usize, indicator: &Indicator) -> bool {
    const WITHOUT: [&str; 6] = ["出生率", "指数", "係数", "倍率", "偏差値", "指標"];
    let is_ratio = contains_any(&indicator.name, &WITHOUT);
    let figures = node.sheets.iter().filter_map(|sheet| sheet.figures.get(&index));
    let values = figures.flat_map(|figures| figures.actual.values().chain(figures.target.values()));
    let has_unit = |printed: &str| printed.chars().any(|char| char.is_alphabetic() || matches!(char, '%' | '％'));
    // The note on a value carried forward contains letters too: 90.9 [H26].
    let is_bare = |value: &&Value| value.decimal().is_some() && (value.measured.is_some() || !has_unit(&value.printed));
    let bare = values.filter(is_bare).count();
    indicator.unit.is_none() && (is_ratio || bare < 2)
}

fn report_only(span: Span, name: &str, title: Bilingual<&str>, key: String, others: usize, findings: &mut Findings) {
    let Bilingual { ja, en } = title;
    let message = say!(
        ja: "「{name}」に{ja}の記載がありません（ほかの{others}件にはいずれもあります）",
        en: "`{name}` has no {en}, which all others ({others}) have"
    );
    let help = say!(
        ja: "資料にある{ja}を `{key}` に書いてください。資料にもないときは、確認済みにしてください",
        en: "write the {en} of the source as `{key}`, or acknowledge the finding if there is none"
    );
    findings.add_as(Confidence::Possible, span, key, message, help);
}
