//! Sections and other shared parts of pages.

pub(crate) mod amount_column;
pub(crate) mod assessment;
pub(crate) mod chain;
pub(crate) mod change;
pub(crate) mod chart_title;
pub(crate) mod document;
pub(crate) mod goal_table;
pub(crate) mod indicator;
pub(crate) mod indicator_summary;
pub(crate) mod judgement;
pub(crate) mod judgement_table;
pub(crate) mod key_figures;
pub(crate) mod layout;
pub(crate) mod mark_columns;
pub(crate) mod mark_distribution;
pub(crate) mod method_result;
pub(crate) mod money;
pub(crate) mod node_header;
pub(crate) mod prose;
pub(crate) mod relations;
pub(crate) mod row;
pub(crate) mod sheet_content;
pub(crate) mod sparkline;
pub(crate) mod sums;
pub(crate) mod survey;
pub(crate) mod tree;
