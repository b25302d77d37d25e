//! Years, periods and dates, formatted for readers.

use super::html::Html;
use crate::model::{FiscalYear, YearKind};
use crate::per_thread::PerThread;
use crate::texts::InterfaceTexts;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// Fiscal or calendar year: `令和元年度（2019年度）`.
///
/// Years occur many times on every page. Each is therefore formatted only once, including its template value, and then
/// shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearView(Arc<Year>);

/// Formatted parts of a year. Templates can also access `western` (the Gregorian year as digits) and `markup`
/// (`label` as HTML).
#[derive(Debug, PartialEq, Eq)]
pub struct Year {
    /// The year itself.
    pub year: FiscalYear,
    /// Full form: `令和元年度（2019年度）`, `FY2019 (R1)`.
    pub label: String,
    /// Part before the brackets: `令和元年度`.
    pub name: String,
    /// Part in brackets, with the brackets: `（2019年度）`. Empty if `name` is the full form.
    pub aside: String,
    /// Template value: a map of all parts, `western` and `markup`.
    value: tera::Value,
}

impl YearView {
    /// Formats a fiscal year in the language of `texts`.
    pub fn new(year: FiscalYear, texts: &InterfaceTexts) -> Self {
        Self::of_kind(year, YearKind::Fiscal, texts)
    }

    /// Formats a fiscal or calendar year in the language of `texts`.
    pub(crate) fn of_kind(year: FiscalYear, kind: YearKind, texts: &InterfaceTexts) -> Self {
        let (name, aside) = (texts.year(year, kind), texts.year_aside(year, kind));
        let label = [name.as_str(), &aside].concat();
        let western = year.0.to_string();
        let parts = [("label", label.as_str()), ("name", &name), ("aside", &aside), ("western", &western)];
        let markup = Html::default().raw("<span class=\"year\">").text(&name);
        let markup = if aside.is_empty() { markup } else { markup.span("western", &aside) }.raw("</span>");
        let parts = parts.map(|(part, text)| (part, tera::Value::from(text)));
        let markup = [("markup", tera::Value::safe_string(&markup.0))];
        let value = parts.into_iter().chain(markup).collect::<BTreeMap<_, _>>().into();
        Self(Arc::new(Year { year, label, name, aside, value }))
    }
}

impl Deref for YearView {
    type Target = Year;

    fn deref(&self) -> &Year {
        &self.0
    }
}

impl Serialize for YearView {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.value.serialize(serializer)
    }
}

/// Cache of formatted years in one language, each formatted on first use by each thread: a shared year would be a value
/// whose references are counted by all threads, many times on every page.
pub(crate) struct YearCache<'t> {
    texts: &'t InterfaceTexts,
    years: PerThread<Vec<OnceLock<YearView>>>,
}

impl<'t> YearCache<'t> {
    /// First cached year, 明治元年; no report has an earlier figure.
    const FIRST: i32 = 1868;
    /// Number of cached years.
    const COUNT: usize = 400;

    pub(crate) fn new(texts: &'t InterfaceTexts) -> Self {
        Self { texts, years: PerThread::new(|| vec![OnceLock::new(); Self::COUNT]) }
    }

    /// Formatted year of this kind. Calendar years are rare and not cached.
    pub(crate) fn of_kind(&self, year: FiscalYear, kind: YearKind) -> YearView {
        match kind {
            YearKind::Fiscal => self.fiscal(year),
            YearKind::Calendar => YearView::of_kind(year, kind, self.texts),
        }
    }

    /// Formatted fiscal year.
    pub(crate) fn fiscal(&self, year: FiscalYear) -> YearView {
        let make = || YearView::new(year, self.texts);
        let years = self.years.get();
        let cached = years.and_then(|years| years.get(usize::try_from(year.0 - Self::FIRST).ok()?));
        cached.map_or_else(make, |cached| cached.get_or_init(make).clone())
    }
}
