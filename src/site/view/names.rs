//! The names that the templates of a page speak of.
//!
//! A view has room for all that any theme might show, and most themes show a part of it. What bears
//! no name that a template speaks of need not be made, nor be given to the template.

use rustc_hash::FxHashSet;

/// The names that the templates of one page speak of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names(Option<FxHashSet<String>>);

impl Names {
    /// Any name at all.
    pub const fn any() -> Self {
        Self(None)
    }

    /// These alone.
    pub fn these<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self(Some(names.into_iter().map(str::to_owned).collect()))
    }

    /// Whether a template may ask for `name`.
    pub fn hold(&self, name: &str) -> bool {
        self.0.as_ref().is_none_or(|names| names.contains(name))
    }
}
