//! Statements on a strategy: §4 of `docs/statements.md`.

use super::figures::published_editions;
use super::model::*;
use super::statement::Expected;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use std::collections::{BTreeMap, BTreeSet};

/// The current edition of a kind of nodes: the last final one with sheets, else the last one with sheets.
pub(crate) fn current(strategy: &Strategy, kind: Kind) -> Option<usize> {
    let has_sheets = |edition: &usize| strategy.of_kind(kind).any(|node| node.sheets.contains_key(edition));
    let all: Vec<usize> = published_editions(strategy).into_iter().filter(has_sheets).collect();
    let last_final = all.iter().copied().rfind(|edition| strategy.editions[*edition].stage == Stage::Final);
    last_final.or(all.last().copied())
}

/// The marks of a member on a scale for a year, or without year, as values of the fact `mark`.
fn marks_of(
    strategy: &Strategy,
    subject: ScaleSubject,
    judgements: &[Judgement],
    scale: usize,
    year: Option<i32>,
) -> Vec<String> {
    let judgement = judgements.iter().find(|judgement| judgement.scale == scale && judgement.year == year);
    match judgement.map(|judgement| &judgement.verdict) {
        Some(Verdict::Marks(marks)) => marks.iter().map(usize::to_string).collect(),
        Some(Verdict::Missing) => vec!["missing".to_owned()],
        Some(Verdict::Lost) => vec!["lost".to_owned()],
        // On a scale with lost marks, a member without a mark had one that is lost.
        None if strategy.scales[scale].lost && strategy.scales[scale].subjects.contains(&subject) => {
            vec!["lost".to_owned()]
        }
        None => vec!["none".to_owned()],
    }
}

/// The judgements of a node or an indicator, with `Lost` added for each scale whose marks are lost.
fn with_lost_marks(strategy: &Strategy, subject: ScaleSubject, judgements: &[Judgement]) -> Vec<Judgement> {
    let mut judgements = judgements.to_vec();
    for (scale, declared) in strategy.scales.iter().enumerate() {
        let is_judged = declared.lost && declared.subjects.contains(&subject);
        if is_judged && !judgements.iter().any(|judgement| judgement.scale == scale) {
            judgements.push(Judgement { scale, year: None, verdict: Verdict::Lost });
        }
    }
    judgements
}

/// The judgements of all members (nodes of a kind, or indicators) in the edition that `edition_of` gives for their kind
/// of node.
fn members(
    strategy: &Strategy,
    subject: ScaleSubject,
    edition_of: &dyn Fn(Kind) -> Option<usize>,
) -> Vec<Vec<Judgement>> {
    let mut members = Vec::new();
    for node in &strategy.nodes {
        let Some(sheet) = edition_of(node.kind).and_then(|edition| node.sheets.get(&edition)) else { continue };
        match subject {
            ScaleSubject::Node(kind) if kind == node.kind => {
                members.push(with_lost_marks(strategy, subject, &sheet.judgements))
            }
            ScaleSubject::Node(_) => {}
            ScaleSubject::Indicator => {
                members.extend(
                    sheet.figures.values().map(|figures| with_lost_marks(strategy, subject, &figures.judgements)),
                );
            }
        }
    }
    members
}

/// The counts of marks on the page of the strategy, or of an edition.
pub(crate) fn counts(strategy: &Strategy, edition_of: &dyn Fn(Kind) -> Option<usize>) -> Vec<Expected> {
    let mut statements = Vec::new();
    let subjects = [
        ScaleSubject::Node(Kind::Goal),
        ScaleSubject::Node(Kind::Policy),
        ScaleSubject::Node(Kind::Program),
        ScaleSubject::Indicator,
    ];
    for subject in subjects {
        let members = members(strategy, subject, edition_of);
        let edition = match subject {
            ScaleSubject::Node(kind) => edition_of(kind),
            ScaleSubject::Indicator => None,
        };
        let columns: BTreeSet<(usize, Option<i32>)> =
            members.iter().flatten().map(|judgement| (judgement.scale, judgement.year)).collect();
        for (scale, year) in columns {
            let mut count: BTreeMap<String, usize> =
                (0..strategy.scales[scale].marks.len()).map(|mark| (mark.to_string(), 0)).collect();
            let marks_of: Vec<Vec<String>> =
                members.iter().map(|judgements| marks_of(strategy, subject, judgements, scale, year)).collect();
            marks_of.iter().flatten().for_each(|mark| *count.entry(mark.clone()).or_default() += 1);
            // If only lost marks are counted, a count of 0 for the other marks would be unfounded.
            if count.contains_key("lost") && !marks_of.iter().flatten().any(|mark| mark.parse::<usize>().is_ok()) {
                count.retain(|mark, _| mark.parse::<usize>().is_err());
            }
            let several = marks_of.iter().any(|marks| marks.len() > 1);
            for (mark, count) in count {
                let mut statement =
                    Expected::new("count").with("of", subject.key()).with("scale", &strategy.scales[scale].id);
                if let Some(year) = year {
                    statement = statement.with("year", year.to_string());
                }
                if let Some(edition) = edition {
                    statement = statement.with_optional("edition", &strategy.editions[edition].id);
                }
                statement = statement
                    .with("mark", mark)
                    .with("count", count.to_string())
                    .with("total", members.len().to_string());
                if !several && count > 0 {
                    let tenths = count * 1000 / members.len();
                    statement = statement.with("width", format!("{}.{}%", tenths / 10, tenths % 10));
                }
                statements.push(statement);
            }
        }
    }
    statements
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

/// The amounts of a node over all editions; later editions take precedence.
fn amounts(strategy: &Strategy, node: &Node) -> BTreeMap<(Money, i32), Value> {
    let sheets = published_editions(strategy).into_iter().filter_map(|edition| node.sheets.get(&edition));
    sheets.flat_map(|sheet| sheet.money.clone()).collect()
}

/// The owner of a row: the strategy (`None`), or the node at an index.
type Owner = Option<usize>;

/// All rows in document order.
fn all_rows(strategy: &Strategy) -> Vec<(Owner, &Row)> {
    fn below<'a>(strategy: &'a Strategy, index: usize, rows: &mut Vec<(Owner, &'a Row)>) {
        let node = &strategy.nodes[index];
        rows.extend(node.rows.iter().map(|row| (Some(index), row)));
        for child in children(strategy, index) {
            below(strategy, child, rows);
        }
    }
    let mut rows: Vec<(Owner, &Row)> = strategy.rows.iter().map(|row| (None, row)).collect();
    for (index, node) in strategy.nodes.iter().enumerate() {
        if node.kind != Kind::Program && node.parent.is_none() {
            below(strategy, index, &mut rows);
        }
    }
    rows
}

fn children(strategy: &Strategy, index: usize) -> Vec<usize> {
    let node = &strategy.nodes[index];
    let is_child =
        |child: &usize| node.kind == Kind::Goal && strategy.nodes[*child].parent.as_deref() == Some(&node.id);
    (0..strategy.nodes.len()).filter(is_child).collect()
}

/// Indices of a node and all its descendants.
pub(crate) fn subtree(strategy: &Strategy, index: usize) -> BTreeSet<usize> {
    let mut all = BTreeSet::from([index]);
    children(strategy, index).into_iter().for_each(|child| all.extend(subtree(strategy, child)));
    all
}

/// A sum of amounts, with the number of decimal places to show.
#[derive(Clone)]
pub(crate) struct Sum {
    number: BigRational,
    decimals: u32,
    /// Number of added amounts.
    rows: usize,
}

impl Sum {
    fn zero() -> Self {
        Self { number: BigRational::zero(), decimals: 0, rows: 0 }
    }

    fn add(&mut self, amount: Decimal) {
        self.number += amount.fraction();
        self.rows += 1;
        self.decimals = self.decimals.max(amount.decimals);
    }

    fn text(&self) -> String {
        let units = &self.number * BigRational::from_integer(BigInt::from(10).pow(self.decimals));
        let sign = if self.number.is_negative() { "-" } else { "" };
        format!("{sign}{}", digits(&units.abs().to_integer(), self.decimals))
    }
}

/// Gross and net sums over the rows whose owner `includes` selects.
pub(crate) fn sums(strategy: &Strategy, includes: &dyn Fn(Owner) -> bool) -> BTreeMap<(Money, i32), (Sum, Sum)> {
    let rows = all_rows(strategy);
    let mut sums: BTreeMap<(Money, i32), (Sum, Sum)> = BTreeMap::new();
    for (index, (owner, row)) in rows.iter().enumerate() {
        if !includes(*owner) {
            continue;
        }
        let Some(program) = strategy.node(Kind::Program, &row.program) else { continue };
        let home = rows.iter().position(|(_, other)| other.program == row.program && !other.repeat);
        let first = rows.iter().position(|(_, other)| other.program == row.program);
        let is_counted = home.or(first) == Some(index);
        for ((money, year), value) in amounts(strategy, program) {
            let applies = row.years.as_ref().is_none_or(|years| years.contains(&year));
            let Some(number) = value.number().filter(|_| applies) else { continue };
            let (gross, net) = sums.entry((money, year)).or_insert_with(|| (Sum::zero(), Sum::zero()));
            gross.add(number.decimal);
            if is_counted {
                net.add(number.decimal);
            }
        }
    }
    sums
}

/// Statements on the sums of a node, or of the strategy.
pub(crate) fn sum_statements(strategy: &Strategy, subject: &str, includes: &dyn Fn(Owner) -> bool) -> Vec<Expected> {
    let mut statements = Vec::new();
    for ((money, year), (gross, net)) in sums(strategy, includes) {
        let sum = Expected::new("sum").with("of", subject).with("money", money.key()).with("year", year.to_string());
        statements.push(sum.clone().with("gross", gross.text()));
        let differs = net.number != gross.number;
        // If all rows are repeats, there is no net sum; it is not 0.
        if net.rows > 0 {
            let net = sum.with("net", net.text());
            statements.push(if differs { net } else { net.optional() });
        }
    }
    statements
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
            *counted.entry("mark").or_default() +=
                judgements.iter().filter(|judgement| changed(earlier_judgement(judgement), judgement)).count();
        }
        for (key, value) in &sheet.money {
            let print = last_print(&|sheet| sheet.money.get(key).cloned());
            let is_announced = |printed_in: usize, before: &Value| {
                let year = strategy.editions[printed_in].year;
                before.missing() && year.is_some_and(|year| key.1 >= year)
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
        *counted.entry("mark").or_default() +=
            judgements.iter().filter(|judgement| changed(earlier_judgement(judgement), judgement)).count();
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

fn same_column(judgements: &[Judgement], judgement: &Judgement) -> Option<Judgement> {
    judgements.iter().find(|other| other.scale == judgement.scale && other.year == judgement.year).cloned()
}

fn changed(before: Option<Judgement>, now: &Judgement) -> bool {
    before.is_some_and(|before| before.verdict != now.verdict)
}
