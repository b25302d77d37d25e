//! The journal of an interrupted run, damaged or forged: no file of others is changed or deleted.

use crate::fuzz::Target;
use crate::publish::tests::fuzz::{RECORD_PIECES, open_with_journal};

pub(in crate::fuzz) const TARGET: Target =
    Target { name: "journal", pieces: RECORD_PIECES, inputs: 200, run: open_with_journal };
