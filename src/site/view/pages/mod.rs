//! View structs, one for each kind of page.

pub(crate) mod corrections;
pub(crate) mod data;
pub(crate) mod departments;
pub(crate) mod easy;
pub(crate) mod edition;
pub(crate) mod field;
pub(crate) mod frame;
pub(crate) mod glossary;
pub(crate) mod home;
pub(crate) mod indicators;
pub(crate) mod node;
pub(crate) mod print;
pub(crate) mod programs;
pub(crate) mod search;
pub(crate) mod spending;
pub(crate) mod strategy;
pub(crate) mod survey;
