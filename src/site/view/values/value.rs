//! One printed value with all that must stay with it.

use crate::model::{
    Cell, Column, Content, Estimate, Figure, FiscalYear, MoneyKind, Period, Stage, Status, StrategyIx, Value, YearKind,
};
use crate::site::view::context::ViewContext;
use crate::site::view::values::html::Html;
use serde::Serialize;

/// A value exactly as printed, never rounded or converted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ValueView<'a> {
    /// As printed.
    pub printed: &'a str,
    /// Of money: the same amount in great numbers, `5億2,658万6千円`, where that says more.
    pub yen: Option<String>,
    /// Whether no value was given; `printed` is then the placeholder (`-`, `―`).
    pub missing: bool,
    /// Whether it is words, not a number.
    pub words: bool,
    /// The period in which it was measured, where that is not its column.
    pub measured: Option<String>,
    /// Whether it is an interim figure of a year that was not over.
    pub interim: bool,
    /// The day up to which it counts.
    pub as_of: Option<String>,
    /// Whether that day was inferred.
    pub as_of_estimated: bool,
    /// Whether the publisher calls it an estimate, or a forecast.
    pub estimated: bool,
    /// The printed word of an estimate, where it is another than 見込み.
    pub estimate_word: Option<&'a str>,
    /// Whether it was printed just so although it looks wrong.
    pub sic: bool,
    /// What is said of it.
    pub note: Option<&'a str>,
    /// What it is made of.
    pub parts: Vec<PartView<'a>>,
    /// The edition that printed it, where the values of a table come from several.
    pub edition: Option<&'a str>,
    /// The markup of a figure with which nothing must stay: nothing of all that stands above but `printed`
    /// and `yen`, and no `▲` or `△`, which not every voice reads. A page has a hundred of them.
    pub bare: Option<Html>,
    /// The value itself.
    #[serde(skip)]
    value: &'a Value,
}

/// One part of a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartView<'a> {
    /// What it is.
    pub name: &'a str,
    /// How much it is.
    pub value: ValueView<'a>,
}

impl<'a> ValueView<'a> {
    /// A value in no column; `years` is the kind of its years.
    pub(crate) fn new(context: &ViewContext<'a>, years: YearKind, value: &'a Value) -> Self {
        Self::unplaced(context, years, value).with_markup()
    }

    /// The same, without its markup.
    fn unplaced(context: &ViewContext<'a>, years: YearKind, value: &'a Value) -> Self {
        let parts = value.parts.iter();
        Self {
            printed: &value.printed,
            yen: None,
            missing: value.is_missing(),
            words: value.content == Content::Words,
            measured: value.measured.map(|measured| context.texts.period(measured, years)),
            interim: false,
            as_of: value.as_of.as_deref().map(|date| context.texts.day(date)),
            as_of_estimated: false,
            estimated: value.estimated.is_some(),
            estimate_word: match &value.estimated {
                Some(Estimate::Worded(word)) => Some(word),
                Some(Estimate::Expected) | None => None,
            },
            sic: value.sic,
            note: value.note.as_deref(),
            parts: parts
                .map(|part| PartView { name: &part.name, value: Self::new(context, years, &part.value) })
                .collect(),
            edition: None,
            bare: None,
            value,
        }
    }

    /// As printed, with the unit behind its figure where the cell bears none: `12回以上`.
    pub(crate) fn with_unit(&self, unit: Option<&str>) -> String {
        let after = self.printed.trim().get(self.value.figure().len()..).unwrap_or_default();
        let (figure, unit) = figure_and_unit(self.value, unit);
        [figure, unit.as_deref().unwrap_or_default(), after].concat()
    }

    /// The same with the edition that printed it.
    pub(crate) fn printed_in(self, edition: Option<&'a str>) -> Self {
        Self { edition, bare: self.bare.filter(|_| edition.is_none()), ..self }
    }

    /// The same with its markup, if it is bare.
    fn with_markup(self) -> Self {
        let Self { printed, yen, missing, words, measured, interim, as_of, estimated, sic, note, parts, .. } = &self;
        let marked = *missing || *words || *interim || *estimated || *sic || printed.starts_with(['▲', '△']);
        let said = measured.is_some() || as_of.is_some() || note.is_some() || !parts.is_empty();
        let bare = (!marked && !said).then(|| Html::figure(printed, yen.as_deref()));
        Self { bare, ..self }
    }

    /// An amount of money of a year, counted in the unit of its strategy.
    pub(crate) fn of_money(
        context: &ViewContext<'a>,
        strategy: StrategyIx,
        kind: MoneyKind,
        cell: Cell<'a, FiscalYear>,
    ) -> Self {
        let unit = &context.report.strategy(strategy).money_unit;
        let yen = context.texts.amount(cell.value, unit);
        Self { yen, ..Self::amount(context, strategy, kind.is_result(), cell) }.with_markup()
    }

    /// A figure of an indicator in its column. One within its year is not final.
    pub(crate) fn of_figure(
        context: &ViewContext<'a>,
        strategy: StrategyIx,
        years: YearKind,
        figure: &Figure<'a>,
    ) -> Self {
        let mut view = Self::unplaced(context, years, figure.value);
        if let Column::Year(year) = figure.column
            && figure.value.measured == Some(Period::year(year))
        {
            view.measured = None;
        }
        if figure.status == Status::Projected && view.estimate_word.is_none() && !view.missing {
            view.estimated = true;
        }
        if figure.status == Status::Interim && !view.missing {
            view.interim = true;
            let edition = context.edition(strategy, figure.edition).filter(|_| view.as_of.is_none());
            if let Some(edition) = edition.filter(|edition| edition.stage == Stage::Interim) {
                view.as_of = edition.as_of.as_deref().map(|date| context.texts.day(date));
                view.as_of_estimated = edition.as_of_estimated;
            }
        }
        view.with_markup()
    }

    /// An amount of a fiscal year. If it `is_result`, one of an interim edition's own year is not final.
    pub(crate) fn of_amount(
        context: &ViewContext<'a>,
        strategy: StrategyIx,
        is_result: bool,
        cell: Cell<'a, FiscalYear>,
    ) -> Self {
        Self::amount(context, strategy, is_result, cell).with_markup()
    }

    fn amount(context: &ViewContext<'a>, strategy: StrategyIx, is_result: bool, cell: Cell<'a, FiscalYear>) -> Self {
        let mut view = Self::unplaced(context, YearKind::Fiscal, cell.value);
        if cell.value.measured == Some(Period::year(cell.column)) {
            view.measured = None;
        }
        let interim = context
            .edition(strategy, cell.edition)
            .filter(|edition| edition.stage == Stage::Interim && edition.year == Some(cell.column));
        if let Some(edition) = interim.filter(|_| is_result && !view.missing) {
            view.interim = true;
            if view.as_of.is_none() {
                view.as_of = edition.as_of.as_deref().map(|date| context.texts.day(date));
                view.as_of_estimated = edition.as_of_estimated;
            }
        }
        view
    }
}

/// A figure as printed, and the `unit` that belongs behind it, where the cell bears none. The
/// word of a bound comes after the unit: `12` and `回以上`.
pub(crate) fn figure_and_unit<'a>(value: &'a Value, unit: Option<&str>) -> (&'a str, Option<String>) {
    let figure = value.figure();
    // The number may be written apart from its print: `{ value = 5, printed = "5,000円" }`.
    let printed = || Value::parse(figure, value.span)?.number()?.unit.clone();
    let in_print = || !figure.ends_with(|c: char| c.is_ascii_digit()) && printed().is_some();
    let bears_unit = match &value.content {
        Content::Number(number) => number.unit.is_some() || in_print(),
        Content::Range(..) => !figure.ends_with(|c: char| c.is_ascii_digit()),
        Content::Words | Content::Missing => true,
    };
    let Some(unit) = unit.filter(|_| !bears_unit) else { return (figure, None) };
    let bounds = ["以上", "以下", "未満", "超", "程度"];
    match bounds.into_iter().find_map(|bound| Some((figure.strip_suffix(bound)?, bound))) {
        Some((digits, bound)) => (digits.trim_end(), Some(format!("{unit}{bound}"))),
        None => (figure, Some(unit.to_owned())),
    }
}
