//! A corpus to measure with: made-up cities, the same ones on every machine.
//!
//! City number 7 is the same in a corpus of ten cities and in one of four hundred. A city
//! says nothing of how it is written down: [`content`] writes it for Shirube, and
//! `competitor` for other generators, so that all draw the same figures and words.

pub mod content;
mod words;

use shirube::internals::{FiscalYear, grouped};
use std::fmt::Write as _;
use words::Random;

/// A city with its strategy.
pub struct City {
    pub id: String,
    pub name: String,
    pub goals: Vec<Goal>,
    pub policies: Vec<Policy>,
    pub programs: Vec<Program>,
}

/// A goal; policies name the goal above them.
pub struct Goal {
    pub id: String,
    pub name: String,
}

/// A policy with three indicators and about 600 characters of words.
pub struct Policy {
    pub id: String,
    pub name: String,
    /// The place of its goal.
    pub goal: usize,
    pub indicators: Vec<Indicator>,
    pub rows: Vec<Row>,
    /// The places of two policies that it is linked to.
    pub links: [usize; 2],
    pub words: Vec<Section>,
}

/// A program's place under a policy.
pub struct Row {
    pub program: usize,
    pub repeat: bool,
}

/// A program with one indicator, three years of money and about 400 characters of words.
pub struct Program {
    pub id: String,
    pub name: String,
    pub indicator: Indicator,
    pub money: Vec<Money>,
    /// The places of the policies above it, its home first.
    pub policies: Vec<usize>,
    pub words: Vec<Section>,
}

/// The amounts of one year, in 千円.
pub struct Money {
    pub year: FiscalYear,
    pub budget: u64,
    pub settlement: u64,
}

/// What is measured.
pub struct Indicator {
    pub id: String,
    pub name: String,
    pub definition: String,
    pub unit: &'static str,
    /// The values as printed.
    pub actual: Vec<(FiscalYear, String)>,
    pub target: (FiscalYear, String),
    /// The mark that the city gave itself; programs have none.
    pub grade: Option<&'static str>,
}

/// Words under a heading.
pub struct Section {
    pub title: &'static str,
    pub markdown: String,
    /// A program that the words mention at their end, by its place.
    pub mention: Option<usize>,
}

/// The marks of indicators, with how good they are.
pub const GRADES: [(&str, &str); 4] = [("A", "good"), ("B", "fair"), ("C", "fair"), ("D", "poor")];
/// The headings of policies.
pub const POLICY_SECTIONS: [&str; 2] = ["現状・課題", "今後の方向性"];
/// The headings of programs.
pub const PROGRAM_SECTIONS: [&str; 2] = ["事業の実績", "課題と改善"];
/// The year that the one edition reports on.
pub const YEAR: FiscalYear = FiscalYear(2024);
/// The id and the name of that edition.
pub const EDITION: (&str, &str) = ("2024", "令和6年度 検証シート");

const GOALS: usize = 4;
const POLICIES: usize = 20;
const PROGRAMS: usize = 100;

/// The city `number`.
pub fn city(number: usize) -> City {
    let random = &mut Random::new(number as u64);
    let goals = (0..GOALS).map(|place| Goal { id: (place + 1).to_string(), name: words::goal(place) }).collect();
    let programs: Vec<Program> = (0..PROGRAMS).map(|place| program(random, place)).collect();
    let policies = (0..POLICIES).map(|place| policy(random, place, &programs)).collect();
    City { id: format!("city-{number:04}"), name: format!("見本{number}市"), goals, policies, programs }
}

/// Sections as Markdown; `address` says how a program is linked to.
pub fn words(city: &City, sections: &[Section], address: impl Fn(&Program) -> String) -> String {
    let mut out = String::new();
    for section in sections {
        let _ = write!(out, "## {}\n{}\n", section.title, section.markdown);
        if let Some(program) = section.mention.and_then(|place| city.programs.get(place)) {
            let _ = write!(out, "あわせて[{}]({})を見直す。\n\n", program.name, address(program));
        }
    }
    out
}

fn policy(random: &mut Random, place: usize, programs: &[Program]) -> Policy {
    let goal = place * GOALS / POLICIES;
    let rows = programs.iter().enumerate().filter(|(_, program)| program.policies.contains(&place));
    let rows = rows.map(|(at, program)| Row { program: at, repeat: program.policies.first() != Some(&place) });
    let indicators = (1..=3).map(|nth| {
        let grade = Some(random.pick(&GRADES).0);
        Indicator { grade, ..indicator(random, &format!("shihyo-{nth}"), YEAR.0 - 5..=YEAR.0) }
    });
    let indicators = indicators.collect();
    Policy {
        id: format!("{}-{}", goal + 1, place % (POLICIES / GOALS) + 1),
        name: words::policy(random),
        goal,
        indicators,
        rows: rows.collect(),
        links: [(place + 3) % POLICIES, (place + 11) % POLICIES],
        words: POLICY_SECTIONS.map(|title| section(random, title, 300, Some(place * 5))).into(),
    }
}

/// Every second program stands under a second policy.
fn program(random: &mut Random, place: usize) -> Program {
    let home = place * POLICIES / PROGRAMS;
    let repeat = (place % 2 == 1).then_some((home + 7) % POLICIES);
    let start = 1_000 + random.below(80_000);
    let money = (YEAR.0 - 2..=YEAR.0).map(|year| {
        let budget = start + random.below(start / 5);
        Money { year: FiscalYear(year), budget, settlement: budget - random.below(budget / 10) }
    });
    let money = money.collect();
    Program {
        id: format!("jigyo-{:03}", place + 1),
        name: words::program(random),
        indicator: indicator(random, "katsudo", YEAR.0 - 2..=YEAR.0),
        money,
        policies: std::iter::once(home).chain(repeat).collect(),
        words: PROGRAM_SECTIONS.map(|title| section(random, title, 200, None)).into(),
    }
}

/// An indicator that grows and stumbles from year to year, in whole numbers or with one decimal.
fn indicator(random: &mut Random, id: &str, years: std::ops::RangeInclusive<i32>) -> Indicator {
    let (name, definition, unit) = words::indicator(random);
    let tenths = unit == "%";
    let print = |value: u64| if tenths { format!("{}.{}", value / 10, value % 10) } else { grouped(value) };
    let start = if tenths { 200 + random.below(400) } else { 100 + random.below(20_000) };
    let mut now = start;
    let actual = years.map(|year| {
        now = now + random.below(start / 8 + 1) - random.below(start / 12 + 1);
        (FiscalYear(year), print(now))
    });
    let actual: Vec<_> = actual.collect();
    let target = (FiscalYear(YEAR.0 + 1), print(start + start / 2));
    Indicator { id: id.to_owned(), name, definition, unit, actual, target, grade: None }
}

fn section(random: &mut Random, title: &'static str, length: usize, mention: Option<usize>) -> Section {
    Section { title, markdown: words::markdown(random, length), mention }
}
