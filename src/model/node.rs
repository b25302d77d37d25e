//! Nodes (goals, policies and programs) and rows of programs.

use super::acknowledgement::Acknowledgement;
use super::asset::Asset;
use super::easy::EasyText;
use super::edition::EditionIx;
use super::field::FieldEntry;
use super::fiscal_year::{FiscalYear, OpenPeriod};
use super::indicator::Indicator;
use super::kind::Kind;
use super::reference::Reference;
use super::sheet::{Prose, Remark, Sheet};
use crate::diagnostic::Span;

/// A goal, policy or program: the front matter of `goal.md`, `policy.md` or `program.md`
/// in `goals/<id>/`, `policies/<id>/` or `programs/<id>/`.
///
/// These files contain what is common to all editions; the content of one edition is in its [`Sheet`] next to them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Node {
    /// Kind of node, given by the folder.
    pub kind: Kind,
    /// Identifier and name of the folder: `a-z`, digits, hyphens. Never derived from the Japanese name.
    pub id: String,
    /// `number`: as printed before the name: `5-1-1`, `3`, `①`.
    pub number: Option<String>,
    /// Span of the number; `None` if the node has none.
    pub number_span: Option<Span>,
    /// `lost`: what is known about a node whose content is missing from the published report, as a sentence addressed to
    /// readers. It has no sheets.
    pub lost: Option<String>,
    /// `label`: term of the report for this level, if it differs from `[labels]` of the strategy: `基本計画`.
    pub label: Option<String>,
    /// `name`: as printed.
    pub name: String,
    /// Span of the name.
    pub name_span: Span,
    /// `reading`: name in kana, for ruby and search.
    pub reading: Option<String>,
    /// `goal` (of a policy) or `parent` (of a goal): id of the parent goal.
    pub parent: Option<Reference>,
    /// `department`: one name or a list, as printed.
    pub departments: Vec<InCharge>,
    /// `account`: budget accounts of a program: `01一般会計・07商工費・01商工費・04観光物産費`.
    pub accounts: Vec<Account>,
    /// `[[item]]`: sub-items of a program (細事業), in printed order.
    pub items: Vec<SubItem>,
    /// `period`: 事業期間, years in which the program or policy is carried out.
    pub period: Option<OpenPeriod>,
    /// Span of the period; `None` if it has none.
    pub period_span: Option<Span>,
    /// `[field]`: facts beside the name that are common to all editions.
    pub fields: Vec<FieldEntry>,
    /// `category`: category that the report prints next to the name: `関係人口・交流人口の創出`.
    pub category: Option<String>,
    /// `marker`: printed markers common to all editions: `重点施策`. One or a list.
    pub markers: Vec<String>,
    /// `links`: nodes that the report names as related (関連施策、創生総合戦略).
    pub links: Vec<Reference>,
    /// `links_none`: text printed if there are no related nodes: `該当なし`.
    pub links_none: Option<String>,
    /// `formerly`: former ids of the node; their pages redirect to it.
    pub formerly: Vec<FormerId>,
    /// `succeeds`: predecessors that were split or merged into this node.
    pub succeeds: Vec<Reference>,
    /// `[printed.<year>]`: name as printed in one year, if it differs.
    pub printed: Vec<(FiscalYear, PrintedName)>,
    /// `[[indicator]]`: indicators of the node.
    pub indicators: Vec<Indicator>,
    /// `[[group]]`: headings of groups of rows (◆…◆).
    pub groups: Vec<Group>,
    /// `[[program]]` and `[[group]] programs`: rows of programs, in printed order.
    pub rows: Vec<Row>,
    /// `[[program]]` with `lost`: rows that are known to be missing, in printed order.
    pub lost_rows: Vec<LostRow>,
    /// `[[remark]]`: remarks to readers about the source.
    pub remarks: Vec<Remark>,
    /// `[[acknowledge]]`: acknowledged findings of `shirube check`.
    pub acknowledged: Vec<Acknowledgement>,
    /// Prose below the front matter: plan, purpose, outline.
    pub body: Prose,
    /// `policy.easy.md`: text in easy Japanese; `None` if there is none.
    pub easy: Option<EasyText>,
    /// Sheets, in order of the editions.
    pub sheets: Vec<Sheet>,
    /// Images and other files of the folder, by file name.
    pub assets: Vec<Asset>,
    /// Span of the declaration.
    pub span: Span,
}

/// Department in charge of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InCharge {
    /// `name`: as printed: `商工観光課`.
    pub name: String,
    /// `role`: its part, as printed: `主管`, `関係`. `None` if none is printed.
    pub role: Option<String>,
    /// Span of the name.
    pub span: Span,
}

/// Former id of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerId {
    /// The id.
    pub id: String,
    /// Span of the id.
    pub span: Span,
}

/// Name of a node as printed in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedName {
    /// `name`: as printed in that year.
    pub name: String,
    /// `sic`: whether the name is printed exactly like this although it looks wrong.
    pub sic: bool,
}

/// Heading of a group of rows: `[[group]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// `title`: as printed, without ornaments.
    pub title: String,
}

/// Row of a program under a policy, goal or strategy: `[[program]]`, or an entry of
/// `[[group]] programs`, where a plain id is short for `{ id = "…" }`.
///
/// The home of a program is its only row without `repeat`. If all its rows are repeats, its home is
/// not published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// `id`: id of the program.
    pub program: Reference,
    /// `number`: as printed before the name. With `number_rows` of the strategy, rows without it
    /// get their position.
    pub number: Option<String>,
    /// Span of the number; `None` if the row has none.
    pub number_span: Option<Span>,
    /// `repeat`: true for 再掲: the home of the program is another row.
    pub repeat: bool,
    /// `repeat_printed`: years in which the report prints 再掲; `None` for all.
    pub repeat_printed: Option<Vec<FiscalYear>>,
    /// `years`: years whose tables contain the row; `None` for all.
    pub years: Option<Vec<FiscalYear>>,
    /// `marker`: printed markers (`新規`), for all years or for one: `marker.R5 = "新規"`.
    pub markers: Vec<(Option<FiscalYear>, String)>,
    /// `also`: unpublished policies under which the same row is printed.
    pub also: Vec<Reference>,
    /// `category`: category that the report prints next to the row.
    pub category: Option<String>,
    /// `note`: note on the row.
    pub note: Option<String>,
    /// Group of the row, as an index into [`Node::groups`] (or [`Strategy::groups`](super::Strategy::groups)).
    pub group: Option<usize>,
    /// Span of the row.
    pub span: Span,
}

/// Row that the report is known to contain, but that cannot be read from it: `[[program]]` with `lost` instead of `id`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostRow {
    /// `number`: as printed.
    pub number: Option<String>,
    /// `name`: name of the program, if it is known.
    pub name: Option<String>,
    /// `lost`: what is known about the row, as a sentence addressed to readers.
    pub text: String,
    /// Group of the row, as an index into [`Node::groups`] (or [`Strategy::groups`](super::Strategy::groups)).
    pub group: Option<usize>,
    /// Span of the row.
    pub span: Span,
}

/// Budget account of a program, from the general to the particular.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// As printed.
    pub printed: String,
    /// Steps of the account (会計・款・項・目); a single one if the printed text does not show where they are separated.
    pub steps: Vec<AccountStep>,
    /// Span of the account.
    pub span: Span,
}

/// Step of an account: 会計, 款, 項 or 目.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountStep {
    /// Numeric code; empty if none is printed.
    pub code: String,
    /// Name; empty if none is printed.
    pub name: String,
}

impl AccountStep {
    /// Splits a step into its code and name: `07商工費`; `01-02` is only a code.
    fn parse(printed: &str) -> Self {
        let printed = printed.trim();
        let end = printed.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(printed.len());
        let (code, name) = printed.split_at(end);
        Self { code: code.to_owned(), name: name.trim_start().to_owned() }
    }
}

impl Account {
    /// Parses an account as printed. The steps of `01一般会計・07商工費` are separated by dots, because each has a code.
    /// A text without codes is a single step, because the dot is also part of names (`土木費・住宅費`).
    pub fn parse(printed: &str, span: Span) -> Self {
        let steps: Vec<AccountStep> = printed.split('・').map(AccountStep::parse).collect();
        let has_codes = steps.iter().all(|step| !step.code.is_empty());
        let steps = if has_codes { steps } else { vec![AccountStep { code: String::new(), name: printed.to_owned() }] };
        Self { printed: printed.to_owned(), steps, span }
    }

    /// An account with declared steps; without any, those of the printed text.
    pub fn of_steps(printed: String, steps: &[String], span: Span) -> Self {
        match steps {
            [] => Self::parse(&printed, span),
            steps => Self { steps: steps.iter().map(|step| AccountStep::parse(step)).collect(), printed, span },
        }
    }

    /// The first step, by which lists can be filtered: 一般会計.
    pub fn first_step(&self) -> &str {
        let named = |step: &AccountStep| !step.name.is_empty();
        self.steps.first().map_or(self.printed.as_str(), |step| if named(step) { &step.name } else { &step.code })
    }
}

/// Sub-item of a program (細事業): `[[item]]`. It has amounts, but no page of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubItem {
    /// `id`: key under `[item]` of sheets.
    pub id: String,
    /// `name`: as printed.
    pub name: String,
    /// Span of the declaration.
    pub span: Span,
}

impl Node {
    /// Node named after its id, with everything else empty.
    pub fn of_folder(kind: Kind, id: String, span: Span) -> Self {
        Self { kind, name: id.clone(), id, name_span: span, span, ..Self::default() }
    }

    /// Departments in charge as of `sheet`, the newest relevant sheet: those that it prints, else those of the node
    /// itself. Departments printed by older sheets only are no longer in charge.
    pub fn departments_in<'a>(&'a self, sheet: Option<&'a Sheet>) -> &'a [InCharge] {
        sheet.map(|sheet| &sheet.departments).filter(|printed| !printed.is_empty()).unwrap_or(&self.departments)
    }

    /// Period of the node as of `sheet`: the one that the sheet prints, else that of the node itself.
    pub fn period_in<'a>(&'a self, sheet: Option<&'a Sheet>) -> Option<&'a OpenPeriod> {
        sheet.and_then(|sheet| sheet.period.as_ref()).or(self.period.as_ref())
    }

    /// Sheet of `edition`; `None` if the node has none in it.
    pub fn sheet(&self, edition: EditionIx) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.edition == edition)
    }

    /// All prose of the node: its body, its text in easy Japanese, and the sections of its sheets and their variants.
    pub fn prose(&self) -> impl Iterator<Item = &Prose> {
        let variants = self.sheets.iter().flat_map(|sheet| &sheet.variants).flat_map(|variant| &variant.sections);
        let sections = self.sheets.iter().flat_map(|sheet| &sheet.sections).chain(variants);
        let easy = self.easy.as_ref().map(|easy| &easy.prose);
        std::iter::once(&self.body).chain(easy).chain(sections.map(|section| &section.prose))
    }

    /// Returns true if any prose of the node links to `asset`. Once hidden drafts have been
    /// removed, this decides whether it is published.
    pub fn publishes(&self, asset: &Asset) -> bool {
        self.prose().flat_map(|prose| &prose.links).any(|link| asset.is_linked_as(&link.destination))
    }
}

impl Row {
    /// Returns true if the tables of `year` contain the row.
    pub fn applies_in(&self, year: FiscalYear) -> bool {
        self.years.as_ref().is_none_or(|years| years.contains(&year))
    }
}
