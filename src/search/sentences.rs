//! Conversion of figures, marks and references in views to plain text, worded by the interface texts.

use crate::site::view::{AmountColumn, MarkView, RefView, ValueView, VerdictView, YearView};
use crate::texts::InterfaceTexts;
use std::borrow::Cow;

/// Formatter of view values as sentences.
#[derive(Clone, Copy)]
pub(super) struct SentenceFormatter<'t>(pub(super) &'t InterfaceTexts);

/// Clause that states a printed figure: year, name of the series, text key of a remark on it, and the figure.
pub(super) type FigureClause<'v> = (Option<Cow<'v, str>>, &'v str, Option<&'v str>, String);

impl<'t> SentenceFormatter<'t> {
    pub(super) fn text(self, key: &str) -> &'t str {
        self.0.get(key)
    }

    pub(super) fn in_brackets(self, text: &str) -> String {
        self.0.fill("in_brackets", &[("words", text)])
    }

    /// Joins the items of an enumeration and omits empty ones.
    pub(super) fn joined<I: AsRef<str>>(self, items: impl IntoIterator<Item = I>) -> String {
        joined(items, self.text("separator"))
    }

    /// Formats a name and a value: `事業費：3千円`.
    pub(super) fn named(self, name: &str, value: &str) -> String {
        let colon = self.text("colon");
        // Some names already end with a colon, such as `内訳：`.
        let colon = if name.ends_with(colon.trim_end()) { "" } else { colon };
        [name, colon, value].concat()
    }

    /// Formats a value as printed with its unit, followed by its status, dates and notes in brackets.
    pub(super) fn value(self, value: &ValueView<'_>, unit: Option<&str>) -> String {
        self.with_qualifiers(value.with_unit(unit), value, value.qualifiers.measured.as_deref())
    }

    fn with_qualifiers(self, mut text: String, value: &ValueView<'_>, measured: Option<&str>) -> String {
        if value.markup.is_some() && value.yen.is_none() {
            return text;
        }
        let qualifiers = &value.qualifiers;
        let as_of = qualifiers.as_of.as_deref().map(|date| {
            let inferred = if qualifiers.as_of_inferred { self.text("inferred") } else { "" };
            format!("{}{inferred}", self.0.fill("as_of", &[("date", date)]))
        });
        let parts = (!qualifiers.parts.is_empty()).then(|| {
            let part =
                |part: &crate::site::view::PartView<'_>| format!("{} {}", part.name, self.value(&part.value, None));
            self.named(self.text("parts"), &self.joined(qualifiers.parts.iter().map(part)))
        });
        let clauses = [
            value.yen.as_deref().map(Cow::Borrowed),
            value.missing.then(|| self.text("no_value").into()),
            qualifiers.estimated.then(|| qualifiers.estimate_word.unwrap_or_else(|| self.text("estimated")).into()),
            qualifiers.interim.then(|| self.text("interim_value").into()),
            as_of.map(Cow::Owned),
            measured.map(|period| self.0.fill("measured", &[("period", period)]).into()),
            qualifiers.sic.then(|| self.text("sic").into()),
            qualifiers.note.map(Cow::Borrowed),
            parts.map(Cow::Owned),
        ];
        let clauses = self.joined(clauses.iter().flatten());
        if !clauses.is_empty() {
            text.push_str(&self.in_brackets(&clauses));
        }
        text
    }

    /// Joins clauses into one line: `令和5年度の実績値は1,234人、目標値は1,300人`. Repeated years are omitted.
    pub(super) fn clauses<'v>(self, clauses: impl IntoIterator<Item = FigureClause<'v>>) -> String {
        let mut previous_year = None;
        let sentences = clauses.into_iter().map(|(year, what, aside, value)| {
            let aside = aside.map(|aside| self.in_brackets(self.text(aside))).unwrap_or_default();
            let what = [what, &aside].concat();
            let key = if year.is_none() || year == previous_year { "value_is" } else { "value_is_in" };
            let named = [("what", what.as_str()), ("value", &value), ("year", year.as_deref().unwrap_or_default())];
            let sentence = self.0.fill(key, &named);
            previous_year = year;
            sentence
        });
        joined(sentences, self.text("statements"))
    }

    /// Formats the amounts of a row as clauses.
    pub(super) fn amounts(self, columns: &[AmountColumn<'_>], cells: &[Option<ValueView<'_>>], unit: &str) -> String {
        self.clauses(columns.iter().zip(cells).filter_map(|(column, cell)| {
            let year = Some(Cow::Borrowed(column.year.label.as_str()));
            Some((year, column.title, None, self.value(cell.as_ref()?, Some(unit))))
        }))
    }

    /// Label of a column of an indicator; `None` at the start of the plan.
    pub(super) fn column<'v>(self, year: Option<&'v YearView>, start: bool) -> Option<Cow<'v, str>>
    where
        't: 'v,
    {
        let end_of_plan = || (!start).then(|| self.text("end_of_plan"));
        year.map(|year| year.label.as_str()).or_else(end_of_plan).map(Cow::Borrowed)
    }

    /// Formats a mark with its scale, which distinguishes it from the same text elsewhere: `目標達成状況：遅れている`.
    pub(super) fn verdict(self, scale: &str, verdict: &VerdictView<'_>) -> String {
        let of_scale = |printed: &str| self.named(scale, printed);
        let mark = |mark: &MarkView<'_>| {
            let marked = of_scale(mark.mark);
            joined([Some(marked.as_str()), mark.spoken, mark.meaning].into_iter().flatten(), " ")
        };
        let year = verdict.year.as_ref().map(|year| year.label.clone());
        let points = verdict.points.as_deref().map(&of_scale);
        let missing = verdict.missing.map(|printed| format!("{} {}", of_scale(printed), self.text("not_judged")));
        let lost = verdict.lost.map(|why| joined([&*of_scale(self.text("lost")), why], " "));
        let note = verdict.note.map(str::to_owned);
        let marks = verdict.marks.iter().map(mark);
        let judge = verdict.judge.map(str::to_owned);
        joined(judge.into_iter().chain(year).chain(marks).chain(points).chain(missing).chain(lost).chain(note), " ")
    }

    /// Formats a reference: label, number and name, followed by indicator, strategy and note in brackets.
    pub(super) fn reference(self, to: &RefView<'_>) -> String {
        let mut text = joined([to.numbered.as_deref(), to.name].into_iter().flatten(), " ");
        let indicator_of = to.of.map(|node| self.0.fill("indicator_of", &[("node", node)]));
        let strategy = to.strategy.map(str::to_owned);
        let more = self.joined(indicator_of.into_iter().chain(strategy).chain(to.note.map(str::to_owned)));
        if !more.is_empty() {
            text.push_str(&self.in_brackets(&more));
        }
        text
    }

    pub(super) fn references(self, to: &[RefView<'_>]) -> String {
        self.joined(to.iter().map(|to| self.reference(to)))
    }
}

/// Joins items with `separator` and omits empty ones.
pub(super) fn joined<I: AsRef<str>>(items: impl IntoIterator<Item = I>, separator: &str) -> String {
    let mut all = String::new();
    for item in items {
        let item = item.as_ref();
        if !all.is_empty() && !item.is_empty() {
            all.push_str(separator);
        }
        all.push_str(item);
    }
    all
}
