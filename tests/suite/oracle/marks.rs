//! Marks and points: which judgements are decisive, and counts of marks (§4 of `docs/statements.md`).

use super::model::*;
use super::statement::Expected;
use super::strategy::current;
use std::collections::{BTreeMap, BTreeSet};

/// Scale, and edition or year, of a column of marks over time.
type MarkColumn = (usize, Option<usize>, Option<i32>);

/// The decisive judgements, one for each scale and year: the last judge who gave any, else the last judge.
pub(crate) fn decisive(judgements: &[Judgement]) -> Vec<&Judgement> {
    let mut columns: BTreeMap<(usize, Option<i32>), Vec<&Judgement>> = BTreeMap::new();
    for judgement in judgements {
        columns.entry((judgement.scale, judgement.year)).or_default().push(judgement);
    }
    columns.into_values().filter_map(last_given).collect()
}

fn last_given(mut judgements: Vec<&Judgement>) -> Option<&Judgement> {
    judgements.sort_by_key(|judgement| judgement.judge);
    let given = judgements.iter().rfind(|judgement| judgement.verdict != Verdict::Missing);
    given.or(judgements.last()).copied()
}

/// Returns true if lists show judgements on the scale: it is not part of a total.
pub(crate) fn is_listed(strategy: &Strategy, scale: usize) -> bool {
    let is_total_of = |other: &Scale| other.points.as_ref().is_some_and(|points| points.sum.contains(&scale));
    !strategy.scales.iter().any(is_total_of)
}

/// The marks of a member on a scale for a year, or without year, as values of the fact `mark`.
fn marks_of(
    strategy: &Strategy,
    subject: ScaleSubject,
    judgements: &[Judgement],
    scale: usize,
    year: Option<i32>,
) -> Vec<String> {
    let decisive = decisive(judgements);
    let judgement = decisive.into_iter().find(|judgement| judgement.scale == scale && judgement.year == year);
    match judgement.map(|judgement| &judgement.verdict) {
        Some(Verdict::Marks(marks)) => marks.iter().map(usize::to_string).collect(),
        Some(Verdict::Points(_)) => Vec::new(),
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
pub(crate) fn with_lost_marks(strategy: &Strategy, subject: ScaleSubject, judgements: &[Judgement]) -> Vec<Judgement> {
    let mut judgements = judgements.to_vec();
    for (scale, declared) in strategy.scales.iter().enumerate() {
        let is_judged = declared.lost && declared.subjects.contains(&subject);
        if is_judged && !judgements.iter().any(|judgement| judgement.scale == scale) {
            judgements.push(Judgement { scale, judge: None, year: None, verdict: Verdict::Lost });
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
            ScaleSubject::Node(_) | ScaleSubject::Row => {}
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
            ScaleSubject::Indicator | ScaleSubject::Row => None,
        };
        let counted = |judgement: &&Judgement| strategy.scales[judgement.scale].points.is_none();
        let columns: BTreeSet<(usize, Option<i32>)> =
            members.iter().flatten().filter(counted).map(|judgement| (judgement.scale, judgement.year)).collect();
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

/// Statements on the marks of the rows of a node: those that `edition` gives, or else the current one.
pub(crate) fn rows(strategy: &Strategy, node: &Node, only: Option<usize>) -> Vec<Expected> {
    let Some(edition) = only.or_else(|| current(strategy, node.kind)) else { return Vec::new() };
    let Some(sheet) = node.sheets.get(&edition) else { return Vec::new() };
    let mut statements = Vec::new();
    for row in node.rows.iter().filter(|row| only.is_none_or(|only| is_in_edition(strategy, row, only))) {
        let given = sheet.row_judgements.get(&row.program).map_or(&[][..], Vec::as_slice);
        let given = with_lost_marks(strategy, ScaleSubject::Row, given);
        for judgement in decisive(&given).into_iter().filter(|judgement| is_listed(strategy, judgement.scale)) {
            let scale = &strategy.scales[judgement.scale];
            let statement = Expected::new("row-mark").with("of", format!("{}/{}", node.kind.key(), node.id));
            let statement = statement.with("program", &row.program).with("scale", &scale.id);
            let statement = match judgement.year {
                Some(year) => statement.with("year", year.to_string()),
                None => statement,
            };
            statements.push(statement.with("mark", shown(strategy, judgement)));
        }
    }
    statements
}

/// The marks or points of a judgement as pages show them.
fn shown(strategy: &Strategy, judgement: &Judgement) -> String {
    let scale = &strategy.scales[judgement.scale];
    match &judgement.verdict {
        Verdict::Marks(marks) => marks.iter().map(|mark| scale.marks[*mark].as_str()).collect::<Vec<_>>().join(" "),
        Verdict::Points(points) => match scale.points.as_ref().and_then(|points| points.max) {
            Some(max) => format!("{}／{}点", points.printed, max.toml()),
            None => points.printed.clone(),
        },
        Verdict::Missing => "missing".to_owned(),
        Verdict::Lost => "lost".to_owned(),
    }
}

/// A judgement in a table of marks by edition or by year.
fn grade(strategy: &Strategy, of: &str, judgement: &Judgement, edition: Option<usize>) -> Expected {
    let statement = Expected::new("grade").with("of", of).with("scale", &strategy.scales[judgement.scale].id);
    let statement = match edition {
        Some(edition) => statement.with("edition", &strategy.editions[edition].id),
        None => statement,
    };
    let statement = match judgement.year {
        Some(year) => statement.with("year", year.to_string()),
        None => statement,
    };
    statement.with("mark", shown(strategy, judgement))
}

/// The judgements that lists show, with `Lost` for each scale whose marks are lost.
fn listed(strategy: &Strategy, subject: ScaleSubject, judgements: &[Judgement]) -> Vec<Judgement> {
    let judgements = with_lost_marks(strategy, subject, judgements);
    decisive(&judgements).into_iter().filter(|judgement| is_listed(strategy, judgement.scale)).cloned().collect()
}

/// Statements on the marks in the list of the sheets of an edition. A column in which all marks are lost is left out.
pub(crate) fn sheets(strategy: &Strategy, edition: usize) -> Vec<Expected> {
    let mut statements = Vec::new();
    for kind in [Kind::Goal, Kind::Policy, Kind::Program] {
        let mut given: Vec<(String, Judgement)> = Vec::new();
        for node in strategy.of_kind(kind) {
            let Some(sheet) = node.sheets.get(&edition) else { continue };
            let name = format!("{}/{}", kind.key(), node.id);
            let judgements = listed(strategy, ScaleSubject::Node(kind), &sheet.judgements);
            given.extend(judgements.into_iter().map(|judgement| (name.clone(), judgement)));
        }
        let column = |judgement: &Judgement| (judgement.scale, judgement.year);
        let is_shown = |judgement: &Judgement| {
            let mut same = given.iter().map(|(_, other)| other).filter(|other| column(other) == column(judgement));
            same.any(|other| other.verdict != Verdict::Lost)
        };
        let shown = given.iter().filter(|(_, judgement)| is_shown(judgement));
        statements.extend(shown.map(|(name, judgement)| grade(strategy, name, judgement, Some(edition))));
    }
    statements
}

/// Statements on the marks of goals, policies and their indicators over all `editions`: on each scale in the editions, or for
/// the years, in which it gives any of these a mark, if there are at least two.
pub(crate) fn over_time(strategy: &Strategy, editions: &[usize]) -> Vec<Expected> {
    let mut statements = Vec::new();
    if editions.len() < 2 {
        return statements;
    }
    for subject in [ScaleSubject::Node(Kind::Goal), ScaleSubject::Node(Kind::Policy), ScaleSubject::Indicator] {
        // By scale and edition or year, and then by subject; a later edition that judges the same year replaces an earlier.
        let mut cells: BTreeMap<MarkColumn, BTreeMap<String, Judgement>> = BTreeMap::new();
        let mut add = |name: String, edition: usize, judgements: &[Judgement]| {
            for judgement in listed(strategy, subject, judgements) {
                let by_edition = judgement.year.is_none().then_some(edition);
                let cell = cells.entry((judgement.scale, by_edition, judgement.year)).or_default();
                cell.insert(name.clone(), judgement);
            }
        };
        for edition in editions {
            for node in strategy.nodes.iter().filter(|node| node.kind != Kind::Program) {
                let Some(sheet) = node.sheets.get(edition) else { continue };
                let name = format!("{}/{}", node.kind.key(), node.id);
                match subject {
                    ScaleSubject::Node(kind) if kind == node.kind => add(name, *edition, &sheet.judgements),
                    ScaleSubject::Indicator => {
                        for (index, figures) in &sheet.figures {
                            add(format!("{name}/{}", node.indicators[*index].id), *edition, &figures.judgements);
                        }
                    }
                    ScaleSubject::Node(_) | ScaleSubject::Row => {}
                }
            }
        }
        let has_mark = |subjects: &BTreeMap<String, Judgement>| {
            subjects.values().any(|judgement| matches!(judgement.verdict, Verdict::Marks(_)))
        };
        cells.retain(|_, subjects| has_mark(subjects));
        let columns = |scale: usize, by_year: bool| {
            cells.keys().filter(|(other, _, year)| *other == scale && year.is_some() == by_year).count()
        };
        for ((scale, edition, year), subjects) in &cells {
            if columns(*scale, year.is_some()) > 1 {
                statements.extend(subjects.iter().map(|(of, judgement)| grade(strategy, of, judgement, *edition)));
            }
        }
    }
    statements
}

/// Returns true if the page of an edition contains the row.
fn is_in_edition(strategy: &Strategy, row: &Row, edition: usize) -> bool {
    let has_sheet = |program: &Node| program.sheets.contains_key(&edition);
    let applies = strategy.editions[edition].year.is_none_or(|year| row.applies_in(year));
    applies || strategy.node(Kind::Program, &row.program).is_some_and(has_sheet)
}

/// Returns true if one of several judges gave no mark, which changes nothing.
pub(crate) fn is_not_judged(judgement: &Judgement) -> bool {
    judgement.judge.is_some() && judgement.verdict == Verdict::Missing
}

/// The judgement on the same scale, for the same year and by the same judge.
pub(crate) fn same_column(judgements: &[Judgement], judgement: &Judgement) -> Option<Judgement> {
    let same = |other: &Judgement| {
        (other.scale, other.year, other.judge) == (judgement.scale, judgement.year, judgement.judge)
    };
    judgements.iter().find(|other| same(other) && !is_not_judged(other)).cloned()
}

/// Returns true if there is an earlier judgement, and if it differs.
pub(crate) fn changed(before: Option<Judgement>, now: &Judgement) -> bool {
    before.is_some_and(|before| match (&before.verdict, &now.verdict) {
        (Verdict::Points(before), Verdict::Points(now)) => before.printed != now.printed,
        (before, now) => before != now,
    })
}
