//! A strategy: one plan of one publisher over a period.

use super::acknowledgement::Acknowledgement;
use super::comparison::Timeline;
use super::edition::{Edition, EditionIx, Stage};
use super::fiscal_year::{FiscalYear, Period};
use super::indicator::{Indicator, IndicatorKind};
use super::judgement::Scale;
use super::keyed::keyed;
use super::kind::Kind;
use super::method::{Method, MethodName};
use super::node::{Group, Node, Row};
use super::reference::Reference;
use super::sheet::{Prose, Remark};
use crate::diagnostic::Span;
use std::sync::Arc;

/// A strategy: `strategy.toml`, and the nodes in the folders beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strategy {
    /// Its path below `content/`: `kitakami`, `kaminoyama/shinko`. The first step is the
    /// unit: what one municipality has, built together, free to link to each other.
    pub id: String,
    /// `title`: as printed.
    pub title: String,
    /// `reading`: in kana.
    pub reading: Option<String>,
    /// `publisher`: the municipality.
    pub publisher: String,
    /// `period`: the years of the plan, `H27/R2`.
    pub period: Option<Period>,
    /// `lang`: the language of the content as a language tag, `ja` by default: `en`, `zh-Hant`.
    pub lang: String,
    /// `outline`: true where only an outline is kept, for others to link to; it has no editions.
    pub outline: bool,
    /// `description`: what it is, in one or two sentences of our own.
    pub description: Option<String>,
    /// `missing`: how the report prints that there is no value: `["-", "—"]`.
    pub missing: Vec<String>,
    /// `money_unit`: the unit of all amounts, `千円` by default.
    pub money_unit: String,
    /// Where the unit stands, if it is written.
    pub money_unit_span: Option<Span>,
    /// `number_rows`: whether rows are numbered from 1 within each policy, on through groups.
    pub number_rows: bool,
    /// `[labels]`: what the report calls its levels.
    pub labels: KindLabels,
    /// `[[edition]]`: its publications, oldest first.
    pub editions: Vec<Edition>,
    /// `[[scale]]`: the scales of its marks.
    pub scales: Vec<Scale>,
    /// `[[method]]`: how progress is measured; without any, nothing is computed.
    pub methods: Vec<Method>,
    /// `[[section]]`: the headings of its sheets.
    pub sections: Vec<SectionRule>,
    /// `[[outside]]`: nodes that the report names but that are not published.
    pub outside: Vec<Outside>,
    /// `[[department]]`: what is known of departments beyond their names.
    pub departments: Vec<Department>,
    /// `[[group]]`: headings among the rows that stand directly under the strategy.
    pub groups: Vec<Group>,
    /// `[[program]]`: programs that stand directly under the strategy.
    pub rows: Vec<Row>,
    /// `[[remark]]`: what readers should know of the source.
    pub remarks: Vec<Remark>,
    /// `[[acknowledge]]`: findings of `shirube check` that stand as they are.
    pub acknowledged: Vec<Acknowledgement>,
    /// `strategy.md`, where there is one: words on the strategy page.
    pub body: Prose,
    /// Its goals, policies and programs: by kind, then in natural order of id, except that
    /// goals outlined in `strategy.toml` keep the order of the outline.
    ///
    /// Shared, because they are what is read again and again: most stay when one changes.
    pub nodes: Vec<Arc<Node>>,
    /// Where it is declared.
    pub span: Span,
}

/// What the report calls the levels of its tree: `[labels]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindLabels {
    /// `goal`: `基本目標` by default.
    pub goal: String,
    /// `policy`: `施策` by default.
    pub policy: String,
    /// `program`: `事務事業` by default.
    pub program: String,
}

/// A heading of the sheets: `[[section]]`.
///
/// Where a kind of node has such rules, its sheets bear no other `##` headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionRule {
    /// `of`: the kinds of nodes: `goal`, `policy`, `program`.
    pub of: Vec<Kind>,
    /// `title`: the heading; with `scale` the headings are the marks of that scale.
    pub title: Option<String>,
    /// `scale`: the scale whose marks are the headings; a heading gives the node its mark.
    pub scale: Option<usize>,
    /// `required`: `always`, `on-gap` (where target and actual differ), or left out.
    pub required: Option<Required>,
    /// Where it is declared.
    pub span: Span,
}

keyed! {
    /// When a section must be there.
    pub enum Required {
        /// In every sheet.
        Always = "always",
        /// Where a target and its actual differ.
        OnGap = "on-gap",
    }
}

/// A node that the report names but that is not published: `[[outside]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// `id`: a reference, `policy:1-26`.
    pub reference: Reference,
    /// `name`: where it is known.
    pub name: Option<String>,
    /// `note`: what is known of it.
    pub note: Option<String>,
}

/// A department: `[[department]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Department {
    /// `name`: as the nodes print it.
    pub name: String,
    /// `reading`: in kana.
    pub reading: Option<String>,
    /// `contact`: how to reach it: telephone, mail, address.
    pub contact: Option<String>,
}

impl Strategy {
    /// The unit it belongs to: the first step of its path.
    pub fn unit(&self) -> &str {
        self.id.split('/').next().unwrap_or(&self.id)
    }

    /// The method by which the progress of `indicator` is measured, if any: the one that it
    /// names, else, for numbers, the default.
    pub fn method(&self, indicator: &Indicator) -> Option<&Method> {
        match &indicator.method {
            Some(name) if name.id == MethodName::DECLARED => None,
            Some(name) => self.methods.iter().find(|method| method.id == name.id),
            None if indicator.kind == IndicatorKind::Number => self.methods.iter().find(|method| method.default),
            None => None,
        }
    }

    /// What decides how its figures are read.
    pub fn timeline(&self) -> Timeline<'_> {
        Timeline { editions: &self.editions, period: self.period }
    }

    /// Whether readers see this edition: not as long as it is a draft, unless its sheets were
    /// left in, as they are for those who write them.
    pub fn shows(&self, edition: EditionIx) -> bool {
        let is_draft = self.editions.get(edition.0).is_some_and(|edition| edition.draft);
        !is_draft || self.nodes.iter().any(|node| node.sheets.iter().any(|sheet| sheet.edition == edition))
    }

    /// The editions that readers see, with their places.
    pub fn shown_editions(&self) -> impl DoubleEndedIterator<Item = (EditionIx, &Edition)> {
        let editions = self.editions.iter().enumerate().map(|(place, edition)| (EditionIx(place), edition));
        editions.filter(|(place, _)| self.shows(*place))
    }

    /// The edition that counts for nodes of `kind`: the last final one that has sheets of that kind; without a
    /// final one, the last that has any.
    pub fn current_edition(&self, kind: Kind) -> Option<EditionIx> {
        let with_sheets = || self.editions_with_sheets(kind).rev();
        let last_final = with_sheets().find(|(_, edition)| edition.stage == Stage::Final);
        last_final.or_else(|| with_sheets().next()).map(|(place, _)| place)
    }

    /// An interim edition after the one that counts for nodes of `kind`.
    pub fn interim_edition(&self, kind: Kind) -> Option<EditionIx> {
        let current = self.current_edition(kind)?;
        let mut later = self.editions_with_sheets(kind).rev().filter(|(place, _)| *place > current);
        later.find(|(_, edition)| edition.stage == Stage::Interim).map(|(place, _)| place)
    }

    fn editions_with_sheets(&self, kind: Kind) -> impl DoubleEndedIterator<Item = (EditionIx, &Edition)> {
        let has_sheet =
            move |at: EditionIx| self.nodes.iter().any(|node| node.kind == kind && node.sheet(at).is_some());
        self.shown_editions().filter(move |(place, _)| has_sheet(*place))
    }

    /// The years whose rows a report on `year` shows: that year and, where sheets of this strategy
    /// hold amounts of the year after the one that they report on (実施計画), the year after.
    pub fn years_of_rows(&self, year: FiscalYear) -> Vec<FiscalYear> {
        let mut years = vec![year];
        if self.plans_ahead() {
            years.push(FiscalYear(year.0.saturating_add(1)));
        }
        years
    }

    /// Whether any sheet holds an amount of a year after the one that its edition reports on.
    fn plans_ahead(&self) -> bool {
        self.nodes.iter().flat_map(|node| &node.sheets).any(|sheet| {
            let money = sheet.money.values().chain(sheet.total.values()).filter_map(|years| years.keys().next_back());
            let staff = sheet.staff.values().filter_map(|years| years.keys().next_back());
            let newest = money.chain(staff).max();
            let year = self.editions.get(sheet.edition.0).and_then(|edition| edition.year);
            newest.zip(year).is_some_and(|(newest, year)| *newest > year)
        })
    }

    /// What the report calls nodes of this kind.
    pub fn label(&self, kind: Kind) -> &str {
        match kind {
            Kind::Goal => &self.labels.goal,
            Kind::Policy => &self.labels.policy,
            Kind::Program => &self.labels.program,
        }
    }
}
