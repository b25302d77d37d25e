//! Strategies: plans of one publisher over a period.

use super::acknowledgement::Acknowledgement;
use super::amount::AmountDeclarations;
use super::comparison::EditionContext;
use super::easy::EasyText;
use super::edition::{Edition, EditionIx, Stage};
use super::field::{Field, FieldEntry};
use super::fiscal_year::{FiscalYear, Period};
use super::indicator::{Indicator, IndicatorKind};
use super::judgement::{Judge, Judgement, Mark, Scale, ScaleIx, Verdict, decisive};
use super::keyword_enum::keyword_enum;
use super::kind::Kind;
use super::license::License;
use super::method::{Method, MethodRef};
use super::node::{Group, LostRow, Node, Row};
use super::reference::Reference;
use super::region_code::RegionCode;
use super::sheet::{Prose, Remark};
use super::survey::Survey;
use crate::diagnostic::Span;
use std::sync::Arc;

/// A strategy: `strategy.toml`, and the nodes in the folders next to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strategy {
    /// Path below `content/`: `kitakami`, `kaminoyama/shinko`. The first component is the municipality, whose
    /// strategies are built together and may link to each other.
    pub id: String,
    /// `title`: as printed.
    pub title: String,
    /// `reading`: title in kana.
    pub reading: Option<String>,
    /// `publisher`: name of the municipality.
    pub publisher: String,
    /// `period`: years of the plan, `H27/R2`.
    pub period: Option<Period>,
    /// `lang`: language of the content as a language tag, `ja` by default: `en`, `zh-Hant`.
    pub lang: String,
    /// `outline`: true if only the outline of the strategy is published, as a link target for others; it has no
    /// editions.
    pub outline_only: bool,
    /// `description`: description in one or two sentences, not quoted from the report.
    pub description: Option<String>,
    /// Span of `description`.
    pub description_span: Option<Span>,
    /// `license`: terms of use of its data; `None` if those of the site apply ([`Report::license`](super::Report::license)).
    pub license: Option<License>,
    /// `region_code`: code of the local government; `None` if that of the site applies
    /// ([`Report::region_code`](super::Report::region_code)).
    pub region_code: Option<RegionCode>,
    /// `missing`: placeholders that the report prints for missing values: `["-", "—"]`.
    pub missing: Vec<String>,
    /// `money_unit`: unit of all amounts, `千円` by default.
    pub money_unit: String,
    /// Span of `money_unit`; `None` if it is the default.
    pub money_unit_span: Option<Span>,
    /// `[[money]]`, `[[phase]]`, `[[staff]]`, `[[funding]]` and `sum_tolerance`: amounts beyond those that every strategy
    /// has.
    pub amounts: AmountDeclarations,
    /// `number_rows`: whether rows are numbered from 1 within each policy, continuing across groups.
    pub number_rows: bool,
    /// `[labels]`: terms of the report for its levels.
    pub labels: KindLabels,
    /// `[[edition]]`: editions, oldest first.
    pub editions: Vec<Edition>,
    /// `[[field]]`: fields beside the names of its nodes.
    pub fields: Vec<Field>,
    /// `[[survey]]`: surveys of residents, oldest first.
    pub surveys: Vec<Survey>,
    /// `[[judge]]`: judges who evaluate the same things, in printed order; usually empty.
    pub judges: Vec<Judge>,
    /// `[[scale]]`: scales of its marks.
    pub scales: Vec<Scale>,
    /// `[[method]]`: methods by which progress is measured; without any, nothing is computed.
    pub methods: Vec<Method>,
    /// `[[section]]`: headings of its sheets.
    pub sections: Vec<SectionRule>,
    /// `[[outside]]`: nodes that the report names but that are not published.
    pub unpublished: Vec<UnpublishedNode>,
    /// `[[department]]`: details of departments beyond their names.
    pub departments: Vec<Department>,
    /// `[[group]]`: headings of groups of rows directly under the strategy.
    pub groups: Vec<Group>,
    /// `[[program]]`: rows of programs directly under the strategy.
    pub rows: Vec<Row>,
    /// `[[program]]` with `lost`: rows directly under the strategy that are known to be missing.
    pub lost_rows: Vec<LostRow>,
    /// `[[remark]]`: remarks to readers about the source.
    pub remarks: Vec<Remark>,
    /// `[[acknowledge]]`: acknowledged findings of `shirube check`.
    pub acknowledged: Vec<Acknowledgement>,
    /// `strategy.md`: prose of the strategy page; empty if there is no such file.
    pub body: Prose,
    /// `strategy.easy.md`: text in easy Japanese; `None` if there is none.
    pub easy: Option<EasyText>,
    /// Goals, policies and programs, sorted by kind, then in natural order of id; goals declared
    /// in `strategy.toml` keep the order of their declaration.
    ///
    /// In an `Arc`, because the preview rereads a strategy on every change, and most of its nodes
    /// are unchanged.
    pub nodes: Vec<Arc<Node>>,
    /// Span of the declaration.
    pub span: Span,
}

/// Terms of the report for the levels of its tree: `[labels]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindLabels {
    /// `goal`: `基本目標` by default.
    pub goal: String,
    /// `policy`: `施策` by default.
    pub policy: String,
    /// `program`: `事務事業` by default.
    pub program: String,
}

/// Heading of sheets: `[[section]]`.
///
/// If a kind of node has any such rule, its sheets may not have other `##` headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionRule {
    /// `of`: kinds of nodes to which it applies: `goal`, `policy`, `program`.
    pub applies_to: Vec<Kind>,
    /// `title`: the heading; optional with `scale`, whose marks are the headings.
    pub title: Option<String>,
    /// `scale`: scale whose marks are the headings; a heading gives the node its mark.
    pub scale: Option<ScaleIx>,
    /// `explains`: scale whose marks the text explains.
    pub explains: Option<ScaleIx>,
    /// `where`: values of fields that the node must have; empty if it applies to all nodes of these kinds.
    pub conditions: Vec<FieldEntry>,
    /// `required`: `always` or `on-gap` (if target and actual differ); `None` if the section is optional.
    pub required: Option<Required>,
    /// Span of the declaration.
    pub span: Span,
}

impl SectionRule {
    /// Returns true if it applies to nodes of `kind` with the values `fields`: those of the sheet, or else of the node.
    pub fn applies(&self, kind: Kind, fields: &[&FieldEntry]) -> bool {
        let has_value = |condition: &FieldEntry| {
            let entry = fields.iter().find(|entry| entry.field == condition.field);
            entry.is_some_and(|entry| entry.values.iter().any(|value| condition.values.contains(value)))
        };
        self.applies_to.contains(&kind) && self.conditions.iter().all(has_value)
    }
}

keyword_enum! {
    /// Condition under which a section is required.
    pub enum Required {
        /// In every sheet.
        Always = "always",
        /// In sheets in which a target and its actual value differ.
        OnGap = "on-gap",
    }
}

/// A node that the report names but that is not published: `[[outside]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnpublishedNode {
    /// `id`: a reference, `policy:1-26`.
    pub reference: Reference,
    /// `name`: name of the node; `None` if it is not known.
    pub name: Option<String>,
    /// `note`: what is known about the node.
    pub note: Option<String>,
}

/// Details of a department: `[[department]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Department {
    /// `name`: as in the `department` keys of nodes and sheets.
    pub name: String,
    /// `reading`: name in kana.
    pub reading: Option<String>,
    /// `contact`: contact details: telephone, email, address.
    pub contact: Option<String>,
}

impl Strategy {
    /// Id of the municipality: the first component of the path.
    pub fn municipality(&self) -> &str {
        self.id.split('/').next().unwrap_or(&self.id)
    }

    /// Method by which the progress of `indicator` is measured: the one that it names or, for numeric indicators, the
    /// default. `None` if neither exists or the indicator names `declared`.
    pub fn method(&self, indicator: &Indicator) -> Option<&Method> {
        match &indicator.method {
            Some(reference) if reference.id == MethodRef::DECLARED => None,
            Some(reference) => self.methods.iter().find(|method| method.id == reference.id),
            None if indicator.kind == IndicatorKind::Number => {
                self.methods.iter().find(|method| method.default && method.node_kinds.is_empty())
            }
            None => None,
        }
    }

    /// Method by which nodes of `kind` are assessed.
    pub fn method_of_nodes(&self, kind: Kind) -> Option<&Method> {
        self.methods.iter().find(|method| method.default && method.node_kinds.contains(&kind))
    }

    /// Editions and period, by which its figures are interpreted.
    pub fn edition_context(&self) -> EditionContext<'_> {
        EditionContext { editions: &self.editions, period: self.period }
    }

    /// Returns true if the edition is shown. Drafts are shown only if their sheets have been kept,
    /// as in the preview.
    pub fn shows(&self, edition: EditionIx) -> bool {
        let is_draft = self.editions.get(edition.0).is_some_and(|edition| edition.draft);
        !is_draft || self.nodes.iter().any(|node| node.sheets.iter().any(|sheet| sheet.edition == edition))
    }

    /// Editions that are shown, with their indices.
    pub fn shown_editions(&self) -> impl DoubleEndedIterator<Item = (EditionIx, &Edition)> {
        let editions = self.editions.iter().enumerate().map(|(index, edition)| (EditionIx(index), edition));
        editions.filter(|(ix, _)| self.shows(*ix))
    }

    /// Current edition for nodes of `kind`: the last final one with sheets of that kind or, without a final one, the
    /// last one with such sheets.
    pub fn current_edition(&self, kind: Kind) -> Option<EditionIx> {
        let with_sheets = || self.editions_with_sheets(kind).rev();
        let last_final = with_sheets().find(|(_, edition)| edition.stage == Stage::Final);
        last_final.or_else(|| with_sheets().next()).map(|(ix, _)| ix)
    }

    /// Last interim edition after the current edition for nodes of `kind`.
    pub fn interim_edition(&self, kind: Kind) -> Option<EditionIx> {
        let current = self.current_edition(kind)?;
        let mut later = self.editions_with_sheets(kind).rev().filter(|(ix, _)| *ix > current);
        later.find(|(_, edition)| edition.stage == Stage::Interim).map(|(ix, _)| ix)
    }

    fn editions_with_sheets(&self, kind: Kind) -> impl DoubleEndedIterator<Item = (EditionIx, &Edition)> {
        let has_sheet =
            move |at: EditionIx| self.nodes.iter().any(|node| node.kind == kind && node.sheet(at).is_some());
        self.shown_editions().filter(move |(ix, _)| has_sheet(*ix))
    }

    /// Years covered by the tables of a report on `year`: that year and, if any sheet of this
    /// strategy has amounts for a year after the reported one (実施計画), the following year.
    pub fn years_shown_with(&self, year: FiscalYear) -> Vec<FiscalYear> {
        let mut years = vec![year];
        if self.plans_ahead() {
            years.push(FiscalYear(year.0.saturating_add(1)));
        }
        years
    }

    /// Returns true if any sheet has an amount of a year after the one that its edition reports on.
    fn plans_ahead(&self) -> bool {
        self.nodes.iter().flat_map(|node| &node.sheets).any(|sheet| {
            let tables = sheet.amount_tables().into_iter();
            let newest = tables.flat_map(|(_, amounts)| amounts.of_years()).map(|(_, year, _)| year).max();
            let year = self.editions.get(sheet.edition.0).and_then(|edition| edition.year);
            newest.zip(year).is_some_and(|(newest, year)| newest > year)
        })
    }

    /// Returns true if lists show the points or marks of `scale`: not if they are part of a total on another scale.
    pub fn is_listed(&self, scale: ScaleIx) -> bool {
        !self.scales.iter().any(|total| total.points.as_ref().is_some_and(|points| points.sum.contains(&scale)))
    }

    /// Returns true if a sheet of `node` is expected in new editions: the node is not lost, has its own folder, and nodes of its
    /// level have sheets. Goals of some levels may have sheets while goals of others have none.
    pub fn expects_sheet(&self, node: &Node) -> bool {
        let has_sheets_of_level =
            |other: &Node| (other.kind, &other.label) == (node.kind, &node.label) && !other.sheets.is_empty();
        node.lost.is_none() && self.has_own_folder(node) && self.nodes.iter().any(|other| has_sheets_of_level(other))
    }

    /// Returns true if `node` has a folder, i.e. is not declared in `strategy.toml`.
    pub fn has_own_folder(&self, node: &Node) -> bool {
        node.span.source != self.span.source
    }

    /// Returns true if `node` ended before `year`, by its period or by a mark in its newest sheet. For marks, unknown
    /// years match.
    pub fn has_ended(&self, node: &Node, year: Option<FiscalYear>) -> bool {
        let period = node.period_in(node.sheets.last());
        if year.zip(period).is_some_and(|(year, period)| period.ends_before(year)) {
            return true;
        }
        let Some(sheet) = node.sheets.last() else { return false };
        let edition_year = self.editions.get(sheet.edition.0).and_then(|edition| edition.year);
        decisive(&sheet.judgements).filter(|judgement| self.ending_mark(judgement).is_some()).any(|judgement| {
            let end = judgement.year.or(edition_year);
            end.is_none() || year.is_none() || end < year
        })
    }

    /// Mark of `judgement` if it is the only one and ends the program.
    pub fn ending_mark(&self, judgement: &Judgement) -> Option<&Mark> {
        let scale = self.scales.get(judgement.scale.0)?;
        match &judgement.verdict {
            Verdict::Marks(marks) => match marks.as_slice() {
                [only] => scale.marks.get(*only).filter(|mark| mark.ends),
                _ => None,
            },
            Verdict::Points(_) | Verdict::Missing(_) | Verdict::Lost => None,
        }
    }

    /// Term of the report for nodes of this kind.
    pub fn label(&self, kind: Kind) -> &str {
        match kind {
            Kind::Goal => &self.labels.goal,
            Kind::Policy => &self.labels.policy,
            Kind::Program => &self.labels.program,
        }
    }
}
