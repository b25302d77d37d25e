//! Groups of the entries of a list: by mark, field, category, account, department and printed marker.

use super::Entry;
use crate::model::{
    Account, FieldIx, FiscalYear, Judgement, Kind, Report, ScaleIx, Sheet, Strategy, StrategyIx, Verdict, decisive,
};
use std::collections::{BTreeMap, BTreeSet};

/// Property by which entries are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// Marks of a scale, by year if they are given by year.
    Scale(ScaleIx, Option<FiscalYear>),
    /// Declared values of a field.
    Field(FieldIx),
    /// Category that is printed with the name.
    Category,
    /// First step of the account (会計).
    Account,
    /// Department in charge.
    Department,
    /// Printed marker such as 新規.
    Marker,
}

/// Value that the entries of a group share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroupValue {
    /// Mark, as an index into the marks of the scale.
    Mark(usize),
    /// Printed as not given.
    Missing,
    /// Printed, but lost in the published text.
    Lost,
    /// Nothing printed.
    NoMark,
    /// Text, as printed.
    Text(String),
}

impl GroupValue {
    /// Key of a value of a scale: the index of the mark, or why there is none. `None` for a text.
    pub fn mark_key(&self) -> Option<String> {
        Some(match self {
            GroupValue::Mark(index) => index.to_string(),
            GroupValue::Text(_) => return None,
            other => other.no_mark_reason()?.to_owned(),
        })
    }

    /// Why entries have no mark: `missing`, `lost` or `none`. `None` for a mark or text.
    pub fn no_mark_reason(&self) -> Option<&'static str> {
        match self {
            GroupValue::Missing => Some("missing"),
            GroupValue::Lost => Some("lost"),
            GroupValue::NoMark => Some("none"),
            GroupValue::Mark(_) | GroupValue::Text(_) => None,
        }
    }
}

/// Group of entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group<E> {
    /// The property.
    pub facet: Facet,
    /// Its value.
    pub value: GroupValue,
    /// Position of the value among those of the property, from 1.
    pub number: usize,
    /// Entries, in the order of the list.
    pub entries: Vec<E>,
}

impl<E> Group<E> {
    /// Path of the group below the folder of its list: `scale-status/0`, `department/3`.
    pub fn path(&self, strategy: &Strategy) -> String {
        let value = self.value.mark_key().unwrap_or_else(|| self.number.to_string());
        match self.facet {
            Facet::Scale(scale, year) => {
                let scale = strategy.scales.get(scale.0).map_or("", |scale| scale.id.as_str());
                match year {
                    Some(year) => format!("scale-{scale}/{}/{value}", year.short()),
                    None => format!("scale-{scale}/{value}"),
                }
            }
            Facet::Field(field) => {
                let field = strategy.fields.get(field.0).map_or("", |field| field.id.as_str());
                format!("field-{field}/{value}")
            }
            Facet::Category => format!("category/{value}"),
            Facet::Account => format!("account/{value}"),
            Facet::Department => format!("department/{value}"),
            Facet::Marker => format!("marker/{value}"),
        }
    }
}

/// Scales and years on which any of `judgements` has a verdict that lists show, and scales whose marks are lost for
/// an entry of the kind `kind`.
fn scales(
    strategy: &Strategy,
    kind: &str,
    judged: &[(Entry, &[Judgement])],
) -> BTreeSet<(ScaleIx, Option<FiscalYear>)> {
    let given = judged.iter().flat_map(|(_, judgements)| decisive(judgements));
    let given = given.filter(|judgement| strategy.is_listed(judgement.scale));
    let mut scales: BTreeSet<_> = given.map(|judgement| (judgement.scale, judgement.year)).collect();
    let lost = strategy.scales.iter().enumerate().filter(|(_, scale)| scale.lost_for(kind).is_some());
    let is_unjudged = |scale: ScaleIx| {
        judged.iter().any(|(_, judgements)| !judgements.iter().any(|judgement| judgement.scale == scale))
    };
    scales.extend(lost.map(|(index, _)| ScaleIx(index)).filter(|scale| is_unjudged(*scale)).map(|scale| (scale, None)));
    scales
}

/// Groups `subjects` of the kind `kind` by their verdicts on one scale: first the marks in the order of the scale, each
/// with its subjects even if there are none, then the subjects without a mark. `None` for a scale of points, and if
/// nothing was printed for any subject.
pub fn by_mark<'j, E: Clone>(
    strategy: &Strategy,
    (scale_ix, year): (ScaleIx, Option<FiscalYear>),
    kind: &str,
    subjects: impl IntoIterator<Item = (E, &'j [Judgement])>,
) -> Option<Vec<(GroupValue, Vec<E>)>> {
    let scale = strategy.scales.get(scale_ix.0).filter(|scale| scale.points.is_none())?;
    let mut members_of_marks: Vec<Vec<E>> = vec![Vec::new(); scale.marks.len()];
    let (mut missing, mut lost, mut none) = (Vec::new(), Vec::new(), Vec::new());
    for (member, judgements) in subjects {
        let judgement = decisive(judgements).find(|judgement| (judgement.scale, judgement.year) == (scale_ix, year));
        match judgement.map(|judgement| &judgement.verdict) {
            Some(Verdict::Marks(indexes)) => {
                for index in indexes {
                    members_of_marks.get_mut(*index).into_iter().for_each(|members| members.push(member.clone()));
                }
            }
            Some(Verdict::Missing(_)) => missing.push(member),
            Some(Verdict::Lost) => lost.push(member),
            Some(Verdict::Points(_)) => {}
            None if scale.lost_for(kind).is_some() => lost.push(member),
            None => none.push(member),
        }
    }
    let has_marks = members_of_marks.iter().any(|members| !members.is_empty());
    if !has_marks && missing.is_empty() && lost.is_empty() {
        return None;
    }
    // If some marks are lost and none is known, an empty group would wrongly state that its mark was not given.
    let shows_marks = has_marks || lost.is_empty();
    let marks = members_of_marks.into_iter().enumerate().filter(|_| shows_marks);
    let mut groups: Vec<_> = marks.map(|(index, members)| (GroupValue::Mark(index), members)).collect();
    let others = [(GroupValue::Missing, missing), (GroupValue::Lost, lost), (GroupValue::NoMark, none)];
    groups.extend(others.into_iter().filter(|(_, members)| !members.is_empty()));
    Some(groups)
}

/// Groups of all entries that have members: by mark among those that the current edition contains, then by field,
/// category, account, department and marker.
pub fn groups(report: &Report, ix: StrategyIx, kind: &str, entries: &[Entry]) -> Vec<Group<Entry>> {
    let strategy = report.strategy(ix);
    let judged: Vec<(Entry, &[Judgement])> =
        entries.iter().filter_map(|entry| Some((*entry, judgements(report, *entry)?))).collect();
    let mut groups = Vec::new();
    for scale in scales(strategy, kind, &judged) {
        let by_mark = by_mark(strategy, scale, kind, judged.iter().copied()).into_iter().flatten();
        let members = by_mark.filter(|(_, entries)| !entries.is_empty()).enumerate();
        groups.extend(members.map(|(index, (value, entries))| Group {
            facet: Facet::Scale(scale.0, scale.1),
            value,
            number: index + 1,
            entries,
        }));
    }
    if kind == Kind::Program.key() {
        groups.extend(by_text(report, ix, entries));
    }
    groups
}

/// Groups of programs by their texts.
fn by_text(report: &Report, ix: StrategyIx, entries: &[Entry]) -> Vec<Group<Entry>> {
    let strategy = report.strategy(ix);
    // Declared values come first, in their order, then the others in the order of the list.
    let mut order: Vec<(Facet, &str)> = Vec::new();
    for (index, field) in strategy.fields.iter().enumerate() {
        order.extend(field.options.iter().map(|option| (Facet::Field(FieldIx(index)), option.title.as_str())));
    }
    order.extend(strategy.departments.iter().map(|department| (Facet::Department, department.name.as_str())));
    let mut numbers: BTreeMap<(Facet, &str), usize> = BTreeMap::new();
    let mut members: Vec<(Facet, &str, Vec<Entry>)> = Vec::new();
    let declared = order.into_iter().map(|key| (key, None));
    let texts = entries.iter().flat_map(|entry| texts(report, *entry).into_iter().map(|key| (key, Some(*entry))));
    for (key, entry) in declared.chain(texts) {
        let index = *numbers.entry(key).or_insert_with(|| {
            members.push((key.0, key.1, Vec::new()));
            members.len() - 1
        });
        members.get_mut(index).into_iter().for_each(|(_, _, members)| members.extend(entry));
    }
    members.sort_by_key(|(facet, ..)| *facet);
    let mut last = None;
    let mut number = 0;
    let used = members.into_iter().filter(|(_, _, members)| !members.is_empty());
    let groups = used.map(|(facet, text, entries)| {
        number = if last == Some(facet) { number + 1 } else { 1 };
        last = Some(facet);
        Group { facet, value: GroupValue::Text(text.to_owned()), number, entries }
    });
    groups.collect()
}

/// Texts by which lists of programs can be filtered, each once.
fn texts(report: &Report, entry: Entry) -> BTreeSet<(Facet, &str)> {
    let (node, relations) = (report.node(entry.node), report.relations(entry.node));
    let strategy = report.strategy(entry.node.strategy);
    let newest: Option<&Sheet> = node.sheets.last();
    let has_options = |field: FieldIx| strategy.fields.get(field.0).is_some_and(|field| !field.options.is_empty());
    let fields = node.fields_in(newest).into_iter().filter(|entry| has_options(entry.field));
    let fields = fields.flat_map(|entry| entry.values.iter().map(|value| (Facet::Field(entry.field), value.as_str())));
    let category_of_row = || report.home(entry.node).and_then(|place| report.row(place).category.as_deref());
    let category = node.category.as_deref().or_else(category_of_row);
    let accounts = node.accounts.iter().map(Account::first_step);
    let departments = node.departments_in(newest).iter().map(|department| department.name.as_str());
    let rows = relations.places.iter().map(|place| report.row(*place));
    let markers = rows.flat_map(|row| row.markers.iter().map(|(_, text)| text)).chain(&node.markers);
    fields
        .chain(category.map(|text| (Facet::Category, text)))
        .chain(accounts.map(|text| (Facet::Account, text)))
        .chain(departments.map(|text| (Facet::Department, text)))
        .chain(markers.map(|text| (Facet::Marker, text.as_str())))
        .collect()
}

/// Judgements on an entry in the current edition; `None` if that edition does not contain the entry.
fn judgements(report: &Report, entry: Entry) -> Option<&[Judgement]> {
    let node = report.node(entry.node);
    let sheet = node.sheet(report.current_edition(entry.node.strategy, node.kind)?)?;
    match entry.indicator {
        None => Some(&sheet.judgements),
        Some(index) => Some(&sheet.figures.get(&index)?.judgements),
    }
}
