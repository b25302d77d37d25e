//! Smallest components of views: values, years, links and markup.

pub(crate) mod chart;
pub(crate) mod corrected;
pub(crate) mod html;
pub(crate) mod reading;
pub(crate) mod reference;
pub(crate) mod statement;
pub(crate) mod time;
pub(crate) mod value;
