//! Randomly generated strategies, deterministic for each seed.
//!
//! Numbers are small, so that ties, zeros and changes of sign are frequent. The content has no errors.

use super::model::*;
use super::random::Rng;
use super::{correction, declare, department, sheet};
use std::collections::BTreeMap;

/// Generates the strategy of `seed`.
pub(crate) fn strategy(seed: u64) -> Strategy {
    let rng = &mut Rng::from_seed(seed);
    let first = rng.between(2014, 2021) as i32;
    let period = rng.percent(85).then(|| (first, first + rng.between(3, 6) as i32));
    let editions = declare::editions(rng, first);
    let judges = declare::judges(rng);
    let scales = declare::scales(rng, &judges);
    let methods = declare::methods(rng, &scales);
    let shares = declare::shares(rng, &scales);
    let fields = declare::fields(rng);
    let mut strategy = Strategy {
        seed,
        id: format!("c{seed}"),
        period,
        editions,
        amounts: declare::amounts(rng),
        judges,
        scales,
        methods,
        shares,
        sections: declare::sections(rng, &fields),
        fields,
        surveys: declare::surveys(rng),
        nodes: Vec::new(),
        rows: Vec::new(),
    };
    nodes(rng, &mut strategy, first);
    chains(rng, &mut strategy);
    rows(rng, &mut strategy, first);
    sheet::of_rows(rng, &mut strategy);
    correction::declare(rng, &mut strategy);
    department::declare(rng, &mut strategy);
    strategy
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
            let lost = rng.percent(5);
            let mut node = Node {
                kind,
                id: format!("{letter}{index}"),
                name: format!("名前{letter}{index}"),
                parent,
                succeeds,
                printed,
                lost,
                departments: Vec::new(),
                period: rng.percent(30).then(|| sheet::open_period(rng, first)),
                fields: sheet::field_values(rng, strategy, kind, 60),
                indicators,
                rows: Vec::new(),
                lost_rows: usize::from(kind != Kind::Program && rng.percent(6)),
                sheets: BTreeMap::new(),
            };
            if !lost {
                sheet::sheets(rng, strategy, &mut node, first);
            }
            strategy.nodes.push(node);
        }
    }
}

fn indicator(rng: &mut Rng, strategy: &Strategy, index: usize, first: i32) -> Indicator {
    let words = rng.percent(6);
    let states: &[&str] = if !words && rng.percent(8) { &["未着手", "着手", "実施", "完了"] } else { &[] };
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
    let target_total_from = (!words && states.is_empty() && rng.percent(12)).then(|| since(rng));
    let actual_total_from = (!words && states.is_empty() && rng.percent(12)).then(|| match target_total_from {
        Some(year) if rng.percent(60) => Column::Year(year),
        _ if rng.percent(30) => Column::Start,
        _ => Column::Year(since(rng)),
    });
    let is_number = !words && states.is_empty();
    let method = (!strategy.methods.is_empty() && !words && rng.percent(if is_number { 40 } else { 15 }))
        .then(|| rng.choose(&strategy.methods).id)
        .or_else(|| rng.percent(6).then(|| "declared".to_owned()));
    Indicator {
        id: format!("i{index}"),
        words,
        states: states.to_vec(),
        unit: if is_number { unit } else { None },
        better: if is_number { better } else { None },
        baseline,
        interval: rng.percent(10).then_some(2),
        breaks: if words { Vec::new() } else { breaks },
        calendar: rng.percent(12),
        actual_total_from,
        target_total_from,
        method,
        step: rng.percent(20).then(|| rng.below(STEPS.len())),
        leads_to: Vec::new(),
    }
}

/// Links indicators to later ones, in a third of all strategies.
fn chains(rng: &mut Rng, strategy: &mut Strategy) {
    if !rng.percent(33) {
        return;
    }
    let indicators_of = |node: usize| (0..strategy.nodes[node].indicators.len()).map(move |index| (node, index));
    let all: Vec<IndicatorKey> = (0..strategy.nodes.len()).flat_map(indicators_of).collect();
    // A random order, so that chains lead from programs to goals as well, without cycles.
    let mut order = all.clone();
    for at in 1..order.len() {
        order.swap(at, rng.below(at + 1));
    }
    for (at, (node, index)) in order.iter().enumerate() {
        let next = order[at + 1..].iter().filter(|_| rng.percent(30)).take(2).copied().collect();
        strategy.nodes[*node].indicators[*index].leads_to = next;
    }
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
