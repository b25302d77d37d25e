//! Categories of other rows in texts of a program, for the rule `copied-text`: 外向きのプロモーション in a program of the category
//! 内向きのプロモーション.

use super::visit::{nodes, sheets};
use super::words::span_in;
use crate::diagnostic::{Bilingual, Span, say};
use crate::model::{NodeId, Owner, Report, StrategyIx};
use std::collections::{BTreeMap, BTreeSet};

/// Number of characters of the shortest category that is looked for.
const MINIMUM: usize = 6;

/// Categories of other rows: their place, the title of the section and the message.
pub(super) fn named<'r>(report: &'r Report) -> Vec<(Span, &'r str, Bilingual)> {
    let mut of_node: BTreeMap<NodeId, BTreeSet<&str>> = BTreeMap::new();
    let mut of_strategy: BTreeMap<StrategyIx, BTreeSet<&str>> = BTreeMap::new();
    let mut add = |id: NodeId, category: &'r Option<String>| {
        if let Some(category) = category {
            of_node.entry(id).or_default().insert(category.as_str());
            of_strategy.entry(id.strategy).or_default().insert(category.as_str());
        }
    };
    for (ix, _) in report.strategies() {
        report.rows(Owner::Strategy(ix)).for_each(|(row, id)| add(id, &row.category));
    }
    for (_, id, node) in nodes(report) {
        add(id, &node.category);
        report.rows(Owner::Node(id)).for_each(|(row, program)| add(program, &row.category));
    }
    let mut found = Vec::new();
    for item in sheets(report) {
        let (Some(own), Some(all)) = (of_node.get(&item.id), of_strategy.get(&item.id.strategy)) else { continue };
        let sections = || item.sheet.sections.iter();
        let names = |name: &str| sections().any(|section| section.prose.markdown.contains(name));
        if own.iter().any(|category| names(category)) {
            continue;
        }
        let is_other = |category: &&&str| {
            category.chars().count() >= MINIMUM
                && !own.contains(**category)
                && !own.iter().any(|own| own.contains(**category) || category.contains(own))
        };
        for category in all.iter().filter(is_other) {
            let place = sections().find_map(|section| Some((section, section.prose.markdown.find(*category)?)));
            let Some((section, at)) = place else { continue };
            let own = own.iter().copied().collect::<Vec<_>>().join("、");
            let message = say!(
                ja: "この事業の分類は「{own}」ですが、別の分類「{category}」が書かれています",
                en: "the category of the program is `{own}`, but the text names another one, `{category}`"
            );
            found.push((span_in(&section.prose, at..at + category.len()), section.title.as_str(), message));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    #[test]
    fn reports_categories_of_other_rows() {
        let check = |text: &str, found: &[&str]| {
            let row = |id: &str, category: &str| format!("[[program]]\nid = '{id}'\ncategory = '{category}'\n");
            Fixture::new()
                .append_to_strategy(&row("a", "内向きの宣伝"))
                .append_to_strategy(&row("b", "外向きの宣伝"))
                .with(program("a", ""))
                .with(program("b", ""))
                .file("programs/a/2023.md", &format!("## 実績\n{text}\n"))
                .assert_finds("copied-text", found);
        };
        check("参加を内向きの宣伝とする。", &[]);
        check("参加を外向きの宣伝とする。", &["programs/a/2023.md:2"]);
        check("参加を内向きの宣伝とし、外向きの宣伝は別に行う。", &[]);
    }
}
