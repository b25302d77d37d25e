//! Printed values with their qualifiers.

use crate::model::{
    AmountKey, Cell, Column, Decimal, Estimate, Figure, FiscalYear, Period, Stage, Status, StrategyIx, Value,
    ValueContent, YearKind,
};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::amount_column;
use crate::site::view::values::corrected::CorrectedView;
use crate::site::view::values::html::Html;
use serde::{Serialize, Serializer};

/// Value exactly as printed, never rounded or converted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ValueView<'a> {
    /// Value as printed; the placeholder (`-`, `―`) if no value was given.
    pub printed: &'a str,
    /// The number in plain digits, for scripts. `None` if the printed text without its commas is that number, and if the
    /// value is not a single exact number.
    pub number: Option<String>,
    /// Amount of money in large-unit form: `5億2,658万6千円`. `None` for values other than amounts of money, and if
    /// this form adds nothing to the printed one.
    pub yen: Option<String>,
    /// True if no value was given.
    pub missing: bool,
    /// True if the value is text rather than a number.
    pub words: bool,
    /// What the report says about the value. Templates receive `None` if that is nothing, as for most values.
    #[serde(serialize_with = "none_if_empty")]
    pub qualifiers: QualifiersView<'a>,
    /// Label of the edition that printed the value. `None` if all values of the table come from one edition.
    pub edition: Option<&'a str>,
    /// Markup of the figure, ready to insert. `None` if anything other than `printed` and `yen` must be shown, and for
    /// negative figures with `▲` or `△`, which not every screen reader announces.
    /// Prebuilt for speed: a page has around a hundred such figures.
    pub markup: Option<Html>,
    /// Value from which the view was built.
    #[serde(skip)]
    value: &'a Value,
}

/// What the report says about a value: period, reliability, note, components.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct QualifiersView<'a> {
    /// Period in which the value was measured. `None` if none was printed, or if it is the year of the value's column.
    pub measured: Option<String>,
    /// True if the value is an interim figure of a year that was not yet over.
    pub interim: bool,
    /// Reference date of an interim value: `平成29年9月30日`. `None` if not known.
    pub as_of: Option<String>,
    /// True if `as_of` was inferred rather than printed.
    pub as_of_inferred: bool,
    /// True if the publisher calls the value an estimate, or expects it: a forecast, or a figure of a year after the
    /// year of its edition.
    pub estimated: bool,
    /// Printed word for an estimate, `推計`. `None` if the value is no estimate, or if the word is 見込み.
    pub estimate_word: Option<&'a str>,
    /// True if the value was printed exactly like this although it looks wrong.
    pub sic: bool,
    /// Last correction (訂正); `None` if the value was not corrected.
    pub corrected: Option<CorrectedView<'a>>,
    /// Note on the value; `None` if there is none.
    pub note: Option<&'a str>,
    /// Components of the value; empty if the report prints none.
    pub parts: Vec<PartView<'a>>,
}

/// Component of a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartView<'a> {
    /// Name of the component.
    pub name: &'a str,
    /// Amount of the component, in the unit of the whole.
    pub value: ValueView<'a>,
}

impl<'a> ValueView<'a> {
    /// Builds the view of a value outside any column.
    pub(crate) fn new(context: &ViewContext<'a>, ix: StrategyIx, year_kind: YearKind, value: &'a Value) -> Self {
        Self::without_markup(context, ix, year_kind, value).with_markup()
    }

    /// Builds the view of a value outside any column, without its markup.
    fn without_markup(context: &ViewContext<'a>, ix: StrategyIx, year_kind: YearKind, value: &'a Value) -> Self {
        let parts = value.parts.iter();
        let qualifiers = QualifiersView {
            measured: value.measured.map(|measured| context.texts.period(measured, year_kind)),
            interim: false,
            as_of: value.as_of.as_deref().map(|date| context.texts.date(date)),
            as_of_inferred: false,
            estimated: value.estimated.is_some(),
            estimate_word: match &value.estimated {
                Some(Estimate::Labelled(word)) => Some(word),
                Some(Estimate::Expected) | None => None,
            },
            sic: value.sic,
            corrected: CorrectedView::new(context, context.report.strategy(ix), value.corrected.as_deref()),
            note: value.note.as_deref(),
            parts: parts
                .map(|part| PartView { name: &part.name, value: Self::new(context, ix, year_kind, &part.value) })
                .collect(),
        };
        Self {
            printed: &value.printed,
            number: value.exact().filter(|number| !is_plain(&value.printed, *number)).map(|number| number.to_string()),
            yen: None,
            missing: value.is_missing(),
            words: matches!(value.content, ValueContent::Text | ValueContent::State(_)),
            qualifiers,
            edition: None,
            markup: None,
            value,
        }
    }

    /// Printed value with `unit` inserted after its figure, unless the cell contains a unit: `12回以上`.
    pub(crate) fn with_unit(&self, unit: Option<&str>) -> String {
        let after = self.printed.trim().get(self.value.printed_without_period().len()..).unwrap_or_default();
        let (figure, unit) = figure_and_unit(self.value, unit);
        [figure, unit.as_deref().unwrap_or_default(), after].concat()
    }

    /// Sets the label of the edition that printed the value.
    pub(crate) fn printed_in(self, edition: Option<&'a str>) -> Self {
        Self { edition, markup: self.markup.filter(|_| edition.is_none()), ..self }
    }

    /// Sets `markup` if nothing else must be shown with the figure.
    fn with_markup(self) -> Self {
        let is_marked = self.missing || self.words || self.printed.starts_with(['▲', '△']);
        let markup = (!is_marked && self.qualifiers == QualifiersView::default())
            .then(|| Html::figure(self.printed, self.number.as_deref(), self.yen.as_deref()));
        Self { markup, ..self }
    }

    /// Builds the view of an amount of money in a fiscal year, in the unit of its kind.
    pub(crate) fn of_money(
        context: &ViewContext<'a>,
        strategy: StrategyIx,
        key: AmountKey,
        cell: Cell<'a, FiscalYear>,
    ) -> Self {
        let yen = context.texts.amount(cell.value, amount_column::unit(context, strategy, key));
        Self { yen, ..Self::amount(context, strategy, key.is_result(), cell) }.with_markup()
    }

    /// Builds the view of an amount of money that is not in a fiscal year: over all years, or funded by one source.
    pub(crate) fn of_share(context: &ViewContext<'a>, strategy: StrategyIx, key: AmountKey, value: &'a Value) -> Self {
        let yen = context.texts.amount(value, amount_column::unit(context, strategy, key));
        Self { yen, ..Self::without_markup(context, strategy, YearKind::Fiscal, value) }.with_markup()
    }

    /// Builds the view of a figure of an indicator in its column. Interim figures are marked as such; their date is
    /// taken from the interim edition if the value has none.
    pub(crate) fn of_figure(
        context: &ViewContext<'a>,
        strategy: StrategyIx,
        year_kind: YearKind,
        figure: &Figure<'a>,
    ) -> Self {
        let mut view = Self::without_markup(context, strategy, year_kind, figure.value);
        if let Column::Year(year) = figure.column
            && figure.value.measured == Some(Period::year(year))
        {
            view.qualifiers.measured = None;
        }
        if figure.status == Status::Projected && view.qualifiers.estimate_word.is_none() && !view.missing {
            view.qualifiers.estimated = true;
        }
        if figure.status == Status::Interim && !view.missing {
            view.qualifiers.interim = true;
            let edition = context.edition(strategy, figure.edition).filter(|_| view.qualifiers.as_of.is_none());
            if let Some(edition) = edition.filter(|edition| edition.stage == Stage::Interim) {
                view.qualifiers.as_of = edition.as_of.as_deref().map(|date| context.texts.date(date));
                view.qualifiers.as_of_inferred = edition.as_of_estimated;
            }
        }
        view.with_markup()
    }

    /// Builds the view of an amount of a fiscal year. If `is_result`, an amount that an interim edition printed for its
    /// own year is marked as interim.
    pub(crate) fn of_amount(
        context: &ViewContext<'a>,
        strategy: StrategyIx,
        is_result: bool,
        cell: Cell<'a, FiscalYear>,
    ) -> Self {
        Self::amount(context, strategy, is_result, cell).with_markup()
    }

    fn amount(context: &ViewContext<'a>, strategy: StrategyIx, is_result: bool, cell: Cell<'a, FiscalYear>) -> Self {
        let mut view = Self::without_markup(context, strategy, YearKind::Fiscal, cell.value);
        if cell.value.measured == Some(Period::year(cell.column)) {
            view.qualifiers.measured = None;
        }
        let interim = context
            .edition(strategy, cell.edition)
            .filter(|edition| edition.stage == Stage::Interim && edition.year == Some(cell.column));
        if let Some(edition) = interim.filter(|_| is_result && !view.missing) {
            view.qualifiers.interim = true;
            if view.qualifiers.as_of.is_none() {
                view.qualifiers.as_of = edition.as_of.as_deref().map(|date| context.texts.date(date));
                view.qualifiers.as_of_inferred = edition.as_of_estimated;
            }
        }
        view
    }
}

/// Returns true if `printed` without its commas is `number` in plain digits.
fn is_plain(printed: &str, number: Decimal) -> bool {
    let digits = || printed.bytes().filter(|byte| *byte != b',');
    // Most values are whole numbers, which are compared without formatting them.
    if number.scale() == 0 && !number.is_sign_negative() && matches!(digits().next(), Some(b'1'..=b'9')) {
        let add = |sum: u128, digit: u8| sum.checked_mul(10)?.checked_add(u128::from(digit - b'0'));
        let printed = digits().try_fold(0, |sum, byte| if byte.is_ascii_digit() { add(sum, byte) } else { None });
        return printed == Some(number.mantissa().unsigned_abs());
    }
    digits().eq(number.to_string().bytes())
}

fn none_if_empty<S: Serializer>(qualifiers: &QualifiersView<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    Some(qualifiers).filter(|qualifiers| **qualifiers != QualifiersView::default()).serialize(serializer)
}

/// Splits a printed value into its figure and the `unit` to append; the unit is `None` if the cell already contains
/// one. A bound such as 以上 follows the unit, `12` and `回以上`, as does a bracket with a period other than the
/// measured one, `7` and `人 (H29)`.
pub(crate) fn figure_and_unit<'a>(value: &'a Value, unit: Option<&str>) -> (&'a str, Option<String>) {
    let figure = value.printed_without_period();
    // Content files may give number and printed text separately: `{ value = 5, printed = "5,000円" }`.
    let printed_unit = || Value::parse(figure, value.span)?.number()?.unit.clone();
    let prints_unit = || !figure.ends_with(|c: char| c.is_ascii_digit()) && printed_unit().is_some();
    let has_unit = match &value.content {
        // The unit may end a phrase: 全国16位.
        ValueContent::Number(number) => {
            number.unit.is_some() || prints_unit() || unit.is_some_and(|unit| figure.ends_with(unit))
        }
        ValueContent::Range(..) => !figure.ends_with(|c: char| c.is_ascii_digit()),
        ValueContent::Text | ValueContent::State(_) | ValueContent::Missing => true,
    };
    let Some(unit) = unit.filter(|_| !has_unit) else { return (figure, None) };
    let (bounded, bracket) = Value::split_period_bracket(figure);
    let bounds = ["以上", "以下", "未満", "超", "程度"];
    let (digits, bound) =
        bounds.into_iter().find_map(|bound| Some((bounded.strip_suffix(bound)?, bound))).unwrap_or((bounded, ""));
    (digits.trim_end(), Some([unit, bound, bracket].concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(value: &Value, unit: &str) -> (String, Option<String>) {
        let (figure, unit) = figure_and_unit(value, Some(unit));
        (figure.to_owned(), unit)
    }

    #[test]
    fn plain_digits_are_recognized() {
        let check = |printed: &str, number: &str| is_plain(printed, number.parse().unwrap());
        for (printed, number) in [("1,234", "1234"), ("0", "0"), ("0.50", "0.50"), ("-3", "-3")] {
            assert!(check(printed, number), "{printed}");
        }
        for (printed, number) in
            [("007", "7"), ("12人", "12"), ("▲3", "-3"), ("1234", "1235"), ("", "0"), ("0.5", "0.50"), ("１２", "12")]
        {
            assert!(!check(printed, number), "{printed}");
        }
    }

    #[test]
    fn a_unit_that_is_printed_is_not_repeated() {
        let parse = |printed: &str| Value::parse(printed, crate::diagnostic::Span::default()).unwrap();
        let rank = Value { printed: "全国16位".to_owned(), ..parse("16") };
        assert_eq!(split(&rank, "位"), ("全国16位".to_owned(), None));
        assert_eq!(split(&parse("16位"), "位"), ("16位".to_owned(), None));
        assert_eq!(split(&parse("16"), "位"), ("16".to_owned(), Some("位".to_owned())));
        assert_eq!(split(&parse("16以内"), "位").1, None, "words are left as printed");
        assert_eq!(split(&parse("12以上"), "回"), ("12".to_owned(), Some("回以上".to_owned())));
    }
}
