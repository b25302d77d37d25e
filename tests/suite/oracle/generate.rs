//! Randomly generated strategies, deterministic for each seed.
//!
//! Numbers are small, so that ties, zeros and changes of sign are frequent. The content has no errors.

use super::model::*;
use super::random::Rng;
use super::value::{ValueProfile, amount, value};
use std::collections::BTreeMap;

/// Generates the strategy of `seed`.
pub(crate) fn strategy(seed: u64) -> Strategy {
    let rng = &mut Rng::from_seed(seed);
    let first = rng.between(2014, 2021) as i32;
    let period = rng.percent(85).then(|| (first, first + rng.between(3, 6) as i32));
    let editions = editions(rng, first);
    let scales = scales(rng);
    let methods = methods(rng, &scales);
    let mut strategy = Strategy {
        seed,
        id: format!("c{seed}"),
        period,
        editions,
        scales,
        methods,
        nodes: Vec::new(),
        rows: Vec::new(),
    };
    nodes(rng, &mut strategy, first);
    rows(rng, &mut strategy, first);
    strategy
}

fn editions(rng: &mut Rng, first: i32) -> Vec<Edition> {
    let count = rng.between(1, 5);
    let mut year = first + rng.between(0, 2) as i32;
    let mut editions = Vec::new();
    for index in 0..count {
        let stage = match rng.below(100) {
            0..65 => Stage::Final,
            65..88 => Stage::Interim,
            _ => Stage::Plan,
        };
        let draft = rng.percent(if index + 1 == count { 15 } else { 4 });
        let known = !rng.percent(8);
        editions.push(Edition { id: format!("e{index}"), year: known.then_some(year), stage, draft });
        year += rng.choose(&[0, 1, 1, 1, 2]);
    }
    editions
}

fn scales(rng: &mut Rng) -> Vec<Scale> {
    let all = [
        ScaleSubject::Node(Kind::Goal),
        ScaleSubject::Node(Kind::Policy),
        ScaleSubject::Node(Kind::Program),
        ScaleSubject::Indicator,
    ];
    let scale = |index: usize, rng: &mut Rng| {
        let mut subjects: Vec<ScaleSubject> = all.into_iter().filter(|_| rng.percent(45)).collect();
        if subjects.is_empty() {
            subjects.push(rng.choose(&all));
        }
        let marks = ["A", "B", "C", "D"][..2 + rng.below(3)].iter().map(|mark| (*mark).to_owned()).collect();
        Scale { id: format!("s{index}"), subjects, marks, lost: rng.percent(7) }
    };
    let count = rng.between(1, 4) as usize;
    (0..count).map(|index| scale(index, rng)).collect()
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
pub(crate) fn categories(kind: &str) -> &'static [&'static str] {
    match kind {
        "versus-baseline" => &["reached", "better", "on-path", "kept", "worse"],
        "maintain" => &["kept", "worse"],
        "threshold" => &["reached", "missed"],
        _ => &[],
    }
}

fn methods(rng: &mut Rng, scales: &[Scale]) -> Vec<Method> {
    let indicator_scales: Vec<usize> =
        (0..scales.len()).filter(|index| scales[*index].subjects.contains(&ScaleSubject::Indicator)).collect();
    let default = rng.below(6);
    let method = |index: usize, rng: &mut Rng| {
        let kind = rng.choose(&METHODS);
        let scale = (!indicator_scales.is_empty() && kind != "declared" && rng.percent(75))
            .then(|| rng.choose(&indicator_scales));
        let bands = scale.map(|scale| bands(rng, kind, scales[scale].marks.len())).unwrap_or_default();
        let tolerates = matches!(kind, "versus-baseline" | "maintain");
        let tolerance = (tolerates && rng.percent(60)).then(|| match rng.below(3) {
            0 => Tolerance::Absolute(Decimal { units: rng.between(0, 3), decimals: 0 }),
            1 => Tolerance::Absolute(Decimal { units: rng.between(1, 9), decimals: 1 }),
            _ => Tolerance::Percent(Decimal { units: rng.between(1, 20), decimals: 0 }),
        });
        let excludes_end = tolerance.is_some() && rng.percent(30);
        let from_zero = kind == "prorated" && rng.percent(40);
        let default = index == default;
        Method { id: format!("m{index}"), kind, default, scale, bands, tolerance, excludes_end, from_zero }
    };
    let count = rng.between(0, 4) as usize;
    (0..count).map(|index| method(index, rng)).collect()
}

fn bands(rng: &mut Rng, kind: &str, marks: usize) -> Vec<Band> {
    let categories = categories(kind);
    let mut bands = Vec::new();
    if categories.is_empty() {
        let rising = rng.percent(25);
        let mut limit = if rising { rng.between(60, 100) } else { rng.between(90, 120) };
        for mark in 0..marks - 1 {
            let decimal = if rng.percent(20) {
                Decimal { units: limit * 10 + 5, decimals: 1 }
            } else {
                Decimal { units: limit, decimals: 0 }
            };
            bands
                .push(Band { condition: if rising { Condition::To(decimal) } else { Condition::From(decimal) }, mark });
            limit += if rising { 1 } else { -1 } * rng.between(5, 40);
        }
    } else {
        for category in categories.iter().take(marks) {
            if rng.percent(85) {
                bands.push(Band { condition: Condition::When(category), mark: rng.below(marks) });
            }
        }
    }
    if rng.percent(75) {
        bands.push(Band { condition: Condition::Rest, mark: marks - 1 });
    }
    bands
}

fn nodes(rng: &mut Rng, strategy: &mut Strategy, first: i32) {
    let (goals, policies, programs) = (rng.below(4), 1 + rng.below(3), 1 + rng.below(5));
    for (kind, count) in [(Kind::Goal, goals), (Kind::Policy, policies), (Kind::Program, programs)] {
        for index in 0..count {
            let parents = if kind == Kind::Goal { index } else { goals };
            let parent = kind != Kind::Program && parents > 0 && rng.percent(if kind == Kind::Goal { 50 } else { 85 });
            let parent = parent.then(|| format!("g{}", rng.below(parents)));
            let letter = match kind {
                Kind::Goal => 'g',
                Kind::Policy => 'p',
                Kind::Program => 'j',
            };
            let succeeds = kind == Kind::Program && index > 0 && rng.percent(15);
            let succeeds = if succeeds { vec![format!("j{}", rng.below(index))] } else { Vec::new() };
            let mut printed = BTreeMap::new();
            if rng.percent(15) {
                printed.insert(first + rng.between(0, 4) as i32, format!("旧名{letter}{index}"));
            }
            let indicators = match kind {
                Kind::Goal => rng.below(2),
                _ => rng.below(3),
            };
            let indicators = (0..indicators).map(|index| indicator(rng, strategy, index, first)).collect();
            let mut node = Node {
                kind,
                id: format!("{letter}{index}"),
                name: format!("名前{letter}{index}"),
                parent,
                succeeds,
                printed,
                indicators,
                rows: Vec::new(),
                sheets: BTreeMap::new(),
            };
            sheets(rng, strategy, &mut node, first);
            strategy.nodes.push(node);
        }
    }
}

fn indicator(rng: &mut Rng, strategy: &Strategy, index: usize, first: i32) -> Indicator {
    let words = rng.percent(6);
    let unit = rng.choose(&[None, Some("人"), Some("人"), Some("%"), Some("％"), Some("件")]).map(str::to_owned);
    let better = rng.choose(&[
        None,
        Some(Better::Higher),
        Some(Better::Higher),
        Some(Better::Higher),
        Some(Better::Lower),
        Some(Better::Lower),
        Some(Better::Maintain),
    ]);
    let baseline = match rng.below(10) {
        0..5 => Some(Column::Year(first + rng.between(-2, 2) as i32)),
        5 => Some(Column::Start),
        _ => None,
    };
    let mut breaks: Vec<i32> = Vec::new();
    for _ in 0..rng.choose(&[0, 0, 0, 1, 2]) {
        let year = first + rng.between(-1, 5) as i32;
        if !breaks.contains(&year) {
            breaks.push(year);
        }
    }
    breaks.sort_unstable();
    let since = |rng: &mut Rng| first + rng.between(-1, 1) as i32;
    let target_total_from = (!words && rng.percent(12)).then(|| since(rng));
    let actual_total_from = (!words && rng.percent(12)).then(|| match target_total_from {
        Some(year) if rng.percent(60) => Column::Year(year),
        _ if rng.percent(30) => Column::Start,
        _ => Column::Year(since(rng)),
    });
    let method = (!strategy.methods.is_empty() && !words && rng.percent(40))
        .then(|| rng.choose(&strategy.methods).id)
        .or_else(|| rng.percent(6).then(|| "declared".to_owned()));
    Indicator {
        id: format!("i{index}"),
        words,
        unit: if words { None } else { unit },
        better: if words { None } else { better },
        baseline,
        interval: rng.percent(10).then_some(2),
        breaks: if words { Vec::new() } else { breaks },
        calendar: rng.percent(12),
        actual_total_from,
        target_total_from,
        method,
    }
}

fn sheets(rng: &mut Rng, strategy: &Strategy, node: &mut Node, first: i32) {
    let count = strategy.editions.len();
    let (from, to) = match rng.below(10) {
        0 | 1 if node.kind == Kind::Program => (0, rng.below(count) + 1),
        2 if node.kind == Kind::Program => (rng.below(count), count),
        _ => (0, count),
    };
    let density = rng.choose(&[100, 100, 80, 50]);
    let profiles: Vec<ValueProfile> =
        node.indicators.iter().map(|indicator| ValueProfile::random(rng, indicator)).collect();
    let mut printed: Vec<Figures> = node.indicators.iter().map(|_| Figures::default()).collect();
    for index in from..to {
        if !rng.percent(density) {
            continue;
        }
        let edition = &strategy.editions[index];
        let year = edition.year.unwrap_or(first + index as i32);
        let mut sheet = Sheet::default();
        for (indicator_index, indicator) in node.indicators.iter().enumerate() {
            if rng.percent(88) {
                let mut figures =
                    figures(rng, indicator, edition, year, &profiles[indicator_index], &mut printed[indicator_index]);
                figures.judgements = judgements(rng, strategy, ScaleSubject::Indicator, year);
                sheet.figures.insert(indicator_index, figures);
            }
        }
        if node.kind == Kind::Program || rng.percent(8) {
            for kind in Money::ALL {
                for year in year - 1..=year + 1 {
                    if rng.percent(30) {
                        sheet.money.insert((kind, year), amount(rng));
                    }
                }
            }
        }
        sheet.judgements = judgements(rng, strategy, ScaleSubject::Node(node.kind), year);
        node.sheets.insert(index, sheet);
    }
}

fn judgements(rng: &mut Rng, strategy: &Strategy, subject: ScaleSubject, year: i32) -> Vec<Judgement> {
    let mut judgements = Vec::new();
    for (scale, declared) in strategy.scales.iter().enumerate() {
        if !declared.subjects.contains(&subject) || rng.percent(25) {
            continue;
        }
        let mut years = vec![None];
        if rng.percent(25) {
            years = (year - 1..=year + 1).filter(|_| rng.percent(45)).map(Some).collect();
        }
        for year in years {
            let mark = rng.below(declared.marks.len());
            let verdict = match rng.below(100) {
                0..80 => Verdict::Marks(vec![mark]),
                80..88 => Verdict::Marks((0..declared.marks.len()).filter(|at| *at == mark || at % 2 == 0).collect()),
                88..95 => Verdict::Missing,
                _ => Verdict::Lost,
            };
            judgements.push(Judgement { scale, year, verdict });
        }
    }
    judgements
}

/// The figures of an indicator in an edition. `printed` holds those of earlier editions, which are often repeated.
fn figures(
    rng: &mut Rng,
    indicator: &Indicator,
    edition: &Edition,
    year: i32,
    profile: &ValueProfile,
    printed: &mut Figures,
) -> Figures {
    let mut figures = Figures::default();
    let past_years = rng.choose(&[0, 1, 3, 4]);
    let future_years = rng.choose(&[0, 0, 0, 1]);
    let mut actual: Vec<Column> = (year - past_years..=year + future_years).map(Column::Year).collect();
    if edition.stage == Stage::Plan && rng.percent(60) {
        actual.retain(|column| *column < Column::Year(year));
    }
    if indicator.baseline == Some(Column::Start) && rng.percent(80) {
        actual.push(Column::Start);
    } else if let Some(baseline) = indicator.baseline
        && rng.percent(70)
        && !actual.contains(&baseline)
    {
        actual.push(baseline);
    }
    actual.retain(|column| {
        let is_survey_year = match (indicator.interval, column) {
            (Some(interval), Column::Year(year)) => year.rem_euclid(interval as i32) == 0,
            _ => true,
        };
        is_survey_year && rng.percent(88)
    });
    let mut target: Vec<Column> = (year - 1..=year + 4).filter(|_| rng.percent(35)).map(Column::Year).collect();
    if rng.percent(45) {
        target.push(Column::End);
    }
    let forecast = rng.percent(14).then_some(Column::Year(year + rng.between(0, 2) as i32));
    let cells = [(0, actual), (1, target), (2, forecast.into_iter().collect())];
    for (series, columns) in cells {
        for column in columns {
            let before = match series {
                0 => &mut printed.actual,
                1 => &mut printed.target,
                _ => &mut printed.forecast,
            };
            let repeated = before.get(&column).filter(|_| rng.percent(75)).cloned();
            let value = repeated.unwrap_or_else(|| value(rng, profile, series == 1, column));
            before.insert(column, value.clone());
            match series {
                0 => &mut figures.actual,
                1 => &mut figures.target,
                _ => &mut figures.forecast,
            }
            .insert(column, value);
        }
    }
    // An interim value needs a value or forecast of the same year.
    let candidate_columns: Vec<Column> = figures.actual.keys().chain(figures.forecast.keys()).copied().collect();
    for column in candidate_columns {
        if column != Column::Start && rng.percent(7) {
            let interim = value(rng, profile, false, column);
            let interim = if interim.as_of.is_some() { interim } else { interim.at(&format!("{year}-09-30")) };
            figures.interim.insert(column, interim);
        }
    }
    figures
}

fn rows(rng: &mut Rng, strategy: &mut Strategy, first: i32) {
    let programs: Vec<String> = strategy.of_kind(Kind::Program).map(|node| node.id.clone()).collect();
    let owners: Vec<Option<usize>> = std::iter::once(None)
        .chain((0..strategy.nodes.len()).filter(|at| strategy.nodes[*at].kind != Kind::Program).map(Some))
        .collect();
    for program in programs {
        if rng.percent(8) {
            continue;
        }
        let row_count = rng.choose(&[1, 1, 1, 2, 3]).min(owners.len());
        let mut chosen: Vec<Option<usize>> = Vec::new();
        while chosen.len() < row_count {
            // Few rows are directly under the strategy.
            let owner = if rng.percent(85) { owners[owners.len() - 1 - rng.below(owners.len() - 1)] } else { None };
            if !chosen.contains(&owner) {
                chosen.push(owner);
            } else if rng.percent(20) {
                break;
            }
        }
        let home = (!rng.percent(12)).then(|| rng.below(chosen.len()));
        for (index, owner) in chosen.into_iter().enumerate() {
            let years = rng.percent(20).then(|| {
                let from = first + rng.between(0, 3) as i32;
                (from..=from + rng.between(0, 2) as i32).collect()
            });
            let row = Row { program: program.clone(), repeat: home != Some(index), years };
            match owner {
                Some(node) => strategy.nodes[node].rows.push(row),
                None => strategy.rows.push(row),
            }
        }
    }
}
