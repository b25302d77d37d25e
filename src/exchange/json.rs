//! JSON values with borrowed strings and fields in insertion order.

use crate::model::{Decimal, FiscalYear};
use serde::{Serialize, Serializer};
use std::borrow::Cow;

/// JSON value.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Json<'r> {
    /// Value that was not given; objects omit the field.
    Absent,
    Flag(bool),
    Number(i64),
    Text(Cow<'r, str>),
    List(Vec<Json<'r>>),
    Object(Object<'r>),
}

/// Fields of a JSON object.
#[derive(Debug, Default)]
pub(super) struct Object<'r>(Vec<(&'static str, Json<'r>)>);

impl<'r> Object<'r> {
    /// Adds a field unless its value is absent.
    pub(super) fn with(mut self, key: &'static str, value: impl Into<Json<'r>>) -> Self {
        match value.into() {
            Json::Absent => {}
            value => self.0.push((key, value)),
        }
        self
    }

    /// Adds a field unless its value is absent, `false` or empty.
    pub(super) fn with_filled(self, key: &'static str, value: impl Into<Json<'r>>) -> Self {
        match value.into() {
            Json::Flag(false) => self,
            Json::Text(text) if text.is_empty() => self,
            Json::List(list) if list.is_empty() => self,
            value => self.with(key, value),
        }
    }
}

impl Object<'_> {
    /// Returns true if it has no fields.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl From<bool> for Json<'_> {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<FiscalYear> for Json<'_> {
    fn from(year: FiscalYear) -> Self {
        Self::Number(year.0.into())
    }
}

/// Converts to a string, since JSON numbers do not preserve trailing zeros.
impl From<Decimal> for Json<'_> {
    fn from(decimal: Decimal) -> Self {
        decimal.to_string().into()
    }
}

impl From<String> for Json<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl<'r> From<&'r str> for Json<'r> {
    fn from(text: &'r str) -> Self {
        Self::Text(text.into())
    }
}

impl<'r> From<&'r String> for Json<'r> {
    fn from(text: &'r String) -> Self {
        Self::Text(text.into())
    }
}

impl<'r> From<Object<'r>> for Json<'r> {
    fn from(object: Object<'r>) -> Self {
        Self::Object(object)
    }
}

impl<'r, T: Into<Json<'r>>> From<Option<T>> for Json<'r> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Into::into)
    }
}

impl<'r, T> From<&'r Option<T>> for Json<'r>
where
    &'r T: Into<Json<'r>>,
{
    fn from(value: &'r Option<T>) -> Self {
        value.as_ref().into()
    }
}

impl<'r, T: Into<Json<'r>>> FromIterator<T> for Json<'r> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}
