//! Statements on a strategy: §4 of `docs/statements.md`.

use super::figures::shown;
use super::model::*;
use super::statement::Expected;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use std::collections::{BTreeMap, BTreeSet};

/// The current edition of a kind of nodes: the last final one with sheets, else the last one with sheets.
pub(crate) fn current(city: &City, kind: Kind) -> Option<usize> {
    let has = |place: &usize| city.of_kind(kind).any(|node| node.sheets.contains_key(place));
    let all: Vec<usize> = shown(city).into_iter().filter(has).collect();
    let last_final = all.iter().copied().rfind(|place| city.editions[*place].stage == Stage::Final);
    last_final.or(all.last().copied())
}

/// The marks of a member on a scale for a year, or without year, in the notation of the facts of counts.
fn marks_of(city: &City, of: Of, given: &[Judgement], scale: usize, year: Option<i32>) -> Vec<String> {
    match given.iter().find(|given| given.scale == scale && given.year == year).map(|given| &given.verdict) {
        Some(Verdict::Marks(marks)) => marks.iter().map(usize::to_string).collect(),
        Some(Verdict::Missing) => vec!["missing".to_owned()],
        Some(Verdict::Lost) => vec!["lost".to_owned()],
        // On a scale with lost marks, a member without a mark had one that is lost.
        None if city.scales[scale].lost && city.scales[scale].of.contains(&of) => vec!["lost".to_owned()],
        None => vec!["none".to_owned()],
    }
}

/// The judgements of a node or an indicator, with `Lost` added for each scale whose marks are lost.
fn with_lost_marks(city: &City, of: Of, given: &[Judgement]) -> Vec<Judgement> {
    let mut given = given.to_vec();
    for (scale, declared) in city.scales.iter().enumerate() {
        let judges = declared.lost && declared.of.contains(&of);
        if judges && !given.iter().any(|given| given.scale == scale) {
            given.push(Judgement { scale, year: None, verdict: Verdict::Lost });
        }
    }
    given
}

/// The judgements of all members (nodes of a kind, or indicators) in the edition that `edition_of` gives for their kind
/// of node.
fn members(city: &City, of: Of, edition_of: &dyn Fn(Kind) -> Option<usize>) -> Vec<Vec<Judgement>> {
    let mut members = Vec::new();
    for node in &city.nodes {
        let Some(sheet) = edition_of(node.kind).and_then(|edition| node.sheets.get(&edition)) else { continue };
        match of {
            Of::Node(kind) if kind == node.kind => members.push(with_lost_marks(city, of, &sheet.judgements)),
            Of::Node(_) => {}
            Of::Indicator => {
                members.extend(sheet.figures.values().map(|figures| with_lost_marks(city, of, &figures.judgements)));
            }
        }
    }
    members
}

/// The counts of marks on the page of the strategy, or of an edition.
pub(crate) fn counts(city: &City, edition_of: &dyn Fn(Kind) -> Option<usize>) -> Vec<Expected> {
    let mut statements = Vec::new();
    let kinds = [Of::Node(Kind::Goal), Of::Node(Kind::Policy), Of::Node(Kind::Program), Of::Indicator];
    for of in kinds {
        let members = members(city, of, edition_of);
        let edition = match of {
            Of::Node(kind) => edition_of(kind),
            Of::Indicator => None,
        };
        let columns: BTreeSet<(usize, Option<i32>)> =
            members.iter().flatten().map(|given| (given.scale, given.year)).collect();
        for (scale, year) in columns {
            let mut count: BTreeMap<String, usize> =
                (0..city.scales[scale].marks.len()).map(|mark| (mark.to_string(), 0)).collect();
            let marks_of: Vec<Vec<String>> =
                members.iter().map(|given| marks_of(city, of, given, scale, year)).collect();
            marks_of.iter().flatten().for_each(|mark| *count.entry(mark.clone()).or_default() += 1);
            // If only lost marks are counted, a count of 0 for the other marks would be unfounded.
            if count.contains_key("lost") && !marks_of.iter().flatten().any(|mark| mark.parse::<usize>().is_ok()) {
                count.retain(|mark, _| mark.parse::<usize>().is_err());
            }
            let several = marks_of.iter().any(|marks| marks.len() > 1);
            for (mark, count) in count {
                let mut one = Expected::new("count").with("of", of.key()).with("scale", &city.scales[scale].id);
                if let Some(year) = year {
                    one = one.with("year", year.to_string());
                }
                if let Some(edition) = edition {
                    one = one.with_optional("edition", &city.editions[edition].id);
                }
                one = one.with("mark", mark).with("count", count.to_string()).with("total", members.len().to_string());
                if !several && count > 0 {
                    let tenths = count * 1000 / members.len();
                    one = one.with("width", format!("{}.{}%", tenths / 10, tenths % 10));
                }
                statements.push(one);
            }
        }
    }
    statements
}

/// Statements on the nodes selected by `of` that have a sheet in another edition and none in the current one.
pub(crate) fn left_out(city: &City, kind: Kind, of: &dyn Fn(&Node) -> bool) -> Vec<Expected> {
    let Some(current) = current(city, kind) else { return Vec::new() };
    let out = city.of_kind(kind).filter(|node| of(node) && !node.sheets.contains_key(&current));
    let statement_of = |node: &Node| {
        let last = shown(city).into_iter().rfind(|edition| node.sheets.contains_key(edition))?;
        let statement = Expected::new("left-out").with("node", format!("{}/{}", kind.key(), node.id));
        let statement = statement.with("edition", &city.editions[last].id);
        Some(if last > current { statement.with("later", "yes") } else { statement })
    };
    out.filter_map(statement_of).collect()
}

/// The amounts of a node over all editions; later editions take precedence.
fn amounts(city: &City, node: &Node) -> BTreeMap<(Money, i32), Value> {
    let sheets = shown(city).into_iter().filter_map(|edition| node.sheets.get(&edition));
    sheets.flat_map(|sheet| sheet.money.clone()).collect()
}

/// The owner of a row: the strategy (`None`), or the node at an index.
type Owner = Option<usize>;

/// All rows in document order.
fn all_rows(city: &City) -> Vec<(Owner, &Row)> {
    fn below<'a>(city: &'a City, at: usize, rows: &mut Vec<(Owner, &'a Row)>) {
        let node = &city.nodes[at];
        rows.extend(node.rows.iter().map(|row| (Some(at), row)));
        for child in children(city, at) {
            below(city, child, rows);
        }
    }
    let mut rows: Vec<(Owner, &Row)> = city.rows.iter().map(|row| (None, row)).collect();
    for (at, node) in city.nodes.iter().enumerate() {
        if node.kind != Kind::Program && node.parent.is_none() {
            below(city, at, &mut rows);
        }
    }
    rows
}

fn children(city: &City, at: usize) -> Vec<usize> {
    let node = &city.nodes[at];
    let below = |child: &usize| node.kind == Kind::Goal && city.nodes[*child].parent.as_deref() == Some(&node.id);
    (0..city.nodes.len()).filter(below).collect()
}

/// Indices of a node and all its descendants.
pub(crate) fn subtree(city: &City, at: usize) -> BTreeSet<usize> {
    let mut all = BTreeSet::from([at]);
    children(city, at).into_iter().for_each(|child| all.extend(subtree(city, child)));
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

/// Gross and net sums over the rows whose owner `counts` selects.
pub(crate) fn sums(city: &City, counts: &dyn Fn(Owner) -> bool) -> BTreeMap<(Money, i32), (Sum, Sum)> {
    let rows = all_rows(city);
    let mut sums: BTreeMap<(Money, i32), (Sum, Sum)> = BTreeMap::new();
    for (at, (owner, row)) in rows.iter().enumerate() {
        if !counts(*owner) {
            continue;
        }
        let Some(program) = city.node(Kind::Program, &row.program) else { continue };
        let home = rows.iter().position(|(_, other)| other.program == row.program && !other.repeat);
        let first = rows.iter().position(|(_, other)| other.program == row.program);
        let counted = home.or(first) == Some(at);
        for ((money, year), value) in amounts(city, program) {
            let is_in = row.years.as_ref().is_none_or(|years| years.contains(&year));
            let Some(number) = value.number().filter(|_| is_in) else { continue };
            let (gross, net) = sums.entry((money, year)).or_insert_with(|| (Sum::zero(), Sum::zero()));
            gross.add(number.decimal);
            if counted {
                net.add(number.decimal);
            }
        }
    }
    sums
}

/// Statements on the sums of a node, or of the strategy.
pub(crate) fn sum_statements(city: &City, of: &str, counts: &dyn Fn(Owner) -> bool) -> Vec<Expected> {
    let mut statements = Vec::new();
    for ((money, year), (gross, net)) in sums(city, counts) {
        let sum = |_: ()| Expected::new("sum").with("of", of).with("money", money.key()).with("year", year.to_string());
        statements.push(sum(()).with("gross", gross.text()));
        let differs = net.number != gross.number;
        // If all rows are repeats, there is no net sum; it is not 0.
        if net.rows > 0 {
            let net = sum(()).with("net", net.text());
            statements.push(if differs { net } else { net.optional() });
        }
    }
    statements
}

/// Statements on the number of changes in an edition, by kind of change, among the nodes that `counts` selects; empty
/// for the first edition.
pub(crate) fn changes(city: &City, edition: usize, counts: &dyn Fn(&Node) -> bool) -> Vec<Expected> {
    let all = shown(city);
    let Some(place) = all.iter().position(|shown| *shown == edition).filter(|place| *place > 0) else {
        return Vec::new();
    };
    let earlier = &all[..place];
    let mut counted: BTreeMap<&'static str, usize> = BTreeMap::new();
    for node in city.nodes.iter().filter(|node| counts(node)) {
        let Some(sheet) = node.sheets.get(&edition) else { continue };
        let before = |of: &dyn Fn(&Sheet) -> Option<Value>| {
            let prints = earlier.iter().rev().filter_map(|edition| Some((*edition, of(node.sheets.get(edition)?)?)));
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
                    let print = before(&|sheet| pick(sheet.figures.get(indicator)?).get(column).cloned());
                    let Some((printed_in, _)) = print.filter(|(_, before)| !before.same_figure(value)) else {
                        continue;
                    };
                    let reports = |edition: usize| city.editions[edition].year.map(Column::Year) == Some(*column);
                    let within = |edition: usize| city.editions[edition].stage == Stage::Interim && reports(edition);
                    let kind = match (target, within(printed_in) && !within(edition)) {
                        (true, _) => "target",
                        (false, true) => "completed",
                        (false, false) => "figure",
                    };
                    *counted.entry(kind).or_default() += 1;
                }
            }
            let given = with_lost_marks(city, Of::Indicator, &figures.judgements);
            let before = |given: &Judgement| {
                earlier.iter().rev().find_map(|edition| {
                    let figures = node.sheets.get(edition)?.figures.get(indicator)?;
                    same_column(&with_lost_marks(city, Of::Indicator, &figures.judgements), given)
                })
            };
            *counted.entry("mark").or_default() += given.iter().filter(|given| changed(before(given), given)).count();
        }
        for (at, value) in &sheet.money {
            let print = before(&|sheet| sheet.money.get(at).cloned());
            if print.is_some_and(|(_, before)| !before.same_figure(value)) {
                *counted.entry("amount").or_default() += 1;
            }
        }
        let before = |given: &Judgement| {
            earlier.iter().rev().find_map(|edition| {
                same_column(&with_lost_marks(city, Of::Node(node.kind), &node.sheets.get(edition)?.judgements), given)
            })
        };
        let given = with_lost_marks(city, Of::Node(node.kind), &sheet.judgements);
        *counted.entry("mark").or_default() += given.iter().filter(|given| changed(before(given), given)).count();
    }
    let stage = city.editions[edition].stage;
    let compared = earlier.iter().copied().rfind(|place| city.editions[*place].stage == stage);
    let holds = |place: usize| city.of_kind(Kind::Program).any(|node| node.sheets.contains_key(&place));
    if let Some(compared) = compared.filter(|compared| holds(*compared) && holds(edition)) {
        let in_edition = |node: &Node, edition: usize| node.sheets.contains_key(&edition);
        let new = |node: &&Node| in_edition(node, edition) && !earlier.iter().any(|place| in_edition(node, *place));
        let gone = |node: &&Node| !in_edition(node, edition) && in_edition(node, compared);
        counted.insert("new", city.of_kind(Kind::Program).filter(|node| counts(node)).filter(new).count());
        counted.insert("gone", city.of_kind(Kind::Program).filter(|node| counts(node)).filter(gone).count());
        let name = |node: &Node, edition: usize| -> Option<String> {
            let year = city.editions[edition].year?;
            Some(node.printed.get(&year).unwrap_or(&node.name).clone())
        };
        let renamed = |node: &&Node| {
            let both = in_edition(node, edition) && in_edition(node, compared);
            both && name(node, edition).zip(name(node, compared)).is_some_and(|(now, before)| now != before)
        };
        counted.insert("renamed", city.nodes.iter().filter(|node| counts(node)).filter(renamed).count());
    }
    let statement_of = |(kind, count): (&'static str, usize)| {
        let statement = Expected::new("change").with("edition", &city.editions[edition].id);
        statement.with("change", kind).with("count", count.to_string())
    };
    counted.into_iter().filter(|(_, count)| *count > 0).map(statement_of).collect()
}

fn same_column(all: &[Judgement], given: &Judgement) -> Option<Judgement> {
    all.iter().find(|other| other.scale == given.scale && other.year == given.year).cloned()
}

fn changed(before: Option<Judgement>, now: &Judgement) -> bool {
    before.is_some_and(|before| before.verdict != now.verdict)
}
