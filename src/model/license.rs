//! Terms under which the data of a strategy may be used.

use super::href::Href;

/// Terms of use: `license`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct License {
    /// `name`: name of the terms: `CC BY 4.0`.
    pub name: String,
    /// `url`: their text.
    pub url: Option<Href>,
}
