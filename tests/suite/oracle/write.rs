//! Writes the model as content files.

use super::model::*;
use std::fmt::Write as _;
use std::path::Path;

/// Writes `site.toml`, and each strategy to its own folder.
pub(crate) fn write(strategies: &[Strategy], content: &Path) {
    file(&content.join("site.toml"), "title = \"試験\"\nsearch = false\nprint = false\n");
    for strategy in strategies {
        let folder = content.join(&strategy.id);
        file(&folder.join("strategy.toml"), &strategy_file(strategy));
        for (index, edition) in strategy.editions.iter().enumerate().filter(|(index, _)| has_own_file(strategy, *index))
        {
            file(&folder.join(format!("editions/{}.toml", edition.id)), &edition_keys(strategy, index));
        }
        for node in &strategy.nodes {
            let folder = folder.join(node.kind.folder()).join(&node.id);
            file(&folder.join(format!("{}.md", node.kind.key())), &node_file(node));
            for (edition, sheet) in &node.sheets {
                let name = format!("{}.md", strategy.editions[*edition].id);
                file(&folder.join(name), &sheet_file(strategy, node, sheet));
            }
        }
    }
}

fn file(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().expect("has a parent folder")).expect("can be created");
    std::fs::write(path, text).expect("can be written");
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
    rows(&mut text, &strategy.rows);
    for (index, edition) in strategy.editions.iter().enumerate().filter(|(index, _)| !has_own_file(strategy, *index)) {
        line!(text, "[[edition]]\nid = \"{}\"\n{}", edition.id, edition_keys(strategy, index));
    }
    for scale in &strategy.scales {
        let subjects: Vec<String> = scale.subjects.iter().map(|subject| format!("\"{}\"", subject.key())).collect();
        let marks: Vec<String> = scale.marks.iter().map(|mark| format!("{{ mark = \"{mark}\" }}")).collect();
        line!(text, "[[scale]]\nid = \"{0}\"\ntitle = \"尺度{0}\"\nof = [{1}]", scale.id, subjects.join(", "));
        line!(text, "marks = [{}]", marks.join(", "));
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
            let bands = method.bands.iter().map(|band| {
                let mark = &strategy.scales[scale].marks[band.mark];
                match &band.condition {
                    Condition::From(from) => format!("{{ from = {}, mark = \"{mark}\" }}", from.toml()),
                    Condition::To(to) => format!("{{ to = {}, mark = \"{mark}\" }}", to.toml()),
                    Condition::When(category) => format!("{{ when = \"{category}\", mark = \"{mark}\" }}"),
                    Condition::Rest => format!("{{ mark = \"{mark}\" }}"),
                }
            });
            line!(text, "bands = [{}]", bands.collect::<Vec<_>>().join(", "));
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
    }
    text
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

fn rows(text: &mut String, rows: &[Row]) {
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
}

fn node_file(node: &Node) -> String {
    let mut text = format!("+++\nname = \"{}\"\n", node.name);
    if let Some(parent) = &node.parent {
        line!(text, "{} = \"{parent}\"", if node.kind == Kind::Goal { "parent" } else { "goal" });
    }
    if !node.succeeds.is_empty() {
        let succeeds: Vec<String> = node.succeeds.iter().map(|id| format!("\"program:{id}\"")).collect();
        line!(text, "succeeds = [{}]", succeeds.join(", "));
    }
    for (year, name) in &node.printed {
        line!(text, "[printed.{year}]\nname = \"{name}\"");
    }
    for indicator in &node.indicators {
        line!(text, "[[indicator]]\nid = \"{0}\"\nname = \"指標{0}\"", indicator.id);
        indicator_keys(&mut text, indicator);
    }
    rows(&mut text, &node.rows);
    text.push_str("+++\n");
    text
}

fn indicator_keys(text: &mut String, indicator: &Indicator) {
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
    if !sheet.judgements.is_empty() {
        line!(text, "[judgement]");
        judgements(&mut text, strategy, &sheet.judgements);
    }
    if !sheet.money.is_empty() {
        line!(text, "[money]");
        for ((kind, year), value) in &sheet.money {
            line!(text, "{}.{year} = {}", kind.key(), value.toml);
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
        ];
        for (series, values) in series {
            for (column, value) in values {
                let toml = if indicator.words { words(value) } else { value.toml.clone() };
                line!(text, "{series}.{} = {toml}", column.key());
            }
        }
        judgements(&mut text, strategy, &figures.judgements);
    }
    text.push_str("+++\n");
    text
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
        let value = match &judgement.verdict {
            Verdict::Marks(marks) => {
                let marks: Vec<String> = marks.iter().map(|mark| format!("\"{}\"", scale.marks[*mark])).collect();
                if let [only] = &marks[..] { only.clone() } else { format!("[{}]", marks.join(", ")) }
            }
            Verdict::Missing => "\"-\"".to_owned(),
            Verdict::Lost => "{ lost = true }".to_owned(),
        };
        line!(text, "{key} = {value}");
    }
}
