//! Random declarations of a strategy: editions, amounts, scales, methods, fields, sections and surveys.

use super::amount::{AmountKind, Declarations, Like, Phase};
use super::model::*;
use super::random::Rng;

const KINDS: [Kind; 3] = [Kind::Goal, Kind::Policy, Kind::Program];

pub(crate) fn editions(rng: &mut Rng, first: i32) -> Vec<Edition> {
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

pub(crate) fn amounts(rng: &mut Rng) -> Declarations {
    let mut phases: Vec<Phase> =
        Like::ALL.map(|like| Phase { id: like.key().to_owned(), like, sum: Vec::new() }).into();
    for index in 0..rng.choose(&[0, 0, 1, 2, 3]) {
        let sum = if rng.percent(45) { some_of(rng, phases.len(), 50) } else { Vec::new() };
        phases.push(Phase { id: format!("x{index}"), like: rng.choose(&Like::ALL), sum });
    }
    let base_is_additive = !rng.percent(4);
    let base = AmountKind { id: "base".to_owned(), unit: None, additive: base_is_additive, sum: Vec::new() };
    let mut money = vec![base];
    for index in 0..rng.choose(&[0, 0, 1, 2, 3]) {
        let sum = if rng.percent(50) { some_of(rng, money.len(), 70) } else { Vec::new() };
        let unit = rng.percent(20).then_some("円");
        money.push(AmountKind { id: format!("k{index}"), unit, additive: !rng.percent(25), sum });
    }
    let staff = ["base", "jikan"][..rng.choose(&[1, 1, 2])].iter().map(|id| (*id).to_owned()).collect();
    let funding = (0..rng.choose(&[0, 0, 2, 3])).map(|index| format!("f{index}")).collect();
    let tolerance = rng.choose(&[None, None, Some((1, 0)), Some((2, 0)), Some((5, 1))]);
    let tolerance = tolerance.map(|(units, decimals)| Decimal { units, decimals });
    Declarations { phases, money, staff, funding, tolerance }
}

/// Each index below `count` with a probability of `percent` %.
fn some_of(rng: &mut Rng, count: usize, percent: usize) -> Vec<usize> {
    (0..count).filter(|_| rng.percent(percent)).collect()
}

pub(crate) fn judges(rng: &mut Rng) -> Vec<String> {
    (0..rng.choose(&[0, 2, 3])).map(|index| format!("j{index}")).collect()
}

pub(crate) fn scales(rng: &mut Rng, judges: &[String]) -> Vec<Scale> {
    let all = [
        ScaleSubject::Node(Kind::Goal),
        ScaleSubject::Node(Kind::Policy),
        ScaleSubject::Node(Kind::Program),
        ScaleSubject::Indicator,
        ScaleSubject::Row,
    ];
    let mut scales: Vec<Scale> = Vec::new();
    for index in 0..rng.between(1, 5) as usize {
        let mut subjects: Vec<ScaleSubject> = all.into_iter().filter(|_| rng.percent(45)).collect();
        if subjects.is_empty() {
            subjects.push(rng.choose(&all));
        }
        let points = rng.percent(40).then(|| {
            let addends = (0..index).filter(|addend| scales[*addend].points.is_some()).collect();
            let max = rng.percent(60).then(|| Decimal { units: rng.between(5, 20), decimals: 0 });
            Points { max, sum: if rng.percent(80) { addends } else { Vec::new() } }
        });
        // Points that add up have the same subjects and judges.
        let addend = points.as_ref().and_then(|points| points.sum.first()).map(|addend| scales[*addend].clone());
        let judges = if rng.percent(60) { some_of(rng, judges.len(), 80) } else { Vec::new() };
        let (subjects, judges) = match addend {
            Some(addend) if rng.percent(80) => (addend.subjects, addend.judges),
            _ => (subjects, judges),
        };
        let marks = if points.is_some() { 0 } else { 2 + rng.below(3) };
        let mut marks: Vec<String> = ["A", "B", "C", "D"][..marks].iter().map(|mark| (*mark).to_owned()).collect();
        // Letters in another order are kinds, not grades.
        if rng.percent(25) {
            marks.reverse();
        }
        let group = rng.choose(&[None, None, Some("必要性"), Some("有効性")]);
        scales.push(Scale { id: format!("s{index}"), subjects, group, judges, marks, points, lost: rng.percent(7) });
    }
    scales
}

pub(crate) fn fields(rng: &mut Rng) -> Vec<Field> {
    let field = |index: usize, rng: &mut Rng| {
        let kinds: Vec<Kind> = KINDS.into_iter().filter(|_| rng.percent(60)).collect();
        let values: &[&str] = rng.choose(&[&[][..], &["直営", "委託"], &["11", "13", "17"]]);
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        let several = !values.is_empty() && rng.percent(40);
        Field { id: format!("d{index}"), kinds, values, several }
    };
    let fields = (0..rng.choose(&[0, 1, 2, 3])).map(|index| field(index, rng));
    fields.collect::<Vec<_>>().into_iter().filter(|field| !field.kinds.is_empty()).collect()
}

pub(crate) fn sections(rng: &mut Rng, fields: &[Field]) -> Vec<Section> {
    let section = |index: usize, rng: &mut Rng| {
        let kind = rng.choose(&KINDS);
        let fitting: Vec<usize> = (0..fields.len())
            .filter(|field| fields[*field].kinds.contains(&kind) && !fields[*field].values.is_empty())
            .collect();
        let condition = (!fitting.is_empty() && rng.percent(70)).then(|| {
            let field = rng.choose(&fitting);
            let values = &fields[field].values;
            let first = rng.below(values.len());
            (
                field,
                values
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| *at == first || rng.percent(20))
                    .map(|(_, v)| v.clone())
                    .collect(),
            )
        });
        Section { kind, title: format!("見出し{index}"), condition }
    };
    (0..rng.choose(&[0, 0, 1, 2, 3])).map(|index| section(index, rng)).collect()
}

pub(crate) fn surveys(rng: &mut Rng) -> Vec<Survey> {
    let survey = |index: usize, rng: &mut Rng| Survey { id: format!("v{index}"), quadrants: rng.percent(60) };
    (0..rng.choose(&[0, 0, 1, 2])).map(|index| survey(index, rng)).collect()
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

pub(crate) fn methods(rng: &mut Rng, scales: &[Scale]) -> Vec<Method> {
    let indicator_scales: Vec<usize> = (0..scales.len())
        .filter(|index| scales[*index].points.is_none() && scales[*index].subjects.contains(&ScaleSubject::Indicator))
        .collect();
    let default = rng.below(6);
    let method = |index: usize, rng: &mut Rng| {
        // Few indicators have what methods with a tolerance need, so these are frequent.
        let kind = if rng.percent(30) { rng.choose(&["versus-baseline", "maintain"]) } else { rng.choose(&METHODS) };
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
        let target = if rng.percent(35) { rng.choose(&[Some("year"), Some("next"), Some("end")]) } else { None };
        let default = index == default;
        Method { id: format!("m{index}"), kind, default, scale, bands, tolerance, excludes_end, from_zero, target }
    };
    let count = rng.between(0, 4) as usize;
    (0..count).map(|index| method(index, rng)).collect()
}

/// Methods of nodes, at most one for each kind.
pub(crate) fn shares(rng: &mut Rng, scales: &[Scale]) -> Vec<ShareMethod> {
    let kinds: Vec<Kind> = KINDS.into_iter().filter(|_| rng.percent(25)).collect();
    let groups = if rng.percent(50) { kinds.chunks(1) } else { kinds.chunks(3) };
    let share = |index: usize, kinds: &[Kind], rng: &mut Rng| {
        let judges_all = |scale: &Scale| kinds.iter().all(|kind| scale.subjects.contains(&ScaleSubject::Node(*kind)));
        let fitting: Vec<usize> =
            (0..scales.len()).filter(|scale| scales[*scale].points.is_none() && judges_all(&scales[*scale])).collect();
        let scale = (!fitting.is_empty() && rng.percent(80)).then(|| rng.choose(&fitting));
        let bands = scale.map(|scale| falling_bands(rng, scales[scale].marks.len())).unwrap_or_default();
        let target = if rng.percent(35) { rng.choose(&[Some("year"), Some("next"), Some("end")]) } else { None };
        ShareMethod { id: format!("share{index}"), kinds: kinds.to_vec(), scale, bands, target }
    };
    groups.enumerate().map(|(index, kinds)| share(index, kinds, rng)).collect()
}

/// Bands from 100% down, where most shares are.
fn falling_bands(rng: &mut Rng, marks: usize) -> Vec<Band> {
    let limit = |mark: usize| Decimal { units: [100, 67, 50, 34, 1][mark.min(4)], decimals: 0 };
    let mut bands: Vec<Band> =
        (0..(marks - 1).min(5)).map(|mark| Band { condition: Condition::From(limit(mark)), mark }).collect();
    if rng.percent(75) || bands.is_empty() {
        bands.push(Band { condition: Condition::Rest, mark: marks - 1 });
    }
    bands
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
        for category in categories {
            if rng.percent(75) {
                bands.push(Band { condition: Condition::When(category), mark: rng.below(marks) });
            }
        }
    }
    if rng.percent(75) {
        bands.push(Band { condition: Condition::Rest, mark: marks - 1 });
    }
    bands
}
