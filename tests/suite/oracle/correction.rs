//! Corrections of what sheets print: random ones, and the statements on them (§4 of `docs/statements.md`).

use super::amount::Money;
use super::figures;
use super::method;
use super::model::*;
use super::random::Rng;
use super::statement::Expected;

/// What a sheet prints, and what it printed before.
struct Printed {
    place: Place,
    is: String,
    was: String,
}

/// Declares corrections of random places of all sheets.
pub(crate) fn declare(rng: &mut Rng, strategy: &mut Strategy) {
    for index in 0..strategy.nodes.len() {
        let editions: Vec<usize> = strategy.nodes[index].sheets.keys().copied().collect();
        for edition in editions {
            let node = &strategy.nodes[index];
            let corrections = corrections(rng, printed(strategy, node, &node.sheets[&edition]));
            if let Some(sheet) = strategy.nodes[index].sheets.get_mut(&edition) {
                sheet.corrections = corrections;
            }
        }
    }
}

/// Corrections of some places, one or two of each.
fn corrections(rng: &mut Rng, places: Vec<Printed>) -> Vec<Correction> {
    let mut corrections = Vec::new();
    // Corrections of one notice have the same day.
    let date = |rng: &mut Rng, year: i64| format!("{year}-{:02}-{:02}", rng.between(1, 12), rng.between(1, 28));
    let notice = date(rng, 2041);
    for Printed { place, is, was } in places {
        // Results of methods depend on few of all figures.
        let is_figure = matches!(place, Place::Figure(_, "actual" | "target", _)) && !is.is_empty();
        if !rng.percent(if is_figure { 20 } else { 6 }) {
            continue;
        }
        let was = if rng.percent(10) && !is.is_empty() { String::new() } else { was };
        let day = if rng.percent(60) { notice.clone() } else { date(rng, 2041) };
        let by_publisher = rng.percent(50);
        if rng.percent(20) {
            // An earlier correction of the same place, which the later one corrects again.
            let (date, is, was) = (date(rng, 2040), was.clone(), format!("{was}5"));
            corrections.push(Correction { date, place: place.clone(), was, is, by_publisher: !by_publisher });
        }
        corrections.push(Correction { date: day, place, was, is, by_publisher });
    }
    corrections
}

/// Everything that a sheet prints and a correction can be about, except values with further keys. A value may also have
/// been removed.
fn printed(strategy: &Strategy, node: &Node, sheet: &Sheet) -> Vec<Printed> {
    let mut all = vec![Printed { place: Place::Name, is: node.name.clone(), was: format!("{}旧", node.name) }];
    let mut value = |place: Place, value: &Value| {
        if !value.toml.starts_with('{') {
            all.push(Printed { place, is: value.printed.clone(), was: format!("{}5", value.printed) });
        }
    };
    for (index, figures) in &sheet.figures {
        let series = [
            ("actual", &figures.actual),
            ("target", &figures.target),
            ("forecast", &figures.forecast),
            ("interim", &figures.interim),
            ("rate", &figures.rate),
            ("rank", &figures.rank),
            ("comparison.ken", &figures.comparison),
            ("breakdown.higashi", &figures.breakdown),
        ];
        for (series, values) in series {
            for (column, printed) in values {
                value(Place::Figure(*index, series, *column), printed);
            }
        }
    }
    for (table, amounts) in [("money", &sheet.money), ("staff", &sheet.staff), ("total", &sheet.total)] {
        for ((money, year), printed) in amounts {
            let place = |funding| Place::Amount { table, money: *money, year: *year, funding };
            value(place(None), printed);
            for (source, share) in &printed.funding {
                value(place(Some(*source)), share);
            }
        }
    }
    for (survey, place) in &sheet.surveys {
        for (axis, printed) in [("x", &place.x), ("y", &place.y)] {
            printed.iter().for_each(|printed| value(Place::Survey(*survey, axis), printed));
        }
    }
    let judged = [(Judged::Node, &sheet.judgements)].into_iter();
    let judged =
        judged.chain(sheet.figures.iter().map(|(index, figures)| (Judged::Indicator(*index), &figures.judgements)));
    let judged = judged.chain(sheet.row_judgements.iter().map(|(id, given)| (Judged::Row(id.clone()), given)));
    let judgements = judged.flat_map(|(of, given)| given.iter().map(move |it| (of.clone(), it)));
    all.extend(judgements.filter_map(|(of, judgement)| mark(strategy, of, judgement)));
    for (survey, place) in &sheet.surveys {
        let quadrant = place.quadrant.map(|name| (name.to_owned(), format!("{name}5")));
        all.extend(quadrant.map(|(is, was)| Printed { place: Place::Survey(*survey, "quadrant"), is, was }));
    }
    for heading in &sheet.headings {
        all.push(Printed { place: Place::Words(heading.clone()), is: String::new(), was: "前の文。".to_owned() });
    }
    // Values that were removed.
    for index in 0..node.indicators.len() {
        let place = Place::Figure(index, "actual", Column::Year(1995));
        all.push(Printed { place, is: String::new(), was: "12".to_owned() });
    }
    all
}

/// A judgement with another mark before; `None` if it is lost.
fn mark(strategy: &Strategy, of: Judged, judgement: &Judgement) -> Option<Printed> {
    let place = Place::Mark { of, scale: judgement.scale, judge: judgement.judge, year: judgement.year };
    let declared = &strategy.scales[judgement.scale].marks;
    let is = match &judgement.verdict {
        Verdict::Marks(marks) => marks.iter().map(|mark| declared[*mark].as_str()).collect::<Vec<_>>().join("、"),
        Verdict::Points(points) if !points.toml.starts_with('{') => points.printed.clone(),
        Verdict::Missing => "-".to_owned(),
        Verdict::Points(_) | Verdict::Lost => return None,
    };
    let was = declared.iter().find(|mark| **mark != is).cloned().unwrap_or_else(|| format!("{is}5"));
    Some(Printed { place, is, was })
}

/// Corrections of the sheets of a node of `editions`.
pub(crate) fn statements(strategy: &Strategy, node: &Node, editions: &[usize]) -> Vec<Expected> {
    let sheets = editions.iter().filter_map(|edition| Some((*edition, node.sheets.get(edition)?)));
    let all = sheets.flat_map(|(edition, sheet)| sheet.corrections.iter().map(move |it| (edition, it)));
    let statement = |(edition, it): (usize, &Correction)| {
        let kind = if it.by_publisher { "publisher" } else { "transcription" };
        let mut statement = Expected::new("correction")
            .with("of", format!("{}/{}", node.kind.key(), node.id))
            .with("edition", &strategy.editions[edition].id)
            .with("date", &it.date)
            .with("about", it.place.dotted(strategy, node))
            .with("kind", kind);
        let is_words = matches!(it.place, Place::Words(_));
        for (name, text) in [("was", &it.was), ("is", &it.is)] {
            // Words are too long to quote.
            let is_quoted = name == "was" || !is_words;
            if is_quoted && !text.is_empty() {
                statement = statement.with(name, text);
            }
        }
        let marks = marks_of_the_day(strategy, &node.sheets[&edition], it);
        if !marks.is_empty() {
            statement = statement.with("marks", marks.join(" "));
        }
        if is_input(strategy, node, editions, edition, &it.place) {
            statement = statement.with("computed", "yes");
        }
        statement
    };
    all.map(statement).collect()
}

/// Ids of the scales whose marks were corrected with something else: those of its indicator, and those of the node.
fn marks_of_the_day(strategy: &Strategy, sheet: &Sheet, of: &Correction) -> Vec<String> {
    let of_indicator = match &of.place {
        Place::Figure(indicator, ..) => Some(*indicator),
        Place::Mark { .. } => return Vec::new(),
        _ => None,
    };
    let same_day = sheet.corrections.iter().filter(|other| other.date == of.date);
    let scales = same_day.filter_map(|other| match &other.place {
        Place::Mark { of: Judged::Node, scale, .. } => Some(*scale),
        Place::Mark { of: Judged::Indicator(index), scale, .. } if Some(*index) == of_indicator => Some(*scale),
        _ => None,
    });
    scales.map(|scale| strategy.scales[scale].id.clone()).collect()
}

/// Returns true if the result of the method of an indicator, as `editions` print its figures, depends on a figure that
/// `edition` prints.
fn is_input(strategy: &Strategy, node: &Node, editions: &[usize], edition: usize, place: &Place) -> bool {
    let Place::Figure(index, series @ ("actual" | "target"), column) = place else { return false };
    let merged = figures::merged(node, *index, editions);
    let indicator = &node.indicators[*index];
    let subject = figures::Subject { strategy, node, index: *index, indicator, editions, series: &merged };
    let inputs = method::inputs(subject);
    inputs.into_iter().any(|(of, cell)| (of, cell.column, cell.edition) == (*series, *column, edition))
}

impl Place {
    /// The key by which corrections name it.
    pub(crate) fn dotted(&self, strategy: &Strategy, node: &Node) -> String {
        let year = |year: i32| if year > 2018 { format!("R{}", year - 2018) } else { format!("H{}", year - 1988) };
        match self {
            Self::Name => "name".to_owned(),
            Self::Words(heading) => format!("section:{heading}"),
            Self::Figure(index, series, column) => {
                let column = match column {
                    Column::Start => "start".to_owned(),
                    Column::Year(of) => year(*of),
                    Column::End => "end".to_owned(),
                };
                format!("indicator.{}.{series}.{column}", node.indicators[*index].id)
            }
            Self::Amount { table, money: Money { kind, phase }, year: of, funding } => {
                let declared = &strategy.amounts;
                let phase = match declared.phases[*phase].id.as_str() {
                    "settlement" if *table == "staff" => "actual",
                    id => id,
                };
                let kind = match (kind, *table) {
                    (0, _) => String::new(),
                    (kind, "staff") => format!("{}.", declared.staff[*kind]),
                    (kind, _) => format!("{}.", declared.money[*kind].id),
                };
                let of = of.map_or_else(|| "all".to_owned(), year);
                let funding = funding.map(|source| format!(".funding.{}", declared.funding[source]));
                format!("{table}.{kind}{phase}.{of}{}", funding.unwrap_or_default())
            }
            Self::Survey(survey, part) => format!("survey.{}.{part}", strategy.surveys[*survey].id),
            Self::Mark { of, scale, judge, year: given } => {
                let of = match of {
                    Judged::Node => "judgement".to_owned(),
                    Judged::Indicator(index) => format!("indicator.{}", node.indicators[*index].id),
                    Judged::Row(program) => format!("program.{program}"),
                };
                let given = given.map(|given| format!(".{}", year(given))).unwrap_or_default();
                let judge = judge.map(|judge| format!(".{}", strategy.judges[judge])).unwrap_or_default();
                format!("{of}.{}{given}{judge}", strategy.scales[*scale].id)
            }
        }
    }
}

/// The generator produces what the statements distinguish.
#[test]
fn all_kinds_of_corrections_are_generated() {
    use std::collections::BTreeMap;
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for seed in 0..300 {
        let strategy = super::generate::strategy(seed);
        let published = figures::published_editions(&strategy);
        for node in &strategy.nodes {
            for it in node.sheets.values().flat_map(|sheet| &sheet.corrections) {
                let kind = match &it.place {
                    Place::Name => "name",
                    Place::Words(_) => "words",
                    Place::Figure(_, series, _) => series,
                    Place::Amount { funding: Some(_), .. } => "funding",
                    Place::Amount { table, .. } => table,
                    Place::Survey(..) => "survey",
                    Place::Mark { of: Judged::Node, .. } => "mark",
                    Place::Mark { of: Judged::Indicator(_), .. } => "mark of an indicator",
                    Place::Mark { of: Judged::Row(_), .. } => "mark of a row",
                };
                *count.entry(kind.to_owned()).or_default() += 1;
                for (effect, holds) in [("added", it.was.is_empty()), ("removed", it.is.is_empty())] {
                    *count.entry(effect.to_owned()).or_default() += usize::from(holds);
                }
            }
            for statement in statements(&strategy, node, &published) {
                for effect in ["marks", "computed"] {
                    let holds = statement.facts.contains_key(effect);
                    *count.entry(format!("with {effect}")).or_default() += usize::from(holds);
                }
            }
        }
    }
    assert_eq!(count.len(), 20, "{count:#?}");
    assert!(count.values().all(|count| *count >= 20), "{count:#?}");
}
