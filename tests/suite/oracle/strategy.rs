//! Statements on a strategy: §4 of `docs/statements.md`.

use super::figures::published_editions;
use super::marks::{changed, is_not_judged, same_column, with_lost_marks};
use super::model::*;
use super::sheet::printed_fields;
use super::statement::Expected;
use std::collections::BTreeMap;

/// The current edition of a kind of nodes: the last final one with sheets, else the last one with sheets.
pub(crate) fn current(strategy: &Strategy, kind: Kind) -> Option<usize> {
    let has_sheets = |edition: &usize| strategy.of_kind(kind).any(|node| node.sheets.contains_key(edition));
    let all: Vec<usize> = published_editions(strategy).into_iter().filter(has_sheets).collect();
    let last_final = all.iter().copied().rfind(|edition| strategy.editions[*edition].stage == Stage::Final);
    last_final.or(all.last().copied())
}

/// Statements on the selected nodes that have a sheet in another edition and none in the current one.
pub(crate) fn left_out(strategy: &Strategy, kind: Kind, includes: &dyn Fn(&Node) -> bool) -> Vec<Expected> {
    let Some(current) = current(strategy, kind) else { return Vec::new() };
    let missing = strategy.of_kind(kind).filter(|node| includes(node) && !node.sheets.contains_key(&current));
    let statement_of = |node: &Node| {
        let last = published_editions(strategy).into_iter().rfind(|edition| node.sheets.contains_key(edition))?;
        let statement = Expected::new("left-out").with("node", format!("{}/{}", kind.key(), node.id));
        let statement = statement.with("edition", &strategy.editions[last].id);
        Some(if last > current { statement.with("later", "yes") } else { statement })
    };
    missing.filter_map(statement_of).collect()
}

/// The statement that no mark says that a subject failed: all its scales have marks that are neither grades nor lost. The
/// marks of these strategies have no tone. `None` if there is no such subject.
pub(crate) fn no_failure(strategy: &Strategy, subject: ScaleSubject) -> Option<Expected> {
    let exists = match subject {
        ScaleSubject::Node(kind) => strategy.of_kind(kind).next().is_some(),
        _ => strategy.nodes.iter().any(|node| !node.indicators.is_empty()),
    };
    let names_kinds =
        |scale: &Scale| !scale.lost && scale.points.is_none() && !scale.marks.windows(2).all(|pair| pair[0] < pair[1]);
    let none = strategy.scales.iter().filter(|scale| scale.subjects.contains(&subject)).all(names_kinds);
    (exists && none).then(|| Expected::new("no-failure").with("of", subject.key()))
}

/// Statements on the number of changes in an edition, by kind of change, among the nodes that `includes` selects;
/// empty for the first edition.
pub(crate) fn changes(strategy: &Strategy, edition: usize, includes: &dyn Fn(&Node) -> bool) -> Vec<Expected> {
    let published = published_editions(strategy);
    let Some(index) = published.iter().position(|published| *published == edition).filter(|index| *index > 0) else {
        return Vec::new();
    };
    let earlier = &published[..index];
    let mut counted: BTreeMap<&'static str, usize> = BTreeMap::new();
    for node in strategy.nodes.iter().filter(|node| includes(node)) {
        let Some(sheet) = node.sheets.get(&edition) else { continue };
        let last_print = |value_in: &dyn Fn(&Sheet) -> Option<Value>| {
            let prints =
                earlier.iter().rev().filter_map(|edition| Some((*edition, value_in(node.sheets.get(edition)?)?)));
            prints.into_iter().next()
        };
        for (indicator, figures) in &sheet.figures {
            type Pick = fn(&Figures) -> &BTreeMap<Column, Value>;
            let series: [(Pick, bool); 4] = [
                (|figures| &figures.actual, false),
                (|figures| &figures.target, true),
                (|figures| &figures.forecast, false),
                (|figures| &figures.interim, false),
            ];
            for (pick, target) in series {
                for (column, value) in pick(figures) {
                    let print = last_print(&|sheet| pick(sheet.figures.get(indicator)?).get(column).cloned());
                    let Some((printed_in, _)) = print.filter(|(_, before)| !before.same_figure(value)) else {
                        continue;
                    };
                    let reports = |edition: usize| strategy.editions[edition].year.map(Column::Year) == Some(*column);
                    let is_interim =
                        |edition: usize| strategy.editions[edition].stage == Stage::Interim && reports(edition);
                    let kind = match (target, is_interim(printed_in) && !is_interim(edition)) {
                        (true, _) => "target",
                        (false, true) => "completed",
                        (false, false) => "figure",
                    };
                    *counted.entry(kind).or_default() += 1;
                }
            }
            let judgements = with_lost_marks(strategy, ScaleSubject::Indicator, &figures.judgements);
            let earlier_judgement = |judgement: &Judgement| {
                earlier.iter().rev().find_map(|edition| {
                    let figures = node.sheets.get(edition)?.figures.get(indicator)?;
                    same_column(&with_lost_marks(strategy, ScaleSubject::Indicator, &figures.judgements), judgement)
                })
            };
            *counted.entry("mark").or_default() += judgements
                .iter()
                .filter(|judgement| !is_not_judged(judgement) && changed(earlier_judgement(judgement), judgement))
                .count();
        }
        if let Some(before) = earlier.iter().rev().find_map(|edition| node.sheets.get(edition)) {
            let fields = |sheet: &Sheet| printed_fields(node, Some(sheet));
            let now = fields(sheet);
            let differs = |(field, values): &(usize, Vec<String>)| now.get(field).is_some_and(|now| now != values);
            let period = |sheet: &Sheet| sheet.period.or(node.period);
            let changed = period(before).zip(period(sheet)).is_some_and(|(before, now)| before != now);
            *counted.entry("fact").or_default() +=
                fields(before).into_iter().filter(differs).count() + usize::from(changed);
        }
        for (key, value) in &sheet.money {
            let print = last_print(&|sheet| sheet.money.get(key).cloned());
            let is_announced = |printed_in: usize, before: &Value| {
                let year = strategy.editions[printed_in].year;
                before.missing() && key.1.is_some_and(|column| year.is_some_and(|year| column >= year))
            };
            if print.is_some_and(|(at, before)| !is_announced(at, &before) && !before.same_figure(value)) {
                *counted.entry("amount").or_default() += 1;
            }
        }
        let earlier_judgement = |judgement: &Judgement| {
            earlier.iter().rev().find_map(|edition| {
                same_column(
                    &with_lost_marks(strategy, ScaleSubject::Node(node.kind), &node.sheets.get(edition)?.judgements),
                    judgement,
                )
            })
        };
        let judgements = with_lost_marks(strategy, ScaleSubject::Node(node.kind), &sheet.judgements);
        *counted.entry("mark").or_default() += judgements
            .iter()
            .filter(|judgement| !is_not_judged(judgement) && changed(earlier_judgement(judgement), judgement))
            .count();
    }
    let stage = strategy.editions[edition].stage;
    let compared = earlier.iter().copied().rfind(|earlier| strategy.editions[*earlier].stage == stage);
    let has_programs = |edition: usize| strategy.of_kind(Kind::Program).any(|node| node.sheets.contains_key(&edition));
    if let Some(compared) = compared.filter(|compared| has_programs(*compared) && has_programs(edition)) {
        let in_edition = |node: &Node, edition: usize| node.sheets.contains_key(&edition);
        let new = |node: &&Node| in_edition(node, edition) && !earlier.iter().any(|earlier| in_edition(node, *earlier));
        let gone = |node: &&Node| !in_edition(node, edition) && in_edition(node, compared);
        counted.insert("new", strategy.of_kind(Kind::Program).filter(|node| includes(node)).filter(new).count());
        counted.insert("gone", strategy.of_kind(Kind::Program).filter(|node| includes(node)).filter(gone).count());
        let name = |node: &Node, edition: usize| -> Option<String> {
            let year = strategy.editions[edition].year?;
            Some(node.printed.get(&year).unwrap_or(&node.name).clone())
        };
        let renamed = |node: &&Node| {
            let both = in_edition(node, edition) && in_edition(node, compared);
            both && name(node, edition).zip(name(node, compared)).is_some_and(|(now, before)| now != before)
        };
        counted.insert("renamed", strategy.nodes.iter().filter(|node| includes(node)).filter(renamed).count());
    }
    let statement_of = |(kind, count): (&'static str, usize)| {
        let statement = Expected::new("change").with("edition", &strategy.editions[edition].id);
        statement.with("change", kind).with("count", count.to_string())
    };
    counted.into_iter().filter(|(_, count)| *count > 0).map(statement_of).collect()
}
