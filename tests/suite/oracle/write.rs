//! Writes the model as content files.

use super::amount::{Amounts, BUILT_IN};
use super::model::*;
use super::sheet::QUADRANTS;
use crate::support::content::Files;
use std::fmt::Write as _;
use std::path::Path;

/// Writes `site.toml`, and each strategy to its own folder.
pub(crate) fn write(strategies: &[Strategy], content: &Path) {
    file(&content.join("site.toml"), "title = \"試験\"\nsearch = false\nprint = false\n".as_bytes());
    for (path, text) in strategies.iter().flat_map(files) {
        file(&content.join(path), &text);
    }
}

fn file(path: &Path, text: &[u8]) {
    std::fs::create_dir_all(path.parent().expect("has a parent folder")).expect("can be created");
    std::fs::write(path, text).expect("can be written");
}

/// The files of a strategy.
pub(crate) fn files(strategy: &Strategy) -> Files {
    let folder = &strategy.id;
    let mut files = Files::new();
    let mut add = |path: String, text: String| drop(files.insert(format!("{folder}/{path}"), text.into_bytes()));
    add("strategy.toml".to_owned(), strategy_file(strategy));
    for (index, edition) in strategy.editions.iter().enumerate().filter(|(index, _)| has_own_file(strategy, *index)) {
        add(format!("editions/{}.toml", edition.id), edition_keys(strategy, index));
    }
    for node in &strategy.nodes {
        let folder = format!("{}/{}", node.kind.folder(), node.id);
        add(format!("{folder}/{}.md", node.kind.key()), node_file(strategy, node));
        for (edition, sheet) in &node.sheets {
            add(format!("{folder}/{}.md", strategy.editions[*edition].id), sheet_file(strategy, node, sheet));
        }
    }
    files
}

/// Returns true if an edition has its own file: the last one of every fifth seed.
fn has_own_file(strategy: &Strategy, index: usize) -> bool {
    strategy.seed.is_multiple_of(5) && index + 1 == strategy.editions.len()
}

macro_rules! line {
    ($text:expr, $($arguments:tt)*) => { writeln!($text, $($arguments)*).expect("writing to a string cannot fail") };
}

fn strategy_file(strategy: &Strategy) -> String {
    let mut text = String::new();
    line!(text, "title = \"計画{}\"\npublisher = \"試験市\"\nmissing = [\"-\"]", strategy.seed);
    if let Some((from, to)) = strategy.period {
        line!(text, "period = \"{from}/{to}\"");
    }
    if let Some(tolerance) = strategy.amounts.tolerance {
        line!(text, "sum_tolerance = {}", tolerance.toml());
    }
    rows(&mut text, &strategy.rows, 0);
    declarations(&mut text, strategy);
    for (index, edition) in strategy.editions.iter().enumerate().filter(|(index, _)| !has_own_file(strategy, *index)) {
        line!(text, "[[edition]]\nid = \"{}\"\n{}", edition.id, edition_keys(strategy, index));
    }
    for scale in &strategy.scales {
        let subjects: Vec<String> = scale.subjects.iter().map(|subject| format!("\"{}\"", subject.key())).collect();
        let marks: Vec<String> = scale.marks.iter().map(|mark| format!("{{ mark = \"{mark}\" }}")).collect();
        line!(text, "[[scale]]\nid = \"{0}\"\ntitle = \"尺度{0}\"\nof = [{1}]", scale.id, subjects.join(", "));
        if let Some(group) = scale.group {
            line!(text, "group = \"{group}\"");
        }
        if !scale.judges.is_empty() {
            line!(text, "judges = [{}]", quoted(scale.judges.iter().map(|judge| &strategy.judges[*judge])));
        }
        match &scale.points {
            Some(points) => {
                line!(text, "kind = \"points\"");
                if let Some(max) = points.max {
                    line!(text, "max = {}", max.toml());
                }
                if !points.sum.is_empty() {
                    line!(text, "sum = [{}]", quoted(points.sum.iter().map(|addend| &strategy.scales[*addend].id)));
                }
            }
            None => line!(text, "marks = [{}]", marks.join(", ")),
        }
        if scale.lost {
            line!(text, "lost = \"印は読み取れない。\"");
        }
    }
    for method in &strategy.methods {
        line!(text, "[[method]]\nid = \"{}\"\nkind = \"{}\"", method.id, method.kind);
        if method.default {
            line!(text, "default = true");
        }
        if let Some(scale) = method.scale {
            line!(text, "scale = \"{}\"", strategy.scales[scale].id);
            line!(text, "bands = [{}]", bands(strategy, scale, &method.bands));
        }
        match method.tolerance {
            Some(Tolerance::Absolute(width)) if method.excludes_end => {
                line!(text, "tolerance = \"{}未満\"", width.toml());
            }
            Some(Tolerance::Percent(width)) if method.excludes_end => {
                line!(text, "tolerance = {{ value = \"{}%\", bound = \"below\" }}", width.toml());
            }
            Some(Tolerance::Absolute(width)) => line!(text, "tolerance = {}", width.toml()),
            Some(Tolerance::Percent(width)) => line!(text, "tolerance = \"{}%\"", width.toml()),
            None => {}
        }
        if method.from_zero {
            line!(text, "start = 0");
        }
        if let Some(target) = method.target {
            line!(text, "target = \"{target}\"");
        }
    }
    for share in &strategy.shares {
        let kinds: Vec<String> = share.kinds.iter().map(|kind| format!("\"{}\"", kind.key())).collect();
        line!(text, "[[method]]\nid = \"{}\"\nkind = \"share-reached\"\nof = [{}]", share.id, kinds.join(", "));
        line!(text, "default = true");
        if let Some(scale) = share.scale {
            line!(
                text,
                "scale = \"{}\"\nbands = [{}]",
                strategy.scales[scale].id,
                bands(strategy, scale, &share.bands)
            );
        }
        if let Some(target) = share.target {
            line!(text, "target = \"{target}\"");
        }
    }
    text
}

fn bands(strategy: &Strategy, scale: usize, bands: &[Band]) -> String {
    let written = bands.iter().map(|band| {
        let mark = &strategy.scales[scale].marks[band.mark];
        match &band.condition {
            Condition::From(from) => format!("{{ from = {}, mark = \"{mark}\" }}", from.toml()),
            Condition::To(to) => format!("{{ to = {}, mark = \"{mark}\" }}", to.toml()),
            Condition::When(category) => format!("{{ when = \"{category}\", mark = \"{mark}\" }}"),
            Condition::Rest => format!("{{ mark = \"{mark}\" }}"),
        }
    });
    written.collect::<Vec<_>>().join(", ")
}

/// `"a", "b"`.
fn quoted<'a>(texts: impl Iterator<Item = &'a String>) -> String {
    texts.map(|text| format!("\"{text}\"")).collect::<Vec<_>>().join(", ")
}

/// Amounts, judges, fields, sections and surveys.
fn declarations(text: &mut String, strategy: &Strategy) {
    let declared = &strategy.amounts;
    for phase in &declared.phases[BUILT_IN..] {
        line!(text, "[[phase]]\nid = \"{0}\"\ntitle = \"区分{0}\"\nlike = \"{1}\"", phase.id, phase.like.key());
        if !phase.sum.is_empty() {
            line!(text, "sum = [{}]", quoted(phase.sum.iter().map(|addend| &declared.phases[*addend].id)));
        }
    }
    // The base is declared only if something about it is.
    for kind in declared.money.iter().filter(|kind| kind.id != "base" || !kind.additive) {
        line!(text, "[[money]]\nid = \"{0}\"\ntitle = \"費用{0}\"", kind.id);
        if let Some(unit) = kind.unit {
            line!(text, "unit = \"{unit}\"");
        }
        if !kind.additive {
            line!(text, "additive = false");
        }
        if !kind.sum.is_empty() {
            line!(text, "sum = [{}]", quoted(kind.sum.iter().map(|addend| &declared.money[*addend].id)));
        }
    }
    for id in declared.staff.iter().skip(1) {
        line!(text, "[[staff]]\nid = \"{id}\"\ntitle = \"人員{id}\"\nunit = \"時間\"");
    }
    for id in &declared.funding {
        line!(text, "[[funding]]\nid = \"{id}\"\ntitle = \"財源{id}\"");
    }
    for id in &strategy.judges {
        line!(text, "[[judge]]\nid = \"{id}\"\ntitle = \"評価者{id}\"");
    }
    for field in &strategy.fields {
        let kinds: Vec<String> = field.kinds.iter().map(|kind| kind.key().to_owned()).collect();
        line!(text, "[[field]]\nid = \"{0}\"\ntitle = \"欄{0}\"\nof = [{1}]", field.id, quoted(kinds.iter()));
        if !field.values.is_empty() {
            line!(text, "values = [{}]", quoted(field.values.iter()));
        }
        if field.several {
            line!(text, "several = true");
        }
    }
    for section in &strategy.sections {
        line!(text, "[[section]]\nof = [\"{}\"]\ntitle = \"{}\"", section.kind.key(), section.title);
        line!(text, "required = \"always\"");
        if let Some((field, values)) = &section.condition {
            line!(text, "where = {{ {} = [{}] }}", strategy.fields[*field].id, quoted(values.iter()));
        }
    }
    for survey in &strategy.surveys {
        line!(text, "[[survey]]\nid = \"{0}\"\ntitle = \"調査{0}\"", survey.id);
        line!(text, "x = {{ title = \"満足度\", mean = 3.12 }}\ny = {{ title = \"重要度\" }}");
        if survey.quadrants {
            line!(text, "quadrants = [{}]", quoted(QUADRANTS.map(str::to_owned).iter()));
        }
    }
}

fn edition_keys(strategy: &Strategy, index: usize) -> String {
    let edition = &strategy.editions[index];
    let mut text = format!("label = \"版{}\"\n", edition.id);
    if let Some(year) = edition.year {
        line!(text, "year = \"{year}\"");
    }
    match edition.stage {
        Stage::Final => {}
        Stage::Interim => line!(text, "stage = \"interim\""),
        Stage::Plan => line!(text, "stage = \"plan\""),
    }
    if edition.draft {
        line!(text, "draft = true");
    }
    text
}

fn rows(text: &mut String, rows: &[Row], lost: usize) {
    for row in rows {
        line!(text, "[[program]]\nid = \"{}\"", row.program);
        if row.repeat {
            line!(text, "repeat = true");
        }
        if let Some(years) = &row.years {
            let years: Vec<String> = years.iter().map(|year| format!("\"{year}\"")).collect();
            line!(text, "years = [{}]", years.join(", "));
        }
    }
    for _ in 0..lost {
        line!(text, "[[program]]\nlost = \"資料から読み取れない。\"");
    }
}

fn node_file(strategy: &Strategy, node: &Node) -> String {
    let mut text = format!("+++\nname = \"{}\"\n", node.name);
    if let Some(parent) = &node.parent {
        line!(text, "{} = \"{parent}\"", if node.kind == Kind::Goal { "parent" } else { "goal" });
    }
    if !node.succeeds.is_empty() {
        let succeeds: Vec<String> = node.succeeds.iter().map(|id| format!("\"program:{id}\"")).collect();
        line!(text, "succeeds = [{}]", succeeds.join(", "));
    }
    if node.lost {
        line!(text, "lost = \"このページは公開されていない。\"");
    }
    if !node.departments.is_empty() {
        line!(text, "department = [{}]", quoted(node.departments.iter()));
    }
    beside(&mut text, strategy, node.period, &node.fields);
    for (year, name) in &node.printed {
        line!(text, "[printed.{year}]\nname = \"{name}\"");
    }
    for indicator in &node.indicators {
        line!(text, "[[indicator]]\nid = \"{0}\"\nname = \"指標{0}\"", indicator.id);
        indicator_keys(&mut text, indicator);
        let key = |(node, index): &IndicatorKey| {
            let node = &strategy.nodes[*node];
            format!("indicator:{}/{}/{}", node.kind.key(), node.id, node.indicators[*index].id)
        };
        let leads_to: Vec<String> = indicator.leads_to.iter().map(key).collect();
        if !leads_to.is_empty() {
            line!(text, "leads_to = [{}]", quoted(leads_to.iter()));
        }
        line!(text, "[[indicator.comparison]]\nid = \"ken\"\nname = \"県平均\"");
        line!(text, "[[indicator.breakdown]]\nid = \"higashi\"\nname = \"東地区\"");
    }
    rows(&mut text, &node.rows, node.lost_rows);
    text.push_str("+++\n");
    text
}

/// Period and values of fields, of a node or a sheet.
fn beside(text: &mut String, strategy: &Strategy, period: Option<OpenPeriod>, fields: &FieldValues) {
    if let Some((from, to)) = period {
        let year = |year: Option<i32>| year.map(|year| year.to_string()).unwrap_or_default();
        line!(text, "period = \"{}/{}\"", year(from), year(to));
    }
    for (field, values) in fields {
        line!(text, "field.{} = [{}]", strategy.fields[*field].id, quoted(values.iter()));
    }
}

fn indicator_keys(text: &mut String, indicator: &Indicator) {
    if !indicator.states.is_empty() {
        let states: Vec<String> = indicator.states.iter().map(|state| (*state).to_owned()).collect();
        line!(text, "kind = \"state\"\nstates = [{}]", quoted(states.iter()));
    }
    if let Some(step) = indicator.step {
        line!(text, "step = \"{}\"\nformula = \"実施回数÷計画回数×100\"", STEPS[step]);
    }
    if indicator.words {
        line!(text, "kind = \"words\"");
    }
    if let Some(unit) = &indicator.unit {
        line!(text, "unit = \"{unit}\"");
    }
    match indicator.better {
        Some(Better::Higher) => line!(text, "better = \"higher\""),
        Some(Better::Lower) => line!(text, "better = \"lower\""),
        Some(Better::Maintain) => line!(text, "better = \"maintain\""),
        None => {}
    }
    if let Some(baseline) = indicator.baseline {
        line!(text, "baseline = \"{}\"", baseline.key());
    }
    if let Some(interval) = indicator.interval {
        line!(text, "interval = {interval}");
    }
    if !indicator.breaks.is_empty() {
        let breaks: Vec<String> = indicator.breaks.iter().map(|year| format!("\"{year}\"")).collect();
        line!(text, "breaks = [{}]", breaks.join(", "));
    }
    if indicator.calendar {
        line!(text, "year_kind = \"calendar\"");
    }
    if let Some(from) = indicator.actual_total_from {
        line!(text, "actual_total_from = \"{}\"", from.key());
    }
    if let Some(from) = indicator.target_total_from {
        let key = if from % 2 == 0 { "cumulative_from" } else { "target_total_from" };
        line!(text, "{key} = \"{from}\"");
    }
    if let Some(method) = &indicator.method {
        line!(text, "method = \"{method}\"");
    }
}

fn sheet_file(strategy: &Strategy, node: &Node, sheet: &Sheet) -> String {
    let mut text = "+++\n".to_owned();
    beside(&mut text, strategy, sheet.period, &sheet.fields);
    if !sheet.judgements.is_empty() {
        line!(text, "[judgement]");
        judgements(&mut text, strategy, &sheet.judgements);
    }
    for (program, given) in &sheet.row_judgements {
        line!(text, "[program.{program}]");
        judgements(&mut text, strategy, given);
    }
    let declared = &strategy.amounts;
    let kinds: Vec<&str> = declared.money.iter().map(|kind| kind.id.as_str()).collect();
    let staff: Vec<&str> = declared.staff.iter().map(String::as_str).collect();
    for (table, amounts, kinds) in
        [("money", &sheet.money, &kinds), ("total", &sheet.total, &kinds), ("staff", &sheet.staff, &staff)]
    {
        self::amounts(&mut text, strategy, table, amounts, kinds);
    }
    for (index, place) in &sheet.surveys {
        line!(text, "[survey.{}]", strategy.surveys[*index].id);
        for (axis, value) in [("x", &place.x), ("y", &place.y)] {
            if let Some(value) = value {
                line!(text, "{axis} = {}", value.toml);
            }
        }
        if let Some(quadrant) = place.quadrant {
            line!(text, "quadrant = \"{quadrant}\"");
        }
    }
    for (index, figures) in &sheet.figures {
        let indicator = &node.indicators[*index];
        line!(text, "[indicator.{}]", indicator.id);
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
            for (column, value) in values {
                let toml = if indicator.words { words(value) } else { value.toml.clone() };
                line!(text, "{series}.{} = {toml}", column.key());
            }
        }
        judgements(&mut text, strategy, &figures.judgements);
    }
    for correction in &sheet.corrections {
        line!(text, "[[correction]]");
        line!(text, "date = {}", correction.date);
        line!(text, "about = \"{}\"", correction.place.dotted(strategy, node));
        line!(text, "was = \"{}\"", correction.was);
        line!(text, "kind = \"{}\"", if correction.by_publisher { "publisher" } else { "transcription" });
        line!(text, "reason = \"誤記\"");
    }
    text.push_str("+++\n");
    for heading in &sheet.headings {
        line!(text, "\n## {heading}\n\n本文。");
    }
    text
}

/// One table of amounts; `kinds` are the ids of its kinds.
fn amounts(text: &mut String, strategy: &Strategy, table: &str, amounts: &Amounts, kinds: &[&str]) {
    if !amounts.is_empty() {
        line!(text, "[{table}]");
    }
    for ((money, year), value) in amounts {
        let phase = match strategy.amounts.phases[money.phase].id.as_str() {
            "settlement" if table == "staff" => "actual",
            id => id,
        };
        let kind = if money.kind == 0 { String::new() } else { format!("{}.", kinds[money.kind]) };
        let year = year.map_or_else(|| "all".to_owned(), |year| year.to_string());
        line!(text, "{kind}{phase}.{year} = {}", value.toml);
    }
}

/// The TOML of a value of an indicator with `kind = "words"`, for which a plain string is text.
fn words(value: &Value) -> String {
    match value.toml.strip_prefix("{ printed = ").and_then(|rest| rest.strip_suffix(" }")) {
        Some(text) if !text.contains(',') => text.to_owned(),
        _ => value.toml.clone(),
    }
}

fn judgements(text: &mut String, strategy: &Strategy, judgements: &[Judgement]) {
    for judgement in judgements {
        let scale = &strategy.scales[judgement.scale];
        let key = match judgement.year {
            Some(year) => format!("{}.{year}", scale.id),
            None => scale.id.clone(),
        };
        let key = match judgement.judge {
            Some(judge) => format!("{key}.{}", strategy.judges[judge]),
            None => key,
        };
        let value = match &judgement.verdict {
            Verdict::Marks(marks) => {
                let marks: Vec<String> = marks.iter().map(|mark| format!("\"{}\"", scale.marks[*mark])).collect();
                if let [only] = &marks[..] { only.clone() } else { format!("[{}]", marks.join(", ")) }
            }
            Verdict::Points(points) => points.toml.clone(),
            Verdict::Missing => "\"-\"".to_owned(),
            Verdict::Lost => "{ lost = true }".to_owned(),
        };
        line!(text, "{key} = {value}");
    }
}
