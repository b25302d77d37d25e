//! The questionnaire of a draft edition: one form for each of its sheets.

use super::draft::{self, DraftCell, SECTION, Slot};
use super::label::label;
use super::notation::Grammar;
use super::prose::{self, Notation};
use super::question::{Address, Form, Question};
use crate::diagnostic::Sources;
use crate::model::{Edition, EditionIx, FiscalYear, Node, Sheet, Strategy, YearKind};
use std::collections::BTreeMap;
use std::ops::Range;

/// All questions of a draft edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Questionnaire {
    /// Id of the strategy.
    pub strategy: String,
    /// Title of the strategy.
    pub strategy_title: String,
    /// Id of the edition.
    pub edition: String,
    /// Label of the edition.
    pub edition_label: String,
    /// Spellings of missing values.
    pub missing: Vec<String>,
    /// Forms with at least one question, in the order of the strategy.
    pub forms: Vec<Form>,
}

impl Questionnaire {
    /// Questions of the edition `at`, whose sheets are among `sources`.
    pub fn new(strategy: &Strategy, at: EditionIx, edition: &Edition, sources: &Sources) -> Self {
        let texts: BTreeMap<&str, &str> = sources.iter().map(|(_, file)| (file.path.as_str(), &*file.text)).collect();
        let forms = strategy.nodes.iter().filter_map(|node| {
            let sheet = node.sheet(at)?;
            form(&FormContext { strategy, edition, node, sheet, texts: &texts })
        });
        Self {
            strategy: strategy.id.clone(),
            strategy_title: strategy.title.clone(),
            edition: edition.id.clone(),
            edition_label: edition.label.clone(),
            missing: strategy.missing.clone(),
            forms: forms.filter(|form| !form.questions.is_empty()).collect(),
        }
    }
}

impl Questionnaire {
    /// Keeps only the questions without an answer.
    pub fn keep_open(&mut self) {
        for form in &mut self.forms {
            form.questions.retain(|question| question.text.is_empty());
        }
        self.forms.retain(|form| !form.questions.is_empty());
    }
}

struct FormContext<'a> {
    strategy: &'a Strategy,
    edition: &'a Edition,
    node: &'a Node,
    sheet: &'a Sheet,
    texts: &'a BTreeMap<&'a str, &'a str>,
}

impl FormContext<'_> {
    fn path(&self, edition: &str) -> String {
        format!("{}/{}/{}/{edition}.md", self.strategy.id, self.node.kind.folder(), self.node.id)
    }

    /// Cells of a sheet of the node, with those of its headings.
    fn cells(&self, edition: &str) -> Vec<DraftCell> {
        let text = self.texts.get(self.path(edition).as_str()).copied().unwrap_or_default();
        self.with_headings(draft::cells(text, &|path| Grammar::new(self.strategy, self.node, path)), text)
    }

    /// Replaces the sections whose headings are marks by cells of their scales, and adds those of scales without any.
    fn with_headings(&self, mut cells: Vec<DraftCell>, text: &str) -> Vec<DraftCell> {
        let fields = self.node.fields_in(Some(self.sheet));
        let rules = self.strategy.sections.iter().filter(|rule| rule.applies(self.node.kind, &fields));
        for (index, scale) in rules.filter_map(|rule| Some((rule.scale?.0, self.strategy.scales.get(rule.scale?.0)?))) {
            let path = |more: &[&str]| {
                ["heading", &scale.id].iter().chain(more).map(|key| (*key).to_owned()).collect::<Vec<_>>()
            };
            let cell = |text: &str, range: Range<usize>, slot, path| {
                let keys = range.clone();
                DraftCell { path, text: text.to_owned(), range, keys, slot, note: None }
            };
            let is_mark = |title: &String| scale.marks.iter().any(|mark| mark.printed == *title);
            let chosen = cells.iter().position(
                |cell| matches!(cell.path.as_slice(), [section, title] if section == SECTION && is_mark(title)),
            );
            match chosen.and_then(|at| Some((at, cells.get(at)?.path.last()?.clone()))) {
                Some((at, mark)) => {
                    let title = draft::heading_range(text, &mark).unwrap_or_default();
                    if let Some(body) = cells.get_mut(at) {
                        body.path = path(&["text"]);
                    }
                    cells.insert(at, cell(&mark, title, Slot::Heading(index), path(&[])));
                }
                None => {
                    let end = text.len()..text.len();
                    cells.push(cell("", end.clone(), Slot::NewHeading(index), path(&[])));
                    cells.push(cell("", end, Slot::NewHeadingText, path(&["text"])));
                }
            }
        }
        cells
    }
}

fn form(context: &FormContext<'_>) -> Option<Form> {
    let node_key = format!("{}/{}", context.node.kind.key(), context.node.id);
    let previous = Previous::new(context);
    let questions = context.cells(&context.edition.id).into_iter().map(|cell| {
        let label = label(context.strategy, context.node, &cell.path);
        let (text, notation) = match cell.is_prose() {
            true => {
                let (text, notation) = prose::shown(&cell.text);
                (text.into_owned(), Some(notation))
            }
            false => {
                let title = label.ids.iter().find(|(_, id)| *id == cell.text).map(|(title, _)| title);
                (title.unwrap_or(&cell.text).clone(), None)
            }
        };
        let help = match notation {
            Some(Notation::Markdown) => "Markdown の書き方で記載しています。",
            _ => &label.help,
        };
        Question {
            address: Address::new(&node_key, &cell.path),
            group: label.group,
            column: if label.column.is_empty() { label.text.clone() } else { label.column },
            label: label.text,
            unit: label.unit,
            previous: previous.of(&cell.path),
            choices: label.choices,
            help: help.to_owned(),
            text,
            notation,
            ids: label.ids,
            grammar: Grammar::new(context.strategy, context.node, &cell.path),
            cell,
        }
    });
    let questions: Vec<Question> = questions.collect();
    let number = context.node.number.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
    let department = context.node.departments_in(Some(context.sheet)).first().map(|it| it.name.clone());
    Some(Form {
        node: node_key,
        title: format!("{number}{}", context.node.name),
        department,
        path: context.path(&context.edition.id),
        questions,
    })
}

/// Answers of the newest earlier sheet of the node.
struct Previous {
    texts: BTreeMap<Vec<String>, String>,
    /// Number of years between the two editions; 0 if either has no year.
    offset: i32,
}

impl Previous {
    fn new(context: &FormContext<'_>) -> Self {
        let earlier = context.node.sheets.iter().rfind(|sheet| sheet.edition < context.sheet.edition);
        let edition = earlier.and_then(|sheet| context.strategy.editions.get(sheet.edition.0));
        let Some(edition) = edition else { return Self { texts: BTreeMap::new(), offset: 0 } };
        let cells = context.cells(&edition.id).into_iter().filter(|cell| !cell.text.is_empty());
        let text = |cell: &DraftCell| {
            let note = cell.note.as_ref().map(|(note, _)| format!("（{note}）")).unwrap_or_default();
            format!("{}{note}", cell.text)
        };
        let texts = cells.map(|cell| (cell.path.clone(), text(&cell))).collect();
        let offset = context.edition.year.zip(edition.year).map_or(0, |(new, old)| new.0 - old.0);
        Self { texts, offset }
    }

    /// The same value in the previous edition or, for a later year, that of the year before.
    fn of(&self, path: &[String]) -> String {
        if let Some(text) = self.texts.get(path) {
            return text.clone();
        }
        let mut year = None;
        let earlier = path.iter().map(|key| match FiscalYear::parse(key) {
            Some(own) if self.offset > 0 => {
                let before = FiscalYear(own.0.saturating_sub(self.offset));
                year = Some(before);
                before.short()
            }
            _ => key.clone(),
        });
        let earlier: Vec<String> = earlier.collect();
        let (Some(year), Some(text)) = (year, self.texts.get(&earlier)) else { return String::new() };
        format!("{}: {text}", super::label::column_name(&year.short(), YearKind::Fiscal))
    }
}
