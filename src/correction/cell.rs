//! Cells of a sheet: which there are, and what they state.

use super::text::{self, LOST, ValueText};
use crate::diagnostic::Span;
use crate::model::{
    AmountCell, AmountTable, Amounts, CellKey, FieldEntry, FieldIx, FigureKey, Figures, JudgedSubject, Judgement,
    JudgementKey, Node, Sheet, Strategy, SurveyIx, SurveyPart, Value, Verdict,
};

/// What a cell states, and where in the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellText {
    /// Text as printed.
    pub printed: String,
    /// Text as printed, with what the cell states besides it in brackets.
    pub full: String,
    /// Span of the cell.
    pub span: Span,
}

impl CellText {
    fn plain(text: String, span: Span) -> Self {
        Self { full: text.clone(), printed: text, span }
    }

    fn of_value(value: &Value) -> Self {
        Self { printed: value.printed.clone(), full: ValueText::from(value).full(), span: value.span }
    }

    /// Returns true if `quoted` states the same.
    pub fn is(&self, quoted: &str) -> bool {
        quoted == self.printed || quoted == self.full
    }
}

/// What the cell `key` of a sheet states now; `None` if the sheet does not have it.
pub fn text(strategy: &Strategy, node: &Node, sheet: &Sheet, key: &CellKey) -> Option<CellText> {
    let plain = |text: String, span| (!text.is_empty()).then(|| CellText::plain(text, span));
    match key {
        CellKey::Number => plain(node.number.clone()?, node.number_span.unwrap_or(node.span)),
        CellKey::Name => plain(node.name.clone(), node.name_span),
        CellKey::Account => {
            let span = node.accounts.first()?.span;
            plain(text::list(node.accounts.iter().map(|account| account.printed.as_str())), span)
        }
        CellKey::Page => plain(sheet.page.clone()?, sheet.span),
        CellKey::Department => plain(text::departments(node.departments_in(Some(sheet))), sheet.span),
        CellKey::Period => plain(text::open_period(node.period_in(Some(sheet))?), sheet.span),
        CellKey::Field(ix) => {
            let entry = node.fields_in(Some(sheet)).into_iter().find(|entry| entry.field == *ix)?;
            plain(text::list(entry.values.iter().map(String::as_str)), entry.span)
        }
        CellKey::IndicatorName(index) => node.indicators.get(*index).and_then(|it| plain(it.name.clone(), it.span)),
        CellKey::IndicatorUnit(index) => {
            let indicator = node.indicators.get(*index)?;
            plain(indicator.unit.clone()?, indicator.unit_span.unwrap_or(indicator.span))
        }
        CellKey::Unplaced(index) => {
            let values = &sheet.figures.get(index)?.unplaced;
            let texts: Vec<String> = values.iter().map(|value| ValueText::from(value).full()).collect();
            plain(text::list(texts.iter().map(String::as_str)), values.first()?.span)
        }
        CellKey::Figure(key) => {
            let figures = sheet.figures.get(&key.indicator)?;
            let mut values = figures.values();
            let (_, _, value) = values.find(|(series, column, _)| (*series, *column) == (key.series, key.column))?;
            Some(CellText::of_value(value))
        }
        CellKey::Amount(cell) => {
            let value = amounts(sheet, cell)?.get(cell.key, cell.year)?;
            match cell.funding {
                None => Some(CellText::of_value(value)),
                Some(index) => {
                    let share = value.funding.iter().find(|share| share.funding.0 == index)?;
                    Some(CellText::of_value(&share.value))
                }
            }
        }
        CellKey::Judgement(key) => {
            let mut given = judgements(sheet, &key.subject)?.iter();
            let given = given.find(|it| (it.scale, it.judge, it.year) == (key.scale, key.judge, key.year))?;
            Some(verdict(strategy, given))
        }
        CellKey::Survey(ix, part) => {
            let entry = sheet.surveys.iter().find(|entry| entry.survey == *ix)?;
            match part {
                SurveyPart::X => entry.x.as_ref().map(CellText::of_value),
                SurveyPart::Y => entry.y.as_ref().map(CellText::of_value),
                SurveyPart::Quadrant => plain(entry.quadrant.clone()?, sheet.span),
            }
        }
        CellKey::Section(title) => {
            let section = sheet.sections.iter().find(|section| section.title == *title)?;
            plain(section.prose.markdown.trim().to_owned(), section.prose.span)
        }
    }
}

fn amounts<'s>(sheet: &'s Sheet, cell: &AmountCell) -> Option<&'s Amounts> {
    match (cell.item, cell.table) {
        (Some(index), _) => sheet.items.get(&index),
        (None, AmountTable::Money) => Some(&sheet.money),
        (None, AmountTable::Staff) => Some(&sheet.staff),
        (None, AmountTable::Total) => Some(&sheet.total),
    }
}

fn judgements<'s>(sheet: &'s Sheet, subject: &JudgedSubject) -> Option<&'s [Judgement]> {
    match subject {
        JudgedSubject::Node => Some(&sheet.judgements),
        JudgedSubject::Indicator(index) => sheet.figures.get(index).map(|figures| figures.judgements.as_slice()),
        JudgedSubject::Row(program) => sheet.row_judgements.get(program).map(Vec::as_slice),
    }
}

fn verdict(strategy: &Strategy, given: &Judgement) -> CellText {
    let marks = strategy.scales.get(given.scale.0).map(|scale| scale.marks.as_slice()).unwrap_or_default();
    let text = match &given.verdict {
        Verdict::Marks(indices) => {
            text::list(indices.iter().filter_map(|index| marks.get(*index)).map(|mark| mark.printed.as_str()))
        }
        Verdict::Points(points) => return CellText { span: given.span, ..CellText::of_value(points) },
        Verdict::Missing(printed) => printed.clone(),
        Verdict::Lost => LOST.to_owned(),
    };
    CellText::plain(text, given.span)
}

/// Keys of all cells that a sheet has, in the order of `report.json`.
pub fn keys(node: &Node, sheet: &Sheet) -> Vec<CellKey> {
    let mut keys = Vec::new();
    keys.extend(node.number.is_some().then_some(CellKey::Number));
    keys.push(CellKey::Name);
    keys.extend((!node.accounts.is_empty()).then_some(CellKey::Account));
    keys.extend(sheet.page.is_some().then_some(CellKey::Page));
    keys.extend((!node.departments_in(Some(sheet)).is_empty()).then_some(CellKey::Department));
    keys.extend(node.period_in(Some(sheet)).map(|_| CellKey::Period));
    let fields = node.fields_in(Some(sheet)).into_iter().map(|entry: &FieldEntry| entry.field);
    keys.extend(fields.map(|ix: FieldIx| CellKey::Field(ix)));
    for (index, indicator) in node.indicators.iter().enumerate() {
        keys.push(CellKey::IndicatorName(index));
        keys.extend(indicator.unit.is_some().then_some(CellKey::IndicatorUnit(index)));
    }
    keys.extend(judgement_keys(&JudgedSubject::Node, &sheet.judgements));
    for (program, given) in &sheet.row_judgements {
        keys.extend(judgement_keys(&JudgedSubject::Row(program.clone()), given));
    }
    for (index, figures) in &sheet.figures {
        keys.extend(figure_keys(*index, figures));
    }
    for (table, amounts) in sheet.amount_tables() {
        keys.extend(amount_keys(table, None, amounts));
    }
    for (item, amounts) in &sheet.items {
        keys.extend(amount_keys(AmountTable::Money, Some(*item), amounts));
    }
    for entry in &sheet.surveys {
        let key = |part, is_given: bool| is_given.then_some(CellKey::Survey(SurveyIx(entry.survey.0), part));
        keys.extend(key(SurveyPart::X, entry.x.is_some()));
        keys.extend(key(SurveyPart::Y, entry.y.is_some()));
        keys.extend(key(SurveyPart::Quadrant, entry.quadrant.is_some()));
    }
    keys.extend(sheet.sections.iter().map(|section| CellKey::Section(section.title.clone())));
    keys
}

fn judgement_keys(subject: &JudgedSubject, given: &[Judgement]) -> impl Iterator<Item = CellKey> {
    given.iter().map(move |it| {
        let (scale, judge, year) = (it.scale, it.judge, it.year);
        CellKey::Judgement(JudgementKey { subject: subject.clone(), scale, judge, year })
    })
}

fn figure_keys(indicator: usize, figures: &Figures) -> impl Iterator<Item = CellKey> {
    let values = figures.values().map(move |(series, column, _)| FigureKey { indicator, series, column });
    let unplaced = (!figures.unplaced.is_empty()).then_some(CellKey::Unplaced(indicator));
    let judgements: Vec<CellKey> = judgement_keys(&JudgedSubject::Indicator(indicator), &figures.judgements).collect();
    values.map(CellKey::Figure).chain(unplaced).chain(judgements)
}

fn amount_keys(table: AmountTable, item: Option<usize>, amounts: &Amounts) -> impl Iterator<Item = CellKey> {
    amounts.all().flat_map(move |(key, year, value)| {
        let whole = AmountCell { table, item, key, year, funding: None };
        let shares = value.funding.iter().map(move |share| AmountCell { funding: Some(share.funding.0), ..whole });
        std::iter::once(whole).chain(shares).map(CellKey::Amount)
    })
}
