//! Random sheets: figures, amounts, judgements, and what they print beside the name.

use super::amount::{self, Amounts, BUILT_IN, Like, Money};
use super::figures::published_editions;
use super::model::*;
use super::random::Rng;
use super::value::{SeriesKind, ValueProfile, amount, exact, points, share, value};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;
use std::collections::BTreeMap;

pub(crate) fn sheets(rng: &mut Rng, strategy: &Strategy, node: &mut Node, first: i32) {
    let count = strategy.editions.len();
    let (from, to) = match rng.below(10) {
        0 | 1 if node.kind == Kind::Program => (0, rng.below(count) + 1),
        2 if node.kind == Kind::Program => (rng.below(count), count),
        _ => (0, count),
    };
    let density = rng.choose(&[100, 100, 80, 50]);
    let profile = |indicator| ValueProfile::random(rng, indicator, strategy.method(indicator));
    let profiles: Vec<ValueProfile> = node.indicators.iter().map(profile).collect();
    let mut printed: Vec<Figures> = node.indicators.iter().map(|_| Figures::default()).collect();
    let mut printed_money = Amounts::new();
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
            sheet.money = money(rng, strategy, year, &mut printed_money);
        }
        if rng.percent(15) {
            sheet.staff = staff(rng, strategy, year);
        }
        sheet.judgements = judgements(rng, strategy, ScaleSubject::Node(node.kind), year);
        sheet.period = rng.percent(10).then(|| open_period(rng, first));
        sheet.fields = field_values(rng, strategy, node.kind, 15);
        for survey in 0..strategy.surveys.len() {
            if rng.percent(30) {
                sheet.surveys.insert(survey, survey_place(rng, &strategy.surveys[survey]));
            }
        }
        let fields = printed_fields(node, Some(&sheet));
        let fitting = strategy.sections.iter().filter(|section| section.applies(node.kind, &fields));
        sheet.headings = fitting.filter(|_| rng.percent(70)).map(|section| section.title.clone()).collect();
        node.sheets.insert(index, sheet);
    }
}

/// The values of the fields of a node that hold for a sheet.
pub(crate) fn printed_fields(node: &Node, sheet: Option<&Sheet>) -> FieldValues {
    let mut values = node.fields.clone();
    values.extend(sheet.map(|sheet| sheet.fields.clone()).unwrap_or_default());
    values
}

impl Section {
    /// Returns true if sheets of nodes with these values have the heading.
    pub(crate) fn applies(&self, kind: Kind, fields: &FieldValues) -> bool {
        let fits = |(field, wanted): &(usize, Vec<String>)| {
            fields.get(field).is_some_and(|values| values.iter().any(|value| wanted.contains(value)))
        };
        self.kind == kind && self.condition.as_ref().is_none_or(fits)
    }
}

pub(crate) fn open_period(rng: &mut Rng, first: i32) -> OpenPeriod {
    let (from, to) = (first - rng.between(0, 20) as i32, first + rng.between(0, 9) as i32);
    rng.choose(&[(Some(from), Some(to)), (Some(from), None), (None, Some(to))])
}

/// Values of the fields of a kind of nodes, each present with a probability of `percent` %.
pub(crate) fn field_values(rng: &mut Rng, strategy: &Strategy, kind: Kind, percent: usize) -> FieldValues {
    let mut all = FieldValues::new();
    for (index, field) in strategy.fields.iter().enumerate() {
        if !field.kinds.contains(&kind) || !rng.percent(percent) {
            continue;
        }
        let values = match field.values.is_empty() {
            true => vec![rng.choose(&["市内全域", "条例に基づく"]).to_owned()],
            false => {
                let first = rng.below(field.values.len());
                let chosen = |at: &usize, rng: &mut Rng| *at == first || field.several && rng.percent(40);
                (0..field.values.len()).filter(|at| chosen(at, rng)).map(|at| field.values[at].clone()).collect()
            }
        };
        all.insert(index, values);
    }
    all
}

fn survey_place(rng: &mut Rng, survey: &Survey) -> SurveyPlace {
    let mut axis = || rng.percent(85).then(|| exact(Decimal { units: rng.between(100, 500), decimals: 2 }));
    let (x, y) = (axis(), axis());
    let quadrant = survey.quadrants && rng.percent(70);
    let x = if x.is_none() && y.is_none() { Some(exact(Decimal { units: 312, decimals: 2 })) } else { x };
    SurveyPlace { x, y, quadrant: quadrant.then(|| rng.choose(&QUADRANTS)) }
}

/// Names of quadrants.
pub(crate) const QUADRANTS: [&str; 4] = ["重点改善", "重点維持", "改善", "維持"];

/// Amounts of money; many repeat those that earlier editions `printed`.
fn money(rng: &mut Rng, strategy: &Strategy, year: i32, printed: &mut Amounts) -> Amounts {
    let declared = &strategy.amounts;
    let mut amounts = Amounts::new();
    for kind in 0..declared.money.len() {
        for phase in 0..declared.phases.len() {
            let money = Money { kind, phase };
            let density = if kind == 0 && phase < BUILT_IN { 30 } else { 18 };
            let years = (year - 1..=year + 1).map(Some).filter(|_| rng.percent(density));
            let mut columns: Vec<Option<i32>> = years.collect();
            if declared.phases[phase].like == Like::Plan && rng.percent(12) {
                columns.push(None);
            }
            for column in columns {
                let repeated = printed.get(&(money, column)).filter(|_| rng.percent(45)).cloned();
                amounts.insert((money, column), repeated.unwrap_or_else(|| amount(rng)));
            }
        }
    }
    add_up(rng, declared.phases.len(), &mut amounts, |money, amounts, column| {
        let kinds = declared.money[money.kind].sum.iter().map(|kind| Money { kind: *kind, ..money });
        let phases = declared.phases[money.phase].sum.iter().map(|phase| Money { phase: *phase, ..money });
        let addends: [Vec<Money>; 2] = [kinds.collect(), phases.collect()];
        let sum_of = |addends: &Vec<Money>| exact_sum(addends.iter().map(|money| amounts.get(&(*money, column))));
        addends.iter().filter(|addends| !addends.is_empty()).find_map(sum_of)
    });
    // A later edition often prints the same amount with other sources of funding, or without them.
    printed.extend(amounts.clone());
    if !declared.funding.is_empty() {
        for value in amounts.values_mut() {
            if rng.percent(40) {
                fund(rng, declared.funding.len(), value);
            }
        }
    }
    amounts
}

/// Replaces most amounts for which `sum_of` finds a sum with that sum, or with a number close to it.
fn add_up(
    rng: &mut Rng,
    phases: usize,
    amounts: &mut Amounts,
    sum_of: impl Fn(Money, &Amounts, Option<i32>) -> Option<Decimal>,
) {
    let mut keys: Vec<(Money, Option<i32>)> = amounts.keys().copied().collect();
    keys.sort_by_key(|(money, column)| (money.kind * phases + money.phase, *column));
    for (money, column) in keys {
        if let Some(sum) = sum_of(money, amounts, column).filter(|_| rng.percent(75)) {
            amounts.insert((money, column), exact(near(rng, sum)));
        }
    }
}

/// The number, or one that differs little.
fn near(rng: &mut Rng, number: Decimal) -> Decimal {
    let difference = rng.choose(&[(0, 0), (0, 0), (0, 0), (1, 0), (-2, 0), (3, 0), (5, 1), (6, 1)]);
    number.plus(Decimal { units: difference.0, decimals: difference.1 })
}

/// The sum of amounts that are all exact numbers.
fn exact_sum<'a>(addends: impl Iterator<Item = Option<&'a Value>>) -> Option<Decimal> {
    let mut sum = Decimal { units: 0, decimals: 0 };
    for addend in addends {
        sum = sum.plus(addend?.exact()?);
    }
    Some(sum)
}

/// Adds sources of funding that often add up to the amount.
fn fund(rng: &mut Rng, sources: usize, value: &mut Value) {
    let Some(total) = value.exact().filter(|_| value.funding.is_empty()) else { return };
    let mut rest = total;
    let count = 1 + rng.below(sources);
    let mut shares = BTreeMap::new();
    for source in 0..count {
        let is_last = source + 1 == count;
        let number = match is_last {
            true => near(rng, rest),
            false => Decimal { units: rng.between(0, 9_000), decimals: 0 },
        };
        rest = rest.plus(Decimal { units: -number.units, decimals: number.decimals });
        shares.insert(source, share(rng, number));
    }
    *value = value.clone().funded(shares);
}

fn staff(rng: &mut Rng, strategy: &Strategy, year: i32) -> Amounts {
    let declared = &strategy.amounts;
    let mut amounts = Amounts::new();
    for kind in 0..declared.staff.len() {
        for phase in 0..declared.phases.len() {
            if rng.percent(40) {
                let number = exact(Decimal { units: rng.between(0, 40), decimals: 1 });
                amounts.insert((Money { kind, phase }, Some(year)), number);
            }
        }
    }
    amounts
}

/// Adds what refers to rows: printed totals, and marks of rows.
pub(crate) fn of_rows(rng: &mut Rng, strategy: &mut Strategy) {
    for index in 0..strategy.nodes.len() {
        if strategy.nodes[index].kind == Kind::Program {
            continue;
        }
        let editions: Vec<usize> = strategy.nodes[index].sheets.keys().copied().collect();
        for edition in editions {
            let total = if rng.percent(30) { total(rng, strategy, index, edition) } else { Amounts::new() };
            let year = strategy.editions[edition].year.unwrap_or(2020);
            let mut marks = BTreeMap::new();
            for row in &strategy.nodes[index].rows {
                if rng.percent(60) {
                    marks.insert(row.program.clone(), judgements(rng, strategy, ScaleSubject::Row, year));
                }
            }
            marks.retain(|_, given| !given.is_empty());
            if let Some(sheet) = strategy.nodes[index].sheets.get_mut(&edition) {
                (sheet.total, sheet.row_judgements) = (total, marks);
            }
        }
    }
}

/// Printed totals of the rows of a node, often the sum of the amounts that the same edition prints.
fn total(rng: &mut Rng, strategy: &Strategy, index: usize, edition: usize) -> Amounts {
    let subtree = amount::subtree(strategy, index);
    let is_below = |owner: Option<usize>| owner.is_some_and(|owner| subtree.contains(&owner));
    let editions = if published_editions(strategy).contains(&edition) { vec![edition] } else { Vec::new() };
    let mut amounts = Amounts::new();
    for ((money, year), sums) in amount::sums(strategy, &editions, &is_below) {
        if rng.percent(40) {
            let sum = if rng.percent(75) { &sums.gross } else { &sums.net };
            let number = near(rng, decimal(&sum.number));
            amounts.insert((money, Some(year)), exact(number));
        }
    }
    if rng.percent(20) {
        let money = Money { kind: 0, phase: rng.below(strategy.amounts.phases.len()) };
        amounts.insert((money, Some(2020)), amount(rng));
    }
    amounts
}

/// The decimal with one place that equals a sum of such decimals.
fn decimal(number: &BigRational) -> Decimal {
    let tenths = (number * BigRational::from_integer(BigInt::from(10))).to_integer().to_i64().unwrap_or_default();
    match tenths % 10 {
        0 => Decimal { units: tenths / 10, decimals: 0 },
        _ => Decimal { units: tenths, decimals: 1 },
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
            let judges: Vec<Option<usize>> = match declared.judges.is_empty() {
                true => vec![None],
                false => declared.judges.iter().copied().map(Some).filter(|_| rng.percent(75)).collect(),
            };
            for judge in judges {
                let verdict = verdict(rng, strategy, scale, &judgements, (year, judge));
                judgements.push(Judgement { scale, judge, year, verdict });
            }
        }
    }
    judgements
}

fn verdict(
    rng: &mut Rng,
    strategy: &Strategy,
    scale: usize,
    earlier: &[Judgement],
    (year, judge): (Option<i32>, Option<usize>),
) -> Verdict {
    let declared = &strategy.scales[scale];
    match (rng.below(100), &declared.points) {
        (93.., _) => Verdict::Lost,
        (84.., _) => Verdict::Missing,
        (_, Some(total)) => {
            let addend = |addend: &usize| {
                let given =
                    earlier.iter().find(|other| (other.scale, other.year, other.judge) == (*addend, year, judge));
                match given.map(|given| &given.verdict) {
                    Some(Verdict::Points(value)) => Some(value),
                    _ => None,
                }
            };
            let sum = exact_sum(total.sum.iter().map(addend)).filter(|_| !total.sum.is_empty());
            let random = Decimal { units: rng.between(0, 21), decimals: rng.choose(&[0, 0, 0, 1]) };
            let number = sum.map_or(random, |sum| near(rng, sum));
            Verdict::Points(points(rng, number))
        }
        (at, None) => {
            let mark = rng.below(declared.marks.len());
            let all = 0..declared.marks.len();
            match at {
                76.. => Verdict::Marks(all.filter(|at| *at == mark || at % 2 == 0).collect()),
                _ => Verdict::Marks(vec![mark]),
            }
        }
    }
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
    let beside = |rng: &mut Rng| {
        let columns = if rng.percent(15) { year - 2..=year } else { year + 1..=year };
        columns.filter(|_| rng.percent(70)).map(Column::Year).collect()
    };
    let forecast: Vec<Column> = forecast.into_iter().collect();
    type Pick = fn(&mut Figures) -> &mut BTreeMap<Column, Value>;
    let series: [(Pick, SeriesKind, Vec<Column>); 7] = [
        (|figures| &mut figures.actual, SeriesKind::Actual, actual),
        (|figures| &mut figures.target, SeriesKind::Target, target),
        (|figures| &mut figures.forecast, SeriesKind::Actual, forecast),
        (|figures| &mut figures.rate, SeriesKind::Rate, beside(rng)),
        (|figures| &mut figures.rank, SeriesKind::Rank, beside(rng)),
        (|figures| &mut figures.comparison, SeriesKind::Other, beside(rng)),
        (|figures| &mut figures.breakdown, SeriesKind::Other, beside(rng)),
    ];
    for (pick, kind, columns) in series {
        for column in columns {
            let repeated = pick(printed).get(&column).filter(|_| rng.percent(75)).cloned();
            let value = repeated.unwrap_or_else(|| value(rng, profile, kind, column));
            pick(printed).insert(column, value.clone());
            pick(&mut figures).insert(column, value);
        }
    }
    // An interim value needs a value or forecast of the same year.
    let candidate_columns: Vec<Column> = figures.actual.keys().chain(figures.forecast.keys()).copied().collect();
    for column in candidate_columns {
        if column != Column::Start && rng.percent(7) {
            let interim = value(rng, profile, SeriesKind::Actual, column);
            let interim = if interim.as_of.is_some() { interim } else { interim.at(&format!("{year}-09-30")) };
            figures.interim.insert(column, interim);
        }
    }
    figures
}
