//! Goals, policies and programs: one kind of node for all three, and the rows of programs.

use super::acknowledgement::Acknowledgement;
use super::asset::Asset;
use super::edition::EditionIx;
use super::fiscal_year::FiscalYear;
use super::indicator::Indicator;
use super::kind::Kind;
use super::reference::Reference;
use super::sheet::{Prose, Remark, Sheet};
use crate::diagnostic::Span;

/// A goal, policy or program: the front matter of `goal.md`, `policy.md` or `program.md`
/// in `goals/<id>/`, `policies/<id>/` or `programs/<id>/`.
///
/// These files say what stays from edition to edition; what one edition says is in its
/// [`Sheet`] beside them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Node {
    /// What it is: told by the folder.
    pub kind: Kind,
    /// Its identity, the name of its folder: `a-z`, digits, hyphens. Never derived from Japanese.
    pub id: String,
    /// `number`: as printed before the name: `5-1-1`, `3`, `①`.
    pub number: Option<String>,
    /// Where the number stands, if it has one.
    pub number_span: Option<Span>,
    /// `label`: what the report calls nodes of this level, where it differs from
    /// `strategy.labels`: `基本計画`.
    pub label: Option<String>,
    /// `name`: as printed.
    pub name: String,
    /// Where the name stands.
    pub name_span: Span,
    /// `reading`: in kana, for search and for reading aloud.
    pub reading: Option<String>,
    /// `goal` (of a policy) or `parent` (of a goal): the id of the goal above.
    pub parent: Option<Reference>,
    /// `department`: one name or a list, as printed.
    pub departments: Vec<String>,
    /// `account`: the account title of a program: `01一般会計・07商工費・01商工費・04観光物産費`.
    pub account: Option<Account>,
    /// `category`: a word that the report puts beside the name: `関係人口・交流人口の創出`.
    pub category: Option<String>,
    /// `marker`: printed marks that stay: `重点施策`. One or a list.
    pub markers: Vec<String>,
    /// `links`: other nodes that the report names as related (関連施策、創生総合戦略).
    pub links: Vec<Reference>,
    /// `links_none`: the printed answer where there is none: `該当なし`.
    pub links_none: Option<String>,
    /// `formerly`: ids that the node had before; their pages lead here.
    pub formerly: Vec<FormerId>,
    /// `succeeds`: nodes that were split or merged into this one.
    pub succeeds: Vec<Reference>,
    /// `[printed.<year>]`: how the name was printed in one year, where it differs.
    pub printed: Vec<(FiscalYear, PrintedName)>,
    /// `[[indicator]]`: what is measured here.
    pub indicators: Vec<Indicator>,
    /// `[[group]]`: headings among the rows (◆…◆).
    pub groups: Vec<Group>,
    /// `[[program]]` and `[[group]] programs`: the programs shown here, in printed order.
    pub rows: Vec<Row>,
    /// `[[remark]]`: what readers should know of the source.
    pub remarks: Vec<Remark>,
    /// `[[acknowledge]]`: findings of `shirube check` that stand as they are.
    pub acknowledged: Vec<Acknowledgement>,
    /// The words below the front matter: plan, purpose, outline.
    pub body: Prose,
    /// Its sheets, in the order of the editions.
    pub sheets: Vec<Sheet>,
    /// Pictures and other files of the folder, by file name.
    pub assets: Vec<Asset>,
    /// Where it is declared.
    pub span: Span,
}

/// An id that a node had before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerId {
    /// The id.
    pub id: String,
    /// Where it stands.
    pub span: Span,
}

/// A name as it was printed in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedName {
    /// `name`: as printed in that year.
    pub name: String,
    /// `sic`: printed just so, though it looks wrong.
    pub sic: bool,
}

/// A heading among the rows of a policy: `[[group]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// `title`: as printed, without the ornaments.
    pub title: String,
}

/// A program's place under a policy, goal or strategy: `[[program]]`, or an entry of
/// `[[group]] programs`, where the id alone is short for `{ id = "…" }`.
///
/// The only row of a program without `repeat` is its home. If all its rows are repeats,
/// its home lies outside what is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// `id`: the program.
    pub program: Reference,
    /// `number`: as printed before the name; with `number_rows` of the strategy, its place.
    pub number: Option<String>,
    /// `repeat`: true for 再掲: the program's home is another row.
    pub repeat: bool,
    /// `repeat_printed`: the years in which the report prints 再掲, where it is not all.
    pub repeat_printed: Option<Vec<FiscalYear>>,
    /// `years`: the years in which the row stands; `None` for all.
    pub years: Option<Vec<FiscalYear>>,
    /// `marker`: printed marks (`新規`), for all years or for one: `marker.R5 = "新規"`.
    pub markers: Vec<(Option<FiscalYear>, String)>,
    /// `also`: policies outside what is published under which the same row was printed.
    pub also: Vec<Reference>,
    /// `category`: a word that the report puts beside the row.
    pub category: Option<String>,
    /// `note`: what is said of the row.
    pub note: Option<String>,
    /// The group it stands in, as a place in [`Node::groups`].
    pub group: Option<usize>,
    /// Where it stands.
    pub span: Span,
}

/// An account title of the budget, from the general to the particular.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// As printed.
    pub printed: String,
    /// 会計・款・項・目: each its code and its name.
    pub steps: Vec<(String, String)>,
    /// Where it stands.
    pub span: Span,
}

impl Account {
    /// Reads `01一般会計・07商工費・…`: each step a code of digits and a name.
    pub fn parse(printed: &str, span: Span) -> Option<Self> {
        let steps = printed
            .split('・')
            .map(|step| {
                let end = step.find(|c: char| !c.is_ascii_digit()).filter(|end| *end > 0)?;
                let (number, name) = step.split_at(end);
                Some((number.to_owned(), name.to_owned()))
            })
            .collect::<Option<Vec<_>>>()?;
        Some(Self { printed: printed.to_owned(), steps, span })
    }
}

impl Node {
    /// A node of which nothing is known but its folder.
    pub fn of_folder(kind: Kind, id: String, span: Span) -> Self {
        Self { kind, name: id.clone(), id, name_span: span, span, ..Self::default() }
    }

    /// The departments in charge as `sheet`, the newest that counts, says: those that it prints, else those that
    /// stay. What only an older sheet prints is over.
    pub fn departments_in<'a>(&'a self, sheet: Option<&'a Sheet>) -> &'a [String] {
        sheet.map(|sheet| &sheet.departments).filter(|printed| !printed.is_empty()).unwrap_or(&self.departments)
    }

    /// What the edition `edition` says of it, if it has a sheet there.
    pub fn sheet(&self, edition: EditionIx) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.edition == edition)
    }
}

impl Node {
    /// All its words: its own, and those of its sheets.
    pub fn words(&self) -> impl Iterator<Item = &Prose> {
        let variants = self.sheets.iter().flat_map(|sheet| &sheet.variants).flat_map(|variant| &variant.sections);
        let sections = self.sheets.iter().flat_map(|sheet| &sheet.sections).chain(variants);
        std::iter::once(&self.body).chain(sections.map(|section| &section.prose))
    }

    /// Whether this file of its folder is published: the words that are there name it.
    pub fn publishes(&self, asset: &Asset) -> bool {
        self.words().flat_map(|words| &words.links).any(|link| asset.is_meant_by(&link.destination))
    }
}

impl Row {
    /// Whether the row stands in the tables of `year`.
    pub fn stands_in(&self, year: FiscalYear) -> bool {
        self.years.as_ref().is_none_or(|years| years.contains(&year))
    }
}
