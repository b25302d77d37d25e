//! A deterministic corpus of fictitious cities for benchmarks.
//!
//! City number 7 is the same in corpora of any size. The model is independent of file formats: [`content`] writes it
//! for Shirube, and `competitor` for other generators, so that all render the same figures and texts.

pub mod content;
#[allow(dead_code, reason = "used by one of the benchmarks and by the tests")]
pub mod large;
mod text;

use shirube::internals::{FiscalYear, grouped};
use std::fmt::Write as _;
use text::Random;

/// A city with its strategy.
pub struct City {
    pub number: usize,
    pub id: String,
    pub name: String,
    pub goals: Vec<Goal>,
    pub policies: Vec<Policy>,
    pub programs: Vec<Program>,
}

/// A goal; policies refer to it.
pub struct Goal {
    pub id: String,
    pub name: String,
}

/// A policy with three indicators and about 600 characters of text.
pub struct Policy {
    pub id: String,
    pub name: String,
    /// Index of its goal.
    pub goal: usize,
    pub indicators: Vec<Indicator>,
    pub rows: Vec<Row>,
    /// Indices of two linked policies.
    pub links: [usize; 2],
    pub words: Vec<Section>,
}

/// A row of a program under a policy.
pub struct Row {
    pub program: usize,
    pub repeat: bool,
}

/// A program with one indicator, three years of money and about 400 characters of text.
pub struct Program {
    pub id: String,
    pub name: String,
    pub indicator: Indicator,
    pub money: Vec<Money>,
    /// Indices of its policies; the first one is its home.
    pub policies: Vec<usize>,
    pub words: Vec<Section>,
}

/// The amounts of one year, in 千円.
pub struct Money {
    pub year: FiscalYear,
    pub budget: u64,
    pub settlement: u64,
}

/// An indicator with its figures.
pub struct Indicator {
    pub id: String,
    pub name: String,
    pub definition: String,
    pub unit: &'static str,
    /// The values as printed.
    pub actual: Vec<(FiscalYear, String)>,
    pub target: (FiscalYear, String),
    /// The mark of the city's own evaluation; `None` for indicators of programs.
    pub grade: Option<&'static str>,
}

/// Text under a heading.
pub struct Section {
    pub title: &'static str,
    pub markdown: String,
    /// Index of a program that is mentioned at the end of the text.
    pub mention: Option<usize>,
}

/// The marks of indicators with their tones.
pub const GRADES: [(&str, &str); 4] = [("A", "good"), ("B", "fair"), ("C", "fair"), ("D", "poor")];
/// The headings of sections of policies.
pub const POLICY_SECTIONS: [&str; 2] = ["現状・課題", "今後の方向性"];
/// The headings of sections of programs.
pub const PROGRAM_SECTIONS: [&str; 2] = ["事業の実績", "課題と改善"];
/// The year of the only edition.
pub const YEAR: FiscalYear = FiscalYear(2024);
/// The id and label of the only edition.
pub const EDITION: (&str, &str) = ("2024", "令和6年度 検証シート");

const GOALS: usize = 4;
const POLICIES: usize = 20;
const PROGRAMS: usize = 100;

/// Generates the city `number`.
pub fn city(number: usize) -> City {
    let random = &mut Random::new(number as u64);
    let goals = (0..GOALS).map(|index| Goal { id: (index + 1).to_string(), name: text::goal(index) }).collect();
    let programs: Vec<Program> = (0..PROGRAMS).map(|index| program(random, index)).collect();
    let policies = (0..POLICIES).map(|index| policy(random, index, &programs)).collect();
    City { number, id: format!("city-{number:04}"), name: format!("見本{number}市"), goals, policies, programs }
}

/// Sections as Markdown; `address` gives the link target of a program.
pub fn words(city: &City, sections: &[Section], address: impl Fn(&Program) -> String) -> String {
    let mut out = String::new();
    for section in sections {
        let _ = write!(out, "## {}\n{}\n", section.title, section.markdown);
        if let Some(program) = section.mention.and_then(|index| city.programs.get(index)) {
            let _ = write!(out, "あわせて[{}]({})を見直す。\n\n", program.name, address(program));
        }
    }
    out
}

fn policy(random: &mut Random, index: usize, programs: &[Program]) -> Policy {
    let goal = index * GOALS / POLICIES;
    let rows = programs.iter().enumerate().filter(|(_, program)| program.policies.contains(&index));
    let rows = rows.map(|(at, program)| Row { program: at, repeat: program.policies.first() != Some(&index) });
    let indicators = (1..=3).map(|nth| {
        let grade = Some(random.pick(&GRADES).0);
        Indicator { grade, ..indicator(random, index + nth, &format!("shihyo-{nth}"), YEAR.0 - 5..=YEAR.0) }
    });
    let indicators = indicators.collect();
    Policy {
        id: format!("{}-{}", goal + 1, index % (POLICIES / GOALS) + 1),
        name: text::policy(random),
        goal,
        indicators,
        rows: rows.collect(),
        links: [(index + 3) % POLICIES, (index + 11) % POLICIES],
        words: POLICY_SECTIONS.map(|title| section(random, title, 300, Some(index * 5))).into(),
    }
}

/// A program; every second one has a repeat under another policy.
fn program(random: &mut Random, index: usize) -> Program {
    let home = index * POLICIES / PROGRAMS;
    let repeat = (index % 2 == 1).then_some((home + 7) % POLICIES);
    let start = 1_000 + random.below(80_000);
    let money = (YEAR.0 - 2..=YEAR.0).map(|year| {
        let budget = start + random.below(start / 5);
        Money { year: FiscalYear(year), budget, settlement: budget - random.below(budget / 10) }
    });
    let money = money.collect();
    Program {
        id: format!("jigyo-{:03}", index + 1),
        name: text::program(index),
        indicator: indicator(random, index, "katsudo", YEAR.0 - 2..=YEAR.0),
        money,
        policies: std::iter::once(home).chain(repeat).collect(),
        words: PROGRAM_SECTIONS.map(|title| section(random, title, 200, None)).into(),
    }
}

/// An indicator with varying values, as integers or with one decimal place.
fn indicator(random: &mut Random, index: usize, id: &str, years: std::ops::RangeInclusive<i32>) -> Indicator {
    let (name, definition, unit) = text::indicator(random, index);
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
    Section { title, markdown: text::markdown(random, length), mention }
}
