//! Comparison of two snapshots.

use super::cells::Cell;
use super::snapshot::{EditionState, NodeState, SheetState, Snapshot};
use super::words::words;
use super::{Change, Class, EditionKey, NodeKey};
use crate::model::FiscalYear;
use std::collections::{BTreeMap, BTreeSet};

/// Differences from `old` to `new`, two states of the same strategy: by node, then edition and key. Without `old`, the
/// strategy is new; without `new`, it is gone.
pub fn compare(old: Option<&Snapshot>, new: Option<&Snapshot>) -> Vec<Change> {
    match (old, new) {
        (Some(old), Some(new)) => Comparison { old, new, renamed: Snapshot::renamed(old, new) }.changes(),
        (None, Some(new)) => vec![whole_strategy(new, Class::NewEdition, None, Some(new.id.clone()))],
        (Some(old), None) => vec![whole_strategy(old, Class::Correction, Some(old.id.clone()), None)],
        (None, None) => Vec::new(),
    }
}

fn whole_strategy(of: &Snapshot, class: Class, before: Option<String>, after: Option<String>) -> Change {
    let (strategy, path) = (of.id.clone(), String::new());
    let title = of.others.get("title").cloned().unwrap_or_default();
    Change { strategy, node: None, edition: None, path, title, class, before, after, declared: false }
}

struct Comparison<'s> {
    old: &'s Snapshot,
    new: &'s Snapshot,
    /// New ids of renamed nodes, by kind and former id.
    renamed: BTreeMap<(String, String), String>,
}

impl Comparison<'_> {
    fn changes(&self) -> Vec<Change> {
        let mut changes = Vec::new();
        self.editions(&mut changes);
        let is_of_new_edition = |path: &str| {
            let edition = path.strip_prefix("edition.").and_then(|rest| rest.split('.').next());
            edition.is_some_and(|id| self.new.editions.contains_key(id) != self.old.editions.contains_key(id))
        };
        for (path, before, after) in differences(&self.old.others, &self.new.others) {
            if !is_of_new_edition(&path) {
                changes.push(Change { path, before, after, ..self.change(None, None, Class::Edit) });
            }
        }
        let former: BTreeMap<(&str, &str), &str> =
            self.renamed.iter().map(|((kind, old), new)| ((kind.as_str(), new.as_str()), old.as_str())).collect();
        for ((kind, id), node) in &self.new.nodes {
            let former = former.get(&(kind.as_str(), id.as_str())).copied();
            let old_key = (kind.clone(), former.unwrap_or(id).to_owned());
            let key = NodeKey { kind: kind.clone(), id: id.clone(), name: node.title() };
            match self.old.nodes.get(&old_key) {
                None => changes.push(self.new_node(key, node)),
                Some(old) => {
                    if let Some(former) = former {
                        let (before, after) = (Some(former.to_owned()), Some(id.clone()));
                        let change = self.change(Some(&key), None, Class::Edit);
                        changes.push(Change { path: "id".to_owned(), before, after, ..change });
                    }
                    self.node(&key, old, node, &mut changes);
                }
            }
        }
        let is_gone = |(key, _): &(&(String, String), &NodeState)| {
            !self.new.nodes.contains_key(*key) && !self.renamed.contains_key(*key)
        };
        for ((kind, id), node) in self.old.nodes.iter().filter(is_gone) {
            let key = NodeKey { kind: kind.clone(), id: id.clone(), name: node.title() };
            let (path, before) = (String::new(), Some(node.title()));
            changes.push(Change { path, before, ..self.change(Some(&key), None, Class::Correction) });
        }
        changes
    }

    /// New and gone editions.
    fn editions(&self, changes: &mut Vec<Change>) {
        let edition = |id: &str, state: &EditionState| EditionKey { id: id.to_owned(), label: state.label.clone() };
        for (id, state) in self.new.editions.iter().filter(|(id, _)| !self.old.editions.contains_key(*id)) {
            let change = self.change(None, Some(&edition(id, state)), Class::NewEdition);
            changes.push(Change { after: Some(state.label.clone()), ..change });
        }
        for (id, state) in self.old.editions.iter().filter(|(id, _)| !self.new.editions.contains_key(*id)) {
            let change = self.change(None, Some(&edition(id, state)), Class::Correction);
            changes.push(Change { before: Some(state.label.clone()), ..change });
        }
    }

    /// A change without path and texts.
    fn change(&self, node: Option<&NodeKey>, edition: Option<&EditionKey>, class: Class) -> Change {
        Change {
            strategy: self.new.id.clone(),
            node: node.cloned(),
            edition: edition.cloned(),
            path: String::new(),
            title: String::new(),
            class,
            before: None,
            after: None,
            declared: false,
        }
    }

    fn new_node(&self, key: NodeKey, node: &NodeState) -> Change {
        let is_old = |id: &String| self.old.editions.contains_key(id);
        let class = if node.sheets.keys().any(is_old) { Class::Edit } else { Class::NewEdition };
        Change { after: Some(node.title()), ..self.change(Some(&key), None, class) }
    }

    fn node(&self, key: &NodeKey, old: &NodeState, new: &NodeState, changes: &mut Vec<Change>) {
        let editions: BTreeSet<&String> = old.sheets.keys().chain(new.sheets.keys()).collect();
        // A new sheet of a new edition may print another name.
        let has_new = new.sheets.keys().any(|id| !self.old.editions.contains_key(id));
        let declared = |path: &str, before: &str| {
            new.sheets.iter().any(|(id, sheet)| is_declared(old.sheets.get(id), sheet, path, before))
        };
        let mut found = Vec::new();
        cells(&old.common.cells, &new.common.cells, &mut found);
        for (path, before, after, class) in found {
            let class = if class == Class::Correction && has_new { Class::NewEdition } else { class };
            let quoted = before.map(|cell| cell.printed.as_str()).unwrap_or_default();
            let declared = class == Class::Correction && declared(&path, quoted);
            let (before, after) = texts(before, after);
            let title = words(&path, new, self.new);
            changes.push(Change { path, title, before, after, declared, ..self.change(Some(key), None, class) });
        }
        let others = differences(&self.current_leaves(&old.common.others), &new.common.others);
        for (path, before, after) in others {
            changes.push(Change { path, before, after, ..self.change(Some(key), None, Class::Edit) });
        }
        for id in editions {
            let state = self.new.editions.get(id).or(self.old.editions.get(id));
            let label = state.map(|state| state.label.clone()).unwrap_or_default();
            let edition = EditionKey { id: id.clone(), label };
            match (old.sheets.get(id), new.sheets.get(id)) {
                (Some(old), Some(sheet)) => self.sheet((key, new, &edition), old, sheet, changes),
                (None, Some(sheet)) => {
                    let is_new = !self.old.editions.contains_key(id);
                    let class = if is_new { Class::NewEdition } else { Class::Edit };
                    let after = Some(edition.label.clone());
                    changes.push(Change { after, ..self.change(Some(key), Some(&edition), class) });
                    if is_new {
                        self.revisions((key, new, &edition), old, sheet, changes);
                    }
                }
                // A gone edition is reported as a whole.
                (Some(_), None) if !self.new.editions.contains_key(id) => {}
                (Some(_), None) => {
                    let before = Some(edition.label.clone());
                    let change = self.change(Some(key), Some(&edition), Class::Correction);
                    changes.push(Change { before, ..change });
                }
                (None, None) => {}
            }
        }
    }

    fn sheet(
        &self,
        (key, node, edition): (&NodeKey, &NodeState, &EditionKey),
        old: &SheetState,
        new: &SheetState,
        changes: &mut Vec<Change>,
    ) {
        let mut found = Vec::new();
        let old_cells = self.current(&old.content.cells, |cell, _, _| cell);
        cells(&old_cells, &new.content.cells, &mut found);
        for (path, before, after, class) in found {
            let quoted = before.map(|cell| cell.printed.as_str()).unwrap_or_default();
            let is_words = before.is_some_and(|cell| cell.words);
            let is_quoted = |was: &str| is_words || before.map_or(was.is_empty(), |cell| cell.is(was));
            let new_corrections = new.corrections.iter().filter(|it| !old.corrections.contains(it));
            let mut about = new_corrections.filter(|it| it.about == path);
            let declared = class == Class::Correction && about.any(|it| it.was == quoted || is_quoted(&it.was));
            let (before, after) = texts(before, after);
            let title = words(&path, node, self.new);
            changes.push(Change {
                path,
                title,
                before,
                after,
                declared,
                ..self.change(Some(key), Some(edition), class)
            });
        }
        let others = differences(&self.current_leaves(&old.content.others), &new.content.others);
        for (path, before, after) in others {
            changes.push(Change { path, before, after, ..self.change(Some(key), Some(edition), Class::Edit) });
        }
        let leaves =
            |sheet: &SheetState| sheet.corrections.iter().map(|it| it.leaf.clone()).collect::<BTreeMap<_, _>>();
        let of_sheet = |it: &&Change| it.edition.as_ref().is_none_or(|it| it == edition);
        let of_node = changes.iter().filter(|it| it.declared && it.node.as_ref() == Some(key));
        let declared: Vec<String> = of_node.filter(of_sheet).map(|it| format!(".{}", it.path)).collect();
        for (path, before, after) in differences(&leaves(old), &leaves(new)) {
            // The declaration of a change is not a change of its own.
            if before.is_none() && declared.iter().any(|about| path.ends_with(about)) {
                continue;
            }
            changes.push(Change { path, before, after, ..self.change(Some(key), Some(edition), Class::Edit) });
        }
    }

    /// Leaves or cells of the old state, with the present ids of renamed nodes.
    fn current<T: Clone>(
        &self,
        parts: &BTreeMap<String, T>,
        rename: impl Fn(T, &str, &str) -> T,
    ) -> BTreeMap<String, T> {
        if self.renamed.is_empty() {
            return parts.clone();
        }
        let present = |path: &str, part: &T| {
            let (mut path, mut part) = (path.to_owned(), part.clone());
            for ((kind, old), new) in &self.renamed {
                for list in ["rows", "program", "programs"].iter().filter(|_| kind == "program") {
                    if let Some(rest) = path.strip_prefix(&format!("{list}.{old}.")).map(str::to_owned) {
                        path = format!("{list}.{new}.{rest}");
                        part = if rest == "program" { rename(part, old, new) } else { part };
                    }
                }
                part = if kind == "goal" && path == "parent" { rename(part, old, new) } else { part };
                part = rename(part, &format!("{kind}:{old}"), &format!("{kind}:{new}"));
            }
            (path, part)
        };
        parts.iter().map(|(path, part)| present(path, part)).collect()
    }

    fn current_leaves(&self, leaves: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        let rename = |text: String, old: &str, new: &str| {
            let names = text.split('、').map(|name| if name == old { new } else { name });
            names.collect::<Vec<_>>().join("、")
        };
        self.current(leaves, rename)
    }

    /// Values of the sheet of a new edition that differ from those of the last earlier edition with the same cell.
    fn revisions(
        &self,
        (key, node, edition): (&NodeKey, &NodeState, &EditionKey),
        old: &NodeState,
        sheet: &SheetState,
        changes: &mut Vec<Change>,
    ) {
        let order = |id: &str| self.old.editions.get(id).map(|state| state.order);
        for (path, after) in sheet.content.cells.iter().filter(|(path, _)| is_in_column(path)) {
            let earlier = old.sheets.iter().filter_map(|(id, sheet)| Some((id, sheet.content.cells.get(path)?)));
            let Some((id, before)) = earlier.max_by_key(|(id, _)| order(id)) else { continue };
            if before.printed == after.printed {
                continue;
            }
            let is_of_year = self.old.editions.get(id).is_some_and(|state| {
                let year = state.year.and_then(|year| i32::try_from(year).ok()).map(|year| FiscalYear(year).short());
                state.interim && year.is_some_and(|year| path.ends_with(&format!(".{year}")))
            });
            let class = if before.provisional || is_of_year { Class::Final } else { Class::Revision };
            let (before, after) = texts(Some(before), Some(after));
            let change = self.change(Some(key), Some(edition), class);
            let title = words(path, node, self.new);
            changes.push(Change { path: path.clone(), title, before, after, ..change });
        }
    }
}

/// Returns true for cells of a year or another column, which several editions can print.
fn is_in_column(path: &str) -> bool {
    let mut steps = path.split('.');
    let first = steps.next().unwrap_or_default();
    let last = path.rsplit('.').next().unwrap_or_default();
    let is_column = FiscalYear::parse(last).is_some() || ["start", "end", "all"].contains(&last);
    ["indicator", "money", "staff", "total", "item"].contains(&first) && is_column
}

type CellChange<'c> = (String, Option<&'c Cell>, Option<&'c Cell>, Class);

/// Cells that differ.
fn cells<'c>(old: &'c BTreeMap<String, Cell>, new: &'c BTreeMap<String, Cell>, found: &mut Vec<CellChange<'c>>) {
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for key in keys {
        let (before, after) = (old.get(key), new.get(key));
        let same = |it: (&Cell, &Cell)| (&it.0.printed, &it.0.full) == (&it.1.printed, &it.1.full);
        if before.zip(after).is_some_and(same) {
            continue;
        }
        let numbers = |cell: Option<&Cell>| numbers(cell.map(|cell| cell.full.as_str()).unwrap_or_default());
        let is_words = before.or(after).is_some_and(|cell| cell.words);
        let class = match is_words && numbers(before) == numbers(after) {
            true => Class::Edit,
            false => Class::Correction,
        };
        found.push((key.clone(), before, after, class));
    }
}

/// Texts of two cells: as printed if that differs, else with what the cells state besides.
fn texts(before: Option<&Cell>, after: Option<&Cell>) -> (Option<String>, Option<String>) {
    let same_print = before.zip(after).is_some_and(|(before, after)| before.printed == after.printed);
    let text = |cell: &Cell| if same_print { cell.full.clone() } else { cell.printed.clone() };
    (before.map(text), after.map(text))
}

/// Returns true if `new` declares a correction of the cell `path`, from the text `before`, that `old` did not.
fn is_declared(old: Option<&SheetState>, new: &SheetState, path: &str, before: &str) -> bool {
    let is_new = |it: &&super::snapshot::DeclaredCorrection| old.is_none_or(|old| !old.corrections.contains(it));
    new.corrections.iter().filter(is_new).any(|it| it.about == path && it.was == before)
}

/// Leaves that differ: path, former and present text.
fn differences(
    old: &BTreeMap<String, String>,
    new: &BTreeMap<String, String>,
) -> Vec<(String, Option<String>, Option<String>)> {
    let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let differing = paths.into_iter().filter(|path| old.get(*path) != new.get(*path));
    differing.map(|path| (path.clone(), old.get(path).cloned(), new.get(path).cloned())).collect()
}

/// Numbers in a text of several words, in their order, with half-width digits: a change of them is a correction, any
/// other change of words is not.
fn numbers(words: &str) -> Vec<String> {
    let half_width: String = words.chars().map(crate::model::half_width).collect();
    let is_part = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let runs = half_width.split(|c| !is_part(c)).map(|run| run.trim_matches(['.', ',']).replace(',', ""));
    runs.filter(|run| !run.is_empty()).collect()
}
