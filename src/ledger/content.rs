//! Facts → files of a new strategy: declarations, nodes and the sheets of one edition, which is a draft.
//!
//! Texts are written as the cells display them. Blank cells are not written.

use super::cell::{Figure, FigureKind, Shown};
use super::declarations;
use super::facts::{AmountFact, AmountKey, Facts, IndicatorFact, JudgementFact, NodeFact, PeriodFact, WordsFact};
use super::mapping::{AmountKind, AmountYear, Mapping};
use super::nodes::one_line;
use super::output::OutputText;
use super::prose::{escaped, markdown};
use crate::content::quoted;
use crate::model::{FiscalYear, Kind, OpenPeriod};

/// Files of the strategy, in the order in which they are written.
pub fn files(mapping: &Mapping, facts: &Facts) -> Vec<OutputText> {
    let mut files = vec![declarations::strategy(mapping, facts), declarations::edition(mapping)];
    for (index, node) in facts.nodes.iter().enumerate() {
        let folder = format!("{}/{}/{}", mapping.strategy, node.level.kind.folder(), node.id);
        files.push(node_file(&folder, index, node, facts));
        if node.level.kind == Kind::Program || has_sheet(node) {
            files.push(sheet(&format!("{folder}/{}.md", mapping.edition.id), mapping, node));
        }
    }
    files
}

fn has_sheet(node: &NodeFact) -> bool {
    let has_figures = node.indicators.iter().any(|indicator| !indicator.figures.is_empty());
    has_figures || !(node.amounts.is_empty() && node.judgements.is_empty() && node.words.is_empty())
}

/// `goal.md`, `policy.md` or `program.md`.
fn node_file(folder: &str, index: usize, node: &NodeFact, facts: &Facts) -> OutputText {
    let kind = node.level.kind;
    let mut file = OutputText::new(format!("{folder}/{}.md", kind.key()));
    file.line("+++");
    file.line_of(&format!("name = {}", quoted(&one_line(node.name()))), node.origin);
    let text = |key: &str, shown: &Option<Shown>, file: &mut OutputText| {
        if let Some(shown) = shown {
            file.line_of(&format!("{key} = {}", quoted(&one_line(&shown.text))), shown.origin);
        }
    };
    text("number", &node.number, &mut file);
    if let Some(parent) = node.parent.and_then(|parent| facts.nodes.get(parent)) {
        let key = match kind {
            Kind::Goal => Some("parent"),
            Kind::Policy => Some("goal"),
            Kind::Program => None,
        };
        key.into_iter().for_each(|key| file.line_of(&format!("{key} = {}", quoted(&parent.id)), node.origin));
    }
    text("department", &node.department, &mut file);
    if let Some(fact) = &node.period {
        file.line_of(&format!("period = {}", period(fact)), fact.origin);
    }
    if let Some(first) = node.account.first() {
        let steps: Vec<String> = node.account.iter().map(|step| one_line(&step.text)).collect();
        let printed = quoted(&steps.join("・"));
        let steps = steps.iter().map(|step| quoted(step)).collect::<Vec<_>>().join(", ");
        file.line_of(&format!("account = {{ printed = {printed}, steps = [{steps}] }}"), first.origin);
    }
    if !node.fields.is_empty() {
        file.line("\n[field]");
        for (id, shown) in &node.fields {
            file.line_of(&format!("{id} = {}", quoted(&one_line(&shown.text))), shown.origin);
        }
    }
    node.indicators.iter().for_each(|indicator| declare_indicator(indicator, &mut file));
    for program in declarations::rows_of(facts, Some(index)) {
        file.line("\n[[program]]");
        file.line_of(&format!("id = {}", quoted(&program.id)), program.origin);
    }
    file.line("+++");
    prose(&node.outline, &mut file);
    file
}

fn declare_indicator(indicator: &IndicatorFact, file: &mut OutputText) {
    file.line("\n[[indicator]]");
    file.line_of(&format!("id = {}", quoted(&indicator.id)), indicator.origin);
    file.line(&format!("name = {}", quoted(&indicator.name)));
    let optional = [("unit", &indicator.unit), ("role", &indicator.role), ("better", &indicator.better)];
    for (key, text) in optional {
        text.iter().for_each(|text| file.line(&format!("{key} = {}", quoted(text))));
    }
}

/// The value of `period`: the years if both texts are years, and the printed text otherwise.
fn period(PeriodFact { from, to, printed, .. }: &PeriodFact) -> String {
    let year = |text: &str| (!text.is_empty()).then(|| FiscalYear::parse(text));
    let (from_year, to_year) = (year(from), year(to));
    let short = |year: Option<FiscalYear>| year.map_or_else(String::new, FiscalYear::short);
    let years = (from_year.flatten(), to_year.flatten());
    let is_clear = [from_year, to_year].iter().all(|year| *year != Some(None));
    if is_clear && OpenPeriod::new(years.0, years.1, None).is_some() {
        return quoted(&format!("{}/{}", short(years.0), short(years.1)));
    }
    let is_ordered = OpenPeriod::new(years.0, years.1, None).is_some();
    let mut keys: Vec<String> = Vec::new();
    for (key, year) in [("from", years.0), ("to", years.1)] {
        keys.extend(year.filter(|_| is_ordered).map(|year| format!("{key} = {}", quoted(&year.short()))));
    }
    keys.push(format!("printed = {}", quoted(printed)));
    format!("{{ {} }}", keys.join(", "))
}

/// The sheet of a node.
fn sheet(path: &str, mapping: &Mapping, node: &NodeFact) -> OutputText {
    let mut file = OutputText::new(path.to_owned());
    file.line("+++");
    for indicator in node.indicators.iter().filter(|indicator| !indicator.figures.is_empty()) {
        file.line(&format!("[indicator.{}]", indicator.id));
        for ((series, year), figure) in &indicator.figures {
            let key: &str = (*series).into();
            file.line_of(&format!("{key}.{} = {}", year.short(), value(figure)), figure.shown.origin);
        }
        file.line("");
    }
    judgements(mapping, node, &mut file);
    amounts(node, &mut file);
    while file.text.ends_with("\n\n") {
        file.unblank();
    }
    file.line("+++");
    prose(&node.words, &mut file);
    file
}

fn judgements(mapping: &Mapping, node: &NodeFact, file: &mut OutputText) {
    if node.judgements.is_empty() {
        return;
    }
    file.line("[judgement]");
    for scale in &mapping.scales {
        let Some(JudgementFact { shown, mark, note }) = node.judgements.get(&scale.id) else { continue };
        let note = note.as_ref().map(|note| format!(", note = {}", quoted(&note.text)));
        let value = match (mark, note) {
            (Ok(mark), None) => quoted(mark),
            (Ok(mark), Some(note)) => format!("{{ mark = {}{note} }}", quoted(mark)),
            (Err(text), note) => format!("{{ missing = {}{} }}", quoted(text), note.unwrap_or_default()),
        };
        file.line_of(&format!("{} = {value}", scale.id), shown.origin);
    }
    file.line("");
}

fn amounts(node: &NodeFact, file: &mut OutputText) {
    let mut table = None;
    for (AmountKey { kind, id, phase, year }, amount) in &node.amounts {
        let Some(value) = amount_value(amount) else { continue };
        if table != Some((*kind, id)) {
            if table.is_some() {
                file.line("");
            }
            let name = match kind {
                AmountKind::Money => "money",
                AmountKind::Staff => "staff",
            };
            file.line(&id.as_ref().map_or_else(|| format!("[{name}]"), |id| format!("[{name}.{id}]")));
            table = Some((*kind, id));
        }
        let year = match year {
            AmountYear::Year(year) => year.short(),
            AmountYear::All => "all".to_owned(),
        };
        file.line_of(&format!("{phase}.{year} = {value}"), amount.origin);
    }
}

fn amount_value(amount: &AmountFact) -> Option<String> {
    let figure = amount.figure.as_ref()?;
    if amount.funding.is_empty() {
        return Some(value(figure));
    }
    let shares = amount.funding.iter().map(|(id, share)| format!("{id} = {}", quoted(&share.shown.text)));
    let shares = shares.collect::<Vec<_>>().join(", ");
    Some(format!("{{ {}, funding = {{ {shares} }} }}", keys(figure)))
}

/// The TOML value of a figure.
fn value(figure: &Figure) -> String {
    if figure.shown.note.is_none() && figure.kind != FigureKind::Words {
        return quoted(&figure.shown.text);
    }
    format!("{{ {} }}", keys(figure))
}

/// The keys of a figure in table form.
fn keys(figure: &Figure) -> String {
    let text = quoted(&figure.shown.text);
    let main = match figure.kind {
        FigureKind::Number(_) => format!("value = {text}"),
        FigureKind::Missing => format!("missing = {text}"),
        FigureKind::Words => format!("printed = {text}"),
    };
    match &figure.shown.note {
        Some(note) => format!("{main}, note = {}", quoted(note)),
        None => main,
    }
}

fn prose(passages: &[(String, WordsFact)], file: &mut OutputText) {
    for (heading, words) in passages {
        file.line(&format!("\n## {}\n", escaped(heading)));
        file.line_of(&markdown(&words.shown.text, words.drops_indent), words.shown.origin);
    }
}
