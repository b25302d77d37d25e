//! `strategy.toml` and the file of the edition.

use super::facts::{Facts, NodeFact};
use super::mapping::{AmountKind, AmountSpec, Mapping, ScaleSpec, TableSpec};
use super::output::OutputText;
use crate::content::quoted;
use crate::model::Kind;

/// Title of a strategy whose mapping states none.
const UNTITLED: &str = "名称未定の計画";

/// Publisher of a strategy whose mapping states none.
const UNKNOWN_PUBLISHER: &str = "自治体名";

/// `strategy.toml`: what the sheets refer to.
pub fn strategy(mapping: &Mapping, facts: &Facts) -> OutputText {
    let mut file = OutputText::new(format!("{}/strategy.toml", mapping.strategy));
    file.line(&format!("title = {}", quoted(mapping.title.as_deref().unwrap_or(UNTITLED))));
    file.line(&format!("publisher = {}", quoted(mapping.publisher.as_deref().unwrap_or(UNKNOWN_PUBLISHER))));
    if !mapping.missing.is_empty() {
        file.line(&format!("missing = [{}]", list(&mapping.missing)));
    }
    file.line(&format!("money_unit = {}", quoted(&mapping.money_unit)));
    if !mapping.labels.is_empty() {
        file.line("\n[labels]");
        mapping.labels.iter().for_each(|(key, label)| file.line(&format!("{key} = {}", quoted(label))));
    }
    fields(mapping, &mut file);
    for phase in &mapping.phases {
        file.line(&format!("\n[[phase]]\nid = {}\ntitle = {}", quoted(&phase.id), quoted(&phase.title)));
        phase.like.iter().for_each(|like| file.line(&format!("like = {}", quoted(like))));
    }
    kinds(mapping, AmountKind::Money, "money", &mut file);
    kinds(mapping, AmountKind::Staff, "staff", &mut file);
    for (id, title) in &facts.funding {
        file.line(&format!("\n[[funding]]\nid = {}\ntitle = {}", quoted(id), quoted(title)));
    }
    mapping.scales.iter().for_each(|scale| declare_scale(mapping, scale, &mut file));
    sections(mapping, &mut file);
    for program in rows_of(facts, None) {
        file.line("\n[[program]]");
        file.line_of(&format!("id = {}", quoted(&program.id)), program.origin);
    }
    file
}

/// The file of the edition, a draft.
pub fn edition(mapping: &Mapping) -> OutputText {
    let edition = &mapping.edition;
    let mut file = OutputText::new(format!("{}/editions/{}.toml", mapping.strategy, edition.id));
    file.line(&format!("label = {}", quoted(&edition.label)));
    edition.year.iter().for_each(|year| file.line(&format!("year = {}", quoted(&year.short()))));
    file.line("draft = true");
    file
}

/// Programs below a node, or those below none, in the order of the ledger.
pub fn rows_of(facts: &Facts, parent: Option<usize>) -> impl Iterator<Item = &NodeFact> {
    facts.nodes.iter().filter(move |node| node.level.kind == Kind::Program && node.parent == parent)
}

fn list(texts: &[String]) -> String {
    texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", ")
}

/// The key `of` for what the tables with `is_used` describe.
fn of(mapping: &Mapping, is_used: impl Fn(&TableSpec) -> bool) -> String {
    let mut kinds: Vec<Kind> = mapping.tables.iter().filter(|table| is_used(table)).map(TableSpec::subject).collect();
    kinds.sort_unstable();
    kinds.dedup();
    if kinds.is_empty() {
        kinds.push(Kind::Program);
    }
    let kinds: Vec<String> = kinds.into_iter().map(|kind| quoted(kind.key())).collect();
    format!("of = [{}]", kinds.join(", "))
}

fn fields(mapping: &Mapping, file: &mut OutputText) {
    let mut declared: Vec<&str> = Vec::new();
    for field in mapping.tables.iter().flat_map(|table| &table.fields) {
        if !declared.contains(&field.id.as_str()) {
            declared.push(&field.id);
            file.line(&format!("\n[[field]]\nid = {}\ntitle = {}", quoted(&field.id), quoted(&field.title)));
            file.line(&of(mapping, |table| table.fields.iter().any(|known| known.id == field.id)));
        }
    }
}

/// `[[money]]` or `[[staff]]`: the kinds with an id or a title.
fn kinds(mapping: &Mapping, kind: AmountKind, key: &str, file: &mut OutputText) {
    let mut declared: Vec<&str> = Vec::new();
    let specs = mapping.tables.iter().flat_map(|table| &table.amounts).filter(|spec| spec.kind == kind);
    let id_of = |spec: &'_ AmountSpec| spec.id.clone().unwrap_or_else(|| "base".to_owned());
    for spec in specs {
        let id = spec.id.as_deref().unwrap_or("base");
        let title = spec.title.clone().or_else(|| spec.id.is_some().then(|| id_of(spec)));
        let Some(title) = title.filter(|_| !declared.contains(&id)) else { continue };
        declared.push(id);
        file.line(&format!("\n[[{key}]]\nid = {}\ntitle = {}", quoted(id), quoted(&title)));
        spec.unit.iter().for_each(|unit| file.line(&format!("unit = {}", quoted(unit))));
        if !spec.sum.is_empty() {
            file.line(&format!("sum = [{}]", list(&spec.sum)));
        }
    }
}

fn declare_scale(mapping: &Mapping, scale: &ScaleSpec, file: &mut OutputText) {
    file.line(&format!("\n[[scale]]\nid = {}\ntitle = {}", quoted(&scale.id), quoted(&scale.title)));
    file.line(&of(mapping, |table| table.judgements.iter().any(|judgement| judgement.scale == scale.id)));
    file.line("marks = [");
    for mark in &scale.marks {
        let mut keys = vec![format!("mark = {}", quoted(&mark.mark))];
        keys.extend(mark.meaning.iter().map(|meaning| format!("meaning = {}", quoted(meaning))));
        keys.extend(mark.tone.iter().map(|tone| format!("tone = {}", quoted(tone))));
        keys.extend(mark.ends.then(|| "ends = true".to_owned()));
        file.line(&format!("  {{ {} }},", keys.join(", ")));
    }
    file.line("]");
}

fn sections(mapping: &Mapping, file: &mut OutputText) {
    let mut declared: Vec<&str> = Vec::new();
    for words in mapping.tables.iter().flat_map(|table| &table.words).filter(|words| !words.stays) {
        if !declared.contains(&words.heading.as_str()) {
            declared.push(&words.heading);
            let has_section = |table: &TableSpec| table.words.iter().any(|known| known.heading == words.heading);
            file.line(&format!("\n[[section]]\n{}\ntitle = {}", of(mapping, has_section), quoted(&words.heading)));
        }
    }
}
