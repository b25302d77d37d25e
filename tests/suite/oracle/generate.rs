//! Randomly generated strategies, deterministic for each seed.
//!
//! Numbers are small, so that ties, zeros and changes of sign are frequent. The content has no errors.

use super::model::*;
use super::random::Chance;
use super::value::{Cell, amount, value};
use std::collections::BTreeMap;

/// Generates the strategy of `seed`.
pub(crate) fn city(seed: u64) -> City {
    let chance = &mut Chance::of(seed);
    let first = chance.between(2014, 2021) as i32;
    let period = chance.percent(85).then(|| (first, first + chance.between(3, 6) as i32));
    let editions = editions(chance, first);
    let scales = scales(chance);
    let methods = methods(chance, &scales);
    let mut city =
        City { seed, id: format!("c{seed}"), period, editions, scales, methods, nodes: Vec::new(), rows: Vec::new() };
    nodes(chance, &mut city, first);
    rows(chance, &mut city, first);
    city
}

fn editions(chance: &mut Chance, first: i32) -> Vec<Edition> {
    let count = chance.between(1, 5);
    let mut year = first + chance.between(0, 2) as i32;
    let mut editions = Vec::new();
    for place in 0..count {
        let stage = match chance.below(100) {
            0..65 => Stage::Final,
            65..88 => Stage::Interim,
            _ => Stage::Plan,
        };
        let draft = chance.percent(if place + 1 == count { 15 } else { 4 });
        let known = !chance.percent(8);
        editions.push(Edition { id: format!("e{place}"), year: known.then_some(year), stage, draft });
        year += chance.one(&[0, 1, 1, 1, 2]);
    }
    editions
}

fn scales(chance: &mut Chance) -> Vec<Scale> {
    let all = [Of::Node(Kind::Goal), Of::Node(Kind::Policy), Of::Node(Kind::Program), Of::Indicator];
    let scale = |place: usize, chance: &mut Chance| {
        let mut of: Vec<Of> = all.into_iter().filter(|_| chance.percent(45)).collect();
        if of.is_empty() {
            of.push(chance.one(&all));
        }
        let marks = ["A", "B", "C", "D"][..2 + chance.below(3)].iter().map(|mark| (*mark).to_owned()).collect();
        Scale { id: format!("s{place}"), of, marks, lost: chance.percent(7) }
    };
    let count = chance.between(1, 4) as usize;
    (0..count).map(|place| scale(place, chance)).collect()
}

const METHODS: [&str; 12] = [
    "ratio",
    "inverse-ratio",
    "progress",
    "prorated",
    "path",
    "cumulative",
    "versus-baseline",
    "maintain",
    "threshold",
    "milestone",
    "cagr",
    "declared",
];

/// The results, other than rates, of a kind of method; empty for kinds that give a rate.
pub(crate) fn steps(kind: &str) -> &'static [&'static str] {
    match kind {
        "versus-baseline" => &["reached", "better", "kept", "worse"],
        "maintain" => &["kept", "worse"],
        "threshold" => &["reached", "missed"],
        _ => &[],
    }
}

fn methods(chance: &mut Chance, scales: &[Scale]) -> Vec<Method> {
    let judging: Vec<usize> = (0..scales.len()).filter(|place| scales[*place].of.contains(&Of::Indicator)).collect();
    let default = chance.below(6);
    let method = |place: usize, chance: &mut Chance| {
        let kind = chance.one(&METHODS);
        let scale = (!judging.is_empty() && kind != "declared" && chance.percent(75)).then(|| chance.one(&judging));
        let bands = scale.map(|scale| bands(chance, kind, scales[scale].marks.len())).unwrap_or_default();
        let tolerates = matches!(kind, "versus-baseline" | "maintain");
        let tolerance = (tolerates && chance.percent(60)).then(|| match chance.below(3) {
            0 => Tolerance::Absolute(Decimal { units: chance.between(0, 3), decimals: 0 }),
            1 => Tolerance::Absolute(Decimal { units: chance.between(1, 9), decimals: 1 }),
            _ => Tolerance::Percent(Decimal { units: chance.between(1, 20), decimals: 0 }),
        });
        Method { id: format!("m{place}"), kind, default: place == default, scale, bands, tolerance }
    };
    let count = chance.between(0, 4) as usize;
    (0..count).map(|place| method(place, chance)).collect()
}

fn bands(chance: &mut Chance, kind: &str, marks: usize) -> Vec<Band> {
    let steps = steps(kind);
    let mut bands = Vec::new();
    if steps.is_empty() {
        let rising = chance.percent(25);
        let mut limit = if rising { chance.between(60, 100) } else { chance.between(90, 120) };
        for mark in 0..marks - 1 {
            let decimal = if chance.percent(20) {
                Decimal { units: limit * 10 + 5, decimals: 1 }
            } else {
                Decimal { units: limit, decimals: 0 }
            };
            bands.push(Band { takes: if rising { Takes::To(decimal) } else { Takes::From(decimal) }, mark });
            limit += if rising { 1 } else { -1 } * chance.between(5, 40);
        }
    } else {
        for step in steps.iter().take(marks) {
            if chance.percent(85) {
                bands.push(Band { takes: Takes::When(step), mark: chance.below(marks) });
            }
        }
    }
    if chance.percent(75) {
        bands.push(Band { takes: Takes::Rest, mark: marks - 1 });
    }
    bands
}

fn nodes(chance: &mut Chance, city: &mut City, first: i32) {
    let (goals, policies, programs) = (chance.below(4), 1 + chance.below(3), 1 + chance.below(5));
    for (kind, count) in [(Kind::Goal, goals), (Kind::Policy, policies), (Kind::Program, programs)] {
        for place in 0..count {
            let below = if kind == Kind::Goal { place } else { goals };
            let parent = kind != Kind::Program && below > 0 && chance.percent(if kind == Kind::Goal { 50 } else { 85 });
            let parent = parent.then(|| format!("g{}", chance.below(below)));
            let letter = match kind {
                Kind::Goal => 'g',
                Kind::Policy => 'p',
                Kind::Program => 'j',
            };
            let succeeds = kind == Kind::Program && place > 0 && chance.percent(15);
            let succeeds = if succeeds { vec![format!("j{}", chance.below(place))] } else { Vec::new() };
            let mut printed = BTreeMap::new();
            if chance.percent(15) {
                printed.insert(first + chance.between(0, 4) as i32, format!("旧名{letter}{place}"));
            }
            let indicators = match kind {
                Kind::Goal => chance.below(2),
                _ => chance.below(3),
            };
            let indicators = (0..indicators).map(|place| indicator(chance, city, place, first)).collect();
            let mut node = Node {
                kind,
                id: format!("{letter}{place}"),
                name: format!("名前{letter}{place}"),
                parent,
                succeeds,
                printed,
                indicators,
                rows: Vec::new(),
                sheets: BTreeMap::new(),
            };
            sheets(chance, city, &mut node, first);
            city.nodes.push(node);
        }
    }
}

fn indicator(chance: &mut Chance, city: &City, place: usize, first: i32) -> Indicator {
    let words = chance.percent(6);
    let unit = chance.one(&[None, Some("人"), Some("人"), Some("%"), Some("％"), Some("件")]).map(str::to_owned);
    let better = chance.one(&[
        None,
        Some(Better::Higher),
        Some(Better::Higher),
        Some(Better::Higher),
        Some(Better::Lower),
        Some(Better::Lower),
        Some(Better::Maintain),
    ]);
    let baseline = match chance.below(10) {
        0..5 => Some(Column::Year(first + chance.between(-2, 2) as i32)),
        5 => Some(Column::Start),
        _ => None,
    };
    let mut breaks: Vec<i32> = Vec::new();
    for _ in 0..chance.one(&[0, 0, 0, 1, 2]) {
        let year = first + chance.between(-1, 5) as i32;
        if !breaks.contains(&year) {
            breaks.push(year);
        }
    }
    breaks.sort_unstable();
    let since = |chance: &mut Chance| first + chance.between(-1, 1) as i32;
    let target_total_from = (!words && chance.percent(12)).then(|| since(chance));
    let actual_total_from = (!words && chance.percent(12)).then(|| match target_total_from {
        Some(year) if chance.percent(60) => Column::Year(year),
        _ if chance.percent(30) => Column::Start,
        _ => Column::Year(since(chance)),
    });
    let method = (!city.methods.is_empty() && !words && chance.percent(40))
        .then(|| chance.one(&city.methods).id)
        .or_else(|| chance.percent(6).then(|| "declared".to_owned()));
    Indicator {
        id: format!("i{place}"),
        words,
        unit: if words { None } else { unit },
        better: if words { None } else { better },
        baseline,
        interval: chance.percent(10).then_some(2),
        breaks: if words { Vec::new() } else { breaks },
        calendar: chance.percent(12),
        actual_total_from,
        target_total_from,
        method,
    }
}

fn sheets(chance: &mut Chance, city: &City, node: &mut Node, first: i32) {
    let count = city.editions.len();
    let (from, to) = match chance.below(10) {
        0 | 1 if node.kind == Kind::Program => (0, chance.below(count) + 1),
        2 if node.kind == Kind::Program => (chance.below(count), count),
        _ => (0, count),
    };
    let density = chance.one(&[100, 100, 80, 50]);
    let levels: Vec<Cell> = node.indicators.iter().map(|indicator| Cell::by_chance(chance, indicator)).collect();
    let mut printed: Vec<Figures> = node.indicators.iter().map(|_| Figures::default()).collect();
    for place in from..to {
        if !chance.percent(density) {
            continue;
        }
        let edition = &city.editions[place];
        let year = edition.year.unwrap_or(first + place as i32);
        let mut sheet = Sheet::default();
        for (at, indicator) in node.indicators.iter().enumerate() {
            if chance.percent(88) {
                let mut figures = figures(chance, indicator, edition, year, &levels[at], &mut printed[at]);
                figures.judgements = judgements(chance, city, Of::Indicator, year);
                sheet.figures.insert(at, figures);
            }
        }
        if node.kind == Kind::Program || chance.percent(8) {
            for kind in Money::ALL {
                for year in year - 1..=year + 1 {
                    if chance.percent(30) {
                        sheet.money.insert((kind, year), amount(chance));
                    }
                }
            }
        }
        sheet.judgements = judgements(chance, city, Of::Node(node.kind), year);
        node.sheets.insert(place, sheet);
    }
}

fn judgements(chance: &mut Chance, city: &City, of: Of, year: i32) -> Vec<Judgement> {
    let mut given = Vec::new();
    for (scale, declared) in city.scales.iter().enumerate() {
        if !declared.of.contains(&of) || chance.percent(25) {
            continue;
        }
        let mut years = vec![None];
        if chance.percent(25) {
            years = (year - 1..=year + 1).filter(|_| chance.percent(45)).map(Some).collect();
        }
        for year in years {
            let mark = chance.below(declared.marks.len());
            let verdict = match chance.below(100) {
                0..80 => Verdict::Marks(vec![mark]),
                80..88 => Verdict::Marks((0..declared.marks.len()).filter(|at| *at == mark || at % 2 == 0).collect()),
                88..95 => Verdict::Missing,
                _ => Verdict::Lost,
            };
            given.push(Judgement { scale, year, verdict });
        }
    }
    given
}

/// The figures of an indicator in an edition. `printed` holds those of earlier editions, which are often repeated.
fn figures(
    chance: &mut Chance,
    indicator: &Indicator,
    edition: &Edition,
    year: i32,
    level: &Cell,
    printed: &mut Figures,
) -> Figures {
    let mut figures = Figures::default();
    let past = chance.one(&[0, 1, 3, 4]);
    let ahead = chance.one(&[0, 0, 0, 1]);
    let mut actual: Vec<Column> = (year - past..=year + ahead).map(Column::Year).collect();
    if edition.stage == Stage::Plan && chance.percent(60) {
        actual.retain(|column| *column < Column::Year(year));
    }
    if indicator.baseline == Some(Column::Start) && chance.percent(80) {
        actual.push(Column::Start);
    } else if let Some(baseline) = indicator.baseline
        && chance.percent(70)
        && !actual.contains(&baseline)
    {
        actual.push(baseline);
    }
    actual.retain(|column| {
        let rest = match (indicator.interval, column) {
            (Some(interval), Column::Year(year)) => year.rem_euclid(interval as i32) == 0,
            _ => true,
        };
        rest && chance.percent(88)
    });
    let mut target: Vec<Column> = (year - 1..=year + 4).filter(|_| chance.percent(35)).map(Column::Year).collect();
    if chance.percent(45) {
        target.push(Column::End);
    }
    let forecast = chance.percent(14).then_some(Column::Year(year + chance.between(0, 2) as i32));
    let cells = [(0, actual), (1, target), (2, forecast.into_iter().collect())];
    for (series, columns) in cells {
        for column in columns {
            let before = match series {
                0 => &mut printed.actual,
                1 => &mut printed.target,
                _ => &mut printed.forecast,
            };
            let again = before.get(&column).filter(|_| chance.percent(75)).cloned();
            let made = again.unwrap_or_else(|| value(chance, level, series == 1, column));
            before.insert(column, made.clone());
            match series {
                0 => &mut figures.actual,
                1 => &mut figures.target,
                _ => &mut figures.forecast,
            }
            .insert(column, made);
        }
    }
    // An interim value needs a value or forecast of the same year.
    let beside: Vec<Column> = figures.actual.keys().chain(figures.forecast.keys()).copied().collect();
    for column in beside {
        if column != Column::Start && chance.percent(7) {
            let within = value(chance, level, false, column);
            let within = if within.as_of.is_some() { within } else { within.at(&format!("{year}-09-30")) };
            figures.interim.insert(column, within);
        }
    }
    figures
}

fn rows(chance: &mut Chance, city: &mut City, first: i32) {
    let programs: Vec<String> = city.of_kind(Kind::Program).map(|node| node.id.clone()).collect();
    let owners: Vec<Option<usize>> = std::iter::once(None)
        .chain((0..city.nodes.len()).filter(|at| city.nodes[*at].kind != Kind::Program).map(Some))
        .collect();
    for program in programs {
        if chance.percent(8) {
            continue;
        }
        let places = chance.one(&[1, 1, 1, 2, 3]).min(owners.len());
        let mut chosen: Vec<Option<usize>> = Vec::new();
        while chosen.len() < places {
            // Few rows are directly under the strategy.
            let owner =
                if chance.percent(85) { owners[owners.len() - 1 - chance.below(owners.len() - 1)] } else { None };
            if !chosen.contains(&owner) {
                chosen.push(owner);
            } else if chance.percent(20) {
                break;
            }
        }
        let home = (!chance.percent(12)).then(|| chance.below(chosen.len()));
        for (place, owner) in chosen.into_iter().enumerate() {
            let years = chance.percent(20).then(|| {
                let from = first + chance.between(0, 3) as i32;
                (from..=from + chance.between(0, 2) as i32).collect()
            });
            let row = Row { program: program.clone(), repeat: home != Some(place), years };
            match owner {
                Some(at) => city.nodes[at].rows.push(row),
                None => city.rows.push(row),
            }
        }
    }
}
