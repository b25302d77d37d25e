//! Years, periods and dates as readers see them.

use crate::model::{FiscalYear, YearKind};
use crate::texts::Texts;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// A fiscal year: `令和元年度（2019年度）`. Years stand on every page and often, and so each is made
/// once, with what templates see of it, and shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearView(Arc<Year>);

/// The parts of a fiscal year.
#[derive(Debug, PartialEq, Eq)]
pub struct Year {
    /// The whole: `令和元年度（2019年度）`, `FY2019 (R1)`.
    pub label: String,
    /// What stands before the brackets: `令和元年度`.
    pub name: String,
    /// The brackets: `（2019年度）`; empty where the name says it all.
    pub aside: String,
    /// All by name, with the western year as a number and the markup of the whole.
    value: tera::Value,
}

impl YearView {
    /// The fiscal year in the language `lang`.
    pub fn new(year: FiscalYear, texts: &Texts) -> Self {
        Self::of_kind(year, YearKind::Fiscal, texts)
    }

    /// A year of either kind.
    pub(crate) fn of_kind(year: FiscalYear, kind: YearKind, texts: &Texts) -> Self {
        let (name, aside) = (texts.year(year, kind), texts.year_aside(year, kind));
        let label = [name.as_str(), &aside].concat();
        let western = year.0.to_string();
        let parts = [("label", label.as_str()), ("name", &name), ("aside", &aside), ("western", &western)];
        let markup = match aside.as_str() {
            "" => format!("<span class=\"year\">{name}</span>"),
            aside => format!("<span class=\"year\">{name}<span class=\"western\">{aside}</span></span>"),
        };
        let parts = parts.map(|(part, text)| (part, tera::Value::from(text)));
        let markup = [("markup", tera::Value::safe_string(&markup))];
        let value = parts.into_iter().chain(markup).collect::<BTreeMap<_, _>>().into();
        Self(Arc::new(Year { label, name, aside, value }))
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

/// The years in one language, each made when it is first asked for.
pub(crate) struct Years<'t> {
    texts: &'t Texts,
    years: Vec<OnceLock<YearView>>,
}

impl<'t> Years<'t> {
    /// 明治元年, before which no report has a figure.
    const FIRST: i32 = 1868;
    const COUNT: usize = 400;

    pub(crate) fn new(texts: &'t Texts) -> Self {
        Self { texts, years: (0..Self::COUNT).map(|_| OnceLock::new()).collect() }
    }

    /// The year of this kind as it is shown. Calendar years are rare, and made each time.
    pub(crate) fn of_kind(&self, year: FiscalYear, kind: YearKind) -> YearView {
        match kind {
            YearKind::Fiscal => self.of(year),
            YearKind::Calendar => YearView::of_kind(year, kind, self.texts),
        }
    }

    /// The fiscal year as it is shown.
    pub(crate) fn of(&self, year: FiscalYear) -> YearView {
        let make = || YearView::new(year, self.texts);
        let shared = usize::try_from(year.0 - Self::FIRST).ok().and_then(|place| self.years.get(place));
        shared.map_or_else(make, |shared| shared.get_or_init(make).clone())
    }
}
