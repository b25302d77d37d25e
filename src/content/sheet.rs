//! Parsing of sheets: `<edition>.md` and `<edition>@<policy>.md`.

use super::amount::AmountReader;
use super::correction;
use super::field;
use super::front_matter::{self, MarkdownBody};
use super::item::Item;
use super::judgement::JudgementContext;
use super::node::departments;
use super::survey;
use super::table::TomlTable;
use super::value::{Grammar, ValueReader};
use crate::diagnostic::{Diagnostic, Rule, SourceId, Sources, Span, say};
use crate::markdown;
use crate::model::{
    Acknowledgement, AmountTable, Amounts, EditionIx, FieldEntry, Indicator, Judgement, Kind, Node, Remark, Response,
    ResponseEdition, Row, ScaleIx, Section, SectionRule, Sheet, Strategy, SubItem, Variant, Verdict, effective_entries,
};
use crate::schema::sheet::{SHEET_FILE, VARIANT_FILE};
use std::collections::BTreeMap;

/// Declarations of the strategy and the node that are needed to parse a sheet.
#[derive(Clone, Copy)]
pub(super) struct SheetContext<'a> {
    pub(super) strategy: &'a Strategy,
    pub(super) kind: Kind,
    /// The node, without its sheets.
    pub(super) node: &'a Node,
    pub(super) indicators: &'a [Indicator],
    pub(super) items: &'a [SubItem],
    /// Rows of the node.
    pub(super) rows: &'a [Row],
    /// Fields of the node.
    pub(super) fields: &'a [FieldEntry],
}

/// Reads the `[[remark]]` tables of `table`.
pub(super) fn remarks(table: &TomlTable<'_>) -> Vec<Remark> {
    let remark = |table: TomlTable<'_>| Some(Remark { text: table.required("text")?, span: table.span });
    table.tables("remark").into_iter().filter_map(remark).collect()
}

/// Reads the `[[acknowledge]]` tables of `table`.
pub(super) fn acknowledged(table: &TomlTable<'_>) -> Vec<Acknowledgement> {
    let acknowledged = |table: TomlTable<'_>| {
        let span = table.get("rule").map_or(table.span, Item::span);
        let (rule, about, reason) = (table.required("rule"), table.text("about"), table.required("reason"));
        Some(Acknowledgement { rule: rule?, about, reason: reason?, span })
    };
    table.tables("acknowledge").into_iter().filter_map(acknowledged).collect()
}

impl SheetContext<'_> {
    /// The sheet of `edition` in `file`. In a draft edition, empty values are recorded in
    /// [`Sheet::unwritten`] instead of being reported.
    pub(super) fn sheet(
        self,
        edition: EditionIx,
        file: SourceId,
        sources: &Sources,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Sheet {
        let (toml, body) = front_matter::split(&SHEET_FILE, file, sources);
        let mut front_matter_diagnostics = Vec::new();
        let mut sheet = toml.read(&mut front_matter_diagnostics, |table| self.front_matter(edition, file, table));
        if self.strategy.editions.get(edition.0).is_some_and(|edition| edition.draft) {
            let empty = front_matter_diagnostics.extract_if(.., |diagnostic| diagnostic.rule == Rule::EmptyText);
            sheet.unwritten = empty.filter_map(|diagnostic| diagnostic.span()).collect();
        }
        diagnostics.append(&mut front_matter_diagnostics);
        sheet.sections = self.sections(body, &sheet.fields, diagnostics);
        self.add_marks_from_headings(&mut sheet);
        self.add_lost_marks(&mut sheet);
        self.check_corrections(&sheet, diagnostics);
        correction::mark_corrected_cells(&mut sheet);
        sheet
    }

    /// The variant of a program sheet for the rows of `policy`, which repeat the program with different text. `fields` are
    /// those of the sheet.
    pub(super) fn variant(
        self,
        policy: &str,
        fields: &[FieldEntry],
        file: SourceId,
        sources: &Sources,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Variant {
        let (toml, body) = front_matter::split(&VARIANT_FILE, file, sources);
        let (remarks, acknowledged) = toml.read(diagnostics, |table| (remarks(table), acknowledged(table)));
        let sections = self.sections(body, fields, diagnostics);
        Variant { policy: policy.to_owned(), sections, remarks, acknowledged, span: Span::new(file, 0..0) }
    }

    fn front_matter(self, edition: EditionIx, file: SourceId, table: &TomlTable<'_>) -> Sheet {
        let reader = self.value_reader(Grammar::Numbers);
        let amounts = |table: &TomlTable<'_>, key: &'static str, kind: AmountTable| {
            table.table(key).map(|table| self.amount_reader(kind).amounts(&table)).unwrap_or_default()
        };
        let mut sheet = Sheet {
            edition,
            page: table.text("page"),
            departments: departments(table),
            period: table.get("period").and_then(Item::open_period),
            fields: field::entries(table, self.kind, &self.strategy.fields),
            figures: table.entries_of("indicator").map(|table| self.figures(&table)).unwrap_or_default(),
            money: amounts(table, "money", AmountTable::Money),
            staff: amounts(table, "staff", AmountTable::Staff),
            total: amounts(table, "total", AmountTable::Total),
            items: table.entries_of("item").map(|table| self.items(&table)).unwrap_or_default(),
            judgements: match table.entries_of("judgement") {
                Some(table) => self.judgement_context().judgements(table.items(), self.kind.key(), None),
                None => Vec::new(),
            },
            row_judgements: self.row_judgements(table),
            responses: table.tables("response").into_iter().filter_map(|table| self.response(&table)).collect(),
            surveys: survey::entries(table, &self.strategy.surveys, reader),
            corrections: Vec::new(),
            remarks: remarks(table),
            acknowledged: acknowledged(table),
            unwritten: Vec::new(),
            sections: Vec::new(),
            variants: Vec::new(),
            span: Span::new(file, 0..0),
        };
        sheet.corrections = self.corrections(table, &sheet);
        sheet
    }

    /// `[program.<id>]`: judgements of rows, by id of the program.
    fn row_judgements(&self, table: &TomlTable<'_>) -> BTreeMap<String, Vec<Judgement>> {
        let mut judgements = BTreeMap::new();
        let Some(item) = table.get("program") else { return judgements };
        if item.raw().is_array() {
            rows_in_sheet(item, self.kind);
            return judgements;
        }
        let Some(table) = item.entries() else { return judgements };
        for item in table.items() {
            if !self.rows.iter().any(|row| row.program.id == item.key) {
                let ids: Vec<&str> = self.rows.iter().map(|row| row.program.id.as_str()).collect();
                unknown_row(item, self.kind, &ids);
                continue;
            }
            if let Some(table) = item.entries() {
                let of_row = self.judgement_context().judgements(table.items(), "row", None);
                judgements.insert(item.key.to_owned(), of_row);
            }
        }
        judgements
    }

    /// `[[response]]`: answer to an earlier remark.
    fn response(&self, table: &TomlTable<'_>) -> Option<Response> {
        let edition = table.text("edition");
        let editions = &self.strategy.editions;
        let edition = edition.map(|written| match editions.iter().position(|edition| edition.id == written) {
            Some(index) => ResponseEdition::Published(EditionIx(index)),
            None => ResponseEdition::Printed(written),
        });
        let point = table.required("point");
        let (raised_by, answer, status) = (table.text("raised_by"), table.text("answer"), table.text("status"));
        let span_of = |key| table.get(key).map_or(table.span, Item::span);
        let (point_span, answer_span) = (span_of("point"), span_of("answer"));
        Some(Response { edition, raised_by, point: point?, answer, status, span: table.span, point_span, answer_span })
    }

    pub(super) fn value_reader<'b>(&'b self, grammar: Grammar<'b>) -> ValueReader<'b> {
        ValueReader { missing: &self.strategy.missing, grammar, funding: None }
    }

    fn amount_reader(&self, table: AmountTable) -> AmountReader<'_> {
        let funding = (table != AmountTable::Staff).then_some(self.strategy.amounts.funding.as_slice());
        AmountReader {
            values: ValueReader { funding, ..self.value_reader(Grammar::Numbers) },
            strategy: self.strategy,
            table,
        }
    }

    /// `[item.<id>]`: amounts by index of the sub-item in the node.
    fn items(self, table: &TomlTable<'_>) -> BTreeMap<usize, Amounts> {
        let mut items = BTreeMap::new();
        for item in table.items() {
            let Some(index) = self.items.iter().position(|declared| declared.id == item.key) else {
                self.report_unknown_item(item);
                continue;
            };
            let Some(table) = item.table() else { continue };
            let money = table.table("money").map(|table| self.amount_reader(AmountTable::Money).amounts(&table));
            items.extend(money.map(|money| (index, money)));
        }
        items
    }

    fn report_unknown_item(self, item: Item<'_>) {
        let key = item.key;
        let ids = self.items.iter().map(|declared| declared.id.as_str());
        let named = self.items.iter().map(|declared| (declared.id.as_str(), declared.name.as_str()));
        let message = say!(ja: "`{key}` という細事業はありません", en: "there is no sub-item `{key}`");
        let help = match self.kind {
            Kind::Program => say!(
                ja: "program.md の `[[item]]` に `id = \"{key}\"` を書いてください",
                en: "declare it with `id = \"{key}\"` under `[[item]]` in program.md"
            ),
            Kind::Goal | Kind::Policy => {
                say!(ja: "細事業は事務事業の調書にだけ書けます", en: "only sheets of programs have sub-items")
            }
        };
        let diagnostic = Diagnostic::new(Rule::UnknownKey, item.key_span, message);
        item.file.report(diagnostic.help(help.with_candidates(named)).suggest(key, ids));
    }

    pub(super) fn judgement_context(&self) -> JudgementContext<'_> {
        JudgementContext {
            judges: &self.strategy.judges,
            scales: &self.strategy.scales,
            missing: &self.strategy.missing,
        }
    }

    /// Splits the body into sections by heading. If the strategy declares headings for this kind of node, reports all
    /// others, and those that do not apply with these `fields` of the sheet.
    fn sections(
        self,
        body: MarkdownBody<'_>,
        fields: &[FieldEntry],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Section> {
        let split = markdown::split(body.text);
        let fields = effective_entries(fields, self.fields);
        let declared = self.headings(|_| true);
        let known = self.headings(|rule| rule.applies(self.kind, &fields));
        let mut sections = Vec::new();
        let lead = body.part(split.lead);
        if !lead.is_empty() {
            sections.push(Section { title: String::new(), prose: lead });
        }
        for part in split.sections {
            let title = part.title;
            let at = body.at(part.title_range);
            if declared.contains(&title.as_str()) && !known.contains(&title.as_str()) {
                diagnostics.push(other_heading(&title, at, &known));
            } else if !declared.is_empty() && !known.contains(&title.as_str()) {
                diagnostics.push(unknown_heading(&title, at, &known));
            } else if sections.iter().any(|section: &Section| section.title == title) {
                let message = say!(ja: "見出し「{title}」が二つあります", en: "duplicate heading `{title}`");
                diagnostics.push(Diagnostic::new(Rule::HeadingTwice, at, message).rule_help());
            }
            sections.push(Section { title, prose: body.part(part.body) });
        }
        sections
    }

    /// Headings of the rules for this kind of node that `selects` selects. If no rule is declared, any heading is allowed.
    pub(super) fn headings(&self, selects: impl Fn(&SectionRule) -> bool) -> Vec<&str> {
        let mut headings = Vec::new();
        let rules = self.strategy.sections.iter().filter(|rule| rule.applies_to.contains(&self.kind));
        for rule in rules.filter(|rule| selects(rule)) {
            headings.extend(rule.title.as_deref());
            let scale = rule.scale.and_then(|scale| self.strategy.scales.get(scale.0));
            headings.extend(scale.into_iter().flat_map(|scale| &scale.marks).map(|mark| mark.printed.as_str()));
        }
        headings
    }

    /// Adds the judgements that are given by headings, for sections whose headings are the marks of a scale. A
    /// judgement in the front matter takes precedence.
    fn add_marks_from_headings(self, sheet: &mut Sheet) {
        let rules = self.strategy.sections.iter().filter(|rule| rule.applies_to.contains(&self.kind));
        for scale_ix in rules.filter_map(|rule| rule.scale) {
            let Some(scale) = self.strategy.scales.get(scale_ix.0) else { continue };
            let is_heading = |mark: &str| sheet.sections.iter().any(|section| section.title == mark);
            let marks = scale.marks.iter().enumerate().filter(|(_, mark)| is_heading(&mark.printed));
            let marks: Vec<usize> = marks.map(|(mark_index, _)| mark_index).collect();
            let given = sheet.judgements.iter().any(|judgement| judgement.scale == scale_ix);
            if !marks.is_empty() && !given {
                sheet.judgements.push(judgement(scale_ix, Verdict::Marks(marks), sheet.span));
            }
        }
    }

    /// Adds [`Verdict::Lost`] for each scale of this kind of node whose marks are lost in the source.
    fn add_lost_marks(self, sheet: &mut Sheet) {
        for (index, scale) in self.strategy.scales.iter().enumerate() {
            let judges = scale.lost.is_some() && scale.applies_to.iter().any(|of| of == self.kind.key());
            let given = sheet.judgements.iter().any(|judgement| judgement.scale == ScaleIx(index));
            if judges && !given {
                sheet.judgements.push(judgement(ScaleIx(index), Verdict::Lost, sheet.span));
            }
        }
    }
}

fn judgement(scale: ScaleIx, verdict: Verdict, span: Span) -> Judgement {
    Judgement { scale, judge: None, year: None, verdict, note: None, corrected: None, span }
}

fn unknown_heading(title: &str, at: Span, known: &[&str]) -> Diagnostic {
    let all = known.join("、");
    let message = say!(
        ja: "見出し「{title}」は strategy.toml の `[[section]]` にありません",
        en: "the heading `{title}` is not declared by a `[[section]]` in strategy.toml"
    );
    let help = say!(
        ja: "ここに書ける見出し: {all}（小見出しは `###` で書きます）",
        en: "allowed headings: {all} (write subheadings with `###`)"
    );
    Diagnostic::new(Rule::UnknownHeading, at, message).help(help).suggest_first(title, known.iter().copied())
}

/// Reports a heading of a `[[section]]` whose condition `where` the node does not meet.
fn other_heading(title: &str, at: Span, known: &[&str]) -> Diagnostic {
    let all = known.join("、");
    let message = say!(
        ja: "見出し「{title}」は、strategy.toml の `where` にある値の欄を持つものにだけ書けます",
        en: "the heading `{title}` is only for nodes with the field values under `where` in strategy.toml"
    );
    let help = match known.is_empty() {
        true => say!(
            ja: "`[field]` の値を資料と見比べるか、見出しを消してください",
            en: "compare the values under `[field]` with the source, or remove the heading"
        ),
        false => say!(
            ja: "`[field]` の値を資料と見比べてください。ここに書ける見出し: {all}",
            en: "compare the values under `[field]` with the source; allowed headings: {all}"
        ),
    };
    Diagnostic::new(Rule::UnknownHeading, at, message).help(help)
}

/// Reports rows, `[[program]]`, in a sheet.
fn rows_in_sheet(item: Item<'_>, kind: Kind) {
    let file = kind.key();
    let message = say!(ja: "調書に `[[program]]` は書けません", en: "`[[program]]` is not allowed in a sheet");
    let help = say!(
        ja: "並べる事業は {file}.md に、事業への評価は `[program.<id>]` に書いてください",
        en: "declare rows in {file}.md; write the judgement of a row under `[program.<id>]`"
    );
    item.report_key(Rule::UnknownKey, message, help);
}

/// Reports judgements of a program that is not in the rows of the node, which has the programs `ids`.
fn unknown_row(item: Item<'_>, kind: Kind, ids: &[&str]) {
    let (key, file) = (item.key, kind.key());
    let message = say!(
        ja: "この{file}.md に、事業 `{key}` の行はありません",
        en: "{file}.md has no row of the program `{key}`"
    );
    let help = say!(
        ja: "行は、その事業を並べている目標や施策の `[[program]]` にあります。評価も同じフォルダーの調書に書いてください",
        en: "rows are declared under `[[program]]` of the goal or policy that lists the program; write the judgement in a sheet of the same folder"
    );
    let diagnostic = Diagnostic::new(Rule::UnknownRow, item.key_span, message).help(help);
    item.file.report(diagnostic.suggest(key, ids.iter().copied()));
}
