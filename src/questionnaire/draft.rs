//! Cells and headings of a sheet of a draft, with the ranges in which answers are written.

use super::notation::{Grammar, Key, KeyText, ValueKeys};
use crate::content::front_matter_regions;
use crate::markdown;
use std::ops::Range;
use std::str::FromStr as _;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Cell of a sheet: a value of its front matter, or the text of one of its sections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DraftCell {
    /// Keys that lead to the value: `indicator`, `riyosha`, `actual`, `R6`. Elements of lists have their index, from 1.
    pub(super) path: Vec<String>,
    /// The text; empty if it is not filled in.
    pub(super) text: String,
    /// Range of the file that an answer replaces.
    pub(super) range: Range<usize>,
    /// Range of the keys that hold the value in an inline table; otherwise that of the answer.
    pub(super) keys: Range<usize>,
    /// How an answer is written.
    pub(super) slot: Slot,
    /// Its note; `None` without one.
    pub(super) note: Option<(String, Range<usize>)>,
}

/// How an answer is written into the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// As a TOML string. A note makes it an inline table with this key for the value.
    Plain(&'static str),
    /// As a TOML string within an inline table, to which a note is added. Several keys replace its key.
    InTable,
    /// As several keys within an inline table, to which a note is added.
    InTableKeys,
    /// As a TOML string that cannot have a note.
    Text,
    /// As the body of a section.
    Section,
    /// As the text of an existing heading, which is a mark of the scale with this index.
    Heading(usize),
    /// As a new heading at the end of the file, which is a mark of the scale with this index.
    NewHeading(usize),
    /// As the text below that new heading.
    NewHeadingText,
}

impl DraftCell {
    /// Returns true if the text may have several lines.
    pub(super) fn is_prose(&self) -> bool {
        matches!(self.slot, Slot::Section | Slot::NewHeadingText)
    }

    /// Returns true if the value can have a note.
    pub(super) fn takes_note(&self) -> bool {
        matches!(self.slot, Slot::Plain(_) | Slot::InTable | Slot::InTableKeys)
    }
}

/// Keys of a sheet whose values are asked.
const ASKED: [&str; 10] =
    ["indicator", "money", "total", "staff", "item", "survey", "judgement", "program", "field", "response"];

/// Cells of the front matter and sections of a sheet, in the order of the file. `grammar` finds what the value at a path
/// means.
///
/// A file with errors of syntax has none; `shirube check` reports it.
pub(super) fn cells(text: &str, grammar: &dyn Fn(&[String]) -> Grammar) -> Vec<DraftCell> {
    let Some(regions) = front_matter_regions(text) else { return Vec::new() };
    let mut cells = Vec::new();
    let toml = text.get(regions.toml.clone()).unwrap_or_default();
    if let Ok(table) = DeTable::parse(toml) {
        let mut walk = Walk { text, grammar, offset: regions.toml.start, cells: &mut cells };
        for (key, value) in table.get_ref() {
            if ASKED.contains(&&**key.get_ref()) {
                walk.value(vec![key.get_ref().to_string()], value);
            }
        }
    }
    cells.sort_by_key(|cell| cell.range.start);
    cells.extend(sections(text, regions.body));
    cells
}

/// The value cells of a file, found by walking its TOML.
struct Walk<'t, 'c> {
    text: &'t str,
    grammar: &'t dyn Fn(&[String]) -> Grammar,
    /// Offset of the TOML in the file.
    offset: usize,
    cells: &'c mut Vec<DraftCell>,
}

impl Walk<'_, '_> {
    fn value(&mut self, path: Vec<String>, value: &Spanned<DeValue<'_>>) {
        match value.get_ref() {
            DeValue::Table(table) => self.table(&path, table, self.range(value)),
            DeValue::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    self.value([path.as_slice(), &[(index + 1).to_string()]].concat(), element);
                }
            }
            scalar => {
                let slot = match path.as_slice() {
                    [.., funding, _] if funding == "funding" => Slot::Text,
                    [first, .., last] if has_notes(first) && last != "note" => Slot::Plain(main_key(first)),
                    _ => Slot::Text,
                };
                self.push(path, scalar, self.range(value), slot, None);
            }
        }
    }

    /// A table of further keys, or a value in the form of a table. The latter is one cell with its note; its sources of
    /// funding are further cells. Its other keys (`as_of`, `parts`) qualify the value and are not asked.
    fn table(&mut self, path: &[String], table: &DeTable<'_>, range: Range<usize>) {
        let has = |keys: &[&str]| table.keys().any(|key| keys.contains(&&**key.get_ref()));
        let is_value = has(&["value", "mark", "missing", "from", "to", "lost", "printed"]);
        if !is_value {
            for (key, value) in table {
                self.value([path, &[key.get_ref().to_string()]].concat(), value);
            }
            return;
        }
        let note =
            table.iter().find(|(key, _)| &**key.get_ref() == "note").and_then(|(_, note)| match note.get_ref() {
                DeValue::String(text) => Some((text.to_string(), self.range(note))),
                _ => None,
            });
        let is_inline = self.text.get(range).is_some_and(|text| text.starts_with('{'));
        let main = table.iter().find(|(key, _)| matches!(&**key.get_ref(), "value" | "mark"));
        match main {
            _ if has(&["parts", "sic", "lost"]) => {}
            Some((_, list)) if list.get_ref().is_array() => self.value(path.to_vec(), list),
            Some((key, scalar)) if &**key.get_ref() == "mark" => {
                let slot = if is_inline { Slot::InTable } else { Slot::Text };
                self.push(path.to_vec(), scalar.get_ref(), self.range(scalar), slot, note);
            }
            _ if is_inline => self.keys(path, table, note),
            Some((_, scalar)) if !has(&["printed"]) => {
                self.push(path.to_vec(), scalar.get_ref(), self.range(scalar), Slot::Text, note);
            }
            _ => {}
        }
        for (key, value) in table.iter().filter(|(key, _)| &**key.get_ref() == "funding") {
            self.value([path, &[key.get_ref().to_string()]].concat(), value);
        }
    }

    /// The value in an inline table, if it can be entered in a cell and its keys stand next to each other.
    fn keys(&mut self, path: &[String], table: &DeTable<'_>, note: Option<(String, Range<usize>)>) {
        let mut entries: Vec<(&str, Range<usize>, &Spanned<DeValue<'_>>)> = table
            .iter()
            .map(|(key, value)| (&**key.get_ref(), self.range(key).start..self.range(value).end, value))
            .collect();
        entries.sort_by_key(|(_, range, _)| range.start);
        let grammar = (self.grammar)(path);
        // A date belongs to the value only if its printed text states it, and a word only if it is known.
        for qualifiers in [&[][..], &[Key::AsOf], &[Key::AsOf, Key::Estimated]] {
            let is_own = |key: &str| Key::from_str(key).ok().filter(|key| !qualifiers.contains(key));
            let own: Vec<_> = entries
                .iter()
                .enumerate()
                .filter_map(|(index, (key, range, value))| Some((index, is_own(key)?, range, *value)))
                .collect();
            let (Some(first), Some(last)) = (own.first(), own.last()) else { return };
            if last.0 - first.0 + 1 != own.len() {
                continue;
            }
            let keys = own.iter().map(|(_, key, _, value)| Some((*key, self.key_text(value)?)));
            let Some(keys) = keys.collect::<Option<Vec<_>>>() else { continue };
            let Some(text) = grammar.shown(&ValueKeys::new(keys)) else { continue };
            let keys = first.2.start..last.2.end;
            let (range, slot) = match own.as_slice() {
                [(_, Key::Value, _, value)] => (self.range(value), Slot::InTable),
                _ => (keys.clone(), Slot::InTableKeys),
            };
            self.cells.push(DraftCell { path: path.to_vec(), text, range, keys, slot, note });
            return;
        }
    }

    fn key_text(&self, value: &Spanned<DeValue<'_>>) -> Option<KeyText> {
        match value.get_ref() {
            DeValue::Boolean(true) => Some(KeyText::True),
            scalar => self.scalar(scalar, &self.range(value)).map(KeyText::Text),
        }
    }

    fn push(
        &mut self,
        path: Vec<String>,
        scalar: &DeValue<'_>,
        range: Range<usize>,
        slot: Slot,
        note: Option<(String, Range<usize>)>,
    ) {
        let Some(text) = self.scalar(scalar, &range) else { return };
        self.cells.push(DraftCell { path, text, keys: range.clone(), range, slot, note });
    }

    /// Text of a string or number. Flags and dates without quotation marks are not figures.
    fn scalar(&self, scalar: &DeValue<'_>, range: &Range<usize>) -> Option<String> {
        match scalar {
            DeValue::String(text) => Some(text.to_string()),
            DeValue::Integer(_) | DeValue::Float(_) => Some(self.text.get(range.clone())?.to_owned()),
            _ => None,
        }
    }

    fn range<T>(&self, value: &Spanned<T>) -> Range<usize> {
        let span = value.span();
        self.offset + span.start..self.offset + span.end
    }
}

/// Returns true if values under the key `root` can have notes.
fn has_notes(root: &str) -> bool {
    !matches!(root, "field" | "response")
}

/// Key of the value in a table with a note.
fn main_key(root: &str) -> &'static str {
    if matches!(root, "judgement" | "program") { "mark" } else { "value" }
}

/// The sections of the body, each with its text without blank lines around it.
fn sections(text: &str, body: Range<usize>) -> Vec<DraftCell> {
    let markdown = text.get(body.clone()).unwrap_or_default();
    let split = markdown::split(markdown);
    let mut titles: Vec<String> = Vec::new();
    let cells = split.sections.into_iter().map(|section| {
        let whole = markdown.get(section.body.clone()).unwrap_or_default();
        let trimmed = whole.trim();
        let range = if trimmed.is_empty() {
            section.body.clone()
        } else {
            let start = section.body.start + whole.find(trimmed).unwrap_or_default();
            start..start + trimmed.len()
        };
        let earlier = titles.iter().filter(|title| **title == section.title).count();
        let mut path = vec![SECTION.to_owned(), section.title.clone()];
        // Headings may repeat, for example under two marks.
        path.extend((earlier > 0).then(|| (earlier + 1).to_string()));
        titles.push(section.title);
        let range = body.start + range.start..body.start + range.end;
        let text = trimmed.replace("\r\n", "\n");
        DraftCell { path, text, keys: range.clone(), range, slot: Slot::Section, note: None }
    });
    cells.collect()
}

/// Range of the text of the first heading `title` of level 2.
pub(super) fn heading_range(text: &str, title: &str) -> Option<Range<usize>> {
    let body = front_matter_regions(text)?.body;
    let split = markdown::split(text.get(body.clone())?);
    let section = split.sections.into_iter().find(|section| section.title == title)?;
    Some(body.start + section.title_range.start..body.start + section.title_range.end)
}

/// First segment of the path of a section's text.
pub(super) const SECTION: &str = "section";

#[cfg(test)]
mod tests {
    use super::*;

    /// Asserts the cells of a sheet as `path = text (note)`, and that their ranges contain these texts.
    fn check(sheet: &str, expect: &[&str]) {
        let cells = cells(sheet, &|_| Grammar::Numbers { missing: vec!["-".into()] });
        for cell in &cells {
            assert!(cell.slot == Slot::InTableKeys || sheet[cell.range.clone()].contains(&cell.text), "{cell:?}");
        }
        let line = |cell: &DraftCell| {
            let note = cell.note.as_ref().map(|(note, _)| format!(" ({note})")).unwrap_or_default();
            format!("{} = {}{note}", cell.path.join("."), cell.text)
        };
        assert_eq!(cells.iter().map(line).collect::<Vec<_>>(), expect);
    }

    #[test]
    fn finds_values_with_their_notes_and_sources_of_funding() {
        check(
            "+++\npage = \"3\"\n[indicator.a]\nactual.R5 = 12.50\nactual.R6 = \"\"\nactual.R7 = { value = \"\", note = \"速報\" }\n\
             [money]\nbudget.R6 = { value = \"\", funding = { kuni = \"1\", sonota = \"\" } }\n+++\n",
            &[
                "indicator.a.actual.R5 = 12.50",
                "indicator.a.actual.R6 = ",
                "indicator.a.actual.R7 =  (速報)",
                "money.budget.R6 = ",
                "money.budget.R6.funding.kuni = 1",
                "money.budget.R6.funding.sonota = ",
            ],
        );
    }

    #[test]
    fn finds_marks_points_rows_surveys_fields_and_responses() {
        check(
            "+++\n[judgement]\ngrade = \"\"\nneed.council = { mark = \"A\", note = \"n\" }\npoints = 18\n[program.bus]\nkoken = \"\"\n\
             [survey.r5]\nx = \"\"\n[field]\nmeans = \"\"\n[[response]]\npoint = \"聞く\"\nanswer = \"\"\n+++\n",
            &[
                "judgement.grade = ",
                "judgement.need.council = A (n)",
                "judgement.points = 18",
                "program.bus.koken = ",
                "survey.r5.x = ",
                "field.means = ",
                "response.1.point = 聞く",
                "response.1.answer = ",
            ],
        );
    }

    #[test]
    fn finds_sections_including_empty_and_repeated_ones() {
        check(
            "+++\n+++\n前文\n\n## 課題\n\n## 成果\n\n一行目\n\n- 二\n\n## 課題\n三\n",
            &["section.課題 = ", "section.成果 = 一行目\n\n- 二", "section.課題.2 = 三"],
        );
    }

    #[test]
    fn finds_tables_that_can_be_entered_in_a_cell() {
        check(
            "+++\n[indicator.a]\nrank.R6 = { value = 16, printed = \"全国16位\", note = \"速報\" }\ntarget.R6 = { from = 3, to = 4 }\n\
             actual.R5 = { value = 7, estimated = true }\nactual.R6 = { missing = \"―\" }\ninterim.R6 = { value = 7, as_of = \"2024-09-30\" }\n+++\n",
            &[
                "indicator.a.rank.R6 = 16「全国16位」 (速報)",
                "indicator.a.target.R6 = 3～4",
                "indicator.a.actual.R5 = 7（見込み）",
                "indicator.a.actual.R6 = -「―」",
                "indicator.a.interim.R6 = 7",
            ],
        );
    }

    #[test]
    fn leaves_out_other_tables() {
        check(
            "+++\n[indicator.a]\nactual.R4 = { value = 7, sic = true }\nactual.R5 = { value = 7, note = \"n\", printed = \"七\" }\n\
             actual.R6 = { value = 3, printed = \"二「三」\" }\n[judgement]\nneed = { lost = \"頁なし\" }\n+++\n",
            &[],
        );
    }
}
